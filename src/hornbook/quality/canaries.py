"""Copies of benchmark problems that a detector must find: what `recall` is measured with.

A canary is a record made in memory from a problem: verbatim; renamed (arguments and locals renamed, docstring
and comments gone, formatting by `ast.unparse`); its statement alone over another body; its solution alone under
another name; its solution with independent neighbouring statements exchanged. Canaries are only ever shown to the
detector; they are no one's training data.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping

from hornbook.benchmarks.problem import Problem
from hornbook.quality.contamination import statement_of
from hornbook.quality.reordering import reorder
from hornbook.quality.syntax import bound_names, parsed
from hornbook.record import Record


def canary(problem: Problem, variant: str) -> Record | None:
    """Return a copy of `problem` as a record of code; None when the variant cannot be made from it."""
    text = _VARIANT[variant](problem)
    if not text:
        return None
    return Record(text=text, kind="code", source="canary", license="unknown")


def _verbatim(problem: Problem) -> str:
    return problem.prompt + problem.reference


def _statement_only(problem: Problem) -> str:
    return f"def work(data):\n    '''{statement_of(problem)}'''\n    raise NotImplementedError\n"


def _solution_only(problem: Problem) -> str:
    tree = parsed(problem.prompt + problem.reference)
    functions = [n for n in tree.body if isinstance(n, ast.FunctionDef)] if tree else []
    named = [node for node in functions if node.name == problem.entry_point]
    return f"def work({ast.unparse(named[-1].args)}):\n{problem.reference}" if named else ""


def _renamed(problem: Problem) -> str:
    tree = _bare(problem)
    if tree is None:
        return ""
    outer = {name for n in ast.walk(tree) if isinstance(n, ast.Global | ast.Nonlocal) for name in n.names}
    names = sorted(bound_names(tree) - outer)
    renamer = _Renamer({name: f"name_{i}" for i, name in enumerate(names)})
    return ast.unparse(renamer.visit(tree)) + "\n"


def _reordered(problem: Problem) -> str:
    tree = _bare(problem)
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)] if tree else []
    num_exchanged = sum(reorder(function) for function in functions)
    return ast.unparse(tree) + "\n" if tree and num_exchanged else ""


def _bare(problem: Problem) -> ast.Module | None:
    """Return the problem's program without docstrings."""
    tree = parsed(problem.prompt + problem.reference) if problem.reference else None
    for node in ast.walk(tree) if tree else ():
        if isinstance(node, ast.FunctionDef) and ast.get_docstring(node) is not None:
            node.body = node.body[1:] or [ast.Pass()]
    return tree


class _Renamer(ast.NodeTransformer):
    """Renames variables and arguments."""

    def __init__(self, names: dict[str, str]) -> None:
        self.names = names

    def visit_Name(self, node: ast.Name) -> ast.Name:  # the name is ast.NodeVisitor's
        node.id = self.names.get(node.id, node.id)
        return node

    def visit_arg(self, node: ast.arg) -> ast.arg:
        node.arg = self.names.get(node.arg, node.arg)
        return node


_VARIANT: Mapping[str, Callable[[Problem], str]] = {
    "verbatim": _verbatim,
    "renamed": _renamed,
    "statement_only": _statement_only,
    "solution_only": _solution_only,
    "reordered": _reordered,
}
VARIANTS = tuple(_VARIANT)
