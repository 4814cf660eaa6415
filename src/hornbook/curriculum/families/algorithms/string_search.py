"""Families on string search: jokers, how far a match goes, the nearest match, borders."""

from __future__ import annotations

import random
import re

from hornbook.curriculum.family import Family, Raw


def _text(rng: random.Random, low: int = 6, high: int = 11, letters: str = "aab") -> str:
    return "".join(rng.choices(letters, k=rng.randint(low, high)))


def _around(rng: random.Random) -> tuple[str, str, int]:
    """A text with the word on none, one or both sides of the position."""
    word = rng.choice(("ab", "aa", "b"))
    before, behind = rng.choice(((word, word), (word, ""), ("", word), (word, "." + word), ("", "")))
    left, right = rng.choice("cd") * rng.randint(1, 3), "." * rng.randint(1, 3)
    return before + left + right + behind + "a", word, len(before + left) + rng.choice((-1, 0))


FAMILIES: tuple[Family, ...] = (
    Family(
        name="positions_with_joker",
        concepts=("string_search", "any_all", "list_building"),
        difficulty=2,
        names="positions_with_joker find_pattern match_positions search_wild locate",
        arguments=(
            "text|line|message|haystack: str; the text to search",
            "pattern|needle|mask|sought: str; what to look for, not empty",
        ),
        returns="list[int]",
        phrasings=(
            "Return all positions in $text at which $pattern matches, counted from $first. A '$joker' in the pattern stands for any single character; matches may overlap.",
            "Where does $pattern occur in $text, if the character '$joker' of the pattern fits every character? List the places where matches begin in rising order, the first character of the text being number $first; overlapping matches count, too.",
            "A crossword solver looks for $pattern in the letters $text; '$joker' marks a letter that is not known and can be anything. Give every place (the first letter has the number $first) where the known letters agree.",
            "Return the ascending list of the numbers i + $first for all i such that, for every k below the length of $pattern, character i + k of $text exists and equals character k of $pattern unless the latter is '$joker'.",
        ),
        solutions=(
            """
$result = []
for $i in range(len($text) - len($pattern) + 1):
    piece = $text[$i : $i + len($pattern)]
    if all(p in ("$joker", $char) for p, $char in zip($pattern, piece)):
        $result.append($i$shift)
return $result
""",
            """
$result = []
for $i in range(len($text)):
    $j = 0
    while $j < len($pattern) and $i + $j < len($text) and $pattern[$j] in ("$joker", $text[$i + $j]):
        $j += 1
    if $j == len($pattern):
        $result.append($i$shift)
return $result
""",
        ),
        reference=lambda text, pattern, joker, first, shift: [
            at + first
            for at in range(len(text))
            if re.match(
                "".join("(?s:.)" if char == joker else re.escape(char) for char in pattern), text[at:]
            )
        ],
        parameters=lambda rng: {
            "joker": Raw(rng.choice("?*_.")),
            **rng.choice(({"first": 0, "shift": Raw("")}, {"first": 1, "shift": Raw(" + 1")})),
        },
        inputs=lambda rng, joker, first, shift: (
            _text(rng, 6, 10),
            rng.choice(("a" + joker, joker + "b", "ab", "a" + joker + "a", "aa" + joker, joker + "a", "aa")),
        ),
        edges=(
            ("", "a"),
            ("a", "ab"),
            ("aaaa", "aa"),
            ("ab", "a?"),
            ("a*b_c", "*"),
            ("a.c", "."),
            ("x__y", "_"),
            ("ba", "ab"),
        ),
        idea="Lay the pattern against every position; it fits if each of its characters is the joker or the same as the one below it.",
        pitfall="The last position to try is the difference of the two lengths; one further and the pattern sticks out.",
    ),
    Family(
        name="length_of_agreement",
        concepts=("string_search", "while_loops", "mapping"),
        difficulty=2,
        names="length_of_agreement match_lengths prefix_lengths how_far compare_from_each",
        arguments=(
            "text|line|sequence|letters: str; the text",
            "pattern|word|key|model: str; what is laid against it",
        ),
        returns="list[int]",
        phrasings=(
            "For each position in $text return how many characters agree from there on with the beginning of $pattern, but at most $most; counting stops at the first difference and at the end of either text.",
            "Lay $pattern against every position of $text and count the characters that agree before the first difference or an end comes. Return these counts, from left to right; counts above $most are given as $most.",
            "A typing game compares $text, from each of its letters on, with the word $pattern and gives one point for each letter that is right up to the first wrong one, never more than $most. List the points for every starting letter.",
            "Return a list whose element i is the smaller of $most and the length of the longest common prefix of $pattern and the part of $text from index i to its end.",
        ),
        solutions=(
            """
$result = []
for $i in range(len($text)):
    $count = 0
    for $left, $right in zip($text[$i:], $pattern):
        if $left != $right or $count == $most:
            break
        $count += 1
    $result.append($count)
return $result
""",
            """
import os
lengths = [len(os.path.commonprefix([$text[$i:], $pattern])) for $i in range(len($text))]
return [min($count, $most) for $count in lengths]
""",
            """
def agreement($left, $right, limit):
    if limit == 0 or not $left or not $right or $left[0] != $right[0]:
        return 0
    return 1 + agreement($left[1:], $right[1:], limit - 1)

return [agreement($text[$i:], $pattern, $most) for $i in range(len($text))]
""",
        ),
        reference=lambda text, pattern, most: [
            max(n for n in range(min(most, len(pattern)) + 1) if text.startswith(pattern[:n], at))
            for at in range(len(text))
        ],
        parameters=lambda rng: {"most": rng.choice((2, 3, 4))},
        inputs=lambda rng, most: (_text(rng, 5, 8), _text(rng, 3, 6)),
        edges=(("", "a"), ("ab", ""), ("aaaaa", "aaaaa"), ("abab", "abc"), ("bbb", "a"), ("äöä", "äö")),
        idea="Each position is compared on its own, character by character, until something ends the agreement.",
        pitfall="Near the end of the text fewer characters are left than the pattern has; an index beyond it would fail.",
    ),
    Family(
        name="nearest_match",
        concepts=("string_search", "min_max", "conditionals"),
        difficulty=3,
        names="nearest_match closest_occurrence find_near jump_to_match locate",
        arguments=(
            "text|page|document|line: str; the text to search",
            "word|needle|sought|part: str; what to look for, not empty",
            "cursor|place|here|at: int; a position in the text, from 0",
        ),
        returns="int",
        phrasings=(
            "Return the position at which the occurrence of $word in $text begins that is nearest to position $cursor, or -1 if there is none. Occurrences may overlap; of two equally near ones take the one $tie.",
            "An editor jumps from $cursor to the nearest place where $word starts in $text (both positions counted from 0, overlapping matches included). Where does it jump? If the one before and the one behind are equally far away, it takes the one $tie; if $word does not occur, the answer is -1.",
            "Given a text, a word and a position $cursor, find the start of a match of $word in $text for which the distance between start and $cursor is smallest; in a tie it is the one $tie. Return -1 without a match.",
            "Among all i with `$text[i:].startswith($word)`, return the one that minimises |i - $cursor|, in case of a draw the one $tie, and -1 if there is no such i.",
        ),
        solutions=(
            """
starts = [$i for $i in range(len($text)) if $text.startswith($word, $i)]
return min(starts, key=lambda $i: (abs($i - $cursor), $sign$i), default=-1)
""",
            """
before = $text.rfind($word, 0, $cursor + len($word))
behind = $text.find($word, $cursor)
if before == -1 or behind == -1:
    return max(before, behind)
if $cursor - before $op behind - $cursor:
    return before
return behind
""",
        ),
        reference=lambda text, word, cursor, tie, sign, op: next(
            (
                at
                for distance in range(len(text) + 1)
                for at in sorted({cursor - distance, cursor + distance}, reverse=sign == "-")
                if at >= 0 and text[at : at + len(word)] == word
            ),
            -1,
        ),
        parameters=lambda rng: rng.choice(
            (
                {
                    "tie": Raw("further left"),
                    "sign": Raw("+"),
                    "op": Raw("<="),
                },
                {
                    "tie": Raw("further right"),
                    "sign": Raw("-"),
                    "op": Raw("<"),
                },
            )
        ),
        inputs=lambda rng, tie, sign, op: _around(rng),
        edges=(
            ("", "a", 0),
            ("b", "a", 0),
            ("a.a", "a", 1),
            ("aaaa", "aa", 3),
            ("ab..ab", "ab", 2),
            ("ab...ab", "ab", 3),
            (".é", "é", 0),
        ),
        idea="Go away from the cursor in both directions at the same speed; the first place that matches is the nearest.",
        pitfall="A tie between left and right needs a rule, and the code must follow this rule and not the order of a loop.",
    ),
    Family(
        name="borders_of_prefixes",
        concepts=("string_search", "dynamic_programming", "while_loops"),
        difficulty=4,
        names="borders_of_prefixes failure_table border_lengths self_overlaps prepare_search",
        arguments=("pattern|word|text|key: str; the text to examine",),
        returns="list[int]",
        phrasings=(
            "For every beginning of $pattern, from its first character to the whole, return the length of the longest text that is shorter than this beginning and stands both at its start and at its end$small.",
            "How far does each prefix of $pattern overlap with itself? Return for the prefixes with 1, 2, 3, ... characters the largest k smaller than their length such that their first k and their last k characters are equal$small.",
            "A machine that searches for $pattern wants to know, after any number of matched characters (1, 2, ... up to all), how many of the last characters, fewer than the matched ones, could be the start of a new match. List these numbers, the largest possible ones$small.",
            "Return the list of the border lengths of all non-empty prefixes of $pattern in order of length; the border of a string is its longest proper prefix that is also a suffix of it, perhaps empty$small.",
        ),
        solutions=(
            """
table = []
for $i, $char in enumerate($pattern):
    k = table[-1] if table else 0
    while k > 0 and $pattern[k] != $char:
        k = table[k - 1]
    if $i > 0 and $pattern[k] == $char:
        k += 1
    table.append(k)
return [k if k >= $least else 0 for k in table]
""",
            """
$result = []
for size in range(1, len($pattern) + 1):
    prefix = $pattern[:size]
    longest = 0
    for k in range($least, size):
        if prefix.startswith(prefix[size - k :]):
            longest = k
    $result.append(longest)
return $result
""",
            """
def border(prefix):
    for k in range(len(prefix) - 1, $below, -1):
        if prefix.endswith($pattern[:k]):
            return k
    return 0

return [border($pattern[:size]) for size in range(1, len($pattern) + 1)]
""",
        ),
        reference=lambda pattern, least, below, small: [
            max([k for k in range(least, size) if pattern[:k] == pattern[size - k : size]], default=0)
            for size in range(1, len(pattern) + 1)
        ],
        parameters=lambda rng: rng.choice(
            (
                {"least": 1, "below": 0, "small": Raw("")},
                {"least": 2, "below": 1, "small": Raw(" (where this is less than 2, write 0)")},
            )
        ),
        inputs=lambda rng, least, below, small: (
            rng.choice((_text(rng, 4, 7), _text(rng, 2, 4) * 2, "ab" * 2 + _text(rng, 2, 5))),
        ),
        edges=(("",), ("a",), ("aaaa",), ("abcd",), ("abacaba",), ("aabaaab",), ("ééé",), ("abab",)),
        idea="If the next character continues the border of the prefix before, the border grows by one; otherwise try the border of that border.",
        pitfall="The whole prefix matches itself; only shorter ones count, or every entry is its own length.",
    ),
    Family(
        name="single_misprints",
        concepts=("string_search", "counting", "enumerate_zip"),
        difficulty=2,
        names="single_misprints near_matches almost_equal count_misprints fuzzy_count",
        arguments=(
            "text|page|line|letters: str; the text to search",
            "word|pattern|term|sought: str; the word to look for, not empty",
        ),
        returns="int",
        phrasings=(
            "Return at how many positions of $text a piece as long as $word begins that differs from it in $words $k characters. Pieces may overlap.",
            "How many pieces of $text have the same length as $word and $words $k characters that are not equal to the character of $word at the same place? Every starting position counts separately.",
            "A reader searches a badly printed line $text for $word. A place fits if, letter by letter, $words $k letters are wrong. At how many places, which may overlap, does the word fit?",
            "Count the i for which `$text[i:i+n]` has the length n of $word and the number of indices at which the two strings differ is $words $k.",
        ),
        setup="""
def differences(one, other):
    return sum(a != b for a, b in zip(one, other))
""",
        solutions=(
            """
$count = 0
for $i in range(len($text) - len($word) + 1):
    if differences($text[$i:], $word) $op $k:
        $count += 1
return $count
""",
            """
size = len($word)
pieces = [$text[end - size : end] for end in range(size, len($text) + 1)]
return len([piece for piece in pieces if differences(piece, $word) $op $k])
""",
        ),
        reference=lambda text, word, k, op, words: sum(
            (wrong := sum(text[at + n] != word[n] for n in range(len(word)))) == k
            or (op == "<=" and wrong < k)
            for at in range(len(text))
            if at + len(word) <= len(text)
        ),
        parameters=lambda rng: {
            "k": rng.choice((2, 3)),
            **rng.choice(
                ({"op": Raw("=="), "words": Raw("exactly")}, {"op": Raw("<="), "words": Raw("at most")})
            ),
        },
        inputs=lambda rng, k, op, words: (_text(rng, 6, 10), _text(rng, 3, 4)),
        edges=(("", "a"), ("a", "b"), ("ab", "abc"), ("aaaa", "aa"), ("abcd", "wxyz"), ("öaö", "öö")),
        idea="One helper counts the differences of two pieces; laying the word against each position does the rest.",
        pitfall="`zip` stops at the shorter text, so a piece at the end that is too short must not be tried.",
    ),
)
