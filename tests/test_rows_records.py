"""What becomes of a row: in which columns its text is found, and what is said of one that has none."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hornbook.errors import UsageError
from hornbook.record import Exercise, Record, flat_row
from hornbook.rows.records import NoText, RowReader, find_text

HUMAN_EVAL = {
    "task_id": "T/0",
    "prompt": "def one():\n",
    "canonical_solution": "    return 1\n",
    "entry_point": "one",
    "test": "def check(candidate):\n    assert candidate() == 1\n",
}
TURNS = [{"role": "user", "content": "Write one."}, {"role": "assistant", "content": "def one(): ..."}]

SHAPES: dict[str, tuple[dict[str, Any], str, str]] = {
    "text": ({"text": "a", "n": 1}, "text", "a"),
    "content": ({"content": "a", "path": "x.py"}, "content", "a"),
    "code": ({"code": "a", "repo": "x"}, "code", "a"),
    "prompt and completion": ({"prompt": "a ", "completion": "b"}, "prompt + completion", "a b"),
    "a prompt that its completion would run into": (
        {"prompt": "Write one.", "response": "def one(): ..."},
        "prompt + response",
        "Write one.\ndef one(): ...",
    ),
    "completion before canonical solution": (
        HUMAN_EVAL | {"completion": "    return 2\n"},
        "prompt + completion",
        "def one():\n    return 2\n",
    ),
    "HumanEval": (HUMAN_EVAL, "prompt + canonical_solution", "def one():\n    return 1\n"),
    "MBPP": (
        {"text": "Write one.", "code": "def one(): ...", "test_list": ["assert one() is ..."]},
        "text + code",
        "Write one.\ndef one(): ...",
    ),
    "instruction and input": (
        {"instruction": "Add.", "input": "1, 2", "output": "3"},
        "instruction + input + output",
        "Add.\n1, 2\n3",
    ),
    "messages": ({"messages": TURNS, "id": "x"}, "messages", "Write one.\ndef one(): ..."),
    "conversations": (
        {"conversations": [{"from": "human", "value": "Hi"}, {"from": "gpt", "value": "Hello"}]},
        "conversations",
        "Hi\nHello",
    ),
    "turns of several parts": (
        {"messages": [{"role": "user", "content": [{"type": "text", "text": "Look"}, {"type": "image"}]}]},
        "messages",
        "Look",
    ),
    "a prompt of turns": (
        {"prompt": TURNS[:1], "completion": TURNS[1:]},
        "prompt + completion",
        "Write one.\ndef one(): ...",
    ),
    "a prompt alone": ({"prompt": "def one():\n", "entry_point": "one"}, "prompt", "def one():\n"),
    "columns that are null": ({"prompt": None, "solution": None, "text": "a"}, "text", "a"),
}


@pytest.mark.parametrize("name", SHAPES)
def test_a_text_is_found_by_the_names_of_columns(name: str) -> None:
    row, shape, text = SHAPES[name]
    found = find_text(row)
    assert (found.where, found.text) == (shape, text)


def test_a_named_column_is_the_text_whatever_else_there_is() -> None:
    assert find_text({"text": "a", "body": "b"}, "body").text == "b"


@pytest.mark.parametrize(
    ("row", "column", "said"),
    [
        ([1], "", "not a JSON object"),
        ({"body": "a", "n": 1}, "", "no column with a text; it has body, n"),
        ({}, "", "no columns at all"),
        ({"text": "a"}, "body", "no column 'body'; it has text"),
        ({"text": None}, "", "column 'text' is null"),
        ({"text": 7}, "", "column 'text' is not text"),
        ({"text": "\ud800"}, "", "half a character"),
        ({"messages": ["Hi"]}, "", "neither text nor a list of turns"),
    ],
)
def test_a_row_without_a_text_says_why(row: Any, column: str, said: str) -> None:
    with pytest.raises(NoText, match=said):
        find_text(row, column)


def test_a_row_with_an_entry_point_is_an_exercise_and_others_are_code() -> None:
    record = RowReader().record(HUMAN_EVAL, "here")
    assert record.kind == "exercise"
    assert record.exercise is not None
    assert record.exercise.entry_point == "one"
    assert record.text == record.exercise.prompt + record.exercise.solution
    assert RowReader().record({"text": "a"}, "here").kind == "code"
    assert RowReader(kind="textbook").record({"text": "a"}, "here").kind == "textbook"


@given(
    text=st.text(min_size=1),
    kind=st.sampled_from(["code", "textbook"]),
    license_=st.sampled_from(["MIT", "unknown"]),
    tags=st.dictionaries(st.sampled_from(["concept", "audience"]), st.text()),
)
def test_hornbooks_own_rows_become_the_records_that_they_were(
    text: str, kind: str, license_: str, tags: dict[str, str]
) -> None:
    record = Record(text=text, kind=kind, source="x", license=license_, tags=tags)
    read = RowReader().record(json.loads(json.dumps(flat_row(record))), "here")
    assert (read.id, read.kind, read.license, read.tags) == (record.id, kind, license_, tags)


def test_hornbooks_own_exercises_keep_their_id() -> None:
    exercise = Exercise(
        prompt="def one():\n", solution="    return 1\n", entry_point="one", tests=("assert 1",)
    )
    text = exercise.prompt + exercise.solution
    record = Record(text=text, kind="exercise", source="x", license="CC0-1.0", exercise=exercise)
    assert RowReader().record(flat_row(record), "here").id == record.id


@pytest.mark.parametrize(
    ("row", "score"),
    [
        ({"stars": 3}, 3.0),
        ({"stars": 0.5}, 0.5),
        ({"stars": None}, float("-inf")),
        ({"stars": float("nan")}, float("-inf")),
        ({}, float("-inf")),
        ({"scores": '{"stars": 2.5}'}, 2.5),
        ({"scores": "very good"}, float("-inf")),
    ],
)
def test_a_preferred_column_is_a_score_and_its_absence_the_lowest(row: dict[str, Any], score: float) -> None:
    record = RowReader(prefer="stars").record({"text": "a", **row}, "here")
    assert record.scores == {"stars": score}


@pytest.mark.parametrize("value", ["many", True, [1]])
def test_a_preferred_column_that_holds_no_numbers_is_refused(value: Any) -> None:
    with pytest.raises(UsageError, match=r"rows, line 3: column 'stars' is .*must be a number"):
        RowReader(prefer="stars").record({"text": "a", "stars": value}, "rows, line 3")
