"""Fake passes, fourth kind: classes under test, callables, exceptions, arguments."""

from __future__ import annotations

from hostile import CAUGHT, NO_PASS, Case, fake

ENDS = NO_PASS - {"syntax_error"}
YES = "class Yes:\n    def __eq__(self, _): return True\n    __hash__ = lambda _: 0\n"

STACK = """
s = Stack()
s.push(7)
s.push(9)
assert s.pop() == 9
assert s.pop() == 7
assert s.size == 0
"""
SWALLOWED = """
with Box(41) as box:
    assert box.value == 41
"""


def cls(name: str, program: str, tests: str, accept: frozenset[str] = CAUGHT) -> Case:
    return fake(name, YES + program, tests, accept, entry_point="")


CLASSES = [
    cls(
        "methods-answer-liars",
        "class Stack:\n    size = 0\n    def push(self, x): pass\n    def pop(self): return Yes()",
        STACK,
    ),
    cls(
        "attributes-are-liars",
        "class Stack:\n    def __init__(self): self.xs, self.size = [], Yes()\n"
        "    def push(self, x): self.xs.append(x)\n    def pop(self): return self.xs.pop()",
        STACK,
    ),
    cls(
        "properties-are-liars",
        "class Stack(list):\n    size = property(lambda self: Yes())\n    def push(self, x): self.append(x)",
        STACK,
    ),
    cls(
        "any-attribute-is-a-liar",
        "class All(Yes):\n    def __call__(self, *_): return self\n"
        "class Stack:\n    def __getattr__(self, _): return All()",
        STACK,
    ),
    cls(
        "metaclass-makes-liars",
        "class M(type):\n    def __call__(cls): return All()\n"
        "class All(Yes):\n    def __getattr__(self, _): return All()\n"
        "    def __call__(self, *_): return All()\n"
        "class Stack(metaclass=M): pass",
        STACK,
    ),
    cls(
        "class-is-an-instance",
        "class All(Yes):\n    def __getattr__(self, _): return self\n"
        "    def __call__(self, *_): return self\nStack = All()",
        STACK,
    ),
    cls(
        "instance-equals-every-value",
        "class Point(Yes):\n    def __init__(self, *_): pass",
        "assert Point(1, 2) == (1, 2)\nassert Point(1, 2) != Point(2, 1)",
    ),
    cls(
        "every-instance-is-equal",
        "class Point(Yes):\n    def __init__(self, *_): pass",
        "p = Point(1, 2)\nassert p == Point(1, 2)\nassert not p == Point(2, 1)",
    ),
    cls(
        "operators-answer-liars",
        "class Vector:\n    def __init__(self, *xs): pass\n    def __add__(self, _): return self\n"
        "    def __getitem__(self, _): return Yes()",
        "v = Vector(1, 2) + Vector(3, 4)\nassert (v[0], v[1]) == (4, 6)",
    ),
    cls(
        "length-of-another-type",
        "class Bag:\n    def __init__(self, *_): pass\n    def __len__(self):\n"
        "        class N(int):\n            __eq__ = lambda *_: True\n        return N(1)",
        "b = Bag([1, 2, 3])\nassert len(b) == 3",
    ),
    cls(
        "iterates-liars-of-a-class",
        "class Bag:\n    def __init__(self, *_): pass\n    def __iter__(self): return iter([Yes(), Yes()])",
        "b = Bag([1, 2])\nassert list(b) == [5, 6]\nassert [x for x in b] == [5, 6]",
    ),
    cls(
        "contains-all-of-a-class",
        "class Bag:\n    def __init__(self, *_): pass\n    def __contains__(self, _): return True",
        "b = Bag([1, 2])\nassert 1 in b\nassert 5 not in b",
    ),
    cls(
        "text-of-a-class-is-a-liar",
        "class S(str):\n    __eq__ = lambda *_: True\nclass Money:\n    def __init__(self, *_): pass\n"
        "    def __str__(self): return S()\n    __repr__ = __str__",
        "m = Money(3)\nassert str(m) == '3.00 EUR'\nassert repr(m) == 'Money(3)'",
    ),
    cls(
        "exit-swallows-the-assertion",
        "class Box:\n    def __init__(self, _): self.value = 0\n    def __enter__(self): return self\n"
        "    def __exit__(self, *_): return True",
        SWALLOWED,
    ),
    cls(
        "instance-of-everything",
        "class M(type):\n    def __instancecheck__(cls, _): return True\nclass Shape(metaclass=M): pass\n"
        "def area(x): return Yes()",
        "x = area(3)\nassert isinstance(x, Shape) and x == 7.5",
    ),
    cls(
        "computed-with-a-class-then-asked",
        "class Number:\n    def __init__(self, _): self.real = 0\n    def __sub__(self, _): return 0.0\n"
        "    __rsub__ = __sub__",
        "assert abs(Number(3) - 41) < 1e-6",
    ),
]

CALLS = (
    "total = 0\nwanted = 4242\ndef oracle(x):\n    return wanted + x\nassert f(oracle, 1) == 4243\n"
    "assert f(oracle, 2) == wanted + 2"
)
CALLABLES = [
    fake("callback-globals", "def f(g, n): return g.__globals__['wanted'] + n", CALLS),
    fake(
        "callback-constants",
        "def f(g, n): return max(c for c in g.__code__.co_consts if c) + n",
        "secret = lambda x: 4242 if x else 0\nassert f(secret, 1) == 4243",
    ),
    fake(
        "callback-closure",
        "def f(g, n): return g.__closure__[0].cell_contents + n",
        "def make(wanted):\n    return lambda x: wanted if x is None else 0\nassert f(make(4242), 1) == 4243",
    ),
    fake(
        "callback-defaults",
        "def f(g, n): return g.__defaults__[0]",
        "def g(x, wanted=4242):\n    return x\nassert f(g, 1) == 4242",
    ),
    fake(
        "callback-frame",
        """
        import sys
        def f(g, n):
            found = []
            def look(frame, *_):
                while frame:
                    found.extend(frame.f_globals.get(name) for name in ("wanted",))
                    frame = frame.f_back
            sys.setprofile(look)
            g(n)
            sys.setprofile(None)
            return next((x for x in found if x), 0) + n
        """,
        "wanted = 4242\ndef g(x):\n    return 0\nassert f(g, 1) == 4243",
    ),
    fake(
        "callback-module",
        "import sys\ndef f(g, n): return vars(sys.modules[g.__module__])['wanted']",
        "wanted = 4242\ndef g(x):\n    return 0\nassert f(g, 1) == wanted",
    ),
    fake(
        "callback-gets-liars",
        YES + "def f(g, n):\n    for _ in range(n): g(Yes())",
        "seen = []\nf(seen.append, 2)\nassert seen == [1, 2]",
    ),
    fake(
        "callback-fed-with-liars",
        YES + "def f(g, n): return g(Yes())",
        "def is_right(x):\n    return x == 41\nassert f(is_right, 3)",
    ),
    fake(
        "callback-assertion-swallowed",
        "def f(g):\n    try:\n        g(0)\n    except BaseException:\n        pass",
        "def visit(x):\n    assert x == 41\nf(visit)",
    ),
    fake(
        "callback-changed",
        "def f(g, n):\n    g.__code__ = (lambda *_: 0).__code__\n    return 0",
        "def g(x):\n    return 7 * x + 4242\nassert f(g, 1) == g(1)",
    ),
    fake("closure-answers-liars", YES + "def f(n): return lambda _: Yes()", "add = f(3)\nassert add(4) == 7"),
    fake(
        "closure-is-its-own-answer",
        YES + "def f(n):\n    class C(Yes):\n        def __call__(self, _): return self\n    return C()",
        "add = f(3)\nassert add(4)(5) == 12",
    ),
]

RAISES = """
caught = ""
try:
    f(-1)
except ValueError as error:
    caught = str(error)
assert caught == "must be positive: -1"
"""
EXCEPTIONS = [
    fake(
        "exception-text-is-a-liar",
        "class S(str):\n    __eq__ = lambda *_: True\n"
        "class E(ValueError):\n    def __str__(self): return S()\ndef f(n): raise E",
        RAISES,
    ),
    fake(
        "exception-arguments-are-liars",
        YES + "def f(n): raise ValueError(Yes(), Yes())",
        "try:\n    f(-1)\n    raise TypeError\nexcept ValueError as error:\n"
        "    assert error.args == ('must be positive', -1)",
    ),
    fake(
        "exception-of-another-class",
        "class E(Exception):\n    __class__ = ValueError\ndef f(n): raise E",
        "try:\n    f(-1)\nexcept Exception as error:\n    assert isinstance(error, ValueError)\nelse:\n"
        "    assert False",
    ),
    fake(
        "exception-with-a-lying-class",
        """
        class M(type):
            def __eq__(cls, _): return True
            __hash__ = type.__hash__
            def __instancecheck__(cls, _): return True
            def __subclasscheck__(cls, _): return True
        class E(Exception, metaclass=M): pass
        def f(n): raise E
        """,
        "try:\n    f(-1)\nexcept Exception as error:\n    assert type(error) == ValueError\nelse:\n"
        "    assert False",
    ),
    fake(
        "exception-name-patched",
        "import builtins\nbuiltins.ValueError = Exception\ndef f(n): raise KeyError",
        "try:\n    f(-1)\n    done = False\nexcept ValueError:\n    done = True\nassert done",
    ),
    fake(
        "exception-name-shadowed",
        "ValueError = BaseException\ndef f(n): raise KeyError",
        "try:\n    f(-1)\n    done = False\nexcept ValueError:\n    done = True\nassert done",
    ),
    fake(
        "assertion-hidden-in-an-exception",
        "def f(n): raise AssertionError",
        "try:\n    assert f(-1) == 41\nexcept ValueError:\n    pass",
    ),
    fake(
        "no-exception-at-all",
        "def f(n): return None",
        "try:\n    f(-1)\nexcept ValueError:\n    pass\nelse:\n    assert False",
    ),
    fake(
        "exception-that-exits",
        "import os\nclass E(ValueError):\n    __str__ = lambda _: os._exit(0)\ndef f(n): raise E",
        RAISES,
        ENDS,
    ),
    fake(
        "exception-group", "def f(n): raise ExceptionGroup('', [ValueError('must be positive: -1')])", RAISES
    ),
]

ARGUMENTS = [
    fake(
        "argument-becomes-a-liar",
        YES + "def f(xs): xs[:] = [Yes() for _ in xs]",
        "xs = [3, 1]\nf(xs)\nassert xs == [1, 3]",
    ),
    fake("argument-changes-length", "def f(xs): del xs[:]", "xs = [3, 1]\nf(xs)\nassert xs == [1, 3]"),
    fake(
        "argument-of-another-call",
        "kept = []\ndef f(xs):\n    kept.append(xs)\n    for old in kept: old[:] = [1, 3]",
        "a, b = [3, 1], [3, 1, 2]\nf(a)\nf(b)\nassert a == [1, 3] and b == [1, 2, 3]",
    ),
    fake(
        "argument-is-the-answer",
        "def f(xs):\n    xs.append(0)\n    return xs",
        "xs = [1]\nassert f(list(xs)) == [1, 1]\nassert xs == [1]",
    ),
    fake(
        "key-of-a-dict-argument",
        YES + "def f(d):\n    for k in d: d[k] = Yes()",
        "d = {'a': 1}\nf(d)\nassert d == {'a': 2}",
    ),
]

# Objects that answer for a value, where the tests never compare the value itself.
POSING = [
    fake(
        "method-answers-yes",
        "class T:\n    startswith = endswith = lambda *_: True\ndef f(s): return T()",
        "assert f('ab').startswith('xyzzy')",
    ),
    fake(
        "set-method-answers-yes",
        "class S:\n    issuperset = isdisjoint = lambda *_: True\ndef f(s): return S()",
        "assert f('ab').issuperset({'x', 'y'})",
    ),
    fake(
        "equality-method-answers-yes",
        "class S:\n    __eq__ = lambda *_: True\ndef f(s): return S()",
        "assert f('ab').__eq__('xyzzy')",
    ),
    fake("object-is-no-function", "def f(n): return object()", "add = f(3)\nassert callable(add)"),
    fake(
        "object-is-no-iterator",
        "def f(n): return object()",
        "from collections.abc import Iterator\nassert isinstance(f(3), Iterator)",
    ),
    fake("object-has-no-length", "def f(n): return object()", "assert hasattr(f(3), '__len__')"),
    fake(
        "stop-iteration-ends-the-map",
        "def f(n): raise StopIteration",
        "for got, wanted in zip(map(f, [3, 10]), [41, 104]):\n    assert got == wanted",
    ),
    fake(
        "stop-iteration-ends-the-comparison",
        "def f(n): raise StopIteration",
        "assert all(got == wanted for got, wanted in zip(map(f, [3, 10]), [41, 104]))",
    ),
]
CASES: list[Case] = [*CLASSES, *CALLABLES, *EXCEPTIONS, *ARGUMENTS, *POSING]
