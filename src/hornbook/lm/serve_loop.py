"""One thread that writes the samples of all requests together, and hands each request what is new of its own."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections import deque
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass

from hornbook.lm.generate import Generator
from hornbook.lm.writing import Row, Sample


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """What is new of one sample."""

    index: int
    """Which sample of its request."""
    new: bytes
    """Text that was written since the last piece and stays."""
    sample: Sample | None
    """The whole sample, once it is done."""


@dataclass(slots=True, eq=False)
class _Ticket:
    """A request on its way: its rows, and where its news go."""

    rows: Sequence[Row]
    left: deque[Row]
    """Those that have not begun."""
    news: asyncio.Queue[Piece | None]
    """None says that no more will come: the loop has ended."""
    events: asyncio.AbstractEventLoop
    piecewise: bool
    sent: list[int]
    """Bytes of each row that were sent."""
    done: list[bool]

    def tell(self, piece: Piece | None) -> None:
        # The server may have stopped with requests open; then nobody listens any more.
        with contextlib.suppress(RuntimeError):
            self.events.call_soon_threadsafe(self.news.put_nowait, piece)

    def update(self) -> None:
        """Send what is new of every sample."""
        for index, row in enumerate(self.rows):
            if self.done[index]:
                continue
            settled = row.settled() if row.finish or self.piecewise else 0
            if row.finish is None and settled <= self.sent[index]:
                continue
            self.done[index] = row.finish is not None
            sample = row.sample() if row.finish else None
            self.tell(Piece(index=index, new=row.written[self.sent[index] : settled], sample=sample))
            self.sent[index] = settled


class LoopEnded(Exception):
    """The thread has ended, by an error or because the server stops."""


class ServeLoop:
    """The thread, from entering to leaving."""

    def __init__(self, generator: Generator) -> None:
        self._flight = generator.in_flight()
        self._changed = threading.Condition()
        self._tickets: list[_Ticket] = []
        self._turns: deque[_Ticket] = deque()
        """Tickets with samples that have not begun; each begins one when it is its turn."""
        self._closing = False
        self._thread = threading.Thread(target=self._run, name="decoding", daemon=True)

    def __enter__(self) -> ServeLoop:
        """Start the thread."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop the thread after the token it is at."""
        self.stop()
        self._thread.join()

    def stop(self) -> None:
        """End all requests with `LoopEnded`, soon."""
        with self._changed:
            self._closing = True
            self._changed.notify()

    @property
    def alive(self) -> bool:
        """Whether the thread works."""
        return self._thread.is_alive() and not self._closing

    @property
    def num_waiting(self) -> int:
        """Samples that have not begun."""
        with self._changed:
            return sum(row.finish is None for ticket in self._turns for row in ticket.left)

    async def write(self, rows: Sequence[Row], *, piecewise: bool) -> AsyncGenerator[Piece, None]:
        """Yield what is new of the rows' samples until all are done; whole samples only unless `piecewise`.

        Whoever stops listening drops them. Raises LoopEnded.
        """
        events, count = asyncio.get_running_loop(), len(rows)
        news: asyncio.Queue[Piece | None] = asyncio.Queue()
        ticket = _Ticket(rows, deque(rows), news, events, piecewise, [0] * count, [False] * count)
        with self._changed:
            if not self.alive:
                raise LoopEnded("the server writes no more")
            self._tickets.append(ticket)
            self._turns.append(ticket)
            self._changed.notify()
        try:
            while count:
                piece = await news.get()
                if piece is None:
                    raise LoopEnded("the server stopped before the samples were done")
                count -= piece.sample is not None
                yield piece
                # A queue that is full never pauses, and the news of a client's leaving would not come through.
                await asyncio.sleep(0)
        finally:
            for row in rows:
                row.finish = row.finish or "cancelled"

    def _run(self) -> None:
        waiting: deque[Row] = deque()
        try:
            while self._next(waiting):
                self._flight.advance(waiting)
                for ticket in self._tickets:
                    ticket.update()
        finally:  # an error's traceback is printed by threading; nobody may wait for ever
            with self._changed:
                self._closing = True
                for ticket in self._tickets:
                    ticket.tell(None)

    def _next(self, waiting: deque[Row]) -> bool:
        """Wait for something to do and let the next samples begin; False when there is no more to come."""
        with self._changed:
            self._tickets = [ticket for ticket in self._tickets if not all(ticket.done)]
            while not (self._tickets or self._closing):
                self._changed.wait()
            while self._turns and len(waiting) < self._flight.num_free:
                ticket = self._turns.popleft()
                waiting.append(ticket.left.popleft())
                if ticket.left:
                    self._turns.append(ticket)
            return not self._closing
