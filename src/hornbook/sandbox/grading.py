"""What the answers of a program's mutants say of its tests. In the judge's process."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from hornbook.sandbox import wire
from hornbook.sandbox.plan import Call, NeedsProgram, Plan, refuse
from hornbook.sandbox.trials import unpacked

_LONGEST_ASSERT = 400
Graded = tuple[str, bool, str]
"""The outcome of a mutant; of one that passes, whether an input tells it from the program, and an assert."""


def graded(
    plan: Plan, further: Sequence[Call], parts: Sequence[bytes], rebuild: wire.Rebuild
) -> list[Graded]:
    """What became of each mutant after the first, which is the program itself and passes.

    `parts`: as Trials.run wrote them; `rebuild`: makes what stands for an object that stayed behind. Raises
    ValueError where they are nothing of the kind, or the program did not get through while its steps were counted.
    """
    calls = [*plan.calls, *further]
    (whole, answers, behaviours), *others = [unpacked(part) for part in parts]
    if whole != "answers" or len(answers) != len(plan.calls) or len(behaviours) != len(further) + 1:
        raise ValueError("there is nothing to measure the mutants by")
    steady = behaviours.pop()
    measure = [b"v" + answer for answer in answers] + behaviours
    found = []
    for outcome, its_answers, its_behaviours in others:
        if outcome == "answers":
            outcome = _outcome(plan, answers, its_answers, rebuild)
        if outcome != "pass":
            found.append((outcome, False, ""))
            continue
        its = [b"v" + answer for answer in its_answers] + its_behaviours
        telling = [at for at, pair in enumerate(zip(measure, its, strict=False)) if _tells(*pair)]
        asserts = (_assert(calls[at], measure[at]) for at in telling if steady[at])
        found.append((outcome, bool(telling), next(filter(None, asserts), "")))
    return found


def _outcome(plan: Plan, answers: Sequence[bytes], its: Sequence[bytes], rebuild: wire.Rebuild) -> str:
    """Of the tests, for a mutant; where it answers as the program does, they hold as for the program."""
    differing = {call for call, (ours, theirs) in enumerate(zip(answers, its, strict=True)) if ours != theirs}
    for check in plan.checks:
        if differing.isdisjoint(check.calls):
            continue
        try:
            if not plan.holds(check, {call: wire.decode(its[call], rebuild) for call in check.calls}):
                return "fail"
        except (NeedsProgram, wire.Unreadable):
            return "fail"  # an object, where the program's answer was enough to tell
        except MemoryError:
            raise
        except Exception:
            return "error"
    return "pass"


def _tells(ours: bytes, theirs: bytes) -> bool:
    """Whether the program gives a value here, and it is known that the mutant does not give it."""
    if ours == theirs or not theirs or not ours.startswith(b"v"):
        return False
    if theirs.startswith(b"r"):
        return True
    try:
        return bool(wire.decode(ours[1:], refuse) != wire.decode(theirs[1:], refuse))
    except Exception:  # objects, or values that do not compare: their bytes differ
        return True


def _assert(call: Call, encoded: bytes) -> str:
    """The call and its value as a test; "" where they cannot be written down, or not briefly."""
    try:
        value = wire.decode(encoded[1:], refuse)
        items = (*call.args, *call.kwargs.values(), value)
        if not all(ast.literal_eval(repr(item)) == item for item in items):
            return ""
        given = [repr(arg) for arg in call.args] + [f"{name}={arg!r}" for name, arg in call.kwargs.items()]
        text = f"assert {call.function}({', '.join(given)}) == {value!r}"
    except Exception:  # an object, a number with too many digits, a value that is no literal
        return ""
    return text if len(text) <= _LONGEST_ASSERT else ""
