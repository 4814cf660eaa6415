"""The outline of a record: what the check and the closed loop see of its text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hornbook.quality.outline import Outlines, outline_of
from hornbook.quality.syntax import node_types
from hornbook.record import Exercise, Record

CODE = "class A:\n    def f(self):\n        'Say it twice, please.'\n\ndef g(a):\n    return a\n"


def record(text: str, kind: str = "code", entry_point: str = "") -> Record:
    exercise = Exercise(prompt=text, solution="", entry_point=entry_point, tests=()) if entry_point else None
    return Record(text=text, kind=kind, source="t", license="unknown", exercise=exercise)


def test_functions_and_docstrings_are_counted_methods_included() -> None:
    assert outline_of(record(CODE)).code_facts == {"functions": 2, "docstrings": 1}
    assert outline_of(record("def f(:")).code_facts == {}


def test_the_shape_is_that_of_the_function_asked_for_else_of_the_first() -> None:
    assert outline_of(record(CODE)).shape == node_types(CODE, "f")
    assert outline_of(record(CODE, "exercise", "g")).shape == node_types(CODE, "g") != node_types(CODE, "f")
    assert outline_of(record(CODE, "exercise", "h")).shape == ""


def test_code_opens_with_its_first_docstring_and_a_page_with_its_first_prose() -> None:
    assert outline_of(record(CODE)).opening == "say it twice"
    page = record("# Title\n\nA list holds things.\n\n```python\ndef f():\n    'No.'\n```\n", "textbook")
    assert outline_of(page).opening == "a list holds"
    assert outline_of(page).code_facts == {"functions": 1, "docstrings": 1}


def test_code_in_a_fence_has_a_shape_and_no_facts() -> None:
    fenced = outline_of(record("```python\ndef f(x):\n    return x\n```\n", "exercise", "f"))
    assert fenced.shape == node_types("def f(x):\n    return x\n", "f")
    assert fenced.code_facts == {}


@given(st.text(), st.sampled_from(("code", "textbook", "exercise")))
def test_every_text_has_an_outline(text: str, kind: str) -> None:
    assert len(outline_of(record(text, kind)).opening.split()) <= 3


def test_an_outline_that_was_sent_along_is_believed_until_it_is_forgotten() -> None:
    outlines, one = Outlines(), record(CODE)
    sent = outline_of(record("x = 1\n"))
    outlines.give(one, sent)
    assert outlines.of(one) is sent
    outlines.forget(one)
    assert outlines.of(one) == outline_of(one)


def test_outlines_of_two_entry_points_in_one_text_are_two() -> None:
    outlines = Outlines()
    f, g = record(CODE, "exercise", "f"), record(CODE, "exercise", "g")
    assert outlines.of(f).shape != outlines.of(g).shape
