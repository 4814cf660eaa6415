"""Programs that want the kernel itself: calls that no solution of an exercise needs. Numbers of x86_64."""

from __future__ import annotations

from hostile import HELD, Case, attack

# name: number and arguments, of a call that would be done or would fail otherwise than by a rule
CALLS = {
    "bpf": "321, 0, b'\\1\\0\\0\\0\\4\\0\\0\\0\\4\\0\\0\\0\\1\\0\\0\\0', 16",
    "user-fault": "323, 1",
    "performance-events": "298, b'\\1\\0\\0\\0\\x70\\0\\0\\0' + bytes(112), 0, -1, -1, 0",
    "key-ring": "250, 0, -3, 1",
    "new-key": "248, b'user', b'x', b'y', 1, -3",
    "requested-key": "249, b'user', b'x', None, -3",
    "new-user-namespace": "272, 0x10000000",
    "new-mount-namespace": "272, 0x00020000",
    "new-network-namespace": "272, 0x40000000",
    "shared-files-undone": "272, 0x400",
    "entered-namespace": "308, 0, 0",
    "mount": "165, b'none', b'/tmp', b'tmpfs', 0, None",
    "mount-bound": "165, b'/', b'/tmp', None, 4096, None",
    "unmount": "166, b'/tmp', 2",
    "new-mount-interface": "430, b'tmpfs', 0",
    "mount-moved": "429, -100, b'/tmp', -100, b'/', 0",
    "tree-opened": "428, -100, b'/', 1",
    "mount-attributes": "442, -100, b'/', 0, bytes(32), 32",
    "pivot-root": "155, b'/', b'/tmp'",
    "change-root": "161, b'/tmp'",
    "kexec": "246, 0, 0, None, 0",
    "kexec-of-a-file": "320, 0, 0, 0, None, 0",
    "module-loaded": "175, b'x', 1, b''",
    "module-loaded-of-a-file": "313, 0, b'', 0",
    "module-removed": "176, b'loop', 0",
    "personality": "135, 0x40000",
    "time-set": "164, bytes(16), None",
    "clock-set": "227, 0, bytes(16)",
    "clock-adjusted": "159, b'\\1' + bytes(255)",
    "clock-adjusted-by-id": "305, 0, b'\\1' + bytes(255)",
    "host-name": "170, b'hostile', 7",
    "domain-name": "171, b'hostile', 7",
    "swap-on": "167, b'/tmp/x', 0",
    "swap-off": "168, b'/tmp/x'",
    "reboot": "169, 0xfee1dead - (1 << 32), 672274793, 0, None",
    "port-level": "172, 3",
    "port-permission": "173, 0x80, 1, 1",
    "segment-table": "154, 1, bytes(16), 16",
    "filter-by-seccomp": "317, 1, 0, b'\\1\\0' + bytes(14)",
    "filter-by-prctl": "157, 22, 2, b'\\1\\0' + bytes(14), 0, 0",
    "strict-seccomp": "317, 0, 0, None",
    "ruleset": "444, b'\\1' + bytes(7), 8, 0",
    "rule": "445, 0, 1, bytes(16), 0",
    "ruleset-applied": "446, 0, 0",
    "memory-of-the-parent-read": "310, __import__('os').getppid(), bytes(16), 1, bytes(16), 1, 0",
    "memory-of-the-victim-written": "311, VICTIM, bytes(16), 1, bytes(16), 1, 0",
    "advice-on-memory-of-others": "440, 0, bytes(16), 1, 4, 0",
    "memory-of-others-released": "448, 0, 0",
    "comparison-of-processes": "312, 1, 1, 0, 0, 0",
    "quotas": "179, 0x800007, None, 0, None",
    "kernel-log": "103, 10, None, 0",
    "accounting": "163, b'/tmp/x'",
    "all-files-watched": "300, 0, 0",
    "user": "105, 0",
    "users": "117, 0, 0, 0",
    "group": "106, 0",
    "groups": "116, 0, None",
    "file-user": "122, 0",
    "capabilities": "126, b'\\x22\\5\\x08\\x20' + bytes(4), b'\\xff' * 24",
    "ambient-capabilities": "157, 47, 2, 21, 0, 0",
    "kept-capabilities": "157, 8, 1, 0, 0, 0",
    "security-bits": "157, 28, 1, 0, 0, 0",
    "machine-checks": "157, 33, 0, 0, 0, 0",
    "speculation": "157, 53, 0, 2, 0, 0",
    "terminal-hung-up": "153",
    "pages-moved": "279, 0, 0, None, None, None, 0",
    "memory-policy": "238, 0, None, 0",
    "pages-spliced": "278, 1, b'x' * 16, 1, 0",
    "pages-teed": "276, 0, 1, 1, 0",
    "memory-locked": "151, 1",
    "timer-with-a-thread": "222, 0, None, __import__('ctypes').create_string_buffer(8)",
    "priority-of-disks": "251, 1, 0, 0",
    "scheduling-attributes": "314, 0, bytes(56), 0",
    "user-mode-helper": "134, b'/tmp/x'",
    "system-settings": "156, bytes(80)",
    "number-beyond-the-table": "999",
    "negative-number": "-5",
    "x32-call": "0x40000000 + 39",
    "x32-fork": "0x40000000 + 57",
    "x32-only-call": "0x40000000 + 520, b'/bin/true', None, None",
}
BY_NUMBER = [attack(f"call-{name}", f"refused({arguments})") for name, arguments in CALLS.items()]

# Machine code: mov eax, NUMBER; int 0x80; ret. Refused pages that run are as good as a refused call.
I386 = """
import ctypes, mmap
def enter(number):
    try:
        page = mmap.mmap(-1, 4096, prot=7)
    except OSError:
        return -1
    page.write(b"\\xb8" + number.to_bytes(4, "little") + b"\\xcd\\x80\\xc3")
    return ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(page)))()
"""
OTHER_WAYS = [
    attack("i386-entry", I386 + "if enter(20) > 0:\n    import os; os._exit(9)", HELD | {"crash"}),
    attack("i386-fork", I386 + "if enter(2) >= 0:\n    import os; os._exit(9)", HELD | {"crash"}),
    attack("i386-exit", I386 + "enter(1)", HELD | {"crash"}),
    attack(
        "call-by-machine-code",
        # mov eax, 57 (fork); syscall; ret
        """
import ctypes, mmap
try:
    page = mmap.mmap(-1, 4096, prot=7)
except OSError:
    pass
else:
    page.write(b"\\xb8\\x39\\0\\0\\0\\x0f\\x05\\xc3")
    if ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(page)))() >= 0:
        import os; os._exit(9)
""",
    ),
    attack(
        "call-in-a-thread",
        "import threading\nthread = threading.Thread(target=refused, args=(272, 0x10000000))\n"
        "thread.start()\nthread.join()",
    ),
    attack(
        "call-in-a-signal-handler",
        "import signal, os\nsignal.signal(10, lambda *_: refused(272, 0x10000000))\nos.kill(os.getpid(), 10)",
    ),
    attack("set-clock-of-python", "import time\ndenied(lambda: time.clock_settime(time.CLOCK_REALTIME, 0))"),
    attack("set-host-name-of-python", "import socket\ndenied(lambda: socket.sethostname('hostile'))"),
    attack(
        "set-user-of-python",
        "import os\ndenied(lambda: os.setuid(0), lambda: os.setgid(0), lambda: os.setresuid(0, 0, 0))",
    ),
    attack("not-the-user-zero", "import os\nassert os.getuid() and os.geteuid()", needs_namespaces=True),
    attack(
        "no-capabilities",
        "import ctypes\nlibc = native()\n"
        "for name in range(41): assert libc.prctl(23, name, 0, 0, 0) in (0, -1)",
    ),
    attack("no-new-privileges", "assert native().prctl(39, 0, 0, 0, 0) in (1, -1)"),
    attack("undo-no-new-privileges", "import os\nif native().prctl(38, 0, 0, 0, 0) != -1: os._exit(9)"),
    attack("vdso-and-guard-pages", "import ctypes\nctypes.memset(0, 0, 1)", frozenset({"crash"})),
    attack(
        "page-at-zero",
        "import ctypes, os\nlibc = native()\nlibc.mmap.restype = ctypes.c_void_p\n"
        "found = libc.mmap(None, ctypes.c_size_t(4096), 3, 0x32, -1, ctypes.c_long(0))\n"
        "if found in (None, 0): os._exit(9)",
    ),
    attack(
        "terminal-input-pushed",
        "import ctypes\nfor fd in open_descriptors():\n"
        "    if native().ioctl(fd, ctypes.c_ulong(0x5412), b'x') != -1:\n        import os; os._exit(9)",
    ),
    attack(
        "terminal-input-pushed-with-high-bits",
        "import ctypes\nfor fd in open_descriptors():\n"
        "    if native().syscall(ctypes.c_long(16), ctypes.c_long(fd), ctypes.c_long((1 << 32) | "
        "0x5412), b'x') != -1:\n"
        "        import os; os._exit(9)",
    ),
    attack(
        "flags-of-a-file",
        "import ctypes, os\nfd = os.open(os.__file__, 0)\n"
        "if native().ioctl(fd, ctypes.c_ulong(0x40086602), ctypes.byref(ctypes.c_long(0x20))) != -1: "
        "os._exit(9)",
    ),
]
CASES: list[Case] = [*BY_NUMBER, *OTHER_WAYS]
