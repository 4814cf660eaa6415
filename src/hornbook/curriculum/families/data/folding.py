"""Families on `functools.reduce`: a sequence folded into one value."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

from hornbook.curriculum import draws
from hornbook.curriculum.families.wording import part
from hornbook.curriculum.family import Family


def _lowered(price: int, percents: list[int], least: int) -> int:
    for percent in percents:
        price = sorted((least, int(Fraction(price * (100 - percent), 100))))[1]
    return price


def _tree(rng: random.Random, depth: int = 2) -> dict[str, Any]:
    return {
        key: _tree(rng, depth - 1) if depth and rng.random() < 0.6 else rng.randint(0, 9)
        for key in rng.sample(("a", "b", "c"), 2)
    }


def _champion(fighters: list[tuple[str, int]], loss: int, defends: bool) -> tuple[str, int] | None:
    champion: tuple[str, int] | None = None
    for name, strength in fighters:
        if champion is None or strength > champion[1] or (strength == champion[1] and not defends):
            champion = (name, strength)
        else:
            champion = (champion[0], champion[1] - loss)
    return champion


def _value(tree: Any, keys: list[str], missing: int | None, unfinished: int | None) -> Any:
    if not keys:
        return unfinished if isinstance(tree, dict) else tree
    if not isinstance(tree, dict) or keys[0] not in tree:
        return missing
    return _value(tree[keys[0]], keys[1:], missing, unfinished)


def _run(value: int, steps: list[tuple[str, int]], limit: str) -> int:
    for name, n in steps:
        choices = {
            "add": value + n,
            "mul": value * n,
            "sub": value - n,
            "max": max(value, n),
            "min": min(value, n),
        }
        value = choices[name]
        value = min(value, 50) if limit.startswith("min") else divmod(value, int(limit.split()[-1]))[1]
    return value


FAMILIES: tuple[Family, ...] = (
    Family(
        name="price_after_discounts",
        concepts=("reduce", "arithmetic", "accumulation"),
        difficulty=2,
        names="price_after_discounts lower_price reduced_price final_price apply_discounts",
        arguments=(
            "price|cost|amount|start_price: int; a price in cents",
            "percents|discounts|cuts|reductions: list[int]; discounts in percent, from 0 to 100, in order",
        ),
        returns="int",
        phrasings=(
            "Lower $price by the discounts $percents, one after the other, each a percentage of the price reached so far and rounded down to whole cents. The price never falls below $least, which is applied after every discount; without discounts $price is returned as it is.",
            "Apply each percentage of $percents to $price in turn: the new price is what remains after the discount, rounded down, or $least if that is more. Return the last price.",
            "In a sale a price is lowered several times, by $percents percent of the price of the day before, rounded down to cents, but never to less than $least cents. What does an article that cost $price cents cost in the end?",
            "For each p in $percents replace the price q, at first $price, by the larger of $least and q * (100 - p) // 100. Return q after all replacements.",
        ),
        solutions=(
            """
from functools import reduce
def lowered(before, percent):
    return max($least, before * (100 - percent) // 100)
return reduce(lowered, $percents, $price)
""",
            """
$current = $price
for percent in $percents:
    $current = $current * (100 - percent) // 100
    if $current < $least:
        $current = $least
return $current
""",
            """
if not $percents:
    return $price
*earlier, percent = $percents
after = $self($price, earlier) * (100 - percent) // 100
return $least if after < $least else after
""",
        ),
        reference=lambda price, percents, least: _lowered(price, percents, least),
        parameters=lambda rng: {"least": rng.choice((50, 100, 199, 250))},
        inputs=lambda rng, least: (
            rng.randint(200, 999),
            rng.choices((0, 5, 10, 15, 20, 25, 33, 50), k=rng.randint(1, 4)),
        ),
        edges=((500, []), (30, []), (30, [0]), (999, [100]), (999, [10, 10, 10]), (100, [50, 50])),
        idea="The price so far and the next discount give the new price; reduce carries it from discount to discount.",
        pitfall="Adding up the percentages is wrong: the second discount refers to the price that is already lowered.",
    ),
    Family(
        name="value_along_keys",
        concepts=("reduce", "nested_dictionaries", "early_return"),
        difficulty=3,
        names="value_along_keys deep_get follow_keys look_inside fetch",
        arguments=(
            "tree|settings|store|data: dict; a dictionary of numbers and further dictionaries",
            "keys|path|names|steps: list[str]; the keys to follow, from the outside in",
        ),
        returns="int | None",
        phrasings=(
            "Follow $keys into the nested dictionary $tree and return the number found at the end. If a key is missing or the way leads into a number too early, return $missing; if it ends at a dictionary, return $unfinished.",
            "Start with $tree and, for each of $keys, go to the value under that key. Return the value reached if it is a number, $unfinished if it is a dictionary, and $missing as soon as there is no such key or no dictionary to look into.",
            "A program keeps numbers in nested dictionaries. What stands in $tree under the keys $keys, one inside the other? Answer $missing if that place does not exist and $unfinished if it holds a whole dictionary, as it does for no keys at all.",
            "Let v be $tree. For every k in $keys set v to v[k] if v is a dictionary with the key k, and otherwise return $missing. In the end return v if it is an integer, and $unfinished if it is a dictionary.",
        ),
        solutions=(
            """
from functools import reduce
def step($current, $key):
    return $current.get($key) if isinstance($current, dict) else None
found = reduce(step, $keys, $tree)
if found is None:
    return $missing
return $unfinished if isinstance(found, dict) else found
""",
            """
$current = $tree
for $key in $keys:
    if not isinstance($current, dict) or $key not in $current:
        return $missing
    $current = $current[$key]
if isinstance($current, dict):
    return $unfinished
return $current
""",
            """
$current = $tree
try:
    for $key in $keys:
        $current = $current[$key]
except (KeyError, TypeError):
    return $missing
return $current if isinstance($current, int) else $unfinished
""",
        ),
        reference=lambda tree, keys, missing, unfinished: _value(tree, keys, missing, unfinished),
        parameters=lambda rng: rng.choice(
            (
                {"missing": None, "unfinished": -1},
                {"missing": -1, "unfinished": None},
                {"missing": -1, "unfinished": -2},
            )
        ),
        inputs=lambda rng, **_: (_tree(rng), rng.choices("abc", k=rng.randint(1, 3))),
        edges=(
            ({}, []),
            ({}, ["a"]),
            ({"a": 0}, ["a"]),
            ({"a": 5}, ["a", "b"]),
            ({"a": {"b": 7}}, ["a", "b"]),
            ({"a": {}}, ["a"]),
            ({"b": {"a": {"c": 3}}}, ["b", "a", "d"]),
        ),
        idea="Every key leads from one value to the next, so the path is a fold over the keys that starts with the whole tree.",
        pitfall="Testing `if not found` would treat the number 0 as missing.",
    ),
    Family(
        name="last_champion",
        concepts=("reduce", "tuples", "conditionals"),
        difficulty=3,
        names="last_champion king_of_hill hall_of_fame fight_it_out defend_title",
        arguments=(
            "fighters|players|knights|challengers: list[tuple[str, int]]; (name, strength) in order of their turn",
        ),
        returns="tuple[str, int] | None",
        phrasings=(
            "The first of $fighters is champion. Each next one challenges the champion and takes over if $stronger; otherwise the champion stays and loses $loss of strength. Return the last champion with the strength left, or None for an empty list.",
            "Fold $fighters from the left: compare the champion so far with the next fighter. If the fighter is $compare the champion, the fighter becomes champion with full strength; if not, the champion's strength drops by $loss. Give the final (name, strength), or None if there is nobody.",
            "Knights fight one after the other on a bridge, in the order $fighters. Who stands there wins unless the next one is $compare that knight, but every victory on the bridge costs $loss of strength. Which knight, with what strength, holds the bridge at the end? It is None without knights.",
            "Let c be the first pair of $fighters. For each later pair (n, s) set c to (n, s) if s $op c[1], and otherwise reduce c[1] by $loss. Return c as a tuple, and None if $fighters is empty.",
        ),
        solutions=(
            """
from functools import reduce
def fight(champion, challenger):
    if challenger[1] $op champion[1]:
        return challenger
    return champion[0], champion[1] - $loss
return reduce(fight, $fighters) if $fighters else None
""",
            """
champion = None
strength = 0
for $key, power in $fighters:
    if champion is None or power $op strength:
        champion, strength = $key, power
    else:
        strength -= $loss
return None if champion is None else (champion, strength)
""",
            """
match $fighters:
    case []:
        return None
    case [only]:
        return only
    case [($key, strength), challenger, *others]:
        if not challenger[1] $op strength:
            challenger = ($key, strength - $loss)
        return $self([challenger, *others])
""",
        ),
        reference=lambda fighters, loss, op, **_: _champion(fighters, loss, op == ">"),
        parameters=lambda rng: {
            "loss": rng.randint(1, 3),
            **part(
                rng,
                {"op": ">", "stronger": "the challenger is stronger", "compare": "stronger than"},
                {
                    "op": ">=",
                    "stronger": "the challenger is at least as strong",
                    "compare": "at least as strong as",
                },
            ),
        },
        inputs=lambda rng, **_: (
            [(name, rng.randint(3, 9)) for name in rng.sample(draws.FIRST_NAMES, rng.randint(3, 5))],
        ),
        edges=(
            ([],),
            ([("Ada", 5)],),
            ([("Ada", 5), ("Ben", 5)],),
            ([("a", 9), ("b", 1), ("c", 8), ("d", 7)],),
            ([("x", 1), ("y", 2), ("z", 1)],),
        ),
        idea="The champion so far is all that has to be remembered, and reduce hands it from fight to fight.",
        pitfall="reduce without a start value fails on an empty list, so this case is answered first.",
    ),
    Family(
        name="run_little_program",
        concepts=("higher_order", "reduce", "lookup_tables"),
        difficulty=3,
        names="run_program calculate_steps apply_operations execute work_through",
        arguments=(
            "start|value|number|initial: int; the number to begin with",
            "steps|program|operations|commands: list[tuple[str, int]]; pairs of an operation and a number",
        ),
        returns="int",
        phrasings=(
            "Apply the operations $steps to $start one after the other and return the result. 'add' and 'mul' add or multiply, '$third' $does. After every step the number is $limit_says.",
            "Begin with $start. For each pair of $steps compute a new number: ('add', n) adds n, ('mul', n) multiplies by n, ('$third', n) $does_n. Then the number is $limit_says before the next step. Return the last number.",
            "A toy computer has a single number, at first $start, and the commands add, mul and $third, each with a number; $third $does. Its number is $limit_says after each command. What does it show after $steps?",
            "Fold $steps over $start, where 'add', 'mul' and '$third' combine the present value v and the number n to v + n, v * n and $formula_says, and where each value is $limit_says at once. Return the final value.",
        ),
        solutions=(
            """
from functools import reduce
actions = {
    "add": lambda value, n: value + n,
    "mul": lambda value, n: value * n,
    "$third": lambda value, n: $formula,
}
def perform(before, step):
    value = actions[step[0]](before, step[1])
    return $limit
return reduce(perform, $steps, $start)
""",
            """
value = $start
for $word, n in $steps:
    if $word == "add":
        value += n
    elif $word == "mul":
        value *= n
    else:
        value = $formula
    value = $limit
return value
""",
        ),
        reference=lambda start, steps, limit, **_: _run(start, steps, limit),
        parameters=lambda rng: {
            **part(
                rng,
                {
                    "third": "sub",
                    "formula": "value - n",
                    "does": "subtracts",
                    "does_n": "subtracts n",
                    "formula_says": "v - n",
                },
                {
                    "third": "max",
                    "formula": "max(value, n)",
                    "does": "keeps the larger of the two numbers",
                    "does_n": "keeps the larger of the number and n",
                    "formula_says": "max(v, n)",
                },
                {
                    "third": "min",
                    "formula": "min(value, n)",
                    "does": "keeps the smaller of the two numbers",
                    "does_n": "keeps the smaller of the number and n",
                    "formula_says": "min(v, n)",
                },
            ),
            **part(
                rng,
                {"limit": "value % 100", "limit_says": "replaced by its remainder modulo 100"},
                {"limit": "value % 64", "limit_says": "replaced by its remainder modulo 64"},
                {"limit": "min(value, 50)", "limit_says": "cut down to 50 if it is larger"},
            ),
        },
        inputs=lambda rng, third, **_: (
            rng.randint(1, 9),
            [(rng.choice(("add", "mul", str(third))), rng.randint(1, 12)) for _ in range(rng.randint(2, 4))],
        ),
        edges=(
            (5, []),
            (0, [("mul", 7)]),
            (60, [("add", 45), ("mul", 3)]),
            (9, [("mul", -2), ("add", 1)]),
            (3, [("add", 70), ("add", -70)]),
        ),
        idea="A dictionary turns the name of an operation into a function, and reduce feeds each result into the next step.",
        pitfall="Reading the steps into separate lists of adds and muls loses their order, and the order matters.",
    ),
)
