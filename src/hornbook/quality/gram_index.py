"""Which problems hold an n-gram, asked for a million n-grams at a time."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from hornbook.quality.shingles import I64, U64

_PREFILTER = np.uint64((1 << 20) - 1)


class GramIndex:
    """Problem numbers by n-gram, with a bit table in front: most n-grams of a record hit nothing."""

    def __init__(self) -> None:
        """Start empty; add to `problems`, then `freeze`."""
        self.problems: defaultdict[int, set[int]] = defaultdict(set)
        self._table = np.zeros(int(_PREFILTER) + 1, dtype=np.bool_)
        self._sorted: U64 = np.empty(0, dtype=np.uint64)

    def freeze(self) -> None:
        """Make what was added ready to be looked up."""
        self._sorted = np.array(sorted(self.problems), dtype=np.uint64)
        self._table[self._sorted & _PREFILTER] = True

    def positions(self, grams: U64) -> I64:
        """Return where in `grams` a known n-gram stands."""
        maybe = np.flatnonzero(self._table[grams & _PREFILTER])
        if not len(maybe):
            return maybe
        found = np.searchsorted(self._sorted, grams[maybe])
        found[found == len(self._sorted)] = 0
        hits: I64 = maybe[self._sorted[found] == grams[maybe]]
        return hits
