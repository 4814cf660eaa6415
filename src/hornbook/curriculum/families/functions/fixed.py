"""Families on values that never change: what looks like a change makes a new value."""

from __future__ import annotations

import random

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw


def _parts(rng: random.Random) -> tuple[tuple[int, ...], list[tuple[int, int]]]:
    values = tuple(draws.ints(rng, 2, 5, 0, 20))
    size = len(values)
    return values, [
        (rng.choice((-1, size, rng.randrange(size), rng.randrange(size))), rng.randint(21, 60))
        for _ in range(rng.randint(1, 3))
    ]


def _replaced(values: tuple[int, ...], changes: list[tuple[int, int]]) -> tuple[tuple[int, ...], int]:
    good = [change for change in changes if 0 <= change[0] < len(values)]
    return tuple([dict(good).get(i, old) for i, old in enumerate(values)]), len(changes) - len(good)


def _marked(text: str, places: list[int], mark: str) -> str:
    return "".join(mark if i in places or i - len(text) in places else c for i, c in enumerate(text))


def _toppings(rng: random.Random) -> tuple[list[list[str]]]:
    pool = ("egg", "ham", "corn", "tofu")
    return ([rng.choices(pool[: rng.randint(2, 4)], k=rng.randint(0, 3)) for _ in range(rng.randint(3, 5))],)


def _kinds(orders: list[list[str]], plain: str) -> dict[str, int]:
    texts = ["+".join(sorted(set(order))) or plain for order in orders]
    return {text: texts.count(text) for text in dict.fromkeys(texts)}


def _rounds(order: list[int], most: int) -> int:
    def apply(state: list[int]) -> list[int]:
        return [state[i] for i in order]

    state = apply(list(range(len(order))))
    rounds = 1
    while state != sorted(state) and rounds < most:
        state = apply(state)
        rounds += 1
    return rounds if state == sorted(state) else 0


FAMILIES: tuple[Family, ...] = (
    Family(
        name="tuple_with_new_parts",
        concepts=("immutability", "tuples", "list_slicing"),
        difficulty=2,
        names="replace_parts with_new_parts changed_tuple update_tuple exchange_parts new_tuple",
        arguments=(
            "values|record|numbers|parts: tuple[int, ...]; the old values",
            "changes|updates|edits: list[tuple[int, int]]; a position and a new value each",
        ),
        returns="tuple[tuple[int, ...], int]",
        phrasings=(
            "Return a tuple like $values in which each of $changes, pairs of a position from 0 and a new value, is made, and how many of them were impossible. Positions below 0 or beyond the end are impossible; a later change of the same position wins.",
            "Given a tuple $values and a list of pairs $changes, build a new tuple: for (i, v) the value at position i is replaced by v. Pairs whose position is negative or too large are skipped. Return the pair of the new tuple and the number of skipped pairs.",
            "The results of a $contest are kept in a tuple, so that nobody changes them by accident. Corrections come as (position, value), counted from 0, and some have positions that do not exist. Make the corrected tuple from $values and $changes, and count the useless corrections.",
            "Let t = $values and s = 0. For each (i, v) of $changes in order: if 0 <= i < len(t), let t be t[:i] + (v,) + t[i + 1:]; otherwise add 1 to s. Return (t, s).",
        ),
        solutions=(
            """
skipped = 0
for place, value in $changes:
    if 0 <= place < len($values):
        $values = $values[:place] + (value,) + $values[place + 1 :]
    else:
        skipped += 1
return $values, skipped
""",
            """
parts = list($values)
done = 0
for place, value in $changes:
    if place in range(len(parts)):
        parts[place] = value
        done += 1
return tuple(parts), len($changes) - done
""",
        ),
        reference=lambda values, changes, contest: _replaced(values, changes),
        inputs=lambda rng, contest: _parts(rng),
        edges=(
            ((), []),
            ((), [(0, 1)]),
            ((5,), [(0, 6), (0, 7)]),
            ((1, 2, 3), [(3, 9), (2, 9), (-1, 9)]),
            ((0, 0), [(0, 0)]),
        ),
        idea="A tuple is never changed; the new one is put together from the part before, the new value and the part behind.",
        pitfall="`values[i] = v` raises TypeError, and `(v)` without its comma is no tuple.",
        parameters=lambda rng: {"contest": Raw(rng.choice(("race", "quiz", "school contest", "regatta")))},
    ),
    Family(
        name="hide_places_of_text",
        concepts=("immutability", "strings", "string_building"),
        difficulty=2,
        names="hide_places mask_places cover replace_at blank_out hide_letters",
        arguments=(
            "text|secret|word|line: str; the text",
            "places|positions|indexes: list[int]; positions, negative ones counted from the end",
        ),
        returns="str",
        phrasings=(
            "Return $text with '$mark' at all $places. A negative place counts from the end, as in Python; places that do not exist are ignored.",
            "Given a string $text and a list of positions $places, build the string in which the characters at these positions are replaced by '$mark'. Position 0 is the first character and -1 the last; what lies outside does nothing.",
            "A quiz shows the word $text with some of its letters covered by '$mark'. $places tells which: 0 for the first, 1 for the second, -1 for the last, and so on; numbers that fit no letter are passed over. What is shown?",
            "Let n be the length of $text. Return the string whose character at i is '$mark' if i or i - n is in $places, and that of $text otherwise, for 0 <= i < n.",
        ),
        solutions=(
            """
for place in $places:
    if -len($text) <= place < len($text):
        place %= len($text)
        $text = $text[:place] + "$mark" + $text[place + 1 :]
return $text
""",
            """
letters = list($text)
for place in $places:
    try:
        letters[place] = "$mark"
    except IndexError:
        continue
return "".join(letters)
""",
        ),
        reference=lambda text, places, mark: _marked(text, places, str(mark)),
        inputs=lambda rng, mark: (draws.word(rng), [rng.randint(-8, 7) for _ in range(rng.randint(1, 4))]),
        edges=(
            ("", [0]),
            ("tea", []),
            ("tea", [-1, 2]),
            ("tea", [3, -4, 99]),
            ("tea", [-3]),
            ("été", [0, 1, 2]),
        ),
        idea="A text cannot be changed in place: either it is put together anew each time, or its characters go into a list for a while.",
        pitfall="`text[-1 + 1 :]` is the whole text, so a negative place has to be turned into a positive one before slicing.",
        parameters=lambda rng: {"mark": Raw(rng.choice("*_?#"))},
    ),
    Family(
        name="orders_with_same_toppings",
        concepts=("immutability", "counting", "sets"),
        difficulty=3,
        names="count_combinations same_toppings combination_counts kinds_of_orders count_kinds order_kinds",
        arguments=("orders|baskets|dishes|plates: list[list[str]]; the toppings of each",),
        returns="dict[str, int]",
        phrasings=(
            "Return how often each combination of toppings occurs in $orders, as a dictionary. Order and repeats within a combination do not matter; its key is the toppings from A to Z joined by '+', or '$plain' without any, and the keys stand in the order of their first occurrence.",
            "Given a list of lists of strings $orders, treat two inner lists as the same if they have the same different elements, and count each kind. Return a dictionary whose keys are the different elements in ascending order with '+' in between ('$plain' for the empty list), in the order in which the kinds turn up.",
            "In a sandwich bar 'egg and ham' is the same as 'ham and egg', and asking for ham twice still means ham. How many of each kind were sold if these were the $orders? Write a kind as 'egg+ham', or '$plain' for one without toppings, and list the kinds as they came up first.",
            "Let k(o) be the sorted elements of set(o) joined by '+', or '$plain' if o is empty. Return {k: number of o in $orders with k(o) = k}, in order of first appearance.",
        ),
        solutions=(
            """
counts = {}
for order in $orders:
    kind = frozenset(order)
    counts[kind] = counts.get(kind, 0) + 1
return {"+".join(sorted(kind)) or "$plain": number for kind, number in counts.items()}
""",
            """
from collections import Counter

names = []
for order in $orders:
    kind = sorted(set(order))
    names.append("+".join(kind) if kind else "$plain")
return dict(Counter(names))
""",
        ),
        reference=lambda orders, plain: _kinds(orders, str(plain)),
        inputs=lambda rng, plain: _toppings(rng),
        edges=(
            ([],),
            ([[]],),
            ([["ham", "egg"], ["egg", "ham"], ["ham"]],),
            ([["é", "a"], ["a", "é", "a"]],),
            ([["b"], ["b", "b"], []],),
        ),
        idea="A frozenset never changes, so it can be the key of a dictionary, and it forgets order and repeats.",
        pitfall="A list or a set as key raises TypeError: what can change cannot be hashed.",
        parameters=lambda rng: {"plain": Raw(rng.choice(("plain", "nothing", "only bread")))},
    ),
    Family(
        name="rounds_until_back_in_order",
        concepts=("immutability", "simulation", "sets"),
        difficulty=5,
        names="rounds_to_repeat rounds_until_same shuffles_needed period_of order_returns count_rounds",
        arguments=("order|places|shuffle|rule: list[int]; the old position for each new position",),
        returns="int",
        phrasings=(
            "Return after how many rounds everything is back in its first place, if in each round what was at position order[i] comes to position i, for all i at once, with $order for order. It holds every position from 0 on exactly once; without positions the answer is 1, and it is 0 if more than $most rounds would be needed.",
            "Given $order, a rearrangement of 0, 1, ..., n - 1, apply it again and again to a row of n different things: the thing at position $order[i] moves to position i. Return the smallest number of rounds, at least 1, after which the row is as it was, or 0 if that takes more than $most rounds.",
            "A conjurer shuffles cards in always the same way, and after some shuffles they are in their old order. How many does he need, if $order tells for each place of the pile where its next card comes from? He gives up after $most shuffles, and then the answer is 0; one shuffle is always made, even with no cards.",
            "Let p be the permutation i -> $order[i] of {0, ..., n - 1}. Return the least m with 1 <= m <= $most for which the m-fold composition of p is the identity, or 0 if there is none.",
        ),
        solutions=(
            """
start = tuple(range(len($order)))
state = start
for rounds in range(1, $most + 1):
    state = tuple(state[place] for place in $order)
    if state == start:
        return rounds
return 0
""",
            """
from math import lcm

lengths = []
for start in range(len($order)):
    place, length = $order[start], 1
    while place != start:
        place = $order[place]
        length += 1
    lengths.append(length)
rounds = lcm(*lengths)
return rounds if rounds <= $most else 0
""",
        ),
        reference=_rounds,
        inputs=lambda rng, most: (rng.sample(range(n := rng.randint(3, 7)), n),),
        edges=(([],), ([0],), ([1, 0],), ([1, 2, 3, 4, 0],), ([1, 0, 3, 4, 2],), ([1, 2, 0, 4, 5, 6, 3],)),
        idea="A tuple is a snapshot that no later round can change, so the state can be compared with the first one.",
        pitfall="Rearranging the list in place uses places that were overwritten a moment ago; build the new state from the old one.",
        parameters=lambda rng: {"most": rng.choice((5, 6, 10, 12))},
    ),
)
