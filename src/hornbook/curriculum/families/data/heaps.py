"""Families on heaps: the smallest or largest element is taken out again and again while others come in."""

from __future__ import annotations

from itertools import product
from math import prod

from hornbook.curriculum import draws
from hornbook.curriculum.families.wording import part
from hornbook.curriculum.family import Family


def _called(events: list[tuple[str, int]], first: str) -> list[str]:
    waiting: list[tuple[str, int]] = []
    served = []
    for name, level in events:
        if name:
            waiting.append((name, level))
        elif waiting:
            pick = (min if first == "lowest" else max)(number for _, number in waiting)
            patient = next(one for one in waiting if one[1] == pick)
            waiting.remove(patient)
            served.append(patient[0])
    return served


def _halved(piles: list[int], rounds: int, keep: str) -> list[int]:
    piles = sorted(piles)
    for _ in range(rounds):
        if piles:
            piles[-1] = piles[-1] // 2 if keep == "down" else piles[-1] - piles[-1] // 2
            piles = sorted(piles)
    return piles[::-1]


FAMILIES: tuple[Family, ...] = (
    Family(
        name="waiting_room_calls",
        concepts=("heaps", "queues", "simulation"),
        difficulty=3,
        names="waiting_room call_patients served_names order_of_calls run_desk",
        arguments=(
            "events|entries|day|log: list[tuple[str, int]]; (name, level) for an arrival, ('', 0) for a call",
        ),
        returns="list[str]",
        phrasings=(
            "In $events a pair (name, level) means that somebody arrives, and ('', 0) that the waiting person with the $first level is called, the one who came earlier if levels are equal. Return the names in the order of the calls; a call with nobody waiting has no effect.",
            "Process $events in order: an arrival (name, level) joins the waiting people, and a call ('', 0) removes the one with the $first level, among equals the one who has waited longest. Return the list of names called, ignoring calls when no one waits.",
            "A surgery sees the waiting patient with the $first level first, and those with the same level in order of arrival. Given $events with arrivals (name, level) and calls ('', 0), who is called, one after the other? Patients who are still waiting at the end are not listed.",
            "Keep a collection of waiting pairs. For each element of $events with a non-empty name add it; for each with an empty name remove the pair whose level is $first (the earliest added on ties) and append its name to the result, or do nothing if the collection is empty. Return the result.",
        ),
        solutions=(
            """
from heapq import heappop, heappush
waiting = []
$result = []
for $i, (name, level) in enumerate($events):
    if name:
        heappush(waiting, (${sign}level, $i, name))
    elif waiting:
        $result.append(heappop(waiting)[2])
return $result
""",
            """
waiting = []
$result = []
for name, level in $events:
    if name:
        waiting.append((name, level))
    elif waiting:
        $best = $fn(waiting, key=lambda $pair: $pair[1])
        waiting.remove($best)
        $result.append($best[0])
return $result
""",
        ),
        reference=lambda events, first, sign, fn: _called(events, first),
        parameters=lambda rng: part(
            rng, {"first": "lowest", "sign": "", "fn": "min"}, {"first": "highest", "sign": "-", "fn": "max"}
        ),
        inputs=lambda rng, **_: (
            [(name, rng.randint(1, 3)) for name in rng.sample(draws.FIRST_NAMES, rng.randint(2, 3))]
            + [("", 0)]
            + [
                rng.choice((("", 0), (rng.choice(draws.FIRST_NAMES), rng.randint(1, 4))))
                for _ in range(rng.randint(1, 3))
            ],
        ),
        edges=(
            ([],),
            ([("", 0), ("Ada", 1)],),
            ([("Zoe", 2), ("Ada", 2), ("", 0), ("", 0)],),
            ([("a", 1), ("", 0), ("", 0), ("b", 2), ("c", 3), ("", 0)],),
            ([("a", 3), ("b", 1), ("c", 2), ("", 0)],),
        ),
        idea="The heap holds (level, time of arrival, name), so its front is always the next to be called, and the time decides between equal levels.",
        pitfall="Leaving the time of arrival out of the tuple lets equal levels be decided by the alphabet.",
    ),
    Family(
        name="largest_pile_halved",
        concepts=("heaps", "simulation", "accumulation"),
        difficulty=3,
        names="halve_largest shrink_piles piles_after_rounds fair_sharing reduce_piles",
        arguments=("piles|heaps_of_sand|stacks|weights: list[int]; sizes, none of them negative",),
        returns="list[int]",
        phrasings=(
            "$k times in a row, replace the largest number of $piles by half of it, rounded $keep. Return the numbers after that, the largest first; an empty list stays empty.",
            "Do the following $k times: take the biggest of the numbers in $piles and put back its half, rounded $keep. Return all numbers in descending order.",
            "Every evening for $k days a wind carries away half of the largest pile of sand; the size that is left is rounded $keep. At the beginning their sizes are $piles. What are they, from large to small, in the end?",
            "Repeat $k times with a copy of $piles: find a maximal element m and replace it by m / 2 rounded $keep to a whole number. Return the list sorted in descending order ([] for no elements).",
        ),
        solutions=(
            """
from heapq import heapify, heapreplace
$stack = [-$item for $item in $piles]
heapify($stack)
for _ in range($k if $piles else 0):
    largest = -$stack[0]
    heapreplace($stack, -($half))
return sorted([-$item for $item in $stack], reverse=True)
""",
            """
$result = list($piles)
for _ in range($k):
    if $result:
        $i = $result.index(max($result))
        largest = $result[$i]
        $result[$i] = $half
$result.sort(reverse=True)
return $result
""",
        ),
        reference=lambda piles, k, keep, half: _halved(piles, k, keep),
        parameters=lambda rng: {
            "k": rng.randint(2, 4),
            **part(
                rng, {"keep": "down", "half": "largest // 2"}, {"keep": "up", "half": "(largest + 1) // 2"}
            ),
        },
        inputs=lambda rng, **_: (draws.ints(rng, 2, 5, 1, 40),),
        edges=(([],), ([1],), ([0, 0],), ([7, 7, 7],), ([100, 1],), ([9, 8, 5],)),
        idea="heapq keeps the smallest number in front, so with negated numbers the front is the largest; heapreplace exchanges it in one step.",
        pitfall="Going through the piles in sorted order once is not enough: a halved pile may still be the largest.",
    ),
    Family(
        name="products_of_factors",
        concepts=("heaps", "sets", "while_loops"),
        difficulty=4,
        names="products_of_factors smallest_products harmonic_numbers number_family first_members",
        arguments=("count|how_many|amount|size: int; how many numbers are wanted, 0 or more",),
        returns="list[int]",
        phrasings=(
            "Return the $count smallest positive integers that can be written as products of the numbers in $factors, each used any number of times, in ascending order. 1, the product of none, is the first of them.",
            "List the first $count numbers, in ascending order and without repeats, that arise from 1 by multiplying with numbers of $factors any number of times (also zero times).",
            "A gear box multiplies the speed 1 by any of $factors, as often as one likes. Which $count lowest speeds are possible, in ascending order? The speed 1 itself counts.",
            "Let S be the smallest set that contains 1 and with every n also n * f for each f in $factors. Return the $count smallest elements of S as an ascending list; for 0 return [].",
        ),
        solutions=(
            """
from heapq import heappop, heappush
waiting = [1]
$result = []
while len($result) < $count:
    $item = heappop(waiting)
    if $item not in $result[-1:]:
        $result.append($item)
        for factor in $factors:
            heappush(waiting, $item * factor)
return $result
""",
            """
$result = [1][:$count]
while len($result) < $count:
    larger = {$item * factor for $item in $result for factor in $factors}
    $result.append(min($item for $item in larger if $item > $result[-1]))
return $result
""",
            """
$result = []
$current = 1
while len($result) < $count:
    remaining = $current
    for factor in $factors:
        while remaining % factor == 0:
            remaining //= factor
    if remaining == 1:
        $result.append($current)
    $current += 1
return $result
""",
        ),
        reference=lambda count, factors: sorted(
            {prod(powers) for powers in product(*([f**e for e in range(count)] for f in factors))}
        )[:count],
        parameters=lambda rng: {"factors": rng.choice(([2, 3], [2, 5], [3, 5], [2, 7], [2, 3, 5], [3, 7]))},
        inputs=lambda rng, factors: (rng.randint(2, 9),),
        edges=((0,), (1,), (10,), (12,)),
        idea="Every member except 1 is a smaller member times a factor, so the smallest unused product is always the next member.",
        pitfall="The same number can arise in several ways, such as 2 * 3 and 3 * 2, and must be kept once only.",
    ),
    Family(
        name="middle_after_each_value",
        concepts=("heaps", "bisecting", "running_results"),
        difficulty=5,
        names="running_middle medians_so_far middle_after_each track_median follow_middle",
        arguments=("values|readings|times|numbers: list[int]; numbers in the order in which they arrive",),
        returns="list[int]",
        phrasings=(
            "Return after each number of $values the middle one of all numbers so far in sorted order; with an even number of them take the $which of the two middle ones.",
            "For every prefix of $values, from one element to all, compute its median without averaging: when the length is even, the $which of the two middle elements counts. Return the medians in order.",
            "A coach writes down running times, $values, and after each run wants to know the middle time so far: the one in the centre of the sorted times, or the $which of the two in the centre. Which times does the coach see?",
            "Return the list whose entry i is s[$index] where s is the sorted list of the first i + 1 elements of $values; this is the median, or for an even number of elements the $which middle one.",
        ),
        solutions=(
            """
from heapq import heappop, heappush
low, high = [], []
$result = []
for $item in $values:
    heappush(low, -$item)
    heappush(high, -heappop(low))
    if len(high) > len(low)$extra:
        heappush(low, -heappop(high))
    $result.append($front)
return $result
""",
            """
from bisect import insort
ordered = []
$result = []
for $item in $values:
    insort(ordered, $item)
    $result.append(ordered[$middle])
return $result
""",
            """
$result = []
for $i in range(1, len($values) + 1):
    ordered = sorted($values[:$i])
    $result.append(ordered[$middle])
return $result
""",
        ),
        reference=lambda values, which, index, extra, front, middle: [
            next(
                v
                for v in values[:n]
                if sum(w < v for w in values[:n])
                <= (n - (which == "smaller")) // 2
                < sum(w <= v for w in values[:n])
            )
            for n in range(1, len(values) + 1)
        ],
        parameters=lambda rng: part(
            rng,
            {
                "which": "smaller",
                "index": "i // 2",
                "extra": "",
                "front": "-low[0]",
                "middle": "(len(ordered) - 1) // 2",
            },
            {
                "which": "larger",
                "index": "(i + 1) // 2",
                "extra": " + 1",
                "front": "high[0]",
                "middle": "len(ordered) // 2",
            },
        ),
        inputs=lambda rng, **_: (draws.ints(rng, 3, 6, -9, 30),),
        edges=(([],), ([4],), ([2, 1],), ([1, 2],), ([5, 5, 5],), ([3, 2, 1, 0, -1],), ([1, 2, 3, 4, 5, 6],)),
        idea="One heap holds the smaller half and one the larger half, so the numbers in the middle are always at the fronts of the two.",
        pitfall="Pushing a number straight into one half may put it on the wrong side; it has to pass through the other one first.",
    ),
)
