"""The shape of code: functions as strings of node types, and how alike two shapes are.

phi-1 (section 5, arxiv.org/abs/2306.11644) measures contamination by the edit distance between syntax trees;
here a tree is its node types in preorder, one character per type, so that rapidfuzz compares a million pairs
per second. Names, constants, docstrings, annotations and decorators do not count: what remains is how the
code reasons. Nothing is executed.
"""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from hornbook.quality.markdown import python_blocks

F64 = npt.NDArray[np.float64]

MOST_NODES = 1000
"""Of a function, when it is compared: an edit distance takes time by the product of both lengths."""

_DROPPED_FIELDS = frozenset({"annotation", "returns", "decorator_list", "type_comment", "type_params", "ctx"})

_PLAIN_FIELDS = frozenset({"id", "attr", "arg", "kind", "level", "module", "asname", "conversion", "simple"})
"""Fields that never hold a node; looking at them anyway took a third of the time."""

_BLOCKS = ("cases", "finalbody", "orelse", "handlers", "body")
"""Fields of a statement that hold statements, or what holds them; the last in the text first."""


def _concrete(node: type[ast.AST]) -> Iterator[type[ast.AST]]:
    for child in node.__subclasses__():
        if child.__module__ == "ast" or child.__module__ == "_ast":
            yield child
            yield from _concrete(child)


# By node type, sorted by name: one character, equal for every process of one Python version and never stored, and
# the fields that may hold nodes, from the last to the first.
_KNOWN = {
    node: (
        chr(0x21 + i),
        tuple(f for f in reversed(node._fields) if f not in _DROPPED_FIELDS | _PLAIN_FIELDS),
    )
    for i, node in enumerate(sorted(set(_concrete(ast.AST)), key=lambda node: node.__name__))
}


def parsed(source: str) -> ast.Module | None:
    """Return the tree of `source`; None when it is not Python."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SyntaxWarning)  # other people's invalid escapes
            warnings.simplefilter("ignore", DeprecationWarning)
            return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def node_types(source: str, entry_point: str = "") -> str:
    """Return the node types of a program's tree in preorder, one character each; "" when it does not parse.

    With `entry_point`, only of the last function of that name outside others ("" when there is none).

    >>> node_types("def f(a): return a + 1", "f") == node_types("def g(x: int) -> int: return x + 2", "g")
    True
    """
    tree = parsed(source)
    if tree is None:
        return ""
    if not entry_point:
        return preorder(tree)
    named = [node for node in functions(tree) if node.name == entry_point]
    return preorder(named[-1]) if named else ""


def function_codes(text: str) -> list[str]:
    """Return the node types of every function in a program or in the Python blocks of a Markdown page.

    Functions are in order, each cut after 1,000 nodes; none when the text does not parse.
    """
    tree = parsed(text)
    if tree is None and "```" in text:
        tree = parsed("\n".join(python_blocks(text)))
    return [] if tree is None else [preorder(node)[:MOST_NODES] for node in functions(tree)]


def statements(tree: ast.Module) -> Iterator[ast.AST]:
    """Yield the module, its statements, handlers and cases, level by level as `ast.walk` does.

    Expressions, most of a tree, are passed over.
    """
    todo: list[ast.AST] = [tree]
    for node in todo:
        yield node
        todo += (child for field in reversed(_BLOCKS) for child in getattr(node, field, ()))


def functions(tree: ast.Module) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Return the functions and methods of a module in order, whatever statement they are in.

    Functions inside functions stay inside.
    """
    found: list[ast.FunctionDef | ast.AsyncFunctionDef] = []
    todo: list[ast.AST] = [tree]
    while todo:
        node = todo.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            found.append(node)
        else:
            todo.extend(child for field in _BLOCKS for child in reversed(getattr(node, field, ())))
    return found


def bound_names(tree: ast.AST) -> set[str]:
    """Return the names of the arguments and of the variables that a tree assigns to."""
    stored = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    return stored | {n.arg for n in ast.walk(tree) if isinstance(n, ast.arg)}


def preorder(tree: ast.AST) -> str:
    """Return the node types of a tree in preorder, one character each."""
    characters: list[str] = []
    todo: list[Any] = [tree]
    while todo:
        node = todo.pop()
        character, fields = _KNOWN[node.__class__]
        characters.append(character)
        for field in fields:  # the last first, since the last pushed is the next read
            value = getattr(node, field, None)
            if value.__class__ is list:
                skipped = field == "body" and value and _is_docstring(value[0])
                children = value[1:] if skipped else value
                todo.extend(child for child in reversed(children) if child.__class__ in _KNOWN)
            elif value.__class__ in _KNOWN:
                todo.append(value)
    return "".join(characters)


def _is_docstring(node: object) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )


def ast_similarity(a: str, b: str) -> float:
    """Return how alike two node-type strings are: 1 minus their edit distance over the longer length."""
    return Levenshtein.normalized_similarity(a, b)


def highest_similarity(
    codes: Sequence[str], others: Sequence[str], *, workers: int, below: float = 0.5
) -> F64:
    """Return for each of `codes` its highest similarity to any of `others`; less than `below` counts as 0.

    The cut-off lets rapidfuzz skip most pairs. Memory is bounded: blocks of 2 million pairs, 16 MB.
    An empty code and empty `others` give 0.
    """
    best = np.zeros(len(codes), dtype=np.float64)
    known = [other for other in dict.fromkeys(others) if other]
    if not known:
        return best
    rows = max(1, 2_000_000 // len(known))
    for start in range(0, len(codes), rows):
        block = codes[start : start + rows]
        similarity: F64 = process.cdist(
            block,
            known,
            scorer=Levenshtein.normalized_similarity,
            score_cutoff=below,
            dtype=np.float64,  # in float32 0.95 is less than a threshold of 0.95
            workers=workers,
        )
        best[start : start + rows] = similarity.max(axis=1)
    best[[i for i, code in enumerate(codes) if not code]] = 0.0
    return best
