"""Parts that most pages have: how they open, the solution, its calls, and how they close, by audience."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hornbook.curriculum.concepts import CONCEPTS
from hornbook.curriculum.family import Task
from hornbook.curriculum.page_blocks import asserted_calls, definition, fenced, renamed, shown_calls, table
from hornbook.curriculum.page_prose import (
    Lesson,
    asked,
    board,
    prerequisites,
    setting,
    usual_mistake,
    warning,
)
from hornbook.curriculum.programs import Case
from hornbook.curriculum.sentences import as_sentence, call, edge_note


def opening(lesson: Lesson) -> list[str]:
    """Return the first paragraphs, which differ by audience in what they contain."""
    scene = setting(lesson)
    task = asked(lesson)
    if lesson.audience == "beginner":
        return [board(lesson), " ".join(filter(None, (scene, task)))]
    if lesson.audience == "student":
        first = " ".join(filter(None, (prerequisites(lesson), board(lesson))))
        return [first, " ".join(filter(None, (scene, task)))]
    if lesson.audience == "practitioner":
        return [" ".join(filter(None, (scene, task))), board(lesson)]
    if lesson.audience == "teacher":
        return [_plan(lesson), " ".join(filter(None, (scene, task)))]
    arguments = "\n".join(f"- `{a.name}`: {a.meaning}" for a in lesson.task.arguments)
    return [" ".join(filter(None, (scene, task))), f"Input:\n\n{arguments}"]


def _plan(lesson: Lesson) -> str:
    """Return what a teacher wants to know first: the aim, what the class must know, and the board."""
    concept = lesson.concept
    known = ", ".join(CONCEPTS[name].title for name in concept.prerequisites) or "nothing"
    time = lesson.pick("one lesson", "twenty minutes", "half a lesson", "a short lesson")
    return "\n".join(
        (
            f"- **Aim:** the class can explain and use {concept.title} ({time}).",
            f"- **Known before:** {known}.",
            f"- **On the board:** {concept.sentence}",
            f"- **{lesson.pick('To say', 'In your words', 'Explain')}:** {lesson.rng.choice(concept.reasons)}",
        )
    )


def solution(lesson: Lesson, *, second: bool = False, name: str = "", below: bool = False) -> str:
    """Return the source of a solution, annotated or not as the audience is used to.

    With `below`, of one that follows another solution of the task, and needs no second setup.
    """
    task = renamed(lesson.task, name) if name else lesson.task
    body, imports = (task.other_body, task.other_imports) if second else (task.body, task.imports)
    annotated = (
        lesson.audience == "practitioner" or lesson.audience == "student" and lesson.rng.random() < 0.5
    )
    doc = task.sentence if lesson.audience == "practitioner" and len(task.sentence) < 76 else ""
    if "\\" in doc or '"' in doc or "\n" in doc:
        doc = ""
    returns = task.returns if annotated and _builtin(task) else ""
    setup = "" if below else task.setup
    return definition(task.name, task.arguments, body, imports, returns=returns, docstring=doc, setup=setup)


def given(task: Task) -> list[str]:
    """Return a block with the helpers that an exercise takes for granted; [] where there are none."""
    if not task.setup:
        return []
    used = [line for line in task.imports if re.search(rf"\b{line.split()[-1]}\b", task.setup)]
    return [fenced(*used, *[""] * bool(used), task.setup)]


def _builtin(task: Task) -> bool:
    """Say whether the annotations need no import."""
    spelled = " ".join((task.returns, *(a.annotation for a in task.arguments)))
    return not any(
        word in spelled for word in ("Callable", "Any", "Iter", "Sequence", "Mapping", "Generator")
    )


def calls(lesson: Lesson, number: int = 2) -> list[str]:
    """Return the lines that call the function on its first cases and state the output."""
    return shown_calls(lesson.task.name, lesson.task.cases[:number])


def closing(lesson: Lesson) -> list[str]:
    """Return the last paragraphs: a question, a table of cases, tests, or nothing more."""
    task, rng = lesson.task, lesson.rng
    rest = task.cases[2:] or task.cases[1:]
    if lesson.audience == "beginner":
        arguments, expected = rng.choice(rest)
        source = call(task.name, arguments)
        question = lesson.pick(
            f"Try it yourself: what does `{source}` return? The answer is `{expected!r}`.",
            f"Now you: work out `{source}` on paper before you run it. You should get `{expected!r}`.",
            f"Check yourself. `{source}` gives `{expected!r}`; can you say why?",
        )
        return [warning(lesson), question] if rng.random() < 0.6 else [question]
    if lesson.audience == "student":
        note = edge_note(task, rng)
        return [
            lesson.pick("More cases:", "In a table:", "Further inputs:") + f"\n\n{table(task, rest[:3])}",
            as_sentence(note) or warning(lesson),
        ]
    if lesson.audience == "practitioner":
        return [warning(lesson), lesson.pick("Tests:", "Worth keeping as tests:", "As a regression test:"),
                fenced(*asserted_calls(task.name, rest))]  # fmt: skip
    if lesson.audience == "teacher":
        return _for_the_class(lesson, rest)
    more = lesson.pick("And:", "More output:", "Also:")
    return [more, fenced(*shown_calls(task.name, rest[:2]))]


def _for_the_class(lesson: Lesson, cases: Sequence[Case]) -> list[str]:
    """Return questions to ask with the answers to expect, the usual mistake, and homework."""
    name = lesson.task.name
    asked = [
        f"- What does `{call(name, arguments)}` give? (`{expected!r}`)" for arguments, expected in cases[:2]
    ]
    asked.append(lesson.pick(
        "- Which line would you explain first, and why?", "- What would you test next?",
        "- Can somebody say the function in one sentence?", "- What happens for the smallest input?",
    ))  # fmt: skip
    home = lesson.pick(
        f"Homework: three more inputs for `{name}`, one of which surprises a neighbour.",
        f"Homework: write `{name}` again from memory, then compare.",
        "Homework: explain the program to somebody who does not program, in five sentences.",
    )
    mistake = f"{'Expect this mistake: ' * bool(lesson.task.pitfall)}{usual_mistake(lesson)}"
    return [lesson.pick("Ask the class:", "Questions to ask:") + "\n\n" + "\n".join(asked), mistake, home]
