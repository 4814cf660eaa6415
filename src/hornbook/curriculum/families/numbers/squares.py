"""Families on perfect squares."""

from __future__ import annotations

from math import isqrt

from hornbook.curriculum.family import Family, Raw


def _squares_to(limit: int) -> list[int]:
    found = [0]
    while found[-1] + 2 * len(found) - 1 <= limit:
        found.append(found[-1] + 2 * len(found) - 1)
    return found


FAMILIES: tuple[Family, ...] = (
    Family(
        name="steps_to_square_number",
        concepts=("perfect_squares", "mapping", "min_max"),
        difficulty=2,
        names="steps_to_square to_nearest_square ${which}_square change_to_square",
        arguments=("numbers|values|counts|groups: list[int]; whole numbers, 0 or more",),
        returns="list[int]",
        phrasings=(
            "Return for every number in $numbers how much must be $done to get a perfect square (0, 1, 4, 9, ...), as little as possible, in the same order. A number that is a square itself needs 0.",
            "For each element n of $numbers find the smallest whole number d >= 0 such that n $sign d is the square of a whole number. Return the list of all d in order.",
            "Gardeners plant square beds, with as many rows as there are plants in a row. They have groups of $numbers plants. How many plants must they $verb each group, at least, so that it fills a square bed? Return one number per group; 0 plants fill a bed of size 0.",
            "Return [min {d >= 0 : n $sign d = r * r for some integer r >= 0} for n in $numbers].",
        ),
        solutions=(
            """
from math import isqrt
$result = []
for number in $numbers:
    root = $root
    $result.append(abs(root * root - number))
return $result
""",
            """
def is_square(value):
    root = 0
    while root * root < value:
        root += 1
    return root * root == value

def distance(number):
    step = 0
    while not is_square(number $sign step):
        step += 1
    return step

return [distance(number) for number in $numbers]
""",
            """
squares = [root * root for root in range(max($numbers, default=0) + 2)]
return [min(abs(s - number) for s in squares if s $op number) for number in $numbers]
""",
        ),
        reference=lambda numbers, op, **_: [
            (min(s for s in _squares_to(4 * n + 4) if s >= n) - n) if op == ">=" else n - max(_squares_to(n))
            for n in numbers
        ],
        parameters=lambda rng: {
            key: Raw(text)
            for key, text in zip(
                ("done", "sign", "verb", "which", "op", "root"),
                rng.choice(
                    (
                        ("added", "+", "add to", "next", ">=", "isqrt(number - 1) + 1 if number else 0"),
                        ("taken away", "-", "take from", "last", "<=", "isqrt(number)"),
                    )
                ),
                strict=True,
            )
        },
        inputs=lambda rng, **_: (
            [
                rng.choice((rng.randint(0, 60), rng.randint(1, 7) ** 2, rng.randint(2, 7) ** 2 + 1))
                for _ in range(rng.randint(3, 5))
            ],
        ),
        edges=(([],), ([0],), ([1],), ([2, 3],), ([16, 15, 17],), ([99, 100, 101],)),
        idea="The whole-number root gives the square just below; its neighbour is the one just above.",
        pitfall="A float root of a large square can come out a little too small; isqrt is exact.",
    ),
    Family(
        name="as_sum_of_two_squares",
        concepts=("perfect_squares", "two_pointers", "tuples"),
        difficulty=3,
        names="two_squares square_pairs split_into_squares pairs_for sum_of_squares_pairs",
        arguments=("number|n|total|value: int; a whole number, 0 or more",),
        returns="list[tuple[int, int]]",
        phrasings=(
            "Return all pairs (a, b) of whole numbers with $least <= a $op b and a * a + $factor * b * b equal to $number, in order of a.",
            "In which ways can $number be written as a * a + $factor * b * b with whole numbers a and b, where a is at least $least and a $op b? List the pairs (a, b) by ascending a; the list may be empty.",
            "A floor of $number tiles is laid as one square with the side a and $factor squares with the side b, where b is $side than a and a is at least $least. Which pairs (a, b) are possible? List them with the smallest a first.",
            "Return the ascending list of the tuples (a, b) of integers satisfying a^2 + $factor * b^2 = $number and $least <= a $op b.",
        ),
        solutions=(
            """
from math import isqrt
pairs = []
for a in range($least, isqrt($number) + 1):
    rest, remainder = divmod($number - a * a, $factor)
    b = isqrt(rest)
    if remainder == 0 and b * b == rest and a $op b:
        pairs.append((a, b))
return pairs
""",
            """
pairs = []
a, b = $least, 0
while $factor * b * b <= $number:
    b += 1
while b >= 0 and a $op b:
    $total = a * a + $factor * b * b
    if $total == $number:
        pairs.append((a, b))
    if $total > $number:
        b -= 1
    else:
        a += 1
return pairs
""",
            """
squares = {b * b * $factor: b for b in range($number + 1)}
return [
    (a, squares[$number - a * a])
    for a in range($least, $number + 1)
    if $number - a * a in squares and a $op squares[$number - a * a]
]
""",
        ),
        reference=lambda number, least, factor, op, side: [
            (a, b)
            for a in range(least, isqrt(number) + 1)
            for b in range(a + (op == "<"), isqrt(number) + 1)
            if a * a + factor * b * b == number
        ],
        parameters=lambda rng: {
            "least": rng.randint(0, 1),
            "factor": rng.randint(2, 3),
            **dict(
                zip(
                    ("op", "side"),
                    map(Raw, rng.choice((("<", "longer"), ("<=", "not shorter")))),
                    strict=True,
                )
            ),
        },
        inputs=lambda rng, factor, **_: (
            (lambda a: a * a + factor * (a + rng.randint(0, 4)) ** 2)(rng.randint(0, 5))
            + rng.choice((0, 0, 0, 1)),
        ),
        edges=((0,), (1,), (2,), (3,), (18,), (27,), (54,), (99,), (66,)),
        idea="When a grows, b must shrink, so both can move towards each other through all possibilities once.",
        pitfall="Trying all pairs up to the number itself takes far too many steps; the roots are limit enough.",
    ),
    Family(
        name="square_numbers_with_ending",
        concepts=("perfect_squares", "digits", "filtering"),
        difficulty=2,
        names="squares_between square_list squares_ending_in find_squares squares_in_range",
        arguments=(
            "low|first|start|begin: int; the smallest candidate, 0 or more",
            "high|last|stop|end: int; the largest candidate",
        ),
        returns="list[int]",
        phrasings=(
            "Return all perfect squares from $low to $high, both included, whose last digit is $not_text$digit, in $order order.",
            "List the square numbers n with $low <= n <= $high that $ending $digit, in $order order. If $high is less than $low the list is empty.",
            "House numbers from $low to $high (inclusive) that are square numbers get a golden plate, but only those whose last digit is $not_text$digit. Which numbers are these? Give them in $order order.",
            "Return the list, in $order order, of all r * r (r a whole number) in the closed range [$low, $high] with r * r mod 10 $op $digit; it is empty for $low > $high.",
        ),
        solutions=(
            """
squares = []
root = 0
while root * root <= $high:
    square = root * root
    if square >= $low and square % 10 $op $digit:
        squares.append(square)
    root += 1
return squares$turn
""",
            """
from math import isqrt
found = [n for n in range($low, $high + 1) if isqrt(n) ** 2 == n]
return [n for n in found if n % 10 $op $digit]$turn
""",
            """
from itertools import count, takewhile
squares = takewhile(lambda n: n <= $high, (root**2 for root in count()))
kept = [n for n in squares if n >= $low and n % 10 $op $digit]
return kept$turn
""",
        ),
        reference=lambda low, high, digit, op, order, **_: sorted(
            (
                s
                for s in (_squares_to(high) if high >= 0 else [])
                if not s < low and (str(s)[-1] == str(digit)) == (op == "==")
            ),
            key=lambda s: -s if order == "descending" else s,
        ),
        parameters=lambda rng: {
            "digit": rng.choice((1, 4, 6, 9)),
            **{
                key: Raw(text)
                for key, text in zip(
                    ("op", "not_text", "ending"),
                    rng.choice((("==", "", "end in"), ("!=", "not ", "do not end in"))),
                    strict=True,
                )
            },
            **{
                key: Raw(text)
                for key, text in zip(
                    ("order", "turn"), rng.choice((("ascending", ""), ("descending", "[::-1]"))), strict=True
                )
            },
        },
        inputs=lambda rng, **_: (lambda a: (a, a + rng.choice((60, 100, 45)) + rng.choice((0, 21))))(
            rng.choice((0, 1, 4, 9, 16, 36, 49, 5, 20))
        ),
        edges=((0, 0), (1, 1), (4, 4), (5, 8), (9, 9), (10, 2), (0, 300), (64, 81), (16, 49)),
        idea="Walk through the roots instead of the numbers: only the squares are visited at all.",
        pitfall="Starting at the root of the lower end, rounded down, may begin with a square that is too small.",
    ),
    Family(
        name="square_and_other_pattern",
        concepts=("perfect_squares", "while_loops", "early_return"),
        difficulty=3,
        names="both_shapes square_and_${shape} common_shapes next_double_number find_common",
        arguments=("start|minimum|n|above: int; a whole number, may be negative",),
        returns="int",
        phrasings=(
            "Return the smallest number greater than $start that is a perfect square and also of the form $form with a whole number k >= 0.",
            "Among the square numbers 0, 1, 4, 9, ... that are larger than $start, find the first that equals $form for some k in 0, 1, 2, ...",
            "A child lays stones in patterns: with r * r stones it can lay a square, with $form stones a $shape pattern. What is the smallest number of stones above $start with which it can lay both (r and k may be 0)?",
            "Return min {n > $start : n = r * r = $form for integers r, k >= 0}.",
        ),
        solutions=(
            """
k = 0
while True:
    number = $form
    root = round(number**0.5)
    if number > $start and root * root == number:
        return number
    k += 1
""",
            """
from math import isqrt

def pattern(k):
    return $form

from_zero = 0
while pattern(from_zero) <= $start or isqrt(pattern(from_zero)) ** 2 != pattern(from_zero):
    from_zero += 1
return pattern(from_zero)
""",
            """
r = k = 0
while True:
    if r * r < $form:
        r += 1
    elif r * r > $form:
        k += 1
    elif r * r > $start:
        return r * r
    else:
        r += 1
""",
        ),
        reference=lambda start, numbers, **_: next(n for n in numbers if n > start),
        parameters=lambda rng: {
            key: Raw(text) if isinstance(text, str) else text
            for key, text in zip(
                ("form", "shape", "numbers"),
                rng.choice(
                    (
                        ("k * (k + 1) // 2", "triangle", (0, 1, 36, 1225, 41616)),
                        ("2 * k * k + 1", "frame", (1, 9, 289, 9801, 332929)),
                        ("k * (3 * k - 1) // 2", "pentagon", (0, 1, 9801, 94109401)),
                        ("3 * k * k + 1", "star", (1, 4, 49, 676, 9409)),
                    )
                ),
                strict=True,
            )
        },
        inputs=lambda rng, numbers, **_: (
            rng.choice((*numbers[:3], rng.randint(-3, 40), rng.randint(1, 400))),
        ),
        edges=((-1,), (0,), (1,), (2,), (8,), (36,), (48,), (49,)),
        idea="Both sequences grow, so always advance the one that is behind; when they meet, a common number is found.",
        pitfall="After a common number that is not large enough, one of the sequences has to move on, or the loop stands still.",
    ),
)
