"""Families about algorithms: structures, searches, and ways to find the best; a new file is one more line here."""

from __future__ import annotations

from hornbook.curriculum.families.algorithms import (
    classics,
    components,
    explorations,
    graphs,
    joins,
    links,
    orders,
    routes,
    searches,
    tree_walks,
    trees,
    tries,
)
from hornbook.curriculum.family import Family

FAMILIES: tuple[Family, ...] = (
    *classics.FAMILIES,
    *components.FAMILIES,
    *explorations.FAMILIES,
    *graphs.FAMILIES,
    *joins.FAMILIES,
    *links.FAMILIES,
    *orders.FAMILIES,
    *routes.FAMILIES,
    *searches.FAMILIES,
    *tree_walks.FAMILIES,
    *trees.FAMILIES,
    *tries.FAMILIES,
)
