"""Families on polynomials as lists of coefficients."""

from __future__ import annotations

import random

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw


def _coefficients(rng: random.Random, low: int = 2, high: int = 4) -> list[int]:
    return [rng.choice((0, 1, -1, 2, 3, -2, 5)) for _ in range(rng.randint(low, high))]


def _value(ascending: list[int], x: int) -> int:
    return sum(c * x**i for i, c in enumerate(ascending))


def _written(coefficients: list[int], letter: str, power: str) -> str:
    text = ""
    for i in range(len(coefficients) - 1, -1, -1):
        c = coefficients[i]
        if c == 0:
            continue
        text += " - " if c < 0 else " + "
        text += str(abs(c)) if abs(c) != 1 or i == 0 else ""
        text += "" if i == 0 else letter if i == 1 else f"{letter}{power}{i}"
    if not text:
        return "0"
    return ("-" if text[1] == "-" else "") + text[3:]


def _order(rng: random.Random) -> dict[str, object]:
    falling = rng.random() < 0.5
    return {
        "falling": falling,
        "down": Raw("" if falling else "[::-1]"),
        "up": Raw("[::-1]" if falling else ""),
        "order": Raw(
            "from the highest power down to the constant" if falling else "from the constant upwards"
        ),
    }


FAMILIES: tuple[Family, ...] = (
    Family(
        name="places_below_curve",
        concepts=("polynomials", "accumulation", "filtering"),
        difficulty=3,
        names="points_$side check_curve select_places where_$side values_$side",
        arguments=(
            "coefficients|coeffs|factors|terms: list[int]; the coefficients, in the order described",
            "places|xs|inputs|arguments: list[int]; values for x",
        ),
        returns="list[int]",
        phrasings=(
            "The list $coefficients describes a polynomial in x, $order. Return those numbers in $places, in their order, for which its value is $words $limit. Without coefficients the value is always 0.",
            "Evaluate the polynomial with the $coefficients ($order) at every x in $places and keep the x for which the result is $words $limit. Order and repeats stay; an empty list of coefficients means the polynomial 0.",
            "The height of a roller coaster over the point x of the ground is a polynomial in x with the $coefficients, listed $order. At which of the $places is the height $words $limit? Keep their order; no coefficients mean the height 0 everywhere.",
            "Let p be the polynomial whose coefficients are $coefficients, $order (p = 0 for an empty list). Return [x for x in $places if p(x) $op $limit].",
        ),
        solutions=(
            """
def value(x):
    $total = 0
    for coefficient in $coefficients$down:
        $total = $total * x + coefficient
    return $total

return [x for x in $places if value(x) $op $limit]
""",
            """
found = []
for x in $places:
    height = sum(coefficient * x**power for power, coefficient in enumerate($coefficients$up))
    if height $op $limit:
        found.append(x)
return found
""",
            """
from functools import reduce
kept = []
for x in $places:
    if reduce(lambda acc, coefficient: acc * x + coefficient, $coefficients$down, 0) $op $limit:
        kept.append(x)
return kept
""",
        ),
        reference=lambda coefficients, places, falling, op, limit, **_: [
            x
            for x in places
            if (_value(coefficients[::-1] if falling else coefficients, x) - limit > 0) == (op == ">")
            and _value(coefficients[::-1] if falling else coefficients, x) != limit
        ],
        parameters=lambda rng: (
            lambda base, side: (
                base
                | {
                    "op": Raw(side[0]),
                    "words": Raw(side[1]),
                    "side": Raw(side[2]),
                    "limit": rng.choice((0, 1, 5, 10)),
                }
            )
        )(_order(rng), rng.choice((("<", "less than", "below"), (">", "greater than", "above")))),
        inputs=lambda rng, **_: (_coefficients(rng), draws.ints(rng, 3, 6, -3, 4)),
        edges=(
            ([], [1]),
            ([3], [0, 0]),
            ([1, 2], []),
            ([0, 1], [-1, 0, 1]),
            ([10, 5, 0], [0, 1]),
            ([5, -1, 0, 1], [2, 1, 5]),
        ),
        idea="Going through the coefficients from the highest power, multiply by x and add: one multiplication for each of them.",
        pitfall="Reading the list in the wrong direction gives the constant the highest power.",
    ),
    Family(
        name="product_of_polynomials",
        concepts=("polynomials", "nested_loops", "list_building"),
        difficulty=4,
        names="multiply_terms expand_product product_coefficients times_polynomial expand",
        arguments=(
            "first|a|p|left_factor: list[int]; coefficients from the constant upwards",
            "second|b|q|right_factor: list[int]; coefficients of the other one",
        ),
        returns="list[int]",
        phrasings=(
            "Multiply the polynomials $first and $second (lists of coefficients, the constant first), add $k to the constant of the product, and return the coefficients in the same order without zeros at the end. The zero polynomial is [].",
            "Given coefficient lists $first and $second, in which position i belongs to x to the power i, return the list for first * second + $k. Cut zeros off its end, so that the polynomial 0 becomes []; an empty argument stands for 0.",
            "A pupil expands the product of two brackets, written as coefficient lists $first and $second with the constants first, and then adds $k. Which coefficients does the result have, again constant first? Zeros at the high end are not written, and 0 itself is the empty list.",
            "For polynomials p, q given by $first and $second (index = exponent; [] is 0) return the coefficient list of p * q + $k whose last element is not 0, or [] if p * q + $k is the zero polynomial.",
        ),
        solutions=(
            """
$result = [0] * max(1, len($first) + len($second) - 1)
for $i, x in enumerate($first):
    for $j, y in enumerate($second):
        $result[$i + $j] += x * y
$result[0] += $k
while $result and $result[-1] == 0:
    $result.pop()
return $result
""",
            """
from collections import defaultdict
by_power = defaultdict(int, {0: $k})
for $i in range(len($first)):
    for $j in range(len($second)):
        by_power[$i + $j] += $first[$i] * $second[$j]
powers = [power for power, factor in by_power.items() if factor != 0]
return [by_power[power] for power in range(max(powers, default=-1) + 1)]
""",
            """
def plus(p, q):
    longest = max(len(p), len(q))
    return [x + y for x, y in zip(p + [0] * (longest - len(p)), q + [0] * (longest - len(q)))]

$total = [$k]
for power, factor in enumerate($first):
    $total = plus($total, [0] * power + [factor * y for y in $second])
while $total and not $total[-1]:
    del $total[-1]
return $total
""",
        ),
        reference=lambda first, second, k: _trimmed(
            [
                (k if n == 0 else 0)
                + sum(first[i] * second[n - i] for i in range(len(first)) if 0 <= n - i < len(second))
                for n in range(len(first) + len(second) + 1)
            ]
        ),
        parameters=lambda rng: {"k": rng.choice((1, 2, 3, -1, -2))},
        inputs=lambda rng, k: (_coefficients(rng, 2, 3), _coefficients(rng, 1, 3)),
        edges=(
            ([], []),
            ([1], [-1]),
            ([0, 1], [0, 1]),
            ([1], [2]),
            ([], [1, 2]),
            ([1, 1], [1, -1]),
            ([1, 0], [2, 0, 0]),
        ),
        idea="Every term meets every term; their powers add, so the product of positions i and j lands at i + j.",
        pitfall="Assigning instead of adding keeps only the last of the products that land at one power.",
    ),
    Family(
        name="polynomial_as_text",
        concepts=("polynomials", "string_building", "conditionals"),
        difficulty=5,
        names="polynomial_text write_polynomial show_terms as_formula print_formula",
        arguments=("coefficients|coeffs|factors|terms: list[int]; coefficients from the constant upwards",),
        returns="str",
        phrasings=(
            "Return the polynomial with the $coefficients (constant first) as text, highest power first, such as '2$letter${power}2 - $letter + 5'. Terms with factor 0 are left out, a factor 1 is not written before $letter, signs stand between blanks except for a '-' directly before the first term, and zero is '0'.",
            "Write a polynomial in $letter as people do, from the highest power down: [5, -1, 2] gives '2$letter${power}2 - $letter + 5'. Position i of $coefficients belongs to the power i. Skip zero terms and the factor 1 (except for the constant), join with ' + ' and ' - ', begin with '-' if the first term is negative, and give '0' if there is no term.",
            "A plotter labels curves with their formulas. For $coefficients, constant first, it prints '$letter${power}3 + 4$letter - 1' style: descending powers, no terms with 0, no '1' before $letter, '$letter' without exponent for the power 1, a minus without a blank only at the very beginning, and '0' for the zero polynomial. What is printed?",
            "Let c_i = $coefficients[i]. Return the text of the sum of c_i * $letter^i over i descending, c_i != 0, with '$power' before exponents of at least 2, |c_i| omitted if it is 1 and i > 0, terms joined by ' + ' or ' - ' according to sign, a leading '-' if the first is negative; '0' if all c_i are 0.",
        ),
        solutions=(
            """
text = ""
for degree in range(len($coefficients) - 1, -1, -1):
    factor = $coefficients[degree]
    if factor == 0:
        continue
    if text:
        text += " - " if factor < 0 else " + "
    elif factor < 0:
        text = "-"
    if degree == 0 or abs(factor) != 1:
        text += str(abs(factor))
    if degree > 0:
        text += "$letter"
    if degree > 1:
        text += f"$power{degree}"
return text or "0"
""",
            """
def term(factor, degree):
    if degree == 0:
        return str(factor)
    variable = "$letter" if degree == 1 else f"$letter$power{degree}"
    return variable if factor == 1 else f"{factor}{variable}"

parts = []
for degree, factor in enumerate($coefficients):
    if factor != 0:
        sign = "-" if factor < 0 else "+"
        parts.append(f" {sign} {term(abs(factor), degree)}")
if not parts:
    return "0"
text = "".join(reversed(parts))
return text[3:] if text[1] == "+" else "-" + text[3:]
""",
        ),
        reference=lambda coefficients, letter, power: _written(coefficients, letter, power),
        parameters=lambda rng: {
            "letter": Raw(rng.choice(("x", "t", "n", "y"))),
            "power": Raw(rng.choice(("^", "**"))),
        },
        inputs=lambda rng, **_: (_coefficients(rng, 2, 5),),
        edges=(
            ([],),
            ([0, 0],),
            ([1],),
            ([-1],),
            ([0, 1],),
            ([0, -1],),
            ([-3, 0, 1, 0],),
            ([1, 1, -1],),
            ([-1, -1, -1],),
        ),
        idea="Sign, factor, letter and exponent are four small decisions for every term; only the first term treats its sign differently.",
        pitfall="Dropping every 1 also drops the constant term 1.",
    ),
    Family(
        name="synthetic_division",
        concepts=("polynomials", "list_building", "enumerate_zip"),
        difficulty=4,
        names="divide_by_root split_off_factor synthetic_division divide_terms reduce_degree",
        arguments=(
            "coefficients|coeffs|factors|terms: list[int]; at least one coefficient, highest power first",
            "root|a|point|shift: int; the number in the divisor",
        ),
        returns="tuple[list[int], int]",
        phrasings=(
            "Divide the polynomial with the $coefficients (highest power first) by x $sign $root and return the coefficients of the quotient, in the same order, and the remainder, as a tuple. A constant polynomial gives an empty quotient.",
            "Given $coefficients from the highest power down to the constant, divide by the linear factor (x $sign $root). Return (quotient, remainder): a list with one coefficient fewer and a number.",
            "A pupil divides a polynomial by (x $sign $root) with the usual scheme: bring down the first of the $coefficients (highest power first), then multiply by the point at which the divisor is 0 and add the next coefficient, and so on. The last sum is the remainder, those before are the quotient. Return (quotient, remainder).",
            "For p with coefficients $coefficients in descending order return (q, r) such that p(x) = (x $sign $root) * q(x) + r, where q is a list of len($coefficients) - 1 coefficients in descending order and r a number.",
        ),
        solutions=(
            """
sums = []
carried = 0
for coefficient in $coefficients:
    carried = coefficient + carried * $minus$root
    sums.append(carried)
return sums[:-1], sums[-1]
""",
            """
from itertools import accumulate
*quotient, remainder = accumulate($coefficients, lambda acc, c: acc * $minus$root + c)
return quotient, remainder
""",
            """
rest = list($coefficients)
for $i in range(1, len(rest)):
    rest[$i] += $minus$root * rest[$i - 1]
return rest[:-1], rest.pop()
""",
        ),
        reference=lambda coefficients, root, sign, minus: (
            lambda z: (
                [_value(coefficients[: i + 1][::-1], z) for i in range(len(coefficients) - 1)],
                _value(coefficients[::-1], z),
            )
        )(root if sign == "-" else -root),
        parameters=lambda rng: dict(
            zip(("sign", "minus"), map(Raw, rng.choice((("-", ""), ("+", "-")))), strict=True)
        ),
        inputs=lambda rng, **_: (_coefficients(rng, 3, 5), rng.choice((1, 2, 3, -1))),
        edges=(([4], 2), ([0], 1), ([1, -2], 2), ([1, 0, 0, -8], 2), ([1, 0, -1], -1), ([3, 1, 4], 0)),
        idea="Horner's scheme does both at once: its intermediate sums are the quotient, and its last sum, the value at the point, is the remainder.",
        pitfall="A power that does not occur still needs its coefficient 0 in the list.",
    ),
)


def _trimmed(values: list[int]) -> list[int]:
    return values if values and values[-1] else _trimmed(values[:-1]) if values else []
