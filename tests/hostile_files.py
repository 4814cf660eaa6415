"""Programs that want files or secrets: to read, to change, to leave behind, to find in the environment."""

from __future__ import annotations

from hostile import HELD, Case, attack

SHOW = """
def show(attempt):
    try:
        print(attempt())
    except (OSError, ValueError, UnicodeDecodeError):
        pass
"""


def reading(name: str, program: str, *, needs_namespaces: bool = False) -> Case:
    """It prints what it finds: no secret of the test may be among it."""
    return attack(name, SHOW + program, HELD, needs_namespaces=needs_namespaces)


READS = [
    attack("read-the-secret", "denied(lambda: open(CANARY + '/secret').read())"),
    attack(
        "read-the-secret-by-number",
        "refused_or_hidden = native().syscall(2, (CANARY + '/secret').encode(), 0, 0)\n"
        "import os\nif refused_or_hidden >= 0: os._exit(9)",
    ),
    attack("list-the-folder-of-the-secret", "import os\ndenied(lambda: os.listdir(CANARY))"),
    attack(
        "stat-of-the-secret", "import os\ndenied(lambda: os.stat(CANARY + '/secret'))", needs_namespaces=True
    ),
    attack(
        "access-to-the-secret",
        "import os\nif os.access(CANARY + '/secret', os.F_OK): os._exit(9)",
        needs_namespaces=True,
    ),
    attack(
        "read-the-link-to-the-secret",
        "import os\ndenied(lambda: os.readlink(CANARY + '/link'))",
        needs_namespaces=True,
    ),
    attack(
        "read-the-secret-by-a-link",
        """
        import os
        def follow():
            os.symlink(CANARY + "/secret", "/tmp/link")
            return open("/tmp/link").read()
        denied(follow)
        """,
    ),
    attack(
        "read-the-secret-by-dots", "denied(lambda: open('/tmp' + '/..' * 40 + CANARY + '/secret').read())"
    ),
    attack(
        "read-the-secret-by-an-open-folder",
        """
        import os
        root = os.open("/", getattr(os, "O_PATH", 0o10000000))
        denied(lambda: os.open(CANARY[1:] + "/secret", os.O_RDONLY, dir_fd=root))
        """,
    ),
    attack(
        "read-the-secret-by-openat2",
        "import ctypes\nrefused(437, -100, (CANARY + '/secret').encode(), (ctypes.c_ulonglong * 3)(), 24)",
    ),
    attack(
        "map-the-secret",
        "import mmap, os\ndenied(lambda: mmap.mmap(os.open(CANARY + '/secret', 0), 4, prot=1))",
    ),
    attack("watch-the-folder-of-the-secret", "refused(294, 0)"),
    attack(
        "read-passwords", "denied(lambda: open('/etc/passwd').read(), lambda: open('/etc/shadow').read())"
    ),
    attack(
        "read-the-host-name",
        "denied(lambda: open('/etc/hostname').read(), lambda: open('/proc/sys/kernel/hostname').read())",
    ),
    attack("read-the-home", "import os\ndenied(lambda: os.listdir('/home'))"),
    attack(
        "read-keys-of-root",
        "denied(lambda: open('/root/.ssh/id_rsa').read(), lambda: open('/root/.bash_history').read())",
    ),
    attack("read-own-memory", "denied(lambda: open('/proc/self/mem', 'rb').read(1))"),
    attack("read-own-maps", "denied(lambda: open('/proc/self/maps').read())"),
    attack("list-processes", "import os\ndenied(lambda: os.listdir('/proc'))"),
    attack("read-the-environment-of-the-test", "denied(lambda: open(f'/proc/{TESTER}/environ').read())"),
    attack(
        "read-the-kernel-log", "denied(lambda: open('/dev/kmsg').read(1), lambda: open('/proc/kmsg').read(1))"
    ),
    attack(
        "read-devices",
        "denied(*(lambda p=p: open('/dev/' + p, 'rb').read(1) for p in ('mem', 'kmem', 'sda', 'vda', "
        "'tty', 'ptmx')))",
    ),
    attack(
        "read-system-settings",
        "import os\ndenied(lambda: os.listdir('/sys'), lambda: open('/proc/sys/kernel/core_pattern').read())",
    ),
    attack("read-run-and-var", "import os\ndenied(lambda: os.listdir('/run'), lambda: os.listdir('/var'))"),
    attack("read-the-project", "denied(lambda: open(PROJECT).read())"),
    reading("print-the-environment", "import os\nprint(dict(os.environ), os.environb)"),
    reading(
        "print-the-environment-of-libc",
        """
import ctypes
libc = native()
words = ctypes.POINTER(ctypes.c_char_p).in_dll(libc, "environ")
at = 0
while words and words[at]:
    print(words[at])
    at += 1
""",
    ),
    reading(
        "print-the-stack-above-main",
        """
import ctypes, os
libc = native()
libc.write.argtypes = (ctypes.c_int, ctypes.c_void_p, ctypes.c_size_t)
r, w = os.pipe()
start = ctypes.addressof(ctypes.c_char_p.in_dll(libc, "program_invocation_name"))
name = ctypes.c_void_p.in_dll(libc, "program_invocation_name").value or start
page, texts = name >> 12 << 12, []
while libc.write(w, page, 4096) == 4096 and len(texts) < 64:
    texts.append(os.read(r, 4096))
    page += 4096
print(b"".join(texts).replace(b"\\0", b" ").decode("latin-1")[:50000])
""",
    ),
    reading("print-the-arguments", "import sys\nprint(sys.argv, sys.orig_argv, sys.flags, sys.path)"),
    reading(
        "print-inherited-descriptors",
        """
import os
for fd in open_descriptors():
    show(lambda: os.pread(fd, 4096, 0))
    os.set_blocking(fd, False)
    show(lambda: os.read(fd, 4096))
""",
    ),
    reading(
        "print-inherited-folders",
        """
import os
for fd in open_descriptors():
    show(lambda: os.listdir(fd))
    show(lambda: os.read(os.open("secret", os.O_RDONLY, dir_fd=fd), 4096))
    show(lambda: os.read(os.open("..", os.O_RDONLY, dir_fd=fd), 4096))
""",
    ),
    reading(
        "print-the-heap-for-a-secret",
        """
import gc
for thing in gc.get_objects():
    if type(thing) is dict:
        for value in list(thing.values()):
            if isinstance(value, (str, bytes)) and "hornbook" in str(value):
                print(value)
""",
    ),
]
ATTRIBUTES = """
import ctypes, os
path = (CANARY + "/secret").encode()
"""
WRITES = [
    attack(
        "write-to-the-secret",
        "denied(lambda: open(CANARY + '/secret', 'w'), lambda: open(CANARY + '/secret', 'a'))",
    ),
    attack("new-file-beside-the-secret", "denied(lambda: open(CANARY + '/new', 'w'))"),
    attack("new-folder-beside-the-secret", "import os\ndenied(lambda: os.mkdir(CANARY + '/new'))"),
    attack(
        "remove-the-secret",
        "import os\ndenied(lambda: os.unlink(CANARY + '/secret'), lambda: os.rmdir(CANARY + '/empty'))",
    ),
    attack("truncate-the-secret", "import os\ndenied(lambda: os.truncate(CANARY + '/secret', 0))"),
    attack(
        "rename-the-secret", "import os\ndenied(lambda: os.rename(CANARY + '/secret', CANARY + '/other'))"
    ),
    attack(
        "move-the-secret-to-scratch",
        "import os\ndenied(lambda: os.rename(CANARY + '/secret', '/tmp/secret'))",
    ),
    attack("link-the-secret", "import os\ndenied(lambda: os.link(CANARY + '/secret', '/tmp/secret'))"),
    attack(
        "symbolic-link-beside-the-secret", "import os\ndenied(lambda: os.symlink('/etc', CANARY + '/link2'))"
    ),
    attack(
        "exchange-with-the-secret",
        "if native().syscall(316, -100, (CANARY + '/secret').encode(), -100,\n"
        "        (CANARY + '/script').encode(), 2) == 0:\n    import os; os._exit(9)",
    ),
    attack("mode-of-the-secret", "import os\ndenied(lambda: os.chmod(CANARY + '/secret', 0o777))"),
    attack(
        "mode-of-the-secret-by-numbers",
        ATTRIBUTES + "refused(90, path, 0o777)\nrefused(268, -100, path, 0o777)",
    ),
    attack(
        "owner-of-the-secret",
        "import os\ndenied(lambda: os.chown(CANARY + '/secret', 1, 1), lambda: os.lchown(CANARY, 1, 1))",
    ),
    attack(
        "owner-of-the-secret-by-numbers",
        ATTRIBUTES + "refused(92, path, 1, 1)\nrefused(94, path, 1, 1)\nrefused(260, -100, path, 1, 1, 0)",
    ),
    attack("times-of-the-secret", "import os\ndenied(lambda: os.utime(CANARY + '/secret', (1, 1)))"),
    attack(
        "times-of-the-secret-by-numbers",
        ATTRIBUTES + "refused(132, path, None)\nrefused(235, path, None)\nrefused(280, -100, path, None, 0)\n"
        "refused(261, -100, path, None)",
    ),
    attack(
        "attributes-of-the-secret",
        "import os\ndenied(lambda: os.setxattr(CANARY + '/secret', 'user.x', b'1'))",
    ),
    attack(
        "attributes-of-the-secret-by-numbers",
        ATTRIBUTES + "refused(188, path, b'user.x', b'1', 1, 0)\nrefused(189, path, b'user.x', b'1', 1, 0)\n"
        "refused(197, path, b'user.x')",
    ),
    attack(
        "device-node",
        "import os, stat\ndenied(lambda: os.mknod('/tmp/null', 0o666 | stat.S_IFCHR, os.makedev(1, 3)))",
    ),
    attack(
        "named-pipe", "import os\ndenied(lambda: os.mkfifo('/tmp/pipe'), lambda: os.mkfifo(CANARY + '/pipe'))"
    ),
    attack("file-in-memory", "import os\ndenied(lambda: os.memfd_create('x'))"),
    attack("file-in-memory-by-number", "refused(319, b'x', 0)"),
    attack("secret-memory", "refused(447, 0)"),
    attack("unnamed-file", "import os\ndenied(lambda: os.open(CANARY, os.O_TMPFILE | os.O_RDWR))"),
    attack(
        "handle-of-a-path",
        ATTRIBUTES
        + "refused(303, -100, path, ctypes.create_string_buffer(136), ctypes.byref(ctypes.c_int()), 0)",
    ),
    attack("open-by-handle", "import ctypes\nrefused(304, -100, ctypes.create_string_buffer(136), 0)"),
    attack(
        "write-to-the-library",
        "import os\nhome = os.path.dirname(os.__file__)\n"
        "denied(lambda: open(home + '/planted.py', 'w'), lambda: open(os.__file__, 'a'), lambda: "
        "os.unlink(os.__file__))",
    ),
    attack(
        "write-to-the-cache-of-the-library",
        "import os\nhome = os.path.dirname(os.__file__)\n"
        "denied(lambda: os.mkdir(home + '/planted'), lambda: open(home + "
        "'/__pycache__/os.cpython-311.pyc', 'r+b'))",
    ),
    attack(
        "write-to-the-root", "import os\ndenied(lambda: open('/planted', 'w'), lambda: os.mkdir('/planted'))"
    ),
    attack(
        "write-to-devices",
        "denied(*(lambda p=p: open('/dev/' + p, 'r+b', 0).write(b'x') for p in ('mem', 'kmsg', 'shm/x', "
        "'tty')))",
    ),
    attack(
        "rename-of-the-scratch-folder",
        "import os\ndenied(lambda: os.rename('/tmp', '/tmp2'), lambda: os.rmdir('/tmp'))",
    ),
    attack(
        "write-by-inherited-descriptors",
        """
        import os
        for fd in open_descriptors():
            if fd > 2:
                denied(lambda: os.open("planted", os.O_CREAT | os.O_WRONLY, dir_fd=fd))
        """,
    ),
    attack(
        "lock-on-the-secret",
        "import fcntl, os\ndenied(lambda: fcntl.flock(os.open(CANARY + '/secret', 0), 2))",
    ),
    attack(
        "change-into-the-folder-of-the-secret",
        "import os\ndenied(lambda: (os.chdir(CANARY), open('secret').read()))",
    ),
    attack("shared-memory-of-system-v", "refused(29, 1234, 4096, 0o1666)"),
    attack("semaphore-of-system-v", "refused(64, 1234, 1, 0o1666)"),
    attack("queue-of-system-v", "refused(68, 1234, 0o1666)"),
    attack(
        "shared-memory-of-posix",
        "from multiprocessing import shared_memory\n"
        "denied(lambda: shared_memory.SharedMemory('hornbook', True, 4096))",
    ),
]
# Each is followed by good jobs that look for what it left.
LEFTOVERS = [
    attack(
        "leftover-files",
        "import os\ntry:\n    for n in range(50):\n        os.makedirs(f'/tmp/{n}/x')\n"
        "        open(f'/tmp/{n}/x/y', 'w').write('x')\nexcept OSError: pass",
    ),
    attack(
        "leftover-closed-folders",
        "import os\nos.umask(0o777)\ntry:\n    os.makedirs('/tmp/a')\n    os.mkdir('/tmp/b')\n"
        "except OSError: pass",
    ),
    attack(
        "leftover-closed-folder-in-a-folder",
        "import os\ntry:\n    os.mkdir('/tmp/a')\n    os.mkdir('/tmp/a/b', 0)\nexcept OSError: pass",
    ),
    attack(
        "leftover-depth",
        "import os\ntry:\n    for _ in range(200):\n        os.mkdir('d' * 200, 0o700)\n"
        "        os.chdir('d' * 200)\n"
        "    open('deep', 'w').write('x')\nexcept OSError: pass",
    ),
    attack(
        "leftover-links",
        "import os\ntry:\n    os.symlink('/tmp', '/tmp/loop')\n    os.symlink('/', '/tmp/root')\n"
        "    os.symlink('nowhere', b'/tmp/\\xff\\n')\nexcept OSError: pass",
    ),
    attack(
        "leftover-odd-names",
        "import os\nfor name in (b'-rf', b'\\x01', b'\\xff\\xfe', b'a\\nb', b' ', b'*', b'x' * 255):\n"
        "    try: open(b'/tmp/' + name, 'w').close()\n    except OSError: pass",
    ),
    attack(
        "leftover-open-files",
        "import os\ntry:\n    kept = open('/tmp/kept', 'w')\n    os.unlink('/tmp/kept')\n"
        "    kept.write('x' * 10**6)\n"
        "except OSError: pass",
    ),
    attack("leftover-umask-and-folder", "import os\nos.umask(0o777)\nos.chdir('/')"),
    attack(
        "leftover-state-of-modules",
        """
        import builtins, math, os, random, sys
        builtins.leaked = math.pi = 3
        sys.modules["json"] = None
        sys.path.clear()
        os.environ["LEAKED"] = "1"
        random.seed(1)
        builtins.print = None
        """,
    ),
    attack(
        "leftover-signals-and-timers",
        "import signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))\nsignal.setitimer(signal.ITIMER_REAL, 0.001)",
    ),
    attack(
        "leftover-locks",
        "import fcntl, os\nfor fd in open_descriptors():\n"
        "    try: fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)\n"
        "    except OSError: pass",
    ),
    attack(
        "leftover-flags-of-descriptors", "import os\nfor fd in open_descriptors(): os.set_blocking(fd, False)"
    ),
    attack(
        "leftover-shut-sockets",
        """
        import os, socket
        for fd in open_descriptors():
            try:
                socket.socket(fileno=os.dup(fd)).shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
        os._exit(0)
        """,
        frozenset({"exit"}),
    ),
]
CASES: list[Case] = [*READS, *WRITES, *LEFTOVERS]
