"""Exhibits about what was checked: blocks of pages, how much tests notice, what a linter says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from hornbook.report import pictures
from hornbook.report.section import Exhibit, percent_of
from hornbook.report.table import Table

_COMPARED = {
    "outputs_compared": "stated outputs compared with real ones",
    "exceptions_compared": "stated exceptions compared with raised ones",
    "doctests_run": "examples of docstrings and sessions run",
    "functions": "functions",
    "docstrings": "functions with a docstring",
}


def measured(name: str, metrics: Mapping[str, Any]) -> Iterator[Exhibit]:
    """Yield what the check of one step measured besides outcomes; nothing of a run that measured none of it."""
    if metrics.get("blocks"):
        yield _blocks(name, metrics["blocks"])
    if metrics.get("mutants", {}).get("graded"):
        yield from _mutants(name, metrics["mutants"])
    if metrics.get("mutants", {}).get("ungraded"):
        yield _ungraded(name, metrics["mutants"]["ungraded"])
    if "compared" in metrics:
        yield _facts(name, metrics["compared"], metrics["lint"])


def _blocks(name: str, blocks: Mapping[str, int]) -> Exhibit:
    total = sum(blocks.values())
    return Exhibit(
        heading=f"{name}: blocks",
        picture=pictures.bars(
            dict(sorted(blocks.items(), key=lambda item: -item[1])),
            title=f"Outcomes of the blocks of {name}",
            good="pass",
        ),
        tells=f"{percent_of(blocks.get('pass', 0), total)} of {total:,} blocks did what their pages state.",
    )


def _mutants(name: str, found: Mapping[str, Any]) -> Iterator[Exhibit]:
    before, after = (100 * found[key] for key in ("mean_kill_rate", "mean_kill_rate_strengthened"))
    yield Exhibit(
        heading=f"{name}: what tests notice",
        picture=_histogram(found["histogram"], found["edges"], f"Kill rates of {name}"),
        tells=f"A mutant is a solution with one small mistake. Tests of {found['graded']:,} exercises noticed "
        f"{before:.1f} % of them on average: {found['killed']:,} were killed and {found['survived']:,} survived. "
        f"{found['equivalent']:,} are equivalent (no input tried tells them from the solution) and do not count.",
    )
    yield Exhibit(
        heading=f"{name}: with the tests that were added",
        picture=_histogram(
            found["histogram_strengthened"], found["edges"], f"Kill rates of {name}, strengthened"
        ),
        tells=f"{found['tests_added']:,} asserts that kill surviving mutants were added to "
        f"{found['exercises_strengthened']:,} exercises: {after:.2f} % on average.",
    )


def _ungraded(name: str, reasons: Mapping[str, int]) -> Exhibit:
    rows = tuple((why, f"{n:,}") for why, n in sorted(reasons.items(), key=lambda item: (-item[1], item[0])))
    return Exhibit(
        heading=f"{name}: kept without a kill rate",
        table=Table(headings=("reason", "exercises"), rows=rows, notes=()),
        tells=f"Of {sum(reasons.values()):,} exercises that were kept it is not known what their tests notice.",
    )


def _histogram(counts: Sequence[int], edges: Sequence[float], title: str) -> str:
    """Draw the classes equally wide, though the first holds half of all rates: few tests are that weak."""
    return pictures.histogram(
        list(range(len(edges) + 1)),
        counts,
        title=title,
        x_label="kill rate from",
        ticks={at + 0.5: f"{100 * edge:.0f} %" for at, edge in enumerate(edges)},
    )


def _facts(name: str, compared: Mapping[str, int], lint: Mapping[str, Any]) -> Exhibit:
    rows = [(words, f"{compared[key]:,}") for key, words in _COMPARED.items()]
    if "records" in lint:
        clean = percent_of(lint["records_without_findings"], lint["records"])
        rows.append((f"without findings of {lint['tool']}, of {lint['records']:,} records", clean))
        rows += [(f"{lint['tool']}: {code}", f"{number:,}") for code, number in lint["findings"].items()]
    else:
        rows.append(("lint", lint["tool"]))
    table = Table(headings=("fact", "number"), rows=tuple(rows), notes=())
    return Exhibit(heading=f"{name}: facts", table=table, folded=True)
