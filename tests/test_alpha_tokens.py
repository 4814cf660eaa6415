"""What the two removing channels compare: nothing that a copier changes for free may change it."""

from __future__ import annotations

import ast
import bisect
import builtins
import heapq
import inspect
import json.encoder
import random
import statistics
import textwrap
import time
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hornbook.quality.alpha_tokens import alpha_tokens, shown_tokens
from hornbook.quality.words import word_hashes, words_of

MODULES: list[ModuleType] = [bisect, heapq, json.encoder, statistics, textwrap]
FUNCTIONS = [
    textwrap.dedent(inspect.getsource(function))
    for module in MODULES
    for _, function in inspect.getmembers(module, inspect.isfunction)
    if function.__module__ == module.__name__
]
ANYTHING = st.text(
    st.one_of(st.sampled_from("\"'#()[]{},.=\\ \n\trbf0x1_é\xff*/+-a"), st.characters()), max_size=60
)


def windows(text: str, n: int = 16) -> list[int]:
    ((_, found),) = alpha_tokens([text]).windows([n])
    return found.tolist()


def renamed(source: str, seed: int) -> str:
    """The same function, printed from its tree, with other names for what it binds that is no built-in's name."""
    draws = random.Random(seed)
    tree = ast.parse(source)
    bound = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    bound |= {n.arg for n in ast.walk(tree) if isinstance(n, ast.arg)}
    outer = (n for n in ast.walk(tree) if isinstance(n, ast.Global | ast.Nonlocal))
    bound -= {*dir(builtins), *(name for node in outer for name in node.names)}
    names = {name: f"{draws.choice('abcxyz')}{i}" for i, name in enumerate(sorted(bound))}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            node.id = names.get(node.id, node.id)
        elif isinstance(node, ast.arg):
            node.arg = names.get(node.arg, node.arg)
        elif isinstance(node, ast.FunctionDef):
            node.name = names.get(node.name, node.name)
    return ast.unparse(tree)


@given(st.sampled_from(FUNCTIONS), st.integers(0, 9))
def test_new_names_and_another_layout_change_no_window(source: str, seed: int) -> None:
    assert windows(renamed(source, seed)) == windows(source)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("f(x)", "(f(x))"),
        ("x = 0xFF", "x = 255"),
        ("x = 0o17", "x = 15"),
        ("f(a, b)", "f(\n    a,  # first\n    b,\n)"),
        ("x = 'a' 'b'", 'x = ("a"\n     r"b")'),
        ("if x: return y", "if (x):\n  return (y);"),
        ("x = y.z", "x = y . z"),
        ("x: list[int] = [1]", "x:list[int]=[1,]"),
    ],
)
def test_two_ways_to_write_one_thing_have_the_same_tokens(one: str, other: str) -> None:
    assert windows(one, 2) == windows(other, 2)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a + b", "a - b"),
        ("a <= b", "a < b"),
        ("a.b(c)", "a.d(c)"),
        ("f(x, key=1)", "f(x, end=1)"),
        ("a = b; b = c", "a = b; c = a"),
        ("x = 1", "x = 2"),
        ("len(x)", "sum(x)"),
        ("x ** y", "x * y"),
    ],
)
def test_what_a_program_does_is_in_its_tokens(one: str, other: str) -> None:
    n = len(shown_tokens(one)) - 1  # without the mark of column 0
    assert windows(f" {one}", n) != windows(f" {other}", n)


def test_a_keyword_is_no_place_of_the_variable_with_its_name() -> None:
    assert windows(" f(width=width, depth=1)", 6) == windows(" f(width=w, depth=1)", 6)
    assert windows(" def f(a, b=1): return b", 9) == windows(" def f(c, d=1): return d", 9)


def test_a_docstring_goes_and_a_string_that_is_used_stays() -> None:
    assert shown_tokens('def f():\n    """Doc."""\n    return g(\n        "used"\n    )\n') == [
        *("\n", "def", "f", ":", "return", "g", '"'),
    ]


def test_an_open_bracket_does_not_reach_the_next_definition() -> None:
    broken = "x = (1,\ndef f():\n    'Doc.'\n    return 1\n"
    assert shown_tokens(broken)[-5:] == ["def", "f", ":", "return", "1"]


@given(st.lists(ANYTHING, max_size=5))
def test_a_text_has_the_same_tokens_alone_and_among_others(texts: list[str]) -> None:
    together = alpha_tokens(texts)
    ((_, found),) = together.windows([3])
    offsets = together.tokens.offsets.tolist()
    assert len(offsets) == len(texts) + 1
    for text, start, end in zip(texts, offsets, offsets[1:], strict=False):
        alone = alpha_tokens([text])
        assert together.tokens.values[start:end].tolist() == alone.tokens.values.tolist()
        assert found[start : max(end - 2, start)].tolist() == windows(text, 3)


@pytest.mark.parametrize("piece", ['a\\"b', "don't ", "def f(a=1,", "0x1f,", '"""x', "'\"", "(", "é"])
def test_no_text_takes_longer_than_its_length_allows(piece: str) -> None:
    begun = time.process_time()
    alpha_tokens(['"""' + piece * 100_000])
    assert time.process_time() - begun < 5  # a tenth of a second; a search that goes back, minutes


@given(st.lists(ANYTHING, max_size=5))
def test_word_hashes_are_equal_exactly_where_words_are(texts: list[str]) -> None:
    flat = word_hashes(texts)
    words = [word for text in texts for word in words_of(text)]
    assert [len(flat.part(i)) for i in range(len(texts))] == [len(words_of(text)) for text in texts]
    pairs = set(zip(words, flat.values.tolist(), strict=True))
    assert len(pairs) == len(set(words)) == len({number for _, number in pairs})
