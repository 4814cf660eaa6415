"""`hornbook stats`: what stands in anybody's files of rows: columns, lengths, copies, licences."""

from __future__ import annotations

import hashlib
from array import array
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from hornbook.draw import rng
from hornbook.quality.syntax import parsed
from hornbook.report.table import Table
from hornbook.row_files import JsonRows, Rows, file_size, is_parquet, parquet_schema, printable
from hornbook.rows.records import COLUMNS, NoText, find_text
from hornbook.rows.sample import Reservoir
from hornbook.rows.split import Follow, followed

SAMPLE = 1000
"""Texts that are parsed, of each file."""
_LABELS = ("license", "licence", "licenses", "source", "repo", "repo_name", "language", "kind")
"""Columns whose values are counted where a file has them."""
_MOST_LABELS = 10_000
_SHOWN_LABELS = 5
_LONGEST_PARSED = 1_000_000
_QUANTILES = {"shortest": 0.0, "tenth": 0.1, "median": 0.5, "nine_tenths": 0.9, "longest": 1.0}
_TYPES = {str: "text", bool: "true/false", int: "number", float: "number", list: "list", dict: "object"}


@dataclass(slots=True)
class Column:
    """One column of a file."""

    types: Counter[str] = field(default_factory=Counter)
    """How many values have which type; in Parquet all have one."""

    @property
    def num_there(self) -> int:
        """Rows that have a value in it, null aside."""
        return self.types.total()

    def add(self, kind: str, count: int) -> None:
        """Count values of one type."""
        self.types[kind] += count


@dataclass(slots=True)
class Description:
    """What is known of one file; memory: 16 bytes a row, and the texts sampled."""

    path: Path
    num_rows: int = 0
    num_bytes: int = 0
    num_characters: int = 0
    num_words: int = 0
    num_empty: int = 0
    text_columns: Counter[str] = field(default_factory=Counter)
    without_text: Counter[str] = field(default_factory=Counter)
    columns: dict[str, Column] = field(default_factory=dict)
    labels: dict[str, Counter[str]] = field(default_factory=dict)
    sample: Reservoir[str] = field(default_factory=lambda: Reservoir(SAMPLE, rng(0, "stats sample")))
    lengths: array[int] = field(default_factory=lambda: array("Q"))
    hashes: array[int] = field(default_factory=lambda: array("Q"))

    def add(self, rows: Rows, column: str) -> None:
        """Look at some more rows; the text is in `column`, or where the columns' names say."""
        values = rows.values(COLUMNS | {column, *_LABELS})
        self.num_rows += len(values)
        self._count_columns(rows, values)
        for row in values:
            try:
                found = find_text(row, column)
            except NoText as error:
                self.without_text[str(error)] += 1
            else:
                self.text_columns[found.where] += 1
                self._count_text(found.text)
            if isinstance(row, Mapping):
                self._count_labels(row)

    def _count_columns(self, rows: Rows, values: Sequence[Any]) -> None:
        if not isinstance(rows, JsonRows):
            for name, cells in zip(rows.batch.schema.names, rows.batch.columns, strict=True):
                self.columns[name].add(str(cells.type), len(rows) - cells.null_count)
            return
        for row in values:
            for name, value in (row if isinstance(row, Mapping) else {}).items():
                column = self.columns.setdefault(printable(name), Column())
                if value is not None:
                    column.add(_TYPES[type(value)], 1)

    def _count_text(self, text: str) -> None:
        plain = text.encode()
        self.num_characters += len(text)
        self.num_words += len(text.split())
        self.num_empty += not text.strip()
        self.lengths.append(len(text))
        self.hashes.append(int.from_bytes(hashlib.blake2b(plain, digest_size=8).digest()))
        self.sample.add(text)

    def _count_labels(self, row: Mapping[str, Any]) -> None:
        for name in _LABELS:
            if (value := row.get(name)) is None:
                continue
            counts = self.labels.setdefault(name, Counter())
            label = printable(", ".join(map(str, value)) if isinstance(value, list) else str(value))
            if label in counts or len(counts) < _MOST_LABELS:
                counts[label] += 1

    def as_json(self) -> dict[str, Any]:
        """Return everything, with the derived figures."""
        return {
            "file": str(self.path),
            "rows": self.num_rows,
            "bytes": self.num_bytes,
            "rows_with_text": len(self.lengths),
            "empty_texts": self.num_empty,
            "exact_copies": self._num_copies(),
            "characters": self.num_characters,
            "words": self.num_words,
            "characters_of_a_text": self._lengths(),
            "parses_as_python": self._share_parsed(),
            "parsed_sample": len(self.sample.items),
            "text_columns": dict(self.text_columns.most_common()),
            "without_text": dict(self.without_text.most_common()),
            "columns": {
                name: {"types": dict(column.types.most_common()), "missing": self.num_rows - column.num_there}
                for name, column in self.columns.items()
            },
            "labels": {
                name: {"different": len(counts), "commonest": dict(counts.most_common(_SHOWN_LABELS))}
                for name, counts in self.labels.items()
            },
        }

    def _num_copies(self) -> int:
        """Return how many texts stand in an earlier row; by 8 bytes of hash, of which no two meet by chance."""
        return (
            len(self.hashes) - len(np.unique(np.frombuffer(self.hashes, dtype=np.uint64)))
            if self.hashes
            else 0
        )

    def _lengths(self) -> dict[str, int]:
        if not self.lengths:
            return {}
        lengths = np.frombuffer(self.lengths, dtype=np.uint64)
        found = np.quantile(lengths, list(_QUANTILES.values()), method="inverted_cdf")
        return dict(zip(_QUANTILES, found.astype(int).tolist(), strict=True))

    def _share_parsed(self) -> float | None:
        texts = self.sample.items
        if not texts:
            return None
        # A stranger's megabytes are not parsed in our own process.
        whole = sum(len(text) <= _LONGEST_PARSED and parsed(text) is not None for text in texts)
        return round(whole / len(texts), 4)


@dataclass(frozen=True, slots=True)
class Described:
    """Several files side by side."""

    files: Sequence[Description]

    def as_json(self) -> list[dict[str, Any]]:
        """Return the description of every file, in order."""
        return [file.as_json() for file in self.files]

    def table(self) -> Table:
        """Return a column of figures for each file."""
        found = self.as_json()
        rows: list[tuple[str, ...]] = [
            (key.replace("_", " "), *(f"{file[key]:,}" for file in found))
            for key in (
                "rows",
                "bytes",
                "rows_with_text",
                "empty_texts",
                "exact_copies",
                "characters",
                "words",
            )
        ]
        for name in _QUANTILES:
            cells = (f"{file['characters_of_a_text'].get(name, 0):,}" for file in found)
            rows.append((f"characters, {name.replace('_', ' ')}", *cells))
        rows.append(("parses as Python", *(_percent(file["parses_as_python"]) for file in found)))
        note = (
            f"parses as Python: the whole text, of at most {SAMPLE:,} rows of each file, drawn; one of more than "
            f"{_LONGEST_PARSED:,} characters is not tried"
        )
        return Table(headings=("", *(file["file"] for file in found)), rows=tuple(rows), notes=(note,))

    def tables_of_columns(self) -> Iterator[Table]:
        """Yield for each file its columns, and below them what its texts are and which labels they bear."""
        for file in self.as_json():
            rows = [
                (name, _types(column["types"]), f"{column['missing']:,}")
                for name, column in file["columns"].items()
            ]
            notes = [f"text found in {_counts(file['text_columns'])}"] if file["text_columns"] else []
            notes += [f"{count:,} rows without a text: {why}" for why, count in file["without_text"].items()][
                :5
            ]
            notes += [
                f"{name}, {labels['different']:,} different: {_counts(labels['commonest'])}"
                for name, labels in file["labels"].items()
            ]
            headings = (f"columns of {file['file']}", "type", "null or missing")
            yield Table(headings=headings, rows=tuple(rows), notes=tuple(notes))


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{share:.1%}"


def _types(found: Mapping[str, int]) -> str:
    """Write the types of a column; one alone without its number, which that of the missing values says."""
    return next(iter(found)) if len(found) == 1 else _counts(found)


def _counts(found: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count:,}" for name, count in found.items())


def describe_files(paths: Sequence[Path], column: str, follow: Follow) -> Described:
    """Describe every file, which is read once. Raises UsageError for one that cannot be read."""
    return Described([_describe(path, column, follow) for path in paths])


def _describe(path: Path, column: str, follow: Follow) -> Description:
    found = Description(path, num_bytes=file_size(path))
    if is_parquet(path):
        schema = parquet_schema(path)
        kinds = zip(schema.names, schema.types, strict=True)
        found.columns = {name: Column(Counter({str(kind): 0})) for name, kind in kinds}
    for _, rows in followed([path], follow, "reading"):
        found.add(rows, column)
    return found
