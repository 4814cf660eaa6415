"""phi-1's own classifier: a transformer's hidden states, and a random forest or a linear head over them.

After arXiv 2306.11644, section 2.1, which took a pretrained code model's output embedding and a random forest;
the linear head is FineWeb-Edu's. The model's folder is referred to, not copied: the classifier remembers where it
was and the hashes of the files that its hidden states come from.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
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
_BESIDE = (
    *(
        "config.json",
        "tokenizer.json",
        "tokenizer_config.json",
        "special_tokens_map.json",
        "added_tokens.json",
    ),
    *("vocab.*", "merges.txt", "*.model", "*.spm", "model.safetensors.index.json"),
)
"""Names of files beside a model's weights that its hidden states hang on; how it generates is none of it."""


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
    digests: Mapping[str, str]
    """Of its files, see `digests_of`."""
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
            "digests": dict(self.digests),
        }
        save_parts(folder, arrays, settings)

    @classmethod
    def load(cls, folder: Path) -> Embedded:
        """Read a saved classifier. Raises UsageError when it, or the model it was fitted on, is not there."""
        arrays, settings = load_parts(folder)
        model = Path(settings["model"])
        _refuse_another(folder, model, settings.get("digests"))
        is_head = settings["kind"] == "head"
        fitted = Head(arrays["weights"], float(arrays["start"])) if is_head else Trees.of_arrays(arrays)
        chance = Curve(arrays["chance_x"], arrays["chance_y"])
        return cls(settings["kind"], model, settings["digests"], fitted, chance, settings["threshold"])


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
    digests_of(folder)
    _embedder(folder.resolve())


def digests_of(folder: Path) -> dict[str, str]:
    """Return a hash of each file of a model that its hidden states hang on: weights, settings, tokenizer.

    Raises UsageError when the folder holds no weights.
    """
    if not (weights := _weights(folder)):
        raise UsageError(
            f"{folder} holds no model (no model.safetensors); `hornbook train` makes one, and transformers' "
            "save_pretrained writes any other so"
        )
    beside = {path for pattern in _BESIDE for path in folder.glob(pattern) if path.is_file()}
    return {path.name: _digest(path) for path in sorted({*weights, *beside})}


def _weights(folder: Path) -> list[Path]:
    whole = folder / "model.safetensors"
    return [whole] if whole.is_file() else list(folder.glob("*.safetensors"))


def _refuse_another(folder: Path, model: Path, fitted_on: object) -> None:
    """Raise UsageError where the model is not there, or not as it was when the classifier was fitted on it."""
    if not _weights(model):
        raise UsageError(
            f"the classifier in {folder} was fitted on the model in {model}, which is not there any more: put it "
            "back, or fit it again"
        )
    if not isinstance(fitted_on, Mapping):
        raise UsageError(
            f"the classifier in {folder} is of an earlier version, which remembered the weights of the model in "
            f"{model} and not its settings and tokenizer, so nothing tells whether they are the same: fit it again"
        )
    there = digests_of(model)
    changed = sorted(name for name in {*there, *fitted_on} if there.get(name) != fitted_on.get(name))
    if changed:
        raise UsageError(
            f"the classifier in {folder} was fitted on another model than the one in {model}: "
            f"{', '.join(changed)} changed since; put back what was there, or fit it again"
        )


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
