"""Families about bytes that are written as printable text: hexadecimal and Base64."""

from __future__ import annotations

import binascii
import random
import re

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw


def _dump(text: str, k: int) -> list[str]:
    return [
        re.sub("(..)(?=.)", r"\1 ", text.encode()[i : i + k].hex()) for i in range(0, len(text.encode()), k)
    ]


def _colours(rng: random.Random) -> tuple[str, str]:
    first, second = ("#" + "".join(rng.choices("0123456789abcdef08f", k=6)) for _ in range(2))
    return first, rng.choice((second, second.upper()))


def _mixed(first: str, second: str) -> str:
    parts = [[int(colour[i : i + 2], 16) for colour in (first, second)] for i in (1, 3, 5)]
    return "".join(["#", *(hex(256 + sum(pair) // 2)[3:] for pair in parts)])


def _address(rng: random.Random, k: int) -> str:
    parts = ["".join(rng.choices("0123456789abcdefABCDEF", k=2)) for _ in range(k)]
    text = rng.choice((":", "-", "", " ")).join(parts)
    return rng.choice(
        (text, text, text, text, text, text, text[:-1], text + ":00", text.replace(text[0], "g"))
    )


def _clean_address(text: str, k: int) -> str | None:
    match = re.fullmatch(rf"(?:[:\- ]*[0-9a-f]){{{2 * k}}}[:\- ]*", text.lower())
    return ":".join(re.findall("..", re.sub("[^0-9a-f]", "", text.lower()))) if match else None


def _link_code(text: str) -> str:
    return (
        binascii.b2a_base64(text.encode(), newline=False)
        .decode()
        .rstrip("=")
        .translate(str.maketrans("+/", "-_"))
    )


FAMILIES: tuple[Family, ...] = (
    Family(
        name="hex_dump_of_text",
        concepts=("bytes_as_text", "bytes", "list_slicing"),
        difficulty=2,
        names="hex_dump dump_bytes show_bytes bytes_as_hex hex_lines",
        arguments=("text|s|message|content: str; the text to show",),
        returns="list[str]",
        phrasings=(
            "Show the UTF-8 bytes of $text in hexadecimal: every byte as two small digits, $k bytes on each line (the last line may have fewer), with one blank between two bytes. Return the lines.",
            "Given $text, encode it as UTF-8 and list its bytes in lines of $k. A byte is written with two hexadecimal digits (0-9, a-f), and neighbouring bytes of a line are separated by a blank; for no bytes there are no lines.",
            "To look for invisible characters, a programmer wants to see the bytes of $text, encoded in UTF-8: in base 16, two digits for each, lower case, $k in a row with blanks between them. Build the rows.",
            'Let b be the bytes of $text in UTF-8. Return a list of strings: the i-th consists of the two-digit lower-case hexadecimal forms of b[i * $k], ..., b[i * $k + $k - 1], as far as they exist, joined by " ".',
        ),
        solutions=(
            """
data = $text.encode()
return [data[$i:$i + $k].hex(" ") for $i in range(0, len(data), $k)]
""",
            """
$result = []
for $i, byte in enumerate($text.encode("utf-8")):
    if $i % $k == 0:
        $result.append(f"{byte:02x}")
    else:
        $result[-1] += f" {byte:02x}"
return $result
""",
        ),
        reference=_dump,
        parameters=lambda rng: {"k": rng.randint(3, 6)},
        inputs=lambda rng, k: (draws.word(rng) + rng.choice(("", "\n", "é", " €")),),
        edges=(("",), ("\t\x01",), ("abcdefghijkl",), ("€é",)),
        idea="Bytes are numbers from 0 to 255, and two hexadecimal digits are exactly enough for them.",
        pitfall="hex() of a number below 16 gives one digit only; a format with 02x fills up with a zero.",
    ),
    Family(
        name="mix_two_colours",
        concepts=("bytes_as_text", "enumerate_zip", "string_formatting"),
        difficulty=3,
        names="mix_colours blend average_colour mix_paint middle_colour",
        arguments=(
            "first|a|colour|left_colour: str; a colour as # and six hexadecimal digits",
            "second|b|other|right_colour: str; another colour",
        ),
        returns="str",
        phrasings=(
            "Mix the colours $first and $second, written as # and two hexadecimal digits each for red, green and blue. Each part of the result is the mean of the two parts, rounded down; it is written in the same form, with small letters.",
            "Given $first and $second in the form #rrggbb (capital or small digits), return the colour in the middle in this form: for red, green and blue, add both values and divide by 2 without remainder. Use lower-case digits, two for each part.",
            "A drawing program lets a user pick two colours, $first and $second, and shows the one half way between them. All are texts such as #ff8000, whose three pairs of hexadecimal digits say how much red, green and blue there is. Which text belongs to the mixture, in small letters, if halves are rounded down?",
            "Both arguments, $first and $second, match # followed by six hexadecimal digits. Return # and three two-digit lower-case hexadecimal numbers, the i-th being (x + y) // 2, where x and y are the i-th pairs of digits of the arguments, read in base 16.",
        ),
        solutions=(
            """
$result = "#"
for $i in (1, 3, 5):
    $left = int($first[$i:$i + 2], 16)
    $right = int($second[$i:$i + 2], 16)
    $result += f"{($left + $right) // 2:02x}"
return $result
""",
            """
parts = zip(bytes.fromhex($first[1:]), bytes.fromhex($second[1:]))
return "#" + bytes(sum($pair) // 2 for $pair in parts).hex()
""",
        ),
        reference=_mixed,
        inputs=_colours,
        edges=(
            ("#000000", "#000000"),
            ("#ffffff", "#000000"),
            ("#0a0B0c", "#0F0e0d"),
            ("#010203", "#000000"),
            ("#FFFFFF", "#ffffff"),
        ),
        idea="Cut the text into its three pairs, compute with numbers, and write each result with two digits again.",
        pitfall="Averaging the whole six digits as one number lets the parts spill into each other.",
    ),
    Family(
        name="tidy_hardware_address",
        concepts=("bytes_as_text", "validation", "character_classes"),
        difficulty=3,
        names="tidy_address normalize_address clean_address standard_form format_address",
        arguments=("text|address|entry|label: str; an address in any form",),
        returns="str | None",
        phrasings=(
            'Return the address in $text in its usual form: $k pairs of hexadecimal digits in small letters, with ":" between the pairs. In $text, any colons, hyphens and blanks may stand anywhere and are ignored; return None if what remains is not exactly $count hexadecimal digits (0-9, a-f, A-F).',
            'Given $text, drop all ":", "-" and " " from it. If $count characters are left and all of them are digits of base 16 (in either case), return them in lower case with a ":" after every second one except the last; if not, return None.',
            "The address of a device is printed on it in many ways, such as 0A-1b-2C or 0a1b2c. Bring $text into the form 0a:1b:2c. An address has $k bytes, each of two hexadecimal digits; colons, hyphens and blanks mean nothing. For anything else the answer is None.",
            "Let d be $text in lower case without the characters colon, hyphen and blank. If d consists of exactly $count characters from 0123456789abcdef, return its consecutive pairs joined by colons. Otherwise return None.",
        ),
        solutions=(
            """
digits = $text.lower().translate(str.maketrans("", "", ":- "))
if len(digits) != $count or not set(digits) <= set("0123456789abcdef"):
    return None
return ":".join(digits[$i:$i + 2] for $i in range(0, $count, 2))
""",
            """
import re
digits = re.sub("[-: ]", "", $text).lower()
if re.fullmatch("[0-9a-f]{$count}", digits):
    return ":".join(re.findall("..", digits))
return None
""",
            """
digits = [$char for $char in $text.lower() if $char not in ":- "]
if len(digits) == $count and all($char in "0123456789abcdef" for $char in digits):
    pairs = zip(digits[::2], digits[1::2])
    return ":".join($left + $right for $left, $right in pairs)
return None
""",
        ),
        reference=lambda text, k, count: _clean_address(text, k),
        parameters=lambda rng: (lambda k: {"k": k, "count": 2 * k})(rng.randint(3, 6)),
        inputs=lambda rng, k, count: (_address(rng, k),),
        edges=(("",), (":::",), ("0-1-2 A:b:C",), ("00 11 22 3",), ("DE-AD-BE-EF",), ("ＡB:12:34",)),
        idea="Remove everything that only separates, check what is left, and put the separators back in a regular way.",
        pitfall="int(text, 16) is no check: it also accepts signs, underscores and the prefix 0x.",
    ),
    Family(
        name="text_in_base_sixty_four",
        concepts=("bytes_as_text", "bits", "list_slicing"),
        difficulty=4,
        names="to_base64 encode_text six_bit_text pack_as_text encode_for_mail",
        arguments=("text|message|content|s: str; the text to encode",),
        returns="str",
        phrasings=(
            'Write the UTF-8 bytes of $text in Base64, but without the padding signs "=" at the end: the bits of all bytes in a row are cut into groups of six (the last one filled up with zeros on the right), and each group selects one of the characters A-Z, a-z, 0-9, $plus, $slash, which are worth 0 to 63 in this order.',
            'Given $text, encode it as UTF-8 and return these bytes as Base64 with the alphabet A-Z, a-z, 0-9, $plus, $slash and no "=" behind it.',
            "A picture or a text in a mail travels as printable characters. Encode $text for the journey: take its bytes (UTF-8) as one long row of bits, eight for each byte with the highest first; take six bits at a time, add zero bits if the last group is short, and write the group with value 0 as A, 25 as Z, 26 as a, 51 as z, 52 as 0, 61 as 9, 62 as $plus and 63 as $slash. No filling characters follow.",
            'Return the standard Base64 encoding of $text.encode() with "+" written as $plus, "/" written as $slash and all "=" removed. An empty text gives an empty text.',
        ),
        solutions=(
            """
import base64
encoded = base64.b64encode($text.encode(), altchars=b"$signs")
return encoded.decode().rstrip("=")
""",
            """
from string import ascii_lowercase, ascii_uppercase, digits
alphabet = ascii_uppercase + ascii_lowercase + digits + "$signs"
bits = "".join(f"{byte:08b}" for byte in $text.encode())
$result = ""
for $i in range(0, len(bits), 6):
    group = bits[$i:$i + 6].ljust(6, "0")
    $result += alphabet[int(group, 2)]
return $result
""",
        ),
        reference=lambda text, signs, **_: (
            binascii.b2a_base64(text.encode(), newline=False)
            .decode()
            .replace("=", "")
            .translate(str.maketrans("+/", signs))
        ),
        parameters=lambda rng: (lambda s: {"signs": Raw(s), "plus": s[0], "slash": s[1]})(
            rng.choice(("+/", "-_", "+,", "._"))
        ),
        inputs=lambda rng, **_: (draws.word(rng) + rng.choice(("", "?", "~", "é>", "ÿ")),),
        edges=(("",), ("a",), ("ab",), ("abc",), ("~~~???>>>",)),
        idea="Three bytes are 24 bits and so are four groups of six; only the last group may need filling up.",
        pitfall="bin() drops leading zeros: a byte has to be written with all of its eight bits.",
    ),
    Family(
        name="text_from_link_code",
        concepts=("bytes_as_text", "bytes", "arithmetic"),
        difficulty=3,
        names="decode_link read_link_code from_base64 decode_token unpack_code",
        arguments=("text|code|token|encoded: str; the code taken from the link",),
        returns="str",
        phrasings=(
            'Return the text that $text stands for. $text is its UTF-8 form in Base64 for addresses (A-Z, a-z, 0-9, - and _ are worth 0 to 63), where the "=" at the end were left out.',
            'Given $text, made of the characters A-Z, a-z, 0-9, "-" and "_", decode it from URL-safe Base64 and its bytes from UTF-8. Missing padding has to be added: with it, the length is a multiple of four.',
            'A shop puts the search words of a customer into its links, encoded in the variant of Base64 that uses - and _ instead of + and /, and without the filling signs "=". What did the customer search for if the link contains $text? The words are encoded in UTF-8.',
            'Each character of $text carries six bits: A-Z are worth 0-25, a-z 26-51, 0-9 52-61, "-" 62 and "_" 63. Put the bits in a row, cut it into bytes of eight bits, drop the fewer than eight bits that are left over, and decode the bytes as UTF-8. Return this string.',
        ),
        solutions=(
            """
import base64
padded = $text + "=" * (-len($text) % 4)
return base64.urlsafe_b64decode(padded).decode("utf-8")
""",
            """
from string import ascii_lowercase, ascii_uppercase, digits
alphabet = ascii_uppercase + ascii_lowercase + digits + "-_"
bits = "".join(format(alphabet.index($char), "06b") for $char in $text)
data = [int(bits[$i:$i + 8], 2) for $i in range(0, len(bits) - 7, 8)]
return bytes(data).decode()
""",
        ),
        reference=lambda text: binascii.a2b_base64(text.replace("-", "+").replace("_", "/") + "===").decode(),
        inputs=lambda rng: (_link_code(draws.word(rng) + rng.choice(("", "?", "~", "é>", "ÿ", " ?>"))),),
        edges=(("",), ("YQ",), ("YWI",), ("YWJj",), ("Pz8_",), ("fn5-",)),
        idea="The number of missing signs follows from the length: whatever leads to the next multiple of four.",
        pitfall="4 - len % 4 gives four signs, not none, when the length is already a multiple of four.",
    ),
)
