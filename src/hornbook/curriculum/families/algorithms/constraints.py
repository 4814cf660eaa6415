"""Families on searches under rules: seats, colours, digits, small number squares."""

from __future__ import annotations

import itertools
import random

from hornbook.curriculum.family import Family, Raw

GUESTS = ("Ada", "Ben", "Cleo", "Dan", "Eva")
LANDS = ("Ard", "Bem", "Cil", "Dor", "Eno")


def _borders(rng: random.Random) -> dict[str, list[str]]:
    lands = LANDS[: rng.randint(3, 5)]
    touching = [pair for pair in itertools.combinations(lands, 2) if rng.random() < 0.6]
    return {land: [o for o in lands if (o, land) in touching or (land, o) in touching] for land in lands}


def _square(rng: random.Random) -> list[list[int]]:
    size = rng.randint(3, 4)
    turned = [[(r + c) % size + 1 for c in range(size)] for r in rng.sample(range(size), size)]
    return [[value if rng.random() < 0.5 else 0 for value in row] for row in turned]


FAMILIES: tuple[Family, ...] = (
    Family(
        name="first_seating",
        concepts=("constraint_search", "backtracking", "any_all"),
        difficulty=4,
        names="first_seating seat_guests arrange_row find_order plan_seats",
        arguments=(
            "guests|people|names|visitors: list[str]; different names",
            "apart|enemies|forbidden|quarrels: list[tuple[str, str]]; pairs who must not be neighbours",
        ),
        returns="list[str] | None",
        phrasings=(
            "Seat $guests in a row so that no pair of $apart (in either order) are neighbours and '$chief', if present, has the $which seat. Of all such orders return the one that comes first in the alphabetical order of lists, or None if there is none.",
            "Return the alphabetically first order of $guests in which nobody sits next to somebody from whom $apart separates them, and in which '$chief', if invited, has the $which seat. Compare orders by the first seat, then the second, and so on. If it cannot be done, return None; for no guests the order is [].",
            "At a long table all of $guests sit on one side. The pairs in $apart refuse to sit side by side, and '$chief', if among the guests, insists on the $which place. Which seating is chosen, if out of all possible ones the one with the alphabetically smallest first name is preferred, then the smallest second name, and so on? None means that nobody can be seated.",
            "Find the lexicographically least permutation p of $guests such that neither (p[i], p[i+1]) nor (p[i+1], p[i]) is in $apart for any i, and that '$chief' is at the $which position if it occurs. Return it as a list, or None if no permutation qualifies.",
        ),
        solutions=(
            """
from itertools import permutations
for order in permutations(sorted($guests)):
    if "$chief" in order and order[$at] != "$chief":
        continue
    if not any($pair in $apart or $pair[::-1] in $apart for $pair in zip(order, order[1:])):
        return list(order)
return None
""",
            """
def seat(row, waiting):
    if not waiting:
        return row if "$chief" not in row or row[$at] == "$chief" else None
    for $item in waiting:
        if row and ((row[-1], $item) in $apart or ($item, row[-1]) in $apart):
            continue
        found = seat([*row, $item], [$other for $other in waiting if $other != $item])
        if found is not None:
            return found
    return None

return seat([], sorted($guests))
""",
        ),
        reference=lambda guests, apart, chief, which, at: min(
            (
                list(order)
                for order in itertools.permutations(guests)
                if not {frozenset(pair) for pair in apart}
                & {frozenset(pair) for pair in itertools.pairwise(order)}
                and (chief not in guests or order[at] == chief)
            ),
            default=None,
        ),
        parameters=lambda rng: {
            "chief": Raw(rng.choice(("Ben", "Cleo"))),
            **rng.choice(({"which": Raw("first"), "at": 0}, {"which": Raw("last"), "at": -1})),
        },
        inputs=lambda rng, chief, which, at: (
            guests := rng.sample(GUESTS, rng.randint(3, 4)),
            rng.sample(list(itertools.combinations(guests, 2)), rng.randint(1, 2)),
        ),
        edges=(
            ([], []),
            (["Ada"], []),
            (["Dan", "Ada"], [("Dan", "Ada")]),
            (["Cleo", "Ben", "Ada"], []),
            (["Eva", "Dan", "Ada"], [("Eva", "Ada"), ("Eva", "Dan")]),
            (["Ben", "Ada", "Dan", "Cleo"], [("Ada", "Ben"), ("Dan", "Cleo")]),
        ),
        idea="Trying the names in alphabetical order at every seat makes the first complete row the alphabetically first one.",
        pitfall="A pair may be noted in either order; look for both.",
    ),
    Family(
        name="colour_lands",
        concepts=("constraint_search", "graphs", "dictionaries"),
        difficulty=5,
        names="colour_lands colour_map assign_colours paint_regions solve",
        arguments=(
            "borders|neighbours|touching|lands: dict[str, list[str]]; maps each land to the lands next to it",
        ),
        returns="dict[str, int] | None",
        phrasings=(
            "Give each land of $borders one of the colours 1 to $colours so that lands next to each other have different colours. Return a dictionary from land to colour, lands in the order of $borders; of all solutions the one in which the first land has the smallest colour, then the second, and so on. Return None if there is none.",
            "Colour the map $borders with the numbers 1 to $colours such that no two neighbours are equal. If several colourings exist, compare them land by land in the order of the keys and take the one with the smaller number at the first difference. Return {land: number} in the order of the keys, or None.",
            "A teacher draws up groups 1 to $colours of pupils; $borders maps each pupil to those who must not be in the same group. Every pupil gets the smallest possible group number, where earlier pupils in the dictionary have precedence over later ones, as long as all can be placed. Return the dictionary of the groups in the order of $borders, or None if it is impossible.",
            "Return, as a dictionary with the keys in the order of $borders, the lexicographically smallest proper vertex colouring (read in the order of the keys) of this undirected graph with the colours 1, ..., $colours, or None if it has no such colouring.",
        ),
        solutions=(
            """
lands = list($borders)

def paint(chosen):
    if len(chosen) == len(lands):
        return chosen
    land = lands[len(chosen)]
    for colour in range(1, $above):
        if all(chosen.get($other) != colour for $other in $borders[land]):
            found = paint({**chosen, land: colour})
            if found is not None:
                return found
    return None

return paint({})
""",
            """
from itertools import product
for some in product(range(1, $above), repeat=len($borders)):
    colour = dict(zip($borders, some))
    clash = False
    for land, others in $borders.items():
        clash = clash or any(colour[land] == colour[$other] for $other in others)
    if not clash:
        return colour
return None
""",
        ),
        reference=lambda borders, colours, above: min(
            (
                dict(zip(borders, some, strict=True))
                for some in itertools.product(range(1, colours + 1), repeat=len(borders))
                if not [
                    1
                    for (a, x), (b, y) in itertools.combinations(zip(borders, some, strict=True), 2)
                    if x == y and b in borders[a]
                ]
            ),
            key=lambda colouring: list(colouring.values()),
            default=None,
        ),
        parameters=lambda rng: rng.choice(({"colours": 2, "above": 3}, {"colours": 3, "above": 4})),
        inputs=lambda rng, colours, above: (_borders(rng),),
        edges=(
            ({},),
            ({"Ard": []},),
            ({"Ard": ["Bem"], "Bem": ["Ard"]},),
            ({"Ard": ["Cil"], "Bem": ["Cil"], "Cil": ["Ard", "Bem"]},),
            ({"Ard": ["Dor"], "Bem": ["Cil"], "Cil": ["Bem", "Dor"], "Dor": ["Ard", "Cil"]},),
            ({"A": ["B", "C"], "B": ["A", "C"], "C": ["A", "B"]},),
        ),
        idea="Paint land by land with the smallest colour that fits, and step back to the land before when none fits.",
        pitfall="Taking the smallest free colour without ever stepping back can get stuck although a solution exists.",
    ),
    Family(
        name="numbers_with_digit_rules",
        concepts=("constraint_search", "digits", "filtering"),
        difficulty=2,
        names="numbers_with_digit_rules find_codes matching_numbers candidates search",
        arguments=(
            "low|smallest|lower|begin: int; the smallest number to try, not negative",
            "high|largest|upper|finish: int; the largest number to try",
        ),
        returns="list[int]",
        phrasings=(
            "Return in rising order all numbers from $low to $high (both included) whose digits $rule and add up to $words $limit. If $low is above $high, there are none.",
            "Which whole numbers between $low and $high, these two included, have digits that $rule and a digit sum of $words $limit? List them in ascending order; the list may be empty.",
            "Somebody forgot a number code but remembers that it lies between $low and $high (inclusive), that its digits $rule, and that the sum of the digits is $words $limit. List all the codes that are possible, smallest first.",
            "Return the ascending list of all integers n with $low <= n <= $high such that the decimal digits of n $rule and have a sum of $words $limit.",
        ),
        solutions=(
            """
$result = []
for number in range($low, $high + 1):
    digits = [int($char) for $char in str(number)]
    if $test and sum(digits) $op $limit:
        $result.append(number)
return $result
""",
            """
def fits(number):
    digits = []
    while number > 0:
        number, last = divmod(number, 10)
        digits.insert(0, last)
    return $test and sum(digits) $op $limit

return [number for number in range($low, $high + 1) if fits(number)]
""",
        ),
        reference=lambda low, high, rule, test, op, words, limit: [
            n
            for n in range(low, high + 1)
            if not any(a == b if "different" in rule else a > b for a, b in itertools.combinations(str(n), 2))
            and _sign(sum(map(int, str(n))), limit) in {"==": "=", "<=": "<=", ">": ">"}[op]
        ],
        parameters=lambda rng: {
            "limit": rng.choice((6, 9, 10)),
            **rng.choice(
                (
                    {"op": Raw("=="), "words": Raw("exactly")},
                    {"op": Raw("<="), "words": Raw("at most")},
                    {"op": Raw(">"), "words": Raw("more than")},
                )
            ),
            **rng.choice(
                (
                    {"rule": Raw("are all different"), "test": Raw("len(set(digits)) == len(digits)")},
                    {"rule": Raw("never fall from left to right"), "test": Raw("digits == sorted(digits)")},
                )
            ),
        },
        inputs=lambda rng, rule, test, op, words, limit: (
            low := rng.randint(5, 40),
            low + rng.randint(25, 40),
        ),
        edges=((0, 12), (30, 20), (66, 66), (10, 11), (99, 112), (54, 61)),
        idea="The range is small enough to try every number; the rules decide which ones stay.",
        pitfall="`range($low, $high)` leaves out the upper end, which belongs to the numbers to try.",
    ),
    Family(
        name="numbers_for_empty_cell",
        concepts=("constraint_search", "sets", "matrices"),
        difficulty=3,
        names="numbers_for_empty_cell candidates possible_numbers allowed_values options",
        arguments=(
            "square|grid|board|table: list[list[int]]; n rows with n numbers from 0 to n, where 0 is an empty cell",
            "r|row_index|line_number|y: int; row of a cell, from 0",
            "c|column_index|place|x: int; column of the cell, from 0",
        ),
        returns="list[int]",
        phrasings=(
            "In the number square $square every row and every column may contain each number from 1 to n only once, where n is the number of rows; 0 means empty. Return in $order order the numbers that could be put in row $r, column $c, or an empty list if this cell is already filled.",
            "Which numbers from 1 to n (the size of $square) are found neither in row $r nor in column $c of it? List them in $order order; if the cell in this row and column is not 0, the answer is [].",
            "A puzzle asks for the numbers 1 to n in every row and every column of a square with n rows. A player looks at the cell ($r, $c) of $square, counted from 0, where zeros are cells still free. Tell the player which numbers do not yet occur in the row or column of this cell, in $order order, or return no numbers if the cell is taken.",
            "For the partial Latin square $square (n rows, 0 for blank) and the cell in row $r and column $c return the candidates, that is the numbers 1, ..., n missing from both the row and the column, sorted in $order order; a cell that is not blank has none.",
        ),
        solutions=(
            """
if $square[$r][$c] != 0:
    return []
used = set($square[$r])
for $row in $square:
    used.add($row[$c])
return sorted(set(range(1, len($square) + 1)) - used$backwards)
""",
            """
$result = []
for number in range(1, len($square) + 1)$turn:
    in_column = any($row[$c] == number for $row in $square)
    if not $square[$r][$c] and number not in $square[$r] and not in_column:
        $result.append(number)
return $result
""",
        ),
        reference=lambda square, r, c, order, backwards, turn: [
            n
            for n in sorted(range(1, len(square) + 1), key=lambda n: -n if backwards else n)
            if square[r][c] == 0 and [*square[r], *list(zip(*square, strict=True))[c]].count(n) == 0
        ],
        parameters=lambda rng: rng.choice(
            (
                {"order": Raw("rising"), "backwards": Raw(""), "turn": Raw("")},
                {"order": Raw("falling"), "backwards": Raw(", reverse=True"), "turn": Raw("[::-1]")},
            )
        ),
        inputs=lambda rng, order, backwards, turn: (
            square := _square(rng),
            *rng.choice(
                [(r, c) for r, row in enumerate(square) for c, v in enumerate(row) if not v] or [(0, 0)]
            ),
        ),
        edges=(
            ([[0]], 0, 0),
            ([[1]], 0, 0),
            ([[0, 0, 0], [0, 0, 0], [0, 0, 0]], 1, 2),
            ([[0, 1], [2, 0]], 0, 0),
            ([[1, 2, 0], [0, 0, 0], [0, 0, 2]], 1, 1),
            ([[3, 0, 1], [0, 0, 2], [0, 0, 0]], 1, 1),
        ),
        idea="What is used in the row or the column is excluded; whatever is left of 1 to n is possible.",
        pitfall="The zeros of empty cells are in the row as well, but 0 is not a number to put in.",
    ),
)


def _sign(value: int, limit: int) -> str:
    return "=" if value == limit else "<" if value < limit else ">"
