"""Turns in a set that deepens: prefix-stable, every family in turn, deeper as it goes on."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hornbook.curriculum.continued import can_continue
from hornbook.curriculum.families import TAUGHT, concepts_taught
from hornbook.lessons import plan
from hornbook.lessons.deepening import rank


def _slots(count: int, seed: int = 0, **options: float) -> list[dict[str, object]]:
    return [plan.exercise_slots(seed, i, deepen=1, **options) for i in range(count)]  # type: ignore[arg-type]


@given(st.integers(0, 10_000), st.integers(0, 300_000))
def test_a_turn_depends_on_seed_and_index_alone(seed: int, index: int) -> None:
    assert plan.exercise_slots(seed, index, deepen=1) == plan.exercise_slots(seed, index, deepen=1)


@pytest.mark.parametrize("seed", [0, 1])
def test_every_family_and_every_concept_is_asked_for_among_the_first_four_thousand(seed: int) -> None:
    slots = _slots(4_000, seed)
    assert {s["family"] for s in slots if "family" in s} == {family.name for family in TAUGHT}
    assert {s["concept"] for s in slots} >= set(concepts_taught())


def test_families_have_about_as_many_turns_as_each_other() -> None:
    further = {family.name for family in TAUGHT if can_continue(family)}
    turns = Counter(s["family"] for s in _slots(20_000) if "family" in s)
    counts = [turns[name] for name in further]
    assert max(counts) - min(counts) <= 3
    assert all(turns[family.name] == 2 for family in TAUGHT if family.name not in further)


def test_a_family_that_cannot_go_on_is_asked_for_as_it_is() -> None:
    able = {family.name for family in TAUGHT if can_continue(family)}
    assert all(s["family"] in able for s in _slots(4_000) if "family" in s and "depth" in s)


@pytest.mark.parametrize("share", [0.0, 0.3, 1.0])
def test_the_share_of_programs_is_what_was_asked_for(share: float) -> None:
    slots = _slots(1_000, programs=share)
    assert abs(sum(bool(s["program"]) for s in slots) - 1_000 * share) <= 1


def test_a_small_breadth_is_kept() -> None:
    first = {family.name for family in TAUGHT[:12]}
    assert {s["family"] for s in _slots(300, breadth=12) if "family" in s} == first


def test_later_items_are_deeper_and_the_first_ones_mostly_plain() -> None:
    depths = [int(str(s.get("depth", 0))) for s in _slots(60)]
    late = [int(str(plan.exercise_slots(0, i, deepen=1).get("depth", 0))) for i in range(100_000, 100_400)]
    assert sum(depths) / 60 < 0.5
    assert sum(late) / 400 > 2


@given(st.integers(0, 10_000), st.floats(0, 1))
def test_the_items_that_may_go_deeper_have_their_share_and_are_numbered_without_gaps(
    seed: int, share: float
) -> None:
    ranks = [place for i in range(400) if (place := rank(seed, i, share)) is not None]
    assert ranks == list(range(len(ranks)))
    assert abs(len(ranks) - 400 * share) <= 1


def test_with_a_share_the_others_are_asked_for_as_in_a_plain_set() -> None:
    for i in range(200):
        if rank(3, i, 0.5) is None:
            assert plan.exercise_slots(3, i, deepen=0.5) == plan.exercise_slots(3, i)
    half = [plan.exercise_slots(3, i, deepen=0.5) for i in range(20_000, 20_400)]
    assert 0.35 < sum("depth" in asked for asked in half) / len(half) <= 0.51
