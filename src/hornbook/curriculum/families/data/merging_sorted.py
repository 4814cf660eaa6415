"""Families on merging sorted sequences: each step settles the smaller of two front elements."""

from __future__ import annotations

import random
from collections import Counter

from hornbook.curriculum import draws
from hornbook.curriculum.families.wording import part
from hornbook.curriculum.family import Family, Raw


def _ascending(rng: random.Random, low: int, high: int) -> list[int]:
    return sorted(draws.small_ints(rng, low, high))


def _history(rng: random.Random) -> list[tuple[int, int]]:
    return [(day, rng.randint(1, 9)) for day in sorted(rng.sample(range(1, 9), rng.randint(1, 3)))]


def _log(rng: random.Random, machine: str) -> list[tuple[int, str]]:
    return [(time, machine + rng.choice("xyz")) for time in sorted(draws.ints(rng, 1, 3, 1, 5))]


FAMILIES: tuple[Family, ...] = (
    Family(
        name="sorted_remainder",
        concepts=("merging_sorted", "two_pointers", "while_loops"),
        difficulty=3,
        names="sorted_remainder take_away_sorted unmatched subtract_sorted compare_lists",
        arguments=(
            "first|ordered|have|stock: list[int]; numbers in ascending order",
            "second|others|used|sold: list[int]; numbers in ascending order",
        ),
        returns="list[int]",
        phrasings=(
            "Both lists are ascending. Cross out numbers of $first that have an equal number in $second, each number of $second serving for $serves. Return what is left of $first, in ascending order.",
            "Return the ascending list of those numbers in the ascending list $first that remain without a partner, when every number of the ascending list $second is a partner for $serves equal to it.",
            "A store has pieces with the sorted numbers $first. Each entry of the sorted list $second is a voucher for $serves of that number, and vouchers without such a piece expire. Which pieces are left in the end, in ascending order?",
            "Given two ascending lists, return the ascending list that contains every number x max(0, a - $k * b) times, where a and b say how often x occurs in $first and in $second; a number of $second takes away $serves.",
        ),
        solutions=(
            """
$result = []
$j = taken = 0
for $item in $first:
    while $j < len($second) and ($second[$j] < $item or taken == $k):
        $j += 1
        taken = 0
    if $j < len($second) and $second[$j] == $item:
        taken += 1
    else:
        $result.append($item)
return $result
""",
            """
vouchers = sorted($second * $k)
$result = []
for $item in $first:
    if $item in vouchers:
        vouchers.remove($item)
    else:
        $result.append($item)
return $result
""",
            """
from collections import Counter
$count = Counter($first)
for $item in $second:
    $count[$item] = max(0, $count[$item] - $k)
return sorted($count.elements())
""",
        ),
        reference=lambda first, second, k, serves: [
            x for i, x in enumerate(first) if first[:i].count(x) >= k * Counter(second)[x]
        ],
        parameters=lambda rng: (lambda k: {"k": k, "serves": Raw(f"up to {k} pieces")})(rng.randint(2, 3)),
        inputs=lambda rng, **_: (
            sorted(rng.choices((1, 2, 3, 4, 7), k=rng.randint(4, 8))),
            sorted(rng.sample((0, 1, 2, 3, 5, 7), rng.randint(1, 3))),
        ),
        edges=(
            ([], [1]),
            ([1], []),
            ([2] * 7, [2, 2]),
            ([1, 2], [1, 2]),
            ([0, 5], [1, 2, 3]),
            ([-3, -1, -1, -1, -1, 4], [-2, -1, 4, 4]),
        ),
        idea="Numbers of $second that are smaller than the present one of $first can never serve again, so one pass with two positions is enough.",
        pitfall="Sets forget how often a number occurs, and here the number of equal pieces decides.",
    ),
    Family(
        name="merged_logs",
        concepts=("merging_sorted", "stable_sorting", "tuples"),
        difficulty=3,
        names="merged_logs merge_logs combined_messages all_messages collect_logs",
        arguments=(
            "logs|journals|streams|records: list[list[tuple[int, str]]]; lists of (time, message), each sorted by time",
        ),
        returns="list[str]",
        phrasings=(
            "Merge $logs into one list of messages by time. Messages of equal time are ordered by their log, $which log first, and inside a log they keep their order.",
            "Return the messages of all $logs in the order of their times. Where times are equal, the messages of the $which list come first; the order inside a list never changes.",
            "Several machines write logs, $logs, of (time, message) pairs sorted by time. In which order were all messages written? For the same time, those of the $which machine go first, and every machine's own order is kept.",
            "Given lists of tuples (time, message) that are each sorted by time, return all messages ordered by time, then by index of the list ($which first), then by index in the list.",
        ),
        solutions=(
            """
from heapq import merge
$result = []
for $row in merge(*$logs$turn, key=lambda $pair: $pair[0]):
    $result.append($row[1])
return $result
""",
            """
tagged = []
for $i, $row in enumerate($logs$turn):
    for time, message in $row:
        tagged.append((time, $i, message))
tagged.sort(key=lambda $item: $item[:2])
return [message for _, _, message in tagged]
""",
            """
$current = [0] * len($logs)
$result = []
for _ in range(sum(map(len, $logs))):
    waiting = [$i for $i in range(len($logs)) if $current[$i] < len($logs[$i])]
    $best = min(waiting$turn, key=lambda $i: $logs[$i][$current[$i]][0])
    $result.append($logs[$best][$current[$best]][1])
    $current[$best] += 1
return $result
""",
        ),
        reference=lambda logs, which, turn: [
            message
            for time in range(-9, 30)
            for log in (logs if which == "earlier" else reversed(logs))
            for t, message in log
            if t == time
        ],
        parameters=lambda rng: part(
            rng, {"which": "earlier", "turn": ""}, {"which": "later", "turn": "[::-1]"}
        ),
        inputs=lambda rng, **_: ([_log(rng, machine) for machine in "ABC"[: rng.randint(2, 3)]],),
        edges=(
            ([],),
            ([[], []],),
            ([[(1, "a")], [(1, "b")], [(1, "c")]],),
            ([[(1, "z"), (1, "a"), (3, "m")], [(2, "b")]],),
            ([[(5, "x")], [], [(0, "y"), (5, "w")]],),
        ),
        idea="Each log is sorted already, so only the front messages have to be compared; merge is stable and prefers the sequence named first.",
        pitfall="Sorting the tuples themselves puts messages of equal time in alphabetical order.",
    ),
    Family(
        name="sum_of_price_histories",
        concepts=("merging_sorted", "simulation", "dictionaries"),
        difficulty=4,
        names="sum_of_histories combined_history total_over_time join_price_lines merge_changes",
        arguments=(
            "first|tea_prices|left_side|own: list[tuple[int, int]]; (day, price) pairs with different, ascending days",
            "second|cup_prices|right_side|other_shop: list[tuple[int, int]]; pairs of the same kind",
        ),
        returns="list[tuple[int, int]]",
        phrasings=(
            "A price holds from its day on until the next pair of the list; before the first pair it is $start. Return the (day, total) pairs of the sum of both prices, one for each day that occurs in $first or $second, in ascending order.",
            "Combine two price histories: for every day named in $first or $second, ascending and without repeats, give the tuple of the day and the sum of the two prices valid then. The price of a list is that of its last pair up to and including the day, or $start if there is none.",
            "Tea and cup are sold together. Their prices change on the days listed in $first and $second and stay until the next change; before its first change each costs $start. What did both cost together on every day of a change? Answer with (day, total) pairs in order of the days.",
            "Let f(d) be the price of the last pair in $first whose day is at most d, or $start if there is none, and g(d) the same for $second. Return [(d, f(d) + g(d))] for all days d of either list in ascending order, each once.",
        ),
        solutions=(
            """
$result = []
$left = $right = $start
$i = $j = 0
while $i < len($first) or $j < len($second):
    day = min($row[0] for $row in $first[$i : $i + 1] + $second[$j : $j + 1])
    if $i < len($first) and $first[$i][0] == day:
        $left = $first[$i][1]
        $i += 1
    if $j < len($second) and $second[$j][0] == day:
        $right = $second[$j][1]
        $j += 1
    $result.append((day, $left + $right))
return $result
""",
            """
$left, $right = dict($first), dict($second)
$current = [$start, $start]
$result = {}
for day in sorted([*$left, *$right]):
    $current = [$left.get(day, $current[0]), $right.get(day, $current[1])]
    $result[day] = sum($current)
return list($result.items())
""",
            """
def price(history, day):
    known = [$item for when, $item in history if when <= day]
    return known[-1] if known else $start
days = {day for day, _ in $first + $second}
return [(day, price($first, day) + price($second, day)) for day in sorted(days)]
""",
        ),
        reference=lambda first, second, start: [
            (d, sum(max([(0, start), *[p for p in line if p[0] <= d]])[1] for line in (first, second)))
            for d in range(1, 60)
            if d in dict(first) or d in dict(second)
        ],
        parameters=lambda rng: {"start": rng.choice((0, 1, 2, 5, 10))},
        inputs=lambda rng, start: (_history(rng), _history(rng)),
        edges=(
            ([], []),
            ([(1, 5)], []),
            ([], [(2, 3), (4, 1)]),
            ([(3, 2)], [(3, 4)]),
            ([(1, 1), (2, 2)], [(2, 5), (9, 0)]),
        ),
        idea="The next day of a change is the smaller of the two front days; the list it comes from moves on, and the other price stays as it was.",
        pitfall="When both lists change on the same day, moving only one of them makes two entries for it.",
    ),
    Family(
        name="kth_in_two_lists",
        concepts=("merging_sorted", "two_pointers", "early_return"),
        difficulty=3,
        names="kth_in_two_lists kth_of_union nth_distinct place_in_both find_kth",
        arguments=(
            "first|ordered|front|mine: list[int]; numbers in ascending order",
            "second|others|behind|yours: list[int]; numbers in ascending order",
        ),
        returns="int | None",
        phrasings=(
            "Return the $place number, counted from the smallest, among the different numbers of the ascending lists $first and $second, or None if there are not so many.",
            "Both lists are ascending. Taking equal numbers as one, which number of $first and $second together is the $place one from below? Return None when there are fewer different numbers.",
            "Two runners' clubs have the sorted membership numbers $first and $second, some of them in both. Read them all in ascending order, each number once, and return the $place one, or None if the list ends before.",
            "Let s be the ascending list of all integers that occur in $first or in $second, without repeats. Return its element with index $last if it exists and None otherwise; the two arguments are sorted in ascending order.",
        ),
        solutions=(
            """
$i = $j = $count = 0
while $i < len($first) or $j < len($second):
    $item = min($first[$i : $i + 1] + $second[$j : $j + 1])
    $count += 1
    if $count == $k:
        return $item
    while $i < len($first) and $first[$i] == $item:
        $i += 1
    while $j < len($second) and $second[$j] == $item:
        $j += 1
return None
""",
            """
from heapq import merge
from itertools import groupby
for $i, ($item, _) in enumerate(groupby(merge($first, $second)), 1):
    if $i == $k:
        return $item
return None
""",
            """
$seen = sorted(set($first) | set($second))
if len($seen) < $k:
    return None
return $seen[:$k][-1]
""",
        ),
        reference=lambda first, second, k, **_: next(
            (x for x in first + second if len({y for y in first + second if y < x}) == k - 1), None
        ),
        parameters=lambda rng: rng.choice(
            (
                {"k": 2, "last": 1, "place": Raw("second")},
                {"k": 3, "last": 2, "place": Raw("third")},
                {"k": 4, "last": 3, "place": Raw("fourth")},
                {"k": 5, "last": 4, "place": Raw("fifth")},
            )
        ),
        inputs=lambda rng, **_: (_ascending(rng, 2, 5), _ascending(rng, 2, 5)),
        edges=(
            ([], []),
            ([5], []),
            ([1, 1, 1, 1, 1, 1], [1, 1]),
            ([1, 2, 3, 4, 5], []),
            ([], [1, 2, 3, 4]),
            ([-1, 0], [-1, 0, 0, 3]),
            ([2, 4, 6], [1, 3, 5]),
        ),
        idea="The smaller of the two fronts is the next number; skipping all its copies in both lists counts it once.",
        pitfall="Moving only one pointer past a number that stands in both lists counts it twice.",
    ),
)
