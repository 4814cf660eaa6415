"""An operation of the program algebra: its meaning, its words and its code, kept together.

The meaning (`run`) is a Python callable of its own; the code that learners see is a template written apart
from it, so a wrong template fails the tests of every program that uses it.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

ANNOTATIONS = {
    "numbers": "list[int]",
    "words": "list[str]",
    "characters": "list[str]",
    "text": "str",
    "table": "dict[str, int]",
    "number": "int",
    "flag": "bool",
    "ratio": "float",
    "frequencies": "dict[int, int]",
    "groups": "dict[str, list[str]]",
    "lengths": "dict[int, list[str]]",
    "pairs": "list[tuple[str, int]]",
    "rows": "list[list[int]]",
    "measurements": "list[float]",
    "readings": "list[int | None]",
    "maybe": "int | None",
    "collections": "dict[str, list[int]]",
    "texts": "list[str]",
    "number_set": "set[int]",
    "word_set": "set[str]",
    "answer": "object",
}
"""Types of values between operations, and how they are annotated."""

ELEMENTS = {
    "numbers": "number",
    "words": "word",
    "characters": "character",
    "pairs": "pair",
    "rows": "row",
    "measurements": "measurement",
    "readings": "reading",
    "texts": "text",
}
"""Types whose values are lists, and what one element is called."""

Draw = Callable[[random.Random], dict[str, Any]]


class Members(set[Any]):
    """A set that is written with its members in order; a plain one of words looks different in each process."""

    def __repr__(self) -> str:
        """Return a display of the members, `set()` where there are none."""
        return f"{{{', '.join(map(repr, sorted(self)))}}}" if self else "set()"


def _nothing(rng: random.Random) -> dict[str, Any]:
    return {}


def between(name: str, low: int, high: int) -> Draw:
    """Make a draw of one whole number, both ends included."""
    return lambda rng: {name: rng.randint(low, high)}


def initial(rng: random.Random) -> dict[str, Any]:
    """Draw a letter with which several of the usual words begin."""
    return {"c": rng.choice("abcdefglmprst")}


@dataclass(frozen=True, slots=True)
class Given:
    """A parameter that is an argument of the function: its name stands in the code and in the words."""

    name: str

    def __repr__(self) -> str:
        """Return the name, as code and words spell it."""
        return self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One step of a program.

    kind: `keep` filters elements, `each` changes every element, `whole` changes the value as a whole, `fold`
    makes one answer of it and ends the program, `decide` turns a fold's answer into another one.
    """

    name: str
    kind: Literal["keep", "each", "whole", "fold", "decide"]
    takes: str
    gives: str
    words: str
    """keep: "are even" · each, whole: "square $it" · fold: "their sum" · decide: "whether $it is even"."""
    of: str
    """As a noun phrase: keep "even" (adjective) · others "the squares of $it"; empty where none sounds right."""
    code: str
    """Expression over `$x` (keep, each: one element) or `$xs` (others: the whole value)."""
    run: Callable[..., Any]
    """Trusted meaning over what `code` sees, with the parameters as keywords."""
    concept: str
    items: str = ""
    """What the elements are called afterwards ("squares"), where that changes."""
    name_after: str = ""
    """A good name for the variable that holds the result."""
    group: str = ""
    """No program uses two operations of one group."""
    start: str = ""
    """As a loop: what `$out` is before it ..."""
    update: str = ""
    """... what happens for each element `$x` ..."""
    finish: str = "$out"
    """... and the answer."""
    empty: str = ""
    """A sentence on what happens when nothing is left."""
    draw: Draw = _nothing


def keep(
    takes: str,
    name: str,
    adjective: str,
    that: str,
    code: str,
    run: Callable[..., Any],
    draw: Draw = _nothing,
    group: str = "",
) -> Operation:
    """Make a filter of elements: `that` continues "those that ...", `adjective` stands before the noun."""
    return Operation(
        name=name, kind="keep", takes=takes, gives=takes, words=that, of=adjective, code=code, run=run,
        concept="filtering", group=group or name, draw=draw,
    )  # fmt: skip


def each(
    takes: str,
    name: str,
    words: str,
    of: str,
    code: str,
    run: Callable[..., Any],
    draw: Draw = _nothing,
    gives: str = "",
    items: str = "",
    concept: str = "mapping",
    group: str = "",
) -> Operation:
    """Make a change of every element."""
    return Operation(
        name=name, kind="each", takes=takes, gives=gives or takes, words=words, of=of, code=code, run=run,
        concept=concept, items=items, name_after=items.replace(" ", "_"), group=group or name, draw=draw,
    )  # fmt: skip


def whole(
    takes: str,
    gives: str,
    name: str,
    words: str,
    of: str,
    code: str,
    run: Callable[..., Any],
    draw: Draw = _nothing,
    items: str = "",
    after: str = "",
    concept: str = "lists",
    group: str = "",
    start: str = "",
    update: str = "",
) -> Operation:
    """Make a change of the value as a whole: sorting, slicing, splitting."""
    return Operation(
        name=name, kind="whole", takes=takes, gives=gives, words=words, of=of, code=code, run=run,
        concept=concept, items=items, name_after=after, group=group or name, start=start, update=update,
        draw=draw,
    )  # fmt: skip


def fold(
    takes: str,
    gives: str,
    name: str,
    words: str,
    of: str,
    code: str,
    run: Callable[..., Any],
    empty: str = "",
    start: str = "",
    update: str = "",
    finish: str = "$out",
    draw: Draw = _nothing,
    concept: str = "accumulation",
    after: str = "",
    group: str = "",
) -> Operation:
    """Make one answer of a value; a program ends with it (or with one `decide` more)."""
    return Operation(
        name=name, kind="fold", takes=takes, gives=gives, words=words, of=of, code=code, run=run,
        concept=concept, empty=empty, start=start, update=update, finish=finish, draw=draw, group=group or name,
        name_after=after,
    )  # fmt: skip


def decide(
    takes: str, gives: str, name: str, words: str, code: str, run: Callable[..., Any], draw: Draw = _nothing
) -> Operation:
    """Turn the answer of a fold into another answer: a comparison or a choice."""
    return Operation(
        name=name, kind="decide", takes=takes, gives=gives, words=words, of="", code=code, run=run,
        concept="conditionals", group="decide", draw=draw,
    )  # fmt: skip
