"""Drafts by the offline teacher: a pure function of the items, in this process or in several."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from functools import partial
from itertools import islice, takewhile
from typing import Literal, Self

from hornbook.curriculum.offline import OfflineTeacher
from hornbook.lessons import plan
from hornbook.lessons.answer import Drafts, ask
from hornbook.lessons.rounds import ROUND, Item, Result
from hornbook.processes import SPAWN, deaf_to_interrupts, killed, stay_with_parent
from hornbook.quality.outline import Outline, Outlines, outline_of
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

    def __init__(self, kind: Kind, cfg: Drafts, read: Read, outlines: Outlines, ctx: Context) -> None:
        """Prepare; a step of one round is not worth starting processes for. `outlines` gets those of records."""
        self._kind, self._cfg, self._read, self._outlines = kind, cfg, read, outlines
        self._pool: ProcessPoolExecutor | None = None
        if ctx.engine == "processes" and ctx.workers > 1 and cfg.count > ROUND:
            self._pool = ProcessPoolExecutor(ctx.workers, mp_context=SPAWN, initializer=stay_with_parent)

    def drafts(self, wanted: Iterator[Item | None]) -> Iterator[Result]:
        """Yield a record or a rejection for each item, in order."""
        begun: deque[Callable[[], list[_Draft]]] = deque()
        while True:
            while items := _next_chunk(wanted):
                begun.append(self._begin(items))
            if not begun:
                return
            try:
                drafts = begun.popleft()()
            except BrokenProcessPool:
                raise killed() from None
            for result, outline in drafts:
                if isinstance(result, Record) and outline is not None:
                    self._outlines.give(result, outline)
                yield result

    def _begin(self, items: Sequence[Item]) -> Callable[[], list[_Draft]]:
        """Return what gives the drafts of some items. The first round is written here, while processes start."""
        if self._pool is None or items[-1].index < ROUND:
            return partial(_drafted, self._kind, self._cfg, self._read, items)
        with deaf_to_interrupts():
            return self._pool.submit(_drafted, self._kind, self._cfg, self._read, items).result

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


_Draft = tuple[Result, Outline | None]
"""What became of an item, and the outline of a record."""


def _drafted(kind: Kind, cfg: Drafts, read: Read, items: Sequence[Item]) -> list[_Draft]:
    """Return for each item the first answer that does not begin as one should not, else the last."""
    requests = [request_of(kind, cfg, item) for item in items]
    drafts = _answered(kind, requests, read)
    for number in range(1, _TRIES):
        banned = [i for i, (_, outline) in enumerate(drafts) if _is_banned(outline, items[i])]
        again = [replace(requests[i], seed=f"{requests[i].seed}/{number}") for i in banned]
        for i, draft in zip(banned, _answered(kind, again, read), strict=True):
            drafts[i] = draft
    return drafts


def _answered(kind: Kind, requests: Sequence[Request], read: Read) -> list[_Draft]:
    """Return what becomes of requests, and the outlines of records once all are there."""
    results = ask(OfflineTeacher(), requests, read, f"{kind}s")
    return [(result, outline_of(result) if isinstance(result, Record) else None) for result in results]


def _is_banned(outline: Outline | None, item: Item) -> bool:
    return outline is not None and outline.opening in item.steering.banned
