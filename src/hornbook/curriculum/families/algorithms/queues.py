"""Families on priority queues: who is next, the k-th smallest so far, work for the least busy."""

from __future__ import annotations

import random

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw

NAMES = ("Ada", "Ben", "Cleo", "Dan", "Eva", "Finn")


def _events(rng: random.Random) -> list[str]:
    names = rng.sample(NAMES, rng.randint(3, 5))
    events = [f"{name} {rng.randint(1, 4)}" for name in names]
    for _ in range(rng.randint(2, 4)):
        events.insert(rng.randint(1, len(events)), "next")
    return events


def _served(events: list[str], sign: int) -> list[str]:
    """Look back at every "next": the best entry before it that nobody served yet."""
    gone: list[int] = []
    for at, event in enumerate(events):
        if event == "next":
            waiting = [i for i in range(at) if events[i] != "next" and i not in gone]
            ranked = sorted(waiting, key=lambda i: sign * int(events[i].split()[1]))
            gone += ranked[:1]
    return [events[i].split()[0] for i in gone]


FAMILIES: tuple[Family, ...] = (
    Family(
        name="next_patient",
        concepts=("priority_queues", "parsing", "simulation"),
        difficulty=3,
        names="next_patient served_order call_in_turn treat process_events",
        arguments=("events|log|lines|messages: list[str]; lines such as 'Ada 3' or 'next'",),
        returns="list[str]",
        phrasings=(
            "A line 'NAME NUMBER' of $events says that someone comes in, a line 'next' that the waiting person with the $extreme number is called; among equal numbers it is the one who came first. Return the names in the order of the calls. If nobody waits, 'next' has no effect.",
            "Who is called, and in which order? In $events, 'Ada 3' lets Ada wait with the number 3, and 'next' calls the person with the $extreme number, the longest waiting one in a tie, or nobody if none waits. Return the list of names.",
            "In a hospital, patients arrive with a number ('Ben 2') and the doctor calls ('next') the one with the $extreme number who is still waiting; of two with the same number the earlier arrival goes first. List the patients in the order in which they are called; a call into an empty room is ignored.",
            "Process the strings $events with a priority queue. 'next' removes the entry with the $extreme priority (ties: first in, first out) and outputs its name, if there is one; any other string is a name and an integer priority, separated by a blank, to be inserted. Return the output as a list.",
        ),
        solutions=(
            """
import heapq
heap = []
$result = []
for $i, event in enumerate($events):
    if event != "next":
        name, number = event.split()
        heapq.heappush(heap, ($sign int(number), $i, name))
    elif heap:
        $result.append(heapq.heappop(heap)[2])
return $result
""",
            """
waiting = []
$result = []
for event in $events:
    if event != "next":
        name, number = event.split(" ")
        waiting.append((name, int(number)))
    elif waiting:
        first = $func(waiting, key=lambda person: person[1])
        waiting.remove(first)
        $result.append(first[0])
return $result
""",
        ),
        reference=lambda events, extreme, sign, func: _served(events, -1 if func == "max" else 1),
        parameters=lambda rng: rng.choice(
            (
                {"extreme": Raw("largest"), "sign": Raw("-"), "func": Raw("max")},
                {"extreme": Raw("smallest"), "sign": Raw("+"), "func": Raw("min")},
            )
        ),
        inputs=lambda rng, extreme, sign, func: (_events(rng),),
        edges=(
            ([],),
            (["next"],),
            (["Ada 1"],),
            (["Ben 2", "Ada 2", "next", "next", "next"],),
            (["Zoë 10", "Ada 9", "Ben 11", "next", "Cleo 10", "next", "next"],),
        ),
        idea="The heap hands out the best entry, and the position of the line as second part lets the earlier one win a tie.",
        pitfall="The number is text at first: without `int`, '10' would come before '9'.",
    ),
    Family(
        name="kth_so_far",
        concepts=("priority_queues", "sorting", "list_slicing"),
        difficulty=3,
        names="kth_so_far running_rank track_kth ${ordinal}_best podium",
        arguments=("numbers|scores|times|values: list[int]; the numbers in the order in which they come in",),
        returns="list[int | None]",
        phrasings=(
            "After each number of $numbers, note the $ordinal $extreme number seen up to then, or None while there are fewer than $k. Repeated numbers count as often as they come. Return the list of notes.",
            "What is the $ordinal $extreme of the first 1, 2, 3, ... elements of $numbers? Return a list as long as $numbers with None where there are not yet $k elements; equal elements count separately.",
            "Results $numbers come in during a contest. After each one the scoreboard shows the result on place $k when the $extreme is on place 1 (ties take several places), or None if fewer than $k results are known. List what it shows, one entry per result.",
            "For i = 1, ..., n, where n is the length of $numbers, let S be its first i elements sorted with the $extreme first. Return the list of the elements on place $k of these S (the first one is on place 1), with None where S is too short.",
        ),
        solutions=(
            """
import heapq
heap = []
$result = []
for $item in $numbers:
    heapq.heappush(heap, $sign$item)
    if len(heap) > $k:
        heapq.heappop(heap)
    $result.append($sign heap[0] if len(heap) == $k else None)
return $result
""",
            """
$best = []
$result = []
for $item in $numbers:
    $best = sorted([*$best, $item], reverse=$backwards)[:$k]
    $result.append($best[-1] if len($best) >= $k else None)
return $result
""",
            """
import heapq
$result = []
for end in range(1, len($numbers) + 1):
    $best = heapq.$pick($k, $numbers[:end])
    $result.append(None if len($best) < $k else $best[-1])
return $result
""",
        ),
        reference=lambda numbers, k, ordinal, extreme, sign, backwards, pick: [
            next(
                v
                for v in numbers[:end]
                if sum(w > v if backwards else w < v for w in numbers[:end])
                < k
                <= sum(w >= v if backwards else w <= v for w in numbers[:end])
            )
            if end >= k
            else None
            for end in range(1, len(numbers) + 1)
        ],
        parameters=lambda rng: {
            **rng.choice(({"k": 2, "ordinal": Raw("second")}, {"k": 3, "ordinal": Raw("third")})),
            **rng.choice(
                (
                    {"extreme": Raw("largest"), "sign": Raw(""), "backwards": True, "pick": Raw("nlargest")},
                    {
                        "extreme": Raw("smallest"),
                        "sign": Raw("-"),
                        "backwards": False,
                        "pick": Raw("nsmallest"),
                    },
                )
            ),
        },
        inputs=lambda rng, k, ordinal, extreme, sign, backwards, pick: (draws.ints(rng, 4, 7, 0, 20),),
        edges=(([],), ([5],), ([5, 5],), ([5, 5, 5, 4],), ([1, 2, 3, 4],), ([4, 3, 2, 1],), ([-1, -9, 0],)),
        idea="Only the best $k numbers can matter later, so keep just these and throw the worst of them out when a better one comes.",
        pitfall="Counting equal numbers only once would be a different question.",
    ),
    Family(
        name="least_busy_helper",
        concepts=("priority_queues", "greedy", "list_building"),
        difficulty=2,
        names="least_busy_helper share_jobs distribute assign_work balance",
        arguments=("jobs|minutes|tasks|orders: list[int]; minutes that each job takes, in order",),
        returns="list[list[int]]",
        phrasings=(
            "Give the jobs in $jobs one after the other to the one of $k $people with the least total so far, the first such in a tie. Return the list of jobs of each of the $k, in the order of assignment.",
            "Given the lengths $jobs, distribute them in their order among $k $people: each job goes to whoever has been given the smallest sum up to then (the one with the lowest number, if several have). What does each get? Answer with $k lists.",
            "In a workshop $k $people stand in a row. Every job in $jobs goes to the one with the fewest minutes of work so far; if several have equally few, the leftmost of them takes it. Return $k lists with the minutes of their jobs, from left to right.",
            "Start with $k empty lists. For each element of $jobs in turn, append it to the list with the smallest sum, choosing the lowest index among equals (the empty list has the sum 0). Return the list of the $k lists.",
        ),
        solutions=(
            """
import heapq
$result = [[] for $i in range($k)]
heap = [(0, $i) for $i in range($k)]
for $item in $jobs:
    load, $i = heapq.heappop(heap)
    $result[$i].append($item)
    heapq.heappush(heap, (load + $item, $i))
return $result
""",
            """
loads = [0] * $k
$result = [[] for load in loads]
for $item in $jobs:
    $best = loads.index(min(loads))
    loads[$best] += $item
    $result[$best].append($item)
return $result
""",
        ),
        reference=lambda jobs, k, people: _shared(jobs, k),
        parameters=lambda rng: {
            "k": rng.choice((2, 3)),
            "people": Raw(rng.choice(("workers", "machines", "cooks"))),
        },
        inputs=lambda rng, k, people: (draws.ints(rng, 4, 7, 1, 9),),
        edges=(([],), ([4],), ([1, 1, 1, 1, 1],), ([9, 1, 1, 1, 1],), ([0, 0, 3],)),
        idea="Only the totals matter for the next decision, and a heap of (total, number) always shows the least busy one.",
        pitfall="`[[]] * $k` would be one list under $k names.",
    ),
    Family(
        name="most_urgent_names",
        concepts=("priority_queues", "tuples", "sorting"),
        difficulty=1,
        names="most_urgent_names first_in_line next_$k top_of_queue take_first",
        arguments=("tickets|entries|calls|orders: list[tuple[int, str]]; pairs (priority, name)",),
        returns="list[str]",
        phrasings=(
            "Return the names of the $k entries of $tickets with the $extreme priorities, beginning with the $extreme; among equal priorities the alphabetically $which name comes first. If there are fewer than $k entries, return all names in this order.",
            "Which $k names come first, if $tickets, pairs of priority and name, are served from the $extreme priority on and equal priorities in $order order of the names? With fewer than $k pairs, list all of them.",
            "A workshop repairs at most $k bicycles today. Each waiting one is noted in $tickets as (priority, name); the $extreme priorities go first, and equal ones in $order order. List the names of those that are repaired, in this order.",
            "Sort the pairs $tickets in $direction order (by priority, then by name) and return the second components of the first $k pairs, or of all pairs if there are not so many.",
        ),
        solutions=(
            """
import heapq
chosen = heapq.$pick($k, $tickets)
return [name for priority, name in chosen]
""",
            """
ordered = sorted($tickets$backwards)
$result = []
for priority, name in ordered:
    if len($result) < $k:
        $result.append(name)
return $result
""",
        ),
        reference=lambda tickets, k, extreme, which, order, direction, pick, backwards, func: [
            name
            for priority in (range(10) if func == "min" else range(9, -1, -1))
            for name in sorted((n for p, n in tickets if p == priority), reverse=func == "max")
        ][:k],
        parameters=lambda rng: {
            "k": rng.choice((2, 3)),
            **rng.choice(
                (
                    {
                        "extreme": Raw("smallest"),
                        "which": Raw("first"),
                        "order": Raw("alphabetical"),
                        "direction": Raw("ascending"),
                        "pick": Raw("nsmallest"),
                        "backwards": Raw(""),
                        "func": Raw("min"),
                    },
                    {
                        "extreme": Raw("largest"),
                        "which": Raw("last"),
                        "order": Raw("reverse alphabetical"),
                        "direction": Raw("descending"),
                        "pick": Raw("nlargest"),
                        "backwards": Raw(", reverse=True"),
                        "func": Raw("max"),
                    },
                )
            ),
        },
        inputs=lambda rng, k, extreme, which, order, direction, pick, backwards, func: (
            [(rng.randint(1, 4), name) for name in rng.sample(NAMES, rng.randint(3, 6))],
        ),
        edges=(
            ([],),
            ([(1, "Ada")],),
            ([(2, "Ben"), (2, "Ada"), (2, "Cleo"), (2, "Dan")],),
            ([(3, "Ada"), (1, "Ben"), (2, "Ada"), (1, "Ben")],),
        ),
        idea="Tuples are compared from the left, so pairs with the priority in front come in the right order by themselves.",
        pitfall="Pairs with the name in front would be ordered by the alphabet.",
    ),
)


def _shared(jobs: list[int], k: int) -> list[list[int]]:
    if not jobs:
        return [[] for _ in range(k)]
    before = _shared(jobs[:-1], k)
    chosen = min((sum(share), at) for at, share in enumerate(before))[1]
    return [share + jobs[-1:] * (at == chosen) for at, share in enumerate(before)]
