"""Families on products: all ways to take one element from each of several groups."""

from __future__ import annotations

import random
from itertools import product
from math import prod
from typing import Any

from hornbook.curriculum import draws
from hornbook.curriculum.families.wording import part
from hornbook.curriculum.family import Family, Raw


def _courses(rng: random.Random) -> list[dict[str, int]]:
    dishes = (("soup", "salad", "melon"), ("fish", "rice", "steak", "pasta"), ("cake", "fruit", "ice"))
    return [
        {dish: rng.randint(2, 9) for dish in rng.sample(course, rng.randint(1, 3))}
        for course in dishes[rng.randint(0, 1) :]
    ]


def _pattern(rng: random.Random, opening: str, closing: str) -> str:
    parts = [rng.choice(("a", "x", "no", "-", "")) for _ in range(3)]
    groups = [
        opening + "".join(rng.sample("bcdef", rng.randint(2, 3))) + closing for _ in range(rng.randint(1, 2))
    ]
    return parts[0] + groups[0] + parts[1] + "".join(groups[1:]) + parts[2]


def _winning_totals(rng: random.Random) -> dict[str, Any]:
    kind, k = rng.choice(
        (
            ("multiple", 3),
            ("multiple", 4),
            ("multiple", 5),
            ("more", 5),
            ("more", 7),
            ("less", 6),
            ("less", 8),
        )
    )
    says = {"multiple": "is divisible by", "more": "is greater than", "less": "is less than"}[kind]
    test = {"multiple": f"total % {k} == 0", "more": f"total > {k}", "less": f"total < {k}"}[kind]
    return {"kind": kind, "k": k, "says": Raw(f"{says} {k}"), "test": Raw(test)}


FAMILIES: tuple[Family, ...] = (
    Family(
        name="menus_within_price",
        concepts=("products", "dictionaries", "filtering"),
        difficulty=3,
        names="menus_within_price possible_menus menus_for choose_menu affordable_meals",
        arguments=(
            "courses|card|dishes|menu: list[dict[str, int]]; for each course its dishes with their prices",
        ),
        returns="list[str]",
        phrasings=(
            "Return all menus, one dish from each of $courses, that cost $words $limit in total, as texts with the dishes joined by '$sep'. The last course varies fastest, and dishes keep the order of their dictionaries.",
            "Take one dish of every dictionary in $courses in all possible ways and keep the choices with a total price of $words $limit. Write each as the names joined by '$sep', in the order of itertools.product.",
            "A guest orders one dish per course, $courses, and wants to pay $words $limit. Which orders are possible? Give the names of the dishes joined by '$sep'; orders with an earlier dish in an earlier course come first.",
            "Return the joined keys ('$sep' between them) of all elements of the Cartesian product of the dictionaries in $courses whose values sum to $words $limit, in lexicographic order of positions; without courses there is one choice, the empty text, with the total 0.",
        ),
        solutions=(
            """
from itertools import product
$result = []
for dishes in product(*$courses):
    $total = sum(course[dish] for course, dish in zip($courses, dishes))
    if $total $op $limit:
        $result.append("$sep".join(dishes))
return $result
""",
            """
menus = [([], 0)]
for course in $courses:
    longer = []
    for names, $total in menus:
        for dish, price in course.items():
            longer.append((names + [dish], $total + price))
    menus = longer
return ["$sep".join(names) for names, $total in menus if $total $op $limit]
""",
        ),
        reference=lambda courses, op, words, limit, sep: [
            sep.join(name for name, _ in menu)
            for menu in product(*(course.items() for course in courses))
            if draws.COMPARISONS[op][1](sum(price for _, price in menu), limit)
        ],
        parameters=lambda rng: {
            **draws.comparison(rng),
            "limit": rng.randint(9, 13),
            "sep": Raw(rng.choice(("+", " & ", ", ", "/"))),
        },
        inputs=lambda rng, **_: (_courses(rng),),
        edges=(
            ([],),
            ([{}],),
            ([{"tea": 9}, {"cake": 3}],),
            ([{"a": 5, "b": 6}, {"c": 5, "d": 4}],),
            ([{"a": 10, "b": 12}, {}],),
        ),
        idea="The product lists every choice of one dish per course; an empty course leaves no choice at all.",
        pitfall="zip would combine only the first dishes with each other, the second with each other and so on.",
    ),
    Family(
        name="rolls_with_total",
        concepts=("products", "counting", "dictionaries"),
        difficulty=3,
        names="rolls_with_total count_rolls dice_ways winning_rolls number_of_rolls",
        arguments=("dice|sides|sizes|faces: list[int]; number of sides of each die",),
        returns="int",
        phrasings=(
            "Dice with the numbers of sides $dice are thrown together; a die with s sides shows 1 to s. Return how many of the different results (the dice are told apart) have a total that $says.",
            "Count the ways in which dice with $dice sides, each numbered from 1, can fall so that the sum of the points $says. The order of the dice matters.",
            "A game uses dice with different numbers of sides, $dice. One wins with a total that $says. In how many of all possible throws, with distinguishable dice, does one win?",
            "Return the number of tuples (a1, ..., an) with 1 <= ai <= $dice[i] for which the sum $says; without dice there is one tuple, with the sum 0.",
        ),
        solutions=(
            """
from itertools import product
$count = 0
for points in product(*(range(1, size + 1) for size in $dice)):
    total = sum(points)
    if $test:
        $count += 1
return $count
""",
            """
ways = {0: 1}
for size in $dice:
    following = {}
    for total, $count in ways.items():
        for points in range(1, size + 1):
            following[total + points] = following.get(total + points, 0) + $count
    ways = following
return sum($count for total, $count in ways.items() if $test)
""",
        ),
        reference=lambda dice, says, test, kind, k: [
            (total % k == 0 if kind == "multiple" else total > k if kind == "more" else total < k)
            for total in (
                sum(n // prod(dice[:i]) % size + 1 for i, size in enumerate(dice)) for n in range(prod(dice))
            )
        ].count(True),
        parameters=_winning_totals,
        inputs=lambda rng, **_: ([rng.choice((2, 3, 4, 6, 8)) for _ in range(rng.randint(2, 3))],),
        edges=(([],), ([1],), ([6],), ([1, 1, 1],), ([4, 4],), ([10],), ([6, 6],)),
        idea="All throws can be listed, or the numbers of ways per total are built up die by die.",
        pitfall="A die has no side 0, and range(1, size) would leave out its highest side.",
    ),
    Family(
        name="expand_alternatives",
        concepts=("products", "parsing", "strings"),
        difficulty=4,
        names="expand_alternatives all_spellings expand_pattern matching_words unfold",
        arguments=(
            "pattern|template|code|spelling: str; may contain groups such as ${opening}abc${closing}",
        ),
        returns="list[str]",
        phrasings=(
            "A group in '$opening' and '$closing' in $pattern stands for any one of its characters, all other characters for themselves. Return every text that $pattern can mean; later groups vary faster, and the characters of a group come in the given order.",
            "Expand $pattern: replace each group '$opening...$closing' by one of the characters inside, in all possible ways, and return the resulting texts. The last group changes fastest. Groups are never empty nor nested.",
            "A word can be spelled in several ways, and in $pattern the alternatives for one place are written between '$opening' and '$closing'. Which spellings are there? Sort them by the choice at the first such place, then at the second and so on, in the order in which the alternatives are written.",
            "Parse $pattern into single characters and non-empty groups enclosed by '$opening' and '$closing', and return the concatenations of all elements of the Cartesian product in the order of itertools.product; for the empty pattern it is [''].",
        ),
        solutions=(
            """
from itertools import product
choices = []
inside = False
for $char in $pattern:
    if $char == "$opening":
        inside = True
        choices.append("")
    elif $char == "$closing":
        inside = False
    elif inside:
        choices[-1] += $char
    else:
        choices.append($char)
return ["".join(picked) for picked in product(*choices)]
""",
            """
before, found, after = $pattern.partition("$opening")
if not found:
    return [$pattern]
group, _, after = after.partition("$closing")
return [before + $char + $other for $char in group for $other in $self(after)]
""",
        ),
        reference=lambda pattern, opening, closing: [
            "".join(parts)
            for parts in product(
                *(
                    piece if i % 2 else [piece]
                    for i, piece in enumerate(pattern.replace(closing, opening).split(opening))
                )
            )
        ],
        parameters=lambda rng: part(
            rng,
            {"opening": "[", "closing": "]"},
            {"opening": "(", "closing": ")"},
            {"opening": "<", "closing": ">"},
        ),
        inputs=lambda rng, opening, closing: (_pattern(rng, opening, closing),),
        edges=(("",), ("a",), ("abc",), ("grey",), ("ü-x",)),
        idea="Each place is a list of alternatives, mostly with one member, and the product takes one from every place.",
        pitfall="Replacing one group at a time in all texts found so far works too, but then the order of the results needs care.",
    ),
)
