"""Rounds: what is asked for and accepted does not depend on the count, on interruptions or on who is fast."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hornbook.errors import QualityGate
from hornbook.lessons import rounds
from hornbook.lessons.answer import Drafts
from hornbook.lessons.exercise import Exercises
from hornbook.lessons.guard import Guard
from hornbook.lessons.plan import exercise_slots
from hornbook.lessons.rounds import Item, Result, Rounds
from hornbook.record import Origin, Record, Rejected, read_records, read_rejected
from hornbook.step import Metrics

SMALL = 7
"""Items of a round in these tests."""
OPENINGS = ("Return the sum", "Count all items", "Say whether any", "Find what is")
EXPRESSIONS = ("xs", "len(xs)", "sum(x * x for x in xs)", "[x for x in xs if x]", "xs[0] if xs else {}")


@dataclass(kw_only=True)
class World:
    """A teacher whose answers depend on the request alone, and a check: both fail at `failing` of 100 items."""

    failing: int
    ahead: int = 5
    """Most items that are asked for before their turn."""
    dies_after: int = 10**9
    """Drafts after which somebody kills the step."""
    asked: dict[int, str] = field(default_factory=dict)
    """Slots by index."""

    def drafts(self, wanted: Iterator[Item | None]) -> Iterator[Result]:
        under_way: list[Item] = []
        for number in range(self.dies_after + 1):
            while len(under_way) < self.ahead and (item := next(wanted, None)) is not None:
                slots = exercise_slots(0, item.index, steering=item.steering)
                self.asked[item.index] = repr(slots)
                under_way.append(item)
            if not under_way:
                return
            if number == self.dies_after:
                raise KeyboardInterrupt
            yield self.draft(under_way.pop(0))

    def draft(self, item: Item) -> Result:
        slots = exercise_slots(0, item.index, steering=item.steering)
        draws = random.Random(f"{item.index} {slots}")
        name = "".join(draws.choices("abcdefghij", k=draws.choice((1, 9))))
        text = f'def f(xs):\n    """{draws.choice(OPENINGS)} {name}."""\n    return {draws.choice(EXPRESSIONS)}\n'
        origin = Origin(teacher="t", prompt_hash="", slots=slots, seed=str(item.index))
        record = Record(text=text, kind="exercise", source="t", license="unknown", origin=origin)
        fails = draws.randrange(100) < self.failing
        return Rejected(record, "exercises", "malformed_answer") if fails else record

    def examine(self, records: Sequence[Record]) -> Iterator[Result]:
        for record in records:
            fails = random.Random(f"check {record.text}").randrange(100) < self.failing
            yield Rejected(record, "check", "tests_failed") if fails else record


def step(world: World, count: int, out: Path, least: float = 0.0, **settings: object) -> Metrics:
    """Run a step's rounds as `accept` does."""
    with mock.patch.object(rounds, "ROUND", SMALL), mock.patch.object(rounds, "_FIRST", 3):
        cfg: Drafts = Exercises(count=count, most_asked=30.0, **settings)  # type: ignore[arg-type]
        guard = Guard(most=20, least_read=least, later=SMALL, did="were accepted")
        state = Rounds(cfg, "exercises", out, log.append, guard)
        waiting: list[Result] = []
        for draft in world.drafts(state.wanted()):
            waiting.append(draft)
            if state.are_due(len(waiting)):
                state.decide(waiting, world.examine)
                waiting = []
        return state.finish()


log: list[str] = []


def files(out: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(out)): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()
    }


counts, failings = st.integers(1, 60), st.integers(0, 60)


@settings(deadline=None, max_examples=25)
@given(counts, st.integers(1, 30), failings, st.integers(1, 40), st.integers(1, 40))
def test_a_longer_step_begins_with_the_requests_and_records_of_a_shorter_one(
    count: int, more: int, failing: int, ahead: int, other: int
) -> None:
    short, long = World(failing=failing, ahead=ahead), World(failing=failing, ahead=other)
    with tempfile.TemporaryDirectory() as folder:
        first, second = Path(folder, "short"), Path(folder, "long")
        step(short, count, first)
        step(long, count + more, second)
        kept, later = (list(read_records(out)) for out in (first, second))
    assert (len(kept), len(later)) == (count, count + more)
    assert later[:count] == kept
    assert dict(islice(long.asked.items(), len(short.asked))) == short.asked


@settings(deadline=None, max_examples=25)
@given(counts, failings, st.integers(1, 40))
def test_nothing_is_asked_beyond_the_last_record_that_is_wanted(count: int, failing: int, ahead: int) -> None:
    world = World(failing=failing, ahead=ahead)
    with tempfile.TemporaryDirectory() as folder:
        metrics = step(world, count, Path(folder))
        last = list(read_records(Path(folder)))[-1]
        seen = metrics["num_kept"] + len(list(read_rejected(Path(folder))))
    assert last.origin is not None and int(last.origin.seed) == len(world.asked) - 1
    assert metrics["num_in"] == len(world.asked) == seen
    assert sum(one["accepted"] for one in metrics["rounds"]) == count
    assert [one["asked"] for one in metrics["rounds"][:-1]] == [SMALL] * (len(metrics["rounds"]) - 1)


@settings(deadline=None, max_examples=25)
@given(counts, failings, st.lists(st.tuples(st.integers(0, 40), st.integers(1, 40)), max_size=5))
def test_kills_at_any_draft_change_neither_requests_nor_files(
    count: int, failing: int, kills: list[tuple[int, int]]
) -> None:
    whole = World(failing=failing)
    with tempfile.TemporaryDirectory() as folder:
        one, other = Path(folder, "whole"), Path(folder, "killed")
        expected = step(whole, count, one)
        for dies_after, ahead in kills:
            killed = World(failing=failing, ahead=ahead, dies_after=dies_after)
            try:
                step(killed, count, other)
            except KeyboardInterrupt:
                assert killed.asked.items() <= whole.asked.items()
        last = World(failing=failing)
        assert step(last, count, other) == expected
        assert last.asked.items() <= whole.asked.items()
        assert files(other) == files(one)


def test_a_round_asks_by_what_was_accepted_two_rounds_before_and_says_so_on_disk(tmp_path: Path) -> None:
    world = World(failing=20, ahead=100)
    with mock.patch("hornbook.lessons.steering._FEWEST_OVERUSED", 2):
        step(world, 60, tmp_path)
    written = sorted(path.name for path in (tmp_path / "steering").iterdir())
    assert written[0] == "00002.json"
    asked = [world.asked[i] for i in sorted(world.asked)]
    assert all("banned" not in slots for slots in asked[: 2 * SMALL])
    assert all("'banned': ['" in slots for slots in asked[3 * SMALL :])
    plain = [repr(exercise_slots(0, i)) for i in range(len(asked))]
    assert asked[: 2 * SMALL] == plain[: 2 * SMALL] and asked[2 * SMALL :] != plain[2 * SMALL :]


@pytest.mark.parametrize("diversity", ["slots", "fixed"])
def test_without_the_loop_the_plan_stays_as_it_is(diversity: str, tmp_path: Path) -> None:
    world = World(failing=20)
    step(world, 60, tmp_path, diversity=diversity)
    assert [world.asked[i] for i in sorted(world.asked)] == [repr(exercise_slots(0, i)) for i in world.asked]
    assert not (tmp_path / "steering").exists()


def test_copies_are_not_counted_and_say_what_they_copy(tmp_path: Path) -> None:
    metrics = step(World(failing=0), 100, tmp_path)
    records = {record.id for record in read_records(tmp_path)}
    assert len(records) == 100
    copies = [one for one in read_rejected(tmp_path) if one.reason == "exact_duplicate"]
    assert copies and all(one.record.id in records for one in copies)
    assert metrics["reasons"]["exact_duplicate"] == len(copies)


def test_a_step_that_cannot_reach_its_count_stops_with_reasons_and_samples(tmp_path: Path) -> None:
    world = World(failing=100)
    with pytest.raises(QualityGate) as stopped:
        step(world, 3, tmp_path)
    assert "0 of 3 records are accepted, and 90 were asked for" in str(stopped.value)
    assert "(90 malformed_answer)" in str(stopped.value)
    assert str(stopped.value).count("--- malformed_answer") == 3
    assert len(world.asked) == 90


def test_the_guard_stops_on_acceptance_and_not_on_readability_alone(tmp_path: Path) -> None:
    world = World(failing=0)
    with (
        mock.patch.object(
            world, "examine", lambda records: (Rejected(r, "check", "timeout") for r in records)
        ),
        pytest.raises(
            QualityGate, match=r"of the first 20 answers 0 were accepted \(20 timeout\)"
        ) as stopped,
    ):
        step(world, 1000, tmp_path, least=0.2)
    assert str(stopped.value).count("--- timeout") == 3
    assert len(world.asked) < 40


def test_low_novelty_warns_or_stops(tmp_path: Path) -> None:
    log.clear()
    step(World(failing=0), 40, tmp_path / "a", least_novelty=0.9)
    assert "round 0: the novelty of the accepted records is 0." in log[0]
    with pytest.raises(QualityGate, match="less than 0.9 .least_novelty.*are accepted. Ask for fewer"):
        step(World(failing=0), 40, tmp_path / "b", least_novelty=0.9, low_novelty="stop")
