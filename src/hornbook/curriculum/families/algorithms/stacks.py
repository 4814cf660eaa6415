"""Families on monotonic stacks: next warmer days, visible towers, dropped digits."""

from __future__ import annotations

import itertools
import random

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw


def _either_way(rng: random.Random) -> dict[str, Raw]:
    return rng.choice(
        (
            {"op": Raw("<"), "higher": Raw("higher"), "much": Raw("high")},
            {"op": Raw(">"), "higher": Raw("lower"), "much": Raw("low")},
        )
    )


def _beats(op: str, new: int, old: int) -> bool:
    return new > old if op == "<" else new < old


FAMILIES: tuple[Family, ...] = (
    Family(
        name="days_until_warmer",
        concepts=("monotonic_stacks", "stacks", "enumerate_zip"),
        difficulty=3,
        names="days_until_change next_$higher wait_times days_to_wait look_ahead",
        arguments=("temperatures|prices|levels|readings: list[int]; one value per day",),
        returns="list[int]",
        phrasings=(
            "For each day in $temperatures return how many days one has to wait for a $higher value, or $never if none follows.",
            "Given one value per day in $temperatures, how many days after each day does the first strictly $higher value come? List these numbers of days in order, $never where no later value is $higher.",
            "A weather station notes $temperatures. For every day tell after how many days it gets $higher than on that day for the first time ($never if it never does in the data). Equal values do not count.",
            "Return a list of the length of $temperatures whose element i is the smallest k > 0 such that the value at i + k is strictly $higher than the one at i, or $never if there is no such k.",
        ),
        solutions=(
            """
$result = [$never] * len($temperatures)
$stack = []
for $i, $current in enumerate($temperatures):
    while $stack and $temperatures[$stack[-1]] $op $current:
        day = $stack.pop()
        $result[day] = $i - day
    $stack.append($i)
return $result
""",
            """
$result = []
for $i, $current in enumerate($temperatures):
    wait = $never
    for days, later in enumerate($temperatures[$i + 1 :], 1):
        if $current $op later:
            wait = days
            break
    $result.append(wait)
return $result
""",
        ),
        reference=lambda temperatures, never, op, higher, much: [
            min(
                (
                    b - a
                    for b in range(a + 1, len(temperatures))
                    if _beats(op, temperatures[b], temperatures[a])
                ),
                default=never,
            )
            for a in range(len(temperatures))
        ],
        parameters=lambda rng: {"never": rng.choice((0, -1)), **_either_way(rng)},
        inputs=lambda rng, never, op, higher, much: (draws.ints(rng, 4, 7, 10, 25),),
        edges=(([],), ([7],), ([3, 3, 4],), ([5, 4, 3, 6],), ([-1, -2, 0, -3],), ([1, 2, 3, 0],)),
        idea="Days that still wait lie on a stack; a new value settles all waiting days on top that it beats.",
        pitfall="Store positions on the stack, not values, or the number of days cannot be computed.",
    ),
    Family(
        name="visible_towers",
        concepts=("monotonic_stacks", "list_building", "min_max"),
        difficulty=2,
        names="visible_towers towers_in_sight seen_from_$side skyline visible",
        arguments=("heights|towers|buildings|levels: list[int]; heights in a row from left to right",),
        returns="list[int]",
        phrasings=(
            "Towers with the heights $heights stand in a row. Return the heights that can be seen from the $side, from left to right: a tower is hidden if one that is at least as high stands nearer to that end.",
            "Looking along the row $heights from its $side, which heights are visible, if a tower hides everything behind it that is not higher than itself? Give them from left to right.",
            "A photographer stands at the $side of a row of trees with the heights $heights. A tree is in the picture only if it is taller than all trees between it and the photographer. List the heights in the picture, from left to right.",
            "Return, from left to right, the elements of $heights that are strictly larger than every element $before them.",
        ),
        solutions=(
            """
$result = []
for $item in $heights$back:
    if not $result or $item > $result[-1]:
        $result.append($item)
return $result$turn
""",
            """
$stack = []
for $item in $heights$turn_back:
    while $stack and $stack[-1] <= $item:
        $stack.pop()
    $stack.append($item)
return $stack$turn_back
""",
            """
from itertools import accumulate
ordered = $heights$back
highest = accumulate(ordered, max)
$result = []
for $i, ($item, $best) in enumerate(zip(ordered, highest)):
    if $item == $best and $item not in ordered[:$i]:
        $result.append($item)
return $result$turn
""",
        ),
        reference=lambda heights, side, before, back, turn, turn_back: [
            height
            for at, height in enumerate(heights)
            if all(height > other for other in (heights[:at] if side == "left" else heights[at + 1 :]))
        ],
        parameters=lambda rng: rng.choice(
            (
                {
                    "side": Raw("left"),
                    "before": Raw("to the left of"),
                    "back": Raw(""),
                    "turn": Raw(""),
                    "turn_back": Raw("[::-1]"),
                },
                {
                    "side": Raw("right"),
                    "before": Raw("to the right of"),
                    "back": Raw("[::-1]"),
                    "turn": Raw("[::-1]"),
                    "turn_back": Raw(""),
                },
            )
        ),
        inputs=lambda rng, side, before, back, turn, turn_back: (draws.ints(rng, 4, 7, 1, 12),),
        edges=(([],), ([3],), ([2, 2],), ([1, 2, 3],), ([3, 2, 1],), ([2, 5, 5, 1],)),
        idea="Walking away from the viewer, only a tower higher than the highest so far comes into sight.",
        pitfall="A tower of the same height as an earlier one is hidden: compare with `>`, not with `>=`.",
    ),
    Family(
        name="drop_digits",
        concepts=("monotonic_stacks", "greedy", "strings"),
        difficulty=4,
        names="drop_digits best_after_removal remove_$k shorten keep_best",
        arguments=("digits|number|code|text: str; decimal digits, at least $k of them",),
        returns="str",
        phrasings=(
            "Remove exactly $k characters from the digits $digits, without changing the order of the others, so that the remaining text is as $much as possible when read as a number. Return the text with any leading zeros.",
            "Which text of digits remains if $k digits of $digits are struck out so that the number left is as $much as it can be? The digits keep their order, and leading zeros are kept.",
            "A ticket carries the digits $digits. A player may cover $k of them and reads the others as a number, which should become as $much as possible. Return the digits that stay visible, as a string (leading zeros included).",
            "Among all subsequences of the digit string $digits that are $k characters shorter than it, return the lexicographically $extreme one.",
        ),
        solutions=(
            """
$stack = []
removable = $k
for $char in $digits:
    while removable and $stack and $stack[-1] $op $char:
        $stack.pop()
        removable -= 1
    $stack.append($char)
return "".join($stack[: len($digits) - $k])
""",
            """
for $count in range($k):
    for $i in range(len($digits)):
        if $i == len($digits) - 1 or $digits[$i] $op $digits[$i + 1]:
            $digits = $digits[:$i] + $digits[$i + 1 :]
            break
return $digits
""",
            """
from itertools import combinations
size = len($digits) - $k
return "".join($func(combinations($digits, size)))
""",
        ),
        reference=lambda digits, k, op, higher, much, extreme, func: max(
            (
                "".join(d for at, d in enumerate(digits) if at not in gone)
                for gone in itertools.combinations(range(len(digits)), k)
            ),
            key=lambda text: int(text or "0") * (1 if op == "<" else -1),
        ),
        parameters=lambda rng: {
            "k": rng.choice((2, 3)),
            **rng.choice(
                (
                    {
                        "op": Raw("<"),
                        "higher": Raw("higher"),
                        "much": Raw("large"),
                        "extreme": Raw("largest"),
                        "func": Raw("max"),
                    },
                    {
                        "op": Raw(">"),
                        "higher": Raw("lower"),
                        "much": Raw("small"),
                        "extreme": Raw("smallest"),
                        "func": Raw("min"),
                    },
                )
            ),
        },
        inputs=lambda rng, k, op, higher, much, extreme, func: (
            "".join(rng.choices("0123456789", k=rng.randint(k + 2, k + 5))),
        ),
        edges=(("100",), ("5555",), ("12345",), ("54321",), ("1002",), ("9080",)),
        idea="A digit should go as soon as a better one comes behind it, because earlier places weigh more.",
        pitfall="If the digits never improve, nothing is removed on the way; then the surplus has to be cut off at the end.",
    ),
)
