"""Families about steps that are put together: what each takes is what the one before it returned."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw

_STEPS: Mapping[str, Callable[[int], int]] = {
    "abs(n)": abs,
    "n - 5": lambda n: n - 5,
    "min(n, 20)": lambda n: min(n, 20),
    "n + 3": lambda n: n + 3,
    "n // 2": lambda n: n // 2,
    "n * 3": lambda n: n * 3,
    "n % 10": lambda n: n % 10,
    "n + 4": lambda n: n + 4,
}
"""Bodies of helpers, and the same as functions for the reference."""

_PAIRS = (("abs(n)", "n - 5"), ("min(n, 20)", "n + 3"), ("n // 2", "n * 3"), ("n % 10", "n + 4"))
"""Steps whose order matters for some numbers and not for others."""


def _two_steps(rng: random.Random) -> dict[str, Raw]:
    one, other = rng.sample(rng.choice(_PAIRS), 2)
    return {"one": Raw(one), "other": Raw(other)}


def _indifferent(numbers: list[int], one: str, other: str) -> list[int]:
    f, g = _STEPS[one], _STEPS[other]
    return [n for n in numbers if f(g(n)) == g(f(n))]


def _label(cost: int, profit: int, tax: int, step: int) -> int:
    taxed = cost * (100 + profit) // 100 * (100 + tax) // 100
    return next(price for price in range(taxed, taxed + step) if price % step == 0)


FAMILIES: tuple[Family, ...] = (
    Family(
        name="order_makes_no_difference",
        concepts=("composition", "functions", "filtering"),
        difficulty=2,
        names="order_makes_no_difference same_either_way indifferent_numbers commuting_numbers keep_equal",
        arguments=("numbers|values|data|samples: list[int]; the numbers to try",),
        returns="list[int]",
        phrasings=(
            "Return the numbers in $numbers for which the order of the two steps makes no difference: `prepare` applied to the result of `adjust` is the same as `adjust` applied to the result of `prepare`. Keep their order and repeats.",
            "Given $numbers, try both orders on every one of them, first `prepare` and then `adjust`, or the other way round. Which numbers come out the same? List them in the order given, as often as they occur.",
            "A program treats its readings in two steps, `prepare` and `adjust`, and somebody wants to swap them. Which of $numbers would not notice? Answer with a list in the same order, repeated numbers included; it may be empty.",
            "Return the list of those elements n of $numbers, in order and with repeats, that satisfy prepare(adjust(n)) == adjust(prepare(n)).",
        ),
        setup="""
def prepare(n):
    return $one


def adjust(n):
    return $other
""",
        solutions=(
            """
return [$item for $item in $numbers if prepare(adjust($item)) == adjust(prepare($item))]
""",
            """
def run(steps, $current):
    for step in steps:
        $current = step($current)
    return $current

$result = []
for $item in $numbers:
    if run((prepare, adjust), $item) == run((adjust, prepare), $item):
        $result.append($item)
return $result
""",
        ),
        reference=_indifferent,
        parameters=_two_steps,
        inputs=lambda rng, **_: (draws.ints(rng, 4, 7, -12, 30),),
        edges=(([],), ([0],), ([4, 5],), ([17, 18, 17],), ([-1, -2, 15, 16],)),
        idea="The inner call is worked out first, so each order of the calls is one order of the steps.",
        pitfall="prepare(adjust(n)) reads like 'prepare, then adjust' but does it the other way round.",
    ),
    Family(
        name="prices_on_the_labels",
        concepts=("composition", "integer_division", "dictionaries"),
        difficulty=2,
        names="label_prices prices_on_labels shop_prices selling_prices price_list",
        arguments=("costs|bought|goods|paid: dict[str, int]; what the shop paid for each thing, in cents",),
        returns="dict[str, int]",
        phrasings=(
            "Return a dictionary with the same keys as $costs, in the same order, and the price on the label of each: the cost after `with_profit`, then `with_tax`, then `rounded_up`, each applied to the result of the one before.",
            "Given $costs in cents, find the price of everything. Three helpers are applied one after another: profit is added first, then tax on the sum, and what comes out is rounded up. The result maps each name to its price, in the order of $costs.",
            "A shop bought the things in $costs, which tells the cents paid for each. Before it sells them it adds its profit of $profit percent, on that sum $tax percent tax, and rounds up to a multiple of $step cents; the helpers do one step each. What do the labels say? Keep the order of the things.",
            "Return a new dict that maps every key of $costs, in order, to rounded_up(with_tax(with_profit(c))), where c is its value, a number of cents that is not negative.",
        ),
        setup="""
def with_profit(cents):
    return cents + cents * $profit // 100


def with_tax(cents):
    return cents + cents * $tax // 100


def rounded_up(cents):
    return (cents + $step - 1) // $step * $step
""",
        solutions=(
            """
$result = {}
for $key, cost in $costs.items():
    sold = with_profit(cost)
    taxed = with_tax(sold)
    $result[$key] = rounded_up(taxed)
return $result
""",
            """
$result = dict($costs)
for step in (with_profit, with_tax, rounded_up):
    $result = {$key: step(amount) for $key, amount in $result.items()}
return $result
""",
        ),
        reference=lambda costs, profit, tax, step: {
            name: _label(cost, profit, tax, step) for name, cost in costs.items()
        },
        parameters=lambda rng: {
            "profit": rng.choice((20, 25, 30, 50)),
            "tax": rng.choice((5, 7, 10, 19)),
            "step": rng.choice((5, 10, 50)),
        },
        inputs=lambda rng, **_: (
            {name: rng.randint(50, 900) for name in rng.sample(draws.GOODS, rng.randint(1, 3))},
        ),
        edges=(({},), ({"tea": 0},), ({"rice": 1, "book": 100},), ({"cup": 1000, "hat": 1000},)),
        idea="Each helper knows one rule; the price is what remains after they have been applied in turn.",
        pitfall="Rounding before the tax, or adding both percentages at once, gives other cents.",
    ),
)
