"""Families on sets: what several lists share, which people have enough in common, numbers a gap apart."""

from __future__ import annotations

import itertools

from hornbook.curriculum import draws
from hornbook.curriculum.families.wording import part
from hornbook.curriculum.family import Family, Raw

HOBBIES = ("chess", "judo", "piano", "tennis", "choir", "yoga")

FAMILIES: tuple[Family, ...] = (
    Family(
        name="items_by_membership",
        concepts=("sets", "filtering", "sorting"),
        difficulty=1,
        names="items_by_membership compare_lists pick_items $noun select",
        arguments=(
            "first|mine|ours|a_items: list[int]; numbers, repeats allowed",
            "second|yours|theirs|b_items: list[int]; numbers, repeats allowed",
        ),
        returns="list[int]",
        phrasings=(
            "Return the different numbers that are in $first $but in $second, sorted in $order order.",
            "Collect the values that $first contains and that are $test $second. Each value appears once and the list is in $order order.",
            "List, in $order order and without repeats, the elements of $first that can$cannot be found in $second.",
            "Which numbers occur in $first $but in $second? Answer with a list in $order order that names each number once; it may be empty.",
        ),
        solutions=(
            """
return sorted(set($first) $op set($second)$flag)
""",
            """
$result = []
for $item in $first:
    if $item $test $second and $item not in $result:
        $result.append($item)
return sorted($result$flag)
""",
            """
return sorted({$item for $item in $first if $item $test $second}$flag)
""",
        ),
        reference=lambda first, second, noun, but, test, cannot, op, order, flag: [
            number
            for number in (range(-99, 100) if order == "rising" else range(99, -100, -1))
            if number in first and (number in second) is (cannot == "")
        ],
        parameters=lambda rng: {
            **part(
                rng,
                {"noun": "common_items", "but": "and also", "test": "in", "cannot": "", "op": "&"},
                {"noun": "only_in_first", "but": "but not", "test": "not in", "cannot": "not", "op": "-"},
            ),
            **part(rng, {"order": "rising", "flag": ""}, {"order": "falling", "flag": ", reverse=True"}),
        },
        inputs=lambda rng, noun, but, test, cannot, op, order, flag: (
            draws.small_ints(rng, 4, 7),
            draws.small_ints(rng, 3, 6),
        ),
        edges=(([], [1]), ([1, 1], []), ([2, 2, 2], [2]), ([-1, 5], [5, -1, 0])),
        idea="Sets drop the repeats and have an operator for the question ($op); sorted turns the set into a list with a fixed order.",
        pitfall="Turning a set into a list without sorting gives the numbers in no dependable order.",
    ),
    Family(
        name="items_in_several_lists",
        concepts=("sets", "counting", "nested_data"),
        difficulty=3,
        names="items_in_several shared_items in_at_least_$least popular_items gather",
        arguments=("lists|baskets|wish_lists|groups_given: list[list[str]]; lists of words",),
        returns="list[str]",
        phrasings=(
            "Return the words that occur in at least $least of the lists in $lists, in alphabetical order. A word that stands several times in the same list counts once for that list.",
            "For each word find the number of lists in $lists that contain it (how often within a list does not matter). Give the words for which it is $least or more, sorted alphabetically.",
            "Collect alphabetically the words that $least or more of the inner lists of $lists have in common, each word once.",
            "Which words appear in $least or more different lists of $lists? Ignore repeats inside a list and answer with an alphabetically sorted list.",
        ),
        solutions=(
            """
from collections import Counter
$count = Counter($word for $row in $lists for $word in set($row))
return sorted($word for $word in $count if $count[$word] >= $least)
""",
            """
$groups = {}
for $row in $lists:
    for $word in set($row):
        $groups[$word] = $groups.get($word, 0) + 1
$result = [$word for $word, $count in $groups.items() if $count >= $least]
$result.sort()
return $result
""",
            """
$seen = set().union(*$lists)
return [$word for $word in sorted($seen) if sum($word in $row for $row in $lists) >= $least]
""",
        ),
        reference=lambda lists, least: sorted(
            {
                word
                for some in itertools.combinations(lists, least)
                for word in set(some[0]).intersection(*some[1:])
            }
        ),
        parameters=lambda rng: {"least": rng.choice((2, 2, 3))},
        inputs=lambda rng, least: (
            [
                rng.choices(("tea", "milk", "rice", "salt", "jam"), k=rng.randint(2, 4))
                for _ in range(rng.randint(3, 4))
            ],
        ),
        edges=(([],), ([["tea", "tea", "tea"]],), ([[], []],), ([["a", "b"], ["b", "a"], ["b"], ["a"]],)),
        idea="Making a set of each list first lets every list vote once for a word; then only the votes have to be counted.",
        pitfall="Counting all the words directly lets one list with a repeated word pass for several lists.",
    ),
    Family(
        name="pairs_with_shared_hobbies",
        concepts=("sets", "nested_loops", "dictionaries"),
        difficulty=3,
        names="pairs_with_shared_$noun matching_pairs similar_people find_pairs match",
        arguments=("likes|people|interests|choices: dict[str, list[str]]; what each person likes",),
        returns="list[tuple[str, str]]",
        phrasings=(
            "Return all pairs of people in $likes who share at least $least different $noun. In a pair the alphabetically smaller name stands first, and the pairs are sorted.",
            "The dictionary $likes maps each person to a list of $noun. List the pairs (a, b) with a before b in the alphabet whose lists have $least or more different $noun in common, in alphabetical order of the pairs.",
            "Compare everybody in the dictionary $likes with everybody else. Collect a tuple of both names, in alphabetical order, where $least or more of their $noun (repeats ignored) agree, and sort the tuples.",
            "Which two people in $likes have $least or more different $noun in common? Give every such pair once, as a tuple of names in alphabetical order, in a sorted list.",
        ),
        solutions=(
            """
from itertools import combinations
$result = []
for $left, $right in combinations(sorted($likes), 2):
    if len(set($likes[$left]) & set($likes[$right])) >= $least:
        $result.append(($left, $right))
return $result
""",
            """
$groups = {$key: set($row) for $key, $row in $likes.items()}
return sorted(
    ($left, $right)
    for $left in $groups
    for $right in $groups
    if $left < $right and len($groups[$left] & $groups[$right]) >= $least
)
""",
            """
$result = []
$seen = sorted($likes)
for $i, $left in enumerate($seen):
    for $right in $seen[$i + 1 :]:
        $count = sum($item in $likes[$right] for $item in set($likes[$left]))
        if $count >= $least:
            $result.append(($left, $right))
return $result
""",
        ),
        reference=lambda likes, noun, least: sorted(
            {
                (min(pair), max(pair))
                for pair in itertools.permutations(likes, 2)
                if len({(x, y) for x in likes[pair[0]] for y in likes[pair[1]] if x == y}) >= least
            }
        ),
        parameters=lambda rng: {
            "noun": Raw(rng.choice(("hobbies", "books", "languages"))),
            "least": rng.choice((2, 2, 3)),
        },
        inputs=lambda rng, noun, least: (
            {
                name: rng.sample(HOBBIES, rng.randint(2, 5))
                for name in rng.sample(draws.FIRST_NAMES, rng.randint(3, 4))
            },
        ),
        edges=(
            ({},),
            ({"Ada": ["chess"]},),
            ({"Ben": ["judo", "judo"], "Ada": ["judo", "judo"]},),
            ({"Eva": [], "Dan": [], "Cleo": ["yoga", "judo"]},),
        ),
        idea="Look at every unordered pair once; the size of the intersection of two sets is the number of $noun they share.",
        pitfall="Two full nested loops over the names list each pair twice and pair everybody with themselves.",
    ),
    Family(
        name="pairs_at_distance",
        concepts=("sets", "tuples", "sorting"),
        difficulty=3,
        names="pairs_at_distance number_pairs pairs_${gap}_apart distance_pairs collect",
        arguments=("numbers|values|places|heights: list[int]; numbers in any order",),
        returns="list[tuple[int, int]]",
        phrasings=(
            "Return all different pairs (a, b) of numbers in $numbers with b - a equal to $gap, sorted by a.",
            "Find the values in $numbers that have another value exactly $gap above them. For each give the tuple (value, value + $gap), once, in rising order.",
            "List every pair of elements of $numbers that lie exactly $gap apart, smaller number first, without repeating a pair, ordered from the smallest pair upwards.",
            "Which two numbers from $numbers differ by $gap? Answer with a sorted list of (smaller, larger) tuples in which no tuple occurs twice.",
        ),
        solutions=(
            """
$seen = set($numbers)
return [($item, $item + $gap) for $item in sorted($seen) if $item + $gap in $seen]
""",
            """
$result = []
for $item in sorted($numbers):
    $pair = ($item, $item + $gap)
    if $item + $gap in $numbers and $pair not in $result:
        $result.append($pair)
return $result
""",
            """
$result = set()
for $item in $numbers:
    for $other in $numbers:
        if $other - $item == $gap:
            $result.add(($item, $other))
return sorted($result)
""",
        ),
        reference=lambda numbers, gap: [
            (a, b) for a, b in itertools.product(sorted(set(numbers)), repeat=2) if a + gap == b
        ],
        parameters=lambda rng: {"gap": rng.choice((1, 2, 3, 5, 10))},
        inputs=lambda rng, gap: (
            [
                x
                for start in draws.ints(rng, 2, 3, -5, 20)
                for x in (start, start + rng.choice((gap, gap, 4)))
            ],
        ),
        edges=(([],), ([4],), ([3, 3, 3],), ([2, 1, 0, -1],), ([10, 5, 0, 5, 10],)),
        idea="For a number a the partner can only be a + $gap, and a set answers at once whether it is there.",
        pitfall="With repeated numbers the same pair is found several times unless a set removes the copies.",
    ),
)
