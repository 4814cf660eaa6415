"""Families in which a ready class works with Python's own syntax: with statements, len, loops, properties."""

from __future__ import annotations

import random
import re

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw


def _throw(rng: random.Random) -> str:
    terms = [
        rng.choice(
            (
                f"{rng.randint(1, 4)}d{rng.choice((4, 6, 8, 20))}",
                f"d{rng.choice((6, 12))}",
                str(rng.randint(1, 9)),
            )
        )
        for _ in range(rng.randint(1, 3))
    ]
    return "+".join(terms)


def _bounds(text: str) -> tuple[int, int]:
    low = high = 0
    for term in text.split("+"):
        number, die, sides = term.partition("d")
        low += int(number or 1)
        high += int(number or 1) * (int(sides) if die else 1)
    return low, high


def _menu(rng: random.Random) -> dict[str, list[str]]:
    return {draws.word(rng): rng.sample(draws.GOODS, rng.randint(0, 2)) for _ in range(rng.randint(1, 2))}


def _markup(menu: dict[str, list[str]], outer: str, inner: str) -> str:
    parts = [
        "\n".join(
            [
                f"  <{outer}>",
                f"    {name}",
                *(f"    <{inner}>\n      {item}\n    </{inner}>" for item in items),
                f"  </{outer}>",
            ]
        )
        for name, items in menu.items()
    ]
    return "\n".join(["<menu>", *parts, "</menu>"])


def _two_texts(rng: random.Random) -> tuple[str, str]:
    first = "".join(rng.choice("ab") * rng.randint(1, 4) for _ in range(rng.randint(1, 4)))
    return first, rng.choice((first, first[::-1], first.replace("a", "aa", 1), first + "b"))


def _widest(first: str, second: str) -> tuple[int, str]:
    runs = [[m[0] for m in re.finditer(r"(.)\1*", text)] for text in (first, second)]
    longest = max(runs[0] + runs[1], key=len, default="")
    return len(runs[0]) - len(runs[1]), longest[:1]


FAMILIES: tuple[Family, ...] = (
    Family(
        name="range_of_dice",
        concepts=("expression_evaluation", "parsing", "tuples"),
        difficulty=3,
        names="dice_range lowest_and_highest throw_bounds range_of_throw extremes_of_dice",
        arguments=("text|throw|roll|formula: str; what is thrown and added",),
        returns="tuple[int, int]",
        phrasings=(
            'Return the lowest and the highest total that $text can give. Its terms are joined by "+": 3d6 stands for three dice with 6 sides, d8 for one die with 8 sides, and 5 for the number itself. Dice.read() reads a term with a d.',
            "Given $text, such as 2d6+d4+3, which totals are the smallest and the largest possible, as a tuple? A term NdS means N dice with the sides 1 to S (N is 1 if it is missing); other terms are numbers. Use the class Dice for the terms with dice.",
            'In a role-playing game the damage of a sword is written as "d8+2", that of a fire as "4d6". What are the least and the greatest damage of $text? Terms are separated by +, Dice.read() understands the terms that contain a d, and the others are whole numbers.',
            'For each term t of $text.split("+") let (a, b) be (Dice.read(t).lowest, Dice.read(t).highest) if "d" is in t and (int(t), int(t)) otherwise. Return the pair of the sum of all a and the sum of all b.',
        ),
        setup='''
from dataclasses import dataclass


@dataclass(frozen=True)
class Dice:
    """Some dice with the same number of sides."""

    number: int
    sides: int

    @classmethod
    def read(cls, term: str) -> "Dice":
        number, _, sides = term.partition("d")
        return cls(int(number or 1), int(sides))

    @property
    def lowest(self) -> int:
        return self.number

    @property
    def highest(self) -> int:
        return self.number * self.sides
''',
        solutions=(
            """
low = high = 0
for term in $text.split("+"):
    if "d" in term:
        dice = Dice.read(term)
        low += dice.lowest
        high += dice.highest
    else:
        low += int(term)
        high += int(term)
return low, high
""",
            """
terms = $text.split("+")
dice = [Dice.read(term) for term in terms if "d" in term]
fixed = sum(int(term) for term in terms if "d" not in term)
return fixed + sum(item.lowest for item in dice), fixed + sum(item.highest for item in dice)
""",
        ),
        reference=_bounds,
        inputs=lambda rng: (_throw(rng),),
        edges=(("0",), ("d6",), ("1d1",), ("2d6+3",), ("10+d20+10d10",)),
        idea="Each term has a lowest and a highest value of its own, and the sums of these are the answer.",
        pitfall="The lowest total is not zero: every die shows at least 1.",
    ),
    Family(
        name="menu_as_markup",
        concepts=("markup", "nested_loops", "nested_data"),
        difficulty=4,
        names="menu_markup write_menu render_menu menu_page build_page",
        arguments=("menu|courses|parts|content: dict[str, list[str]]; dishes by course",),
        returns="str",
        phrasings=(
            "Write $menu with a Writer and return its text. The outermost element is menu; in it there is an element $outer for each course, which contains the name of the course as text and then an element $inner around each dish.",
            "Given $menu, build markup with the class Writer: inside the element menu, for every key an element $outer with the key as its first line, followed by one element $inner for each text in the list, with this text inside. The order is that of $menu. Return Writer.text().",
            "A restaurant shows its menu on a page. All of it is in an element called menu, every course in an element called $outer that begins with the name of the course, every dish in an element called $inner of its own. Use Writer, whose element() closes and indents by itself, and return the page for $menu.",
            'Let w be a new Writer. Within w.element("menu"): for each (name, dishes) of $menu, within w.element("$outer"): w.line(name), and for each dish, within w.element("$inner"): w.line(dish). Return w.text().',
        ),
        setup='''
from contextlib import contextmanager


class Writer:
    """Collects lines of markup; what is written inside an element is indented by two blanks."""

    def __init__(self) -> None:
        self.lines = []
        self.depth = 0

    def line(self, content: str) -> None:
        self.lines.append("  " * self.depth + content)

    @contextmanager
    def element(self, name: str):
        self.line(f"<{name}>")
        self.depth += 1
        yield
        self.depth -= 1
        self.line(f"</{name}>")

    def text(self) -> str:
        return "\\n".join(self.lines)
''',
        solutions=(
            """
writer = Writer()
with writer.element("menu"):
    for $key, dishes in $menu.items():
        with writer.element("$outer"):
            writer.line($key)
            for $item in dishes:
                with writer.element("$inner"):
                    writer.line($item)
return writer.text()
""",
            """
writer = Writer()

def write_dishes(dishes):
    for $item in dishes:
        with writer.element("$inner"):
            writer.line($item)

def write_course($key):
    with writer.element("$outer"):
        writer.line($key)
        write_dishes($menu[$key])

with writer.element("menu"):
    for $key in $menu:
        write_course($key)
return writer.text()
""",
        ),
        reference=_markup,
        parameters=lambda rng: dict(
            zip(
                ("outer", "inner"),
                map(Raw, rng.choice((("course", "dish"), ("group", "item"), ("section", "entry")))),
                strict=True,
            )
        ),
        inputs=lambda rng, outer, inner: (_menu(rng),),
        edges=(({},), ({"soup": []},), ({"a": ["b", "b"], "c": []},), ({"thé": ["x", "y", "z"]},)),
        idea="A with statement closes the element when its block ends, so every tag gets its partner.",
        pitfall="What stands after the with block is outside the element; indentation decides.",
    ),
    Family(
        name="compare_packed_texts",
        concepts=("run_length_encoding", "min_max", "arithmetic"),
        difficulty=4,
        names="compare_packed runs_compared packing_report difference_in_runs longest_of_both",
        arguments=("first|a|left_text|one: str; a text", "second|b|right_text|two: str; another text"),
        returns="tuple[int, str]",
        phrasings=(
            "Pack $first and $second and return two things: by how many runs the first has more than the second (negative if it has fewer), and the character of the longest run in either of them. If several are longest, take the first one, beginning with those of $first; without any run the character is an empty text.",
            'Given $first and $second, make a Packed of each. Return a tuple of the difference of their numbers of runs (first minus second) and the character that is repeated longest without interruption, looking through the runs of the first and then those of the second and keeping the earliest on a tie ("" if both texts are empty).',
            "Two rows of beads, $first and $second, are to be described by their runs of equal colours. How many more runs does the first row need, and which colour forms the longest run of all? Answer with a pair; earlier runs win ties, the first row counts as earlier, and without beads the colour is an empty text.",
            'Let p = Packed($first) and q = Packed($second). Return (len(p) - len(q), c), where c is the character of the first pair with maximal length in the concatenation of their runs, or "" if there are no runs.',
        ),
        setup='''
class Packed:
    """A text as runs of equal characters: pairs of a character and a length."""

    def __init__(self, content: str) -> None:
        self.runs = []
        for sign in content:
            if self.runs and self.runs[-1][0] == sign:
                self.runs[-1] = (sign, self.runs[-1][1] + 1)
            else:
                self.runs.append((sign, 1))

    def __len__(self) -> int:
        return len(self.runs)

    def __iter__(self):
        return iter(self.runs)
''',
        solutions=(
            """
$left, $right = Packed($first), Packed($second)
$best, longest = "", 0
for $char, size in [*$left, *$right]:
    if size > longest:
        $best, longest = $char, size
return len($left) - len($right), $best
""",
            """
from itertools import chain
packed = [Packed($first), Packed($second)]
runs = chain.from_iterable(packed)
$char, _ = max(runs, key=lambda run: run[1], default=("", 0))
return len(packed[0]) - len(packed[1]), $char
""",
        ),
        reference=_widest,
        inputs=_two_texts,
        edges=(("", ""), ("", "a"), ("aab", ""), ("aabb", "bb"), ("ab", "bbb"), ("éé", "eee")),
        idea="A class with __len__ and __iter__ can be measured and looped over like a list.",
        pitfall="With >= instead of > the last of several longest runs would win.",
    ),
)
