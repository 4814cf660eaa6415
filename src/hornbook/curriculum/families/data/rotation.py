"""Families on rotating: what leaves at one end comes back at the other."""

from __future__ import annotations

import random

from hornbook.curriculum import draws
from hornbook.curriculum.families.wording import part
from hornbook.curriculum.family import Family


def _ring(rng: random.Random) -> tuple[list[str], list[str]]:
    ring = rng.choices("abc", k=rng.randint(2, 5))
    turn = rng.randrange(len(ring))
    turned = ring[turn:] + ring[:turn]
    if rng.random() < 0.3:
        turned[-1] = "d"
    return ring, turned


FAMILIES: tuple[Family, ...] = (
    Family(
        name="turn_of_the_ring",
        concepts=("rotating", "searching", "list_slicing"),
        difficulty=3,
        names="turn_of_ring rotation_between find_turn same_ring smallest_shift",
        arguments=(
            "ring|before|original|first: list[str]; the letters on the ring, read from a fixed mark",
            "turned|after|rotated|second: list[str]; the letters read after the ring was turned",
        ),
        returns="int",
        phrasings=(
            "Return by how many places, at least 0 and as few as possible, $ring must be rotated to the $side to become $turned; return -1 if no rotation does it. A rotation by 0 leaves the list as it is, also the empty one.",
            "Find the smallest number of single steps to the $side (in each the element at the $side end moves to the other end) that turn $ring into $turned. The answer is 0 for equal lists and -1 if it is impossible.",
            "The wheel of a lock shows the letters $ring. Someone turned it to the $side, and now it shows $turned. How many places was it turned at the least? Answer -1 when the letters cannot come from such a turn.",
            "Return the least k >= 0 for which moving the $side k elements of $ring, in their order, to its other end gives exactly $turned, or -1 when there is no such k, for example because the lengths differ.",
        ),
        solutions=(
            """
if len($ring) != len($turned):
    return -1
for $i in range(max(1, len($ring))):
    if $ring[$sign$i:] + $ring[:$sign$i] == $turned:
        return $i
return -1
""",
            """
from collections import deque
wheel = deque($ring)
for $i in range(len($ring)):
    if list(wheel) == $turned:
        return $i
    wheel.rotate($step)
return 0 if $turned == $ring else -1
""",
        ),
        reference=lambda ring, turned, side, step, sign: next(
            (
                k
                for k in range(len(ring) or 1)
                if len(ring) == len(turned)
                and all(
                    ring[(i + k if side == "left" else i - k) % len(ring)] == turned[i]
                    for i in range(len(ring))
                )
            ),
            -1,
        ),
        parameters=lambda rng: part(
            rng, {"side": "left", "step": "-1", "sign": ""}, {"side": "right", "step": "1", "sign": "-"}
        ),
        inputs=lambda rng, **_: _ring(rng),
        edges=(
            ([], []),
            ([], ["a"]),
            (["a"], ["a"]),
            (["a", "b"], ["b"]),
            (["a", "a", "b"], ["b", "a", "a"]),
            (["a", "b", "c"], ["c", "b", "a"]),
        ),
        idea="There are only as many different rotations as elements, so they are tried one after the other, the small ones first.",
        pitfall="Comparing sorted letters accepts every rearrangement, not only the rotations.",
    ),
    Family(
        name="start_at_extreme",
        concepts=("rotating", "min_max", "list_indexing"),
        difficulty=2,
        names="start_at_$what begin_with_$what rotate_to_front line_up realign",
        arguments=("values|heights|clocks|numbers: list[int]; numbers arranged in a circle",),
        returns="list[int]",
        phrasings=(
            "Rotate $values so that its $what number stands at index $place and the order around the circle stays the same. If the $what number occurs several times, take its first occurrence. Lists with fewer than $least elements are returned unchanged.",
            "Return $values turned in a circle until the first occurrence of its $what number is at index $place. Leave lists of fewer than $least numbers as they are.",
            "Children stand in a circle, and $values has their heights clockwise. From whom on must the list be read so that the $what child, if there are several the first of them in the list, has index $place? Return the heights in that order; with fewer than $least children nothing changes.",
            "If $values has at least $least entries, let m be the index of the first occurrence of its $what value, and return the list r of the same length n with r[($place + i) % n] == $values[(m + i) % n] for all i; otherwise return $values itself.",
        ),
        solutions=(
            """
if len($values) < $least:
    return $values
$i = $values.index($fn($values)) - $place
return $values[$i:] + $values[:$i]
""",
            """
from collections import deque
if len($values) < $least:
    return list($values)
$best = 0
for $i, $item in enumerate($values):
    if $item $op $values[$best]:
        $best = $i
$result = deque($values)
$result.rotate($place - $best)
return list($result)
""",
        ),
        reference=lambda values, what, fn, op, place, least: (
            values
            if len(values) < least
            else [
                values[
                    (values.index(sorted(values)[-1 if what == "largest" else 0]) + j - place) % len(values)
                ]
                for j in range(len(values))
            ]
        ),
        parameters=lambda rng: {
            **part(
                rng, {"what": "largest", "fn": "max", "op": ">"}, {"what": "smallest", "fn": "min", "op": "<"}
            ),
            **rng.choice(({"place": 1, "least": 2}, {"place": 2, "least": 3})),
        },
        inputs=lambda rng, **_: (draws.ints(rng, 3, 7, 0, 3),),
        edges=(([],), ([4],), ([2, 1],), ([3, 3, 3],), ([1, 7, 2, 7],), ([-1, -5, -5, 0],), ([9, 1, 2, 3],)),
        idea="The index of the extreme number tells how far to turn; the two slices around the cut are then exchanged.",
        pitfall="Sorting would destroy the order around the circle, and only the starting point may change.",
    ),
    Family(
        name="rotate_inner_stretch",
        concepts=("rotating", "list_slicing", "conditionals"),
        difficulty=3,
        names="rotate_stretch rotate_part turn_segment shift_section rearrange",
        arguments=(
            "items|seats|letters|shelf: list[str]; any texts",
            "begin|start_at|first|low: int; index of the first element of the stretch, 0 or more",
            "end|stop_at|behind|high: int; index behind the last element of the stretch",
        ),
        returns="list[str]",
        phrasings=(
            "Return a copy of $items in which the elements from index $begin up to, not including, $end are rotated by $k places to the $side; all others stay. The end of the list limits the stretch, and an empty stretch changes nothing.",
            "Rotate only the slice of $items from $begin to $end (exclusive) by $k to the $side and return the whole list. Cut the slice at the end of $items; when it has no element, return an equal list.",
            "On a shelf with the books $items, only those at the places $begin to $end - 1 are moved: each goes $k places to the $side, and what leaves the stretch on that side enters it on the other. What does the shelf look like then? Places beyond the shelf do not exist.",
            "Let s = $items[$begin:$end]. Replace this slice in a copy of $items by s rotated $k positions to the $side (by $k modulo its length if $k is larger) and return the copy; $items itself is not changed.",
        ),
        solutions=(
            """
middle = $items[$begin:$end]
if not middle:
    return list($items)
$i = $sign$k % len(middle)
return $items[:$begin] + middle[$i:] + middle[:$i] + $items[$begin + len(middle):]
""",
            """
$result = list($items)
size = min($end, len($items)) - $begin
for $i in range(size):
    $result[$begin + $i] = $items[$begin + ($i $plus $k) % size]
return $result
""",
            """
from collections import deque
middle = deque($items[$begin:$end])
middle.rotate($turn$k)
$result = $items[:]
for $i, $item in enumerate(middle, $begin):
    $result[$i] = $item
return $result
""",
        ),
        reference=lambda items, begin, end, k, side, sign, plus, turn: [
            items[begin + (i - begin + (k if side == "left" else -k)) % (min(end, len(items)) - begin)]
            if begin <= i < end
            else item
            for i, item in enumerate(items)
        ],
        parameters=lambda rng: {
            "k": rng.randint(2, 3),
            **part(
                rng,
                {"side": "left", "sign": "", "plus": "+", "turn": "-"},
                {"side": "right", "sign": "-", "plus": "-", "turn": ""},
            ),
        },
        inputs=lambda rng, k, **_: (
            list("abcdefgh"[: rng.randint(6, 8)]),
            (begin := rng.randint(0, 2)),
            begin + k + rng.choice((1, 2, 2, 5)),
        ),
        edges=(
            ([], 0, 3),
            (["a"], 0, 1),
            (["a", "b", "c"], 2, 1),
            (["a", "b", "c", "d"], 1, 9),
            (["a", "b", "c", "d", "e"], 1, 3),
            (["x", "y"], 5, 7),
        ),
        idea="The list falls into three pieces; only the middle one is turned, and then they are put together again.",
        pitfall="Continuing behind the stretch with items[end:] is right, but taking the remainder by the length of the whole list is not: the circle is the stretch.",
    ),
    Family(
        name="weekly_duties",
        concepts=("rotating", "enumerate_zip", "list_building"),
        difficulty=2,
        names="weekly_duties duty_plan rotation_plan assign_tasks make_schedule",
        arguments=(
            "people|names|helpers|team: list[str]; different names",
            "weeks|rounds|number|length: int; how many weeks to plan, 0 or more",
        ),
        returns="list[dict[str, str]]",
        phrasings=(
            "Plan the duties $tasks for $weeks weeks: in the first week they go to the first names of $people in this order, and each week everybody moves on, so that $moves. Return one dictionary from duty to name per week. With fewer people than duties, return [].",
            "Return a list with one dictionary for each of $weeks weeks that assigns the duties $tasks, in this order, to consecutive names of $people, which is treated as a circle. Week 0 begins with the first name, and each following week $moves. If there are fewer names than duties, the list is empty.",
            "A flat has the duties $tasks and the inhabitants $people, who take turns: from week to week $moves, and the names behind it follow in circular order. Who does what in the first $weeks weeks? Give a dictionary (duty: name) per week, or [] if the duties outnumber the people.",
            "For w from 0 to $weeks - 1 build the dictionary that gives the duty number j of $tasks (j from 0) to the person with index (j $sign w) modulo the number of $people; return these dictionaries as a list, which is empty when there are more duties than people.",
        ),
        solutions=(
            """
tasks = $tasks
$result = []
$row = list($people)
for $i in range($weeks if len($people) >= len(tasks) else 0):
    $result.append(dict(zip(tasks, $row)))
    $row = $row[$cut:] + $row[:$cut]
return $result
""",
            """
if len($people) < $size:
    return []
return [
    {$key: $people[($j $sign $i) % len($people)] for $j, $key in enumerate($tasks)}
    for $i in range($weeks)
]
""",
            """
from collections import deque
$result = []
if len($people) < $size:
    return $result
circle = deque($people)
while len($result) < $weeks:
    $result.append({$key: circle[$j] for $j, $key in enumerate($tasks)})
    circle.rotate($turn)
return $result
""",
        ),
        reference=lambda people, weeks, tasks, size, moves, cut, sign, turn: [
            dict(zip(tasks, [*people, *people][(w if sign == "+" else -w) % len(people) :], strict=False))
            for w in range(weeks)
            if len(people) >= size
        ],
        parameters=lambda rng: (
            lambda tasks: {
                "tasks": tasks,
                "size": len(tasks),
                **part(
                    rng,
                    {
                        "moves": "the name after the one that had the first duty gets it",
                        "cut": "1",
                        "sign": "+",
                        "turn": "-1",
                    },
                    {
                        "moves": "the name before the one that had the first duty gets it",
                        "cut": "-1",
                        "sign": "-",
                        "turn": "1",
                    },
                ),
            }
        )(rng.choice((["cook", "wash"], ["sweep", "shop"], ["lead", "write", "check"], ["water", "weed"]))),
        inputs=lambda rng, **_: (rng.sample(draws.FIRST_NAMES, rng.randint(2, 4)), rng.randint(1, 3)),
        edges=(([], 2), (["Ada"], 2), (["Ada", "Ben"], 0), (["Ada", "Ben"], 3), (["Ada", "Ben", "Cleo"], 4)),
        idea="Turning the list of people by one place each week and pairing it with the fixed list of duties gives everybody every duty in turn.",
        pitfall="zip stops at the shorter list, so too few people would leave duties undone without any error.",
    ),
)
