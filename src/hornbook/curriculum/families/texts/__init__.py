"""Families about texts: their characters, patterns, encodings and formats; a new file is one more line here."""

from __future__ import annotations

from hornbook.curriculum.families.texts import (
    building,
    casing,
    characters,
    counting,
    ordering,
    parsing,
)
from hornbook.curriculum.family import Family

FAMILIES: tuple[Family, ...] = (
    *building.FAMILIES,
    *casing.FAMILIES,
    *characters.FAMILIES,
    *counting.FAMILIES,
    *ordering.FAMILIES,
    *parsing.FAMILIES,
)
