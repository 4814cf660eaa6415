"""Families on turning grids."""

from __future__ import annotations

import random

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw

Grid = list[list[int]]


def _turned(grid: Grid, times: int) -> Grid:
    """Turn clockwise by copying cell by cell."""
    if times % 4 == 0 or not grid:
        return grid
    height = len(grid)
    once = [[grid[height - 1 - r][c] for r in range(height)] for c in range(len(grid[0]))]
    return _turned(once, times % 4 - 1)


def _pictures(rng: random.Random) -> tuple[Grid, Grid]:
    size = rng.randint(2, 3)
    first = [[rng.randint(0, 2) for _ in range(size)] for _ in range(size)]
    second = _turned(first, rng.randint(0, 3))
    if rng.random() < 0.25:
        second = [[*row] for row in second]
        second[0][0] += 1
    return first, second


def _ring(grid: Grid) -> list[tuple[int, int]]:
    """List the positions of the border clockwise from the top left corner."""
    height, width = len(grid), len(grid[0])
    top = [(0, c) for c in range(width)]
    right = [(r, width - 1) for r in range(1, height)]
    bottom = [(height - 1, c) for c in range(width - 2, -1, -1)]
    left = [(r, 0) for r in range(height - 2, 0, -1)]
    return [*top, *right, *bottom, *left]


def _shifted(grid: Grid, by: int) -> Grid:
    ring = _ring(grid)
    new = [[*row] for row in grid]
    for i, (r, c) in enumerate(ring):
        a, b = ring[(i + by) % len(ring)]
        new[a][b] = grid[r][c]
    return new


def _grid(rng: random.Random) -> Grid:
    height, width = rng.randint(2, 4), rng.randint(2, 4)
    return [[rng.randint(0, 9) for _ in range(width)] for _ in range(height)]


FAMILIES: tuple[Family, ...] = (
    Family(
        name="cell_after_turns",
        concepts=("matrix_rotation", "tuples", "for_loops"),
        difficulty=2,
        names="where_is_cell cell_after_turns follow_cell moved_cell new_position",
        arguments=(
            "row|i|line|down: int; the row of the cell, from 0",
            "column|j|col|across: int; the column of the cell, from 0",
            "turns|times|quarters|repeats: int; how often the picture is turned, 0 or more",
        ),
        returns="tuple[int, int]",
        phrasings=(
            "A picture has $height rows and $width columns, numbered from 0 at the top left. It is turned by a quarter $way, $turns times. Return where the cell from row $row and column $column is then, as (row, column) of the turned picture.",
            "Given a grid of $height rows and $width columns that makes $turns quarter turns $way, to which (row, column) does the cell at ($row, $column) move? Rows count from the top and columns from the left, both from 0; a turn exchanges height and width.",
            "A photo of $height x $width pixels (rows x columns) is turned $way in the viewer by pressing a button $turns times, a quarter each time. The bird's eye was at row $row, column $column. Where is it now? Answer with the tuple (row, column), counted from 0 at the top left.",
            "Let G be a grid with $height rows and $width columns and let T turn a grid by 90 degrees $way. Return the 0-based indices (row, column) in T applied $turns times to G of the cell that has the indices ($row, $column) in G.",
        ),
        solutions=(
            """
height, width = $height, $width
r, c = $row, $column
for _ in range($turns):
    r, c = $step
    height, width = width, height
return r, c
""",
            """
cells = [[(r, c) for c in range($width)] for r in range($height)]
for _ in range($turns % 4):
    cells = $turn
for r, line in enumerate(cells):
    for c, cell in enumerate(line):
        if cell == ($row, $column):
            return r, c
""",
        ),
        reference=lambda row, column, turns, height, width, way, **_: next(
            (r, c)
            for r, line in enumerate(
                _turned(
                    [[r * width + c for c in range(width)] for r in range(height)],
                    turns if way == "clockwise" else 3 * turns,
                )
            )
            for c, cell in enumerate(line)
            if cell == row * width + column
        ),
        parameters=lambda rng: {
            "height": rng.randint(3, 6),
            "width": rng.randint(3, 8),
            **{
                key: Raw(text)
                for key, text in zip(
                    ("way", "step", "turn"),
                    rng.choice(
                        (
                            ("clockwise", "c, height - 1 - r", "list(zip(*cells[::-1]))"),
                            ("anticlockwise", "width - 1 - c, r", "list(zip(*cells))[::-1]"),
                        )
                    ),
                    strict=True,
                )
            },
        },
        inputs=lambda rng, height, width, **_: (
            rng.randrange(height),
            rng.randrange(width),
            rng.randint(1, 5),
        ),
        edges=((0, 0, 0), (0, 0, 1), (2, 1, 2), (1, 2, 3), (2, 2, 4)),
        idea="After a quarter turn the old column tells the new row (or the other way round), and the other number is counted from the opposite end.",
        pitfall="Height and width swap with every turn; using the old ones is only right for squares.",
    ),
    Family(
        name="turn_that_matches",
        concepts=("matrix_rotation", "searching", "while_loops"),
        difficulty=3,
        names="turn_between matching_turn angle_between find_turn how_turned",
        arguments=(
            "first|a|before|original: list[list[int]]; a square grid, at least one cell",
            "second|b|after|scanned: list[list[int]]; another square grid of the same size",
        ),
        returns="int | None",
        phrasings=(
            "Return by how many degrees ($degrees) the square grid $first must be turned $way to become $second: the smallest such angle, or None if no turn does it.",
            "Is $second the same square picture as $first, only turned? Return the smallest angle among $degrees degrees by which $first has to be turned $way, and None if it is a different picture.",
            "A page with the square pattern $first has been scanned, perhaps turned, as $second. By which angle was the page turned $way? Possible answers are $degrees; the smallest that fits is right, and None if none fits.",
            "Let R turn a square grid by 90 degrees $way. Return 90 * q for the least q in 0, 1, 2, 3 for which R applied q times to $first equals $second, else None.",
        ),
        solutions=(
            """
turned = [list(row) for row in $first]
for angle in ($degrees):
    if turned == $second:
        return angle
    turned = [list(line) for line in $turn]
return None
""",
            """
def matches(angle, grid):
    if angle == 360:
        return None
    if grid == $second:
        return angle
    size = len(grid)
    following = [[grid[$cell] for c in range(size)] for r in range(size)]
    return matches(angle + 90, following)

return matches(0, $first)
""",
        ),
        reference=lambda first, second, way, **_: next(
            (
                angle
                for angle in range(0, 360, 90)
                if _turned(first, angle // 90 if way == "clockwise" else 4 - angle // 90) == second
            ),
            None,
        ),
        parameters=lambda rng: {
            "degrees": Raw("0, 90, 180, 270"),
            **{
                key: Raw(text)
                for key, text in zip(
                    ("way", "turn", "cell"),
                    rng.choice(
                        (
                            ("clockwise", "zip(*reversed(turned))", "size - 1 - c][r"),
                            ("anticlockwise", "reversed(list(zip(*turned)))", "c][size - 1 - r"),
                        )
                    ),
                    strict=True,
                )
            },
        },
        inputs=lambda rng, **_: _pictures(rng),
        edges=(
            ([[1]], [[1]]),
            ([[1]], [[2]]),
            ([[1, 2], [3, 4]], [[4, 3], [2, 1]]),
            ([[1, 2], [3, 4]], [[2, 1], [4, 3]]),
            ([[1, 0], [0, 1]], [[0, 1], [1, 0]]),
            ([[1, 2], [3, 4]], [[3, 1], [4, 2]]),
        ),
        idea="Turn step by step and compare after each step; after four quarter turns the picture is the old one again.",
        pitfall="Comparing only after the first turn misses the case in which nothing was turned at all.",
    ),
    Family(
        name="border_moves_on",
        concepts=("matrix_rotation", "list_building", "modular_arithmetic"),
        difficulty=5,
        names="move_border rotate_border shift_ring conveyor_belt turn_frame",
        arguments=("grid|board|table|belt: list[list[int]]; at least two rows and two columns",),
        returns="list[list[int]]",
        phrasings=(
            "Return a copy of $grid in which the numbers on the border have moved on by $k cells $way along the border, while everything inside stays where it is. $grid itself is not changed.",
            "The outermost ring of cells of $grid is a closed chain. Move every number in it $k cells further $way, keep the inner cells as they are, and return the new grid; the argument must stay as it was.",
            "On a luggage belt that runs along the border of $grid, the bags (numbers) travel $way. Where are they when each has moved $k cells? What lies inside the belt does not move. Return a new grid.",
            "Let b(0), b(1), ..., b(m - 1) be the border cells of $grid in $way order. Return a new grid with the same inner cells in which the cell b((i + $k) mod m) holds what $grid has in b(i).",
        ),
        solutions=(
            """
height, width = len($grid), len($grid[0])
ring = [(0, c) for c in range(width - 1)]
ring += [(r, width - 1) for r in range(height - 1)]
ring += [(height - 1, c) for c in range(width - 1, 0, -1)]
ring += [(r, 0) for r in range(height - 1, 0, -1)]
moved = [list($row) for $row in $grid]
for $i, (r, c) in enumerate(ring):
    from_r, from_c = ring[($i $sign $k) % len(ring)]
    moved[r][c] = $grid[from_r][from_c]
return moved
""",
            """
moved = [$row[:] for $row in $grid]
places = []
r = c = 0
dr, dc = 0, 1
while (r, c) not in places:
    places.append((r, c))
    if not (0 <= r + dr < len($grid) and 0 <= c + dc < len($grid[0])):
        dr, dc = dc, -dr
    r, c = r + dr, c + dc
values = [$grid[r][c] for r, c in places]
cut = $cut % len(values)
for (r, c), value in zip(places, values[cut:] + values[:cut]):
    moved[r][c] = value
return moved
""",
        ),
        reference=lambda grid, k, way, **_: _shifted(grid, k if way == "clockwise" else -k),
        parameters=lambda rng: (
            lambda k, clockwise: {
                "k": k,
                "way": Raw("clockwise" if clockwise else "anticlockwise"),
                "sign": Raw("-" if clockwise else "+"),
                "cut": -k if clockwise else k,
            }
        )(rng.randint(1, 5), rng.random() < 0.5),
        inputs=lambda rng, **_: (_grid(rng),),
        edges=(
            ([[1, 2], [3, 4]],),
            ([[1, 2, 3], [4, 5, 6]],),
            ([[1, 2], [3, 4], [5, 6]],),
            ([[7, 7], [7, 7]],),
            ([[1, 2, 3], [4, 0, 5], [6, 7, 8]],),
        ),
        idea="Once the positions of the ring are listed in order, moving along it is only a shift of indices modulo its length.",
        pitfall="Writing into the grid that is being read overwrites numbers that have not moved yet.",
    ),
    Family(
        name="turned_and_stacked",
        concepts=("matrix_rotation", "list_comprehensions", "matrices"),
        difficulty=3,
        names="turn_and_join picture_with_turned double_picture stack_turned combine_views",
        arguments=("grid|picture|tile|pattern: list[list[int]]; rows of equal length",),
        returns="list[list[int]]",
        phrasings=(
            "Return a grid that shows $grid $where the same grid $turned. $grid itself is not changed, and an empty grid gives an empty grid.",
            "Build a new grid from $grid and a copy of it that is $turned: the original stands $where the copy. Return the rows of the whole; for no rows the result is empty.",
            "A wallpaper consists of the pattern $grid, which stands $where itself $turned. Return the pattern of the whole piece as a list of rows; $grid must not be changed, and an empty pattern gives an empty list.",
            "Let H be $grid, $turned. Return the list of rows of the grid in which $grid stands $where H; the result of [] is [].",
        ),
        solutions=(
            """
rows = [list(row) for row in $grid]
turned = $turn
return $join
""",
            """
rows, height = $grid, len($grid)
turned = []
for r in range(height):
    line = []
    for c in range(len(rows[r])):
        line.append($cell)
    turned.append(line)
$finish
""",
        ),
        reference=lambda grid, where, turned, **_: _stacked(grid, str(where), str(turned)),
        parameters=lambda rng: (
            lambda change, place: {
                "turned": Raw(change[0]),
                "turn": Raw(change[1]),
                "cell": Raw(change[2]),
                "where": Raw(place[0]),
                "join": Raw(place[1]),
                "finish": Raw(place[2]),
            }
        )(
            rng.choice(
                (
                    (
                        "turned upside down (by 180 degrees)",
                        "[row[::-1] for row in reversed(rows)]",
                        "rows[height - 1 - r][-1 - c]",
                    ),
                    ("mirrored left to right", "[row[::-1] for row in rows]", "rows[r][-1 - c]"),
                    (
                        "mirrored top to bottom",
                        "[row[:] for row in reversed(rows)]",
                        "rows[height - 1 - r][c]",
                    ),
                )
            ),
            rng.choice(
                (
                    ("above", "[row[:] for row in rows] + turned", "return rows + turned"),
                    (
                        "to the left of",
                        "[row + other for row, other in zip(rows, turned)]",
                        "return [rows[r] + turned[r] for r in range(height)]",
                    ),
                )
            ),
        ),
        inputs=lambda rng, **_: (draws.matrix(rng, 2, 3),),
        edges=(([],), ([[5]],), ([[1, 2, 3]],), ([[1], [2]],), ([[1, 2], [3, 4]],)),
        idea="A half turn reverses the rows and the order within each row; a mirror does only one of the two.",
        pitfall="row.reverse() changes the caller's picture; a slice makes a new row.",
    ),
)


def _stacked(grid: Grid, where: str, turned: str) -> Grid:
    copy = _turned(grid, 2)
    if "left" in turned:
        copy = [copy[len(grid) - 1 - r] for r in range(len(grid))]
    if "top" in turned:
        copy = [[row[len(row) - 1 - c] for c in range(len(row))] for row in copy]
    if where == "above":
        return [*grid, *copy]
    return [[*a, *b] for a, b in zip(grid, copy, strict=True)]
