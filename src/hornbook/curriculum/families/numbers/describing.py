"""Families on statistics: the middle, the most common, the spread."""

from __future__ import annotations

import random
from fractions import Fraction

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw


def _with_outlier(rng: random.Random) -> tuple[list[int]]:
    values = draws.ints(rng, 4, 7, 8, 14)
    values[rng.randrange(len(values))] += rng.choice((0, 20, 30, -25))
    return (values,)


def _repeated(rng: random.Random) -> list[int]:
    values = [v for v in rng.sample(range(1, 10), rng.randint(2, 4)) for _ in range(rng.randint(1, 3))]
    return rng.sample(values, len(values))


def _quarter(values: list[int], part: int) -> int:
    """Return the smallest value that has at least `part` quarters of the values at or below it."""
    return min(v for v in values if 4 * sum(w <= v for w in values) >= part * len(values))


def _scored(values: list[int], k: int) -> list[int]:
    mean = Fraction(sum(values), len(values)) if values else Fraction(0)
    spread = sum(((v - mean) ** 2 for v in values), Fraction(0)) / max(1, len(values))
    return [v for v in values if (v - mean) ** 2 > k * spread]


FAMILIES: tuple[Family, ...] = (
    Family(
        name="middle_after_trimming",
        concepts=("statistics", "sorting", "list_slicing"),
        difficulty=2,
        names="trimmed_middle robust_middle middle_value jury_score fair_score",
        arguments=("values|scores|marks|ratings: list[int]; whole numbers in any order",),
        returns="float",
        phrasings=(
            "Return the median of $values after the $k smallest and the $k largest numbers have been removed. For an even number of remaining values it is half the sum of the middle two. The result is a float, 0.0 if nothing remains.",
            "Sort $values, drop $k elements from each end, and return the middle of the rest as a float: the middle element, or the mean of the two middle elements. If no element is left, return 0.0.",
            "A jury gives the points $values. The $k lowest and the $k highest marks do not count (each as often as it was given at most), and of the others the median is the score. Return it as a float, and 0.0 if no mark is left.",
            "Let s be $values in ascending order without its first $k and last $k elements, n its length. Return float(s[n // 2]) for odd n, (s[n // 2 - 1] + s[n // 2]) / 2 for even n > 0, and 0.0 if at most 2 * $k values were given.",
        ),
        solutions=(
            """
kept = sorted($values)[$k:len($values) - $k]
if len($values) <= 2 * $k:
    return 0.0
middle = len(kept) // 2
if len(kept) % 2 == 1:
    return float(kept[middle])
return (kept[middle - 1] + kept[middle]) / 2
""",
            """
rest = sorted($values)
for _ in range($k):
    rest = rest[1:-1]
while len(rest) > 2:
    rest = rest[1:-1]
return sum(rest) / len(rest) if rest else 0.0
""",
            """
from statistics import median
kept = sorted($values)
del kept[:$k]
del kept[max(0, len(kept) - $k):]
return float(median(kept)) if kept else 0.0
""",
        ),
        reference=lambda values, k: (
            (lambda s, n: (s[(n - 1) // 2] + s[n // 2]) / 2)(sorted(values), len(values))
            if len(values) > 2 * k
            else 0.0
        ),
        parameters=lambda rng: {"k": rng.randint(1, 2)},
        inputs=lambda rng, k: (draws.ints(rng, 2 * k + 1, 2 * k + 4, 0, 20),),
        edges=(
            ([],),
            ([4],),
            ([4, 9],),
            ([1, 2, 3, 4, 5],),
            ([7, 7, 7, 7, 7, 8],),
            ([-3, -1, 10, 12, 0, 5],),
        ),
        idea="After sorting, the extremes stand at the ends, and the middle position gives the median.",
        pitfall="The middle of the unsorted list is just the element that happened to stand there.",
    ),
    Family(
        name="typical_values",
        concepts=("statistics", "counting", "dictionaries"),
        difficulty=2,
        names="typical_values common_values modes most_usual favourite_numbers",
        arguments=("values|sizes|answers|numbers: list[int]; whole numbers in any order",),
        returns="list[int]",
        phrasings=(
            "Return the values that occur most often in $values, in $order order. If even these occur fewer than $k times, return an empty list.",
            "Which numbers are the most frequent in $values? List all that share the highest frequency, in $order order, provided that this frequency is at least $k; otherwise return an empty list.",
            "A shoe shop notes the sizes it sells: $values. It wants to know the size sold most often, or all of them in $order order if several are sold equally often, but only if they were sold at least $k times; otherwise the list stays empty.",
            "Let m be the maximum number of occurrences of an element in $values. Return the distinct elements that occur m times, sorted in $order order, or [] if m < $k or $values is empty.",
        ),
        solutions=(
            """
counts = {}
for $item in $values:
    counts[$item] = counts.get($item, 0) + 1
most = max(counts.values(), default=0)
if most < $k:
    return []
return sorted(($item for $item in counts if counts[$item] == most), reverse=$reverse)
""",
            """
from statistics import multimode
found = multimode($values)
if not found or $values.count(found[0]) < $k:
    return []
return sorted(found, reverse=$reverse)
""",
            """
most = $k
found = []
for $item in sorted(set($values), reverse=$reverse):
    times = $values.count($item)
    if times > most:
        most, found = times, [$item]
    elif times == most:
        found.append($item)
return found
""",
        ),
        reference=lambda values, k, order, reverse: sorted(
            {
                v
                for v in values
                if values.count(v) >= k and all(values.count(w) <= values.count(v) for w in values)
            },
            key=lambda v: -v if order == "descending" else v,
        ),
        parameters=lambda rng: {
            "k": rng.randint(2, 3),
            **dict(
                zip(
                    ("order", "reverse"),
                    rng.choice(((Raw("ascending"), False), (Raw("descending"), True))),
                    strict=True,
                )
            ),
        },
        inputs=lambda rng, **_: (_repeated(rng),),
        edges=(
            ([],),
            ([3],),
            ([5, 5],),
            ([2, 2, 2, 1, 1, 1],),
            ([-1, -1, -1, 4],),
            ([1, 2, 3],),
            ([8, 3, 8, 3],),
        ),
        idea="Count everything first; only then is it known which count is the highest, and who shares it.",
        pitfall="max with a key gives a single value and hides the others that are just as common.",
    ),
    Family(
        name="width_of_middle_half",
        concepts=("statistics", "sorting", "rounding"),
        difficulty=2,
        names="middle_spread quarter_range width_of_half spread_of quartile_distance",
        arguments=("values|times|heights|numbers: list[int]; whole numbers in any order",),
        returns="int",
        phrasings=(
            "The quartile of $values for the share $low/4 is the smallest element that has at least $low quarters of all elements at or below it. Return the distance between the quartiles for $high/4 and for $low/4; for an empty list return 0.",
            "Sort $values (n numbers). Take the element at the 1-based place n * $high / 4 and the one at n * $low / 4, both places rounded up, and return their difference. An empty list has the difference 0.",
            "To compare how regular buses are, a company looks at their delays $values: it takes the smallest delay that at least $low of 4 quarters of the buses do not exceed, does the same for $high quarters, and reports the difference, or 0 if there were no buses.",
            "For p in {$low, $high} let q(p) = min {v in $values : 4 * #{w in $values : w <= v} >= p * n} with n = len($values). Return q($high) - q($low), and 0 if n = 0.",
        ),
        solutions=(
            """
from math import ceil
if not $values:
    return 0
ordered = sorted($values)
lower = ordered[ceil(len(ordered) * $low / 4) - 1]
upper = ordered[ceil(len(ordered) * $high / 4) - 1]
return upper - lower
""",
            """
def quartile(part):
    for $item in sorted($values):
        below = sum(1 for $other in $values if $other <= $item)
        if 4 * below >= part * len($values):
            return $item
    return 0

return quartile($high) - quartile($low)
""",
            """
ordered = sorted($values)
places = [-(-len(ordered) * part // 4) - 1 for part in ($low, $high)]
return ordered[places[1]] - ordered[places[0]] if ordered else 0
""",
        ),
        reference=lambda values, low, high: _quarter(values, high) - _quarter(values, low) if values else 0,
        parameters=lambda rng: dict(zip(("low", "high"), rng.choice(((1, 3), (1, 2), (2, 3))), strict=True)),
        inputs=lambda rng, **_: (draws.ints(rng, 4, 8, 0, 40),),
        edges=(
            ([],),
            ([6],),
            ([1, 9],),
            ([5, 5, 5, 5],),
            ([1, 2, 3, 4],),
            ([-8, 0, 2, 10, 30],),
            ([1, 2, 4, 8, 16, 32],),
        ),
        idea="In sorted order, the place of a quartile is the share of the length, rounded up; positions start at 0, hence the minus one.",
        pitfall="Rounding the place down takes an element that has too few values at or below it.",
    ),
    Family(
        name="values_far_from_mean",
        concepts=("statistics", "filtering", "arithmetic"),
        difficulty=4,
        names="outliers far_values unusual_values suspicious_readings filter_outliers",
        arguments=("values|readings|weights|numbers: list[int]; whole numbers",),
        returns="list[int]",
        phrasings=(
            "Return the numbers in $values whose squared distance from the mean is more than $bound, in their original order. The variance is the mean of all squared distances from the mean; compare exactly.",
            "The mean of $values is m, and the average of all (v - m) ** 2 is the variance. Which values v have (v - m) ** 2 greater than $bound? Keep order and repeats, and avoid rounding errors; an empty list gives an empty list.",
            "A scale's readings $values contain mistakes. A reading is suspicious if the square of its distance from the average is more than $bound (the average of these squares). List the suspicious readings in order; floats are too inexact for readings on the border.",
            "Let n = len($values), m = sum($values) / n and V = (sum of (v - m)^2) / n, all exact. Return [v for v in $values if (v - m)^2 > $k * V], and [] for n = 0.",
        ),
        solutions=(
            """
size = len($values)
$total = sum($values)
# Everything is multiplied by the size, so that it stays whole.
squares = [(size * $item - $total) ** 2 for $item in $values]
return [$item for $item, square in zip($values, squares) if size * square > $k * sum(squares)]
""",
            """
from fractions import Fraction
if not $values:
    return []
mean = Fraction(sum($values), len($values))
variance = sum(($item - mean) ** 2 for $item in $values) / len($values)
$result = []
for $item in $values:
    if ($item - mean) ** 2 > $k * variance:
        $result.append($item)
return $result
""",
        ),
        reference=lambda values, k, bound: _scored(values, k),
        parameters=lambda rng: dict(
            zip(
                ("k", "bound"),
                rng.choice(((2, Raw("twice the variance")), (3, Raw("three times the variance")))),
                strict=True,
            )
        ),
        inputs=lambda rng, **_: _with_outlier(rng),
        edges=(
            ([],),
            ([5],),
            ([3, 3, 3],),
            ([0, 10],),
            ([1, 1, 1, 9],),
            ([-20, 0, 0, 0, 0, 0, 20],),
            ([4, 6, 4, 6, 30],),
        ),
        idea="Both sides of the comparison may be multiplied by the same positive number, which removes every division.",
        pitfall="Where all values lie at the same distance, rounding errors decide in floats; exact numbers say that none of them is far off.",
    ),
)
