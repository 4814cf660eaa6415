"""Families about texts that are made of the same letters."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family

_VALUES = {"a": 1, "e": 1, "n": 1, "r": 1, "t": 1, "o": 2, "l": 2, "s": 2, "i": 2, "b": 3, "k": 4, "p": 4}


def _rack(rng: random.Random) -> tuple[str, str]:
    word = draws.word(rng)
    letters = list(word + rng.choice(("", "ab", "e")))
    rng.shuffle(letters)
    return word, "".join(letters[rng.randint(0, 3) :])


def _missing(word: str, letters: str) -> str:
    need = []
    left = list(letters)
    for char in sorted(word):
        if char in left:
            left.remove(char)
        else:
            need.append(char)
    return "".join(need)


def _jumbled(rng: random.Random) -> tuple[str, list[str]]:
    word = draws.word(rng)

    def mixed() -> str:
        return "".join(rng.sample(word, len(word)))

    others = [
        rng.choice((mixed(), mixed().upper(), word, word[:-1] + "s", word + word[0], draws.word(rng)))
        for _ in range(4)
    ]
    return word.capitalize() if rng.random() < 0.4 else word, others


def _two_phrases(rng: random.Random) -> tuple[str, str]:
    word = draws.word(rng)
    mixed = "".join(rng.sample(word, len(word)))
    at = rng.randrange(len(word))
    return word.capitalize(), rng.choice((mixed, mixed[:at] + " " + mixed[at + 1 :] + "e", draws.word(rng)))


def _letters_to_change(first: str, second: str) -> int:
    a, b = (re.sub(" ", "", t.lower()) for t in (first, second))
    if len(a) != len(b):
        return -1
    for char in a:
        b = b.replace(char, "", 1)
    return len(b)


def _game(rng: random.Random) -> tuple[str, list[str]]:
    letters = "".join(rng.choices("aenrtolsibkp", k=rng.randint(5, 7)))
    words = ["".join(rng.sample(letters, rng.randint(2, 4))) for _ in range(3)]
    return letters, [*words, draws.word(rng)]


def _best_word(letters: str, words: Sequence[str]) -> str:
    possible = [w for w in words if all(w.count(c) <= letters.count(c) for c in w)]
    scores = [sum(_VALUES.get(c, 5) for c in w) for w in possible]
    return possible[scores.index(max(scores))] if scores else ""


FAMILIES: tuple[Family, ...] = (
    Family(
        name="letters_still_missing",
        concepts=("anagrams", "counting", "sorting"),
        difficulty=2,
        names="missing_letters letters_to_buy still_needed lacking_letters need",
        arguments=(
            "word|wanted|sign|target: str; the word to spell",
            "letters|tiles|stock|rack: str; the letters at hand",
        ),
        returns="str",
        phrasings=(
            "Return the letters that are missing to spell $word with $letters, in alphabetical order and each as often as it is missing. Every letter at hand can be used once.",
            'Given $word and the $letters at hand, which letters does the word need beyond those? Return them sorted, with repeats, as one string ("" if the word can be spelled). Letters that are left over do not matter.',
            "A shop puts its slogans up in single plastic letters. It has $letters and wants to show $word: which letters must be bought? Answer with a string in alphabetical order that names each letter as many times as it has to be bought.",
            "For every character c let m(c) be how often it occurs in $word minus how often it occurs in $letters. Return the string that contains each c with m(c) > 0 exactly m(c) times, sorted by code point.",
        ),
        solutions=(
            """
from collections import Counter
$other = Counter($word) - Counter($letters)
return "".join(sorted($other.elements()))
""",
            """
$left = list($letters)
$result = []
for $char in sorted($word):
    if $char in $left:
        $left.remove($char)
    else:
        $result.append($char)
return "".join($result)
""",
            """
$result = ""
for $char in sorted(set($word)):
    $count = $word.count($char) - $letters.count($char)
    $result += $char * max(0, $count)
return $result
""",
        ),
        reference=_missing,
        inputs=_rack,
        edges=(("", "abc"), ("a", ""), ("noon", "on"), ("tea", "ate"), ("été", "té")),
        idea="Compare how often each letter is needed with how often it is there; only a positive difference matters.",
        pitfall="Testing with `in` alone lets one tile serve for two letters.",
    ),
    Family(
        name="true_anagrams_among",
        concepts=("anagrams", "case_conversion", "filtering"),
        difficulty=2,
        names="true_anagrams find_anagrams rearrangements other_orders anagrams_among",
        arguments=(
            "word|first|target|original: str; a word",
            "candidates|others|words|list_of_words: list[str]; words to choose from",
        ),
        returns="list[str]",
        phrasings=(
            "Return those of $candidates that are anagrams of $word: the same letters equally often, in another order. Case is ignored, and a candidate that is the same word is none. Keep order, spelling and repeats.",
            "Given $word and $candidates, keep each candidate that can be made from $word by moving its letters around, but that is not $word itself. Both comparisons ignore upper and lower case; return the kept ones as they were written, in order.",
            "A game shows $word, and the players call out $candidates. A call scores if it uses exactly the letters of $word, all of them, and is a different word; capital letters make no difference. Which calls score? List them in order, repeated ones too.",
            "Two words are equal if their lower-case forms are, and anagrams if the sorted characters of their lower-case forms are equal while the words are not. Return all elements of $candidates that are anagrams of $word, in their order.",
        ),
        solutions=(
            """
wanted = sorted($word.lower())
$result = []
for $item in $candidates:
    if $item.lower() != $word.lower() and sorted($item.lower()) == wanted:
        $result.append($item)
return $result
""",
            """
from collections import Counter
lowered = $word.lower()
$groups = Counter(lowered)
return [$item for $item in $candidates if Counter($item.lower()) == $groups and $item.lower() != lowered]
""",
        ),
        reference=lambda word, candidates: [
            c
            for c in candidates
            if word.lower() != c.lower() and len(word) == len(c) and not _missing(word.lower(), c.lower())
        ],
        inputs=_jumbled,
        edges=(
            ("tea", []),
            ("Tea", ["eat", "TEA", "ATE", "teat", "te"]),
            ("", [""]),
            ("aab", ["abb", "aba", "ba"]),
        ),
        idea="Sorted letters are the same for all arrangements of a word, so one comparison decides.",
        pitfall="Sets of letters are equal for aab and abb, which are no anagrams.",
    ),
    Family(
        name="letters_to_exchange",
        concepts=("anagrams", "dictionaries", "early_return"),
        difficulty=3,
        names="letters_to_exchange changes_to_anagram letters_to_swap replacements_needed distance_to_anagram",
        arguments=("first|a|phrase|one: str; a phrase", "second|b|other_phrase|two: str; another phrase"),
        returns="int",
        phrasings=(
            "Return how many letters of $first have to be replaced by others so that it has the same letters as $second, in any order. Blanks and case do not count; if the numbers of characters without blanks differ, return -1.",
            "Given $first and $second, ignore blanks and the case of letters. If they then have different lengths, return -1; if not, return the smallest number of characters to replace in $first to make it an anagram of $second.",
            "For a puzzle, two phrases shall consist of the same letters. $first can be corrected letter by letter: how many corrections does it need to be an anagram of $second? Blanks are free, capitals equal small letters, and -1 means that the phrases are not equally long.",
            "Let A and B be the characters of $first and of $second in lower case without blanks. Return -1 if there are not equally many; otherwise return the number of characters of A that remain when every character of B is crossed out once in A, as far as it occurs there.",
        ),
        solutions=(
            """
$left = $first.lower().replace(" ", "")
$right = $second.lower().replace(" ", "")
if len($left) != len($right):
    return -1
return sum(max(0, $left.count($char) - $right.count($char)) for $char in set($left))
""",
            """
$groups = {}
$count = 0
for text, step in (($first, 1), ($second, -1)):
    for $char in text.lower():
        if $char != " ":
            $groups[$char] = $groups.get($char, 0) + step
if sum($groups.values()) != 0:
    return -1
return sum(abs($item) for $item in $groups.values()) // 2
""",
        ),
        reference=_letters_to_change,
        inputs=_two_phrases,
        edges=(("", ""), (" a", "A "), ("abc", "ab"), ("aabb", "abcc"), ("Tea pot", "top eat")),
        idea="What one side has too much of, the other has too little of: counting one direction is enough.",
        pitfall="Comparing the texts place by place answers another question; the order is free here.",
    ),
    Family(
        name="best_word_from_letters",
        concepts=("anagrams", "min_max", "accumulation"),
        difficulty=4,
        names="best_word highest_word choose_word winning_word play",
        arguments=(
            "letters|rack|tiles|hand: str; the letters of the player",
            "words|options|dictionary|choices: list[str]; words that are allowed",
        ),
        returns="str",
        phrasings=(
            "Return the word of $words with the most points among those that can be laid with $letters, each letter used at most once. points() gives the value of a word; of equal words the first wins, and without a possible word the answer is an empty string.",
            "Given the $letters of a player and the allowed $words, which word should be played? It must not need any letter more often than $letters has it, and its points() must be as high as possible; take the earliest in case of a tie. If nothing is possible, return an empty string.",
            'In a word game a player holds $letters. From $words, find the first of the most valuable words (as points() counts) that the player can lay with the letters at hand, and return it; return "" when the player has to pass.',
            'A word is possible if no character occurs in it more often than in $letters. Return the possible word of $words for which points(word) is greatest, the one that stands first in $words if several are; "" if no word is possible.',
        ),
        setup='''
VALUES = {"a": 1, "e": 1, "n": 1, "r": 1, "t": 1, "o": 2, "l": 2, "s": 2, "i": 2, "b": 3, "k": 4, "p": 4}


def points(w: str) -> int:
    """Add up the values of the letters; those not listed are worth 5."""
    return sum(VALUES.get(c, 5) for c in w)
''',
        solutions=(
            """
$best = ""
for $word in $words:
    possible = all($word.count($char) <= $letters.count($char) for $char in set($word))
    if possible and points($word) > points($best):
        $best = $word
return $best
""",
            """
from collections import Counter
$groups = Counter($letters)
possible = [$word for $word in $words if not Counter($word) - $groups]
return max(possible, key=points, default="")
""",
        ),
        reference=_best_word,
        inputs=_game,
        edges=(
            ("", ["a"]),
            ("ab", []),
            ("tea", ["ate", "eat", "at"]),
            ("kea", ["keek", "eke", "ea", "ke"]),
            ("zoo", ["zo", "ozo"]),
        ),
        idea="First ask which words are possible, then which of them is best; max with a key keeps the first of equals.",
        pitfall="A word that needs the same letter twice is not possible with one tile of it.",
    ),
)
