"""Families about groups in regular expressions: taking the parts of a match, and replacing by them."""

from __future__ import annotations

import random
import re
from typing import Any

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw


def _duration(rng: random.Random, big: str, small: str) -> str:
    n, m = rng.randint(0, 30), rng.randint(0, 90)
    good = rng.choice((f"{n}{big}{m}{small}", f"{n}{big}", f"{m}{small}", f"{n}{big} {m}{small}"))
    return rng.choice(
        (good, good, good, good, good, good, str(n), f"{m}{small}{n}{big}", f"{n}{big}{m}", f"x{n}{big}")
    )


def _minutes(text: str, big: str, small: str, factor: int) -> int:
    valid: dict[str, int] = {}
    digits = re.findall("[0-9]+", text)[:2]
    for a in digits:
        valid |= {f"{a}{big}": int(a) * factor, f"{a}{small}": int(a)}
        for b in digits:
            for blank in ("", " "):
                valid[f"{a}{big}{blank}{b}{small}"] = int(a) * factor + int(b)
    return valid.get(text, -1)


def _points(rng: random.Random) -> str:
    def point() -> str:
        x, y = rng.randint(-20, 20), rng.randint(-9, 99)
        return rng.choice(
            (f"({x},{y})", f"({x}, {y})", f"({x} {y})", f"{x},{y}", f"({x},{y}", draws.word(rng))
        )

    return " ".join(point() for _ in range(rng.randint(2, 4)))


def _read_points(text: str, turn: bool) -> list[tuple[int, int]]:
    found = []
    for piece in text.split("(")[1:]:
        inside, closed, _ = piece.partition(")")
        first, comma, second = inside.partition(",")
        second = second.removeprefix(" ")
        if closed and comma and all(re.fullmatch("-?[0-9]+", n) for n in (first, second)):
            found.append((int(second), int(first)) if turn else (int(first), int(second)))
    return found


def _log_line(rng: random.Random) -> str:
    level = rng.choice(("INFO", "ERROR", "WARN", "DEBUG", "info"))
    number = rng.choice(
        (f" ({rng.randint(0, 99)})", f" ({rng.randint(0, 99)})", f" ({rng.randint(0, 9)})", "")
    )
    return f"[{level}] {draws.sentence(rng, 1, 2)}{number}"


def _read_log(text: str) -> dict[str, Any] | None:
    if text[:1] != "[" or "] " not in text:
        return None
    level, rest = text[1:].split("] ", 1)
    words = rest.split(" ")
    last = words[-1]
    digits = last[1:-1]
    if not (level and all("A" <= c <= "Z" for c in level) and digits and set(digits) <= set("0123456789")):
        return None
    if last != f"({digits})" or not rest[: -len(last) - 1]:
        return None
    return {"level": level, "text": rest[: -len(last) - 1], "count": int(digits)}


def _persons(rng: random.Random, sep: str) -> str:
    def one() -> str:
        first, last = rng.sample(draws.FIRST_NAMES, 2)
        return rng.choice((f"{last}, {first}", f"{last}, {first}", last, f"{last},{first}"))

    return sep.join(one() for _ in range(rng.randint(1, 3)))


def _turned(text: str, sep: str) -> str:
    entries = [entry.split(", ") for entry in text.split(sep)]
    return sep.join(" ".join(reversed(parts)) for parts in entries)


def _recipe(rng: random.Random) -> str:
    return " ".join(
        rng.choice((f"{rng.randint(0, 250)} {w}", f"{rng.randint(1, 12)}{w[0]}", w))
        for w in draws.words(rng, 3, 4)
    )


def _scaled(text: str, k: int) -> str:
    result, digits = "", ""
    for char in text + "\0":
        if char in "0123456789":
            digits += char
        else:
            result += (str(int(digits) * k) if digits else "") + char
            digits = ""
    return result[:-1]


FAMILIES: tuple[Family, ...] = (
    Family(
        name="duration_with_units",
        concepts=("regex_groups", "parsing", "validation"),
        difficulty=3,
        names="read_duration to_small_units parse_duration duration_value length_of_time",
        arguments=("text|duration|entry|span: str; the duration as written",),
        returns="int",
        phrasings=(
            'Return the value of $text in the unit "$small". It is a number followed by "$big", a number followed by "$small", or both in this order, with or without one blank in between; one "$big" is $factor "$small". Return -1 for any other text. Numbers are made of the digits 0 to 9.',
            'Given $text, such as "2${big}5${small}", "2${big} 5${small}", "2${big}" or "5${small}", compute its value in the unit "$small", of which one "$big" has $factor. The numbers may have any number of digits (0-9); the part with "$big" comes first if both are there. What does not look like this gives -1.',
            'In a form, people enter measures like 3${big} 20${small}, where either part may be missing but not both, and at most one blank separates them. Convert $text, such an entry, to the unit "$small" ($factor of them make one "$big"), and answer -1 for entries of any other form.',
            'The valid texts are N"$big", M"$small", N"$big"M"$small" and the last with one blank in the middle, where N and M are runs of one or more digits 0-9. Their values are N * $factor, M, and N * $factor + M. Return the value of $text as an int, or -1 if it is not valid.',
        ),
        solutions=(
            """
import re
match = re.fullmatch("(?:([0-9]+)$big)?( ?)(?:([0-9]+)$small)?", $text)
if match is None:
    return -1
large, blank, little = match.groups()
if large is None and little is None or blank and (large is None or little is None):
    return -1
return int(large or 0) * $factor + int(little or 0)
""",
            """
import re
forms = ("([0-9]+)$big()", "()([0-9]+)$small", "([0-9]+)$big ?([0-9]+)$small")
for form in forms:
    match = re.fullmatch(form, $text)
    if match:
        $left, $right = match.groups()
        return $factor * int($left or 0) + int($right or 0)
return -1
""",
        ),
        reference=_minutes,
        parameters=lambda rng: dict(
            zip(
                ("big", "small", "factor"),
                rng.choice(
                    (
                        (Raw("h"), Raw("m"), 60),
                        (Raw("d"), Raw("h"), 24),
                        (Raw("w"), Raw("d"), 7),
                        (Raw("ft"), Raw("in"), 12),
                    )
                ),
                strict=True,
            )
        ),
        inputs=lambda rng, big, small, factor: (_duration(rng, big, small),),
        edges=(("",), (" ",), ("5",), ("1h 1m 1d 1w",), (" 5h",)),
        idea="Each part is a group of its own; a group that took no part in the match counts as zero.",
        pitfall="When everything in a pattern is optional, the empty text matches as well and needs a test.",
    ),
    Family(
        name="points_in_a_text",
        concepts=("regex_groups", "tuples", "list_comprehensions"),
        difficulty=3,
        names="read_points find_points parse_points coordinates extract_pairs",
        arguments=("text|source|notes|drawing: str; the text to search",),
        returns="list[tuple[int, int]]",
        phrasings=(
            "Find all points in $text and return them as pairs of integers $says. A point is written as two whole numbers in parentheses with a comma and perhaps one blank after it between them, as in (3,-4) or (3, -4); nothing else stands inside.",
            "Given $text, list its points in order of appearance as tuples $says. A point looks like (a,b) or (a, b), where a and b are runs of digits 0-9, each perhaps with a minus directly in front; whatever looks different is not a point.",
            "A treasure map comes with notes that contain places such as (12, -3). Collect the places of $text, $says, in a list of pairs of ints. Only the forms (x,y) and (x, y) with whole, perhaps negative numbers count.",
            "For every non-overlapping occurrence, from left to right, of an opening parenthesis, an integer (digits 0-9, optional minus sign), a comma, an optional single blank, a second integer and a closing parenthesis in $text, add to the result a tuple of the two ints, $says.",
        ),
        solutions=(
            r"""
import re
found = re.findall(r"\((-?[0-9]+), ?(-?[0-9]+)\)", $text)
return [(int($first), int($second)) for x, y in found]
""",
            r"""
import re
$result = []
for match in re.finditer(r"[(](?P<x>-?[0-9]+),[ ]?(?P<y>-?[0-9]+)[)]", $text):
    x, y = int(match["x"]), int(match["y"])
    $result.append(($first, $second))
return $result
""",
        ),
        reference=lambda text, first, second, says: _read_points(text, first == "y"),
        parameters=lambda rng: rng.choice(
            (
                {
                    "first": Raw("x"),
                    "second": Raw("y"),
                    "says": Raw("in the order in which the two are written"),
                },
                {"first": Raw("y"), "second": Raw("x"), "says": Raw("with the second number first")},
            )
        ),
        inputs=lambda rng, **_: (_points(rng),),
        edges=(
            ("",),
            ("(1,2)(3, 4)((5,6))",),
            ("(1 ,2) (1,  2) (--1,2) (1,2,3) (,1) (7,0)",),
            ("(-0,-05) (1.5,2)",),
        ),
        idea="The parentheses of the text are escaped, those without a backslash are groups; findall gives the groups as tuples.",
        pitfall="findall returns texts, not numbers: convert both parts.",
    ),
    Family(
        name="parts_of_a_log_line",
        concepts=("regex_groups", "dictionaries", "early_return"),
        difficulty=3,
        names="read_log_line parse_log log_parts split_entry parse_entry",
        arguments=("text|line|entry|record: str; one line of a log",),
        returns="dict[str, object] | None",
        phrasings=(
            'Read $text, a line like "[ERROR] disk full (3)", into a dictionary with the keys "level" (ERROR), "text" (disk full) and "count" (the int 3), in this order. The level consists of capital letters A to Z, the text has at least one character, and the count of digits 0 to 9 at the end. Return None for lines of any other form.',
            'Given $text, return {"level": ..., "text": ..., "count": ...} if it consists of one or more letters A-Z in square brackets, a blank, some text that is not empty, a blank, and one or more digits 0-9 in parentheses; the count is an int. If it does not, return None.',
            'A server writes its log as lines such as "[INFO] user logged in (12)": level in capitals, message, number of times. Take $text apart into a dictionary with level, text and count (a number), and return None when it is not of this form. If several pairs of parentheses end the line, only the last one is the count.',
            'If $text matches, as a whole, "[", letters A-Z (at least one), "] ", any characters (at least one), " (", digits 0-9 (at least one), ")", return a dictionary of the three variable parts under "level", "text" and "count", the last one converted to int; otherwise return None. No line breaks occur.',
        ),
        solutions=(
            r"""
import re
match = re.fullmatch(r"\[([A-Z]+)\] (.+) \(([0-9]+)\)", $text)
if not match:
    return None
level, message, $count = match.groups()
return {"level": level, "text": message, "count": int($count)}
""",
            r"""
import re
match = re.fullmatch(r"\[(?P<level>[A-Z]+)\] (?P<text>.+) [(](?P<count>[0-9]+)[)]", $text)
if match is not None:
    $result = match.groupdict()
    $result["count"] = int($result["count"])
    return $result
return None
""",
        ),
        reference=_read_log,
        inputs=lambda rng: (_log_line(rng),),
        edges=(
            ("",),
            ("[A] b (0)",),
            ("[A]  (1)",),
            ("[A] x (1) (02)",),
            ("[AB]c (1)",),
            ("[A1] b (2)",),
            ("[A] ] b (2)",),
            ("[Ä] b (2)",),
        ),
        idea="One pattern describes the whole line, and its groups are the parts; there is either a match or nothing to read.",
        pitfall="Asking for the groups of a match that is None raises AttributeError.",
    ),
    Family(
        name="turn_names_round",
        concepts=("regex_substitution", "regex_groups", "splitting_joining"),
        difficulty=2,
        names="turn_names first_name_first reorder_names natural_names flip_names",
        arguments=("text|names|authors|people: str; one or several names",),
        returns="str",
        phrasings=(
            'In $text, names are separated by "$sep". Turn each name of the form "Last, First" into "First Last"; names without a comma and a blank stay as they are. Names consist of letters, and at most one comma.',
            'Given $text, rewrite every "A, B" between two "$sep" (or at the ends) as "B A", where A and B are words of letters. Entries of another form, such as a single word or "A,B" without a blank, do not change.',
            'A journal receives its authors as "Jun, Ada${sep}Kai" and prints "Ada Jun${sep}Kai". Do this for $text: where a comma and a blank stand between two words, swap the words and leave the comma out. Everything else, "$sep" included, stays in place.',
            'Replace in $text each occurrence of a word, ", " and a word by the second word, one blank and the first word. Words are runs of letters. Occurrences are separated by "$sep"; nothing else is changed, and the result is a string.',
        ),
        solutions=(
            r"""
import re
name = r"(\w+)"
expression = name + ", " + name
return re.sub(expression, r"\2 \1", $text)
""",
            """
$result = []
for $item in $text.split("$sep"):
    $left, comma, $right = $item.partition(", ")
    $result.append(f"{$right} {$left}" if comma else $item)
return "$sep".join($result)
""",
        ),
        reference=_turned,
        parameters=lambda rng: {"sep": Raw(rng.choice(("; ", " / ", " | ", " + ")))},
        inputs=lambda rng, sep: (_persons(rng, sep),),
        edges=(("",), ("Ada",), ("Ada,Eva",), ("Öz, Éva",)),
        idea="The two groups remember the words, and \\2 \\1 writes them down in the other order.",
        pitfall="Without the r in front, \\1 in the replacement is a character, not a group.",
    ),
    Family(
        name="numbers_times_portions",
        concepts=("regex_substitution", "higher_order", "arithmetic"),
        difficulty=3,
        names="scale_recipe multiply_numbers scale_numbers adjust_amounts for_more_people",
        arguments=("text|recipe|order|plan: str; a text with numbers in it",),
        returns="str",
        phrasings=(
            "Multiply every whole number in $text by $k and leave the rest as it is. A number is a run of the digits 0 to 9, as long as possible; the new one has no leading zeros.",
            "Given $text, replace each run of digits (0-9) by $k times the number it stands for, written without leading zeros. All other characters are copied.",
            'A recipe says "2 eggs, 250g flour". Rewrite $text for $k times as many people: all numbers, wherever they stand, are multiplied by $k, and nothing else changes. A point or a minus is just another character.',
            "Return $text with every maximal substring d of ASCII digits exchanged for str($k * int(d)). Digits that touch letters count, too; a text without digits is returned unchanged.",
        ),
        solutions=(
            """
import re
return re.sub("[0-9]+", lambda match: str($k * int(match[0])), $text)
""",
            """
import re

def scaled(match: re.Match[str]) -> str:
    number = int(match.group())
    return str(number * $k)

return re.compile("[0-9]+").sub(scaled, $text)
""",
            """
from itertools import groupby
$result = ""
for is_number, run in groupby($text, lambda $char: "0" <= $char <= "9"):
    $item = "".join(run)
    $result += str(int($item) * $k) if is_number else $item
return $result
""",
        ),
        reference=_scaled,
        parameters=lambda rng: {"k": rng.randint(2, 9)},
        inputs=lambda rng, k: (_recipe(rng),),
        edges=(("",), ("0",), ("007-1.50x",), ("no number",), ("é9",)),
        idea="re.sub accepts a function: it gets each match and answers with the text to put in its place.",
        pitfall="Replacing number after number with str.replace changes digits inside other numbers, too.",
    ),
)
