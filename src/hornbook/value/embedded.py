"""phi-1's own classifier: a transformer's hidden states, and a random forest or a linear head over them.

After arXiv 2306.11644, section 2.1, which took a pretrained code model's output embedding and a random forest;
the linear head is FineWeb-Edu's. The model's folder is referred to, not copied: the classifier remembers where it
was and the hash of its weights.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from hornbook.errors import UsageError
from hornbook.value.calibration import Curve, learner
from hornbook.value.scorer import Floats, load_parts, save_parts
from hornbook.value.trees import Trees, of_forest

Indices = npt.NDArray[np.int64]
Kind = Literal["forest", "head"]
_NUM_TREES = 200
_LEAST_IN_LEAF = 5
_ALPHA = 1.0


@dataclass(frozen=True, slots=True)
class Head:
    """A linear regression."""

    weights: Floats
    """Shape (hidden,)."""
    start: float

    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        """Return the numbers by name, for a file."""
        return {"weights": self.weights, "start": np.array(self.start)}

    def sums(self, rows: Floats) -> Floats:
        """Return the products for rows of shape (n, hidden); shape (n,)."""
        # einsum and not BLAS, so that a sum does not depend on the batch that a row is in.
        products: Floats = np.einsum("nd,d->n", rows, self.weights) + self.start
        return products


@dataclass(frozen=True, slots=True)
class Embedded:
    """A classifier over the embeddings of a model in a folder."""

    kind: Kind
    folder: Path
    """Where the transformer is."""
    digest: str
    """Of its weights."""
    model: Trees | Head
    chance: Curve
    threshold: float

    def scores(self, texts: Sequence[str]) -> Floats:
        """Return the predicted labels of texts, about 0 to 5, rounded to 3 digits; shape (texts,)."""
        return self.scores_of(embed(self.folder, texts))

    def scores_of(self, rows: Floats) -> Floats:
        """Return the predicted labels of units whose embeddings are known."""
        return self.model.sums(rows).round(3)

    def save(self, folder: Path) -> None:
        """Write the two files; the transformer stays where it is."""
        own = self.model.arrays()
        arrays = {**own, "chance_x": self.chance.x, "chance_y": self.chance.y}
        settings = {
            "kind": self.kind,
            "threshold": self.threshold,
            "model": str(self.folder),
            "digest": self.digest,
        }
        save_parts(folder, arrays, settings)

    @classmethod
    def load(cls, folder: Path) -> Embedded:
        """Read a saved classifier. Raises UsageError when it, or the model it was fitted on, is not there."""
        arrays, settings = load_parts(folder)
        model = Path(settings["model"])
        if digest_of(model) != settings["digest"]:
            raise UsageError(
                f"the classifier in {folder} was fitted on another model than the one in {model}; fit it again"
            )
        is_head = settings["kind"] == "head"
        fitted = Head(arrays["weights"], float(arrays["start"])) if is_head else Trees.of_arrays(arrays)
        chance = Curve(arrays["chance_x"], arrays["chance_y"])
        return cls(settings["kind"], model, settings["digest"], fitted, chance, settings["threshold"])


def embed(folder: Path, texts: Sequence[str]) -> Floats:
    """Return a row of hidden states per text, rounded so that no batch changes it; shape (texts, hidden)."""
    rows = _embedder(folder.resolve()).embed(texts).round(4)
    # Forests split between numbers of float32.
    rounded: Floats = rows.astype(np.float32).astype(np.float64)
    return rounded


@cache
def _embedder(folder: Path) -> Any:
    from hornbook.lm.embed import Embedder

    return Embedder(folder)


def refuse_unreadable(folder: Path) -> None:
    """Raise UsageError when the folder's model cannot be read, TrainingUnavailable where an extra is missing."""
    digest_of(folder)
    _embedder(folder.resolve())


def digest_of(folder: Path) -> str:
    """Return a hash of a model's weights, in one file or several. Raises UsageError when the folder holds none."""
    whole = folder / "model.safetensors"
    if whole.is_file():
        return _digest(whole)
    parts = sorted(folder.glob("*.safetensors"))
    if not parts:
        raise UsageError(
            f"{folder} holds no model (no model.safetensors); `hornbook train` makes one, and transformers' "
            "save_pretrained writes any other so"
        )
    return hashlib.sha256("".join(f"{part.name} {_digest(part)}\n" for part in parts).encode()).hexdigest()


def _digest(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def fit_embedded(kind: Kind, rows: Floats, targets: Floats, folds: Indices) -> tuple[Trees | Head, Floats]:
    """Fit to targets of shape (texts,), and return for each text what a fit without its fold gives."""
    sums = np.zeros(len(rows))
    for fold in np.unique(folds):
        inside = folds == fold
        sums[inside] = _fit(kind, rows[~inside], targets[~inside]).sums(rows[inside])
    return _fit(kind, rows, targets), sums


def _fit(kind: Kind, rows: Floats, targets: Floats) -> Trees | Head:
    if kind == "head":
        ridge = learner("linear_model").Ridge(alpha=_ALPHA).fit(rows, targets)
        return Head(ridge.coef_.astype(np.float64), float(ridge.intercept_))
    forest = learner("ensemble").RandomForestRegressor(
        _NUM_TREES, min_samples_leaf=_LEAST_IN_LEAF, max_features="sqrt", random_state=0
    )
    return of_forest(forest.fit(rows, targets))
