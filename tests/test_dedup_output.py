"""What dedup writes: the rows as they were read, the same bytes as by way of records."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hornbook import pool
from hornbook.quality import dedup_output
from hornbook.quality.dedup_decisions import _ROW, Removals
from hornbook.quality.dedup_output import write_rows
from hornbook.record import SCHEMA, Exercise, Origin, Record, Rejected, read_records, write_shard
from hornbook.step import Context


def record(number: int) -> Record:
    text = f"def f_{number}():\n    return {number}\n"
    exercise = Exercise(prompt=text, solution="", entry_point=f"f_{number}", tests=("assert f() == 1",))
    origin = Origin(teacher="t", prompt_hash="p", slots={"b": 1, "a": number}, seed=str(number))
    return Record(
        text=text,
        kind="exercise" if number % 3 else "textbook",
        source="t",
        license="CC0-1.0",
        parents=("a",) * (number % 2),
        exercise=exercise if number % 3 else None,
        origin=origin if number % 4 else None,
        scores={"x": number / 7},
    )


def removals(is_gone: list[bool]) -> Removals:
    rows = np.zeros(sum(is_gone), dtype=_ROW)
    rows["position"], rows["jaccard"] = np.flatnonzero(is_gone), 0.9
    rows["reason"] = np.arange(len(rows)) % 2
    return Removals(rows)


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*.parquet"))}


@given(st.lists(st.booleans(), max_size=40), st.integers(1, 12))
def test_bytes_and_metrics_are_those_of_records_written_one_by_one(tmp_path_factory, is_gone, cut):
    tmp_path = tmp_path_factory.mktemp("rows")
    given_ = [record(number) for number in range(len(is_gone))]
    for number in range(0, len(given_), cut):
        write_shard(tmp_path / "a" / "records" / f"{number:05d}.parquet", given_[number : number + cut])
    gone = removals(is_gone)

    def stage(records):
        for at, one in enumerate(records):
            removal = gone.get(at)
            yield Rejected(one, "dedup", removal.reason, removal.detail) if removal else one

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pool, "RECORDS_PER_SHARD", 7)
        patch.setattr(dedup_output, "RECORDS_PER_SHARD", 7)
        wanted = pool.stream(stage, iter(given_), tmp_path / "records", Context())
        found = write_rows(gone, [tmp_path / "a"], tmp_path / "rows", Context(), total=len(given_))
    assert found == wanted
    assert files(tmp_path / "rows") == files(tmp_path / "records")


def test_columns_that_are_missing_are_written_empty(tmp_path):
    path = tmp_path / "a" / "records" / "00000.parquet"
    path.parent.mkdir(parents=True)
    write_shard(path, [record(1)])
    without = [name for name in SCHEMA.names if name not in ("journal_key", "parents")]
    pq.write_table(pq.read_table(path).select(without), path)
    write_rows(removals([False]), [tmp_path / "a"], tmp_path / "out", Context(), total=1)
    (kept,) = read_records(tmp_path / "out")
    assert (kept.text, kept.parents) == (record(1).text, ())
    assert pq.read_schema(tmp_path / "out" / "records" / "00000.parquet").equals(pa.schema(SCHEMA))
