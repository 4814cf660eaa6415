"""The score table as rows of text: one source for the terminal, the report and the README."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hornbook.report.run_folder import Run


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Headings, one row per arm, and what to say below."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]

    def transposed(self) -> Table:
        """Return the table turned, so that a few arms with many numbers fit a terminal of 80 columns."""
        headings, *rows = zip(self.headings, *self.rows, strict=True)
        return Table(headings=headings, rows=tuple(rows), notes=self.notes)


def score_table(run: Run) -> Table | None:
    """Return the table of a run that compared arms; None for a run that did not."""
    if "table" not in run.steps:
        return None
    metrics = run.steps["table"].metrics
    arms: Mapping[str, Mapping[str, Any]] = metrics["arms"]
    groups = list(next(iter(arms.values())))
    headings = (
        *("arm", "tokens", "train seconds", "bits/byte"),
        *(f"{group}, %" for group in groups),
        *("similar, %", "not similar, %"),
    )
    rows = [_row(run, arm, scores, groups) for arm, scores in arms.items()]
    return Table(headings=headings, rows=tuple(rows), notes=tuple(_notes(run, metrics)))


def _row(run: Run, arm: str, scores: Mapping[str, Any], groups: list[str]) -> tuple[str, ...]:
    trained = _training(run, arm)
    ladder = scores["ladder"]
    return (
        arm,
        f"{sum(run.steps[step].metrics['tokens'] for step in trained):,.0f}",
        f"{sum(run.steps[step].metrics['seconds'] for step in trained):,.0f}",
        f"{ladder['bits_per_byte']:.3f}",
        *(percent(scores[group]["pass@1"]) for group in groups),
        percent(ladder["pass@1_similar"]),
        percent(ladder["pass@1_not_similar"]),
    )


def _training(run: Run, arm: str) -> list[str]:
    """Return the training steps of an arm: its finish and its trunk."""
    finish = run.inputs_of(f"score_{arm}")["model"]
    return [finish, *(step for name, step in run.inputs_of(finish).items() if name == "init")]


def percent(estimate: Mapping[str, float]) -> str:
    """Write an estimate in percent as "12.3 [10.1, 14.9]"; "-" where there was no problem to solve."""
    if estimate["num_problems"] == 0:
        return "-"
    mean, low, high = (100 * estimate[key] for key in ("mean", "low", "high"))
    return f"{mean:.1f} [{low:.1f}, {high:.1f}]"


def _notes(run: Run, metrics: Mapping[str, Any]) -> list[str]:
    notes = [
        "Percentages: greedy pass@1 with 95 % bootstrap intervals; equal tokens, model, tokenizer in every arm.",
        "Ladder rungs: 1 seen families, 2 unseen compositions, 3 unseen phrasings, 4 unseen families.",
        f"similar: ladder problems whose solution matches a training record, AST rate >= {metrics['tau']}.",
    ]
    for arm, groups in metrics["paired_to_baseline"].items():
        passes, bits = groups["rung 1"]["pass@1"], groups["ladder"]["bits_per_byte"]
        notes.append(
            f"{arm} minus {metrics['baseline']}, paired: rung 1 pass@1 {_signed(passes, 100)} points, "
            f"ladder bits/byte {_signed(bits, 1, 3)}"
        )
    return notes


def _signed(estimate: Mapping[str, float], scale: float, digits: int = 1) -> str:
    mean, low, high = (scale * estimate[key] for key in ("mean", "low", "high"))
    return f"{mean:+.{digits}f} [{low:+.{digits}f}, {high:+.{digits}f}]"
