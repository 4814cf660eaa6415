"""Families on combinations: all ways to choose some of the elements, whatever their order."""

from __future__ import annotations

import random
from itertools import combinations
from typing import Any

from hornbook.curriculum import draws
from hornbook.curriculum.families.wording import part
from hornbook.curriculum.family import Family, Raw

SKILLS = ("cook", "drive", "sing", "swim", "sew")


def _crew(rng: random.Random) -> dict[str, list[str]]:
    return {
        name: sorted(rng.sample(SKILLS[:4], rng.randint(1, 2)))
        for name in rng.sample(draws.FIRST_NAMES, rng.randint(3, 4))
    }


def _size(rng: random.Random) -> dict[str, Any]:
    return rng.choice(({"k": 2, "group": Raw("pair")}, {"k": 3, "group": Raw("triple")}))


FAMILIES: tuple[Family, ...] = (
    Family(
        name="affordable_choices",
        concepts=("combinations", "filtering", "dictionaries"),
        difficulty=2,
        names="affordable_choices gift_${group}s choices_within_budget possible_baskets select",
        arguments=(
            "prices|shop|goods|offers: dict[str, int]; the price of each product",
            "budget|money|limit|purse: int; how much may be spent",
        ),
        returns="list[tuple[str, ...]]",
        phrasings=(
            "Return every $group of different products in $prices that costs $least to $budget together, both included, as tuples. Inside a tuple and among the tuples the order of $prices decides.",
            "List all ways to buy $k different products of $prices for a total from $least to $budget. Each way is a tuple of names in the order of $prices, and the tuples are sorted as itertools.combinations yields them.",
            "A present is to consist of $k different things from the shop $prices and to cost at least $least and at most $budget in all. Which presents are possible? Give tuples of names that follow the order of the shop, those with earlier things first.",
            "Number the keys of $prices from 0 in their order. Return, in lexicographic order of the numbers, all $k-tuples of keys with ascending numbers whose prices have a sum s with $least <= s <= $budget.",
        ),
        solutions=(
            """
from itertools import combinations
$result = []
for names in combinations($prices, $k):
    $total = sum($prices[$key] for $key in names)
    if $least <= $total <= $budget:
        $result.append(names)
return $result
""",
            """
def choose(goods, size):
    if size == 0:
        return [()]
    $result = []
    for $i, $key in enumerate(goods):
        for $other in choose(goods[$i + 1 :], size - 1):
            $result.append(($key, *$other))
    return $result
return [names for names in choose(list($prices), $k) if $least <= sum(map($prices.get, names)) <= $budget]
""",
        ),
        reference=lambda prices, budget, k, group, least: [
            tuple(g for i, g in enumerate(prices) if mask >> (len(prices) - 1 - i) & 1)
            for mask in reversed(range(1 << len(prices)))
            if mask.bit_count() == k
            and sum(p for i, p in enumerate(prices.values()) if mask >> (len(prices) - 1 - i) & 1)
            in range(least, budget + 1)
        ],
        parameters=lambda rng: {**_size(rng), "least": rng.randint(4, 8)},
        inputs=lambda rng, **_: (
            {good: rng.randint(1, 9) for good in rng.sample(draws.GOODS, rng.randint(3, 5))},
            rng.randint(14, 24),
        ),
        edges=(
            ({}, 10),
            ({"tea": 5, "cup": 5}, 10),
            ({"a": 3, "b": 3, "c": 3}, 9),
            ({"x": 5, "y": 4, "z": 1}, 9),
            ({"p": 2, "q": 2, "r": 2, "s": 2}, 20),
        ),
        idea="combinations names every choice once and in a fixed order; what remains is to add up the prices and compare.",
        pitfall="Two full loops over the products would pair each product with itself and list every choice twice.",
    ),
    Family(
        name="sums_of_choices",
        concepts=("combinations", "set_comprehensions", "sorting"),
        difficulty=3,
        names="sums_of_choices reachable_totals possible_sums combined_weights totals",
        arguments=("weights|coins|numbers|values: list[int]; numbers, some of which may be equal",),
        returns="list[int]",
        phrasings=(
            "Return the different sums that one can make with exactly $k of the numbers in $weights (equal numbers at different places may be used together), in $order order, leaving out those that are $out.",
            "Add up every choice of $k elements at different positions of $weights and list the totals without repeats in $order order. Totals that are $out do not belong to the list.",
            "Exactly $k of the stones $weights are put on a scale. Which weights can it show, in $order order and each once, if the scale shows nothing for weights that are $out?",
            "Let S be the set of sums of the elements at k = $k different indices of $weights. Return the members of S that are not $out as a list in $order order; it is empty when there are fewer than $k elements.",
        ),
        solutions=(
            """
from itertools import combinations
$seen = {sum(chosen) for chosen in combinations($weights, $k)}
return sorted([total for total in $seen if $keep]$down)
""",
            """
sums = [{0}] + [set() for _ in range($k)]
for $item in $weights:
    for size in range($k, 0, -1):
        sums[size] |= {$other + $item for $other in sums[size - 1]}
$result = []
for total in sorted(sums[$k]$down):
    if $keep:
        $result.append(total)
return $result
""",
        ),
        reference=lambda weights, k, order, down, out, keep, limit: sorted(
            dict.fromkeys(
                s
                for mask in range(1 << len(weights))
                if mask.bit_count() == k
                for s in [sum(w for i, w in enumerate(weights) if mask >> i & 1)]
                if not (s < limit if "less" in out else s > limit)
            ),
            reverse=order == "descending",
        ),
        parameters=lambda rng: (
            lambda limit, low: {
                "k": rng.randint(2, 3),
                "limit": limit,
                "out": Raw(f"{'less' if low else 'more'} than {limit}"),
                "keep": Raw(f"total {'>=' if low else '<='} {limit}"),
                **part(
                    rng, {"order": "ascending", "down": ""}, {"order": "descending", "down": ", reverse=True"}
                ),
            }
        )(rng.randint(8, 12), rng.random() < 0.5),
        inputs=lambda rng, **_: (draws.ints(rng, 3, 6, 1, 9),),
        edges=(([],), ([5, 5],), ([1, 2, 3],), ([4, 4, 4, 4],), ([-1, 1, 0, 2],)),
        idea="Many choices have the same sum, and a set keeps each sum once.",
        pitfall="combinations chooses positions, so equal numbers may appear together; making the input a set first would forbid it.",
    ),
    Family(
        name="tournament_fixtures",
        concepts=("combinations", "nested_loops", "string_formatting"),
        difficulty=2,
        names="tournament_fixtures all_matches fixture_list pairings schedule_matches",
        arguments=("teams|clubs|players|names: list[str]; different names",),
        returns="list[str]",
        phrasings=(
            "Everybody in $teams plays everybody else once. Return the matches as texts 'home${sep}guest', sorted as the pairs of positions (i, j) with i < j. The earlier team of the list is at home if i + j is $parity, otherwise the later one.",
            "List all matches between two different members of $teams, one for each pair of indices i < j, ordered by i and then j. A match is written as the home team, '$sep' and the guests; team i is at home when i + j is $parity, and team j when it is not.",
            "In a league each of the $teams meets each other once. Matches are listed as 'home${sep}guest', those of the first team first, then the remaining ones of the second and so on. Of two teams at the places i < j (from 0) the first has the home match exactly if i + j is $parity. What does the list look like?",
            "For all pairs 0 <= i < j < n of indices of $teams, in lexicographic order, return a text that joins the two names with '$sep': name i first if (i + j) % 2 == $rest, name j first otherwise.",
        ),
        solutions=(
            """
from itertools import combinations
$result = []
for ($i, $left), ($j, $right) in combinations(enumerate($teams), 2):
    if ($i + $j) % 2 == $rest:
        $result.append(f"{$left}$sep{$right}")
    else:
        $result.append(f"{$right}$sep{$left}")
return $result
""",
            """
$result = []
for $i in range(len($teams)):
    for $j in range($i + 1, len($teams)):
        $pair = [$teams[$i], $teams[$j]]
        if ($i + $j) % 2 != $rest:
            $pair.reverse()
        $result.append("$sep".join($pair))
return $result
""",
        ),
        reference=lambda teams, sep, rest, parity: [
            sep.join([a, b] if (teams.index(a) - teams.index(b)) % 2 == rest else [b, a])
            for i, a in enumerate(teams)
            for b in teams[i + 1 :]
        ],
        parameters=lambda rng: {
            "sep": Raw(rng.choice((" - ", ":", " vs ", "/"))),
            **rng.choice(({"rest": 1, "parity": Raw("odd")}, {"rest": 0, "parity": Raw("even")})),
        },
        inputs=lambda rng, **_: (
            rng.sample(("Lions", "Bears", "Owls", "Foxes", "Hawks"), rng.randint(2, 4)),
        ),
        edges=(([],), (["A"],), (["A", "B"],), (["C", "B", "A"],), (["é", "ü", "x", "y"],)),
        idea="The inner loop starts behind the outer one, so each pair comes up once; the sum of the positions spreads the home matches fairly.",
        pitfall="Starting the inner loop at 0 lets teams play against themselves and meet twice.",
    ),
    Family(
        name="smallest_complete_crew",
        concepts=("combinations", "set_operations", "early_return"),
        difficulty=5,
        names="smallest_crew complete_team find_crew fewest_helpers choose_team",
        arguments=(
            "people|helpers|staff|members: dict[str, list[str]]; the skills of each person",
            "needed|required|tasks|wanted: list[str]; skills that the crew must have",
        ),
        returns="list[str] | None",
        phrasings=(
            "Return the names of a smallest group of $people who together have all skills in $needed, where at least $least must be chosen, in the order of $people. Of several groups of that size take the one that comes first when groups are compared by the positions of their members; None if there is no group.",
            "Choose as few of $people as possible, but no fewer than $least, so that every skill of $needed is among theirs. Return their names in the order of $people. Ties go to the group that itertools.combinations yields first, and if even everybody is not enough the answer is None.",
            "A boat needs people who have all skills of $needed between them. Who sails if as few of $people as possible go along, though never fewer than $least? Among equally small crews the one with the earlier people in the list is taken. Give the names in list order, or None when no crew will do.",
            "For sizes from $least up to the number of $people, look at the groups of that size in lexicographic order of their positions and return the first one, as a list of names, whose skills include all of $needed. Return None if there is none.",
        ),
        solutions=(
            """
from itertools import combinations
for size in range($least, len($people) + 1):
    for crew in combinations($people, size):
        skills = set().union(*($people[$key] for $key in crew))
        if skills >= set($needed):
            return list(crew)
return None
""",
            """
names = list($people)
found = []
for mask in range(1 << len(names)):
    crew = [$key for $i, $key in enumerate(names) if mask >> $i & 1]
    missing = [$item for $item in $needed if not any($item in $people[$key] for $key in crew)]
    if len(crew) >= $least and not missing:
        found.append(crew)
return min(found, key=lambda crew: (len(crew), [names.index($key) for $key in crew]), default=None)
""",
        ),
        reference=lambda people, needed, least: next(
            (
                list(crew)
                for size in range(least, len(people) + 1)
                for crew in combinations(people, size)
                if all(any(skill in people[name] for name in crew) for skill in needed)
            ),
            None,
        ),
        parameters=lambda rng: {"least": rng.randint(1, 2)},
        inputs=lambda rng, least: (_crew(rng), rng.sample(SKILLS[:4], rng.randint(1, 3))),
        edges=(
            ({}, ["cook"]),
            ({"Ada": ["cook"]}, ["cook"]),
            ({"Ada": ["cook"], "Ben": ["sing"]}, []),
            ({"Ada": ["cook"], "Ben": ["cook", "sing"], "Cleo": ["sing"]}, ["sing", "cook"]),
            ({"a": ["x"], "b": ["y"], "c": ["z"]}, ["z", "x", "y"]),
            ({"a": ["x"], "b": ["y"]}, ["q"]),
        ),
        idea="Trying the sizes from small to large makes the first hit a smallest group, and a set union says what the group can do.",
        pitfall="Taking the most skilled person again and again is quick but can need more people than necessary.",
    ),
)
