"""Families on divide and conquer: pairs out of order, compressed pictures, tournaments."""

from __future__ import annotations

import itertools
import random
from typing import Any

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw


def _square(rng: random.Random) -> list[list[int]]:
    size = rng.choice((2, 4, 4))
    half = size // 2
    plain = [[rng.choice((0, 0, 1)) for _ in range(2)] for _ in range(2)]
    grid = [[plain[r // half][c // half] for c in range(size)] for r in range(size)]
    if rng.random() < 0.7:
        grid[rng.randrange(size)][rng.randrange(size)] = 1
    return grid


def _merged(parts: list[Any]) -> Any:
    return parts[0] if not isinstance(parts[0], list) and all(part == parts[0] for part in parts) else parts


def _compressed(grid: list[list[int]]) -> Any:
    """From the single cells upwards: four neighbours become one entry until one entry is left."""
    entries: list[list[Any]] = [list(row) for row in grid]
    while len(entries) > 1:
        entries = [
            [_merged([above[c], above[c + 1], below[c], below[c + 1]]) for c in range(0, len(above), 2)]
            for above, below in zip(entries[::2], entries[1::2], strict=True)
        ]
    return entries[0][0]


def _planned(players: list[str], mid: str, first_longer: bool) -> str:
    size, odd = divmod(len(players), 2)
    cut = size + odd if first_longer else size
    if not cut or cut == len(players):
        return players[0]
    first, second = (_planned(part, mid, first_longer) for part in (players[:cut], players[cut:]))
    return "(" + first + mid + " " + second + ")"


FAMILIES: tuple[Family, ...] = (
    Family(
        name="pairs_out_of_order",
        concepts=("divide_and_conquer", "recursion", "list_slicing"),
        difficulty=5,
        names="pairs_out_of_order count_inversions disorder wrong_pairs measure",
        arguments=("values|numbers|ranking|items: list[int]; the numbers",),
        returns="int",
        phrasings=(
            "Return the number of pairs of positions i < j in $values for which the number at i is more than $factor times the number at j.",
            "How many times does a number in $values come before a number that it exceeds more than $factor-fold (before > $factor * behind)? Count every such pair of positions.",
            "Over the days a price was $values, always at least 0. Count the pairs of an earlier and a later day such that the earlier price is larger than $factor times the later one.",
            "Count the index pairs (i, j) with i < j and v[i] > $factor * v[j], where v is the list $values of non-negative integers.",
        ),
        solutions=(
            """
def count(part):
    if len(part) < 2:
        return 0, part
    middle = len(part) // 2
    $left, first = count(part[:middle])
    $right, second = count(part[middle:])
    $total = $left + $right
    j = 0
    for $item in first:
        while j < len(second) and $item > $factor * second[j]:
            j += 1
        $total += j
    return $total, sorted(first + second)

return count($values)[0]
""",
            """
from bisect import bisect_right, insort
earlier = []
$total = 0
for $item in $values:
    $total += len(earlier) - bisect_right(earlier, $factor * $item)
    insort(earlier, $item)
return $total
""",
            """
$total = 0
for $j, later in enumerate($values):
    for before in $values[:$j]:
        if before > $factor * later:
            $total += 1
return $total
""",
        ),
        reference=lambda values, factor: sum(a > factor * b for a, b in itertools.combinations(values, 2)),
        parameters=lambda rng: {"factor": rng.choice((2, 3))},
        inputs=lambda rng, factor: (draws.ints(rng, 5, 8, 0, 20),),
        edges=(([],), ([4],), ([1, 2, 3],), ([9, 3, 1],), ([4, 2, 1, 0],), ([0, 0],), ([6, 3, 2],)),
        idea="Pairs within a half are counted by the same method, and between two sorted halves all pairs are counted in a single walk.",
        pitfall="The two halves may be sorted only after the pairs inside them have been counted.",
    ),
    Family(
        name="compress_square",
        concepts=("divide_and_conquer", "recursion", "matrices"),
        difficulty=4,
        names="compress_square quad_tree compress fold_picture to_quarters",
        arguments=(
            "picture|grid|image|square: list[list[int]]; a square of 0s and 1s with 1, 2, 4, 8, ... rows",
        ),
        returns="int | list",
        phrasings=(
            "Compress the square picture $picture: if all its cells are equal, the result is this number; otherwise it is a list of the compressed quarters in the order upper left, upper right, lower left, lower right.",
            "Given a square of 0s and 1s whose side is a power of two, return 0 or 1 if it holds only this number, and else a list with the results of the same rule for its four quarters, in the order upper left, upper right, lower left, lower right.",
            "To store the black and white picture $picture, a square of one colour is written as its number. A mixed one is cut into four squares of half the side, which are stored in this way themselves, as a list in the order upper left, upper right, lower left, lower right. Return what is stored.",
            "Define c(q) for a square matrix q with side 2 ** n as q's value if q is constant, and otherwise as [c(a), c(b), c(c), c(d)], where a, b, c and d are the quadrants upper left, upper right, lower left, lower right. Return c($picture).",
        ),
        solutions=(
            """
flat = {cell for $row in $picture for cell in $row}
if len(flat) == 1:
    return flat.pop()
half = len($picture) // 2
upper, lower = $picture[:half], $picture[half:]
parts = []
for rows in (upper, lower):
    parts.append($self([$row[:half] for $row in rows]))
    parts.append($self([$row[half:] for $row in rows]))
return parts
""",
            """
def compress(r, c, size):
    if size == 1:
        return $picture[r][c]
    half = size // 2
    parts = [compress(r + down, c + across, half) for down in (0, half) for across in (0, half)]
    if parts in ([0, 0, 0, 0], [1, 1, 1, 1]):
        return parts[0]
    return parts

return compress(0, 0, len($picture))
""",
        ),
        reference=lambda picture: _compressed(picture),
        inputs=lambda rng: (_square(rng),),
        edges=(
            ([[0]],),
            ([[1, 1], [1, 1]],),
            ([[0, 1], [1, 0]],),
            ([[1, 1, 0, 0], [1, 1, 0, 0], [0, 0, 0, 0], [0, 0, 0, 1]],),
        ),
        idea="A square is either of one colour or made of four smaller squares, to which the same rule applies.",
        pitfall="Cutting on down to single cells without joining equal quarters again compresses nothing.",
    ),
    Family(
        name="knockout_plan",
        concepts=("divide_and_conquer", "recursion", "string_formatting"),
        difficulty=3,
        names="knockout_plan tournament_text bracket_text pair_up plan_games",
        arguments=("players|teams|names|guests: list[str]; at least one name",),
        returns="str",
        phrasings=(
            "Return the plan of a knockout tournament of $players as text: a single player is written as the name; several are cut into a first and a second half (the first one $bigger by one if the number is odd), written as '(FIRST$mid SECOND)' with the plans of the two halves.",
            "Write the pairings of $players with brackets. One name stands for itself. For more names, put '(', the text for the first half, '$mid ', the text for the second half and ')', where for an odd number of names the first half is $bigger by one.",
            "A tennis club halves its list $players again and again; in an odd list the first half is $bigger by one. Halves that meet are written '(A$mid B)', where A and B are names or again such pairs. Return the text for the whole list.",
            "Let t([x]) = x and t(p) = '(' + t(a) + '$mid ' + t(b) + ')' for longer lists p, where p = a + b and a is as long as b or, for odd lengths, $bigger by one element. Return t($players).",
        ),
        solutions=(
            """
if len($players) == 1:
    return $players[0]
size = len($players)
middle = ${rest}size // 2
return f"({$self($players[:middle])}$mid {$self($players[middle:])})"
""",
            """
def plan($left, $right):
    if $right - $left == 1:
        return $players[$left]
    size = $right - $left
    middle = $left + ${rest}size // 2
    parts = [plan($left, middle), plan(middle, $right)]
    return "(" + "$mid ".join(parts) + ")"

return plan(0, len($players))
""",
        ),
        reference=lambda players, mid, bigger, **_: _planned(players, mid, bigger == "longer"),
        parameters=lambda rng: {
            "mid": Raw(rng.choice((" -", ",", " |", " v"))),
            **rng.choice(
                (
                    {"bigger": Raw("longer"), "rest": Raw("size - ")},
                    {"bigger": Raw("shorter"), "rest": Raw("")},
                )
            ),
        },
        inputs=lambda rng, **_: (rng.sample(draws.FIRST_NAMES, rng.randint(2, 6)),),
        edges=(
            (["Ada"],),
            (["Ada", "Ben"],),
            (["A", "B", "C"],),
            (["A", "A", "B", "B", "C"],),
            (["Zoë", "Åsa", "Max", "Ida"],),
        ),
        idea="A tournament of many is a game between the winners of two smaller tournaments.",
        pitfall="A list of one name must be answered directly, or it is cut into an empty half and itself for ever.",
    ),
)
