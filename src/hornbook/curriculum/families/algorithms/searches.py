"""Families on breadth-first search: rings of places, fewest moves, fewest presses."""

from __future__ import annotations

import itertools
import random

from hornbook.curriculum.family import Family, Raw

PLACES = ("Ayr", "Bath", "Cork", "Deal", "Ely", "Fife")


def _roads(rng: random.Random, most: int = 2) -> dict[str, list[str]]:
    places = PLACES[: rng.randint(4, 6)]
    return {p: rng.sample([o for o in places if o != p], rng.randint(0, most)) for p in places}


def _walks(roads: dict[str, list[str]], begin: str, length: int) -> list[tuple[str, ...]]:
    """All walks of `length` steps, repeats of places included."""
    walks: list[tuple[str, ...]] = [(begin,)]
    for _ in range(length):
        walks = [(*walk, place) for walk in walks for place in roads.get(walk[-1], [])]
    return walks


def _rings(roads: dict[str, list[str]], begin: str) -> list[list[str]]:
    rings: list[list[str]] = []
    for length in range(len(PLACES) + 1):
        ends = {walk[-1] for walk in _walks(roads, begin, length)} - set(itertools.chain(*rings))
        if ends:
            rings.append(sorted(ends))
    return rings


def _jumps(size: int, begin: tuple[int, int], goal: tuple[int, int], far: int) -> int:
    """Bellman's equation iterated until all distances are final."""
    cells = list(itertools.product(range(size), repeat=2))
    far_off = len(cells)
    best = {cell: 0 if cell == begin else far_off for cell in cells}
    jumps = [
        (a, b)
        for a, b in itertools.product(cells, repeat=2)
        if (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 == 1 + far**2
    ]
    before: dict[tuple[int, ...], int] = {}
    while before != best:
        before = dict(best)
        for a, b in jumps:
            best[a] = min(best[a], best[b] + 1)
    return best[goal] if best[goal] < far_off else -1


def _presses(goal: int, factor: int, most: int) -> int:
    shown = {1}
    for count in range(most + 1):
        if goal in shown:
            return count
        shown |= {n * factor for n in shown} | {n + 3 for n in shown}
    return -1


FAMILIES: tuple[Family, ...] = (
    Family(
        name="rings_around",
        concepts=("breadth_first_search", "sets", "list_building"),
        difficulty=3,
        names="rings_around by_distance layers group_by_steps spread_out",
        arguments=(
            "roads|links|graph|lines: dict[str, list[str]]; maps a place to those one trip away",
            "begin|home|source|origin: str; the place in the middle",
        ),
        returns="list[list[str]]",
        phrasings=(
            "Return the places that can be reached from $begin along the one-way $roads, grouped by the smallest number of trips needed: first [$begin], then the places one trip away, and so on. Each group is sorted; places that cannot be reached are left out. $limit_rule",
            "Sort the places around $begin into rings: ring 0 is $begin alone, ring 1 what $roads lists for it, and each further ring what is reached from the ring before and belongs to no earlier ring. Return the rings that are not empty, each in alphabetical order. $limit_rule",
            "News starts at $begin and is carried on every day from each place that has just heard it to the places that $roads lists for it (none, if it is no key). For each day, beginning with day 0, list in alphabetical order who hears it first, as long as somebody does. $limit_rule",
            "For the directed graph $roads (missing keys have no successors) return a list whose element d is the sorted list of all nodes at distance exactly d from $begin, for d = 0, 1, ... up to the largest distance that occurs. $limit_rule",
        ),
        solutions=(
            """
$seen = {$begin}
$result = [[$begin]]
while len($result) <= $most:
    ring = {$other for $item in $result[-1] for $other in $roads.get($item, [])} - $seen
    if not ring:
        break
    $seen |= ring
    $result.append(sorted(ring))
return $result
""",
            """
from collections import deque
distance = {$begin: 0}
queue = deque([$begin])
while queue:
    $current = queue.popleft()
    for $other in $roads.get($current, []):
        if $other not in distance:
            distance[$other] = distance[$current] + 1
            queue.append($other)
$result = []
for $item in sorted(distance, key=lambda place: (distance[place], place)):
    if distance[$item] == len($result):
        $result.append([])
    $result[-1].append($item)
return $result[: $most + 1]
""",
        ),
        reference=lambda roads, begin, most, limit_rule: _rings(roads, begin)[: most + 1],
        parameters=lambda rng: {
            "most": (most := rng.choice((2, 3, 9))),
            "limit_rule": Raw(
                f"Stop after distance {most}." if most < 9 else "Distances above 9 do not count."
            ),
        },
        inputs=lambda rng, most, limit_rule: (_roads(rng), rng.choice(PLACES[:3])),
        edges=(
            ({}, "Ayr"),
            ({"Ayr": ["Ayr"]}, "Ayr"),
            ({"Ayr": ["Ely", "Bath"], "Bath": ["Cork", "Ayr"], "Ely": ["Cork"], "Cork": ["Deal"]}, "Ayr"),
            ({"Ayr": ["Bath"], "Bath": ["Cork"], "Cork": ["Deal"], "Deal": ["Ely", "Fife"]}, "Ayr"),
        ),
        idea="A ring consists of what the ring before leads to and nobody has seen yet, so each place lands in the ring of its smallest distance.",
        pitfall="Without the set of places seen, a way back would put a place into a later ring once more.",
    ),
    Family(
        name="jumps_of_a_piece",
        concepts=("breadth_first_search", "queues", "grids"),
        difficulty=4,
        names="jumps_of_a_piece fewest_moves min_jumps board_distance count_moves",
        arguments=(
            "size|n|width|side: int; the board has this many rows and columns, numbered from 0",
            "begin|source|origin|a: tuple[int, int]; row and column of the piece",
            "goal|target|destination|b: tuple[int, int]; row and column to reach",
        ),
        returns="int",
        phrasings=(
            "A piece jumps $far squares in one direction (up, down, left or right) and 1 square at a right angle to it, and must stay on the board of $size times $size squares. Return the smallest number of jumps from $begin to $goal, or -1 if it cannot get there.",
            "How many jumps does a piece need at least to get from $begin to $goal on a square board with side $size, if each jump changes one coordinate by $far and the other by 1 (either way) and the board may not be left? Answer 0 if it is there already and -1 if it never gets there.",
            "In a board game with $size rows and $size columns (both numbered from 0) a kangaroo moves $far squares along a row or a column and then 1 square sideways, in one leap. Find the minimal number of leaps that take it from $begin to $goal; -1 stands for impossible.",
            "Cells are pairs (row, column) of integers from 0 to $size - 1. Two cells are adjacent if their rows differ by 1 and their columns by $far or the other way round. Return the length, in steps, of a shortest path between $begin and $goal, or -1 if none exists.",
        ),
        solutions=(
            """
from collections import deque
queue = deque([($begin, 0)])
$seen = {$begin}
while queue:
    (r, c), $count = queue.popleft()
    if (r, c) == $goal:
        return $count
    for down, across in ((1, $far), ($far, 1)):
        near = [(r + i * down, c + j * across) for i in (-1, 1) for j in (-1, 1)]
        for $other in near:
            if 0 <= $other[0] < $size and 0 <= $other[1] < $size and $other not in $seen:
                $seen.add($other)
                queue.append(($other, $count + 1))
return -1
""",
            """
inside = range($size)
reached = {$begin}
edge = {$begin}
$count = 0
while edge:
    if $goal in edge:
        return $count
    edge = {
        (r, c)
        for r in inside
        for c in inside
        for a, b in edge
        if {abs(r - a), abs(c - b)} == {1, $far}
    } - reached
    reached |= edge
    $count += 1
return -1
""",
        ),
        reference=lambda size, begin, goal, far: _jumps(size, begin, goal, far),
        parameters=lambda rng: {"far": rng.choice((2, 3))},
        inputs=lambda rng, far: (
            size := rng.randint(3, 6),
            (rng.randrange(size), rng.randrange(size)),
            (rng.randrange(size), rng.randrange(size)),
        ),
        edges=(
            (1, (0, 0), (0, 0)),
            (2, (0, 0), (1, 1)),
            (3, (0, 0), (1, 1)),
            (5, (0, 0), (4, 4)),
            (4, (3, 0), (0, 3)),
        ),
        idea="Go outwards in numbers of jumps: the first time the goal is met, no smaller number is possible.",
        pitfall="Test that a square lies on the board before using it; negative numbers are not on it.",
    ),
    Family(
        name="buttons_of_a_calculator",
        concepts=("breadth_first_search", "sets", "while_loops"),
        difficulty=3,
        names="buttons_of_a_calculator fewest_presses press_count reach_number solve",
        arguments=("goal|target|wanted|number: int; the number that should be shown, positive",),
        returns="int",
        phrasings=(
            "A broken calculator shows 1 and has two buttons: one multiplies the number by $factor, the other adds 3. Return the smallest number of presses after which it shows $goal, or -1 if $most presses are not enough.",
            "How often must one press 'times $factor' or 'plus 3' at least to turn 1 into $goal? Give -1 if it takes more than $most presses or is impossible, and 0 for the number 1 itself.",
            "In a game you begin with 1 coin. A move either makes $factor coins of every coin you have or adds 3 coins. In how many moves, at best, do you own exactly $goal coins? If it cannot be done in at most $most moves, return -1.",
            "Starting from the set {1}, replace in each step every number n by n * $factor and n + 3. Return the first step, counted from 0, at which $goal is among the numbers, or -1 if that does not happen up to step $most.",
        ),
        solutions=(
            """
numbers = {1}
for $count in range($most):
    if $goal in numbers:
        return $count
    numbers = {$item * $factor for $item in numbers} | {$item + 3 for $item in numbers}
return $most if $goal in numbers else -1
""",
            """
queue = [(1, 0)]
for $current, $count in queue:
    if $current == $goal:
        return $count
    if $count < $most and $current < $goal:
        queue.append(($current * $factor, $count + 1))
        queue.append(($current + 3, $count + 1))
return -1
""",
        ),
        reference=lambda goal, factor, most: _presses(goal, factor, most),
        parameters=lambda rng: {"factor": rng.choice((2, 4, 5)), "most": rng.choice((4, 5))},
        inputs=lambda rng, factor, most: (
            rng.choice((rng.randint(2, 12), factor * 7, 1 + 3 * most, factor * factor, rng.randint(5, 40))),
        ),
        edges=((1,), (4,), (2,), (3,), (7,), (1000,), (16,), (13,)),
        idea="All numbers that one more press can show form the next round, so the first round with the wanted number is the answer.",
        pitfall="Working with one number and always pressing the button that gains most misses shorter ways.",
    ),
    Family(
        name="one_step_further",
        concepts=("breadth_first_search", "sets", "nested_loops"),
        difficulty=1,
        names="one_step_further next_ring new_places spread_once frontier",
        arguments=(
            "roads|links|graph|lines: dict[str, list[str]]; maps a place to those one trip away",
            "reached|known_places|visited|ring: list[str]; the places reached so far",
        ),
        returns="list[str]",
        phrasings=(
            "Return the sorted list of the places that are one trip along $roads away from some place in $reached but are not in $reached themselves$limit. A place without a key has no roads.",
            "Where can one be after one more trip and has not been yet? $roads maps places to the next ones (no key: none), $reached lists where one has been; sort the answer and list no place twice$limit.",
            "A rumour is known in the villages $reached. Every village passes it on to those that $roads lists for it, if any. Which villages hear it now for the first time? Give them in alphabetical order$limit.",
            "Return in ascending order, without repeats, all successors in the directed graph $roads of the nodes $reached, except those in $reached$limit; nodes that are not keys have no successors.",
        ),
        solutions=(
            """
found = []
for place in $reached:
    for $other in $roads.get(place, []):
        if $other not in $reached and $other not in found:
            found.append($other)
return sorted(found)$cut
""",
            """
following = {$other for place in $reached for $other in $roads.get(place, [])}
return sorted(following - set($reached))$cut
""",
            """
following = set()
for place, others in $roads.items():
    if place in $reached:
        following.update(others)
return sorted(following.difference($reached))$cut
""",
        ),
        reference=lambda roads, reached, limit, cut: [
            place
            for place in sorted(set(itertools.chain(*roads.values())))
            if place not in reached and [1 for a in reached if a in roads and roads[a].count(place)]
        ][: 2 if cut else None],
        parameters=lambda rng: rng.choice(
            (
                {"limit": Raw(""), "cut": Raw("")},
                {
                    "limit": Raw(" (if there are more than two, only the first two of them)"),
                    "cut": Raw("[:2]"),
                },
            )
        ),
        inputs=lambda rng, limit, cut: (_roads(rng, 3), rng.sample(PLACES[:5], rng.randint(1, 2))),
        edges=(
            ({}, ["Ayr"]),
            ({"Ayr": ["Bath"]}, []),
            ({"Ayr": ["Ayr", "Bath"], "Bath": ["Ayr"]}, ["Ayr"]),
            ({"Ayr": ["Ely", "Cork", "Bath"], "Bath": ["Ely"]}, ["Ayr", "Bath"]),
        ),
        idea="Collect everything the reached places lead to, and take away what was reached before.",
        pitfall="Two places may lead to the same new one, which should be listed once.",
    ),
)
