"""Programs that want another process: to make one, to become one, to signal one, to look into one."""

from __future__ import annotations

from hostile import OVERTIME, Case, attack

CASES: list[Case] = [
    attack("fork", "import os\ndenied(os.fork)"),
    attack("fork-by-number", "refused(57)"),
    attack("vfork-by-number", "refused(58)"),
    attack("fork-by-a-number-with-high-bits", "refused((1 << 32) | 57)"),
    attack("clone-as-fork", "refused(56, 17, 0, 0, 0, 0)"),
    attack("clone-as-fork-with-shared-memory", "refused(56, 0x4100 | 17, 0, 0, 0, 0)"),
    attack("clone-with-a-new-user-namespace", "refused(56, 0x10000000 | 17, 0, 0, 0, 0)"),
    attack(
        "clone-thread-with-a-new-namespace", "refused(56, 0x10000 | 0x800 | 0x100 | 0x20000000, 0, 0, 0, 0)"
    ),
    attack(
        "clone3",
        """
        import ctypes
        words = (ctypes.c_ulonglong * 11)()
        words[4] = 17
        refused(435, words, 88)
        """,
    ),
    attack("fork-pty", "import pty\ndenied(pty.fork)"),
    attack("fork-of-libc", "import os\nif native().fork() != -1: os._exit(9)"),
    attack(
        "spawn-of-libc",
        """
        import ctypes, os
        pid = ctypes.c_int(0)
        words = (ctypes.c_char_p * 2)(b"true", None)
        if native().posix_spawn(ctypes.byref(pid), b"/bin/true", None, None, words, None) == 0:
            os._exit(9)
        """,
    ),
    attack("system-of-libc", "import os\nif native().system(b'exit 0') == 0: os._exit(9)"),
    attack("execve", "import os\ndenied(lambda: os.execve('/bin/true', ['true'], {}))"),
    attack(
        "execve-of-the-interpreter",
        "import os, sys\ndenied(lambda: os.execve(sys.executable or '/usr/bin/python3', ['python'], {}))",
    ),
    attack("execve-by-number", "refused(59, b'/bin/true', None, None)"),
    attack("execveat-by-number", "refused(322, -100, b'/bin/true', None, None, 0)"),
    attack(
        "execve-of-a-scratch-file",
        """
        import os
        try:
            with open("/tmp/run", "w") as file:
                file.write("#!/bin/sh\\ntrue\\n")
        except OSError:
            pass
        refused(59, b"/tmp/run", None, None)
        """,
    ),
    attack("posix-spawn", "import os\ndenied(lambda: os.posix_spawn('/bin/true', ['true'], {}))"),
    attack(
        "system",
        "import os\ntry:\n    status = os.system('true')\nexcept OSError:\n    status = -1\n"
        "if status == 0: os._exit(9)",
    ),
    attack("subprocess", "import subprocess\ndenied(lambda: subprocess.run(['/bin/true']))"),
    attack(
        "subprocess-with-a-shell",
        "import subprocess\ndenied(lambda: subprocess.check_output('true', shell=True))",
    ),
    attack("popen", "import os\ndenied(lambda: os.popen('true').read())"),
    attack("multiprocessing", "import multiprocessing\ndenied(multiprocessing.Process(target=print).start)"),
    attack(
        "process-pool",
        """
        import concurrent.futures
        def use():
            with concurrent.futures.ProcessPoolExecutor(1) as pool:
                pool.submit(abs, 1).result()
        denied(use)
        """,
    ),
    attack(
        "asynchronous-subprocess",
        """
        import asyncio
        async def main():
            await asyncio.create_subprocess_exec("/bin/true")
        denied(lambda: asyncio.run(main()))
        """,
    ),
    attack(
        "daemon",
        """
        import os
        def leave():
            if os.fork() == 0:
                os.setsid()
                if os.fork() == 0:
                    while True: pass
                os._exit(0)
        denied(leave)
        """,
    ),
    attack(
        "fork-bomb",
        "import os\nwhile True:\n    try: os.fork()\n    except OSError: pass",
        OVERTIME | {"forbidden"},
    ),
    attack(
        "fork-in-a-thread",
        "import os, threading\nthread = threading.Thread(target=lambda: denied(os.fork))\n"
        "thread.start()\nthread.join()",
    ),
    attack("kill-the-victim", "import os\ndenied(lambda: os.kill(VICTIM, 9))"),
    attack("stop-the-victim", "import os\ndenied(lambda: os.kill(VICTIM, 19))"),
    attack("kill-the-test", "import os\ndenied(lambda: os.kill(TESTER, 9))"),
    attack("kill-the-parent", "import os\ndenied(lambda: os.kill(os.getppid(), 9))"),
    attack("kill-process-one", "import os\ndenied(lambda: os.kill(1, 9))"),
    attack("kill-everybody", "import os\ndenied(lambda: os.kill(-1, 9))"),
    attack("kill-the-own-group", "import os\ndenied(lambda: os.killpg(0, 9), lambda: os.kill(0, 9))"),
    attack("kill-the-group-of-the-victim", "import os\ndenied(lambda: os.killpg(VICTIM, 9))"),
    attack(
        "kill-every-number",
        "import os\nfor pid in range(2, 3000):\n    if pid != os.getpid(): denied(lambda: os.kill(pid, 9))",
    ),
    attack("kill-by-number-with-high-bits", "refused((1 << 32) | 62, -1, 9)"),
    attack("tkill-the-parent", "import os\nrefused(200, os.getppid(), 9)"),
    attack("tgkill-the-parent", "import os\nrefused(234, os.getppid(), os.getppid(), 9)"),
    attack(
        "queued-signal-to-the-parent",
        "import ctypes, os\nrefused(129, os.getppid(), 9, ctypes.create_string_buffer(128))",
    ),
    attack(
        "queued-signal-to-a-thread-of-the-parent",
        "import ctypes, os\nrefused(297, os.getppid(), os.getppid(), 9, ctypes.create_string_buffer(128))",
    ),
    attack("pidfd-of-the-parent", "import os\nrefused(434, os.getppid(), 0)"),
    attack("pidfd-of-itself", "import os\nrefused(434, os.getpid(), 0)"),
    attack("signal-by-pidfd", "refused(424, 0, 9, None, 0)"),
    attack("descriptor-by-pidfd", "refused(438, 0, 0, 0)"),
    attack(
        "signal-by-the-owner-of-a-pipe",
        """
        import fcntl, os
        r, w = os.pipe()
        for owner in (os.getppid(), 1):
            denied(lambda: fcntl.fcntl(r, fcntl.F_SETOWN, owner))
        """,
    ),
    attack(
        "signal-by-the-extended-owner-of-a-pipe",
        """
        import fcntl, os, struct
        r, w = os.pipe()
        denied(lambda: fcntl.fcntl(r, 15, struct.pack("ii", 1, os.getppid())))
        """,
    ),
    attack(
        "signal-number-of-a-pipe", "import fcntl, os\nr, w = os.pipe()\ndenied(lambda: fcntl.fcntl(r, 10, 9))"
    ),
    attack(
        "signal-by-a-lease", "import fcntl, os\nr, w = os.pipe()\ndenied(lambda: fcntl.fcntl(r, 1024, 0))"
    ),
    attack("signal-by-a-message-queue", "refused(240, b'/queue', 0o102, 0o600, None)"),
    attack(
        "owner-by-ioctl",
        """
        import ctypes, os, socket, struct
        pair = socket.socketpair()
        for number in (0x8901, 0x8902, 0x5452):
            word = ctypes.c_int(os.getppid() if number != 0x5452 else 1)
            if native().ioctl(pair[0].fileno(), ctypes.c_ulong(number), ctypes.byref(word)) != -1:
                os._exit(9)
        """,
    ),
    attack("trace-the-parent", "import os\nrefused(101, 16, os.getppid(), 0, 0)"),
    attack("trace-me", "refused(101, 0, 0, 0, 0)"),
    attack("seize-the-victim", "refused(101, 0x4206, VICTIM, 0, 0)"),
    attack("session-of-its-own", "import os\ndenied(os.setsid)"),
    attack("group-of-its-own", "import os\ndenied(lambda: os.setpgid(0, 0), lambda: os.setpgrp())"),
    attack("survive-the-parent", "refused(157, 1, 0, 0, 0, 0)"),
    attack("dumpable-again", "refused(157, 4, 1, 0, 0, 0)"),
    attack("reaper-of-orphans", "refused(157, 36, 1, 0, 0, 0)"),
    attack("tracer-by-permission", "refused(157, 0x59616d61, -1, 0, 0, 0)"),
    attack("memory-map-rewritten", "refused(157, 35, 1, 0, 0, 0)"),
    attack(
        "raised-memory-limit",
        "import resource\n"
        "try:\n    resource.setrlimit(resource.RLIMIT_AS, (-1, -1))\nexcept (OSError, ValueError):\n"
        "    pass\n"
        "else:\n    import os; os._exit(9)",
    ),
    attack(
        "raised-time-limit",
        "import resource\n"
        "try:\n    resource.setrlimit(resource.RLIMIT_CPU, (-1, -1))\nexcept (OSError, ValueError):\n"
        "    pass\n"
        "else:\n    import os; os._exit(9)",
    ),
    attack(
        "raised-limit-by-number",
        "import ctypes\nrefused(302, 0, 9, (ctypes.c_ulonglong * 2)(2**64 - 1, 2**64 - 1), None)",
    ),
    attack(
        "limits-of-the-parent",
        "import ctypes, os\nrefused(302, os.getppid(), 7, (ctypes.c_ulonglong * 2)(0, 0), None)",
    ),
    attack(
        "priority-of-the-parent",
        "import os\ndenied(lambda: os.setpriority(os.PRIO_PROCESS, os.getppid(), 19))",
    ),
    attack("priority-of-its-own", "import os\ndenied(lambda: os.setpriority(os.PRIO_PROCESS, 0, -20))"),
    attack(
        "real-time-scheduling",
        "import os\ndenied(lambda: os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(99)))",
    ),
    attack("reaping-the-children-of-others", "import os\ndenied(lambda: os.waitpid(-1, os.WNOHANG))"),
]
