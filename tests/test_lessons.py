"""Plans, prompts and the parsers of a teacher's answers."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from hornbook.curriculum.draws import WORDS
from hornbook.curriculum.families import concepts_taught
from hornbook.curriculum.offline import OfflineTeacher
from hornbook.curriculum.phrasing import STYLES
from hornbook.curriculum.programs import PRACTISED
from hornbook.lessons import plan, prompt
from hornbook.lessons.answer import read_or_reject
from hornbook.lessons.exercise import Exercises, exercises, read_exercise
from hornbook.lessons.textbook import Textbooks, read_page, textbooks
from hornbook.quality.markdown import python_blocks
from hornbook.record import Record, Rejected, count, read_records
from hornbook.step import Context
from hornbook.teacher.protocol import Completion, Request

ANSWER = '''Here you are.

## Task
```python
from math import gcd


def shared(a, b):
    """Return the greatest common divisor of a and b."""
```

## Solution
```python
    return gcd(a, b)
```

## Tests
```python
assert shared(12, 18) == 6
assert shared(7, 3) == 1
```
'''


def _completion(text: str, kind: str = "exercise", finish: str = "stop", error: str = "") -> Completion:
    (request,) = plan.requests(kind, 0, [3])  # type: ignore[arg-type]
    return Completion(request=request, text=text, finish=finish, error=error, model="m")  # type: ignore[arg-type]


def _read(text: str) -> Record | Rejected:
    return read_or_reject(_completion(text), "endpoint@x", read_exercise, "exercises")


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_slots_depend_on_seed_and_index_alone(seed: int, index: int) -> None:
    assert plan.exercise_slots(seed, index) == plan.exercise_slots(seed, index)
    assert plan.textbook_slots(seed, index) == plan.textbook_slots(seed, index)


def test_a_longer_plan_begins_with_the_shorter_one() -> None:
    short = list(plan.requests("exercise", 4, range(10)))
    assert list(plan.requests("exercise", 4, range(25)))[:10] == short


def test_neighbouring_seeds_plan_different_items() -> None:
    first, second = ([repr(plan.exercise_slots(s, i)) for i in range(500)] for s in (1, 2))
    assert sum(a == b for a, b in zip(first, second, strict=True)) < 5


def test_the_plan_covers_concepts_forms_audiences_and_styles() -> None:
    slots = [plan.exercise_slots(0, i) for i in range(6000)]
    assert {s["style"] for s in slots} == set(STYLES) == set(prompt.DOCSTRINGS)
    assert {s["audience"] for s in slots} == set(prompt.READERS)
    assert {s["concept"] for s in slots} == {*concepts_taught(), *plan.COMPOSED}
    assert {s["difficulty"] for s in slots} == {1, 2, 3, 4, 5}
    pages = [plan.textbook_slots(0, i) for i in range(2000)]
    assert {s["form"] for s in pages} == set(prompt.SHAPES)
    assert min(Counter(s["form"] for s in pages).values()) > 100


def test_later_exercises_are_deeper_and_the_first_ones_mostly_plain() -> None:
    def depth(indices: range) -> float:
        return sum(plan.exercise_slots(0, i, deepen=1).get("depth", 0) for i in indices) / len(indices)

    first, middle, late = depth(range(60)), depth(range(1_000, 1_400)), depth(range(100_000, 100_400))
    assert first < 0.5 < middle < 2 < late
    assert "depth" not in plan.textbook_slots(0, 100_000)
    assert "depth" not in plan.exercise_slots(0, 100_000)


def test_the_share_of_programs_is_what_was_asked_for() -> None:
    for share in (0.0, 0.5, 1.0):
        found = sum(plan.exercise_slots(0, i, programs=share)["program"] for i in range(1000)) / 1000
        assert abs(found - share) < 0.05


def test_composed_concepts_are_practised_by_operations() -> None:
    assert set(plan.COMPOSED) <= PRACTISED


@pytest.mark.parametrize("kind", ["exercise", "textbook"])
def test_messages_carry_every_wish_of_the_slots(kind: str) -> None:
    for request in plan.requests(kind, 0, range(300)):  # type: ignore[arg-type]
        (message,) = request.messages
        readers = prompt.READERS if kind == "textbook" else prompt.SOLVERS
        assert readers[request.slots["audience"]] in message.content
        assert f"Difficulty: {request.slots['difficulty']} " in message.content
        for word in (*request.slots.get("words", ()), request.slots.get("name_word", WORDS[0])):
            assert word in message.content or word == WORDS[0]
        assert "{{" not in message.content
        assert "\n\n\n" not in message.content


def test_rendering_a_request_is_cheap() -> None:
    list(plan.requests("exercise", 0, range(50)))
    start = time.process_time()
    list(plan.requests("exercise", 0, range(2000)))
    assert (time.process_time() - start) / 2000 < 400e-6  # 40 microseconds on an idle core


def test_an_answer_becomes_a_record() -> None:
    record = _read(ANSWER)
    assert isinstance(record, Record)
    assert record.exercise is not None
    assert record.exercise.entry_point == "shared"
    assert record.exercise.prompt.endswith('of a and b."""\n')
    assert record.exercise.solution == "    return gcd(a, b)\n"
    assert record.exercise.tests == ("assert shared(12, 18) == 6", "assert shared(7, 3) == 1")
    assert record.text == record.exercise.prompt + record.exercise.solution
    assert record.license == "unknown"
    assert record.origin is not None
    assert (record.origin.model, record.origin.seed) == ("m", "0/exercises/3")
    assert record.tags["concept"] == plan.exercise_slots(0, 3)["concept"]


def test_tests_over_several_lines_are_one_statement_each() -> None:
    record = _read(ANSWER.replace("assert shared(7, 3) == 1", "assert shared(\n    7,\n    3,\n) == 1"))
    assert isinstance(record, Record)
    assert record.exercise is not None
    assert record.exercise.tests[1] == "assert shared(7, 3) == 1"


@pytest.mark.parametrize(
    ("old", "new", "detail"),
    [
        ("## Tests", "## Testing", "no Tests section"),
        ("def shared(a, b):", "shared = 1", "defines no function"),
        ('of a and b."""', 'of a and b."""\n    pass', "docstring"),
        ("    return gcd", "return gcd", "indented"),
        ("assert shared(7, 3) == 1", "assert other(7, 3) == 1", "does not call shared"),
        ("assert shared(7, 3) == 1", "print(shared(7, 3))", "other than assert"),
        ("assert shared(7, 3) == 1", "assert shared(7", "not Python"),
    ],
)
def test_a_misshapen_answer_is_rejected_with_what_is_wrong(old: str, new: str, detail: str) -> None:
    rejected = _read(ANSWER.replace(old, new))
    assert isinstance(rejected, Rejected)
    assert rejected.reason == "malformed_answer"
    assert detail in rejected.detail
    assert rejected.record.text


def test_a_failed_or_cut_answer_keeps_its_provenance() -> None:
    failed = read_or_reject(_completion("", finish="error", error="503"), "e", read_exercise, "exercises")
    assert isinstance(failed, Rejected)
    assert (failed.reason, failed.detail) == ("teacher_error", "503")
    assert failed.record.text.startswith("(no answer")
    assert failed.record.origin is not None
    cut = read_or_reject(_completion(ANSWER[:80], finish="length"), "e", read_exercise, "exercises")
    assert isinstance(cut, Rejected)
    assert cut.reason == "answer_cut"


def test_pages_need_closed_blocks_and_some_length() -> None:
    prose = "Counting starts at zero and adds one for each match. " * 10
    page = f"# Counting\n\n{prose}\n\n```python\nprint(1)\n#> 1\n```\n"
    record = read_or_reject(_completion(page, kind="textbook"), "e", read_page, "textbooks")
    assert isinstance(record, Record)
    assert python_blocks(record.text) == ("print(1)\n#> 1\n",)
    for broken, detail in (
        (page[:-5], "never closed"),
        ("# Short", "fewer than"),
        (prose, "no Python block"),
    ):
        rejected = read_or_reject(_completion(broken, kind="textbook"), "e", read_page, "textbooks")
        assert isinstance(rejected, Rejected)
        assert detail in rejected.detail


def test_the_identity_of_the_step_carries_teacher_and_plan() -> None:
    cfg = Exercises(count=10)
    assert cfg.teacher == OfflineTeacher().name
    assert cfg.plan == plan.digest()
    assert Exercises.model_validate(cfg.model_dump()) == cfg
    with pytest.raises(ValidationError, match="not installed"):
        Exercises(teacher="gpt-9")
    with pytest.raises(ValidationError, match="not the one installed"):
        Textbooks(plan="0123")


def test_the_exercise_step_writes_what_the_plan_asks(tmp_path: Path) -> None:
    metrics = exercises(Exercises(count=620), out=tmp_path, ctx=Context(workers=1, engine="inline"))
    records = list(read_records(tmp_path))
    assert metrics["num_kept"] == 620 == metrics["num_in"] - metrics["num_rejected"]
    assert (count(tmp_path), count(tmp_path, "rejected")) == (620, metrics["num_rejected"])
    assert sum(n for row in metrics["coverage"].values() for n in row.values()) == len(records)
    assert {r.license for r in records} == {"CC0-1.0"}
    assert records[0].origin is not None
    assert records[0].origin.seed == "0/exercises/0"


def test_the_first_items_do_not_depend_on_the_count(tmp_path: Path) -> None:
    ctx = Context(workers=1, engine="inline")
    for n in (30, 60):
        (tmp_path / str(n)).mkdir()
        textbooks(Textbooks(count=n), out=tmp_path / str(n), ctx=ctx)
    short, long = ([r.id for r in read_records(tmp_path / str(n))] for n in (30, 60))
    assert long[: len(short)] == short


def test_a_request_hash_depends_on_its_messages() -> None:
    first, second = plan.requests("exercise", 0, range(2))
    assert first.prompt_hash != second.prompt_hash
    assert (
        first.prompt_hash
        == Request(kind=first.kind, seed="other", slots={}, messages=first.messages).prompt_hash
    )
