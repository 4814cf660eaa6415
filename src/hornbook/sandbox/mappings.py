"""A zygote's memory, arranged so that copies of it cost less: fewer mappings, and its code in huge pages.

A fork copies each mapping, a child that ends gives each back, and every 16 pages of code that a child meets are
a page fault. The loader leaves five mappings of each library; two will do, one to execute and one to write.
That makes constants executable and the loader's tables writable, nothing both, in processes that run whatever a
program brings along, which may map what it likes. What the kernel refuses stays as it was: dearer, not weaker.
"""

from __future__ import annotations

import contextlib
import ctypes
import itertools
from collections.abc import Sequence
from typing import NamedTuple

from hornbook.sandbox import files, linux

_AS_LOADED = ["r--p", "r-xp", "r--p", "r--p", "rw-p"]
_HUGE_PAGE = 1 << 21


class _Mapping(NamedTuple):
    """A line of /proc/self/maps."""

    start: int
    end: int
    permissions: str
    path: str


def arrange() -> None:
    """Joins what the loader split. Call it before the first fork: the kernel joins no written pages after one."""
    mapped = [_mapping(line) for line in files.read("/proc/self/maps").splitlines()]
    for path, group in itertools.groupby(mapped, lambda mapping: mapping.path):
        parts = list(group)
        if path.startswith("/") and [part.permissions for part in parts] == _AS_LOADED and _adjoin(parts):
            code, data = parts[:3], parts[3:]
            with contextlib.suppress(OSError):
                linux.protect(data[0].start, data[-1].end, linux.PROT_READ | linux.PROT_WRITE)
                linux.protect(code[0].start, code[-1].end, linux.PROT_READ | linux.PROT_EXEC)
                _use_huge_pages(code[0].start, code[-1].end)


def _mapping(line: str) -> _Mapping:
    bounds, permissions, _, _, _, *path = line.split(maxsplit=5)
    start, end = (int(bound, 16) for bound in bounds.split("-"))
    return _Mapping(start, end, permissions, "".join(path))


def _adjoin(parts: Sequence[_Mapping]) -> bool:
    return all(one.end == other.start for one, other in itertools.pairwise(parts))


def _use_huge_pages(start: int, end: int) -> None:
    """Puts a copy of this code in its place, which children share without a fault: the interpreter's own 4 MB.

    Of smaller libraries no whole huge page is left. Raises OSError where the kernel has none to give.
    """
    start, end = _rounded_up(start), end - end % _HUGE_PAGE
    size = end - start
    if size <= 0:
        return
    room = linux.map_memory(size + _HUGE_PAGE)
    try:
        copy = _rounded_up(room)
        ctypes.memmove(copy, start, size)
        linux.collapse(copy, size)
        linux.protect(copy, copy + size, linux.PROT_READ | linux.PROT_EXEC)
        linux.move(copy, size, start)
    finally:
        linux.unmap(room, size + _HUGE_PAGE)


def _rounded_up(address: int) -> int:
    return address + -address % _HUGE_PAGE
