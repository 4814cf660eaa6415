"""Prompts: what slots stand for, spelled out, and the messages that a template makes of them.

Audiences, styles and forms say how format and content differ, since one-word audiences do not remove
duplicates (Cosmopedia).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import PackageLoader, StrictUndefined, Template
from jinja2.sandbox import ImmutableSandboxedEnvironment

from hornbook.curriculum.concepts import CONCEPTS
from hornbook.teacher.protocol import Message

Slots = dict[str, Any]

READERS = {
    "beginner": (
        "somebody in the first weeks of programming. Short sentences, everyday words, concrete numbers, "
        "examples before rules; at the end a small question with its answer."
    ),
    "student": (
        "a student of computer science. Name what is needed beforehand, argue with invariants and cases, "
        "give a table of cases where it helps."
    ),
    "practitioner": (
        "a working programmer. Annotated code, terse and exact text, tests, what a reviewer would remark."
    ),
    "contest": (
        "somebody who solves puzzles against the clock. Bare statement of input and output first, then the "
        "idea in one sentence, then the code."
    ),
    "teacher": (
        "a teacher who will give this lesson. Aim, what the class must know before, what to write on the board; "
        "questions to ask with the answers to expect, the mistake to expect, homework."
    ),
}
"""Audiences, and how format and content differ for each."""

DOCSTRINGS = {
    "sentence": "one or two plain sentences, no examples",
    "terse": "one lower-case line without a final stop",
    "doctest": "a sentence, then one to three doctests with >>>",
    "arrow": "a sentence, then example lines with an arrow such as `f(1) -> 2`",
    "equals": "a sentence, then example lines such as `f(1) == 2`",
    "comment": "a sentence, then example lines such as `f(1)  # => 2`",
    "should": "a sentence, then lines such as `f(1) should return 2`",
    "in_prose": "two or three sentences, the last of which gives an example in prose",
    "input_output": "a statement, then Input: and Output: lines",
    "google": "Google style with Args and Returns sections",
    "numpy": "numpy style with underlined Parameters and Returns sections",
    "rest": "reStructuredText fields, :param x: and :return:",
    "question": "the task as a question, with or without examples",
    "notes": "several paragraphs: the task, the arguments, a note on edge cases",
    "assertion": "a sentence, then assert lines",
    "name_first": "the call with its result type as a headline, then a sentence",
}
"""Docstring styles, as an endpoint is told them."""
SHAPES = {
    "lecture": "a lecture: the idea, one function, its output, why it works, the usual mistake.",
    "trace": "a worked example: one input followed through every step, each intermediate value printed.",
    "comparison": "two different solutions of one task, run on the same input, and when to prefer which.",
    "predict": "a function and three calls whose results the reader predicts, a hint, then the outputs.",
    "mistake": "a wrong attempt with its real output, what is missing, and the repaired version.",
    "exercise": "an exercise with a hint and a complete solution.",
    "dialogue": "a conversation between a learner and a teacher, with code in between.",
    "reading": "code first without explanation, then calls with output, then what the function is for.",
    "edge_cases": "start from what goes wrong, then code that handles it, run on ordinary and unusual inputs.",
    "worked": "a function whose loop prints its variables at the start of each round, then a table of the rounds.",
    "invariant": "what stays true in every round of a loop, shown on each beginning of an input, then why.",
    "debugging": "a debugging story: wrong code, its real output or exception, the line to blame, the repair.",
    "refactoring": "working code that is too long, the shorter version, and the same calls made of both.",
    "workbook": "two or three exercises from easy to hard, and all the solutions at the end of the page.",
}
"""Forms of a textbook page, as an endpoint is told them."""


def messages(kind: str, slots: Mapping[str, Any]) -> tuple[Message, ...]:
    """Return the messages that ask for what the slots say, by the template of that kind."""
    return (Message(role="user", content=_template(kind).render(_fields(slots))),)


def digest(*kinds: str) -> str:
    """Return twelve hex digits over the templates of those kinds and what is put into them."""
    folder = Path(__file__).parent / "prompts"
    parts = [Path(__file__).read_bytes(), *((folder / f"{kind}.md.j2").read_bytes() for kind in kinds)]
    return hashlib.blake2b(b"\0".join(parts), digest_size=6).hexdigest()


@cache
def _template(kind: str) -> Template:
    environment = ImmutableSandboxedEnvironment(
        loader=PackageLoader("hornbook.lessons", "prompts"), undefined=StrictUndefined, autoescape=False
    )
    return environment.get_template(f"{kind}.md.j2")


def _fields(slots: Mapping[str, Any]) -> Slots:
    """Return the slots with what they stand for spelled out, as the templates need it."""
    concept = CONCEPTS[slots["concept"]]
    return {
        "words": (),
        "name_word": "",
        **slots,
        "title": concept.title,
        "sentence": concept.sentence,
        "reader": READERS[slots["audience"]],
        "docstring": DOCSTRINGS.get(slots.get("style", ""), ""),
        "shape": SHAPES.get(slots["form"], ""),
    }
