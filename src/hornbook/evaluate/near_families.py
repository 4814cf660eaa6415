"""Which families of the offline teacher come near which problems of a benchmark: phi-1's section 5, by family.

Families are written from what courses teach and never from a benchmark; that some come near a problem all the
same is measured here and said in the report.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

TAUS = (0.95, 0.9, 0.85, 0.8)
"""Match rates of phi-1's table 3."""
_PROGRAMS = "composed programs"
_SHOWN_PROBLEMS = 5
_PAIRS_AT_ONCE = 5_000_000
"""Problems times shapes compared at once: 40 MB."""


def near_families(
    benchmarks: Sequence[tuple[str, Sequence[str]]],
    codes: Sequence[str],
    families: Mapping[str, str],
    *,
    workers: int,
) -> dict[str, list[dict[str, Any]]]:
    """Return for each benchmark the families that come near its problems at 0.8 or more, the nearest first.

    `benchmarks` are names with ids of problems, whose shapes are `codes`, one after the other; `families` maps a
    shape to the family that has it. A family is `{"family": name, "problems": ids of the five nearest, "rate": the
    highest, "at": {"0.95": number of problems that match at that rate or more, ...}}`.
    """
    shapes = list(families)
    rates = _rates(codes, shapes, families, workers)
    found: dict[str, list[dict[str, Any]]] = {}
    start = 0
    for name, ids in benchmarks:
        mine = dict(zip(ids, rates[start : start + len(ids)], strict=True))
        start += len(ids)
        found[name] = sorted(_entries(mine), key=lambda entry: (-entry["rate"], entry["family"]))
    return found


def _rates(
    codes: Sequence[str], shapes: Sequence[str], families: Mapping[str, str], workers: int
) -> list[dict[str, float]]:
    """Return for each code the families that match it at 0.8 or more, with the highest rate of each."""
    rates: list[dict[str, float]] = []
    size = max(1, _PAIRS_AT_ONCE // max(1, len(shapes)))
    for first in range(0, len(codes), size):
        block = list(codes[first : first + size])
        table = process.cdist(
            block,
            shapes,
            scorer=Levenshtein.normalized_similarity,
            score_cutoff=min(TAUS),
            dtype=np.float64,
            workers=workers,
        )
        rates += [
            _by_family(row, shapes, families) if code else {} for code, row in zip(block, table, strict=True)
        ]
    return rates


def _by_family(row: Any, shapes: Sequence[str], families: Mapping[str, str]) -> dict[str, float]:
    best: dict[str, float] = {}
    for i in np.flatnonzero(row):
        family = families[shapes[int(i)]]
        family = _PROGRAMS if family.startswith("program:") else family
        best[family] = max(best.get(family, 0.0), float(row[i]))
    return best


def _entries(rates: Mapping[str, Mapping[str, float]]) -> Iterator[dict[str, Any]]:
    for family in {family for found in rates.values() for family in found}:
        mine = sorted(((found[family], key) for key, found in rates.items() if family in found), reverse=True)
        yield {
            "family": family,
            "problems": [key for _, key in mine[:_SHOWN_PROBLEMS]],
            "rate": round(mine[0][0], 4),
            "at": {str(tau): sum(rate >= tau for rate, _ in mine) for tau in TAUS},
        }
