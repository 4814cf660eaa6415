"""Families on growing subsequences: staircases, heaviest choices, nested boxes."""

from __future__ import annotations

import itertools

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw


def _parts(items: list[int]) -> list[list[int]]:
    """All subsequences."""
    return [list(part) for size in range(len(items) + 1) for part in itertools.combinations(items, size)]


def _stairs(items: list[int], step: int) -> int:
    """Length of the longest staircase that begins with the first item: each way to go on is tried."""
    further = [i for i in range(1, len(items)) if items[i] - items[0] == step]
    return 1 + max((_stairs(items[i:], step) for i in further), default=0)


FAMILIES: tuple[Family, ...] = (
    Family(
        name="longest_staircase",
        concepts=("increasing_subsequences", "dictionaries", "min_max"),
        difficulty=2,
        names="longest_staircase step_chain longest_by_steps climb count_steps",
        arguments=("numbers|values|cards|items: list[int]; the numbers",),
        returns="int",
        phrasings=(
            "Choose numbers from $numbers, in their order, so that each chosen number is exactly $step $larger than the one chosen before it. Return the largest possible count of chosen numbers (0 for an empty list).",
            "How long is the longest sequence that remains of $numbers when some elements are crossed out such that every element is $step $larger than its predecessor?",
            "Cards with $numbers are shown one by one. You may pick a first card at any time, and after that only a card that is $step $larger than the last one picked. How many cards can you pick at most?",
            "Return the maximum length of a subsequence of $numbers (gaps are allowed) in which consecutive elements x, y satisfy y = x $sign $step; for no numbers it is 0.",
        ),
        solutions=(
            """
longest = {}
for $item in $numbers:
    longest[$item] = longest.get($item $against $step, 0) + 1
return max(longest.values(), default=0)
""",
            """
lengths = []
for $i, $item in enumerate($numbers):
    length = 1
    for $j in range($i):
        if $numbers[$j] $sign $step == $item:
            length = max(length, lengths[$j] + 1)
    lengths.append(length)
return max(lengths) if lengths else 0
""",
            """
$best = 0
for $i, $current in enumerate($numbers):
    $count = 1
    for $item in $numbers[$i + 1 :]:
        if $item == $current $sign $step:
            $current = $item
            $count += 1
    $best = max($best, $count)
return $best
""",
        ),
        reference=lambda numbers, step, larger, sign, against: max(
            (_stairs(numbers[i:], step if sign == "+" else -step) for i in range(len(numbers))), default=0
        ),
        parameters=lambda rng: {
            "step": rng.choice((1, 2, 3)),
            **rng.choice(
                (
                    {"larger": Raw("larger"), "sign": Raw("+"), "against": Raw("-")},
                    {"larger": Raw("smaller"), "sign": Raw("-"), "against": Raw("+")},
                )
            ),
        },
        inputs=lambda rng, step, larger, sign, against: (draws.ints(rng, 6, 9, 0, 3 * step),),
        edges=(([],), ([4],), ([2, 2, 2],), ([1, 2, 3, 4, 5],), ([6, 4, 2, 0],), ([-1, 0, 1, 2, 3, 5, 7],)),
        idea="A chain that ends with x continues one that ended with the number one step before, and the dictionary knows the longest of those.",
        pitfall="The chain need not begin with the first number, nor does the longest one end with the last.",
    ),
    Family(
        name="heaviest_growing_choice",
        concepts=("increasing_subsequences", "dynamic_programming", "accumulation"),
        difficulty=3,
        names="heaviest_growing_choice best_sum max_rising_sum richest_climb collect",
        arguments=("values|prizes|numbers|coins: list[int]; positive numbers",),
        returns="int",
        phrasings=(
            "Choose numbers from $values in their order so that each is $larger the one chosen before it, and return the largest possible sum; it is 0 for an empty list. $cap_rule",
            "What is the largest sum of a selection from $values whose elements, read from left to right, are each $larger the one before? Return 0 if there is nothing to select. $cap_rule",
            "Walking past prizes worth $values, you may take any of them, but each prize you take has to be $larger the last one you took. How much can you collect at most? $cap_rule",
            "Return the maximum sum of the elements of a subsequence of $values in which every element is $larger its predecessor (the empty subsequence has the sum 0). $cap_rule",
        ),
        solutions=(
            """
sums = []
for $i, $item in enumerate($values):
    before = [sums[$j] for $j in range($i) if $values[$j] $op $item]
    sums.append($item + max(before, default=0))
return min(max(sums, default=0), $cap)
""",
            """
def collect($i, last_taken):
    if $i == len($values):
        return 0
    $best = collect($i + 1, last_taken)
    if last_taken is None or last_taken $op $values[$i]:
        $best = max($best, $values[$i] + collect($i + 1, $values[$i]))
    return $best

return min(collect(0, None), $cap)
""",
        ),
        reference=lambda values, larger, op, cap, cap_rule: sorted(
            (
                cap,
                max(
                    sum(part)
                    for part in _parts(values)
                    if part == sorted(part, reverse=">" in op) and ("=" in op or len(set(part)) == len(part))
                ),
            )
        )[0],
        parameters=lambda rng: {
            "cap": (cap := rng.choice((18, 24, 30))),
            "cap_rule": Raw(f"Report a sum above {cap} as {cap}."),
            **rng.choice(
                (
                    {"larger": Raw("larger than"), "op": Raw("<")},
                    {"larger": Raw("smaller than"), "op": Raw(">")},
                    {"larger": Raw("at least as large as"), "op": Raw("<=")},
                )
            ),
        },
        inputs=lambda rng, larger, op, cap, cap_rule: (draws.ints(rng, 4, 7, 1, rng.choice((9, 9, 18))),),
        edges=(([],), ([7],), ([3, 3, 3],), ([1, 2, 3],), ([3, 2, 1],), ([1, 10, 2, 3, 4],), ([25, 24, 26],)),
        idea="The best sum that ends with a number is this number plus the best sum that ends with an earlier one it may follow.",
        pitfall="The longest choice is not always the heaviest: a single large number can outweigh many small ones.",
    ),
    Family(
        name="nested_boxes",
        concepts=("increasing_subsequences", "sorting", "tuples"),
        difficulty=4,
        names="nested_boxes boxes_in_boxes longest_nesting fit_together deepest",
        arguments=("boxes|frames|cards|envelopes: list[tuple[int, int]]; pairs (width, height)",),
        returns="int",
        phrasings=(
            "A box fits into another one if both its width and its height are smaller by at least $gap; boxes are not turned. Return how many of $boxes, given as (width, height), can be put into each other at most.",
            "What is the largest number of $boxes in a nest, where each box but the outermost lies in the next one and needs to be $gap or more smaller than it in width and in height? Width stays width. Without boxes the answer is 0.",
            "A toy maker has the boxes $boxes, each (width, height), and wants a set in which every box goes into the next larger one; both measures must grow by at least $gap, and boxes may not be rotated. How many boxes can the largest set have?",
            "Return the length of a longest sequence of elements of $boxes such that for consecutive elements (w, h) and (x, y) both x - w and y - h are at least $gap; 0 for no elements.",
        ),
        solutions=(
            """
ordered = sorted($boxes)
depth = []
for $i, (wide, high) in enumerate(ordered):
    $best = 0
    for $j in range($i):
        if wide - ordered[$j][0] >= $gap and high - ordered[$j][1] >= $gap:
            $best = max($best, depth[$j])
    depth.append($best + 1)
return max(depth, default=0)
""",
            """
def nest(outer):
    inner = [nest($other) for $other in $boxes if fits($other, outer)]
    return 1 + max(inner, default=0)

def fits(small, large):
    return all(b - a >= $gap for a, b in zip(small, large))

return max(map(nest, $boxes), default=0)
""",
        ),
        reference=lambda boxes, gap: max(
            size
            for size in range(len(boxes) + 1)
            for some in itertools.combinations(sorted(boxes), size)
            if all(c - a >= gap and d - b >= gap for (a, b), (c, d) in itertools.pairwise(some))
        ),
        parameters=lambda rng: {"gap": rng.choice((1, 2))},
        inputs=lambda rng, gap: ([(rng.randint(1, 7), rng.randint(1, 7)) for _ in range(rng.randint(4, 6))],),
        edges=(
            ([],),
            ([(1, 1)],),
            ([(2, 2), (2, 2)],),
            ([(3, 5), (1, 1), (2, 3), (4, 7)],),
            ([(1, 9), (3, 7), (5, 5)],),
            ([(1, 5), (2, 1), (4, 3), (6, 5)],),
        ),
        idea="Sorted by width, a box can only contain earlier ones, so the problem is that of a growing subsequence.",
        pitfall="Fitting in one measure is not enough: a wide flat box does not fit into a narrow high one.",
    ),
)
