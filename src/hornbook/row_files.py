"""Files of rows that anybody made, JSON lines or Parquet: read in runs of rows, never whole, and told by content.

JSON lines may be packed (gzip, bzip2, Zstandard) and begin with a byte order mark; empty lines are no rows. Rows
keep what they are made of (the bytes of a line, an Arrow batch), so that `rows.writer` can write some of them
again without a change.
"""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, BinaryIO

import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from hornbook.errors import UsageError
from hornbook.unpacked import unpacked

_ROWS = 1000
_BYTES = 1_000_000
"""Of a run of rows, at most so many (but one row, however long)."""
BUFFER = 1 << 20
"""Bytes of a column chunk, which is as long as its row group, that are read at once."""
_PARQUET = b"PAR1"
_NANOSECONDS = "[ns"  # in the name of a type, or of one that holds it


@dataclass(frozen=True, slots=True)
class JsonRows:
    """Lines that follow one another in a file."""

    path: Path
    numbers: Sequence[int]
    """The number of each line, from 1."""
    lines: Sequence[bytes]
    """Without the white space around them."""
    bytes_read: int
    """Bytes of the file up to the end of these rows, for progress."""
    unread: Mapping[int, str] = field(default_factory=dict)
    """Which of these stand here as a text, since they are not JSON, and what is wrong with each."""

    def __len__(self) -> int:
        """Number of rows."""
        return len(self.lines)

    def where(self, i: int) -> str:
        """Say where row `i` of these stands in its file."""
        return f"line {self.numbers[i]:,}"

    def take(self, chosen: Sequence[int]) -> JsonRows:
        """Return the rows at these places."""
        numbers, lines = [self.numbers[i] for i in chosen], [self.lines[i] for i in chosen]
        unread = {new: self.unread[old] for new, old in enumerate(chosen) if old in self.unread}
        return JsonRows(self.path, numbers, lines, self.bytes_read, unread)

    def with_unread(self) -> JsonRows:
        """Return these rows, each line that is not JSON as a text that says the same; they are in `unread`."""
        unread = {i: why for i, line in enumerate(self.lines) if (why := _why_not_json(line))}
        lines = [
            orjson.dumps(line.decode(errors="replace")) if i in unread else line
            for i, line in enumerate(self.lines)
        ]
        return replace(self, lines=lines, unread=unread)

    def values(self, columns: Collection[str] | None = None) -> list[Any]:
        """Return what each line says, all its columns: it is parsed whole. Raises UsageError as `value`."""
        return [self.value(i) for i in range(len(self.lines))]

    def value(self, i: int) -> Any:
        """Return what line `i` says. Raises UsageError when it is not JSON."""
        try:
            return parsed_line(self.lines[i])
        except (ValueError, RecursionError) as error:
            raise UsageError(f"{self.path}, {self.where(i)} {why_unread(error)}: {self._hint(i)}") from None

    def _hint(self, i: int) -> str:
        if self.numbers[i] > 1 or self.lines[i][:1] + self.lines[i][-1:] == b"{}":
            return "mend or remove the line"
        if self.lines[i].startswith(b"["):
            return f"the file is one array; `jq -c '.[]' {self.path} > rows.jsonl` makes lines of it"
        return "give a .jsonl, .jsonl.gz or .parquet file, one object a line"


@dataclass(frozen=True, slots=True)
class ParquetRows:
    """Rows that follow one another in a Parquet file."""

    path: Path
    numbers: Sequence[int]
    """The number of each row, from 1."""
    batch: pa.RecordBatch
    bytes_read: int

    def __len__(self) -> int:
        """Number of rows."""
        return len(self.numbers)

    def where(self, i: int) -> str:
        """Say where row `i` of these stands in its file."""
        return f"row {self.numbers[i]:,}"

    def take(self, chosen: Sequence[int]) -> ParquetRows:
        """Return the rows at these places."""
        try:
            batch = self.batch.take(pa.array(chosen, pa.int64()))
        except pa.ArrowNotImplementedError:  # of types as new as string_view
            batch = pa.concat_batches([self.batch.slice(0, 0), *(self.batch.slice(i, 1) for i in chosen)])
        return ParquetRows(self.path, [self.numbers[i] for i in chosen], batch, self.bytes_read)

    def values(self, columns: Collection[str] | None = None) -> list[Any]:
        """Return each row as a dictionary, of those of `columns` that the file has; of all when None is given.

        A text that is not UTF-8 is given as its bytes, times in nanoseconds as ISO texts, and a time that Python's
        calendar does not reach as its number and type: "253402300800000 timestamp[ms]".
        """
        names = [name for name in self.batch.schema.names if columns is None or name in columns]
        if not names:
            return [{} for _ in self.numbers]
        columns_ = [_cells(self.batch.column(name)) for name in names]
        return [dict(zip(names, row, strict=True)) for row in zip(*columns_, strict=True)]


Rows = JsonRows | ParquetRows


def _cells(column: pa.Array) -> list[Any]:
    with contextlib.suppress(ValueError, OverflowError):  # one of the values has no Python type
        if _NANOSECONDS not in str(column.type):  # what they become should not hang on pandas being there
            return column.to_pylist()  # type: ignore[no-any-return]  # pyarrow has no types
    return [_cell(scalar) for scalar in column]


def _cell(scalar: pa.Scalar) -> Any:
    kind = scalar.type
    if not scalar.is_valid:
        return None
    if pa.types.is_dictionary(kind):
        return _cell(scalar.value)
    if pa.types.is_struct(kind):
        return {name: _cell(value) for name, value in scalar.items()}
    if pa.types.is_map(kind):
        return [(_cell(pair["key"]), _cell(pair["value"])) for pair in scalar.values]
    if isinstance(scalar, pa.ListScalar):
        return [_cell(item) for item in scalar.values]
    if _NANOSECONDS in str(kind) and not pa.types.is_duration(kind):
        return scalar.cast(pa.string()).as_py().replace(" ", "T")
    try:
        return scalar.as_py()
    except UnicodeDecodeError:
        return scalar.as_buffer().to_pybytes()
    except (ValueError, OverflowError):
        return f"{scalar.value} {kind}"


def parsed_line(line: bytes) -> Any:
    """Return what a line of JSON says. Raises ValueError or RecursionError when it says nothing."""
    try:
        return orjson.loads(line)
    except orjson.JSONDecodeError:  # it knows neither NaN nor half characters
        return json.loads(line.decode())  # of bytes it would guess the encoding, and take UTF-16


def _why_not_json(line: bytes) -> str:
    try:
        parsed_line(line)
    except (ValueError, RecursionError) as error:
        return why_unread(error)
    return ""


def printable(text: str) -> str:
    """Return a text that can be printed and encoded: half a character (a lone surrogate) is written as an escape.

    >>> printable(chr(0xD800) + "x")
    '\\\\ud800x'
    """
    return text.encode("utf-8", "backslashreplace").decode()


def why_unread(error: Exception) -> str:
    """Say what is wrong with a line that `json.loads` refused with ValueError or RecursionError."""
    if isinstance(error, RecursionError):
        return "is nested too deep to be read"
    if isinstance(error, json.JSONDecodeError | UnicodeDecodeError):
        return f"is not JSON ({error})"
    return f"holds a whole number of more than {sys.get_int_max_str_digits():,} digits"


def file_size(path: Path) -> int:
    """Return the bytes of a file of rows. Raises UsageError when there is none, or a pipe, which is read once."""
    if path.is_fifo():
        raise UsageError(f"{path} is a pipe, and files are read more than once: write it into a file first")
    if not path.is_file():
        raise UsageError(f"no file at {str(path)!r}; give a .jsonl, .jsonl.gz or .parquet file")
    return path.stat().st_size


def is_parquet(path: Path) -> bool:
    """Say whether a file is Parquet. Raises UsageError when there is none."""
    file_size(path)
    with path.open("rb") as file:
        return file.read(len(_PARQUET)) == _PARQUET


def read_rows(path: Path) -> Iterator[Rows]:
    """Yield the rows of a file in order, up to 1,000 at a time. Raises UsageError for one that cannot be read."""
    return _parquet_rows(path) if is_parquet(path) else _json_rows(path)


def rows_and_unread(path: Path) -> Iterator[Rows]:
    """Yield the rows of a file as `read_rows`; a line that is not JSON is a row too, see `with_unread`."""
    for rows in read_rows(path):
        yield rows.with_unread() if isinstance(rows, JsonRows) else rows


def count_rows(path: Path) -> int:
    """Count the rows of a file; JSON lines are read for it, but not parsed. Raises UsageError as `read_rows`."""
    if is_parquet(path):
        with open_parquet(path, path) as file:
            return int(file.metadata.num_rows)
    return sum(1 for _ in json_lines(path))


def json_lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """Yield every row with its number as a line of JSON: a line as it stands, a Parquet row as its columns."""
    if is_parquet(path):
        for rows in _parquet_rows(path):
            yield from zip(rows.numbers, map(as_json, rows.values()), strict=True)
    else:
        yield from ((number, line) for number, line, _ in _numbered_lines(path))


def _json_rows(path: Path) -> Iterator[JsonRows]:
    numbers: list[int] = []
    lines: list[bytes] = []
    size = position = 0
    for number, line, position in _numbered_lines(path):
        numbers.append(number)
        lines.append(line)
        size += len(line)
        if len(lines) == _ROWS or size >= _BYTES:
            yield JsonRows(path, numbers, lines, position)
            numbers, lines, size = [], [], 0
    if lines:
        yield JsonRows(path, numbers, lines, position)


def _numbered_lines(path: Path) -> Iterator[tuple[int, bytes, int]]:
    with path.open("rb") as file:
        yield from numbered_lines(file, path)


def numbered_lines(file: BinaryIO, name: object) -> Iterator[tuple[int, bytes, int]]:
    """Yield number, content, and the bytes of the file read so far, of each line that holds something.

    Raises UsageError, which calls the file `name`, when it is a damaged archive.
    """
    with unpacked(file, name) as lines:
        plain = 0
        for number, line in enumerate(lines, start=1):
            plain += len(line)
            # Windows editors begin a file with a byte order mark.
            if content := line.removeprefix(b"\xef\xbb\xbf").strip():
                yield number, content, plain if lines is file else file.tell()


def _parquet_rows(path: Path) -> Iterator[ParquetRows]:
    done = 0
    size = path.stat().st_size
    with open_parquet(path, path) as file:
        total = file.metadata.num_rows
        for batch in batches(file, path):
            numbers = range(done + 1, done + 1 + len(batch))
            done += len(batch)
            yield ParquetRows(path, numbers, batch, size * done // total)


def batches(
    file: pq.ParquetFile, name: object, columns: Sequence[str] | None = None, first_group: int = 0
) -> Iterator[pa.RecordBatch]:
    """Yield the rows from a row group on, up to 1,000 at a time; of all columns when None is given.

    Raises UsageError, which calls the file `name`, when it is damaged.
    """
    try:
        yield from _batches(file, columns, first_group)
    except (pa.ArrowInvalid, OSError) as error:
        raise _damaged(name, error) from error


def _batches(
    file: pq.ParquetFile, columns: Sequence[str] | None, first_group: int
) -> Iterator[pa.RecordBatch]:
    for number in range(first_group, file.num_row_groups):
        group = file.metadata.row_group(number)
        few = _rows_at_once(group.num_rows, group.total_byte_size)
        for batch in file.iter_batches(batch_size=few, row_groups=[number], columns=columns):
            fewer = _rows_at_once(len(batch), batch.nbytes)  # repeated values are short in the file only
            yield from (batch.slice(start, fewer) for start in range(0, len(batch), fewer))


def _rows_at_once(num_rows: int, num_bytes: int) -> int:
    return max(1, min(_ROWS, _BYTES * num_rows // max(1, num_bytes)))


def open_parquet(source: Path | BinaryIO, name: object, buffer: int = BUFFER) -> pq.ParquetFile:
    """Open a Parquet file. Raises UsageError, which calls it `name`, when it is damaged or has a column twice."""
    try:
        file = pq.ParquetFile(source, buffer_size=buffer, pre_buffer=False)
    except pa.ArrowInvalid as error:
        raise _damaged(name, error) from error
    names = file.schema_arrow.names
    if twice := {column for column in names if names.count(column) > 1}:
        file.close()
        raise UsageError(f"{name} has two columns named {min(twice)!r}; rename one of them")
    return file


def _damaged(name: object, error: Exception) -> UsageError:
    reason = str(error).splitlines()[0]
    return UsageError(f"{name}: the Parquet file is damaged ({reason}); fetch or make it again")


def parquet_schema(path: Path) -> pa.Schema:
    """Return the columns of a Parquet file, with its metadata. Raises UsageError when it cannot be read."""
    with open_parquet(path, path) as file:
        return file.schema_arrow


def as_json(row: Any) -> bytes:
    """Return a Parquet row as JSON: times in ISO form, decimals as text, bytes as {"hex": "ff"}, NaN as null."""
    return orjson.dumps(row, default=_plain, option=orjson.OPT_NON_STR_KEYS)


def _plain(value: Any) -> Any:
    # Not as a text: bytes must not pass for a program or a prompt.
    return {"hex": value.hex()} if isinstance(value, bytes) else str(value)
