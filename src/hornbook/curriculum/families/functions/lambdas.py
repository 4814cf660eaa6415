"""Families on functions of one expression: kept in tables, passed on, used as keys."""

from __future__ import annotations

import random
from typing import Any

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw


def _rule(word: str, rule: str) -> Any:
    if rule == "length":
        return len(word)
    if rule == "last":
        return word[-1:]
    return len([c for c in word if c in "aeiou"]) if rule == "vowels" else len(set(word))


def _ordered(words: list[str], rule: str) -> list[str]:
    return [word for _, _, word in sorted((_rule(word, rule), i, word) for i, word in enumerate(words))]


def _in_turn(number: int, steps: list[str], k: int) -> list[int]:
    values = [number]
    for step in steps:
        last = values[-1]
        values.append({"plus": last + k, "times": last * k, "negate": -last, "half": last // 2}[step])
    return values


def _volume(box: tuple[str, int, int, int]) -> int:
    return box[1] * box[2] * box[3]


def _boxes(rng: random.Random, k: int) -> tuple[list[tuple[str, int, int, int]]]:
    sides = (2, 3, 4, 6, 12)
    names = rng.sample(draws.GOODS, rng.randint(3, 5))
    return (
        [(name, rng.choice(sides), rng.choice(sides), rng.choice((k, k, k + 1, k - 1, 3))) for name in names],
    )


def _roomiest(boxes: list[tuple[str, int, int, int]], k: int) -> str | None:
    low = [box for box in boxes if box[3] <= k]
    top = max([_volume(box) for box in low], default=0)
    return next((box[0] for box in low if _volume(box) == top), None)


def _pairs(rng: random.Random) -> tuple[list[str], int]:
    rules = ("short", "plain", "rising")
    return rng.choices(rules, k=rng.randint(1, 3)), rng.randint(0, 99)


def _grades(scores: list[int], best: int, good: int) -> list[str]:
    return [
        "best" if s in range(best, 10**6) else "good" if s in range(good, best) else "low" for s in scores
    ]


FAMILIES: tuple[Family, ...] = (
    Family(
        name="order_by_named_rule",
        concepts=("lambdas", "sorting_with_key", "dictionaries"),
        difficulty=3,
        names="order_by sort_words by_rule arrange sorted_by_rule put_in_order",
        arguments=(
            "words|texts|names|items: list[str]; the words to sort",
            "rule|order|criterion: str; 'length', 'last', 'vowels' or 'letters'",
        ),
        returns="list[str]",
        phrasings=(
            "Return $words sorted by the $rule in ascending order: 'length' is the number of characters, 'last' the last character, 'vowels' the number of letters a, e, i, o, u, and 'letters' the number of different characters. Words that are equal in this respect keep their order.",
            "Given a list of lower-case $words and a $rule, return a new list in ascending order of what the rule looks at: the length for 'length', the last character for 'last', how many vowels (aeiou) there are for 'vowels', how many different characters for 'letters'. The sorting is stable; an empty word has '' as its last character.",
            "In a word game the cards $words are laid out by a $rule that changes with every round: by their 'length', by the 'last' letter, by the number of 'vowels' a, e, i, o and u, or by the number of different 'letters'. Small values come first, and cards with the same value stay in the order they were in. Return the cards as they lie.",
            "Return the list $words, stably sorted by f(w) from small to large, with f(w) = len(w) for $rule 'length', w[-1:] for 'last', the number of characters of w that are in 'aeiou' for 'vowels', and the number of distinct characters of w for 'letters'. No other rule is given.",
        ),
        solutions=(
            """
rules = {
    "length": len,
    "last": lambda word: word[-1:],
    "vowels": lambda word: sum(letter in "aeiou" for letter in word),
    "letters": lambda word: len(set(word)),
}
return sorted($words, key=rules[$rule])
""",
            """
def value(word):
    if $rule == "length":
        return len(word)
    if $rule == "last":
        return word[-1:]
    if $rule == "vowels":
        return len([letter for letter in word if letter in "aeiou"])
    return len(set(word))

ordered = list($words)
ordered.sort(key=value)
return ordered
""",
        ),
        reference=_ordered,
        inputs=lambda rng: (draws.words(rng, 4, 6), rng.choice(("length", "last", "vowels", "letters"))),
        edges=(
            ([], "last"),
            (["b", "", "a"], "last"),
            (["noon", "level", "abc", "aaaa"], "letters"),
            (["sky", "aei", "moon", "tree", "ring"], "vowels"),
            (["cat", "ab", "dog", "éa"], "length"),
        ),
        idea="Each rule is a function from a word to a value; a table picks the one that `sorted` gets as its key.",
        pitfall="`key=rules[rule](words)` calls the function on the list; the key must be the function itself.",
    ),
    Family(
        name="values_after_each_step",
        concepts=("lambdas", "higher_order", "list_building"),
        difficulty=2,
        names="apply_steps step_by_step run_steps values_of_chain calculate_chain follow_steps",
        arguments=(
            "number|start|value: int; where to begin",
            "steps|actions|keys: list[str]; 'plus', 'times', 'negate' or 'half'",
        ),
        returns="list[int]",
        phrasings=(
            "Return $number and its value after each of the $steps. 'plus' adds $k, 'times' multiplies by $k, 'negate' changes the sign and 'half' divides by 2, rounding down.",
            "Given a $number and a list of $steps, apply one after the other to the number and return the list of all values, the $number itself first. A step is 'plus' (add $k), 'times' (multiply by $k), 'negate' (minus the value) or 'half' (value // 2).",
            "A toy calculator has four keys: 'plus' adds $k, 'times' takes $k times the value, 'negate' turns plus to minus and back, 'half' halves and rounds down. It shows $number; what does it show at first and after every key in $steps?",
            "Return the list v0, v1, ..., vn with v0 = $number and, for the i-th of the n elements of $steps, vi = v + $k for 'plus', v * $k for 'times', -v for 'negate' and v // 2 for 'half', where v is the value before.",
        ),
        solutions=(
            """
actions = {
    "plus": lambda value: value + $k,
    "times": lambda value: value * $k,
    "negate": lambda value: -value,
    "half": lambda value: value // 2,
}
$result = [$number]
for step in $steps:
    $result.append(actions[step]($result[-1]))
return $result
""",
            """
$current = $number
$result = [$current]
for step in $steps:
    if step == "plus":
        $current += $k
    elif step == "times":
        $current *= $k
    elif step == "negate":
        $current = -$current
    else:
        $current //= 2
    $result.append($current)
return $result
""",
        ),
        reference=_in_turn,
        inputs=lambda rng, k: (
            rng.randint(-9, 20),
            rng.choices(("plus", "times", "negate", "half"), k=rng.randint(2, 5)),
        ),
        edges=(
            (0, []),
            (5, ["half", "half", "half"]),
            (-5, ["half", "plus"]),
            (1, ["times", "negate", "times"]),
            (3, ["negate", "half", "times", "plus"]),
        ),
        idea="A dictionary of small functions takes the place of a chain of questions: look the step up and call what you find.",
        pitfall="Writing `value + k` into the table without `lambda value:` computes it once, when the table is made.",
        parameters=lambda rng: {"k": rng.randint(2, 9)},
    ),
    Family(
        name="roomiest_low_box",
        concepts=("lambdas", "min_max", "none_values"),
        difficulty=2,
        names="roomiest_box largest_box best_box pick_box biggest_that_fits choose_box",
        arguments=(
            "boxes|crates|offers|models: list[tuple[str, int, int, int]]; name, length, width and height",
        ),
        returns="str | None",
        phrasings=(
            "Return the name of the box in $boxes with the largest volume among those that are at most $k high, or None if no box is that low. Of several with the same volume the first counts.",
            "Given a list $boxes of tuples (name, length, width, height), look at those with a height of $k or less and return the name of the one for which length times width times height is largest; the earliest wins a tie. Without such a box, or without any, the answer is None.",
            "There are $k cm of room under the $bed. Which of the $boxes, given as (name, length, width, height), holds most and can still be pushed under it? The box that stands first in the list wins if two hold the same; None means that all are too high.",
            "Return the name n of the tuple (n, a, b, c) in $boxes that maximizes a * b * c subject to c <= $k, the first such tuple if there are several, and None if no tuple has c <= $k.",
        ),
        solutions=(
            """
low = [box for box in $boxes if box[3] <= $k]
best = max(low, key=lambda box: box[1] * box[2] * box[3], default=None)
return None if best is None else best[0]
""",
            """
best_name = None
best_volume = 0
for name, length, width, height in $boxes:
    volume = length * width * height
    if height <= $k and volume > best_volume:
        best_name, best_volume = name, volume
return best_name
""",
        ),
        reference=lambda boxes, k, bed: _roomiest(boxes, k),
        inputs=lambda rng, k, bed: _boxes(rng, k),
        edges=(([],), ([("pen", 9, 9, 99)],), ([("a", 2, 3, 4), ("b", 4, 3, 2), ("c", 3, 2, 4)],)),
        idea="First keep what is allowed, then let `max` compare by the volume; its default answers for the case that nothing is left.",
        pitfall="`max` compares the tuples themselves, that is by name, unless it is given a key.",
        parameters=lambda rng: {
            "k": rng.randint(5, 8),
            "bed": Raw(rng.choice(("bed", "sofa", "bench", "shelf"))),
        },
    ),
    Family(
        name="labels_by_first_true_rule",
        concepts=("lambdas", "iterators", "conditionals"),
        difficulty=2,
        names="label_scores grade_all rate_scores assign_labels labels_for judge",
        arguments=("scores|points|values|results: list[int]; the values to judge, not negative",),
        returns="list[str]",
        phrasings=(
            "Return a label for each of $scores: 'best' from $best on, 'good' from $good to below $best, and 'low' for everything less.",
            "Given the list $scores of integers, none negative, replace each by the first fitting word: 'best' if it is at least $best, 'good' if it is at least $good, otherwise 'low'. Return the list of words in the same order.",
            "A $sport club gives out badges. Who reaches $best points gets 'best', who reaches $good gets 'good', and everybody else gets 'low'. Which badges belong to $scores?",
            "Return a list of the same length as $scores, with 'best' at every position whose value v has v >= $best, 'good' where $good <= v < $best and 'low' where 0 <= v < $good.",
        ),
        solutions=(
            """
rules = [
    ("best", lambda score: score >= $best),
    ("good", lambda score: score >= $good),
    ("low", lambda score: True),
]
return [next(label for label, fits in rules if fits(score)) for score in $scores]
""",
            """
from bisect import bisect

labels = ["low", "good", "best"]
limits = [$good, $best]
return [labels[bisect(limits, score)] for score in $scores]
""",
        ),
        reference=lambda scores, best, good, sport: _grades(scores, best, good),
        inputs=lambda rng, best, good, sport: (
            [
                rng.choice((best, best - 1, good, good - 1, rng.randint(0, best + 5)))
                for _ in range(rng.randint(3, 6))
            ],
        ),
        edges=(([],), ([0],), ([999, 0],), ([10, 20, 30, 40, 50],)),
        idea="Each rule is a label with its own test; the tests stand in the order in which they are to be tried, and the last one always fits.",
        pitfall="In the other order the wide test comes first and nobody is ever 'best'.",
        parameters=lambda rng: {
            "best": rng.randint(30, 45),
            "good": rng.randint(12, 25),
            "sport": Raw(rng.choice(("climbing", "chess", "rowing", "archery"))),
        },
    ),
)
