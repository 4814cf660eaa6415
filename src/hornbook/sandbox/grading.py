"""What the answers of a program's mutants say of its tests. In the judge's process."""

from __future__ import annotations

import ast
import functools
from collections.abc import Callable, Sequence

from hornbook.sandbox import wire
from hornbook.sandbox.inputs import Asked
from hornbook.sandbox.plan import NeedsProgram, Plan, refuse
from hornbook.sandbox.trials import SAME, SAME_AGAIN, UNKNOWN, VALUE, Fate, unpacked

_LONGEST_ASSERT = 400
Graded = tuple[str, bool, str]
"""The outcome of a mutant; of one that passes, whether an input tells it from the program, and an assert."""


def graded(
    plan: Plan, asked: Callable[[], Sequence[Asked]], parts: Sequence[bytes], rebuild: wire.Rebuild
) -> list[Graded]:
    """What became of each mutant after the first, which is the program itself and passes.

    `asked`: the calls of the tests and the further ones; `parts`: as Trials.run wrote them; `rebuild`: makes what
    stands for an object that stayed behind. Raises ValueError where they are nothing of the kind, or the program
    did not get through while its steps were counted.
    """
    asked = functools.cache(asked)
    program, *mutants = map(unpacked, parts)
    if program.outcome != "answers" or len(program.answers) != len(plan.calls):
        raise ValueError("there is nothing to measure the mutants by")
    *behaviours, steady = program.behaviours or [bytes(len(program.answers))]  # without: no mutant is told
    measure = [VALUE + answer for answer in program.answers] + behaviours
    if len(steady) != len(measure):
        raise ValueError("not as many values as there are said to be")
    found = []
    for mutant in mutants:
        outcome = _outcome(plan, program.answers, mutant, rebuild)
        telling = _telling(measure, mutant) if outcome == "pass" else []
        asserts = (_assert(asked()[at], measure[at]) for at in telling if steady[at])
        found.append((outcome, bool(telling), next(filter(None, asserts), "")))
    return found


def _outcome(plan: Plan, answers: Sequence[bytes], mutant: Fate, rebuild: wire.Rebuild) -> str:
    """Of the tests, for a mutant; where it answers as the program does, they hold as for the program."""
    if mutant.outcome != "answers":
        return mutant.outcome
    pairs = zip(mutant.answers, answers, strict=True)
    its = {call: theirs for call, (theirs, ours) in enumerate(pairs) if theirs not in (SAME, ours)}
    for check in plan.checks:
        if its.keys().isdisjoint(check.calls):
            continue
        try:
            values = {call: wire.decode(its.get(call, answers[call]), rebuild) for call in check.calls}
            if not plan.holds(check, values):
                return "fail"
        except (NeedsProgram, wire.Unreadable):
            return "fail"  # an object, where the program's answer was enough to tell
        except MemoryError:
            raise
        except Exception:
            return "error"
    return "pass"


def _telling(measure: Sequence[bytes], mutant: Fate) -> list[int]:
    """The calls, of the tests and further ones, that are known to tell it from the program."""
    answers = [VALUE + answer if answer != SAME else SAME_AGAIN for answer in mutant.answers]
    pairs = zip(measure, answers + mutant.behaviours, strict=False)
    return [at for at, pair in enumerate(pairs) if _tells(*pair)]


def _tells(ours: bytes, theirs: bytes) -> bool:
    """Whether the program gives a value here, and it is known that the mutant does not give it."""
    if theirs in (UNKNOWN, SAME_AGAIN, ours) or not ours.startswith(VALUE):
        return False
    try:
        return bool(wire.decode(ours[1:], refuse) != wire.decode(theirs[1:], refuse))
    except Exception:  # NO_VALUE; objects, or values that do not compare: their bytes differ
        return True


def _assert(call: Asked, encoded: bytes) -> str:
    """The call and its value as a test; "" where they cannot be written down, or not briefly."""
    function, args, kwargs = call
    try:
        value = wire.decode(encoded[1:], refuse)
        items = (*args, *kwargs.values(), value)
        if not all(ast.literal_eval(repr(item)) == item for item in items):
            return ""
        given = [repr(arg) for arg in args] + [f"{name}={arg!r}" for name, arg in kwargs.items()]
        text = f"assert {function}({', '.join(given)}) == {value!r}"
    except Exception:  # an object, a number with too many digits, a value that is no literal
        return ""
    return text if len(text) <= _LONGEST_ASSERT else ""
