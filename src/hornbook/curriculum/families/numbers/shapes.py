"""Families on plane geometry: boxes, rectangles, triangles and circles."""

from __future__ import annotations

import itertools
import random

from hornbook.curriculum.family import Family, Raw

Box = tuple[int, int, int, int]


def _box(rng: random.Random) -> Box:
    left, top = rng.randint(-4, 6), rng.randint(-4, 6)
    return left, top, left + rng.randint(1, 7), top + rng.randint(1, 7)


def _near_boxes(rng: random.Random, slack: int) -> tuple[list[tuple[int, int, int]], int, int]:
    width, height = rng.randint(3, 7), rng.randint(3, 7)
    shifts = (slack - 4, slack - 3, slack - 2, slack - 1, slack - 1)
    boxes = []
    for _ in range(rng.randint(2, 4)):
        edges = [width + rng.choice(shifts), height + rng.choice(shifts), rng.randint(5, 9)]
        rng.shuffle(edges)
        boxes.append((edges[0], edges[1], edges[2]))
    return boxes, width, height


def _cells(box: Box) -> set[tuple[int, int]]:
    return set(itertools.product(range(box[0], box[2]), range(box[1], box[3])))


def _triangle(rng: random.Random) -> tuple[int, int, int]:
    sides = rng.choice(
        ((3, 4, 5), (5, 12, 13), (6, 8, 10), (2, 3, 4), (5, 5, 6), (1, 2, 3), (2, 3, 7), (7, 7, 7))
    )
    a, b, c = rng.sample(sides, 3)
    return (a, b, c + rng.choice((0, 0, 0, 1)))


def _points(rng: random.Random) -> list[tuple[int, int]]:
    near = ((3, 4), (-4, 3), (0, 5), (0, 0), (6, 8), (-8, 6), (0, -10), (1, 1), (7, 7), (0, 3))
    return [rng.choice((*near, (rng.randint(-9, 9), rng.randint(-9, 9)))) for _ in range(rng.randint(3, 5))]


FAMILIES: tuple[Family, ...] = (
    Family(
        name="boxes_through_opening",
        concepts=("geometry", "sorting", "counting"),
        difficulty=1,
        names="fitting_$nouns boxes_through how_many_fit can_pass count_fitting",
        arguments=(
            "boxes|parcels|sizes|goods: list[tuple[int, int, int]]; the three edges of each in centimetres",
            "width|door_width|across|opening_width: int; the width of the opening in centimetres",
            "height|door_height|upright|opening_height: int; the height of the opening in centimetres",
        ),
        returns="int",
        phrasings=(
            "Return how many of the $nouns with the edges $boxes go straight through an opening of $width by $height centimetres. Each may be turned by right angles so that any of its faces is in front, and $words.",
            "Every element of $boxes holds the three edges of one of several $nouns. They are pushed through a rectangular opening ($width x $height) with their edges parallel to those of the opening. For how many is there a way to hold them so that they fit? Note that $words.",
            "Given the edges of some $nouns in $boxes and the $width and $height of a door, how many of them can be carried through? They can be turned so that any two of the edges face the door, in either direction, but not tilted, and $words.",
            "Count the tuples in $boxes that have, at two different positions, edges a and b with a $op $width and b $op $height; an empty list gives 0 (for the $nouns, $words).",
        ),
        solutions=(
            """
narrow, wide = sorted(($width, $height))
$count = 0
for box in $boxes:
    small, middle, _ = sorted(box)
    if small $op narrow and middle $op wide:
        $count += 1
return $count
""",
            """
from itertools import permutations

def fits(box):
    return any(a $op $width and b $op $height for a, b in permutations(box, 2))

return sum(1 for box in $boxes if fits(box))
""",
            """
passed = 0
for a, b, c in $boxes:
    for first, second in ((a, b), (b, a), (a, c), (c, a), (b, c), (c, b)):
        if first $op $width and second $op $height:
            passed += 1
            break
return passed
""",
        ),
        reference=lambda boxes, width, height, op, **_: sum(
            any(
                box[i] < width + (op == "<=") and box[j] < height + (op == "<=")
                for i in range(3)
                for j in range(3)
                if i != j
            )
            for box in boxes
        ),
        parameters=lambda rng: {
            "nouns": Raw(rng.choice(("boxes", "parcels", "cupboards", "suitcases"))),
            **dict(
                zip(
                    ("op", "words"),
                    map(
                        Raw,
                        rng.choice(
                            (
                                ("<=", "an edge exactly as long as the opening still fits"),
                                ("<", "an edge exactly as long as the opening does not fit"),
                            )
                        ),
                    ),
                    strict=True,
                )
            ),
        },
        inputs=lambda rng, op, **_: _near_boxes(rng, len(op)),
        edges=(
            ([], 5, 5),
            ([(5, 5, 5)], 5, 5),
            ([(1, 9, 9), (9, 1, 2)], 3, 2),
            ([(2, 9, 3), (3, 2, 9)], 2, 3),
            ([(4, 8, 6), (8, 4, 7), (7, 5, 8)], 7, 5),
        ),
        idea="The two shortest edges should face the opening; sorted, the shorter of them goes with the shorter side.",
        pitfall="Comparing the volume, or trying only one of the two directions.",
    ),
    Family(
        name="area_covered_by_two",
        concepts=("geometry", "tuples", "min_max"),
        difficulty=3,
        names="$noun area_of_two carpet_area measure_area combine_rectangles",
        arguments=(
            "first|a|one|carpet: tuple[int, int, int, int]; left, bottom, right and top edge of a rectangle",
            "second|b|two|rug: tuple[int, int, int, int]; the same for another rectangle",
        ),
        returns="int",
        phrasings=(
            "Two rectangles $first and $second are given as tuples (left, bottom, right, top) with left < right and bottom < top. Return the area that is covered by $words.",
            "Given rectangles $first and $second with sides parallel to the axes, each as (left, bottom, right, top), how large is the area that belongs to $words?",
            "Two carpets lie on a floor, at the coordinates $first and $second: left, bottom, right and top edge in decimetres. Return how many square decimetres of the floor are covered by $words. Carpets that only touch do not overlap.",
            "Let A = [x1, x2] x [y1, y2] for $first = (x1, y1, x2, y2), and B likewise for $second. Return the area of the set of points in $words.",
        ),
        solutions=(
            """
width = min($first[2], $second[2]) - max($first[0], $second[0])
height = min($first[3], $second[3]) - max($first[1], $second[1])
common = max(width, 0) * max(height, 0)
area_a = ($first[2] - $first[0]) * ($first[3] - $first[1])
area_b = ($second[2] - $second[0]) * ($second[3] - $second[1])
return area_a + area_b - $times * common
""",
            """
def squares(box):
    left, bottom, right, top = box
    return {(x, y) for x in range(left, right) for y in range(bottom, top)}

return len(squares($first) $op squares($second))
""",
            """
def overlap(a0, a1, b0, b1):
    if a1 <= b0 or b1 <= a0:
        return 0
    return min(a1, b1) - max(a0, b0)

x1, y1, x2, y2 = $first
u1, v1, u2, v2 = $second
$total = (x2 - x1) * (y2 - y1) + (u2 - u1) * (v2 - v1)
return $total - $times * overlap(x1, x2, u1, u2) * overlap(y1, y2, v1, v2)
""",
        ),
        reference=lambda first, second, noun, **_: len(
            _cells(first) ^ _cells(second) if "exactly" in noun else _cells(first) | _cells(second)
        ),
        parameters=lambda rng: {
            key: Raw(text) if isinstance(text, str) else text
            for key, text in zip(
                ("noun", "words", "op", "times"),
                rng.choice(
                    (
                        ("covered_area", "at least one of the two", "|", 1),
                        ("covered_by_exactly_one", "exactly one of the two", "^", 2),
                    )
                ),
                strict=True,
            )
        },
        inputs=lambda rng, **_: (_box(rng), _box(rng)),
        edges=(
            ((0, 0, 1, 1), (0, 0, 1, 1)),
            ((0, 0, 2, 2), (2, 0, 4, 2)),
            ((0, 0, 5, 5), (1, 1, 2, 3)),
            ((-3, -3, -1, -1), (5, 5, 6, 9)),
            ((0, 0, 4, 4), (2, -3, 3, 9)),
        ),
        idea="The overlap has a width and a height that are found axis by axis; it is counted in both areas.",
        pitfall="When the rectangles lie apart, width and height of the overlap are negative, and their product may be positive.",
    ),
    Family(
        name="kind_of_triangle_angles",
        concepts=("geometry", "conditionals", "sorting"),
        difficulty=2,
        names="triangle_by_sides angle_kind kind_of_triangle largest_angle judge_triangle",
        arguments=(
            "a|first_side|p|side_a: int; a side, positive",
            "b|second_side|q|side_b: int; another side, positive",
            "c|third_side|r|side_c: int; the last side, positive",
        ),
        returns="str",
        phrasings=(
            "Return what kind of triangle has the sides $a, $b and $c, by its largest angle: '$right' for a right angle, '$acute' for a smaller and '$obtuse' for a larger one. If no triangle has these sides, also if it would be flat, return '$none'.",
            "Can three sticks of the lengths $a, $b and $c form a triangle? If not (the longest is at least as long as the other two together), return '$none'; otherwise return '$acute', '$right' or '$obtuse' according to its largest angle.",
            "A carpenter joins three laths of $a, $b and $c centimetres and looks at the largest angle. Say '$right' if it is a right angle, '$acute' if it is smaller, '$obtuse' if it is larger, and '$none' if the laths cannot enclose an area.",
            "Let x <= y <= z be $a, $b, $c in ascending order. Return '$none' if x + y <= z, else '$acute', '$right' or '$obtuse' for x*x + y*y greater than, equal to or less than z*z.",
        ),
        solutions=(
            """
x, y, z = sorted(($a, $b, $c))
if x + y <= z:
    return "$none"
if x * x + y * y == z * z:
    return "$right"
return "$acute" if x * x + y * y > z * z else "$obtuse"
""",
            """
longest = max($a, $b, $c)
if $a + $b + $c <= 2 * longest:
    return "$none"
difference = $a**2 + $b**2 + $c**2 - 2 * longest**2
if difference > 0:
    return "$acute"
elif difference < 0:
    return "$obtuse"
else:
    return "$right"
""",
        ),
        reference=lambda a, b, c, acute, right, obtuse, none: str(
            none
            if any(p + q <= r for p, q, r in itertools.permutations((a, b, c)))
            else right
            if any(p * p + q * q == r * r for p, q, r in itertools.permutations((a, b, c)))
            else obtuse
            if any(p * p + q * q < r * r for p, q, r in itertools.permutations((a, b, c)))
            else acute
        ),
        parameters=lambda rng: {
            key: Raw(text)
            for key, text in zip(
                ("acute", "right", "obtuse", "none"),
                rng.choice(
                    (
                        ("acute", "right", "obtuse", "none"),
                        ("sharp", "square", "blunt", "impossible"),
                        ("A", "R", "O", "-"),
                    )
                ),
                strict=True,
            )
        },
        inputs=lambda rng, **_: _triangle(rng),
        edges=((1, 1, 1), (1, 2, 3), (3, 5, 4), (13, 5, 12), (2, 2, 3), (10, 1, 1), (6, 5, 5)),
        idea="The largest angle lies opposite the longest side, and comparing the squares tells whether it is a right one.",
        pitfall="Testing only whether the last side given is too long; any of the three may be the longest.",
    ),
    Family(
        name="points_in_ring",
        concepts=("geometry", "counting", "conditionals"),
        difficulty=2,
        names="points_in_ring count_in_ring hits_in_zone darts_in_ring ring_count",
        arguments=("points|hits|places|shots: list[tuple[int, int]]; coordinates (x, y)",),
        returns="int",
        phrasings=(
            "Return how many of the $points lie $inner $low and $outer $high from the point ($x, $y), measured in a straight line.",
            "Count the $points whose distance from the centre ($x, $y) is $inner $low and at the same time $outer $high. The distance is the straight one, and points that are listed twice count twice.",
            "Darts hit a board at the $points. The centre of the board is at ($x, $y), and a dart scores if it is $inner $low and $outer $high centimetres away from there. How many darts score?",
            "Count the tuples (a, b) in $points for which the Euclidean distance of (a, b) and ($x, $y) is $inner $low and $outer $high; an empty list gives 0.",
        ),
        solutions=(
            """
$count = 0
for a, b in $points:
    square = (a - $x) ** 2 + (b - $y) ** 2
    if square $op1 $low**2 and square $op2 $high**2:
        $count += 1
return $count
""",
            """
from math import dist
distances = [dist(($x, $y), point) for point in $points]
return sum(1 for distance in distances if distance $op1 $low and distance $op2 $high)
""",
            """
def away(point):
    return abs(complex(*point) - complex($x, $y))

near = [point for point in $points if away(point) $op2 $high]
return len(near) - len([point for point in near if not away(point) $op1 $low])
""",
        ),
        reference=lambda points, x, y, low, high, op1, op2, **_: sum(
            (low * low < s or (s == low * low and op1 == ">="))
            and (s < high * high or (s == high * high and op2 == "<="))
            for s in ((a - x) * (a - x) + (b - y) * (b - y) for a, b in points)
        ),
        parameters=lambda rng: {
            "x": rng.choice((0, 0, 3)),
            "y": rng.choice((0, 0, -1)),
            "low": rng.choice((3, 5)),
            "high": rng.choice((8, 10)),
            **dict(
                zip(
                    ("op1", "inner"),
                    map(Raw, rng.choice(((">", "more than"), (">=", "at least")))),
                    strict=True,
                )
            ),
            **dict(
                zip(
                    ("op2", "outer"),
                    map(Raw, rng.choice((("<", "less than"), ("<=", "at most")))),
                    strict=True,
                )
            ),
        },
        inputs=lambda rng, x, y, **_: ([(a + x, b + y) for a, b in _points(rng)],),
        edges=(
            ([],),
            ([(0, 0)],),
            ([(3, 4), (3, 4), (0, 3)],),
            ([(-6, -8), (6, -9), (13, -1)],),
            ([(0, 10), (8, 0), (5, 0), (0, -8)],),
        ),
        idea="Squares grow with the lengths, so squared distances can be compared with squared limits, without roots.",
        pitfall="Comparing the coordinates one by one describes a square frame, not a ring.",
    ),
)
