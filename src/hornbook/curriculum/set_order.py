"""Whether what a solution does may depend on the order of a set, which is another one in every process.

Asking a set what it holds is safe, and so is filling it, its length, and sorting it; all else counts as unsafe.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from hornbook.curriculum.family import Task
from hornbook.curriculum.parsing import nodes_of

_MAKES_SETS = re.compile(r"set\(|\{|\.(?:keys|items)\(\) *[-&|^]")
_SAFE_CALLS = ("len", "sorted", "set", "frozenset")
_SAFE_METHODS = ("add", "discard", "remove", "issubset", "issuperset", "isdisjoint")


def depends_on_a_set(task: Task, body: str = "") -> bool:
    """Say whether a solution of the task may walk through a set; True where that is not certain."""
    named = {a.name for a in task.arguments if re.search(r"\b(?:frozen)?set\b", a.annotation)}
    if not named and not _MAKES_SETS.search(f"{body or task.body}\n{task.setup}"):
        return False
    nodes = [*nodes_of(body or task.body), *nodes_of(task.setup)]
    named |= {
        target.id
        for node in nodes
        if isinstance(node, ast.Assign) and _is_set(node.value)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    safe = {id(part) for node in nodes for part in _safe_parts(node)}
    return any(
        (_is_set(node) or isinstance(node, ast.Name) and node.id in named and isinstance(node.ctx, ast.Load))
        and id(node) not in safe
        for node in nodes
    )


def _is_set(node: ast.AST) -> bool:
    """Say whether an expression makes a set, as far as its form shows."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        return node.func.id in ("set", "frozenset")
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitAnd | ast.BitOr | ast.Sub | ast.BitXor):
        return _is_set(node.left) or _is_set(node.right) or _is_view(node.left)
    return isinstance(node, ast.Set | ast.SetComp)


def _is_view(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("keys", "items")
    )


def _safe_parts(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the parts of a node of which the order does not matter there."""
    if isinstance(node, ast.Compare):
        yield from (node.left, *node.comparators)
    elif isinstance(node, ast.Assign):
        yield node.value
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _SAFE_CALLS:
        yield from node.args
    elif isinstance(node, ast.Attribute) and node.attr in _SAFE_METHODS:
        yield node.value
    elif isinstance(node, ast.BinOp) and _is_set(node):
        yield from (node.left, node.right)
