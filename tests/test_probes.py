"""Probes change how a program is written and never what it does; they find what a scorer falls for."""

import ast
import importlib.util
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hornbook.corpus.units import Module, NotPython
from hornbook.value.changes import CHANGES, Change, changed, copies
from hornbook.value.comments import strip_docstrings
from hornbook.value.names import anonymise
from hornbook.value.probes import JUDGE, probe
from hornbook.value.whitespace import respace

MODULES = """argparse ast bdb bisect calendar cmd collections configparser contextlib csv dataclasses difflib
dis doctest enum fractions functools heapq inspect json.decoder logging optparse pathlib pprint queue random sched
shelve shlex statistics string tarfile textwrap tokenize traceback turtle typing unittest.mock uuid zipfile"""


@cache
def files() -> tuple[str, ...]:
    """Whole modules of the standard library."""
    specs = [importlib.util.find_spec(name) for name in MODULES.split()]
    return tuple(Path(spec.origin).read_text() for spec in specs if spec is not None and spec.origin)


@cache
def units() -> tuple[str, ...]:
    modules = [Module(text, "") for text in files()[:12]]
    return tuple(module.lift(candidate).text for module in modules for candidate in module.candidates())


numbers = st.integers(0, 10_000)


def program(number: int) -> str:
    """A whole module or a unit."""
    texts = files() if number % 2 else units()
    return texts[number // 2 % len(texts)]


def shape(text: str) -> list[str]:
    """Everything of the syntax tree but the names that may change."""
    return [repr(part) for node in ast.walk(ast.parse(text)) for part in _parts(node)]


def _parts(node: ast.AST) -> Iterator[object]:
    yield type(node).__name__
    for name in STAYS.get(type(node), ()):
        yield getattr(node, name)


STAYS: dict[type[ast.AST], tuple[str, ...]] = {
    ast.Constant: ("value",),
    ast.Attribute: ("attr",),
    ast.alias: ("name", "asname"),
    ast.keyword: ("arg",),
}


@settings(max_examples=25, deadline=None)
@given(number=numbers)
def test_anonymous_code_has_the_same_syntax_tree_but_for_names(number: int) -> None:
    text = program(number)
    assert shape(anonymise(text)) == shape(text)


@settings(max_examples=25, deadline=None)
@given(number=numbers)
def test_anonymous_names_are_as_different_as_the_old_ones(number: int) -> None:
    text = program(number)
    pairs = set(zip(_names(text), _names(anonymise(text)), strict=True))
    assert len(pairs) == len({old for old, _ in pairs}) == len({new for _, new in pairs})


def _names(text: str) -> list[str]:
    nodes = ast.walk(ast.parse(text))
    return [
        getattr(node, name)
        for node in nodes
        for name in {ast.Name: ("id",), ast.arg: ("arg",)}.get(type(node), ())
    ]


@settings(max_examples=25, deadline=None)
@given(number=numbers)
def test_other_whitespace_leaves_the_program_as_it_is(number: int) -> None:
    text = program(number)
    assert ast.dump(ast.parse(respace(text))) == ast.dump(ast.parse(text))


@settings(max_examples=100, deadline=None)
@given(text=st.text(alphabet="ab =+-*:()[]\n\t #'\"f{}.1,\\", max_size=40))
def test_any_text_is_changed_into_python_or_refused(text: str) -> None:
    for change in CHANGES:
        try:
            tree = ast.parse(text)
        except (SyntaxError, ValueError):
            continue
        new = changed(change, text)
        if new is not None:
            assert len(ast.dump(ast.parse(new))) <= len(ast.dump(tree)) + 80


@pytest.mark.parametrize(
    ("text", "new"),
    [
        ("def f(a, *rest, **more):\n    return a\n", "def f1(v1, *v2, **v3):\n    return v1\n"),
        ("import json\n\ndata = json.loads(text)\n", "import json\n\nv1 = json.loads(text)\n"),
        ("v1 = 2\ntotal = v1 + v2\n", "v3 = 2\nv4 = v3 + v2\n"),
        ("key = len\nsorted(x, key=key)\n", "key = len\nsorted(x, key=key)\n"),
        ("class A:\n    size = 1\n\nb = A.size\n", "class c1:\n    size = 1\n\nv1 = c1.size\n"),
        ("def add(self, item):\n    self.add(item)\n", "def add(self, v1):\n    self.add(v1)\n"),
        ('total = 1\nprint(f"{total}", "total")\n', 'total = 1\nprint(f"{total}", "total")\n'),
        ("for i, _ in pairs:\n    print(i)  # i\n", "for v1, _ in pairs:\n    print(v1)  # i\n"),
        (
            "try:\n    x\nexcept E as error:\n    raise error\n",
            "try:\n    x\nexcept E as v1:\n    raise v1\n",
        ),
        ("async def get(n):\n    return n\n", "async def f1(v1):\n    return v1\n"),
    ],
)
def test_only_names_that_the_unit_gives_lose_their_meaning(text: str, new: str) -> None:
    assert anonymise(text) == new


@pytest.mark.parametrize(
    ("text", "new"),
    [
        ("if a:\n    b = c + 1  # so\n", "if a:\n  b=c+1  # so\n"),
        ("if a:\n  b = c\n", "if a:\n    b=c\n"),
        ("x = '''\n\n  = '''\n\n\n\ny = -1\n", "x='''\n\n  = '''\ny=-1\n"),
        ("if a:\n\tb\n\t# last\n# next\nc\n", "if a:\n  b\n  # last\n# next\nc\n"),
        ("f(a = 1,\n   b = 2)\n", "f(a=1,\n   b=2)\n"),
    ],
)
def test_whitespace_changes_in_three_ways(text: str, new: str) -> None:
    assert respace(text) == new


def test_docstrings_go_alone() -> None:
    text = '"""Top."""\nx = 1  # one\n\n\ndef f():\n    """Say."""  # why\n\n\nclass A:\n    "Only."\n'
    assert strip_docstrings(text) == "x = 1  # one\n\n\ndef f():\n    pass  # why\n\n\nclass A:\n    pass\n"


def test_text_that_is_no_python_is_refused_by_every_change() -> None:
    for change in CHANGES:
        with pytest.raises(NotPython):
            CHANGES[change]("def f(:\n  (")
        assert changed(change, "def f(:\n  (") is None


class Fond:
    """A scorer that falls for one string: 2 points with it, 0 without."""

    threshold = 1.0

    def __init__(self, of: str) -> None:
        self.of = of

    def scores(self, texts: Sequence[str], /) -> npt.NDArray[np.float64]:
        return np.array([2.0 * (self.of in text) for text in texts])


@pytest.mark.parametrize(
    ("of", "change"),
    [
        ("#", "comments_and_docstrings"),
        ('"""', "docstrings"),
        ("count", "names"),
        (" = ", "whitespace"),
    ],
)
def test_a_probe_finds_what_a_scorer_falls_for(of: str, change: Change) -> None:
    text = 'def f(count):\n    """Double."""\n    # twice\n    twice = 2 * count\n    return twice\n'
    found = probe(Fond(of), [text] * 4)[change]
    assert found["num_probed"] == 4
    assert found["mean_change"] == {"mean": -2.0, "low": -2.0, "high": -2.0}
    assert found["mean_absolute_change"]["mean"] == 2.0
    assert found["share_flipped"]["mean"] == 1.0


def test_the_mean_and_its_interval_are_those_of_a_case_counted_by_hand() -> None:
    texts = ["# so\nx = 1\n"] * 3 + ["# no\nx = 1\n"]
    found = probe(Fond("so"), texts)["comments_and_docstrings"]
    assert found["mean_change"]["mean"] == -1.5
    assert found["share_flipped"]["mean"] == 0.75
    # Of 4 draws with a chance of 3/4 each, 1 or fewer hit at 5 %, 0 at 0.4 %.
    assert found["share_flipped"]["low"] == 0.25
    assert found["share_flipped"]["high"] == 1.0


def test_texts_that_a_change_does_not_reach_are_left_out() -> None:
    found = probe(Fond("#"), ["x=1\n", "y=2  # two\n", "def ("])
    assert found["comments_and_docstrings"]["num_probed"] == 1
    assert found["docstrings"] == {"num_probed": 0}


def test_the_judge_stands_beside_and_pays_for_words() -> None:
    texts = units()[:40]
    found = probe(JUDGE, texts)
    assert found["comments_and_docstrings"]["beside"]["mean_change"]["mean"] < -0.2
    assert found["whitespace"]["mean_absolute_change"]["mean"] < 0.15
    for moves in found.values():
        assert {key: moves[key] for key in moves["beside"]} == moves["beside"]


def test_texts_that_are_no_python_are_left_out() -> None:
    assert probe(JUDGE, ["print 1  # as it was\n"])["comments_and_docstrings"] == {"num_probed": 0}


def test_copies_know_what_they_are_copies_of_and_how_much_they_count() -> None:
    made = copies(
        ["x=1\n", "y=2  # two\n"], {"comments_and_docstrings": 0.5, "names": 2.0, "docstrings": 0.0}
    )
    assert list(zip(made.texts, made.of.tolist(), made.weights.tolist(), strict=True)) == [
        ("v1=1\n", 0, 2.0),
        ("y=2\n", 1, 0.5),
        ("v1=2  # two\n", 1, 2.0),
    ]
    assert copies(["x=1\n"], {}).of.shape == (0,)
