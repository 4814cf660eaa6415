"""Families about numbers, measures, shapes, chances and dates; a new file is one more line here."""

from __future__ import annotations

from hornbook.curriculum.families.numbers import (
    combinatorics,
    decimal_numbers,
    divisors,
    exact_fractions,
    integers,
    multiples,
    primes,
    remainders,
    sequences,
    series,
)
from hornbook.curriculum.family import Family

FAMILIES: tuple[Family, ...] = (
    *integers.FAMILIES,
    *combinatorics.FAMILIES,
    *decimal_numbers.FAMILIES,
    *divisors.FAMILIES,
    *exact_fractions.FAMILIES,
    *multiples.FAMILIES,
    *primes.FAMILIES,
    *remainders.FAMILIES,
    *sequences.FAMILIES,
    *series.FAMILIES,
)
