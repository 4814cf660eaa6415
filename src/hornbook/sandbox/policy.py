"""Which barriers this machine offers, and putting them up: namespaces, Landlock, seccomp, rlimits.

Loaded only in the zygote. Every layer is tried first in a child that is thrown away, because a layer that fails
half way leaves half a state. Seccomp is always needed; of namespaces and Landlock at least one. Anything less is
refused: a sandbox that silently weakens is worse than none.
"""

from __future__ import annotations

import errno
import os
import resource
import signal
import struct
import sys
from collections.abc import Callable
from dataclasses import dataclass

from hornbook.sandbox import files, landlock, linux, namespaces, seccomp

_MEGABYTE = 1 << 20
_CAPABILITY_VERSION_3 = 0x20080522
_NO_LIBRARIES_READABLE = "no library directory of the interpreter could be found"


@dataclass(frozen=True, slots=True, kw_only=True)
class Layers:
    """What works here, and for each thing that does not: the call, its errno and the remedy."""

    libraries: tuple[str, ...]
    namespaces: bool
    landlock: bool
    seccomp: bool
    reasons: tuple[str, ...]

    @property
    def level(self) -> str:
        """The barriers in words, or "" where they are too few to run anything."""
        if not self.seccomp or not (self.namespaces or self.landlock):
            return ""
        names = (("namespaces", self.namespaces), ("landlock", self.landlock), ("seccomp", True))
        return "+".join(name for name, works in names if works)


def choose() -> Layers:
    """The layers that work on this machine, each tried in a child of its own."""
    libraries = namespaces.library_directories()
    assert libraries, _NO_LIBRARIES_READABLE
    own_world = _try(lambda: _try_namespaces(libraries))
    files = _try(lambda: _try_landlock(libraries, is_alone=bool(own_world)))
    calls = _try(_try_seccomp)
    failures = (
        ("namespaces", own_world, _namespace_remedy),
        ("landlock", files, _landlock_remedy),
        ("seccomp", calls, _seccomp_remedy),
    )
    reasons = tuple(f"{name}: {reason}; {remedy()}" for name, reason, remedy in failures if reason)
    return Layers(
        libraries=libraries, namespaces=not own_world, landlock=not files, seccomp=not calls, reasons=reasons
    )


def confine(layers: Layers) -> None:
    """The zygote gives up, for itself and every program: files, capabilities, calls. Raises OSError."""
    os.chdir(namespaces.SCRATCH if layers.namespaces else "/")
    linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1)
    if layers.landlock:
        landlock.restrict(layers.libraries, (namespaces.SCRATCH,) if layers.namespaces else ())
    header = struct.pack("=Ii", _CAPABILITY_VERSION_3, 0)
    linux.syscall("capset", header, bytes(24))
    linux.prctl(linux.PR_SET_DUMPABLE, 0)
    for which, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 8 * _MEGABYTE),
        (resource.RLIMIT_MEMLOCK, 0),
        (resource.RLIMIT_NOFILE, 64),
        (resource.RLIMIT_STACK, 8 * _MEGABYTE),
    ):
        _limit(which, most)
    if layers.namespaces:
        # Threads only: seccomp denies processes. Without a user namespace the limit would count, and starve,
        # everything else that the user runs.
        _limit(resource.RLIMIT_NPROC, 256)
    seccomp.for_zygote().attach(os.getpid())


class MemoryLimit:
    """The address space of a process and its children to come, none of which seccomp lets raise it."""

    def __init__(self, pid: int = 0) -> None:
        """As found; 0: of this process."""
        self._pid = pid
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        self._hard = hard
        self._ceiling = sys.maxsize if hard == resource.RLIM_INFINITY else hard
        self._current = 0

    def set(self, megabytes: int) -> None:
        """Raises OSError or ValueError."""
        if megabytes != self._current:
            most = min(megabytes * _MEGABYTE, self._ceiling)
            resource.prlimit(self._pid, resource.RLIMIT_AS, (most, self._hard))
            self._current = megabytes


def die_with_parent() -> None:
    """The process gets SIGKILL when its parent ends. Raises OSError."""
    linux.prctl(linux.PR_SET_PDEATHSIG, signal.SIGKILL)


def _limit(which: int, most: int) -> None:
    _, hard = resource.getrlimit(which)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(which, (most, most))


def _try(layer: Callable[[], None]) -> str:
    """Why `layer` fails here, "" if it works; run in a child."""
    read_fd, write_fd = os.pipe()
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            layer()
            status = 0
        except OSError as error:
            name = errno.errorcode.get(error.errno or 0, "")
            os.write(write_fd, f"{error.filename or 'a call'}: {name} ({error.strerror})".encode())
        finally:
            os._exit(status)
    os.close(write_fd)
    with os.fdopen(read_fd, "rb") as pipe:
        reason = pipe.read().decode()
    _, status = os.waitpid(pid, 0)
    return reason or (f"the trial ended with wait status {status}" if status else "")


def _try_namespaces(libraries: tuple[str, ...]) -> None:
    namespaces.enter(libraries)
    pid = os.fork()
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0)


def _try_landlock(libraries: tuple[str, ...], *, is_alone: bool) -> None:
    version = landlock.abi()
    if version < 2 and not is_alone:
        # ABI 1 forbids every rename between directories, also in the scratch directory.
        raise OSError(errno.ENOSYS, "too old to add anything to namespaces", "ABI 1")
    linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1)
    landlock.restrict(libraries)


def _try_seccomp() -> None:
    linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1)
    seccomp.for_zygote().attach(os.getpid())
    seccomp.for_program().attach(os.getpid())
    os.getpid()


def _namespace_remedy() -> str:
    """What an administrator changes; the likely cause first."""
    if _sysctl("user/max_user_namespaces") == "0":
        return "remedy: sysctl user.max_user_namespaces=10000"
    if _sysctl("kernel/unprivileged_userns_clone") == "0":
        return "remedy: sysctl kernel.unprivileged_userns_clone=1"
    if _sysctl("kernel/apparmor_restrict_unprivileged_userns") == "1":
        return "remedy: sysctl kernel.apparmor_restrict_unprivileged_userns=0 (or an AppArmor profile)"
    return "remedy: in a container, start it with --security-opt seccomp=unconfined (and apparmor=unconfined)"


def _landlock_remedy() -> str:
    return (
        "remedy: Linux 5.13 or newer with `landlock` in the kernel's lsm= list (cat /sys/kernel/security/lsm); "
        "in a container, a runtime whose seccomp profile allows landlock"
    )


def _seccomp_remedy() -> str:
    return "remedy: Linux with CONFIG_SECCOMP_FILTER on x86_64 or aarch64, not emulated (gVisor, qemu-user)"


def _sysctl(name: str) -> str:
    path = f"/proc/sys/{name}"
    return files.read(path).strip() if os.path.isfile(path) else ""
