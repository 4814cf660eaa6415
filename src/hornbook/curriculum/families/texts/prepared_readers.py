"""Families in which a function that reads a format stands ready: a walk through JSON, records, tokens."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from typing import Any

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family


def _tree(rng: random.Random, depth: int = 2) -> Any:
    if depth == 0:
        return rng.choice((1, 2, "tea", None))
    if rng.random() < 0.4:
        return [_tree(rng, depth - 1) for _ in range(rng.randint(1, 3))]
    return {key: _tree(rng, depth - 1) for key in rng.sample("abc", 2)}


def _places(text: str, wanted: object) -> list[str]:
    def search(data: object, path: str) -> Iterator[str]:
        pairs = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
        if not isinstance(data, dict | list) and data == wanted and type(data) is type(wanted):
            yield path
        for key, inner in pairs:
            yield from search(inner, f"{path}/{key}")

    return list(search(json.loads(text), ""))


def _people(rng: random.Random) -> str:
    rows = [
        f"{n},{rng.choice(('Rome', 'Oslo', 'Lima'))},{rng.randint(20, 60)}"
        for n in rng.sample(draws.FIRST_NAMES, rng.randint(2, 5))
    ]
    return "\n".join(["name,city,age", *rows])


def _oldest(text: str) -> dict[str, str]:
    rows = [line.split(",") for line in text.split("\n")[1:]]
    cities = dict.fromkeys(row[1] for row in rows)
    ranked = sorted(rows, key=lambda row: int(row[2]), reverse=True)
    return {city: next(row[0] for row in ranked if row[1] == city) for city in cities}


def _nested(rng: random.Random, depth: int = 2) -> str:
    entries = []
    for key in rng.sample(("a", "b", "size", "mode"), rng.randint(1, 2)):
        entries.append(
            f"{key}{{{_nested(rng, depth - 1)}}}"
            if depth and rng.random() < 0.5
            else f"{key}={rng.randint(0, 99)};"
        )
    return "".join(entries)


def _read_nested(text: str) -> dict[str, Any]:
    as_json = re.sub("([a-z]+)=([0-9]+);", lambda m: f'"{m[1]}":{int(m[2])},', text)
    as_json = re.sub(r"([a-z]+)\{", r'"\1":{', as_json).replace("}", "},")
    return dict(json.loads("{" + re.sub(r",(?=\})|,\Z", "", as_json) + "}"))


FAMILIES: tuple[Family, ...] = (
    Family(
        name="places_of_json_value",
        concepts=("json", "iterators", "filtering"),
        difficulty=3,
        names="find_value paths_to_value where_in_json search_json locate_value",
        arguments=(
            "text|source|document|content: str; a JSON document",
            "wanted|value|target|item: int | str | None; the value to look for",
        ),
        returns="list[str]",
        phrasings=(
            "$text is a JSON document. Return the paths of all places at which $wanted stands in it, in the order in which walk() visits them. Only values of the same type are equal.",
            "Given $text, a JSON document, where does it contain $wanted? Use walk(), which yields every value that is neither an object nor an array together with its path, and list the paths whose value equals $wanted and has its type (so 1 is not True and not 1.0).",
            "A file of settings, $text, is written in JSON. At which paths does $wanted stand? walk() goes through all of them; list the paths in its order, an empty list if the value does not occur.",
            "Return [p for all (p, v) that walk(json.loads($text)) yields] restricted to those with v == $wanted and type(v) equal to type($wanted), in order.",
        ),
        setup='''
import json


def walk(data, path: str = ""):
    """Yield (path, value) for every value in data that is no object and no array, in order."""
    if isinstance(data, dict):
        for name, inner in data.items():
            yield from walk(inner, f"{path}/{name}")
    elif isinstance(data, list):
        for number, inner in enumerate(data):
            yield from walk(inner, f"{path}/{number}")
    else:
        yield path, data
''',
        solutions=(
            """
$result = []
for $key, $item in walk(json.loads($text)):
    if type($item) is type($wanted) and $item == $wanted:
        $result.append($key)
return $result
""",
            """
def fits($pair):
    return $pair[1] == $wanted and isinstance($pair[1], type($wanted)) and not isinstance($pair[1], bool)

return [$key for $key, _ in filter(fits, walk(json.loads($text)))]
""",
        ),
        reference=_places,
        inputs=lambda rng: (json.dumps(_tree(rng, 3)), rng.choice((1, 2, "tea"))),
        edges=(
            ("[]", 1),
            ("[1, true, 1.0, [1]]", 1),
            ('{"a": null, "b": {"c": null}}', None),
            ('"x"', "x"),
            ('{"a": "1"}', 1),
        ),
        idea="The generator knows how to get everywhere; the search only has to look at the pairs.",
        pitfall="True == 1 holds in Python, so the types have to be compared as well.",
    ),
    Family(
        name="oldest_in_each_city",
        concepts=("csv_records", "grouping", "min_max"),
        difficulty=3,
        names="oldest_by_city oldest_people eldest_per_city seniors oldest_of_each",
        arguments=("text|table|source|people: str; a table with the header name,city,age",),
        returns="dict[str, str]",
        phrasings=(
            "Return a dictionary from every city in $text to the name of the oldest person there. Of equally old people the first in the table counts; cities come in the order in which they first appear. records() reads the table.",
            "Given $text, a table of people that records() turns into dictionaries of texts, who is the oldest in each city? Compare ages as numbers and keep the earlier person on a tie. Cities are ordered by first appearance, and an empty table gives an empty dictionary.",
            "A club with members in several cities honours the oldest one of each. Its list is $text, with a header name,city,age. Find these members: a dictionary from city to name, cities in the order of the list, and the one further up in the list if two are of the same age.",
            'Let R be records($text). Return {c: n}, where c runs through the values of "city" in R in order of first occurrence and n is the "name" of the first record with that city whose int(age) is maximal among the records with that city.',
        ),
        setup='''
import csv
import io


def records(source: str) -> list[dict[str, str]]:
    """Read a table with commas and a header line."""
    return list(csv.DictReader(io.StringIO(source)))
''',
        solutions=(
            """
$best = {}
for $row in records($text):
    $other = $best.get($row["city"])
    if $other is None or int($row["age"]) > int($other["age"]):
        $best[$row["city"]] = $row
return {$key: $row["name"] for $key, $row in $best.items()}
""",
            """
$groups = {}
for $row in records($text):
    $groups.setdefault($row["city"], []).append((int($row["age"]), $row["name"]))
$result = {}
for $key, people in $groups.items():
    $result[$key] = max(people, key=lambda person: person[0])[1]
return $result
""",
        ),
        reference=_oldest,
        inputs=lambda rng: (_people(rng),),
        edges=(
            ("name,city,age",),
            ("name,city,age\nA,X,9\nB,X,10",),
            ("name,city,age\nA,X,5\nB,Y,5\nC,X,5",),
        ),
        idea="Keep the best record so far for each city and replace it only by a strictly older one.",
        pitfall='The ages are texts: compared as such, "9" is greater than "10".',
    ),
    Family(
        name="settings_in_braces",
        concepts=("key_value_parsing", "recursion", "tokenizing"),
        difficulty=5,
        names="read_nested parse_braces nested_settings parse_blocks read_blocks",
        arguments=("text|source|config|content: str; settings without blanks",),
        returns="dict[str, object]",
        phrasings=(
            "Parse $text into nested dictionaries. It is a row of entries: name=number; gives the name the number (an int), and name{...} gives it the dictionary of the entries between the braces, by the same rule. Names consist of small letters, numbers of digits, and no name is repeated within the same braces. tokens() cuts the text.",
            'Given $text, for example "a=1;b{c=2;}", return the settings as a dictionary, here {"a": 1, "b": {"c": 2}}. An entry is either a name, "=", digits and ";", or a name followed by entries in braces, which may be missing. The text is well formed and has no blanks; use tokens() to take it apart.',
            "A robot stores its settings without blanks: speed=5;arm{length=20;hand{fingers=3;}}. Read such a text, $text, into dictionaries within dictionaries, with the numbers as ints. tokens() lists the names, numbers and braces in order.",
            'The grammar of $text is: entries = {entry}; entry = name "=" digits ";" | name "{" entries "}". Return the dict for entries that maps each name to int(digits) or to the dict of the inner entries, in order. Names are unique within one pair of braces.',
        ),
        setup='''
import re


def tokens(source: str) -> list[str]:
    """Return names, numbers and braces; the signs = and ; are left out."""
    return re.findall("[a-z]+|[0-9]+|[{}]", source)
''',
        solutions=(
            """
waiting = iter(tokens($text))

def entries():
    $result = {}
    for $key in waiting:
        if $key == "}":
            break
        $item = next(waiting)
        $result[$key] = entries() if $item == "{" else int($item)
    return $result

return entries()
""",
            """
$stack = [{}]
$key = ""
for $word in tokens($text):
    if $word == "{":
        inner = {}
        $stack[-1][$key] = inner
        $stack.append(inner)
    elif $word == "}":
        $stack.pop()
    elif $word.isdigit():
        $stack[-1][$key] = int($word)
    else:
        $key = $word
return $stack[0]
""",
        ),
        reference=_read_nested,
        inputs=lambda rng: (_nested(rng, 2),),
        edges=(("",), ("a=1;",), ("a{}",), ("a{b{c{}}}d=05;",), ("x=1;y{x=2;z=3;}z=4;",)),
        idea="Entries within braces are entries again: the function calls itself where a brace opens and returns where it closes.",
        pitfall="Each call must continue where the inner one has stopped, so all of them share one iterator.",
    ),
)
