"""What suits a form of a page is known before a task is drawn, and what gives pages is not shut out."""

from __future__ import annotations

import ast
import random

import pytest
from judged import assert_all_pass

from hornbook.curriculum.concepts import CONCEPTS
from hornbook.curriculum.families import TAUGHT, concepts_taught
from hornbook.curriculum.family import draw_task
from hornbook.curriculum.fitting import fitted
from hornbook.curriculum.offline import OfflineTeacher
from hornbook.curriculum.page_programs import chain_test, is_possible, written_for
from hornbook.curriculum.pages import FOR_EVERY_TASK, write_page
from hornbook.curriculum.parsing import nodes_below
from hornbook.curriculum.programs import draw_cases, program_task
from hornbook.curriculum.suiting import WANTING, Pair, pairs
from hornbook.sandbox import Job
from hornbook.teacher.protocol import Request


def _gives_page(name: str, form: str, concept: str, pair: Pair) -> bool:
    family = next(family for family in TAUGHT if family.name == name)
    rng = random.Random(name)
    task = fitted(draw_task(family, rng, pair=pair), concept)
    return bool(write_page(CONCEPTS[concept], task, None, rng, form=form, audience="student"))


@pytest.mark.parametrize("form", sorted(WANTING))
def test_pages_come_of_pairs_that_may_suit_a_form_and_hardly_any_of_others(form: str) -> None:
    pages = {True: 0, False: 0}
    tried = {True: 0, False: 0}
    for family in TAUGHT[::3]:
        concept = family.concepts[0]
        pair = (family.solutions[0], family.solutions[1])
        may = pair in pairs(family.name, form, concept)
        tried[may] += 1
        pages[may] += _gives_page(family.name, form, concept, pair)
    assert pages[True] > 0.75 * tried[True]
    assert pages[False] <= 0.05 * (pages[True] + pages[False])


@pytest.mark.parametrize("form", [*sorted(WANTING), "edge_cases", "mistake", "trace"])
def test_chains_that_are_looked_for_give_pages_of_their_form(form: str) -> None:
    rng, pages = random.Random(form), 0
    for i in range(40):
        concept = ("composition", "filtering", "counting", "any_all", "sorting")[i % 5]
        if not is_possible(form, concept):
            continue
        program, cases = draw_cases(rng, concept=concept, suits=chain_test(form, concept))
        task = written_for(form, concept, program_task(program, cases, rng), program, rng)
        page = write_page(CONCEPTS[concept], task, program, rng, form=form, audience="student")
        pages += 1 if page else -2  # two of three: some loops take too many rounds, or hold too much
    assert pages > 0


def test_code_that_is_rewritten_for_a_form_computes_the_same() -> None:
    rng, jobs = random.Random(5), []
    for form in ("worked", "invariant", "refactoring", "lecture"):
        program, cases = draw_cases(rng, suits=chain_test(form, "composition"))
        task = written_for(form, "composition", program_task(program, cases, rng), program, rng)
        tests = "\n".join(f"assert f(*{arguments!r}) == {answer!r}" for arguments, answer in cases)
        for body, imports in ((task.body, task.imports), (task.other_body, task.other_imports)):
            names = ", ".join(argument.name for argument in task.arguments)
            source = "\n    ".join(f"def f({names}):\n{body}".split("\n"))
            jobs.append(Job(id=form, blocks=("\n".join((*imports, source)),), tests=tests))
    assert_all_pass(jobs)


def test_a_form_that_no_family_of_a_concept_suits_gives_way_at_once() -> None:
    suited = {c for f in TAUGHT for c in f.concepts if pairs(f.name, "invariant", c)}
    concept = next(name for name in concepts_taught() if name not in suited)
    slots = {"concept": concept, "form": "invariant", "audience": "student", "program": False}
    request = Request(kind="textbook", seed="0/textbooks/0", slots=slots, messages=())
    headline = next(OfflineTeacher().complete([request])).text.split("\n")[0]
    assert headline.removesuffix(" -->").rpartition("form: ")[2] in FOR_EVERY_TASK


def test_the_nodes_below_a_tree_are_those_of_a_walk_but_for_operators_and_contexts() -> None:
    left_out = (ast.expr_context, ast.operator, ast.unaryop, ast.boolop, ast.cmpop)
    for family in TAUGHT[::9]:
        task = draw_task(family, random.Random(family.name))
        tree = ast.parse(task.body)
        assert nodes_below([tree]) == [node for node in ast.walk(tree) if not isinstance(node, left_out)]
