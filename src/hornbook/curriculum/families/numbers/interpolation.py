"""Families on interpolation."""

from __future__ import annotations

import random
from fractions import Fraction

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw


def _table(rng: random.Random) -> tuple[list[tuple[int, int]], int]:
    xs = sorted(rng.sample(range(0, 40, 2), rng.randint(2, 4)))
    table = [(x, rng.randint(0, 60)) for x in xs]
    return table, rng.choice((*xs, rng.randint(-3, 42), rng.randint(xs[0], xs[-1])))


def _read(table: list[tuple[int, int]], x: int) -> int:
    xs, ys = [a for a, _ in table], [b for _, b in table]
    if x in xs:
        return ys[xs.index(x)]
    if x < xs[0] or x > xs[-1]:
        return ys[0] if x < xs[0] else ys[-1]
    i = sum(a < x for a in xs)
    share = Fraction(x - xs[i - 1], xs[i] - xs[i - 1])
    return int((ys[i - 1] * (1 - share) + ys[i] * share) // 1)


def _gaps(rng: random.Random) -> tuple[list[int | None]]:
    values: list[int | None] = []
    for _ in range(rng.randint(2, 4)):
        values += [rng.randint(0, 30), *[None] * rng.choice((0, 1, 2, 3))]
    return (values[rng.choice((0, 0, 1)) :],)


def _filled(values: list[int | None]) -> list[int | None]:
    known = [i for i, v in enumerate(values) if v is not None]
    found = list(values)
    for i in range(len(values)):
        before = max((j for j in known if j <= i), default=None)
        after = min((j for j in known if j >= i), default=None)
        if before is None or after is None or before == after:
            continue
        low, high = values[before], values[after]
        assert low is not None and high is not None, "known positions hold numbers"
        found[i] = int((low + Fraction((high - low) * (i - before), after - before)) // 1)
    return found


FAMILIES: tuple[Family, ...] = (
    Family(
        name="value_from_table",
        concepts=("interpolation", "searching", "enumerate_zip"),
        difficulty=3,
        names="read_table value_between look_up_between table_value estimate_from_table",
        arguments=(
            "table|points|rows|pairs: list[tuple[int, int]]; pairs (x, y) with rising x, at least one",
            "x|place|position|where: int; where the value is wanted",
        ),
        returns="int",
        phrasings=(
            "Return the y that belongs to $x according to $table. Between two neighbouring pairs of the table y changes evenly, and it is rounded down to a whole number; to the left of the first and to the right of the last pair the nearest known y counts.",
            "Given a $table of pairs (x, y) sorted by x, interpolate linearly at $x and round down to an integer. Outside the range of the table, return the y of its first or last pair.",
            "A $noun has been measured at a few places: $table holds pairs of place and $value. Estimate the $value at $x: along the straight line between the neighbouring measurements, rounded down, and as at the first or last place beyond the ends.",
            "Let (x_i, y_i) be the pairs of $table, x_i ascending. Return y_1 if $x <= x_1, the last y if $x is at least the last x, and otherwise floor(y_i + (y_(i+1) - y_i) * ($x - x_i) / (x_(i+1) - x_i)) for x_i <= $x < x_(i+1).",
        ),
        solutions=(
            """
if $x <= $table[0][0]:
    return $table[0][1]
for (a, ya), (b, yb) in zip($table, $table[1:]):
    if $x <= b:
        return ya + (yb - ya) * ($x - a) // (b - a)
return $table[-1][1]
""",
            """
from bisect import bisect_right
$i = bisect_right($table, $x, key=lambda $pair: $pair[0])
if $i == 0 or $i == len($table):
    return $table[min($i, len($table) - 1)][1]
(a, ya), (b, yb) = $table[$i - 1:$i + 1]
return (ya * (b - $x) + yb * ($x - a)) // (b - a)
""",
        ),
        reference=lambda table, x, **_: _read(table, x),
        parameters=lambda rng: {
            key: Raw(text)
            for key, text in zip(
                ("noun", "value"),
                rng.choice(
                    (
                        ("hiking trail", "height"),
                        ("lake", "depth"),
                        ("oven", "temperature"),
                        ("river", "width"),
                    )
                ),
                strict=True,
            )
        },
        inputs=lambda rng, **_: _table(rng),
        edges=(
            ([(5, 10)], 5),
            ([(5, 10)], 7),
            ([(0, 0), (10, 5)], 5),
            ([(0, 9), (4, 0)], 3),
            ([(0, 0), (3, -1), (5, 4)], 2),
            ([(1, 2), (3, 4)], 0),
            ([(1, 2), (3, 4)], 3),
        ),
        idea="Find the two neighbours of x and go the same share of the way from the one y to the other.",
        pitfall="A test with the wrong end divides by the width of the wrong piece; at the table's own places its own values must come out.",
    ),
    Family(
        name="filled_readings",
        concepts=("interpolation", "two_pointers", "list_building"),
        difficulty=4,
        names="fill_readings repair_series bridge_holes complete_readings replace_missing",
        arguments=(
            "readings|values|levels|series: list[int | None]; numbers in order of time, None where one is missing",
        ),
        returns="list[int | None]",
        phrasings=(
            "Return a copy of $readings in which every run of None between two numbers is filled in evenly, along the straight line from the number before to the number after, each value rounded down. None at the beginning or the end stays.",
            "Some of the $readings are missing (None). Replace each that has a known number somewhere before and after it by linear interpolation over the positions, rounded down to an integer, and leave the others as they are. The argument is not changed.",
            "A weather station failed for some hours, and its $readings contain None there. Fill the gaps so that the values rise or fall evenly from the last reading before a gap to the first one after it, rounding down. Gaps without a reading on both sides stay. Return a new list.",
            "For each i with $readings[i] = None let a < i be the greatest and b > i the least index of a number. If both exist, the result at i is floor(r_a + (r_b - r_a) * (i - a) / (b - a)), where r are the readings, otherwise None; all other positions are unchanged.",
        ),
        solutions=(
            """
filled = list($readings)
$previous = None
for $i, value in enumerate($readings):
    if value is None:
        continue
    if $previous is not None:
        width = $i - $previous
        for $j in range($previous + 1, $i):
            rise = (value - filled[$previous]) * ($j - $previous)
            filled[$j] = filled[$previous] + rise // width
    $previous = $i
return filled
""",
            """
known = [$i for $i, value in enumerate($readings) if value is not None]
filled = $readings[:]
for a, b in zip(known, known[1:]):
    for $i in range(a + 1, b):
        weighted = $readings[a] * (b - $i) + $readings[b] * ($i - a)
        filled[$i] = weighted // (b - a)
return filled
""",
        ),
        reference=_filled,
        inputs=lambda rng: _gaps(rng),
        edges=(
            ([],),
            ([None],),
            ([4],),
            ([None, 3, None],),
            ([0, None, None, 1],),
            ([5, None, 0],),
            ([2, None, 2, None, None, -1, None],),
        ),
        idea="Only neighbouring known positions matter: between them each step goes the same fraction of the way.",
        pitfall="Using an already filled, rounded value as the next starting point adds up rounding errors.",
    ),
    Family(
        name="rescaled_marks",
        concepts=("interpolation", "min_max", "mapping"),
        difficulty=2,
        names="rescale stretch_to_range map_to_scale rescaled_values spread_out",
        arguments=("values|marks|levels|numbers: list[int]; whole numbers",),
        returns="list[int]",
        phrasings=(
            "Map $values evenly to the range from $low to $high: the smallest becomes $low, the largest $high, and the others lie between in proportion, rounded down to whole numbers. If all are equal, each becomes $low. Keep the order.",
            "Stretch the list $values linearly so that its minimum turns into $low and its maximum into $high, rounding each result down to an integer. A list whose numbers are all the same turns into as many $low; an empty list stays empty.",
            "The $noun $values are to be shown on a scale from $low to $high, the lowest at $low, the highest at $high, the others in proportion and rounded down. If there is no difference between them, all are shown at $low. Return the positions in the same order.",
            "Let a and b be the minimum and maximum of $values. Return [$low + floor(($high - $low) * (v - a) / (b - a)) for v in $values] if a < b, and [$low for v in $values] otherwise.",
        ),
        solutions=(
            """
if not $values:
    return []
smallest, largest = min($values), max($values)
if smallest == largest:
    return [$low] * len($values)
width = $high - $low
return [$low + (value - smallest) * width // (largest - smallest) for value in $values]
""",
            """
from fractions import Fraction
from math import floor
scaled = []
for value in $values:
    part = Fraction(value - min($values), max(max($values) - min($values), 1))
    scaled.append(floor($low + part * ($high - $low)))
return scaled
""",
        ),
        reference=lambda values, low, high, noun: [
            next(
                n
                for n in range(high, low - 1, -1)
                if (n - low) * (max(values) - min(values)) <= (high - low) * (v - min(values))
            )
            if min(values) != max(values)
            else low
            for v in values
        ],
        parameters=lambda rng: {
            **dict(
                zip(("low", "high"), rng.choice(((0, 10), (1, 6), (0, 100), (1, 5), (10, 20))), strict=True)
            ),
            "noun": Raw(rng.choice(("marks", "loudness values", "brightness values", "scores"))),
        },
        inputs=lambda rng, **_: (draws.ints(rng, 3, 6, -10, 40),),
        edges=(([],), ([7],), ([3, 3],), ([0, 1],), ([-5, 5, 0],), ([10, 20, 13, 20],)),
        idea="First shift the smallest value to 0, then stretch, then shift to the new start.",
        pitfall="If all values are equal the old range is 0, and dividing by it fails.",
    ),
)
