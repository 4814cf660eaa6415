"""Families on matrix multiplication."""

from __future__ import annotations

import random
from itertools import product

from hornbook.curriculum.family import Family, Raw

Grid = list[list[int]]


def _grid(rng: random.Random, height: int, width: int, low: int = -3, high: int = 5) -> Grid:
    return [[rng.randint(low, high) for _ in range(width)] for _ in range(height)]


def _walks(grid: Grid, start: int, end: int, steps: int) -> int:
    """Count by trying every sequence of places in between."""
    found = 0
    for middle in product(range(len(grid)), repeat=max(0, steps - 1)):
        ways = 1
        for a, b in zip((start, *middle), (*middle, end), strict=True):
            ways *= grid[a][b]
        found += ways
    return found if steps else int(start == end)


def _days(rng: random.Random) -> tuple[list[int], int]:
    return [rng.randint(1, 12) for _ in range(2)], rng.randint(1, 4)


FAMILIES: tuple[Family, ...] = (
    Family(
        name="prices_at_each_shop",
        concepts=("matrix_multiplication", "nested_loops", "list_building"),
        difficulty=3,
        names="cost_per_$place baskets_by_$place price_table costs compare_costs",
        arguments=(
            "amounts|baskets|orders|needs: list[list[int]]; one row for each basket, one number for each article",
            "prices|tariffs|costs|rates: list[list[int]]; one row for each article, one price for each $place",
        ),
        returns="list[list[int]]",
        phrasings=(
            "Row i of $amounts says how many of each article basket i holds; row j of $prices says what article j costs at each $place. Return a list with one row per basket: its total at every $place, with a fee of $fee added to each total.",
            "Given $amounts (baskets by articles) and $prices (articles by ${place}s), compute for every basket and every $place the sum of amount times price over all articles, plus $fee. Return these as a list of rows, one for each basket; there is at least one article.",
            "A family compares ${place}s. $amounts lists its shopping baskets, row by row, and $prices the price of every article (rows) at every $place (columns); each $place also takes $fee for packing a basket. What does every basket cost at every $place? Return a row of totals for each basket.",
            "Let A = $amounts be an m x n matrix and B = $prices an n x p matrix with n, p >= 1. Return the m x p matrix AB with $fee added to every entry, as a list of lists.",
        ),
        solutions=(
            """
table = []
for basket in $amounts:
    totals = [$fee] * len($prices[0])
    for amount, article in zip(basket, $prices):
        for shop, price in enumerate(article):
            totals[shop] += amount * price
    table.append(totals)
return table
""",
            """
columns = list(zip(*$prices))
return [
    [sum(a * p for a, p in zip(basket, column)) + $fee for column in columns]
    for basket in $amounts
]
""",
            """
def cell(basket, shop):
    $total = $fee
    for $i in range(len(basket)):
        $total += basket[$i] * $prices[$i][shop]
    return $total

shops = range(len($prices[0]))
return [[cell(basket, shop) for shop in shops] for basket in $amounts]
""",
        ),
        reference=lambda amounts, prices, fee, place: [
            [fee + sum(row[k] * prices[k][c] for k in range(len(prices))) for c in range(len(prices[0]))]
            for row in amounts
        ],
        parameters=lambda rng: {
            "place": Raw(rng.choice(("shop", "market", "stall", "kiosk"))),
            "fee": rng.choice((1, 2, 5, 10)),
        },
        inputs=lambda rng, **_: (lambda n: (_grid(rng, 2, n, 0, 4), _grid(rng, n, rng.randint(2, 3), 1, 9)))(
            rng.randint(2, 3)
        ),
        edges=(
            ([], [[3]]),
            ([[2]], [[3]]),
            ([[0, 0]], [[1, 2], [3, 4]]),
            ([[1, 0], [0, 1]], [[5, 6], [7, 8]]),
            ([[2], [3], [4]], [[1, 10]]),
        ),
        idea="A total pairs one row of the first table with one column of the second: multiply the pairs and add up.",
        pitfall="Multiplying the two tables cell by cell mixes articles with ${place}s.",
    ),
    Family(
        name="walks_between_places",
        concepts=("matrix_multiplication", "recursion", "counting"),
        difficulty=5,
        names="count_walks number_of_ways walks_of_length ways_with_steps trips_between",
        arguments=(
            "roads|links|lines|grid: list[list[int]]; entry [a][b] is the number of roads from a to b",
            "start|origin|home|source: int; where the trips begin",
            "end|target|goal|destination: int; where they finish",
        ),
        returns="int",
        phrasings=(
            "$roads[a][b] says how many one-way $noun lead from place a to place b. Return in how many ways one can travel from $start to $end with exactly $k of them; places and $noun may be used repeatedly.",
            "Given a square table $roads, in which the number at row a and column b counts the direct $noun from a to b, how many different trips of exactly $k $noun go from $start to $end? Coming back to a place is allowed.",
            "On a map of several villages, $roads[a][b] one-way $noun lead from village a to village b. A hiker goes from $start to $end, taking exactly $k $noun one after the other, some perhaps more than once. How many different hikes are there?",
            "Let M be the matrix $roads. Return the entry of M to the power $k in row $start and column $end, that is the number of walks of length $k between these vertices.",
        ),
        solutions=(
            """
ways = [int(place == $start) for place in range(len($roads))]
for _ in range($k):
    ways = [
        sum(ways[a] * $roads[a][b] for a in range(len($roads)))
        for b in range(len($roads))
    ]
return ways[$end]
""",
            """
def trips(place, steps):
    if steps == 0:
        return 1 if place == $end else 0
    $total = 0
    for following, count in enumerate($roads[place]):
        if count:
            $total += count * trips(following, steps - 1)
    return $total

return trips($start, $k)
""",
            """
power = $roads
for _ in range($k - 1):
    power = [
        [sum(x * y for x, y in zip($row, column)) for column in zip(*$roads)]
        for $row in power
    ]
return power[$start][$end]
""",
        ),
        reference=lambda roads, start, end, k, noun: _walks(roads, start, end, k),
        parameters=lambda rng: {
            "k": rng.randint(2, 4),
            "noun": Raw(rng.choice(("roads", "paths", "bus lines", "ferries"))),
        },
        inputs=lambda rng, **_: (lambda n: (_grid(rng, n, n, 0, 2), rng.randrange(n), rng.randrange(n)))(
            rng.randint(2, 3)
        ),
        edges=(
            ([[0]], 0, 0),
            ([[2]], 0, 0),
            ([[0, 1], [1, 0]], 0, 1),
            ([[0, 1], [1, 0]], 0, 0),
            ([[1, 1, 0], [0, 1, 1], [0, 0, 1]], 0, 2),
            ([[1, 1, 0], [0, 1, 1], [0, 0, 1]], 2, 0),
        ),
        idea="The ways to be at b after one more step are the ways to be at each a before, times the links from a to b: a matrix product.",
        pitfall="Marking places as visited would forbid walks that come back, which count here.",
    ),
    Family(
        name="population_by_rule",
        concepts=("matrix_multiplication", "simulation", "tuples"),
        difficulty=4,
        names="after_$unit step_forward next_states evolve apply_rule_again",
        arguments=(
            "state|start|counts|numbers: list[int]; the two numbers at the beginning",
            "steps|rounds|times|length: int; how often the rule is applied, 0 or more",
        ),
        returns="list[int]",
        phrasings=(
            "Two numbers [x, y] change at once into [$a * x + $b * y, $c * x + $d * y]. Return what $state has become after $steps such changes, as a list of two numbers.",
            "Multiply the matrix [[$a, $b], [$c, $d]] with the column vector $state, then with the result, and so on, $steps times in all. Return the last vector as a list; for 0 steps it equals $state.",
            "In a pond live young and adult $noun, at first as in $state. Every year the number of the young becomes $a times the young plus $b times the adults, and at the same moment the number of adults becomes $c times the young plus $d times the adults. Return [young, adults] after $steps years.",
            "Let M = [[$a, $b], [$c, $d]]. Return M to the power $steps applied to the vector $state, a new list of two integers; M to the power 0 is the identity.",
        ),
        solutions=(
            """
x, y = $state
for _ in range($steps):
    x, y = $a * x + $b * y, $c * x + $d * y
return [x, y]
""",
            """
rule = [[$a, $b], [$c, $d]]
if $steps == 0:
    return list($state)
changed = [sum(factor * part for factor, part in zip($row, $state)) for $row in rule]
return $self(changed, $steps - 1)
""",
            """
def times(p, q):
    return [[sum(p[r][k] * q[k][c] for k in range(2)) for c in range(2)] for r in range(2)]

power = [[1, 0], [0, 1]]
base = [[$a, $b], [$c, $d]]
for bit in bin($steps)[:1:-1]:
    if bit == "1":
        power = times(power, base)
    base = times(base, base)
return [$row[0] * $state[0] + $row[1] * $state[1] for $row in power]
""",
        ),
        reference=lambda state, steps, a, b, c, d, **_: _evolved(state, steps, a, b, c, d),
        parameters=lambda rng: {
            **dict(
                zip(
                    "abcd",
                    rng.choice(
                        ((0, 2, 1, 1), (1, 1, 1, 0), (0, 3, 1, 2), (2, 1, 1, 1), (0, 4, 1, 0), (1, 2, 1, 1))
                    ),
                    strict=True,
                )
            ),
            "noun": Raw(rng.choice(("frogs", "newts", "carps", "ducks"))),
            "unit": Raw(rng.choice(("years", "steps", "rounds"))),
        },
        inputs=lambda rng, **_: _days(rng),
        edges=(([0, 0], 3), ([5, 7], 0), ([1, 0], 1), ([0, 1], 1), ([3, -2], 5), ([2, 9], 2)),
        idea="Both new numbers are worked out from the old pair before either is replaced; a tuple assignment does that.",
        pitfall="Changing x first and using the new x for y applies a different rule.",
    ),
)


def _evolved(state: list[int], steps: int, a: int, b: int, c: int, d: int) -> list[int]:
    history = [state]
    while len(history) <= steps:
        young, adult = history[-1][0], history[-1][1]
        history.append([a * young + b * adult, c * young + d * adult])
    return history[steps]
