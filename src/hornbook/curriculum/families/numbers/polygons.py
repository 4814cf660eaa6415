"""Families on polygons."""

from __future__ import annotations

import random
from math import gcd

from hornbook.curriculum.family import Family, Raw

Point = tuple[int, int]
SHAPES: tuple[list[Point], ...] = (
    [(0, 0), (4, 0), (4, 3)],
    [(0, 0), (6, 0), (6, 4), (0, 4)],
    [(0, 0), (5, 1), (6, 5), (2, 6)],
    [(0, 0), (4, 0), (4, 4), (2, 1)],
    [(0, 0), (6, 0), (6, 2), (2, 2), (2, 5), (0, 5)],
    [(0, 0), (3, -2), (6, 0), (5, 4), (1, 4)],
    [(0, 0), (4, 2), (8, 0), (4, 8)],
    [(0, 0), (3, 0), (3, 1), (5, 1), (5, 4), (0, 4)],
)


def _shape(rng: random.Random) -> tuple[list[Point]]:
    dx, dy, shape = rng.randint(-4, 4), rng.randint(-4, 4), rng.choice(SHAPES)
    scale = rng.randint(1, 2)
    corners = [(scale * x + dx, scale * y + dy) for x, y in shape]
    return (corners if rng.random() < 0.6 else corners[::-1],)


def _fan(corners: list[Point]) -> int:
    """Sum twice the signed areas of the triangles between the first corner and each side."""
    if len(corners) < 3:
        return 0
    (a, b), (c, d), (e, f) = corners[0], corners[-2], corners[-1]
    return _fan(corners[:-1]) + (c - a) * (f - b) - (e - a) * (d - b)


def _steps(a: Point, b: Point) -> list[Point]:
    parts = gcd(b[0] - a[0], b[1] - a[1])
    return [(a[0] + (b[0] - a[0]) * i // parts, a[1] + (b[1] - a[1]) * i // parts) for i in range(parts)]


EDGES: tuple[tuple[list[Point]], ...] = (
    ([],),
    ([(3, 3)],),
    ([(0, 0), (4, 6)],),
    ([(0, 0), (1, 0), (0, 1)],),
    ([(0, 0), (0, 1), (1, 0)],),
    ([(0, 0), (2, 2), (4, 4)],),
    ([(-2, -2), (2, -2), (2, 2), (-2, 2)],),
)

FAMILIES: tuple[Family, ...] = (
    Family(
        name="field_value_by_area",
        concepts=("polygons", "accumulation", "enumerate_zip"),
        difficulty=4,
        names="field_price price_of_field land_value polygon_cost cost_of_area",
        arguments=(
            "corners|posts|points|vertices: list[tuple[int, int]]; the corners in order, whole coordinates",
        ),
        returns="int",
        phrasings=(
            "Return the price of a field whose corners, in order round the border, are $corners: $k cents for each square metre of its area, rounded down to whole cents. Coordinates are in metres; with fewer than three corners the price is 0.",
            "Given the $corners of a polygon in order (clockwise or not), whose sides do not cross, multiply its area by $k and round down to a whole number. Fewer than three corners have the area 0.",
            "A meadow is fenced from post to post along $corners (metres), and from the last post back to the first. Rent costs $k cents per square metre and is rounded down to whole cents. What does the meadow cost, whichever way round the posts are listed? Up to two posts cost 0.",
            "Let A be the area of the simple polygon with the vertices $corners in cyclic order of either orientation (A = 0 for fewer than three vertices). Return floor($k * A).",
        ),
        solutions=(
            """
double = 0
for (x1, y1), (x2, y2) in zip($corners, $corners[1:] + $corners[:1]):
    double += x1 * y2 - x2 * y1
return abs(double) * $k // 2
""",
            """
from math import floor
area = 0.0
for $i in range(len($corners)):
    x1, y1 = $corners[$i - 1]
    x2, y2 = $corners[$i]
    area += (x2 - x1) * (y1 + y2) / 2
return floor(abs(area) * $k)
""",
            """
if len($corners) < 3:
    return 0
(x0, y0), *others = $corners
double = 0
for (a, b), (c, d) in zip(others, others[1:]):
    double += (a - x0) * (d - y0) - (c - x0) * (b - y0)
return $k * abs(double) // 2
""",
        ),
        reference=lambda corners, k: k * abs(_fan(corners)) // 2,
        parameters=lambda rng: {"k": rng.choice((3, 5, 7, 15, 25))},
        inputs=lambda rng, k: _shape(rng),
        edges=EDGES,
        idea="Each side adds the signed area between it and the origin; what lies outside is added and subtracted, so that only the inside remains.",
        pitfall="Without the side from the last corner to the first, the sum is not an area at all.",
    ),
    Family(
        name="posts_along_fence",
        concepts=("polygons", "greatest_common_divisor", "sets"),
        difficulty=4,
        names="count_posts fence_posts grid_points_on_border border_points posts_needed",
        arguments=(
            "corners|turns|points|vertices: list[tuple[int, int]]; corners with whole coordinates, in order",
        ),
        returns="int",
        phrasings=(
            "A fence runs straight from each corner in $corners to the next one and $closing. Return how many points with whole coordinates lie on it. No point is touched twice; one corner alone is one point, none are 0.",
            "Count the grid points (both coordinates whole) on the line through $corners in order, which $closing. The line never meets itself; for a single corner the answer is 1, and for no corner 0.",
            "On a map with a grid, a $noun is drawn straight from place to place along $corners and $closing. At every crossing of the grid that the $noun passes, the corners included, a post is set. How many posts are needed? The $noun never meets itself; one place needs one post and none needs none.",
            "Let P be the polygonal line with the vertices $corners that $closing. Return the number of integer points on P; P has no multiple points, and the result is 0 or 1 for no or one vertex.",
        ),
        solutions=(
            """
from math import gcd
if len($corners) < 2:
    return len($corners)
border = list($corners)
posts = $extra
for (x1, y1), (x2, y2) in $sides:
    posts += gcd(x2 - x1, y2 - y1)
return posts
""",
            """
border = $corners
posts = set(border)
for start, end in $sides:
    dx, dy = end[0] - start[0], end[1] - start[1]
    longest = max(abs(dx), abs(dy))
    for $i in range(longest):
        if dx * $i % longest == 0 and dy * $i % longest == 0:
            posts.add((start[0] + dx * $i // longest, start[1] + dy * $i // longest))
return len(posts)
""",
        ),
        reference=lambda corners, extra, **_: len(
            {
                p
                for a, b in zip(corners, corners[1:] + (corners[:1] if not extra else []), strict=False)
                if a != b
                for p in _steps(a, b)
            }
            | set(corners)
        ),
        parameters=lambda rng: {
            "noun": Raw(rng.choice(("fence", "hedge", "rope"))),
            **(
                {
                    "closing": Raw("ends at the last one"),
                    "extra": 1,
                    "sides": Raw("zip(border, border[1:])"),
                }
                if rng.random() < 0.4
                else {
                    "closing": Raw("goes from the last one back to the first"),
                    "extra": 0,
                    "sides": Raw("zip(border, border[1:] + border[:1])"),
                }
            ),
        },
        inputs=lambda rng, **_: _shape(rng),
        edges=(
            ([],),
            ([(3, 3)],),
            ([(0, 0), (1, 0), (0, 1)],),
            ([(-2, -2), (2, -2), (2, 2), (-2, 2)],),
            ([(0, 0), (6, 9), (-3, 12)],),
            ([(5, 5), (5, 9), (4, 5)],),
        ),
        idea="Between two grid points there are as many equal whole steps as the greatest common divisor of the two differences.",
        pitfall="Counting both ends of every side counts each corner twice.",
    ),
    Family(
        name="turns_along_border",
        concepts=("polygons", "counting", "vectors"),
        difficulty=5,
        names="count_turns turns_of_walk left_and_right turning_directions corners_by_turn",
        arguments=(
            "corners|stops|points|vertices: list[tuple[int, int]]; corners in order, whole coordinates",
        ),
        returns="tuple[int, int]",
        phrasings=(
            "Somebody walks round the closed way along $corners: straight from each to the next, from the last back to the first, and so through every corner. Return at how many corners the way bends to the left and at how many to the right, as a tuple. x grows to the right, y grows $up; with fewer than three corners return (0, 0).",
            "For every corner of the closed polygon $corners, look at the side that arrives and the side that leaves, in the order of the list. Count the bends to the left and those to the right and return both counts, left first. The y axis points $up, straight corners count for neither, and fewer than three corners give (0, 0).",
            "A robot mower drives along the border of a lawn, corner after corner as in $corners and then back to the start, where it turns into its first direction again. How often does it turn left, and how often right? On its map x grows to the right and y grows $up. Return (left, right), (0, 0) for fewer than three corners.",
            "Let p be the cyclic sequence $corners and c(i) the cross product of p(i) - p(i - 1) and p(i + 1) - p(i). With the y axis pointing $up, return the numbers of indices at which the path turns left and right; a turn with c(i) = 0 is neither, and for fewer than three points both are 0.",
        ),
        solutions=(
            """
left_turns = right_turns = 0
if len($corners) < 3:
    return 0, 0
for $i in range(len($corners)):
    (a, b), (c, d) = $corners[$i - 2], $corners[$i - 1]
    x, y = $corners[$i]
    cross = (c - a) * (y - d) - (d - b) * (x - c)
    if cross $op 0:
        left_turns += 1
    elif cross != 0:
        right_turns += 1
return left_turns, right_turns
""",
            """
following = $corners[1:] + $corners[:1]
sides = [(c - a, d - b) for (a, b), (c, d) in zip($corners, following)]
crosses = [u * y - v * x for (u, v), (x, y) in zip(sides, sides[1:] + sides[:1])]
return sum(cross $op 0 for cross in crosses), sum(cross $other_op 0 for cross in crosses)
""",
        ),
        reference=lambda corners, op, **_: (
            lambda signs: (signs.count(1 if op == ">" else -1), signs.count(-1 if op == ">" else 1))
        )(
            [
                (lambda twice: (twice > 0) - (twice < 0))(_fan([a, b, c]))
                for a, b, c in zip(
                    corners, corners[1:] + corners[:1], corners[2:] + corners[:2], strict=False
                )
                if len(corners) > 2
            ]
        ),
        parameters=lambda rng: {
            key: Raw(text)
            for key, text in zip(
                ("up", "op", "other_op"),
                rng.choice((("upwards", ">", "<"), ("downwards, as on a screen", "<", ">"))),
                strict=True,
            )
        },
        inputs=lambda rng, **_: _shape(rng),
        edges=EDGES[:2] + EDGES[3:],
        idea="The sign of the cross product of two consecutive sides tells on which side the way goes on.",
        pitfall="The bends at the first and the last corner need sides from both ends of the list.",
    ),
)
