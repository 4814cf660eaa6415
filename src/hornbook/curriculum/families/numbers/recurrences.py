"""Families on numbers that follow from the one before: sequences, savings, rounds of digits."""

from __future__ import annotations

from hornbook.curriculum.family import Family, Raw


def _digit_rounds(number: int, op: str, noun: str) -> int:
    text, rounds = str(number), 0
    while len(text) > 1:
        text = str(_combined_digits(text, noun))
        rounds += 1
    return rounds


def _combined_digits(text: str, noun: str) -> int:
    """Return the sum or the product (`noun`) of the digits in `text`."""
    if noun == "sum":
        return sum(int(c) for c in text)
    product = 1
    for c in text:
        product *= int(c)
    return product


def _years(savings: int, goal: int, percent: int, deposit: int) -> int:
    if savings >= goal:
        return 0
    return 1 + _years(savings + savings * percent // 100 + deposit, goal, percent, deposit)


FAMILIES: tuple[Family, ...] = (
    Family(
        name="digit_rounds",
        concepts=("digits", "while_loops", "recursion"),
        difficulty=3,
        names="rounds_to_one_digit count_rounds steps_until_single digit_steps process",
        arguments=("number|n|value|start_value: int; a whole number, 0 or more",),
        returns="int",
        phrasings=(
            "Replace $number by the $noun of its digits again and again until a single digit is left, and return how many replacements were made.",
            "Return how often one must form the $noun of all decimal digits, starting with $number and continuing with each result, before the value is below 10. A number below 10 needs 0 rounds.",
            "Count the rounds of this game: while $number has more than one digit, it becomes the $noun of its digits.",
            "After how many steps does $number shrink to one digit, if each step takes the $noun of the digits of the value so far? One-digit numbers take no step.",
        ),
        solutions=(
            """
$count = 0
while $number >= 10:
    $result = $start
    for $char in str($number):
        $result = $result $op int($char)
    $number = $result
    $count += 1
return $count
""",
            """
from functools import reduce
$count = 0
while $number > 9:
    $number = reduce(lambda one, two: one $op two, map(int, str($number)))
    $count += 1
return $count
""",
            """
def combine($item):
    return $item if $item < 10 else $item % 10 $op combine($item // 10)

def rounds($item):
    return 0 if $item < 10 else 1 + rounds(combine($item))

return rounds($number)
""",
        ),
        reference=lambda number, op, noun, start: _digit_rounds(number, op, noun),
        parameters=lambda rng: rng.choice(
            (
                {"op": Raw("+"), "noun": Raw("sum"), "start": 0},
                {"op": Raw("*"), "noun": Raw("product"), "start": 1},
            )
        ),
        inputs=lambda rng, **_: (
            rng.choice((rng.randint(10, 99), rng.randint(100, 9999), rng.randint(0, 9), 199)),
        ),
        edges=((0,), (9,), (10,), (77,), (999,)),
        idea="One loop (or a helper) combines the digits, an outer loop repeats that as long as more than one digit is left.",
        pitfall="A number that already has one digit needs no round: test before combining, not after.",
    ),
    Family(
        name="linear_sequence",
        concepts=("list_building", "for_loops", "iterators"),
        difficulty=2,
        names="sequence first_terms build_sequence terms generate",
        arguments=(
            "start|first|seed|a: int; the first term",
            "length|n|size|how_many: int; how many terms, 0 or more",
        ),
        returns="list[int]",
        phrasings=(
            "Return the first $length terms of the sequence that begins with $start and in which each further term is $factor times the one before, $word $shift.",
            "Build a list of $length numbers: the first is $start, and every next one is the previous one multiplied by $factor, then $word $shift.",
            "A sequence starts at $start and follows the rule: next = $factor * previous $op $shift. List its first $length terms; a length of 0 gives an empty list.",
            "Beginning at $start, repeatedly multiply by $factor and go on with the result $word $shift. Which $length values does this produce, the start included as the first? Answer with a list.",
        ),
        solutions=(
            """
$result = []
$current = $start
for _ in range($length):
    $result.append($current)
    $current = $factor * $current $op $shift
return $result
""",
            """
from itertools import accumulate
return list(accumulate([$start] * $length, lambda $previous, _: $factor * $previous $op $shift))
""",
            """
if $length == 0:
    return []
$result = [$start]
while len($result) < $length:
    $result.append($factor * $result[-1] $op $shift)
return $result
""",
            """
from itertools import islice

def sequence_from($current):
    while True:
        yield $current
        $current = $factor * $current $op $shift

return list(islice(sequence_from($start), $length))
""",
        ),
        reference=lambda start, length, factor, shift, op, word: [
            start * factor**i + (shift if word == "plus" else -shift) * ((factor**i - 1) // (factor - 1))
            for i in range(length)
        ],
        parameters=lambda rng: {
            "factor": rng.randint(2, 4),
            "shift": rng.randint(1, 9),
            **rng.choice(({"op": Raw("+"), "word": Raw("plus")}, {"op": Raw("-"), "word": Raw("minus")})),
        },
        inputs=lambda rng, **_: (rng.randint(-3, 9), rng.randint(2, 6)),
        edges=((0, 3), (5, 0), (7, 1), (-2, 4)),
        idea="Keep the current term in a variable, store it, then compute the next from it; nothing else of the past is needed.",
        pitfall="Updating before storing loses the first term and adds one too many at the end.",
    ),
    Family(
        name="years_until_goal",
        concepts=("while_loops", "simulation", "arithmetic"),
        difficulty=2,
        names="years_until_goal years_needed saving_years count_years simulate",
        arguments=(
            "savings|balance|capital|money: int; what is there at the beginning, 0 or more",
            "goal|target|wanted|aim: int; what is to be reached",
        ),
        returns="int",
        phrasings=(
            "Each year an account earns $percent percent interest on its balance, rounded down to a whole number, and then $deposit are paid in. Starting with $savings, return the number of years until the balance is at least $goal.",
            "Return how many years it takes to grow $savings to $goal or more, if every year adds $percent percent of the balance (without the fraction) and a payment of $deposit. It takes 0 years if the goal is already reached.",
            "Simulate saving: per year the balance grows by the whole part of $percent percent of itself plus a deposit of $deposit. Count the years from $savings until it is no longer below $goal.",
            "How many complete years must pass before $savings has become at least $goal? In one year $percent hundredths of the balance, cut to an integer, and a fixed $deposit are added; no year is needed if it suffices at once.",
        ),
        solutions=(
            """
$count = 0
while $savings < $goal:
    $savings += $savings * $percent // 100 + $deposit
    $count += 1
return $count
""",
            """
import itertools
for $i in itertools.count():
    if $savings >= $goal:
        return $i
    interest = $savings * $percent // 100
    $savings = $savings + interest + $deposit
""",
            """
def years_from($current):
    if $current >= $goal:
        return 0
    return 1 + years_from($current + $current * $percent // 100 + $deposit)

return years_from($savings)
""",
        ),
        reference=_years,
        parameters=lambda rng: {"percent": rng.randint(2, 8), "deposit": rng.randrange(10, 110, 10)},
        inputs=lambda rng, **_: (rng.randrange(50, 500, 10), rng.randrange(300, 1500, 50)),
        edges=((0, 0), (100, 100), (0, 100), (500, 20), (99, 100)),
        idea="The number of years is not known before, so a while loop repeats one year after another and a counter remembers how many.",
        pitfall="Testing after the first year reports 1 instead of 0 when the goal is reached from the start.",
    ),
)
