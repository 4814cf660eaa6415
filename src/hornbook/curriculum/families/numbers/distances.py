"""Families on distances between points."""

from __future__ import annotations

import random

from hornbook.curriculum.family import Family, Raw

Point = tuple[int, int]


def _places(rng: random.Random, low: int, high: int) -> list[Point]:
    return [(rng.randint(-6, 9), rng.randint(-6, 9)) for _ in range(rng.randint(low, high))]


def _apart(a: Point, b: Point, king: bool) -> int:
    """Count unit steps from a to b, moving one step at a time."""
    (x, y), steps = a, 0
    while (x, y) != b:
        dx, dy = (b[0] > x) - (b[0] < x), (b[1] > y) - (b[1] < y)
        x, y = (x + dx, y + dy) if king or not dx else (x + dx, y)
        steps += 1
    return steps


def _metric(rng: random.Random) -> dict[str, object]:
    king = rng.random() < 0.5
    return {
        "king": king,
        "join": Raw("max(dx, dy)" if king else "dx + dy"),
        "rule": Raw(
            "the larger of the two differences of the coordinates"
            if king
            else "the sum of the differences of the coordinates"
        ),
        "way": Raw(
            "in single steps to any of the 8 neighbouring fields" if king else "along the streets of a grid"
        ),
        "join3": Raw("max" if king else "sum"),
    }


FAMILIES: tuple[Family, ...] = (
    Family(
        name="route_over_stops",
        concepts=("distances", "accumulation", "enumerate_zip"),
        difficulty=2,
        names="route_length tour_distance way_over_stops total_way length_of_route",
        arguments=(
            "stops|places|points|corners: list[tuple[int, int]]; places (x, y) in the order of the visit",
        ),
        returns="int",
        phrasings=(
            "Return the length of the way that starts at ($x, $y), visits the $stops in order and ends at the last of them. The distance of two places is $rule (taken without sign).",
            "Starting from ($x, $y), go to each place of $stops in turn; the way ends at the last one. Add up the distances, where going from one place to another costs $rule, both taken as absolute values.",
            "A courier leaves the depot at ($x, $y), delivers at the $stops in the given order and is done after the last. She moves $way, so a leg is as long as $rule. How long is her way? Without any stop it is 0.",
            "Let d((a, b), (u, v)) be $rule, that is of |a - u| and |b - v|. Return the sum of d over consecutive places of the tour that begins at ($x, $y), passes all of $stops and ends with the last; the tour over no stops has length 0.",
        ),
        solutions=(
            """
$total = 0
here = ($x, $y)
for stop in $stops:
    dx, dy = abs(stop[0] - here[0]), abs(stop[1] - here[1])
    $total += $join
    here = stop
return $total
""",
            """
from itertools import pairwise
tour = [($x, $y), *$stops]
return sum($join3((abs(a - u), abs(b - v))) for (a, b), (u, v) in pairwise(tour))
""",
            """
def leg(start, end):
    dx = max(start[0], end[0]) - min(start[0], end[0])
    dy = max(start[1], end[1]) - min(start[1], end[1])
    return $join

tour = [($x, $y)] + $stops
return sum(leg(tour[$i], tour[$i + 1]) for $i in range(len(tour) - 1))
""",
        ),
        reference=lambda stops, x, y, king, **_: sum(
            _apart(a, b, king) for a, b in zip([(x, y), *stops], stops, strict=False)
        ),
        parameters=lambda rng: _metric(rng) | {"x": rng.choice((0, 1, -2)), "y": rng.choice((0, 3))},
        inputs=lambda rng, **_: (_places(rng, 2, 4),),
        edges=(([],), ([(0, 0)],), ([(5, 5), (5, 5)],), ([(-3, 4), (3, -4)],), ([(9, 1), (0, 1), (9, 1)],)),
        idea="The way consists of legs from each place to the next; remember where you are and add one leg per round.",
        pitfall="Without absolute values the way forward and the way back cancel out.",
    ),
    Family(
        name="closest_two_places",
        concepts=("distances", "nested_loops", "min_max"),
        difficulty=3,
        names="${which}_two find_pair pair_of_places extreme_pair search_pair",
        arguments=("places|points|houses|trees: list[tuple[int, int]]; coordinates (x, y)",),
        returns="tuple[int, int] | None",
        phrasings=(
            "Return the positions (i, j) with i < j of the two $places that are $extreme each other, going $way. Of several pairs take the one with the smallest i, and among these the smallest j. Return None if there are fewer than two places.",
            "Which two of the $places lie $extreme each other, if the distance is $rule (absolute values)? Return their indices as a tuple, smaller index first; ties go to the pair that comes first in the order of tuples, and with fewer than two places the answer is None.",
            "A map lists the houses of a village at $places. Find the two houses that are $extreme each other when one walks $way, and return their numbers in the list, counted from 0, as an ascending pair. The first such pair in the order (0, 1), (0, 2), ..., (1, 2), ... counts; without a pair return None.",
            "Let d be the distance given by $rule, without sign. Among all i < j choose the lexicographically smallest (i, j) for which $places[i] and $places[j] are $extreme each other; return None if the list has fewer than two elements.",
        ),
        solutions=(
            """
$best = None
record = None
for $i in range(len($places)):
    for $j in range($i + 1, len($places)):
        dx = abs($places[$i][0] - $places[$j][0])
        dy = abs($places[$i][1] - $places[$j][1])
        if record is None or $join $op record:
            record = $join
            $best = ($i, $j)
return $best
""",
            """
from itertools import combinations

def apart($pair):
    (a, b), (u, v) = $places[$pair[0]], $places[$pair[1]]
    dx, dy = abs(a - u), abs(b - v)
    return $join

return $pick(combinations(range(len($places)), 2), key=apart, default=None)
""",
        ),
        reference=lambda places, king, pick, **_: next(
            iter(
                sorted(
                    ((i, j) for j in range(len(places)) for i in range(j)),
                    key=lambda p: (
                        (-1 if pick == "max" else 1) * _apart(places[p[0]], places[p[1]], king),
                        p,
                    ),
                )
            ),
            None,
        ),
        parameters=lambda rng: (
            _metric(rng)
            | {
                key: Raw(text)
                for key, text in zip(
                    ("extreme", "pick", "op", "which"),
                    rng.choice(
                        (("nearest to", "min", "<", "closest"), ("farthest from", "max", ">", "farthest"))
                    ),
                    strict=True,
                )
            }
        ),
        inputs=lambda rng, **_: (_places(rng, 3, 5),),
        edges=(
            ([],),
            ([(1, 2)],),
            ([(1, 2), (1, 2)],),
            ([(0, 0), (1, 1), (2, 2)],),
            ([(0, 0), (4, 0), (0, 4), (-4, 0)],),
            ([(0, 5), (3, 3), (9, 9), (3, 2)],),
        ),
        idea="Compare every pair once, and replace the best pair only if the new one is really better; that keeps the first among equals.",
        pitfall="Letting j start at 0 compares a place with itself, at distance 0.",
    ),
    Family(
        name="fairest_meeting_place",
        concepts=("distances", "min_max", "list_comprehensions"),
        difficulty=3,
        names="meeting_place fairest_place pick_station choose_spot best_candidate",
        arguments=(
            "homes|people|houses|villages: list[tuple[int, int]]; where people live, at least one place (x, y)",
            "candidates|spots|sites|options: list[tuple[int, int]]; possible places, at least one",
        ),
        returns="tuple[int, int]",
        phrasings=(
            "Return the place from $candidates for which the $measure of its distances to all $homes is smallest; of several, the one that is listed first. The distance is $rule, taken without sign.",
            "Given the $homes of some people and a list of $candidates, choose the candidate with the smallest $measure of the ways from all homes to it. People move $way: a way is as long as $rule. Ties go to the earlier candidate.",
            "Friends who live at $homes want to meet at one of the $candidates. They move $way and choose the place where the $measure of their ways is smallest, the first one listed if there are several. Where do they meet?",
            "For a place c let m(c) be the $measure of d(h, c) over all h in $homes, where d is $rule (absolute values). Return the first element of $candidates with minimal m.",
        ),
        solutions=(
            """
def cost(spot):
    ways = []
    for home in $homes:
        dx, dy = abs(home[0] - spot[0]), abs(home[1] - spot[1])
        ways.append($join)
    return $combine(ways)

return min($candidates, key=cost)
""",
            """
$best = $candidates[0]
lowest = None
for a, b in $candidates:
    cost = $combine($join3((abs(a - u), abs(b - v))) for u, v in $homes)
    if lowest is None or cost < lowest:
        lowest = cost
        $best = (a, b)
return $best
""",
        ),
        reference=lambda homes, candidates, king, combine, **_: sorted(
            enumerate(candidates),
            key=lambda c: (
                sorted(_apart(h, c[1], king) for h in homes)[-1]
                if combine == "max"
                else sum(_apart(h, c[1], king) for h in homes),
                c[0],
            ),
        )[0][1],
        parameters=lambda rng: (
            _metric(rng)
            | {
                key: Raw(text)
                for key, text in zip(
                    ("measure", "combine"), rng.choice((("largest", "max"), ("sum", "sum"))), strict=True
                )
            }
        ),
        inputs=lambda rng, **_: (_places(rng, 2, 3), _places(rng, 2, 4)),
        edges=(
            ([(0, 0)], [(1, 1)]),
            ([(0, 0)], [(1, 0), (0, 1)]),
            ([(0, 0), (4, 4)], [(2, 2), (0, 0), (4, 4)]),
            ([(0, 0), (8, 0), (8, 0)], [(4, 0), (8, 0)]),
            ([(1, 1), (-9, 1)], [(1, 1), (-4, 3), (-4, 1)]),
        ),
        idea="Give every candidate one number that says how bad it is, and take the candidate with the smallest.",
        pitfall="Choosing the candidate that is nearest to one of the homes ignores all the others.",
    ),
    Family(
        name="taxi_fare",
        concepts=("distances", "arithmetic", "functions"),
        difficulty=1,
        names="taxi_fare fare ride_price price_of_ride trip_cost",
        arguments=(
            "start|a|origin|pickup: tuple[int, int]; the corner (x, y) where the ride begins",
            "end|b|target|goal: tuple[int, int]; the corner where it ends",
        ),
        returns="int",
        phrasings=(
            "A taxi drives along the streets of a grid from $start to $end. Return the fare in cents: $basic as a basic charge and $each for every block, where the first $free blocks are free. The number of blocks is the sum of the differences in x and in y.",
            "Compute a fare: the distance of $start and $end is |x1 - x2| + |y1 - y2| blocks; of these, $free cost nothing and every further block costs $each cents. In addition $basic cents are due for every ride, even the shortest.",
            "In a town whose streets form squares, a taxi takes a guest from corner $start to corner $end by a shortest way. The meter starts with $basic cents, which include $free blocks, and adds $each cents for each block after that. What does the ride cost?",
            "Let d be the Manhattan distance of the points $start and $end. Return $basic + $each * max(0, d - $free).",
        ),
        solutions=(
            """
blocks = abs($start[0] - $end[0]) + abs($start[1] - $end[1])
if blocks <= $free:
    return $basic
return $basic + (blocks - $free) * $each
""",
            """
(x1, y1), (x2, y2) = $start, $end
across = max(x1, x2) - min(x1, x2)
upwards = max(y1, y2) - min(y1, y2)
paid = max(0, across + upwards - $free)
return $basic + paid * $each
""",
        ),
        reference=lambda start, end, basic, each, free: (
            basic
            + sum(
                each
                for _ in [
                    *range(min(start[0], end[0]), max(start[0], end[0])),
                    *range(min(start[1], end[1]), max(start[1], end[1])),
                ][free:]
            )
        ),
        parameters=lambda rng: {
            "basic": rng.choice((250, 300, 420)),
            "each": rng.choice((50, 80, 120)),
            "free": rng.randint(2, 4),
        },
        inputs=lambda rng, **_: (
            (rng.randint(-4, 9), rng.randint(-4, 9)),
            (rng.randint(-4, 9), rng.randint(-4, 9)),
        ),
        edges=(((0, 0), (0, 0)), ((0, 0), (1, 1)), ((2, 0), (0, 2)), ((3, 3), (3, -2)), ((-5, 1), (5, 1))),
        idea="Along a grid the two differences add up; the free blocks are taken off, but never more than there are.",
        pitfall="Without the limit at 0, a very short ride would cost less than the basic charge.",
    ),
)
