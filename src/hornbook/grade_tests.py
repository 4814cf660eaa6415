"""`hornbook grade-tests`: every row's tests graded by mutants of the row's solution, and asserts that help."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pyarrow as pa

from hornbook.benchmarks.sample import job_of
from hornbook.errors import HornbookError
from hornbook.quality.mutants import UNJUDGED, graded, why_ungraded
from hornbook.report.table import Table
from hornbook.rows import Work, work_on_file
from hornbook.sandbox import Job, Limits, Verdict
from hornbook.step import Context

_SURVIVOR = {"line": pa.int64(), "kind": pa.string(), "change": pa.string()}
_TYPES = pa.schema(
    {
        "kill_rate": pa.float64(),
        "killed": pa.int64(),
        "survived": pa.int64(),
        "equivalent": pa.int64(),
        "survivors": pa.list_(pa.struct(_SURVIVOR)),
        "more_tests": pa.list_(pa.string()),
        "ungraded": pa.string(),
    }
)
COLUMNS = tuple(_TYPES.names)
"""What every row gains: the rate (null where nothing can be said, and then why, in `ungraded`), three counts, the
mutants that the tests let pass, and asserts that would not."""

_STRONG = 0.9


@dataclass(slots=True)
class Summary:
    """What the rows' kill rates come to."""

    rates: list[float] = field(default_factory=list)
    mutants: Counter[str] = field(default_factory=Counter)
    """killed, survived, equivalent."""
    survivors: Counter[str] = field(default_factory=Counter)
    """By the kind of mistake."""
    ungraded: Counter[str] = field(default_factory=Counter)

    def add(self, row: dict[str, Any]) -> None:
        """Count a row by its own columns."""
        if row["kill_rate"] is not None:
            self.rates.append(row["kill_rate"])
        if row["ungraded"]:
            self.ungraded[row["ungraded"].partition(":")[0]] += 1
        self.mutants.update({name: row[name] for name in ("killed", "survived", "equivalent")})
        self.survivors.update(mutant["kind"] for mutant in row["survivors"])

    def refuse_unjudged(self, out: Path) -> None:
        """Raise HornbookError when the sandbox itself failed on some rows."""
        if count := self.ungraded[UNJUDGED]:
            raise HornbookError(f"{count:,} rows of {out} could not be judged, which says nothing about them")

    def as_json(self) -> dict[str, Any]:
        """Return counts, the mean of the rows' rates and the rate of all mutants together."""
        told = self.mutants["killed"] + self.mutants["survived"]
        return {
            "graded": len(self.rates),
            "mean_kill_rate": sum(self.rates) / len(self.rates) if self.rates else None,
            "kill_rate_of_all_mutants": self.mutants["killed"] / told if told else None,
            "rows_that_kill_all": sum(rate == 1 for rate in self.rates),
            "rows_below_90_percent": sum(rate < _STRONG for rate in self.rates),
            "mutants": dict(self.mutants),
            "survivors": dict(self.survivors.most_common()),
            "ungraded": dict(self.ungraded.most_common()),
        }

    def table(self) -> Table:
        """Return the same for people."""
        found = self.as_json()
        rows = [("rows graded", f"{found['graded']:,}")]
        if self.rates:
            rows += [
                ("mean kill rate", f"{found['mean_kill_rate']:.1%}"),
                ("kill rate of all mutants together", f"{found['kill_rate_of_all_mutants']:.1%}"),
                ("rows whose tests kill every mutant", f"{found['rows_that_kill_all']:,}"),
                ("rows below 90 %", f"{found['rows_below_90_percent']:,}"),
            ]
        rows += [
            (f"mutants {name}", f"{self.mutants[name]:,}") for name in ("killed", "survived", "equivalent")
        ]
        named = {"survivors by kind": self.survivors, "not graded": self.ungraded}
        notes = [
            f"{name}: {', '.join(f'{what} {count:,}' for what, count in counts.most_common())}"
            for name, counts in named.items()
            if counts
        ]
        return Table(headings=("tests", ""), rows=tuple(rows), notes=tuple(notes))


def grade_file(source: Path, out: Path, limits: Limits, mutants: int, inputs: int, ctx: Context) -> Summary:
    """Grade every row of `source` and write it with `COLUMNS` to `out`: see `work_on_file`.

    `mutants`: at most so many of each solution; `inputs`: tried on those that its tests let pass.
    """
    summary = Summary()

    def job(row: object, name: str) -> Job:
        return replace(job_of(row, name), mutants=mutants, inputs=inputs)

    settings = f"{mutants}m-{inputs}i-{limits.cpu_seconds:g}s-{limits.memory_megabytes}MB"
    work = Work("grade-tests", _TYPES, job, _values, lambda why: (None, 0, 0, 0, [], [], why), settings)
    work_on_file(source, out, work, limits, summary, ctx)
    return summary


def _values(verdict: Verdict) -> tuple[Any, ...]:
    grade = graded(verdict.mutants)
    survivors = [{"line": m.line, "kind": m.kind, "change": m.change} for m in grade.survived]
    counts = (len(grade.killed), len(grade.survived), len(grade.equivalent))
    return (grade.kill_rate, *counts, survivors, list(grade.more_tests), why_ungraded(verdict))
