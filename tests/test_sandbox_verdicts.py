"""What a verdict can be made to say, and what honest programs can rely on: each test attacks one property."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

import pytest

from hornbook.sandbox import OUTCOMES, Job, Limits, Sandbox, Verdict, probe

pytestmark = pytest.mark.skipif(not probe().level, reason="this machine cannot isolate untrusted code")

SHORT = Limits(cpu_seconds=0.2)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(workers=2) as opened:
        yield opened


def run(sandbox: Sandbox, *blocks: str, limits: Limits | None = None) -> Verdict:
    job = Job(id="one", blocks=tuple(map(textwrap.dedent, blocks)), limits=limits or Limits())
    (verdict,) = sandbox.run([job])
    assert verdict.outcome in OUTCOMES
    return verdict


def printed(sandbox: Sandbox, *blocks: str) -> str:
    verdict = run(sandbox, *blocks)
    assert verdict.outcome == "pass", verdict
    return "".join(verdict.outputs)


# What a verdict may be made to say


@pytest.mark.parametrize(
    "code", ["import sys\nsys.exit(0)", "raise SystemExit", "import os\nos._exit(0)", "quit()"]
)
def test_leaving_early_is_not_a_pass(sandbox: Sandbox, code: str) -> None:
    assert run(sandbox, code, "assert False").outcome in ("exit", "error")


def test_a_printed_report_is_only_output(sandbox: Sandbox) -> None:
    fake = """
    import os
    print('{"outcome": "pass"}')
    os.write(1, b'{"outcome": "pass"}\\n')
    os.write(2, b'pass - 0\\n')
    """
    verdict = run(sandbox, fake, "assert False")
    assert (verdict.outcome, verdict.block) == ("fail", 1)
    assert verdict.outputs == ('{"outcome": "pass"}\n', "")


@pytest.mark.parametrize("fake", ["pass - 0\\n", "=pass - 0 0\\n=", "+", "+++++++=", ""])
def test_a_report_on_every_descriptor_is_not_a_pass(sandbox: Sandbox, fake: str) -> None:
    code = f"""
    import os
    for fd in range(64):
        try:
            os.write(fd, b"{fake}")
        except OSError:
            pass
    os._exit(0)
    """
    verdict = run(sandbox, code)
    assert verdict.outcome == ("tamper" if fake else "exit")


def test_a_flood_on_every_descriptor_is_stopped(sandbox: Sandbox) -> None:
    code = """
    import os
    while True:
        for fd in range(64):
            try:
                os.write(fd, b"+" * 65536)
            except OSError:
                pass
    """
    assert run(sandbox, code).outcome == "tamper"


def test_closing_every_descriptor_is_not_a_pass(sandbox: Sandbox) -> None:
    assert run(sandbox, "import os\nos.closerange(0, 1000)").outcome == "exit"
    endless = "import os\nos.closerange(0, 1000)\nwhile True: pass"
    assert run(sandbox, endless, limits=SHORT).outcome == "timeout_cpu"


def test_the_job_socket_is_out_of_reach(sandbox: Sandbox) -> None:
    code = """
    import os, stat
    kinds = []
    for fd in range(1000):
        try:
            kinds.append(stat.S_IFMT(os.fstat(fd).st_mode))
        except OSError:
            pass
    print(kinds.count(stat.S_IFSOCK), len(kinds))
    """
    # Input, output, errors, the report and the marks: no socket.
    assert printed(sandbox, code) == "0 5\n"


def test_the_detail_never_holds_text_of_the_program(sandbox: Sandbox) -> None:
    assert run(sandbox, "\n\nraise ValueError('hidden')").detail == "ValueError at line 3"
    own = "raise type('hidden text', (LookupError,), {})('hidden')"
    assert run(sandbox, own).detail == "LookupError at line 1"
    liar = "class Liar(Exception):\n    __class__ = AssertionError\n    __traceback__ = None\nraise Liar"
    assert (run(sandbox, liar).outcome, run(sandbox, liar).detail) == ("error", "Exception at line 4")


@pytest.mark.parametrize(
    ("code", "outcome", "detail"),
    [
        ("assert 1 == 2", "fail", "AssertionError at line 1"),
        ("x = 1\n1 / 0", "error", "ZeroDivisionError at line 2"),
        ("def f(:\n    pass", "syntax_error", "SyntaxError at line 1"),
        ("if 1:\npass", "syntax_error", "IndentationError at line 2"),
        ("x = '\0'", "syntax_error", "SyntaxError"),
        ("x = '\ud800'", "syntax_error", "UnicodeEncodeError"),
        ("(" * 500, "syntax_error", "SyntaxError at line 1"),
        ("raise KeyboardInterrupt", "error", "KeyboardInterrupt at line 1"),
        ("input()", "error", "EOFError at line 1"),
        ("import os\nos.kill(os.getpid(), 11)", "crash", "SIGSEGV"),
        ("import ctypes\nctypes.string_at(0)", "crash", "SIGSEGV"),
        ("import os\nos.abort()", "crash", "SIGABRT"),
        ("import os\nos._exit(3)", "exit", "status 3"),
    ],
)
def test_what_happened_is_named(sandbox: Sandbox, code: str, outcome: str, detail: str) -> None:
    verdict = run(sandbox, code)
    assert verdict.outcome == outcome
    assert verdict.detail.startswith(detail)


def test_deep_recursion_is_survived(sandbox: Sandbox) -> None:
    assert run(sandbox, "def f(): f()\nf()").detail == "RecursionError at line 1"
    own = "class A:\n    def __repr__(self): return repr(self)\nrepr(A())"
    endless = f"import sys\nsys.setrecursionlimit(10**9)\n{own}"
    assert run(sandbox, endless).outcome in ("memory", "crash", "error", "timeout_cpu")
    assert run(sandbox, "1").outcome == "pass"


# What a program can rely on

BENIGN = {
    "regex": "import re\nassert re.sub(r'(\\d+)', lambda m: str(int(m[1]) * 2), 'a1b22') == 'a2b44'",
    "decimal": "from decimal import Decimal\nassert Decimal('0.1') + Decimal('0.2') == Decimal('0.3')",
    "dataclass": "from dataclasses import dataclass\n@dataclass\nclass P:\n    x: int = 1\nassert P() == P(1)",
    "recursion": "def f(n): return n and 1 + f(n - 1)\nassert f(900) == 900",
    "generator": "def g():\n    x = yield 1\n    yield x\nit = g()\nassert (next(it), it.send(5)) == (1, 5)",
    "threads": "import threading\nout = []\n"
    "ts = [threading.Thread(target=out.append, args=(i,)) for i in range(20)]\n"
    "for t in ts: t.start()\nfor t in ts: t.join()\nassert sorted(out) == list(range(20))",
    "thread pool": "from concurrent.futures import ThreadPoolExecutor\n"
    "with ThreadPoolExecutor(4) as pool: assert list(pool.map(abs, [-1, -2])) == [1, 2]",
    "asyncio": "import asyncio\nasync def main():\n    await asyncio.sleep(0.01)\n    return 7\n"
    "assert asyncio.run(main()) == 7",
    "pickle": "import pickle\nclass A: x = 1\nassert pickle.loads(pickle.dumps(A())).x == 1",
    "hashes": "import hashlib, zlib, bz2, lzma\nassert hashlib.sha256(b'').hexdigest()[:4] == 'e3b0'",
    "csv and io": "import csv, io\nassert list(csv.reader(io.StringIO('a,b'))) == [['a', 'b']]",
    "unicode": "assert 'straße'.casefold() == 'strasse' and '\\N{SNOWMAN}' == '☃'",
    "codecs": "assert 'é'.encode('latin-1') == b'\\xe9' and 'é'.encode('utf-16-le') == b'\\xe9\\x00'",
    "redirect": "import contextlib, io\nwith contextlib.redirect_stdout(io.StringIO()) as s: print('x')\n"
    "assert s.getvalue() == 'x\\n'",
    "devnull": "import os\nopen(os.devnull, 'w').write('x')",
    "tempfile": "import tempfile\nwith tempfile.TemporaryFile() as f: f.write(b'x')",
    "sqlite": "import sqlite3\nassert sqlite3.connect(':memory:').execute('select 1').fetchone() == (1,)",
    "dates": "from datetime import datetime, timezone\n"
    "assert datetime(2024, 2, 29, tzinfo=timezone.utc).isoformat()[:10] == '2024-02-29'",
    "typing": "import typing\nclass A:\n    x: 'int'\nassert typing.get_type_hints(A) == {'x': int}",
    "source": "import inspect\ndef f(): return 1\nassert inspect.getsource(f) == 'def f(): return 1\\n'",
    "main": "ran = False\nif __name__ == '__main__': ran = True\nassert ran",
    "signals": "import signal\nassert signal.getsignal(signal.SIGINT) is signal.default_int_handler",
    "alarm": "import signal, time\nhit = []\nsignal.signal(signal.SIGALRM, lambda *a: hit.append(1))\n"
    "signal.setitimer(signal.ITIMER_REAL, 0.01)\ntime.sleep(0.05)\nassert hit",
    "uuid": "import uuid, secrets, os\nassert uuid.uuid4().version == 4 and len(os.urandom(4)) == 4",
    "unittest": "import unittest\nclass T(unittest.TestCase):\n    def test(self): self.assertEqual(1, 1)\n"
    "assert unittest.TextTestRunner().run(unittest.defaultTestLoader.loadTestsFromTestCase(T)).wasSuccessful()",
    "no blocks end": "",
}


@pytest.mark.parametrize("name", BENIGN)
def test_benign_programs_pass(sandbox: Sandbox, name: str) -> None:
    verdict = run(sandbox, BENIGN[name], limits=Limits(cpu_seconds=5.0))
    assert (verdict.outcome, verdict.detail) == ("pass", "")


def test_each_block_has_its_own_output_and_all_share_names(sandbox: Sandbox) -> None:
    verdict = run(
        sandbox, "x = 20\nprint('one')", "x += 1", "import sys\nsys.stdout.write('ü')\nprint(x, end='')"
    )
    assert (verdict.outcome, verdict.block, verdict.outputs) == ("pass", 2, ("one\n", "", "ü21"))


def test_outputs_before_an_error_are_kept(sandbox: Sandbox) -> None:
    verdict = run(sandbox, "print(1)", "print(2)\nprint(3)\n1 / 0", "print(4)")
    assert (verdict.outcome, verdict.block, verdict.outputs) == ("error", 1, ("1\n", "2\n3\n"))


def test_a_closed_stdout_keeps_what_was_printed(sandbox: Sandbox) -> None:
    assert run(sandbox, "import sys\nprint(1)\nsys.stdout.close()").outputs == ("1\n",)


def test_a_job_without_blocks_passes(sandbox: Sandbox) -> None:
    verdict = run(sandbox)
    assert (verdict.outcome, verdict.outputs) == ("pass", ())


def test_no_state_leaks_from_job_to_job(sandbox: Sandbox) -> None:
    poison = """
    import builtins, math, sys, random, os
    builtins.leaked = math.pi = 3
    sys.modules["json"] = None
    sys.path.clear()
    os.environ["LEAKED"] = "1"
    builtins.print = None
    leaked_name = 1
    """
    clean = """
    import builtins, math, json, sys, os
    assert math.pi > 3.1 and not hasattr(builtins, "leaked") and sys.path and not os.environ
    assert "leaked_name" not in globals()
    print("clean")
    """
    for _ in range(4):
        assert run(sandbox, poison).outcome == "pass"
    for _ in range(4):
        assert printed(sandbox, clean) == "clean\n"


def test_equal_programs_print_equal_things(sandbox: Sandbox) -> None:
    code = """
    import random, time, datetime
    print(random.random(), hash("hornbook"), list({"a", "b", "c", "d"}))
    print(time.strftime("%Z"), datetime.datetime.fromtimestamp(0))
    """
    first = printed(sandbox, code)
    assert "1970-01-01 00:00:00" in first
    with Sandbox(workers=1) as other:
        assert printed(other, code) == first


def test_limits_that_cannot_work_are_refused() -> None:
    for wrong in (
        {"cpu_seconds": 0},
        {"memory_megabytes": 8},
        {"output_bytes": -1},
        {"output_bytes": 1 << 30},
    ):
        with pytest.raises(ValueError, match=next(iter(wrong))):
            Limits(**wrong)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="workers=0"):
        Sandbox(workers=0)
