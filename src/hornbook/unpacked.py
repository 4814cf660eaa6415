"""Files read as the bytes that were packed in them: gzip, bzip2 and Zstandard, told by content, or plain.

Archives of several files (.zip, .7z, .tar) are no packed file: which of theirs is meant is not told.
"""

from __future__ import annotations

import bz2
import contextlib
import gzip
import io
import zlib
from collections.abc import Iterator
from typing import BinaryIO, cast

import pyarrow as pa

from hornbook.errors import UsageError

_GZIP, _BZIP2, _ZSTANDARD, _SEVEN_ZIP = b"\x1f\x8b", b"BZh", b"\x28\xb5\x2f\xfd", b"7z\xbc\xaf\x27\x1c"
_BUFFER = 1 << 20


@contextlib.contextmanager
def unpacked(file: BinaryIO, name: object) -> Iterator[BinaryIO]:
    """Yield what is packed in a file at its start, or the file itself; `name` is for messages.

    The file is read from its beginning, and may be closed at the end.
    Raises UsageError for an archive of several files, and inside the block for one that is damaged.
    """
    start = file.read(len(_SEVEN_ZIP))
    file.seek(0)
    if start == _SEVEN_ZIP:
        raise UsageError(f"{name} is an archive; unpack it (`7z x {name}`) and give the file that was in it")
    try:
        yield _reader(file, start)
    except (EOFError, zlib.error, gzip.BadGzipFile, _Damaged) as error:
        raise UsageError(f"{name}: the archive is damaged ({error}); fetch or make it again") from error


class _Damaged(Exception):
    """What bzip2 and Zstandard call OSError, as a disk that fails is called."""


def _reader(file: BinaryIO, start: bytes) -> BinaryIO:
    if start.startswith(_GZIP):
        return cast(BinaryIO, gzip.GzipFile(fileobj=file))
    if start.startswith(_BZIP2):
        return _buffered(bz2.BZ2File(file))
    if start.startswith(_ZSTANDARD):
        return _buffered(pa.CompressedInputStream(pa.PythonFile(file, mode="r"), "zstd"))
    return file


def _buffered(stream: object) -> BinaryIO:
    return io.BufferedReader(_Raw(stream), _BUFFER)


class _Raw(io.RawIOBase):
    def __init__(self, stream: object) -> None:
        self._stream: BinaryIO = stream  # type: ignore[assignment]  # pyarrow has no types

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        try:
            content = self._stream.read(len(buffer))
        except OSError as error:
            if error.errno:
                raise
            raise _Damaged(str(error)) from error
        buffer[: len(content)] = content
        return len(content)
