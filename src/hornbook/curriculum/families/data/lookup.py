"""Families on lookup tables: data instead of branches."""

from __future__ import annotations

import random
from typing import Any

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw

TARIFFS = (
    ("ticket", {"adult": 12, "child": 5, "student": 8}),
    ("ticket", {"balcony": 30, "stalls": 22, "box": 45}),
    ("parcel", {"small": 4, "medium": 6, "large": 9}),
    ("drink", {"tea": 3, "coffee": 4, "juice": 5, "water": 2}),
)
GAMES = (("rock", "paper", "scissors"), ("fire", "water", "plant"), ("sun", "cloud", "wind"))
VALUES = (
    {"aeiou": 1, "lnrst": 2, "bdgmp": 3},
    {"eating": 1, "brush": 2, "lock": 4},
    {"aeiostr": 1, "bdlmn": 2, "jqxz": 8},
)


def _tariff(rng: random.Random) -> dict[str, Any]:
    noun, prices = rng.choice(TARIFFS)
    return {"noun": Raw(noun), "prices": prices, "other": rng.choice((1, 7, 10, 15))}


def _game(rng: random.Random) -> dict[str, Any]:
    first, second, third = rng.sample(rng.choice(GAMES), 3)
    return {
        "beats": {first: second, second: third, third: first},
        "rule": Raw(f"{first} beats {second}, {second} beats {third} and {third} beats {first}"),
        "win": rng.choice((3, 4, 5)),
        "draw": rng.choice((1, 2)),
    }


def _walked(signs: list[str], steps: dict[str, tuple[int, int]], size: int) -> tuple[int, int]:
    if not signs:
        return (0, 0)
    before = _walked(signs[:-1], steps, size)
    step = steps.get(signs[-1], (0, 0))
    after = (before[0] + step[0], before[1] + step[1])
    return after if all(-size <= part <= size for part in after) else before


FAMILIES: tuple[Family, ...] = (
    Family(
        name="total_by_tariff",
        concepts=("lookup_tables", "dictionaries", "accumulation"),
        difficulty=1,
        names="total_by_tariff bill_for price_of_all total_price calculate_bill",
        arguments=("kinds|categories|order|wanted: list[str]; the kind of each $noun",),
        returns="int",
        phrasings=(
            "Return the total price of the ${noun}s in $kinds. The prices are $prices, and a $noun of any other kind costs $other; for more than $k ${noun}s the total is lowered by $off.",
            "Add up the prices of all entries of $kinds by the table $prices, taking $other for a kind that is not in it. If $kinds has more than $k entries, subtract $off from the sum.",
            "A clerk sells ${noun}s by the price list $prices; what is not on the list costs $other. How much must a customer pay for $kinds, if orders of more than $k pieces are $off cheaper?",
            "Let s be the sum, over the entries of $kinds, of their value in $prices or $other where the key is missing. Return s - $off if $kinds has more than $k elements and s otherwise (0 for an empty list).",
        ),
        solutions=(
            """
prices = $prices
$total = sum(prices.get($item, $other) for $item in $kinds)
if len($kinds) > $k:
    $total -= $off
return $total
""",
            """
prices = $prices
$total = -$off if len($kinds) > $k else 0
for $item in $kinds:
    if $item in prices:
        $total += prices[$item]
    else:
        $total += $other
return $total
""",
        ),
        reference=lambda kinds, noun, prices, other, k, off: (
            sum(kinds.count(kind) * price for kind, price in prices.items())
            + other * len([kind for kind in kinds if kind not in prices])
            - off * (len(kinds) > k)
        ),
        parameters=lambda rng: {**_tariff(rng), "k": rng.randint(3, 4), "off": rng.randint(2, 4)},
        inputs=lambda rng, prices, k, **_: (
            rng.choices([*prices, *prices, "other", "unknown"], k=rng.randint(k - 1, k + 2)),
        ),
        edges=(
            ([],),
            (["tea"],),
            (["adult", "large", "box"],),
            (["x", "y", "z", "x", "y"],),
            (["Tea", "", "child", "stalls"],),
        ),
        idea="The dictionary answers what one piece costs, and get gives the price of everything that it does not list.",
        pitfall="Reading prices[kind] for an unknown kind raises KeyError.",
    ),
    Family(
        name="series_of_duels",
        concepts=("lookup_tables", "enumerate_zip", "conditionals"),
        difficulty=2,
        names="series_of_duels play_series duel_points score_rounds match_result",
        arguments=(
            "first|mine|left_player|ours: list[str]; what the first player shows in each round",
            "second|theirs|right_player|rival: list[str]; what the second player shows, as many entries",
        ),
        returns="tuple[int, int]",
        phrasings=(
            "In each round $rule. A win is worth $win points, and a round in which both show the same gives $draw to each. Return the points of $first and $second as a tuple.",
            "Score a series of rounds: the two players show $first and $second, and $rule. The winner of a round gets $win points, in a draw both get $draw. Return both totals.",
            "Two children play a game in which $rule. They note what they showed round by round, $first and $second. How many points does each have, with $win for a win, nothing for a loss and $draw for equal signs?",
            "Given two lists of equal length, compare them position by position: $rule. Return (p, q), where p is $win times the number of positions won by $first plus $draw for each equal one, and q the same for $second.",
        ),
        solutions=(
            """
beats = $beats
score = [0, 0]
for $item, $other in zip($first, $second):
    if $item == $other:
        score[0] += $draw
        score[1] += $draw
    elif beats[$item] == $other:
        score[0] += $win
    else:
        score[1] += $win
return tuple(score)
""",
            """
beats = $beats

def points(own, rival):
    $total = 0
    for $item, $other in zip(own, rival):
        if $other == beats[$item]:
            $total += $win
        elif $item == $other:
            $total += $draw
    return $total

return points($first, $second), points($second, $first)
""",
        ),
        reference=lambda first, second, beats, rule, win, draw: tuple(
            sum(win * ((a, b) in beats.items()) + draw * (a == b) for a, b in zip(x, y, strict=True))
            for x, y in ((first, second), (second, first))
        ),
        parameters=_game,
        inputs=lambda rng, beats, **_: (
            lambda n: (rng.choices(list(beats), k=n), rng.choices(list(beats), k=n))
        )(rng.randint(3, 5)),
        edges=(([], []),),
        idea="The table says what each sign beats, so one comparison replaces the three winning cases.",
        pitfall="Writing out all nine pairs as branches is long, and one wrong pair is hard to see.",
    ),
    Family(
        name="word_values",
        concepts=("lookup_tables", "dictionary_comprehensions", "strings"),
        difficulty=2,
        names="word_value letter_score value_of_word score_word points_for",
        arguments=("word|tiles|entry|name: str; any letters",),
        returns="int",
        phrasings=(
            "Return the value of $word, where the letters count by the table $groups (each letter of a key has the key's value) and all other characters 0. Case is ignored; a word of at least $k characters gets $bonus points more.",
            "Add up the points of the characters of $word: $groups gives the value of the letters in each key, anything else is worth 0, and capital letters count like small ones. For $k or more characters add $bonus.",
            "In a word game the tiles have the values $groups, one value for all letters of a key; other signs are worth nothing. How many points does $word bring, in capitals or not, if there are $bonus extra points for words with $k or more characters?",
            "Lower-case $word and return the sum over its characters c of the value in $groups whose key contains c, or 0 if none does, increased by $bonus if $word has a length of at least $k.",
        ),
        solutions=(
            """
points = {$char: value for letters, value in $groups.items() for $char in letters}
$total = sum(points.get($char, 0) for $char in $word.lower())
return $total + $bonus if len($word) >= $k else $total
""",
            """
$total = $bonus if len($word) >= $k else 0
for $char in $word.lower():
    for letters, value in $groups.items():
        if $char in letters:
            $total += value
return $total
""",
        ),
        reference=lambda word, groups, k, bonus: (
            sum(value * word.lower().count(letter) for letters, value in groups.items() for letter in letters)
            + (bonus if word[k - 1 :] else 0)
        ),
        parameters=lambda rng: {
            "groups": rng.choice(VALUES),
            "k": rng.randint(5, 6),
            "bonus": rng.choice((5, 10, 20)),
        },
        inputs=lambda rng, **_: (rng.choice((str.title, str.lower, str.upper))(draws.word(rng)),),
        edges=(("",), ("x",), ("Jazz",), ("HOUSE",), ("blocks",), ("éa-1",), ("kitten",)),
        idea="Turning the short table of groups into one entry per letter makes every letter a single lookup.",
        pitfall="`'' in letters` is True for every text, so test characters one at a time.",
    ),
    Family(
        name="follow_the_signs",
        concepts=("lookup_tables", "simulation", "tuples"),
        difficulty=2,
        names="follow_signs final_position walk_by_table treasure_walk navigate",
        arguments=("signs|steps|moves|orders: str; one character per step",),
        returns="tuple[int, int]",
        phrasings=(
            "Start at (0, 0) and add the step that the table $steps has for each character of $signs; other characters are skipped. A step that would lead to a place where x or y is beyond -$size to $size is not taken. Return the final (x, y).",
            "Walk from (0, 0) by the characters of $signs: $steps says by how much x and y change. Ignore unknown characters and every step that would make x or y larger than $size or smaller than -$size. Return the position reached.",
            "On a treasure map each sign means a step, $steps. The searcher begins at (0, 0) and may not leave the field in which x and y lie between -$size and $size; steps that would do so, and unknown signs, are left out. Where does the way $signs end?",
            "Let p = (0, 0). For every c in $signs that is a key of $steps, let q be p plus the value of c, component by component, and set p to q if both components of q are from -$size to $size. Return p as a tuple.",
        ),
        solutions=(
            """
x = y = 0
table = $steps
for $char in $signs:
    dx, dy = table.get($char, (0, 0))
    if abs(x + dx) <= $size and abs(y + dy) <= $size:
        x += dx
        y += dy
return x, y
""",
            """
table = $steps
$current = (0, 0)
for $char in $signs:
    if $char not in table:
        continue
    $item = tuple(a + b for a, b in zip($current, table[$char]))
    if max($item) <= $size and min($item) >= -$size:
        $current = $item
return $current
""",
        ),
        reference=lambda signs, steps, size: _walked(list(signs), steps, size),
        parameters=lambda rng: {
            "steps": rng.choice(
                (
                    {"^": (0, 1), "v": (0, -1), "<": (-1, 0), ">": (1, 0)},
                    {"n": (0, 1), "s": (0, -1), "e": (1, 0), "w": (-1, 0)},
                    {"a": (1, 1), "b": (-1, 0), "c": (1, -2)},
                    {"k": (2, 1), "m": (-2, 1), "p": (0, -1)},
                )
            ),
            "size": rng.randint(2, 3),
        },
        inputs=lambda rng, steps, **_: (
            "".join(rng.choices([*steps, *steps, rng.choice([*steps]), "?"], k=rng.randint(5, 9))),
        ),
        edges=(("",), ("?!",), ("^^^^<",), ("eeeeen",), ("aaaac",), ("bbbbb",), ("kkk",), ("mmp",)),
        idea="The table turns a character into two numbers, so all directions share one line of code.",
        pitfall="Changing x before y has been checked leaves half of a forbidden step behind.",
    ),
)
