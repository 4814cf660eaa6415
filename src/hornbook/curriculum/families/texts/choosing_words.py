"""Families about words and lines that pass a test: how many, which ones, the longest.

Ties, case and the empty text are settled in every phrasing.
"""

from __future__ import annotations

import operator
import random
import re
from itertools import groupby
from typing import Any

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw

_COMPARE = {">=": operator.ge, ">": operator.gt, "==": operator.eq, "<=": operator.le}
_RELATIONS = (("at least", ">="), ("more than", ">"), ("exactly", "=="), ("at most", "<="))
_EXTREMES = {
    ("longest", "first"): (">", "max", ""),
    ("longest", "last"): (">=", "max", "[::-1]"),
    ("shortest", "first"): ("<", "min", ""),
    ("shortest", "last"): ("<=", "min", "[::-1]"),
}


def _relation(rng: random.Random) -> dict[str, Any]:
    says, op = rng.choice(_RELATIONS)
    return {"says": Raw(says), "op": Raw(op)}


def _extreme(rng: random.Random) -> dict[str, Any]:
    which, tie = rng.choice(tuple(_EXTREMES))
    op, function, turn = _EXTREMES[which, tie]
    return {
        "which": Raw(which),
        "tie": Raw(tie),
        "op": Raw(op),
        "function": Raw(function),
        "turn": Raw(turn),
    }


def _affix(rng: random.Random) -> dict[str, Any]:
    if rng.random() < 0.5:
        return {"method": Raw("startswith"), "says": Raw("start with"), "affix": rng.choice("scbprtl")}
    return {
        "method": Raw("endswith"),
        "says": Raw("end with"),
        "affix": rng.choice(("e", "r", "n", "t", "er", "et")),
    }


def _marked_lines(rng: random.Random, mark: str) -> str:
    starts = ("", "", mark, f"  {mark} ", f"{mark} ", f"x {mark}")
    return "\n".join(rng.choice(starts) + draws.word(rng) for _ in range(rng.randint(2, 6)))


def _extreme_word(text: str, which: str, tie: str) -> str:
    size = {"longest": -1, "shortest": 1}[which]
    place = {"first": 1, "last": -1}[tie]
    ranked = sorted((size * len(word), place * i, word) for i, word in enumerate(text.split()))
    return ranked[0][2] if ranked else ""


def _words_near(rng: random.Random, affix: str) -> str:
    fitting = [word for word in draws.WORDS if word.startswith(affix) or word.endswith(affix)]
    chosen = rng.choices(fitting, k=3) + rng.choices(draws.WORDS, k=3)
    return " ".join(rng.sample(chosen, 6)).capitalize()


FAMILIES: tuple[Family, ...] = (
    Family(
        name="count_words_by_length",
        concepts=("counting", "string_methods", "filtering"),
        difficulty=1,
        names="count_words words_by_length number_of_words matching_words process",
        arguments=("text|sentence|line|phrase: str; words separated by whitespace",),
        returns="int",
        phrasings=(
            "Return how many words of $text have $says $k characters. Words are separated by whitespace.",
            "Split $text at whitespace and count the words whose length is $says $k.",
            "How many of the blank-separated words in $text are $says $k characters long? A text without words gives 0.",
            "Look at $text and report the number of words made of $says $k characters; a word is whatever stands between blanks.",
        ),
        solutions=(
            """
$count = 0
for $word in $text.split():
    if len($word) $op $k:
        $count += 1
return $count
""",
            """
return len([$word for $word in $text.split() if len($word) $op $k])
""",
            """
return sum(len($word) $op $k for $word in $text.split())
""",
            """
from collections import Counter
$groups = Counter(map(len, $text.split()))
return sum($count for $i, $count in $groups.items() if $i $op $k)
""",
        ),
        reference=lambda text, k, op, says: sum(_COMPARE[op](len(w), k) for w in re.findall(r"\S+", text)),
        parameters=lambda rng: {"k": rng.randint(4, 5), **_relation(rng)},
        inputs=lambda rng, **_: (draws.sentence(rng, 2, 9),),
        edges=(("",), ("   ",), ("a",), ("four  fives\tsixsix",), ("naïve café",)),
        idea="split() without an argument cuts at any run of whitespace, so every piece is a real word; then each word's length is compared with $k.",
        pitfall="split(' ') would produce empty words where two blanks follow each other.",
    ),
    Family(
        name="count_marked_lines",
        concepts=("for_loops", "counting", "string_methods"),
        difficulty=1,
        names="count_marked_lines marked_lines lines_with_mark num_lines f",
        arguments=("text|source|notes|page: str; lines separated by line breaks",),
        returns="int",
        phrasings=(
            'Return how many lines of $text begin with "$mark". Blanks at the start of a line do not matter.',
            'Count the lines in $text whose first characters, after any leading blanks, are "$mark".',
            '$text holds any number of lines. How many of them start with "$mark" once their indentation is removed?',
            'Ignore the blanks in front of each line of $text and tell how many lines then open with "$mark"; an empty text gives 0.',
        ),
        solutions=(
            """
$count = 0
for $row in $text.splitlines():
    if $row.lstrip().startswith("$mark"):
        $count += 1
return $count
""",
            """
return sum($row.strip().startswith("$mark") for $row in $text.split("\\n"))
""",
            """
$result = [$row for $row in map(str.lstrip, $text.splitlines()) if $row[:len("$mark")] == "$mark"]
return len($result)
""",
        ),
        reference=lambda text, mark: len(re.findall(rf"(?m)^ *{re.escape(mark)}", text)),
        parameters=lambda rng: {"mark": Raw(rng.choice(("#", "-", ">", "*", "//", "TODO", "+")))},
        inputs=lambda rng, mark: (_marked_lines(rng, mark),),
        edges=(
            ("",),
            ("one line",),
            ("# - > * // TODO +",),
            ("  #\n  -\n  >\n  *\n  //\n  +\n  TODO",),
            ("\n\n",),
        ),
        idea="Cut the text into lines, take the indentation off each one, and ask whether what is left starts with the mark.",
        pitfall="Testing whether the mark is anywhere in the line also counts lines that only mention it further on.",
    ),
    Family(
        name="different_words_with_affix",
        concepts=("filtering", "sets", "sorting"),
        difficulty=2,
        names="different_words words_with pick_words matching_words transform",
        arguments=("text|sentence|message|line: str; words separated by blanks",),
        returns="list[str]",
        phrasings=(
            "Return the different words of $text that $says $affix, in lower case and in alphabetical order. Case does not matter when comparing.",
            "Turn $text into small letters and list, sorted and without repeats, the words which $says $affix.",
            "Which words in $text $says $affix, whatever their case? Give each one once, written in small letters, sorted alphabetically.",
            "Collect those blank-separated words of $text that, once lowered, $says $affix; the answer is an alphabetical list in which no word stands twice.",
        ),
        solutions=(
            """
$result = []
for $word in $text.lower().split():
    if $word.$method($affix) and $word not in $result:
        $result.append($word)
return sorted($result)
""",
            """
return sorted({$word for $word in $text.lower().split() if $word.$method($affix)})
""",
            """
$seen = set($text.lower().split())
return sorted(filter(lambda $word: $word.$method($affix), $seen))
""",
        ),
        reference=lambda text, method, says, affix: [
            w
            for w, _ in groupby(sorted(text.lower().split()))
            if (w[: len(affix)] if method == "startswith" else w[-len(affix) :]) == affix
        ],
        parameters=_affix,
        inputs=lambda rng, affix, **_: (_words_near(rng, affix),),
        edges=(("",), ("a",), ("Letter letter LETTER",), ("cat Cat sun bee pie ring",), ("table tables",)),
        idea="A set keeps each word once; sorted() turns it back into a list and gives it the order that a set does not have.",
        pitfall="Returning the set or list(set) leaves the order to chance.",
    ),
    Family(
        name="extreme_word",
        concepts=("min_max", "string_methods", "searching"),
        difficulty=2,
        names="${which}_word find_${which} ${which}_of_words pick_word process",
        arguments=("text|sentence|line|phrase: str; words separated by blanks",),
        returns="str",
        phrasings=(
            "Return the $which word of $text. If several words are equally long, take the $tie of them; a text without words gives an empty string.",
            "Find the word of $text that is $which in characters. Ties go to the $tie such word, and the result is an empty string when there are no words.",
            "Words in $text are separated by blanks. Which one is the $which? Prefer the $tie when lengths are equal and return an empty string if there is no word at all.",
            "Compare the words of $text by length and give back the $which one: the $tie of them where several qualify, an empty string where $text has no words.",
        ),
        solutions=(
            """
words = $text.split()
if not words:
    return ""
$best = words[0]
for $word in words[1:]:
    if len($word) $op len($best):
        $best = $word
return $best
""",
            """
return $function($text.split()$turn, key=len, default="")
""",
            """
$best = None
for $word in $text.split():
    if $best is None or len($word) $op len($best):
        $best = $word
return $best or ""
""",
            """
from functools import reduce
words = $text.split()
return reduce(lambda $left, $right: $right if len($right) $op len($left) else $left, words) if words else ""
""",
        ),
        reference=lambda text, which, tie, **_: _extreme_word(text, which, tie),
        parameters=_extreme,
        inputs=lambda rng, **_: (draws.sentence(rng, 2, 6),),
        edges=(("",), ("one",), ("aa bb cc",), ("a bb cc d",), ("  spaced   out  ",)),
        idea="Keep the best word so far and replace it only when the new one beats it; whether the comparison allows equality decides who wins a tie.",
        pitfall="Using the other comparison (with or without the equals sign) changes the answer when lengths are equal.",
    ),
)
