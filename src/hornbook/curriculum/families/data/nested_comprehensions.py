"""Families on nested comprehensions: rows made of cells."""

from __future__ import annotations

import random
from typing import Any

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw


def _neighbours(rng: random.Random) -> dict[str, Any]:
    where, moves = rng.choice(
        (
            ("above and below", [(-1, 0), (1, 0)]),
            ("to the left and to the right", [(0, -1), (0, 1)]),
            ("above, below, to the left and to the right", [(-1, 0), (1, 0), (0, -1), (0, 1)]),
            ("diagonally next to it", [(-1, -1), (-1, 1), (1, -1), (1, 1)]),
        )
    )
    if rng.random() < 0.5:
        return {
            "where": Raw(where),
            "moves": [*moves, (0, 0)],
            "plus": Raw("plus the number of the cell itself"),
        }
    return {"where": Raw(where), "moves": moves, "plus": Raw("without the number of the cell itself")}


FAMILIES: tuple[Family, ...] = (
    Family(
        name="distance_map",
        concepts=("nested_comprehensions", "matrices", "min_max"),
        difficulty=3,
        names="distance_map fill_distances ring_pattern heat_map draw_field",
        arguments=(
            "height|rows|lines|depth: int; number of rows, 0 or more",
            "width|columns|breadth|length: int; number of columns, 0 or more",
        ),
        returns="list[list[int]]",
        phrasings=(
            "Return a table with $height rows and $width columns in which each cell holds its distance to the cell in row $row0 and column $column0 (counted from 0): $metric. Values above $cap are written as $cap.",
            "Build a list of $height rows with $width numbers each. The number in row r and column c is $metric_from, at most $cap, where the centre is row $row0, column $column0 and may lie outside.",
            "A lamp hangs over the square in row $row0 and column $column0 of a floor of $height by $width squares. How far is every square from it, if the distance is $metric and everything from $cap on counts as $cap? Answer row by row.",
            "Return the matrix d with d[r][c] = min($cap, $formula) for 0 <= r < $height and 0 <= c < $width, as a list of lists.",
        ),
        solutions=(
            """
return [
    [min($cap, $combine) for c in range($width)]
    for r in range($height)
]
""",
            """
table = []
for r in range($height):
    line = []
    for c in range($width):
        distance = $combine
        line.append(distance if distance < $cap else $cap)
    table.append(line)
return table
""",
        ),
        reference=lambda height, width, row0, column0, cap, kind, **_: [
            [sorted((cap, max(pair) if kind == "max" else sum(pair)))[0] for pair in line]
            for line in (
                [(max(r - row0, row0 - r), max(c - column0, column0 - c)) for c in range(width)]
                for r in range(height)
            )
        ],
        parameters=lambda rng: (
            lambda a, b, cap, kind: {
                "row0": a,
                "column0": b,
                "cap": cap,
                "kind": kind,
                "combine": Raw(
                    f"abs(r - {a}) + abs(c - {b})" if kind == "sum" else f"max(abs(r - {a}), abs(c - {b}))"
                ),
                "formula": Raw(f"|r - {a}| + |c - {b}|" if kind == "sum" else f"max(|r - {a}|, |c - {b}|)"),
                "metric": Raw(
                    "the "
                    + ("sum" if kind == "sum" else "larger one")
                    + " of the differences between the rows and between the columns"
                ),
                "metric_from": Raw(
                    "how many rows plus how many columns it is away from the centre"
                    if kind == "sum"
                    else "the larger one of the numbers of rows and of columns that it is away from the centre"
                ),
            }
        )(rng.randint(0, 2), rng.randint(0, 2), rng.randint(2, 4), rng.choice(("sum", "max"))),
        inputs=lambda rng, **_: (rng.randint(2, 4), rng.randint(2, 5)),
        edges=((0, 3), (2, 0), (1, 1), (1, 6), (5, 2), (3, 3)),
        idea="The outer comprehension makes one row for each r, the inner one a number for each c, and the formula sees both.",
        pitfall="Writing the two `for` in one comprehension gives a flat list without rows.",
    ),
    Family(
        name="words_with_their_numbers",
        concepts=("nested_comprehensions", "strings", "enumerate_zip"),
        difficulty=2,
        names="words_with_numbers index_words locate_words tag_words label_words",
        arguments=("lines|verses|rows|text_lines: list[str]; lines of words separated by blanks",),
        returns="list[str]",
        phrasings=(
            "Return all words of at least $k letters in $lines, in order, each with the number of its line, '$sep', its number in that line and '$mark' in front, as in '$example'. Both numbers are counted from $base and count the short words too.",
            "List the words of $lines with $k or more characters from the first line to the last and from left to right. In front of each word put the line number, '$sep', the word number in that line and '$mark'; numbering begins with $base and includes the short words.",
            "For an index every word of the poem $lines is marked with its line and its place in the line, as in '$example'. Which entries arise for words of at least $k letters, in reading order? Both numbers start at $base, and short words are counted although they are not listed.",
            "Return the list of f'{i}$sep{j}$mark{w}' for all i and j, in lexicographic order, where w is word j of line i of $lines split at whitespace, i and j start at $base, and len(w) >= $k.",
        ),
        solutions=(
            """
return [
    f"{$i}$sep{$j}$mark{$word}"
    for $i, $row in enumerate($lines, $base)
    for $j, $word in enumerate($row.split(), $base)
    if len($word) >= $k
]
""",
            """
$result = []
for $i in range(len($lines)):
    words = $lines[$i].split()
    for $j in range(len(words)):
        if len(words[$j]) < $k:
            continue
        $result.append(str($i + $base) + "$sep" + str($j + $base) + "$mark" + words[$j])
return $result
""",
        ),
        reference=lambda lines, base, sep, mark, k, **_: [
            str(base + i) + sep + str(base + j) + mark + line.split()[j]
            for i, line in enumerate(lines)
            for j in range(len(line.split()))
            if line.split()[j][k - 1 :]
        ],
        parameters=lambda rng: (
            lambda base, sep, mark: {
                "base": base,
                "sep": Raw(sep),
                "mark": Raw(mark),
                "k": rng.randint(3, 5),
                "example": Raw(f"{base + 2}{sep}{base}{mark}river"),
            }
        )(rng.choice((0, 1)), rng.choice(".:/"), rng.choice((" ", "=", "-"))),
        inputs=lambda rng, **_: ([" ".join(draws.words(rng, 1, 4)) for _ in range(rng.randint(2, 3))],),
        edges=(
            ([],),
            ([""],),
            (["a bb ccc dddd eeeee"],),
            (["", "  river  sky "],),
            (["tea", "", "é été étés"],),
        ),
        idea="Two `for` in one comprehension run like nested loops, the lines outside and the words inside, into one flat list.",
        pitfall="Swapping the two `for` asks for the words of a line that does not exist yet.",
    ),
    Family(
        name="sums_around_each_cell",
        concepts=("nested_comprehensions", "matrices", "accumulation"),
        difficulty=4,
        names="neighbour_sums blur_table sums_around light_from_neighbours count_around",
        arguments=("table|grid|field|cells: list[list[int]]; rows of equal length",),
        returns="list[list[int]]",
        phrasings=(
            "Return a table of the same shape as $table in which each cell holds the sum of its neighbours $where, as far as they exist, $plus.",
            "Replace every number of $table by the sum of the numbers $where, $plus. Cells outside the table count as 0. Return a new list of rows.",
            "Each square of a field shines on the squares $where with the strength noted in $table. How much light arrives at every square ($plus)? The result has the same rows and columns.",
            "Let t be $table with 0 outside. Return the rows of s, where s[r][c] is the sum of t[r + a][c + b] over all (a, b) in $moves.",
        ),
        solutions=(
            """
height = len($table)
return [
    [
        sum(
            $table[r + down][c + right]
            for down, right in $moves
            if 0 <= r + down < height and 0 <= c + right < len($table[r])
        )
        for c in range(len($table[r]))
    ]
    for r in range(height)
]
""",
            """
sums = [[0] * len($row) for $row in $table]
for r, $row in enumerate($table):
    for c, $item in enumerate($row):
        for down, right in $moves:
            y, x = r - down, c - right
            if y in range(len($table)) and x in range(len($row)):
                sums[y][x] += $item
return sums
""",
        ),
        reference=lambda table, moves, **_: [
            [
                sum(v for y, line in enumerate(table) for x, v in enumerate(line) if (y - r, x - c) in moves)
                for c in range(len(row))
            ]
            for r, row in enumerate(table)
        ],
        parameters=_neighbours,
        inputs=lambda rng, **_: (draws.matrix(rng, 2, 3),),
        edges=(
            ([],),
            ([[5]],),
            ([[1, 2, 3]],),
            ([[1], [2], [3]],),
            ([[0, -1], [4, 2]],),
            ([[1, 2, 3], [4, 5, 6], [7, 8, 9]],),
        ),
        idea="Each new cell is computed from the old table alone, so the order in which the cells are visited does not matter.",
        pitfall="A negative index does not fail, it reaches round to the other side; borders have to be tested.",
    ),
)
