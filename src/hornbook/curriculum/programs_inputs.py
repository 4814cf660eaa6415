"""What composed programs work on: inputs of every type, their edges and names, and which values fit a type."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from hornbook.curriculum import draws
from hornbook.curriculum.operation import Members


def _numbers(rng: random.Random) -> list[int]:
    if rng.random() < 0.4:
        return draws.small_ints(rng, 5, 9)
    return draws.ints(rng, 4, 8, *rng.choice([(-20, 50), (1, 30), (-9, 9), (0, 120)]))


def _words(rng: random.Random) -> list[str]:
    words = draws.words(rng, 4, 7)
    if rng.random() < 0.5:
        words += rng.sample(words, rng.randint(1, 2))
    return [w.capitalize() if rng.random() < 0.2 else w for w in words]


def _text(rng: random.Random) -> str:
    words = draws.words(rng, 2, 5)
    if rng.random() < 0.4:
        words = [w + str(rng.randint(1, 99)) if rng.random() < 0.5 else w for w in words]
    return " ".join(w.capitalize() if rng.random() < 0.25 else w for w in words)


def _pairs(rng: random.Random) -> list[tuple[str, int]]:
    names = draws.words(rng, 3, 5)
    if rng.random() < 0.5:
        names.append(rng.choice(names))
    return [(name, rng.randint(0, 30)) for name in names]


def _rows(rng: random.Random) -> list[list[int]]:
    return [draws.ints(rng, 1, 4, -3, 12) for _ in range(rng.randint(2, 4))]


def _readings(rng: random.Random) -> list[int | None]:
    return [None if rng.random() < 0.3 else rng.randint(-5, 30) for _ in range(rng.randint(4, 7))]


def _number_set(rng: random.Random) -> Members:
    return Members(draws.ints(rng, 4, 8, *rng.choice([(0, 9), (-9, 15), (1, 40)])))


def _word_set(rng: random.Random) -> Members:
    return Members(draws.words(rng, 3, 6))


def _number(rng: random.Random) -> int:
    return rng.choice((rng.randint(2, 30), rng.randint(10, 999)))


INPUTS: dict[str, Callable[[random.Random], Any]] = {
    "numbers": _numbers,
    "words": _words,
    "text": _text,
    "table": lambda rng: draws.counts(rng, 3, 6),
    "number": _number,
    "pairs": _pairs,
    "rows": _rows,
    "measurements": lambda rng: draws.floats(rng, 3, 6),
    "readings": _readings,
    "number_set": _number_set,
    "word_set": _word_set,
}
EDGES: dict[str, tuple[Any, ...]] = {
    "numbers": ([], [0], [7], [-3, -3]),
    "words": ([], ["a"], ["level"]),
    "text": ("", "a", "noon"),
    "table": ({}, {"pen": 0}),
    "number": (0, 1, 10),
    "pairs": ([], [("pen", 0)], [("cup", 7), ("cup", 7)]),
    "rows": ([], [[]], [[4]], [[1, 2], [1, 2]]),
    "measurements": ([], [0.5], [-2.25, -2.25]),
    "readings": ([], [None], [0], [None, 3]),
    "number_set": (Members(), Members({0}), Members({-4, 4})),
    "word_set": (Members(), Members({"a"}), Members({"no", "on"})),
}
ARGUMENTS = {
    "numbers": "values nums data scores readings prices amounts sizes steps points ages items lst arr",
    "words": "names items terms tokens labels strings cities parts entries texts tags lst",
    "text": "text s line sentence message phrase string title note",
    "table": "counts stock table scores amounts inventory totals ages d mapping prices",
    "number": "n value limit num size",
    "pairs": "entries sales scores orders results items stock points data",
    "rows": "table grid matrix lists data weeks",
    "measurements": "weights heights temperatures prices lengths values data distances",
    "readings": "values data answers samples marks levels",
    "texts": "texts lines messages titles entries notes inputs",
    "number_set": "numbers ids marks values codes wanted seen ages s",
    "word_set": "words tags names terms labels skills topics s",
    "answer": "answer result found got outcome returned",
}
MEANINGS = {
    "numbers": "a list of whole numbers",
    "words": "a list of words",
    "text": "a string of words separated by blanks",
    "table": "a dictionary from names to counts",
    "number": "a non-negative whole number",
    "pairs": "a list of pairs of a name and a number",
    "rows": "a list of rows of whole numbers",
    "measurements": "a list of measurements",
    "readings": "a list of readings, some of which may be missing (None)",
    "texts": "a list of texts",
    "number_set": "a set of whole numbers",
    "word_set": "a set of words",
    "answer": "what another function returned",
}
SHORT_MEANINGS = MEANINGS | {
    "text": "a string",
    "table": "a dictionary",
    "pairs": "a list of pairs",
    "rows": "a list of rows",
    "readings": "a list of readings",
}
"""Meanings that a name can follow: "a list of pairs called sales"."""
SOURCES = (
    *("numbers", "numbers", "numbers", "words", "words", "words", "text", "text", "table", "number"),
    *("pairs", "pairs", "rows", "rows", "measurements", "readings", "number_set", "word_set"),
)
"""Types of the first argument, likelier ones more often."""


def fits(kind: str, value: Any) -> bool:
    """Say whether operations on values of type `kind` are meant for such a value: code and meaning agree there."""
    if kind in _ELEMENT_FITS:
        return isinstance(value, list) and all(_ELEMENT_FITS[kind](element) for element in value)
    if kind in _MEMBER_FITS:
        return isinstance(value, set) and all(map(_MEMBER_FITS[kind], value))
    if kind == "table":
        return isinstance(value, dict) and all(_is_text(k) and _is_int(v) for k, v in value.items())
    return _is_text(value) if kind == "text" else _is_int(value) and 0 <= value < 1000


def _is_int(value: Any) -> bool:
    return type(value) is int and abs(value) < 10**6


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and value.isascii() and value.isprintable() and len(value) < 80


_ELEMENT_FITS: dict[str, Callable[[Any], bool]] = {
    "numbers": _is_int,
    "words": _is_text,
    "texts": _is_text,
    "rows": lambda row: isinstance(row, list) and all(map(_is_int, row)),
    "pairs": lambda pair: type(pair) is tuple and len(pair) == 2 and _is_text(pair[0]) and _is_int(pair[1]),
    "measurements": lambda value: type(value) is float,
    "readings": lambda value: value is None or _is_int(value),
}
_MEMBER_FITS: dict[str, Callable[[Any], bool]] = {"number_set": _is_int, "word_set": _is_text}
