"""Families on mapping: a new list, element by element, from one that is there."""

from __future__ import annotations

import itertools
import operator
import statistics

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw

FAMILIES: tuple[Family, ...] = (
    Family(
        name="scale_and_shift",
        concepts=("mapping", "list_comprehensions", "arithmetic"),
        difficulty=1,
        names="rescale transform_all new_prices scale_and_shift apply",
        arguments=("numbers|values|prices|amounts|data: list[int]; the numbers to transform",),
        returns="list[int]",
        phrasings=(
            "Multiply every number in $numbers by $factor, then $verb $shift, and return the results as a new list.",
            "Return a list with one entry per element of $numbers: $factor times that element, $word $shift.",
            "Apply the formula $factor * x $op $shift to each x in $numbers and collect the values in the same order.",
            "What list results if each element x of $numbers is replaced by $factor times x $word $shift? The list $numbers itself must stay as it is.",
        ),
        solutions=(
            """
$result = []
for $item in $numbers:
    $result.append($factor * $item $op $shift)
return $result
""",
            """
return [$factor * $item $op $shift for $item in $numbers]
""",
            """
return list(map(lambda $item: $item * $factor $op $shift, $numbers))
""",
            """
$result = list($numbers)
for $i in range(len($result)):
    $result[$i] = $result[$i] * $factor $op $shift
return $result
""",
        ),
        reference=lambda numbers, factor, shift, op, verb, word: [
            sum([n] * factor, shift if word == "plus" else -shift) for n in numbers
        ],
        parameters=lambda rng: {
            "factor": rng.randint(2, 9),
            "shift": rng.randint(1, 20),
            **rng.choice(
                (
                    {"op": Raw("+"), "verb": Raw("add"), "word": Raw("plus")},
                    {"op": Raw("-"), "verb": Raw("subtract"), "word": Raw("minus")},
                )
            ),
        },
        inputs=lambda rng, **_: (draws.ints(rng, 2, 6),),
        edges=(([],), ([0],), ([-1, -1],), ([3, -3, 3],)),
        idea="Each result depends on one element only, so the list can be built element by element with the same formula.",
        pitfall="Assigning to the loop variable changes nothing in the list.",
    ),
    Family(
        name="balance_after_each",
        concepts=("accumulation", "list_building", "for_loops"),
        difficulty=1,
        names="running_$noun history after_each levels track",
        arguments=("changes|movements|steps|deltas: list[int]; what is added each time, negative for less",),
        returns="list[int]",
        phrasings=(
            "The $noun is $start at the beginning and changes by each number of $changes in turn. Return the list of its values after every change.",
            "Return the running $noun: begin with $start, add the numbers in $changes one after another and note the value reached after each addition. The beginning itself is not in the list.",
            "Given $changes, which are applied in order to a $noun of $start, list what it amounts to after the first change, after the second, and so on.",
            "Starting from a $noun of $start, how does it develop under $changes? Answer with one value for each change, namely the sum of $start and all changes up to and including that one.",
        ),
        solutions=(
            """
$result = []
$total = $start
for $item in $changes:
    $total += $item
    $result.append($total)
return $result
""",
            """
from itertools import accumulate
return [$start + $total for $total in accumulate($changes)]
""",
            """
$result = [$start]
for $item in $changes:
    $result.append($result[-1] + $item)
return $result[1:]
""",
        ),
        reference=lambda changes, start, noun: [start + sum(changes[: i + 1]) for i in range(len(changes))],
        parameters=lambda rng: {
            "start": rng.randrange(0, 105, 5),
            "noun": Raw(rng.choice(("balance", "stock", "score", "level", "height", "supply"))),
        },
        inputs=lambda rng, **_: (draws.ints(rng, 2, 6, -15, 30),),
        edges=(([],), ([0],), ([-5, -5],), ([4, -4, 4],)),
        idea="Carry one total along and write down a copy of it after every step.",
        pitfall="Appending before adding puts the start into the list and leaves the final value out.",
    ),
    Family(
        name="numbered_entries",
        concepts=("enumerate_zip", "string_formatting", "list_comprehensions"),
        difficulty=1,
        names="number_items add_numbers numbered table_of_contents prepare",
        arguments=("entries|titles|chapters|lines|items: list[str]; the texts to number",),
        returns="list[str]",
        phrasings=(
            "Return the texts in $entries with a number and '$mark' in front. The first gets the number $start, each next one $step more.",
            "Put consecutive numbers before $entries, beginning with $start and going up by $step, with '$mark' between number and text; return the new list of strings.",
            "Make a numbered list: prefix each element of $entries with its number and the characters '$mark'. Numbering begins at $start and advances in steps of $step.",
            "A table of contents shows, for every text in $entries, a number (for the first $start, then $step more each time), followed by '$mark' and the text. What strings does it consist of?",
        ),
        solutions=(
            """
$result = []
$count = $start
for $item in $entries:
    $result.append(f"{$count}$mark{$item}")
    $count += $step
return $result
""",
            """
return [f"{$start + $step * $i}$mark{$item}" for $i, $item in enumerate($entries)]
""",
            """
from itertools import count as numbers_from
return [f"{$i}$mark{$item}" for $i, $item in zip(numbers_from($start, $step), $entries)]
""",
            """
numbering = range($start, $start + $step * len($entries), $step)
return [str($i) + "$mark" + $item for $i, $item in zip(numbering, $entries)]
""",
        ),
        reference=lambda entries, start, step, mark: list(
            map(
                "".join,
                zip(
                    map(str, itertools.accumulate([start] + [step] * len(entries))),
                    [mark] * len(entries),
                    entries,
                    strict=False,
                ),
            )
        ),
        parameters=lambda rng: {
            "start": rng.randint(1, 10),
            "step": rng.choice((1, 2, 5, 10)),
            "mark": Raw(rng.choice((". ", ") ", ": ", " - ", " | "))),
        },
        inputs=lambda rng, **_: (draws.words(rng, 2, 5),),
        edges=(([],), (["end"],), (["a", "a"],), (["", "x"],)),
        idea="enumerate supplies a position next to every element, and the number follows from the position by a small formula.",
        pitfall="entries.index(text) finds the first of two equal texts and so numbers both alike.",
    ),
    Family(
        name="changes_over_gap",
        concepts=("list_indexing", "enumerate_zip", "list_comprehensions"),
        difficulty=2,
        names="changes differences growth trend compare_days",
        arguments=("values|readings|levels|measurements|sales: list[int]; one value per period of time",),
        returns="list[int]",
        phrasings=(
            "Return how much each value in $values differs from the one $gap before it: later minus earlier, for every value that has such a predecessor.",
            "For each $unit from number $gap on (counting from 0), subtract the value of $values that lies $gap places earlier, and list the differences in order.",
            "Compare $values with themselves moved by $gap: return the list of value minus the value $gap positions to its left, as far as both exist.",
            "By how much did $values change from one $unit to the one $gap later? List these differences, later minus earlier, from the earliest on; there are none if the list has at most $gap values.",
        ),
        solutions=(
            """
return [$current - $previous for $previous, $current in zip($values, $values[$gap:])]
""",
            """
$result = []
for $i in range($gap, len($values)):
    $result.append($values[$i] - $values[$i - $gap])
return $result
""",
            """
return [$item - $values[$i] for $i, $item in enumerate($values[$gap:])]
""",
            """
from collections import deque
recent = deque(maxlen=$gap)
$result = []
for $item in $values:
    if len(recent) == $gap:
        $result.append($item - recent[0])
    recent.append($item)
return $result
""",
        ),
        reference=lambda values, gap, unit: list(map(operator.sub, values[gap:], values)),
        parameters=lambda rng: {
            "gap": rng.randint(2, 4),
            "unit": Raw(rng.choice(("day", "hour", "week", "month", "year"))),
        },
        inputs=lambda rng, **_: (draws.ints(rng, 4, 8),),
        edges=(([],), ([4],), ([2, 2],), ([1, 2, 4, 8, 16],), ([-3, -3, 3, 3],)),
        idea="Zipping the list with a slice of itself puts every value next to the one it is compared with.",
        pitfall="Index i - $gap is negative for the first values, and Python then silently counts from the end.",
    ),
    Family(
        name="clamp_readings",
        concepts=("mapping", "conditionals", "min_max"),
        difficulty=1,
        names="clamp limit_values clip_$noun keep_within adjust",
        arguments=("readings|values|levels|data|raw: list[int]; the values to correct",),
        returns="list[int]",
        phrasings=(
            "Return the $noun in $readings with every value below $low raised to $low and every value above $high lowered to $high.",
            "Limit $readings to the range from $low to $high: replace what is too small by $low, what is too large by $high, and keep the rest as it is. Return a new list of the same length.",
            "The device can show only $low to $high. List what it shows for each of $readings; values outside of the range appear as the nearest end of it.",
            "Which list results from $readings when each of the $noun is forced into the interval [$low, $high], with values beyond an end set to that end?",
        ),
        solutions=(
            """
$result = []
for $item in $readings:
    if $item < $low:
        $result.append($low)
    elif $item > $high:
        $result.append($high)
    else:
        $result.append($item)
return $result
""",
            """
return [max($low, min($item, $high)) for $item in $readings]
""",
            """
return [sorted(($low, $item, $high))[1] for $item in $readings]
""",
            """
def clamped($item):
    if $item < $low:
        return $low
    return $high if $item > $high else $item

return list(map(clamped, $readings))
""",
        ),
        reference=lambda readings, low, high, noun: [statistics.median((low, r, high)) for r in readings],
        parameters=lambda rng: {
            "low": rng.randint(-5, 8),
            "high": rng.randint(20, 40),
            "noun": Raw(rng.choice(("speeds", "volumes", "temperatures", "pressures", "pixels"))),
        },
        inputs=lambda rng, **_: (draws.ints(rng, 3, 7, -20, 60),),
        edges=(([],), ([15],), ([-100, 100],), ([8, 8, 20, 20],)),
        idea="min caps a value from above and max from below; applied after each other they keep it between both limits.",
        pitfall="Mixing min and max up gives the limits themselves for every value.",
    ),
)
