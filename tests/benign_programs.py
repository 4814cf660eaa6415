"""Honest programs with honest tests: each must pass, and each with one mistake put in must not."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import dedent


@dataclass(frozen=True, slots=True)
class Benign:
    """A right program, its tests, and a change (old text, new text) that makes it wrong."""

    id: str
    program: str
    tests: str | None
    mistake: tuple[str, str] | None
    entry_point: str = "f"
    setup: str = ""

    @property
    def wrong(self) -> str:
        """The program with the mistake."""
        assert self.mistake is not None
        old, new = self.mistake
        assert old in self.program, f"{self.id}: no {old!r} in it"
        return self.program.replace(old, new)


def good(
    name: str,
    program: str,
    tests: str | None,
    mistake: tuple[str, str] | None,
    *,
    entry_point: str = "f",
    setup: str = "",
) -> Benign:
    return Benign(
        name, dedent(program), None if tests is None else dedent(tests), mistake, entry_point, dedent(setup)
    )


FUNCTIONS = [
    good(
        "mbpp-list-of-asserts",
        "def f(a, b): return a + b",
        "assert f(1, 2) == 3\nassert f(-1, 1) == 0",
        ("a + b", "a - b"),
    ),
    good(
        "humaneval-check",
        "from typing import List\ndef f(xs: List[int]) -> int:\n    return sum(x for x in xs if x % 2)\n",
        """
        METADATA = {"author": "x"}
        def check(candidate):
            assert candidate([1, 2, 3]) == 4
            assert candidate([]) == 0, "empty"
            assert True
        check(f)
        """,
        ("x % 2", "x"),
    ),
    good(
        "regex",
        "import re\ndef f(s): return re.sub(r'(\\d+)', lambda m: str(int(m[1]) * 2), s)",
        "assert f('a1b22') == 'a2b44'\nassert f('') == ''",
        ("* 2", "* 3"),
    ),
    good(
        "decimal",
        "from decimal import Decimal\ndef f(a, b): return Decimal(a) + Decimal(b)",
        "from decimal import Decimal\nassert f('0.1', '0.2') == Decimal('0.3')",
        ("Decimal(a) +", "Decimal(a) -"),
    ),
    good(
        "fractions",
        "from fractions import Fraction\ndef f(n): return sum(Fraction(1, k) for k in range(1, n + 1))",
        "from fractions import Fraction\nassert f(4) == Fraction(25, 12)\nassert f(1) == 1",
        ("n + 1", "n + 2"),
    ),
    good("deep-recursion", "def f(n): return n and 1 + f(n - 1)", "assert f(900) == 900", ("1 + f", "2 + f")),
    good(
        "generator",
        "def f(n):\n    a, b = 0, 1\n    while a < n:\n        yield a\n        a, b = b, a + b",
        "assert list(f(10)) == [0, 1, 1, 2, 3, 5, 8]\nassert sum(f(10)) == 20",
        ("a < n", "a <= n - 3"),
    ),
    good(
        "generator-used-by-hand",
        "def f():\n    total = 0\n    while True:\n        total += (yield total) or 0",
        "g = f()\nassert next(g) == 0\nassert g.send(5) == 5\nassert g.send(7) == 12\ng.close()",
        ("+=", "="),
    ),
    good(
        "endless-generator",
        "def f():\n    n = 0\n    while True:\n        yield n\n        n += 2",
        "from itertools import islice\nassert list(islice(f(), 4)) == [0, 2, 4, 6]",
        ("+= 2", "+= 1"),
    ),
    good(
        "iterator",
        "def f(xs): return iter(sorted(xs))",
        "it = f([2, 1])\nassert next(it) == 1\nassert list(it) == [2]",
        ("sorted", "list"),
    ),
    good("map-object", "def f(xs): return map(abs, xs)", "assert list(f([-1, 2])) == [1, 2]", ("abs", "str")),
    good(
        "large-argument",
        "def f(xs): return sum(xs)",
        "assert f(list(range(10**5))) == 4999950000",
        ("sum(xs)", "len(xs)"),
    ),
    good(
        "ten-megabytes-by-length",
        "def f(n): return 'x' * n",
        "assert len(f(10**7)) == 10**7",
        ("* n", "* (n - 1)"),
    ),
    good(
        "ten-megabytes-by-value",
        "def f(n): return 'ab' * n",
        "assert f(5 * 10**6) == 'ab' * (5 * 10**6)",
        ("'ab'", "'ba'"),
    ),
    good(
        "ten-megabytes-given",
        "def f(s): return s.count('b')",
        "assert f('ab' * (5 * 10**6)) == 5 * 10**6",
        ("'b'", "'c'"),
    ),
    good(
        "unicode",
        "def f(s): return s.casefold()[::-1]",
        "assert f('Straße') == 'essarts'\nassert f('☃é\\U0001f600') == '\\U0001f600é☃'",
        ("[::-1]", ""),
    ),
    good("surrogates", "def f(s): return s + '\\ud800'", "assert f('x') == 'x\\ud800'", ("+ '", "+ 'y")),
    good("complex", "def f(a, b): return complex(a, b) * 1j", "assert f(1, 2) == -2 + 1j", ("1j", "2j")),
    good(
        "bytes",
        "def f(s): return s.encode('utf-8') + bytes([0, 255])",
        "assert f('é') == b'\\xc3\\xa9\\x00\\xff'",
        ("255", "254"),
    ),
    good(
        "bytearray",
        "def f(n): return bytearray(range(n))",
        "assert f(3) == bytearray(b'\\x00\\x01\\x02')",
        ("range(n)", "n"),
    ),
    good(
        "sets-of-tuples",
        "def f(xs): return {(x, x % 2) for x in xs}",
        "assert f([1, 2]) == {(2, 0), (1, 1)}\nassert f([]) == set()",
        ("% 2", "% 3"),
    ),
    good(
        "frozensets",
        "def f(xs): return {frozenset(x) for x in xs}",
        "assert f(['ab', 'ba', 'c']) == {frozenset('ab'), frozenset('c')}",
        ("set(x)", "set(x[:1])"),
    ),
    good(
        "big-integers",
        "def f(n): return 2 ** n - 1",
        "assert f(521) == int('1' * 521, 2)\nassert f(100) == 1267650600228229401496703205375",
        ("- 1", ""),
    ),
    good(
        "factorial",
        "import math\ndef f(n): return math.factorial(n)",
        "import math\nassert f(200) == math.factorial(200)\nassert f(0) == 1",
        ("factorial(n)", "factorial(n + 1)"),
    ),
    good(
        "nan-and-infinity",
        "def f(s): return float(s)",
        "import math\nassert math.isnan(f('nan'))\nassert f('-inf') == float('-inf')\n"
        "assert f('nan') != f('nan')",
        ("float(s)", "float(s[-3:])"),
    ),
    good(
        "float-tolerance",
        "def f(x): return x ** 0.5",
        "assert abs(f(2) - 1.41421356) < 1e-6\nassert abs(f(2) ** 2 - 2) <= 1e-9",
        ("0.5", "0.6"),
    ),
    good(
        "isclose",
        "def f(x): return x / 3",
        "import math\nassert math.isclose(f(1), 0.333333333, rel_tol=1e-6)",
        ("/ 3", "/ 2"),
    ),
    good("rounding", "def f(x): return x / 3", "assert round(f(2), 2) == 0.67", ("/ 3", "/ 4")),
    good(
        "integer-for-a-float",
        "def f(x): return x * 2",
        "assert f(2) == 4.0\nassert f(1.5) == 3",
        ("* 2", "* 3"),
    ),
    good(
        "none",
        "def f(xs): return xs[0] if xs else None",
        "assert f([]) is None\nassert f([0]) == 0",
        ("else None", "else 0"),
    ),
    good(
        "truth",
        "def f(n): return n % 2 == 0",
        "assert f(4)\nassert not f(3)\nassert f(0) is True",
        ("== 0", "== 1"),
    ),
    good(
        "several-answers-in-one-assert",
        "def f(n): return n * n",
        "assert f(2) + f(3) == 13 and f(4) > f(3)\nassert f(1) in (1, 2)",
        ("n * n", "n * 3"),
    ),
    good("call-of-a-call", "def f(n): return n * 2", "assert f(f(3)) == 12", ("* 2", "* 3")),
    good(
        "right-operand-not-asked",
        "def f(n):\n    if n < 0:\n        raise ValueError\n    return n",
        "assert f(1) == 1 or f(-1) == 5\nassert f(2) == 2",
        ("return n", "return n + 1"),
    ),
    good(
        "keyword-arguments",
        "def f(a, *, b=2, **rest): return a + b + len(rest)",
        "assert f(1) == 3\nassert f(1, b=5, c=1, d=2) == 8\nassert f(*[1], **{'b': 0}) == 1",
        ("b=2", "b=3"),
    ),
    good(
        "nested-data",
        "def f(d): return {k: [v, {'x': (v, None)}] for k, v in d.items()}",
        "assert f({'a': 1.5}) == {'a': [1.5, {'x': (1.5, None)}]}",
        ("None", "0"),
    ),
    good(
        "message-of-an-assert",
        "def f(n): return n",
        "assert f(3) == 3, f'{f(3)} is not 3'",
        ("return n", "return 0"),
    ),
    good(
        "two-functions",
        "def g(n): return n + 1\ndef f(n): return g(n) * 2",
        "assert f(1) == 4\nassert g(1) == 2",
        ("n + 1", "n + 2"),
    ),
    good(
        "prints-on-the-way",
        "def f(n):\n    print('debug', n)\n    return n",
        "assert f(3) == 3",
        ("return n", "return"),
    ),
    good(
        "same-object-twice",
        "def f(n): return [[0] * n] * n",
        "g = f(2)\nassert g == [[0, 0], [0, 0]]\nassert g[0] is g[1]",
        ("] * n", " for _ in range(n)]"),
    ),
    good(
        "rows-of-their-own",
        "def f(n): return [[0] * n for _ in range(n)]",
        "g = f(2)\ng[0][0] = 1\nassert g == [[1, 0], [0, 0]]",
        (" for _ in range(n)]", "] * n"),
    ),
    good(
        "list-of-its-own",
        "def f(): return []",
        "xs = f()\nxs.append(1)\nassert f() == []",
        ("def f(): return []", "kept = []\ndef f(): return kept"),
    ),
    good(
        "object-of-its-own",
        "def f(): return [1]",
        "assert f() == [1]\nassert f() is not f()",
        ("def f(): return [1]", "kept = [1]\ndef f(): return kept"),
    ),
    good(
        "random-with-a-seed",
        "import random\ndef f(seed): return random.Random(seed).randint(1, 10**6)",
        "import random\nassert f(7) == random.Random(7).randint(1, 10**6)",
        ("Random(seed)", "Random(seed + 1)"),
    ),
]
COLLECTIONS = [
    good(
        "counter",
        "from collections import Counter\ndef f(s): return Counter(s)",
        "from collections import Counter\nassert f('aab') == Counter({'a': 2, 'b': 1})\n"
        "assert f('aab') == {'a': 2, 'b': 1}\nassert f('aab').most_common(1) == [('a', 2)]",
        ("Counter(s)", "Counter(s[1:])"),
    ),
    good(
        "deque",
        "from collections import deque\ndef f(xs): return deque(reversed(xs), maxlen=3)",
        "from collections import deque\nassert f([1, 2]) == deque([2, 1])\n"
        "assert list(f([1, 2, 3, 4])) == [3, 2, 1]",
        ("reversed(xs)", "xs"),
    ),
    good(
        "default-dict",
        "from collections import defaultdict\ndef f(ws):\n    d = defaultdict(list)\n"
        "    for w in ws: d[w[0]].append(w)\n    return d",
        "assert f(['ab', 'ac', 'b']) == {'a': ['ab', 'ac'], 'b': ['b']}",
        ("w[0]", "w"),
    ),
    good(
        "default-dict-asked",
        "from collections import defaultdict\ndef f(ws):\n    d = defaultdict(int)\n"
        "    for w in ws: d[w] += 1\n    return d",
        "d = f(['a', 'a'])\nassert d['a'] == 2\nassert d['b'] == 0",
        ("+= 1", "+= 2"),
    ),
    good(
        "ordered-dict",
        "from collections import OrderedDict\ndef f(xs): return OrderedDict((x, len(x)) for x in xs)",
        "from collections import OrderedDict\n"
        "assert f(['b', 'aa']) == OrderedDict([('b', 1), ('aa', 2)])\n"
        "assert list(f(['b', 'aa'])) == ['b', 'aa']",
        ("in xs", "in sorted(xs)"),
    ),
    good(
        "named-tuple",
        "from collections import namedtuple\nP = namedtuple('P', 'x y')\ndef f(n): return P(n, n + 1)",
        "assert f(1) == (1, 2)\nassert f(1).y == 2\nx, y = f(3)\nassert (x, y) == (3, 4)",
        ("n + 1", "n"),
    ),
    good(
        "dates",
        "from datetime import date, timedelta\ndef f(d): return d + timedelta(days=1)",
        "from datetime import date\nassert f(date(2024, 2, 28)) == date(2024, 2, 29)",
        ("days=1", "days=2"),
    ),
    good(
        "date-and-time",
        "from datetime import datetime\ndef f(s): return datetime.fromisoformat(s)",
        "from datetime import datetime\n"
        "assert f('2024-02-29T12:30:00') == datetime(2024, 2, 29, 12, 30)\n"
        "assert f('2024-02-29T12:30:00').year == 2024",
        ("format(s)", "format(s.replace('12', '11'))"),
    ),
    good(
        "heap",
        "import heapq\ndef f(xs, k): return heapq.nsmallest(k, xs)",
        "assert f([3, 1, 2], 2) == [1, 2]",
        ("nsmallest", "nlargest"),
    ),
    good(
        "range",
        "def f(n): return range(0, n, 2)",
        "assert f(6) == range(0, 6, 2)\nassert list(f(5)) == [0, 2, 4]",
        (", 2", ", 3"),
    ),
    good(
        "views-of-a-dict",
        "def f(d): return d.keys()",
        "assert sorted(f({'b': 1, 'a': 2})) == ['a', 'b']\nassert list(f({})) == []",
        ("keys", "values"),
    ),
    good(
        "array",
        "from array import array\ndef f(n): return list(array('i', range(n)))",
        "assert f(3) == [0, 1, 2]",
        ("range(n)", "[n]"),
    ),
    good(
        "json",
        "import json\ndef f(d): return json.dumps(d, sort_keys=True)",
        "import json\nassert json.loads(f({'b': 1, 'a': [None, True]})) == {'a': [None, True], 'b': 1}\n"
        "assert f({}) == '{}'",
        ("dumps(d", "dumps(str(d)"),
    ),
]
