"""What a filter does to the balance of topics, and how the thin ones are filled.

A filter that learnt to like loops over lists starves what looks otherwise: the topics that it keeps least of. They
can be filled from what it refused: of each topic, at least a share of its units is kept, the best scores first.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from hornbook.step import Metrics
from hornbook.value.topics import Masks, shown

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


def filled(masks: Masks, scores: Floats, threshold: float, least: float) -> Flags:
    """Say which of n units are kept only for a topic: below the threshold, yet among the best of one.

    The best of a topic are its units with the highest scores, a share `least` of them, ties included. All arrays
    of shape (n,); the order of the units does not matter.
    """
    wanted = np.zeros(len(scores), dtype=np.bool_)
    if least > 0:
        for shows in shown(masks).values():
            if shows.any():
                wanted |= shows & (scores >= np.quantile(scores[shows], 1 - least, method="higher"))
    return wanted & (scores < threshold)


def balance(masks: Masks, before_filling: Flags, kept: Flags) -> Metrics:
    """Compare the topics of n units with those of the units kept; all arrays of shape (n,).

    `{"entropy_bits": {"before": ..., "after": ..., "without_filling": ...}, "num_filled": ...,
    "counts": {topic: {"before": 120, "after": 31, "without_filling": 12}}}`. An entropy is Shannon's over the
    topics' shares of all occurrences, in bits; the most is the logarithm of the number of topics.
    """
    by_topic = shown(masks)
    counts = {
        name: {
            "before": int(shows.sum()),
            "without_filling": int((shows & before_filling).sum()),
            "after": int((shows & kept).sum()),
        }
        for name, shows in by_topic.items()
    }
    moments = ("before", "without_filling", "after")
    return {
        "num_units": {
            "before": len(masks),
            "without_filling": int(before_filling.sum()),
            "after": int(kept.sum()),
        },
        "entropy_bits": {
            moment: _entropy_bits([count[moment] for count in counts.values()]) for moment in moments
        },
        "counts": counts,
    }


def _entropy_bits(counts: list[int]) -> float:
    total = sum(counts)
    return round(sum(n / total * math.log2(total / n) for n in counts if n), 4)
