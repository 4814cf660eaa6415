"""Families on histograms: values sorted into bins and counted."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from hornbook.curriculum.families.wording import part
from hornbook.curriculum.family import Family, Raw

FAMILIES: tuple[Family, ...] = (
    Family(
        name="bars_of_values",
        concepts=("histograms", "string_building", "enumerate_zip"),
        difficulty=2,
        names="draw_bars bar_chart text_histogram bars show_counts",
        arguments=("grades|rolls|stars|ratings: list[int]; whole numbers",),
        returns="list[str]",
        phrasings=(
            "Return one line for each number from 1 to $top: the number, a colon, a blank and one '$mark' for every time it occurs in $grades. Numbers outside 1 to $top are ignored.",
            "Draw a histogram of $grades as a list of $top texts such as '1: $mark$mark'. Line n has as many '$mark' after the colon and the blank as n occurs; values below 1 or above $top do not count.",
            "Given $grades, a list of points from 1 to $top, produce the lines of a bar chart, lowest number first. A line reads 'n: ' and then '$mark' repeated as often as n was given, so an unused number ends in a blank.",
            "Return the list of texts f'{n}: ' plus '$mark' times the number of occurrences of n in $grades, for n = 1, 2, ... up to and including $top. Other values in $grades have no effect.",
        ),
        solutions=(
            """
bars = [""] * $top
for $item in $grades:
    if 1 <= $item <= $top:
        bars[$item - 1] += "$mark"
return [f"{$i}: {$row}" for $i, $row in enumerate(bars, 1)]
""",
            """
from collections import Counter
$count = Counter($grades)
return [f"{$i}: " + "$mark" * $count[$i] for $i in range(1, $top + 1)]
""",
            """
$result = []
for $i in range($top):
    $row = str($i + 1) + ": "
    for $item in $grades:
        if $item == $i + 1:
            $row += "$mark"
    $result.append($row)
return $result
""",
        ),
        reference=lambda grades, top, mark: [
            str(n) + ": " + "".join(mark for g in grades if g == n) for n in range(1, top + 1)
        ],
        parameters=lambda rng: {"top": rng.randint(3, 6), "mark": Raw(rng.choice("#*x="))},
        inputs=lambda rng, top, mark: ([rng.randint(0, top + 1) for _ in range(rng.randint(4, 8))],),
        edges=(([],), ([1],), ([0, 7, -1, 99],), ([3, 3, 3],), ([1, 2, 3, 4, 5, 6],)),
        idea="A list with one bar per number is prepared first, so that numbers without a value still get their line.",
        pitfall="Index 0 belongs to the number 1: forgetting to subtract 1 shifts the bars or runs past the end.",
    ),
    Family(
        name="bins_with_overflow",
        concepts=("histograms", "arithmetic", "min_max"),
        difficulty=3,
        names="bin_counts count_in_bins waiting_bins distribute histogram",
        arguments=("minutes|delays|sizes|weights: list[int]; measured values",),
        returns="list[int]",
        phrasings=(
            "Sort the values of $minutes into $bins bins of width $width, the first of which starts at 0, and return the number of values per bin. Values beyond the last bin count in the last one; negative values are skipped.",
            "Return a list of $bins counts for $minutes. Bin i counts the values from $width * i up to, not including, $width * (i + 1); the last bin also takes everything above. Ignore negative values.",
            "Waiting times are collected in $minutes. How many lie in each of the $bins classes of width $width, beginning with 0? The last class is open upwards, and values below 0 are mistakes to be left out.",
            "Count the non-negative values v of $minutes by the index v // $width, where every index above $last is replaced by $last, and return the $bins counts as a list. An empty list gives $bins zeros.",
        ),
        solutions=(
            """
$result = [0] * $bins
for $item in $minutes:
    if $item >= 0:
        $i = min($item // $width, $last)
        $result[$i] += 1
return $result
""",
            """
from collections import Counter
$groups = Counter()
for $item in $minutes:
    if $item < 0:
        continue
    $i = $item // $width
    $groups[$i if $i < $last else $last] += 1
return [$groups[$i] for $i in range($bins)]
""",
        ),
        reference=lambda minutes, bins, width, **_: [
            sum(width * i <= v and (v < width * (i + 1) or i == bins - 1) for v in minutes)
            for i in range(bins)
        ],
        parameters=lambda rng: {
            **rng.choice(({"bins": 3, "last": 2}, {"bins": 4, "last": 3}, {"bins": 5, "last": 4})),
            "width": rng.choice((4, 5, 10, 12)),
        },
        inputs=lambda rng, bins, width, **_: (
            [
                rng.choice((-1, 0, width, rng.randint(0, width * (bins + 2))))
                for _ in range(rng.randint(4, 8))
            ],
        ),
        edges=(([],), ([0],), ([-5, -1],), ([99, 100, 1000],), ([4, 5, 9, 10, 11, 12],)),
        idea="Floor division gives the number of the bin, and min moves whatever lies too far to the right into the last one.",
        pitfall="Without min, a value beyond the last bin raises IndexError; a negative value would silently count from the end.",
    ),
    Family(
        name="fullest_class",
        concepts=("histograms", "neighbouring_pairs", "min_max"),
        difficulty=3,
        names="fullest_class busiest_interval modal_class most_filled best_range",
        arguments=(
            "values|heights|ages|prices: list[int]; the values to sort into classes",
            "borders|limits|edges|cuts: list[int]; at least two numbers in ascending order",
        ),
        returns="tuple[int, int]",
        phrasings=(
            "Neighbouring numbers of $borders bound a class that $includes. Return the borders (low, high) of the class that holds the most of $values; of several, the $tie one.",
            "Return the pair of neighbouring numbers in $borders between which most of $values lie. A class $includes; if several classes are equally full, take the $tie of them.",
            "A seamstress sorts $values into size classes whose limits are listed in $borders; each class $includes. Which class, given as (low, high), is needed most often? On a tie the $tie class wins.",
            "For consecutive entries low, high of $borders count the numbers of $values in the class, which $includes, and return the tuple (low, high) with the largest count, the $tie such class on ties (all counts may be 0).",
        ),
        solutions=(
            """
$best, most = None, -1
for $left, $right in zip($borders, $borders[1:]):
    $count = sum(1 for $item in $values if $left $first $item $second $right)
    if $count $better most:
        $best, most = ($left, $right), $count
return $best
""",
            """
from itertools import pairwise
classes = list(pairwise($borders))$order
counts = [len([$item for $item in $values if $left $first $item $second $right]) for $left, $right in classes]
return classes[counts.index(max(counts))]
""",
        ),
        reference=lambda values, borders, first, second, includes, tie, better, order: max(
            (
                Counter(
                    (lo < v or (first == "<=" and v == lo)) and (v < hi or (second == "<=" and v == hi))
                    for v in values
                )[True],
                -i if tie == "lowest" else i,
                (lo, hi),
            )
            for i, (lo, hi) in enumerate(pairwise(borders))
        )[2],
        parameters=lambda rng: (
            part(
                rng,
                {
                    "first": "<=",
                    "second": "<",
                    "includes": "includes its lower border, but not the upper one",
                },
                {
                    "first": "<",
                    "second": "<=",
                    "includes": "includes its upper border, but not the lower one",
                },
            )
            | part(
                rng,
                {"tie": "lowest", "better": ">", "order": ""},
                {"tie": "highest", "better": ">=", "order": "[::-1]"},
            )
        ),
        inputs=lambda rng, **_: (
            [rng.randint(1, 8) * 5 for _ in range(rng.randint(4, 8))],
            [0, 10, 20, 30, 40] if rng.random() < 0.6 else [5, 15, 25, 40],
        ),
        edges=(
            ([], [0, 10, 20]),
            ([10], [0, 10, 20]),
            ([0, 20], [0, 10, 20]),
            ([-3, -2, 5], [-5, 0, 5, 10]),
            ([100], [0, 1]),
        ),
        idea="Pairing each border with the next one lists the classes; counting the values of each and keeping the first maximum answers the question.",
        pitfall="If both borders belong to the class, a value on a border is counted twice; only one of the comparisons may include it.",
    ),
)
