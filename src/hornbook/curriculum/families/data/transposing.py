"""Families on transposing: rows turned into columns."""

from __future__ import annotations

import random

from hornbook.curriculum import draws
from hornbook.curriculum.families.wording import part
from hornbook.curriculum.family import Family, Raw


def _lines(rng: random.Random) -> list[str]:
    return ["".join(rng.choice("ab..x") for _ in range(rng.randint(1, 4))) for _ in range(rng.randint(2, 4))]


FAMILIES: tuple[Family, ...] = (
    Family(
        name="columns_as_texts",
        concepts=("transposing", "string_building", "enumerate_zip"),
        difficulty=2,
        names="columns_as_texts columns_as_words top_to_bottom vertical_words turn_lines",
        arguments=("lines|rows|verses|strips: list[str]; lines of text, perhaps of different lengths",),
        returns="list[str]",
        phrasings=(
            "Return the columns of $lines as texts, from left to right, each read $direction. Where a line is too short, '$fill' stands in its place; $strip.",
            "Write $lines below each other and read them column by column, $direction. Missing characters at the ends of short lines are read as '$fill', and $strip. Return one text per column.",
            "A sign painter paints the words $lines below each other and then looks at the columns. Which texts stand there, read $direction, if gaps behind short words are filled by '$fill' and $strip?",
            "Let n be the length of the longest of $lines. Return a list of n texts, the one with index c made of the characters with index c of all lines ('$fill' if a line has none), joined $direction; $strip.",
        ),
        solutions=(
            """
from itertools import zip_longest
$result = []
for column in zip_longest(*$lines$turn, fillvalue="$fill"):
    $result.append("".join(column)$cut)
return $result
""",
            """
width = max(map(len, $lines), default=0)
padded = [$row.ljust(width, "$fill") for $row in $lines$turn]
return ["".join($row[c] for $row in padded)$cut for c in range(width)]
""",
            """
$result = []
c = 0
while any(len($row) > c for $row in $lines):
    column = ""
    for $row in $lines:
        char = $row[c] if c < len($row) else "$fill"
        column $add
    $result.append(column$cut)
    c += 1
return $result
""",
        ),
        reference=lambda lines, fill, direction, strip, **_: [
            text.rstrip(str(fill)) if "removed" in strip else text
            for c in range(max([0, *map(len, lines)]))
            for text in [
                "".join(
                    (line + str(fill) * 99)[c] for line in (lines if "down" in direction else reversed(lines))
                )
            ]
        ],
        parameters=lambda rng: {
            **(
                lambda fill, cut: {
                    "fill": Raw(fill),
                    "cut": Raw(f'.rstrip("{fill}")' if cut else ""),
                    "strip": Raw(
                        f"any '{fill}' at the end of a result is removed"
                        if cut
                        else f"every '{fill}' stays, also at the end of a result"
                    ),
                }
            )(rng.choice("._~"), rng.random() < 0.5),
            **part(
                rng,
                {"direction": "from the top down", "turn": "", "add": "+= char"},
                {"direction": "from the bottom up", "turn": "[::-1]", "add": "= char + column"},
            ),
        },
        inputs=lambda rng, **_: (_lines(rng),),
        edges=(([],), ([""],), (["abc"],), (["a", "b", "c"],), (["ab", "c"],), (["a", "bcd", ""],)),
        idea="zip stops at the shortest line, so zip_longest is needed, which fills the missing places.",
        pitfall="Using the index without a test raises IndexError for the short lines.",
    ),
    Family(
        name="table_per_heading",
        concepts=("transposing", "dictionaries", "nested_data"),
        difficulty=2,
        names="table_per_heading columns_by_name rows_to_columns to_columns regroup",
        arguments=("records|people|rows|entries: list[dict[str, int]]; records, perhaps with missing keys",),
        returns="dict[str, list[int]]",
        phrasings=(
            "Turn the list of records $records into a dictionary of columns: for each key, in the order of first appearance, the list of its values in all records, with $fill where a record lacks the key. Leave out keys that fewer than $k records have.",
            "Return a dictionary that has, for every key that occurs in at least $k of $records, the list of the values of that key, one for each record and in their order; a record without the key contributes $fill. Keys come in the order in which they first occur.",
            "A table was stored as a list of rows, $records, but a chart needs it by columns. Which columns, as lists, belong to the headings, if missing cells become $fill and headings used in fewer than $k rows are dropped? The headings keep the order of first use.",
            "Let K be the keys of the dictionaries in $records, ordered by first occurrence. Return {key: [r.get(key, $fill) for each record r]} for all keys in K that at least $k records contain.",
        ),
        solutions=(
            """
headings = dict.fromkeys($key for $row in $records for $key in $row)
columns = {$key: [$row.get($key, $fill) for $row in $records] for $key in headings}
return {$key: $item for $key, $item in columns.items() if sum($key in $row for $row in $records) >= $k}
""",
            """
columns = {}
used = {}
for $i, $row in enumerate($records):
    for $key, $item in $row.items():
        column = columns.setdefault($key, [$fill] * len($records))
        column[$i] = $item
        used[$key] = used.get($key, 0) + 1
return {$key: columns[$key] for $key in columns if used[$key] >= $k}
""",
        ),
        reference=lambda records, fill, k: {
            key: [dict({key: fill}, **record)[key] for record in records]
            for i, first in enumerate(records)
            for key in first
            if all(key not in earlier for earlier in records[:i])
            and len([r for r in records if key in r]) >= k
        },
        parameters=lambda rng: {"fill": rng.choice((0, -1, None)), "k": rng.randint(2, 3)},
        inputs=lambda rng, **_: (
            [
                {key: rng.randint(1, 9) for key in rng.sample("abc", rng.randint(1, 3))}
                for _ in range(rng.randint(3, 4))
            ],
        ),
        edges=(
            ([],),
            ([{}],),
            ([{"a": 1}],),
            ([{"b": 1}, {"a": 2}],),
            ([{"z": 0, "y": 5}, {}, {"y": 0, "x": 7}],),
        ),
        idea="The headings are collected first, so that every column gets a value from every record.",
        pitfall="Appending values record by record shifts a column when a record has no value for it.",
    ),
    Family(
        name="winners_of_rounds",
        concepts=("transposing", "min_max", "enumerate_zip"),
        difficulty=3,
        names="winners_of_rounds round_winners best_per_column column_champions who_won",
        arguments=(
            "scores|points|results|table: dict[str, list[int]]; for each name its scores, round by round, all lists equally long",
        ),
        returns="list[str]",
        phrasings=(
            "Return for each round the name in $scores with the $best score of that round. If several names have it, return '$tie' for the round.",
            "The lists in $scores hold one number per round. For every round, in order, find who has the $best number; give the name, or '$tie' where it is not a single person.",
            "Friends played several rounds and wrote everyone's points into a row, $scores. Who won each round, if the $best number wins and a round with several winners is written as '$tie'?",
            "For every index r of the lists in $scores let W be the set of names whose entry r is the $best one among all entries r. Return the list of the only element of W, or '$tie' if W has more than one, for r = 0, 1, ...",
        ),
        solutions=(
            """
$result = []
for column in zip(*$scores.values()):
    top = $fn(column)
    if column.count(top) > 1:
        $result.append("$tie")
    else:
        $result.append(list($scores)[column.index(top)])
return $result
""",
            """
rounds = len(next(iter($scores.values()), []))
$result = []
for r in range(rounds):
    ranked = sorted($scores, key=lambda $key: $scores[$key][r]$down)
    tied = len(ranked) > 1 and $scores[ranked[0]][r] == $scores[ranked[1]][r]
    $result.append("$tie" if tied else ranked[0])
return $result
""",
        ),
        reference=lambda scores, best, tie, **_: [
            leaders[0] if len(leaders) == 1 else str(tie)
            for r in range(max([len(row) for row in scores.values()], default=0))
            for leaders in [
                [
                    name
                    for name in scores
                    if not any(
                        (other[r] > scores[name][r]) if best == "highest" else (other[r] < scores[name][r])
                        for other in scores.values()
                    )
                ]
            ]
        ],
        parameters=lambda rng: {
            "tie": Raw(rng.choice(("tie", "draw", "-", "several"))),
            **part(
                rng,
                {"best": "highest", "fn": "max", "down": ", reverse=True"},
                {"best": "lowest", "fn": "min", "down": ""},
            ),
        },
        inputs=lambda rng, **_: (
            (
                lambda n: {
                    name: [rng.randint(1, 5) for _ in range(n)]
                    for name in rng.sample(draws.FIRST_NAMES, rng.randint(2, 3))
                }
            )(rng.randint(2, 4)),
        ),
        edges=(
            ({},),
            ({"Ada": []},),
            ({"Ada": [3, 1]},),
            ({"Ada": [1, 2], "Ben": [1, 3]},),
            ({"c": [0, -1], "b": [0, -2], "a": [1, -1]},),
        ),
        idea="zip(*rows) hands out the rounds, and a position in a round belongs to the name at the same position in the dictionary.",
        pitfall="Taking the first of the best without counting hides that the round was a tie.",
    ),
)
