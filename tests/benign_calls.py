"""Honest programs that raise, return or take functions, and change their arguments."""

from __future__ import annotations

from benign_programs import good

EXCEPTIONS = [
    good(
        "expected-exception",
        "def f(n):\n    if n < 0:\n        raise ValueError('negative')\n    return n",
        """
        try:
            f(-1)
        except ValueError as error:
            assert str(error) == "negative"
        else:
            assert False, "no exception"
        assert f(2) == 2
        """,
        ("ValueError", "KeyError"),
    ),
    good(
        "exception-remembered",
        "def f(d, k): return d[k]",
        """
        raised = False
        try:
            f({}, "a")
        except KeyError as error:
            raised = error.args == ("a",)
        assert raised
        """,
        ("d[k]", "d.get(k)"),
    ),
    good(
        "exception-of-division",
        "def f(a, b): return a / b",
        "try:\n    f(1, 0)\n    assert False\nexcept ZeroDivisionError:\n    pass",
        ("a / b", "a / (b or 1)"),
    ),
    good(
        "exception-of-its-own",
        "class Empty(Exception):\n    def __init__(self, n):\n        super().__init__(f'empty: {n}')\n"
        "        self.n = n\ndef f(n): raise Empty(n)",
        """
        try:
            f(3)
        except Empty as error:
            assert error.n == 3 and str(error) == "empty: 3"
        else:
            raise AssertionError
        """,
        ("self.n = n", "self.n = 0"),
    ),
    good(
        "exception-by-its-base",
        "class Bad(ValueError): pass\ndef f(n): raise Bad(n)",
        "try:\n    f(3)\nexcept ValueError as error:\n    assert isinstance(error, Bad)\nelse:\n"
        "    assert False",
        ("(ValueError)", "(KeyError)"),
    ),
    good(
        "exception-by-unittest",
        "def f(n):\n    if n < 0: raise ValueError\n    return n",
        """
        import unittest
        case = unittest.TestCase()
        with case.assertRaises(ValueError):
            f(-1)
        case.assertEqual(f(1), 1)
        """,
        ("ValueError", "TypeError"),
    ),
    good(
        "exception-with-a-text-of-its-own",
        "class Bad(Exception):\n    def __init__(self, n): self.n = n\n"
        "    def __str__(self): return f'bad {self.n}'\ndef f(n): raise Bad(n)",
        "try:\n    f(3)\nexcept Bad as error:\n    assert str(error) == 'bad 3'\nelse:\n    assert False",
        ("f'bad", "f'bat"),
    ),
]
CALLABLES = [
    good(
        "closure",
        "def f(n):\n    def add(x): return x + n\n    return add",
        "add = f(3)\nassert add(4) == 7\nassert callable(add)\nassert f(1)(1) == 2",
        ("x + n", "x - n"),
    ),
    good(
        "closure-with-state",
        "def f():\n    n = 0\n    def tick():\n        nonlocal n\n        n += 1\n        return n\n"
        "    return tick",
        "a, b = f(), f()\nassert (a(), a(), b()) == (1, 2, 1)",
        ("+= 1", "+= 2"),
    ),
    good(
        "key-function",
        "def f(xs, key): return sorted(xs, key=key)",
        "assert f(['bb', 'a', 'ccc'], len) == ['a', 'bb', 'ccc']\n"
        "assert f([1, -2, 3], lambda x: -x) == [3, 1, -2]",
        ("key=key", "reverse=True"),
    ),
    good(
        "predicate",
        "def f(p, xs): return [x for x in xs if p(x)]",
        "assert f(lambda x: x > 1, [1, 2, 3]) == [2, 3]\nassert f(str.isdigit, ['1', 'a']) == ['1']",
        ("if p(x)", "if not p(x)"),
    ),
    good(
        "callback",
        "def f(n, act):\n    for k in range(n): act(k)",
        "seen = []\nf(3, seen.append)\nassert seen == [0, 1, 2]",
        ("range(n)", "range(n - 1)"),
    ),
    good(
        "callback-that-raises",
        "def f(act):\n    try:\n        act()\n    except ValueError as error:\n        return str(error)",
        "def act():\n    raise ValueError('no')\nassert f(act) == 'no'",
        ("str(error)", "None"),
    ),
    good(
        "compose",
        "def f(*fs):\n    def run(x):\n        for g in fs: x = g(x)\n        return x\n    return run",
        "assert f(lambda x: x + 1, str)(3) == '4'\nassert f()(3) == 3",
        ("in fs", "in fs[::-1]"),
    ),
    good(
        "decorator",
        "import functools\ndef f(g):\n    @functools.wraps(g)\n    def twice(*a): return g(g(*a))\n"
        "    return twice",
        "@f\ndef g(x):\n    return x + 1\nassert g(1) == 3",
        ("g(g(*a))", "g(*a)"),
    ),
    good(
        "memoise",
        "def f(g):\n    known = {}\n    def ask(x):\n        if x not in known: known[x] = g(x)\n"
        "        return known[x]\n    return ask",
        "calls = []\ndef slow(x):\n    calls.append(x)\n    return x * x\nfast = f(slow)\n"
        "assert (fast(3), fast(3)) == (9, 9)\nassert calls == [3]",
        ("if x not in known: ", ""),
    ),
    good(
        "name-of-a-function",
        "def f(n):\n    '''Twice n.'''\n    return 2 * n",
        "assert f.__name__ == 'f'\nassert f.__doc__ == 'Twice n.'\nassert f(2) == 4",
        ("Twice n.", "Thrice."),
    ),
    good("partial", "from functools import partial\nf = partial(pow, 2)", "assert f(5) == 32", ("2)", "3)")),
    good("lambda", "f = lambda x, y=2: x ** y", "assert f(3) == 9\nassert f(2, 3) == 8", ("y=2", "y=3")),
]
ARGUMENTS = [
    good(
        "list-changed-in-place",
        "def f(xs): xs.sort()",
        "xs = [3, 1, 2]\nassert f(xs) is None\nassert xs == [1, 2, 3]",
        ("sort", "reverse"),
    ),
    good(
        "dict-changed-in-place",
        "def f(d, k): d[k] = d.get(k, 0) + 1",
        "d = {'a': 1}\nf(d, 'a')\nf(d, 'b')\nassert d == {'a': 2, 'b': 1}",
        ("+ 1", "+ 2"),
    ),
    good(
        "set-changed-in-place", "def f(s): s.discard(1)", "s = {1, 2}\nf(s)\nassert s == {2}", ("(1)", "(2)")
    ),
    good(
        "matrix-changed-in-place",
        "def f(m):\n    for row in m: row.reverse()",
        "m = [[1, 2], [3, 4]]\nrow = m[0]\nf(m)\nassert m == [[2, 1], [4, 3]]\nassert row == [2, 1]",
        ("row.reverse()", "pass"),
    ),
    good(
        "keyword-argument-changed-in-place",
        "def f(*, xs): xs.append(1)",
        "xs = []\nf(xs=xs)\nassert xs == [1]",
        ("(1)", "(2)"),
    ),
    good(
        "argument-left-alone",
        "def f(xs): return sorted(xs)",
        "xs = [2, 1]\nassert f(xs) == [1, 2]\nassert xs == [2, 1]",
        ("return sorted(xs)", "xs.sort(); return xs"),
    ),
    good(
        "argument-given-back",
        "def f(xs):\n    xs.append(1)\n    return xs",
        "xs = []\nassert f(xs) is xs\nassert xs == [1]",
        ("return xs", "return list(xs)"),
    ),
    good(
        "list-kept-by-the-program",
        "kept = []\ndef f(x):\n    kept.append(x)\n    return list(kept)",
        "assert f(1) == [1]\nassert f(2) == [1, 2]",
        ("list(kept)", "[x]"),
    ),
]
