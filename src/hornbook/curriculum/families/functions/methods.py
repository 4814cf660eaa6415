"""Families on methods: functions that belong to objects, chained, found by name, or making objects themselves."""

from __future__ import annotations

import random
from collections.abc import Iterable
from typing import Any

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw


def _shifted(text: str, steps: list[str]) -> str:
    table: dict[str, Any] = {
        "upper": lambda t: t.upper(),
        "title": lambda t: t.title(),
        "swapcase": lambda t: "".join(c.lower() if c.isupper() else c.upper() for c in t),
        "strip": lambda t: t.strip(),
        "lower": lambda t: t.lower(),
    }
    for step in steps:
        text = table[step](text)
    return text


def _amounts(rng: random.Random) -> tuple[list[str]]:
    return (
        [
            f"{rng.randint(0, 20)}.{rng.choice(('00', '05', '50', '99', '10'))}"
            for _ in range(rng.randint(2, 4))
        ],
    )


def _cents(texts: Iterable[str]) -> int:
    return sum(round(float(text) * 100) for text in texts)


FAMILIES: tuple[Family, ...] = (
    Family(
        name="call_methods_by_name",
        concepts=("methods", "string_methods", "higher_order"),
        difficulty=2,
        names="apply_methods call_methods transform_text run_methods change_text edit",
        arguments=(
            "text|message|string: str; the text to begin with",
            "steps|methods|actions: list[str]; names of string methods",
        ),
        returns="str",
        phrasings=(
            "Return $text after the methods named in $steps are called on it one after the other, each on the result of the one before.",
            "Given a $text and a list $steps with the names of string methods that need no arguments ('upper', 'lower', 'title', 'swapcase' or 'strip'), apply them in order and return the final string.",
            "An editor has buttons called 'upper', 'lower', 'title', 'swapcase' and 'strip', which do what Python's string methods of these names do. Somebody types $text and presses the buttons $steps. What stands there in the end?",
            "Let t be $text, and replace t by t.m() for each name m in $steps, in order, where m is one of upper, lower, title, swapcase and strip. Return t.",
        ),
        solutions=(
            """
for step in $steps:
    $text = getattr($text, step)()
return $text
""",
            """
methods = {
    "upper": str.upper,
    "lower": str.lower,
    "title": str.title,
    "swapcase": str.swapcase,
    "strip": str.strip,
}
for step in $steps:
    $text = methods[step]($text)
return $text
""",
            """
from functools import reduce
from operator import methodcaller

return reduce(lambda text, step: methodcaller(step)(text), $steps, $text)
""",
        ),
        reference=_shifted,
        inputs=lambda rng: (
            " " * rng.randint(0, 2) + draws.sentence(rng, 1, 3) + " " * rng.randint(0, 1),
            rng.choices(("upper", "lower", "title", "swapcase", "strip"), k=rng.randint(1, 3)),
        ),
        edges=(
            ("", ["upper"]),
            ("Tea Time", []),
            ("  a B ", ["strip", "swapcase"]),
            ("ab cd", ["title", "swapcase"]),
            ("ÄÖ", ["lower", "title"]),
        ),
        idea="`getattr` finds the method whose name is in a string; the brackets behind it make the call.",
        pitfall="Leaving out the last brackets stores the method instead of the text it returns.",
    ),
    Family(
        name="add_money_texts",
        concepts=("methods", "classes", "string_formatting"),
        difficulty=3,
        names="add_money total_of_texts sum_prices add_prices total_text sum_of_money",
        arguments=("texts|prices|amounts|receipts: list[str]; amounts such as '3.50'",),
        returns="str",
        phrasings=(
            "Return the sum of all $texts, amounts with two decimals such as '3.50', in the same form. The class `Money` reads and shows such amounts; no amounts give '0.00'.",
            "Given a list of strings $texts like '12.05', each with exactly two digits behind the point, add them up without rounding errors and return the total as such a string.",
            "The receipts of a $trip say '7.99' or '0.50'. Add them up in whole cents, so that nothing is lost, and write the result the way the receipts do. `Money` is there to help.",
            "Each string of $texts consists of digits, a point and two digits. Return the string of the same form whose value is the sum of their values; the part before the point has no leading zeros unless it is '0'.",
        ),
        solutions=(
            """
amounts = [Money.from_text(text) for text in $texts]
return Money(sum(amount.cents for amount in amounts)).shown()
""",
            """
wallet = Money(0)
for text in $texts:
    wallet = wallet.plus(Money.from_text(text))
return wallet.shown()
""",
            """
cents = sum(int(text.replace(".", "")) for text in $texts)
return f"{cents // 100}.{cents % 100:02d}"
""",
        ),
        setup="""
class Money:
    def __init__(self, cents):
        self.cents = cents

    @classmethod
    def from_text(cls, text):
        whole, cents = text.split(".")
        return cls(int(whole) * 100 + int(cents))

    def plus(self, other):
        return Money(self.cents + other.cents)

    def shown(self):
        return f"{self.cents // 100}.{self.cents % 100:02d}"
""",
        reference=lambda texts, trip: f"{_cents(texts) / 100:.2f}",
        inputs=lambda rng, trip: _amounts(rng),
        edges=(([],), (["0.05"],), (["0.99", "0.01"],), (["100.00", "0.10", "0.20"],), (["0.00"],)),
        idea="A class method makes an object from another form of the data, here a text, so the reading stands in one place.",
        pitfall="Adding the floats gives sums such as 0.30000000000000004; cents are whole numbers.",
        parameters=lambda rng: {"trip": Raw(rng.choice(("trip", "party", "school fair", "picnic")))},
    ),
)
