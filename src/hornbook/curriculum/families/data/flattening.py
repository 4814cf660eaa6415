"""Families on flattening: nesting removed, level by level or all at once."""

from __future__ import annotations

import random
from typing import Any

from hornbook.curriculum.families.wording import part
from hornbook.curriculum.family import Family, Raw


def _boxes(rng: random.Random, depth: int) -> list[Any]:
    return [
        _boxes(rng, depth - 1) if depth and rng.random() < 0.6 else rng.randint(0, 9)
        for _ in range(rng.randint(1, 3))
    ]


def _unpacked(boxes: list[Any], levels: int) -> list[Any]:
    for _ in range(levels):
        boxes = [inner for box in boxes for inner in (box if isinstance(box, list) else [box])]
    return boxes


def _outline(rng: random.Random, depth: int = 2) -> list[Any]:
    return [
        (
            rng.choice(("Sea", "Sun", "Oak", "Bee", "Tea")),
            _outline(rng, depth - 1) if depth and rng.random() < 0.5 else [],
        )
        for _ in range(rng.randint(1, 2))
    ]


def _numbered(outline: list[Any], sep: str, start: int, front: str = "") -> list[str]:
    lines: list[str] = []
    for number, (title, inner) in enumerate(outline, start):
        lines += [f"{front}{number} {title}", *_numbered(inner, sep, start, f"{front}{number}{sep}")]
    return lines


def _mixed(rng: random.Random, depth: int = 2) -> Any:
    if depth == 0 or rng.random() < 0.2:
        return rng.choice(("tea", "ant", "x", "", 5, 0, None))
    if rng.random() < 0.5:
        return [_mixed(rng, depth - 1) for _ in range(rng.randint(1, 3))]
    return {key: _mixed(rng, depth - 1) for key in rng.sample("abc", rng.randint(1, 2))}


def _texts(value: Any) -> list[str]:
    """List the texts inside `value`, from the last one to the first, with a stack."""
    found = []
    pending = [value]
    while pending:
        current = pending.pop()
        if isinstance(current, str):
            found.append(current)
        elif isinstance(current, dict):
            pending.extend(current.values())
        elif isinstance(current, list):
            pending.extend(current)
    return found


FAMILIES: tuple[Family, ...] = (
    Family(
        name="unpack_some_levels",
        concepts=("flattening", "recursion", "list_building"),
        difficulty=3,
        names="unpack_levels flatten_partly open_boxes remove_brackets unwrap",
        arguments=("boxes|nested|parcels|items: list; numbers and lists of this kind",),
        returns="list",
        phrasings=(
            "Flatten $boxes by $k levels: the elements of lists inside take the place of these lists, $k times over. Numbers stay, and what is nested more deeply remains nested.",
            "Return $boxes with $k levels of inner brackets removed and everything else unchanged. A list that is nested less deeply is flattened as far as possible; empty inner lists that are opened vanish.",
            "Open the boxes in $boxes and put their contents in their place, then do it again, $k times in all. What lies there in the end, in order? Boxes inside more than $k boxes stay closed.",
            "Let u(x) be the list in which every element of x that is a list is replaced by its elements. Return u applied $k times to $boxes.",
        ),
        solutions=(
            """
$result = list($boxes)
for _ in range($k):
    opened = []
    for $item in $result:
        if isinstance($item, list):
            opened.extend($item)
        else:
            opened.append($item)
    $result = opened
return $result
""",
            """
def unpack($item, levels):
    if not isinstance($item, list) or levels < 0:
        return [$item]
    return [$other for inner in $item for $other in unpack(inner, levels - 1)]
return unpack($boxes, $k)
""",
        ),
        reference=lambda boxes, k: _unpacked(boxes, k),
        parameters=lambda rng: {"k": rng.randint(2, 3)},
        inputs=lambda rng, k: (_boxes(rng, 4),),
        edges=(([],), ([1],), ([[]],), ([[[1]]],), ([[[[2, 3]]], 4],), ([1, [2, [3, [4, []]]]],)),
        idea="One round opens every list by one level; $k rounds, or a recursion that counts down, open $k levels.",
        pitfall="Changing a list while looping over it skips elements, so each round builds a new list.",
    ),
    Family(
        name="numbered_outline",
        concepts=("flattening", "recursion", "string_formatting"),
        difficulty=4,
        names="numbered_outline chapter_numbers table_of_contents print_outline number_headings",
        arguments=("chapters|outline|contents|sections: list; pairs (title, list of pairs of this kind)",),
        returns="list[str]",
        phrasings=(
            "Turn the nested outline $chapters into lines: each title with its number in front, such as '$example'. The numbers of the levels are joined by '$sep', each level counts from $start, and a title comes before the titles inside it.",
            "Return a flat list of texts for $chapters, a list of (title, inner list) pairs. A text is the number of the entry and its title with a blank between; the number of an inner entry is that of its outer entry, '$sep' and its own position, positions beginning with $start. The order is that of reading.",
            "A book has chapters in chapters, $chapters. Which lines does its table of contents have, if a line is the chapter number, a blank and the title, parts of a number are separated by '$sep' as in '$example', and counting starts at $start on every level?",
            "Define the lines of an outline with prefix p as, for each of its pairs (t, inner) at position i counted from $start, the text p + str(i) + ' ' + t followed by the lines of inner with the prefix p + str(i) + '$sep'. Return the lines of $chapters with the empty prefix.",
        ),
        solutions=(
            """
def lines(entries, prefix):
    $result = []
    for $i, (title, inner) in enumerate(entries, $start):
        $result.append(f"{prefix}{$i} {title}")
        $result.extend(lines(inner, f"{prefix}{$i}$sep"))
    return $result
return lines($chapters, "")
""",
            """
$result = []
$stack = [((), $chapters, 0)]
while $stack:
    numbers, entries, $i = $stack.pop()
    if $i < len(entries):
        title, inner = entries[$i]
        full = (*numbers, str($i + $start))
        $result.append("$sep".join(full) + " " + title)
        $stack.append((numbers, entries, $i + 1))
        $stack.append((full, inner, 0))
return $result
""",
        ),
        reference=lambda chapters, sep, start, **_: _numbered(chapters, str(sep), start),
        parameters=lambda rng: (
            lambda sep, start: {
                "sep": Raw(sep),
                "start": start,
                "example": Raw(f"{start + 1}{sep}{start} Oak"),
            }
        )(rng.choice(".-:"), rng.choice((0, 1))),
        inputs=lambda rng, **_: (_outline(rng),),
        edges=(
            ([],),
            ([("Sea", [])],),
            ([("Sea", [("Sun", [])])],),
            ([("a", [("b", [("c", [])]), ("d", [])]), ("e", [])],),
        ),
        idea="The function for inner entries is the same as for the whole; only the prefix of the numbers is longer.",
        pitfall="A counter shared by all levels would not begin anew inside each chapter.",
    ),
    Family(
        name="texts_at_any_depth",
        concepts=("flattening", "recursion", "nested_data"),
        difficulty=4,
        names="texts_at_any_depth all_texts collect_strings find_texts extract",
        arguments=(
            "data|document|value|tree: object; a text, a number, None, or a list or dictionary of such values",
        ),
        returns="list[str]",
        phrasings=(
            "Return all texts with at least $k characters inside $data, however deeply they are nested in lists and dictionaries, in reading order and $dup. The keys of dictionaries do not count.",
            "Collect the strings found anywhere in $data, which may consist of lists and dictionaries inside each other: from first to last, only values, never keys, only those of $k or more characters, and $dup.",
            "A document has been loaded as lists and dictionaries in each other. Which texts of at least $k characters does $data contain, in the order in which one meets them when reading it, $dup? Names of fields (keys) are not texts of the document.",
            "Walk $data depth first: a text yields itself if its length is at least $k, a list what its elements yield, a dictionary what its values yield, anything else nothing. Return the yielded texts as a list, $dup.",
        ),
        solutions=(
            """
def walk(current):
    if isinstance(current, str):
        return [current] if len(current) >= $k else []
    if isinstance(current, dict):
        current = list(current.values())
    if not isinstance(current, list):
        return []
    return [text for inner in current for text in walk(inner)]
return ${open}walk($data)$close
""",
            """
found = []
$stack = [$data]
while $stack:
    current = $stack.pop()
    if isinstance(current, str):
        if len(current) >= $k$unless:
            found.append(current)
    elif isinstance(current, dict):
        $stack.extend(reversed(current.values()))
    elif isinstance(current, list):
        $stack.extend(reversed(current))
return found
""",
        ),
        reference=lambda data, k, dup, **_: [
            text
            for i, text in enumerate(_texts(data)[::-1])
            if text[k - 1 :] and (dup.startswith("with") or text not in _texts(data)[::-1][:i])
        ],
        parameters=lambda rng: {
            "k": rng.randint(2, 3),
            **part(
                rng,
                {"dup": "with repeats", "open": "", "close": "", "unless": ""},
                {
                    "dup": "each text once",
                    "open": "list(dict.fromkeys(",
                    "close": "))",
                    "unless": " and current not in found",
                },
            ),
        },
        inputs=lambda rng, **_: ([_mixed(rng), _mixed(rng), rng.choice(("tea", "ant"))],),
        edges=(
            ("",),
            ("ab",),
            (5,),
            (None,),
            ([],),
            ({"ab": "ab", "c": ["ab", {"d": "x"}]},),
            ([["a", "bb"], {"cc": [["bb"], "a"]}],),
        ),
        idea="Each kind of value has its own rule, and the rule for containers is to ask the same question of what is inside.",
        pitfall="A text is a sequence too: looping over it gives characters that are texts again, without end.",
    ),
    Family(
        name="orders_in_one_list",
        concepts=("flattening", "dictionaries", "list_comprehensions"),
        difficulty=2,
        names="orders_in_one_list order_lines flatten_orders delivery_list unroll",
        arguments=(
            "orders|deliveries|carts|requests: dict[str, dict[str, int]]; for each customer the products with their numbers",
        ),
        returns="list[tuple[str, str]]",
        phrasings=(
            "List all single pieces in $orders as (customer, product) tuples, a product as many times in a row as it is ordered, $cap. Customers and products keep their order; numbers of 0 or less give nothing.",
            "Flatten $orders into one list with a tuple of customer and product for every piece ordered, $cap. Go through the customers and their products in the given order and ignore numbers that are not positive.",
            "A packer needs one line for each piece. $orders says how many of which product each customer wants, $cap. Which lines (customer, product) does the packer get, in the order of the dictionaries? Numbers below 1 mean that nothing is packed.",
            "Return the list that contains, for each customer c and product p of $orders in order, the tuple (c, p) min(n, $most) times, where n is the number ordered, and not at all if n is 0 or less.",
        ),
        solutions=(
            """
$result = []
for customer, cart in $orders.items():
    for product, number in cart.items():
        $result += [(customer, product)] * min(number, $most)
return $result
""",
            """
return [
    (customer, product)
    for customer, cart in $orders.items()
    for product, number in cart.items()
    for $i in range(number)
    if $i < $most
]
""",
            """
from itertools import chain, repeat
pieces = []
for customer in $orders:
    for product in $orders[customer]:
        times = max(0, min($most, $orders[customer][product]))
        pieces.append(repeat((customer, product), times))
return list(chain.from_iterable(pieces))
""",
        ),
        reference=lambda orders, most, cap: [
            (c, p)
            for c, cart in orders.items()
            for p, n in cart.items()
            for i in range(1, most + 1)
            if i <= n
        ],
        parameters=lambda rng: (
            lambda most: {"most": most, "cap": Raw(f"but never more than {most} of one product per customer")}
        )(rng.randint(2, 3)),
        inputs=lambda rng, **_: (
            {
                name: {
                    good: rng.randint(0, 4) for good in rng.sample(("pen", "cup", "hat"), rng.randint(1, 2))
                }
                for name in rng.sample(("Ada", "Ben", "Cleo"), 2)
            },
        ),
        edges=(
            ({},),
            ({"Ada": {}},),
            ({"Ada": {"pen": 0}},),
            ({"Ben": {"cup": 9, "hat": -1}},),
            ({"b": {"y": 2, "x": 1}, "a": {"x": 3}},),
        ),
        idea="Three levels become three loops, one inside the other, and the innermost adds to one flat list.",
        pitfall="Appending the inner lists gives a list of lists; extend, or one more loop, is needed.",
    ),
)
