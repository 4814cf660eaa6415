"""Families on connected components: groups of towns, friends and words that hang together."""

from __future__ import annotations

import random

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw

TOWNS = ("Ayr", "Bath", "Cork", "Deal", "Ely", "Fife", "Goole")


def _edges(rng: random.Random, size: int, most: int) -> list[tuple[int, int]]:
    return [(a, b) for a, b in (rng.sample(range(size), 2) for _ in range(rng.randint(1, most)))]


def _towns(rng: random.Random) -> tuple[list[str], list[tuple[str, str]]]:
    towns = list(TOWNS[: rng.randint(4, 7)])
    return towns, [(towns[a], towns[b]) for a, b in _edges(rng, len(towns), 4)]


def _merged(groups: list[set[str]]) -> list[set[str]]:
    """Join groups that share a member, two at a time, until none do."""
    for at, group in enumerate(groups):
        for other in groups[at + 1 :]:
            if group & other:
                rest = [g for g in groups if g is not group and g is not other]
                return _merged([group | other, *rest])
    return groups


FAMILIES: tuple[Family, ...] = (
    Family(
        name="sizes_of_groups",
        concepts=("connected_components", "stacks", "sets"),
        difficulty=3,
        names="sizes_of_groups group_sizes component_sizes clusters measure_groups",
        arguments=(
            "size|n|amount|number: int; how many people there are, numbered from 1",
            "pairs|contacts|edges|handshakes: list[tuple[int, int]]; pairs of people in contact",
        ),
        returns="list[int]",
        phrasings=(
            "There are $size people, numbered from 1, and $pairs lists who is in contact with whom. Return the sizes of the groups they form, $order first; whoever is linked directly or through others belongs to the same group, and someone without contacts is a group of one.",
            "Given $size people numbered from 1 and the mutual contacts $pairs, how large are the groups in which everyone can pass a message to everyone else through contacts? List the sizes with the $order first. Without people the list is empty.",
            "On a network of $size computers, numbered from 1, the cables $pairs join two computers each. Return how many computers each connected part has, in order of size, the $order first; a computer without a cable is a part of its own.",
            "Compute the sizes of the connected components of the undirected graph that has $size nodes, numbered from 1, and the edges $pairs, sorted so that the $order comes first.",
        ),
        solutions=(
            """
neighbours = {$item: [] for $item in range(1, $size + 1)}
for $left, $right in $pairs:
    neighbours[$left].append($right)
    neighbours[$right].append($left)
$seen = set()
$result = []
for begin in neighbours:
    $stack = [begin]
    before = len($seen)
    while $stack:
        $current = $stack.pop()
        if $current not in $seen:
            $seen.add($current)
            $stack.extend(neighbours[$current])
    if len($seen) > before:
        $result.append(len($seen) - before)
return sorted($result, reverse=$backwards)
""",
            """
group_of = {$item: {$item} for $item in range(1, $size + 1)}
for $left, $right in $pairs:
    joined = group_of[$left] | group_of[$right]
    for $item in joined:
        group_of[$item] = joined
different = {min(group): len(group) for group in group_of.values()}
return sorted(different.values(), reverse=$backwards)
""",
        ),
        reference=lambda size, pairs, order, backwards: sorted(
            map(
                len,
                _merged([{str(n)} for n in range(1, 1 + size)] + [{str(a), str(b)} for a, b in pairs]),
            ),
            reverse=backwards,
        ),
        parameters=lambda rng: {
            **rng.choice(
                (
                    {"order": Raw("largest"), "backwards": True},
                    {"order": Raw("smallest"), "backwards": False},
                )
            ),
        },
        inputs=lambda rng, order, backwards: (
            size := rng.randint(4, 8),
            [(a + 1, b + 1) for a, b in _edges(rng, size, 5)],
        ),
        edges=((0, []), (1, []), (2, [(1, 1)]), (4, [(1, 2), (2, 1)]), (5, [(1, 2), (3, 4), (2, 3)])),
        idea="Everything reached from one unvisited start is one component; repeat with the next start nobody has visited.",
        pitfall="People who occur in no pair are easily forgotten, because they do not show up among the edges.",
    ),
    Family(
        name="roads_still_missing",
        concepts=("connected_components", "graphs", "recursion"),
        difficulty=3,
        names="roads_still_missing links_needed bridges_to_build connect_all missing_links",
        arguments=(
            "towns|places|islands|stations: list[str]; all names, each once",
            "roads|links|bridges|lines: list[tuple[str, str]]; pairs of towns joined both ways",
        ),
        returns="int",
        phrasings=(
            "Return the smallest number of new roads after which one can get from each of $towns to every other one along $roads and the new roads. All roads can be used in both directions.",
            "How many more two-way roads between two of $towns have to be built in addition to $roads until all towns hang together? With no town or one town the answer is 0.",
            "The $noun in $towns are connected in pairs by $roads. Compute how many further connections, well chosen, are enough to make every one reachable from every other.",
            "The undirected graph with the nodes $towns and the edges $roads has c connected components. Return c - 1, or 0 if $towns is empty.",
        ),
        solutions=(
            """
def visit(town):
    if town in $seen:
        return
    $seen.add(town)
    for $left, $right in $roads:
        if town == $left:
            visit($right)
        elif town == $right:
            visit($left)

$seen = set()
$count = 0
for town in $towns:
    if town not in $seen:
        $count += 1
        visit(town)
return max($count - 1, 0)
""",
            """
mark = {town: $i for $i, town in enumerate($towns)}
for $left, $right in $roads:
    old, new = mark[$left], mark[$right]
    for town in $towns:
        if mark[town] == old:
            mark[town] = new
return max(len(set(mark.values())) - 1, 0)
""",
        ),
        reference=lambda towns, roads, noun: (
            len(_merged([{town} for town in towns] + [set(road) for road in roads])) - bool(towns)
        ),
        parameters=lambda rng: {"noun": Raw(rng.choice(("islands", "villages", "offices", "farms")))},
        inputs=lambda rng, noun: _towns(rng),
        edges=(
            ([], []),
            (["Ayr"], []),
            (["Ayr", "Bath", "Cork"], []),
            (["Ayr", "Bath", "Cork", "Deal"], [("Ayr", "Bath"), ("Deal", "Cork"), ("Bath", "Deal")]),
            (["Ayr", "Bath", "Cork"], [("Ayr", "Bath"), ("Bath", "Ayr")]),
        ),
        idea="Each new road can join two separate parts into one, so one road fewer than there are parts is enough and necessary.",
        pitfall="Counting towns minus roads minus 1 is wrong as soon as some road joins towns that were connected already.",
    ),
    Family(
        name="words_hanging_together",
        concepts=("connected_components", "sets", "nested_loops"),
        difficulty=4,
        names="words_hanging_together word_groups letter_families cluster_words group",
        arguments=("words|names|labels|terms: list[str]; the words, none of them empty",),
        returns="list[list[str]]",
        phrasings=(
            "Two words are related if they have $what in common, and relatives of relatives are related, too. Split $words into groups of related words: each group keeps the order of $words, and the groups are ordered by their first word's place in $words.",
            "Group $words so that words that share $what are together, also where the connection goes through further words of the list. Return the groups as lists in the order in which they begin in $words; inside a group the order of $words holds. No words, no groups.",
            "In a game, players hold the cards $words and stand together with everyone whose word shares $what with theirs, directly or through a row of others. List the clusters (lists of words in the given order), the cluster of the first word first, and so on.",
            "Draw a line between any two of $words that have $what in common. Return the connected components of this graph as lists of words; words within a list, and lists by their first word, stand in the order in which they occur in $words.",
        ),
        solutions=(
            """
$groups = []
for $word in $words:
    touching = [g for g in $groups if any(set($word$cut) & set($other$cut) for $other in g)]
    merged = [$other for g in touching for $other in g] + [$word]
    $groups = [g for g in $groups if g not in touching] + [merged]
$result = [sorted(g, key=$words.index) for g in $groups]
return sorted($result, key=lambda g: $words.index(g[0]))
""",
            """
left_over = list($words)
$result = []
while left_over:
    group = [left_over.pop(0)]
    for $word in group:
        near = [$other for $other in left_over if not set($word$cut).isdisjoint($other$cut)]
        group.extend(near)
        left_over = [$other for $other in left_over if $other not in near]
    $result.append([$word for $word in $words if $word in group])
return $result
""",
        ),
        reference=lambda words, what, cut: [
            [w for w in words if set(_letters(w, cut)) <= group]
            for word in words
            for group in [
                next(
                    g for g in _merged([set(_letters(w, cut)) for w in words]) if _letters(word, cut)[0] in g
                )
            ]
            if next(w for w in words if _letters(w, cut)[0] in group) == word
        ],
        parameters=lambda rng: rng.choice(
            (
                {"what": Raw("a letter"), "cut": Raw("")},
                {"what": Raw("one of their first two letters"), "cut": Raw("[:2]")},
            )
        ),
        inputs=lambda rng, what, cut: (
            list(dict.fromkeys(draws.words(rng, 3, 5) + rng.sample(("hm", "fry", "cub", "pip"), 2))),
        ),
        edges=(([],), (["a"],), (["ab", "cd", "bc"],), (["xy", "ab", "zx"],), (["ä", "a", "äa"],)),
        idea="Take a word, add everything that touches the group, and go on until nothing new is added; then take the next free word.",
        pitfall="A new word may touch two groups at once, and then these two become one.",
    ),
)


def _letters(word: str, cut: str) -> str:
    """The letters that count."""
    return word[:2] if cut else word
