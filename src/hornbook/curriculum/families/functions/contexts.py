"""Families on `with`: something before a block and something after it, whatever happens inside."""

from __future__ import annotations

import random
from typing import Any

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw


def _outline(rng: random.Random) -> tuple[list[Any]]:
    def one(depth: int) -> list[Any]:
        parts: list[Any] = [draws.word(rng)]
        for _ in range(rng.randint(0, 2)):
            parts.append(one(depth - 1) if depth > 1 and rng.random() < 0.6 else draws.word(rng))
        return parts

    outline = one(3)
    outline.insert(rng.randint(0, len(outline)), one(2))
    return (outline,)


def _indented(outline: list[Any], mark: str, depth: int = 0) -> list[str]:
    lines: list[str] = []
    for part in outline:
        lines += [mark * depth + part] if isinstance(part, str) else _indented(part, mark, depth + 1)
    return lines


def _transfers(rng: random.Random) -> tuple[dict[str, int], list[list[tuple[str, int]]]]:
    names = rng.sample(draws.FIRST_NAMES, 3)
    balances = {name: rng.randint(0, 15) for name in names}
    return balances, [
        [(rng.choice(names), rng.randint(-9, 9)) for _ in range(rng.randint(1, 3))]
        for _ in range(rng.randint(1, 3))
    ]


def _booked(
    balances: dict[str, int], groups: list[list[tuple[str, int]]], floor: int
) -> tuple[dict[str, int], int]:
    state, failed = balances, 0
    for group in groups:
        tries = [state]
        for name, change in group:
            tries.append({**tries[-1], name: tries[-1][name] + change})
        good = all(min(attempt.values(), default=floor) >= floor for attempt in tries[1:])
        state, failed = (tries[-1], failed) if good else (state, failed + 1)
    return state, failed


def _blocks(rng: random.Random) -> tuple[list[list[str]]]:
    return (
        [
            [rng.choice(("4", "10", "-2", "x", "", "7", "stop")) for _ in range(rng.randint(1, 4))]
            for _ in range(rng.randint(1, 3))
        ],
    )


def _sums(blocks: list[list[str]]) -> list[int]:
    sums = []
    for block in blocks:
        good: list[int] = []
        for text in block:
            if not text.lstrip("-").isdigit():
                break
            good.append(int(text))
        sums.append(sum(good))
    return sums


def _tags(words: list[str], names: list[str]) -> str:
    opening = "".join(f"<{name}>" for name in names)
    closing = "".join(f"</{name}>" for name in names[::-1])
    return opening + " ".join(words) + closing


FAMILIES: tuple[Family, ...] = (
    Family(
        name="indented_outline",
        concepts=("context_managers", "recursion", "nested_data"),
        difficulty=5,
        names="outline_lines indent_outline print_outline show_outline nested_lines write_outline",
        arguments=("outline|tree|entries|parts: list; strings and lists of the same kind",),
        returns="list[str]",
        phrasings=(
            "Return the strings of the nested list $outline in order, each with '$mark' in front once for every list it lies in below the outermost one.",
            "Given $outline, a list of strings and further such lists, write its strings one below the other: those directly in it as they are, those in an inner list with '$mark' in front, those another level down with '$mark' twice, and so on. Return the list of lines.",
            "The contents of a book are kept as nested lists: a list inside the list holds the sections of the title before it. Print the contents with '$mark' in front of each title for every level it is deeper than the top. Which lines are printed for $outline?",
            "Return, in the order in which they are written from left to right, the strings of $outline, each preceded by d copies of '$mark', where d is the number of lists around it minus 1. Empty lists give no line.",
        ),
        solutions=(
            """
class Indenter:
    def __init__(self):
        self.depth = 0
        self.lines = []

    def __enter__(self):
        self.depth += 1

    def __exit__(self, kind, error, trace):
        self.depth -= 1

def write(parts):
    for part in parts:
        if isinstance(part, str):
            indenter.lines.append("$mark" * indenter.depth + part)
        else:
            with indenter:
                write(part)

indenter = Indenter()
write($outline)
return indenter.lines
""",
            """
lines = []
for part in $outline:
    if isinstance(part, str):
        lines.append(part)
    else:
        lines += ["$mark" + line for line in $self(part)]
return lines
""",
        ),
        reference=lambda outline, mark: _indented(outline, str(mark)),
        inputs=lambda rng, mark: _outline(rng),
        edges=(([],), ([[]],), ([["a"], "b"],), (["a", ["b", ["c"], "d"], "e"],), ([[["é"]], ""],)),
        idea="Entering the block makes the depth larger and leaving it makes it smaller again, so it is always right for what stands inside.",
        pitfall="Raising the depth by hand and returning early leaves all later lines one level too deep.",
        parameters=lambda rng: {"mark": Raw(rng.choice(("- ", "  ", "* ", "> ", "..")))},
    ),
    Family(
        name="all_or_nothing_bookings",
        concepts=("context_managers", "copying", "dictionaries"),
        difficulty=5,
        names="book_groups apply_groups all_or_nothing run_bookings book_or_undo apply_bookings",
        arguments=(
            "balances|accounts|funds|points: dict[str, int]; what everybody has",
            "groups|bookings|batches: list[list[tuple[str, int]]]; groups of (name, change)",
        ),
        returns="tuple[dict[str, int], int]",
        phrasings=(
            "Return the balances after all $groups of bookings, and how many groups failed, as a pair. A group is booked change by change; as soon as the changed balance is less than $floor, the whole group is undone and counts as failed. $balances itself must not change.",
            "Given $balances and a list of $groups, work through the groups in order. Each is a list of pairs (name, change) that are added one after the other; if one of them brings its balance below $floor, everything this group has done is taken back. Return a new dictionary, in the order of $balances, and the number of groups taken back. All names are known.",
            "A club keeps $what for its members. Changes come in groups that belong together: either all of a group are booked or none. A group is given up when somebody would have less than $floor at any moment. What does everybody have after $groups, and how many groups were given up?",
            "Let b be a copy of $balances and f = 0. For each group: let c be a copy of b; for each (n, d) of it in order add d to c[n]; if c[n] < $floor at any of these moments, add 1 to f and keep b, otherwise let b be c. Return (b, f).",
        ),
        solutions=(
            """
from contextlib import contextmanager

@contextmanager
def undo_on_error(accounts):
    before = dict(accounts)
    try:
        yield
    except ValueError:
        accounts.update(before)
        failures.append(before)

failures = []
state = dict($balances)
for group in $groups:
    with undo_on_error(state):
        for name, change in group:
            state[name] += change
            if state[name] < $floor:
                raise ValueError(name)
return state, len(failures)
""",
            """
state = dict($balances)
failed = 0
for group in $groups:
    attempt = dict(state)
    for name, change in group:
        attempt[name] += change
        if attempt[name] < $floor:
            failed += 1
            break
    else:
        state = attempt
return state, failed
""",
        ),
        reference=lambda balances, groups, floor, what: _booked(balances, groups, floor),
        inputs=lambda rng, floor, what: _transfers(rng),
        edges=(
            ({}, []),
            ({"Ada": 5}, [[]]),
            ({"Ada": 5}, [[("Ada", -99)], [("Ada", 1)]]),
            ({"Ada": 5, "Ben": 5}, [[("Ada", 3), ("Ben", -50), ("Ada", 1)]]),
            ({"Ada": 0}, [[("Ada", -20), ("Ada", 30)], [("Ada", 2)]]),
        ),
        idea="The manager remembers the state before the block and puts it back if the block fails, so the block need not know how to undo itself.",
        pitfall="Remembering the dictionary itself instead of a copy of it remembers nothing: both names show the same changes.",
        parameters=lambda rng: {
            "floor": rng.choice((0, -3, -5)),
            "what": Raw(rng.choice(("points", "credit", "hours"))),
        },
    ),
    Family(
        name="sums_up_to_the_first_fault",
        concepts=("context_managers", "exceptions", "accumulation"),
        difficulty=4,
        names="sums_until_fault partial_sums sum_blocks add_until_error sums_of_blocks readable_sums",
        arguments=("blocks|groups|pages|lists: list[list[str]]; texts that should be whole numbers",),
        returns="list[int]",
        phrasings=(
            "Return for each of $blocks $k times the sum of its texts as integers, up to the first text that is no whole number; the rest of that block is left out.",
            "Given a list $blocks of lists of strings, add up the numbers of each inner list from the left, stop in that list at the first string for which `int` raises ValueError, and return the list of the sums, each multiplied by $k. A block that is empty or begins with such a string gives 0.",
            "Pages with amounts in units of $k were scanned, but on some the scanner stopped making sense at a certain line, and from there on nothing on that page can be trusted. Add up the trustworthy numbers of each page in $blocks and multiply each sum by $k.",
            "For each list b in $blocks let s be the sum of int(t) over the longest beginning of b in which every t consists of digits, perhaps after a minus sign. Return the list of $k * s.",
        ),
        solutions=(
            """
from contextlib import suppress

sums = []
for block in $blocks:
    total = 0
    with suppress(ValueError):
        for text in block:
            total += int(text)
    sums.append($k * total)
return sums
""",
            """
from itertools import takewhile

def is_whole(text):
    return text.removeprefix("-").isdecimal()

return [sum($k * int(text) for text in takewhile(is_whole, block)) for block in $blocks]
""",
        ),
        reference=lambda blocks, k: [k * total for total in _sums(blocks)],
        inputs=lambda rng, k: _blocks(rng),
        edges=(([],), ([[]],), ([["x", "5"]],), ([["5", "", "7"], ["-1"]],), ([["1", "2"], ["3", "4.0"]],)),
        idea="The block is left at the first failure, and the manager sees to it that the program goes on behind the block.",
        pitfall="With `suppress` inside the inner loop, only the bad text is skipped and the ones behind it still count.",
        parameters=lambda rng: {"k": rng.choice((2, 3, 10, 100))},
    ),
    Family(
        name="words_inside_elements",
        concepts=("context_managers", "string_building", "generators"),
        difficulty=4,
        names="wrap_in_elements tagged_text nest_elements inside_elements wrap_words enclose",
        arguments=(
            "words|texts|parts: list[str]; what stands inside",
            "names|elements|tags: list[str]; the names of the elements from the outermost to the innermost",
        ),
        returns="str",
        phrasings=(
            "Return $words joined by '$sep' inside nested elements with the given $names. An element is written as <name>, what is inside it, and </name>; the first name is the outermost element.",
            "Given $words and a list of $names, open an element <name> for each name in order, write the words with '$sep' between them, and close the elements again with </name>, the last opened first. Return the whole as one string; without names it is just the words.",
            "A web page puts a text into elements in elements, like boxes: <p><b>tea</b></p>. Write the $words, with '$sep' in between, inside elements called $names, the first of which is the box around everything.",
            "Return the concatenation of '<' + n + '>' for all n of $names in order, the elements of $words joined by '$sep', and '</' + n + '>' for all n of $names in reverse order.",
        ),
        solutions=(
            """
from contextlib import ExitStack, contextmanager

@contextmanager
def element(name):
    parts.append(f"<{name}>")
    yield
    parts.append(f"</{name}>")

parts = []
with ExitStack() as open_elements:
    for name in $names:
        open_elements.enter_context(element(name))
    parts.append("$sep".join($words))
return "".join(parts)
""",
            """
text = "$sep".join($words)
for name in reversed($names):
    text = f"<{name}>{text}</{name}>"
return text
""",
            """
if not $names:
    return "$sep".join($words)
first, *others = $names
return "<" + first + ">" + $self($words, others) + "</" + first + ">"
""",
        ),
        reference=lambda words, names, sep: _tags([str(sep).join(words)], names),
        inputs=lambda rng, sep: (
            draws.words(rng, 1, 3),
            rng.sample(("p", "b", "div", "em", "li", "ul"), rng.randint(1, 3)),
        ),
        edges=(
            ([], []),
            (["tea"], []),
            ([], ["p"]),
            (["é", ""], ["b", "b"]),
            (["a", "b"], ["ul", "li", "em"]),
        ),
        idea="What was opened last is closed first; nested `with` blocks, or a stack of them, do that by themselves.",
        pitfall="Closing in the order of opening gives <p><b>tea</p></b>, which is not nested.",
        parameters=lambda rng: {"sep": Raw(rng.choice((" ", ", ", "/", "-")))},
    ),
)
