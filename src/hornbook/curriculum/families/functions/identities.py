"""Families on equality and identity: equal values, and one and the same object."""

from __future__ import annotations

import random
from typing import Any

from hornbook.curriculum.family import Family, Raw


def _same(rng: random.Random) -> tuple[list[tuple[str, str]]]:
    names = "pqrstu"[: rng.randint(3, 6)]
    return (
        [
            (name, "" if i == 0 or rng.random() < 0.4 else rng.choice(names[:i]))
            for i, name in enumerate(names)
        ],
    )


def _objects(assignments: list[tuple[str, str]], least: int) -> tuple[int, list[str]]:
    root: dict[str, str] = {}
    for name, source in assignments:
        root[name] = root[source] if source else name
    sizes = {r: list(root.values()).count(r) for r in root.values()}
    return len(sizes), sorted(name for name, r in root.items() if sizes[r] >= least)


def _equal(rng: random.Random) -> tuple[list[Any], list[Any]]:
    pool = (0, 1, 2, True, False, 1.0, 0.0, "1", "", None, "a")
    first = [rng.choice(pool) for _ in range(rng.randint(2, 6))]
    return first, [value if rng.random() < 0.35 else rng.choice(pool[:7]) for value in first]


def _found(data: dict[str, Any], keys: list[str], absent: str) -> list[str]:
    return [f"{key}: {data[key]!r}" if key in data else f"{key} {absent}" for key in keys]


FAMILIES: tuple[Family, ...] = (
    Family(
        name="how_many_objects",
        concepts=("identity", "dictionaries", "sets"),
        difficulty=4,
        names="count_objects objects_and_shared shared_names number_of_lists who_shares object_count",
        arguments=(
            "assignments|lines|steps|pairs: list[tuple[str, str]]; a name, and the name it is taken from or ''",
        ),
        returns="tuple[int, list[str]]",
        phrasings=(
            "Return how many different lists the names in $assignments stand for, and the sorted names whose list has $least names or more. (n, '') makes a new list for n, and (n, m) gives n the very list of m; every name is assigned once.",
            "Given a list of pairs $assignments, in which (n, '') stands for n = [] and (n, m) for n = m with a name m from an earlier pair, find how many list objects there are, and which names, in alphabetical order, share theirs with so many others that it has at least $least names. Return both as a tuple.",
            "Children in a music school have instruments: some own one, written (child, ''), and some use the same one as another child, (child, other). How many instruments are there, and who plays one that has $least players or more? Answer with the number and the sorted list of children. No child is written down twice.",
            "Let o(n) = n for (n, '') and o(n) = o(m) for (n, m) over the pairs in $assignments. Return the number of different values o(n), and the ascending list of all n for which at least $least names have the value o(n).",
        ),
        solutions=(
            """
lists = {}
for name, source in $assignments:
    lists[name] = lists[source] if source else []
    lists[name].append(name)
objects = {id(names): names for names in lists.values()}
shared = [name for name, names in lists.items() if len(names) >= $least]
return len(objects), sorted(shared)
""",
            """
groups = []
for name, source in $assignments:
    for group in groups:
        if source in group:
            group.add(name)
            break
    else:
        groups.append({name})
shared = set()
for group in groups:
    if len(group) >= $least:
        shared |= group
return len(groups), sorted(shared)
""",
        ),
        reference=_objects,
        inputs=lambda rng, least: _same(rng),
        edges=(
            ([],),
            ([("p", "")],),
            ([("b", ""), ("a", "b")],),
            ([("p", ""), ("q", ""), ("r", "p"), ("s", "r")],),
            ([("z", ""), ("y", "z"), ("x", "y"), ("w", "")],),
        ),
        idea="A new object arises only where something is made; a plain assignment gives one more name to an object that exists.",
        pitfall="Comparing the lists with == counts equal lists as one; whether two names mean the same object is asked with `is`.",
        parameters=lambda rng: {"least": rng.randint(2, 3)},
    ),
    Family(
        name="equal_in_value_and_type",
        concepts=("identity", "type_conversion", "enumerate_zip"),
        difficulty=2,
        names="strictly_equal compare_strictly equality_kinds equal_positions compare_values kinds_of_equality",
        arguments=("first|left|one: list; values of several types", "second|right|two: list; as many values"),
        returns="list[str]",
        phrasings=(
            "Return for each position what $first and $second have there: '$same' if the two are equal and of the same type, 'equal' if only == holds, and 'different' otherwise.",
            "Given two lists of the same length, compare them element by element and return a list of words. Use 'different' where the elements are not equal, '$same' where they are equal and have the same type, and 'equal' where they are equal although their types differ, as 1, 1.0 and True are.",
            "A test tool compares what came out with what was wanted. It says 'different' for unequal values, 'equal' for values such as 1 and True, which are equal but not of one type, and '$same' for a perfect match. What does it say about $first and $second?",
            "Return the list w with w[i] = '$same' if $first[i] == $second[i] and type($first[i]) is type($second[i]), w[i] = 'equal' if only the first of these holds, and w[i] = 'different' if it does not.",
        ),
        solutions=(
            """
words = []
for a, b in zip($first, $second):
    if a != b:
        words.append("different")
    else:
        words.append("$same" if type(a) is type(b) else "equal")
return words
""",
            """
def compared(a, b):
    if a == b and type(a) is type(b):
        return "$same"
    return "equal" if a == b else "different"

return list(map(compared, $first, $second))
""",
        ),
        reference=lambda first, second, same: [
            str(same) if repr(a) == repr(b) else "equal" if second[i] in [a] else "different"
            for i, (a, b) in enumerate(zip(first, second, strict=True))
        ],
        inputs=lambda rng, same: _equal(rng),
        edges=(
            ([], []),
            ([1], [True]),
            ([0], [False]),
            (["1"], [1]),
            ([None, ""], [None, None]),
            ([1.0, 2], [1, 2.0]),
        ),
        idea="Equality compares values across types; whether the types are one and the same object is asked with `is`.",
        pitfall="`isinstance(True, int)` is true, so it does not tell True from 1.",
        parameters=lambda rng: {"same": Raw(rng.choice(("same", "match", "identical")))},
    ),
    Family(
        name="absent_or_none",
        concepts=("identity", "dictionaries", "none_values"),
        difficulty=2,
        names="look_up_all describe_keys absent_or_none report_keys lookup_lines values_or_absent",
        arguments=(
            "data|record|settings|mapping: dict[str, object]; the values, None among them perhaps",
            "keys|names|wanted: list[str]; the keys to look up",
        ),
        returns="list[str]",
        phrasings=(
            "Return a line for each of $keys: 'key: value' with the repr of its value in $data, which may well be None, or 'key $absent' if $data does not have the key.",
            "Given a dictionary $data and a list of $keys, write for every key either the key, a colon, a blank and the repr of the value, or, when it is missing, the key followed by ' $absent'. A key with the value None is not missing.",
            "A form distinguishes questions that were answered with nothing (None) from questions that were never asked. List the $keys with their answers from $data, as in 'age: None', and write 'age $absent' for what was not asked.",
            "Return the list of k + ': ' + repr($data[k]) for the k of $keys that are in $data and k + ' $absent' for those that are not, in order.",
        ),
        solutions=(
            """
lines = []
for key in $keys:
    value = $data.get(key, MISSING)
    if value is MISSING:
        lines.append(f"{key} $absent")
    else:
        lines.append(f"{key}: {value!r}")
return lines
""",
            """
def line(key):
    try:
        return key + ": " + repr($data[key])
    except KeyError:
        return key + " $absent"

return [line(key) for key in $keys]
""",
        ),
        setup="""
MISSING = object()
""",
        reference=lambda data, keys, absent: _found(data, keys, str(absent)),
        inputs=lambda rng, absent: (
            {
                key: rng.choice((None, 0, "", 7, "red"))
                for key in rng.sample(("age", "city", "size", "pet"), 2)
            },
            rng.sample(("age", "city", "size", "pet"), 3),
        ),
        edges=(
            ({}, []),
            ({}, ["a"]),
            ({"a": None}, ["a", "b", "a"]),
            ({"é": False, "x": []}, ["x", "é", ""]),
        ),
        idea="A marker that exists only once cannot be mistaken for any value in the dictionary, and `is` recognizes it.",
        pitfall="`data.get(key) is None` cannot tell a missing key from one whose value is None.",
        parameters=lambda rng: {"absent": Raw(rng.choice(("is absent", "was not asked", "is unknown")))},
    ),
)
