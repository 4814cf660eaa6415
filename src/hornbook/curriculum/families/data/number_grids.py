"""Families on grids of numbers: turns, diagonals, frames, tables of sums and products."""

from __future__ import annotations

from hornbook.curriculum import draws
from hornbook.curriculum.families.wording import part
from hornbook.curriculum.family import Family

FAMILIES: tuple[Family, ...] = (
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
        parameters=lambda rng: part(
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
            **part(
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
)


def _turned(table: list[list[int]], times: int) -> list[list[int]]:
    """Rotate clockwise `times` times, cell by cell through a dictionary of positions."""
    for _ in range(times):
        cells = {(c, len(table) - 1 - r): v for r, row in enumerate(table) for c, v in enumerate(row)}
        table = [[cells[r, c] for c in range(len(table))] for r in range(len(table[0]) if table else 0)]
    return table
