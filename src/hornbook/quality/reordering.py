"""Programs whose independent neighbouring statements have changed places: the same work in another order.

Two neighbours are exchanged only where their order cannot matter: both bind plain names, neither reads or binds
what the other binds, and what one of them calls cannot be seen by the other. Reading an attribute or an item is
taken to change nothing. Judged from the syntax tree; nothing is executed.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

_QUIET = (ast.Constant, ast.Name, ast.Tuple, ast.List, ast.Dict, ast.UnaryOp, ast.unaryop, ast.expr_context)
"""Expressions that look at nothing but the names they read, not into what these name."""
_CALLING = (
    *(ast.Call, ast.Await, ast.Yield, ast.YieldFrom, ast.Starred, ast.FormattedValue),
    *(ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.Lambda, ast.Import, ast.ImportFrom),
    ast.AugAssign,
)
"""What may run any code, change an object in place, or iterate and so use something up."""
_HARMLESS = {"abs", "bool", "callable", "chr", "float", "id", "int"} | {
    *("isinstance", "issubclass", "len", "ord", "round", "type")
}
"""Built-in functions that change nothing and use nothing up."""


def reorder(function: ast.FunctionDef) -> int:
    """Exchange, in place, what may be exchanged in a function; return how many pairs were.

    From the top of every block on, a statement moves at most one place. Functions that rebind names of an outer
    scope are left as they are, and so are the blocks of a `try`, where an exception shows how far they came.
    """
    if any(isinstance(node, ast.Global | ast.Nonlocal) for node in ast.walk(function)):
        return 0
    own = {n.id for n in ast.walk(function) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    own |= {n.arg for n in ast.walk(function) if isinstance(n, ast.arg)}
    return sum(_reorder(block, own) for block in _blocks(function))


def _blocks(node: ast.AST) -> Iterator[list[ast.stmt]]:
    if isinstance(node, ast.Try | ast.TryStar):
        return
    for field in ("body", "orelse"):
        block = getattr(node, field, None)
        if isinstance(block, list):
            yield block
            for statement in block:
                yield from _blocks(statement)


def _reorder(block: list[ast.stmt], own: set[str]) -> int:
    exchanged = 0
    i = 0
    while i + 1 < len(block):
        if _independent(block[i], block[i + 1], own):
            block[i], block[i + 1] = block[i + 1], block[i]
            exchanged += 1
            i += 1
        i += 1
    return exchanged


def _independent(one: ast.stmt, other: ast.stmt, own: set[str]) -> bool:
    bound_one, bound_other = _bound(one), _bound(other)
    read_one, read_other = _read(one), _read(other)
    if not bound_one or not bound_other or bound_one & (bound_other | read_other) or bound_other & read_one:
        return False
    calls = [_calls(one), _calls(other)]
    if not any(calls):
        return True
    # What one calls could change what the other looks into, or a global name, but no local name.
    still, read = (one, read_one) if calls[1] else (other, read_other)
    return not all(calls) and read <= own and all(_is_quiet(node) for node in ast.walk(_value(still)))


def _bound(statement: ast.stmt) -> set[str]:
    """Return the plain names that an assignment or an import binds; none for every other statement."""
    if isinstance(statement, ast.Import | ast.ImportFrom):
        return {alias.asname or alias.name.partition(".")[0] for alias in statement.names}
    if isinstance(statement, ast.Assign):
        targets = statement.targets
    elif isinstance(statement, ast.AnnAssign | ast.AugAssign) and statement.value is not None:
        targets = [statement.target]
    else:
        return set()
    if not all(isinstance(target, ast.Name) for target in targets):
        return set()  # unpacking iterates; setting an attribute or an item may run code
    if any(isinstance(node, ast.NamedExpr) for node in ast.walk(statement)):
        return set()  # it binds more than its targets
    return {target.id for target in targets if isinstance(target, ast.Name)}


def _read(statement: ast.stmt) -> set[str]:
    """Return the names that a statement reads; an augmented assignment reads what it binds."""
    read = {n.id for n in ast.walk(statement) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}
    return read | _bound(statement) if isinstance(statement, ast.AugAssign) else read


def _calls(statement: ast.stmt) -> bool:
    return any(isinstance(n, _CALLING) and not _is_harmless(n) for n in ast.walk(statement))


def _is_harmless(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _HARMLESS


def _value(statement: ast.stmt) -> ast.AST:
    return getattr(statement, "value", statement)


def _is_quiet(node: ast.AST) -> bool:
    """Say whether an expression runs no code; a dictionary's keys are hashed, so they must be constants."""
    plain = not isinstance(node, ast.Dict) or all(isinstance(key, ast.Constant) for key in node.keys)
    return isinstance(node, _QUIET) and plain
