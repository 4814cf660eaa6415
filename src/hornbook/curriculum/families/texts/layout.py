"""Families about the layout of lines: dotted prices, grouped digits, numbers in front, wrapping, shortening."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw


def _dotted(items: Sequence[tuple[str, int]], width: int, mark: str) -> list[str]:
    lines = []
    for name, number in items:
        line = f"{name}{number}"
        while len(line) < width:
            line = line[: len(name)] + mark + line[len(name) :]
        lines.append(line)
    return lines


def _wrapped(words: list[str], width: int) -> list[str]:
    if not words:
        return []
    fits = [n for n in range(1, len(words) + 1) if len(" ".join(words[:n])) <= width]
    cut = max(fits, default=1)
    return [" ".join(words[:cut]), *_wrapped(words[cut:], width)]


def _numbered(lines: Sequence[str], start: int, mark: str) -> list[str]:
    numbers = [str(start + i) for i in range(len(lines))]
    width = len(numbers[-1]) if numbers else 0
    return [" " * (width - len(n)) + n + mark + line for n, line in zip(numbers, lines, strict=True)]


FAMILIES: tuple[Family, ...] = (
    Family(
        name="price_lines",
        concepts=("string_formatting", "list_comprehensions", "tuples"),
        difficulty=2,
        names="price_lines format_lines dotted_lines menu_lines process",
        arguments=("items|entries|prices|rows: list[tuple[str, int]]; pairs of a name and a number",),
        returns="list[str]",
        phrasings=(
            'Return one line per pair of $items, each exactly $width characters long: the name on the left, the number on the right, and "$mark" repeated in between. All pairs fit.',
            'For every (name, number) in $items build a text of $width characters that begins with the name, ends with the number and is filled up with "$mark" between the two. No pair is too long.',
            'Format $items as a table with lines of width $width: names start at the left edge, numbers end at the right edge, the gap is filled with the character "$mark". You may assume that everything fits.',
            'Each pair in $items becomes a string of length $width, made of the name, as many "$mark" as needed, and the number (names and numbers are short enough); return the strings in a list.',
        ),
        solutions=(
            """
$result = []
for $key, $item in $items:
    gap = $width - len($key) - len(str($item))
    $result.append($key + "$mark" * gap + str($item))
return $result
""",
            """
return [$key + str($item).rjust($width - len($key), "$mark") for $key, $item in $items]
""",
            """
return [f"{$key:$mark<{$width - len(str($item))}}{$item}" for $key, $item in $items]
""",
        ),
        reference=_dotted,
        parameters=lambda rng: {"width": rng.randint(12, 24), "mark": Raw(rng.choice((".", "-", "_", "~")))},
        inputs=lambda rng, **_: (
            [(g, rng.randint(1, 1500)) for g in rng.sample(draws.GOODS, rng.randint(1, 3))],
        ),
        edges=(([],), ([("a", 0)],), ([("debt", -25)],), ([("salt", 7), ("salt", 70)],), ([("thé", 3)],)),
        idea="The number of filling characters is what remains of the width after the name and the digits of the number; rjust and format specifications do this subtraction for you.",
        pitfall="len() of a number is an error: turn it into text first.",
    ),
    Family(
        name="group_digits",
        concepts=("string_formatting", "digits", "while_loops"),
        difficulty=3,
        names="group_digits digit_groups readable_number format_number process",
        arguments=("number|value|n|amount: int; a number that is not negative",),
        returns="str",
        phrasings=(
            'Write the non-negative integer $number in groups of $k digits, counted from the right and separated by "$sep". The leftmost group may be shorter.',
            'Return the decimal digits of $number (zero or more) with "$sep" inserted after every $k digits, counting from the last digit towards the front; no separator stands at the beginning.',
            'Make $number, which is at least 0, easier to read: going from its end, set a "$sep" between each two blocks of $k digits, and return the text.',
            'As a string, $number is cut into blocks of $k digits starting at the units place, so only the first block can have fewer; join the blocks by "$sep". The number is 0 or greater.',
        ),
        solutions=(
            """
$other = str($number)
$result = []
while $other:
    $result.insert(0, $other[-$k:])
    $other = $other[:-$k]
return "$sep".join($result)
""",
            """
$result = ""
for $i, $char in enumerate(reversed(str($number))):
    if $i > 0 and $i % $k == 0:
        $result = "$sep" + $result
    $result = $char + $result
return $result
""",
            """
$other = str($number)
$left = len($other) % $k
$result = [$other[:$left]] if $left else []
$result += [$other[$i : $i + $k] for $i in range($left, len($other), $k)]
return "$sep".join($result)
""",
        ),
        reference=lambda number, k, sep: re.sub(rf"(?<=\d)(?=(?:\d{{{k}}})+$)", sep, str(number)),
        parameters=lambda rng: {"k": rng.randint(2, 4), "sep": Raw(rng.choice(("'", " ", "_", ".", "-")))},
        inputs=lambda rng, **_: (rng.randint(0, 10 ** rng.randint(2, 10)),),
        edges=((0,), (7,), (1000,), (123456789012,), (100000000,)),
        idea="Numbers are grouped from the right, so cut the groups off the end, or find out first how long the odd group on the left is.",
        pitfall="Cutting from the left is only right when the number of digits is a multiple of $k.",
    ),
    Family(
        name="wrap_words",
        concepts=("string_building", "lists", "greedy"),
        difficulty=3,
        names="wrap_words break_lines to_lines wrap_text process",
        arguments=("text|paragraph|sentence|message: str; words separated by blanks",),
        returns="list[str]",
        phrasings=(
            "Break $text into lines of at most $width characters. Put as many words on a line as fit, with single blanks between them; a word longer than $width gets a line of its own. No words, no lines.",
            "Return a list of lines with the words of $text in order, one blank between words of a line. Start a new line only when the next word would make the line longer than $width characters; a word that is too long for any line stands alone.",
            "Fill lines with the words of $text from left to right, each line as full as $width characters allow (blanks between words count). Words are never cut, even if a single one exceeds the width; an empty text gives an empty list.",
            "Typeset $text greedily: a word goes on the current line if the line, with a blank before the word, then has no more than $width characters, otherwise on the next line. Overlong words are kept whole on their own line. The result is the list of lines, empty if there are no words.",
        ),
        solutions=(
            """
$result = []
for $word in $text.split():
    if $result and len($result[-1]) + 1 + len($word) <= $width:
        $result[-1] += " " + $word
    else:
        $result.append($word)
return $result
""",
            """
import textwrap
return textwrap.wrap($text, $width, break_long_words=False, break_on_hyphens=False)
""",
            """
$result = []
$current = []
for $word in $text.split():
    if $current and len(" ".join([*$current, $word])) > $width:
        $result.append(" ".join($current))
        $current = []
    $current.append($word)
if $current:
    $result.append(" ".join($current))
return $result
""",
        ),
        reference=lambda text, width: _wrapped(text.split(), width),
        parameters=lambda rng: {"width": rng.randint(8, 18)},
        inputs=lambda rng, width: (draws.sentence(rng, 4, 8),),
        edges=(
            ("",),
            ("a",),
            ("incomprehensibilities",),
            ("a incomprehensibilities b c",),
            ("ab cd ef gh ij kl mn op",),
        ),
        idea="Be greedy: keep adding words while the line stays within the width, and open a new line with the first word that does not fit.",
        pitfall="The blank before a word takes a place, too; and the last line must not be forgotten.",
    ),
    Family(
        name="number_lines",
        concepts=("string_formatting", "enumerate_zip", "lists"),
        difficulty=2,
        names="number_lines numbered with_numbers add_numbers transform",
        arguments=("lines|rows|entries|steps: list[str]; the lines of a text",),
        returns="list[str]",
        phrasings=(
            'Return the lines of $lines, each preceded by its number and "$mark". Numbers begin with $start and are padded with blanks on the left so that all are as wide as the last one.',
            'Number the texts in $lines from $start upwards: every text gets its number, right-aligned to the width of the largest number, and "$mark" in front. An empty list stays empty.',
            'Put a running number and then "$mark" before each entry of $lines. The first number is $start, and blanks in front of shorter numbers make all numbers take up equally many characters, no more than the longest needs.',
            'Give every line in $lines a number ($start for the first one), followed by "$mark" and the line itself; right-justify the numbers in a column exactly wide enough for the last of them.',
        ),
        solutions=(
            """
$i = len(str($start + len($lines) - 1))
$result = []
for $count, $row in enumerate($lines, start=$start):
    $result.append(str($count).rjust($i) + "$mark" + $row)
return $result
""",
            """
$right = len(str($start + len($lines) - 1))
return [f"{$count:>{$right}}$mark{$row}" for $count, $row in enumerate($lines, $start)]
""",
            """
$groups = [str($start + $i) for $i in range(len($lines))]
$best = max(map(len, $groups), default=0)
return ["$mark".join($pair) for $pair in zip([$item.rjust($best) for $item in $groups], $lines)]
""",
        ),
        reference=_numbered,
        parameters=lambda rng: {
            "start": rng.choice((1, 8, 9, 98, 99)),
            "mark": Raw(rng.choice((". ", ") ", ": ", " | "))),
        },
        inputs=lambda rng, **_: (draws.words(rng, 1, 4),),
        edges=(([],), (["only"],), ([""],), (["same", "same"],), (["a", "b", "c"],)),
        idea="The last number is the widest, so it sets the width of the column; enumerate() supplies the numbers.",
        pitfall="A fixed width breaks as soon as the numbers get one more digit.",
    ),
    Family(
        name="shorten_text",
        concepts=("string_slicing", "conditionals", "strings"),
        difficulty=1,
        names="shorten cut_text fit_text abbreviate process",
        arguments=("text|s|title|caption: str; the text to shorten",),
        returns="str",
        phrasings=(
            'Return $text unchanged if it has at most $width characters. Otherwise cut it so that, with "$tail" at its end, it has exactly $width characters.',
            'Shorten $text to $width characters: a longer text keeps its beginning and ends in "$tail", which counts towards the $width; a text that fits is returned as it is.',
            'Make $text fit into a field of $width characters. If it is too long, drop as much of its end as needed for the mark "$tail" to be added within the field.',
            'When $text is longer than $width characters, replace its end by "$tail" such that the result is exactly $width long, the mark included; do nothing when it is not longer.',
        ),
        solutions=(
            """
if len($text) <= $width:
    return $text
return $text[: $width - len("$tail")] + "$tail"
""",
            """
$count = $width - len("$tail")
return $text if len($text) <= $width else f"{$text[:$count]}$tail"
""",
            """
if $text[$width:] == "":
    return $text
$result = list($text[:$width])
$result[-len("$tail"):] = "$tail"
return "".join($result)
""",
        ),
        reference=lambda text, width, tail: next(
            s for s in (text, *(text[:n] + tail for n in range(len(text), -1, -1))) if len(s) <= width
        ),
        parameters=lambda rng: {
            "width": rng.randint(6, 14),
            "tail": Raw(rng.choice(("...", "~", "+", "..", "[...]"))),
        },
        inputs=lambda rng, **_: (draws.sentence(rng, 1, 4),),
        edges=(
            ("",),
            ("a",),
            ("exactly",),
            ("fourteen chars",),
            ("a text of more than fourteen characters",),
            ("ééééééééééééééé",),
        ),
        idea="The mark takes its own length away from the beginning that may be kept: width minus length of the mark.",
        pitfall="Forgetting the length of the mark makes the result too long; and a text of exactly the allowed length needs no mark.",
    ),
)
