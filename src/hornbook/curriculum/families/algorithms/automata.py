"""Families on cellular automata: rows of lamps, numbered rules, living cells."""

from __future__ import annotations

import random

from hornbook.curriculum.family import Family, Raw


def _row(rng: random.Random, low: int = 5, high: int = 9) -> str:
    return "".join(rng.choices("#.", k=rng.randint(low, high)))


FAMILIES: tuple[Family, ...] = (
    Family(
        name="row_after_generations",
        concepts=("cellular_automata", "string_building", "nested_loops"),
        difficulty=2,
        names="row_after_generations evolve_row next_rows grow_cells simulate",
        arguments=(
            "cells|row_text|line|state: str; '#' for a living cell and '.' for a dead one",
            "rounds|steps|generations|times: int; number of generations, not negative",
        ),
        returns="str",
        phrasings=(
            "Return the row $cells after $rounds generations. In each generation all cells change at the same time: a cell is alive ('#') afterwards if $rule of its two neighbours $are alive before, and dead ('.') otherwise. There is nothing alive beyond the ends.",
            "What does $cells look like $rounds steps later, if in every step a position gets a '#' exactly when $rule of the positions directly left and right of it $are '#' before the step, and '.' if not? Positions outside the row count as '.'.",
            "A row of houses shows who has the lights on ('#') or off ('.'). Every evening all the people look at the evening before and switch their lights on if $rule of the two neighbouring houses $are lit then, and off otherwise; at the ends the missing neighbour counts as dark. Return the row after $rounds evenings that began with $cells.",
            "Apply $rounds times, starting with $cells, the map that sends a string s to the string t of equal length with t[i] = '#' if $rule of s[i-1] and s[i+1] $are '#' and t[i] = '.' otherwise, where characters outside of s count as '.'.",
        ),
        solutions=(
            """
for $count in range($rounds):
    padded = "." + $cells + "."
    $cells = ""
    for $left, $right in zip(padded, padded[2:]):
        alive = ($left + $right).count("#")
        $cells += "#" if alive $op $k else "."
return $cells
""",
            """
$current = [$char == "#" for $char in $cells]
for $count in range($rounds):
    $previous = $current
    $current = []
    for $i in range(len($previous)):
        near = $previous[max($i - 1, 0) : $i] + $previous[$i + 1 : $i + 2]
        $current.append(sum(near) $op $k)
return "".join("#" if alive else "." for alive in $current)
""",
        ),
        reference=lambda cells, rounds, rule, are, op, k: _rows(
            cells,
            rounds,
            {1} if "exactly" in rule else {2} if rule == "both" else {1, 2},
        ),
        parameters=lambda rng: rng.choice(
            (
                {"rule": Raw("exactly one"), "are": Raw("is"), "op": Raw("=="), "k": 1},
                {"rule": Raw("at least one"), "are": Raw("is"), "op": Raw(">="), "k": 1},
                {"rule": Raw("both"), "are": Raw("are"), "op": Raw("=="), "k": 2},
            )
        ),
        inputs=lambda rng, rule, are, op, k: ("#" * rng.randint(1, 3) + _row(rng), rng.choice((1, 1, 2, 3))),
        edges=(("", 2), ("#", 1), (".", 1), ("##", 3), ("..#..", 0), ("#.#.#", 1), ("#####", 2)),
        idea="The new row is built from the old one as a whole, and only then does it take its place.",
        pitfall="Changing the row cell by cell lets later cells look at neighbours that are already new.",
    ),
    Family(
        name="step_of_numbered_rule",
        concepts=("cellular_automata", "bits", "list_indexing"),
        difficulty=3,
        names="step_of_numbered_rule apply_rule elementary_step ring_step next_state",
        arguments=(
            "cells|bits_in_ring|ring|values: list[int]; 0s and 1s, arranged in a ring",
            "number|rule|code|key_number: int; the rule, from 0 to 255",
        ),
        returns="list[int]",
        phrasings=(
            "The cells in $cells stand in a ring. For each cell read its left neighbour, itself and its right neighbour as a binary number p of three digits; the new value of the cell is bit number p of $number (bit 0 is the last one). Return the new values; all cells change at once. $extra",
            "Given 0s and 1s in a ring, so that the first follows the last, what are the cells after one step of rule $number? A cell with left neighbour a and right neighbour b and own value c becomes the bit of $number with the number 4 * a + 2 * c + b, counted from 0 at the lowest bit. $extra",
            "Beads, black (1) or white (0), form a closed chain $cells. A new chain is made: the colour of each bead depends on three old beads, the one before it (worth 4), the one in its place (worth 2) and the one after it (worth 1); the worths of the black ones are added, and the bit of $number with this position is the new colour. Return the new chain. $extra",
            "Compute one step of the elementary cellular automaton with the Wolfram number $number on the cyclic configuration $cells. $extra",
        ),
        solutions=(
            """
$result = []
for $i in range(len($cells)):
    $left = $cells[$i - 1]
    $right = $cells[($i + 1) % len($cells)]
    place = 4 * $left + 2 * $cells[$i] + $right
    $result.append($number >> place & 1)
return $result$turn
""",
            """
digits = f"{$number:08b}"[::-1]
before = $cells[-1:] + $cells[:-1]
after = $cells[1:] + $cells[:1]
patterns = [f"{a}{b}{c}" for a, b, c in zip(before, $cells, after)]
return [int(digits[int(pattern, 2)]) for pattern in patterns]$turn
""",
        ),
        reference=lambda cells, number, extra, turn: [
            number // 2 ** (cells[at - 1] * 4 + cells[at] * 2 + (cells + cells)[at + 1]) % 2
            for at in (range(len(cells) - 1, -1, -1) if turn else range(len(cells)))
        ],
        parameters=lambda rng: rng.choice(
            (
                {"extra": Raw("A ring without cells stays empty."), "turn": Raw("")},
                {
                    "extra": Raw("List the new values in reverse order, from the last cell to the first."),
                    "turn": Raw("[::-1]"),
                },
            )
        ),
        inputs=lambda rng, extra, turn: (
            rng.choices((0, 1), k=rng.randint(4, 8)),
            rng.choice((30, 90, 110, 184, 54, 60, rng.randint(1, 254))),
        ),
        edges=(([], 30), ([1], 4), ([0, 1], 110), ([1, 1, 1], 128), ([0, 0, 0], 1), ([1, 0, 0, 1], 255)),
        idea="Three cells have eight patterns, and the eight bits of the rule are a table of what each pattern becomes.",
        pitfall="The last cell has no element behind it in the list; the remainder by the length closes the ring.",
    ),
    Family(
        name="generation_of_cells",
        concepts=("cellular_automata", "grids", "sets"),
        difficulty=4,
        names="generation_of_cells next_generation evolve step_of_life live_on",
        arguments=(
            "cells|living|alive_cells|colony: list[tuple[int, int]]; (row, column) of the living cells, each once",
        ),
        returns="list[tuple[int, int]]",
        phrasings=(
            "On an endless square grid the cells in $cells are alive. Each cell has eight neighbours. In the next generation a living cell is alive if it has $survive living neighbours, and a dead cell if it has exactly $birth. Return the living cells of the next generation, sorted.",
            "Which cells are alive one step later, if now those in $cells are? A living cell stays alive with $survive living cells among its eight neighbours, a dead one becomes alive with exactly $birth; all change at once. List them as (row, column) in ascending order.",
            "Mushrooms grow on the squares $cells of a very large field. Next year there will be a mushroom on a square that has one now and $survive mushrooms on the eight squares around it, or has none now and exactly $birth around it. List the squares of next year's mushrooms in sorted order.",
            "For the set $cells of points with integer coordinates return the sorted list of all points p such that the number n of elements of $cells at king's move distance 1 from p is $birth if p is not in $cells, and is $survive if it is.",
        ),
        solutions=(
            """
from collections import Counter
near = Counter(
    (r + down, c + across)
    for r, c in $cells
    for down in (-1, 0, 1)
    for across in (-1, 0, 1)
    if (down, across) != (0, 0)
)
$result = []
for cell, $count in near.items():
    if $count in ($stay if cell in $cells else ($birth,)):
        $result.append(cell)
return sorted($result)
""",
            """
def neighbours(r, c):
    around = [(r + down, c + across) for down in (-1, 0, 1) for across in (-1, 0, 1)]
    return sum(cell in $cells for cell in around if cell != (r, c))

$result = []
rows = [r for r, c in $cells]
columns = [c for r, c in $cells]
for r in range(min(rows, default=0) - 1, max(rows, default=0) + 2):
    for c in range(min(columns, default=0) - 1, max(columns, default=0) + 2):
        wanted = $stay if (r, c) in $cells else ($birth,)
        if neighbours(r, c) in wanted:
            $result.append((r, c))
return $result
""",
        ),
        reference=lambda cells, survive, stay, birth: [
            (r, c)
            for r in range(-3, 6)
            for c in range(-3, 6)
            for near in [sum(max(abs(r - a), abs(c - b)) == 1 for a, b in cells)]
            if (near in stay if cells.count((r, c)) else near == birth)
        ],
        parameters=lambda rng: {
            "birth": rng.choice((2, 3)),
            **rng.choice(
                (
                    {"survive": Raw("2 or 3"), "stay": (2, 3)},
                    {"survive": Raw("1 or 2"), "stay": (1, 2)},
                    {"survive": Raw("3 or 4"), "stay": (3, 4)},
                )
            ),
        },
        inputs=lambda rng, survive, stay, birth: (
            sorted(rng.sample([(r, c) for r in range(4) for c in range(4)], rng.randint(4, 7))),
        ),
        edges=(
            ([],),
            ([(0, 0)],),
            ([(1, 0), (1, 1), (1, 2)],),
            ([(0, 0), (0, 1), (1, 0), (1, 1)],),
            ([(-1, 0), (0, -1), (0, 1), (1, 0), (0, 0)],),
        ),
        idea="Every living cell gives one point to each of its neighbours; the points and the old state decide who lives.",
        pitfall="A dead cell with no living neighbour never comes alive, so only cells near a living one need a look; looking at the living ones alone misses all births.",
    ),
    Family(
        name="row_of_differences",
        concepts=("cellular_automata", "enumerate_zip", "list_building"),
        difficulty=1,
        names="row_of_differences next_lamps compare_with_left update_row one_step",
        arguments=("lamps|cells|row_of_lamps|values: list[int]; 0 for off, 1 for on",),
        returns="list[int]",
        phrasings=(
            "All lamps of a row change at once: each lamp but the first is on (1) afterwards if $rule before the change, and off (0) otherwise. The first lamp stays as it is. Return the new row.",
            "Given lamps $lamps (0 off, 1 on), what is the new row if every lamp except the first one is switched on exactly when $rule in the old row, and off when not? The first lamp is not changed.",
            "Children in a row hold up a card with 0 (off) or 1 (on). At a signal each child but the first shows 1 if, before the signal, $rule, and else 0, where 'it' is the child's own card; the first child keeps the card. Return the new cards.",
            "Return a list t of the length of $lamps with t[0] equal to the first element (if there is one) and, for i > 0, t[i] = 1 if $rule ('it' is the old element at i, its left neighbour the old element at i - 1), and t[i] = 0 otherwise.",
        ),
        solutions=(
            """
$result = $lamps[:1]
for $left, $right in zip($lamps, $lamps[1:]):
    $result.append(int($left $op $right))
return $result
""",
            """
$result = []
for $i, $item in enumerate($lamps):
    if $i > 0:
        $item = 1 if $lamps[$i - 1] $op $item else 0
    $result.append($item)
return $result
""",
            """
$result = list($lamps)
for $i in reversed(range(1, len($lamps))):
    $result[$i] = int($result[$i - 1] $op $result[$i])
return $result
""",
        ),
        reference=lambda lamps, rule, op: [
            value
            if at == 0
            else int(
                (lamps[at - 1], value)
                in {"!=": ((0, 1), (1, 0)), "==": ((0, 0), (1, 1)), "<": ((0, 1),), ">": ((1, 0),)}[op]
            )
            for at, value in enumerate(lamps)
        ],
        parameters=lambda rng: rng.choice(
            (
                {"rule": Raw("it and its left neighbour were different"), "op": Raw("!=")},
                {"rule": Raw("it and its left neighbour were equal"), "op": Raw("==")},
                {"rule": Raw("it was on and its left neighbour was off"), "op": Raw("<")},
                {"rule": Raw("it was off and its left neighbour was on"), "op": Raw(">")},
            )
        ),
        inputs=lambda rng, rule, op: (rng.choices((0, 1), k=rng.randint(4, 9)),),
        edges=(([],), ([1],), ([0, 0],), ([1, 1, 1],), ([0, 1, 0, 1],), ([1, 0, 0, 1, 1],)),
        idea="Every new value depends on two old ones only, so it is enough to look at all pairs of neighbours.",
        pitfall="Overwriting the row from left to right would compare with values that are new already.",
    ),
)


def _rows(cells: str, rounds: int, alive: set[int]) -> str:
    for _ in range(rounds):
        living = {at for at, cell in enumerate(cells) if cell == "#"}
        cells = "".join(".#"[len({at - 1, at + 1} & living) in alive] for at in range(len(cells)))
    return cells
