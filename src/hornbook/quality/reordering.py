"""Programs whose independent neighbouring statements have changed places: the same work in another order.

Two neighbours are exchanged only where their order cannot matter: both assign to plain names, neither reads or
writes what the other writes, and at most one of them computes anything that could call code. Judged from the
syntax tree; nothing is executed.
"""

from __future__ import annotations

import ast

_QUIET = (ast.Constant, ast.Name, ast.Tuple, ast.List, ast.Dict, ast.UnaryOp, ast.unaryop, ast.expr_context)
"""Expressions that run no code of others and see no state but the names they read."""


def reorder(function: ast.FunctionDef) -> int:
    """Exchange, in place, what may be exchanged in a function; return how many pairs were.

    From the top of every block on, a statement moves at most one place. Functions that rebind names of an outer
    scope are left as they are, and so are blocks of `try`, where an exception shows how far the block came.
    """
    if any(isinstance(node, ast.Global | ast.Nonlocal | ast.Try) for node in ast.walk(function)):
        return 0
    own = {n.id for n in ast.walk(function) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    own |= {n.arg for n in ast.walk(function) if isinstance(n, ast.arg)}
    blocks = [
        value
        for node in ast.walk(function)
        for field in ("body", "orelse")
        if isinstance(value := getattr(node, field, None), list)
    ]
    return sum(_reorder(block, own) for block in blocks)


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
    writes_one, writes_other = _written(one), _written(other)
    if not writes_one or not writes_other:
        return False
    reads_one, reads_other = _read(one), _read(other)
    if writes_one & (writes_other | reads_other) or writes_other & reads_one:
        return False
    quiet = [(_is_quiet(s), reads <= own) for s, reads in ((one, reads_one), (other, reads_other))]
    # What one of them calls could change a global that the other reads, but no local name.
    return all(q for q, _ in quiet) or any(q and local for q, local in quiet)


def _written(statement: ast.stmt) -> set[str]:
    """Return the plain names that an assignment binds; none for every other statement."""
    if isinstance(statement, ast.Assign):
        targets = statement.targets
    elif isinstance(statement, ast.AnnAssign) and statement.value is not None:
        targets = [statement.target]
    else:
        return set()
    if not all(isinstance(target, ast.Name) for target in targets):
        return set()  # unpacking iterates, an attribute or an item may run code
    return {target.id for target in targets if isinstance(target, ast.Name)}


def _read(statement: ast.stmt) -> set[str]:
    return {n.id for n in ast.walk(statement) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)} | {
        n.target.id for n in ast.walk(statement) if isinstance(n, ast.NamedExpr)
    }


def _is_quiet(statement: ast.stmt) -> bool:
    value = statement.value if isinstance(statement, ast.Assign | ast.AnnAssign) else None
    return value is not None and all(isinstance(n, _QUIET) and _has_plain_keys(n) for n in ast.walk(value))


def _has_plain_keys(node: ast.AST) -> bool:
    """Say whether a dictionary has only constants as keys: others run code to be hashed."""
    return not isinstance(node, ast.Dict) or all(isinstance(key, ast.Constant) for key in node.keys)
