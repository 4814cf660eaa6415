"""Families on stable sorting: only the key decides, and ties keep the order they had."""

from __future__ import annotations

import random
from typing import Any

from hornbook.curriculum import draws
from hornbook.curriculum.families.wording import part
from hornbook.curriculum.family import Family, Raw

ORDERS = (
    ("section", ["bread", "fruit", "milk", "meat"]),
    ("season", ["spring", "summer", "autumn", "winter"]),
    ("size", ["small", "medium", "large"]),
    ("level", ["high", "middle", "low"]),
)


def _order(rng: random.Random) -> dict[str, Any]:
    noun, order = rng.choice(ORDERS)
    return {"noun": Raw(noun), "order": rng.sample(order, len(order)) if rng.random() < 0.3 else order}


FAMILIES: tuple[Family, ...] = (
    Family(
        name="order_by_own_list",
        concepts=("stable_sorting", "list_indexing", "tuples"),
        difficulty=2,
        names="order_by_$noun sort_by_own_order shopping_order arrange_by_$noun sorted_names",
        arguments=("entries|things|goods|items: list[tuple[str, str]]; pairs of a name and a $noun",),
        returns="list[str]",
        phrasings=(
            "Return the names of $entries sorted by $noun in the order $order. A $noun that is not in this list comes $where all others, and names with the same place keep their order.",
            "Sort the pairs (name, $noun) of $entries so that their ${noun}s follow $order, with every unknown $noun $where them, and return the names. Do not change the order of pairs that are on a level; all unknown ones are.",
            "Somebody wants to work through a list by $noun, in the order $order. In which order do the names of $entries come, if those with another $noun are put $where the rest and nothing else is rearranged?",
            "Give each pair of $entries the index of its $noun in $order as rank; all ${noun}s not listed there share one rank $where these. Return the names ordered by rank, equal ranks in the order of $entries.",
        ),
        solutions=(
            """
order = $order
def rank($pair):
    return order.index($pair[1]) if $pair[1] in order else $unknown
return [$key for $key, _ in sorted($entries, key=rank)]
""",
            """
known = []
for kind in $order:
    for $key, $other in $entries:
        if $other == kind:
            known.append($key)
unknown = [$key for $key, $other in $entries if $other not in $order]
return $joined
""",
            """
places = {kind: $i for $i, kind in enumerate($order)}
ranked = [(places.get(kind, $unknown), $i, $key) for $i, ($key, kind) in enumerate($entries)]
ranked.sort()
$result = []
for *_, $key in ranked:
    $result.append($key)
return $result
""",
        ),
        reference=lambda entries, order, where, **_: [
            name
            for kind in ([None, *order] if where == "before" else [*order, None])
            for name, k in entries
            if (k if k in order else None) == kind
        ],
        parameters=lambda rng: {
            **_order(rng),
            **part(
                rng,
                {"where": "behind", "unknown": "99", "joined": "known + unknown"},
                {"where": "before", "unknown": "-1", "joined": "unknown + known"},
            ),
        },
        inputs=lambda rng, order, **_: (
            [
                (name, rng.choice((*order, "other")))
                for name in rng.sample(draws.WORDS[:30], rng.randint(4, 5))
            ],
        ),
        edges=(
            ([],),
            ([("a", "large")],),
            ([("b", "x"), ("a", "y"), ("c", "x")],),
            ([("z", "summer"), ("y", "low"), ("x", "milk"), ("w", "small"), ("v", "none")],),
            ([("q", "spring"), ("p", "spring"), ("q", "meat"), ("o", "high")],),
        ),
        idea="The position in the list of one's own is the key; since sorting is stable, nothing needs to be said about ties.",
        pitfall="list.index raises ValueError for what is not in the list, so unknown entries need a rank of their own.",
    ),
    Family(
        name="sort_by_digit",
        concepts=("stable_sorting", "digits", "grouping"),
        difficulty=3,
        names="sort_by_digit digit_pass radix_step arrange_by_digit bucket_numbers",
        arguments=("numbers|values|codes|tickets: list[int]; non-negative integers",),
        returns="list[int]",
        phrasings=(
            "Return $numbers sorted by their $which digit only, $direction. A number that is too short has the digit 0 there, and numbers with the same digit keep their order.",
            "Arrange the numbers of $numbers by the $which digit from the right side, $direction, treating missing digits as 0. Numbers with equal digits must not change places among themselves.",
            "A sorting machine lays cards with the numbers $numbers into ten boxes by their $which digit (0 if there is none) and collects the boxes $direction, without changing the order inside a box. In what order do the cards lie then?",
            "Stably sort $numbers by the key n // $power % 10, which is the $which digit, $direction, and return the new list.",
        ),
        solutions=(
            """
def digit(number):
    return number // $power % 10
return sorted($numbers, key=digit$down)
""",
            """
boxes = [[] for _ in range(10)]
for $item in $numbers:
    boxes[$item // $power % 10].append($item)
$result = []
for box in boxes$turn:
    $result.extend(box)
return $result
""",
            """
return [
    $item
    for wanted in "0123456789"$turn
    for $item in $numbers
    if str($item).zfill(4)[-$place] == wanted
]
""",
        ),
        reference=lambda numbers, power, direction, **_: [
            n
            for d in sorted(range(10), reverse=direction.startswith("from 9"))
            for n in numbers
            if int(str(n // power)[-1]) == d
        ],
        parameters=lambda rng: {
            **rng.choice(
                (
                    {"power": 1, "place": 1, "which": Raw("last")},
                    {"power": 10, "place": 2, "which": Raw("second to last")},
                    {"power": 100, "place": 3, "which": Raw("third to last")},
                )
            ),
            **part(
                rng,
                {"direction": "from 0 to 9", "down": "", "turn": ""},
                {"direction": "from 9 to 0", "down": ", reverse=True", "turn": "[::-1]"},
            ),
        },
        inputs=lambda rng, power, **_: (draws.ints(rng, 4, 7, 0, 40 * power + 99),),
        edges=(
            ([],),
            ([7],),
            ([0, 0],),
            ([12, 22, 2],),
            ([321, 123, 213, 132],),
            ([100, 1, 10, 1000],),
            ([55, 45, 35, 54],),
        ),
        idea="The digit alone is the key; stability keeps the order inside each digit, which is what makes sorting digit by digit work.",
        pitfall="Sorting by the pair (digit, number) also rearranges numbers with the same digit.",
    ),
    Family(
        name="words_by_length_class",
        concepts=("stable_sorting", "sorting_with_key", "arithmetic"),
        difficulty=2,
        names="words_by_length_class rough_order coarse_sort sort_roughly by_length_class",
        arguments=("words|names|labels|titles: list[str]; any words",),
        returns="list[str]",
        phrasings=(
            "Sort $words by their length divided by $k, rounded down, with the $first class first. Words of the same class stay in the order in which they are given.",
            "Words with lengths from 0 to $last form the first class, the next $k lengths the second one, and so on. Return $words ordered by class, $first words first, without changing the order inside a class.",
            "Labels are printed on paper whose width grows in steps of $k letters, so that lengths 0 to $last share a width. In which order are $words printed if the $first paper comes first and labels on the same paper keep their order?",
            "Return a stable rearrangement of $words by the key len(w) // $k, $direction; equal keys must appear in their original order.",
        ),
        solutions=(
            """
def width($word):
    return len($word) // $k
return sorted($words, key=width$down)
""",
            """
groups = {}
for $word in $words:
    groups.setdefault(len($word) // $k, []).append($word)
$result = []
for $key in sorted(groups$down):
    $result += groups[$key]
return $result
""",
            """
$result = []
for $word in $words:
    $i = len($result)
    while $i > 0 and len($result[$i - 1]) // $k $op len($word) // $k:
        $i -= 1
    $result.insert($i, $word)
return $result
""",
        ),
        reference=lambda words, k, first, **_: [
            w
            for size in sorted(range(30), reverse=first == "longest")
            for w in words
            if size * k <= len(w) < size * k + k
        ],
        parameters=lambda rng: (
            lambda k: {
                "k": k,
                "last": k - 1,
                **part(
                    rng,
                    {
                        "first": "shortest",
                        "down": "",
                        "op": ">",
                        "direction": "in ascending order of the key",
                    },
                    {
                        "first": "longest",
                        "down": ", reverse=True",
                        "op": "<",
                        "direction": "in descending order of the key",
                    },
                ),
            }
        )(rng.choice((2, 3, 4))),
        inputs=lambda rng, **_: (draws.words(rng, 4, 6),),
        edges=(
            ([],),
            (["a"],),
            (["bb", "a", ""],),
            (["four", "three", "six"],),
            (["x", "xx", "xxx", "xxxx", "xxxxx"],),
            (["ccc", "bbb", "aaa"],),
        ),
        idea="Several lengths share one key, and a stable sort leaves words with equal keys as they were.",
        pitfall="Sorting ascending and turning the list round with [::-1] also reverses the words of one class.",
    ),
    Family(
        name="indices_in_sorted_order",
        concepts=("stable_sorting", "enumerate_zip", "list_indexing"),
        difficulty=2,
        names="indices_in_sorted_order sorted_positions finishing_order argsort starting_numbers",
        arguments=(
            "times|values|scores|results: list[int | None]; one number per $noun, None for those who gave up",
        ),
        returns="list[int]",
        phrasings=(
            "The ${noun}s have the numbers $base, $next and so on, and $times holds their results. Return the numbers of the ${noun}s in the order of their results, $best first; equal results keep the order of the numbers, and ${noun}s with None are left out.",
            "Return the positions in $times, counted from $base, sorted by the value there with the $best value first. Positions with None do not appear, and positions with equal values stay in ascending order.",
            "In a contest, entry i of $times (counting from $base) belongs to the $noun with the number i, and None means giving up. In which order do the ${noun}s who finished arrive in the list of results, if the $best result is first and the smaller number goes first on ties?",
            "Let S be the indices i with $times[i] not None. Sort S by $times[i], $direction, and by i where values are equal, and return the list of i + $base.",
        ),
        solutions=(
            """
finished = [$i for $i, $item in enumerate($times) if $item is not None]
finished.sort(key=lambda $i: $times[$i]$down)
return [$i + $base for $i in finished]
""",
            """
pairs = []
for $i, $item in enumerate($times, $base):
    if $item is not None:
        pairs.append(($sign$item, $i))
return [$i for _, $i in sorted(pairs)]
""",
        ),
        reference=lambda times, base, best, **_: [
            i + base
            for value in sorted({t for t in times if t is not None}, reverse=best == "largest")
            for i, t in enumerate(times)
            if t == value
        ],
        parameters=lambda rng: {
            "noun": Raw(rng.choice(("runner", "swimmer", "player", "team", "horse"))),
            **rng.choice(({"base": 0, "next": 1}, {"base": 1, "next": 2}, {"base": 100, "next": 101})),
            **part(
                rng,
                {"best": "smallest", "down": "", "sign": "", "direction": "ascending"},
                {"best": "largest", "down": ", reverse=True", "sign": "-", "direction": "descending"},
            ),
        },
        inputs=lambda rng, **_: (
            [rng.choice((None, rng.randint(0, 9), rng.randint(1, 5))) for _ in range(rng.randint(4, 7))],
        ),
        edges=(([],), ([None],), ([5],), ([3, 3, 3],), ([0, None, 0, -1],), ([1, 2, 3],), ([3, 2, None, 1],)),
        idea="The indices are sorted, not the values; the values only serve as the key.",
        pitfall="Looking the sorted values up with index finds the first of several equal ones again and again.",
    ),
)
