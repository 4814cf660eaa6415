"""Families on cheapest networks: spanning trees and the widest gaps."""

from __future__ import annotations

import itertools
import random

from hornbook.curriculum.family import Family, Raw


def _edges(rng: random.Random, size: int, low: int, high: int) -> list[tuple[int, int]]:
    return [(a, b) for a, b in (rng.sample(range(size), 2) for _ in range(rng.randint(low, high)))]


def _cables(rng: random.Random) -> tuple[int, list[tuple[int, int, int]]]:
    size = rng.randint(3, 5)
    return size, [(a, b, rng.randint(1, 9)) for a, b in _edges(rng, size, size, size + 2)]


def _reach(begin: int, edges: list[tuple[int, int]]) -> set[int]:
    """All nodes joined to `begin`, by growing until nothing changes."""
    reached = {begin}
    for _ in edges:
        reached |= {n for edge in edges for n in edge if reached & set(edge)}
    return reached


def _best_total(size: int, cables: list[tuple[int, int, int]]) -> int | None:
    """The cheapest connected choice of size - 1 cables, by trying all of them."""
    totals = [
        sum(price for _, _, price in some)
        for some in itertools.combinations(cables, size - 1)
        if _reach(0, [(a, b) for a, b, _ in some]) == set(range(size))
    ]
    return min(totals, default=None)


def _parts(meetings: list[tuple[str, str]]) -> list[set[str]]:
    parts: list[set[str]] = []
    for pair in meetings:
        touched = [part for part in parts if part & set(pair)]
        parts = [part for part in parts if part not in touched] + [set(pair).union(*touched)]
    return parts


def _cut(ordered: list[int], cuts: int) -> list[list[int]]:
    """Cut at the widest gaps: repeat with the widest one removed from the list of gaps."""
    gaps = [b - a for a, b in itertools.pairwise(ordered)]
    places = []
    for _ in range(min(cuts, len(gaps))):
        place = gaps.index(max(gaps))
        places.append(place + 1)
        gaps[place] = -1
    pieces: list[list[int]] = [[]] if ordered else []
    for at, value in enumerate(ordered):
        if at in places:
            pieces.append([])
        pieces[-1].append(value)
    return pieces


FAMILIES: tuple[Family, ...] = (
    Family(
        name="cheapest_network",
        concepts=("spanning_trees", "union_find", "sorting_with_key"),
        difficulty=5,
        names="cheapest_network minimal_cost connect_cheaply network_price plan",
        arguments=(
            "size|n|houses|amount: int; number of houses, at least 1, numbered from 0",
            "cables|offers|edges|links: list[tuple[int, int, int]]; offers (house, house, price), prices above 0",
        ),
        returns="int | None",
        phrasings=(
            "Choose among the offers $cables, each (house, house, price), so that all houses 0 to $size - 1 are connected, directly or through others, and return the smallest possible sum of prices $plus. Return None if even all the offers together do not connect them.",
            "What is the least that it costs to connect $size houses (numbered from 0), if $cables lists the possible cables as (house, house, price) and one pays the sum of these prices $plus? One house needs no cable. Answer None if it cannot be done.",
            "A village wants every one of its $size houses, 0, 1, 2, ..., on one water network. Each offer of $cables is (one house, other house, price of the pipe), and what has to be paid is the sum of these prices $plus. Compute the minimal cost, or None if some house cannot be reached.",
            "For the undirected graph with the nodes 0 to $size - 1 and the weighted edges $cables, each (node, node, weight), return the smallest possible sum of the weights of a spanning tree $plus; None if the graph is not connected.",
        ),
        solutions=(
            """
group = list(range($size))
$total = 0
for $left, $right, price in sorted($cables, key=lambda offer: offer[2]):
    old, new = group[$left], group[$right]
    if old != new:
        $total += price + $fee
        group = [new if g == old else g for g in group]
return $total if len(set(group)) == 1 else None
""",
            """
connected = {0}
$total = 0
while len(connected) < $size:
    prices = [price for a, b, price in $cables if (a in connected) != (b in connected)]
    if not prices:
        return None
    $best = min(prices)
    $total += $best + $fee
    for a, b, price in $cables:
        if price == $best and (a in connected) != (b in connected):
            connected |= {a, b}
            break
return $total
""",
            """
import heapq
reached = set()
heap = [(0, 0)]
$total = 0
while heap and len(reached) < $size:
    price, house = heapq.heappop(heap)
    if house in reached:
        continue
    reached.add(house)
    $total += price
    for a, b, cost in $cables:
        if house in (a, b):
            heapq.heappush(heap, (cost + $fee, b if house == a else a))
return $total if len(reached) == $size else None
""",
        ),
        reference=lambda size, cables, fee, plus: _best_total(size, [(a, b, c + fee) for a, b, c in cables]),
        parameters=lambda rng: rng.choice(
            (
                {"fee": 1, "plus": Raw("plus a fee of 1 for each connection that is made")},
                {"fee": 2, "plus": Raw("plus 2 for the work on each connection that is made")},
            )
        ),
        inputs=lambda rng, fee, plus: _cables(rng),
        edges=(
            (1, []),
            (2, []),
            (2, [(1, 0, 4), (0, 1, 3)]),
            (3, [(0, 1, 1), (1, 2, 1), (0, 2, 1)]),
            (4, [(0, 1, 1), (2, 3, 1), (0, 1, 2)]),
            (4, [(0, 1, 5), (1, 2, 1), (2, 0, 1), (2, 3, 9)]),
        ),
        idea="The cheapest cable between two parts that are still separate is always a right choice, so go through the cables by price.",
        pitfall="A cheap cable inside one part is money wasted; skip it whatever its price.",
    ),
    Family(
        name="split_at_widest_gaps",
        concepts=("spanning_trees", "sorting", "list_slicing"),
        difficulty=3,
        names="split_at_widest_gaps cluster_numbers make_groups cut_at_gaps divide",
        arguments=("values|numbers|points|times: list[int]; the numbers, in any order",),
        returns="list[list[int]]",
        phrasings=(
            "Sort $values and cut the sorted row into $k groups at its $cuts widest gaps; of gaps of equal width the one further left is cut first. With $k or fewer numbers each forms a group of its own. Return the list of groups.",
            "Divide the numbers $values into $k groups of neighbours: put them in rising order and separate them where the difference of two neighbours is largest ($cuts times, for equal differences the leftmost first). If there are not more than $k numbers, every group holds one number.",
            "The lamps along a street stand at the positions $values. Number positions in rising order belong to one group unless one of the $cuts widest gaps lies between them (of equally wide gaps, those with smaller positions are taken). List the $k groups from left to right; $k or fewer lamps stand alone.",
            "Connect the sorted numbers of $values to a chain, remove the $cuts longest links (or all links, if there are fewer; among links of the same length, those between smaller numbers go first), and return the pieces that remain as ascending lists.",
        ),
        solutions=(
            """
ordered = sorted($values)
gaps = sorted(range(1, len(ordered)), key=lambda $i: ordered[$i - 1] - ordered[$i])
borders = [0, *sorted(gaps[:$cuts]), len(ordered)]
return [ordered[a:b] for a, b in zip(borders, borders[1:]) if a < b]
""",
            """
$groups = [sorted($values)] if $values else []
for $i in range($cuts):
    $best = (0, None, 0)
    for group in $groups:
        for at in range(1, len(group)):
            gap = group[at] - group[at - 1]
            if $best[1] is None or gap > $best[0]:
                $best = (gap, group, at)
    if $best[1] is not None:
        where = $groups.index($best[1])
        $groups[where : where + 1] = [$best[1][: $best[2]], $best[1][$best[2] :]]
return $groups
""",
        ),
        reference=lambda values, k, cuts: _cut(sorted(values), cuts),
        parameters=lambda rng: rng.choice(({"k": 3, "cuts": 2}, {"k": 4, "cuts": 3})),
        inputs=lambda rng, k, cuts: ([rng.randint(0, 40) for _ in range(rng.randint(4, 7))],),
        edges=(([],), ([3],), ([5, 1],), ([1, 2, 3, 4],), ([9, 0, 5, -5],), ([4, 4, 4],)),
        idea="On a line the cheapest connection joins neighbours, and removing its longest links leaves the groups that lie furthest apart.",
        pitfall="With no numbers there is no group at all, not one empty group.",
    ),
    Family(
        name="price_if_connected",
        concepts=("spanning_trees", "functions", "sets"),
        difficulty=2,
        names="price_if_connected network_price check_plan cost_of_plan evaluate_plan",
        arguments=(
            "places|towns|houses|nodes: list[str]; all places, each once; not empty",
            "plan|cables|edges|offers: list[tuple[str, str, int]]; (place, place, price) of each cable",
        ),
        returns="int",
        phrasings=(
            "Return the total price of the cables in $plan if they connect all of $places and none of them is superfluous, that is if there is exactly one cable fewer than there are places; otherwise return $never. `reach` gives the places connected with one place.",
            "What does $plan cost? If some of $places is not connected with the first one, or if the number of cables is not the number of places minus 1, the answer is $never instead of the sum of the prices. Use `reach` to see what is connected.",
            "A village plans its water pipes: $plan lists (house, house, price). A plan is good if every house of $places can be reached from every other one and it needs one pipe fewer than there are houses. Return the price of a good plan and $never for a bad one; `reach` follows the pipes.",
            "If the edges $plan form a spanning tree of the nodes $places, return the sum of their weights, and otherwise $never. A connected graph is a tree if it has one edge fewer than nodes; `reach` returns the component of a node.",
        ),
        setup="""
def reach(begin, plan):
    reached = {begin}
    for _ in plan:
        for a, b, price in plan:
            if a in reached or b in reached:
                reached |= {a, b}
    return reached
""",
        solutions=(
            """
if len($plan) != len($places) - 1:
    return $never
if reach($places[0], $plan) != set($places):
    return $never
$total = 0
for a, b, price in $plan:
    $total += price
return $total
""",
            """
connected = reach($places[0], $plan)
complete = all(place in connected for place in $places)
if complete and len($plan) + 1 == len($places):
    return sum(price for a, b, price in $plan)
return $never
""",
        ),
        reference=lambda places, plan, never: (
            sum(price for _, _, price in plan)
            if len(plan) == len(places) - 1
            and len(_parts([(a, b) for a, b, _ in plan] + [(p, p) for p in places])) == 1
            else never
        ),
        parameters=lambda rng: {"never": rng.choice((-1, 0))},
        inputs=lambda rng, never: (
            places := list("ABCDE"[: rng.randint(3, 4)]),
            [
                (a, rng.choice([p for p in places if p != a]), rng.randint(1, 9))
                for a in places[rng.choice((0, 1, 1, 1)) :]
            ],
        ),
        edges=(
            (["A"], []),
            (["A", "B"], []),
            (["A", "B"], [("B", "A", 4)]),
            (["A", "B", "C"], [("A", "B", 1), ("B", "A", 2)]),
            (["A", "B", "C"], [("B", "C", 1), ("A", "B", 2), ("A", "C", 1)]),
            (["A", "B", "C", "D"], [("C", "D", 5), ("A", "B", 2), ("B", "C", 3)]),
        ),
        idea="A network is a tree if it is connected and has as few cables as that allows; both are quickly tested.",
        pitfall="The right number of cables alone proves nothing: two of them may join the same places.",
    ),
)
