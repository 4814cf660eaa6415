"""Families that build a new text from an old one: casing, joining, padding, slicing, wrapping, encoding runs.

The tasks are the everyday ones of formatting and rewriting strings. Widths, separators and marks are parameters;
taking a text apart into values is left to text_parsing.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from typing import Any

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw


def _glue(rng: random.Random) -> dict[str, Any]:
    glue, says = rng.choice(
        (
            ("", "with nothing between them"),
            (".", "with a dot between them"),
            ("-", "with a hyphen between them"),
        )
    )
    return {"glue": Raw(glue), "says": Raw(says)}


def _last_word(items: Sequence[str], last: str) -> str:
    return f" {last} ".join(", ".join(items).rsplit(", ", 1))


def _dotted(items: Sequence[tuple[str, int]], width: int, mark: str) -> list[str]:
    lines = []
    for name, number in items:
        line = f"{name}{number}"
        while len(line) < width:
            line = line[: len(name)] + mark + line[len(name) :]
        lines.append(line)
    return lines


def _by_turns(first: str, second: str, k: int) -> str:
    return first[:k] + second[:k] + _by_turns(first[k:], second[k:], k) if first or second else ""


def _runs(text: str, mark: str, sep: str) -> str:
    pieces = []
    while text:
        rest = text.lstrip(text[0])
        pieces.append(f"{text[0]}{mark}{len(text) - len(rest)}")
        text = rest
    return sep.join(pieces)


def _camel_name(rng: random.Random) -> str:
    first, *rest = draws.words(rng, 1, 4)
    return first + "".join(word.capitalize() for word in rest)


def _sized(k: int, key: str, noun: str) -> dict[str, Any]:
    return {"k": k, key: Raw(f"{k} {noun}" if k == 1 else f"{k} {noun}s")}


def _rotation(rng: random.Random) -> dict[str, Any]:
    k = rng.randint(1, 5)
    if rng.random() < 0.5:
        cut = {
            "side": Raw("left"),
            "shift": k,
            "step": Raw(f"+ {k}"),
            "front": Raw("1:"),
            "back": Raw(":1"),
        }
    else:
        cut = {
            "side": Raw("right"),
            "shift": -k,
            "step": Raw(f"- {k}"),
            "front": Raw("-1:"),
            "back": Raw(":-1"),
        }
    return cut | _sized(k, "places", "place")


def _rotated(text: str, k: int, side: str) -> str:
    size = len(text)
    moved = [""] * size
    for i, char in enumerate(text):
        moved[(i - k if side == "left" else i + k) % size] = char
    return "".join(moved)


def _wrapped(words: list[str], width: int) -> list[str]:
    if not words:
        return []
    fits = [n for n in range(1, len(words) + 1) if len(" ".join(words[:n])) <= width]
    cut = max(fits, default=1)
    return [" ".join(words[:cut]), *_wrapped(words[cut:], width)]


def _masked(rng: random.Random) -> tuple[str, list[str]]:
    pool = rng.sample(draws.WORDS, 5)
    text = " ".join(rng.choices(pool, k=rng.randint(3, 6)))
    return text.capitalize(), rng.sample(pool, rng.randint(1, 2))


def _doubled(rng: random.Random) -> str:
    return "".join(char * rng.choice((1, 1, 2, 3, 5)) for char in draws.word(rng))


def _numbered(lines: Sequence[str], start: int, mark: str) -> list[str]:
    numbers = [str(start + i) for i in range(len(lines))]
    width = len(numbers[-1]) if numbers else 0
    return [" " * (width - len(n)) + n + mark + line for n, line in zip(numbers, lines, strict=True)]


def _small_title(text: str, small: Sequence[str]) -> str:
    words = text.lower().split(" ")
    raised = [w[:1].upper() + w[1:] if i == 0 or w not in small else w for i, w in enumerate(words)]
    return " ".join(raised)


FAMILIES: tuple[Family, ...] = (
    Family(
        name="acronym_of_long_words",
        concepts=("string_building", "string_methods", "filtering"),
        difficulty=2,
        names="acronym initials make_acronym short_form transform",
        arguments=("text|title|phrase|name: str; words separated by blanks",),
        returns="str",
        phrasings=(
            "Return the initials of the words of $text as capital letters, $says. Words of fewer than $k characters are skipped.",
            "Make an acronym of $text: the first letter of every word that has at least $k characters, in upper case, joined $says.",
            "Leave out the words of $text that are shorter than $k characters, and join the capitalised first letters of the others, $says; no words, no letters, so the result may be empty.",
            "What do the first letters of the words in $text spell when only words with $k or more characters take part? Write the letters as capitals, in order, $says.",
        ),
        solutions=(
            """
$result = []
for $word in $text.split():
    if len($word) >= $k:
        $result.append($word[0].upper())
return "$glue".join($result)
""",
            """
return "$glue".join($word[0] for $word in $text.upper().split() if len($word) >= $k)
""",
            """
words = filter(lambda $word: len($word) >= $k, $text.split())
return "$glue".join(map(lambda $word: $word[:1], words)).upper()
""",
        ),
        reference=lambda text, k, glue, says: glue.join(
            re.findall(rf"(?<!\S)(\S)\S{{{k - 1},}}", text)
        ).upper(),
        parameters=lambda rng: {"k": rng.randint(3, 4), **_glue(rng)},
        inputs=lambda rng, **_: (
            " ".join(rng.choice((w, w, "of", "the", "a")) for w in draws.words(rng, 3, 6)),
        ),
        edges=(("",), ("a of",), ("single",), ("two  blanks  here",), ("état major général",)),
        idea="Split the text, keep the words that are long enough, take the first character of each and join at the end.",
        pitfall="Adding the separator after every letter leaves one too many at the end; join() puts it only between.",
    ),
    Family(
        name="join_as_list_in_words",
        concepts=("string_building", "list_slicing", "early_return"),
        difficulty=2,
        names="join_words in_words enumerate_items list_as_text f",
        arguments=("items|names|things|parts: list[str]; the texts to join",),
        returns="str",
        phrasings=(
            'Join the texts of $items with ", ", but with " $last " before the last one. One text stays as it is and an empty list gives an empty string.',
            'Write the list $items the way people do: commas and blanks between the entries, the word "$last" (and no comma) between the last two. Return an empty string for no entries and the entry itself for just one.',
            'Return one string with all entries of $items, where the final two are joined by " $last " and the earlier ones by ", "; for an empty list return an empty string.',
            'Two entries of $items become "x $last y", three become "x, y $last z", and so on; a single entry is returned unchanged and none at all as an empty string.',
        ),
        solutions=(
            """
if len($items) < 2:
    return "".join($items)
return ", ".join($items[:-1]) + " $last " + $items[-1]
""",
            """
$result = ""
for $i, $item in enumerate($items):
    if $i > 0:
        $result += " $last " if $i == len($items) - 1 else ", "
    $result += $item
return $result
""",
            """
if not $items:
    return ""
*$other, $best = $items
return f"{', '.join($other)} $last {$best}" if $other else $best
""",
        ),
        reference=_last_word,
        parameters=lambda rng: {"last": Raw(rng.choice(("and", "or", "plus", "then")))},
        inputs=lambda rng, last: (rng.sample(draws.GOODS, rng.randint(1, 5)),),
        edges=(([],), (["tea"],), (["tea", "tea"],), (["a", "b", "c", "d"],), (["é", "ü"],)),
        idea="All but the last go together with commas; the last one is special and is attached afterwards. Lists of zero and one have no such pair and are treated first.",
        pitfall="items[-1] fails on an empty list, so the short lists must be handled before it is used.",
    ),
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
        name="interleave_in_turns",
        concepts=("string_building", "string_slicing", "for_loops"),
        difficulty=2,
        names="interleave take_turns weave mix_texts merge_texts solve",
        arguments=(
            "first|a|one|upper_text: str; the text that begins",
            "second|b|two|lower_text: str; the text that follows",
        ),
        returns="str",
        phrasings=(
            "Build a text by taking $size from $first, then $size from $second, then again from $first, and so on. When one text is used up, the rest of the other follows.",
            "Cut $first and $second into pieces of length $k (the last piece of each may be shorter) and join the pieces by turns, starting with $first. If one text has more pieces, its remaining pieces come at the end.",
            "Weave $first and $second together in blocks of $size, $first leading; whatever is left of the longer text is appended unchanged.",
            "Return the text that arises when $first and $second take turns (beginning with $first) in giving away their next $size, until both are empty. A text with too few characters gives what it has.",
        ),
        solutions=(
            """
$result = ""
for $i in range(0, max(len($first), len($second)), $k):
    $result += $first[$i : $i + $k] + $second[$i : $i + $k]
return $result
""",
            """
from itertools import zip_longest
$left = [$first[$i : $i + $k] for $i in range(0, len($first), $k)]
$right = [$second[$i : $i + $k] for $i in range(0, len($second), $k)]
return "".join($item + $other for $item, $other in zip_longest($left, $right, fillvalue=""))
""",
            """
$result = []
$left, $right = $first, $second
while $left or $right:
    $result.append($left[:$k] + $right[:$k])
    $left, $right = $left[$k:], $right[$k:]
return "".join($result)
""",
        ),
        reference=lambda first, second, k, size: _by_turns(first, second, k),
        parameters=lambda rng: _sized(rng.randint(1, 3), "size", "character"),
        inputs=lambda rng, **_: (draws.word(rng), draws.word(rng).upper()),
        edges=(("", ""), ("abc", ""), ("", "xyz"), ("a", "b"), ("ab", "123456789"), ("äöü", "aou")),
        idea="A slice that reaches beyond the end is simply shorter or empty, so both texts can be read to the end of the longer one without any test.",
        pitfall="zip() stops at the shorter text and silently loses the rest of the longer one.",
    ),
    Family(
        name="reverse_some_words",
        concepts=("string_building", "string_slicing", "conditionals"),
        difficulty=2,
        names="reverse_words flip_words turn_words mirror_long_words transform",
        arguments=("text|sentence|line|phrase: str; words separated by single blanks",),
        returns="str",
        phrasings=(
            "Return $text with every word of at least $k characters written backwards. The order of the words and the single blanks between them stay the same.",
            "Reverse the characters of each word in $text that has $k or more of them; shorter words and the order of words do not change. Words are separated by single blanks.",
            "Words shorter than $k characters stay as they are in $text, all others are spelled from their last character to their first. Give back the whole sentence, words in their places.",
            "Turn around the spelling of the long words in $text (single blanks stand between words). A word is long from $k characters on, and the sentence keeps its word order.",
        ),
        solutions=(
            """
$result = []
for $word in $text.split(" "):
    if len($word) >= $k:
        $word = $word[::-1]
    $result.append($word)
return " ".join($result)
""",
            """
return " ".join($word[::-1] if len($word) >= $k else $word for $word in $text.split(" "))
""",
            """
import re
return re.sub(r"\\S{$k,}", lambda $item: $item.group()[::-1], $text)
""",
            """
def turn($word: str) -> str:
    return "".join(reversed($word)) if len($word) >= $k else $word

return " ".join(map(turn, $text.split(" ")))
""",
        ),
        reference=lambda text, k: " ".join(
            "".join(w[i] for i in (range(len(w) - 1, -1, -1) if len(w) > k - 1 else range(len(w))))
            for w in text.split(" ")
        ),
        parameters=lambda rng: {"k": rng.randint(3, 6)},
        inputs=lambda rng, k: (draws.sentence(rng, 3, 5),),
        edges=(("",), ("a",), ("level noon radar",), ("one sentence of words",), ("öffnen schließen",)),
        idea="Split, decide word by word whether to reverse it with the slice [::-1], and join with the same blank that was used for splitting.",
        pitfall="Reversing the whole text first would also reverse the order of the words.",
    ),
    Family(
        name="run_lengths_as_text",
        concepts=("string_building", "counting", "string_formatting"),
        difficulty=3,
        names="run_lengths encode_runs runs_as_text compress solve",
        arguments=("text|s|signal|row_of_signs: str; the text to describe",),
        returns="str",
        phrasings=(
            'Describe $text run by run. A run of equal neighbouring characters is written as the character, "$mark" and the length of the run; the runs are joined by "$sep". An empty text gives an empty string.',
            'Return the run-length code of $text: for each longest stretch of one repeated character write that character, then "$mark", then how long the stretch is, and put "$sep" between stretches.',
            'Replace each group of identical adjacent characters in $text by character + "$mark" + group size, also for groups of size 1, and join all groups with "$sep" (nothing to join in an empty text).',
            'Read $text from left to right and note every block of equal characters in the form character, "$mark", number of repetitions; a single character has the number 1. The notes are separated by "$sep", and no characters means an empty result.',
        ),
        solutions=(
            """
from itertools import groupby
return "$sep".join(f"{$char}$mark{len(list($item))}" for $char, $item in groupby($text))
""",
            """
$groups = []
for $char in $text:
    if $groups and $groups[-1][0] == $char:
        $groups[-1][1] += 1
    else:
        $groups.append([$char, 1])
return "$sep".join(f"{$char}$mark{$count}" for $char, $count in $groups)
""",
            """
$result = []
$left = 0
while $left < len($text):
    $right = $left
    while $right < len($text) and $text[$right] == $text[$left]:
        $right += 1
    $result.append($text[$left] + "$mark" + str($right - $left))
    $left = $right
return "$sep".join($result)
""",
        ),
        reference=_runs,
        parameters=lambda rng: {
            "mark": Raw(rng.choice("x*:=^")),
            "sep": Raw(rng.choice((" ", ",", "-", "+", ", "))),
        },
        inputs=lambda rng, **_: (
            "".join(rng.choice("abcz") * rng.randint(1, 4) for _ in range(rng.randint(1, 5))),
        ),
        edges=(("",), ("a",), ("aaaaaaaaaaaa",), ("abab",), ("aA  b",), ("ééé",)),
        idea="A run ends where the next character differs. Either remember the run that is open and extend it, or jump from the start of a run to its end.",
        pitfall="A loop that writes a run down only when the character changes forgets the last run.",
    ),
    Family(
        name="split_camel_case",
        concepts=("string_building", "string_methods", "conditionals"),
        difficulty=2,
        names="split_camel from_camel_case separate_words rename_field transform",
        arguments=("name|identifier|label|text: str; letters only, such as maxRowCount",),
        returns="str",
        phrasings=(
            'Turn $name, in which every capital letter begins a new word, into small letters with "$sep" between the words. The result never begins with "$sep".',
            'Put "$sep" in front of each capital letter of $name except at the very start, then make all letters small.',
            'A capital in $name marks the start of a word (the first character starts one anyway). Return the words in lower case, joined by "$sep".',
            'Break $name up before each of its capital letters, lower the pieces and join them using "$sep"; nothing is inserted before the first character, and an empty name stays empty.',
        ),
        solutions=(
            """
$result = ""
for $char in $name:
    if $char.isupper() and $result:
        $result += "$sep"
    $result += $char.lower()
return $result
""",
            """
import re
return re.sub(r"(?<=.)(?=[A-Z])", "$sep", $name).lower()
""",
            """
$result = "".join("$sep" + $char.lower() if $char.isupper() else $char for $char in $name)
return $result.removeprefix("$sep")
""",
            """
words = []
for $char in $name:
    if not words or $char.isupper():
        words.append("")
    words[-1] += $char.lower()
return "$sep".join(words)
""",
        ),
        reference=lambda name, sep: sep.join(re.findall(r"[A-Z][a-z]*|[a-z]+", name)).lower(),
        parameters=lambda rng: {"sep": Raw(rng.choice(("_", "-", " ", ".", "/")))},
        inputs=lambda rng, sep: (_camel_name(rng),),
        edges=(("",), ("plain",), ("Start",), ("aB",), ("parseURL",), ("X",)),
        idea="Every capital letter is a border between two words: write the separator there, then go on in lower case.",
        pitfall="If the name starts with a capital, a careless loop puts a separator in front of the whole name.",
    ),
    Family(
        name="join_as_camel_case",
        concepts=("string_building", "string_methods", "string_slicing"),
        difficulty=2,
        names="camel_case to_camel_case join_camel rename_field f",
        arguments=("name|identifier|label|text: str; small letters, with separators between words",),
        returns="str",
        phrasings=(
            'Join the words of $name, which are separated by "$sep", without the separator; every word except the first starts with a capital letter.',
            'Remove each "$sep" from $name and capitalise the letter that follows it. The other letters are small and stay so; $name neither begins nor ends with "$sep".',
            'Write $name in camel case: split it at "$sep", leave the first word as it is, give every later word a capital first letter, and put them together again.',
            'The words of $name are in lower case and separated by "$sep". Return the words glued together so that capitals show where the second and every later word begins; an empty name stays empty.',
        ),
        solutions=(
            """
$best, *$other = $name.split("$sep")
return $best + "".join($word.capitalize() for $word in $other)
""",
            """
$result = ""
$seen = False
for $char in $name:
    if $char == "$sep":
        $seen = True
    else:
        $result += $char.upper() if $seen else $char
        $seen = False
return $result
""",
            """
$result = $name.replace("$sep", " ").title().replace(" ", "")
return $result[:1].lower() + $result[1:]
""",
        ),
        reference=lambda name, sep: re.sub(re.escape(sep) + "(.)", lambda m: m[1].upper(), name),
        parameters=lambda rng: {"sep": Raw(rng.choice("_-./ +"))},
        inputs=lambda rng, sep: (sep.join(draws.words(rng, 2, 4)),),
        edges=(("",), ("a",), ("plain",)),
        idea="Splitting gives the words; the first is kept and the others are capitalised, so the first has to be taken off the list.",
        pitfall="Capitalising all words makes the first letter a capital, too.",
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
        name="rotate_text",
        concepts=("string_slicing", "string_building", "arithmetic"),
        difficulty=2,
        names="rotate_text rotate_${side} turn_text cycle_text transform",
        arguments=("text|s|word|string: str; the text to rotate",),
        returns="str",
        phrasings=(
            "Rotate $text to the $side by $places: characters that leave at one end come back at the other. An empty text stays empty, and $text may be shorter than $k.",
            "Return $text with all characters moved $places to the $side, as if the text were written on a ring. It may have fewer characters than that, or none.",
            "Shift $text cyclically to the $side, by one place at a time and by $places in all; what falls off re-enters on the opposite side, and an empty string is returned as it is.",
            "Imagine the characters of $text in a circle and turn the circle by $places to the $side. What does the text read now? Short texts go around more than once; an empty text has nothing to turn.",
        ),
        solutions=(
            """
$count = len($text)
$i = $shift % max(1, $count)
return ($text * 2)[$i : $i + $count]
""",
            """
$result = $text
for _ in range($k):
    $result = $result[$front] + $result[$back]
return $result
""",
            """
return "".join($text[($i $step) % len($text)] for $i in range(len($text)))
""",
        ),
        reference=lambda text, k, side, **_: _rotated(text, k, side),
        parameters=_rotation,
        inputs=lambda rng, **_: (draws.word(rng) + rng.choice(("", " ", "!")),),
        edges=(("",), ("a",), ("ab",), ("aaa",), ("abcdefgh",), ("çdé",)),
        idea="Written twice in a row, the text contains each of its rotations as one stretch; the remainder of the division by the length says where it begins.",
        pitfall="The remainder by len(text) is an error for the empty text, so that comes first.",
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
        name="mask_words",
        concepts=("string_building", "string_methods", "mapping"),
        difficulty=2,
        names="mask_words hide_words censor black_out solve",
        arguments=(
            "text|sentence|message|line: str; words separated by single blanks",
            "hidden|secret|forbidden|blocked: list[str]; words to hide, in small letters",
        ),
        returns="str",
        phrasings=(
            'Return $text with every word that occurs in $hidden replaced by as many "$mark" as it has characters. Case is ignored when comparing; single blanks separate the words and stay.',
            'Hide words of $text: if the lower-case form of a word is in the list $hidden, write "$mark" for each of its characters, otherwise keep the word as it is. Words are separated by single blanks.',
            'Go through the blank-separated words in $text and overwrite each character of those listed in $hidden (in whatever case they are written) with "$mark"; the rest of the sentence does not change.',
            'The words in the list $hidden must not be readable in $text. Cover each of their letters by "$mark", whether a word is written with capitals or not, and leave all other words and the single blanks alone.',
        ),
        solutions=(
            """
$result = []
for $word in $text.split(" "):
    if $word.lower() in $hidden:
        $result.append("$mark" * len($word))
    else:
        $result.append($word)
return " ".join($result)
""",
            """
return " ".join("$mark" * len($word) if $word.lower() in $hidden else $word for $word in $text.split(" "))
""",
            """
import re

def cover($item: re.Match[str]) -> str:
    $word = $item.group()
    return re.sub(".", "$mark", $word) if $word.lower() in $hidden else $word

return re.sub(r"\\S+", cover, $text)
""",
        ),
        reference=lambda text, hidden, mark: " ".join(
            {w.lower(): mark * len(w) for w in hidden}.get(word.lower(), word) for word in text.split(" ")
        ),
        parameters=lambda rng: {"mark": Raw(rng.choice("*#x-."))},
        inputs=lambda rng, mark: _masked(rng),
        edges=(
            ("", ["tea"]),
            ("tea", ["tea"]),
            ("Tea teapot TEA", ["tea"]),
            ("nothing to hide", []),
            ("a b a", ["a", "b"]),
        ),
        idea="Decide for whole words, not for pieces of text: split, compare the lowered word with the list, and join again.",
        pitfall="text.replace() would also cover the word inside longer words, and it misses capitals.",
    ),
    Family(
        name="squeeze_runs",
        concepts=("string_building", "for_loops", "conditionals"),
        difficulty=2,
        names="squeeze limit_repeats shorten_runs squeeze_runs f",
        arguments=("text|s|message|string: str; the text to shorten",),
        returns="str",
        phrasings=(
            "Shorten every run of one repeated character in $text to a length of at most $k; shorter runs stay as they are.",
            "Return $text without the characters that are directly preceded by $k or more characters equal to themselves.",
            "Where a character follows itself in $text, no more than $k in a row are kept, the others are dropped. All other characters keep their order.",
            "Copy $text, but where equal characters (case matters) stand in succession, copy only the first $k of them and skip the others.",
        ),
        solutions=(
            """
$result = ""
for $char in $text:
    if not $result.endswith($char * $k):
        $result += $char
return $result
""",
            """
from itertools import groupby
return "".join("".join($item)[:$k] for _, $item in groupby($text))
""",
            """
$result = []
$previous = ""
$count = 0
for $char in $text:
    $count = $count + 1 if $char == $previous else 1
    if $count <= $k:
        $result.append($char)
    $previous = $char
return "".join($result)
""",
        ),
        reference=lambda text, k: re.sub(rf"(?s)(.)\1{{{k},}}", lambda m: m[1] * k, text),
        parameters=lambda rng: {"k": rng.randint(1, 4)},
        inputs=lambda rng, k: (_doubled(rng),),
        edges=(("",), ("a",), ("aaaaaa",), ("abab",), ("aAaA  ....",), ("üüüüü",)),
        idea="A character may be added as long as the result does not already end in a run of $k of it.",
        pitfall="Looking only at the one character before tells whether it is a repetition, but not how many came before it.",
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
    Family(
        name="title_with_small_words",
        concepts=("string_building", "string_methods", "enumerate_zip"),
        difficulty=2,
        names="title_case make_title headline capitalise_words solve",
        arguments=("text|title|heading|phrase: str; words separated by single blanks",),
        returns="str",
        phrasings=(
            "Turn $text into a title: every word in small letters with a capital first letter, except that the words $small stay small unless they come first. Words are separated by single blanks.",
            "Return $text with each word capitalised (first letter large, the others small). The words in $small are written in small letters instead, unless one of them opens the text; words are divided by single blanks.",
            "Lower all letters of $text, then raise the first letter of the first word and of every other word that is not one of $small. Single blanks between words remain.",
            "Write $text as a proper headline. Little words, that is $small, get no capital except at the beginning; all remaining words begin with one, and every other letter is small. The words stay joined by single blanks.",
        ),
        solutions=(
            """
$result = []
for $i, $word in enumerate($text.lower().split(" ")):
    if $i == 0 or $word not in $small:
        $word = $word.capitalize()
    $result.append($word)
return " ".join($result)
""",
            """
words = $text.lower().split(" ")
$other = [$word if $word in $small else $word.capitalize() for $word in words[1:]]
return " ".join([words[0].capitalize(), *$other])
""",
            """
$result = " ".join($word if $word in $small else $word.capitalize() for $word in $text.lower().split(" "))
return $result[:1].upper() + $result[1:]
""",
        ),
        reference=_small_title,
        parameters=lambda rng: {"small": tuple(rng.sample(("of", "the", "and", "a", "in", "to", "on"), 3))},
        inputs=lambda rng, small: (
            " ".join(rng.choice((w, w.upper(), rng.choice(small))) for w in draws.words(rng, 3, 6)),
        ),
        edges=(("",), ("of",), ("THE END",), ("a to z",), ("in and on and of it all",), ("école du ciel",)),
        idea="Lower everything first, so that only the question of which words get a capital is left; the position 0 is the exception to the exception.",
        pitfall="str.title() capitalises every word and, on top of it, letters after an apostrophe.",
    ),
)
