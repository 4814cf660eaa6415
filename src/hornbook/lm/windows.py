"""Which tokens each training step reads: windows of every source, mixed by weight, as a pure function of the step.

Every epoch a source is cut into windows at a drawn offset and read in a drawn order, each window once. Nothing
here needs to be saved: after a kill the draws are replayed up to the step, which costs microseconds a window.
Documents lie end to end with the separator between them (phi-1, arXiv:2306.11644 §2.3) and may cross windows.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from hornbook.draw import rng
from hornbook.errors import QualityGate, UsageError


@dataclass(slots=True)
class Windows:
    """Draws the batches of a whole budget from token arrays by source name."""

    sources: Mapping[str, NDArray[np.uint16]]
    mix: Mapping[str, float]
    """Weight by source; empty for equal weights."""
    context: int
    rows: int
    """Windows per step."""
    seed: int
    read: Counter[str] = field(default_factory=Counter)
    """Windows drawn so far, by source, the skipped ones among them."""

    def __post_init__(self) -> None:
        """Refuse a mix that does not fit the sources, and sources shorter than two windows."""
        if not self.sources:
            raise UsageError("no tokens to train on; give at least one source")
        unknown = sorted(set(self.mix) - set(self.sources))
        if unknown:
            raise UsageError(f"mix names {', '.join(unknown)}, but the sources are {', '.join(self.sources)}")
        if self.mix and (min(self.mix.values()) < 0 or sum(self.mix.values()) <= 0):
            raise UsageError(f"mix {dict(self.mix)} needs weights of 0 or more and a positive sum")
        for name, tokens in self.sources.items():
            if len(tokens) < 2 * self.context:
                raise QualityGate(
                    f"{name} has {len(tokens)} tokens; a window of {self.context} needs twice that"
                )

    def batches(self, first: int, last: int, *, skip: int = 0) -> Iterator[NDArray[np.int64]]:
        """Yield (rows, context + 1) token ids for steps `first` to `last` - 1, less the first `skip` of them."""
        order = {name: self._windows(name) for name in self.sources}
        names = self._names()
        for _ in range(first * self.rows):
            next(order[next(names)])
        for step in range(first, last):
            places = [(name, next(order[name])) for name in itertools.islice(names, self.rows)]
            self.read.update(name for name, _ in places)
            if step >= first + skip:
                yield np.stack([self._window(*place) for place in places]).astype(np.int64)

    def _window(self, name: str, start: int) -> NDArray[np.uint16]:
        return self.sources[name][start : start + self.context + 1]

    def epochs(self) -> dict[str, float]:
        """Return how often each source was read, the windows drawn by `batches`."""
        return {name: self.read[name] * self.context / len(ids) for name, ids in self.sources.items()}

    def _names(self) -> Iterator[str]:
        """Yield the source of each window: always the one furthest behind its share, so no draw is needed."""
        weights = {name: self.mix.get(name, 0.0) if self.mix else 1.0 for name in sorted(self.sources)}
        total, given, count = sum(weights.values()), dict.fromkeys(weights, 0), 0
        while True:
            count += 1
            name = max(weights, key=lambda n: weights[n] / total * count - given[n])
            given[name] += 1
            yield name

    def _windows(self, name: str) -> Iterator[int]:
        """Yield the start of each window of a source, epoch after epoch."""
        number = len(self.sources[name]) // self.context - 1
        epoch = 0
        while True:
            draw = rng(self.seed, f"windows/{name}", epoch)
            offset, order = draw.randrange(self.context), list(range(number))
            draw.shuffle(order)
            yield from (offset + index * self.context for index in order)
            epoch += 1
