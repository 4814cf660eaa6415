"""Families about the value of terms and statements."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping

from hornbook.curriculum.family import Family


def _terms(text: str, values: Mapping[str, int]) -> int:
    term, plus, rest = text.partition(" + ")
    factor, star, others = term.partition("*")
    worth = values.get(factor, 0) if factor.isalpha() else int(factor)
    return worth * (_terms(others, values) if star else 1) + (_terms(rest, values) if plus else 0)


def _products(rng: random.Random) -> tuple[str, dict[str, int]]:
    names = {name: rng.randint(-5, 9) for name in rng.sample(("x", "y", "rate", "n"), 2)}
    terms = [
        "*".join(rng.choice((*names, str(rng.randint(0, 9)), "z")) for _ in range(rng.randint(1, 3)))
        for _ in range(rng.randint(1, 3))
    ]
    return " + ".join(terms), names


def _truth(rng: random.Random) -> str:
    wanted = rng.random() < 0.5
    while True:
        claims = [rng.choice(("", "not ")) + rng.choice("TF") for _ in range(rng.randint(2, 5))]
        text = "".join(claim + rng.choice((" and ", " or ")) for claim in claims[:-1]) + claims[-1]
        if _truth_value(text) == wanted:
            return text


def _truth_value(text: str) -> bool:
    while "not " in text:
        text = text.replace("not T", "F").replace("not F", "T")
    terms = re.split(" or ", text)
    return any(set(term.split(" and ")) == {"T"} for term in terms)


FAMILIES: tuple[Family, ...] = (
    Family(
        name="sum_of_products_with_names",
        concepts=("expression_evaluation", "dictionaries", "nested_loops"),
        difficulty=3,
        names="evaluate_terms value_with_names sum_of_products insert_values compute_terms",
        arguments=(
            "text|formula|source|terms: str; products separated by plus signs",
            "values|names|variables|known: dict[str, int]; values of the names",
        ),
        returns="int",
        phrasings=(
            'Compute $text, a sum of products such as "2*x*x + 3*y": terms are separated by " + ", factors by "*", and a factor is a whole number in digits or a name. Names have the values in $values; a name that is not there is worth 0.',
            'Given $text and $values, insert the values for the names and return the result. The text consists of one or more terms with " + " in between, each term of one or more factors with * in between; factors are digits or names made of letters, and unknown names count as 0.',
            'A teacher writes terms such as "x*y + 4" on the board and tells the class what x and y are. What is the value of the terms in $text if $values tells the numbers behind the letters? Letters of which nothing was said are 0. The signs are * without blanks and + with one blank on each side.',
            'Return the sum over all t in $text.split(" + ") of the product over all f in t.split("*") of v(f), where v(f) is int(f) if f consists of digits and $values.get(f, 0) otherwise.',
        ),
        solutions=(
            """
$total = 0
for term in $text.split(" + "):
    product = 1
    for $item in term.split("*"):
        product *= int($item) if $item.isdigit() else $values.get($item, 0)
    $total += product
return $total
""",
            """
import math

def worth($item):
    return int($item) if $item.isdigit() else $values.get($item, 0)

return sum(math.prod(map(worth, term.split("*"))) for term in $text.split(" + "))
""",
        ),
        reference=_terms,
        inputs=_products,
        edges=(("7", {}), ("x", {}), ("x*x", {"x": -3}), ("2*x + x*2 + 1", {"x": 5}), ("10*y + z", {"y": 2})),
        idea="The text has two levels, terms and factors, and so has the computation: a sum of products.",
        pitfall="The product of each term starts at 1, the sum at 0.",
    ),
    Family(
        name="truth_of_statement",
        concepts=("booleans", "expression_evaluation", "any_all"),
        difficulty=3,
        names="is_true truth_value evaluate_logic statement_holds logic_value",
        arguments=("text|statement|source|line: str; a logical statement",),
        returns="bool",
        phrasings=(
            'Return the truth value of $text, which consists of T (true) and F (false), each perhaps with "not " in front, connected by " and " and " or ". As in Python, not comes first, then and, then or. There are no brackets.',
            'Given $text, for example "T and not F or F", evaluate it: T and F are the two truth values, "not" turns the value behind it round, "and" binds more tightly than "or". All words are separated by single blanks, and "not" never stands twice in a row.',
            'A quiz master strings claims together that are true (T) or false (F), such as "F or not F and T". Is the whole of $text true? A "not" applies only to the letter behind it; the claims joined by "and" form groups, and with "or" between the groups one true group is enough.',
            'Let the groups be $text.split(" or "), and the claims of a group g be g.split(" and "). The claims "T" and "not F" are true, "F" and "not T" false. Return True if there is a group all of whose claims are true, and False otherwise.',
        ),
        solutions=(
            """
return any(
    all($item in ("T", "not F") for $item in group.split(" and "))
    for group in $text.split(" or ")
)
""",
            """
$result = False
for group in $text.split(" or "):
    holds = True
    for claim in group.split(" and "):
        value = claim.endswith("T")
        if claim.startswith("not"):
            value = not value
        holds = holds and value
    $result = $result or holds
return $result
""",
        ),
        reference=_truth_value,
        inputs=lambda rng: (_truth(rng),),
        edges=(
            ("T",),
            ("F",),
            ("not T",),
            ("not F",),
            ("T or T and F",),
            ("F and T or F",),
            ("T and not T",),
        ),
        idea="The weakest connective splits first: a list of groups joined by or, each a list of claims joined by and.",
        pitfall="Evaluating strictly from left to right makes T or T and F false.",
    ),
)
