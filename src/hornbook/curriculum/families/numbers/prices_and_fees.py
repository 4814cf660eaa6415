"""Families on prices, fees and change: rules with thresholds.

Money is in whole cents, so that every expected value is exact.
"""

from __future__ import annotations

import random
from typing import Any

from hornbook.curriculum.family import Family, Raw


def _bulk_parameters(rng: random.Random) -> dict[str, Any]:
    full = rng.randrange(20, 95, 5)
    return {
        "noun": Raw(rng.choice(("pencils", "tickets", "apples", "stamps", "postcards", "buttons"))),
        "k": rng.choice((3, 5, 10, 12, 20)),
        "full": full,
        "less": full - rng.choice((2, 5, 10)),
    }


def _fee_parameters(rng: random.Random) -> dict[str, Any]:
    small = rng.choice((100, 250, 500))
    return {
        "noun": Raw(rng.choice(("letter", "parcel", "packet"))),
        "small": small,
        "large": small * rng.choice((2, 4, 8)),
        "low_fee": rng.randrange(80, 160, 10),
        "mid_fee": rng.randrange(170, 300, 10),
        "high_fee": rng.randrange(320, 600, 20),
    }


def _change(amount: int, coins: tuple[int, ...]) -> list[int]:
    if not coins:
        return []
    used = len(range(coins[0], amount + 1, coins[0]))
    return [used, *_change(amount - used * coins[0], coins[1:])]


FAMILIES: tuple[Family, ...] = (
    Family(
        name="bulk_price",
        concepts=("arithmetic", "conditionals", "functions"),
        difficulty=1,
        names="bulk_price order_price price_in_cents total_cents calculate",
        arguments=("quantity|amount|number|pieces: int; how many are bought",),
        returns="int",
        phrasings=(
            "A shop sells $noun at $full cents each; every one after the first $k costs only $less cents. Return the price of $quantity $noun in cents.",
            "Return in cents what a customer pays for $quantity $noun when the first $k cost $full cents each and all further ones $less cents each.",
            "Compute a bulk price in cents: up to $k $noun are charged at $full cents apiece, those beyond the first $k at $less cents apiece. $quantity says how many are bought.",
            "For an order of $quantity $noun, work out the total in cents: $full cents for each of the first $k, then $less cents for each one after that.",
        ),
        solutions=(
            """
if $quantity <= $k:
    return $quantity * $full
return $k * $full + ($quantity - $k) * $less
""",
            """
reduced = max(0, $quantity - $k)
return ($quantity - reduced) * $full + reduced * $less
""",
            """
return sum($full if $i < $k else $less for $i in range($quantity))
""",
            """
$total = 0
for $i in range(1, $quantity + 1):
    if $i > $k:
        $total += $less
    else:
        $total += $full
return $total
""",
        ),
        reference=lambda quantity, k, full, less, noun: (
            quantity * full - (full - less) * len(range(quantity)[k:])
        ),
        parameters=_bulk_parameters,
        inputs=lambda rng, k, **_: (rng.randint(1, 2 * k + 4),),
        edges=((0,), (1,), (3,), (20,), (100,)),
        idea="Split the quantity into the part that is charged in full and the part that is reduced; each part is a plain multiplication.",
        pitfall="Charging the reduced price for all pieces as soon as there are more than $k of them.",
    ),
    Family(
        name="fee_by_weight",
        concepts=("conditionals", "early_return", "functions"),
        difficulty=1,
        names="postage shipping_fee ${noun}_fee fee_for_weight lookup",
        arguments=("weight|grams|mass|weight_in_grams: int; the weight in grams",),
        returns="int",
        phrasings=(
            "Return the postage in cents for a $noun of $weight grams: $low_fee up to and including $small grams, $mid_fee up to and including $large grams, and $high_fee above that.",
            "A $noun costs $low_fee cents if it weighs at most $small grams, $mid_fee cents if it weighs more but at most $large grams, and $high_fee cents otherwise. Give the fee for $weight grams.",
            "Look up the fee, in cents, that belongs to $weight (in grams). More than $large grams cost $high_fee, more than $small grams cost $mid_fee, anything lighter or equal costs $low_fee.",
            "Post offices charge by weight. With limits of $small and $large grams, both inclusive, and fees of $low_fee, $mid_fee and $high_fee cents from light to heavy, find the fee of a $noun that weighs $weight grams.",
        ),
        solutions=(
            """
if $weight <= $small:
    return $low_fee
if $weight <= $large:
    return $mid_fee
return $high_fee
""",
            """
for limit, fee in (($small, $low_fee), ($large, $mid_fee)):
    if $weight <= limit:
        return fee
return $high_fee
""",
            """
if $weight > $large:
    $result = $high_fee
elif $weight > $small:
    $result = $mid_fee
else:
    $result = $low_fee
return $result
""",
            """
from bisect import bisect_left
$i = bisect_left([$small, $large], $weight)
return [$low_fee, $mid_fee, $high_fee][$i]
""",
        ),
        reference=lambda weight, small, large, low_fee, mid_fee, high_fee, noun: {
            0: low_fee,
            1: mid_fee,
            2: high_fee,
        }[(weight > small) + (weight > large)],
        parameters=_fee_parameters,
        inputs=lambda rng, small, large, **_: (rng.choice((small, large, small + 1, large + 1)),),
        edges=((5000,), (0,), (1,), (100,), (500,)),
        idea="Test the limits in order and return at the first that fits: later tests may then assume that the earlier ones failed.",
        pitfall="Using < instead of <= charges a $noun of exactly $small grams too much.",
    ),
    Family(
        name="change_in_coins",
        concepts=("greedy", "arithmetic", "list_building"),
        difficulty=2,
        names="coins_for make_change change_counts pay_with_coins solve",
        arguments=("amount|cents|change|due: int; the amount to pay, 0 or more",),
        returns="list[int]",
        phrasings=(
            "Pay $amount with coins of the values $coins, always taking as many as possible of the largest coin first. Return how many of each coin are used, in that order.",
            "Return a list that says for each coin value of $coins how often it is used when $amount is handed out greedily, beginning with the first and largest value.",
            "A cashier gives $amount back in coins worth $coins, from the largest to the smallest and each as often as it fits into what is left. List the number of coins per value.",
            "How many coins of each kind $coins does a till give out for $amount, if it uses every kind, in the given order, as often as it still fits? The answer has one number per kind, also where it is 0.",
        ),
        solutions=(
            """
$result = []
for coin in $coins:
    $result.append($amount // coin)
    $amount %= coin
return $result
""",
            """
$result = []
for coin in $coins:
    $count, $amount = divmod($amount, coin)
    $result.append($count)
return $result
""",
            """
values = $coins
$result = [0] * len(values)
for $i, coin in enumerate(values):
    while $amount >= coin:
        $amount -= coin
        $result[$i] += 1
return $result
""",
        ),
        reference=_change,
        parameters=lambda rng: {
            "coins": rng.choice(
                (
                    (50, 20, 10, 5, 2, 1),
                    (25, 10, 5, 1),
                    (20, 5, 1),
                    (100, 50, 10, 1),
                    (12, 3, 1),
                    (10, 5, 2, 1),
                )
            )
        },
        inputs=lambda rng, coins: (rng.randint(3, 3 * coins[0]),),
        edges=((0,), (1,), (5,), (100,), (99,)),
        idea="Whole division says how many of a coin fit, and the remainder is what the smaller coins must pay.",
        pitfall="Forgetting to reduce the amount pays the same cents again with the next coin.",
    ),
)
