"""Decision trees as plain arrays: fitted by scikit-learn, saved without pickle, evaluated by numpy alone.

One layout for gradient-boosted trees and for random forests: both sum a value per tree. A forest's values are
divided by the number of its trees when it is read, so that the sum is its mean.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Trees:
    """All nodes of all trees, one after another; a leaf is its own child."""

    feature: npt.NDArray[np.int32]
    """Column that a node looks at, shape (nodes,) as all below but `roots`."""
    threshold: Floats
    """A row goes left when its number is at most this."""
    left: npt.NDArray[np.int32]
    right: npt.NDArray[np.int32]
    value: Floats
    """What a leaf adds."""
    roots: npt.NDArray[np.int32]
    """The first node of each tree, shape (trees,)."""
    start: float
    """What every sum begins with."""

    def sums(self, rows: Floats) -> Floats:
        """Return the sum of the leaves' values for each row of shape (n, columns); shape (n,)."""
        node = np.broadcast_to(self.roots, (len(rows), len(self.roots))).copy()
        index = np.arange(len(rows))[:, None]
        while True:
            goes_left = rows[index, self.feature[node]] <= self.threshold[node]
            following = np.where(goes_left, self.left[node], self.right[node])
            if np.array_equal(following, node):
                break
            node = following
        # Tree by tree, so that a sum does not depend on the batch that a row is in.
        total: Floats = self.start + np.cumsum(self.value[node], axis=1)[:, -1]
        return total

    def uses(self, num_columns: int) -> Floats:
        """Return the share of the splits that look at each column, shape (num_columns,)."""
        is_split = self.left != np.arange(len(self.left))
        counts = np.bincount(self.feature[is_split], minlength=num_columns)
        shares: Floats = counts / max(counts.sum(), 1)
        return shares

    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        """Return the arrays by name, for a file; thresholds stay in float64, since a split is exact."""
        return {f"trees_{field.name}": np.asarray(getattr(self, field.name)) for field in fields(self)}

    @classmethod
    def of_arrays(cls, arrays: Mapping[str, npt.NDArray[Any]]) -> Trees:
        """Return what `arrays` gave. Raises KeyError when one is missing."""
        found: dict[str, Any] = {field.name: arrays[f"trees_{field.name}"] for field in fields(cls)}
        return cls(**{**found, "start": float(found["start"])})


def of_boosting(model: Any) -> Trees:
    """Return the trees of a fitted HistGradientBoostingRegressor for numbers without gaps."""
    parts = []
    # scikit-learn has no public way to a boosted tree's nodes; tests compare the sums with its own.
    for (predictor,) in model._predictors:
        nodes = predictor.nodes
        leaf = nodes["is_leaf"].astype(bool)
        parts.append(
            _Tree(
                np.where(leaf, 0, nodes["feature_idx"]),
                np.where(leaf, 0.0, nodes["num_threshold"]),
                np.where(leaf, -1, nodes["left"].astype(np.int64)),
                np.where(leaf, -1, nodes["right"].astype(np.int64)),
                np.where(leaf, nodes["value"], 0.0),
            )
        )
    return _joined(parts, float(model._baseline_prediction.ravel()[0]))


def of_forest(model: Any) -> Trees:
    """Return the trees of a fitted RandomForestRegressor."""
    parts = []
    for estimator in model.estimators_:
        tree = estimator.tree_
        leaf = tree.children_left < 0
        values = np.where(leaf, tree.value.reshape(len(leaf)), 0.0) / len(model.estimators_)
        parts.append(
            _Tree(
                np.where(leaf, 0, tree.feature),
                np.where(leaf, 0.0, tree.threshold),
                tree.children_left,
                tree.children_right,
                values,
            )
        )
    return _joined(parts, 0.0)


@dataclass(frozen=True, slots=True)
class _Tree:
    feature: npt.NDArray[Any]
    threshold: npt.NDArray[Any]
    left: npt.NDArray[Any]
    """-1 for a leaf."""
    right: npt.NDArray[Any]
    value: npt.NDArray[Any]


def _joined(parts: Sequence[_Tree], start: float) -> Trees:
    sizes = [len(part.feature) for part in parts]
    roots = np.cumsum([0, *sizes[:-1]])
    own = np.arange(sum(sizes))
    offsets = np.repeat(roots, sizes)

    def children(side: Sequence[npt.NDArray[Any]]) -> npt.NDArray[np.int32]:
        joined = np.concatenate(side).astype(np.int64)
        return np.where(joined < 0, own, joined + offsets).astype(np.int32)

    return Trees(
        feature=np.concatenate([part.feature for part in parts]).astype(np.int32),
        threshold=np.concatenate([part.threshold for part in parts]).astype(np.float64),
        left=children([part.left for part in parts]),
        right=children([part.right for part in parts]),
        value=np.concatenate([part.value for part in parts]).astype(np.float64),
        roots=roots.astype(np.int32),
        start=start,
    )
