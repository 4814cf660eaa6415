"""What a score means: monotone curves from scores to labels and to the chance of being good, and their error."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from hornbook.errors import TrainingUnavailable

Floats = npt.NDArray[np.float64]

_NUM_BINS = 10


def learner(module: str) -> Any:
    """Return a module of scikit-learn. Raises TrainingUnavailable without it."""
    import importlib

    try:
        return importlib.import_module(f"sklearn.{module}")
    except ImportError as error:
        raise TrainingUnavailable(
            "training a value filter needs scikit-learn: pip install 'hornbook[train]'"
        ) from error


@dataclass(frozen=True, slots=True)
class Curve:
    """A rising line through points; flat before the first and after the last."""

    x: Floats
    y: Floats

    def __call__(self, scores: Floats) -> Floats:
        """Return the heights over some scores."""
        heights: Floats = np.interp(scores, self.x, self.y)
        return heights


def rising(scores: Floats, targets: Floats, weights: Floats | None = None) -> Curve:
    """Fit an isotonic regression to the means of 40 equal parts, so that single units make no step."""
    weights = np.ones(len(scores)) if weights is None else weights
    order = np.argsort(scores, kind="stable")
    parts = np.array_split(order, min(40, max(len(order) // 10, 1)))
    x, y = (
        np.array([np.average(of[part], weights=weights[part]) for part in parts]) for of in (scores, targets)
    )
    sizes = np.array([weights[part].sum() for part in parts])
    fitted = learner("isotonic").IsotonicRegression().fit_transform(x, y, sample_weight=sizes)
    return Curve(x, np.asarray(fitted, dtype=np.float64))


def logistic(scores: Floats, good: Floats) -> Curve:
    """Fit a logistic curve (Platt's scaling), for scores too few for a free form; drawn at 65 points."""
    # C: hardly a penalty on the one slope.
    model = learner("linear_model").LogisticRegression(C=100.0).fit(scores[:, None], good >= 0.5)
    x = np.linspace(scores.min(), scores.max(), 65)
    return Curve(x, model.predict_proba(x[:, None])[:, 1])


def calibration(
    chances: Floats, good: Floats, weights: Floats | None = None
) -> tuple[float, list[dict[str, float]]]:
    """Return the expected calibration error, and mean chance, share good and units of each of ten equal parts.

    Guo et al. (arXiv:1706.04599), with bins of equal weight: few units get a high chance.
    """
    weights = np.ones(len(chances)) if weights is None else weights
    order = np.argsort(chances, kind="stable")
    places = np.cumsum(weights[order]) / weights.sum()
    bins = [order[np.ceil(places * _NUM_BINS - 1e-9) == k + 1] for k in range(_NUM_BINS)]
    curve = [
        {
            "mean_chance": round(float(np.average(chances[part], weights=weights[part])), 4),
            "share_good": round(float(np.average(good[part], weights=weights[part])), 4),
            "num_units": len(part),
            "weight": float(weights[part].sum() / weights.sum()),
        }
        for part in bins
        if len(part)
    ]
    error = sum(abs(b["mean_chance"] - b["share_good"]) * b["weight"] for b in curve)
    return round(error, 4), curve
