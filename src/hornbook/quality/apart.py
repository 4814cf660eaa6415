"""How far apart families stand: the syntax trees of their solutions, compared.

Two families whose solutions are one tree teach one thing twice, and if one of them is held out, the ladder asks
what was taught.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import indent

import numpy as np
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cdist

from hornbook.curriculum.family import Family, Task, draw_task
from hornbook.quality.syntax import node_types

TOO_ALIKE = 0.9
"""Similarity from which on two families are one too many."""
DRAWINGS = 8
"""Of each family: with two solutions each, enough that all are all but certain to be seen."""


@dataclass(frozen=True, slots=True)
class Alike:
    """The other family whose closest sample is most like one's own; "" and 0.0 when none is alike enough."""

    name: str
    similarity: float


def shapes(family: Family) -> set[str]:
    """Return the different syntax trees of a family's solutions, as `node_types` writes them."""
    tasks = [draw_task(family, random.Random(f"{family.name}/{number}")) for number in range(DRAWINGS)]
    return {_shape(task, body) for task in tasks for body in (task.body, task.other_body)}


def _shape(task: Task, body: str) -> str:
    arguments = ", ".join(argument.name for argument in task.arguments)
    return node_types(f"def {task.name}({arguments}):\n{indent(body, '    ')}\n", task.name)


def most_alike(
    families: Sequence[Family], others: Sequence[Family], *, at_least: float = 0.0
) -> dict[str, Alike]:
    """Return for each of `families` the one of `others` that is most like it, by name.

    With `at_least`, less similar pairs count as not alike at all, which is many times faster.
    """
    drawn = {family.name: sorted(shapes(family)) for family in (*families, *others)}
    pairs = [(code, family.name) for family in others for code in drawn[family.name]]
    codes, names = [code for code, _ in pairs], np.array([name for _, name in pairs])
    found = {}
    for family in families:
        scores = cdist(
            drawn[family.name],
            codes,
            scorer=Levenshtein.normalized_similarity,
            score_cutoff=at_least,
            dtype=np.float64,  # in float32 0.9 is less than a threshold of 0.9
            workers=1,
        ).max(axis=0)
        scores[names == family.name] = 0.0
        best = int(scores.argmax())
        found[family.name] = Alike(str(names[best]) if scores[best] else "", float(scores[best]))
    return found
