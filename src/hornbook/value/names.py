"""Code whose names say nothing: arguments, variables, functions and classes become v1, f1, c1.

Every other character stays. A name is replaced wherever it is read as a name, so the program means what it
meant; what could be reached by its name from outside the unit's own scopes stays as it is: attributes and
methods, imports, built-ins, keywords of calls, and whatever stands in a string (also in an f-string, whose
fields the tokens of Python 3.11 do not show).
"""

from __future__ import annotations

import ast
import builtins
import keyword
import tokenize
from collections.abc import Iterator

from hornbook.corpus.units import parse
from hornbook.value.comments import tokens_of

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_BY_CUSTOM = frozenset(("self", "cls"))
"""Names that every reader knows, which describe nothing."""
_NEVER = frozenset(dir(builtins)) | frozenset(keyword.softkwlist) | _BY_CUSTOM


def anonymise(text: str) -> str:
    """Return the code with meaningless names. Raises NotPython when it does not parse.

    >>> anonymise("def area(width, height=2):\\n    return round(width * height)\\n")
    'def f1(v1, v2=2):\\n    return round(v1 * v2)\\n'
    """
    new = _new_names(parse(text))
    lines = text.split("\n")
    for token in reversed([token for token in _free_names(text) if token.string in new]):
        row, start = token.start
        line = lines[row - 1]
        lines[row - 1] = line[:start] + new[token.string] + line[start + len(token.string) :]
    return "\n".join(lines)


def _free_names(text: str) -> Iterator[tokenize.TokenInfo]:
    """Yield the tokens that are names by themselves and not attributes."""
    before = ""
    for token in tokens_of(text):
        if token.type == tokenize.NAME and before != ".":
            yield token
        before = token.string


def _new_names(tree: ast.Module) -> dict[str, str]:
    """Map each name that may go to its new one: numbered by kind, in the order of the file."""
    names = _Names()
    names.visit(tree)
    stays = names.fixed | _NEVER
    taken = names.seen | stays
    new: dict[str, str] = {}
    counts = dict.fromkeys(names.bound.values(), 0)
    for name, kind in names.bound.items():
        if name in stays or name.startswith("__") or name == "_":
            continue
        while (fresh := f"{kind}{counts[kind] + 1}") in taken:
            counts[kind] += 1
        counts[kind] += 1
        new[name] = fresh
    return new


class _Names(ast.NodeVisitor):
    """Finds the names that a unit binds, with the letter of their kind, and those that must stay."""

    def __init__(self) -> None:
        self.bound: dict[str, str] = {}
        self.fixed: set[str] = set()
        self.seen: set[str] = set()

    def _bind(self, name: str | None, kind: str = "v") -> None:
        if name is not None:
            self.seen.add(name)
            self.bound.setdefault(name, kind)

    def visit_Name(self, node: ast.Name) -> None:
        self.seen.add(node.id)
        if not isinstance(node.ctx, ast.Load):
            self._bind(node.id)

    def visit_arg(self, node: ast.arg) -> None:
        self._bind(node.arg)
        self.generic_visit(node)

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        self._bind(node.name, "f")
        if [a.arg for a in (node.args.posonlyargs + node.args.args)[:1] if a.arg in _BY_CUSTOM]:
            self.fixed.add(node.name)  # a method is called as an attribute
        self.generic_visit(node)

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._bind(node.name, "c")
        self.fixed |= _attributes(node)
        self.generic_visit(node)

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        self._bind(node.name)
        self.generic_visit(node)

    def visit_MatchAs(self, node: ast.MatchAs) -> None:
        self._bind(node.name)
        self.generic_visit(node)

    def visit_MatchStar(self, node: ast.MatchStar) -> None:
        self._bind(node.name)

    def visit_MatchMapping(self, node: ast.MatchMapping) -> None:
        self._bind(node.rest)
        self.generic_visit(node)

    def visit_MatchClass(self, node: ast.MatchClass) -> None:
        self.fixed.update(node.kwd_attrs)
        self.generic_visit(node)

    def visit_keyword(self, node: ast.keyword) -> None:
        if node.arg is not None:
            self.fixed.add(node.arg)
        self.generic_visit(node)

    def visit_Import(self, node: ast.Import | ast.ImportFrom) -> None:
        parts = [alias.name for alias in node.names] + [alias.asname or "" for alias in node.names]
        if isinstance(node, ast.ImportFrom):
            parts.append(node.module or "")
        self.fixed.update(name for part in parts for name in part.split("."))

    visit_ImportFrom = visit_Import

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        self.fixed.update(inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name))
        self.fixed.update(inner.arg for inner in ast.walk(node) if isinstance(inner, ast.arg))
        self.generic_visit(node)


def _attributes(node: ast.ClassDef) -> set[str]:
    """Return the names bound in a class's own body: all of them are attributes too."""
    names = _Names()
    for statement in node.body:
        if isinstance(statement, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            names.fixed.add(statement.name)
        else:
            names.visit(statement)
    return names.fixed | set(names.bound)
