"""Tests that are themselves hostile: no verdict is at stake, only the processes that read and run them."""

from __future__ import annotations

from hostile import HELD, NO_PASS, SHORT, Case, fake

ENDS = NO_PASS - {"syntax_error"}

# Tests come from a model too.
CASES: list[Case] = [
    fake("tests-never-end", "def f(n): return n", "while True:\n    f(1)", ENDS, limits=SHORT),
    fake(
        "tests-with-a-tower-of-powers", "def f(n): return n", "assert f(3) == 9**9**9**9", ENDS, limits=SHORT
    ),
    fake("tests-with-a-huge-shift", "def f(n): return n", "assert f(3) == 1 << 10**12", ENDS, limits=SHORT),
    fake(
        "tests-with-a-huge-repetition",
        "def f(n): return n",
        "assert f(3) == [0] * 10**11",
        ENDS,
        limits=SHORT,
    ),
    fake(
        "tests-with-a-huge-factorial",
        "def f(n): return n",
        "import math\nassert f(3) == math.factorial(10**8)",
        ENDS,
        limits=SHORT,
    ),
    fake("tests-nested-too-deeply", "def f(n): return n", f"assert f(3) == {'[' * 150}{']' * 150}", NO_PASS),
    fake("tests-nested-far-too-deeply", "def f(n): return n", "assert f(3) == " + "-" * 90000 + "1", NO_PASS),
    fake("tests-with-a-null-byte", "def f(n): return n", "assert f(3) == 4\0", NO_PASS),
    fake("tests-with-a-surrogate", "def f(n): return n", "assert f(3) == '\ud800'", NO_PASS),
    fake("tests-that-do-not-compile", "def f(n): return n", "assert f(3 == 3", NO_PASS),
    fake("tests-that-exit", "def f(n): return n", "import os\nos._exit(0)", ENDS),
    fake("tests-that-raise-an-exit", "def f(n): return n", "raise SystemExit(0)", ENDS),
    fake("tests-that-fork", "def f(n): return n", "import os\nos.fork()\nassert f(3) == 4", ENDS),
    fake("tests-that-open-a-socket", "def f(n): return n", "import socket\nsocket.socket()", ENDS),
    fake("tests-that-read-files", "def f(n): return n", "open('/etc/passwd').read()", ENDS),
    fake(
        "tests-that-forge",
        "def f(n): return n",
        "import os\nfor fd in range(64):\n    try:\n        os.write(fd, b'pass\\n')\n"
        "    except OSError:\n        pass\nos._exit(0)",
        ENDS,
    ),
    fake(
        "tests-that-ask-for-everything",
        "def f(n): return n",
        "x = f\nwhile True:\n    x = x.__class__\n    f(x)",
        ENDS,
        limits=SHORT,
    ),
    fake(
        "tests-that-flood",
        "def f(n): return n",
        "while True:\n    print('x' * 10**6)\n    f('x' * 10**6)",
        ENDS,
        limits=SHORT,
    ),
    fake("tests-without-an-assert", "def f(n): return n", "pass", HELD | ENDS),
    fake(
        "tests-with-a-module-of-graphics",
        "def f(n): return n",
        "for _ in (1,):\n    assert turtle and f(3) == 4",
        ENDS,
    ),
    fake("tests-with-deep-recursion", "def f(n): return n", "def g():\n    return f(g())\ng()", ENDS),
    fake(
        "setup-that-never-ends",
        "def f(n): return n",
        "assert f(3) == 4",
        ENDS,
        setup="while True: pass",
        limits=SHORT,
    ),
    fake(
        "setup-that-exits",
        "def f(n): return n",
        "assert f(3) == g(3)",
        ENDS,
        setup="import os\ng = os._exit(0)",
    ),
    fake("setup-that-does-not-compile", "def f(n): return n", "assert f(3) == 4", NO_PASS, setup="def ("),
    fake(
        "entry-point-that-is-no-name",
        "def f(n): return n",
        "assert f(3) == 4",
        NO_PASS,
        entry_point="f(3)\nEVIL",
    ),
    fake(
        "entry-point-that-is-a-builtin",
        "def f(n): return n",
        "assert f(3) == 4",
        NO_PASS,
        entry_point="__builtins__",
    ),
]
