"""Families on binary search for an answer: the slowest pace, the widest spacing, the largest square."""

from __future__ import annotations

import itertools

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw


def _fewest_hours(piles: list[int], speed: int) -> int:
    return sum(-(-pile // speed) for pile in piles)


FAMILIES: tuple[Family, ...] = (
    Family(
        name="slowest_pace_in_time",
        concepts=("binary_search_on_answers", "arithmetic", "while_loops"),
        difficulty=4,
        names="slowest_pace_in_time minimal_rate needed_speed lowest_capacity find_rate",
        arguments=(
            "piles|chapters|loads|jobs: list[int]; sizes, all at least 1",
            "limit|budget|available: int; how many ${unit}s there are, at least as many as sizes",
        ),
        returns="int",
        phrasings=(
            "$story Return the smallest whole number of $things per $unit with which all of $piles are done within $limit ${unit}s. Without any work the answer is 1.",
            "$story What is the least rate (a whole number of $things per $unit, at least 1) that is enough to finish $piles in no more than $limit ${unit}s?",
            "$story Somebody wants to take it as easy as possible and still finish everything in $piles in at most $limit ${unit}s. How many $things per $unit does this take at least? Give a positive integer, 1 if there is nothing to do.",
            "Find the smallest integer r >= 1, a number of $things per $unit, for which the sum of the values of x / r over all x in $piles, each rounded up to a whole number, is at most $limit.",
        ),
        solutions=(
            """
$left, $right = 1, max($piles, default=1)
while $left < $right:
    middle = ($left + $right) // 2
    if sum((pile + middle - 1) // middle for pile in $piles) <= $limit:
        $right = middle
    else:
        $left = middle + 1
return $left
""",
            """
import math

def time_needed(rate):
    return sum(math.ceil(pile / rate) for pile in $piles)

rate = 1
while time_needed(rate) > $limit:
    rate += 1
return rate
""",
            """
from bisect import bisect_left
rates = range(1, max($piles, default=1) + 1)
return 1 + bisect_left(rates, True, key=lambda rate: sum(-(-pile // rate) for pile in $piles) <= $limit)
""",
        ),
        reference=lambda piles, limit, story, things, unit: min(
            speed for speed in range(1, 100) if _fewest_hours(piles, speed) <= limit
        ),
        parameters=lambda rng: rng.choice(
            (
                {
                    "story": Raw(
                        "In one day you read pages of one chapter only; a chapter may take several days."
                    ),
                    "things": Raw("pages"),
                    "unit": Raw("day"),
                },
                {
                    "story": Raw(
                        "In one trip a van carries boxes of one heap only; a heap may take several trips."
                    ),
                    "things": Raw("boxes"),
                    "unit": Raw("trip"),
                },
                {
                    "story": Raw(
                        "In one hour a machine makes parts of one order only; an order may take several hours."
                    ),
                    "things": Raw("parts"),
                    "unit": Raw("hour"),
                },
            )
        ),
        inputs=lambda rng, story, things, unit: (
            piles := draws.ints(rng, 2, 5, 1, 30),
            len(piles) + rng.randint(0, 8),
        ),
        edges=(([], 0), ([1], 1), ([30], 1), ([30], 30), ([10, 10], 4), ([7, 1], 2), ([9, 9, 9], 9)),
        idea="A higher rate never needs more time, so the rates split into those that are too slow and those that are enough; halve to find the border.",
        pitfall="Each pile has its own rounding up; dividing the total by the limit gives a rate that is too small.",
    ),
    Family(
        name="widest_spacing",
        concepts=("binary_search_on_answers", "greedy", "sorting"),
        difficulty=5,
        names="widest_spacing largest_gap best_distance spread_out place_apart",
        arguments=(
            "places|positions|spots|stalls: list[int]; different positions on a line, at least $k of them",
        ),
        returns="int",
        phrasings=(
            "Choose $k of the positions in $places so that the smallest distance between two chosen ones is as large as possible, and return this distance.",
            "How far apart can $k $things be kept if they may stand only at $places on a line? Return the largest d such that every two of them can have a distance of at least d.",
            "Along a road there are sockets at the kilometres $places, in any order. $k $things are to be installed at $k different sockets, as far from each other as possible. Return the distance of the closest two in the best arrangement.",
            "Return the maximum, over all choices of $k elements of $places, of the minimum absolute difference between two chosen elements.",
        ),
        solutions=(
            """
ordered = sorted($places)

def fits(gap):
    $previous = ordered[0]
    placed = 1
    for $item in ordered[1:]:
        if $item - $previous >= gap:
            placed += 1
            $previous = $item
    return placed >= $k

$left, $right = 0, ordered[-1] - ordered[0]
while $left < $right:
    middle = ($left + $right + 1) // 2
    if fits(middle):
        $left = middle
    else:
        $right = middle - 1
return $left
""",
            """
from itertools import combinations
$best = 0
for some in combinations(sorted($places), $k):
    gap = min(b - a for a, b in zip(some, some[1:]))
    $best = max($best, gap)
return $best
""",
        ),
        reference=lambda places, k, things: max(
            min(abs(a - b) for a, b in itertools.combinations(some, 2))
            for some in itertools.combinations(places, k)
        ),
        parameters=lambda rng: {
            "k": rng.choice((2, 3, 4)),
            "things": Raw(rng.choice(("lamps", "cameras", "speakers"))),
        },
        inputs=lambda rng, k, things: (rng.sample(range(40), rng.randint(k + 1, 7)),),
        edges=(
            ([1, 2, 3, 4],),
            ([10, 0, 5, 15],),
            ([7, 1, 4, 0, 20],),
            ([-5, 5, -1, 1],),
            ([100, 0, 1, 2, 99],),
        ),
        idea="If a distance is possible, every smaller one is as well; whether one is possible is tested by placing from the left, as early as allowed.",
        pitfall="With the middle rounded down and the lower border moved to the middle, the search can stand still; round up.",
    ),
    Family(
        name="largest_square_garden",
        concepts=("binary_search_on_answers", "while_loops", "arithmetic"),
        difficulty=2,
        names="largest_square_garden biggest_side side_from_budget max_side solve",
        arguments=("budget|money|stones|amount: int; what can be spent, not negative",),
        returns="int",
        phrasings=(
            "A square with side n costs n * n plus $price for each unit of its side. Return the largest whole n whose cost is at most $budget; it is 0 if nothing larger can be paid.",
            "What is the largest integer n >= 0 with n * n + $price * n <= $budget?",
            "A square garden of n times n metres needs one plant per square metre, and the path along one side costs $price coins per metre, where a plant costs a coin. How long can the side be, in whole metres, for $budget coins?",
            "Return the greatest non-negative integer n for which $price * n + n ** 2 does not exceed $budget; for 0 the sum is 0, which never exceeds it.",
        ),
        solutions=(
            """
$left, $right = 0, $budget + 1
while $right - $left > 1:
    middle = ($left + $right) // 2
    if middle * middle + $price * middle <= $budget:
        $left = middle
    else:
        $right = middle
return $left
""",
            """
side = 0
while (side + 1) * (side + 1) + $price * (side + 1) <= $budget:
    side += 1
return side
""",
            """
import math
root = math.isqrt($price * $price + 4 * $budget)
return (root - $price) // 2
""",
        ),
        reference=lambda budget, price: max(n for n in range(60) if n * (n + price) <= budget),
        parameters=lambda rng: {"price": rng.randint(2, 9)},
        inputs=lambda rng, price: (
            rng.choice(((n := rng.randint(2, 20)) * (n + price), n * (n + price) - 1, rng.randint(20, 600))),
        ),
        edges=((0,), (1,), (2,), (10,), (36,), (1000,)),
        idea="The cost grows with the side, so the sides that can be paid come first, and the border is found by halving.",
        pitfall="The upper border must be a side that is too long, even for a budget of 0.",
    ),
    Family(
        name="first_broken_version",
        concepts=("binary_search_on_answers", "functions", "for_loops"),
        difficulty=2,
        names="first_broken_version find_first_bad first_failing earliest_bad search_versions",
        arguments=(
            "low|lower|oldest|begin: int; the first version to look at",
            "high|upper|newest|finish: int; the last version to look at",
        ),
        returns="int",
        phrasings=(
            "Once a version is broken, all later ones are, too; `is_broken` tests one version. Return the first broken version from $low to $high, both included, or $never if none of them is broken.",
            "Which is the smallest number between $low and $high (inclusive) for which `is_broken` is true? Larger numbers than this one are broken as well. If there is no such number, answer $never.",
            "A mistake got into a program at some version and has stayed there ever since. Testing one version with `is_broken` takes time, so few tests are welcome. Find the first version with the mistake among $low, ..., $high; $never means that all of these are fine.",
            "Return the least n with $low <= n <= $high and `is_broken(n)`, or $never if no such n exists; `is_broken` is monotone.",
        ),
        setup="""
def is_broken(version):
    return version * version + $shift * version >= $border
""",
        solutions=(
            """
for version in range($low, $high + 1):
    if is_broken(version):
        return version
return $never
""",
            """
while $low < $high:
    middle = ($low + $high) // 2
    if is_broken(middle):
        $high = middle
    else:
        $low = middle + 1
return $low if $low == $high and is_broken($low) else $never
""",
        ),
        reference=lambda low, high, never, shift, border: min(
            (n for n in range(low, high + 1) if n * n + shift * n >= border), default=never
        ),
        parameters=lambda rng: {
            "never": rng.choice((-1, 0)),
            "shift": rng.choice((1, 2, 3)),
            "border": rng.choice((50, 90, 150)),
        },
        inputs=lambda rng, never, shift, border: (low := rng.randint(1, 7), low + rng.randint(2, 9)),
        edges=((5, 5), (12, 12), (1, 4), (1, 40), (9, 3)),
        idea="If the middle version is broken, the first broken one is not behind it; otherwise it is behind it.",
        pitfall="The middle version may itself be the first broken one, so it must stay in the range.",
    ),
)
