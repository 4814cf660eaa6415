"""The ways in which one task can be said: its sentence as a wish, a description, a question's answer.

Only forms that are certain to stay grammatical are used; a sentence that fits none of them is left as it is.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from hornbook.curriculum.family import Task
from hornbook.curriculum.signatures import listed

_VERB_LIST = (
    "add apply answer append arrange assign build calculate capitalise change check choose clean "
    "collect combine compare compress compute convert count create cube cut decide decode delete describe "
    "determine divide drop encode expand extract fill filter find flip fold follow format generate get give "
    "go group halve insert join keep label limit list look make map mark measure merge move multiply name "
    "number order pack pair parse partition pick place play produce put raise rank read remove repeat replace "
    "report return reverse rotate round run say search select shift shorten show simulate sort split "
    "spread square start step strip sum swap take tell test transform translate trim turn undo unpack "
    "use validate walk weave work write"
)
_VERBS = _VERB_LIST.split()
_VERB = re.compile(rf"({'|'.join(verb.capitalize() for verb in _VERBS)}) ")
_SECOND_VERB = re.compile(
    rf"(?:\band|\bthen|\bor|,|;) (?:{'|'.join(_VERBS)})\b|\b(?:then|finally) |\. (?:Then|Next|Finally|Return) "
)

_FIND = ("Compute ", "Find ", "Calculate ", "Determine ", "Get ", "Work out ", "Give ", "Compute and return ")
_CHECK = ("Check ", "Determine ", "Test ", "Tell ", "Find out ", "Decide ")
_INTRODUCES = re.compile("Given |From |First |Start with |The argument |The input |Take a |You ")
"""Openings that already say what goes in; a second introduction would only repeat it."""
_WITH_BASE = (
    "Write a function to {v}", "Write a Python function to {v}", "Your task is to {v}", "The goal is to {v}",
    "Complete the function to {v}", "Function to {v}", "Given {args}, {v}", "Given {args}, {v}",
    "You are given {args}. {V}", "You get {args}. {V}", "For {args}: {v}", "TASK: {V}", "Please {v}",
    "Use this to {v}", "Helper to {v}", "We need to {v}",
)  # fmt: skip
_WITH_THIRD = (
    "{Vs}", "{Vs}", "{Vs}", "Write a function that {vs}", "Implement a function that {vs}",
    "This function {vs}", "A function that {vs}", "Function that takes {args} and {vs}", "Takes {args} and {vs}",
    "Helper that {vs}", "Create a function that, given {args}, {vs}", "Receives {args} and {vs}",
    "{name} {vs}", "Accepts {args}. {Vs}",
)  # fmt: skip
_WITH_ANY = (
    "You are given {args}. {S}", "The input is {args}. {S}", "Problem: {S}", "There is {args}. {S}",
    "Input: {args}. {S}", "Question: {S}", "The function gets {args}. {S}",
)  # fmt: skip
_EDGE_NOTES = (
    "For {what} the result is {expected}.", "If the input is {what}, return {expected}.",
    "With {what}, the answer is {expected}.", "Note that {what} gives {expected}.",
    "Returns {expected} for {what}.",
)  # fmt: skip
_EMPTY: tuple[tuple[Any, str], ...] = (
    ("", "an empty string"),
    ([], "an empty list"),
    ({}, "an empty dictionary"),
    (set(), "an empty set"),
)


@cache
def _third(verb: str) -> str:
    """Return the third person of a verb: "count" -> "counts", "search" -> "searches"."""
    if verb.endswith(("ch", "sh", "s", "x", "o")):
        return verb + "es"
    return verb[:-1] + "ies" if verb.endswith("y") and verb[-2] not in "aeiou" else verb + "s"


def as_description(sentence: str) -> str:
    """Return an imperative sentence in the third person without capital, or "" where that is not safe.

    >>> as_description("Count the vowels in text.")
    'counts the vowels in text.'
    """
    match = _VERB.match(sentence)
    if match is None or _SECOND_VERB.search(sentence) or "\n" in sentence or _INTRODUCES.match(sentence):
        return ""
    return f"{_third(match[1].lower())} {sentence[match.end() :]}"


def as_wish(sentence: str) -> str:
    """Return an imperative sentence without its capital ("count the vowels in text."), or ""."""
    match = _VERB.match(sentence)
    if match is None or "\n" in sentence or _INTRODUCES.match(sentence):
        return ""
    return f"{match[1].lower()} {sentence[match.end() :]}"


def restate(task: Task, rng: random.Random) -> str:
    """Return the task's sentence in one of the grammatical forms that docstrings use."""
    sentence = _other_verb(task.sentence, rng) if rng.random() < 0.5 else task.sentence
    choice = rng.random()
    if choice < 0.4 or _INTRODUCES.match(sentence):
        return sentence
    base = as_wish(sentence)
    if not base:
        if choice < 0.75 or "iven" in sentence[:12] or "\n" in sentence:
            return sentence
        return rng.choice(_WITH_ANY).format(args=listed(task.arguments, rng), S=sentence)
    if choice < 0.75 and (third := as_description(sentence)):
        template, verb = rng.choice(_WITH_THIRD), third
    else:
        template, verb = rng.choice(_WITH_BASE), base
    # `format` must not see the sentence itself, which may hold braces.
    front = template.partition("{v")[0] if "{v" in template else template.partition("{V")[0]
    said = verb if "{v" in template else verb[:1].upper() + verb[1:]
    return front.format(args=listed(task.arguments, rng), name=task.name) + said


def _other_verb(sentence: str, rng: random.Random) -> str:
    if sentence.startswith("Return whether "):
        return rng.choice(_CHECK) + sentence[7:]
    if sentence.startswith(("Return the ", "Return how many ")) and not _SECOND_VERB.search(sentence):
        return rng.choice(_FIND) + sentence[7:]
    return sentence


def call(name: str, arguments: Sequence[Any]) -> str:
    """Return the source of a call, `f(1, 'a')`."""
    return f"{name}({', '.join(map(repr, arguments))})"


_LONGEST_EXAMPLE = 140


def examples(task: Task, rng: random.Random) -> list[tuple[str, Any]]:
    """Choose one to three cases, the ordinary ones first, as (call, expected)."""
    wanted = rng.choice((1, 1, 2, 2, 2, 3))
    # Long examples are left to the tests; a docstring with them reads badly.
    cases = [case for case in task.cases[:2] if len(repr(case)) < _LONGEST_EXAMPLE] or list(task.cases[:1])
    if wanted > 2 or wanted == 2 and rng.random() < 0.3:
        more = rng.choice(task.cases[2:] or task.cases[1:])
        cases = [case for case in cases[: wanted - 1] if case != more] + [more]
    return [(call(task.name, arguments), expected) for arguments, expected in cases[:wanted]]


def edge_note(task: Task, rng: random.Random) -> str:
    """State the answer for an empty argument where a case shows it; "" otherwise."""
    for arguments, expected in task.cases[2:]:
        for value, what in _EMPTY:
            if len(arguments) == 1 and arguments[0] == value:
                return rng.choice(_EDGE_NOTES).format(what=what, expected=repr(expected))
    return ""


def as_sentence(note: str) -> str:
    """Return an edge note as a whole sentence: a docstring may say "Returns 0", a page says what does.

    >>> as_sentence("Returns 0 for an empty list.")
    'The function returns 0 for an empty list.'
    """
    return f"The function returns {note[8:]}" if note.startswith("Returns ") else note
