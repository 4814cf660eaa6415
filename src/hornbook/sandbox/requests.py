"""What the helpers are asked about a job, as bytes, and what the judge's preparation adds to it."""

from __future__ import annotations

from hornbook.sandbox import frames
from hornbook.sandbox.slot import Slot
from hornbook.sandbox.verdict import Job

Sources = tuple[list[str], str | None, str, str]


def sources(job: Job) -> Sources:
    """All that the judge reads of a job: blocks; tests, setup and entry point."""
    return list(job.blocks), job.tests, job.setup, job.entry_point


def characters(job: Job) -> int:
    """How long its sources are together."""
    return sum(map(len, (job.setup, job.tests or "", *job.blocks)))


def unprepared_lane(job: Job) -> str:
    """The lane of a job whose sources the judge could not read."""
    return "run" if job.tests is None else "split"


def to_prepare(slot: Slot) -> bytes:
    """To the judge: compile the program, make a plan of its tests."""
    job = slot.job
    return frames.request(("prepare", *sources(job), job.stubs, job.mutants * slot.asks_mutants))


def to_execute(slot: Slot) -> tuple[bytes, bytes]:
    """To a zygote: run the program; and, on a line that no program's child has, the tests to be split."""
    job, limits = slot.job, slot.limits
    header = (slot.lane, limits.cpu_seconds, limits.memory_megabytes)
    plan = (slot.codes, slot.calls, slot.is_plain, limits.output_bytes)
    program = (slot.lane, list(job.blocks), *plan, slot.trials)
    tests = (job.tests, job.setup, job.entry_point, job.stubs) if slot.lane == "split" else None
    return frames.job(header, program, tests)


def to_compare(slot: Slot) -> bytes:
    """To the judge: do these answers satisfy the tests, and which mutants do those tell?"""
    job, ending = slot.job, slot.ending
    assert ending is not None, "something was answered"
    told = (job.tests, job.setup, job.entry_point, list(ending.parts))
    is_graded = slot.trials and ending.outcome == "answers"
    fates = (1 + len(slot.labels), *slot.trials[3:]) if is_graded else ()
    return frames.request(("grade" if is_graded else "compare", *told, *fates))


def take_plan(slot: Slot, parts: list[bytes]) -> list[bytes]:
    """Notes what the judge said of the plan; the rest is the compiled blocks."""
    slot.calls, form, slot.witness, weak, labels, certain, code, near, *codes = parts
    slot.is_plain, slot.weak = form == b"plain", tuple(weak.decode().splitlines())
    slot.labels = tuple(labels.decode().split("\n")) if labels else ()
    slot.trials = (code, len(slot.labels), certain, slot.job.inputs, near) if labels else ()
    return codes
