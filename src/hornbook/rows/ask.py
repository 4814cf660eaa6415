"""What `hornbook ask` does: a teacher is asked about every row of a file, and what comes of it is executed.

A row becomes a record (one of hornbook's own as it was, with all its columns); records go through a step of
`lessons/` and, where they became lessons, through the check. Both files hold records; rows of somebody else's that
were judged are written as they were, with their points.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from hornbook.commands import context_of, spending
from hornbook.errors import QualityGate, UsageError
from hornbook.generation import write_file
from hornbook.lessons.answer import Asked
from hornbook.lessons.from_records import FromRecords
from hornbook.lessons.judge import Judge, judge
from hornbook.lessons.more_tests import MoreTests, more_tests
from hornbook.lessons.rephrase import Inspired, Rephrase, inspired, rephrase
from hornbook.lessons.story import Story, story
from hornbook.pool import RECORDS_PER_SHARD
from hornbook.quality.check import Check, check
from hornbook.record import (
    KINDS,
    Exercise,
    Record,
    read_records,
    read_rejected,
    record_of,
    shards,
    write_shard,
)
from hornbook.row_files import Rows, read_rows
from hornbook.rows.judged import NEW_COLUMNS, write_judged
from hornbook.rows.outputs import Outputs
from hornbook.rows.records import NoText, RowReader
from hornbook.run import run
from hornbook.screen import Screen
from hornbook.settings import did_you_mean, read_value
from hornbook.step import Metrics, Step, StepRecord
from hornbook.teacher.access import Access

ASKED: Mapping[str, tuple[type[FromRecords], Callable[..., Metrics]]] = {
    "rephrase": (Rephrase, rephrase),
    "inspired": (Inspired, inspired),
    "tests": (MoreTests, more_tests),
    "story": (Story, story),
    "judge": (Judge, judge),
}
_OWN = frozenset({"id", "text", "kind", "source", "license", "tags", "scores"})
"""Columns by which a row is known as a record of hornbook's own."""
_SHOWN = ("reasked", "reasked_read", "tests_written", "tests_refuted", "judge_mean", "judge_histogram")
"""Metrics that are printed where they are not zero."""
_GIVEN = frozenset({"teacher", "prompts", "template", "topics"})
"""Fields that options give, or nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What the command line says."""

    kind: str
    source: Path
    outputs: Outputs
    access: Access
    template: str = ""
    topics: str = ""
    settings: Mapping[str, str]
    column: str = ""
    check: bool = True
    workers: int | None = None

    def config(self) -> FromRecords:
        """Return the step's config. Raises UsageError for what does not exist or does not fit."""
        cls, _ = ASKED[self.kind]
        known = set(cls.model_fields) - _GIVEN
        for name, text in self.settings.items():
            if name not in known:
                raise UsageError(
                    f"--set {name}={text}: {self.kind} has no such field{did_you_mean(name, known)}"
                )
        values: dict[str, Any] = {name: read_value(text) for name, text in self.settings.items()}
        if self.topics and "topics" not in cls.model_fields:
            takers = (kind for kind, (taker, _) in ASKED.items() if "topics" in taker.model_fields)
            raise UsageError(
                f"--topics is for {', '.join(takers)}; {self.kind} is about what stands in the file"
            )
        values |= {"topics": self.topics} if self.topics else {}
        try:
            return cls(teacher=Asked.of(self.access.endpoint), template=self.template, **values)
        except ValidationError as error:
            problem = error.errors()[0]
            name = str(problem["loc"][0])
            raise UsageError(f"--set {name}={self.settings.get(name, '')}: {problem['msg']}") from None


def ask_about_file(asking: Asking) -> None:
    """Ask about every row, execute what became of it, write both files and say what was spent.

    Raises UsageError for files that cannot be read or written, QualityGate where nothing is kept.
    """
    refuse_outputs(asking.outputs)
    cfg = asking.config()
    rows = _Rows(asking)
    executes = asking.check and asking.kind != "judge"
    with tempfile.TemporaryDirectory(prefix="hornbook-") as name, Screen(1 + executes) as screen:
        folder = Path(name)
        asked = Step(asking.kind, ASKED[asking.kind][1], cfg, {"records": rows.folder(folder / "given")})
        last = Step("checked", check, Check(), {"records": asked}) if executes else asked
        steps = run(
            [last],
            folder / "run",
            context_of(asking.workers, screen, access=asking.access),
            started=screen.started,
            finished=screen.finished,
        )
        kept = list(read_records(folder / "run" / last.name))
        rejected = [one for step in steps for one in read_rejected(folder / "run" / step)]
    if not kept:
        reasons = {reason: n for step in steps.values() for reason, n in step.metrics["reasons"].items()}
        raise QualityGate(f"nothing was kept ({reasons}); nothing was written to {asking.outputs.kept}")
    if isinstance(cfg, Judge) and rows.are_others:
        results = {one.id: one for one in kept} | {one.record.id: one for one in rejected}
        write_judged(asking.source, asking.outputs, rows.id_of, results, cfg.passes)
    else:
        write_file(asking.outputs.kept, kept)
        write_file(asking.outputs.rejected, rejected, rejected=True)
    _say(asking, steps, len(kept), len(rejected))


def refuse_outputs(outputs: Outputs) -> None:
    """Raise UsageError for files that could not be written in the end."""
    for path in (outputs.kept, outputs.rejected):
        if path.suffix not in (".jsonl", ".parquet"):
            raise UsageError(f"{path}: the file's name must end in .jsonl or .parquet")
        if path.exists():
            raise UsageError(f"{path}: the file exists already; nothing was written")


def _say(asking: Asking, steps: Mapping[str, StepRecord], kept: int, rejected: int) -> None:
    metrics = steps[asking.kind].metrics
    outputs = asking.outputs
    print(f"{kept:,} records in {outputs.kept}, {rejected:,} rejected with reasons in {outputs.rejected}")
    for name in _SHOWN:
        if metrics.get(name):
            print(f"{name}: {metrics[name]}")
    if "kappa" in metrics:
        print(f"kappa: {metrics['kappa']}, passes_equal: {metrics['passes_equal']}")
    print(f"spent: {spending(asking.access.budget.spent, kept)}")


class _Rows:
    """The rows of a file as records."""

    def __init__(self, asking: Asking) -> None:
        self._source, self._reader = asking.source, RowReader(column=asking.column)
        self._taken = NEW_COLUMNS if asking.kind == "judge" else frozenset[str]()
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
                        f"{where}: {error}; mend or remove it, or name the text's column"
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
