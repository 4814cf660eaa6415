"""Families about Roman numerals."""

from __future__ import annotations

import random
from collections.abc import Sequence

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family

_STEPS = ("I", "V", "X", "L", "C", "D", "M")


def _place(digit: int, low: int) -> str:
    one, five, ten = (*_STEPS, "", "")[low : low + 3]
    return (
        "",
        one,
        one * 2,
        one * 3,
        one + five,
        five,
        five + one,
        five + one * 2,
        five + one * 3,
        one + ten,
    )[digit]


def _roman(number: int) -> str:
    return "M" * (number // 1000) + "".join(_place(number // 10**p % 10, 2 * p) for p in (2, 1, 0))


_NUMBER_OF = {_roman(n): n for n in range(1, 4000)}


def _numeral(rng: random.Random) -> str:
    return _roman(rng.choice((rng.randint(1, 60), rng.randint(60, 3999))))


def _long_numeral(rng: random.Random) -> str:
    parts = [rng.choice((0, 4, 9, 9, 3, 6)) * 10**place for place in range(3)]
    return _added_only(rng.choice((0, 1000)) + sum(parts) or 4)


def _added_only(number: int) -> str:
    text = _roman(number)
    for short, long in (
        ("CM", "DCCCC"),
        ("CD", "CCCC"),
        ("XC", "LXXXX"),
        ("XL", "XXXX"),
        ("IX", "VIIII"),
        ("IV", "IIII"),
    ):
        text = text.replace(short, long)
    return text


def _maybe_numeral(rng: random.Random) -> str:
    good = _roman(rng.randint(1, 400))
    bad = rng.choice(
        (good + "I", "I" + good, good[::-1], good.replace("V", "IIIII"), good.lower(), good + "A")
    )
    return rng.choice((good, bad))


def _kings(rng: random.Random) -> list[str]:
    names = rng.sample(draws.FIRST_NAMES, 2)
    return [f"{rng.choice(names)} {_roman(rng.randint(1, 20))}" for _ in range(rng.randint(3, 5))]


def _sorted_kings(names: Sequence[str]) -> list[str]:
    keys = [(name.split(" ")[0], _NUMBER_OF[name.split(" ")[1]], i) for i, name in enumerate(names)]
    return [names[i] for *_, i in sorted(keys)]


FAMILIES: tuple[Family, ...] = (
    Family(
        name="value_of_numeral",
        concepts=("roman_numerals", "dictionaries", "enumerate_zip"),
        difficulty=3,
        names="roman_value read_roman from_roman numeral_value parse_numeral",
        arguments=("text|numeral|roman|inscription: str; a Roman numeral in capital letters",),
        returns="int",
        phrasings=(
            "Return the value of the Roman numeral in $text. The letters I, V, X, L, C, D, M are worth 1, 5, 10, 50, 100, 500, 1000; a letter that stands directly before one of greater value is subtracted, all others are added. An empty text has the value 0.",
            "Given $text, made of the letters I (1), V (5), X (10), L (50), C (100), D (500) and M (1000), add up their values, but take a letter off instead of adding it when the very next letter is worth more.",
            "Over the door of a church stands a year in Roman letters, $text. Which year is it? A letter counts negative if its right-hand neighbour is larger, as in IX or CD, and positive otherwise; the values are M 1000, D 500, C 100, L 50, X 10, V 5, I 1. No letters mean 0.",
            "Let v be the values of the letters of $text (I=1, V=5, X=10, L=50, C=100, D=500, M=1000), v1 ... vn. Return the sum of s(i) * vi, where s(i) is -1 if i < n and vi < v(i+1), and 1 otherwise; for n = 0 return 0.",
        ),
        solutions=(
            """
values = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
$total = 0
for $i, $char in enumerate($text):
    worth = values[$char]
    if $i + 1 < len($text) and worth < values[$text[$i + 1]]:
        $total -= worth
    else:
        $total += worth
return $total
""",
            """
values = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
$total = $previous = 0
for $char in reversed($text):
    $current = values[$char]
    $total += -$current if $current < $previous else $current
    $previous = $current
return $total
""",
        ),
        reference=lambda text: _NUMBER_OF[text] if text else 0,
        inputs=lambda rng: (_numeral(rng),),
        edges=(("",), ("I",), ("IV",), ("MCMXCIV",), ("III",), ("CDXLIX",)),
        idea="Read from the right, every letter is compared with the one read just before: smaller means subtract.",
        pitfall="The last letter has no right-hand neighbour and is always added.",
    ),
    Family(
        name="shorten_added_numeral",
        concepts=("roman_numerals", "string_methods", "for_loops"),
        difficulty=2,
        names="shorten_numeral usual_form modern_numeral simplify_roman compact",
        arguments=("text|numeral|roman|old: str; a Roman numeral that only adds",),
        returns="str",
        phrasings=(
            "In $text, a Roman numeral is written with additions only, its letters in falling order, at most one V, L or D and at most four I, X or C. Return it in the usual form: VIIII becomes IX, IIII IV, LXXXX XC, XXXX XL, DCCCC CM and CCCC CD.",
            "Given $text, a numeral such as MDCCCCX in which no letter is subtracted, rewrite every group of four equal letters the short way: four I as IV, four X as XL, four C as CD, and, if a V, L or D stands directly before them, together with it as IX, XC or CM.",
            "Old clocks and books write 9 as VIIII and 40 as XXXX. Turn such a numeral, $text, into the form used today: IV, IX, XL, XC, CD, CM instead of IIII, VIIII, XXXX, LXXXX, CCCC, DCCCC. Everything else stays; an empty text stays empty.",
            "$text consists of M (any number), D (at most 1), C (at most 4), L (at most 1), X (at most 4), V (at most 1), I (at most 4), in this order. Return the standard Roman numeral of the same value, which uses IV, IX, XL, XC, CD and CM where possible.",
        ),
        solutions=(
            """
rules = {"DCCCC": "CM", "CCCC": "CD", "LXXXX": "XC", "XXXX": "XL", "VIIII": "IX", "IIII": "IV"}
for long, short in rules.items():
    $text = $text.replace(long, short)
return $text
""",
            """
import re
for one, five, ten in ("CDM", "XLC", "IVX"):
    $text = re.sub(f"{five}{one}{{4}}", one + ten, $text)
    $text = re.sub(f"{one}{{4}}", one + five, $text)
return $text
""",
        ),
        reference=lambda text: _roman(
            sum({"M": 1000, "D": 500, "C": 100, "L": 50, "X": 10, "V": 5, "I": 1}[c] for c in text)
        ),
        inputs=lambda rng: (_long_numeral(rng),),
        edges=(("",), ("IIII",), ("VIIII",), ("MDCCCCLXXXXVIIII",), ("CCCCXXXXIIII",), ("III",)),
        idea="Six replacements cover all cases, if the longer pattern of each pair is replaced first.",
        pitfall="Replacing IIII before VIIII turns nine into VIV.",
    ),
    Family(
        name="numeral_in_proper_form",
        concepts=("roman_numerals", "validation", "regular_expressions"),
        difficulty=4,
        names="proper_numeral valid_roman is_numeral check_numeral well_formed",
        arguments=("text|numeral|entry|inscription: str; the text to check",),
        returns="bool",
        phrasings=(
            "Decide whether $text is a Roman numeral for a number from 1 to 3999 in its usual form, in capital letters. Only IV, IX, XL, XC, CD and CM subtract, I, X, C and M stand at most three times in a row, V, L and D at most once.",
            "Given $text, return True if it is exactly what one writes for some number from 1 to 3999: thousands (up to MMM), then hundreds (C, CC, CCC, CD, D, DC, DCC, DCCC, CM or nothing), then tens and ones built in the same way from X, L, C and I, V, X. Small letters and the empty text are not allowed.",
            "Visitors of a museum may enter a year in Roman letters. What is entered, $text, shall be accepted only if it is the usual spelling of a year from I to MMMCMXCIX: so IX but not VIIII, XCIX but not IC, and no small letters. Is it accepted? An empty entry is not.",
            'The proper numerals are the strings T + H + Z + E other than the empty one, with T one of the four strings of up to three M, H among the ten forms "", C, CC, CCC, CD, D, DC, DCC, DCCC, CM, Z the same with X, L, C, and E the same with I, V, X in place of C, D, M. Return whether $text is one of them.',
        ),
        solutions=(
            """
import re
pattern = "M{0,3}(CM|CD|D?C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})"
return $text != "" and re.fullmatch(pattern, $text) is not None
""",
            """
if not $text or $text.startswith("MMMM"):
    return False
values = (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1)
signs = ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I")
$left, $total = $text, 0
for value, sign in zip(values, signs):
    while $left.startswith(sign):
        $left, $total = $left[len(sign):], $total + value
written = ""
for value, sign in zip(values, signs):
    $count, $total = divmod($total, value)
    written += sign * $count
return $left == "" and written == $text
""",
        ),
        reference=lambda text: text in _NUMBER_OF,
        inputs=lambda rng: (_maybe_numeral(rng),),
        edges=(
            ("",),
            ("MMMCMXCIX",),
            ("MMMM",),
            ("IC",),
            ("VIIII",),
            ("IIX",),
            ("XXXX",),
            ("iv",),
            ("DD",),
            ("CDC",),
            ("IVI",),
        ),
        idea="Each decimal place is written on its own with three letters, so one pattern per place is enough.",
        pitfall="Checking only that the letters exist accepts IIX; the order and the counts matter.",
    ),
    Family(
        name="kings_in_order",
        concepts=("roman_numerals", "sorting_with_key", "splitting_joining"),
        difficulty=3,
        names="sort_kings order_names kings_in_order sort_rulers by_number",
        arguments=("names|kings|rulers|ships: list[str]; a name, a blank and a Roman numeral each",),
        returns="list[str]",
        phrasings=(
            "Sort $names, each of which is a name, one blank and a Roman numeral, first by the name (by code point) and then by the number, so that Otto IX comes before Otto X. Return a new list.",
            'Given $names such as "Eva IV", return them ordered alphabetically by the part before the blank and, for equal names, by the value of the numeral behind it. worth() gives that value.',
            "A list of kings and queens has to be put in order: names from A to Z, and those with the same name by their numbers, which are written in Roman letters. Return $names in this order; names that occur twice stay twice.",
            'Return the elements of $names in ascending order of the pair (n, worth(r)), where the element is n + " " + r and n contains no blank. The result is a list of the same texts.',
        ),
        setup='''
VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


def worth(roman: str) -> int:
    """Return the value of a Roman numeral below 400."""
    numbers = [VALUES[c] for c in roman]
    following = numbers[1:] + [0]
    return sum(-a if a < b else a for a, b in zip(numbers, following))
''',
        solutions=(
            """
def place($item):
    $key, numeral = $item.split(" ")
    return $key, worth(numeral)

return sorted($names, key=place)
""",
            """
$result = sorted($names, key=lambda $item: worth($item.split()[1]))
$result.sort(key=lambda $item: $item.partition(" ")[0])
return $result
""",
        ),
        reference=_sorted_kings,
        inputs=lambda rng: (_kings(rng),),
        edges=(([],), (["Ada I"],), (["B X", "B IX", "A XX", "B V"],), (["a II", "B I", "a II"],)),
        idea="The key is a pair of a text and a number; the numeral itself would sort by its letters.",
        pitfall="As texts, IX comes before V.",
    ),
)
