"""Families on pivoting: long lists turned into tables, and back."""

from __future__ import annotations

import random
from typing import Any

from hornbook.curriculum.families.wording import part
from hornbook.curriculum.family import Family, Raw


def _sales(rng: random.Random) -> list[tuple[str, str, int]]:
    return [
        (rng.choice(("Rome", "Oslo")), rng.choice(("tea", "rice", "soap")), rng.randint(1, 9))
        for _ in range(rng.randint(2, 4))
    ]


def _pivot(
    sales: list[tuple[str, str, int]], corner: str, fill: int | None, fn: str, towns_down: bool
) -> list[list[Any]]:
    down, across = (0, 1) if towns_down else (1, 0)
    table: list[list[Any]] = [[corner, *sorted({row[across] for row in sales})]]
    for name in sorted({row[down] for row in sales}):
        line: list[Any] = [name]
        for column in table[0][1:]:
            found = [row[2] for row in sales if (row[down], row[across]) == (name, column)]
            figures = {"sum": sum(found), "max": max(found, default=0), "len": len(found)}
            line.append(figures[fn] if found else fill)
        table.append(line)
    return table


FAMILIES: tuple[Family, ...] = (
    Family(
        name="pivot_of_sales",
        concepts=("pivoting", "nested_dictionaries", "sorting"),
        difficulty=4,
        names="pivot_of_sales cross_table sales_table pivot summarize_table",
        arguments=("sales|rows|records|entries: list[tuple[str, str, int]]; (town, product, pieces)",),
        returns="list[list]",
        phrasings=(
            "Make a table of $sales: the first row is ['$corner'] and the $across in alphabetical order, each further row begins with one of the $down, also alphabetically, followed by $what for each of the $across, $fill where there are none.",
            "Return a list of rows. The heading consists of '$corner' and all $across, sorted; then comes a row for each of the $down, sorted, which holds its name and, for each heading, $what of the entries of $sales with this town and product, or $fill if there is no such entry.",
            "A manager wants $sales as a table with the $down at the left and the $across on top, both in alphabetical order. A cell contains $what, empty cells contain $fill, and '$corner' stands in the corner. Which rows does the table have, heading included?",
            "Let D and A be the sorted distinct $down and $across of $sales. Return [['$corner', *A], [d, v(d, a) for a in A] for d in D], where v(d, a) is $what of the matching tuples and $fill if none matches; without entries only ['$corner'] remains.",
        ),
        solutions=(
            """
cells = {}
columns = set()
for town, product, pieces in $sales:
    line = cells.setdefault($down_key, {})
    line.setdefault($across_key, []).append(pieces)
    columns.add($across_key)
header = sorted(columns)
table = [["$corner", *header]]
for name in sorted(cells):
    table.append([name] + [$fn(cells[name][column]) if column in cells[name] else $fill for column in header])
return table
""",
            """
rows = sorted({$down_key for town, product, pieces in $sales})
columns = sorted({$across_key for town, product, pieces in $sales})
table = [["$corner"] + columns]
for name in rows:
    line = [name]
    for column in columns:
        found = [pieces for town, product, pieces in $sales if ($down_key, $across_key) == (name, column)]
        line.append($fn(found) if found else $fill)
    table.append(line)
return table
""",
        ),
        reference=lambda sales, corner, fill, fn, down, **_: _pivot(
            sales, str(corner), fill, fn, down == "towns"
        ),
        parameters=lambda rng: {
            "corner": Raw(rng.choice(("", "name", "total"))),
            "fill": rng.choice((0, None, -1)),
            **part(
                rng,
                {"down": "towns", "across": "products", "down_key": "town", "across_key": "product"},
                {"down": "products", "across": "towns", "down_key": "product", "across_key": "town"},
            ),
            **part(
                rng,
                {"what": "the sum of the pieces", "fn": "sum"},
                {"what": "the largest number of pieces", "fn": "max"},
                {"what": "the number of entries", "fn": "len"},
            ),
        },
        inputs=lambda rng, **_: (_sales(rng),),
        edges=(
            ([],),
            ([("Rome", "tea", 3)],),
            ([("Rome", "tea", 3), ("Rome", "tea", 4)],),
            ([("b", "y", 1), ("a", "x", 2)],),
            ([("b", "x", 0), ("a", "x", 5), ("b", "w", -2), ("b", "x", 1)],),
        ),
        idea="The names of rows and columns are collected first; then every row goes through the same columns, so the table has no holes.",
        pitfall="Building each row from the columns it happens to have makes rows of different lengths.",
    ),
    Family(
        name="wide_to_long",
        concepts=("pivoting", "flattening", "missing_values"),
        difficulty=2,
        names="wide_to_long unpivot long_form melt_table list_cells",
        arguments=(
            "table|rows|grid|sheet: list[list]; the first row has the headings, each other row a name and its values",
        ),
        returns="list[tuple]",
        phrasings=(
            "Return a tuple (row name, heading, value) for each cell of $table that is $keep, row by row. The first row and the first cell of every row are headings and names, not values.",
            "Turn the wide $table into a long list: for every value that is $keep a tuple of the name of its row (its first cell), the heading of its column and the value itself, row by row.",
            "A sheet has months as headings and a shop in front of every row. Which (shop, month, value) triples does $table contain, row by row, if only values that are $keep are listed?",
            "Given $table with the headings $table[0][1:] and the row names $table[r][0], return all ($table[r][0], $table[0][c], $table[r][c]) with r, c >= 1 whose last part is $keep, row by row; a table with no rows at all gives [].",
        ),
        solutions=(
            """
$result = []
for r, $row in enumerate($table):
    for c, value in enumerate($row):
        if r > 0 and c > 0 and value $test:
            $result.append(($row[0], $table[0][c], value))
return $result
""",
            """
if not $table:
    return []
(_, *headings), *body = $table
cells = []
for name, *values in body:
    for heading, value in zip(headings, values):
        if value $test:
            cells.append((name, heading, value))
return cells
""",
        ),
        reference=lambda table, test, **_: [
            (line[0], heading, value)
            for line in table[1:]
            for heading, value in list(zip(table[0], line, strict=True))[1:]
            if value is not None and (value or test == "is not None")
        ],
        parameters=lambda rng: part(
            rng,
            {"keep": "not None", "test": "is not None"},
            {"keep": "neither None nor 0", "test": "not in (None, 0)"},
        ),
        inputs=lambda rng, **_: (
            [["", *rng.sample(("May", "June", "July"), 2)]]
            + [
                [shop, rng.choice((None, 0, 3, 5)), rng.choice((None, 0, 4, 8))]
                for shop in rng.sample(("North", "East", "Port"), 2)
            ],
        ),
        edges=(
            ([],),
            ([["", "May"]],),
            ([["", "May"], ["North", 0]],),
            ([[""], ["North"]],),
            ([["", "b", "a"], ["y", 1, 2], ["x", None, 4]],),
        ),
        idea="Each cell knows its row by the first cell of the row and its column by the first row of the table.",
        pitfall="Leaving cells out with `if value` also drops zeros that are meant to be there.",
    ),
    Family(
        name="count_pairs_with_totals",
        concepts=("pivoting", "counters", "nested_dictionaries"),
        difficulty=4,
        names="cross_count contingency two_way_count count_pairs tabulate_answers",
        arguments=("answers|pairs|replies|records: list[tuple[str, str]]; (group, answer)",),
        returns="dict[str, dict[str, int]]",
        phrasings=(
            "Count the (group, answer) pairs of $answers in a nested dictionary: for each group an entry for every answer that occurs anywhere, 0 included, and a last entry '$total' with the sum. Add a last group '$total' with the sums over all groups. Groups and answers are in alphabetical order, and none of them is called '$total'.",
            "Return a dictionary of dictionaries that tells how often each answer was given in each group. Every inner dictionary has all answers of $answers, sorted, with 0 where needed, and then '$total'; behind the sorted groups comes a group '$total' that adds up the others.",
            "A poll noted (group, answer) for everybody asked, $answers. Print it as a table with sums: for each group, alphabetically, how many gave each answer (all answers alphabetically, also with 0) and the '$total' of the group, and at the end a row '$total' with the sums of the columns. What does it look like as a nested dictionary?",
            "Let G and A be the sorted distinct first and second parts of $answers. Return d with d[g][a] = number of pairs (g, a), d[g]['$total'] = sum of d[g][a] over A, d['$total'][x] = sum of d[g][x] over G for x in A and for '$total', keys inserted in the order of A and G with '$total' last.",
        ),
        solutions=(
            """
from collections import Counter
count = Counter($answers)
kinds = sorted({kind for _, kind in $answers})
table = {}
for group in sorted({group for group, _ in $answers}):
    table[group] = {kind: count[group, kind] for kind in kinds}
table["$total"] = {kind: sum($row[kind] for $row in table.values()) for kind in kinds}
for $row in table.values():
    $row["$total"] = sum($row.values())
return table
""",
            """
groups = sorted(set(group for group, _ in $answers)) + ["$total"]
kinds = sorted(set(kind for _, kind in $answers)) + ["$total"]
table = {group: dict.fromkeys(kinds, 0) for group in groups}
for group, kind in $answers:
    for g in (group, "$total"):
        for k in (kind, "$total"):
            table[g][k] += 1
return table
""",
        ),
        reference=lambda answers, total: {
            g: {
                a: len([1 for x, y in answers if g in (x, str(total)) and a in (y, str(total))])
                for a in [*sorted({y for _, y in answers}), str(total)]
            }
            for g in [*sorted({x for x, _ in answers}), str(total)]
        },
        parameters=lambda rng: {"total": Raw(rng.choice(("total", "all", "sum")))},
        inputs=lambda rng, **_: (
            [(rng.choice(("A", "B")), rng.choice(("no", "yes"))) for _ in range(rng.randint(3, 6))],
        ),
        edges=(
            ([],),
            ([("A", "no")],),
            ([("B", "yes"), ("A", "no")],),
            ([("b", "x"), ("b", "x"), ("a", "y")],),
        ),
        idea="Each pair counts in four places: its cell, the end of its row, the foot of its column, and the corner.",
        pitfall="Adding the column of sums before the row of sums is fine, but including the sums themselves in further sums doubles them.",
    ),
)
