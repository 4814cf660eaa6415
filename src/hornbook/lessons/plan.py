"""The plan: which slots item `index` of a step asks for, and the request that is made of them.

Slots are a pure function of (seed, index), so a plan is prefix-stable: ten more items are ten more requests,
and no item changes. Each draws a cell of the coverage table (concept x difficulty x form x audience x style)
and, in part of the cases, words that must occur: TinyStories' and phi-1's way to diversity (arXiv 2305.07759;
2306.11644, section 2.2).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal

from hornbook import draw
from hornbook.curriculum import concepts, draws
from hornbook.curriculum.concepts import CONCEPTS
from hornbook.curriculum.phrasing import FOR_AUDIENCE
from hornbook.lessons import prompt
from hornbook.lessons.prompt import READERS, SHAPES, Slots
from hornbook.lessons.topics import Topic, topic_at
from hornbook.teacher.protocol import Request

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
    template: str = "",
    topics: str = "",
) -> Iterator[Request]:
    """Yield the requests for the items `indices` of a step, in order.

    `template` and `topics` are the texts of a user's own, in the place of hornbook's template and concepts.
    """
    make_slots = exercise_slots if kind == "exercise" else textbook_slots
    for index in indices:
        slots = make_slots(seed, index, programs=programs, breadth=breadth)
        if topics:
            slots |= _topic_slots(topic_at(topics, seed, index), seed, index)
        messages = prompt.messages(kind, prompt.fields(slots), template)
        yield Request(kind=kind, seed=f"{seed}/{kind}s/{index}", slots=slots, messages=messages)


def _topic_slots(topic: Topic, seed: int, index: int) -> Slots:
    """Return what a user's topic changes; how hard a topic is nobody knows, so every difficulty is asked for."""
    difficulty = draw.rng(seed, "topics.difficulty", index).randint(1, 5)
    return {
        "concept": topic.title,
        "title": topic.title,
        "sentence": topic.sentence,
        "difficulty": difficulty,
    }


def digest() -> str:
    """Return twelve hex digits over all that a request is made from: plan, concepts, words and prompts."""
    known = sorted(Path(concepts.__file__).parent.glob("*.py"))
    parts = [path.read_bytes() for path in (Path(__file__), *known, Path(draws.__file__))]
    parts.append(prompt.digest("exercise", "textbook").encode())
    parts.append(repr(sorted(FOR_AUDIENCE.items())).encode())
    return hashlib.blake2b(b"\0".join(parts), digest_size=6).hexdigest()
