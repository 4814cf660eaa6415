"""Families about characters as numbers: code points, accents, the bytes that stand for a text."""

from __future__ import annotations

import random
import unicodedata

from hornbook.curriculum.family import Family, Raw

_ACCENTED = tuple("café naïve Zürich señor crème Ångström élan façade jalapeño über".split())  # noqa: SIM905
_SIGNS = "aeostn éüñ€→✓"


def _mixed(rng: random.Random, low: int = 3, high: int = 8) -> str:
    return "".join(rng.choices(_SIGNS, k=rng.randint(low, high)))


def _beyond(text: str, k: int) -> dict[str, int]:
    codes = {char: int.from_bytes(char.encode("utf-32-be"), "big") for char in text}
    return {char: code for char, code in codes.items() if code > k}


def _ascii_name(text: str, mark: str) -> str:
    plain = unicodedata.normalize("NFKD", text)
    kept = [char for char in plain if unicodedata.category(char) != "Mn"]
    return "".join(mark if char == " " else char for char in kept)


def _byte_size(char: str) -> int:
    return next(size for size, end in ((1, 0x80), (2, 0x800), (3, 0x10000), (4, 0x110000)) if ord(char) < end)


def _longest_start(text: str, k: int) -> str:
    return max((text[:n] for n in range(len(text) + 1) if len(text[:n].encode()) <= k), key=len)


def _terminated(rng: random.Random) -> tuple[bytes]:
    return (
        "".join(word + rng.choice(("\0", "\0", "\0\0")) for word in rng.choices(_ACCENTED, k=3)).encode(),
    )


FAMILIES: tuple[Family, ...] = (
    Family(
        name="code_point_notation",
        concepts=("unicode", "string_formatting", "mapping"),
        difficulty=1,
        names="code_points unicode_notation write_code_points char_codes describe",
        arguments=("text|s|phrase|string: str; the text to look at",),
        returns="list[str]",
        phrasings=(
            'Return the code point of every character of $text as a text: "$start" followed by the number in hexadecimal with capital letters and at least $width digits.',
            'Given $text, list its characters as numbers. Each number is written as "$start" and the hexadecimal code point, in capitals and filled up with zeros on the left to $width digits; longer numbers are not cut. No characters, no entries.',
            'A font catalogue names each character by its code point: "$start" and the number in base 16, digits A to F in upper case, at least $width digits long. Return the names for the characters of $text, in order and with repeats.',
            'For each character of $text, in order, produce one string: the prefix "$start", then the code point in upper-case hexadecimal, zero-padded to a minimum of $width digits. Return the strings as a list, which is empty for an empty text.',
        ),
        solutions=(
            'return [f"$start{ord($char):0${width}X}" for $char in $text]',
            """
$result = []
for $char in $text:
    digits = hex(ord($char))[2:].upper()
    $result.append("$start" + digits.zfill($width))
return $result
""",
            """
def notation($char):
    return "$start" + format(ord($char), "X").rjust($width, "0")

return list(map(notation, $text))
""",
        ),
        reference=lambda text, start, width: [f"{start}%0{width}X" % ord(c) for c in text],
        parameters=lambda rng: {"start": Raw(rng.choice(("U+", "#", "u", "0x"))), "width": rng.randint(4, 6)},
        inputs=lambda rng, **_: (_mixed(rng, 2, 4),),
        edges=(("",), ("A",), ("zz",), ("\n",), ("é€",), ("😀",)),
        idea="ord gives the number of a character; the format specification writes it in base 16, in capitals and with leading zeros.",
        pitfall="hex() puts 0x in front and uses small letters, so its result has to be cut and raised first.",
    ),
    Family(
        name="characters_beyond_code",
        concepts=("unicode", "dictionaries", "filtering"),
        difficulty=2,
        names="unusual_characters beyond_limit rare_characters foreign_chars inspect_text",
        arguments=("text|message|line|source: str; the text to check",),
        returns="dict[str, int]",
        phrasings=(
            "Return a dictionary from each character of $text whose code point is greater than $k to that code point. The keys stand in the order of their first appearance.",
            "Which characters of $text have a code point above $k? Answer with a dictionary that maps each of them (once, in the order in which they first occur) to its code point; it is empty if there are none.",
            "A printer knows only the characters numbered 0 to $k. Given the label $text, collect the characters it cannot print as keys of a dictionary, in order of first appearance, with their code points as values.",
            "Go through $text from the left. Every character c with ord(c) > $k becomes a key of the result with value ord(c); repeated characters appear once, at the place of the first. Return the dictionary.",
        ),
        solutions=(
            "return {$char: ord($char) for $char in $text if ord($char) > $k}",
            """
$result = {}
for $char in $text:
    code = ord($char)
    if code > $k and $char not in $result:
        $result[$char] = code
return $result
""",
            """
$seen = dict.fromkeys($text)
return dict(($char, ord($char)) for $char in $seen if not ord($char) <= $k)
""",
        ),
        reference=_beyond,
        parameters=lambda rng: {"k": rng.choice((64, 96, 127, 255))},
        inputs=lambda rng, k: (_mixed(rng, 4, 9),),
        edges=(("",), ("@`~\x7f\xff",), ("AaĀ",), ("a a a",), ("ÿĀ\x80",)),
        idea="Assigning to a key that exists changes neither its place nor, here, its value, so the comprehension keeps first appearances.",
        pitfall="The limit itself still belongs to the allowed characters; >= would report it.",
    ),
    Family(
        name="name_without_accents",
        concepts=("unicode", "filtering", "string_methods"),
        difficulty=3,
        names="without_accents plain_name strip_accents simplify_name clean",
        arguments=("text|name|title|label: str; a name, perhaps with accents",),
        returns="str",
        phrasings=(
            'Remove the accents from the letters of $text (é becomes e, ñ becomes n) and replace every blank by "$mark". Everything else stays as it is.',
            'Given $text, return it in the decomposed normal form NFKD without its combining marks, so that accented letters become plain ones, and with "$mark" in place of every blank.',
            'A library names its files after book titles. Turn $text into such a name: letters lose their accents, each single blank becomes "$mark", all other characters and the case do not change.',
            'Normalise $text to NFKD, drop each character for which unicodedata.combining is not 0, and write "$mark" for each blank (U+0020). Return the resulting string, "" for "".',
        ),
        solutions=(
            """
import unicodedata
letters = unicodedata.normalize("NFKD", $text.replace(" ", "$mark"))
return "".join($char for $char in letters if not unicodedata.combining($char))
""",
            """
import unicodedata
$result = ""
for $char in unicodedata.normalize("NFKD", $text):
    if $char == " ":
        $result += "$mark"
    elif unicodedata.combining($char) == 0:
        $result += $char
return $result
""",
        ),
        reference=_ascii_name,
        parameters=lambda rng: {"mark": Raw(rng.choice(("-", "_", ".", "+")))},
        inputs=lambda rng, mark: (" ".join(rng.choices(_ACCENTED, k=rng.randint(1, 3))),),
        edges=(("",), ("é",), ("Ç A",), ("plain",), ("  ",), ("e\u0301 x",), ("ﬁn",)),
        idea="NFKD writes an accented letter as the letter followed by the accent, a character of its own that can be filtered out.",
        pitfall="Encoding to ASCII with errors ignored would also lose letters that have no plain form at all.",
    ),
    Family(
        name="letters_in_steps",
        concepts=("unicode", "list_building", "while_loops"),
        difficulty=1,
        names="letters_in_steps every_nth_letter letter_steps alphabet_from steps",
        arguments=("first|start|letter|begin: str; a small letter from a to z",),
        returns="str",
        phrasings=(
            "Starting at $first, take every ${k}th letter of the alphabet up to z and return them as one string. $first itself is always the first of them.",
            'Return a string of the letters $first, then the one $k places later, and so on, as long as they do not pass "z".',
            "The seats of a theatre row are lettered a to z, and every ${k}th seat from $first on is reserved. Which letters are reserved? Return them in alphabetical order as one string that begins with $first.",
            'For $first, a small letter of the English alphabet, return the concatenation of all letters whose code point is that of $first plus 0, $k, 2 * $k and so on and not greater than that of "z".',
        ),
        solutions=(
            """
$result = []
code = ord($first)
while code <= ord("z"):
    $result.append(chr(code))
    code += $k
return "".join($result)
""",
            'return "".join(map(chr, range(ord($first), ord("z") + 1, $k)))',
            """
from string import ascii_lowercase
$i = ascii_lowercase.index($first)
return ascii_lowercase[$i::$k]
""",
        ),
        reference=lambda first, k: "".join(
            c for c in "abcdefghijklmnopqrstuvwxyz" if c >= first and (ord(c) - ord(first)) % k == 0
        ),
        parameters=lambda rng: {"k": rng.randint(4, 9)},
        inputs=lambda rng, k: (rng.choice("abcdefghijklmnopq"),),
        edges=(("a",), ("z",), ("y",), ("v",), ("r",), ("b",)),
        idea="Small letters have consecutive code points, so moving along the alphabet is adding to a number.",
        pitfall="range leaves out its end: without + 1 the letter z is never reached.",
    ),
    Family(
        name="bytes_per_character",
        concepts=("bytes", "unicode", "grouping"),
        difficulty=2,
        names="characters_by_size group_by_bytes byte_sizes utf8_groups sort_out",
        arguments=("text|message|content|s: str; the text to be encoded",),
        returns="dict[int, str]",
        phrasings=(
            "Group the characters of $text by the number of bytes they take in UTF-8. Return a dictionary from that number to a string of the characters, in their order and with repeats; sizes come in order of first appearance.",
            "How many bytes does each character of $text need in UTF-8? Return a dictionary in which each size that occurs maps to the characters of that size, as one string in the order of the text (repeats included). A size is entered when it is first met.",
            "A text message is charged by bytes. To see what makes $text expensive, map each UTF-8 length found among its characters to the string of all characters with that length, keeping their order; keys in order of first appearance, an empty dictionary for an empty message.",
            'Encode every character of $text as UTF-8 on its own. The result maps byte counts (ints, in order of first occurrence) to the concatenation of the characters with that count, from left to right. "" gives {}.',
        ),
        solutions=(
            """
$groups = {}
for $char in $text:
    size = len($char.encode())
    $groups[size] = $groups.get(size, "") + $char
return $groups
""",
            """
from collections import defaultdict
$groups = defaultdict(list)
for $char in $text:
    $groups[len($char.encode("utf-8"))].append($char)
return {size: "".join($item) for size, $item in $groups.items()}
""",
        ),
        reference=lambda text: {
            n: "".join(c for c in text if _byte_size(c) == n) for n in dict.fromkeys(map(_byte_size, text))
        },
        inputs=lambda rng: (_mixed(rng, 4, 9),),
        edges=(("",), ("a",), ("aa",), ("€a€",), ("é",), ("😀é😀",)),
        idea="encode gives the bytes of one character, and their number is the key under which the character is collected.",
        pitfall="len of the character itself is always 1; only the encoded form shows its size.",
    ),
    Family(
        name="longest_start_in_bytes",
        concepts=("bytes", "for_loops", "early_return"),
        difficulty=3,
        names="fit_bytes truncate_to_bytes cut_to_size longest_start shorten",
        arguments=("text|message|title|s: str; the text to shorten",),
        returns="str",
        phrasings=(
            "Return the longest beginning of $text whose UTF-8 encoding has at most $k bytes. No character may be cut in two.",
            "Given $text and room for $k bytes, keep as many characters from the start of $text as fit when they are encoded as UTF-8, and return them. The rest is dropped, even if a later, smaller character would still fit.",
            "The field of a game's save file holds $k bytes of UTF-8. Shorten the player's name $text from its end until it fits, whole characters only, and return what is left; a name that fits is returned unchanged.",
            "Let n be the largest number such that the first n characters of $text take $k bytes or fewer in UTF-8. Return $text[:n], which may be all of $text or empty.",
        ),
        solutions=(
            """
used = 0
for $i, $char in enumerate($text):
    used += len($char.encode())
    if used > $k:
        return $text[:$i]
return $text
""",
            'return $text.encode("utf-8")[:$k].decode("utf-8", errors="ignore")',
            """
while len($text.encode()) > $k:
    $text = $text[:-1]
return $text
""",
        ),
        reference=_longest_start,
        parameters=lambda rng: {"k": rng.randint(4, 8)},
        inputs=lambda rng, k: (_mixed(rng, 3, 9),),
        edges=(("",), ("€€€€",), ("aaaaaaaaaa",), ("ééééé",), ("a€é😀z",), ("€",), ("abcd",), ("abcdefgh",)),
        idea="Count the bytes of one character after the other and stop before the first that no longer fits.",
        pitfall="Cutting the text at k characters, or the bytes without ignoring a half character, gives too much or an error.",
    ),
    Family(
        name="texts_ended_by_zero",
        concepts=("bytes", "splitting_joining", "filtering"),
        difficulty=3,
        names="read_terminated decode_texts zero_terminated texts_in_memory unpack_texts",
        arguments=("data|memory|raw|buffer: bytes; texts in UTF-8, each ended by a zero byte",),
        returns="list[str]",
        phrasings=(
            "The bytes $data hold texts in UTF-8, each followed by a byte 0. Return the texts that have at least $size, decoded and in their order. Bytes behind the last 0 belong to no text.",
            "Given bytes $data in which a zero byte ends every text, decode the texts as UTF-8 and return those with a minimum of $size in a list. An unfinished text at the end (no 0 behind it) is ignored.",
            "An old game console keeps the names of players one behind the other, each closed by a byte of value 0. Read the names from $data (UTF-8) and list those of $size or more in order; whatever stands behind the last 0 is rubbish.",
            "Cut $data at its zero bytes. The pieces in front of a zero byte are UTF-8 texts; return, in order, those with $k or more characters (characters, not bytes). The piece behind the last zero byte, and all of $data if there is none, is dropped.",
        ),
        solutions=(
            r"""
*pieces, _ = $data.split(b"\0")
texts = [$item.decode() for $item in pieces]
return [$word for $word in texts if len($word) >= $k]
""",
            """
$result = []
$current = bytearray()
for byte in $data:
    if byte:
        $current.append(byte)
        continue
    $word = $current.decode("utf-8")
    if len($word) >= $k:
        $result.append($word)
    $current.clear()
return $result
""",
            r"""
$result = []
$left = 0
while ($right := $data.find(b"\0", $left)) >= 0:
    $word = str($data[$left:$right], "utf-8")
    if len($word) >= $k:
        $result.append($word)
    $left = $right + 1
return $result
""",
        ),
        reference=lambda data, k, size: [
            t for t in data.decode()[: data.decode().rfind("\0") + 1].split("\0")[:-1] if len(t) >= k
        ],
        parameters=lambda rng: rng.choice(
            tuple(
                {"k": k, "size": Raw(s)}
                for k, s in ((1, "one character"), (2, "two characters"), (5, "five characters"))
            )
        ),
        inputs=lambda rng, **_: _terminated(rng),
        edges=(
            (b"",),
            (b"\0",),
            (b"abc",),
            (b"a\0b",),
            (b"ab\0\0abcde\0abcd\0",),
            ("éééé\0ééééé\0".encode(),),
        ),
        idea="A byte 0 never occurs inside a character of UTF-8, so cutting at it is safe; decode each piece as a whole.",
        pitfall="Decoding byte by byte fails for characters of several bytes.",
    ),
)
