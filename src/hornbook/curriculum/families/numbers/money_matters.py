"""Families on money in whole cents."""

from __future__ import annotations

import random
from fractions import Fraction

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw


def _split(total: int, people: int) -> list[int]:
    """Deal the cents out in turn."""
    return [len(range(first, total, people)) for first in range(people)]


def _payments(rng: random.Random) -> tuple[list[tuple[str, int]]]:
    names = rng.sample(draws.FIRST_NAMES, 3)
    return ([(rng.choice(names), rng.randrange(100, 2000, 50)) for _ in range(rng.randint(2, 5))],)


def _balances(payments: list[tuple[str, int]]) -> dict[str, int]:
    names = sorted({name for name, _ in payments})
    total = sum(cents for _, cents in payments)
    return {n: sum(c for m, c in payments if m == n) - int(Fraction(total, len(names))) for n in names}


def _written(cents: int, point: str, unit: str, negative: str) -> str:
    digits = str(abs(cents)).rjust(3, "0")
    text = f"{digits[:-2]}{point}{digits[-2:]} {unit}"
    return text if cents >= 0 else f"({text})" if negative == "brackets" else f"-{text}"


FAMILIES: tuple[Family, ...] = (
    Family(
        name="split_bill",
        concepts=("money", "list_building", "arithmetic"),
        difficulty=1,
        names="split_bill share_cents divide_bill fair_shares split_evenly",
        arguments=(
            "total|bill|cents|amount: int; the bill in cents, 0 or more",
            "people|guests|friends|persons: int; how many share it, at least 1",
        ),
        returns="list[int]",
        phrasings=(
            "Add a tip of $tip cents to $total and split the sum among $people people in whole cents as evenly as possible. Return the shares as a list; if they differ, those who pay one cent more come $where.",
            "Given a bill of $total cents, a tip of $tip cents and the number of $people, return a list with one share in cents for each person. The shares add up to bill plus tip, differ by at most 1, and the larger ones stand $where.",
            "After a dinner, $people friends pay the bill of $total cents and $tip cents for the waiter. Everybody pays the same if possible, otherwise some pay one cent more than the others, and these are named $where. List what each of them pays.",
            "Let s = $total + $tip. Return a list of $people integers with sum s, each equal to s // $people or s // $people + 1, sorted so that the larger ones come $where.",
        ),
        solutions=(
            """
divisor = $people
share, rest = divmod($total + $tip, divisor)
return $formula
""",
            """
shares = []
for $i in range($people):
    shares.append(($total + $tip + $i) // $people)
shares.sort($turned)
return shares
""",
            """
remaining = $total + $tip
shares = []
for left_over in range($people, 0, -1):
    part = remaining // left_over
    shares.append(part)
    remaining -= part
return sorted(shares$comma$turned)
""",
        ),
        reference=lambda total, people, tip, where, **_: (
            _split(total + tip, people) if where == "first" else _split(total + tip, people)[::-1]
        ),
        parameters=lambda rng: {
            "tip": rng.choice((50, 100, 150, 200, 75)),
            **{
                key: Raw(text)
                for key, text in zip(
                    ("where", "turned", "comma", "formula"),
                    rng.choice(
                        (
                            (
                                "first",
                                "reverse=True",
                                ", ",
                                "[share + 1] * rest + [share] * (divisor - rest)",
                            ),
                            ("last", "", "", "[share] * (divisor - rest) + [share + 1] * rest"),
                        )
                    ),
                    strict=True,
                )
            },
        },
        inputs=lambda rng, **_: (rng.randint(500, 3000), rng.randint(2, 6)),
        edges=((0, 1), (0, 7), (100, 4), (999, 3), (1, 2), (1000, 8)),
        idea="Whole division gives what everybody pays at least; the remainder says how many pay one cent more.",
        pitfall="Rounding every share in the same way collects too much or too little.",
    ),
    Family(
        name="amount_in_writing",
        concepts=("money", "string_formatting", "conditionals"),
        difficulty=2,
        names="amount_text show_amount format_cents price_label write_amount",
        arguments=("cents|amount|balance|value: int; an amount in cents, may be negative",),
        returns="str",
        phrasings=(
            "Return $cents as text such as '12${point}05 $unit': whole $unit, '$point', two digits for the cents, a blank and '$unit'. A negative amount is written $how.",
            "Given an amount in $cents, write it in $unit with exactly two decimals after a '$point', followed by ' $unit'. At least one digit stands before the '$point'. Amounts below zero are written $how.",
            "A bank statement shows amounts like '0${point}07 $unit' or '250${point}40 $unit', and debts $how. What does it show for a balance of $cents cents?",
            "For an integer number of $cents return the absolute amount as euros, '$point' and two-digit cents, then ' $unit'; if $cents < 0 it is marked as negative $how. 0 is not negative.",
        ),
        solutions=(
            """
euros, rest = divmod(abs($cents), 100)
text = f"{euros}$point{rest:02d} $unit"
if $cents < 0:
    return f"$before{text}$after"
return text
""",
            """
digits = str(abs($cents)).zfill(3)
text = digits[:-2] + "$point" + digits[-2:] + " $unit"
return text if $cents >= 0 else "$before" + text + "$after"
""",
            """
sign = -1 if $cents < 0 else 1
number = f"{sign * $cents / 100:.2f}"
text = f"{number} $unit".replace(".", "$point")
if sign < 0:
    text = "$before" + text + "$after"
return text
""",
        ),
        reference=lambda cents, point, unit, kind, **_: _written(cents, point, unit, kind),
        parameters=lambda rng: {
            "point": Raw(rng.choice((",", "."))),
            "unit": Raw(rng.choice(("EUR", "euros", "Euro"))),
            **dict(
                zip(
                    ("kind", "before", "after", "how"),
                    map(
                        Raw,
                        rng.choice(
                            (
                                ("minus", "-", "", "with a '-' in front"),
                                ("brackets", "(", ")", "in round brackets, without a minus sign"),
                            )
                        ),
                    ),
                    strict=True,
                )
            ),
        },
        inputs=lambda rng, **_: (
            rng.choice((rng.randint(-999, -1), rng.randint(1, 99), rng.randint(100, 20000))),
        ),
        edges=((0,), (5,), (-5,), (100,), (-100,), (-1234,), (99,), (12345,)),
        idea="Handle the sign first and format the absolute amount; then the cents are simply the last two digits.",
        pitfall="divmod of a negative amount rounds down: -5 cents would become -1 euro and 95 cents.",
    ),
    Family(
        name="coins_without_some",
        concepts=("money", "greedy", "dictionaries"),
        difficulty=2,
        names="count_coins pay_out coins_for fill_purse hand_over",
        arguments=(
            "cents|amount|change|sum_due: int; the amount to pay in cents, 0 or more",
            "empty|missing|used_up|sold_out: list[int]; coin values that are not available, in cents",
        ),
        returns="dict[int, int]",
        phrasings=(
            "A machine pays $cents with coins of $coins cents, of each as many as it likes, but it has none of the values in $empty. It always takes the largest coin that fits next. Return a dictionary from the value to the number of coins, largest value first, only for coins that are used; an amount that cannot be paid completely is paid as far as possible.",
            "Pay $cents in coins: go through the values $coins from the largest to the smallest, leave out those in $empty, and use every value as often as it fits into what is left. Return the used values and how many of each as a dictionary in this order. What no coin fits into is ignored.",
            "Given the change $cents that a ticket machine owes and a list $empty of coins that have run out, which coins fall out? It knows the values $coins and takes as many as possible of the larger ones first. The dictionary has the largest coin first, no zeros, and a small rest may remain unpaid.",
            "Let the coin values be $coins without those in $empty, in descending order, and r = $cents. For each value v in turn record r // v under the key v if that is positive, and replace r by r % v. Return the dictionary in order of recording.",
        ),
        solutions=(
            """
used = {}
for coin in ($coins):
    if coin in $empty:
        continue
    $count, $cents = divmod($cents, coin)
    if $count > 0:
        used[coin] = $count
return used
""",
            """
used = {}
coins = [coin for coin in ($coins) if coin not in $empty]
while coins:
    if coins[0] > $cents:
        coins.pop(0)
    else:
        used[coins[0]] = used.get(coins[0], 0) + 1
        $cents -= coins[0]
return used
""",
            """
def pay(rest, coins):
    if not coins:
        return {}
    first, *others = coins
    if first in $empty or first > rest:
        return pay(rest, others)
    return {first: rest // first} | pay(rest % first, others)

return pay($cents, [$coins])
""",
        ),
        reference=lambda cents, empty, coins: _paid(cents, empty, [int(c) for c in str(coins).split(",")]),
        parameters=lambda rng: {
            "coins": Raw(
                rng.choice(
                    (
                        "200, 100, 50, 20, 10, 5, 2, 1",
                        "100, 50, 20, 10, 5",
                        "50, 20, 10, 5, 2, 1",
                        "100, 25, 10, 5, 1",
                    )
                )
            )
        },
        inputs=lambda rng, coins: (rng.randint(20, 500), rng.sample((100, 50, 20, 10, 5), rng.randint(1, 3))),
        edges=((0, []), (3, [2]), (100, []), (100, [100]), (388, [50, 20]), (44, [10, 20, 50, 100])),
        idea="From the largest value downwards, whole division says how many coins fit and the remainder goes on to the next value.",
        pitfall="Skipping the test for 0 fills the dictionary with coins that are not used.",
    ),
    Family(
        name="who_gets_money_back",
        concepts=("money", "dictionaries", "accumulation"),
        difficulty=3,
        names="settle_up balances money_back trip_balances who_owes",
        arguments=("payments|receipts|expenses|bills: list[tuple[str, int]]; who paid, and how many cents",),
        returns="dict[str, int]",
        phrasings=(
            "Everybody named in $payments shares all costs equally. Return a dictionary from each name, in alphabetical order, to the cents that the person $means: what $formula. The equal share is the total divided by the number of people, rounded down.",
            "From $payments, pairs of a name and an amount in cents, compute what each person $means. The share of everybody is the whole sum // the number of different names, and the result for a person is what $formula. List the names alphabetically in a dictionary.",
            "After a trip, $payments lists who paid for what, in cents. All who appear in it carry the same share, rounded down to whole cents. How much $story? Return a dictionary in alphabetical order of the names; negative amounts mean the opposite, and without payments it is empty.",
            "Let N be the set of names in $payments, T the sum of all amounts and s = T // |N|. Return {n: d(n)} for n in N in ascending order, where d(n) is what $formula with s as the share.",
        ),
        solutions=(
            """
paid = {}
for $key, cents in sorted($payments):
    paid[$key] = paid.get($key, 0) + cents
if not paid:
    return {}
share = sum(paid.values()) // len(paid)
return {$key: $difference for $key, spent in paid.items()}
""",
            """
names = sorted({$key for $key, _ in $payments})
$result = {}
for person in names:
    spent = sum(cents for $key, cents in $payments if $key == person)
    share = sum(cents for _, cents in $payments) // len(names)
    $result[person] = $difference
return $result
""",
        ),
        reference=lambda payments, difference, **_: {
            name: (cents if difference.startswith("spent") else -cents)
            for name, cents in _balances(payments).items()
        },
        parameters=lambda rng: {
            key: Raw(text)
            for key, text in zip(
                ("means", "formula", "difference", "story"),
                rng.choice(
                    (
                        (
                            "gets back",
                            "the person paid minus the equal share",
                            "spent - share",
                            "does each of them get back",
                        ),
                        (
                            "still owes",
                            "the equal share exceeds what the person paid (negative if it does not)",
                            "share - spent",
                            "does each of them still owe",
                        ),
                    )
                ),
                strict=True,
            )
        },
        inputs=lambda rng, **_: _payments(rng),
        edges=(
            ([],),
            ([("Ada", 500)],),
            ([("Ben", 100), ("Ada", 0)],),
            ([("Zoe", 250), ("Zoe", 250), ("Al", 1)],),
            ([("Émil", 10), ("Eva", 10), ("Ed", 11)],),
        ),
        idea="Sum up what each one paid, compute the common share once, and the difference is the balance.",
        pitfall="Dividing by the number of payments instead of the number of people makes the share too small.",
    ),
)


def _paid(cents: int, empty: list[int], coins: list[int]) -> dict[int, int]:
    falling: list[int] = []
    for coin in sorted(set(coins) - set(empty), reverse=True):
        while cents - sum(falling) >= coin:
            falling.append(coin)
    return {coin: falling.count(coin) for coin in falling}
