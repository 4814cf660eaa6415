"""How deep exercise i goes, and which family it is about, in a set that deepens.

A family has 2 to 40 different solutions, names aside, and a chain of two operations is soon met again: so later
items take more operations, and no family is asked for again before all others were. Whose turn it is follows from
how many items came before, which a formula says: a plan stays prefix-stable, and no family is left out.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from random import Random
from typing import Any

from hornbook import draw
from hornbook.curriculum.continued import can_continue
from hornbook.curriculum.families import TAUGHT
from hornbook.curriculum.family import Family

ROOM = (240, 800, 8_000, 80_000)
"""Items for which there is room at each depth: about how many can be asked before codes repeat.

Each operation more makes room for about ten times as many, by `bench/teacher.py variety`.
"""
_PROGRAMS_PACE = 2
"""How much faster programs deepen than families: late in a set most near-copies are theirs. Alone it is not
enough: `draw_joined` makes their first chains longer, too."""
_TURNS = 2
"""Of a family that cannot go on: it has at least two solutions, and not many more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What one item of a set that deepens is about."""

    family: Family | None
    """None: a composed program."""
    depth: int
    """How many operations it has more than it could have."""
    concept: str = ""
    """The concept of the family whose turn it is."""

    def slots(self) -> dict[str, Any]:
        """Return what a request says of it."""
        named = {"family": self.family.name} if self.family else {}
        return named | ({"depth": self.depth} if self.depth else {})


def rank(seed: int, index: int, share: float) -> int | None:
    """Return how many items before item `index` may go deeper, where it may itself; None where it stays plain."""
    before = _whole(seed, share * index)
    return before if _whole(seed, share * (index + 1)) > before else None


def turn(seed: int, index: int, rng: Random, *, programs: float, breadth: int) -> Turn:
    """Return the turn of item `index`; `programs` and `breadth` as in `plan.exercise_slots`.

    The chance of at most d operations more is R / (R + index), where R is the room at depth d; programs are as
    deep as if twice as many items came before.
    """
    luck = rng.random()
    share = 1 - programs
    number = _whole(seed, share * index)
    if _whole(seed, share * (index + 1)) == number:
        return Turn(family=None, depth=_depth(luck, _PROGRAMS_PACE * index))
    plain = _num_plain(number, share)
    if _num_plain(number + 1, share) > plain:
        family, time = _plain_family(seed, plain, breadth)
        return _of(family, time, 0)
    least = ROOM[0] / (ROOM[0] + index)  # the share of the plain ones, which have their turns
    final, further = _families(breadth)
    depth = max(_depth(least + luck * (1 - least), index), 1)
    return _of(*_dealt(seed, number - plain, further or final), depth)


def _of(family: Family, time: int, depth: int) -> Turn:
    """Return the turn of a family that had so many before: each is about another one of its concepts."""
    return Turn(family=family, depth=depth, concept=family.concepts[time % len(family.concepts)])


def _whole(seed: int, amount: float) -> int:
    """Round down, from where the seed says."""
    return int(amount + _offset(seed))


@cache
def _offset(seed: int) -> float:
    return draw.rng(seed, "exercises.turns").random()


def _depth(luck: float, index: int) -> int:
    return sum(luck * (room + index) > room for room in ROOM)


def _num_plain(number: int, share: float) -> int:
    """Return how many of the first `number` items about families are plain: the sum of their chances."""
    room = ROOM[0] * share
    return int(room * math.log1p(number / room))


def _plain_family(seed: int, number: int, breadth: int) -> tuple[Family, int]:
    """Return a plain item's family and its turns before: every second cannot go on, as long as such have turns."""
    final, further = _families(breadth)
    if not further:
        return _dealt(seed, number, final)
    asked = min((number + 1) // 2, len(final) * _TURNS)
    if number % 2 == 0 and asked < len(final) * _TURNS:
        return _dealt(seed, asked, final)
    return _dealt(seed, number - asked, further)


@cache
def _families(breadth: int) -> tuple[tuple[Family, ...], tuple[Family, ...]]:
    """Return the families that cannot go on, and those that can."""
    taught = TAUGHT[: breadth or None]
    further = tuple(family for family in taught if can_continue(family))
    return tuple(family for family in taught if not can_continue(family)), further


def _dealt(seed: int, number: int, families: Sequence[Family]) -> tuple[Family, int]:
    """Return the family of turn `number` and its turns before; all have one before any has two."""
    time, place = divmod(number, len(families))
    return families[_order(seed, time, len(families))[place]], time


@lru_cache(maxsize=64)
def _order(seed: int, time: int, size: int) -> tuple[int, ...]:
    order = list(range(size))
    draw.rng(seed, "exercises.order", time).shuffle(order)
    return tuple(order)
