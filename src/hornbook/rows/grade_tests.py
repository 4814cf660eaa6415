"""`hornbook grade-tests`: every row's tests graded by mutants of the row's solution, and asserts that help."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import stdev
from typing import Any

import pyarrow as pa

from hornbook.benchmarks.sample import Unfit, job_of
from hornbook.quality.mutants import MUTANTS, UNJUDGED, graded, why_ungraded
from hornbook.report.table import Table
from hornbook.rows.programs import Work, work_on_file
from hornbook.sandbox import Job, Limits, Sandbox, Verdict
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
        "weak": pa.list_(pa.string()),
        "ungraded": pa.string(),
    }
)
COLUMNS = tuple(_TYPES.names)
"""What every row gains: the rate (null where nothing can be said, and then why, in `ungraded`), three counts, the
mutants that the tests let pass, asserts that would not (all of them hold in a process of their own, or none is
there), and the trivial functions that pass: one that returns None, its first argument or the first expected
value."""

NOT_SAMPLED = "not sampled"
_STRONG = 0.9


@dataclass(slots=True)
class Summary:
    """What the rows' kill rates come to."""

    rates: list[float] = field(default_factory=list)
    mutants: Counter[str] = field(default_factory=Counter)
    """By what became of them."""
    survivors: Counter[str] = field(default_factory=Counter)
    """By the kind of mistake."""
    weak: int = 0
    """Rows whose tests a trivial function passes."""
    ungraded: Counter[str] = field(default_factory=Counter)

    @property
    def num_unjudged(self) -> int:
        """Rows of which nothing is known, since the sandbox itself failed."""
        return self.ungraded[UNJUDGED]

    def add(self, row: dict[str, Any]) -> None:
        """Count a row by its own columns."""
        if row["kill_rate"] is not None:
            self.rates.append(row["kill_rate"])
        if row["ungraded"]:
            self.ungraded[row["ungraded"].partition(":")[0]] += 1
        self.mutants.update({name: row[name] for name in MUTANTS})
        self.survivors.update(mutant["kind"] for mutant in row["survivors"])
        self.weak += bool(row["weak"])

    def as_json(self) -> dict[str, Any]:
        """Return counts, the mean of the rows' rates with its error, and the rate of all mutants together.

        The standard error is that of rows drawn from very many: for a large part of a file it is too large.
        """
        told = self.mutants["killed"] + self.mutants["survived"]
        return {
            "graded": len(self.rates),
            "mean_kill_rate": sum(self.rates) / len(self.rates) if self.rates else None,
            "standard_error": stdev(self.rates) / len(self.rates) ** 0.5 if len(self.rates) > 1 else None,
            "kill_rate_of_all_mutants": self.mutants["killed"] / told if told else None,
            "rows_that_kill_all": sum(rate == 1 for rate in self.rates),
            "rows_below_90_percent": sum(rate < _STRONG for rate in self.rates),
            "rows_that_a_trivial_function_passes": self.weak,
            "mutants": dict(self.mutants),
            "survivors": dict(self.survivors.most_common()),
            "ungraded": dict(self.ungraded.most_common()),
        }

    def table(self) -> Table:
        """Return the same for people."""
        found = self.as_json()
        rows = [("rows graded", f"{found['graded']:,}")]
        if self.rates:
            error = found["standard_error"]
            rows += [
                ("mean kill rate", f"{found['mean_kill_rate']:.1%}" + (f" +- {error:.1%}" if error else "")),
                ("kill rate of all mutants together", f"{found['kill_rate_of_all_mutants']:.1%}"),
                ("rows whose tests kill every mutant", f"{found['rows_that_kill_all']:,}"),
                ("rows below 90 %", f"{found['rows_below_90_percent']:,}"),
            ]
        if self.weak:
            rows.append(("rows that a trivial function passes", f"{self.weak:,}"))
        rows += [(f"mutants {name}", f"{self.mutants[name]:,}") for name in MUTANTS]
        named = {"survivors by kind": self.survivors, "not graded": self.ungraded}
        notes = [
            f"{name}: {', '.join(f'{what} {count:,}' for what, count in counts.most_common())}"
            for name, counts in named.items()
            if counts
        ]
        return Table(headings=("tests", ""), rows=tuple(rows), notes=tuple(notes))


@dataclass(frozen=True, slots=True, kw_only=True)
class Grading:
    """How thoroughly tests are graded."""

    mutants: int = 200
    """At most so many of each solution."""
    inputs: int = 32
    """Further inputs tried on mutants that the tests let pass."""
    sample: float = 1.0
    """The share of rows graded, drawn by a hash of what they hold: the same rows wherever they stand."""

    def job(self, row: object, name: str) -> Job:
        """Return the row's job. Raises Unfit for a row that has none, or is not drawn."""
        if self.sample < 1 and _place(row) >= self.sample:
            raise Unfit(NOT_SAMPLED)
        return replace(job_of(row, name), mutants=self.mutants, inputs=self.inputs, stubs=True)

    @property
    def settings(self) -> str:
        """Return what must not change while a file is worked on."""
        sample = f"-{self.sample:g}s" if self.sample < 1 else ""
        return f"{self.mutants}m-{self.inputs}i{sample}"


def grade_file(source: Path, out: Path, limits: Limits, grading: Grading, ctx: Context) -> Summary:
    """Grade every row of `source` and write it with `COLUMNS` to `out`: see `work_on_file`."""
    summary = Summary()
    settings = f"{grading.settings}-{limits.cpu_seconds:g}s-{limits.memory_megabytes}MB"
    work = Work(
        "grade-tests", _TYPES, grading.job, _values, lambda why: _columns(ungraded=why), settings, _confirmed
    )
    work_on_file(source, out, work, limits, summary, ctx)
    return summary


def _place(row: object) -> float:
    """Where a hash of the row puts it between 0 and 1."""
    text = json.dumps(row, sort_keys=True, default=str)
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest) / 2**64


def _confirmed(job: Job, verdict: Verdict, sandbox: Sandbox) -> Verdict:
    """The verdict without its asserts where they do not hold, with the row's tests, in a process of their own."""
    more = graded(verdict.mutants).more_tests
    if not more:
        return verdict
    tests = "\n".join((job.tests or "", *more)) + "\n"
    (again,) = sandbox.run([replace(job, tests=tests, mutants=0, stubs=False)])
    if again.outcome == "pass":
        return verdict
    return replace(verdict, mutants=tuple(replace(mutant, told_by="") for mutant in verdict.mutants))


def _values(verdict: Verdict) -> tuple[Any, ...]:
    grade = graded(verdict.mutants)
    survivors = [{"line": m.line, "kind": m.kind, "change": m.change} for m in grade.survived]
    return _columns(
        kill_rate=grade.kill_rate,
        **grade.counts,
        survivors=survivors,
        more_tests=list(grade.more_tests),
        weak=list(verdict.weak),
        ungraded=why_ungraded(verdict),
    )


def _columns(**known: Any) -> tuple[Any, ...]:
    """All new columns; what is not known is empty."""
    empty: dict[str, Any] = {"kill_rate": None, **dict.fromkeys(MUTANTS, 0), "ungraded": ""}
    empty |= {"survivors": [], "more_tests": [], "weak": []}
    return tuple((empty | known)[name] for name in COLUMNS)
