"""Messages between the user's process and its helpers, each behind its length or announced with it.

A helper trusts the process that started it: requests are tuples, written and read by `marshal`, the cheapest way.
The user's process trusts nobody: a reply is a list of byte strings, and whoever gets it knows what each should be.
"""

from __future__ import annotations

import itertools
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
_USUAL_BYTES = 1 << 16
SECRET_BYTES = 16
"""What stands before and after a child's report."""


class Garbled(ValueError):
    """Bytes that are no reply."""


def request(message: Request) -> bytes:
    """A request as bytes; its values are plain data."""
    body = marshal.dumps(message, 2)
    return _length.pack(len(body)) + body


def job(header: Request, body: Request, tests: Request | None = None) -> tuple[bytes, bytes]:
    """A job for a zygote: what it reads itself and, behind that, what a child reads; what another child reads.

    The sizes of the two parts for children end the header.
    """
    sent, sent_tests = marshal.dumps(body, 2), b"" if tests is None else marshal.dumps(tests, 2)
    return request((*header, len(sent), len(sent_tests))) + sent, sent_tests


def receive(fd: int) -> Request | None:
    """The next request of the process that started this one, waiting for it; None at the end of the stream."""
    length = exactly(fd, _length.size)
    if not length:
        return None
    body = exactly(fd, _length.unpack(length)[0])
    return marshal.loads(body) if body else None


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


def cut(data: bytes, sizes: Sequence[int]) -> list[bytes]:
    """Consecutive parts of these sizes."""
    return [data[end - size : end] for end, size in zip(itertools.accumulate(sizes), sizes, strict=True)]


def _parts(data: bytes) -> Reply:
    try:
        (count,) = _length.unpack_from(data)
        sizes = struct.unpack_from(f">{min(count, len(data))}I", data, _length.size)
    except struct.error as error:
        raise Garbled("cut short") from error
    body = data[_length.size * (1 + count) :]
    if sum(sizes) != len(body):
        raise Garbled("sizes that do not add up")
    return cut(body, sizes)


def exactly(fd: int, size: int) -> bytes | memoryview:
    """`size` bytes, or b"" at the end of the stream. Raises MemoryError before it has read anything."""
    if size <= _USUAL_BYTES:
        chunk = os.read(fd, size)
        if len(chunk) == size or not chunk:
            return chunk
        rest = exactly(fd, size - len(chunk))
        return chunk + rest if rest else b""
    buffer, at = memoryview(bytearray(size)), 0
    while at < size:
        count = os.readv(fd, [buffer[at:]])
        if not count:
            return b""
        at += count
    return buffer


def skip(fd: int, size: int) -> None:
    """Reads as many bytes and forgets them."""
    while size and (count := len(os.read(fd, min(size, _USUAL_BYTES)))):
        size -= count
