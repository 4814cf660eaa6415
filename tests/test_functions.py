"""Which functions of a text count as its functions."""

from __future__ import annotations

import argparse
import ast
import asyncio.base_events
import inspect
from types import ModuleType

import pytest

from hornbook.quality.syntax import function_codes, functions, node_types, statements

NESTED = {
    "else": "if a:\n    pass\nelif b:\n    {}\nelse:\n    {}\n",
    "except": "try:\n    {}\nexcept ImportError:\n    {}\n",
    "finally": "try:\n    {}\nfinally:\n    {}\n",
    "try else": "try:\n    pass\nexcept* OSError:\n    {}\nelse:\n    {}\n",
    "for": "for a in b:\n    {}\nelse:\n    {}\n",
    "while": "while a:\n    {}\nelse:\n    {}\n",
    "with": "with a:\n    with b:\n        {}\n    {}\n",
    "match": "match a:\n    case 1:\n        {}\n    case _:\n        {}\n",
    "class": "class A:\n    {}\n    if b:\n        {}\n",
}


@pytest.mark.parametrize("name", NESTED)
def test_functions_in_every_kind_of_statement_are_seen_in_order(name: str) -> None:
    text = (
        "def first(): ...\n" + NESTED[name].format("def a(): ...", "async def b(): ...") + "def last(): ..."
    )
    assert [node.name for node in functions(ast.parse(text))] == ["first", "a", "b", "last"]
    assert len(function_codes(text)) == 4
    assert node_types(text, "b") == node_types("async def b(): ...", "b") != ""


def test_functions_inside_functions_and_expressions_stay_inside() -> None:
    text = "f = lambda x: x\ndef outer():\n    if a:\n        def inner(): ...\n    class A:\n        def b(): ..."
    assert [node.name for node in functions(ast.parse(text))] == ["outer"]


def test_long_chains_of_conditions_do_not_fail() -> None:
    text = "if a: pass\n" + "elif a: pass\n" * 200 + "else:\n    def f(): ..."
    assert len(function_codes(text)) == 1


@pytest.mark.parametrize("module", [ast, argparse, asyncio.base_events, pytest])
def test_statements_are_those_that_a_walk_over_all_nodes_meets_in_its_order(module: ModuleType) -> None:
    tree = ast.parse(inspect.getsource(module))
    kinds = ast.Module | ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
    assert [n for n in statements(tree) if isinstance(n, kinds)] == [
        n for n in ast.walk(tree) if isinstance(n, kinds)
    ]
    assert set(statements(tree)) == {
        n for n in ast.walk(tree) if isinstance(n, ast.Module | ast.stmt | ast.ExceptHandler | ast.match_case)
    }
