"""Asking again for what cannot be read: bounded, in order, with what was wrong, and paid for once."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import pytest
from asking_records import ASKED_AGAIN, EXERCISE
from fake_server import Served, serving
from hypothesis import given
from hypothesis import strategies as st
from served_lessons import access

from hornbook.errors import BudgetExceeded, QualityGate
from hornbook.lessons.answer import Asked, Malformed, origin
from hornbook.lessons.exercise import Exercises, exercises
from hornbook.lessons.reasking import Ask, read_answers
from hornbook.record import Record, Rejected, read_records, read_rejected
from hornbook.step import Context
from hornbook.teacher.budget import Budget
from hornbook.teacher.protocol import Completion, Message, Request


@dataclass
class Scripted:
    """A teacher whose answer to question `i` can be read at its `good[i]`-th time; it draws `ahead` requests."""

    good: Sequence[int]
    ahead: int = 1
    name: str = "scripted"
    asked: list[Request] = field(default_factory=list)

    def complete(self, requests: Iterable[Request]) -> Iterator[Completion]:
        waiting: list[Request] = []
        source = iter(requests)
        while True:
            while len(waiting) < self.ahead and (request := next(source, None)) is not None:
                waiting.append(request)
            if not waiting:
                return
            request = waiting.pop(0)
            self.asked.append(request)
            number, times = int(request.messages[0].content), len(request.messages) // 2
            text = f"{number}: good" if times >= self.good[number] else f"{number}: bad {times}"
            yield Completion(request=request, text=text, finish="stop")


def read(completion: Completion, teacher: str) -> Record:
    if "bad" in completion.text:
        raise Malformed(f"it says {completion.text}")
    return Record(
        text=completion.text, kind="textbook", source=teacher, license="x", origin=origin(completion, teacher)
    )


def asks(number: int) -> Iterator[Ask]:
    for i in range(number):
        messages = (Message(role="user", content=str(i)),)
        yield Ask(request=Request(kind="textbook", seed=str(i), slots={}, messages=messages), read=read)


@given(st.lists(st.integers(0, 4), max_size=30), st.integers(0, 3), st.integers(1, 40))
def test_results_come_in_order_and_nothing_is_asked_more_often_than_allowed(
    good: list[int], most: int, ahead: int
) -> None:
    teacher = Scripted(good, ahead)
    seen: list[Record | Rejected] = []
    results = list(read_answers(teacher, asks(len(good)), "s", most_reasks=most, look=seen.append))
    assert len(results) == len(seen) == len(good)
    for number, (result, needed) in enumerate(zip(results, good, strict=True)):
        record = result.record if isinstance(result, Rejected) else result
        assert record.text.startswith(f"{number}: ")
        assert isinstance(result, Record) == (needed <= most)
        assert record.tags.get("reasked_s", "0") == str(min(needed, most))
    assert len(teacher.asked) == sum(1 + min(needed, most) for needed in good)


def test_a_second_question_is_the_whole_conversation_with_what_was_wrong() -> None:
    teacher = Scripted([2])
    (result,) = read_answers(teacher, asks(1), "s", most_reasks=2)
    assert isinstance(result, Record)
    roles = [[message.role for message in request.messages] for request in teacher.asked]
    assert roles == [
        ["user"],
        ["user", "assistant", "user"],
        ["user", "assistant", "user"] + ["assistant", "user"],
    ]
    last = teacher.asked[2].messages
    assert [m.content for m in last[:2]] == ["0", "0: bad 0"]
    assert last[2].content.startswith(f"{ASKED_AGAIN}: it says 0: bad 0.")
    assert result.origin is not None and result.origin.prompt_hash == teacher.asked[2].prompt_hash


def test_a_follow_up_waits_only_for_what_is_on_its_way_and_not_for_the_end_of_the_plan() -> None:
    teacher = Scripted([1] * 1000, ahead=4)
    first = list(islice(read_answers(teacher, asks(1000), "s", most_reasks=1), 3))
    assert all(isinstance(result, Record) for result in first)
    assert len(teacher.asked) < 20


@pytest.fixture(scope="module")
def running() -> Iterator[Served]:
    with serving() as served:
        yield served


@pytest.fixture
def server(running: Served, tmp_path: Path) -> Served:
    running.set(table="", rules="", tokens=5, latency=0.0)
    return running


def inline(lent: object) -> Context:
    return Context(workers=1, engine="inline", access=lent)  # type: ignore[arg-type]


def rules(server: Served, folder: Path, first: str, again: str, about: str = "You write programming") -> None:
    """Let the server give these answers, and a right one to what is not about `about`."""
    path = folder / "rules.json"
    path.write_text(json.dumps([(ASKED_AGAIN, again), (about, first), ("You write programming", EXERCISE)]))
    server.set(table="", rules=str(path), tokens=100)


def test_what_was_mended_is_kept_counted_and_paid_for_once(server: Served, tmp_path: Path) -> None:
    rules(server, tmp_path, "I cannot do that.", EXERCISE)
    lent = access(server, tmp_path, least_read=0.0)
    cfg = Exercises(count=30, teacher=Asked.of(lent.endpoint))
    metrics = exercises(cfg, out=tmp_path / "a", ctx=inline(lent))
    assert (metrics["num_kept"], metrics["calls"]) == (30, 60)
    assert (metrics["reasked"], metrics["reasked_read"]) == (30, 30)
    records = list(read_records(tmp_path / "a"))
    assert {record.tags["reasked_exercises"] for record in records} == {"1"}
    assert len({record.origin.journal_key for record in records if record.origin}) == 30
    again = exercises(cfg, out=tmp_path / "b", ctx=inline(lent))
    assert (again["calls"], server.counts()["requests"]) == (0, 60)
    assert [r.id for r in read_records(tmp_path / "b")] == [r.id for r in records]


def test_a_dial_of_zero_asks_nothing_again(server: Served, tmp_path: Path) -> None:
    rules(server, tmp_path, "no", EXERCISE, about="somebody who solves puzzles")
    lent = access(server, tmp_path, least_read=0.0)
    cfg = Exercises(count=10, teacher=Asked.of(lent.endpoint), reasks=0)
    metrics = exercises(cfg, out=tmp_path / "a", ctx=inline(lent))
    assert metrics["num_kept"] == 10 and metrics["reasons"]["malformed_answer"] > 0
    assert (metrics["reasked"], server.counts()["requests"]) == (0, metrics["num_in"])


def test_what_fails_twice_is_rejected_and_says_so(server: Served, tmp_path: Path) -> None:
    rules(server, tmp_path, "no", "still no", about="somebody who solves puzzles")
    lent = access(server, tmp_path, least_read=0.0)
    metrics = exercises(Exercises(count=10, teacher=Asked.of(lent.endpoint)), out=tmp_path, ctx=inline(lent))
    assert metrics["reasons"].keys() == {"malformed_answer"}
    assert (metrics["reasked"], metrics["reasked_read"]) == (metrics["num_rejected"], 0)
    assert {one.record.text for one in read_rejected(tmp_path)} == {"still no"}


def test_the_guard_looks_at_first_answers_before_much_is_paid(server: Served, tmp_path: Path) -> None:
    rules(server, tmp_path, "no", "no")
    lent = access(server, tmp_path)
    cfg = Exercises(count=2000, teacher=Asked.of(lent.endpoint), reasks=3)
    with pytest.raises(QualityGate, match="of the first 60 answers 0 could be read"):
        exercises(cfg, out=tmp_path / "a", ctx=inline(lent))
    assert server.counts()["requests"] < 400


def test_second_questions_count_in_the_budget(server: Served, tmp_path: Path) -> None:
    rules(server, tmp_path, "no", EXERCISE)
    lent = access(server, tmp_path, Budget(max_calls=45), least_read=0.0)
    cfg = Exercises(count=30, teacher=Asked.of(lent.endpoint))
    with pytest.raises(BudgetExceeded):
        exercises(cfg, out=tmp_path / "a", ctx=inline(lent))
    assert server.counts()["requests"] == 45
    more = access(server, tmp_path, least_read=0.0)
    metrics = exercises(cfg, out=tmp_path / "a", ctx=inline(more))
    assert (metrics["num_kept"], server.counts()["requests"]) == (30, 60)
