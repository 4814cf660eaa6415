"""A source that is read once: equal shards whatever the workers, and nothing done twice or lost."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hornbook.batches import map_batches
from hornbook.errors import LostRecord
from hornbook.record import Record, Rejected, read_records, read_rejected, shards
from hornbook.step import Config, Context, Progress

INLINE = Context(workers=1, engine="inline")
seen: list[str] = []


class Settings(Config):
    swallow: str = ""


def make_stage(cfg: Settings):  # type: ignore[no-untyped-def]
    def stage(items: Iterator[Record | Rejected]) -> Iterable[Record | Rejected]:
        for item in items:
            record = item.record if isinstance(item, Rejected) else item
            seen.append(record.text)
            if record.text == cfg.swallow:
                continue
            if isinstance(item, Record) and item.text.endswith("7"):
                yield Rejected(item, "test", "seven")
            else:
                yield item

    return stage


def record(text: object) -> Record:
    return Record(text=str(text), kind="code", source="test", license="MIT")


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*.parquet"))}


def test_shards_are_equal_whatever_the_workers(tmp_path: Path) -> None:
    items = [record(i) for i in range(2500)]
    for name, ctx in (("one", INLINE), ("two", Context(workers=2))):
        metrics = map_batches(make_stage, Settings(), iter(items), tmp_path / name, ctx)
        assert metrics == {"num_in": 2500, "num_kept": 2250, "num_rejected": 250, "reasons": {"seven": 250}}
    assert files(tmp_path / "one") == files(tmp_path / "two")
    assert len(shards(tmp_path / "one")) == 3


def test_an_interrupted_attempt_goes_on_and_works_again_on_what_has_changed(tmp_path: Path) -> None:
    items = [record(i) for i in range(3500)]

    def broken() -> Iterator[Record]:
        yield from items[:2200]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        map_batches(make_stage, Settings(), broken(), tmp_path / "out", INLINE)
    items[1500] = record("changed")
    seen.clear()
    map_batches(make_stage, Settings(), iter(items), tmp_path / "out", INLINE)
    assert seen == [r.text for r in items[1000:]]
    map_batches(make_stage, Settings(), iter(items), tmp_path / "anew", INLINE)
    assert files(tmp_path / "out") == files(tmp_path / "anew")


def test_shards_of_a_source_that_has_become_shorter_go(tmp_path: Path) -> None:
    map_batches(make_stage, Settings(), map(record, range(2500)), tmp_path, INLINE)
    metrics = map_batches(make_stage, Settings(), map(record, range(900)), tmp_path, INLINE)
    assert metrics["num_in"] == 900
    assert [r.text for r in read_records(tmp_path)] == [str(i) for i in range(900) if i % 10 != 7]


def test_long_texts_make_short_batches(tmp_path: Path) -> None:
    map_batches(
        make_stage, Settings(), (record(f"{i}" + "x" * 3_000_000) for i in range(5)), tmp_path, INLINE
    )
    assert [sum(1 for _ in read_records(shard)) for shard in shards(tmp_path)] == [3, 2]


def test_a_swallowed_record_ends_the_work(tmp_path: Path) -> None:
    with pytest.raises(LostRecord, match="neither kept nor rejected"):
        map_batches(make_stage, Settings(swallow="5"), map(record, range(10)), tmp_path, INLINE)


def test_progress_counts_what_is_done(tmp_path: Path) -> None:
    told: list[Progress] = []
    ctx = Context(workers=1, engine="inline", progress=told.append)
    map_batches(make_stage, Settings(), map(record, range(1500)), tmp_path, ctx, total=1500, unit="files")
    assert [(p.done, p.total, p.unit) for p in told] == [(1000, 1500, "files"), (1500, 1500, "files")]


@given(items=st.lists(st.tuples(st.integers(0, 30), st.booleans()), max_size=30))
def test_every_item_is_kept_or_rejected(
    items: list[tuple[int, bool]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    out = tmp_path_factory.mktemp("out")
    given_ = [Rejected(record(n), "source", "bad") if bad else record(n) for n, bad in items]
    map_batches(make_stage, Settings(), given_, out, INLINE)
    kept = [r.text for r in read_records(out)] if shards(out) else []
    refused = [r.record.text for r in read_rejected(out)]
    assert sorted(kept + refused) == sorted(str(n) for n, _ in items)
