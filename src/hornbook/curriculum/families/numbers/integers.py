"""Families about single numbers: rules with thresholds, conversions, divisors, primes, digits, bases, bits, time.

Money is in whole cents and time in whole units, so that every expected value is exact.
"""

from __future__ import annotations

import datetime
import random
from typing import Any

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw


def _bulk_parameters(rng: random.Random) -> dict[str, Any]:
    full = rng.randrange(20, 95, 5)
    return {
        "noun": Raw(rng.choice(("pencils", "tickets", "apples", "stamps", "postcards", "buttons"))),
        "k": rng.choice((3, 5, 10, 12, 20)),
        "full": full,
        "less": full - rng.choice((2, 5, 10)),
    }


def _fee_parameters(rng: random.Random) -> dict[str, Any]:
    small = rng.choice((100, 250, 500))
    return {
        "noun": Raw(rng.choice(("letter", "parcel", "packet"))),
        "small": small,
        "large": small * rng.choice((2, 4, 8)),
        "low_fee": rng.randrange(80, 160, 10),
        "mid_fee": rng.randrange(170, 300, 10),
        "high_fee": rng.randrange(320, 600, 20),
    }


def _draw_units(rng: random.Random) -> dict[str, Any]:
    large, medium, unit, big, mid = rng.choice(
        (
            ("hours", "minutes", "seconds", 3600, 60),
            ("days", "hours", "minutes", 1440, 60),
            ("weeks", "days", "hours", 168, 24),
            ("crates", "boxes", "eggs", 144, 12),
            ("yards", "feet", "inches", 36, 12),
            ("metres", "centimetres", "millimetres", 1000, 10),
        )
    )
    return {"large": Raw(large), "medium": Raw(medium), "unit": Raw(unit), "big": big, "mid": mid}


def _later_or_earlier(rng: random.Random) -> dict[str, Any]:
    op, when = rng.choice((("+", "after"), ("-", "before")))
    return {"op": Raw(op), "when": Raw(when)}


_DAY = [(hour, minute) for hour in range(24) for minute in range(60)]


def _clock_by_table(hour: int, minute: int, wait: int, op: str, when: str) -> tuple[int, int]:
    place = _DAY.index((hour, minute))
    return _DAY[(place + (wait if when == "after" else -wait)) % len(_DAY)]


def _digit_rounds(number: int, op: str, noun: str) -> int:
    text, rounds = str(number), 0
    while len(text) > 1:
        text = str(_combined_digits(text, noun))
        rounds += 1
    return rounds


def _combined_digits(text: str, noun: str) -> int:
    """Return the sum or the product (`noun`) of the digits in `text`."""
    if noun == "sum":
        return sum(int(c) for c in text)
    product = 1
    for c in text:
        product *= int(c)
    return product


def _in_base(number: int, k: int) -> str:
    power = 1
    while power * k <= number:
        power *= k
    text = ""
    while power:
        text += str(number // power)
        number, power = number % power, power // k
    return text


def _years(savings: int, goal: int, percent: int, deposit: int) -> int:
    if savings >= goal:
        return 0
    return 1 + _years(savings + savings * percent // 100 + deposit, goal, percent, deposit)


def _change(amount: int, coins: tuple[int, ...]) -> list[int]:
    if not coins:
        return []
    used = len(range(coins[0], amount + 1, coins[0]))
    return [used, *_change(amount - used * coins[0], coins[1:])]


FAMILIES: tuple[Family, ...] = (
    Family(
        name="bulk_price",
        concepts=("arithmetic", "conditionals", "functions"),
        difficulty=1,
        names="bulk_price order_price price_in_cents total_cents calculate",
        arguments=("quantity|amount|number|pieces: int; how many are bought",),
        returns="int",
        phrasings=(
            "A shop sells $noun at $full cents each; every one after the first $k costs only $less cents. Return the price of $quantity $noun in cents.",
            "Return in cents what a customer pays for $quantity $noun when the first $k cost $full cents each and all further ones $less cents each.",
            "Compute a bulk price in cents: up to $k $noun are charged at $full cents apiece, those beyond the first $k at $less cents apiece. $quantity says how many are bought.",
            "For an order of $quantity $noun, work out the total in cents: $full cents for each of the first $k, then $less cents for each one after that.",
        ),
        solutions=(
            """
if $quantity <= $k:
    return $quantity * $full
return $k * $full + ($quantity - $k) * $less
""",
            """
reduced = max(0, $quantity - $k)
return ($quantity - reduced) * $full + reduced * $less
""",
            """
return sum($full if $i < $k else $less for $i in range($quantity))
""",
            """
$total = 0
for $i in range(1, $quantity + 1):
    if $i > $k:
        $total += $less
    else:
        $total += $full
return $total
""",
        ),
        reference=lambda quantity, k, full, less, noun: (
            quantity * full - (full - less) * len(range(quantity)[k:])
        ),
        parameters=_bulk_parameters,
        inputs=lambda rng, k, **_: (rng.randint(1, 2 * k + 4),),
        edges=((0,), (1,), (3,), (20,), (100,)),
        idea="Split the quantity into the part that is charged in full and the part that is reduced; each part is a plain multiplication.",
        pitfall="Charging the reduced price for all pieces as soon as there are more than $k of them.",
    ),
    Family(
        name="fee_by_weight",
        concepts=("conditionals", "early_return", "functions"),
        difficulty=1,
        names="postage shipping_fee ${noun}_fee fee_for_weight lookup",
        arguments=("weight|grams|mass|weight_in_grams: int; the weight in grams",),
        returns="int",
        phrasings=(
            "Return the postage in cents for a $noun of $weight grams: $low_fee up to and including $small grams, $mid_fee up to and including $large grams, and $high_fee above that.",
            "A $noun costs $low_fee cents if it weighs at most $small grams, $mid_fee cents if it weighs more but at most $large grams, and $high_fee cents otherwise. Give the fee for $weight grams.",
            "Look up the fee, in cents, that belongs to $weight (in grams). More than $large grams cost $high_fee, more than $small grams cost $mid_fee, anything lighter or equal costs $low_fee.",
            "Post offices charge by weight. With limits of $small and $large grams, both inclusive, and fees of $low_fee, $mid_fee and $high_fee cents from light to heavy, find the fee of a $noun that weighs $weight grams.",
        ),
        solutions=(
            """
if $weight <= $small:
    return $low_fee
if $weight <= $large:
    return $mid_fee
return $high_fee
""",
            """
for limit, fee in (($small, $low_fee), ($large, $mid_fee)):
    if $weight <= limit:
        return fee
return $high_fee
""",
            """
if $weight > $large:
    $result = $high_fee
elif $weight > $small:
    $result = $mid_fee
else:
    $result = $low_fee
return $result
""",
            """
from bisect import bisect_left
$i = bisect_left([$small, $large], $weight)
return [$low_fee, $mid_fee, $high_fee][$i]
""",
        ),
        reference=lambda weight, small, large, low_fee, mid_fee, high_fee, noun: {
            0: low_fee,
            1: mid_fee,
            2: high_fee,
        }[(weight > small) + (weight > large)],
        parameters=_fee_parameters,
        inputs=lambda rng, small, large, **_: (rng.choice((small, large, small + 1, large + 1)),),
        edges=((5000,), (0,), (1,), (100,), (500,)),
        idea="Test the limits in order and return at the first that fits: later tests may then assume that the earlier ones failed.",
        pitfall="Using < instead of <= charges a $noun of exactly $small grams too much.",
    ),
    Family(
        name="clock_shift",
        concepts=("arithmetic", "tuples", "functions"),
        difficulty=2,
        names="clock_$when time_$when shift_clock new_time solve",
        arguments=(
            "hour|hours|h: int; the hour, 0 to 23",
            "minute|mins|m: int; the minute, 0 to 59",
            "wait|delta|distance|offset: int; a number of minutes, 0 or more",
        ),
        returns="tuple[int, int]",
        phrasings=(
            "Return the time on a 24-hour clock that is $wait minutes $when $hour:$minute, as a tuple of hour and minute. The clock wraps around at midnight.",
            "A clock shows $hour hours and $minute minutes. Give what it shows $wait minutes $when that moment as (hour, minute), counting hours from 0 to 23.",
            "Shift a time of day: starting at hour $hour and minute $minute, find the pair (hour, minute) $wait minutes $when. Days do not matter, so 24:00 is 0:00.",
            "What time is it $wait minutes $when $hour:$minute? Answer with the tuple (hour, minute) in 24-hour form; passing midnight in either direction continues in the neighbouring day.",
        ),
        solutions=(
            """
$total = ($hour * 60 + $minute $op $wait) % 1440
return $total // 60, $total % 60
""",
            """
carry, new_minute = divmod($minute $op $wait, 60)
return ($hour + carry) % 24, new_minute
""",
            """
from datetime import datetime, timedelta
$current = datetime(2024, 5, 15, $hour, $minute) $op timedelta(minutes=$wait)
return $current.hour, $current.minute
""",
        ),
        reference=_clock_by_table,
        parameters=_later_or_earlier,
        inputs=lambda rng, **_: (
            rng.randint(0, 23),
            rng.randint(0, 59),
            rng.choice((rng.randint(1, 90), 600)),
        ),
        edges=((0, 0, 0), (23, 59, 1), (0, 0, 1), (12, 30, 1440), (10, 5, 3000)),
        idea="Turn the time into minutes since midnight, add or subtract there, and take the remainder of a whole day; then turn it back.",
        pitfall="Working on the minutes alone forgets that they carry into the hours, and the hours wrap at 24.",
    ),
    Family(
        name="split_into_units",
        concepts=("arithmetic", "tuples", "while_loops"),
        difficulty=1,
        names="split_$unit break_down to_$large convert_$unit convert",
        arguments=("amount|number|total_units|given: int; how many of the smallest unit, 0 or more",),
        returns="tuple[int, int, int]",
        phrasings=(
            "Convert $amount $unit to whole $large ($big $unit each), then whole $medium ($mid $unit each) and the $unit left over. Return these three numbers as a tuple.",
            "Return a tuple ($large, $medium, $unit) that expresses $amount $unit with as many $large as possible, then as many $medium as possible; these are worth $big and $mid $unit each.",
            "Break $amount $unit down into three numbers: $large of $big, $medium of $mid, and single $unit, always using the larger unit first.",
            "Given $amount, a number of $unit, say how many full $large it holds (at $big each), how many full $medium the remainder holds (at $mid each), and how many $unit remain, in a tuple of that order.",
        ),
        solutions=(
            """
first, rest = divmod($amount, $big)
return first, *divmod(rest, $mid)
""",
            """
first = $amount // $big
second = $amount % $big // $mid
third = $amount - first * $big - second * $mid
return first, second, third
""",
            """
first = second = 0
while $amount >= $big:
    $amount -= $big
    first += 1
while $amount >= $mid:
    $amount -= $mid
    second += 1
return first, second, $amount
""",
        ),
        reference=lambda amount, big, mid, large, medium, unit: (
            len(range(big, amount + 1, big)),
            len(range(amount)[amount // big * big :]) // mid,
            amount - amount // mid * mid,
        ),
        parameters=_draw_units,
        inputs=lambda rng, big, mid, **_: (rng.randint(1, 3 * big + mid),),
        edges=((0,), (1,), (12,), (60,), (3600,), (1440,)),
        idea="Whole division gives the number of large units and the remainder is what the next smaller unit has to express.",
        pitfall="Dividing the whole amount, and not the remainder, by $mid counts the same $unit twice.",
    ),
    Family(
        name="days_over_fahrenheit",
        concepts=("counting", "arithmetic", "for_loops"),
        difficulty=1,
        names="count_days days_$side readings_$side count_readings check_weather",
        arguments=("readings|celsius|temperatures|values: list[int]; temperatures in degrees Celsius",),
        returns="int",
        phrasings=(
            "Convert each Celsius temperature in $readings to Fahrenheit (multiply by 9/5, add 32) and return how many of the results are $side $k.",
            "Return the number of temperatures in $readings, given in degrees Celsius, that are $side $k degrees Fahrenheit. Fahrenheit is Celsius * 9 / 5 + 32; a value of exactly $k does not count.",
            "A weather station reports $readings in Celsius. Count those that lie $side $k degrees once they are expressed in Fahrenheit, that is as c * 9 / 5 + 32.",
            "How many entries of $readings (degrees Celsius) are strictly $side $k on the Fahrenheit scale? A Celsius value c corresponds to 32 + 1.8 * c there; an empty list gives 0.",
        ),
        solutions=(
            """
$count = 0
for $item in $readings:
    if $item * 9 / 5 + 32 $op $k:
        $count += 1
return $count
""",
            """
return sum(1 for $item in $readings if $item * 9 / 5 + 32 $op $k)
""",
            """
in_fahrenheit = [$item * 9 / 5 + 32 for $item in $readings]
return len([$item for $item in in_fahrenheit if $item $op $k])
""",
            """
limit = ($k - 32) * 5 / 9
return len(list(filter(lambda $item: $item $op limit, $readings)))
""",
        ),
        reference=lambda readings, k, op, side: sum(
            (9 * c > 5 * (k - 32)) if side == "above" else (9 * c < 5 * (k - 32)) for c in readings
        ),
        parameters=lambda rng: {
            "k": rng.randrange(32, 86, 9),
            **dict(zip(("op", "side"), map(Raw, rng.choice(((">", "above"), ("<", "below")))), strict=True)),
        },
        inputs=lambda rng, **_: (draws.ints(rng, 3, 7, -5, 35),),
        edges=(([],), ([0],), ([10, 10],), ([-40, -40, 20],), ([5, 10, 15, 20, 25],)),
        idea="Convert every reading by the same formula and count the converted values that pass the test.",
        pitfall="Comparing the Celsius value itself with a limit in Fahrenheit.",
    ),
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
    Family(
        name="check_digit",
        concepts=("digits", "accumulation", "while_loops"),
        difficulty=3,
        names="check_digit checksum control_digit weighted_digits compute",
        arguments=("number|code|n|serial: int; a whole number, 0 or more",),
        returns="int",
        phrasings=(
            "Compute a check digit: multiply the digits of $number from right to left by 1, $k, 1, $k and so on, add the products and return the remainder of the sum divided by $modulus.",
            "Weigh the decimal digits of $number alternately with 1 and $k, beginning with 1 at the last digit. Return the weighted sum modulo $modulus.",
            "Going through $number from its last digit to its first, add every digit in an odd place (first, third, ...) once and every digit in an even place $k times; give the total modulo $modulus.",
            "To protect a serial number against typing errors, its units digit counts once, its tens digit $k times, its hundreds digit once, and so on in turns. Return the remainder of this total for $number on division by $modulus.",
        ),
        solutions=(
            """
$total = 0
weight = 1
while $number > 0:
    $number, last_digit = divmod($number, 10)
    $total += weight * last_digit
    weight = $k if weight == 1 else 1
return $total % $modulus
""",
            """
$total = 0
for $i, $char in enumerate(reversed(str($number))):
    if $i % 2 == 0:
        $total += int($char)
    else:
        $total += $k * int($char)
return $total % $modulus
""",
            """
from itertools import cycle
return sum(int($char) * weight for $char, weight in zip(str($number)[::-1], cycle((1, $k)))) % $modulus
""",
        ),
        reference=lambda number, k, modulus: (
            (sum(map(int, str(number)[::-2])) + k * sum(map(int, str(number)[-2::-2]))) % modulus
        ),
        parameters=lambda rng: {"k": rng.choice((2, 3, 7)), "modulus": rng.choice((9, 10, 11, 13))},
        inputs=lambda rng, **_: (rng.randint(10, 99999),),
        edges=((0,), (7,), (10,), (1000,), (99999,)),
        idea="Taking digits from the right with divmod by 10, or from the reversed text, gives them in the order of the weights.",
        pitfall="Starting the weights at the left gives another result whenever the number of digits is even.",
    ),
    Family(
        name="digit_rounds",
        concepts=("digits", "while_loops", "recursion"),
        difficulty=3,
        names="rounds_to_one_digit count_rounds steps_until_single digit_steps process",
        arguments=("number|n|value|start_value: int; a whole number, 0 or more",),
        returns="int",
        phrasings=(
            "Replace $number by the $noun of its digits again and again until a single digit is left, and return how many replacements were made.",
            "Return how often one must form the $noun of all decimal digits, starting with $number and continuing with each result, before the value is below 10. A number below 10 needs 0 rounds.",
            "Count the rounds of this game: while $number has more than one digit, it becomes the $noun of its digits.",
            "After how many steps does $number shrink to one digit, if each step takes the $noun of the digits of the value so far? One-digit numbers take no step.",
        ),
        solutions=(
            """
$count = 0
while $number >= 10:
    $result = $start
    for $char in str($number):
        $result = $result $op int($char)
    $number = $result
    $count += 1
return $count
""",
            """
from functools import reduce
$count = 0
while $number > 9:
    $number = reduce(lambda one, two: one $op two, map(int, str($number)))
    $count += 1
return $count
""",
            """
def combine($item):
    return $item if $item < 10 else $item % 10 $op combine($item // 10)

def rounds($item):
    return 0 if $item < 10 else 1 + rounds(combine($item))

return rounds($number)
""",
        ),
        reference=lambda number, op, noun, start: _digit_rounds(number, op, noun),
        parameters=lambda rng: rng.choice(
            (
                {"op": Raw("+"), "noun": Raw("sum"), "start": 0},
                {"op": Raw("*"), "noun": Raw("product"), "start": 1},
            )
        ),
        inputs=lambda rng, **_: (
            rng.choice((rng.randint(10, 99), rng.randint(100, 9999), rng.randint(0, 9), 199)),
        ),
        edges=((0,), (9,), (10,), (77,), (999,)),
        idea="One loop (or a helper) combines the digits, an outer loop repeats that as long as more than one digit is left.",
        pitfall="A number that already has one digit needs no round: test before combining, not after.",
    ),
    Family(
        name="write_in_base",
        concepts=("bits", "digits", "while_loops"),
        difficulty=3,
        names="to_base_$k in_base_$k write_base digits_in_base convert",
        arguments=("number|n|value|decimal: int; a whole number, 0 or more",),
        returns="str",
        phrasings=(
            "Return $number written in base $k, as a string of digits without leading zeros. Zero is written as one 0.",
            "Write $number with the digits 0 to $top only, in the positional system with base $k, and return that string; the most significant digit comes first and 0 gives a single zero.",
            "Convert $number to base $k by repeated division. The result is a string; for zero it is a lone 0 digit, otherwise it does not begin with 0.",
            "How is $number spelled in the number system whose places are worth 1, $k, $k*$k and so on? Give the string of its digits from the highest place down, and a single zero for 0.",
        ),
        solutions=(
            """
if $number == 0:
    return "0"
$result = ""
while $number > 0:
    $number, remainder = divmod($number, $k)
    $result = str(remainder) + $result
return $result
""",
            """
$result = [str($number % $k)]
while $number >= $k:
    $number //= $k
    $result.append(str($number % $k))
return "".join(reversed($result))
""",
            """
def digits_of($item):
    if $item < $k:
        return str($item)
    return digits_of($item // $k) + str($item % $k)

return digits_of($number)
""",
        ),
        reference=lambda number, k, top: _in_base(number, k),
        parameters=lambda rng: (lambda k: {"k": k, "top": k - 1})(rng.randint(2, 9)),
        inputs=lambda rng, **_: (rng.randint(2, 400),),
        edges=((0,), (1,), (2,), (9,), (64,), (81,)),
        idea="The remainder by the base is the last digit, and the quotient holds all digits before it.",
        pitfall="The loop never runs for 0, which then would become an empty string.",
    ),
    Family(
        name="flags_in_mask",
        concepts=("bits", "enumerate_zip", "list_building"),
        difficulty=2,
        names="flags_set decode_mask names_of_bits unpack_flags active_flags transform",
        arguments=("mask|flags|bits|settings: int; a bit mask, 0 or more",),
        returns="list[str]",
        phrasings=(
            "Each bit of $mask switches one of the options $options on: bit 0, the lowest, stands for the first, and so on. Return the options that are on, in that order; ignore higher bits.",
            "Decode $mask, a bit mask. The names of its bits, from the lowest upwards, are $options; return the list of names whose bit is 1 and take no notice of any further bits.",
            "Return which of $options are set in $mask, where the option at position i is set if bit i (worth 2 to the power of i) is 1. Keep the given order.",
            "The integer $mask stores yes-or-no settings, one per binary digit from the right, named $options. List the names with a yes, in the order of the names; digits without a name do not matter.",
        ),
        solutions=(
            """
$result = []
for $i, $key in enumerate($options):
    if $mask & (1 << $i):
        $result.append($key)
return $result
""",
            """
return [$key for $i, $key in enumerate($options) if $mask >> $i & 1]
""",
            """
$result = []
for $key in $options:
    if $mask % 2 == 1:
        $result.append($key)
    $mask //= 2
return $result
""",
            """
binary = bin($mask)[2:]
return [$key for $key, $char in zip($options, reversed(binary)) if $char == "1"]
""",
        ),
        reference=lambda mask, options: [
            option for i, option in enumerate(options) if mask % 2 ** (i + 1) - mask % 2**i > 0
        ],
        parameters=lambda rng: {
            "options": rng.choice(
                (
                    ("read", "write", "run"),
                    ("bold", "italic", "underline"),
                    ("red", "green", "blue"),
                    ("up", "right", "down", "left"),
                    ("door", "window", "gate", "alarm"),
                    ("rain", "wind", "snow", "fog"),
                )
            )
        },
        inputs=lambda rng, **_: (rng.randint(0, 15),),
        edges=((0,), (1,), (4,), (7,), (255,), (16,)),
        idea="Shifting 1 to the left by i gives a number with only bit i set; & with the mask is non-zero exactly when the mask has that bit too.",
        pitfall="Comparing mask & (1 << i) with 1 instead of 0 works for the lowest bit only.",
    ),
    Family(
        name="press_switches",
        concepts=("bits", "simulation", "for_loops"),
        difficulty=3,
        names="press_switches toggle_$noun after_presses toggle apply_switches f",
        arguments=(
            "mask|lit|status|pattern: int; bit p is 1 if number p is on",
            "switches|presses|positions|buttons: list[int]; positions of the switches pressed, 0 or more each",
        ),
        returns="int",
        phrasings=(
            "The bits of $mask say which $noun are on: bit p belongs to number p. Each entry p of $switches toggles number p, from off to on or from on to off. Return the mask after all presses.",
            "Flip, one after another, the bits of $mask at the positions listed in $switches (position 0 is the lowest bit; a position may be listed several times) and return the resulting integer.",
            "A row of $noun is stored as an integer $mask, with a 1 for each that is on, number 0 in the lowest bit. Return this integer after pressing the switches $switches, each of which inverts its bit.",
            "What does $mask become when for every p in $switches its bit p is inverted, so that pressing the same switch twice changes nothing? The bit of number 0 is worth 1, of number 1 it is worth 2, and so on ($noun that are on have a 1).",
        ),
        solutions=(
            """
for $i in $switches:
    $mask ^= 1 << $i
return $mask
""",
            """
from functools import reduce
return reduce(lambda $current, $i: $current ^ (1 << $i), $switches, $mask)
""",
            """
for $i in set($switches):
    if $switches.count($i) % 2 == 1:
        $mask ^= 2 ** $i
return $mask
""",
            """
for $i in $switches:
    if $mask & (1 << $i):
        $mask -= 1 << $i
    else:
        $mask += 1 << $i
return $mask
""",
        ),
        reference=lambda mask, switches, noun: sum(
            2**p for p in range(40) if (mask // 2**p + switches.count(p)) % 2 == 1
        ),
        parameters=lambda rng: {"noun": Raw(rng.choice(("lamps", "fans", "valves", "pumps", "screens")))},
        inputs=lambda rng, noun: (rng.randint(0, 31), [rng.randint(0, 4) for _ in range(rng.randint(1, 5))]),
        edges=((0, []), (5, []), (0, [0]), (7, [1, 1]), (1, [0, 0, 0]), (0, [6, 6, 2])),
        idea="Exclusive or with a single bit inverts exactly that bit and leaves the others alone.",
        pitfall="Setting the bit with | switches on but never off again.",
    ),
    Family(
        name="round_to_step",
        concepts=("rounding", "arithmetic", "conditionals"),
        difficulty=2,
        names="round_to_$k nearest_$k round_$noun rounded snap",
        arguments=("value|amount|number|exact: int; the exact value",),
        returns="int",
        phrasings=(
            "Round the $noun $value to the nearest multiple of $k. A value exactly halfway between two multiples goes to the larger one.",
            "Return the multiple of $k that is closest to $value; if two are equally close, return the larger of them.",
            "Cash registers round every $noun to steps of $k. Give the step nearest to $value and round up in the middle.",
            "Which multiple of $k lies nearest to the $noun $value? Take the greater one when the distances are equal; negative values follow the same rule.",
        ),
        solutions=(
            """
return ($value + $half) // $k * $k
""",
            """
remainder = $value % $k
if 2 * remainder >= $k:
    return $value + $k - remainder
return $value - remainder
""",
            """
below = $value // $k * $k
above = below + $k
return above if above - $value <= $value - below else below
""",
            """
below = $value - $value % $k
return min((below + $k, below), key=lambda $item: abs($item - $value))
""",
        ),
        reference=lambda value, k, half, noun: max(
            range(value - k, value + k + 1), key=lambda m: (m % k == 0, -abs(m - value), m)
        ),
        parameters=lambda rng: (
            lambda k: {"k": k, "half": k // 2, "noun": Raw(rng.choice(("price", "total", "cost", "balance")))}
        )(rng.choice((4, 5, 10, 20, 25, 50, 100))),
        inputs=lambda rng, **_: (
            rng.choice((rng.randint(1, 400), rng.randint(-200, 0), rng.randint(1, 40) * 5)),
        ),
        edges=((0,), (1,), (10,), (-10,), (25,), (50,), (-50,), (-7,)),
        idea="Adding half a step before whole division moves everything from the middle upwards into the next step.",
        pitfall="round(x / $k) * $k sends halves to the even neighbour, so some of them go down.",
    ),
    Family(
        name="linear_sequence",
        concepts=("list_building", "for_loops", "iterators"),
        difficulty=2,
        names="sequence first_terms build_sequence terms generate",
        arguments=(
            "start|first|seed|a: int; the first term",
            "length|n|size|how_many: int; how many terms, 0 or more",
        ),
        returns="list[int]",
        phrasings=(
            "Return the first $length terms of the sequence that begins with $start and in which each further term is $factor times the one before, $word $shift.",
            "Build a list of $length numbers: the first is $start, and every next one is the previous one multiplied by $factor, then $word $shift.",
            "A sequence starts at $start and follows the rule: next = $factor * previous $op $shift. List its first $length terms; a length of 0 gives an empty list.",
            "Beginning at $start, repeatedly multiply by $factor and go on with the result $word $shift. Which $length values does this produce, the start included as the first? Answer with a list.",
        ),
        solutions=(
            """
$result = []
$current = $start
for _ in range($length):
    $result.append($current)
    $current = $factor * $current $op $shift
return $result
""",
            """
from itertools import accumulate
return list(accumulate([$start] * $length, lambda $previous, _: $factor * $previous $op $shift))
""",
            """
if $length == 0:
    return []
$result = [$start]
while len($result) < $length:
    $result.append($factor * $result[-1] $op $shift)
return $result
""",
            """
from itertools import islice

def sequence_from($current):
    while True:
        yield $current
        $current = $factor * $current $op $shift

return list(islice(sequence_from($start), $length))
""",
        ),
        reference=lambda start, length, factor, shift, op, word: [
            start * factor**i + (shift if word == "plus" else -shift) * ((factor**i - 1) // (factor - 1))
            for i in range(length)
        ],
        parameters=lambda rng: {
            "factor": rng.randint(2, 4),
            "shift": rng.randint(1, 9),
            **rng.choice(({"op": Raw("+"), "word": Raw("plus")}, {"op": Raw("-"), "word": Raw("minus")})),
        },
        inputs=lambda rng, **_: (rng.randint(-3, 9), rng.randint(2, 6)),
        edges=((0, 3), (5, 0), (7, 1), (-2, 4)),
        idea="Keep the current term in a variable, store it, then compute the next from it; nothing else of the past is needed.",
        pitfall="Updating before storing loses the first term and adds one too many at the end.",
    ),
    Family(
        name="years_until_goal",
        concepts=("while_loops", "simulation", "arithmetic"),
        difficulty=2,
        names="years_until_goal years_needed saving_years count_years simulate",
        arguments=(
            "savings|balance|capital|money: int; what is there at the beginning, 0 or more",
            "goal|target|wanted|aim: int; what is to be reached",
        ),
        returns="int",
        phrasings=(
            "Each year an account earns $percent percent interest on its balance, rounded down to a whole number, and then $deposit are paid in. Starting with $savings, return the number of years until the balance is at least $goal.",
            "Return how many years it takes to grow $savings to $goal or more, if every year adds $percent percent of the balance (without the fraction) and a payment of $deposit. It takes 0 years if the goal is already reached.",
            "Simulate saving: per year the balance grows by the whole part of $percent percent of itself plus a deposit of $deposit. Count the years from $savings until it is no longer below $goal.",
            "How many complete years must pass before $savings has become at least $goal? In one year $percent hundredths of the balance, cut to an integer, and a fixed $deposit are added; no year is needed if it suffices at once.",
        ),
        solutions=(
            """
$count = 0
while $savings < $goal:
    $savings += $savings * $percent // 100 + $deposit
    $count += 1
return $count
""",
            """
import itertools
for $i in itertools.count():
    if $savings >= $goal:
        return $i
    interest = $savings * $percent // 100
    $savings = $savings + interest + $deposit
""",
            """
def years_from($current):
    if $current >= $goal:
        return 0
    return 1 + years_from($current + $current * $percent // 100 + $deposit)

return years_from($savings)
""",
        ),
        reference=_years,
        parameters=lambda rng: {"percent": rng.randint(2, 8), "deposit": rng.randrange(10, 110, 10)},
        inputs=lambda rng, **_: (rng.randrange(50, 500, 10), rng.randrange(300, 1500, 50)),
        edges=((0, 0), (100, 100), (0, 100), (500, 20), (99, 100)),
        idea="The number of years is not known before, so a while loop repeats one year after another and a counter remembers how many.",
        pitfall="Testing after the first year reports 1 instead of 0 when the goal is reached from the start.",
    ),
    Family(
        name="change_in_coins",
        concepts=("greedy", "arithmetic", "list_building"),
        difficulty=2,
        names="coins_for make_change change_counts pay_with_coins solve",
        arguments=("amount|cents|change|due: int; the amount to pay, 0 or more",),
        returns="list[int]",
        phrasings=(
            "Pay $amount with coins of the values $coins, always taking as many as possible of the largest coin first. Return how many of each coin are used, in that order.",
            "Return a list that says for each coin value of $coins how often it is used when $amount is handed out greedily, beginning with the first and largest value.",
            "A cashier gives $amount back in coins worth $coins, from the largest to the smallest and each as often as it fits into what is left. List the number of coins per value.",
            "How many coins of each kind $coins does a till give out for $amount, if it uses every kind, in the given order, as often as it still fits? The answer has one number per kind, also where it is 0.",
        ),
        solutions=(
            """
$result = []
for coin in $coins:
    $result.append($amount // coin)
    $amount %= coin
return $result
""",
            """
$result = []
for coin in $coins:
    $count, $amount = divmod($amount, coin)
    $result.append($count)
return $result
""",
            """
values = $coins
$result = [0] * len(values)
for $i, coin in enumerate(values):
    while $amount >= coin:
        $amount -= coin
        $result[$i] += 1
return $result
""",
        ),
        reference=_change,
        parameters=lambda rng: {
            "coins": rng.choice(
                (
                    (50, 20, 10, 5, 2, 1),
                    (25, 10, 5, 1),
                    (20, 5, 1),
                    (100, 50, 10, 1),
                    (12, 3, 1),
                    (10, 5, 2, 1),
                )
            )
        },
        inputs=lambda rng, coins: (rng.randint(3, 3 * coins[0]),),
        edges=((0,), (1,), (5,), (100,), (99,)),
        idea="Whole division says how many of a coin fit, and the remainder is what the smaller coins must pay.",
        pitfall="Forgetting to reduce the amount pays the same cents again with the next coin.",
    ),
    Family(
        name="leap_years_between",
        concepts=("arithmetic", "counting", "booleans"),
        difficulty=2,
        names="leap_years leap_days count_leap_years check",
        arguments=(
            "first|start|begin|year: int; the first year, at least 1",
            "last|finish|final|to_year: int; the last year",
        ),
        returns="int",
        phrasings=(
            "Return how many leap years there are from $first to $last, both included. A year is a leap year if it is divisible by 4, but not by 100 unless it is divisible by 400.",
            "Count the leap years of the Gregorian calendar (multiples of 4, except multiples of 100 that are not multiples of 400) that are not before $first and not after $last.",
            "How often is there a 29 February in the years $first up to and including $last? It exists in years divisible by 4; of the full centuries only those divisible by 400 have one.",
            "Find the number of days that the years $first to $last inclusive have beyond 365 each, that is their leap years: multiples of 4, without those multiples of 100 that 400 does not divide. If $last is before $first the answer is 0.",
        ),
        solutions=(
            """
$count = 0
for $item in range($first, $last + 1):
    if $item % 400 == 0 or ($item % 4 == 0 and $item % 100 != 0):
        $count += 1
return $count
""",
            """
from calendar import isleap
return sum(isleap($item) for $item in range($first, $last + 1))
""",
            """
def leaps_until($item):
    return $item // 4 - $item // 100 + $item // 400

return max(0, leaps_until($last) - leaps_until($first - 1))
""",
        ),
        reference=lambda first, last: sum(
            (datetime.date(year, 3, 1) - datetime.date(year, 2, 1)).days == 29
            for year in range(first, last + 1)
        ),
        inputs=lambda rng: (lambda first: (first, first + rng.randint(2, 60)))(rng.randint(1850, 2080)),
        edges=((1900, 1900), (2000, 2000), (2024, 2024), (2023, 2022), (1896, 1904), (1, 100)),
        idea="The rule has an exception and an exception to the exception; testing 400 first keeps the condition readable.",
        pitfall="1900 is divisible by 4 but was no leap year, while 2000 was one.",
    ),
)
