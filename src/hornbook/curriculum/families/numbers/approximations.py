"""Families on approximation."""

from __future__ import annotations

from fractions import Fraction

from hornbook.curriculum.family import Family, Raw


def _heron(number: int, guess: Fraction, steps: int) -> Fraction:
    return guess if steps == 0 else _heron(number, (guess + number / guess) / 2, steps - 1)


FAMILIES: tuple[Family, ...] = (
    Family(
        name="smallest_tank_edge",
        concepts=("approximation", "binary_search", "while_loops"),
        difficulty=3,
        names="smallest_edge tank_size edge_for_volume whole_root find_edge",
        arguments=("volume|amount|litres|needed: int; the volume that is needed, 0 or more",),
        returns="int",
        phrasings=(
            "Return the smallest whole number e >= 0 for which $formula is at least $volume. The numbers may be so large that trying all candidates would take too long.",
            "$shape with the edge e (a whole number) holds $formula litres. What is the smallest e that is enough for $volume litres? Use whole numbers only, since floats are too inexact for large volumes.",
            "A workshop builds tanks: $shape_small with the edge e, in whole decimetres, holds $formula litres. Which is the smallest edge with which a tank holds $volume litres or more? Nothing at all needs the edge 0.",
            "Find min {e in 0, 1, 2, ... : $formula >= $volume} exactly, in a number of steps that grows like the logarithm of $volume.",
        ),
        solutions=(
            """
low, high = 0, 1
while $at_high < $volume:
    high *= 2
while low < high:
    middle = (low + high) // 2
    if $at_middle < $volume:
        low = middle + 1
    else:
        high = middle
return low
""",
            """
from bisect import bisect_left
return bisect_left(range($volume + 1), $volume, key=lambda e: $at_e)
""",
            """
e = 0
step = 1
while step < $volume:
    step *= 2
while step > 0:
    e += step
    if $at_e >= $volume:
        e -= step
    step //= 2
return e + 1 if $at_e < $volume else e
""",
        ),
        reference=lambda volume, factor, power, **_: next(
            e for e in range(10**6) if factor * e**power >= volume
        ),
        parameters=lambda rng: (
            lambda kind: {
                "factor": kind[0],
                "power": kind[1],
                "formula": Raw(kind[2].replace("@", "e")),
                "at_e": Raw(kind[2].replace("@", "e")),
                "at_high": Raw(kind[2].replace("@", "high")),
                "at_middle": Raw(kind[2].replace("@", "middle")),
                "shape": Raw(kind[3][0].upper() + kind[3][1:]),
                "shape_small": Raw(kind[3]),
            }
        )(
            rng.choice(
                (
                    (1, 3, "@**3", "a cube"),
                    (2, 3, "2 * @**3", "a double cube"),
                    (4, 2, "4 * @**2", "a flat box"),
                    (3, 3, "3 * @**3", "a tall box"),
                )
            )
        ),
        inputs=lambda rng, factor, power, **_: (
            factor * rng.randint(1, 60) ** power + rng.choice((0, 0, 1, -1)),
        ),
        edges=((0,), (1,), (2,), (3,), (64,), (1000000,), (1000001,), (10**12,)),
        idea="The volume grows with the edge, so the candidates can be halved again and again: everything below the answer is too small, everything from it on is enough.",
        pitfall="round(volume ** (1 / 3)) is off by one for some volumes, because floats are inexact.",
    ),
    Family(
        name="root_in_steps",
        concepts=("approximation", "fractions", "for_loops"),
        difficulty=3,
        names="root_in_steps improve_guess heron_steps better_guess near_root",
        arguments=(
            "number|area|n|radicand: int; a positive whole number",
            "steps|rounds|times|repeats: int; how often the guess is improved, 0 or more",
        ),
        returns="tuple[int, int]",
        phrasings=(
            "Approximate the square root of $number: start with the guess $guess and improve it $steps times by replacing the guess g with the average of g and $number / g. Calculate with exact fractions and return the last guess as (numerator, denominator) in lowest terms.",
            "Beginning with g = $guess, replace g by (g + $number / g) / 2 exactly $steps times, without rounding. Return g as a tuple of two whole numbers, numerator and positive denominator, that have no common divisor.",
            "A rectangle has the area $number and one side of length $guess. The old builders made it squarer by taking as the new side the mean of the two sides, while the area stayed the same. Which length has that side after $steps repetitions? Give it as a reduced fraction (numerator, denominator).",
            "Let g(0) = $guess and g(i + 1) = (g(i) + $number / g(i)) / 2 over the rationals. Return g($steps) as a reduced pair (p, q) with q > 0.",
        ),
        solutions=(
            """
from fractions import Fraction
g = Fraction($guess)
for _ in range($steps):
    g = (g + $number / g) / 2
return g.numerator, g.denominator
""",
            """
from math import gcd
top, bottom = $guess, 1
for _ in range($steps):
    top, bottom = top * top + $number * bottom * bottom, 2 * top * bottom
common = gcd(top, bottom)
return top // common, bottom // common
""",
            """
from fractions import Fraction

def improved(side, left_over):
    if left_over == 0:
        return side.as_integer_ratio()
    other_side = $number / side
    return improved((side + other_side) / 2, left_over - 1)

return improved(Fraction($guess), $steps)
""",
        ),
        reference=lambda number, steps, guess: _heron(number, Fraction(guess), steps).as_integer_ratio(),
        parameters=lambda rng: {"guess": rng.randint(1, 4)},
        inputs=lambda rng, guess: (rng.choice((2, 3, 5, 6, 7, 10, 12, 20)), rng.randint(1, 3)),
        edges=((1, 0), (4, 1), (9, 1), (2, 4), (16, 2), (5, 0)),
        idea="If the guess is too large, number / guess is too small, so the root lies between them and the average is nearer.",
        pitfall="Dividing whole numbers with // throws away exactly what the improvement is about.",
    ),
    Family(
        name="area_under_steps",
        concepts=("approximation", "accumulation", "series"),
        difficulty=3,
        names="area_$kind strip_area area_below sum_of_strips rough_area",
        arguments=(
            "width|length|right_end|base: int; the right end of the region, 0 or more",
            "strips|pieces|parts|n: int; into how many strips it is cut, at least 1",
        ),
        returns="float",
        phrasings=(
            "Estimate the area under the curve y = $curve between x = 0 and x = $width with $strips strips of equal width: each counts as its width times the height of the curve $where. Return the sum, rounded to $places decimals.",
            "Cut the interval from 0 to $width into $strips equal parts and add up, over all parts, the width of the part times the value of $curve $where. Return this sum as a float with $places decimals.",
            "A river bed has the depth y = $curve at the distance x from the bank. To estimate its cross-section from 0 to $width, an engineer cuts it into $strips strips of equal width and takes for each the depth $where. What area does she get, rounded to $places decimal places?",
            "With h = $width / $strips return the sum over i = 0, ..., $strips - 1 of h * f(x_i), where f(x) = $curve and x_i is the point $where (the i-th strip runs from i * h to (i + 1) * h), rounded to $places digits after the point.",
        ),
        solutions=(
            """
h = $width / $strips
area = 0.0
for i in range($strips):
    x = $at
    area += h * ($curve)
return round(area, $places)
""",
            """
def f(x):
    return $curve

h = $width / $strips
return round(h * sum(f($at) for i in range($strips)), $places)
""",
            """
from fractions import Fraction
h = Fraction($width, $strips)
points = [$at for i in range($strips)]
return round(float(sum(($curve) * h for x in points)), $places)
""",
        ),
        reference=lambda width, strips, a, b, shift, places, **_: round(
            float(
                sum(
                    (
                        Fraction(width, strips)
                        * (a * (Fraction(width, strips) * (i + Fraction(shift))) ** 2 + b)
                        for i in range(strips)
                    ),
                    Fraction(0),
                )
            ),
            places,
        ),
        parameters=lambda rng: (
            lambda a, b, kind: {
                "a": a,
                "b": b,
                "curve": Raw(f"{a} * x * x + {b}"),
                "where": Raw(kind[0]),
                "shift": kind[1],
                "kind": Raw(kind[2]),
                "at": Raw(kind[3]),
                "places": rng.choice((2, 3)),
            }
        )(
            rng.randint(1, 4),
            rng.randint(1, 6),
            rng.choice(
                (
                    ("at its left end", 0, "from_left", "i * h"),
                    ("in its middle", 0.5, "by_midpoints", "(2 * i + 1) * h / 2"),
                    ("at its right end", 1, "from_right", "(i + 1) * h"),
                )
            ),
        ),
        inputs=lambda rng, **_: (rng.randint(1, 8), rng.choice((1, 2, 4, 5, 8))),
        edges=((0, 1), (0, 4), (1, 1), (4, 2), (10, 10), (3, 4)),
        idea="A narrow strip is nearly a rectangle; the more strips there are, the smaller the error.",
        pitfall="Looping over whole values of x only works when every strip is exactly one wide.",
    ),
)
