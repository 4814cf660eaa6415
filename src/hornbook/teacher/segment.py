"""One file of the journal: JSON lines to which at most one process appends at a time, and which any may read."""

from __future__ import annotations

import fcntl
import os
import re
import secrets
import time
from collections.abc import Callable, Iterator
from pathlib import Path

NAME = re.compile(r"\d{20}-[0-9a-f]{8}\.jsonl")
"""What segments are called. No other file of a folder is read, appended to or cut: it is somebody else's."""
_CHUNK = 16_384
"""Bytes read at once where a line's length is not known: most lines whole."""


class Segment:
    """An open file of lines. What is read stays readable after the file was replaced or deleted."""

    def __init__(self, path: Path, descriptor: int, *, writable: bool) -> None:
        self.path = path
        self.inode = os.fstat(descriptor).st_ino
        self.scanned = 0
        """Bytes whose lines were read by `new_lines`."""
        self._descriptor = descriptor
        self._writable = writable

    @classmethod
    def open(cls, path: Path) -> Segment:
        """Open a file for reading."""
        return cls(path, os.open(path, os.O_RDONLY | os.O_CLOEXEC), writable=False)

    @classmethod
    def taken(cls, path: Path) -> Segment | None:
        """Open a file to append to; None where another process does, or has deleted or replaced the file."""
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CLOEXEC)
        except FileNotFoundError:
            return None
        segment = cls(path, descriptor, writable=True)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            current = path.stat().st_ino == segment.inode
        except (BlockingIOError, FileNotFoundError):
            current = False
        if current:
            return segment
        segment.close()
        return None

    @classmethod
    def new(cls, folder: Path) -> Segment:
        """Make an empty file to append to; its name sorts behind older ones."""
        while True:
            path = folder / f"{time.time_ns():020d}-{secrets.token_hex(4)}.jsonl"
            path.touch(0o644, exist_ok=False)
            # Another process may have taken the new file by now, or compacted it away.
            if (segment := cls.taken(path)) is not None:
                sync_folder(folder)
                return segment

    @property
    def size(self) -> int:
        """Bytes in the file now."""
        return os.fstat(self._descriptor).st_size

    def new_lines(self) -> Iterator[tuple[int, bytes]]:
        """Yield offset and text of the whole lines behind `scanned`, and move it; a torn last line stays."""
        with os.fdopen(os.dup(self._descriptor), "rb") as file:
            file.seek(self.scanned)
            for line in file:
                if not line.endswith(b"\n"):
                    return
                start, self.scanned = self.scanned, self.scanned + len(line)
                yield start, line

    def line(self, offset: int) -> bytes:
        """Return the line that begins at `offset`."""
        found = b""
        while b"\n" not in found:
            chunk = os.pread(self._descriptor, _CHUNK + len(found), offset + len(found))
            if not chunk:
                break
            found += chunk
        return found.partition(b"\n")[0]

    def append(self, lines: bytes) -> int:
        """Append lines, wait until the disk has them, and return where they begin.

        Raises OSError where the disk refuses; nothing of them is left then.
        """
        start = self.size
        try:
            written = 0
            while written < len(lines):
                written += os.write(self._descriptor, memoryview(lines)[written:])
            os.fsync(self._descriptor)
        except OSError:
            os.ftruncate(self._descriptor, start)
            raise
        return start

    def cut_torn_line(self, say: Callable[[str], None]) -> None:
        """Cut a last line that has no end, as a kill leaves it, and say so. The segment must be taken."""
        assert self._writable, "only the process that took a segment may cut it"
        size = end = self.size
        while end and os.pread(self._descriptor, 1, end - 1) != b"\n":
            start = max(0, end - _CHUNK)
            end = start + os.pread(self._descriptor, end - start, start).rfind(b"\n") + 1
        if end < size:
            os.ftruncate(self._descriptor, end)
            say(f"{self.path}: cut {size - end} bytes of a line that an interrupted run left unfinished")

    def close(self) -> None:
        """Let go of the file."""
        os.close(self._descriptor)


def sync_folder(folder: Path) -> None:
    """Wait until the disk has a folder's list of names."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
