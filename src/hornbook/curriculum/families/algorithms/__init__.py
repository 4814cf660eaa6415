"""Families about algorithms: structures, searches, and ways to find the best; a new file is one more line here."""

from __future__ import annotations

from hornbook.curriculum.families.algorithms import (
    brackets,
    classics,
    components,
    explorations,
    graphs,
    grids,
    joins,
    links,
    orders,
    regions,
    routes,
    searches,
    stacks,
    tree_walks,
    trees,
    tries,
)
from hornbook.curriculum.family import Family

FAMILIES: tuple[Family, ...] = (
    *brackets.FAMILIES,
    *classics.FAMILIES,
    *components.FAMILIES,
    *explorations.FAMILIES,
    *graphs.FAMILIES,
    *grids.FAMILIES,
    *joins.FAMILIES,
    *links.FAMILIES,
    *orders.FAMILIES,
    *regions.FAMILIES,
    *routes.FAMILIES,
    *searches.FAMILIES,
    *stacks.FAMILIES,
    *tree_walks.FAMILIES,
    *trees.FAMILIES,
    *tries.FAMILIES,
)
