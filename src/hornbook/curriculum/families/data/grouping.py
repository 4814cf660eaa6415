"""Families on dictionaries that grow by themselves: `defaultdict`, and dictionaries inside dictionaries."""

from __future__ import annotations

import random
from typing import Any

from hornbook.curriculum import draws
from hornbook.curriculum.families.wording import part
from hornbook.curriculum.family import Family, Raw

TOWNS = ("Oslo", "Rome", "Lima", "Bern", "Cork")
Tree = dict[str, Any]


def _settings(rng: random.Random, depth: int = 2) -> Tree:
    """Draw a nested dictionary of settings; the inner ones are never empty."""
    names = rng.sample(("size", "font", "color", "mode", "user", "path"), rng.randint(1, 3))
    return {
        name: _settings(rng, depth - 1) if depth and rng.random() < 0.55 else rng.randint(0, 9)
        for name in names
    }


def _leaves(tree: Tree) -> list[tuple[tuple[str, ...], Any]]:
    """List the paths to the leaves, with their values, without recursion."""
    pending: list[tuple[tuple[str, ...], Any]] = [((), tree)]
    found = []
    while pending:
        path, value = pending.pop(0)
        if isinstance(value, dict) and value:
            pending[:0] = [((*path, key), inner) for key, inner in value.items()]
        else:
            found.append((path, value))
    return found if tree else []


def _with_path(tree: Tree, path: str, value: Any) -> Tree:
    key, _, rest = path.partition(".")
    old = tree.get(key)
    return {**tree, key: _with_path(old if isinstance(old, dict) else {}, rest, value) if rest else value}


FAMILIES: tuple[Family, ...] = (
    Family(
        name="vocabulary_by_length",
        concepts=("default_dictionaries", "grouping", "deduplication"),
        difficulty=2,
        names="vocabulary_by_length words_by_size sort_into_drawers group_lengths index_words",
        arguments=("text|passage|line|story: str; words separated by blanks",),
        returns="dict[int, list[str]]",
        phrasings=(
            "Group the different words of $text by their length: a dictionary from length to the alphabetical list of these words in small letters. Words $says are left out, and the keys are in ascending order.",
            "Return a dictionary whose keys are word lengths in ascending order and whose values are the words of $text with that length, in small letters, each once, sorted alphabetically. Skip words $says.",
            "For a crossword, collect the words of $text by their number of letters. Which words are there of each length? Ignore case and repeats, leave out words $says, sort each list, and put short lengths first.",
            "Lower-case $text and split it at whitespace. Return the mapping from each length n to the sorted list without duplicates of the words with n characters, built in the order of rising n; words $says are not included.",
        ),
        solutions=(
            """
from collections import defaultdict
$groups = defaultdict(set)
for $word in $text.lower().split():
    if len($word) $op $k:
        $groups[len($word)].add($word)
return {$key: sorted($groups[$key]) for $key in sorted($groups)}
""",
            """
$result = {}
for $word in sorted(set($text.lower().split()), key=lambda $item: (len($item), $item)):
    if len($word) $op $k:
        $result.setdefault(len($word), []).append($word)
return $result
""",
        ),
        reference=lambda text, op, k, says: {
            n: found
            for n in range(1, len(text) + 1)
            if draws.COMPARISONS[op][1](n, k)
            and (found := sorted(dict.fromkeys(w for w in text.lower().split() if len(w) == n)))
        },
        parameters=lambda rng: (
            lambda k, short: {
                "k": k,
                "op": Raw(">=" if short else "<="),
                "says": Raw(f"with {'fewer' if short else 'more'} than {k} letters"),
            }
        )(rng.randint(3, 5), rng.random() < 0.5),
        inputs=lambda rng, **_: (draws.sentence(rng, 4, 7),),
        edges=(("",), ("a",), ("Tea tea TEA",), ("two one six",), ("Fünf sechs fünf sieben bee",)),
        idea="defaultdict(set) makes an empty set the first time a length comes up, and a set takes each word once.",
        pitfall="Returning the defaultdict itself hands out a dictionary that grows whenever somebody reads a missing key.",
    ),
    Family(
        name="neighbours_of_places",
        concepts=("default_dictionaries", "tuples", "grouping"),
        difficulty=2,
        names="neighbours_of road_map adjacency connections build_network",
        arguments=("roads|links|routes|lines: list[tuple[str, str]]; pairs of different places",),
        returns="dict[str, list[str]]",
        phrasings=(
            "Each pair in $roads joins two places and can be used in both directions. Return a dictionary from each place to the $order list of the places that a road joins to it, each once; the keys are in alphabetical order.",
            "Build the network of $roads, whose pairs can be used in both directions: every place maps to the $order list of its direct destinations without repeats. Places appear in alphabetical order.",
            "A traveller has the list $roads, and every road can be used in both directions. Where can one go directly from each place? Give a dictionary with its keys in alphabetical order and $order lists.",
            "Given pairs (a, b) in $roads, usable in both directions, return the dictionary, alphabetical in its keys, from each place to the different places next to it, as a list in $order order.",
        ),
        solutions=(
            """
from collections import defaultdict
$groups = defaultdict(set)
for $left, $right in $roads:
    $groups[$left].add($right)
    $groups[$right].add($left)
return {$key: sorted($groups[$key]$down) for $key in sorted($groups)}
""",
            """
$seen = set($roads) | {(b, a) for a, b in $roads}
$result = {}
for $left, $right in sorted($seen$down):
    $result.setdefault($left, []).append($right)
return dict(sorted($result.items()))
""",
        ),
        reference=lambda roads, order, down: {
            place: targets[:: -1 if order == "descending" else 1]
            for place in sorted({p for road in roads for p in road})
            if (targets := sorted({b for a, b in roads if a == place} | {a for a, b in roads if b == place}))
        },
        parameters=lambda rng: {
            **part(rng, {"order": "ascending", "down": ""}, {"order": "descending", "down": ", reverse=True"})
        },
        inputs=lambda rng, **_: ([tuple(rng.sample(TOWNS[:4], 2)) for _ in range(rng.randint(3, 5))],),
        edges=(
            ([],),
            ([("Oslo", "Rome")],),
            ([("Bern", "Aix"), ("Aix", "Bern"), ("Bern", "Aix")],),
            ([("b", "a"), ("b", "c"), ("b", "a")],),
        ),
        idea="A set per place collects its destinations without repeats; sorting at the end gives the lists a fixed order.",
        pitfall="Entering only (a, b) leaves places that are always named second without neighbours.",
    ),
    Family(
        name="points_of_cup_season",
        concepts=("default_dictionaries", "enumerate_zip", "accumulation"),
        difficulty=2,
        names="points_of_cup_season season_score award_points cup_standing add_up_points",
        arguments=(
            "races|rounds|results|events: list[list[str]]; for each race the names in order of arrival",
        ),
        returns="dict[str, int]",
        phrasings=(
            "In each race of $races the names at the front get the points $points by place; later places get none. Return everybody's total, $says, in the order in which the names first appear.",
            "Add up the points of all $races. The places of a race give $points points in this order, from the first one on, and anything behind gives 0. The result maps names to totals, $says, in the order of first appearance.",
            "A skiing cup awards $points points to the first places of every race. Given $races, how many points has each name in total? List the names in a dictionary in the order in which they come up when reading race by race, $says.",
            "For each list in $races, the name at index i earns the number at index i of $points, if there is one. Return a dictionary of the sums per name, $says, keyed in the order of first occurrence.",
        ),
        solutions=(
            """
from collections import defaultdict
$total = defaultdict(int)
for $row in $races:
    for $i, $key in enumerate($row):
        $total[$key] += $points[$i] if $i < ${size} else 0
return {$key: $item for $key, $item in $total.items() if $item >= $least}
""",
            """
$result = {}
for $row in $races:
    for $key in $row:
        $result.setdefault($key, 0)
    for $key, $count in zip($row, $points):
        $result[$key] += $count
return {$key: $result[$key] for $key in $result if $result[$key] >= $least}
""",
        ),
        reference=lambda races, points, size, least, says: {
            name: total
            for name in dict.fromkeys(n for race in races for n in race)
            if (total := sum(p for race in races for n, p in zip(race, points, strict=False) if n == name))
            >= least
        },
        parameters=lambda rng: (
            lambda points, least: {
                "points": points,
                "size": Raw(str(len(points))),
                "least": least,
                "says": Raw(f"leaving out everybody with fewer than {least} points"),
            }
        )(rng.choice(([3, 2, 1], [5, 3, 2], [10, 6, 3], [4, 1], [8, 5, 2])), rng.randint(2, 4)),
        inputs=lambda rng, **_: (
            [
                rng.sample(("Ada", "Ben", "Cleo", "Dan", "Eva"), rng.randint(2, 5))
                for _ in range(rng.randint(1, 3))
            ],
        ),
        edges=(
            ([],),
            ([[]],),
            ([["Uma"]],),
            ([["a", "b", "c", "d", "e"]],),
            ([["a", "b"], ["b", "a"]],),
            ([[], ["z"], ["y", "z"]],),
        ),
        idea="defaultdict(int) starts everybody at 0, so each race only has to add its points.",
        pitfall="zip alone never touches the names behind the last scoring place, and they would be missing from the table.",
    ),
    Family(
        name="count_in_two_levels",
        concepts=("nested_dictionaries", "default_dictionaries", "counting"),
        difficulty=2,
        names="count_in_two_levels visits_per_$outer_name nested_counts cross_count organize",
        arguments=("visits|entries|log|events: list[tuple[str, str]]; pairs of a town and a guest",),
        returns="dict[str, dict[str, int]]",
        phrasings=(
            "Return a nested dictionary that tells for each $outer_name in $visits how often each $inner_name occurs together with it. All keys, outer and inner, are in order of first appearance.",
            "Count the (town, guest) pairs of $visits in two levels: the outer dictionary has a key per $outer_name, the inner one a key per $inner_name with the number of its visits. Keep the order of first appearance.",
            "A hotel chain notes every stay as (town, guest) in $visits. For each $outer_name, which ${inner_name}s belong to it and how often? Answer with a dictionary of dictionaries in the order of the notes.",
            "Given tuples (town, guest) in $visits, return d such that d[o][i] is the number of tuples with $outer_name o and $inner_name i, containing only combinations that occur, with keys inserted when first met.",
        ),
        solutions=(
            """
$result = {}
for town, guest in $visits:
    $groups = $result.setdefault($first, {})
    $groups[$second] = $groups.get($second, 0) + 1
return $result
""",
            """
from collections import Counter, defaultdict
$result = defaultdict(Counter)
for town, guest in $visits:
    $result[$first][$second] += 1
return {$key: dict($count) for $key, $count in $result.items()}
""",
            """
$result = {}
for town, guest in $visits:
    if $first not in $result:
        $result[$first] = {}
    if $second not in $result[$first]:
        $result[$first][$second] = $visits.count((town, guest))
return $result
""",
        ),
        reference=lambda visits, first, second, outer_name, inner_name: {
            o: {
                i: sum(v[first == "guest"] == o and v[first != "guest"] == i for v in visits)
                for i in dict.fromkeys(v[first != "guest"] for v in visits if v[first == "guest"] == o)
            }
            for o in dict.fromkeys(v[first == "guest"] for v in visits)
        },
        parameters=lambda rng: part(
            rng,
            {"first": "town", "second": "guest", "outer_name": "town", "inner_name": "guest"},
            {"first": "guest", "second": "town", "outer_name": "guest", "inner_name": "town"},
        ),
        inputs=lambda rng, **_: (
            [(rng.choice(TOWNS[:2]), rng.choice(("Ada", "Ben", "Max"))) for _ in range(rng.randint(3, 6))],
        ),
        edges=(
            ([],),
            ([("Rome", "Ada")],),
            ([("Rome", "Ada")] * 3,),
            ([("x", "x"), ("y", "x"), ("x", "y")],),
        ),
        idea="setdefault returns the inner dictionary of the $outer_name and creates it at the first visit, so that the counting below needs no special case.",
        pitfall="Using the pair as one key counts just as well, but cannot be asked for everything about one $outer_name.",
    ),
    Family(
        name="set_value_at_path",
        concepts=("nested_dictionaries", "recursion", "string_methods"),
        difficulty=4,
        names="set_value_at_path with_option put_deep update_setting store",
        arguments=(
            "settings|config|tree|options: dict; a dictionary that may hold further dictionaries",
            "path|place|address|route: str; names joined by '$sep', outermost first",
            "value|number|setting|content: int; what to store",
        ),
        returns="dict",
        phrasings=(
            "Return a copy of $settings in which the place named by $path holds $value. $path consists of keys joined by '$sep', from the outside in; dictionaries that are missing on the way are created, and a number in the way is replaced by one. $settings stays unchanged.",
            "Store $value in a nested dictionary without changing $settings: follow the keys of $path, separated by '$sep', and set the last one. Wherever the next level does not exist or is not a dictionary, begin with an empty one.",
            "A program keeps its options in nested dictionaries. How does $settings look after the option $path, for example 'a${sep}b' for the key 'b' inside 'a', was set to $value? Create missing levels, overwrite numbers that block the way, and return new dictionaries.",
            "Given $settings, split $path at '$sep' into keys k1, ..., kn and return a copy c with c[k1]...[kn] equal to $value and everything else as in $settings. Intermediate values that are absent or no dictionaries become dictionaries; the argument must not be modified.",
        ),
        solutions=(
            """
$key, _, deeper = $path.partition("$sep")
$result = dict($settings)
if not deeper:
    $result[$key] = $value
else:
    $current = $settings.get($key)
    $result[$key] = $self($current if isinstance($current, dict) else {}, deeper, $value)
return $result
""",
            """
from copy import deepcopy
$result = deepcopy($settings)
$current = $result
*outer, final = $path.split("$sep")
for $key in outer:
    if not isinstance($current.get($key), dict):
        $current[$key] = {}
    $current = $current[$key]
$current[final] = $value
return $result
""",
        ),
        reference=lambda settings, path, value, sep: _with_path(settings, path.replace(sep, "."), value),
        parameters=lambda rng: {"sep": Raw(rng.choice("./:"))},
        inputs=lambda rng, sep: (
            _settings(rng, 1),
            sep.join(rng.choices(("size", "font", "color", "mode"), k=rng.randint(1, 3))),
            rng.randint(10, 99),
        ),
        edges=(
            ({}, "size", 1),
            ({"size": 1}, "size", 2),
            ({"font": {}}, "font", 0),
            ({"a": {"b": 1}, "c": 2}, "c", -1),
        ),
        idea="Each level copies its own dictionary and leaves the rest of the path to the level below, so the original is never touched.",
        pitfall="dict(settings) copies only the outer level; writing into an inner dictionary would still change the caller's.",
    ),
    Family(
        name="settings_with_long_names",
        concepts=("nested_dictionaries", "recursion", "flattening"),
        difficulty=3,
        names="long_names flatten_settings with_full_names one_level unfold",
        arguments=("settings|config|tree|options: dict; a dictionary that may hold further dictionaries",),
        returns="dict[str, int]",
        phrasings=(
            "Turn the nested dictionary $settings into a flat one. The key of each number consists of the keys on the way to it, joined by '$sep' $order; the order of the numbers is kept and empty dictionaries leave nothing.",
            "Return a dictionary without nesting that holds all numbers of $settings in their order. Each gets a name made of the keys that lead to it, joined by '$sep' $order. Empty inner dictionaries disappear.",
            "A configuration $settings has sections in sections. Write it as a single dictionary, in the same order, whose keys name the whole way, $order, with '$sep' between the parts. What about a section without content? It is dropped.",
            "Given $settings, whose values are integers or dictionaries of the same kind, return the flat dictionary from joined key paths ($order, separator '$sep') to the integers, in depth-first order; {} if there is no integer.",
        ),
        solutions=(
            """
$result = {}
for outer, $item in $settings.items():
    if isinstance($item, dict):
        for inner, $other in $self($item).items():
            $result[$join] = $other
    else:
        $result[outer] = $item
return $result
""",
            """
$result = {}
$stack = [("", $settings)]
while $stack:
    outer, $current = $stack.pop()
    if isinstance($current, dict):
        for inner in reversed($current):
            $stack.append(($join if outer else inner, $current[inner]))
    else:
        $result[outer] = $current
return $result
""",
        ),
        reference=lambda settings, sep, order, join: {
            sep.join(path[:: 1 if order.startswith("from the outside") else -1]): value
            for path, value in _leaves(settings)
            if not isinstance(value, dict)
        },
        parameters=lambda rng: (
            lambda sep, inward: {
                "sep": Raw(sep),
                "order": Raw("from the outside in" if inward else "from the inside out"),
                "join": Raw(f'f"{{outer}}{sep}{{inner}}"' if inward else f'f"{{inner}}{sep}{{outer}}"'),
            }
        )(rng.choice("./_-"), rng.random() < 0.6),
        inputs=lambda rng, **_: (_settings(rng),),
        edges=(
            ({},),
            ({"a": {}},),
            ({"a": 0},),
            ({"a": {"b": {"c": 1}}},),
            ({"x": {"y": 2, "z": {}}, "w": {"y": 3}},),
        ),
        idea="A number keeps its own key; for an inner dictionary the function is asked again, and its answers get the outer key added.",
        pitfall="Forgetting the separator makes names such as 'ab' that could come from several places.",
    ),
)
