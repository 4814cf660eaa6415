"""Families that take a text apart: settings, versions, times, tables, rules for names, brackets and simple ciphers.

What is malformed and what happens then is part of every phrasing, because parsing is mostly about that.
Formatting values as text is the matter of text_building.
"""

from __future__ import annotations

import functools
import random
import re
from collections.abc import Sequence
from typing import Any

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_CODES = (
    ".-",
    "-...",
    "-.-.",
    "-..",
    "..-.",
    "--.",
    "....",
    "..",
    ".---",
    "-.-",
    "--",
    "-.",
    "---",
    "...",
    "-",
)
_UNITS = (
    ("kg", "g", 1000),
    ("km", "m", 1000),
    ("h", "min", 60),
    ("min", "s", 60),
    ("w", "d", 7),
    ("m", "cm", 100),
    ("l", "ml", 1000),
)

_PATTERNS = {"digit": r"\d", "capital letter": "[A-Z]", "small letter": "[a-z]"}
_TESTS = {"digit": "isdigit", "capital letter": "isupper", "small letter": "islower"}


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


def _two_tests(rng: random.Random) -> dict[str, Any]:
    first, second = rng.sample(tuple(_TESTS), 2)
    return {
        "k": rng.randint(6, 10),
        "first": Raw(first),
        "second": Raw(second),
        "first_test": Raw(_TESTS[first]),
        "second_test": Raw(_TESTS[second]),
    }


def _password(rng: random.Random) -> str:
    parts = rng.sample(
        (draws.word(rng), draws.word(rng).capitalize(), str(rng.randint(0, 99)), "_"), rng.randint(1, 3)
    )
    return "".join(parts)


def _identifier(rng: random.Random, mark: str) -> str:
    start = rng.choice(("", "", "", "", mark, "7", "X"))
    return start + draws.word(rng) + rng.choice(("", "2", mark + "1", mark, mark + draws.word(rng), " ", "!"))


def _some_brackets(rng: random.Random, opening: str, closing: str) -> str:
    text = ""
    for _ in range(rng.randint(1, 4)):
        i = rng.randrange(len(opening))
        wrap = rng.random() < 0.6
        text = opening[i] + text + closing[i] if wrap else text + rng.choice("ab") + opening[i] + closing[i]
    if rng.random() < 0.5:
        i = rng.randrange(len(text))
        text = text[:i] + rng.choice(("", closing[-1])) + text[i + 1 :]
    return text


def _deepest(text: str, opening: str, closing: str) -> int:
    steps = [(c == opening) - (c == closing) for c in text]
    levels = [sum(steps[:n]) for n in range(len(steps) + 1)]
    return -1 if min(levels) < 0 or levels[-1] != 0 else max(levels)


def _matched(text: str, opening: str, closing: str) -> bool:
    rest = "".join(char for char in text if char in opening + closing)
    pairs = [left + right for left, right in zip(opening, closing, strict=True)]
    for _ in text:
        for pair in pairs:
            rest = "".join(rest.split(pair))
    return rest == ""


def _shift(rng: random.Random) -> dict[str, Any]:
    k = rng.randint(2, 12)
    if rng.random() < 0.5:
        return {
            "k": k,
            "shift": k,
            "step": Raw(f"+ {k}"),
            "says": Raw("forward"),
            "wrap": Raw("after z comes a"),
        }
    return {"k": k, "shift": -k, "step": Raw(f"- {k}"), "says": Raw("back"), "wrap": Raw("before a comes z")}


def _shifted(text: str, shift: int) -> str:
    ring = _LETTERS * 3
    return "".join(
        ring[26 + ring.index(c) + shift]
        if c in _LETTERS
        else ring[26 + ring.index(c.lower()) + shift].upper()
        if c.lower() in _LETTERS
        else c
        for c in text
    )


def _keyed(text: str, key: str, sign: int) -> str:
    keys = key * len(text)
    return "".join(
        _LETTERS[(_LETTERS.index(c) + sign * _LETTERS.index(k)) % 26] if c in _LETTERS else c
        for c, k in zip(text, keys, strict=False)
    )


def _signals(rng: random.Random, codes: dict[str, str]) -> str:
    return " ".join(rng.choices([*codes, "...---"], weights=[3] * len(codes) + [1], k=rng.randint(2, 6)))


def _colour(text: str, mark: str) -> tuple[int, int, int]:
    digits = text[len(mark) :] if text[: len(mark)] == mark else text
    number = int(digits if len(digits) == 6 else "".join(d + d for d in digits), 16)
    return number // 65536, number // 256 % 256, number % 256


def _measure_text(rng: random.Random, big: str, small: str) -> str:
    parts = [f"{rng.randint(0, 20)}{rng.choice((big, small, small))}" for _ in range(rng.randint(1, 3))]
    return " ".join([*parts, f"{rng.randint(1, 9)}{big}"])


def _measured(text: str, big: str, small: str, factor: int) -> int:
    found = re.findall(r"(?<!\S)(\d+)([a-z]+)(?!\S)", text)
    return sum(int(number) * {big: factor, small: 1}.get(unit, 0) for number, unit in found)


def _common_words(text: str, k: int) -> list[str]:
    words = [w for w in (re.sub(r"^[.,!?]+|[.,!?]+$", "", word) for word in text.lower().split()) if w]
    ranked = sorted(sorted(set(words)), key=words.count, reverse=True)
    return ranked[:k]


def _speech(rng: random.Random) -> str:
    pool = rng.sample(draws.WORDS, 4)
    chosen = [
        rng.choice((w, w.capitalize())) + rng.choice(("", "", ",", "!", "."))
        for w in rng.choices(pool, k=rng.randint(5, 9))
    ]
    return " ".join(chosen)


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


def _same_backwards(words: Sequence[str], k: int) -> list[str]:
    return [
        w for w in words if len(w) >= k and all(w[i].lower() == w[-1 - i].lower() for i in range(len(w) // 2))
    ]


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
        name="password_problems",
        concepts=("validation", "any_all", "lists"),
        difficulty=2,
        names="password_problems check_password broken_rules what_is_wrong f",
        arguments=("password|text|secret|phrase: str; the password to check",),
        returns="list[str]",
        phrasings=(
            'Return the list of rules that $password breaks, in this order: "short" if it has fewer than $k characters, "no $first" if it contains no $first, "no $second" if it contains no $second. A good password gives an empty list.',
            'Check $password against three rules and report the broken ones, in order, as "short" (a length below $k), "no $first" (without a single $first) and "no $second" (without a single $second). Return an empty list when nothing is wrong.',
            'What is wrong with $password? Collect "short" unless it has at least $k characters, then "no $first" unless some character is a $first, then "no $second" unless some character is a $second.',
            'A password needs $k or more characters, at least one $first and at least one $second. List what $password lacks, always in that order, using the words "short", "no $first" and "no $second"; nothing lacking means an empty list.',
        ),
        solutions=(
            """
$result = []
if len($password) < $k:
    $result.append("short")
if not any($char.$first_test() for $char in $password):
    $result.append("no $first")
if not any($char.$second_test() for $char in $password):
    $result.append("no $second")
return $result
""",
            """
$groups = {
    "short": len($password) >= $k,
    "no $first": any(map(str.$first_test, $password)),
    "no $second": any(map(str.$second_test, $password)),
}
return [$key for $key, $item in $groups.items() if not $item]
""",
            """
$left = $right = False
for $char in $password:
    $left = $left or $char.$first_test()
    $right = $right or $char.$second_test()
$result = [] if len($password) >= $k else ["short"]
if not $left:
    $result.append("no $first")
return $result if $right else [*$result, "no $second"]
""",
        ),
        reference=lambda password, k, first, second, **_: [
            name
            for name, pattern in (
                ("short", f".{{{k},}}"),
                *((f"no {n}", _PATTERNS[n]) for n in (first, second)),
            )
            if not re.search(pattern, password)
        ],
        parameters=_two_tests,
        inputs=lambda rng, **_: (_password(rng),),
        edges=(("",), ("7",), ("A",), ("abcdefghijkl",), ("Abcdefgh123",), ("UPPER CASE",)),
        idea="Every rule is a question of its own; the broken ones are collected in the order in which the questions are asked.",
        pitfall="With elif or an early return only the first broken rule would be reported.",
    ),
    Family(
        name="is_valid_name",
        concepts=("validation", "any_all", "early_return"),
        difficulty=2,
        names="is_valid_name valid_name check_name is_allowed solve",
        arguments=("name|text|identifier|label: str; the name to check",),
        returns="bool",
        phrasings=(
            'Return whether $name is a valid name: 1 to $k characters, all of them small letters a-z, digits or "$mark", the first one a letter.',
            'Tell whether $name keeps these rules: it begins with one of the letters a to z, continues with such letters, digits 0 to 9 and "$mark" only, and is not longer than $k characters. The empty text breaks them.',
            'A name consists of a letter from a to z, followed by any number of the characters a to z, 0 to 9 and "$mark"; altogether it has no more than $k characters. Is $name one? Return True or False.',
            'Return False if $name is empty, has more than $k characters, starts with anything but a letter a-z, or contains a character that is not a-z, 0-9 or "$mark"; return True otherwise. Capitals are not allowed.',
        ),
        solutions=(
            """
letters = "abcdefghijklmnopqrstuvwxyz"
if not $name or len($name) > $k or $name[0] not in letters:
    return False
for $char in $name:
    if $char not in letters + "0123456789$mark":
        return False
return True
""",
            """
import re
return re.fullmatch("[a-z][a-z0-9$mark]{0,$rest}", $name) is not None
""",
            """
from string import ascii_lowercase, digits
return (
    1 <= len($name) <= $k
    and $name[0] in ascii_lowercase
    and all($char in ascii_lowercase + digits + "$mark" for $char in $name)
)
""",
            """
from string import ascii_lowercase, digits
if len($name) > $k or not $name.startswith(tuple(ascii_lowercase)):
    return False
return set($name) <= {*ascii_lowercase, *digits, "$mark"}
""",
        ),
        reference=lambda name, k, rest, mark: (
            0 < len(name) <= k
            and "a" <= name[0] <= "z"
            and not [c for c in name if not ("a" <= c <= "z" or "0" <= c <= "9" or c == mark)]
        ),
        parameters=lambda rng: {
            "k": (k := rng.randint(7, 14)),
            "rest": k - 1,
            "mark": Raw(rng.choice("_.-+")),
        },
        inputs=lambda rng, mark, **_: (_identifier(rng, mark),),
        edges=(
            ("",),
            ("x",),
            ("r2d2",),
            ("7up",),
            ("Name",),
            ("a b",),
            ("été",),
            ("line\n",),
            ("abcdefghijklmnop",),
        ),
        idea="Handle the first character and the length first; what remains is one question that all characters must answer with yes.",
        pitfall="isalpha() also accepts letters such as é; and a regular expression needs fullmatch(), because match() is content with a good beginning.",
    ),
    Family(
        name="deepest_nesting",
        concepts=("parsing", "counting", "early_return"),
        difficulty=3,
        names="deepest_nesting nesting_depth max_depth how_deep process",
        arguments=("text|s|expression|source: str; the text with brackets",),
        returns="int",
        phrasings=(
            'Return how deeply the brackets "$opening" and "$closing" are nested in $text (0 without any), or -1 if they do not match: a "$closing" with no open partner or an "$opening" that is never closed.',
            'Find the greatest number of "$opening" that are open at the same time in $text; each "$closing" closes one. If a "$closing" comes when none is open, or some are still open at the end, the answer is -1. Other characters do not matter.',
            'Read $text with a level that starts at 0, goes up by one at "$opening" and down by one at "$closing". Give the highest level reached, but -1 if the level ever falls below 0 or does not end at 0.',
            'How many layers of "$opening" ... "$closing" lie around the innermost place of $text? Count 0 when it has no brackets and -1 when the brackets are not balanced; ignore all other characters.',
        ),
        solutions=(
            """
$best = $current = 0
for $char in $text:
    if $char == "$opening":
        $current += 1
        $best = max($best, $current)
    elif $char == "$closing":
        $current -= 1
        if $current < 0:
            return -1
return $best if $current == 0 else -1
""",
            """
from itertools import accumulate
$groups = {"$opening": 1, "$closing": -1}
$seen = list(accumulate(($groups.get($char, 0) for $char in $text), initial=0))
return max($seen) if min($seen) == 0 == $seen[-1] else -1
""",
            """
$count = 0
$other = "".join($char for $char in $text if $char in "$opening$closing")
while "$opening$closing" in $other:
    $other = $other.replace("$opening$closing", "")
    $count += 1
return -1 if $other else $count
""",
        ),
        reference=_deepest,
        parameters=lambda rng: dict(
            zip(("opening", "closing"), map(Raw, rng.choice(("()", "[]", "{}", "<>"))), strict=True)
        ),
        inputs=lambda rng, opening, closing: (_some_brackets(rng, opening, closing),),
        edges=(("",), ("no brackets",), ("([{<",), (")]}>([{<",), ("(([[{{<<>>}}]]))",), ("()[]{}<>",)),
        idea="The level of nesting is a running number, up at every opening and down at every closing bracket; its maximum is the depth.",
        pitfall="Equal numbers of both brackets are not enough: closing before opening also has to be noticed.",
    ),
    Family(
        name="brackets_match",
        concepts=("stacks", "validation", "dictionaries"),
        difficulty=3,
        names="brackets_match is_balanced well_nested check_brackets solve",
        arguments=("text|s|expression|formula: str; the text with brackets",),
        returns="bool",
        phrasings=(
            'Return whether the brackets in $text are balanced. The opening brackets are "$opening", their partners, in the same order, "$closing". Each must be closed by its partner, the last opened first; all other characters are ignored.',
            'Check $text: every bracket out of "$opening" has to be closed later by the one at the same position of "$closing", and pairs may contain each other but not overlap. Is that the case? Characters that are no brackets of these kinds do not count, and a text without any is fine.',
            'Tell whether each closing bracket in $text (one of "$closing") fits the most recent opening bracket still open (one of "$opening", in corresponding order), with none left open at the end. Ignore everything else.',
            'True or False: in $text, the brackets "$opening" and their counterparts "$closing" (first belongs to first, and so on) are correctly nested, that is, none is missing, superfluous or crossed with another pair. Only these characters matter.',
        ),
        solutions=(
            """
$groups = dict(zip("$closing", "$opening"))
$stack = []
for $char in $text:
    if $char in "$opening":
        $stack.append($char)
    elif $char in $groups and (not $stack or $stack.pop() != $groups[$char]):
        return False
return not $stack
""",
            """
$groups = dict(zip("$opening", "$closing"))
$stack = []
for $char in $text:
    if $char in $groups:
        $stack.append($groups[$char])
    elif $char in "$closing":
        if not $stack or $stack[-1] != $char:
            return False
        $stack.pop()
return len($stack) == 0
""",
            """
$other = "".join($char for $char in $text if $char in "$opening$closing")
$previous = None
while $other != $previous:
    $previous = $other
    for $left, $right in zip("$opening", "$closing"):
        $other = $other.replace($left + $right, "")
return $other == ""
""",
        ),
        reference=_matched,
        parameters=lambda rng: dict(
            zip(
                ("opening", "closing"),
                rng.choice(
                    [
                        (Raw(a + b), Raw(c + d))
                        for a, c in ("()", "[]", "{}")
                        for b, d in ("<>", "[]", "{}")
                        if a != b
                    ]
                ),
                strict=True,
            )
        ),
        inputs=lambda rng, opening, closing: (_some_brackets(rng, opening, closing),),
        edges=(("",), ("text",), ("([{<>}])",), ("([)]{<}>",), ("((",), ("}])>",), ("(a) [b] {c} <d>",)),
        idea="The bracket that was opened last must be closed first: that is what a stack is for.",
        pitfall="Counting each kind for itself does not notice crossed pairs; and popping from an empty stack is an error.",
    ),
    Family(
        name="words_same_backwards",
        concepts=("validation", "string_slicing", "filtering"),
        difficulty=2,
        names="words_same_backwards palindromes_in mirror_words symmetric_words f",
        arguments=("text|sentence|line|phrase: str; words separated by blanks",),
        returns="list[str]",
        phrasings=(
            "Return the words of $text that have at least $k characters and read the same from both ends, ignoring case. Keep their order, their repetitions and their spelling.",
            "List every palindrome among the blank-separated words of $text, as it is written there and in the order of the text. Words shorter than $k characters do not count, and capitals equal small letters.",
            "Which words of $text stay the same when they are written backwards? Consider only those of $k or more characters, treat upper and lower case alike, and give all of them in order, also repeated ones.",
            "Pick from $text the words (not changing them or their order) whose small-letter form equals its own reverse and whose length is not below $k.",
        ),
        solutions=(
            """
$result = []
for $word in $text.split():
    if len($word) >= $k and $word.lower() == $word.lower()[::-1]:
        $result.append($word)
return $result
""",
            """
def is_symmetric($word: str) -> bool:
    return len($word) < 2 or ($word[0] == $word[-1] and is_symmetric($word[1:-1]))

return [$word for $word in $text.split() if len($word) >= $k and is_symmetric($word.lower())]
""",
            """
def is_symmetric($word: str) -> bool:
    $left, $right = 0, len($word) - 1
    while $left < $right:
        if $word[$left] != $word[$right]:
            return False
        $left += 1
        $right -= 1
    return True

return [$word for $word in $text.split() if len($word) >= $k and is_symmetric($word.lower())]
""",
        ),
        reference=lambda text, k: _same_backwards(text.split(), k),
        parameters=lambda rng: {"k": rng.randint(2, 4)},
        inputs=lambda rng, k: (
            " ".join(
                rng.choice((w, rng.choice(("level", "Noon", "radar", "Civic", "aa", "Eve"))))
                for w in draws.words(rng, 3, 6)
            ),
        ),
        edges=(("",), ("a",), ("Anna met Otto",), ("ab ba",), ("noon Noon NOON",), ("été",)),
        idea="A word is the same backwards when its characters agree pairwise from the outside to the middle; comparing it with its reverse does all that at once.",
        pitfall="Compare the lowered word, but return the word as it was written.",
    ),
    Family(
        name="shift_letters",
        concepts=("ciphers", "string_building", "arithmetic"),
        difficulty=3,
        names="shift_letters shift_text rotate_letters move_letters transform",
        arguments=("text|message|s|phrase: str; the text to change",),
        returns="str",
        phrasings=(
            "Move every letter a-z and A-Z of $text $k places $says in the alphabet; $wrap. Case is kept, and all other characters stay as they are.",
            "Return $text with each English letter replaced by the one $k places further $says in the alphabet, where $wrap. Capitals stay capitals; whatever is not a letter from a to z does not change.",
            "Encode $text by shifting: a letter becomes the letter that stands $k positions $says in the alphabet (think of it as a ring: $wrap), small for small and capital for capital. Digits, blanks and signs are copied.",
            "Write $text in a secret alphabet that is shifted $k letters $says, so that $wrap; this holds for small and for capital letters alike, and characters outside a-z and A-Z are not encoded.",
        ),
        solutions=(
            """
$result = ""
for $char in $text:
    if "a" <= $char <= "z":
        $result += chr((ord($char) - ord("a") $step) % 26 + ord("a"))
    elif "A" <= $char <= "Z":
        $result += chr((ord($char) - ord("A") $step) % 26 + ord("A"))
    else:
        $result += $char
return $result
""",
            """
small = "abcdefghijklmnopqrstuvwxyz"
$other = small[$shift:] + small[:$shift]
return $text.translate(str.maketrans(small + small.upper(), $other + $other.upper()))
""",
            """
from string import ascii_lowercase, ascii_uppercase
$groups = {}
for letters in (ascii_lowercase, ascii_uppercase):
    for $i, $char in enumerate(letters):
        $groups[$char] = letters[($i $step) % 26]
return "".join($groups.get($char, $char) for $char in $text)
""",
        ),
        reference=lambda text, shift, **_: _shifted(text, shift),
        parameters=_shift,
        inputs=lambda rng, **_: (draws.sentence(rng, 1, 3) + rng.choice(("", "!", " 42", "?")),),
        edges=(("",), ("a z A Z",), ("2024-05!",), ("xyz ABC",), ("é",)),
        idea="Number the letters from 0 to 25; the remainder of the division by 26 closes the alphabet to a ring, in both directions.",
        pitfall="Adding to ord() without the remainder runs past z into brackets and other signs.",
    ),
    Family(
        name="mirror_within_alphabet",
        concepts=("ciphers", "mapping", "strings"),
        difficulty=2,
        names="mirror_letters mirror_text swap_ends reflect transform",
        arguments=("text|message|s|line: str; the text to change",),
        returns="str",
        phrasings=(
            'In $text, exchange the characters of "$alphabet" as in a mirror: the first one for the last one and vice versa, the second for the last but one, and so on. Other characters stay.',
            'Replace each character of $text that occurs in "$alphabet" by the character equally far from the other end of "$alphabet". Keep all characters that are not in it.',
            'Encode $text with the reversed alphabet: what stands at some position in "$alphabet" is replaced by what stands at that position when "$alphabet" is written backwards; what is not in it is copied unchanged.',
            'Take "$alphabet" as the alphabet, in which the n-th character from the front and the n-th from the back are partners. Return $text with every such character turned into its partner and everything else left alone.',
        ),
        solutions=(
            """
letters = "$alphabet"
$result = ""
for $char in $text:
    if $char in letters:
        $result += letters[len(letters) - 1 - letters.index($char)]
    else:
        $result += $char
return $result
""",
            """
letters = "$alphabet"
return $text.translate(str.maketrans(letters, letters[::-1]))
""",
            """
$groups = dict(zip("$alphabet", reversed("$alphabet")))
return "".join($groups.get($char, $char) for $char in $text)
""",
            """
letters = "$alphabet"
return "".join(letters[-1 - letters.find($char)] if $char in letters else $char for $char in $text)
""",
        ),
        reference=lambda text, alphabet: "".join(
            next((b for a, b in zip(alphabet, alphabet[::-1], strict=True) if a == c), c) for c in text
        ),
        parameters=lambda rng: {
            "alphabet": Raw(rng.choice((_LETTERS, "0123456789", "aeiou", "abcdefgh", "etaoinsr", "aeionrst")))
        },
        inputs=lambda rng, alphabet: (f"{draws.sentence(rng, 1, 2)} {rng.randint(10, 999)}",),
        edges=(("",), ("a",), ("CAPITALS",), ("zebra 0189",), ("ÄÖ .!",)),
        idea="Position i from the front and position i from the back are partners: in Python, the indexes i and -1 - i.",
        pitfall="Replacing one character after the other with replace() changes some of them back again; look each one up just once.",
    ),
    Family(
        name="shift_by_key",
        concepts=("ciphers", "enumerate_zip", "arithmetic"),
        difficulty=4,
        names="shift_by_key keyed_shift apply_key keyword_cipher solve",
        arguments=(
            "text|message|s|phrase: str; the text to change",
            "secret|keyword|password|code: str; one or more letters a-z",
        ),
        returns="str",
        phrasings=(
            "Shift the letters a-z of $text $says by the letters of $secret, where a means 0 places, b means 1 and so on; the alphabet is a ring. $secret is repeated so that each character of $text has its own letter; characters other than a-z stay as they are but use up a letter of $secret, too.",
            "Write $secret again and again below $text, one letter per character. Each letter a-z of $text moves $says in the alphabet (a ring) by the number of the letter below it, counting a as 0, b as 1, ..., z as 25. All other characters are kept.",
            "Return $text with every letter from a to z moved $says, cyclically, by as many places as the letter of $secret at the same position says (a: 0 places, z: 25 places). When $secret is at its end it starts anew; it advances at each character, also at those that are copied because they are no small letters.",
            "The position of a character in $text, modulo the length of $secret, picks a letter of $secret, and the place of that letter in the alphabet (a is 0) says how far a small letter of $text is to be moved $says, going around the end of the alphabet if necessary. Leave everything but a-z unmoved.",
        ),
        solutions=(
            """
$result = ""
for $i, $char in enumerate($text):
    if "a" <= $char <= "z":
        places = ord($secret[$i % len($secret)]) - ord("a")
        $result += chr((ord($char) - ord("a") $sign places) % 26 + ord("a"))
    else:
        $result += $char
return $result
""",
            """
from itertools import cycle
letters = "abcdefghijklmnopqrstuvwxyz"
$result = []
for $char, $key in zip($text, cycle($secret)):
    if $char in letters:
        $char = letters[(letters.index($char) $sign letters.index($key)) % 26]
    $result.append($char)
return "".join($result)
""",
            """
from string import ascii_lowercase

def move($char: str, $key: str) -> str:
    $i = ascii_lowercase.find($char)
    return $char if $i < 0 else ascii_lowercase[($i $sign ascii_lowercase.find($key)) % 26]

return "".join(move($char, $secret[$i % len($secret)]) for $i, $char in enumerate($text))
""",
        ),
        reference=lambda text, secret, sign, says: _keyed(text, secret, 1 if sign == "+" else -1),
        parameters=lambda rng: rng.choice(
            ({"sign": Raw("+"), "says": Raw("forward")}, {"sign": Raw("-"), "says": Raw("backward")})
        ),
        inputs=lambda rng, **_: (" ".join(draws.words(rng, 1, 3)), draws.word(rng)),
        edges=(("", "a"), ("tea time", "a"), ("zzz", "b"), ("a", "longer"), ("Big A, small b!", "key")),
        idea="Every position has its own shift; the remainder of the position by the length of the key, or cycle(), repeats the key as often as needed.",
        pitfall="Building a longer key by multiplication must not stop short of the text, or zip() cuts the text off.",
    ),
    Family(
        name="decode_signals",
        concepts=("parsing", "dictionaries", "mapping"),
        difficulty=2,
        names="decode_signals decode read_signals signals_to_text f",
        arguments=("text|message|signals|code: str; codes separated by blanks",),
        returns="str",
        phrasings=(
            "Decode $text, a series of codes separated by blanks, with the table $codes. Write one letter per code, without blanks, and $unknown for a code that the table lacks.",
            "Return the text that the blank-separated codes in $text stand for, according to $codes; every unknown code becomes $unknown.",
            "Split $text at the blanks and look up each piece in $codes. Put the letters found together in order, with $unknown in place of the pieces that are not there.",
            "Codes with blanks between them came in as $text, and the key is $codes. What do they say? Where a code has no meaning put $unknown; no codes give an empty text.",
        ),
        solutions=(
            """
$groups = $codes
$result = ""
for $word in $text.split():
    if $word in $groups:
        $result += $groups[$word]
    else:
        $result += $unknown
return $result
""",
            """
$groups = $codes
return "".join($groups.get($word, $unknown) for $word in $text.split())
""",
            """
$groups = $codes
$result = []
for $word in $text.split():
    try:
        $result.append($groups[$word])
    except KeyError:
        $result.append($unknown)
return "".join($result)
""",
        ),
        reference=lambda text, codes, unknown: "".join(
            (*[letter for code, letter in codes.items() if code == piece], unknown)[0]
            for piece in re.findall(r"\S+", text)
        ),
        parameters=lambda rng: {
            "codes": dict(
                zip(rng.sample(_CODES, n := rng.randint(3, 5)), rng.sample("aeinrstmo", n), strict=True)
            ),
            "unknown": rng.choice(("?", "_", "*", "#")),
        },
        inputs=lambda rng, codes, unknown: (_signals(rng, codes),),
        edges=(("",), ("   ",), ("abc",), (".- -... ... ---",), ("-------- .-.-.-.-",)),
        idea="The table is a dictionary, and get() with a second argument answers for the codes that are not in it.",
        pitfall="Looking a missing code up with square brackets raises a KeyError.",
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
        name="most_common_words",
        concepts=("counting", "sorting_with_key", "dictionaries"),
        difficulty=3,
        names="most_common_words top_words frequent_words common_words process",
        arguments=("text|speech|article|message: str; words separated by blanks, with punctuation",),
        returns="list[str]",
        phrasings=(
            "Return the $k most frequent words of $text, the most frequent first, and equally frequent ones in alphabetical order. Words are compared in small letters, without any . , ! ? at their ends; what is empty then is no word. If there are fewer different words, return them all.",
            "Lower the case of $text, split it at blanks, strip the signs . , ! ? from both ends of each piece and drop empty pieces. List the $k words that occur most often, by falling frequency and, for ties, from a to z (all words if there are not that many).",
            "Which words occur most often in $text? Give up to $k of them in small letters, sorted by how often they occur (highest first) and then alphabetically; the marks . , ! ? around a word do not belong to it, and a piece made only of such marks does not count.",
            "Rank the different words in $text by frequency, breaking ties alphabetically, and return the first $k of the ranking, or all of it if it is shorter. Ignore case, and ignore the characters . , ! ? where they stand at the beginning or end of a word; marks standing alone are no words.",
        ),
        solutions=(
            """
$groups = {}
for $item in $text.lower().split():
    $word = $item.strip(".,!?")
    if $word:
        $groups[$word] = $groups.get($word, 0) + 1
return sorted($groups, key=lambda $other: (-$groups[$other], $other))[:$k]
""",
            """
from collections import Counter
words = [$item.strip(".,!?") for $item in $text.lower().split()]
$groups = Counter(sorted(filter(None, words)))
return [$word for $word, _ in $groups.most_common($k)]
""",
            """
words = [$word.strip(".,!?") for $word in $text.lower().split()]
$result = []
for $word in sorted(set(words) - {""}, key=lambda $word: (-words.count($word), $word)):
    if len($result) < $k:
        $result.append($word)
return $result
""",
        ),
        reference=_common_words,
        parameters=lambda rng: {"k": rng.randint(2, 4)},
        inputs=lambda rng, k: (_speech(rng),),
        edges=(
            ("",),
            ("Tea!",),
            ("b a c a b c",),
            ("... ! ?",),
            ("No, no, NO! Yes? yes.",),
            ("don't. Don't!",),
        ),
        idea="Clean and count the words first; a key of (minus count, word) then sorts by falling frequency and, among equals, alphabetically.",
        pitfall="With reverse=True the tied words would come in reversed alphabetical order, too.",
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
