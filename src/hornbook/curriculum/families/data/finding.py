"""Families on finding: the first or last value that passes a test, the longest run of them, the closest.

Ties, missing answers and empty input are decided in every phrasing, because that is where searches go wrong.
"""

from __future__ import annotations

import random

from hornbook.curriculum import draws
from hornbook.curriculum.families.wording import part
from hornbook.curriculum.family import Family, Raw


def _late_hit(rng: random.Random, op: str, k: int) -> list[int]:
    """Draw readings of which the first few mostly miss, so that the first hit is rarely at the very start."""
    readings = draws.around(rng, k)
    front = rng.randint(1, len(readings))
    return sorted(readings[:front], key=lambda n: bool(draws.COMPARISONS[op][1](n, k))) + readings[front:]


def _runs(numbers: list[int], op: str, k: int) -> str:
    """Mark with x the numbers that stand in the relation to `k`, with a blank the others."""
    return "".join("x" if draws.COMPARISONS[op][1](n, k) else " " for n in numbers)


def _near(rng: random.Random, k: int) -> list[int]:
    """Draw values of which often two are the closest to `k`, one above and one below."""
    distance = rng.randint(1, 6)
    values = [k + rng.choice((-1, 1)) * (distance + rng.randint(0, 9)) for _ in range(rng.randint(0, 3))]
    values += rng.choice(([k - distance, k + distance], [k + distance, k - distance], [k - distance]))
    return values if rng.random() < 0.5 else values[::-1]


def _points(rng: random.Random, low: int = 2, high: int = 6) -> list[tuple[int, int]]:
    return [(rng.randint(-5, 5), rng.randint(-5, 5)) for _ in range(rng.randint(low, high))]


FAMILIES: tuple[Family, ...] = (
    Family(
        name="last_position_compared",
        concepts=("early_return", "searching", "list_indexing"),
        difficulty=2,
        names="last_position last_index find_last latest search",
        arguments=("numbers|values|readings|data|levels: list[int]; the numbers to search",),
        returns="int",
        phrasings=(
            "Return the index of the last number in $numbers that is $words $k, or -1 if there is none.",
            "Search $numbers from the back for a value that is $words $k and return its position, counted from 0 at the front. If nothing is found, return -1.",
            "Find the largest index i for which the i-th number of $numbers (starting at 0) is $words $k; the result is -1 when no number qualifies.",
            "At which index, counting from 0, does $numbers hold a number that is $words $k for the last time? Say -1 if that never happens.",
        ),
        solutions=(
            """
for $i in range(len($numbers) - 1, -1, -1):
    if $numbers[$i] $op $k:
        return $i
return -1
""",
            """
$result = -1
for $i, $item in enumerate($numbers):
    if $item $op $k:
        $result = $i
return $result
""",
            """
return max(($i for $i, $item in enumerate($numbers) if $item $op $k), default=-1)
""",
            """
$i = len($numbers) - 1
while $i >= 0 and not $numbers[$i] $op $k:
    $i -= 1
return $i
""",
        ),
        reference=lambda numbers, k, op, words: _runs(numbers, op, k).rfind("x"),
        parameters=lambda rng: {"k": rng.randint(0, 25), **draws.comparison(rng)},
        inputs=lambda rng, k, **_: (draws.around(rng, k),),
        edges=(([],), ([3],), ([9, 9, 9],), ([-1, 40, -1],), ([40, -1, 40],)),
        idea="Going backwards the first hit is the last position, so the search can stop there.",
        pitfall="range(len(numbers) - 1, 0, -1) never looks at index 0.",
    ),
    Family(
        name="first_day_when",
        concepts=("searching", "early_return", "enumerate_zip"),
        difficulty=1,
        names="first_$unit when_first find_$unit first_time detect",
        arguments=("readings|values|measured|temperatures|levels: list[int]; one reading after another",),
        returns="int",
        phrasings=(
            "Return the number of the first $unit, counting from 1, whose value in $readings is $words $k. Return 0 if there is no such $unit.",
            "$readings holds one value per $unit. Which is the first $unit with a value that is $words $k? Answer with its number (the list starts with $unit number 1), or 0 if there is none.",
            "Find the earliest entry of $readings that is $words $k and return its place, where the first entry has place 1; if none is, return 0.",
            "Scan $readings in order and stop at the first value that is $words $k. Give the number of its $unit, which is one more than its index, or 0 when the scan finds nothing.",
        ),
        solutions=(
            """
for $i, $item in enumerate($readings, start=1):
    if $item $op $k:
        return $i
return 0
""",
            """
return next(($i for $i, $item in enumerate($readings, 1) if $item $op $k), 0)
""",
            """
matches = [$i + 1 for $i in range(len($readings)) if $readings[$i] $op $k]
return matches[0] if matches else 0
""",
            """
$i = 0
while $i < len($readings):
    if $readings[$i] $op $k:
        return $i + 1
    $i += 1
return 0
""",
        ),
        reference=lambda readings, k, op, words, unit: _runs(readings, op, k).find("x") + 1,
        parameters=lambda rng: {
            "k": rng.randint(3, 25),
            "unit": Raw(rng.choice(("day", "week", "month", "round"))),
            **draws.comparison(rng),
        },
        inputs=lambda rng, k, op, **_: (_late_hit(rng, op, k),),
        edges=(([],), ([0],), ([12, 12],), ([-3, 40, -3, 40],), ([40, 40, -3],)),
        idea="Return from inside the loop at the first hit; the line after the loop is reached only if there was none.",
        pitfall="An else: return 0 inside the loop gives up after the first value.",
    ),
    Family(
        name="longest_run_compared",
        concepts=("for_loops", "counting", "iterators"),
        difficulty=2,
        names="longest_run longest_streak best_series max_streak measure",
        arguments=("values|readings|temperatures|numbers|steps: list[int]; the values in order of time",),
        returns="int",
        phrasings=(
            "Return the length of the longest run of consecutive values in $values that are all $words $k. It is 0 if no value is.",
            "How many values that are $words $k stand next to each other in $values at most? Count the longest unbroken series; without any such value the answer is 0.",
            "$values has one entry per $unit. Find the greatest number of entries in direct succession that are $words $k.",
            "A streak is a series of neighbouring entries of $values each of which is $words $k. Determine how many entries the longest streak has, 0 if there is none.",
        ),
        solutions=(
            """
$best = $count = 0
for $item in $values:
    if $item $op $k:
        $count += 1
        $best = max($best, $count)
    else:
        $count = 0
return $best
""",
            """
from itertools import groupby
runs = groupby($values, key=lambda $item: $item $op $k)
return max((len(list(run)) for matches, run in runs if matches), default=0)
""",
            """
lengths = [0]
for $item in $values:
    lengths.append(lengths[-1] + 1 if $item $op $k else 0)
return max(lengths)
""",
            """
barrier = -1
$best = 0
for $i, $item in enumerate($values):
    if not $item $op $k:
        barrier = $i
    $best = max($best, $i - barrier)
return $best
""",
        ),
        reference=lambda values, k, op, words, unit: max(map(len, _runs(values, op, k).split()), default=0),
        parameters=lambda rng: {
            "k": rng.randint(6, 20),
            "unit": Raw(rng.choice(("day", "hour", "game", "lap"))),
            **draws.comparison(rng),
        },
        inputs=lambda rng, k, **_: (draws.around(rng, k, 4, 9),),
        edges=(([],), ([10],), ([10, 10, 10],), ([0, 50, 0, 50],), ([50, 0, 0, 50, 50],)),
        idea="Count up while the test holds, start at 0 again when it fails, and remember the greatest count seen.",
        pitfall="Updating the best only when a run ends forgets a run that lasts to the end of the list.",
    ),
    Family(
        name="closest_value",
        concepts=("min_max", "searching", "sorting_with_key"),
        difficulty=2,
        names="closest_to_$k nearest_value best_match closest choose",
        arguments=("values|prices|numbers|offers|candidates: list[int]; the values to choose from",),
        returns="int | None",
        phrasings=(
            "Return the value in $values that is closest to $k. If two are equally close, return the $preferred one; return None for an empty list.",
            "Find the element of $values with the smallest distance to $k, preferring the $preferred value when distances are equal. There is no such element (None) if $values is empty.",
            "Somebody wants to spend about $k. Which of the prices in $values comes nearest to it, above or below? On a tie the $preferred price is taken, and without prices the result is None.",
            "Pick from $values the number whose difference to $k, regardless of sign, is the least. When a smaller and a larger number are equally far away choose the $preferred; an empty list gives None.",
        ),
        solutions=(
            """
return min($values, key=lambda $item: (abs($item - $k), $sign$item), default=None)
""",
            """
$best = None
for $item in $values:
    if $best is None or abs($item - $k) < abs($best - $k):
        $best = $item
    elif abs($item - $k) == abs($best - $k) and $item $op $best:
        $best = $item
return $best
""",
            """
if not $values:
    return None
ordered = sorted($values$rev)
distances = [abs($item - $k) for $item in ordered]
return ordered[distances.index(min(distances))]
""",
        ),
        reference=lambda values, k, preferred, **_: next(
            (
                v
                for distance in range(10_000 if values else 0)
                for v in (
                    (k - distance, k + distance) if preferred == "smaller" else (k + distance, k - distance)
                )
                if v in values
            ),
            None,
        ),
        parameters=lambda rng: {
            "k": rng.randint(5, 30),
            **rng.choice(
                (
                    {"preferred": Raw("smaller"), "sign": Raw(""), "op": Raw("<"), "rev": Raw("")},
                    {
                        "preferred": Raw("larger"),
                        "sign": Raw("-"),
                        "op": Raw(">"),
                        "rev": Raw(", reverse=True"),
                    },
                )
            ),
        },
        inputs=lambda rng, k, **_: (_near(rng, k),),
        edges=(([],), ([-20, 15, 15, 60],)),
        idea="Compare by a pair: first the distance, then the value, so that the second decides exactly when the first is equal.",
        pitfall="With the distance alone as key, a tie is decided by the order of the list.",
    ),
    Family(
        name="nearest_place",
        concepts=("tuples", "sorting_with_key", "min_max"),
        difficulty=2,
        names="nearest_place closest_point next_stop find_nearest choose",
        arguments=("places|points|stops|shops: list[tuple[int, int]]; (x, y) positions",),
        returns="tuple[int, int] | None",
        phrasings=(
            "Return the position in $places that is $how the point ($x, $y), if one walks only along streets that run parallel to the axes. The first one wins a tie; return None for an empty list.",
            "Distances are measured as difference in x plus difference in y (both without sign). Find the element of $places that is $how ($x, $y), the earliest of equals, or None if there are no elements.",
            "From the list $places of (x, y) tuples select the one that is $how ($x, $y) by the sum of the absolute coordinate differences. With equal sums keep the one listed first; an empty list gives None.",
            "Which of $places is $how ($x, $y) in taxi distance |dx| + |dy|? Take the first of several, and answer None when the list is empty.",
        ),
        solutions=(
            """
return $pick($places, key=lambda place: abs(place[0] - $x) + abs(place[1] - $y), default=None)
""",
            """
$best = None
$previous = 0
for $left, $right in $places:
    $current = abs($left - $x) + abs($right - $y)
    if $best is None or $current $op $previous:
        $best = ($left, $right)
        $previous = $current
return $best
""",
            """
if not $places:
    return None
$result = [abs($left - $x) + abs($right - $y) for $left, $right in $places]
return $places[$result.index($pick($result))]
""",
        ),
        reference=lambda places, how, pick, op, x, y: next(
            (
                place
                for distance in (range(99) if pick == "min" else range(98, -1, -1))
                for place in places
                if max(place[0] - x, x - place[0]) + max(place[1] - y, y - place[1]) == distance
            ),
            None,
        ),
        parameters=lambda rng: {
            **part(
                rng,
                {"how": "nearest to", "pick": "min", "op": "<"},
                {"how": "farthest from", "pick": "max", "op": ">"},
            ),
            "x": rng.randint(0, 3),
            "y": rng.randint(0, 3),
        },
        inputs=lambda rng, how, pick, op, x, y: (_points(rng, 3, 6),),
        edges=(([],), ([(0, 0)],), ([(1, 0), (0, 1)],), ([(2, 2), (2, 2), (-3, 5)],)),
        idea="The key function turns each place into its distance, and min or max compares these distances; both keep the first of equals.",
        pitfall="Distances need abs: a place to the left would otherwise have a negative distance.",
    ),
)
