"""Which jobs say whether a record does what it states."""

from __future__ import annotations

from dataclasses import dataclass, replace

from hornbook.quality.claims import Claim, MalformedExample, page_claims, with_docstrings
from hornbook.quality.markdown import UnclosedBlock, UnreadableBlock, parse_page
from hornbook.record import Exercise, Record
from hornbook.sandbox import Job, Limits

MOST_MUTANTS = 100
INPUTS = 32
Fault = tuple[str, str]
"""Reason, and detail for people."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A record with its jobs."""

    record: Record
    tests: Job | None = None
    """Of an exercise."""
    blocks: Job | None = None
    """Of a page."""
    examples: Job | None = None
    """The code again, and the examples in its docstrings: in a process of its own, as they may change things."""
    stated: tuple[Claim, ...] = ()
    """What `blocks` runs."""
    in_docstrings: tuple[Claim, ...] = ()
    """What `examples` runs."""
    unfit: Fault | None = None
    """Why a record cannot even be run."""

    @property
    def jobs(self) -> tuple[Job, ...]:
        """All jobs, in order."""
        return tuple(job for job in (self.tests, self.blocks, self.examples) if job is not None)


def planned(record: Record, limits: Limits, *, stubs: bool, mutant_share: float) -> Planned:
    """Return the jobs of a record; none for code, and none for what cannot be run."""
    exercise = record.exercise
    if record.kind == "code":
        return Planned(record)
    if record.kind == "exercise" and exercise is None:
        return Planned(record, unfit=("no_exercise", "the record has neither prompt nor tests"))
    if exercise is not None and record.text != exercise.prompt + exercise.solution:
        return Planned(record, unfit=("text_differs", "what a model reads is not what would be executed"))
    try:
        if exercise is None:
            return _planned_page(record, limits)
        tests = tests_job(record, exercise.tests, limits)
        mutants = MOST_MUTANTS if is_sampled(record.id, mutant_share) else 0
        tests = replace(tests, stubs=stubs, mutants=mutants, inputs=INPUTS)
        return _with_examples(Planned(record, tests=tests), (_program(exercise),), limits)
    except UnclosedBlock as error:
        return Planned(record, unfit=("unclosed_block", str(error)))
    except UnreadableBlock as error:
        return Planned(record, unfit=("unreadable_block", str(error)))
    except MalformedExample as error:
        return Planned(record, unfit=("malformed_example", str(error)))


def tests_job(record: Record, tests: tuple[str, ...], limits: Limits) -> Job:
    """Return the job that runs tests on a record's solution."""
    assert record.exercise is not None, "only exercises have tests"
    return Job(
        id=record.id,
        blocks=(record.text,),
        tests="\n".join(tests) + "\n",
        entry_point=record.exercise.entry_point,
        limits=limits,
    )


def is_sampled(id_: str, share: float) -> bool:
    """Say whether a record is one of those drawn: by its id, so whatever stands beside it."""
    return int(id_[:8], 16) < share * 2**32


def _planned_page(record: Record, limits: Limits) -> Planned:
    blocks = parse_page(record.text).blocks
    if not blocks:
        return Planned(record, unfit=("no_code", ""))
    claims = page_claims(blocks)
    plan = Planned(record, blocks=_job(record, claims, limits), stated=claims)
    return _with_examples(plan, claims, limits)


def _program(exercise: Exercise) -> Claim:
    program = exercise.prompt + exercise.solution
    return Claim(kind="program", block=1, where="solution", code=program, sources=(program,))


def _with_examples(plan: Planned, claims: tuple[Claim, ...], limits: Limits) -> Planned:
    mixed = with_docstrings(claims)
    return replace(plan, examples=_job(plan.record, mixed, limits), in_docstrings=mixed) if mixed else plan


def _job(record: Record, claims: tuple[Claim, ...], limits: Limits) -> Job:
    sources = tuple(source for claim in claims for source in claim.sources)
    return Job(id=record.id, blocks=sources, limits=limits)
