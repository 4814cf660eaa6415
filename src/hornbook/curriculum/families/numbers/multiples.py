"""Families on the greatest common divisor and the least common multiple."""

from __future__ import annotations

import random
from math import gcd, prod

from hornbook.curriculum.family import Family, Raw


def _lengths(rng: random.Random, extra: int) -> tuple[list[int]]:
    step = rng.randint(2, 12)
    return ([step * rng.randint(1, 6) + extra for _ in range(rng.randint(2, 4))],)


def _common(numbers: list[int]) -> list[int]:
    return [d for d in range(1, max(numbers, default=0) + 1) if not any(n % d for n in numbers)]


def _remainders(a: int, b: int) -> list[int]:
    row = [a, b]
    while row[-1]:
        row.append(row[-2] - row[-1] * len(range(row[-1], row[-2] + 1, row[-1])))
    return row


def _test(value: int, op: str, k: int) -> bool:
    return {"==": value == k, ">=": value >= k, "<=": value <= k}[op]


FAMILIES: tuple[Family, ...] = (
    Family(
        name="longest_equal_pieces",
        concepts=("greatest_common_divisor", "accumulation", "tuples"),
        difficulty=2,
        names="longest_pieces cut_evenly equal_pieces piece_length cut_all",
        arguments=("lengths|boards|ropes|sizes: list[int]; lengths in centimetres, all larger than $k",),
        returns="tuple[int, int]",
        phrasings=(
            "First $k centimetres are cut off each length in $lengths as waste; then everything is cut into pieces of one equal whole length, as long as possible, with no further waste. Return this length and the number of pieces as a tuple, (0, 0) for an empty list.",
            "Subtract $k from every number in $lengths and find the largest whole number that divides all the results. Return it together with the number of pieces, that is the sum of the results divided by it; an empty list gives (0, 0).",
            "Given $noun of the $lengths in centimetres: the damaged $k centimetres at one end of each are removed, and the rest is cut into equal pieces that are as long as possible, without leftovers. How long is a piece in whole centimetres, and how many are there? Without any $noun the answer is (0, 0).",
            "Let r = [n - $k for n in $lengths] and g the greatest common divisor of the elements of r, all positive. Return (g, sum(r) // g), or (0, 0) if the list is empty.",
        ),
        solutions=(
            """
from math import gcd
piece = gcd(*[$item - $k for $item in $lengths])
if piece == 0:
    return 0, 0
return piece, sum($item - $k for $item in $lengths) // piece
""",
            """
if not $lengths:
    return 0, 0
usable = [$item - $k for $item in $lengths]
piece = min(usable)
while any($item % piece for $item in usable):
    piece -= 1
return piece, sum($item // piece for $item in usable)
""",
            """
$total = 0
piece = 0
for $item in $lengths:
    rest = $item - $k
    $total += rest
    while rest:
        piece, rest = rest, piece % rest
return (piece, $total // piece) if $lengths else (0, 0)
""",
        ),
        reference=lambda lengths, k, noun: (
            (
                _common([n - k for n in lengths])[-1],
                sum(n - k for n in lengths) // _common([n - k for n in lengths])[-1],
            )
            if lengths
            else (0, 0)
        ),
        parameters=lambda rng: {
            "k": rng.randint(1, 5),
            "noun": Raw(rng.choice(("boards", "ropes", "ribbons", "pipes"))),
        },
        inputs=lambda rng, k, **_: _lengths(rng, k),
        edges=(([],), ([30],), ([17, 17],), ([12, 13],), ([25, 45, 65],)),
        idea="A length that fits into all of them is a common divisor, and the longest is the greatest common divisor.",
        pitfall="Starting the running divisor at 1 makes every piece one centimetre long.",
    ),
    Family(
        name="steps_of_euclid",
        concepts=("greatest_common_divisor", "while_loops", "list_building"),
        difficulty=1,
        names="euclid_steps division_steps trace_division written_steps show_steps",
        arguments=(
            "a|first|left_number|dividend: int; a whole number, 0 or more",
            "b|second|right_number|divisor: int; a whole number, 0 or more",
        ),
        returns="list[str]",
        phrasings=(
            "Write out Euclid's algorithm for $a and $b: as long as the second number is not 0, note the division as '<first> = <quotient>$times<second> + <remainder>', then continue with the second number and the remainder. Return the notes in order.",
            "Given whole numbers $a and $b, return the lines of Euclid's algorithm as texts like '17 = 3${times}5 + 2'. After each line the pair (first, second) becomes (second, remainder), and it ends when the second number is 0.",
            "A pupil looks for the greatest common divisor of $a and $b by repeated division and writes one line for each division, for example '17 = 3${times}5 + 2'; the divisor and the remainder are the numbers of the next line. She stops when she would have to divide by 0. Which lines does she write?",
            "Let (x, y) = ($a, $b). While y > 0, append the string f'{x} = {x // y}$times{y} + {x % y}' and replace (x, y) by (y, x % y). Return the list, which is empty for y = 0 at the start.",
        ),
        solutions=(
            """
lines = []
while $b != 0:
    quotient, remainder = divmod($a, $b)
    lines.append(f"{$a} = {quotient}$times{$b} + {remainder}")
    $a, $b = $b, remainder
return lines
""",
            """
if $b == 0:
    return []
line = f"{$a} = {$a // $b}$times{$b} + {$a % $b}"
return [line] + $self($b, $a % $b)
""",
        ),
        reference=lambda a, b, times: (
            lambda row: [
                f"{x} = {(x - z) // y}{times}{y} + {z}"
                for x, y, z in zip(row, row[1:], row[2:], strict=False)
            ]
        )(_remainders(a, b)),
        parameters=lambda rng: {"times": Raw(rng.choice((" * ", " x ", "*")))},
        inputs=lambda rng, times: (lambda g: (g * rng.randint(2, 20), g * rng.randint(2, 12)))(
            rng.randint(1, 5)
        ),
        edges=((0, 0), (5, 0), (0, 5), (7, 7), (3, 8), (100, 10)),
        idea="A common divisor of both numbers also divides the remainder, so the pair may be replaced by a smaller one.",
        pitfall="Changing the first number before the remainder has been worked out uses the wrong pair; assign both at once.",
    ),
    Family(
        name="pairs_without_common_factor",
        concepts=("greatest_common_divisor", "nested_loops", "counting"),
        difficulty=2,
        names="count_pairs coprime_pairs unrelated_pairs pairs_by_divisor tally_pairs",
        arguments=("numbers|values|teeth|sizes: list[int]; positive whole numbers",),
        returns="int",
        phrasings=(
            "Return how many pairs of positions i < j there are for which the greatest common divisor of $numbers[i] and $numbers[j] is $words $k.",
            "Take every two elements of $numbers, at different positions and regardless of order. In how many of these pairs is the greatest common divisor $words $k?",
            "Two gear wheels run well together if the greatest common divisor of their numbers of teeth is $words $k. How many pairs from the wheels with $numbers teeth run well together? Each pair is counted once, and wheels with equal numbers are different wheels.",
            "Count the two-element sets of indices {i, j}, i != j, of $numbers with gcd($numbers[i], $numbers[j]) $op $k; with fewer than two elements the count is 0.",
        ),
        solutions=(
            """
from math import gcd
$count = 0
for $i in range(len($numbers)):
    for $j in range($i + 1, len($numbers)):
        if gcd($numbers[$i], $numbers[$j]) $op $k:
            $count += 1
return $count
""",
            """
from itertools import combinations
from math import gcd
return sum(gcd(a, b) $op $k for a, b in combinations($numbers, 2))
""",
            """
def divisor(a, b):
    while b:
        a, b = b, a % b
    return a

found = 0
earlier = []
for $item in $numbers:
    found += len([1 for $other in earlier if divisor($item, $other) $op $k])
    earlier.append($item)
return found
""",
        ),
        reference=lambda numbers, k, op, words: sum(
            _test(max(d for d in range(1, a + 1) if a % d == b % d == 0), op, k)
            for i, a in enumerate(numbers)
            for b in numbers[:i]
        ),
        parameters=lambda rng: (lambda t: {"op": Raw(t[0]), "words": Raw(t[1]), "k": t[2]})(
            rng.choice(
                (("==", "exactly", 1), ("==", "exactly", 2), (">=", "at least", 3), ("<=", "at most", 2))
            )
        ),
        inputs=lambda rng, **_: ([rng.randint(1, 30) for _ in range(rng.randint(3, 6))],),
        edges=(([],), ([4],), ([5, 5],), ([1, 1, 1],), ([6, 9, 12],), ([2, 4, 8, 3],)),
        idea="The inner loop starts behind the outer one, so that each pair is looked at once.",
        pitfall="Starting the inner loop at the same position pairs every number with itself.",
    ),
    Family(
        name="turns_until_marks_meet",
        concepts=("least_common_multiple", "mapping", "greatest_common_divisor"),
        difficulty=3,
        names="turns_needed wheel_turns turns_to_start laps_until rounds_each",
        arguments=("teeth|laps|cycles|periods: list[int]; positive whole numbers",),
        returns="list[int]",
        phrasings=(
            "$intro $teeth. Return a list of how many full $turns each has made when all are at their starting position together for the first time again; an empty list gives an empty list.",
            "Find the least common multiple of the numbers in $teeth and return, for each of the numbers and in the same order, the multiple divided by it. For no numbers the result is an empty list.",
            "$intro $teeth. They start together. When they meet at the start again for the first time, how many full $turns has each of them made? Answer with a list in the same order; without any the list is empty.",
            "Let m be the smallest positive integer that is divisible by every element of $teeth. Return the list of m // t for each t in $teeth, in order, and [] for an empty list.",
        ),
        solutions=(
            """
from math import lcm
together = lcm(*$teeth)
return [together // $item for $item in $teeth]
""",
            """
from math import gcd
together = 1
for $item in $teeth:
    together = together * $item // gcd(together, $item)
$result = []
for $item in $teeth:
    $result.append(together // $item)
return $result
""",
            """
if not $teeth:
    return []
together = step = max($teeth)
while any(together % $item != 0 for $item in $teeth):
    together += step
return [together // $item for $item in $teeth]
""",
        ),
        reference=lambda teeth, intro, turns: (
            lambda m: [next(q for q in range(1, m + 1) if q * t == m) for t in teeth]
        )(next(m for m in range(1, prod(teeth) + 1) if not any(m % t for t in teeth))),
        parameters=lambda rng: dict(
            zip(
                ("intro", "turns"),
                map(
                    Raw,
                    rng.choice(
                        (
                            ("Gear wheels in a row have these numbers of teeth:", "turns"),
                            ("Runners on a track need these numbers of seconds for one lap:", "laps"),
                            ("Toy trains need these numbers of seconds for one round:", "rounds"),
                        )
                    ),
                ),
                strict=True,
            )
        ),
        inputs=lambda rng, **_: (
            [rng.choice((2, 3, 4, 5, 6, 8, 9, 10, 12)) for _ in range(rng.randint(2, 4))],
        ),
        edges=(([],), ([7],), ([4, 4],), ([1, 5],), ([6, 4],), ([2, 3, 6],)),
        idea="They meet after the least common multiple, and dividing it by one number gives that one's share.",
        pitfall="Using the product of all numbers gives a meeting, but often not the first.",
    ),
    Family(
        name="days_of_joint_service",
        concepts=("least_common_multiple", "counting", "conditionals"),
        difficulty=1,
        names="service_days count_days days_with_service busy_days days_by_rhythm",
        arguments=("days|length|horizon|period: int; how many days, 0 or more",),
        returns="tuple[int, int]",
        phrasings=(
            "$intro every $a days, the other every $b days, for the first time on day $a and day $b. Return a tuple: on how many of the days 1 to $days at least one of them $verb, and on how many both.",
            "Consider the whole numbers from 1 to $days, both included. Return how many are divisible by $a or by $b (or both), and how many are divisible by both, as a tuple.",
            "$intro every $a days and the other every $b days, on the days whose number is a multiple of it. In a period with the days 1 to $days, how many days have at least one of them, and how many have both? Answer with the tuple of both counts.",
            "Let A and B be the sets of positive multiples of $a and of $b that are not greater than $days. Return (size of the union of A and B, size of their intersection).",
        ),
        solutions=(
            """
from math import lcm
both = $days // lcm($a, $b)
return $days // $a + $days // $b - both, both
""",
            """
some = both = 0
for day in range(1, $days + 1):
    if day % $a == 0 or day % $b == 0:
        some += 1
    if day % $a == 0 and day % $b == 0:
        both += 1
return some, both
""",
            """
first = set(range($a, $days + 1, $a))
second = set(range($b, $days + 1, $b))
return len(first | second), len(first & second)
""",
        ),
        reference=lambda days, a, b, **_: (
            sum(gcd(d, a) == a or gcd(d, b) == b for d in range(1, days + 1)),
            sum(gcd(d, a) == a and gcd(d, b) == b for d in range(1, days + 1)),
        ),
        parameters=lambda rng: {
            **dict(
                zip(("a", "b"), rng.choice(((4, 6), (2, 3), (6, 9), (3, 5), (4, 10), (2, 6))), strict=True)
            ),
            **dict(
                zip(
                    ("intro", "verb"),
                    map(
                        Raw,
                        rng.choice(
                            (
                                ("One of two gardeners comes", "comes"),
                                ("One of two bus lines runs", "runs"),
                                ("One of two cleaners comes", "comes"),
                            )
                        ),
                    ),
                    strict=True,
                )
            ),
        },
        inputs=lambda rng, a, b, **_: (
            rng.choice((a * b, a * b - 1, 2 * a * b, rng.randint(5, 60), 7 * a, 5 * b)),
        ),
        edges=((0,), (1,), (2,), (6,), (12,), (18,), (60,)),
        idea="Adding the two counts counts the joint days twice; these are the multiples of the least common multiple.",
        pitfall="Taking $a times $b for the joint rhythm misses joint days whenever both have a common divisor.",
    ),
)
