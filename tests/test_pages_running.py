"""Pages that come from running a solution say what it really does; every one of them is executed again."""

import random
import re
from dataclasses import replace

import pytest

from hornbook.curriculum.bugs import draw_bug
from hornbook.curriculum.concepts import CONCEPTS
from hornbook.curriculum.families import TAUGHT
from hornbook.curriculum.family import Task, draw_task
from hornbook.curriculum.pages import FORMS, write_page
from hornbook.curriculum.watching import Unwatchable, Watcher, running_answer
from hornbook.quality.check import Check, checked
from hornbook.record import Record
from hornbook.sandbox import Sandbox

RUNNING = ("worked", "invariant", "debugging", "refactoring", "workbook")


def tasks(number: int = 2) -> list[Task]:
    return [
        draw_task(family, random.Random(f"{family.name}/{n}")) for family in TAUGHT for n in range(number)
    ]


def page(form: str, task: Task, seed: int = 0, more: tuple[Task, ...] = ()) -> str:
    rng = random.Random(f"{task.name}/{seed}")
    about = CONCEPTS[task.concepts[0]]
    return write_page(about, task, None, rng, form=form, audience="student", more=more)


def summing() -> Task:
    """Add up what is above a limit: a loop over an argument whose accumulator is the answer so far."""
    return next(t for t in tasks(6) if "+=" in t.body and "while" not in t.body and _has_running_answer(t))


def _has_running_answer(task: Task) -> bool:
    try:
        watcher = Watcher(task)
        return bool(running_answer(watcher, watcher.run(task.cases[0][0])))
    except Unwatchable:
        return False


@pytest.mark.parametrize("form", RUNNING)
def test_pages_of_a_running_form_hold_when_they_are_executed(form: str) -> None:
    drawn = tasks(1)
    texts = [page(form, task, more=(drawn[i - 1],)) for i, task in enumerate(drawn)]
    records = [Record(text=text, kind="textbook", source="t", license="CC0-1.0") for text in texts if text]
    with Sandbox(workers=2) as sandbox:
        found = list(checked(Check(), records, sandbox))
    assert [r for r in found if not isinstance(r, Record)] == []
    assert len(records) >= 20, "the form suits too few families"


def test_every_form_says_nothing_or_a_whole_page() -> None:
    for task in tasks(1)[::3]:
        for form in FORMS:
            text = page(form, task)
            assert text == "" or text.startswith("#"), (form, text[:50])


def test_a_watched_loop_shows_its_variables_at_the_start_of_each_round() -> None:
    task = summing()
    watcher = Watcher(task)
    watched = watcher.run(task.cases[0][0])
    assert len(watched.rounds) == len(task.cases[0][0][0])
    assert watched.result == task.cases[0][1]
    assert watcher.printing().count("print(") == 1


def _changes(task: Task) -> list[bool]:
    try:
        watcher = Watcher(task)
        return [watcher.run(arguments).changes for arguments, _ in task.cases[:2]]
    except Unwatchable:
        return []


def test_a_page_follows_a_run_in_which_a_variable_changes() -> None:
    idle = [task for task in tasks(2) if _changes(task) == [False, True]]
    assert len(idle) > 2
    for task in idle:
        text = page("worked", task)
        assert text.count("never changes") < max(text.count("changes"), 1), text


def test_the_running_answer_is_the_answer_for_every_beginning() -> None:
    task = summing()
    watcher = Watcher(task)
    watched = watcher.run(task.cases[0][0])
    name = running_answer(watcher, watched)
    assert watched.states()[-1][name] == task.cases[0][1]


def test_a_mistake_always_shows() -> None:
    seen = [bug for task in tasks() if (bug := draw_bug(task, random.Random(task.name)))]
    assert len(seen) > 100
    for bug in seen:
        assert bug.error or bug.got != bug.expected or type(bug.got) is not type(bug.expected)
        assert bug.bug.body.count("\n") + 1 >= bug.bug.line


def test_mistakes_are_of_many_kinds() -> None:
    kinds = {
        re.sub(r"`[^`]*`", "_", bug.bug.diagnosis)
        for t in tasks()
        if (bug := draw_bug(t, random.Random(t.name)))
    }
    assert len(kinds) >= 6


def test_a_solution_that_walks_through_a_set_is_not_watched() -> None:
    task = summing()
    body = f"total = 0\nfor x in set({task.arguments[0].name}):\n    total += x\nreturn total"
    with pytest.raises(Unwatchable, match="order of a set"):
        Watcher(replace(task, body=body))
