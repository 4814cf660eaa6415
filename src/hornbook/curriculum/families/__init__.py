"""All families, by name, from one folder for each area of the curriculum."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from itertools import zip_longest

from hornbook.curriculum.concepts import CONCEPTS
from hornbook.curriculum.families import algorithms, data, functions, numbers, texts
from hornbook.curriculum.families.order import in_lasting_order
from hornbook.curriculum.family import Family

ALL: tuple[Family, ...] = in_lasting_order(
    (
        *functions.FAMILIES,
        *texts.FAMILIES,
        *numbers.FAMILIES,
        *data.FAMILIES,
        *algorithms.FAMILIES,
    )
)
BY_NAME = {family.name: family for family in ALL}


def _in_teaching_order(families: Iterable[Family]) -> tuple[Family, ...]:
    """Deal the families out to the concepts in turn, those about it first, so that a few already cover them all."""
    easy_first = sorted(families, key=lambda family: (family.difficulty, family.name))
    hands = {
        concept: sorted(
            (f for f in easy_first if concept in f.concepts), key=lambda f: f.concepts[0] != concept
        )
        for concept in CONCEPTS
    }
    turns = zip_longest(*hands.values())
    dealt = {family.name: family for turn in turns for family in turn if family is not None}
    return tuple(dealt.values())


TAUGHT = _in_teaching_order(family for family in ALL if not family.reserved)
"""Families that may make training data; the first `breadth` of them are what a small budget is spent on."""
HELD_OUT = tuple(family for family in ALL if family.reserved)
"""Families of the ladder's fourth rung, never in training data."""


@cache
def concepts_taught(breadth: int = 0) -> tuple[str, ...]:
    """Return the concepts that the first `breadth` families teach, in the curriculum's order; 0 means all families."""
    taught = {concept for family in TAUGHT[: breadth or len(TAUGHT)] for concept in family.concepts}
    return tuple(name for name in CONCEPTS if name in taught)
