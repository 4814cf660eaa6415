"""Values on their way between processes that do not trust each other: written by `marshal`, read by a reader here.

`marshal.dumps(value, 2)` is one call of C: it takes exact built-in types only, writes equal values of them as
equal bytes (version 2 has no back-references, sets are sorted), and costs a forked child few page faults. Its
own reader also builds code objects and crashes on bad bytes, so what a program sent is read by `decode`: about
sixty lines that build data and nothing else. Types that marshal lacks travel as tuples that begin with
Ellipsis. Format: https://github.com/python/cpython/blob/3.11/Python/marshal.c, version 2.
"""

from __future__ import annotations

import functools
import marshal
import struct
import sys
from collections import Counter, OrderedDict, defaultdict, deque
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from importlib import import_module
from typing import Any

OBJECT = "object"
"""The tag of a value that stays where it is; its payload is a number or what `keep` returned."""

_VERSION = 2
_DEEPEST = 200
_ATOMS = frozenset({int, float, bool, str, bytes, complex, type(None)})
_BASES: tuple[Any, ...] = (str, bytes, int, float, complex, list, tuple, dict, set, frozenset, bytearray)
_int32 = struct.Struct("<i")
_double = struct.Struct("<d")
_dumps, _modules = marshal.dumps, sys.modules

Keep = Callable[[Any], object]
Rebuild = Callable[[Any], Any]


class Unreadable(ValueError):
    """Bytes that are no value: cut short, of an unknown form, or not what was agreed."""


class TooDeep(Unreadable):
    """A value nested deeper than any test needs."""


def encode(value: Any, keep: Keep | None = None) -> bytes:
    """The value as bytes. What is no built-in data stays behind: `keep` says what goes in its place.

    Subclasses of built-in types count as their data where they compare as it (a namedtuple is a tuple).
    """
    # A buffer of any kind would be written as bytes, and array is the only one that tests meet.
    if "array" in _modules:
        return _tagged(value, keep)
    try:
        return _dumps(value, _VERSION)
    except ValueError:  # something in it is no exact built-in, or it is too deep
        return _tagged(value, keep)


def _tagged(value: Any, keep: Keep | None) -> bytes:
    return marshal.dumps(_plain(value, keep or _leave, 0), _VERSION)


def _leave(value: object) -> object:
    return 0


def ancestors(kind: type) -> tuple[type, ...]:
    """The classes of an object's class, without asking it: a metaclass may lie or raise."""
    found: tuple[type, ...] = type.__dict__["__mro__"].__get__(kind)
    return found


def namespace(kind: type) -> Any:
    """What a class defines itself, without asking it."""
    return type.__dict__["__dict__"].__get__(kind)


def name(kind: type) -> str:
    """The name of a class, without asking it."""
    return str(type.__dict__["__name__"].__get__(kind))


def _compares_as(kind: type, base: type) -> bool:
    """Whether instances of `kind` are compared as those of `base`, an ancestor, are."""
    return next(a for a in ancestors(kind) if "__eq__" in namespace(a)) is base


def _plain(value: Any, keep: Keep, depth: int) -> Any:
    kind = type(value)
    if kind in _ATOMS:
        return value
    if depth > _DEEPEST:
        return (..., OBJECT, keep(value))
    if value is ...:
        return (..., "ellipsis", ())
    if kind is type and value in _TYPES.values():
        return (..., "type", value.__name__)

    def inner(item: Any) -> Any:
        return _plain(item, keep, depth + 1)

    if write := _writer(kind):
        return write(value, inner)
    for base in _BASES:
        if base in ancestors(kind):
            return _derived(base, value, inner) if _compares_as(kind, base) else (..., OBJECT, keep(value))
    return (..., OBJECT, keep(value))


def _derived(base: Any, value: Any, inner: Callable[[Any], Any]) -> Any:
    """An instance of a class derived from a built-in one: its data, and the names that its parts have."""
    kind = type(value)
    fields = namespace(kind).get("_fields")
    if base is tuple and type(fields) is tuple:
        return (..., "namedtuple", (fields, tuple([inner(item) for item in tuple.__iter__(value)])))
    if base in (int, str) and any(name(a) == "Enum" for a in ancestors(kind)):
        return (..., "member", (_data(base, value), str(object.__getattribute__(value, "_name_"))))
    if kind is defaultdict:
        factory = value.default_factory
        return (
            ...,
            "defaultdict",
            (inner(factory) if factory in _TYPES.values() else None, _pairs(value, inner)),
        )
    return inner(_data(base, value))


def _data(base: Any, value: Any) -> Any:
    """The data of an instance of a subclass, read by the base's own methods."""
    if base is dict:
        return dict(dict.items(value))
    if base is str:
        return str.__str__(value)
    if base in (int, float, complex):
        return base.__pos__(value) if base is not complex else complex(value.real, value.imag)
    return base(base.__iter__(value))


_Inner = Callable[[Any], Any]
_WRITERS: dict[type, Callable[[Any, _Inner], Any]] = {
    list: lambda value, inner: [inner(item) for item in value],
    tuple: lambda value, inner: tuple([inner(item) for item in value]),
    set: lambda value, inner: {inner(item) for item in value},
    frozenset: lambda value, inner: frozenset([inner(item) for item in value]),
    dict: lambda value, inner: {inner(key): inner(item) for key, item in value.items()},
    bytearray: lambda value, inner: bytes(value),
    slice: lambda value, inner: (..., "slice", (inner(value.start), inner(value.stop), inner(value.step))),
    range: lambda value, inner: (..., "range", (value.start, value.stop, value.step)),
    deque: lambda value, inner: (..., "deque", tuple([inner(item) for item in value])),
    Counter: lambda value, inner: (..., "counter", _pairs(value, inner)),
    OrderedDict: lambda value, inner: (..., "ordereddict", _pairs(value, inner)),
    date: lambda value, inner: (..., "date", value.isoformat()),
    timedelta: lambda value, inner: (..., "timedelta", (value.days, value.seconds, value.microseconds)),
    datetime: lambda value, inner: (..., "datetime", value.isoformat()),
    time: lambda value, inner: (..., "time", value.isoformat()),
}


# Modules that most programs never import: a value can only be theirs once they are there.
_LATER: dict[str, tuple[str, Callable[[Any, _Inner], Any]]] = {
    "Fraction": ("fractions", lambda value, inner: (..., "fraction", (value.numerator, value.denominator))),
    "Decimal": ("decimal", lambda value, inner: (..., "decimal", str(value))),
}
_TYPES: dict[str, type] = {
    kind.__name__: kind
    for kind in [int, float, bool, str, bytes, complex, list, tuple, dict, set, frozenset, object]
    + [AssertionError, AttributeError, IndexError, KeyError, LookupError, RuntimeError, TypeError, ValueError]
    + [
        ArithmeticError,
        ZeroDivisionError,
        OSError,
        StopIteration,
        NotImplementedError,
        Exception,
        BaseException,
    ]
}


def _writer(kind: type) -> Callable[[Any, _Inner], Any] | None:
    if kind in _WRITERS:
        return _WRITERS[kind]
    module, write = _LATER.get(name(kind), ("", None))
    return write if module and getattr(sys.modules.get(module), name(kind), None) is kind else None


def _pairs(value: dict[Any, Any], inner: _Inner) -> tuple[Any, ...]:
    return tuple([(inner(key), inner(item)) for key, item in value.items()])


class Named(tuple[Any, ...]):
    """A namedtuple of somebody's: a tuple whose items have names too."""

    _fields: tuple[str, ...] = ()

    def __getattr__(self, name: str) -> Any:
        """The item of that name."""
        if name not in self._fields:
            raise AttributeError(name)
        return self[self._fields.index(name)]


class Member(int):
    """A member of somebody's integer enumeration."""

    name = ""

    @property
    def value(self) -> int:
        """The number."""
        return int(self)


class TextMember(str):
    """A member of somebody's enumeration of texts."""

    name = ""

    @property
    def value(self) -> str:
        """The text."""
        return str(self)


@functools.lru_cache(maxsize=256, typed=True)  # so that `is` holds
def _member(data: int | str, label: str) -> Member | TextMember:
    if type(data) not in (int, str) or type(label) is not str or len(str(data)) + len(label) > 1000:
        raise ValueError("no member")
    made = Member(data) if type(data) is int else TextMember(data)
    made.name = label
    return made


def _default_dict(payload: Any) -> defaultdict[Any, Any]:
    factory, pairs = payload
    return defaultdict(factory, pairs)


def _named(payload: Any) -> Named:
    fields, items = payload
    if len(fields) != len(items) or any(type(field) is not str for field in fields):
        raise ValueError("not a namedtuple")
    made = Named(items)
    made._fields = tuple(fields)
    return made


_READERS: dict[str, Callable[[Any], Any]] = {
    "ellipsis": lambda payload: ...,
    "namedtuple": _named,
    "member": lambda payload: _member(*payload),
    "defaultdict": _default_dict,
    "slice": lambda payload: slice(*payload),
    "range": lambda payload: range(*payload),
    "deque": deque,
    "counter": lambda payload: Counter(dict(payload)),
    "ordereddict": OrderedDict,
    "fraction": lambda payload: import_module("fractions").Fraction(*payload),
    "decimal": lambda payload: import_module("decimal").Decimal(payload),
    "type": lambda payload: _TYPES[payload],
    "date": date.fromisoformat,
    "timedelta": lambda payload: timedelta(*payload),
    "datetime": datetime.fromisoformat,
    "time": time.fromisoformat,
}


def decode_all(data: bytes, rebuild: Rebuild) -> list[Any]:
    """The values of several encodings in a row; `rebuild` makes what stands for an object that stayed behind.

    Raises Unreadable. Builds data only; how long that takes is for the caller's process to bound.
    """
    reader = _Reader(data, rebuild)
    values = []
    while reader.at < len(data):
        values.append(reader.read(0))
    return values


def decode(data: bytes, rebuild: Rebuild) -> Any:
    """The one value in `data`. Raises Unreadable."""
    values = decode_all(data, rebuild)
    if len(values) != 1:
        raise Unreadable(f"{len(values)} values where one belongs")
    return values[0]


class _Reader:
    """Reads marshal's version 2, data only."""

    def __init__(self, data: bytes, rebuild: Rebuild) -> None:
        self.data, self.rebuild, self.at = data, rebuild, 0

    def read(self, depth: int) -> Any:
        code = self._take(1)
        if depth > _DEEPEST + 3:
            raise TooDeep("nested too deeply")
        read = _CODES.get(code)
        if read is None:
            raise Unreadable("an unknown form of value")
        return read(self, depth + 1)

    def _take(self, size: int) -> bytes:
        piece = self.data[self.at : self.at + size]
        if size < 0 or len(piece) != size:
            raise Unreadable("cut short")
        self.at += size
        return piece

    def _int(self, depth: int = 0) -> int:
        number: int = _int32.unpack(self._take(4))[0]
        return number

    def _float(self, depth: int) -> float:
        number: float = _double.unpack(self._take(8))[0]
        return number

    def _complex(self, depth: int) -> complex:
        return complex(self._float(0), self._float(0))

    def _long(self, depth: int) -> int:
        """Digits of 15 bits, lowest first; the sign of their count is the number's."""
        count = self._int()
        raw = self._take(2 * abs(count))
        digits = struct.unpack(f"<{abs(count)}H", raw)
        bits = "".join([format(digit & 0x7FFF, "015b") for digit in reversed(digits)])
        return int(bits or "0", 2) * (-1 if count < 0 else 1)

    def _bytes(self, depth: int) -> bytes:
        return self._take(self._int())

    def _str(self, depth: int) -> str:
        try:
            return self._bytes(depth).decode("utf-8", "surrogatepass")
        except UnicodeDecodeError as error:
            raise Unreadable("not UTF-8") from error

    def _items(self, depth: int) -> list[Any]:
        count = self._int()
        if not 0 <= count <= len(self.data):
            raise Unreadable("cut short")
        return [self.read(depth) for _ in range(count)]

    def _tuple(self, depth: int) -> Any:
        items = self._items(depth)
        return self._tagged(items) if items and items[0] is ... else tuple(items)

    def _tagged(self, items: list[Any]) -> Any:
        if len(items) != 3 or not isinstance(items[1], str):
            raise Unreadable("an unknown tag")
        _, tag, payload = items
        if tag == OBJECT:
            return self.rebuild(payload)
        if tag not in _READERS:
            raise Unreadable("an unknown tag")
        try:
            return _READERS[tag](payload)
        except (ValueError, TypeError, ArithmeticError, LookupError) as error:
            raise Unreadable(f"no {tag}") from error

    def _set(self, kind: type, depth: int) -> Any:
        try:
            return kind(self._items(depth))
        except TypeError as error:
            raise Unreadable("an element that cannot be in a set") from error

    def _dict(self, depth: int) -> dict[Any, Any]:
        found = {}
        while self.data[self.at : self.at + 1] != b"0":
            key, value = self.read(depth), self.read(depth)
            try:
                found[key] = value
            except TypeError as error:
                raise Unreadable("a key that cannot be one") from error
        self.at += 1
        return found


_CODES: dict[bytes, Callable[[_Reader, int], Any]] = {
    b"N": lambda reader, depth: None,
    b"T": lambda reader, depth: True,
    b"F": lambda reader, depth: False,
    b".": lambda reader, depth: ...,
    b"i": _Reader._int,
    b"l": _Reader._long,
    b"g": _Reader._float,
    b"y": _Reader._complex,
    b"s": _Reader._bytes,
    b"u": _Reader._str,
    b"[": _Reader._items,
    b"(": _Reader._tuple,
    b"<": lambda reader, depth: reader._set(set, depth),
    b">": lambda reader, depth: reader._set(frozenset, depth),
    b"{": _Reader._dict,
}
