"""Families on arguments that may be left out because they have a default."""

from __future__ import annotations

import random
from typing import Any

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw


def _goods(rng: random.Random) -> tuple[list[tuple[Any, ...]]]:
    def one() -> tuple[Any, ...]:
        return (
            rng.choice(draws.GOODS),
            rng.randint(10, 900),
            *([rng.choice((0, 5, 25))] if rng.random() < 0.5 else []),
        )

    return ([one() for _ in range(rng.randint(2, 4))],)


def _gross(goods: list[tuple[Any, ...]], tax: int) -> dict[str, int]:
    return {row[0]: row[1] + row[1] * [*row, tax][2] // 100 for row in goods}


def _greetings(guests: list[tuple[str, ...]], greeting: str, mark: str) -> list[str]:
    texts = []
    for guest in guests:
        name, hello, end = (*guest, *("", greeting, mark)[len(guest) :])
        texts.append(hello + ", " + name + end)
    return texts


def _guests(rng: random.Random) -> tuple[list[tuple[str, ...]]]:
    def one() -> tuple[str, ...]:
        return (rng.choice(draws.FIRST_NAMES), rng.choice(("Hi", "Bye", "Dear")), rng.choice("?.~"))[
            : rng.randint(1, 3)
        ]

    return ([one() for _ in range(rng.randint(1, 4))],)


def _baskets(orders: list[tuple[str, int]], most: int) -> list[list[str]]:
    baskets: list[list[str]] = []
    for thing, number in orders:
        if number == 0 or number > len(baskets):
            baskets = [*baskets, [thing]]
        elif len(baskets[number - 1]) < most:
            baskets[number - 1] += [thing]
    return baskets


def _orders(rng: random.Random) -> tuple[list[tuple[str, int]]]:
    return ([(rng.choice(draws.GOODS), rng.choice((0, 0, 1, 1, 2, 3))) for _ in range(rng.randint(2, 6))],)


def _alternating(values: list[int], k: int) -> int:
    return sum(value if i // k % 2 == 0 else -value for i, value in enumerate(values))


FAMILIES: tuple[Family, ...] = (
    Family(
        name="greet_with_defaults",
        concepts=("default_arguments", "variable_arguments", "string_formatting"),
        difficulty=2,
        names="greet_all greetings write_greetings greet_guests make_greetings cards",
        arguments=(
            "guests|people|cards|entries: list[tuple[str, ...]]; a name, perhaps a greeting, perhaps a mark",
        ),
        returns="list[str]",
        phrasings=(
            "Return the greetings for $guests as `greet` writes them. Each tuple holds the arguments of one call: a name, or a name and a greeting, or these two and a mark.",
            "Given a list $guests of tuples with one, two or three strings, call `greet` with the strings of each tuple as its arguments and return the list of the results, in order.",
            "A print shop makes cards. For each one a customer gives at least the name, and may also give the greeting and the sign at the end; what is left out is '$greeting' and '$mark', as `greet` has it. Return the texts of the cards for $guests.",
            "For every tuple of $guests return the string made of the greeting, a comma and a blank, the name and the mark. The parts stand in the tuple in the order name, greeting, mark; a missing greeting is '$greeting', a missing mark is '$mark'.",
        ),
        solutions=(
            """
return [greet(*guest) for guest in $guests]
""",
            """
$result = []
for guest in $guests:
    name, *more = guest
    if len(more) == 2:
        text = greet(name, more[0], more[1])
    elif more:
        text = greet(name, more[0])
    else:
        text = greet(name)
    $result.append(text)
return $result
""",
        ),
        setup="""
def greet(name, greeting="$greeting", mark="$mark"):
    return f"{greeting}, {name}{mark}"
""",
        reference=lambda guests, greeting, mark: _greetings(guests, greeting, mark),
        inputs=lambda rng, **_: _guests(rng),
        edges=(
            ([],),
            ([("Ada",)],),
            ([("Ada", "Hi")],),
            ([("", "", "")],),
            ([("Zoë", "Hi", "."), ("Zoë",)],),
        ),
        idea="The star spreads a tuple over the parameters, and the defaults fill those for which it has nothing.",
        pitfall="`greet(guest)` without the star passes the whole tuple as the name.",
        parameters=lambda rng: {
            "greeting": Raw(rng.choice(("Hello", "Welcome", "Good day"))),
            "mark": Raw(rng.choice(("!", ".", "!!"))),
        },
    ),
    Family(
        name="prices_with_default_tax",
        concepts=("default_arguments", "dictionaries", "unpacking"),
        difficulty=2,
        names="gross_prices with_tax price_list add_tax taxed_prices final_prices",
        arguments=(
            "goods|articles|items|rows: list[tuple]; name, price in cents and perhaps a tax in percent",
        ),
        returns="dict[str, int]",
        phrasings=(
            "Return a dictionary from the name of each of the $goods to its price with tax. An entry is (name, price) or (name, price, tax): the tax is in percent, $tax if it is not given, and the tax in cents is rounded down.",
            "Given a list $goods of pairs (name, price) and triples (name, price, tax), work out the price of each with tax added, in whole cents with the tax rounded down. Pairs are taxed with $tax percent. Return a dictionary in the order of the list; a later entry with the same name replaces the price.",
            "A shop writes its price tags. Most articles are taxed with $tax percent, so the tax stands in the list only where it is another one. Make a dictionary from the names in $goods to the prices in cents with tax, fractions of a cent in the tax being dropped. If a name comes twice, the later price holds, in the place of the first.",
            "Return {name: price + price * t // 100} over the tuples of $goods in order, where t is the third element of the tuple if it has three, even when that is 0, and $tax otherwise.",
        ),
        solutions=(
            """
def gross(price, tax=$tax):
    return price + price * tax // 100

return {name: gross(*numbers) for name, *numbers in $goods}
""",
            """
$result = {}
for $row in $goods:
    name, price = $row[:2]
    tax = $row[2] if len($row) == 3 else $tax
    $result[name] = price + price * tax // 100
return $result
""",
        ),
        reference=_gross,
        inputs=lambda rng, tax: _goods(rng),
        edges=(
            ([],),
            ([("tea", 99)],),
            ([("tea", 99, 0)],),
            ([("cup", 100), ("pen", 100, 25), ("cup", 250)],),
            ([("thé", 0), ("jam", 55, 5)],),
        ),
        idea="The usual rate is written once, as the default of a parameter; an entry that brings its own rate replaces it.",
        pitfall="`row[2] or rate` would tax an article with the usual rate although it is free of tax, because 0 counts as false.",
        parameters=lambda rng: {"tax": rng.choice((7, 8, 19, 20))},
    ),
    Family(
        name="new_basket_by_default",
        concepts=("default_arguments", "identity", "list_building"),
        difficulty=3,
        names="fill_baskets collect_orders baskets_of pack_baskets sort_into_baskets order_baskets",
        arguments=(
            "orders|requests|lines|entries: list[tuple[str, int]]; a thing and a basket number, 0 for a new one",
        ),
        returns="list[list[str]]",
        phrasings=(
            "Return the baskets after all $orders, each a pair of a thing and a basket number from 1. The number 0, or one that does not exist yet, puts the thing into a new basket at the end; otherwise it goes into that basket, unless $most things are in it already, and is then dropped.",
            "Given the list of pairs $orders, put one thing after the other into baskets, which are numbered 1, 2, 3, ... as they are opened. A pair (thing, 0), or with a number above the highest one, opens a new basket with that thing; (thing, n) adds it to basket n if that holds fewer than $most things, and is ignored if it is full. Return the list of baskets.",
            "At a fruit stand the helper packs $orders. A customer says what they want and into which basket it should go: 0 is a fresh one, and so is a number nobody has opened. A basket that holds $most things is full and takes no more, so such a wish is lost. What is in the baskets, in the order of opening?",
            "Process the pairs (t, n) of $orders in order on a list b that is empty at first: if n = 0 or n > len(b), append the new list [t] to b; else if len(b[n - 1]) < $most, append t to b[n - 1]; else do nothing. Return b.",
        ),
        solutions=(
            """
def add(thing, basket=None):
    if basket is None:
        basket = []
        baskets.append(basket)
    if len(basket) < $most:
        basket.append(thing)

baskets = []
for thing, number in $orders:
    if 0 < number <= len(baskets):
        add(thing, baskets[number - 1])
    else:
        add(thing)
return baskets
""",
            """
baskets = []
for thing, number in $orders:
    if number == 0 or number > len(baskets):
        baskets.append([thing])
    elif len(baskets[number - 1]) < $most:
        baskets[number - 1].append(thing)
return baskets
""",
        ),
        reference=_baskets,
        inputs=lambda rng, most: _orders(rng),
        edges=(
            ([],),
            ([("pen", 0)],),
            ([("pen", 7)],),
            ([("a", 1), ("b", 1), ("c", 1), ("d", 1), ("e", 1), ("f", 2)],),
            ([("é", 0), ("é", 0), ("x", 2)],),
        ),
        idea="None as default means that no basket was given; the fresh list is made inside the function, anew for each call.",
        pitfall="With `basket=[]` as default all new baskets would be one and the same list.",
        parameters=lambda rng: {"most": rng.randint(2, 4)},
    ),
    Family(
        name="signs_that_change",
        concepts=("default_arguments", "recursion", "list_slicing"),
        difficulty=3,
        names="alternating_sum signed_sum plus_and_minus blockwise_difference weigh_values alternate",
        arguments=("values|numbers|amounts|terms: list[int]; the numbers in order",),
        returns="int",
        phrasings=(
            "Return the sum of $values in which the signs change after every $k numbers: the first $k are added, the next $k subtracted, the $k after that added again, and so on.",
            "Given the list $values, add its first $k elements, take away the following $k, add the following $k, and go on in turn until the list ends, perhaps within a group. What is the result? The empty list gives 0.",
            "Two players share the $k-card rounds of a game: the cards $values are turned over one by one, the first $k count for Ada, the next $k for Ben, then $k for Ada again. By how much is Ada ahead of Ben? A negative answer means that Ben leads.",
            "Number the elements of $values from 0. Return the sum of all elements whose number i has an even i // $k minus the sum of all others.",
        ),
        solutions=(
            """
def signed(start=0, sign=1):
    if start >= len($values):
        return 0
    block = $values[start : start + $k]
    return sign * sum(block) + signed(start + $k, -sign)

return signed()
""",
            """
$total = 0
sign = 1
for $i, $item in enumerate($values):
    if $i > 0 and $i % $k == 0:
        sign = -sign
    $total += sign * $item
return $total
""",
        ),
        reference=_alternating,
        inputs=lambda rng, k: (draws.ints(rng, 3, 9, -5, 20),),
        edges=(([],), ([5],), ([1, 2, 3, 4, 5, 6, 7, 8],), ([0, 0, -3],), ([-1, -1, -1, -1, -1, -1],)),
        idea="The inner function carries the place and the sign along; its defaults are where the work begins.",
        pitfall="Changing the sign at position 0 as well starts with a subtraction.",
        parameters=lambda rng: {"k": rng.randint(2, 4)},
    ),
)
