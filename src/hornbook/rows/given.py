"""Anybody's rows, given to steps as a folder of records, and found again by the ids of these records."""

from __future__ import annotations

import hashlib
from array import array
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from itertools import compress, islice
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import numpy as np

from hornbook.corpus.licenses import UNKNOWN
from hornbook.errors import UsageError
from hornbook.pool import RECORDS_PER_SHARD
from hornbook.record import (
    KINDS,
    SCHEMA,
    Exercise,
    Record,
    Rejected,
    read_records,
    read_rejected,
    record_of,
    shards,
    write_shard,
)
from hornbook.row_files import JsonRows, Rows, as_json, printable, read_rows, rows_and_unread
from hornbook.rows.outputs import Outputs
from hornbook.rows.records import NoText, RowReader
from hornbook.rows.split import NO_TEXT
from hornbook.rows.writer import schema_for

_One = TypeVar("_One")

STAGE = "rows"
NOT_JSON = "not_json"
_SAID = {NO_TEXT: "without a text", NOT_JSON: "not JSON"}
_SHOWN = 10_000
"""Characters of a row without a text: its other columns may be of any size."""
_OWN = frozenset({"id", "text", "kind", "source", "license", "tags", "scores"})
"""Columns by which a row is known as a record of hornbook's own."""


class GivenRows:
    """The rows of a file, or the records of a folder, for a step that adds something to each."""

    def __init__(
        self, source: Path, column: str, new_columns: Collection[str] = (), *, number: str = ""
    ) -> None:
        """`column` holds the text, empty where its name tells; `new_columns` are those that rows must not have.

        `number` names a column that becomes a score; a row without it has -inf, or null once it was stored.
        """
        self._source, self._reader = source, RowReader(column=column, prefer=number)
        self._taken = frozenset(new_columns)
        self._folder: Path | None = None
        self.are_others = False
        """Whether there are rows that are no records of hornbook's own, once all were read."""
        self.without_text = array("Q")
        """Places of rows without a text, lines that are not JSON among them, from 0, once all were read."""
        self.reasons = Counter[str]()
        """How many of these rows there are for each reason, likewise."""

    def refuse_unfit(self, outputs: Outputs) -> None:
        """Raise UsageError, once all were read, for rows that could not be written to `outputs` in the end.

        Before the work, that is: which is lost where its rows do not fit into the Parquet file that is asked for.
        """
        if self.are_others:
            schema_for([outputs.kept, outputs.rejected], [self._source])

    def folder(self, folder: Path) -> Path:
        """Return a folder with the records; a folder of records is taken as it is.

        Rows without a text are in its `rejected`. Raises UsageError where no row has one.
        """
        if self._source.is_dir():
            if not shards(self._source):
                raise UsageError(
                    f"{self._source}: no records/*.parquet in it; give a file, or a step's folder"
                )
            return self._source
        self._folder = folder
        number = num_records = 0
        for number, some in enumerate(_runs(self._read()), start=1):
            records = [one for one in some if isinstance(one, Record)]
            num_records += len(records)
            write_shard(folder / "records" / f"{number - 1:05d}.parquet", records)
            if rejected := [one for one in some if isinstance(one, Rejected)]:
                write_shard(folder / "rejected" / f"{number - 1:05d}.parquet", rejected, rejected=True)
        if not number:
            raise UsageError(f"{self._source}: no rows in it")
        if not num_records:
            self._refuse(next(self.rejected()))
        return folder

    def rejected(self) -> Iterator[Rejected]:
        """Yield the rows without a text as rejected records, once all were read."""
        return read_rejected(self._folder) if self._folder else iter(())

    def given(self, rows: Rows, i: int, row: Any) -> Record | Rejected:
        """Return a row's record; rejected where it has no text. Raises UsageError for what must be mended."""
        where = f"{self._source.name}, {rows.where(i)}"
        if isinstance(rows, JsonRows) and i in rows.unread:
            return self._rejected(where, str(row), NOT_JSON, f"the line {rows.unread[i]}")
        try:
            return self._record(row, where)
        except NoText as error:
            said = rows.lines[i] if isinstance(rows, JsonRows) else as_json(row)
            return self._rejected(where, said.decode(errors="replace"), NO_TEXT, str(error))
        except (ValueError, TypeError) as error:
            raise UsageError(
                f"{where} is no whole record of hornbook's: {error}; mend or remove it"
            ) from None

    def _rejected(self, where: str, text: str, reason: str, detail: str) -> Rejected:
        self.are_others = True
        record = Record(text=text[:_SHOWN], kind="code", source=where, license=UNKNOWN)
        return Rejected(record, STAGE, reason, detail)

    def _read(self) -> Iterator[Record | Rejected]:
        place = 0
        for rows in rows_and_unread(self._source):
            for i, row in enumerate(rows.values()):
                one = self.given(rows, i, row)
                if isinstance(one, Rejected):
                    self.without_text.append(place)
                    self.reasons[one.reason] += 1
                place += 1
                yield one

    def _refuse(self, first: Rejected) -> NoReturn:
        if first.reason == NOT_JSON:
            next(read_rows(self._source)).values()  # raises, and says what the file may be instead
        columns = sorted({printable(str(name)) for row in _first_rows(self._source) for name in row})
        num = len(self.without_text)
        raise UsageError(
            f"{self._source}: none of its rows has a text (the first of {num:,}: {first.detail}); "
            f"the columns are {', '.join(columns) or 'none'}: name the text's column (--column)"
        )

    def _record(self, row: Any, where: str) -> Record:
        if not self._reader.column and _is_own(row):
            _refuse_other_types(row)
            return record_of(row)
        record = self._reader.record(row, where)
        self.are_others = True
        if taken := sorted(self._taken & row.keys()):
            raise UsageError(f"{where}: there is a column {taken[0]!r} already; rename it")
        if record.exercise is None:
            return record
        return replace(record, exercise=_with_tests(record.exercise, row.get("tests", row.get("test_list"))))


def add_rejected(step: Path, rows: GivenRows) -> None:
    """Put the rows without a text beside what a step's folder has rejected itself."""
    for number, some in enumerate(_runs(rows.rejected()), start=len(shards(step, "rejected"))):
        write_shard(step / "rejected" / f"{number:05d}.parquet", some, rejected=True)


def without_copies(corpus: Path, folder: Path) -> Path:
    """Return a folder with the first record of each text; `corpus` itself where there are no copies.

    Memory is some 50 bytes a record, and that of a shard.
    """
    texts = (hashlib.blake2b(record.text.encode(), digest_size=8).digest() for record in read_records(corpus))
    hashes = np.fromiter((int.from_bytes(text) for text in texts), dtype=np.uint64)
    firsts = np.unique(hashes, return_index=True)[1]
    if len(firsts) == len(hashes):
        return corpus
    is_first = np.zeros(len(hashes), dtype=np.bool_)
    is_first[firsts] = True
    for number, some in enumerate(_runs(compress(read_records(corpus), is_first))):
        write_shard(folder / "records" / f"{number:05d}.parquet", some)
    return folder


def said_without_text(rows: GivenRows, so: str) -> str:
    """Say for people how many rows have no text, what is `so` with them, and which are the first."""
    firsts: dict[str, Rejected] = {}
    for one in rows.rejected():
        firsts.setdefault(one.reason, one)
        if len(firsts) == len(rows.reasons):
            break
    return "; ".join(
        f"{rows.reasons[reason]:,} {_SAID[reason]} {so}, first {first.record.source} ({first.detail})"
        for reason, first in firsts.items()
    )


def _is_own(row: object) -> bool:
    if not (isinstance(row, Mapping) and row.keys() >= _OWN and row["kind"] in KINDS):
        return False
    return isinstance(row["text"], str) and printable(row["text"]) == row["text"]


def _refuse_other_types(row: Mapping[str, Any]) -> None:
    """Raise ValueError for a column of a record that holds what no shard can; JSON has no types of its own."""
    for column in SCHEMA:
        value, kind = row.get(column.name), str(column.type)
        if value is None:
            continue
        items = value if isinstance(value, list) else [value]
        is_list = kind.startswith("list")
        fits = _is_int8 if kind == "int8" else _is_unicode
        if isinstance(value, list) != is_list or not all(map(fits, items)):
            what = "a list of texts" if is_list else "a small whole number" if fits is _is_int8 else "a text"
            raise ValueError(
                f"its column {column.name!r} is {printable(repr(value)[:80])}, and must be {what}"
            )


def _is_int8(item: object) -> bool:
    return type(item) is int and -128 <= item < 128


def _is_unicode(item: object) -> bool:
    return isinstance(item, str) and printable(item) == item


def _runs(found: Iterator[_One]) -> Iterator[list[_One]]:
    while some := list(islice(found, RECORDS_PER_SHARD)):
        yield some


def _first_rows(source: Path) -> list[Mapping[str, Any]]:
    return [row for row in next(rows_and_unread(source)).values() if isinstance(row, Mapping)]


def _with_tests(exercise: Exercise, tests: object) -> Exercise:
    """RowReader compares texts and leaves tests out; here they are wanted, where they are a list of asserts."""
    listed = tests if isinstance(tests, list) else []
    return replace(exercise, tests=tuple(test for test in listed if isinstance(test, str)))
