"""Messages between the user's process and its helpers, each behind its length.

A helper trusts the process that started it: requests are tuples, written and read by `marshal`, the cheapest way.
The user's process trusts nobody: a reply is a list of byte strings, and whoever gets it knows what each should be.
"""

from __future__ import annotations

import marshal
import os
import struct
from collections.abc import Sequence
from typing import Any

Request = tuple[Any, ...]
Reply = list[bytes]
_length = struct.Struct(">I")

# Why a zygote ended a child, or saw it end.
REPORT, ENDED, NOISE, FLOOD = "report", "ended", "noise", "flood"
TIMEOUT_CPU, TIMEOUT_WALL = "timeout_cpu", "timeout_wall"
SECRET_BYTES = 16
"""What stands before and after a child's report."""


class Garbled(ValueError):
    """Bytes that are no reply."""


def request(message: Request) -> bytes:
    """A request as bytes; its values are plain data."""
    body = marshal.dumps(message, 2)
    return _length.pack(len(body)) + body


def receive(fd: int) -> Request | None:
    """The next request of the process that started this one, waiting for it; None at the end of the stream."""
    length = _read_exactly(fd, _length.size)
    if not length:
        return None
    body = _read_exactly(fd, _length.unpack(length)[0])
    return marshal.loads(body) if body else None


def discard(fd: int) -> None:
    """Reads the next request and looks at nothing but its length."""
    _read_exactly(fd, _length.unpack(_read_exactly(fd, _length.size))[0])


def reply(fd: int, parts: Sequence[bytes]) -> None:
    """Sends the whole reply, however long it takes. Raises OSError when the other side is gone."""
    sizes = [len(part) for part in parts]
    head = struct.pack(f">{len(sizes) + 2}I", 4 + 4 * len(sizes) + sum(sizes), len(sizes), *sizes)
    data = b"".join((head, *parts))
    sent = os.write(fd, data)
    while sent < len(data):
        sent += os.write(fd, memoryview(data)[sent:])


class Inbox:
    """Replies as they arrive."""

    def __init__(self) -> None:
        """Empty."""
        self._bytes = bytearray()

    def feed(self, chunk: bytes | memoryview) -> None:
        """More bytes have arrived."""
        self._bytes += chunk

    def take(self) -> Reply | None:
        """The next whole reply, or None. Raises Garbled."""
        if len(self._bytes) < _length.size:
            return None
        end = _length.size + _length.unpack_from(self._bytes)[0]
        if len(self._bytes) < end:
            return None
        data = bytes(self._bytes[_length.size : end])
        del self._bytes[:end]
        return _parts(data)


def _parts(data: bytes) -> Reply:
    try:
        (count,) = _length.unpack_from(data)
        sizes = struct.unpack_from(f">{min(count, len(data))}I", data, _length.size)
    except struct.error as error:
        raise Garbled("cut short") from error
    at = _length.size * (1 + count)
    if at + sum(sizes) != len(data):
        raise Garbled("sizes that do not add up")
    parts = []
    for size in sizes:
        parts.append(data[at : at + size])
        at += size
    return parts


def _read_exactly(fd: int, size: int) -> bytes:
    """`size` bytes, or b"" at the end of the stream."""
    chunk = os.read(fd, size)
    if len(chunk) == size or not chunk:
        return chunk
    parts = bytearray(chunk)
    while len(parts) < size:
        chunk = os.read(fd, size - len(parts))
        if not chunk:
            return b""
        parts += chunk
    return bytes(parts)
