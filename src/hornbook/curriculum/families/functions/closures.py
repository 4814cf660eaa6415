"""Families on functions that are made by functions and remember the names around them."""

from __future__ import annotations

import random

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw


def _answers(changes: list[int], start: int, floor: int) -> list[int | str]:
    balances = [start]
    answers: list[int | str] = []
    for change in changes:
        allowed = balances[-1] + change >= floor
        balances.append(balances[-1] + change * allowed)
        answers.append(balances[-1] if allowed else "refused")
    return answers


def _limits(rng: random.Random) -> tuple[dict[str, int], dict[str, tuple[int, int]]]:
    names = rng.sample(("width", "height", "weight", "depth", "speed"), 4)
    limits = {}
    values = {}
    for name in names[: rng.randint(2, 4)]:
        low = rng.randint(0, 9)
        high = low + rng.randint(0, 9)
        limits[name] = (low, high)
        if rng.random() < 0.85:
            values[name] = rng.choice((low, high, low - 1, high + 1))
    return values, limits


def _outside(values: dict[str, int], limits: dict[str, tuple[int, int]], missing: str) -> list[str]:
    return [
        f"{name} {missing}" if name not in values else name
        for name, ends in limits.items()
        if name not in values or values[name] not in range(ends[0], ends[1] + 1)
    ]


def _spread(values: list[int], factors: list[int], k: int) -> list[list[int]]:
    return [[value * factor + k for value in values] for factor in factors]


def _averages(values: list[int], k: int) -> list[int]:
    return [sum(values[max(0, i - k + 1) : i + 1]) // min(k, i + 1) for i in range(len(values))]


def _novel(words: list[str], most: int) -> list[bool]:
    return [words[:i].count(word) < most for i, word in enumerate(words)]


FAMILIES: tuple[Family, ...] = (
    Family(
        name="account_that_refuses",
        concepts=("closures", "conditionals", "list_building"),
        difficulty=3,
        names="account_answers book_changes run_account balances_or_refused apply_changes book_all",
        arguments=(
            "changes|bookings|payments|amounts: list[int]; positive for paying in, negative for paying out",
        ),
        returns="list[int | str]",
        phrasings=(
            "Return what an account answers to each of $changes: the new balance, or 'refused' if the balance would be less than $floor and therefore stays as it is. The account starts with $start.",
            "Given a list of $changes to an account that holds $start, carry them out one by one. A change that would bring the balance below $floor is not carried out and answers 'refused'; every other answers the new balance. Return the list of answers.",
            "A $card is loaded with $start points. Each booking adds points or takes some away; the balance may go down to $floor but not further, and a booking that would do that is refused. What does the machine show after each of $changes, the balance or 'refused'?",
            "Let b be $start. For every c in $changes in order, replace b by b + c and append it to the result if b + c >= $floor, and append the string 'refused' otherwise, leaving b alone. Return the result.",
        ),
        solutions=(
            """
def open_account(balance):
    def book(change):
        nonlocal balance
        if balance + change < $floor:
            return "refused"
        balance += change
        return balance

    return book

book = open_account($start)
return [book(change) for change in $changes]
""",
            """
balance = $start
$result = []
for change in $changes:
    if balance + change >= $floor:
        balance += change
        $result.append(balance)
    else:
        $result.append("refused")
return $result
""",
        ),
        reference=lambda changes, start, floor, card: _answers(changes, start, floor),
        inputs=lambda rng, start, floor, card: (
            [
                rng.choice((-(start - floor), rng.randint(-15, 10), rng.randint(-5, 5)))
                for _ in range(rng.randint(3, 5))
            ],
        ),
        edges=(([],), ([0],), ([-500, 1],), ([500, -500],), ([-5, -5, -5, -5, -5, -5],)),
        idea="The balance lives in the outer call; the inner function keeps hold of it, so it is still there at the next booking.",
        pitfall="Without `nonlocal`, the balance of the outer function never changes.",
        parameters=lambda rng: {
            "start": rng.randint(10, 20),
            "floor": rng.choice((0, -5, -10)),
            "card": Raw(rng.choice(("bus card", "library card", "gift card", "canteen card"))),
        },
    ),
    Family(
        name="values_outside_limits",
        concepts=("closures", "validation", "dictionaries"),
        difficulty=3,
        names="outside_limits failed_checks find_problems check_all out_of_range violations",
        arguments=(
            "values|measured|data|readings: dict[str, int]; what was measured",
            "limits|allowed|ranges: dict[str, tuple[int, int]]; the lowest and highest allowed value of each name",
        ),
        returns="list[str]",
        phrasings=(
            "Return the names in $limits whose value in $values is not allowed, in the order of $limits. The lowest and the highest value themselves are allowed; a name without a value is reported as the name followed by ' $missing'.",
            "Given $values and, for each name, a pair (low, high) in $limits, list the problems: the name alone when its value lies below low or above high, the name with ' $missing' behind it when $values does not have it. Keep the order of $limits; names that only $values has do not matter.",
            "Before a parcel is accepted its measures are checked against $limits, where each entry gives the smallest and the largest allowed number, both still fine. List the names that fail, in order; where nothing was measured, write the name and ' $missing'.",
            "Return a list with one string for each key n of $limits, in order, that has a problem: n + ' $missing' if n is not in $values, and n if $values[n] < low or $values[n] > high for (low, high) = $limits[n].",
        ),
        solutions=(
            """
checks = {name: between(low, high) for name, (low, high) in $limits.items()}
problems = []
for name, allows in checks.items():
    if name not in $values:
        problems.append(name + " $missing")
    elif not allows($values[name]):
        problems.append(name)
return problems
""",
            """
def problem(name):
    if name not in $values:
        return f"{name} $missing"
    low, high = $limits[name]
    return "" if low <= $values[name] <= high else name

return [text for text in map(problem, $limits) if text]
""",
        ),
        setup="""
def between(low, high):
    def allows(value):
        return low <= value <= high

    return allows
""",
        reference=lambda values, limits, missing: _outside(values, limits, str(missing)),
        inputs=lambda rng, missing: _limits(rng),
        edges=(
            ({}, {}),
            ({"a": 1}, {}),
            ({}, {"a": (1, 2)}),
            ({"a": 0, "b": 3}, {"b": (3, 3), "a": (0, 0)}),
            ({"b": -1, "a": 9}, {"a": (0, 8), "b": (0, 8)}),
        ),
        idea="`between` makes a test for each pair of limits once; every test remembers its own two numbers.",
        pitfall="Defining the tests in a loop over shared names makes all of them use the last pair; each needs a call of its own.",
        parameters=lambda rng: {"missing": Raw(rng.choice(("missing", "unknown", "not measured")))},
    ),
    Family(
        name="table_of_made_functions",
        concepts=("closures", "nested_loops", "lambdas"),
        difficulty=4,
        names="apply_made_functions function_table values_of_each table_of_values apply_each make_table",
        arguments=(
            "values|numbers|inputs: list[int]; what the functions are applied to",
            "factors|slopes|multipliers: list[int]; one function is made for each",
        ),
        returns="list[list[int]]",
        phrasings=(
            "Return a row for each of $factors with what the function 'this factor times x, plus $k' gives for every x in $values.",
            "Given $values and $factors, make one function for each factor that multiplies its argument by the factor and adds $k, and return the list of the lists of results, one list for each function in the order of $factors.",
            "A taxi firm tries out tariffs: a trip of x km costs $k euros plus the price for one km times x. Return for every price in $factors the list of what the trips of $values km cost.",
            "Return the nested list t with t[i][j] = $factors[i] * $values[j] + $k for all positions; it has a row, perhaps an empty one, for each element of $factors.",
        ),
        solutions=(
            """
def line(factor):
    return lambda x: factor * x + $k

functions = [line(factor) for factor in $factors]
return [[function(x) for x in $values] for function in functions]
""",
            """
functions = []
for factor in $factors:
    functions.append(lambda x, factor=factor: x * factor + $k)
$result = []
for function in functions:
    $result.append(list(map(function, $values)))
return $result
""",
        ),
        reference=_spread,
        inputs=lambda rng, k: (draws.ints(rng, 2, 4, -5, 9), draws.ints(rng, 2, 3, -3, 6)),
        edges=(([], []), ([1], []), ([], [1, 2]), ([0, 1], [0]), ([-2, 3], [5, 5])),
        idea="Each call of the outer function has a factor of its own, and the function made there keeps it.",
        pitfall="`lambda x: factor * x` made in a loop uses the last factor for all functions, because it reads the name when it is called.",
        parameters=lambda rng: {"k": rng.randint(1, 9)},
    ),
    Family(
        name="average_of_the_latest",
        concepts=("closures", "sliding_window", "integer_division"),
        difficulty=3,
        names="latest_averages moving_average smooth running_mean averages_of_latest smoothed",
        arguments=("values|readings|numbers|samples: list[int]; the numbers in the order they come",),
        returns="list[int]",
        phrasings=(
            "Return for each of $values the average, rounded down, of the value itself and up to $before values before it, so of the latest $k at most.",
            "Given the list $values, replace every element by the sum of the last $k elements up to it, divided by their number and rounded down. At the beginning, where there are fewer than $k, take those there are.",
            "A bathroom scale shows not today's weight but the average of the last $k days, or of all days so far if there are fewer, rounded down to whole kilograms. What does it show on each day for the weights $values?",
            "Return a list r as long as $values, where r[i] is the sum of $values[j] over all j with max(0, i - $before) <= j <= i, divided with // by the number of these j.",
        ),
        solutions=(
            """
def make_averager():
    latest = []

    def add(value):
        latest.append(value)
        if len(latest) > $k:
            latest.pop(0)
        return sum(latest) // len(latest)

    return add

add = make_averager()
return [add(value) for value in $values]
""",
            """
$result = []
for end in range(1, len($values) + 1):
    window = $values[max(0, end - $k) : end]
    $result.append(sum(window) // len(window))
return $result
""",
        ),
        reference=lambda values, k, before: _averages(values, k),
        inputs=lambda rng, k, before: (draws.ints(rng, k, k + 4, -9, 60),),
        edges=(([],), ([5],), ([1, 2],), ([-3, -4, -4, -4, 9],), ([0, 0, 0, 0, 1, 1, 1],)),
        idea="The list of the latest values stays in the outer call between two calls of the inner function, which needs nothing but the new value.",
        pitfall="Always dividing by the full length makes the first averages too small.",
        parameters=lambda rng: (lambda k: {"k": k, "before": k - 1})(rng.randint(3, 5)),
    ),
    Family(
        name="welcome_only_first_visits",
        concepts=("closures", "counting", "dictionaries"),
        difficulty=2,
        names="first_visits is_new_enough within_limit allowed_visits admit new_enough",
        arguments=("words|names|visitors|guests: list[str]; the names in the order they come",),
        returns="list[bool]",
        phrasings=(
            "Return for each of $words whether it has come at most $most times so far, itself included, as a list of truth values.",
            "Given the list $words, go through it from the left and say True for a word that has come fewer than $most times before, and False for every later repeat. Capitals make a difference.",
            "A stand gives each visitor $most free $drinks. The $words are the names of those who step up, in order. Who gets one (True), and who has had enough (False)?",
            "Return a list of bools as long as $words; position i holds True if and only if $words[i] occurs fewer than $most times among the elements before position i.",
        ),
        solutions=(
            """
def make_guard():
    visits = {}

    def admits(name):
        visits[name] = visits.get(name, 0) + 1
        return visits[name] <= $most

    return admits

return list(map(make_guard(), $words))
""",
            """
from collections import Counter

visits = Counter()
$result = []
for word in $words:
    $result.append(visits[word] < $most)
    visits[word] += 1
return $result
""",
        ),
        reference=lambda words, most, **_: _novel(words, most),
        inputs=lambda rng, most, **_: (
            rng.choices(rng.sample(draws.FIRST_NAMES, 2), k=rng.randint(most + 1, most + 5)),
        ),
        edges=(([],), (["Ada"],), (["Ada", "ada", "Ada", "Ada", "Ada"],), (["é", "é", "", "", "", "", "é"],)),
        idea="The dictionary of visits belongs to one guard; making a second guard would start counting anew.",
        pitfall="Creating the dictionary inside the inner function forgets all earlier visits.",
        parameters=lambda rng: rng.choice(
            (
                {"most": 1, "nth": Raw("first"), "drinks": Raw("juice")},
                {"most": 2, "nth": Raw("second"), "drinks": Raw("drinks")},
                {"most": 3, "nth": Raw("third"), "drinks": Raw("samples")},
            )
        ),
    ),
)
