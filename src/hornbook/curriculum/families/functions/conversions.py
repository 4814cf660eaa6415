"""Families on making values of one type from another: text to numbers, numbers to text, and what gets lost."""

from __future__ import annotations

import random
import re
from typing import Any

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw

_TEXTS = ("7", "-3", "12", "007", "+5", " 8 ", "x", "", "4.5", "-", "--1", "1e3", "0", "-0", "2b", "100")


def _texts(rng: random.Random) -> tuple[list[str]]:
    return ([rng.choice((*_TEXTS, str(rng.randint(-99, 999)))) for _ in range(rng.randint(2, 6))],)


def _is_number(text: str) -> bool:
    return re.fullmatch(r"\s*[+-]?[0-9]+\s*", text) is not None


def _summed(texts: list[str]) -> tuple[int, int]:
    good = [text for text in texts if _is_number(text)]
    return sum(map(int, good)), len(texts) - len(good)


def _typed(text: str, *, yes: str, no: str, nothing: str) -> Any:
    table: dict[str, Any] = {yes: True, no: False, nothing: None}
    if text in table:
        return table[text]
    return int(text) if re.fullmatch("-?[0-9]+", text) else text


def _setting(rng: random.Random, yes: str, no: str, nothing: str) -> str:
    number = str(rng.randint(-50, 500))
    return rng.choice(
        (
            yes,
            no,
            nothing,
            number,
            number,
            draws.word(rng),
            yes.upper(),
            number + "-",
            "-",
            f"{rng.randint(1, 9)}.5",
        )
    )


def _survivors(texts: list[str]) -> list[str]:
    return [text for text in texts if re.fullmatch("0|-?[1-9][0-9]*", text)]


def _bits(flags: list[bool]) -> tuple[str, int]:
    number = sum(2**i for i, flag in enumerate(reversed(flags)) if flag)
    return "".join("01"[flag] for flag in flags), number


def _cut(amount: float) -> tuple[int, int]:
    quarters = round(amount * 4)
    whole = abs(quarters) // 4 * (1 if quarters >= 0 else -1)
    return whole, (abs(quarters) % 4) * 25


FAMILIES: tuple[Family, ...] = (
    Family(
        name="sum_of_readable_numbers",
        concepts=("type_conversion", "exceptions", "accumulation"),
        difficulty=2,
        names="sum_readable total_and_bad add_up_texts read_numbers parse_and_sum sum_entries",
        arguments=("texts|entries|fields|lines: list[str]; what was typed in",),
        returns="tuple[int, int]",
        phrasings=(
            "Return the sum of all $texts that `int` accepts, and how many it does not accept, as a pair. Blanks around a number and a sign in front are fine for `int`, while '', '4.5' and '1e3' are not.",
            "Given a list of strings $texts, convert each to a whole number and add them up. Return the tuple (sum, failures), where failures counts the strings for which `int` raises ValueError, such as '' or '2b'.",
            "A cash desk gets its $things as typed texts in $texts. Whatever Python's `int` can read counts, the rest is set aside. What is the sum of the readable ones, and how many were set aside? Return both; an empty list gives (0, 0).",
            "Return (s, b): s is the sum of int(t) over all strings t of $texts for which that is possible, and b is the number of the other strings. Only decimal numbers with an optional sign and surrounding white space are possible.",
        ),
        solutions=(
            """
$total = bad = 0
for text in $texts:
    try:
        $total += int(text)
    except ValueError:
        bad += 1
return $total, bad
""",
            """
def is_whole(text):
    digits = text.strip()
    if digits[:1] in ("+", "-"):
        digits = digits[1:]
    return digits.isdecimal()

numbers = [int(text) for text in $texts if is_whole(text)]
return sum(numbers), len($texts) - len(numbers)
""",
        ),
        reference=lambda texts, things: _summed(texts),
        inputs=lambda rng, things: _texts(rng),
        edges=(([],), ([""],), (["-"],), (["+4", "-4"],), (["4.0", " 6"],), (["--2", "+"],), (["é", "10"],)),
        idea="Trying the conversion and catching ValueError leaves the question what a number looks like to `int` itself.",
        pitfall="`text.isdigit()` refuses '-3' and ' 8 ', which `int` reads without trouble.",
        parameters=lambda rng: {
            "things": Raw(rng.choice(("amounts", "prices in cents", "piece numbers", "deposits")))
        },
    ),
    Family(
        name="value_of_a_setting",
        concepts=("type_conversion", "conditionals", "none_values"),
        difficulty=2,
        names="typed_values read_settings convert_settings parse_values to_python interpret",
        arguments=("texts|options|raw|fields: list[str]; the settings as they are written",),
        returns="list",
        phrasings=(
            "Return the list of the values that $texts stand for: True for '$yes', False for '$no', None for '$nothing', an int for one or more digits with perhaps a minus in front, and otherwise the string itself. Capitals matter.",
            "Given a list of settings $texts, convert each string to the type it looks like. '$yes' and '$no' are truth values, '$nothing' is None, digits 0-9 with an optional leading '-' are an integer; anything else, '4.5' and '' included, stays a string.",
            "A game reads its options from a file in which everything is text. '$yes' means True and '$no' False, '$nothing' means that nothing is set (None), and whole numbers such as '12' or '-3' become integers. Everything else stays as it is. Convert $texts and return the values in a list.",
            "Replace in $texts the exact strings '$yes', '$no' and '$nothing' by True, False and None, and every string that consists of an optional '-' and at least one of the characters 0 to 9, and nothing more, by that integer; leave all other strings unchanged. Return the new list.",
        ),
        solutions=(
            """
def value_of(text):
    if text in ("$yes", "$no"):
        return text == "$yes"
    if text == "$nothing":
        return None
    digits = text.removeprefix("-")
    return int(text) if digits.isascii() and digits.isdecimal() else text

return [value_of(text) for text in $texts]
""",
            """
import re

known = {"$yes": True, "$no": False, "$nothing": None}
$result = []
for text in $texts:
    if text in known:
        $result.append(known[text])
    elif re.fullmatch(r"-?[0-9]+", text):
        $result.append(int(text))
    else:
        $result.append(text)
return $result
""",
        ),
        reference=lambda texts, **words: [_typed(text, **words) for text in texts],
        inputs=lambda rng, yes, no, nothing: (
            [_setting(rng, yes, no, nothing) for _ in range(rng.randint(3, 6))],
        ),
        edges=(
            ([],),
            (["", "-"],),
            (["0", "-7", "--5"],),
            (["on", "yes", "true", "No"],),
            (["none", "null", "unset"],),
            (["007", "5 ", "²"],),
        ),
        idea="The special words are looked up first; what remains is a number exactly when it consists of digits, with a minus or not.",
        pitfall="`bool('no')` is True like every text that is not empty, so the words have to be compared.",
        parameters=lambda rng: rng.choice(
            (
                {"yes": Raw("yes"), "no": Raw("no"), "nothing": Raw("none")},
                {"yes": Raw("on"), "no": Raw("off"), "nothing": Raw("unset")},
                {"yes": Raw("true"), "no": Raw("false"), "nothing": Raw("null")},
            )
        ),
    ),
    Family(
        name="numbers_written_plainly",
        concepts=("type_conversion", "filtering", "strings"),
        difficulty=3,
        names="plain_numbers round_trips canonical_texts keep_plain well_written survivors",
        arguments=("texts|codes|numbers|entries: list[str]; the texts to look at",),
        returns="list[str]",
        phrasings=(
            "Return those of $texts that survive the way to an integer and back: `str(int(text))` is possible and gives the very same text. Keep their order and repeats.",
            "Given a list $texts, keep each string that equals `str(n)` for some integer n, in the old order. So '12', '0' and '-3' stay, while '007', '+5', ' 8', '-0', '4.5' and '' go.",
            "A library wants its $things written plainly: no leading zeros, no plus, no blanks, and of course nothing that is not a whole number. Which of $texts are written that way? Return them in order as a list.",
            "Return the list of the strings t in $texts that are '0', or consist of a digit from 1 to 9 followed by any number of digits from 0 to 9, or are such a string with a '-' in front of it.",
        ),
        solutions=(
            """
def survives(text):
    try:
        return str(int(text)) == text
    except ValueError:
        return False

return [text for text in $texts if survives(text)]
""",
            """
$result = []
for text in $texts:
    digits = text.removeprefix("-")
    if not digits.isascii() or not digits.isdigit():
        continue
    if digits[0] != "0" or text == "0":
        $result.append(text)
return $result
""",
        ),
        reference=lambda texts, things: _survivors(texts),
        inputs=lambda rng, things: _texts(rng),
        edges=(
            ([],),
            ([""],),
            (["0", "00", "-0"],),
            (["-1", "--1", "1-"],),
            (["10", "010", "10"],),
            (["½", "7"],),
            (["1_000"],),
        ),
        idea="Converting there and back gives the plain way of writing; a text that comes back different was written in another way.",
        pitfall="`int` accepts more than it writes, blanks, plus signs and leading zeros, so a successful conversion alone proves little.",
        parameters=lambda rng: {"things": Raw(rng.choice(("shelf numbers", "page numbers", "card numbers")))},
    ),
    Family(
        name="truth_values_as_a_number",
        concepts=("type_conversion", "bits", "string_building"),
        difficulty=2,
        names="flags_to_number encode_flags flags_as_text pack_flags binary_of as_binary",
        arguments=("flags|switches|answers|lights: list[bool]; the truth values, the most important first",),
        returns="tuple[str, int]",
        phrasings=(
            "Return $flags as a text of '1' for True and '0' for False, and as the number that this text is in binary, as a pair. An empty list gives ('', 0).",
            "Given a list of truth values $flags, write a 1 for every True and a 0 for every False and read the digits as a binary number. Return the tuple (digits, number); the last flag stands for 1, the one before for 2, then 4 and so on.",
            "A row of $lights is on or off. Note it down as digits, 1 for on and 0 for off, and also as the one number that these digits mean in base 2. What do you note for $flags? Without any the answer is ('', 0).",
            "Let b1 ... bn be the elements of $flags as integers (True is 1, False is 0). Return a pair of the string b1b2...bn and the integer b1 * 2**(n-1) + ... + bn * 2**0, which is 0 for n = 0.",
        ),
        solutions=(
            """
digits = "".join(str(int(flag)) for flag in $flags)
return digits, int(digits or "0", 2)
""",
            """
digits = ""
number = 0
for flag in $flags:
    digits += "1" if flag else "0"
    number = 2 * number + flag
return digits, number
""",
        ),
        reference=lambda flags, lights: _bits(flags),
        inputs=lambda rng, lights: ([rng.random() < 0.5 for _ in range(rng.randint(2, 7))],),
        edges=(
            ([],),
            ([True],),
            ([False],),
            ([False, False],),
            ([True] * 5,),
            ([True, False, False, False],),
            ([False, True, True],),
        ),
        idea="A truth value is worth 1 or 0; each further digit doubles what came before and adds its own worth.",
        pitfall="`str(True)` is 'True', not '1'; convert to int first.",
        parameters=lambda rng: {"lights": Raw(rng.choice(("lamps", "switches", "signal lights")))},
    ),
    Family(
        name="whole_part_and_cents",
        concepts=("type_conversion", "rounding", "arithmetic"),
        difficulty=2,
        names="split_amount whole_and_cents cut_amount units_and_cents take_apart parts_of_amount",
        arguments=("amount|price|value|number: float; a multiple of 0.25, perhaps negative",),
        returns="tuple[int, int]",
        phrasings=(
            "Return the whole part of $amount and its hundredths as two integers. The whole part is cut off towards zero, and the hundredths are never negative: 2.75 gives (2, 75) and -2.75 gives (-2, 75).",
            "Given the number $amount, a multiple of a quarter, what stands before and what behind the point when it is written with two decimals? Return a tuple of two integers; the sign goes to the first, and for amounts between -1 and 0 it is lost.",
            "A bank prints $unit and cents in separate columns. Let $amount be a multiple of 0.25. Convert it to a pair of integers, the $unit (rounded towards zero, with the sign) and the cents from 0 to 99.",
            "Let w be $amount rounded towards zero to an integer. Return (w, c), where c is the integer 100 * |$amount - w|, which lies between 0 and 99.",
        ),
        solutions=(
            """
whole = int($amount)
cents = int(abs($amount) * 100) % 100
return whole, cents
""",
            """
written = f"{$amount:.2f}"
whole, _, cents = written.partition(".")
return int(whole), int(cents)
""",
        ),
        reference=lambda amount, unit: _cut(amount),
        inputs=lambda rng, unit: (rng.randint(-60, 400) / 4,),
        edges=((0.0,), (0.75,), (-0.25,), (-3.5,), (12.0,), (-1.0,), (99.25,)),
        idea="`int` cuts off what stands behind the point, for negative numbers too, so the rest can be worked out without the sign.",
        pitfall="`amount // 1` rounds down, so -2.75 would become -3; and it is still a float.",
        parameters=lambda rng: {"unit": Raw(rng.choice(("euros", "dollars", "francs", "pounds")))},
    ),
)
