"""Families on tables as lists of rows: their columns, their cells, records made of them.

The rows are of equal length unless a family says otherwise.
"""

from __future__ import annotations

import itertools
from collections import Counter

from hornbook.curriculum import draws
from hornbook.curriculum.families.wording import part
from hornbook.curriculum.family import Family, Raw

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
        parameters=lambda rng: part(
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
)
