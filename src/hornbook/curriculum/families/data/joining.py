"""Families on joining tables that are kept as lists of tuples."""

from __future__ import annotations

from hornbook.curriculum import draws
from hornbook.curriculum.families.wording import part
from hornbook.curriculum.family import Family, Raw

FAMILIES: tuple[Family, ...] = (
    Family(
        name="orders_with_customers",
        concepts=("joining_tables", "dictionaries", "string_formatting"),
        difficulty=2,
        names="orders_with_customers attach_names join_orders named_orders complete_orders",
        arguments=(
            "orders|sales|bills|bookings: list[tuple[int, int]]; (customer number, amount)",
            "customers|people|names|directory: list[tuple[int, str]]; (customer number, name), each number once",
        ),
        returns="list[str]",
        phrasings=(
            "Return one text for each of $orders, in order: the customer's name, '$sep' and the amount, as in '$example'. Orders of less than $least are skipped, and for a number that is not in $customers the name is '$unknown' followed by the number.",
            "Join the two tables by the customer number: for every order of at least $least, in the given order, write the name from $customers, '$sep' and the amount. Where $customers has no such number, write '$unknown' and the number in place of the name.",
            "A clerk has $orders with customer numbers, and the list $customers with the names. Which lines such as '$example' are printed, in the sequence of the orders, if amounts below $least are left out and an unknown customer 7 is called '${unknown}7'?",
            "For each (c, a) of $orders with a >= $least return n + '$sep' + str(a), where n is the name paired with c in $customers, or '$unknown' + str(c) if there is none.",
        ),
        solutions=(
            """
names = dict($customers)
$result = []
for number, amount in $orders:
    if amount >= $least:
        name = names.get(number, f"$unknown{number}")
        $result.append(f"{name}$sep{amount}")
return $result
""",
            """
def name_of(number):
    for known, name in $customers:
        if known == number:
            return name
    return "$unknown" + str(number)
return [name_of(number) + "$sep" + str(amount) for number, amount in $orders if amount >= $least]
""",
        ),
        reference=lambda orders, customers, sep, unknown, least, **_: [
            ([n for i, n in customers if i == c] + [f"{unknown}{c}"])[0] + f"{sep}{a}"
            for c, a in orders
            if not a < least
        ],
        parameters=lambda rng: (
            lambda sep: {
                "sep": Raw(sep),
                "example": Raw(f"Ada{sep}25"),
                "unknown": Raw(rng.choice(("no. ", "#", "unknown "))),
                "least": rng.randint(8, 20),
            }
        )(rng.choice((": ", " owes ", " - ", "="))),
        inputs=lambda rng, least, **_: (
            [
                (rng.randint(1, 4), least + rng.choice((-1, 0, 0, rng.randint(1, 50))))
                for _ in range(rng.randint(3, 5))
            ],
            list(zip(rng.sample(range(1, 5), 3), rng.sample(draws.FIRST_NAMES, 3), strict=True)),
        ),
        edges=(
            ([], []),
            ([(1, 50)], []),
            ([], [(1, "Ada")]),
            ([(1, 25), (1, 25)], [(1, "Ada")]),
            ([(2, 60), (3, -4)], [(3, "Zoë"), (1, "Ben")]),
        ),
        idea="The customers become a dictionary once, and then each order finds its name in a single step.",
        pitfall="Searching the whole list of customers for every order works, but becomes slow when both lists are long.",
    ),
    Family(
        name="pairs_with_common_key",
        concepts=("joining_tables", "default_dictionaries", "nested_loops"),
        difficulty=3,
        names="pairs_with_common_key inner_join match_rows combine_tables partners",
        arguments=(
            "first|lessons|left_table|plays: list[tuple[str, str]]; (key, value) rows",
            "second|rooms|right_table|places: list[tuple[str, str]]; (key, value) rows",
        ),
        returns="list[tuple[str, str]]",
        phrasings=(
            "Return (x, y) for every row (key, x) of $first and every row (key, y) of $second with the same key, but not for equal x and y. The order is that of $first, and for one of its rows that of $second$way.",
            "Combine each row of $first with each row of $second that has the same key, and list the pairs of their values, the one from $first in front, unless both values are equal. Go through $first and, for each of its rows, through $second$way.",
            "The rows of two tables, $first and $second, have a key and a value. Which pairs of different values, first table before second, belong together because their keys agree? The pairs come in the order of the rows of $first, and for each of these in the order of $second$way.",
            "Return [(x, y)] over all (k, x) in $first and (l, y) in $second with k == l and x != y, ordered by the position of the row in $first, then by the position of the row in $second$way. Keys may repeat in both tables.",
        ),
        solutions=(
            """
rows = {}
for $key, value in $second:
    rows.setdefault($key, []).append(value)
$result = []
for $key, value in $first:
    for $other in rows.get($key, [])$turn:
        if $other != value:
            $result.append((value, $other))
return $result
""",
            """
return [
    (value, $other)
    for $key, value in $first
    for word, $other in $second$turn
    if word == $key and value != $other
]
""",
        ),
        reference=lambda first, second, turn, way: [
            (first[i][1], second[j][1])
            for i in range(len(first))
            for j in sorted(range(len(second)), reverse=bool(turn))
            if first[i][0] == second[j][0] and first[i][1] != second[j][1]
        ],
        parameters=lambda rng: part(
            rng, {"turn": "", "way": ""}, {"turn": "[::-1]", "way": " from the end to the beginning"}
        ),
        inputs=lambda rng, **_: (
            [(rng.choice("abc"), rng.choice(("x", "y", "z"))) for _ in range(rng.randint(2, 4))],
            [(rng.choice("abc"), rng.choice(("x", "v", "w"))) for _ in range(rng.randint(2, 4))],
        ),
        edges=(
            ([], [("a", "x")]),
            ([("a", "x")], []),
            ([("a", "x")], [("a", "x")]),
            ([("a", "x"), ("a", "y")], [("a", "v"), ("b", "u"), ("a", "w")]),
            ([("b", "p"), ("a", "q")], [("a", "r"), ("b", "s")]),
        ),
        idea="Grouping one table by its keys lets every row of the other find all of its partners at once.",
        pitfall="A plain dictionary keeps one row per key and loses the other partners.",
    ),
    Family(
        name="open_invoices",
        concepts=("joining_tables", "aggregation", "filtering"),
        difficulty=3,
        names="open_invoices unpaid_amounts outstanding remind_customers check_payments",
        arguments=(
            "invoices|bills|claims|sent: list[tuple[str, int]]; (invoice number, amount), each number once",
            "payments|receipts|transfers|paid: list[tuple[str, int]]; (invoice number, amount), several per invoice possible",
        ),
        returns="tuple[list[tuple[str, int]], int]",
        phrasings=(
            "Return the (number, open amount) pairs of those $invoices whose payments add up to at least $least less than their amount, in the order of $invoices, and as a second value the sum of all $payments for numbers that no invoice has.",
            "For every invoice subtract the sum of its $payments from its amount; list number and remainder where the remainder is $least or more, in the order of $invoices. Return this list and the total of the $payments whose number does not occur among the invoices.",
            "An office compares $invoices with $payments. Which invoices are still open, and with how much? Remainders below $least are forgotten, and more than one payment may belong to an invoice. Return the open ones (number, remainder) in the order of the invoices, and how much money came in for unknown invoices.",
            "Let p(n) be the sum of the amounts in $payments with the number n. Return ([(n, a - p(n)) for (n, a) in $invoices if a - p(n) >= $least], the sum of p(n) over all numbers n that do not occur in $invoices).",
        ),
        solutions=(
            """
from collections import Counter
received = Counter()
for number, amount in $payments:
    received[number] += amount
remaining = [(number, amount - received[number]) for number, amount in $invoices]
known = dict($invoices)
unknown = sum(amount for number, amount in $payments if number not in known)
return [$row for $row in remaining if $row[1] >= $least], unknown
""",
            """
owed = dict($invoices)
unknown = 0
for number, amount in $payments:
    if number in owed:
        owed[number] -= amount
    else:
        unknown += amount
open_rows = []
for number in owed:
    if owed[number] >= $least:
        open_rows.append((number, owed[number]))
return open_rows, unknown
""",
        ),
        reference=lambda invoices, payments, least: (
            [
                (n, a - paid)
                for n, a in invoices
                for paid in [sum(p for m, p in payments if m == n)]
                if not a - paid < least
            ],
            sum(p for _, p in payments) - sum(p for m, p in payments for n, _ in invoices if m == n),
        ),
        parameters=lambda rng: {"least": rng.randint(1, 5)},
        inputs=lambda rng, least: (
            [
                (number, rng.randint(4, 20))
                for number in rng.sample(("R1", "R2", "R3", "R4"), rng.randint(2, 3))
            ],
            [(rng.choice(("R1", "R2", "R3", "X9")), rng.randint(1, 12)) for _ in range(rng.randint(2, 4))],
        ),
        edges=(
            ([], []),
            ([("R1", 9)], []),
            ([], [("R1", 9)]),
            ([("R1", 9)], [("R1", 9)]),
            ([("R1", 9)], [("R1", 4), ("R1", 4)]),
            ([("B", 3), ("A", 8)], [("A", 3), ("C", 2), ("C", 1)]),
        ),
        idea="Payments are added up per number first, so that each invoice is compared with one sum.",
        pitfall="Comparing an invoice with single payments misses that several part payments may settle it together.",
    ),
)
