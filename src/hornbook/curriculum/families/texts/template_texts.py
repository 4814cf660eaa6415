"""Families about templates: gaps with defaults, serial letters, gaps nobody fills, lines that depend on the data."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from string import Formatter
from typing import Any

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw

_FIELDS = ("name", "city", "day", "price")


def _gappy(rng: random.Random, opening: str, closing: str) -> tuple[str, dict[str, str]]:
    def gap() -> str:
        return opening + rng.choice(_FIELDS) + rng.choice(("", "|you", "|", "|?")) + closing

    text = " ".join(rng.choice((draws.word(rng), gap(), gap())) for _ in range(rng.randint(3, 4)))
    return text, {field: draws.word(rng) for field in rng.sample(_FIELDS, 2)}


def _with_defaults(text: str, values: Mapping[str, str], opening: str, closing: str) -> str:
    result, rest = "", text
    while opening in rest:
        before, rest = rest.split(opening, 1)
        gap, rest = rest.split(closing, 1)
        result += before + values.get(gap.split("|")[0], "|".join(gap.split("|")[1:]))
    return result + rest


def _letters(rng: random.Random) -> tuple[str, list[dict[str, Any]]]:
    first, second = rng.sample(_FIELDS, 2)
    text = f"{rng.choice(('Dear', 'Hello'))} {{{first}}}, {draws.word(rng)} {{{second}}}{rng.choice(('!', '.', ''))}"
    people = [
        {first: rng.choice(draws.FIRST_NAMES), second: rng.randint(1, 40)} for _ in range(rng.randint(1, 2))
    ]
    return text, people


def _merged(text: str, record: Mapping[str, Any]) -> str:
    return "".join(
        literal + ("" if name is None else str(record[name]))
        for literal, name, _, _ in Formatter().parse(text)
    )


def _incomplete(rng: random.Random) -> tuple[str, dict[str, int]]:
    text = " ".join(
        rng.choice((draws.word(rng), f"{{{rng.choice(_FIELDS)}}}", f"{{{rng.choice(_FIELDS)}}}"))
        for _ in range(5)
    )
    return text, {field: rng.randint(0, 9) for field in rng.sample(_FIELDS, rng.randint(0, 2))}


def _open_gaps(text: str, values: Mapping[str, int]) -> list[str]:
    names = [piece.split("}")[0] for piece in text.split("{")[1:]]
    return [name for i, name in enumerate(names) if name not in {*names[:i], *values}]


def _depending(rng: random.Random, mark: str) -> tuple[str, dict[str, bool]]:
    lines = [
        rng.choice((draws.word(rng), f"{mark}{rng.choice('abc')} {draws.sentence(rng, 1, 2)}"))
        for _ in range(rng.randint(2, 4))
    ]
    return "\n".join(lines), {key: rng.random() < 0.5 for key in rng.sample("abc", 2)}


def _kept_lines(text: str, flags: Mapping[str, bool], mark: str) -> list[str]:
    result = []
    for line in text.split("\n"):
        match = re.fullmatch(rf"{re.escape(mark)}([^ ]+) (.*)", line)
        if match is None:
            result.append(line)
        elif flags.get(match[1]):
            result.append(match[2])
    return result


FAMILIES: tuple[Family, ...] = (
    Family(
        name="gaps_with_defaults",
        concepts=("templates", "regex_substitution", "dictionaries"),
        difficulty=3,
        names="fill_template fill_gaps expand_template with_defaults complete_text",
        arguments=(
            "text|template|form|letter: str; a text with gaps",
            "values|data|known|fields: dict[str, str]; texts for the gaps",
        ),
        returns="str",
        phrasings=(
            "Fill the gaps of $text. A gap is written ${opening}name$closing or ${opening}name|default$closing; it is replaced by the value of the name in $values, or, if there is none, by the default (nothing when no default is given). Inserted values are not searched for gaps.",
            'Given $text and $values, replace everything of the form ${opening}n$closing or ${opening}n|d$closing, where n is a name of letters and d any text without "$closing", by $values[n] if that exists, by d if not, and by an empty text if there is neither.',
            'A shop sends letters such as "Dear ${opening}name|customer$closing". Complete the letter in $text with what is known about somebody, $values; where a value is unknown, take what stands behind the sign | in the gap, if anything does. Values are inserted as they are, even if they look like gaps.',
            'Scan $text once from left to right. Each part consisting of "$opening", one or more letters n, optionally "|" and any characters d other than "$closing", and "$closing" is exchanged for $values[n] if n is in $values and for d (or "" if it is absent) otherwise. All other characters are copied; "$opening" and "$closing" occur only in such parts.',
        ),
        solutions=(
            r"""
import re

def chosen(match):
    $key, _, default = match[1].partition("|")
    return $values.get($key, default)

return re.sub(r"\$opening([^\$closing]*)\$closing", chosen, $text)
""",
            """
$left, *pieces = $text.split("$opening")
$result = [$left]
for $item in pieces:
    gap, $right = $item.split("$closing")
    $key, *default = gap.split("|", 1)
    $result += [$values[$key]] if $key in $values else default
    $result.append($right)
return "".join($result)
""",
        ),
        reference=_with_defaults,
        parameters=lambda rng: dict(
            zip(("opening", "closing"), map(Raw, rng.choice(("[]", "{}", "()"))), strict=True)
        ),
        inputs=_gappy,
        edges=(("", {"a": "b"}), ("no gaps", {})),
        idea="One pass finds each gap and decides about it at once, so inserted text is never looked at again.",
        pitfall="Replacing name after name can fill gaps that only came in with a value.",
    ),
    Family(
        name="serial_letters",
        concepts=("templates", "list_comprehensions", "string_formatting"),
        difficulty=2,
        names="serial_letters mail_merge fill_for_all write_letters letters_for",
        arguments=(
            "text|template|pattern|model: str; a text with names in braces",
            "records|people|guests|rows: list[dict[str, object]]; what to put in, for each letter",
        ),
        returns="list[str]",
        phrasings=(
            "Return one copy of $text for each of $records, in order, with every name in braces, as in {name}, replaced by the value that the record has under it, as str() writes it. Every record has all the names; braces occur only around names.",
            "Given $text, which contains gaps like {city}, and $records, write the text once per record: each gap is filled with the value of that name. The values may be texts or numbers, and no gap is without one.",
            "A club invites its members. The invitation $text contains gaps in braces, for instance {name} or {day}, and $records holds a dictionary for each member with what belongs into them. Produce all the letters, in the order of the members; no members, no letters.",
            'For each dict r of $records the result contains $text with all occurrences of "{k}" exchanged for str(r[k]). The names k are letters only, each gap has its key in every r, and $text has no other braces. Values contain no braces.',
        ),
        solutions=(
            "return [$text.format_map(record) for record in $records]",
            """
$result = []
for record in $records:
    letter = $text
    for $key, $item in record.items():
        letter = letter.replace("{" + $key + "}", str($item))
    $result.append(letter)
return $result
""",
            """
import re
$groups = re.split("[{}]", $text)
$result = []
for record in $records:
    parts = [str(record[$word]) if $i % 2 else $word for $i, $word in enumerate($groups)]
    $result.append("".join(parts))
return $result
""",
        ),
        reference=lambda text, records: [_merged(text, record) for record in records],
        inputs=_letters,
        edges=(("plain", [{}]), ("{a}", []), ("{a}{a} {b}", [{"a": 1, "b": "x"}, {"b": None, "a": "é"}])),
        idea="format_map looks every name up in the dictionary, so the text and the data stay apart.",
        pitfall="Filling the first letter in place leaves no gaps for the second; start from the template each time.",
    ),
    Family(
        name="gaps_left_open",
        concepts=("templates", "sets", "parsing"),
        difficulty=2,
        names="open_gaps missing_values unfilled_names what_is_missing check_template",
        arguments=(
            "text|template|form|model: str; a text with names in braces",
            "values|data|known|answers: dict[str, int]; values by name",
        ),
        returns="list[str]",
        phrasings=(
            "Return the names that stand in braces in $text and for which $values has no entry, each once, in the order in which they first appear. Braces occur only around names.",
            "Given $text with gaps such as {price}, which names would be missing if one filled it with $values? List every missing name once, by its first place in the text; names in $values that the text does not use do not matter.",
            "Before a letter is printed, a program checks that all its gaps can be filled. For the letter in $text and the $values at hand, list the names of the gaps {like this one} that have no value, without repeats, from the first gap to the last. A value of 0 is a value.",
            'Let g be the sequence of all texts between a "{" and the next "}" in $text, from left to right; braces are always paired and never nested. Return the elements of g that are not keys of $values, keeping only the first occurrence of each.',
        ),
        solutions=(
            r"""
import re
$result = []
for $key in re.findall(r"\{([^}]*)\}", $text):
    if $key not in $values and $key not in $result:
        $result.append($key)
return $result
""",
            """
names = dict.fromkeys($item.split("}")[0] for $item in $text.split("{")[1:])
return [$key for $key in names if $key not in $values]
""",
            """
from string import Formatter
fields = [field for _, field, _, _ in Formatter().parse($text) if field is not None]
return list(dict.fromkeys($key for $key in fields if $key not in $values))
""",
        ),
        reference=_open_gaps,
        inputs=_incomplete,
        edges=(("", {}), ("none", {"a": 1}), ("{a}{b}{a}", {}), ("{a} {b} {c}", {"b": 0})),
        idea="First find all names in their order, then leave out repeats and those that are known.",
        pitfall="A difference of sets loses the order in which the names appear.",
    ),
    Family(
        name="lines_with_conditions",
        concepts=("templates", "conditionals", "lines"),
        difficulty=3,
        names="conditional_lines apply_conditions visible_lines choose_lines render_lines",
        arguments=(
            "text|template|page|draft: str; lines, some with a condition",
            "flags|settings|conditions|facts: dict[str, bool]; what holds",
        ),
        returns="list[str]",
        phrasings=(
            'Return the lines of $text that are to be shown. A line that begins with "$mark", a name without blanks and a blank is shown only if $flags has True for the name, and then without these signs, the name and the blank; all other lines are always shown.',
            'Given $text and $flags, go through the lines. "${mark}name rest" gives "rest" if name is True in $flags and nothing if it is False or missing there. A line of another form is kept. The name ends at the first blank after "$mark" and has at least one character.',
            'The price list of a kitchen has lines only for some guests: "${mark}child small soup" is printed for those with the flag child, as "small soup". Which lines does somebody with $flags get to read? $text is the list; lines without such a beginning are for everyone.',
            'For each line l of $text, in order: if l is "$mark" + n + " " + r with n not empty and free of blanks, add r to the result in case $flags.get(n) is True; in any other case add l itself. Return the result.',
        ),
        solutions=(
            r"""
$result = []
for $row in $text.split("\n"):
    condition, blank, $other = $row.partition(" ")
    if not (blank and condition.startswith("$mark") and len(condition) > 1):
        $result.append($row)
    elif $flags.get(condition[1:], False):
        $result.append($other)
return $result
""",
            r"""
import re
$result = []
for $row in $text.split("\n"):
    match = re.fullmatch(r"[$mark]([^ ]+) (.*)", $row)
    if match and not $flags.get(match[1]):
        continue
    $result.append(match[2] if match else $row)
return $result
""",
        ),
        reference=_kept_lines,
        parameters=lambda rng: {"mark": Raw(rng.choice("?@%~"))},
        inputs=_depending,
        edges=(
            ("", {}),
            ("?a x\n@a y\n%a z\n~a w", {"a": True}),
            ("?a x\n@a y\n%a z\n~a w\nend", {"a": False}),
            ("? x\n?a\n@ x\n@a\n% x\n%a\n~ x\n~a", {"": True, "a": True}),
            ("?b x\n@b y\n%b z\n~b", {"a": True}),
        ),
        idea="Take the line apart first; only a line that really has a condition needs the look into the flags.",
        pitfall="flags[name] raises KeyError for a name that is not there; get treats it as not set.",
    ),
)
