"""Families on graphs as dictionaries and as lists of pairs: degrees, reversed links, suggestions."""

from __future__ import annotations

import itertools
import random

from hornbook.curriculum.family import Family, Raw

NAMES = ("Ada", "Ben", "Cleo", "Dan", "Eva", "Finn")
PAGES = ("about", "blog", "contact", "docs", "events", "forum")


def _pairs(rng: random.Random, low: int = 3, high: int = 6) -> list[tuple[str, str]]:
    return [(a, b) for a, b in (rng.sample(NAMES[:5], 2) for _ in range(rng.randint(low, high)))]


def _pages(rng: random.Random) -> dict[str, list[str]]:
    pages = PAGES[: rng.randint(3, 5)]
    return {
        page: rng.sample([p for p in pages if p != page], rng.randint(0, 2))
        for page in rng.sample(pages, len(pages) - 1)
    }


def _friends(rng: random.Random) -> dict[str, list[str]]:
    names = NAMES[: rng.randint(4, 6)]
    joined = [pair for pair in itertools.combinations(names, 2) if rng.random() < 0.5]
    return {name: [n for n in names if (n, name) in joined or (name, n) in joined] for name in names}


def _both_ways(rng: random.Random) -> list[tuple[str, str]]:
    """Three or four pairs, and one of them in the other direction, too."""
    pairs = rng.sample(list(itertools.combinations(NAMES[:4], 2)), rng.randint(3, 4))
    return rng.sample([*pairs, pairs[0][::-1]], len(pairs) + 1)


FAMILIES: tuple[Family, ...] = (
    Family(
        name="well_connected",
        concepts=("graphs", "sets", "filtering"),
        difficulty=2,
        names="well_connected hubs busy_nodes popular_people pick",
        arguments=("pairs|contacts|links|edges: list[tuple[str, str]]; who is in contact with whom",),
        returns="list[str]",
        phrasings=(
            "Each pair of $pairs says that two people know each other. Return the sorted list of the people who know $words $k different others. The same two people may be listed more than once, in either order.",
            "Who in $pairs has $words $k different contacts? A contact holds in both directions and counts once, however often the pair is listed; return the names alphabetically.",
            "At a party every handshake is noted in $pairs as (one guest, other guest); two guests may shake hands several times. List in alphabetical order those guests who shook hands with $words $k different guests.",
            "The undirected edges $pairs, in which repeats and both directions of the same edge may occur, make up a graph. Return in ascending order all nodes that have $words $k distinct neighbours.",
        ),
        solutions=(
            """
from collections import defaultdict
neighbours = defaultdict(set)
for $left, $right in $pairs:
    neighbours[$left].add($right)
    neighbours[$right].add($left)
return sorted($key for $key, others in neighbours.items() if len(others) $op $k)
""",
            """
edges_seen = {frozenset($pair) for $pair in $pairs}
$groups = {}
for edge in edges_seen:
    for $key in edge:
        $groups[$key] = $groups.get($key, 0) + 1
$result = [$key for $key, $count in $groups.items() if $count $op $k]
$result.sort()
return $result
""",
        ),
        reference=lambda pairs, k, op, words: [
            name
            for name in sorted({name for pair in pairs for name in pair})
            if _compare(len({n for pair in pairs if name in pair for n in pair} - {name}), op, k)
        ],
        parameters=lambda rng: {
            "k": 2,
            **rng.choice(
                (
                    {"op": Raw(">="), "words": Raw("at least")},
                    {"op": Raw("<"), "words": Raw("fewer than")},
                    {"op": Raw("=="), "words": Raw("exactly")},
                )
            ),
        },
        inputs=lambda rng, k, op, words: (_pairs(rng),),
        edges=(
            ([],),
            ([("Ada", "Ben")],),
            ([("Ada", "Ben"), ("Ben", "Ada"), ("Ada", "Ben")],),
            ([("Ben", "Ada"), ("Ben", "Cleo"), ("Ben", "Dan"), ("Ada", "Cleo")],),
        ),
        idea="Enter each pair on both sides into a dictionary of sets; the size of a set is the number of different neighbours.",
        pitfall="Counting how often a name occurs counts the same contact several times.",
    ),
    Family(
        name="pages_linking_here",
        concepts=("graphs", "dictionaries", "nested_loops"),
        difficulty=2,
        names="pages_linking_here reverse_graph incoming backlinks turn_round",
        arguments=("links|pages|graph|site: dict[str, list[str]]; maps a page to the pages it links to",),
        returns="dict[str, list[str]]",
        phrasings=(
            "Turn the links of $links round: return a dictionary that maps every page that is linked to by $words pages to the sorted list of these pages. Its keys are in alphabetical order.",
            "For each page that occurs as a target in $links, which pages link to it? Return a dictionary, keys and lists in alphabetical order, but leave out targets unless $words pages link to them.",
            "A website is described by $links: page -> pages it links to, without repeats. Make the index of incoming links: page -> alphabetical list of the pages that link to it, in the alphabetical order of its keys, with only those pages that have $words incoming links.",
            "Reverse the directed graph $links (a dictionary of successor lists). In the result, a dictionary of predecessor lists, keys and lists ascend, and a node is a key only if it has $words predecessors.",
        ),
        solutions=(
            """
$groups = {}
for page, targets in $links.items():
    for target in targets:
        $groups.setdefault(target, []).append(page)
return {target: sorted($groups[target]) for target in sorted($groups) if len($groups[target]) >= $k}
""",
            """
$result = {}
for target in sorted({$item for targets in $links.values() for $item in targets}):
    found = [page for page in sorted($links) if target in $links[page]]
    if len(found) >= $k:
        $result[target] = found
return $result
""",
        ),
        reference=lambda links, k, words: {
            target: pages
            for target in sorted(set(itertools.chain(*links.values())))
            for pages in [sorted(page for page, targets in links.items() if targets.count(target))]
            if len(pages) > k - 1
        },
        parameters=lambda rng: rng.choice(
            ({"k": 1, "words": Raw("one or more")}, {"k": 2, "words": Raw("two or more")})
        ),
        inputs=lambda rng, k, words: (_pages(rng),),
        edges=(
            ({},),
            ({"a": []},),
            ({"b": ["a"], "a": ["a"]},),
            ({"z": ["x", "y"], "y": ["x", "y"], "x": []},),
        ),
        idea="Each link is entered under its target instead of its source; that reverses the graph in one pass.",
        pitfall="A page without incoming links gets no entry: the keys come from the targets, not from the keys of $links.",
    ),
    Family(
        name="people_to_suggest",
        concepts=("graphs", "counting", "sorting_with_key"),
        difficulty=3,
        names="people_to_suggest friend_suggestions recommend common_contacts suggest",
        arguments=(
            "friends|contacts|network|graph: dict[str, list[str]]; maps each person to the friends",
            "person|name|member|user: str; for whom to make suggestions",
        ),
        returns="list[str]",
        phrasings=(
            "Suggest new friends to $person: return the people who are not $person and not yet among the friends, but have $k or more friends in common with $person. Whoever has more friends in common comes first; ties are in alphabetical order.",
            "In the network $friends, where friendship is mutual, who shares $k or more friends with $person without being a friend of $person? List them by the number of shared friends, largest first, and alphabetically where it is equal.",
            "A social site shows $person other members with $k or more mutual friends, the ones with the most mutual friends first (equal ones by name). Members already befriended are not shown. Compute this list from $friends.",
            "The graph $friends is undirected and every node is a key. Return the nodes different from $person and not adjacent to it that have $k or more neighbours in common with it, sorted by descending number of common neighbours, then by name.",
        ),
        solutions=(
            """
from collections import Counter
mine = $friends[$person]
$count = Counter($other for friend in mine for $other in $friends[friend])
strangers = [$key for $key in $count if $key != $person and $key not in mine and $count[$key] >= $k]
return sorted(strangers, key=lambda $key: (-$count[$key], $key))
""",
            """
mine = set($friends[$person])
found = []
for $key in $friends:
    shared = len(mine & set($friends[$key]))
    if $key != $person and $key not in mine and shared >= $k:
        found.append((-shared, $key))
return [$key for shared, $key in sorted(found)]
""",
        ),
        reference=lambda friends, person, k: [
            name
            for size in range(len(friends), k - 1, -1)
            for name in sorted(set(friends) - {person, *friends[person]})
            if sum(person in friends[n] for n in friends[name]) == size
        ],
        parameters=lambda rng: {"k": rng.choice((1, 2))},
        inputs=lambda rng, k: (_friends(rng), rng.choice(NAMES[:4])),
        edges=(
            ({"Ada": []}, "Ada"),
            ({"Ada": ["Ben"], "Ben": ["Ada", "Cleo"], "Cleo": ["Ben"]}, "Ada"),
            (
                {
                    "A": ["B", "C"],
                    "B": ["A", "Z", "D"],
                    "C": ["A", "Z", "D"],
                    "D": ["B", "C"],
                    "Z": ["B", "C"],
                },
                "A",
            ),
            ({"A": ["B"], "B": ["A", "D"], "C": ["D"], "D": ["B", "C"]}, "A"),
        ),
        idea="Every friend of a friend is met once per common friend, so counting these meetings counts common friends.",
        pitfall="The person is the friend of each friend as well and would head the list.",
    ),
    Family(
        name="ways_without_return",
        concepts=("graphs", "tuples", "filtering"),
        difficulty=1,
        names="ways_without_return one_way_only unanswered single_direction filter_ways",
        arguments=("ways|messages|roads|arrows: list[tuple[str, str]]; pairs (from, to)",),
        returns="list[tuple[str, str]]",
        phrasings=(
            "Return the pairs of $ways whose reverse $does in the list too, in their order. A pair from a name to itself is its own reverse, and repeats are kept.",
            "Which entries (a, b) of $ways are such that (b, a) $does in $ways as well? Keep order and repeats; an entry (a, a) counts as its own reverse.",
            "Letters are noted in $ways as (sender, receiver). List, in order, the entries for which the opposite entry (receiver, sender) $does in the list. A letter to oneself answers itself.",
            "From the directed edges $ways select, without changing their order and with all repetitions, those edges for which the edge in the opposite direction $does in $ways; a loop is the opposite of itself.",
        ),
        solutions=(
            """
known_ways = set($ways)
$result = []
for $left, $right in $ways:
    if ($right, $left) $test known_ways:
        $result.append(($left, $right))
return $result
""",
            """
return [$pair for $pair in $ways if $pair[::-1] $test $ways]
""",
            """
backwards = {(b, a) for a, b in $ways}
return list(filter(lambda $pair: $pair $test backwards, $ways))
""",
        ),
        reference=lambda ways, does, test: [
            way for way in ways if any(o[0] == way[1] and o[1] == way[0] for o in ways) == (test == "in")
        ],
        parameters=lambda rng: rng.choice(
            (
                {"does": Raw("occurs"), "test": Raw("in")},
                {"does": Raw("does not occur"), "test": Raw("not in")},
            )
        ),
        inputs=lambda rng, does, test: (_both_ways(rng),),
        edges=(
            ([],),
            ([("A", "A"), ("A", "B")],),
            ([("A", "B"), ("B", "A"), ("A", "B"), ("C", "A")],),
            ([("B", "C"), ("B", "C")],),
        ),
        idea="The reverse of (a, b) is (b, a), and looking for it in a set takes no loop.",
        pitfall="A pair from a place to itself has its reverse in the list: itself.",
    ),
)


def _compare(size: int, op: str, k: int) -> bool:
    return {">=": size >= k, "<": size < k, "==": size == k}[op]
