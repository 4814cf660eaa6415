"""Asking an endpoint for the drafts of a step: one scheduler for all its rounds, and what was spent."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Self

import orjson

from hornbook.errors import UsageError
from hornbook.lessons.answer import Asked, Drafts
from hornbook.lessons.drafting import Kind, Read, request_of
from hornbook.lessons.guard import GUARDED, Guard
from hornbook.lessons.reasking import Ask, read_answers, reask_metrics
from hornbook.lessons.rounds import Item, Result
from hornbook.pool import write_atomically
from hornbook.step import RESUME, Context, Metrics
from hornbook.teacher.protocol import Request

if TYPE_CHECKING:
    from hornbook.teacher.access import Access
    from hornbook.teacher.budget import Budget, Spent

NOTED = 50
"""Answers after which it is noted what the step has spent: a kill costs its metrics no more."""


class EndpointDrafts:
    """Drafts by the endpoint in `ctx.access`; a context manager.

    Entering raises UsageError where `ctx.access` is missing or another teacher than `cfg.teacher`.
    """

    def __init__(self, kind: Kind, cfg: Drafts, read: Read, out: Path, ctx: Context) -> None:
        """Nothing is asked yet."""
        self._kind, self._cfg, self._read, self._out, self._ctx = kind, cfg, read, out, ctx
        self._access = access_to(cfg.teacher, ctx)
        self._meter = Meter(self._access.budget, out / RESUME / "spent.json")
        self._stack = contextlib.ExitStack()

    def drafts(self, wanted: Iterator[Item | None]) -> Iterator[Result]:
        """Yield a record or a rejection for each item, in order; the answers to all come out of one `complete`.

        Raises BudgetExceeded and TeacherUnavailable, and QualityGate when too few of the first answers can be
        read; every answer is kept.
        """
        guard = Guard(most=min(GUARDED, self._cfg.count), least_read=self._access.least_read)
        results = read_answers(
            self._teacher,
            (None if item is None else Ask(request=self.request(item), read=self._read) for item in wanted),
            f"{self._kind}s",
            most_reasks=self._cfg.reasks,
            look=guard.look,
        )
        self._stack.enter_context(contextlib.closing(results))
        for done, result in enumerate(results, start=1):
            if done % NOTED == 0:
                self._meter.note()
            yield result

    def request(self, item: Item) -> Request:
        """Return the request of an item. Two items may ask in the same words; each gets an answer of its own."""
        return replace(request_of(self._kind, self._cfg, item), sample=item.index)

    def metrics(self, num_accepted: int) -> Metrics:
        """Return what was asked again, and what the step paid for in all its attempts, for each record too.

        `calls`, `failed_calls`, `tokens_in` and `tokens_out` count what this step paid for, not what the journal
        had; `calling_seconds` are by the clock while calls were in flight, `call_seconds` of all calls together;
        with a price `dollars` and `dollars_per_record`; `reasked` and `reasked_read`.
        """
        spent: Metrics = dict(self._meter.metrics())
        if "dollars" in spent and num_accepted:
            spent["dollars_per_record"] = spent["dollars"] / num_accepted
        return reask_metrics(self._out, f"{self._kind}s") | spent

    def __enter__(self) -> Self:
        """Open the journal and the teacher."""
        self._stack.enter_context(self._meter)
        self._teacher = self._stack.enter_context(self._access.teacher(self._ctx.log))
        return self

    def __exit__(self, *error: object) -> None:
        """Store what was answered, and note what was spent."""
        self._stack.close()


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
