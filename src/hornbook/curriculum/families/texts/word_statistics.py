"""Families about counting the words of a text."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw


def _pairs(text: str, k: int) -> dict[str, int]:
    words = text.lower().split()
    pairs = [" ".join(words[i : i + 2]) for i in range(len(words) - 1)]
    return {pair: pairs.count(pair) for pair in dict.fromkeys(pairs) if pairs.count(pair) >= k}


def _verses(rng: random.Random) -> list[str]:
    pool = rng.sample(draws.WORDS, 4)
    return [
        " ".join(rng.choice((w, w.title())) for w in rng.choices(pool, k=rng.randint(1, 3))) for _ in range(3)
    ]


def _index(lines: Sequence[str], k: int) -> dict[str, list[int]]:
    words = sorted({w for line in lines for w in line.lower().split() if len(w) >= k})
    return {w: [n for n, line in enumerate(lines, 1) if w in line.lower().split()] for w in words}


def _small_share(rng: random.Random, small: Sequence[str]) -> str:
    return " ".join(
        rng.choice((draws.word(rng), rng.choice(small), rng.choice(small).title()))
        for _ in range(rng.randint(3, 7))
    )


def _two_texts(rng: random.Random) -> tuple[str, str]:
    pool = rng.sample(draws.WORDS, 3)
    return tuple(" ".join(rng.choices(pool, k=rng.randint(3, 5))) for _ in range(2))  # type: ignore[return-value]


def _biggest_change(first: str, second: str) -> str:
    words = sorted({*first.split(), *second.split()})
    changes = {w: len(re.findall(rf"\b{w}\b", second)) - len(re.findall(rf"\b{w}\b", first)) for w in words}
    return max(words, key=lambda w: abs(changes[w]), default="")


FAMILIES: tuple[Family, ...] = (
    Family(
        name="repeated_word_pairs",
        concepts=("word_counting", "enumerate_zip", "dictionaries"),
        difficulty=3,
        names="repeated_pairs common_pairs word_pairs pair_counts phrases_of_two",
        arguments=("text|speech|song|chat: str; words separated by blanks",),
        returns="dict[str, int]",
        phrasings=(
            'Count the pairs of neighbouring words in $text, without regard to case. Return a dictionary from each pair that occurs at least $k times, written as "first second" in small letters, to its count, in order of first occurrence.',
            "Given $text, which two words follow each other $k times or more? Lower the text, look at every word together with the next one (pairs may overlap), and return the frequent pairs, joined by a blank, with their counts. They are ordered by where they first occur.",
            'A keyboard app learns which word tends to follow which. From the message $text it collects all pairs of a word and the word after it, in small letters, and keeps those that were seen $k times or more. Return them as a dictionary from "word next" to the number of times, first seen first.',
            'Let w be the list of words of $text in lower case. For every i the text w[i] + " " + w[i + 1] is a pair. Return a dictionary with the number of occurrences of every pair that has at least $k, its keys ordered by the smallest i.',
        ),
        solutions=(
            """
words = $text.lower().split()
$groups = {}
for $left, $right in zip(words, words[1:]):
    $key = f"{$left} {$right}"
    $groups[$key] = $groups.get($key, 0) + 1
return {$key: $count for $key, $count in $groups.items() if $count >= $k}
""",
            """
from collections import Counter
words = $text.lower().split()
$groups = Counter(" ".join(words[$i:$i + 2]) for $i in range(len(words) - 1))
$result = {}
for $key in $groups:
    if $groups[$key] >= $k:
        $result[$key] = $groups[$key]
return $result
""",
        ),
        reference=_pairs,
        parameters=lambda rng: {"k": rng.choice((2, 2, 3))},
        inputs=lambda rng, k: (
            " ".join(rng.choices(rng.sample(draws.WORDS, 2), k=rng.randint(6, 9))).capitalize(),
        ),
        edges=(("",), ("no",), ("no no NO No",), ("a b a  B c a b",)),
        idea="zip(words, words[1:]) lines every word up with the next, and a dictionary counts the pairs.",
        pitfall="Stepping by two counts only every second pair; pairs share a word with their neighbours.",
    ),
    Family(
        name="index_of_words",
        concepts=("word_counting", "grouping", "lines"),
        difficulty=3,
        names="word_index make_index line_numbers_of_words index_lines register",
        arguments=("lines|pages|verses|rows: list[str]; lines of words separated by blanks",),
        returns="dict[str, list[int]]",
        phrasings=(
            "Make an index of $lines: a dictionary from every word of at least $k characters, in small letters, to the numbers of the lines in which it occurs. Lines count from 1, a line is named once, numbers ascend, and the words are in alphabetical order.",
            "Given $lines, on which of them (the first is 1) does each word stand? Ignore case and words shorter than $k characters. The result maps words in lower case, sorted, to ascending lists of line numbers without repeats.",
            "At the end of a book stands a register of its words. Write the register for $lines, the pages of a book: each word with $k or more characters, in small letters and alphabetical order, and the list of the pages (from 1) that contain it. Twice on one page counts once.",
            "For each w among the lower-case words in $lines with len(w) >= $k, let the value be the sorted list of all n such that w is one of the words of the n-th line (n from 1, case ignored). Return the dictionary with its keys in sorted order.",
        ),
        solutions=(
            """
$groups = {}
for $i, $row in enumerate($lines, 1):
    for $word in set($row.lower().split()):
        if len($word) >= $k:
            $groups.setdefault($word, []).append($i)
return dict(sorted($groups.items()))
""",
            """
words = [$row.lower().split() for $row in $lines]
$result = {}
for $key in sorted(set(sum(words, []))):
    if len($key) < $k:
        continue
    $result[$key] = [$i + 1 for $i in range(len(words)) if $key in words[$i]]
return $result
""",
        ),
        reference=_index,
        parameters=lambda rng: {"k": rng.randint(2, 4)},
        inputs=lambda rng, k: (_verses(rng),),
        edges=(([],), (["", "a"],), (["tea Tea", "tea"],), (["b to", "The to be", "thee"],)),
        idea="The outer loop runs over the lines, so line numbers are appended in ascending order by themselves.",
        pitfall="Without the set, a word that stands twice on a line brings its number twice.",
    ),
    Family(
        name="share_of_small_words",
        concepts=("word_counting", "arithmetic", "early_return"),
        difficulty=2,
        names="share_of_small_words filler_share percent_of_fillers small_word_percent measure",
        arguments=("text|essay|talk|answer: str; words separated by blanks",),
        returns="int",
        phrasings=(
            "Return how many percent of the words of $text are among $listed, rounded down to a whole number. Case does not matter; without any words the answer is 0.",
            "Given $text, count its words and those of them that are, in small letters, one of $listed. What percentage is that? Drop the decimals, and answer 0 for a text that has no words.",
            "A style checker warns of texts with too many filler words, here $listed. For the essay in $text it shows which share of all words they make up: a whole number of percent, rounded down, 0 if nothing was written. Capital letters make no difference.",
            "Let n be the number of words in $text and m the number of those equal to one of $listed when lowered. Return 100 * m // n, or 0 if n is 0.",
        ),
        solutions=(
            """
words = $text.lower().split()
if not words:
    return 0
$count = sum($word in $small for $word in words)
return 100 * $count // len(words)
""",
            """
$total = $count = 0
for $word in $text.split():
    $total += 1
    if $word.lower() in $small:
        $count += 1
return $count * 100 // $total if $total else 0
""",
        ),
        reference=lambda text, small, listed: int(
            100 * len([w for w in text.split() if w.casefold() in small]) / max(1, len(text.split())) + 1e-9
        ),
        parameters=lambda rng: (
            lambda words: {"small": words, "listed": Raw(", ".join(f'"{w}"' for w in words))}
        )(tuple(rng.sample(("the", "a", "of", "to", "and", "so", "well", "really", "just"), 3))),
        inputs=lambda rng, small, **_: (_small_share(rng, small),),
        edges=(("",), ("THE theatre a x To and y Well so just",)),
        idea="Multiply by 100 before dividing, so that the whole division keeps what percent means.",
        pitfall="Dividing by the number of words fails for an empty text; answer that case first.",
    ),
    Family(
        name="word_with_biggest_change",
        concepts=("word_counting", "sets", "min_max"),
        difficulty=3,
        names="biggest_change most_changed_word trend_word changed_most compare_texts",
        arguments=(
            "first|old|before_text|a: str; words in small letters",
            "second|new|after_text|b: str; other words in small letters",
        ),
        returns="str",
        phrasings=(
            "Return the word whose number of occurrences differs most between $first and $second, no matter in which direction. Of equal words the alphabetically first wins; two texts without words give an empty string.",
            "Given $first and $second, words separated by blanks, count every word in both. For which word is the distance of the two counts largest? Ties go to the word that comes first in the alphabet; if there are no words at all, return an empty string.",
            "Last year people searched for $first, this year for $second. Which word became much more or much less popular? Return the one with the greatest difference between its two counts, the first in alphabetical order if there are several, an empty text if there are none.",
            'For each word w that occurs in at least one of the texts let d(w) be the absolute difference of its counts in $first and $second. Return the smallest (by <) of the words for which d is maximal, and "" when both texts are without words.',
        ),
        solutions=(
            """
from collections import Counter
$left, $right = Counter($first.split()), Counter($second.split())
words = sorted($left.keys() | $right.keys())
return max(words, key=lambda $word: abs($left[$word] - $right[$word]), default="")
""",
            """
$groups = {}
for $word in $first.split():
    $groups[$word] = $groups.get($word, 0) + 1
for $word in $second.split():
    $groups[$word] = $groups.get($word, 0) - 1
if not $groups:
    return ""
return min($groups, key=lambda $word: (-abs($groups[$word]), $word))
""",
        ),
        reference=_biggest_change,
        inputs=_two_texts,
        edges=(("", ""), ("b a", ""), ("b b", "a a")),
        idea="Counting up for one text and down for the other leaves the difference itself in the dictionary.",
        pitfall="Looking only at the words of one text misses those that have disappeared from the other.",
    ),
)
