"""Openings of a helper's answer: code and meaning agree on the answers of every family, whatever their order."""

from __future__ import annotations

import random
from typing import Any

import pytest
from judged import assert_all_pass

from hornbook.curriculum.concepts import CONCEPTS
from hornbook.curriculum.families import TAUGHT
from hornbook.curriculum.family import Family, draw_task
from hornbook.curriculum.operation import ANNOTATIONS
from hornbook.curriculum.operations_answers import GOES_ON, is_of, openings
from hornbook.curriculum.programs import apply
from hornbook.curriculum.programs_code import filled
from hornbook.curriculum.programs_inputs import fits
from hornbook.sandbox import Job

ANSWERS = {family.returns for family in TAUGHT}


def _job(family: Family) -> Job | None:
    """Apply every opening to answers of the family, in the way of the code and of the meaning."""
    rng = random.Random(family.name)
    answers = [answer for _, answer in draw_task(family, rng).cases if is_of(family.returns, answer)]
    lines = ["import math"]
    for i, opening in enumerate(openings(family.returns)):
        parameters = opening.draw(rng)
        lines.append(f"def f{i}(answer):\n    return {filled(opening.code, parameters, xs='answer')}")
        for answer in answers:
            value = apply(opening, parameters, answer)
            if fits(opening.gives, value):
                lines.append(f"assert repr(f{i}({answer!r})) == {repr(value)!r}, {opening.name!r}")
    return Job(id=family.name, blocks=("\n".join(lines),)) if len(lines) > 1 else None


def test_code_and_meaning_of_every_opening_agree() -> None:
    jobs = [job for family in TAUGHT if (job := _job(family))]
    assert len(jobs) > 500
    assert_all_pass(jobs)


def test_every_opening_is_of_known_type_and_concept() -> None:
    found = [opening for annotation in ANSWERS for opening in openings(annotation)]
    assert {opening.concept for opening in found} <= set(CONCEPTS)
    assert {opening.gives for opening in found} <= set(ANNOTATIONS)
    assert all(opening.takes == "answer" for opening in found)


@pytest.mark.parametrize("annotation", sorted(a for a in ANSWERS if a.startswith("dict[")))
def test_openings_of_a_dictionary_do_not_depend_on_its_order(annotation: str) -> None:
    assert annotation not in GOES_ON
    values: dict[str, Any] = {
        "int": 3,
        "str": "b",
        "float": 0.5,
        "object": 1,
        "list[int]": [4],
        "list[str]": ["x"],
    }
    key, _, value = annotation.removeprefix("dict[").removesuffix("]").partition(", ")
    one, other = (2, 1) if key == "int" else ("z", "a")
    if value not in values:
        return
    forward = {one: values[value], other: values[value]}
    backward = dict(reversed(forward.items()))
    for opening in openings(annotation):
        assert repr(apply(opening, {}, forward)) == repr(apply(opening, {}, backward)), opening.name


@pytest.mark.parametrize(
    ("annotation", "right", "wrong"),
    [
        ("int", 3, True),
        ("int | None", None, "a"),
        ("tuple[int, str]", (1, "a"), (1, 2)),
        ("tuple[int, ...]", (1, 2, 3), (1, "a")),
        ("dict[str, list[int]]", {"a": [1]}, {"a": [None]}),
        ("list[tuple[int, int]]", [(1, 2)], [[1, 2]]),
        ("object", None, ...),
    ],
)
def test_an_answer_is_what_its_annotation_says_or_not(annotation: str, right: object, wrong: object) -> None:
    assert is_of(annotation, right)
    assert wrong is ... or not is_of(annotation, wrong)
