"""Families in which a class stands ready: cards, a cursor, kinds of words."""

from __future__ import annotations

import random
import re

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family


def _books(rng: random.Random) -> list[tuple[str, str, int]]:
    return [
        (rng.choice((w, f"the {w}")), rng.choice(draws.FIRST_NAMES), rng.randint(1950, 2024))
        for w in draws.words(rng, 1, 3)
    ]


def _card(row: tuple[str, str, int], k: int) -> str:
    title, author, year = row
    short = title if len(title) <= k else title[: k - 2] + ".."
    return f"{author}: {short} ({year})"


def _keys(rng: random.Random) -> str:
    return "".join(
        rng.choice((rng.choice("abcxyz"), rng.choice("abcxyz"), "<", "<", ">", "#"))
        for _ in range(rng.randint(5, 11))
    )


def _typed(keys: str) -> str:
    left, right = "", ""
    for key in keys:
        if key == "<":
            left, right = left[:-1], left[-1:] + right
        elif key == ">":
            left, right = left + right[:1], right[1:]
        elif key == "#":
            left = left[:-1]
        else:
            left += key
    return left + right


def _line(rng: random.Random) -> str:
    return " ".join(
        rng.choice((draws.word(rng), str(rng.randint(0, 99)), "->", "+", "x1", "7up", "Öl"))
        for _ in range(rng.randint(3, 6))
    )


def _shape(text: str) -> str:
    def kind(word: str) -> str:
        return (
            "NUMBER"
            if re.fullmatch("[0-9]+", word)
            else "NAME"
            if re.fullmatch(r"[^\W\d_]\w*", word)
            else "SIGN"
        )

    kinds = [kind(word) for word in text.split()]
    return " ".join(f"{kind}{kinds[: i + 1].count(kind)}" for i, kind in enumerate(kinds))


FAMILIES: tuple[Family, ...] = (
    Family(
        name="cards_for_books",
        concepts=("list_comprehensions", "text_alignment", "string_formatting"),
        difficulty=2,
        names="book_cards card_lines make_cards catalogue_cards label_books",
        arguments=(
            "rows|books|entries|records: list[tuple[str, str, int]]; title, author and year of each book",
        ),
        returns="list[str]",
        phrasings=(
            'Return a line for each book in $rows, in order: the author, ": ", the title as Book.short shortens it to $k characters, and the year in parentheses after a blank.',
            'Given $rows, tuples of title, author and year, make a Book of each and write it as "author: title (year)". Titles with more than $k characters are cut by Book.short so that they have $k.',
            "A library prints small cards for its shelves. For every book in $rows the card shows who wrote it, a colon and a blank, its title (no longer than $k characters, see Book.short), a blank and the year in parentheses. Return the texts of the cards.",
            'For each (t, a, y) of $rows the result contains a + ": " + s + " (" + str(y) + ")", where s is Book(t, a, y).short($k). An empty list gives an empty list.',
        ),
        setup='''
from dataclasses import dataclass


@dataclass
class Book:
    """A book of the library."""

    title: str
    author: str
    year: int

    def short(self, width: int) -> str:
        """Return the title, with two dots at its end where it has to be cut to width characters."""
        if len(self.title) <= width:
            return self.title
        return self.title[: width - 2] + ".."
''',
        solutions=(
            """
$result = []
for $row in $rows:
    book = Book(*$row)
    $result.append(f"{book.author}: {book.short($k)} ({book.year})")
return $result
""",
            """
def card(book):
    return book.author + ": " + book.short($k) + f" ({book.year})"

return [card(Book(title, author, year)) for title, author, year in $rows]
""",
        ),
        reference=lambda rows, k: [_card(row, k) for row in rows],
        parameters=lambda rng: {"k": rng.randint(5, 9)},
        inputs=lambda rng, k: (_books(rng),),
        edges=(
            ([],),
            ([("", "", 0)],),
            ([("nine char", "É", 1999), ("eight ch", "B", 2000), ("sixsix", "C", 1)],),
        ),
        idea="The star unpacks a tuple into the fields of the class, which then does the shortening.",
        pitfall="Shortening the finished line instead of the title would cut the year off.",
    ),
    Family(
        name="keys_at_a_cursor",
        concepts=("substrings", "simulation", "string_slicing"),
        difficulty=3,
        names="type_keys edit_text press_keys final_text run_editor",
        arguments=("keys|input_keys|presses|commands: str; the keys in the order in which they are pressed",),
        returns="str",
        phrasings=(
            'Feed the keys in $keys to an Editor that is empty at the beginning and return its text at the end. "<" moves the cursor left, ">" right, "#" deletes the character before the cursor, and any other character is typed.',
            'Given $keys, use the class Editor to find out which text they produce: call left() for "<", right() for ">", back() for "#" and type() with the character for everything else, starting with an empty editor.',
            "Somebody writes a note and corrects it on the way, with the arrows < and > and the key # for deleting backwards. $keys lists all keys in order. What does the Editor contain in the end?",
            'Start with the text "" and the cursor at 0. For each character of $keys apply Editor.left, Editor.right or Editor.back for "<", ">" and "#", and Editor.type(c) for any other c. Return the attribute text.',
        ),
        setup='''
class Editor:
    """A line of text with a cursor between its characters."""

    def __init__(self) -> None:
        self.text = ""
        self.place = 0

    def left(self) -> None:
        self.place = max(0, self.place - 1)

    def right(self) -> None:
        self.place = min(len(self.text), self.place + 1)

    def back(self) -> None:
        if self.place > 0:
            self.text = self.text[: self.place - 1] + self.text[self.place :]
            self.place -= 1

    def type(self, sign: str) -> None:
        self.text = self.text[: self.place] + sign + self.text[self.place :]
        self.place += 1
''',
        solutions=(
            """
editor = Editor()
for $char in $keys:
    if $char == "<":
        editor.left()
    elif $char == ">":
        editor.right()
    elif $char == "#":
        editor.back()
    else:
        editor.type($char)
return editor.text
""",
            """
editor = Editor()
actions = {"<": editor.left, ">": editor.right, "#": editor.back}
for $char in $keys:
    if $char in actions:
        actions[$char]()
    else:
        editor.type($char)
return editor.text
""",
        ),
        reference=_typed,
        inputs=lambda rng: (_keys(rng),),
        edges=(("",), ("<<##>>",), ("abc<<x>y",), ("ab<#c#",), ("é<ü>ö",)),
        idea="The object keeps text and cursor together, so the loop only has to choose the method.",
        pitfall="Each call changes the editor; a new Editor in every round would forget what was typed.",
    ),
    Family(
        name="numbered_kinds_of_words",
        concepts=("tokenizing", "counting", "character_classes"),
        difficulty=3,
        names="shape_of_line numbered_kinds describe_tokens token_shape outline_line",
        arguments=("text|line|statement|command: str; words separated by blanks",),
        returns="str",
        phrasings=(
            'Replace every word of $text by its Kind and a number that counts the words of this kind so far: "NAME1 SIGN1 NAME2" for "x + y". kind_of() tells the kind. Words are separated by blanks, the result by single ones.',
            "Given $text, split it at blanks, find the Kind of every word with kind_of(), and return the names of the kinds in capitals, each followed by 1 for the first word of its kind, 2 for the second, and so on, with one blank between them.",
            "A program compares lines of code by their shape only. In the shape of a line, the words are replaced by what they are, numbered within each kind: a -> 5 b becomes NAME1 SIGN1 NUMBER1 NAME2. What is the shape of $text, if kind_of() decides about the kinds?",
            'For the words w1, ..., wn of $text.split() let ci be the number of j <= i with kind_of(wj) == kind_of(wi). Return the texts kind_of(wi).name + str(ci), joined by blanks ("" for no words).',
        ),
        setup='''
from enum import Enum


class Kind(Enum):
    """What a word can be."""

    NUMBER = 1
    NAME = 2
    SIGN = 3


def kind_of(w: str) -> Kind:
    """Digits make a number; a letter first and then letters, digits or _ make a name."""
    if w.isascii() and w.isdigit():
        return Kind.NUMBER
    if w[0].isalpha() and w.replace("_", "x").isalnum():
        return Kind.NAME
    return Kind.SIGN
''',
        solutions=(
            """
$groups = {}
$result = []
for $word in $text.split():
    kind = kind_of($word)
    $groups[kind] = $groups.get(kind, 0) + 1
    $result.append(f"{kind.name}{$groups[kind]}")
return " ".join($result)
""",
            """
from itertools import count
counters = {kind: count(1) for kind in Kind}
kinds = map(kind_of, $text.split())
return " ".join(kind.name + str(next(counters[kind])) for kind in kinds)
""",
        ),
        reference=_shape,
        inputs=lambda rng: (_line(rng),),
        edges=(("",), ("x",), ("1 1 1",), ("a_1 _a 1a +",), ("é ٣ é",)),
        idea="One counter for each kind: a dictionary whose keys are the members of the enumeration.",
        pitfall="The name of a member is its attribute name; str() would also write the class in front.",
    ),
)
