"""Families on the best k of many: sorting and cutting, `heapq.nlargest`, and what happens to ties."""

from __future__ import annotations

import random

from hornbook.curriculum import draws
from hornbook.curriculum.families.wording import part
from hornbook.curriculum.family import Family, Raw


def _scores(rng: random.Random, low: int, high: int) -> list[tuple[str, int]]:
    return [(name, rng.randint(1, 5) * 5) for name in rng.sample(draws.FIRST_NAMES, rng.randint(low, high))]


FAMILIES: tuple[Family, ...] = (
    Family(
        name="podium_with_ties",
        concepts=("top_k", "sorting_with_key", "filtering"),
        difficulty=3,
        names="podium_with_ties qualified reach_the_final selected_names best_group",
        arguments=(
            "results|scores|entries|runners: list[tuple[str, int]]; pairs of a name and a number of $noun",
        ),
        returns="list[str]",
        phrasings=(
            "Return the names of the $k entries in $results with the $adjective number of $noun, together with all that have as many as the last of these. Keep the order of $results; if there are at most $k entries, all names are returned.",
            "Select from $results the $k best, where $adjective is best, and everybody level with the $k-th best. Give their names in the original order. With $k entries or fewer, nobody is left out.",
            "The $k players with the $adjective number of $noun qualify, and so does anyone who has exactly as many as the last of them. Given $results, who qualifies? List the names as they stand in $results.",
            "Let t be the $k-th value of the numbers in $results sorted with the $adjective first. Return, in the order of $results, the names of all pairs whose number is t or better; return all names when there are fewer than $k pairs.",
        ),
        solutions=(
            """
if len($results) <= $k:
    return [$key for $key, $count in $results]
limit = sorted([$count for $key, $count in $results]$down)[:$k][-1]
return [$key for $key, $count in $results if $count $op limit]
""",
            """
from heapq import $nbest
numbers = $nbest($k, ($count for $key, $count in $results))
$result = []
for $key, $count in $results:
    if $count $op numbers[-1]:
        $result.append($key)
return $result
""",
            """
$result = []
for $key, $count in $results:
    ahead = 0
    for $pair in $results:
        ahead += $pair[1] $better $count
    if ahead < $k:
        $result.append($key)
return $result
""",
        ),
        reference=lambda results, k, noun, adjective, down, op, nbest, better: [
            name
            for name, number in results
            if len([n for _, n in results if (n > number if adjective == "largest" else n < number)]) < k
        ],
        parameters=lambda rng: {
            "k": rng.randint(2, 3),
            "noun": Raw(rng.choice(("points", "votes", "goals", "seconds", "stars"))),
            **part(
                rng,
                {
                    "adjective": "largest",
                    "down": ", reverse=True",
                    "op": ">=",
                    "nbest": "nlargest",
                    "better": ">",
                },
                {"adjective": "smallest", "down": "", "op": "<=", "nbest": "nsmallest", "better": "<"},
            ),
        },
        inputs=lambda rng, **_: (_scores(rng, 4, 6),),
        edges=(
            ([],),
            ([("Ada", 5)],),
            ([("Ada", 5), ("Ben", 5), ("Cleo", 5), ("Dan", 5)],),
            ([("a", 1), ("b", 2), ("c", 3), ("d", 4)],),
            ([("z", 3), ("y", 2), ("x", 2), ("w", 1), ("v", 3)],),
        ),
        idea="The number of the $k-th best is the limit; whoever reaches it is in, and so equal entries are treated alike.",
        pitfall="Cutting the sorted list after $k entries separates people with the same number of $noun.",
    ),
    Family(
        name="sum_of_best_results",
        concepts=("top_k", "dictionaries", "accumulation"),
        difficulty=2,
        names="sum_of_best season_totals best_results_total score_table drop_the_rest",
        arguments=("results|scores|marks|throws: dict[str, list[int]]; all results of each name",),
        returns="dict[str, int]",
        phrasings=(
            "Return a dictionary from each name in $results to the sum of its $k $adjective numbers, or of all if there are fewer. A name with fewer than $least numbers is left out; the order of the names is kept.",
            "For every name of $results add up only the $k $adjective results (all of them where there are not so many). Names with fewer than $least results do not appear. Keep the order of $results.",
            "In a league just the $k $adjective results of each player count, and only players with at least $least results are listed. Given $results, what is everybody's total? Answer with a dictionary in the order of $results.",
            "Build the dictionary, in the order of $results, that maps each name having at least $least numbers to the sum of the first $k elements of its list sorted with the $adjective first (of the whole list if it is shorter).",
        ),
        solutions=(
            """
$total = {}
for $key, $row in $results.items():
    if len($row) >= $least:
        $total[$key] = sum(sorted($row$down)[:$k])
return $total
""",
            """
from heapq import $nbest
return {
    $key: sum($nbest($k, $row))
    for $key, $row in $results.items()
    if len($row) >= $least
}
""",
            """
$total = {}
for $key in $results:
    if len($results[$key]) < $least:
        continue
    counted = list($results[$key])
    while len(counted) > $k:
        counted.remove($worst(counted))
    $total[$key] = sum(counted)
return $total
""",
        ),
        reference=lambda results, k, least, adjective, down, nbest, worst: {
            name: sum(
                n
                for i, n in enumerate(sorted(row))
                if (i >= len(row) - k if adjective == "largest" else i < k)
            )
            for name, row in results.items()
            if row[least - 1 :]
        },
        parameters=lambda rng: {
            "k": rng.randint(2, 3),
            "least": rng.randint(2, 3),
            **part(
                rng,
                {"adjective": "largest", "down": ", reverse=True", "nbest": "nlargest", "worst": "min"},
                {"adjective": "smallest", "down": "", "nbest": "nsmallest", "worst": "max"},
            ),
        },
        inputs=lambda rng, **_: (
            {name: draws.ints(rng, 0, 4, 1, 20) for name in rng.sample(draws.FIRST_NAMES, rng.randint(2, 3))},
        ),
        edges=(
            ({},),
            ({"Ada": []},),
            ({"Ada": [4]},),
            ({"Ben": [1, 2], "Eva": [5, 5, 5, 5]},),
            ({"Uma": [-1, 0, 3, -2], "Max": [7, 6, 1]},),
        ),
        idea="Sorting a copy of each list brings the results that count to the front, and a slice takes what is there even if it is less.",
        pitfall="Sorting the list itself with .sort() would rearrange the caller's data.",
    ),
    Family(
        name="closest_in_place",
        concepts=("top_k", "enumerate_zip", "sorting_with_key"),
        difficulty=3,
        names="closest_in_place nearest_values k_closest pick_near select_close",
        arguments=(
            "values|sizes|prices|numbers: list[int]; the numbers to choose from",
            "target|goal|wish|centre: int; the number to be near to",
        ),
        returns="list[int]",
        phrasings=(
            "Return the $k numbers of $values that are closest to $target, in the order in which they stand in $values. Of equally close ones the $side come first into the choice; with fewer than $k numbers return all.",
            "Choose $k entries of $values with the smallest distance to $target, preferring $side at equal distance, and list them in their original order. If there are fewer than $k entries, the result is the whole list.",
            "Somebody wants to spend about $target and looks at $k offers out of the prices $values: those closest to it, and at the same distance $side. Which prices are looked at, in the order of the list? Short lists are looked at completely.",
            "Let the indices of $values be sorted by distance of the element from $target, at equal distance $side first. Return the elements at the first $k of them (all if there are fewer), arranged by ascending index.",
        ),
        solutions=(
            """
def nearness($i):
    return abs($values[$i] - $target), $sign$i
chosen = sorted(range(len($values)), key=nearness)[:$k]
return [$values[$i] for $i in sorted(chosen)]
""",
            """
from heapq import nsmallest
$result = nsmallest($k, [(abs($item - $target), $sign$i, $item) for $i, $item in enumerate($values)])
$result.sort(key=lambda $pair: $sign$pair[1])
return [$item for _, _, $item in $result]
""",
            """
remaining = list($values)
while len(remaining) > $k:
    farthest = max(abs($item - $target) for $item in remaining)
    place = [abs($item - $target) for $item in remaining$turn].index(farthest)
    del remaining[$gone]
return remaining
""",
        ),
        reference=lambda values, target, k, side, sign, turn, gone: [
            v
            for i, v in enumerate(values)
            if sum(
                abs(w - target) < abs(v - target)
                or (abs(w - target) == abs(v - target) and (j < i if side.startswith("earlier") else j > i))
                for j, w in enumerate(values)
            )
            < k
        ],
        parameters=lambda rng: {
            "k": rng.randint(2, 3),
            **part(
                rng,
                {"side": "earlier elements", "sign": "", "turn": "[::-1]", "gone": "~place"},
                {"side": "later elements", "sign": "-", "turn": "", "gone": "place"},
            ),
        },
        inputs=lambda rng, **_: (draws.ints(rng, 4, 7, 0, 12), rng.randint(4, 8)),
        edges=(
            ([], 5),
            ([1], 5),
            ([4, 6, 4, 6], 5),
            ([9, 1, 9, 1, 5], 5),
            ([3, 3, 3, 3], 0),
            ([-2, 2, -1, 1, 0], 0),
        ),
        idea="The choice is made among indices, with the distance as the first part of the key; sorting the chosen indices restores the order.",
        pitfall="Sorting the values by distance and returning them loses their original order.",
    ),
    Family(
        name="best_of_each_category",
        concepts=("top_k", "grouping", "sorting_by_several_keys"),
        difficulty=3,
        names="best_of_each top_per_group category_winners shortlist pick_best",
        arguments=(
            "films|books|items|entries: list[tuple[str, str, int]]; triples of title, category and rating",
        ),
        returns="dict[str, list[str]]",
        phrasings=(
            "Return for each category in $films the titles with the $k best ratings, best first and equal ratings in alphabetical order of the titles. The $best a rating, the better. The categories keep the order of their first appearance.",
            "Group the triples (title, category, rating) of $films by category and keep the $k best titles of each, ordered from best to worst and alphabetically where ratings are equal; the $best a rating, the better. The keys of the dictionary come in order of first appearance.",
            "A club shows its $k best films of each category. $films has triples (title, category, rating), and the $best a rating, the better. Which titles are shown per category, the best one first and ties by title? List categories as they first come up.",
            "Build a dictionary whose keys are the categories of $films in the order of first occurrence. The value of a category is the list of its titles sorted by rating ($best ones first) and then by title, cut after $k titles.",
        ),
        solutions=(
            """
$groups = {}
for title, category, rating in $films:
    $groups.setdefault(category, []).append((${sign}rating, title))
return {$key: [title for _, title in sorted($row)[:$k]] for $key, $row in $groups.items()}
""",
            """
$result = {category: [] for _, category, _ in $films}
for title, category, rating in sorted($films, key=lambda $row: ($sign$row[2], $row[0])):
    if len($result[category]) < $k:
        $result[category].append(title)
return $result
""",
        ),
        reference=lambda films, k, best, sign: {
            category: [
                title
                for title, c, rating in sorted(sorted(films), key=lambda f: f[2], reverse=best == "higher")
                if c == category
            ][:k]
            for category in dict.fromkeys(f[1] for f in films)
        },
        parameters=lambda rng: {
            "k": rng.randint(2, 3),
            **part(rng, {"best": "higher", "sign": "-"}, {"best": "lower", "sign": ""}),
        },
        inputs=lambda rng, **_: (
            [
                (title, rng.choice(("fun", "crime")), rng.randint(1, 3))
                for title in rng.sample(
                    ("Up", "Noon", "Rain", "Moon", "Home", "Zero", "Ants"), rng.randint(5, 7)
                )
            ],
        ),
        edges=(
            ([],),
            ([("Up", "fun", 3)],),
            ([("b", "x", 1), ("a", "x", 1), ("d", "x", 1), ("c", "x", 1)],),
            ([("b", "y", 1), ("a", "x", 2), ("c", "y", 3)],),
        ),
        idea="Sorted once, the films come up from best to worst, so each category simply takes the first $k that belong to it.",
        pitfall="Sorting with reverse=True would also turn the alphabetical order of equal ratings around.",
    ),
    Family(
        name="score_without_extremes",
        concepts=("top_k", "sorting", "list_slicing"),
        difficulty=1,
        names="score_without_extremes judged_score fair_score trimmed_sum rate_dive",
        arguments=("marks|points|votes|judges: list[int]; the marks of all judges",),
        returns="int",
        phrasings=(
            "Return the sum of $marks without the $k highest and the $k lowest ones. If there are no more than $both marks, the result is 0.",
            "Leave out the $k largest and the $k smallest of $marks and add up the rest; with $both or fewer marks nothing is left, and the answer is 0.",
            "After a dive the $k best and the $k worst of the judges' $marks are struck out. What is the sum of the others? With at most $both judges the dive scores 0.",
            "Sort $marks, drop $k elements at each end and return the sum of what remains, 0 if the list has at most $both elements.",
        ),
        solutions=(
            """
if len($marks) <= $both:
    return 0
ordered = sorted($marks)
return sum(ordered[$k:-$k])
""",
            """
remaining = list($marks)
for $i in range($k):
    if len(remaining) < 2:
        return 0
    remaining.remove(max(remaining))
    remaining.remove(min(remaining))
return sum(remaining)
""",
        ),
        reference=lambda marks, k, both: sum(
            m for i, m in enumerate(sorted(marks)) if k <= i < len(marks) - k
        ),
        parameters=lambda rng: (lambda k: {"k": k, "both": 2 * k})(rng.randint(2, 3)),
        inputs=lambda rng, k, both: (draws.ints(rng, both + 1, 9, 1, 10),),
        edges=(([],), ([5],), ([5, 6, 5, 7],), ([1, 2, 3, 4, 5],), ([9, 1, 9, 1, 5, 7, 8],)),
        idea="In sorted order the extremes lie at both ends, and one slice takes what is between them.",
        pitfall="Removing max(marks) by value in a comprehension drops all equal marks, not just one.",
    ),
)
