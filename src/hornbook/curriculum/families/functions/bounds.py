"""First families on comparisons with two bounds and on choosing one of two values."""

from __future__ import annotations

import random
from typing import Any

from hornbook.curriculum.family import Family, Raw


def _gaps(values: list[int], low: int, high: int) -> list[int]:
    allowed = range(low, high + 1)
    return [min(abs(value - good) for good in allowed) for value in values]


def _kinds(triples: list[tuple[int, int, int]]) -> list[str]:
    return [
        {(1, 1): "rising", (-1, -1): "falling", (0, 0): "level"}.get(_signs(*triple), "mixed")
        for triple in triples
    ]


def _signs(a: int, b: int, c: int) -> tuple[int, int]:
    return (b > a) - (b < a), (c > b) - (c < b)


def _triples(rng: random.Random) -> tuple[list[tuple[int, int, int]]]:
    def one() -> tuple[int, int, int]:
        a, b = rng.randint(-3, 9), rng.randint(1, 3)
        return rng.choice(
            (
                (a, a + b, a + b + 1),
                (a, a - b, a - b - 1),
                (a, a, a),
                (a, a, a + b),
                (a, a - b, a),
                (a + b, a, a),
            )
        )

    return ([one() for _ in range(rng.randint(2, 4))],)


def _parts_of_day(hours: list[int], wake: int, noon: int, late: int) -> list[str]:
    table = (
        ["night"] * wake
        + ["morning"] * (noon - wake)
        + ["afternoon"] * (late - noon)
        + ["night"] * (24 - late)
    )
    return [table[hour] for hour in hours]


def _way(pieces: int, k: int, single: int, pack: int) -> tuple[str, int]:
    packs = 0
    while packs * k < pieces:
        packs += 1
    prices = {"single": pieces * single, "packs": packs * pack}
    best = min(prices.values())
    return ("single" if prices["single"] == best else "packs"), best


def _signed(numbers: list[int], zero: str) -> str:
    return " ".join(("+" if n > 0 else "") + str(n) if n else zero for n in numbers)


def _true_or_false(values: list[Any]) -> tuple[int, int]:
    false = [v for v in values if v in (None, 0, "", [], ())]
    return len(values) - len(false), len(false)


FAMILIES: tuple[Family, ...] = (
    Family(
        name="distance_from_allowed_range",
        concepts=("comparison_chains", "conditionals", "list_building"),
        difficulty=1,
        names="gaps_to_range distances off_by how_far_off deviations range_gaps",
        arguments=("values|readings|numbers|measured: list[int]; the measured values",),
        returns="list[int]",
        phrasings=(
            "Return for each of $values how far it is outside the range from $low to $high: 0 if it lies in the range, whose ends belong to it, and otherwise the distance to the nearer end.",
            "Given a list of integers $values, replace each by 0 if it is at least $low and at most $high, by $low minus the value if it is smaller, and by the value minus $high if it is larger. Return the new list.",
            "The $thing should be between $low and $high degrees, both being fine. For each reading in $values, by how many degrees is it wrong? Inside the range that is 0, and it is never negative.",
            "Return the list of the least d >= 0 for which v - d or v + d lies in the closed interval [$low, $high], for the elements v of $values.",
        ),
        solutions=(
            """
$result = []
for $item in $values:
    if $low <= $item <= $high:
        $result.append(0)
    elif $item < $low:
        $result.append($low - $item)
    else:
        $result.append($item - $high)
return $result
""",
            """
return [max($low - $item, $item - $high, 0) for $item in $values]
""",
        ),
        reference=lambda values, low, high, thing: _gaps(values, low, high),
        inputs=lambda rng, low, high, thing: (
            [
                rng.choice((low, high, low - 1, high + 1, rng.randint(low - 9, high + 9)))
                for _ in range(rng.randint(3, 5))
            ],
        ),
        edges=(([],), ([0],), ([-50, 50],), ([5, 6, 7, 8, 9],)),
        idea="The chain asks for both ends at once; behind it only one side is left for each of the other branches.",
        pitfall="`abs(value - low)` is right only below the range, not above it.",
        parameters=lambda rng: (
            lambda low: {
                "low": low,
                "high": low + rng.randint(3, 8),
                "thing": Raw(rng.choice(("aquarium", "cellar", "fridge", "pool"))),
            }
        )(rng.randint(2, 12)),
    ),
    Family(
        name="rising_falling_or_level",
        concepts=("comparison_chains", "conditionals", "tuples"),
        difficulty=1,
        names="kinds_of_triples describe_triples trends name_trends directions rise_or_fall",
        arguments=("triples|rows|measurements|weeks: list[tuple[int, int, int]]; three numbers each",),
        returns="list[str]",
        phrasings=(
            "Return a word for each of $triples: 'rising' if every number is larger than the one before, 'falling' if every number is smaller, 'level' if all three are equal, and 'mixed' otherwise.",
            "Given a list of tuples of three integers, describe each with 'rising' (a < b < c), 'falling' (a > b > c), 'level' (a = b = c) or, if none of these holds, 'mixed'. Return the list of the words for $triples.",
            "The $thing is read in the morning, at noon and in the evening, and an arrow shows how it went: 'rising' or 'falling' if it changed that way both times, 'level' if it never changed, and 'mixed' for all other days. Which words belong to the days in $triples?",
            "For every (a, b, c) in $triples let s and t be the signs of b - a and c - b. Return the list of 'rising' for s = t = 1, 'falling' for s = t = -1, 'level' for s = t = 0 and 'mixed' for s and t that differ.",
        ),
        solutions=(
            """
words = []
for a, b, c in $triples:
    if a < b < c:
        words.append("rising")
    elif a > b > c:
        words.append("falling")
    else:
        words.append("level" if a == b == c else "mixed")
return words
""",
            """
def word(first, second, third):
    if first == second == third:
        return "level"
    if first < second < third:
        return "rising"
    return "falling" if first > second > third else "mixed"

return [word(*triple) for triple in $triples]
""",
        ),
        reference=lambda triples, thing: _kinds(triples),
        inputs=lambda rng, thing: _triples(rng),
        edges=(([],), ([(0, 0, 0)],), ([(1, 2, 2), (2, 2, 1)],), ([(-3, -2, -1), (3, 2, 1), (1, 3, 2)],)),
        idea="A chain of two comparisons says in one condition that both steps go the same way.",
        pitfall="`a < c` alone overlooks a number in the middle that breaks the row.",
        parameters=lambda rng: {
            "thing": Raw(rng.choice(("barometer", "river", "thermometer", "share price")))
        },
    ),
    Family(
        name="parts_of_the_day",
        concepts=("comparison_chains", "conditionals", "mapping"),
        difficulty=1,
        names="parts_of_day name_hours time_of_day hours_in_words label_hours day_parts",
        arguments=("hours|times|clock|visits: list[int]; full hours from 0 to 23",),
        returns="list[str]",
        phrasings=(
            "Return the part of the day for each of $hours: 'morning' from $wake to before $noon, 'afternoon' from $noon to before $late, and 'night' for all other hours.",
            "Given a list $hours of integers from 0 to 23, replace each by 'morning' if it is at least $wake and less than $noon, by 'afternoon' if it is at least $noon and less than $late, and by 'night' otherwise. Return the list of words.",
            "A $shop greets by the clock: from $wake o'clock it is morning, from $noon o'clock afternoon, and from $late o'clock on, until $wake o'clock, night. Which words ('morning', 'afternoon', 'night') go with the visits at $hours?",
            "Return a list with 'morning' for every h of $hours in the half-open interval [$wake, $noon), 'afternoon' for h in [$noon, $late), and 'night' for the rest of the 24 hours.",
        ),
        solutions=(
            """
words = []
for hour in $hours:
    if $wake <= hour < $noon:
        words.append("morning")
    elif $noon <= hour < $late:
        words.append("afternoon")
    else:
        words.append("night")
return words
""",
            """
from bisect import bisect

names = ("night", "morning", "afternoon", "night")
starts = ($wake, $noon, $late)
return [names[bisect(starts, hour)] for hour in $hours]
""",
        ),
        reference=lambda hours, wake, noon, late, shop: _parts_of_day(hours, wake, noon, late),
        inputs=lambda rng, wake, noon, late, shop: (
            [
                rng.choice((wake, wake - 1, noon, noon - 1, late, late - 1, rng.randint(0, 23)))
                for _ in range(rng.randint(3, 6))
            ],
        ),
        edges=(([],), ([0],), ([23, 0],), ([5, 6, 7, 11, 12, 13],), ([17, 18, 19, 20, 21],)),
        idea="Each interval includes its start and excludes its end, so the neighbours meet without gap or overlap.",
        pitfall="The night goes over midnight; no single chain describes it, but it is what remains.",
        parameters=lambda rng: {
            "wake": rng.randint(5, 7),
            "noon": rng.randint(11, 13),
            "late": rng.randint(18, 21),
            "shop": Raw(rng.choice(("bakery", "robot", "hotel", "radio station"))),
        },
    ),
    Family(
        name="single_or_in_packs",
        concepts=("conditional_expressions", "integer_division", "min_max"),
        difficulty=1,
        names="cheaper_way single_or_packs best_way_to_buy how_to_buy cheapest_purchase buy",
        arguments=("needed|number|wanted|n: int; how many are needed, not negative",),
        returns="tuple[str, int]",
        phrasings=(
            "Return the cheaper way to buy $needed pieces and its price, as a pair: 'single' at $single cents a piece, or 'packs' of $k at $pack cents a pack, as many as are needed. If both cost the same, it is 'single'.",
            "Given $needed, the number of pieces to buy, compare two prices: $single cents for every piece, or $pack cents for every pack of $k pieces, where a pack is bought whole even if not all of it is needed. Return ('single', price) or ('packs', price), the first when the prices are equal.",
            "A shop sells $things one by one for $single cents or in packs of $k for $pack cents. Somebody wants $needed of them and buys only singly or only packs. Which is cheaper, and what does it cost? Buying singly is preferred if there is no difference.",
            "Let s = $single * $needed and p = $pack * m, where m is the least integer with $k * m >= $needed. Return ('single', s) if s <= p and ('packs', p) otherwise.",
        ),
        solutions=(
            """
singly = $needed * $single
packs = ($needed + $k - 1) // $k * $pack
return ("single", singly) if singly <= packs else ("packs", packs)
""",
            """
number = $needed // $k
if $needed % $k:
    number += 1
way = "packs" if number * $pack < $needed * $single else "single"
price = min(number * $pack, $needed * $single)
return way, price
""",
        ),
        reference=lambda pieces, k, single, pack, things: _way(pieces, k, single, pack),
        inputs=lambda rng, k, single, pack, things: (
            rng.choice((k, k + 1, k - 1, 2 * k + 1, 2 * k - 1, rng.randint(1, 15))),
        ),
        edges=((0,), (1,), (3,), (4,), (6,), (20,)),
        idea="Both prices are worked out and named; the conditional expression then chooses between two finished answers.",
        pitfall="Rounding the number of packs down leaves some pieces out.",
        parameters=lambda rng: (
            lambda k, single: {
                "k": k,
                "single": single,
                "pack": single * (k - 1) + rng.choice((0, 0, 1, -1)),
                "things": Raw(rng.choice(("light bulbs", "batteries", "rolls", "notebooks"))),
            }
        )(rng.randint(3, 6), rng.randint(20, 60)),
    ),
    Family(
        name="numbers_with_their_sign",
        concepts=("conditional_expressions", "string_formatting", "mapping"),
        difficulty=1,
        names="signed_text with_signs show_changes changes_text signed_numbers write_changes",
        arguments=("numbers|changes|values|differences: list[int]; the numbers to show",),
        returns="str",
        phrasings=(
            "Return $numbers as one text separated by blanks, where a positive number has a + in front, a negative one its minus, and 0 is written as '$zero'.",
            "Given a list of integers $numbers, write each with its sign, as in '+3' and '-2', but every 0 as '$zero', and join them with single blanks. An empty list gives ''.",
            "A $page shows by how much each value changed since yesterday: '+4 -1 $zero +12'. What does it show for $numbers, where 0 means no change?",
            "Return the strings s(n) for the n of $numbers joined by ' ', with s(n) = '+' followed by the digits for n > 0, s(n) = '-' followed by the digits of |n| for n < 0, and s(0) = '$zero'.",
        ),
        solutions=(
            """
parts = [f"{number:+}" if number else "$zero" for number in $numbers]
return " ".join(parts)
""",
            """
parts = []
for number in $numbers:
    sign = "+" if number > 0 else ""
    parts.append(sign + str(number) if number != 0 else "$zero")
return " ".join(parts)
""",
        ),
        reference=lambda numbers, zero, page: _signed(numbers, str(zero)),
        inputs=lambda rng, zero, page: (
            [rng.choice((0, rng.randint(-9, 9), rng.randint(-30, 30))) for _ in range(rng.randint(3, 6))],
        ),
        edges=(([],), ([0],), ([1],), ([-1],), ([10, 0, -10],)),
        idea="Two small choices, made for each number: is there anything to show, and does it need a plus?",
        pitfall="Writing the plus for every number that is not negative gives '+0'.",
        parameters=lambda rng: {
            "zero": Raw(rng.choice(("=", "0", "same", "."))),
            "page": Raw(rng.choice(("league table", "weather page", "stock list", "notice board"))),
        },
    ),
    Family(
        name="how_many_count_as_true",
        concepts=("truthiness", "counting", "type_conversion"),
        difficulty=1,
        names="count_true_and_false true_and_false truth_counts count_truthy sort_by_truth truths",
        arguments=("values|things|conditions|items: list; values of several types",),
        returns="tuple[int, int]",
        phrasings=(
            "Return how many of $values count as true in a condition and how many as false, as a pair. In Python 0, 0.0, '', None, False and everything empty count as false.",
            "Given a list $values, ask of each element whether `if element:` would run its block. Return (how often yes, how often no).",
            "A child learns what Python takes for true: 7 yes, 0 no, 'no' yes, '' no. Test all $values in this way and return the two numbers, first that of the true ones.",
            "Return (t, f), where t is the number of elements v of $values with bool(v) = True and f the number of those with bool(v) = False; t + f is the length of $values.",
        ),
        solutions=(
            """
true = false = 0
for $item in $values:
    if $item:
        true += 1
    else:
        false += 1
return true, false
""",
            """
true = sum(map(bool, $values))
return true, len($values) - true
""",
        ),
        reference=_true_or_false,
        inputs=lambda rng: (
            [
                rng.choice((0, 1, -1, "", "0", "no", None, True, False, [], [0], 0.0, 0.5, (), " "))
                for _ in range(rng.randint(3, 7))
            ],
        ),
        edges=(([],), ([None],), (["False"],), ([[], [[]]],), ([0, 0.0, False],)),
        idea="The value itself stands as the condition; every True is worth 1 when truth values are added up.",
        pitfall="The text 'False' is not empty and therefore true.",
    ),
)
