"""Families about collections, and what the standard library does with them; a new file is one more line here."""

from __future__ import annotations

from hornbook.curriculum.families.data import (
    arranging,
    bisecting,
    choosing,
    counters,
    deques,
    dictionaries,
    grouping,
    heaps,
    histograms,
    interleaving,
    lists,
    lookup,
    merging_sorted,
    missing,
    ordered,
    products,
    ranking,
    rotation,
    searching,
    tables,
    top_k,
)
from hornbook.curriculum.family import Family

FAMILIES: tuple[Family, ...] = (
    *dictionaries.FAMILIES,
    *lists.FAMILIES,
    *searching.FAMILIES,
    *tables.FAMILIES,
    *arranging.FAMILIES,
    *bisecting.FAMILIES,
    *choosing.FAMILIES,
    *counters.FAMILIES,
    *deques.FAMILIES,
    *grouping.FAMILIES,
    *heaps.FAMILIES,
    *histograms.FAMILIES,
    *interleaving.FAMILIES,
    *lookup.FAMILIES,
    *merging_sorted.FAMILIES,
    *missing.FAMILIES,
    *ordered.FAMILIES,
    *products.FAMILIES,
    *ranking.FAMILIES,
    *rotation.FAMILIES,
    *top_k.FAMILIES,
)
