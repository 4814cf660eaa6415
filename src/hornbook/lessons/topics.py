"""A user's own topics, in the place of the curriculum's concepts: a line each, or a JSON object a line.

the tax on a basket of goods
{"title": "leap years", "sentence": "Every fourth year has a day more, with two exceptions."}
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import orjson

from hornbook import draw
from hornbook.errors import UsageError

_LONGEST = 300
"""Characters of a title; what is longer is a text, and no topic."""

_SHOWN = 100
"""Characters of a line that is no topic, in an error."""


@dataclass(frozen=True, slots=True)
class Topic:
    """What a lesson is about."""

    title: str
    sentence: str = ""


@lru_cache(maxsize=4)
def topics_of(text: str) -> tuple[Topic, ...]:
    """Return the topics in the text of a file; empty lines and lines that begin with # are none.

    Raises UsageError, naming the line, for one that is no topic, and where there is none at all.

    >>> topics_of("leap years\\n")
    (Topic(title='leap years', sentence=''),)
    """
    lines = enumerate(text.splitlines(), start=1)
    found = tuple(_topic(line.strip(), number) for number, line in lines if line.strip()[:1] not in ("", "#"))
    if not found:
        raise UsageError("there is no topic in the topics; write one a line, or JSON objects with a title")
    return found


def topic_at(text: str, seed: int, index: int) -> Topic:
    """Return the topic of item `index`: in a drawn order, all once before any comes again.

    It depends on nothing else, so a longer plan begins with the shorter one.
    """
    topics = topics_of(text)
    turn, place = divmod(index, len(topics))
    return topics[_order(seed, turn, len(topics))[place]]


def topic_for(text: str, rng: random.Random) -> Topic:
    """Draw a topic."""
    return rng.choice(topics_of(text))


@lru_cache(maxsize=16)
def _order(seed: int, turn: int, number: int) -> Sequence[int]:
    order = list(range(number))
    draw.rng(seed, "topics", turn).shuffle(order)
    return order


def _topic(line: str, number: int) -> Topic:
    if not line.startswith("{"):
        return _checked(Topic(line), number)
    try:
        found = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise UsageError(
            f"line {number} of the topics begins with a brace and is not JSON: {error}"
        ) from None
    title, sentence = found.get("title"), found.get("sentence", "")
    if not (isinstance(title, str) and title.strip() and isinstance(sentence, str)):
        raise UsageError(
            f'line {number} of the topics is {line[:_SHOWN]}: write it as {{"title": "...", "sentence": "..."}}, '
            "both of them texts, the second one where more is to be said"
        )
    return _checked(Topic(title.strip(), sentence.strip()), number)


def _checked(topic: Topic, number: int) -> Topic:
    if len(topic.title) > _LONGEST:
        raise UsageError(
            f"line {number} of the topics has {len(topic.title)} characters; a title has {_LONGEST} at most, "
            'and more can be said as {"title": "...", "sentence": "..."}'
        )
    return topic
