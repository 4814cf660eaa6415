"""What an ast walk says about a unit of code: the raw counts that the offline judge decides by.

Scopes are not told apart: a name counts as defined when it is bound anywhere in the unit. This misjudges a
unit in a hundred and keeps the walk at one pass.
"""

from __future__ import annotations

import ast
import builtins
import re
import sys
from collections import Counter
from dataclasses import dataclass, field

from hornbook.corpus.units import parse

_BUILTINS = frozenset(dir(builtins)) | {"__file__", "__name__", "__doc__"}
_LOOPS = (ast.For, ast.AsyncFor, ast.While, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_BRANCHES = (ast.If, ast.IfExp, ast.Match, ast.Try)
_NESTING = (ast.For, ast.AsyncFor, ast.While, ast.If, ast.With, ast.AsyncWith, ast.Try, ast.Match)
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_WORD = re.compile(r"[A-Za-z]{2,}")


@dataclass(slots=True)
class Facts:
    """Counts over one unit; docstrings count as words, not as statements or lines of code."""

    num_code_lines: int = 0
    num_long_lines: int = 0
    """Of these, lines over 100 characters."""
    num_statements: int = 0
    """Statements other than imports, definitions and docstrings."""
    num_inert: int = 0
    """Of these: `pass`, constants assigned, and calls or returns that only hand names on."""
    num_loops: int = 0
    num_branches: int = 0
    num_operations: int = 0
    """Arithmetic, comparisons, augmented assignments, subscripts."""
    num_results: int = 0
    """Values returned or yielded, and items or augmented variables stored."""
    num_uses: int = 0
    """Names read."""
    outside: Counter[str] = field(default_factory=Counter)
    """Names read that the unit, Python and its standard library do not define, with their uses."""
    num_state: int = 0
    """Reads of `self.something` in a method whose class is not shown."""
    names: Counter[str] = field(default_factory=Counter)
    """Names bound in the unit, with their bindings."""
    function_lines: list[int] = field(default_factory=list)
    """Lines of code of each function."""
    functions: list[str] = field(default_factory=list)
    max_parameters: int = 0
    max_nesting: int = 0
    num_documented: int = 0
    """Functions and classes with a docstring of at least five words."""
    num_doc_words: int = 0
    num_comments: int = 0
    num_examples: int = 0
    """Doctest lines."""
    num_active_loops: int = 0
    """Loops that hold a branch, an accumulation or another loop, and comprehensions with a condition."""
    num_recursions: int = 0
    decorators: list[str] = field(default_factory=list)
    imported: set[str] = field(default_factory=set)
    """Top-level modules imported."""
    bases: set[str] = field(default_factory=set)
    """Plain names of base classes."""
    is_bare_method: bool = False
    """One function whose first parameter is self or cls."""

    @property
    def num_foreign(self) -> int:
        """Uses of what the unit does not show: outside names and hidden state."""
        return sum(self.outside.values()) + self.num_state


def find_facts(text: str) -> Facts:
    """Return the facts of a unit. Raises NotPython when it does not parse."""
    tree = parse(text)
    facts = Facts(is_bare_method=_is_bare_method(tree))
    walk = _Walk(facts)
    walk.visit(tree)
    walk.settle()
    code_lines = _read_lines(text, walk.doc_lines, facts)
    facts.function_lines = [sum(n in code_lines for n in lines) for lines in walk.function_ranges]
    return facts


def _is_bare_method(tree: ast.Module) -> bool:
    body = [node for node in tree.body if not isinstance(node, ast.Import | ast.ImportFrom)]
    if len(body) != 1 or not isinstance(body[0], _FUNCTIONS):
        return False
    arguments = body[0].args.posonlyargs + body[0].args.args
    return bool(arguments) and arguments[0].arg in ("self", "cls")


def _read_lines(text: str, doc_lines: set[int], facts: Facts) -> set[int]:
    """Count lines and comments; returns the numbers of the lines that hold code."""
    code: dict[int, str] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        stripped = line.strip()
        if number in doc_lines or not stripped:
            continue
        if stripped.startswith("#"):
            # Words, so that neither a rule of dashes nor `# type: ignore` counts.
            facts.num_comments += len(_WORD.findall(stripped)) >= 3
        else:
            code[number] = line
    facts.num_code_lines = len(code)
    for line in code.values():
        before, mark, after = line.partition("  #")
        facts.num_long_lines += len(before) > 100
        facts.num_comments += bool(mark) and len(_WORD.findall(after)) >= 3
    return set(code)


class _Walk(ast.NodeVisitor):
    """Fills Facts in one pass."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.doc_lines: set[int] = set()
        self.function_ranges: list[range] = []
        self.loads = Counter[str]()
        self.foreign: set[str] = set()
        self.depth = 0
        self.inside: list[str] = []

    def settle(self) -> None:
        """Decide, once everything is seen, which names come from outside."""
        facts = self.facts
        facts.num_uses = sum(self.loads.values())
        for name, uses in self.loads.items():
            if name in self.foreign or (name not in facts.names and name not in _BUILTINS):
                facts.outside[name] = uses

    def generic_visit(self, node: ast.AST) -> None:
        facts = self.facts
        if isinstance(node, ast.stmt):
            self._statement(node)
        if isinstance(node, _LOOPS):
            facts.num_loops += 1
            facts.num_active_loops += _is_active(node)
        elif isinstance(node, _BRANCHES):
            facts.num_branches += 1
        elif isinstance(node, ast.BinOp | ast.Compare | ast.BoolOp | ast.Subscript):
            facts.num_operations += 1
        elif isinstance(node, ast.Yield | ast.YieldFrom):
            facts.num_results += 1
        nests = isinstance(node, _NESTING)
        self.depth += nests
        facts.max_nesting = max(facts.max_nesting, self.depth)
        super().generic_visit(node)
        self.depth -= nests

    def _statement(self, node: ast.stmt) -> None:
        facts = self.facts
        is_text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        if is_text or isinstance(node, ast.Import | ast.ImportFrom):
            return
        facts.num_statements += 1
        facts.num_inert += _is_inert(node)
        facts.num_operations += isinstance(node, ast.AugAssign)
        facts.num_results += _is_result(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self._function(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        self._function(node)

    def _function(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        facts = self.facts
        facts.names[node.name] += 1
        facts.functions.append(node.name)
        facts.decorators += [ast.unparse(d) for d in node.decorator_list]
        arguments = node.args
        named = arguments.posonlyargs + arguments.args + arguments.kwonlyargs
        facts.max_parameters = max(
            facts.max_parameters, len([a for a in named if a.arg not in ("self", "cls")])
        )
        for argument in [*named, arguments.vararg, arguments.kwarg]:
            if argument is not None:
                facts.names[argument.arg] += 1
        self._docstring(node)
        self.function_ranges.append(range(node.lineno, (node.end_lineno or node.lineno) + 1))
        self.inside.append(node.name)
        depth, self.depth = self.depth, 0
        ast.NodeVisitor.generic_visit(self, node)
        self.depth = depth
        self.inside.pop()

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self.facts.names[node.name] += 1
        self.facts.bases.update(
            n.id for base in node.bases for n in ast.walk(base) if isinstance(n, ast.Name)
        )
        self._docstring(node)
        ast.NodeVisitor.generic_visit(self, node)

    def visit_Module(self, node: ast.Module) -> None:
        self._docstring(node)
        ast.NodeVisitor.generic_visit(self, node)

    def _docstring(self, node: ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        text = ast.get_docstring(node, clean=False)
        if text is None:
            return
        first = node.body[0]
        self.doc_lines.update(range(first.lineno, (first.end_lineno or first.lineno) + 1))
        words = len(_WORD.findall(text))
        self.facts.num_doc_words += words
        self.facts.num_documented += words >= 5 and not isinstance(node, ast.Module)
        self.facts.num_examples += text.count(">>>")

    def visit_Name(self, node: ast.Name) -> None:
        if isinstance(node.ctx, ast.Load):
            self.loads[node.id] += 1
        else:
            self.facts.names[node.id] += 1

    def visit_Attribute(self, node: ast.Attribute) -> None:
        is_self = isinstance(node.value, ast.Name) and node.value.id in ("self", "cls")
        self.facts.num_state += is_self and self.facts.is_bare_method
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        called = node.func.id if isinstance(node.func, ast.Name) else ""
        self.facts.num_recursions += called in self.inside
        self.generic_visit(node)

    def visit_Import(self, node: ast.Import) -> None:
        for alias in node.names:
            self._imported(alias.asname or alias.name.split(".")[0], alias.name)

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        for alias in node.names:
            self._imported(alias.asname or alias.name, "." if node.level else node.module or "")

    def _imported(self, name: str, module: str) -> None:
        top = module.split(".")[0]
        self.facts.names[name] += 1
        self.facts.imported.add(top)
        if top not in sys.stdlib_module_names:
            self.foreign.add(name)

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        if node.name:
            self.facts.names[node.name] += 1
        self.generic_visit(node)

    def visit_MatchAs(self, node: ast.MatchAs) -> None:
        if node.name:
            self.facts.names[node.name] += 1
        self.generic_visit(node)


def _is_active(loop: ast.AST) -> bool:
    if isinstance(loop, ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp):
        return len(loop.generators) > 1 or any(generator.ifs for generator in loop.generators)
    inner = (ast.If, ast.AugAssign, ast.For, ast.While, ast.Yield, ast.Return)
    return any(
        isinstance(node, inner)
        or (
            isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _COLLECT
        )
        or (isinstance(node, ast.Assign) and any(isinstance(t, ast.Subscript) for t in node.targets))
        for node in ast.walk(loop)
        if node is not loop
    )


_COLLECT = {"append", "add", "extend", "insert", "pop", "setdefault", "update", "appendleft", "popleft"}


def _is_result(node: ast.stmt) -> bool:
    if isinstance(node, ast.Return):
        return node.value is not None
    stores = isinstance(node, ast.Assign) and any(isinstance(t, ast.Subscript) for t in node.targets)
    return stores or isinstance(node, ast.AugAssign)


def _is_inert(node: ast.stmt) -> bool:
    """Whether a statement works nothing out: it declares, or hands names on unchanged."""
    if isinstance(node, ast.Pass | ast.Global | ast.Nonlocal | ast.AnnAssign):
        return not isinstance(node, ast.AnnAssign) or node.value is None or _is_plain(node.value)
    if isinstance(node, ast.Assign | ast.Return | ast.Expr):
        return node.value is None or _is_plain(node.value)
    return False


def _is_plain(node: ast.expr) -> bool:
    """A constant, a name, an attribute, or one call, list or dictionary of these."""
    if isinstance(node, ast.Call):
        return all(map(_is_simple, [node.func, *node.args, *(k.value for k in node.keywords)]))
    if isinstance(node, ast.List | ast.Tuple | ast.Set):
        return all(map(_is_plain, node.elts))
    if isinstance(node, ast.Dict):
        return all(map(_is_plain, node.values))
    return _is_simple(node)


def _is_simple(node: ast.expr) -> bool:
    while isinstance(node, ast.Attribute | ast.Starred):
        node = node.value
    return isinstance(node, ast.Constant | ast.Name | ast.JoinedStr)
