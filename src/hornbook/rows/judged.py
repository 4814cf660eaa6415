"""Judged rows of anybody's file, written as they were: kept ones with their points, the others with the reason."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count, islice
from pathlib import Path
from typing import Any

import pyarrow as pa

from hornbook.lessons.judge import SCORE
from hornbook.record import Record, Rejected
from hornbook.row_files import Rows, rows_and_unread
from hornbook.rows.outputs import Outputs
from hornbook.rows.writer import row_writer

REASON = f"{SCORE}_reason"
_REJECTED = (("reason", pa.string()), ("detail", pa.string()))


@dataclass(frozen=True, slots=True)
class NewColumn:
    """A column that a row gains from its record."""

    name: str
    is_tag: bool = False
    """Whether it is a tag of that name, a text; else it is a score, a number."""

    @property
    def kind(self) -> pa.DataType:
        """Its type in a Parquet file."""
        return pa.string() if self.is_tag else pa.float64()

    def of(self, record: Record) -> Any:
        """Return the record's value; None where it has none."""
        return record.tags.get(self.name) if self.is_tag else record.scores.get(self.name)


def columns_of(passes: int) -> list[NewColumn]:
    """Return what rows gain when they are judged so often."""
    each = [NewColumn(f"{SCORE}_{number}") for number in (1, 2)] if passes > 1 else []
    return [NewColumn(SCORE), *each, NewColumn(REASON, is_tag=True)]


def names_of(columns: Iterable[NewColumn]) -> frozenset[str]:
    """Return what rows must not have yet: the new columns, and those of rejected rows."""
    return frozenset([*(column.name for column in columns), *(name for name, _ in _REJECTED)])


NEW_COLUMNS = names_of(columns_of(2))


def write_judged(
    source: Path,
    outputs: Outputs,
    result_of: Callable[[Rows, int, Any], Record | Rejected | None],
    columns: Sequence[NewColumn],
) -> None:
    """Write the rows of `source` into the file of their results; `result_of` is asked of each once, in order.

    Kept rows gain `columns`, the others `reason` and `detail`; rows without a result are left out, and a line that
    is not JSON becomes a text in a column `row`. Both files are whole or not there. Raises UsageError for rows
    that do not fit into a Parquet file.
    """
    schema = pa.schema([(column.name, column.kind) for column in columns])
    with outputs.opened([source]) as files:
        kept = row_writer(outputs.kept, files.kept, files.schema, schema)
        rejected = row_writer(outputs.rejected, files.rejected, files.schema, pa.schema(_REJECTED))
        for rows in rows_and_unread(source):
            found = [result_of(rows, i, row) for i, row in enumerate(rows.values())]
            good = [i for i, result in enumerate(found) if isinstance(result, Record)]
            bad = [i for i, result in enumerate(found) if isinstance(result, Rejected)]
            kept.write(rows.take(good), [_values(found[i], columns) for i in good])
            rejected.write(rows.take(bad), [_why(found[i]) for i in bad])
        kept.close()
        rejected.close()


def write_scored(
    source: Path,
    outputs: Outputs,
    scored: Iterator[Record],
    columns: Sequence[NewColumn],
    without_text: Collection[int] = (),
) -> None:
    """Write the rows of `source`, each with the columns of its record, of which `scored` has one a row, in order.

    The rows at the places `without_text`, from 0, have no record, and null in these columns. Memory is
    that of some rows. Raises UsageError for rows that do not fit into a Parquet file.
    """
    schema = pa.schema([(column.name, column.kind) for column in columns])
    with outputs.opened([source]) as files:
        kept = row_writer(outputs.kept, files.kept, files.schema, schema)
        nothing = dict.fromkeys(column.name for column in columns)
        empty, place = frozenset(without_text), count()
        for rows in rows_and_unread(source):
            places = islice(place, len(rows))
            kept.write(
                rows, [nothing if i in empty else _values(next(scored, None), columns) for i in places]
            )
        assert next(scored, None) is None, "one record for each row with a text"
        kept.close()


def _values(result: Record | Rejected | None, columns: Sequence[NewColumn]) -> Mapping[str, Any]:
    assert isinstance(result, Record), "chosen before"
    return {column.name: column.of(result) for column in columns}


def _why(result: Record | Rejected | None) -> Mapping[str, Any]:
    assert isinstance(result, Rejected), "chosen before"
    return {"reason": result.reason, "detail": result.detail}
