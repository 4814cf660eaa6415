"""Families about where something stands in a text: places of words, gaps, neighbours, runs."""

from __future__ import annotations

import random
import re
from itertools import groupby

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw


def _lengths_of_runs(text: str, mark: str) -> int:
    length = 0
    while mark * (length + 1) in text:
        length += 1
    return length


def _inner_gap(text: str, mark: str, missing: int) -> int:
    found = re.search(re.escape(mark) + "(.*)" + re.escape(mark), text, re.DOTALL)
    return len(found[1]) if found else missing


def _neighbours(text: str, op: str) -> int:
    runs = len(list(groupby(text)))
    return len(text) - runs if op == "==" else max(runs - 1, 0)


def _two_words_mixed(rng: random.Random, pool_size: int) -> tuple[str, str]:
    pool = rng.sample(draws.WORDS, pool_size)
    text = " ".join(rng.choices(pool, k=rng.randint(3, 7)))
    wanted = rng.choice(pool)
    return text.capitalize(), wanted.upper() if rng.random() < 0.3 else wanted


def _text_and_character(rng: random.Random) -> tuple[str, str]:
    text = draws.sentence(rng, 2, 4)
    return text, rng.choice(text)


FAMILIES: tuple[Family, ...] = (
    Family(
        name="longest_run_of_character",
        concepts=("counting", "strings", "min_max"),
        difficulty=2,
        names="longest_run run_length longest_streak max_run process",
        arguments=("text|s|signal|line: str; the text to look at",),
        returns="int",
        phrasings=(
            "Return the length of the longest unbroken run of $mark in $text, or 0 if it does not occur.",
            "How many times in a row does the character $mark occur at most in $text? The answer is 0 when $text does not contain it.",
            "Look for stretches of $text that consist only of $mark and give the length of the longest one (0 without any).",
            "Given a string $text, determine the greatest number of consecutive characters that all equal $mark; if there are none, that number is 0.",
        ),
        solutions=(
            """
$count = 0
while $mark * ($count + 1) in $text:
    $count += 1
return $count
""",
            """
from itertools import groupby
return max((len(list($item)) for $char, $item in groupby($text) if $char == $mark), default=0)
""",
            """
import re
return max(map(len, re.findall(re.escape($mark) + "+", $text)), default=0)
""",
        ),
        reference=_lengths_of_runs,
        parameters=lambda rng: {"mark": rng.choice(("a", "x", "-", "0", ".", "#", "1", "e"))},
        inputs=lambda rng, mark: ("".join(rng.choices((mark, mark, "b", "7"), k=rng.randint(4, 12))),),
        edges=(("",), ("b",), ("aaxx--00..##11ee",), ("-a-x-0-",), ("aaaaa",)),
        idea="A text with a run of n such characters contains n of them in a row, and no text contains more than its longest run; so try one more as long as that is found.",
        pitfall="count() adds up all occurrences, wherever they stand, and not those of one run.",
    ),
    Family(
        name="positions_of_word",
        concepts=("searching", "enumerate_zip", "string_methods"),
        difficulty=2,
        names="positions_of_word word_positions find_word where_is locate",
        arguments=(
            "text|sentence|line|phrase: str; words separated by single blanks",
            "wanted|target|query: str; the word to look for",
        ),
        returns="list[int]",
        phrasings=(
            "Return the positions at which $wanted stands among the words of $text, in ascending order. Positions count words from $start, and case is ignored.",
            "Number the words of $text from $start on and list the numbers of those that equal $wanted, capital letters or not.",
            "At which places among the words of $text does $wanted occur? Give a list of word positions (the first word has position $start; upper and lower case are the same), empty if it is missing.",
            "Compare each word of $text with $wanted, ignoring case, and collect the index of every match; indices begin at $start.",
        ),
        solutions=(
            """
$result = []
for $i, $word in enumerate($text.lower().split(), start=$start):
    if $word == $wanted.lower():
        $result.append($i)
return $result
""",
            """
return [$i for $i, $word in enumerate($text.split(), $start) if $word.lower() == $wanted.lower()]
""",
            """
$result = []
$i = $start
for $word in $text.split():
    if $word.lower() == $wanted.lower():
        $result.append($i)
    $i += 1
return $result
""",
            """
words = [$word.lower() for $word in $text.split()]
return [$i + $start for $i in range(len(words)) if words[$i] == $wanted.lower()]
""",
        ),
        reference=lambda text, wanted, start: [
            text[: m.start()].count(" ") + start
            for m in re.finditer(rf"(?i)(?<!\S){re.escape(wanted)}(?!\S)", text)
        ],
        parameters=lambda rng: {"start": rng.randint(0, 1)},
        inputs=lambda rng, start: _two_words_mixed(rng, 3),
        edges=(
            ("", "tea"),
            ("tea", "tea"),
            ("Tea tea TEA", "tea"),
            ("teapot tea", "Tea"),
            ("one two", "three"),
        ),
        idea="enumerate() hands out each word together with its number, so a match only has to be noted down.",
        pitfall="text.find() gives the position of a character, and it also finds the word inside longer words.",
    ),
    Family(
        name="gap_between_first_and_last",
        concepts=("searching", "string_methods", "string_slicing"),
        difficulty=2,
        names="gap_between inner_gap first_to_last span_of solve",
        arguments=(
            "text|s|line|string: str; the text to search",
            "mark|char|symbol|sign: str; a single character",
        ),
        returns="int",
        phrasings=(
            "Return how many characters lie between the first and the last occurrence of $mark in $text, not counting these two. If $mark occurs fewer than two times, return $missing.",
            "Find the first and the last place where the character $mark stands in $text and count the characters strictly between them; give $missing unless there are two such places.",
            "How long is the part of $text enclosed by the outermost two occurrences of $mark? The answer is $missing when $mark is absent or occurs only once.",
            "Cut away everything up to and including the first $mark in $text, and everything from the last $mark on. What is the length of the rest? With fewer than two occurrences the result is $missing.",
        ),
        solutions=(
            """
$left = $text.find($mark)
$right = $text.rfind($mark)
if $left == $right:
    return $missing
return $right - $left - 1
""",
            """
$seen = [$i for $i, $item in enumerate($text) if $item == $mark]
return $seen[-1] - $seen[0] - 1 if len($seen) >= 2 else $missing
""",
            """
if $text.count($mark) < 2:
    return $missing
return len($text.split($mark, 1)[1].rsplit($mark, 1)[0])
""",
        ),
        reference=_inner_gap,
        parameters=lambda rng: {"missing": rng.choice((-1, 0))},
        inputs=lambda rng, missing: _text_and_character(rng),
        edges=(("", "a"), ("a", "a"), ("aa", "a"), ("abcab", "a"), ("xyz", "a"), ("é-é", "é")),
        idea="find() searches from the left and rfind() from the right; the distance of the two positions, less one, is the number of characters between.",
        pitfall="When the character is missing both searches return -1, and when it occurs once both return the same position: check before subtracting.",
    ),
    Family(
        name="count_neighbour_pairs",
        concepts=("counting", "enumerate_zip", "strings"),
        difficulty=2,
        names="count_neighbours neighbour_pairs count_pairs adjacent_pairs solve",
        arguments=("text|s|string|signal: str; the text to look at",),
        returns="int",
        phrasings=(
            "Return the number of places in $text where two characters next to each other are $says. Fewer than two characters give 0.",
            "Count the pairs of neighbouring characters in $text that are $says; pairs may overlap.",
            "Go through $text from left to right and count how often a character and the one directly before it are $says (0 for a text of one character or none).",
            "For how many indices i are the characters i and i + 1 of $text $says? Capital and small letters are different characters.",
        ),
        solutions=(
            """
$count = 0
for $i in range(1, len($text)):
    if $text[$i] $op $text[$i - 1]:
        $count += 1
return $count
""",
            """
return sum($left $op $right for $left, $right in zip($text, $text[1:]))
""",
            """
$count = 0
$previous = None
for $char in $text:
    if $previous is not None and $char $op $previous:
        $count += 1
    $previous = $char
return $count
""",
            """
from itertools import pairwise
return len([$pair for $pair in pairwise($text) if $pair[0] $op $pair[1]])
""",
        ),
        reference=lambda text, op, says: _neighbours(text, op),
        parameters=lambda rng: rng.choice(
            ({"op": Raw("=="), "says": Raw("equal")}, {"op": Raw("!="), "says": Raw("different")})
        ),
        inputs=lambda rng, **_: ("".join(rng.choices("aab01", k=rng.randint(3, 10))),),
        edges=(("",), ("a",), ("aa",), ("aaa",), ("aA",), ("abab",)),
        idea="zip(text, text[1:]) lines the text up with itself, moved by one place, so that every pair of neighbours comes up once.",
        pitfall="A loop over range(len(text)) that looks at the next character runs past the end; there is one pair fewer than characters.",
    ),
)
