"""What a checked data set comes to, counted from what all attempts wrote: an interruption changes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from statistics import fmean

import orjson
import pyarrow.parquet as pq

from hornbook.quality.check_jobs import is_sampled
from hornbook.quality.lint import NotLinted, code_of, find_ruff, linted
from hornbook.quality.mutants import MUTANTS
from hornbook.record import shards
from hornbook.step import Metrics

KILL_RATE_EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
"""Lower ends of the classes of the histogram; the last class is of tests that kill every mutant."""
STAGE = "check"
"""Stage of what a check rejects."""
NOT_SAMPLED = "not sampled"
"""Why an exercise outside of `mutant_share` is not graded."""
_MOST_LINTED = 2000
"""Records that ruff looks at, about: writing a file for each took a tenth of the time of all checking."""
_COUNTED = ("kind", "tags", "scores")
_SUMMED = ("outputs_compared", "exceptions_compared", "doctests_run", "functions", "docstrings")


@dataclass(slots=True)
class _Counts:
    outcomes: Counter[tuple[str, str]] = field(default_factory=Counter)
    """By kind and outcome."""
    levels: set[str] = field(default_factory=set)
    blocks: Counter[str] = field(default_factory=Counter)
    sums: Counter[str] = field(default_factory=Counter)
    before: list[float] = field(default_factory=list)
    """Kill rates of the tests as they were given."""
    after: list[float] = field(default_factory=list)
    mutants: Counter[str] = field(default_factory=Counter)
    """Of all graded exercises, by what became of them."""
    kept_graded: int = 0
    kept_ungraded: Counter[str] = field(default_factory=Counter)
    """Exercises that were kept without a kill rate, by why there is none."""
    tests_added: list[int] = field(default_factory=list)
    """Of each exercise that gained tests."""

    def add(self, kind: str, tags: Mapping[str, str], scores: Mapping[str, float], outcome: str) -> None:
        self.outcomes[kind, outcome] += 1
        self.blocks.update(tags.get("blocks", "").split())
        self.sums.update({name: int(scores[name]) for name in _SUMMED if name in scores})
        is_graded = "kill_rate" in scores
        if kind == "exercise" and outcome == "pass":
            self.kept_graded += is_graded
            if not is_graded:
                self.kept_ungraded[tags.get("ungraded", NOT_SAMPLED).partition(":")[0]] += 1
        if is_graded:
            self.before.append(scores["kill_rate"])
            self.after.append(kill_rate_in_the_end(scores))
            self.mutants.update({name: int(scores[f"mutants_{name}"]) for name in MUTANTS})
        if "tests_added" in scores:
            self.tests_added.append(int(scores["tests_added"]))


def written_metrics(out: Path, level: str, mutant_share: float) -> Metrics:
    """Return the metrics of a checked folder; `level` is told where no record says at which one it ran.

    `outcomes` by kind · `pass_rate` by kind · `sandbox_level` · `blocks`: outcomes of the blocks of all pages that
    could be run · `compared`: outputs, exceptions, doctests and functions, summed · `mutants`, where there are
    exercises: what their kill rates come to, how many mutants were `killed`, `survived` and are `equivalent`, and
    of all exercises that were kept how many are graded (`kept_graded`) and how many are not, by reason
    (`ungraded`) · `lint`: what ruff found in what was kept, or in about 2,000 of it, drawn by their ids.
    """
    counts = _Counts()
    num_checked = 0
    for kind, tags, scores in _rows(out, "records", *_COUNTED):
        found = orjson.loads(tags)
        num_checked += "checked" in found
        known = found.get("checked")
        counts.levels |= {known} if known else set()
        counts.add(kind, found, orjson.loads(scores), "pass" if known else "not_executed")
    for kind, tags, scores, stage, reason in _rows(out, "rejected", *_COUNTED, "stage", "reason"):
        if stage == STAGE:  # a step that asks a teacher rejects for other reasons, too
            counts.add(kind, orjson.loads(tags), orjson.loads(scores), reason)
    outcomes: dict[str, dict[str, int]] = {}
    for (kind, outcome), n in sorted(counts.outcomes.items()):
        outcomes.setdefault(kind, {})[outcome] = n
    metrics: Metrics = {
        "outcomes": outcomes,
        "pass_rate": {
            kind: found.get("pass", 0) / sum(found.values())
            for kind, found in outcomes.items()
            if "not_executed" not in found
        },
        "sandbox_level": ", ".join(sorted(counts.levels) or [level]),
        "blocks": dict(sorted(counts.blocks.items())),
        "compared": {name: counts.sums[name] for name in _SUMMED},
        "lint": _lint(out, min(1.0, _MOST_LINTED / max(1, num_checked))),
    }
    return metrics | ({"mutants": _mutants(counts, mutant_share)} if "exercise" in outcomes else {})


def _rows(out: Path, part: str, *columns: str) -> Iterator[tuple[str, ...]]:
    """Yield some columns of all rows: to make whole records of them took five times as long."""
    for path in shards(out, part):
        table = pq.read_table(path, columns=list(columns))
        yield from zip(*(table[name].to_pylist() for name in columns), strict=True)


def kill_rate_in_the_end(scores: Mapping[str, float]) -> float:
    """Return the kill rate of a graded exercise's tests, with those that it gained."""
    return scores.get("kill_rate_strengthened", scores["kill_rate"])


def _mutants(counts: _Counts, share: float) -> Metrics:
    return {
        "share_asked": share,
        "graded": len(counts.before),
        "kept_graded": counts.kept_graded,
        "ungraded": dict(sorted(counts.kept_ungraded.items())),
        **{name: counts.mutants[name] for name in MUTANTS},
        "mean_kill_rate": _mean(counts.before),
        "mean_kill_rate_strengthened": _mean(counts.after),
        "edges": list(KILL_RATE_EDGES),
        "histogram": _histogram(counts.before),
        "histogram_strengthened": _histogram(counts.after),
        "exercises_strengthened": len(counts.tests_added),
        "tests_added": sum(counts.tests_added),
    }


def _mean(rates: list[float]) -> float | None:
    return round(fmean(rates), 4) if rates else None


def _histogram(rates: list[float]) -> list[int]:
    found = Counter(sum(rate >= edge for edge in KILL_RATE_EDGES) - 1 for rate in rates)
    return [found[at] for at in range(len(KILL_RATE_EDGES))]


def _lint(out: Path, share: float) -> Metrics:
    """Return what ruff says of that share of the kept records that were run, or why it says nothing."""

    def codes() -> Iterator[str]:
        for id_, kind, text, tags in _rows(out, "records", "id", "kind", "text", "tags"):
            if is_sampled(id_, share) and "checked" in orjson.loads(tags):
                yield code_of(kind, text)

    try:
        found = linted(codes(), find_ruff())
    except NotLinted as error:
        return {"tool": f"not run: {error}"}
    return {
        "tool": found.tool,
        "records": len(found.counts),
        "records_without_findings": found.counts.count(0),
        "findings": dict(sorted(found.findings.items())),
    }
