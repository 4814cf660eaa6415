"""Families about algorithms: structures, searches, and ways to find the best; a new file is one more line here."""

from __future__ import annotations

from hornbook.curriculum.families.algorithms import classics
from hornbook.curriculum.family import Family

FAMILIES: tuple[Family, ...] = (*classics.FAMILIES,)
