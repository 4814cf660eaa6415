"""Families on prime numbers and on factoring into them."""

from __future__ import annotations

import math
import random

from hornbook.curriculum.family import Family, Raw


def _divisor_count(number: int) -> int:
    # Divisors come in pairs, one of them at most the root.
    return sum(1 + (d * d < number) for d in range(1, math.isqrt(number) + 1) if number % d == 0)


def _primes_in(low: int, high: int) -> list[int]:
    return [n for n in range(low, high + 1) if _divisor_count(n) == 2]


def _factor_list(number: int) -> list[int]:
    """Return the prime factors in ascending order, repeats included."""
    for p in range(2, number + 1):
        if number % p == 0 and _divisor_count(p) == 2:
            return [p, *_factor_list(number // p)]
    return []


def _way_down(number: int) -> list[int]:
    if number == 1:
        return [1]
    factors = _factor_list(number)
    return [number, *_way_down(number - 1 if len(factors) == 1 else number // factors[-1])]


def _composite(rng: random.Random) -> int:
    number = 1
    for _ in range(rng.randint(2, 4)):
        number *= rng.choice((2, 2, 3, 3, 5, 7, 11))
    return number


FAMILIES: tuple[Family, ...] = (
    Family(
        name="next_prime_with_remainder",
        concepts=("primes", "modular_arithmetic", "while_loops"),
        difficulty=3,
        names="next_prime prime_after next_table_size find_prime search_prime",
        arguments=("number|start|n|minimum: int; a whole number, 0 or more",),
        returns="int",
        phrasings=(
            "Return the smallest prime number that is greater than $number and leaves the remainder $r when divided by $k.",
            "Given a whole number $number, search upwards, beginning with the number after it, for a prime p with p % $k == $r, and return the first one.",
            "The size of a hash table has to be a prime number, larger than $number, and it must leave the remainder $r on division by $k. What is the smallest size allowed?",
            "Let P be the set of primes p with p > $number and p mod $k equal to $r. Return the least element of P; there always is one.",
        ),
        solutions=(
            """
candidate = $number + 1
while True:
    if candidate % $k == $r and candidate > 1:
        if all(candidate % $i for $i in range(2, int(candidate**0.5) + 1)):
            return candidate
    candidate += 1
""",
            """
def is_prime(value):
    if value < 2:
        return False
    divisor = 2
    while divisor * divisor <= value:
        if value % divisor == 0:
            return False
        divisor += 1
    return True

$current = $number + 1
while $current % $k != $r or not is_prime($current):
    $current += 1
return $current
""",
            """
from itertools import count as upwards
from math import isqrt
for $item in upwards(max($number + 1, 2)):
    if $item % $k != $r:
        continue
    if not any($item % $i == 0 for $i in range(2, isqrt($item) + 1)):
        return $item
""",
        ),
        reference=lambda number, k, r: next(
            n for n in range(number + 1, 20 * number + 200) if n % k == r and _divisor_count(n) == 2
        ),
        parameters=lambda rng: dict(
            zip(("k", "r"), rng.choice(((4, 1), (4, 3), (6, 1), (6, 5), (3, 1), (3, 2))), strict=True)
        ),
        inputs=lambda rng, **_: (
            rng.choice((0, 1, 3, 7, 12, 18, 22, 24, 30, 42, 46, 48, rng.randint(0, 120))),
        ),
        edges=((0,), (1,), (2,), (13,), (90,)),
        idea="Two tests guard the answer: the remainder is cheap and comes first, the search for a divisor only follows when it is passed.",
        pitfall="Testing $number itself: it may fit, but only larger numbers count.",
    ),
    Family(
        name="primes_with_wide_gap",
        concepts=("primes", "lists", "nested_loops"),
        difficulty=3,
        names="wide_gaps prime_gaps gaps_between_primes find_gaps lonely_primes",
        arguments=("limit|n|top|maximum: int; the largest number to look at",),
        returns="list[tuple[int, int]]",
        phrasings=(
            "Return all pairs (p, q) of consecutive prime numbers up to $limit, $limit included, that differ by at least $gap, in ascending order.",
            "Find the primes up to and including $limit. Which neighbours among them are $gap or more apart? Answer with a list of tuples (smaller, larger), smallest first; it may be empty.",
            "In a street the houses whose numbers are prime are blue, and the last house has the number $limit. List every pair of blue houses next to each other in the sequence of blue houses whose numbers are at least $gap apart, as tuples in ascending order.",
            "Let p1 < p2 < ... be the primes not greater than $limit. Return the list of the tuples (p_i, p_(i+1)) with p_(i+1) - p_i >= $gap in order of i; for a limit below 3 the list is empty.",
        ),
        solutions=(
            """
is_prime = [False, False] + [True] * ($limit - 1)
for $i in range(2, len(is_prime)):
    if is_prime[$i]:
        for $j in range(2 * $i, len(is_prime), $i):
            is_prime[$j] = False
primes = [$i for $i in range(2, $limit + 1) if is_prime[$i]]
return [(p, q) for p, q in zip(primes, primes[1:]) if q - p >= $gap]
""",
            """
primes = []
$result = []
for $item in range(2, $limit + 1):
    if any($item % p == 0 for p in primes):
        continue
    if primes and $item - primes[-1] >= $gap:
        $result.append((primes[-1], $item))
    primes.append($item)
return $result
""",
            """
from itertools import pairwise
crossed = {$i * $j for $i in range(2, $limit) for $j in range($i, $limit // $i + 1)}
primes = [$item for $item in range(2, $limit + 1) if $item not in crossed]
return [$pair for $pair in pairwise(primes) if $pair[1] - $pair[0] >= $gap]
""",
        ),
        reference=lambda limit, gap: [
            (p, q)
            for primes in [_primes_in(2, limit)]
            for i, p in enumerate(primes)
            for q in primes[i + 1 : i + 2]
            if len(range(p, q)) >= gap
        ],
        parameters=lambda rng: {"gap": rng.choice((2, 3, 4, 6))},
        inputs=lambda rng, gap: (
            rng.choice((7, 11, 12, 23, 28, 29, 31, 36, 37, 53)) + rng.choice((0, 0, 1)),
        ),
        edges=((0,), (1,), (2,), (3,), (5,), (97,)),
        idea="With the primes in a list, the gaps are the differences of its neighbours.",
        pitfall="The limit itself may be prime: a range up to it, without + 1, leaves it out.",
    ),
    Family(
        name="primes_without_ending",
        concepts=("primes", "filtering", "digits"),
        difficulty=2,
        names="primes_ending_in pick_primes select_primes winning_tickets keep_primes",
        arguments=("numbers|values|tickets|candidates: list[int]; whole numbers, in any order",),
        returns="list[int]",
        phrasings=(
            "Return the prime numbers in $numbers that do not end in the digit $digit, in their original order. Numbers below 2 are not prime; repeats are kept.",
            "From a list of whole numbers $numbers, keep those that are prime and whose last digit is not $digit. The order and repeated values stay as they are.",
            "In a raffle a ticket wins if its number is prime, unless its last digit is $digit. Which of the tickets $numbers win? Give them in the same order; a number that is listed twice wins twice.",
            "Return the sublist of all n in $numbers with n >= 2, without a divisor d such that 1 < d < n, and with n % 10 != $digit, order and multiplicity unchanged; the list may be empty.",
        ),
        setup="""
def is_prime($item):
    return $item > 1 and all($item % d for d in range(2, int($item**0.5) + 1))
""",
        solutions=(
            """
$result = []
for $item in $numbers:
    if $item < 2 or $item % 10 == $digit:
        continue
    for divisor in range(2, $item):
        if $item % divisor == 0:
            break
    else:
        $result.append($item)
return $result
""",
            """
return [$item for $item in $numbers if is_prime($item) and $item % 10 != $digit]
""",
            """
sieve = set(range(2, max($numbers, default=0) + 1))
for $i in sorted(sieve):
    sieve -= set(range(2 * $i, max($numbers) + 1, $i))
return [$item for $item in $numbers if $item in sieve and not str($item).endswith("$digit")]
""",
        ),
        reference=lambda numbers, digit: [
            n for n in numbers if n > 0 and _divisor_count(n) == 2 and str(n)[-1] != str(digit)
        ],
        parameters=lambda rng: {"digit": rng.choice((1, 3, 7, 9))},
        inputs=lambda rng, **_: (
            [
                rng.choice((2, 3, 7, 9, 11, 13, 17, 19, 23, 25, 29, 37, 49, rng.randint(0, 60)))
                for _ in range(rng.randint(4, 8))
            ],
        ),
        edges=(([],), ([1, 0, 2],), ([2, 2, 4],), ([-7, -3, 5],), ([3, 7, 9, 11, 13, 17, 19, 29],)),
        idea="The remainder by 10 is the last digit; the search for a divisor decides the rest.",
        pitfall="A loop that finds no divisor also calls 1 and 0 prime; rule out everything below 2 first.",
    ),
    Family(
        name="factors_as_powers",
        concepts=("factorization", "string_building", "while_loops"),
        difficulty=4,
        names="factor_text show_factors as_powers write_factors describe",
        arguments=("number|n|value|whole: int; a whole number, at least 2",),
        returns="str",
        phrasings=(
            "Return the prime factors of $number as a text such as '2${power}3${times}5', smallest prime first: a prime that divides it e > 1 times is written as the prime, '$power' and e, one that divides it once stands alone, and '$times' stands between them.",
            "Write $number as a product of powers of primes in ascending order, joined by '$times'. An exponent follows its prime after '$power' and is left out when it is 1: 40 becomes '2${power}3${times}5'.",
            "A mathematics book prints whole numbers as products: 12 is printed as '2${power}2${times}3' and 7 as '7'. The primes ascend, '$times' separates them, and '$power' precedes an exponent greater than 1. How is $number printed?",
            "For $number >= 2 with the factorization p1^e1 * p2^e2 * ... in ascending order of the primes, return the string of the parts p_i (if e_i is 1) or p_i + '$power' + e_i (otherwise), joined with '$times'.",
        ),
        solutions=(
            """
parts = []
divisor = 2
while $number > 1:
    exponent = 0
    while $number % divisor == 0:
        $number //= divisor
        exponent += 1
    if exponent == 1:
        parts.append(str(divisor))
    elif exponent > 1:
        parts.append(f"{divisor}$power{exponent}")
    divisor += 1
return "$times".join(parts)
""",
            """
exponents = {}
prime = 2
while prime * prime <= $number:
    if $number % prime == 0:
        exponents[prime] = exponents.get(prime, 0) + 1
        $number //= prime
    else:
        prime += 1
if $number > 1:
    exponents[$number] = exponents.get($number, 0) + 1
return "$times".join(f"{p}$power{e}" if e > 1 else str(p) for p, e in exponents.items())
""",
            """
from collections import Counter

def factors_from(least, rest):
    for $item in range(least, rest + 1):
        if rest % $item == 0:
            return [$item] + factors_from($item, rest // $item)
    return []

counted = Counter(factors_from(2, $number))
return "$times".join(str(p) + ("$power" + str(e)) * (e != 1) for p, e in counted.items())
""",
        ),
        reference=lambda number, power, times: times.join(
            str(p) if number % (p * p) else f"{p}{power}{_factor_list(number).count(p)}"
            for p in sorted(set(_factor_list(number)))
        ),
        parameters=lambda rng: {
            "power": Raw(rng.choice(("^", "**"))),
            "times": Raw(rng.choice((" * ", " x ", "*"))),
        },
        inputs=lambda rng, **_: (_composite(rng),),
        edges=((2,), (4,), (97,), (49,), (30,), (72,), (128,), (75,)),
        idea="Dividing out each prime completely before the next is tried gives the exponents one after the other.",
        pitfall="When the search stops at the square root, the last prime that remains must still be written.",
    ),
    Family(
        name="count_with_prime_kinds",
        concepts=("factorization", "counting", "sets"),
        difficulty=3,
        names="count_numbers count_by_primes how_many_with prime_kinds count_them",
        arguments=("numbers|values|lengths|sizes: list[int]; positive whole numbers",),
        returns="int",
        phrasings=(
            "Return how many numbers in $numbers have $words $k different prime factors. A prime that divides a number several times counts once, and 1 has none.",
            "Count the elements of $numbers that are divisible by $words $k different primes; an element that is listed twice is counted twice.",
            "A puzzle sorts bars of whole lengths by the different primes that divide the length: 12 has two of them, 2 and 3. How many of the bars $numbers have $words $k? A bar of length 1 has no prime factor.",
            "For a positive integer n let w(n) be the number of distinct primes dividing n, so that w(1) = 0 and w(8) = 1. Return the number of positions i for which w($numbers[i]) is $words $k.",
        ),
        setup="""
def kinds(rest):
    found = set()
    divisor = 2
    while rest > 1:
        if rest % divisor == 0:
            found.add(divisor)
            rest //= divisor
        else:
            divisor += 1
    return len(found)
""",
        solutions=(
            """
return sum(1 for $item in $numbers if kinds($item) $op $k)
""",
            """
$count = 0
for $item in $numbers:
    primes = 0
    for divisor in range(2, $item + 1):
        if $item % divisor == 0:
            primes += 1
            while $item % divisor == 0:
                $item //= divisor
    if primes $op $k:
        $count += 1
return $count
""",
        ),
        reference=lambda numbers, k, op, words: sum(
            len(set(_factor_list(n))) == k
            if op == "=="
            else len(set(_factor_list(n))) > k - 1
            if op == ">="
            else len(set(_factor_list(n))) < k + 1
            for n in numbers
        ),
        parameters=lambda rng: (
            lambda pair: {"op": Raw(pair[0]), "words": Raw(pair[1]), "k": rng.randint(1, 2)}
        )(rng.choice((("==", "exactly"), (">=", "at least"), ("<=", "at most")))),
        inputs=lambda rng, **_: (
            [
                rng.choice((1, 2, 6, 8, 9, 12, 25, 30, 42, 60, rng.randint(2, 90)))
                for _ in range(rng.randint(3, 6))
            ],
        ),
        edges=(([],), ([1],), ([30, 30, 31],), ([8, 9, 16],), ([2, 6, 30, 210],)),
        idea="Divide each prime out completely as soon as it is found, so that it cannot be counted again.",
        pitfall="Counting every division step would count the prime 2 three times in 8.",
    ),
    Family(
        name="way_down_by_primes",
        concepts=("factorization", "simulation", "list_building"),
        difficulty=3,
        names="way_down path_to_one countdown steps_down walk_down",
        arguments=("number|start|n|first: int; a whole number, at least 1",),
        returns="list[int]",
        phrasings=(
            "Start at $number and repeat until 1 is reached: from a prime number, subtract 1; from any other number, divide by its largest prime factor. Return the list of all numbers visited, $number and 1 included.",
            "Given $number, follow this rule down to 1: a composite number is divided by its largest prime factor, a prime is lowered by 1. Return every number on the way in order, the first and the last included.",
            "In a board game the player stands on the field $number. From a prime field she moves back one field, from any other to the field divided by its largest prime factor, until she stands on field 1. Which fields does she visit, the first and the last one included?",
            "Let f(n) = n - 1 for prime n and f(n) = n / p for composite n with the largest prime factor p. Return the list [$number, f($number), f(f($number)), ..., 1]; for 1 it is [1].",
        ),
        solutions=(
            """
path = [$number]
while $number > 1:
    rest, largest = $number, 1
    for divisor in range(2, $number + 1):
        while rest % divisor == 0:
            rest //= divisor
            largest = divisor
    $number = $number - 1 if largest == $number else $number // largest
    path.append($number)
return path
""",
            """
def largest_prime(value):
    divisor = 2
    while divisor < value:
        if value % divisor == 0:
            value //= divisor
        else:
            divisor += 1
    return value

if $number == 1:
    return [1]
largest = largest_prime($number)
if largest == $number:
    return [$number] + $self($number - 1)
return [$number] + $self($number // largest)
""",
        ),
        reference=_way_down,
        inputs=lambda rng: (rng.choice((rng.randint(2, 60), _composite(rng), 7, 13, 23)),),
        edges=((1,), (2,), (4,), (31,), (64,), (9,)),
        idea="Both rules make the number smaller, so the walk must arrive at 1.",
        pitfall="Dividing a prime by its largest prime factor, itself, would jump to 1 at once.",
    ),
)
