"""Which functions of a text count as its functions."""

from __future__ import annotations

import ast

import pytest

from hornbook.quality.syntax import function_codes, functions, node_types

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
