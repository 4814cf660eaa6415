"""Statements change places only where nobody could tell."""

from __future__ import annotations

import ast

import pytest

from hornbook.quality.reordering import reorder


def reordered(body: str) -> tuple[int, list[str]]:
    tree = ast.parse("def f(a, b):\n" + "".join(f"    {line}\n" for line in body.split("\n")))
    (function,) = tree.body
    assert isinstance(function, ast.FunctionDef)
    number = reorder(function)
    return number, [line.strip() for line in ast.unparse(function).split("\n")[1:]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("x = 1", "y = 2"),
        ("x = a + 1", "y = b.size"),
        ("x = g(a)", "y = []"),
        ("x = len(a)", "y = len(b)"),
        ("import os", "x = a"),
    ],
)
def test_independent_neighbours_are_exchanged(one: str, other: str) -> None:
    assert reordered(f"{one}\n{other}") == (1, [other, one])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("x = 1", "y = x"),
        ("y = x", "x = 1"),
        ("x = 1", "x = 2"),
        ("x = g(a)", "y = h(b)"),
        ("x = a.pop()", "y = a[0]"),
        ("x = g(a)", "y = LIMIT"),
        ("x = g(a)", "y = {b: 1}"),
        ("x = [i for i in a]", "y = g(b)"),
        ("x = 1", "a.y = 2"),
        ("x = 1", "a[0] = 2"),
        ("x, y = a", "z = 1"),
        ("x = 1", "return x"),
        ("x = 1", "g(a)"),
        ("a += b", "y = a"),
        ("x = (b := 1)", "y = b"),
        ("x = 1", "y: int"),
    ],
)
def test_neighbours_whose_order_could_matter_stay(one: str, other: str) -> None:
    assert reordered(f"{one}\n{other}") == (0, [one, other])


def test_a_statement_moves_one_place_at_most_and_inner_blocks_are_read_too() -> None:
    number, lines = reordered("x = 1\ny = 2\nz = 3\nif a:\n    p = 1\n    q = 2")
    assert (number, lines) == (2, ["y = 2", "x = 1", "z = 3", "if a:", "q = 2", "p = 1"])


def test_the_block_of_a_try_and_functions_with_outer_names_stay() -> None:
    for clause in ("except", "except*"):
        assert reordered(f"try:\n    x = 1\n    y = 2\n{clause} E:\n    pass")[0] == 0
    assert reordered("global x\nx = 1\ny = 2")[0] == 0
