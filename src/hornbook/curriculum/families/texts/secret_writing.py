"""Families about secret writing: letters shifted, mirrored or moved by a key, and signals."""

from __future__ import annotations

import random
import re
from typing import Any

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_CODES = (
    ".-",
    "-...",
    "-.-.",
    "-..",
    "..-.",
    "--.",
    "....",
    "..",
    ".---",
    "-.-",
    "--",
    "-.",
    "---",
    "...",
    "-",
)


def _shift(rng: random.Random) -> dict[str, Any]:
    k = rng.randint(2, 12)
    if rng.random() < 0.5:
        return {
            "k": k,
            "shift": k,
            "step": Raw(f"+ {k}"),
            "says": Raw("forward"),
            "wrap": Raw("after z comes a"),
        }
    return {"k": k, "shift": -k, "step": Raw(f"- {k}"), "says": Raw("back"), "wrap": Raw("before a comes z")}


def _shifted(text: str, shift: int) -> str:
    ring = _LETTERS * 3
    return "".join(
        ring[26 + ring.index(c) + shift]
        if c in _LETTERS
        else ring[26 + ring.index(c.lower()) + shift].upper()
        if c.lower() in _LETTERS
        else c
        for c in text
    )


def _keyed(text: str, key: str, sign: int) -> str:
    keys = key * len(text)
    return "".join(
        _LETTERS[(_LETTERS.index(c) + sign * _LETTERS.index(k)) % 26] if c in _LETTERS else c
        for c, k in zip(text, keys, strict=False)
    )


def _signals(rng: random.Random, codes: dict[str, str]) -> str:
    return " ".join(rng.choices([*codes, "...---"], weights=[3] * len(codes) + [1], k=rng.randint(2, 6)))


FAMILIES: tuple[Family, ...] = (
    Family(
        name="shift_letters",
        concepts=("ciphers", "string_building", "arithmetic"),
        difficulty=3,
        names="shift_letters shift_text rotate_letters move_letters transform",
        arguments=("text|message|s|phrase: str; the text to change",),
        returns="str",
        phrasings=(
            "Move every letter a-z and A-Z of $text $k places $says in the alphabet; $wrap. Case is kept, and all other characters stay as they are.",
            "Return $text with each English letter replaced by the one $k places further $says in the alphabet, where $wrap. Capitals stay capitals; whatever is not a letter from a to z does not change.",
            "Encode $text by shifting: a letter becomes the letter that stands $k positions $says in the alphabet (think of it as a ring: $wrap), small for small and capital for capital. Digits, blanks and signs are copied.",
            "Write $text in a secret alphabet that is shifted $k letters $says, so that $wrap; this holds for small and for capital letters alike, and characters outside a-z and A-Z are not encoded.",
        ),
        solutions=(
            """
$result = ""
for $char in $text:
    if "a" <= $char <= "z":
        $result += chr((ord($char) - ord("a") $step) % 26 + ord("a"))
    elif "A" <= $char <= "Z":
        $result += chr((ord($char) - ord("A") $step) % 26 + ord("A"))
    else:
        $result += $char
return $result
""",
            """
small = "abcdefghijklmnopqrstuvwxyz"
$other = small[$shift:] + small[:$shift]
return $text.translate(str.maketrans(small + small.upper(), $other + $other.upper()))
""",
            """
from string import ascii_lowercase, ascii_uppercase
$groups = {}
for letters in (ascii_lowercase, ascii_uppercase):
    for $i, $char in enumerate(letters):
        $groups[$char] = letters[($i $step) % 26]
return "".join($groups.get($char, $char) for $char in $text)
""",
        ),
        reference=lambda text, shift, **_: _shifted(text, shift),
        parameters=_shift,
        inputs=lambda rng, **_: (draws.sentence(rng, 1, 3) + rng.choice(("", "!", " 42", "?")),),
        edges=(("",), ("a z A Z",), ("2024-05!",), ("xyz ABC",), ("é",)),
        idea="Number the letters from 0 to 25; the remainder of the division by 26 closes the alphabet to a ring, in both directions.",
        pitfall="Adding to ord() without the remainder runs past z into brackets and other signs.",
    ),
    Family(
        name="mirror_within_alphabet",
        concepts=("ciphers", "mapping", "strings"),
        difficulty=2,
        names="mirror_letters mirror_text swap_ends reflect transform",
        arguments=("text|message|s|line: str; the text to change",),
        returns="str",
        phrasings=(
            'In $text, exchange the characters of "$alphabet" as in a mirror: the first one for the last one and vice versa, the second for the last but one, and so on. Other characters stay.',
            'Replace each character of $text that occurs in "$alphabet" by the character equally far from the other end of "$alphabet". Keep all characters that are not in it.',
            'Encode $text with the reversed alphabet: what stands at some position in "$alphabet" is replaced by what stands at that position when "$alphabet" is written backwards; what is not in it is copied unchanged.',
            'Take "$alphabet" as the alphabet, in which the n-th character from the front and the n-th from the back are partners. Return $text with every such character turned into its partner and everything else left alone.',
        ),
        solutions=(
            """
letters = "$alphabet"
$result = ""
for $char in $text:
    if $char in letters:
        $result += letters[len(letters) - 1 - letters.index($char)]
    else:
        $result += $char
return $result
""",
            """
letters = "$alphabet"
return $text.translate(str.maketrans(letters, letters[::-1]))
""",
            """
$groups = dict(zip("$alphabet", reversed("$alphabet")))
return "".join($groups.get($char, $char) for $char in $text)
""",
            """
letters = "$alphabet"
return "".join(letters[-1 - letters.find($char)] if $char in letters else $char for $char in $text)
""",
        ),
        reference=lambda text, alphabet: "".join(
            next((b for a, b in zip(alphabet, alphabet[::-1], strict=True) if a == c), c) for c in text
        ),
        parameters=lambda rng: {
            "alphabet": Raw(rng.choice((_LETTERS, "0123456789", "aeiou", "abcdefgh", "etaoinsr", "aeionrst")))
        },
        inputs=lambda rng, alphabet: (f"{draws.sentence(rng, 1, 2)} {rng.randint(10, 999)}",),
        edges=(("",), ("a",), ("CAPITALS",), ("zebra 0189",), ("ÄÖ .!",)),
        idea="Position i from the front and position i from the back are partners: in Python, the indexes i and -1 - i.",
        pitfall="Replacing one character after the other with replace() changes some of them back again; look each one up just once.",
    ),
    Family(
        name="shift_by_key",
        concepts=("ciphers", "enumerate_zip", "arithmetic"),
        difficulty=4,
        names="shift_by_key keyed_shift apply_key keyword_cipher solve",
        arguments=(
            "text|message|s|phrase: str; the text to change",
            "secret|keyword|password|code: str; one or more letters a-z",
        ),
        returns="str",
        phrasings=(
            "Shift the letters a-z of $text $says by the letters of $secret, where a means 0 places, b means 1 and so on; the alphabet is a ring. $secret is repeated so that each character of $text has its own letter; characters other than a-z stay as they are but use up a letter of $secret, too.",
            "Write $secret again and again below $text, one letter per character. Each letter a-z of $text moves $says in the alphabet (a ring) by the number of the letter below it, counting a as 0, b as 1, ..., z as 25. All other characters are kept.",
            "Return $text with every letter from a to z moved $says, cyclically, by as many places as the letter of $secret at the same position says (a: 0 places, z: 25 places). When $secret is at its end it starts anew; it advances at each character, also at those that are copied because they are no small letters.",
            "The position of a character in $text, modulo the length of $secret, picks a letter of $secret, and the place of that letter in the alphabet (a is 0) says how far a small letter of $text is to be moved $says, going around the end of the alphabet if necessary. Leave everything but a-z unmoved.",
        ),
        solutions=(
            """
$result = ""
for $i, $char in enumerate($text):
    if "a" <= $char <= "z":
        places = ord($secret[$i % len($secret)]) - ord("a")
        $result += chr((ord($char) - ord("a") $sign places) % 26 + ord("a"))
    else:
        $result += $char
return $result
""",
            """
from itertools import cycle
letters = "abcdefghijklmnopqrstuvwxyz"
$result = []
for $char, $key in zip($text, cycle($secret)):
    if $char in letters:
        $char = letters[(letters.index($char) $sign letters.index($key)) % 26]
    $result.append($char)
return "".join($result)
""",
            """
from string import ascii_lowercase

def move($char: str, $key: str) -> str:
    $i = ascii_lowercase.find($char)
    return $char if $i < 0 else ascii_lowercase[($i $sign ascii_lowercase.find($key)) % 26]

return "".join(move($char, $secret[$i % len($secret)]) for $i, $char in enumerate($text))
""",
        ),
        reference=lambda text, secret, sign, says: _keyed(text, secret, 1 if sign == "+" else -1),
        parameters=lambda rng: rng.choice(
            ({"sign": Raw("+"), "says": Raw("forward")}, {"sign": Raw("-"), "says": Raw("backward")})
        ),
        inputs=lambda rng, **_: (" ".join(draws.words(rng, 1, 3)), draws.word(rng)),
        edges=(("", "a"), ("tea time", "a"), ("zzz", "b"), ("a", "longer"), ("Big A, small b!", "key")),
        idea="Every position has its own shift; the remainder of the position by the length of the key, or cycle(), repeats the key as often as needed.",
        pitfall="Building a longer key by multiplication must not stop short of the text, or zip() cuts the text off.",
    ),
    Family(
        name="decode_signals",
        concepts=("parsing", "dictionaries", "mapping"),
        difficulty=2,
        names="decode_signals decode read_signals signals_to_text f",
        arguments=("text|message|signals|code: str; codes separated by blanks",),
        returns="str",
        phrasings=(
            "Decode $text, a series of codes separated by blanks, with the table $codes. Write one letter per code, without blanks, and $unknown for a code that the table lacks.",
            "Return the text that the blank-separated codes in $text stand for, according to $codes; every unknown code becomes $unknown.",
            "Split $text at the blanks and look up each piece in $codes. Put the letters found together in order, with $unknown in place of the pieces that are not there.",
            "Codes with blanks between them came in as $text, and the key is $codes. What do they say? Where a code has no meaning put $unknown; no codes give an empty text.",
        ),
        solutions=(
            """
$groups = $codes
$result = ""
for $word in $text.split():
    if $word in $groups:
        $result += $groups[$word]
    else:
        $result += $unknown
return $result
""",
            """
$groups = $codes
return "".join($groups.get($word, $unknown) for $word in $text.split())
""",
            """
$groups = $codes
$result = []
for $word in $text.split():
    try:
        $result.append($groups[$word])
    except KeyError:
        $result.append($unknown)
return "".join($result)
""",
        ),
        reference=lambda text, codes, unknown: "".join(
            (*[letter for code, letter in codes.items() if code == piece], unknown)[0]
            for piece in re.findall(r"\S+", text)
        ),
        parameters=lambda rng: {
            "codes": dict(
                zip(rng.sample(_CODES, n := rng.randint(3, 5)), rng.sample("aeinrstmo", n), strict=True)
            ),
            "unknown": rng.choice(("?", "_", "*", "#")),
        },
        inputs=lambda rng, codes, unknown: (_signals(rng, codes),),
        edges=(("",), ("   ",), ("abc",), (".- -... ... ---",), ("-------- .-.-.-.-",)),
        idea="The table is a dictionary, and get() with a second argument answers for the codes that are not in it.",
        pitfall="Looking a missing code up with square brackets raises a KeyError.",
    ),
)
