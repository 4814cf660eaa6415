"""Sentences of a textbook page: what is to be done, why it works, what the values show.

Whatever is said about a particular program is either computed from its trusted values (how many elements pass,
what an empty input gives) or read off its source (whether there is a loop).
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hornbook.curriculum.concepts import CONCEPTS, Concept
from hornbook.curriculum.family import Task
from hornbook.curriculum.ideas import fits
from hornbook.curriculum.marking import marked
from hornbook.curriculum.operation import Operation
from hornbook.curriculum.programs import Program
from hornbook.curriculum.sentences import as_description, as_wish


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """What a page is about, and for whom."""

    rng: random.Random
    concept: Concept
    task: Task
    program: Program | None
    """The program behind the task, where it is a composed one."""
    audience: str
    words: tuple[str, ...] = ()
    more: tuple[Task, ...] = ()
    """Further tasks on the concept, for pages that hold several."""

    def pick(self, *choices: str) -> str:
        """Draw one of the choices."""
        return self.rng.choice(choices)


def heading(lesson: Lesson, *suffixes: str, named: bool = True) -> str:
    """Return the page's title: the concept, the form of the page, or, if it may be `named`, the function."""
    title = lesson.concept.title
    title = title[:1].upper() + title[1:]
    suffix = lesson.pick(*suffixes)
    called = f"`{lesson.task.name}`"
    choices = [
        f"# {title}: {suffix}",
        f"## {title}",
        f"# {title}",
        f"## {suffix[:1].upper()}{suffix[1:]}: {lesson.concept.title}",
    ]
    return lesson.pick(*choices, *[f"# {title} in {called}", f"### {called}: {suffix}"] * named)


def asked(lesson: Lesson, name: str = "") -> str:
    """Say what the function has to do."""
    task = lesson.task
    name = name or task.name
    sentence = task.sentence
    if "\n" in sentence:
        return f"The function `{name}` is described like this:\n\n{sentence}"
    if (third := as_description(sentence)) and lesson.rng.random() < 0.7:
        return lesson.pick(
            f"We want a function `{name}` that {third}",
            f"The function `{name}` {third}",
            f"Let us write `{name}`, a function that {third}",
            f"What we need is `{name}`: a function that {third}",
        )
    if wish := as_wish(sentence):
        return lesson.pick(
            f"The task: {wish}",
            f"Suppose you have to do this: {wish}",
            f"The job of `{name}` is to {wish}",
            f"Here is what `{name}` has to do: {wish}",
            f"Your program has to {wish}",
        )
    return lesson.pick(
        f"Here is the task for `{name}`. {sentence}",
        f"The task: {sentence}",
        f"The problem. {sentence}",
        sentence,
    )


def board(lesson: Lesson, *, opening: bool = True) -> str:
    """Return the concept's sentence with one or two of its reasons, in varied order."""
    concept, rng = lesson.concept, lesson.rng
    reasons = rng.sample(concept.reasons, rng.randint(1, 2))
    if lesson.audience == "beginner":
        lead = lesson.pick("", "", "Remember: ", "First of all: ") if opening else ""
        return f"{lead}{concept.sentence} {' '.join(reasons)}"
    if lesson.audience == "practitioner":
        return f"{lesson.pick('In short', 'The rule', 'To recall')}: {concept.sentence} {reasons[0]}"
    return " ".join((concept.sentence, *reasons))


def setting(lesson: Lesson) -> str:
    """Return a sentence that uses the words that must occur; "" when there are none."""
    if not lesson.words:
        return ""
    shown = " ".join(lesson.words)
    return lesson.pick(
        f'Suppose this belongs to a project called "{shown}".',
        f"Picture it as one part of a program named {'_'.join(lesson.words)}.py.",
        f'The example could come from a game with the title "{shown}".',
        f'Think of a file whose first line reads "{shown}".',
    )


def prerequisites(lesson: Lesson) -> str:
    """Name the concepts to know before, in a sentence; "" for a first concept."""
    before = [CONCEPTS[name].title for name in lesson.concept.prerequisites]
    if not before:
        return ""
    shown = " and ".join((", ".join(before[:-1]), before[-1])) if len(before) > 1 else before[0]
    return lesson.pick(
        f"You should have met {shown} before.",
        f"This builds on {shown}.",
        f"Needed beforehand: {shown}.",
        f"It helps to be at home with {shown}.",
    )


def why(lesson: Lesson, *, both: bool = False) -> str:
    """Say why the solution works, or, on a page that shows `both`, the solutions."""
    idea = idea_of(lesson.task, both=both)
    if not idea:
        return ""
    return lesson.pick(
        idea,
        idea,
        f"The idea: {idea}",
        f"A way to think about it: {idea}",
        f"The thought behind it: {idea}",
        f"Why does this work? {idea}",
    )


def idea_of(task: Task, *, both: bool = False) -> str:
    """Return the task's idea; "" where it speaks of code that the solution (or `both`) and helpers do not have."""
    return marked(task.idea) if fits(task, both=both) else ""


def own_mistake(lesson: Lesson) -> str:
    """Return the mistake that the task invites; "" where none is known."""
    return marked(lesson.task.pitfall)


def usual_mistake(lesson: Lesson) -> str:
    """Return the mistake to expect: the task's, or what goes wrong with the concept."""
    return own_mistake(lesson) or concept_warning(lesson)


def warning(lesson: Lesson) -> str:
    """Say what goes wrong most often with the task or, in so many words, with the concept."""
    pitfall = own_mistake(lesson)
    if pitfall and lesson.rng.random() < 0.6:
        leads = ["Watch out. ", "Be careful here. ", ""]
        if ": " not in pitfall:
            leads += ["A common mistake: ", "A trap: ", "What goes wrong most often: "]
        return lesson.pick(*leads) + pitfall
    return concept_warning(lesson)


def concept_warning(lesson: Lesson) -> str:
    """Say what goes wrong with the concept in general."""
    title = lesson.concept.title
    lead = lesson.pick(
        "A common mistake with {}", "What often goes wrong with {}", "A trap with {}", "A note on {}"
    )  # fmt: skip
    if ": " in lesson.concept.mistake:
        return f"Take care with {title}. {lesson.concept.mistake}"
    return f"{lead.format(title)}: {lesson.concept.mistake}"


def about_code(body: str, imports: Sequence[str]) -> str:
    """Describe the form of a solution as far as its source shows it, as a noun phrase."""
    lines = body.count("\n") + 1
    if "def " in body:
        form = f"{lines} lines with a helper function inside"
    elif "for " in body and body.lstrip().startswith("return") and lines == 1:
        form = "one expression that contains its own `for`"
    elif any(line.lstrip().startswith(("for ", "while ")) for line in body.split("\n")):
        form = f"an explicit loop, in {lines} lines"
    elif lines == 1:
        form = "a single line"
    elif re.search(r"^ ", body, re.M):
        form = f"{lines} lines with a decision in them"
    else:
        form = f"{lines} lines, each of them one step"
    used = [line.split()[1] for line in imports if re.search(rf"\b{line.split()[-1]}\b", body)]
    return f"{form}, with the help of `{used[0]}`" if used else form


def observed(operation: Operation, before: Any, after: Any) -> str:
    """Say what one step did to one value, from the values alone."""
    if operation.kind == "keep":
        if len(after) == len(before):
            number = len(before)
            return {1: "it passes the test", 2: "both pass the test"}.get(
                number, f"all {number} pass the test"
            )
        return f"{len(after)} of {len(before)} pass the test" if after else "none of them passes the test"
    if operation.kind == "each":
        return f"every element is replaced, so there are still {len(after)}"
    if isinstance(before, list) and isinstance(after, list):
        if before == after:
            return "the order was right already" if operation.group == "order" else "nothing changes here"
        if sorted(map(repr, before)) == sorted(map(repr, after)):
            return "the same values, in another order"
        if len(after) < len(before):
            return f"{len(after)} of the {len(before)} values remain"
    if operation.kind in ("fold", "decide"):
        return f"one answer: {after!r}"
    return f"the new value is {after!r}" if len(repr(after)) < 60 else "a new value"
