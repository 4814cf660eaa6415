"""Families that search and order: extremes, positions, windows, prefix sums, bisection, runs, merging, sorting, ranks.

Ties, missing answers and empty input are decided in every phrasing, because that is where searches go wrong.
"""

from __future__ import annotations

import bisect
import functools
import itertools
import random
from typing import Any

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw


def _ascending(rng: random.Random, low: int = 3, high: int = 8, largest: int = 30) -> list[int]:
    return sorted(draws.ints(rng, low, high, 0, largest))


def _named_numbers(rng: random.Random, names: tuple[str, ...], largest: int) -> list[tuple[str, int]]:
    return [(name, rng.randint(1, largest)) for name in rng.sample(names, rng.randint(3, 5))]


def _late_hit(rng: random.Random, op: str, k: int) -> list[int]:
    """Draw readings of which the first few mostly miss, so that the first hit is rarely at the very start."""
    readings = draws.around(rng, k)
    front = rng.randint(1, len(readings))
    return sorted(readings[:front], key=lambda n: bool(draws.COMPARISONS[op][1](n, k))) + readings[front:]


def _extreme(rng: random.Random) -> dict[str, Any]:
    cheap = {"fn": Raw("min"), "op": Raw("<"), "adjective": Raw("cheapest"), "rev": Raw("")}
    dear = {
        "fn": Raw("max"),
        "op": Raw(">"),
        "adjective": Raw("most expensive"),
        "rev": Raw(", reverse=True"),
    }
    return rng.choice((cheap, dear))


def _bisect_side(rng: random.Random) -> dict[str, Any]:
    after = {"fn": Raw("bisect_right"), "op": Raw("<="), "side": Raw("after")}
    before = {"fn": Raw("bisect_left"), "op": Raw("<"), "side": Raw("before")}
    return rng.choice((after, before))


def _runs(numbers: list[int], op: str, k: int) -> str:
    """Mark with x the numbers that stand in the relation to `k`, with a blank the others."""
    return "".join("x" if draws.COMPARISONS[op][1](n, k) else " " for n in numbers)


def _rises(values: list[int], op: str) -> list[int]:
    compare = draws.COMPARISONS[op][1]
    places = range(len(values))
    stretches = [values[i : j + 1] for i in places for j in places if i <= j]
    rising = [s for s in stretches if all(compare(b, a) for a, b in itertools.pairwise(s))]
    longest = max(map(len, rising), default=0)
    return next((s for s in rising if len(s) == longest), [])


def _merged(first: list[int], second: list[int]) -> list[int]:
    merged = list(first)
    for number in second:
        bisect.insort(merged, number)
    return merged


def _by_points(rows: list[tuple[str, int]], most_first: bool) -> list[str]:
    def order(one: tuple[str, int], two: tuple[str, int]) -> int:
        if one[1] != two[1]:
            return -1 if (one[1] > two[1]) == most_first else 1
        return -1 if one[0] < two[0] else 1

    return [name for name, _ in sorted(rows, key=functools.cmp_to_key(order))]


def _balanced(rng: random.Random) -> list[int]:
    left = draws.ints(rng, 1, 3, 0, 9)
    if rng.random() < 0.3:
        return left + draws.ints(rng, 1, 3, 0, 9)
    right = [rng.randint(0, sum(left)) for _ in range(rng.randint(0, 1))]
    return [*left, rng.randint(1, 9), sum(left) - sum(right), *right]


def _budget(rng: random.Random) -> tuple[list[int], int]:
    prices = _ascending(rng, 4, 8, 40)
    return prices, sum(rng.sample(prices, 2)) + rng.choice((0, 0, 1))


def _mirror(rng: random.Random, k: int) -> list[int]:
    half = draws.ints(rng, 2, 4, 0, 20)
    middle = draws.ints(rng, 0, 1, 0, 20)
    other_half = [n + rng.choice((-k, 0, k)) for n in reversed(half)]
    if rng.random() < 0.5:
        spoiled = rng.randrange(len(half))
        other_half[-1 - spoiled] = half[spoiled] + rng.choice((-k - 1, k + 1))
    return [*half, *middle, *other_half]


def _near(rng: random.Random, k: int) -> list[int]:
    """Draw values of which often two are the closest to `k`, one above and one below."""
    distance = rng.randint(1, 6)
    values = [k + rng.choice((-1, 1)) * (distance + rng.randint(0, 9)) for _ in range(rng.randint(0, 3))]
    values += rng.choice(([k - distance, k + distance], [k + distance, k - distance], [k - distance]))
    return values if rng.random() < 0.5 else values[::-1]


_UPPER = {"adjective": Raw("largest"), "fn": Raw("max"), "shift": Raw(" - 1"), "way": Raw("[::-1]")}
_LOWER = {"adjective": Raw("smallest"), "fn": Raw("min"), "shift": Raw(""), "way": Raw("")}
_FITS = (
    _UPPER | {"words": Raw("at most"), "op": Raw("<="), "find": Raw("bisect_right")},
    _UPPER | {"words": Raw("less than"), "op": Raw("<"), "find": Raw("bisect_left")},
    _LOWER | {"words": Raw("at least"), "op": Raw(">="), "find": Raw("bisect_left")},
    _LOWER | {"words": Raw("more than"), "op": Raw(">"), "find": Raw("bisect_right")},
)
"""The four conditions of largest_that_fits, with the binary search, shift and direction that each one needs."""

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
        name="count_in_sorted_range",
        concepts=("binary_search", "counting", "searching"),
        difficulty=3,
        names="count_between how_many_$noun number_in_range in_range count",
        arguments=(
            "values|ordered|data|sorted_values: list[int]; numbers in ascending order",
            "low|smallest|from_value|minimum: int; the lower limit",
            "high|largest|to_value|maximum: int; the upper limit",
        ),
        returns="int",
        phrasings=(
            "Return how many of the ascending $noun in $values are at least $low and at most $high.",
            "Count the elements of $values, a list sorted in ascending order, that lie between $low and $high, both limits included.",
            "The list of $noun $values is sorted upwards. How many of them are neither below $low nor above $high?",
            "Given $noun in non-decreasing order, $values, find the number of entries v with $low <= v <= $high. It is 0 if $low exceeds $high.",
        ),
        solutions=(
            """
from bisect import bisect_left, bisect_right
return max(0, bisect_right($values, $high) - bisect_left($values, $low))
""",
            """
return sum($low <= $item <= $high for $item in $values)
""",
            """
$count = 0
for $item in $values:
    if $item > $high:
        break
    if $item >= $low:
        $count += 1
return $count
""",
            """
return len([$item for $item in $values if $item >= $low and $item <= $high])
""",
        ),
        reference=lambda values, low, high, noun: sum(values.count(v) for v in range(low, high + 1)),
        parameters=lambda rng: {"noun": Raw(rng.choice(("ages", "prices", "heights", "scores", "years")))},
        inputs=lambda rng, noun: (lambda low: (_ascending(rng, 4, 9), low, low + rng.randint(2, 15)))(
            rng.randint(0, 18)
        ),
        edges=(
            ([], 0, 5),
            ([4], 4, 4),
            ([2, 2, 2], 2, 2),
            ([1, 2, 3], 9, 12),
            ([1, 5, 9], 6, 3),
            ([-5, 0, 5], -5, 5),
        ),
        idea="In sorted data the wanted values stand together, so two binary searches for their borders replace looking at each value.",
        pitfall="bisect_left for the upper limit leaves out the values that are equal to it.",
    ),
    Family(
        name="two_for_the_budget",
        concepts=("two_pointers", "searching", "while_loops"),
        difficulty=3,
        names="find_pair two_$noun exact_pair spend_all search",
        arguments=(
            "prices|costs|values|ordered: list[int]; prices in ascending order",
            "budget|money|target|amount: int; the sum to spend",
        ),
        returns="tuple[int, int] | None",
        phrasings=(
            "Find two different $noun in the ascending list $prices whose prices add up to exactly $budget and return the two prices, smaller first. Of several pairs take the one with the smallest price; return None if there is none.",
            "A voucher of $budget is to be spent on exactly two of the $noun, whose sorted prices are $prices (equal prices belong to different $noun). Return the pair of prices that fits, with the cheapest possible first price, or None.",
            "Return the tuple (a, b) of two entries at different places of the sorted list $prices with a <= b and a + b == $budget. If more than one pair fits choose the one with the smallest a, if none fits return None.",
            "Which two prices from $prices, listed from low to high, sum to $budget? They must come from two positions. Answer (lower, higher), preferring the pair with the lowest price in it, and None when no two match.",
        ),
        solutions=(
            """
$left, $right = 0, len($prices) - 1
while $left < $right:
    $total = $prices[$left] + $prices[$right]
    if $total == $budget:
        return $prices[$left], $prices[$right]
    if $total < $budget:
        $left += 1
    else:
        $right -= 1
return None
""",
            """
from itertools import combinations
for $pair in combinations($prices, 2):
    if sum($pair) == $budget:
        return $pair
return None
""",
            """
for $i, $item in enumerate($prices):
    if $budget - $item in $prices[$i + 1 :]:
        return $item, $budget - $item
return None
""",
        ),
        reference=lambda prices, budget, noun: min(
            ((a, b) for i, a in enumerate(prices) for j, b in enumerate(prices) if i < j and a + b == budget),
            default=None,
        ),
        parameters=lambda rng: {"noun": Raw(rng.choice(("books", "games", "toys", "plants", "lamps")))},
        inputs=lambda rng, noun: _budget(rng),
        edges=(([], 5), ([5], 5), ([5], 10), ([5, 5], 10), ([1, 2, 3, 4], 5), ([1, 2, 3], 100)),
        idea="If the smallest and the largest price together are too little, the smallest can never fit; if too much, the largest cannot. Either way one candidate is gone.",
        pitfall="Letting the two pointers meet uses the same price twice.",
    ),
    Family(
        name="best_stretch_of_days",
        concepts=("sliding_window", "accumulation", "min_max"),
        difficulty=3,
        names="best_$unit highest_total best_stretch max_window peak",
        arguments=(
            "profits|values|amounts|numbers|changes: list[int]; the profits in order of time, negative for losses",
        ),
        returns="int",
        phrasings=(
            "Return the $adjective total of any $k consecutive values in $profits. If there are fewer than $k values, return the total of all.",
            "Among all stretches of $k neighbouring entries in $profits find the one with the $adjective sum and return this sum; a list shorter than $k counts as one stretch.",
            "$profits has one number per $unit, losses being negative. What is the $adjective sum over $k successive entries? With fewer than $k entries, all of them are summed.",
            "Slide a window of $k entries over $profits and return the $adjective window sum that occurs. Where the window does not fit because the list is too short, the sum of the whole list (0 if empty) is the answer.",
        ),
        solutions=(
            """
$total = sum($profits[:$k])
$best = $total
for $i in range($k, len($profits)):
    $total += $profits[$i] - $profits[$i - $k]
    $best = $fn($best, $total)
return $best
""",
            """
if len($profits) < $k:
    return sum($profits)
return $fn(sum($profits[$i : $i + $k]) for $i in range(len($profits) - $k + 1))
""",
            """
from itertools import accumulate
if len($profits) <= $k:
    return sum($profits)
sums = list(accumulate($profits, initial=0))
return $fn(after - earlier for earlier, after in zip(sums, sums[$k:]))
""",
            """
from collections import deque
recent = deque($profits[:$k])
$best = sum(recent)
for $item in $profits[$k:]:
    recent.popleft()
    recent.append($item)
    $best = $fn($best, sum(recent))
return $best
""",
        ),
        reference=lambda profits, k, fn, adjective, unit: sorted(
            sum(n for j, n in enumerate(profits) if i <= j < i + k)
            for i in range(max(1, len(profits) - k + 1))
        )[0 if fn == "min" else -1],
        parameters=lambda rng: {
            "k": rng.randint(2, 4),
            "unit": Raw(rng.choice(("day", "week", "month"))),
            **rng.choice(
                (
                    {"fn": Raw("max"), "adjective": Raw("largest")},
                    {"fn": Raw("min"), "adjective": Raw("smallest")},
                )
            ),
        },
        inputs=lambda rng, **_: (draws.ints(rng, 4, 9, -10, 20),),
        edges=(([],), ([7],), ([-3, -2, -1, -5, -4],), ([2, 2, 2, 2],), ([1, -1],)),
        idea="From one window to the next only one value enters and one leaves, so the sum is updated and not computed anew.",
        pitfall="Starting the best value at 0 is wrong when all windows lie on one side of 0.",
    ),
    Family(
        name="totals_of_ranges",
        concepts=("prefix_sums", "list_slicing", "accumulation"),
        difficulty=3,
        names="range_totals answer_queries totals distances_between compute",
        arguments=(
            "values|numbers|legs|lengths: list[int]; the numbers to add up",
            "queries|ranges|spans|trips: list[tuple[int, int]]; (start, stop) index pairs, start <= stop",
        ),
        returns="list[int]",
        phrasings=(
            "For each pair (start, stop) in $queries compute the sum of the elements of $values from index start $border. Return the sums in the order of $queries.",
            "Answer several sum queries on one list: every (start, stop) of $queries asks for the total of $values at the indices from start $border. The result has one total per query.",
            "Return a list that holds, for every range (start, stop) of $queries, what the numbers of $values in it add up to; a range reaches from index start $border.",
            "$values lists the lengths of the legs of a journey. How long is each trip in $queries, where (start, stop) means the legs with indices from start $border? Give the lengths in the order asked.",
        ),
        solutions=(
            """
sums = [0]
for $item in $values:
    sums.append(sums[-1] + $item)
return [sums[$right$extra] - sums[$left] for $left, $right in $queries]
""",
            """
from itertools import accumulate
sums = list(accumulate($values, initial=0))
$result = []
for $left, $right in $queries:
    $result.append(sums[$right$extra] - sums[$left])
return $result
""",
            """
return [sum($values[$left : $right$extra]) for $left, $right in $queries]
""",
        ),
        reference=lambda values, queries, border, extra: [
            sum(v for i, v in enumerate(values) if start <= i and (i < stop or (i == stop and extra != "")))
            for start, stop in queries
        ],
        parameters=lambda rng: rng.choice(
            (
                {"border": Raw("up to, but not including, index stop"), "extra": Raw("")},
                {"border": Raw("to index stop, both included"), "extra": Raw(" + 1")},
            )
        ),
        inputs=lambda rng, **_: (
            lambda n: (
                draws.ints(rng, n, n, -5, 20),
                [tuple(sorted((rng.randrange(n), rng.randrange(n)))) for _ in range(rng.randint(2, 4))],
            )
        )(rng.randint(3, 6)),
        edges=(
            ([], []),
            ([1, 2], []),
            ([5], [(0, 0)]),
            ([1, 2, 3], [(0, 2), (1, 1), (0, 2)]),
            ([-1, 1], [(0, 1)]),
        ),
        idea="Store the sums of all beginnings once; the sum of any range is then the difference of two of them.",
        pitfall="Without the 0 in front, a range that starts at index 0 has nothing to subtract.",
    ),
    Family(
        name="place_in_ranking",
        concepts=("binary_search", "searching", "while_loops"),
        difficulty=3,
        names="insert_position place_for find_slot insertion_point locate",
        arguments=(
            "ordered|ranking|values|sorted_values: list[int]; numbers in ascending order",
            "number|new_value|item_to_place|extra: int; the number to insert",
        ),
        returns="int",
        phrasings=(
            "Return the index at which $number has to be inserted into the ascending list $ordered so that it stays sorted. Equal numbers: insert $side all of them.",
            "Where does $number belong in $ordered, which is sorted in ascending order? Give the insertion index; it lies $side any entries equal to $number.",
            "Find, in the sorted list $ordered, the position for a new entry $number that keeps the order intact, directly $side the block of equal entries if there is one.",
            "A file is kept in ascending order, $ordered. At what index must $number be put in so that the order is kept and it comes $side all entries of the same value? The list may be empty.",
        ),
        solutions=(
            """
$left, $right = 0, len($ordered)
while $left < $right:
    middle = ($left + $right) // 2
    if $ordered[middle] $op $number:
        $left = middle + 1
    else:
        $right = middle
return $left
""",
            """
return sum(1 for $item in $ordered if $item $op $number)
""",
            """
for $i, $item in enumerate($ordered):
    if not $item $op $number:
        return $i
return len($ordered)
""",
        ),
        reference=lambda ordered, number, side, **_: (
            sorted([*ordered, number]).index(number)
            if side == "before"
            else len(ordered) - sorted([*ordered, number], reverse=True).index(number)
        ),
        parameters=_bisect_side,
        inputs=lambda rng, **_: (_ascending(rng, 3, 8, 15), rng.randint(0, 16)),
        edges=(([], 3), ([3], 3), ([2, 2, 2], 2), ([1, 5, 5, 9], 5), ([1, 2], -7), ([1, 2], 50)),
        idea="Look at the middle: the comparison tells in which half the position lies, so each step halves what is left.",
        pitfall="Setting the left border to the middle, without + 1, can repeat the same step for ever.",
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
        name="longest_monotone_stretch",
        concepts=("list_slicing", "searching", "for_loops"),
        difficulty=3,
        names="longest_$kind longest_stretch $kind best_phase find_phase",
        arguments=("values|heights|prices|levels|data: list[int]; the values in order of time",),
        returns="list[int]",
        phrasings=(
            "Return the longest stretch of neighbouring elements of $values in which each one is $words the one before. If several are equally long, return the first.",
            "Find the longest $kind in $values, that is a contiguous part where every element is $words its predecessor, and return this part as a list; the earliest wins a tie.",
            "Cut out of $values the longest consecutive piece that goes on with each value $words the previous one. A single value is a piece too; prefer the piece that begins first; an empty list gives an empty list.",
            "Which part of $values without gaps, with each entry $words the entry directly before it, has the most entries? Answer with its entries, and with those of the first such part when there are more of the same length.",
        ),
        solutions=(
            """
$best = []
$current = []
for $item in $values:
    if $current and $item $op $current[-1]:
        $current.append($item)
    else:
        $current = [$item]
    if len($current) > len($best):
        $best = list($current)
return $best
""",
            """
$left = 0
$best = $values[:1]
for $right in range(1, len($values)):
    if not $values[$right] $op $values[$right - 1]:
        $left = $right
    if $right - $left + 1 > len($best):
        $best = $values[$left : $right + 1]
return $best
""",
            """
parts = []
for $i, $item in enumerate($values):
    if $i > 0 and $item $op $values[$i - 1]:
        parts[-1].append($item)
    else:
        parts.append([$item])
return max(parts, key=len, default=[])
""",
        ),
        reference=lambda values, op, words, kind: _rises(values, op),
        parameters=lambda rng: rng.choice(
            (
                {"op": Raw(">"), "words": Raw("greater than"), "kind": Raw("rise")},
                {"op": Raw("<"), "words": Raw("smaller than"), "kind": Raw("fall")},
                {"op": Raw(">="), "words": Raw("at least as large as"), "kind": Raw("climb")},
                {"op": Raw("<="), "words": Raw("at most as large as"), "kind": Raw("descent")},
            )
        ),
        inputs=lambda rng, **_: (draws.ints(rng, 4, 9, 0, 12),),
        edges=(([],), ([4],), ([3, 3, 3],), ([1, 2, 1, 2],), ([5, 4, 3],), ([-2, -1, 0, 0, 1],)),
        idea="Extend the current stretch while the comparison with the last element holds; otherwise start a new stretch with the element at hand.",
        pitfall="Starting the new stretch empty loses the element that broke the old one.",
    ),
    Family(
        name="merge_ordered",
        concepts=("two_pointers", "sorting", "while_loops"),
        difficulty=3,
        names="merge merge_$noun combine_sorted unite join_lists",
        arguments=(
            "first|a|ours|ordered: list[int]; numbers in ascending order",
            "second|b|theirs|other_ordered: list[int]; more numbers in ascending order",
        ),
        returns="list[int]",
        phrasings=(
            "Merge the two ascending lists $first and $second into one ascending list of all their elements. Duplicates are kept.",
            "Both $first and $second hold $noun from small to large. Return one list, sorted the same way, with every element of both, repeats included.",
            "Combine two already sorted lists of $noun, $first and $second, so that the result contains each of their entries once per occurrence and ascends.",
            "What is the ascending list that has all the $noun of $first and all of $second, when both are given in ascending order and either may be empty? Equal values appear as often as they occur in the two together.",
        ),
        solutions=(
            """
$result = []
$i = $j = 0
while $i < len($first) and $j < len($second):
    if $first[$i] <= $second[$j]:
        $result.append($first[$i])
        $i += 1
    else:
        $result.append($second[$j])
        $j += 1
return $result + $first[$i:] + $second[$j:]
""",
            """
return sorted($first + $second)
""",
            """
import heapq
return list(heapq.merge($first, $second))
""",
            """
from collections import deque
$left, $right = deque($first), deque($second)
$result = []
while $left or $right:
    if not $right or ($left and $left[0] <= $right[0]):
        $result.append($left.popleft())
    else:
        $result.append($right.popleft())
return $result
""",
        ),
        reference=lambda first, second, noun: _merged(first, second),
        parameters=lambda rng: {"noun": Raw(rng.choice(("times", "numbers", "scores", "lengths", "ages")))},
        inputs=lambda rng, noun: (_ascending(rng, 1, 5), _ascending(rng, 1, 5)),
        edges=(([], []), ([1], []), ([], [2, 2]), ([1, 1], [1]), ([5, 6], [1, 2]), ([-3, 0], [-3, 4])),
        idea="The smallest element left is always at the front of one of the two lists, so comparing the two fronts is enough.",
        pitfall="When one list is used up the loop ends, and the rest of the other must still be appended.",
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
        name="balance_position",
        concepts=("prefix_sums", "searching", "accumulation"),
        difficulty=3,
        names="balance_point balance_position pivot find_balance middle_of_weight",
        arguments=("weights|values|loads|numbers: list[int]; the weights from left to right",),
        returns="int",
        phrasings=(
            "Return the first index of $weights for which the sum of the $noun to its left equals the sum of those to its right, neither sum including the element itself. Return -1 if there is none.",
            "Find the smallest i such that the elements of $weights before index i and the elements after it add up to the same total (a side without elements has total 0). If no i fits, the answer is -1.",
            "At which index would a beam loaded with $weights have equal totals on both sides? The element at the index counts for neither side; give the leftmost such index, or -1.",
            "Consider each element of $weights together with what stands left and right of it. For the first element whose two sides have equal sums, return the index (from 0); return -1 when there is no such element, for instance in an empty list.",
        ),
        solutions=(
            """
left_sum = 0
right_sum = sum($weights)
for $i, $item in enumerate($weights):
    right_sum -= $item
    if left_sum == right_sum:
        return $i
    left_sum += $item
return -1
""",
            """
for $i in range(len($weights)):
    if sum($weights[:$i]) == sum($weights[$i + 1 :]):
        return $i
return -1
""",
            """
from itertools import accumulate
sums = list(accumulate($weights, initial=0))
for $i, $item in enumerate($weights):
    if 2 * sums[$i] + $item == sums[-1]:
        return $i
return -1
""",
        ),
        reference=lambda weights, noun: min(
            (
                i
                for i in range(len(weights))
                if sum(w if j < i else -w for j, w in enumerate(weights) if j != i) == 0
            ),
            default=-1,
        ),
        parameters=lambda rng: {"noun": Raw(rng.choice(("weights", "loads", "stones", "masses")))},
        inputs=lambda rng, noun: (_balanced(rng),),
        edges=(([],), ([7],), ([0, 0],), ([1, 2],), ([2, -2, 5],), ([3, 1, 3],)),
        idea="The right sum is the total minus the left sum minus the element, so one running sum answers the question at each index.",
        pitfall="Adding the element to the left sum before comparing counts it on one side.",
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
        name="shortest_stretch_reaching",
        concepts=("sliding_window", "two_pointers", "while_loops"),
        difficulty=4,
        names="shortest_stretch fewest_in_a_row min_window shortest_window solve",
        arguments=("values|minutes|durations|amounts: list[int]; positive numbers",),
        returns="int",
        phrasings=(
            "Return the length of the shortest run of neighbouring elements of $values whose sum is at least $k. All elements are positive; return 0 if even the whole list is too small.",
            "How many consecutive entries of the positive numbers $values are needed, at the least, to reach a total of $k or more? Answer 0 if no stretch reaches it.",
            "Find the smallest n such that some n adjacent values in $values, which are all positive, add up to $k or more; the result is 0 when there is no such n.",
            "Songs of $values minutes are played one after another. What is the least number of successive songs that last at least $k minutes together? If all of them together do not, return 0.",
        ),
        solutions=(
            """
$left = $total = 0
$best = len($values) + 1
for $right, $item in enumerate($values):
    $total += $item
    while $total >= $k:
        $best = min($best, $right - $left + 1)
        $total -= $values[$left]
        $left += 1
return $best if $best <= len($values) else 0
""",
            """
for size in range(1, len($values) + 1):
    for $i in range(len($values) - size + 1):
        if sum($values[$i : $i + size]) >= $k:
            return size
return 0
""",
            """
from bisect import bisect_left
from itertools import accumulate
sums = list(accumulate($values, initial=0))
lengths = []
for $i, $item in enumerate(sums):
    $j = bisect_left(sums, $item + $k)
    if $j < len(sums):
        lengths.append($j - $i)
return min(lengths, default=0)
""",
        ),
        reference=lambda values, k: min(
            (j - i for i, j in itertools.combinations(range(len(values) + 1), 2) if sum(values[i:j]) >= k),
            default=0,
        ),
        parameters=lambda rng: {"k": rng.randint(8, 25)},
        inputs=lambda rng, k: (draws.ints(rng, 3, 8, 1, rng.choice((4, 9, 20))),),
        edges=(([],), ([50],), ([1, 1, 1],), ([8, 8, 8, 8],), ([1, 2, 30, 2, 1],)),
        idea="Grow the window on the right until the sum suffices, then shrink it on the left as long as it still does; every element enters and leaves once.",
        pitfall="Shrinking only once per step misses shorter windows after a large value has come in.",
    ),
    Family(
        name="largest_that_fits",
        concepts=("binary_search", "searching", "conditionals"),
        difficulty=3,
        names="largest_fitting best_$noun find_size fit lookup",
        arguments=(
            "sizes|ordered|available|stock: list[int]; what is available, in ascending order",
            "limit|space|wanted|capacity: int; the limit",
        ),
        returns="int | None",
        phrasings=(
            "Return the $adjective of the $noun in the ascending list $sizes that is $words $limit, or None if there is no such one.",
            "$sizes lists the available $noun from small to large. Which is the $adjective of those that are $words $limit? Return None if none is.",
            "Search the sorted list $sizes for the $adjective element that is $words $limit; when every element fails this test (or the list is empty) the result is None.",
            "From the $noun in $sizes, sorted upwards, choose the $adjective one satisfying the condition of being $words $limit. Equal entries may occur. If the choice is impossible, give None.",
        ),
        solutions=(
            """
from bisect import $find
$i = $find($sizes, $limit)$shift
return $sizes[$i] if 0 <= $i < len($sizes) else None
""",
            """
fitting = [$item for $item in $sizes if $item $op $limit]
return $fn(fitting) if fitting else None
""",
            """
for $item in $sizes$way:
    if $item $op $limit:
        return $item
return None
""",
            """
return $fn(($item for $item in $sizes if $item $op $limit), default=None)
""",
        ),
        reference=lambda sizes, limit, words, **_: {
            "at most": [None, *(s for s in sizes if limit - s >= 0)][-1],
            "less than": [None, *(s for s in sizes if limit - s > 0)][-1],
            "at least": [*(s for s in sizes if s - limit >= 0), None][0],
            "more than": [*(s for s in sizes if s - limit > 0), None][0],
        }[str(words)],
        parameters=lambda rng: {
            "noun": Raw(rng.choice(("boxes", "pages", "bottles", "rooms"))),
            **rng.choice(_FITS),
        },
        inputs=lambda rng, **_: (_ascending(rng, 3, 7, 20), rng.randint(0, 21)),
        edges=(([], 4), ([4], 4), ([4], 3), ([4], 5), ([2, 2, 6, 6], 4), ([2, 2, 6, 6], 6)),
        idea="In a sorted list all values that pass the test stand on one side, and binary search finds the border between them and the others.",
        pitfall="Index -1 means the last element in Python, so the case without a hit must be tested before indexing.",
    ),
    Family(
        name="longest_without_repeat",
        concepts=("sliding_window", "sets", "two_pointers"),
        difficulty=4,
        names="longest_variety longest_without_repeat distinct_stretch most_in_a_row f",
        arguments=("items|played|entries|sequence|history: list[str]; what came, in order",),
        returns="int",
        phrasings=(
            "Return the length of the longest stretch of neighbouring $noun in $items in which nothing occurs twice.",
            "How many consecutive entries of $items can one take at most so that they are all different? The answer for an empty list is 0.",
            "$items lists $noun in the order of their appearance. Find the greatest number of successive $noun without any repetition among them.",
            "Determine the largest n for which some n entries in a row of $items are pairwise different; n is 0 if there are no entries at all.",
        ),
        solutions=(
            """
$left = $best = 0
$seen = set()
for $item in $items:
    while $item in $seen:
        $seen.remove($items[$left])
        $left += 1
    $seen.add($item)
    $best = max($best, len($seen))
return $best
""",
            """
$left = $best = 0
latest = {}
for $i, $item in enumerate($items):
    $left = max($left, latest.get($item, -1) + 1)
    latest[$item] = $i
    $best = max($best, $i - $left + 1)
return $best
""",
            """
$best = 0
for $i in range(len($items)):
    $seen = set()
    for $item in $items[$i:]:
        if $item in $seen:
            break
        $seen.add($item)
    $best = max($best, len($seen))
return $best
""",
            """
$current = []
$best = 0
for $item in $items:
    if $item in $current:
        $current = $current[$current.index($item) + 1 :]
    $current = $current + [$item]
    $best = max($best, len($current))
return $best
""",
        ),
        reference=lambda items, noun: max(
            (
                j - i
                for i, j in itertools.combinations(range(len(items) + 1), 2)
                if len(set(items[i:j])) == j - i
            ),
            default=0,
        ),
        parameters=lambda rng: {
            "noun": Raw(rng.choice(("songs", "visitors", "meals", "colours", "stations")))
        },
        inputs=lambda rng, noun: (rng.choices(rng.sample(draws.WORDS, 5), k=rng.randint(4, 9)),),
        edges=(([],), (["a"],), (["a", "a", "a"],), (["a", "b", "b", "a"],), (["x", "y", "z", "x", "w"],)),
        idea="Keep a window without repetition: when the new item is already inside, drop items on the left until it is gone.",
        pitfall="Starting all over after a repetition forgets the items between the two equal ones, which still belong to the new stretch.",
    ),
    Family(
        name="nearly_symmetric",
        concepts=("two_pointers", "booleans", "any_all"),
        difficulty=2,
        names="is_symmetric nearly_symmetric balanced_row mirror_like check",
        arguments=(
            "heights|values|row_of_plants|numbers|lengths: list[int]; the heights from left to right",
        ),
        returns="bool",
        phrasings=(
            "Tell whether $heights is nearly symmetric: the first and the last value differ by at most $k, likewise the second and the second to last, and so on. An empty list is symmetric.",
            "Return True if every value of $heights and its mirror image, the value equally far from the other end, are no more than $k apart, and False otherwise.",
            "Compare $heights from both ends towards the middle; the result is False as soon as two opposite values differ by more than $k, and True if none do.",
            "Is the row $heights the same from both sides when differences of up to $k between opposite values are overlooked? Answer with a truth value; rows of one or no value always are.",
        ),
        solutions=(
            """
$left, $right = 0, len($heights) - 1
while $left < $right:
    if abs($heights[$left] - $heights[$right]) > $k:
        return False
    $left += 1
    $right -= 1
return True
""",
            """
return all(abs($item - $other) <= $k for $item, $other in zip($heights, reversed($heights)))
""",
            """
for $i in range(len($heights) // 2):
    if abs($heights[$i] - $heights[-1 - $i]) > $k:
        return False
return True
""",
            """
def matches($row):
    if len($row) < 2:
        return True
    return abs($row[0] - $row[-1]) <= $k and matches($row[1:-1])

return matches($heights)
""",
        ),
        reference=lambda heights, k: (
            max((a - b for a, b in zip(heights, heights[::-1], strict=True)), default=0) <= k
        ),
        parameters=lambda rng: {"k": rng.randint(1, 5)},
        inputs=lambda rng, k: (_mirror(rng, k),),
        edges=(([],), ([4],), ([3, 3],), ([1, 50, 2],), ([10, 0],), ([0, 10],)),
        idea="Two pointers start at the ends and move towards each other, so each pair of opposite values is compared once.",
        pitfall="Without abs a right value that is much larger than the left one passes the test.",
    ),
)
