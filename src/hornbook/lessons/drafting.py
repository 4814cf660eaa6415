"""Drafts by the offline teacher: a pure function of the items, in this process or in several."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from itertools import islice, takewhile
from typing import Literal, Self

from hornbook.curriculum.offline import OfflineTeacher
from hornbook.lessons import plan
from hornbook.lessons.answer import Drafts, read_or_reject
from hornbook.lessons.rounds import ROUND, Item, Result
from hornbook.processes import SPAWN, deaf_to_interrupts, killed, stay_with_parent
from hornbook.quality.diversity import opening_of
from hornbook.record import Record
from hornbook.step import Context, Metrics
from hornbook.teacher.protocol import Completion, Request

Kind = Literal["exercise", "textbook"]
Read = Callable[[Completion, str], Record]
_CHUNK = ROUND // 2
"""Items that a worker process takes at a time."""
_TRIES = 3
"""Answers of the offline teacher to one item at most: it cannot heed a ban, so it is asked with another seed."""


def request_of(kind: Kind, cfg: Drafts, item: Item) -> Request:
    """Return the request of an item."""
    (request,) = plan.requests(
        kind,
        cfg.seed,
        [item.index],
        programs=cfg.programs,
        breadth=cfg.breadth,
        slips=cfg.slips,
        deepen=cfg.deepen,
        template=cfg.template,
        topics=cfg.topics,
        steering=item.steering,
        fixed=cfg.diversity == "fixed",
    )
    return request


class OfflineDrafts:
    """Drafts by the offline teacher; a context manager."""

    def __init__(self, kind: Kind, cfg: Drafts, read: Read, ctx: Context) -> None:
        """Prepare; a step of one round is not worth starting processes for."""
        self._kind, self._cfg, self._read = kind, cfg, read
        self._pool: ProcessPoolExecutor | None = None
        if ctx.engine == "processes" and ctx.workers > 1 and cfg.count > ROUND:
            self._pool = ProcessPoolExecutor(ctx.workers, mp_context=SPAWN, initializer=stay_with_parent)

    def drafts(self, wanted: Iterator[Item | None]) -> Iterator[Result]:
        """Yield a record or a rejection for each item, in order."""
        begun: deque[Future[list[Result]]] = deque()
        while True:
            while items := _next_chunk(wanted):
                begun.append(self._begin(items))
            if not begun:
                return
            try:
                yield from begun.popleft().result()
            except BrokenProcessPool:
                raise killed() from None

    def _begin(self, items: Sequence[Item]) -> Future[list[Result]]:
        if self._pool is not None:
            with deaf_to_interrupts():
                return self._pool.submit(_drafted, self._kind, self._cfg, self._read, items)
        done: Future[list[Result]] = Future()
        done.set_result(_drafted(self._kind, self._cfg, self._read, items))
        return done

    def metrics(self, num_accepted: int) -> Metrics:
        """Return what only a teacher behind an endpoint has: nothing."""
        return {}

    def __enter__(self) -> Self:
        """Return the drafts."""
        return self

    def __exit__(self, *error: object) -> None:
        """End the processes."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)


def _next_chunk(wanted: Iterator[Item | None]) -> list[Item]:
    """Return the next items, none where there is none for now."""
    return [item for item in takewhile(lambda item: item is not None, islice(wanted, _CHUNK)) if item]


def _drafted(kind: Kind, cfg: Drafts, read: Read, items: Sequence[Item]) -> list[Result]:
    teacher = OfflineTeacher()
    return [_draft(teacher, request_of(kind, cfg, item), read, item.steering.banned) for item in items]


def _draft(teacher: OfflineTeacher, request: Request, read: Read, banned: Sequence[str]) -> Result:
    """Return the first answer that does not begin as one should not, else the last."""
    for number in range(_TRIES):
        again = replace(request, seed=f"{request.seed}/{number}") if number else request
        (completion,) = teacher.complete([again])
        result = read_or_reject(completion, teacher.name, read, f"{request.kind}s")
        if not banned or not isinstance(result, Record) or opening_of(result) not in banned:
            break
    return result
