"""A zygote's own world: user, mount, pid, network, ipc and uts namespaces, and a root that holds almost nothing.

The new root is a tmpfs with the interpreter's library directories (read-only), /dev/null and a scratch /tmp of
16 MB. No /proc, /etc, /sys, /home, no network interface that is up. Made once per zygote, not per program:
forking into a new network namespace is four times as slow, and an empty one can be used again.
The order of calls follows bubblewrap (https://github.com/containers/bubblewrap) and user_namespaces(7).
"""

from __future__ import annotations

import errno
import os
import struct
import sys
import sysconfig

from hornbook.sandbox import files, linux

SCRATCH = "/tmp"
SCRATCH_OPTIONS = "size=16m,nr_inodes=512,mode=0700"

# Nobody on the host has this id: what escapes as "root of the sandbox" still owns no file. Above the ranges of
# /etc/subuid and of systemd-nspawn, below 2**31.
_UNUSED_ID = 2_000_000_000
_ID_INSIDE = 1000
_STAGING = "/tmp"
_MOUNT_ATTR_READ_ONLY = 0x1 | 0x2 | 0x4  # rdonly, nosuid, nodev
_AT_RECURSIVE = 0x8000
_AT_FDCWD = -100


def library_directories() -> tuple[str, ...]:
    """The directories that a running interpreter reads from, longest prefixes only, real paths.

    The standard library, its compiled modules, and the folders of the shared libraries they need.
    """
    found = {sysconfig.get_path("stdlib"), sysconfig.get_path("platstdlib")}
    found |= {entry for entry in sys.path if entry and os.path.isdir(entry)}
    mapped = files.read("/proc/self/maps").splitlines()
    for line in mapped:
        path = line.split(maxsplit=5)[5] if line.count("/") else ""
        if ".so" in path:
            found.add(os.path.dirname(path))
    real = sorted({os.path.realpath(path) for path in found})
    return tuple(path for path in real if not any(path.startswith(f"{other}/") for other in real))


def enter(libraries: tuple[str, ...]) -> None:
    """The calling process (single-threaded) lives in the new world; its next child is PID 1 there.

    Raises OSError naming the call that the kernel refused; the process is then half way and must end.
    """
    as_root = os.geteuid() == 0
    mapper = _start_mapper() if as_root else None
    uid, gid = os.geteuid(), os.getegid()
    linux.unshare(
        linux.CLONE_NEWUSER
        | linux.CLONE_NEWNS
        | linux.CLONE_NEWPID
        | linux.CLONE_NEWNET
        | linux.CLONE_NEWIPC
        | linux.CLONE_NEWUTS
    )
    # Opened before the ids change (a library below a private home is readable now, not later) and before the
    # staging tmpfs hides what lies under it; opened after unshare, because a bind needs a mount of this namespace.
    sources = {path: os.open(path, os.O_PATH | os.O_CLOEXEC) for path in (*libraries, "/dev/null")}
    if mapper is None or not mapper.map_this_process():
        _map_own_id(uid, gid)
    os.setresgid(_ID_INSIDE, _ID_INSIDE, _ID_INSIDE)
    os.setresuid(_ID_INSIDE, _ID_INSIDE, _ID_INSIDE)
    linux.set_hostname(b"sandbox")
    _build_root(sources)
    for fd in sources.values():
        os.close(fd)


class _Mapper:
    """A forked child that stayed outside and may write the id maps that only root may write."""

    def __init__(self, pid: int, go: int, done: int) -> None:
        self.pid, self.go, self.done = pid, go, done

    def map_this_process(self) -> bool:
        """Whether the unused id could be mapped; false inside containers that own too few ids."""
        os.write(self.go, b"+")
        os.close(self.go)
        mapped = os.read(self.done, 1) == b"+"
        os.close(self.done)
        os.waitpid(self.pid, 0)
        if mapped:
            os.setgroups([])
        return mapped


def _start_mapper() -> _Mapper:
    go_read, go_write = os.pipe()
    done_read, done_write = os.pipe()
    target = os.getpid()
    pid = os.fork()
    if pid:
        os.close(go_read)
        os.close(done_write)
        return _Mapper(pid, go_write, done_read)
    os.close(go_write)
    try:
        if os.read(go_read, 1):
            line = f"{_ID_INSIDE} {_UNUSED_ID} 1"
            files.write(f"/proc/{target}/uid_map", line)
            files.write(f"/proc/{target}/gid_map", line)
            os.write(done_write, b"+")
    finally:
        os._exit(0)


def _map_own_id(uid: int, gid: int) -> None:
    """An ordinary user may map exactly one id, his own, and must give up setgroups first."""
    files.write("/proc/self/setgroups", "deny")
    files.write("/proc/self/uid_map", f"{_ID_INSIDE} {uid} 1")
    files.write("/proc/self/gid_map", f"{_ID_INSIDE} {gid} 1")


def _build_root(sources: dict[str, int]) -> None:
    linux.mount("none", "/", "", linux.MS_REC | linux.MS_PRIVATE)
    plain = linux.MS_NOSUID | linux.MS_NODEV
    linux.mount("sandbox", _STAGING, "tmpfs", plain, "size=1m,nr_inodes=256,mode=0755")
    for path, fd in sources.items():
        target = _STAGING + path
        _make_mount_point(target, is_file=path == "/dev/null")
        linux.mount(f"/proc/self/fd/{fd}", target, "", linux.MS_BIND | linux.MS_REC)
        if path != "/dev/null":
            _make_read_only(target)
    os.makedirs(_STAGING + SCRATCH, exist_ok=True)
    linux.mount("scratch", _STAGING + SCRATCH, "tmpfs", plain | linux.MS_NOEXEC, SCRATCH_OPTIONS)
    os.chdir(_STAGING)
    # The old root ends up below the new one at the same place, and is detached from there: pivot_root(2), NOTES.
    linux.syscall("pivot_root", b".", b".")
    linux.unmount_lazily(".")
    os.chdir("/")
    linux.mount("none", "/", "", linux.MS_REMOUNT | linux.MS_BIND | linux.MS_RDONLY | plain)


def _make_mount_point(target: str, *, is_file: bool) -> None:
    if is_file:
        os.makedirs(os.path.dirname(target), exist_ok=True)
        os.close(os.open(target, os.O_CREAT | os.O_CLOEXEC))
    else:
        os.makedirs(target, exist_ok=True)


def _make_read_only(target: str) -> None:
    """The bind at `target` and every mount below it become read-only, without setuid or devices."""
    attributes = struct.pack("=QQQQ", _MOUNT_ATTR_READ_ONLY, 0, 0, 0)
    try:
        linux.syscall("mount_setattr", _AT_FDCWD, target.encode(), _AT_RECURSIVE, attributes, len(attributes))
    except OSError as error:
        if error.errno != errno.ENOSYS:
            raise
        _remount_read_only(target)


def _remount_read_only(target: str) -> None:
    """For kernels before 5.12: the top mount only, and flags locked by the parent namespace must be repeated."""
    kept = os.statvfs(target).f_flag
    flags = kept & (linux.MS_NOEXEC | os.ST_NOATIME | os.ST_NODIRATIME)
    flags |= (1 << 21) if kept & os.ST_RELATIME else 0
    flags |= linux.MS_RDONLY | linux.MS_NOSUID | linux.MS_NODEV
    linux.mount("none", target, "", linux.MS_REMOUNT | linux.MS_BIND | flags)


def wipe_scratch() -> None:
    """Empties the scratch directory. Raises OSError: what cannot be wiped must not meet the next program.

    Nested directories are moved up and emptied there, so depth and path length never matter.
    """
    serial = 0
    while entries := _entries(SCRATCH):
        for entry in entries:
            if not entry.is_dir(follow_symlinks=False):
                os.unlink(entry.path)
                continue
            os.chmod(entry.path, 0o700)
            for inner in _entries(entry.path):
                serial += 1
                if inner.is_dir(follow_symlinks=False):
                    os.chmod(inner.path, 0o700)  # or it could not be moved
                os.rename(inner.path, f"{SCRATCH}/.{serial}-{os.urandom(8).hex()}")
            os.rmdir(entry.path)


def _entries(folder: str) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        return list(entries)
