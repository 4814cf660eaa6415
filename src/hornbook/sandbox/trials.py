"""Mutants of a program, run after it in its process and asked the same: what each answers.

Inside the sandbox, in the program's own interpreter, one after another: so a mutant costs no process, and can at
worst spoil the answers of those behind it. Steps are counted, not timed, so that what never ends is found at
once and in each run alike; a timer is there for what no count reaches. A mutant is asked no more once an answer
fails a test for certain; further inputs are made, and the program tried on them, once a mutant passes the tests.
"""

from __future__ import annotations

import builtins
import itertools
import marshal
import operator
import random
import signal
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import CodeType
from typing import Any, NoReturn

from hornbook.sandbox import wire
from hornbook.sandbox.frames import cut
from hornbook.sandbox.inputs import Asked, further_calls
from hornbook.sandbox.program import Nowhere, outcome_of
from hornbook.sandbox.verdict import OUTCOMES

TICK = "__tick__"
"""The name that counted code calls at the beginning of each function and of each turn of a loop."""


def flag(number: int) -> str:
    """The name of the global that makes counted code do as that mutant."""
    return f"__mutant_{number}__"


SAME = b""
"""An answer that is byte for byte the program's; no value is written so."""
UNKNOWN, SAME_AGAIN, NO_VALUE, VALUE = b"", b"=", b"r", b"v"
"""What a further call gave: nothing that is known, as where it was overdue; what the program gives; no value, as
it raises; or the value follows."""

_MOST_TIMES, _SPARE = 10, 2000
_MOST_MORE = 500_000
"""Steps: of a slow program, ten times as many for each mutant that never ends would use up the CPU time."""
_ROUND = 0.125
"""CPU seconds from one signal of the timer to the next; a time is counted in them, which costs no system call."""
_FEWEST_ROUNDS, _MOST_ROUNDS = 3, 16
_UNBOUNDED = 1 << 40
_MOST_BYTES = 1 << 20
_TAG = b"."
"""The byte for Ellipsis. An encoded value without it is plain data: what it equals, it equals everywhere."""
_RECURSION_LIMIT = sys.getrecursionlimit()
_OUTCOMES = (*OUTCOMES, "answers")


_Load = Callable[[bytes], list[Asked]]


class Overdue(BaseException):
    """A mutant that takes far more steps than the program, or ten times its CPU time and a quarter of a second."""


@dataclass(slots=True)
class Fate:
    """What became of the program, or of a mutant."""

    outcome: str
    answers: list[bytes] = field(default_factory=list)
    """To the calls of the tests, if the outcome is `answers`."""
    behaviours: list[bytes] = field(default_factory=list)
    """To further calls, if those are the program's answers."""


_Cost = tuple[int, int]
"""Steps and rounds."""


@dataclass(slots=True)
class _Measure:
    """What the program does with the further calls, by which its mutants are measured."""

    calls: bytes
    given: list[bytes]
    costs: list[_Cost]
    steady: bytes
    """A byte for each call of the tests and each further one: 1 where it gives the same each time."""


class Trials:
    """Runs the program, counted, and then its mutants: what it does is what they are measured by."""

    def __init__(
        self,
        load: _Load,
        calls: bytes,
        code: bytes,
        num_mutants: int,
        certain: bytes,
        inputs: int,
        near: bytes,
    ) -> None:
        """What the judge says of a program, and what to do with it.

        `calls`: the tests', made by `load` for each mutant anew, as it may change the arguments. `code`: see
        `mutations`. `certain`: a byte for each call, 1 where any other value fails a test. `inputs`: how many
        further calls to try. `near`: the constants of the program, which some of them are made of.
        """
        self._load, self._calls, self._certain = load, calls, certain
        self._inputs, self._near = inputs, near
        self._code: CodeType = marshal.loads(code)
        self._flags = [flag(number) for number in range(num_mutants)]
        self._world = dict.fromkeys(self._flags, False)
        self._clock = _Clock()
        self._answers: list[bytes] = []
        self._most: _Cost = (_UNBOUNDED, _MOST_ROUNDS)
        self._measure: _Measure | None = None

    def run(self) -> list[bytes]:
        """One part of the report for the program and for each mutant: its fate.

        The program's behaviours are there if a mutant needed them; behind them stands what is steady.
        """
        program = self._asked("", {})
        self._answers, self._most = program.answers, _several(self._clock.spent())
        others = list(map(self._fate, self._flags))
        self._clock.end()
        if self._measure is not None:
            program.behaviours = [*self._measure.given, self._measure.steady]
        return [packed(fate) for fate in (program, *others)]

    def _fate(self, mutant: str) -> Fate:
        names: dict[str, Any] = {}
        fate = self._asked(mutant, names)
        if fate.outcome != "answers":
            return fate
        if self._measure is None:
            self._measure = self._measured()
            fate = self._asked(mutant, names)  # whatever the program has just changed, random's state say
        pairs = zip(fate.answers, self._answers, strict=False)
        if fate.outcome == "answers" and all(
            theirs == SAME or _is_equal(theirs, ours) for theirs, ours in pairs
        ):
            fate.behaviours = self._behaviours(names, self._measure)
        return fate

    def _asked(self, mutant: str, names: dict[str, Any]) -> Fate:
        """What it answers to the calls of the tests; `names` gets what it defines."""
        answers: list[bytes] = []
        step = self._clock.allow(*self._most)
        try:
            self._define(names, step, mutant)
            for at, (function, args, kwargs) in enumerate(self._load(self._calls)):
                answer = _encoded(names[function](*args, **kwargs))
                ours = self._answers[at] if self._answers else answer
                if self._certain[at] and _is_other(answer, ours):
                    self._clock.stop()
                    return Fate("fail")
                answers.append(SAME if self._answers and answer == ours else answer)
            self._clock.stop()
        except Overdue:
            self._clock.stop()
            return Fate("timeout_cpu")
        except BaseException as error:
            self._clock.stop()
            return Fate(outcome_of(type(error)))
        return Fate("answers", answers)

    def _measured(self) -> _Measure:
        calls = wire.encode(further_calls(self._load(self._calls), self._inputs, marshal.loads(self._near)))
        names: dict[str, Any] = {}
        self._asked("", names)
        given, costs = [], []
        for call in self._load(calls):
            given.append(self._behaviour(names, call, self._most))
            costs.append(_several(self._clock.spent()))
        steady = self._steady(calls, [VALUE + answer for answer in self._answers] + given)
        return _Measure(calls, given, costs, steady)

    def _behaviours(self, names: dict[str, Any], measure: _Measure) -> list[bytes]:
        """What a mutant gives for each further call for which the program gives a value."""
        found = []
        for call, ours, most in zip(self._load(measure.calls), measure.given, measure.costs, strict=True):
            theirs = self._behaviour(names, call, most) if ours.startswith(VALUE) else UNKNOWN
            found.append(SAME_AGAIN if theirs and theirs == ours else theirs)
        return found

    def _behaviour(self, names: dict[str, Any], call: Asked, most: _Cost) -> bytes:
        function, args, kwargs = call
        names[TICK] = self._clock.allow(*most)
        try:
            value = _encoded(names[function](*args, **kwargs))
            self._clock.stop()
        except (Overdue, RecursionError, MemoryError):
            self._clock.stop()
            return UNKNOWN  # it might have come elsewhere: a slow mutant that is right fails no assert
        except BaseException:
            self._clock.stop()
            return NO_VALUE
        return VALUE + value

    def _steady(self, further: bytes, given: Sequence[bytes]) -> bytes:
        """Which values come again from the last call to the first and with other randomness.

        An assert about one that depends on the calls before it, or on chance, would not hold.
        """
        calls = [*self._load(self._calls), *self._load(further)]
        names: dict[str, Any] = {}
        most = (_UNBOUNDED, _MOST_ROUNDS)
        step = self._clock.allow(*most)
        try:
            self._define(names, step, seed=1)
        except BaseException:  # what does not even run again is steady nowhere
            names.clear()
        self._clock.stop()
        steady = bytearray(len(given))
        for at in reversed(range(len(given))):
            if given[at].startswith(VALUE):
                steady[at] = self._behaviour(names, calls[at], most) == given[at]
        return bytes(steady)

    def _define(
        self, names: dict[str, Any], step: Callable[[], object], mutant: str = "", seed: int = 0
    ) -> None:
        """Runs the program, or that mutant, in a world that no other has changed."""
        names.clear()
        names.update(self._world)
        names.update({"__name__": "__main__", "__builtins__": builtins, TICK: step})
        if mutant:
            names[mutant] = True
        random.seed(seed)
        sys.setrecursionlimit(_RECURSION_LIMIT)
        sys.stdout = Nowhere()
        exec(self._code, names)


def _several(cost: _Cost) -> _Cost:
    """What a mutant may take where the program takes that."""
    steps, rounds = cost
    return min(_MOST_TIMES * steps, 3 * steps + _MOST_MORE) + _SPARE, _MOST_TIMES * rounds + _FEWEST_ROUNDS


class _Clock:
    """Counts the steps of what runs, and its CPU time in rounds; raises Overdue in it when either is used up."""

    def __init__(self) -> None:
        self._steps = itertools.repeat(None, 0)
        self._behind = _Raising()
        self._rounds = 0
        self._given = (0, 0)
        self._is_running = False
        signal.signal(signal.SIGPROF, self._round)
        signal.setitimer(signal.ITIMER_PROF, _ROUND, _ROUND)

    def allow(self, steps: int, rounds: int) -> Callable[[], object]:
        """From here on so many; returns what counted code calls. One call of C: steps are most of what is run."""
        is_other = rounds != self._given[1]
        self._rounds = rounds
        self._given = steps, rounds
        self._steps = itertools.repeat(None, steps)
        if is_other:
            self._renew()
        self._is_running = True
        return itertools.chain(self._steps, self._behind).__next__

    def stop(self) -> None:
        """Nothing is overdue from here on."""
        self._is_running = False

    def end(self) -> None:
        """No more signals."""
        for timer in (signal.ITIMER_PROF, signal.ITIMER_VIRTUAL):
            signal.setitimer(timer, 0)

    def spent(self) -> _Cost:
        """Of what was allowed last."""
        return self._given[0] - operator.length_hint(self._steps), self._given[1] - self._rounds

    def _round(self, *_: object) -> None:
        self._renew()
        self._rounds -= 1
        if self._rounds < 0 and self._is_running:
            raise Overdue  # in each round, as programs may catch it

    def _renew(self) -> None:
        # One long operation meets no handler. This signal has none, and ends the process with all its mutants.
        signal.setitimer(signal.ITIMER_VIRTUAL, _ROUND * (2 * self._given[1] + 2))


class _Raising:
    """What is behind the last step, however often a mutant asks."""

    def __iter__(self) -> _Raising:
        return self

    def __next__(self) -> NoReturn:
        raise Overdue


def _is_equal(ours: bytes, theirs: bytes) -> bool:
    try:
        return ours == theirs or bool(marshal.loads(ours) == marshal.loads(theirs))
    except (ValueError, EOFError, TypeError):
        return False


def _is_other(theirs: bytes, ours: bytes) -> bool:
    """Whether these are surely two values."""
    return theirs != ours and _TAG not in theirs + ours and not _is_equal(theirs, ours)


def packed(fate: Fate) -> bytes:
    """A fate as bytes: one line of the outcome, how many items are answers, and sizes; then all items."""
    items = [*fate.answers, *fate.behaviours]
    head = " ".join((fate.outcome, str(len(fate.answers)), *map(str, map(len, items))))
    return b"".join((head.encode(), b"\n", *items))


def unpacked(part: bytes) -> Fate:
    """The same again. Raises ValueError for what is nothing of the kind."""
    head, _, body = part.partition(b"\n")
    outcome, *numbers = head.decode("ascii").split(" ")
    if outcome not in _OUTCOMES or not all(map(str.isdigit, numbers)):
        raise ValueError("not what a mutant did")
    count, *sizes = map(int, numbers)
    if sum(sizes) != len(body) or count > len(sizes):
        raise ValueError("sizes that do not add up")
    items = cut(body, sizes)
    return Fate(outcome, items[:count], items[count:])


def _encoded(value: Any) -> bytes:
    data = wire.encode(value)
    if len(data) > _MOST_BYTES:
        raise MemoryError
    return data
