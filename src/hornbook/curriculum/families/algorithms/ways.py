"""Families on counting paths: pegs, walks in a network, routes to a goal, sums of coins."""

from __future__ import annotations

import itertools
import random

from hornbook.curriculum.family import Family, Raw

PLACES = ("Ayr", "Bath", "Cork", "Deal", "Ely")


def _onward(rng: random.Random) -> dict[str, list[str]]:
    places = PLACES[: rng.randint(4, 5)]
    return {
        place: sorted(
            rng.sample(places[at + 1 :], rng.randint(min(1, len(places) - at - 1), len(places) - at - 1))
        )
        for at, place in enumerate(places)
    }


def _paths(roads: dict[str, list[str]], begin: str, length: int) -> list[tuple[str, ...]]:
    """All walks of `length` steps."""
    walks: list[tuple[str, ...]] = [(begin,)]
    for _ in range(length):
        walks = [(*walk, place) for walk in walks for place in roads.get(walk[-1], [])]
    return walks


FAMILIES: tuple[Family, ...] = (
    Family(
        name="marbles_through_pegs",
        concepts=("path_counting", "lists", "for_loops"),
        difficulty=2,
        names="marbles_through_pegs count_ways_down board_row ways_per_slot next_rows",
        arguments=("rows|levels|n|steps: int; how many rows of pegs there are, not negative",),
        returns="list[int]",
        phrasings=(
            "A marble falls from the top through $rows rows of pegs; at each row it goes either to the left or to the right, and slot j at the bottom is reached by going right j times. Return for the slots 0 to $rows in how many ways a marble can get there$rule.",
            "Ways down a board with $rows rows of pegs turn left or right at every row, and the position in a row is the number of turns to the right so far. How many ways end at each of the positions 0 to $rows$rule? Return the list of these numbers; without rows there is one way, which ends at position 0.",
            "Every drop of water on a slope runs down $rows steps and at each step turns left or right. For j = 0, 1, ..., $rows count the ways that turn right exactly j times$rule, and list the numbers.",
            "Let w(0, 0) = 1 and w(i, j) = w(i-1, j-1) + w(i-1, j) for i > 0 and 0 <= j <= i, where w is 0 for other j and also w($row, $slot) is set to 0. Return the list of w($rows, j) for j from 0 to $rows.",
        ),
        solutions=(
            """
ways = [1]
for $i in range(1, $rows + 1):
    ways = [$left + $right for $left, $right in zip([0, *ways], [*ways, 0])]
    if $i == $row:
        ways[$slot] = 0
return ways
""",
            """
def ways_to($i, $j):
    if $i == 0 or $j < 0 or $j > $i:
        return int($i == $j == 0)
    if $i == $row and $j == $slot:
        return 0
    return ways_to($i - 1, $j - 1) + ways_to($i - 1, $j)

return [ways_to($rows, $j) for $j in range($rows + 1)]
""",
        ),
        reference=lambda rows, row, slot, rule: [
            sum(
                sum(turns) == at and not (len(turns) >= row and sum(turns[:row]) == slot)
                for turns in itertools.product((0, 1), repeat=rows)
            )
            for at in range(rows + 1)
        ],
        parameters=lambda rng: {
            "row": (row := rng.choice((1, 2, 3))),
            "slot": (slot := rng.randint(0, 1)),
            "rule": Raw(
                f", if no way may pass position {slot} of row {row} (rows are counted from 1, positions in a row from 0)"
            ),
        },
        inputs=lambda rng, row, slot, rule: (rng.randint(2, 6),),
        edges=((0,), (1,), (2,), (3,)),
        idea="A place is reached from the place above it on the left or on the right, so its number of ways is the sum of theirs.",
        pitfall="The new row must be made from the old one as a whole; adding in place counts some ways twice.",
    ),
    Family(
        name="walks_of_length",
        concepts=("path_counting", "dictionaries", "graphs"),
        difficulty=3,
        names="walks_of_length count_walks number_of_trips ways_after_$steps count_routes",
        arguments=(
            "roads|links|graph|moves: dict[str, list[str]]; maps each place to those one can go to next",
            "begin|home|source|origin: str; where the walk begins",
        ),
        returns="dict[str, int]",
        phrasings=(
            "In how many ways can one be at each place after exactly $steps steps from $begin along $roads? Places may be visited again. Return a dictionary from place to number of ways for the places that are possible, in alphabetical order.",
            "Count the walks of exactly $steps steps that begin at $begin, where `$roads[place]` lists the next places (no key: the walk cannot go on), by the place where they end. Return {place: count} with the places sorted and without zeros.",
            "A piece stands on $begin and makes $steps moves; $roads says where it can go from each field, and it can come back to a field. For every field on which it can stand in the end, tell by how many different sequences of fields it gets there, as a dictionary in alphabetical order.",
            "For the directed graph $roads (nodes without a key have no successors) return the number of walks with $steps edges from $begin to each node, as a dictionary with ascending keys that omits nodes with no such walk.",
        ),
        solutions=(
            """
ways = {$begin: 1}
for $i in range($steps):
    after = {}
    for place, $count in ways.items():
        for $other in $roads.get(place, []):
            after[$other] = after.get($other, 0) + $count
    ways = after
return dict(sorted(ways.items()))
""",
            """
from collections import Counter

def ends(place, left_over):
    if left_over == 0:
        return Counter([place])
    found = Counter()
    for $other in $roads.get(place, []):
        found += ends($other, left_over - 1)
    return found

ways = ends($begin, $steps)
return {place: ways[place] for place in sorted(ways)}
""",
        ),
        reference=lambda roads, begin, steps: {
            place: [walk[-1] for walk in _paths(roads, begin, steps)].count(place)
            for place in sorted({walk[-1] for walk in _paths(roads, begin, steps)})
        },
        parameters=lambda rng: {"steps": rng.choice((2, 3))},
        inputs=lambda rng, steps: (
            {p: sorted(rng.sample(PLACES[:4], rng.randint(1, 3))) for p in PLACES[: rng.randint(3, 4)]},
            rng.choice(PLACES[:3]),
        ),
        edges=(
            ({}, "Ayr"),
            ({"Ayr": ["Ayr"]}, "Ayr"),
            ({"Ayr": ["Bath"], "Bath": []}, "Ayr"),
            ({"b": ["a", "c"], "a": ["b", "c"], "c": ["a", "b"]}, "b"),
        ),
        idea="All ways to a place are continued to all its next places, so the numbers of ways are passed on and added up.",
        pitfall="Adding to the same dictionary that is being read mixes walks of different lengths.",
    ),
    Family(
        name="routes_to_goal",
        concepts=("path_counting", "recursion", "caching"),
        difficulty=3,
        names="routes_to_goal count_paths number_of_ways descents count_routes",
        arguments=(
            "paths|slopes|roads|links: dict[str, list[str]]; maps a place to the next places; one never comes back",
            "begin|summit|source|origin: str; where routes begin",
            "goal|target|valley|aim: str; where they end",
        ),
        returns="int",
        phrasings=(
            "Return how many routes lead from $begin to $goal along $paths that $rule. No route can come back to a place, and the route without a step counts if both places are the same.",
            "In how many different ways can one get from $begin to $goal, if `$paths[place]` lists the places that can follow and only ways are counted that $rule? The network has no circles; from a place to itself there is exactly the way of no steps.",
            "Ski slopes lead only downhill: $paths tells for each point where its slopes end. Count the descents from $begin to $goal that $rule. Whoever stands at $goal already has one way, namely to stay.",
            "Count the paths from $begin to $goal in the acyclic directed graph $paths (missing keys have no successors) that $rule; a path may consist of a single node.",
        ),
        solutions=(
            """
known_ways = {$goal: 1}

def ways(place):
    if place == "$avoided":
        return 0
    if place not in known_ways:
        known_ways[place] = sum(ways($other) for $other in $paths.get(place, []))
    return known_ways[place]

return ways($begin)
""",
            """
$stack = [$begin]
$count = 0
while $stack:
    place = $stack.pop()
    if place == "$avoided":
        continue
    if place == $goal:
        $count += 1
    else:
        $stack.extend($paths.get(place, []))
return $count
""",
        ),
        reference=lambda paths, begin, goal, rule, avoided: sum(
            walk[-1] == goal and avoided not in walk
            for length in range(len(PLACES))
            for walk in _paths(paths, begin, length)
        ),
        parameters=lambda rng: {
            "avoided": Raw(place := rng.choice(PLACES[1:3])),
            "rule": Raw(f"do not touch '{place}'"),
        },
        inputs=lambda rng, rule, avoided: (
            _onward(rng),
            "Ayr",
            rng.choice(("Deal", "Cork", "Deal", "Deal")),
        ),
        edges=(
            ({}, "Ayr", "Ayr"),
            ({}, "Ayr", "Deal"),
            ({"Ayr": ["Cork"], "Cork": ["Deal"]}, "Cork", "Deal"),
            ({"Ayr": ["Bath"], "Bath": ["Deal"]}, "Bath", "Bath"),
            ({"Ayr": ["Bath", "Cork", "Deal"], "Bath": ["Cork", "Deal"], "Cork": ["Deal"]}, "Ayr", "Deal"),
        ),
        idea="The routes from a place are the routes from all its next places taken together; at the goal there is one.",
        pitfall="Counting the first steps instead of adding up what they lead to gives the number of neighbours.",
    ),
)
