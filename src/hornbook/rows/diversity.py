"""`hornbook diversity`: how varied the texts of anybody's files are, side by side, at one number of texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hornbook.quality.diversity import FEWEST, MEASURES, diversity_of, drawn
from hornbook.record import Record
from hornbook.report.table import Table
from hornbook.rows.records import RowReader
from hornbook.rows.split import Follow, RowRecords
from hornbook.step import Metrics, Progress


@dataclass(frozen=True, slots=True)
class Varied:
    """The measures of each file, and how many of its rows have a text."""

    files: dict[str, Metrics]

    def as_json(self) -> dict[str, Any]:
        """Return the measures by file."""
        return dict(self.files)

    def table(self) -> Table:
        """Return a column for each file and a row for each measure; what they say stands below."""
        there = [key for key in MEASURES if any(key in found for found in self.files.values())]
        rows = [("rows with a text", *(f"{found['num_rows']:,}" for found in self.files.values()))]
        rows += [
            (MEASURES[key][0], *(_shown(found.get(key)) for found in self.files.values())) for key in there
        ]
        return Table(headings=("", *self.files), rows=tuple(rows), notes=tuple(self._notes(there)))

    def _notes(self, there: Sequence[str]) -> list[str]:
        sampled = {found["num_sampled"] for found in self.files.values() if "num_sampled" in found}
        notes = (
            [f"Measured on {min(sampled):,} rows of each file; compare equal numbers only."]
            if sampled
            else []
        )
        if any("num_sampled" not in found for found in self.files.values()):
            notes.append(f"A file of fewer than {FEWEST} rows with a text says nothing and is not measured.")
        return notes + [f"{MEASURES[key][0]}: {MEASURES[key][1]}" for key in there]


def _shown(value: float | None) -> str:
    return "-" if value is None else f"{value:,}" if isinstance(value, int) else f"{value:.3f}"


def diversity_of_files(
    paths: Sequence[Path], reader: RowReader, sample: int, seed: int, follow: Follow
) -> Varied:
    """Return the measures of every file, of `sample` rows or of as many as the smallest measured one has.

    A row is drawn by a hash of its text, so of a file and of what a gate left of it nearly the same ones are. A
    file given again stands under its name with a number. Memory: the rows sampled, and ids. Raises UsageError for
    files that cannot be read.
    """
    sampled = {
        name: _sampled(path, reader, sample, seed, follow)
        for name, path in zip(_names(paths), paths, strict=True)
    }
    enough = [len(records) for records, _ in sampled.values() if len(records) >= FEWEST]
    files: dict[str, Metrics] = {}
    for done, (name, (records, num_rows)) in enumerate(sampled.items()):
        follow(Progress(done=done, total=len(sampled), unit="files", step="measuring"))
        files[name] = {"num_rows": num_rows}
        if len(records) >= FEWEST:  # the first ones are what a smaller sample would have been
            files[name] |= diversity_of(records[: min(enough)], seed, min(enough))
    return Varied(files)


def _names(paths: Sequence[Path]) -> Iterator[str]:
    times: Counter[Path] = Counter()
    for path in paths:
        times[path] += 1
        yield str(path) if times[path] == 1 else f"{path} ({times[path]})"


def _sampled(
    path: Path, reader: RowReader, sample: int, seed: int, follow: Follow
) -> tuple[list[Record], int]:
    """Return the records drawn, and of how many."""
    num_rows = 0

    def records() -> Iterator[Record]:
        nonlocal num_rows
        for record in RowRecords([path], reader, follow, "diversity").read():
            if record.text.strip():
                num_rows += 1
                yield record

    return drawn(records(), sample, seed), num_rows
