"""Families on zipping: two lists side by side.

What happens with lists of unequal length is part of every phrasing.
"""

from __future__ import annotations

import itertools

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw

FAMILIES: tuple[Family, ...] = (
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
