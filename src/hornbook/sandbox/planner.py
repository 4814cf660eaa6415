"""Makes plans of tests that are a straight line of asserts, or HumanEval's `check(candidate)` around one.

Their calls' arguments need no other call, and answers are compared by operators, built-ins, `math` and methods
that change nothing. Every kind of expression that is not named here is refused: those tests go to the split lane,
where they run as they are. All calls are made, so one that Python might not make (after `and`, say) is refused.
"""

from __future__ import annotations

import ast
import builtins
import importlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from hornbook.sandbox import wire
from hornbook.sandbox.plan import PURE, Call, Check, Expression, Plan, is_literal, literal, refuse

_MODULES = ("math", "cmath", "collections", "datetime", "decimal", "fractions")
_FROM_MODULES = {
    "collections": {"Counter", "OrderedDict", "deque"},
    "datetime": {"date", "datetime", "time", "timedelta"},
    "decimal": {"Decimal"},
    "fractions": {"Fraction"},
}
_TYPING = ("typing", "__future__")
_METHOD_NAMES = """
bit_length capitalize casefold conjugate copy count decode difference encode endswith find get index intersection
is_integer isalnum isalpha isdigit isdisjoint islower isspace issubset issuperset istitle isupper items join keys
lower lstrip partition replace rfind rindex rstrip split splitlines startswith strip swapcase symmetric_difference
title total_seconds union upper values zfill
"""
_METHODS = frozenset(_METHOD_NAMES.split())
_KEYWORDS = frozenset({"abs_tol", "default", "ndigits", "rel_tol", "reverse", "start"})
_IDENTITIES = (ast.Is, ast.IsNot)
_SIMPLE = (ast.List, ast.Tuple, ast.Set, ast.Dict, ast.UnaryOp, ast.BinOp, ast.Subscript, ast.Slice)


class Unplannable(Exception):
    """These tests need to be run as they are; the text says why."""


def compile_plan(tests: ast.Module, entry_point: str, setup: ast.Module) -> Plan:
    """The plan of these tests. Raises Unplannable."""
    planner = _Planner(entry_point)
    planner.reserve(setup)
    planner.statements(tests.body, {})
    if not planner.checks:
        raise Unplannable("no assert")
    return Plan(tuple(planner.calls), tuple(planner.checks), planner.names)


@dataclass(slots=True)
class _Expression:
    """What was found in one expression: its calls of the program, and closed parts worth guessing with."""

    calls: list[int] = field(default_factory=list)
    guesses: list[ast.expr] = field(default_factory=list)


class _Planner:
    """Walks the tests once; every kind of node that is not named here is refused."""

    def __init__(self, entry_point: str) -> None:
        self.entry_point = entry_point
        self.calls: list[Call] = []
        self.checks: list[Check] = []
        self.names: dict[str, Any] = {name: importlib.import_module(name) for name in ("math",)}
        self.answers: dict[str, int] = {}
        self.functions: dict[str, ast.FunctionDef] = {}
        self.reserved: set[str] = set()

    def reserve(self, setup: ast.Module) -> None:
        """Names that the setup gives are not the program's; tests that use more of it than imports are refused."""
        for node in ast.walk(setup):
            if isinstance(node, ast.Import | ast.ImportFrom):
                names = {alias.asname or alias.name.partition(".")[0] for alias in node.names}
                if "*" in names:
                    raise Unplannable("a setup that imports everything")
                try:
                    self._import(node)
                except Unplannable:
                    self.reserved |= names
            elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                self.reserved.add(node.name)
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                self.reserved.add(node.id)

    def statements(self, body: Sequence[ast.stmt], alias: dict[str, str]) -> None:
        for node in body:
            self._statement(node, alias)

    def _statement(self, node: ast.stmt, alias: dict[str, str]) -> None:
        match node:
            case ast.Expr(value=ast.Constant()) | ast.Pass():
                return
            case ast.Assert():
                self._assert(node, alias)
            case ast.Import() | ast.ImportFrom():
                self._import(node)
            case ast.FunctionDef() if not alias and node.name != self.entry_point:
                self.functions[node.name] = node
            case ast.Assign(targets=[ast.Name(id=name)]):
                self._assign(name, node.value, alias)
            case ast.Expr(value=ast.Call(func=ast.Name(id=name)) as call) if name in self.functions:
                self._unwrap(self.functions[name], call, alias)
            case ast.Expr(value=ast.Call() as call):
                self._expression(call, alias, _Expression())
            case _:
                raise Unplannable(type(node).__name__)

    def _unwrap(self, function: ast.FunctionDef, call: ast.Call, alias: dict[str, str]) -> None:
        """`check(f)` for `def check(candidate)`: its body, with `candidate` another name of `f`."""
        parameters = [a.arg for a in function.args.args]
        arguments = [a.id for a in call.args if isinstance(a, ast.Name)]
        plain = ast.arguments(
            posonlyargs=[], args=function.args.args, kwonlyargs=[], kw_defaults=[], defaults=[]
        )
        if ast.dump(function.args) != ast.dump(plain) or function.decorator_list or call.keywords or alias:
            raise Unplannable("a test function that takes more than the program's functions")
        if len(parameters) != len(call.args) or arguments != [
            self._candidate(name, {}) for name in arguments
        ]:
            raise Unplannable("a test function that takes other things than functions")
        if len(arguments) != len(call.args):
            raise Unplannable("a test function that takes values")
        self.statements(function.body, dict(zip(parameters, arguments, strict=True)))

    def _candidate(self, name: str, alias: dict[str, str]) -> str:
        """The program's function that `name` means, or "" if it means something else."""
        name = alias.get(name, name)
        if name == self.entry_point:
            return name
        taken = name in vars(builtins) or name in self.names or name in self.answers
        return "" if taken or name in self.functions or name in self.reserved else name

    def _import(self, node: ast.Import | ast.ImportFrom) -> None:
        if isinstance(node, ast.ImportFrom):
            for item in node.names:
                if node.module in _TYPING:
                    self.reserved.add(item.asname or item.name)
                elif item.name in _FROM_MODULES.get(node.module or "", ()) or (
                    node.module == "math" and not item.name.startswith("_") and item.name != "*"
                ):
                    module = importlib.import_module(node.module or "")
                    self._bind(item.asname or item.name, getattr(module, item.name, None))
                else:
                    raise Unplannable(f"from {node.module} import {item.name}")
            return
        for item in node.names:
            if item.name in _TYPING:
                self.reserved.add(item.asname or item.name)
            elif item.name in _MODULES:
                self._bind(item.asname or item.name, importlib.import_module(item.name))
            else:
                raise Unplannable(f"import {item.name}")

    def _bind(self, name: str, value: Any) -> None:
        is_new = self.names.get(name, value) is value and name not in self.answers and name not in PURE
        if name == self.entry_point or not is_new or _is_answer(name):
            raise Unplannable(f"{name} is bound twice")
        self.names[name] = value

    def _assign(self, name: str, value: ast.expr, alias: dict[str, str]) -> None:
        if name == "METADATA" and not alias:
            return
        if (
            _is_answer(name)
            or name in alias
            or name in self.functions
            or name in self.answers
            or name in self.names
        ):
            raise Unplannable(f"{name} is bound twice")
        found = _Expression()
        tree = self._expression(value, alias, found)
        if not found.calls:
            constant = self._value(tree)
            if not isinstance(constant, int | float | str | bytes | complex | type(None)):
                raise Unplannable("a variable that a call might change")
            self._bind(name, constant)
        elif isinstance(tree, ast.Name) and len(found.calls) == 1:
            self.answers[name] = found.calls[0]
        else:
            raise Unplannable("a variable that is made of an answer")

    def _assert(self, node: ast.Assert, alias: dict[str, str]) -> None:
        found = _Expression()
        condition = self._expression(node.test, alias, found)
        equals = _equals(condition)
        # Of an answer and a literal, the literal is what is worth guessing with.
        closed = found.guesses[1:] if equals else [guess for guess in found.guesses if _is_closed(guess)]
        guesses, calls = tuple(map(Expression, closed)), tuple(dict.fromkeys(found.calls))
        self.checks.append(Check(Expression(condition), node.lineno, calls, equals, guesses))

    def _expression(
        self, node: ast.expr, alias: dict[str, str], found: _Expression, sure: bool = True
    ) -> ast.expr:
        """The expression with answers in the place of calls. `sure`: it is evaluated whatever the others are."""
        if is_literal(node):
            return node
        match node:
            case ast.Name(id=name):
                return self._name(name, alias, found)
            case ast.Call():
                return self._call(node, alias, found, sure)
            case ast.BoolOp():
                first, *rest = node.values
                values = [self._expression(first, alias, found, sure)]
                values += [self._expression(value, alias, found, False) for value in rest]
                return ast.BoolOp(op=node.op, values=values)
            case ast.Compare():
                left = self._expression(node.left, alias, found, sure)
                right = [
                    self._expression(value, alias, found, sure and at == 0)
                    for at, value in enumerate(node.comparators)
                ]
                if any(isinstance(op, _IDENTITIES) for op in node.ops) and not any(
                    isinstance(side, ast.Constant) and side.value in (None, True, False, ...)
                    for side in (left, *right)
                ):
                    raise Unplannable("which of two objects it is, is lost when values are copied")
                found.guesses += [left, *right]
                return ast.Compare(left=left, ops=node.ops, comparators=right)
            case ast.Attribute(value=ast.Name(id=name), attr=attr) if self._module(name, attr):
                return node
            case _ if isinstance(node, _SIMPLE):
                fresh = _mapped(node, lambda child: self._expression(child, alias, found, sure))
                if isinstance(node, ast.BinOp):
                    found.guesses += [fresh.left, fresh.right]  # type: ignore[attr-defined]
                return fresh
            case _:
                raise Unplannable(type(node).__name__)

    def _name(self, name: str, alias: dict[str, str], found: _Expression) -> ast.expr:
        if name in self.answers:
            found.calls.append(self.answers[name])
            return ast.Name(id=f"_{self.answers[name]}", ctx=ast.Load())
        shadowed = name == self.entry_point or name in alias or name in self.reserved
        if shadowed or not (name in self.names or name in PURE):
            raise Unplannable(f"the name {name}")
        return ast.Name(id=name, ctx=ast.Load())

    def _module(self, name: str, attr: str) -> bool:
        """Whether `name.attr` is something of a module that tests may use."""
        module = self.names.get(name)
        allowed = not attr.startswith("_") and (
            name == "math" or attr in _FROM_MODULES.get(getattr(module, "__name__", ""), ())
        )
        return allowed and getattr(module, "__name__", "") in _MODULES and hasattr(module, attr)

    def _call(self, node: ast.Call, alias: dict[str, str], found: _Expression, sure: bool) -> ast.expr:
        match node.func:
            case ast.Name(id=name) if self._candidate(name, alias):
                if not sure:
                    raise Unplannable("a call that may not be made")
                return self._ask(self._candidate(name, alias), node, alias, found)
            case ast.Name(id=name):
                function: ast.expr = self._name(name, alias, found)
            case ast.Attribute(value=ast.Name(id=name), attr=attr) if self._module(name, attr):
                function = node.func
            case ast.Attribute(value=value, attr=attr) if attr in _METHODS:
                inner = self._expression(value, alias, found, sure)
                function = ast.Attribute(value=inner, attr=attr, ctx=ast.Load())
            case _:
                raise Unplannable("a call of something else")
        if any(keyword.arg not in _KEYWORDS for keyword in node.keywords) or _repeats(node.keywords):
            raise Unplannable("a keyword argument")
        args = [self._expression(arg, alias, found, sure) for arg in node.args]
        keywords = [
            ast.keyword(arg=k.arg, value=self._expression(k.value, alias, found, sure)) for k in node.keywords
        ]
        found.guesses += args
        return ast.Call(func=function, args=args, keywords=keywords)

    def _ask(self, function: str, node: ast.Call, alias: dict[str, str], found: _Expression) -> ast.expr:
        """One call of the program, with its arguments worked out here."""
        inner = _Expression()
        args = [self._argument(arg, alias, inner) for arg in node.args]
        kwargs = {k.arg or "**": self._argument(k.value, alias, inner) for k in node.keywords}
        if inner.calls or "**" in kwargs or _repeats(node.keywords):
            raise Unplannable("a call whose arguments need another")
        found.calls.append(len(self.calls))
        self.calls.append(Call(function, tuple(args), kwargs))
        return ast.Name(id=f"_{found.calls[-1]}", ctx=ast.Load())

    def _argument(self, node: ast.expr, alias: dict[str, str], inner: _Expression) -> Any:
        return literal(node) if is_literal(node) else self._value(self._expression(node, alias, inner))

    def _value(self, tree: ast.expr) -> Any:
        if is_literal(tree):
            return literal(tree)
        if not _is_closed(tree):
            raise Unplannable("an argument that needs another call")
        try:
            value = Expression(tree).value(self.names)
            wire.decode_all(wire.encode(value), refuse)
        except Exception as error:
            raise Unplannable("an argument that cannot be worked out or sent") from error
        return value


def _mapped(node: ast.expr, change: Callable[[ast.expr], ast.expr]) -> ast.expr:
    """The node with its child expressions changed."""
    fields: dict[str, Any] = {}
    for name, value in ast.iter_fields(node):
        fields[name] = value
        if isinstance(value, ast.expr):
            fields[name] = change(value)
        elif isinstance(value, list):
            if any(item is None for item in value):
                raise Unplannable("an unpacking")
            fields[name] = [change(item) if isinstance(item, ast.expr) else item for item in value]
    made = type(node)(**fields)
    assert isinstance(made, ast.expr), "a node of the same kind"
    return made


def _repeats(keywords: Sequence[ast.keyword]) -> bool:
    """Whether a name is given twice, which a parser lets pass."""
    return len(keywords) > 1 and len({keyword.arg for keyword in keywords}) < len(keywords)


def _is_answer(name: str) -> bool:
    """Whether a plan calls an answer so."""
    return name[:1] == "_" and name[1:].isdigit()


def _is_closed(tree: ast.expr) -> bool:
    if isinstance(tree, ast.Name):
        return not _is_answer(tree.id)
    return is_literal(tree) or not any(
        isinstance(node, ast.Name) and _is_answer(node.id) for node in ast.walk(tree)
    )


def _equals(condition: ast.expr) -> tuple[Any, ...]:
    """The literal that an answer alone is said to equal, or nothing."""
    match condition:
        case ast.Compare(left=ast.Name(id=name), ops=[ast.Eq()], comparators=[right]) if _is_answer(name):
            if is_literal(right):
                return (literal(right),)
    return ()
