"""More families whose prompt already holds a helper."""

from __future__ import annotations

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw

FAMILIES: tuple[Family, ...] = (
    Family(
        name="sign_changes_of_polynomial",
        concepts=("polynomials", "enumerate_zip", "counting"),
        difficulty=3,
        names="sign_changes roots_between cross_zero find_crossings intervals_with_root",
        arguments=(
            "coefficients|coeffs|factors|terms: list[int]; coefficients, the constant first",
            "low|start|first|begin: int; the first place",
            "high|stop|last|end: int; the last place",
        ),
        returns="list[int]",
        phrasings=(
            "Return all whole x from $low to $high - 1 for which the polynomial with the $coefficients (constant first) has $words at x and $other at x + 1, in ascending order. The helper value works out the polynomial at a place.",
            "Between which neighbouring whole numbers of $low, ..., $high does the polynomial go from $words to $other? List the smaller number of each such pair in ascending order. The function value(coefficients, x) is given, position i of $coefficients belongs to x to the power i.",
            "The height of a path at the place x is a polynomial with the $coefficients, the constant first; the sea level is 0. For which whole x between $low and $high (x + 1 at most $high) has the height $words at x and $other at x + 1? List them in order; value is given.",
            "With p(x) = value($coefficients, x) return the ascending list of integers x, $low <= x < $high, such that p(x) $op 0 and p(x + 1) $other_op 0.",
        ),
        setup="""
def value(coefficients, x):
    result = 0
    for coefficient in reversed(coefficients):
        result = result * x + coefficient
    return result
""",
        solutions=(
            """
places = []
for x in range($low, $high):
    if value($coefficients, x) $op 0 and value($coefficients, x + 1) $other_op 0:
        places.append(x)
return places
""",
            """
heights = [value($coefficients, x) for x in range($low, $high + 1)]
steps = enumerate(zip(heights, heights[1:]), $low)
return [x for x, (before, after) in steps if before $op 0 and after $other_op 0]
""",
        ),
        reference=lambda coefficients, low, high, op, **_: [
            x
            for x in range(low, high)
            if (lambda a, b: a < 0 <= b if op == "<" else a > 0 >= b)(
                sum(c * x**i for i, c in enumerate(coefficients)),
                sum(c * (x + 1) ** i for i, c in enumerate(coefficients)),
            )
        ],
        parameters=lambda rng: {
            key: Raw(text)
            for key, text in zip(
                ("op", "words", "other_op", "other"),
                rng.choice(
                    (
                        ("<", "a negative value", ">=", "a value of at least 0"),
                        (">", "a positive value", "<=", "a value of at most 0"),
                    )
                ),
                strict=True,
            )
        },
        inputs=lambda rng, **_: (
            rng.choice(([-4, 0, 1], [4, 0, -1], [0, -4, 0, 1], [0, 4, 0, -1], [-3, 2], [6, -5, 1], [3, -1])),
            rng.randint(-4, -2),
            rng.randint(2, 5),
        ),
        edges=(
            ([], 0, 5),
            ([3], -2, 2),
            ([0, 1], -1, 1),
            ([0, 1], 0, 0),
            ([1, 0, -1], -2, 2),
            ([-1, 0, 1], -2, 2),
        ),
        idea="Looking at neighbouring places shows where the curve crosses zero, without solving an equation.",
        pitfall="A value that is exactly 0 must belong to one side only, or a crossing is missed or counted twice.",
    ),
    Family(
        name="rights_in_mask",
        concepts=("bit_masks", "booleans", "list_comprehensions"),
        difficulty=3,
        names="missing_rights rights_report lacking who_lacks rights_check",
        arguments=(
            "users|people|accounts|members: dict[str, int]; name and mask of rights",
            "needed|required|wanted|task: int; the mask of the rights that are needed",
        ),
        returns="dict[str, list[str]]",
        phrasings=(
            "Return for each name in $users, in the same order, the list of the rights in $needed that $which in its mask, in lower case and in the order of their definition. The flags are given as the class Right; names with an empty list are left out.",
            "$users maps names to masks of the given flags Right (an IntFlag). For every name find those of the $needed rights that $which in the mask, written in lower case in the order in which Right defines them. Return a dictionary without the names for which there are none.",
            "For a task the rights in the mask $needed are required. An administrator wants to see for all $users which of these rights $which in their masks: a dictionary from name to lower-case names of rights, in the order of the class Right and of the users, only for users with at least one such right.",
            "Return {n: L(n)} over the items (n, m) of $users with non-empty L(n), where L(n) lists the lower-case names of the members r of Right, in definition order, with r in $needed whose bits $which in m.",
        ),
        setup="""
from enum import IntFlag


class Right(IntFlag):
    $names
""",
        solutions=(
            """
report = {}
for user, mask in $users.items():
    found = []
    for right in Right:
        if $needed & right and $test:
            found.append(right.name.lower())
    if found:
        report[user] = found
return report
""",
            """
report = {
    user: [right.name.lower() for right in Right if right & $needed & $bits]
    for user, mask in $users.items()
}
return {user: found for user, found in report.items() if found}
""",
        ),
        reference=lambda users, needed, words, which, **_: {
            n: found
            for n, m in users.items()
            if (
                found := [
                    w
                    for i, w in enumerate(str(words).lower().split())
                    if needed // 2**i % 2 == 1 and (m // 2**i % 2 == 1) == (which == "are set")
                ]
            )
        },
        parameters=lambda rng: (
            lambda words, kind: {
                "words": Raw(" ".join(words)),
                "names": Raw("\n    ".join(f"{word} = {2**i}" for i, word in enumerate(words))),
                "which": Raw(kind[0]),
                "test": Raw(kind[1]),
                "bits": Raw(kind[2]),
            }
        )(
            rng.choice(
                (
                    ("READ", "WRITE", "DELETE", "SHARE"),
                    ("OPEN", "EDIT", "PRINT"),
                    ("VIEW", "COMMENT", "APPROVE", "CLOSE"),
                )
            ),
            rng.choice((("are missing", "not mask & right", "~mask"), ("are set", "mask & right", "mask"))),
        ),
        inputs=lambda rng, **_: (
            {name: rng.randint(0, 7) for name in rng.sample(draws.FIRST_NAMES, 3)},
            rng.randint(1, 7),
        ),
        edges=(
            ({}, 3),
            ({"Ada": 0}, 0),
            ({"Ada": 0}, 7),
            ({"Ben": 7, "Ada": 1}, 1),
            ({"Zoë": 2, "Jo": 5}, 6),
        ),
        idea="& keeps the bits that both masks have; a result other than 0 means that the flag is there.",
        pitfall="Comparing `mask == right` is true only for users with exactly that one right.",
    ),
    Family(
        name="mean_speed_of_stages",
        concepts=("averages", "fractions", "functions"),
        difficulty=2,
        names="slow_stages ${side}_mean compare_stages stages_by_speed pick_stages",
        arguments=(
            "stages|laps|legs|rides: list[tuple[int, int]]; kilometres and minutes of each, both positive",
        ),
        returns="list[int]",
        phrasings=(
            "Return the numbers, counted from 1, of the stages in $stages whose speed is $side the speed of the whole tour, all kilometres in all minutes. The helper speed gives an exact speed.",
            "Each of the $stages is a pair (kilometres, minutes). Compare its speed with the average speed of the tour, which is the total distance divided by the total time, and list the numbers (from 1) of the stages that are $side it. Use the function speed.",
            "A cyclist has written down kilometres and minutes of her $stages. On which stages, numbered from 1, was she $side her average over the whole tour (total way through total time)? The given function speed calculates exactly.",
            "With K and M the sums of the first and second parts of $stages, return the ascending list of i + 1 for all indices i with speed(*$stages[i]) $op speed(K, M); it is empty for an empty list.",
        ),
        setup="""
from fractions import Fraction


def speed(kilometres, minutes):
    return Fraction(60 * kilometres, minutes)
""",
        solutions=(
            """
if not $stages:
    return []
way = sum(kilometres for kilometres, _ in $stages)
time = sum(minutes for _, minutes in $stages)
numbers = []
for number, (kilometres, minutes) in enumerate($stages, 1):
    if speed(kilometres, minutes) $op speed(way, time):
        numbers.append(number)
return numbers
""",
            """
way = time = 0
for kilometres, minutes in $stages:
    way += kilometres
    time += minutes
mean = speed(way, time) if $stages else 0
return [$i + 1 for $i in range(len($stages)) if speed(*$stages[$i]) $op mean]
""",
        ),
        reference=lambda stages, op, side: [
            i + 1
            for i, (k, m) in enumerate(stages)
            if (k * sum(n for _, n in stages) - m * sum(j for j, _ in stages)) * (1 if op == ">" else -1) > 0
        ],
        parameters=lambda rng: {
            key: Raw(text)
            for key, text in zip(("op", "side"), rng.choice(((">", "above"), ("<", "below"))), strict=True)
        },
        inputs=lambda rng, **_: (
            [(rng.randint(5, 40), rng.choice((30, 60, 90))) for _ in range(rng.randint(3, 5))],
        ),
        edges=(
            ([],),
            ([(10, 30)],),
            ([(10, 30), (20, 60)],),
            ([(10, 60), (30, 60), (20, 60)],),
            ([(5, 10), (1, 90)],),
        ),
        idea="The speed of the tour comes from the totals; fast stages take less time and must not count more for it.",
        pitfall="The average of the speeds is not the average speed.",
    ),
)
