"""Programs that want more time than they are given, or that make somebody else wait."""

from __future__ import annotations

from hostile import CAUGHT, CPU, ENDED, HELD, MEMORY, OVERTIME, SHORT, WALL, Case, attack, fake

LATE = OVERTIME | CAUGHT
"""Where the verdict may be given before the program is late."""


def late(name: str, program: str, accept: frozenset[str]) -> Case:
    return attack(name, program, accept, limits=SHORT)


def late_answer(
    name: str, program: str, tests: str = "assert f(3) == 41", accept: frozenset[str] = OVERTIME
) -> Case:
    return fake(name, program, tests, accept, limits=SHORT)


LOOPS = [
    late("loop", "while True: pass", CPU),
    late(
        "loop-that-catches-everything",
        "while True:\n    try:\n        while True: pass\n    except BaseException: pass",
        CPU,
    ),
    late(
        "loop-deaf-to-signals",
        """
        import signal
        for number in range(1, 65):
            try:
                signal.signal(number, signal.SIG_IGN)
            except (OSError, ValueError):
                pass
        signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
        while True: pass
        """,
        CPU,
    ),
    late(
        "loop-of-alarms",
        """
        import signal
        signal.signal(signal.SIGALRM, lambda *_: None)
        signal.setitimer(signal.ITIMER_REAL, 0.001, 0.001)
        while True: pass
        """,
        CPU,
    ),
    late(
        "loop-of-profiling-timers",
        """
        import signal
        signal.signal(signal.SIGPROF, lambda *_: None)
        signal.signal(signal.SIGVTALRM, lambda *_: None)
        signal.setitimer(signal.ITIMER_PROF, 0.001, 0.001)
        signal.setitimer(signal.ITIMER_VIRTUAL, 0.001, 0.001)
        while True: pass
        """,
        CPU,
    ),
    late(
        "loop-of-signals-to-itself",
        "import os, signal\nsignal.signal(10, lambda *_: os.kill(os.getpid(), 10))\n"
        "os.kill(os.getpid(), 10)\nwhile True: pass",
        OVERTIME | {"error", "crash", "memory"},
    ),
    late("loop-of-yields", "import os\nwhile True: os.sched_yield()", OVERTIME),
    late("loop-of-short-sleeps", "import time\nwhile True: time.sleep(0.0001)", OVERTIME),
    late(
        "loop-in-threads",
        "import threading\nthreading.stack_size(65536)\ndef spin():\n    while True: pass\n"
        "threads = [threading.Thread(target=spin) for _ in range(4)]\nfor t in threads: t.start()\n"
        "for t in threads: t.join()",
        OVERTIME,
    ),
    late(
        "loop-in-a-daemon-thread",
        "import threading, time\ndef spin():\n    while True: pass\n"
        "threading.Thread(target=spin, daemon=True).start()\ntime.sleep(99)",
        OVERTIME,
    ),
    late(
        "loop-in-an-exception-handler",
        "def f():\n    try:\n        1 / 0\n    except ZeroDivisionError:\n        while True: pass\nf()",
        CPU,
    ),
    late("exponential-recursion", "def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)\nfib(60)", CPU),
    late("catastrophic-regex", "import re\nre.match(r'(a+)+$', 'a' * 64 + 'b')", CPU),
    late("large-power", "x = 7 ** (7 ** 9)", CPU | MEMORY),
    late("large-factorial", "import math\nmath.factorial(10 ** 7)", CPU | MEMORY),
    late(
        "slow-sort", "import functools, itertools\nsorted(range(10**5), key=lambda _: sum(range(10**4)))", CPU
    ),
    late("endless-iterator-in-native-code", "import itertools\nsum(itertools.repeat(0))", CPU),
    late("endless-search-in-native-code", "import itertools\n1 in itertools.repeat(0)", CPU),
    late("hash-of-a-shared-tuple", "t = ()\nfor _ in range(64): t = (t, t)\nhash(t)", CPU),
    late("equality-of-shared-lists", "a, b = [], []\nfor _ in range(64): a, b = [a, a], [b, b]\na == b", CPU),
    late(
        "generator-that-never-closes",
        "def g():\n    while True:\n        try:\n            yield\n"
        "        except GeneratorExit:\n            while True: pass\nx = g()\nnext(x)\ndel x",
        CPU,
    ),
]

WAITS = [
    late("sleep", "import time\ntime.sleep(999)", WALL),
    late("sleep-of-libc", "native().sleep(999)", WALL),
    late(
        "sleep-in-a-thread",
        "import threading, time\nthread = threading.Thread(target=time.sleep, args=(999,))\n"
        "thread.start()\nthread.join()",
        WALL,
    ),
    late("deadlock", "import threading\nlock = threading.Lock()\nlock.acquire()\nlock.acquire()", WALL),
    late(
        "deadlock-of-threads",
        """
        import threading, time
        a, b = threading.Lock(), threading.Lock()
        def take(one, two):
            with one:
                time.sleep(0.01)
                two.acquire()
        threads = [threading.Thread(target=take, args=pair) for pair in ((a, b), (b, a))]
        for t in threads: t.start()
        for t in threads: t.join()
        """,
        WALL,
    ),
    late("empty-queue", "import queue\nqueue.Queue().get()", WALL),
    late("read-of-a-pipe", "import os\nos.read(os.pipe()[0], 1)", WALL),
    late("read-of-a-socket-pair", "import socket\na, b = socket.socketpair()\na.recv(1)", WALL),
    late("write-to-a-full-pipe", "import os\nr, w = os.pipe()\nwhile True: os.write(w, bytes(4096))", WALL),
    late("select-on-nothing", "import select\nselect.select([], [], [])", WALL),
    late("pause", "import signal\nsignal.pause()", WALL),
    late(
        "wait-for-a-signal",
        "import signal\nsignal.pthread_sigmask(signal.SIG_BLOCK, [10])\nsignal.sigwait([10])",
        WALL,
    ),
    late("stops-itself", "import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)", WALL | ENDED | {"crash"}),
    late("event-loop-forever", "import asyncio\nasyncio.new_event_loop().run_forever()", WALL),
    late(
        "reads-every-descriptor",
        """
        import os
        for fd in open_descriptors():
            try:
                os.read(fd, 1)
            except OSError:
                pass
        """,
        HELD | WALL | {"tamper", "exit"},
    ),
]

AFTERWARDS = [
    late("sleep-at-exit", "import atexit, time\natexit.register(time.sleep, 999)", HELD | OVERTIME),
    late(
        "sleep-when-deleted",
        "import time\nclass D:\n    def __del__(self): time.sleep(999)\nd = D()",
        HELD | OVERTIME,
    ),
    late(
        "thread-that-outlives-the-program",
        "import threading, time\nthreading.Thread(target=time.sleep, args=(999,)).start()",
        HELD | OVERTIME,
    ),
    late(
        "sleep-in-the-shutdown-of-threads",
        "import threading, time\nthreading._shutdown = lambda: time.sleep(999)",
        HELD | OVERTIME,
    ),
]

ANSWERS = [
    late_answer("loop-in-the-answer", "def f(n):\n    while True: pass", accept=CPU),
    late_answer("sleep-in-the-answer", "import time\ndef f(n): time.sleep(999)", accept=WALL),
    late_answer(
        "sleep-in-the-second-answer",
        "import time\ndef f(n):\n    if n == 4: time.sleep(999)\n    return n",
        "assert f(3) == 3\nassert f(4) == 4",
        WALL,
    ),
    late_answer(
        "endless-generator",
        "def f(n):\n    while True: yield n",
        "assert list(f(3)) == [41]",
        OVERTIME | MEMORY | CAUGHT | {"output_limit"},
    ),
    late_answer(
        "sleep-in-a-generator",
        "import time\ndef f(n):\n    yield 41\n    time.sleep(999)",
        "assert list(f(3)) == [41]",
        LATE,
    ),
    late_answer(
        "sleep-in-equality",
        "import time\nclass A:\n    def __eq__(self, _): time.sleep(999)\ndef f(n): return A()",
        accept=LATE,
    ),
    late_answer(
        "loop-in-the-length",
        "class A:\n    def __len__(self):\n        while True: pass\ndef f(n): return A()",
        "assert len(f(3)) == 41",
        LATE,
    ),
    late_answer(
        "loop-in-the-truth",
        "class A:\n    def __bool__(self):\n        while True: pass\ndef f(n): return A()",
        "assert f(3)",
        LATE,
    ),
    late_answer(
        "loop-in-the-text",
        "class A:\n    def __repr__(self):\n        while True: pass\n    __str__ = __repr__\n"
        "def f(n): return A()",
        "assert str(f(3)) == '41'",
        LATE,
    ),
    late_answer(
        "loop-in-the-hash",
        "class A(int):\n    def __hash__(self):\n        while True: pass\ndef f(n): return A(7)",
        "assert f(3) in {41: 1}",
        LATE,
    ),
    late_answer(
        "loop-in-the-text-of-an-exception",
        "class E(ValueError):\n    def __str__(self):\n        while True: pass\n"
        "    __repr__ = __str__\ndef f(n): raise E",
        accept=LATE,
    ),
    late_answer(
        "sleep-in-a-property-of-the-class",
        "import time\nclass M(type):\n    @property\n"
        "    def __name__(cls): time.sleep(999)\nclass A(metaclass=M): pass\ndef f(n): return A()",
        accept=LATE,
    ),
    late_answer(
        "endless-calls-of-a-callback", "def f(g):\n    while True: g(1)", "assert f(lambda x: x) == 41"
    ),
    late_answer(
        "endless-calls-in-turn",
        "def f(g):\n    return g(f, g)",
        "assert f(lambda h, g: h(g)) == 41",
        OVERTIME | CAUGHT | MEMORY,
    ),
    late_answer(
        "sleep-in-a-callback",
        "import time\ndef f(g): g(lambda x: time.sleep(999))",
        "f(lambda h: h(1))",
        WALL,
    ),
    late_answer(
        "endless-iteration-of-an-object",
        "class A:\n    def __iter__(self): return self\n"
        "    def __next__(self): return 1\ndef f(n): return A()",
        "for x in f(3):\n    assert x == 1",
        OVERTIME | CAUGHT | MEMORY,
    ),
    late_answer(
        "endless-indexing-of-an-object",
        "class A:\n    def __getitem__(self, _): return 1\ndef f(n): return A()",
        "for x in f(3):\n    assert x == 1",
        OVERTIME | CAUGHT | MEMORY,
    ),
    late_answer("loop-in-a-method", "class A:\n    def go(self):\n        while True: pass", "A().go()", CPU),
    late_answer(
        "answer-in-small-pieces",
        "import os, time\ndef f(n):\n    while True:\n        for fd in range(3, 16):\n"
        "            try: os.write(fd, b' ')\n            except OSError: pass\n        time.sleep(0.01)",
        accept=OVERTIME | {"tamper", "exit"},
    ),
]
CASES: list[Case] = [*LOOPS, *WAITS, *AFTERWARDS, *ANSWERS]
