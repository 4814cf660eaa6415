"""A zygote's memory, arranged so that copies of it cost less: fewer mappings, code and objects in huge pages.

A fork copies each mapping, a child that ends gives each back, and every 16 pages of code that a child meets are
a page fault. The loader leaves five mappings of each library; two will do, one to execute and one to write.
That makes constants executable and the loader's tables writable, nothing both, in processes that run whatever a
program brings along, which may map what it likes. What the kernel refuses stays as it was: dearer, not weaker.
"""

from __future__ import annotations

import contextlib
import ctypes
import itertools
import os
import sys
from collections import deque
from collections.abc import Sequence
from typing import NamedTuple

from hornbook.sandbox import files, linux

_AS_LOADED = ["r--p", "r-xp", "r--p", "r--p", "rw-p"]
_HUGE_PAGE = 1 << 21
_POOL, _POOL_HEAD = 1 << 14, 48
_MOST_POOLS = 32
"""Of one size that are begun and not full; where an interpreter has other pools, the place to stop."""
_SMALL_OBJECTS = range(48, 513, 16)
_BYTES_OVERHEAD = sys.getsizeof(b"")
_LEAST_BYTES = 1 << 17
"""Of a piece that is gathered: smaller ones, the libraries' data, make no difference."""


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


def gather(proc: int) -> None:
    """Puts what Python has written into huge pages: a copy of the process counts each of them as one.

    Where the objects lie stays the same. `proc`: a descriptor of /proc, which may be out of reach by name.
    """
    lines = _read_maps(proc)  # kept until the end: what is freed meanwhile could be unmapped
    pieces = [
        (one.start, one.end - one.start)
        for one in map(_mapping, lines)
        if one.permissions == "rw-p" and one.path != "[stack]" and one.end - one.start >= _LEAST_BYTES
    ]
    with contextlib.suppress(OSError):
        _replace(pieces)


def _replace(pieces: Sequence[tuple[int, int]]) -> None:
    """Copies of these pieces of memory, side by side in huge pages, take their places. Raises OSError."""
    size = _rounded_up(sum(length for _, length in pieces))
    room, contexts = linux.map_memory(size + _HUGE_PAGE), linux.map_memory(linux.CONTEXT_BYTES)
    try:
        copy = _rounded_up(room)
        for page in range(copy, copy + size, _HUGE_PAGE):
            ctypes.memset(page, 0, 1)  # nothing collapses where nothing is
        linux.collapse(copy, size)
        for start, length in pieces:
            linux.replace(copy, length, start, contexts)
            copy += length
    finally:
        linux.unmap(contexts, linux.CONTEXT_BYTES)
        linux.unmap(room, size + _HUGE_PAGE)


def _read_maps(proc: int) -> list[str]:
    fd = os.open("self/maps", os.O_RDONLY | os.O_CLOEXEC, dir_fd=proc)
    return files.read_all(fd).splitlines()


def begin_pools() -> deque[bytes]:
    """Begins a pool of memory for each size of small objects; keep what is returned while they are wanted.

    An object is made of the next free place in its size's pool, and the pool's head counts it: two pages to copy
    for a child's first object of a size, but one where a pool has just begun. A pool holds 16 kB of one size:
    https://github.com/python/cpython/blob/3.11/Objects/obmalloc.c
    """
    kept: deque[bytes] = deque()  # a list would grow through these sizes itself
    for size in _SMALL_OBJECTS:
        for _ in range(_MOST_POOLS * _POOL // size):
            kept.append(bytes(size - _BYTES_OVERHEAD))
            if id(kept[-1]) % _POOL < 2 * _POOL_HEAD:
                break
    return kept
