"""Families about lists: filtering, mapping, accumulating, slicing, chunking, rotating, pairing, flattening, splitting.

The order of the result and what happens with empty or unequal lists is part of every phrasing.
"""

from __future__ import annotations

import itertools
import operator
import random
import statistics
from typing import Any

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw


def _side(rng: random.Random) -> dict[str, Any]:
    """Draw a direction; `sign` and `back` are the minus sign of one direction or the other."""
    side, op = rng.choice((("left", "+"), ("right", "-")))
    signs = {"sign": Raw("-" if op == "-" else ""), "back": Raw("" if op == "-" else "-")}
    return {"side": Raw(side), "op": Raw(op), "k": rng.randint(2, 4), **signs}


def _limit_repeats(items: list[int], k: int) -> list[int]:
    kept: list[int] = []
    for position in range(len(items)):
        start = position
        while start > 0 and items[start - 1] == items[position]:
            start -= 1
        if position - start < k:
            kept.append(items[position])
    return kept


def _split_at(numbers: list[int], k: int) -> list[list[int]]:
    cuts = [-1, *(i for i, n in enumerate(numbers) if n == k), len(numbers)]
    parts = [numbers[left + 1 : right] for left, right in itertools.pairwise(cuts)]
    return [part for part in parts if part]


def _rotated(items: list[str], side: str, k: int) -> list[str]:
    items = list(items)
    for _ in range(k if items else 0):
        if side == "left":
            items.append(items.pop(0))
        else:
            items.insert(0, items.pop())
    return items


FAMILIES: tuple[Family, ...] = (
    Family(
        name="keep_compared",
        concepts=("filtering", "list_comprehensions", "for_loops"),
        difficulty=1,
        names="keep_numbers select_values filter_numbers keep_some solve",
        arguments=("numbers|values|data|nums|scores: list[int]; the numbers to choose from",),
        returns="list[int]",
        phrasings=(
            "Return a list of the numbers in $numbers that are $words $k, in their original order.",
            "From $numbers keep only what is $words $k. The order stays the same and repeated numbers stay repeated.",
            "Build a new list without those entries of $numbers that fail the test of being $words $k; do not change the order of the others.",
            "Which elements of $numbers are $words $k? Give them as a list, in the order in which they stand, duplicates included.",
        ),
        solutions=(
            """
$result = []
for $item in $numbers:
    if $item $op $k:
        $result.append($item)
return $result
""",
            """
return [$item for $item in $numbers if $item $op $k]
""",
            """
return list(filter(lambda $item: $item $op $k, $numbers))
""",
        ),
        reference=lambda numbers, k, op, words: list(
            itertools.compress(numbers, map(draws.COMPARISONS[op][1], numbers, [k] * len(numbers)))
        ),
        parameters=lambda rng: {"k": rng.randint(-3, 25), **draws.comparison(rng)},
        inputs=lambda rng, k, **_: (draws.ints(rng, 3, 7, -12, 40) + [k] * rng.randint(0, 1),),
        edges=(([],), ([5],), ([0, 0, 0],), ([-9, -1, 30, 30],)),
        idea="Walk through the list once and copy an element only if it passes the test; the order then keeps itself.",
        pitfall="Removing elements from the list that the loop walks through skips the neighbour of every removed one.",
    ),
    Family(
        name="scale_and_shift",
        concepts=("mapping", "list_comprehensions", "arithmetic"),
        difficulty=1,
        names="rescale transform_all new_prices scale_and_shift apply",
        arguments=("numbers|values|prices|amounts|data: list[int]; the numbers to transform",),
        returns="list[int]",
        phrasings=(
            "Multiply every number in $numbers by $factor, then $verb $shift, and return the results as a new list.",
            "Return a list with one entry per element of $numbers: $factor times that element, $word $shift.",
            "Apply the formula $factor * x $op $shift to each x in $numbers and collect the values in the same order.",
            "What list results if each element x of $numbers is replaced by $factor times x $word $shift? The list $numbers itself must stay as it is.",
        ),
        solutions=(
            """
$result = []
for $item in $numbers:
    $result.append($factor * $item $op $shift)
return $result
""",
            """
return [$factor * $item $op $shift for $item in $numbers]
""",
            """
return list(map(lambda $item: $item * $factor $op $shift, $numbers))
""",
            """
$result = list($numbers)
for $i in range(len($result)):
    $result[$i] = $result[$i] * $factor $op $shift
return $result
""",
        ),
        reference=lambda numbers, factor, shift, op, verb, word: [
            sum([n] * factor, shift if word == "plus" else -shift) for n in numbers
        ],
        parameters=lambda rng: {
            "factor": rng.randint(2, 9),
            "shift": rng.randint(1, 20),
            **rng.choice(
                (
                    {"op": Raw("+"), "verb": Raw("add"), "word": Raw("plus")},
                    {"op": Raw("-"), "verb": Raw("subtract"), "word": Raw("minus")},
                )
            ),
        },
        inputs=lambda rng, **_: (draws.ints(rng, 2, 6),),
        edges=(([],), ([0],), ([-1, -1],), ([3, -3, 3],)),
        idea="Each result depends on one element only, so the list can be built element by element with the same formula.",
        pitfall="Assigning to the loop variable changes nothing in the list.",
    ),
    Family(
        name="balance_after_each",
        concepts=("accumulation", "list_building", "for_loops"),
        difficulty=1,
        names="running_$noun history after_each levels track",
        arguments=("changes|movements|steps|deltas: list[int]; what is added each time, negative for less",),
        returns="list[int]",
        phrasings=(
            "The $noun is $start at the beginning and changes by each number of $changes in turn. Return the list of its values after every change.",
            "Return the running $noun: begin with $start, add the numbers in $changes one after another and note the value reached after each addition. The beginning itself is not in the list.",
            "Given $changes, which are applied in order to a $noun of $start, list what it amounts to after the first change, after the second, and so on.",
            "Starting from a $noun of $start, how does it develop under $changes? Answer with one value for each change, namely the sum of $start and all changes up to and including that one.",
        ),
        solutions=(
            """
$result = []
$total = $start
for $item in $changes:
    $total += $item
    $result.append($total)
return $result
""",
            """
from itertools import accumulate
return [$start + $total for $total in accumulate($changes)]
""",
            """
$result = [$start]
for $item in $changes:
    $result.append($result[-1] + $item)
return $result[1:]
""",
        ),
        reference=lambda changes, start, noun: [start + sum(changes[: i + 1]) for i in range(len(changes))],
        parameters=lambda rng: {
            "start": rng.randrange(0, 105, 5),
            "noun": Raw(rng.choice(("balance", "stock", "score", "level", "height", "supply"))),
        },
        inputs=lambda rng, **_: (draws.ints(rng, 2, 6, -15, 30),),
        edges=(([],), ([0],), ([-5, -5],), ([4, -4, 4],)),
        idea="Carry one total along and write down a copy of it after every step.",
        pitfall="Appending before adding puts the start into the list and leaves the final value out.",
    ),
    Family(
        name="every_kth_from",
        concepts=("list_slicing", "list_indexing", "enumerate_zip"),
        difficulty=1,
        names="every_${k}_places pick_regularly sample_items thin_out take_some",
        arguments=("items|names|words|entries|queue: list[str]; the items to choose from",),
        returns="list[str]",
        phrasings=(
            "Return the items of $items at the positions $offset, $offset + $k, $offset + 2 * $k and so on, counting from 0.",
            "Starting with the item at index $offset, take every item of $items that is a multiple of $k places further on, in order.",
            "Thin $items out: pass over $offset at the front, then keep one and leave out $gap, again and again up to the end. Return what is kept.",
            "Which items remain if from $items only the indices $offset, then each time $k more, are chosen? Return them as a list, which is empty when $items has no index $offset.",
        ),
        solutions=(
            """
return $items[$offset::$k]
""",
            """
$result = []
for $i in range($offset, len($items), $k):
    $result.append($items[$i])
return $result
""",
            """
return [$item for $i, $item in enumerate($items) if $i >= $offset and ($i - $offset) % $k == 0]
""",
            """
from itertools import islice
return list(islice($items, $offset, None, $k))
""",
        ),
        reference=lambda items, k, offset, gap: [
            items[offset + step * k] for step in range(len(items)) if offset + step * k < len(items)
        ],
        parameters=lambda rng: (lambda k: {"k": k, "gap": k - 1, "offset": rng.randint(1, 2)})(
            rng.randint(2, 4)
        ),
        inputs=lambda rng, **_: (draws.words(rng, 3, 9),),
        edges=(([],), (["one"],), (["a", "b"],), (["x", "x", "x", "x", "x"],)),
        idea="A slice has a start and a step; the same positions come from range with those numbers.",
        pitfall="Testing i % $k == 0 alone starts at index 0 and not at $offset.",
    ),
    Family(
        name="rows_of_fixed_length",
        concepts=("list_slicing", "nested_data", "list_building"),
        difficulty=2,
        names="make_rows split_into_${k}s chunk in_groups arrange process",
        arguments=("items|values|numbers|cards|data: list[int]; the items to arrange",),
        returns="list[list[int]]",
        phrasings=(
            "Cut $items into consecutive rows of $k and return the list of rows. The last row may be shorter.",
            "Return a list of lists: the first holds the first $k elements of $items, the second the next $k, and so on; whatever is left over forms a final, shorter list.",
            "Arrange $items in rows with $k in each, filling one row after another, so that only the last can be incomplete. No row is empty.",
            "How do $items look when they are grouped $k at a time in their given order? Return the groups as lists, the last with fewer elements where they do not suffice, and no groups for an empty list.",
        ),
        solutions=(
            """
return [$items[$i : $i + $k] for $i in range(0, len($items), $k)]
""",
            """
$result = []
for $i, $item in enumerate($items):
    if $i % $k == 0:
        $result.append([])
    $result[-1].append($item)
return $result
""",
            """
$result = []
$current = []
for $item in $items:
    $current.append($item)
    if len($current) == $k:
        $result.append($current)
        $current = []
if $current:
    $result.append($current)
return $result
""",
            """
from itertools import islice
remaining = iter($items)
$result = []
while $row := list(islice(remaining, $k)):
    $result.append($row)
return $result
""",
        ),
        reference=lambda items, k: [
            [x for i, x in enumerate(items) if i // k == r] for r in range(-(-len(items) // k))
        ],
        parameters=lambda rng: {"k": rng.randint(2, 4)},
        inputs=lambda rng, k: (draws.ints(rng, 3, 9),),
        edges=(([],), ([7],), ([1, 2],), ([5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5],), ([0, -1, -2],)),
        idea="The rows start at the positions 0, $k, 2 * $k, ...; a slice that reaches beyond the end is simply shorter.",
        pitfall="A loop that stores a row only when it is full loses the items left over at the end.",
    ),
    Family(
        name="rotate_places",
        concepts=("list_slicing", "list_indexing", "simulation"),
        difficulty=2,
        names="rotate_$side rotate turn_carousel shift_items move_all",
        arguments=("items|names|words|seats|queue: list[str]; the items in a row",),
        returns="list[str]",
        phrasings=(
            "Return $items rotated by $k places to the $side: what leaves the list at the $side end comes back at the other end.",
            "Move every element of $items $k positions to the $side, in a circle, so that elements pushed out on that side enter again at the opposite one. Return the new list.",
            "Carry out $k times: each item of $items moves one seat to the $side, and the one that has no seat there takes the free seat at the far end. Return the final order.",
            "In what order do $items stand after a rotation by $k to the $side? Nobody is lost; the list may also be shorter than $k, even empty.",
        ),
        solutions=(
            """
if not $items:
    return []
$i = $sign$k % len($items)
return $items[$i:] + $items[:$i]
""",
            """
from collections import deque
$current = deque($items)
$current.rotate($back$k)
return list($current)
""",
            """
$count = len($items)
return [$items[($i $op $k) % $count] for $i in range($count)]
""",
        ),
        reference=lambda items, side, k, **_: _rotated(items, side, k),
        parameters=_side,
        inputs=lambda rng, **_: (draws.words(rng, 3, 7),),
        edges=(([],), (["solo"],), (["a", "b"],), (["x", "x", "y"],)),
        idea="Rotating is cutting the list at one place and swapping the two pieces; the remainder by the length handles large shifts.",
        pitfall="Without the remainder a shift that exceeds the length cuts at the wrong place, and the remainder by 0 fails for an empty list.",
    ),
    Family(
        name="take_turns",
        concepts=("enumerate_zip", "list_building", "while_loops"),
        difficulty=2,
        names="take_turns weave alternate one_by_one combine_queues",
        arguments=(
            "first|left_queue|a|ones: list[str]; whose items come first",
            "second|right_queue|b|twos: list[str]; the other list",
        ),
        returns="list[str]",
        phrasings=(
            "Merge two queues by taking one item from $first, one from $second, and so on in turns. When one is used up, the rest of the other follows.",
            "Return a list in which the elements of $first and $second alternate, beginning with $first; the surplus of the longer list is put at the end in its order.",
            "Weave $first and $second together: first of the one, first of the other, second of the one, second of the other, ..., and append what is left of the longer.",
            "Cars from $first and $second enter a road in strict alternation, $first leading, until one of the two lanes is empty; then the remaining cars of the other lane pass. In what order do they drive?",
        ),
        solutions=(
            """
$result = []
for $i in range(max(len($first), len($second))):
    if $i < len($first):
        $result.append($first[$i])
    if $i < len($second):
        $result.append($second[$i])
return $result
""",
            """
$result = []
for $pair in zip($first, $second):
    $result.extend($pair)
$count = min(len($first), len($second))
return $result + $first[$count:] + $second[$count:]
""",
            """
from itertools import chain, zip_longest
mixed = chain.from_iterable(zip_longest($first, $second))
return [$item for $item in mixed if $item is not None]
""",
            """
from collections import deque
lanes = deque([deque($first), deque($second)])
$result = []
while any(lanes):
    if lanes[0]:
        $result.append(lanes[0].popleft())
    lanes.rotate(1)
return $result
""",
        ),
        reference=lambda first, second: [
            text
            for _, _, text in sorted(
                [(i, 0, t) for i, t in enumerate(first)] + [(i, 1, t) for i, t in enumerate(second)]
            )
        ],
        inputs=lambda rng: (draws.words(rng, 1, 5), draws.words(rng, 1, 5)),
        edges=(([], []), (["a"], []), ([], ["b", "c"]), (["x", "x"], ["x"]), (["p"], ["q", "r", "s"])),
        idea="zip pairs the items as far as both lists reach; slices from that length on hold what remains.",
        pitfall="zip alone silently drops the items that have no partner.",
    ),
    Family(
        name="price_tags",
        concepts=("enumerate_zip", "string_formatting", "mapping"),
        difficulty=1,
        names="make_labels tags describe label_all format_pairs",
        arguments=(
            "names|goods|articles|labels: list[str]; the names",
            "numbers|values|amounts|figures: list[int]; one number for each name",
        ),
        returns="list[str]",
        phrasings=(
            "Pair every name in $names with the number at the same place in $numbers and return texts like '$sample'. If one list is longer, its surplus is ignored.",
            "Return a list of labels, each made of a name from $names, the text '$mark', the matching number from $numbers and the word $unit, as in '$sample'. Stop at the end of the shorter list.",
            "For each position that $names and $numbers have in common, write one string in the form '$sample' and collect these strings in order.",
            "Write tags that look like '$sample', taking the names one by one from $names and the numbers from $numbers, until either of them is exhausted. What list of tags is the result?",
        ),
        solutions=(
            """
return [f"{$key}$mark{$item} $unit" for $key, $item in zip($names, $numbers)]
""",
            """
$result = []
for $i in range(min(len($names), len($numbers))):
    $result.append(f"{$names[$i]}$mark{$numbers[$i]} $unit")
return $result
""",
            """
return list(map("{}$mark{} $unit".format, $names, $numbers))
""",
            """
$result = []
for $key, $item in zip($names, $numbers):
    $result.append($key + "$mark" + str($item) + " $unit")
return $result
""",
        ),
        reference=lambda names, numbers, mark, unit, sample: [
            "".join((names[i], mark, str(numbers[i]), " ", unit))
            for i in range(min(len(names), len(numbers)))
        ],
        parameters=lambda rng: (
            lambda mark, unit, good, price: {
                "mark": Raw(mark),
                "unit": Raw(unit),
                "sample": Raw(f"{good}{mark}{price} {unit}"),
            }
        )(
            rng.choice((": ", " = ", " - ", " costs ", " for ", " at ")),
            rng.choice(("cents", "coins", "points", "euros", "tokens")),
            rng.choice(draws.GOODS),
            rng.randint(2, 60),
        ),
        inputs=lambda rng, **_: (rng.sample(draws.GOODS, rng.randint(1, 4)), draws.ints(rng, 2, 4, 1, 60)),
        edges=(([], []), (["pen"], []), ([], [3]), (["cup", "cup"], [5, 5]), (["hat"], [0, 1])),
        idea="zip walks through both lists side by side and ends with the shorter one.",
        pitfall="Indexing both lists by the length of the first raises IndexError when the second is shorter.",
    ),
    Family(
        name="numbered_entries",
        concepts=("enumerate_zip", "string_formatting", "list_comprehensions"),
        difficulty=1,
        names="number_items add_numbers numbered table_of_contents prepare",
        arguments=("entries|titles|chapters|lines|items: list[str]; the texts to number",),
        returns="list[str]",
        phrasings=(
            "Return the texts in $entries with a number and '$mark' in front. The first gets the number $start, each next one $step more.",
            "Put consecutive numbers before $entries, beginning with $start and going up by $step, with '$mark' between number and text; return the new list of strings.",
            "Make a numbered list: prefix each element of $entries with its number and the characters '$mark'. Numbering begins at $start and advances in steps of $step.",
            "A table of contents shows, for every text in $entries, a number (for the first $start, then $step more each time), followed by '$mark' and the text. What strings does it consist of?",
        ),
        solutions=(
            """
$result = []
$count = $start
for $item in $entries:
    $result.append(f"{$count}$mark{$item}")
    $count += $step
return $result
""",
            """
return [f"{$start + $step * $i}$mark{$item}" for $i, $item in enumerate($entries)]
""",
            """
from itertools import count as numbers_from
return [f"{$i}$mark{$item}" for $i, $item in zip(numbers_from($start, $step), $entries)]
""",
            """
numbering = range($start, $start + $step * len($entries), $step)
return [str($i) + "$mark" + $item for $i, $item in zip(numbering, $entries)]
""",
        ),
        reference=lambda entries, start, step, mark: list(
            map(
                "".join,
                zip(
                    map(str, itertools.accumulate([start] + [step] * len(entries))),
                    [mark] * len(entries),
                    entries,
                    strict=False,
                ),
            )
        ),
        parameters=lambda rng: {
            "start": rng.randint(1, 10),
            "step": rng.choice((1, 2, 5, 10)),
            "mark": Raw(rng.choice((". ", ") ", ": ", " - ", " | "))),
        },
        inputs=lambda rng, **_: (draws.words(rng, 2, 5),),
        edges=(([],), (["end"],), (["a", "a"],), (["", "x"],)),
        idea="enumerate supplies a position next to every element, and the number follows from the position by a small formula.",
        pitfall="entries.index(text) finds the first of two equal texts and so numbers both alike.",
    ),
    Family(
        name="changes_over_gap",
        concepts=("list_indexing", "enumerate_zip", "list_comprehensions"),
        difficulty=2,
        names="changes differences growth trend compare_days",
        arguments=("values|readings|levels|measurements|sales: list[int]; one value per period of time",),
        returns="list[int]",
        phrasings=(
            "Return how much each value in $values differs from the one $gap before it: later minus earlier, for every value that has such a predecessor.",
            "For each $unit from number $gap on (counting from 0), subtract the value of $values that lies $gap places earlier, and list the differences in order.",
            "Compare $values with themselves moved by $gap: return the list of value minus the value $gap positions to its left, as far as both exist.",
            "By how much did $values change from one $unit to the one $gap later? List these differences, later minus earlier, from the earliest on; there are none if the list has at most $gap values.",
        ),
        solutions=(
            """
return [$current - $previous for $previous, $current in zip($values, $values[$gap:])]
""",
            """
$result = []
for $i in range($gap, len($values)):
    $result.append($values[$i] - $values[$i - $gap])
return $result
""",
            """
return [$item - $values[$i] for $i, $item in enumerate($values[$gap:])]
""",
            """
from collections import deque
recent = deque(maxlen=$gap)
$result = []
for $item in $values:
    if len(recent) == $gap:
        $result.append($item - recent[0])
    recent.append($item)
return $result
""",
        ),
        reference=lambda values, gap, unit: list(map(operator.sub, values[gap:], values)),
        parameters=lambda rng: {
            "gap": rng.randint(2, 4),
            "unit": Raw(rng.choice(("day", "hour", "week", "month", "year"))),
        },
        inputs=lambda rng, **_: (draws.ints(rng, 4, 8),),
        edges=(([],), ([4],), ([2, 2],), ([1, 2, 4, 8, 16],), ([-3, -3, 3, 3],)),
        idea="Zipping the list with a slice of itself puts every value next to the one it is compared with.",
        pitfall="Index i - $gap is negative for the first values, and Python then silently counts from the end.",
    ),
    Family(
        name="flatten_selected",
        concepts=("nested_loops", "nested_data", "list_comprehensions"),
        difficulty=2,
        names="flatten_selected collect_all all_matching gather extract",
        arguments=("nested|rows|groups_of_numbers|lists|teams: list[list[int]]; lists of numbers",),
        returns="list[int]",
        phrasings=(
            "Collect from all lists in $nested the numbers that are $words $k into one flat list, in the order in which they occur.",
            "Flatten $nested, but leave out every number that is not $words $k. The order of the lists and within the lists is kept.",
            "Go through the inner lists of $nested from first to last and return a single list of those of their numbers that are $words $k.",
            "Which numbers inside $nested, a list of lists, are $words $k? Return all of them, repeats included, as one list read list by list from left to right.",
        ),
        solutions=(
            """
$result = []
for $row in $nested:
    for $item in $row:
        if $item $op $k:
            $result.append($item)
return $result
""",
            """
return [$item for $row in $nested for $item in $row if $item $op $k]
""",
            """
from itertools import chain
return [$item for $item in chain.from_iterable($nested) if $item $op $k]
""",
            """
$result = []
for $row in $nested:
    $result.extend(filter(lambda $item: $item $op $k, $row))
return $result
""",
        ),
        reference=lambda nested, k, op, words: [n for n in sum(nested, []) if draws.COMPARISONS[op][1](n, k)],
        parameters=lambda rng: {"k": rng.randint(3, 12), **draws.comparison(rng)},
        inputs=lambda rng, **_: ([draws.ints(rng, 0, 4, -5, 20) for _ in range(rng.randint(2, 4))],),
        edges=(([],), ([[]],), ([[], [3], []],), ([[5, 5], [5]],), ([[-1], [100, 0]],)),
        idea="An outer loop takes the lists and an inner loop their numbers; a comprehension writes the two for clauses in the same order.",
        pitfall="Swapping the two for clauses of the comprehension uses the inner list before it has a name.",
    ),
    Family(
        name="pass_and_fail",
        concepts=("filtering", "tuples", "list_building"),
        difficulty=1,
        names="split_$noun separate two_groups divide_by_limit split",
        arguments=("values|data|numbers|given: list[int]; the values to split",),
        returns="tuple[list[int], list[int]]",
        phrasings=(
            "Split the $noun in $values into those that are $words $k and the others. Return both lists as a tuple, each in the original order.",
            "Return a tuple of two lists: first the elements of $values that are $words $k, then the elements that are not. Do not reorder either.",
            "Separate $values at the limit $k; a value belongs to the first group if it is $words $k and to the second one otherwise. Give the pair of groups as lists.",
            "Sort the $noun in $values into two lists without changing their order, one for those that are $words $k and one for the remaining ones. The answer is the tuple of these lists, which may be empty.",
        ),
        solutions=(
            """
chosen = []
rest = []
for $item in $values:
    if $item $op $k:
        chosen.append($item)
    else:
        rest.append($item)
return chosen, rest
""",
            """
chosen = [$item for $item in $values if $item $op $k]
rest = [$item for $item in $values if not $item $op $k]
return chosen, rest
""",
            """
both = ([], [])
for $item in $values:
    both[0 if $item $op $k else 1].append($item)
return both
""",
            """
from itertools import filterfalse

def passes($item):
    return $item $op $k

return list(filter(passes, $values)), list(filterfalse(passes, $values))
""",
        ),
        reference=lambda values, k, op, words, noun: tuple(
            [v for v in values if bool(draws.COMPARISONS[op][1](v, k)) is wanted] for wanted in (True, False)
        ),
        parameters=lambda rng: {
            "noun": Raw(rng.choice(("grades", "prices", "temperatures", "ages", "distances", "scores"))),
            "k": rng.randint(5, 30),
            **draws.comparison(rng),
        },
        inputs=lambda rng, k, **_: (draws.around(rng, k),),
        edges=(([],), ([10],), ([20, 20, 20],), ([0, 100],)),
        idea="Every element goes into exactly one of two lists, so one pass with if and else is enough.",
        pitfall="Two separate conditions that are not exact opposites put elements equal to $k in both lists or in none.",
    ),
    Family(
        name="move_to_the_end",
        concepts=("list_building", "filtering", "sorting_with_key"),
        difficulty=2,
        names="move_${k}s_to_the_$side push_aside rearrange regroup f",
        arguments=("numbers|values|digits|cells|data: list[int]; the numbers to rearrange",),
        returns="list[int]",
        phrasings=(
            "Return $numbers with every $k moved to the $side, while all other numbers keep their order.",
            "Rearrange $numbers so that the entries equal to $k stand together at the $side; nothing else changes its relative place, and the length stays the same.",
            "Build a new list from $numbers: all occurrences of $k go to the $side of it, and the remaining numbers stay in the order they had.",
            "What does $numbers look like after all its elements with the value $k have been taken out and put back together at the $side of the list, the order of the others being kept?",
        ),
        solutions=(
            """
others = [$item for $item in $numbers if $item != $k]
moved = [$k] * (len($numbers) - len(others))
return $first + $second
""",
            """
return sorted($numbers, key=lambda $item: $item $op $k)
""",
        ),
        reference=lambda numbers, k, side, **_: (
            list(filter(k.__ne__, numbers)) + [k] * numbers.count(k)
            if side == "end"
            else [k] * numbers.count(k) + list(filter(k.__ne__, numbers))
        ),
        parameters=lambda rng: {
            "k": rng.randint(0, 5),
            **rng.choice(
                (
                    {"side": Raw("end"), "op": Raw("=="), "first": Raw("others"), "second": Raw("moved")},
                    {"side": Raw("front"), "op": Raw("!="), "first": Raw("moved"), "second": Raw("others")},
                )
            ),
        },
        inputs=lambda rng, k, **_: (
            rng.choices((k, k, rng.randint(0, 9), 7, 8, 9, -1), k=rng.randint(4, 8)),
        ),
        edges=(([],), ([0],), ([3, 3, 3],), ([0, 1, 0, 2, 0],), ([4, 5, 4, 5],)),
        idea="Sorting by True and False is stable: False comes before True and equal keys keep their order, so two groups form.",
        pitfall="Removing and appending in the list that the loop walks through can go on forever or skip elements.",
    ),
    Family(
        name="clamp_readings",
        concepts=("mapping", "conditionals", "min_max"),
        difficulty=1,
        names="clamp limit_values clip_$noun keep_within adjust",
        arguments=("readings|values|levels|data|raw: list[int]; the values to correct",),
        returns="list[int]",
        phrasings=(
            "Return the $noun in $readings with every value below $low raised to $low and every value above $high lowered to $high.",
            "Limit $readings to the range from $low to $high: replace what is too small by $low, what is too large by $high, and keep the rest as it is. Return a new list of the same length.",
            "The device can show only $low to $high. List what it shows for each of $readings; values outside of the range appear as the nearest end of it.",
            "Which list results from $readings when each of the $noun is forced into the interval [$low, $high], with values beyond an end set to that end?",
        ),
        solutions=(
            """
$result = []
for $item in $readings:
    if $item < $low:
        $result.append($low)
    elif $item > $high:
        $result.append($high)
    else:
        $result.append($item)
return $result
""",
            """
return [max($low, min($item, $high)) for $item in $readings]
""",
            """
return [sorted(($low, $item, $high))[1] for $item in $readings]
""",
            """
def clamped($item):
    if $item < $low:
        return $low
    return $high if $item > $high else $item

return list(map(clamped, $readings))
""",
        ),
        reference=lambda readings, low, high, noun: [statistics.median((low, r, high)) for r in readings],
        parameters=lambda rng: {
            "low": rng.randint(-5, 8),
            "high": rng.randint(20, 40),
            "noun": Raw(rng.choice(("speeds", "volumes", "temperatures", "pressures", "pixels"))),
        },
        inputs=lambda rng, **_: (draws.ints(rng, 3, 7, -20, 60),),
        edges=(([],), ([15],), ([-100, 100],), ([8, 8, 20, 20],)),
        idea="min caps a value from above and max from below; applied after each other they keep it between both limits.",
        pitfall="Mixing min and max up gives the limits themselves for every value.",
    ),
    Family(
        name="limit_repeats",
        concepts=("list_building", "iterators", "counting"),
        difficulty=3,
        names="limit_repeats at_most_${k}_in_a_row shorten_runs calm_down clean",
        arguments=("items|values|signals|presses|numbers: list[int]; the values in order of arrival",),
        returns="list[int]",
        phrasings=(
            "Return $items with every run of equal neighbours cut down to its first $k elements; shorter runs stay as they are.",
            "Copy $items, but drop a value if the $k values directly before it in $items are all equal to it.",
            "In the result the same value may come from at most $k consecutive equal entries: keep the first $k of each block of equal neighbours in $items and skip the others of the block. A value may return in a later block.",
            "Shorten long repetitions in $items. Wherever more than $k equal values stand next to each other, only $k of them remain; everything else is kept in order. Return the new list.",
        ),
        solutions=(
            """
$result = []
$count = 0
for $i, $item in enumerate($items):
    if $i > 0 and $items[$i - 1] == $item:
        $count += 1
    else:
        $count = 1
    if $count <= $k:
        $result.append($item)
return $result
""",
            """
from itertools import groupby
$result = []
for _, run in groupby($items):
    $result.extend(list(run)[:$k])
return $result
""",
            """
return [
    $item
    for $i, $item in enumerate($items)
    if $i < $k or any($other != $item for $other in $items[$i - $k : $i])
]
""",
            """
$result = []
for $item in $items:
    if $result[-$k:] != [$item] * $k:
        $result.append($item)
return $result
""",
        ),
        reference=_limit_repeats,
        parameters=lambda rng: {"k": rng.randint(2, 3)},
        inputs=lambda rng, k: (
            [v for _ in range(rng.randint(2, 4)) for v in [rng.randint(0, 5)] * rng.randint(1, 4)],
        ),
        edges=(([],), ([6],), ([2, 2, 2, 2, 2],), ([1, 2, 1, 2],), ([0, 0, 0, 0, 1, 0, 0, 0, 0],)),
        idea="Count how long the current run is; the counter starts again at 1 whenever the value changes.",
        pitfall="Counting how often a value occurs in the whole list would also remove it from later runs.",
    ),
    Family(
        name="unzip_pairs",
        concepts=("tuples", "enumerate_zip", "list_building"),
        difficulty=1,
        names="unzip columns names_and_${noun}s take_apart separate",
        arguments=("pairs|rows|entries|players: list[tuple[str, int]]; (name, number) pairs",),
        returns="tuple[list[str], list[int]]",
        phrasings=(
            "Each entry of $pairs is a name with its $noun. Return two lists in a tuple: all names and all ${noun}s, in the given order.",
            "Take $pairs apart into the list of first parts and the list of second parts, and return both as a tuple.",
            "Turn a list of (name, $noun) tuples, $pairs, into a tuple of two lists of equal length, all names first, then all ${noun}s. An empty list gives two empty lists.",
            "From the table $pairs, whose rows consist of a name and its $noun, read off the two columns. Return them as lists, first names and then ${noun}s, together in one tuple.",
        ),
        solutions=(
            """
firsts = []
seconds = []
for $key, $item in $pairs:
    firsts.append($key)
    seconds.append($item)
return firsts, seconds
""",
            """
return [$key for $key, _ in $pairs], [$item for _, $item in $pairs]
""",
            """
if not $pairs:
    return [], []
firsts, seconds = zip(*$pairs)
return list(firsts), list(seconds)
""",
            """
from operator import itemgetter
return list(map(itemgetter(0), $pairs)), list(map(itemgetter(1), $pairs))
""",
        ),
        reference=lambda pairs, noun: (
            list(itertools.chain.from_iterable(pairs))[0::2],
            list(itertools.chain.from_iterable(pairs))[1::2],
        ),
        parameters=lambda rng: {"noun": Raw(rng.choice(("score", "age", "wage", "weight", "level")))},
        inputs=lambda rng, noun: (
            [(rng.choice(draws.FIRST_NAMES), rng.randint(0, 40)) for _ in range(rng.randint(2, 4))],
        ),
        edges=(([],), ([("Ada", 7)],), ([("Ben", 3), ("Ben", 3)],), ([("Cleo", 0), ("Dan", -1)],)),
        idea="Unpacking each pair gives its two parts, which go to two lists; zip with a star does the same for all pairs at once.",
        pitfall="Unpacking zip(*pairs) into two names fails for an empty list, because there is nothing to unpack.",
    ),
    Family(
        name="deal_to_players",
        concepts=("list_slicing", "nested_data", "simulation"),
        difficulty=2,
        names="deal deal_to_$k hand_out share_cards distribute",
        arguments=("cards|items|deck|tasks: list[int]; the cards, top card first",),
        returns="list[list[int]]",
        phrasings=(
            "Deal $cards to $k players in turn, one card at a time, until none is left. Return the list of the players' hands, first player first.",
            "Distribute the elements of $cards over $k lists: the first goes to the first list, the second to the second, and after the last list it starts again with the first. Return all $k lists.",
            "Return $k lists, of which number i (from 0) holds the elements of $cards at the positions i, i + $k, i + 2 * $k and so on.",
            "What does each of $k people hold after $cards have been handed round, from the front of the list and always one to each in the same order? Give $k lists, some possibly empty.",
        ),
        solutions=(
            """
return [$cards[$i::$k] for $i in range($k)]
""",
            """
$result = [[] for _ in range($k)]
for $i, $item in enumerate($cards):
    $result[$i % $k].append($item)
return $result
""",
            """
from itertools import cycle
$result = [[] for _ in range($k)]
for $row, $item in zip(cycle($result), $cards):
    $row.append($item)
return $result
""",
        ),
        reference=lambda cards, k: [
            [c for place, c in enumerate(cards) if place % k == player] for player in range(k)
        ],
        parameters=lambda rng: {"k": rng.randint(2, 4)},
        inputs=lambda rng, k: (draws.ints(rng, 4, 10, 1, 13),),
        edges=(([],), ([9],), ([1, 2],), ([5, 5, 5, 5],)),
        idea="Player i receives every $k-th card starting with card i: the remainder of the position by $k names the player.",
        pitfall="[[]] * $k repeats one and the same list, so every card would appear in every hand.",
    ),
    Family(
        name="valid_positions",
        concepts=("list_indexing", "filtering", "conditionals"),
        difficulty=2,
        names="pick look_up items_at fetch_all choose",
        arguments=(
            "items|shelf|names|words: list[str]; the items",
            "positions|indices|numbers|places: list[int]; the positions asked for",
        ),
        returns="list[str]",
        phrasings=(
            "Return the elements of $items at the given $positions, counted from $start, in the order of $positions. Skip positions that do not exist.",
            "For every number in $positions take the item with that number from $items, where the first item has number $start. Numbers that no item has are ignored; a number may occur twice.",
            "The items in $items are numbered one after another, and the first has number $start. List those that $positions asks for, in that order, passing over numbers for which there is no item.",
            "Which items do you get by looking up each of $positions in $items, if counting begins with $start and negative or too large positions are left out? Repeated positions yield repeated items.",
        ),
        solutions=(
            """
$result = []
for $i in $positions:
    if $start <= $i < len($items) + $start:
        $result.append($items[$i - $start])
return $result
""",
            """
return [$items[$i - $start] for $i in $positions if 0 <= $i - $start < len($items)]
""",
            """
numbered = dict(enumerate($items, start=$start))
return [numbered[$i] for $i in $positions if $i in numbered]
""",
            """
$result = []
for $i in $positions:
    if $i < $start:
        continue
    try:
        $result.append($items[$i - $start])
    except IndexError:
        continue
return $result
""",
        ),
        reference=lambda items, positions, start: [
            text for p in positions for i, text in enumerate(items) if i + start == p
        ],
        parameters=lambda rng: {"start": rng.randint(0, 1)},
        inputs=lambda rng, start: (
            draws.words(rng, 3, 6),
            [rng.randint(-1, 6) for _ in range(rng.randint(2, 5))],
        ),
        edges=(([], []), ([], [0, 1]), (["a"], []), (["a", "b"], [1, 1, 1]), (["x", "y"], [-1, -2, 9])),
        idea="Check a position against both ends of the list before using it as an index.",
        pitfall="A negative index is no error in Python: it counts from the end and fetches the wrong item.",
    ),
    Family(
        name="parts_between_markers",
        concepts=("list_building", "list_slicing", "iterators"),
        difficulty=3,
        names="split_at_marker parts segments between_markers break_up",
        arguments=("numbers|values|signals|stream|data: list[int]; the numbers with markers between them",),
        returns="list[list[int]]",
        phrasings=(
            "Split $numbers at every $k. Return the parts in order, without the $k itself and without empty parts.",
            "The number $k is a separator in $numbers. Return the list of the non-empty stretches of other numbers that lie between separators or at the ends.",
            "Cut $numbers into pieces wherever a $k stands, throw the $k away, and return those pieces that contain at least one number.",
            "A stream of readings $numbers is interrupted by the marker $k. Give the uninterrupted pieces as a list of lists; neighbouring markers, or markers at an end, produce no piece.",
        ),
        solutions=(
            """
$result = []
$current = []
for $item in $numbers:
    if $item != $k:
        $current.append($item)
    elif $current:
        $result.append($current)
        $current = []
if $current:
    $result.append($current)
return $result
""",
            """
from itertools import groupby
return [list(part) for is_marker, part in groupby($numbers, key=lambda $item: $item == $k) if not is_marker]
""",
            """
$result = [[]]
for $item in $numbers:
    if $item == $k:
        $result.append([])
    else:
        $result[-1].append($item)
return [part for part in $result if part]
""",
        ),
        reference=_split_at,
        parameters=lambda rng: {"k": rng.choice((-1, 0, 1, 9))},
        inputs=lambda rng, k: (rng.choices((k, k, k, k, 2, 3, 4, 5, 6, 7), k=rng.randint(4, 9)),),
        edges=(([],), ([0],), ([1, 1, 1],), ([9, 5, 9, 9, 6],), ([5, -1, 5, 0, 5],)),
        idea="Collect numbers in a current part; a marker closes the part, and after the loop the last open part must be closed as well.",
        pitfall="Forgetting the part that is still open when the list ends without a marker.",
    ),
    Family(
        name="invoice_with_delivery",
        concepts=("enumerate_zip", "accumulation", "conditionals"),
        difficulty=2,
        names="order_total invoice amount_due total_price calculate",
        arguments=(
            "quantities|pieces|counts|how_many: list[int]; how many of each article",
            "prices|costs|unit_prices|rates: list[int]; the price of one piece of each article, in cents",
        ),
        returns="int",
        phrasings=(
            "Multiply each number in $quantities by the price at the same place in $prices and add the products. If the sum is below $free, add $fee for delivery; return the result.",
            "Return what an order costs: the sum of quantity times price over $quantities and $prices (lists of equal length), plus a delivery fee of $fee unless that sum is at least $free.",
            "Compute the invoice for $quantities of articles that cost $prices each. Orders worth $free cents or more are delivered for nothing, all others are charged $fee cents extra, an empty order too.",
            "An article list comes as $quantities and $prices, position by position. What is to be paid, if the goods' total is increased by $fee whenever it is less than $free?",
        ),
        solutions=(
            """
$total = 0
for $count, $item in zip($quantities, $prices):
    $total += $count * $item
if $total < $free:
    $total += $fee
return $total
""",
            """
$total = sum($count * $item for $count, $item in zip($quantities, $prices))
return $total if $total >= $free else $total + $fee
""",
            """
from operator import mul
$total = sum(map(mul, $quantities, $prices))
return $total + $fee * ($total < $free)
""",
            """
$total = 0
for $i in range(len($quantities)):
    $total += $quantities[$i] * $prices[$i]
if $total >= $free:
    return $total
return $total + $fee
""",
        ),
        reference=lambda quantities, prices, free, fee: (
            lambda goods: goods if goods >= free else goods + fee
        )(sum(p for q, p in zip(quantities, prices, strict=True) for _ in range(q))),
        parameters=lambda rng: {"free": rng.randrange(500, 1600, 100), "fee": rng.randrange(50, 400, 50)},
        inputs=lambda rng, **_: (
            lambda n: (draws.ints(rng, n, n, 0, 8), [rng.randrange(10, 200, 5) for _ in range(n)])
        )(rng.randint(1, 4)),
        edges=(([], []), ([0], [100]), ([1], [2000]), ([2, 2], [250, 250]), ([10], [100])),
        idea="zip brings quantity and price together, sum adds the products, and the fee is decided once, after the sum is known.",
        pitfall="Deciding about the fee inside the loop adds it again for every article.",
    ),
)
