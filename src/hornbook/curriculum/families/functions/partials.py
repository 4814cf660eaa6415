"""Families on functions with some of their arguments filled in beforehand."""

from __future__ import annotations

import random

from hornbook.curriculum.family import Family, Raw


def _numbers(texts: list[str], base: int, bad: int) -> list[int]:
    digits = "0123456789abcdef"[:base]
    return [
        sum(digits.index(c) * base**i for i, c in enumerate(t[::-1])) if t and set(t) <= set(digits) else bad
        for t in texts
    ]


def _texts(rng: random.Random, base: int) -> tuple[list[str]]:
    digits = "0123456789abcdef"
    return (
        [
            "".join(rng.choice(digits[: base + (rng.random() < 0.1)]) for _ in range(rng.randint(1, 4)))
            for _ in range(rng.randint(2, 4))
        ],
    )


def _cost(plan: tuple[int, int, int], amount: int) -> int:
    fixed, free, each = plan
    return fixed + sum(each for i in range(amount) if i >= free)


def _plans(rng: random.Random) -> tuple[dict[str, tuple[int, int, int]], int]:
    names = rng.sample(("basic", "family", "student", "travel", "night"), rng.randint(2, 4))
    return {name: (rng.randint(0, 9), rng.randint(0, 8), rng.randint(1, 3)) for name in names}, rng.randint(
        0, 12
    )


FAMILIES: tuple[Family, ...] = (
    Family(
        name="read_texts_in_base",
        concepts=("partial_functions", "type_conversion", "exceptions"),
        difficulty=3,
        names="read_in_base parse_numbers numbers_from to_numbers decode_numbers convert_all",
        arguments=("texts|codes|digits|words: list[str]; strings of digits and small letters",),
        returns="list[int]",
        phrasings=(
            "Return the numbers that $texts are in base $base. A text that is empty or has a character which is no digit of that base counts as $bad.",
            "Given a list $texts of strings made of the characters 0-9 and a-f, read each as a number in base $base and return the list of the results. Use $bad for strings that cannot be read in this base, the empty one among them.",
            "A $device prints its numbers in base $base, but the paper is stained. Read what it printed, $texts, and write $bad for everything that is no such number.",
            "Return a list with, for each string s of $texts, its value as a numeral in base $base if it consists of one or more of the first $base characters of '0123456789abcdef', and $bad otherwise.",
        ),
        solutions=(
            """
from functools import partial

read = partial(int, base=$base)
numbers = []
for text in $texts:
    try:
        numbers.append(read(text))
    except ValueError:
        numbers.append($bad)
return numbers
""",
            """
def value(text):
    number = 0 if text else $bad
    for character in text:
        digit = "0123456789abcdef".index(character)
        if digit >= $base:
            return $bad
        number = number * $base + digit
    return number

return [value(text) for text in $texts]
""",
        ),
        reference=lambda texts, base, bad, device: _numbers(texts, base, bad),
        inputs=lambda rng, base, bad, device: _texts(rng, base),
        edges=(([],), (["", "0"],), (["1", "10", "100"],), (["f", "9", "3", "2"],), (["00", "012", "21"],)),
        idea="`partial(int, base=...)` is `int` with the base filled in, a function of one argument that reads just this kind of number.",
        pitfall="`partial(int, 3)` fills in the first argument, the text, and not the base.",
        parameters=lambda rng: {
            "base": rng.choice((2, 3, 8, 16)),
            "bad": rng.choice((-1, 0)),
            "device": Raw(rng.choice(("scale", "counter", "meter", "clock"))),
        },
    ),
    Family(
        name="cheapest_plan_for_amount",
        concepts=("partial_functions", "dictionaries", "min_max"),
        difficulty=4,
        names="cheapest_plan best_plan choose_plan lowest_cost plan_for pick_tariff",
        arguments=(
            "plans|tariffs|offers: dict[str, tuple[int, int, int]]; basic fee, free units and price per unit of each",
            "amount|units|used: int; how many units are used, not negative",
        ),
        returns="tuple[str, int] | None",
        phrasings=(
            "Return the name and the cost of the cheapest of $plans for $amount units, as a pair, or None without plans. `cost` tells what a plan costs; of plans that cost the same the first one counts.",
            "Given a dictionary $plans from names to the first three arguments of `cost`, find the plan that is cheapest for $amount units. Return (name, cost), the earliest plan winning a tie, and None for an empty dictionary.",
            "Telephone tariffs have a basic fee, some free $things and a price for each one beyond that, as `cost` works it out. Somebody uses $amount $things. Which tariff in $plans is cheapest, and what does it cost? The one listed first is taken if two cost the same; with none to choose from the answer is None.",
            "For (f, r, e) in the values of $plans let c be f + e * max(0, $amount - r). Return the first key with the least c together with this c as a tuple, or None if $plans is empty.",
        ),
        solutions=(
            """
from functools import partial

costs = {name: partial(cost, *numbers) for name, numbers in $plans.items()}
if not costs:
    return None
best = min(costs, key=lambda name: costs[name]($amount))
return best, costs[best]($amount)
""",
            """
best = None
for name, (fee, free, each) in $plans.items():
    price = fee + each * max(0, $amount - free)
    if best is None or price < best[1]:
        best = name, price
return best
""",
        ),
        setup="""
def cost(fee, free, each, amount):
    return fee + each * max(0, amount - free)
""",
        reference=lambda plans, amount, things: next(
            (
                (name, price)
                for price in range(500)
                for name, plan in plans.items()
                if _cost(plan, amount) == price
            ),
            None,
        ),
        inputs=lambda rng, things: _plans(rng),
        edges=(
            ({}, 5),
            ({"a": (3, 0, 1)}, 0),
            ({"a": (5, 5, 5), "b": (5, 9, 1)}, 5),
            ({"b": (4, 0, 1), "a": (0, 0, 2)}, 4),
            ({"é": (9, 0, 1), "x": (0, 9, 9)}, 10),
        ),
        idea="Each plan becomes a function of the amount alone, because its own three numbers are filled in already.",
        pitfall="Comparing the basic fees says nothing; the cost for this amount has to be compared.",
        parameters=lambda rng: {"things": Raw(rng.choice(("minutes", "messages", "gigabytes")))},
    ),
    Family(
        name="powers_left_over",
        concepts=("partial_functions", "higher_order", "number_theory"),
        difficulty=3,
        names="powers_mod last_digits_of_powers remainders_of_powers power_rests powers compute_rests",
        arguments=("exponents|numbers|powers|values: list[int]; the exponents, not negative",),
        returns="list[int]",
        phrasings=(
            "Return for each of $exponents the remainder of $base raised to it after division by $m.",
            "Given a list of $exponents, work out $base ** e % $m for every e in it and return the results in order. Exponents may be large, so do not build the whole power.",
            "A wheel with $m marks starts at mark 1 (they are numbered from 0), and every turn multiplies its number by $base and takes the remainder by $m. At which mark is it after each of the numbers of turns in $exponents?",
            "Return the list of the remainders r with 0 <= r < $m and r congruent to $base to the power of e modulo $m, for the elements e of $exponents; the power with exponent 0 is 1.",
        ),
        solutions=(
            """
from functools import partial

rest = partial(pow, $base, mod=$m)
return [rest(exponent) for exponent in $exponents]
""",
            """
def rest(exponent):
    number = 1
    for _ in range(exponent):
        number = number * $base % $m
    return number

return list(map(rest, $exponents))
""",
        ),
        reference=lambda exponents, base, m: [base**e % m for e in exponents],
        inputs=lambda rng, base, m: ([rng.randint(0, 40) for _ in range(rng.randint(2, 5))],),
        edges=(([],), ([0],), ([1, 1],), ([2, 3, 4],), ([100, 0, 5],)),
        idea="With base and modulus filled in, the power function needs only the exponent; it takes remainders on the way.",
        pitfall="`partial(pow, m)` fixes the base, since positional arguments are filled from the left; name the modulus.",
        parameters=lambda rng: {"base": rng.randint(2, 9), "m": rng.choice((10, 11, 12, 13, 17))},
    ),
)
