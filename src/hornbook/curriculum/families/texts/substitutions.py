"""Families about ciphers that replace letters by means of a table."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from string import ascii_lowercase as _ABC

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw


def _key_alphabet(key: str) -> str:
    order = ""
    for char in key + _ABC:
        if char not in order:
            order += char
    return order


def _substituted(text: str, key: str) -> str:
    alphabet = _key_alphabet(key)
    return "".join(alphabet[_ABC.find(c)] if c in _ABC else c for c in text)


def _symbols(rng: random.Random) -> tuple[str, dict[str, str]]:
    letters = rng.sample("aeinrst", 4)
    table = dict(zip(letters, rng.sample("1234%&", 4), strict=True))
    return "".join(rng.choices([*table.values(), " ", "x"], k=rng.randint(4, 8))), table


def _read_symbols(text: str, table: Mapping[str, str], unknown: str) -> str:
    found = [[letter for letter, sign in table.items() if sign == char] for char in text]
    return "".join(
        char if char == " " else (letters or [unknown])[0] for char, letters in zip(text, found, strict=True)
    )


def _similar(rng: random.Random) -> tuple[str, list[str]]:
    shapes = (
        "level civic radar",
        "noon",
        "balloon",
        "moon",
        "book cook room tool",
        "apple",
        "coffee",
        "letter kettle",
        "tree",
        "bee",
    )
    words = [w for s in rng.sample(shapes, 4) for w in s.split()][:5]
    key = str.maketrans(_ABC, "".join(rng.sample(_ABC, 26)))
    return rng.choice(words).translate(key), words


def _same_shape(word: str, words: Sequence[str]) -> list[str]:
    return [
        w
        for w in words
        if len(w) == len(word) and len({*zip(w, word, strict=True)}) == len({*w}) == len({*word})
    ]


def _on_board(text: str, missing: str, k: int) -> str:
    letters = _ABC.replace(missing, "")
    return " ".join(f"{letters.index(c) // 5 + k}{letters.index(c) % 5 + k}" for c in text if c in letters)


FAMILIES: tuple[Family, ...] = (
    Family(
        name="alphabet_from_keyword",
        concepts=("substitution_ciphers", "string_translation", "list_building"),
        difficulty=3,
        names="keyword_cipher encrypt_with_keyword mixed_alphabet keyed_substitution encode",
        arguments=(
            "text|plain|message|note: str; the text to encrypt",
            "key|keyword|password|secret: str; small letters from a to z",
        ),
        returns="str",
        phrasings=(
            "Encrypt $text with a mixed alphabet: first come the different letters of $key in their order, then the other letters from a to z in theirs. Each small letter (a-z) of $text is replaced by the one that stands at its place in the mixed alphabet; other characters stay.",
            "Given $text and $key, write the letters of $key one after the other, leaving out repeats, and behind them all letters of the alphabet that are still missing. Then a becomes the first of these 26 letters, b the second, and so on; characters other than a to z are copied.",
            "Two pupils agree on a keyword. To write a secret note, they put the alphabet below a row that begins with the keyword (every letter only once) and goes on with the unused letters in alphabetical order, and replace a by the first letter of that row, b by the second, ... How do they write $text if they agreed on $key?",
            'Let m be the string of the distinct characters of $key + "abcdefghijklmnopqrstuvwxyz" in order of first occurrence. Return $text with every character c from a to z replaced by m[ord(c) - 97] and the rest unchanged. $key contains only a to z and may be empty.',
        ),
        solutions=(
            """
from string import ascii_lowercase
mixed = "".join(dict.fromkeys($key + ascii_lowercase))
return $text.translate(str.maketrans(ascii_lowercase, mixed))
""",
            """
from string import ascii_lowercase
mixed = []
for $char in $key + ascii_lowercase:
    if $char not in mixed:
        mixed.append($char)
$result = ""
for $char in $text:
    $result += mixed[ord($char) - 97] if $char in ascii_lowercase else $char
return $result
""",
        ),
        reference=_substituted,
        inputs=lambda rng: (draws.sentence(rng, 1, 2), draws.word(rng)),
        edges=(("", "key"), ("abcxyz", ""), ("abc", "zzz"), ("A1 é", "tea"), ("zebra", "zebra")),
        idea="dict.fromkeys keeps each key once, in order of first appearance, which is just the rule for the mixed alphabet.",
        pitfall="A set would remove the repeats, but also lose the order that makes up the key.",
    ),
    Family(
        name="read_secret_signs",
        concepts=("substitution_ciphers", "dictionaries", "string_building"),
        difficulty=2,
        names="read_signs decode_signs decipher read_secret signs_to_letters",
        arguments=(
            "text|signs|secret|message: str; the signs, and blanks between words",
            "table|key_table|alphabet|code: dict[str, str]; the sign for each letter, no sign twice",
        ),
        returns="str",
        phrasings=(
            'Decipher $text. $table says by which sign each letter was replaced; no two letters have the same sign. Blanks stay, and signs that are not in the table become "$unknown".',
            'Given $text and $table, a dictionary from letters to the signs that stand for them (all different), write the letter for each sign. A blank remains a blank, and for any other character that is nobody\'s sign write "$unknown".',
            'On an old map the words are written in secret signs. Some letters have been solved: $table gives their signs. Read $text, an inscription, as far as possible, with "$unknown" for signs not yet solved and blanks where there are blanks.',
            'Return $text with each character c other than a blank replaced by the key of $table whose value is c, or by "$unknown" if c is not among the values. The values of $table are single, different characters, none of them a blank.',
        ),
        solutions=(
            """
letter_of = {sign: letter for letter, sign in $table.items()}
letter_of[" "] = " "
return "".join(letter_of.get($char, "$unknown") for $char in $text)
""",
            """
letters, signs = list($table), list($table.values())
$result = ""
for $char in $text:
    if $char == " ":
        $result += $char
    elif $char in signs:
        $result += letters[signs.index($char)]
    else:
        $result += "$unknown"
return $result
""",
        ),
        reference=_read_symbols,
        parameters=lambda rng: {"unknown": Raw(rng.choice("?_.*"))},
        inputs=lambda rng, unknown: _symbols(rng),
        edges=(("", {}), ("1 2", {}), ("1a1 2", {"a": "1", "b": "2"}), ("  ", {"x": "%"})),
        idea="The table goes from letter to sign; for reading, it has to be turned round once.",
        pitfall="Looking the sign up as a key of the table finds nothing: the signs are its values.",
    ),
    Family(
        name="words_of_same_shape",
        concepts=("substitution_ciphers", "dictionaries", "filtering"),
        difficulty=4,
        names="possible_words same_pattern words_of_shape candidates_for matching_shapes",
        arguments=(
            "word|secret|encrypted|signs: str; an encrypted word",
            "words|known|candidates|vocabulary: list[str]; words that it may stand for",
        ),
        returns="list[str]",
        phrasings=(
            "Return those of $words that $word can stand for when each letter is replaced by one fixed letter: equal letters must have equal images and different letters different ones. Keep the order and repeats.",
            "Given $word and $words, keep each word that has the same pattern of repeated letters: as long as $word, and with equal letters at two places exactly when $word has equal letters there.",
            'A puzzle hides a word behind other letters, always the same one for the same letter and never one for two; "xyyx" may be "noon" but not "mama". Which of $words may be hidden behind $word? Return them in the given order.',
            "Return the list of all w in $words with len(w) == len($word) such that for all positions i and j: w[i] == w[j] if and only if $word[i] == $word[j].",
        ),
        solutions=(
            """
def shape(s):
    return [s.index($char) for $char in s]

wanted = shape($word)
return [$item for $item in $words if shape($item) == wanted]
""",
            """
$result = []
for $item in $words:
    if len($item) != len($word):
        continue
    there, back = {}, {}
    for $left, $right in zip($word, $item):
        if there.setdefault($left, $right) != $right or back.setdefault($right, $left) != $left:
            break
    else:
        $result.append($item)
return $result
""",
        ),
        reference=_same_shape,
        inputs=_similar,
        edges=(
            ("", ["", "a"]),
            ("aa", []),
            ("abba", ["noon", "mama", "aaaa", "door", "noon"]),
            ("abc", ["xyx", "sea", "aab", "seat"]),
        ),
        idea="Writing for each letter where it first occurs gives the same list for all words of one shape.",
        pitfall="A table in one direction only lets two different letters share an image.",
    ),
    Family(
        name="letters_on_a_board",
        concepts=("substitution_ciphers", "arithmetic", "string_formatting"),
        difficulty=3,
        names="board_cipher polybius square_numbers knock_code letter_places",
        arguments=("text|message|plain|word: str; the text to encode",),
        returns="str",
        phrasings=(
            'The letters a to z without "$missing" are written row by row on a board of 5 rows and 5 columns. Encode $text: every letter on the board becomes the digits of its row and its column, both counted from $k; all other characters are left out. The pairs of digits are separated by blanks.',
            'Given $text, look each of its characters up on a 5 by 5 board that holds the small letters in alphabetical order, row after row, with "$missing" left out. Write row and column number (rows and columns are numbered from $k) as two digits, and one blank between the letters; skip characters that are not on the board.',
            'Prisoners knock letters through the wall: first the row, then the column on a board with 25 letters, from a on in five rows of five, "$missing" not being among them. Numbers begin with $k. Write $text as such pairs of digits with blanks in between; whatever is not on the board is not knocked.',
            'Let b be "abcdefghijklmnopqrstuvwxyz" without "$missing". For each character of $text that is in b, at index i, produce the two digits i // 5 + $k and i % 5 + $k. Return these two-digit texts joined by single blanks ("" if there are none).',
        ),
        solutions=(
            """
from string import ascii_lowercase
board = ascii_lowercase.replace("$missing", "")
places = [divmod(board.index($char), 5) for $char in $text if $char in board]
return " ".join(f"{row + $k}{column + $k}" for row, column in places)
""",
            """
from string import ascii_lowercase
$groups = {}
row, column = $k, $k
for $char in ascii_lowercase:
    if $char == "$missing":
        continue
    $groups[$char] = str(row) + str(column)
    column += 1
    if column == $k + 5:
        row, column = row + 1, $k
return " ".join($groups[$char] for $char in $text if $char in $groups)
""",
        ),
        reference=_on_board,
        parameters=lambda rng: {"missing": Raw(rng.choice("jqxcky")), "k": 1},
        inputs=lambda rng, **_: (draws.word(rng)[:7],),
        edges=(("",), ("jqxcky",), ("aefz",), ("A b!é c",)),
        idea="Division by the width of the board gives the row, the remainder gives the column.",
        pitfall="Leaving a letter out moves all letters behind it by one place.",
    ),
)
