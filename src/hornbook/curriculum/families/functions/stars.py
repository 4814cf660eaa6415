"""Families on functions that take any number of arguments."""

from __future__ import annotations

import random
from typing import Any

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw


def _called(calls: list[tuple[Any, ...]], empty: int) -> list[int]:
    answers = []
    for name, *numbers in calls:
        ordered = sorted(numbers)
        values = {
            "sum": sum(numbers),
            "span": (ordered or [empty])[-1] - (ordered or [0])[0],
            "count": len(numbers),
        }
        answers.append(values[name])
    return answers


def _calls(rng: random.Random) -> tuple[list[tuple[Any, ...]]]:
    names = ("sum", "span", "span", "count")
    return ([(rng.choice(names), *draws.ints(rng, 0, 4, -9, 20)) for _ in range(rng.randint(2, 4))],)


def _scores(rng: random.Random) -> tuple[dict[str, list[int]]]:
    names = rng.sample(draws.FIRST_NAMES, rng.randint(2, 4))
    return ({name: draws.ints(rng, 0, 4, 0, 6) for name in names},)


def _ranked(scores: dict[str, list[int]], drop: int) -> list[str]:
    totals = {name: sum(sorted(points)[drop:]) for name, points in scores.items()}
    return [name for _, name in sorted((-total, name) for name, total in totals.items())]


def _joined(parts: list[list[str]], sep: str) -> list[str]:
    return [sep.join(word for word in words if word) for words in parts]


FAMILIES: tuple[Family, ...] = (
    Family(
        name="call_by_name_with_many",
        concepts=("variable_arguments", "higher_order", "dictionaries"),
        difficulty=3,
        names="run_calls call_all answers_of_calls evaluate_calls perform apply_calls",
        arguments=("calls|requests|tasks|lines: list[tuple]; a name and any number of integers each",),
        returns="list[int]",
        phrasings=(
            "Return the answers to $calls in order. A call is a tuple of a name and any number of integers: 'sum' asks for their sum, 'count' for how many there are, and 'span' for the largest minus the smallest, which is $empty without any.",
            "Given a list of tuples $calls, each with 'sum', 'span' or 'count' in front and integers behind, work out every call and return the list of results. The span is the difference between the largest and the smallest integer; with no integers the sum and the count are 0 and the span is $empty.",
            "A voice assistant hears things like ('sum', 3, 4, 5), ('span', 9, 2) or ('count',). A sum adds the numbers, a count says how many were named, and a span is the distance from the smallest to the largest, $empty if none was named. What does it answer to $calls?",
            "For each tuple (w, n1, ..., nm) of $calls, where m may be 0, return in order: n1 + ... + nm if w is 'sum'; m if w is 'count'; max - min of the n's if w is 'span' and m > 0; $empty if w is 'span' and m = 0.",
        ),
        solutions=(
            """
def span(*numbers):
    return max(numbers) - min(numbers) if numbers else $empty

def total(*numbers):
    return sum(numbers)

def count(*numbers):
    return len(numbers)

functions = {"sum": total, "span": span, "count": count}
return [functions[name](*numbers) for name, *numbers in $calls]
""",
            """
$result = []
for name, *numbers in $calls:
    if name == "sum":
        $result.append(sum(numbers))
    elif name == "count":
        $result.append(len(numbers))
    elif numbers:
        numbers.sort()
        $result.append(numbers[-1] - numbers[0])
    else:
        $result.append($empty)
return $result
""",
        ),
        reference=_called,
        inputs=lambda rng, empty: _calls(rng),
        edges=(
            ([],),
            ([("sum",), ("count",), ("span",)],),
            ([("span", 4)],),
            ([("span", -3, -8), ("sum", -3, -8)],),
            ([("count", 0, 0)],),
        ),
        idea="`*numbers` collects whatever follows the name, and a star in the call hands it on.",
        pitfall="`max()` of nothing raises an error, so the function needs an answer for no arguments.",
        parameters=lambda rng: {"empty": rng.choice((-1, 0, 99))},
    ),
    Family(
        name="rank_without_worst",
        concepts=("variable_arguments", "sorting_with_key", "default_arguments"),
        difficulty=3,
        names="ranking rank_players order_of_players best_first final_order rank_by_points",
        arguments=(
            "scores|results|points|players: dict[str, list[int]]; from names to the points of each round",
        ),
        returns="list[str]",
        phrasings=(
            "Return the names in $scores sorted by points, most first, where the $drop worst $rounds of each player are left out. Equal sums are in alphabetical order; a player with $drop $rounds or fewer has 0 points.",
            "Given a dictionary $scores from names to lists of points, drop the $drop smallest values of each list (all of them if there are no more), add up the rest and return the names sorted by that sum, the largest first and names with the same sum from A to Z.",
            "In a club's season the $drop worst $rounds of each member do not count. Who is where in the table if $scores holds everybody's points? Members with the same total are listed alphabetically, and who has played $drop $rounds or fewer has a total of 0.",
            "For each name let t be the sum of its list in $scores without its $drop smallest elements, or 0 if the list has at most $drop elements. Return the list of names sorted by t descending and then by name ascending.",
        ),
        solutions=(
            """
return sorted($scores, key=lambda name: (-counted(*$scores[name]), name))
""",
            """
totals = []
for name, points in $scores.items():
    totals.append((-counted(*points), name))
totals.sort()
return [name for _, name in totals]
""",
        ),
        setup="""
def counted(*points, drop=$drop):
    return sum(sorted(points)[drop:])
""",
        reference=lambda scores, drop, rounds: _ranked(scores, drop),
        inputs=lambda rng, drop, rounds: _scores(rng),
        edges=(
            ({},),
            ({"Ada": []},),
            ({"Ben": [3, 3, 3], "Ada": [3, 3, 3]},),
            ({"Ada": [1], "Ben": [9, 9, 9, 1], "Zoë": [5]},),
            ({"Uma": [0, 4, 4], "Kai": [8, 0, 0, 1]},),
        ),
        idea="The helper takes any number of points, so a list is spread into its call with a star; the key turns the order round with a minus sign.",
        pitfall="`counted(points)` passes one argument, the list itself, and then there is nothing left to add.",
        parameters=lambda rng: {
            "drop": rng.randint(1, 2),
            "rounds": Raw(rng.choice(("rounds", "games", "races"))),
        },
    ),
    Family(
        name="join_filled_parts",
        concepts=("variable_arguments", "keyword_arguments", "string_building"),
        difficulty=2,
        names="join_parts join_filled join_rows addresses glue compose_lines",
        arguments=("rows|lines|entries|parts: list[list[str]]; the parts of each line, some of them empty",),
        returns="list[str]",
        phrasings=(
            "Return each of $rows joined to one string with '$sep' between its parts. Empty parts are left out together with their separator; a row with nothing in it gives ''.",
            "Given a list of lists of strings $rows, join every inner list with '$sep', as if its empty strings were not there, and return the list of the results.",
            "Labels for parcels are printed from forms in which some fields may be blank. The fields of one form stand next to each other with '$sep' in between, but never two separators in a row nor one at an end. What do the labels for $rows look like?",
            "For each list of $rows take its non-empty strings in order and concatenate them with '$sep' between neighbours; return these strings in a list as long as $rows. A string of blanks is not empty.",
        ),
        solutions=(
            """
def join(*parts, sep="$sep"):
    return sep.join(filter(None, parts))

return [join(*$row) for $row in $rows]
""",
            """
$result = []
for $row in $rows:
    text = ""
    for $word in $row:
        if text and $word:
            text += "$sep"
        text += $word
    $result.append(text)
return $result
""",
        ),
        reference=lambda rows, sep: _joined(rows, str(sep)),
        inputs=lambda rng, sep: (
            [
                [rng.choice(("", draws.word(rng), draws.word(rng))) for _ in range(rng.randint(1, 4))]
                for _ in range(rng.randint(2, 3))
            ],
        ),
        edges=(([],), ([[]],), ([[""]],), ([["", "", "tea"]],), ([["ü"], ["a", "", "b"]],), ([[" ", "x"]],)),
        idea="With the parts collected by a star, the separator can only be given by name, so it is never mistaken for a part.",
        pitfall="Joining first and removing doubled separators afterwards also damages parts that contain the separator.",
        parameters=lambda rng: {"sep": Raw(rng.choice((", ", "/", " - ", "; ")))},
    ),
)
