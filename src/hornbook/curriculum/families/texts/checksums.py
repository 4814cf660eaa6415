"""Families about checksums: weighted sums, the digits of cards and books, and lines that carry their own proof."""

from __future__ import annotations

import random
from functools import reduce
from operator import xor

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw


def _weighted(text: str, k: int, modulus: int) -> int:
    return sum(ord(char) * (i % k + 1) for i, char in enumerate(text)) % modulus


def _card(rng: random.Random) -> str:
    digits = "".join(rng.choices("0123456789", k=rng.randint(4, 8)))
    good = next(digits + d for d in "0123456789" if _card_holds(digits + d))
    text = rng.choice((good, rng.choice((digits, good[1:], good[::-1]))))
    return text[:4] + rng.choice((" ", "")) + text[4:]


def _card_holds(text: str) -> bool:
    doubled = {"0": 0, "1": 2, "2": 4, "3": 6, "4": 8, "5": 1, "6": 3, "7": 5, "8": 7, "9": 9}
    digits = text.replace(" ", "")[::-1]
    if len(digits) < 2 or any(d not in doubled for d in digits):
        return False
    return (sum(map(int, digits[::2])) + sum(doubled[d] for d in digits[1::2])) % 10 == 0


def _book(rng: random.Random) -> str:
    return "".join(rng.choices("0123456789", k=9))


def _book_sign(text: str) -> str:
    return next(
        d
        for d in "0123456789X"
        if (sum(int(c) * (10 - i) for i, c in enumerate(text)) + "0123456789X".index(d)) % 11 == 0
    )


def _signal(rng: random.Random) -> str:
    text = f"{draws.word(rng)},{rng.randint(0, 999)}"
    right = f"{text}*{reduce(xor, map(ord, text), 0):02X}"
    return rng.choice((right, right, f"{text}*{rng.randint(0, 99):02d}", text, right.lower()))


def _content(text: str, mark: str) -> str | None:
    for cut in range(len(text)):
        body = text[:cut]
        if text == f"{body}{mark}{reduce(xor, body.encode(), 0):02X}":
            return body
    return None


def _parity_rows(rng: random.Random) -> list[str]:
    rows = ["".join(rng.choices("01", k=rng.randint(3, 6))) for _ in range(rng.randint(2, 4))]
    return [row + rng.choice((str(row.count("1") % 2), "0")) for row in rows]


FAMILIES: tuple[Family, ...] = (
    Family(
        name="weighted_remainder",
        concepts=("checksums", "unicode", "accumulation"),
        difficulty=2,
        names="weighted_sum simple_checksum text_checksum check_value hash_value",
        arguments=("text|message|data|s: str; the text to protect",),
        returns="int",
        phrasings=(
            "Compute a checksum of $text: multiply the code points of its characters by the weights $weights, which repeat from the left, add the products, and return the remainder of the sum after division by $modulus. An empty text has the checksum 0.",
            "Given $text, add up code point times weight over all characters, where the weights are $weights and then the same again, starting with the first character. Return this sum modulo $modulus.",
            "A cash register ends each line of its journal with a number that shows typing errors. It gives the characters of the line the weights $weights, $weights and so on from left to right, adds each weight times the number of its character (its code point), and keeps the remainder by $modulus. Which number belongs to $text?",
            "Return the sum of ord($text[i]) * (i % $k + 1) over all valid indices i, taken modulo $modulus; the result is an int from 0 to $modulus - 1.",
        ),
        solutions=(
            """
$total = 0
weight = 1
for $char in $text:
    $total = ($total + weight * ord($char)) % $modulus
    weight = weight % $k + 1
return $total
""",
            """
$total = sum(ord($char) * ($i % $k + 1) for $i, $char in enumerate($text))
return $total % $modulus
""",
            """
from itertools import cycle
weights = cycle(range(1, $stop))
products = [weight * ord($char) for $char, weight in zip($text, weights)]
return sum(products) % $modulus
""",
        ),
        reference=lambda text, k, modulus, **_: _weighted(text, k, modulus),
        parameters=lambda rng: (
            lambda k: {
                "k": k,
                "stop": k + 1,
                "weights": Raw(", ".join(map(str, range(1, k + 1)))),
                "modulus": rng.choice((97, 101, 251, 10)),
            }
        )(rng.randint(2, 4)),
        inputs=lambda rng, **_: (draws.word(rng) + rng.choice(("", "7", " 12")),),
        edges=(("",), ("a",), ("abcde",), ("bacde",), ("éü",)),
        idea="Different weights make it visible when two neighbours change places; the remainder keeps the number small.",
        pitfall="Equal weights would give the same sum for every order of the characters.",
    ),
    Family(
        name="card_number_holds",
        concepts=("checksums", "digits", "validation"),
        difficulty=3,
        names="valid_card check_card luhn_holds card_is_valid verify_number",
        arguments=("text|number|card|entry: str; the number as typed",),
        returns="bool",
        phrasings=(
            "Decide whether $text is the number of a card. Blanks are ignored; what remains must be at least two digits (0-9) and nothing else. From right to left, every second digit is doubled, beginning with the last but one, and 9 is taken off where the result has two digits. The number is valid if the sum of all digits, the changed and the others, is divisible by 10.",
            "Given $text, remove its blanks and return False if fewer than two characters are left or one of them is not a digit from 0 to 9. Then double the 2nd, 4th, 6th ... digit from the right (a doubled value above 9 is lowered by 9), add everything up, and return whether the total is a multiple of 10.",
            "Before a shop asks the bank, it tests a card number by the formula of Luhn: counted from the right, the digits in even places are doubled, and of 10, 12, ... 18 the two digits are added; together with the digits in odd places this must give a multiple of 10. Does $text pass? It may contain blanks; other characters, or fewer than two digits, do not pass.",
            "Let d1 d2 ... dn be the characters of $text other than blanks, numbered from the right. Return True if n >= 2, all of them are ASCII digits, and the sum of d1, d3, ... and of g(d2), g(d4), ... is divisible by 10, where g(d) is 2 * d, minus 9 if that exceeds 9. In all other cases return False.",
        ),
        solutions=(
            """
digits = $text.replace(" ", "")
if len(digits) < 2 or not (digits.isascii() and digits.isdigit()):
    return False
$total = 0
for $i, $char in enumerate(reversed(digits)):
    worth = int($char)
    if $i % 2 == 1:
        worth *= 2
        if worth > 9:
            worth -= 9
    $total += worth
return $total % 10 == 0
""",
            """
digits = [$char for $char in $text if $char != " "]
if len(digits) < 2 or any($char not in "0123456789" for $char in digits):
    return False
numbers = list(map(int, digits))
doubled = [sum(divmod(2 * $item, 10)) for $item in numbers[-2::-2]]
return (sum(numbers[-1::-2]) + sum(doubled)) % 10 == 0
""",
        ),
        reference=_card_holds,
        inputs=lambda rng: (_card(rng),),
        edges=(("",), ("0",), ("00",), ("18",), ("81",), ("59",), ("1-8",), ("٠٠",), ("0 0 a",)),
        idea="Counting from the right keeps the roles of the digits the same however long the number is.",
        pitfall="Starting the doubling from the left is right only for numbers of even length.",
    ),
    Family(
        name="check_sign_of_book",
        concepts=("checksums", "enumerate_zip", "conditionals"),
        difficulty=3,
        names="book_check_sign isbn_sign last_sign check_character book_code_end",
        arguments=("text|digits|book|number: str; the first nine digits",),
        returns="str",
        phrasings=(
            'Return the check sign that completes the nine digits of $text to the number of a book. The digits have the weights 10, 9, ..., 2 from the left and the sign has weight 1; the weighted sum must be divisible by 11. The sign is a digit, or "X" for 10.',
            'Given $text, nine digits, find the value from 0 to 10 that makes 10 times the first digit plus 9 times the second plus ... plus 2 times the ninth plus the value a multiple of 11. Return it as text, 10 as "X".',
            "Old book numbers have ten places. A library has lost the last place of some of them. It is chosen so that the sum of the places times 10, 9, 8, ..., 1, from left to right, can be divided by 11; since 10 may be needed, the Roman X stands for it. Which sign belongs behind $text, the nine that are left?",
            'Let s be the sum of (10 - i) * d(i) over i = 0, ..., 8, where d(i) is the i-th digit of $text. Return str(c) for the only c in 0, ..., 9 with (s + c) % 11 == 0, or "X" if there is no such c.',
        ),
        solutions=(
            """
$total = sum(weight * int($char) for weight, $char in zip(range(10, 1, -1), $text))
sign = -$total % 11
return "X" if sign == 10 else str(sign)
""",
            """
$total = 0
running = 0
for $char in $text:
    running += int($char)
    $total += running
$total += running
return "0123456789X"[(11 - $total % 11) % 11]
""",
        ),
        reference=_book_sign,
        inputs=lambda rng: (_book(rng),),
        edges=(
            ("000000000",),
            ("100000000",),
            ("000000001",),
            ("000000006",),
            ("999999999",),
            ("123456789",),
        ),
        idea="The remainder of the negative sum is what is missing to the next multiple of 11.",
        pitfall="11 minus the remainder gives 11 instead of 0 when the sum is already divisible.",
    ),
    Family(
        name="content_of_signed_line",
        concepts=("checksums", "bits", "parsing"),
        difficulty=4,
        names="verified_content read_signed_line check_line content_if_valid verify_line",
        arguments=("text|line|signal|received: str; a line with its check value",),
        returns="str | None",
        phrasings=(
            'Return the content of $text if it is intact, and None if not. An intact line is the content, "$mark", and the check value that signature() gives for the content. The content itself may contain "$mark".',
            'Given $text, split it at the last "$mark" and compare what stands behind it with signature() of what stands in front. If they are equal, return the front part; if they differ, or if there is no "$mark", return None.',
            'A weather station sends lines such as "wind 12${mark}37": the message, "$mark" and the signature() of the message. Lines can be damaged on the way. Return the message of $text, or None if its signature is missing or wrong (only the last "$mark" separates the two; case matters).',
            'If there is a string c with $text == c + "$mark" + signature(c), return it; there is at most one, because a signature never contains "$mark". Otherwise return None. The string c may be empty.',
        ),
        setup='''
def signature(s: str) -> str:
    """Combine the UTF-8 bytes of s by exclusive or, as two capital hexadecimal digits."""
    value = 0
    for byte in s.encode():
        value ^= byte
    return f"{value:02X}"
''',
        solutions=(
            """
content, found, check = $text.rpartition("$mark")
if found and signature(content) == check:
    return content
return None
""",
            """
$i = $text.rfind("$mark")
if $i < 0 or $text[$i + 1:] != signature($text[:$i]):
    return None
return $text[:$i]
""",
        ),
        reference=_content,
        parameters=lambda rng: {"mark": Raw(rng.choice("*#|!"))},
        inputs=lambda rng, mark: (_signal(rng).replace("*", mark),),
        edges=(
            ("",),
            ("*00",),
            ("00",),
            ("#00",),
            ("a*61",),
            ("|00",),
            ("a#b#20",),
            ("!00",),
            ("é!6A",),
            ("é*6A",),
        ),
        idea="The last mark separates, so a mark inside the content does no harm.",
        pitfall="Splitting at the first mark cuts a content that contains one.",
    ),
    Family(
        name="rows_with_wrong_parity",
        concepts=("checksums", "bits", "filtering"),
        difficulty=2,
        names="wrong_rows parity_errors damaged_rows bad_rows check_parity",
        arguments=("rows|lines|words|blocks: list[str]; rows of 0 and 1",),
        returns="list[int]",
        phrasings=(
            "Return the indices of those of $rows in which the number of ones is $wrong, in ascending order. A row is a text of the signs 0 and 1.",
            "Given $rows of zeros and ones, each ending in a parity bit that makes the number of ones $right, list the positions (from 0) of the rows that were damaged, that is, where the number of ones is $wrong.",
            "A tape stores rows of bits. The last bit of each is chosen so that the whole row has an $right number of ones. Which of $rows must be wrong? Give their numbers, counted from 0, in order.",
            'For each index i, from 0 upwards, include i in the result if $rows[i].count("1") is $wrong. Rows consist of "0" and "1" only and may be empty; an empty row has 0 ones, an even number.',
        ),
        solutions=(
            """
return [$i for $i, $row in enumerate($rows) if $row.count("1") % 2 == $bit]
""",
            """
$result = []
for $i in range(len($rows)):
    parity = 0
    for $char in $rows[$i]:
        parity ^= int($char)
    if parity == $bit:
        $result.append($i)
return $result
""",
            """
from functools import reduce
from operator import xor
parities = [reduce(xor, map(int, $row), 0) for $row in $rows]
return [$i for $i, parity in enumerate(parities) if parity == $bit]
""",
        ),
        reference=lambda rows, bit, right, wrong: [
            i for i, row in enumerate(rows) if sum(map(int, row)) & 1 == bit
        ],
        parameters=lambda rng: rng.choice(
            (
                {"bit": 1, "right": Raw("even"), "wrong": Raw("odd")},
                {"bit": 0, "right": Raw("odd"), "wrong": Raw("even")},
            )
        ),
        inputs=lambda rng, **_: (_parity_rows(rng),),
        edges=(([],), (["", "1"],), (["0", "1", "11", "111"],), (["0000", "1010", "1000"],)),
        idea="One flipped bit always changes whether the number of ones is even, so the row no longer fits.",
        pitfall="Two flipped bits cancel out; parity notices only an odd number of mistakes.",
    ),
)
