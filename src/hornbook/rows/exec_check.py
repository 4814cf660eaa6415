"""`hornbook exec-check`: every row of a file executed against its own tests, its verdict beside it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa

from hornbook.benchmarks.sample import job_of
from hornbook.report.table import Table
from hornbook.rows.programs import Work, work_on_file
from hornbook.sandbox import OUTCOMES, Limits, Verdict
from hornbook.step import Context

_TYPES = pa.schema(
    {
        "verdict": pa.string(),
        "detail": pa.string(),
        "level": pa.string(),
        "lane": pa.string(),
        "seconds": pa.float64(),
    }
)
COLUMNS = tuple(_TYPES.names)
"""What every row gains: outcome, its reason, the barriers, the way it was judged, CPU seconds of the program."""


@dataclass(slots=True)
class Summary:
    """How many rows ended how."""

    verdicts: Counter[str] = field(default_factory=Counter)
    lanes: Counter[str] = field(default_factory=Counter)
    levels: Counter[str] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)
    """Details of the rows that could not be a job."""

    @property
    def num_unjudged(self) -> int:
        """Rows of which nothing is known, since the sandbox itself failed."""
        return self.verdicts["sandbox_error"]

    def add(self, row: dict[str, Any]) -> None:
        """Count a row by its own columns."""
        self.verdicts[row["verdict"]] += 1
        self.skipped.update([row["detail"]] if row["verdict"] == "skipped" else ())
        # What was skipped has neither lane nor level.
        self.lanes.update(filter(None, [row["lane"]]))
        self.levels.update(filter(None, [row["level"]]))

    def as_json(self) -> dict[str, Any]:
        """Return all counts; `rows` is their sum."""
        counts = {name: dict(getattr(self, name)) for name in ("verdicts", "lanes", "levels", "skipped")}
        return {"rows": self.verdicts.total(), **counts}

    def table(self) -> Table:
        """Return verdicts with rows and shares; lanes, levels and the commonest reason of `skipped` below."""
        total = self.verdicts.total()
        rows = [(v, f"{self.verdicts[v]:,}", f"{self.verdicts[v] / total:.1%}") for v in self._in_order()]
        notes = [f"{name}: {_counts(found)}" for name, found in self._beside() if found]
        return Table(headings=("verdict", "rows", "share"), rows=tuple(rows), notes=tuple(notes))

    def _in_order(self) -> list[str]:
        return sorted(self.verdicts, key=lambda v: OUTCOMES.index(v) if v in OUTCOMES else len(OUTCOMES))

    def _beside(self) -> list[tuple[str, Counter[str]]]:
        skipped = Counter(dict(self.skipped.most_common(3)))
        return [("lanes", self.lanes), ("level", self.levels), ("skipped most often", skipped)]


def _counts(found: Counter[str]) -> str:
    return ", ".join(f"{name} {count:,}" for name, count in found.most_common())


def check_file(source: Path, out: Path, limits: Limits, ctx: Context) -> Summary:
    """Execute every row of `source` and write it with `COLUMNS` to `out`: see `work_on_file`."""
    summary = Summary()
    settings = f"{limits.cpu_seconds:g}s-{limits.memory_megabytes}MB"
    work = Work("exec-check", _TYPES, job_of, _values, _unfit, settings)
    work_on_file(source, out, work, limits, summary, ctx)
    return summary


def _values(verdict: Verdict) -> tuple[Any, ...]:
    return verdict.outcome, verdict.detail, verdict.level, verdict.lane, round(verdict.seconds, 4)


def _unfit(why: str) -> tuple[Any, ...]:
    return "skipped", why, "", "", 0.0
