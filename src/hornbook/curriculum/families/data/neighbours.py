"""Families on neighbouring pairs: each element beside the one that follows it."""

from __future__ import annotations

from itertools import pairwise

from hornbook.curriculum import draws
from hornbook.curriculum.families.wording import part
from hornbook.curriculum.family import Family


def _wall(row: list[int], k: int, rule: str) -> list[int]:
    while len(row) > k:
        pairs = [list(pair) for pair in pairwise(row)]
        if rule == "the sum":
            row = [sum(pair) for pair in pairs]
        elif rule == "the larger one":
            row = [max(pair) for pair in pairs]
        elif "difference" in rule:
            row = [max(pair) - min(pair) for pair in pairs]
        else:
            row = [int(str(sum(pair))[-1]) for pair in pairs]
    return row


FAMILIES: tuple[Family, ...] = (
    Family(
        name="metres_up_and_down",
        concepts=("accumulation", "neighbouring_pairs", "conditionals"),
        difficulty=1,
        names="metres_up_and_down climb_and_descent ups_and_downs total_ascent measure_hike",
        arguments=("heights|altitudes|levels|profile: list[int]; heights along a way, in metres",),
        returns="tuple[int, int]",
        phrasings=(
            "Return how many metres one climbs in total and how many one descends along $heights, as a tuple (up, down) of non-negative numbers. Differences of less than $k metres between neighbours are ignored.",
            "Add up the rises and, separately, the falls between neighbouring numbers of $heights and return both sums as a tuple. A rise or fall smaller than $k does not count; falls are counted as positive numbers.",
            "A hiker notes the height at every signpost. Given these $heights, how many metres did the hike go up and how many down, if changes of less than $k metres from one signpost to the next are not counted? Answer (up, down).",
            "For d = $heights[i + 1] - $heights[i] over all i, return the tuple of the sum of those d with d >= $k and the sum of -d over those with -d >= $k; (0, 0) for fewer than two heights.",
        ),
        solutions=(
            """
up = down = 0
for $previous, $current in zip($heights, $heights[1:]):
    if $current - $previous >= $k:
        up += $current - $previous
    elif $previous - $current >= $k:
        down += $previous - $current
return up, down
""",
            """
from itertools import pairwise
changes = [$right - $left for $left, $right in pairwise($heights)]
up = sum($item for $item in changes if $item >= $k)
down = sum(-$item for $item in changes if $item <= -$k)
return up, down
""",
        ),
        reference=lambda heights, k: (
            sum(max(b - a, 0) for a, b in pairwise(heights) if abs(b - a) >= k),
            sum(max(a - b, 0) for a, b in pairwise(heights) if abs(b - a) >= k),
        ),
        parameters=lambda rng: {"k": rng.randint(3, 8)},
        inputs=lambda rng, k: (
            (
                lambda base: [
                    base + rng.choice((0, k, -k, k - 1, rng.randint(-20, 20)))
                    for _ in range(rng.randint(4, 6))
                ]
            )(rng.randint(100, 200)),
        ),
        edges=(([],), ([500],), ([10, 10],), ([0, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0, 8],), ([-10, 10, -10],)),
        idea="Each pair of neighbours gives one difference, and its sign decides to which of the two sums it belongs.",
        pitfall="Subtracting the first height from the last says only where one ends, not how much one climbed on the way.",
    ),
    Family(
        name="crossings_of_level",
        concepts=("neighbouring_pairs", "booleans", "counting"),
        difficulty=1,
        names="crossings_of_level level_crossings times_crossed count_alarms watch_level",
        arguments=("readings|values|levels|temperatures: list[int]; numbers in order of time",),
        returns="list[int]",
        phrasings=(
            "Return the indices at which $readings $verb: the number there is $now $k and the one before it is not. The first reading is never reported.",
            "Find all positions i > 0 where $readings[i] is $now $k while $readings[i - 1] is not, in ascending order.",
            "A tank gives an alarm each time its level $verb, that is, whenever a reading is $now $k and the previous one was not. At which indices of $readings are there alarms?",
            "List every index of $readings, from 1 on and ascending, whose value satisfies the condition of being $now $k although its predecessor does not satisfy it.",
        ),
        solutions=(
            """
$result = []
for $i in range(1, len($readings)):
    if $readings[$i] $op $k and not $readings[$i - 1] $op $k:
        $result.append($i)
return $result
""",
            """
from itertools import pairwise
states = [$item $op $k for $item in $readings]
return [$i for $i, ($previous, $current) in enumerate(pairwise(states), 1) if $current and not $previous]
""",
            """
$result = []
inside = True
for $i, $item in enumerate($readings):
    if $item $op $k and not inside:
        $result.append($i)
    inside = $item $op $k
return $result
""",
        ),
        reference=lambda readings, k, op, now, verb: [
            i
            for i, (a, b) in enumerate(pairwise(draws.COMPARISONS[op][1](r, k) for r in readings))
            if (a, b) == (False, True)
            for i in [i + 1]
        ],
        parameters=lambda rng: {
            "k": rng.randint(3, 7),
            **part(
                rng,
                {"op": ">", "now": "above", "verb": "rises above the limit"},
                {"op": "<", "now": "below", "verb": "falls below the limit"},
                {"op": ">=", "now": "at least", "verb": "reaches the upper region"},
            ),
        },
        inputs=lambda rng, k, **_: (
            [rng.choice((k, k, k + 1, k - 1, rng.randint(0, 9))) for _ in range(rng.randint(5, 8))],
        ),
        edges=(
            ([],),
            ([5],),
            ([9, 9],),
            ([0, 9],),
            ([9, 0],),
            ([0, 9, 0, 9, 9, 0],),
            ([3, 4, 5, 6, 7, 6, 5, 4, 3, 2],),
        ),
        idea="An alarm is a change of state, so each reading is judged together with the one before it.",
        pitfall="Reporting every reading beyond the limit repeats the alarm as long as the level stays there.",
    ),
    Family(
        name="steepest_section",
        concepts=("neighbouring_pairs", "min_max", "tuples"),
        difficulty=2,
        names="steepest_section biggest_step largest_gap hardest_leg extreme_section",
        arguments=("stops|stations|huts|posts: list[tuple[str, int]]; (name, height) in order along a way",),
        returns="tuple[str, str] | None",
        phrasings=(
            "Return the names of the two neighbouring $stops between which the way $verb most, as (from, to); the $tie such pair on ties. If it never $verb, return None.",
            "Look at neighbouring entries of $stops. Which step $verb by the largest amount? Give its two names as a tuple, taking the $tie of equal steps, or None when no step $verb at all.",
            "On a mountain way with the huts $stops, which section between two successive huts $verb by the most metres? Give the names of the two huts. Of equally large sections the $tie counts; without any such section the answer is None.",
            "Over all i let d be the $what of the height from $stops[i] to $stops[i + 1]. Return the names (entry i, entry i + 1) for the largest d, the $tie on ties, and None if there is no positive d.",
        ),
        solutions=(
            """
$best = None
most = 0
for (here, low), (there, high) in zip($stops, $stops[1:]):
    if $change $op most$guard:
        $best, most = (here, there), $change
return $best
""",
            """
from itertools import pairwise
sections = [($change, here, there) for (here, low), (there, high) in pairwise($stops)]
sections = [section for section in sections$turn if section[0] > 0]
if not sections:
    return None
return max(sections, key=lambda section: section[0])[1:]
""",
        ),
        reference=lambda stops, change, op, guard, turn, verb, what, tie: (
            lambda steps: (
                None
                if not steps
                else next(
                    s[1]
                    for s in (steps if tie == "first" else steps[::-1])
                    if s[0] == max(d for d, _ in steps)
                )
            )
        )(
            [
                (abs(b[1] - a[1]), (a[0], b[0]))
                for a, b in pairwise(stops)
                if (b[1] > a[1] if verb == "rises" else b[1] < a[1])
            ]
        ),
        parameters=lambda rng: {
            **part(
                rng,
                {"change": "high - low", "verb": "rises", "what": "increase"},
                {"change": "low - high", "verb": "falls", "what": "decrease"},
            ),
            **part(
                rng,
                {"op": ">", "guard": "", "turn": "", "tie": "first"},
                {"op": ">=", "guard": " and low != high", "turn": "[::-1]", "tie": "last"},
            ),
        },
        inputs=lambda rng, **_: (
            [(name, rng.randint(1, 5) * 100) for name in rng.sample("ABCDEFG", rng.randint(4, 6))],
        ),
        edges=(
            ([],),
            ([("A", 5)],),
            ([("A", 5), ("B", 5)],),
            ([("A", 1), ("B", 2)],),
            ([("A", 2), ("B", 1)],),
            ([("A", 0), ("B", 3), ("C", 0), ("D", 3), ("E", 0)],),
        ),
        idea="Walking over pairs of neighbours gives both names and both heights at once, and the best section so far is kept.",
        pitfall="Starting with the first section as the best one returns it even if nothing ever changes in the wanted direction.",
    ),
    Family(
        name="wall_of_sums",
        concepts=("neighbouring_pairs", "while_loops", "list_building"),
        difficulty=2,
        names="wall_of_sums number_wall build_wall top_of_wall fold_up",
        arguments=("base|stones|bottom|numbers: list[int]; the numbers in the lowest row",),
        returns="list[int]",
        phrasings=(
            "Build a number wall on $base: each row above has one number fewer, and each number in it is $rule of the two below it. Return the row that has $k numbers, or $base itself if it has no more than $k.",
            "As long as the list has more than $k elements, replace it by the list in which every two neighbours are combined to $rule of the two. Start with $base and return the list reached.",
            "In a puzzle, stones with numbers are stacked, and on every two neighbouring stones lies one that bears $rule of their numbers. With $base as the lowest row, what does the row of $k stones look like? A base with $k stones or fewer is returned as it is.",
            "Given $base of length n, apply n - $k times (never if n <= $k) the step that turns a list r into the list of $rule of r[i] and r[i + 1] for all i, and return the result.",
        ),
        solutions=(
            """
$row = list($base)
while len($row) > $k:
    $row = [$formula for left, right in zip($row, $row[1:])]
return $row
""",
            """
if len($base) <= $k:
    return $base
above = []
for $i in range(len($base) - 1):
    left, right = $base[$i], $base[$i + 1]
    above.append($formula)
return $self(above)
""",
        ),
        reference=lambda base, k, rule, formula: _wall(base, k, rule),
        parameters=lambda rng: {
            "k": rng.randint(2, 3),
            **part(
                rng,
                {"rule": "the sum", "formula": "left + right"},
                {"rule": "the absolute difference", "formula": "abs(left - right)"},
                {"rule": "the larger one", "formula": "max(left, right)"},
                {"rule": "the last digit of the sum", "formula": "(left + right) % 10"},
            ),
        },
        inputs=lambda rng, **_: (draws.ints(rng, 4, 6, 0, 9),),
        edges=(([],), ([4],), ([1, 2],), ([5, 5, 5],), ([9, 0, 8],), ([1, 2, 3, 4, 5, 6, 7],)),
        idea="n numbers have n - 1 pairs of neighbours, so every row is one shorter and the loop must end.",
        pitfall="Changing the list in place while computing the row above mixes old and new numbers.",
    ),
)
