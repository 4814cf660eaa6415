"""report.html: one offline file that shows what a run did and what it proves. A pure reader of the run folder.

Every section has one plain sentence that says what the picture tells. Generated text is escaped by the
template; nothing is loaded from anywhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import orjson
from jinja2 import Environment, PackageLoader

from hornbook.draw import rng
from hornbook.pool import write_atomically
from hornbook.record import count, read_records, read_rejected
from hornbook.report import pictures
from hornbook.report.pictures import FunnelRow
from hornbook.report.run_folder import Run
from hornbook.report.table import Table, score_table

NUM_SAMPLES = 10
DATA_SETS = ("raw", "filtered", "textbooks", "exercises")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One record, folded up until somebody wants to read it."""

    summary: str
    text: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One part of the page."""

    title: str
    says: str
    pictures: Sequence[str] = ()
    tables: Sequence[Table] = ()
    samples: Sequence[Sample] = field(default=())

    @property
    def anchor(self) -> str:
        """Name of the section in the page's address."""
        return self.title.lower().replace(" ", "-")


def write_page(run: Run) -> Path:
    """Write `report.html` into the run folder and return its path."""
    environment = Environment(loader=PackageLoader("hornbook", "report"), autoescape=True)
    sections = [section for make in SECTIONS if (section := make(run)) is not None]
    html = environment.get_template("report.html.j2").render(
        title=f"{run.about.get('recipe', run.root.name)}, size {run.about.get('size', '-')}",
        subtitle=_subtitle(run),
        sections=sections,
    )
    path = run.root / "report.html"
    write_atomically(path, html.encode())
    return path


def _subtitle(run: Run) -> str:
    last = list(run.steps.values())[-1]
    seconds = sum(record.seconds for record in run.steps.values())
    dollars = sum(record.dollars for record in run.steps.values())
    code = f", code {last.code}" if last.code else ""
    return (
        f"{len(run.steps)} steps, {seconds / 60:.1f} minutes, ${dollars:.2f}; "
        f"seed {run.about.get('seed', '-')}; {last.machine}{code}"
    )


def _scores(run: Run) -> Section | None:
    table = score_table(run)
    if table is None:
        return None
    arms = run.steps["table"].metrics["arms"]
    groups = [name for name in next(iter(arms.values())) if name != "ladder"]
    shown = {arm: {group: values[group]["pass@1"] for group in groups} for arm, values in arms.items()}
    return Section(
        title="Scores",
        says="The same model, the same number of training tokens, four data mixes: which one teaches most? "
        "Bars are 95 % intervals; two arms whose paired difference below excludes 0 really differ.",
        pictures=[pictures.scores(shown, groups)],
        tables=[table],
    )


def _funnel(run: Run) -> Section | None:
    filters = {name: r.metrics for name, r in run.steps.items() if "num_in" in r.metrics}
    if not filters:
        return None
    rows = [
        FunnelRow(name=name, num_kept=m["num_kept"], num_rejected=m["num_rejected"])
        for name, m in filters.items()
    ]
    reasons = [
        (name, reason, f"{number:,}")
        for name, m in filters.items()
        for reason, number in m["reasons"].items()
    ]
    return Section(
        title="Funnel",
        says="What every step kept and what it rejected. Nothing vanishes: each rejected record is stored with "
        "its reason, and `hornbook why RUN ID` tells its story.",
        pictures=[pictures.funnel(rows)],
        tables=[Table(headings=("step", "reason", "rejected"), rows=tuple(reasons), notes=())],
    )


def _losses(run: Run) -> Section | None:
    curves = {}
    for name, record in run.steps.items():
        path = run.root / name / "losses.jsonl"
        if "final_loss" in record.metrics and path.exists():
            points = [orjson.loads(line) for line in path.read_bytes().splitlines()]
            curves[name] = _thinned([(p["tokens"], p["loss"]) for p in points])
    if not curves:
        return None
    return Section(
        title="Learning",
        says="Training loss against tokens, smoothed. Dashed lines are trunks (the first half of an arm). Losses "
        "on different data do not compare with each other: the score table does that.",
        pictures=[pictures.losses(curves)],
    )


def _thinned(points: Sequence[tuple[float, float]], most: int = 120) -> list[tuple[float, float]]:
    """Average neighbouring points down to at most `most`."""
    width = max(1, -(-len(points) // most))
    chunks = [points[i : i + width] for i in range(0, len(points), width)]
    return [(chunk[-1][0], sum(loss for _, loss in chunk) / len(chunk)) for chunk in chunks]


def _coverage(run: Run) -> Section | None:
    drawn = []
    for name, column in (("textbooks", "form"), ("exercises", "style")):
        if name not in run.steps:
            continue
        table: dict[str, dict[str, int]] = {}
        for record in read_records(run.root / name):
            row = table.setdefault(record.tags.get("concept", "-"), {})
            cell = record.tags.get(column, "-")
            row[cell] = row.get(cell, 0) + 1
        drawn.append(pictures.heat_map(table))
    if not drawn:
        return None
    return Section(
        title="Coverage",
        says="How many accepted records teach each concept in each form (textbooks) and docstring style "
        "(exercises). A cross marks an empty cell.",
        pictures=drawn,
    )


def _evidence(run: Run) -> Section | None:
    tables = []
    for name, record in run.steps.items():
        if "stamp" in record.metrics:
            tables.append(_stamp(name, record.metrics))
    removed = [
        (name, r.reason, r.record.source[:60], r.detail)
        for name in run.steps
        if name.endswith("_unique") or name in DATA_SETS
        for r in islice(read_rejected(run.root / name), 3)
        if r.reason != "low_value"
    ]
    if not tables:
        return None
    tables.append(Table(headings=("step", "reason", "source", "evidence"), rows=tuple(removed), notes=()))
    return Section(
        title="Duplicates and contamination",
        says="Which benchmarks the data was checked against, whether planted copies of their problems were "
        "found (recall), and the first removals of every step with their evidence.",
        tables=tables,
    )


def _stamp(name: str, metrics: Mapping[str, Any]) -> Table:
    rows = tuple(
        (name, c["name"], f"{c['problems']:,}", str(c["digest"])[:16]) for c in metrics["stamp"]["checked"]
    )
    recalls = [
        f"canaries {variant}: {values['found']} of {values['planted']} found"
        for variant, values in metrics["canaries"].items()
        if isinstance(values, Mapping)
    ]
    headings = ("data set", "checked against", "problems", "sha-256")
    return Table(headings=headings, rows=rows, notes=(str(metrics["stamp"]["says"]), *recalls))


def _cost(run: Run) -> Section:
    seconds = {name: record.seconds for name, record in run.steps.items()}
    accepted = sum(count(run.root / name) for name in ("textbooks", "exercises") if name in run.steps)
    dollars = sum(record.dollars for record in run.steps.values())
    per_record = f", ${dollars / accepted:.4f} per accepted synthetic record" if accepted else ""
    return Section(
        title="Cost and time",
        says=f"Seconds per step. Money spent: ${dollars:.2f}{per_record} (the offline teacher is free).",
        pictures=[pictures.bars(seconds, label="seconds")],
    )


def _samples(run: Run) -> Section | None:
    drawn: list[Sample] = []
    for rejected in (False, True):
        drawn += _drawn(run, rejected)
    if not drawn:
        return None
    return Section(
        title="Samples",
        says=f"{NUM_SAMPLES} kept and {NUM_SAMPLES} rejected records, drawn by seed, not chosen. Tap to read.",
        samples=drawn,
    )


def _drawn(run: Run, rejected: bool) -> Iterator[Sample]:
    part = "rejected" if rejected else "records"
    folders = [name for name in run.steps if not rejected and name in DATA_SETS or rejected]
    numbered = [(name, i) for name in folders for i in range(count(run.root / name, part))]
    generator = rng(0, f"report samples {part}")
    # A step first, then a record of it: otherwise the largest step would fill the list.
    steps = sorted({name for name, _ in numbered})
    for number in range(min(NUM_SAMPLES, len(numbered)) if steps else 0):
        name = steps[number % len(steps)]
        i = generator.randrange(count(run.root / name, part))
        if rejected:
            refused = next(islice(read_rejected(run.root / name), i, None))
            summary = f"rejected by {name}, {refused.record.source}, {refused.record.id[:12]}"
            yield Sample(
                summary=summary, reason=f"{refused.reason} {refused.detail}", text=refused.record.text[:3000]
            )
        else:
            record = next(islice(read_records(run.root / name), i, None))
            summary = f"{name}, {record.source}, {record.license}, {record.id[:12]}"
            yield Sample(summary=summary, text=record.text[:3000])


SECTIONS = (_scores, _funnel, _losses, _coverage, _evidence, _cost, _samples)
