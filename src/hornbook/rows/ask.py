"""What `hornbook ask` does: a teacher is asked about every row of a file, and what comes of it is executed.

A row becomes a record (one of hornbook's own as it was, with all its columns); records go through a step of
`lessons/` and, where they became lessons, through the check. Both files hold records; rows of somebody else's that
were judged are written as they were, with their points.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
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
from hornbook.quality.check import Check, check
from hornbook.record import Record, Rejected, read_records, read_rejected
from hornbook.row_files import Rows
from hornbook.rows.given import GivenRows
from hornbook.rows.judged import NEW_COLUMNS, columns_of, write_judged
from hornbook.rows.outputs import Outputs
from hornbook.run import run
from hornbook.screen import Screen
from hornbook.settings import did_you_mean, read_value
from hornbook.step import Metrics, Step, StepRecord
from hornbook.teacher.access import Access
from hornbook.writable import refuse_taken

ASKED: Mapping[str, tuple[type[FromRecords], Callable[..., Metrics]]] = {
    "rephrase": (Rephrase, rephrase),
    "inspired": (Inspired, inspired),
    "tests": (MoreTests, more_tests),
    "story": (Story, story),
    "judge": (Judge, judge),
}
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
    rows = GivenRows(asking.source, asking.column, NEW_COLUMNS if asking.kind == "judge" else frozenset())
    executes = asking.check and asking.kind != "judge"
    with tempfile.TemporaryDirectory(prefix="hornbook-") as name, Screen(1 + executes) as screen:
        folder = Path(name)
        given = rows.folder(folder / "given")
        if asking.kind == "judge":
            rows.refuse_unfit(asking.outputs)
        asked = Step(asking.kind, ASKED[asking.kind][1], cfg, {"records": given})
        last = Step("checked", check, Check(), {"records": asked}) if executes else asked
        steps = run(
            [last],
            folder / "run",
            context_of(asking.workers, screen, access=asking.access),
            started=screen.started,
            finished=screen.finished,
        )
        kept = list(read_records(folder / "run" / last.name))
        refused = (one for step in steps for one in read_rejected(folder / "run" / step))
        rejected = [*rows.rejected(), *refused]
    if not kept:
        reasons = {reason: n for step in steps.values() for reason, n in step.metrics["reasons"].items()}
        raise QualityGate(f"nothing was kept ({reasons}); nothing was written to {asking.outputs.kept}")
    if isinstance(cfg, Judge) and rows.are_others:
        results = {one.id: one for one in kept} | {one.record.id: one for one in rejected}

        def result_of(some: Rows, i: int, row: Any) -> Record | Rejected | None:
            one = rows.given(some, i, row)
            return results.get(one.id) if isinstance(one, Record) else one

        write_judged(asking.source, asking.outputs, result_of, columns_of(cfg.passes))
    else:
        write_file(asking.outputs.kept, kept)
        write_file(asking.outputs.rejected, rejected, rejected=True)
    _say(asking, steps, len(kept), len(rejected))


def refuse_outputs(outputs: Outputs) -> None:
    """Raise UsageError for files that could not be written in the end."""
    for option, path in (("--out", outputs.kept), ("--rejected", outputs.rejected)):
        if path.suffix not in (".jsonl", ".parquet"):
            raise UsageError(f"{option} {path}: the file's name must end in .jsonl or .parquet")
        refuse_taken(path, option)


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
