"""Families on trees: parents, children, and trees laid out in lists."""

from __future__ import annotations

import random

from hornbook.curriculum.family import Family, Raw

STAFF = ("Ada", "Ben", "Cleo", "Dan", "Eva", "Finn", "Gus")


def _bosses(rng: random.Random) -> dict[str, str]:
    size = rng.randint(4, 7)
    return {STAFF[at]: STAFF[rng.randrange(at)] for at in range(1, size)}


def _team(rng: random.Random) -> dict[str, list[str]]:
    bosses = _bosses(rng)
    return {
        boss: [name for name, over in bosses.items() if over == boss]
        for boss in dict.fromkeys(bosses.values())
    }


def _chain_up(bosses: dict[str, str], name: str) -> list[str]:
    return [name, *(_chain_up(bosses, bosses[name]) if name in bosses else [])]


def _below(teams: dict[str, list[str]], names: list[str]) -> list[str]:
    return [found for name in names for found in (name, *_below(teams, teams.get(name, [])))]


FAMILIES: tuple[Family, ...] = (
    Family(
        name="steps_to_the_top",
        concepts=("trees", "dictionaries", "while_loops"),
        difficulty=1,
        names="steps_to_the_top depth_of levels_above count_superiors level",
        arguments=(
            "bosses|parents|above|superiors: dict[str, str]; maps everyone but the head to the person directly above",
            "person|name|employee|member: str; whose level is asked for",
        ),
        returns="int",
        phrasings=(
            "Return how many people stand above $person, if $bosses maps each person to the one directly above. The head, who has no entry, has none; people who are not mentioned at all have none either. $extra_rule",
            "In a $where everybody but the head has an entry in $bosses: the name of the person one level higher. Count the levels one has to climb from $person to reach someone without an entry. $extra_rule",
            "Given the parent of each node of a tree in the dictionary $bosses (the root is missing there), compute the depth of $person; the root and unknown names have depth 0. $extra_rule",
            "How often can one go on from $person to `$bosses[$person]` and from there to the next entry before a name comes that is not a key? Return this number. $extra_rule",
        ),
        solutions=(
            """
$count = 0
while $person in $bosses and $count < $most:
    $person = $bosses[$person]
    $count += 1
return $count
""",
            """
if $person not in $bosses:
    return 0
return min($most, 1 + $self($bosses, $bosses[$person]))
""",
            """
$stack = [$person]
while $stack[-1] in $bosses:
    $stack.append($bosses[$stack[-1]])
return min($most, len($stack) - 1)
""",
        ),
        reference=lambda bosses, person, most, where, extra_rule: min(
            most, len(_chain_up(bosses, person)) - 1
        ),
        parameters=lambda rng: {
            "most": (most := rng.choice((2, 3))),
            "where": Raw(rng.choice(("company", "school", "hospital"))),
            "extra_rule": Raw(f"Values above {most} are reported as {most}."),
        },
        inputs=lambda rng, most, where, extra_rule: (_bosses(rng), rng.choice(STAFF)),
        edges=(
            ({}, "Ada"),
            ({"Ben": "Ada"}, "Ada"),
            ({"Ben": "Ada"}, "Ben"),
            ({"Ben": "Ada", "Cleo": "Ben", "Dan": "Cleo", "Eva": "Dan"}, "Eva"),
        ),
        idea="Each entry leads one level up, so counting the steps until there is no entry gives the level.",
        pitfall="The head has no entry: reading `$bosses[...]` without asking first raises KeyError.",
    ),
    Family(
        name="everyone_below",
        concepts=("trees", "recursion", "list_building"),
        difficulty=2,
        names="everyone_below subordinates descendants list_team collect",
        arguments=(
            "teams|children|reports|staff: dict[str, list[str]]; maps a person to those directly below",
            "head|root|leader|boss: str; where to begin",
        ),
        returns="list[str]",
        phrasings=(
            "Return all people below $head in the tree $teams, each person followed at once by everyone below them, in the order of the lists. A person without a key has nobody below; $head is not part of the result. $depth_rule",
            "In a company $teams lists for some people who reports to them directly. List everybody who works under $head, directly or not: first the first direct report, then all people under this one, then the second direct report, and so on. $depth_rule",
            "Given the children of each node in $teams, list the descendants of $head in depth-first order, a node before its own children and without $head. Missing keys mean no children. $depth_rule",
            "Who is below $head? Go through `$teams[$head]` (an empty list, if missing) from left to right, put down each name and right after it the names below it by the same rule, and return the list. $depth_rule",
        ),
        solutions=(
            """
$result = []
for $item in $teams.get($head, []):
    if not $item.startswith("$skipped"):
        $result.append($item)
        $result.extend($self($teams, $item))
return $result
""",
            """
$result = []
$stack = list(reversed($teams.get($head, [])))
while $stack:
    $current = $stack.pop()
    if $current[0] != "$skipped":
        $result.append($current)
        $stack.extend(reversed($teams.get($current, [])))
return $result
""",
            """
def visit(name):
    for $item in $teams.get(name, []):
        if $item[0] != "$skipped":
            yield $item
            yield from visit($item)

return list(visit($head))
""",
        ),
        reference=lambda teams, head, skipped, depth_rule: _below(
            {n: [m for m in names if m[0] != skipped] for n, names in teams.items()}, [head]
        )[1:],
        parameters=lambda rng: {
            "skipped": Raw(letter := rng.choice("BCD")),
            "depth_rule": Raw(
                f"Names that begin with '{letter}' are left out together with everybody below them."
            ),
        },
        inputs=lambda rng, skipped, depth_rule: (_team(rng), rng.choice(("Ada", "Ada", "Ben"))),
        edges=(
            ({}, "Ada"),
            ({"Ada": []}, "Ada"),
            ({"Ada": ["Ben", "Eva"], "Ben": ["Finn"], "Eva": ["Cleo", "Dan", "Gus"]}, "Ada"),
            ({"Ada": ["Cleo"], "Cleo": ["Dan"], "Dan": ["Eva"]}, "Eva"),
        ),
        idea="Everybody below someone is each direct report together with everybody below this one: the function answers its own sub-question.",
        pitfall="`append` with the list of a sub-team would nest it; `extend` puts the names themselves in.",
    ),
    Family(
        name="heap_positions",
        concepts=("trees", "list_indexing", "arithmetic"),
        difficulty=2,
        names="heap_problems broken_positions misplaced check_tree find_wrong",
        arguments=("values|numbers|nodes|entries: list[int]; the nodes of the tree, level by level",),
        returns="list[int]",
        phrasings=(
            "A tree in which every node has up to $branches children is stored in $values level by level: the children of position p stand at the positions $branches * p + 1 to $branches * p + $branches. Return the positions of all nodes that are $smaller than their parent, in rising order.",
            "List in rising order every position of $values at which the value is $smaller than that of its parent. The list holds a tree with $branches children per node, the root at position 0 and the children of position p directly one after the other from position $branches * p + 1.",
            "In a knockout chart kept in the list $values, the entry at position p > 0 belongs under the one at position (p - 1) // $branches. Which positions hold a value $smaller than the one they belong under? Return them in order.",
            "For a list $values that stores a tree with the root in front and the parent of position p at position (p - 1) // $branches, return an ascending list of the positions p > 0 whose value is $smaller than the value of the parent; equal values are fine.",
        ),
        solutions=(
            """
$result = []
for $i in range(1, len($values)):
    parent = ($i - 1) // $branches
    if $values[$i] $op $values[parent]:
        $result.append($i)
return $result
""",
            """
$result = []
for parent, above in enumerate($values):
    first = $branches * parent + 1
    for $i, $item in enumerate($values[first : first + $branches], first):
        if $item $op above:
            $result.append($i)
return $result
""",
            """
return [$i for $i, $item in enumerate($values) if $i and $item $op $values[($i - 1) // $branches]]
""",
        ),
        reference=lambda values, branches, smaller, op: sorted(
            at
            for at in range(len(values))
            for parent in range(at)
            if parent * branches < at <= parent * branches + branches
            and (values[at] < values[parent] if op == "<" else values[at] > values[parent])
        ),
        parameters=lambda rng: {
            "branches": rng.choice((2, 3)),
            **rng.choice(
                (
                    {"smaller": Raw("smaller"), "op": Raw("<")},
                    {"smaller": Raw("larger"), "op": Raw(">")},
                )
            ),
        },
        inputs=lambda rng, branches, smaller, op: ([rng.randint(0, 20) for _ in range(rng.randint(4, 9))],),
        edges=(([],), ([4],), ([3, 3, 3],), ([1, 2, 3, 4, 5, 6],), ([6, 5, 4, 3, 2, 1],), ([0, -1, 1],)),
        idea="In such a layout the parent of a position is found by arithmetic, so no links are needed.",
        pitfall="Position 0 has no parent; (0 - 1) // $branches is -1, which reads the last element.",
    ),
    Family(
        name="siblings_of",
        concepts=("trees", "dictionaries", "filtering"),
        difficulty=1,
        names="siblings_of brothers_and_sisters same_parent find_siblings relatives",
        arguments=(
            "parents|above|tree|origin: dict[str, str]; maps each name to the one above it",
            "name|person|node|who: str; whose $others are wanted",
        ),
        returns="list[str]",
        phrasings=(
            "Return the other names that have the same parent as $name in $parents, in the order of the dictionary. A name that is no key has no parent and so no $others.",
            "Who shares the parent with $name? $parents maps names to their parents. List the $others in the order in which they stand there, without $name; if $name is missing there, nobody is listed.",
            "In a family tree $parents tells for each person the parent. Which other persons are children of the parent of $name? Keep the order of the dictionary; a person at the top, who is not a key, gives an empty list.",
            "List, in their order, the keys k of $parents with k different from $name and the same value as $name has there; return an empty list if $name is not a key.",
        ),
        solutions=(
            """
if $name not in $parents:
    return []
$result = []
for $other, parent in $parents.items():
    if parent == $parents[$name] and $other != $name:
        $result.append($other)
return $result
""",
            """
parent = $parents.get($name)
return [$other for $other in $parents if $parents[$other] == parent and $other != $name]
""",
        ),
        reference=lambda parents, name, others: [
            key
            for key, value in parents.items()
            if {key, name} <= set(parents) and (value, key != name) == (parents[name], True)
        ],
        parameters=lambda rng: {"others": Raw(rng.choice(("siblings", "brothers and sisters")))},
        inputs=lambda rng, others: (_bosses(rng), rng.choice(STAFF[1:6])),
        edges=(
            ({}, "Ada"),
            ({"Ben": "Ada"}, "Ben"),
            ({"Ben": "Ada", "Cleo": "Ada", "Dan": "Ben"}, "Ada"),
            ({"Cleo": "Ada", "Ben": "Ada", "Dan": "Ada", "Eva": "Ben"}, "Ben"),
        ),
        idea="Two names are siblings if the dictionary leads from both to the same parent.",
        pitfall="The name itself has the same parent, of course, and must be left out.",
    ),
)
