"""Seccomp: the list of system calls that a program may make; every other one fails with EPERM.

An allow-list, so a call that nobody thought of is denied; one that only an attack makes kills. Threads are
allowed, processes are not: no fork, no exec. No socket but a connected pair (asyncio needs one), no chmod,
chown or utime, no signal but to itself. Tables for x86_64 and aarch64; other machines are refused. Numbers:
asm/unistd_64.h, asm-generic/unistd.h of Linux 6.1. Two filters, because the kernel compiles one at every
attach: the long one is put on the zygote once and leaves it fork, kill and limits; a short one takes these from
each program. Classic BPF, as a balanced tree over the call numbers:
https://docs.kernel.org/userspace-api/seccomp_filter.html
"""

from __future__ import annotations

import ctypes
import errno
import functools
import os
import struct
from collections.abc import Callable

from hornbook.sandbox import linux

# name, number on x86_64, number on aarch64 ("-": the machine has no such call)
_PLAIN = """
read 0 63, write 1 64, readv 19 65, writev 20 66, pread64 17 67, pwrite64 18 68, lseek 8 62, open 2 -,
openat 257 56, close 3 57, close_range 436 436, stat 4 -, fstat 5 80, lstat 6 -, newfstatat 262 79, statx
332 291, statfs 137 43, fstatfs 138 44, access 21 -, faccessat 269 48, faccessat2 439 439, readlink 89 -,
readlinkat 267 78, getdents 78 -, getdents64 217 61, getcwd 79 17, chdir 80 49, fchdir 81 50, umask 95 166,
ftruncate 77 46, fsync 74 82, fdatasync 75 83, flock 73 32, fadvise64 221 223, copy_file_range 326 285,
sendfile 40 71, rename 82 -, renameat 264 38, renameat2 316 276, mkdir 83 -, mkdirat 258 34, rmdir 84 -,
unlink 87 -, unlinkat 263 35, link 86 -, linkat 265 37, symlink 88 -, symlinkat 266 36, dup 32 23, dup2 33
-, dup3 292 24, pipe 22 -, pipe2 293 59, poll 7 -, ppoll 271 73, select 23 -, pselect6 270 72, epoll_create
213 -, epoll_create1 291 20, epoll_ctl 233 21, epoll_wait 232 -, epoll_pwait 281 22, epoll_pwait2 441 441,
eventfd 284 -, eventfd2 290 19, timerfd_create 283 85, timerfd_settime 286 86, timerfd_gettime 287 87,
recvfrom 45 207, recvmsg 47 212, sendto 44 206, sendmsg 46 211, shutdown 48 210, getsockname 51 204,
getpeername 52 205, getsockopt 55 209, mmap 9 222, munmap 11 215, mremap 25 216, mprotect 10 226, madvise 28
233, brk 12 214, msync 26 227, mincore 27 232, membarrier 324 283, futex 202 98, futex_waitv 449 449,
set_robust_list 273 99, get_robust_list 274 100, rseq 334 293, set_tid_address 218 96, arch_prctl 158 -,
rt_sigaction 13 134, rt_sigprocmask 14 135, rt_sigreturn 15 139, rt_sigpending 127 136, rt_sigsuspend 130
133, rt_sigtimedwait 128 137, sigaltstack 131 132, pause 34 -, alarm 37 -, setitimer 38 103, getitimer 36
102, restart_syscall 219 128, nanosleep 35 101, clock_nanosleep 230 115, clock_gettime 228 113, clock_getres
229 114, gettimeofday 96 169, time 201 -, times 100 153, getrusage 98 165, sysinfo 99 179, uname 63 160,
getrandom 318 278, getcpu 309 168, sched_yield 24 124, sched_getaffinity 204 123, sched_getparam 143 121,
sched_getscheduler 145 120, sched_get_priority_max 146 125, sched_get_priority_min 147 126, getpriority 140
141, getpid 39 172, getppid 110 173, gettid 186 178, getuid 102 174, geteuid 107 175, getgid 104 176,
getegid 108 177, getgroups 115 158, getresuid 118 148, getresgid 120 150, getpgid 121 155, getpgrp 111 -,
getsid 124 156, getrlimit 97 163, wait4 61 260, waitid 247 95, exit 60 93, exit_group 231 94
"""
_CHECKED = "clone 56 220, clone3 435 435, ioctl 16 29, fcntl 72 25, prctl 157 167, socketpair 53 199"
# What the zygote needs to run programs, and programs do not get.
_ZYGOTE_ONLY = """
kill 62 129, tgkill 234 131, prlimit64 302 261, chmod 90 -, fchmodat 268 53, sched_setaffinity 203 122
"""
# What nothing but an attack asks for: whoever does is killed, and the verdict is `forbidden`.
_NEVER = """
ptrace 101 117, process_vm_readv 310 270, process_vm_writev 311 271, kcmp 312 272, pidfd_send_signal 424 424,
pidfd_open 434 434, pidfd_getfd 438 438, process_madvise 440 440, process_mrelease 448 448, mount 165 40, umount2
166 39, pivot_root 155 41, chroot 161 51, open_tree 428 428, move_mount 429 429, fsopen 430 430, fsconfig 431 431,
fsmount 432 432, fspick 433 433, mount_setattr 442 442, open_by_handle_at 304 265, unshare 272 97, setns 308 268,
setuid 105 146, setgid 106 144, setreuid 113 145, setregid 114 143, setgroups 116 159, setresuid 117 147, setresgid
119 149, setfsuid 122 151, setfsgid 123 152, capset 126 91, bpf 321 280, seccomp 317 277, landlock_create_ruleset
444 444, landlock_add_rule 445 445, landlock_restrict_self 446 446, io_uring_setup 425 425, io_uring_enter 426 426,
io_uring_register 427 427, userfaultfd 323 282, perf_event_open 298 241, add_key 248 217, request_key 249 218,
keyctl 250 219, init_module 175 105, delete_module 176 106, finit_module 313 273, kexec_load 246 104,
kexec_file_load 320 294, settimeofday 164 170, clock_settime 227 112, adjtimex 159 171, clock_adjtime 305 266,
personality 135 92, sethostname 170 161, setdomainname 171 162, swapon 167 224, swapoff 168 225, reboot 169 142,
acct 163 89, quotactl 179 60, quotactl_fd 443 443, syslog 103 116, iopl 172 -, ioperm 173 -, modify_ldt 154 -,
fanotify_init 300 262, fanotify_mark 301 263, lookup_dcookie 212 18, vhangup 153 58, nfsservctl 180 42
"""
_LAST_KNOWN = 462
_AUDIT_ARCH = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}

_ALLOW, _KILL_PROCESS = 0x7FFF0000, 0x80000000
_LOAD, _RETURN, _JUMP, _JUMP_EQUAL, _JUMP_AT_LEAST, _JUMP_ANY_BIT, _AND = (
    0x20,
    0x06,
    0x05,
    0x15,
    0x35,
    0x45,
    0x54,
)

_CLONE_THREAD = 0x00010000
_CLONE_NEW_ANYTHING = 0x7E020080
# TCGETS TIOCGWINSZ FIONREAD FIONBIO FIONCLEX FIOCLEX
_IOCTLS = (0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451)
# Duplicates, flags and locks. Not F_SETOWN and F_SETSIG: with O_ASYNC they are kill() under another name.
_FCNTLS = (0, 1, 2, 3, 4, 5, 6, 7, 1030)
_THREAD_NAMES = (15, 16)
_ZYGOTE_PRCTLS = (linux.PR_SET_PDEATHSIG, linux.PR_SET_SECCOMP, *_THREAD_NAMES)
_PID_PLACE = 0x5A5A5A5A
_SECCOMP_MODE_FILTER = 2

Instruction = tuple[int, int, int, int]
Range = tuple[int, list[Instruction]]


class Filter:
    """An assembled program; `attach` puts the calling process under it for good."""

    __slots__ = ("attach", "code")

    attach: Callable[[int], None]
    """A program signals only the process given. Needs NO_NEW_PRIVS; raises OSError."""

    def __init__(self, program: list[Instruction]) -> None:
        """The instructions as the bytes and pointers that the kernel reads."""
        self.code = bytearray(b"".join(struct.pack("=HBBI", *instruction) for instruction in program))
        memory = (ctypes.c_char * len(self.code)).from_buffer(self.code)
        header = ctypes.create_string_buffer(struct.pack("@HP", len(program), ctypes.addressof(memory)))
        # All is made here, once: after a fork each page touched is a fault, and this way they are 10, not 70.
        pointer = ctypes.byref(header)  # which keeps the header, as the words keep the code
        put = functools.partial(linux.lean_prctl, linux.PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, pointer)
        places = [2 * at + 1 for at, (*_, value) in enumerate(program) if value == _PID_PLACE]
        self.attach = _attaching(memoryview(self.code).cast("I"), places, put)


def _attaching(words: memoryview, places: list[int], put: Callable[[], int]) -> Callable[[int], None]:
    def attach(pid: int) -> None:
        for place in places:
            words[place] = pid
        if put():
            raise OSError(errno.EPERM, "the filter was refused", "prctl(PR_SET_SECCOMP)")

    return attach


def for_zygote() -> Filter:
    """The allow-list for this machine; raises OSError where no table exists."""
    machine = _machine()
    leaves = {number: [_ret(_ALLOW)] for number in _numbers(f"{_PLAIN}, {_ZYGOTE_ONLY}").values()}
    leaves |= {number: [_ret(_KILL_PROCESS)] for number in _numbers(_NEVER).values()}
    leaves |= {number: _check(name) for name, number in _numbers(_CHECKED).items()}
    ranges = _ranges(leaves, otherwise=_ret_errno(errno.EPERM), beyond=_ret_errno(errno.ENOSYS))
    is_native = [(_LOAD, 0, 0, 4), (_JUMP_EQUAL, 1, 0, _AUDIT_ARCH[machine]), _ret(_KILL_PROCESS)]
    return Filter([*is_native, (_LOAD, 0, 0, 0), *_tree(ranges)])


def for_program() -> Filter:
    """What is taken from a program on top; raises OSError where no table exists."""
    _machine()
    leaves = {number: _check_program(name) for name, number in _numbers(_ZYGOTE_ONLY).items()}
    calls = _numbers(_CHECKED)
    leaves |= {calls[name]: _check_program(name) for name in ("clone", "prctl")}
    return Filter([(_LOAD, 0, 0, 0), *_tree(_ranges(leaves, otherwise=_ret(_ALLOW), beyond=_ret(_ALLOW)))])


def _machine() -> str:
    machine = os.uname().machine
    if machine not in _AUDIT_ARCH or struct.calcsize("P") != 8:
        raise OSError(errno.ENOSYS, "no table of its system calls", machine)
    return machine


def _numbers(table: str) -> dict[str, int]:
    column = 1 if _machine() == "x86_64" else 2
    rows = (row.split() for row in table.replace("\n", " ").split(","))
    return {row[0]: int(row[column]) for row in rows if row[column] != "-"}


def _ranges(
    leaves: dict[int, list[Instruction]], *, otherwise: Instruction, beyond: Instruction
) -> list[Range]:
    """Every call number in order; neighbours that agree are one range. `beyond`: calls newer than the table."""
    found: list[Range] = []
    for number in range(_LAST_KNOWN + 2):
        action = leaves.get(number, [beyond if number > _LAST_KNOWN else otherwise])
        if not found or found[-1][1] != action:
            found.append((number, action))
    return found


def _tree(ranges: list[Range]) -> list[Instruction]:
    if len(ranges) == 1:
        return ranges[0][1]
    middle = len(ranges) // 2
    left, right = _tree(ranges[:middle]), _tree(ranges[middle:])
    if len(left) < 256:
        return [(_JUMP_AT_LEAST, len(left), 0, ranges[middle][0]), *left, *right]
    # A conditional jump reaches 255 instructions, an unconditional one all.
    return [(_JUMP_AT_LEAST, 0, 1, ranges[middle][0]), (_JUMP, 0, 0, len(left)), *left, *right]


def _check(name: str) -> list[Instruction]:
    """What the zygote and its programs may do with a call whose arguments matter."""
    if name == "clone":  # no namespace
        return [
            _argument(0),
            (_JUMP_ANY_BIT, 1, 0, _CLONE_NEW_ANYTHING),
            _ret(_ALLOW),
            _ret_errno(errno.EPERM),
        ]
    if name == "clone3":  # its flags lie in memory, out of reach: libc falls back to clone
        return [_ret_errno(errno.ENOSYS)]
    if name == "ioctl":
        return _one_of(1, _IOCTLS, errno.ENOTTY)
    if name == "fcntl":
        return _one_of(1, _FCNTLS, errno.EPERM)
    if name == "prctl":
        return _one_of(0, _ZYGOTE_PRCTLS, errno.EPERM)
    assert name == "socketpair", name
    # Only AF_UNIX streams: a datagram pair can send to any socket that has a path.
    return [_argument(0), (_JUMP_EQUAL, 0, 4, 1), _argument(1), (_AND, 0, 0, 0xF), *_equal(1)]


def _check_program(name: str) -> list[Instruction]:
    """What a program may do with a call that the zygote needs."""
    if name == "clone":  # a thread
        return [_argument(0), (_JUMP_ANY_BIT, 0, 1, _CLONE_THREAD), _ret(_ALLOW), _ret_errno(errno.EPERM)]
    if name in ("kill", "tgkill"):
        return _one_of(0, (_PID_PLACE,), errno.EPERM)
    if name == "prctl":
        return _one_of(0, _THREAD_NAMES, errno.EPERM)
    if name == "prlimit64":  # reading only: no pointer to a new limit
        return [_argument_high(2), (_JUMP_EQUAL, 0, 3, 0), _argument(2), *_equal(0)]
    assert name in ("chmod", "fchmodat", "sched_setaffinity"), name
    return [_ret_errno(errno.EPERM)]


def _one_of(index: int, values: tuple[int, ...], refusal: int) -> list[Instruction]:
    tests = [
        (_JUMP_EQUAL, len(values) - 1 - at, int(at == len(values) - 1), value)
        for at, value in enumerate(values)
    ]
    return [_argument(index), *tests, _ret(_ALLOW), _ret_errno(refusal)]


def _equal(value: int) -> list[Instruction]:
    return [(_JUMP_EQUAL, 0, 1, value), _ret(_ALLOW), _ret_errno(errno.EPERM)]


def _argument(index: int) -> Instruction:
    return (_LOAD, 0, 0, 16 + 8 * index)


def _argument_high(index: int) -> Instruction:
    return (_LOAD, 0, 0, 20 + 8 * index)


def _ret(action: int) -> Instruction:
    return (_RETURN, 0, 0, action)


def _ret_errno(code: int) -> Instruction:
    return (_RETURN, 0, 0, 0x00050000 | code)
