"""Families on running results: all the values that an accumulator takes on its way."""

from __future__ import annotations

from hornbook.curriculum import draws
from hornbook.curriculum.families.wording import part
from hornbook.curriculum.family import Family, Raw


def _stock(sales: list[int], full: int, low: int) -> list[int]:
    if not sales:
        return []
    before = _stock(sales[:-1], full, low)
    left = max(0, (before[-1] if before else full) - sales[-1])
    return [*before, full if left < low else left]


FAMILIES: tuple[Family, ...] = (
    Family(
        name="different_so_far",
        concepts=("running_results", "sets", "list_building"),
        difficulty=1,
        names="different_so_far running_variety kinds_seen collection_growth progress",
        arguments=("items|stamps|words|finds: list[str]; what is found, in order of time",),
        returns="list[int]",
        phrasings=(
            "Return a list that tells after each element of $items how many different texts there have been so far, $says, where '$blank' does not count.",
            "For every position of $items give the number of different texts other than '$blank' from the beginning up to and including this position; $says.",
            "A child collects pictures, $items in order, and '$blank' is an empty packet. How many different pictures does the child have after each packet? Answer with one number per packet; $says.",
            "Let entry i of the result be the size of the set of the elements $items[0], ..., $items[i] without '$blank' ($says). Return the list of all these sizes.",
        ),
        solutions=(
            """
$seen = set()
$result = []
for $item in $items:
    if $item != "$blank":
        $seen.add($item$lower)
    $result.append(len($seen))
return $result
""",
            """
$result = []
for $i in range(len($items)):
    found = {$item$lower for $item in $items[:$i + 1] if $item != "$blank"}
    $result.append(len(found))
return $result
""",
            """
from itertools import accumulate
$seen = []
fresh = []
for $item in $items:
    is_new = $item != "$blank" and $item$lower not in $seen
    fresh.append(int(is_new))
    $seen.append($item$lower)
return list(accumulate(fresh))
""",
        ),
        reference=lambda items, blank, lower, says: [
            len(dict.fromkeys((x.lower() if lower else x) for x in items[: i + 1] if x != blank))
            for i in range(len(items))
        ],
        parameters=lambda rng: {
            "blank": Raw(rng.choice(("-", "?", "none"))),
            **part(
                rng,
                {"lower": "", "says": "capital and small letters are different"},
                {"lower": ".lower()", "says": "capital and small letters are the same"},
            ),
        },
        inputs=lambda rng, blank, **_: (
            rng.choices(("ant", "Ant", "bee", "cat", str(blank)), k=rng.randint(4, 6)),
        ),
        edges=(([],), (["a"],), (["-", "?", "none"],), (["bee", "bee", "BEE"],), (["é", "É", "e"],)),
        idea="A set grows only when something new comes, so its size after each step is the answer for that step.",
        pitfall="Comparing each element only with the one before it misses repeats that lie further back.",
    ),
    Family(
        name="stock_with_refills",
        concepts=("running_results", "simulation", "conditionals"),
        difficulty=3,
        names="stock_with_refills shelf_levels run_shelf daily_stock follow_stock",
        arguments=("sales|demands|sold|requests: list[int]; pieces wanted per day, none negative",),
        returns="list[int]",
        phrasings=(
            "A shelf begins with $full pieces. Each day the pieces in $sales are taken, at most as many as there are; if fewer than $low remain in the evening, the shelf is filled up to $full. Return the level of each evening.",
            "Start with $full and process $sales: subtract the number, but do not go below 0, and afterwards replace a result of less than $low by $full. Return the list of all results.",
            "Every evening the clerk looks at a shelf that holds $full pieces at first. With the demands $sales, of which no more can be met than is there, which levels are left each evening, if a level below $low is at once filled up to $full?",
            "Let s be $full. For each n in $sales set s to max(0, s - n), then to $full if s is less than $low, and record s. Return the recorded numbers.",
        ),
        solutions=(
            """
level = $full
$result = []
for $count in $sales:
    level = max(0, level - $count)
    if level < $low:
        level = $full
    $result.append(level)
return $result
""",
            """
from itertools import accumulate
def evening(level, $count):
    level -= min(level, $count)
    return level if level >= $low else $full
return list(accumulate($sales, evening, initial=$full))[1:]
""",
        ),
        reference=lambda sales, full, low: _stock(sales, full, low),
        parameters=lambda rng: {"full": rng.choice((10, 12, 15, 20)), "low": rng.randint(2, 5)},
        inputs=lambda rng, full, low: (
            [
                rng.choice((0, rng.randint(1, 6), rng.randint(2, full - low + 2)))
                for _ in range(rng.randint(4, 7))
            ],
        ),
        edges=(([],), ([0],), ([100],), ([5, 5, 5, 5],), ([8, 9, 10, 11, 12],), ([7, 0, 1, 1, 1, 1],)),
        idea="The level of one evening depends only on the one before and on the sales, which is exactly the function that accumulate needs.",
        pitfall="Refilling before the level is checked against the demand lets more be sold than was there.",
    ),
    Family(
        name="deepest_fall",
        concepts=("running_results", "min_max", "enumerate_zip"),
        difficulty=3,
        names="deepest_fall largest_loss worst_change biggest_swing max_drawdown",
        arguments=("prices|values|levels|scores: list[int]; numbers in order of time",),
        returns="int",
        phrasings=(
            "Return the largest $noun from a number of $prices to a later one as a positive number, not counting those below $least: 0 if there is no $noun of at least $least.",
            "By how much can a number of $prices at most be $than an earlier one? Return this difference, or 0 if it is less than $least.",
            "Somebody buys once and sells once at a later time, at the prices $prices. What is the largest $money this can bring? If it stays under $least, it is not worth mentioning, and the answer is 0.",
            "With p for $prices, let d be the maximum of $formula over all pairs i < j, and 0 if there is no pair. Return d if d >= $least and 0 otherwise.",
        ),
        solutions=(
            """
most = 0
extreme = $prices[0] if $prices else 0
for price in $prices:
    extreme = $fn(extreme, price)
    most = max(most, $change)
return most if most >= $least else 0
""",
            """
from itertools import accumulate
changes = [0]
for extreme, price in zip(accumulate($prices, $fn), $prices):
    changes.append($change)
most = max(changes)
return 0 if most < $least else most
""",
            """
most = 0
for $i, extreme in enumerate($prices):
    for price in $prices[$i + 1 :]:
        if $change > most and $change >= $least:
            most = $change
return most
""",
        ),
        reference=lambda prices, noun, least, **_: max(
            [
                0,
                *[
                    d
                    for j in range(len(prices))
                    for i in range(j)
                    for d in [prices[i] - prices[j] if noun == "fall" else prices[j] - prices[i]]
                    if d >= least
                ],
            ]
        ),
        parameters=lambda rng: {
            "least": rng.randint(2, 5),
            **part(
                rng,
                {
                    "noun": "fall",
                    "than": "smaller than",
                    "money": "loss",
                    "fn": "max",
                    "change": "extreme - price",
                    "formula": "p[i] - p[j]",
                },
                {
                    "noun": "rise",
                    "than": "larger than",
                    "money": "profit",
                    "fn": "min",
                    "change": "price - extreme",
                    "formula": "p[j] - p[i]",
                },
            ),
        },
        inputs=lambda rng, **_: (draws.ints(rng, 3, 7, 1, 14),),
        edges=(
            ([],),
            ([5],),
            ([1, 2, 3],),
            ([3, 2, 1],),
            ([9, 1, 2, 8],),
            ([4, 9, 1, 5, 0],),
            ([0, 4, 0],),
            ([-5, 5, -9],),
        ),
        idea="For each number only the best earlier number counts, and that is a running extreme; so one pass is enough.",
        pitfall="Subtracting the smallest from the largest number ignores which of them comes first.",
    ),
    Family(
        name="changes_of_lead",
        concepts=("running_results", "conditionals", "counting"),
        difficulty=3,
        names="changes_of_lead lead_changes follow_match count_takeovers retell_match",
        arguments=(
            "goals|points|events|scores: list[tuple[str, int]]; (team, points) in order of time; the teams are '$home' and others",
        ),
        returns="int",
        phrasings=(
            "Return how often the lead passes from one side to the other while the points of $goals come in. One side is '$home', all other names form the second side; when the sides are level, the one that led last still counts as leading.",
            "Follow the match $goals, in which '$home' plays against everyone else. Count the moments at which a side gets ahead whose opponent was the last side to be ahead; the first lead of all is not counted.",
            "Fans of '$home' retell a match from the list $goals of (team, points). How many times did the lead change hands, if points of any other team count for the opponents and a draw leaves the lead with the side that had it?",
            "Let d be the running sum of the points, counted positively for '$home' and negatively for other names. Return the number of sign changes in the sequence of the values of d after each event of $goals, zeros left out.",
        ),
        solutions=(
            """
difference = $count = leader = 0
for team, points in $goals:
    difference += points if team == "$home" else -points
    ahead = (difference > 0) - (difference < 0)
    if ahead and ahead != leader:
        $count += leader != 0
        leader = ahead
return $count
""",
            """
from itertools import accumulate, pairwise
steps = [points if team == "$home" else -points for team, points in $goals]
differences = [$total for $total in accumulate(steps) if $total != 0]
return sum(1 for before, after in pairwise(differences) if (before > 0) != (after > 0))
""",
        ),
        reference=lambda goals, home: (
            lambda signs: sum(a != b for a, b in zip(signs, signs[1:], strict=False))
        )(
            [
                "+" if d > 0 else "-"
                for i in range(len(goals))
                for d in [sum(p if t == home else -p for t, p in goals[: i + 1])]
                if d
            ]
        ),
        parameters=lambda rng: {"home": Raw(rng.choice(("home", "Lions", "we", "red")))},
        inputs=lambda rng, home: (
            [
                (rng.choice((str(home), "away", ("away", str(home))[i % 2])), rng.randint(1, 2 + i))
                for i in range(rng.randint(4, 8))
            ],
        ),
        edges=(
            ([],),
            ([("home", 1)],),
            ([("red", 1), ("x", 2), ("red", 2), ("x", 3)],),
            ([("we", 1), ("x", 1), ("we", 1)],),
            ([("Lions", 2), ("x", 3), ("x", 1), ("Lions", 4)],),
            ([("home", 1), ("x", 3), ("home", 1), ("home", 1), ("home", 1)],),
        ),
        idea="The running difference says who is ahead; zeros are ignored, and each change of its sign is a change of the lead.",
        pitfall="Treating a draw as a lead of its own counts a change when a team is caught up with but not overtaken.",
    ),
)
