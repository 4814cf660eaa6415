"""Tasks continued: the helper and what follows agree with the evaluators, every step matters, nothing held out."""

from __future__ import annotations

import ast
import random

import pytest
from judged import assert_all_pass

from hornbook.curriculum.continued import can_continue, concepts_continued, draw_continued
from hornbook.curriculum.families import TAUGHT, concepts_taught
from hornbook.curriculum.family import Task
from hornbook.curriculum.page_blocks import assertion, definition
from hornbook.sandbox import Job

CONTINUABLE = [family for family in TAUGHT if can_continue(family)]


def _drawn(number: int) -> list[Task]:
    tasks = []
    for i in range(number):
        rng = random.Random(f"continued/{i}")
        if task := draw_continued(rng.choice(CONTINUABLE), rng, rng.randint(1, 3)):
            tasks.append(task)
    return tasks


TASKS = _drawn(160)


def test_most_families_can_be_continued_and_most_tries_give_a_task() -> None:
    assert len(CONTINUABLE) > len(TAUGHT) / 2
    assert len(TASKS) > 120


def test_both_solutions_pass_the_cases_with_the_helper_before_them() -> None:
    jobs = []
    for i, task in enumerate(TASKS):
        tests = "\n".join(assertion(task.name, arguments, expected) for arguments, expected in task.cases)
        for body, imports in ((task.body, task.imports), (task.other_body, task.other_imports)):
            source = definition(task.name, task.arguments, body, imports, setup=task.setup)
            jobs.append(Job(id=f"{task.family} {i}", blocks=(source, tests)))
    assert_all_pass(jobs)


def test_every_solution_calls_the_helper_and_every_statement_is_about_it() -> None:
    for task in TASKS:
        helper = [node.name for node in ast.parse(task.setup).body if isinstance(node, ast.FunctionDef)][-1]
        assert all(f"{helper}(" in body for body in (task.body, task.other_body))
        assert helper in task.sentence
        assert helper != task.name


def test_the_helper_says_what_it_does() -> None:
    for task in TASKS:
        helper = [node for node in ast.parse(task.setup).body if isinstance(node, ast.FunctionDef)][-1]
        assert ast.get_docstring(helper)


def test_the_cases_tell_the_answer_from_a_constant() -> None:
    assert all(len({repr(expected) for _, expected in task.cases}) > 1 for task in TASKS)


def test_a_continued_task_keeps_its_family_and_concepts() -> None:
    concepts = {family.name: family.concepts for family in TAUGHT}
    for task in TASKS:
        assert set(concepts[task.family]) < set(task.concepts)
        assert "composition" in task.concepts


def test_the_same_generator_gives_the_same_task() -> None:
    assert [(t.sentence, t.body, t.setup) for t in _drawn(20)] == [
        (t.sentence, t.body, t.setup) for t in _drawn(20)
    ]


@pytest.mark.parametrize("breadth", [10, 0])
def test_only_concepts_that_are_taught_are_continued(breadth: int) -> None:
    assert set(concepts_continued(breadth)) <= set(concepts_taught(breadth))
    assert concepts_continued(breadth)
