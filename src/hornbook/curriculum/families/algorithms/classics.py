"""Families on small algorithms: recursion, stacks, queues, heaps, simulation, greedy choice, dynamic programming.

Graph walks on dictionaries, validation with early return and exceptions turned into defaults are here too. The
references are slow and simple on purpose (try all subsets, repeat until nothing changes), so that they share no
idea with the solutions they check.
"""

from __future__ import annotations

import functools
import itertools
import random
import re
from collections import Counter, deque
from typing import Any

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw

PLACES = ("Ayr", "Bath", "Cork", "Deal", "Ely", "Fife")
STRAIGHT = ((0, 1), (1, 0))
SLANTED = ((0, 1), (1, 0), (1, 1))
FOUR = ((-1, 0), (0, -1), (0, 1), (1, 0))
EIGHT = ((-1, -1), (-1, 0), (-1, 1), (0, -1), (0, 1), (1, -1), (1, 0), (1, 1))
NUMERALS = {str(number): number for number in range(-999, 1000)}


def _part(rng: random.Random, *choices: dict[str, str]) -> dict[str, Raw]:
    return {key: Raw(text) for key, text in rng.choice(choices).items()}


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


def _postfix(rng: random.Random, extra: str) -> list[str]:
    if rng.random() < 0.1:
        return [str(rng.randint(0, 9))]
    tokens = [str(rng.randint(1, 9)), str(rng.randint(1, 9)), rng.choice(("+", "-", extra))]
    for _ in range(rng.randint(0, 2)):
        tokens += [str(rng.randint(1, 9)), rng.choice(("+", "-", extra))]
    if rng.random() < 0.5:
        tokens = [str(rng.randint(1, 9)), *tokens, rng.choice(("+", "-", extra))]
    return tokens


def _boxes(rng: random.Random, depth: int = 3) -> str:
    text = ""
    for _ in range(rng.randint(0, 2)):
        letter = rng.choice("ABC")
        text += letter + (_boxes(rng, depth - 1) if depth > 1 else "") + letter.lower()
    return text


def _ends_of_packing(most: int) -> tuple[str, ...]:
    """Boxes as deep as allowed, one deeper, one that stays open, two that cross, one closed too often."""
    return "ABCcba"[3 - most : 3 + most], "ABCDdcba"[3 - most : 5 + most], "A", "CBcb", "b"


def _spans(rng: random.Random, low: int, high: int) -> list[tuple[int, int]]:
    starts = [rng.randint(0, 20) for _ in range(rng.randint(low, high))]
    return [(start, start + rng.randint(1, 5)) for start in starts]


def _field(rng: random.Random, symbols: str, low: int = 2, high: int = 4) -> list[str]:
    width = rng.randint(low, high)
    return ["".join(rng.choices(symbols, k=width)) for _ in range(rng.randint(low, high))]


def _costs(rng: random.Random) -> list[list[int]]:
    width = rng.randint(2, 4)
    return [[rng.randint(0, 9) for _ in range(width)] for _ in range(rng.randint(2, 4))]


def _roads(rng: random.Random) -> dict[str, list[str]]:
    places = PLACES[: rng.randint(4, 6)]
    return {
        place: sorted(rng.sample([p for p in places if p != place], rng.choice((0, 1, 2, 2))))
        for place in places
    }


def _needs(rng: random.Random) -> dict[str, list[str]]:
    tasks = rng.sample(("bake", "clean", "dine", "eat", "fry", "grill"), rng.randint(3, 5))
    needs = {
        task: sorted(rng.sample(tasks[:at], rng.randint(0, min(at, 2)))) for at, task in enumerate(tasks)
    }
    if rng.random() < 0.15:
        needs[tasks[0]] = [tasks[-1]]
        needs[tasks[-1]] = [tasks[0]]
    return dict(sorted(needs.items()))


def _subsets(values: list[Any]) -> list[tuple[int, ...]]:
    """All choices of positions, as rising tuples."""
    return [
        some for size in range(len(values) + 1) for some in itertools.combinations(range(len(values)), size)
    ]


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
        name="typed_with_undo",
        concepts=("stacks", "lists", "conditionals"),
        difficulty=2,
        names="typed_with_undo apply_undo final_words replay process",
        arguments=("commands|inputs|typed|events: list[str]; words in the order in which they are typed",),
        returns="list[str]",
        phrasings=(
            "Each entry of $commands is a word to write down, except '$undo', which deletes the last word that is still there (if any). Return the words that remain, in order.",
            "Replay $commands: an ordinary word is put at the end of a list, the word '$undo' takes the last one off again and does nothing when the list is empty. Return the final list.",
            "Compute the text left by $commands, as a list of words, where '$undo' takes back the latest word that has not been taken back yet. Superfluous '$undo' entries are ignored.",
            "Which words are left after $commands, if '$undo' removes the most recent remaining word and all other entries add themselves? Give them in the order in which they were typed.",
        ),
        solutions=(
            """
$stack = []
for $word in $commands:
    if $word != "$undo":
        $stack.append($word)
    elif $stack:
        $stack.pop()
return $stack
""",
            """
$result = []
$count = 0
for $word in reversed($commands):
    if $word == "$undo":
        $count += 1
    elif $count > 0:
        $count -= 1
    else:
        $result.append($word)
return $result[::-1]
""",
            """
$result = []
for $word in $commands:
    $result = $result[:-1] if $word == "$undo" else $result + [$word]
return $result
""",
        ),
        reference=lambda commands, undo: _without_undo(list(commands), str(undo)),
        parameters=lambda rng: {"undo": Raw(rng.choice(("undo", "back", "oops", "<")))},
        inputs=lambda rng, undo: (
            [rng.choice((str(undo), draws.word(rng))) for _ in range(rng.randint(4, 8))],
        ),
        edges=(
            ([],),
            (["undo"],),
            (["oops", "back", "sun"],),
            (["a", "undo", "undo", "b"],),
            (["<", "<", "x", "<"],),
        ),
        idea="The word to take back is always the one written last, which is what a stack gives: append to write, pop to undo.",
        pitfall="pop on an empty list raises IndexError, so an undo with nothing to undo needs a test.",
    ),
    Family(
        name="postfix_value",
        concepts=("stacks", "parsing", "higher_order"),
        difficulty=3,
        names="postfix_value evaluate_postfix run_calculator result_of calc",
        arguments=("tokens|symbols|program|formula: list[str]; a correct postfix formula",),
        returns="int",
        phrasings=(
            "Evaluate the postfix formula $tokens: a number is pushed on a stack, and '+', '-' or '$extra' takes the two topmost numbers off and pushes their sum, difference (lower minus upper) or $meaning. Return the last number on the stack, 0 for an empty list.",
            "Compute the value of $tokens, in which each operator follows its two operands. There are integers and the operators '+', '-' (first operand minus second) and '$extra' ($meaning of both). An empty formula is worth 0.",
            "A calculator reads $tokens one by one, keeping numbers on a stack. The tokens '+', '-' and '$extra' replace the two uppermost numbers a, b (b on top) by a + b, a - b or the $meaning of a and b. Return what is left in the end, or 0 without tokens.",
            "What is the result of the formula $tokens, written with operators after their operands? Besides '+' and '-' it may use '$extra', which stands for the $meaning of its two operands. Answer 0 if there are no tokens.",
        ),
        solutions=(
            """
$stack = []
for $word in $tokens:
    if $word in ("+", "-", "$extra"):
        $right = $stack.pop()
        $left = $stack.pop()
        if $word == "+":
            $stack.append($left + $right)
        elif $word == "-":
            $stack.append($left - $right)
        else:
            $stack.append($func($left, $right))
    else:
        $stack.append(int($word))
return $stack[-1] if $stack else 0
""",
            """
import operator
actions = {"+": operator.add, "-": operator.sub, "$extra": $func}
$stack = [0]
for $word in $tokens:
    if $word in actions:
        $right, $left = $stack.pop(), $stack.pop()
        $stack.append(actions[$word]($left, $right))
    else:
        $stack.append(int($word))
return $stack[-1]
""",
            """
def value():
    $word = $stack.pop()
    if $word not in ("+", "-", "$extra"):
        return int($word)
    $right = value()
    $left = value()
    if $word == "+":
        return $left + $right
    if $word == "-":
        return $left - $right
    return $func($left, $right)

$stack = list($tokens)
return value() if $stack else 0
""",
        ),
        reference=lambda tokens, extra, meaning, func: _reduced(tokens, str(extra)),
        parameters=lambda rng: _part(
            rng,
            {"extra": "max", "meaning": "larger one", "func": "max"},
            {"extra": "min", "meaning": "smaller one", "func": "min"},
        ),
        inputs=lambda rng, extra, meaning, func: (_postfix(rng, str(extra)),),
        edges=(([],), (["7"],), (["2", "5", "-"],), (["1", "2", "3", "+", "-"],), (["0", "0", "+"],)),
        idea="When an operator comes, its operands are the two results that were finished last, and these lie on top of the stack.",
        pitfall="The first pop gives the right operand; taking it for the left one turns a difference round.",
    ),
    Family(
        name="boxes_well_packed",
        concepts=("stacks", "validation", "early_return"),
        difficulty=3,
        names="boxes_well_packed is_nested valid_packing check_boxes is_valid",
        arguments=("actions|log|text|steps: str; letters, a capital opens a box, a small one closes it",),
        returns="bool",
        phrasings=(
            "In $actions a capital letter opens a box and the same letter in lower case closes it. Return True if every box is closed, always the one opened last first, and never more than $most boxes are open at once.",
            "Check the string $actions: each small letter must close the most recently opened box that is still open (the matching capital), nothing may stay open, and at no time may more than $most boxes be open. Return True or False.",
            "Decide whether $actions is correct. Boxes are opened by capitals, closed by the matching small letters in the reverse order of their opening, all of them are closed in the end, and the depth never exceeds $most. An empty string is correct.",
            "Is $actions a proper sequence of opening (capital letters) and closing (same letters, small) in which boxes are nested without crossing, none remains open, and at most $most are open at the same time?",
        ),
        solutions=(
            """
$stack = []
for $char in $actions:
    if $char.isupper():
        $stack.append($char)
        if len($stack) > $most:
            return False
    elif not $stack or $stack.pop() != $char.upper():
        return False
return not $stack
""",
            """
$stack = ""
for $char in $actions:
    if $char.isupper():
        $stack += $char
    elif $stack.endswith($char.upper()):
        $stack = $stack[:-1]
    else:
        return False
    if len($stack) > $most:
        return False
return $stack == ""
""",
            """
$stack = []
try:
    for $char in $actions:
        if $char == $char.upper():
            $stack.append($char.lower())
        elif $stack.pop() != $char:
            return False
        if len($stack) > $most:
            return False
except IndexError:
    return False
return len($stack) == 0
""",
        ),
        reference=lambda actions, most: (
            _collapsed(actions) == ""
            and all(
                sum(1 if char.isupper() else -1 for char in actions[:end]) <= most
                for end in range(len(actions) + 1)
            )
        ),
        parameters=lambda rng: {"most": rng.randint(2, 3)},
        inputs=lambda rng, most: (_boxes(rng, most) + rng.choice(("", "", *_ends_of_packing(most))),),
        edges=(("",), ("A",), ("a",), ("ABab",), ("AaBbCc",), ("AAAAaaaa",), ("ABba",)),
        idea="A stack remembers the open boxes; a closing letter must match the top of it, and at the end it must be empty.",
        pitfall="Counting openings and closings alone accepts boxes that cross each other.",
    ),
    Family(
        name="round_robin_order",
        concepts=("queues", "simulation", "dictionaries"),
        difficulty=4,
        names="round_robin finishing_order serve_in_turns run_jobs schedule",
        arguments=("jobs|tasks|minutes|work: dict[str, int]; minutes of work each job needs, at least 1",),
        returns="list[str]",
        phrasings=(
            "The jobs in $jobs wait in a queue in the order of the dictionary. The first one gets up to $slice minutes; if it is not finished, it goes to the back of the queue. Return the names in the order in which the jobs finish.",
            "Simulate a machine that takes turns: it works on the job at the front for at most $slice minutes and sends it to the back if minutes are left. Queue up $jobs (name to minutes) in their order and list the names as they get done.",
            "Process $jobs in turns of $slice minutes, always in the same cyclic order of the jobs that still have work left. In what order do they finish? Return a list of all names.",
            "Each round gives every unfinished job of $jobs, in dictionary order, $slice minutes. List the names in order of completion: by round first, within a round by place in the dictionary.",
        ),
        solutions=(
            """
from collections import deque
queue = deque($jobs.items())
$result = []
while queue:
    $key, $count = queue.popleft()
    if $count <= $slice:
        $result.append($key)
    else:
        queue.append(($key, $count - $slice))
return $result
""",
            """
import math
return sorted($jobs, key=lambda $key: math.ceil($jobs[$key] / $slice))
""",
            """
$current = dict($jobs)
$result = []
while $current:
    for $key in list($current):
        $current[$key] -= $slice
        if $current[$key] <= 0:
            del $current[$key]
            $result.append($key)
return $result
""",
        ),
        reference=lambda jobs, slice: [
            name
            for finished in range(1, 1 + max(jobs.values(), default=0))
            for name, minutes in jobs.items()
            if (finished - 1) * slice < minutes <= finished * slice
        ],
        parameters=lambda rng: {"slice": rng.randint(2, 5)},
        inputs=lambda rng, slice: (
            {name: rng.randint(1, 12) for name in rng.sample(draws.FIRST_NAMES, rng.randint(3, 5))},
        ),
        edges=(({},), ({"Ada": 9},), ({"Ben": 4, "Ada": 4},), ({"Eva": 1, "Dan": 100, "Cleo": 1},)),
        idea="A deque is the queue: popleft takes the job in front, append sends it to the back with the rest of its work.",
        pitfall="Do not delete from a dictionary while looping over it; loop over a copy of its keys.",
    ),
    Family(
        name="counting_out",
        concepts=("queues", "simulation", "arithmetic"),
        difficulty=3,
        names="counting_out last_child survivor play_counting_rhyme choose_one",
        arguments=("children|players|circle|group: list[str]; names in the order of the circle",),
        returns="str",
        phrasings=(
            "The $children stand in a circle. Counting starts with the first one, and each time the $nth child counted leaves; counting goes on with the next child. Return the name of the last child left, or '' if there are no children.",
            "Play a counting-out rhyme of $k syllables with the names in $children, arranged in a circle: the child on the last syllable goes out and the rhyme starts again with the one after it. Who remains at the end? An empty list gives ''.",
            "Remove every $nth name from the circle $children, beginning the count at the first name and continuing behind each removed name, until one name is left; return it ('' for an empty circle).",
            "Which of $children stays when every $nth one in the circle is sent away again and again, the first count beginning at the first name? Answer with '' when nobody is there.",
        ),
        solutions=(
            """
from collections import deque
queue = deque($children)
while len(queue) > 1:
    queue.rotate(-$before)
    queue.popleft()
return queue[0] if queue else ""
""",
            """
if not $children:
    return ""
$current = list($children)
$i = 0
while len($current) > 1:
    $i = ($i + $before) % len($current)
    $current.pop($i)
return $current[0]
""",
            """
if len($children) < 2:
    return "".join($children)
$i = $before % len($children)
return $self($children[$i + 1 :] + $children[:$i])
""",
        ),
        reference=lambda children, k, nth, before: _last_left(children, k),
        parameters=lambda rng: (
            lambda k: {"k": k, "before": k - 1, "nth": Raw({2: "2nd", 3: "3rd"}.get(k, f"{k}th"))}
        )(rng.randint(2, 7)),
        inputs=lambda rng, k, nth, before: (rng.sample(draws.FIRST_NAMES, rng.randint(3, 7)),),
        edges=(([],), (["Ada"],), (["Ben", "Eva"],), (["Kai", "Lia", "Max"],)),
        idea="Rotating a deque moves the children who are counted but not sent away to the back, so the one to leave is always in front.",
        pitfall="The circle gets smaller: the remainder must be taken with the present number of children, not with the first one.",
    ),
    Family(
        name="most_urgent_first",
        concepts=("sorting_with_key", "queues", "tuples"),
        difficulty=3,
        names="most_urgent next_${k}_served serve_by_urgency waiting_room select",
        arguments=(
            "patients|requests|tickets|calls: list[tuple[int, str]]; (level, name) in order of arrival",
        ),
        returns="list[str]",
        phrasings=(
            "Return the names of the first $k entries of $patients to be served. Each is a tuple (level, name); the $extreme level goes first, and of equal levels the one who came earlier in the list.",
            "From the (level, name) tuples in $patients, listed by arrival, choose the $k that are served first: $extreme level before all others, earlier arrival among equals. Give their names in serving order (all names if there are fewer than $k).",
            "Serve $patients by level, the $extreme one first, and in order of arrival within a level. List the names of at most $k people in that order.",
            "Who are the $k people served first if $patients holds (level, name) pairs by time of arrival, the $extreme level has priority and ties are settled by arrival? A shorter list is returned when fewer are waiting.",
        ),
        solutions=(
            """
import heapq
heap = [(${sign}$pair[0], $i, $pair[1]) for $i, $pair in enumerate($patients)]
heapq.heapify(heap)
$result = []
while heap and len($result) < $k:
    $result.append(heapq.heappop(heap)[2])
return $result
""",
            """
$result = sorted($patients, key=lambda $pair: ${sign}$pair[0])
return [$key for $i, $key in $result[:$k]]
""",
            """
$current = list($patients)
$result = []
while $current and len($result) < $k:
    $best = $pick($current, key=lambda $pair: $pair[0])
    $current.remove($best)
    $result.append($best[1])
return $result
""",
        ),
        reference=lambda patients, k, extreme, sign, pick: [
            name
            for level in (range(20) if extreme == "lowest" else range(19, -1, -1))
            for found, name in patients
            if found == level
        ][:k],
        parameters=lambda rng: {
            "k": rng.randint(2, 4),
            **_part(
                rng,
                {"extreme": "lowest", "sign": "", "pick": "min"},
                {"extreme": "highest", "sign": "-", "pick": "max"},
            ),
        },
        inputs=lambda rng, k, extreme, sign, pick: (
            [(rng.randint(1, 4), name) for name in rng.sample(draws.FIRST_NAMES, rng.randint(3, 7))],
        ),
        edges=(
            ([],),
            ([(3, "Uma")],),
            ([(2, "Rui"), (2, "Ben"), (2, "Ada")],),
            ([(0, "Max"), (9, "Lia"), (0, "Kai")],),
        ),
        idea="A sort or heap needs a key that says it all: the level first, and the place in the queue to settle ties.",
        pitfall="Comparing the whole tuples settles ties by name instead of by arrival.",
    ),
    Family(
        name="cost_of_joining_piles",
        concepts=("greedy", "queues", "sorting"),
        difficulty=4,
        names="cost_of_joining merge_cost join_piles total_effort combine",
        arguments=("piles|heaps|weights|loads: list[int]; weights of the piles",),
        returns="int",
        phrasings=(
            "As long as there are more than $goal piles in $piles, the two lightest are put together, which costs the sum of their weights. Return the total cost.",
            "Join the two smallest numbers of $piles into their sum, again and again, until at most $goal numbers are left. Add up the sums that arise on the way and return this total (0 if nothing has to be joined).",
            "Compute the effort of reducing $piles to $goal piles when each step merges the two lightest piles and takes an effort equal to the weight of the new pile.",
            "What does it cost in total to merge the two lightest of $piles repeatedly until no more than $goal remain, if every merge costs the weight of the pile it makes?",
        ),
        solutions=(
            """
import heapq
heap = list($piles)
heapq.heapify(heap)
$total = 0
while len(heap) > $goal:
    $current = heapq.heappop(heap) + heapq.heappop(heap)
    $total += $current
    heapq.heappush(heap, $current)
return $total
""",
            """
$current = sorted($piles)
$total = 0
while len($current) > $goal:
    $item = $current[0] + $current[1]
    $current = sorted($current[2:] + [$item])
    $total += $item
return $total
""",
            """
from bisect import insort
$current = sorted($piles)
$total = 0
while len($current) > $goal:
    $left, $right, *$current = $current
    insort($current, $left + $right)
    $total += $left + $right
return $total
""",
        ),
        reference=lambda piles, goal: _joining_cost(Counter(piles), goal),
        parameters=lambda rng: {"goal": rng.choice((1, 1, 2, 3))},
        inputs=lambda rng, goal: (draws.ints(rng, 3, 6, 1, 20),),
        edges=(([],), ([8],), ([5, 5],), ([1, 1, 1, 1],), ([30, 2, 2],)),
        idea="A heap always has the smallest number in front, so taking two and putting their sum back is cheap in every step.",
        pitfall="Sorting once is not enough: a new pile may be heavier than piles that have not been touched yet.",
    ),
    Family(
        name="robot_position",
        concepts=("simulation", "tuples", "conditionals"),
        difficulty=3,
        names="robot_position drive_robot where_is_robot follow_orders run",
        arguments=("orders|commands|program|moves: str; the letters F, L and R",),
        returns="tuple[int, int]",
        phrasings=(
            "A robot stands at (0, 0) and looks north. 'L' and 'R' turn it left or right by 90 degrees, 'F' moves it $step forward. Return its position (x, y) after $orders, x growing to the east and y to the north.",
            "Carry out $orders letter by letter: F goes $step in the present direction, L turns a quarter to the left, R a quarter to the right. The robot starts at x = 0, y = 0 heading north (larger y; east is larger x). Return the tuple (x, y).",
            "Compute where a robot ends that begins at (0, 0) facing north and follows the string $orders. Each F takes it $step units ahead, each L or R only changes its direction. North adds to y, east adds to x.",
            "At which point (x, y) does a robot arrive by $orders? It sets out from the origin towards positive y, F stands for $step units straight on, L and R for left and right turns on the spot (right of positive y is positive x).",
        ),
        solutions=(
            """
x, y = 0, 0
dx, dy = 0, 1
for $char in $orders:
    if $char == "L":
        dx, dy = -dy, dx
    elif $char == "R":
        dx, dy = dy, -dx
    else:
        x += $step * dx
        y += $step * dy
return x, y
""",
            """
directions = [(0, 1), (1, 0), (0, -1), (-1, 0)]
heading = x = y = 0
for $char in $orders:
    if $char == "F":
        x += directions[heading][0] * $step
        y += directions[heading][1] * $step
    else:
        heading = (heading + (1 if $char == "R" else -1)) % 4
return (x, y)
""",
            """
place, heading = 0j, 1j
for $char in $orders:
    if $char == "F":
        place += heading * $step
    else:
        heading *= 1j if $char == "L" else -1j
return int(place.real), int(place.imag)
""",
        ),
        reference=lambda orders, step: (
            step * (_heading_counts(orders)[1] - _heading_counts(orders)[3]),
            step * (_heading_counts(orders)[0] - _heading_counts(orders)[2]),
        ),
        parameters=lambda rng: {"step": rng.choice((1, 2, 3, 10))},
        inputs=lambda rng, step: ("".join(rng.choices("FFFLR", k=rng.randint(4, 9))),),
        edges=(("",), ("LLLL",), ("F",), ("FFRFFRFFRFF",), ("LLF",)),
        idea="Keep position and direction apart: turns change only the direction, F changes only the position.",
        pitfall="A right turn of (dx, dy) is (dy, -dx); with the sign in the wrong place left and right are exchanged.",
    ),
    Family(
        name="elevator_distance",
        concepts=("simulation", "enumerate_zip", "accumulation"),
        difficulty=2,
        names="elevator_distance floors_travelled lift_distance ride run",
        arguments=("floors|calls|stops|requests: list[int]; the floors in the order of the calls",),
        returns="int",
        phrasings=(
            "An elevator waits on floor $begin and serves the calls in $floors one after another. Calls outside the floors 0 to $top are ignored. Return how many floors it travels in total.",
            "Starting on floor $begin, go to each floor of $floors in turn and add up the distances. The house has the floors 0 to $top; skip every number that is not one of them.",
            "Compute the length of the ride $begin -> first call -> second call -> ... in floors, where only the entries of $floors between 0 and $top (inclusive) are calls.",
            "How many floors does an elevator pass that leaves floor $begin and visits the floors in $floors in this order, leaving out those below 0 or above $top?",
        ),
        solutions=(
            """
$total = 0
$current = $begin
for $item in $floors:
    if 0 <= $item <= $top:
        $total += abs($item - $current)
        $current = $item
return $total
""",
            """
$result = [$begin] + [$item for $item in $floors if 0 <= $item <= $top]
return sum(abs($right - $left) for $left, $right in zip($result, $result[1:]))
""",
            """
from itertools import pairwise
$seen = [$begin, *filter(lambda $item: 0 <= $item <= $top, $floors)]
$total = 0
for $left, $right in pairwise($seen):
    $total += max($left, $right) - min($left, $right)
return $total
""",
        ),
        reference=lambda floors, begin, top: _floors_passed(
            [begin, *(f for f in floors if f in range(top + 1))]
        ),
        parameters=lambda rng: {"begin": rng.randint(0, 3), "top": rng.randint(6, 12)},
        inputs=lambda rng, begin, top: (draws.ints(rng, 3, 6, -1, 13),),
        edges=(([],), ([0],), ([3, 3, 3],), ([-5, 99],), ([6, 0, 6],)),
        idea="Remember the floor where the elevator is; each call adds the distance from there and becomes the new floor.",
        pitfall="An ignored call must not move the elevator: update the floor only for calls that are served.",
    ),
    Family(
        name="vending_machine",
        concepts=("simulation", "arithmetic", "filtering"),
        difficulty=2,
        names="vending_machine sell_drinks drinks_and_change insert_coins run",
        arguments=("coins|inserted|money|input_coins: list[int]; values of the coins in cents",),
        returns="tuple[int, int]",
        phrasings=(
            "A machine takes only coins with a value in $accepted and gives out a drink each time at least $price cents are paid in, keeping the rest as credit. Return the number of drinks and the remaining credit after $coins.",
            "Insert $coins one by one into a machine. Values other than $accepted fall through; whenever the credit reaches $price, a drink comes out and $price is subtracted, several times if necessary. Return (drinks, credit).",
            "Given $coins, compute a tuple: how many drinks for $price cents each can be had from the valid coins (those in $accepted), and how many cents are left over.",
            "How many drinks at $price cents does a machine sell for $coins, and what credit is left in the end, if it refuses every coin that is not one of $accepted? Answer with the tuple (drinks, credit).",
        ),
        solutions=(
            """
drinks = 0
credit = 0
for $item in $coins:
    if $item in $accepted:
        credit += $item
    while credit >= $price:
        credit -= $price
        drinks += 1
return drinks, credit
""",
            """
return divmod(sum($item for $item in $coins if $item in $accepted), $price)
""",
            """
$total = 0
for $item in $accepted:
    $total += $item * $coins.count($item)
return $total // $price, $total % $price
""",
        ),
        reference=lambda coins, accepted, price: next(
            (sold, paid - sold * price)
            for paid in [sum(map(sum, ([c] for c in coins if c in accepted)))]
            for sold in range(paid + 1)
            if paid < (sold + 1) * price
        ),
        parameters=lambda rng: {
            "accepted": rng.choice(((10, 20, 50), (5, 10, 20, 50), (20, 50, 100), (10, 50, 100))),
            "price": rng.choice((60, 70, 80, 90, 120)),
        },
        inputs=lambda rng, accepted, price: (
            rng.choices((5, 10, 20, 50, 50, 100, 100), k=rng.randint(5, 9)),
        ),
        edges=(([],), ([3],), ([50],), ([100, 100, 100, 100],), ([50, 1, 50, 2],)),
        idea="Since the rest is kept, only the sum of the valid coins matters: dividing by the price gives drinks and credit at once.",
        pitfall="With `if` in place of `while`, a large coin that pays for two drinks gives out only one.",
    ),
    Family(
        name="pay_with_coins",
        concepts=("greedy", "while_loops", "list_building"),
        difficulty=2,
        names="pay_with_coins make_change coins_for change break_down",
        arguments=("amount|sum_due|cents|price: int; the amount to pay, not negative",),
        returns="list[int]",
        phrasings=(
            "Pay $amount with coins of the values $values, always taking the largest coin that still fits. Return the list of coins, largest first.",
            "Break $amount down into coins: again and again choose the biggest value from $values that does not exceed what is left. List the chosen coins in the order of choice; 0 needs no coins.",
            "Return the coins that a cashier hands out for $amount who has any number of coins of $values and goes from the largest value to the smallest, giving as many of each as possible.",
            "Which coins from $values make up $amount, if at every step the largest possible one is used? Answer with a list in falling order that is empty for the amount 0.",
        ),
        solutions=(
            """
$result = []
for $item in $values:
    while $amount >= $item:
        $result.append($item)
        $amount -= $item
return $result
""",
            """
$result = []
for $item in $values:
    $count, $amount = divmod($amount, $item)
    $result += [$item] * $count
return $result
""",
            """
for $item in $values:
    if $item <= $amount:
        return [$item] + $self($amount - $item)
return []
""",
        ),
        reference=lambda amount, values: _paid(amount, sorted(values)),
        parameters=lambda rng: {
            "values": rng.choice(
                ((50, 20, 10, 5, 2, 1), (25, 10, 5, 1), (10, 5, 1), (20, 8, 3, 1), (12, 4, 1))
            )
        },
        inputs=lambda rng, values: (rng.randint(3, 99),),
        edges=((0,), (1,), (24,), (50,)),
        idea="Going through the values from large to small and taking each as often as it fits is the greedy method: never look back.",
        pitfall="Greedy need not give the fewest coins for every set of values, so do not promise that.",
    ),
    Family(
        name="rooms_needed",
        concepts=("greedy", "intervals", "sorting"),
        difficulty=4,
        names="rooms_needed min_rooms count_rooms how_many_rooms plan",
        arguments=(
            "lessons|meetings|talks|courses: list[tuple[int, int]]; (start, end) minutes, start before end",
        ),
        returns="int",
        phrasings=(
            "Return the smallest number of rooms in which all $lessons can take place. Each is a tuple (start, end); after its end a room is cleaned and can be used again $pause minutes later.",
            "How few rooms suffice for the (start, end) times in $lessons, if a lesson may enter a room no earlier than $pause minutes after the end of the previous one there? Without lessons it is 0.",
            "Compute the largest number of $lessons that occupy a room at the same time, where each lesson (start, end) blocks its room from start until end + $pause (times are minutes), that moment excluded.",
            "Find the least number of rooms for the timetable $lessons of (start, end) tuples. A room stays blocked for $pause minutes after each lesson, and a new lesson may begin at the very moment it becomes free.",
        ),
        solutions=(
            """
import heapq
heap = []
for $left, $right in sorted($lessons):
    if heap and heap[0] + $pause <= $left:
        heapq.heappop(heap)
    heapq.heappush(heap, $right)
return len(heap)
""",
            """
$best = 0
for $i, $j in $lessons:
    $count = sum($left <= $i < $right + $pause for $left, $right in $lessons)
    $best = max($best, $count)
return $best
""",
            """
events = []
for $left, $right in $lessons:
    events.append(($left, 1))
    events.append(($right + $pause, -1))
$best = $current = 0
for $i, $item in sorted(events):
    $current += $item
    $best = max($best, $current)
return $best
""",
        ),
        reference=lambda lessons, pause: max(
            Counter(time for start, end in lessons for time in range(start, end + pause)).values(), default=0
        ),
        parameters=lambda rng: {"pause": rng.randint(2, 3)},
        inputs=lambda rng, pause: (_spans(rng, 3, 7),),
        edges=(
            ([],),
            ([(1, 2)],),
            ([(1, 3), (3, 5)],),
            ([(2, 4), (2, 4), (2, 4)],),
            ([(1, 9), (2, 3), (5, 6)],),
        ),
        idea="Rooms are needed for the lessons that run at the same time, and the largest such number is reached at the start of some lesson.",
        pitfall="When a lesson begins exactly when a room becomes free, the end must be handled before the start.",
    ),
    Family(
        name="most_talks_to_visit",
        concepts=("greedy", "intervals", "sorting_with_key"),
        difficulty=4,
        names="most_talks visit_talks max_events choose_talks plan_day",
        arguments=(
            "talks|events|shows|lessons: list[tuple[int, int]]; (start, end) minutes, start before end",
        ),
        returns="int",
        phrasings=(
            "Return the largest number of talks in $talks, given as (start, end), that one person can hear completely, when the way to the next talk takes $way minutes (a talk may begin at the very moment of arrival).",
            "You can be in one talk at a time and need $way minutes between the end of one and the start of the next. How many of the (start, end) talks in $talks can you attend at most?",
            "Choose as many tuples (start, end) from $talks as possible so that each chosen one starts at least $way minutes after the end of the chosen one before it, and return how many there are.",
            "What is the maximum number of $talks that fit into one plan, if between the end of a talk and the start of the following one at least $way minutes must pass? No talks give 0.",
        ),
        solutions=(
            """
$count = 0
$previous = None
for $left, $right in sorted($talks, key=lambda $pair: $pair[1]):
    if $previous is None or $left >= $previous + $way:
        $count += 1
        $previous = $right
return $count
""",
            """
$current = list($talks)
$count = 0
while $current:
    $right = min($pair[1] for $pair in $current)
    $count += 1
    $current = [$pair for $pair in $current if $pair[0] >= $right + $way]
return $count
""",
            """
$best = []
$result = sorted($talks)
for $i, ($left, $right) in enumerate($result):
    $count = 1
    for $j in range($i):
        if $result[$j][1] + $way <= $left:
            $count = max($count, $best[$j] + 1)
    $best.append($count)
return max($best, default=0)
""",
        ),
        reference=lambda talks, way: max(
            len(some)
            for some in _subsets(talks)
            if all(
                talks[a][0] >= talks[b][1] + way or talks[b][0] >= talks[a][1] + way
                for a, b in itertools.combinations(some, 2)
            )
        ),
        parameters=lambda rng: {"way": rng.randint(2, 3)},
        inputs=lambda rng, way: (_spans(rng, 3, 7),),
        edges=(
            ([],),
            ([(1, 2)],),
            ([(1, 3), (3, 5)],),
            ([(2, 4), (2, 4)],),
            ([(0, 20), (1, 2), (8, 9), (15, 16)],),
        ),
        idea="Of all talks that can come next, the one that ends first leaves the most time for the others, so taking it is never a mistake.",
        pitfall="Choosing the earliest start or the shortest talk looks natural too, but both can block better plans.",
    ),
    Family(
        name="paths_around_walls",
        concepts=("dynamic_programming", "matrices", "recursion"),
        difficulty=4,
        names="paths_around_walls count_paths routes_through_grid ways_across solve",
        arguments=(
            "grid|field|board|plan_rows: list[str]; rows of equal length, '#' is a wall and '.' is free",
        ),
        returns="int",
        phrasings=(
            "Return the number of paths from the upper left to the lower right cell of $grid that use only free cells ('.', not '#') and go $how in every step. It is 0 for an empty grid.",
            "Count the different ways through $grid, a list of strings of equal length. Start in the upper left corner, end in the lower right one, move $how each time, and never enter a cell marked '#' (start and end must be free too). An empty grid has 0 ways.",
            "A piece crosses $grid from the first cell of the first row to the last cell of the last row, moving $how at each step and avoiding the walls '#'. In how many ways can it do so (0 if it cannot or the grid is empty)?",
            "How many routes lead from the top left to the bottom right of $grid if every step goes $how and '#' cells are forbidden, even as start or goal? Answer 0 for a grid without rows.",
        ),
        solutions=(
            """
$seen = {}
for $i, $row in enumerate($grid):
    for $j, $char in enumerate($row):
        if $char == "#":
            $count = 0
        elif $i == 0 and $j == 0:
            $count = 1
        else:
            $count = sum($seen.get(($i - down, $j - right), 0) for down, right in $moves)
        $seen[$i, $j] = $count
return $seen[len($grid) - 1, len($grid[0]) - 1] if $grid else 0
""",
            """
from functools import cache

@cache
def ways($i, $j):
    if $i >= len($grid) or $j >= len($grid[0]) or $grid[$i][$j] == "#":
        return 0
    if $i == len($grid) - 1 and $j == len($grid[0]) - 1:
        return 1
    return sum(ways($i + down, $j + right) for down, right in $moves)

return ways(0, 0)
""",
            """
if not $grid or $grid[0][0] == "#":
    return 0
$result = [[0] * len($row) for $row in $grid]
$result[0][0] = 1
for $i, $row in enumerate($grid):
    for $j in range(len($row)):
        for down, right in $moves:
            if $i >= down and $j >= right and $row[$j] != "#":
                $result[$i][$j] += $result[$i - down][$j - right]
return $result[-1][-1]
""",
        ),
        reference=lambda grid, how, moves: _walks(grid, moves),
        parameters=lambda rng: rng.choice(
            (
                {"how": Raw("one cell right or down"), "moves": STRAIGHT},
                {"how": Raw("one cell right, down or diagonally right and down"), "moves": SLANTED},
            )
        ),
        inputs=lambda rng, how, moves: (_open_field(rng),),
        edges=(([],), (["."],), (["#"],), (["....", "....", "...."],), ([".#", "#."],), (["#..", "..."],)),
        idea="A cell is reached through its neighbours above and to the left, so its number of paths is the sum of theirs; walls have 0.",
        pitfall="Plain recursion without remembering results counts the same cells again and again and becomes slow.",
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
    Family(
        name="best_spaced_choice",
        concepts=("dynamic_programming", "recursion", "min_max"),
        difficulty=4,
        names="best_spaced_choice max_spaced_sum pick_apart best_harvest choose",
        arguments=("values|rewards|trees|prizes: list[int]; values in a row",),
        returns="int",
        phrasings=(
            "Return the largest sum of numbers chosen from $values such that between any two chosen ones at least $gap others are left out. Choosing nothing gives 0.",
            "Pick elements of $values whose positions differ pairwise by more than $gap so that their sum is as large as possible, and return this sum (0 if picking nothing is best).",
            "The trees in a row bear $values apples. After picking a tree the next $gap trees must be passed by. Compute the most apples one can get; a value may be negative and any tree may be passed by.",
            "What is the greatest total you can get from $values, if after each number you take you have to skip at least the following $gap? You may take no number at all, for a total of 0.",
        ),
        solutions=(
            """
$best = [0] * (len($values) + $jump)
for $i in range(len($values) - 1, -1, -1):
    $best[$i] = max($best[$i + 1], $values[$i] + $best[$i + $jump])
return $best[0]
""",
            """
if not $values:
    return 0
return max($self($values[1:]), $values[0] + $self($values[$jump:]))
""",
            """
from functools import cache

@cache
def best_from($i):
    if $i >= len($values):
        return 0
    return max(best_from($i + 1), $values[$i] + best_from($i + $jump))

return best_from(0)
""",
        ),
        reference=lambda values, gap, jump: max(
            sum(values[at] for at in some)
            for some in _subsets(values)
            if all(b - a > gap for a, b in itertools.pairwise(some))
        ),
        parameters=lambda rng: rng.choice(({"gap": 2, "jump": 3}, {"gap": 3, "jump": 4})),
        inputs=lambda rng, gap, jump: (draws.ints(rng, 4, 8, -3, 12),),
        edges=(([],), ([4],), ([-4],), ([5, 5, 5, 5],), ([2, 9, 2, 9],), ([7, 0, 8, 0, 0, 7],)),
        idea="For each position there are two possibilities, take it or not; the better of the two is built from the best results for the shorter rest of the row.",
        pitfall="Taking the largest number first can be wrong: two smaller ones near it together may be worth more.",
    ),
    Family(
        name="best_way_down",
        concepts=("dynamic_programming", "matrices", "min_max"),
        difficulty=4,
        names="best_way_down ${what}_path_down fall_through path_value solve",
        arguments=("table|grid|costs|levels: list[list[int]]; rows of equal length, at least one column",),
        returns="int",
        phrasings=(
            "Return the $what sum of a path through $table that starts anywhere in the top row and in each next row goes to the cell straight below or to one of its direct neighbours left and right. An empty table gives 0.",
            "A path takes one number from each row of $table, from top to bottom; its column changes by at most 1 from row to row. Find the $what possible sum, or 0 if there are no rows.",
            "Go down $table row by row, beginning in any column and moving down, down-left or down-right. Compute the $what total of the numbers on such a path (0 for a table without rows).",
            "What is the $what total one can collect on the way from the first to the last row of $table, when every step leads one row down and at most one column to the side? Use 0 for an empty table.",
        ),
        solutions=(
            """
if not $table:
    return 0
$best = list($table[0])
for $row in $table[1:]:
    $best = [$item + $pick($best[max(0, $i - 1) : $i + 2]) for $i, $item in enumerate($row)]
return $pick($best)
""",
            """
from functools import cache

@cache
def value($i, $j):
    if $i == len($table) - 1:
        return $table[$i][$j]
    columns = [column for column in ($j - 1, $j, $j + 1) if 0 <= column < len($table[$i])]
    return $table[$i][$j] + $pick(value($i + 1, column) for column in columns)

if not $table:
    return 0
return $pick(value(0, column) for column in range(len($table[0])))
""",
            """
$result = [list($row) for $row in $table]
for $i in range(1, len($result)):
    for $j in range(len($result[$i])):
        $previous = $result[$i - 1][$j]
        if $j > 0:
            $previous = $pick($previous, $result[$i - 1][$j - 1])
        if $j + 1 < len($result[$i]):
            $previous = $pick($previous, $result[$i - 1][$j + 1])
        $result[$i][$j] += $previous
return $pick($result[-1]) if $result else 0
""",
        ),
        reference=lambda table, what, pick: (sorted if what == "smallest" else _falling)(
            [
                sum(row[at] for row, at in zip(table, path, strict=True))
                for path in itertools.product(range(len(table[0]) if table else 0), repeat=len(table))
                if all(abs(a - b) < 2 for a, b in itertools.pairwise(path))
            ]
        )[0],
        parameters=lambda rng: _part(
            rng, {"what": "smallest", "pick": "min"}, {"what": "largest", "pick": "max"}
        ),
        inputs=lambda rng, what, pick: (_costs(rng),),
        edges=(([],), ([[3]],), ([[4, 1, 2]],), ([[1], [-2], [3]],), ([[1, 9, 9], [9, 9, 1], [1, 9, 9]],)),
        idea="Keep for each column the $what sum of a path that ends there; the next row follows from it by looking at up to three neighbours.",
        pitfall="Always stepping to the $what next number is greedy and can lead to a bad rest of the way.",
    ),
    Family(
        name="longest_growing_choice",
        concepts=("dynamic_programming", "nested_loops", "min_max"),
        difficulty=4,
        names="longest_growth longest_rise growing_choice rising_length solve",
        arguments=("numbers|readings|heights|data: list[int]; numbers in a row",),
        returns="int",
        phrasings=(
            "Return the length of the longest selection of numbers from $numbers, kept in their order, in which each number is at least $step larger than the one before it.",
            "Cross out as few elements of $numbers as possible so that every remaining element exceeds its predecessor by $step or more, and return how many elements remain (0 for an empty list).",
            "How many elements can be kept from $numbers, without changing their order, if from one kept element to the next the value must grow by at least $step? Give the largest possible count.",
            "Find the size of the longest subsequence of $numbers (not necessarily adjacent elements) whose neighbours rise by $step or more each time; an empty list has size 0.",
        ),
        solutions=(
            """
$best = []
for $i, $item in enumerate($numbers):
    $count = 1
    for $j in range($i):
        if $item - $numbers[$j] >= $step:
            $count = max($count, $best[$j] + 1)
    $best.append($count)
return max($best, default=0)
""",
            """
$best = {}
for $item in $numbers:
    $count = max(($best[$other] for $other in $best if $other + $step <= $item), default=0)
    $best[$item] = max($best.get($item, 0), $count + 1)
return max($best.values(), default=0)
""",
            """
from functools import cache

@cache
def length_from($i):
    $result = 1
    for $j in range($i + 1, len($numbers)):
        if $numbers[$j] >= $numbers[$i] + $step:
            $result = max($result, 1 + length_from($j))
    return $result

return max(map(length_from, range(len($numbers))), default=0)
""",
        ),
        reference=lambda numbers, step: max(
            len(some)
            for some in _subsets(numbers)
            if all(numbers[b] - numbers[a] >= step for a, b in itertools.pairwise(some))
        ),
        parameters=lambda rng: {"step": rng.randint(1, 4)},
        inputs=lambda rng, step: (draws.ints(rng, 3, 8, 0, 15),),
        edges=(([],), ([5],), ([3, 3, 3],), ([9, 6, 3, 0],), ([-8, -4, 0, 4, 8],)),
        idea="The longest selection ending at an element extends the best one that ends at a smaller enough element before it.",
        pitfall="Looking only at the element directly before finds runs of neighbours, not selections with gaps.",
    ),
    Family(
        name="places_within_reach",
        concepts=("searching", "sets", "queues"),
        difficulty=3,
        names="places_within_reach reachable within_${trips}_trips visit_all explore",
        arguments=(
            "roads|links|graph|flights: dict[str, list[str]]; the places one can go to from each place",
            "begin|home|source|origin: str; where to set out from",
        ),
        returns="list[str]",
        phrasings=(
            "Return the sorted list of all places that can be reached from $begin with at most $trips trips along $roads, $begin itself included. Roads lead only in the given direction.",
            "In the dictionary $roads each place is mapped to the places a single trip can lead to. List in alphabetical order where one can be after 0 to $trips trips from $begin; a place without an entry has no trips.",
            "Collect $begin and every place that is no more than $trips steps away from it in the directed graph $roads (a dictionary of lists; missing keys have no successors), and return them alphabetically.",
            "Which places are within $trips trips of $begin, if $roads tells where one can go from each place? Answer with a sorted list without repeats that contains $begin too.",
        ),
        solutions=(
            """
$seen = {$begin}
$current = {$begin}
for $i in range($trips):
    $current = {$other for $item in $current for $other in $roads.get($item, [])} - $seen
    $seen |= $current
return sorted($seen)
""",
            """
from collections import deque
distance = {$begin: 0}
queue = deque([$begin])
while queue:
    $current = queue.popleft()
    for $other in $roads.get($current, []):
        if $other not in distance and distance[$current] < $trips:
            distance[$other] = distance[$current] + 1
            queue.append($other)
return sorted(distance)
""",
            """
def visit($current, left_over):
    $seen.add($current)
    if left_over > 0:
        for $other in $roads.get($current, []):
            visit($other, left_over - 1)

$seen = set()
visit($begin, $trips)
return sorted($seen)
""",
        ),
        reference=lambda roads, begin, trips: sorted(
            place
            for place in {begin, *roads, *itertools.chain(*roads.values())}
            if _hops(roads, begin, place) in range(trips + 1)
        ),
        parameters=lambda rng: {"trips": rng.randint(2, 3)},
        inputs=lambda rng, trips: (_roads(rng), rng.choice(PLACES[:4])),
        edges=(
            ({}, "Ayr"),
            ({"Ayr": []}, "Ayr"),
            ({"Ayr": ["Ayr"]}, "Ayr"),
            ({"Ayr": ["Bath"], "Bath": ["Ayr"]}, "Bath"),
            ({"Ayr": ["Bath"], "Bath": ["Cork"], "Cork": ["Deal"], "Deal": ["Ely"]}, "Ayr"),
        ),
        idea="Go outwards in rings: the next ring consists of the neighbours of the present ring that were not seen before.",
        pitfall="Without a record of places already seen, a round trip would be walked for ever.",
    ),
    Family(
        name="fewest_trips",
        concepts=("searching", "queues", "dictionaries"),
        difficulty=4,
        names="fewest_trips shortest_route num_changes distance_between solve",
        arguments=(
            "roads|links|graph|flights: dict[str, list[str]]; the places one can go to from each place",
            "begin|home|source|origin: str; where to set out from",
            "goal|target|destination|aim: str; where to arrive",
        ),
        returns="int",
        phrasings=(
            "Return the smallest number of $noun needed to get from $begin to $goal, where $roads lists for each place the places one $single can lead to. Return $never if it is not possible, and 0 if both are the same place.",
            "Find how many $noun the shortest way from $begin to $goal has in the one-way network $roads (a dictionary from place to list of next places; a missing place has no next places). The answer is $never if there is no way and 0 if $begin equals $goal.",
            "Each $single goes from a place to one of the places that $roads gives for it. Compute the minimum number of $noun from $begin to $goal; give $never when $goal is out of reach.",
            "With how few $noun can one travel from $begin to $goal, if only the directions listed in the dictionary $roads exist? Answer 0 when no travel is needed and $never when $goal cannot be reached.",
        ),
        solutions=(
            """
from collections import deque
distance = {$begin: 0}
queue = deque([$begin])
while queue:
    $current = queue.popleft()
    if $current == $goal:
        return distance[$current]
    for $other in $roads.get($current, []):
        if $other not in distance:
            distance[$other] = distance[$current] + 1
            queue.append($other)
return $never
""",
            """
$seen = set()
$current = {$begin}
$count = 0
while $current:
    if $goal in $current:
        return $count
    $seen |= $current
    $current = {$other for $item in $current for $other in $roads.get($item, [])} - $seen
    $count += 1
return $never
""",
            """
queue = [($begin, 0)]
$seen = {$begin}
for $current, $count in queue:
    if $current == $goal:
        return $count
    for $other in $roads.get($current, []):
        if $other not in $seen:
            $seen.add($other)
            queue.append(($other, $count + 1))
return $never
""",
        ),
        reference=lambda roads, begin, goal, never, noun, single: (
            never if _hops(roads, begin, goal) < 0 else _hops(roads, begin, goal)
        ),
        parameters=lambda rng: {
            "never": rng.choice((-1, -1, 999)),
            **_part(rng, {"noun": "trips", "single": "trip"}, {"noun": "flights", "single": "flight"}),
        },
        inputs=lambda rng, never, noun, single: (_roads(rng), *rng.sample(PLACES[:4], 2)),
        edges=(
            ({}, "Ayr", "Ayr"),
            ({"Ayr": []}, "Ayr", "Bath"),
            ({"Ayr": ["Bath"]}, "Bath", "Ayr"),
            ({"Ayr": ["Ayr", "Bath", "Cork"], "Bath": ["Cork"], "Cork": ["Deal"]}, "Ayr", "Deal"),
        ),
        idea="A breadth-first search looks at all places one step away, then two, and so on, so the first time it meets the goal the way is shortest.",
        pitfall="Following one road as deep as it goes finds some way, but not always the shortest.",
    ),
    Family(
        name="order_of_tasks",
        concepts=("queues", "sets", "sorting"),
        difficulty=5,
        names="order_of_tasks task_order plan_work arrange_tasks schedule",
        arguments=(
            "needs|requires|tasks|depends_on: dict[str, list[str]]; for each task, the tasks to do before it",
        ),
        returns="list[str]",
        phrasings=(
            "Return an order in which all tasks in $needs can be done, each after all the tasks it needs. Whenever several tasks are possible, the alphabetically $extreme comes next. If the tasks wait for each other in a circle, return [].",
            "The dictionary $needs maps each task to the tasks that must come before it (all of them are keys too). Repeatedly do the alphabetically $extreme task that is not done yet and whose needs are all done; list the tasks in this order, or give [] if you get stuck before the end.",
            "Plan the tasks of $needs one after another. A task is ready when everything in its list has been done; of the ready ones the alphabetically $extreme is done next. Return the complete plan, or an empty list when no complete plan exists.",
            "In which order should the tasks in $needs be done, if each must follow the tasks in its list and the alphabetically $extreme of the possible ones is always preferred? Answer with [] if circular needs make it impossible.",
        ),
        solutions=(
            """
$result = []
$current = set($needs)
while $current:
    ready = [$item for $item in $current if all($other in $result for $other in $needs[$item])]
    if not ready:
        return []
    $result.append($pick(ready))
    $current.remove($result[-1])
return $result
""",
            """
waiting = {$key: set($row) for $key, $row in $needs.items()}
$result = []
while waiting:
    $best = $pick(($key for $key in waiting if not waiting[$key]), default=None)
    if $best is None:
        return []
    del waiting[$best]
    for $row in waiting.values():
        $row.discard($best)
    $result.append($best)
return $result
""",
            """
from graphlib import CycleError, TopologicalSorter
sorter = TopologicalSorter($needs)
try:
    sorter.prepare()
except CycleError:
    return []
$result = []
ready = set(sorter.get_ready())
while ready:
    $current = $pick(ready)
    ready.remove($current)
    $result.append($current)
    sorter.done($current)
    ready.update(sorter.get_ready())
return $result
""",
        ),
        reference=lambda needs, extreme, pick: next(
            (
                list(order)
                for order in itertools.permutations(sorted(needs, reverse=extreme == "last"))
                if all(order.index(task) > order.index(before) for task in needs for before in needs[task])
            ),
            [],
        ),
        parameters=lambda rng: _part(
            rng, {"extreme": "first", "pick": "min"}, {"extreme": "last", "pick": "max"}
        ),
        inputs=lambda rng, extreme, pick: (_needs(rng),),
        edges=(
            ({},),
            ({"mow": []},),
            ({"mow": ["mow"]},),
            ({"a": ["b"], "b": ["a"], "c": []},),
            ({"a": ["c"], "b": [], "c": []},),
        ),
        idea="Do a ready task, strike it from the needs of the others, and look which tasks are ready now; if none is and work remains, there is a circle.",
        pitfall="Without the check for no ready task, circular needs make the loop run for ever.",
    ),
    Family(
        name="area_of_region",
        concepts=("searching", "stacks", "matrices"),
        difficulty=5,
        names="area_of_region region_size flood_size connected_cells spread",
        arguments=(
            "field|grid|picture|land: list[str]; rows of equal length",
            "row_number|line_index|top_row|r: int; row of the first cell, inside the field",
            "column_number|column_index|c|at: int; column of the first cell, inside the field",
        ),
        returns="int",
        phrasings=(
            "Return how many cells of $field belong to the region of the cell in row $row_number and column $column_number (both from 0): the cells with the same character that can be reached from it through cells with this character, stepping to neighbours $how.",
            "Pour paint on the cell at row $row_number, column $column_number of $field. It spreads to neighbours $how if they hold the same character as the first cell. Count the painted cells, the first one included.",
            "Compute the size of the connected area of equal characters in $field that contains row $row_number, column $column_number (numbered from 0). Two cells are neighbours if they touch $how.",
            "How large is the patch of one and the same character around the cell ($row_number, $column_number) of $field, given as (row, column) from 0, when cells are connected $how?",
        ),
        solutions=(
            """
$char = $field[$row_number][$column_number]
$stack = [($row_number, $column_number)]
$seen = set()
while $stack:
    $i, $j = $stack.pop()
    inside = 0 <= $i < len($field) and 0 <= $j < len($field[0])
    if inside and $field[$i][$j] == $char and ($i, $j) not in $seen:
        $seen.add(($i, $j))
        $stack.extend(($i + down, $j + right) for down, right in $moves)
return len($seen)
""",
            """
def paint($i, $j):
    if ($i, $j) not in $current:
        return 0
    $current.remove(($i, $j))
    return 1 + sum(paint($i + down, $j + right) for down, right in $moves)

$char = $field[$row_number][$column_number]
$current = {($i, $j) for $i, $row in enumerate($field) for $j, $item in enumerate($row) if $item == $char}
return paint($row_number, $column_number)
""",
            """
from collections import deque
$char = $field[$row_number][$column_number]
$seen = {($row_number, $column_number)}
queue = deque($seen)
while queue:
    $i, $j = queue.popleft()
    for down, right in $moves:
        $pair = ($i + down, $j + right)
        if $pair in $seen or not 0 <= $pair[0] < len($field) or not 0 <= $pair[1] < len($field[0]):
            continue
        if $field[$pair[0]][$pair[1]] == $char:
            $seen.add($pair)
            queue.append($pair)
return len($seen)
""",
        ),
        reference=lambda field, row_number, column_number, how, moves: _spread(
            {
                (r, c)
                for r, row in enumerate(field)
                for c, char in enumerate(row)
                if char == field[row_number][column_number]
            },
            {(row_number, column_number)},
            len(moves),
        ),
        parameters=lambda rng: rng.choice(
            (
                {"how": Raw("above, below, left or right"), "moves": FOUR},
                {"how": Raw("in all eight directions, diagonals included"), "moves": EIGHT},
            )
        ),
        inputs=lambda rng, how, moves: (_field(rng, "...~", 4, 5), rng.randint(0, 2), rng.randint(0, 2)),
        edges=(
            (["~~..~", "~..~.", "..~.~", ".~..."], 2, 2),
            (["~.~~", "~~.~", "..~.", "~~.~"], 3, 3),
            (["~.~", ".~.", "~.~"], 1, 1),
            (["~..~"], 0, 0),
            (["~.~", "...", "~.~"], 0, 0),
            (["..~", ".~~", "~.."], 2, 0),
        ),
        idea="Start with one cell and keep a list of cells still to be looked at; each new cell of the region adds its neighbours to the list.",
        pitfall="A negative index does not fail in Python but wraps round to the other side, so test the borders.",
    ),
    Family(
        name="check_order_form",
        concepts=("validation", "early_return", "dictionaries"),
        difficulty=2,
        names="check_order validate_order order_problem first_error check",
        arguments=("order|form|entry|request: dict; an order as it was entered",),
        returns="str",
        phrasings=(
            "Check $order, a dictionary that should hold 'product' and 'count'. Return 'no product' if the product is missing or an empty text, else 'no count' if the count is missing or below 1, else '$many' if it is above $most, else 'ok'.",
            "Return the first problem of the dictionary $order, testing in this order: 'no product' (key 'product' absent or ''), 'no count' (key 'count' absent, or count less than 1), '$many' (count greater than $most). Return 'ok' if there is none.",
            "Validate $order. A missing or empty 'product' gives 'no product'; then a 'count' that is missing or smaller than 1 gives 'no count', and one larger than $most gives '$many'. A correct order gives 'ok'.",
            "What is wrong with $order? Only the first fault is reported: 'no product' for a product that is not there or is '', 'no count' for a count that is not there or is under 1, '$many' for one over $most; answer 'ok' when nothing is wrong.",
        ),
        solutions=(
            """
if not $order.get("product"):
    return "no product"
if "count" not in $order or $order["count"] < 1:
    return "no count"
if $order["count"] > $most:
    return "$many"
return "ok"
""",
            """
$result = "ok"
if $order.get("product", "") == "":
    $result = "no product"
elif $order.get("count", 0) < 1:
    $result = "no count"
elif $order["count"] > $most:
    $result = "$many"
return $result
""",
            """
$count = $order.get("count", 0)
checks = [
    (bool($order.get("product")), "no product"),
    ($count >= 1, "no count"),
    ($count <= $most, "$many"),
]
return next((message for fine, message in checks if not fine), "ok")
""",
        ),
        reference=lambda order, most, many: [
            message
            for message, wrong in {
                "no product": order.get("product") in (None, ""),
                "no count": order.get("count") not in range(1, 10**6),
                str(many): order.get("count") in range(most + 1, 10**6),
                "ok": True,
            }.items()
            if wrong
        ][0],
        parameters=lambda rng: {
            "most": rng.choice((5, 10, 20)),
            "many": Raw(rng.choice(("too many", "count too large"))),
        },
        inputs=lambda rng, most, many: (
            rng.choice(
                (
                    {"count": rng.randint(1, 9)},
                    *({"product": rng.choice(draws.GOODS), "count": n} for n in (0, 1, most, most + 1)),
                )
            ),
        ),
        edges=(({},), ({"product": "tea"},), ({"product": "", "count": 5},)),
        idea="Each test that fails returns at once, so the later tests can rely on everything that was tested before.",
        pitfall="Testing the count before checking that it is there raises KeyError.",
    ),
    Family(
        name="numbers_or_default",
        concepts=("exceptions", "parsing", "list_building"),
        difficulty=2,
        names="numbers_or_default parse_numbers to_ints read_amounts convert",
        arguments=("texts|cells|fields|inputs: list[str]; texts without blanks",),
        returns="list[int]",
        phrasings=(
            "Convert each text in $texts to an integer. A text that is not an integer (digits, perhaps with a minus sign in front) becomes $default.",
            "Return a list as long as $texts: the number where a text is written as a whole number such as '12' or '-3', and $default in all other places.",
            "Read the strings of $texts as integers without ever failing: use $default for every string that is not an optional minus sign followed by digits.",
            "Which integers stand in $texts? Give one number per text, in the same order, and put $default where the text cannot be read as an integer (an optional minus sign and at least one digit).",
        ),
        solutions=(
            """
$result = []
for $word in $texts:
    try:
        $result.append(int($word))
    except ValueError:
        $result.append($default)
return $result
""",
            """
import re
return [int($word) if re.fullmatch(r"-?[0-9]+", $word) else $default for $word in $texts]
""",
            """
def to_int($word):
    try:
        return int($word)
    except ValueError:
        return $default

return [to_int($word) for $word in $texts]
""",
            """
$result = [$default] * len($texts)
for $i, $word in enumerate($texts):
    if $word.removeprefix("-").isdigit():
        $result[$i] = int($word)
return $result
""",
        ),
        reference=lambda texts, default: [NUMERALS.get(text, default) for text in texts],
        parameters=lambda rng: {"default": rng.choice((0, -1, 1, 999))},
        inputs=lambda rng, default: (
            [
                rng.choice(
                    (str(rng.randint(-20, 99)), str(rng.randint(0, 9)), draws.word(rng), "3.5", "x7", "--2")
                )
                for _ in range(rng.randint(3, 6))
            ],
        ),
        edges=(([],), ([""],), (["-"],), (["0", "-1", "1-"],), (["twelve", "12"],)),
        idea="int() raises ValueError for a text that is no integer; catching just this error around the single conversion gives the default.",
        pitfall="A try around the whole loop stops at the first bad text and loses the good ones after it.",
    ),
    Family(
        name="items_at_positions",
        concepts=("exceptions", "list_indexing", "validation"),
        difficulty=2,
        names="items_at_positions pick_or_default take_positions read_places fetch",
        arguments=(
            "items|values|shelf|boxes: list[int]; the list to read from",
            "positions|places|indices|wanted: list[int]; indices, negative ones count from the end",
        ),
        returns="list[int]",
        phrasings=(
            "Return the elements of $items at the indices in $positions, in the order of $positions. Negative indices count from the end as usual; where an index is out of range, put $default.",
            "For each number p in $positions give $items[p] by Python's rules (so -1 is the last element), but $default when there is no such element.",
            "Look up every index of $positions in the list $items and collect the results. An index that would raise IndexError yields $default.",
            "What stands at $positions in $items? Answer with a list of the same length as $positions that has $default wherever a position, from the front or (if negative) from the back, does not exist.",
        ),
        solutions=(
            """
$result = [$default] * len($positions)
for place, $i in enumerate($positions):
    try:
        $result[place] = $items[$i]
    except IndexError:
        continue
return $result
""",
            """
$count = len($items)
return [$items[$i] if -$count <= $i < $count else $default for $i in $positions]
""",
            """
$groups = {}
for $i, $item in enumerate($items):
    $groups[$i] = $item
    $groups[$i - len($items)] = $item
return [$groups.get($i, $default) for $i in $positions]
""",
        ),
        reference=lambda items, positions, default: [
            next(
                (
                    item
                    for at, item in zip(range(-len(items), len(items)), items * 2, strict=True)
                    if at == wanted
                ),
                default,
            )
            for wanted in positions
        ],
        parameters=lambda rng: {"default": rng.choice((0, -1, 100))},
        inputs=lambda rng, default: (draws.ints(rng, 2, 5, 1, 60), draws.ints(rng, 2, 5, -6, 6)),
        edges=(([], [0]), ([5], []), ([5], [0, -1, 1, -2]), ([1, 2, 3], [2, 2, -3])),
        idea="Asking for forgiveness is easy here: try the index, and replace the IndexError of a missing one by the default.",
        pitfall="The test `i < len(items)` alone lets indices such as -10 through, which still fail.",
    ),
    Family(
        name="counter_with_turnover",
        concepts=("simulation", "conditionals", "arithmetic"),
        difficulty=2,
        names="counter_value run_counter press_buttons dial_position run",
        arguments=("presses|buttons|commands|keys: str; the characters '+', '-' and '0'",),
        returns="int",
        phrasings=(
            "A counter shows the numbers 0 to $last and starts at 0. '+' adds 1, '-' subtracts 1, '0' resets it; after $last comes 0 and before 0 comes $last. Return what it shows after $presses.",
            "Run a counter with the $size values 0 to $last through the characters of $presses: + goes one up (from $last to 0), - one down (from 0 to $last), 0 sets it back to 0. Return its final value; it begins at 0.",
            "Compute the value of a counter that turns over like an odometer. It has the values 0 to $last, begins with 0, and each character of $presses raises it ('+'), lowers it ('-') or clears it ('0').",
            "What does a display with the cyclic values 0, 1, ..., $last show at the end of $presses, starting at 0, if '+' is one forward, '-' one back and '0' a jump to 0?",
        ),
        solutions=(
            """
$current = 0
for $char in $presses:
    if $char == "+":
        $current = ($current + 1) % $size
    elif $char == "-":
        $current = ($current - 1) % $size
    else:
        $current = 0
return $current
""",
            """
$word = $presses.split("0")[-1]
return ($word.count("+") - $word.count("-")) % $size
""",
            """
$current = 0
for $char in $presses:
    if $char == "0":
        $current = 0
    elif $char == "+":
        $current = 0 if $current == $last else $current + 1
    else:
        $current = $last if $current == 0 else $current - 1
return $current
""",
        ),
        reference=lambda presses, size, last: _shown(presses, size),
        parameters=lambda rng: (lambda size: {"size": size, "last": size - 1})(rng.randint(3, 8)),
        inputs=lambda rng, size, last: ("".join(rng.choices("+++--0", k=rng.randint(3, 10))),),
        edges=(("",), ("0",), ("-",), ("++++++++++",), ("+++0",), ("0--",)),
        idea="The remainder of a division by $size makes the counter turn over in both directions, because Python's % is never negative here.",
        pitfall="Only the part after the last reset matters, but the turnover at both ends still has to be handled there.",
    ),
    Family(
        name="closing_time_of_desks",
        concepts=("greedy", "simulation", "queues"),
        difficulty=4,
        names="closing_time last_finished serve_queue time_at_desks simulate",
        arguments=(
            "minutes|durations|customers|waiting: list[int]; minutes each customer needs, in order of the queue",
        ),
        returns="int",
        phrasings=(
            "Customers who need $minutes wait in one queue before $desks desks. The next one always goes to the desk that becomes free first. Return the minute at which the last customer is finished, counted from 0.",
            "Distribute $minutes to $desks desks: in the given order, each duration is added to the desk with the smallest total so far. Return the largest total in the end, 0 if nobody comes.",
            "There are $desks open desks at minute 0. Each customer in the queue (needing the time given in $minutes) steps up as soon as any desk is free. Compute when all of them have been served; an empty queue takes 0 minutes.",
            "How long do $desks desks take to serve a queue of customers with the service times $minutes, if whoever is next goes to the desk that is free earliest? Answer 0 for an empty queue.",
        ),
        solutions=(
            """
import heapq
heap = [0] * $desks
for $item in $minutes:
    heapq.heapreplace(heap, heap[0] + $item)
return max(heap)
""",
            """
$result = [0] * $desks
for $item in $minutes:
    $i = $result.index(min($result))
    $result[$i] += $item
return max($result)
""",
            """
$current = [0] * $desks
for $item in $minutes:
    $current.sort()
    $current[0] += $item
return sorted($current)[-1]
""",
        ),
        reference=lambda minutes, desks: _served_by(list(minutes), desks),
        parameters=lambda rng: {"desks": rng.randint(2, 3)},
        inputs=lambda rng, desks: (draws.ints(rng, 3, 8, 1, 12),),
        edges=(([],), ([7],), ([3, 3, 3, 3],), ([1, 1, 20],), ([20, 1, 1, 1],)),
        idea="Only the time at which each desk becomes free matters, and a heap hands out the smallest of these times again and again.",
        pitfall="Dealing the customers out in turn (first desk, second desk, ...) ignores that some desks are free earlier.",
    ),
)


def _without_undo(words: list[str], undo: str) -> list[str]:
    """Strike out the first undo and the word before it until no undo is left."""
    while undo in words:
        at = words.index(undo)
        words = words[: max(at - 1, 0)] + words[at + 1 :]
    return words


def _reduced(tokens: list[str], extra: str) -> int:
    """Replace the first "number number operator" by its value until one number is left."""
    for at in range(2, len(tokens)):
        if tokens[at] in ("+", "-", extra):
            a, b = int(tokens[at - 2]), int(tokens[at - 1])
            value = {"+": a + b, "-": a - b, "max": sorted((a, b))[1], "min": sorted((a, b))[0]}[tokens[at]]
            return _reduced([*tokens[: at - 2], str(value), *tokens[at + 1 :]], extra)
    return int(tokens[0]) if tokens else 0


def _collapsed(text: str) -> str:
    """Delete neighbours such as Aa until none is left."""
    shorter = re.sub(r"Aa|Bb|Cc", "", text)
    return text if shorter == text else _collapsed(shorter)


def _last_left(children: list[str], k: int) -> str:
    """Call out the names round the circle, with a mark for those who have left."""
    gone: set[int] = set()
    called = 0
    for at in itertools.cycle(range(len(children))):
        if len(gone) == len(children) - 1:
            return next(name for place, name in enumerate(children) if place not in gone)
        if at not in gone:
            called += 1
            if called % k == 0:
                gone.add(at)
    return ""


def _joining_cost(weights: Counter[int], goal: int) -> int:
    if weights.total() <= goal:
        return 0
    light, next_light = sorted(weights.elements())[:2]
    joined = Counter([light + next_light])
    return light + next_light + _joining_cost(weights - Counter([light, next_light]) + joined, goal)


def _heading_counts(orders: str) -> Counter[int]:
    """How many F go north (0), east (1), south (2) and west (3)."""
    return Counter(
        (orders[:at].count("R") - orders[:at].count("L")) % 4
        for at, order in enumerate(orders)
        if order == "F"
    )


def _floors_passed(stops: list[int]) -> int:
    return sum(len(range(min(a, b), max(a, b))) for a, b in itertools.pairwise(stops))


def _paid(amount: int, values: list[int]) -> list[int]:
    coins: list[int] = []
    while sum(coins) < amount:
        coins.append(max(value for value in values if value <= amount - sum(coins)))
    return coins


def _open_field(rng: random.Random) -> list[str]:
    rows = _field(rng, "....#")
    rows[0] = "." + rows[0][1:]
    rows[-1] = rows[-1][:-1] + "."
    return rows


def _walks(grid: list[str], moves: tuple[tuple[int, int], ...]) -> int:
    """Send one walker down every path and count those who arrive."""
    free = {(r, c) for r, row in enumerate(grid) for c, char in enumerate(row) if char == "."}
    walkers = [(0, 0)] if (0, 0) in free else []
    arrived = 0
    while walkers:
        arrived += walkers.count((len(grid) - 1, len(grid[0]) - 1))
        steps = [(r + down, c + right) for r, c in walkers for down, right in moves]
        walkers = [place for place in steps if place in free]
    return arrived


def _falling(sums: list[int]) -> list[int]:
    return sorted(sums, reverse=True)


def _hops(roads: dict[str, list[str]], begin: str, goal: str) -> int:
    """Shortest distance by repeated relaxation of all roads; -1 if there is no way."""
    far = 10**6
    distance = dict.fromkeys({begin, goal, *roads, *itertools.chain(*roads.values())}, far) | {begin: 0}
    for _ in distance:
        for place, following in roads.items():
            for other in following:
                distance[other] = min(distance[other], distance[place] + 1)
    return distance[goal] if distance[goal] < far else -1


def _spread(same: set[tuple[int, int]], region: set[tuple[int, int]], directions: int) -> int:
    """Grow the region by all touching cells of the same kind until it stays as it is."""
    reach = 1 if directions == 4 else 2
    grown = {
        (r, c)
        for r, c in same
        if any(abs(r - a) <= 1 and abs(c - b) <= 1 and abs(r - a) + abs(c - b) <= reach for a, b in region)
    }
    return len(region) if grown == region else _spread(same, grown, directions)


def _shown(presses: str, size: int) -> int:
    """Turn a wheel with the numbers on it."""
    wheel = deque(range(size))
    for press in presses:
        wheel.rotate({"+": -1, "-": 1, "0": wheel.index(0) * -1}[press])
    return wheel[0]


def _served_by(minutes: list[int], desks: int) -> int:
    """Let the clock tick minute by minute."""
    busy: list[int] = []
    for now in itertools.count():
        busy = [left - 1 for left in busy if left > 1]
        while minutes and len(busy) < desks:
            busy.append(minutes.pop(0))
        if not busy:
            return now
    return 0
