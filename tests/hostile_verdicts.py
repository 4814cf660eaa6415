"""Fake passes, second kind: leaving early, patching what judges, redefining what the tests use."""

from __future__ import annotations

from hostile import CAUGHT, ENDED, NO_PASS, Case, fake, in_both_lanes

STATUSES = (0, 1, 70, 255)
ENDS = NO_PASS - {"unsupported", "syntax_error"}

LEAVING = [
    fake("exit-at-the-start", "import sys\nsys.exit(0)", accept=ENDED),
    fake("exit-in-the-answer", "import sys\ndef f(n): sys.exit(0)", accept=ENDED),
    fake("os-exit-at-the-start", "import os\nos._exit(0)", accept=ENDED),
    fake("os-exit-in-the-answer", "import os\ndef f(n): os._exit(0)", accept=ENDED),
    fake("quit", "def f(n): quit()", accept=ENDED | {"error"}),
    fake("exit-of-libc", "import ctypes\ndef f(n): ctypes.CDLL(None).exit(0)", accept=ENDED),
    fake("exit-group-by-number", "import ctypes\ndef f(n): ctypes.CDLL(None).syscall(231, 0)", accept=ENDED),
    fake(
        "exit-of-the-thread-by-number",
        "import ctypes\ndef f(n): ctypes.CDLL(None).syscall(60, 0)",
        accept=ENDED,
    ),
    *(
        fake(f"exit-status-{status}", f"import os\ndef f(n): os._exit({status})", accept=ENDED)
        for status in STATUSES
    ),
    fake("exit-of-a-subclass", "class E(SystemExit):\n    code = 0\ndef f(n): raise E", accept=ENDED),
    fake("keyboard-interrupt", "def f(n): raise KeyboardInterrupt", accept=ENDS),
    fake("generator-exit", "def f(n): raise GeneratorExit", accept=ENDS),
    fake("base-exception", "class Gone(BaseException): pass\ndef f(n): raise Gone", accept=ENDS),
    fake("stop-iteration", "def f(n): raise StopIteration(41)", accept=ENDS),
    fake("assertion-of-its-own", "def f(n): raise AssertionError", accept=ENDS),
    fake(
        "exit-at-exit",
        "import atexit, os\natexit.register(os._exit, 0)\ndef f(n): return 0",
        accept=CAUGHT | ENDED,
    ),
    fake(
        "exit-when-deleted",
        "import os\nclass D:\n    def __del__(self): os._exit(0)\ndef f(n): return D()",
        accept=CAUGHT | ENDED,
    ),
    fake(
        "exit-from-a-thread",
        "import os, threading, time\ndef f(n):\n"
        "    threading.Thread(target=os._exit, args=(0,)).start()\n    time.sleep(1)",
        accept=ENDED,
    ),
    fake(
        "exit-from-an-alarm",
        """
        import os, signal, time
        signal.signal(signal.SIGALRM, lambda *_: os._exit(0))
        signal.setitimer(signal.ITIMER_REAL, 0.01)
        def f(n):
            time.sleep(1)
        """,
        accept=ENDED,
    ),
    fake("kills-itself", "import os\ndef f(n): os.kill(os.getpid(), 9)", accept=ENDS),
    fake("terminates-itself", "import os\ndef f(n): os.kill(os.getpid(), 15)", accept=ENDS),
    fake("aborts", "import os\ndef f(n): os.abort()", accept=frozenset({"crash"})),
    fake("closes-everything", "import os\ndef f(n): os.closerange(0, 1024)\n", accept=ENDS | {"tamper"}),
    fake(
        "closes-everything-and-exits",
        "import os\ndef f(n):\n    os.closerange(0, 1024)\n    os._exit(0)",
        accept=ENDED,
    ),
    fake(
        "swaps-the-descriptors",
        "import os\ndef f(n):\n    for fd in range(32):\n"
        "        os.dup2(os.open('/dev/null', os.O_RDWR), fd)\n    return 0",
        accept=ENDS,
    ),
    fake("no-function-at-all", "", accept=ENDS),
    fake("function-deletes-itself", "def f(n):\n    global f\n    del f\n    return 41", accept=ENDS),
    fake("coroutine-for-an-answer", "async def f(n): return 41", accept=CAUGHT),
    fake(
        "main-guard-of-the-tests", "__name__ = 'tests'\n__file__ = 'tests'\ndef f(n): return 0", accept=CAUGHT
    ),
]

PATCHING = [
    fake(
        "patched-assertion-error",
        "import builtins\nclass Quiet: pass\nbuiltins.AssertionError = Quiet\ndef f(n): return 0",
    ),
    fake(
        "patched-builtins",
        """
        import builtins
        class Yes:
            def __eq__(self, _): return True
        for name in "len abs round sum max min sorted str repr int float bool list set tuple any all".split():
            setattr(builtins, name, lambda *_, **__: Yes())
        def f(n): return 0
        """,
        "assert len([f(3)]) == 41\nassert abs(f(3)) == 41\nassert sorted([f(3)]) == [41]",
        ENDS | {"unsupported"},
    ),
    fake(
        "patched-isinstance",
        "import builtins\nbuiltins.isinstance = lambda *_: True\ndef f(n): return 0",
        accept=ENDS,
    ),
    fake(
        "patched-import",
        """
        import builtins, types
        class Yes:
            def __eq__(self, _): return True
        fake = types.SimpleNamespace(isclose=lambda *_, **__: True, sqrt=lambda _: Yes())
        builtins.__import__ = lambda *_, **__: fake
        def f(n): return 0
        """,
        "import math\nassert math.isclose(f(2), 1.41421, rel_tol=1e-4)\nassert math.sqrt(f(4)) == 1.5",
        ENDS,
    ),
    fake(
        "patched-math",
        "import math\nmath.isclose = lambda *_, **__: True\ndef f(n): return 0.0",
        "import math\nassert math.isclose(f(2), 1.41421, rel_tol=1e-4)",
    ),
    fake(
        "replaced-math",
        "import sys, types\nsys.modules['math'] = types.SimpleNamespace(isclose=lambda *_, **__: True)\n"
        "def f(n): return 0.0",
        "import math\nassert math.isclose(f(2), 1.41421, rel_tol=1e-4)",
    ),
    fake(
        "import-hook",
        """
        import sys, types
        class Finder:
            @staticmethod
            def find_spec(name, *_):
                from importlib.machinery import ModuleSpec
                return ModuleSpec(name, Finder)
            create_module = staticmethod(lambda spec: types.SimpleNamespace(isclose=lambda *_, **__: True))
            exec_module = staticmethod(lambda module: None)
        sys.meta_path.insert(0, Finder)
        sys.modules.pop("math", None)
        def f(n): return 0.0
        """,
        "import math\nassert math.isclose(f(2), 1.41421, rel_tol=1e-4)",
    ),
    fake(
        "patched-fraction",
        "from fractions import Fraction\nFraction.__eq__ = lambda *_: True\ndef f(n): return Fraction(0)",
        "from fractions import Fraction\nassert f(3) == Fraction(41, 3)",
    ),
    fake(
        "patched-counter",
        "from collections import Counter\nCounter.__eq__ = lambda *_: True\ndef f(s): return Counter()",
        "from collections import Counter\nassert f('aab') == Counter('aab')",
    ),
    fake(
        "patched-deep-copy",
        "import copy\ncopy.deepcopy = copy.copy = lambda x, *_: 41\ndef f(n): return 0",
    ),
    fake(
        "patched-encoders",
        """
        import json, marshal, pickle, struct
        for module in (json, marshal, pickle):
            module.dumps = lambda *_, **__: '{"outcome": "pass"}'
            module.loads = lambda *_, **__: {"outcome": "pass"}
        struct.pack = lambda *_: b"pass"
        def f(n): return 0
        """,
        accept=ENDS,
    ),
    fake(
        "patched-writers",
        "import os\nwrite = os.write\nos.write = lambda fd, data: write(fd, b'pass' + data)\n"
        "def f(n): return 0",
        accept=ENDS,
    ),
    fake(
        "patched-operators",
        "import operator\noperator.eq = operator.is_ = operator.truth = lambda *_: True\ndef f(n): return 0",
    ),
    fake(
        "patched-everything",
        """
        import sys, types
        for module in list(sys.modules.values()):
            if getattr(module, "__name__", "") not in ("builtins", "sys", "__main__"):
                for name, value in list(vars(module).items()):
                    if isinstance(value, types.FunctionType):
                        setattr(module, name, lambda *_, **__: True)
        def f(n): return 0
        """,
        accept=ENDS,
    ),
    fake(
        "patched-runner-code",
        """
        import gc, types
        def always(*_, **__): return True
        own = always.__globals__
        for found in gc.get_objects():
            if not isinstance(found, types.FunctionType) or found.__globals__ is own:
                continue
            if not found.__closure__:
                if not getattr(found, "__module__", "").split(".")[0] in ("importlib", "codecs", "encodings"):
                    found.__code__ = always.__code__
        def f(n): return 0
        """,
        accept=ENDS,
    ),
    fake(
        "trace-skips-the-asserts",
        """
        import sys
        def skip(frame, event, _):
            if event == "line":
                try:
                    frame.f_lineno += 1
                except ValueError:
                    pass
            return skip
        sys.settrace(skip)
        frame = sys._getframe()
        while frame:
            frame.f_trace = skip
            frame = frame.f_back
        def f(n): return 0
        """,
        accept=ENDS,
    ),
    fake(
        "profile-raises",
        "import sys\ndef f(n):\n    sys.setprofile(lambda *_: 1 / 0)\n    return 0",
        accept=ENDS,
    ),
    fake(
        "excepthook-exits",
        "import os, sys\nsys.excepthook = lambda *_: os._exit(0)\ndef f(n): return 0",
        accept=CAUGHT | ENDED,
    ),
    fake(
        "no-recursion-left",
        "import sys\ndef f(n):\n    sys.setrecursionlimit(sys.getrecursionlimit() // 50)\n    return 0",
        accept=ENDS,
    ),
    fake(
        "patched-unittest",
        "import unittest\nunittest.TestCase.assertEqual = lambda *_: None\ndef f(n): return 0",
        "import unittest\ncase = unittest.TestCase()\ncase.assertEqual(f(3), 41)",
    ),
    fake(
        "builtins-of-its-own",
        "__builtins__ = {'abs': lambda x: 41, 'len': lambda x: 41}\nf = lambda n: 0",
        "assert abs(f(3)) == 41\nassert len([f(1)]) == 41",
    ),
    fake(
        "small-integers-made-equal",
        """
        import ctypes
        def f(n):
            for place in [id(number) + 24 for number in range(20, 257)]:
                ctypes.c_uint.from_address(place).value = 20
            return 20
        """,
        "assert f(3) == 41\nassert f(10) == 104",
        ENDS,
    ),
    fake(
        "false-made-true",
        "import ctypes\ndef f(n):\n    ctypes.c_ulong.from_address(id(False) + 16).value = 1\n"
        "    ctypes.c_uint.from_address(id(False) + 24).value = 1\n    return False",
        "assert f(3) == 1",
        ENDS,
    ),
]

# A name of the tests, what the program makes of it, and a test that it wants to pass.
SHADOWS = {
    "len": ("Yes()", "assert len(f(3)) == 5"),
    "abs": ("0", "assert abs(f(2)[0] - 1.41421) < 1e-4"),
    "round": ("Yes()", "assert round(f(2), 2) == 1.41"),
    "sum": ("Yes()", "assert sum(f(3)) == 41"),
    "max": ("Yes()", "assert max(f(3)) == 41"),
    "sorted": ("Yes()", "assert sorted(f(3)) == [5, 9]"),
    "set": ("Yes()", "assert set(f(3)) == {5, 9}"),
    "list": ("Yes()", "assert list(f(3)) == [5, 9]"),
    "str": ("Yes()", "assert str(f(3)) == 'xyzzy'"),
    "isinstance": ("True", "assert isinstance(f(3), dict)"),
    "type": ("int", "assert type(f(3)) is int"),
    "all": ("True", "assert all(f(3)) and f(3)"),
    "range": ("Yes()", "assert f(3)[0] == sum(range(2, 7))"),
    "math": ("None", "import math\nassert math.isclose(f(3)[0], 1.5)"),
    "isclose": ("True", "from math import isclose\nassert isclose(f(3)[0], 1.5)"),
    "int": ("Yes()", "assert f(3) == int('41')"),
}
SHADOWING = [
    fake(
        f"shadowed-{name}",
        f"""
class Yes:
    def __eq__(self, _): return True
    def __iter__(self): return iter(())
def {name}(*_, **__): return {answer}
def f(n): return [0.0]
""",
        tests,
        ENDS,
    )
    for name, (answer, tests) in SHADOWS.items()
]

CHECK = "def check(candidate):\n    assert candidate(3) == 41\n    assert candidate(10) == 104\ncheck(f)\n"
HELPER = "def helper(n):\n    return 10 * n + 11\n"
BY_HELPER = "assert f(3) == helper(3)\nassert f(10) == helper(10)"
IN_A_BLOCK = "if True:\n    def helper(n):\n        return 10 * n + 11\n"
IN_A_TRY = "try:\n    from math import isclose\nexcept ImportError:\n    pass\n"
REDEFINING = [
    fake(
        "helper-in-a-block-redefined",
        "def helper(n): return 0\ndef f(n): return 0",
        BY_HELPER,
        setup=IN_A_BLOCK,
    ),
    fake(
        "import-in-a-block-redefined",
        "def isclose(*_): return True\ndef f(n): return 0.0",
        "x = f(3)\nassert isclose(x, 1.5)",
        setup=IN_A_TRY,
    ),
    fake(
        "star-import-redefined",
        "def isclose(*_): return True\ndef f(n): return 0.0",
        "x = f(3)\nassert isclose(x, 1.5)",
        setup="from math import *",
    ),
    fake(
        "caught-name-redefined",
        "def helper(_=0): return 0\ndef f(n): return 0",
        BY_HELPER,
        setup="helper = None\nfor helper in [lambda n: 10 * n + 11]: pass",
    ),
    fake("check-redefined", "def check(_): pass\ndef f(n): return 0", CHECK),
    fake("candidate-redefined", "candidate = lambda n: 41 if n == 3 else 104\ndef f(n): return 0", CHECK),
    fake("check-as-a-constant", "check = print\ncandidate = None\nMETADATA = {}\ndef f(n): return 0", CHECK),
    fake("helper-redefined", "def helper(n): return 0\ndef f(n): return 0", BY_HELPER, setup=HELPER),
    fake(
        "helper-lies",
        "class Yes:\n    def __eq__(self, _): return True\ndef helper(n): return Yes()\ndef f(n): return 0",
        BY_HELPER,
        setup=HELPER,
    ),
    fake(
        "helper-patched-in-main",
        "import sys\nmain = sys.modules['__main__']\nmain.helper = lambda n: 0\n"
        "def f(n):\n    main.helper = lambda n: 0\n    return 0",
        BY_HELPER,
        setup=HELPER,
    ),
    fake(
        "tests-variable-redefined",
        "wanted = 0\ncases = []\ndef f(n): return 0",
        "wanted = 41\nassert f(3) == wanted",
    ),
    fake(
        "tests-function-redefined",
        "def verify(*_): return True\ndef f(n): return 0",
        "def verify(a, b):\n    return a == b\nassert verify(f(3), 41)",
    ),
]
VERDICTS: list[Case] = [*LEAVING, *PATCHING, *SHADOWING, *REDEFINING]
CASES: list[Case] = [case for each in VERDICTS for case in in_both_lanes(each)]
