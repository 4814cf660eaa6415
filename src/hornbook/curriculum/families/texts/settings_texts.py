"""Families about pairs of keys and values in texts: attributes, sections, queries, typed settings."""

from __future__ import annotations

import configparser
import itertools
import random
import re
from collections.abc import Mapping
from typing import Any

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw


def _attributes(rng: random.Random) -> str:
    def pair() -> str:
        value = rng.choice(
            (f'"{draws.word(rng)} {draws.word(rng)}"', draws.word(rng), str(rng.randint(0, 99)), '""')
        )
        return f"{rng.choice(('id', 'name', 'size', 'class'))}={value}"

    return (" " * rng.randint(1, 2)).join(pair() for _ in range(rng.randint(2, 3)))


def _read_attributes(text: str) -> dict[str, str]:
    result: dict[str, str] = {}
    while text.strip():
        key, _, rest = text.strip().partition("=")
        cut = rest[1:].index('"') + 2 if rest[:1] == '"' else len(rest.split(" ")[0])
        result[key] = rest[:cut].strip('"')
        text = rest[cut:]
    return result


def _ini(rng: random.Random) -> str:
    lines: list[str] = []
    for section in rng.sample(("window", "sound", "player", "net"), rng.randint(1, 3)):
        lines.append(f"[{section}]")
        keys = rng.sample(("size", "mode", "level", "name"), rng.randint(0, 2))
        lines += [
            f"{key}{rng.choice(('=', ' = '))}{rng.choice((draws.word(rng), str(rng.randint(0, 9))))}"
            for key in keys
        ]
        lines += rng.choice(([], [""], ["# note"]))
    return "\n".join(lines)


def _sections(text: str) -> dict[str, dict[str, str]]:
    parser = configparser.ConfigParser(delimiters=("=",), comment_prefixes=("#",), interpolation=None)
    parser.read_string(text)
    return {name: dict(parser[name]) for name in parser.sections()}


def _query(rng: random.Random, sep: str) -> str:
    return sep.join(
        rng.choice((f"{rng.choice('abc')}={draws.word(rng)}", f"{rng.choice('ab')}=", rng.choice("cd")))
        for _ in range(rng.randint(2, 5))
    )


def _lists(text: str, sep: str) -> dict[str, list[str]]:
    pairs = [
        (piece.split("=")[0], "".join(piece.split("=")[1:]))
        for piece in re.findall(f"[^{re.escape(sep)}]+", text)
    ]
    return {key: [value for other, value in pairs if other == key] for key, _ in pairs}


def _typed_pairs(rng: random.Random) -> dict[str, str]:
    values = ("yes", "no", "12", "-3", "0", "1.5", "", "Yes", draws.word(rng), "007")
    return {key: rng.choice(values) for key in rng.sample(draws.GOODS, rng.randint(2, 4))}


def _typed(values: Mapping[str, str], yes: str, no: str) -> dict[str, Any]:
    def value(text: str) -> Any:
        special = {yes: True, no: False}
        if text in special:
            return special[text]
        return int(text) if re.fullmatch("-?[0-9]+", text) else text

    return dict(zip(values, map(value, values.values()), strict=True))


def _options(rng: random.Random) -> dict[str, Any]:
    values = (None, True, False, rng.randint(0, 50), draws.word(rng))
    return {
        key: rng.choice(values)
        for key in rng.sample(("color", "level", "quiet", "out", "size"), rng.randint(2, 4))
    }


def _command_line(options: Mapping[str, Any], dash: str) -> list[str]:
    parts = [
        [] if value is None or value is False else [dash + key] if value is True else [dash + key, str(value)]
        for key, value in sorted(options.items())
    ]
    return list(itertools.chain.from_iterable(parts))


FAMILIES: tuple[Family, ...] = (
    Family(
        name="attributes_of_element",
        concepts=("key_value_parsing", "regular_expressions", "dictionaries"),
        difficulty=4,
        names="read_attributes parse_attributes attribute_values element_settings attributes",
        arguments=("text|source|attributes_text|line: str; attributes separated by blanks",),
        returns="dict[str, str]",
        phrasings=(
            'Parse the attributes in $text into a dictionary, in the order of first appearance. An attribute is a name of letters, "=", and a value; values that are empty or contain blanks stand in double quotes, which do not belong to them. Blanks separate attributes, and a repeated name takes its last value.',
            'Given $text, for example id=7 name="two words", return the values by name. A value is either everything up to the next double quote, if it begins with one, or everything up to the next blank. There are no double quotes inside values and no blanks around "=". Later values replace earlier ones of the same name.',
            'The tags of a drawing carry attributes such as width=20 title="My house". Read those in $text, which is well formed, into a dictionary of texts. Quotes only mark the beginning and the end of a value; a name that occurs twice keeps its place and gets the second value.',
            '$text consists of attributes with one or more blanks between them: a run of letters, "=", and either a double quote, any characters other than double quotes, and a double quote, or one or more characters other than blanks and double quotes. Return a dict from the names to the values without quotes; for equal names the last value counts.',
        ),
        solutions=(
            r"""
import re
$result = {}
for match in re.finditer(r'(\w+)=(?:"([^"]*)"|(\S+))', $text):
    $key, quoted, bare = match.groups()
    $result[$key] = bare if quoted is None else quoted
return $result
""",
            """
import shlex
$groups = {}
for $item in shlex.split($text):
    $key, _, $other = $item.partition("=")
    $groups[$key] = $other
return $groups
""",
            """
$groups, $key, $current, quoted = {}, "", "", False
for $char in $text + " ":
    if $char == '"':
        quoted = not quoted
    elif $char == "=" and not $key:
        $key, $current = $current, ""
    elif $char == " " and not quoted:
        if $key:
            $groups[$key] = $current
        $key = $current = ""
    else:
        $current += $char
return $groups
""",
        ),
        reference=_read_attributes,
        inputs=lambda rng: (_attributes(rng),),
        edges=(("",), ("a=1",), ('a="x=y"  b=c=d',), ('a="" b="  "',), ('id=1 size=2 id="3 4"',)),
        idea="Which character ends a value depends on how it begins: a quote ends at the next quote, anything else at a blank.",
        pitfall="Splitting at blanks first tears quoted values apart.",
    ),
    Family(
        name="settings_in_sections",
        concepts=("key_value_parsing", "lines", "nested_data"),
        difficulty=3,
        names="read_sections parse_config load_settings sections config_by_section",
        arguments=("text|config|source|content: str; lines of settings",),
        returns="dict[str, dict[str, str]]",
        phrasings=(
            'Read the settings in $text. A line such as [sound] begins a section, a line with "=" holds a key and a value (blanks around both are dropped) and belongs to the last section begun; empty lines and lines that start with "#" mean nothing. Return a dictionary of dictionaries, in the order of the lines; each section begins once and each key occurs once in it.',
            'Given $text, make a dictionary from section names to the settings in them. Section names stand alone on a line in square brackets; below them follow lines "key = value", cut at the first "=", with or without blanks. Skip empty lines and comments (they begin with "#"). Sections without settings get an empty dictionary.',
            'A game keeps its options in a file with headings in square brackets and, under each heading, one option per line, name before and value behind the first "=". Load such a file, given as $text, into nested dictionaries of texts. Lines that are empty or start with "#" are for human readers only.',
            'Process the lines of $text in order: "[n]" sets the current section to n and adds an empty dict under n; a line "k = v" (split at the first "=", both parts stripped) stores v under k in the dict of the current section; "" and lines starting with "#" are ignored. No section or key is repeated, and the first setting comes after a section. Return the outer dict.',
        ),
        solutions=(
            """
$result = {}
for $row in $text.splitlines():
    if $row.startswith("["):
        $current = $result[$row[1:-1]] = {}
    elif $row and $row[0] != "#":
        $key, _, $item = $row.partition("=")
        $current[$key.strip()] = $item.strip()
return $result
""",
            """
$result = {}
section = ""
for $row in $text.split("\\n"):
    if not $row or $row.startswith("#"):
        continue
    if "=" not in $row:
        section = $row.strip("[]")
        $result[section] = {}
        continue
    $key, $item = [$word.strip() for $word in $row.split("=", 1)]
    $result[section][$key] = $item
return $result
""",
        ),
        reference=_sections,
        inputs=lambda rng: (_ini(rng),),
        edges=(("",), ("# nothing",), ("[a]",), ("[a]\nx = 1 = 2\n\n# y = 3\n[b]\nx=",), ("[ä]\nö = ü",)),
        idea="The lines below a heading need to know it, so the current section is kept in a variable between the rounds.",
        pitfall="Creating a section only when its first setting comes loses sections that have none.",
    ),
    Family(
        name="all_values_of_query",
        concepts=("key_value_parsing", "grouping", "splitting_joining"),
        difficulty=2,
        names="all_values query_lists parse_query values_by_key collect_values",
        arguments=("text|query|line|address: str; keys with values",),
        returns="dict[str, list[str]]",
        phrasings=(
            'Return a dictionary from each key in $text to the list of all its values, in order. Pairs are separated by "$sep"; a pair is a key, "=" and a value, which may be empty. A piece without "=" is a key with an empty value, and empty pieces are skipped.',
            'Given $text, split it at "$sep" into pieces and each piece at its "=" (there is at most one) into a key and a value. Collect the values of equal keys in a list; keys come in order of first appearance. Without "=" the value is "", and pieces of no characters count for nothing.',
            'In the address of a page, search conditions are written as color=red${sep}size=3${sep}color=blue${sep}new. Read such conditions from $text into a dictionary of lists: color has two values here, and new has one, which is empty. What is left between two "$sep" that touch is no condition.',
            'For every non-empty piece of $text.split("$sep"), let k be its part before the "=" and v the part behind it (k is the whole piece and v is "" where there is none). Return {k: [all v of this k in order]}, keys by first occurrence. No piece has two "=".',
        ),
        solutions=(
            """
$groups = {}
for $item in $text.split("$sep"):
    if $item:
        $key, _, $other = $item.partition("=")
        $groups.setdefault($key, []).append($other)
return $groups
""",
            """
$pair = [($item + "=").split("=")[:2] for $item in $text.split("$sep") if $item != ""]
$result = {$key: [] for $key, _ in $pair}
for $key, $other in $pair:
    $result[$key] += [$other]
return $result
""",
        ),
        reference=_lists,
        parameters=lambda rng: {"sep": Raw(rng.choice(("&", ";", ",")))},
        inputs=lambda rng, sep: (_query(rng, sep),),
        edges=(("",), ("a",), ("&;,",), ("a&a=2;a,b;b&&,",), ("=x",)),
        idea="setdefault gives every key its list the first time it is met; after that only append is needed.",
        pitfall="A plain assignment keeps only the last value of a repeated key.",
    ),
    Family(
        name="values_with_types",
        concepts=("key_value_parsing", "validation", "mapping"),
        difficulty=2,
        names="typed_values convert_settings with_types interpret_values convert_values",
        arguments=("values|settings|raw|options: dict[str, str]; texts by name",),
        returns="dict[str, object]",
        phrasings=(
            'Return a copy of $values in which the texts are converted: "$yes" becomes True, "$no" becomes False, and digits (0-9), perhaps with a minus in front, become an int. All other texts stay texts. Keep the order of the keys.',
            'Given $values, interpret each text in it. "$yes" and "$no" are truth values, a run of one or more digits 0-9 with an optional minus sign before it is a whole number, and anything else (also "1.5" or "") remains as it is. Return a new dictionary with the same keys.',
            'The settings of a heating are stored as texts. The program needs True and False where it says exactly "$yes" and "$no", numbers where there are whole numbers such as 21 or -5, and otherwise the text. Convert $values accordingly into a new dictionary in the same order.',
            'For every key k of $values with text t, the result has under k: True if t == "$yes", False if t == "$no", int(t) if t consists of at least one of the digits 0-9 after at most one leading "-", and t in all other cases. The order of the keys is that of $values.',
        ),
        solutions=(
            """
$result = {}
for $key, $item in $values.items():
    digits = $item.removeprefix("-")
    if $item in ("$yes", "$no"):
        $result[$key] = $item == "$yes"
    elif digits.isascii() and digits.isdigit():
        $result[$key] = int($item)
    else:
        $result[$key] = $item
return $result
""",
            """
import re

def convert($item):
    if $item == "$yes":
        return True
    if $item == "$no":
        return False
    return int($item) if re.fullmatch("-?[0-9]+", $item) else $item

return {$key: convert($item) for $key, $item in $values.items()}
""",
        ),
        reference=_typed,
        parameters=lambda rng: dict(
            zip(
                ("yes", "no"),
                map(Raw, rng.choice((("yes", "no"), ("on", "off"), ("true", "false")))),
                strict=True,
            )
        ),
        inputs=lambda rng, yes, no: (
            {key: {"yes": yes, "no": no}.get(text, text) for key, text in _typed_pairs(rng).items()},
        ),
        edges=(
            ({},),
            ({"a": "yes", "b": "off", "c": "true"},),
            ({"a": "--1", "b": "-", "c": "+1", "d": " 1"},),
            ({"a": "-0", "b": "٣"},),
        ),
        idea="The special words are tested first, then the form of a number; what fits nothing stays as it is.",
        pitfall='Just trying int() also accepts " 12 " and "1_000", which are not written as asked.',
    ),
    Family(
        name="options_as_arguments",
        concepts=("key_value_parsing", "list_building", "conditionals"),
        difficulty=2,
        names="command_options options_to_arguments build_arguments flags_for argument_list",
        arguments=("options|settings|choices|flags: dict[str, object]; options by name",),
        returns="list[str]",
        phrasings=(
            'Write $options as arguments of a command, sorted by name. True becomes "${dash}name" alone, a text or a number becomes "${dash}name" followed by the value as a text of its own, and False and None are left out.',
            'Given $options, return a list of texts. For each option in alphabetical order: nothing if its value is None or False, "$dash" and the name if it is True, and otherwise "$dash" with the name and then str() of the value as two elements. The number 0 is a value like any other.',
            'A program starts another one and has to pass it the $options that a user has chosen. Switches that are on are given as "${dash}quiet", those that are off or not chosen (None) not at all, other options as "${dash}size", "12". Build the list of arguments, names in ascending order.',
            'Let k run through the sorted keys of $options and v be the value. Append "$dash" + k and str(v) to the result if v is neither True nor False nor None (identity, so 0 and 1 are ordinary values); append only "$dash" + k if v is True; append nothing otherwise. Return the result.',
        ),
        solutions=(
            """
$result = []
for $key, $item in sorted($options.items()):
    if $item is None or $item is False:
        continue
    $result.append("$dash" + $key)
    if $item is not True:
        $result.append(str($item))
return $result
""",
            """
def arguments_for($key):
    $item = $options[$key]
    if $item is True:
        return ["$dash" + $key]
    absent = $item is None or $item is False
    return [] if absent else ["$dash" + $key, str($item)]

return sum(map(arguments_for, sorted($options)), [])
""",
        ),
        reference=_command_line,
        parameters=lambda rng: {"dash": Raw(rng.choice(("--", "-", "/")))},
        inputs=lambda rng, dash: (_options(rng),),
        edges=(({},), ({"a": None, "b": False},), ({"b": True, "a": 0},), ({"x": "", "y": 1, "w": "no"},)),
        idea="Three kinds of values give zero, one or two elements, so append decides more flexibly than one expression.",
        pitfall="`if not value` would drop the number 0 and the empty text together with False and None.",
    ),
)
