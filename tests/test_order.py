"""The curriculum's graph has no circle, and the order stage puts nothing before what it builds on."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hornbook.curriculum.concepts import CONCEPTS, Concept
from hornbook.curriculum.graph import levels, teaching_order
from hornbook.quality import order as module
from hornbook.quality.order import Order, order
from hornbook.record import Record, read_records, write_shard
from hornbook.step import Context, Metrics


def concept(name: str, *before: str) -> Concept:
    return Concept(name=name, difficulty=1, prerequisites=before, sentence="", reasons=(), mistake="")


def record(number: int, **tags: str) -> Record:
    return Record(text=f"text {number}", kind="textbook", source="t", license="CC0-1.0", tags=tags)


def ordered(tmp_path: Path, *parts: list[Record]) -> tuple[list[Record], Metrics]:
    for number, part in enumerate(parts):
        write_shard(tmp_path / "in" / "records" / f"{number:05}.parquet", part)
    metrics = order(Order(), records=tmp_path / "in", out=tmp_path / "out", ctx=Context(workers=1))
    return list(read_records(tmp_path / "out")), metrics


def test_every_concept_comes_after_what_it_builds_on() -> None:
    place = {name: i for i, name in enumerate(teaching_order())}
    for one in CONCEPTS.values():
        assert all(place[before] < place[one.name] for before in one.prerequisites)


def test_a_circle_of_concepts_is_named() -> None:
    with pytest.raises(ValueError, match="a > b > a|b > a > b"):
        levels({"a": concept("a", "b"), "b": concept("b", "a")})


def test_a_prerequisite_that_is_no_concept_is_named() -> None:
    with pytest.raises(ValueError, match="'a' builds on 'juggling'"):
        levels({"a": concept("a", "juggling")})


def test_records_are_ordered_by_level_then_difficulty_and_else_stay(tmp_path: Path) -> None:
    hard = record(0, concept="dynamic_programming", difficulty="4")
    easy = [record(i, concept="arithmetic", difficulty="1") for i in (1, 2)]
    less_easy = record(3, concept="arithmetic", difficulty="2")
    code = record(4)
    found, metrics = ordered(tmp_path, [code, hard, less_easy], [easy[0], easy[1]])
    assert [r.text for r in found] == ["text 1", "text 2", "text 3", "text 0", "text 4"]
    assert metrics["levels"]["none"] == 1
    assert metrics["steps_back"] == 3


def test_nothing_is_lost_whatever_the_size_of_shards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "RECORDS_PER_SHARD", 7)
    monkeypatch.setattr(module, "_SHARDS_AT_ONCE", 2)
    names = list(CONCEPTS)
    records = [record(i, concept=names[i * 17 % len(names)], difficulty=str(1 + i % 5)) for i in range(60)]
    found, metrics = ordered(tmp_path, records[:10], records[10:11], records[11:])
    assert sorted(r.id for r in found) == sorted(r.id for r in records)
    assert metrics["num_kept"] == 60
    level = levels()
    keys = [(level[r.tags["concept"]], int(r.tags["difficulty"])) for r in found]
    assert keys == sorted(keys)


def test_no_records_give_no_records(tmp_path: Path) -> None:
    assert ordered(tmp_path, [])[0] == []


@settings(max_examples=30)
@given(st.lists(st.tuples(st.sampled_from(sorted(CONCEPTS)), st.integers(1, 5)), max_size=30))
def test_ordering_twice_is_ordering_once(tmp_path_factory: Any, drawn: list[tuple[str, int]]) -> None:
    records = [record(i, concept=name, difficulty=str(d)) for i, (name, d) in enumerate(drawn)]
    once, _ = ordered(tmp_path_factory.mktemp("a"), records)
    twice, metrics = ordered(tmp_path_factory.mktemp("b"), once)
    assert [r.id for r in once] == [r.id for r in twice]
    assert metrics["steps_back"] == 0


def test_a_difficulty_in_words_or_beyond_all_bounds_is_no_reason_to_stop(tmp_path: Path) -> None:
    found, _ = ordered(
        tmp_path,
        [
            record(0, concept="arithmetic", difficulty="9999"),
            record(1, concept="arithmetic", difficulty="hard"),
            record(2, concept="arithmetic", difficulty="1"),
        ],
    )
    assert [r.text for r in found] == ["text 1", "text 2", "text 0"]


def test_shards_without_records_are_passed_over(tmp_path: Path) -> None:
    one, two = record(0, concept="arithmetic"), record(1, concept="arithmetic")
    found, metrics = ordered(tmp_path, [], [one], [], [], [two], [])
    assert found == [one, two]
    assert metrics["num_in"] == 2
