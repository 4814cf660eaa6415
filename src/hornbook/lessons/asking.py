"""Asking an endpoint for the drafts of a step: one scheduler for all its shards, a guard, and what was spent.

The answers of all shards come out of one `complete`, so that no shard waits for the slowest answer of the one
before; each shard takes its own from there.
"""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Self

import orjson

from hornbook.errors import QualityGate, UsageError
from hornbook.lessons import plan
from hornbook.lessons.answer import Asked, Drafts, read_or_reject, split_indices
from hornbook.pool import map_here, unfinished, write_atomically
from hornbook.record import Record, Rejected
from hornbook.step import RESUME, Context, Metrics, Progress
from hornbook.teacher.protocol import Completion, Request, Teacher

if TYPE_CHECKING:
    from hornbook.teacher.access import Access
    from hornbook.teacher.budget import Budget, Spent

_GUARDED = 60
"""Answers after which a teacher that cannot be read is given up; some more are in flight by then."""
_NOTED = 50
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
    step paid for and not what the journal had; with a price `dollars` and `dollars_per_record`.

    Raises BudgetExceeded, TeacherUnavailable, and QualityGate where too few of the first answers can be read;
    every answer is kept. Raises UsageError where `ctx.access` is missing or another teacher than `cfg.teacher`.
    """
    access = _access_to(cfg, ctx)
    shards = split_indices(cfg.count)
    todo = list(chain.from_iterable(unfinished(shards, out)))
    guard = _Guard(most=min(_GUARDED, cfg.count), least_read=access.least_read)
    done = cfg.count - len(todo)
    with (
        _Meter(access.budget, out / RESUME / "spent.json") as meter,
        access.teacher(ctx.log) as teacher,
        contextlib.closing(_completions(teacher, _requests(kind, cfg, todo))) as completions,
    ):

        def stage(indices: Iterator[int]) -> Iterable[Record | Rejected]:
            nonlocal done
            for _, completion in zip(indices, completions, strict=False):
                result = read_or_reject(completion, teacher.name, read, f"{kind}s")
                guard.look(result)
                done += 1
                if done % _NOTED == 0:
                    meter.note()
                ctx.progress(Progress(done=done, total=cfg.count, unit="answers"))
                yield result

        metrics = map_here(stage, shards, out, replace(ctx, progress=lambda progress: None))
    spent = meter.metrics()
    if "dollars" in spent and metrics["num_kept"]:
        spent["dollars_per_record"] = spent["dollars"] / metrics["num_kept"]
    return metrics | spent


def _access_to(cfg: Drafts, ctx: Context) -> Access:
    assert isinstance(cfg.teacher, Asked), "the offline teacher needs no access"
    if ctx.access is None:
        raise UsageError(
            f"teacher {cfg.teacher.name!r} is behind an endpoint, and nobody said where: give --teacher URL and "
            "--model, or Context(access=...)"
        )
    lent = Asked.of(ctx.access.endpoint)
    if lent != cfg.teacher:
        raise UsageError(
            f"the step wants teacher {cfg.teacher!r}, and the endpoint is {lent!r}; change parameters where the "
            "endpoint is given (--teacher-set), not in the step"
        )
    return ctx.access


def _requests(kind: Literal["exercise", "textbook"], cfg: Drafts, indices: list[int]) -> Iterator[Request]:
    """Yield the plan's requests. Two items may ask the same thing in the same words; each gets its own answer."""
    asked = plan.requests(kind, cfg.seed, indices, programs=cfg.programs, breadth=cfg.breadth)
    return (replace(request, sample=index) for index, request in zip(indices, asked, strict=True))


def _completions(teacher: Teacher, requests: Iterator[Request]) -> Generator[Completion, None, None]:
    yield from teacher.complete(requests)


@dataclass(slots=True, kw_only=True)
class _Guard:
    """Stops a step when too few of its first results could be read."""

    most: int
    least_read: float
    _seen: int = 0
    _refused: list[Rejected] = field(default_factory=list)

    def look(self, result: Record | Rejected) -> None:
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


class _Meter:
    """What a step spent, in all its attempts; a context manager, which notes it at the end."""

    def __init__(self, budget: Budget, path: Path) -> None:
        self._budget, self._path = budget, path
        self._before = budget.spent
        self._earlier: dict[str, float] = orjson.loads(path.read_bytes()) if path.exists() else {}

    def metrics(self) -> dict[str, float]:
        now = _difference(self._before, self._budget.spent)
        return self._earlier | {name: self._earlier.get(name, 0) + value for name, value in now.items()}

    def note(self) -> None:
        """Write it down for a later attempt."""
        write_atomically(self._path, orjson.dumps(self.metrics()))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.note()


def _difference(before: Spent, now: Spent) -> dict[str, float]:
    found: dict[str, float] = {
        "calls": now.calls - before.calls,
        "failed_calls": now.failed - before.failed,
        "tokens_in": now.tokens_in - before.tokens_in,
        "tokens_out": now.tokens_out - before.tokens_out,
    }
    if now.usd is not None and before.usd is not None:
        found["dollars"] = now.usd - before.usd
    return found
