"""Families on standings: who or what comes first, the best few, shared ranks.

Ties are decided in every phrasing.
"""

from __future__ import annotations

import bisect
import functools
import random
from typing import Any

from hornbook.curriculum import draws
from hornbook.curriculum.families.wording import part
from hornbook.curriculum.family import Family, Raw


def _named_numbers(rng: random.Random, names: tuple[str, ...], largest: int) -> list[tuple[str, int]]:
    return [(name, rng.randint(1, largest)) for name in rng.sample(names, rng.randint(3, 5))]


def _extreme(rng: random.Random) -> dict[str, Any]:
    cheap = {"fn": Raw("min"), "op": Raw("<"), "adjective": Raw("cheapest"), "rev": Raw("")}
    dear = {
        "fn": Raw("max"),
        "op": Raw(">"),
        "adjective": Raw("most expensive"),
        "rev": Raw(", reverse=True"),
    }
    return rng.choice((cheap, dear))


def _by_points(rows: list[tuple[str, int]], most_first: bool) -> list[str]:
    def order(one: tuple[str, int], two: tuple[str, int]) -> int:
        if one[1] != two[1]:
            return -1 if (one[1] > two[1]) == most_first else 1
        return -1 if one[0] < two[0] else 1

    return [name for name, _ in sorted(rows, key=functools.cmp_to_key(order))]


FAMILIES: tuple[Family, ...] = (
    Family(
        name="extreme_article",
        concepts=("min_max", "tuples", "searching"),
        difficulty=2,
        names="find_article pick_offer best_offer choose select",
        arguments=("offers|articles|goods|catalogue|items: list[tuple[str, int]]; (name, price) pairs",),
        returns="str",
        phrasings=(
            "Return the name of the $adjective article in $offers, a list of (name, price) pairs. If several share that price, take the first of them; without offers return an empty string.",
            "Each entry of $offers is a name with a price. Find the $adjective entry, the earliest one on a tie, and return its name, or '' if there is no entry.",
            "Look through $offers, which holds (name, price) tuples, and give the name that belongs to the $adjective offer. The first wins among equals, and an empty list yields ''.",
            "What is the $adjective article called? $offers lists names with prices; when prices are equal the article that is listed earlier counts, and the answer for an empty list is the empty string.",
        ),
        solutions=(
            """
if not $offers:
    return ""
return $fn($offers, key=lambda $pair: $pair[1])[0]
""",
            """
$best = None
for $pair in $offers:
    if $best is None or $pair[1] $op $best[1]:
        $best = $pair
return $best[0] if $best else ""
""",
            """
for $key, _ in sorted($offers, key=lambda $pair: $pair[1]$rev):
    return $key
return ""
""",
            """
if not $offers:
    return ""
$best = $fn($item for _, $item in $offers)
return next($key for $key, $item in $offers if $item == $best)
""",
        ),
        reference=lambda offers, fn, **_: (
            [
                name
                for name, price in offers
                if price == sorted(p for _, p in offers)[0 if fn == "min" else -1]
            ]
            or [""]
        )[0],
        parameters=_extreme,
        inputs=lambda rng, **_: (_named_numbers(rng, draws.GOODS, 6),),
        edges=(
            ([],),
            ([("pen", 3)],),
            ([("cup", 5), ("hat", 5)],),
            ([("tea", 2), ("ring", 9), ("soap", 2), ("lamp", 9)],),
        ),
        idea="min and max compare what the key function returns and hand back the whole element, the first one on a tie.",
        pitfall="Comparing the pairs themselves compares names, because the name stands first.",
    ),
    Family(
        name="order_of_players",
        concepts=("sorting_with_key", "tuples", "sorting"),
        difficulty=2,
        names="final_order standings rank_players order_by_$noun arrange",
        arguments=(
            "rows|results|table|entries|players: list[tuple[str, int]]; (name, number) pairs, names all different",
        ),
        returns="list[str]",
        phrasings=(
            "Return the names from $rows, a list of (name, $noun) pairs, ordered by $noun with the $most first. Names with equal $noun are in alphabetical order.",
            "Sort the (name, $noun) tuples in $rows so that the $most $noun come first and ties are settled alphabetically by name; return only the names.",
            "Make a table of results from $rows: who has the $most $noun stands at the top, and players with the same number are listed from A to Z. The answer is the list of names.",
            "In which order do the players in $rows appear, if the second part of each pair, the $noun, decides ($most at the beginning) and the name decides alphabetically between equals? List the names.",
        ),
        solutions=(
            """
return [$key for $key, _ in sorted($rows, key=lambda $pair: ($sign$pair[1], $pair[0]))]
""",
            """
by_name = sorted($rows)
by_name.sort(key=lambda $pair: $pair[1]$rev)
return [$key for $key, _ in by_name]
""",
            """
$groups = {}
for $key, $item in $rows:
    $groups.setdefault($item, []).append($key)
$result = []
for $item in sorted($groups$rev):
    $result.extend(sorted($groups[$item]))
return $result
""",
        ),
        reference=lambda rows, rev, **_: _by_points(rows, bool(rev)),
        parameters=lambda rng: {
            "noun": Raw(rng.choice(("points", "goals", "votes", "medals"))),
            **rng.choice(
                (
                    {"most": Raw("most"), "sign": Raw("-"), "rev": Raw(", reverse=True")},
                    {"most": Raw("fewest"), "sign": Raw(""), "rev": Raw("")},
                )
            ),
        },
        inputs=lambda rng, **_: (_named_numbers(rng, draws.FIRST_NAMES, 4),),
        edges=(
            ([],),
            ([("Ada", 3)],),
            ([("Ben", 2), ("Ada", 2)],),
            ([("Uma", 0), ("Kai", 5), ("Eva", 0), ("Ivo", 5)],),
        ),
        idea="A tuple as sorting key compares its first part and looks at the second only on a tie; sorting twice works too, because sort is stable.",
        pitfall="reverse=True on the whole tuple key turns the alphabetical order around as well.",
    ),
    Family(
        name="extreme_distinct",
        concepts=("sorting", "sets", "min_max"),
        difficulty=2,
        names="${adjective}_$k top_$k ${adjective}_values podium extremes select",
        arguments=("scores|values|numbers|results|data: list[int]; the scores",),
        returns="list[int]",
        phrasings=(
            "Return the $k $adjective different values in $scores, the $adjective first. If there are fewer than $k different values, return all of them in this order.",
            "Ignoring repetitions, list the $adjective $k numbers of $scores, beginning with the most extreme one; the list is shorter if there are not enough.",
            "Which distinct values take the first $k places when $scores is ordered with the $adjective at the front? Each value is listed once, and with too few values the list simply ends.",
            "Remove duplicates from $scores, put the rest in $order order and return the first $k entries, or as many as exist.",
        ),
        solutions=(
            """
return sorted(set($scores)$rev)[:$k]
""",
            """
from heapq import $heap
return $heap($k, set($scores))
""",
            """
remaining = set($scores)
$result = []
while remaining and len($result) < $k:
    $best = $fn(remaining)
    $result.append($best)
    remaining.remove($best)
return $result
""",
            """
$result = []
for $item in sorted($scores$rev):
    if len($result) == $k:
        break
    if $item not in $result:
        $result.append($item)
return $result
""",
        ),
        reference=lambda scores, k, rev, **_: [
            s
            for rank in range(k)
            for s in dict.fromkeys(scores)
            if len({t for t in scores if (t > s if rev else t < s)}) == rank
        ],
        parameters=lambda rng: {
            "k": rng.randint(2, 4),
            **rng.choice(
                (
                    {
                        "adjective": Raw("largest"),
                        "order": Raw("descending"),
                        "fn": Raw("max"),
                        "heap": Raw("nlargest"),
                        "rev": Raw(", reverse=True"),
                    },
                    {
                        "adjective": Raw("smallest"),
                        "order": Raw("ascending"),
                        "fn": Raw("min"),
                        "heap": Raw("nsmallest"),
                        "rev": Raw(""),
                    },
                )
            ),
        },
        inputs=lambda rng, **_: (draws.ints(rng, 3, 8, 0, 12),),
        edges=(([],), ([4],), ([7, 7, 7],), ([-1, -5, -1, -5, 0],), ([9, 8, 7, 6, 5],)),
        idea="A set removes the repetitions; sorting it puts the wanted values at the front, where a slice takes them.",
        pitfall="Slicing before removing duplicates can leave fewer than $k different values.",
    ),
    Family(
        name="shared_ranks",
        concepts=("sorting", "dictionaries", "counting"),
        difficulty=3,
        names="ranks placements shared_ranks places assign",
        arguments=("scores|points|times|results|values: list[int]; one result per participant",),
        returns="list[int]",
        phrasings=(
            "Return the rank of every value in $scores, in the given order. The $adjective value has rank 1, equal values share a rank, and the ranks they use up are skipped (1, 2, 2, 4).",
            "For each of $scores, give one plus the number of values that are $better than it. The result has the same order as $scores.",
            "List the placement of each participant, whose results are $scores: $adjective is best. Participants with the same result get the same place, and the next place after two shared ones is two further on.",
            "In a contest where the $adjective result wins, which place does each entry of $scores take? A place is 1 + how many entries are strictly $better, so ties share it; answer entry by entry.",
        ),
        solutions=(
            """
$result = []
for $item in $scores:
    $count = 1
    for $other in $scores:
        if $other $op $item:
            $count += 1
    $result.append($count)
return $result
""",
            """
ordered = sorted($scores$rev)
return [ordered.index($item) + 1 for $item in $scores]
""",
            """
$groups = {}
for $i, $item in enumerate(sorted($scores$rev), start=1):
    $groups.setdefault($item, $i)
return [$groups[$item] for $item in $scores]
""",
            """
return [1 + sum($other $op $item for $other in $scores) for $item in $scores]
""",
        ),
        reference=lambda scores, rev, **_: [
            1
            + (
                len(scores) - bisect.bisect_right(sorted(scores), s)
                if rev
                else bisect.bisect_left(sorted(scores), s)
            )
            for s in scores
        ],
        parameters=lambda rng: rng.choice(
            (
                {
                    "adjective": Raw("highest"),
                    "better": Raw("greater"),
                    "op": Raw(">"),
                    "rev": Raw(", reverse=True"),
                },
                {"adjective": Raw("lowest"), "better": Raw("smaller"), "op": Raw("<"), "rev": Raw("")},
            )
        ),
        inputs=lambda rng, **_: (draws.ints(rng, 3, 7, 10, 16),),
        edges=(([],), ([5],), ([8, 8, 8],), ([3, 1, 2],), ([0, -4, 0, -4, 7],)),
        idea="The rank is one more than the number of better results, which is the first place that the value has in the sorted list.",
        pitfall="Numbering the different values 1, 2, 3 does not skip the ranks that a tie uses up.",
    ),
    Family(
        name="top_names",
        concepts=("sorting_with_key", "tuples", "list_slicing"),
        difficulty=2,
        names="top_names best_$k ranking leaders first_$k",
        arguments=("pairs|scores|results|entries: list[tuple[str, int]]; (name, points) pairs",),
        returns="list[str]",
        phrasings=(
            "Return the names of the $k pairs (name, points) in $pairs with the $most points, $most first; equal points are ordered by name. With fewer than $k pairs return all the names.",
            "Rank the (name, points) tuples in $pairs from the $most points on, alphabetically among equal points, and list the first $k names (all of them if there are not that many).",
            "Sort $pairs by points, $most first, then by name, and keep only the names of the first $k entries at most.",
            "Who are the $k people with the $most points in $pairs? Order them starting with the $most points, by name where points are equal; a shorter list is returned if $pairs is shorter.",
        ),
        solutions=(
            """
$result = sorted($pairs, key=lambda $pair: (${sign}$pair[1], $pair[0]))
return [$pair[0] for $pair in $result[:$k]]
""",
            """
$result = [(${sign}$count, $key) for $key, $count in $pairs]
$result.sort()
return [$key for $count, $key in $result][:$k]
""",
            """
from heapq import nsmallest
$result = nsmallest($k, $pairs, key=lambda $pair: (${sign}$pair[1], $pair[0]))
return [$key for $key, $count in $result]
""",
        ),
        reference=lambda pairs, k, most, sign: [
            name
            for points in sorted({p for _, p in pairs}, reverse=most == "most")
            for name in sorted(n for n, p in pairs if p == points)
        ][:k],
        parameters=lambda rng: {
            "k": rng.randint(2, 3),
            **part(rng, {"most": "most", "sign": "-"}, {"most": "fewest", "sign": ""}),
        },
        inputs=lambda rng, k, most, sign: (
            [(name, rng.randint(1, 5)) for name in rng.sample(draws.FIRST_NAMES, rng.randint(3, 6))],
        ),
        edges=(
            ([],),
            ([("Ada", 3)],),
            ([("Ben", 2), ("Ada", 2), ("Eva", 2), ("Cleo", 2)],),
            ([("Max", -1), ("Uma", 0)],),
        ),
        idea="A tuple as sorting key gives two criteria at once; a minus sign turns one of them round while the other stays alphabetical.",
        pitfall="reverse=True would turn the alphabetical order of ties round as well.",
    ),
)
