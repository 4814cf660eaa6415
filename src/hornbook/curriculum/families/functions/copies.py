"""Families on copies, and on lists that have several names."""

from __future__ import annotations

import random
from typing import Any

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw


def _board(rng: random.Random) -> tuple[list[list[int]], list[tuple[int, int, int]]]:
    rows, width = rng.randint(2, 3), rng.randint(2, 3)
    board = [[rng.randint(0, 9) for _ in range(width)] for _ in range(rows)]
    return board, [
        (rng.randint(-1, rows), rng.randint(0, width - 1), rng.randint(0, 9))
        for _ in range(rng.randint(1, 4))
    ]


def _cells(board: list[list[int]], changes: list[tuple[int, int, int]]) -> tuple[list[list[int]], int]:
    last = {(r, c): value for r, c, value in changes}
    new = [[last.get((r, c), old) for c, old in enumerate(row)] for r, row in enumerate(board)]
    return new, sum(
        a != b for old, row in zip(board, new, strict=True) for a, b in zip(old, row, strict=True)
    )


def _actions(rng: random.Random) -> tuple[list[str]]:
    return ([rng.choice((*draws.words(rng, 4, 4), "undo", "clear")) for _ in range(rng.randint(2, 6))],)


def _states(actions: list[str], undo: str) -> list[list[str]]:
    states: list[list[str]] = []
    for i, action in enumerate(actions):
        before = states[i - 1] if i else []
        if action in (undo, "clear"):
            states.append(before[: len(before) - 1] if action == undo and before else [])
        else:
            states.append([*before, action])
    return states


def _statements(rng: random.Random) -> tuple[list[tuple[str, str, Any]]]:
    steps: list[tuple[str, str, Any]] = [("new", "a", draws.small_ints(rng, 0, 2))]
    names = ["a"]
    for _ in range(rng.randint(3, 5)):
        kind = rng.choice(("add", "add", "same", "copy", "new"))
        if kind == "add":
            steps.append((kind, rng.choice(names), rng.randint(0, 9)))
            continue
        target = rng.choice("abc")
        steps.append((kind, target, draws.small_ints(rng, 0, 2) if kind == "new" else rng.choice(names)))
        names = sorted({*names, target})
    return (steps,)


def _finally(steps: list[tuple[str, str, Any]]) -> dict[str, list[int]]:
    owner: dict[str, int] = {}
    contents: dict[int, tuple[int, ...]] = {}
    for number, (kind, name, value) in enumerate(steps):
        if kind == "add":
            contents[owner[name]] += (value,)
        elif kind == "same":
            owner[name] = owner[value]
        else:
            contents[number] = tuple(value) if kind == "new" else contents[owner[value]]
            owner[name] = number
    return {name: list(contents[number]) for name, number in owner.items()}


FAMILIES: tuple[Family, ...] = (
    Family(
        name="board_with_changes",
        concepts=("copying", "matrices", "counting"),
        difficulty=3,
        names="changed_board apply_changes new_board board_and_count with_changes play",
        arguments=(
            "board|grid|matrix|table: list[list[int]]; rows of equal length",
            "changes|moves|entries: list[tuple[int, int, int]]; row, column and new value",
        ),
        returns="tuple[list[list[int]], int]",
        phrasings=(
            "Return a copy of $board with all $changes made, and the number of cells that then differ from $board, as a pair. A change (row, column, value) whose row does not exist is ignored; later changes replace earlier ones, and $board itself stays as it is.",
            "Given a matrix $board and a list of triples $changes, make a new matrix in which the cell in each given row and column has the given value, in order, and count the cells that are different from before. Rows are numbered from 0; triples with a negative or too large row do nothing. $board must not change.",
            "In a puzzle the old board has to stay visible beside the new one. Enter the $changes, each (row, column, number), into a copy of the $board; the columns are always right, but numbers for rows below 0 or beyond the last are dropped. Return the new board and how many of its cells look different now.",
            "Let b be a deep copy of $board. For each (r, c, v) of $changes with 0 <= r < len(b) set b[r][c] = v. Return (b, n), n being the number of pairs (r, c) with b[r][c] != $board[r][c].",
        ),
        solutions=(
            """
from copy import deepcopy

copied = deepcopy($board)
for r, c, value in $changes:
    if r in range(len(copied)):
        copied[r][c] = value
different = 0
for old, new in zip($board, copied):
    different += sum(a != b for a, b in zip(old, new))
return copied, different
""",
            """
latest = {}
for r, c, value in $changes:
    latest[r, c] = value
copied = []
different = 0
for r, $row in enumerate($board):
    copied.append([latest.get((r, c), cell) for c, cell in enumerate($row)])
    different += sum(cell != $row[c] for c, cell in enumerate(copied[r]))
return copied, different
""",
        ),
        reference=_cells,
        inputs=_board,
        edges=(
            ([], []),
            ([[1]], []),
            ([[1, 2]], [(-1, 0, 9), (1, 1, 9)]),
            ([[1], [2]], [(0, 0, 5), (0, 0, 1)]),
            ([[0, 0], [0, 0]], [(1, 1, 3), (0, 1, 3)]),
        ),
        idea="A board is a list of lists, so every row must be copied; then nothing that is done to the copy reaches the original.",
        pitfall="`board.copy()` copies the outer list only, and the changes appear in the old board as well.",
    ),
    Family(
        name="state_after_each_action",
        concepts=("copying", "list_building", "stacks"),
        difficulty=3,
        names="states_after history snapshots list_history record_states all_states",
        arguments=("actions|inputs|events|words: list[str]; words to add, or '$undo' or 'clear'",),
        returns="list[list[str]]",
        phrasings=(
            "Return what a list holds after each of $actions. 'clear' empties it, '$undo' removes its last element if there is one, and every other word is added at the end. The list is empty at first.",
            "Given the list $actions, change a list step by step (add the word, or remove the last element for '$undo', or everything for 'clear') and return the list of its states, one after each action.",
            "A shopping list is written by voice. Every word is put down, except '$undo', which strikes out the last entry, and 'clear', which throws the list away. What stands on the list after each of $actions?",
            "Let s be the empty list. For each a of $actions, in order: if a is 'clear', s becomes empty; if a is '$undo', s loses its last element, or stays empty; otherwise a is appended to s. Return the list of the values of s after the actions.",
        ),
        solutions=(
            """
entries = []
states = []
for action in $actions:
    if action == "clear":
        entries.clear()
    elif action != "$undo":
        entries.append(action)
    elif entries:
        entries.pop()
    states.append(entries.copy())
return states
""",
            """
states = [[]]
for action in $actions:
    if action == "clear":
        states.append([])
    elif action == "$undo":
        states.append(states[-1][:-1])
    else:
        states.append(states[-1] + [action])
return states[1:]
""",
        ),
        reference=lambda actions, undo: _states(actions, str(undo)),
        inputs=lambda rng, undo: ([str(undo) if a == "undo" else a for a in _actions(rng)[0]],),
        edges=(
            ([],),
            (["clear"],),
            (["tea", "clear", "clear", "tea"],),
            (["undo", "back", "scratch"],),
            (["é", "é", "clear", "é"],),
        ),
        idea="Each state is stored as a copy; the list itself goes on changing.",
        pitfall="Appending the list itself stores one and the same object again and again, and all states look like the last.",
        parameters=lambda rng: {"undo": Raw(rng.choice(("undo", "back", "scratch")))},
    ),
    Family(
        name="lists_under_several_names",
        concepts=("copying", "identity", "dictionaries"),
        difficulty=4,
        names="run_statements final_lists lists_by_name interpret_steps values_of_names execute",
        arguments=(
            "steps|statements|lines|program: list[tuple]; what is done, a name, and a list, a number or another name",
        ),
        returns="dict[str, list[int]]",
        phrasings=(
            "Return the list that each name stands for after all $steps, in the order in which the names came up. ('new', n, values) ties n to a new list of the values, ('same', n, m) makes n a second name for the list of m, ('copy', n, m) ties n to a copy of it, and ('add', n, x) appends x to the list of n.",
            "Given a list of triples $steps, carry out what they mean in Python: ('new', n, v) is n = list(v), ('same', n, m) is n = m, ('copy', n, m) is n = m.copy(), ('add', n, x) is n.append(x). Return a dictionary from the names to the contents of their lists at the end; a name keeps its place when it is tied anew.",
            "A teacher asks what the class thinks is in each list after some lines of Python: making a list ('new'), a second name for a list ('same'), a copy ('copy'), an append ('add'). Answer for $steps with a dictionary from names to lists, the names in the order of their first assignment. Every name is assigned before it is used.",
            "Process $steps on a mapping e from names to list objects: ('new', n, v): e[n] is a fresh list with the elements of v; ('same', n, m): e[n] is the object e[m]; ('copy', n, m): e[n] is a fresh list equal to e[m]; ('add', n, x): append x to the object e[n], which is seen through all of its names. Return e.",
        ),
        solutions=(
            """
names = {}
for kind, name, value in $steps:
    if kind == "new":
        names[name] = list(value)
    elif kind == "same":
        names[name] = names[value]
    elif kind == "copy":
        names[name] = names[value].copy()
    else:
        names[name].append(value)
return names
""",
            """
def add(name, value):
    names[name] += [value]

names = {}
actions = {
    "new": lambda name, values: names.update({name: values[:]}),
    "same": lambda name, other: names.update({name: names[other]}),
    "copy": lambda name, other: names.update({name: list(names[other])}),
    "add": add,
}
for kind, name, value in $steps:
    actions[kind](name, value)
return names
""",
        ),
        reference=_finally,
        inputs=_statements,
        edges=(
            ([],),
            ([("new", "a", []), ("same", "b", "a"), ("add", "b", 1)],),
            ([("new", "a", [1]), ("copy", "b", "a"), ("add", "b", 2)],),
            ([("new", "a", [0]), ("same", "a", "a"), ("add", "a", 0)],),
            ([("new", "b", [3]), ("same", "a", "b"), ("new", "b", []), ("add", "a", 4), ("add", "b", 5)],),
        ),
        idea="Assigning a name to another name copies nothing, so an append through one of them is seen through both.",
        pitfall="Copying in the case of 'same' separates two names that should show the same list.",
    ),
)
