"""Boosted trees over counts and one more column: what a ridge regression makes of the hashed n-grams.

The default classifier (`Fast`), and the machinery by which the offline judge is fitted to readings. Every score
that is learnt from, or calibrated by, comes from a fold whose files the fit did not see.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, ClassVar, Literal

import numpy as np
import numpy.typing as npt

from hornbook.errors import UsageError
from hornbook.value.calibration import Curve, learner
from hornbook.value.features import COLUMNS, NUM_HASHED, NUM_STRUCTURE, Features, features
from hornbook.value.scorer import Floats, load_parts, save_parts
from hornbook.value.trees import Trees, of_boosting

Indices = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Growth:
    """How the trees are grown."""

    num_trees: int = 150
    learning_rate: float = 0.1
    num_leaves: int = 31
    least_in_leaf: int = 20
    l2: float = 0.0
    alpha: float = 10.0
    """Strength of the ridge's penalty."""
    loss: Literal["squared", "log"] = "squared"


@dataclass(frozen=True, slots=True)
class Boosted:
    """A ridge over n-grams, and trees over the counts and its result."""

    of_ngrams: Floats
    """Shape (NUM_HASHED,)."""
    start: float
    trees: Trees

    def sums(self, found: Features) -> Floats:
        """Return the trees' sums; shape (texts,)."""
        return self.trees.sums(np.column_stack([found.structure, self.linear(found)]))

    def linear(self, found: Features) -> Floats:
        """Return what the ridge says; shape (texts,)."""
        return found.ngram_sums(self.of_ngrams) + self.start

    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        """Return all arrays by name."""
        return {
            "of_ngrams": self.of_ngrams.astype(np.float32),
            "start": np.array(self.start),
            **self.trees.arrays(),
        }

    @classmethod
    def of_arrays(cls, arrays: dict[str, npt.NDArray[Any]]) -> Boosted:
        """Return what `arrays` gave."""
        return cls(arrays["of_ngrams"].astype(np.float64), float(arrays["start"]), Trees.of_arrays(arrays))


def fit_boosted(
    growth: Growth, found: Features, targets: Floats, folds: Indices, weights: Floats | None = None
) -> tuple[Boosted, Floats]:
    """Fit to targets of shape (texts,), and return for each text the sum that a fit without its fold gives.

    `weights`: how much each text counts, all alike by default; shape (texts,) as `folds`.
    """
    weights = np.ones(len(found)) if weights is None else weights
    linear = np.zeros(len(found))
    for fold in np.unique(folds):
        inside = folds == fold
        others = found.rows(np.flatnonzero(~inside))
        of_ngrams, start = _ridge(growth, others, targets[~inside], weights[~inside])
        linear[inside] = found.rows(np.flatnonzero(inside)).ngram_sums(of_ngrams) + start
    sums = np.zeros(len(found))
    rows = np.column_stack([found.structure, linear])
    for fold in np.unique(folds):
        inside = folds == fold
        sums[inside] = _grow(growth, rows[~inside], targets[~inside], weights[~inside]).sums(rows[inside])
    of_ngrams, start = _ridge(growth, found, targets, weights)
    return Boosted(of_ngrams, start, _grow(growth, rows, targets, weights)), sums


def _ridge(growth: Growth, found: Features, targets: Floats, weights: Floats) -> tuple[Floats, float]:
    import scipy.sparse

    counts = np.diff(found.ends, prepend=0)
    each = np.repeat(1 / np.sqrt(np.maximum(counts, 1)), counts)
    matrix = scipy.sparse.csr_matrix((each, found.ngrams, np.append(0, found.ends)), (len(found), NUM_HASHED))
    ridge = learner("linear_model").Ridge(alpha=growth.alpha, solver="lsqr")
    ridge.fit(matrix, targets, sample_weight=weights)
    # In float32, as it is saved: trees that learnt from other numbers would split elsewhere.
    return ridge.coef_.astype(np.float32).astype(np.float64), float(ridge.intercept_)


def _grow(growth: Growth, rows: Floats, targets: Floats, weights: Floats) -> Trees:
    ensemble = learner("ensemble")
    squared = growth.loss == "squared"
    kind = ensemble.HistGradientBoostingRegressor if squared else ensemble.HistGradientBoostingClassifier
    model = kind(
        max_iter=growth.num_trees,
        learning_rate=growth.learning_rate,
        max_leaf_nodes=growth.num_leaves,
        min_samples_leaf=growth.least_in_leaf,
        l2_regularization=growth.l2,
        early_stopping=False,
        random_state=0,
    )
    return of_boosting(model.fit(rows, targets, sample_weight=weights))


@dataclass(frozen=True, slots=True)
class Fast:
    """The default classifier: boosted trees over counts and hashed n-grams; half a millisecond a file."""

    kind: ClassVar[str] = "fast"
    model: Boosted
    chance: Curve
    threshold: float

    def scores(self, texts: Sequence[str]) -> Floats:
        """Return the predicted labels of texts, about 0 to 5, rounded to 4 digits; shape (texts,)."""
        return self.scores_of(features(texts))

    def scores_of(self, found: Features) -> Floats:
        """Return the predicted labels of units whose features are known."""
        return self.model.sums(found).round(4)

    def top_features(self, most: int = 12) -> dict[str, float]:
        """Return the columns that most splits look at, with their share of all splits."""
        shares = self.model.trees.uses(NUM_STRUCTURE + 1)
        names = [*COLUMNS, "n-grams"]
        return {names[i]: round(float(shares[i]), 4) for i in np.argsort(-shares, kind="stable")[:most]}

    def save(self, folder: Path) -> None:
        """Write `classifier.npz` (weights, trees, curve) and `classifier.json` (threshold, columns)."""
        curve = {"chance_x": self.chance.x, "chance_y": self.chance.y}
        settings = {
            "kind": self.kind,
            "threshold": self.threshold,
            "columns": COLUMNS,
            "num_hashed": NUM_HASHED,
        }
        save_parts(folder, self.model.arrays() | curve, settings)

    @classmethod
    def load(cls, folder: Path) -> Fast:
        """Read a saved classifier. Raises UsageError when the folder holds none, or one of other features."""
        arrays, settings = load_parts(folder)
        if (settings["columns"], settings["num_hashed"]) != (list(COLUMNS), NUM_HASHED):
            raise UsageError(f"the classifier in {folder} has other features than this version; fit it again")
        chance = Curve(arrays["chance_x"], arrays["chance_y"])
        return cls(Boosted.of_arrays(arrays), chance, settings["threshold"])

    def with_threshold(self, threshold: float) -> Fast:
        """Return the same with another threshold."""
        return replace(self, threshold=threshold)
