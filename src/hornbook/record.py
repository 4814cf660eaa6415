"""The record, the rejected record, and the Parquet shards that hold them.

A shard is one zstd Parquet file with one flat schema, so that any tool opens it without us. Nothing here
knows about stages, steps or runs. No clock value ever enters a record: equal inputs give equal bytes.
"""

from __future__ import annotations

import hashlib
import itertools
from array import array
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from hornbook.errors import UsageError

KINDS = ("code", "textbook", "exercise")


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What produced a synthetic text: enough to ask for it again."""

    teacher: str
    """Identity of the teacher, with a digest of what it knows; never an address or a key."""
    model: str = ""
    """Model as the teacher named it; empty for the offline teacher."""
    prompt_hash: str
    """blake2b of the rendered messages."""
    slots: Mapping[str, Any] = field(default_factory=dict)
    """What the request asked for, as data."""
    seed: str
    """Coordinates of the randomness: `run_seed/step/index`."""
    journal_key: str = ""
    """Key of the stored answer; empty where the answer is recomputed, not paid for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise:
    """A function to complete, its solution, and the tests that certify the solution."""

    prompt: str
    """Imports, signature and docstring; ends in a newline, as HumanEval's prompts do."""
    solution: str
    """The indented body: `prompt + solution` is a program."""
    entry_point: str
    tests: tuple[str, ...]
    """Assert statements over `entry_point`, one per item."""
    concepts: tuple[str, ...] = ()
    difficulty: int = 1
    """1 (first week) to 5 (needs an idea)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One text with its provenance."""

    text: str
    kind: str
    source: str
    license: str
    parents: tuple[str, ...] = ()
    origin: Origin | None = None
    exercise: Exercise | None = None
    tags: Mapping[str, str] = field(default_factory=dict)
    scores: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse a record whose kind or licence is missing; both would be lost for good."""
        if self.kind not in KINDS:
            raise ValueError(f"record kind {self.kind!r} is not one of {', '.join(KINDS)}")
        if not self.license:
            raise ValueError(f"record from {self.source!r} has no licence; say 'unknown' if it is not known")

    @property
    def id(self) -> str:
        """32 hex digits of blake2b over kind and text: equal texts have equal ids on every machine."""
        return hashlib.blake2b(f"{self.kind}\0{self.text}".encode(), digest_size=16).hexdigest()


@dataclass(frozen=True, slots=True)
class Rejected:
    """A record that a stage refused, with the reason in snake_case words a person would say."""

    record: Record
    stage: str
    reason: str
    detail: str = ""


_COLUMNS = [
    ("id", pa.string()),
    ("text", pa.string()),
    ("kind", pa.string()),
    ("source", pa.string()),
    ("license", pa.string()),
    ("parents", pa.list_(pa.string())),
    ("tags", pa.string()),
    ("scores", pa.string()),
    ("prompt", pa.string()),
    ("solution", pa.string()),
    ("entry_point", pa.string()),
    ("tests", pa.list_(pa.string())),
    ("concepts", pa.list_(pa.string())),
    ("difficulty", pa.int8()),
    ("teacher", pa.string()),
    ("model", pa.string()),
    ("prompt_hash", pa.string()),
    ("slots", pa.string()),
    ("seed", pa.string()),
    ("journal_key", pa.string()),
]
SCHEMA = pa.schema(_COLUMNS)
REJECTED_SCHEMA = pa.schema(
    [*_COLUMNS, ("stage", pa.string()), ("reason", pa.string()), ("detail", pa.string())]
)


def write_shard(
    path: Path, records: Sequence[Record] | Sequence[Rejected], *, rejected: bool = False
) -> None:
    """Write records (or, with `rejected`, rejected records) to `path` as one Parquet file, by rename.

    Equal rows give equal bytes. Raises OSError when the disk is full; no half-written shard is left.
    """
    schema = REJECTED_SCHEMA if rejected else SCHEMA
    rows = [as_row(record) for record in records]
    write_table(path, pa.Table.from_pylist(rows, schema=schema))


def write_table(path: Path, table: pa.Table) -> None:
    """Write the rows of a shard, which have one of its two schemas; else as `write_shard`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.partial")
    try:
        pq.write_table(table, partial, compression="zstd")
        partial.replace(path)
    except OSError:
        partial.unlink(missing_ok=True)
        raise


def read_records(folder: Path) -> Iterator[Record]:
    """Yield the records of a step's folder (`folder/records/*.parquet`) or of one shard, in order.

    Raises UsageError, which names file, row and column, for what is no record, and the file for a damaged one.
    """
    for row, place in _read_rows(folder, "records"):
        yield _record_at(row, place)


def read_rejected(folder: Path) -> Iterator[Rejected]:
    """Yield the rejected records of a step's folder (`folder/rejected/*.parquet`), in order; else as above."""
    for row, place in _read_rows(folder, "rejected"):
        yield Rejected(_record_at(row, place), row["stage"], row["reason"], row["detail"])


def _record_at(row: Mapping[str, Any], place: tuple[Path, int]) -> Record:
    try:
        return record_of(row)
    except (ValueError, TypeError) as error:
        path, number = place
        raise UsageError(
            f"{path}, row {number:,} is no whole record of hornbook's: {error}; mend or remove the row"
        ) from None


def shards(folder: Path, part: str = "records") -> list[Path]:
    """List the shards of a step's folder in order; a shard's own path is its only shard."""
    return [folder] if folder.is_file() else sorted((folder / part).glob("*.parquet"))


def count(folder: Path, part: str = "records") -> int:
    """Count the rows of a step's folder from the file footers, without reading them. Raises as above."""
    num_rows = 0
    for path in shards(folder, part):
        with _undamaged(path):
            num_rows += pq.read_metadata(path).num_rows
    return num_rows


def _read_rows(folder: Path, part: str) -> Iterator[tuple[dict[str, Any], tuple[Path, int]]]:
    for path in shards(folder, part):
        places = zip(itertools.repeat(path), itertools.count(1), strict=False)
        for batch in _batches(path):
            yield from zip(batch.to_pylist(), places, strict=False)  # the rows first: they end


def _batches(path: Path) -> Iterator[pa.RecordBatch]:
    with _undamaged(path), pq.ParquetFile(path) as file:
        yield from file.iter_batches(batch_size=1000)


@contextmanager
def _undamaged(path: Path) -> Iterator[None]:
    """Raise UsageError, which names the shard, where its bytes are not what was written."""
    try:
        yield
    except FileNotFoundError:
        raise
    except (pa.ArrowInvalid, OSError) as error:
        reason = str(error).partition("\n")[0]
        raise UsageError(
            f"the shard {path} is damaged ({reason}); remove what it is part of and make it again"
        ) from error


def _sorted_json(value: Mapping[str, Any]) -> str:
    return orjson.dumps(dict(value), option=orjson.OPT_SORT_KEYS).decode()


def flat_row(record: Record) -> dict[str, Any]:
    """Return the record as one flat row, the columns of `SCHEMA` by name."""
    row: dict[str, Any] = {
        "id": record.id,
        "text": record.text,
        "kind": record.kind,
        "source": record.source,
        "license": record.license,
        "parents": list(record.parents),
        "tags": _sorted_json(record.tags),
        "scores": _sorted_json(record.scores),
    }
    if (exercise := record.exercise) is not None:
        row |= {
            "prompt": exercise.prompt,
            "solution": exercise.solution,
            "entry_point": exercise.entry_point,
            "tests": list(exercise.tests),
            "concepts": list(exercise.concepts),
            "difficulty": exercise.difficulty,
        }
    if (origin := record.origin) is not None:
        row |= {
            "teacher": origin.teacher,
            "model": origin.model,
            "prompt_hash": origin.prompt_hash,
            "slots": _sorted_json(origin.slots),
            "seed": origin.seed,
            "journal_key": origin.journal_key,
        }
    return row


def as_row(result: Record | Rejected) -> dict[str, Any]:
    """Return a record, or a rejected one with stage, reason and detail, as one flat row."""
    if isinstance(result, Record):
        return flat_row(result)
    return flat_row(result.record) | {name: getattr(result, name) for name in ("stage", "reason", "detail")}


def record_of(flat: Mapping[str, Any]) -> Record:
    """Return the record of a row that `flat_row` made; columns that are missing are empty.

    Raises ValueError, which names the column, or TypeError for a row that is none.
    """
    row = dict.fromkeys(SCHEMA.names) | dict(flat)
    _refuse_nulls(row)
    exercise = origin = None
    if row["prompt"] is not None:
        exercise = Exercise(
            prompt=row["prompt"],
            solution=row["solution"],
            entry_point=row["entry_point"],
            tests=tuple(row["tests"]),
            concepts=tuple(row["concepts"]),
            difficulty=row["difficulty"],
        )
    if row["teacher"] is not None:
        origin = Origin(
            teacher=row["teacher"],
            model=row["model"],
            prompt_hash=row["prompt_hash"],
            slots=_mapping(row, "slots", None, "values"),
            seed=row["seed"],
            journal_key=row["journal_key"],
        )
    return Record(
        text=row["text"],
        kind=row["kind"],
        source=row["source"],
        license=row["license"],
        parents=tuple(row["parents"] or ()),
        origin=origin,
        exercise=exercise,
        tags=_mapping(row, "tags", _TEXTS, "texts"),
        scores=_mapping(row, "scores", _NUMBERS, "numbers"),
    )


_NEEDED = ("source",)
_NEEDED_BESIDE = {
    "prompt": ("solution", "entry_point", "tests", "concepts", "difficulty"),
    "teacher": ("prompt_hash", "seed"),
}
"""Columns that are there where another is."""


def _refuse_nulls(row: Mapping[str, Any]) -> None:
    beside = (names for column, names in _NEEDED_BESIDE.items() if row[column] is not None)
    for name in itertools.chain(_NEEDED, *beside):
        if row[name] is None:
            raise ValueError(f"its column {name!r} is null or missing")


_TEXTS = frozenset({str})
_NUMBERS: frozenset[type] = frozenset({int, float, type(None)})
"""A score that is no finite number was stored as null."""


def _mapping(
    row: Mapping[str, Any], column: str, types: frozenset[type] | None, called: str
) -> dict[str, Any]:
    """Return what a column says as JSON; its values are of any type where `types` is None."""
    value = row[column]
    try:
        found = orjson.loads(value)
    except orjson.JSONDecodeError:
        found = None
    if isinstance(found, dict) and (types is None or types.issuperset(map(type, found.values()))):
        return found
    raise ValueError(
        f"its column {column!r} is {str(value)[:80]!r}, and must be {called} by name, as JSON in a text"
    )


class Account:
    """Keeps count of what became of records, so that none can vanish without a reason: 8 bytes for each."""

    def __init__(self) -> None:
        """Start with nothing given and nothing kept or rejected."""
        self._given = array("Q")
        self._direct = array("Q")
        self._parents = array("Q")

    def give(self, record: Record) -> None:
        """Note one record that a stage takes."""
        self._given.append(_start(record.id))

    def add(self, result: Record | Rejected) -> None:
        """Note one result of a stage."""
        record = result.record if isinstance(result, Rejected) else result
        self._direct.append(_start(record.id))
        self._parents.extend(_start(parent) for parent in record.parents)

    def lost(self) -> list[str]:
        """Return the first 16 digits of the ids given more often than they have results, and without a child."""
        given, times = np.unique(np.array(self._given), return_counts=True)
        direct = np.sort(np.array(self._direct))
        found = np.searchsorted(direct, given, side="right") - np.searchsorted(direct, given)
        is_lost = (found < times) & ~np.isin(given, np.array(self._parents))
        return [f"{start:016x}" for start in given[is_lost].tolist()]


def _start(id_: str) -> int:
    return int(id_[:16], 16)
