"""Families on flood fill: painting a region, lakes and islands, what water reaches."""

from __future__ import annotations

import random

from hornbook.curriculum.family import Family, Raw


def _field(rng: random.Random, symbols: str, low: int = 3, high: int = 5) -> list[str]:
    width = rng.randint(low, high)
    return ["".join(rng.choices(symbols, k=width)) for _ in range(rng.randint(low, high))]


def _areas(field: list[str], symbol: str) -> list[set[tuple[int, int]]]:
    """Connected cells that hold the symbol, by joining areas that touch the next cell."""
    areas: list[set[tuple[int, int]]] = []
    for r, row in enumerate(field):
        for c, found in enumerate(row):
            if found == symbol:
                joined = [area for area in areas if area & {(r - 1, c), (r, c - 1)}]
                areas = [area for area in areas if area not in joined] + [{(r, c)}.union(*joined)]
    return areas


FAMILIES: tuple[Family, ...] = (
    Family(
        name="paint_region",
        concepts=("flood_fill", "stacks", "grids"),
        difficulty=4,
        names="paint_region fill_area bucket_fill recolour pour",
        arguments=(
            "picture|field|image|canvas: list[str]; rows of equal length, one character per cell",
            "r|row_index|line_number|y: int; row of the first cell, from 0",
            "c|column_index|place|x: int; column of the first cell, from 0",
        ),
        returns="list[str]",
        phrasings=(
            "Pour the colour '$colour' on the cell in row $r, column $c of $picture: it and all cells with the same character that can be reached from it through such cells, stepping $how, become '$colour'. Return the new picture; the given list stays as it is.",
            "Given a picture as rows of characters, what does it look like after the paint bucket with colour '$colour' was used on row $r, column $c (counted from 0)? The colour replaces the connected region of equal characters around this cell, where cells are connected $how.",
            "A floor plan $picture is a list of strings. Starting at row $r, column $c, carpet of type '$colour' is laid wherever the old floor is of the same type as at the start, spreading $how to cells of this type only. Return the new plan.",
            "Return a copy of $picture in which every cell of the connected component of cell ($r, $c), that is of the cells with equal characters linked by steps $how, holds '$colour' instead.",
        ),
        solutions=(
            """
grid = [list($row) for $row in $picture]
old = grid[$r][$c]
$stack = [($r, $c)] if old != "$colour" else []
while $stack:
    y, x = $stack.pop()
    if 0 <= y < len(grid) and 0 <= x < len(grid[y]) and grid[y][x] == old:
        grid[y][x] = "$colour"
        $stack += [(y + down, x + across) for down, across in $offsets]
return ["".join($row) for $row in grid]
""",
            """
def visit(y, x):
    inside = 0 <= y < len($picture) and 0 <= x < len($picture[0])
    if (y, x) in region or not inside or $picture[y][x] != $picture[$r][$c]:
        return
    region.add((y, x))
    for down, across in $offsets:
        visit(y + down, x + across)

region = set()
visit($r, $c)
$result = []
for y, $row in enumerate($picture):
    $result.append("".join("$colour" if (y, x) in region else $char for x, $char in enumerate($row)))
return $result
""",
        ),
        reference=lambda picture, r, c, colour, how, offsets: _spread(picture, (r, c), colour, "up" in how),
        parameters=lambda rng: {
            "colour": Raw(rng.choice("xo#")),
            **rng.choice(
                (
                    {
                        "how": Raw("up, down, left or right"),
                        "offsets": Raw("((-1, 0), (1, 0), (0, -1), (0, 1))"),
                    },
                    {"how": Raw("to the right or down"), "offsets": Raw("((0, 1), (1, 0))")},
                )
            ),
        },
        inputs=lambda rng, colour, how, offsets: (
            picture := _field(rng, "aab", 3, 4),
            rng.randrange(len(picture) - 1),
            rng.randrange(len(picture[0]) - 1),
        ),
        edges=(
            (["a"], 0, 0),
            (["x"], 0, 0),
            (["aa", "aa"], 1, 1),
            (["aba", "aba", "aaa"], 0, 0),
            (["aba", "bab", "aba"], 1, 1),
            (["ab", "aa"], 0, 0),
        ),
        idea="Cells waiting to be looked at are kept on a stack; each one that still has the old character is painted and puts its neighbours there.",
        pitfall="When the old and the new colour are the same, painted cells look unpainted and the filling never ends.",
    ),
    Family(
        name="count_areas",
        concepts=("flood_fill", "counting", "recursion"),
        difficulty=3,
        names="count_areas number_of_islands count_regions lakes count_patches",
        arguments=("field|chart|land|rows: list[str]; rows of equal length",),
        returns="int",
        phrasings=(
            "Return the number of ${noun}s in $field that cover $words $k cells. A $noun is a largest group of cells with '$symbol' that hang together at their sides.",
            "How many ${noun}s are there on the map $field with a size of $words $k cells? Cells marked '$symbol' belong to the same $noun if one can step between them up, down, left or right over cells with this mark.",
            "An aerial picture $field shows ${noun}s as cells with '$symbol'. Cells that touch at a side are parts of the same $noun, cells that touch only at a corner are not. Count those ${noun}s that have $words $k cells.",
            "Count the connected components (with respect to the four sides) of the cells of $field that contain '$symbol', as far as they consist of $words $k cells.",
        ),
        solutions=(
            """
left_over = {(r, c) for r, $row in enumerate($field) for c, $char in enumerate($row) if $char == "$symbol"}
$count = 0
while left_over:
    $stack = [left_over.pop()]
    size = 0
    while $stack:
        r, c = $stack.pop()
        size += 1
        near = {(r + 1, c), (r - 1, c), (r, c + 1), (r, c - 1)} & left_over
        $stack.extend(near)
        left_over -= near
    $count += size $op $k
return $count
""",
            """
grid = [list($row) for $row in $field]

def sink(r, c):
    if not (0 <= r < len(grid) and 0 <= c < len(grid[r])) or grid[r][c] != "$symbol":
        return 0
    grid[r][c] = " "
    return 1 + sink(r + 1, c) + sink(r - 1, c) + sink(r, c + 1) + sink(r, c - 1)

sizes = [sink(r, c) for r in range(len(grid)) for c in range(len(grid[r]))]
return len([size for size in sizes if size > 0 and size $op $k])
""",
        ),
        reference=lambda field, noun, symbol, k, op, words: len(
            [area for area in _areas(field, symbol) if (len(area) >= k if op == ">=" else len(area) <= k)]
        ),
        parameters=lambda rng: {
            "k": rng.choice((2, 3)),
            **rng.choice(
                (
                    {"op": Raw(">="), "words": Raw("at least")},
                    {"op": Raw("<="), "words": Raw("at most")},
                )
            ),
            **rng.choice(
                (
                    {"noun": Raw("lake"), "symbol": Raw("~")},
                    {"noun": Raw("island"), "symbol": Raw("#")},
                    {"noun": Raw("forest"), "symbol": Raw("T")},
                )
            ),
        },
        inputs=lambda rng, noun, symbol, k, op, words: (_field(rng, symbol + ".", 4, 6),),
        edges=(
            ([],),
            (["."],),
            (["~~#", "~.#", "T#T"],),
            (["##.#", "...#", "#..#", "T~T~"],),
            (["T..T", "T..T", "~~~~", "~..#"],),
        ),
        idea="Take any cell of the kind that is left, remove everything that hangs together with it, and count how often this is possible.",
        pitfall="Cells that touch only at a corner do not belong together here.",
    ),
    Family(
        name="cells_water_reaches",
        concepts=("flood_fill", "breadth_first_search", "sets"),
        difficulty=4,
        names="cells_water_reaches flooded_cells wet_area count_wet spread",
        arguments=(
            "heights|grid|terrain|levels: list[list[int]]; rows of equal length",
            "level|surface|depth|limit: int; how high the water stands",
        ),
        returns="int",
        phrasings=(
            "Water comes in from $side of the map $heights. It enters the cells there that are lower than $level and spreads from flooded cells $how to cells lower than $level. Return the number of flooded cells.",
            "How many cells of $heights become wet if the water stands at height $level and comes from $side? A cell can be flooded only if it is lower than $level, and every wet cell but the first ones must touch another wet cell $how.",
            "A flood with level $level reaches a valley from $side; `$heights[r][c]` is the height of the ground. Ground below the level gets wet where the water can get to it, moving $how over wet ground. Count the wet cells; without rows there are none.",
            "Count the cells of the matrix $heights with values below $level that are linked to a cell with such a value on $side by a path of such cells, in which each step goes $how. A matrix without rows gives 0.",
        ),
        solutions=(
            """
if not $heights:
    return 0
low = {(r, c) for r, $row in enumerate($heights) for c, $item in enumerate($row) if $item < $level}
queue = [(r, c) for r, c in sorted(low) if $entry]
wet = set(queue)
for r, c in queue:
    for $other in ((r + 1, c), (r - 1, c), (r, c + 1), (r, c - 1)):
        if $other in low and $other not in wet:
            wet.add($other)
            queue.append($other)
return len(wet)
""",
            """
if not $heights:
    return 0
wet = set()

def flood(r, c):
    if (r, c) in wet or not (0 <= r < len($heights) and 0 <= c < len($heights[0])):
        return
    if $heights[r][c] < $level:
        wet.add((r, c))
        for step in (-1, 1):
            flood(r + step, c)
            flood(r, c + step)

for r in range(len($heights)):
    for c in range(len($heights[0])):
        if $entry:
            flood(r, c)
return len(wet)
""",
        ),
        reference=lambda heights, level, side, how, entry: sum(
            len(area)
            for area in _areas(["".join("l" if v < level else "h" for v in row) for row in heights], "l")
            if any((c if "left" in side else r) == 0 for r, c in area)
        ),
        parameters=lambda rng: {
            "how": Raw("up, down, left or right"),
            **rng.choice(
                (
                    {"side": Raw("the left column"), "entry": Raw("c == 0")},
                    {"side": Raw("the top row"), "entry": Raw("r == 0")},
                )
            ),
        },
        inputs=lambda rng, side, how, entry: (
            [[rng.randint(0, 9) for _ in range(4)] for _ in range(rng.randint(3, 4))],
            rng.randint(5, 7),
        ),
        edges=(
            ([], 3),
            ([[5]], 5),
            ([[4]], 5),
            ([[1, 9, 1], [1, 9, 1], [1, 1, 1]], 4),
            ([[9, 9, 9], [9, 1, 9], [9, 9, 9]], 5),
            ([[1, 9, 0], [9, 0, 0]], 2),
        ),
        idea="Only wet cells pass the water on, so begin with the low cells on that side and spread over low neighbours.",
        pitfall="Counting all low cells is too many: a hollow behind high ground stays dry.",
    ),
    Family(
        name="paint_stretch",
        concepts=("flood_fill", "strings", "while_loops"),
        difficulty=1,
        names="paint_stretch fill_run recolour_run spread_colour paint",
        arguments=(
            "fence|strip|line|boards: str; one letter per board",
            "at|place|begin|here: int; a valid position in it, from 0",
        ),
        returns="str",
        phrasings=(
            "Paint the board at position $at of $fence with '$colour', and with it all boards connected to it that have the same letter: the longest unbroken stretch of this letter around the position. Return the new text.",
            "What does $fence look like when the stretch of equal letters that contains position $at gets the letter '$colour' instead? The other letters stay.",
            "Somebody spills paint '$colour' on board number $at (from 0) of a fence $fence. It runs to the left and to the right as far as the boards have the same colour as this one. Return the fence afterwards.",
            "Let i <= $at <= j be such that all characters of $fence from i to j equal the one at $at and the stretch cannot be made longer. Return the text with each of these characters replaced by '$colour'.",
        ),
        solutions=(
            """
$left = $right = $at
while $left > 0 and $fence[$left - 1] == $fence[$at]:
    $left -= 1
while $right < len($fence) - 1 and $fence[$right + 1] == $fence[$at]:
    $right += 1
return $fence[:$left] + "$colour" * ($right - $left + 1) + $fence[$right + 1 :]
""",
            """
before, old, after = $fence[:$at], $fence[$at], $fence[$at + 1 :]
front = before.rstrip(old)
back = after.lstrip(old)
size = len($fence) - len(front) - len(back)
return front + "$colour" * size + back
""",
        ),
        reference=lambda fence, at, colour: "".join(
            colour if set(fence[min(n, at) : max(n, at) + 1]) == {fence[at]} else char
            for n, char in enumerate(fence)
        ),
        parameters=lambda rng: {"colour": Raw(rng.choice("xyzr"))},
        inputs=lambda rng, colour: (
            fence := "".join(rng.choice("abc") * rng.randint(1, 3) for _ in range(rng.randint(3, 5))),
            rng.randrange(len(fence)),
        ),
        edges=(("a", 0), ("aaa", 1), ("aba", 1), ("aab", 2), ("abb", 0), ("ääö", 0)),
        idea="From the given board go left and right as long as the letter stays the same.",
        pitfall="Replacing the letter everywhere also paints stretches that are not connected.",
    ),
)


def _spread(picture: list[str], first: tuple[int, int], colour: str, every_way: bool) -> list[str]:
    """Let the region grow by one step at a time until it stays the same."""
    region, before = {first}, set[tuple[int, int]]()
    while region != before:
        before = region
        for y, row in enumerate(picture):
            for x, symbol in enumerate(row):
                sources = {(y - 1, x), (y, x - 1)} | ({(y + 1, x), (y, x + 1)} if every_way else set())
                if symbol == picture[first[0]][first[1]] and sources & region:
                    region = region | {(y, x)}
    return [
        "".join(colour if (y, x) in region else symbol for x, symbol in enumerate(row))
        for y, row in enumerate(picture)
    ]
