"""Families about reading what is written in short: measures of two units, runs, ranges."""

from __future__ import annotations

import random
import re

from hornbook.curriculum.family import Family, Raw

_UNITS = (
    ("kg", "g", 1000),
    ("km", "m", 1000),
    ("h", "min", 60),
    ("min", "s", 60),
    ("w", "d", 7),
    ("m", "cm", 100),
    ("l", "ml", 1000),
)


def _measure_text(rng: random.Random, big: str, small: str) -> str:
    parts = [f"{rng.randint(0, 20)}{rng.choice((big, small, small))}" for _ in range(rng.randint(1, 3))]
    return " ".join([*parts, f"{rng.randint(1, 9)}{big}"])


def _measured(text: str, big: str, small: str, factor: int) -> int:
    found = re.findall(r"(?<!\S)(\d+)([a-z]+)(?!\S)", text)
    return sum(int(number) * {big: factor, small: 1}.get(unit, 0) for number, unit in found)


def _runs_code(rng: random.Random) -> str:
    return "".join(f"{rng.choice(('', 2, 3, 4, 11))}{rng.choice('abcxyz')}" for _ in range(rng.randint(1, 5)))


def _unpacked(text: str) -> str:
    match = re.match(r"(\d*)(\D)(.*)", text, re.DOTALL)
    return match[2] * int(match[1] or 1) + _unpacked(match[3]) if match else ""


def _ranges_text(rng: random.Random, sep: str, dash: str) -> str:
    pieces = []
    for _ in range(rng.randint(1, 4)):
        low = rng.randint(0, 30)
        pieces.append(rng.choice((str(low), f"{low}{dash}{low + rng.randint(0, 4)}")))
    return sep.join(pieces)


def _range_numbers(text: str, sep: str, dash: str) -> list[int]:
    ends = [[int(number) for number in piece.split(dash)] for piece in text.split(sep) if piece]
    return [n for pair in ends for n in range(min(pair), max(pair) + 1)]


FAMILIES: tuple[Family, ...] = (
    Family(
        name="measure_in_small_units",
        concepts=("parsing", "accumulation", "conditionals"),
        difficulty=3,
        names="total_in_$small in_$small convert_to_$small parse_measure solve",
        arguments=("text|measure|entry|amount: str; whole numbers with units, separated by blanks",),
        returns="int",
        phrasings=(
            "Add up the parts of $text, given in $big and $small, and return the total in $small. One $big is $factor $small. Parts are whole numbers directly followed by the unit, separated by blanks, in any order; parts with any other unit are ignored.",
            "$text consists of blank-separated parts such as 4$big and 20$small. Return their sum as a number of $small, where 1 $big equals $factor $small. A unit may occur several times; leave out parts that end in a different unit.",
            "How many $small are described by $text? Each of its parts is an integer with the unit right behind it; $big counts $factor $small, $small counts one, every other unit counts nothing, and no parts make 0.",
            "Convert $text to $small and return the number. It lists whole numbers with units, as in 1$big 15$small; there can be many parts in whatever order, blanks between them, $factor $small to a $big, and parts in unknown units are to be skipped.",
        ),
        solutions=(
            """
$total = 0
for $word in $text.split():
    $item = $word.rstrip("abcdefghijklmnopqrstuvwxyz")
    unit = $word[len($item):]
    if unit == "$big":
        $total += int($item) * $factor
    elif unit == "$small":
        $total += int($item)
return $total
""",
            """
import re
$groups = {"$big": $factor, "$small": 1}
$result = [re.fullmatch(r"(\\d+)([a-z]+)", $word) for $word in $text.split()]
return sum(int($item[1]) * $groups.get($item[2], 0) for $item in $result if $item)
""",
            """
$total = 0
for $word in $text.split():
    for unit, $count in (("$big", $factor), ("$small", 1)):
        if $word.removesuffix(unit).isdigit() and $word.endswith(unit):
            $total += int($word.removesuffix(unit)) * $count
return $total
""",
        ),
        reference=_measured,
        parameters=lambda rng: dict(
            zip(
                ("big", "small", "factor"),
                (Raw(u) if isinstance(u, str) else u for u in rng.choice(_UNITS)),
                strict=True,
            )
        ),
        inputs=lambda rng, big, small, factor: (_measure_text(rng, big, small),),
        edges=(
            ("",),
            ("5zz",),
            ("0kg 0g 0km 0m 0h 0min 0s",),
            ("2w 3d",),
            ("1kg 1g 1km 1m 1h 1min 1s 1d 1cm 1l 1ml",),
        ),
        idea="Separate the digits from the letters behind them, look up what the unit is worth in the small unit, multiply, and add.",
        pitfall="Compare the whole unit: a test such as endswith('g') takes kilograms for grams.",
    ),
    Family(
        name="expand_runs",
        concepts=("parsing", "string_building", "digits"),
        difficulty=3,
        names="expand_runs unpack expand decode_runs f",
        arguments=("text|code|packed|s: str; characters, some with a number in front",),
        returns="str",
        phrasings=(
            "Expand $text: a number in front of a character says how often the character is repeated, and a character without a number stands once. Numbers can have several digits; $text does not end in a digit.",
            "Return $text with every group of digits removed and the character that follows it written that many times. Characters that follow no digit are copied once, and the last character is never a digit.",
            "In $text each character that is not a digit may be preceded by a count of one or more digits. Write out the characters as often as their counts say (once if there is none); after the last count there is always a character.",
            "Undo a simple compression: digits in $text form a decimal number which tells how many copies of the next character are meant, and no digits mean one copy. The text never stops after a digit, and an empty one stays empty.",
        ),
        solutions=(
            """
$result = ""
$other = ""
for $char in $text:
    if $char.isdigit():
        $other += $char
    else:
        $result += $char * int($other or 1)
        $other = ""
return $result
""",
            """
import re
return "".join($char * int($count or 1) for $count, $char in re.findall(r"(\\d*)(\\D)", $text))
""",
            """
$result = []
$left = 0
while $left < len($text):
    $right = $left
    while $text[$right].isdigit():
        $right += 1
    $result.append($text[$right] * int($text[$left:$right] or 1))
    $left = $right + 1
return "".join($result)
""",
        ),
        reference=_unpacked,
        inputs=lambda rng: (_runs_code(rng),),
        edges=(("",), ("a",), ("0a",), ("12b",), ("a2 b",), ("10x0y1z",), ("3é",)),
        idea="Collect digits until a character comes that is none; then the number is complete and can be used, and collecting starts anew.",
        pitfall="Treating each digit as a number of its own makes 12 into 1 and 2.",
    ),
    Family(
        name="expand_ranges",
        concepts=("parsing", "lists", "for_loops"),
        difficulty=2,
        names="expand_ranges page_numbers parse_ranges read_numbers solve",
        arguments=("text|pages|selection|spec: str; numbers and ranges",),
        returns="list[int]",
        phrasings=(
            'Return the list of numbers that $text describes. Its pieces, separated by "$sep", are single numbers or ranges such as 3${dash}6, which include both ends. Keep the order and any repetitions; an empty text gives an empty list.',
            'Expand $text, for example 1${dash}3${sep}8, into a list of integers: "$sep" stands between pieces, a piece is a number or two numbers with "$dash" in between, the second not smaller, for all numbers from the first to the second. No text, no numbers; nothing is sorted or removed.',
            'Split $text at "$sep"; a piece with "$dash" in it means every whole number from the one before it up to and including the one behind it, any other piece is just its number. List all numbers in the order of $text, duplicates included (an empty list if $text is empty).',
            'Which pages does $text ask for? It names pages and, with "$dash", spans of pages from first to last, divided by "$sep". Answer with the page numbers in the given order, as often as they are named; an empty selection names none.',
        ),
        solutions=(
            """
$result = []
if not $text:
    return $result
for $word in $text.split("$sep"):
    if "$dash" in $word:
        $left, $right = $word.split("$dash")
        $result.extend(range(int($left), int($right) + 1))
    else:
        $result.append(int($word))
return $result
""",
            """
$result = []
for $word in filter(None, $text.split("$sep")):
    $left, _, $right = $word.partition("$dash")
    $result += range(int($left), int($right or $left) + 1)
return $result
""",
            """
$groups = [$word.split("$dash") for $word in $text.split("$sep") if $word]
return [$item for $pair in $groups for $item in range(int($pair[0]), int($pair[-1]) + 1)]
""",
        ),
        reference=_range_numbers,
        parameters=lambda rng: {
            "sep": Raw(rng.choice((",", ";", " ", "+"))),
            "dash": Raw(rng.choice(("-", "..", ":", "~"))),
        },
        inputs=lambda rng, sep, dash: (_ranges_text(rng, sep, dash),),
        edges=(("",), ("7",), ("0",), ("0012",)),
        idea="A single number is a range whose two ends are equal, so both kinds of pieces can be treated by one rule.",
        pitfall="range() stops before its second argument: add one to include the end.",
    ),
)
