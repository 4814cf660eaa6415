"""Families on tables, tuples, sets, pairs, intervals, positions on a grid, and schedules that need no dates.

A table is a list of rows of equal length (ragged ones are announced). Intervals are (start, end) pairs of integers
with start < end unless a family says otherwise.
"""

from __future__ import annotations

import functools
import itertools
import random
from collections import Counter
from datetime import timedelta

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw

WEEK = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
HOBBIES = ("chess", "judo", "piano", "tennis", "choir", "yoga")


def _part(rng: random.Random, *choices: dict[str, str]) -> dict[str, Raw]:
    return {key: Raw(text) for key, text in rng.choice(choices).items()}


def _intervals(
    rng: random.Random, low: int = 2, high: int = 5, first: int = 0, last: int = 24
) -> list[tuple[int, int]]:
    pairs = []
    for _ in range(rng.randint(low, high)):
        start = rng.randint(first, last - 1)
        pairs.append((start, min(last, start + rng.randint(1, 6))))
    return pairs


def _points(rng: random.Random, low: int = 2, high: int = 6) -> list[tuple[int, int]]:
    return [(rng.randint(-5, 5), rng.randint(-5, 5)) for _ in range(rng.randint(low, high))]


def _crossings(path: str) -> list[tuple[int, int]]:
    """Positions before each step of `path` (letters U, D, L, R) and after the last one, by counting letters."""
    walked = [path[:steps] for steps in range(len(path) + 1)]
    return [(part.count("R") - part.count("L"), part.count("U") - part.count("D")) for part in walked]


FAMILIES: tuple[Family, ...] = (
    Family(
        name="column_summaries",
        concepts=("matrices", "enumerate_zip", "accumulation"),
        difficulty=2,
        names="column_$what ${what}_per_column summarize_columns column_values reduce_table",
        arguments=("table|matrix|grid|rows_given: list[list[int]]; rows of equal length",),
        returns="list[int]",
        phrasings=(
            "Return a list with the $what of each column of $table, from left to right. A table without rows gives [].",
            "For every column of the matrix $table, given as a list of equally long rows, compute its $what; list the results in column order (an empty list for an empty matrix).",
            "Look at $table column by column instead of row by row: collect each column's $what in one list, leftmost column first, [] if there are no rows.",
            "What is the $what in each column of $table? Give one number per column, in order, or an empty list when $table is empty.",
        ),
        solutions=(
            """
return [$func($item) for $item in zip(*$table)]
""",
            """
if not $table:
    return []
$result = []
for $i in range(len($table[0])):
    $result.append($func([$row[$i] for $row in $table]))
return $result
""",
            """
if not $table:
    return []
$result = list($table[0])
for $row in $table[1:]:
    for $i, $item in enumerate($row):
        $result[$i] = $func(($result[$i], $item))
return $result
""",
        ),
        reference=lambda table, what, func: [
            {"sum": sum(column), "maximum": sorted(column)[-1], "minimum": sorted(column)[0]}[str(what)]
            for at in range(max(map(len, table), default=0))
            for column in [[row[at] for row in table]]
        ],
        parameters=lambda rng: _part(
            rng,
            {"what": "sum", "func": "sum"},
            {"what": "maximum", "func": "max"},
            {"what": "minimum", "func": "min"},
        ),
        inputs=lambda rng, what, func: (draws.matrix(rng, 2, 4),),
        edges=(([],), ([[7]],), ([[1, 2, 3]],), ([[-1], [-5], [0]],)),
        idea="zip(*table) hands out the columns as tuples, because it takes one element of every row at a time.",
        pitfall="len(table) is the number of rows; the number of columns is len(table[0]), which fails for an empty table.",
    ),
    Family(
        name="columns_of_ragged_rows",
        concepts=("matrices", "enumerate_zip", "nested_loops"),
        difficulty=3,
        names="ragged_columns columns rows_to_columns turn_rows rearrange",
        arguments=("lines|rows|lists|ragged: list[list[int]]; rows that may differ in length",),
        returns="list[list[int]]",
        phrasings=(
            "Return the columns of $lines, whose rows may differ in length, as lists. Where a row is too short for a column, put $fill.",
            "Turn the rows of $lines into columns. There are as many columns as the longest row has elements, and every column has one number per row: $fill stands for an element that does not exist.",
            "Transpose the list of lists $lines after padding short rows on the right with $fill to the length of the longest. The result is empty when there are no elements.",
            "The rows in $lines are not all equally long. What are its columns, from left to right, if a missing number is written as $fill? Answer with a list of lists.",
        ),
        solutions=(
            """
from itertools import zip_longest
return [list($item) for $item in zip_longest(*$lines, fillvalue=$fill)]
""",
            """
width = max((len($row) for $row in $lines), default=0)
return [[$row[$i] if $i < len($row) else $fill for $row in $lines] for $i in range(width)]
""",
            """
width = max(map(len, $lines), default=0)
$result = [[] for $i in range(width)]
for $row in $lines:
    for $i in range(width):
        if $i < len($row):
            $result[$i].append($row[$i])
        else:
            $result[$i].append($fill)
return $result
""",
        ),
        reference=lambda lines, fill: [
            [(row[at : at + 1] or [fill])[0] for row in lines] for at in range(max([0, *map(len, lines)]))
        ],
        parameters=lambda rng: {"fill": rng.choice((0, -1, 99))},
        inputs=lambda rng, fill: ([draws.ints(rng, 0, 4, 1, 9) for _ in range(rng.randint(2, 4))],),
        edges=(([],), ([[]],), ([[1, 2, 3]],), ([[], [5]],), ([[4], [4]],)),
        idea="The longest row decides how many columns there are; each column asks every row for its element and takes $fill where the row has ended.",
        pitfall="Plain zip stops at the shortest row and drops the rest without a word.",
    ),
    Family(
        name="quarter_turn",
        concepts=("matrices", "list_comprehensions", "nested_loops"),
        difficulty=3,
        names="quarter_turn rotate_table turn_$way spin_grid transform",
        arguments=("table|grid|matrix|picture: list[list[int]]; rows of equal length",),
        returns="list[list[int]]",
        phrasings=(
            "Return $table rotated by 90 degrees $way, as a new list of rows.",
            "Turn the matrix $table (a list of equally long rows) a quarter turn $way and return the turned matrix; the given one stays as it is. An empty matrix stays empty.",
            "Imagine the numbers of $table written on a sheet of paper that you turn $way by a right angle. List the rows that you read then, from top to bottom.",
            "How does $table look after a quarter turn $way? Build it as a new list of lists in which the $edge row of $table has become the first column.",
        ),
        solutions=(
            """
return [list($row) for $row in zip(*$table$before)]$after
""",
            """
$result = []
if $table:
    for $i in range(len($table[0])):
        $result.append([$row[$i] for $row in $table$before])
return $result$after
""",
            """
if not $table:
    return []
height, width = len($table), len($table[0])
$result = [[0] * height for $i in range(width)]
for $i in range(height):
    for $j in range(width):
        $result[$turn_row$j][$turn_column$i] = $table[$i][$j]
return $result
""",
        ),
        reference=lambda table, way, edge, before, after, turn_row, turn_column: _turned(
            table, 1 if way == "clockwise" else 3
        ),
        parameters=lambda rng: _part(
            rng,
            {
                "way": "clockwise",
                "edge": "last",
                "before": "[::-1]",
                "after": "",
                "turn_row": "",
                "turn_column": "-1 - ",
            },
            {
                "way": "counterclockwise",
                "edge": "first",
                "before": "",
                "after": "[::-1]",
                "turn_row": "-1 - ",
                "turn_column": "",
            },
        ),
        inputs=lambda rng, way, edge, before, after, turn_row, turn_column: (draws.matrix(rng, 2, 3),),
        edges=(([],), ([[1]],), ([[1, 2, 3]],), ([[1], [2]],), ([[0, 0], [0, 1]],)),
        idea="A turn is a transposition together with a reversal: reverse the order of the rows before it or after it, depending on the direction.",
        pitfall="Transposing alone mirrors the table at its diagonal, which is not a rotation.",
    ),
    Family(
        name="diagonal_totals",
        concepts=("matrices", "tuples", "list_indexing"),
        difficulty=2,
        names="diagonal_totals both_diagonals diagonal_sums cross_totals compute",
        arguments=("square|board|matrix|grid: list[list[int]]; as many rows as columns",),
        returns="tuple[int, int]",
        phrasings=(
            "Return a tuple with the sums of the two diagonals of $square, multiplied by $factor: first the one from the upper left to the lower right, then the one from the upper right to the lower left.",
            "Add up each diagonal of the square matrix $square and multiply both sums by $factor. The tuple that you return starts with the main diagonal (top left to bottom right).",
            "Compute $factor times the sum of the main diagonal and $factor times the sum of the other diagonal of $square, as a pair in this order. The pair is (0, 0) for an empty matrix.",
            "What do the diagonals of $square add up to, each taken $factor times? Answer with two numbers in a tuple, falling diagonal first, rising diagonal second.",
        ),
        solutions=(
            """
$left = 0
$right = 0
for $i, $row in enumerate($square):
    $left += $row[$i]
    $right += $row[-1 - $i]
return $factor * $left, $factor * $right
""",
            """
$count = len($square)
$left = sum($square[$i][$i] for $i in range($count))
$right = sum($square[$i][$count - 1 - $i] for $i in range($count))
return ($left * $factor, $right * $factor)
""",
            """
$left = [$row[$i] for $i, $row in enumerate($square)]
$right = [$row[$i] for $i, $row in enumerate(reversed($square))]
return sum($left) * $factor, sum($right) * $factor
""",
        ),
        reference=lambda square, factor: (
            sum(factor * v for r, row in enumerate(square) for c, v in enumerate(row) if r == c),
            sum(
                factor * v
                for r, row in enumerate(square)
                for c, v in enumerate(row)
                if r + c == len(square) - 1
            ),
        ),
        parameters=lambda rng: {"factor": rng.choice((2, 3, 10))},
        inputs=lambda rng, factor: (
            (lambda n: [[rng.randint(-5, 9) for _ in range(n)] for _ in range(n)])(rng.randint(2, 4)),
        ),
        edges=(([],), ([[5]],), ([[1, 2], [3, 4]],), ([[0, 0, 0], [0, 7, 0], [0, 0, 0]],)),
        idea="In row i the main diagonal passes through column i and the other one through column -1 - i, counted from the right.",
        pitfall="In an odd-sized square the middle element lies on both diagonals, so it must enter both sums.",
    ),
    Family(
        name="frame_total",
        concepts=("matrices", "nested_loops", "conditionals"),
        difficulty=3,
        names="frame_total border_sum edge_total sum_of_frame measure",
        arguments=("table|grid|matrix|field: list[list[int]]; rows of equal length",),
        returns="int",
        phrasings=(
            "Return the sum of the numbers of $table that lie fewer than $thick cells away from one of its four edges (cells on the edge are 0 away).",
            "Add up the border of $table, where the border is $thick cells wide on all sides. In a small table every cell can belong to the border; count each cell once.",
            "Lay a frame of width $thick inside the rectangle $table and compute the sum of the numbers the frame covers. A table that is not larger than the frame is covered as a whole.",
            "What is the sum of all elements of $table in the frame of width $thick that runs along its top, bottom, left and right edges, without counting a corner twice? It is 0 for an empty table.",
        ),
        solutions=(
            """
$total = 0
for $i, $row in enumerate($table):
    for $j, $item in enumerate($row):
        if min($i, $j, len($table) - 1 - $i, len($row) - 1 - $j) < $thick:
            $total += $item
return $total
""",
            """
$total = sum(sum($row) for $row in $table)
for $row in $table[$thick:-$thick]:
    $total -= sum($row[$thick:-$thick])
return $total
""",
            """
$total = 0
for $i, $row in enumerate($table):
    if $i < $thick or $i >= len($table) - $thick or len($row) <= $both:
        $total += sum($row)
    else:
        $total += sum($row[:$thick]) + sum($row[-$thick:])
return $total
""",
        ),
        reference=lambda table, thick, both: sum(
            value
            for r, row in enumerate(table)
            for c, value in enumerate(row)
            if r not in range(thick, len(table) - thick) or c not in range(thick, len(row) - thick)
        ),
        parameters=lambda rng: rng.choice(({"thick": 1, "both": 2}, {"thick": 2, "both": 4})),
        inputs=lambda rng, thick, both: ([draws.ints(rng, 5, 5, 1, 9) for _ in range(rng.randint(4, 6))],),
        edges=(([],), ([[4]],), ([[1, 2, 3]],), ([[1, 1, 1], [1, 9, 1], [1, 1, 1]],), ([[2], [3], [4]],)),
        idea="Everything minus the inside is the frame; the inside is a slice of the rows and, in each of them, a slice of the columns.",
        pitfall="Adding the four sides one after another counts the corners twice.",
    ),
    Family(
        name="operation_grid",
        concepts=("list_comprehensions", "matrices", "nested_loops"),
        difficulty=2,
        names="operation_grid make_table ${noun}_table build_grid create",
        arguments=(
            "height|num_rows|down|tall: int; number of rows, not negative",
            "width|num_columns|across|wide: int; number of columns, not negative",
        ),
        returns="list[list[int]]",
        phrasings=(
            "Return a table with $height rows and $width columns in which each cell holds its row number $symbol its column number. Both numbers start at $first.",
            "Build the $noun table of size $height by $width as a list of rows: the cell in row r and column c contains r $symbol c, rows and columns being numbered from $first.",
            "Make a list of $height lists with $width integers each. Numbering rows and columns from $first, the value at row r, column c is r $symbol c.",
            "Which $noun table has $height rows and $width columns, with both headings running upwards from $first? Return only the inner cells (row heading $symbol column heading), row by row.",
        ),
        solutions=(
            """
$result = []
for $i in range($first, $first + $height):
    $row = []
    for $j in range($first, $first + $width):
        $row.append($i $symbol $j)
    $result.append($row)
return $result
""",
            """
return [[$i $symbol $j for $j in range($first, $first + $width)] for $i in range($first, $first + $height)]
""",
            """
$result = [[0] * $width for $row in range($height)]
for $i in range($height):
    for $j in range($width):
        $result[$i][$j] = ($i + $first) $symbol ($j + $first)
return $result
""",
        ),
        reference=lambda height, width, noun, symbol, first: [
            [{"*": r * c, "+": r + c}.get(symbol, r - c) for c in range(first, width + first)]
            for r in range(first, height + first)
        ],
        parameters=lambda rng: {
            **_part(
                rng,
                {"noun": "multiplication", "symbol": "*"},
                {"noun": "addition", "symbol": "+"},
                {"noun": "subtraction", "symbol": "-"},
            ),
            "first": rng.choice((1, 1, 2, 10)),
        },
        inputs=lambda rng, noun, symbol, first: (rng.randint(1, 4), rng.randint(1, 4)),
        edges=((0, 3), (2, 0), (1, 1), (1, 4)),
        idea="The outer loop makes the rows, the inner one the cells of a row; each row must be a list of its own.",
        pitfall="[[0] * width] * height repeats the same inner list, so filling one row fills them all.",
    ),
    Family(
        name="rows_with_enough_cells",
        concepts=("matrices", "counting", "enumerate_zip"),
        difficulty=3,
        names="rows_with_enough good_rows select_rows row_numbers scan",
        arguments=("table|grid|readings|matrix: list[list[int]]; rows of numbers",),
        returns="list[int]",
        phrasings=(
            "Return the indices (from 0, rising) of the rows of $table that contain at least $need numbers that are $words $limit.",
            "For each row of $table count the numbers that are $words $limit, and list the index of every row whose count reaches $need, the top row having index 0.",
            "Which rows of $table, numbered from 0, hold $need or more cells with a value of $words $limit? Give their numbers in rising order in a list.",
            "Find all row indices i, in ascending order, such that $need or more elements of $table[i] are $words $limit.",
        ),
        solutions=(
            """
$result = []
for $i, $row in enumerate($table):
    $count = 0
    for $item in $row:
        if $item $op $limit:
            $count += 1
    if $count >= $need:
        $result.append($i)
return $result
""",
            """
return [$i for $i, $row in enumerate($table) if sum($item $op $limit for $item in $row) >= $need]
""",
            """
$result = []
for $i in range(len($table)):
    if len([$item for $item in $table[$i] if $item $op $limit]) >= $need:
        $result.append($i)
return $result
""",
        ),
        reference=lambda table, op, words, limit, need: list(
            itertools.compress(
                range(len(table)),
                [Counter(draws.COMPARISONS[op][1](v, limit) for v in row)[True] >= need for row in table],
            )
        ),
        parameters=lambda rng: {
            **draws.comparison(rng),
            "limit": rng.randint(0, 4),
            "need": rng.randint(2, 3),
        },
        inputs=lambda rng, op, words, limit, need: (draws.matrix(rng, 3, 5),),
        edges=(([],), ([[]],), ([[5, 5, 5]],), ([[0, 0], [9, 9], [0, 9]],)),
        idea="A comparison is True or False, which count as 1 and 0, so summing the comparisons of a row counts its matching cells.",
        pitfall="table.index(row) finds the first equal row, which gives a wrong number when a row occurs twice.",
    ),
    Family(
        name="position_in_table",
        concepts=("matrices", "searching", "early_return"),
        difficulty=2,
        names="position_in_table find_cell locate_value where_in_grid search",
        arguments=(
            "table|grid|matrix|map_rows: list[list[str]]; rows of short texts",
            "wanted|target|text|symbol: str; the text to find",
        ),
        returns="tuple[int, int]",
        phrasings=(
            "Return the position (row, column) of the first cell of $table that equals $wanted, reading row by row from the upper left. Rows and columns are numbered from $first. Return (-1, -1) if there is none.",
            "Search the rows of $table from top to bottom, and each from left to right, for $wanted. Give the row number and the column number of the first hit as a tuple, both counted from $first, or (-1, -1) without a hit.",
            "Find where $wanted stands in the list of rows $table: a tuple of row and column, the upper left cell being ($first, $first). With several hits take the topmost row, then the leftmost cell; use (-1, -1) for no hit.",
            "In which row and column of $table does $wanted occur first, in reading order? Start numbering at $first and answer (-1, -1) if it does not occur.",
        ),
        solutions=(
            """
for $i, $row in enumerate($table, start=$first):
    for $j, $item in enumerate($row, start=$first):
        if $item == $wanted:
            return $i, $j
return -1, -1
""",
            """
for $i, $row in enumerate($table):
    if $wanted in $row:
        return $i$shift, $row.index($wanted)$shift
return (-1, -1)
""",
            """
$result = (
    ($i, $j)
    for $i, $row in enumerate($table, start=$first)
    for $j, $item in enumerate($row, start=$first)
    if $item == $wanted
)
return next($result, (-1, -1))
""",
        ),
        reference=lambda table, wanted, first, shift: min(
            (
                (r + first, c + first)
                for r, row in enumerate(table)
                for c in range(len(row))
                if row[c] == wanted
            ),
            default=(-1, -1),
        ),
        parameters=lambda rng: rng.choice(
            ({"first": 0, "shift": Raw("")}, {"first": 1, "shift": Raw(" + 1")})
        ),
        inputs=lambda rng, first, shift: (
            [rng.choices(("x", "o", ".", "#"), k=3) for _ in range(rng.randint(2, 3))],
            rng.choice(("x", "o", "#")),
        ),
        edges=(([], "x"), ([[]], "x"), ([["o"]], "x"), ([["o", "x"], ["x", "x"]], "x"), ([["x"]], "x")),
        idea="enumerate numbers the rows and the cells; returning at the first match ends both loops at once.",
        pitfall="A break leaves only the inner loop, so a later row would overwrite the position.",
    ),
    Family(
        name="walk_on_board",
        concepts=("simulation", "tuples", "conditionals"),
        difficulty=3,
        names="walk_on_board final_square follow_path play_moves run",
        arguments=("moves|path|steps|walk: str; one letter per step",),
        returns="tuple[int, int]",
        phrasings=(
            "A piece starts at (0, 0), the lower left corner of a square board with $size squares per side. Follow $moves ('U' up, 'D' down, 'L' left, 'R' right), ignoring each step that would leave the board, and return the final (x, y).",
            "Carry out the steps in the string $moves on a $size by $size board, beginning at x = 0, y = 0 (bottom left). The letters U, D, L, R mean up, down, left, right; a step over the edge is skipped. Return the position as a tuple (x, y).",
            "Compute the square (x, y) on which a piece stands after $moves. It sets out from (0, 0); R raises x, L lowers x, U raises y, D lowers y, and steps that would take a coordinate below 0 or above $last have no effect.",
            "Where does the walk $moves end on a board whose coordinates x and y run from 0 to $last? Start at (0, 0); U adds 1 to y, D subtracts 1 from it, R and L do the same with x, and impossible steps are left out.",
        ),
        solutions=(
            """
x = 0
y = 0
for $char in $moves:
    if $char == "U" and y < $last:
        y += 1
    elif $char == "D" and y > 0:
        y -= 1
    elif $char == "R" and x < $last:
        x += 1
    elif $char == "L" and x > 0:
        x -= 1
return x, y
""",
            """
directions = {"U": (0, 1), "D": (0, -1), "L": (-1, 0), "R": (1, 0)}
x, y = 0, 0
for $char in $moves:
    dx, dy = directions[$char]
    if 0 <= x + dx < $size and 0 <= y + dy < $size:
        x, y = x + dx, y + dy
return (x, y)
""",
            """
x = y = 0
for $char in $moves:
    x += ($char == "R") - ($char == "L")
    y += ($char == "U") - ($char == "D")
    x = max(0, min(x, $last))
    y = max(0, min(y, $last))
return x, y
""",
        ),
        reference=lambda moves, size, last: (
            _clamped([(m == "R") - (m == "L") for m in moves], last),
            _clamped([(m == "U") - (m == "D") for m in moves], last),
        ),
        parameters=lambda rng: (lambda size: {"size": size, "last": size - 1})(rng.choice((3, 4, 5, 6))),
        inputs=lambda rng, size, last: ("".join(rng.choices("UURRDL", k=rng.randint(3, 9))),),
        edges=(("",), ("D",), ("UUUUUUUUU",), ("RRULLLD",), ("RLRLR",)),
        idea="Each letter changes one coordinate by one; the test for the edge comes before the step is taken.",
        pitfall="Adding up all steps first and cutting at the edge afterwards gives another place: a skipped step is not made up for.",
    ),
    Family(
        name="first_revisited_place",
        concepts=("sets", "simulation", "early_return"),
        difficulty=4,
        names="first_revisited first_crossing place_twice find_loop trace",
        arguments=("path|moves|walk|route: str; one letter per step",),
        returns="tuple[int, int] | None",
        phrasings=(
            "Walk $path on a grid from (0, 0): 'U' adds 1 to y, 'D' subtracts 1, 'R' adds 1 to x, 'L' subtracts 1. Return the first position (x, y) that you come to for the second time, the start included, or None.",
            "Starting at (0, 0), take one step per letter of $path: U is y + 1, D is y - 1, R is x + 1, L is x - 1. As soon as a step leads to a place where you have been before (the start counts), return that place as (x, y); return None if this never happens.",
            "Find the first place the walk $path visits again. It begins at the visited place (0, 0) and the letters U, D, L, R move it up (larger y), down, left (smaller x), right by one. Give the coordinates (x, y), or None when all places are different.",
            "Does the walk $path cross itself, and where first? From (0, 0) the letters U/D change y by +1/-1 and R/L change x by +1/-1. Answer with the tuple (x, y) of the earliest return to an old position, with None if there is none.",
        ),
        solutions=(
            """
steps = {"U": (0, 1), "D": (0, -1), "L": (-1, 0), "R": (1, 0)}
x, y = 0, 0
$seen = {(0, 0)}
for $char in $path:
    x += steps[$char][0]
    y += steps[$char][1]
    if (x, y) in $seen:
        return x, y
    $seen.add((x, y))
return None
""",
            """
$seen = [(0, 0)]
for $char in $path:
    x, y = $seen[-1]
    if $char == "U":
        y += 1
    elif $char == "D":
        y -= 1
    elif $char == "R":
        x += 1
    else:
        x -= 1
    if (x, y) in $seen:
        return (x, y)
    $seen.append((x, y))
return None
""",
            """
from itertools import accumulate
steps = {"U": 1j, "D": -1j, "L": -1, "R": 1}
$seen = set()
for $current in accumulate(map(steps.get, $path), initial=0j):
    if $current in $seen:
        return int($current.real), int($current.imag)
    $seen.add($current)
return None
""",
        ),
        reference=lambda path: next(
            (place for at, place in enumerate(_crossings(path)) if place in _crossings(path)[:at]),
            None,
        ),
        inputs=lambda rng: (
            "".join(rng.choices("UURRRDL", k=rng.randint(2, 4)))
            + rng.choice(("DLU", "LUR", "RDL", "ULD", "DR")),
        ),
        edges=(("",), ("RRRR",), ("UD",), ("RULD",), ("RRULDRR",)),
        idea="Keep every place in a set; a step that leads to a member of the set closes the first loop.",
        pitfall="The starting point must be in the set before the first step, or a walk back to it is missed.",
    ),
    Family(
        name="items_by_membership",
        concepts=("sets", "filtering", "sorting"),
        difficulty=1,
        names="items_by_membership compare_lists pick_items $noun select",
        arguments=(
            "first|mine|ours|a_items: list[int]; numbers, repeats allowed",
            "second|yours|theirs|b_items: list[int]; numbers, repeats allowed",
        ),
        returns="list[int]",
        phrasings=(
            "Return the different numbers that are in $first $but in $second, sorted in $order order.",
            "Collect the values that $first contains and that are $test $second. Each value appears once and the list is in $order order.",
            "List, in $order order and without repeats, the elements of $first that can$cannot be found in $second.",
            "Which numbers occur in $first $but in $second? Answer with a list in $order order that names each number once; it may be empty.",
        ),
        solutions=(
            """
return sorted(set($first) $op set($second)$flag)
""",
            """
$result = []
for $item in $first:
    if $item $test $second and $item not in $result:
        $result.append($item)
return sorted($result$flag)
""",
            """
return sorted({$item for $item in $first if $item $test $second}$flag)
""",
        ),
        reference=lambda first, second, noun, but, test, cannot, op, order, flag: [
            number
            for number in (range(-99, 100) if order == "rising" else range(99, -100, -1))
            if number in first and (number in second) is (cannot == "")
        ],
        parameters=lambda rng: {
            **_part(
                rng,
                {"noun": "common_items", "but": "and also", "test": "in", "cannot": "", "op": "&"},
                {"noun": "only_in_first", "but": "but not", "test": "not in", "cannot": "not", "op": "-"},
            ),
            **_part(rng, {"order": "rising", "flag": ""}, {"order": "falling", "flag": ", reverse=True"}),
        },
        inputs=lambda rng, noun, but, test, cannot, op, order, flag: (
            draws.small_ints(rng, 4, 7),
            draws.small_ints(rng, 3, 6),
        ),
        edges=(([], [1]), ([1, 1], []), ([2, 2, 2], [2]), ([-1, 5], [5, -1, 0])),
        idea="Sets drop the repeats and have an operator for the question ($op); sorted turns the set into a list with a fixed order.",
        pitfall="Turning a set into a list without sorting gives the numbers in no dependable order.",
    ),
    Family(
        name="items_in_several_lists",
        concepts=("sets", "counting", "nested_data"),
        difficulty=3,
        names="items_in_several shared_items in_at_least_$least popular_items gather",
        arguments=("lists|baskets|wish_lists|groups_given: list[list[str]]; lists of words",),
        returns="list[str]",
        phrasings=(
            "Return the words that occur in at least $least of the lists in $lists, in alphabetical order. A word that stands several times in the same list counts once for that list.",
            "For each word find the number of lists in $lists that contain it (how often within a list does not matter). Give the words for which it is $least or more, sorted alphabetically.",
            "Collect alphabetically the words that $least or more of the inner lists of $lists have in common, each word once.",
            "Which words appear in $least or more different lists of $lists? Ignore repeats inside a list and answer with an alphabetically sorted list.",
        ),
        solutions=(
            """
from collections import Counter
$count = Counter($word for $row in $lists for $word in set($row))
return sorted($word for $word in $count if $count[$word] >= $least)
""",
            """
$groups = {}
for $row in $lists:
    for $word in set($row):
        $groups[$word] = $groups.get($word, 0) + 1
$result = [$word for $word, $count in $groups.items() if $count >= $least]
$result.sort()
return $result
""",
            """
$seen = set().union(*$lists)
return [$word for $word in sorted($seen) if sum($word in $row for $row in $lists) >= $least]
""",
        ),
        reference=lambda lists, least: sorted(
            {
                word
                for some in itertools.combinations(lists, least)
                for word in set(some[0]).intersection(*some[1:])
            }
        ),
        parameters=lambda rng: {"least": rng.choice((2, 2, 3))},
        inputs=lambda rng, least: (
            [
                rng.choices(("tea", "milk", "rice", "salt", "jam"), k=rng.randint(2, 4))
                for _ in range(rng.randint(3, 4))
            ],
        ),
        edges=(([],), ([["tea", "tea", "tea"]],), ([[], []],), ([["a", "b"], ["b", "a"], ["b"], ["a"]],)),
        idea="Making a set of each list first lets every list vote once for a word; then only the votes have to be counted.",
        pitfall="Counting all the words directly lets one list with a repeated word pass for several lists.",
    ),
    Family(
        name="pairs_with_shared_hobbies",
        concepts=("sets", "nested_loops", "dictionaries"),
        difficulty=3,
        names="pairs_with_shared_$noun matching_pairs similar_people find_pairs match",
        arguments=("likes|people|interests|choices: dict[str, list[str]]; what each person likes",),
        returns="list[tuple[str, str]]",
        phrasings=(
            "Return all pairs of people in $likes who share at least $least different $noun. In a pair the alphabetically smaller name stands first, and the pairs are sorted.",
            "The dictionary $likes maps each person to a list of $noun. List the pairs (a, b) with a before b in the alphabet whose lists have $least or more different $noun in common, in alphabetical order of the pairs.",
            "Compare everybody in the dictionary $likes with everybody else. Collect a tuple of both names, in alphabetical order, where $least or more of their $noun (repeats ignored) agree, and sort the tuples.",
            "Which two people in $likes have $least or more different $noun in common? Give every such pair once, as a tuple of names in alphabetical order, in a sorted list.",
        ),
        solutions=(
            """
from itertools import combinations
$result = []
for $left, $right in combinations(sorted($likes), 2):
    if len(set($likes[$left]) & set($likes[$right])) >= $least:
        $result.append(($left, $right))
return $result
""",
            """
$groups = {$key: set($row) for $key, $row in $likes.items()}
return sorted(
    ($left, $right)
    for $left in $groups
    for $right in $groups
    if $left < $right and len($groups[$left] & $groups[$right]) >= $least
)
""",
            """
$result = []
$seen = sorted($likes)
for $i, $left in enumerate($seen):
    for $right in $seen[$i + 1 :]:
        $count = sum($item in $likes[$right] for $item in set($likes[$left]))
        if $count >= $least:
            $result.append(($left, $right))
return $result
""",
        ),
        reference=lambda likes, noun, least: sorted(
            {
                (min(pair), max(pair))
                for pair in itertools.permutations(likes, 2)
                if len({(x, y) for x in likes[pair[0]] for y in likes[pair[1]] if x == y}) >= least
            }
        ),
        parameters=lambda rng: {
            "noun": Raw(rng.choice(("hobbies", "books", "languages"))),
            "least": rng.choice((2, 2, 3)),
        },
        inputs=lambda rng, noun, least: (
            {
                name: rng.sample(HOBBIES, rng.randint(2, 5))
                for name in rng.sample(draws.FIRST_NAMES, rng.randint(3, 4))
            },
        ),
        edges=(
            ({},),
            ({"Ada": ["chess"]},),
            ({"Ben": ["judo", "judo"], "Ada": ["judo", "judo"]},),
            ({"Eva": [], "Dan": [], "Cleo": ["yoga", "judo"]},),
        ),
        idea="Look at every unordered pair once; the size of the intersection of two sets is the number of $noun they share.",
        pitfall="Two full nested loops over the names list each pair twice and pair everybody with themselves.",
    ),
    Family(
        name="pairs_at_distance",
        concepts=("sets", "tuples", "sorting"),
        difficulty=3,
        names="pairs_at_distance number_pairs pairs_${gap}_apart distance_pairs collect",
        arguments=("numbers|values|places|heights: list[int]; numbers in any order",),
        returns="list[tuple[int, int]]",
        phrasings=(
            "Return all different pairs (a, b) of numbers in $numbers with b - a equal to $gap, sorted by a.",
            "Find the values in $numbers that have another value exactly $gap above them. For each give the tuple (value, value + $gap), once, in rising order.",
            "List every pair of elements of $numbers that lie exactly $gap apart, smaller number first, without repeating a pair, ordered from the smallest pair upwards.",
            "Which two numbers from $numbers differ by $gap? Answer with a sorted list of (smaller, larger) tuples in which no tuple occurs twice.",
        ),
        solutions=(
            """
$seen = set($numbers)
return [($item, $item + $gap) for $item in sorted($seen) if $item + $gap in $seen]
""",
            """
$result = []
for $item in sorted($numbers):
    $pair = ($item, $item + $gap)
    if $item + $gap in $numbers and $pair not in $result:
        $result.append($pair)
return $result
""",
            """
$result = set()
for $item in $numbers:
    for $other in $numbers:
        if $other - $item == $gap:
            $result.add(($item, $other))
return sorted($result)
""",
        ),
        reference=lambda numbers, gap: [
            (a, b) for a, b in itertools.product(sorted(set(numbers)), repeat=2) if a + gap == b
        ],
        parameters=lambda rng: {"gap": rng.choice((1, 2, 3, 5, 10))},
        inputs=lambda rng, gap: (
            [
                x
                for start in draws.ints(rng, 2, 3, -5, 20)
                for x in (start, start + rng.choice((gap, gap, 4)))
            ],
        ),
        edges=(([],), ([4],), ([3, 3, 3],), ([2, 1, 0, -1],), ([10, 5, 0, 5, 10],)),
        idea="For a number a the partner can only be a + $gap, and a set answers at once whether it is there.",
        pitfall="With repeated numbers the same pair is found several times unless a set removes the copies.",
    ),
    Family(
        name="merge_bookings",
        concepts=("intervals", "sorting", "list_building"),
        difficulty=4,
        names="merge_bookings join_intervals merge_close combine_periods simplify",
        arguments=(
            "bookings|intervals|periods|shifts: list[tuple[int, int]]; (start, end) pairs in any order",
        ),
        returns="list[tuple[int, int]]",
        phrasings=(
            "Merge the (start, end) pairs of $bookings that overlap or have a pause of at most $pause between them. Return the merged pairs sorted by start.",
            "Join neighbouring periods in $bookings whenever the next one starts no later than $pause after the latest end so far; periods may come in any order. Return the resulting (start, end) tuples in order of their starts.",
            "Two intervals of $bookings belong to the same block when they overlap, or when the gap from the end of one to the start of the next is $pause or less. Give the blocks as (start, end) tuples, earliest first.",
            "Which blocks remain when intervals of $bookings that overlap or are at most $pause apart are put together? Answer with a sorted list of (start, end) tuples.",
        ),
        solutions=(
            """
$result = []
for $left, $right in sorted($bookings):
    if $result and $left <= $result[-1][1] + $pause:
        $previous = $result.pop()
        $right = max($right, $previous[1])
        $left = $previous[0]
    $result.append(($left, $right))
return $result
""",
            """
$groups = []
for $pair in sorted($bookings):
    if $groups and $pair[0] - $groups[-1][1] <= $pause:
        $groups[-1][1] = max($groups[-1][1], $pair[1])
    else:
        $groups.append(list($pair))
return [tuple($pair) for $pair in $groups]
""",
            """
if not $bookings:
    return []
$result = []
$left, $right = min($bookings)
for $i, $j in sorted($bookings):
    if $i > $right + $pause:
        $result.append(($left, $right))
        $left, $right = $i, $j
    $right = max($right, $j)
return $result + [($left, $right)]
""",
        ),
        reference=lambda bookings, pause: _blocks(bookings, pause),
        parameters=lambda rng: {"pause": rng.choice((1, 2, 3, 5))},
        inputs=lambda rng, pause: (_intervals(rng, 2, 5, 0, 30),),
        edges=(([],), ([(3, 4)],), ([(5, 6), (1, 2)],), ([(1, 9), (2, 3)],), ([(1, 2), (1, 2), (2, 8)],)),
        idea="After sorting by start only the last block can touch the next interval, so one pass is enough.",
        pitfall="A short interval inside a long one must not shorten the block: take the larger of the two ends.",
    ),
    Family(
        name="shared_days",
        concepts=("intervals", "min_max", "tuples"),
        difficulty=2,
        names="shared_days common_days overlap_in_days days_together compare",
        arguments=(
            "stay|visit|first|mine: tuple[int, int]; first and last day of one stay",
            "other_stay|second|theirs|yours: tuple[int, int]; first and last day of the other stay",
        ),
        returns="int",
        phrasings=(
            "Two stays are given as (first day, last day), both days included. Return the number of days that $stay and $other_stay have in common, or 0 if that number is below $least.",
            "Count the days that lie in $stay as well as in $other_stay. Each is a tuple of its first and its last day, and both of these belong to it. An overlap of fewer than $least days counts as 0.",
            "Compute the length in days of the overlap of $stay and $other_stay, pairs of day numbers whose ends are inclusive; overlaps shorter than $least days are reported as 0.",
            "On how many days are the guests of $stay and $other_stay (first and last day, inclusive) there together? Answer 0 when it is fewer than $least.",
        ),
        solutions=(
            """
$count = min($stay[1], $other_stay[1]) - max($stay[0], $other_stay[0]) + 1
return $count if $count >= $least else 0
""",
            """
$count = 0
for day in range($stay[0], $stay[1] + 1):
    if $other_stay[0] <= day <= $other_stay[1]:
        $count += 1
if $count < $least:
    return 0
return $count
""",
            """
$left = set(range($stay[0], $stay[1] + 1))
$right = set(range($other_stay[0], $other_stay[1] + 1))
$count = len($left & $right)
return $count if $count >= $least else 0
""",
        ),
        reference=lambda stay, other_stay, least: (lambda days: days if days >= least else 0)(
            sum(stay[0] <= day and day <= stay[1] for day in range(other_stay[0], other_stay[1] + 1))
        ),
        parameters=lambda rng: {"least": rng.randint(2, 4)},
        inputs=lambda rng, least: (
            (rng.randint(1, 8), rng.randint(8, 16)),
            (rng.randint(4, 12), rng.randint(13, 20)),
        ),
        edges=(((1, 3), (4, 6)), ((1, 4), (4, 6)), ((2, 2), (2, 2)), ((1, 20), (5, 9)), ((9, 12), (1, 2))),
        idea="The overlap begins at the later of the two starts and ends at the earlier of the two ends; the + 1 counts both end days.",
        pitfall="Without a test for small or negative results, two stays that never meet give a negative number of days.",
    ),
    Family(
        name="free_slots",
        concepts=("intervals", "sorting", "conditionals"),
        difficulty=4,
        names="free_slots gaps_in_day open_times find_gaps plan",
        arguments=(
            "meetings|bookings|busy|lessons: list[tuple[int, int]]; (start, end) hours in any order, may overlap",
        ),
        returns="list[tuple[int, int]]",
        phrasings=(
            "A room is open from hour $opens to hour $closes. Return the free slots of at least $least hours between the (start, end) pairs in $meetings, as sorted (start, end) tuples.",
            "Given the hours taken in $meetings (pairs of start and end, in any order, possibly overlapping, all between $opens and $closes), list the unoccupied stretches between $opens and $closes that last $least hours or longer, earliest first.",
            "Find every gap in a day that runs from $opens to $closes and contains the bookings $meetings. Report the gaps that are no shorter than $least hours as (start, end) tuples in order of time.",
            "When is there free time between $opens and $closes o'clock if $meetings are fixed? Give the maximal free intervals with a length of $least or more hours as a sorted list of (start, end) tuples.",
        ),
        solutions=(
            """
$result = []
$current = $opens
for $left, $right in sorted($meetings):
    if $left - $current >= $least:
        $result.append(($current, $left))
    $current = max($current, $right)
if $closes - $current >= $least:
    $result.append(($current, $closes))
return $result
""",
            """
$result = []
$previous = $opens
for $left, $right in sorted($meetings) + [($closes, $closes)]:
    if $left >= $previous + $least:
        $result.append(($previous, $left))
    if $right > $previous:
        $previous = $right
return $result
""",
            """
$seen = {hour for $left, $right in $meetings for hour in range($left, $right)}
$result = []
$left = $opens
for hour in [*range($opens, $closes), $closes]:
    if hour in $seen or hour == $closes:
        if hour - $left >= $least:
            $result.append(($left, hour))
        $left = hour + 1
return $result
""",
        ),
        reference=lambda meetings, opens, closes, least: [
            (a, b)
            for a in range(opens, closes)
            for b in range(a + least, closes + 1)
            if not any(s < b and e > a for s, e in meetings)
            and (a == opens or any(s < a <= e for s, e in meetings))
            and (b == closes or any(s <= b < e for s, e in meetings))
        ],
        parameters=lambda rng: {
            "opens": rng.randint(7, 9),
            "closes": rng.randint(17, 20),
            "least": rng.randint(2, 3),
        },
        inputs=lambda rng, opens, closes, least: (_intervals(rng, 1, 4, opens, closes),),
        edges=(([],), ([(9, 17)],), ([(12, 13)],), ([(14, 16), (10, 12)],), ([(10, 15), (11, 12)],)),
        idea="Sweep through the meetings in order of their starts and remember the latest end so far; a start later than that opens a gap, and the closing time ends the last one.",
        pitfall="Remembering the end of the previous meeting instead of the latest end invents gaps after a short meeting inside a long one.",
    ),
    Family(
        name="guests_present",
        concepts=("booleans", "intervals", "counting"),
        difficulty=1,
        names="guests_present count_present how_many_inside active_at check",
        arguments=(
            "visits|stays|shifts|intervals: list[tuple[int, int]]; (arrival, departure) hours",
            "hour|moment|time_point|at_hour: int; the hour to look at",
        ),
        returns="int",
        phrasings=(
            "Return how many of the (arrival, departure) pairs in $visits include $hour. The arrival hour belongs to the visit, the departure hour does$include.",
            "Count the visits in $visits, tuples of arrival and departure, that are going on at $hour; a visit includes its arrival hour and does$include include its departure hour.",
            "Given $visits as a list of (from, until) pairs, how many guests are there at $hour? Someone who arrives at exactly $hour counts, someone who leaves at exactly $hour does$include.",
            "Find the number of tuples (a, b) in $visits with a <= $hour and $hour $op b.",
        ),
        solutions=(
            """
$count = 0
for $left, $right in $visits:
    if $left <= $hour $op $right:
        $count += 1
return $count
""",
            """
return sum($left <= $hour $op $right for $left, $right in $visits)
""",
            """
return len([$pair for $pair in $visits if $pair[0] <= $hour and $hour $op $pair[1]])
""",
        ),
        reference=lambda visits, hour, include, op: sum(
            list(range(a, b + len(op) - 1)).count(hour) for a, b in visits
        ),
        parameters=lambda rng: _part(rng, {"include": " not", "op": "<"}, {"include": "", "op": "<="}),
        inputs=lambda rng, include, op: (_intervals(rng, 3, 6, 0, 12), rng.randint(2, 10)),
        edges=(([], 3), ([(3, 4)], 3), ([(3, 4)], 4), ([(1, 5), (1, 5), (5, 6)], 5), ([(-2, 2)], 0)),
        idea="A chained comparison says in one line that the hour is not before the arrival and not after the departure.",
        pitfall="Whether an end belongs to the interval decides the answer at exactly that hour; test that case.",
    ),
    Family(
        name="covered_length",
        concepts=("intervals", "sets", "sorting"),
        difficulty=3,
        names="covered_length hours_covered painted_length total_coverage measure",
        arguments=(
            "pieces|segments|shifts|intervals: list[tuple[int, int]]; (start, end) pairs, may overlap",
        ),
        returns="int",
        phrasings=(
            "Return the total length covered by the (start, end) pairs in $pieces, counting stretches that are covered several times only once. Only the part between $low_end and $high_end matters.",
            "Each tuple in $pieces covers the line from its start to its end. How long is the covered part between $low_end and $high_end, when overlaps are not counted twice?",
            "Paint the segments $pieces on a number line and compute how much of the stretch from $low_end to $high_end is painted.",
            "Compute the length of the union of the intervals in $pieces after cutting them off at $low_end and $high_end. Without intervals it is 0.",
        ),
        solutions=(
            """
$seen = set()
for $left, $right in $pieces:
    $seen.update(range(max($left, $low_end), min($right, $high_end)))
return len($seen)
""",
            """
$total = 0
$previous = $low_end
for $left, $right in sorted($pieces):
    $left = max($left, $previous)
    $right = min($right, $high_end)
    if $right > $left:
        $total += $right - $left
        $previous = $right
return $total
""",
            """
$count = 0
for $i in range($low_end, $high_end):
    if any($left <= $i < $right for $left, $right in $pieces):
        $count += 1
return $count
""",
        ),
        reference=lambda pieces, low_end, high_end: len(
            {cell for a, b in pieces for cell in range(a, b)} & set(range(low_end, high_end))
        ),
        parameters=lambda rng: {"low_end": rng.randint(0, 5), "high_end": rng.choice((12, 15, 20, 24))},
        inputs=lambda rng, low_end, high_end: (_intervals(rng, 2, 5, 0, 30),),
        edges=(([],), ([(0, 100)],), ([(6, 8), (6, 8)],), ([(7, 9), (8, 11)],), ([(-5, -1)],)),
        idea="Between whole numbers the line consists of unit steps; collecting the steps in a set, or sweeping over sorted pieces, counts each step once.",
        pitfall="Adding the lengths of the pieces counts every overlap as often as it is covered.",
    ),
    Family(
        name="weekday_of_later_round",
        concepts=("arithmetic", "list_indexing", "strings"),
        difficulty=2,
        names="weekday_of_round day_name shift_weekday later_weekday advance",
        arguments=(
            "today|weekday|from_day|begin: str; short English name of a weekday",
            "rounds|times|repeats|num_steps: int; number of rounds, may be negative",
        ),
        returns="str",
        phrasings=(
            "A machine is checked every $every days. Return the weekday of the check that comes $rounds checks after the one on $today (or before it, if $rounds is negative). Weekdays are 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'.",
            "Starting from the weekday $today (one of Mon, Tue, Wed, Thu, Fri, Sat, Sun), go $every days forward $rounds times, or back if $rounds is negative, and give the short name of the day you reach.",
            "Which day of the week is reached from $today by $rounds jumps of $every days each? Names are the three letters Mon to Sun; a negative number of jumps leads into the past.",
            "Compute the three-letter weekday name that lies $rounds times $every days later than $today in the endless sequence Mon, Tue, Wed, Thu, Fri, Sat, Sun, Mon, ... (earlier, if $rounds is negative).",
        ),
        solutions=(
            """
$result = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
return $result[($result.index($today) + $rounds * $every) % 7]
""",
            """
$result = "MonTueWedThuFriSatSun"
$i = ($result.index($today) // 3 + $every * $rounds) % 7
return $result[3 * $i : 3 * $i + 3]
""",
            """
from collections import deque
$result = deque(["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"])
$result.rotate(-$result.index($today) - $rounds * $every)
return $result[0]
""",
        ),
        reference=lambda today, rounds, every: next(
            name for at, name in enumerate(WEEK) if (at - WEEK.index(today) - rounds * every) % 7 == 0
        ),
        parameters=lambda rng: {"every": rng.choice((2, 3, 4, 5, 10))},
        inputs=lambda rng, every: (rng.choice(WEEK), rng.randint(1, 20)),
        edges=(("Mon", 0), ("Sun", 1), ("Mon", -1), ("Wed", 7), ("Fri", -15)),
        idea="The remainder of a division by 7 leads round the circle of weekdays, and in Python it is never negative for a positive divisor.",
        pitfall="Without the remainder the index runs past the end of the list after Sunday.",
    ),
    Family(
        name="clock_after_minutes",
        concepts=("tuples", "arithmetic", "simulation"),
        difficulty=2,
        names="clock_after add_minutes later_time shift_clock advance",
        arguments=(
            "clock|time_now|begin|watch: tuple[int, int]; hour and minute",
            "minutes|delay|duration|waiting: int; minutes to add, may be negative",
        ),
        returns="tuple[int, int]",
        phrasings=(
            "Return the time (hour, minute) that is $minutes minutes after $clock, on a clock whose day has $hours hours of 60 minutes (hours 0 to $last). After the last hour the clock starts again at 0.",
            "The tuple $clock holds an hour from 0 to $last and a minute. Add $minutes to it, which may be negative, and return the new tuple; a day of $hours hours is followed by the next one.",
            "Move $clock, an (hour, minute) pair, by $minutes minutes (backwards if negative). A full hour has 60 minutes and the hours go round from $last to 0.",
            "What does a clock with the hours 0 to $last show $minutes minutes after it shows $clock? Both times are (hour, minute) tuples and days are not counted.",
        ),
        solutions=(
            """
$total = $clock[0] * 60 + $clock[1] + $minutes
$total %= $hours * 60
return $total // 60, $total % 60
""",
            """
$left, $right = $clock
extra, $right = divmod($right + $minutes, 60)
return ($left + extra) % $hours, $right
""",
            """
return divmod(($clock[0] * 60 + $clock[1] + $minutes) % ($hours * 60), 60)
""",
        ),
        reference=lambda clock, minutes, hours, last: (
            lambda since: (since.seconds // 3600, since.seconds // 60 % 60)
        )(timedelta(hours=clock[0], minutes=clock[1] + minutes) % timedelta(hours=hours)),
        parameters=lambda rng: (lambda hours: {"hours": hours, "last": hours - 1})(
            rng.choice((24, 24, 12, 10))
        ),
        inputs=lambda rng, hours, last: (
            (rng.randint(0, hours - 1), rng.randint(0, 59)),
            rng.choice((15, 45, 90, 200, 600)),
        ),
        edges=(((0, 0), 0), ((9, 59), 1), ((0, 0), -1), ((5, 30), 1440), ((8, 15), -600)),
        idea="Turn the time into minutes since midnight, add, take the remainder of a whole day, and turn it back with a division by 60.",
        pitfall="Adding only to the minute gives times such as (9, 75); the overflow belongs to the hour.",
    ),
    Family(
        name="nearest_place",
        concepts=("tuples", "sorting_with_key", "min_max"),
        difficulty=2,
        names="nearest_place closest_point next_stop find_nearest choose",
        arguments=("places|points|stops|shops: list[tuple[int, int]]; (x, y) positions",),
        returns="tuple[int, int] | None",
        phrasings=(
            "Return the position in $places that is $how the point ($x, $y), if one walks only along streets that run parallel to the axes. The first one wins a tie; return None for an empty list.",
            "Distances are measured as difference in x plus difference in y (both without sign). Find the element of $places that is $how ($x, $y), the earliest of equals, or None if there are no elements.",
            "From the list $places of (x, y) tuples select the one that is $how ($x, $y) by the sum of the absolute coordinate differences. With equal sums keep the one listed first; an empty list gives None.",
            "Which of $places is $how ($x, $y) in taxi distance |dx| + |dy|? Take the first of several, and answer None when the list is empty.",
        ),
        solutions=(
            """
return $pick($places, key=lambda place: abs(place[0] - $x) + abs(place[1] - $y), default=None)
""",
            """
$best = None
$previous = 0
for $left, $right in $places:
    $current = abs($left - $x) + abs($right - $y)
    if $best is None or $current $op $previous:
        $best = ($left, $right)
        $previous = $current
return $best
""",
            """
if not $places:
    return None
$result = [abs($left - $x) + abs($right - $y) for $left, $right in $places]
return $places[$result.index($pick($result))]
""",
        ),
        reference=lambda places, how, pick, op, x, y: next(
            (
                place
                for distance in (range(99) if pick == "min" else range(98, -1, -1))
                for place in places
                if max(place[0] - x, x - place[0]) + max(place[1] - y, y - place[1]) == distance
            ),
            None,
        ),
        parameters=lambda rng: {
            **_part(
                rng,
                {"how": "nearest to", "pick": "min", "op": "<"},
                {"how": "farthest from", "pick": "max", "op": ">"},
            ),
            "x": rng.randint(0, 3),
            "y": rng.randint(0, 3),
        },
        inputs=lambda rng, how, pick, op, x, y: (_points(rng, 3, 6),),
        edges=(([],), ([(0, 0)],), ([(1, 0), (0, 1)],), ([(2, 2), (2, 2), (-3, 5)],)),
        idea="The key function turns each place into its distance, and min or max compares these distances; both keep the first of equals.",
        pitfall="Distances need abs: a place to the left would otherwise have a negative distance.",
    ),
    Family(
        name="records_from_table",
        concepts=("nested_data", "enumerate_zip", "dictionaries"),
        difficulty=3,
        names="records_from_table rows_to_dicts parse_table as_records convert",
        arguments=(
            "header|columns|titles|field_names: list[str]; names of the columns",
            "lines|rows|table|cells: list[list[str]]; the cells of each row, never more than there are columns",
        ),
        returns="list[dict[str, str]]",
        phrasings=(
            "Return one dictionary per row of $lines, with the names in $header as keys and the cells as values. Cells missing at the end of a row become $blank.",
            "Combine the column names $header with each row of $lines into a dictionary from column name to cell; a row that is too short is filled up with $blank. Keep the order of the rows.",
            "Turn a table into records: every list in $lines becomes a dictionary whose keys are the strings in $header. Columns for which a row has no cell get the value $blank.",
            "What are the records of the table with the heading $header and the rows $lines? Answer with a list of dictionaries in row order, each with all column names, using $blank for absent cells.",
        ),
        solutions=(
            """
from itertools import zip_longest
return [dict(zip_longest($header, $row, fillvalue=$blank)) for $row in $lines]
""",
            """
$result = []
for $row in $lines:
    $pair = dict.fromkeys($header, $blank)
    $pair.update(zip($header, $row))
    $result.append($pair)
return $result
""",
            """
$result = []
for $row in $lines:
    $current = {}
    for $i, $key in enumerate($header):
        $current[$key] = $row[$i] if $i < len($row) else $blank
    $result.append($current)
return $result
""",
        ),
        reference=lambda header, lines, blank: [
            {title: (row + [blank] * len(header))[at] for at, title in enumerate(header)} for row in lines
        ],
        parameters=lambda rng: {"blank": rng.choice(("", "-", "n/a", "?"))},
        inputs=lambda rng, blank: (
            rng.sample(("name", "city", "pet", "color"), 3),
            [draws.words(rng, 1, 3) for _ in range(rng.randint(1, 3))],
        ),
        edges=(([], []), (["name"], []), (["name"], [[]]), (["a", "b"], [["1"], ["1", "2"]])),
        idea="zip pairs each column name with the cell in the same place, and dict makes a record of the pairs.",
        pitfall="Plain zip ends with the shorter list, so the missing columns would not appear in the record at all.",
    ),
    Family(
        name="top_names",
        concepts=("sorting_with_key", "tuples", "list_slicing"),
        difficulty=2,
        names="top_names best_$k ranking leaders first_$k",
        arguments=("pairs|scores|results|entries: list[tuple[str, int]]; (name, points) pairs",),
        returns="list[str]",
        phrasings=(
            "Return the names of the $k pairs (name, points) in $pairs with the $most points, $most first; equal points are ordered by name. With fewer than $k pairs return all the names.",
            "Rank the (name, points) tuples in $pairs from the $most points on, alphabetically among equal points, and list the first $k names (all of them if there are not that many).",
            "Sort $pairs by points, $most first, then by name, and keep only the names of the first $k entries at most.",
            "Who are the $k people with the $most points in $pairs? Order them starting with the $most points, by name where points are equal; a shorter list is returned if $pairs is shorter.",
        ),
        solutions=(
            """
$result = sorted($pairs, key=lambda $pair: (${sign}$pair[1], $pair[0]))
return [$pair[0] for $pair in $result[:$k]]
""",
            """
$result = [(${sign}$count, $key) for $key, $count in $pairs]
$result.sort()
return [$key for $count, $key in $result][:$k]
""",
            """
from heapq import nsmallest
$result = nsmallest($k, $pairs, key=lambda $pair: (${sign}$pair[1], $pair[0]))
return [$key for $key, $count in $result]
""",
        ),
        reference=lambda pairs, k, most, sign: [
            name
            for points in sorted({p for _, p in pairs}, reverse=most == "most")
            for name in sorted(n for n, p in pairs if p == points)
        ][:k],
        parameters=lambda rng: {
            "k": rng.randint(2, 3),
            **_part(rng, {"most": "most", "sign": "-"}, {"most": "fewest", "sign": ""}),
        },
        inputs=lambda rng, k, most, sign: (
            [(name, rng.randint(1, 5)) for name in rng.sample(draws.FIRST_NAMES, rng.randint(3, 6))],
        ),
        edges=(
            ([],),
            ([("Ada", 3)],),
            ([("Ben", 2), ("Ada", 2), ("Eva", 2), ("Cleo", 2)],),
            ([("Max", -1), ("Uma", 0)],),
        ),
        idea="A tuple as sorting key gives two criteria at once; a minus sign turns one of them round while the other stays alphabetical.",
        pitfall="reverse=True would turn the alphabetical order of ties round as well.",
    ),
)


def _turned(table: list[list[int]], times: int) -> list[list[int]]:
    """Rotate clockwise `times` times, cell by cell through a dictionary of positions."""
    for _ in range(times):
        cells = {(c, len(table) - 1 - r): v for r, row in enumerate(table) for c, v in enumerate(row)}
        table = [[cells[r, c] for c in range(len(table))] for r in range(len(table[0]) if table else 0)]
    return table


def _clamped(steps: list[int], last: int) -> int:
    return functools.reduce(lambda at, step: at + step if at + step in range(last + 1) else at, steps, 0)


def _blocks(pairs: list[tuple[int, int]], pause: int) -> list[tuple[int, int]]:
    """Join any two pairs that belong together until nothing changes."""
    blocks = list(pairs)
    for (a, b), (c, d) in itertools.combinations(blocks, 2):
        if max(a, c) - min(b, d) <= pause:
            rest = [block for block in blocks if block not in ((a, b), (c, d))]
            return _blocks([*rest, (min(a, c), max(b, d))], pause)
    return sorted(blocks)
