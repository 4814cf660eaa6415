"""Families on sequences of numbers."""

from __future__ import annotations

import itertools
import random

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw


def _recurrence(first: int, second: int, length: int, p: int, q: int) -> list[int]:
    def term(i: int) -> int:
        return (first, second)[i] if i < 2 else p * term(i - 1) + q * term(i - 2)

    return [term(i) for i in range(length)]


def _progression(rng: random.Random) -> tuple[list[int]]:
    start, step, length = rng.randint(1, 6), rng.choice((-3, 2, 3, 5)), rng.randint(3, 5)
    row = [start * step**i if rng.random() < 0.5 else start + step * i for i in range(length)]
    straight = [start + step * i for i in range(length)]
    power = [start * step**i for i in range(length)]
    return ([term or 9 for term in rng.choice((row, straight, power, straight, power))],)


def _game(start: int, k: int, add: int, limit: int) -> list[int]:
    row: list[int] = []
    while start not in row and len(row) < limit:
        row.append(start)
        start = start // k if start % k == 0 else start + add
    return row


FAMILIES: tuple[Family, ...] = (
    Family(
        name="terms_from_two_before",
        concepts=("sequences", "list_building", "for_loops"),
        difficulty=2,
        names="first_terms build_sequence grow_sequence terms_of continue_from",
        arguments=(
            "first|a|start|one: int; the first term",
            "second|b|follower|two: int; the second term",
            "length|amount|size|how_many: int; how many terms are wanted, 0 or more",
        ),
        returns="list[int]",
        phrasings=(
            "Return the first $length terms of the sequence that starts with $first and $second and in which every further term is $p times the term before it plus $q times the term before that.",
            "A sequence begins $first, $second. From then on each term is made from the last two: $p times the last plus $q times the one before the last. Return a list of its first $length terms.",
            "In a garden there are $first plants in the first year and $second in the second. In every later year there are $p times as many as one year before plus $q times as many as two years before. Return the numbers of the first $length years.",
            "Let x(1) = $first, x(2) = $second and x(n) = $p * x(n - 1) + $q * x(n - 2) for n > 2. Return [x(1), ..., x($length)], which is empty for $length = 0 and has only the first term for $length = 1.",
        ),
        solutions=(
            """
terms = [$first, $second]
while len(terms) < $length:
    terms.append($p * terms[-1] + $q * terms[-2])
return terms[:$length]
""",
            """
$result = []
for _ in range($length):
    $result.append($first)
    $first, $second = $second, $p * $second + $q * $first
return $result
""",
            """
def endless():
    older, newer = $first, $second
    while True:
        yield older
        older, newer = newer, $p * newer + $q * older

source = endless()
return [next(source) for _ in range($length)]
""",
        ),
        reference=_recurrence,
        parameters=lambda rng: dict(
            zip(("p", "q"), rng.choice(((2, 1), (1, 2), (3, 1), (1, 3), (3, 2), (2, 3))), strict=True)
        ),
        inputs=lambda rng, **_: (rng.randint(0, 5), rng.randint(1, 6), rng.randint(3, 7)),
        edges=((1, 1, 0), (4, 7, 1), (4, 7, 2), (0, 0, 4), (-1, 2, 5), (3, 5, 3)),
        idea="Two values are enough to know: moving them on by one place gives the next term.",
        pitfall="With fewer than two terms wanted, the two starting values are already too many.",
    ),
    Family(
        name="kind_of_progression",
        concepts=("sequences", "any_all", "conditionals"),
        difficulty=3,
        names="kind_of_sequence name_progression classify_terms which_kind describe_sequence",
        arguments=("terms|values|numbers|row: list[int]; at least two whole numbers, none of them 0",),
        returns="str",
        phrasings=(
            "Return '$sum' if the differences between neighbouring numbers in $terms are all the same, '$product' if every number is the one before it times the same factor, '$both' if both hold, and '$none' otherwise. The factor need not be whole.",
            "Given a list $terms of at least two non-zero integers, say which kind of sequence it is: '$sum' (a constant is added), '$product' (a constant factor multiplies, possibly a fraction), '$both' or '$none'. A list of two numbers is always both.",
            "A magazine prints the beginnings of number sequences, such as $terms, and readers send in one word: '$sum' if from each number to the next the same amount is added, '$product' if it is multiplied by the same factor (a fraction is allowed), '$both' if the two are true, or '$none'. Which word is right?",
            "Let x be the list $terms. Test A: x[i + 1] - x[i] is the same for all i. Test B: the exact quotient x[i + 1] / x[i] is the same for all i. Return '$both', '$sum' (only A), '$product' (only B) or '$none'.",
        ),
        solutions=(
            """
pairs = list(zip($terms, $terms[1:]))
adds = len({b - a for a, b in pairs}) == 1
a0, b0 = pairs[0]
multiplies = all(b * a0 == a * b0 for a, b in pairs)
if adds and multiplies:
    return "$both"
if adds:
    return "$sum"
return "$product" if multiplies else "$none"
""",
            """
from fractions import Fraction
differences = set()
quotients = set()
for $i in range(1, len($terms)):
    differences.add($terms[$i] - $terms[$i - 1])
    quotients.add(Fraction($terms[$i], $terms[$i - 1]))
answers = {(1, 1): "$both", (1, 2): "$sum", (2, 1): "$product", (2, 2): "$none"}
return answers[min(len(differences), 2), min(len(quotients), 2)]
""",
        ),
        reference=lambda terms, sum, product, both, none: str(
            {(True, True): both, (True, False): sum, (False, True): product, (False, False): none}[
                all(2 * b == a + c for a, b, c in zip(terms, terms[1:], terms[2:], strict=False)),
                all(b * b == a * c for a, b, c in zip(terms, terms[1:], terms[2:], strict=False)),
            ]
        ),
        parameters=lambda rng: {
            key: Raw(text)
            for key, text in zip(
                ("sum", "product", "both", "none"),
                rng.choice(
                    (
                        ("arithmetic", "geometric", "both", "neither"),
                        ("adding", "multiplying", "both", "none"),
                        ("linear", "exponential", "both", "other"),
                    )
                ),
                strict=True,
            )
        },
        inputs=lambda rng, **_: _progression(rng),
        edges=(
            ([5, 5, 5],),
            ([3, 7],),
            ([4, 6, 9],),
            ([1, 2, 4, 7],),
            ([2, 4, 6],),
            ([-1, 1, -1],),
            ([1, 2, 3, 6],),
        ),
        idea="Collect the differences and the quotients: the sequence is regular when only one value turns up.",
        pitfall="Comparing quotients worked out with // calls 4, 6, 9 and many others by the wrong name.",
    ),
    Family(
        name="divide_or_add_until_repeat",
        concepts=("sequences", "sets", "while_loops"),
        difficulty=2,
        names="play_game follow_rule numbers_until_repeat trail chain_of_numbers",
        arguments=("start|number|n|first: int; a positive whole number",),
        returns="list[int]",
        phrasings=(
            "Start with $start. A number that is divisible by $k is divided by $k; any other number is increased by $add. Return the list of all numbers in order, $start first, up to the last one before a number comes for the second time.",
            "Given a positive whole number $start, apply this rule again and again: divide by $k if that leaves no remainder, otherwise add $add. Stop as soon as a number appears that was there before, and return the numbers so far without the repeated one.",
            "A number game: say $start. Then, if the last number can be divided by $k, say the result of the division, otherwise say the number plus $add. Whoever would have to say a number that has been said already has lost, and stays silent. Which numbers have been said, in order?",
            "Let f(n) = n / $k if $k divides n and f(n) = n + $add otherwise. Return the longest list [$start, f($start), f(f($start)), ...] whose elements are all different.",
        ),
        solutions=(
            """
$result = []
$seen = set()
while $start not in $seen:
    $seen.add($start)
    $result.append($start)
    if $start % $k == 0:
        $start //= $k
    else:
        $start += $add
return $result
""",
            """
trail = {}
while $start not in trail:
    following = $start // $k if $start % $k == 0 else $start + $add
    trail[$start] = following
    $start = following
return list(trail)
""",
            """
def say(number, said):
    if number in said:
        return said
    quotient, remainder = divmod(number, $k)
    return say(number + $add if remainder else quotient, said + [number])

return say($start, [])
""",
        ),
        reference=lambda start, k, add: _game(start, k, add, 1000),
        parameters=lambda rng: dict(
            zip(("k", "add"), rng.choice(((2, 3), (2, 5), (3, 1), (3, 2), (2, 7))), strict=True)
        ),
        inputs=lambda rng, **_: (rng.randint(2, 40),),
        edges=((1,), (2,), (3,), (5,), (6,), (64,), (81,)),
        idea="Large numbers shrink faster than they grow, so only finitely many values are possible and one must come again.",
        pitfall="Testing only for the start to come back can loop for ever, because the cycle need not contain it.",
    ),
    Family(
        name="tiles_round_the_pond",
        concepts=("sequences", "arithmetic", "mapping"),
        difficulty=1,
        names="tiles_needed border_tiles ring_sizes tiles_per_ring count_tiles",
        arguments=("rings|layers|n|frames: int; how many rings are laid, 0 or more",),
        returns="list[int]",
        phrasings=(
            "A pond of $width by $height square tiles is surrounded by $rings closed rings of tiles, each one tile wide and laid directly round the one before, corners included. Return the number of tiles in each ring, from the inside outwards.",
            "Lay rings of square tiles round a rectangle that is $width tiles long and $height tiles wide: the first ring touches the rectangle, each further one the ring before. How many tiles does every one of the $rings rings need? Return a list, innermost ring first, corners counted.",
            "A gardener frames a bed of $width x $height tiles with one ring of tiles after the other. Each ring makes the frame one tile wider on all four sides. List the tiles needed for ring 1, ring 2 and so on up to ring $rings; the list is empty for 0 rings.",
            "For i = 1, ..., $rings let t(i) = ($width + 2i) * ($height + 2i) - ($width + 2i - 2) * ($height + 2i - 2), the number of unit tiles in the i-th ring round a rectangle. Return [t(1), ..., t($rings)].",
        ),
        solutions=(
            """
tiles = []
width, height = $width, $height
for _ in range($rings):
    tiles.append(2 * (width + height) + 4)
    width += 2
    height += 2
return tiles
""",
            """
first = 2 * ($width + $height) + 4
return [first + 8 * $i for $i in range($rings)]
""",
            """
areas = [($width + 2 * $i) * ($height + 2 * $i) for $i in range($rings + 1)]
return [larger - smaller for smaller, larger in zip(areas, areas[1:])]
""",
        ),
        reference=lambda rings, width, height: [
            len(
                {
                    *itertools.product((-i, width + i - 1), range(-i, height + i)),
                    *itertools.product(range(-i, width + i), (-i, height + i - 1)),
                }
            )
            for i in range(1, rings + 1)
        ],
        parameters=lambda rng: {"width": rng.randint(3, 9), "height": rng.randint(1, 6)},
        inputs=lambda rng, **_: (rng.randint(2, 7),),
        edges=((0,), (1,), (2,), (9,)),
        idea="Going one ring outwards makes all four sides two tiles longer, so each ring has 8 tiles more than the one before.",
        pitfall="Forgetting the four corners, or counting each of them for two sides.",
    ),
    Family(
        name="missing_terms",
        concepts=("sequences", "sets", "arithmetic"),
        difficulty=2,
        names="missing_terms find_gaps lost_numbers complete_sequence absent_terms",
        arguments=(
            "numbers|values|found|seen_numbers: list[int]; whole numbers in any order, repeats allowed",
        ),
        returns="list[int]",
        phrasings=(
            "The numbers in $numbers come from a sequence in which each term is $step more than the one before. Return, in ascending order, the terms that are missing between the smallest and the largest number of the list.",
            "Given whole numbers $numbers that all differ by multiples of $step, list in ascending order the numbers smallest + $step, smallest + 2 * $step, ... below the largest that do not occur in it. The result is empty for an empty list.",
            "Posts stand along a road every $step metres. A worker has noted the positions $numbers of posts she found, in no particular order and some of them twice. At which positions between the first and the last of them has no post been noted? Answer in ascending order.",
            "Let a and b be the minimum and maximum of $numbers, whose elements are all congruent modulo $step. Return the ascending list of all n with a < n < b, n - a divisible by $step, and n not in $numbers; for an empty list return [].",
        ),
        solutions=(
            """
if not $numbers:
    return []
expected = set(range(min($numbers), max($numbers), $step))
return sorted(expected - set($numbers))
""",
            """
missing = []
ordered = sorted($numbers)
for $left, $right in zip(ordered, ordered[1:]):
    missing.extend(range($left + $step, $right, $step))
return missing
""",
            """
missing = []
$current = min($numbers, default=0)
while $current < max($numbers, default=0):
    if $current not in $numbers:
        missing.append($current)
    $current += $step
return missing
""",
        ),
        reference=lambda numbers, step: [
            n
            for n in range(min(numbers, default=1), max(numbers, default=0) + 1)
            if (n - numbers[0]) % step == 0 and numbers.count(n) == 0
        ],
        parameters=lambda rng: {"step": rng.choice((2, 3, 5, 10))},
        inputs=lambda rng, step: (lambda a: ([a + step * i for i in draws.ints(rng, 3, 6, 0, 9)],))(
            rng.randint(-9, 9)
        ),
        edges=(([],), ([7],), ([4, 4],), ([30, 0],), ([0, 30, 60, 30],), ([-30, 30],)),
        idea="All terms that should be there form a range; what is left of it after taking away the numbers found is missing.",
        pitfall="A step of 1 in the range reports numbers that never belonged to the sequence.",
    ),
)
