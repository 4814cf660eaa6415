"""Families on what goes together: lessons in rooms, talks one can hear, numbers far apart or growing.

References try all choices on purpose, so that they share no idea with the solutions they check.
"""

from __future__ import annotations

import itertools
import random
from collections import Counter
from typing import Any

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family


def _spans(rng: random.Random, low: int, high: int) -> list[tuple[int, int]]:
    starts = [rng.randint(0, 20) for _ in range(rng.randint(low, high))]
    return [(start, start + rng.randint(1, 5)) for start in starts]


def _subsets(values: list[Any]) -> list[tuple[int, ...]]:
    """All choices of positions, as rising tuples."""
    return [
        some for size in range(len(values) + 1) for some in itertools.combinations(range(len(values)), size)
    ]


FAMILIES: tuple[Family, ...] = (
    Family(
        name="rooms_needed",
        concepts=("greedy", "intervals", "sorting"),
        difficulty=4,
        names="rooms_needed min_rooms count_rooms how_many_rooms plan",
        arguments=(
            "lessons|meetings|talks|courses: list[tuple[int, int]]; (start, end) minutes, start before end",
        ),
        returns="int",
        phrasings=(
            "Return the smallest number of rooms in which all $lessons can take place. Each is a tuple (start, end); after its end a room is cleaned and can be used again $pause minutes later.",
            "How few rooms suffice for the (start, end) times in $lessons, if a lesson may enter a room no earlier than $pause minutes after the end of the previous one there? Without lessons it is 0.",
            "Compute the largest number of $lessons that occupy a room at the same time, where each lesson (start, end) blocks its room from start until end + $pause (times are minutes), that moment excluded.",
            "Find the least number of rooms for the timetable $lessons of (start, end) tuples. A room stays blocked for $pause minutes after each lesson, and a new lesson may begin at the very moment it becomes free.",
        ),
        solutions=(
            """
import heapq
heap = []
for $left, $right in sorted($lessons):
    if heap and heap[0] + $pause <= $left:
        heapq.heappop(heap)
    heapq.heappush(heap, $right)
return len(heap)
""",
            """
$best = 0
for $i, $j in $lessons:
    $count = sum($left <= $i < $right + $pause for $left, $right in $lessons)
    $best = max($best, $count)
return $best
""",
            """
events = []
for $left, $right in $lessons:
    events.append(($left, 1))
    events.append(($right + $pause, -1))
$best = $current = 0
for $i, $item in sorted(events):
    $current += $item
    $best = max($best, $current)
return $best
""",
        ),
        reference=lambda lessons, pause: max(
            Counter(time for start, end in lessons for time in range(start, end + pause)).values(), default=0
        ),
        parameters=lambda rng: {"pause": rng.randint(2, 3)},
        inputs=lambda rng, pause: (_spans(rng, 3, 7),),
        edges=(
            ([],),
            ([(1, 2)],),
            ([(1, 3), (3, 5)],),
            ([(2, 4), (2, 4), (2, 4)],),
            ([(1, 9), (2, 3), (5, 6)],),
        ),
        idea="Rooms are needed for the lessons that run at the same time, and the largest such number is reached at the start of some lesson.",
        pitfall="When a lesson begins exactly when a room becomes free, the end must be handled before the start.",
    ),
    Family(
        name="most_talks_to_visit",
        concepts=("greedy", "intervals", "sorting_with_key"),
        difficulty=4,
        names="most_talks visit_talks max_events choose_talks plan_day",
        arguments=(
            "talks|events|shows|lessons: list[tuple[int, int]]; (start, end) minutes, start before end",
        ),
        returns="int",
        phrasings=(
            "Return the largest number of talks in $talks, given as (start, end), that one person can hear completely, when the way to the next talk takes $way minutes (a talk may begin at the very moment of arrival).",
            "You can be in one talk at a time and need $way minutes between the end of one and the start of the next. How many of the (start, end) talks in $talks can you attend at most?",
            "Choose as many tuples (start, end) from $talks as possible so that each chosen one starts at least $way minutes after the end of the chosen one before it, and return how many there are.",
            "What is the maximum number of $talks that fit into one plan, if between the end of a talk and the start of the following one at least $way minutes must pass? No talks give 0.",
        ),
        solutions=(
            """
$count = 0
$previous = None
for $left, $right in sorted($talks, key=lambda $pair: $pair[1]):
    if $previous is None or $left >= $previous + $way:
        $count += 1
        $previous = $right
return $count
""",
            """
$current = list($talks)
$count = 0
while $current:
    $right = min($pair[1] for $pair in $current)
    $count += 1
    $current = [$pair for $pair in $current if $pair[0] >= $right + $way]
return $count
""",
            """
$best = []
$result = sorted($talks)
for $i, ($left, $right) in enumerate($result):
    $count = 1
    for $j in range($i):
        if $result[$j][1] + $way <= $left:
            $count = max($count, $best[$j] + 1)
    $best.append($count)
return max($best, default=0)
""",
        ),
        reference=lambda talks, way: max(
            len(some)
            for some in _subsets(talks)
            if all(
                talks[a][0] >= talks[b][1] + way or talks[b][0] >= talks[a][1] + way
                for a, b in itertools.combinations(some, 2)
            )
        ),
        parameters=lambda rng: {"way": rng.randint(2, 3)},
        inputs=lambda rng, way: (_spans(rng, 3, 7),),
        edges=(
            ([],),
            ([(1, 2)],),
            ([(1, 3), (3, 5)],),
            ([(2, 4), (2, 4)],),
            ([(0, 20), (1, 2), (8, 9), (15, 16)],),
        ),
        idea="Of all talks that can come next, the one that ends first leaves the most time for the others, so taking it is never a mistake.",
        pitfall="Choosing the earliest start or the shortest talk looks natural too, but both can block better plans.",
    ),
    Family(
        name="best_spaced_choice",
        concepts=("dynamic_programming", "recursion", "min_max"),
        difficulty=4,
        names="best_spaced_choice max_spaced_sum pick_apart best_harvest choose",
        arguments=("values|rewards|trees|prizes: list[int]; values in a row",),
        returns="int",
        phrasings=(
            "Return the largest sum of numbers chosen from $values such that between any two chosen ones at least $gap others are left out. Choosing nothing gives 0.",
            "Pick elements of $values whose positions differ pairwise by more than $gap so that their sum is as large as possible, and return this sum (0 if picking nothing is best).",
            "The trees in a row bear $values apples. After picking a tree the next $gap trees must be passed by. Compute the most apples one can get; a value may be negative and any tree may be passed by.",
            "What is the greatest total you can get from $values, if after each number you take you have to skip at least the following $gap? You may take no number at all, for a total of 0.",
        ),
        solutions=(
            """
$best = [0] * (len($values) + $jump)
for $i in range(len($values) - 1, -1, -1):
    $best[$i] = max($best[$i + 1], $values[$i] + $best[$i + $jump])
return $best[0]
""",
            """
if not $values:
    return 0
return max($self($values[1:]), $values[0] + $self($values[$jump:]))
""",
            """
from functools import cache

@cache
def best_from($i):
    if $i >= len($values):
        return 0
    return max(best_from($i + 1), $values[$i] + best_from($i + $jump))

return best_from(0)
""",
        ),
        reference=lambda values, gap, jump: max(
            sum(values[at] for at in some)
            for some in _subsets(values)
            if all(b - a > gap for a, b in itertools.pairwise(some))
        ),
        parameters=lambda rng: rng.choice(({"gap": 2, "jump": 3}, {"gap": 3, "jump": 4})),
        inputs=lambda rng, gap, jump: (draws.ints(rng, 4, 8, -3, 12),),
        edges=(([],), ([4],), ([-4],), ([5, 5, 5, 5],), ([2, 9, 2, 9],), ([7, 0, 8, 0, 0, 7],)),
        idea="For each position there are two possibilities, take it or not; the better of the two is built from the best results for the shorter rest of the row.",
        pitfall="Taking the largest number first can be wrong: two smaller ones near it together may be worth more.",
    ),
    Family(
        name="longest_growing_choice",
        concepts=("dynamic_programming", "nested_loops", "min_max"),
        difficulty=4,
        names="longest_growth longest_rise growing_choice rising_length solve",
        arguments=("numbers|readings|heights|data: list[int]; numbers in a row",),
        returns="int",
        phrasings=(
            "Return the length of the longest selection of numbers from $numbers, kept in their order, in which each number is at least $step larger than the one before it.",
            "Cross out as few elements of $numbers as possible so that every remaining element exceeds its predecessor by $step or more, and return how many elements remain (0 for an empty list).",
            "How many elements can be kept from $numbers, without changing their order, if from one kept element to the next the value must grow by at least $step? Give the largest possible count.",
            "Find the size of the longest subsequence of $numbers (not necessarily adjacent elements) whose neighbours rise by $step or more each time; an empty list has size 0.",
        ),
        solutions=(
            """
$best = []
for $i, $item in enumerate($numbers):
    $count = 1
    for $j in range($i):
        if $item - $numbers[$j] >= $step:
            $count = max($count, $best[$j] + 1)
    $best.append($count)
return max($best, default=0)
""",
            """
$best = {}
for $item in $numbers:
    $count = max(($best[$other] for $other in $best if $other + $step <= $item), default=0)
    $best[$item] = max($best.get($item, 0), $count + 1)
return max($best.values(), default=0)
""",
            """
from functools import cache

@cache
def length_from($i):
    $result = 1
    for $j in range($i + 1, len($numbers)):
        if $numbers[$j] >= $numbers[$i] + $step:
            $result = max($result, 1 + length_from($j))
    return $result

return max(map(length_from, range(len($numbers))), default=0)
""",
        ),
        reference=lambda numbers, step: max(
            len(some)
            for some in _subsets(numbers)
            if all(numbers[b] - numbers[a] >= step for a, b in itertools.pairwise(some))
        ),
        parameters=lambda rng: {"step": rng.randint(1, 4)},
        inputs=lambda rng, step: (draws.ints(rng, 3, 8, 0, 15),),
        edges=(([],), ([5],), ([3, 3, 3],), ([9, 6, 3, 0],), ([-8, -4, 0, 4, 8],)),
        idea="The longest selection ending at an element extends the best one that ends at a smaller enough element before it.",
        pitfall="Looking only at the element directly before finds runs of neighbours, not selections with gaps.",
    ),
)
