"""Runs every exercise's tests and every textbook's blocks, and rejects what does not do what it states.

An exercise passes when its tests pass on its solution and fail on stubs that return None, the first argument
or the first expected value: tests that a stub passes certify nothing. What the tests expect never enters the
solution's process. Of a share of the exercises the tests are tried on mutants of the solution too, and asserts
that kill those that survive are added to the tests (see `mutants` and `strengthen`). A textbook passes when all
blocks of the page run in order in one namespace and print, or raise, exactly what it states; examples in
docstrings, of pages and of exercises, must hold as well (see `claims` and `outputs`). Records of code pass
untouched. Nothing is executed here: programs go to the sandbox. What the tests do not ask is not checked.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count, islice
from pathlib import Path
from typing import ClassVar, Protocol

from pydantic import Field

from hornbook.corpus.importable import REASONS
from hornbook.errors import UsageError
from hornbook.pool import map_here
from hornbook.quality.check_jobs import Fault, Planned, is_sampled, planned, tests_job
from hornbook.quality.check_metrics import STAGE, kill_rate_in_the_end, written_metrics
from hornbook.quality.judgement import block_outcomes, facts, first_fault, judged
from hornbook.quality.lint import code_in, find_ruff, linted
from hornbook.quality.mutants import Grade, graded, why_ungraded
from hornbook.quality.outline import Outline, outline_of
from hornbook.quality.strengthen import Stronger, stronger
from hornbook.record import Record, Rejected, shards
from hornbook.sandbox import Job, Limits, Sandbox, Verdict
from hornbook.step import Config, Context, Metrics

_SCORES = frozenset(
    ("functions", "docstrings", "doctests_run", "outputs_compared", "exceptions_compared")
    + ("kill_rate", "kill_rate_strengthened", "tests_added", "lint_findings")
    + ("mutants_killed", "mutants_survived", "mutants_equivalent")
)
_TAGS = frozenset({"checked", "blocks", "ungraded"})
_TESTS = 1
_TAKEN = 500
"""Records of which those that are graded go first."""
_DIGITS = 4
_MOST_SURVIVORS_SHOWN = 3


class Check(Config):
    """What a program may use, and how strict its tests must be."""

    VERSION: ClassVar[int] = 7

    cpu_seconds: float = Field(default=2.0, gt=0)
    """CPU seconds of one exercise or one page; a lesson that needs more is no lesson."""
    memory_megabytes: int = Field(default=512, ge=64)
    """Address space of one program; enough for anything that does not import numpy."""
    stubs: bool = True
    """Whether tests must fail on stubs; costs little, as no process is needed for most."""
    mutant_share: float = Field(default=1.0, ge=0, le=1)
    """Share of the exercises whose tests are graded by mutants, drawn by the record's id. Grading one costs
    about 10 CPU milliseconds, the rest of its check 2.5. An exercise whose mutants cannot be graded, as its tests
    do not compile to calls or its mutants together reach a limit, is kept with the tag `ungraded`; metrics count
    reasons."""
    min_kill_rate: float = Field(default=0.6, ge=0, le=1)
    """Kill rate, with the tests that were added, below which a graded exercise is `tests_too_weak`: tests
    that miss two of five mistakes certify little.

    A mutant that never ends is told by counted steps, so on each machine alike. Where a single step takes long a
    timer ends it, and `cpu_seconds` and `memory_megabytes` bound all mutants of a program together: an exercise
    near one of these limits may be graded on one machine and not on another, or at another rate."""
    most_tests_added: int = Field(default=3, ge=0)
    """Asserts that an exercise's tests gain at most, those that kill most survivors first; 0 adds none."""
    lint_scores: bool = False
    """Whether records carry `lint_findings`. Off, because they depend on the version of ruff, and records are the
    same on every machine; what ruff says of all records together is in the metrics, where it is installed."""


class Runs(Protocol):
    """What `checked` needs of a sandbox."""

    @property
    def level(self) -> str:
        """How well programs are isolated."""
        ...

    def run(self, jobs: Iterable[Job], *, ordered: bool = True) -> Iterator[Verdict]:
        """Yield one verdict per job, in order or, if not `ordered`, as they become ready."""
        ...


@dataclass(slots=True)
class _Found:
    """A record with what is known of it so far."""

    record: Record
    fault: Fault | None = None
    was_run: bool = True
    """False of code, and of what could not be run."""
    grade: Grade | None = None
    stronger: Stronger | None = None
    """Tests that it may gain."""

    def add(self, scores: Mapping[str, float] | None = None, tags: Mapping[str, str] | None = None) -> None:
        """Write down what was measured."""
        record = self.record
        self.record = replace(
            record, scores={**record.scores, **(scores or {})}, tags={**record.tags, **(tags or {})}
        )

    @property
    def is_open(self) -> bool:
        """Whether there are tests that it may gain, and nobody has tried them."""
        return self.stronger is not None and self.fault is None

    def take(self, verdict: Verdict) -> None:
        """The tests grow if all of them hold; the text, and so the record's id, stays."""
        more, self.stronger = self.stronger, None
        assert self.record.exercise is not None and more is not None, "only exercises have tests"
        if verdict.outcome != "pass":
            return
        exercise = self.record.exercise
        self.record = replace(self.record, exercise=replace(exercise, tests=exercise.tests + more.tests))
        rate = round(more.kill_rate, _DIGITS)
        self.add(scores={"kill_rate_strengthened": rate, "tests_added": float(len(more.tests))})


def check(cfg: Check, *, records: Path, out: Path, ctx: Context) -> Metrics:
    """Write the records that do what they state; the others are rejected with the reason and the place.

    What an earlier check wrote of a record is dropped. Kept records gain the tag `checked`, the level of the
    sandbox that ran them. All that were run gain scores: `functions` and `docstrings`; where there are examples
    `doctests_run`; pages `outputs_compared` and `exceptions_compared`, and the tag `blocks`, one word a block;
    exercises that are graded `kill_rate` and what it comes from, `mutants_killed`, `mutants_survived` and
    `mutants_equivalent`; with tests added `kill_rate_strengthened` and `tests_added`; the others the tag
    `ungraded` with the reason. Metrics: what `map_shards` counts, and `outcomes`, `pass_rate`, `sandbox_level`,
    `blocks`, `compared`, `mutants` and `lint`: see `written_metrics`. Raises SandboxUnavailable when this machine
    cannot isolate programs, UsageError for `lint_scores` without ruff.
    """
    refuse_without_ruff(cfg)
    with Sandbox(workers=ctx.workers) as sandbox:
        metrics = map_here(lambda given: checked(cfg, given, sandbox), shards(records), out, ctx)
        level = sandbox.level
    return metrics | written_metrics(out, level, cfg.mutant_share)


def refuse_without_ruff(cfg: Check) -> None:
    """Raise UsageError when scores are wanted of a linter that is not there."""
    if cfg.lint_scores and find_ruff() is None:
        raise UsageError(
            "lint_scores=True: ruff is not installed; pip install ruff, or leave lint_scores out"
        )


def checked(
    cfg: Check, records: Iterable[Record], sandbox: Runs, outline: Callable[[Record], Outline] = outline_of
) -> Iterator[Record | Rejected]:
    """Yield every record, in order: with what was measured, or rejected.

    Takes 500 at a time, with `lint_scores` all. The sandbox works on later ones while the caller has one.
    `outline` may know what another process saw of a record.
    """
    limits = Limits(cpu_seconds=cfg.cpu_seconds, memory_megabytes=cfg.memory_megabytes)
    # What an earlier check wrote is no fact of this one, whatever becomes of the record.
    fresh = _graded_first(map(_unmeasured, records), cfg.mutant_share)
    plans = (
        _Work(number, planned(record, limits, stubs=cfg.stubs, mutant_share=cfg.mutant_share))
        for number, record in fresh
    )
    found: Iterable[_Found] = _executed(plans, cfg, sandbox, limits)
    if cfg.lint_scores:
        found = [*found]
        _lint([item for item in found if item.was_run])
    for item in found:
        fault = item.fault or _weakness(item, cfg.min_kill_rate)
        if item.was_run:
            item.add(outline(item.record).code_facts, {} if fault else {"checked": sandbox.level})
        yield Rejected(item.record, STAGE, *fault) if fault else item.record


@dataclass(slots=True)
class _Work:
    """A record on its way, by its place among all."""

    number: int
    plan: Planned
    verdicts: dict[int, Verdict] = field(default_factory=dict)
    """By the place of the job in the plan, as far as they are there."""


def _graded_first(records: Iterable[Record], share: float) -> Iterator[tuple[int, Record]]:
    """Number records and yield, of each 500, first those that are graded.

    Mutants that never end take one in a hundred of these a second, and the others are run beside it.
    """
    numbered = enumerate(records)
    while batch := list(islice(numbered, _TAKEN)):
        yield from sorted(batch, key=lambda item: not is_sampled(item[1].id, share))


def _executed(works: Iterable[_Work], cfg: Check, sandbox: Runs, limits: Limits) -> Iterator[_Found]:
    """Yield what was found, by number. Tests that may be added are tried behind the jobs that are under way."""
    asked: dict[str, tuple[_Work, int] | _Found] = {}  # what the verdict on a job will be about
    wanting: deque[_Found] = deque()
    done: dict[int, _Found] = {}
    last = count()

    def ask(job: Job, about: tuple[_Work, int] | _Found) -> Job:
        job = replace(job, id=str(next(last)))  # two records may have one text
        asked[job.id] = about
        return job

    def jobs() -> Iterator[Job]:
        for work in works:
            if not work.plan.jobs:
                done[work.number] = _found(work.plan, iter(()), cfg)
            for place, job in enumerate(work.plan.jobs):
                yield ask(job, (work, place))
            while wanting:
                yield ask(_stronger_job(wanting[0], limits), wanting.popleft())

    next_number = 0
    for verdict in sandbox.run(jobs(), ordered=False):
        about = asked.pop(verdict.id)
        if isinstance(about, _Found):
            about.take(verdict)
        elif (item := _complete(*about, verdict, cfg)) is not None:
            done[about[0].number] = item
            wanting.extend([item] * item.is_open)
        while next_number in done and not done[next_number].is_open:
            yield done.pop(next_number)
            next_number += 1
    late = sandbox.run(_stronger_job(item, limits) for item in wanting)
    for item, verdict in zip(wanting, late, strict=True):
        item.take(verdict)
    yield from (done[number] for number in sorted(done))


def _complete(work: _Work, place: int, verdict: Verdict, cfg: Check) -> _Found | None:
    """Note a verdict, and return what all of them say once the last is there."""
    work.verdicts[place] = verdict
    if len(work.verdicts) < len(work.plan.jobs):
        return None
    return _found(work.plan, iter([work.verdicts[at] for at in range(len(work.verdicts))]), cfg)


def _found(plan: Planned, verdicts: Iterator[Verdict], cfg: Check) -> _Found:
    """Return what the verdicts on a record's jobs say of it."""
    if not plan.jobs:
        return _Found(plan.record, plan.unfit, was_run=False)
    item = _Found(plan.record)
    if plan.tests is not None:
        verdict = next(verdicts)
        item.fault = _exercise_fault(verdict)
        if plan.tests.mutants and item.fault is None:
            _grade(item, verdict, cfg)
    if plan.blocks is not None:
        verdict = next(verdicts)
        judgements = [*judged(plan.stated, verdict)]
        item.fault = first_fault(judgements, verdict)
        item.add(scores=facts(judgements), tags={"blocks": " ".join(block_outcomes(judgements))})
    if plan.examples is not None:
        verdict = next(verdicts)
        judgements = [one for one in judged(plan.in_docstrings, verdict) if one.claim.kind == "docstring"]
        item.fault = item.fault or first_fault(judgements, verdict)
        in_sessions = item.record.scores.get("doctests_run", 0.0)
        item.add(scores={"doctests_run": in_sessions + facts(judgements)["doctests_run"]})
    return item


def _unmeasured(record: Record) -> Record:
    """Return a record without what an earlier check wrote of it."""
    if _SCORES.isdisjoint(record.scores) and _TAGS.isdisjoint(record.tags):
        return record
    scores = {name: value for name, value in record.scores.items() if name not in _SCORES}
    tags = {name: value for name, value in record.tags.items() if name not in _TAGS}
    return replace(record, scores=scores, tags=tags)


def _exercise_fault(verdict: Verdict) -> Fault | None:
    """Return reason and detail of what is wrong with an exercise; None when nothing is."""
    if verdict.outcome == "pass":
        if not verdict.weak:
            return None
        return "tests_too_weak", f"a stub that returns {', '.join(verdict.weak)} passes them"
    where = "" if verdict.block == _TESTS or verdict.outcome == "sandbox_error" else "solution: "
    return _exercise_reason(verdict), f"{where}{verdict.detail}"


def _exercise_reason(verdict: Verdict) -> str:
    if verdict.outcome == "fail" and verdict.block == _TESTS:
        return "tests_failed"
    return REASONS.get(verdict.outcome, "solution_error")


def _grade(item: _Found, verdict: Verdict, cfg: Check) -> None:
    """Add the kill rate, or why there is none, and what tests would raise it."""
    exercise = item.record.exercise
    assert exercise is not None, "only exercises have mutants"
    grade = graded(verdict.mutants)
    if grade.kill_rate is None:
        item.add(tags={"ungraded": why_ungraded(verdict)})
        return
    item.grade = grade
    item.stronger = stronger(exercise, grade, cfg.most_tests_added)
    counts = {f"mutants_{name}": float(count) for name, count in grade.counts.items()}
    item.add(scores={"kill_rate": round(grade.kill_rate, _DIGITS), **counts})


def _stronger_job(item: _Found, limits: Limits) -> Job:
    """Return the job that runs the tests that an exercise may gain, with those that it has."""
    assert item.stronger is not None, "it is open"
    return tests_job(item.record, _tests(item.record) + item.stronger.tests, limits)


def _tests(record: Record) -> tuple[str, ...]:
    return record.exercise.tests if record.exercise is not None else ()


def _weakness(item: _Found, least: float) -> Fault | None:
    """Return reason and detail of tests that notice too few mutants, with those that were added."""
    if item.grade is None or (rate := kill_rate_in_the_end(item.record.scores)) >= least:
        return None
    survivors = "; ".join(f"line {m.line}: {m.change}" for m in item.grade.survived[:_MOST_SURVIVORS_SHOWN])
    return "tests_too_weak", f"they notice {rate:.0%} of the mutants, and not {survivors}"


def _lint(found: Sequence[_Found]) -> None:
    """Add the number of findings to every record. Raises NotLinted."""
    counts = linted((code_in(item.record) for item in found), find_ruff()).counts
    for item, findings in zip(found, counts, strict=True):
        item.add(scores={"lint_findings": float(findings)})
