"""A teacher behind an endpoint as one of the judges that label code: its points become `value_label`.

What it is asked, how its answers are read and how it is asked again is `judge`'s; here its scores get the form
that the classifier learns from, beside the labels of programs and people.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from pydantic import Field

from hornbook.lessons.judge import SCORE, Judge, judge
from hornbook.record import Record, read_records, read_rejected, write_shard
from hornbook.step import Context, Metrics
from hornbook.value.judges import Judged, Unjudged, label_with
from hornbook.value.sampling import Sample, draw_sample

_SPENT = ("calls", "failed_calls", "tokens_in", "tokens_out", "dollars", "reasked", "reasked_read")


class TeacherLabels(Judge):
    """Which units a teacher labels, and how often each."""

    sample: Sample = Field(default=Sample(num_labels=500))
    """Each unit costs a call for each pass; 500 are enough to see whether a cheaper judge agrees."""


def label_by_teacher(
    cfg: TeacherLabels, *, corpus: Path, out: Path, ctx: Context, classifier: Path | None = None
) -> Metrics:
    """Have a sample of the corpus labelled; the records are as `value.labels.label` writes them.

    They also have the tags `judge_by` and `judge_key`: who judged, and where the answer is. Metrics: those of
    `label_with`, and what was asked and spent. Raises what `draw_sample` and `judge` raise.
    """
    teacher = EndpointJudge(cfg, ctx)
    chances = draw_sample(cfg.sample, corpus, classifier, ctx)
    return label_with(teacher, chances, corpus=corpus, out=out, ctx=ctx) | teacher.spent


class EndpointJudge:
    """The teacher in `ctx.access`. Answers are journalled: the same texts cost nothing the second time."""

    def __init__(self, cfg: Judge, ctx: Context) -> None:
        """`cfg.teacher` must be the one that `ctx.access` lends; `judge` raises UsageError otherwise."""
        self._cfg, self._ctx = cfg, ctx
        self.name = cfg.teacher.name
        self.spent: Counter[str] = Counter()
        """Calls, tokens and dollars so far, and what was asked again."""

    def judge(self, texts: Sequence[str]) -> list[Judged | Unjudged]:
        """Return the mean of the passes over each unit, with the first one's reason; `judge`'s reason for none.

        Raises what `judge` raises of an endpoint.
        """
        records = [Record(text=text, kind="code", source="", license="unknown") for text in texts]
        with tempfile.TemporaryDirectory(prefix="hornbook-") as name:
            given, out = Path(name) / "given", Path(name) / "judged"
            write_shard(given / "records" / "00000.parquet", records)
            metrics = judge(self._cfg, records=given, out=out, ctx=self._ctx)
            found: dict[str, Judged | Unjudged] = {r.id: self._judged(r) for r in read_records(out)}
            found |= {r.record.id: Unjudged(reason=r.reason, detail=r.detail) for r in read_rejected(out)}
        self.spent.update({name: metrics[name] for name in _SPENT if metrics.get(name)})
        return [found[record.id] for record in records]

    def _judged(self, record: Record) -> Judged:
        names = [f"{SCORE}_{number}" for number in range(1, self._cfg.passes + 1)]
        return Judged(
            label=record.scores[SCORE],
            reason=record.tags["judge_reason"],
            tags={name: record.tags[name] for name in ("judge_by", "judge_key")},
            passes=tuple(int(record.scores[name]) for name in names) if len(names) > 1 else (),
        )
