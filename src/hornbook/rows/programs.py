"""Every row of a file as a job for the sandbox, and what came of it in new columns beside the old ones.

One row at a time, in the order of the file, which is never in memory. Rows are written as JSON lines to a partial
file; a later attempt goes on after the rows it finds there, if they are those of the input. At the end it gets
the output's name, or, for Parquet, its new columns are put beside those of the input. A line keeps its bytes and
a Parquet column its type: see `writer`.
"""

from __future__ import annotations

import contextlib
import glob
import json
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Protocol

import pyarrow as pa

from hornbook.benchmarks.sample import Unfit
from hornbook.errors import HornbookError, UsageError
from hornbook.report.table import Table
from hornbook.row_files import count_rows, is_parquet, json_lines, parsed_line, read_rows, why_unread
from hornbook.rows.writer import ENDINGS, line_head, row_writer, schema_for, with_columns
from hornbook.run import hold
from hornbook.sandbox import Job, Limits, Sandbox, Verdict
from hornbook.step import Context, Progress
from hornbook.writable import refuse_taken

_UNFIT_AT_ONCE = 32
_Line = tuple[int, bytes]


class Counts(Protocol):
    """What a command tells of all rows at the end."""

    @property
    def num_unjudged(self) -> int:
        """Rows of which nothing is known, since the sandbox itself failed."""
        ...

    def add(self, row: dict[str, Any]) -> None:
        """Count a row by its own columns."""
        ...

    def as_json(self) -> dict[str, Any]:
        """Return all counts."""
        ...

    def table(self) -> Table:
        """Return the same for people."""
        ...


@dataclass(frozen=True, slots=True)
class Work:
    """What a command does with a row."""

    command: str
    types: pa.Schema
    """The columns that every row gains; the first one's name tells where the old ones end."""
    job: Callable[[object, str], Job]
    """The job of a row; raises Unfit."""
    values: Callable[[Verdict], tuple[Any, ...]]
    """The columns' values of a judged row."""
    unfit: Callable[[str], tuple[Any, ...]]
    """The same of a row that could not become a job, and why."""
    settings: str
    """Stands in the partial file's name, so that one file never mixes rows made under different ones."""
    confirmed: Callable[[Job, Verdict, Sandbox], Verdict] = lambda job, verdict, sandbox: verdict
    """What is left of a row's verdict after a second look at it."""

    @property
    def columns(self) -> Sequence[str]:
        """The names of the new columns."""
        return self.types.names  # type: ignore[no-any-return]  # pyarrow has no types


def work_on_file(source: Path, out: Path, work: Work, limits: Limits, counts: Counts, ctx: Context) -> None:
    """Write every row of `source` with the work's columns to `out` (.jsonl or .parquet), and count it.

    `limits` hold for each program: CPU seconds, megabytes. Continues an interrupted attempt. Raises UsageError for
    files that cannot be read, written or continued and for a line that is not JSON, SandboxUnavailable where
    nothing can be isolated. What was done before any error is kept for the next attempt.
    """
    partial = _partial_path(source, out, work)
    total = count_rows(source)  # also finds a damaged archive before anything runs
    if not total:
        raise UsageError(f"{source}: the file holds no rows")
    schema = schema_for([out], [source])  # rows that cannot be written are refused before anything runs
    out.parent.mkdir(parents=True, exist_ok=True)
    with Sandbox(workers=ctx.workers, limits=limits) as sandbox, _locked(partial) as file:
        lines = json_lines(source)
        end, done = _continue(file, lines, counts, source, partial, work)
        file.truncate(end)
        feed = _Feed(source, lines, work)
        shown = _Shown(ctx, done=done, total=total)
        for line, judged in feed.judged(sandbox):
            file.write(with_columns(line, judged) + b"\n")
            file.flush()
            counts.add(judged)
            shown.one_more()
        if feed.stopped is not None:
            raise feed.stopped
        if schema is None:
            partial.replace(out)
        else:
            _join(source, partial, out, schema, work)


def refuse_unjudged(counts: Counts, out: Path) -> None:
    """Raise HornbookError when the sandbox itself failed on some of the rows in `out`."""
    if count := counts.num_unjudged:
        raise HornbookError(
            f"{count:,} rows of {out} could not be judged (sandbox_error), which says nothing about their "
            "programs; check these rows once more, in a file of their own"
        )


def _join(source: Path, partial: Path, out: Path, schema: pa.Schema, work: Work) -> None:
    """Write the rows of `source` with the new columns of the rows in `partial` as Parquet, and drop `partial`."""
    unnamed = out.with_name(f".{out.name}.partial")
    with partial.open("rb") as judged, unnamed.open("wb") as file:
        writer = row_writer(out, file, schema, work.types)
        for rows in read_rows(source):
            theirs = (json.loads(judged.readline()) for _ in range(len(rows)))
            writer.write(rows, [{column: row[column] for column in work.columns} for row in theirs])
        writer.close()
    unnamed.replace(out)
    partial.unlink()


def _partial_path(source: Path, out: Path, work: Work) -> Path:
    """Return where rows are written first. Raises UsageError when there is no way from `source` to `out`."""
    if out.suffix not in ENDINGS:
        raise UsageError(f"--out {out}: the file's name must end in {' or '.join(ENDINGS)}")
    refuse_taken(out)
    is_parquet(source)
    name = f"{out.name}.{work.settings}.partial"
    for other in out.parent.glob(f"{glob.escape(out.name)}.*.partial"):
        if other.name != name:
            raise UsageError(
                f"{other} was begun with the limits in its name: give the same --cpu-seconds, --memory-megabytes "
                "and other options to continue, or delete it to begin anew"
            )
    return out.with_name(name)


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[BinaryIO]:
    """Open the partial file for one process; the kernel gives the lock back however the process ends."""
    with path.open("a+b") as file:
        hold(file, f"writing {path}")
        yield file


def _continue(
    file: BinaryIO, lines: Iterator[_Line], counts: Counts, source: Path, partial: Path, work: Work
) -> tuple[int, int]:
    """Count the rows of a former attempt and take theirs from `lines`; returns their bytes and their number.

    A torn last row is not counted. Raises UsageError for a row that does not come from this input.
    """
    end = done = 0
    unit = _unit(source)
    first = f'"{work.columns[0]}":'.encode()
    file.seek(0)
    for row in file:
        if not row.endswith(b"\n"):
            break
        number, line = next(lines, (0, b""))
        if not number or not row.startswith(line_head(line) + first):
            where = f"{unit} {number}" if number else f"any {unit}"
            raise UsageError(
                f"{partial} holds a row that does not come from {where} of {source}: delete it to begin anew, "
                "or give the file that it was begun with"
            )
        counts.add(json.loads(row))
        end, done = end + len(row), done + 1
    return end, done


def _unit(source: Path) -> str:
    return "row" if is_parquet(source) else "line"


@dataclass(slots=True)
class _Waiting:
    """A line whose verdict is on its way, or that needs none; without a line, a pause."""

    line: bytes | None
    unfit: str = ""
    job: Job | None = None


class _Feed:
    """Makes jobs of lines and puts verdicts and lines together again, in order."""

    def __init__(self, source: Path, lines: Iterator[_Line], work: Work) -> None:
        self.stopped: UsageError | None = None
        """Why the lines were not read to their end: told when what came before is written."""
        self._source = source
        self._unit = _unit(source)
        self._lines = lines
        self._work = work
        self._waiting: deque[_Waiting] = deque()

    def judged(self, sandbox: Sandbox) -> Iterator[tuple[bytes, dict[str, Any]]]:
        """Yield every line with the values of its new columns."""
        for verdict in sandbox.run(self._jobs()):
            yield from self._settled()
            item = self._waiting.popleft()
            if item.line is not None and item.job is not None:
                verdict = self._work.confirmed(item.job, verdict, sandbox)
                yield item.line, self._columns(self._work.values(verdict))
        yield from self._settled()

    def _settled(self) -> Iterator[tuple[bytes, dict[str, Any]]]:
        """Yield the lines at the front that wait for no verdict."""
        while self._waiting and self._waiting[0].unfit:
            item = self._waiting.popleft()
            assert item.line is not None, "a pause is a job"
            yield item.line, self._columns(self._work.unfit(item.unfit))

    def _jobs(self) -> Iterator[Job]:
        unfit_in_a_row = 0
        for number, line in self._lines:
            try:
                job = self._work.job(self._row(number, line), f"{self._unit} {number}")
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
                self._waiting.append(_Waiting(line, job=job))
                unfit_in_a_row = 0
                yield job

    def _columns(self, values: tuple[Any, ...]) -> dict[str, Any]:
        return dict(zip(self._work.columns, values, strict=True))

    def _row(self, number: int, line: bytes) -> object:
        """Return the line's value. Raises UsageError when it is not JSON or has a column that we write."""
        try:
            row = parsed_line(line)
        except (ValueError, RecursionError) as error:
            raise UsageError(
                f"{self._source}, {self._unit} {number} {why_unread(error)}: mend or remove the line, and the "
                "same command continues with it; the rows before it are kept"
            ) from None
        taken = [column for column in self._work.columns if isinstance(row, dict) and column in row]
        if taken:
            raise UsageError(
                f"{self._source}, {self._unit} {number} has a column {taken[0]!r} already, which "
                f"{self._work.command} writes: rename it or leave it out, and run the command again"
            )
        return row


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
