"""`hornbook exec-check`: every row of a JSON lines file executed against its own tests, its verdict beside it.

One row at a time, in the order of the file, which is never in memory. Rows are written to a partial file that is
renamed at the end; a later attempt goes on after the rows it finds there, if they are those of the input. A row
keeps its bytes: the verdict's columns are put before its closing brace, so no number or escape changes.
"""

from __future__ import annotations

import contextlib
import glob
import gzip
import json
import time
import zlib
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from hornbook.benchmarks.sample import Unfit, job_of
from hornbook.errors import HornbookError, UsageError
from hornbook.report.table import Table
from hornbook.run import hold
from hornbook.sandbox import OUTCOMES, Job, Limits, Sandbox, Verdict
from hornbook.step import Context, Progress

COLUMNS = ("verdict", "detail", "level", "lane", "seconds")
"""What every row gains: outcome, its reason, the barriers, the way it was judged, CPU seconds of the program."""

_FIRST = b'"verdict":'
_UNFIT_AT_ONCE = 32
_Line = tuple[int, bytes]


@dataclass(slots=True)
class Summary:
    """How many rows ended how."""

    verdicts: Counter[str] = field(default_factory=Counter)
    lanes: Counter[str] = field(default_factory=Counter)
    levels: Counter[str] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)
    """Details of the rows that could not be a job."""

    def add(self, row: dict[str, Any]) -> None:
        """Count a row by its own columns."""
        self.verdicts[row["verdict"]] += 1
        self.skipped.update([row["detail"]] if row["verdict"] == "skipped" else ())
        # What was skipped has neither lane nor level.
        self.lanes.update(filter(None, [row["lane"]]))
        self.levels.update(filter(None, [row["level"]]))

    def as_json(self) -> dict[str, Any]:
        """Return all counts; `rows` is their sum."""
        counts = {name: dict(getattr(self, name)) for name in ("verdicts", "lanes", "levels", "skipped")}
        return {"rows": self.verdicts.total(), **counts}

    def table(self) -> Table:
        """Return verdicts with rows and shares; lanes, levels and the commonest reason of `skipped` below."""
        total = self.verdicts.total()
        rows = [(v, f"{self.verdicts[v]:,}", f"{self.verdicts[v] / total:.1%}") for v in self._in_order()]
        notes = [f"{name}: {_counts(found)}" for name, found in self._beside() if found]
        return Table(headings=("verdict", "rows", "share"), rows=tuple(rows), notes=tuple(notes))

    def refuse_unjudged(self, out: Path) -> None:
        """Raise HornbookError when the sandbox itself failed on some rows."""
        if count := self.verdicts["sandbox_error"]:
            raise HornbookError(
                f"{count:,} rows of {out} could not be judged (sandbox_error), which says nothing about their "
                "programs; check these rows once more, in a file of their own"
            )

    def _in_order(self) -> list[str]:
        return sorted(self.verdicts, key=lambda v: OUTCOMES.index(v) if v in OUTCOMES else len(OUTCOMES))

    def _beside(self) -> list[tuple[str, Counter[str]]]:
        skipped = Counter(dict(self.skipped.most_common(3)))
        return [("lanes", self.lanes), ("level", self.levels), ("skipped most often", skipped)]


def _counts(found: Counter[str]) -> str:
    return ", ".join(f"{name} {count:,}" for name, count in found.most_common())


def check_file(source: Path, out: Path, limits: Limits, ctx: Context) -> Summary:
    """Execute every row of `source` (.jsonl, .jsonl.gz) and write it with `COLUMNS` to `out` (.jsonl).

    `limits` hold for each program: CPU seconds, megabytes. Continues an interrupted attempt. Raises UsageError for
    files that cannot be read, written or continued and for a line that is not JSON, SandboxUnavailable where
    nothing can be isolated. What was judged before any error is kept for the next attempt.
    """
    partial = _partial_path(source, out, limits)
    total = sum(1 for _ in _lines(source))  # also finds a damaged archive before anything runs
    if not total:
        raise UsageError(f"{source}: the file holds no rows")
    summary = Summary()
    out.parent.mkdir(parents=True, exist_ok=True)
    with Sandbox(workers=ctx.workers, limits=limits) as sandbox, _locked(partial) as file:
        lines = _lines(source)
        file.truncate(_continue(file, lines, summary, source, partial))
        feed = _Feed(source, lines)
        shown = _Shown(ctx, done=summary.verdicts.total(), total=total)
        for line, judged in feed.judged(sandbox):
            file.write(_head(line) + json.dumps(judged).encode()[1:] + b"\n")
            file.flush()
            summary.add(judged)
            shown.one_more()
        if feed.stopped is not None:
            raise feed.stopped
        partial.replace(out)
    return summary


def _partial_path(source: Path, out: Path, limits: Limits) -> Path:
    """Return where rows are written first. Raises UsageError when there is no way from `source` to `out`."""
    if not source.is_file():
        raise UsageError(f"no file at {str(source)!r}; exec-check reads a .jsonl or .jsonl.gz file")
    if out.suffix != ".jsonl":
        raise UsageError(f"--out {out}: the file's name must end in .jsonl")
    if out.exists():
        raise UsageError(f"--out {out}: the file exists already; nothing was written")
    # The limits are in the name, so that one file never mixes rows judged under different ones.
    name = f"{out.name}.{limits.cpu_seconds:g}s-{limits.memory_megabytes}MB.partial"
    for other in out.parent.glob(f"{glob.escape(out.name)}.*.partial"):
        if other.name != name:
            raise UsageError(
                f"{other} was begun with the limits in its name: give the same --cpu-seconds and "
                "--memory-megabytes to continue, or delete it to begin anew"
            )
    return out.with_name(name)


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[BinaryIO]:
    """Open the partial file for one process; the kernel gives the lock back however the process ends."""
    with path.open("a+b") as file:
        hold(file, f"writing {path}")
        yield file


def _lines(path: Path) -> Iterator[_Line]:
    """Yield the lines that hold something, each with its number, without its end."""
    with path.open("rb") as file:
        zipped = file.peek(2)[:2] == b"\x1f\x8b"
        lines: Iterable[bytes] = gzip.GzipFile(fileobj=file) if zipped else file
        try:
            for number, line in enumerate(lines, start=1):
                # Windows editors begin a file with a byte order mark.
                if content := line.removeprefix(b"\xef\xbb\xbf").strip():
                    yield number, content
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise UsageError(f"{path}: the archive is damaged ({error}); fetch or make it again") from error


def _head(line: bytes) -> bytes:
    """Return the beginning of the output row of an input line: its columns, up to the quote of `verdict`."""
    if not line.startswith(b"{"):  # not an object, so it has no columns: it becomes one
        return b'{"row":' + line + b","
    columns = line[:-1].rstrip()
    return columns if columns == b"{" else columns + b","


def _continue(file: BinaryIO, lines: Iterator[_Line], summary: Summary, source: Path, partial: Path) -> int:
    """Count the rows of a former attempt and take theirs from `lines`; returns where they end, in bytes.

    A torn last row is not counted. Raises UsageError for a row that does not come from this input.
    """
    end = 0
    file.seek(0)
    for row in file:
        if not row.endswith(b"\n"):
            break
        number, line = next(lines, (0, b""))
        if not number or not row.startswith(_head(line) + _FIRST):
            where = f"line {number}" if number else "any line"
            raise UsageError(
                f"{partial} holds a row that does not come from {where} of {source}: delete it to begin anew, "
                "or give the file that it was begun with"
            )
        summary.add(json.loads(row))
        end += len(row)
    return end


@dataclass(slots=True)
class _Waiting:
    """A line whose verdict is on its way, or that needs none; without a line, a pause."""

    line: bytes | None
    unfit: str = ""


class _Feed:
    """Makes jobs of lines and puts verdicts and lines together again, in order."""

    def __init__(self, source: Path, lines: Iterator[_Line]) -> None:
        self.stopped: UsageError | None = None
        """Why the lines were not read to their end: told when what came before is written."""
        self._source = source
        self._lines = lines
        self._waiting: deque[_Waiting] = deque()

    def judged(self, sandbox: Sandbox) -> Iterator[tuple[bytes, dict[str, Any]]]:
        """Yield every line with the values of its new columns."""
        for verdict in sandbox.run(self._jobs()):
            yield from self._settled()
            item = self._waiting.popleft()
            if item.line is not None:
                yield item.line, _columns(verdict)
        yield from self._settled()

    def _settled(self) -> Iterator[tuple[bytes, dict[str, Any]]]:
        """Yield the lines at the front that wait for no verdict."""
        while self._waiting and self._waiting[0].unfit:
            item = self._waiting.popleft()
            assert item.line is not None, "a pause is a job"
            yield item.line, dict(zip(COLUMNS, ("skipped", item.unfit, "", "", 0.0), strict=True))

    def _jobs(self) -> Iterator[Job]:
        unfit_in_a_row = 0
        for number, line in self._lines:
            try:
                job = job_of(self._row(number, line), f"line {number}")
            except UsageError as error:
                self.stopped = error
                return
            except Unfit as error:
                self._waiting.append(_Waiting(line, str(error)))
                unfit_in_a_row += 1
                if unfit_in_a_row % _UNFIT_AT_ONCE == 0:
                    # Lines leave when a verdict comes: without a job now and then, a file of unfit rows piles up.
                    self._waiting.append(_Waiting(None))
                    yield Job(id="pause", blocks=("",))
            else:
                self._waiting.append(_Waiting(line))
                unfit_in_a_row = 0
                yield job

    def _row(self, number: int, line: bytes) -> object:
        """Return the line's value. Raises UsageError when it is not JSON or has a column that we write."""
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise UsageError(
                f"{self._source}, line {number} is not JSON ({error}): mend or remove the line, and the same "
                "command continues with it; the rows before it are kept"
            ) from None
        taken = [column for column in COLUMNS if isinstance(row, dict) and column in row]
        if taken:
            raise UsageError(
                f"{self._source}, line {number} has a column {taken[0]!r} already, which exec-check writes: "
                "rename it or leave it out, and run the command again"
            )
        return row


def _columns(verdict: Verdict) -> dict[str, Any]:
    values = (verdict.outcome, verdict.detail, verdict.level, verdict.lane, round(verdict.seconds, 4))
    return dict(zip(COLUMNS, values, strict=True))


class _Shown:
    """Tells the context how many rows are done, and how many a second in this attempt."""

    def __init__(self, ctx: Context, *, done: int, total: int) -> None:
        self._ctx, self._done, self._total = ctx, done, total
        self._begun, self._first = time.monotonic(), done
        ctx.progress(Progress(done=done, total=total, unit="rows"))

    def one_more(self) -> None:
        self._done += 1
        rate = (self._done - self._first) / max(time.monotonic() - self._begun, 1e-9)
        note = f"{rate:,.0f} rows/s" if rate >= 10 else f"{rate:.1f} rows/s"
        self._ctx.progress(Progress(done=self._done, total=self._total, unit="rows", note=note))
