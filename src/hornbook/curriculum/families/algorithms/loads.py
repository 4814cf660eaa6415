"""Families on the knapsack: best loads, amounts that can be paid, fewest coins."""

from __future__ import annotations

import itertools
import random

from hornbook.curriculum.family import Family, Raw


def _items(rng: random.Random) -> list[tuple[int, int]]:
    return [(rng.randint(1, 6), rng.randint(1, 12)) for _ in range(rng.randint(3, 5))]


def _choices(count: int) -> list[tuple[int, ...]]:
    return [some for size in range(count + 1) for some in itertools.combinations(range(count), size)]


FAMILIES: tuple[Family, ...] = (
    Family(
        name="most_valuable_load",
        concepts=("knapsack", "dynamic_programming", "min_max"),
        difficulty=4,
        names="most_valuable_load best_load pack_bag max_value fill",
        arguments=(
            "items|goods|things|parcels: list[tuple[int, int]]; pairs (weight, value), weights above 0",
            "room|capacity|limit|strength: int; the largest total weight, not negative",
        ),
        returns="int",
        phrasings=(
            "Return the largest total value of a choice of $items whose total weight is at most $room. Each item, given as (weight, value), can be taken $times; taking nothing has the value 0.",
            "How valuable can a load be that weighs no more than $room and consists of $items, pairs of weight and value, each of which may be used $times? The empty load is worth 0.",
            "A climber can carry $room kilograms. For each of the things in $items the weight and the use are known, as (weight, use), and the shop sells each $times. What is the largest sum of uses that the climber can carry?",
            "For pairs (w, v) in $items choose how often each is used ($times), such that the sum of w does not exceed $room and the sum of v is maximal. Return this maximum, which is at least 0.",
        ),
        solutions=(
            """
$best = [0] * ($room + 1)
for weight, value in $items:
    for load in range(weight, $room + 1)$turn:
        $best[load] = max($best[load], $best[load - weight] + value)
return $best[$room]
""",
            """
def most($i, left_over):
    if $i == len($items):
        return 0
    weight, value = $items[$i]
    without = most($i + 1, left_over)
    if weight > left_over:
        return without
    return max(without, value + most($i$step, left_over - weight))

return most(0, $room)
""",
        ),
        reference=lambda items, room, times, again, step, turn: max(
            sum([value for _, value in some])
            for size in range((room if again else len(items)) + 1)
            for some in (itertools.combinations_with_replacement if again else itertools.combinations)(
                items, size
            )
            if sum([weight for weight, _ in some]) <= room
        ),
        parameters=lambda rng: rng.choice(
            (
                {"times": Raw("once at most"), "again": False, "step": Raw(" + 1"), "turn": Raw("[::-1]")},
                {"times": Raw("any number of times"), "again": True, "step": Raw(""), "turn": Raw("")},
            )
        ),
        inputs=lambda rng, times, again, step, turn: (_items(rng), rng.randint(4, 9)),
        edges=(
            ([], 5),
            ([(1, 1)], 0),
            ([(3, 4)], 3),
            ([(3, 4)], 2),
            ([(2, 3), (3, 5), (4, 6)], 6),
            ([(5, 8), (3, 5), (3, 5)], 6),
            ([(1, 1), (4, 9)], 7),
        ),
        idea="For every load the best value is either the one without the item or, with it, its value plus the best for the room that is left.",
        pitfall="The order of the loads decides how often an item is used: from large to small once, from small to large again and again.",
    ),
    Family(
        name="amounts_to_pay",
        concepts=("knapsack", "sets", "sorting"),
        difficulty=2,
        names="amounts_to_pay reachable_sums payable possible_totals amounts",
        arguments=("coins|notes|weights|stamps: list[int]; positive values, repeats allowed",),
        returns="list[int]",
        phrasings=(
            "Return in rising order all amounts from 1 to $most that can be paid exactly with some of $coins, each element used at most once.",
            "Which sums between 1 and $most (both included) can be made from elements of $coins, if each may be used once? List every sum once, in ascending order.",
            "On a letter one can put any of the stamps in $coins, each of which exists once (equal values may be listed several times). Which postages from 1 to $most can be made exactly? Return them sorted and without repeats.",
            "Return the sorted list of all s with 1 <= s <= $most for which a non-empty subset of the positions of $coins has elements with the sum s.",
        ),
        solutions=(
            """
sums = {0}
for coin in $coins:
    sums |= {$total + coin for $total in sums if $total + coin <= $most}
return sorted(sums - {0})
""",
            """
reachable = [True] + [False] * $most
for coin in $coins:
    for amount in range($most, coin - 1, -1):
        if reachable[amount - coin]:
            reachable[amount] = True
return [amount for amount, possible in enumerate(reachable) if possible and amount > 0]
""",
        ),
        reference=lambda coins, most: [
            amount
            for amount in range(1, most + 1)
            if any(sum(coins[at] for at in some) == amount for some in _choices(len(coins)))
        ],
        parameters=lambda rng: {"most": rng.choice((8, 10, 12))},
        inputs=lambda rng, most: ([rng.choice((1, 2, 3, 4, 5, 7, 10)) for _ in range(rng.randint(2, 4))],),
        edges=(([],), ([1],), ([2, 2, 2],), ([20],), ([5, 10],), ([1, 2, 4, 8],), ([12, 8],)),
        idea="Every coin turns the set of sums into the old sums and the old sums plus the coin.",
        pitfall="Using the sums made with this coin once more would spend it twice.",
    ),
    Family(
        name="fewest_pieces",
        concepts=("knapsack", "dynamic_programming", "lists"),
        difficulty=3,
        names="fewest_pieces min_coins least_notes pay_exactly fewest_$noun",
        arguments=(
            "values|sizes|kinds|units: list[int]; different positive values",
            "goal|target|amount|length: int; what is to be reached, not negative",
        ),
        returns="int",
        phrasings=(
            "Return the smallest number of $noun, each with a value out of $values, whose values add up to exactly $goal, where at most $most $noun may be used. Every value is available as often as needed; if it is impossible, return -1.",
            "How few $noun are enough for exactly $goal, if there are any number of them with each of the values $values? Answer -1 if it cannot be done or takes more than $most, and 0 for a goal of 0.",
            "In a shop, $goal has to be put together from $noun of the values $values (as many of each as one likes). What is the least number of $noun for it? With more than $most it is not worth the trouble: then, and when nothing fits, return -1.",
            "Let n be the minimal length of a sequence of elements of $values, repeats allowed, whose sum is $goal (the empty sequence has the sum 0). Return n, or -1 if no such sequence exists or n > $most.",
        ),
        solutions=(
            """
fewest = [0] + [$beyond] * $goal
for amount in range(1, $goal + 1):
    for $item in $values:
        if $item <= amount:
            fewest[amount] = min(fewest[amount], fewest[amount - $item] + 1)
return fewest[$goal] if fewest[$goal] < $beyond else -1
""",
            """
reached = {0}
for $count in range($beyond):
    if $goal in reached:
        return $count
    sums = {$total + $item for $total in reached for $item in $values}
    reached = {$total for $total in sums if $total <= $goal}
return -1
""",
        ),
        reference=lambda values, goal, most, beyond, noun: next(
            (
                size
                for size in range(most + 1)
                for some in itertools.combinations_with_replacement(values, size)
                if sum(some) == goal
            ),
            -1,
        ),
        parameters=lambda rng: {
            "most": (most := rng.choice((4, 5, 6))),
            "beyond": most + 1,
            "noun": Raw(rng.choice(("coins", "stamps", "boards", "weights"))),
        },
        inputs=lambda rng, most, beyond, noun: (
            rng.sample((1, 3, 4, 5, 7, 9), rng.randint(2, 3)),
            rng.randint(6, 24),
        ),
        edges=(([], 0), ([], 3), ([1], 0), ([1, 3, 4], 6), ([2], 5), ([1], 9), ([7, 10], 14), ([5], 5)),
        idea="The last piece has one of the values, and what is left before it must have been made with as few pieces as possible.",
        pitfall="Taking the largest value first pays 6 from 1, 3 and 4 with three pieces, although two are enough.",
    ),
)
