"""Anybody's rows, given to steps as a folder of records, and found again by the ids of these records."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

from hornbook.errors import UsageError
from hornbook.pool import RECORDS_PER_SHARD
from hornbook.record import KINDS, Exercise, Record, record_of, shards, write_shard
from hornbook.row_files import Rows, read_rows
from hornbook.rows.records import NoText, RowReader

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
        self.are_others = False
        """Whether there are rows that are no records of hornbook's own, once all were read."""

    def folder(self, folder: Path) -> Path:
        """Return a folder with the records; a folder of records is taken as it is. Raises UsageError."""
        if self._source.is_dir():
            if not shards(self._source):
                raise UsageError(
                    f"{self._source}: no records/*.parquet in it; give a file, or a step's folder"
                )
            return self._source
        found = self._read()
        number = 0
        while some := list(islice(found, RECORDS_PER_SHARD)):
            write_shard(folder / "records" / f"{number:05d}.parquet", some)
            number += 1
        if not number:
            raise UsageError(f"{self._source}: no rows in it")
        return folder

    def id_of(self, rows: Rows, i: int, row: Any) -> str:
        """Return the id of a row's record."""
        return self._record(row, f"{self._source.name}, {rows.where(i)}").id

    def _read(self) -> Iterator[Record]:
        for rows in read_rows(self._source):
            for i, row in enumerate(rows.values()):
                where = f"{self._source.name}, {rows.where(i)}"
                try:
                    yield self._record(row, where)
                except (NoText, ValueError, TypeError) as error:
                    raise UsageError(
                        f"{where}: {error}; mend or remove it, or name the text's column (--column)"
                    ) from None

    def _record(self, row: Any, where: str) -> Record:
        if (
            isinstance(row, Mapping)
            and row.keys() >= _OWN
            and row["kind"] in KINDS
            and not self._reader.column
        ):
            return record_of(row)
        record = self._reader.record(row, where)
        self.are_others = True
        if taken := sorted(self._taken & row.keys()):
            raise UsageError(f"{where}: there is a column {taken[0]!r} already; rename it")
        if record.exercise is None:
            return record
        return replace(record, exercise=_with_tests(record.exercise, row.get("tests", row.get("test_list"))))


def _with_tests(exercise: Exercise, tests: object) -> Exercise:
    """RowReader compares texts and leaves tests out; here they are wanted, where they are a list of asserts."""
    listed = tests if isinstance(tests, list) else []
    return replace(exercise, tests=tuple(test for test in listed if isinstance(test, str)))
