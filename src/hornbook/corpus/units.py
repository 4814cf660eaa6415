"""Lifting functions, methods and classes out of a module so that each stands alone, and cutting whole files.

A lifted unit is the definition with its decorators and the comment above it, dedented, with the imports of
the module that it uses on top (relative ones made absolute). It does not bring the module's own helpers and
constants along: code that leans on them stays real code, and the value filter sees that it is incomplete.
`self_contained` lifts with all that a definition needs.
"""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
UnitKind = Literal["function", "method", "class", "file"]
MIN_CHARACTERS = 80
"""A shorter definition is a stub (`def f(): ...`); nothing can be learnt from it."""


class NotPython(ValueError):
    """The text is not a Python module that this interpreter can parse; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One piece of code that stands alone."""

    name: str
    """Qualified name in the module; empty for a whole file."""
    kind: UnitKind
    text: str
    """Ends in one newline."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A definition of a module that could be lifted."""

    name: str
    kind: UnitKind
    node: Definition


class Module:
    """A parsed module: its candidates, and the units that are made from them."""

    def __init__(self, text: str, package: str) -> None:
        """Parse `text`; `package` is the dotted package that relative imports start from.

        Raises NotPython when the text does not parse.
        """
        self.text = text
        self.lines = text.split("\n")  # not splitlines: ast does not count a form feed as a line's end
        self.tree = parse(text)
        self.package = package
        self.imports = _imports(self.tree, package)

    def candidates(self) -> list[Candidate]:
        """List functions, classes and methods of at least MIN_CHARACTERS, in the order of the file."""
        return [c for c in _definitions(self.tree) if len(self._source(c.node)) >= MIN_CHARACTERS]

    def lift(self, candidate: Candidate) -> Unit:
        """Return a candidate as a unit. Raises NotPython when it does not parse once it stands alone."""
        body = self._source(candidate.node)
        used = [self.imports[name] for name in _names(candidate.node) if name in self.imports]
        head = "\n".join(merged(used))
        text = f"{head}\n\n\n{body}\n" if head else f"{body}\n"
        parse(text)
        return Unit(name=candidate.name, kind=candidate.kind, text=text)

    def head(self, max_characters: int) -> Unit | None:
        """Return the file up to the last top-level statement that fits; None when not even the first fits."""
        if len(self.text) <= max_characters:
            return Unit(name="", kind="file", text=self.text.strip("\n") + "\n")
        end = used = 0
        for node in self.tree.body:
            assert node.end_lineno is not None, "a parsed statement has an end"
            used += sum(len(line) + 1 for line in self.lines[end : node.end_lineno])
            if used > max_characters:
                break
            end = node.end_lineno
        text = "\n".join(self.lines[:end]).strip("\n")
        return Unit(name="", kind="file", text=text + "\n") if text else None

    def source(self, candidate: Candidate) -> str:
        """Return a candidate as it stands in the module, dedented."""
        return self._source(candidate.node)

    def _source(self, node: Definition) -> str:
        assert node.end_lineno is not None, "a parsed definition has an end"
        start = min([node.lineno, *(d.lineno for d in node.decorator_list)]) - 1
        indent = " " * node.col_offset
        while start > 0 and self.lines[start - 1].startswith(indent + "#"):
            start -= 1
        lines = self.lines[start : node.end_lineno]
        # textwrap.dedent would stop at a docstring that is indented less than its function.
        return "\n".join(line.removeprefix(indent) for line in lines)


def parse(text: str) -> ast.Module:
    """Parse a module without the warnings that old string escapes make. Raises NotPython."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        # ValueError: null bytes; the last two: expressions nested too deep for the parser's stack.
        raise NotPython(f"{type(error).__name__}: {error}") from error


def _definitions(tree: ast.Module) -> Iterator[Candidate]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield Candidate(name=node.name, kind="function", node=node)
        elif isinstance(node, ast.ClassDef):
            yield Candidate(name=node.name, kind="class", node=node)
            for inner in node.body:
                if isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef):
                    yield Candidate(name=f"{node.name}.{inner.name}", kind="method", node=inner)


@dataclass(frozen=True, slots=True)
class Import:
    """One name that an import statement binds."""

    module: str
    """Empty for `import name`."""
    what: str
    """`name` or `name as other`."""


def _imports(tree: ast.Module, package: str) -> dict[str, Import]:
    """Map each name that the module's imports bind to the import that binds it."""
    found: dict[str, Import] = {}
    for node in _top_level(tree.body):
        if isinstance(node, ast.Import):
            for alias in node.names:
                found.setdefault(alias.asname or alias.name.split(".")[0], Import("", spelled(alias)))
        elif isinstance(node, ast.ImportFrom) and node.module != "__future__":
            module = absolute(node, package)
            for alias in node.names:
                found.setdefault(alias.asname or alias.name, Import(module, spelled(alias)))
    return found


def _top_level(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Yield the statements that run at import, those under `try` and `if TYPE_CHECKING` included."""
    for node in body:
        if isinstance(node, ast.Try):
            yield from _top_level(node.body)
        elif isinstance(node, ast.If):
            yield from _top_level(node.body)
            yield from _top_level(node.orelse)
        else:
            yield node


def absolute(node: ast.ImportFrom, package: str) -> str:
    """Return the module that a `from` import names, with `package` in the place of its dots."""
    if not node.level:
        return node.module or ""
    parts = package.split(".")
    base = parts[: len(parts) - node.level + 1]
    return ".".join([*base, *([node.module] if node.module else [])]) or "."


def spelled(alias: ast.alias) -> str:
    """Return an alias as it is written: `name`, or `name as other`."""
    return f"{alias.name} as {alias.asname}" if alias.asname else alias.name


def _names(node: ast.AST) -> list[str]:
    """Names in the order of their first use."""
    return list(dict.fromkeys(n.id for n in ast.walk(node) if isinstance(n, ast.Name)))


def merged(imports: Iterable[Import]) -> list[str]:
    """Write import lines, plain imports first, one `from` line per module, sorted as a formatter would."""
    by_module: dict[str, list[str]] = {}
    for found in imports:
        by_module.setdefault(found.module, []).append(found.what)
    plain = [f"import {what}" for what in sorted(set(by_module.pop("", [])))]
    froms = [f"from {m} import {', '.join(sorted(set(what)))}" for m, what in sorted(by_module.items())]
    return plain + froms
