"""Docker's default profile without Docker: run a command under what a container's process meets.

    python docker_profile.py [--user ID] COMMAND...

Taken from moby's default seccomp profile (profiles/seccomp/default.json of https://github.com/moby/moby) for a
container without added capabilities: what the profile does not list is refused with EPERM, clone3 with ENOSYS.
Written the other way round, as the calls of today's kernels that are not on its list. As root the process also
loses the capabilities that Docker does not leave to a container. What a filter cannot show is missing: AppArmor's
profile, the masked files in /proc, the container's own root.
"""

from __future__ import annotations

import ctypes
import os
import platform
import struct
import sys

# name, number on x86_64, number on aarch64
_REFUSED = """
unshare 272 97, setns 308 268, mount 165 40, umount2 166 39, pivot_root 155 41, open_tree 428 428,
move_mount 429 429, fsopen 430 430, fsconfig 431 431, fsmount 432 432, fspick 433 433,
mount_setattr 442 442, open_tree_attr 467 467, statmount 457 457, listmount 458 458,
open_by_handle_at 304 265, fanotify_init 300 262, quotactl 179 60, quotactl_fd 443 443,
sethostname 170 161, setdomainname 171 162, bpf 321 280, perf_event_open 298 241, lookup_dcookie 212 18,
syslog 103 116, add_key 248 217, request_key 249 218, keyctl 250 219, kexec_load 246 104,
kexec_file_load 320 294, init_module 175 105, finit_module 313 273, delete_module 176 106, swapon 167 224,
swapoff 168 225, reboot 169 142, acct 163 89, settimeofday 164 170, clock_settime 227 112, vhangup 153 58,
kcmp 312 272, pidfd_getfd 438 438, process_madvise 440 440, userfaultfd 323 282, get_mempolicy 239 236,
mbind 237 235, set_mempolicy 238 237, set_mempolicy_home_node 450 450, move_pages 279 239,
migrate_pages 256 238, nfsservctl 180 42, io_uring_setup 425 425, io_uring_enter 426 426,
io_uring_register 427 427, iopl 172 -, ioperm 173 -, ustat 136 -, sysfs 139 -, uselib 134 -, _sysctl 156 -,
create_module 174 -, get_kernel_syms 177 -, query_module 178 -
"""
_CHECKED = "clone 56 220, clone3 435 435, personality 135 92, socket 41 198"
# CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET
_NAMESPACES = 0x7E020000
_PERSONALITIES = (0x0, 0x8, 0x20000, 0x20008, 0xFFFFFFFF)
_AF_VSOCK = 40
# chown dac_override fowner fsetid kill setgid setuid setpcap net_bind_service net_raw sys_chroot mknod audit_write
# setfcap: what `docker run` leaves to root.
_CAPABILITIES = (0, 1, 3, 4, 5, 6, 7, 8, 10, 13, 18, 27, 29, 31)

_ALLOW, _EPERM, _ENOSYS = 0x7FFF0000, 0x00050001, 0x00050026
_LOAD, _RETURN, _JUMP_EQUAL, _JUMP_ANY_BIT = 0x20, 0x06, 0x15, 0x45
_SET_SECCOMP, _CAPBSET_DROP, _SET_NO_NEW_PRIVS = 22, 24, 38

Instruction = tuple[int, int, int, int]


def numbers(table: str, machine: str) -> dict[str, int]:
    column = {"x86_64": 1, "aarch64": 2}[machine]
    rows = (row.split() for row in table.replace("\n", " ").split(","))
    return {row[0]: int(row[column]) for row in rows if row[column] != "-"}


def program(machine: str) -> list[Instruction]:
    first_argument = (_LOAD, 0, 0, 16)
    calls = numbers(_CHECKED, machine)
    blocks = {number: [(_RETURN, 0, 0, _EPERM)] for number in numbers(_REFUSED, machine).values()}
    blocks[calls["clone3"]] = [(_RETURN, 0, 0, _ENOSYS)]
    refuse_else_allow = [(_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _EPERM)]
    blocks[calls["clone"]] = [first_argument, (_JUMP_ANY_BIT, 1, 0, _NAMESPACES), *refuse_else_allow]
    blocks[calls["socket"]] = [first_argument, (_JUMP_EQUAL, 1, 0, _AF_VSOCK), *refuse_else_allow]
    last = len(_PERSONALITIES) - 1
    tests = [(_JUMP_EQUAL, last - at, int(at == last), value) for at, value in enumerate(_PERSONALITIES)]
    blocks[calls["personality"]] = [first_argument, *tests, *refuse_else_allow]
    code: list[Instruction] = [(_LOAD, 0, 0, 0)]
    for number, block in blocks.items():
        code += [(_JUMP_EQUAL, 0, len(block), number), *block]
    return [*code, (_RETURN, 0, 0, _ALLOW)]


def enter(user: int | None) -> None:
    """Put this process under the profile for good, as root or as that user."""
    libc = ctypes.CDLL(None, use_errno=True)
    code = b"".join(struct.pack("=HBBI", *line) for line in program(platform.machine()))
    raw = ctypes.create_string_buffer(code)
    header = ctypes.create_string_buffer(struct.pack("@HP", len(code) // 8, ctypes.addressof(raw)))
    if os.geteuid() == 0:
        for capability in set(range(64)) - set(_CAPABILITIES):
            libc.prctl(_CAPBSET_DROP, capability, 0, 0, 0)  # takes effect at exec; the last ones do not exist
    else:
        assert libc.prctl(_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0
    assert libc.prctl(_SET_SECCOMP, 2, ctypes.byref(header), 0, 0) == 0, os.strerror(ctypes.get_errno())
    if user is not None:
        os.setgroups([])
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)


if __name__ == "__main__":
    words = sys.argv[1:]
    chosen = int(words[1]) if words[0] == "--user" else None
    command = words[2:] if words[0] == "--user" else words
    enter(chosen)
    os.execv(command[0], command)
