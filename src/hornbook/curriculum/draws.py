"""Ordinary inputs for families: words, sentences, numbers and lists of them, drawn from small vocabularies."""

from __future__ import annotations

import operator
import random
from collections.abc import Callable, Mapping
from typing import Any

from hornbook.curriculum.family import Raw

WORDS = tuple(
    "apple river stone garden paper winter lamp silver cloud window bread music forest candle bridge tiger "
    "planet sugar mirror pencil island carpet engine market velvet summer copper kettle ladder basket violin "
    "harbor meadow ticket pillow rocket shadow spider temple valley walnut yellow zebra level noon radar civic "
    "banana coffee letter balloon success pepper ring sing table chair door sea sun moon ant bee cat dog egg fox "
    "go hat ink jar key leaf map net oak pie queen rain sky tree urn van wolf yard".split()
)
FIRST_NAMES = tuple(
    "Ada Ben Cleo Dan Eva Finn Gus Hana Ivo Jun Kai Lia Max Nia Otto Pia Rui Sam Tara Uma".split()
)
GOODS = tuple(
    "bread milk tea rice soap lamp pen cup hat shoe book ball kite drum ring coat fish salt".split()
)


def word(rng: random.Random) -> str:
    """Draw one lower-case word."""
    return rng.choice(WORDS)


def words(rng: random.Random, low: int = 2, high: int = 6) -> list[str]:
    """Draw `low` to `high` words, repeats allowed."""
    return rng.choices(WORDS, k=rng.randint(low, high))


def sentence(rng: random.Random, low: int = 3, high: int = 6) -> str:
    """Draw words joined by single blanks; one in two starts with a capital letter."""
    text = " ".join(words(rng, low, high))
    return text.capitalize() if rng.random() < 0.5 else text


def ints(
    rng: random.Random, low: int = 3, high: int = 7, smallest: int = -20, largest: int = 50
) -> list[int]:
    """Draw `low` to `high` integers between `smallest` and `largest`."""
    return [rng.randint(smallest, largest) for _ in range(rng.randint(low, high))]


def small_ints(rng: random.Random, low: int = 3, high: int = 8) -> list[int]:
    """Draw integers from 0 to 9, so that repeats are common."""
    return ints(rng, low, high, 0, 9)


def floats(rng: random.Random, low: int = 2, high: int = 6) -> list[float]:
    """Draw numbers that binary floating point holds exactly (quarters), so that sums compare with ==."""
    return [rng.randint(-40, 200) / 4 for _ in range(rng.randint(low, high))]


def matrix(rng: random.Random, low: int = 1, high: int = 3) -> list[list[int]]:
    """Draw a rectangular matrix of small integers."""
    width = rng.randint(low, high)
    return [[rng.randint(-5, 9) for _ in range(width)] for _ in range(rng.randint(low, high))]


def counts(rng: random.Random, low: int = 2, high: int = 5) -> dict[str, int]:
    """Draw a mapping from goods to small counts."""
    return {good: rng.randint(0, 12) for good in rng.sample(GOODS, rng.randint(low, high))}


COMPARISONS: Mapping[str, tuple[str, Callable[[Any, Any], Any]]] = {
    ">": ("more than", operator.gt),
    ">=": ("at least", operator.ge),
    "<": ("less than", operator.lt),
    "<=": ("at most", operator.le),
}
"""Operator in code -> (its words in prose, the same as a function for references)."""


def comparison(rng: random.Random) -> dict[str, Raw]:
    """Draw the parameters `op` (for code) and `words` (for prose: "of $words 5 marks")."""
    symbol = rng.choice(tuple(COMPARISONS))
    return {"op": Raw(symbol), "words": Raw(COMPARISONS[symbol][0])}


def around(rng: random.Random, k: int, low: int = 3, high: int = 7) -> list[int]:
    """Draw integers, many of them `k` or next to it, so that a comparison with `k` is tested at its edge."""
    return [
        k + rng.choice((-1, 0, 1, rng.randint(-20, 20), rng.randint(-20, 20)))
        for _ in range(rng.randint(low, high))
    ]
