"""New lessons from real code: the code itself, rewritten to teach (`rephrase`), or a new task (`inspired`).

Rephrasing code that was filtered for its value adds what generated text lacks, the purposes and odd cases of real
programs (WRAP, Nemotron-CC, BeyondWeb; phi-1.5: synthetic and filtered real data beat either alone). A few random
lines as inspiration for a new task are OSS-Instruct's way to diversity (Magicoder, arXiv 2312.02120). A record
made from code names it as its parent and keeps its licence, since it may be a derived work.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from random import Random
from typing import Any, ClassVar, Literal

from pydantic import Field, model_validator

from hornbook.curriculum.phrasing import FOR_AUDIENCE
from hornbook.lessons.exercise import read_exercise
from hornbook.lessons.from_records import FromRecords, Work, ask_about
from hornbook.lessons.prompt import DOCSTRINGS, READERS, SOLVERS, Slots
from hornbook.lessons.textbook import read_page
from hornbook.lessons.topics import topic_for, topics_of
from hornbook.record import Record
from hornbook.step import Context, Metrics
from hornbook.teacher.protocol import Completion

_LEVELS = {
    "beginner": (1, 2),
    "student": (2, 3, 4),
    "practitioner": (3, 4),
    "contest": (3, 4, 5),
    "teacher": (1, 2, 3),
}
"""Difficulties that suit each audience."""


class Snippets(FromRecords):
    """What is made of code."""

    answers: int = Field(1, ge=1, le=16)
    """Records from each piece of code, for other readers and in other styles: strategies that differ keep on
    helping where more of the same does not (BeyondWeb)."""
    most_characters: int = Field(6000, ge=1)
    """Code that is longer is rejected: whole files hold more than one idea, and crowd out the instructions."""


class Rephrase(Snippets):
    """Into what code is rewritten."""

    KIND: ClassVar[str] = "rephrase"
    pages: float = Field(0.5, ge=0, le=1)
    """Share that becomes textbook pages; the rest become exercises."""


class Inspired(Snippets):
    """How much of the code a new exercise takes its inspiration from."""

    KIND: ClassVar[str] = "inspired"
    most_lines: int = Field(15, ge=1)
    """Lines that follow one another, drawn; few, so that the exercise is inspired by the code and no copy of it
    (OSS-Instruct: 1 to 15)."""
    topics: str = ""
    """Topics of your own, one a line; each exercise is about a drawn one as well."""

    @model_validator(mode="after")
    def _read_topics(self) -> Inspired:
        if self.topics:
            topics_of(self.topics)
        return self


def rephrase(cfg: Rephrase, *, records: Path, out: Path, ctx: Context) -> Metrics:
    """Have code rewritten as textbook pages and exercises; metrics and errors are those of `ask_about`."""
    return ask_about(_work(cfg, partial(_draw_rephrase, cfg)), records, out, ctx)


def inspired(cfg: Inspired, *, records: Path, out: Path, ctx: Context) -> Metrics:
    """Have new exercises written that code inspires; metrics and errors are those of `ask_about`."""
    return ask_about(_work(cfg, partial(_draw_inspired, cfg)), records, out, ctx)


def _work(cfg: Rephrase | Inspired, draw: Any) -> Work:
    return Work(
        cfg=cfg,
        becomes=_becomes,
        draw=draw,
        read=_read,
        unfit=partial(_unfit, cfg.most_characters),
        answers=cfg.answers,
    )


def _becomes(slots: Slots) -> Literal["exercise", "textbook"]:
    return "textbook" if slots["form"] == "page" else "exercise"


def _draw_rephrase(cfg: Rephrase, record: Record, rng: Random) -> tuple[Slots, Mapping[str, Any]]:
    form = "page" if rng.random() < cfg.pages else "exercise"
    slots, more = _reader(rng, READERS if form == "page" else SOLVERS)
    return slots | {"form": form}, {**more, "snippet": record.text}


def _draw_inspired(cfg: Inspired, record: Record, rng: Random) -> tuple[Slots, Mapping[str, Any]]:
    slots, more = _reader(rng, SOLVERS)
    first, lines = _some_lines(record.text, rng.randint(1, cfg.most_lines), rng)
    slots |= {"form": "exercise", "first_line": first, "lines": len(lines)}
    topic = topic_for(cfg.topics, rng) if cfg.topics else None
    if topic is not None:
        slots["concept"] = topic.title
    named = {"topic": topic.title if topic else "", "sentence": topic.sentence if topic else ""}
    return slots, {**more, **named, "snippet": "\n".join(lines)}


def _reader(rng: Random, readers: Mapping[str, str]) -> tuple[Slots, Mapping[str, Any]]:
    """Draw for whom something is written, and how."""
    audience = rng.choice(tuple(readers))
    style = rng.choice(FOR_AUDIENCE[audience])
    slots = {"audience": audience, "style": style, "difficulty": rng.choice(_LEVELS[audience])}
    return slots, {"reader": readers[audience], "docstring": DOCSTRINGS[style]}


def _some_lines(text: str, number: int, rng: Random) -> tuple[int, list[str]]:
    """Draw up to `number` lines that follow one another and begin with one that says something."""
    lines = text.rstrip().split("\n")
    first = rng.choice([i for i, line in enumerate(lines) if line.strip()])
    return first + 1, lines[first : first + number]


def _unfit(most: int, record: Record) -> tuple[str, str] | None:
    if not record.text.strip():
        return "no_code", "the text is empty"
    if len(record.text) > most:
        return "too_long", f"{len(record.text)} characters, more than most_characters={most}"
    return None


def _read(parent: Record, completion: Completion, teacher: str) -> Record:
    read = read_page if _becomes(dict(completion.request.slots)) == "textbook" else read_exercise
    return replace(read(completion, teacher), parents=(parent.id,), license=parent.license)
