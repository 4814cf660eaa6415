"""Families on dictionaries about people: marks, ages, votes."""

from __future__ import annotations

import random
from collections import Counter
from fractions import Fraction

from hornbook.curriculum import draws
from hornbook.curriculum.families.wording import part
from hornbook.curriculum.family import Family, Raw


def _marks(rng: random.Random) -> dict[str, list[int]]:
    return {name: draws.ints(rng, 0, 4, 1, 20) for name in rng.sample(draws.FIRST_NAMES, rng.randint(2, 4))}


def _people(rng: random.Random) -> list[dict[str, str | int]]:
    names = rng.sample(draws.FIRST_NAMES, rng.randint(3, 5))
    return [{"name": name, "age": rng.randint(5, 12) * 3} for name in names]


FAMILIES: tuple[Family, ...] = (
    Family(
        name="extreme_average",
        concepts=("dictionaries", "min_max", "sorting_with_key"),
        difficulty=3,
        names="${extreme}_average ${extreme}_student pick_student find_name choose",
        arguments=("marks|grades|scores|results: dict[str, list[int]]; the marks of each student",),
        returns="str",
        phrasings=(
            "Return the name of the student with the $extreme average mark in $marks. Students without marks are skipped; on a tie the one who comes first in the dictionary is taken; return '' if nobody has a mark.",
            "In $marks every student has a list of marks. Find whose average is $extreme, leaving out empty lists. The earlier student wins a tie, and the answer is the empty string when no student is left.",
            "Compute the average of each non-empty list in $marks and give the key of the $extreme one. Of equal averages the first counts. Without any marks give ''.",
            "Who has the $extreme mean mark? Look through the dictionary $marks in order, pass over students with no marks, let the first of equals win, and answer '' when there is nobody to name.",
        ),
        solutions=(
            """
$best = ""
$total = None
for $key, $row in $marks.items():
    if not $row:
        continue
    $current = sum($row) / len($row)
    if $total is None or $current $op $total:
        $best = $key
        $total = $current
return $best
""",
            """
$groups = {$key: sum($row) / len($row) for $key, $row in $marks.items() if $row}
return $pick($groups, key=$groups.get, default="")
""",
            """
from statistics import mean
$result = [$key for $key in $marks if len($marks[$key]) > 0]
return $pick($result, key=lambda $key: mean($marks[$key]), default="")
""",
        ),
        reference=lambda marks, extreme, pick, op: next(
            iter(
                sorted(
                    (n for n in marks if marks[n]),
                    key=lambda n: (
                        Fraction(sum(marks[n]), len(marks[n])) * (-1 if extreme == "highest" else 1)
                    ),
                )
            ),
            "",
        ),
        parameters=lambda rng: part(
            rng,
            {"extreme": "highest", "pick": "max", "op": ">"},
            {"extreme": "lowest", "pick": "min", "op": "<"},
        ),
        inputs=lambda rng, extreme, pick, op: (_marks(rng),),
        edges=(({},), ({"Ada": []},), ({"Ben": [2, 4], "Cleo": [3]},), ({"Dan": [], "Eva": [1]},)),
        idea="Work out one average per student who has marks, then take the $extreme; max and min return the first of equal candidates, as the task wants.",
        pitfall="Dividing by len(list) fails with ZeroDivisionError for a student without marks.",
    ),
    Family(
        name="average_marks_rounded",
        concepts=("dictionaries", "rounding", "mapping"),
        difficulty=2,
        names="average_marks mean_per_student averages report_card transform",
        arguments=("marks|grades|scores|results: dict[str, list[int]]; the marks of each student",),
        returns="dict[str, float]",
        phrasings=(
            "Return a dictionary with the average mark of each student in $marks, rounded to $places. A student without marks gets $default.",
            "Replace every list of marks in $marks by its mean, rounded with round(..., $digits), and return the new dictionary; an empty list becomes $default.",
            "For each name in $marks compute the sum divided by the number of marks, rounded to $places. Use $default where there are no marks, and do not change $marks.",
            "What is the mean mark of every student in $marks? Give a dictionary from name to mean, rounded to $places, with $default for students who have no marks yet.",
        ),
        solutions=(
            """
$result = {}
for $key, $row in $marks.items():
    if $row:
        $result[$key] = round(sum($row) / len($row), $digits)
    else:
        $result[$key] = $default
return $result
""",
            """
return {$key: round(sum($row) / len($row), $digits) if $row else $default for $key, $row in $marks.items()}
""",
            """
from statistics import fmean
$result = dict.fromkeys($marks, $default)
for $key in $marks:
    if len($marks[$key]) > 0:
        $result[$key] = round(fmean($marks[$key]), $digits)
return $result
""",
        ),
        reference=lambda marks, digits, places, default: {
            name: round(float(Fraction(sum(row), len(row))), digits) if row != [] else default
            for name, row in marks.items()
        },
        parameters=lambda rng: {
            **rng.choice(
                (
                    {"digits": 1, "places": Raw("1 decimal place")},
                    {"digits": 2, "places": Raw("2 decimal places")},
                )
            ),
            "default": rng.choice((0.0, -1.0)),
        },
        inputs=lambda rng, digits, places, default: (_marks(rng),),
        edges=(({},), ({"Ada": []},), ({"Ben": [7]},), ({"Cleo": [1, 2], "Dan": [2, 2, 3]},)),
        idea="The mean is the sum divided by the length; the test for an empty list comes first, because there the division is not possible.",
        pitfall="Rounding each mark before adding them gives another result than rounding the mean.",
    ),
    Family(
        name="names_by_age",
        concepts=("nested_data", "sorting_with_key", "filtering"),
        difficulty=2,
        names="names_by_age people_sorted guests_by_age select_people arrange",
        arguments=("people|guests|members|records: list[dict]; records with a name and an age",),
        returns="list[str]",
        phrasings=(
            "Each dictionary in $people has the keys 'name' and 'age'. Return the names of those with an age of $words $limit, sorted by age, youngest first, and by name when ages are equal.",
            "From the records $people (keys 'name', 'age') select the ones whose age is $words $limit. Give their names ordered from youngest to oldest; people of the same age come in alphabetical order.",
            "Sort the people in $people by age and then alphabetically, and list the names of everyone whose age is $words $limit.",
            "Who in $people has an age of $words $limit? Answer with the 'name' values in order of rising 'age'; equal ages are ordered alphabetically by name.",
        ),
        solutions=(
            """
$result = [$row for $row in $people if $row["age"] $op $limit]
$result.sort(key=lambda $row: ($row["age"], $row["name"]))
return [$row["name"] for $row in $result]
""",
            """
$result = []
for $row in $people:
    if $row["age"] $op $limit:
        $result.append(($row["age"], $row["name"]))
return [$key for $i, $key in sorted($result)]
""",
            """
from operator import itemgetter
$result = sorted($people, key=itemgetter("age", "name"))
return [$row["name"] for $row in $result if $row["age"] $op $limit]
""",
        ),
        reference=lambda people, op, words, limit: [
            name
            for age in sorted({p["age"] for p in people})
            for name in sorted(p["name"] for p in people if p["age"] == age)
            if draws.COMPARISONS[op][1](age, limit)
        ],
        parameters=lambda rng: {**draws.comparison(rng), "limit": rng.choice((18, 21, 24, 30))},
        inputs=lambda rng, op, words, limit: (_people(rng),),
        edges=(
            ([],),
            ([{"name": "Ada", "age": 18}],),
            ([{"name": "Rui", "age": 30}, {"name": "Ben", "age": 30}, {"name": "Kai", "age": 12}],),
        ),
        idea="A tuple of age and name as sorting key compares the ages first and falls back to the names only when the ages are the same.",
        pitfall="Sorting by age alone leaves people of the same age in the order of the input.",
    ),
    Family(
        name="winner_with_enough_votes",
        concepts=("counting", "dictionaries", "min_max"),
        difficulty=3,
        names="election_winner winner most_votes elect decide",
        arguments=("votes|ballots|choices|picks: list[str]; one name per vote",),
        returns="str",
        phrasings=(
            "Return the name that occurs most often in $votes; of several equally frequent names take the alphabetically first. If no name has at least $need votes, return ''.",
            "Count the votes in $votes and name the winner. A tie goes to the name that comes first in the alphabet, and a winner needs $need votes or more, otherwise the result is the empty string.",
            "Find the most frequent string in $votes, preferring the alphabetically smaller one among equals. Give '' when even the most frequent string occurs fewer than $need times.",
            "Who is elected by $votes? The name with the most votes wins, the alphabetically first one among equals; with fewer than $need votes for it (or no votes at all) nobody is elected and the answer is ''.",
        ),
        solutions=(
            """
$groups = {}
for $key in $votes:
    $groups[$key] = $groups.get($key, 0) + 1
$best = ""
for $key in sorted($groups):
    if $groups[$key] >= $need and $groups[$key] > $groups.get($best, 0):
        $best = $key
return $best
""",
            """
from collections import Counter
$groups = Counter($votes)
$best = min($groups, key=lambda $key: (-$groups[$key], $key), default="")
return $best if $groups[$best] >= $need else ""
""",
            """
$result = [$key for $key in sorted(set($votes)) if $votes.count($key) >= $need]
if not $result:
    return ""
return max($result, key=$votes.count)
""",
        ),
        reference=lambda votes, need: next(
            (
                name
                for count in range(len(votes), need - 1, -1)
                for name in sorted(votes)
                if Counter(votes)[name] == count
            ),
            "",
        ),
        parameters=lambda rng: {"need": rng.randint(2, 3)},
        inputs=lambda rng, need: (rng.choices(("Ada", "Ben", "Cleo", "Dan"), k=rng.randint(5, 9)),),
        edges=(([],), (["Max"],), (["Rui", "Eva"],), (["Uma", "Kai", "Kai", "Uma", "Uma", "Kai"],)),
        idea="Count first, then choose: going through the names alphabetically and replacing the leader only for a strictly larger count settles ties.",
        pitfall="Counter.most_common breaks ties by first appearance, not by the alphabet.",
    ),
)
