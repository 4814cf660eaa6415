"""The section about what a filter was worth: the verdict, bits per byte of every arm, and what each arm read.

The tables are the terminal's, too. Every number and every sentence comes from the steps' metrics.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from hornbook.report import pictures
from hornbook.report.model_sections import arm_interval
from hornbook.report.run_folder import Run
from hornbook.report.section import EFFECT, SURVEY, Exhibit, Section, made_by
from hornbook.report.table import Table

_EXAMS = {
    "curated": "Held-out functions that the judge calls good",
    "curated_code": "The same functions without comments and docstrings",
    "uncurated": "Held-out functions that the judge does not call good",
    "ladder": "Solutions of the ladder",
}


def filter_effect(run: Run) -> Section | None:
    """Whether code that a filter kept teaches more than raw code, and than what it dropped."""
    found = made_by(run, EFFECT)
    if not found:
        return None
    exhibits: list[Exhibit] = []
    for record in found.values():
        exhibits += _exhibits(record.metrics)
    tables = effect_tables(run)
    headings = ("What each arm read", "The scores")
    for heading, table in zip(headings, tables, strict=True):
        exhibits.append(Exhibit(heading=heading, table=table.transposed(), wide=True))
    verdicts = " ".join(record.metrics["verdict"] for record in found.values())
    says = "The same model and as many tokens, padding included, on each arm's code, several times anew. Held-out "
    says += (
        "functions come from files put aside before any filter learnt; a program called them good or not. "
    )
    says += verdicts
    return Section(title="Filter effect", says=says, exhibits=exhibits)


def _exhibits(metrics: Mapping[str, Any]) -> Iterator[Exhibit]:
    baseline, arms = metrics["baseline"], list(metrics["says"])
    for exam, found in metrics["exams"].items():
        heading, number = _EXAMS.get(exam, exam), f"{found['num_texts']:,} texts"
        rows = [
            arm_interval(arm, found["arms"][arm]["bits_per_byte"], i, scale=1) for i, arm in enumerate(arms)
        ]
        low, high = min(row.low for row in rows), max(row.high for row in rows)
        margin = 0.05 * (high - low) or 0.05
        yield Exhibit(
            heading=f"{heading}: bits per byte",
            picture=pictures.intervals(
                rows, title=f"Bits per byte, {exam}", low=low - margin, high=high + margin, digits=3
            ),
            tells=f"How surprised the models of each arm are by {number}; less is better. Intervals are over "
            f"texts and {metrics['num_seeds']} seeds; to compare arms, look at the change of the same texts.",
        )
        changes = found["change_percent"]
        rows = [arm_interval(arm, changes[arm], arms.index(arm), scale=1) for arm in changes]
        reach = 1.1 * max(abs(x) for row in rows for x in (row.low, row.high)) or 1.0
        yield Exhibit(
            heading=f"{heading}: change against {baseline}, %",
            picture=pictures.intervals(
                rows,
                title=f"Change of bits per byte against {baseline} in percent, {exam}",
                low=-reach,
                high=reach,
                signed=True,
            ),
            tells=f"Text by text and seed by seed; further left is better. {_sure(changes, baseline)}",
        )


def _sure(changes: Mapping[str, Mapping[str, float]], baseline: str) -> str:
    """Say which arms differ from the baseline by more than chance explains."""
    better = [arm for arm, change in changes.items() if change["high"] < 0]
    worse = [arm for arm, change in changes.items() if change["low"] > 0]
    return (
        f"Beyond chance, better than {baseline}: {', '.join(better) or 'no arm'}; "
        f"worse: {', '.join(worse) or 'no arm'}."
    )


def effect_tables(run: Run) -> list[Table]:
    """Return, for a run that measured a filter's effect, what each arm read and what it scored; else nothing."""
    tables = []
    for name, record in made_by(run, EFFECT).items():
        tables += [_data_table(run, name, record.metrics), _score_table(record.metrics)]
    return tables


_READ = (
    *("arm", "units", "mean bytes a unit", "median bytes a unit", "bytes in docstrings, %"),
    *("bytes in whole files, %", "tokens of data", "updates", "tokens of budget", "tokens read", "epochs"),
)


def _data_table(run: Run, effect: str, metrics: Mapping[str, Any]) -> Table:
    made_of = {
        arm: found for record in made_by(run, SURVEY).values() for arm, found in record.metrics.items()
    }
    rows = tuple((arm, *_data_row(run, effect, arm, made_of[arm])) for arm in metrics["says"])
    note = (
        "Budgets are equal in tokens, padding included; tokens read are without it. Reading the same text up to "
        "about four times is nearly as good as new text (arXiv 2305.16264)."
    )
    return Table(headings=_READ, rows=rows, notes=(note,))


def _data_row(run: Run, effect: str, arm: str, made_of: Mapping[str, Any]) -> Iterator[str]:
    scored = run.inputs_of(effect)[f"{arm}_0"]
    training = run.inputs_of(scored)["model"]
    (tokens,) = (step for key, step in run.inputs_of(training).items() if key.startswith("tokens_"))
    trained = run.steps[training].metrics
    yield f"{made_of['num_units']:,}"
    yield f"{made_of['mean_bytes']:,.0f}"
    yield f"{made_of['median_bytes']:,.0f}"
    yield f"{100 * made_of['share_in_docstrings']:.1f}"
    yield f"{100 * made_of['share_in_whole_files']:.1f}"
    yield f"{run.steps[tokens].metrics['tokens']:,}"
    yield f"{trained['updates']:,}"
    yield f"{trained['tokens']:,}"
    yield f"{trained['tokens_read']:,}"
    yield f"{sum(trained['epochs'].values()):.2f}"


def _score_table(metrics: Mapping[str, Any]) -> Table:
    exams = metrics["exams"]
    headings = ["arm"]
    for exam in exams:
        headings += [f"{exam} bits/byte", f"{exam} by seed", f"{exam} change, %"]
    rows = []
    for arm in metrics["says"]:
        row = [arm]
        for found in exams.values():
            of_arm, change = found["arms"][arm], found["change_percent"].get(arm)
            row.append(f"{of_arm['bits_per_byte']['mean']:.3f}")
            row.append(", ".join(f"{bits:.3f}" for bits in of_arm["by_seed"]))
            row.append("-" if change is None else _percent(change))
        rows.append(tuple(row))
    notes = (
        f"Change against {metrics['baseline']} with 95 % bootstrap intervals over texts (those of one source file "
        f"together) and over {metrics['num_seeds']} training seeds; below 0 is better.",
        *metrics["verdicts"].values(),
    )
    return Table(headings=tuple(headings), rows=tuple(rows), notes=notes)


def _percent(change: Mapping[str, float]) -> str:
    return f"{change['mean']:+.1f} [{change['low']:+.1f}, {change['high']:+.1f}]"
