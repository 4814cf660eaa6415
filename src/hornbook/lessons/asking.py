"""Asking an endpoint for the drafts of a step: one scheduler for all its shards, a guard, and what was spent.

The answers of all shards come out of one `complete`, so that no shard waits for the slowest answer of the one
before; each shard takes its own from there.
"""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Self

import orjson

from hornbook.errors import QualityGate, UsageError
from hornbook.lessons import plan
from hornbook.lessons.answer import Asked, Drafts, split_indices
from hornbook.lessons.reasking import Ask, read_answers, reask_metrics
from hornbook.pool import map_here, unfinished, write_atomically
from hornbook.record import Record, Rejected
from hornbook.step import RESUME, Context, Metrics, Progress
from hornbook.teacher.protocol import Completion

if TYPE_CHECKING:
    from hornbook.teacher.access import Access
    from hornbook.teacher.budget import Budget, Spent

GUARDED = 60
"""Answers after which a teacher that cannot be read is given up; some more are in flight by then."""
NOTED = 50
"""Answers after which it is noted what the step has spent: a kill costs its metrics no more."""
_NUM_SAMPLES = 3
_SHOWN = 400
"""Characters of a failing sample."""


def ask_endpoint(
    kind: Literal["exercise", "textbook"],
    cfg: Drafts,
    read: Callable[[Completion, str], Record],
    out: Path,
    ctx: Context,
) -> Metrics:
    """Ask the endpoint in `ctx.access` for `cfg.count` drafts and write them as records.

    Metrics: those of `map_shards`, `calls`, `failed_calls`, `tokens_in` and `tokens_out`, which count what this
    step paid for and not what the journal had; `calling_seconds` by the clock while calls were in flight, and
    `call_seconds` of all calls together; with a price `dollars` and `dollars_per_record`; `reasked` and
    `reasked_read`.

    Raises BudgetExceeded, TeacherUnavailable, and QualityGate where too few of the first answers can be read;
    every answer is kept. Raises UsageError where `ctx.access` is missing or another teacher than `cfg.teacher`.
    """
    access = access_to(cfg.teacher, ctx)
    shards = split_indices(cfg.count)
    todo = list(chain.from_iterable(unfinished(shards, out)))
    guard = Guard(most=min(GUARDED, cfg.count), least_read=access.least_read)
    done = cfg.count - len(todo)
    with (
        Meter(access.budget, out / RESUME / "spent.json") as meter,
        access.teacher(ctx.log) as teacher,
        contextlib.closing(
            read_answers(
                teacher, _asks(kind, cfg, todo, read), f"{kind}s", most_reasks=cfg.reasks, look=guard.look
            )
        ) as results,
    ):

        def stage(indices: Iterator[int]) -> Iterable[Record | Rejected]:
            nonlocal done
            for _, result in zip(indices, results, strict=False):
                done += 1
                if done % NOTED == 0:
                    meter.note()
                ctx.progress(Progress(done=done, total=cfg.count, unit="answers"))
                yield result

        metrics = map_here(stage, shards, out, replace(ctx, progress=lambda progress: None))
    spent = meter.metrics()
    if "dollars" in spent and metrics["num_kept"]:
        spent["dollars_per_record"] = spent["dollars"] / metrics["num_kept"]
    return metrics | reask_metrics(out, f"{kind}s") | spent


def access_to(asked: str | Asked, ctx: Context) -> Access:
    """Return the access that a run lends; raises UsageError where there is none, or one to another teacher."""
    assert isinstance(asked, Asked), "the offline teacher needs no access"
    if ctx.access is None:
        raise UsageError(
            f"teacher {asked.name!r} is behind an endpoint, and nobody said where: give --teacher URL and "
            "--model, or Context(access=...)"
        )
    lent = Asked.of(ctx.access.endpoint)
    if lent != asked:
        raise UsageError(
            f"the step wants teacher {asked!r}, and the endpoint is {lent!r}; change parameters where the "
            "endpoint is given (--teacher-set), not in the step"
        )
    return ctx.access


def _asks(
    kind: Literal["exercise", "textbook"],
    cfg: Drafts,
    indices: list[int],
    read: Callable[[Completion, str], Record],
) -> Iterator[Ask]:
    """Yield the plan's requests. Two items may ask the same thing in the same words; each gets its own answer."""
    asked = plan.requests(
        kind,
        cfg.seed,
        indices,
        programs=cfg.programs,
        breadth=cfg.breadth,
        template=cfg.template,
        topics=cfg.topics,
    )
    for index, request in zip(indices, asked, strict=True):
        yield Ask(request=replace(request, sample=index), read=read)


@dataclass(slots=True, kw_only=True)
class Guard:
    """Stops a step when too few of its first results could be read."""

    most: int
    least_read: float
    _seen: int = 0
    _refused: list[Rejected] = field(default_factory=list)

    def look(self, result: Record | Rejected) -> None:
        """Take one result; raises QualityGate when there are enough to tell."""
        if self._seen >= self.most:
            return
        self._seen += 1
        if isinstance(result, Rejected):
            self._refused.append(result)
        if self._seen == self.most and self._seen - len(self._refused) < self.least_read * self._seen:
            raise QualityGate(self._explain())

    def _explain(self) -> str:
        reasons = Counter(refused.reason for refused in self._refused).most_common()
        samples = "\n".join(_shown(refused) for refused in self._refused[:_NUM_SAMPLES])
        return (
            f"of the first {self._seen} answers {self._seen - len(self._refused)} could be read "
            f"({', '.join(f'{number} {reason}' for reason, number in reasons)}):\n{samples}\n"
            f"stopped, since less than {100 * self.least_read:g} % could be read. Every answer is kept. "
            "Take another model, a larger --teacher-set max_tokens, or go on with --least-read 0"
        )


def _shown(refused: Rejected) -> str:
    text = refused.record.text
    more = "..." if len(text) > _SHOWN else ""
    return f"--- {refused.reason}: {refused.detail}\n{text[:_SHOWN].rstrip()}{more}"


class Meter:
    """What a step spent, in all its attempts; a context manager, which notes it at the end."""

    def __init__(self, budget: Budget, path: Path) -> None:
        self._budget, self._path = budget, path
        self._before = budget.spent
        self._earlier: dict[str, float] = orjson.loads(path.read_bytes()) if path.exists() else {}

    def metrics(self) -> dict[str, float]:
        """Return calls, failed calls, tokens, and with a price dollars."""
        now = _difference(self._before, self._budget.spent)
        return self._earlier | {name: self._earlier.get(name, 0) + value for name, value in now.items()}

    def note(self) -> None:
        """Write it down for a later attempt."""
        write_atomically(self._path, orjson.dumps(self.metrics()))

    def __enter__(self) -> Self:
        """Return the meter."""
        return self

    def __exit__(self, *_: object) -> None:
        """Note what was spent, whatever happened."""
        self.note()


def _difference(before: Spent, now: Spent) -> dict[str, float]:
    found: dict[str, float] = {
        "calls": now.calls - before.calls,
        "failed_calls": now.failed - before.failed,
        "tokens_in": now.tokens_in - before.tokens_in,
        "tokens_out": now.tokens_out - before.tokens_out,
        "calling_seconds": 3600 * (now.hours - before.hours),
        "call_seconds": 3600 * (now.call_hours - before.call_hours),
    }
    if now.usd is not None and before.usd is not None:
        found["dollars"] = now.usd - before.usd
    return found
