"""Families on sweeping over events: enough people at once, the first full house, the outline of houses."""

from __future__ import annotations

import random

from hornbook.curriculum.family import Family, Raw


def _stays(rng: random.Random) -> list[tuple[int, int]]:
    starts = [rng.randint(0, 8) for _ in range(rng.randint(4, 6))]
    return [(start, start + rng.randint(1, 6)) for start in starts]


FAMILIES: tuple[Family, ...] = (
    Family(
        name="hours_with_enough_people",
        concepts=("sweeping", "sorting", "counting"),
        difficulty=3,
        names="hours_with_enough_people covered_time staffed_hours overlap_length measure",
        arguments=(
            "shifts|stays|spans|visits: list[tuple[int, int]]; (begin, end) in hours, begin before end",
        ),
        returns="int",
        phrasings=(
            "Return for how many hours in all $words $k of $shifts are going on at the same time. A shift (begin, end) covers the time from begin to end.",
            "During how many hours are there $words $k people, if each pair (from, to) in $shifts stands for one person who is present from the one hour to the other? Add up all such times.",
            "A museum needs $words $k guards at once to open its great hall. The guards' shifts are listed in $shifts as (begin, end). How many hours can the hall be open altogether?",
            "Let n(t) be the number of half-open intervals [a, b) in $shifts that contain t. Return the total length of the set of all t at which n(t) is $words $k.",
        ),
        solutions=(
            """
events = []
for begin, end in $shifts:
    events += [(begin, 1), (end, -1)]
events.sort()
$total = 0
present = 0
$previous = 0
for time, change in events:
    if present $op $k:
        $total += time - $previous
    present += change
    $previous = time
return $total
""",
            """
from collections import Counter
present = Counter()
for begin, end in $shifts:
    present.update(range(begin, end))
return sum($count $op $k for $count in present.values())
""",
        ),
        reference=lambda shifts, k, op, words: sum(
            (n >= k if op == ">=" else n == k)
            for hour in range(-20, 60)
            for n in [sum(a <= hour < b for a, b in shifts)]
        ),
        parameters=lambda rng: {
            "k": rng.choice((2, 3)),
            **rng.choice(
                ({"op": Raw(">="), "words": Raw("at least")}, {"op": Raw("=="), "words": Raw("exactly")})
            ),
        },
        inputs=lambda rng, k, op, words: (_stays(rng),),
        edges=(
            ([],),
            ([(1, 4)],),
            ([(1, 4), (4, 6)],),
            ([(0, 9), (2, 5), (3, 7)],),
            ([(1, 3), (1, 3), (1, 3), (2, 8)],),
            ([(-2, 2), (0, 4), (3, 9)],),
        ),
        idea="Between two events the number of people stays the same, so each such stretch counts as a whole or not at all.",
        pitfall="Update the number of people after the stretch before the event has been added, not before.",
    ),
    Family(
        name="when_first_full",
        concepts=("sweeping", "early_return", "tuples"),
        difficulty=2,
        names="when_first_full time_of_limit first_overload full_at check_capacity",
        arguments=(
            "stays|visits|cars|guests: list[tuple[int, int]]; (arrival, departure), arrival before departure",
            "places|capacity|limit|size: int; how many fit in, at least 1",
        ),
        returns="int",
        phrasings=(
            "Return the time of the first arrival after which $places or more of $stays are present, or -1 if that does not happen. Whoever departs leaves $order somebody who arrives at the same time comes in.",
            "A car park has $places places, and $stays lists when each car comes and goes. When are all of the places taken for the first time (or too many cars in it)? Answer -1 if never. A car that leaves at a moment goes $order one that comes at this moment.",
            "Guests (arrival, departure) are listed in $stays. At which arrival does the number of guests in the house reach $places for the first time? If it never does, return -1. When one departs and another arrives at the same time, the one departing leaves $order the other comes.",
            "Sort the arrivals (+1) and departures (-1) of $stays by time; at equal times departures come $order arrivals. Return the time at which the running total first becomes at least $places, or -1.",
        ),
        solutions=(
            """
events = [(arrival, $rank_in, 1) for arrival, departure in $stays]
events += [(departure, $rank_out, -1) for arrival, departure in $stays]
present = 0
for time, rank, change in sorted(events):
    present += change
    if present >= $places:
        return time
return -1
""",
            """
for time in sorted(arrival for arrival, departure in $stays):
    present = 0
    for arrival, departure in $stays:
        if arrival <= time $op departure:
            present += 1
    if present >= $places:
        return time
return -1
""",
        ),
        reference=lambda stays, places, order, rank_in, rank_out, op: next(
            (
                time
                for time in range(-20, 40)
                if any(a == time for a, _ in stays)
                and places
                <= sum(a <= time for a, _ in stays)
                - sum(b <= time if op == "<" else b < time for _, b in stays)
            ),
            -1,
        ),
        parameters=lambda rng: {
            **rng.choice(
                (
                    {"order": Raw("before"), "rank_in": 1, "rank_out": 0, "op": Raw("<")},
                    {"order": Raw("after"), "rank_in": 0, "rank_out": 1, "op": Raw("<=")},
                )
            ),
        },
        inputs=lambda rng, order, rank_in, rank_out, op: (_stays(rng), rng.choice((2, 3, 3, 4))),
        edges=(
            ([], 1),
            ([(1, 2)], 1),
            ([(1, 4), (4, 6)], 2),
            ([(0, 9), (2, 5), (5, 7)], 3),
            ([(3, 8), (1, 3), (2, 3), (3, 4)], 3),
            ([(2, 5), (2, 5)], 2),
        ),
        idea="Sorted by time, arrivals and departures can be replayed with a single counter.",
        pitfall="What happens first at equal times decides the answer; make it a part of what is sorted.",
    ),
    Family(
        name="outline_of_houses",
        concepts=("sweeping", "intervals", "list_building"),
        difficulty=4,
        names="outline_of_houses skyline silhouette contour draw_outline",
        arguments=(
            "houses|buildings|blocks|bars: list[tuple[int, int, int]]; (left, right, height), left before right, height above 0",
        ),
        returns="list[tuple[int, int]]",
        phrasings=(
            "Seen from far away, the houses $houses, each (left, right, height), make one outline. Return the points (x, height) at which the height of the outline changes, from left to right, with the height to the right of the point. The ground has height 0, and so has the end.",
            "Given rectangles (left, right, height) that stand on the ground (height 0, lower than all of them), list every x at which the height of the highest rectangle changes, with the new height, as tuples in rising order of x.",
            "Theatre scenery is made of boards $houses: (left edge, right edge, height). What outline do they show? Give (x, h) for each x where the visible height becomes a different one, h being the height just behind it; where there is no board it is 0.",
            "Let h(x) be the largest height of the triples (a, b, height) in $houses with a <= x < b, or 0 if there is none. Return the list of all (x, h(x)) at which h changes its value, in ascending order of x.",
        ),
        solutions=(
            """
edges = sorted({x for left_edge, right_edge, height in $houses for x in (left_edge, right_edge)})
$result = []
$previous = 0
for x in edges:
    standing = [height for a, b, height in $houses if a <= x < b]
    $current = max(standing, default=0)
    if $current != $previous:
        $result.append((x, $current))
        $previous = $current
return $result
""",
            """
events = []
for $left, $right, height in $houses:
    events += [($left, 1, height), ($right, 0, height)]
events.sort()
standing = [0]
$result = []
for $i, (x, starts, height) in enumerate(events):
    if starts:
        standing.append(height)
    else:
        standing.remove(height)
    done = $i == len(events) - 1 or events[$i + 1][0] != x
    shown = $result[-1][1] if $result else 0
    if done and max(standing) != shown:
        $result.append((x, max(standing)))
return $result
""",
        ),
        reference=lambda houses: [
            (x, after)
            for x in range(-5, 40)
            for before, after in [
                [max([h for a, b, h in houses if a <= at < b], default=0) for at in (x - 1, x)]
            ]
            if before != after
        ],
        inputs=lambda rng: (
            [
                (a, a + rng.randint(1, 6), rng.randint(1, 6))
                for a in (rng.randint(0, 9) for _ in range(rng.randint(2, 4)))
            ],
        ),
        edges=(
            ([],),
            ([(1, 3, 2)],),
            ([(1, 3, 2), (3, 5, 2)],),
            ([(0, 9, 1), (2, 4, 5), (3, 6, 5)],),
            ([(1, 4, 3), (1, 6, 2), (2, 3, 1)],),
            ([(5, 6, 1), (1, 2, 4)],),
        ),
        idea="The outline can change only at an edge, so look at each edge and at what stands just behind it.",
        pitfall="Houses that touch at the same height give one line: compare with the height before and note only changes.",
    ),
)
