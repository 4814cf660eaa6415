"""Families on lazy slicing: `islice`, `takewhile`, `dropwhile`, and iterators that never end."""

from __future__ import annotations

import random
from typing import Any

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw

COLOURS = (["red", "blue"], ["red", "green", "blue"], ["black", "white"], ["gold", "grey", "pink", "lime"])


def _stop(rng: random.Random) -> dict[str, Any]:
    op, limit = rng.choice((("<", 0), ("<", 3), (">", 20), (">", 15), ("%", 5), ("%", 4)))
    words = {"<": "less than", ">": "greater than", "%": "divisible by"}[op]
    test = f"number % {limit} == 0" if op == "%" else f"number {op} {limit}"
    return {"limit": limit, "stop": Raw(f"{words} {limit}"), "test": Raw(test)}


def _colours(rng: random.Random) -> dict[str, Any]:
    colours = rng.choice(COLOURS)
    width = rng.randint(1, 2) if len(colours) > 2 else 1
    step = "" if width == 1 else f" * {width}"
    return {
        "colours": colours,
        "size": len(colours),
        "sep": Raw(rng.choice((":", "=", " is ", "/"))),
        "width": width,
        "every": Raw("" if width == 1 else f", {width}"),
        "times": Raw(step),
        "step": Raw(step),
        "plus": Raw("" if width == 1 else ", and from there on only every second colour is taken"),
    }


FAMILIES: tuple[Family, ...] = (
    Family(
        name="first_numbers_that_fit",
        concepts=("lazy_slicing", "number_theory", "while_loops"),
        difficulty=2,
        names="first_numbers_that_fit next_numbers lucky_numbers free_numbers find_numbers",
        arguments=(
            "start|begin|lowest|origin: int; where the search begins, may be negative",
            "count|how_many|amount|wanted: int; how many numbers are wanted, 0 or more",
        ),
        returns="list[int]",
        phrasings=(
            "Return the first $count integers from $start on, $start included, that are divisible by $k but do not end in the digit $digit.",
            "Collect $count numbers: the smallest ones that are at least $start, multiples of $k and not written with a last digit $digit. Return them in ascending order.",
            "House numbers are given out in ascending order from $start on. Only multiples of $k are used, and those that end in $digit are avoided because they bring bad luck. Which $count numbers are given out first?",
            "Return the list of the $count least integers n with n >= $start, n % $k == 0 and abs(n) % 10 != $digit, in ascending order; 0 is divisible by everything and ends in 0.",
        ),
        solutions=(
            """
from itertools import count as upwards
from itertools import islice
fitting = ($item for $item in upwards($start) if $item % $k == 0 and abs($item) % 10 != $digit)
return list(islice(fitting, $count))
""",
            """
$result = []
$current = $start
while len($result) < $count:
    if $current % $k == 0 and not str($current).endswith("$digit"):
        $result.append($current)
    $current += 1
return $result
""",
            """
$result = []
$item = $start + -$start % $k
while $count > len($result):
    if abs($item) % 10 != $digit:
        $result.append($item)
    $item += $k
return $result
""",
        ),
        reference=lambda start, count, k, digit: [
            n
            for n in range(start, start + 20 * k * (count + 1))
            if n / k == n // k and str(n)[-1] != str(digit)
        ][:count],
        parameters=lambda rng: {"k": rng.choice((3, 4, 6, 7)), "digit": rng.choice((0, 2, 4, 6, 8))},
        inputs=lambda rng, **_: (rng.randint(-10, 60), rng.randint(2, 6)),
        edges=((0, 0), (0, 1), (12, 1), (-20, 5), (24, 7)),
        idea="The candidates never end, so something else has to: the search stops when enough numbers have been found.",
        pitfall="Looking through a range of fixed length finds too few numbers when the hits are rare.",
    ),
    Family(
        name="readings_until_stop",
        concepts=("lazy_slicing", "accumulation", "early_return"),
        difficulty=1,
        names="readings_until_stop total_before_stop sum_until load_until_full add_until",
        arguments=("readings|values|weights|lengths: list[int]; numbers in order of time",),
        returns="tuple[int, int]",
        phrasings=(
            "Add up the numbers of $readings from the beginning, ending before the first one that is $stop. Return the sum and the number of elements from that one to the end, as a tuple.",
            "Read $readings from the left until a number is $stop. Return a tuple: the sum of everything before it, and how many elements have not been added, that number included. If there is no such number, the second value is 0.",
            "A machine adds the values $readings one after the other and switches itself off when a value is $stop, without adding it. What is its sum then, and how many values are left, counting the one that stopped it?",
            "Let i be the smallest index for which $readings[i] is $stop, or the length of $readings if there is none. Return (the sum of the elements before index i, the length minus i).",
        ),
        solutions=(
            """
from itertools import takewhile
taken = list(takewhile(lambda number: not $test, $readings))
return sum(taken), len($readings) - len(taken)
""",
            """
$total = 0
for $i, number in enumerate($readings):
    if $test:
        return $total, len($readings) - $i
    $total += number
return $total, 0
""",
            """
remaining = list($readings)
$total = 0
while remaining:
    number = remaining[0]
    if $test:
        break
    $total += remaining.pop(0)
return $total, len(remaining)
""",
        ),
        reference=lambda readings, stop, limit, **_: (lambda i: (sum(readings[:i]), len(readings[i:])))(
            next(
                (
                    i
                    for i, r in enumerate(readings)
                    if (r < limit if "less" in stop else r > limit if "greater" in stop else r % limit == 0)
                ),
                len(readings),
            )
        ),
        parameters=_stop,
        inputs=lambda rng, **_: (draws.ints(rng, 4, 7, -1, 22),),
        edges=(
            ([],),
            ([7],),
            ([0, 0],),
            ([-1, 30, 5],),
            ([7, 9, 11],),
            ([3, 9, 15, 20, 21],),
            ([25, 1, 2, 3],),
            ([6, 3, 2, 1],),
        ),
        idea="takewhile stops at the first number that fails and never looks at what comes behind it.",
        pitfall="A filter would also add the good numbers that come after the stop.",
    ),
    Family(
        name="colour_by_cycle",
        concepts=("lazy_slicing", "enumerate_zip", "iterators"),
        difficulty=2,
        names="colour_by_cycle assign_colours paint_rows deal_labels decorate",
        arguments=(
            "items|rows|tables|names: list[str]; what is to be coloured",
            "skip|offset|already|used: int; how many colours were used before, 0 or more",
        ),
        returns="list[str]",
        phrasings=(
            "The colours $colours are used again and again in this order. Return each element of $items with its colour as 'element$sep' and the colour, when the first $skip colours of the endless sequence have been used up already$plus.",
            "Give the elements of $items colours in turn from the cycle $colours, beginning $skip places after its start$plus, and return texts made of the element, '$sep' and the colour.",
            "Tables at a party get flags whose colours repeat in the order $colours. $skip flags are gone$plus. Which flags do the tables $items get? Write each as table, '$sep' and colour.",
            "Return, for each index i of $items, the text of the element, '$sep' and the colour with the index ($skip + i$step) modulo $size in $colours.",
        ),
        solutions=(
            """
from itertools import cycle, islice
colours = islice(cycle($colours), $skip, None$every)
$result = []
for $item, colour in zip($items, colours):
    $result.append($item + "$sep" + colour)
return $result
""",
            """
colours = $colours
$result = []
for $i, $item in enumerate($items):
    colour = colours[($skip + $i$times) % len(colours)]
    $result.append(f"{$item}$sep{colour}")
return $result
""",
            """
waiting = $colours
for _ in range($skip % $size):
    waiting.append(waiting.pop(0))
$result = []
for $item in $items:
    $result.append($item + "$sep" + waiting[0])
    waiting = waiting[$width:] + waiting[:$width]
return $result
""",
        ),
        reference=lambda items, skip, colours, size, sep, width, **_: [
            f"{item}{sep}{(colours * (skip + width * len(items) + 1))[skip + width * i]}"
            for i, item in enumerate(items)
        ],
        parameters=_colours,
        inputs=lambda rng, **_: (list("ABCDEF"[: rng.randint(2, 4)]), rng.randint(1, 6)),
        edges=(([], 0), (["x"], 0), (["a", "b", "c", "d", "e"], 0), (["a", "a"], 7), (["é"], 100)),
        idea="cycle makes an endless sequence of colours, and islice moves into it as far as has been used.",
        pitfall="Turning cycle into a list never ends; only take as many colours as there are elements.",
    ),
    Family(
        name="body_of_report",
        concepts=("lazy_slicing", "string_methods", "filtering"),
        difficulty=2,
        names="body_of_report main_part strip_frame content_lines extract_body",
        arguments=("lines|rows|report|page: list[str]; the lines of a report",),
        returns="list[str]",
        phrasings=(
            "A report begins with lines that start with '$mark'; skip them. Return the following lines up to, but not including, the first that is equal to '$end', at most $k of them. Later lines with '$mark' are kept.",
            "Leave out all lines at the beginning of $lines that start with '$mark', and everything from the first line '$end' after them on. Return the first $k of the remaining lines, or all if there are fewer.",
            "The head of a report consists of lines with '$mark' in front, and a line '$end' closes its body. Which lines, at most $k, does the body of $lines begin with? Without a closing line the body goes to the end.",
            "Let a be the number of lines at the start of $lines that begin with '$mark', and b the index of the first '$end' at or after a, or the number of lines if there is none. Return $lines[a:b], cut to its first $k elements.",
        ),
        solutions=(
            """
from itertools import dropwhile, islice, takewhile
body = dropwhile(lambda $row: $row.startswith("$mark"), $lines)
body = takewhile(lambda $row: $row != "$end", body)
return list(islice(body, $k))
""",
            """
$result = []
inside = False
for $row in $lines:
    if not inside and $row.startswith("$mark"):
        continue
    inside = True
    if $row == "$end" or len($result) == $k:
        break
    $result.append($row)
return $result
""",
            """
$i = 0
while $i < len($lines) and $lines[$i][:1] == "$mark":
    $i += 1
body = $lines[$i:]
if "$end" in body:
    body = body[:body.index("$end")]
return body[:$k]
""",
        ),
        reference=lambda lines, mark, end, k: (lambda rest: rest[: min(k, [*rest, str(end)].index(end))])(
            lines[[*[line[:1] == mark for line in lines], False].index(False) :]
        ),
        parameters=lambda rng: {
            "mark": Raw(rng.choice("#%>")),
            "end": Raw(rng.choice(("END", "---", "bye"))),
            "k": rng.randint(2, 4),
        },
        inputs=lambda rng, mark, end, k: (
            [mark + "a"] * rng.randint(0, 2)
            + rng.choices(("b", "c", mark + "d", ""), k=rng.randint(1, 2))
            + rng.choices(("e", "f", str(end)), k=rng.randint(1, 4)),
        ),
        edges=(
            ([],),
            (["a"],),
            (["#", "%", ">"],),
            (["END"],),
            (["x", "bye", "---"],),
            (["", "", "", "", ""],),
            (["a", "#", "%b", ">c", "d"],),
        ),
        idea="dropwhile, takewhile and islice each cut away one part, and a line is read only when the one before has been used.",
        pitfall="Filtering out all lines with '$mark' also removes those that belong to the body.",
    ),
)
