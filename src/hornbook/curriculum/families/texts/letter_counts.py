"""Families about how often characters occur: which ones, which most often, how many of each kind.

Ties, case and the empty text are settled in every phrasing.
"""

from __future__ import annotations

import re

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw


def _most_frequent_letter(text: str, none: str) -> str:
    letters = re.sub(r"[\W\d_]", "", text.lower())
    ranked = sorted(sorted(letters), key=letters.count, reverse=True)
    return ranked[0] if ranked else none


def _kinds(text: str) -> dict[str, int]:
    patterns = {"letters": r"[^\W\d_]", "digits": r"\d", "blanks": r"\s"}
    found = {kind: len(re.findall(pattern, text)) for kind, pattern in patterns.items()}
    return found | {"other": len(text) - sum(found.values())}


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
)
