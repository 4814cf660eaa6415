"""Families on measures and time: clocks, leap years, units, degrees, rounding to a step.

Time is in whole units, so that every expected value is exact.
"""

from __future__ import annotations

import datetime
import random
from typing import Any

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw


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


FAMILIES: tuple[Family, ...] = (
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
