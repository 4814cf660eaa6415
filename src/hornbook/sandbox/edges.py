"""Values at the edges: next to a program's own constants, empty, long, repeated, of the types that tests use.

Tests that stay on one side of `if x > 100` say nothing about the other, and nor do inputs like theirs. Where a
program turns is written in it; of its text only these constants have a say in what it is asked.
"""

from __future__ import annotations

import ast
import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

Constant = int | float | str

_MOST_CONSTANTS = 32
_LONGEST_TEXT = 200
_LARGEST = 1_000_000
"""Beyond it one operation may take minutes, and cost the grade."""
_LARGE, _LONG = 300, 12
_LONGEST_MADE = 64
_MOST_ITEMS = 50
_DEEPEST = 3
_USUAL_TEXTS = ("abc", "abca", " ", "0", "a b")
_PIECE = re.compile(r"[0-9]+|[A-Za-z]+|.", re.DOTALL)
_PACK, _MOST_PACKED = 6, 24
_DECIDING = (ast.Compare, ast.pattern, ast.Slice, ast.Subscript)


def constants(tree: ast.AST) -> list[Constant]:
    """The numbers and texts in a program, those first that it compares something with; no docstrings."""
    found: dict[tuple[type, Constant], int] = {}
    _collect(tree, 1, found)
    order = sorted(found, key=found.__getitem__)  # stable: in the order of the text
    return [value for _, value in order[:_MOST_CONSTANTS]]


def _collect(node: ast.AST, rank: int, found: dict[tuple[type, Constant], int]) -> None:
    rank = 0 if isinstance(node, _DECIDING) else rank
    match node:
        case ast.Expr(value=ast.Constant()):
            return
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as number)):
            _note(-number, rank, found)
            return
        case ast.Constant(value=value):
            _note(value, rank, found)
    for child in ast.iter_child_nodes(node):
        _collect(child, rank, found)


def _note(value: Any, rank: int, found: dict[tuple[type, Constant], int]) -> None:
    is_number = type(value) in (int, float) and abs(value) <= _LARGEST
    if is_number or (type(value) is str and 0 < len(value) <= _LONGEST_TEXT):
        key = type(value), value
        found[key] = min(rank, found.get(key, rank))


def edges(samples: Sequence[Any], near: Sequence[Constant], depth: int = 0) -> Iterator[Any]:
    """Values of the types of these samples; the most telling first. `near`: the program's constants."""
    first: dict[type, list[Any]] = {}
    for sample in samples:
        first.setdefault(type(sample), []).append(sample)
    return in_turn(*(_of_kind(same, near, depth) for same in first.values()))


def _of_kind(same: list[Any], near: Sequence[Constant], depth: int) -> Iterator[Any]:
    """The same for samples of one type."""
    sample = max(same[:_MOST_ITEMS], key=_size)
    match sample:
        case bool():
            return iter(())
        case int():
            return in_turn(_around(near, int), iter((0, -1, 1, _LARGE, *range(2, 11))))
        case float():
            return in_turn(_around(near, float), iter((0.0, -1.0, 1.0, float(_LARGE), 0.5, 2.5)))
        case str():
            return _texts(sample, near)
        case list():
            return _lists(sample, same, near, depth)
        case tuple() if type(sample) is tuple:
            return (tuple(made) for made in _replaced(list(sample), near, depth))
        case set() | frozenset():
            items = sorted(sample, key=repr)
            return map(type(sample), _lists(items, [items], near, depth))
        case dict():
            return _dicts(sample, near, depth)
    return iter(())


def _around(near: Sequence[Constant], kind: Callable[[Any], Any]) -> Iterator[Any]:
    """The numbers next to constants: a little above all of them, then they themselves, then a little below."""
    numbers = list(dict.fromkeys(kind(value) for value in near if not isinstance(value, str)))
    return (number + step for step in (1, 0, -1) for number in numbers)


def _sizes(near: Sequence[Constant], length: int) -> Iterator[int]:
    """How long to make something: next to the constants, and long; not as long as it is."""
    sizes = [*_around([value for value in near if type(value) is int], int), max(_LONG, length + 1)]
    return (size for size in dict.fromkeys(sizes) if 1 < size <= _LONGEST_MADE and size != length)


def _texts(sample: str, near: Sequence[Constant]) -> Iterator[str]:
    found = [value for value in near if isinstance(value, str)]
    filling = sample[:_LONGEST_MADE] or "".join(found)[:_LONGEST_MADE] or "a"
    words = (
        piece for text in found for piece in (text, *text.split(), text[:1], text[-1:], text[1:]) if piece
    )
    joined = (made for text in found for made in (filling + text, text + filling, filling + text + filling))
    sized = ((filling * size)[:size] for size in _sizes(near, len(sample)))
    packed = (" ".join(found), "".join(found)) if found else ()
    own = (filling + filling, filling.swapcase(), filling[::-1], filling[:1] * 3)
    usual = ("", *packed, filling[:1], *_USUAL_TEXTS[:2], *own, *_USUAL_TEXTS[2:])
    return in_turn(words, sized, iter(usual), _patched(sample[:_LONGEST_MADE], near), joined)


def _patched(sample: str, near: Sequence[Constant]) -> Iterator[str]:
    """The text with one of its words or numbers replaced by a constant, or left out."""
    pieces = _PIECE.findall(sample)
    numbers = [str(number) for number in (*_around([value for value in near if type(value) is int], int), 0)]
    texts = [value for value in near if isinstance(value, str)]
    for turn in range(max(len(numbers), len(texts), 1)):
        for at, piece in enumerate(pieces):
            others = numbers if piece.isdigit() else texts
            if turn < len(others) and others[turn] != piece:
                yield "".join((*pieces[:at], others[turn], *pieces[at + 1 :]))
            if turn == 0:
                yield "".join((*pieces[:at], *pieces[at + 1 :]))


def _lists(
    sample: list[Any], samples: Sequence[list[Any]], near: Sequence[Constant], depth: int
) -> Iterator[list[Any]]:
    if not sample:
        return iter(([],))
    items = [item for other in samples for item in other[:_MOST_ITEMS]][:_MOST_ITEMS]
    short = sample[:_LONGEST_MADE]
    usual: tuple[list[Any], ...] = ([], short[:1], short + short, short[::-1], [short[0]] * 3)
    sized = ([items[at % len(items)] for at in range(size)] for size in _sizes(near, len(sample)))
    values = list(itertools.islice(_inner(items, near, depth), _MOST_PACKED))
    # Several in one: what an item decides is told as well, and it takes fewer inputs.
    packed = (values[at : at + _PACK] for at in range(0, len(values), _PACK))
    alone = (made for value in values for made in ([*short[:-1], value], [value]))
    return in_turn(packed, iter(usual), sized, alone)


def _replaced(items: list[Any], near: Sequence[Constant], depth: int) -> Iterator[list[Any]]:
    """These items with one of them at an edge of its own."""
    return in_turn(
        *(_with(items, at, _inner([item], near, depth)) for at, item in enumerate(items[:_MOST_ITEMS]))
    )


def _with(items: list[Any], at: int, values: Iterator[Any]) -> Iterator[list[Any]]:
    return ([*items[:at], value, *items[at + 1 :]] for value in values)


def _dicts(sample: dict[Any, Any], near: Sequence[Constant], depth: int) -> Iterator[dict[Any, Any]]:
    pairs = list(sample.items())
    other_values = (
        dict([*pairs[:-1], (pairs[-1][0], value)]) for value in _inner([v for _, v in pairs], near, depth)
    )
    other_keys = ({**sample, key: pairs[0][1]} for key in _inner([k for k, _ in pairs], near, depth))
    return in_turn(iter(({}, dict(pairs[:1]))), other_values, other_keys)


def _inner(items: Sequence[Any], near: Sequence[Constant], depth: int) -> Iterator[Any]:
    return edges(items, near, depth + 1) if depth < _DEEPEST else iter(())


def _size(value: Any) -> int:
    return len(value) if hasattr(value, "__len__") else 0


def in_turn(*sources: Iterable[Any]) -> Iterator[Any]:
    """One of each, again and again, until all are used up."""
    rounds = [iter(source) for source in sources]
    while rounds:
        for source in list(rounds):
            try:
                yield next(source)
            except StopIteration:
                rounds.remove(source)
