"""Families about the words of running text: those that come most often, those the same backwards."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family


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


def _same_backwards(words: Sequence[str], k: int) -> list[str]:
    return [
        w for w in words if len(w) >= k and all(w[i].lower() == w[-1 - i].lower() for i in range(len(w) // 2))
    ]


FAMILIES: tuple[Family, ...] = (
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
)
