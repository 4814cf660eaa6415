"""Families on series and their partial sums."""

from __future__ import annotations

from fractions import Fraction

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw

FAMILIES: tuple[Family, ...] = (
    Family(
        name="terms_until_sum_passes",
        concepts=("series", "while_loops", "fractions"),
        difficulty=3,
        names="terms_needed steps_to_pass count_terms days_until how_many_terms",
        arguments=("limit|goal|target|threshold: int; a whole number, may be 0 or negative",),
        returns="int",
        phrasings=(
            "Return how many terms of the series $numerator/$start + $numerator/$second + $numerator/$third + ... must be added up until the sum is $words $limit. Each denominator is $step more than the one before; calculate exactly. If the empty sum 0 already fits, the answer is 0.",
            "A snail crawls $numerator/$start metres in the first hour, $numerator/$second in the second, $numerator/$third in the third and so on, the denominator growing by $step every hour. After how many full hours has it crawled $words $limit metres? The answer may be 0; rounding errors must not play a part.",
            "Find the smallest n >= 0 such that the sum of the first n of the fractions $numerator/$start, $numerator/$second, $numerator/$third, ... (denominators in steps of $step) is $words $limit, using exact arithmetic.",
            "Let S(n) be the exact sum of $numerator / ($start + $step * i) for i = 0, ..., n - 1. Return the least non-negative integer n for which S(n) is $words $limit.",
        ),
        solutions=(
            """
from fractions import Fraction
$total = Fraction(0)
terms = 0
while not $total $op $limit:
    $total += Fraction($numerator, $start + $step * terms)
    terms += 1
return terms
""",
            """
from fractions import Fraction
from itertools import accumulate
from itertools import count as upwards
sums = accumulate((Fraction($numerator, d) for d in upwards($start, $step)), initial=Fraction(0))
return next($i for $i, $total in enumerate(sums) if $total $op $limit)
""",
            """
top, bottom = 0, 1
terms = 0
denominator = $start
while not top $op $limit * bottom:
    top, bottom = top * denominator + $numerator * bottom, bottom * denominator
    denominator += $step
    terms += 1
return terms
""",
        ),
        reference=lambda limit, numerator, start, step, op, **_: next(
            n
            for n in range(500)
            if (lambda s: s > limit if op == ">" else s >= limit)(
                sum((Fraction(numerator, start + step * i) for i in range(n)), Fraction(0))
            )
        ),
        parameters=lambda rng: (
            lambda numerator, start, step, pair: {
                "numerator": numerator,
                "start": start,
                "step": step,
                "second": start + step,
                "third": start + 2 * step,
                "op": Raw(pair[0]),
                "words": Raw(pair[1]),
            }
        )(
            rng.randint(3, 6),
            rng.randint(1, 3),
            rng.randint(1, 2),
            rng.choice(((">", "more than"), (">=", "at least"))),
        ),
        inputs=lambda rng, **_: (rng.randint(-1, 6),),
        edges=((0,), (-1,), (1,), (2,), (5,), (7,)),
        idea="Keep the sum and the number of terms together in one loop; exact fractions make the comparison with the limit safe.",
        pitfall="Floats may fall just short of a sum that is exactly $limit and count one term too many.",
    ),
    Family(
        name="alternating_total",
        concepts=("series", "list_slicing", "accumulation"),
        difficulty=1,
        names="alternating_total alternating_sum signed_total up_and_down weave_signs",
        arguments=("terms|values|numbers|amounts: list[int]; whole numbers in order",),
        returns="int",
        phrasings=(
            "Return the sum of $terms in which the signs change every $k terms: the first $k are $first, the next $k are $second, and so on.",
            "Go through $terms in blocks of $k: the numbers of the first block are $first, those of the second block are $second, those of the third again $first, and so on in turn. Return the resulting total, 0 for an empty list; the last block may be shorter.",
            "In a game of cards with the values $terms the player's score starts at 0. The first $k cards are $first, the following $k are $second, and so on by turns until no card is left. What is the score at the end?",
            "Let s(i) be +1 if i // $k is $parity and -1 otherwise. Return the sum of s(i) * $terms[i] over all indices i, counted from 0: the first $k terms are $first, the next $k $second.",
        ),
        solutions=(
            """
$total = 0
for $i, $item in enumerate($terms):
    if $i // $k % 2 == $bit:
        $total += $item
    else:
        $total -= $item
return $total
""",
            """
$total = 0
sign = $sign
for $i in range(0, len($terms), $k):
    $total += sign * sum($terms[$i:$i + $k])
    sign = -sign
return $total
""",
            """
if not $terms:
    return 0
return $sign * sum($terms[:$k]) - $self($terms[$k:])
""",
        ),
        reference=lambda terms, k, sign, **_: (
            sign
            * sum(sum(terms[i : i + k]) - sum(terms[i + k : i + 2 * k]) for i in range(0, len(terms), 2 * k))
        ),
        parameters=lambda rng: {
            "k": rng.randint(2, 3),
            **(
                {
                    "first": Raw("added"),
                    "second": Raw("subtracted"),
                    "sign": 1,
                    "bit": 0,
                    "parity": Raw("even"),
                }
                if rng.random() < 0.6
                else {
                    "first": Raw("subtracted"),
                    "second": Raw("added"),
                    "sign": -1,
                    "bit": 1,
                    "parity": Raw("odd"),
                }
            ),
        },
        inputs=lambda rng, **_: (draws.ints(rng, 5, 8, -9, 20),),
        edges=(([],), ([5],), ([1, 1, 1, 1],), ([3, 0, 0, -2, 7, 7],), ([-4, -4, -4],)),
        idea="The block number, i // $k, tells the sign: it changes whenever a new block begins.",
        pitfall="Using i % $k changes the sign within the blocks.",
    ),
    Family(
        name="way_of_bouncing_ball",
        concepts=("series", "simulation", "while_loops"),
        difficulty=2,
        names="bounce_way distance_of_ball total_way falling_and_rising way_travelled",
        arguments=("height|start|drop|fall: int; the height of the first fall in centimetres, 0 or more",),
        returns="tuple[int, int]",
        phrasings=(
            "A ball falls from a height of $height centimetres. After every impact it rises to $top/$bottom of the height it fell from, rounded down to whole centimetres, and falls again, until it does not rise any more. Return the number of impacts and the total way, up and down, in centimetres.",
            "Drop a ball from $height cm: it hits the ground and rises to $top * h // $bottom, where h is the height from which it has just fallen; then it falls from there, and so on while the height is positive. How often does it hit the ground, and how many centimetres does it move in all? Return (hits, way).",
            "Given the height $height (in cm) from which a ball is dropped, add up all its ways down and up. Each rise is $top/$bottom of the fall before it, cut off to a whole number; the ball rests when that is 0. Return a tuple of the number of falls and the sum.",
            "Let h(0) = $height and h(i + 1) = floor($top * h(i) / $bottom). Let n be the number of positive h(i). Return (n, h(0) + 2 * (h(1) + h(2) + ...)), and (0, 0) for a height of 0.",
        ),
        solutions=(
            """
falls = way = 0
while $height > 0:
    falls += 1
    way += $height
    $height = $height * $top // $bottom
    way += $height
return falls, way
""",
            """
heights = [$height]
while heights[-1] > 0:
    heights.append(heights[-1] * $top // $bottom)
return len(heights) - 1, 2 * sum(heights) - $height
""",
            """
if $height == 0:
    return 0, 0
rise = $top * $height // $bottom
falls, way = $self(rise)
return falls + 1, $height + rise + way
""",
        ),
        reference=lambda height, top, bottom: (
            len(_heights(height, top, bottom)),
            sum(_heights(height, top, bottom)) + sum(_heights(height, top, bottom)[1:]),
        ),
        parameters=lambda rng: dict(
            zip(("top", "bottom"), rng.choice(((1, 2), (2, 3), (3, 5), (3, 4), (1, 3), (2, 5))), strict=True)
        ),
        inputs=lambda rng, **_: (rng.choice((rng.randint(2, 20), rng.randint(20, 200))),),
        edges=((0,), (1,), (2,), (3,), (4,), (100,)),
        idea="Each round handles one fall and the rise that follows it; the heights form a series whose terms shrink to 0.",
        pitfall="Adding every height twice counts the first fall as if the ball had been thrown up before.",
    ),
)


def _heights(height: int, top: int, bottom: int) -> list[int]:
    return [height, *_heights(int(Fraction(top * height, bottom)), top, bottom)] if height else []
