"""The closed loop: what accepted records say, what a plan makes of it, and what the offline teacher heeds."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hornbook.curriculum.offline import OfflineTeacher
from hornbook.lessons import plan
from hornbook.lessons.exercise import Exercises, exercises
from hornbook.lessons.steering import AXES, Novelty, Steering
from hornbook.lessons.textbook import Textbooks, textbooks
from hornbook.quality.check import Check
from hornbook.quality.outline import outline_of
from hornbook.record import Origin, Record, read_records, read_rejected
from hornbook.step import Context


def inline() -> Context:
    return Context(workers=1, engine="inline")


def record(text: str, **slots: object) -> Record:
    origin = Origin(teacher="t", prompt_hash="", slots=slots, seed="0")
    return Record(text=text, kind="exercise", source="t", license="unknown", origin=origin)


def learnt(records: list[Record]) -> tuple[float, Steering]:
    novelty = Novelty()
    for one in records:
        novelty.add(one)
    return novelty.end_round(), novelty.steering()


SAME = 'def f(x):\n    """Return the same thing {0}."""\n    return x\n'
ALWAYS_NEW = 'def f(x):\n    """{1} things are {0} here."""\n    return {2}x\n'


def always_new(i: int) -> str:
    return ALWAYS_NEW.format(i, "abcdefghij"[i % 10] + "klmnopqrst"[i // 10], "not " * i)


def test_values_whose_records_are_new_weigh_more_than_those_that_repeat() -> None:
    records = [record(SAME.format(i), concept="dull", difficulty=1) for i in range(50)]
    records += [record(always_new(i), concept="fresh", difficulty=1) for i in range(50)]
    share, steering = learnt(records)
    assert share == pytest.approx((50 + 1) / 100, abs=0.03)
    concepts = steering.weights["concept"]
    assert concepts["fresh"] > 2 > 1 > concepts["dull"] >= 0.25
    assert steering.weights["difficulty"] == {"1": 1.0}


def test_of_equally_new_concepts_the_rarer_one_weighs_more() -> None:
    records = [record(always_new(i), concept="common" if i < 80 else "rare") for i in range(100)]
    concepts = learnt(records)[1].weights["concept"]
    assert 1.2 < concepts["rare"] / concepts["common"] < 4


def test_a_few_records_say_little() -> None:
    records = [record(always_new(i), concept="known") for i in range(60)]
    records += [record(SAME.format(i), concept="new") for i in range(2)]
    assert learnt(records)[1].weights["concept"]["new"] > 0.7


def test_openings_that_begin_too_many_records_are_banned_the_commonest_first() -> None:
    records = [record(SAME.format(i)) for i in range(30)]
    records += [record(f'def f(x):\n    """Say what it is {i}."""\n    return x\n') for i in range(20)]
    records += [record(always_new(i)) for i in range(50)]
    assert learnt(records)[1].banned == ("return the same", "say what it")
    assert learnt(records[:5])[1].banned == ()


@given(
    st.dictionaries(
        st.sampled_from(AXES),
        st.dictionaries(st.sampled_from(["1", "2", "sorting", "student"]), st.floats(0.25, 4)),
    ),
    st.sampled_from(["sorting", "sets"]),
)
def test_every_cell_keeps_a_bounded_weight(weights: dict[str, dict[str, float]], concept: str) -> None:
    steering = Steering(weights=weights, banned=("a b c",))
    weight = steering.weight({"concept": concept, "difficulty": 1, "audience": "student"})
    assert 0.25 <= weight <= 4 and weight <= steering.highest
    assert Steering.from_json(steering.to_json()) == steering


def test_a_plan_asks_more_for_heavier_cells_and_never_drops_a_light_one() -> None:
    weights = {"concept": {"recursion": 4.0, "sets": 0.25}, "audience": {"beginner": 2.0}}
    steering = Steering(weights=weights)
    for make in (plan.exercise_slots, plan.textbook_slots):
        plain, steered = (
            [make(0, i, steering=chosen) for i in range(6000)] for chosen in (Steering(), steering)
        )
        before, after = (Counter(slots["concept"] for slots in found) for found in (plain, steered))
        assert after["recursion"] > 2 * before["recursion"]
        assert 0 < after["sets"] < 0.6 * before["sets"]
        readers = Counter(slots["audience"] for slots in steered)
        assert readers["beginner"] > 1.5 * readers["student"] > 0


def test_steering_keeps_the_share_of_composed_programs() -> None:
    steering = Steering(weights={"form": {"composition": 4.0, "function": 0.25}})
    found = [plan.exercise_slots(0, i, steering=steering)["program"] for i in range(3000)]
    assert sum(found) / 3000 == pytest.approx(0.3, abs=0.03)


def test_bans_are_in_slots_and_prompts() -> None:
    steering = Steering(banned=("return the number", "given a list"))
    for kind in ("exercise", "textbook"):
        (request,) = plan.requests(kind, 0, [5], steering=steering)  # type: ignore[arg-type]
        assert request.slots["banned"] == ["return the number", "given a list"]
        assert '"return the number", "given a list"' in request.messages[0].content


def test_a_fixed_prompt_is_the_same_for_every_item_and_names_no_concept(tmp_path: Path) -> None:
    for kind in ("exercise", "textbook"):
        asked = list(plan.requests(kind, 0, range(20), fixed=True))  # type: ignore[arg-type]
        assert len({request.prompt_hash for request in asked}) == 1
        assert len({request.seed for request in asked}) == 20
    metrics = exercises(Exercises(count=20, diversity="fixed", check=None), out=tmp_path, ctx=inline())
    assert metrics["coverage"].keys() == {""}
    assert len({one.text for one in read_records(tmp_path)}) == 20


def test_the_offline_teacher_is_asked_again_where_it_begins_with_a_banned_opening(tmp_path: Path) -> None:
    exercises(Exercises(count=1500, check=None), out=tmp_path, ctx=inline())
    records = list(read_records(tmp_path))
    later = [one for one in records if one.origin and "banned" in one.origin.slots]
    assert len(later) > 400
    banned = {opening for one in later for opening in one.origin.slots["banned"]}  # type: ignore[union-attr]
    before = sum(outline_of(one).opening in banned for one in records[:1000]) / 1000
    assert sum(outline_of(one).opening in banned for one in later) / len(later) < 0.5 * before
    again = [one for one in later if one.origin and one.origin.seed.count("/") == 3]
    assert again, "no answer was replaced"
    for one in again[:5]:
        assert one.origin is not None
        (asked,) = plan.requests("exercise", 0, [0])
        same = replace(asked, seed=one.origin.seed, slots=one.origin.slots)
        (completion,) = OfflineTeacher().complete([same])
        assert one.exercise is not None and one.exercise.prompt in completion.text


@pytest.mark.parametrize("kind", ["exercise", "textbook"])
def test_records_are_the_same_with_processes_and_without(kind: str, tmp_path: Path) -> None:
    for name, ctx in (("a", inline()), ("b", Context(workers=2))):
        if kind == "exercise":
            exercises(Exercises(count=1100, check=None), out=tmp_path / name, ctx=ctx)
        else:
            textbooks(Textbooks(count=1100, check=None), out=tmp_path / name, ctx=ctx)
    first, second = (
        {str(path.relative_to(tmp_path / name)): path.read_bytes() for path in (tmp_path / name).rglob("*.*")}
        for name in "ab"
    )
    assert first == second and len(first) >= 9


def test_what_the_check_refuses_is_replaced_until_the_count_is_reached(tmp_path: Path) -> None:
    cfg = Exercises(count=60, check=Check(min_kill_rate=0.99, most_tests_added=0))
    metrics = exercises(cfg, out=tmp_path, ctx=inline())
    kept, refused = list(read_records(tmp_path)), list(read_rejected(tmp_path))
    assert len(kept) == metrics["num_kept"] == 60
    assert all(one.tags["checked"] for one in kept)
    assert refused and {one.stage for one in refused} == {"check"}
    assert metrics["outcomes"]["exercise"]["pass"] == 60
    assert sum(metrics["outcomes"]["exercise"].values()) == metrics["num_in"] == 60 + len(refused)
