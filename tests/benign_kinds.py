"""Honest programs for tests of many kinds, programs with a setup, and programs without tests."""

from __future__ import annotations

from benign_programs import good

WITH_SETUP = [
    good(
        "setup-helper",
        "def f(xs): return sorted(xs, key=lambda x: x % 10)",
        "assert f(make(3)) == [20, 1, 12]",
        ("% 10", "% 3"),
        setup="def make(n):\n    return [12, 20, 1][:n]\n",
    ),
    good(
        "setup-class-of-nodes",
        "class Node:\n    def __init__(self, v, after=None): self.v, self.after = v, after\n"
        "def f(node):\n    n = 0\n    while node: n, node = n + 1, node.after\n    return n",
        "assert f(Node(1, Node(2))) == 2\nassert f(None) == 0",
        ("n + 1", "n + 2"),
        setup="class Node:\n    def __init__(self, v, after=None):\n        self.v, self.after = v, after\n",
    ),
    good(
        "setup-cycle-of-nodes",
        "def f(node):\n    slow = fast = node\n    while fast and fast.after:\n"
        "        slow, fast = slow.after, fast.after.after\n"
        "        if slow is fast: return True\n    return False",
        "a = Node(1, Node(2, Node(3)))\nassert f(a) is False\na.after.after.after = a\nassert f(a) is True",
        ("return True", "return False"),
        setup="class Node:\n    def __init__(self, v, after=None):\n        self.v, self.after = v, after\n",
    ),
    good(
        "setup-constant",
        "def f(n): return n * 2",
        "assert f(2) == WANTED",
        ("* 2", "* 3"),
        setup="WANTED = 4",
    ),
    good(
        "prompt-imports",
        "import math\nfrom typing import List, Optional\n"
        "def f(x: Optional[float]) -> List[float]: return [math.floor(x or 0)]",
        "assert f(1.5) == [1]\nassert f(None) == [0]",
        ("floor", "ceil"),
        setup="import math\nfrom typing import List, Optional",
    ),
]
TESTS_OF_MANY_KINDS = [
    good(
        "loop-over-cases",
        "def f(n): return n * n",
        "cases = [(1, 1), (2, 4), (-3, 9)]\nfor given, wanted in cases:\n    got = f(given)\n"
        "    assert got == wanted, (given, got)",
        ("n * n", "n + n"),
    ),
    good(
        "helper-of-the-tests",
        "def f(xs): return sorted(xs)",
        "def is_sorted(xs):\n    return all(a <= b for a, b in zip(xs, xs[1:]))\n"
        "assert is_sorted(f([3, 1, 2]))\nassert len(f([1, 1])) == 2",
        ("sorted(xs)", "xs"),
    ),
    good(
        "random-inputs",
        "def f(xs): return sorted(xs)",
        "import random\nrng = random.Random(0)\nfor _ in range(50):\n"
        "    xs = [rng.randint(-9, 9) for _ in range(rng.randint(0, 9))]\n"
        "    assert f(list(xs)) == sorted(xs)",
        ("sorted(xs)", "sorted(set(xs))"),
    ),
    good(
        "comprehension",
        "def f(n): return n % 3",
        "assert [f(n) for n in range(5)] == [0, 1, 2, 0, 1]\nassert {f(n) for n in range(9)} == {0, 1, 2}",
        ("% 3", "% 4"),
    ),
    good(
        "while-loop",
        "def f(n): return n // 2 if n % 2 == 0 else 3 * n + 1",
        "n, steps = 6, 0\nwhile n != 1:\n    n = f(n)\n    steps += 1\n    assert steps < 50\n"
        "assert steps == 8",
        ("3 * n + 1", "n + 1"),
    ),
    good(
        "function-called-at-the-end",
        "def f(n): return -n",
        "def test_all():\n    assert f(1) == -1\n    assert f(0) == 0\ntest_all()",
        ("-n", "n"),
    ),
    good(
        "check-with-a-loop",
        "def f(n): return n + 1",
        "def check(candidate):\n    for n in range(5):\n        assert candidate(n) == n + 1\ncheck(f)",
        ("n + 1", "n + 2"),
    ),
    good(
        "unittest-class",
        "def f(n): return n + 1",
        "import unittest\nclass T(unittest.TestCase):\n    def test_it(self):\n"
        "        self.assertEqual(f(1), 2)\n        self.assertAlmostEqual(f(0.1), 1.1)\n"
        "result = unittest.TestResult()\n"
        "unittest.defaultTestLoader.loadTestsFromTestCase(T).run(result)\n"
        "assert result.wasSuccessful() and result.testsRun == 1",
        ("n + 1", "n + 2"),
    ),
    good(
        "coroutine-under-test",
        "import asyncio\nasync def f(n):\n    await asyncio.sleep(0)\n    return n + 1",
        "import asyncio\nassert asyncio.run(f(1)) == 2",
        ("n + 1", "n"),
    ),
    good(
        "coroutine-inside",
        "import asyncio\nasync def one(n):\n    await asyncio.sleep(0.001)\n    return n * n\n"
        "async def main(ns): return await asyncio.gather(*map(one, ns))\n"
        "def f(ns): return asyncio.run(main(ns))",
        "assert f([1, 2, 3]) == [1, 4, 9]",
        ("n * n", "n"),
    ),
    good(
        "threads-inside",
        "import threading\ndef f(n):\n    out, lock = [], threading.Lock()\n    def add(i):\n"
        "        with lock: out.append(i)\n"
        "    ts = [threading.Thread(target=add, args=(i,)) for i in range(n)]\n"
        "    for t in ts: t.start()\n    for t in ts: t.join()\n    return sorted(out)",
        "assert f(5) == [0, 1, 2, 3, 4]",
        ("range(n)", "range(1, n)"),
    ),
    good(
        "thread-pool-inside",
        "from concurrent.futures import ThreadPoolExecutor\ndef f(xs):\n"
        "    with ThreadPoolExecutor(4) as pool: return list(pool.map(abs, xs))",
        "assert f([-1, 2]) == [1, 2]",
        ("abs", "str"),
    ),
    good(
        "printed-text",
        "def f(n):\n    for i in range(n): print(i, end=' ')",
        "import contextlib, io\nout = io.StringIO()\nwith contextlib.redirect_stdout(out):\n"
        "    result = f(3)\nassert result is None",
        ("print(i, end=' ')", "return i"),
    ),
]
RUNS = [
    good(
        "signal-to-the-main-thread",
        "import signal, threading\ndef f(n):\n    got = []\n"
        "    signal.signal(signal.SIGUSR1, lambda *_: got.append(n))\n"
        "    main = threading.main_thread().ident\n"
        "    t = threading.Thread(target=signal.pthread_kill, args=(main, signal.SIGUSR1))\n"
        "    t.start(); t.join()\n    return got",
        "assert f(3) == [3]",
        ("append(n)", "append(n + 1)"),
    ),
    good(
        "run-threads",
        "import threading\nout = []\n"
        "ts = [threading.Thread(target=out.append, args=(i,)) for i in range(20)]\n"
        "for t in ts: t.start()\nfor t in ts: t.join()\nassert sorted(out) == list(range(20))",
        None,
        ("range(20)]", "range(19)]"),
    ),
    good(
        "run-event-loop",
        "import asyncio\nasync def main():\n    await asyncio.sleep(0.01)\n    return 7\n"
        "assert asyncio.run(main()) == 7",
        None,
        ("return 7", "return 8"),
    ),
    good(
        "run-scratch",
        "from pathlib import Path\nPath('a.txt').write_text('hello')\n"
        "assert Path('/tmp/a.txt').read_text() == 'hello'",
        None,
        ("'hello')", "'hullo')"),
    ),
    good(
        "run-database",
        "import sqlite3\nassert sqlite3.connect(':memory:').execute('select 1').fetchone() == (1,)",
        None,
        ("(1,)", "(2,)"),
    ),
    good(
        "run-source",
        "import inspect\ndef f(): return 1\nassert inspect.getsource(f) == 'def f(): return 1\\n'",
        None,
        ("1\\n", "2\\n"),
    ),
    good(
        "run-pickle",
        "import pickle\nclass A: x = 1\nassert pickle.loads(pickle.dumps(A())).x == 1",
        None,
        ("== 1", "== 2"),
    ),
]
