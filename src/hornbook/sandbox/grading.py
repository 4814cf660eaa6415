"""What the answers of a program's mutants say of its tests. In the judge's process."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import Any

from hornbook.sandbox import wire
from hornbook.sandbox.plan import Call, NeedsProgram, Plan, refuse
from hornbook.sandbox.trials import unpacked

_LONGEST_ASSERT = 400
Graded = tuple[str, str]
"""The outcome of a mutant, and the assert that tells one that passes from the program; "" for none."""


def graded(
    plan: Plan, further: Sequence[Call], parts: Sequence[bytes], rebuild: wire.Rebuild
) -> list[Graded]:
    """What became of each mutant after the first, which is the program itself and passes.

    `parts`: as Trials.run wrote them; `rebuild`: makes what stands for an object that stayed behind. Raises
    ValueError where they are nothing of the kind, or the program did not get through while its steps were counted.
    """
    calls = [*plan.calls, *further]
    (whole, answers, measure), *others = [unpacked(part) for part in parts]
    if whole != "answers" or len(answers) != len(plan.calls) or len(measure) != len(calls):
        raise ValueError("there is nothing to measure the mutants by")
    found = []
    for outcome, its_answers, its_behaviours in others:
        if outcome == "answers":
            outcome = _outcome(plan, answers, its_answers, rebuild)
        told_by = ""
        if outcome == "pass":
            # Answers that differ and pass all the same: tests that leave something open.
            its = [b"v" + answer for answer in its_answers] + its_behaviours
            told_by = _told_by(calls, measure, its)
        found.append((outcome, told_by))
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


def _told_by(calls: Sequence[Call], measure: Sequence[bytes], its: Sequence[bytes]) -> str:
    """The first assert that holds for the program and not for the mutant."""
    for call, ours, theirs in zip(calls, measure, its, strict=False):
        if ours == theirs or not ours.startswith(b"v"):
            continue
        value = wire.decode(ours[1:], refuse)
        if theirs.startswith(b"v") and _is_same(value, theirs[1:]):
            continue
        if text := _assert(call, value):
            return text
    return ""


def _is_same(value: Any, encoded: bytes) -> bool:
    try:
        return bool(value == wire.decode(encoded, refuse))
    except wire.Unreadable:
        return False


def _assert(call: Call, value: Any) -> str:
    """The call and its value as a test; "" where they cannot be written down, or not briefly."""
    given = [repr(arg) for arg in call.args] + [f"{name}={arg!r}" for name, arg in call.kwargs.items()]
    text = f"assert {call.function}({', '.join(given)}) == {value!r}"
    if len(text) > _LONGEST_ASSERT:
        return ""
    try:
        is_true_to_it = all(
            ast.literal_eval(repr(item)) == item for item in (*call.args, *call.kwargs.values(), value)
        )
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return ""
    return text if is_true_to_it else ""
