"""Families about how functions are called, made and combined, and how classes describe things; a new file is one more line here."""

from __future__ import annotations

from hornbook.curriculum.families.functions import (
    choices,
    nothing,
    ranges,
    values,
)
from hornbook.curriculum.family import Family

FAMILIES: tuple[Family, ...] = (
    *values.FAMILIES,
    *ranges.FAMILIES,
    *choices.FAMILIES,
    *nothing.FAMILIES,
)
