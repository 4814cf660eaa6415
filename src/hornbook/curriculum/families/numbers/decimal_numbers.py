"""Families on decimals, written division, and the limits of floats."""

from __future__ import annotations

import random
from fractions import Fraction

from hornbook.curriculum.family import Family, Raw


def _price(rng: random.Random) -> str:
    return f"{rng.randint(0, 60)}.{rng.randint(0, 99):02d}"


def _rounded(value: Fraction, places: int, half_up: bool) -> str:
    scaled = value * 10**places
    number = int(scaled + Fraction(1, 2)) if half_up else int(scaled)
    digits = str(number).rjust(places + 1, "0")
    return f"{digits[:-places]}.{digits[-places:]}"


def _period(top: int, bottom: int) -> str:
    digits, seen, rest = "", [], top % bottom
    while rest and rest not in seen:
        seen.append(rest)
        digits += str(rest * 10 // bottom)
        rest = rest * 10 % bottom
    return digits[seen.index(rest) :] if rest else ""


def _lists(rng: random.Random, k: int) -> tuple[list[float], list[float]]:
    first = [rng.randint(-20, 80) / 8 for _ in range(rng.randint(3, 5))]
    shifts = (0, 1 / k, -1 / k, 1 / k + 0.125, -1 / k - 0.125, 1)
    return first, [value + rng.choice(shifts) for value in first]


FAMILIES: tuple[Family, ...] = (
    Family(
        name="price_with_tax_text",
        concepts=("decimals", "percentages", "rounding"),
        difficulty=3,
        names="price_with_tax add_tax gross_price final_price taxed",
        arguments=("price|net|amount|cost: str; a price such as '12.50', not negative",),
        returns="str",
        phrasings=(
            "Return the $price, given as text, increased by $percent percent and $words to two decimal places, again as text with exactly two digits behind the point. Calculate with decimal numbers, not with floats.",
            "A price is given as a string $price with two decimals. Add $percent percent to it and return the result as a string with two decimals, $words to the cent.",
            "A shop writes its prices without the tax of $percent percent. Which price must the label show for $price, if the exact result is $words to whole cents? Give it as text, such as '0.99' or '13.00'.",
            "Let x be the exact decimal value of the string $price times (1 + $percent/100). Return x $words to 2 places, formatted with at least one digit before and exactly two digits after the point.",
        ),
        solutions=(
            """
from decimal import Decimal, $mode
gross = Decimal($price) * (100 + $percent) / 100
return str(gross.quantize(Decimal("0.01"), rounding=$mode))
""",
            """
euros, cents = $price.split(".")
exact = (int(euros) * 100 + int(cents)) * (100 + $percent)
rounded = (exact + $add) // 100
return f"{rounded // 100}.{rounded % 100:02d}"
""",
        ),
        reference=lambda price, percent, add, **_: _rounded(
            Fraction(price) * (100 + percent) / 100, 2, add > 0
        ),
        parameters=lambda rng: {
            "percent": rng.choice((5, 7, 10, 15, 25)),
            **dict(
                zip(
                    ("mode", "words", "add"),
                    rng.choice(
                        (
                            (Raw("ROUND_HALF_UP"), Raw("rounded (halves up)"), 50),
                            (Raw("ROUND_DOWN"), Raw("rounded down"), 0),
                        )
                    ),
                    strict=True,
                )
            ),
        },
        inputs=lambda rng, **_: (_price(rng),),
        edges=(("0.00",), ("0.01",), ("0.10",), ("1.10",), ("19.99",), ("0.30",), ("100.00",)),
        idea="Decimals and whole cents are exact, so rounding happens once, at the end, and in the direction that was asked for.",
        pitfall="round on a float rounds halves to even and is misled by the float's own error.",
    ),
    Family(
        name="written_division",
        concepts=("decimals", "while_loops", "string_building"),
        difficulty=3,
        names="divide_by_hand long_division written_quotient decimal_digits divide",
        arguments=(
            "dividend|a|top|amount: int; the number that is divided, 0 or more",
            "divisor|b|bottom|parts: int; the number to divide by, positive",
        ),
        returns="str",
        phrasings=(
            "Return the quotient of $dividend and $divisor as a decimal text with exactly $places digits behind the '$point'. Further digits are cut off, not rounded.",
            "Divide $dividend by $divisor as on paper: the whole part, a '$point', then $places more digits, each found from the remainder. Return the text; what comes after the last digit is dropped.",
            "A pupil divides $dividend by $divisor by hand, writes a '$point' after the whole part, and stops after $places decimal digits without rounding. What has she written?",
            "For integers $dividend >= 0 and $divisor > 0 return the decimal expansion of their quotient truncated to $places places, with '$point' as the decimal mark and trailing zeros kept.",
        ),
        solutions=(
            """
whole, rest = divmod($dividend, $divisor)
digits = []
for _ in range($places):
    digit, rest = divmod(rest * 10, $divisor)
    digits.append(str(digit))
return f"{whole}$point{''.join(digits)}"
""",
            """
scaled = $dividend * 10**$places // $divisor
text = str(scaled).zfill($places + 1)
return text[:-$places] + "$point" + text[-$places:]
""",
            """
from decimal import ROUND_DOWN, Decimal
quotient = Decimal($dividend) / Decimal($divisor)
cut = quotient.quantize(Decimal(1).scaleb(-$places), rounding=ROUND_DOWN)
return str(cut).replace(".", "$point")
""",
        ),
        reference=lambda dividend, divisor, places, point: _rounded(
            Fraction(dividend, divisor), places, half_up=False
        ).replace(".", point),
        parameters=lambda rng: {"places": rng.randint(2, 5), "point": Raw(rng.choice((".", ",")))},
        inputs=lambda rng, **_: (rng.randint(1, 200), rng.choice((3, 6, 7, 8, 9, 11, 13, 16))),
        edges=((0, 7), (8, 4), (1, 3), (2, 3), (1, 999), (1, 16), (700, 7)),
        idea="The remainder times ten, divided again, gives the next digit; the new remainder carries on.",
        pitfall="Formatting a float rounds the last digit instead of cutting the rest off.",
    ),
    Family(
        name="repeating_digits",
        concepts=("decimals", "dictionaries", "while_loops"),
        difficulty=4,
        names="repeating_digits period_of repeating_part cycle_of_digits recurring_block",
        arguments=(
            "numerator|top|a|upper: int; the numerator, 0 or more",
            "denominator|bottom|b|lower: int; the denominator, positive",
        ),
        returns="str",
        phrasings=(
            "Return the digits that repeat for ever in the decimal expansion of $numerator/$denominator, as a text, at most the first $k of them. If the expansion ends, return '$none'. For example, 1/6 = 0.1666... repeats '6'.",
            "Which block of digits repeats without end when $numerator is divided by $denominator? Return the shortest such block, from where it first begins, cut to its first $k digits if it is longer, or '$none' when the division comes to an end.",
            "Ida divides $numerator by $denominator on paper and stops when a remainder comes for the second time: from its first occurrence on, the digits will repeat. Which digits are these? She notes only the first $k if there are more, and '$none' if the remainder becomes 0.",
            "Let the decimal expansion of $numerator/$denominator be eventually periodic with the shortest period w, taken at its first position after the point. Return w[:$k], or '$none' if the expansion is finite.",
        ),
        solutions=(
            """
rest = $numerator % $denominator
places = {}
digits = ""
while rest and rest not in places:
    places[rest] = len(digits)
    digits += str(10 * rest // $denominator)
    rest = 10 * rest % $denominator
if rest == 0:
    return "$none"
return digits[places[rest]:][:$k]
""",
            """
remainders = []
digits = []
rest = $numerator % $denominator
while rest not in remainders:
    if rest == 0:
        return "$none"
    remainders.append(rest)
    digit, rest = divmod(rest * 10, $denominator)
    digits.append(str(digit))
start = remainders.index(rest)
return "".join(digits[start:start + $k])
""",
        ),
        reference=lambda numerator, denominator, k, none: _period(numerator, denominator)[:k] or str(none),
        parameters=lambda rng: {
            "k": rng.choice((4, 6, 8, 10)),
            "none": Raw(rng.choice(("none", "ends", "-"))),
        },
        inputs=lambda rng, **_: (
            rng.randint(1, 30),
            rng.choice((3, 6, 7, 8, 11, 12, 13, 14, 15, 17, 22, 24, 27)),
        ),
        edges=((0, 3), (1, 1), (1, 4), (1, 3), (1, 6), (22, 7), (1, 29), (14, 7), (5, 12)),
        idea="Only the remainders 0 to one less than the divisor are possible, so one must come again, and the same digits follow it.",
        pitfall="Waiting for a digit to repeat is wrong: in 0.1001... digits come again before the block is complete.",
    ),
    Family(
        name="positions_nearly_equal",
        concepts=("floating_point", "enumerate_zip", "filtering"),
        difficulty=1,
        names="nearly_equal close_positions matching_readings same_within compare_readings",
        arguments=(
            "first|a|expected|old_values: list[float]; one list of measurements",
            "second|b|measured|new_values: list[float]; another list of the same length",
        ),
        returns="list[int]",
        phrasings=(
            "Return the positions, counted from $start, at which the numbers in $first and $second differ by $words $limit.",
            "Compare the lists $first and $second, which are equally long, place by place. List in ascending order the places, the first of which is number $start, where the absolute difference is $words $limit.",
            "Two thermometers took the readings $first and $second at the same times. At which times (numbered from $start) do they differ by $words $limit degrees, whichever is higher? Return the numbers in ascending order.",
            "Return the list of i + $start for all indices i with abs($first[i] - $second[i]) $op $limit, ascending; for empty lists it is empty.",
        ),
        solutions=(
            """
places = []
for $i, (a0, b0) in enumerate(zip($first, $second), $start):
    if abs(a0 - b0) $op $limit:
        places.append($i)
return places
""",
            """
return [$i + $start for $i in range(len($first)) if abs($second[$i] - $first[$i]) $op $limit]
""",
            """
differences = map(lambda a0, b0: max(a0, b0) - min(a0, b0), $first, $second)
numbered = enumerate(differences)
return [$start + $i for $i, difference in numbered if difference $op $limit]
""",
        ),
        reference=lambda first, second, start, limit, op, **_: sorted(
            i + start
            for i, (a, b) in enumerate(zip(first, second, strict=True))
            if (-limit <= a - b <= limit and not (op in ("<", ">=") and a - b in (limit, -limit)))
            == (op[0] == "<")
        ),
        parameters=lambda rng: {
            "start": rng.randint(0, 1),
            "limit": rng.choice((0.25, 0.5)),
            **dict(
                zip(
                    ("op", "words"),
                    map(
                        Raw,
                        rng.choice(
                            ((">", "more than"), (">=", "at least"), ("<", "less than"), ("<=", "at most"))
                        ),
                    ),
                    strict=True,
                )
            ),
        },
        inputs=lambda rng, limit, **_: _lists(rng, int(1 / limit)),
        edges=(
            ([], []),
            ([1.0], [1.0]),
            ([1.0, 1.0], [1.25, 0.5]),
            ([-1.0, -0.5, 0.0], [-1.5, 0.0, 0.25]),
            ([2.5, 2.5], [0.0, 5.0]),
        ),
        idea="The absolute difference says how far apart two floats are, whichever is larger; compare it with the tolerance.",
        pitfall="Without abs every reading that is lower counts as close, however far off it is.",
    ),
    Family(
        name="cents_from_floats",
        concepts=("floating_point", "rounding", "money"),
        difficulty=2,
        names="total_in_cents to_cents sum_of_prices till_total add_prices",
        arguments=("prices|amounts|bills|euros: list[float]; prices in euros with at most two decimals",),
        returns="int",
        phrasings=(
            "Return the total of $prices, given in euros as floats, in whole cents. Convert each price to cents by rounding it before adding, and count every price $words $limit euros $share.",
            "Given prices in euros such as 4.35, turn each of $prices into a whole number of cents (rounding to the nearest cent repairs the inexact float) and add them up. A price $words $limit euros counts $share. Return the sum.",
            "A till stores prices in euros as floats, which are slightly off: 4.35 * 100 is less than 435. Compute the exact total of $prices in cents; each price $words $limit euros is charged $share.",
            "For each p in $prices let c be the integer nearest to 100 * p. Return the sum of all c, where c is replaced by $formula if c is $words $limit_cents; 0 for an empty list.",
        ),
        solutions=(
            """
$total = 0
for price in $prices:
    cents = round(price * 100)
    if cents $op $limit_cents:
        cents $change
    $total += cents
return $total
""",
            """
in_cents = [int(price * 100 + 0.5) for price in $prices]
return sum($changed if cents $op $limit_cents else cents for cents in in_cents)
""",
            """
def reduced(cents):
    return $changed if cents $op $limit_cents else cents

return sum(reduced(int(f"{price:.2f}".replace(".", ""))) for price in $prices)
""",
        ),
        reference=lambda prices, limit_cents, op, share, **_: sum(
            (lambda c: _shared(c, str(share)) if (c > limit_cents if op == ">" else c < limit_cents) else c)(
                int(Fraction(str(p)) * 100)
            )
            for p in prices
        ),
        parameters=lambda rng: (
            lambda limit, pair, way: {
                "limit": limit,
                "limit_cents": limit * 100,
                "op": Raw(pair[0]),
                "words": Raw(pair[1]),
                "share": Raw(way[0]),
                "change": Raw(way[1]),
                "changed": Raw(way[2]),
                "formula": Raw(way[3]),
            }
        )(
            rng.randint(3, 10),
            rng.choice(((">", "over"), ("<", "under"))),
            rng.choice(
                (
                    ("half, rounded down to whole cents", "//= 2", "cents // 2", "c // 2"),
                    ("without its last 50 cents", "-= 50", "cents - 50", "c - 50"),
                    ("twice", "*= 2", "2 * cents", "2 * c"),
                )
            ),
        ),
        inputs=lambda rng, limit, **_: (
            [
                rng.choice((float(limit), 4.35, 1.15, 8.29, 2.55, rng.randint(60, 1500) / 100))
                for _ in range(rng.randint(2, 5))
            ],
        ),
        edges=(([],), ([0.57],), ([1.1, 2.2],), ([9.99, 0.99, 9.99],), ([16.35, 4.35],)),
        idea="Rounding each price to whole cents removes the float's error once and for all; after that everything is exact.",
        pitfall="int(price * 100) cuts off: 4.35 becomes 434 cents.",
    ),
)


def _shared(cents: int, share: str) -> int:
    if share == "twice":
        return cents + cents
    return (cents - cents % 2) // 2 if share.startswith("half") else cents - 50
