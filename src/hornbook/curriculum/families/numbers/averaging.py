"""Families on averages."""

from __future__ import annotations

import random
from fractions import Fraction

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw


def _marks(rng: random.Random) -> list[tuple[int, int]]:
    return [(rng.randint(1, 15), rng.choice((0, 1, 1, 2, 3))) for _ in range(rng.choice((1, 2, 2, 3, 4)))]


def _near_goal(rng: random.Random, goal: int, most: int) -> tuple[list[int]]:
    results = [goal] * rng.randint(1, 3)
    results.append(max(0, goal - rng.choice((most - goal, most - goal + 1, -1, 0, rng.randint(-2, 4)))))
    return (rng.sample(results, len(results)),)


def _teams(rng: random.Random) -> dict[str, list[int]]:
    names = rng.sample(("red", "blue", "green", "gold", "grey"), rng.randint(2, 4))
    return {name: draws.ints(rng, 1, 4, 0, 12) for name in names}


FAMILIES: tuple[Family, ...] = (
    Family(
        name="weighted_mark",
        concepts=("averages", "tuples", "accumulation"),
        difficulty=2,
        names="weighted_mark final_mark weighted_average overall_mark course_result",
        arguments=(
            "marks|results|tests|scores: list[tuple[int, int]]; pairs of points and weight, both whole and not negative",
        ),
        returns="int",
        phrasings=(
            "Return the weighted average of the points in $marks, a list of pairs (points, weight), $words to a whole number. If the weights add up to 0, return $empty.",
            "Given pairs (points, weight) in $marks, multiply the points by their weights, add up, and divide by the sum of the weights. The result is $words to an integer; a total weight of zero gives $empty.",
            "A course has several tests, and some count more than others. $marks lists for each test the points reached and how much it counts. What is the final mark, $words to a whole number? Without any test that counts it is $empty.",
            "Let W be the sum of all w and S the sum of all p * w over the tuples (p, w) in $marks. Return S / W $words to an integer, or $empty if W is 0.",
        ),
        solutions=(
            """
reached = weights = 0
for points, weight in $marks:
    reached += points * weight
    weights += weight
if weights == 0:
    return $empty
return $formula
""",
            """
repeated = [points for points, weight in $marks for _ in range(weight)]
if not repeated:
    return $empty
reached, weights = sum(repeated), len(repeated)
return $formula
""",
            """
from math import $function
weights = sum(weight for _, weight in $marks)
if weights:
    return $function(sum(points * weight / weights for points, weight in $marks)$nudge)
return $empty
""",
        ),
        reference=lambda marks, empty, up, **_: (
            (lambda x: -int(-x // 1) if up else int(x))(
                Fraction(sum(p * w for p, w in marks), sum(w for _, w in marks))
            )
            if any(w for _, w in marks)
            else empty
        ),
        parameters=lambda rng: (
            lambda way: {
                "empty": rng.choice((0, -1)),
                "words": Raw(way[0]),
                "formula": Raw(way[1]),
                "function": Raw(way[2]),
                "nudge": Raw(way[3]),
                "up": way[4],
            }
        )(
            rng.choice(
                (
                    ("rounded down", "reached // weights", "floor", " + 1e-9", False),
                    ("rounded up", "-(-reached // weights)", "ceil", " - 1e-9", True),
                )
            )
        ),
        inputs=lambda rng, **_: (_marks(rng),),
        edges=(
            ([],),
            ([(10, 0)],),
            ([(7, 3)],),
            ([(5, 1), (8, 1)],),
            ([(0, 2), (3, 1)],),
            ([(6, 1), (6, 2)],),
        ),
        idea="The weight says how often a mark counts, so the divisor is the sum of the weights and not the number of marks.",
        pitfall="Dividing by the length of the list treats all weights as 1 in the divisor only.",
    ),
    Family(
        name="points_needed_for_average",
        concepts=("averages", "arithmetic", "conditionals"),
        difficulty=2,
        names="points_needed needed_in_last_test required_score goal_points last_result",
        arguments=(
            "results|points|scores|tests: list[int]; the points reached so far, from 0 to the maximum",
        ),
        returns="int | None",
        phrasings=(
            "After the tests with the points $results, one more follows. Return the smallest whole number of points, from 0 to $most, with which the average of all tests becomes at least $goal, or None if $most points are not enough.",
            "How many points are needed at least in one further $noun, so that the average over $results and the new value is $goal or more? A $noun gives 0 to $most points. Return None if it cannot be done, and 0 if nothing is needed.",
            "A player's $noun results so far are $results. She wants an average of at least $goal after the next $noun, in which 0 to $most points are possible. Return the fewest points that do it, or None when it is out of reach.",
            "Find the least integer x with 0 <= x <= $most and (sum($results) + x) / (len($results) + 1) >= $goal; return None if there is no such x.",
        ),
        solutions=(
            """
needed = $goal * (len($results) + 1) - sum($results)
if needed > $most:
    return None
return max(needed, 0)
""",
            """
for points in range($most + 1):
    every = [*$results, points]
    if sum(every) >= $goal * len(every):
        return points
return None
""",
            """
missing = $goal
for $item in $results:
    missing += $goal - $item
if missing <= 0:
    return 0
return missing if missing <= $most else None
""",
        ),
        reference=lambda results, goal, most, noun: next(
            (x for x in range(most + 1) if Fraction(sum(results) + x, len(results) + 1) >= goal), None
        ),
        parameters=lambda rng: {
            **dict(
                zip(
                    ("goal", "most"),
                    rng.choice(((8, 10), (7, 10), (12, 15), (15, 20), (75, 100))),
                    strict=True,
                )
            ),
            "noun": Raw(rng.choice(("quiz", "round", "game", "test"))),
        },
        inputs=lambda rng, goal, most, noun: _near_goal(rng, goal, most),
        edges=(([],), ([0],), ([10],), ([0, 0, 0],), ([10, 10, 10, 10, 10],), ([8, 7, 8],), ([9, 6],)),
        idea="An average of $goal over n tests means n times $goal points in all; what is missing must come from the last one.",
        pitfall="Averaging the old average with the new result gives the last test far too much weight.",
    ),
    Family(
        name="centred_average",
        concepts=("averages", "sliding_window", "list_slicing"),
        difficulty=3,
        names="smooth centred_average average_with_neighbours soften running_average",
        arguments=("values|readings|levels|numbers: list[int]; whole numbers in order of time",),
        returns="list[int]",
        phrasings=(
            "Replace every number in $values by the average of itself and the up to $k numbers on either side of it (fewer near the ends), rounded down, and return the new list.",
            "Smooth the list $values: element i of the result is the sum of the elements at the positions i - $k to i + $k that exist, divided by how many these are and rounded down (also for negative sums).",
            "A weather station smooths its readings $values. Each is replaced by the mean of a window that reaches $k places to the left and to the right of it, as far as there are readings, and rounded down to a whole number. Return the smoothed readings.",
            "For each index i let w(i) = $values[max(0, i - $k) : i + $k + 1]. Return the list of floor(sum(w(i)) / len(w(i))), all computed from the original values.",
        ),
        solutions=(
            """
smooth = []
for $i in range(len($values)):
    window = $values[max(0, $i - $k):$i + $k + 1]
    smooth.append(sum(window) // len(window))
return smooth
""",
            """
smooth = []
for $i in range(len($values)):
    $total = $count = 0
    for offset in range(-$k, $k + 1):
        if 0 <= $i + offset < len($values):
            $total += $values[$i + offset]
            $count += 1
    smooth.append($total // $count)
return smooth
""",
            """
from itertools import accumulate
sums = [0, *accumulate($values)]
size = len($values)
ends = [(max(0, $i - $k), min(size, $i + $k + 1)) for $i in range(size)]
return [(sums[b] - sums[a]) // (b - a) for a, b in ends]
""",
        ),
        reference=lambda values, k: [
            (lambda near: int(Fraction(sum(near), len(near)) // 1))(
                [v for j, v in enumerate(values) if abs(i - j) <= k]
            )
            for i in range(len(values))
        ],
        parameters=lambda rng: {"k": rng.randint(1, 3)},
        inputs=lambda rng, k: (draws.ints(rng, 4, 8, -9, 30),),
        edges=(([],), ([5],), ([1, 2],), ([-1, 0],), ([4, 4, 4],), ([0, 0, 9, 0, 0, 0],)),
        idea="The window is cut at the ends of the list, so divide by the number of values that are really in it.",
        pitfall="A negative start of a slice counts from the end of the list; use max(0, ...).",
    ),
    Family(
        name="overall_average_against_mean",
        concepts=("averages", "dictionaries", "min_max"),
        difficulty=3,
        names="groups_above_overall better_than_all strong_teams above_common_average select_groups",
        arguments=("teams|groups|classes|scores: dict[str, list[int]]; a name and its values, at least one",),
        returns="list[str]",
        phrasings=(
            "Return the names in $teams whose own average is $words the average of all values of all groups together, in the order of the dictionary.",
            "Given a dictionary $teams from names to non-empty lists of numbers, compare each group's mean with the mean of all single values (not the mean of the means). List the names whose mean is $words it, keeping the order.",
            "Every class of a school collects points, one number per pupil, in $teams. Which classes have an average that is $words the average over all pupils of the school? Keep the order of the dictionary; for an empty one the answer is an empty list.",
            "Let m be the exact mean of the concatenation of all lists in $teams. Return, in insertion order, the keys whose list has an exact mean that is $words m.",
        ),
        solutions=(
            """
everything = [value for values in $teams.values() for value in values]
names = []
for $key, values in $teams.items():
    if sum(values) * len(everything) $op sum(everything) * len(values):
        names.append($key)
return names
""",
            """
from fractions import Fraction
if not $teams:
    return []
points = sum(map(sum, $teams.values()))
people = sum(map(len, $teams.values()))
common = Fraction(points, people)
return [$key for $key in $teams if Fraction(sum($teams[$key]), len($teams[$key])) $op common]
""",
            """
$total = $count = 0
for values in $teams.values():
    $total += sum(values)
    $count += len(values)
return [$key for $key, values in $teams.items() if sum(value * $count - $total for value in values) $op 0]
""",
        ),
        reference=lambda teams, op, words: [
            name
            for name, values in teams.items()
            if (lambda d: (d > 0) if op == ">" else (d >= 0) if op == ">=" else (d < 0))(
                Fraction(sum(values), len(values))
                - Fraction(sum(sum(v) for v in teams.values()), sum(len(v) for v in teams.values()))
            )
        ],
        parameters=lambda rng: {
            key: Raw(text)
            for key, text in zip(
                ("op", "words"),
                rng.choice(((">", "greater than"), (">=", "at least"), ("<", "less than"))),
                strict=True,
            )
        },
        inputs=lambda rng, **_: (_teams(rng),),
        edges=(
            ({},),
            ({"red": [3]},),
            ({"red": [1], "blue": [1, 1]},),
            ({"a": [0, 4], "b": [2], "c": [5]},),
            ({"x": [1, 1, 1, 1], "y": [3], "z": [2]},),
        ),
        idea="Totals and counts add up over groups, averages do not; so build the overall average from totals and counts.",
        pitfall="The mean of the means gives a small group the same weight as a large one.",
    ),
)
