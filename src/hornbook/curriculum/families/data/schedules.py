"""Families on intervals: bookings, stays, free hours, guests, stretches covered.

Intervals are (start, end) pairs of integers with start < end unless a family says otherwise.
"""

from __future__ import annotations

import itertools
import random

from hornbook.curriculum.families.wording import part
from hornbook.curriculum.family import Family


def _intervals(
    rng: random.Random, low: int = 2, high: int = 5, first: int = 0, last: int = 24
) -> list[tuple[int, int]]:
    pairs = []
    for _ in range(rng.randint(low, high)):
        start = rng.randint(first, last - 1)
        pairs.append((start, min(last, start + rng.randint(1, 6))))
    return pairs


FAMILIES: tuple[Family, ...] = (
    Family(
        name="merge_bookings",
        concepts=("intervals", "sorting", "list_building"),
        difficulty=4,
        names="merge_bookings join_intervals merge_close combine_periods simplify",
        arguments=(
            "bookings|intervals|periods|shifts: list[tuple[int, int]]; (start, end) pairs in any order",
        ),
        returns="list[tuple[int, int]]",
        phrasings=(
            "Merge the (start, end) pairs of $bookings that overlap or have a pause of at most $pause between them. Return the merged pairs sorted by start.",
            "Join neighbouring periods in $bookings whenever the next one starts no later than $pause after the latest end so far; periods may come in any order. Return the resulting (start, end) tuples in order of their starts.",
            "Two intervals of $bookings belong to the same block when they overlap, or when the gap from the end of one to the start of the next is $pause or less. Give the blocks as (start, end) tuples, earliest first.",
            "Which blocks remain when intervals of $bookings that overlap or are at most $pause apart are put together? Answer with a sorted list of (start, end) tuples.",
        ),
        solutions=(
            """
$result = []
for $left, $right in sorted($bookings):
    if $result and $left <= $result[-1][1] + $pause:
        $previous = $result.pop()
        $right = max($right, $previous[1])
        $left = $previous[0]
    $result.append(($left, $right))
return $result
""",
            """
$groups = []
for $pair in sorted($bookings):
    if $groups and $pair[0] - $groups[-1][1] <= $pause:
        $groups[-1][1] = max($groups[-1][1], $pair[1])
    else:
        $groups.append(list($pair))
return [tuple($pair) for $pair in $groups]
""",
            """
if not $bookings:
    return []
$result = []
$left, $right = min($bookings)
for $i, $j in sorted($bookings):
    if $i > $right + $pause:
        $result.append(($left, $right))
        $left, $right = $i, $j
    $right = max($right, $j)
return $result + [($left, $right)]
""",
        ),
        reference=lambda bookings, pause: _blocks(bookings, pause),
        parameters=lambda rng: {"pause": rng.choice((1, 2, 3, 5))},
        inputs=lambda rng, pause: (_intervals(rng, 2, 5, 0, 30),),
        edges=(([],), ([(3, 4)],), ([(5, 6), (1, 2)],), ([(1, 9), (2, 3)],), ([(1, 2), (1, 2), (2, 8)],)),
        idea="After sorting by start only the last block can touch the next interval, so one pass is enough.",
        pitfall="A short interval inside a long one must not shorten the block: take the larger of the two ends.",
    ),
    Family(
        name="shared_days",
        concepts=("intervals", "min_max", "tuples"),
        difficulty=2,
        names="shared_days common_days overlap_in_days days_together compare",
        arguments=(
            "stay|visit|first|mine: tuple[int, int]; first and last day of one stay",
            "other_stay|second|theirs|yours: tuple[int, int]; first and last day of the other stay",
        ),
        returns="int",
        phrasings=(
            "Two stays are given as (first day, last day), both days included. Return the number of days that $stay and $other_stay have in common, or 0 if that number is below $least.",
            "Count the days that lie in $stay as well as in $other_stay. Each is a tuple of its first and its last day, and both of these belong to it. An overlap of fewer than $least days counts as 0.",
            "Compute the length in days of the overlap of $stay and $other_stay, pairs of day numbers whose ends are inclusive; overlaps shorter than $least days are reported as 0.",
            "On how many days are the guests of $stay and $other_stay (first and last day, inclusive) there together? Answer 0 when it is fewer than $least.",
        ),
        solutions=(
            """
$count = min($stay[1], $other_stay[1]) - max($stay[0], $other_stay[0]) + 1
return $count if $count >= $least else 0
""",
            """
$count = 0
for day in range($stay[0], $stay[1] + 1):
    if $other_stay[0] <= day <= $other_stay[1]:
        $count += 1
if $count < $least:
    return 0
return $count
""",
            """
$left = set(range($stay[0], $stay[1] + 1))
$right = set(range($other_stay[0], $other_stay[1] + 1))
$count = len($left & $right)
return $count if $count >= $least else 0
""",
        ),
        reference=lambda stay, other_stay, least: (lambda days: days if days >= least else 0)(
            sum(stay[0] <= day and day <= stay[1] for day in range(other_stay[0], other_stay[1] + 1))
        ),
        parameters=lambda rng: {"least": rng.randint(2, 4)},
        inputs=lambda rng, least: (
            (rng.randint(1, 8), rng.randint(8, 16)),
            (rng.randint(4, 12), rng.randint(13, 20)),
        ),
        edges=(((1, 3), (4, 6)), ((1, 4), (4, 6)), ((2, 2), (2, 2)), ((1, 20), (5, 9)), ((9, 12), (1, 2))),
        idea="The overlap begins at the later of the two starts and ends at the earlier of the two ends; the + 1 counts both end days.",
        pitfall="Without a test for small or negative results, two stays that never meet give a negative number of days.",
    ),
    Family(
        name="free_slots",
        concepts=("intervals", "sorting", "conditionals"),
        difficulty=4,
        names="free_slots gaps_in_day open_times find_gaps plan",
        arguments=(
            "meetings|bookings|busy|lessons: list[tuple[int, int]]; (start, end) hours in any order, may overlap",
        ),
        returns="list[tuple[int, int]]",
        phrasings=(
            "A room is open from hour $opens to hour $closes. Return the free slots of at least $least hours between the (start, end) pairs in $meetings, as sorted (start, end) tuples.",
            "Given the hours taken in $meetings (pairs of start and end, in any order, possibly overlapping, all between $opens and $closes), list the unoccupied stretches between $opens and $closes that last $least hours or longer, earliest first.",
            "Find every gap in a day that runs from $opens to $closes and contains the bookings $meetings. Report the gaps that are no shorter than $least hours as (start, end) tuples in order of time.",
            "When is there free time between $opens and $closes o'clock if $meetings are fixed? Give the maximal free intervals with a length of $least or more hours as a sorted list of (start, end) tuples.",
        ),
        solutions=(
            """
$result = []
$current = $opens
for $left, $right in sorted($meetings):
    if $left - $current >= $least:
        $result.append(($current, $left))
    $current = max($current, $right)
if $closes - $current >= $least:
    $result.append(($current, $closes))
return $result
""",
            """
$result = []
$previous = $opens
for $left, $right in sorted($meetings) + [($closes, $closes)]:
    if $left >= $previous + $least:
        $result.append(($previous, $left))
    if $right > $previous:
        $previous = $right
return $result
""",
            """
$seen = {hour for $left, $right in $meetings for hour in range($left, $right)}
$result = []
$left = $opens
for hour in [*range($opens, $closes), $closes]:
    if hour in $seen or hour == $closes:
        if hour - $left >= $least:
            $result.append(($left, hour))
        $left = hour + 1
return $result
""",
        ),
        reference=lambda meetings, opens, closes, least: [
            (a, b)
            for a in range(opens, closes)
            for b in range(a + least, closes + 1)
            if not any(s < b and e > a for s, e in meetings)
            and (a == opens or any(s < a <= e for s, e in meetings))
            and (b == closes or any(s <= b < e for s, e in meetings))
        ],
        parameters=lambda rng: {
            "opens": rng.randint(7, 9),
            "closes": rng.randint(17, 20),
            "least": rng.randint(2, 3),
        },
        inputs=lambda rng, opens, closes, least: (_intervals(rng, 1, 4, opens, closes),),
        edges=(([],), ([(9, 17)],), ([(12, 13)],), ([(14, 16), (10, 12)],), ([(10, 15), (11, 12)],)),
        idea="Sweep through the meetings in order of their starts and remember the latest end so far; a start later than that opens a gap, and the closing time ends the last one.",
        pitfall="Remembering the end of the previous meeting instead of the latest end invents gaps after a short meeting inside a long one.",
    ),
    Family(
        name="guests_present",
        concepts=("booleans", "intervals", "counting"),
        difficulty=1,
        names="guests_present count_present how_many_inside active_at check",
        arguments=(
            "visits|stays|shifts|intervals: list[tuple[int, int]]; (arrival, departure) hours",
            "hour|moment|time_point|at_hour: int; the hour to look at",
        ),
        returns="int",
        phrasings=(
            "Return how many of the (arrival, departure) pairs in $visits include $hour. The arrival hour belongs to the visit, the departure hour does$include.",
            "Count the visits in $visits, tuples of arrival and departure, that are going on at $hour; a visit includes its arrival hour and does$include include its departure hour.",
            "Given $visits as a list of (from, until) pairs, how many guests are there at $hour? Someone who arrives at exactly $hour counts, someone who leaves at exactly $hour does$include.",
            "Find the number of tuples (a, b) in $visits with a <= $hour and $hour $op b.",
        ),
        solutions=(
            """
$count = 0
for $left, $right in $visits:
    if $left <= $hour $op $right:
        $count += 1
return $count
""",
            """
return sum($left <= $hour $op $right for $left, $right in $visits)
""",
            """
return len([$pair for $pair in $visits if $pair[0] <= $hour and $hour $op $pair[1]])
""",
        ),
        reference=lambda visits, hour, include, op: sum(
            list(range(a, b + len(op) - 1)).count(hour) for a, b in visits
        ),
        parameters=lambda rng: part(rng, {"include": " not", "op": "<"}, {"include": "", "op": "<="}),
        inputs=lambda rng, include, op: (_intervals(rng, 3, 6, 0, 12), rng.randint(2, 10)),
        edges=(([], 3), ([(3, 4)], 3), ([(3, 4)], 4), ([(1, 5), (1, 5), (5, 6)], 5), ([(-2, 2)], 0)),
        idea="A chained comparison says in one line that the hour is not before the arrival and not after the departure.",
        pitfall="Whether an end belongs to the interval decides the answer at exactly that hour; test that case.",
    ),
    Family(
        name="covered_length",
        concepts=("intervals", "sets", "sorting"),
        difficulty=3,
        names="covered_length hours_covered painted_length total_coverage measure",
        arguments=(
            "pieces|segments|shifts|intervals: list[tuple[int, int]]; (start, end) pairs, may overlap",
        ),
        returns="int",
        phrasings=(
            "Return the total length covered by the (start, end) pairs in $pieces, counting stretches that are covered several times only once. Only the part between $low_end and $high_end matters.",
            "Each tuple in $pieces covers the line from its start to its end. How long is the covered part between $low_end and $high_end, when overlaps are not counted twice?",
            "Paint the segments $pieces on a number line and compute how much of the stretch from $low_end to $high_end is painted.",
            "Compute the length of the union of the intervals in $pieces after cutting them off at $low_end and $high_end. Without intervals it is 0.",
        ),
        solutions=(
            """
$seen = set()
for $left, $right in $pieces:
    $seen.update(range(max($left, $low_end), min($right, $high_end)))
return len($seen)
""",
            """
$total = 0
$previous = $low_end
for $left, $right in sorted($pieces):
    $left = max($left, $previous)
    $right = min($right, $high_end)
    if $right > $left:
        $total += $right - $left
        $previous = $right
return $total
""",
            """
$count = 0
for $i in range($low_end, $high_end):
    if any($left <= $i < $right for $left, $right in $pieces):
        $count += 1
return $count
""",
        ),
        reference=lambda pieces, low_end, high_end: len(
            {cell for a, b in pieces for cell in range(a, b)} & set(range(low_end, high_end))
        ),
        parameters=lambda rng: {"low_end": rng.randint(0, 5), "high_end": rng.choice((12, 15, 20, 24))},
        inputs=lambda rng, low_end, high_end: (_intervals(rng, 2, 5, 0, 30),),
        edges=(([],), ([(0, 100)],), ([(6, 8), (6, 8)],), ([(7, 9), (8, 11)],), ([(-5, -1)],)),
        idea="Between whole numbers the line consists of unit steps; collecting the steps in a set, or sweeping over sorted pieces, counts each step once.",
        pitfall="Adding the lengths of the pieces counts every overlap as often as it is covered.",
    ),
)


def _blocks(pairs: list[tuple[int, int]], pause: int) -> list[tuple[int, int]]:
    """Join any two pairs that belong together until nothing changes."""
    blocks = list(pairs)
    for (a, b), (c, d) in itertools.combinations(blocks, 2):
        if max(a, c) - min(b, d) <= pause:
            rest = [block for block in blocks if block not in ((a, b), (c, d))]
            return _blocks([*rest, (min(a, c), max(b, d))], pause)
    return sorted(blocks)
