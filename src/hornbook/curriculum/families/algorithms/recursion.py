"""Families on recursion: nested lists, folders, powers, stairs.

References are slow and simple on purpose, so that they share no idea with the solutions they check.
"""

from __future__ import annotations

import functools
import itertools
import random
import re
from typing import Any

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family


def _nested(rng: random.Random, depth: int) -> list[Any]:
    parts: list[Any] = []
    for _ in range(rng.randint(1, 3)):
        deeper = depth > 1 and rng.random() < 0.5
        parts.append(_nested(rng, depth - 1) if deeper else rng.randint(-3, 9))
    return parts


def _folders(rng: random.Random, depth: int) -> dict[str, Any]:
    names = rng.sample(("notes", "music", "photos", "draft", "old", "work"), rng.randint(2, 3))
    return {
        name: _folders(rng, depth - 1) if depth > 1 and rng.random() < 0.5 else rng.randint(1, 40)
        for name in names
    }


def _with_depths(nested: list[Any]) -> list[tuple[int, int]]:
    """The numbers of a nested list with their depths, read from its text."""
    found = []
    depth = 0
    for token in re.findall(r"\[|\]|-?\d+", repr(nested)):
        if token in "[]":
            depth += 1 if token == "[" else -1
        else:
            found.append((int(token), depth))
    return found


def _climbs(height: int, sizes: tuple[int, ...]) -> list[tuple[int, ...]]:
    """All ways to write the height as a sum of sizes, in order."""
    if height == 0:
        return [()]
    return [(size, *rest) for size in sizes if size <= height for rest in _climbs(height - size, sizes)]


FAMILIES: tuple[Family, ...] = (
    Family(
        name="weighted_nested_sum",
        concepts=("recursion", "nested_data", "accumulation"),
        difficulty=3,
        names="weighted_sum nested_total deep_sum add_up evaluate",
        arguments=("nested|data|items|tree: list; integers and lists of the same kind",),
        returns="int",
        phrasings=(
            "Return the sum of all integers in the nested list $nested, where everything inside an inner list counts $factor times as much as it would outside: $factor times in a list within the list, $factor times $factor times one level deeper, and so on.",
            "Add up $nested, a list of integers and further such lists. The total of an inner list is multiplied by $factor before it is added to the list around it; an empty list has the total 0.",
            "Compute the value of a nested list: an integer is worth itself, a list inside another list is worth $factor times the sum of its elements' values, and the outermost list $nested is worth just the sum of its elements' values.",
            "What is the weighted sum of $nested, if integers directly in it have weight 1 and each level of nesting multiplies the weight by $factor? Empty lists contribute nothing.",
        ),
        solutions=(
            """
$total = 0
for $item in $nested:
    if isinstance($item, list):
        $total += $factor * $self($item)
    else:
        $total += $item
return $total
""",
            """
return sum($factor * $self($item) if isinstance($item, list) else $item for $item in $nested)
""",
            """
$total = 0
$stack = [($nested, 1)]
while $stack:
    $current, weight = $stack.pop()
    for $item in $current:
        if isinstance($item, list):
            $stack.append(($item, weight * $factor))
        else:
            $total += weight * $item
return $total
""",
        ),
        reference=lambda nested, factor: sum(
            number * factor ** (depth - 1) for number, depth in _with_depths(nested)
        ),
        parameters=lambda rng: {"factor": rng.choice((2, 3, 10))},
        inputs=lambda rng, factor: (_nested(rng, 3),),
        edges=(([],), ([[], [[]]],), ([5],), ([[[-1]]],), ([1, [1, [1, [1]]]],)),
        idea="A list within the list is the same problem in small, so the function can call itself for it and multiply what comes back.",
        pitfall="The numbers are the simple case that ends the recursion; calling the function for a number fails.",
    ),
    Family(
        name="numbers_at_depth",
        concepts=("recursion", "nested_data", "list_building"),
        difficulty=3,
        names="numbers_at_depth level_$depth numbers_on_level pick_level extract",
        arguments=("nested|data|items|tree: list; integers and lists of the same kind",),
        returns="list[int]",
        phrasings=(
            "Return the integers of the nested list $nested that stand at depth $depth, from left to right. Integers directly in $nested have depth 1, those in a list within it depth 2, and so on.",
            "Collect in their order all integers of $nested that are enclosed by exactly $depth pairs of square brackets, the outermost pair included.",
            "List what is found on level $depth of $nested: level 1 are the integers of the list itself, level 2 the integers of its inner lists, level 3 of the lists in these. Keep the order; the result may be empty.",
            "Which integers lie exactly $depth lists deep in $nested, if an integer that belongs to $nested itself lies 1 deep? Give them in reading order.",
        ),
        solutions=(
            """
def visit($current, level):
    for $item in $current:
        if isinstance($item, list):
            visit($item, level + 1)
        elif level == $depth:
            $result.append($item)

$result = []
visit($nested, 1)
return $result
""",
            """
$current = $nested
for $i in range($above):
    $current = [$other for $item in $current if isinstance($item, list) for $other in $item]
return [$item for $item in $current if not isinstance($item, list)]
""",
            """
$result = []
$stack = [($nested, 0)]
while $stack:
    $item, level = $stack.pop()
    if isinstance($item, list):
        $stack.extend(($other, level + 1) for $other in reversed($item))
    elif level == $depth:
        $result.append($item)
return $result
""",
        ),
        reference=lambda nested, depth, above: [number for number, at in _with_depths(nested) if at == depth],
        parameters=lambda rng: rng.choice(({"depth": 2, "above": 1}, {"depth": 3, "above": 2})),
        inputs=lambda rng, depth, above: ([*_nested(rng, 4), [rng.randint(0, 9), [rng.randint(0, 9)]]],),
        edges=(([],), ([[[[]]]],), ([7],), ([1, [2, [3, 3], 2], 1],), ([[0], [0]],)),
        idea="Carry the level along: each list that is entered raises it by one, and a number is kept only when the level is right.",
        pitfall="A list at the wanted depth is not a number: its content is one level deeper.",
    ),
    Family(
        name="folder_size",
        concepts=("recursion", "dictionaries", "nested_data"),
        difficulty=3,
        names="folder_size total_size disk_usage sum_files measure",
        arguments=(
            "folder|tree|directory|drive: dict; names mapped to file sizes (int) or to folders (dict)",
        ),
        returns="int",
        phrasings=(
            "Return the total size of the files in $folder and all its subfolders, counting only files with a size of $words $limit. A value in the dictionary is either a file size or again such a dictionary.",
            "In $folder a name leads to an integer (the size of a file) or to another dictionary of the same form (a subfolder). Add up all sizes of $words $limit, however deep they lie.",
            "Sum the integers of $words $limit that are found anywhere in the nested dictionary $folder, in which integers are file sizes and dictionaries are folders.",
            "How large are the files with a size of $words $limit in $folder altogether, those in folders inside folders included? Sizes are the integers of the nested dictionary; without such a file the answer is 0.",
        ),
        solutions=(
            """
$total = 0
for $item in $folder.values():
    if isinstance($item, dict):
        $total += $self($item)
    elif $item $op $limit:
        $total += $item
return $total
""",
            """
$total = 0
$stack = [$folder]
while $stack:
    for $item in $stack.pop().values():
        if isinstance($item, dict):
            $stack.append($item)
        elif $item $op $limit:
            $total += $item
return $total
""",
            """
def sizes($current):
    for $item in $current.values():
        if isinstance($item, dict):
            yield from sizes($item)
        else:
            yield $item

return sum($item for $item in sizes($folder) if $item $op $limit)
""",
        ),
        reference=lambda folder, op, words, limit: sum(
            size
            for size in map(int, re.findall(r": (\d+)", repr(folder)))
            if draws.COMPARISONS[op][1](size, limit)
        ),
        parameters=lambda rng: {**draws.comparison(rng), "limit": rng.choice((10, 15, 20))},
        inputs=lambda rng, op, words, limit: (_folders(rng, 3),),
        edges=(
            ({},),
            ({"old": {}},),
            ({"a": 10, "b": {"a": 15, "b": {"a": 20}}},),
            ({"x": {"y": {"z": 0}}},),
        ),
        idea="A folder is made of files and smaller folders, so its size is the sum of its files plus what the same function says about each subfolder.",
        pitfall="Comparing before the test for a dictionary fails, because a dictionary has no order relative to a number.",
    ),
    Family(
        name="power_remainder",
        concepts=("recursion", "arithmetic", "while_loops"),
        difficulty=3,
        names="power_remainder power_mod_$modulus last_part_of_power raise_mod compute",
        arguments=(
            "base|number|b|root: int; a number that is not negative",
            "exponent|power|times|e: int; the exponent, not negative",
        ),
        returns="int",
        phrasings=(
            "Return the remainder of $base to the power of $exponent when divided by $modulus. The power with exponent 0 is 1.",
            "Multiply $base by itself $exponent times (1 if $exponent is 0) and give only the remainder modulo $modulus. It should also be quick for large exponents.",
            "Compute ($base ** $exponent) % $modulus without building the huge power itself.",
            "What is left over when the $exponent-th power of $base is divided by $modulus? Treat the 0th power of any number as 1.",
        ),
        solutions=(
            """
$result = 1
$current = $base % $modulus
while $exponent > 0:
    if $exponent % 2 == 1:
        $result = $result * $current % $modulus
    $current = $current * $current % $modulus
    $exponent //= 2
return $result
""",
            """
if $exponent == 0:
    return 1
$result = $self($base, $exponent // 2)
$result = $result * $result % $modulus
if $exponent % 2 == 1:
    $result = $result * $base % $modulus
return $result
""",
            """
$result = 1
for $i in range($exponent):
    $result = $result * $base % $modulus
return $result
""",
        ),
        reference=lambda base, exponent, modulus: base**exponent - base**exponent // modulus * modulus,
        parameters=lambda rng: {"modulus": rng.choice((7, 10, 13, 100, 1000))},
        inputs=lambda rng, modulus: (rng.randint(2, 30), rng.randint(2, 20)),
        edges=((5, 0), (0, 0), (0, 4), (1, 99), (12, 1), (2, 64)),
        idea="Squaring the power of half the exponent saves most multiplications, and taking remainders on the way keeps the numbers small.",
        pitfall="With an odd exponent, halving drops one factor, which has to be multiplied in afterwards.",
    ),
    Family(
        name="moves_to_zero",
        concepts=("while_loops", "recursion", "simulation"),
        difficulty=2,
        names="moves_to_zero count_moves steps_down shrink_steps simulate",
        arguments=("number|n|begin|value: int; the number to begin with, not negative",),
        returns="int",
        phrasings=(
            "Shrink $number to 0: if it is divisible by $k divide it by $k, otherwise subtract 1. Return the number of moves needed.",
            "Count how many moves lead from $number to 0, where a number divisible by $k is divided by $k and any other number is lowered by 1.",
            "A game starts with $number. In each move a multiple of $k is divided by $k and every other number loses 1; the game ends at 0. Return how many moves are played (0 for a start at 0).",
            "After how many moves is 0 reached from $number, when each move divides by $k if that leaves no remainder and takes away 1 if it does?",
        ),
        solutions=(
            """
$count = 0
while $number > 0:
    if $number % $k == 0:
        $number //= $k
    else:
        $number -= 1
    $count += 1
return $count
""",
            """
if $number == 0:
    return 0
if $number % $k == 0:
    return 1 + $self($number // $k)
return 1 + $self($number - 1)
""",
            """
$count = 0
while $number >= $k:
    $number, $other = divmod($number, $k)
    $count += $other + 1
return $count + $number
""",
        ),
        reference=lambda number, k: functools.reduce(
            lambda known, at: [*known, known[at - 1 if at % k else at // k] + 1], range(1, number + 1), [0]
        )[number],
        parameters=lambda rng: {"k": rng.choice((2, 3, 4, 5, 10))},
        inputs=lambda rng, k: (rng.randint(3, 120),),
        edges=((0,), (1,), (10,), (60,), (99,)),
        idea="Each move depends only on the present number, so a loop that applies the rule and counts is enough; 0 is where it stops.",
        pitfall="0 is divisible by $k too: without the stop at 0 the loop would never end.",
    ),
    Family(
        name="ways_up_the_stairs",
        concepts=("dynamic_programming", "recursion", "counting"),
        difficulty=3,
        names="ways_up climb_ways count_climbs stair_paths solve",
        arguments=("height|stairs|target|num_stairs: int; number of the stair to reach, not negative",),
        returns="int",
        phrasings=(
            "Return in how many ways you can climb to stair $height from stair 0 with steps of the sizes $sizes, if stair number $broken is broken and must not be used. The order of the steps matters; for $height 0 there is 1 way.",
            "Count the sequences of steps, each as large as one of $sizes, that lead from stair 0 exactly to stair $height without ever standing on stair $broken. The empty sequence is the one way to stair 0.",
            "From the ground (stair 0) each step goes up by one of $sizes stairs. Compute the number of different step sequences that end on stair $height; stair $broken is missing, so no sequence may touch it or end there.",
            "In how many orders can steps taken from $sizes be put together to climb from 0 to $height exactly, never stepping on stair $broken? There is 1 way if $height is 0, and no way to stair $broken itself.",
        ),
        solutions=(
            """
$result = [1] + [0] * $height
for $i in range(1, $height + 1):
    if $i != $broken:
        $result[$i] = sum($result[$i - step] for step in $sizes if step <= $i)
return $result[$height]
""",
            """
from functools import cache

@cache
def ways($current):
    if $current < 0 or $current == $broken:
        return 0
    if $current == 0:
        return 1
    return sum(ways($current - step) for step in $sizes)

return ways($height)
""",
            """
if $height == 0:
    return 1
if $height < 0 or $height == $broken:
    return 0
$total = 0
for step in $sizes:
    $total += $self($height - step)
return $total
""",
        ),
        reference=lambda height, sizes, broken: sum(
            broken not in itertools.accumulate(steps) for steps in _climbs(height, sizes)
        ),
        parameters=lambda rng: {
            "sizes": rng.choice(((1, 2), (1, 3), (2, 3), (1, 2, 3))),
            "broken": rng.randint(2, 5),
        },
        inputs=lambda rng, sizes, broken: (rng.randint(1, 9),),
        edges=((0,), (1,), (3,), (8,)),
        idea="The last step comes from a stair that is one step size lower, so the ways to a stair are the sum of the ways to those stairs.",
        pitfall="Stair 0 must count as 1 way; with 0 there everything stays 0.",
    ),
)
