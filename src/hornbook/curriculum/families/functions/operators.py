"""Families on classes whose objects answer to operators."""

from __future__ import annotations

import random

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw


def _pairs(rng: random.Random) -> tuple[list[tuple[int, int, int]]]:
    return ([(rng.randint(-5, 9), rng.randint(-5, 9), rng.randint(-2, 3)) for _ in range(rng.randint(2, 4))],)


def _tags(rng: random.Random) -> tuple[list[str]]:
    words = rng.sample(draws.WORDS, 3)
    marks = ("", " ", "!", "-")
    return (
        [
            rng.choice((str.upper, str.title, str.lower))(rng.choice(words)) + rng.choice(marks)
            for _ in range(rng.randint(3, 6))
        ],
    )


def _different(tags: list[str]) -> list[str]:
    plain = ["".join(c for c in tag.lower() if c.isalpha()) for tag in tags]
    return [tag for i, tag in enumerate(tags) if plain[i] not in plain[:i]]


_RANKS = {"J": 11, "Q": 12, "K": 13, "A": 14} | {str(n): n for n in range(2, 11)}


def _hand(rng: random.Random, suits: str) -> tuple[list[str]]:
    return ([rng.choice(suits) + rng.choice(tuple(_RANKS)) for _ in range(rng.randint(3, 6))],)


def _by_rank(cards: list[str], suits: str) -> list[str]:
    return sorted(cards, key=lambda card: _RANKS[card[1:]] * 10 + suits.index(card[0]))


def _hours(rng: random.Random) -> tuple[list[tuple[int, int]]]:
    return ([(rng.randint(0, 9), rng.choice((0, 15, 30, 45, 50))) for _ in range(rng.randint(2, 5))],)


def _longest(times: list[tuple[int, int]], unit: int) -> tuple[str, str]:
    seconds = [a * unit + b for a, b in times]
    total, top = sum(seconds), max([0, *seconds])
    return f"{total // unit}:{total % unit:02}", f"{top // unit}:{top % unit:02}"


def _on_ring(items: list[str], steps: list[int]) -> list[str]:
    place = 0
    seen = []
    for step in steps:
        direction = 1 if step > 0 else -1
        for _ in range(abs(step)):
            place += direction
            place = 0 if place == len(items) else len(items) - 1 if place < 0 else place
        seen.append(items[place])
    return seen


FAMILIES: tuple[Family, ...] = (
    Family(
        name="weighted_sum_of_vectors",
        concepts=("special_methods", "tuples", "accumulation"),
        difficulty=3,
        names="sum_vectors weighted_sum add_scaled combine total_vector resulting_force",
        arguments=(
            "parts|terms|moves|forces: list[tuple[int, int, int]]; two coordinates and a factor each",
        ),
        returns="tuple[int, int]",
        phrasings=(
            "Return the sum of all vectors in $parts, each multiplied by its factor, as a pair (x, y). A part is (x, y, factor); the sum of no parts is (0, 0).",
            "Given a list of triples $parts, multiply the vector of the first two numbers by the third and add up the results. Return the sum as a tuple of two integers. The class `Vector` can be used with + and *.",
            "Winds push a balloon: (3, 1, 2) means that it moves by (3, 1) twice, and a negative factor that it is pushed back. Where is the balloon after all $parts, if it starts at (0, 0)?",
            "Return (X, Y), where X is the sum of x * f and Y the sum of y * f over all triples (x, y, f) in $parts.",
        ),
        solutions=(
            """
total = Vector(0, 0)
for x, y, factor in $parts:
    total = total + Vector(x, y) * factor
return total.x, total.y
""",
            """
scaled = (Vector(x, y) * factor for x, y, factor in $parts)
total = sum(scaled, start=Vector(0, 0))
return total.x, total.y
""",
            """
x_sum = sum(x * factor for x, _, factor in $parts)
y_sum = sum(y * factor for _, y, factor in $parts)
return x_sum, y_sum
""",
        ),
        setup="""
class Vector:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def __add__(self, other):
        return Vector(self.x + other.x, self.y + other.y)

    def __mul__(self, factor):
        return Vector(self.x * factor, self.y * factor)
""",
        reference=lambda parts: tuple(sum(part[i] * part[2] for part in parts) for i in (0, 1)),
        inputs=_pairs,
        edges=(([],), ([(3, 1, 2)],), ([(3, 1, 0), (1, 1, 1)],), ([(2, -5, -1), (2, -5, 1)],)),
        idea="With `__add__` and `__mul__` the formula for vectors looks like that for numbers; `sum` only needs a vector to start from.",
        pitfall="`sum(vectors)` starts with the number 0, to which a Vector cannot be added; give it a start.",
    ),
    Family(
        name="first_of_equal_tags",
        concepts=("special_methods", "sets", "string_methods"),
        difficulty=4,
        names="different_tags unique_tags distinct_tags without_equal keep_first_tags clean_tags",
        arguments=("tags|labels|words|keywords: list[str]; the tags as people typed them",),
        returns="list[str]",
        phrasings=(
            "Return $tags without those that are the same as an earlier one, in order. Two tags are the same if their letters agree, whatever the case and whatever other characters they have.",
            "Given a list $tags, keep a tag only if no tag before it is equal to it in the sense of `Tag`, which looks at the letters alone, in small form. Return the list of the kept strings as they were written.",
            "Readers of a $site mark articles with tags, and 'Tea', 'tea!' and ' TEA ' are meant to be one. List the tags in the order of their first use, each as it was first written, and leave out the repeats in $tags.",
            "Let f(t) be the string of the characters c of t.lower() with c.isalpha(). Return the list of those $tags[i] for which no j < i has f($tags[j]) = f($tags[i]), in ascending order of i.",
        ),
        solutions=(
            """
seen = set()
kept = []
for text in $tags:
    tag = Tag(text)
    if tag not in seen:
        seen.add(tag)
        kept.append(text)
return kept
""",
            """
unique = dict.fromkeys(map(Tag, $tags))
return [tag.text for tag in unique]
""",
            """
kept = []
for text in $tags:
    if all(Tag(text) != Tag(other) for other in kept):
        kept.append(text)
return kept
""",
        ),
        setup="""
class Tag:
    def __init__(self, text):
        self.text = text
        self.letters = "".join(c for c in text.lower() if c.isalpha())

    def __eq__(self, other):
        return self.letters == other.letters

    def __hash__(self):
        return hash(self.letters)
""",
        reference=lambda tags, site: _different(tags),
        inputs=lambda rng, site: _tags(rng),
        edges=(([],), (["", "!"],), (["Tea", "tea!", "TEA"],), (["Äh", "äh", "ah"],), (["a b", "ab", "ba"],)),
        idea="`__eq__` says when two tags count as one, and `__hash__` must follow the same rule, so that sets find them.",
        pitfall="With `__eq__` alone the objects are not hashable, and a set refuses them.",
        parameters=lambda rng: {
            "site": Raw(rng.choice(("newspaper", "cooking site", "library", "photo site")))
        },
    ),
    Family(
        name="sort_the_hand",
        concepts=("special_methods", "sorting", "strings"),
        difficulty=4,
        names="sort_hand sort_cards order_cards arrange_hand cards_in_order sorted_hand",
        arguments=(
            "cards|hand|deck: list[str]; a letter for the suit and then the rank, as in '${first}10'",
        ),
        returns="list[str]",
        phrasings=(
            "Return $cards sorted from the lowest to the highest. The rank decides (2 to 10, J, Q, K, A), and of two cards with the same rank the one whose suit comes first in '$suits' is lower.",
            "Given a list of strings $cards, each a letter of '$suits' followed by a rank from 2 to 10 or J, Q, K or A, sort it in ascending order as the `<` of `Card` does: by rank, with J, Q, K and A above the 10 in this order, then by the place of the suit in '$suits'.",
            "Before a card game everybody sorts their hand: small ranks on the left, with jack, queen, king and ace above the ten, and equal ranks by suit in the order '$suits'. How is the hand $cards arranged? Cards are written like '${first}10' or '${first}Q'.",
            "Return the list $cards ordered by the pair (position of card[1:] in 2, 3, ..., 10, J, Q, K, A; position of card[0] in '$suits'), smallest first. Equal cards stay next to each other.",
        ),
        solutions=(
            """
hand = sorted(Card(text) for text in $cards)
return [card.text for card in hand]
""",
            """
order = [suit + rank for rank in RANKS for suit in "$suits"]
return sorted($cards, key=order.index)
""",
            """
hand = []
for text in $cards:
    place = len(hand)
    while place > 0 and Card(text) < Card(hand[place - 1]):
        place -= 1
    hand.insert(place, text)
return hand
""",
        ),
        setup="""
RANKS = ["2", "3", "4", "5", "6", "7", "8", "9", "10", "J", "Q", "K", "A"]


class Card:
    def __init__(self, text):
        self.text = text
        self.rank = RANKS.index(text[1:])
        self.suit = "$suits".index(text[0])

    def __lt__(self, other):
        if self.rank == other.rank:
            return self.suit < other.suit
        return self.rank < other.rank
""",
        reference=lambda cards, suits, first: _by_rank(cards, str(suits)),
        inputs=lambda rng, suits, first: _hand(rng, str(suits)),
        edges=(
            ([],),
            (["H10"],),
            (["HK", "H10", "H9", "HA", "H2"],),
            (["S7", "C7", "D7", "H7"],),
            (["HQ", "SJ", "HQ"],),
        ),
        idea="`sorted` needs only to know which of two objects is smaller, and that is what `__lt__` says.",
        pitfall="Comparing the texts puts '10' before '2' and the queen after the king.",
        parameters=lambda rng: (lambda suits: {"suits": Raw(suits), "first": Raw(suits[0])})(
            rng.choice(("CDHS", "DCHS", "HDSC", "SHDC"))
        ),
    ),
    Family(
        name="total_and_longest_time",
        concepts=("special_methods", "min_max", "string_formatting"),
        difficulty=3,
        names="total_and_longest sum_and_max time_summary add_times times_report summarize_times",
        arguments=(
            "times|parts|tracks|stages: list[tuple[int, int]]; $big and $small, the latter from 0 to 59",
        ),
        returns="tuple[str, str]",
        phrasings=(
            "Return the sum of all $times and the longest of them, as two strings such as '3:05', the $small with two digits. Each time is a pair of $big and $small; without any both are '0:00'.",
            "Given a list of pairs ($big, $small), add them up and find the largest. Return the tuple (sum, largest), each written as $big, a colon and the $small in two digits, with every 60 $small carried over to the $big. An empty list gives ('0:00', '0:00').",
            "How long do all $times take together, and how long is the longest? A list of pairs tells $big and $small of each. The answers look like '12:07', and never have 60 or more behind the colon.",
            "Let s be the sum and m the maximum (0 if there is none) of 60 * a + b over the pairs (a, b) in $times. Return the strings for s and m, where n is written as n // 60, ':' and n % 60 with two digits.",
        ),
        solutions=(
            """
durations = [Duration(60 * a + b) for a, b in $times]
total = longest = Duration(0)
for duration in durations:
    total = total + duration
    if longest < duration:
        longest = duration
return str(total), str(longest)
""",
            """
amounts = [60 * a + b for a, b in $times]
shown = [Duration(sum(amounts)), Duration(max(amounts, default=0))]
return tuple(str(duration) for duration in shown)
""",
        ),
        setup="""
class Duration:
    def __init__(self, amount):
        self.amount = amount

    def __add__(self, other):
        return Duration(self.amount + other.amount)

    def __lt__(self, other):
        return self.amount < other.amount

    def __str__(self):
        return f"{self.amount // 60}:{self.amount % 60:02d}"
""",
        reference=lambda times, **_: _longest(times, 60),
        inputs=lambda rng, **_: _hours(rng),
        edges=(([],), ([(0, 0)],), ([(0, 59), (0, 1)],), ([(2, 0), (1, 59), (2, 0)],), ([(10, 5)],)),
        idea="An object that can be added, compared and shown hides the sixties in one place.",
        pitfall="Adding the parts separately forgets to carry: 0:50 and 0:20 are 1:10.",
        parameters=lambda rng: rng.choice(
            ({"big": Raw("hours"), "small": Raw("minutes")}, {"big": Raw("minutes"), "small": Raw("seconds")})
        ),
    ),
    Family(
        name="walk_on_ring",
        concepts=("special_methods", "integer_division", "list_indexing"),
        difficulty=3,
        names="walk_on_ring stops_on_ring visited ring_walk where_it_stops circle_walk",
        arguments=(
            "items|places|names|stations: list[str]; what stands on the ring, at least one",
            "steps|moves|throws: list[int]; how far to go, negative for backwards",
        ),
        returns="list[str]",
        phrasings=(
            "Return the elements of the ring $items at which a walk stops after each of $steps. It begins at the first element; behind the last one comes the first again, and negative steps go backwards.",
            "Given a non-empty list $items that is closed to a circle and a list of whole numbers $steps, start at position 0, move by each number in turn and return the list of the elements reached.",
            "A children's railway runs in a circle past the $items, in this order, and waits at the first. $steps says by how many stations it moves each time, backwards if negative. At which stations does it stop?",
            "Let p(0) = 0 and p(i) = p(i - 1) + s, s being the i-th of the n elements of $steps. Return the list of $items[p(i) modulo the length of $items] for i = 1, ..., n.",
        ),
        solutions=(
            """
class Ring:
    def __init__(self, values):
        self.values = values

    def __len__(self):
        return len(self.values)

    def __getitem__(self, place):
        return self.values[place % len(self)]

ring = Ring($items)
place = 0
stops = []
for step in $steps:
    place += step
    stops.append(ring[place])
return stops
""",
            """
from itertools import accumulate

return [$items[place % len($items)] for place in accumulate($steps)]
""",
            """
from collections import deque

ring = deque($items)
stops = []
for step in $steps:
    ring.rotate(-step)
    stops.append(ring[0])
return stops
""",
        ),
        reference=_on_ring,
        inputs=lambda rng: (
            rng.sample(draws.GOODS, rng.randint(3, 5)),
            [rng.randint(-7, 9) for _ in range(rng.randint(2, 4))],
        ),
        edges=(
            (["a"], [5, -5]),
            (["a", "b"], []),
            (["a", "b", "c"], [3, 1, -2]),
            (["a", "b", "c"], [-1]),
            (["x", "y", "x", "é"], [0, 4, -9]),
        ),
        idea="`__getitem__` decides what square brackets mean; the remainder brings every position back onto the ring.",
        pitfall="Plain indexing fails behind the last element, and for negative positions it happens to work only once around.",
    ),
)
