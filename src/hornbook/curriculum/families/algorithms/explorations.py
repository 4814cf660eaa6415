"""Families on depth-first search: circles, all routes, the order of visits."""

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


def _tour(doors: dict[str, list[str]], begin: str) -> list[str]:
    """Walk with a path that goes back one room when no door is left."""
    path, order = [begin], [begin]
    while path:
        new = next((room for room in doors.get(path[-1], []) if room not in order), None)
        if new is None:
            path.pop()
        else:
            path.append(new)
            order.append(new)
    return order


def _links(rng: random.Random) -> dict[str, list[str]]:
    """Links that lead forward in the alphabet, and in half of the drawings one or more that lead back."""
    links = {p: sorted(o for o in near if o > p) for p, near in _roads(rng, 3).items()}
    if rng.random() < 0.5:
        links["Bath"] = ["Cork", *rng.choice(([], ["Deal"]))]
        links["Cork"] = [rng.choice(("Ayr", "Bath", "Cork"))]
    return links


FAMILIES: tuple[Family, ...] = (
    Family(
        name="walk_goes_in_circles",
        concepts=("depth_first_search", "graphs", "early_return"),
        difficulty=4,
        names="walk_goes_in_circles has_cycle can_loop circular check_graph",
        arguments=(
            "needs|calls|graph|imports: dict[str, list[str]]; maps a name to the names it $verb",
            "begin|first|root|source: str; where the walk begins",
        ),
        returns="bool",
        phrasings=(
            "In $needs each name is mapped to the names it $verb; a missing name $verb nothing. Return True if a walk from $begin along these links can come to a name twice, and False otherwise.",
            "Starting at $begin and following $needs (name -> names it $verb), is it possible to run into a circle, so that one could go on for ever? A circle that cannot be reached from $begin does not matter.",
            "A build tool refuses to build $begin if there is a circle among the things it $verb, directly or indirectly. Given the dictionary $needs (no key: nothing), decide whether it has to refuse; return True or False.",
            "Decide whether the part of the directed graph $needs that is reachable from $begin contains a directed cycle; an edge from a node to itself is a cycle. Nodes without a key have no outgoing edges.",
        ),
        solutions=(
            """
path = []
done = set()

def circular($current):
    if $current in path:
        return True
    if $current in done:
        return False
    path.append($current)
    found = any(circular($other) for $other in $needs.get($current, []))
    path.pop()
    done.add($current)
    return found

return circular($begin)
""",
            """
walks = [[$begin]]
while walks:
    walk = walks.pop()
    for $other in $needs.get(walk[-1], []):
        if $other in walk:
            return True
        walks.append([*walk, $other])
return False
""",
            """
reached = {$begin}
for $i in range(len($needs)):
    reached |= {$other for $item in reached for $other in $needs.get($item, [])}
while reached:
    free = {$item for $item in reached if not reached & set($needs.get($item, []))}
    if not free:
        return True
    reached -= free
return False
""",
        ),
        reference=lambda needs, begin, verb: bool(_walks(needs, begin, len(PLACES) + 1)),
        parameters=lambda rng: {"verb": Raw(rng.choice(("needs", "uses", "waits for")))},
        inputs=lambda rng, verb: (
            _links(rng),
            rng.choice(PLACES[:2]),
        ),
        edges=(
            ({}, "a"),
            ({"a": ["a"]}, "a"),
            ({"a": ["b", "c"], "b": ["d"], "c": ["d"]}, "a"),
            ({"a": ["b"], "b": ["a"], "c": ["d"]}, "c"),
            ({"a": ["b"], "b": ["c"], "c": ["b"]}, "a"),
        ),
        idea="A circle is found when the walk meets a name that is still on the path it is walking.",
        pitfall="Meeting a name a second time on another path is no circle: two things may need the same third one.",
    ),
    Family(
        name="all_routes",
        concepts=("depth_first_search", "recursion", "list_building"),
        difficulty=4,
        names="all_routes list_paths every_way find_routes explore",
        arguments=(
            "roads|links|graph|lines: dict[str, list[str]]; maps a place to those one can go to next",
            "begin|home|source|origin: str; where routes begin",
            "goal|target|destination|aim: str; where routes end",
        ),
        returns="list[list[str]]",
        phrasings=(
            "Return all routes from $begin to $goal along the one-way $roads that visit no place twice and have at most $most places, both ends included. Routes are lists of places; go through the next places in the order of $roads, completing all routes through one before turning to the next. If $begin equals $goal, the only route is [$begin].",
            "Which routes lead from $begin to $goal without passing a place more than once, and with no more than $most places in all? List them in the order in which a search finds them that tries the places in `$roads[place]` from left to right and goes deep first. From a place to itself there is the route of one place.",
            "A courier may go from $begin to $goal on any way that $roads allows (missing places are dead ends), never touching a place twice and touching $most places at most. Give every such way as a list of places, in depth-first order with neighbours in the order given. Where $begin is $goal, the way is [$begin] alone.",
            "Enumerate the simple paths with up to $most nodes from $begin to $goal in the directed graph $roads, in the order given by depth-first search with successors taken from left to right. A path ends as soon as it meets $goal.",
        ),
        solutions=(
            """
$result = []

def extend(path):
    if path[-1] == $goal:
        $result.append(path)
    elif len(path) < $most:
        for $other in $roads.get(path[-1], []):
            if $other not in path:
                extend([*path, $other])

extend([$begin])
return $result
""",
            """
$result = []
$stack = [[$begin]]
while $stack:
    path = $stack.pop()
    if path[-1] == $goal:
        $result.append(path)
        continue
    if len(path) == $most:
        continue
    for $other in reversed($roads.get(path[-1], [])):
        if $other not in path:
            $stack.append(path + [$other])
return $result
""",
        ),
        reference=lambda roads, begin, goal, most: [
            list(path)
            for path in sorted(
                (
                    walk
                    for length in range(most)
                    for walk in _walks(roads, begin, length)
                    if walk[-1] == goal and len(set(walk)) == len(walk)
                ),
                key=lambda walk: [roads[a].index(b) for a, b in itertools.pairwise(walk)],
            )
        ],
        parameters=lambda rng: {"most": rng.choice((3, 4, 5))},
        inputs=lambda rng, most: (_roads(rng, 3), *rng.sample(PLACES[:4], 2)),
        edges=(
            ({}, "Ayr", "Ayr"),
            ({}, "Ayr", "Bath"),
            ({"Ayr": ["Bath", "Cork"], "Bath": ["Cork", "Deal"], "Cork": ["Bath", "Deal"]}, "Ayr", "Deal"),
            ({"Ayr": ["Bath"], "Bath": ["Ayr", "Cork"], "Cork": ["Deal"], "Deal": ["Ely"]}, "Ayr", "Ely"),
        ),
        idea="A route that is not finished is continued by each next place it has not touched; a copy per branch keeps the branches apart.",
        pitfall="Appending to one shared list without taking the place off again mixes the routes.",
    ),
    Family(
        name="order_of_first_visits",
        concepts=("depth_first_search", "stacks", "lists"),
        difficulty=2,
        names="order_of_first_visits visit_order tour walk_rooms explore_all",
        arguments=(
            "doors|rooms|links|graph: dict[str, list[str]]; maps a room to the rooms behind its doors",
            "begin|entrance|source|first: str; where the tour begins",
        ),
        returns="list[str]",
        phrasings=(
            "Explore rooms from $begin: always go through the $which door of the present room that leads to a room not yet visited, and go back one room when there is none. Return the rooms in the order of their first visits. $doors lists the rooms behind the doors; a room without a key has no doors.",
            "In which order does a depth-first search visit the rooms that can be reached from $begin, if it takes the rooms in `$doors[room]` from the $which to the other end? Return the list of rooms, each once; rooms that are not keys lead nowhere.",
            "A guard at $begin inspects a museum. In every room the guard tries the doors ($doors, no entry means none), beginning with the $which one, enters unvisited rooms at once, inspects everything behind them and returns. List the rooms in order of inspection.",
            "Return the preorder of a depth-first traversal of the directed graph $doors from the node $begin, in which the successors of a node are tried beginning with the $which one of its list; missing nodes have no successors.",
        ),
        solutions=(
            """
$result = []

def visit(room):
    $result.append(room)
    for $other in $doors.get(room, [])$order:
        if $other not in $result:
            visit($other)

visit($begin)
return $result
""",
            """
$result = []
$stack = [$begin]
while $stack:
    room = $stack.pop()
    if room not in $result:
        $result.append(room)
        $stack.extend($doors.get(room, [])$against)
return $result
""",
        ),
        reference=lambda doors, begin, which, order, against: _tour(
            {room: behind[:: 1 if which == "first" else -1] for room, behind in doors.items()}, begin
        ),
        parameters=lambda rng: rng.choice(
            (
                {"which": Raw("first"), "order": Raw(""), "against": Raw("[::-1]")},
                {"which": Raw("last"), "order": Raw("[::-1]"), "against": Raw("")},
            )
        ),
        inputs=lambda rng, which, order, against: (_roads(rng, 3), rng.choice(PLACES[:3])),
        edges=(
            ({}, "hall"),
            ({"hall": ["hall"]}, "hall"),
            ({"a": ["b", "c"], "b": ["d"], "c": ["d", "e"], "d": ["c"]}, "a"),
            ({"a": ["b"], "b": ["a", "c"], "c": ["a"]}, "b"),
        ),
        idea="On entering a room, note it and treat each unvisited room behind its doors completely before looking at the next door.",
        pitfall="Whether a room was visited must be asked when its door is opened, since it may have been reached in the meantime.",
    ),
)
