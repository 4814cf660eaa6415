"""What a person sees while a run goes on: a line per step, a bar with an honest ETA. All of it on stderr.

In a file or a pipe, where a bar cannot move, a step's progress is printed at most every half minute instead.

The ETA is the elapsed time of this step scaled by what is left of it, shown only once a twentieth is done;
nothing is promised for steps that have not begun.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from types import TracebackType

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, SpinnerColumn, TaskID, TextColumn
from rich.progress import Progress as Bars

from hornbook.step import Planned, Progress, StepRecord

_SECONDS_OF_SILENCE = 30.0


@dataclass(slots=True)
class _Shown:
    """The bar of one step."""

    task: TaskID
    begun: float
    spoken: float
    """When a line about it was last printed."""
    first: float | None = None
    """Where its progress began: what an interrupted attempt had done already costs no time now."""

    def eta(self, progress: Progress) -> str:
        done_now = progress.done - (self.first or 0.0)
        if done_now < progress.total / 20:
            return ""
        seconds = (time.monotonic() - self.begun) * (progress.total - progress.done) / done_now
        return f", {seconds:.0f} s left"


class Screen:
    """Shows steps as they start, move and finish; a context manager."""

    def __init__(self, num_steps: int, *, quiet: bool = False) -> None:
        """Prepare for a run of `num_steps`; `quiet` shows nothing."""
        self._console = Console(stderr=True, quiet=quiet, highlight=False)
        self._num_steps = num_steps
        self._num_finished = 0
        self._bars = Bars(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(bar_width=24),
            TextColumn("{task.fields[state]}"),
            console=self._console,
            transient=True,
            disable=quiet or not self._console.is_terminal,
        )
        self._shown: dict[str, _Shown] = {}

    def __enter__(self) -> Screen:
        """Start the live display."""
        self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave the terminal as it was."""
        self._bars.stop()

    def started(self, planned: Planned) -> None:
        """Show that a step begins, and why it is built again if it is stale."""
        for reason in planned.reasons:
            self._console.print(
                f"         {escape(planned.step.name)} is stale: {escape(reason)}", style="yellow"
            )
        if planned.state != "fresh":
            self.begin(planned.step.name)

    def begin(self, name: str) -> None:
        """Show a bar for work of that name."""
        now = time.monotonic()
        self._shown[name] = _Shown(self._bars.add_task(name, total=None, state=""), now, now)

    def follow(self, progress: Progress) -> None:
        """Move the bar of a part of a command; its first progress begins it, in place of the part before."""
        if progress.step not in self._shown:
            for shown in self._shown.values():
                self._bars.remove_task(shown.task)
            self._shown.clear()
            self.begin(progress.step)
        self.progress(progress)

    def log(self, line: str) -> None:
        """Show one line that a step has to say."""
        self._console.print(f"         {escape(line)}", style="dim", soft_wrap=True)

    def progress(self, progress: Progress) -> None:
        """Move the bar of the step that speaks, or of the only one."""
        only = next(iter(self._shown.values())) if len(self._shown) == 1 else None
        shown = self._shown.get(progress.step, only)
        if shown is None:
            return
        total = progress.total or None
        if shown.first is None:
            shown.first = progress.done
        state = f"{progress.done:,.0f} {progress.unit}"
        if total is not None:
            state = f"{progress.done:,.0f}/{total:,.0f} {progress.unit}{shown.eta(progress)}"
        state = f"{state}  {progress.note}".rstrip()
        self._bars.update(shown.task, completed=progress.done, total=total, state=state)
        if self._bars.disable and time.monotonic() - shown.spoken >= _SECONDS_OF_SILENCE:
            shown.spoken = time.monotonic()
            self.log(f"{progress.step or 'so far'}: {state}")

    def finished(self, record: StepRecord) -> None:
        """Print the line of a finished step."""
        self._num_finished += 1
        shown = self._shown.pop(record.name, None)
        if shown is not None:
            self._bars.remove_task(shown.task)
        number = f"{self._num_finished}/{self._num_steps}"
        took = "up to date" if shown is None else f"{record.seconds:.1f} s"
        self._console.print(
            f"{number:>7}  {escape(record.name):<22} {took:>10}  {headline(record)}", soft_wrap=True
        )


def headline(record: StepRecord) -> str:
    """Say the most telling thing about a finished step in a few words."""
    metrics = record.metrics
    if "num_in" in metrics and metrics["num_rejected"]:
        worst = max(metrics["reasons"], key=lambda reason: metrics["reasons"][reason])
        return f"{metrics['num_kept']:,} kept, {metrics['num_rejected']:,} rejected, most often {worst}"
    if "num_in" in metrics:
        return f"{metrics['num_kept']:,} kept"
    if "tokens_per_second" in metrics and "final_loss" in metrics:
        return f"loss {metrics['final_loss']:.3f}, {metrics['tokens_per_second']:,.0f} tokens/s"
    if "f1" in metrics:
        return f"F1 {metrics['f1']:.3f} on held-out labels"
    if "tokens" in metrics:
        return f"{metrics['tokens']:,} tokens"
    if "ladder rung 1" in metrics:
        return f"rung 1 pass@1 {100 * metrics['ladder rung 1']['pass@1']['mean']:.1f} %"
    return ""
