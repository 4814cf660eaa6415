"""Rows of a data set of code as records: JSON lines or Parquet, whose columns are told by their usual names.

    text       content, code, source_code, whole_func_string, original_string, func_code_string, text
    licence    license, licenses, max_stars_repo_licenses, detected_licenses, repo_license: one, or a list
    place      a repository (repo_name, max_stars_repo_name, ...) and a path in it (path, max_stars_repo_path, ...)
    version    a commit or the hash of a file (max_stars_repo_head_hexsha, revision_id, blob_id, hexsha, ...)

Those are the columns of The Stack 1 and 2, CodeParrot's GitHub code and CodeSearchNet; of a Parquet file no others
are read. A row that has no text is rejected, as is a line that is no JSON.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from hornbook.corpus.licenses import UNKNOWN
from hornbook.corpus.redaction import beginning
from hornbook.corpus.spdx import spdx_of
from hornbook.errors import UsageError
from hornbook.record import KINDS, Record, Rejected
from hornbook.row_files import (
    BUFFER,
    ParquetRows,
    batches,
    file_size,
    numbered_lines,
    open_parquet,
    parsed_line,
    printable,
    why_unread,
)

STAGE = "corpus"
TEXTS = ("content", "code", "source_code", "whole_func_string", "original_string", "func_code_string", "text")
LICENSES = ("license", "licenses", "max_stars_repo_licenses", "detected_licenses", "repo_license")
REPOSITORIES = ("repo_name", "max_stars_repo_name", "repository_name", "repo", "repository")
PATHS = ("path", "max_stars_repo_path", "file_path", "filepath", "func_path_in_repository", "filename")
VERSIONS = {
    "commit": ("max_stars_repo_head_hexsha", "revision_id", "commit", "commit_hash", "sha"),
    "file_hash": ("blob_id", "hexsha", "content_id"),
}
_LOOKED_AT = frozenset({*LICENSES, *REPOSITORIES, *PATHS, *(n for names in VERSIONS.values() for n in names)})
_SHOWN = 10_000
"""Characters of what is no text of a record."""
_PARQUET = b"PAR1"
_NO_CONTENTS = (
    "holds no contents, only where they are, as The Stack 2 does: fetch each blob_id from Software Heritage "
    "(s3://softwareheritage/content/BLOB_ID, gzip; the terms and the code are on "
    "https://huggingface.co/datasets/bigcode/the-stack-v2), write it into a column `content` beside the others, "
    "and give that Parquet file"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """How rows become records."""

    text_column: str = ""
    """The column of the text; empty: the first of TEXTS that the first row has."""
    kind: str = "code"
    tags: Mapping[str, str] = field(default_factory=dict)
    """What every record of the file is tagged with."""
    buffer: int = BUFFER
    """Bytes of each column of a Parquet file that are read at once."""


def read_rows(path: Path, *, text_column: str = "", kind: str = "code") -> Iterator[Record | Rejected]:
    """Yield the rows of a .jsonl (also .gz, .bz2, .zst) or .parquet file in order, told apart by content.

    Raises UsageError when there is no such file, it is damaged, or no column holds a text.
    """
    file_size(path)
    with path.open("rb") as file:
        yield from rows_of(file, path.name, Rows(text_column=text_column, kind=kind))


def rows_of(file: BinaryIO, name: str, rows: Rows, *, first_row: int = 1) -> Iterator[Record | Rejected]:
    """Yield the rows of an open file, which errors call `name`, from `first_row` on, counted from 1.

    Row groups of a Parquet file that end before it are not read. Raises UsageError as `read_rows` does.
    """
    if rows.kind not in KINDS:
        raise UsageError(f"{rows.kind!r} is no kind of record; give one of {', '.join(KINDS)}")
    start = file.read(len(_PARQUET))
    file.seek(0)
    read = _of_parquet if start == _PARQUET else _of_lines
    yield from read(file, name, rows, first_row)


def _of_lines(file: BinaryIO, name: str, rows: Rows, first_row: int) -> Iterator[Record | Rejected]:
    column = ""
    for number, line, _ in numbered_lines(file, name):
        try:
            row = parsed_line(line)
            if not isinstance(row, dict):
                raise ValueError
        except (ValueError, RecursionError) as error:
            if number >= first_row:
                yield _unread(
                    line, name, number, rows, why_unread(error) if error.args else "is no JSON object"
                )
            continue
        column = column or text_column(row, name, rows.text_column)
        if number >= first_row:
            try:
                one = _record(row, column, name, number, rows)
            except RecursionError as error:  # orjson reads what json.dumps cannot write
                one = _unread(line, name, number, rows, why_unread(error))
            yield one


def _of_parquet(file: BinaryIO, name: str, rows: Rows, first_row: int) -> Iterator[Record | Rejected]:
    with open_parquet(file, name, rows.buffer) as parquet:
        names = parquet.schema_arrow.names
        column = text_column(names, name, rows.text_column)
        group, number = 0, 1
        while group < parquet.num_row_groups:
            following = number + parquet.metadata.row_group(group).num_rows
            if following > first_row:
                break
            group, number = group + 1, following
        for batch in batches(parquet, name, [n for n in names if n == column or n in _LOOKED_AT], group):
            read = ParquetRows(Path(name), range(number, number + len(batch)), batch, 0)
            for at, row in zip(read.numbers, read.values(), strict=True):
                if at >= first_row:
                    yield _record(row, column, name, at, rows)
            number += len(batch)


def text_column(columns: Collection[str], name: str, wanted: str) -> str:
    """Return the column of the text. Raises UsageError, which names the columns, when there is none."""
    there = ", ".join(map(printable, columns)) or "no columns at all"
    if wanted:
        if wanted in columns:
            return wanted
        raise UsageError(f"{name} has no column {wanted!r}; it has {there}")
    if found := next((text for text in TEXTS if text in columns), ""):
        return found
    if {"blob_id", "files"} & set(columns):
        raise UsageError(f"{name} {_NO_CONTENTS}; it has {there}")
    raise UsageError(
        f"{name} has no column {', '.join(TEXTS)}; name the text's column (--column): it has {there}"
    )


def _record(row: Mapping[str, Any], column: str, name: str, number: int, rows: Rows) -> Record | Rejected:
    text = row.get(column)
    place = f"{name}:{number}"
    repository, path = _first(row, REPOSITORIES), _first(row, PATHS)
    # Like a path, so that each row counts as a file of its own where files are told apart.
    source = "/".join(part for part in (repository, path) if part) if path else f"{name}/{number}"
    tags = dict(rows.tags) | {"row": place}
    tags |= {tag: value for tag, names in VERSIONS.items() if (value := _first(row, names))}
    if not path and repository:
        tags["repository"] = repository
    license_ = spdx_of(next((row[n] for n in LICENSES if row.get(n)), None))
    shown = printable(text) if isinstance(text, str) else _shown(text)
    record = Record(text=shown, kind=rows.kind, source=source, license=printable(license_), tags=tags)
    if not isinstance(text, str):
        detail = f"column {column!r} is {'null or missing' if text is None else 'not text'}"
        return Rejected(record, STAGE, "no_text", detail)
    if shown != text:
        return Rejected(record, STAGE, "not_encodable", "it holds half a character (a lone surrogate)")
    return record


def _shown(value: object) -> str:
    """Return what stands in the place of a text, so that a rejected row tells what it was; "" for null."""
    if value is None:
        return ""
    # Not with letters as escapes: an address or a key behind "\\uff1a" would not be known for one.
    return beginning(printable(json.dumps(value, default=str, ensure_ascii=False)), _SHOWN)


def _first(row: Mapping[str, Any], names: Sequence[str]) -> str:
    """Return the first text that one of the columns holds; "" for none."""
    return next(
        (printable(value) for name in names if (value := row.get(name)) and isinstance(value, str)), ""
    )


def _unread(line: bytes, name: str, number: int, rows: Rows, why: str) -> Rejected:
    text = beginning(line.decode(errors="backslashreplace"), _SHOWN)
    place = f"{name}:{number}"
    tags = dict(rows.tags) | {"row": place}
    record = Record(text=text, kind=rows.kind, source=f"{name}/{number}", license=UNKNOWN, tags=tags)
    return Rejected(record, STAGE, "not_json", f"the line {why}")
