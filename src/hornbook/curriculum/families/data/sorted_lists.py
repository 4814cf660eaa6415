"""Families on lists that are sorted already: halving them, walking in from both ends, merging them."""

from __future__ import annotations

import bisect
import random
from typing import Any

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw


def _ascending(rng: random.Random, low: int = 3, high: int = 8, largest: int = 30) -> list[int]:
    return sorted(draws.ints(rng, low, high, 0, largest))


def _bisect_side(rng: random.Random) -> dict[str, Any]:
    after = {"fn": Raw("bisect_right"), "op": Raw("<="), "side": Raw("after")}
    before = {"fn": Raw("bisect_left"), "op": Raw("<"), "side": Raw("before")}
    return rng.choice((after, before))


def _merged(first: list[int], second: list[int]) -> list[int]:
    merged = list(first)
    for number in second:
        bisect.insort(merged, number)
    return merged


def _budget(rng: random.Random) -> tuple[list[int], int]:
    prices = _ascending(rng, 4, 8, 40)
    return prices, sum(rng.sample(prices, 2)) + rng.choice((0, 0, 1))


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
)
