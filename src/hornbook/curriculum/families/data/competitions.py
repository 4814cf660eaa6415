"""Families whose prompt brings a class: medals, boards and lists of the best."""

from __future__ import annotations

from hornbook.curriculum import draws
from hornbook.curriculum.families.wording import part
from hornbook.curriculum.family import Family, Raw

FAMILIES: tuple[Family, ...] = (
    Family(
        name="medals_for_results",
        concepts=("ranking", "lookup_tables", "dictionary_comprehensions"),
        difficulty=2,
        names="medals_for_results award_medals medal_by_name prize_giving medals",
        arguments=("points|results|scores|table: dict[str, int]; the points of each participant",),
        returns="dict[str, str]",
        setup="""
from enum import Enum

class Medal(Enum):
    GOLD = 1
    SILVER = 2
    BRONZE = 3
""",
        phrasings=(
            "Return a dictionary from name to the name of the medal ('GOLD', 'SILVER' or 'BRONZE') for those of $points who get one, in the order of $points. The $best number is first; equal numbers share a place, and $gap.",
            "Award the medals of the enumeration Medal, whose values are the places: rank the participants of $points with the $best number first, equal ones on the same place, where $gap. Give the medal's name for every participant on a place from 1 to 3, without changing the order.",
            "At a school contest the $best number of $points wins, people with equal numbers get the same medal, and $gap. Who gets which Medal, by its name? Keep the order of $points and leave out those without one.",
            "For each key n of $points let r be 1 plus the number of $ahead that are better than the value of n (the $best is best). Return {n: Medal(r).name} for r <= 3, in the order of $points; $gap.",
        ),
        solutions=(
            """
$result = {}
for name, number in $points.items():
    better = ${open}other for other in $points.values() if other $op number$close
    place = len(better) + 1
    if place <= len(Medal):
        $result[name] = Medal(place).name
return $result
""",
            """
ordered = sorted($opening$points.values()$closing$down)
places = {number: ordered.index(number) + 1 for number in ordered}
medals = {medal.value: medal.name for medal in Medal}
return {name: medals[places[number]] for name, number in $points.items() if places[number] in medals}
""",
        ),
        reference=lambda points, best, gap, **_: {
            name: ("GOLD", "SILVER", "BRONZE")[rank]
            for name, number in points.items()
            for ahead in [[v for v in points.values() if (v > number if best == "highest" else v < number)]]
            for rank in [len(dict.fromkeys(ahead)) if gap.startswith("no") else len(ahead)]
            if rank < 3
        },
        parameters=lambda rng: {
            **part(
                rng,
                {"best": "highest", "op": ">", "down": ", reverse=True"},
                {"best": "lowest", "op": "<", "down": ""},
            ),
            **part(
                rng,
                {
                    "gap": "no place is left out after a shared one",
                    "ahead": "different values",
                    "open": "{",
                    "close": "}",
                    "opening": "set(",
                    "closing": ")",
                },
                {
                    "gap": "a place shared by n people uses up n places",
                    "ahead": "values",
                    "open": "[",
                    "close": "]",
                    "opening": "",
                    "closing": "",
                },
            ),
        },
        inputs=lambda rng, **_: (
            {name: rng.randint(1, 5) for name in rng.sample(draws.FIRST_NAMES, rng.randint(4, 6))},
        ),
        edges=(
            ({},),
            ({"Ada": 3},),
            ({"Ada": 3, "Ben": 3, "Cleo": 3, "Dan": 3},),
            ({"a": 1, "b": 2, "c": 3, "d": 4},),
            ({"a": 2, "b": 2, "c": 1, "d": 3, "e": 3},),
        ),
        idea="The place is the number of better results plus 1, and the enumeration turns places into medals.",
        pitfall="Medal(4) raises ValueError, so the place is tested before the medal is asked for.",
    ),
    Family(
        name="lines_of_the_board",
        concepts=("transposing", "any_all", "early_return"),
        difficulty=3,
        names="lines_of_board winner_on_board full_line find_winner check_board",
        arguments=("rows|board|lines|grid: list[str]; $size texts of $size characters each",),
        returns="str | None",
        setup="""
class Board:
    def __init__(self, rows):
        self.rows = rows

    def columns(self):
        return ["".join(column) for column in zip(*self.rows)]

    def diagonal(self, rows):
        return "".join(row[i] for i, row in enumerate(rows))
""",
        phrasings=(
            "Return the character that fills a complete $what of the board $rows, or None if there is none. '$free' marks a free square and fills nothing. If several qualify, return the alphabetically first character.",
            "A game is won by whoever occupies a whole $what. Given the $size by $size board $rows, find the winner's character, ignoring the free squares '$free'; of several winners take the one that comes first in the alphabet, and return None without a winner.",
            "On a board of $size by $size squares players leave their letters, and '$free' is an empty square. Whose letter covers a full $what in $rows? Answer None if nobody's does, and if there are more than one, with the first in alphabetical order. The class Board helps.",
            "Let L be the set of all texts read along each $what of $rows. Return the smallest character c other than '$free' for which c repeated $size times is in L, or None.",
        ),
        solutions=(
            """
board = Board($rows)
lines = board.columns() + $first_lines
winners = sorted(line[0] for line in lines if line[0] != "$free" and line == line[0] * $size)
return winners[0] if winners else None
""",
            """
grid = [list(row) for row in $rows]
lines = $plain + [list(column) for column in zip(*grid)]
best = None
for line in lines:
    if len(set(line)) == 1 and line[0] != "$free":
        if best is None or line[0] < best:
            best = line[0]
return best
""",
        ),
        reference=lambda rows, size, what, free, **_: min(
            (
                c
                for c in {x for line in rows for x in line} - {str(free)}
                if (
                    any(all(rows[r][k] == c for r in range(size)) for k in range(size))
                    or (
                        any(all(rows[r][k] == c for k in range(size)) for r in range(size))
                        if "row" in what
                        else all(rows[i][i] == c for i in range(size))
                        or all(rows[i][size - 1 - i] == c for i in range(size))
                    )
                )
            ),
            default=None,
        ),
        parameters=lambda rng: {
            "size": 3,
            "free": Raw(rng.choice(".-_")),
            **part(
                rng,
                {"what": "row or column", "first_lines": "board.rows", "plain": "list(grid)"},
                {
                    "what": "column or diagonal",
                    "first_lines": "[board.diagonal(board.rows), board.diagonal(board.rows[::-1])]",
                    "plain": "[[grid[i][i] for i in range(3)], [grid[i][2 - i] for i in range(3)]]",
                },
            ),
        },
        inputs=lambda rng, free, **_: (
            ["".join(rng.choice("xxo" + free) for _ in range(3)) for _ in range(3)],
        ),
        edges=(
            (["...", "...", "..."],),
            (["xxx", "ooo", "x.o"],),
            (["x.o", "x.o", "x.o"],),
            (["oxx", ".ox", "x.o"],),
            (["a.b", ".b.", "b.a"],),
            (["---", "-a-", "___"],),
        ),
        idea="Rows, columns and diagonals all become texts, so one test serves every kind of line.",
        pitfall="A line of free squares consists of equal characters too and must not count as won.",
    ),
    Family(
        name="keep_the_best_scores",
        concepts=("top_k", "heaps", "running_results"),
        difficulty=3,
        names="keep_best_scores high_scores best_list threshold_history score_board",
        arguments=("scores|points|results|games: list[int]; scores in order of time",),
        returns="list[int | None]",
        setup="""
from heapq import heappush, heappushpop

class TopScores:
    \"\"\"Keeps the $k largest scores.\"\"\"

    def __init__(self):
        self.heap = []

    def add(self, score):
        if len(self.heap) < $k:
            heappush(self.heap, score)
        else:
            heappushpop(self.heap, score)
""",
        phrasings=(
            "Return after each of $scores the lowest score that is still among the $k best so far, or None as long as fewer than $k scores are known.",
            "Add $scores one by one to a TopScores and note each time the smallest score that it keeps; note None while it holds fewer than $k.",
            "A game shows a list of the $k best results. Which score must be beaten to get into it, after each of $scores? As long as the list has free places, the answer is None.",
            "For each i return the $k-th largest of the first i + 1 elements of $scores (equal ones counted separately), and None if there are fewer than $k of them.",
        ),
        solutions=(
            """
best = TopScores()
$result = []
for score in $scores:
    best.add(score)
    $result.append(best.heap[0] if len(best.heap) == $k else None)
return $result
""",
            """
$result = []
for $i in range(len($scores)):
    known = sorted($scores[:$i + 1], reverse=True)
    if len(known) < $k:
        $result.append(None)
    else:
        $result.append(known[:$k][-1])
return $result
""",
        ),
        reference=lambda scores, k: [
            None
            if i + 1 < k
            else next(
                s
                for s in scores[: i + 1]
                if sum(t > s for t in scores[: i + 1]) < k <= sum(t >= s for t in scores[: i + 1])
            )
            for i in range(len(scores))
        ],
        parameters=lambda rng: {"k": rng.randint(2, 4)},
        inputs=lambda rng, k: (draws.ints(rng, k + 1, k + 4, 1, 30),),
        edges=(([],), ([5],), ([5, 5, 5, 5],), ([1, 2, 3, 4, 5],), ([5, 4, 3, 2, 1],)),
        idea="The smallest of the kept scores lies at the front of the heap, where it can be read or replaced at once.",
        pitfall="Keeping the largest at the front would make it the one that is thrown out.",
    ),
)
