"""Mutants of a program, run after it in its process and asked the same: what each answers.

Inside the sandbox, in the program's own interpreter, one after another: so a mutant costs no process, and can at
worst spoil the answers of those behind it. Steps are counted, not timed, so that what never ends is found at
once and in each run alike; a timer is there for what no count reaches.
"""

from __future__ import annotations

import builtins
import io
import marshal
import random
import signal
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

from hornbook.sandbox import wire
from hornbook.sandbox.frames import cut
from hornbook.sandbox.program import describe
from hornbook.sandbox.verdict import OUTCOMES

TICK = "__tick__"
"""The name that counted code calls at the beginning of each function and of each turn of a loop."""

_MOST_TIMES, _SPARE = 10, 2000
_FEWEST_SECONDS, _MOST_SECONDS = 0.25, 2.0
_MOST_BYTES = 1 << 20
_RECURSION_LIMIT = sys.getrecursionlimit()
_OUTCOMES = (*OUTCOMES, "answers")
_Call = tuple[str, Any, Any]
_Calls = list[_Call]


class Overdue(BaseException):
    """A mutant that takes ten times the program's steps, or ten times its CPU time and a quarter of a second."""


class Trials:
    """Runs mutants; the first is the program itself, counted: what it does is the measure of the others."""

    def __init__(self, calls: Callable[[], _Calls], further: Callable[[], _Calls]) -> None:
        """Both make their calls anew, as a mutant may change the arguments: those of the tests, and more."""
        self._calls, self._further = calls, further
        self._left = 0
        self._is_armed = False
        self._answers: list[bytes] = []
        self._num_steps, self._seconds = 0, 0.0
        self._measures: list[tuple[int, float] | None] = []
        """Steps and CPU seconds of each further call; None where the program itself gave no value."""

    def run(self, codes: Sequence[bytes]) -> list[bytes]:
        """One part of the report for each: its outcome, answers, and what it does with the further calls.

        The first one's ends with a byte for each call of either kind: 1 where it gives the same each time.
        """
        signal.signal(signal.SIGPROF, self._overdue)
        outcome, answers, behaviours = self._trial(codes[0], is_first=True)
        steady = self._steady(codes[0], [b"v" + answer for answer in answers] + behaviours)
        others = [packed(*self._trial(code, is_first=False)) for code in codes[1:]]
        return [packed(outcome, answers, [*behaviours, steady]), *others]

    def _trial(self, code: bytes, *, is_first: bool) -> tuple[str, list[bytes], list[bytes]]:
        answers: list[bytes] = []
        self._left = most = 1 << 40 if is_first else _MOST_TIMES * self._num_steps + _SPARE
        begun = time.process_time()
        self._arm(_MOST_SECONDS if is_first else _MOST_TIMES * self._seconds)
        try:
            names = self._names(code)
            for function, args, kwargs in self._calls():
                answers.append(_encoded(names[function](*args, **kwargs)))
            self._disarm()
        except Overdue:
            return "timeout_cpu", answers, []
        except BaseException as error:
            self._disarm()
            return describe(type(error), "")[0], answers, []
        if is_first:
            self._answers, self._num_steps = answers, most - self._left
            self._seconds = time.process_time() - begun
        if not all(map(_is_same, answers, self._answers)):
            return "answers", answers, []
        return "answers", answers, self._behaviours(names, is_first)

    def _behaviours(self, names: dict[str, Any], is_first: bool) -> list[bytes]:
        """For each further call `v` and a value, `r` where none came, or nothing where it is not known."""
        found: list[bytes] = []
        for at, call in enumerate(self._further()):
            measure = (self._num_steps, self._seconds) if is_first else self._measures[at]
            if measure is None:
                found.append(b"")
                continue
            self._left = most = _MOST_TIMES * measure[0] + _SPARE
            begun = time.process_time()
            found.append(self._behaviour(names, call, _MOST_TIMES * measure[1]))
            if is_first:
                is_value = found[-1].startswith(b"v")
                self._measures.append((most - self._left, time.process_time() - begun) if is_value else None)
        return found

    def _behaviour(self, names: dict[str, Any], call: _Call, seconds: float) -> bytes:
        function, args, kwargs = call
        self._arm(seconds)
        try:
            value = _encoded(names[function](*args, **kwargs))
            self._disarm()
        except Overdue:
            return b"r" if self._left < 0 else b""  # by the timer: on a faster machine it might have come
        except BaseException:
            self._disarm()
            return b"r"
        return b"v" + value

    def _steady(self, code: bytes, given: list[bytes]) -> bytes:
        """Which values come again from the last call to the first and with other randomness.

        An assert about one that depends on the calls before it, or on chance, would not hold.
        """
        calls = [*self._calls(), *self._further()]
        steady = bytearray(len(given))
        self._arm(_MOST_SECONDS)
        self._left = 1 << 40
        try:
            names = self._names(code, seed=1)
            self._disarm()
        except BaseException:  # what does not even run again is steady nowhere
            self._disarm()
            return bytes(steady)
        for at in reversed(range(len(given))):
            if given[at].startswith(b"v"):
                steady[at] = self._behaviour(names, calls[at], _MOST_SECONDS) == given[at]
        return bytes(steady)

    def _names(self, code: bytes, seed: int = 0) -> dict[str, Any]:
        """What a program defines, run in a world that no other has changed."""
        names: dict[str, Any] = {"__name__": "__main__", "__builtins__": builtins, TICK: self._tick}
        random.seed(seed)
        sys.setrecursionlimit(_RECURSION_LIMIT)
        sys.stdout = _Nowhere()
        exec(marshal.loads(code), names)
        return names

    def _arm(self, seconds: float) -> None:
        seconds = max(_FEWEST_SECONDS, seconds)
        self._is_armed = True
        signal.setitimer(signal.ITIMER_PROF, seconds, seconds)
        # One long operation meets no handler. This signal has none, and ends the process with all its mutants.
        signal.setitimer(signal.ITIMER_VIRTUAL, 2 * seconds + _FEWEST_SECONDS)

    def _disarm(self) -> None:
        self._is_armed = False
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)

    def _tick(self) -> None:
        self._left -= 1
        if self._left < 0:
            self._stop()

    def _overdue(self, *_: object) -> None:
        if self._is_armed:
            self._stop()

    def _stop(self) -> NoReturn:
        self._disarm()
        raise Overdue


class _Nowhere(io.TextIOBase):
    """Standard output of mutants."""

    def write(self, text: str) -> int:
        """Takes it and forgets it."""
        return len(text)


def _is_same(ours: bytes, theirs: bytes) -> bool:
    try:
        return ours == theirs or bool(marshal.loads(ours) == marshal.loads(theirs))
    except (ValueError, EOFError, TypeError):
        return False


def packed(outcome: str, answers: Sequence[bytes], behaviours: Sequence[bytes]) -> bytes:
    """What a mutant did as bytes: one line of the outcome, how many are answers, and sizes; then all of them."""
    items = [*answers, *behaviours]
    head = " ".join((outcome, str(len(answers)), *map(str, map(len, items))))
    return b"".join((head.encode(), b"\n", *items))


def unpacked(part: bytes) -> tuple[str, list[bytes], list[bytes]]:
    """The same again. Raises ValueError for what is nothing of the kind."""
    head, _, body = part.partition(b"\n")
    outcome, *numbers = head.decode("ascii").split(" ")
    if outcome not in _OUTCOMES or not all(map(str.isdigit, numbers)):
        raise ValueError("not what a mutant did")
    count, *sizes = map(int, numbers)
    if sum(sizes) != len(body) or count > len(sizes):
        raise ValueError("sizes that do not add up")
    items = cut(body, sizes)
    return outcome, items[:count], items[count:]


def _encoded(value: Any) -> bytes:
    data = wire.encode(value)
    if len(data) > _MOST_BYTES:
        raise MemoryError
    return data
