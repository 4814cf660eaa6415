"""Scoring a corpus and keeping its best part: in one step, or in two, so that thresholds cost no second scoring.

`score` writes every record with `scores["value"]` (the predicted label) and `scores["value_good"]` (the chance
that it is good); `cut` keeps by scores that are there; `keep` does both.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import ClassVar

import numpy as np
import numpy.typing as npt
from pydantic import Field

from hornbook.draw import rng
from hornbook.errors import QualityGate
from hornbook.pool import stream
from hornbook.record import Record, Rejected, count, read_records
from hornbook.step import Config, Context, Metrics, Progress
from hornbook.value.balance import balance, filled
from hornbook.value.judges import Judged, histogram
from hornbook.value.labels import OfflineJudge
from hornbook.value.measuring import ratio
from hornbook.value.rubric import GOOD
from hornbook.value.scorer import Scorer, load_scorer
from hornbook.value.topics import Masks, masks_of

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

STAGE = "value"
_BATCH = 512
_NUM_COMPARED = 300


class Keep(Config):
    """How much of the corpus is kept."""

    VERSION: ClassVar[int] = 3

    keep_share: float = Field(default=0.3, gt=0.0, le=1.0)
    """Share of the units with the highest scores; ties at the threshold stay. phi-1 kept 17 % of a raw corpus
    that was far less curated than installed packages are."""
    least_score: float | None = None
    """Score from which a unit is kept, 0 to 5, instead of a share: for corpora that differ in worth."""
    least_of_topic: float = Field(default=0.0, ge=0.0, lt=1.0)
    """Share of each topic's units that is kept whatever the threshold, best scores first; units kept only for
    this come on top of the others and have the tag `value_kept`. 0 fills no topic."""
    seed: int = 0
    """Seed of the sample on which kept and rejected units are compared by the judge."""


class Score(Config):
    """Scoring has no settings: the classifier is an input."""


def keep(cfg: Keep, *, corpus: Path, classifier: Path, out: Path, ctx: Context) -> Metrics:
    """Score every record and keep the best `keep_share`, or those of `least_score`; the rest is `low_value`.

    Two passes: the threshold is a quantile of all scores, so it is known only after the first.
    Raises QualityGate when the corpus is empty, UsageError when `classifier` is no fitted classifier.
    """
    scorer = load_scorer(classifier)
    scores = _score_all(scorer, corpus, ctx)
    return _cut(cfg, corpus, scores, out, ctx, scorer) | _beside(scorer, scores)


def score(cfg: Score, *, corpus: Path, classifier: Path, out: Path, ctx: Context) -> Metrics:
    """Write every record with its score and its chance of being good; nothing is dropped.

    Raises QualityGate when the corpus is empty, UsageError when `classifier` is no fitted classifier.
    """
    scorer, total = load_scorer(classifier), count(corpus)
    if not total:
        raise _empty(corpus)
    scores = array("d")

    def stage(records: Iterator[Record]) -> Iterable[Record]:
        for record in scored(scorer, records):
            scores.append(record.scores["value"])
            yield record

    counts = stream(stage, read_records(corpus), out, ctx, total=total)
    found = np.array(scores)
    return counts | _beside(scorer, found) | _histogram(found)


def cut(cfg: Keep, *, scored: Path, out: Path, ctx: Context) -> Metrics:
    """Keep by the scores that `score` stored. Raises QualityGate for no records, or one without score."""
    scores = array("d")
    for record in read_records(scored):
        if "value" not in record.scores:
            raise QualityGate(f"record {record.id} in {scored} has no score 'value'; score the records first")
        scores.append(record.scores["value"])
    return _cut(cfg, scored, np.array(scores), out, ctx)


def scored(scorer: Scorer, records: Iterable[Record]) -> Iterator[Record]:
    """Yield records with `scores["value"]` and `scores["value_good"]`, in order, at flat memory."""
    pending = iter(records)
    while batch := list(islice(pending, _BATCH)):
        values = scorer.scores([record.text for record in batch])
        chances = scorer.chance(values).round(4)
        for record, value, chance in zip(batch, values.tolist(), chances.tolist(), strict=True):
            yield replace(record, scores={**record.scores, "value": value, "value_good": chance})


def _empty(corpus: Path) -> QualityGate:
    return QualityGate(f"there are no records to score or keep in {corpus}")


def _score_all(scorer: Scorer, corpus: Path, ctx: Context) -> Floats:
    scores = array("d")
    total = count(corpus)
    for record in scored(scorer, read_records(corpus)):
        scores.append(record.scores["value"])
        if len(scores) % _BATCH == 0:
            ctx.progress(Progress(done=len(scores) / 2, total=total, unit="records", note="scoring"))
    return np.array(scores)


def _cut(
    cfg: Keep, corpus: Path, scores: Floats, out: Path, ctx: Context, scorer: Scorer | None = None
) -> Metrics:
    if not len(scores):
        raise _empty(corpus)
    threshold = cfg.least_score
    if threshold is None:
        threshold = float(np.quantile(scores, 1 - cfg.keep_share, method="higher"))
    masks = _topics(corpus)
    is_filled = filled(masks, scores, threshold, cfg.least_of_topic)
    is_kept = (scores >= threshold) | is_filled
    counts = stream(
        lambda records: _filtered(records, scores, threshold, is_filled, scorer),
        read_records(corpus),
        out,
        ctx,
        total=len(scores),
        second_half=True,
    )
    return counts | {
        "threshold": round(threshold, 4),
        "judged": _compare(cfg, corpus, is_kept),
        "topics": balance(masks, is_kept & ~is_filled, is_kept),
        **_histogram(scores),
    }


def _topics(corpus: Path) -> Masks:
    """Return the topics of every record, 8 bytes each."""
    records = read_records(corpus)
    found = [np.zeros(0, dtype=np.uint64)]
    while batch := [record.text for record in islice(records, _BATCH)]:
        found.append(masks_of(batch))
    return np.concatenate(found)


def _beside(scorer: Scorer, scores: Floats) -> Metrics:
    return {
        "threshold_of_good": round(scorer.threshold, 4),
        "share_called_good": round(float((scores >= scorer.threshold).mean()), 4),
    }


def _histogram(scores: Floats) -> Metrics:
    heights, edges = np.histogram(scores.clip(-0.5, 5.5), bins=24, range=(-0.5, 5.5))
    return {"score_histogram": {"edges": edges.tolist(), "counts": heights.tolist()}}


def _filtered(
    records: Iterator[Record], scores: Floats, threshold: float, is_filled: Flags, scorer: Scorer | None
) -> Iterable[Record | Rejected]:
    chances = scores if scorer is None else scorer.chance(scores).round(4)
    decisions = zip(records, scores.tolist(), chances.tolist(), is_filled.tolist(), strict=True)
    for record, value, chance, fills in decisions:
        if scorer is not None:
            record = replace(record, scores={**record.scores, "value": value, "value_good": chance})
        if value >= threshold:
            yield record
        elif fills:
            yield replace(record, tags={**record.tags, "value_kept": "fills_a_topic"})
        else:
            yield Rejected(record, STAGE, "low_value", f"score {value:.2f} is below {threshold:.2f}")


def _compare(cfg: Keep, corpus: Path, is_kept: Flags) -> Metrics:
    """Let the offline judge label a sample of kept and of rejected units: what the filter did to the mix."""
    sides = {}
    draws = rng(cfg.seed, STAGE)
    for name, index in (("kept", np.flatnonzero(is_kept)), ("rejected", np.flatnonzero(~is_kept))):
        drawn = set(draws.sample(index.tolist(), min(_NUM_COMPARED, len(index))))
        texts = [record.text for i, record in enumerate(read_records(corpus)) if i in drawn]
        judged = [of for of in OfflineJudge().judge(texts) if isinstance(of, Judged)]
        labels = [of.label for of in judged]
        sides[name] = {
            "num_judged": len(labels),
            "mean_label": ratio(sum(labels), len(labels)),
            "share_good": ratio(sum(label >= GOOD for label in labels), len(labels)),
            "label_histogram": histogram(labels),
        }
    return sides
