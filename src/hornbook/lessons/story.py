"""Tasks as stories: the bare statement of an exercise, wrapped into somebody's work.

Only the docstring may change: the signature is compared, and solution and tests stay, so that the check tells a
story that changed the problem from one that did not.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from random import Random
from typing import Any, ClassVar

from pydantic import model_validator

from hornbook.corpus.units import NotPython, parse
from hornbook.lessons.answer import Malformed, origin
from hornbook.lessons.exercise import read_prompt
from hornbook.lessons.from_records import FromRecords, Work, ask_about
from hornbook.lessons.parts import bare, task_part
from hornbook.lessons.prompt import Slots
from hornbook.lessons.topics import Topic, topic_for, topics_of
from hornbook.record import Exercise, Record
from hornbook.step import Context, Metrics
from hornbook.teacher.protocol import Completion

SETTINGS = (
    Topic("a bakery before dawn", "Orders, trays, weights and times have to be right before the shop opens."),
    Topic("a small harbour", "Ships come and go, berths are few, and the tide sets the hours."),
    Topic("a public library", "Books are lent, returned late, reserved and put back on shelves in order."),
    Topic("a hospital ward", "Shifts, beds and doses are written down, and nobody may be forgotten."),
    Topic("a railway yard", "Wagons are coupled, sorted and sent on in a fixed order."),
    Topic("a weather station", "Readings come every hour, some are missing, and extremes count."),
    Topic("a warehouse", "Goods stand in rows of places, come in boxes and leave by weight."),
    Topic("a school's timetable", "Classes, rooms and teachers meet at hours that must not overlap."),
    Topic("a post office", "Letters and parcels are weighed, priced by bands and sorted by code."),
    Topic("a farm at harvest", "Fields, crates and days of work are counted, and rain shifts everything."),
    Topic("an amateur football league", "Points, goals and fixtures decide who stands where."),
    Topic("a museum archive", "Pieces have numbers, dates that are uncertain, and labels with mistakes."),
    Topic("a theatre's box office", "Seats in rows are sold, held and given back, and groups sit together."),
    Topic(
        "a telescope's night log", "Each line names a star, a time and a brightness, and clouds leave gaps."
    ),
    Topic("a city's bus company", "Stops, delays and passengers are counted on every line."),
    Topic("a mountain rescue post", "Heights, distances and hours of daylight decide who goes where."),
    Topic("a translator's desk", "Words, lines and pages are counted, and terms must stay the same."),
    Topic("a bicycle workshop", "Parts have sizes, jobs have an order, and customers wait."),
)
"""Where stories play; a user's own topics take their place."""


class Story(FromRecords):
    """Where stories play."""

    KIND: ClassVar[str] = "story"
    topics: str = ""
    """Settings of your own, one a line, in the place of hornbook's."""

    @model_validator(mode="after")
    def _read_topics(self) -> Story:
        if self.topics:
            topics_of(self.topics)
        return self


def story(cfg: Story, *, records: Path, out: Path, ctx: Context) -> Metrics:
    """Have the tasks of exercises told as stories; metrics and errors are those of `ask_about`.

    A story is a new record with the exercise as its parent, and the tag `setting`. Records that are no exercises
    are rejected.
    """
    work = Work(cfg=cfg, becomes=lambda slots: "exercise", draw=partial(_draw, cfg), read=_read, unfit=unfit)
    return ask_about(work, records, out, ctx)


def unfit(record: Record) -> tuple[str, str] | None:
    """Say what stands in the way of asking about a record as an exercise."""
    if record.exercise is None:
        return "no_exercise", f"a record of kind {record.kind!r} has no task and no tests"
    return None


def exercise_of(record: Record) -> Exercise:
    """Return the exercise of a record that is not `unfit`."""
    assert record.exercise is not None, "records without an exercise are rejected before"
    return record.exercise


def _draw(cfg: Story, record: Record, rng: Random) -> tuple[Slots, Mapping[str, Any]]:
    setting = topic_for(cfg.topics, rng) if cfg.topics else rng.choice(SETTINGS)
    exercise = exercise_of(record)
    shown = {name: getattr(exercise, name) for name in ("prompt", "tests", "entry_point")}
    return {"setting": setting.title}, {**shown, "solution": "", "sentence": setting.sentence}


def _read(parent: Record, completion: Completion, teacher: str) -> Record:
    """Read the task with its new docstring; raises Malformed where anything else of it changed."""
    exercise = exercise_of(parent)
    prompt, _ = read_prompt(task_part(bare(completion.text)))
    if _without_docstring(prompt) != _without_docstring(exercise.prompt):
        raise Malformed("the imports, the signature or the annotations are not those of the task")
    if prompt.strip() == exercise.prompt.strip():
        raise Malformed("the docstring is the old one; it should tell the task as a story")
    return replace(
        parent,
        text=prompt + exercise.solution,
        source=teacher,
        parents=(parent.id,),
        origin=origin(completion, teacher),
        exercise=replace(exercise, prompt=prompt),
        tags={**parent.tags, "setting": completion.request.slots["setting"]},
        scores={},
    )


def _without_docstring(prompt: str) -> str:
    """Return what Python sees of a prompt besides its last function's docstring."""
    try:
        function = (tree := parse(prompt)).body[-1]
    except NotPython as error:
        raise Malformed(f"the task is not Python: {error}") from None
    if not isinstance(function, ast.FunctionDef) or ast.get_docstring(function) is None:
        raise Malformed("the task does not end with a function and its docstring")
    del function.body[0]
    return ast.dump(tree)
