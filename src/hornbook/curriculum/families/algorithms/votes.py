"""Families on voting: majorities, approval, points for places."""

from __future__ import annotations

import random
from fractions import Fraction

from hornbook.curriculum.family import Family, Raw

NAMES = ("Ada", "Ben", "Cleo", "Dan")


def _ballots(rng: random.Random) -> list[list[str]]:
    names = NAMES[: rng.randint(3, 4)]
    return [rng.sample(names, len(names)) for _ in range(rng.randint(3, 5))]


FAMILIES: tuple[Family, ...] = (
    Family(
        name="winner_by_majority",
        concepts=("voting", "counting", "conditionals"),
        difficulty=1,
        names="winner_by_majority elected absolute_winner who_is_elected decide",
        arguments=("votes|ballots|choices|papers: list[str]; the name on each ballot, '' for an empty one",),
        returns="str",
        phrasings=(
            "Return the name with more than $share of $votes, or '$nobody' if there is none. Empty ballots ('') do not count as ballots.",
            "Who is elected in $votes, if one needs more than $share of the ballots? Ballots with '' are empty and do not count at all. Answer '$nobody' if nobody reaches it.",
            "A club elects its head: each ballot in $votes bears a name or is empty (''). To be elected, one must be on more than $share of the ballots; empty ones are not counted. Return the name of the elected, or '$nobody'.",
            "Let n be the number of non-empty entries of $votes. Return the non-empty name that occurs more than $part * n times in it, or '$nobody' if no name does.",
        ),
        solutions=(
            """
counted = [vote for vote in $votes if vote]
for name in set($votes) - {""}:
    if $votes.count(name) * $below > len(counted) * $above:
        return name
return "$nobody"
""",
            """
tally_by_name = {}
size = 0
for vote in $votes:
    if vote != "":
        size += 1
        tally_by_name[vote] = tally_by_name.get(vote, 0) + 1
for name, $count in tally_by_name.items():
    if $count * $below > size * $above:
        return name
return "$nobody"
""",
        ),
        reference=lambda votes, share, part, above, below, nobody: next(
            (
                name
                for name in sorted(set(votes))
                if name and Fraction(votes.count(name), len(votes) - votes.count("")) > Fraction(above, below)
            ),
            str(nobody),
        ),
        parameters=lambda rng: {
            "nobody": Raw(rng.choice(("nobody", "none", "runoff"))),
            **rng.choice(
                (
                    {"share": Raw("half"), "part": Raw("1/2"), "above": 1, "below": 2},
                    {"share": Raw("two thirds"), "part": Raw("2/3"), "above": 2, "below": 3},
                )
            ),
        },
        inputs=lambda rng, share, part, above, below, nobody: (
            [rng.choice(NAMES)] * rng.randint(2, 5) + rng.choices((*NAMES, "", ""), k=rng.randint(2, 4)),
        ),
        edges=(
            ([],),
            ([""],),
            (["Ada"],),
            (["Ada", ""],),
            (["Ada", "Ben"],),
            (["Ada", "Ada", "Ben"],),
            (["Ada", "Ada", "", ""],),
            (["Zoë", "Zoë", "Zoë", "Ada"],),
        ),
        idea="Only one name can have more than half of the ballots, so the first one found is the answer.",
        pitfall="The most votes need not be enough, and exactly $share is not more than $share.",
    ),
    Family(
        name="approved_names",
        concepts=("voting", "dictionaries", "sorting_with_key"),
        difficulty=2,
        names="approved_names approval_ranking popular_choices rank_by_votes accepted",
        arguments=(
            "ballots|votes|lists|papers: list[list[str]]; the names that each voter accepts, perhaps with repeats",
        ),
        returns="list[str]",
        phrasings=(
            "Each voter accepts any number of names, as listed in $ballots; a name repeated on one ballot counts once. Return the names accepted by at least $k voters, those with more votes first and those with equally many in $order order.",
            "Which names are on $k or more of $ballots? Rank them by the number of ballots on which they are (largest first, ties in $order order); within one ballot, repeats are ignored.",
            "Friends look for a film: everyone writes down all the films that would be fine, and the lists are $ballots (a title written twice by one person is one vote). Return the films with at least $k votes, the one with most votes first, and titles with the same number in $order order.",
            "Let v(x) be the number of lists in $ballots that contain x. Return all x with v(x) >= $k, sorted by falling v(x) and, where it is equal, in $order order of x.",
        ),
        solutions=(
            """
count_of = {}
for ballot in $ballots:
    for name in set(ballot):
        count_of[name] = count_of.get(name, 0) + 1
names = [name for name in count_of if count_of[name] >= $k]
return sorted(sorted(names$backwards), key=count_of.get, reverse=True)
""",
            """
from collections import Counter
votes = Counter()
for ballot in $ballots:
    votes.update(dict.fromkeys(ballot, 1))
$result = []
for needed in range(len($ballots), $below, -1):
    level = [name for name, number in votes.items() if number == needed]
    $result.extend(sorted(level$backwards))
return $result
""",
        ),
        reference=lambda ballots, k, below, order, backwards: [
            name
            for size in range(len(ballots), k - 1, -1)
            for name in sorted({n for ballot in ballots for n in ballot}, reverse="rev" in backwards)
            if sum(name in ballot for ballot in ballots) == size
        ],
        parameters=lambda rng: {
            "k": (k := rng.choice((2, 3))),
            "below": k - 1,
            **rng.choice(
                (
                    {"order": Raw("alphabetical"), "backwards": Raw("")},
                    {"order": Raw("reverse alphabetical"), "backwards": Raw(", reverse=True")},
                )
            ),
        },
        inputs=lambda rng, k, below, order, backwards: (
            [rng.choices(NAMES, k=rng.randint(1, 3)) for _ in range(rng.randint(3, 5))],
        ),
        edges=(
            ([],),
            ([[]],),
            ([["Ada"], ["Ada"]],),
            ([["Ben", "Ben"], ["Ada"], ["Ada", "Ben"]],),
            ([["Cleo", "Dan"], ["Dan", "Cleo"], ["Ada"]],),
        ),
        idea="Every ballot gives at most one vote to each name, so turn it into a set before counting.",
        pitfall="Reversing the whole sort turns the order of equal names round as well; sort by name first, then by votes.",
    ),
    Family(
        name="points_for_places",
        concepts=("voting", "enumerate_zip", "min_max"),
        difficulty=2,
        names="points_for_places borda_winner best_total_points rank_points most_points",
        arguments=(
            "rankings|ballots|lists|orders: list[list[str]]; names from best to worst, all lists with the same names",
        ),
        returns="tuple[str, int]",
        phrasings=(
            "In each of $rankings the first name gets $first points, the second one less, and so on, but never less than 0. Return the name with the largest sum of points and this sum as a tuple; among equals take the $which in the alphabet. There is at least one ranking with at least one name.",
            "Who wins, and with how many points? Every list in $rankings (not empty, with the same names) gives $first points to place 1, $second to place 2, and so on down to 0, where it stays. Sums decide; in a tie it is the alphabetically $which name.",
            "Each juror of a song contest ranks the same singers from best to worst, as in $rankings. A first place is worth $first points, each further place a point less, down to 0. Return (winner, points); if several have the most points, the winner is the alphabetically $which of them.",
            "For each name x occurring in $rankings let s(x) be the sum over the lists of the larger of 0 and $first - (index of x in the list). Return (x, s(x)) for the x with maximal s(x), taking the alphabetically $which one in a tie. The lists are permutations of the same non-empty set.",
        ),
        solutions=(
            """
points = {}
for ranking in $rankings:
    for place, name in enumerate(ranking):
        points[name] = points.get(name, 0) + max($first - place, 0)
most = max(points.values())
return $func((name, total) for name, total in points.items() if total == most)
""",
            """
$best = None
for name in sorted($rankings[0]):
    score = 0
    for ranking in $rankings:
        score += max($first - ranking.index(name), 0)
    if $best is None or score $op $best[1]:
        $best = (name, score)
return $best
""",
        ),
        reference=lambda rankings, first, second, which, func, op: max(
            (
                (name, sum(first - at for r in rankings for at in range(first) if r[at : at + 1] == [name]))
                for name in sorted(rankings[0], reverse=which == "last")
            ),
            key=lambda pair: pair[1],
        ),
        parameters=lambda rng: {
            **rng.choice(({"first": 3, "second": 2}, {"first": 2, "second": 1}, {"first": 5, "second": 4})),
            **rng.choice(
                (
                    {"which": Raw("first"), "func": Raw("min"), "op": Raw(">")},
                    {"which": Raw("last"), "func": Raw("max"), "op": Raw(">=")},
                )
            ),
        },
        inputs=lambda rng, first, second, which, func, op: (_ballots(rng),),
        edges=(
            ([["Ada"]],),
            ([["Ada", "Ben"], ["Ben", "Ada"]],),
            ([["Dan", "Ada", "Ben", "Cleo"]],),
            ([["Ben", "Cleo", "Ada"], ["Cleo", "Ada", "Ben"], ["Ada", "Ben", "Cleo"]],),
            ([["a", "b", "c", "d", "e", "f"], ["f", "b", "c", "d", "e", "a"]],),
        ),
        idea="A place is turned into points and the points are added, so being second often can beat being first sometimes.",
        pitfall="The points must not go below zero for places far behind; `max(..., 0)` takes care of this.",
    ),
)
