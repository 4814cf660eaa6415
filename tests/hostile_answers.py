"""Fake passes, first kind: answers that lie about themselves, to a plan and to tests that are no plan."""

from __future__ import annotations

from hostile import Case, fake, in_both_lanes

YES = """
class Yes:
    def __init__(self, *_): pass
    def __eq__(self, _): return True
    def __hash__(self): return 0
"""
TEXT = "assert f('ab') == 'xyzzy'\nassert f('') == 'plugh'"
ROOT = "assert abs(f(2) - 1.41421) < 1e-4\nassert abs(f(9) - 3) < 1e-4"
SORTED = "assert f([3, 1, 2]) == [1, 2, 3]\nassert f([]) == []\nassert f([5]) == [5]"
COUNTS = "assert f('aab') == {'a': 2, 'b': 1}\nassert f('') == {}"
PAIR = "assert f(3) == (3, 41)\nassert f(4) == (4, 50)"


def subclass(base: str, value: str) -> str:
    return f"""
class Liar({base}):
    def __eq__(self, _): return True
    def __ne__(self, _): return False
    __hash__ = None
def f(n): return Liar({value})
"""


LYING = [
    fake("always-equal", YES + "def f(n): return Yes()"),
    fake(
        "never-unequal",
        "class No:\n    def __ne__(self, _): return False\ndef f(n): return No()",
        "assert not f(3) != 41",
    ),
    fake("reflected-equality", YES + "def f(n): return Yes()", "assert 41 == f(3)\nassert 104 == f(10)"),
    fake("equality-answers-text", "class T:\n    def __eq__(self, _): return 'yes'\ndef f(n): return T()"),
    fake("int-subclass", subclass("int", "n")),
    fake("float-subclass", subclass("float", "n"), "assert f(3) == 4.125\nassert f(1) == 0.5"),
    fake("complex-subclass", subclass("complex", "n"), "assert f(3) == 3 + 4j"),
    fake("str-subclass", subclass("str", "n"), TEXT),
    fake("bytes-subclass", subclass("bytes", "n.encode()"), "assert f('ab') == b'xyzzy'"),
    fake("list-subclass", subclass("list", "n"), SORTED),
    fake("tuple-subclass", subclass("tuple", "(n, n)"), PAIR),
    fake("dict-subclass", subclass("dict", "{}"), COUNTS),
    fake("set-subclass", subclass("set", "n"), "assert f('ab') == {'x', 'y'}"),
    fake("frozenset-subclass", subclass("frozenset", "n"), "assert f('ab') == frozenset('xy')"),
    fake(
        "decimal-subclass",
        "from decimal import Decimal\n" + subclass("Decimal", "n"),
        "from decimal import Decimal\nassert f(3) == Decimal('4.1')",
    ),
    fake(
        "date-subclass",
        "from datetime import date\n" + subclass("date", "2000, 1, n"),
        "from datetime import date\nassert f(3) == date(2024, 2, 29)",
    ),
    fake(
        "counter-subclass",
        "from collections import Counter\n" + subclass("Counter", "n"),
        "from collections import Counter\nassert f('aab') == Counter({'x': 7})",
    ),
    fake(
        "enum-member",
        """
        from enum import IntEnum
        class Answer(IntEnum):
            ONE = 1
            def __eq__(self, _): return True
            __hash__ = None
        def f(n): return Answer.ONE
        """,
    ),
    fake("list-of-liars", YES + "def f(xs): return [Yes() for _ in xs]", SORTED),
    fake("tuple-with-a-liar", YES + "def f(n): return (n, Yes())", PAIR),
    fake("dict-with-lying-values", YES + "def f(s): return {c: Yes() for c in s}", COUNTS),
    fake("deep-liar", YES + "def f(n): return [[(1, {'a': Yes()})]]", "assert f(1) == [[(1, {'a': 77})]]"),
    fake(
        "deque-of-liars",
        YES + "from collections import deque\ndef f(n): return deque([Yes()] * 3)",
        "from collections import deque\nassert f(1) == deque([7, 8, 9])",
    ),
    fake(
        "default-factory-of-liars",
        YES + "from collections import defaultdict\ndef f(n): return defaultdict(Yes)",
        "assert f(3)['total'] == 41",
    ),
    fake(
        "missing-key-of-a-liar",
        YES + "class D(dict):\n    def __missing__(self, key): return Yes()\ndef f(n): return D()",
        "assert f(3)['total'] == 41",
    ),
    fake(
        "fraction-with-lying-parts",
        YES
        + """
from fractions import Fraction
def f(n):
    x = Fraction(1, 2)
    x._numerator = x._denominator = Yes()
    return x
""",
        "from fractions import Fraction\nassert f(3) == Fraction(41, 3)",
    ),
    fake(
        "difference-is-nothing",
        "class D(float):\n    def __sub__(self, _): return 0.0\ndef f(n): return D(n)",
        ROOT,
    ),
    fake(
        "absolute-value-is-nothing",
        "class A:\n    def __sub__(self, _): return self\n    def __abs__(self): return 0\n"
        "def f(n): return A()",
        ROOT,
    ),
    fake(
        "less-than-everything",
        "class L:\n    def __lt__(self, _): return True\n    __gt__ = __lt__\ndef f(n): return L()",
        "assert f(2) < 1.5 and f(2) > 1.4",
    ),
    fake(
        "contains-everything",
        "class C(list):\n    def __contains__(self, _): return True\ndef f(n): return C()",
        "assert 41 in f(3)\nassert 104 in f(10)",
    ),
    fake("member-of-everything", YES + "def f(n): return Yes()", "assert f(3) in (41, 42)"),
    fake(
        "iterates-liars",
        YES + "class I:\n    def __iter__(self): return iter([Yes()] * 3)\ndef f(n): return I()",
        "assert list(f(3)) == [7, 8, 9]",
    ),
    fake(
        "generates-liars",
        YES + "def f(n):\n    for _ in range(n): yield Yes()",
        "assert list(f(3)) == [7, 8, 9]\nassert list(f(1)) == [7]",
    ),
    fake(
        "indexes-to-a-liar",
        YES + "class G:\n    def __getitem__(self, _): return Yes()\ndef f(n): return G()",
        "assert f(3)[0] == 41",
    ),
    fake(
        "attribute-liar",
        YES + "class U:\n    def upper(self): return Yes()\ndef f(s): return U()",
        "assert f('ab').upper() == 'XYZZY'",
    ),
    fake(
        "text-of-a-liar",
        """
        class S(str):
            def __eq__(self, _): return True
            __hash__ = None
        class Answer:
            def __str__(self): return S()
            __repr__ = __str__
        def f(n): return Answer()
        """,
        "assert str(f(3)) == '41'\nassert repr(f(3)) == '41'",
    ),
    fake(
        "sums-to-a-liar",
        YES + "class R:\n    def __radd__(self, _): return Yes()\ndef f(n): return [R()]",
        "assert sum(f(3)) == 41",
    ),
    fake(
        "largest-is-a-liar",
        YES + "def f(n): return [Yes()]",
        "assert max(f(3)) == 41\nassert sorted(f(3)) == [41]",
    ),
    fake(
        "rounds-to-a-liar",
        YES + "class R:\n    def __round__(self, _=0): return Yes()\ndef f(n): return R()",
        "assert round(f(3), 2) == 4.13",
    ),
    fake(
        "instance-of-what-is-asked",
        YES + "class I(Yes):\n    __class__ = int\ndef f(n): return I()",
        "assert isinstance(f(3), int) and f(3) == 41",
    ),
    fake(
        "type-equals-every-type",
        """
        class Meta(type):
            def __eq__(cls, _): return True
            __hash__ = type.__hash__
        class T(metaclass=Meta):
            def __eq__(self, _): return True
        def f(n): return T()
        """,
        "assert type(f(3)) == int and f(3) == 41",
    ),
    fake(
        "universal-object",
        """
        class All:
            def __getattr__(self, _): return self
            def __call__(self, *_, **__): return self
            def __getitem__(self, _): return self
            def __iter__(self): return iter([self])
            def __len__(self): return 1
            def __index__(self): return 1
            __eq__ = __ne__ = __lt__ = __gt__ = __le__ = __ge__ = __contains__ = lambda *_: True
            __add__ = __radd__ = __sub__ = __rsub__ = __abs__ = __neg__ = __round__ = lambda s, *_: s
            __hash__ = lambda _: 1
        f = All()
        """,
    ),
    fake("returns-itself", "def f(*_): return f\nf.__eq__ = lambda *_: True"),
    fake(
        "class-changes-after-the-return",
        """
        import threading
        class Plain: pass
        class Yes:
            def __eq__(self, _): return True
        def f(n):
            answer = Plain()
            threading.Timer(0.0005, lambda: setattr(answer, "__class__", Yes)).start()
            return answer
        """,
        "import time\nanswer = f(3)\ntime.sleep(0.01)\nassert answer == 41",
    ),
    fake(
        "reduces-to-code",
        """
        class Gadget:
            def __reduce__(self): return (eval, ("__import__('os')._exit(0)",))
            __reduce_ex__ = lambda self, _: self.__reduce__()
            __deepcopy__ = __copy__ = lambda self, *_: 41
            def __repr__(self): return "__import__('os')._exit(0)"
        def f(n): return Gadget()
        """,
    ),
    fake(
        "argument-left-with-liars",
        YES + "def f(xs): xs[:] = [Yes() for _ in xs]",
        "xs = [3, 1, 2]\nf(xs)\nassert xs == [1, 2, 3]",
    ),
    # Honest answers of the wrong kind that a careless encoding would make right.
    fake("one-is-not-true", "def f(n): return 1", "assert f(4) is True"),
    fake("true-is-not-an-int", "def f(n): return True", "assert type(f(4)) is int"),
    fake("list-is-not-tuple", "def f(n): return [n, 41]", "assert f(3) == (3, 41)"),
    fake("text-key-is-not-int-key", "def f(n): return {str(n): 41}", "assert f(3) == {3: 41}"),
    fake("negative-zero-is-not-zero", "def f(n): return -0.0", "assert str(f(0)) == '0.0'"),
    fake("rounded-float-is-not-int", "def f(n): return float(2**53)", "assert f(3) == 2**53 + 1"),
    fake("text-is-not-bytes", "def f(s): return s", "assert f('ab') == b'ab'"),
    fake("nan-is-not-near", "def f(n): return float('nan')", ROOT),
    fake("nan-is-not-nan", "def f(n): return float('nan')", "answer = f(3)\nassert answer == answer"),
    fake("digits-are-not-a-number", "def f(n): return '41'", "assert f(3) == 41"),
    fake("tag-is-not-a-value", "def f(n): return {'t': 'int', 'v': '41', '$': 41, '__int__': '41'}"),
    fake("nothing-is-not-something", "def f(n): pass", "assert f(3) is not None"),
]
CASES: list[Case] = [case for each in LYING for case in in_both_lanes(each)]
