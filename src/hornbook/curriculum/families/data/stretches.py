"""Families on stretches of a list: sliding windows, sums of ranges, the longest and the shortest."""

from __future__ import annotations

import itertools

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw


def _rises(values: list[int], op: str) -> list[int]:
    compare = draws.COMPARISONS[op][1]
    places = range(len(values))
    stretches = [values[i : j + 1] for i in places for j in places if i <= j]
    rising = [s for s in stretches if all(compare(b, a) for a, b in itertools.pairwise(s))]
    longest = max(map(len, rising), default=0)
    return next((s for s in rising if len(s) == longest), [])


FAMILIES: tuple[Family, ...] = (
    Family(
        name="best_stretch_of_days",
        concepts=("sliding_window", "accumulation", "min_max"),
        difficulty=3,
        names="best_$unit highest_total best_stretch max_window peak",
        arguments=(
            "profits|values|amounts|numbers|changes: list[int]; the profits in order of time, negative for losses",
        ),
        returns="int",
        phrasings=(
            "Return the $adjective total of any $k consecutive values in $profits. If there are fewer than $k values, return the total of all.",
            "Among all stretches of $k neighbouring entries in $profits find the one with the $adjective sum and return this sum; a list shorter than $k counts as one stretch.",
            "$profits has one number per $unit, losses being negative. What is the $adjective sum over $k successive entries? With fewer than $k entries, all of them are summed.",
            "Slide a window of $k entries over $profits and return the $adjective window sum that occurs. Where the window does not fit because the list is too short, the sum of the whole list (0 if empty) is the answer.",
        ),
        solutions=(
            """
$total = sum($profits[:$k])
$best = $total
for $i in range($k, len($profits)):
    $total += $profits[$i] - $profits[$i - $k]
    $best = $fn($best, $total)
return $best
""",
            """
if len($profits) < $k:
    return sum($profits)
return $fn(sum($profits[$i : $i + $k]) for $i in range(len($profits) - $k + 1))
""",
            """
from itertools import accumulate
if len($profits) <= $k:
    return sum($profits)
sums = list(accumulate($profits, initial=0))
return $fn(after - earlier for earlier, after in zip(sums, sums[$k:]))
""",
            """
from collections import deque
recent = deque($profits[:$k])
$best = sum(recent)
for $item in $profits[$k:]:
    recent.popleft()
    recent.append($item)
    $best = $fn($best, sum(recent))
return $best
""",
        ),
        reference=lambda profits, k, fn, adjective, unit: sorted(
            sum(n for j, n in enumerate(profits) if i <= j < i + k)
            for i in range(max(1, len(profits) - k + 1))
        )[0 if fn == "min" else -1],
        parameters=lambda rng: {
            "k": rng.randint(2, 4),
            "unit": Raw(rng.choice(("day", "week", "month"))),
            **rng.choice(
                (
                    {"fn": Raw("max"), "adjective": Raw("largest")},
                    {"fn": Raw("min"), "adjective": Raw("smallest")},
                )
            ),
        },
        inputs=lambda rng, **_: (draws.ints(rng, 4, 9, -10, 20),),
        edges=(([],), ([7],), ([-3, -2, -1, -5, -4],), ([2, 2, 2, 2],), ([1, -1],)),
        idea="From one window to the next only one value enters and one leaves, so the sum is updated and not computed anew.",
        pitfall="Starting the best value at 0 is wrong when all windows lie on one side of 0.",
    ),
    Family(
        name="totals_of_ranges",
        concepts=("prefix_sums", "list_slicing", "accumulation"),
        difficulty=3,
        names="range_totals answer_queries totals distances_between compute",
        arguments=(
            "values|numbers|legs|lengths: list[int]; the numbers to add up",
            "queries|ranges|spans|trips: list[tuple[int, int]]; (start, stop) index pairs, start <= stop",
        ),
        returns="list[int]",
        phrasings=(
            "For each pair (start, stop) in $queries compute the sum of the elements of $values from index start $border. Return the sums in the order of $queries.",
            "Answer several sum queries on one list: every (start, stop) of $queries asks for the total of $values at the indices from start $border. The result has one total per query.",
            "Return a list that holds, for every range (start, stop) of $queries, what the numbers of $values in it add up to; a range reaches from index start $border.",
            "$values lists the lengths of the legs of a journey. How long is each trip in $queries, where (start, stop) means the legs with indices from start $border? Give the lengths in the order asked.",
        ),
        solutions=(
            """
sums = [0]
for $item in $values:
    sums.append(sums[-1] + $item)
return [sums[$right$extra] - sums[$left] for $left, $right in $queries]
""",
            """
from itertools import accumulate
sums = list(accumulate($values, initial=0))
$result = []
for $left, $right in $queries:
    $result.append(sums[$right$extra] - sums[$left])
return $result
""",
            """
return [sum($values[$left : $right$extra]) for $left, $right in $queries]
""",
        ),
        reference=lambda values, queries, border, extra: [
            sum(v for i, v in enumerate(values) if start <= i and (i < stop or (i == stop and extra != "")))
            for start, stop in queries
        ],
        parameters=lambda rng: rng.choice(
            (
                {"border": Raw("up to, but not including, index stop"), "extra": Raw("")},
                {"border": Raw("to index stop, both included"), "extra": Raw(" + 1")},
            )
        ),
        inputs=lambda rng, **_: (
            lambda n: (
                draws.ints(rng, n, n, -5, 20),
                [tuple(sorted((rng.randrange(n), rng.randrange(n)))) for _ in range(rng.randint(2, 4))],
            )
        )(rng.randint(3, 6)),
        edges=(
            ([], []),
            ([1, 2], []),
            ([5], [(0, 0)]),
            ([1, 2, 3], [(0, 2), (1, 1), (0, 2)]),
            ([-1, 1], [(0, 1)]),
        ),
        idea="Store the sums of all beginnings once; the sum of any range is then the difference of two of them.",
        pitfall="Without the 0 in front, a range that starts at index 0 has nothing to subtract.",
    ),
    Family(
        name="longest_monotone_stretch",
        concepts=("list_slicing", "searching", "for_loops"),
        difficulty=3,
        names="longest_$kind longest_stretch $kind best_phase find_phase",
        arguments=("values|heights|prices|levels|data: list[int]; the values in order of time",),
        returns="list[int]",
        phrasings=(
            "Return the longest stretch of neighbouring elements of $values in which each one is $words the one before. If several are equally long, return the first.",
            "Find the longest $kind in $values, that is a contiguous part where every element is $words its predecessor, and return this part as a list; the earliest wins a tie.",
            "Cut out of $values the longest consecutive piece that goes on with each value $words the previous one. A single value is a piece too; prefer the piece that begins first; an empty list gives an empty list.",
            "Which part of $values without gaps, with each entry $words the entry directly before it, has the most entries? Answer with its entries, and with those of the first such part when there are more of the same length.",
        ),
        solutions=(
            """
$best = []
$current = []
for $item in $values:
    if $current and $item $op $current[-1]:
        $current.append($item)
    else:
        $current = [$item]
    if len($current) > len($best):
        $best = list($current)
return $best
""",
            """
$left = 0
$best = $values[:1]
for $right in range(1, len($values)):
    if not $values[$right] $op $values[$right - 1]:
        $left = $right
    if $right - $left + 1 > len($best):
        $best = $values[$left : $right + 1]
return $best
""",
            """
parts = []
for $i, $item in enumerate($values):
    if $i > 0 and $item $op $values[$i - 1]:
        parts[-1].append($item)
    else:
        parts.append([$item])
return max(parts, key=len, default=[])
""",
        ),
        reference=lambda values, op, words, kind: _rises(values, op),
        parameters=lambda rng: rng.choice(
            (
                {"op": Raw(">"), "words": Raw("greater than"), "kind": Raw("rise")},
                {"op": Raw("<"), "words": Raw("smaller than"), "kind": Raw("fall")},
                {"op": Raw(">="), "words": Raw("at least as large as"), "kind": Raw("climb")},
                {"op": Raw("<="), "words": Raw("at most as large as"), "kind": Raw("descent")},
            )
        ),
        inputs=lambda rng, **_: (draws.ints(rng, 4, 9, 0, 12),),
        edges=(([],), ([4],), ([3, 3, 3],), ([1, 2, 1, 2],), ([5, 4, 3],), ([-2, -1, 0, 0, 1],)),
        idea="Extend the current stretch while the comparison with the last element holds; otherwise start a new stretch with the element at hand.",
        pitfall="Starting the new stretch empty loses the element that broke the old one.",
    ),
    Family(
        name="shortest_stretch_reaching",
        concepts=("sliding_window", "two_pointers", "while_loops"),
        difficulty=4,
        names="shortest_stretch fewest_in_a_row min_window shortest_window solve",
        arguments=("values|minutes|durations|amounts: list[int]; positive numbers",),
        returns="int",
        phrasings=(
            "Return the length of the shortest run of neighbouring elements of $values whose sum is at least $k. All elements are positive; return 0 if even the whole list is too small.",
            "How many consecutive entries of the positive numbers $values are needed, at the least, to reach a total of $k or more? Answer 0 if no stretch reaches it.",
            "Find the smallest n such that some n adjacent values in $values, which are all positive, add up to $k or more; the result is 0 when there is no such n.",
            "Songs of $values minutes are played one after another. What is the least number of successive songs that last at least $k minutes together? If all of them together do not, return 0.",
        ),
        solutions=(
            """
$left = $total = 0
$best = len($values) + 1
for $right, $item in enumerate($values):
    $total += $item
    while $total >= $k:
        $best = min($best, $right - $left + 1)
        $total -= $values[$left]
        $left += 1
return $best if $best <= len($values) else 0
""",
            """
for size in range(1, len($values) + 1):
    for $i in range(len($values) - size + 1):
        if sum($values[$i : $i + size]) >= $k:
            return size
return 0
""",
            """
from bisect import bisect_left
from itertools import accumulate
sums = list(accumulate($values, initial=0))
lengths = []
for $i, $item in enumerate(sums):
    $j = bisect_left(sums, $item + $k)
    if $j < len(sums):
        lengths.append($j - $i)
return min(lengths, default=0)
""",
        ),
        reference=lambda values, k: min(
            (j - i for i, j in itertools.combinations(range(len(values) + 1), 2) if sum(values[i:j]) >= k),
            default=0,
        ),
        parameters=lambda rng: {"k": rng.randint(8, 25)},
        inputs=lambda rng, k: (draws.ints(rng, 3, 8, 1, rng.choice((4, 9, 20))),),
        edges=(([],), ([50],), ([1, 1, 1],), ([8, 8, 8, 8],), ([1, 2, 30, 2, 1],)),
        idea="Grow the window on the right until the sum suffices, then shrink it on the left as long as it still does; every element enters and leaves once.",
        pitfall="Shrinking only once per step misses shorter windows after a large value has come in.",
    ),
    Family(
        name="longest_without_repeat",
        concepts=("sliding_window", "sets", "two_pointers"),
        difficulty=4,
        names="longest_variety longest_without_repeat distinct_stretch most_in_a_row f",
        arguments=("items|played|entries|sequence|history: list[str]; what came, in order",),
        returns="int",
        phrasings=(
            "Return the length of the longest stretch of neighbouring $noun in $items in which nothing occurs twice.",
            "How many consecutive entries of $items can one take at most so that they are all different? The answer for an empty list is 0.",
            "$items lists $noun in the order of their appearance. Find the greatest number of successive $noun without any repetition among them.",
            "Determine the largest n for which some n entries in a row of $items are pairwise different; n is 0 if there are no entries at all.",
        ),
        solutions=(
            """
$left = $best = 0
$seen = set()
for $item in $items:
    while $item in $seen:
        $seen.remove($items[$left])
        $left += 1
    $seen.add($item)
    $best = max($best, len($seen))
return $best
""",
            """
$left = $best = 0
latest = {}
for $i, $item in enumerate($items):
    $left = max($left, latest.get($item, -1) + 1)
    latest[$item] = $i
    $best = max($best, $i - $left + 1)
return $best
""",
            """
$best = 0
for $i in range(len($items)):
    $seen = set()
    for $item in $items[$i:]:
        if $item in $seen:
            break
        $seen.add($item)
    $best = max($best, len($seen))
return $best
""",
            """
$current = []
$best = 0
for $item in $items:
    if $item in $current:
        $current = $current[$current.index($item) + 1 :]
    $current = $current + [$item]
    $best = max($best, len($current))
return $best
""",
        ),
        reference=lambda items, noun: max(
            (
                j - i
                for i, j in itertools.combinations(range(len(items) + 1), 2)
                if len(set(items[i:j])) == j - i
            ),
            default=0,
        ),
        parameters=lambda rng: {
            "noun": Raw(rng.choice(("songs", "visitors", "meals", "colours", "stations")))
        },
        inputs=lambda rng, noun: (rng.choices(rng.sample(draws.WORDS, 5), k=rng.randint(4, 9)),),
        edges=(([],), (["a"],), (["a", "a", "a"],), (["a", "b", "b", "a"],), (["x", "y", "z", "x", "w"],)),
        idea="Keep a window without repetition: when the new item is already inside, drop items on the left until it is gone.",
        pitfall="Starting all over after a repetition forgets the items between the two equal ones, which still belong to the new stretch.",
    ),
)
