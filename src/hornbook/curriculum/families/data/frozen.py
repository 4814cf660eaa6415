"""Families on frozen sets: unordered groups as keys of dictionaries and elements of sets."""

from __future__ import annotations

import random

from hornbook.curriculum.families.wording import part
from hornbook.curriculum.family import Family, Raw

TOWNS = ("Bern", "Cork", "Lima", "Oslo", "Rome")


def _pairs(rng: random.Random, names: str, low: int, high: int) -> list[tuple[str, str]]:
    return [(a, b) for a, b in (rng.sample(names, 2) for _ in range(rng.randint(low, high)))]


def _mixed(colours: list[str], rules: list[tuple[str, str, str]], spoiled: str) -> str:
    if not colours:
        return ""
    *earlier, last = colours
    if not earlier:
        return last
    before = _mixed(earlier, rules, spoiled)
    if before == last:
        return last
    found = [c for a, b, c in rules if sorted((a, b)) == sorted((before, last))]
    return found[0] if found else spoiled


FAMILIES: tuple[Family, ...] = (
    Family(
        name="trips_in_both_directions",
        concepts=("frozen_sets", "counters", "sorting"),
        difficulty=3,
        names="trips_both_ways count_roads busiest_roads road_use traffic",
        arguments=("trips|rides|flights|journeys: list[tuple[str, str]]; (from, to), two different places",),
        returns="list[tuple[str, str, int]]",
        phrasings=(
            "Count how often each road is used in $trips, where a trip and its reverse use the same road. Return (a, b, count) with a before b in the alphabet for the roads used at least $k times, $order.",
            "Treat ('X', 'Y') and ('Y', 'X') in $trips as the same connection. For each connection that occurs $k times or more give a tuple of its two places in alphabetical order and the number of occurrences; sort the tuples $order.",
            "A driver notes all trips as (from, to) in $trips. Which roads were driven at least $k times, whatever the direction, and how often? Answer with tuples (place, place, count), the places in alphabetical order, the tuples $order.",
            "For every two-element set {a, b} with a < b let n be the number of elements of $trips equal to (a, b) or (b, a). Return the list of all (a, b, n) with n >= $k, $order.",
        ),
        solutions=(
            """
from collections import Counter
$count = Counter(frozenset(trip) for trip in $trips)
$result = [(*sorted(road), used) for road, used in $count.items() if used >= $k]
return sorted($result, key=lambda row: $key_code)
""",
            """
used = {}
for a, b in $trips:
    road = (a, b) if a < b else (b, a)
    used[road] = used.get(road, 0) + 1
roads = sorted(used, key=lambda road: $road_code)
return [(*road, used[road]) for road in roads if used[road] >= $k]
""",
        ),
        reference=lambda trips, k, order, **_: (
            lambda rows: (
                sorted(rows)
                if "place" in order
                else [r for n in range(20, 0, -1) for r in sorted(rows) if r[2] == n]
            )
        )(
            [
                (a, b, n)
                for a in sorted({p for t in trips for p in t})
                for b in sorted({p for t in trips for p in t})
                if a < b and (n := sum(sorted(t) == [a, b] for t in trips)) >= k
            ]
        ),
        parameters=lambda rng: {
            "k": rng.randint(2, 3),
            **part(
                rng,
                {"order": "in alphabetical order of the places", "key_code": "row", "road_code": "road"},
                {
                    "order": "the most used road first and equal ones in alphabetical order",
                    "key_code": "(-row[2], row)",
                    "road_code": "(-used[road], road)",
                },
            ),
        },
        inputs=lambda rng, **_: ([tuple(rng.sample(TOWNS[:3], 2)) for _ in range(rng.randint(5, 8))],),
        edges=(
            ([],),
            ([("b", "a")],),
            ([("b", "a"), ("a", "b")],),
            ([("d", "c"), ("b", "a"), ("c", "d")],),
            ([("x", "z"), ("x", "y"), ("z", "x"), ("y", "x"), ("x", "z")],),
        ),
        idea="A frozenset of the two places forgets the direction and can still be counted, because it never changes and so has a hash.",
        pitfall="A plain set cannot be the key of a dictionary: it raises TypeError.",
    ),
    Family(
        name="favourite_mixtures",
        concepts=("frozen_sets", "grouping", "sorting_by_several_keys"),
        difficulty=3,
        names="favourite_mixtures popular_toppings order_statistics same_orders best_sellers",
        arguments=(
            "orders|pizzas|bowls|requests: list[list[str]]; the ingredients of each order, in any order, perhaps repeated",
        ),
        returns="list[str]",
        phrasings=(
            "Two orders are the same if they have the same ingredients, whatever their sequence and number. Return a text for every different order in $orders: its ingredients in alphabetical order joined by '$glue', then ' x' and how often it was ordered. The most frequent ones come first, equal ones in alphabetical order of the joined ingredients; orders of fewer than $k different ingredients are left out.",
            "Count the orders in $orders as sets of ingredients, ignoring those with fewer than $k different ones. Give 'a${glue}b x2' for a set of a and b that occurs twice, sorted by falling count and then alphabetically by the part before the count.",
            "A kitchen wants to know what it cooks most. The same ingredients make the same dish, no matter in which sequence or how often they are named. List the different dishes in $orders as sorted ingredients joined by '$glue' plus ' x' and the count, most frequent first, then by the ingredient text; dishes with fewer than $k ingredients are side dishes and not listed.",
            "Let c(S) be the number of entries of $orders whose set of elements is S, and t(S) the sorted elements of S joined by '$glue'. Return [t(S) + ' x' + str(c(S))] for all S with c(S) > 0 and at least $k elements, ordered by -c(S), then t(S).",
        ),
        solutions=(
            """
$count = {}
for $row in $orders:
    dish = frozenset($row)
    if len(dish) >= $k:
        $count[dish] = $count.get(dish, 0) + 1
ranked = sorted((-number, "$glue".join(sorted(dish))) for dish, number in $count.items())
return [f"{name} x{-number}" for number, name in ranked]
""",
            """
from collections import Counter
names = Counter("$glue".join(sorted(set($row))) for $row in $orders if len(set($row)) >= $k)
$result = sorted(names)
$result.sort(key=names.get, reverse=True)
return [name + " x" + str(names[name]) for name in $result]
""",
        ),
        reference=lambda orders, glue, k: [
            f"{text} x{n}"
            for n in range(len(orders), 0, -1)
            for text in sorted(
                {str(glue).join(sorted(dict.fromkeys(o))) for o in orders if len(dict.fromkeys(o)) >= k}
            )
            if sum(str(glue).join(sorted(dict.fromkeys(o))) == text for o in orders) == n
        ],
        parameters=lambda rng: {"glue": Raw(rng.choice(("+", "&", ", ", "/"))), "k": rng.randint(2, 3)},
        inputs=lambda rng, **_: (
            [
                rng.choices(("ham", "egg", "corn", "leek"), k=rng.randint(1, 4))
                for _ in range(rng.randint(3, 5))
            ],
        ),
        edges=(
            ([],),
            ([[]],),
            ([["a"], ["a", "a"]],),
            ([["c", "b", "a"], ["a", "b", "c"], ["b", "a", "c", "c"]],),
            ([["b", "a", "z"], ["d", "c", "z"], ["a", "z", "d"]],),
        ),
        idea="A frozenset treats orders with the same ingredients as equal, so counting them is counting keys.",
        pitfall="Lists cannot be keys, and sorted lists turned into tuples would still count repeated ingredients as different.",
    ),
    Family(
        name="circles_of_three",
        concepts=("frozen_sets", "combinations", "set_comprehensions"),
        difficulty=4,
        names="circles_of_three triangles trios friend_trios closed_groups",
        arguments=("friends|links|pairs|edges: list[tuple[str, str]]; pairs of different people",),
        returns="list[str]",
        phrasings=(
            "Return all groups of three people among whom every two are $linked by a pair in $friends, in whichever order the pair is written. Write a group as its names in alphabetical order joined by '$sep' and sort the texts.",
            "Each pair in $friends says that two people are $linked, in both directions. Find every set of three people who are all $linked with each other; give the sorted list of the texts 'a${sep}b${sep}c' with a < b < c.",
            "In a class $friends lists who is $linked with whom. Which trios are there in which everybody is $linked with both others? List each trio once, alphabetically joined by '$sep', and the trios in alphabetical order.",
            "Regard $friends as undirected edges. Return the sorted list of '$sep'.join((a, b, c)) for all a < b < c such that {a, b}, {b, c} and {a, c} are all edges.",
        ),
        solutions=(
            """
from itertools import combinations
pairs = {frozenset($pair) for $pair in $friends}
people = sorted({name for $pair in $friends for name in $pair})
$result = []
for trio in combinations(people, 3):
    if all(frozenset($pair) in pairs for $pair in combinations(trio, 2)):
        $result.append("$sep".join(trio))
return sorted($result)
""",
            """
partners = {}
for a, b in $friends:
    partners.setdefault(a, set()).add(b)
    partners.setdefault(b, set()).add(a)
found = set()
for a, b in $friends:
    for c in partners[a] & partners[b]:
        found.add(frozenset((a, b, c)))
return sorted("$sep".join(sorted(trio)) for trio in found)
""",
        ),
        reference=lambda friends, sep, linked: sorted(
            {
                str(sep).join(sorted((a, b, c)))
                for a, b in friends
                for c in {p for pair in friends for p in pair}
                if (a, c) in friends + [p[::-1] for p in friends]
                and (b, c) in friends + [p[::-1] for p in friends]
            }
        ),
        parameters=lambda rng: {
            "sep": Raw(rng.choice((" ", "-", "+", "/"))),
            "linked": Raw(rng.choice(("linked", "acquainted", "connected"))),
        },
        inputs=lambda rng, **_: (_pairs(rng, "abcde"[: rng.randint(4, 5)], 5, 8),),
        edges=(
            ([],),
            ([("a", "b")],),
            ([("a", "b"), ("b", "c")],),
            ([("b", "a"), ("c", "b"), ("a", "c")],),
            ([("d", "a"), ("a", "c"), ("d", "c"), ("c", "b"), ("a", "b"), ("b", "a")],),
        ),
        idea="A set of frozensets answers in one step whether two people are a pair, whichever way round it was written.",
        pitfall="Looking for the tuple (a, b) misses pairs that are written as (b, a).",
    ),
    Family(
        name="mix_paints_in_turn",
        concepts=("frozen_sets", "lookup_tables", "reduce"),
        difficulty=3,
        names="mix_paints mix_colours combine_potions brew blend",
        arguments=(
            "colours|paints|potions|order: list[str]; what is poured together, in order",
            "rules|recipes|table|mixtures: list[tuple[str, str, str]]; (a, b, result) for two different colours",
        ),
        returns="str",
        phrasings=(
            "Start with the first of $colours and mix in the others one by one. The mixture of two different colours is given by a rule (a, b, result) in $rules, which holds for both orders; without a rule it becomes '$spoiled'. Mixing a colour with itself changes nothing. Return the final colour, or '' if $colours is empty.",
            "Mix $colours from left to right: two equal colours stay as they are, two different ones turn into the result of their rule in $rules, in whichever order the rule names them, or into '$spoiled' if there is none. What colour comes out? For no colours answer ''.",
            "A painter pours $colours into a bucket, one after the other. The table $rules says what two different colours give together, the order does not matter, and whatever it does not list gives '$spoiled'. Which colour is in the bucket at the end? An empty bucket is ''.",
            "Fold $colours with m(x, x) = x and, for x != y, m(x, y) = r if (x, y, r) or (y, x, r) is in $rules (no pair is listed twice) and '$spoiled' otherwise. Return the result of the fold, '' for the empty list.",
        ),
        solutions=(
            """
table = {frozenset((a, b)): result for a, b, result in $rules}
if not $colours:
    return ""
bucket = $colours[0]
for colour in $colours[1:]:
    if colour != bucket:
        bucket = table.get(frozenset((bucket, colour)), "$spoiled")
return bucket
""",
            """
from functools import reduce
def mix(first, second):
    if first == second:
        return first
    for a, b, result in $rules:
        if {a, b} == {first, second}:
            return result
    return "$spoiled"
return reduce(mix, $colours) if $colours else ""
""",
        ),
        reference=lambda colours, rules, spoiled: _mixed(colours, rules, str(spoiled)),
        parameters=lambda rng: {"spoiled": Raw(rng.choice(("brown", "mud", "grey")))},
        inputs=lambda rng, spoiled: (
            rng.choices(("red", "blue", "green", "pink"), k=rng.randint(2, 4)),
            [
                (*(pair if rng.random() < 0.5 else pair[::-1]), result)
                for pair, result in (
                    (("red", "blue"), "pink"),
                    (("pink", "green"), "red"),
                    (("blue", "green"), "blue"),
                )
            ],
        ),
        edges=(
            ([], []),
            (["red"], []),
            (["red", "red"], [("red", "blue", "pink")]),
            (["a", "b"], [("b", "a", "c")]),
            (["a", "b", "c"], [("a", "b", "c")]),
            (["a", "b", "d"], [("a", "b", "c"), ("d", "c", "e")]),
        ),
        idea="With a frozenset as key the table needs one entry per pair, and the order in which the colours meet does not matter.",
        pitfall="frozenset((x, x)) has one element, so equal colours must be answered before the table is asked.",
    ),
)
