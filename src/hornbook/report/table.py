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
    benchmarks = [name for name in groups if name != "ladder" and not name.startswith("rung ")]
    headings = (
        *("arm", "tokens", "train seconds"),
        *(f"{name} bits/byte" for name in ("ladder", *benchmarks)),
        *(f"{group}, %" for group in groups),
        *("similar, %", "not similar, %"),
    )
    rows = [_row(run, arm, scores, groups, benchmarks) for arm, scores in arms.items()]
    return Table(headings=headings, rows=tuple(rows), notes=tuple(_notes(metrics)))


def _row(
    run: Run, arm: str, scores: Mapping[str, Any], groups: list[str], benchmarks: list[str]
) -> tuple[str, ...]:
    trained = _training(run, arm)
    split = split_at(run.steps["table"].metrics, "ladder")[arm]["any_arm"]
    return (
        arm,
        f"{sum(run.steps[step].metrics['tokens'] for step in trained):,.0f}",
        f"{sum(run.steps[step].metrics['seconds'] for step in trained):,.0f}",
        *(f"{scores[name]['bits_per_byte']:.3f}" for name in ("ladder", *benchmarks)),
        *(percent(scores[group]["pass@1"]) for group in groups),
        percent(split["similar"]),
        percent(split["not_similar"]),
    )


def _training(run: Run, arm: str) -> list[str]:
    """Return the training steps of an arm: its finish and its trunk."""
    finish = run.inputs_of(f"score_{arm}")["model"]
    return [finish, *(step for name, step in run.inputs_of(finish).items() if name == "init")]


def split_at(metrics: Mapping[str, Any], group: str) -> Mapping[str, Any]:
    """Return every arm's splits of a benchmark or rung at the tau that the score table shows."""
    found: Mapping[str, Any] = next(
        entry["arms"] for entry in metrics["splits"][group] if entry["tau"] == metrics["tau"]
    )
    return found


def percent(estimate: Mapping[str, float]) -> str:
    """Write an estimate in percent as "12.3 [10.1, 14.9]"; "-" where there was no problem to solve."""
    if estimate["num_problems"] == 0:
        return "-"
    mean, low, high = (100 * estimate[key] for key in ("mean", "low", "high"))
    return f"{mean:.1f} [{low:.1f}, {high:.1f}]"


def _notes(metrics: Mapping[str, Any]) -> list[str]:
    split = next(iter(split_at(metrics, "ladder").values()))["any_arm"]
    near, far = (split[part]["num_problems"] for part in ("similar", "not_similar"))
    notes = [
        "Percentages: greedy pass@1 with 95 % bootstrap intervals over problems; one training seed per arm.",
        "Ladder rungs: 1 seen families, 2 unseen compositions, 3 unseen phrasings, 4 unseen families.",
        f"similar: the {near:,} ladder problems whose solution matches a training record of any arm at an AST "
        f"rate of {metrics['tau']} or more; {far:,} do not.",
    ]
    for name in next(iter(metrics["arms"].values())):
        cut = max(scores[name]["num_shortened"] for scores in metrics["arms"].values())
        if cut and not name.startswith("rung "):
            notes.append(
                f"{name}: {cut:,} prompts are too long for the model's context and lost their beginning."
            )
    pairs = [(arm, metrics["baseline"], groups) for arm, groups in metrics["paired_to_baseline"].items()]
    for arm, found in metrics["paired_to_control"].items():
        pairs += [(arm, control, groups) for control, groups in found.items()]
    return notes + [_difference(arm, other, groups) for arm, other, groups in pairs]


def _difference(arm: str, other: str, groups: Mapping[str, Any]) -> str:
    """Say how two arms differ on the same problems."""
    bits = [
        f"{name} bits/byte {_signed(group['bits_per_byte'], 1, 3)}"
        for name, group in groups.items()
        if not name.startswith("rung ")
    ]
    passes = _signed(groups["rung 1"]["pass@1"], 100)
    return f"{arm} minus {other}, paired: rung 1 {passes} points, {', '.join(bits)}"


def _signed(estimate: Mapping[str, float], scale: float, digits: int = 1) -> str:
    mean, low, high = (scale * estimate[key] for key in ("mean", "low", "high"))
    return f"{mean:+.{digits}f} [{low:+.{digits}f}, {high:+.{digits}f}]"
