"""Families on chunking: a sequence cut into consecutive pieces."""

from __future__ import annotations

from hornbook.curriculum import draws
from hornbook.curriculum.families.wording import part
from hornbook.curriculum.family import Family, Raw


def _loads(weights: list[int], limit: int, most: int) -> list[list[int]]:
    if not weights:
        return []
    size = next(n for n in range(min(most, len(weights)), 0, -1) if n == 1 or sum(weights[:n]) <= limit)
    return [weights[:size], *_loads(weights[size:], limit, most)]


FAMILIES: tuple[Family, ...] = (
    Family(
        name="snake_rows",
        concepts=("chunking", "list_slicing", "enumerate_zip"),
        difficulty=2,
        names="snake_rows snake_order seat_in_rows zigzag_rows fold_line",
        arguments=("items|guests|tiles|line: list[str]; elements in the order of the line",),
        returns="list[list[str]]",
        phrasings=(
            "Lay $items in rows of $k. The $which row runs backwards, and so does every second row from there on. The last row may be shorter; it is filled up with '$fill' at the end of the line before it is turned.",
            "Cut $items into pieces of $k elements, adding '$fill' behind the last element until the last piece is complete, and reverse every second piece, beginning with the $which one. Return the list of pieces.",
            "People stand in a line, $items, and walk into a hall with $k seats per row. In the $which row, and then in every second row, they are seated from right to left, in all other rows from left to right; seats that stay free in the last row are marked '$fill'. Which rows, read from left to right, result?",
            "Append '$fill' to a copy of $items until its length is a multiple of $k, split it into rows of $k, and return them with every row reversed whose index, from 0, leaves the remainder $rest when divided by 2; [] for no items.",
        ),
        solutions=(
            """
$result = []
for $i in range(0, len($items), $k):
    $row = $items[$i : $i + $k]
    $row += ["$fill"] * ($k - len($row))
    if $i // $k % 2 == $rest:
        $row.reverse()
    $result.append($row)
return $result
""",
            """
padded = $items + ["$fill"] * (-len($items) % $k)
rows = [padded[$i : $i + $k] for $i in range(0, len(padded), $k)]
return [$row[::-1] if $j % 2 == $rest else $row for $j, $row in enumerate(rows)]
""",
            """
$result = []
for $item in $items:
    if not $result or len($result[-1]) == $k:
        $result.append([])
    $result[-1].append($item)
for $i, $row in enumerate($result):
    while len($row) < $k:
        $row.append("$fill")
    if $i % 2 == $rest:
        $result[$i] = list(reversed($row))
return $result
""",
        ),
        reference=lambda items, k, rest, fill, **_: [
            [(items + [str(fill)] * k)[r * k + (c if r % 2 != rest else k - 1 - c)] for c in range(k)]
            for r in range((len(items) + k - 1) // k)
        ],
        parameters=lambda rng: {
            "k": rng.randint(2, 4),
            "fill": Raw(rng.choice(("-", "free", "?"))),
            **rng.choice(({"rest": 1, "which": Raw("second")}, {"rest": 0, "which": Raw("first")})),
        },
        inputs=lambda rng, **_: (list("abcdefghij"[: rng.randint(4, 8)]),),
        edges=(
            ([],),
            (["a"],),
            (["a", "b"],),
            (["a", "b", "c"],),
            (["a", "b", "c", "d", "e", "f", "g", "h", "i"],),
        ),
        idea="The number of the row is the start of the piece divided by $k, and its remainder by 2 says which way the row runs.",
        pitfall="Filling up after turning puts the free places on the wrong side.",
    ),
    Family(
        name="block_summaries",
        concepts=("chunking", "aggregation", "arithmetic"),
        difficulty=2,
        names="block_summaries downsample coarse_series weekly_values compress_series",
        arguments=("values|readings|samples|sales: list[int]; numbers in order of time",),
        returns="list[int]",
        phrasings=(
            "From every $k consecutive numbers of $values, cut off from the left, keep only $what and return the results as a list. $rest",
            "Cut $values into blocks of $k from the left and return for each block $what of its numbers. $rest",
            "A device sends too many readings, $values. Of each $k readings in a row, only $what is to be stored. Which numbers are stored? $rest",
            "Return [g(b1), g(b2), ...], where b1, b2, ... are the consecutive blocks of $k elements of $values and g takes from a block $what of its numbers. $rest",
        ),
        solutions=(
            """
$result = []
for $i in range(0, len($values) - $needed + 1, $k):
    block = $values[$i : $i + $k]
    $result.append($formula)
return $result
""",
            """
from itertools import islice
waiting = iter($values)
$result = []
while len(block := list(islice(waiting, $k))) >= $needed:
    $result.append($formula)
return $result
""",
            """
block = $values[:$k]
if len(block) < $needed:
    return []
return [$formula] + $self($values[$k:])
""",
        ),
        reference=lambda values, k, what, rest, **_: [
            max(block) - min(block)
            if "difference" in what
            else sum(block) // len(block)
            if "average" in what
            else max(block)
            for start in range(len(values))
            for block in [values[start : start + k]]
            if start % k == 0 and ("not counted" not in rest or len(block) == k)
        ],
        parameters=lambda rng: {
            **(
                lambda k, drop: {
                    "k": k,
                    "needed": k if drop else 1,
                    "rest": Raw(
                        "An incomplete block at the end is not counted."
                        if drop
                        else "A block at the end that is shorter is treated in the same way."
                    ),
                }
            )(rng.randint(2, 3), rng.random() < 0.5),
            **part(
                rng,
                {"what": "the largest", "formula": "max(block)"},
                {"what": "the average (rounded down)", "formula": "sum(block) // len(block)"},
                {"what": "the difference between largest and smallest", "formula": "max(block) - min(block)"},
            ),
        },
        inputs=lambda rng, **_: (draws.ints(rng, 5, 9, 0, 20),),
        edges=(([],), ([7],), ([1, 2],), ([5, 5, 5, 5],), ([-1, -2, -4, 8, 3],), ([1, 2, 3, 4, 5, 6],)),
        idea="range with a step of $k gives the first index of every block, and a slice takes the block out.",
        pitfall="Stepping by 1 gives overlapping windows and far too many numbers.",
    ),
    Family(
        name="truck_loads",
        concepts=("chunking", "greedy", "accumulation"),
        difficulty=3,
        names="truck_loads load_trucks pack_in_order fill_boxes group_by_weight",
        arguments=("weights|parcels|loads|pieces: list[int]; positive weights in the order of loading",),
        returns="list[list[int]]",
        phrasings=(
            "Load $weights in order into trucks: a truck takes the next piece as long as its total stays at most $limit and it has fewer than $most pieces; otherwise the next truck comes. A piece that is too heavy by itself gets a truck of its own. Return the weights per truck.",
            "Cut $weights into consecutive groups, each as long as possible from left to right, such that no group has a sum above $limit or more than $most elements. A single element above $limit forms a group by itself.",
            "Boxes hold at most $most things with a total weight of at most $limit. Things with the weights $weights are packed in the given order, and a new box is begun only when the next thing does not fit. Which weights are in each box, if a thing heavier than $limit is packed alone?",
            "Greedily partition $weights into blocks: extend the current block by the next element if the block then has at most $most elements and a sum of at most $limit, else start a new block with it (the first element of a block is always accepted). Return the list of blocks.",
        ),
        solutions=(
            """
trucks = []
for $item in $weights:
    if trucks and len(trucks[-1]) < $most and sum(trucks[-1]) + $item <= $limit:
        trucks[-1].append($item)
    else:
        trucks.append([$item])
return trucks
""",
            """
trucks = []
$current = []
$total = 0
for $item in $weights:
    if $current and (len($current) == $most or $total + $item > $limit):
        trucks.append($current)
        $current = []
        $total = 0
    $current.append($item)
    $total += $item
return trucks + [$current] if $current else trucks
""",
            """
if not $weights:
    return []
size = 1
while size < min($most, len($weights)) and sum($weights[: size + 1]) <= $limit:
    size += 1
return [$weights[:size]] + $self($weights[size:])
""",
        ),
        reference=lambda weights, limit, most: _loads(weights, limit, most),
        parameters=lambda rng: {"limit": rng.randint(10, 15), "most": rng.randint(2, 4)},
        inputs=lambda rng, limit, most: (
            [
                rng.choice((rng.randint(1, 4), rng.randint(3, 9), limit // 2))
                for _ in range(rng.randint(5, 8))
            ],
        ),
        edges=(
            ([],),
            ([99],),
            ([1, 1, 1, 1, 1],),
            ([10, 5, 5, 5],),
            ([20, 1, 20],),
            ([4, 6, 5, 5, 7, 8, 2, 3],),
        ),
        idea="Only the last group is still open, so each piece is compared with it and with nothing else.",
        pitfall="Without accepting the first piece of a group unconditionally, a piece that is too heavy would start new groups for ever.",
    ),
    Family(
        name="even_parts",
        concepts=("chunking", "arithmetic", "list_slicing"),
        difficulty=3,
        names="even_parts split_evenly fair_shares divide_work equal_groups",
        arguments=("items|tasks|pages|cards: list[int]; the elements to divide, in order",),
        returns="list[list[int]]",
        phrasings=(
            "Split $items into $k consecutive parts whose lengths differ by at most 1, the longer ones $where. Return all $k parts, empty ones included.",
            "Divide $items, without changing the order, into $k lists that are as equally long as possible. Where the lengths differ, the lists with one more element come $where.",
            "$k helpers share the work $items: each gets a stretch of the list, nobody has more than one task more than anybody else, and the helpers with more work come $where. What does each helper get, in order? With few tasks some get none.",
            "Let n be the length of $items, q = n // $k and r = n % $k. Return $k consecutive slices that together are $items: r of them with q + 1 elements and the other ones with q elements, the slices with q + 1 elements $where.",
        ),
        solutions=(
            """
size, extra = divmod(len($items), $k)
parts = []
start = 0
for part in range($k):
    end = start + size + ($bigger)
    parts.append($items[start:end])
    start = end
return parts
""",
            """
waiting = list($items)
parts = []
for helpers in range($k, 0, -1):
    size = $share
    parts.append(waiting[:size])
    waiting = waiting[size:]
return parts
""",
        ),
        reference=lambda items, k, where, **_: (
            lambda lengths: [items[sum(lengths[:i]) : sum(lengths[: i + 1])] for i in range(k)]
        )(sorted([len(range(i, len(items), k)) for i in range(k)], reverse=where == "first")),
        parameters=lambda rng: (
            lambda k: {
                "k": k,
                **part(
                    rng,
                    {"where": "first", "share": "-(-len(waiting) // helpers)", "bigger": "part < extra"},
                    {"where": "last", "share": "len(waiting) // helpers", "bigger": f"part >= {k} - extra"},
                ),
            }
        )(rng.randint(2, 4)),
        inputs=lambda rng, **_: (list(range(1, rng.randint(4, 11))),),
        edges=(([],), ([5],), ([1, 2],), ([1, 2, 3, 4, 5, 6],), ([7, 7, 7, 7, 7, 7, 7],)),
        idea="divmod gives the common length and the number of parts that need one element more.",
        pitfall="Rounding the length up and cutting pieces of that size can leave the last part far too short.",
    ),
)
