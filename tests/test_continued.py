"""Tasks continued: the helper and what follows agree with the evaluators, every step matters, nothing held out."""

from __future__ import annotations

import ast
import random
import re

from judged import assert_all_pass

from hornbook.curriculum.continued import can_continue, draw_continued
from hornbook.curriculum.families import TAUGHT
from hornbook.curriculum.family import Task, is_reserved
from hornbook.curriculum.operations_answers import openings
from hornbook.curriculum.page_blocks import assertion, definition
from hornbook.curriculum.programs import RESERVED_ONE_IN
from hornbook.curriculum.programs_grown import Grown, grow
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


def test_nearly_all_families_can_be_continued_and_nearly_all_tries_give_a_task() -> None:
    assert len(CONTINUABLE) > 0.97 * len(TAUGHT)
    assert len(TASKS) > 150


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
        assert all(re.search(rf"\b{helper}\b", body) for body in (task.body, task.other_body))
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


def test_no_held_out_chain_follows_a_helper() -> None:
    begun = Grown(steps=(), values=[[3, 8, 5], [12, 7], [4, 4, 9, 2]])
    opening = openings("tuple[int, int]")[0]
    opened = Grown(steps=((opening, {}),), values=begun.values, num_before=1)
    for i in range(400):
        for start in (begun, opened):
            if grown := grow(random.Random(i), start, "numbers", 3):
                chain = [operation.name for operation in grown.chain]
                assert len(chain) == 1 or not is_reserved(">".join(chain), one_in=RESERVED_ONE_IN)


def test_the_same_generator_gives_the_same_task() -> None:
    assert [(t.sentence, t.body, t.setup) for t in _drawn(20)] == [
        (t.sentence, t.body, t.setup) for t in _drawn(20)
    ]


def test_no_solution_names_a_value_as_the_function_names_an_argument() -> None:
    for task in TASKS:
        tree = ast.parse(definition(task.name, task.arguments, task.body, task.imports))
        stored = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
        assert not stored & {argument.name for argument in task.arguments}
