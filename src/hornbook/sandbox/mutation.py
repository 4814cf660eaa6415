"""Small mistakes, made on purpose: every program that differs from a solution in one place.

The operators are the classical ones (DeMillo, Lipton and Sayward 1978; the sufficient set of Offutt et al. 1996):
another operator, comparison or constant, a boundary moved by one, a condition negated, a statement left out, two
arguments exchanged. Good tests tell them from the solution. All of them are one program, which asks a flag at each
place whether to do as the solution or as the mutant (mutant schemata: Untch, Offutt and Harrold 1993,
https://doi.org/10.1145/154183.154265), so that it is compiled once. In the judge's process, which runs none; steps
are counted, so that a mistake that never ends is found by its count.
"""

from __future__ import annotations

import ast
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import CodeType
from typing import Any

from hornbook.sandbox import program
from hornbook.sandbox.edges import Constant, constants
from hornbook.sandbox.trials import TICK, flag

_LONGEST_SHOWN = 60
_FILENAME = program.block_name(0)
_OPERATORS: dict[type, type] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv, ast.Pow: ast.Mult, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd, ast.BitXor: ast.BitAnd,
    ast.LShift: ast.RShift, ast.RShift: ast.LShift, ast.And: ast.Or, ast.Or: ast.And, ast.MatMult: ast.Mult,
}  # fmt: skip
_OPPOSITES: dict[type, type] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.GtE, ast.GtE: ast.Lt, ast.Gt: ast.LtE, ast.LtE: ast.Gt,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
_BOUNDARIES: dict[type, type] = {ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt}
_SYMBOLS: dict[type, str] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.FloorDiv: "//", ast.Mod: "%", ast.Pow: "**",
    ast.BitAnd: "&", ast.BitOr: "|", ast.BitXor: "^", ast.LShift: "<<", ast.RShift: ">>", ast.MatMult: "@",
    ast.And: "and", ast.Or: "or", ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">",
    ast.GtE: ">=", ast.In: "in", ast.NotIn: "not in", ast.Is: "is", ast.IsNot: "is not",
}  # fmt: skip
_KEPT = (
    *(ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom),
    *(ast.Pass, ast.Global, ast.Nonlocal),
)
_HERE: Any = {"lineno": 1, "col_offset": 0}
"""Where new nodes are said to stand: no traceback of a mutant is ever read."""
_TICK = ast.parse(f"{TICK}()").body[0]
_LOOPS = (ast.For, ast.AsyncFor, ast.While)
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_UNTOUCHED = ("annotation", "returns", "decorator_list", "type_comment")


@dataclass(frozen=True, slots=True)
class Mutation:
    """One mistake."""

    kind: str
    """operator, comparison, boundary, constant, condition, statement or argument."""
    line: int
    change: str
    """The place, as source on one line, and what was done to it: `a < b: < -> <=`."""


def mutations(source: str, most: int) -> tuple[CodeType, list[Mutation], list[Constant]]:
    """A program that is also each of its mutants; what they are, in the order of its text; and its constants.

    Raises NotCompiled. The program counts its steps, and does as mutant k where the global `flag(k)` is true. At
    most so many mutants, drawn evenly and always the same.
    """
    tree = program.parsed(source, _FILENAME)
    found = [(node, *other) for node, place in _sites(tree) for other in _others(node, place)]
    drawn = sorted(random.Random(0).sample(range(len(found)), min(most, len(found))))
    lines = source.encode().splitlines(keepends=True)
    choices: _Choices = {}
    made: list[Mutation] = []
    for node, kind, done, place, other in (found[at] for at in drawn):
        choices.setdefault(place, []).append((flag(len(made)), other))
        made.append(Mutation(kind, getattr(node, "lineno", 0), f"{_shown(node, lines)}: {done}"))
    return program.compiled(_choosing(tree, choices), _FILENAME), made, constants(tree)


_Choices = dict[ast.AST, list[tuple[str, Any]]]
"""What may stand in a node's place, and the flag that says so."""


def _choosing(node: Any, choices: _Choices) -> Any:
    """The node with all choices in it, counting its steps. The given one stays as it is, being part of some."""
    changed: dict[str, Any] = {}
    for field in node._fields:
        value = getattr(node, field, None)
        if isinstance(value, list):
            items = [_choosing(item, choices) if isinstance(item, ast.AST) else item for item in value]
            if field == "body" and isinstance(node, _LOOPS):
                items.insert(0, _TICK)
            elif field == "body" and isinstance(node, _FUNCTIONS):
                items.insert(ast.get_docstring(node, clean=False) is not None, _TICK)
            if items != value:
                changed[field] = items
        elif isinstance(value, ast.expr | ast.arguments):
            new = _choosing(value, choices)
            if new is not value:
                changed[field] = new
    made = _like(node, **changed) if changed else node
    for name, other in choices.get(node, ()):
        test = ast.Name(name, ast.Load(), **_HERE)
        if isinstance(node, ast.stmt):
            made = ast.If(test, [other], [made], **_HERE)
        else:
            made = ast.IfExp(test, other, made, **_HERE)
    return made


_Site = tuple[ast.AST, tuple[ast.AST, str]]
"""A node; its parent, and the field that it stands in."""


def _sites(node: ast.AST) -> Iterator[_Site]:
    """Every node that may be replaced; not annotations, decorators, patterns and what is in an f-string."""
    if isinstance(node, ast.JoinedStr):
        return
    for field in node._fields:
        value = getattr(node, field, None)
        if field in _UNTOUCHED:
            continue
        if isinstance(value, list):
            for child in value:
                if isinstance(child, ast.AST) and not _is_idle(child):
                    yield child, (node, field)
                    yield from _sites(child)
        elif isinstance(value, ast.expr | ast.arguments):
            yield value, (node, field)
            yield from _sites(value)


def _is_idle(node: ast.AST) -> bool:
    """A docstring, or another constant that stands alone."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


_Other = tuple[str, str, ast.AST, ast.AST]


def _others(node: ast.AST, place: tuple[ast.AST, str]) -> Iterator[_Other]:
    """The mistakes that can be made at a node: kind, what is done, the node replaced, and what then stands there.

    None that comes to the same as another one, as far as that is easily seen.
    """
    match node:
        case ast.BinOp(op=op) | ast.AugAssign(op=op) | ast.BoolOp(op=op):
            yield _exchanged("operator", node, op, _OPERATORS)
        case ast.UnaryOp(op=ast.USub() | ast.Not(), operand=operand):
            yield "operator", "without it" if isinstance(node.op, ast.Not) else "without -", node, operand
        case ast.Compare(ops=ops):
            yield from _other_comparisons(node, ops)
        case ast.Constant():
            for other in _other_constants(node, place[0]):
                yield "constant", f"-> {other!r}", node, ast.Constant(other, **_HERE)
        case ast.Call(args=args):
            yield from _other_calls(node, args)
        case ast.Slice(lower=lower, upper=upper):
            if lower is not None:
                yield "boundary", "from one later", lower, _plus(lower, 1)
            if upper is not None:
                yield "boundary", "to one earlier", upper, _plus(upper, -1)
    if place[1] in ("test", "ifs") and not _is_negated_otherwise(node):
        yield "condition", "negated", node, ast.UnaryOp(ast.Not(), node, **_HERE)  # type: ignore[arg-type]
    if isinstance(node, ast.stmt) and not isinstance(node, _KEPT):
        yield "statement", "left out", node, ast.Pass(**_HERE)


def _exchanged(kind: str, node: Any, op: ast.AST, table: dict[type, type], at: int | None = None) -> _Other:
    """Another operator in the place of the node's only one, or of one of its comparisons."""
    new = table[type(op)]()
    other = _like(node, op=new) if at is None else _like(node, ops=_with(node.ops, at, new))
    return kind, f"{_SYMBOLS[type(op)]} -> {_SYMBOLS[type(new)]}", node, other


def _is_negated_otherwise(node: ast.AST) -> bool:
    """Whether another mistake is the negation of this condition: a constant, a comparison, a `not` left out."""
    match node:
        case ast.Constant() | ast.UnaryOp(op=ast.Not()):
            return True
        case ast.Compare(ops=[ast.In() | ast.NotIn() | ast.Is() | ast.IsNot()]):
            return True
    return False


def _other_comparisons(node: ast.Compare, ops: list[ast.cmpop]) -> Iterator[_Other]:
    for at, op in enumerate(ops):
        for kind, table in (("comparison", _OPPOSITES), ("boundary", _BOUNDARIES)):
            if type(op) in table:
                yield _exchanged(kind, node, op, table, at)


def _other_calls(node: ast.Call, args: list[ast.expr]) -> Iterator[_Other]:
    if any(isinstance(arg, ast.Starred) for arg in args):
        return
    for index in range(len(args) - 1):
        swapped = [*args[:index], args[index + 1], args[index], *args[index + 2 :]]
        yield "argument", f"arguments {index + 1} and {index + 2} exchanged", node, _like(node, args=swapped)
    if (stop := _stop(node)) is not None:
        yield "boundary", "to one later", stop, _plus(stop, 1)
        yield "boundary", "to one earlier", stop, _plus(stop, -1)


def _stop(node: ast.Call) -> ast.expr | None:
    """Where a `range` ends."""
    is_range = isinstance(node.func, ast.Name) and node.func.id == "range" and node.args
    return node.args[min(1, len(node.args) - 1)] if is_range else None


def _other_constants(node: ast.Constant, parent: ast.AST) -> list[Any]:
    value = node.value
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int):
        found = [value + 1] if value in (0, -1) else [value + 1, value - 1] if value != 1 else [2, 0]
        return [other for other in found if other - value not in _moves(node, parent)]
    if isinstance(value, float):
        return [value + 1] if value + 1 != value else []
    if isinstance(value, str):
        return [""] if value else ["x"]
    return []


def _moves(node: ast.Constant, parent: ast.AST) -> tuple[int, ...]:
    """How far boundary mistakes of its parent move this number, if it is a boundary."""
    match parent:
        case ast.Slice(lower=lower) if lower is node:
            return (1,)
        case ast.Slice(upper=upper) if upper is node:
            return (-1,)
        case ast.Call() if _stop(parent) is node:
            return 1, -1
    return ()


def _plus(node: ast.expr, step: int) -> ast.expr:
    if isinstance(node, ast.Constant) and type(node.value) is int:
        return ast.Constant(node.value + step, **_HERE)
    operator = ast.Add() if step > 0 else ast.Sub()
    return ast.BinOp(node, operator, ast.Constant(1, **_HERE), **_HERE)


def _like(node: ast.AST, **changed: Any) -> Any:
    fields = {name: getattr(node, name, None) for name in node._fields}
    return type(node)(**{**fields, **changed}, **(_HERE if node._attributes else {}))


def _with(items: Sequence[Any], index: int, item: Any) -> list[Any]:
    return [*items[:index], item, *items[index + 1 :]]


def _shown(node: Any, lines: Sequence[bytes]) -> str:
    """The node's source on one line, cut where it is long."""
    first, last = node.lineno - 1, node.end_lineno - 1
    text = b"".join(lines[first : last + 1])
    end = len(text) - len(lines[last]) + node.end_col_offset
    shown = " ".join(text[node.col_offset : end].decode().split())
    return shown if len(shown) <= _LONGEST_SHOWN else shown[: _LONGEST_SHOWN - 3] + "..."
