"""Textbook pages: one concept, one task, one of fourteen forms, written for one of five audiences.

An audience changes what stands on the page and how: beginners get the sentence on the board and a question at
the end, students a table of cases and the prerequisites, practitioners annotated code, tests and bullets,
contestants the bare statement with input and output, teachers the plan of a lesson with questions to the class.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from hornbook.curriculum.concepts import Concept
from hornbook.curriculum.family import Task
from hornbook.curriculum.fitting import shows, swapped
from hornbook.curriculum.marking import marked
from hornbook.curriculum.page_blocks import (
    definition,
    fenced,
    printed,
    shown_calls,
)
from hornbook.curriculum.page_dialogue import dialogue
from hornbook.curriculum.page_parts import calls, closing, given, opening, solution
from hornbook.curriculum.page_prose import (
    Lesson,
    about_code,
    board,
    heading,
    idea_of,
    observed,
    own_mistake,
    setting,
    warning,
    why,
)
from hornbook.curriculum.pages_running import debugging, invariant, refactoring, workbook, worked
from hornbook.curriculum.programs import Case, Program, values_along
from hornbook.curriculum.programs_code import named_steps
from hornbook.curriculum.programs_inputs import EDGES
from hornbook.curriculum.programs_styles import two_bodies
from hornbook.curriculum.programs_words import clauses_of
from hornbook.curriculum.sentences import as_description, as_sentence, as_wish, call, edge_note

_LONGEST_CASE = 150
"""Characters of a case; longer ones are left out of pages where three others remain."""
_FEWEST_CASES = 3
AUDIENCES = ("beginner", "student", "practitioner", "contest", "teacher")


def write_page(
    concept: Concept,
    task: Task,
    program: Program | None,
    rng: random.Random,
    *,
    form: str,
    audience: str,
    words: Sequence[str] = (),
    more: Sequence[Task] = (),
) -> str:
    """Return a page as Markdown, ending in a newline; "" where the form does not suit the task.

    `more` are further tasks on the concept, for `workbook`. Every task suits `FOR_EVERY_TASK`; the others want a
    program behind the task, a loop to watch, a mistake to make. Raises KeyError for an unknown form.
    """
    if len(task.cases) > _FEWEST_CASES:
        short = tuple(case for case in task.cases if len(repr(case)) < _LONGEST_CASE)
        task = replace(task, cases=short) if _FEWEST_CASES <= len(short) < len(task.cases) else task
    lesson = Lesson(
        rng=rng,
        concept=concept,
        task=_in_markdown(task),
        program=program,
        audience=audience,
        words=tuple(words),
        more=tuple(map(_in_markdown, more)),
    )
    parts = FORMS[form](lesson)
    return "\n\n".join(part for part in parts if part) + "\n" if parts else ""


def _in_markdown(task: Task) -> Task:
    return replace(task, sentence=marked(task.shown or task.sentence))


def _lecture(lesson: Lesson) -> list[str]:
    joined = fenced(solution(lesson), "", *calls(lesson))
    split = [
        fenced(solution(lesson)),
        lesson.pick("Two calls:", "Let us call it.", "In use:"),
        fenced(*calls(lesson)),
    ]
    code = [joined] if lesson.rng.random() < 0.5 else split
    explained = [*code, why(lesson)] if lesson.rng.random() < 0.5 else [why(lesson), *code]
    return [
        heading(lesson, "a first look", "the idea", "a short lesson"),
        *opening(lesson),
        *explained,
        *closing(lesson),
    ]


def _trace(lesson: Lesson) -> list[str]:
    """Follow one input through a program, step by step, with the value after each step."""
    if lesson.program is None:
        return []
    program, rng = lesson.program, lesson.rng
    arguments = _telling_input(program, lesson.task)
    values = values_along(program, arguments)
    says = _one_clause_per_step(program, rng)
    steps = named_steps(program.steps, program.argument, rng)
    start = ["import math"] if any("math." in source for _, source in steps) else []
    named = zip((program.argument, program.given), arguments, strict=False)
    start += [f"{name} = {value!r}" for name, value in named]
    parts = [
        heading(lesson, "step by step", "a worked example", "one input, followed through"),
        *opening(lesson),
    ]
    parts.append(
        lesson.pick(
            "Take one input and follow it.", "We follow one input all the way.", "Here is one run, slowly."
        )
    )
    if lesson.audience in ("beginner", "contest"):
        before = arguments[0]
        for number, ((name, source), value, said) in enumerate(zip(steps, values, says, strict=True), 1):
            seen = observed(program.steps[number - 1][0], before, value)
            parts.append(f"{number}. {said[:1].upper()}{said[1:]}: {seen}.")
            parts.append(fenced(*(start if number == 1 else []), f"{name} = {source}", *printed(name, value)))
            before = value
    else:
        code = [
            line
            for (name, source), value in zip(steps, values, strict=True)
            for line in (f"{name} = {source}", *printed(name, value))
        ]
        rows = [
            f"| {said} | `{value!r}` |".replace("\n", " ") for said, value in zip(says, values, strict=True)
        ]
        parts += [fenced(*start, *code), "\n".join(["| step | value after it |", "|---|---|", *rows])]
    whole = fenced(solution(lesson), "", *printed(call(lesson.task.name, arguments), values[-1]))
    return [
        *parts,
        lesson.pick("Put together as a function:", "The same as a function:", "Now all of it in one place:"),
        whole,
        why(lesson),
    ]


def _telling_input(program: Program, task: Task) -> tuple[object, ...]:
    """Return the input on whose way most steps change something, the first of equals."""
    return max(
        (case[0] for case in task.cases), key=lambda given: len(set(map(repr, values_along(program, given))))
    )


def _one_clause_per_step(program: Program, rng: random.Random) -> list[str]:
    """Say every step as a clause; a decision and the fold before it are told apart."""
    clauses = clauses_of(program.steps, f"`{program.argument}`", rng)
    number = len(program.steps)
    if program.steps[-1][0].kind == "decide":
        return [*clauses[:-1], "work out the number that matters", clauses[-1]]
    return clauses[:number] if len(clauses) > number else clauses


def _comparison(lesson: Lesson) -> list[str]:
    task, rng = lesson.task, lesson.rng
    other = f"{task.name}_{lesson.pick('again', 'other_way', 'second', 'b', 'alternative')}"
    first, second = about_code(task.body, task.imports), about_code(task.other_body, task.other_imports)
    compare = fenced(
        solution(lesson, second=True, name=other, below=True),
        "",
        *(
            line
            for arguments, expected in task.cases[:2]
            for name in (task.name, other)
            for line in printed(call(name, arguments), expected)
        ),
    )
    choose = lesson.pick(
        "Both give the same answers; prefer the one that you can explain without running it.",
        "Which one is better? The one whose steps match the words of the task, as long as speed does not matter.",
        "Neither is wrong. The first thing to ask is which of them a colleague could change safely.",
        "The answers agree, so the choice is about reading: try to say each version aloud.",
    )
    parts = [heading(lesson, "two ways to the same answer", "comparing two solutions"), *opening(lesson)]
    parts += [lesson.pick(f"The first solution is {first}.", f"First, {first}."), fenced(solution(lesson))]
    parts += [
        lesson.pick(f"The second is {second}.", f"Now {second}.", f"It can also be written as {second}."),
        compare,
    ]
    parts += [why(lesson, both=True), choose] if rng.random() < 0.5 else [choose, why(lesson, both=True)]
    return [*parts, *closing(lesson)[-1:]] if lesson.audience != "beginner" else [*parts, warning(lesson)]


def _predict(lesson: Lesson) -> list[str]:
    task = lesson.task
    cases = task.cases[:3]
    calls = "\n".join(f"{i}. `{call(task.name, arguments)}`" for i, (arguments, _) in enumerate(cases, 1))
    ask = lesson.pick(
        "Read the function and write down what each of these calls returns. Only then read on.",
        "What do these calls return? Cover the rest of the page first.",
        "Before you go on, predict the result of each call:",
    )
    idea = idea_of(task)
    hint = f"{lesson.pick('A hint', 'If you are stuck', 'To help you')}: {idea}" if idea else ""
    answer = lesson.pick("The answers:", "Now compare:", "And this is what comes out:")
    first = opening(lesson) if lesson.audience != "contest" else [setting(lesson), board(lesson)]
    parts = [
        heading(lesson, "predict the output", "what does it return?"),
        *first,
        fenced(solution(lesson)),
    ]
    parts += [f"{ask}\n\n{calls}", hint, answer, fenced(*shown_calls(task.name, cases))]
    return [*parts, as_sentence(edge_note(task, lesson.rng)) or warning(lesson)]


def _mistake(lesson: Lesson) -> list[str]:
    """Show a program with a step left out, the wrong answer it gives, and the repair."""
    program = lesson.program
    droppable = [i for i, (o, _) in enumerate(program.steps) if o.takes == o.gives] if program else []
    for arguments, expected in lesson.task.cases:
        for i in droppable:
            assert program is not None, "only programs have droppable steps"
            less = replace(program, steps=program.steps[:i] + program.steps[i + 1 :])
            wrong = values_along(less, arguments)[-1]
            if wrong != expected and less.steps[-1][0].kind != "decide":
                return _repair(lesson, program, less, i, (arguments, expected, wrong))
    return []


def _repair(
    lesson: Lesson, program: Program, less: Program, i: int, seen: tuple[tuple[object, ...], object, object]
) -> list[str]:
    arguments, expected, wrong = seen
    task, rng = lesson.task, lesson.rng
    body = two_bodies(less.steps, program.argument, rng)[0]
    imports = ("import math",) if "math." in body else ()
    attempt = f"{task.name}_{lesson.pick('attempt', 'draft', 'wrong', 'first_try')}"
    said = _one_clause_per_step(program, rng)[i]
    story = lesson.pick(
        "Here is a first attempt:", "A learner handed in this:", "This version came up in a review:"
    )
    found = lesson.pick(
        f"The answer should be `{expected!r}`. One step is missing, the one that says: {said}.",
        f"Expected was `{expected!r}`. Go through the task word by word; nothing in the code does this: {said}.",
        f"That is not what the task asks for; `{expected!r}` would be right. The code forgets this: {said}.",
    )
    broken = fenced(
        definition(attempt, task.arguments, body, imports), "", *printed(call(attempt, arguments), wrong)
    )
    repaired = fenced(solution(lesson), "", *printed(call(task.name, arguments), expected))
    parts = [
        heading(lesson, "find the mistake", "a wrong answer and its repair"),
        *opening(lesson),
        story,
        broken,
    ]
    return [
        *parts,
        found,
        lesson.pick("Repaired:", "With the missing step:", "The repair:"),
        repaired,
        *closing(lesson),
    ]


def _edge_cases(lesson: Lesson) -> list[str]:
    """Start from what goes wrong with this task, and show the code on the cases at the edge; [] where nothing is
    known to go wrong."""
    task = lesson.task
    trap = own_mistake(lesson)
    if not trap:  # that of the concept may have nothing to do with this code
        return []
    if lesson.program and not _something_runs_empty(lesson.program, task.cases):  # which is the trap
        task = replace(task, cases=(*task.cases, _empty_case(lesson.program, task)))
        if not _something_runs_empty(lesson.program, task.cases[-1:]):
            return []
        lesson = replace(lesson, task=task)
    lead = lesson.pick("What goes wrong here?", "Where do solutions to this fail?", "Start with the mistake.")
    parts = [
        heading(lesson, "a mistake and how to avoid it", "at the edges"),
        *opening(lesson),
        f"{lead} {trap}",
    ]
    parts += [
        lesson.pick("Now the code:", "Written with that in mind:", "One way to do it:"),
        fenced(solution(lesson)),
    ]
    parts += [
        lesson.pick("The cases to try:", "Ordinary and unusual inputs:"),
        fenced(*shown_calls(task.name, task.cases)),
    ]
    return [*parts, why(lesson)]


def _something_runs_empty(program: Program, cases: Sequence[Case]) -> bool:
    return any(not all(values_along(program, arguments)[:-1]) or not arguments[0] for arguments, _ in cases)


def _empty_case(program: Program, task: Task) -> Case:
    """Return the program's answer for nothing, beside the second argument of the first case."""
    arguments = (EDGES[program.source][0], *task.cases[0][0][1:])
    return arguments, values_along(program, arguments)[-1]


def _exercise(lesson: Lesson) -> list[str]:
    task = lesson.task
    (arguments, expected), *_ = task.cases
    sample = f"For example, `{call(task.name, arguments)}` should return `{expected!r}`."
    early = lesson.rng.random() < 0.5
    hint = idea_of(task) if early else lesson.concept.sentence
    lead = lesson.pick("**Hint.**", "Hint:", "*Hint:*", "A nudge:")
    label = lesson.pick("**Exercise.**", "**Exercise**:", "Exercise.", "*Your turn.*")
    statement = f"{label} Write the function `{task.name}`. {task.sentence}"
    if third := as_description(task.sentence):
        statement = f"{label} Write a function `{task.name}` that {third}"
    elif wish := as_wish(task.sentence):
        statement = f"{label} Your function `{task.name}` has to {wish}"
    scene = setting(lesson)
    parts = [
        heading(lesson, "an exercise", "practice"),
        scene,
        board(lesson) if early and lesson.audience != "contest" else "",
        statement,
        *given(task),
        sample,
        f"{lead} {hint}" if hint else "",
    ]
    parts += [
        lesson.pick("**Solution.**", "Solution:", "One solution:"),
        fenced(solution(lesson, below=True), "", *calls(lesson)),
        "" if early else why(lesson),
    ]
    return [*parts, *closing(lesson)]


def _reading(lesson: Lesson) -> list[str]:
    """Let the code speak first; the task is found out from what it does."""
    other = swapped(lesson.task)
    task = other if shows(other, lesson.concept.name) else lesson.task
    lesson = replace(lesson, task=task)
    lead = lesson.pick(
        "Read this function first.", "Start with the code.", "Here is a function without any explanation.",
        "What does this function do? Read it before the text below.",
    )  # fmt: skip
    reveal = lesson.pick("So what is it for?", "In words:", "The purpose behind it:", "Said in a sentence:")
    parts = [
        heading(lesson, "reading code", "code first"),
        setting(lesson),
        lead,
        fenced(solution(lesson)),
    ]
    parts += [
        lesson.pick("Look at what it returns:", "Some calls:", "Watch it work:"),
        fenced(*calls(lesson, 3)),
    ]
    parts += [f"{reveal} {task.sentence}", why(lesson), board(lesson, opening=False)]
    return (
        [*parts, *closing(lesson)[:1]]
        if lesson.audience in ("beginner", "student")
        else [*parts, warning(lesson)]
    )


Form = Callable[[Lesson], list[str]]
FORMS: Mapping[str, Form] = {
    "lecture": _lecture,
    "trace": _trace,
    "comparison": _comparison,
    "predict": _predict,
    "mistake": _mistake,
    "exercise": _exercise,
    "dialogue": dialogue,
    "reading": _reading,
    "edge_cases": _edge_cases,
    "worked": worked,
    "invariant": invariant,
    "debugging": debugging,
    "refactoring": refactoring,
    "workbook": workbook,
}
"""Forms of a page by name."""
FOR_EVERY_TASK = ("lecture", "comparison", "predict", "exercise", "dialogue", "reading")
"""Forms that every task suits."""
NEEDS_PROGRAM = frozenset({"trace", "mistake"})
"""Forms that show the value after each step, or leave a step out: only composed programs have steps."""
