"""Families on dataclasses."""

from __future__ import annotations

import random

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw

_TAGS = ("alpha", "beta", "final")


def _releases(rng: random.Random) -> tuple[list[tuple[int, int, str]]]:
    return ([(rng.randint(1, 3), rng.randint(0, 3), rng.choice(_TAGS)) for _ in range(rng.randint(2, 5))],)


def _newest(releases: list[tuple[int, int, str]], since: int) -> list[str]:
    numbers = {
        100 * (10 * a + b) + _TAGS.index(tag): f"{a}.{b} {tag}" for a, b, tag in releases if a >= since
    }
    return [numbers[key] for key in sorted(numbers, reverse=True)]


def _stock(rng: random.Random) -> tuple[list[tuple[str, int, int]], str]:
    names = rng.sample(draws.GOODS, rng.randint(2, 4))
    return [(name, rng.randint(1, 50), rng.randint(0, 9)) for name in names], rng.choice([*names, "nothing"])


def _raised(stock: list[tuple[str, int, int]], name: str, percent: int) -> list[tuple[str, int, int]]:
    return [(n, p + p * percent // 100 if n == name else p, c) for n, p, c in stock]


def _marks(rng: random.Random) -> tuple[list[tuple[str, int]]]:
    names = rng.sample(draws.FIRST_NAMES, 3)
    return ([(rng.choice(names), rng.randint(1, 6)) for _ in range(rng.randint(3, 7))],)


def _spread(marks: list[tuple[str, int]], least: int) -> dict[str, int]:
    names = dict.fromkeys(name for name, _ in marks)
    own = {name: sorted(mark for other, mark in marks if other == name) for name in names}
    return {name: values[-1] - values[0] for name, values in own.items() if len(values) >= least}


FAMILIES: tuple[Family, ...] = (
    Family(
        name="releases_newest_first",
        concepts=("dataclasses", "sorting", "sets"),
        difficulty=4,
        names="newest_first sort_releases releases_since list_releases order_releases recent_releases",
        arguments=(
            "releases|versions|rows: list[tuple[int, int, str]]; two numbers and 'alpha', 'beta' or 'final'",
        ),
        returns="list[str]",
        phrasings=(
            "Return the different $releases with a first number of at least $since as texts such as '2.1 beta', newest first. The first number decides, then the second, then the word, for which the order of the alphabet happens to be right.",
            "Given a list of triples $releases, drop repeats and those whose first number is less than $since, sort the rest in descending order (first number, second number, word) and return them as strings '<first>.<second> <word>'.",
            "A download page lists every release from version $since on just once, the newest at the top: '3.0 final' above '3.0 beta' above '2.9 final'. What does it list for $releases, given as (3, 0, 'beta') and so on?",
            "Let S be the set of the triples (a, b, w) in $releases with a >= $since. Return the list of the strings f'{a}.{b} {w}' for the elements of S in descending order of the triples.",
        ),
        solutions=(
            """
from dataclasses import dataclass

@dataclass(frozen=True, order=True)
class Release:
    major: int
    minor: int
    stage: str

    def shown(self):
        return f"{self.major}.{self.minor} {self.stage}"

known = {Release(*row) for row in $releases}
recent = [release for release in known if release.major >= $since]
return [release.shown() for release in sorted(recent, reverse=True)]
""",
            """
texts = []
for major, minor, stage in sorted($releases)[::-1]:
    text = f"{major}.{minor} {stage}"
    if major >= $since and text not in texts:
        texts.append(text)
return texts
""",
        ),
        reference=_newest,
        inputs=lambda rng, since: _releases(rng),
        edges=(
            ([],),
            ([(0, 1, "alpha")],),
            ([(3, 0, "beta"), (3, 0, "beta")],),
            ([(2, 0, "final"), (2, 0, "alpha"), (2, 0, "beta")],),
            ([(3, 1, "alpha"), (1, 3, "alpha"), (3, 0, "final")],),
        ),
        idea="With `order=True` the objects compare field by field, and frozen ones can go into a set, which removes the repeats.",
        pitfall="Without `frozen=True` a dataclass that compares with == is not hashable, and the set refuses it.",
        parameters=lambda rng: {"since": rng.randint(1, 2)},
    ),
    Family(
        name="raise_one_price",
        concepts=("dataclasses", "immutability", "list_comprehensions"),
        difficulty=2,
        names="raise_price with_new_price change_price updated_stock adjust_price dearer",
        arguments=(
            "stock|items|articles|shelf: list[tuple[str, int, int]]; name, price and count of each",
            "name|wanted|which: str; the name of the article that gets dearer",
        ),
        returns="list[tuple[str, int, int]]",
        phrasings=(
            "Return a copy of $stock in which the price of every article called $name is $percent percent higher, the increase being rounded down. Everything else stays, and so does $stock itself.",
            "Given a list $stock of tuples (name, price, count), build a new list in the old order: articles called $name cost $percent percent more, rounded down, and all others are the same as before.",
            "A shop makes one of its articles $percent percent dearer, in whole cents rounded down. Make the new price list from $stock, entries of (name, price, count); the old list is kept for the files. If nothing is called $name, the new list is equal to the old one.",
            "Return the list of (n, p + p * $percent // 100, c) for n = $name and (n, p, c) for n different from $name, over the triples (n, p, c) in $stock in order.",
        ),
        solutions=(
            """
items = [Item(*row) for row in $stock]
changed = [item.dearer() if item.name == $name else item for item in items]
return [astuple(item) for item in changed]
""",
            """
changed = []
for title, price, count in $stock:
    if title == $name:
        price += price * $percent // 100
    changed.append((title, price, count))
return changed
""",
        ),
        setup="""
from dataclasses import astuple, dataclass, replace


@dataclass(frozen=True)
class Item:
    name: str
    price: int
    count: int

    def dearer(self):
        return replace(self, price=self.price + self.price * $percent // 100)
""",
        reference=_raised,
        inputs=lambda rng, percent: _stock(rng),
        edges=(
            ([], "tea"),
            ([("tea", 0, 1)], "tea"),
            ([("tea", 99, 0), ("cup", 99, 0), ("tea", 7, 2)], "tea"),
            ([("thé", 100, 1)], "the"),
        ),
        idea="A frozen object is never changed; `replace` makes a new one that differs in the named field only.",
        pitfall="Assigning to a field of a frozen dataclass raises FrozenInstanceError.",
        parameters=lambda rng: {"percent": rng.choice((5, 10, 15, 20))},
    ),
    Family(
        name="spread_of_marks",
        concepts=("dataclasses", "grouping", "dictionaries"),
        difficulty=4,
        names="mark_spreads spreads_by_name spread_of_marks mark_ranges differences_by_name ranges_of",
        arguments=("marks|rows|results|entries: list[tuple[str, int]]; a name and a mark each",),
        returns="dict[str, int]",
        phrasings=(
            "Return a dictionary from each name with at least $least of the $marks to the difference between its highest and its lowest mark. The names are in the order of their first mark.",
            "Given a list of pairs $marks, collect the marks of every name, leave out names with fewer than $least marks and map the others to their largest mark minus their smallest. Keep the order in which the names appear first.",
            "A teacher wants to know whose marks in $subject go up and down: for every pupil with $least marks or more, the best and the worst are compared. $marks holds (name, mark) in the order they were given. Return the differences by name, in the order in which the pupils first appear.",
            "For each name n that occurs in at least $least pairs of $marks let d(n) be the maximum minus the minimum of its marks. Return {n: d(n)} ordered by the first occurrence of n.",
        ),
        solutions=(
            """
from dataclasses import dataclass, field

@dataclass
class Pupil:
    name: str
    marks: list[int] = field(default_factory=list)

    def spread(self):
        return max(self.marks) - min(self.marks)

pupils = {}
for name, mark in $marks:
    pupils.setdefault(name, Pupil(name)).marks.append(mark)
return {name: pupil.spread() for name, pupil in pupils.items() if len(pupil.marks) >= $least}
""",
            """
found = {}
for name, mark in $marks:
    low, high, number = found.get(name, (mark, mark, 0))
    found[name] = min(low, mark), max(high, mark), number + 1
spreads = {}
for name, (low, high, number) in found.items():
    if number >= $least:
        spreads[name] = high - low
return spreads
""",
        ),
        reference=lambda marks, least, subject: _spread(marks, least),
        inputs=lambda rng, least, subject: _marks(rng),
        edges=(
            ([],),
            ([("Ada", 3)],),
            ([("Ada", 3), ("Ada", 3), ("Ada", 3)],),
            ([("Ben", 6), ("Ada", 1), ("Ben", 2), ("Ada", 6), ("Ben", 4), ("Ada", 2)],),
        ),
        idea="`default_factory=list` gives every object a list of its own, to which the marks are appended.",
        pitfall="A list as a plain default would be shared by all objects, which is why a dataclass refuses it.",
        parameters=lambda rng: {
            "least": rng.randint(2, 3),
            "subject": Raw(rng.choice(("history", "art", "physics", "French"))),
        },
    ),
)
