"""What a page says fits the code beside it, and code in its prose is marked as such."""

from __future__ import annotations

import random
import re
from dataclasses import replace

import pytest

from hornbook.curriculum.concepts import CONCEPTS
from hornbook.curriculum.constants import worked_out
from hornbook.curriculum.families import BY_NAME, TAUGHT
from hornbook.curriculum.family import Task, draw_task
from hornbook.curriculum.fitting import shows, swapped
from hornbook.curriculum.ideas import fits
from hornbook.curriculum.marking import marked
from hornbook.curriculum.offline import OfflineTeacher
from hornbook.curriculum.pages import write_page
from hornbook.curriculum.programs import draw_cases, program_task
from hornbook.teacher.protocol import Request


def _task(name: str, body: str = "") -> Task:
    task = draw_task(BY_NAME[name], random.Random(name))
    return replace(task, body=body) if body else task


@pytest.mark.parametrize(
    ("idea", "with_it", "without"),
    [
        ("The chain asks for both ends at once.", "return 1 <= n <= 3", "return max(n - 3, 0)"),
        ("Dictionary keys are unique.", "return list(dict.fromkeys(xs))", "for x in xs:\n    out.append(x)"),
        ("Every round moves one day on.", "while n:\n    n -= 1", "return sum(x for x in xs)"),
        ("Entering the block makes it deeper.", "with open_block():\n    write(xs)", "return write(xs)"),
        ("`max` compares by the key.", "return max(xs)", "return sorted(xs)[-1]"),
        ("zip pairs the two lists.", "return list(zip(xs, ys))", "return [xs, ys]"),
    ],
)  # fmt: skip
def test_an_idea_fits_only_code_that_has_what_it_speaks_of(idea: str, with_it: str, without: str) -> None:
    task = replace(_task("count_vowels"), idea=idea, imports=(), setup="")
    assert fits(replace(task, body=with_it))
    assert not fits(replace(task, body=without, other_body=with_it))
    assert fits(replace(task, body=without, other_body=with_it), both=True)


def test_a_helper_that_the_solution_does_not_use_does_not_make_an_idea_fit() -> None:
    task = replace(_task("browser_with_history"), idea="Two stacks are enough.", imports=())
    assert "Browser" in task.setup
    assert fits(replace(task, body="page = Browser('start')"))
    assert not fits(replace(task, body="place = 0"))


def test_most_families_have_an_idea_for_the_solution_that_was_drawn() -> None:
    tasks = [draw_task(family, random.Random(family.name)) for family in TAUGHT]
    assert sum(map(fits, tasks)) > 0.8 * len(tasks)
    assert sum(fits(task) or fits(swapped(task)) for task in tasks) > 0.9 * len(tasks)


@pytest.mark.parametrize("concept", ["sets", "any_all", "list_comprehensions", "recursion"])
def test_a_page_is_about_a_concept_that_its_code_shows(concept: str) -> None:
    for i in range(5):
        slots = {"concept": concept, "form": "lecture", "audience": "contest"}
        request = Request(kind="textbook", seed=f"0/textbooks/{i}", slots=slots, messages=())
        text = next(OfflineTeacher().complete([request])).text
        name = re.findall(r"^def (\w+)\(", text, re.M)[-1]
        body = text.partition(f"def {name}(")[2].partition("\n")[2].partition("\nprint(")[0]
        task = replace(_task("count_vowels"), name=name, body=body, setup=text.partition(f"def {name}(")[0])
        assert shows(task, concept), text


def test_an_exercise_shows_the_helpers_that_it_takes_for_granted() -> None:
    task = _task("compare_packed_texts")
    concept = CONCEPTS[task.concepts[0]]
    others = (_task("longest_run_of_character"), _task("run_lengths_as_text"))
    for form in ("exercise", "workbook"):
        page = write_page(concept, task, None, random.Random(1), form=form, audience="contest", more=others)
        assert page.count("class Packed:") == 1
        assert page.index("class Packed:") < page.index(f"def {task.name}(")
        assert "Solution" not in page[: page.index("class Packed:")]


def test_a_page_marks_arguments_and_no_words_of_the_same_spelling() -> None:
    for family in TAUGHT[::40]:
        task = draw_task(family, random.Random(family.name))
        assert task.shown.replace("`", "") == task.sentence.replace("`", "")
        for word in set(re.findall(r"`(\w+)`", task.shown)) - set(re.findall(r"`(\w+)`", task.sentence)):
            assert word in [argument.name for argument in task.arguments]
    task = replace(_task("count_vowels"), sentence="Count text in text.", shown="Count text in `text`.")
    page = write_page(CONCEPTS["strings"], task, None, random.Random(1), form="lecture", audience="contest")
    assert "text in `text`" in page


def test_a_program_says_its_arguments_in_backticks_on_pages_alone() -> None:
    for i in range(40):
        program, cases = draw_cases(random.Random(i))
        task = program_task(program, cases, random.Random(i))
        assert "`" not in task.sentence
        assert task.shown.replace("`", "") == task.sentence
        assert all(f"`{argument.name}`" in task.shown for argument in task.arguments)


def test_the_two_examples_of_a_task_have_different_answers() -> None:
    for family in TAUGHT[::5]:
        (_, first), (_, second), *_ = draw_task(family, random.Random(family.name)).cases
        assert repr(first) != repr(second)


def test_a_page_says_what_goes_wrong_here_only_of_the_task_itself() -> None:
    task = replace(_task("count_vowels"), pitfall="")
    concept = CONCEPTS["strings"]
    for i in range(20):
        rng = random.Random(i)
        assert not write_page(concept, task, None, rng, form="edge_cases", audience="contest")
        page = write_page(concept, task, None, rng, form="dialogue", audience="contest")
        assert f"with {concept.title}" in page or f"on {concept.title}" in page


@pytest.mark.parametrize(
    ("plain", "shown"),
    [
        ("combinations names every choice once.", "`combinations` names every choice once."),
        ("A class with __len__ can be measured.", "A class with `__len__` can be measured."),
        ("Here len(table[0]) fails.", "Here `len(table[0])` fails."),
        ("One `zip` and 'zip' stay, as \"max(x)\" does.", "One `zip` and 'zip' stay, as \"max(x)\" does."),
        ("Nothing (at all) to mark, e.g. here.", "Nothing (at all) to mark, e.g. here."),
    ],
)
def test_code_in_prose_is_marked_once(plain: str, shown: str) -> None:
    assert marked(plain) == shown
    assert marked(shown) == shown


@pytest.mark.parametrize(
    "code", ["f(100 + 5)", "x - 2 + 1 * y", "x + 1 - 2 ** y", "a[i] - 1.5 + 2", "x * 0 + y"]
)
def test_sums_that_are_no_constants_stay(code: str) -> None:
    assert worked_out(code) == code


@pytest.mark.parametrize("k", range(1, 6))
def test_constants_are_worked_out_to_the_same_value(k: int) -> None:
    x, y = 7, (3,)
    for code in (
        f"x * (100 + {k})",
        f"x - {k} + 1",
        f"x + {k} - 3",
        f"(0 + x) * {k}",
        f"(2 - {k}) * x",
        f"y[0] - {k} + {k}",
    ):
        changed = worked_out(code)
        assert changed != code
        assert eval(changed, {"x": x, "y": y}) == eval(code, {"x": x, "y": y})
