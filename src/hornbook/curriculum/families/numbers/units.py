"""Families on units of measurement."""

from __future__ import annotations

import random
from fractions import Fraction

from hornbook.curriculum.family import Family, Raw

SYSTEMS: tuple[dict[str, int], ...] = (
    {"mm": 1, "cm": 10, "dm": 100, "m": 1000},
    {"s": 1, "min": 60, "h": 3600},
    {"g": 1, "kg": 1000, "t": 1000000},
    {"ml": 1, "cl": 10, "dl": 100, "l": 1000},
    {"in": 1, "ft": 12, "yd": 36},
)


def _system(rng: random.Random) -> dict[str, object]:
    table = rng.choice(SYSTEMS)
    inside = ", ".join(f'"{unit}": {size}' for unit, size in table.items())
    first = next(iter(table))
    told = ", ".join(f"1 {unit} = {size} {first}" for unit, size in table.items() if size > 1)
    return {"table": Raw("{" + inside + "}"), "told": Raw(told), "base": Raw(first)}


def _sizes(base: str) -> dict[str, int]:
    return next(table for table in SYSTEMS if base in table)


def _measures(rng: random.Random, base: str) -> list[tuple[int, str]]:
    names = list(_sizes(base))
    return [(rng.randint(1, 20), rng.choice(names)) for _ in range(rng.randint(2, 4))]


FAMILIES: tuple[Family, ...] = (
    Family(
        name="total_of_mixed_measures",
        concepts=("unit_conversion", "dictionaries", "accumulation"),
        difficulty=1,
        names="total_in_$base add_measures sum_of_measures total_amount combine_amounts",
        arguments=("measures|amounts|pieces|entries: list[tuple[int, str]]; numbers and units",),
        returns="int",
        phrasings=(
            "Return the sum of all $measures, pairs of a number and a unit, in $base. The units are related by $told; entries with any other unit are ignored.",
            "Convert every entry (number, unit) of $measures to $base, where $told, and add up. Skip entries whose unit is neither $base nor one of these. An empty list gives 0.",
            "A workshop notes the material it has used, in different units: $measures. How much is it in all, expressed in $base ($told)? Notes with an unknown unit do not count.",
            "Let f map each unit to its size in $base: $told, and 1 for $base. Return the sum of n * f(u) over the tuples (n, u) in $measures for which f(u) is defined.",
        ),
        solutions=(
            """
sizes = $table
$total = 0
for number, unit in $measures:
    if unit in sizes:
        $total += number * sizes[unit]
return $total
""",
            """
sizes = $table
return sum(number * sizes.get(unit, 0) for number, unit in $measures)
""",
            """
numbers = dict.fromkeys($table, 0)
for number, unit in $measures:
    try:
        numbers[unit] += number
    except KeyError:
        continue
return sum(numbers[unit] * size for unit, size in $table.items())
""",
        ),
        reference=lambda measures, base, **_: sum(
            size * sum(n for n, u in measures if u == unit) for unit, size in _sizes(base).items()
        ),
        parameters=_system,
        inputs=lambda rng, base, **_: (
            _measures(rng, base) + ([(rng.randint(1, 9), "?")] if rng.random() < 0.4 else []),
        ),
        edges=(([],), ([(5, "pieces")],), ([(0, "m"), (3, "s")],), ([(2, "kg"), (7, "ml"), (1, "min")],)),
        idea="A table gives the size of every unit in the base unit; each entry is one multiplication, and the products add up.",
        pitfall="Adding the numbers before converting mixes different units.",
    ),
    Family(
        name="in_largest_whole_unit",
        concepts=("unit_conversion", "searching", "string_formatting"),
        difficulty=2,
        names="shortest_form readable_amount with_largest_unit nice_unit choose_unit",
        arguments=("amount|number|value|size: int; an amount in the smallest unit, may be negative",),
        returns="str",
        phrasings=(
            "Return $amount, given in $base, as text in the largest unit in which it is a whole number, such as '3 $base'. The units are related by $told. Zero is '0 $base'.",
            "Write $amount $base with the largest possible unit that needs no fraction: a number, a blank and the unit ($told). For 0 use '0 $base'; the sign of negative amounts stays.",
            "A label printer gets an $amount in $base and prints it as short as it can: in the largest of its units that divides it without remainder ($told). It prints zero as '0 $base'. What does it print?",
            "Let the unit sizes in $base be given by $told and 1 for $base. Return str(q) + ' ' + u for the unit u of the largest size s that divides $amount, with q = $amount / s; if $amount is 0, return '0 $base'.",
        ),
        solutions=(
            """
if $amount == 0:
    return "0 $base"
$best = "$base", 1
for unit, size in $table.items():
    if $amount % size == 0 and size > $best[1]:
        $best = unit, size
return f"{$amount // $best[1]} {$best[0]}"
""",
            """
sizes = $table
for unit in sorted(sizes, key=sizes.get, reverse=True):
    whole, rest = divmod($amount, sizes[unit])
    if whole != 0 and rest == 0:
        return f"{whole} {unit}"
return "0 $base"
""",
            """
fitting = {size: unit for unit, size in $table.items() if $amount % size == 0}
size = max(fitting) if $amount else 1
return str($amount // size) + " " + fitting[size]
""",
        ),
        reference=lambda amount, base, **_: (
            [
                f"{int(Fraction(amount, s))} {u}"
                for u, s in _sizes(base).items()
                if Fraction(amount, s).denominator == 1
            ][-1]
            if amount
            else f"0 {base}"
        ),
        parameters=_system,
        inputs=lambda rng, base, **_: (
            rng.choice((-2, 0, 1, 2, 3, 5)) * rng.choice([*_sizes(base).values()]) + rng.choice((0, 0, 0, 7)),
        ),
        edges=((0,), (1,), (36,), (1000,), (-1000,), (3600,), (-120,), (1000000,), (999,)),
        idea="Try the units from the largest to the smallest and stop at the first one that leaves no remainder.",
        pitfall="Zero is divisible by every unit, so it needs a rule of its own.",
    ),
    Family(
        name="convert_by_table",
        concepts=("unit_conversion", "fractions", "conditionals"),
        difficulty=3,
        names="convert_units change_unit from_to express_in translate_amount",
        arguments=(
            "amount|number|value|quantity: int; how much",
            "source|unit_from|given|old_unit: str; the unit it is given in",
            "target|unit_to|wanted|new_unit: str; the unit it is wanted in",
        ),
        returns="int | str | None",
        phrasings=(
            "Convert $amount from the unit $source to the unit $target, where $told. Return an int if the result is whole, otherwise a text '<numerator>/<denominator>' in lowest terms, and None if a unit is unknown.",
            "How much is $amount $source in $target? Known units are $base and those in: $told. Give whole results as integers and all others as a reduced fraction in text form, like '3/2'; an unknown unit on either side gives None.",
            "A measuring app converts $amount from $source to $target. It knows $base as the smallest unit, and $told. It shows whole numbers as they are and other results as fractions such as '7/4' (negative: '-7/4'), and it answers None if it does not know one of the units.",
            "With unit sizes in $base ($told, and 1 for $base), let x = $amount * size of $source / size of $target. Return x as an int if it is an integer, else as the string 'p/q' with q > 0 and gcd(p, q) = 1; return None unless both units are known.",
        ),
        solutions=(
            """
from math import gcd
sizes = $table
if $source not in sizes or $target not in sizes:
    return None
top, bottom = $amount * sizes[$source], sizes[$target]
if top % bottom == 0:
    return top // bottom
common = gcd(top, bottom)
return f"{top // common}/{bottom // common}"
""",
            """
from fractions import Fraction
sizes = $table
try:
    $result = $amount * Fraction(sizes[$source], sizes[$target])
except KeyError:
    return None
return int($result) if $result.denominator == 1 else str($result)
""",
        ),
        reference=lambda amount, source, target, base, **_: (
            (lambda x: x.numerator if x == int(x) else f"{x.numerator}/{x.denominator}")(
                Fraction(amount) * _sizes(base)[source] / _sizes(base)[target]
            )
            if {source, target} <= set(_sizes(base))
            else None
        ),
        parameters=_system,
        inputs=lambda rng, base, **_: (
            rng.choice((1, 5, 6, 18, 30, 90, 250, 1500)),
            *rng.choices([*_sizes(base), *_sizes(base), "?"], k=2),
        ),
        edges=(
            (0, "m", "cm"),
            (5, "?", "g"),
            (5, "s", "apple"),
            (-7, "in", "ft"),
            (1, "s", "s"),
            (90, "s", "min"),
            (1, "l", "ml"),
        ),
        idea="Go through the base unit: multiply by the size of the old unit and divide by the size of the new one.",
        pitfall="Dividing first and rounding loses the fraction; keep the numerator and the denominator until the end.",
    ),
)
