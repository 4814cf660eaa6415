"""Which units are labelled: drawn evenly, near a classifier's threshold, or from strata, with known chances.

Labels cost money or an evening, so they are spent where they tell most. A sample that prefers some units says
nothing about the whole by itself; therefore every unit has a chance above zero that is known, is written beside
its label (`scores["label_chance"]`), and weighs it back: `weighed_share` (Hájek 1971).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt
from pydantic import Field

from hornbook.corpus.origin import origin_of
from hornbook.draw import rng
from hornbook.errors import QualityGate, UsageError
from hornbook.record import Record, count, read_records
from hornbook.step import Config, Context, Progress

Floats = npt.NDArray[np.float64]
Sampling = Literal["uniform", "uncertain", "stratified"]
CHANCE = "label_chance"
SOURCE = "source"
VALUE = "value"
_STAGE = "label"
_WIDTH = 0.2
"""Points from the threshold at which a unit's weight has fallen to 0.6 of the greatest. On six seeds 0.2 looked
better than 0.5 (F1 0.656, 0.646; even draws 0.644, standard deviation 0.017); on four fresh ones it gained nothing
over even draws (both 0.650, bench/labels.py), so the width matters little."""
_LEAST_WEIGHT = 0.02
"""Weight of units far from the threshold, so that errors which the classifier is sure of can be found too."""
_BATCH = 500


class NoStrata(UsageError):
    """There is nothing to stratify by; the message says what else there is."""


class Sample(Config):
    """Which units of a corpus are labelled."""

    seed: int = 0
    """Seed of the sample."""
    num_labels: int = Field(default=4000, ge=1)
    """Units to label; 4,000 take the offline judge about ten seconds, and held-out F1 gains little beyond."""
    sampling: Sampling = "uniform"
    """uniform: each unit with the same chance. uncertain: those whose score is near the threshold of a fitted
    classifier, which is a further input, most often. stratified: as many of each stratum, so that rare kinds of
    unit are labelled too."""
    stratify_by: str = SOURCE
    """source: what a unit comes from (`corpus.origin`: a package, a repository, a file of rows). Else
    the name of a score, and its range in equal parts the strata, so that rare scores are drawn as often as common
    ones (quantiles would draw evenly); `value` is computed where a classifier is given."""
    num_strata: int = Field(default=5, ge=2, le=100)
    """Parts of a score's range."""


def draw_sample(cfg: Sample, corpus: Path, classifier: Path | None, ctx: Context) -> dict[int, float]:
    """Return the places of the drawn records in the corpus, in order, each with the chance that it had.

    Raises QualityGate for an empty corpus, UsageError where a classifier or a score is missing.
    """
    available = count(corpus)
    if not available:
        raise QualityGate(f"there are no records to label in {corpus}")
    num_labels = min(cfg.num_labels, available)
    if num_labels < cfg.num_labels:
        ctx.log(f"label: there are only {available:,} units, all are taken")
    if cfg.sampling == "uniform":
        drawn = rng(cfg.seed, _STAGE).sample(range(available), num_labels)
        return dict.fromkeys(sorted(drawn), num_labels / available)
    if cfg.sampling == "stratified":
        return by_strata(_strata(cfg, corpus, classifier, ctx), num_labels, cfg.seed)
    if classifier is None:
        raise UsageError(
            "an uncertain sample asks where a classifier is unsure, and none is given: label a uniform sample, "
            "train a filter on it, and give that"
        )
    threshold, scores = _scored(corpus, classifier, ctx)
    return near(scores, threshold, num_labels, cfg.seed)


def near(scores: Floats, threshold: float, num_drawn: int, seed: int) -> dict[int, float]:
    """Draw places, preferring scores near the threshold; return them in order with their chances."""
    order = list(range(len(scores)))
    rng(seed, _STAGE).shuffle(order)
    weights = np.exp(-(((scores - threshold) / _WIDTH) ** 2) / 2) + _LEAST_WEIGHT
    return _drawn(weights, order, num_drawn, seed)


def by_strata(strata: Sequence[str | int], num_drawn: int, seed: int) -> dict[int, float]:
    """Draw as many places of each stratum, all of a small one; return them in order with their chances.

    Where there are more strata than places to draw, each stratum has the same chance to give one.
    """
    order = list(range(len(strata)))
    rng(seed, _STAGE).shuffle(order)
    order.sort(
        key=lambda place: str(strata[place])
    )  # one after another: each gives what it should, within one
    sizes = Counter(strata)
    weights = np.array([1 / sizes[stratum] for stratum in strata])
    return _drawn(weights, order, num_drawn, seed)


def weighed_share(held: Iterable[bool], chances: Iterable[float]) -> float | None:
    """Return the share of a whole corpus for which something holds, from a sample with known chances.

    None for an empty sample.
    """
    weights = [(is_held, 1 / chance) for is_held, chance in zip(held, chances, strict=True)]
    total = sum(weight for _, weight in weights)
    return sum(weight for is_held, weight in weights if is_held) / total if weights else None


def _drawn(weights: Floats, order: Sequence[int], num_drawn: int, seed: int) -> dict[int, float]:
    """Draw by systematic sampling with unequal chances (Madow 1949) along an order: the number is exact."""
    chances = _chances(weights, num_drawn)
    ends = np.cumsum(chances[order])
    ends *= num_drawn / ends[-1]
    ends[-1] = num_drawn  # whatever rounding made of it
    steps = rng(seed, f"{_STAGE}/start").random() + np.arange(num_drawn)
    chosen = np.searchsorted(ends, steps, side="right")
    return {place: float(chances[place]) for place in sorted(order[i] for i in chosen)}


def _chances(weights: Floats, num_drawn: int) -> Floats:
    """Return chances in proportion to weights, at most 1, that sum to `num_drawn`."""
    certain = np.zeros(len(weights), dtype=np.bool_)
    while True:
        rest = num_drawn - certain.sum()
        total = weights[~certain].sum()
        chances = np.where(certain, 1.0, weights * (rest / total if total else 0.0))
        if (over := (chances > 1.0) & ~certain).any():
            certain |= over
        else:
            return np.minimum(chances, 1.0)


def _scored(corpus: Path, classifier: Path, ctx: Context) -> tuple[float, Floats]:
    from hornbook.value.scorer import load_scorer

    model = load_scorer(classifier)
    records, total = read_records(corpus), count(corpus)
    scores: list[Floats] = []
    while batch := list(islice(records, _BATCH)):
        scores.append(model.scores([record.text for record in batch]))
        ctx.progress(Progress(done=sum(map(len, scores)), total=total, unit="records", note="scoring"))
    return model.threshold, np.concatenate(scores)


def _strata(cfg: Sample, corpus: Path, classifier: Path | None, ctx: Context) -> Sequence[str | int]:
    if cfg.stratify_by == SOURCE:
        return _sources(corpus)
    if cfg.stratify_by == VALUE and classifier is not None:
        scores = _scored(corpus, classifier, ctx)[1]
    else:
        scores = np.array([_score(record, cfg.stratify_by) for record in read_records(corpus)])
    edges = np.linspace(scores.min(), scores.max(), cfg.num_strata + 1)[1:-1]
    strata: list[str | int] = np.searchsorted(edges, scores, side="right").tolist()
    return strata


def _sources(corpus: Path) -> list[str]:
    sources = [origin_of(record.source) for record in read_records(corpus)]
    if len(sources) == len(set(sources)) > 1:
        raise NoStrata(
            f"every unit has a source of its own ({sources[0]!r}, {sources[1]!r}, ...), so sources are no strata; "
            "draw a uniform sample, or stratify by a score"
        )
    return sources


def _score(record: Record, name: str) -> float:
    scores: Mapping[str, float] = record.scores
    if name not in scores:
        raise NoStrata(
            f"the record {record.id} has no score {name!r} (it has {', '.join(sorted(scores)) or 'none'}); "
            "stratify by 'source', by one of its scores, or by 'value' with a classifier"
        )
    return scores[name]
