"""All families, by name; a new file of families is one more line here."""

from __future__ import annotations

from hornbook.curriculum.families import (
    algorithms,
    dictionaries,
    lists,
    numbers,
    searching,
    tables,
    text_building,
    text_counting,
    text_parsing,
)
from hornbook.curriculum.family import Family

ALL: tuple[Family, ...] = (
    *text_counting.FAMILIES,
    *text_building.FAMILIES,
    *text_parsing.FAMILIES,
    *numbers.FAMILIES,
    *lists.FAMILIES,
    *searching.FAMILIES,
    *dictionaries.FAMILIES,
    *tables.FAMILIES,
    *algorithms.FAMILIES,
)
BY_NAME = {family.name: family for family in ALL}
TAUGHT = tuple(family for family in ALL if not family.reserved)
"""Families that may make training data."""
HELD_OUT = tuple(family for family in ALL if family.reserved)
"""Families of the ladder's fourth rung, never in training data."""
