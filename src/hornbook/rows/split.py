"""Rows of files divided into two new files: those that stay as they are, and the others with reason and detail.

First all rows are read as records, which a gate judges; then they are read again and written.
"""

from __future__ import annotations

import math
from array import array
from bisect import bisect
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa

from hornbook.errors import UsageError
from hornbook.record import Record
from hornbook.report.table import Table
from hornbook.row_files import JsonRows, Rows, file_size, read_rows
from hornbook.rows.outputs import OpenOutputs, Outputs
from hornbook.rows.records import KNOWN, NoColumn, NoText, RowReader
from hornbook.rows.writer import row_writer
from hornbook.step import Progress

NO_TEXT = "no_text"
Follow = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class Fate:
    """Why a row goes."""

    reason: str
    detail: str


def followed(paths: Sequence[Path], follow: Follow, step: str) -> Iterator[tuple[int, Rows]]:
    """Yield the rows of several files in order with the file's number, and tell how many megabytes are done."""
    sizes = [file_size(path) for path in paths]
    before = num_rows = 0
    follow(Progress(done=0, total=sum(sizes) / 1e6, unit="MB", step=step))
    for number, (path, size) in enumerate(zip(paths, sizes, strict=True)):
        for rows in read_rows(path):
            yield number, rows
            num_rows += len(rows)
            done = (before + rows.bytes_read) / 1e6
            note = f"{num_rows:,} rows"
            follow(Progress(done=done, total=sum(sizes) / 1e6, unit="MB", note=note, step=step))
        before += size


@dataclass(slots=True)
class RowRecords:
    """The rows of several files as records, in order; what is noted of them is whole when they were read, once.

    Memory: 16 bytes a record, and the numbers of the rows without a text.
    """

    paths: Sequence[Path]
    reader: RowReader
    follow: Follow
    gate: str
    """The command; the new columns are named after it where a row has a `reason` or a `detail` already."""
    num_rows: int = 0
    is_read: bool = False
    num_scored: int = 0
    """Records with a number in the preferred column."""
    no_text: dict[int, Fate] = field(default_factory=dict)
    """By the row's number, from 0 and through all files."""
    taken: set[str] = field(default_factory=set)
    """Columns of the rows that are named as the new ones would be."""
    ids: array[int] = field(default_factory=lambda: array("Q"))
    """The first 8 bytes of each record's id."""
    _places: array[int] = field(default_factory=lambda: array("Q"))
    """The line or row of each record in its file."""
    _starts: list[int] = field(default_factory=list)
    """Number of records before each file."""
    _words: list[str] = field(default_factory=list)
    """What the places are in each file: line or row."""
    _fates: dict[str, Fate] = field(default_factory=dict)

    def read(self) -> Iterator[Record]:
        """Yield the record of every row that has a text; once.

        Raises UsageError when a file's first row has none, and when there is no row at all.
        """
        new = {name for names in self._names() for name in names}
        for file, rows in followed(self.paths, self.follow, "reading"):
            is_first = len(self._starts) <= file
            fresh = file + 1 - len(self._starts)  # more than one after files without rows
            self._starts += [len(self.ids)] * fresh
            self._words += ["line" if isinstance(rows, JsonRows) else "row"] * fresh
            for i, row in enumerate(rows.values(self.reader.columns | new)):
                if isinstance(row, Mapping):
                    self.taken |= new & row.keys()
                record = self._record(rows, i, row, is_first=is_first and i == 0)
                self.num_rows += 1
                if record is not None:
                    self.ids.append(int(record.id[:16], 16))
                    self._places.append(rows.numbers[i])
                    self.num_scored += record.scores.get(self.reader.prefer, -math.inf) > -math.inf
                    yield record
        if not self.num_rows:
            raise UsageError(f"{', '.join(map(str, self.paths))}: no rows in it")
        self.is_read = True

    def _record(self, rows: Rows, i: int, row: Any, *, is_first: bool) -> Record | None:
        try:
            return self.reader.record(row, f"{rows.path}, {rows.where(i)}")
        except NoText as error:
            if is_first and isinstance(error, NoColumn):
                raise UsageError(
                    f"{rows.path}: {error}; known are {KNOWN}; --column NAME names the column of the text"
                ) from None
            self.no_text[self.num_rows] = self._fates.setdefault(str(error), Fate(NO_TEXT, str(error)))
            return None

    def _names(self) -> Sequence[tuple[str, str]]:
        return (("reason", "detail"), (f"{self.gate}_reason", f"{self.gate}_detail"))

    def new_columns(self) -> tuple[str, str]:
        """Return the names of the new columns. Raises UsageError when the rows have all that we would take."""
        free = next((names for names in self._names() if not self.taken & {*names}), None)
        if free is None:
            raise UsageError(
                f"the rows have columns {', '.join(sorted(self.taken))} already; rename one of them"
            )
        return free

    def where(self, number: int) -> str:
        """Say where record `number` stands: "line 12 of rows.jsonl"."""
        file = bisect(self._starts, number) - 1
        return f"{self._words[file]} {self._places[number]:,} of {self.paths[file]}"

    def fates(self, of_records: Iterable[Fate | None]) -> Iterator[Fate | None]:
        """Yield the fate of every row, given that of every record."""
        records = iter(of_records)
        for number in range(self.num_rows):
            if number in self.no_text:
                yield self.no_text[number]
            else:
                yield from islice(records, 1)  # none where a file has changed since


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """How many rows stayed, and how many went why."""

    gate: str
    num_rows: int
    reasons: Counter[str]

    @property
    def num_kept(self) -> int:
        """Rows that stayed."""
        return self.num_rows - self.reasons.total()

    def as_json(self) -> dict[str, Any]:
        """Return all counts."""
        kept, gone = self.num_kept, self.reasons.total()
        return {
            "rows": self.num_rows,
            "kept": kept,
            "rejected": gone,
            "reasons": dict(sorted(self.reasons.items())),
        }

    def table(self) -> Table:
        """Return the same for people."""
        found = [("kept", self.num_kept), *sorted(self.reasons.items(), key=lambda item: (-item[1], item[0]))]
        rows = tuple((name, f"{count:,}", f"{count / self.num_rows:.1%}") for name, count in found)
        return Table(headings=(self.gate, "rows", "share"), rows=rows, notes=())


def split_rows(
    records: RowRecords, fates: Iterable[Fate | None], files: OpenOutputs, outputs: Outputs
) -> Counter[str]:
    """Write every row of `records`, which were read, into the file of its fate; returns how many went why."""
    names = records.new_columns()
    added = pa.schema([(name, pa.string()) for name in names])
    kept = row_writer(outputs.kept, files.kept, files.schema)
    rejected = row_writer(outputs.rejected, files.rejected, files.schema, added)
    reasons: Counter[str] = Counter()
    of_rows = records.fates(fates)
    for _, rows in followed(records.paths, records.follow, "writing"):
        theirs = list(islice(of_rows, len(rows)))
        if len(theirs) < len(rows):
            raise _changed(records)
        kept.write(rows.take([i for i, fate in enumerate(theirs) if fate is None]))
        gone = [(i, fate) for i, fate in enumerate(theirs) if fate is not None]
        columns = [dict(zip(names, (fate.reason, fate.detail), strict=True)) for _, fate in gone]
        rejected.write(rows.take([i for i, _ in gone]), columns)
        reasons.update(fate.reason for _, fate in gone)
    if any(True for _ in of_rows):
        raise _changed(records)
    kept.close()
    rejected.close()
    return reasons


def _changed(records: RowRecords) -> UsageError:
    names = ", ".join(map(str, records.paths))
    return UsageError(f"{names}: has changed while it was read; run the command again")
