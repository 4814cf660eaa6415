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
from collections.abc import Callable, Sequence
from typing import Any

from hornbook.sandbox import wire
from hornbook.sandbox.frames import cut
from hornbook.sandbox.program import describe

TICK = "__tick__"
"""The name that counted code calls at the beginning of each function and of each turn of a loop."""

_MOST_TIMES, _SPARE = 10, 2000
_SECONDS = 0.25
_MOST_BYTES = 1 << 20
_Calls = list[tuple[str, Any, Any]]


class Overdue(BaseException):
    """A mutant that takes ten times the program's steps, or a quarter of a second."""


class Trials:
    """Runs mutants; the first is the program itself, counted: what it does is the measure of the others."""

    def __init__(self, calls: Callable[[], _Calls], further: Callable[[], _Calls]) -> None:
        """Both make their calls anew, as a mutant may change the arguments: those of the tests, and more."""
        self._calls, self._further = calls, further
        self._left = 0
        self._answers: list[bytes] = []
        self._steps: list[int | None] = []
        self._num_steps = 0

    def run(self, codes: Sequence[bytes]) -> list[bytes]:
        """One part of the report for each: its outcome, answers, and what it does with the further calls.

        For the first, instead of these last: what it gives for all calls, as far as it gives that each time.
        """
        sys.stdout = io.TextIOWrapper(io.FileIO(1, "w", closefd=False))  # nowhere
        signal.signal(signal.SIGPROF, self._overdue)
        outcome, answers, behaviours = self._trial(codes[0], is_first=True)
        steady = self._steady(codes[0], [b"v" + answer for answer in answers] + behaviours)
        others = [packed(*self._trial(code, is_first=False)) for code in codes[1:]]
        return [packed(outcome, answers, steady), *others]

    def _trial(self, code: bytes, *, is_first: bool) -> tuple[str, list[bytes], list[bytes]]:
        answers: list[bytes] = []
        behaviours: list[bytes] = []
        self._left = most = 1 << 40 if is_first else _MOST_TIMES * self._num_steps + _SPARE
        try:
            names = self._begun(code, 4 * _SECONDS if is_first else _SECONDS)
            for function, args, kwargs in self._calls():
                answers.append(_encoded(names[function](*args, **kwargs)))
            if is_first:
                self._answers, self._num_steps = answers, most - self._left
            if answers == self._answers:
                behaviours = self._behaviours(names, is_first)
        except Overdue:
            return "timeout_cpu", answers, []
        except BaseException as error:
            return describe(type(error), "")[0], answers, []
        finally:
            _disarm()
        return "answers", answers, behaviours

    def _begun(self, code: bytes, seconds: float, seed: int = 0) -> dict[str, Any]:
        """The names of a program that has run to its end, against a timer that goes on."""
        names: dict[str, Any] = {"__name__": "__main__", "__builtins__": builtins, TICK: self._tick}
        random.seed(seed)
        signal.setitimer(signal.ITIMER_PROF, seconds, _SECONDS)
        # One long operation meets no handler. This signal has none, and ends the process with all its mutants.
        signal.setitimer(signal.ITIMER_VIRTUAL, 2 * seconds)
        exec(marshal.loads(code), names)
        return names

    def _steady(self, code: bytes, given: list[bytes]) -> list[bytes]:
        """What the program gives again, from the last call to the first and with other randomness; else nothing.

        An assert about a value that depends on the calls before it, or on chance, would not hold.
        """
        calls = [*self._calls(), *self._further()]
        steady = [b""] * len(given)
        self._left = 1 << 40
        try:
            names = self._begun(code, 4 * _SECONDS, seed=1)
            for at in reversed(range(len(given))):
                function, args, kwargs = calls[at]
                if given[at] and given[at] == b"v" + _encoded(names[function](*args, **kwargs)):
                    steady[at] = given[at]
        except BaseException:  # what it does not do again tells nothing, and neither do the calls left
            return steady
        finally:
            _disarm()
        return steady

    def _behaviours(self, names: dict[str, Any], is_first: bool) -> list[bytes]:
        """For each further call `v` and a value, or nothing where the program gives none, or this mutant."""
        found: list[bytes] = []
        for at, (function, args, kwargs) in enumerate(self._further()):
            if not is_first and self._steps[at] is None:
                found.append(b"")
                continue
            steps = self._num_steps if is_first else self._steps[at] or 0
            self._left = most = _MOST_TIMES * steps + _SPARE
            try:
                found.append(b"v" + _encoded(names[function](*args, **kwargs)))
            except BaseException:  # Overdue, or whatever it raises: no value
                found.append(b"")
            if is_first:
                self._steps.append(most - self._left if found[-1] else None)
        return found

    def _tick(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise Overdue

    def _overdue(self, *_: object) -> None:
        raise Overdue


def _disarm() -> None:
    signal.setitimer(signal.ITIMER_PROF, 0)
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def packed(outcome: str, answers: Sequence[bytes], behaviours: Sequence[bytes]) -> bytes:
    """What a mutant did as bytes: one line of the outcome, how many are answers, and sizes; then all of them."""
    items = [*answers, *behaviours]
    head = " ".join((outcome, str(len(answers)), *map(str, map(len, items))))
    return b"".join((head.encode(), b"\n", *items))


def unpacked(part: bytes) -> tuple[str, list[bytes], list[bytes]]:
    """The same again. Raises ValueError for what is nothing of the kind."""
    head, _, body = part.partition(b"\n")
    outcome, count, *sizes = head.decode("ascii").split(" ")
    items = cut(body, [int(size) for size in sizes])
    return outcome, items[: int(count)], items[int(count) :]


def _encoded(value: Any) -> bytes:
    data = wire.encode(value)
    if len(data) > _MOST_BYTES:
        raise MemoryError
    return data
