"""Two processes that use each other's objects: the program on one side, its tests on the other.

Data crosses by copy (see wire.py); everything else stays where it is and crosses as a number, behind which the
other side sees a proxy. Both sides answer requests while they wait for an answer, so a function of the tests
that is given to the program can be called by it. Lists, dicts and sets that a call has changed come back and
are changed in place.
"""

from __future__ import annotations

import builtins
import operator
import os
import struct
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any

from hornbook.sandbox import wire

EXCEPTIONS = {
    name: value
    for name, value in vars(builtins).items()
    if isinstance(value, type) and issubclass(value, BaseException)
}
_MOST_BYTES = 8 << 20
_length = struct.Struct(">I")
_MUTABLE = (list, dict, set, bytearray, deque)

_OPERATORS = """
getitem setitem delitem contains eq ne lt le gt ge add sub mul truediv floordiv mod pow matmul and_ or_ xor lshift
rshift neg pos invert index
"""
_FUNCTIONS = (
    "getattr setattr delattr len iter next bool str repr format abs int float hash round reversed divmod"
)
OPERATIONS: dict[str, Callable[..., Any]] = {name: getattr(operator, name) for name in _OPERATORS.split()}
OPERATIONS |= {name: getattr(builtins, name) for name in _FUNCTIONS.split()}
OPERATIONS |= {
    "isinstance": isinstance,
    "enter": lambda manager: type(manager).__enter__(manager),
    "exit": lambda manager, *error: type(manager).__exit__(manager, *error),
}


class Gone(BaseException):
    """The other side has ended."""


class Forged(BaseException):
    """The other side sent what no honest one sends."""


class Peer:
    """One end of the line. Subclasses say how a request is served and what stands for the other side's objects."""

    def __init__(self, fd: int) -> None:
        """`fd`: a connected stream socket."""
        self.fd = fd
        self._objects: list[Any] = []
        self._numbers: dict[int, int] = {}

    def request(self, *message: Any) -> Any:
        """What the other side answers. Raises what it says was raised, Gone or Forged."""
        self._deliver(wire.encode(("ask", *message), self._keep))
        while True:
            kind, *content = self._receive()
            if kind == "ask":
                self._deliver(self._served(content))
            elif kind == "value" and len(content) == 3:
                return self.received(*content)
            elif kind == "raise" and len(content) == 3:
                raise self.raised(*content)
            else:
                raise Forged("an unknown message")

    def serve_forever(self) -> None:
        """Answers requests until the other side ends."""
        while True:
            try:
                kind, *content = self._receive()
            except Gone:
                return
            if kind != "ask":
                raise Forged("an answer to nothing")
            self._deliver(self._served(content))

    def serve(self, *content: Any) -> tuple[Any, ...]:
        """The answer to one request: (value, changed arguments, number of the argument that it is or -1)."""
        raise NotImplementedError

    def received(self, value: Any, changes: Any, same: Any) -> Any:
        """What a request returns, given its answer."""
        raise NotImplementedError

    def raised(self, names: Any, args: Any, error: Any) -> BaseException:
        """The exception that a request raises."""
        raise NotImplementedError

    def proxy(self, number: int, kind: str) -> Any:
        """What stands here for the other side's object `number`."""
        raise NotImplementedError

    def number_of(self, value: Any) -> int | None:
        """The number of the other side's object for which `value` stands, or None."""
        raise NotImplementedError

    def _served(self, content: Sequence[Any]) -> bytes:
        try:
            return wire.encode(("value", *self.serve(*content)), self._keep)
        except (Gone, Forged):
            raise
        except BaseException as error:
            names = [base.__name__ for base in type(error).__mro__[:20] if type(base.__name__) is str]
            args = tuple(arg for arg in error.args[:4] if type(arg) in (int, float, bool, str, type(None)))
            return wire.encode(("raise", names, args, error), self._keep)

    def _keep(self, value: Any) -> tuple[Any, ...]:
        """What crosses in the place of an object."""
        number = self.number_of(value)
        if number is not None:
            return ("yours", number)
        number = self._numbers.get(id(value))
        if number is None:
            number = self._numbers[id(value)] = len(self._objects)
            self._objects.append(value)
        kind = type(value)
        is_class = issubclass(kind, type)
        return (
            "mine",
            number,
            "class" if is_class else "object",
        )

    def _rebuild(self, payload: Any) -> Any:
        match payload:
            case ("mine", int() as number, str() as kind):
                return self.proxy(number, kind)
            case ("yours", int() as number) if 0 <= number < len(self._objects):
                return self._objects[number]
        raise Forged("an unknown object")

    def _deliver(self, data: bytes) -> None:
        data = _length.pack(len(data)) + data
        try:
            sent = os.write(self.fd, data)
            while sent < len(data):
                sent += os.write(self.fd, memoryview(data)[sent:])
        except OSError as error:
            raise Gone from error

    def _receive(self) -> tuple[Any, ...]:
        size = _length.unpack(self._read(_length.size))[0]
        if size > _MOST_BYTES:
            raise Forged("too large")
        try:
            message = wire.decode(self._read(size), self._rebuild)
        except wire.Unreadable as error:
            raise Forged("unreadable") from error
        if type(message) is not tuple or not message or type(message[0]) is not str:
            raise Forged("an unknown message")
        return message

    def _read(self, size: int) -> bytes:
        parts = bytearray()
        while len(parts) < size:
            try:
                chunk = os.read(self.fd, min(size - len(parts), 1 << 20))
            except OSError as error:
                raise Gone from error
            if not chunk:
                raise Gone
            parts += chunk
        return bytes(parts)


class RemoteObject:
    """In the program's process: something that lives with the tests. It can be called, iterated, and asked."""

    def __init__(self, peer: ProgramSide, number: int) -> None:
        """Stands for object `number` of the tests."""
        object.__setattr__(self, "_peer", peer)
        object.__setattr__(self, "_number", number)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """The tests' function is called, there."""
        return self._peer.request("call", self, list(args), kwargs)

    def __getattr__(self, name: str) -> Any:
        """Asked of the tests, which refuse private names."""
        return self._peer.request("operation", "getattr", [self, name])

    def __setattr__(self, name: str, value: Any) -> None:
        """Changed there."""
        self._peer.request("operation", "setattr", [self, name, value])

    def __iter__(self) -> Any:
        """The tests' iterator."""
        return self._peer.request("operation", "iter", [self])

    def __next__(self) -> Any:
        """The next of the tests' items."""
        return self._peer.request("operation", "next", [self])

    def __len__(self) -> int:
        """Asked of the tests."""
        return int(self._peer.request("operation", "len", [self]))

    def __getitem__(self, key: Any) -> Any:
        """Asked of the tests."""
        return self._peer.request("operation", "getitem", [self, key])


class ProgramSide(Peer):
    """In the program's process: names, calls and operations on its objects, for the tests."""

    def __init__(self, fd: int, namespace: dict[str, Any]) -> None:
        """`namespace`: the program's globals."""
        super().__init__(fd)
        self.namespace = namespace

    def serve(self, *content: Any) -> tuple[Any, ...]:
        """Requests: ("names", list) · ("call", function, args, kwargs) · ("operation", name, operands)."""
        match content:
            case ("names", list() as names):
                found = {name: self.namespace[name] for name in names if name in self.namespace}
                return ({name: _described(value) for name, value in found.items()}, [], -1)
            case ("call", function, list() as args, dict() as kwargs):
                return self._answered(lambda: function(*args, **kwargs), args)
            case ("operation", str() as name, list() as operands):
                return self._answered(lambda: OPERATIONS[name](*operands), operands[1:])
        raise Forged("an unknown request")

    def _answered(self, act: Callable[[], Any], args: Sequence[Any]) -> tuple[Any, ...]:
        before = [wire.encode(arg, self._keep) if type(arg) in _MUTABLE else b"" for arg in args]
        value = act()
        changes = [
            (at, arg)
            for at, arg in enumerate(args)
            if type(arg) in _MUTABLE and wire.encode(arg, self._keep) != before[at]
        ]
        same = next((at for at, arg in enumerate(args) if arg is value and type(arg) in _MUTABLE), -1)
        return (None if same >= 0 else value, changes, same)

    def received(self, value: Any, changes: Any, same: Any) -> Any:
        """The value: what the tests' functions do to their arguments stays there."""
        return value

    def raised(self, names: Any, args: Any, error: Any) -> BaseException:
        """The built-in exception nearest to the tests' own."""
        return rebuilt(names, args, {})

    def proxy(self, number: int, kind: str) -> Any:
        """Something callable, iterable, askable."""
        return RemoteObject(self, number)

    def number_of(self, value: Any) -> int | None:
        """The number behind a RemoteObject."""
        if type(value) is not RemoteObject:
            return None
        number: int = object.__getattribute__(value, "_number")
        return number


def _described(value: Any) -> Any:
    """A global of the program; an exception class with the names of its ancestors, to be caught by the tests."""
    if issubclass(type(value), type) and issubclass(value, BaseException):
        return ("exception", [base.__name__ for base in value.__mro__], value)
    return ("global", [], value)


def rebuilt(names: Any, args: Any, own: dict[str, type[BaseException]]) -> BaseException:
    """An exception of the first of the named classes that is known here."""
    known = [own.get(name) or EXCEPTIONS.get(name) for name in names if type(name) is str]
    kind = next((kind for kind in known if kind is not None), Exception)
    try:
        return kind(*args)
    except Exception:  # UnicodeDecodeError, say, takes five arguments
        return kind.__new__(kind)
