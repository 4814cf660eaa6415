"""Families on filtering: elements that are kept, set apart, moved away or limited.

The order of the result is part of every phrasing.
"""

from __future__ import annotations

import itertools

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw


def _limit_repeats(items: list[int], k: int) -> list[int]:
    kept: list[int] = []
    for position in range(len(items)):
        start = position
        while start > 0 and items[start - 1] == items[position]:
            start -= 1
        if position - start < k:
            kept.append(items[position])
    return kept


FAMILIES: tuple[Family, ...] = (
    Family(
        name="keep_compared",
        concepts=("filtering", "list_comprehensions", "for_loops"),
        difficulty=1,
        names="keep_numbers select_values filter_numbers keep_some solve",
        arguments=("numbers|values|data|nums|scores: list[int]; the numbers to choose from",),
        returns="list[int]",
        phrasings=(
            "Return a list of the numbers in $numbers that are $words $k, in their original order.",
            "From $numbers keep only what is $words $k. The order stays the same and repeated numbers stay repeated.",
            "Build a new list without those entries of $numbers that fail the test of being $words $k; do not change the order of the others.",
            "Which elements of $numbers are $words $k? Give them as a list, in the order in which they stand, duplicates included.",
        ),
        solutions=(
            """
$result = []
for $item in $numbers:
    if $item $op $k:
        $result.append($item)
return $result
""",
            """
return [$item for $item in $numbers if $item $op $k]
""",
            """
return list(filter(lambda $item: $item $op $k, $numbers))
""",
        ),
        reference=lambda numbers, k, op, words: list(
            itertools.compress(numbers, map(draws.COMPARISONS[op][1], numbers, [k] * len(numbers)))
        ),
        parameters=lambda rng: {"k": rng.randint(-3, 25), **draws.comparison(rng)},
        inputs=lambda rng, k, **_: (draws.ints(rng, 3, 7, -12, 40) + [k] * rng.randint(0, 1),),
        edges=(([],), ([5],), ([0, 0, 0],), ([-9, -1, 30, 30],)),
        idea="Walk through the list once and copy an element only if it passes the test; the order then keeps itself.",
        pitfall="Removing elements from the list that the loop walks through skips the neighbour of every removed one.",
    ),
    Family(
        name="flatten_selected",
        concepts=("nested_loops", "nested_data", "list_comprehensions"),
        difficulty=2,
        names="flatten_selected collect_all all_matching gather extract",
        arguments=("nested|rows|groups_of_numbers|lists|teams: list[list[int]]; lists of numbers",),
        returns="list[int]",
        phrasings=(
            "Collect from all lists in $nested the numbers that are $words $k into one flat list, in the order in which they occur.",
            "Flatten $nested, but leave out every number that is not $words $k. The order of the lists and within the lists is kept.",
            "Go through the inner lists of $nested from first to last and return a single list of those of their numbers that are $words $k.",
            "Which numbers inside $nested, a list of lists, are $words $k? Return all of them, repeats included, as one list read list by list from left to right.",
        ),
        solutions=(
            """
$result = []
for $row in $nested:
    for $item in $row:
        if $item $op $k:
            $result.append($item)
return $result
""",
            """
return [$item for $row in $nested for $item in $row if $item $op $k]
""",
            """
from itertools import chain
return [$item for $item in chain.from_iterable($nested) if $item $op $k]
""",
            """
$result = []
for $row in $nested:
    $result.extend(filter(lambda $item: $item $op $k, $row))
return $result
""",
        ),
        reference=lambda nested, k, op, words: [n for n in sum(nested, []) if draws.COMPARISONS[op][1](n, k)],
        parameters=lambda rng: {"k": rng.randint(3, 12), **draws.comparison(rng)},
        inputs=lambda rng, **_: ([draws.ints(rng, 0, 4, -5, 20) for _ in range(rng.randint(2, 4))],),
        edges=(([],), ([[]],), ([[], [3], []],), ([[5, 5], [5]],), ([[-1], [100, 0]],)),
        idea="An outer loop takes the lists and an inner loop their numbers; a comprehension writes the two for clauses in the same order.",
        pitfall="Swapping the two for clauses of the comprehension uses the inner list before it has a name.",
    ),
    Family(
        name="pass_and_fail",
        concepts=("filtering", "tuples", "list_building"),
        difficulty=1,
        names="split_$noun separate two_groups divide_by_limit split",
        arguments=("values|data|numbers|given: list[int]; the values to split",),
        returns="tuple[list[int], list[int]]",
        phrasings=(
            "Split the $noun in $values into those that are $words $k and the others. Return both lists as a tuple, each in the original order.",
            "Return a tuple of two lists: first the elements of $values that are $words $k, then the elements that are not. Do not reorder either.",
            "Separate $values at the limit $k; a value belongs to the first group if it is $words $k and to the second one otherwise. Give the pair of groups as lists.",
            "Sort the $noun in $values into two lists without changing their order, one for those that are $words $k and one for the remaining ones. The answer is the tuple of these lists, which may be empty.",
        ),
        solutions=(
            """
chosen = []
rest = []
for $item in $values:
    if $item $op $k:
        chosen.append($item)
    else:
        rest.append($item)
return chosen, rest
""",
            """
chosen = [$item for $item in $values if $item $op $k]
rest = [$item for $item in $values if not $item $op $k]
return chosen, rest
""",
            """
both = ([], [])
for $item in $values:
    both[0 if $item $op $k else 1].append($item)
return both
""",
            """
from itertools import filterfalse

def passes($item):
    return $item $op $k

return list(filter(passes, $values)), list(filterfalse(passes, $values))
""",
        ),
        reference=lambda values, k, op, words, noun: tuple(
            [v for v in values if bool(draws.COMPARISONS[op][1](v, k)) is wanted] for wanted in (True, False)
        ),
        parameters=lambda rng: {
            "noun": Raw(rng.choice(("grades", "prices", "temperatures", "ages", "distances", "scores"))),
            "k": rng.randint(5, 30),
            **draws.comparison(rng),
        },
        inputs=lambda rng, k, **_: (draws.around(rng, k),),
        edges=(([],), ([10],), ([20, 20, 20],), ([0, 100],)),
        idea="Every element goes into exactly one of two lists, so one pass with if and else is enough.",
        pitfall="Two separate conditions that are not exact opposites put elements equal to $k in both lists or in none.",
    ),
    Family(
        name="move_to_the_end",
        concepts=("list_building", "filtering", "sorting_with_key"),
        difficulty=2,
        names="move_${k}s_to_the_$side push_aside rearrange regroup f",
        arguments=("numbers|values|digits|cells|data: list[int]; the numbers to rearrange",),
        returns="list[int]",
        phrasings=(
            "Return $numbers with every $k moved to the $side, while all other numbers keep their order.",
            "Rearrange $numbers so that the entries equal to $k stand together at the $side; nothing else changes its relative place, and the length stays the same.",
            "Build a new list from $numbers: all occurrences of $k go to the $side of it, and the remaining numbers stay in the order they had.",
            "What does $numbers look like after all its elements with the value $k have been taken out and put back together at the $side of the list, the order of the others being kept?",
        ),
        solutions=(
            """
others = [$item for $item in $numbers if $item != $k]
moved = [$k] * (len($numbers) - len(others))
return $first + $second
""",
            """
return sorted($numbers, key=lambda $item: $item $op $k)
""",
        ),
        reference=lambda numbers, k, side, **_: (
            list(filter(k.__ne__, numbers)) + [k] * numbers.count(k)
            if side == "end"
            else [k] * numbers.count(k) + list(filter(k.__ne__, numbers))
        ),
        parameters=lambda rng: {
            "k": rng.randint(0, 5),
            **rng.choice(
                (
                    {"side": Raw("end"), "op": Raw("=="), "first": Raw("others"), "second": Raw("moved")},
                    {"side": Raw("front"), "op": Raw("!="), "first": Raw("moved"), "second": Raw("others")},
                )
            ),
        },
        inputs=lambda rng, k, **_: (
            rng.choices((k, k, rng.randint(0, 9), 7, 8, 9, -1), k=rng.randint(4, 8)),
        ),
        edges=(([],), ([0],), ([3, 3, 3],), ([0, 1, 0, 2, 0],), ([4, 5, 4, 5],)),
        idea="Sorting by True and False is stable: False comes before True and equal keys keep their order, so two groups form.",
        pitfall="Removing and appending in the list that the loop walks through can go on forever or skip elements.",
    ),
    Family(
        name="limit_repeats",
        concepts=("list_building", "iterators", "counting"),
        difficulty=3,
        names="limit_repeats at_most_${k}_in_a_row shorten_runs calm_down clean",
        arguments=("items|values|signals|presses|numbers: list[int]; the values in order of arrival",),
        returns="list[int]",
        phrasings=(
            "Return $items with every run of equal neighbours cut down to its first $k elements; shorter runs stay as they are.",
            "Copy $items, but drop a value if the $k values directly before it in $items are all equal to it.",
            "In the result the same value may come from at most $k consecutive equal entries: keep the first $k of each block of equal neighbours in $items and skip the others of the block. A value may return in a later block.",
            "Shorten long repetitions in $items. Wherever more than $k equal values stand next to each other, only $k of them remain; everything else is kept in order. Return the new list.",
        ),
        solutions=(
            """
$result = []
$count = 0
for $i, $item in enumerate($items):
    if $i > 0 and $items[$i - 1] == $item:
        $count += 1
    else:
        $count = 1
    if $count <= $k:
        $result.append($item)
return $result
""",
            """
from itertools import groupby
$result = []
for _, run in groupby($items):
    $result.extend(list(run)[:$k])
return $result
""",
            """
return [
    $item
    for $i, $item in enumerate($items)
    if $i < $k or any($other != $item for $other in $items[$i - $k : $i])
]
""",
            """
$result = []
for $item in $items:
    if $result[-$k:] != [$item] * $k:
        $result.append($item)
return $result
""",
        ),
        reference=_limit_repeats,
        parameters=lambda rng: {"k": rng.randint(2, 3)},
        inputs=lambda rng, k: (
            [v for _ in range(rng.randint(2, 4)) for v in [rng.randint(0, 5)] * rng.randint(1, 4)],
        ),
        edges=(([],), ([6],), ([2, 2, 2, 2, 2],), ([1, 2, 1, 2],), ([0, 0, 0, 0, 1, 0, 0, 0, 0],)),
        idea="Count how long the current run is; the counter starts again at 1 whenever the value changes.",
        pitfall="Counting how often a value occurs in the whole list would also remove it from later runs.",
    ),
    Family(
        name="valid_positions",
        concepts=("list_indexing", "filtering", "conditionals"),
        difficulty=2,
        names="pick look_up items_at fetch_all choose",
        arguments=(
            "items|shelf|names|words: list[str]; the items",
            "positions|indices|numbers|places: list[int]; the positions asked for",
        ),
        returns="list[str]",
        phrasings=(
            "Return the elements of $items at the given $positions, counted from $start, in the order of $positions. Skip positions that do not exist.",
            "For every number in $positions take the item with that number from $items, where the first item has number $start. Numbers that no item has are ignored; a number may occur twice.",
            "The items in $items are numbered one after another, and the first has number $start. List those that $positions asks for, in that order, passing over numbers for which there is no item.",
            "Which items do you get by looking up each of $positions in $items, if counting begins with $start and negative or too large positions are left out? Repeated positions yield repeated items.",
        ),
        solutions=(
            """
$result = []
for $i in $positions:
    if $start <= $i < len($items) + $start:
        $result.append($items[$i - $start])
return $result
""",
            """
return [$items[$i - $start] for $i in $positions if 0 <= $i - $start < len($items)]
""",
            """
numbered = dict(enumerate($items, start=$start))
return [numbered[$i] for $i in $positions if $i in numbered]
""",
            """
$result = []
for $i in $positions:
    if $i < $start:
        continue
    try:
        $result.append($items[$i - $start])
    except IndexError:
        continue
return $result
""",
        ),
        reference=lambda items, positions, start: [
            text for p in positions for i, text in enumerate(items) if i + start == p
        ],
        parameters=lambda rng: {"start": rng.randint(0, 1)},
        inputs=lambda rng, start: (
            draws.words(rng, 3, 6),
            [rng.randint(-1, 6) for _ in range(rng.randint(2, 5))],
        ),
        edges=(([], []), ([], [0, 1]), (["a"], []), (["a", "b"], [1, 1, 1]), (["x", "y"], [-1, -2, 9])),
        idea="Check a position against both ends of the list before using it as an index.",
        pitfall="A negative index is no error in Python: it counts from the end and fetches the wrong item.",
    ),
)
