"""The order in which the concepts can be taught: each one after all that it builds on."""

from __future__ import annotations

from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter

from hornbook.curriculum.concepts import CONCEPTS, Concept


def levels(concepts: Mapping[str, Concept] = CONCEPTS) -> dict[str, int]:
    """Return for each concept the length of the longest way to it: 0 where nothing comes before it.

    Raises ValueError for a prerequisite that is no concept, and for concepts that build on each other in a circle.
    """
    for concept in concepts.values():
        if unknown := [name for name in concept.prerequisites if name not in concepts]:
            raise ValueError(f"concept {concept.name!r} builds on {unknown[0]!r}, which is no concept")
    sorter = TopologicalSorter({name: concept.prerequisites for name, concept in concepts.items()})
    try:
        order = list(sorter.static_order())
    except CycleError as error:
        raise ValueError(f"concepts build on each other in a circle: {' > '.join(error.args[1])}") from error
    found: dict[str, int] = {}
    for name in order:
        found[name] = max((found[before] + 1 for before in concepts[name].prerequisites), default=0)
    return found


def teaching_order(concepts: Mapping[str, Concept] = CONCEPTS) -> list[str]:
    """Return all concepts, those of a lower level first, easy ones first within a level, then by name."""
    level = levels(concepts)
    return sorted(concepts, key=lambda name: (level[name], concepts[name].difficulty, name))
