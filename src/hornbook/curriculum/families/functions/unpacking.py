"""Families on tying several names at once to the parts of a value."""

from __future__ import annotations

import random

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw


def _jury(marks: list[int]) -> int:
    middle = list(marks)
    middle.remove(max(marks))
    middle.remove(min(marks))
    return sum(middle) * 10 // len(middle)


def _cities(rng: random.Random, low: int) -> tuple[list[tuple[str, tuple[int, int]]]]:
    def one() -> tuple[str, tuple[int, int]]:
        night = rng.randint(-8, 15)
        return rng.choice(draws.WORDS).capitalize(), (night, night + low + rng.choice((-3, -1, 0, 0, 2, 5)))

    return ([one() for _ in range(rng.randint(2, 5))],)


def _command(rng: random.Random) -> tuple[list[str]]:
    def one() -> str:
        return rng.choice((" ", "")) + " ".join(
            [rng.choice(("open", "move", "copy", "stop")), *draws.words(rng, 0, 3)]
        )

    return ([one() for _ in range(rng.randint(1, 3))],)


def _as_calls(lines: list[str], join: str) -> list[str]:
    return [
        words[0] + "(" + join.join(words[1:]) + ")" for words in (line.split() for line in lines) if words
    ]


def _ring(places: list[str], rounds: int) -> list[str]:
    size = len(places)
    return [places[(i + rounds) % size] for i in range(size)]


FAMILIES: tuple[Family, ...] = (
    Family(
        name="jury_without_extremes",
        concepts=("unpacking", "sorting", "integer_division"),
        difficulty=2,
        names="jury_score mark_of_jury fair_score middle_score trimmed_score rate",
        arguments=("marks|scores|points|votes: list[int]; at least three marks",),
        returns="int",
        phrasings=(
            "Return the score for $marks: leave out one lowest and one highest mark and take ten times the average of the others, rounded down. There are at least three marks.",
            "Given at least three integers $marks, drop the smallest and the largest (only one of each, even if several are equal) and return the sum of the rest times 10, divided by their number and rounded down.",
            "At a $sport contest the jury's lowest and highest marks do not count, one of each. The score is the average of the remaining marks in tenths, without any further digits: an average of 7.66... is 76. What is it for $marks?",
            "Let s be the sum of $marks minus their minimum and their maximum, and n their number minus 2, which is at least 1. Return 10 * s // n.",
        ),
        solutions=(
            """
lowest, *middle, highest = sorted($marks)
return sum(middle) * 10 // len(middle)
""",
            """
$total = 0
$left = $right = $marks[0]
for mark in $marks:
    $total += mark
    $left = min($left, mark)
    $right = max($right, mark)
return 10 * ($total - $left - $right) // (len($marks) - 2)
""",
        ),
        reference=lambda marks, sport: _jury(marks),
        inputs=lambda rng, sport: (draws.ints(rng, 4, 7, 1, 10),),
        edges=(([5, 5, 5],), ([1, 2, 10],), ([0, 0, 0, 7],), ([9, 9, 9, 1, 1],), ([10, 3, 8],)),
        idea="After sorting, the extremes stand at the ends, and a starred name between two others takes exactly the middle.",
        pitfall="Removing all marks equal to the lowest drops too many when two judges agree.",
        parameters=lambda rng: {
            "sport": Raw(rng.choice(("diving", "skating", "dance", "baking", "singing")))
        },
    ),
    Family(
        name="cities_with_wide_range",
        concepts=("unpacking", "nested_data", "sorting_with_key"),
        difficulty=2,
        names="wide_ranges cities_with_range large_spans report_spans by_span widest_first",
        arguments=(
            "records|places|cities|data: list[tuple[str, tuple[int, int]]]; a name with the lowest and highest value",
        ),
        returns="list[str]",
        phrasings=(
            "Return texts of the form 'name: span' for all $records (name, (low, high)) whose span, high minus low, is at least $k. The widest span comes first; records with equal spans keep their order.",
            "Given a list $records of a name and a pair (low, high) each, keep those with high - low >= $k, sort them by that difference in descending order (equal ones stay as they were) and return them as strings such as 'Oslo: 12'.",
            "A weather page lists places where the $what differs much between night and day, by $k or more, as 'Rome: 14', the largest difference on top and otherwise in the order of $records, whose entries look like ('Rome', (9, 23)). What does it list?",
            "For each (n, (a, b)) in $records with b - a >= $k form the string n + ': ' + str(b - a). Return the list of these strings, stably sorted by b - a from large to small.",
        ),
        solutions=(
            """
spans = [(name, high - low) for name, (low, high) in $records]
wide = [$pair for $pair in spans if $pair[1] >= $k]
wide.sort(key=lambda $pair: -$pair[1])
return [f"{name}: {span}" for name, span in wide]
""",
            """
$groups = {}
for name, (low, high) in $records:
    if high - low >= $k:
        $groups.setdefault(high - low, []).append(name)
$result = []
for span in sorted($groups, reverse=True):
    $result += [f"{name}: {span}" for name in $groups[span]]
return $result
""",
        ),
        reference=lambda records, k, what: [
            f"{name}: {span}"
            for span in range(200, k - 1, -1)
            for name, ends in records
            if ends[1] - ends[0] == span
        ],
        inputs=lambda rng, k, what: _cities(rng, k),
        edges=(
            ([],),
            ([("Oslo", (0, 0))],),
            ([("A", (-5, 15)), ("B", (0, 30)), ("C", (1, 21))],),
            ([("Zürich", (-9, 9)), ("Bonn", (1, 19))],),
        ),
        idea="The names on the left mirror the shape of the record, so every part gets a name in the head of the loop.",
        pitfall="`for name, low, high in records` fails: the record has two parts, and the second has two parts again.",
        parameters=lambda rng: {
            "k": rng.randint(8, 12),
            "what": Raw(rng.choice(("temperature", "humidity", "water level"))),
        },
    ),
    Family(
        name="command_lines_as_calls",
        concepts=("unpacking", "parsing", "string_formatting"),
        difficulty=2,
        names="lines_to_calls commands_as_calls convert_commands rewrite to_calls parse_commands",
        arguments=("lines|commands|inputs|script: list[str]; words separated by blanks",),
        returns="list[str]",
        phrasings=(
            "Return each of $lines rewritten as a call: the first word, then in brackets all further words separated by '$join'. Lines without a word are left out.",
            "Given a list of strings $lines, turn every line such as 'copy a b' into 'copy(a${join}b)' and return the list of the results. A line of one word gets empty brackets; lines that are empty or consist of blanks give nothing.",
            "An old game understands 'move lamp table', its new version 'move(lamp${join}table)'. Rewrite the script $lines for the new version. Words are separated by one or more blanks, there may be blanks at the ends, and blank lines are dropped.",
            "Split every string of $lines at white space into words w0, w1, ..., wn. Return in order the strings w0 + '(' + w1 + '$join' + ... + '$join' + wn + ')' of all lines with at least one word; for n = 0 the brackets are empty.",
        ),
        solutions=(
            """
$result = []
for line in $lines:
    if line.strip():
        command, *rest = line.split()
        $result.append(f"{command}({'$join'.join(rest)})")
return $result
""",
            """
words = [line.split() for line in $lines]
return [first[0] + "(" + "$join".join(first[1:]) + ")" for first in words if first]
""",
        ),
        reference=lambda lines, join: _as_calls(lines, str(join)),
        inputs=lambda rng, join: _command(rng),
        edges=(
            ([],),
            ([""],),
            (["   ", "go"],),
            (["  stop  "],),
            (["copy  a   b"],),
            (["öffne tür", "x y z"],),
        ),
        idea="`command, *rest = words` takes the first word by itself and whatever follows, be it nothing, as a list.",
        pitfall="Unpacking an empty list fails, since the name without a star needs a value; blank lines have to be sorted out before.",
        parameters=lambda rng: {"join": Raw(rng.choice((", ", ",", "; ")))},
    ),
    Family(
        name="everybody_moves_on",
        concepts=("unpacking", "list_building", "simulation"),
        difficulty=1,
        names="move_on pass_on after_moving next_round rotate_places shift_people",
        arguments=("places|people|seats|players: list[str]; who or what stands where, at least one",),
        returns="list[str]",
        phrasings=(
            "Return the order of $places after $k moves. In a move the element at the front goes to the end and all others move up by one. The list is not empty and is not to be changed.",
            "Given a list $places with at least one element, take the first element away and put it at the end, $k times in all, and return the new list. $places itself stays as it is.",
            "In a $line the first one is sent to the very back, then whoever is first now, and so on, $k times in all. Who stands where after that? Return a new list; $places has at least one name in it.",
            "Return a new list in which the element at position i is the one at position (i + $k) modulo the length of $places. The length is at least 1 and may be smaller than $k.",
        ),
        solutions=(
            """
for _ in range($k):
    first, *others = $places
    $places = [*others, first]
return $places
""",
            """
cut = $k % len($places)
front, back = $places[:cut], $places[cut:]
return back + front
""",
        ),
        reference=lambda places, k, line: _ring(places, k),
        inputs=lambda rng, k, line: (rng.sample(draws.WORDS, rng.randint(k - 1, k + 3)),),
        edges=(
            (["a"],),
            (["a", "b"],),
            (["a", "b", "c"],),
            (["a", "b", "a", "b"],),
            (["é", "x", "y", "z", "q"],),
        ),
        idea="The star takes everything behind the first element, and a list with a star inside puts the two back in the other order.",
        pitfall="`places.append(places.pop(0))` also moves the elements, but in the caller's own list.",
        parameters=lambda rng: {
            "k": rng.randint(2, 4),
            "line": Raw(rng.choice(("waiting line", "line at the ferry", "queue for the slide"))),
        },
    ),
)
