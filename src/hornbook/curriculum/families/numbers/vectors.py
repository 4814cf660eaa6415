"""Families on vectors."""

from __future__ import annotations

import random
from fractions import Fraction

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw

Vector = list[int]


def _vectors(rng: random.Random, low: int, high: int, width: int) -> list[Vector]:
    return [[rng.randint(-4, 4) for _ in range(width)] for _ in range(rng.randint(low, high))]


FAMILIES: tuple[Family, ...] = (
    Family(
        name="combined_move",
        concepts=("vectors", "list_comprehensions", "enumerate_zip"),
        difficulty=1,
        names="combined_move mix_vectors blend combine_lists weighted_sum_of",
        arguments=(
            "first|a|u|base: list[int]; a vector",
            "second|b|v|extra: list[int]; a vector of the same length",
        ),
        returns="list[int]",
        phrasings=(
            "Return the vector $p * $first $sign $q * $second as a new list; the two are equally long, and empty vectors give an empty list.",
            "Given vectors $first and $second of the same length, multiply the former by $p and the latter by $q, and return $sum of the results, part by part, as a list.",
            "Two wind measurements $first and $second (same length) are combined: part by part, $p times the first $plus $q times the second. Return the list of the combined parts.",
            "Return [$p * x $sign $q * y] for each x in $first and the y in $second at the same index, in order; neither argument is changed.",
        ),
        solutions=(
            """
return [$p * x $sign $q * y for x, y in zip($first, $second)]
""",
            """
combined = []
for $i in range(len($first)):
    combined.append($p * $first[$i] $sign $q * $second[$i])
return combined
""",
            """
def scaled(factor, vector):
    return [factor * part for part in vector]

return [x $sign y for x, y in zip(scaled($p, $first), scaled($q, $second))]
""",
        ),
        reference=lambda first, second, p, q, sign, **_: [
            sum((p * first[i], (q if sign == "+" else -q) * second[i])) for i in range(len(second))
        ],
        parameters=lambda rng: {
            "p": rng.randint(2, 5),
            "q": rng.randint(2, 6),
            **{
                key: Raw(text)
                for key, text in zip(
                    ("sign", "sum", "plus"),
                    rng.choice((("+", "the sum", "plus"), ("-", "the difference", "minus"))),
                    strict=True,
                )
            },
        },
        inputs=lambda rng, **_: (lambda vs: (vs[0], vs[1]))(_vectors(rng, 2, 2, rng.randint(2, 4))),
        edges=(([], []), ([1], [1]), ([0, 0], [3, -1]), ([5, -5, 2], [0, 0, 0]), ([-2, -2], [-2, 2])),
        idea="Vectors are scaled and added part by part, so one pass over the pairs does everything.",
        pitfall="$p * $first repeats a list instead of scaling its elements.",
    ),
    Family(
        name="pairs_by_angle",
        concepts=("vectors", "nested_loops", "accumulation"),
        difficulty=2,
        names="pairs_by_angle count_by_angle angle_pairs related_vectors count_directions",
        arguments=("vectors|directions|rows|arrows: list[list[int]]; vectors of the same length",),
        returns="int",
        phrasings=(
            "Return how many pairs of vectors in $vectors (at positions i < j) have a dot product that $test 0, that is, $meaning.",
            "Take every two of the $vectors, in any order but not a vector with itself. How many pairs $meaning, which means that the sum of the products of their parts $test 0?",
            "Readers are described by vectors of likes (positive) and dislikes (negative), one number per book, in $vectors. Two readers $story if the dot product of their vectors $test 0. How many pairs of readers $story?",
            "Count the index pairs i < j for which the sum over k of $vectors[i][k] * $vectors[j][k] $test 0; with fewer than two vectors the count is 0.",
        ),
        setup="""
def dot(u, v):
    return sum(x * y for x, y in zip(u, v))
""",
        solutions=(
            """
$count = 0
for $i, u in enumerate($vectors):
    for v in $vectors[$i + 1:]:
        dot = 0
        for x, y in zip(u, v):
            dot += x * y
        if dot $op 0:
            $count += 1
return $count
""",
            """
from itertools import combinations

return sum(1 for u, v in combinations($vectors, 2) if dot(u, v) $op 0)
""",
        ),
        reference=lambda vectors, op, **_: sum(
            (lambda d: d == 0 if op == "==" else d > 0 if op == ">" else d < 0)(
                sum(vectors[i][k] * vectors[j][k] for k in range(len(vectors[i])))
            )
            for i in range(len(vectors))
            for j in range(i)
        ),
        parameters=lambda rng: {
            key: Raw(text)
            for key, text in zip(
                ("op", "test", "meaning", "story"),
                rng.choice(
                    (
                        (
                            "==",
                            "is",
                            "stand at right angles or contain a zero vector",
                            "have nothing to do with each other",
                        ),
                        (">", "is greater than", "form an acute angle", "have similar tastes"),
                        ("<", "is less than", "form an obtuse angle", "have opposite tastes"),
                    )
                ),
                strict=True,
            )
        },
        inputs=lambda rng, **_: (_vectors(rng, 3, 5, rng.randint(2, 3)),),
        edges=(
            ([],),
            ([[1, 2]],),
            ([[1, 0], [0, 1]],),
            ([[2, 1], [2, 1], [-2, -1]],),
            ([[0, 0], [3, 4], [-4, 3]],),
        ),
        idea="The sign of the dot product tells the kind of angle; the inner loop begins behind the outer vector, so that a pair counts once.",
        pitfall="Comparing the vectors themselves instead of their dot product says nothing about the angle.",
    ),
    Family(
        name="boat_with_wind",
        concepts=("vectors", "simulation", "tuples"),
        difficulty=3,
        names="boat_positions sail drift_along course_of_boat follow_boat",
        arguments=(
            "orders|commands|strokes|pulls: list[tuple[int, int]]; a change of the velocity (dx, dy) for every minute",
        ),
        returns="list[tuple[int, int]]",
        phrasings=(
            "A boat starts at (0, 0) without moving. Every minute the next pair of $orders is added to its velocity, then the position changes by the velocity and, because of the wind, by ($wx, $wy) as well. Return the positions after every minute.",
            "Keep a position and a velocity, both (0, 0) at first. For each vector in $orders: add it to the velocity, then add the velocity and the vector ($wx, $wy) to the position. Return the list of all positions after the steps.",
            "A paddler on a lake changes the speed of her boat by the $orders, one per minute; the current also carries the boat ($wx, $wy) every minute but does not change its speed. Where is the boat at the end of each minute, if it starts at (0, 0) and at rest?",
            "Let v(0) = p(0) = (0, 0), v(i) = v(i - 1) + $orders[i - 1] and p(i) = p(i - 1) + v(i) + ($wx, $wy). Return the list [p(1), ..., p(n)] of tuples for n orders, [] for none.",
        ),
        solutions=(
            """
x = y = 0
dx = dy = 0
places = []
for ax, ay in $orders:
    dx += ax
    dy += ay
    x += dx + $wx
    y += dy + $wy
    places.append((x, y))
return places
""",
            """
place, speed = Vector(0, 0), Vector(0, 0)
wind = Vector($wx, $wy)
places = []
for order in $orders:
    speed = speed + Vector(*order)
    place = place + speed + wind
    places.append((place.x, place.y))
return places
""",
            """
from itertools import accumulate

def along(changes, wind):
    return accumulate(speed + wind for speed in accumulate(changes))

across = along((Vector(*order).x for order in $orders), $wx)
upwards = along((Vector(*order).y for order in $orders), $wy)
return list(zip(across, upwards))
""",
        ),
        setup="""
class Vector:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def __add__(self, other):
        return Vector(self.x + other.x, self.y + other.y)
""",
        reference=lambda orders, wx, wy: [
            (
                sum((n - i) * orders[i][0] for i in range(n)) + n * wx,
                sum((n - i) * orders[i][1] for i in range(n)) + n * wy,
            )
            for n in range(1, len(orders) + 1)
        ],
        parameters=lambda rng: {"wx": rng.choice((-1, 1, 2)), "wy": rng.choice((-2, 1, 3))},
        inputs=lambda rng, **_: (
            [(rng.randint(-3, 3), rng.randint(-3, 3)) for _ in range(rng.randint(2, 5))],
        ),
        edges=(([],), ([(0, 0)],), ([(1, -1), (-1, 1)],), ([(2, 0), (0, 0), (0, 2)],)),
        idea="The velocity is the running sum of the orders, and the position the running sum of the velocities.",
        pitfall="Adding the wind to the velocity lets it push harder and harder.",
    ),
    Family(
        name="points_left_of_line",
        concepts=("vectors", "geometry", "counting"),
        difficulty=3,
        names="split_by_line sides_of_line count_sides divide_points points_by_side",
        arguments=(
            "points|trees|places|dots: list[tuple[int, int]]; points (x, y)",
            "start|a|tail|begin: tuple[int, int]; where the line starts",
            "end|b|tip|finish: tuple[int, int]; another point of the line",
        ),
        returns="tuple[int, int, int]",
        phrasings=(
            "Look from $start towards $end, which are different points. Return a tuple of how many of the $points lie to the left of the line through both, exactly on it, and to the right of it. x grows to the right and y upwards.",
            "The line through $start and $end, extended in both directions, divides the plane. Count the $points on the left as seen when going from $start to $end, those on the line, and those on the right, and return the three counts in this order (y points upwards).",
            "A straight path leads from $start to $end and on in both directions. Trees stand at the $points. How many of them are on the left hand of a walker who goes from $start to $end, how many stand on the path, and how many on the right hand? On the map y grows upwards.",
            "For each p in $points let c be the cross product of $end - $start and p - $start, that is dx * py - dy * px for those differences. Return the numbers of points with c > 0 (left), c = 0 and c < 0 (right) as a tuple.",
        ),
        solutions=(
            """
left_side = on_line = right_side = 0
dx, dy = $end[0] - $start[0], $end[1] - $start[1]
for x, y in $points:
    cross = dx * (y - $start[1]) - dy * (x - $start[0])
    if cross > 0:
        left_side += 1
    elif cross < 0:
        right_side += 1
    else:
        on_line += 1
return left_side, on_line, right_side
""",
            """
def cross(point):
    u = ($end[0] - $start[0], $end[1] - $start[1])
    v = (point[0] - $start[0], point[1] - $start[1])
    return u[0] * v[1] - u[1] * v[0]

values = [cross(point) for point in $points]
left_side = sum(value > 0 for value in values)
return left_side, values.count(0), len(values) - left_side - values.count(0)
""",
            """
counts = [0, 0, 0]
line = complex(*$end) - complex(*$start)
for point in $points:
    turned = (complex(*point) - complex(*$start)) * line.conjugate()
    sign = (turned.imag > 0) - (turned.imag < 0)
    counts[1 - sign] += 1
return tuple(counts)
""",
        ),
        reference=lambda points, start, end: tuple(
            sum(_side(p, start, end) == wanted for p in points) for wanted in (1, 0, -1)
        ),
        inputs=lambda rng: (
            lambda a, b: ([*_some(rng), a, (2 * b[0] - a[0], 2 * b[1] - a[1])][: rng.randint(3, 6)], a, b)
        )((rng.randint(-3, 3), rng.randint(-3, 3)), (rng.randint(4, 6), rng.randint(-3, 5))),
        edges=(
            ([], (0, 0), (1, 0)),
            ([(0, 5)], (0, 0), (0, 1)),
            ([(1, 1), (1, 1), (2, 0)], (0, 0), (3, 3)),
            ([(-1, 0), (1, 0)], (0, 3), (0, -3)),
            ([(4, 1), (4, 3), (0, 2)], (5, 2), (-5, 2)),
        ),
        idea="The sign of the cross product of the line's direction and the way to the point tells the side.",
        pitfall="A slope dy / dx fails for vertical lines; the cross product does not divide.",
    ),
    Family(
        name="direction_with_length",
        concepts=("vectors", "rounding", "list_comprehensions"),
        difficulty=2,
        names="rescale_vector scale_to_length normalise shrink_vector fit_vector",
        arguments=("vector|parts|v|direction: list[int]; the parts of a vector",),
        returns="list[float]",
        phrasings=(
            "Scale $vector so that its length, the root of the sum of the squared parts, becomes $k, and round every part to $places decimals. If all parts are 0, or there are none, return a list of as many 0.0.",
            "Return a list of floats that points in the same direction as $vector but has the Euclidean length $k, each number rounded to $places decimal places; a vector without any direction (only zeros, or empty) gives zeros.",
            "A game character moves $k metres per second in the direction $vector. Return the speed along each axis: the direction scaled to the length $k, rounded to $places decimals, and 0.0 for every axis if the direction consists of zeros.",
            "Let n be the Euclidean norm of $vector. Return [round($k * x / n, $places) for each part x], or a list of zeros (floats) of the same length if n is 0.",
        ),
        solutions=(
            """
length = sum(part * part for part in $vector) ** 0.5
if length == 0:
    return [0.0] * len($vector)
return [round($k * part / length, $places) for part in $vector]
""",
            """
from math import hypot
length = hypot(*$vector)
scaled = []
for part in $vector:
    if length > 0:
        part = part * $k / length
    scaled.append(round(float(part), $places))
return scaled
""",
        ),
        reference=lambda vector, k, places: [
            round(k * float(x) / (sum(y**2 for y in vector) or 1) ** (1 / 2), places) for x in vector
        ],
        parameters=lambda rng: {"k": rng.choice((1, 2, 5, 10)), "places": rng.randint(2, 3)},
        inputs=lambda rng, **_: (
            rng.choice(([3, 4], [-6, 8], [1, 2, 2], [5, 12], draws.ints(rng, 2, 3, -6, 7))),
        ),
        edges=(([],), ([0, 0],), ([-7],), ([1, 0, 0],), ([2, 2, 2, 2],)),
        idea="Dividing by its length makes a vector one unit long; multiplying then gives any length wanted.",
        pitfall="Dividing by the sum of the parts is not the same as dividing by the length, and the sum may be 0.",
    ),
)


def _some(rng: random.Random) -> list[tuple[int, int]]:
    return [(rng.randint(-5, 9), rng.randint(-5, 9)) for _ in range(rng.randint(2, 4))]


def _side(p: tuple[int, int], start: tuple[int, int], end: tuple[int, int]) -> int:
    """Compare the point with the line at the same x (or, for a vertical line, with its x)."""
    if start[0] == end[0]:
        offset = start[0] - p[0] if end[1] > start[1] else p[0] - start[0]
        return (offset > 0) - (offset < 0)
    slope = Fraction(end[1] - start[1], end[0] - start[0])
    above = p[1] - (start[1] + slope * (p[0] - start[0]))
    return ((above > 0) - (above < 0)) * (1 if end[0] > start[0] else -1)
