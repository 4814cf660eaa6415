"""Families on what divides what: divisors, largest squares, common moments, primes by their last digit."""

from __future__ import annotations

from hornbook.curriculum.family import Family, Raw

FAMILIES: tuple[Family, ...] = (
    Family(
        name="divisors_above",
        concepts=("number_theory", "for_loops", "list_comprehensions"),
        difficulty=2,
        names="divisors_above_$k divisors large_divisors find_divisors factors_of solve",
        arguments=("number|n|value|total: int; a positive whole number",),
        returns="list[int]",
        phrasings=(
            "Return all divisors of $number that are greater than $k, in ascending order. The number itself counts as a divisor.",
            "List, from small to large, every whole number above $k by which $number can be divided without a remainder, including $number if it is above $k.",
            "Collect the group sizes larger than $k into which $number children can be split with nobody left over. One group of everybody is allowed; sort the sizes upwards.",
            "Which integers bigger than $k divide $number evenly? Answer with an ascending list, $number itself included where it qualifies, and an empty list if there is none.",
        ),
        solutions=(
            """
$result = []
for $item in range($least, $number + 1):
    if $number % $item == 0:
        $result.append($item)
return $result
""",
            """
return [$item for $item in range($least, $number + 1) if $number % $item == 0]
""",
            """
$result = set()
$i = 1
while $i * $i <= $number:
    if $number % $i == 0:
        $result.update(($i, $number // $i))
    $i += 1
return sorted($item for $item in $result if $item > $k)
""",
        ),
        reference=lambda number, k, least: sorted(
            number // d for d in range(1, number + 1) if number // d * d == number and number // d > k
        ),
        parameters=lambda rng: (lambda k: {"k": k, "least": k + 1})(rng.randint(1, 5)),
        inputs=lambda rng, **_: (rng.randint(2, 24) * rng.randint(1, 6),),
        edges=((1,), (2,), (6,), (36,), (97,)),
        idea="A divisor leaves the remainder 0, so trying all candidates with % finds them; divisors come in pairs whose product is the number, which makes a search up to the square root enough.",
        pitfall="range stops before its end: without + 1 the number itself is never tried.",
    ),
    Family(
        name="square_tiles",
        concepts=("number_theory", "while_loops", "arithmetic"),
        difficulty=3,
        names="tiles_needed count_tiles square_pieces cover_$noun solve",
        arguments=(
            "width|a|length|side: int; one side in centimetres, positive",
            "height|b|depth|other_side: int; the other side in centimetres, positive",
        ),
        returns="int",
        phrasings=(
            "A $noun of $width by $height centimetres is to be divided completely into equal squares that are as large as possible, with sides of whole centimetres. Return how many squares there are.",
            "Find the largest square (side in whole centimetres) with which a $noun of $width times $height can be covered without a gap or a cut, and return the number of such squares.",
            "Return the smallest number of equal squares with integer sides that exactly fill a $noun measuring $width by $height.",
            "How many pieces result when a $noun measuring $width cm by $height cm is cut, without waste, into equal squares with the longest possible whole side?",
        ),
        solutions=(
            """
from math import gcd
side_length = gcd($width, $height)
return ($width // side_length) * ($height // side_length)
""",
            """
$left, $right = $width, $height
while $right:
    $left, $right = $right, $left % $right
return $width * $height // ($left * $left)
""",
            """
for $i in range(min($width, $height), 0, -1):
    if $width % $i == 0 and $height % $i == 0:
        return ($width // $i) * ($height // $i)
return 0
""",
            """
def largest_side($left, $right):
    return $left if $right == 0 else largest_side($right, $left % $right)

$best = largest_side($width, $height)
return ($width // $best) * ($height // $best)
""",
        ),
        reference=lambda width, height, noun: min(
            (width * height) // (s * s) for s in range(1, width + 1) if width % s + height % s == 0
        ),
        parameters=lambda rng: {
            "noun": Raw(rng.choice(("floor", "wall", "quilt", "garden", "mosaic", "board")))
        },
        inputs=lambda rng, noun: (lambda g: (g * rng.randint(1, 6), g * rng.randint(1, 6)))(
            rng.randint(2, 12)
        ),
        edges=((1, 1), (5, 5), (7, 3), (12, 4), (1, 9)),
        idea="The side of the square must divide both lengths, and the largest such number is their greatest common divisor.",
        pitfall="Taking the shorter side as the square's side only works when it divides the longer one.",
    ),
    Family(
        name="lights_flash_together",
        concepts=("number_theory", "while_loops", "arithmetic"),
        difficulty=2,
        names="meet_again together_again next_meeting common_time f",
        arguments=(
            "first|a|period|one: int; the first interval, positive",
            "second|b|other_period|two: int; the second interval, positive",
        ),
        returns="int",
        phrasings=(
            "Three $noun start together; they $verb every $first, every $second and every $k minutes. Return after how many minutes all three $verb at the same moment for the next time.",
            "Return the smallest positive number of minutes that is a multiple of $first, of $second and of $k: after that time three $noun with these intervals $verb together again.",
            "Two $noun $verb every $first and every $second minutes, a third one every $k minutes. All do so now; compute the minutes until they do so together again.",
            "When will three $noun that all $verb right now, and then at intervals of $first, $second and $k minutes, next coincide? Give the waiting time in minutes.",
        ),
        solutions=(
            """
from math import lcm
periods = [$first, $second, $k]
return lcm(*periods)
""",
            """
$current = $k
while $current % $first != 0 or $current % $second != 0:
    $current += $k
return $current
""",
            """
from math import gcd
$result = $first * $second // gcd($first, $second)
return $result * $k // gcd($result, $k)
""",
            """
$result = 1
for $item in ($first, $second, $k):
    step = $result
    while $result % $item:
        $result += step
return $result
""",
        ),
        reference=lambda first, second, k, noun, verb: next(
            t for t in range(1, first * second * k + 1) if t % first + t % second + t % k == 0
        ),
        parameters=lambda rng: (
            dict(
                zip(
                    ("noun", "verb"),
                    map(
                        Raw,
                        rng.choice(
                            (("lamps", "flash"), ("buses", "leave"), ("bells", "ring"), ("pumps", "start"))
                        ),
                    ),
                    strict=True,
                )
            )
            | {"k": rng.randint(2, 12)}
        ),
        inputs=lambda rng, **_: (rng.randint(2, 20), rng.randint(2, 20)),
        edges=((1, 1), (4, 4), (3, 5), (6, 12)),
        idea="The moments of each are the multiples of its interval, so the first common one is the least common multiple.",
        pitfall="The product of the intervals is a common moment but often not the first one.",
    ),
    Family(
        name="primes_with_last_digit",
        concepts=("number_theory", "nested_loops", "list_building"),
        difficulty=3,
        names="primes_ending_in_$k selected_primes primes_between find_primes search",
        arguments=(
            "low|start|lower|first: int; the smallest candidate, 0 or more",
            "high|stop|upper|limit: int; the largest candidate",
        ),
        returns="list[int]",
        phrasings=(
            "Return the prime numbers from $low to $high, both included, whose last digit is $k, in ascending order.",
            "List in ascending order all primes that end in the digit $k and are neither smaller than $low nor larger than $high.",
            "Among the integers between $low and $high inclusive, find those that are prime and have $k as their final digit. Return them sorted upwards; the list may be empty.",
            "Which primes p with $low <= p <= $high leave the remainder $k when divided by 10? Give them as an increasing list; if $low is above $high it is empty.",
        ),
        solutions=(
            """
$result = []
for $item in range(max($low, 2), $high + 1):
    if $item % 10 != $k:
        continue
    for $i in range(2, $item):
        if $item % $i == 0:
            break
    else:
        $result.append($item)
return $result
""",
            """
from math import isqrt
return [
    $item
    for $item in range(max($low, 2), $high + 1)
    if $item % 10 == $k and all($item % $i for $i in range(2, isqrt($item) + 1))
]
""",
            """
def is_prime($item):
    return $item > 1 and not any($item % $i == 0 for $i in range(2, $item // 2 + 1))

return [$item for $item in range($low, $high + 1) if str($item).endswith("$k") and is_prime($item)]
""",
        ),
        reference=lambda low, high, k: [
            n for n in range(low, high + 1) if n % 10 == k and sum(n % d == 0 for d in range(1, n + 1)) == 2
        ],
        parameters=lambda rng: {"k": rng.choice((1, 3, 7, 9))},
        inputs=lambda rng, k: (lambda low: (low, low + rng.randint(15, 60)))(rng.randint(0, 60)),
        edges=((0, 1), (7, 7), (10, 5), (0, 20), (61, 61)),
        idea="Keep the candidates with the right last digit first, because that test is cheap, and only then look for a divisor.",
        pitfall="1 is not a prime although no smaller number above 1 divides it.",
    ),
)
