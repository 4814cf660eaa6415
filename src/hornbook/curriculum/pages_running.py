"""Forms of a page that come from running a solution: what its variables hold, why it is right, how it fails.

Every value on these pages was seen in a run, and every block is executed again by the check stage.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from hornbook.curriculum.bugs import Seen, draw_bug
from hornbook.curriculum.family import Task
from hornbook.curriculum.fitting import shows, swapped
from hornbook.curriculum.page_blocks import definition, fenced, printed, renamed, shown_calls
from hornbook.curriculum.page_parts import calls, closing, given, opening, solution
from hornbook.curriculum.page_prose import (
    Lesson,
    about_code,
    board,
    concept_warning,
    heading,
    idea_of,
    setting,
    warning,
    why,
)
from hornbook.curriculum.programs import Case
from hornbook.curriculum.sentences import call
from hornbook.curriculum.suiting import LINES_SAVED
from hornbook.curriculum.watching import Unwatchable, Watched, Watcher, running_answer


def worked(lesson: Lesson) -> list[str]:
    """Follow one call round by round, with a table of what the variables hold; [] where no loop can be watched."""
    found = _watched(lesson)
    if found is None:
        return []
    watcher, watched = found
    task = watcher.task
    arguments = task.cases[0][0]
    # A name of its own: the calls that follow on the page are to print their answers alone.
    aloud = replace(
        task, name=f"{task.name}_{lesson.pick('aloud', 'shown', 'printing')}", body=watcher.printing()
    )
    shown = definition(aloud.name, task.arguments, aloud.body, task.imports)
    stated = [*(f"#> {line}" for line in watched.lines()), *printed("", watched.result)[1:]]
    run = fenced(shown, "", *printed(call(aloud.name, arguments), watched.result)[:1], *stated)
    lead = lesson.pick(
        "One line is added to the loop, so that every round says what its variables hold when it starts:",
        "To see what happens, let every round print its variables first:",
        "A print at the start of each round makes the run visible:",
    )
    parts = [heading(lesson, "round by round", "what the variables hold", "a trace"), *opening(lesson)]
    parts += [
        fenced(solution(replace(lesson, task=task))),
        lead,
        run,
        _table(watched),
        _ending(lesson, watched),
    ]
    return [*parts, why(replace(lesson, task=task)), *closing(lesson)[-1:]]


def invariant(lesson: Lesson) -> list[str]:
    """State what stays true in every round, show it on every beginning of an input, and argue from it."""
    found = _watched(lesson, element_by_element=True)
    if found is None or not (name := running_answer(*found)):
        return []
    watcher, watched = found
    task = watcher.task
    lesson = replace(lesson, task=task)
    arguments = task.cases[0][0]
    over = watched.loop.over
    position = [argument.name for argument in task.arguments].index(over)
    whole = arguments[position]
    if task.name == over:  # the name of the input would hide the function
        return []
    number = "seen" if over != "seen" else "first"
    start = [f"{over} = {whole!r}", f"for {number} in range(len({over}) + 1):"]
    rest = ", ".join(
        f"{over}[:{number}]" if i == position else repr(value) for i, value in enumerate(arguments)
    )
    answers = [state[name] for state in watched.states()]
    stated = [f"#> {length} {answer!r}" for length, answer in enumerate(answers)]
    show = fenced(*start, f"    print({number}, repr({task.name}({rest})))", *stated)
    claim = (
        f"At the start of every round, `{name}` is already the answer for the elements of `{over}` that the loop "
        "has left behind."
    )
    argument = [
        f"1. Before the first round nothing is seen, and `{name}` is `{answers[0]!r}`: the answer for nothing.",
        "2. A round turns the answer for the elements so far into the answer with one more."
        + f" {idea_of(task)}".rstrip(),
        f"3. After the last round everything has been seen, so `{name}` is the answer for all of `{over}`: "
        f"`{answers[-1]!r}` here.",
    ]
    lead = lesson.pick("What stays true?", "The sentence to hold on to:", "The invariant:", "Claim.")
    test = lesson.pick(
        "Cut the input off at every place and ask the function itself:",
        "The claim can be tested on every beginning of an input:",
        "Does it hold? Here are the answers for all beginnings:",
    )
    parts = [heading(lesson, "why it is right", "an invariant", "what stays true"), *opening(lesson)]
    parts += [fenced(solution(lesson)), f"{lead} {claim}", test, show]
    parts += [
        lesson.pick("The argument has three steps.", "Why it must be so:", "From this the rest follows.")
    ]
    return [*parts, "\n".join(argument), warning(lesson)]


def debugging(lesson: Lesson) -> list[str]:
    """Tell how a mistake was found: the symptom as it was printed, the line, the repair; [] where none fits."""
    found = _mistaken(lesson)
    if found is None:
        return []
    lesson, seen = found
    task = lesson.task
    broken = replace(task, body=seen.bug.body)
    shown = definition(task.name, task.arguments, broken.body, task.imports, setup=task.setup)
    story = lesson.pick(
        "This version was handed in:", "A first attempt:", "Somebody wrote this late in the evening:",
        "Here is code that looks right at first sight:", "The report said: it does not work. The code:",
    )  # fmt: skip
    repaired = fenced(
        solution(lesson), "", *printed(call(task.name, seen.arguments), seen.expected), *_others(task, seen)
    )
    where = f"`{seen.bug.body.split(chr(10))[seen.bug.line - 1].strip()}`"
    cause = lesson.pick(
        f"Look at {where}: {seen.bug.diagnosis}.",
        f"The line to blame is {where}. There {seen.bug.diagnosis}.",
        f"Read it aloud, line by line, and stop at {where}: {seen.bug.diagnosis}.",
    )
    parts = [heading(lesson, "finding a mistake", "a debugging story", "what went wrong"), *opening(lesson)]
    parts += [story, fenced(shown), _symptom_lead(lesson, seen), fenced(*_symptom(task, seen)), cause]
    parts += [lesson.pick("Repaired:", "After the repair:", "The corrected function:"), repaired]
    return [*parts, seen.bug.lesson, *closing(lesson)[-1:]]


def refactoring(lesson: Lesson) -> list[str]:
    """Replace the longer solution by the shorter one in a step, and test that nothing changed."""
    task = lesson.task
    longer, shorter = (task.body, task.other_body)
    imports, less = task.imports, task.other_imports
    if longer.count("\n") < shorter.count("\n"):
        longer, shorter, imports, less = shorter, longer, less, imports
    if longer.count("\n") < shorter.count("\n") + LINES_SAVED:
        return []
    if not shows(replace(task, body=shorter, imports=less), lesson.concept.name):
        return []  # the page would end without what it is about
    old = f"{task.name}_{lesson.pick('before', 'old', 'long', 'draft')}"
    old_task = renamed(replace(task, body=longer), old)
    before = definition(old, task.arguments, old_task.body, imports, setup=task.setup)
    after = definition(task.name, task.arguments, shorter, less)
    cases = ", ".join(repr(arguments) for arguments, _ in task.cases[:3])
    one = ",)" if len(task.cases[0][0]) == 1 else ")"
    assert task.cases[0][0] == () or repr(task.cases[0][0]).endswith(one), "cases are tuples"
    proof = [f"for given in [{cases}]:", f"    print({old}(*given) == {task.name}(*given))"]
    lead = lesson.pick(
        f"This works. It is {about_code(longer, imports)}.",
        f"Nothing is wrong with this version, {about_code(longer, imports)}; it only takes longer to read than it "
        "needs to.",
        f"The starting point is {about_code(longer, imports)}.",
    )
    goal = lesson.pick(
        "The same in fewer words:", "Said more directly:", "After rewriting:", "The version to keep:"
    )
    check = lesson.pick(
        "A rewrite must not change a single answer. Ask both:",
        "Before the old version goes, both are asked the same questions:",
        "A small test that nothing changed:",
    )
    parts = [heading(lesson, "a rewrite", "making it shorter", "refactoring"), *opening(lesson), lead]
    parts += [fenced(before), why(_with_body(lesson, shorter, less)), goal, fenced(after)]
    parts += [check, fenced(*proof, *["#> True"] * len(task.cases[:3])), _gain(lesson, longer, shorter)]
    return [*parts, *closing(lesson)[-1:]]


def _with_body(lesson: Lesson, body: str, imports: tuple[str, ...]) -> Lesson:
    return replace(lesson, task=replace(lesson.task, body=body, imports=imports))


def _gain(lesson: Lesson, longer: str, shorter: str) -> str:
    """Say what the rewrite was good for."""
    lines, left = longer.count("\n") + 1, shorter.count("\n") + 1
    counted = f"{lines} lines have become {left if left > 1 else 'one'}."
    if left == 1:
        return counted + lesson.pick(
            " One line is better only if it can be read at one go; say it aloud and compare it with the task.",
            " Read it from the inside out: that is the order in which Python works.",
            " If it grows any further, give a part of it a name again.",
        )
    return counted + lesson.pick(
        " Fewer lines are no aim in themselves: what counts is that the rest says more plainly what is meant.",
        " What was taken away had to be read each time and told the reader nothing about the task.",
        " Shorter is worth something only while the names still tell what each part holds.",
    )


def workbook(lesson: Lesson) -> list[str]:
    """Set up to three exercises on the concept, from easy to hard, and solve them at the end of the page."""
    tasks = sorted((lesson.task, *lesson.more), key=lambda task: task.difficulty)
    if len(tasks) < 2 or len({task.name for task in tasks}) < len(tasks):
        return []
    if len({task.family for task in tasks}) < len(tasks):  # the same exercise in other words
        return []
    marks = lesson.pick("**{}.**", "{}.", "**Exercise {}.**", "Exercise {}:")
    solved = lesson.pick("Solutions", "The answers", "How it can be done")
    questions, answers = [], []
    for number, task in enumerate(tasks, 1):
        arguments, expected = task.cases[0]
        questions += [
            f"{marks.format(number)} Write `{call_shape(task)}`. {task.sentence} "
            f"For example, `{call(task.name, arguments)}` is `{expected!r}`.",
            *given(task),
        ]
        one = replace(lesson, task=task)
        answers += [
            f"{marks.format(number)} {idea_of(task)}".rstrip(),
            fenced(solution(one, below=True), "", *calls(one, 2)),
        ]
    parts = [
        heading(lesson, "exercises", "practice, with solutions", named=False),
        setting(lesson),
        board(lesson),
    ]
    return [*parts, *questions, f"## {solved}", *answers, concept_warning(lesson)]


def call_shape(task: Task) -> str:
    """Return the function with the names of its arguments: `f(text, k)`."""
    return f"{task.name}({', '.join(argument.name for argument in task.arguments)})"


def _mistaken(lesson: Lesson) -> tuple[Lesson, Seen] | None:
    """Return the lesson on a solution that takes a mistake, and the mistake: one about the task if possible."""
    for plain in (False, True):
        for choice in _solutions(lesson):
            if seen := draw_bug(choice, lesson.rng, plain=plain):
                return replace(lesson, task=choice), seen
    return None


def _solutions(lesson: Lesson) -> list[Task]:
    """Return the task with each of its solutions first; only those that show what the page is about, if any do."""
    both = [lesson.task, swapped(lesson.task)]
    return [task for task in both if shows(task, lesson.concept.name)] or both


def _watched(lesson: Lesson, *, element_by_element: bool = False) -> tuple[Watcher, Watched] | None:
    """Return the solution that has a loop to watch, and a run of it; None without one.

    The run is that of the first case in which a variable changes; of the first one where none does.
    """
    for choice in _solutions(lesson):
        with contextlib.suppress(Unwatchable):
            if element_by_element and not any(f" in {a.name}:\n" in choice.body for a in choice.arguments):
                continue
            watcher = Watcher(choice)
            if element_by_element and not watcher.loop.over:
                continue
            if runs := list(_runs_until_change(watcher, choice.cases)):
                case, watched = next((run for run in runs if run[1].changes), runs[0])
                rest = tuple(other for other in choice.cases if other[0] != case[0])
                watcher.task = replace(choice, cases=(case, *rest))
                return watcher, watched
    return None


def _runs_until_change(watcher: Watcher, cases: Sequence[Case]) -> Iterator[tuple[Case, Watched]]:
    """Yield the cases that can be watched with their runs, up to the first in which a variable changes."""
    for arguments, expected in cases:
        try:
            watched = watcher.run(arguments)
        except Unwatchable:
            continue
        if repr(watched.result) == repr(expected):
            yield (arguments, expected), watched
            if watched.changes:
                return


def _table(watched: Watched) -> str:
    rows = [f"| round | {' | '.join(watched.loop.names)} |", f"|{'---|' * (len(watched.loop.names) + 1)}"]
    for number, values in enumerate(watched.rounds, 1):
        cells = " | ".join(f"`{value!r}`".replace("|", "\\|") for value in values)
        rows.append(f"| {number} | {cells} |")
    return "\n".join(rows)


def _ending(lesson: Lesson, watched: Watched) -> str:
    """Say how many rounds there are and why, and in which of them the variables change."""
    number, loop = len(watched.rounds), watched.loop
    said = []
    if not watched.end:
        said.append(f"The loop is left in round {number}, because the answer is known there.")
    elif watched.complete:
        said.append(f"The loop ends after {number} rounds, because `{loop.over}` has {number} elements.")
    if watched.end:
        for name in loop.changed[:2]:
            column = [state[name] for state in watched.states()]
            moved = [k for k in range(1, len(column)) if repr(column[k]) != repr(column[k - 1])]
            said.append(_changes(name, moved, number, column[-1]))
    if lesson.audience == "contest":
        return " ".join(said[-1:])
    return " ".join(said)


def _changes(name: str, moved: Sequence[int], rounds: int, last: Any) -> str:
    if len(moved) == rounds:
        return f"`{name}` changes in every round and ends as `{last!r}`."
    if not moved:
        return f"`{name}` never changes here; it stays `{last!r}`."
    shown = [str(number) for number in moved]
    listed = shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"
    return f"`{name}` changes in round{'s' if len(shown) > 1 else ''} {listed} only and ends as `{last!r}`."


def _symptom_lead(lesson: Lesson, seen: Seen) -> str:
    source = call(lesson.task.name, seen.arguments)
    if seen.error:
        return lesson.pick(
            f"Calling `{source}` does not even give an answer:", "It stops with an exception:", "Running it:"
        )
    return lesson.pick(
        f"`{source}` should be `{seen.expected!r}`. What comes out is this:",
        f"The answer ought to be `{seen.expected!r}`, and yet:",
        f"Expected: `{seen.expected!r}`. Seen:",
    )


def _symptom(task: Task, seen: Seen) -> list[str]:
    source = call(task.name, seen.arguments)
    if not seen.error:
        return printed(source, seen.got)
    kind = seen.error.partition(":")[0]
    return [
        "try:",
        f"    print({source})",
        f"except {kind} as error:",
        '    print(type(error).__name__, error, sep=": ")',
        f"#> {seen.error}",
    ]


def _others(task: Task, seen: Seen) -> list[str]:
    rest = [case for case in task.cases if case[0] != seen.arguments]
    return shown_calls(task.name, rest[:1])
