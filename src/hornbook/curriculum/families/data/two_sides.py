"""Families on the two sides of a list: where their sums balance, and whether they mirror each other."""

from __future__ import annotations

import random

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw


def _balanced(rng: random.Random) -> list[int]:
    left = draws.ints(rng, 1, 3, 0, 9)
    if rng.random() < 0.3:
        return left + draws.ints(rng, 1, 3, 0, 9)
    right = [rng.randint(0, sum(left)) for _ in range(rng.randint(0, 1))]
    return [*left, rng.randint(1, 9), sum(left) - sum(right), *right]


def _mirror(rng: random.Random, k: int) -> list[int]:
    half = draws.ints(rng, 2, 4, 0, 20)
    middle = draws.ints(rng, 0, 1, 0, 20)
    other_half = [n + rng.choice((-k, 0, k)) for n in reversed(half)]
    if rng.random() < 0.5:
        spoiled = rng.randrange(len(half))
        other_half[-1 - spoiled] = half[spoiled] + rng.choice((-k - 1, k + 1))
    return [*half, *middle, *other_half]


FAMILIES: tuple[Family, ...] = (
    Family(
        name="balance_position",
        concepts=("prefix_sums", "searching", "accumulation"),
        difficulty=3,
        names="balance_point balance_position pivot find_balance middle_of_weight",
        arguments=("weights|values|loads|numbers: list[int]; the weights from left to right",),
        returns="int",
        phrasings=(
            "Return the first index of $weights for which the sum of the $noun to its left equals the sum of those to its right, neither sum including the element itself. Return -1 if there is none.",
            "Find the smallest i such that the elements of $weights before index i and the elements after it add up to the same total (a side without elements has total 0). If no i fits, the answer is -1.",
            "At which index would a beam loaded with $weights have equal totals on both sides? The element at the index counts for neither side; give the leftmost such index, or -1.",
            "Consider each element of $weights together with what stands left and right of it. For the first element whose two sides have equal sums, return the index (from 0); return -1 when there is no such element, for instance in an empty list.",
        ),
        solutions=(
            """
left_sum = 0
right_sum = sum($weights)
for $i, $item in enumerate($weights):
    right_sum -= $item
    if left_sum == right_sum:
        return $i
    left_sum += $item
return -1
""",
            """
for $i in range(len($weights)):
    if sum($weights[:$i]) == sum($weights[$i + 1 :]):
        return $i
return -1
""",
            """
from itertools import accumulate
sums = list(accumulate($weights, initial=0))
for $i, $item in enumerate($weights):
    if 2 * sums[$i] + $item == sums[-1]:
        return $i
return -1
""",
        ),
        reference=lambda weights, noun: min(
            (
                i
                for i in range(len(weights))
                if sum(w if j < i else -w for j, w in enumerate(weights) if j != i) == 0
            ),
            default=-1,
        ),
        parameters=lambda rng: {"noun": Raw(rng.choice(("weights", "loads", "stones", "masses")))},
        inputs=lambda rng, noun: (_balanced(rng),),
        edges=(([],), ([7],), ([0, 0],), ([1, 2],), ([2, -2, 5],), ([3, 1, 3],)),
        idea="The right sum is the total minus the left sum minus the element, so one running sum answers the question at each index.",
        pitfall="Adding the element to the left sum before comparing counts it on one side.",
    ),
    Family(
        name="nearly_symmetric",
        concepts=("two_pointers", "booleans", "any_all"),
        difficulty=2,
        names="is_symmetric nearly_symmetric balanced_row mirror_like check",
        arguments=(
            "heights|values|row_of_plants|numbers|lengths: list[int]; the heights from left to right",
        ),
        returns="bool",
        phrasings=(
            "Tell whether $heights is nearly symmetric: the first and the last value differ by at most $k, likewise the second and the second to last, and so on. An empty list is symmetric.",
            "Return True if every value of $heights and its mirror image, the value equally far from the other end, are no more than $k apart, and False otherwise.",
            "Compare $heights from both ends towards the middle; the result is False as soon as two opposite values differ by more than $k, and True if none do.",
            "Is the row $heights the same from both sides when differences of up to $k between opposite values are overlooked? Answer with a truth value; rows of one or no value always are.",
        ),
        solutions=(
            """
$left, $right = 0, len($heights) - 1
while $left < $right:
    if abs($heights[$left] - $heights[$right]) > $k:
        return False
    $left += 1
    $right -= 1
return True
""",
            """
return all(abs($item - $other) <= $k for $item, $other in zip($heights, reversed($heights)))
""",
            """
for $i in range(len($heights) // 2):
    if abs($heights[$i] - $heights[-1 - $i]) > $k:
        return False
return True
""",
            """
def matches($row):
    if len($row) < 2:
        return True
    return abs($row[0] - $row[-1]) <= $k and matches($row[1:-1])

return matches($heights)
""",
        ),
        reference=lambda heights, k: (
            max((a - b for a, b in zip(heights, heights[::-1], strict=True)), default=0) <= k
        ),
        parameters=lambda rng: {"k": rng.randint(1, 5)},
        inputs=lambda rng, k: (_mirror(rng, k),),
        edges=(([],), ([4],), ([3, 3],), ([1, 50, 2],), ([10, 0],), ([0, 10],)),
        idea="Two pointers start at the ends and move towards each other, so each pair of opposite values is compared once.",
        pitfall="Without abs a right value that is much larger than the left one passes the test.",
    ),
)
