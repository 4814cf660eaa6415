"""Families about the order of texts: what comes first, and where two texts part."""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Sequence

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw


def _natural(names: Sequence[str]) -> list[str]:
    split = [re.fullmatch(r"(.*?)(\d*)", name, re.DOTALL) for name in names]
    parts = [(m[1], int(m[2] or -1), i) for i, m in enumerate(split) if m]
    return [names[i] for *_, i in sorted(parts)]


def _differing(first: str, second: str) -> int:
    pairs = itertools.zip_longest(first.lower(), second.lower())
    return next(itertools.chain((i for i, (a, b) in enumerate(pairs) if a != b), (-1,)))


def _near_words(rng: random.Random) -> tuple[str, str]:
    word = draws.word(rng)
    i = rng.randint(0, len(word))
    return word, rng.choice((word.upper(), word[:i].capitalize(), word[:i] + "x" + word[i + 1 :], word + "s"))


def _shelf(titles: Sequence[str], article: str) -> list[str]:
    bare = [re.sub(rf"\A{article} ", "", title.lower()) for title in titles]
    return [titles[i] for i in sorted(range(len(titles)), key=lambda i: (bare[i], i))]


FAMILIES: tuple[Family, ...] = (
    Family(
        name="natural_order_of_files",
        concepts=("string_comparison", "sorting_with_key", "parsing"),
        difficulty=3,
        names="natural_order sort_files order_names sort_numbered sort_pages",
        arguments=("names|files|pages|labels: list[str]; names that may end in digits",),
        returns="list[str]",
        phrasings=(
            'Return $names sorted the way people expect: "page9" before "page10". Compare first what stands in front of the digits at the end, as text, and then the number that these digits form; a name without such digits comes before those with the same text and a number. Names that compare as equal keep their order.',
            "The file names in $names are each a text followed by an optional number. Sort them by the text (case matters, by code point) and, within the same text, by the value of the number. No number at the end counts as less than 0, and names equal in both keep their order.",
            "The camera writes img2, img10, img1. Put the names in $names, a list of such files, in order: by the part before the closing digits, then by those digits read as a whole number, missing digits first. img02 and img2 are equal and stay in the given order.",
            "Split every element of $names into a head and its longest run of decimal digits at the end. Return the elements as a new list in ascending order of (head, value), with value -1 if there are no digits at the end; the sort is stable.",
        ),
        solutions=(
            """
def natural($item):
    $left = $item.rstrip("0123456789")
    $right = $item[len($left):]
    return $left, int($right) if $right else -1

return sorted($names, key=natural)
""",
            """
import re
$groups = []
for $item in $names:
    $left = re.sub("[0-9]+$", "", $item)
    $groups.append(($left, int($item[len($left):] or -1), len($groups), $item))
return [$pair[-1] for $pair in sorted($groups)]
""",
        ),
        reference=_natural,
        inputs=lambda rng: (
            [
                rng.choice(("img", "page", "a")) + rng.choice(("", "2", "10", "9", "01", "33"))
                for _ in range(rng.randint(3, 6))
            ],
        ),
        edges=(
            ([],),
            (["x10", "x9"],),
            (["a01", "a1", "a001"],),
            (["b", "b0", "a5"],),
            (["7", "", "12"],),
            (["B2", "a1"],),
        ),
        idea="The key is a pair: a text that compares as text, and a number that compares as a number.",
        pitfall='Compared as texts, "10" comes before "9", because the first characters decide.',
    ),
    Family(
        name="first_difference_ignoring_case",
        concepts=("string_comparison", "searching", "enumerate_zip"),
        difficulty=2,
        names="first_difference where_they_differ diff_position first_mismatch compare",
        arguments=("first|a|old|one: str; a text", "second|b|new|two: str; the text to compare it with"),
        returns="int",
        phrasings=(
            "Return the first position at which $first and $second differ, ignoring upper and lower case, or -1 if they do not differ. If one text is the beginning of the other, the position is its length.",
            "At which index do $first and $second stop being the same? Compare in small letters from the left; where one of them has ended and the other goes on, that is the difference. Without any difference the answer is -1.",
            "A game tells how far a player who typed $second agrees with what was wanted, $first: it returns the index of the first character that is wrong, missing or too much, and -1 for a perfect match. Case is forgiven.",
            "Let n be the number of leading characters in which $first and $second agree when case is ignored. Return -1 if both texts consist of just these n characters, and n otherwise.",
        ),
        solutions=(
            """
for $i, ($left, $right) in enumerate(zip($first.lower(), $second.lower())):
    if $left != $right:
        return $i
if len($first) == len($second):
    return -1
return min(len($first), len($second))
""",
            """
$left, $right = $first.lower(), $second.lower()
if $left == $right:
    return -1
$i = 0
while $left[$i:$i + 1] == $right[$i:$i + 1]:
    $i += 1
return $i
""",
        ),
        reference=_differing,
        inputs=_near_words,
        edges=(
            ("", ""),
            ("", "a"),
            ("a", "A"),
            ("tea", "teapot"),
            ("teapot", "tea"),
            ("abc", "xbc"),
            ("abc", "abx"),
            ("É", "é"),
        ),
        idea="Either two characters differ at some place, or one text ends first, or there is no difference: three answers in this order.",
        pitfall="zip stops at the end of the shorter text, so a text that merely goes on longer looks equal.",
    ),
    Family(
        name="shelf_order_of_titles",
        concepts=("string_comparison", "sorting_with_key", "string_methods"),
        difficulty=2,
        names="shelf_order sort_titles library_order order_books sort_by_title",
        arguments=("titles|books|films|entries: list[str]; titles of books",),
        returns="list[str]",
        phrasings=(
            'Return $titles in alphabetical order without regard to case, where "$article " at the beginning of a title (also in another case) is skipped in comparing. Titles that compare as equal keep their order.',
            'Sort $titles as a library does: ignore upper and lower case, and pass over the article "$article" and its blank where a title begins with them. The titles themselves are returned unchanged; ties keep their order.',
            'On the shelf, "$article Zoo" stands under Z and "apple" before "Bread". Put $titles into the order of the shelf and return them in a new list; where two have the same place, the one that came first in $titles goes first.',
            'Sort $titles (stable, ascending) by their lower-case form from which a leading "$article" followed by one blank, in any case, is removed. Return the sorted list of the original titles.',
        ),
        solutions=(
            "return sorted($titles, key=lambda $item: $item.lower().removeprefix($start))",
            """
$result = []
for $i, $item in enumerate($titles):
    $key = $item.lower()
    if $key.startswith($start):
        $key = $key[len($start):]
    $result.append(($key, $i))
return [$titles[$i] for _, $i in sorted($result)]
""",
        ),
        reference=lambda titles, article, start: _shelf(titles, article.lower()),
        parameters=lambda rng: (lambda a: {"article": Raw(a), "start": f"{a.lower()} "})(
            rng.choice(("The", "A", "Das", "Le"))
        ),
        inputs=lambda rng, article, start: (
            [
                rng.choice((f"{article} ", f"{article.lower()} ", "", ""))
                + rng.choice((str.title, str.lower))(draws.word(rng))
                for _ in range(rng.randint(3, 5))
            ],
        ),
        edges=(
            ([],),
            (["The end"],),
            (["b", "A", "C"],),
            (["Le Thé", "The Lex", "Das A", "A Z"],),
            (["A", "The", "das"],),
            (["x", "X"],),
        ),
        idea="The key is what is compared, not what is returned: lower it and drop the article there.",
        pitfall="Changing the titles before sorting returns them without their articles.",
    ),
)
