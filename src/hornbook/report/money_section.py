"""What was asked of a model and what that cost, step by step; of the steps' own metrics alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from hornbook.report import pictures
from hornbook.report.run_folder import Run
from hornbook.report.section import Exhibit, Fact, Section, executed, percent_of
from hornbook.report.table import Table
from hornbook.step import StepRecord
from hornbook.teacher.price import dollars


def money(run: Run) -> Section | None:
    """Calls, tokens, dollars and time of every step that asked an endpoint; None where none did."""
    paid = {name: record for name, record in run.steps.items() if "calls" in record.metrics}
    if not paid:
        return None
    accepted = {name: _accepted(run, name) for name in paid}
    exhibits = [
        Exhibit(
            heading="Calls and tokens",
            table=_table(paid, _counted, ("teacher", "calls", "failed", "tokens read", "tokens written")),
            tells="What was paid for, failed calls too; answers that the journal had already are not in it.",
            wide=True,
        ),
        Exhibit(
            heading="Dollars and time",
            table=_table(
                paid,
                lambda record: _cost(record, accepted[record.name]),
                ("accepted", "dollars", "dollars each", "seconds", "calls in flight", "tokens/s"),
            ),
            tells="Accepted are the records that were kept when executed, where the run executes them; seconds "
            "those in which calls were in flight.",
            wide=True,
        ),
    ]
    if all("dollars" in record.metrics for record in paid.values()):
        exhibits.append(_picture(paid))
    return Section(
        title="Asked of an endpoint",
        says=_says(paid, sum(accepted.values())),
        facts=list(_facts(paid, sum(accepted.values()))),
        exhibits=exhibits,
    )


def _accepted(run: Run, name: str) -> int:
    """Return the records of a step, or those that a check kept of them where it did not execute them itself."""
    checks = executed(run)
    last = next((step for step in (name, *run.uses_of(name)) if step in checks), name)
    return int(run.steps[last].metrics["num_kept"])


def _table(
    paid: Mapping[str, StepRecord],
    cells: Callable[[StepRecord], Iterator[str]],
    headings: tuple[str, ...],
) -> Table:
    rows = tuple((name, *cells(record)) for name, record in paid.items())
    return Table(headings=("step", *headings), rows=rows, notes=())


def _counted(record: StepRecord) -> Iterator[str]:
    teacher = record.identity["config"]["teacher"]
    yield str(teacher["name"] if isinstance(teacher, dict) else teacher)
    for name in ("calls", "failed_calls", "tokens_in", "tokens_out"):
        yield f"{record.metrics[name]:,}"


def _cost(record: StepRecord, accepted: int) -> Iterator[str]:
    metrics = record.metrics
    usd, seconds = metrics.get("dollars"), metrics["calling_seconds"]
    yield f"{accepted:,}"
    yield "-" if usd is None else dollars(usd, 4)
    yield "-" if usd is None or not accepted else dollars(usd / accepted, 6)
    yield f"{seconds:,.1f}"
    yield f"{metrics['call_seconds'] / seconds:,.1f}" if seconds else "-"
    yield f"{metrics['tokens_out'] / seconds:,.0f}" if seconds else "-"


def _total(paid: Mapping[str, StepRecord], name: str) -> Any:
    return sum(record.metrics[name] for record in paid.values())


def _dollars(paid: Mapping[str, StepRecord]) -> float | None:
    """Return what all steps paid; None where the price of one was not known."""
    if any("dollars" not in record.metrics for record in paid.values()):
        return None
    return float(_total(paid, "dollars"))


def _says(paid: Mapping[str, StepRecord], accepted: int) -> str:
    calls, failed = _total(paid, "calls"), _total(paid, "failed_calls")
    if not calls:
        return "Nothing was paid: the journal had every answer."
    said = f"{calls:,} calls were paid for; {failed:,} ({percent_of(failed, calls)}) gave no answer. "
    usd = _dollars(paid)
    if usd is None:
        return f"{said}Their price was not given, so their cost is not known."
    each = f", {dollars(usd / accepted, 6)} for each of {accepted:,} accepted records" if accepted else ""
    return f"{said}They cost {dollars(usd, 4)}{each}."


def _facts(paid: Mapping[str, StepRecord], accepted: int) -> Iterator[Fact]:
    usd = _dollars(paid)
    if usd is not None and accepted:
        yield Fact(value=dollars(1000 * usd / accepted, 2), label="for 1,000 accepted records")
    yield Fact(value=f"{_total(paid, 'calls'):,}", label="calls")
    yield Fact(value=f"{_total(paid, 'tokens_out'):,}", label="tokens written")


def _picture(paid: Mapping[str, StepRecord]) -> Exhibit:
    usd = {name: float(record.metrics["dollars"]) for name, record in paid.items()}
    most = max(usd, key=lambda name: usd[name])
    return Exhibit(
        heading="Dollars per step",
        picture=pictures.bars(usd, title="Dollars per step that asked", digits=4),
        tells=f"Most was paid in {most}: {dollars(usd[most], 4)}.",
    )
