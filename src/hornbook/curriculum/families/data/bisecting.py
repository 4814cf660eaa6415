"""Families on bisecting: the place of a value in a sorted list, and what can be read from it."""

from __future__ import annotations

import random
from typing import Any

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw

BORDERS = (
    {"borders": [50, 75, 90], "labels": ["fail", "pass", "good", "excellent"]},
    {"borders": [10, 20], "labels": ["cold", "mild", "warm"]},
    {"borders": [100, 500, 1000], "labels": ["small", "medium", "large", "bulk"]},
    {"borders": [3, 12, 18], "labels": ["baby", "child", "teen", "adult"]},
)
STEMS = ("car", "cart", "cat", "care", "bar", "bare", "barn", "ban", "bank", "tea", "team", "ten", "tend")


def _classes(rng: random.Random) -> dict[str, Any]:
    upper = rng.random() < 0.5
    return {
        **rng.choice(BORDERS),
        "side": Raw("right" if upper else "left"),
        "op": Raw("<" if upper else "<="),
        "where": Raw("upper" if upper else "lower"),
        "below": Raw("at most" if upper else "less than"),
    }


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


FAMILIES: tuple[Family, ...] = (
    Family(
        name="labels_between_borders",
        concepts=("bisecting", "lookup_tables", "mapping"),
        difficulty=2,
        names="labels_for classify_all grade_values name_classes rate",
        arguments=("values|points|numbers|sizes: list[int]; the numbers to classify",),
        returns="list[str]",
        phrasings=(
            "Return for each number in $values its class: the borders $borders divide the numbers into the classes $labels, from low to high, and a number on a border belongs to the $where class.",
            "The ascending numbers $borders separate the classes $labels. Give the list of classes of the numbers in $values, in the same order; a value equal to a border counts to the class on its $where side.",
            "A form needs words instead of numbers. With the limits $borders between the words $labels, which word belongs to each of $values? On a limit the $where word is right.",
            "For every v in $values let n be the number of entries of $borders that are $below v. Return the list of the words at index n of $labels, one for each v.",
        ),
        solutions=(
            """
from bisect import bisect_$side
labels = $labels
$result = []
for $item in $values:
    $result.append(labels[bisect_$side($borders, $item)])
return $result
""",
            """
def label($item):
    for border, $word in zip($borders, $labels):
        if $item $op border:
            return $word
    return $labels[-1]
return [label($item) for $item in $values]
""",
        ),
        reference=lambda values, borders, labels, where, **_: [
            labels[sum(b < v or (where == "upper" and b == v) for b in borders)] for v in values
        ],
        parameters=_classes,
        inputs=lambda rng, borders, **_: (
            rng.sample(
                [borders[0] - 1, *borders, borders[-1] + 1, rng.randint(0, borders[-1])], len(borders) + 2
            ),
        ),
        edges=(([],), ([0],), ([-5, 5000],), ([50, 10, 100, 3, 20, 90, 12],), ([18, 75, 500, 1000, 18],)),
        idea="The number of borders below a value is the index of its class, and bisect counts them.",
        pitfall="bisect_left and bisect_right differ exactly for values that lie on a border.",
    ),
    Family(
        name="places_of_insertion",
        concepts=("bisecting", "list_building", "counting"),
        difficulty=3,
        names="places_of_insertion insertion_positions line_up_positions join_the_line places",
        arguments=("heights|numbers|arrivals|scores: list[int]; numbers in the order of arrival",),
        returns="list[int]",
        phrasings=(
            "The numbers of $heights arrive one by one and are sorted into a line that is kept in $order order. Return for each the index at which it is inserted, $where equal ones.",
            "Insert the numbers of $heights one after the other into a list that stays in $order order, each $where those that are equal to it. Return the list of the indices at which they go in.",
            "Children arrive with the heights $heights and line up in $order order of height. At which place (0 is the front) does each stand at the moment of joining, if a child goes $where all of the same height?",
            "For each index i return the number of elements before index i in $heights that stand in front of element i in $order order, where elements equal to it $count_says. Give these numbers as a list.",
        ),
        solutions=(
            """
from bisect import bisect_$side
line = []
$result = []
for $item in $heights:
    $i = bisect_$side(line, $sign$item)
    line.insert($i, $sign$item)
    $result.append($i)
return $result
""",
            """
$result = []
for $i, $item in enumerate($heights):
    ahead = [$other for $other in $heights[:$i] if $other $op $item]
    $result.append(len(ahead))
return $result
""",
        ),
        reference=lambda heights, order, where, side, sign, op, count_says: [
            sum(
                (w < h if order == "ascending" else w > h) or (w == h and where == "behind")
                for w in heights[:i]
            )
            for i, h in enumerate(heights)
        ],
        parameters=lambda rng: {
            key: Raw(value)
            for key, value in rng.choice(
                (
                    {
                        "order": "ascending",
                        "where": "behind",
                        "side": "right",
                        "sign": "",
                        "op": "<=",
                        "count_says": "count",
                    },
                    {
                        "order": "ascending",
                        "where": "in front of",
                        "side": "left",
                        "sign": "",
                        "op": "<",
                        "count_says": "do not count",
                    },
                    {
                        "order": "descending",
                        "where": "behind",
                        "side": "right",
                        "sign": "-",
                        "op": ">=",
                        "count_says": "count",
                    },
                    {
                        "order": "descending",
                        "where": "in front of",
                        "side": "left",
                        "sign": "-",
                        "op": ">",
                        "count_says": "do not count",
                    },
                )
            ).items()
        },
        inputs=lambda rng, **_: ([rng.randint(1, 6) for _ in range(rng.randint(4, 7))],),
        edges=(([],), ([5],), ([3, 3, 3],), ([1, 2, 3],), ([3, 2, 1],), ([-2, 0, -2, 4],)),
        idea="The line stays sorted, so bisect finds each place with few comparisons, and insert makes room there.",
        pitfall="Appending and sorting again keeps the line right, but then the place of the newcomer has to be searched, and ties are lost.",
    ),
    Family(
        name="next_departure",
        concepts=("bisecting", "strings", "conditionals"),
        difficulty=3,
        names="next_departure catch_train next_bus when_to_leave plan_trip",
        arguments=(
            "departures|times|timetable|trains: list[str]; times such as '08:15', in ascending order and different",
            "now|arrival|ready|clock: str; a time of the same form",
        ),
        returns="str | None",
        phrasings=(
            "Return the $which time in $departures that is $says $now. When today has no such time left, the count goes on with the first one of the next day, given as '$mark' and the time; an empty timetable gives None.",
            "From the sorted times $departures choose the $which one $says $now. If the list ends before, continue at its beginning and put '$mark' in front of the time to show that it is on a later day. Without any times return None.",
            "Somebody is at the stop at $now and lets ${passing} go by. Which time of the timetable $departures is the next one that is $says $now? Tomorrow has the same times, which are written with '$mark' in front. If the timetable is empty, the answer is None.",
            "Let a be the ascending list of the times t of $departures that are $says $now, followed by '$mark' + t for all times t of $departures, once more and as often as needed. Return the element of a with index $k, or None if $departures is empty.",
        ),
        solutions=(
            """
from bisect import bisect_$side
if not $departures:
    return None
$i = bisect_$side($departures, $now) + $k
if $i < len($departures):
    return $departures[$i]
return "$mark" + $departures[$i % len($departures)]
""",
            """
$result = [$item for $item in $departures if $item $op $now]
while $departures and len($result) <= $k:
    $result += ["$mark" + $item for $item in $departures]
return $result[$k] if $result else None
""",
        ),
        reference=lambda departures, now, which, k, side, op, says, mark, passing: (
            [
                *[t for t in departures if t > now or (t == now and op == ">=")],
                *[f"{mark}{t}" for _ in range(k + 1) for t in departures],
            ][k]
            if departures
            else None
        ),
        parameters=lambda rng: {
            "mark": Raw(rng.choice(("tomorrow ", "next day ", "+"))),
            **rng.choice(
                (
                    {"k": 1, "which": Raw("second"), "passing": Raw("one departure")},
                    {"k": 2, "which": Raw("third"), "passing": Raw("two departures")},
                )
            ),
            **rng.choice(
                (
                    {"side": Raw("left"), "op": Raw(">="), "says": Raw("not before")},
                    {"side": Raw("right"), "op": Raw(">"), "says": Raw("later than")},
                )
            ),
        },
        inputs=lambda rng, **_: (lambda times: (times, rng.choice((*times, _clock(rng.randint(300, 1000))))))(
            sorted({_clock(m) for m in draws.ints(rng, 3, 5, 300, 1300)})
        ),
        edges=(
            ([], "08:00"),
            (["08:00"], "08:00"),
            (["08:00"], "09:00"),
            (["07:30", "12:00"], "07:30"),
            (["00:00", "06:00", "12:00", "18:00"], "06:00"),
            (["05:00", "10:00", "15:00"], "00:01"),
        ),
        idea="Times with two digits sort as texts the way they sort on the clock, so bisect can count how many are over.",
        pitfall="'8:15' without the leading zero would be sorted behind '12:00'.",
    ),
    Family(
        name="words_with_prefixes",
        concepts=("bisecting", "strings", "list_slicing"),
        difficulty=4,
        names="words_with_prefixes complete_words suggestions_for dictionary_search suggest",
        arguments=(
            "ordered|dictionary|entries|lexicon: list[str]; words in alphabetical order, small letters a-z",
            "prefixes|beginnings|typed|starts: list[str]; what was typed, each one not empty",
        ),
        returns="list[list[str]]",
        phrasings=(
            "Return for each text in $prefixes the list of the $which $k words in $ordered that begin with it, in alphabetical order; fewer if there are not so many.",
            "For every entry of $prefixes collect the words of the sorted list $ordered that start with it and keep the $which $k of them in their order. Return one list per entry, possibly empty.",
            "A keyboard suggests words from $ordered while one types. Which are the $which $k words, alphabetically, for each of the beginnings $prefixes? Words are listed in alphabetical order, and a word is its own beginning.",
            "Given the alphabetically sorted list $ordered, return a list with one entry per p in $prefixes: the $which $k elements, or all if there are fewer, of the list of words w of $ordered with w.startswith(p), in sorted order.",
        ),
        solutions=(
            """
from bisect import bisect_left
$result = []
for $word in $prefixes:
    $left = bisect_left($ordered, $word)
    $right = bisect_left($ordered, $word + "~")
    $result.append($ordered[$left:$right]$cut)
return $result
""",
            """
return [[$item for $item in $ordered if $item.startswith($word)]$cut for $word in $prefixes]
""",
            """
$groups = {}
for $item in $ordered:
    for size in range(1, len($item) + 1):
        $groups.setdefault($item[:size], []).append($item)
$result = []
for $word in $prefixes:
    found = $groups.get($word, [])
    $result.append(found$cut)
return $result
""",
        ),
        reference=lambda ordered, prefixes, k, which, cut: [
            [w for i, w in enumerate(hits) if (i < k if which == "first" else i >= len(hits) - k)]
            for p in prefixes
            for hits in [[w for w in ordered if w[: len(p)] == p]]
        ],
        parameters=lambda rng: (
            lambda k, first: {
                "k": k,
                "which": Raw("first" if first else "last"),
                "cut": Raw(f"[:{k}]" if first else f"[-{k}:]"),
            }
        )(rng.randint(2, 3), rng.random() < 0.6),
        inputs=lambda rng, **_: (
            sorted(rng.sample(STEMS, rng.randint(5, 7))),
            rng.sample(("ca", "car", "ba", "bar", "te", "tea", "b", "x"), 2),
        ),
        edges=(
            ([], ["a"]),
            (["tea"], []),
            (["tea"], ["tea", "team"]),
            (["a", "aa", "aaa", "aaaa", "ab"], ["a", "aa"]),
            (["bee", "been", "beer", "beet"], ["bee", "c"]),
        ),
        idea="In alphabetical order all words with one beginning stand together, from the place of the beginning to the place of the beginning followed by a sign behind z.",
        pitfall="Taking the next k words from the place of the beginning on also returns words that begin differently.",
    ),
)
