"""Training an educational-value classifier on labels: by default `Fast`, or phi-1's forest over hidden states.

Labels come from whatever judge wrote `scores["value_label"]`. Training and held-out part are split by source
*file*, so that no file has units in both; the threshold and the chances come from folds within the training part.
phi-1 published no F1 of its filter (arXiv 2306.11644, section 2.1); FineWeb-Edu's linear head on embeddings
reports 0.82 for web pages. The F1 here says how well the judge's taste is learnt; `gold.py` says how good it is.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, ClassVar, Literal

import numpy as np
import numpy.typing as npt
from pydantic import Field

from hornbook.corpus.origin import file_of
from hornbook.errors import QualityGate, UsageError
from hornbook.record import Record, read_records
from hornbook.step import Config, Context, Metrics
from hornbook.value.boosted import Boosted, Fast, Growth, fit_boosted
from hornbook.value.calibration import calibration, rising
from hornbook.value.changes import Change, Copies, copies
from hornbook.value.embedded import Embedded, digests_of, embed, fit_embedded, refuse_unreadable
from hornbook.value.features import features
from hornbook.value.judges import histogram
from hornbook.value.measuring import at_thresholds, best_threshold, quality
from hornbook.value.probes import probe
from hornbook.value.rubric import GOOD
from hornbook.value.sampling import CHANCE
from hornbook.value.scorer import Floats, Scorer, load_scorer

Flags = npt.NDArray[np.bool_]
Indices = npt.NDArray[np.int64]

_FOLDS = 4
_NUM_PROBED = 400
_NUM_SHOWN = 3
_LONGEST_SHOWN = 1200


class Fit(Config):
    """How the classifier learns."""

    VERSION: ClassVar[int] = 4
    kind: Literal["fast", "forest", "head"] = "fast"
    """`fast`: boosted trees over counts and n-grams; `forest` and `head`: over a transformer's hidden states."""
    share_held_out: float = Field(default=0.2, ge=0.0, lt=1.0)
    """Share of the source files whose units are never trained on and give the F1; 0 to train on all."""
    augmentations: Mapping[Change, Annotated[float, Field(ge=0.0)]] = {"comments_and_docstrings": 1.0}
    """Of `fast`: weight of a changed copy of each unit that keeps the unit's label, by what is changed. Measured
    on held-out units of 3,000 (bench/bias.py): without copies F1 .705, and a unit without its words loses .21 of
    5, as it does with the judge (.23); with the default .652 and .04; with names
    and whitespace too .696 and .07."""


@dataclass(frozen=True, slots=True)
class _Labels:
    records: Sequence[Record]
    targets: Floats
    """Labels, 0 to 5, shape (records,) as all below."""
    good: Floats
    """Chance that a unit is good: the judge's own where it says one, else whether the label is GOOD or more."""
    weights: Floats
    """One over the chance that a unit had to be labelled, 1 on average: an uneven sample stands for its corpus."""
    is_held_out: Flags
    folds: Indices


def fit(cfg: Fit, *, labels: Path, out: Path, ctx: Context, model: Path | None = None) -> Metrics:
    """Train on labelled records and write the classifier into `out`; metrics come from held-out files.

    Threshold, chances and metrics weigh each label by one over its `label_chance`, so that an uneven sample tells
    what holds for its corpus; the fit itself takes all labels alike, since they were chosen to teach.
    `model` is the transformer's folder, for the kinds that need one. Raises QualityGate when the labels are too
    few or all alike, UsageError when a model is missing or not wanted, TrainingUnavailable without scikit-learn.
    """
    refuse_model(cfg, model)
    found = _read(cfg, labels)
    fitted, threshold = _fitted(cfg, found, model)
    fitted.save(out)
    # Measured on what was saved, since that is what will score the corpus.
    scorer = load_scorer(out)
    held_out = np.flatnonzero(found.is_held_out)
    metrics: Metrics = {
        "kind": cfg.kind,
        "num_train": int((~found.is_held_out).sum()),
        "num_held_out": len(held_out),
        "threshold": threshold,
        "label_histogram": histogram(found.targets.tolist()),
    }
    if isinstance(scorer, Fast):
        metrics["top_features"] = scorer.top_features()
    return metrics | (_held_out(scorer, found, held_out, ctx) if len(held_out) else {})


def refuse_model(cfg: Fit, model: Path | None) -> None:
    """Raise UsageError when the kind needs a model and has none, needs none and has one, or it cannot be read."""
    if (model is None) != (cfg.kind == "fast"):
        wanted = "takes no model" if model else "needs the folder of a model (`hornbook train` makes one)"
        raise UsageError(f"a classifier of kind {cfg.kind!r} {wanted}")
    if model is not None:
        refuse_unreadable(model)


def _read(cfg: Fit, labels: Path) -> _Labels:
    records = [record for record in read_records(labels) if "value_label" in record.scores]
    targets = np.array([record.scores["value_label"] for record in records], dtype=np.float64)
    good = np.array(
        [r.scores.get("value_label_good", float(r.scores["value_label"] >= GOOD)) for r in records]
    )
    weights = np.array([1 / record.scores.get(CHANCE, 1.0) for record in records])
    weights /= max(weights.mean(), 1e-9) if len(weights) else 1.0
    is_held_out = np.array([part_of(r.source, 1000) < 1000 * cfg.share_held_out for r in records], dtype=bool)
    folds = np.array([part_of(f"fold {r.source}", _FOLDS) for r in records], dtype=np.int64)
    found = _Labels(records, targets, good, weights, is_held_out, folds)
    _check(found)
    return found


def part_of(source: str, parts: int) -> int:
    """Put a record into one of `parts` by a hash of its source file: equal for all units of the file."""
    digest = hashlib.blake2b(file_of(source).encode(), digest_size=8).digest()
    return int.from_bytes(digest) % parts


def _check(found: _Labels) -> None:
    sides = {"training": ~found.is_held_out} | (
        {"held-out": found.is_held_out} if found.is_held_out.any() else {}
    )
    for name, inside in sides.items():
        num_good = int((found.good[inside] >= 0.5).sum())
        if num_good < _FOLDS or num_good == inside.sum():
            raise QualityGate(
                f"the {name} labels cannot teach or test a classifier: {num_good} of {int(inside.sum())} are good "
                f"(label {GOOD} or more), and {_FOLDS} good ones and others are needed; {_way_out(found)}"
            )
    if len(np.unique(found.folds[sides["training"]])) < 2:
        raise QualityGate(
            "the labels are of too few source files to tell learning from memory; label units of more files"
        )


def _way_out(found: _Labels) -> str:
    """Say how many more labels are needed, twice the least so that luck is not, and how to draw them."""
    num_labels, num_good = len(found.good), int((found.good >= 0.5).sum())
    if num_good == num_labels:
        return "all labels are good: label units of other sources too"
    smaller_side = found.is_held_out.mean() if found.is_held_out.any() else 1.0
    rarer = max(min(num_good, num_labels - num_good), 1) / max(num_labels, 1)
    enough = max(2 * _FOLDS / (rarer * smaller_side), 1.5 * num_labels)
    enough = math.ceil(enough / 50) * 50
    return (
        f"of all {num_labels:,} labels {num_good:,} are good ({num_good / max(num_labels, 1):.0%}), so some "
        f"{enough:,} would do, {enough - num_labels:,} more (`hornbook label FILE -n {enough}`); or fewer, drawn "
        "from all heights of a filter's scores: `hornbook label FILE --sampling stratified --stratify-by value "
        "--filter FILTER`, with FILTER of `hornbook train-filter python --out FILTER`"
    )


def _fitted(cfg: Fit, found: _Labels, model: Path | None) -> tuple[Scorer, float]:
    train = np.flatnonzero(~found.is_held_out)
    texts = [found.records[i].text for i in train.tolist()]
    targets, good, folds = found.targets[train], found.good[train], found.folds[train]
    weights = found.weights[train]
    if cfg.kind == "fast" or model is None:
        boosted, sums = _fit_with_copies(copies(texts, cfg.augmentations), texts, targets, folds)
        threshold = best_threshold(sums, good, weights)
        return Fast(boosted, rising(sums, good, weights), threshold), threshold
    fitted, sums = fit_embedded(cfg.kind, embed(model, texts), targets, folds)
    threshold = best_threshold(sums, good, weights)
    chance = rising(sums, good, weights)
    return Embedded(cfg.kind, model.resolve(), digests_of(model), fitted, chance, threshold), threshold


def _fit_with_copies(
    made: Copies, texts: Sequence[str], targets: Floats, folds: Indices
) -> tuple[Boosted, Floats]:
    """Fit to texts and their copies, each copy in its text's fold; returns the sums of the texts alone."""
    of = np.concatenate([np.arange(len(texts)), made.of])
    weights = np.concatenate([np.ones(len(texts)), made.weights])
    fitted, sums = fit_boosted(Growth(), features([*texts, *made.texts]), targets[of], folds[of], weights)
    return fitted, sums[: len(texts)]


def _held_out(scorer: Scorer, found: _Labels, held_out: Indices, ctx: Context) -> Metrics:
    records = [found.records[i] for i in held_out.tolist()]
    targets, weights = found.targets[held_out], found.weights[held_out]
    scores = scorer.scores([record.text for record in records])
    metrics = quality(scores, targets, scorer.threshold, weights)
    error, curve = calibration(scorer.chance(scores), found.good[held_out], weights)
    ctx.log(
        f"classifier: F1 {metrics['f1']:.3f} on {len(held_out)} held-out units "
        f"(calling all good: {metrics['f1_of_all_good']:.3f})"
    )
    return metrics | {
        "calibration_error": error,
        "calibration": curve,
        "at_thresholds": at_thresholds(scores, targets, weights),
        "probes": probe(scorer, [record.text for record in records[:_NUM_PROBED]]),
        "border": _border(scorer, records, scores),
    }


def _border(scorer: Scorer, records: Sequence[Record], scores: Floats) -> list[dict[str, str | float]]:
    """Return the units just above and just below the threshold, for people to judge the filter by."""
    order = np.argsort(scores, kind="stable")
    first = int(np.searchsorted(scores[order], scorer.threshold))
    shown = order[max(first - _NUM_SHOWN, 0) : first + _NUM_SHOWN]
    return [
        {
            "source": records[i].source,
            "score": float(scores[i]),
            "label": round(records[i].scores["value_label"], 2),
            "text": records[i].text[:_LONGEST_SHOWN],
        }
        for i in shown.tolist()
    ]
