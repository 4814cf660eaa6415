"""Families on shortest paths: the length of a route, cheapest trips, few changes, tables of distances."""

from __future__ import annotations

import itertools
import random

from hornbook.curriculum.family import Family, Raw

PLACES = ("Ayr", "Bath", "Cork", "Deal", "Ely")


def _lengths(rng: random.Random, low: int = 3, high: int = 5) -> dict[tuple[str, str], int]:
    pairs = list(itertools.combinations(PLACES[: rng.randint(3, 5)], 2))
    return {
        pair: rng.randint(1, 20)
        for pair in sorted(rng.sample(pairs, min(len(pairs), rng.randint(low, high))))
    }


def _map(rng: random.Random) -> dict[str, dict[str, int]]:
    places = PLACES[: rng.randint(3, 5)]
    return {
        place: {
            o: rng.randint(1, 12)
            for o in rng.sample([p for p in places if p != place], rng.choice((0, 1, 2, 2)))
        }
        for place in places
    }


def _cheapest(prices: dict[str, dict[str, int]], begin: str, goal: str) -> int | None:
    """The cheapest of all orders of stops in between."""
    others = {p for row in prices.values() for p in row} - {begin, goal}
    totals = [
        sum(prices[a][b] for a, b in itertools.pairwise(route))
        for size in range(len(others) + 1)
        for stops in itertools.permutations(sorted(others), size)
        for route in [(begin, *stops, goal)]
        if all(b in prices.get(a, {}) for a, b in itertools.pairwise(route))
    ]
    return 0 if begin == goal else min(totals, default=None)


def _table(rng: random.Random, stop: int) -> list[list[int]]:
    """Times between 3 or 4 places, short ones to and from `stop`."""
    size = rng.randint(3, 4)
    return [
        [0 if a == b else rng.randint(1, 9) if stop in (a, b) else rng.randint(4, 30) for b in range(size)]
        for a in range(size)
    ]


FAMILIES: tuple[Family, ...] = (
    Family(
        name="length_of_route",
        concepts=("shortest_paths", "dictionaries", "accumulation"),
        difficulty=2,
        names="length_of_route route_length trip_distance total_way measure_route",
        arguments=(
            "lengths|roads|distances|ways: dict[tuple[str, str], int]; maps a pair of places to the length of its road",
            "route|stops|trip|tour: list[str]; the places in the order of the trip",
        ),
        returns="int | None",
        phrasings=(
            "Return the total length of the roads along $route. $lengths holds each road once, under (place, other place), but it can be used both ways; staying at a place is 0 long. Return None if two places that follow each other are different and have no road; a route with fewer than two places has length $alone.",
            "How long is the trip $route, if $lengths tells the length of the road between two places (either order of the pair may be the key)? From a place to the same place it is 0. If a road is missing, the answer is None; for fewer than two places it is $alone.",
            "A bus drives from stop to stop as $route lists them. Roads and their lengths are in $lengths, where (a, b) also stands for the way from b to a. Compute the distance driven, None when there is no road for a part of the way (two equal stops in a row need none), and $alone when there are not at least two stops.",
            "Sum, over consecutive places a, b of $route, the value stored in $lengths under (a, b) or (b, a), or 0 if a == b. If neither key exists for places that differ, return None. For a route of length 0 or 1 return $alone.",
        ),
        solutions=(
            """
if len($route) < 2:
    return $alone
$total = 0
for $left, $right in zip($route, $route[1:]):
    if $left == $right:
        continue
    if ($left, $right) in $lengths:
        $total += $lengths[$left, $right]
    elif ($right, $left) in $lengths:
        $total += $lengths[$right, $left]
    else:
        return None
return $total
""",
            """
both = {**$lengths, **{(b, a): long for (a, b), long in $lengths.items()}}
if len($route) < 2:
    return $alone
parts = [0 if a == b else both.get((a, b)) for a, b in zip($route, $route[1:])]
return None if None in parts else sum(parts)
""",
        ),
        reference=lambda lengths, route, alone: (
            alone
            if len(route) < 2
            else None
            if [1 for a, b in itertools.pairwise(route) if a != b and not {(a, b), (b, a)} & set(lengths)]
            else sum(
                lengths.get((a, b), lengths.get((b, a), 0)) for a, b in itertools.pairwise(route) if a != b
            )
        ),
        parameters=lambda rng: {"alone": rng.choice((0, None))},
        inputs=lambda rng, alone: (
            lengths := _lengths(rng, 3, 4),
            [
                stop
                for a, b in rng.sample(list(lengths), 1)
                for stop in rng.choice(((a, b, a), (b, a), (a, b, b, a)))
            ]
            if rng.random() < 0.6
            else rng.choices(PLACES[:3], k=rng.randint(2, 3)),
        ),
        edges=(
            ({}, []),
            ({}, ["Ayr"]),
            ({}, ["Ayr", "Ayr"]),
            ({("Ayr", "Bath"): 5}, ["Bath", "Ayr", "Cork"]),
            ({("Ayr", "Bath"): 5, ("Cork", "Bath"): 2}, ["Ayr", "Bath", "Bath", "Cork", "Bath"]),
        ),
        idea="A route of n places has n - 1 parts, and each part is looked up in both orders.",
        pitfall="A missing road is something else than a road of length 0: stop and say so.",
    ),
    Family(
        name="cheapest_trip",
        concepts=("shortest_paths", "priority_queues", "dictionaries"),
        difficulty=5,
        names="cheapest_trip lowest_fare best_price minimal_cost travel",
        arguments=(
            "prices|fares|roads|graph: dict[str, dict[str, int]]; maps a place to the next places with the price of going there",
            "begin|home|source|origin: str; where to set out from",
            "goal|target|destination|aim: str; where to arrive",
        ),
        returns="int",
        phrasings=(
            "Return the lowest total price of a trip from $begin to $goal along the one-way connections $prices, where every stop in between costs another $fee. If there is no connection, return -1; if both places are the same, return 0.",
            "What does it cost at least to get from $begin to $goal? `$prices[a][b]` is the price of going from a to b (missing: impossible), and each change at a place on the way adds $fee. Answer -1 if $goal cannot be reached and 0 if one is there already.",
            "Trains run as $prices says (place -> {next place: fare}), only in the given direction. A traveller pays the fares and $fee extra at each station where the train is changed, that is at every place between $begin and $goal. Find the cheapest way and return its cost; -1 if there is none, 0 for no way at all.",
            "In the directed graph $prices with positive edge weights, let the cost of a path be the sum of its weights plus $fee times the number of its inner nodes. Return the minimal cost of a path from $begin to $goal, 0 if they are equal, -1 if there is no path.",
        ),
        solutions=(
            """
import heapq
heap = [(0, $begin)]
settled = set()
while heap:
    cost, $current = heapq.heappop(heap)
    if $current == $goal:
        return cost
    if $current in settled:
        continue
    settled.add($current)
    change = $fee if $current != $begin else 0
    for $other, price in $prices.get($current, {}).items():
        heapq.heappush(heap, (cost + change + price, $other))
return -1
""",
            """
cost = {$begin: -$fee}
for $i in range(len($prices) + 1):
    for $current, fares in $prices.items():
        for $other, price in fares.items():
            if $current in cost:
                through = cost[$current] + $fee + price
                cost[$other] = min(through, cost.get($other, through))
if $begin == $goal:
    return 0
return cost.get($goal, -1)
""",
        ),
        reference=lambda prices, begin, goal, fee: (
            0
            if begin == goal
            else -1
            if (
                low := _cheapest(
                    {a: {b: c + fee for b, c in row.items()} for a, row in prices.items()}, begin, goal
                )
            )
            is None
            else low - fee
        ),
        parameters=lambda rng: {"fee": rng.choice((1, 2, 3))},
        inputs=lambda rng, fee: (_map(rng), *rng.sample(PLACES[:4], 2)),
        edges=(
            ({}, "Ayr", "Ayr"),
            ({}, "Ayr", "Bath"),
            ({"Ayr": {"Bath": 20, "Cork": 3}, "Cork": {"Bath": 4}}, "Ayr", "Bath"),
            ({"Ayr": {"Bath": 5, "Cork": 2}, "Cork": {"Bath": 3}, "Bath": {"Deal": 1}}, "Ayr", "Deal"),
            ({"Ayr": {"Bath": 5}, "Bath": {"Ayr": 1}}, "Bath", "Bath"),
        ),
        idea="Always go on from the place that is cheapest to reach so far: no later way can make it cheaper, because prices are positive.",
        pitfall="The first way that reaches the goal need not be the cheapest; the answer is certain only when the goal is taken from the heap.",
    ),
    Family(
        name="cheapest_with_few_legs",
        concepts=("shortest_paths", "dynamic_programming", "min_max"),
        difficulty=4,
        names="cheapest_with_few_legs fare_with_limit limited_changes best_fare price",
        arguments=(
            "flights|offers|edges|tickets: list[tuple[str, str, int]]; triples (from, to, price)",
            "begin|home|source|origin: str; where to set out from",
            "goal|target|destination|aim: str; where to arrive",
        ),
        returns="int | None",
        phrasings=(
            "Return the lowest price of a journey from $begin to $goal with at most $most flights of $flights, each given as (from, to, price), or None if there is no such journey. From a place to itself the price is 0.",
            "How cheaply can one fly from $begin to $goal using no more than $most of the one-way $flights? Answer None if it is impossible, and 0 if no flight is needed.",
            "Someone who travels from $begin to $goal takes up to $most flights; $flights lists (from, to, price), and there may be several prices for the same two places. Find the smallest sum of prices; None if the goal is out of reach, 0 if it is where the journey begins.",
            "For the directed weighted edges $flights return the minimal weight of a walk from $begin to $goal that has $most edges or fewer; the empty walk counts and weighs 0. If no such walk exists, return None.",
        ),
        solutions=(
            """
$best = {$begin: 0}
for $i in range($most):
    updated = dict($best)
    for source, target, price in $flights:
        if source in $best:
            new = $best[source] + price
            updated[target] = min(new, updated.get(target, new))
    $best = updated
return $best.get($goal)
""",
            """
def lowest(place, flights_left):
    if place == $goal:
        return 0
    if flights_left == 0:
        return None
    prices = []
    for source, target, price in $flights:
        if source == place:
            after = lowest(target, flights_left - 1)
            if after is not None:
                prices.append(price + after)
    return min(prices, default=None)

return lowest($begin, $most)
""",
        ),
        reference=lambda flights, begin, goal, most: min(
            (
                sum(price for _, _, price in legs)
                for size in range(most + 1)
                for legs in itertools.permutations(flights, size)
                if [begin, *(leg[1] for leg in legs)] == [*(leg[0] for leg in legs), goal]
            ),
            default=None,
        ),
        parameters=lambda rng: {"most": rng.choice((2, 3))},
        inputs=lambda rng, most: (
            [
                (a, b, rng.randint(10, 90))
                for a, b in (rng.sample("ABCD", 2) for _ in range(rng.randint(4, 6)))
            ],
            "A",
            rng.choice("BCD"),
        ),
        edges=(
            ([], "A", "A"),
            ([], "A", "B"),
            ([("A", "B", 9), ("A", "B", 7)], "A", "B"),
            ([("A", "B", 1), ("B", "C", 1), ("C", "D", 1), ("A", "D", 9)], "A", "D"),
            ([("A", "B", 1), ("B", "C", 1), ("C", "D", 1), ("D", "E", 1)], "A", "E"),
        ),
        idea="After round i the table holds the best prices with at most i flights; one more round allows one more flight.",
        pitfall="Updating the table while reading it lets one round use two flights; work on a copy.",
    ),
    Family(
        name="table_with_shortcuts",
        concepts=("shortest_paths", "matrices", "nested_loops"),
        difficulty=3,
        names="table_with_shortcuts improve_distances relax via_stop update_table",
        arguments=(
            "table|distances|times|matrix: list[list[int]]; minutes from each place (row) to each place (column)",
        ),
        returns="list[list[int]]",
        phrasings=(
            "Return a new table in which each time of $table is replaced by the time of the way over place $stop (both parts of this way as in $table, plus $change minutes for the change) if that is shorter. Places are numbered from 0; if there is no place $stop, the table stays the same.",
            "`$table[a][b]` is the time from a to b. Compute the table of the times that result when one may also travel over place $stop, which takes the time to it, $change minutes there and the time from it. Leave the given table unchanged; without a place $stop nothing improves.",
            "A new station with the number $stop allows changing trains in $change minutes. For every pair of stations, row to column of $table, give the smaller one of the old time and the time over station $stop. A table too small to have this station is returned as it is.",
            "For a square matrix $table return a new matrix with the entries min(t[a][b], t[a][$stop] + $change + t[$stop][b]), where t is the given matrix; if $stop is not a valid index, return an equal matrix.",
        ),
        solutions=(
            """
if len($table) <= $stop:
    return [list($row) for $row in $table]
onward = $table[$stop]
$result = []
for $row in $table:
    over = $row[$stop] + $change
    $result.append([min(time, over + more) for time, more in zip($row, onward)])
return $result
""",
            """
$result = [$row[:] for $row in $table]
if $stop < len($table):
    for a in range(len($table)):
        for b in range(len($table)):
            detour = $table[a][$stop] + $change + $table[$stop][b]
            if detour < $result[a][b]:
                $result[a][b] = detour
return $result
""",
        ),
        reference=lambda table, stop, change: [
            [
                sorted(
                    [
                        table[a][b],
                        *(r[stop] + change + table[stop][b] for r in table[a : a + 1] if stop < len(table)),
                    ]
                )[0]
                for b in range(len(table))
            ]
            for a in range(len(table))
        ],
        parameters=lambda rng: {"stop": rng.choice((0, 1, 2)), "change": rng.choice((1, 2, 5))},
        inputs=lambda rng, stop, change: (_table(rng, stop),),
        edges=(
            ([[0]],),
            ([[0, 9, 2], [9, 0, 9], [30, 1, 0]],),
            ([[0, 9, 1], [9, 0, 9], [1, 5, 0]],),
            ([[0, 20, 30], [3, 0, 20], [20, 4, 0]],),
        ),
        idea="A way over one more place is worth taking only if its two parts together are shorter than the way known before.",
        pitfall="Changing the table in place could let an improved value be used as a part of another detour.",
    ),
    Family(
        name="better_route",
        concepts=("functions", "shortest_paths", "min_max"),
        difficulty=1,
        names="better_route shorter_way choose_route faster pick_route",
        arguments=(
            "minutes|times|lengths|roads: dict[str, int]; minutes for each road, named by its two ends, such as 'AB'",
            "routes|ways|options|trips: list[str]; routes as texts of stops, such as 'ABC'; at least one",
        ),
        returns="str",
        phrasings=(
            "Return the route in $routes that takes the least time; among equally fast ones the $which. `time_of` gives the minutes of a route, where $minutes has an entry for each road that is used.",
            "Which of $routes is the fastest? Use `time_of` with $minutes to find out how long a route takes; if several take the same time, choose the $which of them in the list.",
            "A driver can choose between $routes, each a text of stops. Their times follow from $minutes with the help of `time_of`. Return the quickest route, the $which one if some are equally quick.",
            "Return the element r of $routes with the smallest value of `time_of(r, ...)` for $minutes, and in a tie the $which such element.",
        ),
        setup="""
def time_of(route, minutes):
    return sum(minutes[route[i : i + 2]] for i in range(len(route) - 1))
""",
        solutions=(
            """
$best = $routes[0]
for route in $routes[1:]:
    new = time_of(route, $minutes)
    old = time_of($best, $minutes)
    if new $op old:
        $best = route
return $best
""",
            """
def cost(route):
    return time_of(route, $minutes)

return min($routes$turn, key=cost)
""",
        ),
        reference=lambda minutes, routes, which, op, turn: sorted(
            (
                sum(minutes[a + b] for a, b in itertools.pairwise(route)),
                at if op == "<" else -at,
                route,
            )
            for at, route in enumerate(routes)
        )[0][2],
        parameters=lambda rng: rng.choice(
            (
                {"which": Raw("first"), "op": Raw("<"), "turn": Raw("")},
                {"which": Raw("last"), "op": Raw("<="), "turn": Raw("[::-1]")},
            )
        ),
        inputs=lambda rng, which, op, turn: (
            {a + b: rng.randint(1, 6) for a, b in itertools.permutations("ABC", 2)},
            ["".join(rng.sample("ABC", rng.randint(2, 3))) for _ in range(rng.randint(2, 4))],
        ),
        edges=(
            ({}, ["A"]),
            ({"AB": 3, "AC": 3}, ["AB", "AC"]),
            ({"AB": 5, "AC": 1, "CB": 2}, ["AB", "ACB"]),
            ({"AB": 3, "AC": 1, "CB": 2}, ["ACB", "AB", "ACB"]),
        ),
        idea="The helper measures one route; choosing the best is then the search for a minimum.",
        pitfall="The smallest time is not asked for, but the route that has it.",
    ),
)
