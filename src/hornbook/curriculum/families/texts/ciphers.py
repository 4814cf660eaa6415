"""Families about ciphers that shift letters along the alphabet."""

from __future__ import annotations

import random
import re
from string import ascii_lowercase as _ABC

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw


def _moved(text: str, k: int) -> str:
    ring = _ABC[k % 26 :] + _ABC[: k % 26]
    return text.translate(str.maketrans(_ABC, ring))


def _growing(text: str, k: int) -> str:
    return "".join(_moved(char, k * i) for i, char in enumerate(text))


def _both_kinds(text: str, k: int) -> str:
    digits = "0123456789" * 4
    return "".join(digits[int(c) + k] if c in digits else _moved(c, k) for c in text)


def _crib(rng: random.Random) -> tuple[str, str]:
    words = draws.words(rng, 2, 3)
    word = rng.choice((rng.choice(words), rng.choice(words), draws.word(rng)))
    return _moved(" ".join(words), rng.randint(0, 25)), word


def _key_for(text: str, word: str) -> int:
    return next((k for k in range(26) if _moved(word, k) in text), -1)


def _frequent(rng: random.Random) -> str:
    text = "".join(rng.choices("eeeeatns ", k=rng.randint(6, 10)))
    return _moved(text + "e", rng.randint(0, 25))


def _likely_key(text: str, common: str) -> int:
    letters = re.sub("[^a-z]", "", text)
    most = max(_ABC, key=lambda c: (letters.count(c), -ord(c)))
    return next(k for k in range(26) if _moved(common, k) == most) if letters else -1


FAMILIES: tuple[Family, ...] = (
    Family(
        name="shift_that_grows",
        concepts=("caesar_cipher", "enumerate_zip", "string_building"),
        difficulty=3,
        names="growing_shift progressive_cipher encrypt shift_by_position encode_message",
        arguments=("text|message|plain|note: str; the text to encrypt",),
        returns="str",
        phrasings=(
            "Encrypt $text: the character at position i (from 0) is moved $k * i places along the alphabet if it is a small letter from a to z; after z comes a. All other characters stay, but their positions count.",
            "Given $text, move its small letters (a-z) forwards in the alphabet, starting again at a behind z: the one at index 0 not at all, and in general the one at index i by $k times i places. Whatever else stands in the text is copied.",
            "Two friends find a fixed shift too easy to guess. In their messages the shift is 0 for the first character and grows by $k with every further one, blanks and signs included, although only letters from a to z are moved (in a circle). What do they write for $text?",
            "Return the string whose i-th character is chr((ord(c) - 97 + $k * i) % 26 + 97) if c, the i-th character of $text, is one of a to z, and c itself otherwise. Indices start at 0.",
        ),
        solutions=(
            """
$result = ""
shift = 0
for $char in $text:
    if "a" <= $char <= "z":
        $result += chr((ord($char) - ord("a") + shift) % 26 + ord("a"))
    else:
        $result += $char
    shift += $k
return $result
""",
            """
from string import ascii_lowercase
$result = []
for $i, $char in enumerate($text):
    place = ascii_lowercase.find($char)
    $result.append($char if place < 0 else ascii_lowercase[(place + $k * $i) % 26])
return "".join($result)
""",
        ),
        reference=_growing,
        parameters=lambda rng: {"k": rng.randint(1, 5)},
        inputs=lambda rng, k: (draws.sentence(rng, 1, 2),),
        edges=(("",), ("z",), ("zzzzzzz",), ("A1 ayz{`",)),
        idea="The shift depends on the position, so the loop has to know the position of every character, moved or not.",
        pitfall="Letting the shift grow only at letters gives another cipher.",
    ),
    Family(
        name="shift_letters_and_digits",
        concepts=("caesar_cipher", "conditionals", "character_classes"),
        difficulty=2,
        names="shift_both encrypt_code rotate_characters scramble_code encode",
        arguments=("text|code|plate|password: str; the text to encrypt",),
        returns="str",
        phrasings=(
            "Move every small letter of $text $k places along the alphabet (after z comes a) and every digit $k places along 0 to 9 (after 9 comes 0). Other characters stay as they are.",
            "Given $text, replace each letter a-z by the one $k places later and each digit 0-9 by the one $k later. Both rows are circles, and all other characters are copied.",
            "A garage keeps the codes of its doors in a disguised form: letters from a to z and digits are moved on by $k, each within its own circle of 26 letters or 10 digits. Signs and capitals remain. How is $text written down?",
            "For every character c of $text: if c is one of a to z, take the letter at (index of c + $k) % 26 in the alphabet; if c is one of 0 to 9, take the digit (c + $k) % 10; otherwise take c. Return these as a string.",
        ),
        solutions=(
            """
from string import ascii_lowercase, digits
$result = []
for $char in $text:
    for row in (ascii_lowercase, digits):
        if $char in row:
            $char = row[(row.index($char) + $k) % len(row)]
            break
    $result.append($char)
return "".join($result)
""",
            """
from string import ascii_lowercase, digits
rows = (ascii_lowercase, digits)
turned = [row[$k % len(row):] + row[:$k % len(row)] for row in rows]
return $text.translate(str.maketrans("".join(rows), "".join(turned)))
""",
        ),
        reference=_both_kinds,
        parameters=lambda rng: {"k": rng.randint(3, 25)},
        inputs=lambda rng, k: (draws.word(rng) + rng.choice(("-", " ", "")) + str(rng.randint(10, 9999)),),
        edges=(("",), ("az09",), ("AZ é{`/:",), ("xyz 789",)),
        idea="Each kind of character has a first element and a size of its own; the rest of the rule is the same.",
        pitfall="Testing with isalpha lets é through, for which the formula gives nonsense.",
    ),
    Family(
        name="key_from_known_word",
        concepts=("caesar_cipher", "searching", "substrings"),
        difficulty=3,
        names="find_key break_cipher crack key_from_word guess_shift",
        arguments=(
            "text|secret|encrypted|message: str; an encrypted text",
            "word|known|crib|clue: str; a word of small letters, not empty",
        ),
        returns="int",
        phrasings=(
            "Return the smallest shift k from 0 to 25 for which $text contains $word moved by k, as moved() does it, or -1 if there is none.",
            "In $text, a message was encrypted by moving its letters by a fixed number of places. It is known to contain $word somewhere. Which number was it? Use moved() to try 0, 1, ..., 25 and return the first that fits; -1 stands for none.",
            "Spies often know a word that must occur in a message, such as the name of a town. From $text, an encrypted message, and a word expected in it, $word, find the key: the least number of places from 0 to 25 by which moved() turns the word into some part of the message. If no key fits, answer -1.",
            "Let K be the set of all k in range(26) with moved($word, k) occurring in $text as a substring. Return min(K), or -1 if K is empty. Only small letters are moved by moved().",
        ),
        setup='''
def moved(s: str, k: int) -> str:
    """Move the small letters of s by k places; after z comes a."""
    return "".join(chr((ord(c) - 97 + k) % 26 + 97) if "a" <= c <= "z" else c for c in s)
''',
        solutions=(
            """
for $i in range(26):
    if moved($word, $i) in $text:
        return $i
return -1
""",
            """
possible = [$i for $i in range(26) if $word in moved($text, -$i)]
return min(possible, default=-1)
""",
        ),
        reference=_key_for,
        inputs=_crib,
        edges=(("", "a"), ("abc", "a"), ("zab", "abc"), ("b a", "a"), ("xyz", "yza"), ("abc", "ca")),
        idea="There are only 26 keys, so all of them can be tried.",
        pitfall="Moving the message the same way as the word compares two texts that are both encrypted; one has to move back.",
    ),
    Family(
        name="key_from_frequent_letter",
        concepts=("caesar_cipher", "counting", "min_max"),
        difficulty=4,
        names="likely_key guess_key key_by_frequency frequency_attack estimate_shift",
        arguments=("text|secret|encrypted|message: str; an encrypted text",),
        returns="int",
        phrasings=(
            'Guess by how many places, 0 to 25, the letters of $text were moved forwards: assume that its most frequent letter stands for "$common". Only the letters a to z count; of equally frequent ones take the first in the alphabet. Return -1 if there are no letters.',
            'Given $text, encrypted with a fixed shift, find its most frequent small letter (a-z; the alphabetically first if there are several) and return how many places after "$common" it comes, counted in a circle, so from 0 to 25. Without any letter the answer is -1.',
            'In long texts of some language "$common" is the commonest letter. So the commonest letter in $text, an encrypted message, is probably its image. Which shift would turn "$common" into it? Among letters that are equally common, take the one nearest to a; answer -1 for a message without letters from a to z.',
            'Let m be the character from a to z with the most occurrences in $text, the smallest one in case of a tie. Return (ord(m) - ord("$common")) % 26, or -1 if $text contains none of these characters.',
        ),
        solutions=(
            """
letters = [$char for $char in $text if "a" <= $char <= "z"]
if not letters:
    return -1
$best = max(sorted(set(letters)), key=letters.count)
return (ord($best) - ord("$common")) % 26
""",
            """
$groups = [0] * 26
for $char in $text:
    if "a" <= $char <= "z":
        $groups[ord($char) - 97] += 1
if sum($groups) == 0:
    return -1
shift = $groups.index(max($groups)) + 97 - ord("$common")
return shift if shift >= 0 else shift + 26
""",
        ),
        reference=_likely_key,
        parameters=lambda rng: {"common": Raw(rng.choice("eeaito"))},
        inputs=lambda rng, common: (_frequent(rng),),
        edges=(("",), ("A1 é`{",), ("bbzz aa",)),
        idea="A shift keeps the shape of the frequencies: the commonest letter of the message is the image of the commonest letter.",
        pitfall="The difference may be negative; the remainder by 26 brings it back into the circle.",
    ),
)
