"""Families on walks through dictionaries of neighbours: what is in reach, fewest trips, tasks in order."""

from __future__ import annotations

import itertools
import random

from hornbook.curriculum.families.wording import part
from hornbook.curriculum.family import Family

PLACES = ("Ayr", "Bath", "Cork", "Deal", "Ely", "Fife")


def _roads(rng: random.Random) -> dict[str, list[str]]:
    places = PLACES[: rng.randint(4, 6)]
    return {
        place: sorted(rng.sample([p for p in places if p != place], rng.choice((0, 1, 2, 2))))
        for place in places
    }


def _needs(rng: random.Random) -> dict[str, list[str]]:
    tasks = rng.sample(("bake", "clean", "dine", "eat", "fry", "grill"), rng.randint(3, 5))
    needs = {
        task: sorted(rng.sample(tasks[:at], rng.randint(0, min(at, 2)))) for at, task in enumerate(tasks)
    }
    if rng.random() < 0.15:
        needs[tasks[0]] = [tasks[-1]]
        needs[tasks[-1]] = [tasks[0]]
    return dict(sorted(needs.items()))


FAMILIES: tuple[Family, ...] = (
    Family(
        name="places_within_reach",
        concepts=("searching", "sets", "queues"),
        difficulty=3,
        names="places_within_reach reachable within_${trips}_trips visit_all explore",
        arguments=(
            "roads|links|graph|flights: dict[str, list[str]]; the places one can go to from each place",
            "begin|home|source|origin: str; where to set out from",
        ),
        returns="list[str]",
        phrasings=(
            "Return the sorted list of all places that can be reached from $begin with at most $trips trips along $roads, $begin itself included. Roads lead only in the given direction.",
            "In the dictionary $roads each place is mapped to the places a single trip can lead to. List in alphabetical order where one can be after 0 to $trips trips from $begin; a place without an entry has no trips.",
            "Collect $begin and every place that is no more than $trips steps away from it in the directed graph $roads (a dictionary of lists; missing keys have no successors), and return them alphabetically.",
            "Which places are within $trips trips of $begin, if $roads tells where one can go from each place? Answer with a sorted list without repeats that contains $begin too.",
        ),
        solutions=(
            """
$seen = {$begin}
$current = {$begin}
for $i in range($trips):
    $current = {$other for $item in $current for $other in $roads.get($item, [])} - $seen
    $seen |= $current
return sorted($seen)
""",
            """
from collections import deque
distance = {$begin: 0}
queue = deque([$begin])
while queue:
    $current = queue.popleft()
    for $other in $roads.get($current, []):
        if $other not in distance and distance[$current] < $trips:
            distance[$other] = distance[$current] + 1
            queue.append($other)
return sorted(distance)
""",
            """
def visit($current, left_over):
    $seen.add($current)
    if left_over > 0:
        for $other in $roads.get($current, []):
            visit($other, left_over - 1)

$seen = set()
visit($begin, $trips)
return sorted($seen)
""",
        ),
        reference=lambda roads, begin, trips: sorted(
            place
            for place in {begin, *roads, *itertools.chain(*roads.values())}
            if _hops(roads, begin, place) in range(trips + 1)
        ),
        parameters=lambda rng: {"trips": rng.randint(2, 3)},
        inputs=lambda rng, trips: (_roads(rng), rng.choice(PLACES[:4])),
        edges=(
            ({}, "Ayr"),
            ({"Ayr": []}, "Ayr"),
            ({"Ayr": ["Ayr"]}, "Ayr"),
            ({"Ayr": ["Bath"], "Bath": ["Ayr"]}, "Bath"),
            ({"Ayr": ["Bath"], "Bath": ["Cork"], "Cork": ["Deal"], "Deal": ["Ely"]}, "Ayr"),
        ),
        idea="Go outwards in rings: the next ring consists of the neighbours of the present ring that were not seen before.",
        pitfall="Without a record of places already seen, a round trip would be walked for ever.",
    ),
    Family(
        name="fewest_trips",
        concepts=("searching", "queues", "dictionaries"),
        difficulty=4,
        names="fewest_trips shortest_route num_changes distance_between solve",
        arguments=(
            "roads|links|graph|flights: dict[str, list[str]]; the places one can go to from each place",
            "begin|home|source|origin: str; where to set out from",
            "goal|target|destination|aim: str; where to arrive",
        ),
        returns="int",
        phrasings=(
            "Return the smallest number of $noun needed to get from $begin to $goal, where $roads lists for each place the places one $single can lead to. Return $never if it is not possible, and 0 if both are the same place.",
            "Find how many $noun the shortest way from $begin to $goal has in the one-way network $roads (a dictionary from place to list of next places; a missing place has no next places). The answer is $never if there is no way and 0 if $begin equals $goal.",
            "Each $single goes from a place to one of the places that $roads gives for it. Compute the minimum number of $noun from $begin to $goal; give $never when $goal is out of reach.",
            "With how few $noun can one travel from $begin to $goal, if only the directions listed in the dictionary $roads exist? Answer 0 when no travel is needed and $never when $goal cannot be reached.",
        ),
        solutions=(
            """
from collections import deque
distance = {$begin: 0}
queue = deque([$begin])
while queue:
    $current = queue.popleft()
    if $current == $goal:
        return distance[$current]
    for $other in $roads.get($current, []):
        if $other not in distance:
            distance[$other] = distance[$current] + 1
            queue.append($other)
return $never
""",
            """
$seen = set()
$current = {$begin}
$count = 0
while $current:
    if $goal in $current:
        return $count
    $seen |= $current
    $current = {$other for $item in $current for $other in $roads.get($item, [])} - $seen
    $count += 1
return $never
""",
            """
queue = [($begin, 0)]
$seen = {$begin}
for $current, $count in queue:
    if $current == $goal:
        return $count
    for $other in $roads.get($current, []):
        if $other not in $seen:
            $seen.add($other)
            queue.append(($other, $count + 1))
return $never
""",
        ),
        reference=lambda roads, begin, goal, never, noun, single: (
            never if _hops(roads, begin, goal) < 0 else _hops(roads, begin, goal)
        ),
        parameters=lambda rng: {
            "never": rng.choice((-1, -1, 999)),
            **part(rng, {"noun": "trips", "single": "trip"}, {"noun": "flights", "single": "flight"}),
        },
        inputs=lambda rng, never, noun, single: (_roads(rng), *rng.sample(PLACES[:4], 2)),
        edges=(
            ({}, "Ayr", "Ayr"),
            ({"Ayr": []}, "Ayr", "Bath"),
            ({"Ayr": ["Bath"]}, "Bath", "Ayr"),
            ({"Ayr": ["Ayr", "Bath", "Cork"], "Bath": ["Cork"], "Cork": ["Deal"]}, "Ayr", "Deal"),
        ),
        idea="A breadth-first search looks at all places one step away, then two, and so on, so the first time it meets the goal the way is shortest.",
        pitfall="Following one road as deep as it goes finds some way, but not always the shortest.",
    ),
    Family(
        name="order_of_tasks",
        concepts=("queues", "sets", "sorting"),
        difficulty=5,
        names="order_of_tasks task_order plan_work arrange_tasks schedule",
        arguments=(
            "needs|requires|tasks|depends_on: dict[str, list[str]]; for each task, the tasks to do before it",
        ),
        returns="list[str]",
        phrasings=(
            "Return an order in which all tasks in $needs can be done, each after all the tasks it needs. Whenever several tasks are possible, the alphabetically $extreme comes next. If the tasks wait for each other in a circle, return [].",
            "The dictionary $needs maps each task to the tasks that must come before it (all of them are keys too). Repeatedly do the alphabetically $extreme task that is not done yet and whose needs are all done; list the tasks in this order, or give [] if you get stuck before the end.",
            "Plan the tasks of $needs one after another. A task is ready when everything in its list has been done; of the ready ones the alphabetically $extreme is done next. Return the complete plan, or an empty list when no complete plan exists.",
            "In which order should the tasks in $needs be done, if each must follow the tasks in its list and the alphabetically $extreme of the possible ones is always preferred? Answer with [] if circular needs make it impossible.",
        ),
        solutions=(
            """
$result = []
$current = set($needs)
while $current:
    ready = [$item for $item in $current if all($other in $result for $other in $needs[$item])]
    if not ready:
        return []
    $result.append($pick(ready))
    $current.remove($result[-1])
return $result
""",
            """
waiting = {$key: set($row) for $key, $row in $needs.items()}
$result = []
while waiting:
    $best = $pick(($key for $key in waiting if not waiting[$key]), default=None)
    if $best is None:
        return []
    del waiting[$best]
    for $row in waiting.values():
        $row.discard($best)
    $result.append($best)
return $result
""",
            """
from graphlib import CycleError, TopologicalSorter
sorter = TopologicalSorter($needs)
try:
    sorter.prepare()
except CycleError:
    return []
$result = []
ready = set(sorter.get_ready())
while ready:
    $current = $pick(ready)
    ready.remove($current)
    $result.append($current)
    sorter.done($current)
    ready.update(sorter.get_ready())
return $result
""",
        ),
        reference=lambda needs, extreme, pick: next(
            (
                list(order)
                for order in itertools.permutations(sorted(needs, reverse=extreme == "last"))
                if all(order.index(task) > order.index(before) for task in needs for before in needs[task])
            ),
            [],
        ),
        parameters=lambda rng: part(
            rng, {"extreme": "first", "pick": "min"}, {"extreme": "last", "pick": "max"}
        ),
        inputs=lambda rng, extreme, pick: (_needs(rng),),
        edges=(
            ({},),
            ({"mow": []},),
            ({"mow": ["mow"]},),
            ({"a": ["b"], "b": ["a"], "c": []},),
            ({"a": ["c"], "b": [], "c": []},),
        ),
        idea="Do a ready task, strike it from the needs of the others, and look which tasks are ready now; if none is and work remains, there is a circle.",
        pitfall="Without the check for no ready task, circular needs make the loop run for ever.",
    ),
)


def _hops(roads: dict[str, list[str]], begin: str, goal: str) -> int:
    """Shortest distance by repeated relaxation of all roads; -1 if there is no way."""
    far = 10**6
    distance = dict.fromkeys({begin, goal, *roads, *itertools.chain(*roads.values())}, far) | {begin: 0}
    for _ in distance:
        for place, following in roads.items():
            for other in following:
                distance[other] = min(distance[other], distance[place] + 1)
    return distance[goal] if distance[goal] < far else -1
