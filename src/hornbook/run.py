"""Bringing a run up to date: which step when, in which folder, beside which others.

A step's folder is written under `.partial/<name>-<fingerprint>` and renamed when it is whole, so a folder with a
`step.json` is always complete, and a crash costs the shards in flight. Steps that use one core each run side by
side, one per worker; every other step runs alone. What steps mean and when they are stale is step.py.
"""

from __future__ import annotations

import contextlib
import functools
import importlib.metadata
import platform
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import IO, Any

import orjson

from hornbook.errors import UsageError
from hornbook.processes import Crew
from hornbook.step import (
    RESUME,
    Context,
    Planned,
    Progress,
    Step,
    StepRecord,
    aside_folder,
    partial_folder,
    plan,
    read_step,
)


def run(
    steps: Sequence[Step],
    root: Path,
    ctx: Context,
    *,
    about: Mapping[str, Any] | None = None,
    started: Callable[[Planned], None] = lambda planned: None,
    finished: Callable[[StepRecord], None] = lambda record: None,
) -> dict[str, StepRecord]:
    """Bring every step up to date and return their records by name. Running again continues.

    A stale step is rebuilt; its old folder is kept in `.old`, and taken back when it is wanted again. `about`
    says who asked for what, in `run.json`. Raises what the steps raise.
    """
    root.mkdir(parents=True, exist_ok=True)
    with _only_one(root):
        if about is not None:
            (root / "run.json").write_bytes(orjson.dumps(about, option=orjson.OPT_INDENT_2))
        # An error or an interrupt leaves the block, and the steps in the crew's hands save what they have.
        with Crew(ctx.workers, _build_task, ctx) as crew:
            return _Rounds(plan(steps, root), root, ctx, crew, started, finished).go()


@dataclass(frozen=True, slots=True)
class _Task:
    """One step to build, as it travels to a worker process."""

    planned: Planned
    root: Path


@dataclass(slots=True)
class _Rounds:
    """What is left to do and what is done."""

    waiting: list[Planned]
    root: Path
    ctx: Context
    crew: Crew[_Task, StepRecord]
    started: Callable[[Planned], None]
    finished: Callable[[StepRecord], None]
    records: dict[str, StepRecord] = field(default_factory=dict)

    def go(self) -> dict[str, StepRecord]:
        """Run what is ready until nothing is left."""
        while self.waiting or self.crew.num_busy:
            ready = [planned for planned in self.waiting if self._is_ready(planned)]
            alone = [planned for planned in ready if not self._goes_to_crew(planned)]
            fresh = next((planned for planned in alone if planned.state == "fresh"), None)
            if fresh is not None:
                self._begin(fresh)
                self._end(self._brought_up_to_date(fresh))
            elif alone and not self.crew.num_busy:
                self._begin(alone[0])
                self._end(self._brought_up_to_date(alone[0]))
            elif len(ready) > len(alone) and self.crew.has_room():
                # What most others wait for goes first, or the last of a chain would run alone.
                planned = max(filter(self._goes_to_crew, ready), key=self._num_waiting_for)
                self._begin(planned)
                self.crew.give(_Task(planned, self.root))
            else:
                self._end(self.crew.next_result()[1])
        return self.records

    def _is_ready(self, planned: Planned) -> bool:
        inputs = planned.step.inputs.values()
        return all(value.name in self.records for value in inputs if isinstance(value, Step))

    def _goes_to_crew(self, planned: Planned) -> bool:
        together = self.ctx.engine == "processes" and self.ctx.workers > 1
        return together and planned.step.one_core and planned.state != "fresh"

    def _num_waiting_for(self, planned: Planned) -> int:
        """Return how many steps need this one, directly or through others."""
        needing = {planned.step.name}
        for other in self.waiting:  # in the order they run, so one pass finds all
            inputs = other.step.inputs.values()
            if any(isinstance(value, Step) and value.name in needing for value in inputs):
                needing.add(other.step.name)
        return len(needing) - 1

    def _begin(self, planned: Planned) -> None:
        self.waiting.remove(planned)
        self.started(planned)

    def _end(self, record: StepRecord) -> None:
        self.records[record.name] = record
        self.finished(record)

    def _brought_up_to_date(self, planned: Planned) -> StepRecord:
        if planned.state != "fresh":
            return _build(planned, self.root, self.ctx)
        record = read_step(self.root / planned.step.name)
        assert record is not None, f"step {planned.step.name!r} is fresh but has no step.json"
        return record


def _build_task(task: _Task, ctx: Context) -> StepRecord:
    return _build(task.planned, task.root, ctx)


@contextlib.contextmanager
def _only_one(root: Path) -> Iterator[None]:
    """Hold the run folder's lock; the kernel gives it back when the process ends, however it ends."""
    with (root / ".lock").open("w") as lock:
        hold(lock, f"working in {str(root)!r}")
        yield


def hold(file: IO[Any], doing: str, otherwise: str = " or use another --out") -> None:
    """Lock an open file until it is closed. Raises UsageError when another process, `doing` that, holds it.

    The message says to wait, `otherwise` what else to do.
    """
    if sys.platform == "win32":  # no flock there
        return
    import fcntl

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise UsageError(f"another hornbook is {doing}; wait for it{otherwise}") from None


def _build(planned: Planned, root: Path, ctx: Context) -> StepRecord:
    """Run one step in its partial folder, then put the folder in place; an older result goes to `.old`."""
    step = planned.step
    out = partial_folder(root, step.name, planned.fingerprint)
    if planned.aside:
        out.parent.mkdir(exist_ok=True)
        aside_folder(root, step.name, planned.fingerprint).rename(out)
        ctx.log(f"{step.name} was built before and is taken back")
    out.mkdir(parents=True, exist_ok=True)
    record = read_step(out)  # there already in a result taken back, or after a crash just before the rename
    if record is None:
        record = _execute(planned, out, root, ctx)
        _write_step(out, record)
    if (out / RESUME).exists():
        shutil.rmtree(out / RESUME)
    _put_in_place(out, root, step.name)
    return record


def _execute(planned: Planned, out: Path, root: Path, ctx: Context) -> StepRecord:
    step = planned.step
    inputs = {name: root / v.name if isinstance(v, Step) else v for name, v in step.inputs.items()}
    begun = time.monotonic()
    before = _seconds_before(out)
    try:
        metrics = step.fn(step.config, **inputs, out=out, ctx=_named(ctx, step))
    finally:
        _note_seconds(out, before + time.monotonic() - begun)
    seconds = _seconds_before(out)
    _seconds_path(out).unlink(missing_ok=True)
    return StepRecord(
        name=step.name,
        fingerprint=planned.fingerprint,
        identity=planned.identity,
        metrics=metrics,
        seconds=round(seconds, 3),
        dollars=float(metrics.get("dollars", 0.0)),
        packages=_packages(),
        code=_git_commit(),
        machine=f"{platform.system()}-{platform.machine()}, Python {platform.python_version()}",
    )


def _named(ctx: Context, step: Step) -> Context:
    """Return the context for one step: its cores, and its name on everything it says."""

    def progress(progress: Progress) -> None:
        ctx.progress(replace(progress, step=step.name))

    def log(line: str) -> None:
        # Steps of one core may speak at the same time.
        ctx.log(f"{step.name}: {line}" if step.one_core else line)

    return replace(ctx, workers=1 if step.one_core else ctx.workers, progress=progress, log=log)


def _write_step(folder: Path, record: StepRecord) -> None:
    partial = folder / "step.json.partial"
    partial.write_bytes(orjson.dumps(asdict(record), option=orjson.OPT_INDENT_2))
    partial.replace(folder / "step.json")


def _put_in_place(out: Path, root: Path, name: str) -> None:
    folder = root / name
    last = read_step(folder)
    if folder.exists():
        aside = aside_folder(root, name, last.fingerprint if last else "unknown")
        if aside.exists():
            shutil.rmtree(aside)
        aside.parent.mkdir(exist_ok=True)
        folder.rename(aside)
    out.rename(folder)


def _seconds_path(out: Path) -> Path:
    return out / "seconds.partial"


def _seconds_before(out: Path) -> float:
    """Return the seconds that interrupted attempts have already spent on this folder."""
    path = _seconds_path(out)
    return float(path.read_text()) if path.exists() else 0.0


def _note_seconds(out: Path, seconds: float) -> None:
    """Write the seconds by rename: on a full disk the note is lost, never left half written."""
    partial = out / "seconds.writing"
    try:
        partial.write_text(repr(seconds))
        partial.replace(_seconds_path(out))
    except OSError:
        # The step's own error says what is wrong; a lost note of time must not hide it.
        partial.unlink(missing_ok=True)


_PACKAGES = ("hornbook", "numpy", "pyarrow", "tokenizers", "torch", "scikit-learn", "rapidfuzz")


def _packages() -> dict[str, str]:
    installed = {}
    for name in _PACKAGES:
        with contextlib.suppress(importlib.metadata.PackageNotFoundError):
            installed[name] = importlib.metadata.version(name)
    return installed


@functools.cache
def _git_commit() -> str:
    here = Path(__file__).parent
    git = ("git", "-C", str(here))
    try:
        head = subprocess.run(
            [*git, "rev-parse", "--short=12", "HEAD"], capture_output=True, text=True, check=True
        )
        dirty = subprocess.run(
            [*git, "status", "--porcelain", "."], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return ""
    return head.stdout.strip() + ("+" if dirty.stdout.strip() else "")
