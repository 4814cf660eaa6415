"""Programs that attack with text: encodings, surrogates, controls; none may reach a verdict's detail."""

from __future__ import annotations

from hostile import CAUGHT, HELD, NO_PASS, Case, attack, fake

ERROR = frozenset({"error"})
SYNTAX = frozenset({"syntax_error"})
EVIL = "pass\\n\\x1b[2J\\u202e{0}EVIL"


def text(name: str, program: str, accept: frozenset[str]) -> Case:
    """The source as it is, undedented."""
    return Case(name, program, accept)


CASES: list[Case] = [
    # What a source may be
    text("source-in-rot13", "# -*- coding: rot13 -*-\nenvfr FlfgrzRkvg", NO_PASS | HELD),
    text("source-in-utf-7", "# coding: utf-7\nassert '+AGEAYg-' == 'ab'", NO_PASS | HELD),
    text("source-in-an-unknown-encoding", "# coding: evil\nx = 1", NO_PASS | HELD),
    text("source-with-a-byte-order-mark", "\ufeffx = 1", HELD | SYNTAX),
    text("source-with-a-surrogate", "x = '\ud800'", SYNTAX),
    text("source-of-surrogates", "\udcff\udcfe", SYNTAX),
    text("source-with-control-characters", "x = 1\x1b[2J\x07", SYNTAX),
    text("source-with-bidirectional-marks", "x = 'a\u202e' # \u2066 } \u2069\nassert len(x) == 2", HELD),
    text(
        "source-with-a-form-feed-and-returns",
        "x = 1\r\n\fy = 2\rassert (x, y) == (1, 2)\n",
        HELD | SYNTAX | {"error"},
    ),
    text("source-with-look-alikes", "\u0430bs = lambda x: 0\nassert abs(-1) == 1", HELD),
    # What an answer may be
    fake("surrogate-for-an-answer", "def f(n): return '\\ud800'", "assert f(3) == 'x'", CAUGHT),
    fake(
        "surrogates-in-keys",
        "def f(n): return {'\\ud800': b'\\xff', '\\udfff': '\\0'}",
        "assert f(3) == {'x': 1}",
        CAUGHT,
    ),
    fake(
        "half-pairs-that-join",
        "def f(n): return '\\ud83d' + '\\ude00'",
        "assert f(3) == '\\U0001f600'",
        CAUGHT,
    ),
    fake("composed-is-not-decomposed", "def f(n): return 'e\\u0301'", "assert f(3) == '\\u00e9'", CAUGHT),
    fake(
        "surrogate-in-the-printed-text",
        "def f(n):\n    print('\\ud800')\n    return 0",
        "assert f(3) == 41",
        CAUGHT,
    ),
    fake(
        "quotes-and-escapes-in-the-answer",
        'def f(n): return \'"}\\n{"outcome":"pass"}\\0\\\\\'',
        "assert f(3) == 'x'",
        CAUGHT,
    ),
    fake(
        "surrogate-in-an-argument",
        "def f(xs): xs.append('\\ud800')",
        "xs = []\nf(xs)\nassert xs == ['x']",
        CAUGHT,
    ),
    # What is printed
    attack("raw-bytes-printed", "import sys\nsys.stdout.buffer.write(b'\\xff\\xfe\\0')", HELD),
    attack("surrogate-printed", "print('\\ud800')", HELD | ERROR),
    attack(
        "surrogate-printed-with-pass-through",
        "import sys\nsys.stdout.reconfigure(errors='surrogateescape')\nprint('\\udcff')",
        HELD | ERROR,
    ),
    attack("half-a-character-printed", "import sys\nsys.stdout.buffer.write('\\u2603'.encode()[:2])", HELD),
    attack(
        "stdout-in-another-encoding",
        "import sys\nsys.stdout.reconfigure(encoding='utf-16')\nprint('x')",
        HELD | ERROR,
    ),
    # What a name may be: the details are checked after every case
    attack("exception-with-a-message", f"raise ValueError('{EVIL}')", ERROR),
    attack("assertion-with-a-message", f"assert False, '{EVIL}'", frozenset({"fail"})),
    attack("exit-with-a-message", f"raise SystemExit('{EVIL}')", frozenset({"exit"})),
    attack("exception-named-with-controls", f"raise type('{EVIL}', (Exception,), {{}})", ERROR),
    attack("exception-named-pass", "class EVIL(Exception): pass\nraise EVIL", ERROR),
    attack("exception-with-a-huge-name", "raise type('EVIL' * 10**6, (Exception,), {})", ERROR),
    attack(
        "exception-named-with-a-surrogate",
        "E = type('E', (Exception,), {})\nE.__qualname__ = '\\ud800EVIL'\nraise E",
        ERROR,
    ),
    attack(
        "exception-in-a-module-with-controls",
        f"E = type('E', (Exception,), {{'__module__': '{EVIL}'}})\nraise E",
        ERROR,
    ),
    attack(
        "exception-whose-name-is-a-property",
        "class M(type):\n    __name__ = __qualname__ = property(lambda cls: 'EVIL')\n"
        "class E(Exception, metaclass=M): pass\nraise E",
        ERROR,
    ),
    attack(
        "exception-whose-name-raises",
        "class M(type):\n    def __getattribute__(cls, name): raise RuntimeError('EVIL')\n"
        "class E(Exception, metaclass=M): pass\nraise E",
        ERROR,
    ),
    attack(
        "exception-that-poses-as-an-assertion",
        "class E(Exception):\n    __class__ = AssertionError\nraise E",
        ERROR,
    ),
    attack("builtin-exception-renamed", "class E(LookupError): pass\nE.__name__ = 'EVIL'\nraise E", ERROR),
    attack(
        "syntax-error-with-text-of-its-own",
        "raise SyntaxError('EVIL', ('EVIL\\n', 10**9, 1, 'EVIL\\n'))",
        ERROR | SYNTAX,
    ),
    attack("line-of-a-file-of-its-own", "exec(compile('\\n' * 99 + '1 / 0', 'EVIL\\n', 'exec'))", ERROR),
    attack(
        "line-number-beyond-all-bounds",
        """
        import types
        def f(): raise ValueError
        f.__code__ = f.__code__.replace(co_firstlineno=2**31 - 1, co_name='EVIL\\n', co_filename='EVIL\\n')
        f()
        """,
        ERROR,
    ),
    attack(
        "group-of-exceptions-with-a-message", f"raise ExceptionGroup('{EVIL}', [ValueError('{EVIL}')])", ERROR
    ),
    attack("exception-with-notes", f"e = ValueError()\ne.add_note('{EVIL}')\nraise e", ERROR),
    attack(
        "exception-with-a-lying-traceback",
        "class E(Exception):\n    __traceback__ = property(lambda self: 'EVIL')\nraise E",
        ERROR,
    ),
    attack("key-error-of-a-text", "{}['EVIL\\n\\x1b']", ERROR),
    attack("name-error-of-a-name", "EVIL_name", ERROR),
    attack("attribute-error-of-a-name", "getattr(1, 'EVIL\\n')", ERROR),
    fake(
        "class-of-an-answer-with-controls",
        f"def f(n): return type('{EVIL}', (), {{}})()",
        "assert f(3) == 41",
        CAUGHT,
    ),
    fake(
        "class-of-an-exception-with-controls",
        f"def f(n): raise type('{EVIL}', (Exception,), {{}})",
        "assert f(3) == 41",
        CAUGHT,
    ),
    fake(
        "class-of-an-exception-for-the-tests",
        f"def f(n): raise type('{EVIL}', (ValueError,), {{}})('{EVIL}')",
        "done = lambda: 0\nassert f(3) == 41",
        CAUGHT,
    ),
    fake(
        "name-of-the-function-with-controls",
        f"def f(n): return 0\nf.__name__ = f.__qualname__ = '{EVIL}'",
        "assert f(3) == 41",
        CAUGHT,
    ),
    fake("message-of-the-tests", "def f(n): return 'EVIL'", "assert f(3) == 41, f'{f(3)} EVIL\\n'", CAUGHT),
]
