"""Families about how far apart two texts are: changes of single characters, and the closest word."""

from __future__ import annotations

import functools
import random
from collections.abc import Sequence

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw


def _cheapest(first: str, second: str, k: int) -> int:
    @functools.cache
    def cost(i: int, j: int) -> int:
        if i == 0 or j == 0:
            return i + j
        same = first[i - 1] == second[j - 1]
        return min(cost(i - 1, j) + 1, cost(i, j - 1) + 1, cost(i - 1, j - 1) + (0 if same else k))

    return cost(len(first), len(second))


def _spoilt(rng: random.Random, word: str, times: int) -> str:
    for _ in range(times):
        i = rng.randint(0, len(word))
        word = rng.choice(
            (
                word[:i] + rng.choice("aeo") + word[i + 1 :],
                word[:i] + rng.choice("st") + word[i:],
                word[:i] + word[i + 1 :],
            )
        )
    return word


def _short_pair(rng: random.Random) -> tuple[str, str]:
    word = draws.word(rng)[:6]
    return word, rng.choice((_spoilt(rng, word, 2), _spoilt(rng, word, 3), draws.word(rng)[:5]))


def _typo(rng: random.Random) -> tuple[str, str]:
    word = draws.word(rng)
    return word, rng.choice((_spoilt(rng, word, 1), _spoilt(rng, word, 2), word[1:] + word[:1], word))


def _strands(rng: random.Random) -> tuple[str, str]:
    size = rng.randint(4, 7)
    first = "".join(rng.choices("acgt", k=size))
    return first, "".join(c if rng.random() < 0.6 else rng.choice("acgt") for c in first)[
        : rng.choice((size, size, size, size - 1))
    ]


def _misspelt(rng: random.Random) -> tuple[str, list[str]]:
    options = rng.sample(draws.WORDS[:30], 4)
    return _spoilt(rng, rng.choice(options), rng.randint(1, 2)), options


def _nearest(word: str, options: Sequence[str], k: int) -> str | None:
    ranked = sorted((_cheapest(word, option, 1), i) for i, option in enumerate(options))
    return options[ranked[0][1]] if ranked and ranked[0][0] <= k else None


FAMILIES: tuple[Family, ...] = (
    Family(
        name="cheapest_way_to_other_word",
        concepts=("edit_distance", "dynamic_programming", "nested_loops"),
        difficulty=5,
        names="edit_cost cheapest_change transform_cost cost_of_rewriting word_distance",
        arguments=(
            "first|start|old|source: str; the text to begin with",
            "second|goal|new|target: str; the text to reach",
        ),
        returns="int",
        phrasings=(
            "Return the smallest total cost of turning $first into $second. Inserting a character anywhere costs 1, deleting one costs 1, and replacing one by another costs $k.",
            "Given $first and $second, in each step you may insert a character (price 1), remove a character (price 1) or exchange a character for a different one (price $k). What is the lowest price at which $first becomes $second?",
            "A sign maker changes a sign from $first to $second letter by letter. Taking a letter off costs 1 coin, putting a letter up costs 1 coin, and repainting a letter as another costs $coins. How many coins does the cheapest way cost?",
            "Compute the weighted edit distance of $first and $second with weight 1 for insertions and deletions and weight $k for substitutions of a character by a different one; equal characters cost nothing. Case matters, and both texts may be empty.",
        ),
        solutions=(
            """
$previous = list(range(len($second) + 1))
for $i, $left in enumerate($first, 1):
    $current = [$i]
    for $j, $right in enumerate($second, 1):
        replaced = $previous[$j - 1] + (0 if $left == $right else $k)
        $current.append(min(replaced, $previous[$j] + 1, $current[$j - 1] + 1))
    $previous = $current
return $previous[-1]
""",
            """
from functools import cache

@cache
def cost($i: int, $j: int) -> int:
    if $i == len($first):
        return len($second) - $j
    if $j == len($second):
        return len($first) - $i
    if $first[$i] == $second[$j]:
        return cost($i + 1, $j + 1)
    return min(1 + cost($i + 1, $j), 1 + cost($i, $j + 1), $k + cost($i + 1, $j + 1))

return cost(0, 0)
""",
        ),
        reference=lambda first, second, k, coins: _cheapest(first, second, k),
        parameters=lambda rng: rng.choice(
            ({"k": 1, "coins": Raw("1 coin")}, {"k": 2, "coins": Raw("2 coins")})
        ),
        inputs=lambda rng, **_: _short_pair(rng),
        edges=(("", ""), ("", "abc"), ("ab", ""), ("kit", "kitten"), ("abc", "bca"), ("é", "e")),
        idea="The cost for two beginnings depends only on the costs for beginnings that are one character shorter.",
        pitfall="The first row and column are not zero: reaching the empty text costs one for every character.",
    ),
    Family(
        name="one_slip_of_the_finger",
        concepts=("edit_distance", "two_pointers", "early_return"),
        difficulty=3,
        names="one_edit_apart single_typo one_slip almost_same within_one_change",
        arguments=(
            "first|wanted|correct|a: str; what was meant",
            "second|typed|entered|b: str; what was typed",
        ),
        returns="bool",
        phrasings=(
            "Return True if $second differs from $first by exactly one change: one character replaced by a different one, one inserted, or one left out. Equal texts give False.",
            "Given $first and $second, does exactly one of these turn the first into the second: exchanging a single character for another, adding a single character somewhere, or removing one? If they are equal or further apart the answer is False.",
            "A search engine forgives one slip of the finger. Somebody wants to find $first and types $second: is that precisely one mistake, meaning one wrong, one additional or one missing character? No mistake and several mistakes both give False.",
            "Decide whether the edit distance of $first and $second, counting insertions, deletions and substitutions of single characters as 1 each, equals 1. Capital and small letters are different characters.",
        ),
        solutions=(
            """
if len($first) > len($second):
    return $self($second, $first)
if len($second) - len($first) > 1 or $first == $second:
    return False
$i = 0
while $i < len($first) and $first[$i] == $second[$i]:
    $i += 1
if len($first) == len($second):
    return $first[$i + 1:] == $second[$i + 1:]
return $first[$i:] == $second[$i + 1:]
""",
            """
if len($first) == len($second):
    return sum($left != $right for $left, $right in zip($first, $second)) == 1
longer, shorter = sorted(($first, $second), key=len, reverse=True)
if len(longer) - len(shorter) != 1:
    return False
return any(longer[:$i] + longer[$i + 1:] == shorter for $i in range(len(longer)))
""",
        ),
        reference=lambda first, second: _cheapest(first, second, 1) == 1,
        inputs=_typo,
        edges=(
            ("", ""),
            ("", "a"),
            ("ab", "a"),
            ("ab", "ba"),
            ("abc", "xbc"),
            ("abc", "abx"),
            ("abcd", "bcd"),
            ("ab", "abcd"),
        ),
        idea="The lengths say which of the three changes is possible; what stands before and behind it must agree.",
        pitfall="Counting different places works only for equal lengths: one inserted character shifts all that follow.",
    ),
    Family(
        name="places_that_differ",
        concepts=("edit_distance", "enumerate_zip", "list_comprehensions"),
        difficulty=1,
        names="differing_places mutations changed_positions diff_positions compare_strands",
        arguments=("first|a|before_text|one: str; a text", "second|b|after_text|two: str; another text"),
        returns="list[int] | None",
        phrasings=(
            "Return the positions at which $first and $second have different characters, in ascending order, counted from $k. If the two are not equally long, return None.",
            "Given $first and $second of the same length, list where they differ; the first character has number $k. For texts of different lengths the answer is None, and an empty list for equal texts.",
            "Two copies of a gene are written as $first and $second. At which places has it changed? Number the places from $k on and list them in order. Copies of unequal length cannot be compared: return None for them.",
            "If len($first) equals len($second), return the list of all i + $k, ascending, for which $first[i] and $second[i] are not the same character; otherwise return None.",
        ),
        solutions=(
            """
if len($first) != len($second):
    return None
return [$i for $i, ($left, $right) in enumerate(zip($first, $second), $k) if $left != $right]
""",
            """
$result = []
if len($first) == len($second):
    for $i in range(len($first)):
        if $first[$i] != $second[$i]:
            $result.append($i + $k)
    return $result
return None
""",
        ),
        reference=lambda first, second, k: (
            [i + k for i in range(len(first)) if not second.startswith(first[i], i)]
            if len(first) == len(second)
            else None
        ),
        parameters=lambda rng: {"k": rng.randint(0, 1)},
        inputs=lambda rng, k: _strands(rng),
        edges=(("", ""), ("a", ""), ("", "a"), ("abc", "xbz"), ("Aa", "aA")),
        idea="zip pairs the characters that stand at the same place, and enumerate knows which place that is.",
        pitfall="zip stops at the shorter text without complaint, so the lengths have to be compared first.",
    ),
    Family(
        name="closest_known_word",
        concepts=("edit_distance", "min_max", "sorting_with_key"),
        difficulty=3,
        names="closest_word suggest correct_spelling nearest_word did_you_mean",
        arguments=(
            "word|typed|query|entry: str; the word as typed",
            "known|options|dictionary|vocabulary: list[str]; the words that exist",
        ),
        returns="str | None",
        phrasings=(
            "Return the word of $known with the smallest distance to $word, as distance() measures it; the first of them if several are equally near. If even that distance is more than $k, or there are no words, return None.",
            "Given $word and the list $known, find the nearest known word by distance(). Ties go to the one that stands first in the list. Words further away than $k are never suggested: return None if there are only such words or none at all.",
            'A cookery site asks "Did you mean ...?" when it does not find an ingredient. Which of the ingredients $known should it suggest to somebody who enters $word? The one with the least distance(), the earliest in the list if that is not unique, and None if all are more than $k apart.',
            "Let m be the minimum of distance($word, w) over all w in $known. If $known is empty or m > $k, return None; otherwise return the first w in $known with distance($word, w) == m.",
        ),
        setup='''
def distance(a: str, b: str) -> int:
    """Count the insertions, deletions and replacements that lead from a to b."""
    costs = list(range(len(b) + 1))
    for row, x in enumerate(a, 1):
        diagonal, costs[0] = costs[0], row
        for column, y in enumerate(b, 1):
            diagonal, costs[column] = costs[column], min(diagonal + (x != y), costs[column] + 1, costs[column - 1] + 1)
    return costs[-1]
''',
        solutions=(
            """
$best = min($known, key=lambda $item: distance($word, $item), default=None)
if $best is None or distance($word, $best) > $k:
    return None
return $best
""",
            """
$best = None
nearest = 0
for $item in $known:
    steps = distance($word, $item)
    if steps <= $k and ($best is None or steps < nearest):
        $best, nearest = $item, steps
return $best
""",
        ),
        reference=_nearest,
        parameters=lambda rng: {"k": rng.randint(1, 2)},
        inputs=lambda rng, k: _misspelt(rng),
        edges=(
            ("tea", []),
            ("tea", ["sea", "tee", "ten"]),
            ("abc", ["abcd", "ab", "abc"]),
            ("abcd", ["ab", "xbcd", "abcdef"]),
            ("abcde", ["ab", "cd"]),
            ("", ["a", "ab"]),
        ),
        idea="Only a strictly smaller distance replaces the best word so far, so the first of several equally near words stays.",
        pitfall="Using <= when comparing lets a later word replace an earlier one that is equally near.",
    ),
)
