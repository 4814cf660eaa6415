"""One `complete` of a model that is asked in calls: requests go in, completions come out in their order.

What the journal has is not asked again, and equal requests are one call. It runs in the caller's thread; an
engine in another one answers the calls into the turn's inbox once the journal has them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Protocol

from hornbook.teacher import exchange
from hornbook.teacher.call import Call, Delivery, Turn
from hornbook.teacher.journal import Entry, Journal, canonical, request_key
from hornbook.teacher.protocol import Completion, Model, Request

_REFILL = 0.75
"""Share of what is drawn ahead at which more is: many at once, since each time wakes the other thread."""
_SUBMITTED_AT_ONCE = 32


class Engine(Protocol):
    """What answers calls, in another thread."""

    def add(self, calls: list[Call]) -> None:
        """Take calls, and answer each into its turn's inbox."""
        ...


class InOrder:
    """What was asked, what came, whose turn it is; the engine is started by the first call that it must answer.

    `body` makes what the model is sent of a request. Requests are drawn `ahead` of the one to be yielded, and only
    `first` until the first answer has come, twice as many after each delivery: drawing shares the interpreter
    with the engine, which has its hands full with the first calls.
    """

    def __init__(
        self,
        model: Model,
        journal: Journal,
        engine: Callable[[], Engine],
        *,
        body: Callable[[Request], bytes],
        ahead: int,
        first: int,
    ) -> None:
        self._model = model
        self._name, self._parameters = model.teacher_name, model.parameters
        self._journal = journal
        self._engine = engine
        self._body = body
        self._ahead, self._most_ahead = min(first, ahead), ahead
        self._asked = self._yielded = 0
        self._exhausted = False
        self._come: dict[int, Completion] = {}
        self._awaited: dict[str, list[tuple[int, Request]]] = {}
        self.turn = Turn()

    def completions(self, requests: Iterator[Request | None]) -> Iterator[Completion]:
        """Yield one completion per request, in order; raises what the engine puts into the inbox instead.

        None among the requests means that there is none for now; where nothing is under way then, this ends.
        """
        while True:
            if self._asked - self._yielded <= self._ahead * _REFILL and not self._exhausted:
                self._ask_ahead(requests)
            if (completion := self._come.pop(self._yielded, None)) is not None:
                self._yielded += 1
                yield completion
            elif self._awaited:
                self._take(self.turn.inbox.get())
            else:
                return

    def _ask_ahead(self, requests: Iterator[Request | None]) -> None:
        calls: list[Call] = []
        while self._asked - self._yielded < self._ahead:
            try:
                request = next(requests)
            except StopIteration:
                self._exhausted = True
                break
            if request is None:
                break
            if (call := self._ask(request)) is not None:
                calls.append(call)
            self._asked += 1
            if len(calls) >= _SUBMITTED_AT_ONCE:
                self._engine().add(calls)
                calls = []
        if calls:
            self._engine().add(calls)

    def _ask(self, request: Request) -> Call | None:
        """Return the call that answers a request; None where the journal does, or another call will."""
        try:
            sent = canonical(
                teacher=self._name,
                api=self._model.api,
                messages=request.messages,
                parameters=self._parameters,
                sample=request.sample,
            )
        except TypeError as error:
            failed = Completion(request=request, text="", finish="error", error=f"cannot be sent: {error}")
            self._come[self._asked] = failed
            return None
        key = request_key(sent)
        if key in self._awaited:
            self._awaited[key].append((self._asked, request))
            return None
        if (entry := self._journal.get(key)) is not None:
            self._come[self._asked] = self._completion(request, entry, None, replayed=True)
            return None
        self._awaited[key] = [(self._asked, request)]
        return Call(turn=self.turn, key=key, request=sent, body=partial(self._body, request))

    def _take(self, message: Delivery | BaseException) -> None:
        if isinstance(message, BaseException):
            raise message
        self._ahead = min(2 * self._ahead, self._most_ahead)
        for call, entry, answer in message:
            first, *others = self._awaited.pop(call.key)
            self._come[first[0]] = self._completion(first[1], entry, answer, replayed=False)
            for index, request in others:
                self._come[index] = self._completion(request, entry, answer, replayed=True)

    def _completion(
        self, request: Request, entry: Entry, answer: exchange.Answer | None, *, replayed: bool
    ) -> Completion:
        if not entry.answered:
            return Completion(
                request=request, text="", finish="error", error=entry.error, journal_key=entry.key
            )
        if answer is None:
            try:
                answer = self._read(entry)
            except exchange.Unreadable as error:  # somebody changed the file, or we read more strictly now
                said = f"the journal's answer cannot be read: {error}"
                return Completion(
                    request=request, text="", finish="error", error=said, journal_key=entry.key, replayed=True
                )
        return Completion(
            request=request,
            text=answer.text,
            finish=answer.finish,
            error=answer.error,
            model=answer.model,
            journal_key=entry.key,
            usage=answer.usage,
            replayed=replayed,
        )

    def _read(self, entry: Entry) -> exchange.Answer:
        return exchange.read_answer(
            entry.answer,
            prompt_bytes=len(entry.request.encode()),
            max_tokens=self._model.max_tokens,
            stops=exchange.stops_of(self._parameters),
        )
