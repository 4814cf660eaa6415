"""The plan: which slots item `index` of a step asks for, and the request that is made of them.

Slots are a pure function of (seed, index), so a plan is prefix-stable: ten more items are ten more requests,
and no item changes. Each draws a cell of the coverage table (concept x difficulty x form x audience x style)
and, in part of the cases, words that must occur: TinyStories' and phi-1's way to diversity (arXiv 2305.07759;
2306.11644, section 2.2). Audiences and styles are spelled out, since one-word audiences do not remove
duplicates (Cosmopedia).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

from jinja2 import PackageLoader, StrictUndefined, Template
from jinja2.sandbox import ImmutableSandboxedEnvironment

from hornbook import draw
from hornbook.curriculum import concepts, draws
from hornbook.curriculum.concepts import CONCEPTS
from hornbook.curriculum.phrasing import FOR_AUDIENCE
from hornbook.teacher.protocol import Message, Request

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
}
"""Forms of a textbook page, as an endpoint is told them."""

_COMPOSED = (
    "composition composition composition composition filtering mapping accumulation sorting "
    "list_slicing counting dictionaries string_methods string_building conditionals min_max any_all "
    "sets enumerate_zip digits grouping"
)
COMPOSED = _COMPOSED.split()
"""Concepts asked of composed programs, more often where named more often."""
SINGLE = [name for name in CONCEPTS if name != "composition"]
"""Concepts asked of single functions and of pages."""

_WITH_WORDS = 0.15
"""Share of requests with words that must occur."""
_WITH_NAME = 0.1
"""Share of exercises whose function name must contain a word (phi-1, section 2.2)."""

Slots = dict[str, Any]


def exercise_slots(seed: int, index: int, *, programs: float = 0.3, breadth: int = 0) -> Slots:
    """Return what exercise `index` asks for; `programs` is the share of composed programs.

    `breadth` holds the offline teacher to the first families of its curriculum; 0 means all.
    """
    rng = draw.rng(seed, "exercises.plan", index)
    composed = rng.random() < programs
    concept = CONCEPTS[rng.choice(COMPOSED if composed else SINGLE)]
    audience = rng.choice(tuple(READERS))
    slots: Slots = {
        "concept": concept.name,
        "difficulty": min(max(concept.difficulty + rng.choice((-1, 0, 0, 1)), 1), 5),
        "form": "composition" if composed else "function",
        "program": composed,
        "audience": audience,
        "style": rng.choice(FOR_AUDIENCE[audience]),
    }
    if breadth:
        slots["breadth"] = breadth
    if rng.random() < _WITH_WORDS:
        slots["words"] = rng.sample(draws.WORDS, rng.randint(1, 2))
    if rng.random() < _WITH_NAME:
        slots["name_word"] = rng.choice(draws.WORDS)
    return slots


def textbook_slots(seed: int, index: int, *, programs: float = 0.3, breadth: int = 0) -> Slots:
    """Return what page `index` asks for; `programs` is the share of pages about composed programs.

    `breadth` as in `exercise_slots`.
    """
    rng = draw.rng(seed, "textbooks.plan", index)
    form = rng.choice(tuple(SHAPES))
    # A trace shows the value after each step, and so is always about a chain of steps.
    composed = form == "trace" or rng.random() < programs
    concept = CONCEPTS[rng.choice(COMPOSED if composed else SINGLE)]
    slots: Slots = {
        "concept": concept.name,
        "difficulty": min(max(concept.difficulty + rng.choice((-1, 0, 0, 1)), 1), 5),
        "form": form,
        "program": composed,
        "audience": rng.choice(tuple(READERS)),
    }
    if breadth:
        slots["breadth"] = breadth
    if rng.random() < _WITH_WORDS:
        slots["words"] = rng.sample(draws.WORDS, rng.randint(1, 2))
    return slots


def requests(
    kind: Literal["exercise", "textbook"],
    seed: int,
    indices: Iterable[int],
    *,
    programs: float = 0.3,
    breadth: int = 0,
) -> Iterator[Request]:
    """Yield the requests for the items `indices` of a step, in order."""
    make_slots = exercise_slots if kind == "exercise" else textbook_slots
    for index in indices:
        slots = make_slots(seed, index, programs=programs, breadth=breadth)
        content = _template(kind).render(_fields(slots))
        messages = (Message(role="user", content=content),)
        yield Request(kind=kind, seed=f"{seed}/{kind}s/{index}", slots=slots, messages=messages)


def digest() -> str:
    """Return twelve hex digits over all that a request is made from: plan, concepts, words and prompts."""
    folder = Path(__file__).parent
    known = sorted(Path(concepts.__file__).parent.glob("*.py"))
    sources = (Path(__file__), *known, Path(draws.__file__))
    parts = [path.read_bytes() for path in (*sources, *sorted((folder / "prompts").glob("*.j2")))]
    parts.append(repr(sorted(FOR_AUDIENCE.items())).encode())
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
