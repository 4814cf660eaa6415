"""Families on union-find: useless cables, growing groups, the day on which all are connected."""

from __future__ import annotations

import random

from hornbook.curriculum.family import Family, Raw

FIND = """
def find(parent, item):
    while parent[item] != item:
        item = parent[item]
    return item
"""


def _edges(rng: random.Random, size: int, low: int, high: int) -> list[tuple[int, int]]:
    return [(a, b) for a, b in (rng.sample(range(size), 2) for _ in range(rng.randint(low, high)))]


def _reach(begin: int, edges: list[tuple[int, int]]) -> set[int]:
    """All nodes joined to `begin`, by growing until nothing changes."""
    reached = {begin}
    for _ in edges:
        reached |= {n for edge in edges for n in edge if reached & set(edge)}
    return reached


def _parts(meetings: list[tuple[str, str]]) -> list[set[str]]:
    parts: list[set[str]] = []
    for pair in meetings:
        touched = [part for part in parts if part & set(pair)]
        parts = [part for part in parts if part not in touched] + [set(pair).union(*touched)]
    return parts


FAMILIES: tuple[Family, ...] = (
    Family(
        name="cables_without_use",
        concepts=("union_find", "filtering", "graphs"),
        difficulty=3,
        names="cables_without_use redundant_links useless_edges find_extra check_cables",
        arguments=(
            "size|n|machines|amount: int; number of machines, which are numbered from 0",
            "cables|edges|links|pairs: list[tuple[int, int]]; the machines that each cable joins, in the order of laying",
        ),
        returns="list[tuple[int, int]]",
        phrasings=(
            "Return, in order, the cables of $cables that were $useless: when one of these was laid, its two machines were $state by the cables before it. There are $size machines, numbered from 0. A machine is always connected to itself.",
            "Cables are laid between $size machines (0, 1, 2, ...) in the order of $cables. Which of them join two machines that are $state at that moment, directly or through others? Keep their order.",
            "Go through $cables, keep track with `find` of which of the machines 0 to $size - 1 are connected, and list the cables whose ends are $state just before the cable is added. A cable may join a machine to itself; its ends count as connected.",
            "Process the undirected edges $cables one by one on $size initially isolated nodes. Return the list of the edges whose two ends are $state at the moment in which the edge is processed; a node is in one component with itself.",
        ),
        setup=FIND,
        solutions=(
            """
parent = list(range($size))
$result = []
for $left, $right in $cables:
    a, b = find(parent, $left), find(parent, $right)
    if a $op b:
        $result.append(($left, $right))
    parent[a] = b
return $result
""",
            """
parent = {$item: $item for $item in range($size)}

def joined($pair):
    a, b = (find(parent, $item) for $item in $pair)
    parent[b] = a
    return a $op b

return [$pair for $pair in $cables if joined($pair)]
""",
        ),
        reference=lambda size, cables, useless, state, op: [
            cable
            for at, cable in enumerate(cables)
            if (cable[1] in _reach(cable[0], cables[:at])) == (op == "==")
        ],
        parameters=lambda rng: rng.choice(
            (
                {"useless": Raw("of no use"), "state": Raw("already connected"), "op": Raw("==")},
                {"useless": Raw("of use"), "state": Raw("not yet connected"), "op": Raw("!=")},
            )
        ),
        inputs=lambda rng, useless, state, op: (size := rng.randint(3, 6), _edges(rng, size, 4, 6)),
        edges=(
            (0, []),
            (1, [(0, 0)]),
            (2, [(0, 1), (1, 0)]),
            (4, [(0, 1), (2, 3), (1, 2), (0, 3)]),
            (3, [(2, 1), (1, 0), (2, 0)]),
        ),
        idea="Two machines are connected exactly when following the parents leads to the same root; a cable then joins the two roots.",
        pitfall="Set the parent of the root, not of the machine at the end of the cable, or other machines get lost.",
    ),
    Family(
        name="largest_group_so_far",
        concepts=("union_find", "dictionaries", "min_max"),
        difficulty=4,
        names="largest_group_so_far biggest_after_each group_growth track_groups merge_log",
        arguments=(
            "meetings|pairs|merges|contacts: list[tuple[str, str]]; pairs of people who meet, in order",
        ),
        returns="list[int]",
        phrasings=(
            "When two people meet, their groups become one; before the first meeting everyone is alone. Return a list with the $what after each of $meetings. People become known at their first meeting.",
            "After every meeting in $meetings, tell the $what, where people belong together if they have met, directly or through others. The result has one number per meeting; only people who have taken part in a meeting so far count.",
            "Drops of ink run together as $meetings says, each entry naming two drops, which may be in one blot already. What is the $what after each entry? Count the drops that have been named so far; a blot is a group of drops.",
            "Process the edges $meetings one after the other and return for each the $what, where the groups are the connected components of the graph made of the edges up to it and their end points.",
        ),
        solutions=(
            """
group_of = {}
$result = []
for $left, $right in $meetings:
    a = group_of.setdefault($left, [$left])
    b = group_of.setdefault($right, [$right])
    if a is not b:
        a.extend(b)
        for $item in b:
            group_of[$item] = a
    sizes = [len(g) for g in group_of.values()]
    $result.append($measure)
return $result
""",
            """
parent = {}

def root($item):
    parent.setdefault($item, $item)
    while parent[$item] != $item:
        $item = parent[$item]
    return $item

$result = []
for $left, $right in $meetings:
    parent[root($left)] = root($right)
    roots = [root($item) for $item in parent]
    sizes = [roots.count(r) for r in roots]
    $result.append($measure)
return $result
""",
        ),
        reference=lambda meetings, what, measure: [
            (max if measure.startswith("max") else min)(len(part) for part in _parts(meetings[: at + 1]))
            for at in range(len(meetings))
        ],
        parameters=lambda rng: rng.choice(
            (
                {"what": Raw("size of the largest group"), "measure": Raw("max(sizes)")},
                {"what": Raw("size of the smallest group"), "measure": Raw("min(sizes)")},
            )
        ),
        inputs=lambda rng, what, measure: (
            [(a, b) for a, b in (rng.sample("ABCDEF", 2) for _ in range(rng.randint(3, 5)))],
        ),
        edges=(
            ([],),
            ([("A", "A")],),
            ([("A", "B"), ("C", "D"), ("E", "F"), ("B", "C"), ("A", "D"), ("F", "A")],),
            ([("A", "B"), ("B", "A")],),
        ),
        idea="All members of a group share one label; when two groups join, one label takes over and the sizes add up.",
        pitfall="Two people who are in the same group already must not add their sizes a second time.",
    ),
    Family(
        name="when_all_are_connected",
        concepts=("union_find", "early_return", "enumerate_zip"),
        difficulty=4,
        names="when_all_are_connected first_connected day_of_union all_joined moment",
        arguments=(
            "size|n|villages|amount: int; number of villages, at least 1, numbered from 0",
            "roads|edges|links|pairs: list[tuple[int, int]]; one road is built per day, in this order",
        ),
        returns="int",
        phrasings=(
            "On day 1, 2, 3, ... one road of $roads is built between two of $size villages, which are numbered from 0. Return the day on which the villages first make up $groups_left; 0 if this holds before the first road, -1 if it never does. Villages that are connected by roads are in one part, and a village without a road is a part.",
            "After how many of the roads $roads, built in this order, do the $size villages (0, 1, 2, ...) make up $groups_left, where villages connected by roads are in one part? Answer 0 if no road is needed and -1 if all the roads together are not enough.",
            "Puddles numbered 0 to $size - 1 run into each other one pair at a time, as $roads says. Count the pairs after which the puddles make up $groups_left: 0 if they do from the beginning, -1 if they do not even after the last pair.",
            "Return the length of the shortest prefix of the edge list $roads with which the graph on the nodes 0 to $size - 1 consists of $groups_left (connected components), or -1 if there is no such prefix.",
        ),
        setup=FIND,
        solutions=(
            """
parent = list(range($size))
remaining = $size
if remaining <= $parts:
    return 0
for day, ($left, $right) in enumerate($roads, 1):
    a, b = find(parent, $left), find(parent, $right)
    if a != b:
        parent[a] = b
        remaining -= 1
        if remaining == $parts:
            return day
return -1
""",
            """
parent = {$item: $item for $item in range($size)}
for day in range(len($roads) + 1):
    if sum(find(parent, $item) == $item for $item in parent) <= $parts:
        return day
    for $left, $right in $roads[day : day + 1]:
        parent[find(parent, $left)] = find(parent, $right)
return -1
""",
        ),
        reference=lambda size, roads, parts, groups_left: next(
            (
                day
                for day in range(len(roads) + 1)
                if len({frozenset(_reach(n, roads[:day])) for n in range(size)}) <= parts
            ),
            -1,
        ),
        parameters=lambda rng: rng.choice(
            (
                {"parts": 1, "groups_left": Raw("a single part")},
                {"parts": 2, "groups_left": Raw("at most two parts")},
            )
        ),
        inputs=lambda rng, parts, groups_left: (size := rng.randint(3, 5), _edges(rng, size, 3, 6)),
        edges=(
            (2, [(0, 1)]),
            (3, [(0, 1), (1, 0), (1, 2)]),
            (5, [(0, 1), (1, 2), (2, 0), (2, 3), (4, 4), (4, 0)]),
            (4, [(0, 1), (0, 1), (2, 3), (3, 0)]),
            (4, [(0, 0), (1, 1), (2, 3)]),
        ),
        idea="Every road between two different parts lowers the number of parts by one; other roads change nothing.",
        pitfall="Counting roads instead of joined parts stops too early when a road lies within one part.",
    ),
)
