"""Families on aggregation: groups of records reduced to one value each."""

from __future__ import annotations

from fractions import Fraction

from hornbook.curriculum.families.wording import part
from hornbook.curriculum.family import Family, Raw


def _figure(values: list[int], what: str) -> int:
    """Return the figure that `what` names for the ascending list `values`."""
    extremes = {
        "the smallest value": values[0],
        "the largest value": values[-1],
        "the number of values": len(values),
    }
    if what == "the sum":
        return sum(values)
    return extremes.get(what, values[-1] - values[0])


FAMILIES: tuple[Family, ...] = (
    Family(
        name="spread_per_station",
        concepts=("aggregation", "dictionaries", "min_max"),
        difficulty=2,
        names="spread_per_station station_summary ranges_by_place summarize_readings extremes",
        arguments=("readings|values|records|log: list[tuple[str, int]]; (station, temperature)",),
        returns="dict[str, tuple[int, int]]",
        phrasings=(
            "Return a dictionary from each station in $readings to the tuple ($first_what, $second_what) of its values, in alphabetical order of the stations. Stations with fewer than $k values are left out.",
            "Group $readings by station and give for every station with at least $k readings $first_what and $second_what as a tuple. Sort the stations by name.",
            "A weather service collects (station, temperature) pairs in $readings. What are $first_what and $second_what at each station that has reported at least $k times? Answer with a dictionary of tuples, stations in alphabetical order.",
            "For each station s let V be the list of the numbers paired with s in $readings. Return {s: ($first_what of V, $second_what of V)} in ascending order of s for all s with at least $k elements in V.",
        ),
        solutions=(
            """
groups = {}
for station, value in $readings:
    groups.setdefault(station, []).append(value)
$result = {}
for station in sorted(groups):
    values = groups[station]
    if len(values) >= $k:
        $result[station] = ($first, $second)
return $result
""",
            """
from itertools import groupby
$result = {}
for station, $row in groupby(sorted($readings), key=lambda $pair: $pair[0]):
    values = [value for _, value in $row]
    if len(values) < $k:
        continue
    $result[station] = $first, $second
return $result
""",
        ),
        reference=lambda readings, k, first_what, second_what, **_: {
            s: (_figure(values, first_what), _figure(values, second_what))
            for s in sorted({s for s, _ in readings})
            for values in [sorted(v for t, v in readings if t == s)]
            if values[k - 1 :]
        },
        parameters=lambda rng: (
            lambda pair: {
                "k": rng.randint(2, 3),
                "first_what": Raw(pair[0][0]),
                "first": Raw(pair[0][1]),
                "second_what": Raw(pair[1][0]),
                "second": Raw(pair[1][1]),
            }
        )(
            rng.sample(
                (
                    ("the smallest value", "min(values)"),
                    ("the largest value", "max(values)"),
                    ("the sum", "sum(values)"),
                    ("the number of values", "len(values)"),
                    ("the difference of the extremes", "max(values) - min(values)"),
                ),
                2,
            )
        ),
        inputs=lambda rng, **_: (
            [(rng.choice(("Bern", "Oslo", "Aix")), rng.randint(-9, 25)) for _ in range(rng.randint(5, 7))],
        ),
        edges=(
            ([],),
            ([("Rome", 5)],),
            ([("Rome", 5), ("Rome", 5)],),
            ([("b", -1), ("a", 3), ("b", -4)],),
            ([("b", 0), ("a", 7), ("c", 1), ("a", 2), ("c", 9), ("a", 4)],),
        ),
        idea="Split by station, reduce every group to two numbers, put the answers together in order.",
        pitfall="groupby without sorting first makes several groups for a station that comes back later.",
    ),
    Family(
        name="weighted_mark_per_subject",
        concepts=("aggregation", "rounding", "default_dictionaries"),
        difficulty=3,
        names="weighted_marks subject_averages final_marks report_card grade_subjects",
        arguments=(
            "marks|tests|results|entries: list[tuple[str, int, int]]; (subject, mark, weight), weights are positive",
        ),
        returns="dict[str, int]",
        phrasings=(
            "Return the weighted average mark of each subject in $marks, multiplied by $scale and rounded $round to a whole number, in order of first appearance. Only subjects whose weights add up to at least $least are listed.",
            "For every subject of $marks divide the sum of mark times weight by the sum of the weights, multiply by $scale and round $round. Return a dictionary with the subjects as they first come up, without those that have a total weight below $least.",
            "A teacher enters (subject, mark, weight) for every test in $marks. What is the average of each subject, taking the weights into account, in units of 1/$scale and rounded $round? Subjects with a total weight of less than $least do not get an average. Keep the order in which subjects appear.",
            "For each subject s let a be the sum of m * w and b the sum of w over its tuples (s, m, w). Return {s: $scale * a / b rounded $round} for all s with b >= $least, in order of first occurrence.",
        ),
        solutions=(
            """
from collections import defaultdict
sums = defaultdict(lambda: [0, 0])
for subject, mark, weight in $marks:
    sums[subject][0] += mark * weight
    sums[subject][1] += weight
return {subject: $formula for subject, (total, weights) in sums.items() if weights >= $least}
""",
            """
$result = {}
for subject in dict.fromkeys($row[0] for $row in $marks):
    total = sum($row[1] * $row[2] for $row in $marks if $row[0] == subject)
    weights = sum($row[2] for $row in $marks if $row[0] == subject)
    if weights >= $least:
        $result[subject] = $formula
return $result
""",
        ),
        reference=lambda marks, scale, least, round, **_: {
            s: (
                value.numerator
                - (
                    value.numerator % value.denominator
                    if round == "down"
                    else -(-value.numerator % value.denominator)
                )
            )
            // value.denominator
            for s in dict.fromkeys(m[0] for m in marks)
            for rows in [[m for m in marks if m[0] == s]]
            for value in [Fraction(scale * sum(m * w for _, m, w in rows), sum(w for *_, w in rows))]
            if sum(w for *_, w in rows) >= least
        },
        parameters=lambda rng: (
            lambda scale, down: {
                "scale": scale,
                "least": rng.randint(2, 4),
                "round": Raw("down" if down else "up"),
                "formula": Raw(f"{scale} * total // weights" if down else f"-(-{scale} * total // weights)"),
            }
        )(rng.choice((1, 10, 100)), rng.random() < 0.5),
        inputs=lambda rng, **_: (
            [
                (rng.choice(("Art", "Math", "Bio")), rng.randint(1, 6), rng.randint(1, 3))
                for _ in range(rng.randint(4, 6))
            ],
        ),
        edges=(
            ([],),
            ([("Art", 5, 4)],),
            ([("Art", 5, 1)],),
            ([("b", 1, 2), ("a", 2, 3), ("b", 2, 1)],),
            ([("x", 6, 2), ("x", 1, 1), ("y", 0, 9)],),
        ),
        idea="A weighted average is one sum divided by another; both are collected per subject, and the division comes last.",
        pitfall="Averaging the marks first and using the weights afterwards is too late, they belong into the sum.",
    ),
    Family(
        name="good_customers",
        concepts=("aggregation", "filtering", "sorting_by_several_keys"),
        difficulty=3,
        names="good_customers top_customers loyal_buyers totals_above_limit rank_buyers",
        arguments=(
            "orders|sales|purchases|bills: list[tuple[str, int]]; (customer, amount), negative for goods given back",
        ),
        returns="list[tuple[str, int]]",
        phrasings=(
            "Add up the amounts of each customer in $orders and return (customer, total) for those with a total of at least $limit and at least $k orders, the largest total first and equal totals by name. Negative amounts lower the total but are not orders.",
            "For every customer compute the sum of all amounts in $orders and the number of the positive ones. Return the pairs (customer, sum) where the sum is $limit or more and the number $k or more, sorted by falling sum and then alphabetically.",
            "A shop thanks its good customers: those who bought at least $k times and for at least $limit in total, where goods given back appear in $orders as negative amounts, reduce the total and are no purchase. Who gets thanks, with what total, the best one first, names deciding between equal totals?",
            "For each name n in $orders let t(n) be the sum of its amounts and p(n) how many of them are greater than 0. Return the tuples (n, t(n)) with t(n) >= $limit and p(n) >= $k, ordered by -t(n), then n.",
        ),
        solutions=(
            """
totals, bought = {}, {}
for name, amount in $orders:
    totals[name] = totals.get(name, 0) + amount
    bought[name] = bought.get(name, 0) + (amount > 0)
good = [name for name in totals if totals[name] >= $limit and bought[name] >= $k]
good.sort(key=lambda name: (-totals[name], name))
return [(name, totals[name]) for name in good]
""",
            """
$result = []
for name in sorted(set(name for name, _ in $orders)):
    amounts = [amount for $other, amount in $orders if $other == name]
    purchases = [amount for amount in amounts if amount > 0]
    if len(purchases) >= $k and sum(amounts) >= $limit:
        $result.append((name, sum(amounts)))
return sorted($result, key=lambda $pair: $pair[1], reverse=True)
""",
        ),
        reference=lambda orders, limit, k: [
            (n, t)
            for t in sorted({sum(a for m, a in orders if m == n) for n, _ in orders}, reverse=True)
            if t >= limit
            for n in sorted({n for n, _ in orders})
            if sum(a for m, a in orders if m == n) == t and sum(m == n and a > 0 for m, a in orders) >= k
        ],
        parameters=lambda rng: {"limit": rng.choice((8, 10, 12)), "k": rng.choice((2, 2, 3))},
        inputs=lambda rng, limit, k: (
            [
                (
                    rng.choice(("Ada", "Ben")),
                    rng.choice((limit // 2, limit, rng.randint(1, 14), rng.randint(4, 14), -2)),
                )
                for _ in range(rng.randint(5, 8))
            ],
        ),
        edges=(
            ([],),
            ([("Ada", 12)],),
            ([("b", 10), ("a", 10), ("b", 2), ("a", 2)],),
            ([("a", 20), ("a", -10), ("b", 5), ("b", 5)],),
            ([("c", 7), ("c", 1), ("b", 30), ("b", 0), ("a", 9), ("a", 9)],),
        ),
        idea="Two aggregates per customer are needed, the sum and the count; the conditions can only be tested when all orders have been read.",
        pitfall="Testing the limit while adding up would let somebody in who later gives everything back.",
    ),
    Family(
        name="median_per_group",
        concepts=("aggregation", "grouping", "sorting"),
        difficulty=3,
        names="median_per_group typical_prices middle_values group_medians describe_groups",
        arguments=("prices|offers|values|samples: list[tuple[str, int]]; (article, price)",),
        returns="list[tuple[str, int]]",
        phrasings=(
            "Return (article, median price) for each article in $prices, ordered by the median with the $first first and equal ones by name. For an even number of prices take the $which of the two middle ones; articles with fewer than $k prices are left out.",
            "Group $prices by article and take the middle one of the sorted prices of each, of two middle ones the $which. List the pairs (article, middle price) by price, $first first, and by name where it is equal, without articles that have fewer than $k prices.",
            "A market reporter asks several dealers, $prices. What is the typical price of each article, meaning the one in the middle when its prices are sorted, or the $which one of the two in the middle? Give (article, price) tuples with the $first price first, ties by name, only for articles with at least $k prices.",
            "For each article a let s be its sorted prices and m = s[$index]. Return the tuples (a, m) for all a with len(s) >= $k, sorted by m ($first first), then by a. This m is the median, or the $which middle element.",
        ),
        solutions=(
            """
groups = {}
for name, price in $prices:
    groups.setdefault(name, []).append(price)
$result = []
for name, s in groups.items():
    if len(s) >= $k:
        s.sort()
        $result.append((name, s[$index]))
return sorted($result, key=lambda $pair: (${sign}$pair[1], $pair[0]))
""",
            """
from statistics import $median
names = sorted({name for name, _ in $prices})
medians = []
for name in names:
    found = [price for $other, price in $prices if $other == name]
    if len(found) >= $k:
        medians.append((name, $median(found)))
medians.sort(key=lambda $pair: $pair[1]$down)
return medians
""",
        ),
        reference=lambda prices, k, which, first, **_: [
            (a, m)
            for m in sorted({p for _, p in prices}, reverse=first == "largest")
            for a in sorted({a for a, _ in prices})
            for s in [sorted(p for b, p in prices if b == a)]
            if len(s) >= k and (s if which == "smaller" else s[::-1])[(len(s) - 1) // 2] == m
        ],
        parameters=lambda rng: {
            "k": rng.randint(2, 3),
            **part(
                rng,
                {"which": "smaller", "index": "(len(s) - 1) // 2", "median": "median_low"},
                {"which": "larger", "index": "len(s) // 2", "median": "median_high"},
            ),
            **part(
                rng,
                {"first": "smallest", "sign": "", "down": ""},
                {"first": "largest", "sign": "-", "down": ", reverse=True"},
            ),
        },
        inputs=lambda rng, **_: (
            [(rng.choice(("fish", "plum", "corn")), rng.randint(1, 9)) for _ in range(rng.randint(7, 9))],
        ),
        edges=(
            ([],),
            ([("tea", 5)],),
            ([("tea", 5), ("tea", 3)],),
            ([("b", 2), ("a", 2), ("b", 2), ("a", 2)],),
            ([("b", 9), ("b", 1), ("b", 5), ("a", 1), ("a", 4), ("a", 2), ("a", 8)],),
        ),
        idea="A median needs the whole group in sorted order, so the prices are collected before anything is computed.",
        pitfall="Sorting the prices of all articles together mixes the groups.",
    ),
)
