"""`hornbook decontaminate`: the rows of anybody's files that hold no problem of a benchmark, and the others."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hornbook.benchmarks.readers import read_benchmark
from hornbook.quality.decontaminate import Decontaminate, embedder
from hornbook.quality.gate import Gate
from hornbook.record import Record, Rejected
from hornbook.report.table import Table
from hornbook.rows.outputs import Outputs
from hornbook.rows.records import RowReader
from hornbook.rows.split import Fate, RowRecords, Split, split_rows
from hornbook.step import Context, Metrics


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleaned:
    """What was looked for and what was found."""

    split: Split
    stamp: Metrics
    canaries: Metrics
    found: Metrics

    def as_json(self) -> dict[str, Any]:
        """Return everything, the evidence of the first rejected rows with it."""
        return self.split.as_json() | {"stamp": self.stamp, "canaries": self.canaries} | self.found

    def findings(self) -> Table:
        """Return how many rows hold a problem of which benchmark, by channel: a row may count for several."""
        rows = [
            (name, channel, f"{count:,}")
            for name, counts in self.found["hits"].items()
            for channel, count in counts.items()
        ]
        return Table(
            headings=("benchmark", "found by", "rows"),
            rows=tuple(rows or [("none", "", "0")]),
            notes=tuple(self._notes()),
        )

    def _notes(self) -> Iterator[str]:
        yield f"stamp: {self.stamp['says']}"
        channels = (
            f"{c['name']}{'' if c['removes'] else ' (annotates only)'}" for c in self.stamp["channels"]
        )
        yield f"channels: {', '.join(channels)}"
        recalls = (
            f"{variant} {found['found']}/{found['planted']}"
            for variant, found in self.canaries.items()
            if found["planted"]
        )
        yield f"planted copies found: {', '.join(recalls) or 'none planted'}"
        if number := self.found["boilerplate_only"]:
            yield f"{number:,} rows stay though they share words with a statement: many rows share the same ones"
        if number := self.found["ast_unread"]:
            yield f"{number:,} rows have functions that are not Python, which the channel ast cannot compare"
        for checked in self.stamp["checked"]:
            yield (
                f"{checked['name']}: {checked['problems']:,} problems, of which {checked['unguarded']:,} are too "
                f"short to be seen; {checked['skipped']:,} unreadable rows; sha256 {checked['digest'][:16]}"
            )


def decontaminate_files(
    sources: Sequence[Path],
    outputs: Outputs,
    reader: RowReader,
    benchmarks: Mapping[str, Path],
    cfg: Decontaminate,
    ctx: Context,
    *,
    model: Path | None = None,
) -> Cleaned:
    """Write the rows of `sources` that hold no problem of `benchmarks`, and the others with what they hold.

    `model` is a Hugging Face folder, for the embedding channel. Raises QualityGate, with nothing written, when
    the stamp would be "not decontaminated" for anything but unreadable rows of a benchmark that are allowed;
    UsageError for files that cannot be read or written.
    """
    with outputs.opened(sources) as files:
        loaded = [read_benchmark(name, path) for name, path in sorted(benchmarks.items())]
        gate = Gate(cfg, loaded, embed=embedder(cfg, model))
        records = RowRecords(sources, reader, ctx.progress, "decontaminate")
        gate.see(records.read())
        canaries = gate.find_canaries()
        gate.refuse_objections()
        again = RowRecords(sources, reader, lambda progress: None, "decontaminate")
        fates = (_fate(result) for result in gate.judge(again.read(), ctx.workers))
        reasons = split_rows(records, fates, files, outputs)
        deque(fates, maxlen=0)  # the gate compares both passes when nothing is left
    split = Split(gate="decontaminate", num_rows=records.num_rows, reasons=reasons)
    return Cleaned(split=split, stamp=gate.stamp(), canaries=canaries, found=gate.metrics())


def _fate(result: Record | Rejected) -> Fate | None:
    return Fate(result.reason, result.detail) if isinstance(result, Rejected) else None
