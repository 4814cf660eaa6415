"""Families on linked structures: chains of names, nested pairs, positions and nodes."""

from __future__ import annotations

import itertools
import random
from typing import Any

from hornbook.curriculum.family import Family, Raw

PLACES = ("attic", "barn", "cave", "dock", "elm", "fort", "gate")
NODE = """
class Node:
    def __init__(self, value, following=None):
        self.value = value
        self.following = following


def chain(values):
    head = None
    for value in reversed(values):
        head = Node(value, head)
    return head
"""


def _trail(rng: random.Random) -> dict[str, str]:
    places = rng.sample(PLACES, rng.randint(3, 6))
    return dict(sorted(zip(places, places[1:], strict=False)))


def _pairs(values: list[int]) -> Any:
    chain: Any = None
    for value in reversed(values):
        chain = (value, chain)
    return chain


def _unpaired(chain: Any) -> list[int]:
    return [int(part) for part in repr(chain).replace("(", "").replace(")", "").split(", ")[:-1]]


def _jumps(rng: random.Random) -> list[int]:
    """Mostly one position further, so that walks are long; some end."""
    size = rng.randint(4, 7)
    jumps = [(at + 1) % size if rng.random() < 0.7 else rng.randrange(size) for at in range(size)]
    if rng.random() < 0.4:
        jumps[rng.randrange(size)] = -1
    return jumps


def _visited(jumps: list[int], steps: int) -> list[int]:
    """The positions after 0, 1, ... `steps` jumps, as long as there are any."""
    visited = [0] if jumps else []
    for _ in range(steps):
        if visited and jumps[visited[-1]] != -1:
            visited.append(jumps[visited[-1]])
    return visited


def _names(clues: dict[str, str], begin: str, steps: int) -> list[str]:
    """The places after 1, 2, ... steps, as long as there are clues."""
    if steps == 0 or begin not in clues:
        return []
    return [clues[begin], *_names(clues, clues[begin], steps - 1)]


def _long_trail(rng: random.Random, steps: int) -> dict[str, str]:
    """Clues in a row from the attic on, one too few, just enough or more than enough for the steps."""
    places = ["attic", *rng.sample([place for place in PLACES if place != "attic"], len(PLACES) - 1)]
    return dict(itertools.pairwise(places[: steps + rng.randint(0, 3)]))


FAMILIES: tuple[Family, ...] = (
    Family(
        name="end_of_trail",
        concepts=("linked_structures", "dictionaries", "for_loops"),
        difficulty=1,
        names="end_of_trail follow where_it_ends last_stop walk",
        arguments=(
            "clues|links|trail|hints: dict[str, str]; the next place for each place that has a clue",
            "begin|first|source|origin: str; where the walk begins",
        ),
        returns="str",
        phrasings=(
            "Begin at $begin and follow $clues, which maps a place to the next one, for at most $steps steps. Return the place where you are then; a place without an entry ends the walk early.",
            "In a treasure hunt the clue found at a place names the next place, as $clues says. Where does someone stand who begins at $begin and follows up to $steps clues? Whoever comes to a place without a clue stays there.",
            "Given the links $clues from place to place, return what is reached from $begin after $steps links, or after fewer if a place has no link.",
            "Starting with the current place $begin, do the following $steps times: if the current place is a key of the dictionary $clues, replace it by the value of this key, otherwise leave it as it is. Return the current place.",
        ),
        solutions=(
            """
$current = $begin
for $i in range($steps):
    if $current in $clues:
        $current = $clues[$current]
return $current
""",
            """
for $i in range($steps):
    $begin = $clues.get($begin, $begin)
return $begin
""",
            """
$current = $begin
$count = 0
while $count < $steps and $current in $clues:
    $current = $clues[$current]
    $count += 1
return $current
""",
        ),
        reference=lambda clues, begin, steps: [begin, *_names(clues, begin, steps)][-1] if clues else begin,
        parameters=lambda rng: {"steps": rng.randint(2, 4)},
        inputs=lambda rng, steps: (_long_trail(rng, steps), "attic"),
        edges=(
            ({"attic": "attic"}, "attic"),
            ({"attic": "barn", "barn": "attic"}, "barn"),
            ({"attic": "barn", "barn": "cave", "cave": "dock", "dock": "elm", "elm": "fort"}, "attic"),
        ),
        idea="One variable holds the present place; each step replaces it by what the link says.",
        pitfall="Reading `$clues[...]` for a place without a clue raises KeyError, so ask first or use `get`.",
    ),
    Family(
        name="insert_into_chain",
        concepts=("linked_structures", "recursion", "tuples"),
        difficulty=3,
        names="insert_into_chain insert_sorted put_in_place add_to_chain insert",
        arguments=(
            "chain|cell|linked|pairs: tuple | None; a pair (number, rest of the chain), or None for the empty chain",
            "number|new|extra|added: int; the number to put in",
        ),
        returns="tuple",
        phrasings=(
            "A chain of numbers is None if it is empty and otherwise a pair of its first number and the chain of the others; the numbers of $chain $rise from first to last. Return the chain with $number added so that this is still so. Equal numbers may stand side by side.",
            "Given a sorted chain $chain, which is either None or a pair (first number, chain of the rest) whose numbers $rise, insert $number at its place and return the new chain in the same form.",
            "Tickets hang on a string: a string is None when nothing hangs on it, or the pair (number of the first ticket, rest of the string). On $chain the numbers $rise. Hang up ticket $number, too, without disturbing this order, and return the new string.",
            "The nested pairs $chain, as in (2, (5, None)), hold integers that $rise. Return nested pairs of this form with the same integers and one more $number, in this order again; None stands for no integers.",
        ),
        solutions=(
            """
if $chain is None or $number $op $chain[0]:
    return ($number, $chain)
return ($chain[0], $self($chain[1], $number))
""",
            """
$stack = []
$current = $chain
while $current is not None and not $number $op $current[0]:
    $stack.append($current[0])
    $current = $current[1]
$result = ($number, $current)
while $stack:
    $result = ($stack.pop(), $result)
return $result
""",
            """
if $chain is None:
    return ($number, None)
head, rest = $chain
if $number $op head:
    head, $number = $number, head
return (head, $self(rest, $number))
""",
        ),
        reference=lambda chain, number, op, rise: _pairs(
            sorted([*(_unpaired(chain) if chain else []), number], reverse=op == ">=")
        ),
        parameters=lambda rng: rng.choice(
            (
                {"op": Raw("<="), "rise": Raw("never get smaller")},
                {"op": Raw(">="), "rise": Raw("never get larger")},
            )
        ),
        inputs=lambda rng, op, rise: (
            _pairs(sorted((rng.randint(0, 30) for _ in range(rng.randint(2, 4))), reverse=op == ">=")),
            rng.randint(0, 30),
        ),
        edges=((None, 4), ((4, None), 4), ((4, None), 3), ((4, None), 9), ((-1, (-1, None)), -1)),
        idea="Either the number belongs in front of the first cell, or the first cell stays and the rest is the same task with a shorter chain.",
        pitfall="The empty chain must be tested first: None has no first number to compare with.",
    ),
    Family(
        name="length_of_loop",
        concepts=("linked_structures", "dictionaries", "while_loops"),
        difficulty=3,
        names="length_of_loop loop_size cycle_length count_circle measure",
        arguments=("jumps|nexts|links|arrows: list[int]; for each position the next one, or -1 for none",),
        returns="int",
        phrasings=(
            "Each element of $jumps is the position to go to next, or -1 for stop. Walking from position 0, you may get into a circle: return the number of positions on this circle, or 0 if the walk stops or $jumps is empty.",
            "On a board game the field at position i sends you to field `$jumps[i]`, and -1 ends the game. How many different fields does a player who starts on field 0 go round for ever? Answer 0 if the game ends or if there is no field at all.",
            "Given a list of successors $jumps (-1 means none), find the length of the cycle into which the chain that begins at index 0 runs; it is 0 for a chain that has an end and for an empty list.",
            "Follow the positions 0, `$jumps[0]` and so on. If a position comes up a second time, return how many steps lie between its two visits; if -1 comes up first or $jumps has no elements, return 0.",
        ),
        solutions=(
            """
$seen = {}
$current = 0
while $jumps and $current != -1:
    if $current in $seen:
        return len($seen) - $seen[$current]
    $seen[$current] = len($seen)
    $current = $jumps[$current]
return 0
""",
            """
$seen = []
$current = 0 if $jumps else -1
while $current != -1 and $current not in $seen:
    $seen.append($current)
    $current = $jumps[$current]
if $current == -1:
    return 0
return len($seen) - $seen.index($current)
""",
            """
if not $jumps:
    return 0
slow = fast = 0
while True:
    for $i in range(2):
        fast = $jumps[fast]
        if fast == -1:
            return 0
    slow = $jumps[slow]
    if slow == fast:
        break
$count = 1
fast = $jumps[slow]
while fast != slow:
    fast = $jumps[fast]
    $count += 1
return $count
""",
        ),
        reference=lambda jumps: len(set(_visited(jumps, 60)[-20:])) if len(_visited(jumps, 60)) > 60 else 0,
        inputs=lambda rng: (_jumps(rng),),
        edges=(([],), ([-1],), ([1, 2, 1],), ([2, -1, 1],), ([1, 2, 3, 4, 2],), ([1, 0, -1],)),
        idea="Number the positions in the order of the visits; when one is met again, the difference of the two numbers is the length of the circle.",
        pitfall="The way into the circle does not belong to it: counting all visited positions gives too many.",
    ),
    Family(
        name="place_from_the_end",
        concepts=("linked_structures", "two_pointers", "while_loops"),
        difficulty=2,
        names="from_the_end nth_from_end look_back pick find_value",
        arguments=("values|numbers|items|entries: list[int]; the values of the chain, in order",),
        returns="int | None",
        phrasings=(
            "Turn $values into a linked chain with `chain` and return the value of the node that is number $k from the end (the last node is number 1), or None if the chain has fewer than $k nodes. Follow the links, do not index the list.",
            "`chain($values)` gives the first node of a linked list. What is the value of node number $k, counted from the back, where the last node is number 1? Answer None if there is no such node.",
            "A train is a chain of waggons that can be walked only from front to back, as built by `chain($values)`. Find the value carried by the waggon that has exactly $behind waggons behind it; without such a waggon return None.",
            "Using the nodes made by `chain` from the list $values, return the value that is followed by exactly $behind more nodes up to the end of the chain. If there are no more than $behind nodes in all, return None.",
        ),
        setup=NODE,
        solutions=(
            """
lead = chain($values)
for $i in range($k):
    if lead is None:
        return None
    lead = lead.following
$current = chain($values)
while lead is not None:
    lead = lead.following
    $current = $current.following
return $current.value
""",
            """
$stack = []
node = chain($values)
while node:
    $stack.append(node.value)
    node = node.following
return $stack[-$k] if len($stack) >= $k else None
""",
            """
node = chain($values)
waiting = []
while node is not None:
    waiting = [*waiting, node.value][-$k:]
    node = node.following
if len(waiting) < $k:
    return None
return waiting[0]
""",
        ),
        reference=lambda values, k, behind: dict(enumerate(reversed(values))).get(behind),
        parameters=lambda rng: rng.choice(({"k": 3, "behind": 2}, {"k": 4, "behind": 3})),
        inputs=lambda rng, k, behind: ([rng.randint(-9, 99) for _ in range(rng.randint(3, 7))],),
        edges=(([],), ([5],), ([5, 6],), ([7, 8, 9],), ([1, 2, 3, 4],)),
        idea="Send one pointer $k nodes ahead; when it falls off the end, a second pointer that started at the front stands on the wanted node.",
        pitfall="If the leading pointer falls off while it is still being sent ahead, the chain is too short.",
    ),
)
