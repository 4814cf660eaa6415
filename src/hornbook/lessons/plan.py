"""The plan: which slots item `index` of a step asks for, and the request that is made of them.

Slots are a pure function of (seed, index) and of the steering of the item's round, so a plan is prefix-stable:
ten more items are ten more requests, and no item changes. Each draws a cell of the coverage table (concept x
difficulty x form x audience x style), heavier cells more often, and, in part of the cases, words that must
occur: TinyStories' and phi-1's way to diversity (arXiv 2305.07759; 2306.11644, section 2.2).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any, Literal

from hornbook import draw
from hornbook.curriculum import concepts, draws
from hornbook.curriculum.concepts import CONCEPTS
from hornbook.curriculum.families import concepts_taught
from hornbook.curriculum.pages import NEEDS_PROGRAM
from hornbook.curriculum.phrasing import FOR_AUDIENCE
from hornbook.lessons import deepening, prompt, steering
from hornbook.lessons.deepening import rank, turn
from hornbook.lessons.prompt import READERS, SHAPES, Slots
from hornbook.lessons.steering import UNSTEERED, Steering
from hornbook.lessons.topics import Topic, topic_at
from hornbook.teacher.protocol import Request

_COMPOSED = (
    "composition composition composition composition filtering mapping accumulation sorting "
    "list_slicing counting dictionaries string_methods string_building conditionals min_max any_all "
    "sets enumerate_zip digits grouping tuples nested_data nested_loops rounding sorting_with_key arithmetic"
)
COMPOSED = _COMPOSED.split()
"""Concepts asked of composed programs, more often where named more often."""
_WITH_WORDS = 0.15
"""Share of requests with words that must occur."""
_WITH_NAME = 0.1
"""Share of exercises whose function name must contain a word (phi-1, section 2.2)."""


SLIPS = 0.05
"""Share of exercises whose statement has slips of grammar or spelling."""
_MOST_DRAWS = 64
"""Cells that are drawn for one item at most; four are enough on average, sixteen where most cells are light."""

_ANY: Slots = {
    "concept": "",
    "title": "any that a course on Python teaches",
    "sentence": "Choose it yourself.",
    "program": False,
}
FIXED: dict[str, Slots] = {
    "exercise": _ANY | {"difficulty": 2, "form": "function", "audience": "student", "style": "sentence"},
    "textbook": _ANY | {"difficulty": 2, "form": "lecture", "audience": "student"},
}
"""What every item asks for where the prompt is fixed: one audience, form and style, and any concept."""


def exercise_slots(
    seed: int,
    index: int,
    *,
    programs: float = 0.3,
    breadth: int = 0,
    slips: float = SLIPS,
    deepen: float = 0.0,
    steering: Steering = UNSTEERED,
) -> Slots:
    """Return what exercise `index` asks for; `programs` is the share of composed programs, whatever the steering.

    `breadth` holds the plan to what the first families of the curriculum teach; 0 means all. `slips` is the share
    of exercises whose statement has slips of grammar. Of the share `deepen` later ones take more steps, and
    families take turns, whatever the steering: it chooses no concept then, but all else.
    """
    rng = draw.rng(seed, "exercises.plan", index)
    place = rank(seed, index, deepen)
    asked = None if place is None else turn(seed, place, rng, programs=programs, breadth=breadth)
    composed = asked.family is None if asked else rng.random() < programs
    choices = COMPOSED if composed else (asked.concept,) if asked else concepts_taught(breadth)
    slots = _steered(rng, steering, lambda: _exercise_cell(rng, composed, choices))
    slots |= _breadth(breadth) | _words(rng)
    if rng.random() < _WITH_NAME:
        slots["name_word"] = rng.choice(draws.WORDS)
    if slips and rng.random() < slips:
        slots["slips"] = True
    return slots | (asked.slots() if asked else {}) | _banned(steering)


def textbook_slots(
    seed: int, index: int, *, programs: float = 0.3, breadth: int = 0, steering: Steering = UNSTEERED
) -> Slots:
    """Return what page `index` asks for; `programs` is the share of pages about composed programs.

    Some forms are always about programs, so steering that asks for more of them moves that share. `breadth` as in
    `exercise_slots`.
    """
    rng = draw.rng(seed, "textbooks.plan", index)
    slots = _steered(rng, steering, lambda: _page_cell(rng, programs, breadth))
    return slots | _breadth(breadth) | _words(rng) | _banned(steering)


def _steered(rng: Random, steering: Steering, draw_cell: Callable[[], Slots]) -> Slots:
    """Draw a cell, each with a chance in proportion to its weight; without weights the first one."""
    cell = draw_cell()
    if highest := steering.highest if steering.weights else 0.0:
        for _ in range(_MOST_DRAWS):
            if rng.random() * highest < steering.weight(cell):
                break
            cell = draw_cell()
    return cell


def _exercise_cell(rng: Random, composed: bool, choices: Sequence[str]) -> Slots:
    concept = CONCEPTS[rng.choice(choices)]
    audience = rng.choice(tuple(READERS))
    return {
        "concept": concept.name,
        "difficulty": min(max(concept.difficulty + rng.choice((-1, 0, 0, 1)), 1), 5),
        "form": "composition" if composed else "function",
        "program": composed,
        "audience": audience,
        "style": rng.choice(FOR_AUDIENCE[audience]),
    }


def _page_cell(rng: Random, programs: float, breadth: int) -> Slots:
    form = rng.choice(tuple(SHAPES))
    composed = form in NEEDS_PROGRAM or rng.random() < programs
    concept = CONCEPTS[rng.choice(COMPOSED if composed else concepts_taught(breadth))]
    return {
        "concept": concept.name,
        "difficulty": min(max(concept.difficulty + rng.choice((-1, 0, 0, 1)), 1), 5),
        "form": form,
        "program": composed,
        "audience": rng.choice(tuple(READERS)),
    }


def _breadth(breadth: int) -> Slots:
    return {"breadth": breadth} if breadth else {}


def _words(rng: Random) -> Slots:
    return {"words": rng.sample(draws.WORDS, rng.randint(1, 2))} if rng.random() < _WITH_WORDS else {}


def _banned(steering: Steering) -> Slots:
    return {"banned": list(steering.banned)} if steering.banned else {}


def requests(
    kind: Literal["exercise", "textbook"],
    seed: int,
    indices: Iterable[int],
    *,
    programs: float = 0.3,
    breadth: int = 0,
    slips: float = SLIPS,
    deepen: float = 0.0,
    template: str = "",
    topics: str = "",
    steering: Steering = UNSTEERED,
    fixed: bool = False,
) -> Iterator[Request]:
    """Yield the requests for the items `indices` of a step, in order; with `fixed` all ask for the same.

    `template` and `topics` are the texts of a user's own, in the place of hornbook's template and concepts.
    """
    shares: dict[str, Any] = {"programs": programs, "breadth": breadth}
    make_slots, shares = (
        (exercise_slots, shares | {"slips": slips, "deepen": deepen})
        if kind == "exercise"
        else (textbook_slots, shares)
    )
    for index in indices:
        slots = (
            FIXED[kind] | _breadth(breadth) if fixed else make_slots(seed, index, **shares, steering=steering)
        )
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
    ours = (Path(__file__), Path(steering.__file__), Path(deepening.__file__))
    parts = [path.read_bytes() for path in (*ours, *known, Path(draws.__file__))]
    parts.append(prompt.digest("exercise", "textbook").encode())
    parts.append(repr((concepts_taught(), sorted(FOR_AUDIENCE.items()))).encode())
    return hashlib.blake2b(b"\0".join(parts), digest_size=6).hexdigest()
