"""Mistakes that learners make, as small edits of a solution's source: what changes, and what it is called.

Nothing is run here; whether a mistake shows is found out in `bugs`.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeGuard

from hornbook.curriculum.parsing import nodes_below, nodes_of

_BOUNDARY = {ast.Lt: ("<", "<="), ast.LtE: ("<=", "<"), ast.Gt: (">", ">="), ast.GtE: (">=", ">")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bug:
    """A solution with a mistake."""

    body: str
    line: int
    """Of the body, from 1."""
    diagnosis: str
    """What is wrong, as a sentence without capital and stop."""
    lesson: str
    """What to remember, as a sentence."""


@dataclass(frozen=True, slots=True)
class _Source:
    lines: Sequence[str]

    def text(self, first: ast.expr, second: ast.expr) -> str:
        """Return what stands between two expressions of one line; "" where they are not on one."""
        if first.end_lineno != second.lineno:
            return ""
        return self.lines[second.lineno - 1][first.end_col_offset : second.col_offset]

    def edited(self, line: int, start: int | None, end: int | None, new: str) -> str:
        """Return the source with a part of a line (from 1) replaced; "" where offsets are not those of letters."""
        old = self.lines[line - 1]
        if not old.isascii():
            return ""
        changed = old[:start] + new + old[end:]
        return "\n".join([*self.lines[: line - 1], changed, *self.lines[line:]])


Kind = Callable[[_Source, ast.AST], Iterator[Bug]]


def _of(body: str, line: int, diagnosis: str, lesson: str) -> Iterator[Bug]:
    if body:
        yield Bug(body=body, line=line, diagnosis=diagnosis, lesson=lesson)


def _boundary(source: _Source, node: ast.AST) -> Iterator[Bug]:
    if not isinstance(node, ast.Compare) or len(node.ops) > 1 or type(node.ops[0]) not in _BOUNDARY:
        return
    right, wrong = _BOUNDARY[type(node.ops[0])]
    after = node.comparators[0]
    if source.text(node.left, after).strip() != right:
        return
    yield from _of(
        source.edited(node.lineno, node.left.end_col_offset, after.col_offset, f" {wrong} "),
        node.lineno,
        f"the comparison uses `{wrong}` where `{right}` is needed",
        "Try the value that lies exactly on the boundary: only there do the two signs differ.",
    )


def _membership(source: _Source, node: ast.AST) -> Iterator[Bug]:
    if not isinstance(node, ast.Compare) or not isinstance(node.ops[0], ast.In | ast.NotIn) or node.ops[1:]:
        return
    right, wrong = ("in", "not in") if isinstance(node.ops[0], ast.In) else ("not in", "in")
    after = node.comparators[0]
    if source.text(node.left, after).strip() != right:
        return
    yield from _of(
        source.edited(node.lineno, node.left.end_col_offset, after.col_offset, f" {wrong} "),
        node.lineno,
        f"the test is the wrong way round, with `{wrong}` in the place of `{right}`",
        "Say what happens when the test is true; if that sounds wrong, the test is the wrong way round.",
    )


def _connective(source: _Source, node: ast.AST) -> Iterator[Bug]:
    if not isinstance(node, ast.BoolOp) or len(node.values) != 2:
        return
    right, wrong = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
    first, second = node.values
    if source.text(first, second).strip() != right:
        return
    yield from _of(
        source.edited(second.lineno, first.end_col_offset, second.col_offset, f" {wrong} "),
        second.lineno,
        f"the two conditions are joined with `{wrong}` and not with `{right}`",
        "`and` wants both of its conditions, `or` is content with one of them.",
    )


def _division(source: _Source, node: ast.AST) -> Iterator[Bug]:
    if not isinstance(node, ast.BinOp):
        return
    if isinstance(node.op, ast.FloorDiv):
        right, wrong, lesson = (
            "//",
            "/",
            "`/` always gives a float, even where the division leaves no remainder.",
        )
    elif isinstance(node.op, ast.Mod):
        right, wrong, lesson = "%", "//", "`//` says how often the divisor fits, `%` says what is left over."
    else:
        return
    if source.text(node.left, node.right).strip() != right:
        return
    yield from _of(
        source.edited(node.right.lineno, node.left.end_col_offset, node.right.col_offset, f" {wrong} "),
        node.right.lineno,
        f"the line divides with `{wrong}` where `{right}` is needed",
        lesson,
    )


def _overwritten(source: _Source, node: ast.AST) -> Iterator[Bug]:
    if not isinstance(node, ast.AugAssign) or not isinstance(node.op, ast.Add):
        return
    if source.text(node.target, node.value).strip() != "+=":
        return
    yield from _of(
        source.edited(node.lineno, node.target.end_col_offset, node.value.col_offset, " = "),
        node.lineno,
        f"the line sets `{ast.unparse(node.target)}` anew instead of adding to what it holds",
        "`=` replaces a value and `+=` builds on it; only the second one keeps what was there before.",
    )


def _short_range(source: _Source, node: ast.AST) -> Iterator[Bug]:
    if not _calls(node, "range") or len(node.args) > 2:  # with a step, the last number may be another one
        return
    last = node.args[-1]
    if not (isinstance(last, ast.BinOp) and isinstance(last.right, ast.Constant) and last.right.value == 1):
        return
    sign = "+" if isinstance(last.op, ast.Add) else "-" if isinstance(last.op, ast.Sub) else ""
    if not sign or source.text(last.left, last.right).strip() != sign:
        return
    yield from _of(
        source.edited(last.right.lineno, last.left.end_col_offset, last.end_col_offset, ""),
        last.right.lineno,
        f"the range ends one number too {'early' if sign == '+' else 'late'}, because `{sign} 1` is missing",
        "`range(a, b)` stops before b; write down the first and the last number that you want.",
    )


def _extreme(source: _Source, node: ast.AST) -> Iterator[Bug]:
    for right, wrong in (("min", "max"), ("max", "min")):
        if _calls(node, right):
            yield from _of(
                source.edited(node.lineno, node.func.col_offset, node.func.end_col_offset, wrong),
                node.lineno,
                f"`{wrong}` takes the {'largest' if wrong == 'max' else 'smallest'} value where "
                f"the {'smallest' if wrong == 'max' else 'largest'} is needed",
                "Try two values of which you know the larger one, and say which of them should come out.",
            )


_TOLD = {
    "key": (
        "the key is missing, so whole elements are compared",
        "Without a key, Python compares the elements as they are: numbers by size, texts by alphabet.",
    ),
    "reverse": ("`reverse=True` is missing", "Sorting is ascending unless it is told otherwise."),
}


def _keyword(source: _Source, node: ast.AST) -> Iterator[Bug]:
    """Leave out what a sorting, `min` or `max` was told about the order."""
    if not isinstance(node, ast.Call):
        return
    for told in node.keywords:
        if told.arg not in _TOLD or told.lineno != told.end_lineno:
            continue
        start = told.col_offset
        if len(node.args) + len(node.keywords) > 1:
            start -= 2
            if source.lines[told.lineno - 1][start : told.col_offset] != ", ":
                continue
        yield from _of(
            source.edited(told.lineno, start, told.end_col_offset, ""), told.lineno, *_TOLD[told.arg]
        )


def _unfiltered(source: _Source, node: ast.AST) -> Iterator[Bug]:
    if not isinstance(node, ast.comprehension) or len(node.ifs) != 1:
        return
    test = node.ifs[0]
    if test.lineno != test.end_lineno or source.text(node.iter, test) != " if ":
        return
    yield from _of(
        source.edited(test.lineno, node.iter.end_col_offset, test.end_col_offset, ""),
        test.lineno,
        f"the condition `if {ast.unparse(test)}` is missing, so everything gets in",
        "A comprehension takes whatever its `for` gives; only an `if` behind it leaves something out.",
    )


def _start(source: _Source, node: ast.AST) -> Iterator[Bug]:
    """Let a variable that a loop changes start at 1 instead of 0, or the other way round."""
    if not isinstance(node, ast.Module):
        return
    for place, step in enumerate(node.body):
        loops = [s for s in node.body[place:] if isinstance(s, ast.For)]
        if not isinstance(step, ast.Assign) or not isinstance(step.value, ast.Constant) or not loops:
            continue
        right, name = step.value.value, ast.unparse(step.targets[0])
        changed = {
            n.id for n in nodes_below([loops[0]]) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)
        }
        if type(right) is not int or right not in (0, 1) or name not in changed:
            continue
        yield from _of(
            source.edited(step.lineno, step.value.col_offset, step.value.end_col_offset, str(1 - right)),
            step.lineno,
            f"`{name}` starts at {1 - right} and should start at {right}",
            "Ask what the variable should hold before the first round: that is where it starts.",
        )


def _extended(source: _Source, node: ast.AST) -> Iterator[Bug]:
    if (
        not isinstance(node, ast.Call)
        or not isinstance(node.func, ast.Attribute)
        or node.func.attr != "append"
    ):
        return
    held = node.func.value
    yield from _of(
        source.edited(node.lineno, held.end_col_offset, node.func.end_col_offset, ".extend"),
        node.lineno,
        "`extend` adds the elements of its argument one by one; for a text these are its letters",
        "`append` puts one thing at the end of a list, whatever it is.",
    )


def _untidy(source: _Source, node: ast.AST) -> Iterator[Bug]:
    if (
        not isinstance(node, ast.Call)
        or not isinstance(node.func, ast.Attribute)
        or node.args
        or node.keywords
    ):
        return
    name = node.func.attr
    if name not in ("lower", "upper", "strip", "casefold", "capitalize") or node.lineno != node.end_lineno:
        return
    yield from _of(
        source.edited(node.lineno, node.func.value.end_col_offset, node.end_col_offset, ""),
        node.lineno,
        f"the call of `{name}` is missing, so the text is used as it came",
        "Nothing tidies a text by itself; each change is a call.",
    )


def _slice(source: _Source, node: ast.AST) -> Iterator[Bug]:
    if not isinstance(node, ast.Slice):
        return
    lower, upper = node.lower, node.upper
    if isinstance(lower, ast.Constant) and type(lower.value) is int and node.step is None:
        wrong = lower.value + 1
        yield from _of(
            source.edited(lower.lineno, lower.col_offset, lower.end_col_offset, str(wrong)),
            lower.lineno,
            f"the slice starts at position {wrong} and should start at {lower.value}",
            "Positions are counted from 0, so position 1 is the second place.",
        )
    if isinstance(upper, ast.Constant) and type(upper.value) is int and upper.value > 1 and node.step is None:
        wrong = upper.value - 1
        yield from _of(
            source.edited(upper.lineno, upper.col_offset, upper.end_col_offset, str(wrong)),
            upper.lineno,
            f"the slice ends before position {wrong} and should end before {upper.value}",
            "`items[a:b]` holds the elements from a up to, but not including, b.",
        )


def _early(source: _Source, node: ast.AST) -> Iterator[Bug]:
    """Return in the first round."""
    if not isinstance(node, ast.Module) or len(node.body) < 2:
        return
    loop, last = node.body[-2:]
    if not isinstance(last, ast.Return) or last.lineno != last.end_lineno or not isinstance(loop, ast.For):
        return
    if loop.orelse or loop.lineno == loop.body[0].lineno:
        return
    yield from _of(
        source.edited(last.lineno, 0, 0, "    "),
        last.lineno,
        "the `return` stands inside of the loop, so the first round to reach it ends the function",
        "Indentation decides what belongs to a loop; what is to happen once, at the end, stands behind it.",
    )


def _misspelt(source: _Source, node: ast.AST) -> Iterator[Bug]:
    if not isinstance(node, ast.Module) or not isinstance(last := node.body[-1], ast.Return):
        return
    if not isinstance(last.value, ast.Name) or len(name := last.value.id) < 5:
        return
    wrong = name[:-2] + name[-1] + name[-2] if name[-1] != name[-2] else name[:-1]
    yield from _of(
        source.edited(last.lineno, last.value.col_offset, last.value.end_col_offset, wrong),
        last.lineno,
        f"`{wrong}` is a spelling mistake; the variable is called `{name}`",
        "A NameError names a word that was never assigned; compare it letter by letter.",
    )


def _unreturned(source: _Source, node: ast.AST) -> Iterator[Bug]:
    if not isinstance(node, ast.Module) or not isinstance(last := node.body[-1], ast.Return):
        return
    if last.value is None:
        return
    new = "" if isinstance(last.value, ast.Name) else "answer_now = "
    yield from _of(
        source.edited(last.lineno, last.col_offset, last.value.col_offset, new),
        last.lineno,
        "the function works its answer out and never hands it over; a call without `return` gives None",
        "A function that ends without `return` returns None, whatever it has computed.",
    )


KINDS: Mapping[str, Kind] = {
    "boundary": _boundary,
    "membership": _membership,
    "connective": _connective,
    "division": _division,
    "overwritten": _overwritten,
    "short_range": _short_range,
    "extreme": _extreme,
    "keyword": _keyword,
    "unfiltered": _unfiltered,
    "start": _start,
    "extended": _extended,
    "untidy": _untidy,
    "slice": _slice,
}
"""Mistakes about the task, by name."""
PLAIN: Mapping[str, Kind] = {"early": _early, "misspelt": _misspelt, "unreturned": _unreturned}
"""Mistakes that nearly every solution takes; soon seen through, so they are for those that take no other."""


def _calls(node: ast.AST, name: str) -> TypeGuard[ast.Call]:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == name
        and bool(node.args)
    )


def bugs_of(body: str, kind: Kind) -> list[Bug]:
    """Return every way to make a mistake of one kind in a body, in the order of the source."""
    source = _Source(body.split("\n"))
    return [bug for node in _nodes(body) for bug in kind(source, node)]


_LOOKED_AT = (ast.Module, ast.Compare, ast.BoolOp, ast.BinOp, ast.AugAssign, ast.Call, ast.comprehension,
    ast.Slice)  # fmt: skip


@lru_cache(maxsize=4)  # every kind looks at the same solution
def _nodes(body: str) -> tuple[ast.AST, ...]:
    return tuple(node for node in nodes_of(body) if isinstance(node, _LOOKED_AT))
