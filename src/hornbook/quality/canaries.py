"""Copies of benchmark problems that a detector must find: its recall, measured in every run.

A canary is a record made in memory from a problem: verbatim, renamed (arguments and locals renamed, docstring
and comments gone, formatting by `ast.unparse`), or the statement alone over another body. Canaries are only
ever shown to the detector; they are no one's training data.
"""

from __future__ import annotations

import ast

from hornbook.benchmarks.problem import Problem
from hornbook.quality.contamination import statement_of
from hornbook.quality.syntax import bound_names, parsed
from hornbook.record import Record

VARIANTS = ("verbatim", "renamed", "statement_only")


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


def _renamed(problem: Problem) -> str:
    tree = parsed(problem.prompt + problem.reference) if problem.reference else None
    if tree is None:
        return ""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and ast.get_docstring(node) is not None:
            node.body = node.body[1:] or [ast.Pass()]
    renamer = _Renamer({name: f"name_{i}" for i, name in enumerate(sorted(bound_names(tree)))})
    return ast.unparse(renamer.visit(tree)) + "\n"


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


_VARIANT = {"verbatim": _verbatim, "renamed": _renamed, "statement_only": _statement_only}
