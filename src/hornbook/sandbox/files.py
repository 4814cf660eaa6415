"""Reading and writing small files with `os` alone, for the zygote.

Not pathlib: with what it imports it is half a megabyte, which every program's child would get a copy of.
"""

from __future__ import annotations

import os


def read(path: str) -> str:
    """All that is in the file, as text whatever its bytes are. Raises OSError."""
    return read_all(os.open(path, os.O_RDONLY | os.O_CLOEXEC))


def read_all(fd: int) -> str:
    """All that is in an open file, as text whatever its bytes are; closes it. Raises OSError."""
    try:
        pieces = iter(lambda: os.read(fd, 1 << 16), b"")
        return os.fsdecode(b"".join(pieces))
    finally:
        os.close(fd)


def write(path: str, text: str) -> None:
    """Puts the text into a file that exists, in one call. Raises OSError."""
    fd = os.open(path, os.O_WRONLY | os.O_CLOEXEC)
    try:
        os.write(fd, text.encode())
    finally:
        os.close(fd)
