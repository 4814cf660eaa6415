"""How good a value classifier is: against labels, at every threshold, beside guesses that need no classifier."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from hornbook.draw import rng
from hornbook.step import Metrics
from hornbook.value.rubric import GOOD

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
_NUM_DRAWS = 1000


def quality(scores: Floats, targets: Floats, threshold: float) -> Metrics:
    """Compare "score from the threshold on" with "label from GOOD on"; both arrays of shape (units,)."""
    called, good = scores >= threshold, targets >= GOOD
    hits, false_alarms = int((called & good).sum()), int((called & ~good).sum())
    misses, refusals = int((~called & good).sum()), int((~called & ~good).sum())
    return {
        "f1": ratio(2 * hits, 2 * hits + false_alarms + misses),
        "precision": ratio(hits, hits + false_alarms),
        "recall": ratio(hits, hits + misses),
        "accuracy": ratio(hits + refusals, len(targets)),
        "accuracy_of_majority": ratio(max(hits + misses, false_alarms + refusals), len(targets)),
        "f1_of_all_good": ratio(2 * (hits + misses), 2 * hits + 2 * misses + false_alarms + refusals),
        "mean_absolute_error": round(float(np.abs(scores - targets).mean()), 4) if len(targets) else 0.0,
        "confusion": {
            "good_called_good": hits,
            "good_called_poor": misses,
            "poor_called_good": false_alarms,
            "poor_called_poor": refusals,
        },
    }


def at_thresholds(scores: Floats, targets: Floats) -> list[dict[str, float]]:
    """Return precision, recall and F1 at thresholds that call 2 to 98 % good, in 25 steps."""
    found = []
    for threshold in np.unique(np.quantile(scores, np.linspace(0.02, 0.98, 25)).round(4)).tolist():
        measured = quality(scores, targets, threshold)
        share = round(float((scores >= threshold).mean()), 4)
        found.append({"threshold": threshold, "share_called_good": share} | {k: measured[k] for k in _THREE})
    return found


_THREE = ("precision", "recall", "f1")


def best_threshold(scores: Floats, good: Floats) -> float:
    """Return the score with the best expected F1, where `good` is the chance that each unit is good."""
    order = np.argsort(-scores, kind="stable")
    hits = np.cumsum(good[order])
    f1 = 2 * hits / (np.arange(1, len(order) + 1) + good.sum())
    return round(float(scores[order][int(np.argmax(f1))]), 4)


def f1(called: Flags, good: Flags, weights: Floats) -> float:
    """Return F1 of calls against what is good, each unit counted with its weight; 0 when nothing is either."""
    both = weights[called].sum() + weights[good].sum()
    return float(2 * weights[called & good].sum() / both) if both else 0.0


def interval(
    measure: Callable[[npt.NDArray[np.int64]], float], num_units: int, seed: int = 0
) -> tuple[float, float]:
    """Return the 95 % bootstrap interval of a measure that is taken of the units drawn, an index array."""
    draws = np.random.Generator(np.random.PCG64(rng(seed, "value/interval").getrandbits(64)))
    found = [measure(draws.integers(0, num_units, num_units)) for _ in range(_NUM_DRAWS)]
    low, high = np.quantile(found, [0.025, 0.975])
    return round(float(low), 4), round(float(high), 4)


def ratio(part: float, whole: float) -> float:
    """Return a share, rounded; 0 of nothing."""
    return round(part / whole, 4) if whole else 0.0
