"""When which call is sent: first tries and repetitions wait together, and what was asked first goes first.

A call that waits occupies no seat. How many seats there are is pace.py's, whether a call may be paid is
budget.py's; an answer is handed on once the journal has it. Everything here runs in one event loop.
"""

from __future__ import annotations

import asyncio
import heapq
import time
from collections.abc import Callable, Iterable
from contextlib import suppress

from hornbook import draw
from hornbook.errors import BudgetExceeded, TeacherUnavailable
from hornbook.teacher.budget import Budget, Reservation
from hornbook.teacher.call import Call, Delivery, Turn
from hornbook.teacher.client import Client
from hornbook.teacher.endpoint import Endpoint
from hornbook.teacher.exchange import BYTES_PER_TOKEN, Reply
from hornbook.teacher.journal import Entry, Journal
from hornbook.teacher.pace import Breaker, Pace

_FLUSH_SECONDS = 0.02
"""Between two fsyncs: what a kill may cost besides the calls in flight, and how long an answer may wait."""
_SECONDS_WHEN_BUSY = 2.0
"""Wait after a 429 that names no time."""
_WORTH_SAYING = 5.0
"""Seconds of waiting that somebody who watches wants explained."""
_FIRST_WAIT, _LONGEST_WAIT = 0.25, 30.0
"""Seconds before a repetition, doubled each time, give or take half."""
_UNFIT_IN_A_ROW = 20
"""Requests refused for what they are, without one answer between: then it is not the requests."""


class Scheduler:
    """Sends calls, and hands on what came of them."""

    def __init__(
        self,
        endpoint: Endpoint,
        client: Client,
        *,
        journal: Journal,
        budget: Budget,
        say: Callable[[str], None],
    ) -> None:
        self._endpoint = endpoint
        self._client = client
        self._journal = journal
        self._budget = budget
        self._address = endpoint.address
        self._pace = Pace(endpoint.concurrency)
        self._told = say
        self._breaker = Breaker(endpoint.patience_seconds, self._say)
        self._loop = asyncio.get_running_loop()
        self._ready: list[tuple[int, Call]] = []
        """A heap by the order of asking."""
        self._later: list[tuple[float, int, Call]] = []
        """A heap by the time at which a call may be tried again."""
        self._num_asked = 0
        self._flying: dict[Call, asyncio.Task[None]] = {}
        self._alarm: asyncio.TimerHandle | None = None
        self._to_store: Delivery = []
        self._storing: asyncio.Task[None] | None = None
        self._all_home = asyncio.Event()
        """Whether no call flies; then nothing is gained by collecting answers for one fsync."""
        self._end: BaseException | None = None
        self._num_unfit = 0

    def add(self, calls: Iterable[Call]) -> None:
        """Take calls; each is answered into its turn's inbox, or the inbox gets the exception that ends it."""
        for call in calls:
            self._num_asked += 1
            call.number = self._num_asked
            self._push(call)
        self._pump()

    async def drop(self, turn: Turn, grace_seconds: float) -> None:
        """Send no more of a turn's calls, give those in flight a moment, and store what was answered."""
        turn.dropped = True
        flying = [task for call, task in self._flying.items() if call.turn is turn]
        if flying:
            _, late = await asyncio.wait(flying, timeout=grace_seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
            await self._loop.run_in_executor(None, self._flush)

    async def close(self) -> None:
        """Send nothing more, give up what is in flight, and store what was answered."""
        self._ready, self._later = [], []
        flying = list(self._flying.values())
        for task in flying:
            task.cancel()
        await asyncio.gather(*flying, return_exceptions=True)
        try:
            if self._storing is not None:
                await self._storing
            await self._loop.run_in_executor(None, self._flush)
        finally:
            await self._client.close()

    def _push(self, call: Call) -> None:
        heapq.heappush(self._ready, (call.number, call))

    def _pump(self) -> None:
        """Send what is ready, as far as there are seats and money."""
        while (sending := self._take()) is not None:
            call, reservation = sending
            self._all_home.clear()
            self._flying[call] = self._loop.create_task(self._seat(call, reservation))
        if self._end is not None and not self._flying and self._storing is None:
            self._announce(self._end)
            self._end = None

    def _take(self) -> tuple[Call, Reservation] | None:
        """Take the first call that is ready and has a seat and money; it flies from now on."""
        if self._end is not None or (call := self._next()) is None:
            return None
        now = self._loop.time()
        if len(self._flying) >= self._breaker.room(now, self._pace.room(now, len(self._flying))):
            self._wake_for_room(now)
            return None
        if (reservation := self._reserve(call)) is None:
            return None
        heapq.heappop(self._ready)
        return call, reservation

    def _next(self) -> Call | None:
        """Return the first call that may be sent now; where there is none, look again when one may."""
        now = self._loop.time()
        while self._later and self._later[0][0] <= now:
            self._push(heapq.heappop(self._later)[2])
        while self._ready and self._ready[0][1].turn.dropped:
            heapq.heappop(self._ready)
        if self._ready:
            return self._ready[0][1]
        if self._later:
            self._wake_at(self._later[0][0])
        return None

    def _reserve(self, call: Call) -> Reservation | None:
        """Set an attempt's money aside; None where the budget has no room for it now."""
        tokens_in = len(call.request) // BYTES_PER_TOKEN + 1
        reservation = self._budget.reserve(tokens_in, self._endpoint.max_tokens)
        if reservation is None and not self._flying:
            # What flies may turn out cheaper than was reserved; then there is room again.
            self._end = BudgetExceeded(self._budget.explain())
        return reservation

    async def _seat(self, call: Call, reservation: Reservation) -> None:
        """Send a call, and after its answer at once the next: a task for each would wait for all answers read."""
        task = self._flying[call]
        try:
            while True:
                try:
                    await self._attempt(call, reservation)
                finally:
                    del self._flying[call]
                # Who drops a turn waits for the seats of its calls.
                if call.turn.dropped or (sending := self._take()) is None:
                    return
                call, reservation = sending
                self._flying[call] = task
                self._pump()
        finally:
            self._pump()
            if not self._flying:
                self._all_home.set()

    async def _attempt(self, call: Call, reservation: Reservation) -> None:
        reply = Reply(kind="fault", error="interrupted")
        call.sent = self._loop.time()
        try:
            reply = await self._client.ask(call.body(), len(call.request))
            self._weigh(call, reply)
        except Exception as error:  # ours; the thread that waits for the answer must hear of it
            self._end = error
            self._push(call)
        finally:
            self._budget.close(reservation, reply)

    def _weigh(self, call: Call, reply: Reply) -> None:
        """Decide what becomes of a call."""
        now = self._loop.time()
        if reply.kind == "answer":
            self._num_unfit = 0
            self._breaker.success()
            self._pace.success()
            self._store(call, reply, answered=True)
        elif reply.kind == "shut":
            self._end = TeacherUnavailable(self._refusal(reply))
            self._push(call)
        elif reply.kind == "unfit":
            call.attempts += 1
            self._num_unfit += 1
            if self._num_unfit >= _UNFIT_IN_A_ROW:
                self._end = TeacherUnavailable(self._refusal(reply))
            self._store(call, reply, answered=False)
        else:
            self._again(call, reply, now)

    def _again(self, call: Call, reply: Reply, now: float) -> None:
        """Put a call back, or give it up after its last attempt."""
        outage = self._breaker.open_until is not None
        rng = draw.rng(0, call.key, call.attempts)
        if reply.kind == "busy":
            pause = reply.wait if reply.wait is not None else _SECONDS_WHEN_BUSY
            wait = pause * rng.uniform(1.0, 1.2)
        else:
            # While a server is down, no request is to blame.
            call.attempts += not outage
            pause = reply.wait or 0.0
            wait = max(
                pause, min(_LONGEST_WAIT, _FIRST_WAIT * 2.0 ** min(call.attempts, 60)) * rng.uniform(0.5, 1.5)
            )
        counts = True
        if reply.kind in ("busy", "slow"):
            self._pace.refusal(now, pause or _SECONDS_WHEN_BUSY)
            counts = self._pace.room(now, len(self._flying)) == 0
            if counts and pause >= _WORTH_SAYING:
                self._say(f"refuses every call for now, and is left alone for {pause:.0f} s: {reply.error}")
        if not self._breaker.failure(now, reply.error, pause, counts=counts):
            self._end = TeacherUnavailable(self._silence(reply))
        if call.attempts >= self._endpoint.attempts:
            self._store(call, reply, answered=False)
        elif not call.turn.dropped:
            ready = now + min(wait, self._endpoint.patience_seconds)
            heapq.heappush(self._later, (ready, call.number, call))

    def _say(self, line: str) -> None:
        self._told(f"teacher {self._endpoint.teacher_name!r}: {line}")

    def _refusal(self, reply: Reply) -> str:
        return (
            f"teacher {self._endpoint.teacher_name!r} at {self._address} refuses every request: {reply.error}. "
            "Check address, model and key; every answer so far is kept"
        )

    def _silence(self, reply: Reply) -> str:
        return (
            f"teacher {self._endpoint.teacher_name!r} at {self._address} has not answered for "
            f"{self._endpoint.patience_seconds:g} s, or wants to be left alone for longer: {reply.error}. "
            "Every answer so far is kept; the same command goes on from here"
        )

    def _store(self, call: Call, reply: Reply, *, answered: bool) -> None:
        entry = Entry(
            key=call.key,
            answered=answered,
            teacher=self._endpoint.teacher_name,
            request=call.request.decode(),
            answer=reply.body,
            error=reply.error,
            status=reply.status,
            attempts=call.attempts + int(answered),
            seconds=round(self._loop.time() - call.sent, 4),
            finished=round(time.time(), 3),
            address=self._address,
        )
        self._journal.append(entry)
        self._to_store.append((call, entry, reply.answer))
        if self._storing is None:
            self._storing = self._loop.create_task(self._keep_storing())

    async def _keep_storing(self) -> None:
        """Make answers durable in groups, and hand each on after that."""
        while self._to_store:
            batch, self._to_store = self._to_store, []
            try:
                await self._loop.run_in_executor(None, self._flush)
            except Exception as error:  # whatever it is, the turns must hear of it, or they wait for ever
                self._end = error
                self._put_back(batch)
                break
            for turn in {call.turn for call, _, _ in batch}:
                turn.inbox.put([item for item in batch if item[0].turn is turn])
            with suppress(TimeoutError):
                await asyncio.wait_for(self._all_home.wait(), _FLUSH_SECONDS)
        self._storing = None
        self._pump()

    def _put_back(self, batch: Delivery) -> None:
        """Keep calls whose answers the disk refused, so that their turns hear of it."""
        for call, _, _ in (*batch, *self._to_store):
            self._push(call)
        self._to_store = []

    def _flush(self) -> None:
        # Money first: a kill in between counts a call twice rather than not at all.
        self._budget.flush()
        self._journal.flush()

    def _announce(self, error: BaseException) -> None:
        """Tell the turns whose calls will not be sent, and forget these."""
        turns = {call.turn for _, call in self._ready} | {call.turn for _, _, call in self._later}
        self._ready, self._later = [], []
        for turn in turns:
            # What it adds before it has read this must not be sent.
            turn.dropped = True
            turn.inbox.put(error)

    def _wake_for_room(self, now: float) -> None:
        """Look again when a pause or a burst ends; a call that comes home looks by itself."""
        times = [time for time in (self._breaker.open_until, self._pace.burst_ends) if time and time > now]
        if times:
            self._wake_at(min(times))

    def _wake_at(self, when: float) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
        self._alarm = self._loop.call_at(when, self._pump)
