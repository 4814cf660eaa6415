"""Families on arithmetic modulo a number."""

from __future__ import annotations

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw


def _walk(moves: list[int], k: int) -> list[int]:
    ring = list(range(1, k + 1))
    places = []
    for move in moves:
        for _ in range(abs(move)):
            ring = [*ring[1:], ring[0]] if move > 0 else [ring[-1], *ring[:-1]]
        places.append(ring[0])
    return places


FAMILIES: tuple[Family, ...] = (
    Family(
        name="gondola_at_the_bottom",
        concepts=("modular_arithmetic", "list_building", "for_loops"),
        difficulty=2,
        names="gondolas visited_numbers turn_wheel positions_on_ring follow_moves",
        arguments=("moves|turns|steps|shifts: list[int]; numbers of places, negative ones backwards",),
        returns="list[int]",
        phrasings=(
            "The $k $noun on a wheel are numbered 1 to $k, and number 1 is at the bottom. Each number in $moves turns the wheel by that many places: a positive one brings the higher numbers to the bottom (after $k comes 1), a negative one goes backwards. Return the number at the bottom after every turn.",
            "Walk round a circle with the places 1 to $k, starting on place 1. Each element of $moves says how many places to go on, backwards if it is negative; place 1 follows place $k. Return the list of the places reached after each move.",
            "Given a list of integers $moves, start with 1 and add them one after the other, always wrapping round so that the value stays between 1 and $k ($k + 1 becomes 1, and 0 becomes $k). Return the value after each addition.",
            "Let s(i) be the sum of the first i elements of $moves. Return the list of the numbers 1 + (s(i) mod $k) for i = 1, 2, ..., where the remainder is between 0 and $k - 1 for negative sums too; for no moves the list is empty.",
        ),
        solutions=(
            """
place = 1
places = []
for move in $moves:
    place = (place - 1 + move) % $k + 1
    places.append(place)
return places
""",
            """
from itertools import accumulate
return [$total % $k + 1 for $total in accumulate($moves)]
""",
            """
place = 1
places = []
for move in $moves:
    place += move
    while place > $k:
        place -= $k
    while place < 1:
        place += $k
    places.append(place)
return places
""",
        ),
        reference=lambda moves, k, noun: _walk(moves, k),
        parameters=lambda rng: {
            "k": rng.choice((5, 6, 8, 10, 12)),
            "noun": Raw(rng.choice(("gondolas", "horses", "seats", "boats"))),
        },
        inputs=lambda rng, k, **_: (draws.ints(rng, 3, 6, -k - 1, 2 * k),),
        edges=(([],), ([0],), ([-1],), ([-1, 1, -1],), ([5, 6, 8, 10, 12],), ([100, -100],)),
        idea="Count the places from 0 while calculating, because remainders begin at 0, and add 1 for showing them.",
        pitfall="Taking the remainder of the place itself turns place $k into 0.",
    ),
    Family(
        name="multiplier_for_remainder",
        concepts=("modular_arithmetic", "searching", "early_return"),
        difficulty=4,
        names="find_multiplier solve_remainder smallest_multiplier how_often times_until",
        arguments=(
            "step|stride|jump|a: int; a whole number, at least 1",
            "target|goal|wanted|place: int; a remainder, from 0 to one less than the modulus",
        ),
        returns="int | None",
        phrasings=(
            "Return the smallest whole number x >= 0 for which $step * x leaves the remainder $target when divided by $k, or None if there is no such number.",
            "How often must $step be added to 0, on a circle of the places 0 to $k - 1, to arrive at place $target? Return the smallest number of additions, 0 if $target is 0, and None if the place is never reached.",
            "A flea sits on the 0 of a clock face with $k marks, numbered from 0, and always jumps $step marks ahead. After how many jumps does it first sit on the mark $target? It may be there already after 0 jumps; answer None if it never gets there.",
            "Find min {x >= 0 : ($step * x) mod $k = $target}. Return None if the set is empty. It is enough to look at x < $k, because the remainders repeat after that.",
        ),
        solutions=(
            """
for $i in range($k):
    if $step * $i % $k == $target:
        return $i
return None
""",
            """
place = jumps = 0
$seen = set()
while place not in $seen:
    if place == $target:
        return jumps
    $seen.add(place)
    place = (place + $step) % $k
    jumps += 1
return None
""",
            """
from math import gcd
common = gcd($step, $k)
if $target % common != 0:
    return None
smaller = $k // common
return $target // common * pow($step // common, -1, smaller) % smaller
""",
        ),
        reference=lambda step, target, k: (
            ([(step * x) % k for x in range(k)] + [target]).index(target)
            if target in {(step * x) % k for x in range(k)}
            else None
        ),
        parameters=lambda rng: {"k": rng.choice((8, 10, 12, 15, 21))},
        inputs=lambda rng, k: (rng.choice((2, 3, 4, 5, 6, 7, 9, k + 1, 11)), rng.randint(0, 7)),
        edges=((1, 0), (1, 7), (2, 1), (5, 5), (6, 4), (7, 3), (4, 6)),
        idea="After at most $k jumps a place comes up again, and from then on nothing new happens; so $k tries are enough.",
        pitfall="Looping until the place is reached never ends when it cannot be reached.",
    ),
    Family(
        name="last_digits_of_powers",
        concepts=("modular_arithmetic", "accumulation", "string_formatting"),
        difficulty=3,
        names="last_digits ending_of_sum final_digits tail_of_sum digits_at_end",
        arguments=(
            "pairs|powers|terms|list_of_powers: list[tuple[int, int]]; base and exponent of each power, both 0 or more",
        ),
        returns="str",
        phrasings=(
            "Add up the powers base ** exponent for all pairs (base, exponent) in $pairs and return the last $k digits of the sum as a string, with zeros in front if the sum has fewer digits. 0 ** 0 is 1.",
            "What are the last $k digits of the sum of all base ** exponent with (base, exponent) in $pairs? Return exactly $k characters, padded with zeros on the left; the empty sum is 0, and 0 ** 0 counts as 1.",
            "A magician adds huge powers in his head and announces only the last $k digits of the sum. Given the powers as tuples $pairs of base and exponent, return what he announces, a string of $k digits that may begin with zeros. As in Python, 0 ** 0 is 1.",
            "Let s be the sum of b ** e over the tuples (b, e) of $pairs, where 0 ** 0 = 1. Return s modulo 10 ** $k as a decimal string of length $k with leading zeros; exponents may be in the thousands.",
        ),
        solutions=(
            """
modulus = 10**$k
$total = sum(pow(base, exponent, modulus) for base, exponent in $pairs)
return f"{$total % modulus:0${k}d}"
""",
            """
$total = 0
for base, exponent in $pairs:
    power = 1
    for _ in range(exponent):
        power = power * base % 10**$k
    $total = ($total + power) % 10**$k
return str($total).zfill($k)
""",
            """
def last_part(base, exponent):
    if exponent == 0:
        return 1
    half = last_part(base, exponent // 2)
    return half * half * (base if exponent % 2 else 1) % 10**$k

digits = str(sum(last_part(*$pair) for $pair in $pairs))
return ("0" * $k + digits)[-$k:]
""",
        ),
        reference=lambda pairs, k: format(sum(b**e for b, e in pairs) % 10**k, "d").rjust(k, "0"),
        parameters=lambda rng: {"k": rng.randint(2, 4)},
        inputs=lambda rng, k: ([(rng.randint(1, 30), rng.randint(0, 40)) for _ in range(rng.randint(1, 4))],),
        edges=(([],), ([(0, 0)],), ([(10, 9)],), ([(2, 1000)],), ([(1, 5), (0, 3)],), ([(99, 1), (1, 1)],)),
        idea="The last digits of a sum or a product depend only on the last digits of its parts, so everything else can be dropped on the way.",
        pitfall="Converting the remainder to text loses leading zeros; pad it to $k characters.",
    ),
)
