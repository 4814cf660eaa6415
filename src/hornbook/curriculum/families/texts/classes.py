"""Families about kinds of characters."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw


def _plate(rng: random.Random) -> str:
    return "".join(rng.choice(("A", "bc", "7", "42", "-", " ", "Xy")) for _ in range(rng.randint(3, 6)))


def _shape(text: str, marks: str) -> str:
    for pattern, mark in (("[A-ZÄÖÜ]", "\0"), ("[a-zäöüß]", "\1"), ("[0-9]", "\2")):
        text = re.sub(pattern, mark, text)
    return text.replace("\0", marks[0]).replace("\1", marks[1]).replace("\2", marks[2])


def _entry(rng: random.Random) -> str:
    return rng.choice(
        (str(rng.randint(0, 999)), draws.word(rng), f"{draws.word(rng)}{rng.randint(0, 9)}", "", "x-1", "3.5")
    )


def _kind(text: str, names: Sequence[str]) -> str:
    patterns = ("[0-9]+", "[A-Za-zé]+", "[0-9A-Za-zé]+", ".*")
    return next(name for name, pattern in zip(names, patterns, strict=True) if re.fullmatch(pattern, text))


def _fitting(rng: random.Random) -> tuple[str, str]:
    picture = rng.choice(("AA-99", "99A", "A9 A9", "999/A"))
    text = "".join({"A": rng.choice("BKXZ"), "9": rng.choice("0379")}.get(char, char) for char in picture)
    spoilt = rng.choice((text.lower(), text[:-1], text + "1", text.replace("-", "+"), text[::-1]))
    return rng.choice((text, spoilt)), picture


def _fits(text: str, picture: str) -> bool:
    pattern = "".join({"A": "[A-Z]", "9": "[0-9]"}.get(char, re.escape(char)) for char in picture)
    return re.fullmatch(pattern, text) is not None


def _mixed_code(rng: random.Random) -> str:
    return "".join(
        rng.choice((draws.word(rng)[:3], str(rng.randint(0, 120)), "-")) for _ in range(rng.randint(2, 4))
    )


def _cut_by_kind(text: str) -> list[str]:
    return re.findall(r"[0-9]+|[^0-9]+", text)


FAMILIES: tuple[Family, ...] = (
    Family(
        name="shape_of_a_code",
        concepts=("character_classes", "conditionals", "string_building"),
        difficulty=1,
        names="shape_of pattern_of describe_shape code_shape sketch",
        arguments=("text|code|plate|label: str; the text to describe",),
        returns="str",
        phrasings=(
            'Return the shape of $text: every capital letter becomes "$up", every small letter "$low", every digit "$num", and all other characters stay as they are.',
            'Given $text, replace its characters by their kind: "$up" for a capital, "$low" for a small letter, "$num" for a digit. What belongs to none of the three is copied.',
            'A car park compares number plates by their pattern only. Turn $text, such a plate, into its pattern, with "$up" in the place of capital letters, "$low" for small letters and "$num" for digits; blanks and hyphens are kept.',
            'Map each character c of $text to "$up" if c.isupper(), to "$low" if c.islower(), to "$num" if c.isdigit(), and to itself otherwise; return the resulting string, which is as long as $text.',
        ),
        solutions=(
            """
$result = ""
for $char in $text:
    if $char.isupper():
        $result += "$up"
    elif $char.islower():
        $result += "$low"
    elif $char.isdigit():
        $result += "$num"
    else:
        $result += $char
return $result
""",
            """
def kind($char):
    if $char.isdigit():
        return "$num"
    if $char.isalpha():
        return "$up" if $char == $char.upper() else "$low"
    return $char

return "".join(map(kind, $text))
""",
        ),
        reference=lambda text, up, low, num: _shape(text, up + low + num),
        parameters=lambda rng: dict(
            zip(("up", "low", "num"), map(Raw, rng.choice(("Aa9", "Xx0", "Lln", "Ua#"))), strict=True)
        ),
        inputs=lambda rng, **_: (_plate(rng),),
        edges=(("",), ("+-.",), ("ÄöB 01z",)),
        idea="Every character belongs to one kind, so a chain of questions decides what to write for it.",
        pitfall="Replacing kind after kind in the whole text may replace letters that were only just written.",
    ),
    Family(
        name="kinds_of_entries",
        concepts=("character_classes", "conditionals", "mapping"),
        difficulty=2,
        names="classify_entries kinds_of entry_kinds sort_out label_entries",
        arguments=("entries|fields|cells|answers: list[str]; what people typed",),
        returns="list[str]",
        phrasings=(
            'For each text in $entries return its kind: "$num" if it consists of digits, "$word" if it consists of letters, "$code" if it consists of letters and digits, and "$rest" for everything else, the empty text included.',
            'Given $entries, answer with a list of kinds in the same order. Only digits make a "$num", only letters a "$word", a mixture of both a "$code"; any other character, or no character at all, makes it "$rest".',
            'A form is checked before it is stored. Say of every answer in $entries whether it is made of digits ("$num"), of letters ("$word"), of both ("$code"), or whether it is empty or has something else in it ("$rest").',
            'Map every s in $entries to "$num" when s.isdigit(), else to "$word" when s.isalpha(), else to "$code" when s.isalnum(), else to "$rest", and return the list of results. The empty string falls under "$rest".',
        ),
        solutions=(
            """
$result = []
for $item in $entries:
    if $item.isdigit():
        $result.append("$num")
    elif $item.isalpha():
        $result.append("$word")
    else:
        $result.append("$code" if $item.isalnum() else "$rest")
return $result
""",
            """
def kind($item):
    tests = {"$num": str.isdigit, "$word": str.isalpha, "$code": str.isalnum}
    for $key, passes in tests.items():
        if passes($item):
            return $key
    return "$rest"

return [kind($item) for $item in $entries]
""",
        ),
        reference=lambda entries, **kinds: [_kind(entry, tuple(kinds.values())) for entry in entries],
        parameters=lambda rng: dict(
            zip(
                ("num", "word", "code", "rest"),
                map(
                    Raw,
                    rng.choice(
                        (
                            ("number", "word", "code", "other"),
                            ("N", "W", "C", "?"),
                            ("digits", "letters", "both", "none"),
                        )
                    ),
                ),
                strict=True,
            )
        ),
        inputs=lambda rng, **_: ([_entry(rng) for _ in range(rng.randint(3, 5))],),
        edges=(([],), ([""],), (["12", "ab", "a1", "a 1"],), (["-5", "é", "é2"],)),
        idea="The tests go from narrow to wide: what is only digits would also pass the last one.",
        pitfall="Asking isalnum first calls every number and every word a code.",
    ),
    Family(
        name="text_fits_picture",
        concepts=("character_classes", "validation", "enumerate_zip"),
        difficulty=3,
        names="fits_picture matches_shape has_form check_format valid_code",
        arguments=(
            "text|code|number|entry: str; the text to check",
            "picture|form|pattern|mask: str; what it has to look like",
        ),
        returns="bool",
        phrasings=(
            'Decide whether $text looks like $picture. In $picture an "A" stands for any capital letter from A to Z, a "9" for any digit from 0 to 9, and every other character for itself; both must be equally long.',
            'Given $text and $picture, return True if they have the same length and agree at each place: where $picture has "A", $text has one of the letters A to Z; where it has "9", a digit 0 to 9; anywhere else the same character.',
            'The numbers of library cards have a form such as "AA-999": capital letters (A to Z) for A, digits (0 to 9) for 9, all other signs exactly as shown. Does $text, such a number, look like $picture?',
            'Return True exactly if len($text) == len($picture) and for every position the character of $text is an ASCII capital letter (where $picture has "A"), an ASCII digit (where it has "9") or identical to that of $picture (elsewhere). Two empty texts fit.',
        ),
        solutions=(
            """
from string import ascii_uppercase, digits
if len($text) != len($picture):
    return False
kinds = {"A": ascii_uppercase, "9": digits}
for $char, wanted in zip($text, $picture):
    if $char not in kinds.get(wanted, wanted):
        return False
return True
""",
            """
def kind($char):
    if "A" <= $char <= "Z":
        return "A"
    return "9" if "0" <= $char <= "9" else ""

same_length = len($text) == len($picture)
return same_length and all(wanted == $char and wanted not in "A9" or wanted == kind($char) for $char, wanted in zip($text, $picture))
""",
        ),
        reference=_fits,
        inputs=_fitting,
        edges=(
            ("", ""),
            ("A9", "A"),
            ("Z0A9", "A9A9"),
            ("É-٣", "A-9"),
            ("@", "A"),
            ("[", "A"),
            (":", "9"),
            ("/", "9"),
        ),
        idea="Each sign of the picture names the set of characters allowed at its place.",
        pitfall="isdigit and isupper also accept digits and capitals of other scripts.",
    ),
    Family(
        name="letters_and_digits_apart",
        concepts=("character_classes", "list_building", "booleans"),
        difficulty=2,
        names="split_digits cut_by_kind separate_numbers split_code take_apart",
        arguments=("text|code|label|room: str; the text to cut",),
        returns="list[str]",
        phrasings=(
            "Cut $text wherever a digit and a character that is no digit stand next to each other, and return the pieces in order. An empty text has no pieces.",
            'Given $text, list its maximal runs of digits and of other characters from left to right, as in ["ab", "12", "-"] for "ab12-". Joined together, the pieces give $text again.',
            "The labels on seeds in a garden shop are words and numbers written without blanks. Take $text apart: every number (all digits in a row) and everything between numbers is a piece of its own. Return the pieces as texts.",
            'Return the list of pieces into which $text falls when it is split between any two neighbouring characters of which exactly one is a decimal digit (0 to 9). For "" return an empty list.',
        ),
        solutions=(
            """
$result = []
for $char in $text:
    if $result and $char.isdigit() == $result[-1].isdigit():
        $result[-1] += $char
    else:
        $result.append($char)
return $result
""",
            """
from itertools import groupby
return ["".join(run) for _, run in groupby($text, key=str.isdigit)]
""",
            """
$result = []
$left = 0
for $i in range(1, len($text) + 1):
    if $i == len($text) or $text[$i].isdigit() != $text[$left].isdigit():
        $result.append($text[$left:$i])
        $left = $i
return $result
""",
        ),
        reference=_cut_by_kind,
        inputs=lambda rng: (_mixed_code(rng),),
        edges=(("",), ("7",), ("a",), ("007-é",), ("ab",)),
        idea="A piece goes on as long as the answer to one question, digit or not, stays the same.",
        pitfall="The first character has no piece before it to be compared with.",
    ),
)
