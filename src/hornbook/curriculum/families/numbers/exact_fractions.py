"""Families on exact fractions."""

from __future__ import annotations

import random
from fractions import Fraction

from hornbook.curriculum.family import Family, Raw


def _parts(rng: random.Random, low: int, high: int) -> list[tuple[int, int]]:
    return [(rng.randint(1, 9), rng.choice((2, 3, 4, 5, 6, 8))) for _ in range(rng.randint(low, high))]


def _unit_parts(top: int, bottom: int, least: int) -> list[int]:
    rest = Fraction(top, bottom)
    found = []
    while rest:
        least = next(d for d in range(least, 10**6) if Fraction(1, d) <= rest)
        found.append(least)
        rest -= Fraction(1, least)
        least += 1
    return found


FAMILIES: tuple[Family, ...] = (
    Family(
        name="weighted_total_of_fractions",
        concepts=("fractions", "tuples", "accumulation"),
        difficulty=3,
        names="total_of_fractions add_fractions sum_parts combine_parts fraction_sum",
        arguments=(
            "parts|fractions|shares|amounts: list[tuple[int, int]]; numerators and positive denominators",
        ),
        returns="tuple[int, int]",
        phrasings=(
            "Add up the fractions in $parts, given as tuples (numerator, denominator), multiply the sum by $k, and return the result in lowest terms as such a tuple. An empty list gives (0, 1).",
            "Return $k times the sum of the fractions $parts as a tuple of numerator and denominator without a common divisor. Each fraction is given as a pair in that order with a positive denominator; a whole number has the denominator 1.",
            "For one cake a recipe needs the amounts $parts of $good in cups, each a pair (numerator, denominator). How many cups are needed for $k cakes? Answer with a fraction in lowest terms, again as a pair, which is (0, 1) for no $good.",
            "Let s be the exact sum of n / d over the tuples (n, d) in $parts, all d > 0. Return (p, q) with p / q = $k * s, q > 0 and gcd(p, q) = 1; in particular (0, 1) if the product is zero.",
        ),
        solutions=(
            """
from fractions import Fraction
$total = $k * sum((Fraction(*part) for part in $parts), Fraction(0))
return $total.numerator, $total.denominator
""",
            """
from math import gcd
top, bottom = 0, 1
for numerator, denominator in $parts:
    top = top * denominator + numerator * bottom
    bottom *= denominator
common = gcd($k * top, bottom)
return $k * top // common, bottom // common
""",
            """
from math import gcd, lcm
bottom = lcm(*[d for _, d in $parts])
top = $k * sum(n * (bottom // d) for n, d in $parts)
shared = gcd(top, bottom)
return top // shared, bottom // shared
""",
        ),
        reference=lambda parts, k, good: (
            lambda s: next((int(s * q), q) for q in range(1, 10**6) if (s * q).denominator == 1)
        )(sum((Fraction(n * k, d) for n, d in parts), Fraction())),
        parameters=lambda rng: {
            "k": rng.randint(2, 6),
            "good": Raw(rng.choice(("flour", "milk", "sugar", "oil"))),
        },
        inputs=lambda rng, **_: (_parts(rng, 2, 4),),
        edges=(
            ([],),
            ([(0, 5)],),
            ([(1, 2)],),
            ([(1, 2), (-1, 2)],),
            ([(-3, 4)],),
            ([(1, 6), (1, 6), (1, 7)],),
        ),
        idea="Bring the fractions to a common denominator, add the numerators, and divide both parts by what they have in common.",
        pitfall="Skipping the last step gives a right value in a wrong form, such as 6/4 instead of 3/2.",
    ),
    Family(
        name="mixed_number_text",
        concepts=("fractions", "string_formatting", "conditionals"),
        difficulty=2,
        names="mixed_number show_fraction fraction_text write_amount as_text",
        arguments=(
            "numerator|top|upper|pieces: int; the numerator, may be negative",
            "denominator|bottom|lower|parts: int; the denominator, positive",
        ),
        returns="str",
        phrasings=(
            "Return the fraction $numerator/$denominator as a mixed number in lowest terms, such as '2${gap}1/3': whole part, '$gap', proper fraction. Leave out a whole part or a fraction of zero; zero itself is '0', and a negative number has one '-' in front.",
            "Write $numerator divided by $denominator the way it is written in a recipe: the whole number, then '$gap' and the remaining fraction in lowest terms, as in '1${gap}1/2'. A part that is zero does not appear, unless the value is 0 ('0'); a minus sign stands once, at the front.",
            "Given a fraction by its $numerator and $denominator, show it as a kitchen scale would: '3', '3/4', '1${gap}1/4' or '-1${gap}1/4'. The fraction is reduced and smaller than one, it is separated from the whole number by '$gap', zero parts are left out, and 0 is shown as '0'.",
            "Let v = |$numerator| / $denominator = w + r with a whole number w and 0 <= r < 1. Return the sign ('-' if the value is negative), then w if w > 0 or r = 0, then '$gap' if both w > 0 and r > 0, then r in lowest terms as 'n/d' if r > 0.",
        ),
        solutions=(
            """
from math import gcd
sign = "-" if $numerator < 0 else ""
whole, rest = divmod(abs($numerator), $denominator)
if rest == 0:
    return f"{sign}{whole}"
common = gcd(rest, $denominator)
fraction = f"{rest // common}/{$denominator // common}"
if whole == 0:
    return sign + fraction
return f"{sign}{whole}$gap{fraction}"
""",
            """
from fractions import Fraction
amount = Fraction($numerator, $denominator)
if amount < 0:
    return "-" + $self(-$numerator, $denominator)
whole = int(amount)
pieces = []
if whole > 0 or amount == 0:
    pieces.append(str(whole))
if amount != whole:
    pieces.append(str(amount - whole))
return "$gap".join(pieces)
""",
        ),
        reference=lambda numerator, denominator, gap: (
            ("-" if numerator < 0 else "")
            + (lambda w, r: str(gap).join([str(x) for x in (w, r) if x]) or "0")(
                abs(numerator) // denominator, Fraction(abs(numerator) % denominator, denominator)
            )
        ),
        parameters=lambda rng: {"gap": Raw(rng.choice((" ", "+", " and ", "_")))},
        inputs=lambda rng, **_: (rng.randint(-20, 40), rng.choice((2, 3, 4, 6, 8))),
        edges=((0, 5), (5, 5), (3, 4), (-3, 4), (-7, 4), (6, 4), (-8, 2), (12, 8)),
        idea="Set the sign aside, split the rest into whole part and remainder, and only then reduce the remainder.",
        pitfall="divmod rounds down, so for a negative numerator it does not give the parts that are written.",
    ),
    Family(
        name="sum_of_unit_fractions",
        concepts=("fractions", "greedy", "while_loops"),
        difficulty=5,
        names="unit_fractions split_fraction share_loaves egyptian_parts denominators_for",
        arguments=(
            "numerator|top|upper|loaves: int; the numerator, positive",
            "denominator|bottom|lower|people: int; the denominator, larger than the numerator",
        ),
        returns="list[int]",
        phrasings=(
            "Write $numerator/$denominator as a sum of different fractions 1/d: take again and again the largest fraction 1/d that is not greater than the rest, with d at least $least and larger than every d used before. Return the list of the denominators d in the order in which they are taken.",
            "Given a fraction between 0 and 1 by its $numerator and $denominator, subtract from it as large a unit fraction 1/d as possible (d >= $least, and each d only once), and go on with what is left until nothing is left. Which denominators d are used, in this order?",
            "Scribes of old wrote fractions as sums of different unit fractions 1/d, always beginning with the largest one that fits, and in this scribe's town no d below $least was in use. Which denominators does the scribe write for $numerator/$denominator?",
            "Let r = $numerator/$denominator and m = $least. While r > 0: let d be the smallest integer with d >= m and 1/d <= r, append d to the result, replace r by r - 1/d and m by d + 1. Return the result.",
        ),
        solutions=(
            """
from fractions import Fraction
from math import ceil
rest = Fraction($numerator, $denominator)
smallest = $least
$result = []
while rest > 0:
    d = max(smallest, ceil(1 / rest))
    $result.append(d)
    rest -= Fraction(1, d)
    smallest = d + 1
return $result
""",
            """
$result = []
d = $least
while $numerator > 0:
    if $numerator * d >= $denominator:
        $result.append(d)
        $numerator = $numerator * d - $denominator
        $denominator *= d
        d += 1
    else:
        d = -(-$denominator // $numerator)
return $result
""",
        ),
        reference=_unit_parts,
        parameters=lambda rng: {"least": rng.randint(2, 3)},
        inputs=lambda rng, least: rng.choice(
            (
                (2, 3),
                (3, 4),
                (2, 5),
                (3, 5),
                (4, 5),
                (2, 7),
                (3, 7),
                (5, 6),
                (3, 8),
                (5, 8),
                (1, 4),
                (1, 6),
                (2, 9),
            )
        ),
        edges=((1, 2), (1, 3), (2, 4), (1, 10), (7, 12)),
        idea="The largest unit fraction within n/d has the denominator d / n, rounded up; what is left is smaller, so the next one is different.",
        pitfall="Working with floats leaves a tiny rest instead of 0, and the loop goes on.",
    ),
    Family(
        name="compare_with_fraction",
        concepts=("fractions", "filtering", "booleans"),
        difficulty=2,
        names="quick_readers success_rates select_names names_by_share who_reached",
        arguments=(
            "results|scores|records|progress: dict[str, tuple[int, int]]; name to (reached, possible), possible is positive",
        ),
        returns="list[str]",
        phrasings=(
            "Return the names in $results whose share reached / possible is $words $top/$bottom, in alphabetical order. Compare exactly, without rounding.",
            "Given a dictionary $results from names to pairs (reached, possible), list alphabetically all names for which the fraction reached/possible is $words $top/$bottom.",
            "In a reading competition, $results holds for each child the pages read and the pages of the book. Who has read $words $top/$bottom of the book? Sort the names alphabetically; a share that is equal must be recognised exactly.",
            "Return sorted([n for n, (a, b) in the items of $results if a / b $op $top / $bottom]), where the quotients are compared as exact fractions and all b are positive.",
        ),
        solutions=(
            """
names = []
for $key, (reached, possible) in $results.items():
    if reached * $bottom $op $top * possible:
        names.append($key)
return sorted(names)
""",
            """
from fractions import Fraction
limit = Fraction($top, $bottom)
return sorted($key for $key in $results if Fraction(*$results[$key]) $op limit)
""",
        ),
        reference=lambda results, top, bottom, op, words: sorted(
            {
                n
                for n, (a, b) in results.items()
                if (op in (">", ">=") and a * bottom - b * top > 0)
                or (op in ("<", "<=") and a * bottom - b * top < 0)
                or (len(op) == 2 and a * bottom == b * top)
            }
        ),
        parameters=lambda rng: {
            **dict(zip(("top", "bottom"), rng.choice(((1, 2), (2, 3), (3, 4), (1, 3), (3, 5))), strict=True)),
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
        inputs=lambda rng, top, bottom, **_: (
            {
                name: rng.choice(
                    ((top * k, bottom * k), (top * k + 1, bottom * k), (top * k - 1, bottom * k))
                )
                for name, k in zip(
                    rng.sample(("Ada", "Ben", "Cleo", "Dan", "Eva", "Finn"), 4),
                    rng.choices(range(2, 20), k=4),
                    strict=True,
                )
            },
        ),
        edges=(
            ({},),
            ({"Kai": (0, 5)},),
            ({"Mia": (5, 5), "Kai": (4, 4)},),
            ({"Zoe": (1, 2), "Ida": (2, 3), "Émil": (3, 4)},),
            ({"b": (1, 3), "a": (3, 5), "B": (1, 2)},),
        ),
        idea="With positive denominators, multiplying crosswise turns the comparison of two fractions into one of whole numbers.",
        pitfall="Dividing and comparing floats can go wrong exactly where the shares are equal.",
    ),
)
