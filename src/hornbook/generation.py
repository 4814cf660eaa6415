"""What `hornbook generate` does: as many accepted records as were asked for, in one file."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from hornbook.commands import context_of, spending
from hornbook.errors import UsageError
from hornbook.pool import RECORDS_PER_SHARD
from hornbook.record import REJECTED_SCHEMA, SCHEMA, Record, Rejected, as_row, read_records
from hornbook.run import run
from hornbook.screen import Screen
from hornbook.step import Step
from hornbook.writable import refuse_taken

if TYPE_CHECKING:
    from hornbook.teacher.access import Access


def ledger_beside(out: Path) -> Path:
    """Return where a file that is being generated notes what was spent on it."""
    return out.with_name(f".{out.name}.ledger.jsonl")


def generate_file(
    kind: str,
    count: int,
    out: Path,
    seed: int,
    check: bool,
    workers: int | None,
    access: Access | None = None,
    template: str = "",
    topics: str = "",
) -> None:
    """Let a teacher write until `count` records are accepted, executed unless not `check`, into one file.

    `template` and `topics` are the texts of a user's own. Raises QualityGate, and writes nothing, when it does not
    come to `count`.
    """
    from hornbook.lessons.answer import Asked
    from hornbook.lessons.exercise import Exercises, exercises
    from hornbook.lessons.textbook import Textbooks, textbooks
    from hornbook.quality.check import Check

    if out.suffix not in (".jsonl", ".parquet"):
        raise UsageError(f"--out {out}: the file's name must end in .jsonl or .parquet")
    refuse_taken(out)
    teacher = "offline" if access is None else Asked.of(access.endpoint)
    cls = Exercises if kind == "exercises" else Textbooks
    executed = Check() if check else None
    cfg = cls(count=count, seed=seed, check=executed, teacher=teacher, template=template, topics=topics)
    step = Step(kind, exercises if kind == "exercises" else textbooks, cfg)
    with tempfile.TemporaryDirectory(prefix="hornbook-") as folder, Screen(1) as screen:
        run(
            [step],
            Path(folder),
            context_of(workers, screen, access=access),
            started=screen.started,
            finished=screen.finished,
        )
        kept = list(read_records(Path(folder) / step.name))
    write_file(out, kept)
    print(f"{len(kept):,} {kind} in {out}" + (", every one executed" if check else ", not executed"))
    if access is not None:
        ledger_beside(out).unlink(missing_ok=True)
        print(f"spent: {spending(access.budget.spent, len(kept))}")


def write_file(out: Path, records: Iterable[Record | Rejected], *, rejected: bool = False) -> None:
    """Write records, or `rejected` ones with their reasons, as JSON lines or Parquet, whole or not at all.

    Memory is that of some records, which are a row group of a Parquet file. Raises OSError when the disk is full.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    partial = out.with_name(f".{out.name}.partial")
    try:
        with partial.open("wb") as file:
            if out.suffix == ".parquet":
                _write_parquet(file, records, REJECTED_SCHEMA if rejected else SCHEMA)
            else:
                file.writelines(orjson.dumps(as_row(record)) + b"\n" for record in records)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    partial.replace(out)


def _write_parquet(file: BinaryIO, records: Iterable[Record | Rejected], schema: pa.Schema) -> None:
    pending = iter(records)
    with pq.ParquetWriter(file, schema, compression="zstd") as writer:
        while rows := [as_row(record) for record in islice(pending, RECORDS_PER_SHARD)]:
            writer.write_table(pa.Table.from_pylist(rows, schema=schema))
