"""Runs every exercise's tests and every textbook's blocks, and rejects what does not do what it states.

An exercise passes when its tests pass on its solution and fail on stubs that return None, the first argument
or the first expected value: tests that a stub passes certify nothing. What the tests expect never enters the
solution's process. A textbook passes when all blocks of the
page run in order in one namespace and print exactly the lines that it states. Records of code pass untouched.
Nothing is executed here: programs go to the sandbox. What the tests do not ask is not checked.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import Path
from typing import ClassVar, Protocol

from pydantic import Field

from hornbook.pool import map_here
from hornbook.quality.markdown import UnclosedBlock, parse_page, stated_output
from hornbook.record import Exercise, Record, Rejected, read_records, read_rejected, shards
from hornbook.sandbox import Job, Limits, Sandbox, Verdict
from hornbook.step import Config, Context, Metrics

_REASONS = {
    "syntax_error": "syntax_error",
    "timeout_cpu": "timeout",
    "timeout_wall": "timeout",
    "memory": "out_of_memory",
    "crash": "crashed",
    "exit": "exited_early",
    "forbidden": "forbidden_call",
    "output_limit": "printed_too_much",
    "tamper": "tampered",
    "unsupported": "cannot_be_judged",
    "sandbox_error": "sandbox_error",
}
_TESTS = 1
_SHOWN = 60


class Check(Config):
    """What a program may use, and how strict its tests must be."""

    VERSION: ClassVar[int] = 3

    cpu_seconds: float = Field(default=2.0, gt=0)
    """CPU seconds of one exercise or one page; a lesson that needs more is no lesson."""
    memory_megabytes: int = Field(default=512, ge=64)
    """Address space of one program; enough for anything that does not import numpy."""
    stubs: bool = True
    """Whether tests must fail on stubs; costs little, as no process is needed for most."""


class Runs(Protocol):
    """What `checked` needs of a sandbox."""

    @property
    def level(self) -> str:
        """How well programs are isolated."""
        ...

    def run(self, jobs: Iterator[Job]) -> Iterator[Verdict]:
        """Yield one verdict per job, in order."""
        ...


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A record whose verdict is on its way, or that needs none."""

    record: Record
    job: Job | None = None
    unfit: tuple[str, str] | None = None
    """Reason and detail of a record that cannot even be run."""


def check(cfg: Check, *, records: Path, out: Path, ctx: Context) -> Metrics:
    """Write the records that do what they state; the others are rejected with the reason and the place.

    Kept records gain the tag `checked`, the level of the sandbox that ran them. Metrics: what `map_shards` counts,
    outcomes per kind and the pass rate. Raises SandboxUnavailable when this machine cannot isolate programs.
    """
    with Sandbox(workers=ctx.workers) as sandbox:
        metrics = map_here(lambda given: checked(cfg, given, sandbox), shards(records), out, ctx)
        level = sandbox.level
    outcomes, levels = _written(out)
    rates = {
        kind: found.get("pass", 0) / sum(found.values())
        for kind, found in outcomes.items()
        if "not_executed" not in found
    }
    return metrics | {"outcomes": outcomes, "pass_rate": rates, "sandbox_level": ", ".join(levels or [level])}


def _written(out: Path) -> tuple[dict[str, dict[str, int]], list[str]]:
    """Return the outcomes of every kind and the levels at which records passed, from what all attempts wrote."""
    counts: Counter[tuple[str, str]] = Counter()
    levels: set[str] = set()
    for record in read_records(out):
        level = record.tags.get("checked")
        counts[record.kind, "pass" if level else "not_executed"] += 1
        levels |= {level} if level else set()
    counts.update((refused.record.kind, refused.reason) for refused in read_rejected(out))
    outcomes: dict[str, dict[str, int]] = {}
    for (kind, outcome), n in sorted(counts.items()):
        outcomes.setdefault(kind, {})[outcome] = n
    return outcomes, sorted(levels)


def checked(cfg: Check, records: Iterator[Record], sandbox: Runs) -> Iterator[Record | Rejected]:
    """Yield every record, in order: tagged as checked, or rejected; holds what the sandbox has in flight."""
    limits = Limits(cpu_seconds=cfg.cpu_seconds, memory_megabytes=cfg.memory_megabytes)
    waiting: deque[_Waiting] = deque()

    def jobs() -> Iterator[Job]:
        for record in records:
            item = _prepared(cfg, record, limits)
            waiting.append(item)
            if item.job is not None:
                yield item.job

    for verdict in sandbox.run(jobs()):
        yield from _settled(waiting)
        item = waiting.popleft()
        assert verdict.id == item.record.id, "the sandbox answers in the order of its jobs"
        yield _judged(item, verdict, sandbox.level)
    yield from _settled(waiting)


def _settled(waiting: deque[_Waiting]) -> Iterator[Record | Rejected]:
    """Yield the records at the front that wait for no verdict."""
    while waiting and waiting[0].job is None:
        item = waiting.popleft()
        yield Rejected(item.record, "check", *item.unfit) if item.unfit else item.record


def _prepared(cfg: Check, record: Record, limits: Limits) -> _Waiting:
    if record.kind == "code":
        return _Waiting(record)
    if record.kind == "exercise" and record.exercise is None:
        return _Waiting(record, unfit=("no_exercise", "the record has neither prompt nor tests"))
    if record.exercise is not None and record.text != record.exercise.prompt + record.exercise.solution:
        return _Waiting(record, unfit=("text_differs", "what a model reads is not what would be executed"))
    if record.exercise is not None:
        return _Waiting(record, _exercise_job(cfg, record, record.exercise, limits))
    try:
        page = parse_page(record.text)
    except UnclosedBlock as error:
        return _Waiting(record, unfit=("unclosed_block", str(error)))
    if not page.blocks:
        return _Waiting(record, unfit=("no_code", ""))
    return _Waiting(record, Job(id=record.id, blocks=page.blocks, limits=limits))


def _exercise_job(cfg: Check, record: Record, exercise: Exercise, limits: Limits) -> Job:
    return Job(
        id=record.id,
        blocks=(exercise.prompt + exercise.solution,),
        tests="\n".join(exercise.tests) + "\n",
        entry_point=exercise.entry_point,
        limits=limits,
        stubs=cfg.stubs,
    )


def _judged(item: _Waiting, verdict: Verdict, level: str) -> Record | Rejected:
    record = item.record
    fault = _exercise_fault(verdict) if record.exercise is not None else _page_fault(item, verdict)
    if fault is not None:
        return Rejected(record, "check", *fault)
    return replace(record, tags={**record.tags, "checked": level})


def _exercise_fault(verdict: Verdict) -> tuple[str, str] | None:
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
    return _REASONS.get(verdict.outcome, "solution_error")


def _page_fault(item: _Waiting, verdict: Verdict) -> tuple[str, str] | None:
    """Return reason and detail of the first thing that is wrong with a page; None when nothing is."""
    blocks = item.job.blocks if item.job is not None else ()
    for number, (block, real) in enumerate(zip(blocks, verdict.outputs, strict=False), start=1):
        ended_here = verdict.outcome != "pass" and number - 1 >= verdict.block
        if not ended_here and (difference := output_difference(stated_output(block), real)):
            return "output_differs", f"block {number}: {difference}"
    if verdict.outcome == "pass":
        return None
    reason = _REASONS.get(verdict.outcome, "block_error")
    return reason, f"block {verdict.block + 1}: {verdict.detail}"


def output_difference(stated: str, real: str) -> str:
    """Say where two outputs differ, line by line, trailing blanks ignored; "" when they do not.

    >>> output_difference("1\\n2\\n", "1\\n3\\n")
    "line 2: stated '2', real '3'"
    """
    for number, (a, b) in enumerate(zip_longest(_lines(stated), _lines(real)), start=1):
        if a != b:
            return f"line {number}: stated {_shown(a)}, real {_shown(b)}"
    return ""


def _lines(output: str) -> list[str]:
    output = output.rstrip()
    return [line.rstrip() for line in output.split("\n")] if output else []


def _shown(line: str | None) -> str:
    if line is None:
        return "nothing"
    return repr(line if len(line) <= _SHOWN else line[:_SHOWN] + "...")
