"""Families that count and look for characters and words in a text.

The tasks are what a first course on strings asks for: how many, how often, where, which is the longest. Ties,
case and the empty text are settled in every phrasing; nothing here builds a new text (see text_building).
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


def _lengths_of_runs(text: str, mark: str) -> int:
    length = 0
    while mark * (length + 1) in text:
        length += 1
    return length


def _inner_gap(text: str, mark: str, missing: int) -> int:
    found = re.search(re.escape(mark) + "(.*)" + re.escape(mark), text, re.DOTALL)
    return len(found[1]) if found else missing


def _most_frequent_letter(text: str, none: str) -> str:
    letters = re.sub(r"[\W\d_]", "", text.lower())
    ranked = sorted(sorted(letters), key=letters.count, reverse=True)
    return ranked[0] if ranked else none


def _kinds(text: str) -> dict[str, int]:
    patterns = {"letters": r"[^\W\d_]", "digits": r"\d", "blanks": r"\s"}
    found = {kind: len(re.findall(pattern, text)) for kind, pattern in patterns.items()}
    return found | {"other": len(text) - sum(found.values())}


def _neighbours(text: str, op: str) -> int:
    runs = len(list(groupby(text)))
    return len(text) - runs if op == "==" else max(runs - 1, 0)


def _extreme_word(text: str, which: str, tie: str) -> str:
    size = {"longest": -1, "shortest": 1}[which]
    place = {"first": 1, "last": -1}[tie]
    ranked = sorted((size * len(word), place * i, word) for i, word in enumerate(text.split()))
    return ranked[0][2] if ranked else ""


def _two_words_mixed(rng: random.Random, pool_size: int) -> tuple[str, str]:
    pool = rng.sample(draws.WORDS, pool_size)
    text = " ".join(rng.choices(pool, k=rng.randint(3, 7)))
    wanted = rng.choice(pool)
    return text.capitalize(), wanted.upper() if rng.random() < 0.3 else wanted


def _words_near(rng: random.Random, affix: str) -> str:
    fitting = [word for word in draws.WORDS if word.startswith(affix) or word.endswith(affix)]
    chosen = rng.choices(fitting, k=3) + rng.choices(draws.WORDS, k=3)
    return " ".join(rng.sample(chosen, 6)).capitalize()


def _text_and_character(rng: random.Random) -> tuple[str, str]:
    text = draws.sentence(rng, 2, 4)
    return text, rng.choice(text)


FAMILIES: tuple[Family, ...] = (
    Family(
        name="count_vowels",
        concepts=("counting", "strings", "for_loops"),
        difficulty=1,
        names="count_vowels vowel_count num_vowels how_many_vowels solve",
        arguments=("text|s|string|phrase: str; the text to look at",),
        returns="int",
        phrasings=(
            "Return the number of vowels (a, e, i, o, u) in $text. Upper and lower case both count.",
            "Count how many characters of $text are vowels, ignoring case.",
            "Go through $text and find how many of its letters are one of a, e, i, o or u, in either case.",
            "How often does a vowel occur in $text? Treat capital letters like small ones.",
        ),
        solutions=(
            """
$count = 0
for $char in $text:
    if $char.lower() in "aeiou":
        $count += 1
return $count
""",
            """
return sum(1 for $char in $text if $char in "aeiouAEIOU")
""",
            """
return len([$char for $char in $text.lower() if $char in "aeiou"])
""",
        ),
        reference=lambda text: sum(text.lower().count(vowel) for vowel in "aeiou"),
        inputs=lambda rng: (draws.sentence(rng, 1, 4),),
        edges=(("",), ("rhythm",), ("AEIOU",), ("Übung",)),
        idea="Look at every character once and add one each time it belongs to the small set of vowels.",
        pitfall="Without lowering the case first, the capital vowels of a sentence are missed.",
    ),
    Family(
        name="characters_repeated_at_least",
        concepts=("counting", "dictionaries", "strings"),
        difficulty=2,
        names="frequent_characters common_letters letters_at_least_$k repeated_chars find_frequent",
        arguments=("text|s|word|line: str; the text whose characters are counted",),
        returns="list[str]",
        phrasings=(
            "Return the characters that occur at least $k times in $text, in order of first appearance.",
            "List each character of $text whose number of occurrences is $k or more. Keep the order in which the characters first appear.",
            "Find all characters appearing $k or more times in the string $text, sorted by their first position.",
            "Which characters does $text contain $k times or more often? Answer with a list ordered by first occurrence.",
        ),
        solutions=(
            """
$groups = {}
for $char in $text:
    $groups[$char] = $groups.get($char, 0) + 1
return [$char for $char, $count in $groups.items() if $count >= $k]
""",
            """
$result = []
for $char in $text:
    if $text.count($char) >= $k and $char not in $result:
        $result.append($char)
return $result
""",
            """
from collections import Counter
$groups = Counter($text)
return [$char for $char in $groups if $groups[$char] >= $k]
""",
        ),
        reference=lambda text, k: [c for c in sorted(set(text), key=text.index) if len(text.split(c)) > k],
        parameters=lambda rng: {"k": rng.randint(2, 3)},
        inputs=lambda rng, k: (draws.word(rng) + draws.word(rng) + draws.word(rng),),
        edges=(("",), ("abc",), ("aaa",), ("été été",)),
        idea="Count every character in a dictionary first; dictionaries remember the order of insertion, so the answer is already sorted by first appearance.",
        pitfall="Appending inside the counting loop would list a character again each time it repeats.",
    ),
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
        name="most_frequent_letter",
        concepts=("counting", "min_max", "dictionaries"),
        difficulty=2,
        names="most_frequent_letter top_letter commonest_letter favourite_letter solve",
        arguments=("text|s|phrase|message: str; the text to look at",),
        returns="str",
        phrasings=(
            "Return the letter that occurs most often in $text, as a small letter. Case is ignored, and so is everything that is not a letter. Among equally frequent letters take the first in the alphabet; without any letter return $none.",
            "Find the most common letter of $text, counting capitals as small letters and skipping all other characters. A tie goes to the alphabetically smallest letter. If there are no letters, the answer is $none.",
            "Which letter is most frequent in $text when capitals are read as small letters? Only letters count; if several share the highest count, choose the one that comes first alphabetically, and give $none for a text without letters.",
            "Lower the case of $text, drop whatever is not a letter and answer with the letter left over most often (the earliest in the alphabet when tied, $none when nothing is left).",
        ),
        solutions=(
            """
$groups = {}
for $char in $text.lower():
    if $char.isalpha():
        $groups[$char] = $groups.get($char, 0) + 1
if not $groups:
    return $none
return min($groups, key=lambda $item: (-$groups[$item], $item))
""",
            """
$best = $none
$count = 0
for $char in sorted(set($text.lower())):
    if $char.isalpha() and $text.lower().count($char) > $count:
        $best = $char
        $count = $text.lower().count($char)
return $best
""",
            """
from collections import Counter
$groups = Counter(sorted($char for $char in $text.lower() if $char.isalpha()))
return $groups.most_common(1)[0][0] if $groups else $none
""",
        ),
        reference=_most_frequent_letter,
        parameters=lambda rng: {"none": rng.choice(("", "?", "-", "none"))},
        inputs=lambda rng, none: (draws.sentence(rng, 1, 3) + rng.choice(("", "!", "...", " 100")),),
        edges=(("",), ("2024!!",), ("bBaA",), ("zzz y",), ("éé e",)),
        idea="Count the letters, then choose by two criteria at once: the higher count first, the earlier letter second.",
        pitfall="max() over the counts alone returns whichever tied letter it meets first, not the first in the alphabet.",
    ),
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
        name="count_kinds_of_characters",
        concepts=("counting", "dictionaries", "conditionals"),
        difficulty=2,
        names="count_kinds kinds_of_characters character_kinds tally_characters f",
        arguments=("text|s|line|message: str; the text to look at",),
        returns="dict[str, int]",
        phrasings=(
            'Count the letters, the digits, the whitespace and all other characters of $text. Return a dictionary with the keys "letters", "digits", "blanks" and "other"; all four are always there.',
            'Return a dictionary that says how many characters of $text are "letters", "digits", "blanks" (any whitespace) or "other", including the kinds with count 0.',
            'Sort every character of $text into one of four kinds, "letters", "digits", "blanks" for whitespace and "other" for the rest, and return the number of characters per kind as a dictionary of four entries.',
            'What is $text made of? Answer with a dictionary of four counts under "letters", "digits", "blanks" (whitespace) and "other"; a kind that does not occur has the count 0.',
        ),
        solutions=(
            """
$groups = {"letters": 0, "digits": 0, "blanks": 0, "other": 0}
for $char in $text:
    if $char.isalpha():
        $groups["letters"] += 1
    elif $char.isdigit():
        $groups["digits"] += 1
    elif $char.isspace():
        $groups["blanks"] += 1
    else:
        $groups["other"] += 1
return $groups
""",
            """
$result = {
    "letters": sum($char.isalpha() for $char in $text),
    "digits": sum($char.isdigit() for $char in $text),
    "blanks": sum($char.isspace() for $char in $text),
}
$result["other"] = len($text) - sum($result.values())
return $result
""",
            """
tests = {"letters": str.isalpha, "digits": str.isdigit, "blanks": str.isspace}
$groups = dict.fromkeys([*tests, "other"], 0)
for $char in $text:
    $key = next(($item for $item, test in tests.items() if test($char)), "other")
    $groups[$key] += 1
return $groups
""",
        ),
        reference=_kinds,
        inputs=lambda rng: (
            draws.sentence(rng, 1, 3) + rng.choice(("", "!", " 7", ": 24 EUR.", " (1-3)", "?!")),
        ),
        edges=(("",), (" \t\n",), ("12345",), ("+-*/",), ("Öl 5%",)),
        idea="Each character passes through a chain of tests and lands in the first kind that fits; what fits nowhere is other.",
        pitfall="A dictionary filled only as characters turn up lacks the kinds that never occur.",
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
    Family(
        name="lead_of_one_character",
        concepts=("counting", "arithmetic", "string_methods"),
        difficulty=1,
        names="lead_of score balance difference_of_counts process",
        arguments=("text|s|votes|log: str; the text to look at",),
        returns="int",
        phrasings=(
            "Return how many times more $up than $down occurs in $text. The number is negative when $down occurs more often.",
            "Start a running number at 0, add 1 for every $up in $text and subtract 1 for every $down; other characters change nothing. Return the number reached at the end.",
            "By how much does the count of $up exceed the count of $down in $text? A negative result means that $down is ahead; equal counts give 0.",
            "Subtract the number of characters $down in $text from the number of characters $up and return the difference, which may be negative.",
        ),
        solutions=(
            """
return $text.count($up) - $text.count($down)
""",
            """
$total = 0
for $char in $text:
    if $char == $up:
        $total += 1
    elif $char == $down:
        $total -= 1
return $total
""",
            """
$groups = {$up: 1, $down: -1}
return sum($groups.get($char, 0) for $char in $text)
""",
        ),
        reference=lambda text, up, down: len(text.split(up)) - len(text.split(down)),
        parameters=lambda rng: dict(
            zip(("up", "down"), rng.choice(("()", "+-", "ud", "lr", "10", "yn", "AB")), strict=True)
        ),
        inputs=lambda rng, up, down: ("".join(rng.choices(up + down + " " + up, k=rng.randint(3, 10))),),
        edges=(("",), ("(((",), ("+-+-",), ("u",), ("))n--ddrr00BB",)),
        idea="Only the two counts matter, so count each of them and take the difference; walking through the text with one running number gives the same.",
    ),
    Family(
        name="first_character_with_count",
        concepts=("early_return", "counting", "dictionaries"),
        difficulty=2,
        names="first_with_count first_character pick_character find_first f",
        arguments=("text|s|string|letters: str; the text to look at",),
        returns="str",
        phrasings=(
            "Return the first character of $text that occurs exactly $k in the whole text, or $none if no character does.",
            "Find the earliest character in $text whose number of occurrences is exactly $k; without such a character return $none.",
            "Reading $text from the left, which is the first character that the text contains exactly $k? Answer $none when there is no such character. Case matters.",
            "Count every character of $text. Among those counted exactly $k, return the one that appears first, and $none if there are none.",
        ),
        solutions=(
            """
for $char in $text:
    if $text.count($char) == $n:
        return $char
return $none
""",
            """
$groups = {}
for $char in $text:
    $groups[$char] = $groups.get($char, 0) + 1
for $char, $count in $groups.items():
    if $count == $n:
        return $char
return $none
""",
            """
from collections import Counter
$groups = Counter($text)
return next(($char for $char in $text if $groups[$char] == $n), $none)
""",
        ),
        reference=lambda text, n, k, none: min(
            (c for c in set(text) if len(text.split(c)) == n + 1), key=text.index, default=none
        ),
        parameters=lambda rng: {
            **rng.choice(
                tuple({"n": n, "k": Raw(k)} for n, k in ((1, "once"), (2, "twice"), (3, "three times")))
            ),
            "none": rng.choice(("", "?", "-")),
        },
        inputs=lambda rng, **_: ("".join(rng.choices("abcdeir", k=rng.randint(6, 11))),),
        edges=(("",), ("a",), ("aabbb",), ("abcabc",), ("aAa",)),
        idea="Two passes: count everything first, then walk through the text again and stop at the first character with the right count.",
        pitfall="Deciding during the first pass is too early: the character may still turn up again.",
    ),
    Family(
        name="letters_in_both",
        concepts=("strings", "sets", "sorting"),
        difficulty=2,
        names="letters_in_both shared_letters common_letters both_have solve",
        arguments=("first|a|left_text|one: str; a text", "second|b|right_text|two: str; another text"),
        returns="str",
        phrasings=(
            "Return the letters that $first and $second have in common: each once, in small letters, joined in alphabetical order. Case is ignored and only letters count.",
            "Which letters occur both in $first and in $second, capital or small? Write them in lower case, sorted and without repeats, as one string.",
            "Build a string of all lower-case letters found in $first as well as in $second (ignoring case and everything that is not a letter), every letter once, from a to z.",
            "Compare two texts, $first and $second. The result is the sorted string of the different letters that both contain once they are turned into small letters; it is empty if they share none.",
        ),
        solutions=(
            """
$result = []
for $char in $first.lower():
    if $char.isalpha() and $char in $second.lower() and $char not in $result:
        $result.append($char)
return "".join(sorted($result))
""",
            """
$seen = set($first.lower()) & set($second.lower())
return "".join(sorted($char for $char in $seen if $char.isalpha()))
""",
            """
$left = {$char for $char in $first.lower() if $char.isalpha()}
return "".join(sorted($left.intersection($second.lower())))
""",
        ),
        reference=lambda first, second: "".join(
            char
            for char in map(chr, range(0x250))
            if char in first.lower() and char in second.lower() and char.isalpha() and char.islower()
        ),
        inputs=lambda rng: (draws.sentence(rng, 1, 2), draws.sentence(rng, 1, 2)),
        edges=(("", ""), ("abc", ""), ("ABC", "cab"), ("1 + 1", "1 - 1"), ("xyz", "abc"), ("Äpfel", "äh")),
        idea="What two collections share is the intersection of their sets; sorting and joining turns it into a definite text.",
        pitfall="Blanks and digits are characters too: they have to be filtered out.",
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
