"""Families about how numbers are written: money, sizes, ordinals, spans of time."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hornbook.curriculum.family import Family, Raw


def _money(cents: int, point: str, unit: str) -> str:
    digits = str(abs(cents)).rjust(3, "0")
    return f"{'-' if cents < 0 else ''}{digits[:-2]}{point}{digits[-2:]} {unit}"


def _size(number: int, step: int) -> str:
    units = ("B", "KB", "MB", "GB")
    tenths, level = number * 10, 0
    while tenths >= step * 10 and level < 3:
        tenths //= step
        level += 1
    return f"{number} B" if level == 0 else f"{tenths // 10}.{tenths % 10} {units[level]}"


def _places(numbers: Sequence[int]) -> list[str]:
    words = []
    for n in numbers:
        ending = "th" if re.search("1.$", str(n)) else {"1": "st", "2": "nd", "3": "rd"}.get(str(n)[-1], "th")
        words.append(str(n) + ending)
    return words


def _span(seconds: int) -> str:
    parts = [(seconds // 3600, "h"), (seconds // 60 % 60, "min"), (seconds % 60, "s")]
    return " ".join(f"{n} {unit}" for n, unit in parts if n) or "0 s"


FAMILIES: tuple[Family, ...] = (
    Family(
        name="amount_with_two_places",
        concepts=("number_formatting", "arithmetic", "conditionals"),
        difficulty=2,
        names="format_money price_text amount_text show_amount money",
        arguments=("amount|cents|price|balance: int; an amount in hundredths, perhaps negative",),
        returns="str",
        phrasings=(
            'Write $amount, given in hundredths of a $unit, as a text: a minus if it is negative, the whole part, "$point", exactly two digits for the hundredths, a blank and "$unit".',
            'Given $amount, which counts hundredths, return for example "12${point}05 $unit" for 1205 and "-0${point}50 $unit" for -50: both parts in decimal digits, the second always with two, and a minus in front of everything for negative amounts.',
            'A till works with whole hundredths of a $unit and prints them in the usual way. What does it print for $amount? The sign "$point" separates the whole $unit from the hundredths, which have two digits, then follow a blank and "$unit"; a debt has a minus in front, and 0 is printed as 0${point}00 $unit.',
            'Let a be the absolute value of $amount. Return ("-" if $amount < 0 else "") followed by a // 100, "$point", a % 100 with two digits, " " and "$unit".',
        ),
        solutions=(
            """
whole, rest = divmod(abs($amount), 100)
sign = "-" if $amount < 0 else ""
return f"{sign}{whole}$point{rest:02d} $unit"
""",
            """
if $amount < 0:
    return "-" + $self(-$amount)
digits = str($amount).zfill(3)
return digits[:-2] + "$point" + digits[-2:] + " $unit"
""",
        ),
        reference=_money,
        parameters=lambda rng: {
            "point": Raw(rng.choice((".", ","))),
            "unit": Raw(rng.choice(("dollar", "euro", "franc", "crown"))),
        },
        inputs=lambda rng, **_: (rng.choice((rng.randint(-3000, 12000), rng.randint(-99, 99))),),
        edges=((0,), (5,), (-5,), (100,), (-100,), (99,), (-1999,)),
        idea="Work with the absolute value and put the sign in front: divmod then gives the two parts.",
        pitfall="divmod of a negative number rounds down: -50 would become -1 and 50.",
    ),
    Family(
        name="readable_file_size",
        concepts=("number_formatting", "while_loops", "arithmetic"),
        difficulty=3,
        names="readable_size file_size_text human_size size_text show_size",
        arguments=("number|size|count|length: int; a number of bytes, not negative",),
        returns="str",
        phrasings=(
            'Write $number bytes in a readable way: below $step as "n B"; from there on divide by $step, up to three times, until the result is below $step, and write it with exactly one decimal, rounded down, and the unit KB, MB or GB. 0 gives "0 B".',
            "Given $number, choose the largest of the units B, KB ($step B), MB ($step KB) and GB ($step MB) of which it contains at least one, or B if it contains none of them. Return the number of these units, a blank and the unit; in B as a whole number, otherwise with one digit behind the point, the rest being cut off.",
            'A program shows how large a file is: "$half KB" rather than a long number. Every unit is $step times the one before: B, KB, MB, GB. It takes the largest unit that leaves at least 1, prints one decimal, cutting off all further ones, but no decimal for B. What does it show for $number?',
            'If $number < $step return f"{$number} B". Otherwise let i be the largest of 1, 2, 3 with $step ** i <= $number, and t = $number * 10 // $step ** i. Return t // 10, ".", t % 10, " " and the i-th of the units KB, MB, GB, joined.',
        ),
        solutions=(
            """
level, divisor = 0, 1
while level < 3 and $number >= divisor * $step:
    level += 1
    divisor *= $step
if level == 0:
    return f"{$number} B"
tenths = $number * 10 // divisor
return f"{tenths // 10}.{tenths % 10} {'KMG'[level - 1]}B"
""",
            """
units = ["B", "KB", "MB", "GB"]
divisor = 1
while $number >= divisor * $step and len(units) > 1:
    divisor *= $step
    units.pop(0)
whole, rest = divmod($number, divisor)
return f"{whole} B" if divisor == 1 else f"{whole}.{rest * 10 // divisor} {units[0]}"
""",
        ),
        reference=lambda number, step, half: _size(number, step),
        parameters=lambda rng: rng.choice(
            ({"step": 1000, "half": Raw("1.5")}, {"step": 1024, "half": Raw("2.5")})
        ),
        inputs=lambda rng, step, **_: (
            rng.choice(
                (
                    rng.randint(1, 2000),
                    step ** rng.randint(1, 4) - rng.randint(0, 1),
                    rng.randint(10**6, 10**10),
                )
            ),
        ),
        edges=((0,), (1000,), (1024,), (1048575,), (5 * 10**13,)),
        idea="Multiplying by ten before the whole division keeps one decimal exactly, without floating point.",
        pitfall="A format such as .1f rounds up, so a file just under 1 MB would be shown as 1000.0 KB.",
    ),
    Family(
        name="places_with_endings",
        concepts=("number_formatting", "conditionals", "digits"),
        difficulty=2,
        names="ordinals places_as_text with_endings rank_labels ordinal_texts",
        arguments=("numbers|places|ranks|positions: list[int]; positive whole numbers",),
        returns="list[str]",
        phrasings=(
            'Return the English ordinals of $numbers: the digits followed by "st" after a final 1, "nd" after a final 2, "rd" after a final 3 and "th" otherwise, but always "th" for numbers that end in 11, 12 or 13.',
            'Given $numbers, turn each into a text such as 1st, 2nd, 3rd, 4th, 11th, 21st or 112th. The last digit decides about the ending, except that 11, 12 and 13 as the last two digits demand "th".',
            'The results of a race are announced as "Ada came 3rd". Write $numbers in this way, in their order: 1st, 2nd, 3rd, then th, and again 21st, 22nd, 23rd; remember 11th, 12th, 13th and 111th.',
            'For each n of $numbers return str(n) + e, where e is "th" if n % 100 is 11, 12 or 13; if not, "st", "nd", "rd" for n % 10 equal to 1, 2, 3, and "th" for all other remainders.',
        ),
        solutions=(
            """
$result = []
for $item in $numbers:
    if $item % 100 in (11, 12, 13):
        ending = "th"
    else:
        ending = {1: "st", 2: "nd", 3: "rd"}.get($item % 10, "th")
    $result.append(f"{$item}{ending}")
return $result
""",
            """
def ending($item):
    if $item // 10 % 10 == 1 or $item % 10 not in (1, 2, 3):
        return "th"
    return ["st", "nd", "rd"][$item % 10 - 1]

return [str($item) + ending($item) for $item in $numbers]
""",
        ),
        reference=_places,
        inputs=lambda rng: (
            [rng.choice((rng.randint(1, 30), rng.randint(100, 130))) for _ in range(rng.randint(3, 6))],
        ),
        edges=(([],), ([1, 2, 3, 4],), ([10, 11, 12, 13, 14],), ([21, 22, 23, 101, 111, 112, 113, 1000],)),
        idea="The exception for the teens is tested first; after it, the last digit alone decides.",
        pitfall="Testing the last digit first gives 11st.",
    ),
    Family(
        name="span_of_seconds",
        concepts=("number_formatting", "arithmetic", "filtering"),
        difficulty=1,
        names="show_duration span_text describe_span duration_text readable_time",
        arguments=("seconds|duration|length|n: int; a number of seconds, not negative",),
        returns="str",
        phrasings=(
            'Write $seconds as hours, minutes and seconds in the form "2 h 5 min 9 s". Parts that are 0 are left out; 0 seconds as a whole are written "0 s".',
            'Given $seconds, split it into hours, minutes (below 60) and seconds (below 60) and return those that are not zero, largest unit first, each as number, blank and unit (h, min, s), with a blank between them. If all are zero return "0 s".',
            'A recipe site shows how long a dish takes, for example "1 h 30 min" or "45 s", without mentioning units of which there are none. What does it show for a time of $seconds, counted in seconds? For none at all it is "0 s".',
            'Let h = $seconds // 3600, m = $seconds // 60 % 60 and s = $seconds % 60. Join with single blanks those of the texts "{h} h", "{m} min" and "{s} s" whose number is not 0, in this order; return "0 s" if there is none.',
        ),
        solutions=(
            """
minutes, rest = divmod($seconds, 60)
hours, minutes = divmod(minutes, 60)
parts = [f"{$count} {unit}" for $count, unit in ((hours, "h"), (minutes, "min"), (rest, "s")) if $count]
return " ".join(parts) or "0 s"
""",
            """
if $seconds == 0:
    return "0 s"
$result = []
for unit, size in (("h", 3600), ("min", 60), ("s", 1)):
    if $seconds >= size:
        $result.append(f"{$seconds // size} {unit}")
        $seconds %= size
return " ".join($result)
""",
        ),
        reference=_span,
        inputs=lambda rng: (
            rng.choice((rng.randint(1, 200), rng.randint(1000, 20000), 60 * rng.randint(1, 200))),
        ),
        edges=((0,), (60,), (3600,), (86399,)),
        idea="divmod gives the number of full units and what is left for the smaller ones.",
        pitfall="Only the zero parts inside are left out; a duration of zero still needs a text.",
    ),
)
