"""A recipe of one step that asks whatever teacher the command line gives."""

from __future__ import annotations

from hornbook.lessons.answer import Asked
from hornbook.lessons.exercise import Exercises, exercises
from hornbook.step import Step


def lessons(*, seed: int, teacher: str | Asked = "offline") -> list[Step]:
    return [Step("drafts", exercises, Exercises(count=40, seed=seed, teacher=teacher))]
