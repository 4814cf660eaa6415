"""Families on slicing: every k-th element, rows, hands of cards, parts between markers."""

from __future__ import annotations

import itertools
import random
from typing import Any

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw


def _side(rng: random.Random) -> dict[str, Any]:
    """Draw a direction; `sign` and `back` are the minus sign of one direction or the other."""
    side, op = rng.choice((("left", "+"), ("right", "-")))
    signs = {"sign": Raw("-" if op == "-" else ""), "back": Raw("" if op == "-" else "-")}
    return {"side": Raw(side), "op": Raw(op), "k": rng.randint(2, 4), **signs}


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
)
