"""Operations that open what a helper returned: a part of a tuple, keys or values, what stands in for None.

After one of them the operations of the algebra can go on. They are made from the annotation of the answer, so a new
family needs nothing of its own to be continued.
"""
# ruff: noqa: E501

from __future__ import annotations

import ast
import itertools
import math
import operator
import random
import re
from collections.abc import Callable, Sequence
from functools import cache, reduce
from typing import Any

from hornbook.curriculum.operation import Operation, whole

GOES_ON = {
    "int": "number", "str": "text", "list[int]": "numbers", "list[str]": "words",
    "list[list[int]]": "rows", "list[tuple[str, int]]": "pairs", "list[float]": "measurements",
    "list[int | None]": "readings",
}  # fmt: skip
"""Annotations of answers that the algebra knows, and the type of value that they are to it.

Dictionaries are not among them: solutions of one family may differ in the order of the entries, so it is fixed first.
"""
_PLACES = ("first", "second", "third", "fourth")
_NUMBERS = ("no", "one", "two", "three", "four")
"""How many values a tuple may have whose parts are taken."""
_MOST = 100
"""Numbers that are listed; an opening that would list more has no meaning (None), and the case is left out."""
_STAND_IN = {
    "text": ("''", "an empty string"),
    "numbers": ("[]", "an empty list"),
    "words": ("[]", "an empty list"),
}
"""What stands in for None, in code and in words, by the type of value that was to be."""
_EMPTY_OF: dict[str, Callable[[], Any]] = {"text": str, "numbers": list, "words": list}


def _open(
    gives: str,
    name: str,
    words: str,
    of: str,
    code: str,
    run: Callable[..., Any],
    concept: str,
    items: str = "",
) -> Operation:
    return whole("answer", gives, name, words, of, code, run, items=items, concept=concept, group="open")


def _few(rng: random.Random) -> dict[str, int]:
    return {"k": rng.randint(3, 7)}


_INTEGERS = (
    _open("number", "last_two_digits", "take the last two digits of $it, without its sign", "", "abs($xs) % 100", lambda n: int(str(abs(n))[-2:]), "modular_arithmetic"),
    _open("numbers", "signless_digits", "take the digits of $it, without its sign", "the digits of $it, without its sign", "[int(d) for d in str(abs($xs))]", lambda n: [*map(int, str(n).lstrip("-"))], "digits", "digits"),
    whole("answer", "number", "wrapped", "take the remainder of $it divided by $k", "", "$xs % $k", lambda n, k: n - n // k * k, lambda rng: {"k": rng.randint(11, 97)}, concept="modular_arithmetic", group="open"),
    whole("answer", "numbers", "multiples", "list the first $k multiples of $it, starting with itself", "the first $k multiples of $it", "[i * $xs for i in range(1, $k + 1)]", lambda n, k: [*itertools.accumulate([n] * k)], _few, items="multiples", concept="list_comprehensions", group="open"),
    whole("answer", "numbers", "every_kth", "list every number from 0 up to $it in steps of $k", "the numbers from 0 up to $it in steps of $k", "list(range(0, $xs + 1, $k))", lambda n, k: [i * k for i in range(n // k + 1)] if n < _MOST else None, _few, items="numbers", concept="range_steps", group="open"),
    _open("numbers", "count_down", "list the numbers from $it down to 1", "the numbers from $it down to 1", "list(range($xs, 0, -1))", lambda n: [*reversed(range(1, n + 1))] if n < _MOST else None, "range_steps", "numbers"),
    whole("answer", "numbers", "quotient_and_rest", "divide $it by $k and put the quotient and the remainder into a list", "", "list(divmod($xs, $k))", lambda n, k: [n // k, n % k], _few, items="numbers", concept="integer_division", group="open"),
    _open("text", "in_binary", "write $it in binary as a string", "", "f'{$xs:b}'", lambda n: "-" * (n < 0) + bin(abs(n))[2:], "number_bases"),
    _open("text", "in_hex", "write $it in base 16 as a string", "", "f'{$xs:x}'", lambda n: "-" * (n < 0) + hex(abs(n))[2:], "number_bases"),
    whole("answer", "text", "padded", "write $it as a string with leading zeros, at least $k characters long", "", "str($xs).zfill($k)", lambda n, k: format(n, f"0{k}d"), lambda rng: {"k": rng.randint(4, 6)}, concept="number_formatting", group="open"),
)  # fmt: skip
_STRINGS = (
    _open("words", "lines_of", "split $it into lines", "the lines of $it", "$xs.split('\\n')", lambda s: re.split("\n", s), "lines", "lines"),
    _open("numbers", "line_lengths", "take the length of each line of $it", "the lengths of the lines of $it", "[len(line) for line in $xs.split('\\n')]", lambda s: [*map(len, re.split("\n", s))], "lines", "lengths"),
    _open("numbers", "word_lengths", "take the length of each word of $it", "the lengths of the words in $it", "[len(word) for word in $xs.split()]", lambda s: [*map(len, re.findall(r"\S+", s))], "splitting_joining", "lengths"),
    _open("numbers", "codes_of", "take the character code of each character of $it", "the character codes of $it", "[ord(c) for c in $xs]", lambda s: [*map(ord, s)], "ciphers", "codes"),
)  # fmt: skip
_FLOATS = (
    _open("number", "cut_off", "cut the digits after the point off $it", "", "int($xs)", math.trunc, "rounding"),
    _open("number", "rounded_up", "round $it up to a whole number", "", "math.ceil($xs)", lambda x: -math.floor(-x), "rounding"),
    _open("number", "in_tenths", "multiply $it by 10 and cut the digits after the point off", "", "int($xs * 10)", lambda x: math.trunc(10 * x), "rounding"),
)  # fmt: skip
_SIZES = (
    _open("words", "written_out", "write each entry of $it as a string", "the entries of $it as strings", "[str(x) for x in $xs]", lambda xs: [*map(str, xs)], "type_conversion", "strings"),
    _open("number", "count_all", "count the entries of $it", "the number of entries in $it", "len($xs)", lambda xs: sum(1 for _ in xs), "counting"),
)  # fmt: skip
_PARTED = (
    _open("number", "sum_of_parts", "add up the numbers that $it returns", "the sum of the numbers that $it returns", "sum($xs)", lambda xs: reduce(operator.add, xs), "tuples"),
    _open("number", "largest_part", "take the largest of the numbers that $it returns", "the largest of the numbers that $it returns", "max($xs)", lambda xs: sorted(xs)[-1], "min_max"),
    _open("number", "smallest_part", "take the smallest of the numbers that $it returns", "the smallest of the numbers that $it returns", "min($xs)", lambda xs: sorted(xs)[0], "min_max"),
    _open("number", "product_of_parts", "multiply the numbers that $it returns", "the product of the numbers that $it returns", "math.prod($xs)", lambda xs: reduce(operator.mul, xs), "tuples"),
    _open("numbers", "listed_parts", "put the numbers that $it returns into a list", "the numbers that $it returns", "list($xs)", lambda xs: [*xs], "type_conversion", "numbers"),
)  # fmt: skip
_TWO = (
    _open("number", "gap_of_parts", "take how far apart the two numbers are that $it returns", "", "abs($xs[0] - $xs[1])", lambda p: max(p) - min(p), "tuples"),
    _open("numbers", "between_parts", "list the whole numbers from the first that $it returns up to the second, which is left out", "", "list(range($xs[0], $xs[1]))", lambda p: [*itertools.islice(itertools.count(p[0]), max(p[1] - p[0], 0))] if p[1] - p[0] < _MOST else None, "range_steps", "numbers"),
    _open("text", "joined_parts", "write the two numbers that $it returns as one text, with a colon in between", "", "f'{$xs[0]}:{$xs[1]}'", lambda p: ":".join(map(str, p)), "string_formatting"),
)  # fmt: skip
_INT_PAIRS = (
    _open("numbers", "pair_sums", "add up the two numbers of each pair in $it", "the sums of the pairs in $it", "[a + b for a, b in $xs]", lambda xs: [*map(sum, xs)], "unpacking", "sums"),
    _open("numbers", "pair_gaps", "for each pair in $it, subtract the first number from the second", "", "[b - a for a, b in $xs]", lambda xs: [p[1] - p[0] for p in xs], "unpacking", "differences"),
    _open("numbers", "pair_products", "multiply the two numbers of each pair in $it", "the products of the pairs in $it", "[a * b for a, b in $xs]", lambda xs: [*map(math.prod, xs)], "unpacking", "products"),
    _open("numbers", "pair_maxima", "take the larger number of each pair in $it", "", "[max(pair) for pair in $xs]", lambda xs: [sorted(p)[1] for p in xs], "min_max", "numbers"),
    _open("rows", "pairs_as_rows", "turn each pair in $it into a list", "", "[list(pair) for pair in $xs]", lambda xs: [[a, b] for a, b in xs], "type_conversion", "rows"),
)  # fmt: skip
_TEXT_ROWS = (
    _open("words", "flattened", "put the strings of all lists in $it into one list", "the strings of all lists in $it", "[word for row in $xs for word in row]", lambda xs: [*itertools.chain(*xs)], "flattening", "strings"),
    _open("words", "joined_rows", "join the strings of each list in $it with a blank in between", "", "[' '.join(row) for row in $xs]", lambda xs: [*map(" ".join, xs)], "splitting_joining", "lines"),
    _open("numbers", "row_sizes", "take the length of each list in $it", "the lengths of the lists in $it", "[len(row) for row in $xs]", lambda xs: [*map(len, xs)], "nested_data", "lengths"),
)  # fmt: skip
_TABLES = (
    _open("table", "in_key_order", "put the entries of $it into alphabetical order", "", "dict(sorted($xs.items()))", lambda d: {key: d[key] for key in sorted(d)}, "ordered_dictionaries"),
    _open("pairs", "sorted_entries", "list the entries of $it as pairs in alphabetical order", "", "sorted($xs.items())", lambda d: [(key, d[key]) for key in sorted(d)], "dictionaries", "pairs"),
    _open("table", "by_value", "order the entries of $it by value, and by key where the values are equal", "", "dict(sorted($xs.items(), key=lambda entry: (entry[1], entry[0])))", lambda d: dict(sorted(sorted(d.items()), key=operator.itemgetter(1))), "sorting_with_key"),
)  # fmt: skip
_GROUPS = (
    _open("numbers", "sizes_in_order", "take the length of each list in $it, in the order of the keys", "", "[len($xs[key]) for key in sorted($xs)]", lambda d: [len(group) for _, group in sorted(d.items())], "nested_data", "lengths"),
    _open("table", "group_sizes", "replace each list in $it by its length, the keys in alphabetical order", "", "{key: len($xs[key]) for key in sorted($xs)}", lambda d: dict(sorted(zip(d, map(len, d.values()), strict=True))), "dictionary_comprehensions"),
)  # fmt: skip
_BY_HAND: dict[str, tuple[Operation, ...]] = {
    "int": _INTEGERS,
    "str": _STRINGS,
    "float": _FLOATS,
    "list": _SIZES,
    "tuple": _SIZES,
    "list[list]": _SIZES,
    "list[tuple]": _SIZES,
    "list[int | str]": _SIZES,
    "list[dict[str, str]]": _SIZES,
    "tuple[int, int]": (*_PARTED, *_TWO),
    "tuple[int, int, int]": _PARTED,
    "list[tuple[int, int]]": _INT_PAIRS,
    "list[list[str]]": _TEXT_ROWS,
    "dict[str, int]": _TABLES,
    "dict[str, list[str]]": _GROUPS,
    "dict[str, list[int]]": _GROUPS,
    "dict[int, list[int]]": _GROUPS[:1],
    "dict[int, list[str]]": _GROUPS[:1],
    "dict[str, dict[str, int]]": _GROUPS,
}
"""Operations written for one annotation, beside those that follow from its parts."""


@cache
def openings(annotation: str) -> tuple[Operation, ...]:
    """Return the operations that open an answer annotated so; () where none does."""
    made = _made(_parsed(annotation))
    return (*_BY_HAND.get(annotation, ()), *made)


def is_of(annotation: str, value: Any) -> bool:
    """Say whether a value is what an annotation says; families are checked by their cases, not by their types."""
    return _is_of(_parsed(annotation), value)


@cache
def _parsed(annotation: str) -> ast.expr:
    return ast.parse(annotation, mode="eval").body


def _is_of(node: ast.expr, value: Any) -> bool:
    if isinstance(node, ast.BinOp):
        return _is_of(node.left, value) or _is_of(node.right, value)
    if isinstance(node, ast.Constant):
        return value is node.value
    if isinstance(node, ast.Name):
        return (
            node.id == "object"
            or _TYPES[node.id] is type(value)
            or node.id == "str"
            and isinstance(value, str)
        )
    assert isinstance(node, ast.Subscript), "an annotation of a family"
    parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    if not _is_of(node.value, value):
        return False
    if isinstance(value, dict):
        return all(_is_of(parts[0], k) and _is_of(parts[1], v) for k, v in value.items())
    if isinstance(value, tuple) and not isinstance(parts[-1], ast.Constant):
        return len(value) == len(parts) and all(map(_is_of, parts, value))
    return all(_is_of(parts[0], x) for x in value)


def _made(node: ast.expr) -> Sequence[Operation]:
    """Make the openings that follow from the parts of an annotation."""
    if isinstance(node, ast.BinOp) and isinstance(node.right, ast.Constant) and node.right.value is None:
        return _instead_of_none(ast.unparse(node.left))
    head, *parts = _split(node)
    if head == "tuple" and len(parts) < len(_NUMBERS):
        return [_part(i, len(parts), gives) for i, part in enumerate(parts) if (gives := GOES_ON.get(part))]
    if head == "dict":
        return _of_dictionary(*parts) if parts else _of_dictionary("str", "object")
    if head == "list" and parts and parts[0].startswith("tuple["):
        kinds = _split(_parsed(parts[0]))[1:]
        return [_column(i, _COLUMNS[kind]) for i, kind in enumerate(kinds) if kind in _COLUMNS]
    return ()


def _split(node: ast.expr) -> tuple[str, ...]:
    """Return the name of a type and its parts: `dict[str, list[int]]` as dict, str, list[int]."""
    if not isinstance(node, ast.Subscript):
        return (ast.unparse(node),)
    inner = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    return ast.unparse(node.value), *map(ast.unparse, inner)


_TYPES: dict[str, type] = {kind.__name__: kind for kind in (int, str, float, bool, list, tuple, dict)}
_COLUMNS = {"int": "numbers", "str": "words"}


def _part(i: int, number: int, gives: str) -> Operation:
    said = f"the {_PLACES[i]} of the {_NUMBERS[number]} values that $it returns"
    return _open(gives, f"part_{i + 1}", f"take {said}", said, f"$xs[{i}]", operator.itemgetter(i), "tuples")


def _column(i: int, gives: str) -> Operation:
    said = f"the {_PLACES[i]} part of each tuple in $it"
    return _open(
        gives, f"column_{i + 1}", f"take {said}", said, f"[entry[{i}] for entry in $xs]",
        lambda xs: [*map(operator.itemgetter(i), xs)], "nested_data", "parts",
    )  # fmt: skip


def _of_dictionary(key: str, value: str) -> list[Operation]:
    """Make openings of a dictionary, whose order is fixed by them."""
    if key not in _COLUMNS:
        return []
    made = [_open(_COLUMNS[key], "keys_in_order", "list the keys of $it in ascending order", "the keys of $it in ascending order", "sorted($xs)", lambda d: sorted(d, reverse=True)[::-1], "dictionaries", "keys")]  # fmt: skip
    kind = {**_COLUMNS, "list[int]": "rows", "float": "measurements"}.get(value)
    if kind:
        made.append(_open(kind, "values_in_order", "list the values of $it in ascending order", "the values of $it in ascending order", "sorted($xs.values())", lambda d: sorted((d[k] for k in d), reverse=True)[::-1], "dictionaries", "values"))  # fmt: skip
        made.append(_open(kind, "values_by_key", "list the values of $it in the order of their keys", "the values of $it in the order of their keys", "[$xs[key] for key in sorted($xs)]", lambda d: [v for _, v in sorted(d.items())], "dictionaries", "values"))  # fmt: skip
    if value in ("str", "object", "float", "int"):
        made.append(_open("words", "entries_written", "write each entry of $it as key=value, in the order of the keys", "", "[f'{key}={$xs[key]}' for key in sorted($xs)]", lambda d: [str(k) + "=" + str(d[k]) for k in sorted(d)], "string_formatting", "entries"))  # fmt: skip
    if value in ("list[int]", "list[str]"):
        made.append(_open(GOES_ON[value], "all_members", "put the members of all lists in $it into one list, in the order of the keys", "", "[x for key in sorted($xs) for x in $xs[key]]", lambda d: [*itertools.chain(*map(d.get, sorted(d)))], "flattening", "members"))  # fmt: skip
    return made


def _instead_of_none(annotation: str) -> list[Operation]:
    kind = GOES_ON.get(annotation)
    if kind == "number":
        return [_default_number()]
    if kind in _STAND_IN:
        spelled, said = _STAND_IN[kind]
        words = f"take $it, or {said} where it is None"
        make = _EMPTY_OF[kind]
        return [_open(kind, "or_empty", words, "", f"$xs or {spelled}", lambda x: make() if x is None else x, "none_values")]  # fmt: skip
    if annotation == "tuple[int, int]":
        return [
            _open("number", "sum_or_zero", "add up the two numbers that $it returns, or take 0 where it returns None", "", "sum($xs or (0,))", lambda p: 0 if p is None else p[0] + p[1], "none_values"),
            _open("number", "larger_or_zero", "take the larger one of the two numbers that $it returns, or 0 where it returns None", "", "max($xs or (0,))", lambda p: 0 if p is None else sorted(p)[1], "none_values"),
            _open("numbers", "parts_or_none", "put the two numbers that $it returns into a list, which stays empty where it returns None", "", "list($xs or ())", lambda p: [] if p is None else [p[0], p[1]], "none_values", "numbers"),
        ]  # fmt: skip
    if annotation in ("tuple[str, str]", "tuple[str, int]"):
        return [_open("text", "first_or_empty", "take the first of the two values that $it returns, or an empty string where it returns None", "", "$xs[0] if $xs else ''", lambda p: "" if p is None else next(iter(p)), "none_values")]  # fmt: skip
    if annotation.startswith("dict[str, "):
        return [_open("words", "keys_or_none", "list the keys of $it in ascending order, or nothing where it is None", "", "sorted($xs or [])", lambda d: [] if d is None else sorted(d.keys()), "none_values", "keys")]  # fmt: skip
    return []


def _default_number() -> Operation:
    def draw(rng: random.Random) -> dict[str, int]:
        return {"k": rng.choice((0, 1, 10, 99, 100))}

    return whole(
        "answer", "number", "or_number", "take $it, or $k where it is None", "", "$k if $xs is None else $xs",
        lambda n, k: {None: k}.get(n, n), draw, concept="none_values", group="open",
    )  # fmt: skip
