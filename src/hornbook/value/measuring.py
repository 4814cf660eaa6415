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


def quality(scores: Floats, targets: Floats, threshold: float, weights: Floats | None = None) -> Metrics:
    """Compare "score from the threshold on" with "label from GOOD on"; all arrays of shape (units,).

    Shares and errors count each unit with its weight; `confusion` is of units.
    """
    called, good = scores >= threshold, targets >= GOOD
    weights = np.ones(len(scores)) if weights is None else weights
    sides = {
        "good_called_good": called & good,
        "good_called_poor": ~called & good,
        "poor_called_good": called & ~good,
        "poor_called_poor": ~called & ~good,
    }
    hits, misses, false_alarms, refusals = (float(weights[side].sum()) for side in sides.values())
    errors = float((weights * np.abs(scores - targets)).sum())
    return {
        "f1": ratio(2 * hits, 2 * hits + false_alarms + misses),
        "precision": ratio(hits, hits + false_alarms),
        "recall": ratio(hits, hits + misses),
        "accuracy": ratio(hits + refusals, weights.sum()),
        "accuracy_of_majority": ratio(max(hits + misses, false_alarms + refusals), weights.sum()),
        "f1_of_all_good": ratio(2 * (hits + misses), 2 * hits + 2 * misses + false_alarms + refusals),
        "mean_absolute_error": ratio(errors, weights.sum()),
        "confusion": {name: int(side.sum()) for name, side in sides.items()},
    }


def at_thresholds(scores: Floats, targets: Floats, weights: Floats | None = None) -> list[dict[str, float]]:
    """Return precision, recall and F1 at thresholds that call 2 to 98 % of the units good, in 25 steps."""
    weights = np.ones(len(scores)) if weights is None else weights
    found = []
    for threshold in np.unique(np.quantile(scores, np.linspace(0.02, 0.98, 25)).round(4)).tolist():
        measured = quality(scores, targets, threshold, weights)
        share = ratio(float(weights[scores >= threshold].sum()), float(weights.sum()))
        found.append({"threshold": threshold, "share_called_good": share} | {k: measured[k] for k in _THREE})
    return found


_THREE = ("precision", "recall", "f1")


def best_threshold(scores: Floats, good: Floats, weights: Floats | None = None) -> float:
    """Return the score with the best expected F1, where `good` is the chance that each unit is good."""
    weights = np.ones(len(scores)) if weights is None else weights
    order = np.argsort(-scores, kind="stable")
    hits = np.cumsum((weights * good)[order])
    f1 = 2 * hits / (np.cumsum(weights[order]) + (weights * good).sum())
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
    return round(float(part / whole), 4) if whole else 0.0
