"""Families on runs: stretches of neighbouring elements that belong together."""

from __future__ import annotations

import random
from itertools import groupby

from hornbook.curriculum import draws
from hornbook.curriculum.families.wording import part
from hornbook.curriculum.family import Family, Raw


def _stretches(rng: random.Random) -> list[int]:
    numbers: list[int] = []
    for _ in range(rng.randint(2, 4)):
        start = (numbers[-1] if numbers else rng.randint(-3, 4)) + rng.randint(2, 4)
        numbers += range(start, start + rng.randint(1, 4))
    return numbers


def _spells(days: str, mark: str, pause: int) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for i, day in enumerate(days):
        if day == mark:
            if found and i - sum(found[-1]) <= pause:
                found[-1] = (found[-1][0], i - found[-1][0] + 1)
            else:
                found.append((i, 1))
    return found


FAMILIES: tuple[Family, ...] = (
    Family(
        name="longest_run_bounds",
        concepts=("runs", "list_indexing", "min_max"),
        difficulty=3,
        names="longest_run_bounds longest_streak run_position where_longest find_streak",
        arguments=("items|colours|results|letters: list[str]; any texts",),
        returns="tuple[int, int] | None",
        phrasings=(
            "Return the indices (first, last) of the longest run of equal neighbours in $items that has at least $k elements, the $which one if several are equally long, or None if there is no such run.",
            "Find the longest stretch of neighbouring equal texts in $items and give the positions of its first and last element as a tuple. On ties take the $which stretch. If even the longest has fewer than $k elements, return None.",
            "A team writes down its results in $items. From which to which index (both included) does its longest series of equal results go? Of several longest ones the $which counts, and series shorter than $k are not worth mentioning: then the answer is None.",
            "Among all maximal intervals [a, b] of indices on which $items is constant choose one with the largest b - a + 1, the $which in the list on ties. Return (a, b) if b - a + 1 >= $k and None otherwise, also for the empty list.",
        ),
        solutions=(
            """
$best = None
most = $least
$left = 0
for $i in range(1, len($items) + 1):
    if $i == len($items) or $items[$i] != $items[$left]:
        if $i - $left $op most:
            $best, most = ($left, $i - 1), $i - $left
        $left = $i
return $best
""",
            """
from itertools import groupby
$result = []
$i = 0
for _, $row in groupby($items):
    size = len(list($row))
    $result.append((size, $i, $i + size - 1))
    $i += size
if not $result or max($result)[0] < $k:
    return None
return $fn($result, key=lambda $item: ($sign$item[0], $item[1]))[1:]
""",
        ),
        reference=lambda items, k, least, which, op, fn, sign: (
            lambda runs: (
                None
                if not runs or max(runs)[0] < k
                else next(r[1:] for r in (runs if which == "first" else runs[::-1]) if r[0] == max(runs)[0])
            )
        )(
            [
                (b - a + 1, a, b)
                for a in range(len(items))
                for b in range(a, len(items))
                if len(set(items[a : b + 1])) == 1
                and (a == 0 or items[a - 1] != items[a])
                and (b + 1 == len(items) or items[b + 1] != items[b])
            ]
        ),
        parameters=lambda rng: (
            lambda k, first: {
                "k": k,
                "least": k - 1 if first else k,
                "which": Raw("first" if first else "last"),
                "op": Raw(">" if first else ">="),
                "fn": Raw("min" if first else "max"),
                "sign": Raw("-" if first else ""),
            }
        )(rng.randint(2, 3), rng.random() < 0.5),
        inputs=lambda rng, **_: (
            [x for letter in rng.choices("WDL", k=rng.randint(3, 4)) for x in letter * rng.randint(1, 3)],
        ),
        edges=(
            ([],),
            (["a"],),
            (["a", "b"],),
            (["a", "a", "b", "b"],),
            (["a", "b", "b", "c", "c", "c"],),
            (["x", "x", "x", "y"],),
        ),
        idea="A run ends where the next element differs or the list is over; at that moment its length is known and compared with the best.",
        pitfall="Recording runs only at a change forgets a run that reaches the end of the list.",
    ),
    Family(
        name="numbers_as_ranges",
        concepts=("runs", "string_formatting", "list_building"),
        difficulty=3,
        names="numbers_as_ranges page_ranges compress_numbers write_ranges shorten_list",
        arguments=("numbers|pages|seats|days: list[int]; different integers in ascending order",),
        returns="str",
        phrasings=(
            "Write $numbers as a text in which every run of at least $k consecutive integers is shortened to its first and last number with '$dash' between them. All other numbers stand alone, and the parts are joined by '$sep'.",
            "Shorten the ascending list $numbers: $k or more successive integers become 'first${dash}last'; what is not in such a run is written number by number. Join everything by '$sep'; an empty list gives ''.",
            "An index lists pages, $numbers in ascending order. How does the entry read when $k or more pages in a row are printed as the first and the last page with '$dash' between, and '$sep' separates the parts?",
            "Split $numbers into maximal runs of integers that differ by 1. Replace a run a..b of at least $k numbers by the text of a, '$dash' and the text of b, and a shorter run by its single numbers; return all parts, in order, joined by '$sep'.",
        ),
        solutions=(
            """
runs = []
for $item in $numbers:
    if runs and runs[-1][-1] == $item - 1:
        runs[-1].append($item)
    else:
        runs.append([$item])
$result = []
for $row in runs:
    if len($row) >= $k:
        $result.append(f"{$row[0]}$dash{$row[-1]}")
    else:
        $result.extend(map(str, $row))
return "$sep".join($result)
""",
            """
from itertools import groupby
$result = []
for _, $row in groupby(enumerate($numbers), key=lambda $pair: $pair[1] - $pair[0]):
    run = [str($item) for _, $item in $row]
    if len(run) >= $k:
        run = [run[0] + "$dash" + run[-1]]
    $result += run
return "$sep".join($result)
""",
            """
$result = []
$i = 0
while $i < len($numbers):
    $j = $i
    while $j + 1 < len($numbers) and $numbers[$j + 1] == $numbers[$j] + 1:
        $j += 1
    if $j - $i + 1 < $k:
        $j = $i
        $result.append(str($numbers[$i]))
    else:
        $result.append(f"{$numbers[$i]}$dash{$numbers[$j]}")
    $i = $j + 1
return "$sep".join($result)
""",
        ),
        reference=lambda numbers, k, dash, sep: sep.join(
            part
            for _, group in groupby(numbers, key=lambda n: n - numbers.index(n))
            for run in [[str(n) for n in group]]
            for part in ([f"{run[0]}{dash}{run[-1]}"] if run[k - 1 :] else run)
        ),
        parameters=lambda rng: {
            "k": rng.randint(2, 3),
            "dash": Raw(rng.choice((" to ", "..", "~", ":"))),
            "sep": Raw(rng.choice((", ", "; ", " "))),
        },
        inputs=lambda rng, **_: (_stretches(rng),),
        edges=(([],), ([5],), ([1, 2],), ([1, 2, 3],), ([-1, 0, 1, 5],), ([1, 3, 5],), ([1, 2, 5, 6, 7, 8],)),
        idea="A number continues the run exactly when it is one more than the last number of the run.",
        pitfall="Writing a run down only when the next number breaks it forgets the run at the end of the list.",
    ),
    Family(
        name="count_rising_stretches",
        concepts=("runs", "counting", "neighbouring_pairs"),
        difficulty=2,
        names="rising_stretches count_climbs upward_runs count_trends trends",
        arguments=("values|prices|levels|heights: list[int]; numbers in order of time",),
        returns="int",
        phrasings=(
            "Return how many stretches of $values $verb at every step for at least $k steps in a row. A stretch is taken as long as possible, so stretches never overlap in a step.",
            "Count the maximal sequences of at least $k successive steps in which each number of $values $relation the one before it.",
            "A trader calls it a trend if the price $verb_s at least $k times in a row. How many trends are there in $values? A longer series is still one trend.",
            "Mark each step from $values[i] to $values[i + 1] as good if the second number $relation the first one. Return the number of maximal blocks of neighbouring good steps that consist of $k or more steps.",
        ),
        solutions=(
            """
$count = steps = 0
for $previous, $item in zip($values, $values[1:]):
    if $item $op $previous:
        steps += 1
        if steps == $k:
            $count += 1
    else:
        steps = 0
return $count
""",
            """
from itertools import groupby, pairwise
good = [$right $op $left for $left, $right in pairwise($values)]
$total = 0
for kind, $row in groupby(good):
    if kind and len(list($row)) >= $k:
        $total += 1
return $total
""",
            """
marks = ""
for $i in range(1, len($values)):
    marks += "x" if $values[$i] $op $values[$i - 1] else " "
return len([$word for $word in marks.split() if len($word) >= $k])
""",
        ),
        reference=lambda values, k, op, **_: sum(
            all(draws.COMPARISONS[op][1](values[j + 1], values[j]) for j in range(i, i + k))
            and (i == 0 or not draws.COMPARISONS[op][1](values[i], values[i - 1]))
            for i in range(len(values) - k)
        ),
        parameters=lambda rng: {
            "k": rng.randint(2, 3),
            **part(
                rng,
                {"op": ">", "verb": "rise", "verb_s": "rises", "relation": "is larger than"},
                {"op": "<", "verb": "fall", "verb_s": "falls", "relation": "is smaller than"},
                {
                    "op": ">=",
                    "verb": "do not fall",
                    "verb_s": "does not fall",
                    "relation": "is at least as large as",
                },
            ),
        },
        inputs=lambda rng, **_: (
            sorted(draws.ints(rng, 2, 5, 1, 9))
            + sorted(draws.ints(rng, 2, 5, 1, 9), reverse=rng.random() < 0.6),
        ),
        edges=(
            ([],),
            ([1],),
            ([1, 2, 3, 4],),
            ([4, 3, 2, 1],),
            ([2, 2, 2],),
            ([1, 2, 1, 2, 1],),
            ([3, 1, 2, 3, 0, 5, 6, 6],),
        ),
        idea="A counter of good steps in a row starts again at each bad one; the moment it reaches $k a new stretch is counted, once.",
        pitfall="Counting whenever the counter is at least $k counts long stretches several times.",
    ),
    Family(
        name="spells_with_pauses",
        concepts=("runs", "tuples", "list_indexing"),
        difficulty=4,
        names="spells_with_pauses find_spells work_periods active_phases periods",
        arguments=("days|states|signal|log: str; one character per day",),
        returns="list[tuple[int, int]]",
        phrasings=(
            "A spell is a stretch of $days that begins and ends with '$mark' and contains at most $pause other characters in a row. Return the longest possible spells in order, each as (index of its first day, number of its days).",
            "Find all days marked '$mark' in $days and join two of them to the same spell if not more than $pause other days lie between them and no further '$mark'. Give a (start, length) tuple for each spell, from left to right; the pauses inside count to its length.",
            "A diary has one sign per day, and '$mark' means rain. Rainy days with up to $pause other days between them belong to one rainy spell. Which spells, as pairs of the first index and the number of days from the first to the last rainy day, does $days contain?",
            "Let p1 < p2 < ... be the indices of '$mark' in $days. Cut this sequence wherever two neighbours differ by more than $pause + 1, and return for each piece a..b the tuple (a, b - a + 1), in ascending order.",
        ),
        solutions=(
            """
$result = []
for $i, $char in enumerate($days):
    if $char != "$mark":
        continue
    if $result and $i - $right <= $pause + 1:
        $result[-1] = ($result[-1][0], $i - $result[-1][0] + 1)
    else:
        $result.append(($i, 1))
    $right = $i
return $result
""",
            """
marked = [$i for $i, $char in enumerate($days) if $char == "$mark"]
groups = []
for $i in marked:
    if not groups or $i > groups[-1][-1] + $pause + 1:
        groups.append([])
    groups[-1].append($i)
return [($row[0], $row[-1] - $row[0] + 1) for $row in groups]
""",
            """
import re
pattern = r"$mark(?:[^$mark]{0,$pause}$mark)*"
$result = []
for match in re.finditer(pattern, $days):
    $left, $right = match.span()
    $result.append(($left, $right - $left))
return $result
""",
        ),
        reference=lambda days, mark, pause: _spells(days, mark, pause),
        parameters=lambda rng: {"mark": Raw(rng.choice("r#x1")), "pause": rng.randint(2, 3)},
        inputs=lambda rng, mark, pause: (
            "".join(
                rng.choice((mark, mark, "." * rng.randint(1, pause + 2))) for _ in range(rng.randint(5, 8))
            ),
        ),
        edges=(("",), ("r",), ("...",), ("x..x",), ("#.#...#",), ("1-1--1---1",), ("rr--r----rr",)),
        idea="Only the distance to the previous marked day matters: if it is small, the last spell grows, otherwise a new one begins.",
        pitfall="Ending a spell at the first other day ignores the pauses that are allowed; only the next mark decides.",
    ),
)
