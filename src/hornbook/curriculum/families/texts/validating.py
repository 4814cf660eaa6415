"""Families that check a text by rules: passwords, names, brackets."""

from __future__ import annotations

import random
import re
from typing import Any

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw

_PATTERNS = {"digit": r"\d", "capital letter": "[A-Z]", "small letter": "[a-z]"}
_TESTS = {"digit": "isdigit", "capital letter": "isupper", "small letter": "islower"}


def _two_tests(rng: random.Random) -> dict[str, Any]:
    first, second = rng.sample(tuple(_TESTS), 2)
    return {
        "k": rng.randint(6, 10),
        "first": Raw(first),
        "second": Raw(second),
        "first_test": Raw(_TESTS[first]),
        "second_test": Raw(_TESTS[second]),
    }


def _password(rng: random.Random) -> str:
    parts = rng.sample(
        (draws.word(rng), draws.word(rng).capitalize(), str(rng.randint(0, 99)), "_"), rng.randint(1, 3)
    )
    return "".join(parts)


def _identifier(rng: random.Random, mark: str) -> str:
    start = rng.choice(("", "", "", "", mark, "7", "X"))
    return start + draws.word(rng) + rng.choice(("", "2", mark + "1", mark, mark + draws.word(rng), " ", "!"))


def _some_brackets(rng: random.Random, opening: str, closing: str) -> str:
    text = ""
    for _ in range(rng.randint(1, 4)):
        i = rng.randrange(len(opening))
        wrap = rng.random() < 0.6
        text = opening[i] + text + closing[i] if wrap else text + rng.choice("ab") + opening[i] + closing[i]
    if rng.random() < 0.5:
        i = rng.randrange(len(text))
        text = text[:i] + rng.choice(("", closing[-1])) + text[i + 1 :]
    return text


def _deepest(text: str, opening: str, closing: str) -> int:
    steps = [(c == opening) - (c == closing) for c in text]
    levels = [sum(steps[:n]) for n in range(len(steps) + 1)]
    return -1 if min(levels) < 0 or levels[-1] != 0 else max(levels)


def _matched(text: str, opening: str, closing: str) -> bool:
    rest = "".join(char for char in text if char in opening + closing)
    pairs = [left + right for left, right in zip(opening, closing, strict=True)]
    for _ in text:
        for pair in pairs:
            rest = "".join(rest.split(pair))
    return rest == ""


FAMILIES: tuple[Family, ...] = (
    Family(
        name="password_problems",
        concepts=("validation", "any_all", "lists"),
        difficulty=2,
        names="password_problems check_password broken_rules what_is_wrong f",
        arguments=("password|text|secret|phrase: str; the password to check",),
        returns="list[str]",
        phrasings=(
            'Return the list of rules that $password breaks, in this order: "short" if it has fewer than $k characters, "no $first" if it contains no $first, "no $second" if it contains no $second. A good password gives an empty list.',
            'Check $password against three rules and report the broken ones, in order, as "short" (a length below $k), "no $first" (without a single $first) and "no $second" (without a single $second). Return an empty list when nothing is wrong.',
            'What is wrong with $password? Collect "short" unless it has at least $k characters, then "no $first" unless some character is a $first, then "no $second" unless some character is a $second.',
            'A password needs $k or more characters, at least one $first and at least one $second. List what $password lacks, always in that order, using the words "short", "no $first" and "no $second"; nothing lacking means an empty list.',
        ),
        solutions=(
            """
$result = []
if len($password) < $k:
    $result.append("short")
if not any($char.$first_test() for $char in $password):
    $result.append("no $first")
if not any($char.$second_test() for $char in $password):
    $result.append("no $second")
return $result
""",
            """
$groups = {
    "short": len($password) >= $k,
    "no $first": any(map(str.$first_test, $password)),
    "no $second": any(map(str.$second_test, $password)),
}
return [$key for $key, $item in $groups.items() if not $item]
""",
            """
$left = $right = False
for $char in $password:
    $left = $left or $char.$first_test()
    $right = $right or $char.$second_test()
$result = [] if len($password) >= $k else ["short"]
if not $left:
    $result.append("no $first")
return $result if $right else [*$result, "no $second"]
""",
        ),
        reference=lambda password, k, first, second, **_: [
            name
            for name, pattern in (
                ("short", f".{{{k},}}"),
                *((f"no {n}", _PATTERNS[n]) for n in (first, second)),
            )
            if not re.search(pattern, password)
        ],
        parameters=_two_tests,
        inputs=lambda rng, **_: (_password(rng),),
        edges=(("",), ("7",), ("A",), ("abcdefghijkl",), ("Abcdefgh123",), ("UPPER CASE",)),
        idea="Every rule is a question of its own; the broken ones are collected in the order in which the questions are asked.",
        pitfall="With elif or an early return only the first broken rule would be reported.",
    ),
    Family(
        name="is_valid_name",
        concepts=("validation", "any_all", "early_return"),
        difficulty=2,
        names="is_valid_name valid_name check_name is_allowed solve",
        arguments=("name|text|identifier|label: str; the name to check",),
        returns="bool",
        phrasings=(
            'Return whether $name is a valid name: 1 to $k characters, all of them small letters a-z, digits or "$mark", the first one a letter.',
            'Tell whether $name keeps these rules: it begins with one of the letters a to z, continues with such letters, digits 0 to 9 and "$mark" only, and is not longer than $k characters. The empty text breaks them.',
            'A name consists of a letter from a to z, followed by any number of the characters a to z, 0 to 9 and "$mark"; altogether it has no more than $k characters. Is $name one? Return True or False.',
            'Return False if $name is empty, has more than $k characters, starts with anything but a letter a-z, or contains a character that is not a-z, 0-9 or "$mark"; return True otherwise. Capitals are not allowed.',
        ),
        solutions=(
            """
letters = "abcdefghijklmnopqrstuvwxyz"
if not $name or len($name) > $k or $name[0] not in letters:
    return False
for $char in $name:
    if $char not in letters + "0123456789$mark":
        return False
return True
""",
            """
import re
return re.fullmatch("[a-z][a-z0-9$mark]{0,$rest}", $name) is not None
""",
            """
from string import ascii_lowercase, digits
return (
    1 <= len($name) <= $k
    and $name[0] in ascii_lowercase
    and all($char in ascii_lowercase + digits + "$mark" for $char in $name)
)
""",
            """
from string import ascii_lowercase, digits
if len($name) > $k or not $name.startswith(tuple(ascii_lowercase)):
    return False
return set($name) <= {*ascii_lowercase, *digits, "$mark"}
""",
        ),
        reference=lambda name, k, rest, mark: (
            0 < len(name) <= k
            and "a" <= name[0] <= "z"
            and not [c for c in name if not ("a" <= c <= "z" or "0" <= c <= "9" or c == mark)]
        ),
        parameters=lambda rng: {
            "k": (k := rng.randint(7, 14)),
            "rest": k - 1,
            "mark": Raw(rng.choice("_.-+")),
        },
        inputs=lambda rng, mark, **_: (_identifier(rng, mark),),
        edges=(
            ("",),
            ("x",),
            ("r2d2",),
            ("7up",),
            ("Name",),
            ("a b",),
            ("été",),
            ("line\n",),
            ("abcdefghijklmnop",),
        ),
        idea="Handle the first character and the length first; what remains is one question that all characters must answer with yes.",
        pitfall="isalpha() also accepts letters such as é; and a regular expression needs fullmatch(), because match() is content with a good beginning.",
    ),
    Family(
        name="deepest_nesting",
        concepts=("parsing", "counting", "early_return"),
        difficulty=3,
        names="deepest_nesting nesting_depth max_depth how_deep process",
        arguments=("text|s|expression|source: str; the text with brackets",),
        returns="int",
        phrasings=(
            'Return how deeply the brackets "$opening" and "$closing" are nested in $text (0 without any), or -1 if they do not match: a "$closing" with no open partner or an "$opening" that is never closed.',
            'Find the greatest number of "$opening" that are open at the same time in $text; each "$closing" closes one. If a "$closing" comes when none is open, or some are still open at the end, the answer is -1. Other characters do not matter.',
            'Read $text with a level that starts at 0, goes up by one at "$opening" and down by one at "$closing". Give the highest level reached, but -1 if the level ever falls below 0 or does not end at 0.',
            'How many layers of "$opening" ... "$closing" lie around the innermost place of $text? Count 0 when it has no brackets and -1 when the brackets are not balanced; ignore all other characters.',
        ),
        solutions=(
            """
$best = $current = 0
for $char in $text:
    if $char == "$opening":
        $current += 1
        $best = max($best, $current)
    elif $char == "$closing":
        $current -= 1
        if $current < 0:
            return -1
return $best if $current == 0 else -1
""",
            """
from itertools import accumulate
$groups = {"$opening": 1, "$closing": -1}
$seen = list(accumulate(($groups.get($char, 0) for $char in $text), initial=0))
return max($seen) if min($seen) == 0 == $seen[-1] else -1
""",
            """
$count = 0
$other = "".join($char for $char in $text if $char in "$opening$closing")
while "$opening$closing" in $other:
    $other = $other.replace("$opening$closing", "")
    $count += 1
return -1 if $other else $count
""",
        ),
        reference=_deepest,
        parameters=lambda rng: dict(
            zip(("opening", "closing"), map(Raw, rng.choice(("()", "[]", "{}", "<>"))), strict=True)
        ),
        inputs=lambda rng, opening, closing: (_some_brackets(rng, opening, closing),),
        edges=(("",), ("no brackets",), ("([{<",), (")]}>([{<",), ("(([[{{<<>>}}]]))",), ("()[]{}<>",)),
        idea="The level of nesting is a running number, up at every opening and down at every closing bracket; its maximum is the depth.",
        pitfall="Equal numbers of both brackets are not enough: closing before opening also has to be noticed.",
    ),
    Family(
        name="brackets_match",
        concepts=("stacks", "validation", "dictionaries"),
        difficulty=3,
        names="brackets_match is_balanced well_nested check_brackets solve",
        arguments=("text|s|expression|formula: str; the text with brackets",),
        returns="bool",
        phrasings=(
            'Return whether the brackets in $text are balanced. The opening brackets are "$opening", their partners, in the same order, "$closing". Each must be closed by its partner, the last opened first; all other characters are ignored.',
            'Check $text: every bracket out of "$opening" has to be closed later by the one at the same position of "$closing", and pairs may contain each other but not overlap. Is that the case? Characters that are no brackets of these kinds do not count, and a text without any is fine.',
            'Tell whether each closing bracket in $text (one of "$closing") fits the most recent opening bracket still open (one of "$opening", in corresponding order), with none left open at the end. Ignore everything else.',
            'True or False: in $text, the brackets "$opening" and their counterparts "$closing" (first belongs to first, and so on) are correctly nested, that is, none is missing, superfluous or crossed with another pair. Only these characters matter.',
        ),
        solutions=(
            """
$groups = dict(zip("$closing", "$opening"))
$stack = []
for $char in $text:
    if $char in "$opening":
        $stack.append($char)
    elif $char in $groups and (not $stack or $stack.pop() != $groups[$char]):
        return False
return not $stack
""",
            """
$groups = dict(zip("$opening", "$closing"))
$stack = []
for $char in $text:
    if $char in $groups:
        $stack.append($groups[$char])
    elif $char in "$closing":
        if not $stack or $stack[-1] != $char:
            return False
        $stack.pop()
return len($stack) == 0
""",
            """
$other = "".join($char for $char in $text if $char in "$opening$closing")
$previous = None
while $other != $previous:
    $previous = $other
    for $left, $right in zip("$opening", "$closing"):
        $other = $other.replace($left + $right, "")
return $other == ""
""",
        ),
        reference=_matched,
        parameters=lambda rng: dict(
            zip(
                ("opening", "closing"),
                rng.choice(
                    [
                        (Raw(a + b), Raw(c + d))
                        for a, c in ("()", "[]", "{}")
                        for b, d in ("<>", "[]", "{}")
                        if a != b
                    ]
                ),
                strict=True,
            )
        ),
        inputs=lambda rng, opening, closing: (_some_brackets(rng, opening, closing),),
        edges=(("",), ("text",), ("([{<>}])",), ("([)]{<}>",), ("((",), ("}])>",), ("(a) [b] {c} <d>",)),
        idea="The bracket that was opened last must be closed first: that is what a stack is for.",
        pitfall="Counting each kind for itself does not notice crossed pairs; and popping from an empty stack is an error.",
    ),
)
