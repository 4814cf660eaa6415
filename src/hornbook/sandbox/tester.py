"""The tests of the split lane, run as they are in a child of their own, against stand-ins for the program.

What the program answers is taken as data. Whatever is no data stays with the program and is used through a
stand-in: a function or a closure can be called, an iterator iterated, an object asked for attributes, two
objects compared. Refused, as `unsupported`, is what would hand an expected value to the program and believe its
answer: comparing such an object with a value of the tests, computing with both, or asking it what only data is
asked (`startswith`). What the tests made by calling a class (`Vector(1, 2) * 3`) may be computed with; the
outcome is an object again, whose attributes may be asked for, but it turns into no number and no truth.
"""

from __future__ import annotations

import ast
import builtins
import importlib
import linecache
import opcode
import sys
from collections.abc import Callable, Iterator, Sequence
from types import CodeType, ModuleType
from typing import Any

from hornbook.sandbox import wire
from hornbook.sandbox.program import NotCompiled, Nowhere, compiled, describe
from hornbook.sandbox.remote import (
    ARITHMETIC,
    COMPARISONS,
    OPERATIONS,
    ClassStandIn,
    Forged,
    Gone,
    Peer,
    StandIn,
    TooLarge,
    rebuilt,
)

Outcome = tuple[str, str, int, tuple[str, ...]]
"""Outcome, name of the exception, line in the tests, names of the stubs that pass."""

_FILENAME = "<tests>"
_STUBS: dict[str, Callable[..., Any]] = {
    "None": lambda *args, **kwargs: None,
    "the first argument": lambda *args, **kwargs: args[0] if args else None,
}
_ASKING = """
startswith endswith isdisjoint issubset issuperset count index find rfind rindex difference union intersection
symmetric_difference equals isclose allclose almost_equal
"""
_ASKING_METHODS = frozenset(_ASKING.split())
_ASKING_SPECIALS = frozenset(f"__{name}__" for name in [*COMPARISONS, *ARITHMETIC])
_ON_MIXED = ("getattr", "setattr", "delattr", "isinstance")


class Unsupported(BaseException):
    """The verdict would be the program's own say. No test can catch it for good: the peer remembers."""


class Left(BaseException):
    """The program left: sys.exit, or no memory any more."""


class TestSide(Peer):
    """In the tests' process: what stands for the program."""

    __test__ = False  # not for pytest

    def __init__(self, fd: int, entry_point: str) -> None:
        """`fd`: the line to the program; `entry_point`: the function that the tests are about."""
        super().__init__(fd)
        self.verdict: tuple[str, str] | None = None
        """Outcome and exception that no test can undo."""
        self._exceptions: dict[str, type[BaseException]] = {}
        # A function has no business being a class: what calling it returns is not made by the tests.
        self._function = "" if entry_point[:1].isupper() else entry_point
        self._not_classes: set[int] = set()

    def globals_of_program(self, names: Sequence[str]) -> dict[str, Any]:
        """What the program defines of these names, and nothing else that it may send."""
        answer = self.request("names", list(names))
        found: dict[str, Any] = {}
        for name in names:
            match answer.get(name) if type(answer) is dict else None:
                case (True, list() as ancestors, _):
                    found[name] = self._exception(name, ancestors)
                case (False, _, value):
                    found[name] = value
                    if name == self._function and isinstance(value, StandIn):
                        self._not_classes.add(value._number)
        return found

    def _exception(self, name: str, ancestors: list[Any]) -> type[BaseException]:
        """A class of that name here, so that `except` can name it; its objects ask the program, too."""
        base = type(rebuilt(ancestors[1:], (), self._exceptions))

        def described(error: Any) -> str:
            return str(error.there) if hasattr(error, "there") else base.__str__(error)

        def asked(error: Any, attribute: str) -> Any:
            if attribute == "there":
                raise AttributeError(attribute)
            return getattr(error.there, attribute)

        own = {"__module__": "__main__", "__str__": described, "__getattr__": asked}
        self._exceptions[name] = type(name, (base,), own)
        return self._exceptions[name]

    def call(self, target: StandIn, args: Sequence[Any], kwargs: dict[str, Any]) -> Any:
        """The program's function or class is called."""
        value = self.request("call", target, args=args, kwargs=kwargs)
        if isinstance(target, ClassStandIn) and target._number not in self._not_classes:
            _mark(value, "_made")
        return value

    def operate(self, name: str, target: Any, *operands: Any) -> Any:
        """One operation on an object of the program."""
        if target._mixed and name not in _ON_MIXED:
            self.refuse(f"{name} of what was computed with a value of the tests")
        if name == "exit":
            return self._exit(target, *operands)
        value = self.request("operation", name, target, args=operands)
        is_method = name == "getattr" and isinstance(value, StandIn) and operands[0] in _ASKING_METHODS
        is_special = name == "getattr" and operands[0] in _ASKING_SPECIALS
        if (is_method and not target._made or is_special) and not isinstance(target, ClassStandIn):
            self.refuse(f"{operands[0]} of what a call returned")
        return value

    def _exit(self, target: StandIn, kind: Any, error: Any, trace: Any) -> Any:
        """The program learns the kind of the error; a failed assert is no matter of its own."""
        if isinstance(error, AssertionError):
            self.verdict = self.verdict or ("fail", "AssertionError")
        told = kind and next(a for a in wire.ancestors(kind) if a.__module__ == "builtins")
        swallows = self.request("operation", "exit", target, args=[told, None, None])
        if kind is not None and swallows and not _was_meant(trace):
            self.refuse("an exception that the program swallowed")
        return swallows

    def combine(self, name: str, left: Any, right: Any) -> Any:
        """An operator or a comparison between two things, one of them the program's."""
        both = [x for x in (left, right) if isinstance(x, StandIn)]
        made = any(x._made for x in both)
        is_mixing = len(both) == 1
        if name in ("eq", "ne") and (left is None or right is None):
            return name == "ne"
        if is_mixing and (name in COMPARISONS or not made):
            self.refuse(f"{name} with a value of the tests")
        value = self.request("operation", name, left, args=[right])
        if name in COMPARISONS:
            return value
        if is_mixing and not isinstance(value, StandIn):
            self.refuse(f"the value of {name} with a value of the tests")
        if made:
            _mark(value, "_made")
        if is_mixing or any(x._mixed for x in both):
            _mark(value, "_mixed")
        return value

    def request(self, *message: Any, args: Sequence[Any] = (), kwargs: dict[str, Any] | None = None) -> Any:
        """As Peer does; that the program is gone or lies is no test's to swallow."""
        try:
            return super().request(*message, args=args, kwargs=kwargs)
        except Gone:
            self.verdict = self.verdict or ("lost", "")
            raise
        except Forged as forged:
            what = "memory" if isinstance(forged, TooLarge) else "tamper"
            self.verdict = self.verdict or (what, "")
            raise

    def refuse(self, why: str) -> Any:
        """Ends the tests as unsupported."""
        self.verdict = self.verdict or ("unsupported", "")
        raise Unsupported(why)

    def raised(self, asked: Sequence[Any], names: Any, args: Any, error: Any) -> BaseException:
        """The exception of that name, of the program's own where the tests know it."""
        if type(names) is not list or type(args) is not tuple:
            raise Forged("no exception")
        if "SystemExit" in names or "MemoryError" in names:
            is_exit = "SystemExit" in names
            self.verdict = self.verdict or (("exit", "SystemExit") if is_exit else ("memory", "MemoryError"))
            return Left()
        found = rebuilt(names, args, self._exceptions)
        if isinstance(found, StopIteration | StopAsyncIteration) and asked[:2] != ("operation", "next"):
            # It would end a loop of the tests, silently.
            return RuntimeError("the program raised StopIteration")
        if type(found) in self._exceptions.values():
            found.there = error  # type: ignore[attr-defined]
        return found

    def serve(self, *content: Any) -> Any:
        """What the program may do with objects of the tests: call, iterate, use public names of instances."""
        match content:
            case ("call", target, list() as args, dict() as kwargs) if callable(target):
                try:
                    return target(*args, **kwargs)
                except AssertionError:
                    self.verdict = self.verdict or ("fail", "AssertionError")
                    raise
            case ("operation", str() as name, target, list() as operands, _) if name in OPERATIONS:
                own = type(target).__module__ in ("__main__", "_io", "io") and not isinstance(target, type)
                is_private = "attr" in name and str(operands[0]).startswith("_")
                if is_private or not (
                    own or name in ("iter", "next", "getitem", "len", "str", "repr", "bool")
                ):
                    raise AttributeError(f"{name} is not for the program")
                return OPERATIONS[name](target, *operands)
        raise Forged("an unknown request")


def _was_meant(trace: Any) -> bool:
    """Whether an exception was raised by a `raise` of the tests, and did not happen to them."""
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None or trace.tb_frame.f_code.co_filename != _FILENAME:
        return False
    return bool(trace.tb_frame.f_code.co_code[trace.tb_lasti] == opcode.opmap["RAISE_VARARGS"])


def _mark(value: Any, mark: str) -> None:
    if isinstance(value, StandIn):
        object.__setattr__(value, mark, True)


def run_tests(fd: int, tests: str, setup: str, entry_point: str, stubs: bool) -> Outcome:
    """What the tests say of the program at the other end of `fd`. Raises nothing."""
    sys.stdout = Nowhere()
    try:
        examination = _Examination(fd, tests, setup, entry_point)
    except NotCompiled as error:
        return ("syntax_error", error.args[0], error.args[1], ())
    outcome = examination.attempt({})
    if outcome[0] != "pass" or not stubs:
        return (*outcome, ())
    passing = [name for name, stub in _STUBS.items() if examination.attempt({entry_point: stub})[0] == "pass"]
    return (*outcome, tuple(passing))


class _Examination:
    """Tests that can be run several times."""

    def __init__(self, fd: int, tests: str, setup: str, entry_point: str) -> None:
        self.setup, self.tests = _loaded(setup, "<setup>"), _loaded(tests, _FILENAME)
        try:
            self.tree, self.entry_point = ast.parse(tests), entry_point
        except RecursionError as error:
            raise NotCompiled("RecursionError", 0) from error
        self.peer = TestSide(fd, entry_point)

    def attempt(self, stubs: dict[str, Any]) -> tuple[str, str, int]:
        """Outcome, exception and line; `stubs` take the place of the program's functions."""
        main = ModuleType("__main__")
        main.__dict__["__builtins__"] = builtins
        sys.modules["__main__"] = main
        self.peer.verdict = None
        try:
            exec(self.setup, main.__dict__)
            wanted = self._wanted(main.__dict__)
            main.__dict__.update(self.peer.globals_of_program(wanted) | stubs)
            exec(self.tests, main.__dict__)
            outcome = ("pass", "", 0)
        except BaseException as error:
            outcome = describe(type(error), _FILENAME)
        # What the peer knows of the program counts, also where a bare `except:` of the tests has swallowed it.
        return (*self.peer.verdict, outcome[2]) if self.peer.verdict else outcome

    def _wanted(self, given: dict[str, Any]) -> list[str]:
        """The names that the tests use and that neither they, nor the setup, nor Python give: the program's.

        A module that only the program imports is the real one, never the program's idea of it.
        """
        read, bound = _names(self.tree)
        free = (read - bound - given.keys() - vars(builtins).keys()) - {self.entry_point}
        for name in sorted(free & sys.stdlib_module_names):
            given[name] = importlib.import_module(name)
        return sorted((free - given.keys()) | ({self.entry_point} - {""} - bound))


def _loaded(source: str, filename: str) -> CodeType:
    linecache.cache[filename] = (lambda: source,)
    return compiled(source, filename)


def _names(tree: ast.AST) -> tuple[set[str], set[str]]:
    """The names that are read anywhere, and those that are bound."""
    read, bound = set(), set()
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Load()):
                read.add(name)
            case ast.Name(id=name):
                bound.add(name)
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                bound.add(name)
            case ast.Import(names=names) | ast.ImportFrom(names=names):
                bound |= set(_imported(names))
    return read, bound


def _imported(names: Sequence[ast.alias]) -> Iterator[str]:
    for alias in names:
        yield alias.asname or alias.name.partition(".")[0]
