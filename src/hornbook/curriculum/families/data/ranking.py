"""Families on ranking: who is ahead of whom, what ties do to the places, and how places change."""

from __future__ import annotations

from fractions import Fraction

from hornbook.curriculum import draws
from hornbook.curriculum.families.wording import part
from hornbook.curriculum.family import Family, Raw

FAMILIES: tuple[Family, ...] = (
    Family(
        name="places_in_high_scores",
        concepts=("ranking", "bisecting", "deduplication"),
        difficulty=3,
        names="places_in_high_scores dense_ranks ladder_places ranks_for locate_scores",
        arguments=(
            "table|board|high_scores|leaders: list[int]; the scores on the board, in any order",
            "games|new_scores|results|mine: list[int]; scores that were reached now",
        ),
        returns="list[int]",
        phrasings=(
            "Return the place that each score of $games has beside the scores in $table, where the $best score has place 1, equal scores share a place and no place is left out. The scores of $games do not influence each other.",
            "Rank every number of $games among the different numbers of $table: its place is 1 plus the number of different scores in $table that are $better. Return the places in the order of $games.",
            "A board shows the scores $table; equal scores have the same place, and the next place follows without a gap. Which places would the scores $games get, each taken by itself, if the $best score is first?",
            "For each g in $games return 1 + the size of the set of all t in $table that are $better than g, as a list in the order of $games. An empty $table makes every place 1.",
        ),
        solutions=(
            """
from bisect import bisect_left
ladder = sorted({$sign$item for $item in $table})
return [bisect_left(ladder, $sign$item) + 1 for $item in $games]
""",
            """
$result = []
for $item in $games:
    ahead = set()
    for $other in $table:
        if $other $op $item:
            ahead.add($other)
    $result.append(len(ahead) + 1)
return $result
""",
        ),
        reference=lambda table, games, sign, op, best, better: [
            1
            + len(
                [
                    t
                    for i, t in enumerate(table)
                    if t not in table[:i] and (t > g if best == "highest" else t < g)
                ]
            )
            for g in games
        ],
        parameters=lambda rng: part(
            rng,
            {"sign": "-", "op": ">", "best": "highest", "better": "higher"},
            {"sign": "", "op": "<", "best": "lowest", "better": "lower"},
        ),
        inputs=lambda rng, **_: (
            [rng.randint(1, 5) * 10 for _ in range(rng.randint(3, 6))],
            [rng.choice((rng.randint(1, 5) * 10, rng.randint(5, 60))) for _ in range(rng.randint(2, 4))],
        ),
        edges=(([], [5]), ([5], []), ([5, 5, 5], [4, 5, 6]), ([-1, 0, -1], [0, -1, -2]), ([3, 1, 2], [2, 2])),
        idea="Without its repeats and sorted from the best on, the board is a ladder, and bisect tells how many rungs lie above a score.",
        pitfall="Counting all better scores instead of the different ones leaves gaps after ties.",
    ),
    Family(
        name="shared_average_ranks",
        concepts=("ranking", "grouping", "sorting"),
        difficulty=4,
        names="shared_average_ranks average_ranks fair_ranks mean_places rank_samples",
        arguments=("values|scores|samples|times: list[int]; the numbers to rank",),
        returns="list[float]",
        phrasings=(
            "Return the rank of each number in $values, as a float and in the given order. The $best number comes first with rank 1, and equal numbers share the average of the places that they take up together.",
            "Sort $values with the $best number first and count the places from 1. Every number gets its place as a float; numbers that are equal all get the mean of their places. Return the ranks in the original order.",
            "In a tasting the $best of the scores $values is ranked first. Wines with equal scores divide the places they occupy fairly: two of them on places 2 and 3 both get 2.5. Which rank, as a float, does every wine get?",
            "For each element v of $values return b + (e + 1) / 2, where b is the number of elements that are $better than v and e the number of elements equal to v, itself included. The result is a list of floats in the order of $values.",
        ),
        solutions=(
            """
places = {}
for $i, $item in enumerate(sorted($values$down), 1):
    places.setdefault($item, []).append($i)
return [sum(places[$item]) / len(places[$item]) for $item in $values]
""",
            """
$result = []
for $item in $values:
    ahead = sum(1 for $other in $values if $other $op $item)
    $result.append(ahead + ($values.count($item) + 1) / 2)
return $result
""",
            """
ordered = sorted($values$down)
$result = []
for $item in $values:
    $left = ordered.index($item) + 1
    $right = $left + ordered.count($item) - 1
    $result.append(($left + $right) / 2)
return $result
""",
        ),
        reference=lambda values, best, down, op, better: [
            float(Fraction(sum(places), len(places)))
            for v in values
            for places in [[i + 1 for i, w in enumerate(sorted(values, reverse=best == "largest")) if w == v]]
        ],
        parameters=lambda rng: part(
            rng,
            {"best": "largest", "down": ", reverse=True", "op": ">", "better": "larger"},
            {"best": "smallest", "down": "", "op": "<", "better": "smaller"},
        ),
        inputs=lambda rng, **_: ([rng.randint(1, 5) for _ in range(rng.randint(3, 6))],),
        edges=(([],), ([7],), ([2, 2],), ([1, 2, 3],), ([0, -1, 0, 0, 4, -1],)),
        idea="All places of one value are collected first, so that each of its bearers can be given their average.",
        pitfall="Giving equal numbers different places makes the rank depend on the order of the list.",
    ),
    Family(
        name="moves_between_rankings",
        concepts=("ranking", "dictionaries", "enumerate_zip"),
        difficulty=2,
        names="moves_between_rankings place_changes climbers chart_moves compare_charts",
        arguments=(
            "last_week|before|earlier|old_chart: list[str]; different titles, the best one first",
            "this_week|after|later|new_chart: list[str]; different titles, the best one first",
        ),
        returns="list[str]",
        phrasings=(
            "Return one text for each title in $this_week, in that order: the title, a blank and the number of places it has climbed since $last_week with its sign, such as +2 or -1, '$same' if it stands where it stood, or '$new' if it was not there.",
            "Compare two charts. For every title of $this_week give 'title change', where the change is its place in $last_week minus its place now, written with + or -, '$same' for 0, and '$new' for a title that $last_week does not have. Keep the order of $this_week.",
            "A radio station prints how songs moved from the chart $last_week to $this_week. What does it print behind each song of $this_week: +n for n places up, -n for n places down, '$same' for no move or '$new' for a song that was not listed? The texts are 'song mark', in the order of the new chart.",
            "Given the lists $last_week and $this_week, return for each element of the latter with index j the text 'element mark': with i its index in $last_week, the mark is i - j with an explicit sign, '$same' if i == j, and '$new' if there is no i.",
        ),
        solutions=(
            """
before = {$key: $i for $i, $key in enumerate($last_week)}
$result = []
for $i, $key in enumerate($this_week):
    if $key not in before:
        mark = "$new"
    elif before[$key] == $i:
        mark = "$same"
    else:
        mark = f"{before[$key] - $i:+d}"
    $result.append(f"{$key} {mark}")
return $result
""",
            """
def mark($key):
    if $key not in $last_week:
        return "$new"
    $count = $last_week.index($key) - $this_week.index($key)
    if $count == 0:
        return "$same"
    return ("+" if $count > 0 else "") + str($count)
return [$key + " " + mark($key) for $key in $this_week]
""",
        ),
        reference=lambda last_week, this_week, same, new: [
            title
            + " "
            + (
                {0: str(same)}.get(last_week.index(title) - j, f"{last_week.index(title) - j:+}")
                if title in last_week
                else new
            )
            for j, title in enumerate(this_week)
        ],
        parameters=lambda rng: {
            "same": Raw(rng.choice(("=", "0", "--"))),
            "new": Raw(rng.choice(("new", "*", "NEW"))),
        },
        inputs=lambda rng, **_: (
            rng.sample("ABCDE", rng.randint(3, 4)),
            rng.sample("ABCDE", rng.randint(3, 4)),
        ),
        edges=(
            ([], ["A"]),
            (["A"], []),
            (["A"], ["A"]),
            (["A", "B"], ["B", "A"]),
            (["A", "B", "C", "D"], ["D", "X", "C", "A"]),
        ),
        idea="A dictionary from title to old place answers in one step where each title comes from; subtracting the new place gives the move.",
        pitfall="A smaller place is better, so the new place must be taken from the old one and not the other way round.",
    ),
    Family(
        name="share_of_beaten_rivals",
        concepts=("ranking", "arithmetic", "counting"),
        difficulty=2,
        names="share_beaten percent_behind percentile_of standing_in_percent compare_with_rivals",
        arguments=(
            "scores|times|results|field: dict[str, int]; the number of each participant",
            "name|who|person|player: str; one of the keys",
        ),
        returns="int",
        phrasings=(
            "Return how many percent of the other participants in $scores $name has beaten, rounded down. The one with the $better number beats the other; with equal numbers nobody is beaten. Without rivals the answer is $alone.",
            "Compare the number of $name with that of everybody else in $scores; a $better number wins, an equal one does not. Give the wins in percent of the rivals, rounded down to a whole number, or $alone if there are no rivals.",
            "After a game somebody wonders: what part of the rivals did $name beat? $scores has everyone's number, and the $better one wins, while a tie is no win. Answer in whole percent, rounded down; it is $alone for a person without rivals.",
            "Let n be the number of keys of $scores other than $name, and a the number of those whose value $name beats with a strictly $better one. Return 100 * a // n, and $alone if n is 0.",
        ),
        solutions=(
            """
rivals = [$count for $key, $count in $scores.items() if $key != $name]
if not rivals:
    return $alone
beaten = sum(1 for $count in rivals if $scores[$name] $op $count)
return 100 * beaten // len(rivals)
""",
            """
beaten = $total = 0
for $key in $scores:
    if $key == $name:
        continue
    $total += 1
    if $scores[$name] $op $scores[$key]:
        beaten += 1
return beaten * 100 // $total if $total else $alone
""",
            """
if len($scores) < 2:
    return $alone
ordered = sorted($scores.values()$down)
return 100 * ordered.index($scores[$name]) // (len(ordered) - 1)
""",
        ),
        reference=lambda scores, name, better, op, down, alone: (
            int(
                Fraction(
                    100
                    * len(
                        [
                            v
                            for v in scores.values()
                            if (v < scores[name] if better == "higher" else v > scores[name])
                        ]
                    ),
                    len(scores) - 1,
                )
            )
            if len(scores) > 1
            else alone
        ),
        parameters=lambda rng: {
            "alone": rng.choice((0, 100, -1)),
            **part(
                rng,
                {"better": "higher", "op": ">", "down": ""},
                {"better": "lower", "op": "<", "down": ", reverse=True"},
            ),
        },
        inputs=lambda rng, **_: (
            lambda names: ({name: rng.randint(1, 6) for name in names}, rng.choice(names))
        )(rng.sample(draws.FIRST_NAMES, rng.randint(3, 5))),
        edges=(
            ({"Ada": 3}, "Ada"),
            ({"Ada": 3, "Ben": 3}, "Ben"),
            ({"Ada": 3, "Ben": 4}, "Ben"),
            ({"Ada": 3, "Ben": 4}, "Ada"),
            ({"a": 2, "b": 1, "c": 1, "d": 3}, "a"),
            ({"a": 2, "b": 3, "c": 3, "d": 2}, "a"),
        ),
        idea="Only the rivals are counted, so the person itself must be left out of both numbers of the fraction.",
        pitfall="Dividing by the number of all participants makes it impossible to reach 100 percent.",
    ),
)
