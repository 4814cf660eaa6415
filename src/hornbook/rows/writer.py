"""Writes rows of files again as they stood, with new columns behind the old ones: JSON lines or Parquet.

A line keeps its bytes: new columns are put before its closing brace, so no number or escape changes. A Parquet
row keeps its columns and their types. Where the output has the other format, JSON lines become columns of one
type each, and Parquet rows become lines.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO, Protocol

import pyarrow as pa
import pyarrow.parquet as pq

from hornbook.errors import UsageError
from hornbook.row_files import JsonRows, Rows, as_json, is_parquet, parquet_schema, printable, rows_and_unread

ENDINGS = (".jsonl", ".parquet")
_ROWS_IN_GROUP = 20_000
_BYTES_IN_GROUP = 32_000_000
_NO_TYPE = (pa.ArrowInvalid, pa.ArrowTypeError, OverflowError)
"""What pyarrow raises of values that do not fit into one column."""

Added = Sequence[Mapping[str, Any]] | None
"""The new columns of each row that is written; None for no new ones."""


class RowWriter(Protocol):
    """Writes rows into one open file."""

    def write(self, rows: Rows, added: Added = None) -> None:
        """Write rows, each with its new columns."""
        ...

    def close(self) -> None:
        """Write what is still held back; the file itself stays open."""
        ...


def row_writer(
    path: Path, file: BinaryIO, schema: pa.Schema | None, added: pa.Schema | None = None
) -> RowWriter:
    """Return a writer into `file`, its format told by the ending of `path`.

    `schema` is what `schema_for` said of the rows' files and this path, `added` the new columns.
    """
    if path.suffix == ".jsonl":
        return _JsonWriter(file)
    assert schema is not None, "Parquet needs the columns of all rows before the first"
    for column in added or ():
        schema = schema.append(column)
    return _ParquetWriter(file, schema)


def schema_for(outs: Sequence[Path], sources: Sequence[Path]) -> pa.Schema | None:
    """Return the columns of all `sources` together if one of `outs` is Parquet; JSON lines are read for it.

    Raises UsageError when they do not fit into one Parquet file.
    """
    if all(out.suffix != ".parquet" for out in outs):
        return None
    schema = common_schema(sources)
    try:
        pq.ParquetWriter(io.BytesIO(), schema).close()
    except pa.ArrowNotImplementedError as error:  # such as an object that is empty in every row
        raise UsageError(f"{_listed(sources)}: {error} Or give an --out that ends in .jsonl") from error
    for source in sources:
        _refuse_long_numbers(source, [column for column in schema if "double" in str(column.type)])
    return schema


def _refuse_long_numbers(source: Path, fractions: Sequence[pa.Field]) -> None:
    """Raise UsageError for a whole number that is to become a fraction, and is too long for one."""
    if not fractions or is_parquet(source):
        return
    for rows in rows_and_unread(source):
        assert isinstance(rows, JsonRows), "it is no Parquet file"
        values = [_object(rows, i) for i in range(len(rows))]
        for column in fractions:
            cells = [value.get(column.name) for value in values]
            if _why_unfit(cells, column.type):
                raise _too_long(rows, cells, column)


def _why_unfit(cells: Sequence[Any], kind: pa.DataType) -> str:
    try:
        pa.array(cells, kind)
    except pa.ArrowInvalid as error:
        return str(error).splitlines()[0]
    return ""


def _too_long(rows: Rows, cells: Sequence[Any], column: pa.Field) -> UsageError:
    found = ((i, why) for i, cell in enumerate(cells) if (why := _why_unfit([cell], column.type)))
    first, reason = next(found)
    return UsageError(
        f"{rows.path}, {rows.where(first)}: in column {column.name!r} other rows have fractions, as one of which "
        f"this number would change ({reason}); give an --out that ends in .jsonl"
    )


def with_columns(line: bytes, columns: Mapping[str, Any]) -> bytes:
    """Return a line of JSON with columns behind its own; what is no object becomes one.

    >>> with_columns(b'{"n": 1.0 }', {"reason": "odd"})
    b'{"n": 1.0,"reason": "odd"}'
    >>> with_columns(b"7", {"reason": "odd"})
    b'{"row":7,"reason": "odd"}'
    """
    return line_head(line) + json.dumps(columns).encode()[1:]


def line_head(line: bytes) -> bytes:
    """Return the beginning of an output line: the columns of an input line, up to the first new one."""
    if not line.startswith(b"{"):  # not an object, so it has no columns: it becomes one
        return b'{"row":' + line + b","
    columns = line[:-1].rstrip()
    return columns if columns == b"{" else columns + b","


class _JsonWriter:
    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def write(self, rows: Rows, added: Added = None) -> None:
        lines: Iterable[bytes]
        lines = rows.lines if isinstance(rows, JsonRows) else map(as_json, rows.values())
        if added is not None:
            lines = map(with_columns, lines, added)
        self._file.writelines(line + b"\n" for line in lines)

    def close(self) -> None:
        pass


class _ParquetWriter:
    """Collects rows into row groups of up to 20,000 rows or 32 MB, whatever runs of rows they come in."""

    def __init__(self, file: BinaryIO, schema: pa.Schema) -> None:
        self._schema = schema
        self._writer = pq.ParquetWriter(file, schema, compression="zstd")
        self._held: list[pa.Table] = []
        self._num_rows = self._num_bytes = 0

    def write(self, rows: Rows, added: Added = None) -> None:
        if not len(rows):
            return
        try:
            table = self._table(rows, added if added is not None else [{}] * len(rows))
        except _NO_TYPE as error:  # a file that has changed, or numbers beside those of another file
            raise _no_type(rows.path, error) from error
        self._held.append(table)
        self._num_rows += table.num_rows
        self._num_bytes += table.nbytes
        if self._num_rows >= _ROWS_IN_GROUP or self._num_bytes >= _BYTES_IN_GROUP:
            self._flush()

    def close(self) -> None:
        self._flush()
        self._writer.close()

    def _flush(self) -> None:
        if self._held:
            self._writer.write_table(pa.concat_tables(self._held), row_group_size=_ROWS_IN_GROUP)
        self._held, self._num_rows, self._num_bytes = [], 0, 0

    def _table(self, rows: Rows, added: Sequence[Mapping[str, Any]]) -> pa.Table:
        if isinstance(rows, JsonRows):
            whole = [{**_object(rows, i), **columns} for i, columns in enumerate(added)]
            return pa.Table.from_pylist(whole, schema=self._schema)
        table = pa.Table.from_batches([rows.batch])
        columns = [self._column(name, table, added) for name in self._schema.names]
        return pa.Table.from_arrays(columns, schema=self._schema)

    def _column(self, name: str, table: pa.Table, added: Sequence[Mapping[str, Any]]) -> Any:
        kind = self._schema.field(name).type
        if name in table.column_names:
            column = table.column(name)
            return column if column.type == kind else column.cast(kind)
        return pa.array([columns.get(name) for columns in added], kind)


def common_schema(sources: Sequence[Path]) -> pa.Schema:
    """Return the columns of all `sources` together, in the order of their first appearance.

    Of Parquet files alone, a column must have one type (or be nothing but null) in all of them: no value may
    change. JSON lines have no types, so there whole numbers may become fractions. Raises UsageError.
    """
    first, *others = (_schema(source) for source in sources)
    if all(other.equals(first) for other in others):
        return first
    mode = "default" if all(map(is_parquet, sources)) else "permissive"
    try:
        schema = pa.unify_schemas([first, *others], promote_options=mode)
    except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
        raise _no_type(_listed(sources), error) from error
    everywhere = set(first.names).intersection(*(other.names for other in others))
    fields = [field if field.name in everywhere else field.with_nullable(True) for field in schema]
    return pa.schema(fields, schema.metadata)


def _schema(source: Path) -> pa.Schema:
    if is_parquet(source):
        return parquet_schema(source)
    try:
        return pa.unify_schemas(list(_inferred(source)), promote_options="permissive")
    except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
        raise _no_type(source, error) from error


def _inferred(source: Path) -> Iterator[pa.Schema]:
    yield pa.schema([])
    # A command that refuses lines that are not JSON does so where it reads them.
    for rows in rows_and_unread(source):
        assert isinstance(rows, JsonRows), "it is no Parquet file"
        values = [_object(rows, i) for i in range(len(rows))]
        try:
            yield pa.schema(list(pa.array(values).type))
        except UnicodeEncodeError:
            raise _half_a_character(rows, values) from None
        except _NO_TYPE as error:
            raise _no_type(source, error) from error


def _half_a_character(rows: JsonRows, values: Sequence[Any]) -> UsageError:
    texts = [json.dumps(value, ensure_ascii=False) for value in values]
    first = next(i for i, text in enumerate(texts) if printable(text) != text)
    return UsageError(
        f"{rows.path}, {rows.where(first)} holds half a character (a lone surrogate), which Parquet cannot: mend "
        "the line, or give an --out that ends in .jsonl"
    )


def _object(rows: JsonRows, i: int) -> Mapping[str, Any]:
    value = rows.value(i)
    if i in rows.unread:
        return {"row": value}  # as `line_head` writes it
    if not isinstance(value, dict):
        raise UsageError(
            f"{rows.path}, {rows.where(i)} is no JSON object with columns; give an --out that ends in .jsonl"
        )
    return value


def _listed(sources: Sequence[Path]) -> str:
    return ", ".join(map(str, sources))


def _no_type(where: str | Path, error: Exception) -> UsageError:
    reason = str(error).splitlines()[0]
    return UsageError(
        f"{where}: a column has different types in different rows ({reason}); give an --out that ends in .jsonl"
    )
