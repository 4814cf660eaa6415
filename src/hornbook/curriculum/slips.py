"""Slips of grammar and typing in prose, as people write prompts: a model that never saw one stumbles over them.

phi-1 lost much to "grammar mistakes in the prompt" (arXiv 2306.11644, appendix B). Names of arguments, numbers,
quoted words and whatever stands in an example are left as they are, so the meaning never changes.
"""

from __future__ import annotations

import random
import re
from collections.abc import Collection
from itertools import pairwise

_WORD = re.compile(r"[A-Za-z]+")
_PLAIN = re.compile(r"[^A-Za-z0-9_'\"`({\[]([a-z]{5,})(?= |,|\.$)")
_MISHEARD = {
    " their ": " there ", " than ": " then ", " whose ": " who's ", " its ": " it's ", " each ": " every of ",
    " are ": " is ", " does ": " do ", " has ": " have ", " occurs ": " occur ", " an ": " a ",
}  # fmt: skip
_MISSPELT = {
    "occurrence": "occurence", "separate": "seperate", "length": "lenght", "return": "retrun", "number": "nubmer",
    "character": "charachter", "letters": "leters", "which": "wich", "beginning": "begining", "equal": "eqaul",
    "string": "strnig", "the same": "teh same", "receive": "recieve", "dictionary": "dictionnary",
    "list": "lsit", "largest": "largets", "smallest": "smalest", "between": "beetween", "ascending": "ascendng",
}  # fmt: skip


def slipped(text: str, names: Collection[str], rng: random.Random) -> str:
    """Return a sentence with one or two slips; `names` are words that must stay as they are.

    >>> slipped("Return the length of text.", ["text"], random.Random(3))
    'Return length of text.'
    """
    ways = [_article, _misheard, _misspelt, _swapped, _doubled, _unended]
    rng.shuffle(ways)
    wanted = rng.randint(1, 2)
    for way in ways:
        changed = way(text, names, rng)
        if changed != text and _same_names(text, changed, names):
            text, wanted = changed, wanted - 1
        if not wanted:
            break
    return text


def _same_names(before: str, after: str, names: Collection[str]) -> bool:
    """Say whether every name and every number occurs as often as before."""
    kept = [*names, *re.findall(r"\d+|'[^']*'|\"[^\"]*\"|`[^`]*`", before)]
    return all(_count(name, before) == _count(name, after) for name in kept)


def _count(name: str, text: str) -> int:
    """Count where a name stands alone; a pattern for each name would have to be compiled each time."""
    return sum(
        not (_in_a_word(before[-1:]) or _in_a_word(behind[:1]))
        for before, behind in pairwise(text.split(name))
    )


def _in_a_word(letter: str) -> bool:
    return letter.isalnum() or letter == "_"


def _article(text: str, names: Collection[str], rng: random.Random) -> str:
    places = [m.start() for m in re.finditer(r" (?:the|a|an) ", text)]
    if not places:
        return text
    start = rng.choice(places)
    return text[:start] + text[text.index(" ", start + 1) :]


def _replaced(table: dict[str, str], text: str, rng: random.Random) -> str:
    found = [right for right in table if right in text]
    if not found:
        return text
    right = rng.choice(found)
    return text.replace(right, table[right], 1)


def _misheard(text: str, names: Collection[str], rng: random.Random) -> str:
    return _replaced(_MISHEARD, text, rng)


def _misspelt(text: str, names: Collection[str], rng: random.Random) -> str:
    return _replaced(_MISSPELT, text, rng)


def _swapped(text: str, names: Collection[str], rng: random.Random) -> str:
    """Exchange two neighbouring letters inside of a plain word."""
    places = [m.start(1) for m in _PLAIN.finditer(text) if m[1] not in names]
    if not places:
        return text
    i = rng.choice(places) + rng.randint(1, 2)
    return text[:i] + text[i + 1] + text[i] + text[i + 2 :]


def _doubled(text: str, names: Collection[str], rng: random.Random) -> str:
    places = list(re.finditer(r" (?:the|of|to|in|and|is) ", text))
    if not places:
        return text
    match = rng.choice(places)
    return text[: match.end()] + match[0][1:] + text[match.end() :]


def _unended(text: str, names: Collection[str], rng: random.Random) -> str:
    """Begin small and leave the last stop out."""
    first = _WORD.match(text)
    small = (
        text[:1].lower() + text[1:] if first and first[0] not in names and first[0][1:].islower() else text
    )
    return small.removesuffix(".")
