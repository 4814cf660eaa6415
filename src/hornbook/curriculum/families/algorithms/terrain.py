"""Families on fields of cells: paths around walls, the best way down, the area of a region."""

from __future__ import annotations

import itertools
import random

from hornbook.curriculum.families.wording import part
from hornbook.curriculum.family import Family, Raw

STRAIGHT = ((0, 1), (1, 0))
SLANTED = ((0, 1), (1, 0), (1, 1))
FOUR = ((-1, 0), (0, -1), (0, 1), (1, 0))
EIGHT = ((-1, -1), (-1, 0), (-1, 1), (0, -1), (0, 1), (1, -1), (1, 0), (1, 1))


def _field(rng: random.Random, symbols: str, low: int = 2, high: int = 4) -> list[str]:
    width = rng.randint(low, high)
    return ["".join(rng.choices(symbols, k=width)) for _ in range(rng.randint(low, high))]


def _costs(rng: random.Random) -> list[list[int]]:
    width = rng.randint(2, 4)
    return [[rng.randint(0, 9) for _ in range(width)] for _ in range(rng.randint(2, 4))]


FAMILIES: tuple[Family, ...] = (
    Family(
        name="paths_around_walls",
        concepts=("dynamic_programming", "matrices", "recursion"),
        difficulty=4,
        names="paths_around_walls count_paths routes_through_grid ways_across solve",
        arguments=(
            "grid|field|board|plan_rows: list[str]; rows of equal length, '#' is a wall and '.' is free",
        ),
        returns="int",
        phrasings=(
            "Return the number of paths from the upper left to the lower right cell of $grid that use only free cells ('.', not '#') and go $how in every step. It is 0 for an empty grid.",
            "Count the different ways through $grid, a list of strings of equal length. Start in the upper left corner, end in the lower right one, move $how each time, and never enter a cell marked '#' (start and end must be free too). An empty grid has 0 ways.",
            "A piece crosses $grid from the first cell of the first row to the last cell of the last row, moving $how at each step and avoiding the walls '#'. In how many ways can it do so (0 if it cannot or the grid is empty)?",
            "How many routes lead from the top left to the bottom right of $grid if every step goes $how and '#' cells are forbidden, even as start or goal? Answer 0 for a grid without rows.",
        ),
        solutions=(
            """
$seen = {}
for $i, $row in enumerate($grid):
    for $j, $char in enumerate($row):
        if $char == "#":
            $count = 0
        elif $i == 0 and $j == 0:
            $count = 1
        else:
            $count = sum($seen.get(($i - down, $j - right), 0) for down, right in $moves)
        $seen[$i, $j] = $count
return $seen[len($grid) - 1, len($grid[0]) - 1] if $grid else 0
""",
            """
from functools import cache

@cache
def ways($i, $j):
    if $i >= len($grid) or $j >= len($grid[0]) or $grid[$i][$j] == "#":
        return 0
    if $i == len($grid) - 1 and $j == len($grid[0]) - 1:
        return 1
    return sum(ways($i + down, $j + right) for down, right in $moves)

return ways(0, 0)
""",
            """
if not $grid or $grid[0][0] == "#":
    return 0
$result = [[0] * len($row) for $row in $grid]
$result[0][0] = 1
for $i, $row in enumerate($grid):
    for $j in range(len($row)):
        for down, right in $moves:
            if $i >= down and $j >= right and $row[$j] != "#":
                $result[$i][$j] += $result[$i - down][$j - right]
return $result[-1][-1]
""",
        ),
        reference=lambda grid, how, moves: _walks(grid, moves),
        parameters=lambda rng: rng.choice(
            (
                {"how": Raw("one cell right or down"), "moves": STRAIGHT},
                {"how": Raw("one cell right, down or diagonally right and down"), "moves": SLANTED},
            )
        ),
        inputs=lambda rng, how, moves: (_open_field(rng),),
        edges=(([],), (["."],), (["#"],), (["....", "....", "...."],), ([".#", "#."],), (["#..", "..."],)),
        idea="A cell is reached through its neighbours above and to the left, so its number of paths is the sum of theirs; walls have 0.",
        pitfall="Plain recursion without remembering results counts the same cells again and again and becomes slow.",
    ),
    Family(
        name="best_way_down",
        concepts=("dynamic_programming", "matrices", "min_max"),
        difficulty=4,
        names="best_way_down ${what}_path_down fall_through path_value solve",
        arguments=("table|grid|costs|levels: list[list[int]]; rows of equal length, at least one column",),
        returns="int",
        phrasings=(
            "Return the $what sum of a path through $table that starts anywhere in the top row and in each next row goes to the cell straight below or to one of its direct neighbours left and right. An empty table gives 0.",
            "A path takes one number from each row of $table, from top to bottom; its column changes by at most 1 from row to row. Find the $what possible sum, or 0 if there are no rows.",
            "Go down $table row by row, beginning in any column and moving down, down-left or down-right. Compute the $what total of the numbers on such a path (0 for a table without rows).",
            "What is the $what total one can collect on the way from the first to the last row of $table, when every step leads one row down and at most one column to the side? Use 0 for an empty table.",
        ),
        solutions=(
            """
if not $table:
    return 0
$best = list($table[0])
for $row in $table[1:]:
    $best = [$item + $pick($best[max(0, $i - 1) : $i + 2]) for $i, $item in enumerate($row)]
return $pick($best)
""",
            """
from functools import cache

@cache
def value($i, $j):
    if $i == len($table) - 1:
        return $table[$i][$j]
    columns = [column for column in ($j - 1, $j, $j + 1) if 0 <= column < len($table[$i])]
    return $table[$i][$j] + $pick(value($i + 1, column) for column in columns)

if not $table:
    return 0
return $pick(value(0, column) for column in range(len($table[0])))
""",
            """
$result = [list($row) for $row in $table]
for $i in range(1, len($result)):
    for $j in range(len($result[$i])):
        $previous = $result[$i - 1][$j]
        if $j > 0:
            $previous = $pick($previous, $result[$i - 1][$j - 1])
        if $j + 1 < len($result[$i]):
            $previous = $pick($previous, $result[$i - 1][$j + 1])
        $result[$i][$j] += $previous
return $pick($result[-1]) if $result else 0
""",
        ),
        reference=lambda table, what, pick: (sorted if what == "smallest" else _falling)(
            [
                sum(row[at] for row, at in zip(table, path, strict=True))
                for path in itertools.product(range(len(table[0]) if table else 0), repeat=len(table))
                if all(abs(a - b) < 2 for a, b in itertools.pairwise(path))
            ]
        )[0],
        parameters=lambda rng: part(
            rng, {"what": "smallest", "pick": "min"}, {"what": "largest", "pick": "max"}
        ),
        inputs=lambda rng, what, pick: (_costs(rng),),
        edges=(([],), ([[3]],), ([[4, 1, 2]],), ([[1], [-2], [3]],), ([[1, 9, 9], [9, 9, 1], [1, 9, 9]],)),
        idea="Keep for each column the $what sum of a path that ends there; the next row follows from it by looking at up to three neighbours.",
        pitfall="Always stepping to the $what next number is greedy and can lead to a bad rest of the way.",
    ),
    Family(
        name="area_of_region",
        concepts=("searching", "stacks", "matrices"),
        difficulty=5,
        names="area_of_region region_size flood_size connected_cells spread",
        arguments=(
            "field|grid|picture|land: list[str]; rows of equal length",
            "row_number|line_index|top_row|r: int; row of the first cell, inside the field",
            "column_number|column_index|c|at: int; column of the first cell, inside the field",
        ),
        returns="int",
        phrasings=(
            "Return how many cells of $field belong to the region of the cell in row $row_number and column $column_number (both from 0): the cells with the same character that can be reached from it through cells with this character, stepping to neighbours $how.",
            "Pour paint on the cell at row $row_number, column $column_number of $field. It spreads to neighbours $how if they hold the same character as the first cell. Count the painted cells, the first one included.",
            "Compute the size of the connected area of equal characters in $field that contains row $row_number, column $column_number (numbered from 0). Two cells are neighbours if they touch $how.",
            "How large is the patch of one and the same character around the cell ($row_number, $column_number) of $field, given as (row, column) from 0, when cells are connected $how?",
        ),
        solutions=(
            """
$char = $field[$row_number][$column_number]
$stack = [($row_number, $column_number)]
$seen = set()
while $stack:
    $i, $j = $stack.pop()
    inside = 0 <= $i < len($field) and 0 <= $j < len($field[0])
    if inside and $field[$i][$j] == $char and ($i, $j) not in $seen:
        $seen.add(($i, $j))
        $stack.extend(($i + down, $j + right) for down, right in $moves)
return len($seen)
""",
            """
def paint($i, $j):
    if ($i, $j) not in $current:
        return 0
    $current.remove(($i, $j))
    return 1 + sum(paint($i + down, $j + right) for down, right in $moves)

$char = $field[$row_number][$column_number]
$current = {($i, $j) for $i, $row in enumerate($field) for $j, $item in enumerate($row) if $item == $char}
return paint($row_number, $column_number)
""",
            """
from collections import deque
$char = $field[$row_number][$column_number]
$seen = {($row_number, $column_number)}
queue = deque($seen)
while queue:
    $i, $j = queue.popleft()
    for down, right in $moves:
        $pair = ($i + down, $j + right)
        if $pair in $seen or not 0 <= $pair[0] < len($field) or not 0 <= $pair[1] < len($field[0]):
            continue
        if $field[$pair[0]][$pair[1]] == $char:
            $seen.add($pair)
            queue.append($pair)
return len($seen)
""",
        ),
        reference=lambda field, row_number, column_number, how, moves: _spread(
            {
                (r, c)
                for r, row in enumerate(field)
                for c, char in enumerate(row)
                if char == field[row_number][column_number]
            },
            {(row_number, column_number)},
            len(moves),
        ),
        parameters=lambda rng: rng.choice(
            (
                {"how": Raw("above, below, left or right"), "moves": FOUR},
                {"how": Raw("in all eight directions, diagonals included"), "moves": EIGHT},
            )
        ),
        inputs=lambda rng, how, moves: (_field(rng, "...~", 4, 5), rng.randint(0, 2), rng.randint(0, 2)),
        edges=(
            (["~~..~", "~..~.", "..~.~", ".~..."], 2, 2),
            (["~.~~", "~~.~", "..~.", "~~.~"], 3, 3),
            (["~.~", ".~.", "~.~"], 1, 1),
            (["~..~"], 0, 0),
            (["~.~", "...", "~.~"], 0, 0),
            (["..~", ".~~", "~.."], 2, 0),
        ),
        idea="Start with one cell and keep a list of cells still to be looked at; each new cell of the region adds its neighbours to the list.",
        pitfall="A negative index does not fail in Python but wraps round to the other side, so test the borders.",
    ),
)


def _open_field(rng: random.Random) -> list[str]:
    rows = _field(rng, "....#")
    rows[0] = "." + rows[0][1:]
    rows[-1] = rows[-1][:-1] + "."
    return rows


def _walks(grid: list[str], moves: tuple[tuple[int, int], ...]) -> int:
    """Send one walker down every path and count those who arrive."""
    free = {(r, c) for r, row in enumerate(grid) for c, char in enumerate(row) if char == "."}
    walkers = [(0, 0)] if (0, 0) in free else []
    arrived = 0
    while walkers:
        arrived += walkers.count((len(grid) - 1, len(grid[0]) - 1))
        steps = [(r + down, c + right) for r, c in walkers for down, right in moves]
        walkers = [place for place in steps if place in free]
    return arrived


def _falling(sums: list[int]) -> list[int]:
    return sorted(sums, reverse=True)


def _spread(same: set[tuple[int, int]], region: set[tuple[int, int]], directions: int) -> int:
    """Grow the region by all touching cells of the same kind until it stays as it is."""
    reach = 1 if directions == 4 else 2
    grown = {
        (r, c)
        for r, c in same
        if any(abs(r - a) <= 1 and abs(c - b) <= 1 and abs(r - a) + abs(c - b) <= reach for a, b in region)
    }
    return len(region) if grown == region else _spread(same, grown, directions)
