"""Judges behind one interface, and labelling a sample of a corpus with any of them.

A judge is a program (`labels.OfflineJudge`), a model behind an endpoint (`lessons.endpoint_judge`) or people who
filled in a sheet (`human.HumanJudge`). Whoever judged is written beside each label (`value_by`): a model's labels
never pass for a person's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import compress, islice
from pathlib import Path
from typing import Protocol

from hornbook.pool import stream
from hornbook.record import Record, Rejected, count, read_records
from hornbook.step import Context, Metrics
from hornbook.value.agreement import MOST_POINTS, kappa
from hornbook.value.rubric import GOOD
from hornbook.value.sampling import CHANCE, weighed_share

STAGE = "label"
LABEL, CHANCE_OF_GOOD = "value_label", "value_label_good"
"""The score that holds a label, 0 to 5; what `classifier.fit` learns."""
BY, REASON = "value_by", "value_reason"
"""Tags: who judged, and why so."""
PROGRAM = "program"
"""Name of the offline judge."""
_BATCH = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A judge's label of one unit."""

    label: float
    """0 to 5; between two whole numbers where two passes differ."""
    reason: str
    tags: Mapping[str, str] = field(default_factory=dict)
    """What else the judge has to say, under names of its own."""
    passes: tuple[int, ...] = ()
    """The labels of both passes or people, where there were two."""
    good: float | None = None
    """Chance that the unit is good, 0 to 1, of a judge that knows one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unjudged:
    """Why a judge gave no label."""

    reason: str
    """In snake_case words, as of a rejected record."""
    detail: str = ""


class Judges(Protocol):
    """What labelling needs of a judge."""

    @property
    def name(self) -> str:
        """Who judges: "program", a model's name, people's names."""
        ...

    def judge(self, texts: Sequence[str]) -> list[Judged | Unjudged]:
        """Return one label for each unit of code, in order, or why there is none."""
        ...


def label_with(
    judge: Judges, chances: Mapping[int, float], *, corpus: Path, out: Path, ctx: Context
) -> Metrics:
    """Label the records of `corpus` at the places in `chances`; write them, and nothing else, into `out`.

    Labelled records gain the scores `value_label`, `label_chance` and with two passes `value_label_1` and
    `value_label_2`, and the tags `value_by` and `value_reason`. Without a label a record is rejected with the
    judge's reason. Metrics: those of `stream`; `labelled_by`, `num_available`, `label_histogram` (by whole points,
    halves rounded down), `share_good` of the sample and `share_good_of_all`, weighed by the chances; with two
    passes `kappa` (None where all labels are the same) and `passes_equal`.
    """
    available = count(corpus)
    sample = compress(read_records(corpus), (place in chances for place in range(available)))
    tally = _Tally()
    places = iter(sorted(chances))
    counts = stream(
        lambda records: _labelled(judge, records, (chances[place] for place in places), tally),
        sample,
        out,
        ctx,
        total=len(chances),
    )
    return counts | {"labelled_by": judge.name, "num_available": available} | tally.metrics()


def histogram(labels: Iterable[float]) -> dict[str, int]:
    """Count labels by whole points; what lies between two is counted with the lower, so 2.5 is not good."""
    points = Counter(int(label) for label in labels)
    return {str(value): points[value] for value in range(MOST_POINTS + 1)}


@dataclass(slots=True)
class _Tally:
    labels: list[float] = field(default_factory=list)
    chances: list[float] = field(default_factory=list)
    pairs: list[tuple[int, int]] = field(default_factory=list)

    def add(self, judged: Judged, chance: float) -> None:
        self.labels.append(judged.label)
        self.chances.append(chance)
        if len(judged.passes) == 2:
            self.pairs.append((judged.passes[0], judged.passes[1]))

    def metrics(self) -> Metrics:
        good = [label >= GOOD for label in self.labels]
        of_all = weighed_share(good, self.chances)
        metrics: Metrics = {
            "label_histogram": histogram(self.labels),
            "share_good": round(sum(good) / len(good), 4) if good else 0.0,
            "share_good_of_all": None if of_all is None else round(of_all, 4),
        }
        if self.pairs:
            agreed = kappa(self.pairs)
            metrics["kappa"] = None if agreed is None else round(agreed, 4)
            metrics["passes_equal"] = round(sum(a == b for a, b in self.pairs) / len(self.pairs), 4)
        return metrics


def _labelled(
    judge: Judges, records: Iterator[Record], chances: Iterator[float], tally: _Tally
) -> Iterable[Record | Rejected]:
    while batch := list(islice(records, _BATCH)):
        for record, found in zip(batch, judge.judge([r.text for r in batch]), strict=True):
            chance = next(chances)
            if isinstance(found, Unjudged):
                yield Rejected(record, STAGE, found.reason, found.detail)
                continue
            tally.add(found, chance)
            yield _with_label(record, judge.name, found, chance)


def _with_label(record: Record, by: str, found: Judged, chance: float) -> Record:
    each = {f"{LABEL}_{number}": float(label) for number, label in enumerate(found.passes, start=1)}
    if found.good is not None:
        each[CHANCE_OF_GOOD] = found.good
    reason = {REASON: found.reason} if found.reason else {}
    # What an earlier judge said is gone as a whole.
    tags = {name: text for name, text in record.tags.items() if not name.startswith("value_")}
    scores = {name: value for name, value in record.scores.items() if not name.startswith(LABEL)}
    return replace(
        record,
        tags={**tags, **found.tags, BY: by, **reason},
        scores={**scores, LABEL: found.label, CHANCE: chance, **each},
    )
