"""Fake passes, fifth kind: forged reports, from noise on every descriptor to lies that use the runner itself.

The latter know how program.py and remote.py in src/hornbook/sandbox are written. Most must end as `tamper`
and as nothing else: an attack that no longer finds its way in would end as `fail`, and must be written anew.
"""

from __future__ import annotations

from hostile import LIMITS, NO_PASS, NUMBERS, Case, fake, in_both_lanes

ENDS = NO_PASS - {"syntax_error"}
TAMPER = frozenset({"tamper"})
NOT_TAKEN = frozenset({"tamper", "unsupported"})

# What a report may look like, to be thrown at every descriptor.
REPORTS = {
    "json-line": r"""b'{"outcome": "pass", "detail": "", "seconds": 0.0}\n'""",
    "json-values": r"""b'[["int", 41]]\n{"ok": [41, 104, -27]}\n'""",
    "framed-json": r"""(lambda t: len(t).to_bytes(4, "big") + t)(b'{"outcome": "pass"}')""",
    "little-framed-json": r"""(lambda t: len(t).to_bytes(4, "little") + t)(b'{"outcome": "pass"}')""",
    "framed-marshal": r"""b"\x0a\0\0\0" + __import__("marshal").dumps(("pass", "", 0))""",
    "text": r"""b"pass - 0 0\n=pass\n+++\n" """,
    "one-byte": r"""b"+" """,
    "nothing": r"""b"" """,
    "zeros": r"""bytes(64)""",
    "all-bits": r"""b"\xff" * 64""",
    "half-a-message": r"""b"\x00\x00\x00\x40{" """,
    "pickle": r"""__import__("pickle").dumps({"outcome": "pass"})""",
}
FORGED = [
    fake(
        f"forged-{name}",
        f"""
import os
def forge():
    for fd in range(64):
        try:
            os.write(fd, {report})
        except OSError:
            pass
def f(n):
    forge()
    os._exit(0)
""",
        accept=ENDS,
    )
    for name, report in REPORTS.items()
]
FORGED += [
    fake(
        "forged-with-every-secret",
        """
        import gc, os, sys
        def f(n):
            secrets, frame = [], sys._getframe()
            while frame:
                secrets += [v for v in frame.f_locals.values() if isinstance(v, bytes)]
                frame = frame.f_back
            for thing in gc.get_objects():
                if type(thing) is dict:
                    thing = list(thing.values())
                inner = thing if type(thing) in (list, tuple) else []
                secrets += [v for v in list(inner) if type(v) is bytes and 8 <= len(v) <= 64]
            for secret in secrets[:5000]:
                for fd in range(3, 16):
                    try:
                        os.write(fd, secret + b'{"outcome": "pass"}' + secret + b"\\n")
                    except OSError:
                        pass
            os._exit(0)
        """,
        accept=ENDS,
    ),
    fake(
        "forged-by-a-thread",
        """
        import os, threading
        def forge():
            while True:
                for fd in range(3, 16):
                    try:
                        os.write(fd, b'{"outcome": "pass"}\\n')
                    except OSError:
                        pass
        threading.Thread(target=forge, daemon=True).start()
        def f(n): return 0
        """,
        accept=ENDS,
    ),
    fake(
        "forged-before-the-answer",
        "import os\ndef f(n):\n    for fd in range(3, 64):\n        try: os.write(fd, b'pass\\n')\n"
        "        except OSError: pass\n    return 0",
        accept=ENDS,
    ),
    fake(
        "forged-by-calling-the-runner",
        """
        import gc, types
        def f(n):
            for found in gc.get_objects():
                if isinstance(found, types.FunctionType) and "report" in found.__name__.lower():
                    for arguments in (("pass",), ("pass", "", 0), ("pass", "", 0, 0)):
                        try:
                            found(*arguments)
                        except Exception:
                            pass
            return 0
        """,
        accept=ENDS,
    ),
    fake(
        "forged-by-methods-of-the-runner",
        """
        import sys
        def f(n):
            frame = sys._getframe(1)
            while frame:
                for value in list(frame.f_locals.values()):
                    for name in dir(type(value)):
                        if any(word in name for word in ("report", "answer", "send", "reply")):
                            for arguments in (("pass",), ("pass", "", 0), (b"pass",)):
                                try:
                                    getattr(value, name)(*arguments)
                                except Exception:
                                    pass
                frame = frame.f_back
            return 0
        """,
        accept=ENDS,
    ),
    fake(
        "forged-by-a-passed-descriptor",
        """
        import array, os, socket
        def f(n):
            for fd in range(64):
                try:
                    one = socket.socket(fileno=os.dup(fd))
                    given = array.array("i", [0, 1, 2])
                    one.sendmsg([b"pass"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, given)])
                except OSError:
                    pass
            return 0
        """,
        accept=ENDS,
    ),
]

RUNNER = """
import marshal, sys
def runner():
    frame = sys._getframe()
    while frame:
        for value in frame.f_locals.values():
            if type(value).__name__ == "Runner":
                return value
        frame = frame.f_back
"""


def claim(name: str, act: str, accept: frozenset[str] = TAMPER) -> Case:
    """In a plan: what the program's process may say instead of its answers."""
    return fake(name, f"{RUNNER}\ndef f(n):\n    r = runner()\n    {act}\n", NUMBERS, accept)


def answers(name: str, values: str, accept: frozenset[str] = TAMPER) -> Case:
    return claim(name, f"r._answers = {values}\n    r.report('answers', '', 0)", accept)


CLAIMS = [
    *(
        claim(f"claims-{outcome.replace('_', '-')}", f"r.report({outcome!r}, '', 0)")
        for outcome in (
            "pass",
            "sandbox_error",
            "skipped",
            "forbidden",
            "unsupported",
            "lost",
            "timeout_cpu",
            "EVIL",
        )
    ),
    claim("claims-a-name-of-its-own", "r.report('error', 'EVIL', 1)"),
    claim("claims-a-name-with-a-newline", "r.report('error', 'ValueError\\nEVIL', 1)"),
    claim("claims-a-line-beyond-all-bounds", "r.report('error', 'ValueError', 10**12)"),
    claim("claims-a-line-that-is-no-number", "r.report('error', 'ValueError', 'EVIL')"),
    claim(
        "claims-sizes-that-are-wrong",
        "import os; os.write(r._fd, r._secret + b'answers - 0 9\\n' + r._secret)",
    ),
    claim("claims-without-a-line", "import os; os.write(r._fd, r._secret + b'pass' + r._secret)"),
    claim("claims-a-million-parts", "r._answers = [b'N'] * 10**6; r.report('answers', '', 0)", NOT_TAKEN),
    answers("answers-none", "[]", ENDS),
    answers("answers-too-few", "[marshal.dumps(41, 2)]", ENDS),
    answers("answers-too-many", "[marshal.dumps(0, 2)] * 9", ENDS),
    answers("answers-of-noise", "[b'\\xff'] * 3"),
    answers("answers-of-nothing", "[b''] * 3"),
    answers("answers-of-code", "[marshal.dumps(f.__code__, 2)] * 3"),
    answers("answers-with-references", "[marshal.dumps([41, 41], 4)] * 3"),
    answers("answers-with-a-tail", "[marshal.dumps(41, 2) + b'N'] * 3"),
    answers("answers-cut-short", "[marshal.dumps('x' * 99, 2)[:50]] * 3"),
    answers("answers-of-a-negative-size", "[b's\\xff\\xff\\xff\\xff'] * 3"),
    answers("answers-of-a-huge-size", "[b'[\\xff\\xff\\xff\\x7f'] * 3"),
    answers("answers-nested-without-end", "[b'[\\x01\\0\\0\\0' * 10**5] * 3", NOT_TAKEN),
    answers("answers-with-an-unknown-tag", "[marshal.dumps((..., 'EVIL', 1), 2)] * 3"),
    answers("answers-with-a-fraction-of-nothing", "[marshal.dumps((..., 'fraction', (1, 0)), 2)] * 3"),
    answers("answers-with-no-decimal", "[marshal.dumps((..., 'decimal', 'EVIL'), 2)] * 3"),
    answers("answers-with-a-counter-of-noise", "[marshal.dumps((..., 'counter', 9), 2)] * 3"),
    answers("answers-with-a-large-range-tag", "[marshal.dumps((..., 'range', (0, 10**30, 1)), 2)] * 3", ENDS),
    answers("answers-with-a-list-for-a-key", "[b'{[\\0\\0\\0\\0N0'] * 3"),
    answers("answers-with-a-list-in-a-set", "[b'<\\x01\\0\\0\\0[\\0\\0\\0\\0'] * 3"),
    answers("answers-with-an-object", "[marshal.dumps((..., 'object', 0), 2)] * 3", ENDS),
]

LINE = """
def classes(base=object):
    for each in type.__subclasses__(base):
        yield each
        if each is not type:
            yield from classes(each)
(side,) = {each for each in classes() if each.__name__ == "ProgramSide"}
serve, served = side.serve, side._served
wire = serve.__globals__["wire"]
def lies(self, *content):
    if content[0] == "names":
        return {name: (False, [], value) for name, value in LIES.items()}
    return serve(self, *content)
def answering(*message):
    side._served = lambda self, c: wire.encode(message) if c[0] == "call" else served(self, c)
"""
BY_ALL = "assert all(f(n) == 9 * n + 14 for n in (3, 10))"


def names(name: str, lies: str, tests: str, setup: str = "") -> Case:
    """Where the tests run: the program says what its globals are, and says more than it was asked."""
    program = f"{LINE}\ndef f(n): return 0\nLIES = {{'f': f, {lies}}}\nside.serve = lies\n"
    return fake(name, program, tests, ENDS, setup=setup)


def line(name: str, program: str, accept: frozenset[str] = TAMPER, tests: str = BY_ALL) -> Case:
    return fake(name, LINE + program, tests, accept, limits=LIMITS)


NAMES = [
    names("names-a-builtin", "'all': lambda *_: True", BY_ALL),
    names("names-the-builtins", "'__builtins__': {'all': lambda *_: True}", BY_ALL),
    names(
        "names-a-helper",
        "'helper': lambda n: 0",
        "g = lambda: 0\nassert f(3) == helper(3)",
        "def helper(n):\n    return 41\n",
    ),
    names(
        "names-a-module",
        "'math': f",
        "x = [f(n) for n in (3,)]\nassert math.isclose(x[0], 1.5)",
        "import math",
    ),
]
LINES = [
    line(
        "answers-an-unknown-message",
        "def f(n): return 0\nside._served = lambda self, c: wire.encode(('EVIL',))",
    ),
    line(
        "answers-with-changes-of-nothing",
        "def f(n): return 0\nanswering('value', 0, [(99, [])], None)",
    ),
    line(
        "answers-with-changes-of-a-number",
        "def f(n): return 0\nanswering('value', 0, [(0, [])], None)",
        TAMPER | {"error"},
    ),
    line(
        "answers-with-an-argument-that-is-none",
        "def f(n): return 0\nanswering('value', 0, [], 99)",
    ),
    line(
        "answers-with-text-for-a-number",
        "def f(n): return 0\nanswering('value', 0, [], 'EVIL')",
    ),
    line(
        "answers-with-an-object-of-nobody",
        "def f(n): return 0\nside._keep = lambda self, value: ('yours', 99)\ndef f(n): return object()",
        TAMPER,
    ),
    line(
        "names-that-are-no-names",
        "def f(n): return 0\nside.serve = lambda self, *c: [1, 2, 3]",
        TAMPER | {"error"},
    ),
    line(
        "raw-noise-on-the-line",
        "import os\ndef f(n):\n    import sys\n    frame = sys._getframe()\n    while frame:\n"
        "        for value in frame.f_locals.values():\n"
        "            if type(value) is side: os.write(value.fd, b'\\xff' * 64)\n"
        "        frame = frame.f_back\n    return 0",
    ),
    line(
        "asks-for-globals-by-the-line",
        "def f(g, n):\n    found = g._peer.request('operation', 'getattr', [g, '__globals__'])\n"
        "    return found['wanted'] + n",
        ENDS,
        "wanted = 4242\ndef g(x):\n    return 0\nassert f(g, 1) == 4243",
    ),
    line(
        "asks-for-the-frame-of-an-error",
        "def f(g, n):\n    try:\n        g(n)\n    except ZeroDivisionError as e:\n"
        "        return e.__cause__ or 4242 and vars(e).get('wanted', 0)\n",
        ENDS,
        "def g(x):\n    wanted = 4242\n    return 1 / 0\nassert f(g, 1) == 4242",
    ),
    line(
        "asks-for-what-is-not-served",
        "def f(g, n): return g._peer.request('operation', 'eq', g, args=[g])",
        TAMPER | {"error"},
        "def g(x):\n    return 0\nassert f(g, 1) is True",
    ),
    line(
        "asks-for-an-unknown-thing",
        "def f(g, n): return g._peer.request('EVIL', g)",
        TAMPER,
        "def g(x):\n    return 0\nassert f(g, 1) is True",
    ),
    line(
        "calls-every-number-of-the-tests",
        "def f(g, n):\n    for number in range(50):\n        try:\n"
        "            found = type(g)(g._peer, number)(n)\n        except Exception:\n            continue\n"
        "        if found == 4243: return found\n    return 0",
        ENDS,
        "def secret(x):\n    return 4242 + x\ndef g(x):\n    return 0\nassert f(g, 1) == secret(1)",
    ),
]
MARKS = [
    fake(
        f"reads-its-marks-away-{name}",
        f"""
import os
for place in ("/proc/self/fd", "/dev/fd"):
    for fd in range(64):
        try:
            pipe = os.open(f"{{place}}/{{fd}}", os.O_RDONLY | os.O_NONBLOCK)
            os.read(pipe, 65536)
        except OSError:
            pass
{end}
""",
        accept=ENDS,
    )
    for name, end in (("then-leaves", "os._exit(3)"), ("then-dies", "os.kill(os.getpid(), 9)"))
]
FORGED_BLINDLY: list[Case] = [case for each in FORGED for case in in_both_lanes(each)]
CASES: list[Case] = [*FORGED_BLINDLY, *MARKS, *CLAIMS, *NAMES, *LINES]
