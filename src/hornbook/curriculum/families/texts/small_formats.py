"""Families about reading small formats: settings, versions, times, tables, colours.

What is malformed and what happens then is part of every phrasing, because parsing is mostly about that.
"""

from __future__ import annotations

import functools
import random
import re

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw


def _settings(text: str, sep: str, mark: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for piece in re.split(re.escape(sep), text):
        at = piece.find(mark)
        if at >= 0:
            found[piece[:at].strip()] = piece[at + len(mark) :].strip()
    return found


def _settings_text(rng: random.Random, sep: str, mark: str) -> str:
    pieces = [
        f"{rng.choice(draws.GOODS)}{rng.choice(('', ' '))}{mark}{rng.randint(0, 99)}"
        for _ in range(rng.randint(1, 4))
    ]
    if rng.random() < 0.3:
        pieces.insert(rng.randint(0, len(pieces)), draws.word(rng))
    return (sep + rng.choice(("", " "))).join(pieces)


def _version_order(first: str, second: str, sep: str) -> int:
    def cut(text: str) -> list[int]:
        numbers = [int(part) for part in text.split(sep)]
        while numbers and numbers[-1] == 0:
            numbers.pop()
        return numbers

    a, b = cut(first), cut(second)
    return 0 if a == b else 1 if a > b else -1


def _versions(rng: random.Random, sep: str) -> tuple[str, str]:
    first = [rng.randint(0, 12) for _ in range(rng.randint(1, 3))]
    second = first + [rng.choice((0, 3))] if rng.random() < 0.4 else [first[0], rng.randint(0, 12)]
    pair = [sep.join(map(str, first)), sep.join(map(str, second))]
    return (pair[0], pair[1]) if rng.random() < 0.5 else (pair[1], pair[0])


@functools.cache
def _clock_faces(mark: str) -> dict[str, int]:
    """Every valid time of day as it may be written, with its minutes: the trusted table."""
    return {
        left + mark + right: hour * 60 + minute
        for hour in range(24)
        for minute in range(60)
        for left in (str(hour), f"{hour:02}")
        for right in (str(minute), f"{minute:02}")
    }


def _clock(text: str, mark: str) -> int:
    return _clock_faces(mark).get(text, -1)


def _clock_text(rng: random.Random, mark: str) -> str:
    wrong = rng.random() < 0.25
    return f"{rng.randint(0, 30 if wrong else 23)}{mark}{rng.randint(40 if wrong else 0, 70 if wrong else 59):02}"


def _table(rng: random.Random, sep: str) -> tuple[str, str]:
    header = rng.sample(draws.GOODS, rng.randint(2, 3))
    rows = [[str(rng.randint(-5, 30)) for _ in header] for _ in range(rng.randint(1, 3))]
    return "\n".join(sep.join(row) for row in [header, *rows]), rng.choice(header)


def _column_total(text: str, column: str, sep: str) -> int:
    lines = text.split("\n")
    columns = {cells[0]: cells[1:] for cells in zip(*(line.split(sep) for line in lines), strict=True)}
    return sum(map(int, columns.get(column, ())))


def _colour(text: str, mark: str) -> tuple[int, int, int]:
    digits = text[len(mark) :] if text[: len(mark)] == mark else text
    number = int(digits if len(digits) == 6 else "".join(d + d for d in digits), 16)
    return number // 65536, number // 256 % 256, number % 256


FAMILIES: tuple[Family, ...] = (
    Family(
        name="parse_settings",
        concepts=("parsing", "dictionaries", "string_methods"),
        difficulty=2,
        names="parse_settings read_settings parse_pairs settings_from process",
        arguments=("text|line|source|config: str; pieces such as names with values",),
        returns="dict[str, str]",
        phrasings=(
            'Parse $text, in which settings are separated by "$sep", into a dictionary. A setting is a name, "$mark" and a value; blanks around names and values are removed. The first "$mark" of a piece counts, pieces without it are skipped, and a later setting replaces an earlier one of the same name.',
            'Return a dictionary of the settings in $text. Cut $text at each "$sep"; ignore pieces that lack "$mark"; otherwise what stands before the first "$mark" is the key and everything behind it the value (both stripped of blanks at their ends, both texts). If a key repeats, its last value wins.',
            'Split $text at "$sep" and every piece at its first "$mark" to get names and values, strip the blanks around them, and collect them in a dictionary. Where a name comes twice keep the last value; drop every piece that contains no "$mark".',
            '$text lists values by name: pieces divided by "$sep", and in each piece the name, a "$mark", the value, perhaps with blanks around them that do not belong to them. Which value belongs to which name? Answer with a dictionary of texts. The value may itself contain "$mark", repeated names take the last value, and a piece with no "$mark" at all means nothing.',
        ),
        solutions=(
            """
$result = {}
for $item in $text.split("$sep"):
    $left, found, $right = $item.partition("$mark")
    if found:
        $result[$left.strip()] = $right.strip()
return $result
""",
            """
$groups = [$item.split("$mark", 1) for $item in $text.split("$sep") if "$mark" in $item]
return {$key.strip(): $item.strip() for $key, $item in $groups}
""",
            """
$result = {}
for $item in $text.split("$sep"):
    if "$mark" not in $item:
        continue
    $i = $item.index("$mark")
    $result[$item[:$i].strip()] = $item[$i + len("$mark"):].strip()
return $result
""",
        ),
        reference=_settings,
        parameters=lambda rng: {
            "sep": Raw(rng.choice(";,&|")),
            "mark": Raw(rng.choice(("=", ":", "->", ":="))),
        },
        inputs=lambda rng, sep, mark: (_settings_text(rng, sep, mark),),
        edges=(("",), ("nothing here",), (";,&|",), ("a=1;a=2,b:3",), (" k := v = w -> x ",)),
        idea="partition() cuts at the first mark and always gives three parts; the middle one is empty when there was no mark.",
        pitfall="split() without a limit cuts a value that contains the mark into more pieces, and unpacking fails.",
    ),
    Family(
        name="compare_versions",
        concepts=("parsing", "lists", "conditionals"),
        difficulty=3,
        names="compare_versions version_order newer_version compare_numbers solve",
        arguments=(
            "first|a|left_version|one: str; a version",
            "second|b|right_version|two: str; another version",
        ),
        returns="int",
        phrasings=(
            'Compare the versions $first and $second, whole numbers separated by "$sep". Return 1 if $first is newer, -1 if $second is newer and 0 if they are the same. Numbers are compared from left to right, by value; missing ones count as 0.',
            'Return -1, 0 or 1 when the version $first is lower than, equal to or higher than $second. The parts between "$sep" are numbers, the leftmost is the most important one, and a shorter version is filled up with zeros.',
            'Both $first and $second consist of integers joined by "$sep". Find the first place where the numbers differ (a version that has ended has 0 there) and return 1 if the number of $first is larger there, -1 if it is smaller; return 0 if there is no such place.',
            'Which of two releases is later? $first and $second are written as numbers with "$sep" between them, more significant numbers first, and trailing zeros make no difference. The answer is 1 for $first, -1 for $second, 0 when neither is.',
        ),
        solutions=(
            """
from itertools import zip_longest
$left = map(int, $first.split("$sep"))
$right = map(int, $second.split("$sep"))
for $item, $other in zip_longest($left, $right, fillvalue=0):
    if $item != $other:
        return 1 if $item > $other else -1
return 0
""",
            """
$left = [int($word) for $word in $first.split("$sep")]
$right = [int($word) for $word in $second.split("$sep")]
$count = max(len($left), len($right))
$left += [0] * ($count - len($left))
$right += [0] * ($count - len($right))
return ($left > $right) - ($left < $right)
""",
            """
def number_at(version: str, $i: int) -> int:
    $item = version.split("$sep")
    return int($item[$i]) if $i < len($item) else 0

for $i in range(max($first.count("$sep"), $second.count("$sep")) + 1):
    difference = number_at($first, $i) - number_at($second, $i)
    if difference:
        return difference // abs(difference)
return 0
""",
        ),
        reference=_version_order,
        parameters=lambda rng: {"sep": Raw(rng.choice(".-_/"))},
        inputs=lambda rng, sep: _versions(rng, sep),
        edges=(("1", "1"), ("9", "10"), ("0", "00"), ("2", "1"), ("007", "7")),
        idea="As numbers, 10 is more than 9; as texts it is not. Convert the parts, make both lists equally long, and compare from the left.",
        pitfall="Comparing the strings directly puts 1.10 before 1.9.",
    ),
    Family(
        name="clock_to_minutes",
        concepts=("parsing", "validation", "arithmetic"),
        difficulty=2,
        names="clock_to_minutes minutes_of_day parse_time read_clock f",
        arguments=("text|clock|time_text|entry: str; a time of day",),
        returns="int",
        phrasings=(
            'Return the minutes since midnight for the time $text, written as hours, "$mark" and minutes, such as 7${mark}05. Return -1 unless both are one or two digits, the hours at most 23 and the minutes at most 59.',
            'Turn a time of day such as 18${mark}30 into minutes after midnight. Anything in $text other than one or two digits, "$mark", and one or two digits, with hours from 0 to 23 and minutes from 0 to 59, gives -1.',
            'Read $text as a time: an hour 0-23, then "$mark", then a minute 0-59, each written with one or two digits. How many minutes of the day have passed by then? The answer is -1 if $text is not such a time.',
            'Check that $text is a valid 24-hour time with "$mark" between the hour and the minute (one or two digits each, nothing else). If so return 60 times the hour plus the minute, and otherwise -1.',
        ),
        solutions=(
            """
$left, found, $right = $text.partition("$mark")
for $word in ($left, $right):
    if not $word.isdigit() or len($word) > 2:
        return -1
if int($left) > 23 or int($right) > 59:
    return -1
return int($left) * 60 + int($right)
""",
            """
import re
$best = re.fullmatch(r"(\\d\\d?)" + re.escape("$mark") + r"(\\d\\d?)", $text)
if not $best:
    return -1
$left, $right = int($best[1]), int($best[2])
return $left * 60 + $right if $left < 24 and $right < 60 else -1
""",
            """
$groups = $text.split("$mark")
if len($groups) != 2 or not all($word.isdigit() and len($word) <= 2 for $word in $groups):
    return -1
$total = 0
for $word, $item in zip($groups, (24, 60)):
    if int($word) >= $item:
        return -1
    $total = $total * 60 + int($word)
return $total
""",
        ),
        reference=_clock,
        parameters=lambda rng: {"mark": Raw(rng.choice((":", ".", "h", "-")))},
        inputs=lambda rng, mark: (_clock_text(rng, mark),),
        edges=(("",), ("noon",), ("7",), ("0730",), ("1:2:3",), ("a:b",), ("12.5.1",)),
        idea="Take the text apart, check each part before converting it, check the limits, and only then calculate.",
        pitfall="int() fails with an error on an empty part or on letters, so test with isdigit() first.",
    ),
    Family(
        name="column_total",
        concepts=("parsing", "accumulation", "list_indexing"),
        difficulty=3,
        names="column_total sum_column total_of add_up_column process",
        arguments=(
            "text|table|data|lines: str; a table, one row per line",
            "column|field|heading|wanted: str; the heading of a column",
        ),
        returns="int",
        phrasings=(
            'In $text the cells of a line are separated by "$sep", the first line holds the headings, and all other cells are whole numbers. Return the sum of the column headed $column, or 0 if there is no such heading.',
            'Return the total of one column of $text, a table. Lines are separated by line breaks and cells by "$sep"; the first line names the columns, the others hold integers. $column says which column; if it does not exist, the total is 0.',
            'Find $column among the names in the first line of $text (names are separated by "$sep") and add up the integers at the same place in all further lines. An unknown name and a table without further lines both give 0.',
            'What do the numbers below $column add up to? $text is a table with a line of headings and then lines of integers, "$sep" standing between neighbouring cells; a heading that is missing adds up to 0.',
        ),
        solutions=(
            """
lines = $text.split("\\n")
headings = lines[0].split("$sep")
if $column not in headings:
    return 0
$i = headings.index($column)
$total = 0
for $row in lines[1:]:
    $total += int($row.split("$sep")[$i])
return $total
""",
            """
import csv
$groups = csv.DictReader($text.splitlines(), delimiter="$sep")
return sum(int($row.get($column, 0)) for $row in $groups)
""",
            """
$best, *$other = [$row.split("$sep") for $row in $text.split("\\n")]
return sum(int($item) for $row in $other for $key, $item in zip($best, $row) if $key == $column)
""",
        ),
        reference=_column_total,
        parameters=lambda rng: {"sep": Raw(rng.choice(",;|:"))},
        inputs=lambda rng, sep: _table(rng, sep),
        edges=(
            ("", "tea"),
            ("tea", "tea"),
            ("tea\n5", "milk"),
            ("tea\n5\n-5\n7", "tea"),
            ("tea\n0012", "tea"),
        ),
        idea="The heading tells the position of the column; from then on only that position of every further line is needed.",
        pitfall="Without int() the cells are texts, and adding them is an error or glues them together.",
    ),
    Family(
        name="colour_from_hex",
        concepts=("parsing", "string_slicing", "tuples"),
        difficulty=3,
        names="colour_from_hex parse_colour hex_to_rgb read_colour process",
        arguments=("text|code|colour|value: str; three or six hexadecimal digits",),
        returns="tuple[int, int, int]",
        phrasings=(
            'Return red, green and blue (0 to 255) of the colour in $text as a tuple. $text is a valid code of six hexadecimal digits, two for each, or of three digits, each of which stands for itself twice; "$mark" may stand in front. Case does not matter.',
            'Turn $text, the hexadecimal digits of a colour, into a tuple of three integers. Drop "$mark" at the beginning if it is there; then six hexadecimal digits (capital or small) are three two-digit numbers, and three digits mean the same as six with each one doubled. The code is always valid.',
            'Read $text, a valid hexadecimal colour with or without a leading "$mark": rrggbb, or the short form rgb in which every digit has to be doubled. Give the numbers r, g and b in decimal, as a tuple; digits may be of either case.',
            'What are the parts (red, green, blue) of $text, each a number up to 255? After an optional "$mark" there are either six hexadecimal digits of any case, a pair per part, or only three, each to be written twice. You need not check that $text is correct.',
        ),
        solutions=(
            """
$other = $text.removeprefix("$mark")
if len($other) == 3:
    $other = "".join($char * 2 for $char in $other)
return int($other[0:2], 16), int($other[2:4], 16), int($other[4:6], 16)
""",
            """
$other = $text.removeprefix("$mark")
if len($other) == 3:
    return tuple(int($char, 16) * 17 for $char in $other)
return tuple(bytes.fromhex($other))
""",
            """
$other = $text[len("$mark"):] if $text.startswith("$mark") else $text
$i = len($other) // 3
$groups = [$other[:$i], $other[$i : 2 * $i], $other[2 * $i :]]
return tuple(int($item * (3 - $i), 16) for $item in $groups)
""",
        ),
        reference=_colour,
        parameters=lambda rng: {"mark": Raw(rng.choice(("#", "0x", "%", "&", "rgb:")))},
        inputs=lambda rng, mark: (
            rng.choice((mark, mark, ""))
            + "".join(rng.choices("0123456789abcdefAF", k=rng.choice((3, 6, 6)))),
        ),
        edges=(("000000",), ("fff",), ("FF8000",), ("0a1",), ("000001",)),
        idea="int(text, 16) reads hexadecimal digits; the slices say which digits belong together.",
        pitfall="The short form doubles each digit: f means ff, that is 255, not 15.",
    ),
)
