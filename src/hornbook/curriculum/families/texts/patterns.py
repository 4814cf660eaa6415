"""Families about regular expressions: finding what has a certain form."""

from __future__ import annotations

import fnmatch
import random
from typing import Any

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw

_SETS = {
    "vowels": "aeiou",
    "digits": "0123456789",
    "notes from a to g": "abcdefg",
    "signs + and -": "+-",
}


def _orders(rng: random.Random, k: int) -> str:
    def code() -> str:
        good = f"{rng.choice('ABQ')}{rng.choice('XYZ')}-{rng.randrange(10**k):0{k}}"
        return rng.choice((good, good, good.lower(), good[1:], good + "7", f"{good}.", draws.word(rng)))

    return " ".join(code() for _ in range(rng.randint(3, 4)))


def _is_code(word: str, k: int) -> bool:
    head, dash, tail = word[:2], word[2:3], word[3:]
    return (
        len(word) == 3 + k
        and all("A" <= c <= "Z" for c in head)
        and dash == "-"
        and all("0" <= c <= "9" for c in tail)
    )


def _post(rng: random.Random, mark: str) -> str:
    return " ".join(
        rng.choice((w, mark + w, mark + w + "2,", mark, mark + mark + w, f"({mark}{w})", w + mark + "x"))
        for w in draws.words(rng, 3, 5)
    )


def _tags(text: str, mark: str) -> list[str]:
    pieces = text.split(mark)[1:]
    names = ["".join(c if c.isalnum() or c == "_" else " " for c in piece + " ") for piece in pieces]
    return [name[: name.index(" ")] for name in names if name[0] != " "]


def _char_set(rng: random.Random) -> dict[str, Any]:
    says = rng.choice(tuple(_SETS))
    inside = {"vowels": "aeiou", "digits": "0-9", "notes from a to g": "a-g", "signs + and -": "+-"}[says]
    return {"chars": _SETS[says], "says": Raw(says), "inside": Raw(inside)}


def _longest_of(text: str, chars: str) -> str:
    runs = "".join(c if c in chars else " " for c in text).split()
    return sorted(runs, key=len, reverse=True)[0] if runs else ""


def _from_set(rng: random.Random, chars: str) -> str:
    return "".join(
        rng.choice((rng.choice(chars), rng.choice(chars), rng.choice("xyz")))
        for _ in range(rng.randint(5, 10))
    )


def _wild(rng: random.Random) -> tuple[str, str]:
    wanted = rng.random() < 0.5
    while True:
        text = draws.word(rng)
        i, j = sorted(rng.sample(range(len(text) + 1), 2))
        pattern = text[:i] + rng.choice(("*", "?" * (j - i), "?")) + text[j:]
        pattern = rng.choice((pattern, pattern + "*", "*" + pattern[1:], pattern[:-1]))
        if fnmatch.fnmatchcase(text, pattern) == wanted:
            return text, pattern


def _numbers_near(rng: random.Random, unit: str) -> str:
    def piece() -> str:
        n = rng.randint(1, 300)
        return rng.choice(
            (f"{n}{unit}", f"{n} {unit}", str(n), f"{unit} {n}", draws.word(rng), f"x{n}{unit}")
        )

    return " ".join(piece() for _ in range(rng.randint(3, 5)))


def _amounts(text: str, unit: str) -> int:
    total = 0
    for i in range(len(text)):
        if text.startswith(unit, i):
            before = text[:i].removesuffix(" ")
            digits = before[len(before.rstrip("0123456789")) :]
            total += int(digits or 0)
    return total


FAMILIES: tuple[Family, ...] = (
    Family(
        name="codes_of_given_form",
        concepts=("regular_expressions", "filtering", "character_classes"),
        difficulty=2,
        names="order_codes find_codes valid_codes pick_codes extract_codes",
        arguments=("text|mail|note|message: str; words separated by blanks",),
        returns="list[str]",
        phrasings=(
            "Return the words of $text that are order codes, in their order. A code consists of two capital letters from A to Z, a hyphen and exactly $k digits from 0 to 9, and nothing else.",
            "Given $text, split it at blanks and keep every word of the form AB-${zeros}: two of the letters A to Z, then -, then $k of the digits 0 to 9. A word with anything before or behind that is not kept.",
            "In the mails of a shop, orders have numbers like QX-${zeros} (two capital letters of English, a hyphen, $k decimal digits). List all words of $text, as separated by blanks, that have precisely this form, repeats included.",
            "Return a list of those blank-separated words of $text, from left to right, which match in full: A-Z, A-Z, a hyphen, and $k times 0-9. Letters and digits of other scripts do not match.",
        ),
        solutions=(
            """
import re
return [$word for $word in $text.split() if re.fullmatch("[A-Z]{2}-[0-9]{$k}", $word)]
""",
            """
from string import ascii_uppercase, digits
$result = []
for $word in $text.split():
    letters, dash, number = $word.partition("-")
    if not dash or len(letters) != 2 or len(number) != $k:
        continue
    if set(letters) <= set(ascii_uppercase) and set(number) <= set(digits):
        $result.append($word)
return $result
""",
        ),
        reference=lambda text, k, zeros: [word for word in text.split() if _is_code(word, k)],
        parameters=lambda rng: (lambda k: {"k": k, "zeros": Raw("0123456"[:k])})(rng.randint(3, 5)),
        inputs=lambda rng, k, **_: (_orders(rng, k),),
        edges=(
            ("",),
            ("AB-123 AB-1234 AB-12345",),
            ("AZ-000 A-9999 ABC-99999 ÄB-123 @B-0000 Z[-99999",),
            ("AB-12/ AB+1234 AB--1234",),
        ),
        idea="fullmatch demands that the whole word has the form, and {n} says how often a part is repeated.",
        pitfall="re.match would accept a word that only begins like a code.",
    ),
    Family(
        name="tagged_words",
        concepts=("regular_expressions", "character_classes", "string_slicing"),
        difficulty=3,
        names="tagged_words find_tags collect_tags read_tags tags_of",
        arguments=("text|post|comment|message: str; the text to search",),
        returns="list[str]",
        phrasings=(
            'Return the tags in $text: everywhere a "$mark" is followed directly by letters, digits or underscores, take as many of these as there are, without the "$mark". Keep order and repeats.',
            'Given $text, list what stands directly behind each "$mark", as far as it consists of letters, digits and underscores. A "$mark" with none of them behind it gives nothing, and what stands before the "$mark" does not matter.',
            'In a chat, users mark keywords with "$mark", as in "${mark}tea is better". A keyword ends at the first character that is neither a letter nor a digit nor "_". List the keywords of $text without their marks, in order of appearance.',
            'For every "$mark" in $text, from left to right, let w be the longest run of characters directly behind it that are letters, digits or "_". Return the list of all w that are not empty.',
        ),
        solutions=(
            r"""
import re
return re.findall(r"[$mark](\w+)", $text)
""",
            r"""
$result = []
for $item in $text.split("$mark")[1:]:
    $i = 0
    while $i < len($item) and ($item[$i].isalnum() or $item[$i] == "_"):
        $i += 1
    if $i:
        $result.append($item[:$i])
return $result
""",
        ),
        reference=_tags,
        parameters=lambda rng: {"mark": Raw(rng.choice("#@!%"))},
        inputs=lambda rng, mark: (_post(rng, mark),),
        edges=(
            ("",),
            ("#@!%",),
            ("#a#b @c@d !e!f %g%h",),
            ("a#b_1-c a@b_1-c a!b_1-c a%b_1-c",),
            ("#é @é !é %é",),
        ),
        idea="\\w stands for a letter, digit or underscore, + takes as many as there are, and the parentheses keep the mark out of the result.",
        pitfall="Splitting at blanks alone leaves commas and brackets on the words.",
    ),
    Family(
        name="longest_stretch_of_kind",
        concepts=("regular_expressions", "min_max", "accumulation"),
        difficulty=2,
        names="longest_stretch longest_group biggest_run longest_block longest_of_kind",
        arguments=("text|s|melody|code: str; the text to search",),
        returns="str",
        phrasings=(
            "Return the longest run of neighbouring characters in $text that are all among the $says. Of equally long runs take the first; if there is none, return an empty string.",
            "Given $text, find its longest part that consists only of the $says (small letters only, where letters are meant). The leftmost one wins a tie, and a text without any of them gives an empty string.",
            'A puzzle asks for the longest series made of nothing but the $says ("$chars" all in all) somewhere in $text. Return this series, the earliest of that length, or an empty text.',
            'Let S be the set of the characters "$chars". Return the first of the longest substrings of $text all of whose characters belong to S; "" if no character of $text does.',
        ),
        solutions=(
            """
import re
return max(re.findall("[$inside]+", $text), key=len, default="")
""",
            """
$best = $current = ""
for $char in $text:
    $current = $current + $char if $char in "$chars" else ""
    if len($current) > len($best):
        $best = $current
return $best
""",
            """
from itertools import groupby
$best = ""
for belongs, run in groupby($text, lambda $char: $char in "$chars"):
    $item = "".join(run)
    if belongs and len($item) > len($best):
        $best = $item
return $best
""",
        ),
        reference=lambda text, chars, says, inside: _longest_of(text, chars),
        parameters=lambda rng: (lambda p: p | {"chars": Raw(p["chars"])})(_char_set(rng)),
        inputs=lambda rng, chars, **_: (_from_set(rng, chars),),
        edges=(("",), ("a1+x",), ("a0+zeg9-bii77--",), ("AEIOU xyz",)),
        idea="findall lists all runs of the characters; max with key=len takes the first of the longest.",
        pitfall="Resetting the run only after looking at its length misses a run that goes on to the end of the text.",
    ),
    Family(
        name="fits_wildcards",
        concepts=("regular_expressions", "recursion", "string_slicing"),
        difficulty=5,
        names="fits_wildcards matches_mask wildcard_match name_matches fits_mask",
        arguments=(
            "text|file_name|word|entry: str; the text to test",
            "pattern|mask|filter_text|wildcards: str; what it should look like, made of letters, dots, ? and *",
        ),
        returns="bool",
        phrasings=(
            'Decide whether $text as a whole fits $pattern, in which "?" stands for exactly one character, "*" for any number of characters (also none), and every other character for itself.',
            'Given $text and $pattern, return True if all of $text can be covered by $pattern from left to right: "*" covers any stretch, even an empty one, "?" covers one character, and any other sign covers only itself. Case matters.',
            'A program lists the files that fit a mask: in "rep*.t?t" the star may be replaced by anything or nothing and the question mark by one character. Would a file called $text be listed for $pattern? Letters and dots must agree exactly.',
            'Return whether $text is in the language of $pattern: replacing each "*" of it by some string (possibly empty) and each "?" by some single character can give exactly $text. The pattern contains only letters, dots, "?" and "*".',
        ),
        solutions=(
            """
if not $pattern:
    return not $text
if $pattern[0] == "*":
    return $self($text, $pattern[1:]) or ($text != "" and $self($text[1:], $pattern))
if not $text or $pattern[0] not in ("?", $text[0]):
    return False
return $self($text[1:], $pattern[1:])
""",
            """
import re
parts = {"*": ".*", "?": "."}
expression = "".join(parts.get($char, re.escape($char)) for $char in $pattern)
return re.fullmatch(expression, $text, re.DOTALL) is not None
""",
            """
possible = {0}
for $char in $pattern:
    if $char == "*":
        possible = set(range(min(possible, default=len($text) + 1), len($text) + 1))
    else:
        possible = {$i + 1 for $i in possible if $i < len($text) and $char in ("?", $text[$i])}
return len($text) in possible
""",
        ),
        reference=lambda text, pattern: fnmatch.fnmatchcase(text, pattern),
        inputs=_wild,
        edges=(
            ("", ""),
            ("", "*"),
            ("a", ""),
            ("", "?"),
            ("ab", "a"),
            ("a.b", "a?b"),
            ("axb", "a.b"),
            ("abcab", "*ab"),
            ("aab", "*b*"),
            ("ab", "**"),
            ("abc", "a*b"),
        ),
        idea="A star either covers nothing or one character more and stays in the pattern: two smaller questions.",
        pitfall="A star that takes as much as it can at once may leave too little for the rest of the pattern.",
    ),
    Family(
        name="total_of_amounts",
        concepts=("regular_expressions", "accumulation", "parsing"),
        difficulty=3,
        names="total_amount sum_amounts add_amounts total_of_unit read_total",
        arguments=("text|list_text|recipe|bill: str; the text to search",),
        returns="int",
        phrasings=(
            'Add up the whole numbers in $text that are followed by "$unit", directly or after one blank. Only the digits 0 to 9 directly before it belong to a number, whatever stands in front of them; without such numbers the sum is 0.',
            'Given $text, find every "$unit" with digits right before it or with digits and a single blank before it, and return the sum of the numbers that these digits form. A "$unit" without a number, and a number without "$unit", count nothing.',
            'A bill lists, in running text, things like "3 $unit" and "12$unit". How much $unit is that altogether? Add the numbers that end directly before "$unit" or one blank before it; other numbers are not amounts. The answer may be 0.',
            'Sum int(d) over all runs d of decimal digits (0-9) in $text, taken as long as possible, after which "$unit" follows immediately or behind exactly one blank (U+0020). What precedes the run and what follows the unit does not matter. The result is an int.',
        ),
        solutions=(
            """
import re
return sum(map(int, re.findall("([0-9]+) ?$unit", $text)))
""",
            """
$total = 0
*$groups, _ = $text.split("$unit")
for $item in $groups:
    $item = $item.removesuffix(" ")
    $left = len($item)
    while $left > 0 and $item[$left - 1] in "0123456789":
        $left -= 1
    $total += int($item[$left:] or 0)
return $total
""",
        ),
        reference=_amounts,
        parameters=lambda rng: {"unit": Raw(rng.choice(("kg", "EUR", "min", "km", "ml")))},
        inputs=lambda rng, unit: (_numbers_near(rng, unit),),
        edges=(
            ("",),
            ("kg EUR min km ml",),
            ("10kg 9 EUR 007min -8km 1 2 ml",),
            ("5  kg 5  EUR 5  min 5  km 5  ml x3kg4EUR5min6km7mlx",),
        ),
        idea="The pattern names the number, an optional blank and the unit; the parentheses keep only the number.",
        pitfall="Reading only one digit before the unit turns 12 into 2.",
    ),
)
