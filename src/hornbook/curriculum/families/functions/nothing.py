"""Families on None, the value that stands for "no value"."""

from __future__ import annotations

import random

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw


def _bosses(rng: random.Random) -> tuple[dict[str, str | None], str]:
    names = rng.sample(draws.FIRST_NAMES, rng.randint(3, 6))
    bosses = {
        name: names[rng.randrange(i)] if i and rng.random() < 0.9 else None for i, name in enumerate(names)
    }
    return bosses, rng.choice([*names, *names, rng.choice(draws.FIRST_NAMES)])


def _chief(bosses: dict[str, str | None], name: str) -> tuple[str, int] | None:
    if name not in bosses:
        return None
    boss = bosses[name]
    above = None if boss is None else _chief(bosses, boss)
    return (name, 0) if above is None else (above[0], above[1] + 1)


def _pairs_of_readings(rng: random.Random) -> tuple[list[int | None], list[int | None]]:
    size = rng.randint(2, 6)

    def some() -> list[int | None]:
        return [rng.choice((None, rng.randint(-9, 30), rng.randint(0, 9))) for _ in range(size)]

    return some(), some()


def _known_average(values: list[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) // len(known) if known else None


FAMILIES: tuple[Family, ...] = (
    Family(
        name="top_of_the_hierarchy",
        concepts=("none_values", "dictionaries", "while_loops"),
        difficulty=3,
        names="chief_of find_top head_and_level top_of boss_chain climb",
        arguments=(
            "bosses|parents|above: dict[str, str | None]; from each name to the next one above, None at the top",
            "name|person|who: str; where to begin",
        ),
        returns="tuple[str, int] | None",
        phrasings=(
            "Return who stands at the top above $name and how many steps up that is, as a pair. $bosses gives for each name the next one above, or None for those at the top; the answer is None if $name is not in it.",
            "Given the dictionary $bosses from names to the name above them (None means that nobody is above), climb from $name to the top. Return (top, number of steps), which is ($name, 0) at the top itself, and None for an unknown name. Every name above is a key too, and there are no circles.",
            "In a firm $bosses tells whose boss is who; people at the very top have None. Who is finally responsible for $name, and through how many bosses does a question have to go up to get there? Somebody who is not listed gives None.",
            "Follow $bosses from $name until a key whose value is None, and return that key with the number of times a value was followed. Return None, not a tuple, when $name is no key of $bosses. The chain always ends.",
        ),
        solutions=(
            """
if $name not in $bosses:
    return None
steps = 0
while $bosses[$name] is not None:
    $name = $bosses[$name]
    steps += 1
return $name, steps
""",
            """
if $name not in $bosses:
    return None
boss = $bosses[$name]
if boss is None:
    return $name, 0
top, steps = $self($bosses, boss)
return top, steps + 1
""",
        ),
        reference=_chief,
        inputs=_bosses,
        edges=(
            ({}, "Ada"),
            ({"Ada": None}, "Ada"),
            ({"Ada": None}, "Ben"),
            ({"Ada": "Ben", "Ben": None}, "Ada"),
            ({"": None, "Cleo": ""}, "Cleo"),
            ({"Ada": None, "Ben": None}, "Ben"),
        ),
        idea="None marks the end of the chain; each step up is one look into the dictionary, and the loop stops in front of the None.",
        pitfall="`while bosses.get(name)` stops at a name that is the empty text; ask for None itself.",
    ),
    Family(
        name="merge_two_readings",
        concepts=("none_values", "enumerate_zip", "list_building"),
        difficulty=2,
        names="merge_readings combine_lists fill_gaps joined_readings merge both_sensors",
        arguments=(
            "first|left|one: list[int | None]; the readings of one sensor",
            "second|right|two: list[int | None]; those of the other, equally many",
        ),
        returns="list[int | None]",
        phrasings=(
            "Return a list that merges $first and $second position by position. Where both have a number it is the $larger of the two, where only one has it that one, and where both are None it is None.",
            "Given two lists of equal length whose elements are numbers or None, combine the elements at the same position: two numbers give the $larger one, a number and None give the number, and None twice gives None. Return the list of the results.",
            "Two weather stations on one roof measure every hour; None stands for a failed measurement. Of two measurements the $larger counts, a single one counts as it is, and an hour without any stays None. Merge $first and $second into one list.",
            "Return the list r with r[i] = $fun($first[i], $second[i]) if both are numbers, r[i] = the number if exactly one of them is None, and r[i] = None otherwise. The lists have the same length, which may be 0; 0 is a number like any other.",
        ),
        solutions=(
            """
$result = []
for a, b in zip($first, $second):
    if a is None:
        $result.append(b)
    elif b is None:
        $result.append(a)
    else:
        $result.append($fun(a, b))
return $result
""",
            """
def chosen(pair):
    known = [value for value in pair if value is not None]
    return $fun(known, default=None)

return [chosen(pair) for pair in zip($first, $second)]
""",
        ),
        reference=lambda first, second, larger, fun: [
            second[i]
            if a is None
            else a
            if second[i] is None
            else sorted((a, second[i]))[-1 if fun == "max" else 0]
            for i, a in enumerate(first)
        ],
        inputs=lambda rng, **_: _pairs_of_readings(rng),
        edges=(
            ([], []),
            ([None], [None]),
            ([0], [None]),
            ([None], [0]),
            ([0, -2, 5], [-1, 0, 5]),
            ([None, 3], [4, None]),
        ),
        idea="Dealing with None first leaves a last case in which both are numbers and can be compared.",
        pitfall="`max(a or 0, b or 0)` turns a missing reading into 0, which is wrong for negative numbers and for two gaps.",
        parameters=lambda rng: rng.choice(
            ({"larger": Raw("larger"), "fun": Raw("max")}, {"larger": Raw("smaller"), "fun": Raw("min")})
        ),
    ),
    Family(
        name="average_of_the_known",
        concepts=("none_values", "integer_division", "filtering"),
        difficulty=1,
        names="known_average mean_of_known average_without_gaps rounded_mean average_known summary",
        arguments=(
            "values|marks|readings|measured: list[int | None]; numbers, or None where one is missing",
        ),
        returns="int | None",
        phrasings=(
            "Return the average of the numbers in $values, rounded down to a whole number, and leave out the elements that are None. If there is no number at all, return None.",
            "Given a list $values of integers and None, what is the average of the integers alone, rounded down? The answer is None when the list has no integer, or nothing at all.",
            "A teacher keeps the $things of a class; None stands for somebody who was ill. Work out the average over those who were there, rounded down with `//`, or None if nobody was.",
            "Let s be the sum and n the number of the elements of $values that are not None. Return s // n, or None for n = 0. Note that 0 is an element like any other and that // rounds negative quotients down as well.",
        ),
        solutions=(
            """
known = [$item for $item in $values if $item is not None]
if not known:
    return None
return sum(known) // len(known)
""",
            """
$total = $count = 0
for $item in $values:
    if $item is not None:
        $total += $item
        $count += 1
return $total // $count if $count else None
""",
        ),
        reference=lambda values, things: _known_average(values),
        inputs=lambda rng, things: (
            [
                rng.choice((None, 0, rng.randint(-5, 40), rng.randint(1, 20)))
                for _ in range(rng.randint(3, 7))
            ],
        ),
        edges=(([],), ([None],), ([None, None],), ([0],), ([0, 0, 5],), ([-3, None, -4],), ([7, None],)),
        idea="Only what is known goes into the sum and into the number to divide by; with nothing known there is no average to give.",
        pitfall="Dividing by the length of the whole list counts the gaps as zeros.",
        parameters=lambda rng: {
            "things": Raw(rng.choice(("points", "marks", "jumps in cm", "running times in seconds")))
        },
    ),
)
