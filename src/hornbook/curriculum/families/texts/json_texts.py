"""Families about JSON: reading values out of it, merging it, counting what it holds, lines of records."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping
from typing import Any

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw


def _thing(rng: random.Random, depth: int = 2) -> Any:
    if depth == 0 or rng.random() < 0.35:
        return rng.choice((rng.randint(0, 99), draws.word(rng), None, True, 1.5))
    if rng.random() < 0.5:
        return [_thing(rng, depth - 1) for _ in range(rng.randint(0, 2))]
    return {name: _thing(rng, depth - 1) for name in rng.sample("abc", rng.randint(1, 2))}


def _with_path(rng: random.Random, sep: str) -> tuple[str, str]:
    data = {"a": _thing(rng), "b": _thing(rng), "c": rng.randint(1, 9)}
    paths = [path for path, _ in _leaves(data, sep)]
    return json.dumps(data), rng.choice((*paths, rng.choice(paths) + sep + "x", "b", f"a{sep}0"))


def _leaves(data: Any, sep: str, path: str = "") -> Iterator[tuple[str, Any]]:
    if path:
        yield path, data
    pairs = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in pairs:
        yield from _leaves(value, sep, f"{path}{sep}{key}" if path else str(key))


def _at_path(text: str, path: str, sep: str) -> Any:
    return dict(_leaves(json.loads(text), sep)).get(path)


def _stock(rng: random.Random) -> str:
    return json.dumps(draws.counts(rng, 1, 3), separators=(",", ":"))


def _added(first: str, second: str) -> str:
    pairs = [*json.loads(first).items(), *json.loads(second).items()]
    return json.dumps({k: sum(v for name, v in pairs if name == k) for k in sorted(dict(pairs))})


def _kind_counts(text: str) -> dict[str, int]:
    names = {dict: "object", list: "array", str: "string", bool: "boolean", int: "number", float: "number"}
    data = json.loads(text)
    kinds = [names.get(type(value), "null") for value in (data, *(v for _, v in _leaves(data, "/")))]
    return {kind: kinds.count(kind) for kind in sorted(set(kinds))}


def _records(rng: random.Random, field: str) -> str:
    lines = []
    for _ in range(rng.randint(2, 4)):
        record = {"name": draws.word(rng), field: rng.randint(0, 30)}
        lines.append(
            rng.choice((json.dumps(record), json.dumps(record), json.dumps({"name": "x"}), "{oops", ""))
        )
    return "\n".join(lines)


def _line_value(line: str, field: str) -> int:
    try:
        return int(json.JSONDecoder().decode(line)[field])
    except (ValueError, KeyError):
        return 0


def _settings(rng: random.Random) -> tuple[dict[str, Any], dict[str, Any]]:
    def some() -> dict[str, Any]:
        return {
            k: rng.choice((rng.randint(0, 9), "on", None))
            for k in rng.sample(("size", "mode", "color", "depth"), 2)
        }

    first, second = some(), some()
    if rng.random() < 0.7:
        first["font"], second["font"] = (
            {"size": rng.randint(8, 12)},
            rng.choice(({"bold": True}, {"size": 9}, 3)),
        )
    return first, second


def _overlaid(first: Mapping[str, Any], second: Mapping[str, Any]) -> dict[str, Any]:
    def value(key: str) -> Any:
        a, b = first.get(key), second.get(key)
        if isinstance(a, dict) and isinstance(b, dict):
            return _overlaid(a, b)
        return second[key] if key in second else first[key]

    return {key: value(key) for key in dict.fromkeys([*first, *second])}


FAMILIES: tuple[Family, ...] = (
    Family(
        name="value_at_json_path",
        concepts=("json", "nested_data", "exceptions"),
        difficulty=3,
        names="value_at lookup_path get_value follow_path dig",
        arguments=(
            "text|source|document|content: str; a JSON document",
            "path|keys|address|route: str; where to look",
        ),
        returns="object",
        phrasings=(
            'Read the JSON in $text and return the value that $path leads to, or None if it leads nowhere. The parts of $path, separated by "$sep", are names of members of objects or, in arrays, positions from 0 on.',
            'Given $text, a JSON document, and $path, start with the whole document and take one step for each part of $path (cut at "$sep"): into the member of that name if you are at an object, to the element with that index (digits only) if you are at an array. Return what you arrive at; if a step is impossible return None.',
            'The settings of a game are stored as JSON in $text. A program asks for a single value by its path, such as "sound${sep}volume" or "players${sep}0${sep}name", where a number counts the elements of a list from 0. What is the value at $path? Paths that do not exist give None.',
            'Let v be the value of json.loads($text). For each part p of $path.split("$sep"), replace v by v[p] if v is a dict containing p, by v[int(p)] if v is a list, p consists of digits and int(p) is a valid index, and return None otherwise. At the end return v.',
        ),
        solutions=(
            """
import json
$current = json.loads($text)
for $key in $path.split("$sep"):
    if isinstance($current, dict) and $key in $current:
        $current = $current[$key]
    elif isinstance($current, list) and $key.isdigit() and int($key) < len($current):
        $current = $current[int($key)]
    else:
        return None
return $current
""",
            """
import json

def step($item, $key):
    if isinstance($item, list):
        return $item[int($key)] if $key.isdigit() else None
    return $item[$key] if isinstance($item, dict) else None

$current = json.loads($text)
try:
    for $key in $path.split("$sep"):
        $current = step($current, $key)
except (KeyError, IndexError):
    return None
return $current
""",
        ),
        reference=_at_path,
        parameters=lambda rng: {"sep": Raw(rng.choice(("/", ".", ":", " ")))},
        inputs=lambda rng, sep: _with_path(rng, sep),
        edges=(
            ('{"a": 1}', "a"),
            ('{"a": 1}', "b"),
            ('["x", "y"]', "1"),
            ('["x"]', "1"),
            ('{"0": "zero"}', "0"),
            ("[]", "x"),
            ('"text"', "0"),
        ),
        idea="Each step replaces the current value by one that lies inside it; what kind of step is possible depends on its type.",
        pitfall="A list wants a number as index; the part of the path is still a text and has to be converted.",
    ),
    Family(
        name="add_up_json_objects",
        concepts=("json", "dictionaries", "accumulation"),
        difficulty=2,
        names="add_stocks combine_json merge_counts sum_objects join_orders",
        arguments=(
            "first|a|old|morning: str; a JSON object of whole numbers",
            "second|b|new|evening: str; another one",
        ),
        returns="str",
        phrasings=(
            "$first and $second are JSON objects whose values are whole numbers. Return the JSON of an object that has every name of either, in alphabetical order, with the sum of its values. Write it as json.dumps does without further options.",
            'Given $first and $second, such as {"tea": 2}, add them up: a name that occurs in both gets the sum of both numbers, any other name keeps its number. Return the result as JSON text, names sorted, in the standard layout of json.dumps.',
            'Two shelves of a shop are listed as JSON texts, $first and $second, with the number of pieces for each article. Make one list of them, as JSON with the articles sorted by name; articles on both shelves are added. The layout is that of json.dumps: {"cup": 3, "tea": 10}.',
            "Let a and b be the dicts that json.loads gives for $first and $second. Return json.dumps of the dict that maps each key of a or b, in sorted order, to a.get(key, 0) + b.get(key, 0).",
        ),
        solutions=(
            """
import json
$result = json.loads($first)
for $key, $count in json.loads($second).items():
    $result[$key] = $result.get($key, 0) + $count
return json.dumps($result, sort_keys=True)
""",
            """
import json
$left, $right = json.loads($first), json.loads($second)
names = sorted(set($left) | set($right))
return json.dumps({$key: $left.get($key, 0) + $right.get($key, 0) for $key in names})
""",
        ),
        reference=_added,
        inputs=lambda rng: (_stock(rng), _stock(rng)),
        edges=(
            ("{}", "{}"),
            ("{}", '{"b": 1, "a": 0}'),
            ('{"a":1}', '{ "a" : 2 }'),
            ('{"b": -1}', '{"a": 5, "b": 1}'),
        ),
        idea="Text becomes data, the data are added, and the data become text again: the addition never touches the texts.",
        pitfall="update() would replace the number of a shared name instead of adding to it.",
    ),
    Family(
        name="kinds_of_json_values",
        concepts=("json", "recursion", "counting"),
        difficulty=4,
        names="count_kinds json_kinds value_types census_of_types tally_types",
        arguments=("text|source|document|content: str; a JSON document",),
        returns="dict[str, int]",
        phrasings=(
            'Count the values in $text, a JSON document, by kind: "object", "array", "string", "number", "boolean" and "null". The whole document is a value, and so is everything inside objects and arrays at any depth; names of members are none. Return the kinds that occur, sorted, with their counts.',
            "Given $text, how many values of each JSON kind does it contain? Count the outermost value and, for every object and array, also all the values in it. The answer is a dictionary from the kinds object, array, string, number, boolean, null (only those that occur, in alphabetical order) to numbers.",
            'A checker for data files prints a census of the values in a JSON text: how many objects, arrays, strings, numbers, booleans and nulls, wherever they are nested. Keys do not count as strings. What is the census of $text, as a dictionary with sorted keys such as "array" and without zeros?',
            "Let V be the multiset that contains json.loads($text) and, with each dict or list, also its values or elements. Map dict, list, str, int or float, bool and None to object, array, string, number, boolean and null, and return {kind: number of such elements of V} with the kinds in sorted order, counts of 0 omitted.",
        ),
        solutions=(
            """
import json
names = {dict: "object", list: "array", str: "string", int: "number", float: "number", bool: "boolean"}
$groups = {}
waiting = [json.loads($text)]
while waiting:
    $item = waiting.pop()
    kind = names.get(type($item), "null")
    $groups[kind] = $groups.get(kind, 0) + 1
    if kind == "object":
        waiting.extend($item.values())
    elif kind == "array":
        waiting.extend($item)
return dict(sorted($groups.items()))
""",
            """
import json
from collections import Counter

def kinds($item):
    match $item:
        case dict():
            return ["object"] + [kind for $other in $item.values() for kind in kinds($other)]
        case list():
            return ["array"] + [kind for $other in $item for kind in kinds($other)]
        case bool():
            return ["boolean"]
        case None:
            return ["null"]
    return ["string" if isinstance($item, str) else "number"]

return dict(sorted(Counter(kinds(json.loads($text))).items()))
""",
        ),
        reference=_kind_counts,
        inputs=lambda rng: (json.dumps([_thing(rng), _thing(rng), rng.choice((None, False))]),),
        edges=(("null",), ("true",), ("[]",), ('{"a": {}}',), ('[1, 2.5, "x", false, [null]]',), ('"é"',)),
        idea="Values inside values call for recursion, or for a list of values that still have to be looked at.",
        pitfall="True is an int as well: ask for bool before asking for numbers.",
    ),
    Family(
        name="total_over_json_lines",
        concepts=("json", "exceptions", "lines"),
        difficulty=3,
        names="total_of_field sum_records add_up_lines total_from_log sum_field",
        arguments=("text|log|source|content: str; one JSON object on each line",),
        returns="int",
        phrasings=(
            'Every line of $text should be a JSON object. Return the sum of the whole numbers under "$field"; objects without that member and lines that are not valid JSON count as 0.',
            'Given $text, read it line by line as JSON and add the value of "$field" of each object. Skip a line when it cannot be read (json.JSONDecodeError) and an object when it has no "$field". All lines that can be read hold objects, and the values are ints.',
            'A weather station writes one JSON object for each measurement into its log, one below the other. Some lines were cut off or are empty, some lack the number "$field". What is the total of "$field" over all readable lines of $text? Where there is nothing, it is 0.',
            'Return the sum over all lines l of $text.splitlines() of json.loads(l)["$field"], where a line contributes 0 if json.loads raises an error or if the dict it returns has no key "$field".',
        ),
        solutions=(
            """
import json
$total = 0
for $row in $text.splitlines():
    try:
        $total += json.loads($row).get("$field", 0)
    except json.JSONDecodeError:
        continue
return $total
""",
            """
import json

def read($row):
    try:
        return json.loads($row)
    except ValueError:
        return {}

records = map(read, $text.splitlines())
return sum(record["$field"] for record in records if "$field" in record)
""",
        ),
        reference=lambda text, field: sum(_line_value(line, field) for line in text.split("\n")),
        parameters=lambda rng: {"field": Raw(rng.choice(("wind", "rain", "count", "points", "size")))},
        inputs=lambda rng, field: (_records(rng, field),),
        edges=(
            ("",),
            ("{}",),
            ('{"a": 1}\n\n{',),
            ('{"wind": 1, "rain": 2, "count": 3, "points": 4, "size": -5}\nnope',),
        ),
        idea="The line that may fail stands alone in the try block, so one bad line does not stop the others.",
        pitfall="A try around the whole loop gives up at the first bad line.",
    ),
    Family(
        name="overlay_of_settings",
        concepts=("json", "recursion", "dictionaries"),
        difficulty=4,
        names="overlay merge_settings deep_merge combine_settings apply_changes",
        arguments=(
            "first|defaults|base|standard: dict[str, object]; settings, perhaps nested",
            "second|changes|own|override: dict[str, object]; settings that take precedence",
        ),
        returns="dict[str, object]",
        phrasings=(
            "Merge $second into $first and return a new dictionary. Names that only one of them has keep their value; for names in both the value of $second counts, except that two dictionaries are merged by the same rule. The names of $first come first, in its order, then the new ones of $second.",
            "Given $first and $second, build a dictionary with all their keys: those of $first in order, then those that only $second has, in order. The value under a shared key is the one of $second, unless both values are dictionaries, which are combined in the same way. Neither argument may be changed.",
            "A program reads its standard settings and those of the user from two JSON files as $first and $second. What the user has set wins, at any depth: a user who changes only the size of the font keeps its other properties. Return the settings that hold, standard names first, leaving both dictionaries untouched.",
            "Define m(a, b) as the dict with the keys of a, followed by the keys of b that are not in a; the value for k is m(a[k], b[k]) if both exist and are dicts, b[k] if k is in b otherwise, and a[k] if it is not. Return m($first, $second) as a new object.",
        ),
        solutions=(
            """
$result = dict($first)
for $key, $item in $second.items():
    $other = $result.get($key)
    if isinstance($other, dict) and isinstance($item, dict):
        $item = $self($other, $item)
    $result[$key] = $item
return $result
""",
            """
import copy
$result = copy.deepcopy($first)
waiting = [($result, $second)]
while waiting:
    target, source = waiting.pop()
    for $key in source:
        if isinstance(target.get($key), dict) and isinstance(source[$key], dict):
            waiting.append((target[$key], source[$key]))
        else:
            target[$key] = copy.deepcopy(source[$key])
return $result
""",
        ),
        reference=_overlaid,
        inputs=_settings,
        edges=(
            ({}, {}),
            ({"a": 1}, {}),
            ({}, {"a": 1}),
            ({"a": {"b": 1}}, {"a": None}),
            ({"a": {"b": {"c": 1}}, "x": 2}, {"y": 3, "a": {"b": {"d": 4}}}),
        ),
        idea="Merging is recursive because settings may hold settings; where one side is no dictionary, the second simply wins.",
        pitfall="first | second replaces a nested dictionary as a whole and loses its other members.",
    ),
)
