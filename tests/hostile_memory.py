"""Programs that want more memory, output, depth or source than there is, and answers that cost the judge."""

from __future__ import annotations

from hostile import (
    CPU,
    HELD,
    LIMITS,
    MEMORY,
    NO_PASS,
    OVERTIME,
    SHORT,
    Case,
    attack,
    fake,
)

from hornbook.sandbox import Limits

FULL = MEMORY | CPU
"""A bomb may be slower than the clock."""
FLOOD = frozenset({"output_limit"})
BOMB = Limits(cpu_seconds=0.3, memory_megabytes=256)
COSTLY = NO_PASS - {"syntax_error", "tamper", "exit"}
SOURCE = NO_PASS - {"tamper", "exit", "forbidden"}


def bomb(name: str, program: str, accept: frozenset[str] = FULL) -> Case:
    return attack(name, program, accept, limits=BOMB)


def answer(name: str, program: str, tests: str = "assert f(3) == 41") -> Case:
    return fake(name, program, tests, COSTLY, limits=SHORT)


BOMBS = [
    bomb("large-list", "x = [0] * 10**10", MEMORY),
    bomb("large-bytes", "x = bytes(10**11)", MEMORY),
    bomb("large-string", "x = 'x' * 10**11", MEMORY),
    bomb("large-bytearray", "x = bytearray(10**10)", MEMORY),
    bomb("growing-list-of-bytes", "x = []\nwhile True: x.append(bytes(1 << 20))"),
    bomb("growing-list", "x = [1]\nwhile True: x += x"),
    bomb("doubling-string", "x = 'ab'\nwhile True: x += x"),
    bomb("growing-dict", "x = {}\nwhile True: x[len(x)] = [0] * 1000"),
    bomb("growing-set", "x, n = set(), 0\nwhile True:\n    x.add('a' * 5000 + str(n))\n    n += 1"),
    bomb("growing-integer", "x = 3\nwhile True: x *= x", FULL),
    bomb("large-shift", "x = 1 << 10**11", FULL),
    bomb("growing-generators", "def g(): yield\nx = []\nwhile True:\n    x.append((g(), [0] * 1000))", FULL),
    bomb(
        "memory-behind-every-exception",
        "x = []\nwhile True:\n    try: x.append(bytes(1 << 22))\n    except MemoryError: x.append(0)",
        FULL,
    ),
    bomb("anonymous-map", "import mmap\nx = mmap.mmap(-1, 1 << 34)\nx[0] = 1", MEMORY | {"error"}),
    bomb(
        "memory-of-libc",
        "import ctypes\nlibc = native()\nlibc.malloc.restype = ctypes.c_void_p\n"
        "while True:\n    p = libc.malloc(ctypes.c_size_t(1 << 24))\n    if not p: raise MemoryError\n"
        "    ctypes.memset(p, 1, 1 << 24)",
        FULL | {"crash"},
    ),
    bomb(
        "stacks-of-threads",
        "import threading, time\nthreading.stack_size(1 << 24)\nwhile True:\n"
        "    threading.Thread(target=time.sleep, args=(99,)).start()",
        FULL | OVERTIME | {"error"},
    ),
    bomb(
        "many-threads",
        "import threading, time\nthreading.stack_size(32768)\nwhile True:\n"
        "    threading.Thread(target=time.sleep, args=(99,)).start()",
        FULL | OVERTIME | {"error"},
    ),
    bomb("many-descriptors", "import os\nwhile True: os.pipe()", frozenset({"error"})),
    bomb(
        "full-scratch",
        "import os\nn = 0\nwhile True:\n    with open(f'/tmp/{n}', 'wb') as file:\n"
        "        file.write(bytes(1 << 20))\n    n += 1",
        frozenset({"error"}),
    ),
    bomb(
        "full-scratch-of-empty-files",
        "n = 0\nwhile True:\n    open(f'/tmp/{n}', 'w').close()\n    n += 1",
        frozenset({"error", "timeout_cpu"}),
    ),
    bomb(
        "one-large-file",
        "with open('/tmp/x', 'wb') as file:\n    while True: file.write(bytes(1 << 20))",
        frozenset({"error", "crash"}),
    ),
    bomb("sparse-file", "denied(lambda: open('/tmp/x', 'wb').truncate(1 << 40))", HELD | {"error", "crash"}),
    bomb("recursion", "def f(): f()\nf()", frozenset({"error"})),
    bomb(
        "recursion-without-a-limit",
        "import sys\nsys.setrecursionlimit(10**9)\ndef f(): f()\nf()",
        FULL | {"crash", "error"},
    ),
    bomb(
        "native-recursion-without-a-limit",
        "import sys\nsys.setrecursionlimit(10**9)\nclass A:\n"
        "    def __repr__(self): return repr(self)\nrepr(A())",
        FULL | {"crash", "error"},
    ),
    bomb(
        "recursion-of-destructors", "x = None\nfor _ in range(10**6): x = [x]\ndel x", HELD | FULL | {"crash"}
    ),
    bomb(
        "long-chain-of-exceptions",
        "error = None\nwhile True:\n    try:\n        raise ValueError from error\n"
        "    except ValueError as e: error = e",
        FULL,
    ),
    bomb("text-of-a-shared-list", "x = []\nfor _ in range(64): x = [x, x]\nrepr(x)", FULL),
    bomb("padding-of-a-format", "x = f'{1:99999999999}'", MEMORY | {"error"}),
]

FLOODS = [
    bomb("flood-of-prints", "while True: print('x' * 1000)", FLOOD),
    bomb("flood-in-one-print", "print('x' * 10**7)", FLOOD),
    bomb("flood-of-newlines", "while True: print()", FLOOD | CPU),
    bomb("flood-on-stderr", "import sys\nwhile True: sys.stderr.write('x' * 1000)", FLOOD | OVERTIME),
    bomb(
        "flood-on-the-raw-stdout",
        "import os\nwhile True: os.write(1, b'x' * 65536)",
        FLOOD | OVERTIME | {"exit", "tamper"},
    ),
    bomb(
        "flood-on-the-raw-stderr",
        "import os\nwhile True: os.write(2, b'x' * 65536)",
        FLOOD | OVERTIME | {"exit", "tamper"},
    ),
    bomb(
        "flood-on-every-descriptor",
        """
        import os
        while True:
            for fd in range(64):
                try:
                    os.write(fd, b"+" * 65536)
                except OSError:
                    pass
        """,
        FLOOD | OVERTIME | {"exit", "tamper"},
    ),
    bomb(
        "flood-by-writelines",
        "import itertools, sys\nsys.stdout.writelines(itertools.repeat('x'))",
        FLOOD | FULL,
    ),
    bomb(
        "flood-past-a-catch-all",
        "while True:\n    try: print('x' * 1000)\n    except BaseException: pass",
        FLOOD | OVERTIME,
    ),
    bomb(
        "flood-into-a-stdout-of-its-own",
        "import sys, io\nsys.stdout = io.StringIO()\nwhile True: print('x' * 10**6)",
        FULL,
    ),
    bomb("stdout-without-a-write", "import sys\nsys.stdout = None\nprint('x')", HELD),
    fake(
        "flood-in-the-answer",
        "def f(n):\n    while True: print('x' * 1000)",
        "assert f(3) == 41",
        FLOOD | OVERTIME,
        limits=SHORT,
    ),
    fake(
        "flood-then-answer",
        "import os\ndef f(n):\n    for _ in range(99): os.write(1, b'x' * 65536)\n    return n",
        "assert f(3) == 41",
        COSTLY | {"tamper", "exit"},
        limits=SHORT,
    ),
]

CONTENT = [
    answer("giant-string-for-an-answer", "def f(n): return 'x' * 10**8"),
    answer("giant-list-for-an-answer", "def f(n): return [0] * 10**7"),
    answer("giant-dict-for-an-answer", "def f(n): return dict.fromkeys(range(10**6))"),
    answer("list-inside-itself", "def f(n):\n    x = []\n    x.append(x)\n    return x"),
    answer("dict-inside-itself", "def f(n):\n    x = {}\n    x['x'] = x\n    return x"),
    answer(
        "two-lists-inside-each-other",
        "def f(n):\n    a, b = [], []\n    a.append(b)\n    b.append(a)\n    return a",
        "a = f(1)\nb = f(2)\nassert a == b\nassert not a",
    ),
    answer(
        "list-nested-too-deeply", "def f(n):\n    x = []\n    for _ in range(10**5): x = [x]\n    return x"
    ),
    answer(
        "tuple-nested-a-thousand-times",
        "def f(n):\n    x = ()\n    for _ in range(1000): x = (x,)\n    return x",
    ),
    answer(
        "list-shared-exponentially", "def f(n):\n    x = []\n    for _ in range(64): x = [x, x]\n    return x"
    ),
    answer("integers-with-equal-hashes", "def f(n): return {k * (2**61 - 1) for k in range(40000)}"),
    answer("keys-with-equal-hashes", "def f(n): return {k * (2**61 - 1): 0 for k in range(40000)}"),
    answer("floats-with-equal-hashes", "def f(n): return {float(k) * 2.0**61: 0 for k in range(1, 40000)}"),
    answer(
        "tuples-with-equal-hashes", "def f(n): return frozenset((k * (2**61 - 1), 0) for k in range(40000))"
    ),
    answer("integer-of-many-digits", "def f(n): return 10 ** 10**6"),
    answer("integer-of-very-many-bits", "def f(n): return (1 << 10**8) - 1"),
    answer(
        "fraction-of-many-digits",
        "from fractions import Fraction\ndef f(n): return Fraction(3 ** 10**5, 7 ** 10**5)",
    ),
    answer(
        "decimal-of-a-large-exponent",
        "from decimal import Decimal\ndef f(n): return Decimal('1e999999999')",
        "assert f(3) == 41\nassert int(f(3)) == 41",
    ),
    answer("decimal-of-many-digits", "from decimal import Decimal\ndef f(n): return Decimal('9' * 10**6)"),
    answer(
        "decimal-meets-float",
        "from decimal import Decimal\ndef f(n): return Decimal('1e-999999')",
        "assert f(3) == 0.1",
    ),
    answer(
        "large-range", "def f(n): return range(10**18)", "assert list(f(3)) == [41]\nassert sum(f(3)) == 41"
    ),
    answer(
        "range-of-large-integers",
        "def f(n): return range(10**4000, 10**4000 + 10)",
        "assert f(3) == range(41)",
    ),
    answer(
        "repetition-of-the-answer",
        "def f(n): return 10**12",
        "assert 'x' * f(3) == 'x'\nassert [0] * f(3) == []",
    ),
    answer("power-of-the-answer", "def f(n): return 10**9", "assert 10 ** f(3) == 41"),
    answer("range-of-the-answer", "def f(n): return 10**12", "assert sum(range(f(3))) == 41"),
    answer("format-of-the-answer", "def f(n): return '%99999999999d'", "assert f(3) % 1 == '41'"),
    answer("padding-of-the-answer", "def f(n): return 10**11", "assert 'x'.ljust(f(3)) == 'x'"),
    answer(
        "sort-of-a-giant-answer",
        "def f(n): return list(range(10**6))",
        "assert sorted(f(3), key=str) == [41]",
    ),
    answer("many-prints-of-one-answer", "def f(n): return ['x' * 10**6] * 100"),
    answer(
        "negative-length",
        "class A:\n    def __len__(self): return -1\ndef f(n): return A()",
        "assert len(f(3)) == 41",
    ),
    answer(
        "length-beyond-all-bounds",
        "class A:\n    def __len__(self): return 2**63 - 1\n    def __getitem__(self, _): return 0\n"
        "def f(n): return A()",
        "assert list(f(3)) == [41]",
    ),
    answer("bomb-in-the-argument", "def f(xs): xs.extend([0] * 10**7)", "xs = [1]\nf(xs)\nassert xs == [1]"),
    answer(
        "bomb-for-a-callback", "def f(g): g('x' * 10**8)", "seen = []\nf(seen.append)\nassert seen == [1]"
    ),
    answer(
        "millions-of-objects-for-a-callback",
        "def f(g):\n    while True: g(object())",
        "seen = []\nf(seen.append)",
    ),
    answer("bomb-in-the-arguments-of-an-exception", "def f(n): raise ValueError('x' * 10**8, [0] * 10**6)"),
]


def source(name: str, text: str, accept: frozenset[str] = SOURCE) -> Case:
    return Case(name, text, accept, limits=LIMITS)


SOURCES = [
    source("source-of-ten-megabytes", "#" + "x" * 10**7, HELD | SOURCE),
    source("source-of-many-asserts", "assert 1\n" * (4 * 10**5), HELD | SOURCE),
    source("source-of-many-statements", "x=1;" * 10**5, HELD | SOURCE),
    source("source-of-nested-parentheses", "(" * 10**5 + ")" * 10**5),
    source("source-of-nested-lists", "x = " + "[" * 190 + "]" * 190, HELD | SOURCE),
    source("source-of-nested-blocks", "".join(" " * i + "if 1:\n" for i in range(200)) + " " * 200 + "pass"),
    source("source-of-signs", "x = " + "-" * 10**5 + "1"),
    source("source-of-attributes", "x = 1\nx" + ".real" * 10**5, HELD | SOURCE),
    source("source-of-sums", "x = " + "+".join(["1"] * 10**5), HELD | SOURCE),
    source("source-of-lambdas", "x = " + "lambda: " * 10**4 + "1"),
    source("source-with-a-large-constant", "x = 'a' * 10**11\ny = (0,) * 10**11", MEMORY),
    source("source-with-a-tower-of-powers", "x = 9 ** 9 ** 9 ** 9", FULL),
    source("source-with-a-long-number", "x = " + "9" * 10**6),
    source("source-with-a-long-name", "x" * 10**6 + " = 1", HELD | SOURCE),
    source("source-with-a-null-byte", "x = '\0'", frozenset({"syntax_error"})),
    source("source-of-null-bytes", "\0" * 1000, frozenset({"syntax_error"})),
    source("source-compiled-later", "eval('(' * 10**5)", frozenset({"error", "memory", "syntax_error"})),
    source(
        "source-with-a-deep-pattern", "match 1:\n    case " + "[" * 150 + "]" * 150 + ": pass", HELD | SOURCE
    ),
]
CASES: list[Case] = [*BOMBS, *FLOODS, *CONTENT, *SOURCES]
