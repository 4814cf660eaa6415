"""Families that rewrite a text character by character: two in turns, rotated, runs counted or shortened."""

from __future__ import annotations

import random
import re
from typing import Any

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw


def _by_turns(first: str, second: str, k: int) -> str:
    return first[:k] + second[:k] + _by_turns(first[k:], second[k:], k) if first or second else ""


def _runs(text: str, mark: str, sep: str) -> str:
    pieces = []
    while text:
        rest = text.lstrip(text[0])
        pieces.append(f"{text[0]}{mark}{len(text) - len(rest)}")
        text = rest
    return sep.join(pieces)


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


def _doubled(rng: random.Random) -> str:
    return "".join(char * rng.choice((1, 1, 2, 3, 5)) for char in draws.word(rng))


FAMILIES: tuple[Family, ...] = (
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
)
