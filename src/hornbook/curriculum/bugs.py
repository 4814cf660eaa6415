"""Mistakes that learners make, put into a solution on purpose: one small change, and what it is called.

Only solutions whose loops end whatever a comparison says are changed: `for` loops, no recursion. They are of this
package, and run in its process to see what comes of the mistake; the sandbox runs the page once more.
"""

from __future__ import annotations

import ast
import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from hornbook.curriculum.family import Task, copied
from hornbook.curriculum.watching import function_of

_BOUNDARY = {ast.Lt: ("<", "<="), ast.LtE: ("<=", "<"), ast.Gt: (">", ">="), ast.GtE: (">=", ">")}
_ENDLESS = ("while ", "cycle(", "count(", "iter(", "yield", "lambda", "class ", "def ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bug:
    """A solution with a mistake."""

    body: str
    line: int
    """Of the body, from 1."""
    diagnosis: str
    """What is wrong, as a sentence."""
    lesson: str
    """What to remember, as a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a mistake does on one case."""

    bug: Bug
    arguments: tuple[Any, ...]
    expected: Any
    got: Any
    error: str
    """Type and text of the exception; "" where there was none."""


def draw_bug(task: Task, rng: random.Random) -> Seen | None:
    """Draw a mistake that shows on one of the task's cases; None where the solution takes none of them."""
    if any(word in task.body for word in _ENDLESS) or f"{task.name}(" in task.body:
        return None
    bugs = list(_bugs(task.body))
    rng.shuffle(bugs)
    for bug in bugs:
        for arguments, expected in task.cases:
            seen = _tried(task, bug, arguments, expected)
            if seen is not None:
                return seen
    return None


def _tried(task: Task, bug: Bug, arguments: tuple[Any, ...], expected: Any) -> Seen | None:
    """Run the mistake on a case; None where it does not show, or not alike in every process and version."""
    got, error = None, ""
    try:
        got = function_of(task, bug.body)(*copied(arguments))
    except NameError as failure:
        error = f"NameError: {failure}"
        if isinstance(failure, UnboundLocalError):  # whose text differs between versions of Python
            return None
    except (IndexError, KeyError, ZeroDivisionError, TypeError, ValueError, AttributeError):
        return None
    if not error and (type(got) is type(expected) and got == expected or len(repr(got)) > 100):
        return None
    return Seen(bug=bug, arguments=arguments, expected=expected, got=got, error=error)


def _bugs(body: str) -> Iterator[Bug]:
    tree = ast.parse(body)
    lines = body.split("\n")
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare) and type(node.ops[0]) in _BOUNDARY and len(node.ops) == 1:
            yield from _boundary(lines, node)
        elif isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Add):
            yield from _overwritten(lines, node)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "range":
            yield from _short_range(lines, node)
    yield from _returns(lines, tree)


def _with_line(lines: list[str], number: int, line: str) -> str:
    return "\n".join([*lines[: number - 1], line, *lines[number:]])


def _boundary(lines: list[str], node: ast.Compare) -> Iterator[Bug]:
    right, wrong = _BOUNDARY[type(node.ops[0])]
    first, second = node.left.end_col_offset, node.comparators[0].col_offset
    line = lines[node.lineno - 1]
    if (
        node.left.end_lineno != node.comparators[0].lineno
        or not line.isascii()
        or line[first:second].strip() != right
    ):
        return
    yield Bug(
        body=_with_line(lines, node.lineno, f"{line[:first]} {wrong} {line[second:]}"),
        line=node.lineno,
        diagnosis=f"the comparison uses `{wrong}` where the task asks for `{right}`",
        lesson="Try the value that lies exactly on the boundary: only there do the two signs differ.",
    )


def _overwritten(lines: list[str], node: ast.AugAssign) -> Iterator[Bug]:
    line = lines[node.lineno - 1]
    if line.count("+=") != 1:
        return
    name = ast.unparse(node.target)
    yield Bug(
        body=_with_line(lines, node.lineno, line.replace("+=", "=")),
        line=node.lineno,
        diagnosis=f"the line sets `{name}` anew instead of adding to what it holds",
        lesson="`=` replaces a value and `+=` builds on it; only the second one remembers the earlier rounds.",
    )


def _short_range(lines: list[str], node: ast.Call) -> Iterator[Bug]:
    line = lines[node.lineno - 1]
    last = node.args[-1] if len(node.args) < 3 else node.args[1]
    if not (isinstance(last, ast.BinOp) and isinstance(last.right, ast.Constant) and last.right.value == 1):
        return
    sign = "+" if isinstance(last.op, ast.Add) else "-" if isinstance(last.op, ast.Sub) else ""
    start, end = last.left.end_col_offset, last.end_col_offset
    if not sign or start is None or end is None or last.end_lineno != last.lineno or not line.isascii():
        return
    yield Bug(
        body=_with_line(lines, node.lineno, line[:start] + line[end:]),
        line=node.lineno,
        diagnosis=f"the range ends {'one number too early' if sign == '+' else 'one number too late'}: "
        f"`{sign} 1` is missing",
        lesson="`range(a, b)` stops before b; write down the first and the last number that you want.",
    )


def _returns(lines: list[str], tree: ast.Module) -> Iterator[Bug]:
    """Return too early, not at all, or something that has another name."""
    *before, last = tree.body
    if not isinstance(last, ast.Return) or last.value is None or last.lineno != last.end_lineno:
        return
    line = lines[last.lineno - 1]
    if before and isinstance(before[-1], ast.For) and before[-1].lineno != before[-1].body[0].lineno:
        yield Bug(
            body=_with_line(lines, last.lineno, "    " + line),
            line=last.lineno,
            diagnosis="the `return` stands inside of the loop, so the first round to reach it ends the function",
            lesson="Indentation decides what belongs to a loop; an answer about all comes behind it.",
        )
    yield Bug(
        body=_with_line(lines, last.lineno, line.replace("return ", "answer_now = ", 1)),
        line=last.lineno,
        diagnosis="the function works its answer out and never hands it over: without `return` a call gives None",
        lesson="A function that ends without `return` returns None, whatever it has computed.",
    )
    if isinstance(last.value, ast.Name) and len(name := last.value.id) > 4:
        wrong = name[:-2] + name[-1] + name[-2] if name[-1] != name[-2] else name[:-1]
        yield Bug(
            body=_with_line(lines, last.lineno, f"return {wrong}"),
            line=last.lineno,
            diagnosis=f"`{wrong}` is a spelling mistake; the variable is called `{name}`",
            lesson="A NameError names a word that was never assigned; compare it letter by letter.",
        )
