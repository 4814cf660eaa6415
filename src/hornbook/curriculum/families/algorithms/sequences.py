"""Families on common subsequences: letters in common, hidden words, shared pieces."""

from __future__ import annotations

import itertools
import random

from hornbook.curriculum.family import Family, Raw


def _letters(rng: random.Random, low: int = 4, high: int = 7) -> str:
    return "".join(rng.choices("aabc", k=rng.randint(low, high)))


def _embeds(some: tuple[str, ...], text: str) -> bool:
    """Whether the characters can be taken from the text in their order: each search goes on where the last ended."""
    letters = iter(text)
    return all(char in letters for char in some)


def _marks(text: str, word: str, step: int, begin: int, first: int) -> list[int] | None:
    if not word:
        return []
    if word[0] not in text[begin:]:
        return None
    at = begin + text[begin:].index(word[0])
    rest = _marks(text, word[1:], step, at + step, first)
    return None if rest is None else [at + first, *rest]


FAMILIES: tuple[Family, ...] = (
    Family(
        name="letters_in_common",
        concepts=("common_subsequences", "dynamic_programming", "strings"),
        difficulty=4,
        names="letters_in_common longest_common lcs_length shared_order similarity",
        arguments=(
            "first|a|old|one: str; a text",
            "second|b|new|another: str; another text",
        ),
        returns="int",
        phrasings=(
            "Return the length of the longest text that can be obtained from $first as well as from $second by leaving out characters ($case), but 0 if it is shorter than $least.",
            "How many characters can be matched between $first and $second at most without crossing, each with an equal one ($case)? If there are fewer than $least, the answer is 0.",
            "Two people told the stories $first and $second, in which every character is an event ($case). What is the largest number of events that both tell in the same order, other events aside? Fewer than $least count as 0.",
            "Compute the length of a longest common subsequence of $first and $second, where comparison is such that $case. Lengths below $least are reported as 0.",
        ),
        solutions=(
            """
$previous = [0] * (len($second) + 1)
for $left in $first$fold:
    $current = [0]
    for $j, $right in enumerate($second$fold):
        if $left == $right:
            $current.append($previous[$j] + 1)
        else:
            $current.append(max($current[$j], $previous[$j + 1]))
    $previous = $current
return $previous[-1] if $previous[-1] >= $least else 0
""",
            """
from functools import cache

@cache
def common($i, $j):
    if $i == len($first) or $j == len($second):
        return 0
    if $first[$i]$fold == $second[$j]$fold:
        return 1 + common($i + 1, $j + 1)
    return max(common($i + 1, $j), common($i, $j + 1))

length = common(0, 0)
return length if length >= $least else 0
""",
        ),
        reference=lambda first, second, case, fold, least: next(
            (
                size
                for size in range(len(first), least - 1, -1)
                for some in itertools.combinations(first.lower() if fold else first, size)
                if _embeds(some, second.lower() if fold else second)
            ),
            0,
        ),
        parameters=lambda rng: {
            "least": rng.choice((2, 3)),
            **rng.choice(
                (
                    {"case": Raw("upper and lower case count as the same"), "fold": Raw(".lower()")},
                    {"case": Raw("upper and lower case count as different"), "fold": Raw("")},
                )
            ),
        },
        inputs=lambda rng, case, fold, least: (
            "".join(rng.choices("abcA", k=rng.randint(4, 8))),
            "".join(rng.choices("abcB", k=rng.randint(4, 8))),
        ),
        edges=(
            ("", "abc"),
            ("a", "A"),
            ("abc", "abc"),
            ("ab", "ba"),
            ("abcabc", "ac"),
            ("AbC", "aBc"),
            ("é", "é"),
        ),
        idea="If the two next characters agree, match them; otherwise one of them has to be left out, and the better choice counts.",
        pitfall="Taking the earliest match for each character in turn may use up too much of the other text.",
    ),
    Family(
        name="hidden_word",
        concepts=("common_subsequences", "searching", "strings"),
        difficulty=2,
        names="hidden_word find_hidden letter_positions spell_out trace_word",
        arguments=(
            "text|line|letters|grid_row: str; the text in which to look",
            "word|hidden|name|secret: str; the word to find",
        ),
        returns="list[int]",
        phrasings=(
            "Find the letters of $word in $text in their order, with gaps allowed: each as early as possible behind the one before it$gap_rule. Return the list of their positions, counted from $first, or an empty list if a letter cannot be found or $word is empty.",
            "At which positions (the first is $first) does one meet the letters of $word if one reads $text from left to right and always stops at the next letter needed$gap_rule? If the text ends too early or the word is empty, return an empty list.",
            "A word is hidden in the letters $text: its letters stand there in the right order, with other letters in between. Mark for every letter of $word the first possible place behind the last mark$gap_rule; return the numbers of the marked places ($first is the first place), or an empty list if the word is not hidden there (or has no letters).",
            "Match $word greedily as a subsequence of $text, taking for each character the smallest index that is larger than the index before$gap_rule. Return the indices, counted from $first, or an empty list if the matching fails or $word is empty.",
        ),
        solutions=(
            """
$result = []
at = 0
for $char in $word:
    at = $text.find($char, at)
    if at == -1:
        return []
    $result.append(at$shift)
    at += $step
return $result
""",
            """
$result = []
free_from = 0
for $i, $char in enumerate($text):
    if len($result) < len($word) and $i >= free_from and $char == $word[len($result)]:
        $result.append($i$shift)
        free_from = $i + $step
return $result if len($result) == len($word) else []
""",
        ),
        reference=lambda text, word, first, shift, step, gap_rule: _marks(text, word, step, 0, first) or [],
        parameters=lambda rng: {
            **rng.choice(({"first": 0, "shift": Raw("")}, {"first": 1, "shift": Raw(" + 1")})),
            **rng.choice(
                (
                    {"step": 1, "gap_rule": Raw("")},
                    {"step": 2, "gap_rule": Raw(", but never directly next to it")},
                )
            ),
        },
        inputs=lambda rng, first, shift, step, gap_rule: (
            "".join(rng.choices("abc", k=rng.randint(6, 10))),
            "".join(rng.choices("abc", k=rng.randint(2, 3))),
        ),
        edges=(
            ("", ""),
            ("", "a"),
            ("abc", ""),
            ("aab", "ab"),
            ("aaaa", "aaa"),
            ("abcab", "cb"),
            ("ba", "ab"),
            ("aüö", "aö"),
        ),
        idea="Taking each letter as early as possible leaves the most text for the others, so a failure is final.",
        pitfall="The search for the next letter must begin behind the last one, or a double letter is found twice at one place.",
    ),
    Family(
        name="longest_shared_piece",
        concepts=("common_subsequences", "string_slicing", "nested_loops"),
        difficulty=3,
        names="longest_shared_piece common_part shared_substring overlap_text largest_match",
        arguments=(
            "first|a|left_text|one: str; a text",
            "second|b|right_text|another: str; another text",
        ),
        returns="str",
        phrasings=(
            "Return the longest piece of at least $least characters in a row that occurs in both $first and $second; of several the one that begins $where in $first, and '$nothing' if there is none.",
            "Which is the longest unbroken piece of text that $first and $second share? In a tie take the piece that starts $where in $first. Return '$nothing' if no piece of $least or more characters is shared.",
            "Two notes $first and $second contain a copied passage. Find the longest string that is contained in both as it stands, without gaps; if there are several of this length, choose the one $where in $first. Passages of fewer than $least characters do not count: then return '$nothing'.",
            "Return a longest common substring (contiguous) of $first and $second if its length is $least or more, taking among the longest ones the one that starts $where in $first, and otherwise '$nothing'.",
        ),
        solutions=(
            """
$best = ""
for $i in range(len($first)):
    for end in range($i + 1, len($first) + 1):
        piece = $first[$i:end]
        if piece in $second and len(piece) $op len($best):
            $best = piece
return $best if len($best) >= $least else "$nothing"
""",
            """
for size in range(len($first), $below, -1):
    for $i in range(len($first) - size + 1)$turn:
        if $first[$i : $i + size] in $second:
            return $first[$i : $i + size]
return "$nothing"
""",
        ),
        reference=lambda first, second, least, below, where, op, turn, nothing: (
            sorted(
                (
                    (-(end - begin), begin if op == ">" else -begin, first[begin:end])
                    for begin in range(len(first))
                    for end in range(begin + least, len(first) + 1)
                    if any(second.startswith(first[begin:end], at) for at in range(len(second)))
                ),
            )
            or [(0, 0, nothing)]
        )[0][2],
        parameters=lambda rng: {
            "nothing": Raw(rng.choice(("none", "-", "?"))),
            **rng.choice(({"least": 2, "below": 1}, {"least": 3, "below": 2})),
            **rng.choice(
                (
                    {"where": Raw("furthest left"), "op": Raw(">"), "turn": Raw("")},
                    {"where": Raw("furthest right"), "op": Raw(">="), "turn": Raw("[::-1]")},
                )
            ),
        },
        inputs=lambda rng, least, below, where, op, turn, nothing: (
            first := _letters(rng, 4, 6),
            rng.choice((_letters(rng, 6, 9), _letters(rng, 6, 9), "xyz", "b" + first)),
        ),
        edges=(
            ("", "abc"),
            ("a", "a"),
            ("abc", "xyz"),
            ("abxcd", "cdyab"),
            ("aaa", "aa"),
            ("naïve", "waïf"),
            ("abab", "ab"),
        ),
        idea="Try the pieces from long to short: the first one found in the other text is the longest.",
        pitfall="The rule for ties decides between `>` and `>=`, or in which direction the starts are tried.",
    ),
)
