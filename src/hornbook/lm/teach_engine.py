"""One thread that writes the answers to a teacher's calls in one batch, and hands each on once it is stored."""

from __future__ import annotations

import threading
import time
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

import orjson
from jinja2 import TemplateError

from hornbook.errors import BudgetExceeded
from hornbook.lm.generate import Generator
from hornbook.lm.writing import Row, Sample
from hornbook.teacher.budget import Budget, Reservation
from hornbook.teacher.call import Call, Delivery, Turn
from hornbook.teacher.exchange import BYTES_PER_TOKEN
from hornbook.teacher.journal import Entry, Journal
from hornbook.teacher.protocol import Usage

if TYPE_CHECKING:
    from hornbook.lm.teach import Checkpoint

_STORE_SECONDS = 0.5
"""Between two fsyncs: what a kill costs besides the answers that are being written."""
_RESERVED = 2
"""Tokens of the context that no prompt has: the separator before it, and one to answer with."""


class Unfit(Exception):
    """A request that this model cannot answer; its message says why."""


@dataclass(eq=False, slots=True)
class _Begun:
    """A call that is being written."""

    call: Call
    reservation: Reservation
    since: float


class TeachEngine:
    """The thread, from its making to `close`."""

    def __init__(self, model: Checkpoint, generator: Generator, journal: Journal, budget: Budget) -> None:
        self._model, self._generator = model, generator
        self._name, self._sampling = model.teacher_name, model.sampling()
        self._journal, self._budget = journal, budget
        self._flight = generator.in_flight()
        self._most = self._flight.num_free
        self._changed = threading.Condition()
        self._wanted: deque[Call] = deque()
        self._begun: dict[Row, _Begun] = {}
        self._waiting: deque[Row] = deque()
        self._to_store: Delivery = []
        self._stored = time.monotonic()
        self._closing = False
        self._failure: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="hornbook-teach", daemon=True)
        self._thread.start()

    def add(self, calls: list[Call]) -> None:
        """Take calls; each is answered into its turn's inbox, or the inbox gets the exception that ends it."""
        with self._changed:
            self._wanted.extend(calls)
            self._changed.notify_all()
            if self._failure is not None:
                self._announce(self._failure)

    def drop(self, turn: Turn) -> None:
        """Write no more of a turn's calls, and store what was written."""
        with self._changed:
            turn.dropped = True
            self._changed.notify_all()
            self._changed.wait_for(lambda: self._failure is not None or not self._has(turn))

    def close(self) -> None:
        """End the thread; what was written is stored, what is being written is given up."""
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        self._thread.join()

    def _run(self) -> None:
        try:
            while self._next():
                self._flight.advance(self._waiting)
                with self._changed:
                    self._collect()
                if not self._begun or time.monotonic() - self._stored > _STORE_SECONDS:
                    self._store()
            self._store()
        except BaseException as error:  # whoever waits for an answer must hear of it
            with self._changed:
                self._failure = error
                self._announce(error)
                self._changed.notify_all()

    def _next(self) -> bool:
        """Wait for something to do, and begin calls while there is room; False when there is no more to come."""
        with self._changed:
            while True:
                self._give_up()
                if self._closing:
                    return False
                while self._wanted and len(self._begun) < self._most and self._begin(self._wanted[0]):
                    self._wanted.popleft()
                if self._begun or self._to_store:
                    return True
                self._changed.notify_all()  # `drop` waits until nothing is left
                self._changed.wait()

    def _give_up(self) -> None:
        """Let go of calls that nobody wants any more."""
        self._wanted = deque(call for call in self._wanted if not (self._closing or call.turn.dropped))
        for row, begun in list(self._begun.items()):
            if self._closing or begun.call.turn.dropped:
                row.finish = row.finish or "cancelled"
                self._budget.refund(begun.reservation, refused=False)
                del self._begun[row]

    def _begin(self, call: Call) -> bool:
        """Begin a call, or answer it with why not; False where the budget has no room for it now."""
        tokens_in = len(call.request) // BYTES_PER_TOKEN + 1
        reservation = self._budget.reserve(tokens_in, self._sampling.max_new_tokens)
        if reservation is None:
            # What is being written may turn out shorter than was reserved; then there is room again.
            if not self._begun:
                self._announce(BudgetExceeded(self._budget.explain()))
            return False
        call.sent = time.monotonic()
        try:
            row = self._row(call)
        except (TemplateError, Unfit) as error:
            self._budget.refund(reservation, refused=False)
            self._to_store.append((call, self._entry(call, "", str(error)), None))
        else:
            self._begun[row] = _Begun(call, reservation, call.sent)
            self._waiting.append(row)
        return True

    def _row(self, call: Call) -> Row:
        """Return the beginning of a call's answer; raises Unfit for a prompt that the context does not hold."""
        asked = orjson.loads(call.body())
        prompt, room = asked["prompt"], self._generator.context - _RESERVED
        # A prompt that is far too long would take long to cut into tokens.
        if (fewest := self._generator.fewest_tokens(prompt)) > room:
            raise self._too_long(f"at least {fewest:,}", room)
        row = self._generator.rows(prompt, self._sampling, seed=asked["seed"])[0]
        if row.prompt.num_tokens > room:
            raise self._too_long(f"{row.prompt.num_tokens:,}", room)
        return row

    def _too_long(self, found: str, room: int) -> Unfit:
        return Unfit(
            f"the prompt has {found} tokens, and this model's context of {self._generator.context:,} leaves room "
            f"for {room:,}"
        )

    def _collect(self) -> None:
        """Take out the calls whose answers are written."""
        for row in [row for row in self._begun if row.finish]:
            begun = self._begun.pop(row)
            sample = row.sample()
            usage = Usage(tokens_in=row.prompt.num_tokens, tokens_out=sample.num_tokens)
            self._budget.settle(begun.reservation, usage)
            self._to_store.append((begun.call, self._entry(begun.call, self._answer(sample, usage)), None))

    def _answer(self, sample: Sample, usage: Usage) -> str:
        """Return an answer in the form in which an endpoint's are stored."""
        chat = self._model.api == "chat"
        said = {"message": {"role": "assistant", "content": sample.text}} if chat else {"text": sample.text}
        found = {
            "model": self._name,
            "choices": [{"index": 0, **said, "finish_reason": sample.finish}],
            "usage": {"prompt_tokens": usage.tokens_in, "completion_tokens": usage.tokens_out},
        }
        return orjson.dumps(found).decode()

    def _entry(self, call: Call, answer: str, error: str = "") -> Entry:
        return Entry(
            key=call.key,
            answered=not error,
            teacher=self._name,
            request=call.request.decode(),
            answer=answer,
            error=error,
            status=0 if error else 200,
            seconds=round(time.monotonic() - call.sent, 4),
            finished=round(time.time(), 3),
            address=self._model.address,
        )

    def _store(self) -> None:
        """Make answers durable, and hand each on after that."""
        self._stored = time.monotonic()
        for _, entry, _ in self._to_store:
            self._journal.append(entry)
        # Money first: a kill in between counts a call twice rather than not at all.
        self._budget.flush()
        self._journal.flush()
        with self._changed:
            for turn in {call.turn for call, _, _ in self._to_store}:
                turn.inbox.put([item for item in self._to_store if item[0].turn is turn])
            self._to_store = []

    def _announce(self, error: BaseException) -> None:
        """Tell the turns whose calls will not be answered, and forget these."""
        left = [*self._wanted, *(begun.call for begun in self._begun.values())]
        left += [call for call, _, _ in self._to_store]
        for turn in {call.turn for call in left}:
            turn.inbox.put(error)
        self._wanted.clear()

    def _has(self, turn: Turn) -> bool:
        left = [*self._wanted, *(begun.call for begun in self._begun.values())]
        return any(call.turn is turn for call in (*left, *(call for call, _, _ in self._to_store)))
