"""Landlock: the kernel's own list of the files a process may touch, from an ordinary process, without namespaces.

Everything is denied but reading the given directories and, if asked, writing to a scratch directory. Also denied,
where the kernel knows how: TCP (ABI 4), signals and abstract sockets to the outside (ABI 6). Not covered by
Landlock at all: stat, chmod, chown, utime, UDP; seccomp.py denies them, except stat, which leaks names and sizes
where there is no mount namespace. https://docs.kernel.org/userspace-api/landlock.html
"""

from __future__ import annotations

import os
import struct

from hornbook.sandbox import linux

_WRITE_FILE, _READ_FILE, _READ_DIR = 1 << 1, 1 << 2, 1 << 3
_REFER, _TRUNCATE, _IOCTL_DEV = 1 << 13, 1 << 14, 1 << 15
_ALL_OF_ABI_1 = (1 << 13) - 1
_REMOVE_AND_MAKE = (1 << 4) | (1 << 5) | (1 << 7) | (1 << 8) | (1 << 12)  # files, directories, symbolic links
_ALL_TCP = 0b11
_ALL_SCOPES = 0b11
_VERSION_FLAG = 1
_PATH_BENEATH = 1


def abi() -> int:
    """The version of Landlock that this kernel offers, 1 or more; raises OSError where it is absent or off."""
    return linux.syscall("landlock_create_ruleset", None, 0, _VERSION_FLAG)


def restrict(readable: tuple[str, ...], writable: tuple[str, ...] = ()) -> None:
    """The process and its children may read below `readable` and work below `writable`, and nothing else.

    Needs NO_NEW_PRIVS. Raises OSError.
    """
    version = abi()
    handled = _ALL_OF_ABI_1
    for since, right in ((2, _REFER), (3, _TRUNCATE), (5, _IOCTL_DEV)):
        handled |= right if version >= since else 0
    tcp = _ALL_TCP if version >= 4 else 0
    scopes = _ALL_SCOPES if version >= 6 else 0
    attributes = struct.pack("=QQQ", handled, tcp, scopes)
    ruleset = linux.syscall("landlock_create_ruleset", attributes, len(attributes), 0)
    try:
        for path in readable:
            _allow(ruleset, path, _READ_FILE | _READ_DIR)
        work = _READ_FILE | _READ_DIR | _WRITE_FILE | _REMOVE_AND_MAKE | _REFER | _TRUNCATE
        for path in writable:
            _allow(ruleset, path, work & handled)
        _allow(ruleset, "/dev/null", (_READ_FILE | _WRITE_FILE | _TRUNCATE) & handled)
        linux.syscall("landlock_restrict_self", ruleset, 0)
    finally:
        os.close(ruleset)


def _allow(ruleset: int, path: str, rights: int) -> None:
    fd = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        linux.syscall("landlock_add_rule", ruleset, _PATH_BENEATH, struct.pack("=Qi", rights, fd), 0)
    finally:
        os.close(fd)
