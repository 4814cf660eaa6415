"""The Linux calls that Python's `os` lacks, each raising an OSError whose `filename` is the call that failed.

Loaded only in the zygote, and only on Linux: nothing here decides anything, `policy.py` does.
"""

from __future__ import annotations

import ctypes
import errno
import functools
import os
import signal
from collections.abc import Callable

CLONE_NEWNS, CLONE_NEWUTS, CLONE_NEWIPC = 0x00020000, 0x04000000, 0x08000000
CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET = 0x10000000, 0x20000000, 0x40000000
CLONE_FILES, CLONE_PARENT, CLONE_PARENT_SETTID = 0x00000400, 0x00008000, 0x00100000
_CLONE_CHILD_SETTID = 0x01000000

MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC = 1, 2, 4, 8
MS_REMOUNT, MS_BIND, MS_REC, MS_PRIVATE = 32, 4096, 16384, 1 << 18
MNT_DETACH = 2

_PR_GET_TID_ADDRESS = 40
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS = 1, 4, 22, 38

PROT_READ, PROT_WRITE, PROT_EXEC = 1, 2, 4
_MAP_SHARED, _MAP_PRIVATE, _MAP_ANONYMOUS = 0x01, 0x02, 0x20
_MADV_NORMAL, _MADV_DONTFORK, _MADV_COLLAPSE = 0, 10, 25
# MAYMOVE, FIXED and DONTUNMAP: where the memory was, nothing else can be mapped before its owner unmaps that.
_MOVE = 1 | 2 | 4
_PAGE = 4096
_CONTEXT = 16 * _PAGE
CONTEXT_BYTES = 3 * _CONTEXT

_NUMBERS = {
    "clone": {"x86_64": 56, "aarch64": 220},
    "pivot_root": {"x86_64": 155, "aarch64": 41},
    "mount_setattr": {"x86_64": 442, "aarch64": 442},
    "capset": {"x86_64": 126, "aarch64": 91},
    "landlock_create_ruleset": {"x86_64": 444, "aarch64": 444},
    "landlock_add_rule": {"x86_64": 445, "aarch64": 445},
    "landlock_restrict_self": {"x86_64": 446, "aarch64": 446},
}
_libc = ctypes.CDLL(None, use_errno=True)
_libc.syscall.restype = ctypes.c_long
_libc.mmap.restype = ctypes.c_void_p
_libc.mremap.restype = ctypes.c_void_p
_prctl = _libc.prctl
_prctl.argtypes = [ctypes.c_int, ctypes.c_ulong, ctypes.c_ulong, ctypes.c_ulong, ctypes.c_ulong]

# Keeps the interpreter's lock, converts nothing and asks for no errno: a few page faults, where `prctl` has 60.
lean_prctl = ctypes.PyDLL(None).prctl

current_core = ctypes.PyDLL(None).sched_getcpu


def syscall(name: str, *args: int | bytes | ctypes.Array[ctypes.c_char] | None) -> int:
    """The result of the system call `name`; raises OSError naming it when the kernel refuses."""
    number = _number(name)
    # Without c_long an int would be passed as 32 bits and the upper half of the register left undefined.
    wide = [ctypes.c_long(arg) if isinstance(arg, int) else arg for arg in args]
    return _checked(name, _libc.syscall(ctypes.c_long(number), *wide))


def tid_address() -> int:
    """Where libc keeps the number of this thread; 0 where the kernel does not tell."""
    found = ctypes.c_void_p(0)
    try:
        prctl(_PR_GET_TID_ADDRESS, ctypes.addressof(found))
    except OSError:  # a kernel without CONFIG_CHECKPOINT_RESTORE
        return 0
    return found.value or 0


def cloning(flags: int, pid_address: int = 0, tid_address: int = 0) -> Callable[[], int]:
    """A call that copies this process: 0 in the copy; here its pid, or -1.

    The pid is written to `pid_address` here, and to `tid_address` in the copy, where libc expects it.
    All parts of the call are made now, and libc's fork with its hooks and locks is left out: after a fork each
    page touched is a fault. Only for a process with one thread.
    """
    number = _number("clone")
    flags |= signal.SIGCHLD | (_CLONE_CHILD_SETTID if tid_address else 0)
    # Number, flags, stack, parent's address; then the child's and the thread's storage, or the other way round.
    last = (tid_address, 0) if os.uname().machine == "x86_64" else (0, tid_address)
    words = (number, flags, 0, pid_address, *last)
    return functools.partial(ctypes.PyDLL(None).syscall, *[ctypes.c_long(word) for word in words])


def shared_page() -> int:
    """The address of a page of zeros that this process shares with its copies. Raises OSError."""
    return map_memory(_PAGE, _MAP_SHARED)


def map_memory(size: int, sharing: int = _MAP_PRIVATE) -> int:
    """The address of new memory, all zeros. Raises OSError."""
    access, kind = PROT_READ | PROT_WRITE, sharing | _MAP_ANONYMOUS
    return _address("mmap", _libc.mmap(None, ctypes.c_size_t(size), access, kind, -1, ctypes.c_long(0)))


def unmap(address: int, size: int) -> None:
    """Whatever is mapped there no longer is. Raises OSError."""
    _checked("munmap", _libc.munmap(ctypes.c_void_p(address), ctypes.c_size_t(size)))


def protect(start: int, end: int, access: int) -> None:
    """What may be done with the memory between; neighbours that agree become one mapping. Raises OSError."""
    _checked("mprotect", _libc.mprotect(ctypes.c_void_p(start), ctypes.c_size_t(end - start), access))


def collapse(address: int, size: int) -> None:
    """The memory consists of huge pages from now on. Raises OSError where that cannot be (before Linux 6.1)."""
    _advise(address, size, _MADV_COLLAPSE)


def move(address: int, size: int, target: int) -> None:
    """The memory takes the place, at once, of what is mapped at `target`, and leaves zeros. Raises OSError."""
    length = ctypes.c_size_t(size)
    moved = _libc.mremap(ctypes.c_void_p(address), length, length, _MOVE, ctypes.c_void_p(target))
    _address("mremap", moved)


def replace(copy: int, size: int, target: int, room: int) -> None:
    """The memory at `copy` becomes what is at `target`, and takes its place there at once, as `move` would.

    For memory that Python itself writes to: between the two steps nothing of it runs. libc makes them, as two
    contexts of a C program, each going on with the next. `room`: CONTEXT_BYTES for those, elsewhere. Raises
    OSError, with nothing done, where libc has no contexts, or not all that is to be copied is mapped. What mremap
    says is not heard: where the kernel refuses it, all stays as it was.
    """
    if not hasattr(_libc, "swapcontext"):  # musl
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS), "swapcontext")
    here, copying, moving = (room + at * _CONTEXT for at in range(3))
    _prepare(moving, here, _libc.mremap, copy, size, size, _MOVE, target)
    _prepare(copying, moving, _libc.memmove, copy, target, size)
    _advise(target, size, _MADV_NORMAL)  # as it is anyway; refused where something in between is not mapped
    _checked("swapcontext", _libc.swapcontext(ctypes.c_void_p(here), ctypes.c_void_p(copying)))


def _prepare(context: int, then: int, function: Callable[..., int], *arguments: int) -> None:
    """A context that calls `function` on a stack of its own, behind it, and goes on with the context `then`."""
    _checked("getcontext", _libc.getcontext(ctypes.c_void_p(context)))
    # ucontext_t begins with flags and link, and where the stack is, its flags and its size.
    words = (ctypes.c_ulong * 5).from_address(context)
    words[1], words[2], words[4] = then, context + _CONTEXT // 2, _CONTEXT // 2
    _libc.makecontext(ctypes.c_void_p(context), function, len(arguments), *map(ctypes.c_ulong, arguments))


def keep_from_children(page: int) -> None:
    """Copies that this process makes from now on lack the page. Raises OSError."""
    _advise(page, _PAGE, _MADV_DONTFORK)


def ints_at(page: int, count: int) -> ctypes.Array[ctypes.c_int]:
    """The first numbers of a page, to be read and written."""
    return (ctypes.c_int * count).from_address(page)


def addresses_of_ints(page: int, count: int) -> list[int]:
    """Where these numbers are."""
    return [page + at * ctypes.sizeof(ctypes.c_int) for at in range(count)]


def unshare(flags: int) -> None:
    """The process leaves the namespaces in `flags`; raises OSError."""
    _checked(f"unshare({_flag_names(flags)})", _libc.unshare(flags))


def mount(source: str, target: str, kind: str, flags: int, options: str = "") -> None:
    """A file system is mounted (see mount(2)); raises OSError naming kind and target."""
    done = _libc.mount(
        source.encode(), target.encode(), kind.encode(), ctypes.c_ulong(flags), options.encode() or None
    )
    _checked(f"mount {kind or 'bind'} on {target}", done)


def unmount_lazily(target: str) -> None:
    """The mount at `target` disappears from the tree; raises OSError."""
    _checked(f"umount2 {target}", _libc.umount2(target.encode(), MNT_DETACH))


def set_hostname(name: bytes) -> None:
    """The uts namespace gets a neutral name; raises OSError."""
    _checked("sethostname", _libc.sethostname(name, len(name)))


def prctl(option: int, value: int, pointer: int = 0) -> None:
    """See prctl(2); raises OSError."""
    if _prctl(option, value, pointer, 0, 0) < 0:
        _checked(f"prctl({option})", -1)


def _number(name: str) -> int:
    number = _NUMBERS[name].get(os.uname().machine)
    if number is None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS), f"{name} on {os.uname().machine}")
    return number


def _checked(call: str, result: int) -> int:
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code), call)
    return result


def _address(call: str, result: int | None) -> int:
    if result in (None, ctypes.c_void_p(-1).value):
        _checked(call, -1)
    return int(result or 0)


def _advise(address: int, size: int, advice: int) -> None:
    _checked("madvise", _libc.madvise(ctypes.c_void_p(address), ctypes.c_size_t(size), advice))


def _flag_names(flags: int) -> str:
    names = ("CLONE_NEWUSER", "CLONE_NEWNS", "CLONE_NEWPID", "CLONE_NEWNET", "CLONE_NEWIPC", "CLONE_NEWUTS")
    return "|".join(name for name in names if flags & globals()[name])
