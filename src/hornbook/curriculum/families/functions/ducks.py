"""Families on asking what an object can do instead of what it is."""

from __future__ import annotations

import random
from typing import Any

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw


def _things(rng: random.Random) -> tuple[list[Any]]:
    def one() -> Any:
        return rng.choice(
            (
                rng.randint(-5, 30),
                draws.word(rng),
                draws.small_ints(rng, 0, 4),
                tuple(draws.words(rng, 1, 2)),
                {draws.word(rng): 1, "k": 2},
                None,
                2.5,
            )
        )

    return ([one() for _ in range(rng.randint(2, 5))],)


def _sizes(things: list[Any], single: int) -> tuple[list[int], int]:
    sizes = [sum(1 for _ in thing) if type(thing) in (str, list, tuple, dict) else single for thing in things]
    return sizes, sum(sizes)


def _some_series(rng: random.Random, twice: int) -> Any:
    values = rng.sample(range(-9, 40), twice + rng.randint(-1, 4))
    return rng.choice((values, tuple(values), dict.fromkeys(values, ""), draws.word(rng)))


def _ends(values: Any, k: int) -> list[Any]:
    every = list(values)
    return every if len(every) <= 2 * k else every[:k] + every[-k:]


def _mixed(rng: random.Random) -> tuple[list[Any]]:
    def one() -> Any:
        return rng.choice(
            (rng.randint(0, 9), draws.word(rng), draws.ints(rng, 0, 3, 0, 9), (1, 2), None, [draws.word(rng)])
        )

    return ([one() for _ in range(rng.randint(2, 4))],)


def _one_level(values: list[Any], nothing: str) -> list[Any]:
    flat: list[Any] = []
    for value in values:
        flat += list(value) if type(value) in (list, tuple) else [nothing if value is None else value]
    return flat


def _times(value: Any, k: int) -> Any:
    if value is None or isinstance(value, dict):
        return "?"
    total = value
    for _ in range(k - 1):
        total = total + value
    return total


FAMILIES: tuple[Family, ...] = (
    Family(
        name="sizes_of_anything",
        concepts=("duck_typing", "exceptions", "accumulation"),
        difficulty=2,
        names="sizes_and_total measure_all sizes_of lengths_and_sum count_everything sizes",
        arguments=("things|values|objects|items: list; numbers, texts, lists, tuples, dictionaries, None",),
        returns="tuple[list[int], int]",
        phrasings=(
            "Return the sizes of all $things and their sum, as a pair. The size is what `len` gives, and $single for a thing that has no length, such as a number or None.",
            "Given a list $things of values of any kind, take the length of each that has one and $single for each that has none. Return the tuple of the list of these sizes and their total; an empty list gives ([], 0).",
            "A removal firm estimates boxes: whatever can be opened counts as many as there are things in it, and whatever cannot is charged as $single. Work with Python's idea of length. What are the sizes of $things, and what is the total?",
            "Return (s, t): s has len(x) for each x of $things for which `len` does not raise TypeError and $single for every other one, in order, and t is the sum of s.",
        ),
        solutions=(
            """
sizes = []
for thing in $things:
    try:
        sizes.append(len(thing))
    except TypeError:
        sizes.append($single)
return sizes, sum(sizes)
""",
            """
sizes = [len(thing) if hasattr(thing, "__len__") else $single for thing in $things]
return sizes, sum(sizes)
""",
        ),
        reference=_sizes,
        inputs=lambda rng, single: _things(rng),
        edges=(([],), ([None],), ([0, False],), (["", [], {}],), (["é", (1,), {"a": [1, 2]}],)),
        idea="Whether something has a length is best found out by asking for it; the types need not be listed.",
        pitfall="A list of types such as (str, list) forgets tuples, dictionaries and every class that is written later.",
        parameters=lambda rng: {"single": rng.randint(1, 5)},
    ),
    Family(
        name="ends_of_any_series",
        concepts=("duck_typing", "iterators", "list_slicing"),
        difficulty=3,
        names="both_ends ends_of first_and_last outer_elements keep_ends ends",
        arguments=("series|values|things|source: list | tuple | dict | str; what is looped over",),
        returns="list",
        phrasings=(
            "Return a list of the first $k and the last $k elements that a loop over $series meets, or of all elements if there are no more than $twice.",
            "Given $series, which may be a list, a tuple, a string or a dictionary (then its keys count), make a list of its first $k elements followed by its last $k. With $twice elements or fewer, each element appears just once.",
            "A preview shows how a long series begins and ends: $k elements from the front and $k from the back, in order. Short series, up to $twice elements, are shown whole. Write the preview for $series, whatever it is that can be looped over.",
            "Let e be the list of what `for x in $series` gives. Return e if len(e) <= $twice, and e[:$k] + e[-$k:] otherwise.",
        ),
        solutions=(
            """
every = list($series)
if len(every) <= $twice:
    return every
return every[:$k] + every[-$k:]
""",
            """
from collections import deque

front = []
back = deque(maxlen=$k)
for value in $series:
    if len(front) < $k:
        front.append(value)
    else:
        back.append(value)
return front + list(back)
""",
        ),
        reference=lambda series, k, twice: _ends(series, k),
        inputs=lambda rng, k, twice: (_some_series(rng, twice),),
        edges=(
            ([],),
            ("",),
            ((1,),),
            ("abcdefghij",),
            ({"a": 1, "b": 2, "c": 3, "d": 4, "e": 5, "f": 6, "g": 7},),
            ([0, 0, 0, 0, 0, 0, 0, 0],),
        ),
        idea="Everything that can be looped over can be made a list, and then slices do the rest.",
        pitfall="Slicing the argument itself fails for a dictionary, and for a string it gives a string and not a list.",
        parameters=lambda rng: (lambda k: {"k": k, "twice": 2 * k})(rng.randint(1, 3)),
    ),
    Family(
        name="open_lists_one_level",
        concepts=("duck_typing", "list_building", "none_values"),
        difficulty=2,
        names="open_lists unwrap_lists one_level spread_out open_up flatten_once",
        arguments=("values|things|entries|parts: list; numbers, texts, None, and lists or tuples of such",),
        returns="list",
        phrasings=(
            "Return the elements of $values in a new list, where a list or tuple among them is replaced by its own elements and None by '$nothing'. Only one level is opened, and texts stay whole.",
            "Given a mixed list $values, build a flat list: put in the elements of each list or tuple, '$nothing' for each None that stands directly in $values, and everything else as it is. What lies deeper is left alone.",
            "A form has questions with one answer (a number or a text), with several (a list or a tuple) and without any (None). Make one long list of all answers in order, writing '$nothing' where there was none; texts are not taken apart. The form is $values.",
            "Return the concatenation over the elements v of $values of list(v) if v is a list or tuple, ['$nothing'] if v is None, and [v] otherwise.",
        ),
        solutions=(
            """
flat = []
for value in $values:
    if isinstance(value, (list, tuple)):
        flat.extend(value)
    elif value is None:
        flat.append("$nothing")
    else:
        flat.append(value)
return flat
""",
            """
def opened(value):
    if value is None:
        return ["$nothing"]
    can_be_opened = hasattr(value, "__iter__") and not isinstance(value, str)
    return value if can_be_opened else [value]

return [part for value in $values for part in opened(value)]
""",
        ),
        reference=lambda values, nothing: _one_level(values, str(nothing)),
        inputs=lambda rng, nothing: _mixed(rng),
        edges=(
            ([],),
            ([None],),
            ([[], ()],),
            (["tea", [None, "a"]],),
            ([[[1], 2], 0, False],),
            ([("é",), "ab"],),
        ),
        idea="A text can be looped over too, so it has to be told apart from lists before anything is opened.",
        pitfall="`extend` with a text adds its characters one by one.",
        parameters=lambda rng: {"nothing": Raw(rng.choice(("none", "no answer", "-", "empty")))},
    ),
    Family(
        name="times_for_anything",
        concepts=("duck_typing", "exceptions", "nested_data"),
        difficulty=2,
        names="times_k multiply_all repeat_or_multiply scaled_values times_each multiplied",
        arguments=("values|things|items|operands: list; values of any kind",),
        returns="list",
        phrasings=(
            "Return the list of every element of $values times $k, or '?' where Python cannot multiply it by a number. Numbers are multiplied; texts, lists and tuples are repeated.",
            "Given a list $values, replace each element x by x * $k. Elements for which this raises TypeError, such as None and dictionaries, become '?'. Return the new list.",
            "A toy machine makes $k of everything: 4 becomes $k times 4, 'ab' is written $k times in a row, a list or tuple is repeated. It prints '?' for whatever it cannot handle. What comes out for $values?",
            "Return a list that holds for each x of $values the value of the expression x * $k if it can be worked out, and the string '?' if it raises TypeError.",
        ),
        solutions=(
            """
results = []
for value in $values:
    try:
        results.append(value * $k)
    except TypeError:
        results.append("?")
return results
""",
            """
def product(value):
    if hasattr(value, "__mul__"):
        return value * $k
    return "?"

return list(map(product, $values))
""",
        ),
        reference=lambda values, k: [_times(value, k) for value in values],
        inputs=lambda rng, k: (
            [
                rng.choice(
                    (
                        rng.randint(-9, 9),
                        draws.word(rng)[:4],
                        draws.ints(rng, 0, 2, 0, 9),
                        None,
                        (0.5,),
                        {"a": 1},
                        1.25,
                    )
                )
                for _ in range(rng.randint(2, 4))
            ],
        ),
        edges=(([],), ([None, {}],), ([0, "", [], ()],), ([True, -2],), (["é", [None]],)),
        idea="The operator asks the object itself whether and how it can be multiplied; trying is the simplest test.",
        pitfall="Checking for numbers only would refuse texts and lists, which know very well what times means.",
        parameters=lambda rng: {"k": rng.randint(2, 4)},
    ),
)
