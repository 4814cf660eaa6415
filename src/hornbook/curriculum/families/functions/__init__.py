"""Families about how functions are called, made and combined, and how classes describe things; a new file is one more line here."""

from __future__ import annotations

from hornbook.curriculum.families.functions import (
    arguments,
    cases,
    choices,
    closures,
    conversions,
    decorators,
    generators,
    keywords,
    lambdas,
    loops,
    memos,
    methods,
    nothing,
    objects,
    operators,
    partials,
    patterns,
    ranges,
    scopes,
    stars,
    unpacking,
    values,
)
from hornbook.curriculum.family import Family

FAMILIES: tuple[Family, ...] = (
    *values.FAMILIES,
    *ranges.FAMILIES,
    *choices.FAMILIES,
    *nothing.FAMILIES,
    *conversions.FAMILIES,
    *loops.FAMILIES,
    *cases.FAMILIES,
    *patterns.FAMILIES,
    *arguments.FAMILIES,
    *stars.FAMILIES,
    *keywords.FAMILIES,
    *unpacking.FAMILIES,
    *scopes.FAMILIES,
    *lambdas.FAMILIES,
    *closures.FAMILIES,
    *decorators.FAMILIES,
    *generators.FAMILIES,
    *memos.FAMILIES,
    *partials.FAMILIES,
    *objects.FAMILIES,
    *methods.FAMILIES,
    *operators.FAMILIES,
)
