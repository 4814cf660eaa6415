"""Families about numbers, measures, shapes, chances and dates; a new file is one more line here."""

from __future__ import annotations

from hornbook.curriculum.families.numbers import (
    divisors,
    integers,
    multiples,
    primes,
)
from hornbook.curriculum.family import Family

FAMILIES: tuple[Family, ...] = (
    *integers.FAMILIES,
    *divisors.FAMILIES,
    *multiples.FAMILIES,
    *primes.FAMILIES,
)
