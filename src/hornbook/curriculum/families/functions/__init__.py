"""Families about how functions are called, made and combined, and how classes describe things; a new file is one more line here."""

from __future__ import annotations

from hornbook.curriculum.family import Family

FAMILIES: tuple[Family, ...] = ()
