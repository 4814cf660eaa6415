"""Small mistakes, made on purpose: every program that differs from a solution in one place.

The operators are the classical ones (DeMillo, Lipton and Sayward 1978; the sufficient set of Offutt et al. 1996):
another operator, comparison or constant, a boundary moved by one, a condition negated, a statement left out, two
arguments exchanged. Good tests tell them from the solution. In the judge's process, which runs neither; steps are
counted in all of them, so that a mistake that never ends is found by its count.
"""

from __future__ import annotations

import ast
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from types import CodeType
from typing import Any

from hornbook.sandbox import program
from hornbook.sandbox.trials import TICK

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
_Place = tuple[ast.AST, str, int | None]
"""A node's parent, the field it stands in, and its index where the field is a list."""


_TICK = ast.parse(f"{TICK}()").body[0]
_LOOPS = (ast.For, ast.AsyncFor, ast.While)
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True, slots=True)
class Mutation:
    """One mistake, and the program that has it."""

    kind: str
    """operator, comparison, boundary, constant, condition, statement or argument."""
    line: int
    change: str
    """The place, as source on one line, and what was done to it: `a < b: < -> <=`."""
    code: CodeType


def mutations(source: str, most: int) -> tuple[CodeType, list[Mutation]]:
    """The program and its mutants, in the order of its text, all counting their steps. Raises NotCompiled.

    At most so many mutants, drawn evenly and always the same.
    """
    program.compiled(source, _FILENAME)
    tree = ast.parse(source)
    _count_steps(tree)
    whole = program.compiled(tree, _FILENAME)
    found = [(place, node, *other) for place, node in _sites(tree) for other in _others(node, place)]
    drawn = sorted(random.Random(0).sample(range(len(found)), min(most, len(found))))
    lines = source.encode().splitlines(keepends=True)
    made, seen = [], {_meaning(whole)}
    for place, node, kind, done, other in (found[at] for at in drawn):
        code = _compiled_with(tree, place, other)
        if code is not None and (meaning := _meaning(code)) not in seen:
            seen.add(meaning)
            made.append(Mutation(kind, getattr(node, "lineno", 0), f"{_shown(node, lines)}: {done}", code))
    return whole, made


def _meaning(code: CodeType) -> Any:
    """All of a code but where it stands in the text; two with the same do the same."""
    constants = tuple(_meaning(c) if isinstance(c, CodeType) else (type(c), repr(c)) for c in code.co_consts)
    return code.co_code, constants, code.co_names, code.co_varnames, code.co_flags


def _count_steps(tree: ast.Module) -> None:
    for node in ast.walk(tree):
        if isinstance(node, _LOOPS):
            node.body.insert(0, _TICK)
        elif isinstance(node, _FUNCTIONS):
            node.body.insert(ast.get_docstring(node, clean=False) is not None, _TICK)


def _compiled_with(tree: ast.Module, place: _Place, other: ast.AST) -> CodeType | None:
    """The code of the tree with another node there, None where that is no Python; a copy would take longer."""
    parent, field, index = place
    kept = getattr(parent, field)
    setattr(parent, field, other if index is None else _with(kept, index, other))
    try:
        return program.compiled(tree, _FILENAME)
    except program.NotCompiled:
        return None
    finally:
        setattr(parent, field, kept)


def _sites(node: ast.AST) -> Iterator[tuple[_Place, ast.AST]]:
    """Every node that may be replaced, with its place; not annotations, decorators and what is in an f-string."""
    for field, value in ast.iter_fields(node):
        if field in ("annotation", "returns", "decorator_list", "type_comment") or isinstance(
            node, ast.JoinedStr
        ):
            continue
        if isinstance(value, list):
            for index, child in enumerate(value):
                is_ours = child is _TICK or _is_docstring(node, field, index, child)
                if isinstance(child, ast.AST) and not is_ours:
                    yield (node, field, index), child
                    yield from _sites(child)
        elif isinstance(value, ast.expr | ast.arguments):
            yield (node, field, None), value
            yield from _sites(value)


def _is_docstring(parent: ast.AST, field: str, index: int, child: ast.AST) -> bool:
    is_first = (
        field == "body" and index == 0 and not isinstance(parent, ast.If | ast.For | ast.While | ast.With)
    )
    return is_first and isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)


_Other = tuple[str, str, ast.AST]


def _others(node: ast.AST, place: _Place) -> Iterator[_Other]:
    """The mistakes that can be made at a node: their kind, what is done, and what then stands in its place."""
    match node:
        case ast.BinOp(op=op) | ast.AugAssign(op=op) | ast.BoolOp(op=op):
            yield "operator", *_exchanged(op, _OPERATORS, lambda new: _like(node, op=new))
        case ast.UnaryOp(op=ast.USub() | ast.Not(), operand=operand):
            yield "operator", "without it" if isinstance(node.op, ast.Not) else "without -", operand
        case ast.Compare(ops=ops):
            yield from _other_comparisons(node, ops)
        case ast.Constant(value=value):
            yield from (
                ("constant", f"-> {other!r}", ast.copy_location(ast.Constant(other), node))
                for other in _other_constants(value)
            )
        case ast.Call(args=args):
            yield from _other_calls(node, args)
        case ast.Slice(lower=lower, upper=upper):
            if lower is not None:
                yield "boundary", "from one later", _like(node, lower=_plus(lower, 1))
            if upper is not None:
                yield "boundary", "to one earlier", _like(node, upper=_plus(upper, -1))
    if place[1] in ("test", "ifs"):
        yield "condition", "negated", ast.copy_location(ast.UnaryOp(ast.Not(), node), node)  # type: ignore[arg-type]
    if isinstance(node, ast.stmt) and not isinstance(node, _KEPT):
        yield "statement", "left out", ast.copy_location(ast.Pass(), node)


def _exchanged(
    op: ast.AST, table: dict[type, type], made: Callable[[ast.AST], ast.AST]
) -> tuple[str, ast.AST]:
    new = table[type(op)]()
    return f"{_SYMBOLS[type(op)]} -> {_SYMBOLS[type(new)]}", made(new)


def _other_comparisons(node: ast.Compare, ops: list[ast.cmpop]) -> Iterator[_Other]:
    for index, op in enumerate(ops):
        for kind, table in (("comparison", _OPPOSITES), ("boundary", _BOUNDARIES)):
            if type(op) in table:
                yield kind, *_exchanged(op, table, lambda new, at=index: _like(node, ops=_with(ops, at, new)))  # type: ignore[misc]


def _other_calls(node: ast.Call, args: list[ast.expr]) -> Iterator[_Other]:
    if any(isinstance(arg, ast.Starred) for arg in args):
        return
    for index in range(len(args) - 1):
        swapped = [*args[:index], args[index + 1], args[index], *args[index + 2 :]]
        yield "argument", f"arguments {index + 1} and {index + 2} exchanged", _like(node, args=swapped)
    if isinstance(node.func, ast.Name) and node.func.id == "range" and args:
        stop = min(1, len(args) - 1)
        for step in (1, -1):
            done = "to one later" if step > 0 else "to one earlier"
            yield "boundary", done, _like(node, args=_with(args, stop, _plus(args[stop], step)))


def _other_constants(value: Any) -> list[Any]:
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int):
        return [value + 1] if value in (0, -1) else [value + 1, value - 1] if value != 1 else [2, 0]
    if isinstance(value, float):
        return [value + 1]
    if isinstance(value, str):
        return [""] if value else ["x"]
    return []


def _plus(node: ast.expr, step: int) -> ast.expr:
    if isinstance(node, ast.Constant) and type(node.value) is int:
        return ast.copy_location(ast.Constant(node.value + step), node)
    operator = ast.Add() if step > 0 else ast.Sub()
    return ast.copy_location(ast.BinOp(node, operator, ast.copy_location(ast.Constant(1), node)), node)


def _like(node: ast.AST, **changed: Any) -> ast.AST:
    return ast.copy_location(type(node)(**{**dict(ast.iter_fields(node)), **changed}), node)


def _with(items: Sequence[Any], index: int, item: Any) -> list[Any]:
    return [*items[:index], item, *items[index + 1 :]]


def _shown(node: Any, lines: Sequence[bytes]) -> str:
    """The node's source on one line, cut where it is long."""
    first, last = node.lineno - 1, node.end_lineno - 1
    text = b"".join(lines[first : last + 1])
    end = len(text) - len(lines[last]) + node.end_col_offset
    shown = " ".join(text[node.col_offset : end].decode().split())
    return shown if len(shown) <= _LONGEST_SHOWN else shown[: _LONGEST_SHOWN - 3] + "..."
