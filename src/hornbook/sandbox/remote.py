"""Two processes that use each other's objects: the program on one side, its tests on the other.

Data crosses by copy (see wire.py); everything else stays where it is and crosses as a number and the names of its
special methods, from which the other side makes a stand-in. Both sides answer requests while they wait for an
answer, so a function of the tests that is given to the program can be called by it. Lists, dicts and sets that a
call has changed come back and are changed in place.
"""

from __future__ import annotations

import builtins
import functools
import operator
import os
import struct
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from hornbook.sandbox import wire

EXCEPTIONS = {
    name: value
    for name, value in vars(builtins).items()
    if isinstance(value, type) and issubclass(value, BaseException)
}
_MOST_BYTES = 32 << 20
_MOST_HONEST = 512 << 20  # what a program's memory can hold; four letters of noise read as a length are more
_length = struct.Struct(">I")
_MUTABLE = (list, dict, set, bytearray, deque)

_COMPARING = "eq ne lt le gt ge contains"
_COMPUTING = "add sub mul truediv floordiv mod pow matmul and or xor lshift rshift divmod"
_ALONE_NAMES = "len iter next bool abs int float complex index round neg pos invert reversed hash enter"
COMPARISONS, ARITHMETIC, _ALONE = _COMPARING.split(), _COMPUTING.split(), _ALONE_NAMES.split()
_KEYED = ("getitem", "setitem", "delitem", "exit")


def _operation(name: str) -> Callable[..., Any]:
    plain = name + "_" if name in ("and", "or") else name
    return getattr(operator, plain, None) or getattr(builtins, name)  # type: ignore[no-any-return]


OPERATIONS: dict[str, Callable[..., Any]] = {
    name: _operation(name)
    for name in [*COMPARISONS, *ARITHMETIC, *_ALONE, *_KEYED]
    if name not in ("enter", "exit")
}
OPERATIONS |= {f"i{name}": getattr(operator, f"i{name}") for name in ARITHMETIC if name != "divmod"}
OPERATIONS |= {
    name: getattr(builtins, name)
    for name in ["getattr", "setattr", "delattr", "str", "repr", "format", "isinstance"]
}
OPERATIONS |= {
    "enter": lambda manager: type(manager).__enter__(manager),
    "exit": lambda manager, *error: type(manager).__exit__(manager, *error),
}


class Gone(BaseException):
    """The other side has ended."""


class Forged(BaseException):
    """The other side sent what no honest one sends."""


class TooLarge(Forged):
    """A message of more than 32 MB: an honest program may send one, but it is not read."""


class StandIn:
    """What stands for an object of the other side; subclasses have the special methods that the object has."""

    __slots__ = ("_made", "_mixed", "_number", "_peer")
    _peer: Peer
    _number: int

    def __init__(self, peer: Peer, number: int) -> None:
        """For object `number` of `peer`'s other side."""
        for name, value in (("_peer", peer), ("_number", number), ("_made", False), ("_mixed", False)):
            object.__setattr__(self, name, value)

    def __getattr__(self, name: str) -> Any:
        """Asked there."""
        return self._peer.operate("getattr", self, name)

    def __setattr__(self, name: str, value: Any) -> None:
        """Set there."""
        self._peer.operate("setattr", self, name, value)

    def __delattr__(self, name: str) -> None:
        """Deleted there."""
        self._peer.operate("delattr", self, name)

    def __reduce_ex__(self, protocol: Any) -> Any:
        """What lives elsewhere cannot be copied."""
        return self._peer.refuse("a copy of an object of the program's")

    def __str__(self) -> str:
        """As it describes itself there."""
        return str(self._peer.operate("str", self))

    def __repr__(self) -> str:
        """As it describes itself there."""
        return str(self._peer.operate("repr", self))

    def __format__(self, spec: str) -> str:
        """As it describes itself there."""
        return str(self._peer.operate("format", self, spec))


class ClassStandIn(StandIn):
    """A class of the other side."""

    __slots__ = ()

    def __instancecheck__(self, instance: Any) -> bool:
        """Asked there of what lives there; objects of this side are no instances."""
        return isinstance(instance, StandIn) and bool(self._peer.operate("isinstance", instance, self))

    def __mro_entries__(self, bases: tuple[Any, ...]) -> Any:
        """A class of the other side cannot be a base here."""
        return self._peer.refuse("a class derived from one of the program's")


def _alone(name: str) -> Callable[..., Any]:
    return lambda self, *operands: self._peer.operate(name, self, *operands)


def _paired(name: str, is_swapped: bool = False) -> Callable[..., Any]:
    if is_swapped:
        return lambda self, other: self._peer.combine(name, other, self)
    return lambda self, other: self._peer.combine(name, self, other)


_SPECIAL: dict[str, Callable[..., Any]] = {
    "__call__": lambda self, *args, **kwargs: self._peer.call(self, args, kwargs),
    **{f"__{name}__": _alone(name) for name in [*_ALONE, *_KEYED]},
    **{f"__{name}__": _paired(name) for name in [*COMPARISONS, *ARITHMETIC]},
    **{f"__r{name}__": _paired(name, is_swapped=True) for name in ARITHMETIC},
    **{f"__i{name}__": _paired(f"i{name}") for name in ARITHMETIC if name != "divmod"},
}
_ASKED = ("__doc__", "__name__")


def special_names(value: Any) -> tuple[str, ...]:
    """The special methods that the value's class has of its own, without asking the class anything."""
    found: dict[str, bool] = {}
    for base in wire.ancestors(type(value)):
        if base in (object, type):
            continue
        own = wire.namespace(base)
        for name in _SPECIAL:
            if name in own:
                found.setdefault(name, own[name] is not None)
    names = tuple(name for name, is_there in found.items() if is_there)
    return (*names, "__call__") if issubclass(type(value), type) else names


def _asked(name: str) -> property:
    return property(lambda self: self.__getattr__(name))


@functools.lru_cache(maxsize=256)
def _stand_in_class(names: tuple[str, ...], is_class: bool) -> type[StandIn]:
    methods: dict[str, Any] = {name: _SPECIAL[name] for name in names}
    if "__eq__" in methods and "__hash__" not in methods:
        methods["__hash__"] = None
    methods |= {name: _asked(name) for name in _ASKED}
    return type("StandIn", (ClassStandIn if is_class else StandIn,), {"__slots__": (), **methods})


class Peer:
    """One end of the line. Subclasses say how a request is served and what may be asked."""

    def __init__(self, fd: int) -> None:
        """`fd`: a connected stream socket."""
        self.fd = fd
        self._objects: list[Any] = []
        self._numbers: dict[int, int] = {}
        self._stand_ins: dict[int, StandIn] = {}
        self._waiting: list[tuple[Sequence[Any], dict[str, Any]]] = []

    def request(self, *message: Any, args: Sequence[Any] = (), kwargs: dict[str, Any] | None = None) -> Any:
        """What the other side answers; `args` and `kwargs` change as there. Raises as there, Gone or Forged."""
        self._waiting.append((args, kwargs or {}))
        try:
            self._deliver(wire.encode(("ask", *message, list(args), kwargs or {}), self._keep))
            while True:
                kind, *content = self._receive()
                if kind == "ask":
                    self._deliver(self._served(content))
                elif kind == "value" and len(content) == 3:
                    return self._accepted(*content)
                elif kind == "raise" and len(content) == 3:
                    raise self.raised(message, *content)
                else:
                    raise Forged("an unknown message")
        finally:
            self._waiting.pop()

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

    def call(self, target: StandIn, args: Sequence[Any], kwargs: dict[str, Any]) -> Any:
        """The other side's function or class is called, there."""
        return self.request("call", target, args=args, kwargs=kwargs)

    def operate(self, name: str, target: Any, *operands: Any) -> Any:
        """One operation on an object of the other side."""
        return self.request("operation", name, target, args=operands)

    def combine(self, name: str, left: Any, right: Any) -> Any:
        """An operator or a comparison between two things, one of them the other side's."""
        return self.operate(name, left, right)

    def refuse(self, why: str) -> Any:
        """What cannot be done across the line."""
        raise TypeError(why)

    def serve(self, *content: Any) -> Any:
        """The value that answers one request: (what, ..., args, kwargs)."""
        raise NotImplementedError

    def raised(self, asked: Sequence[Any], names: Any, args: Any, error: Any) -> BaseException:
        """The exception that the request `asked` raises here."""
        return rebuilt(names, args, {})

    def _served(self, content: Sequence[Any]) -> bytes:
        try:
            *_, args, kwargs = content
            given = [*enumerate(args), *kwargs.items()]
            before = {key: self._contents(value) for key, value in given}
            value = self.serve(*content)
            changes = [(key, arg) for key, arg in given if self._contents(arg) != before[key]]
            same = next((key for key, arg in given if arg is value and type(arg) in _MUTABLE), None)
            return wire.encode(("value", None if same is not None else value, changes, same), self._keep)
        except (Gone, Forged):
            raise
        except BaseException as error:
            names = [wire.name(base) for base in wire.ancestors(type(error))[:20]]
            plain = tuple(arg for arg in error.args[:4] if type(arg) in (int, float, bool, str, type(None)))
            return wire.encode(("raise", names, plain, error), self._keep)

    def _contents(self, value: Any) -> bytes:
        return wire.encode(value, self._keep) if type(value) in _MUTABLE else b""

    def _accepted(self, value: Any, changes: Any, same: Any) -> Any:
        """The value, or the very argument that was returned; what the call changed is changed here."""
        args, kwargs = self._waiting[-1]
        try:
            for key, changed in changes:
                _change(kwargs[key] if type(key) is str else args[key], changed)
            return value if same is None else kwargs[same] if type(same) is str else args[same]
        except (TypeError, ValueError, LookupError) as error:
            raise Forged("changes of nothing") from error

    def _keep(self, value: Any) -> tuple[Any, ...]:
        """What crosses in the place of an object."""
        if isinstance(value, StandIn):
            return ("yours", value._number)
        number = self._numbers.get(id(value))
        if number is None:
            number = self._numbers[id(value)] = len(self._objects)
            self._objects.append(value)
        return ("mine", number, issubclass(type(value), type), special_names(value))

    def _rebuild(self, payload: Any) -> Any:
        match payload:
            case ("mine", int() as number, bool() as is_class, tuple() as names) if {*names} <= {*_SPECIAL}:
                if number not in self._stand_ins:
                    self._stand_ins[number] = _stand_in_class(names, is_class)(self, number)
                return self._stand_ins[number]
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
            raise TooLarge if size < _MOST_HONEST else Forged("noise")
        try:
            message = wire.decode(self._read(size), self._rebuild)
        except wire.TooDeep:
            return self.refuse("a value nested too deeply")  # type: ignore[no-any-return]
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


class ProgramSide(Peer):
    """In the program's process: names, calls and operations on its objects, for the tests."""

    def __init__(self, fd: int, namespace: dict[str, Any]) -> None:
        """`namespace`: the program's globals."""
        super().__init__(fd)
        self.namespace = namespace

    def serve(self, *content: Any) -> Any:
        """Requests: ("names", list, ...) · ("call", function, ...) · ("operation", name, object, ...)."""
        match content:
            case ("names", list() as names, _, _):
                return {name: _described(self.namespace[name]) for name in names if name in self.namespace}
            case ("call", function, list() as args, dict() as kwargs):
                return function(*args, **kwargs)
            case ("operation", str() as name, target, list() as operands, _):
                return OPERATIONS[name](target, *operands)
        raise Forged("an unknown request")


def _described(value: Any) -> tuple[bool, list[str], Any]:
    """A global of the program; of an exception class also the names of its ancestors, for the tests' `except`."""
    is_exception = issubclass(type(value), type) and issubclass(value, BaseException)
    return (is_exception, [wire.name(base) for base in wire.ancestors(value)] if is_exception else [], value)


def rebuilt(names: Iterable[Any], args: Any, own: dict[str, type[BaseException]]) -> BaseException:
    """An exception of the first of the named classes that is known here."""
    known = [own.get(name) or EXCEPTIONS.get(name) for name in names if type(name) is str]
    kind = next((kind for kind in known if kind is not None), Exception)
    try:
        return kind(*args)
    except Exception:  # UnicodeDecodeError, say, takes five arguments
        return kind.__new__(kind)


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
