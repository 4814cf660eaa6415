from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from data_recipe import Config, Odd, make_odd
from hypothesis import given
from hypothesis import strategies as st

from hornbook.errors import LostRecord
from hornbook.pool import Stage, map_here, map_shards, stream
from hornbook.record import Record, Rejected, read_records, read_rejected, shards, write_shard
from hornbook.step import Context, Progress

INLINE = Context(engine="inline", workers=1)


class Nothing(Config):
    pass


def code(number: int) -> Record:
    return Record(text=f"x = {number}\n", kind="code", source="a.py", license="MIT")


def write_input(folder: Path, numbers: list[int], per_shard: int = 4) -> list[Path]:
    for i, start in enumerate(range(0, len(numbers), per_shard)):
        chosen = [code(n) for n in numbers[start : start + per_shard]]
        write_shard(folder / "records" / f"{i:05d}.parquet", chosen)
    return shards(folder)


@given(numbers=st.lists(st.integers(0, 30), min_size=1, max_size=20))
def test_a_filter_keeps_or_rejects_every_record(tmp_path_factory, numbers: list[int]) -> None:
    folder = tmp_path_factory.mktemp("pool")
    metrics = map_shards(
        make_odd, Odd(seconds_per_shard=0), write_input(folder / "in", numbers), folder / "out", INLINE
    )
    kept, rejected = list(read_records(folder / "out")), list(read_rejected(folder / "out"))
    assert metrics["num_in"] == len(numbers) == len(kept) + len(rejected)
    assert sorted([r.id for r in kept] + [r.record.id for r in rejected]) == sorted(
        code(n).id for n in numbers
    )
    assert all((r.stage, r.reason) == ("odd", "divisible") for r in rejected)


def swallowing(cfg: Nothing) -> Stage:
    def stage(records: Iterator[Record]) -> Iterable[Record]:
        return (record for record in records if "7" not in record.text)

    return stage


def test_a_stage_that_swallows_a_record_is_stopped(tmp_path: Path) -> None:
    with pytest.raises(LostRecord, match="1 records were neither kept nor rejected"):
        map_shards(swallowing, Nothing(), write_input(tmp_path / "in", [1, 7]), tmp_path / "out", INLINE)
    with pytest.raises(LostRecord):
        stream(swallowing(Nothing()), [code(1), code(7)], tmp_path / "stream", INLINE)


def test_an_error_in_a_worker_process_reaches_the_caller(tmp_path: Path) -> None:
    ctx = Context(engine="processes", workers=2)
    paths = write_input(tmp_path / "in", [1, 2, 3, 4, 5, 7])
    with pytest.raises(LostRecord):
        map_shards(swallowing, Nothing(), paths, tmp_path / "out", ctx)


def splitting(cfg: Nothing) -> Stage:
    def stage(records: Iterator[Record]) -> Iterable[Record | Rejected]:
        for record in records:
            number = int(record.text.split()[-1])
            if number == 0:
                yield Rejected(record, "splitting", "nothing_in_it")
            for part in range(number):
                yield replace(record, text=f"part = {part}\n", parents=(record.id,))

    return stage


def test_a_splitter_records_parents_and_rejects_what_gives_nothing(tmp_path: Path) -> None:
    map_shards(splitting, Nothing(), write_input(tmp_path / "in", [0, 2]), tmp_path / "out", INLINE)
    assert [r.parents for r in read_records(tmp_path / "out")] == [(code(2).id,)] * 2
    assert [r.record.id for r in read_rejected(tmp_path / "out")] == [code(0).id]


def test_a_finished_shard_is_never_done_again(tmp_path: Path) -> None:
    paths = write_input(tmp_path / "in", list(range(12)))
    map_shards(make_odd, Odd(seconds_per_shard=0), paths, tmp_path / "out", INLINE)
    (tmp_path / "out" / "counts" / "00001.json").unlink()
    before = {p: p.stat().st_ino for p in (tmp_path / "out" / "records").glob("*")}
    map_shards(make_odd, Odd(seconds_per_shard=0), paths, tmp_path / "out", INLINE)
    again = {p.name for p, inode in before.items() if p.stat().st_ino != inode}
    assert again == {"00001.parquet"}


def test_progress_counts_up_to_the_number_of_shards(tmp_path: Path) -> None:
    seen: list[Progress] = []
    ctx = Context(engine="inline", workers=1, progress=seen.append)
    map_shards(
        make_odd,
        Odd(seconds_per_shard=0),
        write_input(tmp_path / "in", list(range(12))),
        tmp_path / "out",
        ctx,
    )
    assert [(p.done, p.total) for p in seen] == [(0, 3), (1, 3), (2, 3), (3, 3)]


def test_a_stage_of_this_process_goes_on_and_says_how_far_it_is(tmp_path: Path) -> None:
    given, stage = (
        write_input(tmp_path / "in", [0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 13]),
        make_odd(Odd(seconds_per_shard=0)),
    )
    whole = map_here(stage, given, tmp_path / "whole", INLINE)
    heard: list[float] = []
    map_here(stage, given[:1], tmp_path / "out", INLINE)
    # What a killed attempt wrote without a marker counts for nothing.
    write_shard(
        tmp_path / "out" / "rejected" / "00001.parquet", [Rejected(code(5), "odd", "x")], rejected=True
    )
    ctx = replace(INLINE, progress=lambda progress: heard.append(progress.done))
    assert map_here(stage, given, tmp_path / "out", ctx) == whole
    assert heard == [1, 2, 3]
    for read in (read_records, read_rejected):
        assert list(read(tmp_path / "out")) == list(read(tmp_path / "whole"))


def test_stream_writes_an_empty_shard_when_nothing_is_kept(tmp_path: Path) -> None:
    def refuse(records: Iterator[Record]) -> Iterable[Rejected]:
        return (Rejected(record, "refuse", "always") for record in records)

    metrics = stream(refuse, [code(1)], tmp_path, INLINE)
    assert metrics == {"num_in": 1, "num_kept": 0, "num_rejected": 1, "reasons": {"always": 1}}
    assert list(read_records(tmp_path)) == [] and len(shards(tmp_path)) == 1
