"""Sections about the data: what every step kept, checks, coverage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import orjson
import pyarrow.parquet as pq

from hornbook.curriculum.concepts import CONCEPTS
from hornbook.record import shards
from hornbook.report import pictures
from hornbook.report.check_exhibits import measured
from hornbook.report.concept_graph import concept_graph
from hornbook.report.pictures import FlowRow
from hornbook.report.run_folder import Run
from hornbook.report.section import (
    LABEL,
    LABEL_BY_TEACHER,
    Exhibit,
    Section,
    executed,
    made_by,
    percent_of,
)
from hornbook.report.table import Table

_MOST_COLUMNS_BESIDE = 7
_MOST_ROWS_OPEN = 80


def chains(run: Run) -> dict[str, list[str]]:
    """Return the filters of a run, each with those it reads from before it, by the name of the first one.

    A labelled sample goes nowhere but into the classifier, so it is no part of the flow.
    """
    aside = made_by(run, LABEL, LABEL_BY_TEACHER)
    first: dict[str, str] = {}
    for name, record in run.steps.items():
        if "num_in" in record.metrics and name not in aside:
            before = [first[step] for step in run.inputs_of(name).values() if step in first]
            first[name] = before[0] if before else name
    found: dict[str, list[str]] = {}
    for name, root in first.items():
        found.setdefault(root, []).append(name)
    return found


def funnel(run: Run) -> Section | None:
    """What every filter kept and rejected, and why."""
    found = chains(run)
    if not found:
        return None
    rows = [
        (name, reason, f"{number:,}", percent_of(number, _num_out(run.steps[name].metrics)))
        for names in found.values()
        for name in names
        for reason, number in sorted(run.steps[name].metrics["reasons"].items(), key=lambda item: -item[1])
    ]
    reasons = Table(headings=("step", "reason", "rejected", "share"), rows=tuple(rows), notes=())
    exhibits = [_flow(run, root, names) for root, names in found.items()]
    if rows:
        exhibits.append(Exhibit(heading="Why records were rejected", table=reasons, wide=True))
    return Section(
        title="Funnel",
        says="What every step kept and what it rejected. Nothing vanishes: each rejected record is stored "
        "with its reason, and the command hornbook why RUN ID tells its whole story.",
        exhibits=exhibits,
    )


def _num_out(metrics: Mapping[str, Any]) -> int:
    """Kept and rejected together; what goes into a step that generates or splits is counted in another unit."""
    return int(metrics["num_kept"]) + int(metrics["num_rejected"])


def _flow(run: Run, root: str, names: Sequence[str]) -> Exhibit:
    rows = []
    losses: Counter[tuple[str, str]] = Counter()
    for name in names:
        metrics = run.steps[name].metrics
        rows.append(FlowRow(name=name, num_kept=metrics["num_kept"], num_rejected=metrics["num_rejected"]))
        losses.update({(name, reason): number for reason, number in metrics["reasons"].items()})
    tells = f"{rows[0].num_kept:,} records leave {root}, {rows[-1].num_kept:,} leave {names[-1]}."
    if losses:
        (step, reason), number = losses.most_common(1)[0]
        tells += f" Most were lost to {reason} in {step}: {number:,}."
    return Exhibit(heading=f"From {root}", picture=pictures.flow(rows, title=f"From {root}"), tells=tells)


def checks(run: Run) -> Section | None:
    """What happened when every exercise and every page was executed."""
    found = executed(run)
    if not found:
        return None
    exhibits: list[Exhibit] = []
    rows: list[tuple[str, ...]] = []
    for name, record in found.items():
        for kind, outcomes in record.metrics["outcomes"].items():
            total = sum(outcomes.values())
            rows += [(name, kind, o, f"{n:,}", percent_of(n, total)) for o, n in outcomes.items()]
            says = f"None of {total:,} was executed: records of code have no tests."
            if "not_executed" not in outcomes:
                says = f"{100 * record.metrics['pass_rate'][kind]:.1f} % of {total:,} did what they state."
            exhibits.append(
                Exhibit(
                    heading=f"{name}: {kind}s",
                    picture=pictures.bars(
                        dict(sorted(outcomes.items(), key=lambda item: -item[1])),
                        title=f"Outcomes of {name}",
                        good="pass",
                    ),
                    tells=says,
                )
            )
        exhibits += measured(name, record.metrics)
    levels = ", ".join(sorted({record.metrics["sandbox_level"] for record in found.values()}))
    table = Table(headings=("step", "kind", "outcome", "records", "share"), rows=tuple(rows), notes=())
    return Section(
        title="Checks",
        says="Every exercise ran against its tests, and its tests against stubs that must fail and, for a share "
        "of them, against mutants; every page ran block by block against the output that it states, and so did "
        "examples in docstrings. What failed was rejected, so all that goes on does what it states. Programs "
        f"were isolated by: {levels}.",
        exhibits=[*exhibits, Exhibit(heading="All outcomes", table=table, wide=True, folded=True)],
    )


def coverage(run: Run) -> Section | None:
    """How many accepted records teach each concept, by the form or style they were asked for."""
    exhibits: list[Exhibit] = []
    for names in chains(run).values():
        if any(name in executed(run) for name in names):
            exhibits += _covered(run.root / names[-1], names[-1])
    if not exhibits:
        return None
    exhibits.append(_graph(run))
    return Section(
        title="Coverage",
        says="How many accepted records teach each concept, in each form (textbooks) and docstring style "
        "(exercises). A red cross marks an empty cell: nothing teaches that there.",
        exhibits=exhibits,
    )


def _graph(run: Run) -> Exhibit:
    """Draw the curriculum with the number of accepted records that teach each concept, whatever their kind."""
    counts: Counter[str] = Counter()
    for names in chains(run).values():
        if any(name in executed(run) for name in names):
            tags = (orjson.loads(text) for text in _column(run.root / names[-1], "tags"))
            counts.update(tag["concept"] for tag in tags if tag.get("concept") in CONCEPTS)
    untaught = len(CONCEPTS) - len(counts)
    return Exhibit(
        heading="The curriculum",
        picture=concept_graph(counts),
        tells=f"{len(CONCEPTS)} concepts from left to right, each after all that it builds on; the darker, the "
        f"more records teach it. Not taught in this run (red): {untaught or 'none'}.",
        wide=True,
    )


def _covered(folder: Path, name: str) -> Iterator[Exhibit]:
    tags = [orjson.loads(text) for text in _column(folder, "tags")]
    counts = Counter((tag.get("concept", "-"), tag.get("style", tag.get("form", "-"))) for tag in tags)
    if not counts:
        return
    seen, columns = ({pair[i] for pair in counts} for i in (0, 1))
    # Concepts that nothing teaches have a row too: a hole that is not drawn is not seen.
    rows = sorted(seen | set(CONCEPTS) if seen & set(CONCEPTS) else seen, key=_in_teaching_order)
    table = {row: {column: counts[row, column] for column in columns} for row in rows}
    empty = sum(not number for row in table.values() for number in row.values())
    missing = [row for row in rows if not any(table[row].values())]
    tells = f"{len(rows) - len(missing)} of {len(rows)} concepts are taught; {empty} of "
    tells += f"{len(rows) * len(columns)} cells are empty." + (
        f" Nothing teaches {_listed(missing)}." if missing else ""
    )
    yield Exhibit(
        heading=f"{name}: {len(tags):,} records",
        picture=pictures.heat_map(table, sorted(columns), title=f"Records per cell of {name}"),
        tells=tells,
        wide=len(columns) > _MOST_COLUMNS_BESIDE,
        folded=len(rows) > _MOST_ROWS_OPEN,
    )


def _in_teaching_order(concept: str) -> tuple[int, str]:
    """Easy concepts first; those that the curriculum does not know come last."""
    known = CONCEPTS.get(concept)
    return (known.difficulty if known else 9, concept)


def _listed(names: Sequence[str], most: int = 8) -> str:
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def _column(folder: Path, column: str) -> list[str]:
    """Read one column of a step's records: ten times faster than reading records."""
    values: list[str] = []
    for path in shards(folder):
        values += pq.read_table(path, columns=[column]).column(column).to_pylist()
    return values
