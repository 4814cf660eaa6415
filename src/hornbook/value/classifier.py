"""The educational-value classifier: learns the judge's labels from cheap features, and keeps the best code.

A ridge regression of the label (0 to 5) on hashed n-grams and on binned counts; a unit is called good from a
threshold on that score that cross-validation within the training part chose. Training and held-out part are
split by source *file*, so that no file has units in both. phi-1 used a random forest over a code model's
embeddings (arXiv 2306.11644, section 2.1) and published no F1; FineWeb-Edu's linear head on embeddings reports
0.82 for web pages. The F1 here says how well the judge's taste is learnt, and nothing about the judge.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

import numpy as np
import numpy.typing as npt
import orjson
from pydantic import Field

from hornbook.draw import rng
from hornbook.errors import QualityGate, TrainingUnavailable, UsageError
from hornbook.pool import stream, write_atomically
from hornbook.record import Record, Rejected, count, read_records
from hornbook.step import Config, Context, Metrics, Progress
from hornbook.value.comments import strip_comments
from hornbook.value.features import NUM_HASHED, NUM_STRUCTURE, SAID, Features, Floats, features
from hornbook.value.labels import judge
from hornbook.value.rubric import GOOD

Flags = npt.NDArray[np.bool_]
Indices = npt.NDArray[np.int64]

STAGE = "value"
_NUM_BINS = 10
_WEIGHT_OF_BINS = 0.3
"""Scale of the 0/1 columns beside n-grams of length 1: 0.1, 0.3 and 1 gave the same F1 within 0.02."""
_FOLDS = 4
_BATCH = 500
_NUM_PROBED = 400
_NUM_COMPARED = 300


class Fit(Config):
    """How the classifier learns."""

    share_held_out: float = Field(default=0.2, gt=0.0, lt=1.0)
    """Share of the source files whose units are never trained on and give the F1."""
    share_unsaid: float = Field(default=1.0, ge=0.0)
    """Weight of a copy of each unit without its comments and docstrings that keeps the label. Measured on 850
    held-out units, F1 is 0.73, 0.73 and 0.74 for the weights 0, 1 and 3 (within noise); stripping comments moves
    the score by -0.48, -0.20 and -0.14 of 5 and flips 21, 10 and 7 % of the decisions."""
    alpha: float = Field(default=3.0, gt=0.0)
    """Strength of the ridge penalty; 1 and 3 gave the same F1 within 0.02, which is noise."""


class Keep(Config):
    """How much of the corpus is kept."""

    keep_share: float = Field(default=0.3, gt=0.0, le=1.0)
    """Share of the units with the highest scores; ties at the threshold stay. phi-1 kept 17 % of a raw corpus
    that was far less curated than installed packages are."""
    seed: int = 0
    """Seed of the sample on which kept and rejected units are compared by the judge."""


@dataclass(frozen=True, slots=True)
class Classifier:
    """A fitted linear model over features."""

    edges: Floats
    """Bin edges of each count, shape (NUM_STRUCTURE, _NUM_BINS - 1)."""
    of_ngrams: Floats
    """Weights, shape (NUM_HASHED,)."""
    of_bins: Floats
    """Weights, shape (NUM_STRUCTURE, _NUM_BINS)."""
    intercept: float
    threshold: float
    """Score from which a unit is called good."""

    def scores(self, texts: Sequence[str]) -> Floats:
        """Return the predicted labels of texts, about 0 to 5, rounded to 4 digits; shape (texts,)."""
        return self.scores_of(features(texts))

    def scores_of(self, found: Features) -> Floats:
        """Return the predicted labels of units whose features are known."""
        bins = _bins(found.structure, self.edges)
        # Column by column and not by BLAS, so that a score does not depend on the batch it is in.
        of_structure = sum(self.of_bins[j, bins[:, j]] for j in range(NUM_STRUCTURE))
        scores: Floats = found.ngrams @ self.of_ngrams + of_structure + self.intercept
        return scores.round(4)

    def save(self, folder: Path) -> None:
        """Write `classifier.npz` (weights) and `classifier.json` (threshold and shapes) into a folder."""
        edges, of_ngrams, of_bins = (a.astype(np.float32) for a in (self.edges, self.of_ngrams, self.of_bins))
        buffer = io.BytesIO()
        np.savez(buffer, edges=edges, of_ngrams=of_ngrams, of_bins=of_bins)
        write_atomically(folder / "classifier.npz", buffer.getvalue())
        settings = {"intercept": self.intercept, "threshold": self.threshold, "num_hashed": NUM_HASHED}
        write_atomically(folder / "classifier.json", orjson.dumps(settings, option=orjson.OPT_INDENT_2))

    @classmethod
    def load(cls, folder: Path) -> Classifier:
        """Read a saved classifier. Raises UsageError when the folder holds none, or one of another shape."""
        try:
            settings = orjson.loads((folder / "classifier.json").read_bytes())
            with np.load(folder / "classifier.npz", allow_pickle=False) as arrays:
                weights = {name: arrays[name].astype(np.float64) for name in arrays.files}
        except FileNotFoundError as error:
            raise UsageError(f"{folder} holds no classifier: {error.filename} is missing") from error
        if weights["of_ngrams"].shape != (NUM_HASHED,) or weights["edges"].shape[0] != NUM_STRUCTURE:
            raise UsageError(f"the classifier in {folder} has other features than this version; fit it again")
        return cls(**weights, intercept=settings["intercept"], threshold=settings["threshold"])


def fit(cfg: Fit, *, labels: Path, out: Path, ctx: Context) -> Metrics:
    """Train on labelled records and write the classifier into `out`; metrics come from held-out files.

    Raises QualityGate when the labels are too few or all alike, TrainingUnavailable without scikit-learn.
    """
    records = list(read_records(labels))
    targets = np.array([record.scores["value_label"] for record in records], dtype=np.float64)
    is_held_out = np.array([_part(record.source, 1000) < 1000 * cfg.share_held_out for record in records])
    _check_labels(targets, is_held_out)
    found = features([record.text for record in records])
    train = np.flatnonzero(~is_held_out)
    threshold = _choose_threshold(cfg, found, targets, train, records)
    model = replace(_fitted(cfg, _rows(found, train), targets[train]), threshold=threshold)
    model.save(out)
    # Measured on what was saved, in float32, since that is what will score the corpus.
    model = Classifier.load(out)
    held_out = np.flatnonzero(is_held_out)
    metrics = quality(model.scores_of(_rows(found, held_out)), targets[held_out], threshold)
    ctx.log(
        f"classifier: F1 {metrics['f1']:.3f} on {len(held_out)} held-out units "
        f"(calling all good: {metrics['f1_of_all_good']:.3f})"
    )
    return metrics | {
        "num_train": len(train),
        "num_held_out": len(held_out),
        "threshold": threshold,
        "label_histogram": {str(value): int((targets == value).sum()) for value in range(6)},
        "comment_bias": _comment_bias(model, [records[i] for i in held_out[:_NUM_PROBED]]),
    }


def keep(cfg: Keep, *, corpus: Path, classifier: Path, out: Path, ctx: Context) -> Metrics:
    """Score every record (`scores["value"]`) and keep the best `keep_share`; the rest is `low_value`.

    Two passes: the threshold is a quantile of all scores, so it is known only after the first.
    Raises QualityGate when the corpus is empty, UsageError when `classifier` is no fitted classifier.
    """
    model = Classifier.load(classifier)
    scores = _score_all(model, corpus, ctx)
    if not len(scores):
        raise QualityGate(f"no records to filter in {corpus}: the corpus step kept nothing")
    threshold = float(np.quantile(scores, 1 - cfg.keep_share, method="higher"))
    counts = stream(
        lambda records: _filtered(records, scores, threshold),
        read_records(corpus),
        out,
        ctx,
        total=len(scores),
        second_half=True,
    )
    heights, edges = np.histogram(scores, bins=24, range=(-0.5, 5.5))
    return counts | {
        "threshold": round(threshold, 4),
        "threshold_of_good": round(model.threshold, 4),
        "share_called_good": round(float((scores >= model.threshold).mean()), 4),
        "score_histogram": {"edges": edges.tolist(), "counts": heights.tolist()},
        "judged": _compare(cfg, corpus, scores >= threshold),
    }


def _part(source: str, parts: int) -> int:
    """Put a record into one of `parts` by a hash of its source file: equal for all units of the file."""
    file = source.partition(":")[0]
    return int.from_bytes(hashlib.blake2b(file.encode(), digest_size=8).digest()) % parts


def _check_labels(targets: Floats, is_held_out: Flags) -> None:
    for name, part in (("training", targets[~is_held_out]), ("held-out", targets[is_held_out])):
        num_good = int((part >= GOOD).sum())
        if num_good < _FOLDS or num_good == len(part):
            raise QualityGate(
                f"the {name} labels cannot teach or test a classifier: {num_good} of {len(part)} are good "
                f"(label {GOOD} or more); label more units (`num_labels`)"
            )


def _rows(found: Features, index: Indices) -> Features:
    return Features(found.structure[index], found.ngrams[index])


def _bins(structure: Floats, edges: Floats) -> Indices:
    """Bin numbers 0 to _NUM_BINS - 1, shape like `structure`."""
    columns = [np.searchsorted(edges[j], structure[:, j], side="right") for j in range(NUM_STRUCTURE)]
    return np.stack(columns, axis=1)


def _fitted(cfg: Fit, found: Features, targets: Floats) -> Classifier:
    """Fit the ridge; the threshold is not set yet."""
    try:
        import scipy.sparse
        from sklearn.linear_model import Ridge
    except ImportError as error:
        raise TrainingUnavailable(
            "the value filter needs scikit-learn: pip install 'hornbook[train]'"
        ) from error
    # float32, as they are saved: an edge that moves by a rounding would put a whole bin elsewhere.
    quantiles = np.quantile(found.structure, np.linspace(0, 1, _NUM_BINS + 1)[1:-1], axis=0).T
    edges = quantiles.astype(np.float32).astype(np.float64)
    unsaid = found.structure.copy()
    unsaid[:, SAID] = 0.0
    both = np.concatenate([found.structure, unsaid])
    columns = _bins(both, edges) + np.arange(NUM_STRUCTURE) * _NUM_BINS
    ends = np.arange(0, columns.size + 1, NUM_STRUCTURE)
    shape = (len(both), NUM_STRUCTURE * _NUM_BINS)
    one_hot = scipy.sparse.csr_matrix((np.full(columns.size, _WEIGHT_OF_BINS), columns.ravel(), ends), shape)
    ngrams = scipy.sparse.vstack([found.ngrams, found.ngrams])
    ridge = Ridge(alpha=cfg.alpha, solver="lsqr")
    weights = np.repeat([1.0, cfg.share_unsaid], len(targets))
    ridge.fit(scipy.sparse.hstack([ngrams, one_hot]).tocsr(), np.tile(targets, 2), sample_weight=weights)
    of_bins = ridge.coef_[NUM_HASHED:].reshape(NUM_STRUCTURE, _NUM_BINS) * _WEIGHT_OF_BINS
    return Classifier(edges, ridge.coef_[:NUM_HASHED], of_bins, float(ridge.intercept_), threshold=GOOD)


def _choose_threshold(
    cfg: Fit, found: Features, targets: Floats, train: Indices, records: Sequence[Record]
) -> float:
    """Return the score with the best F1 on units that were left out of the fit, training part only."""
    folds = np.array([_part(f"fold {records[i].source}", _FOLDS) for i in train])
    scores = np.zeros(len(train))
    for fold in range(_FOLDS):
        fitted = _fitted(cfg, _rows(found, train[folds != fold]), targets[train[folds != fold]])
        scores[folds == fold] = fitted.scores_of(_rows(found, train[folds == fold]))
    candidates = np.unique(np.quantile(scores, np.linspace(0.02, 0.98, 193)))
    best = max(candidates, key=lambda threshold: quality(scores, targets[train], threshold)["f1"])
    return round(float(best), 4)


def quality(scores: Floats, targets: Floats, threshold: float) -> Metrics:
    """Compare "score from the threshold on" with "label from GOOD on"; both arrays of shape (units,)."""
    called, good = scores >= threshold, targets >= GOOD
    hits, false_alarms = int((called & good).sum()), int((called & ~good).sum())
    misses, refusals = int((~called & good).sum()), int((~called & ~good).sum())
    return {
        "f1": _ratio(2 * hits, 2 * hits + false_alarms + misses),
        "precision": _ratio(hits, hits + false_alarms),
        "recall": _ratio(hits, hits + misses),
        "accuracy": _ratio(hits + refusals, len(targets)),
        "accuracy_of_majority": _ratio(max(hits + misses, false_alarms + refusals), len(targets)),
        "f1_of_all_good": _ratio(2 * (hits + misses), 2 * hits + 2 * misses + false_alarms + refusals),
        "mean_absolute_error": round(float(np.abs(scores - targets).mean()), 4) if len(targets) else 0.0,
        "confusion": {
            "good_called_good": hits,
            "good_called_poor": misses,
            "poor_called_good": false_alarms,
            "poor_called_poor": refusals,
        },
    }


def _ratio(part: float, whole: float) -> float:
    return round(part / whole, 4) if whole else 0.0


def _comment_bias(model: Classifier, records: Sequence[Record]) -> Metrics:
    """Compare the scores of units with those of the same units without comments and docstrings."""
    pairs = [(r.text, stripped) for r in records if (stripped := strip_comments(r.text)) != r.text]
    before, after = (model.scores(texts) for texts in ([a for a, _ in pairs], [b for _, b in pairs]))
    if not pairs:
        return {"num_probed": 0}
    flips = (before >= model.threshold) != (after >= model.threshold)
    return {
        "num_probed": len(pairs),
        "mean_score_change": round(float((after - before).mean()), 4),
        "mean_absolute_score_change": round(float(np.abs(after - before).mean()), 4),
        "share_of_decisions_flipped": round(float(flips.mean()), 4),
        "mean_label_change": round(sum(judge(b).label - judge(a).label for a, b in pairs) / len(pairs), 4),
    }


def _score_all(model: Classifier, corpus: Path, ctx: Context) -> Floats:
    scores: list[Floats] = [np.zeros(0)]
    records = read_records(corpus)
    total = count(corpus)
    while batch := list(islice(records, _BATCH)):
        scores.append(model.scores([record.text for record in batch]))
        ctx.progress(Progress(done=sum(map(len, scores)) / 2, total=total, unit="records", note="scoring"))
    return np.concatenate(scores)


def _filtered(records: Iterator[Record], scores: Floats, threshold: float) -> Iterable[Record | Rejected]:
    for record, score in zip(records, scores.tolist(), strict=True):
        scored = replace(record, scores={**record.scores, "value": score})
        if score >= threshold:
            yield scored
        else:
            yield Rejected(scored, STAGE, "low_value", f"score {score:.2f} is below {threshold:.2f}")


def _compare(cfg: Keep, corpus: Path, is_kept: Flags) -> Metrics:
    """Let the judge label a sample of kept and of rejected units: what the filter did to the mix."""
    sides = {}
    draws = rng(cfg.seed, STAGE)
    for name, index in (("kept", np.flatnonzero(is_kept)), ("rejected", np.flatnonzero(~is_kept))):
        drawn = set(draws.sample(index.tolist(), min(_NUM_COMPARED, len(index))))
        labels = [judge(r.text).label for i, r in enumerate(read_records(corpus)) if i in drawn]
        sides[name] = {
            "num_judged": len(labels),
            "mean_label": _ratio(sum(labels), len(labels)),
            "share_good": _ratio(sum(label >= GOOD for label in labels), len(labels)),
            "label_histogram": {str(value): labels.count(value) for value in range(6)},
        }
    return sides
