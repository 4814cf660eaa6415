"""Answers whose form is not quite what was asked for: what is read all the same, and what is not."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_lessons import ANSWER, _completion, _read

from hornbook.curriculum.offline import OfflineTeacher
from hornbook.lessons import plan
from hornbook.lessons.answer import read_or_reject
from hornbook.lessons.exercise import read_exercise
from hornbook.lessons.parts import asserts_part, bare, body_of, exercise_parts, json_in, task_part
from hornbook.lessons.textbook import read_page
from hornbook.record import Exercise, Record, Rejected

TASK = (
    'from math import gcd\n\n\ndef shared(a, b):\n    """Return the greatest common divisor of a and b."""\n'
)
BODY = "    return gcd(a, b)\n"
TESTS = "assert shared(12, 18) == 6\nassert shared(7, 3) == 1\n"


def exercise(text: str) -> Exercise:
    record = _read(text)
    assert isinstance(record, Record), record
    assert record.exercise is not None
    return record.exercise


def as_json(**changes: object) -> str:
    return json.dumps({"task": TASK, "solution": BODY, "tests": TESTS} | changes)


@pytest.mark.parametrize(
    "text",
    [
        ANSWER.replace("## ", "# "),
        ANSWER.replace("## ", "#### "),
        ANSWER.replace("## Task", "**Task**").replace("## Tests", "**Tests:**"),
        ANSWER.replace("## Task", "## 1. Task").replace("## Tests", "### Tests:"),
        ANSWER.replace("## Task", "Task:").replace("## Solution", "SOLUTION").replace("## Tests", "Test"),
        ANSWER.replace("```python", "```"),
        ANSWER.replace("```python", "```python3"),
        ANSWER.replace("## Solution\n", "## Solution\n\nWe use a library function.\n\n"),
        ANSWER + "\nI hope this helps! Here is a variant:\n\n```python\nprint(1)\n```\n",
        f"```markdown\n{ANSWER}```\n",
        f"Here is your exercise:\n\n```markdown\n{ANSWER}\n```",
        f"<think>\n{ANSWER.replace('gcd', 'lcm')}</think>\n\n{ANSWER}",
        as_json(),
        f"```json\n{as_json()}\n```",
        as_json(tests=TESTS.splitlines()),
        as_json(task=f"```python\n{TASK}```"),
        as_json(solution=TASK + BODY),
        f"Here is the exercise you asked for:\n\n```json\n{as_json()}\n```\nGood luck!",
        f"Sure:\n{as_json()}\nI hope it helps.",
        as_json().replace("\\n", "\n"),
        ANSWER.replace("```python", "````python").replace("```\n", "````\n"),
        ANSWER.replace("## Tests", "## Unit tests"),
    ],
)
def test_an_answer_in_another_form_is_the_same_exercise(text: str) -> None:
    asked = exercise(ANSWER)
    assert exercise(text) == asked
    assert (asked.prompt, asked.solution) == (TASK, BODY)


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        (as_json(tests=7), "no Tests section"),
        (as_json(solution=""), "no Solution section"),
        ("[1, 2]", "no Task section"),
        ('{"task": ' * 900, "no Task section"),
        (as_json(task="\ud800").replace("\\\\", "\\"), "no Task section"),
        (ANSWER.replace("```python\n    return", "```java\n    return"), "no Solution section"),
        (ANSWER.replace("    return gcd(a, b)", "def other(a, b):\n    return gcd(a, b)"), "indented"),
        (ANSWER.replace("    return gcd(a, b)", "def shared(b, a):\n    return gcd(a, b)"), "indented"),
        (ANSWER.replace("    return gcd(a, b)", "import os\ndef shared(a, b):\n    return 1"), "indented"),
    ],
)
def test_what_is_missing_or_another_function_is_refused(text: str, detail: str) -> None:
    rejected = _read(text)
    assert isinstance(rejected, Rejected)
    assert detail in rejected.detail


def test_headings_inside_of_code_are_comments() -> None:
    commented = ANSWER.replace("    return gcd", "    # Tests\n    return gcd").replace("## ", "### ")
    assert exercise(commented).solution == "    # Tests\n    return gcd(a, b)\n"


def test_of_two_exercises_in_one_answer_the_parts_are_not_mixed() -> None:
    second = ANSWER.replace("shared", "common").replace("gcd", "lcm")
    assert exercise((ANSWER + second).replace("## ", "# ")) == exercise(ANSWER)


def test_a_repeated_definition_gives_its_body_with_its_comments() -> None:
    given = TASK + "    # the library knows\n" + BODY + "\n"
    assert body_of(given, TASK) == "    # the library knows\n" + BODY
    assert body_of("def shared(a, b):\n" + BODY, TASK) == BODY
    assert body_of(BODY, TASK) == BODY


def test_what_the_offline_teacher_writes_is_read_as_it_stands() -> None:
    for completion in OfflineTeacher().complete(plan.requests("exercise", 0, range(200))):
        assert bare(completion.text) == completion.text
        record = read_exercise(completion, "offline@x")
        assert record.exercise is not None
        assert f"```python\n{record.exercise.prompt}```" in completion.text
        assert record.exercise.solution in completion.text


@given(st.text(alphabet="#`* \nTaskSolutionTests:{}\"'[]def()", max_size=300))
def test_any_text_is_read_or_lacks_a_part(text: str) -> None:
    assert set(exercise_parts(bare(text))) <= {"Task", "Solution", "Tests"}


def test_a_page_is_freed_from_what_surrounds_it_and_from_nothing_else() -> None:
    prose = "Counting starts at zero and adds one for each match. " * 10
    page = f"# Counting\n\n{prose}\n\n```python\nprint(1)\n#> 1\n```\n"
    wrapped = (f"Here is the page:\n\n{page}", f"```markdown\n{page}```", f"<think>Hm.</think>\n{page}", page)
    for text in wrapped:
        record = read_or_reject(_completion(text, kind="textbook"), "e", read_page, "textbooks")
        assert isinstance(record, Record)
        assert record.text == page
    begun = f"A rule of thumb:\n\n{page[2:]}"
    assert bare(begun) == begun


LINES = "assert f(1) == 2\nassert f(0) == 0\n"


@pytest.mark.parametrize(
    "text",
    [
        f"## Cases\n1. one\n\n## Tests\n```python\n{LINES}```\n",
        f"### Unit test cases:\n\n```\n{LINES}```",
        f"Here they are:\n\n```python\n{LINES}```\nBoth pass.",
        f"```python\nprint(1)\n```\n**Tests**\n```py\n{LINES}```",
        LINES,
        "1. `assert f(1) == 2`\n2. `assert f(0) == 0`\n",
        "- assert f(1) == 2\n- assert f(0) == 0\n",
        json.dumps({"tests": LINES.splitlines()}),
        json.dumps(LINES.splitlines()),
        f"```json\n{json.dumps({'Tests': LINES})}\n```",
    ],
)
def test_tests_in_another_form_are_the_same_tests(text: str) -> None:
    assert asserts_part(text) == LINES


@pytest.mark.parametrize(
    "text", [f"# Task\n```python\n{TASK}```", f"```python\n{TASK}```\nDone.", json.dumps({"task": TASK})]
)
def test_a_task_in_another_form_is_the_same_task(text: str) -> None:
    assert task_part(text) == TASK


def test_of_two_blocks_without_a_heading_none_is_taken_for_the_part() -> None:
    assert task_part("```python\na = 1\n```\n```python\nb = 1\n```\n") == ""


BROKEN = st.text(alphabet="#`* \nTasksert:{}\"'[]\\u0d()=,5/-.", max_size=300)


@given(BROKEN)
def test_any_text_is_a_part_or_none_and_what_json_says_can_be_written(text: str) -> None:
    assert isinstance(asserts_part(bare(text)), str)
    assert isinstance(task_part(bare(text)), str)
    json.dumps(json_in(text)).encode()


@given(st.text(alphabet='[]{}",:1 \n', max_size=200), st.integers(0, 2000))
def test_nothing_nested_is_too_deep(text: str, depth: int) -> None:
    for opening in ("[", '{"tests":'):
        assert isinstance(asserts_part(opening * depth + text), str)
    assert asserts_part("[" * depth + '"assert 1"' + "]" * depth) in ("assert 1\n", "", '"assert 1"\n')
