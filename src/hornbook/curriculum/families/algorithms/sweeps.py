"""Families on difference arrays: seats taken, stretches raised, the busiest moment."""

from __future__ import annotations

import random

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw


def _spans(rng: random.Random, size: int, low: int = 3, high: int = 5) -> list[tuple[int, int]]:
    spans = []
    for _ in range(rng.randint(low, high)):
        start = rng.randrange(size)
        spans.append((start, rng.randint(start, size - 1)))
    return spans


FAMILIES: tuple[Family, ...] = (
    Family(
        name="seats_taken",
        concepts=("difference_arrays", "accumulation", "list_indexing"),
        difficulty=2,
        names="seats_taken passengers_per_leg load_of_bus people_on_board count_riders",
        arguments=(
            "stops|n|stations|halts: int; number of stops, which are numbered from 0, at least 1",
            "rides|trips|tickets|journeys: list[tuple[int, int]]; (stop where one gets on, later stop where one gets off)",
        ),
        returns="list[int]",
        phrasings=(
            "A $vehicle goes from stop 0 to stop $stops - 1. Return how many passengers are on board between stop i and stop i + 1, for i = 0, 1, ..., $stops - 2, if $rides holds (on, off) for each passenger. Numbers above $most are reported as $most.",
            "Given the rides (first stop, last stop) in $rides on a line with $stops stops, list for each stretch between two neighbouring stops how many passengers travel on it, but never more than $most.",
            "The conductor of a $vehicle counts the passengers on each stretch between one stop and the next, for all the $stops stops (0, 1, 2, ...). Everyone in $rides gets on at the first and off at the second of the two stops noted. Return the counts in order; there are only $most seats, so a larger count is written as $most.",
            "Return the list c of length $stops - 1 in which c[i] is the smaller of $most and the number of pairs (a, b) in $rides with a <= i < b.",
        ),
        solutions=(
            """
change = [0] * $stops
for on, off in $rides:
    change[on] += 1
    change[off] -= 1
$result = []
aboard = 0
for step in change[:-1]:
    aboard += step
    $result.append(min(aboard, $most))
return $result
""",
            """
$result = [0] * ($stops - 1)
for on, off in $rides:
    for $i in range(on, off):
        if $result[$i] < $most:
            $result[$i] += 1
return $result
""",
            """
from itertools import accumulate
ons = [on for on, off in $rides]
offs = [off for on, off in $rides]
changes = [ons.count(stop) - offs.count(stop) for stop in range($stops - 1)]
return [min(aboard, $most) for aboard in accumulate(changes)]
""",
        ),
        reference=lambda stops, rides, vehicle, most: [
            min(most, sum(stop in range(on, off) for on, off in rides)) for stop in range(stops - 1)
        ],
        parameters=lambda rng: {
            "vehicle": Raw(rng.choice(("bus", "train", "ferry"))),
            "most": rng.choice((2, 3)),
        },
        inputs=lambda rng, vehicle, most: (
            stops := rng.randint(4, 7),
            [tuple(sorted(rng.sample(range(stops), 2))) for _ in range(rng.randint(3, 6))],
        ),
        edges=(
            (1, []),
            (2, []),
            (2, [(0, 1)]),
            (4, [(0, 3), (0, 3), (1, 2), (1, 2)]),
            (5, [(0, 2), (2, 4), (1, 3), (3, 4)]),
        ),
        idea="Getting on and off are the only changes, so note +1 and -1 at the two stops and add up once.",
        pitfall="A passenger does not occupy a seat on the stretch that begins at the stop of getting off.",
    ),
    Family(
        name="raise_stretches",
        concepts=("difference_arrays", "for_loops", "list_indexing"),
        difficulty=1,
        names="raise_stretches apply_changes update_ranges change_prices adjust",
        arguments=(
            "values|prices|heights|levels: list[int]; the values at the beginning",
            "changes|updates|orders|steps: list[tuple[int, int]]; (first position, last position), valid and in this order",
        ),
        returns="list[int]",
        phrasings=(
            "For each pair (first, last) in $changes add $amount to all elements of $values from position first to position last, both included. Return the new list and leave the given one as it is.",
            "What becomes of $values if every pair of positions in $changes $verb the elements from the first to the second position, both included, by $by? Return a new list.",
            "A shop $verb prices by $by on whole shelves: $values are the prices in order, and each pair in $changes names the first and the last position concerned. Give the list of prices after all changes.",
            "Return a list of the length of $values in which element i is the element i of $values plus $amount times the number of pairs (a, b) in $changes with a <= i <= b.",
        ),
        solutions=(
            """
$result = list($values)
for first, last in $changes:
    for $i in range(first, last + 1):
        $result[$i] += $amount
return $result
""",
            """
step = [0] * (len($values) + 1)
for first, last in $changes:
    step[first] += $amount
    step[last + 1] -= $amount
$total = 0
$result = []
for $item, more in zip($values, step):
    $total += more
    $result.append($item + $total)
return $result
""",
            """
$result = []
for $i, $item in enumerate($values):
    covering = [pair for pair in $changes if pair[0] <= $i <= pair[1]]
    $result.append($item + len(covering) * $amount)
return $result
""",
        ),
        reference=lambda values, changes, amount, by, verb: [
            value + sum(amount for first, last in changes if at in range(first, last + 1))
            for at, value in enumerate(values)
        ],
        parameters=lambda rng: {
            "amount": (amount := rng.choice((1, 2, 5, 10, -1, -2))),
            "by": abs(amount),
            "verb": Raw("raises" if amount > 0 else "lowers"),
        },
        inputs=lambda rng, amount, by, verb: (
            values := draws.ints(rng, 4, 6, 0, 20),
            _spans(rng, len(values), 2, 4),
        ),
        edges=(
            ([], []),
            ([7], []),
            ([7], [(0, 0)]),
            ([1, 2, 3], [(0, 2), (1, 1), (0, 2)]),
            ([-1, 0], [(0, 1), (1, 1)]),
        ),
        idea="Each pair concerns a whole stretch; noting only where it begins and ends saves walking through it.",
        pitfall="The last position belongs to the stretch, so the loop has to run to last + 1.",
    ),
    Family(
        name="busiest_moment",
        concepts=("difference_arrays", "dictionaries", "min_max"),
        difficulty=3,
        names="busiest_moment peak_time most_crowded rush_hour peak",
        arguments=(
            "stays|visits|calls|spans: list[tuple[int, int]]; (first minute, last minute), both included",
        ),
        returns="tuple[int, int]",
        phrasings=(
            "Return (minute, number) for the $which minute at which most of $stays are going on, and how many these are. A stay goes from its first to its last minute, both included, and there is at least one.",
            "When is it most crowded, and how crowded is it? Each pair of $stays is a visit from one minute to another (inclusive). Answer with a tuple of the $which minute with the largest number of visits at once and this number. There is at least one visit.",
            "A call centre lists its calls in $stays as (minute of the first word, minute of the last word), both minutes counting as busy. Find the $which minute with the most calls and return it with the number of calls as a tuple. The list is not empty.",
            "For closed integer intervals $stays return the $order integer covered by the largest number of them, together with this number, as a pair; there is at least one interval.",
        ),
        solutions=(
            """
change = {}
for first, last in $stays:
    change[first] = change.get(first, 0) + 1
    change[last + 1] = change.get(last + 1, 0) - 1
$best = (None, 0)
$count = 0
times = sorted(change)
for time, following in zip(times, times[1:]):
    $count += change[time]
    if $count $op $best[1]:
        $best = ($moment, $count)
return $best
""",
            """
from collections import Counter
busy = Counter(minute for first, last in $stays for minute in range(first, last + 1))
most = max(busy.values())
minute = $func(minute for minute, $count in busy.items() if $count == most)
return (minute, most)
""",
        ),
        reference=lambda stays, which, order, op, moment, func: max(
            (
                (minute, sum(a <= minute <= b for a, b in stays))
                for minute in (range(40) if func == "min" else range(39, -1, -1))
            ),
            key=lambda pair: pair[1],
        ),
        parameters=lambda rng: rng.choice(
            (
                {
                    "which": Raw("first"),
                    "order": Raw("smallest"),
                    "op": Raw(">"),
                    "moment": Raw("time"),
                    "func": Raw("min"),
                },
                {
                    "which": Raw("last"),
                    "order": Raw("largest"),
                    "op": Raw(">="),
                    "moment": Raw("following - 1"),
                    "func": Raw("max"),
                },
            )
        ),
        inputs=lambda rng, which, order, op, moment, func: (
            [(a, a + rng.randint(0, 3)) for a in (rng.randint(1, 9) for _ in range(rng.randint(3, 6)))],
        ),
        edges=(
            ([(3, 3)],),
            ([(0, 2), (2, 4)],),
            ([(0, 1), (5, 6)],),
            ([(1, 9), (2, 3), (5, 8), (8, 9)],),
            ([(4, 6), (4, 6), (0, 9)],),
        ),
        idea="The number of stays changes only where one begins or has just ended, so adding up these changes in order of time is enough.",
        pitfall="A stay that includes its last minute ends one minute later; the -1 belongs there.",
    ),
)
