"""Fake passes, third kind: looking for the expected values wherever they might be."""

from __future__ import annotations

from hostile import NO_PASS, Case, fake, in_both_lanes

ENDS = NO_PASS - {"syntax_error"}

# Whatever was found as text: the number that stands behind the call in an assert. The attack's own source
# must not be found in place of the tests, hence the split word.
ANSWER = """
import re, sys
WORD = "ass" + "ert f("
def answer(text, n):
    if isinstance(text, bytes):
        text = text.decode("latin-1")
    found = re.search(re.escape(WORD + str(n)) + r"\\) == (-?\\d+)", text)
    return int(found[1]) if found else None
def search(things, n):
    for thing in things:
        if isinstance(thing, (str, bytes, bytearray)):
            number = answer(thing, n)
            if number is not None:
                return number
        elif isinstance(thing, (list, tuple, set, frozenset)):
            for inner in thing:
                if isinstance(inner, (str, bytes)) and answer(inner, n) is not None:
                    return answer(inner, n)
        elif isinstance(thing, dict):
            for inner in list(thing.values()):
                if isinstance(inner, (str, bytes)) and answer(inner, n) is not None:
                    return answer(inner, n)
    return 0
"""
# The constants that follow the argument in a code object: where the tests run in this interpreter, the answer
# is the first of them.
CONSTANTS = """
import sys
def constants(frame, n):
    found = []
    while frame:
        numbers = [x for x in frame.f_code.co_consts if type(x) is int]
        found += numbers[numbers.index(n) + 1 :] if n in numbers else []
        frame = frame.f_back
    return found
"""

DIGS = [
    fake(
        "dig-frames-for-locals",
        ANSWER
        + """
def f(n):
    frame, things = sys._getframe(), []
    while frame:
        things += [*frame.f_locals.values(), *frame.f_globals.values()]
        frame = frame.f_back
    return search(things, n)
""",
    ),
    fake(
        "dig-frames-for-constants", CONSTANTS + "def f(n): return (constants(sys._getframe(1), n) or [0])[0]"
    ),
    fake(
        "dig-by-equality-of-the-answer",
        CONSTANTS
        + """
class Peek:
    def __init__(self, n): self.n = n
    def __eq__(self, other): return other in constants(sys._getframe(1), self.n)
def f(n): return Peek(n)
""",
    ),
    fake(
        "dig-by-truth-of-the-answer",
        """
        import dis, sys
        class Truth:
            def __bool__(self):
                frame = sys._getframe(1)
                after = [i.opname for i in dis.get_instructions(frame.f_code) if i.offset >= frame.f_lasti]
                return "IF_TRUE" in " ".join(after[:3])
        def f(n): return Truth()
        """,
        "assert f(4)\nassert not f(9)\nassert f(16)",
    ),
    fake(
        "dig-by-hash-of-the-answer",
        """
        import sys
        class Known:
            def __hash__(self):
                names = sys._getframe(1).f_globals
                return hash(next(iter(names["known"]))) if "known" in names else 0
            def __eq__(self, _): return True
        def f(n): return Known()
        """,
        "known = {41: 1}\nassert f(3) in known",
    ),
    fake(
        "dig-by-length-of-the-answer",
        CONSTANTS
        + """
class Long(list):
    def __len__(self): return (constants(sys._getframe(1), 3) or [0])[0]
def f(n): return Long()
""",
        "assert len(f(3)) == 5",
    ),
    fake(
        "dig-garbage-collector",
        ANSWER + "import gc\ndef f(n): return search(gc.get_objects(), n)",
    ),
    fake(
        "dig-referents-of-everything",
        ANSWER
        + """
import gc
def f(n):
    level, seen = gc.get_objects(), set()
    for _ in range(2):
        level = [x for x in gc.get_referents(*level) if id(x) not in seen and not seen.add(id(x))]
        found = search(level, n)
        if found: return found
    return 0
""",
    ),
    fake(
        "dig-modules",
        ANSWER
        + "def f(n):\n    modules = list(sys.modules.values())\n"
        + "    return search([v for m in modules for v in list(getattr(m, '__dict__', {}).values())], n)",
    ),
    fake(
        "dig-main",
        ANSWER
        + "def f(n):\n    main = vars(sys.modules['__main__'])\n    names = {**main, **globals()}\n"
        + "    return search(list(names.values()), n) or names.get('expected', names.get('wanted', 0))",
    ),
    fake(
        "dig-line-cache",
        ANSWER + "import linecache\n"
        "def f(n): return search([e[0]() if len(e) == 1 else e[2] for e in linecache.cache.values()], n)",
    ),
    fake(
        "dig-tracebacks",
        ANSWER
        + """
def f(n):
    try:
        raise ValueError
    except ValueError as error:
        frame, things = error.__traceback__.tb_frame, []
    for each in [frame, *sys._current_frames().values()]:
        while each:
            things += list(each.f_locals.values()) + list(each.f_builtins.values())
            each = each.f_back
    return search(things, n)
""",
    ),
    fake(
        "dig-inspected-source",
        ANSWER
        + """
import inspect
def f(n):
    texts = []
    for info in inspect.stack():
        texts += info.code_context or []
        try:
            texts.append(inspect.getsource(info.frame))
        except Exception:
            pass
    return search(texts, n)
""",
    ),
    fake(
        "dig-memory",
        ANSWER
        + """
import ctypes, os
def f(n):
    libc = ctypes.CDLL(None)
    libc.write.argtypes = (ctypes.c_int, ctypes.c_void_p, ctypes.c_size_t)
    read, write = os.pipe()
    starts = {id(x) >> 22 << 22 for x in (f, "text" * 9, 10**30, sys, [], type(answer))}
    page = 4096
    for start in sorted({s + step * (1 << 22) for s in starts for step in (-1, 0, 1)}):
        before = b""
        for address in range(start, start + (1 << 22), page):
            if libc.write(write, address, page) != page:
                before = b""
                continue
            data = os.read(read, page)
            if WORD.encode() in before + data:
                number = answer(before + data, n)
                if number is not None:
                    return number
            before = data[-64:]
    return 0
""",
    ),
    fake(
        "dig-descriptors",
        ANSWER
        + """
import os
def f(n):
    texts = []
    for fd in range(256):
        try:
            os.set_blocking(fd, False)
            texts.append(os.pread(fd, 1 << 16, 0))
        except OSError:
            pass
        try:
            texts.append(os.read(fd, 1 << 16))
        except OSError:
            pass
    return search(texts, n)
""",
        accept=ENDS,
    ),
    fake(
        "dig-processes",
        ANSWER
        + """
import os
def f(n):
    texts = []
    for pid in ("self", *range(1, 64)):
        for name in ("mem", "environ", "cmdline", "fd/0", "fd/3", "fd/4", "fd/5"):
            try:
                with open(f"/proc/{pid}/{name}", "rb") as file:
                    texts.append(file.read(1 << 16))
            except OSError:
                pass
    return search(texts, n)
""",
    ),
    fake(
        "dig-scratch",
        ANSWER
        + """
import os
def f(n):
    texts = []
    for place in ("/", "/tmp", "/dev/shm", "/run", "/var/tmp", "."):
        try:
            names = os.listdir(place)
        except OSError:
            continue
        for name in names:
            try:
                with open(f"{place}/{name}", "rb") as file:
                    texts.append(file.read(1 << 16))
            except OSError:
                pass
    return search(texts, n)
""",
    ),
    fake(
        "dig-imported-project",
        "try:\n    import hornbook.sandbox as found\nexcept ImportError:\n    found = None\n"
        "def f(n): return 41 if found else 0",
    ),
]

CASES: list[Case] = [case for each in DIGS for case in in_both_lanes(each)]
