"""What `hornbook generate` does: as many accepted records as were asked for, in one file."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import orjson

from hornbook.commands import context_of, spending
from hornbook.errors import UsageError
from hornbook.pool import write_atomically
from hornbook.record import Record, Rejected, as_row, read_records, write_shard
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


def write_file(out: Path, records: Sequence[Record] | Sequence[Rejected], *, rejected: bool = False) -> None:
    """Write records, or `rejected` ones with their reasons, as JSON lines or Parquet, whole or not at all."""
    out.parent.mkdir(parents=True, exist_ok=True)
    if out.suffix == ".parquet":
        write_shard(out, records, rejected=rejected)
    else:
        write_atomically(out, b"".join(orjson.dumps(as_row(record)) + b"\n" for record in records))
