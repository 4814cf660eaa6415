"""report.html: one offline file that shows what a run did and what it proves. A pure reader of the run folder.

Every picture has one plain sentence that says what it tells. Generated text is escaped by the template, and
the page forbids itself scripts and anything from elsewhere. A section is absent when the run has no step for
it; a step that lacks a metric is an error, never a gap in the page.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

from jinja2 import Environment, PackageLoader, StrictUndefined

from hornbook.errors import UsageError
from hornbook.pool import write_atomically
from hornbook.report.data_sections import checks, coverage, funnel
from hornbook.report.diversity_section import diversity
from hornbook.report.effect_section import filter_effect
from hornbook.report.evidence_section import evidence
from hornbook.report.model_sections import learning, scores
from hornbook.report.money_section import money
from hornbook.report.run_folder import Run
from hornbook.report.run_sections import cost, glance, provenance, samples
from hornbook.report.similarity_section import similar
from hornbook.report.table import Table
from hornbook.report.value_section import educational_value

SECTIONS = (
    *(glance, scores, filter_effect, learning, similar, funnel, educational_value, checks, coverage),
    *(diversity, evidence, cost, money, samples, provenance),
)
"""Every section in the order of the page: what was found first, what it stands on after it."""
_NUMERIC = re.compile(r"[-+$]?[\d,]+(\.\d+)?( %)?( \[[-+\d., ]+\])?( of [\d,]+)?|-")


def write_page(run: Run) -> Path:
    """Write `report.html` into the run folder and return its path.

    Raises UsageError when a step lacks a metric that its function reports in this version.
    """
    run = replace(run, steps={n: replace(r, metrics=_complete(n, r.metrics)) for n, r in run.steps.items()})
    environment = Environment(
        loader=PackageLoader("hornbook", "report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["numeric_columns"] = _numeric_columns
    sections = [section for make in SECTIONS if (section := make(run)) is not None]
    html = environment.get_template("report.html.j2").render(
        title=_title(run), subtitle=_subtitle(run), sections=sections
    )
    path = run.root / "report.html"
    write_atomically(path, html.encode())
    return path


class _Reported(dict[str, Any]):
    """A step's metrics, or a part of them; asking for what is not there is the user's to know."""

    def __init__(self, step: str, values: dict[str, Any]) -> None:
        super().__init__({key: _complete(step, value) for key, value in values.items()})
        self.step = step

    def __missing__(self, key: str) -> NoReturn:
        raise UsageError(
            f"step {self.step!r} has no metric {key!r}, so another version of hornbook made it; "
            f"delete its folder and run the recipe again"
        )


def _complete(step: str, value: Any) -> Any:
    if isinstance(value, list):
        return [_complete(step, item) for item in value]
    return _Reported(step, value) if isinstance(value, dict) else value


def _numeric_columns(table: Table) -> list[bool]:
    """Say for each column whether it holds numbers only, and so stands at the right."""
    columns = zip(*table.rows, strict=True) if table.rows else ((),) * len(table.headings)
    return [all(_NUMERIC.fullmatch(cell) for cell in column) for column in columns]


def _title(run: Run) -> str:
    recipe = str(run.about.get("recipe", run.root.name)).rpartition("/")[2]
    return f"{recipe}, size {run.about['size']}" if run.about.get("size") else recipe


def _subtitle(run: Run) -> str:
    last = list(run.steps.values())[-1]
    seed = f"seed {run.about['seed']}, " if "seed" in run.about else ""
    return f"{seed}{len(run.steps)} steps, {last.machine}" + (f", code {last.code}" if last.code else "")
