"""Asserts that make tests notice more: those that kill surviving mutants, if they are sure to hold elsewhere too.

What such an assert expects is what the solution answers, so it holds as far as the solution is right: it guards
what the tests left open, and proves nothing new about the solution. A test is kept for good and runs in other
processes, with other hash seeds, under other versions of Python. The sandbox offers an assert only about values
that come again in another order of calls and with other randomness; here programs are refused that could see the
order of a set, the address of an object, the clock or the machine, and values that hang on the last digits of a
float.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from dataclasses import dataclass

from hornbook.quality.mutants import Grade
from hornbook.quality.syntax import parsed
from hornbook.record import Exercise

_SETTLED = """
__future__ abc bisect collections copy dataclasses decimal enum fractions functools heapq itertools json math
numbers operator re statistics string textwrap typing
"""
"""Modules whose answers depend on nothing but their arguments."""
_MODULES = frozenset(_SETTLED.split())
_UNSETTLED = frozenset(
    {
        "set",
        "frozenset",
        "id",
        "hash",
        "object",
        "open",
        "input",
        "vars",
        "dir",
        "globals",
        "locals",
        "__import__",
    }
)
_VIEWS = frozenset({"keys", "items"})
_MAKES_SETS = ast.BitAnd | ast.BitOr | ast.BitXor | ast.Sub
_LAST_DIGITS = re.compile(r"[0-9]\.[0-9]{12,}|[0-9.]{12,}e|[0-9]{12,}\.[0-9]")
"""A float with more than about twelve digits; the last ones of a sum differ between versions of Python."""


@dataclass(frozen=True, slots=True)
class Stronger:
    """Tests to add, and what they change."""

    tests: tuple[str, ...]
    kill_rate: float
    """With them, of the same mutants, at least: each kills those that it was written for, and may kill others."""


def stronger(exercise: Exercise, grade: Grade, most: int) -> Stronger | None:
    """Return at most `most` asserts, those that kill most survivors first; None where there is nothing to add.

    Nothing has run them: the caller does, with the tests that were there before.
    """
    program = exercise.prompt + exercise.solution
    offered = Counter(
        mutant.told_by for mutant in grade.survived if mutant.told_by and mutant.told_by not in exercise.tests
    )
    if not offered or not most or not is_settled(program):
        return None
    tests = tuple(test for test, _ in offered.most_common() if _is_portable(test))[:most]
    if not tests:
        return None
    killed = len(grade.killed) + sum(offered[test] for test in tests)
    return Stronger(tests, killed / (len(grade.killed) + len(grade.survived)))


def is_settled(source: str) -> bool:
    """Say whether what a program answers can depend on its arguments alone, as far as its text tells.

    >>> is_settled("def f(a): return sorted(a)"), is_settled("def f(a): return list({*a})")
    (True, False)
    """
    tree = parsed(source)
    return tree is not None and not any(map(_may_unsettle, ast.walk(tree)))


def _is_portable(test: str) -> bool:
    return is_settled(test) and not _LAST_DIGITS.search(test)


def _may_unsettle(node: ast.AST) -> bool:
    match node:
        case ast.Set() | ast.SetComp():
            return True
        case ast.Name():
            return node.id in _UNSETTLED
        case ast.Import():
            return not _MODULES.issuperset(alias.name.partition(".")[0] for alias in node.names)
        case ast.ImportFrom():
            return node.level > 0 or (node.module or "").partition(".")[0] not in _MODULES
        case ast.BinOp(op=op):
            return isinstance(op, _MAKES_SETS) and (_is_view(node.left) or _is_view(node.right))
    return False


def _is_view(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _VIEWS
