"""The form of a page in which two people talk."""

from __future__ import annotations

from collections.abc import Sequence

from hornbook.curriculum.page_blocks import fenced
from hornbook.curriculum.page_parts import calls, closing, solution
from hornbook.curriculum.page_prose import Lesson, asked, board, heading, idea_of, setting, usual_mistake
from hornbook.curriculum.sentences import as_sentence, edge_note

_SPEAKERS = (
    ("Student", "Teacher"),
    ("Ada", "Ben"),
    ("Q", "A"),
    ("Nia", "Tutor"),
    ("Kai", "Mia"),
    ("Newcomer", "Mentor"),
)


def dialogue(lesson: Lesson) -> list[str]:
    """Let two people talk about the concept, the task, its plan and its trap, with the code in between."""
    task, rng, title = lesson.task, lesson.rng, lesson.concept.title
    one, two = rng.choice(_SPEAKERS)
    turns = [
        lesson.pick(
            f"What can one do with {title}?",
            f"Can you remind me what to know about {title}?",
            f"I have read about {title}, but when is that needed?",
        ),
        f"{lesson.concept.sentence} {rng.choice(lesson.concept.reasons)}",
        lesson.pick("Show me an example.", "Do you have a task for me?", "What could I try it on?"),
        _spoken_task(lesson),
        lesson.pick("How would you start?", "Where do I begin?", "What is the plan?"),
        idea_of(task) or board(lesson, opening=False),
    ]
    later = [
        lesson.pick("What do people get wrong?", "Where is the trap?", "And what should I watch for?"),
        usual_mistake(lesson),
    ]
    if note := edge_note(task, rng):
        later += [lesson.pick("And for nothing at all?", "What about the empty case?"), as_sentence(note)]
    code = fenced(solution(lesson), "", *calls(lesson, rng.randint(1, 2)))
    parts = [heading(lesson, "a conversation", "questions and answers"), setting(lesson)]
    parts += [*_spoken(turns, one, two), code, *_spoken(later, one, two)]
    return [*parts, *closing(lesson)[-1:]] if lesson.audience in ("beginner", "practitioner") else parts


def _spoken_task(lesson: Lesson) -> str:
    """Say the task as an answer in a conversation."""
    said = asked(lesson)
    for written in ("The task: ", "The problem. ", f"Here is the task for `{lesson.task.name}`. "):
        if said.startswith(written):
            told = said.removeprefix(written)
            return f"Here is one. {told[:1].upper()}{told[1:]}"
    return said


def _spoken(turns: Sequence[str], one: str, two: str) -> list[str]:
    return [f"**{two if i % 2 else one}:** {turn}" for i, turn in enumerate(turns)]
