"""Families on moves in games: winning moves with stones, squares that a piece can reach."""

from __future__ import annotations

from functools import cache

from hornbook.curriculum.family import Family, Raw


def _free_lines(
    board: list[str], r: int, c: int, steps: tuple[tuple[int, int], ...]
) -> list[tuple[int, int]]:
    """Targets by asking of every square whether it lies on a line with nothing in between."""
    targets = []
    for y, row in enumerate(board):
        for x, piece in enumerate(row):
            for down, across in steps:
                far = [n for n in range(1, 9) if (r + n * down, c + n * across) == (y, x)]
                if far and piece == ".":
                    between = [board[r + n * down][c + n * across] for n in range(1, far[0])]
                    targets += [(y, x)] * (set(between) <= {"."})
    return sorted(targets)


@cache
def _can_win(size: int, choices: tuple[int, ...], empty: bool) -> bool:
    """Play it out: the player to move wins unless every move lets the opponent win."""
    if size == 0:
        return empty
    return not all(_can_win(size - move, choices, empty) for move in choices if move <= size)


FAMILIES: tuple[Family, ...] = (
    Family(
        name="who_takes_last",
        concepts=("game_rules", "dynamic_programming", "any_all"),
        difficulty=3,
        names="who_takes_last is_winning_position can_win first_player_wins solve_game",
        arguments=("stones|matches|coins|n: int; how many stones there are, not negative",),
        returns="list[int]",
        phrasings=(
            "Two players in turn take $moves stones from a heap, and whoever takes the last one $wins. Return in rising order the numbers of stones that a player can take from a heap of $stones stones such that the opponent cannot avoid losing; an empty list means that no move is sure to win.",
            "A heap has $stones stones; a move takes $moves of them, the players alternate, and the one who takes the last stone $wins. Which moves are winning? List how many stones they take, smallest first.",
            "In a game with matches both players, one after the other, take $moves matches, and the player with the last match $wins. With $stones matches on the table and you to move, how many can you take to be certain of victory, whatever the other one does? Give all the possibilities in ascending order.",
            "Let W be the set of heap sizes from which the player to move can force a victory in the game in which a move takes $moves stones and the player who takes the last stone $wins (with an empty heap, the player to move $empties). Return the sorted list of the moves m <= $stones with $stones - m not in W.",
        ),
        solutions=(
            """
winning = [$empty]
for size in range(1, $stones + 1):
    good = [move for move in $choices if move <= size and not winning[size - move]]
    winning.append(bool(good))
return [move for move in $choices if move <= $stones and not winning[$stones - move]]
""",
            """
from functools import cache

@cache
def can_win(size):
    if size == 0:
        return $empty
    return any(not can_win(size - move) for move in $choices if move <= size)

$result = []
for move in $choices:
    if move <= $stones and not can_win($stones - move):
        $result.append(move)
return $result
""",
        ),
        reference=lambda stones, moves, choices, wins, empty, empties: [
            move for move in choices if move <= stones and not _can_win(stones - move, choices, empty)
        ],
        parameters=lambda rng: {
            **rng.choice(
                (
                    {"moves": Raw("1, 2 or 3"), "choices": (1, 2, 3)},
                    {"moves": Raw("1, 3 or 4"), "choices": (1, 3, 4)},
                    {"moves": Raw("1, 2 or 4"), "choices": (1, 2, 4)},
                    {"moves": Raw("1, 2 or 5"), "choices": (1, 2, 5)},
                )
            ),
            **rng.choice(
                (
                    {"wins": Raw("wins"), "empty": False, "empties": Raw("has lost")},
                    {"wins": Raw("loses"), "empty": True, "empties": Raw("has won")},
                )
            ),
        },
        inputs=lambda rng, moves, choices, wins, empty, empties: (rng.randint(3, 14),),
        edges=((0,), (1,), (2,), (5,), (8,), (4,)),
        idea="A heap is won if some move leaves a lost heap, and the small heaps are decided first.",
        pitfall="A move must not take more stones than there are.",
    ),
    Family(
        name="squares_in_reach",
        concepts=("game_rules", "grids", "while_loops"),
        difficulty=3,
        names="squares_in_reach piece_moves free_targets list_moves possible_moves",
        arguments=(
            "board|field|rows|position: list[str]; rows of equal length, '.' is a free square",
            "r|row_number|line_index|y: int; row of the piece, from 0",
            "c|column_number|place|x: int; column of the piece, from 0",
        ),
        returns="list[tuple[int, int]]",
        phrasings=(
            "A piece stands at row $r, column $c of $board and moves any distance $ways as long as all squares on its way and the last one are free. Return the squares that it can reach in one move as sorted (row, column) pairs.",
            "List, in ascending order, all (row, column) to which the piece in row $r and column $c of $board can go: it moves in a straight line $ways over free squares ('.') and stops before the first square that is not free and before the edge.",
            "On the plan $board of a board game, the piece at ($r, $c), row and column counted from 0, slides $ways. It cannot jump over or land on occupied squares, which are all those without a '.'. Which squares can it slide to? Give sorted tuples (row, column).",
            "Return the sorted list of all positions ($r + n*a, $c + n*b) with n >= 1 and (a, b) a direction $ways, such that this position and those for smaller n >= 1 lie on $board and hold '.'.",
        ),
        solutions=(
            """
$result = []
for down, across in $steps:
    y, x = $r + down, $c + across
    while 0 <= y < len($board) and 0 <= x < len($board[0]) and $board[y][x] == ".":
        $result.append((y, x))
        y, x = y + down, x + across
return sorted($result)
""",
            """
def slide(y, x, down, across):
    y, x = y + down, x + across
    inside = y in range(len($board)) and x in range(len($board[0]))
    if not inside or $board[y][x] != ".":
        return []
    return [(y, x), *slide(y, x, down, across)]

return sorted(square for step in $steps for square in slide($r, $c, *step))
""",
        ),
        reference=lambda board, r, c, ways, steps: _free_lines(board, r, c, steps),
        parameters=lambda rng: rng.choice(
            (
                {"ways": Raw("up, down, left or right"), "steps": ((-1, 0), (1, 0), (0, -1), (0, 1))},
                {
                    "ways": Raw("along a diagonal (in any of the four directions)"),
                    "steps": ((-1, -1), (-1, 1), (1, -1), (1, 1)),
                },
            )
        ),
        inputs=lambda rng, ways, steps: (
            ["".join(rng.choices("...#", k=5)) for _ in range(rng.randint(4, 5))],
            rng.randint(1, 3),
            rng.randint(1, 3),
        ),
        edges=(
            (["#"], 0, 0),
            (["....", "...."], 0, 3),
            (["...", ".#.", "..."], 1, 1),
            (["##.", "#..", "..."], 2, 2),
            (["....", "...#", "....", "...."], 3, 0),
        ),
        idea="Each direction is walked until something is in the way, and the four directions differ only in two numbers.",
        pitfall="Test the bounds before looking at the square: the row -1 would be the last row of the board.",
    ),
)
