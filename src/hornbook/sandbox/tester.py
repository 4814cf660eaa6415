"""The tests of the split lane, run as they are in a child of their own, against proxies of the program.

What the program answers is taken as data. Whatever is no data stays with the program and is used through a proxy:
a function or a closure can be called, an iterator iterated, an object asked for attributes, two objects compared.
One thing is refused, as `unsupported`: a comparison of such an object with a value of the tests would hand the
expected value to the program and believe its answer; so would arithmetic, with one exception. An object that the
tests made by calling a class (`Vector(1, 2) * 3`) may be computed with; what comes out is an object again, whose
attributes may be asked for, but it turns into no number and no truth.
"""

from __future__ import annotations

import ast
import builtins
import importlib
import linecache
import sys
from collections.abc import Callable, Iterator, Sequence
from types import CodeType, ModuleType
from typing import Any

from hornbook.sandbox.program import NotCompiled, compiled, describe
from hornbook.sandbox.remote import OPERATIONS, Forged, Gone, Peer, rebuilt

Outcome = tuple[str, str, int, tuple[str, ...]]
"""Outcome, name of the exception, line in the tests, names of the stubs that pass."""

_FILENAME = "<tests>"
_STUBS: dict[str, Callable[..., Any]] = {
    "None": lambda *args, **kwargs: None,
    "the first argument": lambda *args, **kwargs: args[0] if args else None,
}
# What the program may do with the tests' objects. Nothing that leads to globals, frames or code.
_SERVED = frozenset({"getattr", "setattr", "iter", "next", "len", "getitem"})


class Unsupported(BaseException):
    """The verdict would be the program's own say. No test can catch it for good: the peer remembers."""


class Left(BaseException):
    """The program left: sys.exit, or no memory any more."""


class Proxy:
    """An object of the program. `_made`: by the tests, calling a class. `_mixed`: computed with a tests' value."""

    __slots__ = ("_made", "_mixed", "_number", "_peer")

    def __init__(self, peer: TestSide, number: int) -> None:
        """Stands for object `number` of the program."""
        for name, value in (("_peer", peer), ("_number", number), ("_made", False), ("_mixed", False)):
            object.__setattr__(self, name, value)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Called there."""
        return self._peer.call(self, args, kwargs)

    def __getattr__(self, name: str) -> Any:
        """Asked there."""
        return self._peer.operate("getattr", self, name)

    def __setattr__(self, name: str, value: Any) -> None:
        """Set there."""
        self._peer.operate("setattr", self, name, value)

    def __delattr__(self, name: str) -> None:
        """Deleted there."""
        self._peer.operate("delattr", self, name)

    def __mro_entries__(self, bases: tuple[Any, ...]) -> Any:
        """A class of the program cannot be a base here."""
        return self._peer.refuse("a class derived from the program's")

    def __exit__(self, *error: Any) -> Any:
        """Left there, without the error's own objects."""
        return self._peer.operate("exit", self, error[0] and None, None, None)


class ClassProxy(Proxy):
    """A class of the program."""

    __slots__ = ()

    def __instancecheck__(self, instance: Any) -> bool:
        """Asked there of what lives there; the tests' own objects are no instances."""
        return isinstance(instance, Proxy) and bool(self._peer.operate("isinstance", instance, self))


def _unary(operation: str) -> Callable[..., Any]:
    def ask(self: Proxy, *args: Any) -> Any:
        return self._peer.operate(operation, self, *args)

    return ask


def _binary(operation: str, swapped: bool = False) -> Callable[..., Any]:
    def ask(self: Proxy, other: Any) -> Any:
        return self._peer.combine(operation, *((other, self) if swapped else (self, other)))

    return ask


_COMPARISONS = ("eq", "ne", "lt", "le", "gt", "ge", "contains")
_UNARY = """
len iter next bool str repr format abs int float hash round reversed getitem setitem delitem neg pos invert
"""
_BINARY = "add sub mul truediv floordiv mod pow matmul and or xor lshift rshift divmod"
for _name in (*_UNARY.split(), "index", "enter"):
    setattr(Proxy, f"__{_name}__", _unary(_name))
for _name in (*_COMPARISONS, *_BINARY.split()):
    _operation = _name + "_" * (_name in ("and", "or"))
    setattr(Proxy, f"__{_name}__", _binary(_operation))
    if _name in _BINARY.split():
        setattr(Proxy, f"__r{_name}__", _binary(_operation, swapped=True))


class TestSide(Peer):
    """In the tests' process: what stands for the program."""

    __test__ = False  # not for pytest

    def __init__(self, fd: int) -> None:
        """`fd`: the line to the program."""
        super().__init__(fd)
        self.verdict: tuple[str, str] | None = None
        """Outcome and exception that no test can undo."""
        self._proxies: dict[int, Proxy] = {}
        self._exceptions: dict[str, type[BaseException]] = {}
        self._waiting: list[list[Any]] = []

    def globals_of_program(self, names: Sequence[str]) -> dict[str, Any]:
        """What the program defines of these names."""
        found = {}
        for name, (kind, ancestors, value) in self.request("names", list(names)).items():
            found[name] = self._exception(name, ancestors) if kind == "exception" else value
        return found

    def _exception(self, name: str, ancestors: Any) -> type[BaseException]:
        """A class of that name here, so that `except` can name it."""
        base = type(rebuilt(ancestors[1:], (), self._exceptions))
        self._exceptions[name] = type(name, (base,), {"__module__": "__main__"})
        return self._exceptions[name]

    def call(self, target: Proxy, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """The program's function or class is called; changed arguments are changed here."""
        value = self.request("call", target, list(args), kwargs)
        if isinstance(target, ClassProxy):
            _mark(value, "_made")
        return value

    def operate(self, name: str, *operands: Any) -> Any:
        """One operation on an object of the program."""
        if operands[0]._mixed and name not in ("getattr", "setattr", "delattr", "isinstance"):
            self.refuse(f"{name} of what was computed with a value of the tests")
        return self.request("operation", name, list(operands))

    def combine(self, name: str, left: Any, right: Any) -> Any:
        """An operator or a comparison between two things, one of them the program's."""
        proxies = [x for x in (left, right) if isinstance(x, Proxy)]
        if len(proxies) == 2:
            value = self.request("operation", name, [left, right])
            for mark in ("_made", "_mixed"):
                if any(getattr(x, mark) for x in proxies):
                    _mark(value, mark)
            return value
        if name in ("eq", "ne") and (left is None or right is None):
            return name == "ne"
        if name in _COMPARISONS or not proxies[0]._made:
            self.refuse(f"{name} with a value of the tests")
        value = self.request("operation", name, [left, right])
        if not isinstance(value, Proxy):
            self.refuse(f"the value of {name} with a value of the tests")
        _mark(value, "_made")
        _mark(value, "_mixed")
        return value

    def refuse(self, why: str) -> Any:
        """Ends the tests as unsupported."""
        self.verdict = self.verdict or ("unsupported", "")
        raise Unsupported(why)

    def request(self, *message: Any) -> Any:
        """As Peer does, with the arguments at hand that may come back changed."""
        given = message[2] if message[0] == "call" else message[2][1:] if message[0] == "operation" else []
        self._waiting.append(given)
        try:
            return super().request(*message)
        finally:
            self._waiting.pop()

    def received(self, value: Any, changes: Any, same: Any) -> Any:
        """The value, or the very argument that the program returned."""
        given = self._waiting[-1]
        try:
            for at, changed in changes:
                _change(given[at], changed)
            return given[same] if same >= 0 else value
        except (TypeError, ValueError, IndexError) as error:
            raise Forged("changes of nothing") from error

    def raised(self, names: Any, args: Any, error: Any) -> BaseException:
        """The exception of that name, of the program's own where the tests know it."""
        if type(names) is not list or type(args) is not tuple:
            raise Forged("no exception")
        if "SystemExit" in names or "MemoryError" in names:
            self.verdict = self.verdict or (
                ("exit", "SystemExit") if "SystemExit" in names else ("memory", "MemoryError")
            )
            return Left()
        found = rebuilt(names, args, self._exceptions)
        if type(found) in self._exceptions.values() and isinstance(error, Proxy):
            # Attributes of the program's own exceptions: asked there.
            type(found).__getattr__ = lambda self, name: getattr(error, name)  # type: ignore[attr-defined]
        return found

    def proxy(self, number: int, kind: str) -> Any:
        """The proxy of that object; the same object has the same one, so that `is` holds."""
        if number not in self._proxies:
            self._proxies[number] = (ClassProxy if kind == "class" else Proxy)(self, number)
        return self._proxies[number]

    def number_of(self, value: Any) -> int | None:
        """The number behind a proxy."""
        number: int | None = value._number if type(value) in (Proxy, ClassProxy) else None
        return number

    def serve(self, *content: Any) -> tuple[Any, ...]:
        """What the program may do with the tests' objects: call functions, iterate, use instances' own names."""
        match content:
            case ("call", target, list() as args, dict() as kwargs) if callable(target):
                return (target(*args, **kwargs), [], -1)
            case ("operation", str() as name, [target, *rest]) if name in _SERVED:
                attribute = str(rest[0]) if "attr" in name else ""
                own = type(target).__module__ in ("__main__", "_io", "io") and not isinstance(target, type)
                if attribute and (attribute.startswith("_") or not own):
                    raise AttributeError(attribute)
                return (OPERATIONS[name](target, *rest), [], -1)
        raise Forged("an unknown request")


def _mark(value: Any, mark: str) -> None:
    if isinstance(value, Proxy):
        object.__setattr__(value, mark, True)


def _change(mine: Any, changed: Any) -> None:
    """`mine` gets the contents of `changed`; what is inside keeps its identity where the shape is the same."""
    if isinstance(mine, list):
        for at, item in enumerate(changed):
            if at < len(mine) and type(mine[at]) is type(item) and type(item) in (list, dict, set):
                _change(mine[at], item)
                changed[at] = mine[at]
        mine[:] = changed
    elif isinstance(mine, bytearray):
        mine[:] = changed
    else:
        mine.clear()
        mine.extend(changed) if hasattr(mine, "extend") else mine.update(changed)


def run_tests(fd: int, tests: str, setup: str, entry_point: str, stubs: bool) -> Outcome:
    """What the tests say of the program at the other end of `fd`. Raises nothing."""
    peer = TestSide(fd)
    try:
        examination = _Examination(peer, tests, setup, entry_point)
    except NotCompiled as error:
        return ("syntax_error", error.args[0], error.args[1], ())
    outcome = examination.attempt({})
    if outcome[0] != "pass" or not stubs:
        return (*outcome, ())
    passing = [name for name, stub in _STUBS.items() if examination.attempt({entry_point: stub})[0] == "pass"]
    return (*outcome, tuple(passing))


class _Examination:
    """Tests that can be run several times."""

    def __init__(self, peer: TestSide, tests: str, setup: str, entry_point: str) -> None:
        self.peer = peer
        self.setup, self.tests = _loaded(setup, "<setup>"), _loaded(tests, _FILENAME)
        self.wanted, self.modules = _wanted(tests, setup, entry_point)

    def attempt(self, stubs: dict[str, Any]) -> tuple[str, str, int]:
        """Outcome, exception and line; `stubs` take the place of the program's functions."""
        main = ModuleType("__main__")
        main.__dict__["__builtins__"] = builtins
        sys.modules["__main__"] = main
        try:
            main.__dict__.update(self.modules)
            exec(self.setup, main.__dict__)
            main.__dict__.update(self.peer.globals_of_program(self.wanted) | stubs)
            exec(self.tests, main.__dict__)
            outcome = ("pass", "", 0)
        except Gone:
            return ("lost", "", 0)
        except Forged:
            return ("tamper", "", 0)
        except BaseException as error:
            outcome = describe(type(error), _FILENAME)
        # What a bare `except:` of the tests has swallowed counts all the same.
        return (*self.peer.verdict, outcome[2]) if self.peer.verdict else outcome


def _loaded(source: str, filename: str) -> CodeType:
    linecache.cache[filename] = (lambda: source,)
    return compiled(source, filename)


def _wanted(tests: str, setup: str, entry_point: str) -> tuple[list[str], dict[str, ModuleType]]:
    """The names that the tests use and that neither they, nor the setup, nor Python give: the program's.

    A module that only the program imports is the real one, never the program's idea of it.
    """
    read, bound = _names(ast.parse(tests))
    _, given = _names(ast.parse(setup))
    free = (read - bound - given - vars(builtins).keys()) - {entry_point}
    modules = {name: importlib.import_module(name) for name in sorted(free & sys.stdlib_module_names)}
    return sorted((free - modules.keys()) | ({entry_point} - {""} - bound)), modules


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
