"""More tests for exercises: asked of a teacher, and added where the solution passes them.

Tests that were written without seeing the solution are an opinion of their own on what the task means. Each is
executed in the sandbox; one that the solution fails is not added, and counted: a solution that fails many may be
wrong itself. The check judges the exercise with the tests that it gained.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from random import Random
from typing import Any, ClassVar

import orjson
import pyarrow.parquet as pq
from pydantic import Field

from hornbook.lessons.answer import Malformed
from hornbook.lessons.exercise import read_tests
from hornbook.lessons.from_records import FromRecords, Work, ask_about
from hornbook.lessons.parts import asserts_part, bare
from hornbook.lessons.prompt import Slots
from hornbook.lessons.story import exercise_of, unfit
from hornbook.quality.check_jobs import tests_job
from hornbook.record import Record, Rejected, shards
from hornbook.sandbox import Limits, Sandbox
from hornbook.step import Context, Metrics
from hornbook.teacher.protocol import Completion

WRITTEN, REFUTED = "tests_written", "tests_refuted"
"""Scores: new tests that were added, and new tests that the solution fails."""


class MoreTests(FromRecords):
    """How many tests are asked for, and who sees the solution."""

    KIND: ClassVar[str] = "tests"
    number: int = Field(6, ge=1, le=30)
    """Tests asked for; those that there are already are shown, and not repeated."""
    solution_shown: float = Field(0.0, ge=0, le=1)
    """Share of the exercises, drawn by id, whose solution is shown. With it more expected values are right;
    without it they are an independent opinion, which a copied mistake cannot pass."""
    cpu_seconds: float = Field(2.0, gt=0)
    """CPU seconds of the solution with its new tests."""
    memory_megabytes: int = Field(512, ge=64)
    """Address space of the same."""


def more_tests(cfg: MoreTests, *, records: Path, out: Path, ctx: Context) -> Metrics:
    """Have tests written for exercises, and add those that their solutions pass.

    Every exercise is kept, with the scores `tests_written` and `tests_refuted` and the tags `tests_by` and
    `tests_key`, unless its answer cannot be read; records that are no exercises are rejected. Metrics and errors
    are those of `ask_about`, and both scores summed up. Raises SandboxUnavailable.
    """
    with Sandbox(workers=ctx.workers) as sandbox:
        work = Work(
            cfg=cfg,
            becomes=lambda slots: "exercise",
            draw=partial(_draw, cfg),
            read=_read,
            unfit=unfit,
            examine=partial(_examined, cfg, sandbox),
            adds=True,
        )
        metrics = ask_about(work, records, out, ctx)
    return metrics | _summed(out)


def _draw(cfg: MoreTests, record: Record, rng: Random) -> tuple[Slots, Mapping[str, Any]]:
    exercise = exercise_of(record)
    shown = rng.random() < cfg.solution_shown
    more = {name: getattr(exercise, name) for name in ("prompt", "tests", "entry_point")}
    return {"number": cfg.number, "solution_shown": shown}, {
        **more,
        "solution": exercise.solution if shown else "",
    }


def _read(parent: Record, completion: Completion, teacher: str) -> Record:
    """Return the record with the new tests behind its own, how many in the score; they are not executed yet."""
    exercise = exercise_of(parent)
    code = asserts_part(bare(completion.text))
    if not code.strip():
        raise Malformed("no Tests section with a Python block")
    new = _unlike(exercise.tests, read_tests(code, exercise.entry_point))
    tags = {**parent.tags, "tests_by": teacher, "tests_key": completion.journal_key}
    scores = {**parent.scores, WRITTEN: float(len(new)), REFUTED: 0.0}
    return replace(parent, exercise=replace(exercise, tests=exercise.tests + new), tags=tags, scores=scores)


def _unlike(old: tuple[str, ...], new: tuple[str, ...]) -> tuple[str, ...]:
    """Return the new tests that are neither among the old ones nor repeated."""
    seen = {_spaceless(test) for test in old}
    kept = []
    for test in new:
        if (key := _spaceless(test)) not in seen:
            seen.add(key)
            kept.append(test)
    return tuple(kept)


def _spaceless(test: str) -> str:
    return "".join(test.split())


def _examined(
    cfg: MoreTests, sandbox: Sandbox, results: list[Record | Rejected]
) -> Iterator[Record | Rejected]:
    """Take the tests out again that a solution fails."""
    limits = Limits(cpu_seconds=cfg.cpu_seconds, memory_megabytes=cfg.memory_megabytes)
    records = [result for result in results if isinstance(result, Record)]
    jobs = (tests_job(record, _new(record), limits) for record in records if _new(record))
    verdicts = sandbox.run(jobs)
    passed = [not _new(record) or next(verdicts).outcome == "pass" for record in records]
    failed = iter(
        _each_alone([r for r, whole in zip(records, passed, strict=True) if not whole], sandbox, limits)
    )
    kept = iter([r if whole else next(failed) for r, whole in zip(records, passed, strict=True)])
    for result in results:
        yield next(kept) if isinstance(result, Record) else result


def _each_alone(records: list[Record], sandbox: Sandbox, limits: Limits) -> Iterable[Record]:
    """Run every new test by itself, and keep those that pass."""
    verdicts = sandbox.run(tests_job(record, (test,), limits) for record in records for test in _new(record))
    for record in records:
        exercise, new = exercise_of(record), _new(record)
        good = tuple(test for test in new if next(verdicts).outcome == "pass")
        tests = exercise.tests[: -len(new)] + good
        scores = {**record.scores, WRITTEN: float(len(good)), REFUTED: float(len(new) - len(good))}
        yield replace(record, exercise=replace(exercise, tests=tests), scores=scores)


def _new(record: Record) -> tuple[str, ...]:
    number = int(record.scores[WRITTEN])
    return exercise_of(record).tests[-number:] if number else ()


def _summed(out: Path) -> Metrics:
    found = {WRITTEN: 0, REFUTED: 0}
    for shard in shards(out):
        for text in pq.read_table(shard, columns=["scores"])["scores"].to_pylist():
            scores = orjson.loads(text)
            for name in found:
                found[name] += int(scores[name])
    return found
