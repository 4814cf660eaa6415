"""Lifting a definition together with all that it needs: imports, and the module's own helpers and constants.

What a piece of a module needs is told by Python's own scoping (`symtable`): the names that it reads and does not
bind itself. From the definition on, every top-level piece that binds or fills such a name comes along, in the
order of the file, until nothing is missing or the bounds are reached. Names that stay free (star imports, names
that only `exec` makes, the state of an object whose class is not shown) are reported, and so are imports from
outside the standard library: a unit with either is not self-contained. Nothing is executed here; whether a unit
runs is for `importable` to say.
"""

from __future__ import annotations

import ast
import builtins
import symtable
import sys
import warnings
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from hornbook.corpus.units import Candidate, Import, Module, NotPython, Unit, absolute, merged, parse, spelled

MOST_HELPERS = 12
"""Pieces that a definition may bring along: of the standard library's that need any, 95 in 100 need 7 or fewer."""
MOST_CHARACTERS = 6000
"""Of a unit with its helpers; the length that a published phi-style filter allowed for a file."""
_GIVEN = frozenset(dir(builtins)) | {"__name__", "__doc__"}
"""Names that any module has. Not `__file__`: who reads it leans on what lies beside the file."""
_POSTPONING = "from __future__ import annotations"
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_SCOPES = (*_DEFINITIONS, ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


class NeedsTooMuch(ValueError):
    """A definition needs more helpers or characters than a unit may have; the message says how much."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lifted:
    """A unit with all of its module that it needs, and what is still missing."""

    unit: Unit
    helpers: tuple[str, ...]
    """Names that the pieces brought along bind, in the order of the file."""
    unresolved: tuple[str, ...]
    """Names that are read and bound nowhere, sorted; of a method also `self.name` of the object not shown."""
    foreign: tuple[str, ...]
    """Modules imported that are neither of the standard library nor of the allowed packages, sorted."""

    @property
    def is_self_contained(self) -> bool:
        """Whether nothing is missing and nothing foreign is imported."""
        return not self.unresolved and not self.foreign

    @property
    def why_not(self) -> str:
        """What is missing, for people; empty for a self-contained unit."""
        parts = (("unresolved", self.unresolved), ("not standard library", self.foreign))
        return "; ".join(f"{what}: {', '.join(names)}" for what, names in parts if names)


class _Piece:
    """Top-level statements that share their lines; nearly always one statement."""

    def __init__(self, module: Module, nodes: Sequence[ast.stmt]) -> None:
        self._module, self.nodes = module, nodes
        self.binds, self.fills = frozenset(_bound(nodes)), frozenset(_filled(nodes))
        self.is_definition = isinstance(nodes[0], _DEFINITIONS)

    @cached_property
    def text(self) -> str:
        """The lines of the piece with the comment above it."""
        start, end = _span(self.nodes)
        lines = self._module.lines
        while start > 1 and lines[start - 2].startswith("#"):
            start -= 1
        return "\n".join(lines[start - 1 : end])

    @cached_property
    def needs(self) -> frozenset[str]:
        """Global names that it reads."""
        return _names_in(self.text).needed


class Lifter:
    """Lifts definitions of one module with what they need."""

    def __init__(
        self,
        module: Module,
        *,
        packages: Collection[str] = (),
        most_helpers: int = MOST_HELPERS,
        most_characters: int = MOST_CHARACTERS,
    ) -> None:
        """`packages`: top-level modules beside the standard library's that units may import."""
        self._module, self._packages = module, frozenset(packages)
        self._most_helpers, self._most_characters = most_helpers, most_characters
        self._imports = _imports_of(module)
        self._pieces = [_Piece(module, nodes) for nodes in _grouped(module.tree.body)]
        self._by_name = _by_name(self._pieces)
        future = (n for n in module.tree.body if isinstance(n, ast.ImportFrom) and n.module == "__future__")
        self._postpones = any(alias.name == "annotations" for node in future for alias in node.names)

    def lift(self, candidate: Candidate) -> Lifted:
        """Return a candidate with its helpers. Raises NeedsTooMuch, or NotPython for what does not compile."""
        body = self._module.source(candidate)
        needs = _names_in(body).needed - {candidate.node.name}
        helpers, used = self._closure(needs, candidate)
        if len(helpers) > self._most_helpers:
            raise NeedsTooMuch(f"more than {self._most_helpers} helpers")
        text = self._assembled(candidate, body, helpers, used)
        if len(text) > self._most_characters:
            raise NeedsTooMuch(f"{len(text)} characters with its helpers, more than {self._most_characters}")
        tree = _compiled(text)
        names = (name for piece in helpers for name in sorted(piece.binds))
        return Lifted(
            unit=Unit(name=candidate.name, kind=candidate.kind, text=text),
            helpers=tuple(dict.fromkeys(names)),
            unresolved=tuple(sorted(_free(text) | set(_state(candidate)))),
            foreign=tuple(sorted(_foreign(tree, self._packages))),
        )

    def _closure(self, needs: Iterable[str], candidate: Candidate) -> tuple[list[_Piece], list[Import]]:
        """Return what has to come along; stops one helper beyond the most."""
        pieces: dict[_Piece, None] = {}
        used: dict[Import, None] = {}
        seen: set[str] = {candidate.node.name} if candidate.kind != "method" else set()
        pending = sorted(needs)
        while pending and len(pieces) <= self._most_helpers:
            if (name := pending.pop()) in seen:
                continue
            seen.add(name)
            used |= dict.fromkeys(self._imports.get(name, ()))
            for piece in self._by_name.get(name, ()):
                if piece not in pieces and not _holds(piece, candidate):
                    pieces[piece] = None
                    pending += sorted(piece.needs - seen)
        return sorted(pieces, key=self._pieces.index), list(used)

    def _assembled(
        self, candidate: Candidate, body: str, helpers: list[_Piece], used: Iterable[Import]
    ) -> str:
        place = next(i for i, piece in enumerate(self._pieces) if _holds(piece, candidate))
        before = [piece for piece in helpers if self._pieces.index(piece) < place]
        parts = [(piece.text, piece.is_definition) for piece in before]
        parts += [(body, True), *((piece.text, piece.is_definition) for piece in helpers[len(before) :])]
        text = parts[0][0]
        for (_, first), (part, second) in pairwise(parts):
            text += ("\n\n\n" if first or second else "\n") + part
        head = [_POSTPONING] if self._postpones and _annotates(parse(text)) else []
        imports = "\n".join(merged(used))
        return "\n\n".join([*head, *([imports + "\n"] if imports else [])] + [text]) + "\n"


def _grouped(body: Sequence[ast.stmt]) -> Iterator[list[ast.stmt]]:
    """Yield the statements that can be helpers, those on shared lines together."""
    group: list[ast.stmt] = []
    for node in body:
        if isinstance(node, ast.Import | ast.ImportFrom) or _is_for_types(node) or _is_main(node):
            continue
        if group and _span([node])[0] <= _span(group)[1]:
            group.append(node)
            continue
        if group:
            yield group
        group = [node]
    if group:
        yield group


def _span(nodes: Sequence[ast.stmt]) -> tuple[int, int]:
    """First and last line, from 1, decorators included."""
    first = min(n.lineno for node in nodes for n in (node, *getattr(node, "decorator_list", ())))
    return first, max(node.end_lineno or node.lineno for node in nodes)


def _is_for_types(node: ast.stmt) -> bool:
    """Whether it is `if TYPE_CHECKING:` over nothing but imports; they are taken as if they stood outside."""
    if not isinstance(node, ast.If) or node.orelse:
        return False
    return ast.unparse(node.test).rpartition(".")[2] == "TYPE_CHECKING" and all(
        isinstance(inner, ast.Import | ast.ImportFrom) for inner in node.body
    )


def _is_main(node: ast.stmt) -> bool:
    """Whether it is what a script does: `if __name__ == "__main__":`."""
    return isinstance(node, ast.If) and "__main__" in ast.unparse(node.test)


def _imports_of(module: Module) -> dict[str, list[Import]]:
    """Map each name to all plain imports that bind it: `import os` and `import os.path` both bind `os`."""
    found: dict[str, list[Import]] = {}
    for top in module.tree.body:
        for node in top.body if isinstance(top, ast.If) and _is_for_types(top) else [top]:
            if isinstance(node, ast.Import):
                for alias in node.names:
                    name = alias.asname or alias.name.split(".")[0]
                    found.setdefault(name, []).append(Import("", spelled(alias)))
            elif isinstance(node, ast.ImportFrom) and node.module != "__future__":
                for alias in node.names:
                    one = Import(absolute(node, module.package), spelled(alias))
                    found.setdefault(alias.asname or alias.name, []).append(one)
    return found


def _by_name(pieces: Iterable[_Piece]) -> dict[str, list[_Piece]]:
    """Map each name to the pieces that bind it, and to those that fill what another piece binds."""
    pieces = list(pieces)
    found: dict[str, list[_Piece]] = {}
    for piece in pieces:
        for name in piece.binds:
            found.setdefault(name, []).append(piece)
    for piece in pieces:
        for name in piece.fills - piece.binds:
            if name in found:  # else it changes what an import binds, as `sys.path`
                found[name].append(piece)
    return found


def _at_import(nodes: Iterable[ast.AST]) -> Iterator[ast.AST]:
    """Yield the nodes that run at import, without the insides of functions, classes and comprehensions."""
    for node in nodes:
        yield node
        if not isinstance(node, _SCOPES):
            yield from _at_import(ast.iter_child_nodes(node))


def _bound(nodes: Iterable[ast.stmt]) -> Iterator[str]:
    for node in _at_import(nodes):
        if isinstance(node, _DEFINITIONS):
            yield node.name
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.Import | ast.ImportFrom):
            yield from (alias.asname or alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ExceptHandler | ast.MatchAs | ast.MatchStar) and node.name:
            yield node.name


def _filled(nodes: Iterable[ast.stmt]) -> Iterator[str]:
    """Yield names whose object a piece changes: `table[key] = 1`, `function.cache = {}`, `names.append(1)`."""
    for node in _at_import(nodes):
        if isinstance(node, ast.Attribute | ast.Subscript) and not isinstance(node.ctx, ast.Load):
            yield from _root(node)
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            yield from _root(node.value.func)


def _root(node: ast.expr) -> Iterator[str]:
    """Yield the name `table` of `table[key]` or `table.rows.append`; nothing of a plain name."""
    inner = node
    while isinstance(inner, ast.Attribute | ast.Subscript):
        inner = inner.value
    if isinstance(inner, ast.Name) and inner is not node:
        yield inner.id


def _holds(piece: _Piece, candidate: Candidate) -> bool:
    first, last = _span(piece.nodes)
    return first <= candidate.node.lineno <= last


def _annotates(tree: ast.Module) -> bool:
    return any(
        isinstance(node, ast.AnnAssign)
        or (isinstance(node, ast.arg) and node.annotation is not None)
        or (isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.returns is not None)
        for node in ast.walk(tree)
    )


def _compiled(text: str) -> ast.Module:
    """Return the tree of a text that compiles, without running it. Raises NotPython."""
    tree = parse(text)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(text, "<unit>", "exec", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise NotPython(f"{type(error).__name__}: {error}") from error
    return tree


@dataclass(slots=True)
class _Names:
    """Names of a text's global scope."""

    read: set[str]
    bound: set[str]
    perhaps_read: set[str]
    """Bound and read in the body of a class, where `codec = codec` reads the global one."""

    @property
    def needed(self) -> frozenset[str]:
        return frozenset(self.read | self.perhaps_read)


def _names_in(text: str) -> _Names:
    """Tell the names of a text; those in annotations count as read. Raises NotPython."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            # Without the line that postpones them, since symtable would leave annotations out.
            top = symtable.symtable(text.removeprefix(f"{_POSTPONING}\n"), "<unit>", "exec")
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise NotPython(f"{type(error).__name__}: {error}") from error
    names = _Names(set(), set(), set())
    pending = [top]
    while pending:
        table = pending.pop()
        pending += table.get_children()
        for symbol in table.get_symbols():
            is_bound = symbol.is_assigned() or symbol.is_imported()
            if table is top or symbol.is_global():
                names.read |= {symbol.get_name()} if symbol.is_referenced() else set()
                names.bound |= {symbol.get_name()} if is_bound else set()
            elif table.get_type() == "class" and symbol.is_referenced() and is_bound:
                names.perhaps_read.add(symbol.get_name())
    return names


def _free(text: str) -> set[str]:
    names = _names_in(text)
    return names.read - names.bound - _GIVEN


def _state(candidate: Candidate) -> Iterator[str]:
    """Yield what a method uses of the object or class that it is bound to, which its unit does not show."""
    if candidate.kind != "method" or isinstance(candidate.node, ast.ClassDef):
        return
    arguments = [*candidate.node.args.posonlyargs, *candidate.node.args.args]
    is_static = any(ast.unparse(d) == "staticmethod" for d in candidate.node.decorator_list)
    me = arguments[0].arg if arguments and not is_static else ""
    shown: set[ast.AST] = set()
    for node in ast.walk(candidate.node):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == me:
            shown.add(node.value)
            yield f"{me}.{node.attr}"
        elif isinstance(node, ast.Name) and node.id == me and node not in shown:
            yield me


def _foreign(tree: ast.Module, packages: Collection[str]) -> set[str]:
    found = set[str]()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            found.add("." * node.level + (node.module or ""))
    known = sys.stdlib_module_names | set(packages)
    return {name for name in found if name.split(".")[0] not in known}
