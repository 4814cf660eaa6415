"""Families on percentages and interest."""

from __future__ import annotations

from fractions import Fraction

from hornbook.curriculum.family import Family, Raw


def _shares(counts: dict[str, int]) -> dict[str, int]:
    total = sum(counts.values())
    floors = {key: int(Fraction(100 * n, total)) for key, n in counts.items()}
    rest = {key: Fraction(100 * n, total) - floors[key] for key, n in counts.items()}
    for key in sorted(counts, key=lambda k: (-rest[k], k))[: 100 - sum(floors.values())]:
        floors[key] += 1
    return floors


def _saved(start: int, percent: int, deposit: int, years: int) -> int:
    if years == 0:
        return start
    before = _saved(start, percent, deposit, years - 1)
    return int(before + Fraction(before * percent, 100)) + deposit


def _loan(debt: int, percent: int, payment: int) -> int | None:
    years = 0
    while debt > 0:
        debt = int(debt + Fraction(debt * percent, 100)) - payment
        years += 1
        if years > 300:
            return None
    return years


FAMILIES: tuple[Family, ...] = (
    Family(
        name="price_after_changes",
        concepts=("percentages", "accumulation", "for_loops"),
        difficulty=1,
        names="final_price after_changes apply_changes price_after track_price",
        arguments=(
            "price|start|value|amount: int; the price at first, in cents, not negative",
            "changes|percents|steps|rates: list[int]; changes in percent, negative for cuts, at least -100",
        ),
        returns="int",
        phrasings=(
            "Change $price by each percentage in $changes in turn, each time rounding down to whole cents, and return the last price. The price never falls below $least cents: where it would, it is set to $least.",
            "Starting from $price, apply the $changes (in percent of the current price) one after the other. After each change the price is cut to whole cents and raised to $least if it is less. Return the final price.",
            "A shop changes the $price of a $noun again and again, as the percentages $changes say: 10 makes it 10 percent dearer, -25 makes it a quarter cheaper, always from the price of that moment. Every new price is rounded down to whole cents and is at least $least cents. What does the $noun cost in the end?",
            "Let p(0) = $price and p(i) = max($least, floor(p(i - 1) * (100 + c(i)) / 100)) for the i-th element c(i) of $changes. Return the last p; without changes it is $price itself, even below $least.",
        ),
        solutions=(
            """
for percent in $changes:
    $price = $price * (100 + percent) // 100
    if $price < $least:
        $price = $least
return $price
""",
            """
from functools import reduce
return reduce(lambda now, percent: max($least, now * (100 + percent) // 100), $changes, $price)
""",
            """
if not $changes:
    return $price
changed = max($least, $price * (100 + $changes[0]) // 100)
return $self(changed, $changes[1:])
""",
        ),
        reference=lambda price, changes, least, noun: _changed(price, changes, least),
        parameters=lambda rng: {
            "least": rng.choice((50, 100, 199)),
            "noun": Raw(rng.choice(("lamp", "kettle", "scarf", "globe"))),
        },
        inputs=lambda rng, **_: (
            rng.randint(150, 2000),
            [rng.choice((10, 20, 5, -10, -25, -50, -80, 15)) for _ in range(rng.randint(1, 4))],
        ),
        edges=((0, []), (100, []), (10, [0]), (999, [-100]), (1000, [10, -10]), (300, [-90, 100])),
        idea="Every percentage refers to the price of its moment, so the steps have to be made one after the other.",
        pitfall="Adding up the percentages first gives a wrong price: up 10 and down 10 is not the same as no change.",
    ),
    Family(
        name="change_in_percent_text",
        concepts=("percentages", "string_formatting", "conditionals"),
        difficulty=2,
        names="change_text describe_change percent_change compare_sales trend",
        arguments=(
            "old|before|last_year|first: int; the earlier value, not negative",
            "new|after|this_year|second: int; the later value, not negative",
        ),
        returns="str",
        phrasings=(
            "Return the change from $old to $new in percent of $old, cut to a whole number towards zero, as text like '+12$unit' or '-5$unit'. A change that is cut to 0 gives '$same', and if $old is 0 the text is '$none'.",
            "By how many percent has a value changed that was $old and is $new? Cut the percentage off (towards zero) and write it with a sign and '$unit', for example '-30$unit'; write '$same' when nothing is left of it and '$none' when $old is 0.",
            "A newspaper compares the visitors of a museum, $old last year and $new this year, and prints '+8$unit', '-15$unit' and so on: whole percents of last year's number, cut off towards zero. It prints '$same' instead of zero percent, and '$none' if nobody came last year. What does it print?",
            "Let p be 100 * ($new - $old) / $old truncated to an integer. Return '$none' if $old is 0, '$same' if p is 0, and otherwise p with an explicit sign, followed by '$unit'.",
        ),
        solutions=(
            """
if $old == 0:
    return "$none"
percent = abs($new - $old) * 100 // $old
if percent == 0:
    return "$same"
sign = "+" if $new > $old else "-"
return f"{sign}{percent}$unit"
""",
            """
from fractions import Fraction
try:
    percent = int(Fraction(100 * ($new - $old), $old))
except ZeroDivisionError:
    return "$none"
return f"{percent:+d}$unit" if percent else "$same"
""",
        ),
        reference=lambda old, new, unit, same, none: (
            (lambda up, down: f"+{up}{unit}" if up else f"-{down}{unit}" if down else str(same))(
                len(range(old, 100 * (new - old) + 1, old)) if new > old else 0,
                len(range(old, 100 * (old - new) + 1, old)) if new < old else 0,
            )
            if old
            else str(none)
        ),
        parameters=lambda rng: {
            "unit": Raw(rng.choice(("%", " %", " percent"))),
            "same": Raw(rng.choice(("unchanged", "same", "="))),
            "none": Raw(rng.choice(("new", "n/a", "no value"))),
        },
        inputs=lambda rng, **_: rng.choice(
            (
                (200, 200 + rng.choice((1, -1, 2, -2, 3, -3))),
                (rng.choice((50, 80, 120)), rng.randint(20, 160)),
                (0, rng.randint(0, 9)),
            )
        ),
        edges=((0, 0), (0, 5), (5, 0), (200, 200), (300, 301), (300, 298), (200, 202), (200, 198), (3, 2)),
        idea="The base of the percentage is the old value; the sign is decided separately, so that cutting off is the same in both directions.",
        pitfall="// rounds a negative percentage down, so -0.5 would become -1.",
    ),
    Family(
        name="percents_that_add_up",
        concepts=("percentages", "sorting_with_key", "dictionaries"),
        difficulty=5,
        names="whole_percents shares_in_percent percent_shares round_shares poll_percents",
        arguments=(
            "counts|votes|answers|sales: dict[str, int]; names and how often each was counted, 0 or more",
        ),
        returns="dict[str, int]",
        phrasings=(
            "Turn $counts into whole percentages that add up to 100: first cut every exact percentage down to a whole number, then raise those with the largest cut-off parts by 1, one each, until the sum is 100. Equal parts are served in alphabetical order of the names. Keep the order of the dictionary; if all counts are 0 or there are none, return an empty dictionary.",
            "Given a dictionary $counts, return one with the same names in the same order and their shares in whole percent, which must total 100. Round all shares down; give the missing percents, one each, to the names that lost most by rounding, alphabetically first in case of a tie. A total of 0 gives {}.",
            "A newspaper prints the result of a poll, $counts, in whole percents and wants them to add up to 100. It rounds down and hands out what is missing, one percent per answer, to the answers with the largest remainders (ties in alphabetical order). Which percentages does it print, in the order of the poll? No votes at all give an empty dictionary.",
            "Let T be the sum of all values n of $counts, f = floor(100 * n / T) and r = 100 * n mod T for each name. Add 1 to f for the first 100 - sum(f) names in order of descending r, then ascending name. Return name -> f in the order of $counts, or {} if T = 0.",
        ),
        solutions=(
            """
$total = sum($counts.values())
if $total == 0:
    return {}
percents = {$key: 100 * n // $total for $key, n in $counts.items()}
missing = 100 - sum(percents.values())
order = sorted($counts, key=lambda $key: (-(100 * $counts[$key] % $total), $key))
for $key in order[:missing]:
    percents[$key] += 1
return percents
""",
            """
$total = sum($counts.values())
percents = {}
lost = []
for $key in $counts if $total else ():
    percents[$key], remainder = divmod($counts[$key] * 100, $total)
    lost.append((-remainder, $key))
lost.sort()
while percents and sum(percents.values()) < 100:
    _, $key = lost.pop(0)
    percents[$key] += 1
return percents
""",
        ),
        reference=lambda counts: _shares(counts) if any(counts.values()) else {},
        inputs=lambda rng: (
            {
                name: rng.choice((1, 1, 2, 3, 5, 7, rng.randint(0, 40)))
                for name in rng.sample(
                    ("yes", "no", "maybe", "later", "tea", "milk", "never"), rng.randint(3, 4)
                )
            },
        ),
        edges=(
            ({},),
            ({"a": 0},),
            ({"a": 5},),
            ({"c": 1, "b": 1, "a": 1},),
            ({"x": 1, "y": 2},),
            ({"no": 2, "yes": 2, "maybe": 2, "later": 0},),
        ),
        idea="Rounding down loses less than one percent per name, so handing out single percents to the largest losses repairs the sum.",
        pitfall="Rounding each share to the nearest number can give 99 or 101 in all.",
    ),
    Family(
        name="balances_year_by_year",
        concepts=("interest", "list_building", "for_loops"),
        difficulty=1,
        names="yearly_balances savings_plan balances_over_time grow_savings account_history",
        arguments=(
            "start|capital|savings|opening: int; the first balance in cents, not negative",
            "years|length|terms|duration: int; how many years, 0 or more",
        ),
        returns="list[int]",
        phrasings=(
            "An account holds $start cents. At the end of each year the bank adds $percent percent interest, rounded down to whole cents, and then $deposit cents are paid in. Return the list of the balances after 1, 2, ..., $years years.",
            "Return the balances at the end of each of $years years, when $start cents earn $percent percent a year (the interest is cut to whole cents and earns interest itself from then on) and $deposit cents are added after the interest.",
            "Grandmother opens an account with $start cents for a child. Every year, first $percent percent interest comes in, in whole cents rounded down, then she adds $deposit cents. How much is in the account after each of the first $years years? Give a list, which is empty for 0 years.",
            "Let b(0) = $start and b(i) = b(i - 1) + floor(b(i - 1) * $percent / 100) + $deposit. Return [b(1), ..., b($years)].",
        ),
        solutions=(
            """
balances = []
for _ in range($years):
    $start += $start * $percent // 100 + $deposit
    balances.append($start)
return balances
""",
            """
balances = [$start]
while len(balances) <= $years:
    interest = balances[-1] * $percent // 100
    balances.append(balances[-1] + interest + $deposit)
return balances[1:]
""",
            """
from itertools import accumulate
steps = accumulate(range($years), lambda now, _: now * (100 + $percent) // 100 + $deposit, initial=$start)
return list(steps)[1:]
""",
        ),
        reference=lambda start, years, percent, deposit: [
            _saved(start, percent, deposit, year) for year in range(1, years + 1)
        ],
        parameters=lambda rng: {"percent": rng.randint(2, 7), "deposit": rng.choice((500, 1000, 2500, 120))},
        inputs=lambda rng, **_: (rng.randint(500, 9000), rng.randint(2, 4)),
        edges=((0, 0), (0, 3), (99, 1), (10000, 2), (33, 4)),
        idea="Each year's balance is made from the last one, so the interest of earlier years earns interest as well.",
        pitfall="Working out the interest from the first balance every year gives simple interest.",
    ),
    Family(
        name="years_to_repay",
        concepts=("interest", "while_loops", "early_return"),
        difficulty=3,
        names="years_to_repay payments_needed loan_length repay time_to_clear",
        arguments=(
            "debt|loan|owed|credit: int; what is owed at first, in cents, not negative",
            "payment|rate|instalment|yearly: int; what is paid every year, in cents, not negative",
        ),
        returns="int | None",
        phrasings=(
            "Every year $percent percent of the rest of a debt, rounded down to whole cents, is added to it, and then $payment cents are paid back. Return after how many years the $debt is paid off (0 if there is none), or None if it never is because the debt does not shrink.",
            "A loan of $debt cents grows by $percent percent (interest cut to whole cents) at the end of each year, directly before $payment cents are paid. How many payments are needed until nothing is owed any more? Return None if the first payment does not even make the debt smaller, and 0 without a debt.",
            "Somebody borrows $debt cents for a $noun and pays $payment cents every year, right after the bank has added $percent percent interest, rounded down. After how many years is the $noun paid off? The last payment may be smaller; return None if it will never be, and 0 if nothing was borrowed.",
            "Let d(0) = $debt and d(i) = d(i - 1) + floor(d(i - 1) * $percent / 100) - $payment. Return the least i with d(i) <= 0, or None if there is none, which is the case exactly if d(0) > 0 and d(1) >= d(0).",
        ),
        solutions=(
            """
years = 0
while $debt > 0:
    interest = $debt * $percent // 100
    if interest >= $payment:
        return None
    $debt += interest - $payment
    years += 1
return years
""",
            """
if $debt <= 0:
    return 0
rest = $debt + $debt * $percent // 100 - $payment
if rest >= $debt:
    return None
return 1 + $self(rest, $payment)
""",
            """
if $debt > 0 and $payment <= $debt * $percent // 100:
    return None
history = [$debt]
while history[-1] > 0:
    history.append(history[-1] * (100 + $percent) // 100 - $payment)
return len(history) - 1
""",
        ),
        reference=lambda debt, payment, percent, noun: _loan(debt, percent, payment),
        parameters=lambda rng: {
            "percent": rng.choice((2, 4, 5, 8, 10)),
            "noun": Raw(rng.choice(("boat", "kitchen", "car", "piano"))),
        },
        inputs=lambda rng, percent, **_: (
            lambda d: (d, rng.choice((d * percent // 100, d // 3, d // 5, d // 4 + 7, d)))
        )(rng.randint(2, 90) * 100),
        edges=((0, 0), (100, 0), (1, 1), (1000, 20), (1000, 51), (5000, 2000), (1000, 1020)),
        idea="A debt that shrinks once shrinks ever faster, because the interest falls; one that does not shrink at first never will.",
        pitfall="Without the test for a payment that is too small the loop never ends.",
    ),
    Family(
        name="better_savings_offer",
        concepts=("interest", "percentages", "while_loops"),
        difficulty=3,
        names="year_of_overtaking compare_offers overtaking_year when_better first_better_year",
        arguments=(
            "capital|start|savings|amount: int; the amount in cents, at least 1000",
            "bonus|extra|gift|head_start: int; what bank A adds once at the start, in cents, not negative",
        ),
        returns="int",
        phrasings=(
            "Bank A adds $bonus to $capital once and then pays every year $low percent of the first amount $capital, rounded down, without interest on interest. Bank B adds no bonus but $high percent of the current balance every year, rounded down. Return the first year at whose end B's balance is $words A's; before the first year the year is 0.",
            "Compare two ways to save $capital cents. A: $capital + $bonus at once, and each year the same interest of $low percent of $capital. B: each year $high percent of the balance reached so far (interest is rounded down to cents). After how many years is B for the first time $words A? The answer is 0 if that holds at the start.",
            "Nia has $capital cents. Bank A offers a gift of $bonus cents and simple interest, $low percent of the $capital each year; bank B offers no gift but compound interest of $high percent a year. All interest is cut to whole cents. After how many full years is her balance at B for the first time $words what she would have at A? 0 means from the start.",
            "Let a(0) = $capital + $bonus, a(i) = a(i - 1) + floor($capital * $low / 100), b(0) = $capital and b(i) = b(i - 1) + floor(b(i - 1) * $high / 100). Return the least i >= 0 such that b(i) is $words a(i).",
        ),
        solutions=(
            """
simple, compound = $capital + $bonus, $capital
years = 0
while not compound $op simple:
    simple += $capital * $low // 100
    compound += compound * $high // 100
    years += 1
return years
""",
            """
from itertools import count as upwards
balance = $capital
for year in upwards():
    if balance $op $capital + $bonus + year * ($capital * $low // 100):
        return year
    balance = balance * (100 + $high) // 100
""",
        ),
        reference=lambda capital, bonus, low, high, op, words: next(
            year
            for year in range(500)
            if _saved(capital, high, 0, year) - (capital + bonus + year * int(Fraction(capital * low, 100)))
            >= (op == ">")
        ),
        parameters=lambda rng: {
            **dict(
                zip(
                    ("low", "high"), rng.choice(((3, 3), (4, 4), (5, 5), (4, 5), (5, 4), (6, 5))), strict=True
                )
            ),
            **dict(
                zip(
                    ("op", "words"),
                    map(Raw, rng.choice(((">", "more than"), (">=", "at least")))),
                    strict=True,
                )
            ),
        },
        inputs=lambda rng, **_: (rng.randint(10, 90) * 100, rng.choice((0, 10, 100, 250, 500))),
        edges=((1000, 0), (10000, 1), (10000, 40), (5000, 1000), (2000, 20)),
        idea="Let both balances grow side by side, year by year, and stop at the first year in which the comparison holds.",
        pitfall="Letting the simple interest grow with the balance turns bank A into a second bank B.",
    ),
)


def _changed(price: int, changes: list[int], least: int) -> int:
    for percent in changes:
        price = max(least, int(price + Fraction(price * percent, 100)))
    return price
