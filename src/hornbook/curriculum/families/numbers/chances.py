"""Families on probability, with exact fractions as results."""

from __future__ import annotations

import itertools
import random
from fractions import Fraction
from math import gcd

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw


def _share(good: int, every: int) -> tuple[int, int]:
    common = gcd(good, every)
    return (good // common, every // common) if every else (0, 1)


def _bag(rng: random.Random) -> dict[str, int]:
    return {
        colour: rng.randint(1, 4)
        for colour in rng.sample(("red", "blue", "green", "white"), rng.randint(2, 3))
    }


def _highest(dice: list[int], pick: str, op: str, limit: int) -> dict[int, int]:
    best = max if pick == "max" else min
    found = (
        sorted(best(rolls) for rolls in itertools.product(*[range(1, n + 1) for n in dice])) if dice else []
    )
    return {v: found.count(v) for v in found if (v > limit) == (op == ">")}


FAMILIES: tuple[Family, ...] = (
    Family(
        name="chance_with_two_spinners",
        concepts=("probability", "nested_loops", "counting"),
        difficulty=3,
        names="chance_of_$event winning_chance probability_of odds_for share_of_wins",
        arguments=(
            "first|a|one|red_wheel: list[int]; numbers on the fields of one wheel, at least one",
            "second|b|two|blue_wheel: list[int]; numbers on the other wheel, at least one",
        ),
        returns="tuple[int, int]",
        phrasings=(
            "Two wheels of fortune show the numbers $first and $second, every field being equally likely. Both are turned. Return the probability that $rule, as (numerator, denominator) in lowest terms; impossible is (0, 1) and certain is (1, 1).",
            "Pick one element of $first and, independently, one of $second, each position with the same chance. What is the probability that $rule? Give it as a tuple of numerator and denominator without a common divisor, with (0, 1) for never.",
            "At a fair, a player turns two wheels with the fields $first and $second, all equally wide, and wins if $rule. What is the chance of winning? Answer with a fraction in lowest terms as a tuple, (0, 1) if nobody can win.",
            "Let x and y be drawn uniformly and independently from the positions of $first and $second. Return the probability of the event that $rule as a reduced pair (p, q) with q > 0.",
        ),
        solutions=(
            """
from math import gcd
wins = 0
for x in $first:
    for y in $second:
        if $test:
            wins += 1
every = len($first) * len($second)
common = gcd(wins, every)
return wins // common, every // common
""",
            """
from fractions import Fraction
from itertools import product
outcomes = [$test for x, y in product($first, $second)]
chance = Fraction(outcomes.count(True), len(outcomes))
return chance.numerator, chance.denominator
""",
            """
from fractions import Fraction
chance = Fraction(0)
for x in $first:
    fitting = [y for y in $second if $test]
    chance += Fraction(len(fitting), len($first) * len($second))
return chance.as_integer_ratio()
""",
        ),
        reference=lambda first, second, limit, event, **_: _share(
            sum(
                first.count(x)
                * second.count(y)
                * int(
                    {
                        "sum": x + y >= limit,
                        "lead": x > y,
                        "match": x == y,
                        "product": (x * y) % 2 == 0,
                    }[str(event)]
                )
                for x in set(first)
                for y in set(second)
            ),
            len(first) * len(second),
        ),
        parameters=lambda rng: (
            lambda limit: {
                "limit": limit,
                **{
                    key: Raw(text)
                    for key, text in zip(
                        ("event", "rule", "test"),
                        rng.choice(
                            (
                                ("sum", f"the sum of both numbers is at least {limit}", f"x + y >= {limit}"),
                                ("lead", "the first number is greater than the second", "x > y"),
                                ("match", "both numbers are equal", "x == y"),
                                ("product", "the product of both numbers is even", "x * y % 2 == 0"),
                            )
                        ),
                        strict=True,
                    )
                },
            }
        )(rng.randint(5, 10)),
        inputs=lambda rng, **_: (draws.ints(rng, 2, 6, 1, 6), draws.ints(rng, 2, 6, 1, 6)),
        edges=(
            ([1], [1]),
            ([9], [1, 2]),
            ([1, 3, 5], [1, 3, 5]),
            ([1, 2, 3, 4, 5, 6], [1, 2, 3, 4, 5, 6]),
            ([2, 2, 2, 5], [5, 4, 2]),
            ([0, -1], [7, 8, 1]),
        ),
        idea="All pairs of fields are equally likely, so count the good pairs and divide by the number of all pairs.",
        pitfall="Removing repeated numbers first is wrong: a number on three fields comes up three times as often.",
    ),
    Family(
        name="chance_of_same_colour",
        concepts=("probability", "fractions", "combinatorics"),
        difficulty=4,
        names="same_colour_chance draw_alike matching_draw probability_alike all_of_one_kind",
        arguments=("bag|balls|socks|counts: dict[str, int]; how many there are of each colour",),
        returns="tuple[int, int]",
        phrasings=(
            "From $bag, which maps colours to numbers of $noun, $k $noun are drawn one after the other without putting any back. Return the probability that all have the same colour, as a tuple (numerator, denominator) in lowest terms; if there are fewer than $k $noun, return (0, 1).",
            "Draw $k $noun blindly and at once from those counted by colour in $bag. How likely is it that they agree in colour? Give a reduced fraction as a tuple, and (0, 1) if there are not $k $noun at all.",
            "In the dark, somebody takes $k $noun out of a drawer that holds the numbers in $bag of each colour. What is the chance that all of them have one colour? Answer as (numerator, denominator) without common divisors; too few $noun give (0, 1).",
            "Let n be the sum of the values of $bag and c(m) = m * (m - 1) * ... * (m - $k + 1). Return the sum of c(m) over the values m, divided by c(n), as a reduced pair (p, q), and (0, 1) if n < $k.",
        ),
        solutions=(
            """
from fractions import Fraction
every = sum($bag.values())
if every < $k:
    return 0, 1
$total = Fraction(0)
for $count in $bag.values():
    chance = Fraction(1)
    for taken in range($k):
        chance *= Fraction(max($count - taken, 0), every - taken)
    $total += chance
return $total.numerator, $total.denominator
""",
            """
from math import comb, gcd
every = comb(sum($bag.values()), $k)
alike = sum(comb($count, $k) for $count in $bag.values())
common = gcd(alike, every)
return (alike // common, every // common) if every else (0, 1)
""",
            """
from itertools import combinations
things = [colour for colour, $count in $bag.items() for _ in range($count)]
draws = list(combinations(things, $k))
alike = sum(1 for draw in draws if len(set(draw)) == 1)
top, bottom = alike, len(draws)
while bottom:
    top, bottom = bottom, top % bottom
return (alike // top, len(draws) // top) if draws else (0, 1)
""",
        ),
        reference=lambda bag, k, noun: _share(
            *(lambda rows: (sum(len(set(row)) == 1 for row in rows), len(rows)))(
                list(itertools.permutations([c for c, n in bag.items() for _ in range(n)], k))
            )
        ),
        parameters=lambda rng: {
            "k": rng.randint(2, 3),
            "noun": Raw(rng.choice(("balls", "socks", "marbles", "buttons"))),
        },
        inputs=lambda rng, **_: (_bag(rng),),
        edges=(
            ({},),
            ({"red": 1},),
            ({"red": 5},),
            ({"red": 1, "blue": 1, "green": 1},),
            ({"red": 2, "blue": 0},),
            ({"red": 3, "blue": 3},),
        ),
        idea="Different colours exclude each other, so their chances add up; within a colour, each draw has one thing fewer to choose from.",
        pitfall="Multiplying with the same fraction each time is the chance with putting back.",
    ),
    Family(
        name="value_of_game",
        concepts=("probability", "averages", "tuples"),
        difficulty=1,
        names="value_of_game expected_gain average_win fair_or_not mean_payout",
        arguments=(
            "fields|sectors|prizes|tickets: list[tuple[int, int]]; a prize in cents and on how many fields it stands",
        ),
        returns="str",
        phrasings=(
            "A wheel has the $fields (prize, how many), all equally likely, and a turn costs $price cents. Compare the average prize with the price: return '$good' if it is higher, '$bad' if it is lower and '$fair' if it is the same. Without any field return '$fair'.",
            "Given $fields, pairs of a prize in cents and the number of fields with that prize, is the expected prize of one turn of the wheel greater than $price cents ('$good'), smaller ('$bad') or equal ('$fair')? If there are no fields, the answer is '$fair'.",
            "At a school fair a turn of the wheel costs $price cents. $fields says which prizes there are and on how many of the equally wide fields each is written. For somebody who plays all day, is the game '$good', '$bad' or '$fair'? It is '$good' if the average prize exceeds the price, and '$fair' if there is no field at all.",
            "Let n be the sum of all f and s the sum of all p * f over the tuples (p, f) in $fields. Return '$good', '$fair' or '$bad' according to s > $price * n, s = $price * n or s < $price * n.",
        ),
        solutions=(
            """
won = number = 0
for prize, times in $fields:
    won += prize * times
    number += times
if won > $price * number:
    return "$good"
return "$fair" if won == $price * number else "$bad"
""",
            """
gain = sum((prize - $price) * times for prize, times in $fields)
if gain == 0:
    return "$fair"
elif gain < 0:
    return "$bad"
return "$good"
""",
            """
from fractions import Fraction
size = sum(times for _, times in $fields)
mean = sum((Fraction(prize * times, size) for prize, times in $fields if times), Fraction(0))
answers = {1: "$good", 0: "$fair", -1: "$bad"}
sign = (mean > $price) - (mean < $price)
return answers[sign] if size else "$fair"
""",
        ),
        reference=lambda fields, price, good, bad, fair: (
            lambda every: str(
                fair
                if sum(every) == price * len(every)
                else [bad, good][Fraction(sum(every), len(every)) > price]
            )
        )([p for p, f in fields for _ in range(f)]),
        parameters=lambda rng: {
            "price": rng.choice((50, 100, 20)),
            **dict(
                zip(
                    ("good", "bad", "fair"),
                    map(
                        Raw,
                        rng.choice(
                            (
                                ("good", "bad", "fair"),
                                ("win", "loss", "even"),
                                ("play", "refuse", "as you like"),
                            )
                        ),
                    ),
                    strict=True,
                )
            ),
        },
        inputs=lambda rng, price, **_: (
            rng.choice(
                (
                    [(0, rng.randint(1, 6)), (2 * price, rng.randint(1, 6))],
                    [(0, 2), (price, rng.randint(1, 4)), (3 * price, 1)],
                    [(rng.randrange(0, 300, 10), rng.randint(1, 5)) for _ in range(3)],
                )
            ),
        ),
        edges=(
            ([],),
            ([(0, 4)],),
            ([(50, 1)],),
            ([(100, 3), (100, 1)],),
            ([(20, 0)],),
            ([(0, 1), (200, 1)],),
        ),
        idea="Multiply each prize by the number of its fields: the sum against price times fields decides, without any division.",
        pitfall="Averaging the prizes without their numbers treats a rare jackpot like a common consolation prize.",
    ),
    Family(
        name="distribution_of_highest_die",
        concepts=("probability", "dictionaries", "combinatorics"),
        difficulty=4,
        names="highest_die best_of_throw count_by_highest highest_distribution dice_table",
        arguments=("dice|sides|solids|polyhedra: list[int]; the number of sides of each die, 1 or more",),
        returns="dict[int, int]",
        phrasings=(
            "The $dice are thrown together; a die with n sides shows 1 to n. Return a dictionary that maps every possible $highest number $limit_words to the number of ways to throw it (the dice are distinguishable), in ascending order. Without dice it is empty.",
            "Given the numbers of sides in $dice, count for each value in how many outcomes it is the $highest of the numbers shown, when every die shows 1 to its number of sides. Only values $limit_words that can occur are wanted, smallest first, as a dictionary; no dice give an empty one.",
            "In a role-playing game only the $highest of all dice thrown counts. A hero throws dice with $dice sides at the same time. For every number $limit_words that can be the $highest one, in how many of all outcomes is it, if each die is looked at separately? Return a dictionary from small to large, empty without dice.",
            "Let X be the product of the sets {1, ..., n} for n in $dice. Return {v: number of tuples in X whose $highest entry is v} for the occurring v $limit_words, with ascending keys, and {} if $dice is empty.",
        ),
        solutions=(
            """
from collections import Counter
from itertools import product
if not $dice:
    return {}
throws = product(*(range(1, sides + 1) for sides in $dice))
counted = Counter($pick(throw) for throw in throws)
return dict(sorted($pair for $pair in counted.items() if $pair[0] $op $limit))
""",
            """
from math import prod
numbers = $dice
table = {}
for face in range(1, max(numbers, default=0) + 1):
    ways = $difference
    if ways > 0 and face $op $limit:
        table[face] = ways
return table
""",
        ),
        reference=lambda dice, op, limit, pick, **_: _highest(dice, str(pick), str(op), limit),
        parameters=lambda rng: (
            lambda limit, pair, kind: {
                "limit": limit,
                "op": Raw(pair[0]),
                "limit_words": Raw(f"{pair[1]} {limit}"),
                "highest": Raw(kind[0]),
                "pick": Raw(kind[1]),
                "difference": Raw(kind[2]),
            }
        )(
            rng.randint(2, 3),
            rng.choice(((">", "greater than"), ("<=", "of at most"))),
            rng.choice(
                (
                    (
                        "highest",
                        "max",
                        "prod(min(n, face) for n in numbers) - prod(min(n, face - 1) for n in numbers)",
                    ),
                    (
                        "lowest",
                        "min",
                        "prod(max(n - face + 1, 0) for n in numbers) - prod(max(n - face, 0) for n in numbers)",
                    ),
                )
            ),
        ),
        inputs=lambda rng, **_: ([rng.choice((3, 4, 5, 6)) for _ in range(rng.randint(2, 3))],),
        edges=(([],), ([1],), ([6],), ([1, 1, 1],), ([2, 2, 2],), ([8, 1],), ([3, 5, 4],)),
        idea="The highest number is at most v when every die shows at most v; the ways for v itself are the difference of two such products.",
        pitfall="Taking only the largest die into account forgets that any of them may show the highest number.",
    ),
)
