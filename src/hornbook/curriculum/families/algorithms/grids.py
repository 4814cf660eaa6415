"""Families on grids of characters and numbers: neighbours, borders, flood fill."""

from __future__ import annotations

import random

from hornbook.curriculum.family import Family, Raw


def _field(rng: random.Random, symbols: str, low: int = 3, high: int = 5) -> list[str]:
    width = rng.randint(low, high)
    return ["".join(rng.choices(symbols, k=width)) for _ in range(rng.randint(low, high))]


def _cells(field: list[str]) -> dict[tuple[int, int], str]:
    return {(r, c): symbol for r, row in enumerate(field) for c, symbol in enumerate(row)}


def _heights(rng: random.Random) -> list[list[int]]:
    width = rng.randint(2, 4)
    return [[rng.randint(0, 9) for _ in range(width)] for _ in range(rng.randint(2, 4))]


FAMILIES: tuple[Family, ...] = (
    Family(
        name="mines_around",
        concepts=("grids", "counting", "nested_loops"),
        difficulty=2,
        names="mines_around count_near neighbour_count touching look_around",
        arguments=(
            "field|board|area|chart: list[str]; rows of equal length, in which '*' is a $thing",
            "r|row_number|line_index|y: int; number of a row, from 0",
            "c|column_number|place|x: int; number of a column, from 0",
        ),
        returns="int",
        phrasings=(
            "Return how many of the cells that touch the cell in row $r and column $c of $field $how hold a '*'. Cells outside the field count as empty, and the cell itself does not count.",
            "How many ${thing}s touch the cell at row $r, column $c (counted from 0) of $field $how? A '*' is a $thing; what stands in the cell itself does not matter, and there is nothing beyond the border.",
            "A map $field shows every $thing as '*'. Somebody stands in row $r, column $c, both numbered from 0. Count the ${thing}s in the (at most) $many cells that touch this place $how.",
            "Given equally long strings $field, count the positions (i, j) inside the grid that differ from ($r, $c), are adjacent to it $how, and contain the character '*'.",
        ),
        solutions=(
            """
$count = 0
for down, across in $offsets:
    i, j = $r + down, $c + across
    if 0 <= i < len($field) and 0 <= j < len($field[i]) and $field[i][j] == "*":
        $count += 1
return $count
""",
            """
def is_marked(i, j):
    return 0 <= i < len($field) and 0 <= j < len($field[0]) and $field[i][j] == "*"

return sum(is_marked($r + down, $c + across) for down, across in $offsets)
""",
            """
rows = range(max($r - 1, 0), min($r + 2, len($field)))
columns = range(max($c - 1, 0), min($c + 2, len($field[$r])))
near = [(i, j) for i in rows for j in columns if (i - $r, j - $c) in $offsets]
return sum($field[i][j] == "*" for i, j in near)
""",
        ),
        reference=lambda field, r, c, thing, many, how, offsets: sum(
            symbol == "*"
            and (abs(r - at[0]), abs(c - at[1])) in (((1, 1),) if "corner" in how else ((0, 1), (1, 0)))
            for at, symbol in _cells(field).items()
        ),
        parameters=lambda rng: {
            "thing": Raw(rng.choice(("mine", "star", "tree", "lamp"))),
            **rng.choice(
                (
                    {
                        "many": 4,
                        "how": Raw("at a side"),
                        "offsets": Raw("((-1, 0), (1, 0), (0, -1), (0, 1))"),
                    },
                    {
                        "many": 4,
                        "how": Raw("at a corner"),
                        "offsets": Raw("((-1, -1), (-1, 1), (1, -1), (1, 1))"),
                    },
                )
            ),
        },
        inputs=lambda rng, thing, many, how, offsets: (
            field := _field(rng, "**."),
            rng.randrange(len(field)),
            rng.randrange(len(field[0])),
        ),
        edges=(
            (["*"], 0, 0),
            (["***"], 0, 1),
            (["*", "*", "*"], 1, 0),
            (["***", "***", "***"], 0, 0),
            (["***", "*.*", "***"], 1, 1),
        ),
        idea="The neighbours are reached by adding small offsets to row and column, and a test keeps them inside the field.",
        pitfall="At the border an index of -1 would read the other end of the row instead of failing.",
    ),
    Family(
        name="peaks_on_map",
        concepts=("grids", "any_all", "list_building"),
        difficulty=3,
        names="peaks_on_map local_maxima summits find_extremes pits",
        arguments=("heights|grid|values|terrain: list[list[int]]; rows of equal length",),
        returns="list[tuple[int, int]]",
        phrasings=(
            "Return the positions (row, column), from 0, of all cells of $heights that are $than each of their neighbours above, below, left and right, row by row. Neighbours outside the map do not exist.",
            "Which cells of $heights are $than every cell that touches them at a side? List them as (row, column), counted from 0, in reading order; a cell without neighbours qualifies.",
            "Hikers mark each square of the map $heights that is $than all the squares next to it (up to four: north, south, west, east). Give the marked squares as tuples (row number, column number) from top to bottom and left to right.",
            "For the matrix $heights list, in lexicographic order, the index pairs (i, j) such that the entry is strictly $than all existing entries at (i-1, j), (i+1, j), (i, j-1) and (i, j+1).",
        ),
        solutions=(
            """
$result = []
for r, $row in enumerate($heights):
    for c, $item in enumerate($row):
        near = $row[max(c - 1, 0) : c] + $row[c + 1 : c + 2]
        near += [other_row[c] for other_row in $heights[max(r - 1, 0) : r] + $heights[r + 1 : r + 2]]
        if all($item $op $other for $other in near):
            $result.append((r, c))
return $result
""",
            """
cells = {(r, c): $item for r, $row in enumerate($heights) for c, $item in enumerate($row)}
$result = []
for (r, c), $item in cells.items():
    around = [(r - 1, c), (r + 1, c), (r, c - 1), (r, c + 1)]
    if not any(place in cells and not $item $op cells[place] for place in around):
        $result.append((r, c))
return $result
""",
        ),
        reference=lambda heights, op, than: [
            (r, c)
            for r in range(len(heights))
            for c in range(len(heights[r]))
            if not [
                1
                for i, line in enumerate(heights)
                for j, value in enumerate(line)
                if abs(i - r) + abs(j - c) == 1
                and (value >= heights[r][c] if op == ">" else value <= heights[r][c])
            ]
        ],
        parameters=lambda rng: rng.choice(
            ({"op": Raw(">"), "than": Raw("larger than")}, {"op": Raw("<"), "than": Raw("smaller than")})
        ),
        inputs=lambda rng, op, than: (_heights(rng),),
        edges=(([],), ([[5]],), ([[2, 2], [2, 2]],), ([[1, 2, 3]],), ([[3], [1], [2]],), ([[1, 0], [0, 1]],)),
        idea="A cell qualifies if nothing next to it contradicts, so a single neighbour of the same size is enough to rule it out.",
        pitfall="At the border there are fewer neighbours; an index of -1 would silently take one from the opposite side.",
    ),
    Family(
        name="fall_down_columns",
        concepts=("grids", "mapping", "string_building"),
        difficulty=3,
        names="fall_down_columns drop_stones apply_gravity settle let_fall",
        arguments=("rows|field|box|picture: list[str]; rows of equal length, from top to bottom",),
        returns="list[str]",
        phrasings=(
            "In $rows every '$stone' falls straight down until it lies on the floor or on another '$stone'; all other cells are '.'. Return the rows afterwards.",
            "What does the picture $rows, made of '$stone' and '.', look like after each '$stone' has dropped as far down its column as it can? Return the new rows, again from top to bottom.",
            "A game board $rows (strings from top to bottom, with '$stone' for a piece and '.' for an empty cell) is shaken so that in every column all the pieces end up at the bottom. Return the board after that.",
            "Return a list of as many strings as $rows of the same length in which each column has the same number of '$stone' characters as before, all of them below the '.' characters.",
        ),
        solutions=(
            """
columns = ["".join(column) for column in zip(*$rows)]
settled = []
for column in columns:
    stones = column.count("$stone")
    settled.append("." * (len(column) - stones) + "$stone" * stones)
return ["".join($row) for $row in zip(*settled)]
""",
            """
grid = [list($row) for $row in $rows]
moved = True
while moved:
    moved = False
    for upper, lower in zip(grid, grid[1:]):
        for c in range(len(upper)):
            if upper[c] == "$stone" and lower[c] == ".":
                upper[c], lower[c] = ".", "$stone"
                moved = True
return ["".join($row) for $row in grid]
""",
            """
columns = [sorted(column, key="$stone".__eq__) for column in zip(*$rows)]
return ["".join($row) for $row in zip(*columns)]
""",
        ),
        reference=lambda rows, stone: [
            "".join(
                stone if sum(row[c] == stone for row in rows) >= len(rows) - r else "."
                for c in range(len(rows[0]))
            )
            for r in range(len(rows))
        ],
        parameters=lambda rng: {"stone": Raw(rng.choice("o#@"))},
        inputs=lambda rng, stone: (_field(rng, f"{stone}..", 3, 4),),
        edges=(([],), (["."],), (["..", ".."],)),
        idea="A column keeps its stones and only their places change, so counting them per column is enough.",
        pitfall="Moving stones row by row from the top once lets a stone fall a single step; it must be repeated or counted.",
    ),
    Family(
        name="border_of_board",
        concepts=("grids", "conditionals", "list_building"),
        difficulty=1,
        names="cell_kinds kinds_of_seats where_on_board label_cells classify",
        arguments=(
            "rows|height|lines|n: int; number of rows, at least 1",
            "columns|width|cols|m: int; number of columns, at least 1",
            "cells|places|seats|positions: list[tuple[int, int]]; pairs (row, column), numbered from 0",
        ),
        returns="list[str]",
        phrasings=(
            "A board has $rows rows and $columns columns, both numbered from 0. For each (row, column) in $cells return '$corner' if it is in a corner of the board, '$edge' if it is at the border otherwise, '$inner' if it is inside, and '$outside' if there is no such cell.",
            "Given a board of $rows times $columns cells, of what kind is each of $cells, pairs of row and column counted from 0? Answer with a list: '$outside' for no cell at all, '$corner' for one in the first or last row and the first or last column, '$edge' for one in only one of these, '$inner' for any other.",
            "In a hall with $rows rows of $columns seats, rows and seats numbered from 0, each entry (row, seat) of $cells is labelled: '$corner' in a corner of the hall, '$edge' elsewhere on its border, '$inner' inside, and '$outside' if there is no such seat. Return the list of the labels.",
            "Classify each index pair in $cells relative to a grid with $rows rows and $columns columns and return the list of answers: '$outside' if an index is negative or too large; otherwise '$corner' if both indices are extreme (0 or the largest possible), '$edge' if exactly one is, '$inner' if none is.",
        ),
        solutions=(
            """
$result = []
for r, c in $cells:
    at_row_end = r in (0, $rows - 1)
    at_column_end = c in (0, $columns - 1)
    if not (0 <= r < $rows and 0 <= c < $columns):
        $result.append("$outside")
    elif at_row_end and at_column_end:
        $result.append("$corner")
    elif at_row_end or at_column_end:
        $result.append("$edge")
    else:
        $result.append("$inner")
return $result
""",
            """
def kind(r, c):
    if r < 0 or c < 0 or r >= $rows or c >= $columns:
        return "$outside"
    extremes = int(r == 0 or r == $rows - 1) + int(c == 0 or c == $columns - 1)
    return ["$inner", "$edge", "$corner"][extremes]

return [kind(*cell) for cell in $cells]
""",
        ),
        reference=lambda rows, columns, cells, corner, edge, inner, outside: [
            {0: inner, 1: edge, 2: corner}[({r} <= {0, rows - 1}) + ({c} <= {0, columns - 1})]
            if r in range(rows) and c in range(columns)
            else outside
            for r, c in cells
        ],
        parameters=lambda rng: {
            key: Raw(word)
            for key, word in zip(
                ("corner", "edge", "inner", "outside"),
                rng.choice(
                    (
                        ("corner", "edge", "inner", "outside"),
                        ("corner", "side", "middle", "none"),
                        ("C", "B", "I", "X"),
                    )
                ),
                strict=True,
            )
        },
        inputs=lambda rng, corner, edge, inner, outside: (
            rows := rng.randint(3, 5),
            columns := rng.randint(3, 5),
            [
                (rng.choice((0, 1, rows - 1, rows, -1)), rng.choice((0, 1, columns - 1, columns, 1)))
                for _ in range(rng.randint(3, 5))
            ],
        ),
        edges=(
            (3, 3, []),
            (1, 1, [(0, 0), (0, 1), (1, 0)]),
            (1, 4, [(0, 2), (0, 3)]),
            (3, 4, [(3, 0), (2, 3), (1, 1), (0, -1), (2, 1)]),
        ),
        idea="Rule out cells that do not exist first; after that only the first and the last row and column have to be told apart.",
        pitfall="The last row has the number $rows - 1, because counting begins at 0.",
    ),
    Family(
        name="cells_next_to",
        concepts=("grids", "tuples", "list_building"),
        difficulty=1,
        names="cells_next_to neighbours adjacent_cells next_cells around",
        arguments=(
            "r|row_number|y|down: int; row of the cell",
            "c|column_number|x|across: int; column of the cell",
        ),
        returns="list[tuple[int, int]]",
        phrasings=(
            "On a board of $rows rows and $columns columns, both counted from 0, return the cells that touch the cell in row $r and column $c $how, as (row, column), sorted. Use `inside` to leave out cells that do not exist.",
            "Which cells of a board with $rows rows and $columns columns touch the cell ($r, $c) $how? List the pairs (row, column), numbered from 0, in ascending order; `inside` tells whether a cell is on the board.",
            "A hall has $rows rows of $columns seats, all numbered from 0. Somebody sits in row $r on seat $c. Return the (row, seat) pairs of the seats that touch this one $how, in sorted order; check with `inside` that they exist.",
            "Return the sorted list of the index pairs of a grid with $rows rows and $columns columns (for which `inside` is true) that are adjacent to ($r, $c) $how.",
        ),
        setup="""
def inside(row, column):
    return 0 <= row < $rows and 0 <= column < $columns
""",
        solutions=(
            """
$result = []
for down_by, across_by in $steps:
    cell = ($r + down_by, $c + across_by)
    if inside(*cell):
        $result.append(cell)
return $result
""",
            """
near = [($r + i, $c + j) for i in (-1, 0, 1) for j in (-1, 0, 1) if abs(i) + abs(j) == $far]
return [(i, j) for i, j in near if inside(i, j)]
""",
        ),
        reference=lambda r, c, rows, columns, how, steps, far: [
            (i, j) for i in range(rows) for j in range(columns) if (i - r) ** 2 + (j - c) ** 2 == far
        ],
        parameters=lambda rng: {
            "rows": rng.choice((3, 4, 5)),
            "columns": rng.choice((3, 4, 6)),
            **rng.choice(
                (
                    {"how": Raw("at a side"), "steps": ((-1, 0), (0, -1), (0, 1), (1, 0)), "far": 1},
                    {"how": Raw("at a corner only"), "steps": ((-1, -1), (-1, 1), (1, -1), (1, 1)), "far": 2},
                )
            ),
        },
        inputs=lambda rng, rows, columns, how, steps, far: (rng.randrange(rows), rng.randrange(columns)),
        edges=((0, 0), (0, 2), (2, 0), (1, 1), (2, 2)),
        idea="The neighbours are found by adding small offsets, and one helper decides which of them exist.",
        pitfall="The cell itself has the offset (0, 0) and is not its own neighbour.",
    ),
)
