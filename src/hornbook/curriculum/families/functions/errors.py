"""Families on exceptions with a class of their own."""

from __future__ import annotations

import random

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw


def _loads(rng: random.Random, most: int) -> tuple[list[int]]:
    return (
        [
            rng.choice((rng.randint(1, most), most // 2, most // 3, most + 1))
            for _ in range(rng.randint(3, 6))
        ],
    )


def _loaded(weights: list[int], most: int) -> tuple[int, int]:
    on_board = refused = 0
    for weight in weights:
        if on_board + weight > most:
            refused += on_board + weight - most
        else:
            on_board += weight
    return on_board, refused


def _orders(rng: random.Random) -> tuple[dict[str, int], list[tuple[str, int]]]:
    names = rng.sample(draws.GOODS, 4)
    stock = {name: rng.randint(0, 6) for name in names[:3]}
    return stock, [(rng.choice(names), rng.choice((0, 1, 2, 3, 5, -1))) for _ in range(rng.randint(2, 4))]


def _answers(stock: dict[str, int], orders: list[tuple[str, int]], okay: str) -> list[str]:
    left = dict(stock)
    answers = []
    for name, count in orders:
        if name not in left:
            answers.append("unknown")
        elif count < 1:
            answers.append("bad count")
        elif count > left[name]:
            answers.append(f"only {left[name]}")
        else:
            left[name] -= count
            answers.append(okay)
    return answers


def _words(rng: random.Random) -> tuple[list[str]]:
    return (
        [
            rng.choice(("", "Tea", "x", "tea", "t3a", "coffee", draws.word(rng), draws.word(rng) * 2))
            for _ in range(rng.randint(3, 5))
        ],
    )


def _found(words: list[str], low: int, high: int) -> dict[str, int]:
    counts: dict[str, int] = {}
    for word in words:
        if not all("a" <= c <= "z" for c in word):
            kind = "letters"
        elif len(word) < low:
            kind = "short"
        elif len(word) > high:
            kind = "long"
        else:
            continue
        counts[kind] = counts.get(kind, 0) + 1
    return counts


FAMILIES: tuple[Family, ...] = (
    Family(
        name="lift_that_is_too_full",
        concepts=("custom_exceptions", "accumulation", "exceptions"),
        difficulty=3,
        names="load_lift weight_and_excess fill_lift load_all load_and_refuse board",
        arguments=("weights|people|loads|queue: list[int]; the weights in the order they come",),
        returns="tuple[int, int]",
        phrasings=(
            "Return the weight on board after all of $weights have tried to get on, and the sum of the excess that each refused one would have caused, as a pair. One is refused if the weight on board would be more than $most; the excess is by how much.",
            "Given the list $weights, let each get on a `Lift` in turn. When `enter` raises `TooHeavy`, the lift is unchanged, and the exception's `excess` is added up. Return (weight on board at the end, sum of the excesses).",
            "A lift carries $most kg. People step in one after the other; when the limit would be passed, a display says by how many kilograms, and the person stays outside while the next one may try. What is the load in the end, and what is the sum of all numbers displayed for $weights?",
            "Let b = e = 0. For each w of $weights: if b + w > $most, add b + w - $most to e; otherwise add w to b. Return (b, e).",
        ),
        solutions=(
            """
lift = Lift()
excess = 0
for weight in $weights:
    try:
        lift.enter(weight)
    except TooHeavy as error:
        excess += error.excess
return lift.load, excess
""",
            """
load = excess = 0
for weight in $weights:
    over = load + weight - $most
    if over > 0:
        excess += over
    else:
        load += weight
return load, excess
""",
        ),
        setup="""
class TooHeavy(Exception):
    def __init__(self, excess):
        super().__init__(f"{excess} kg too much")
        self.excess = excess


class Lift:
    def __init__(self):
        self.load = 0

    def enter(self, weight):
        if self.load + weight > $most:
            raise TooHeavy(self.load + weight - $most)
        self.load += weight
""",
        reference=_loaded,
        inputs=lambda rng, most: _loads(rng, most),
        edges=(([],), ([9999],), ([100, 100, 100, 100, 100],), ([300, 200, 100, 50],), ([0],)),
        idea="The exception carries the number that the caller needs, so nobody has to read it out of a message.",
        pitfall="Adding the weight before the check leaves it on board although the exception says that it was refused.",
        parameters=lambda rng: {"most": rng.choice((200, 250, 300, 400))},
    ),
    Family(
        name="orders_that_fail",
        concepts=("custom_exceptions", "inheritance", "dictionaries"),
        difficulty=4,
        names="answer_orders take_orders process_orders order_answers serve_orders sell_all",
        arguments=(
            "stock|shelf|available: dict[str, int]; how many there are of each thing",
            "orders|requests|wishes: list[tuple[str, int]]; a thing and how many are wanted",
        ),
        returns="list[str]",
        phrasings=(
            "Return the answers to $orders, pairs of a name and a count: '$okay' if `take` succeeds, which lowers the count in the stock, and the message of the `OrderError` if it fails. $stock itself must not change.",
            "Given $stock and a list of $orders, serve the orders in turn from a copy of the stock. The answer is 'unknown' for a name that is not in it, else 'bad count' for fewer than 1, else 'only n' if just n are left and more are wanted, and otherwise '$okay', after which there are fewer left. Return the answers in order.",
            "A shop takes $orders over the telephone. It answers '$okay' and puts the things aside, or says what is wrong: 'unknown', 'bad count' (below 1) or 'only 3' when three are left. The list $stock is from the morning and is not written on. What are the answers?",
            "Let d be a copy of $stock. For each (n, c) of $orders the result gets 'unknown' if n is no key of d; else 'bad count' if c < 1; else 'only ' + str(d[n]) if c > d[n]; else '$okay', and c is subtracted from d[n]. Return the result.",
        ),
        solutions=(
            """
left = dict($stock)
answers = []
for name, count in $orders:
    try:
        take(left, name, count)
    except OrderError as error:
        answers.append(str(error))
    else:
        answers.append("$okay")
return answers
""",
            """
left = $stock.copy()
answers = []
for name, count in $orders:
    if name not in left:
        answer = "unknown"
    elif count < 1:
        answer = "bad count"
    elif left[name] < count:
        answer = f"only {left[name]}"
    else:
        left[name] -= count
        answer = "$okay"
    answers.append(answer)
return answers
""",
        ),
        setup="""
class OrderError(Exception):
    pass


class NotEnough(OrderError):
    def __init__(self, left):
        super().__init__(f"only {left}")


def take(stock, name, count):
    if name not in stock:
        raise OrderError("unknown")
    if count < 1:
        raise OrderError("bad count")
    if count > stock[name]:
        raise NotEnough(stock[name])
    stock[name] -= count
""",
        reference=lambda stock, orders, okay: _answers(stock, orders, str(okay)),
        inputs=lambda rng, okay: _orders(rng),
        edges=(
            ({}, []),
            ({}, [("tea", 1)]),
            ({"tea": 2}, [("tea", 2), ("tea", 1)]),
            ({"tea": 2}, [("tea", 0), ("cup", 0), ("tea", 3)]),
            ({"é": 5}, [("é", 1), ("é", 4), ("é", 1)]),
        ),
        idea="One `except` for the common base class catches every kind of failure, and each says in its message what it was.",
        pitfall="Serving from the stock itself instead of a copy changes the caller's dictionary.",
        parameters=lambda rng: {"okay": Raw(rng.choice(("ok", "done", "sold", "reserved")))},
    ),
    Family(
        name="kinds_of_bad_words",
        concepts=("custom_exceptions", "validation", "counting"),
        difficulty=4,
        names="count_problems problem_counts kinds_of_errors count_failures error_statistics bad_words",
        arguments=("words|entries|texts|names: list[str]; the words to check",),
        returns="dict[str, int]",
        phrasings=(
            "Return how often each kind of problem occurs in $words, as a dictionary in the order of the first occurrences. A word with a character other than a to z is of the kind 'letters', else one with fewer than $low characters is 'short', and one with more than $high is 'long'; good words are not counted.",
            "Given a list $words, check each word with `check` and count the exceptions by their attribute `kind`. Return the dictionary from kinds to counts; a kind gets its place when it occurs for the first time, and kinds that never occur are missing.",
            "A word game accepts words of $low to $high small letters from a to z. Its makers want to know why entries are refused: other characters ('letters'), too 'short' or too 'long', the first that applies in this order. Count the reasons for $words, in the order in which they turn up.",
            "Let k(w) be 'letters' if w has a character outside 'a'..'z', else 'short' if len(w) < $low, else 'long' if len(w) > $high, else nothing. Return {k: number of w in $words with k(w) = k}, ordered by first appearance.",
        ),
        solutions=(
            """
counts = {}
for word in $words:
    try:
        check(word)
    except BadWord as error:
        counts[error.kind] = counts.get(error.kind, 0) + 1
return counts
""",
            """
from collections import Counter

def kind(word):
    if not set(word) <= set("abcdefghijklmnopqrstuvwxyz"):
        return "letters"
    return "short" if len(word) < $low else "long" if len(word) > $high else ""

counts = Counter(map(kind, $words))
del counts[""]
return dict(counts)
""",
        ),
        setup="""
class BadWord(ValueError):
    kind = "letters"


class TooShort(BadWord):
    kind = "short"


class TooLong(BadWord):
    kind = "long"


def check(word):
    if any(not "a" <= letter <= "z" for letter in word):
        raise BadWord(word)
    if len(word) < $low:
        raise TooShort(word)
    if len(word) > $high:
        raise TooLong(word)
""",
        reference=_found,
        inputs=lambda rng, low, high: _words(rng),
        edges=(
            ([],),
            ([""],),
            (["aaaa", "Zzzz"],),
            (["é", "a", "abcdefghijkl", "ab"],),
            (["a-b", "A-B", "ab"],),
        ),
        idea="The class of the exception says what kind of problem it was, and the common base class lets one `except` catch them all.",
        pitfall="A word such as 'A' is both short and wrong in its letters; the order of the checks decides.",
        parameters=lambda rng: {"low": rng.randint(2, 4), "high": rng.randint(6, 8)},
    ),
)
