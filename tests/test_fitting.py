"""Families that may suit a form of a page, and those that do not."""

from __future__ import annotations

import random

import pytest

from hornbook.curriculum.concepts import CONCEPTS
from hornbook.curriculum.families import TAUGHT, concepts_taught
from hornbook.curriculum.family import draw_task
from hornbook.curriculum.fitting import MAY_SUIT, fitted
from hornbook.curriculum.offline import OfflineTeacher
from hornbook.curriculum.pages import FOR_EVERY_TASK, write_page
from hornbook.teacher.protocol import Request


@pytest.mark.parametrize("form", MAY_SUIT)
def test_of_families_that_may_not_suit_a_form_pages_hardly_ever_come(form: str) -> None:
    pages = {True: 0, False: 0}
    tried = {True: 0, False: 0}
    for family in TAUGHT[::8]:
        rng, concept = random.Random(family.name), CONCEPTS[family.concepts[0]]
        task = fitted(draw_task(family, rng), concept.name)
        may = MAY_SUIT[form](family)
        tried[may] += 1
        pages[may] += bool(write_page(concept, task, None, rng, form=form, audience="student"))
    assert pages[True] > 0.4 * tried[True]
    assert pages[False] <= 0.03 * tried[False]


def test_a_form_that_no_family_of_a_concept_suits_gives_way_at_once() -> None:
    suited = {name for family in TAUGHT if MAY_SUIT["invariant"](family) for name in family.concepts}
    concept = next(name for name in concepts_taught() if name not in suited)
    slots = {"concept": concept, "form": "invariant", "audience": "student", "program": False}
    request = Request(kind="textbook", seed="0/textbooks/0", slots=slots, messages=())
    headline = next(OfflineTeacher().complete([request])).text.split("\n")[0]
    assert headline.removesuffix(" -->").rpartition("form: ")[2] in FOR_EVERY_TASK
