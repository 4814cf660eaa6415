"""Asking a teacher once for each record: what rephrasing, judging and the like share.

Every shard of the input becomes one of the output, as in `map_shards`, but the answers of all shards come out of
one stream, so that no shard waits for the slowest answer of the one before. What is asked about a record depends
on the record, the seed and the config alone: not on its place, so a file that grows costs its new records.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from typing import Any, ClassVar, Literal, Self

from pydantic import Field, field_validator, model_validator

from hornbook import draw
from hornbook.lessons import prompt
from hornbook.lessons.answer import Asked
from hornbook.lessons.asking import NOTED, Meter, access_to
from hornbook.lessons.guard import GUARDED, Guard
from hornbook.lessons.reasking import Ask, read_answers, reask_metrics, reasked_tag
from hornbook.pool import map_here, unfinished
from hornbook.record import Record, Rejected, count, read_records, shards
from hornbook.step import RESUME, Config, Context, Metrics, Progress
from hornbook.teacher.protocol import Completion, Request

_SHOWN = 200
"""Characters of an answer in the detail of a rejection."""


class FromRecords(Config):
    """Which teacher is asked about each record, and with what template."""

    KIND: ClassVar[str]
    """Name of the template, and of the stage."""

    teacher: Asked
    """Who answers; the offline teacher only knows its own curriculum."""
    seed: int = 0
    """Seed of what is drawn for each record."""
    template: str = ""
    """Text of a prompt template of your own, in the place of hornbook's."""
    reasks: int = Field(1, ge=0, le=5)
    """How often a malformed answer is asked for again, at most; each costs a call with the whole conversation."""
    prompts: str = ""
    """Digest of hornbook's template; filled in, never set."""

    @field_validator("prompts")
    @classmethod
    def _of_this_version(cls, given: str) -> str:
        known = prompt.digest(cls.KIND)
        if given in ("", known):
            return known
        raise ValueError(f"prompts {given!r} is not what is installed ({known}); leave the field empty")

    @model_validator(mode="after")
    def _own_template(self) -> Self:
        if self.template:
            prompt.check_template(self.KIND, self.template)
        return self


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What a step asks about a record, and what it makes of the answers."""

    cfg: FromRecords
    becomes: Callable[[prompt.Slots], Literal["exercise", "textbook"]]
    """Returns the kind of text that slots ask for."""
    draw: Callable[[Record, Random], tuple[prompt.Slots, Mapping[str, Any]]]
    """Returns the slots of a request, which its record keeps, and what else the template fills in."""
    read: Callable[[Record, Completion, str], Record]
    """Makes a record of an answer about a record; raises Malformed."""
    unfit: Callable[[Record], tuple[str, str] | None] = lambda record: None
    """Returns reason and detail of a record about which nothing can be asked."""
    answers: int = 1
    """Answers about each record."""
    finish: Callable[[Record, list[Record | Rejected]], Iterable[Record | Rejected]] = lambda record, found: (
        found
    )
    """Makes results of what the answers about a record became."""
    examine: Callable[[list[Record | Rejected]], Iterable[Record | Rejected]] = lambda results: results
    """Sees the results of a shard together, as for the sandbox."""
    adds: bool = False
    """Whether a result is the record itself, with more on it; then so is a rejection."""

    def fresh(self, record: Record) -> Record:
        """Return a record without what an earlier step of this kind said about asking again."""
        tag = reasked_tag(self.cfg.KIND)
        if tag not in record.tags:
            return record
        return replace(record, tags={name: value for name, value in record.tags.items() if name != tag})

    def asks(self, record: Record) -> Iterator[Ask]:
        """Yield what is asked about a record."""
        for number in range(self.answers):
            rng = draw.rng(self.cfg.seed, f"{self.cfg.KIND}/{record.id}", number)
            slots, more = self.draw(record, rng)
            request = Request(
                kind=self.becomes(slots),
                seed=f"{self.cfg.seed}/{self.cfg.KIND}/{record.id}/{number}",
                slots=slots,
                messages=prompt.messages(self.cfg.KIND, {**slots, **more}, self.cfg.template),
                sample=number,
            )
            yield Ask(request=request, read=_reader(self.read, record))


def ask_about(work: Work, records: Path, out: Path, ctx: Context) -> Metrics:
    """Ask the endpoint in `ctx.access` about every record and write what comes of it.

    Metrics: those of `map_shards`; `calls`, `failed_calls`, `tokens_in` and `tokens_out`, which count what this
    step paid for and not what the journal had; with a price `dollars` and `dollars_per_record`; `reasked` and
    `reasked_read`. Raises what `accept` raises of an endpoint.
    """
    access = access_to(work.cfg.teacher, ctx)
    given = shards(records)
    todo = unfinished(given, out)
    total = sum(map(count, given))
    guard = Guard(most=min(GUARDED, total * work.answers), least_read=access.least_read)
    with (
        Meter(access.budget, out / RESUME / "spent.json") as meter,
        access.teacher(ctx.log) as teacher,
        contextlib.closing(
            read_answers(
                teacher,
                _asks(work, todo),
                work.cfg.KIND,
                most_reasks=work.cfg.reasks,
                look=guard.look,
            )
        ) as results,
    ):
        progress = _Progress(ctx, meter, total, done=total - sum(map(count, todo)))
        metrics = map_here(
            lambda records: work.examine(list(_results(work, records, results, progress))),
            given,
            out,
            replace(ctx, progress=lambda progress: None),
        )
    spent = meter.metrics()
    if "dollars" in spent and metrics["num_kept"]:
        spent["dollars_per_record"] = spent["dollars"] / metrics["num_kept"]
    return metrics | reask_metrics(out, work.cfg.KIND) | spent


@dataclass(slots=True)
class _Progress:
    ctx: Context
    meter: Meter
    total: int
    done: int = field(kw_only=True)

    def add(self) -> None:
        self.done += 1
        if self.done % NOTED == 0:
            self.meter.note()
        self.ctx.progress(Progress(done=self.done, total=self.total, unit="records"))


def _asks(work: Work, todo: Iterable[Path]) -> Iterator[Ask]:
    for shard in todo:
        for record in map(work.fresh, read_records(shard)):
            if work.unfit(record) is None:
                yield from work.asks(record)


def _results(
    work: Work,
    records: Iterator[Record],
    results: Generator[Record | Rejected, None, None],
    progress: _Progress,
) -> Iterator[Record | Rejected]:
    for record in map(work.fresh, records):
        if (fault := work.unfit(record)) is not None:
            yield Rejected(record, work.cfg.KIND, *fault)
        else:
            found = [_of(work, record, next(results)) for _ in range(work.answers)]
            yield from work.finish(record, found)
        progress.add()


def _of(work: Work, record: Record, result: Record | Rejected) -> Record | Rejected:
    """Say of a rejected answer which record it was about."""
    if isinstance(result, Record):
        return result
    if not work.adds:
        answer = replace(result.record, parents=(record.id,), license=record.license)
        return replace(result, record=answer)
    tag = reasked_tag(work.cfg.KIND)
    again = {tag: result.record.tags[tag]} if tag in result.record.tags else {}
    detail = f"{result.detail}; the answer begins {result.record.text[:_SHOWN]!r}"
    return replace(result, record=replace(record, tags={**record.tags, **again}), detail=detail)


def _reader(
    read: Callable[[Record, Completion, str], Record], record: Record
) -> Callable[[Completion, str], Record]:
    return lambda completion, teacher: read(record, completion, teacher)
