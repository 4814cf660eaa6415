"""Families about algorithms: structures, searches, and ways to find the best; a new file is one more line here."""

from __future__ import annotations

from hornbook.curriculum.families.algorithms import (
    answers,
    brackets,
    caches,
    classics,
    components,
    explorations,
    graphs,
    grids,
    halving,
    joins,
    links,
    orders,
    queues,
    regions,
    routes,
    searches,
    sorting,
    stacks,
    string_search,
    tree_walks,
    trees,
    tries,
)
from hornbook.curriculum.family import Family

FAMILIES: tuple[Family, ...] = (
    *answers.FAMILIES,
    *brackets.FAMILIES,
    *caches.FAMILIES,
    *classics.FAMILIES,
    *components.FAMILIES,
    *explorations.FAMILIES,
    *graphs.FAMILIES,
    *grids.FAMILIES,
    *halving.FAMILIES,
    *joins.FAMILIES,
    *links.FAMILIES,
    *orders.FAMILIES,
    *queues.FAMILIES,
    *regions.FAMILIES,
    *routes.FAMILIES,
    *searches.FAMILIES,
    *sorting.FAMILIES,
    *stacks.FAMILIES,
    *string_search.FAMILIES,
    *tree_walks.FAMILIES,
    *trees.FAMILIES,
    *tries.FAMILIES,
)
