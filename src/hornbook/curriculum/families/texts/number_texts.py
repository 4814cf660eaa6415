"""Families about numbers as texts in other systems: bases, and the columns of a sheet."""

from __future__ import annotations

import random
from typing import Any

from hornbook.curriculum.family import Family, Raw


def _digit_set(rng: random.Random) -> dict[str, Any]:
    signs = rng.choice(("abc", "xyz", "ox", "+-/", "nesw", "mtwhf", "ABCDEF"))
    return {"signs": Raw(signs), "base": len(signs)}


def _value(text: str, signs: str) -> int:
    weights = [len(signs) ** i for i in range(len(text))]
    return sum(w * signs.index(c) for w, c in zip(weights, reversed(text), strict=True))


def _in_base(n: int, base: int) -> str:
    return (_in_base(n // base, base) if n >= base else "") + str(n % base)


def _two_numbers(rng: random.Random, base: int) -> tuple[str, str]:
    first, second = (_in_base(rng.randint(0, base ** rng.randint(1, 5)), base) for _ in range(2))
    return first, second


def _column(number: int) -> str:
    name = "A"
    for _ in range(number - 1):
        stem = name.rstrip("Z")
        grown = stem[:-1] + chr(ord(stem[-1]) + 1) if stem else "A"
        name = grown + "A" * (len(name) - len(stem))
    return name


def _mirror_bases(n: int, high: int) -> list[int]:
    def digits(base: int) -> list[int]:
        places = [base**i for i in range(n.bit_length() + 1) if base**i <= max(n, 1)]
        return [n // place % base for place in places]

    return [base for base in range(2, high + 1) if digits(base) == digits(base)[::-1]]


FAMILIES: tuple[Family, ...] = (
    Family(
        name="number_in_secret_digits",
        concepts=("number_bases", "accumulation", "substrings"),
        difficulty=2,
        names="secret_number read_number value_of_signs decode_number to_int",
        arguments=("text|signs|number|code: str; a number in these digits",),
        returns="int",
        phrasings=(
            'The characters "$signs", in this order, are the digits 0, 1, ... of a number system with base $base. Return the number that $text stands for, the most significant digit first; an empty text stands for 0.',
            'Given $text, read it as a number to base $base whose digits are written with the signs "$signs": the first of these signs is worth 0, each further one 1 more. There are no other characters in $text, and no characters at all mean 0.',
            'A people on a far island counts with $base signs, "$signs", from zero upwards, and writes its numbers as we do, just with base $base instead of 10. Which number does $text mean, as an int? Where nothing is written, the number is 0.',
            'Let d(c) be the index of the character c in "$signs". For $text = c1 c2 ... cn return the sum of d(ci) * $base ** (n - i) over all i from 1 to n, which is 0 for n = 0.',
        ),
        solutions=(
            """
$total = 0
for $char in $text:
    $total = $total * $base + "$signs".index($char)
return $total
""",
            """
digits = {sign: str(worth) for worth, sign in enumerate("$signs")}
return int("".join(digits[$char] for $char in $text) or "0", $base)
""",
            """
$total = 0
for $i, $char in enumerate(reversed($text)):
    $total += "$signs".find($char) * $base ** $i
return $total
""",
        ),
        reference=lambda text, signs, base: _value(text, signs),
        parameters=_digit_set,
        inputs=lambda rng, signs, base: ("".join(rng.choices(signs, k=rng.randint(2, 5))),),
        edges=(("",),),
        idea="Every new digit moves all earlier ones up by one place: multiply by the base, then add.",
        pitfall="Multiplying after adding counts the last digit with the wrong weight.",
    ),
    Family(
        name="add_in_base",
        concepts=("number_bases", "digits", "while_loops"),
        difficulty=4,
        names="add_in_base base_sum add_numbers sum_of_digits_texts column_addition",
        arguments=(
            "first|a|upper|one: str; a number in this base",
            "second|b|lower_number|two: str; another number in this base",
        ),
        returns="str",
        phrasings=(
            "Add $first and $second, two numbers written in base $base, and return the sum in base $base. Both are texts of digits without sign and, except for 0 itself, without leading zeros; so is the result.",
            "Given $first and $second, texts that represent non-negative integers in the number system with base $base, return the text of their sum in the same system, with no zeros in front (but 0 is written as one zero).",
            "A computer made of wheels has wheels with the digits 0 to $last. Its two registers show $first and $second, with the most significant digit on the left. What does it show after adding them? The result has no superfluous zeros at the front, and neither do the registers.",
            "Let a and b be the integers whose base $base representations are $first and $second (digits 0 to $last, no leading zeros except for the number 0). Return the base $base representation of a + b as a string.",
        ),
        solutions=(
            """
width = max(len($first), len($second)) + 1
carry = 0
$result = ""
for $left, $right in zip(reversed($first.zfill(width)), reversed($second.zfill(width))):
    carry, digit = divmod(int($left) + int($right) + carry, $base)
    $result = str(digit) + $result
return $result.lstrip("0") or "0"
""",
            """
$total = int($first, $base) + int($second, $base)
$result = [str($total % $base)]
while $total >= $base:
    $total //= $base
    $result.append(str($total % $base))
return "".join(reversed($result))
""",
        ),
        reference=lambda first, second, base, last: _in_base(
            sum(_value(text, "012345678"[:base]) for text in (first, second)), base
        ),
        parameters=lambda rng: (lambda b: {"base": b, "last": b - 1})(rng.randint(3, 9)),
        inputs=lambda rng, base, **_: _two_numbers(rng, base),
        edges=(("0", "0"), ("0", "12"), ("2", "1"), ("222", "1"), ("1", "2222"), ("1021", "202")),
        idea="It is addition by columns, as at school; what reaches the base is carried to the next column on the left.",
        pitfall="The last carry may need one column more than the longer number has.",
    ),
    Family(
        name="letters_of_sheet_column",
        concepts=("number_bases", "unicode", "while_loops"),
        difficulty=3,
        names="column_name sheet_column column_letters name_of_column excel_column",
        arguments=("number|which|index|n: int; number of the column, at least 1",),
        returns="str",
        phrasings=(
            "The columns of a spreadsheet are numbered from 1. Return the name of column $number: 1 is A, 26 is Z, 27 is AA, 28 is AB, 702 is ZZ, 703 is AAA, and so on.",
            "Given $number, at least 1, write it in the system in which the letters A to Z are digits worth 1 to 26 and there is no zero, so that Z is followed by AA and AZ by BA. The most important letter comes first.",
            "The rows of seats in a huge stadium are named A, B, ..., Z, AA, AB, ..., AZ, BA, ..., ZZ, AAA and so on. What is row $number called, if the first row, A, has number 1?",
            "Return the string of capital letters l1 ... lm with $number = sum over i of v(li) * 26 ** (m - i), where v is 1 for A up to 26 for Z. There is exactly one for every integer $number >= 1.",
        ),
        solutions=(
            """
$result = ""
while $number > 0:
    $number, $i = divmod($number - 1, 26)
    $result = chr(ord("A") + $i) + $result
return $result
""",
            """
from string import ascii_uppercase
$number -= 1
last = ascii_uppercase[$number % 26]
return last if $number < 26 else $self($number // 26) + last
""",
        ),
        reference=_column,
        inputs=lambda rng: (rng.choice((rng.randint(1, 26), rng.randint(27, 760))),),
        edges=((1,), (26,), (27,), (52,), (53,), (702,), (703,)),
        idea="Taking one off before dividing turns the digits 1 to 26 into the usual 0 to 25.",
        pitfall="Without it, every multiple of 26 asks for a digit zero, which does not exist here.",
    ),
    Family(
        name="bases_with_mirror_digits",
        concepts=("number_bases", "palindromes", "functions"),
        difficulty=3,
        names="mirror_bases symmetric_bases bases_with_mirror palindromic_bases good_bases",
        arguments=("number|n|year|value: int; a number, not negative",),
        returns="list[int]",
        phrasings=(
            "Return all bases from 2 to $high in which the digits of $number read the same from both ends, in ascending order. A number with a single digit counts.",
            "Given $number, in which of the number systems with base 2, 3, ..., $high does it look the same forwards and backwards? List these bases, smallest first.",
            "A collector likes numbers that are their own mirror image. 17 is none in base 10, but it is 10001 in base 2. For which bases up to $high (starting with 2) would the collector like $number? Answer with an ascending list; one-digit numbers are always liked.",
            "Return the sorted list of all b with 2 <= b <= $high for which the sequence of digits of $number to base b, without leading zeros (0 has the one digit 0), equals its reverse.",
        ),
        solutions=(
            """
$result = []
for base in range(2, $high + 1):
    digits = []
    $left = $number
    while $left > 0:
        digits.append($left % base)
        $left //= base
    if digits == digits[::-1]:
        $result.append(base)
return $result
""",
            """
def reversed_in(base):
    $other, $left = 0, $number
    while $left:
        $left, digit = divmod($left, base)
        $other = $other * base + digit
    return $other

return [base for base in range(2, $high + 1) if reversed_in(base) == $number]
""",
        ),
        reference=lambda number, high: _mirror_bases(number, high),
        parameters=lambda rng: {"high": rng.randint(8, 16)},
        inputs=lambda rng, high: (rng.choice((rng.randint(2, 40), rng.randint(20, 400))),),
        edges=((0,), (1,), (7,), (10,), (17,), (121,), (5,)),
        idea="Building the reversed number digit by digit needs no list: it equals the number exactly when the digits are symmetric.",
        pitfall="Comparing the number with its reverse in base 10 only answers for base 10.",
    ),
)
