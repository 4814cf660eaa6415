"""Families about tables that replace one character by another."""

from __future__ import annotations

import random
import string
from typing import Any

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family


def _exchange(rng: random.Random) -> dict[str, Any]:
    first, second = rng.choice((",.", ".,", "/-", "ab", "xy", "<>", "01"))
    return {"first": first, "second": second}


def _mirrored(text: str) -> str:
    partners = dict(zip("()[]{}<>/\\", ")(][}{><\\/", strict=True))
    result = ""
    for char in text:
        result = partners.get(char, char) + result
    return result


def _framed_word(rng: random.Random) -> str:
    opening, closing = rng.choice(("()", "[]", "<>", "/\\", "(]"))
    return draws.word(rng) + opening + rng.choice(("->", draws.word(rng))) + closing


def _phone(text: str) -> str:
    lengths = (3, 3, 3, 3, 3, 4, 3, 4)
    result = ""
    for char in text.lower():
        if char in string.ascii_lowercase:
            at = string.ascii_lowercase.index(char)
            key = next(i for i in range(8) if at < sum(lengths[: i + 1]))
            result += str(key + 2)
        elif char in string.digits:
            result += char
    return result


FAMILIES: tuple[Family, ...] = (
    Family(
        name="exchange_two_characters",
        concepts=("string_translation", "string_methods", "dictionaries"),
        difficulty=1,
        names="exchange swap_characters swap_signs trade_places convert_signs",
        arguments=("text|number|line|s: str; the text to rewrite",),
        returns="str",
        phrasings=(
            "Return $text with $first and $second exchanged: every $first becomes $second and every $second becomes $first. All other characters stay.",
            "Given $text, swap two characters throughout it. Where there is $first, write $second, and where there is $second, write $first.",
            "Two countries use the signs $first and $second the other way round. Translate the price list $text from one country to the other by exchanging these two signs everywhere.",
            "Produce a copy of $text in which each occurrence of $first is replaced by $second and, at the same time, each original occurrence of $second by $first. Characters other than these two are not changed.",
        ),
        solutions=(
            """
$groups = str.maketrans({$first: $second, $second: $first})
return $text.translate($groups)
""",
            """
$result = ""
for $char in $text:
    if $char == $first:
        $result += $second
    elif $char == $second:
        $result += $first
    else:
        $result += $char
return $result
""",
            "return $first.join($item.replace($first, $second) for $item in $text.split($second))",
        ),
        reference=lambda text, first, second: "".join(
            (first + second)[1 - (first + second).index(c)] if c in first + second else c for c in text
        ),
        parameters=_exchange,
        inputs=lambda rng, first, second: (
            "".join(rng.choices(f"12a{first}{first}{second}{second}", k=rng.randint(5, 9))),
        ),
        edges=(("",), ("1.234,50 / x-y <ab> 10",), ("é",)),
        idea="A table looks at each original character once, so nothing that was just written is replaced again.",
        pitfall="Two calls of replace turn both characters into the same one.",
    ),
    Family(
        name="mirror_writing",
        concepts=("string_translation", "string_slicing", "dictionaries"),
        difficulty=2,
        names="mirror_writing in_the_mirror flip_line reflect mirror_text",
        arguments=("text|line|arrow|drawing: str; the line to mirror",),
        returns="str",
        phrasings=(
            r"Return $text as a mirror shows it: in reversed order, with each of the signs ( ) [ ] { } < > / \ replaced by its counterpart, so that (a> becomes <a). Other characters keep their form.",
            r"Given $text, read it from the end to the start and turn round all brackets and slashes on the way: ( and ), [ and ], { and }, < and >, / and \ change into each other. Return what was read.",
            r"A game draws its figures with characters, for example /o> for a fish. When a figure turns round, $text, its line, is reversed, and (, [, {, <, / are exchanged with ), ], }, >, \. Return the line of the figure looking the other way.",
            r"The result has the length of $text. Its i-th character from the left is the i-th from the right of $text, or the partner of that one if it is among the pairs (), [], {}, <> and /\. Nothing else is mirrored.",
        ),
        solutions=(
            r"""
$groups = str.maketrans("()[]{}<>/\\", ")(][}{><\\/")
return $text.translate($groups)[::-1]
""",
            r"""
$left, $right = "([{</", ")]}>\\"
$result = []
for $char in reversed($text):
    if $char in $left:
        $char = $right[$left.index($char)]
    elif $char in $right:
        $char = $left[$right.index($char)]
    $result.append($char)
return "".join($result)
""",
        ),
        reference=_mirrored,
        inputs=lambda rng: (_framed_word(rng),),
        edges=(("",), ("a",), ("()[]{}<>/\\",), ("{x} é<",)),
        idea="Turning the order and turning the single characters do not disturb each other, so one table and one slice are enough.",
        pitfall="Reversing alone leaves every bracket open to the wrong side.",
    ),
    Family(
        name="letters_on_phone_keys",
        concepts=("string_translation", "character_classes", "dictionaries"),
        difficulty=2,
        names="phone_number keypad_digits dial letters_to_digits word_to_number",
        arguments=("text|name|slogan|words: str; letters, digits and other signs",),
        returns="str",
        phrasings=(
            "Return the digits to press for $text on a telephone. Letters, capital or small, are on the keys as KEYS says; digits stand for themselves, and all other characters are left out.",
            "Given $text, replace each letter by the digit of its key in KEYS (case does not matter), keep the digits 0 to 9 and drop everything else. Return the digits as a text.",
            'A pizza service advertises "CALL 2-PIZZA". Which digits does a customer dial for such a slogan, $text? KEYS lists the letters on each key; digits are dialled as they are, other signs not at all.',
            "Translate $text with the table KEYS, in which a digit is the key and its letters the value: letters a to z in either case give their digit, ASCII digits give themselves, any other character gives nothing. Return the concatenated digits.",
        ),
        setup="""
KEYS = {"2": "abc", "3": "def", "4": "ghi", "5": "jkl", "6": "mno", "7": "pqrs", "8": "tuv", "9": "wxyz"}
""",
        solutions=(
            """
digit_of = {$char: $key for $key, letters in KEYS.items() for $char in letters + $key} | {"0": "0", "1": "1"}
return "".join(digit_of.get($char, "") for $char in $text.lower())
""",
            """
$result = ""
for $char in $text.lower():
    if $char in "0123456789":
        $result += $char
    for $key, letters in KEYS.items():
        if $char in letters:
            $result += $key
return $result
""",
        ),
        reference=_phone,
        inputs=lambda rng: (rng.choice((f"{rng.randint(0, 9)}-", "")) + draws.sentence(rng, 1, 2).title(),),
        edges=(("",), ("+-é",), ("0123456789",), ("adgjmptw CFILOSVZ",)),
        idea="The table goes from key to letters; turned round into letter to key it answers with one look-up per character.",
        pitfall="Capital letters are not in the table: lower the text first.",
    ),
)
