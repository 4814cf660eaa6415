"""Families on seeded randomness: generators, periods, shuffles and weighted draws that can be repeated."""

from __future__ import annotations

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw

DICE = """
class Dice:
    def __init__(self, seed):
        self.state = seed

    def roll(self, sides):
        self.state = (self.state * 21 + 7) % 1000
        return self.state % sides
"""

RULES = {
    "x * x + 1": (1, 0, 1),
    "x * x + 2": (1, 0, 2),
    "x * x + x + 3": (1, 1, 3),
    "2 * x * x + 1": (2, 0, 1),
}
"""A rule and its coefficients."""


def _after(seed: int, factor: int, plus: int, modulus: int, steps: int) -> int:
    """The state after some steps, by the closed formula of the recurrence."""
    powers = [int(factor**n) for n in range(steps + 1)]
    return (powers[-1] * seed + plus * sum(powers[:-1])) % modulus


def _rolls(seed: int, sides: list[int]) -> list[int]:
    return [_after(seed, 21, 7, 1000, n) % size for n, size in enumerate(sides, 1)]


FAMILIES: tuple[Family, ...] = (
    Family(
        name="numbers_from_seed",
        concepts=("seeded_randomness", "arithmetic", "list_building"),
        difficulty=1,
        names="numbers_from_seed random_numbers generate draw_numbers sequence",
        arguments=(
            "seed|begin|source|x: int; the state at the beginning, from 0 to $top",
            "count|n|amount|how_many: int; how many numbers to make, not negative",
        ),
        returns="list[int]",
        phrasings=(
            "A simple random generator multiplies its state by $factor, adds $plus and takes the remainder by $modulus; this is the new state. Return the first $count numbers that it gives with $seed as the first state, each being the new state modulo $sides$one.",
            "Starting from the state $seed, replace it $count times by ($factor * state + $plus) % $modulus and collect each time the new state modulo $sides$one. Return the list of these numbers.",
            "A game needs dice that can be thrown again in the same way. Its state is $seed at first. For every throw it becomes $factor times itself plus $plus, modulo $modulus, and the throw shows the remainder of the new state when divided by $sides$one. List the first $count throws.",
            "Let s(0) = $seed and s(i) = ($factor * s(i-1) + $plus) mod $modulus. Return the list of the values s(i) mod $sides$one, for i = 1, ..., $count.",
        ),
        solutions=(
            """
$result = []
state = $seed
for $i in range($count):
    state = ($factor * state + $plus) % $modulus
    $result.append(state % $sides$shift)
return $result
""",
            """
from itertools import islice

def states(state):
    while True:
        state = ($factor * state + $plus) % $modulus
        yield state

return [state % $sides$shift for state in islice(states($seed), $count)]
""",
        ),
        reference=lambda seed, count, factor, plus, modulus, top, sides, one, shift: [
            _after(seed, factor, plus, modulus, step) % sides + bool(one) for step in range(1, count + 1)
        ],
        parameters=lambda rng: {
            "modulus": (modulus := rng.choice((101, 128, 1000))),
            "top": modulus - 1,
            "factor": rng.choice((5, 13, 21)),
            "plus": rng.choice((3, 7, 11)),
            "sides": rng.choice((2, 6, 10)),
            **rng.choice(
                ({"one": Raw(""), "shift": Raw("")}, {"one": Raw(", raised by 1"), "shift": Raw(" + 1")})
            ),
        },
        inputs=lambda rng, factor, plus, modulus, top, sides, one, shift: (
            rng.randint(1, 100),
            rng.randint(3, 6),
        ),
        edges=((0, 0), (0, 1), (1, 2), (100, 1), (42, 8)),
        idea="Each number is computed from the state before, so the same seed always leads to the same sequence.",
        pitfall="Only the number shown is taken modulo $sides; the state must be kept whole, or the sequence repeats very soon.",
    ),
    Family(
        name="steps_until_repeat",
        concepts=("seeded_randomness", "sets", "while_loops"),
        difficulty=2,
        names="steps_until_repeat period_found first_repeat distinct_states cycle_start",
        arguments=("seed|begin|source|x: int; the state at the beginning, from 0 to $top",),
        returns="int",
        phrasings=(
            "A generator replaces its state x by ($rule) % $modulus. Return how many different states it goes through, the first one ($seed) included, before one comes a second time.",
            "Starting from x = $seed, compute ($rule) % $modulus again and again. How many numbers have come up, $seed among them, when for the first time one is about to come up again?",
            "A toy shows a number, at first $seed. At every press of its button the number x is replaced by the remainder of $rule by $modulus. How many different numbers can be seen on the toy, however often the button is pressed?",
            "Return the size of the set {s(0), s(1), s(2), ...} with s(0) = $seed and s(i+1) = f(s(i)), where f(x) = ($rule) mod $modulus.",
        ),
        solutions=(
            """
$seen = set()
x = $seed
while x not in $seen:
    $seen.add(x)
    x = ($rule) % $modulus
return len($seen)
""",
            """
def explore(x, $seen):
    if x in $seen:
        return len($seen)
    return explore(($rule) % $modulus, $seen | {x})

return explore($seed, frozenset())
""",
            """
states = [$seed]
while states.count(states[-1]) == 1:
    x = states[-1]
    states.append(($rule) % $modulus)
return len(states) - 1
""",
        ),
        reference=lambda seed, rule, modulus, top: len(set(_orbit(seed, str(rule), modulus))),
        parameters=lambda rng: {
            "modulus": (modulus := rng.choice((41, 53, 60, 97))),
            "top": modulus - 1,
            "rule": Raw(rng.choice(tuple(RULES))),
        },
        inputs=lambda rng, rule, modulus, top: (rng.randint(0, 40),),
        edges=((0,), (1,), (2,), (10,), (19,), (7,)),
        idea="There are only finitely many states, so one must come again, and from there on everything repeats.",
        pitfall="The second visit may be to a state other than the first one; comparing with the seed alone may never end.",
    ),
    Family(
        name="shuffle_with_dice",
        concepts=("seeded_randomness", "list_indexing", "simulation"),
        difficulty=3,
        names="shuffle_with_dice seeded_shuffle mix_cards rearrange permute",
        arguments=(
            "items|cards|songs|names: list[str]; what to shuffle",
            "seed|begin|source|first_state: int; the seed for the dice, not negative",
        ),
        returns="list[str]",
        phrasings=(
            "Shuffle a copy of $items with `dice = Dice($seed)` and return it: for i from the last position down to $end, swap the elements at i and at j = `dice.roll(i + 1)`.",
            "Return the elements of $items in the order given by this procedure: make a copy, take `Dice($seed)`, and for each position i from the last one down to position $end exchange element i with element number `roll(i + 1)` (perhaps itself).",
            "A music player plays the songs $items in an order that can be repeated. It makes the dice `Dice($seed)`, goes through the positions of a copy of the list from the back to position $end, rolls with as many sides as there are songs up to and including this position, and lets the song at the position rolled and the one here change places. Return the new order.",
            "In a copy of $items, let i fall from len($items) - 1 to $end and exchange element i each time with the element at the index `roll(i + 1)` of one and the same `Dice($seed)`; return the copy.",
        ),
        setup=DICE,
        solutions=(
            """
dice = Dice($seed)
mixed = list($items)
for $i in range(len(mixed) - 1, $stop, -1):
    $j = dice.roll($i + 1)
    mixed[$i], mixed[$j] = mixed[$j], mixed[$i]
return mixed
""",
            """
dice = Dice($seed)
waiting = $items[:]
back = []
while len(waiting) > $end:
    $i = len(waiting) - 1
    $j = dice.roll($i + 1)
    back.insert(0, waiting[$j])
    waiting[$j] = waiting[$i]
    waiting.pop()
return waiting + back
""",
        ),
        reference=lambda items, seed, end, stop: _shuffled(
            items, _rolls(seed, list(range(len(items), end, -1)))
        ),
        parameters=lambda rng: rng.choice(({"end": 1, "stop": 0}, {"end": 2, "stop": 1})),
        inputs=lambda rng, end, stop: (draws.words(rng, 4, 6), rng.randint(0, 99)),
        edges=(([], 1), (["a"], 5), (["a", "b"], 3), (["a", "b"], 4), (["x", "x", "y"], 0)),
        idea="Each place from the back on gets a random one of the elements not yet placed, and swapping keeps all of them.",
        pitfall="Rolling with the whole length at each place looks just as random, but some orders become more likely.",
    ),
    Family(
        name="prize_for_number",
        concepts=("seeded_randomness", "accumulation", "early_return"),
        difficulty=2,
        names="prize_for_number weighted_pick choose_by_weight lottery pick",
        arguments=(
            "weights|chances|tickets|shares: dict[str, int]; how many tickets each name has, none negative",
            "number|roll|draw|ticket: int; a random whole number, not negative",
        ),
        returns="str",
        phrasings=(
            "The tickets are numbered from 0 in the order of $weights: first all those of the first name, then those of the second, and so on. Return the name that owns ticket $number, or '$nobody' if $number is too large. A weight of 0 means no number at all.",
            "Given how many lots each name holds, who is chosen by the random number $number? The first name in $weights has the numbers from 0 to its weight minus 1, the next name has as many numbers after that, and so on; '$nobody' has all the rest. A weight of 0 means no number at all.",
            "A wheel of fortune has fields numbered from 0; $weights tells how many fields each prize has, one prize after the other in the order of the dictionary. The wheel stops at field $number. Return the prize, and '$nobody' for fields beyond the last. A weight of 0 means no number at all.",
            "Return the first key k of $weights such that the sum of the weights up to and including that of k is greater than $number, or '$nobody' if there is no such key. A weight of 0 means no number at all.",
        ),
        solutions=(
            """
border = 0
for $key, weight in $weights.items():
    border += weight
    if $number < border:
        return $key
return "$nobody"
""",
            """
from bisect import bisect_right
from itertools import accumulate
names = [*$weights, "$nobody"]
borders = list(accumulate($weights.values()))
owner = names[bisect_right(borders, $number)]
return owner
""",
            """
for $key in $weights:
    if $number < $weights[$key]:
        return $key
    $number -= $weights[$key]
return "$nobody"
""",
        ),
        reference=lambda weights, number, nobody: dict(
            enumerate(name for name, weight in weights.items() for _ in range(weight))
        ).get(number, str(nobody)),
        parameters=lambda rng: {
            "nobody": Raw(rng.choice(("nobody", "none", "blank"))),
        },
        inputs=lambda rng, nobody: (draws.counts(rng, 3, 4), rng.randint(0, 24)),
        edges=(
            ({}, 0),
            ({"a": 1}, 0),
            ({"a": 1}, 1),
            ({"a": 0, "b": 2}, 0),
            ({"a": 2, "b": 0, "c": 1}, 2),
            ({"a": 3, "b": 3}, 3),
        ),
        idea="Adding up the weights gives the borders between the names, and the number falls below the first border larger than it.",
        pitfall="With `<=` instead of `<` the first name would get one number too many and the last one too few.",
    ),
    Family(
        name="quote_of_the_day",
        concepts=("seeded_randomness", "list_indexing", "arithmetic"),
        difficulty=1,
        names="quote_of_the_day pick_by_seed daily_choice same_for_all choose",
        arguments=(
            "quotes|songs|words|recipes: list[str]; what to choose from, not empty",
            "day|seed|number|date: int; number of the day, not negative",
        ),
        returns="str",
        phrasings=(
            "Everybody should see the same $noun on the same day: multiply $day by $factor, add $plus, take the remainder by the number of $quotes, and return the element at this position.",
            "Which $noun is shown on day $day? It is the element of $quotes at position ($factor * $day + $plus) modulo the length of the list.",
            "A calendar picks a $noun for each day in a way that looks random but is the same for all readers: the position in $quotes is the remainder of $factor times the day's number plus $plus when divided by the number of elements. Return the pick for day $day.",
            "Return the element of $quotes with the index ($plus + $factor * $day) mod n, where n is the length of the list.",
        ),
        solutions=(
            """
position = ($factor * $day + $plus) % len($quotes)
return $quotes[position]
""",
            """
from itertools import cycle, islice
position = $factor * $day + $plus
return next(islice(cycle($quotes), position, None))
""",
        ),
        reference=lambda quotes, day, noun, factor, plus: (quotes * (factor * day + plus + 1))[
            factor * day + plus
        ],
        parameters=lambda rng: {
            "noun": Raw(rng.choice(("saying", "song", "recipe", "picture"))),
            "factor": rng.choice((5, 7, 11)),
            "plus": rng.choice((1, 2, 3)),
        },
        inputs=lambda rng, noun, factor, plus: (draws.words(rng, 3, 6), rng.randint(0, 31)),
        edges=((["a"], 9), (["a", "b"], 0), (["a", "b"], 1), (["é", "ü", "ß"], 2)),
        idea="The remainder by the length is always a valid position, and it depends on nothing but the day.",
        pitfall="A position beyond the end raises IndexError; the remainder has to be taken after adding, not before.",
    ),
)


def _orbit(x: int, rule: str, modulus: int) -> list[int]:
    """Enough steps to have met all states."""
    a, b, c = RULES[rule]
    orbit = [x]
    for _ in range(2 * modulus):
        orbit.append((a * orbit[-1] ** 2 + b * orbit[-1] + c) % modulus)
    return orbit


def _shuffled(items: list[str], rolls: list[int]) -> list[str]:
    if not rolls:
        return items
    last, at = len(items) - 1, rolls[0]
    swapped = [items[{at: last, last: at}.get(n, n)] for n in range(len(items))]
    return [*_shuffled(swapped[:-1], rolls[1:]), swapped[-1]]
