"""What dedup writes: every row as it was read, in columns, in one of two places.

The second pass over the data set looks at no record: to make objects of rows, and rows of objects again,
took longer than to compare them all.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from hornbook.pool import RECORDS_PER_SHARD
from hornbook.quality.dedup_decisions import Removal, Removals
from hornbook.record import REJECTED_SCHEMA, SCHEMA, flat_row, record_of, shards, write_table
from hornbook.step import Context, Metrics, Progress

STAGE = "dedup"


def write_rows(
    removals: Removals, sources: Sequence[Path], out: Path, ctx: Context, *, total: int
) -> Metrics:
    """Write the rows of all sources, `total` of them, to `out`: those that go with the reason and the evidence.

    Removals count positions in the order of the sources. Metrics: `num_in`, `num_kept`, `num_rejected`, `reasons`.
    What an earlier attempt wrote is replaced. Raises OSError when the disk is full.
    """
    for part in ("records", "rejected"):
        if (out / part).exists():
            shutil.rmtree(out / part)
    kept, rejected = _Shards(out / "records", SCHEMA), _Shards(out / "rejected", REJECTED_SCHEMA)
    done = 0
    for rows in _tables(sources):
        gone = removals.between(done, done + len(rows))
        is_gone = np.zeros(len(rows), dtype=np.bool_)
        is_gone[[position - done for position in gone]] = True
        for start, end in _pieces(is_gone, kept.room, rejected.room):
            piece, which = rows.slice(start, end - start), is_gone[start:end]
            kept.add(piece.filter(~which))
            evidence = [removal for at, removal in gone.items() if start <= at - done < end]
            rejected.add(_refused(piece.filter(which), evidence))
            if not (kept.room and rejected.room):
                kept.flush()
                rejected.flush()
        done += len(rows)
        ctx.progress(Progress(done=(total + done) / 2, total=total, unit="records"))
    kept.close(is_wanted=True)
    rejected.close()
    reasons = Counter(removal.reason for removal in removals.values())
    assert len(removals) == rejected.count, "every removal is of a row that was read"
    return {
        "num_in": done,
        "num_kept": kept.count,
        "num_rejected": rejected.count,
        "reasons": dict(sorted(reasons.items())),
    }


class _Shards:
    """Numbered shards of at most 1,000 rows, in a folder."""

    def __init__(self, folder: Path, schema: pa.Schema) -> None:
        self._folder, self._schema = folder, schema
        self._pieces: list[pa.Table] = []
        self._number = 0
        self.room = RECORDS_PER_SHARD
        """Rows that the shard under way can still take."""
        self.count = 0

    def add(self, rows: pa.Table) -> None:
        if len(rows):
            self._pieces.append(rows)
            self.count += len(rows)
            self.room -= len(rows)

    def flush(self) -> None:
        """End the shard under way, if it has a row."""
        if self._pieces:
            self._write(pa.concat_tables(self._pieces).combine_chunks())

    def close(self, *, is_wanted: bool = False) -> None:
        """End the last shard; where one is wanted, of nothing too: an empty result is a data set that opens."""
        self.flush()
        if is_wanted and not self._number:
            self._write(self._schema.empty_table())

    def _write(self, rows: pa.Table) -> None:
        write_table(self._folder / f"{self._number:05d}.parquet", rows)
        self._number += 1
        self._pieces, self.room = [], RECORDS_PER_SHARD


def _tables(sources: Sequence[Path]) -> Iterator[pa.Table]:
    """Yield all rows in order, up to a thousand at a time, with the columns of a record."""
    for path in (path for source in sources for path in shards(source)):
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(batch_size=RECORDS_PER_SHARD):
                yield _as_records(batch)


def _as_records(batch: pa.RecordBatch) -> pa.Table:
    if batch.schema.equals(SCHEMA):
        return pa.Table.from_arrays(batch.columns, schema=SCHEMA)
    rows = [flat_row(record_of(row)) for row in batch.to_pylist()]  # columns that are missing are empty
    return pa.Table.from_pylist(rows, schema=SCHEMA)


def _pieces(is_gone: npt.NDArray[np.bool_], room_kept: int, room_rejected: int) -> Iterator[tuple[int, int]]:
    """Cut rows where a shard of kept or of rejected ones is full: then both end, so that order is kept."""
    start = 0
    while start < len(is_gone):
        gone = np.cumsum(is_gone[start:])
        stay = np.arange(1, len(gone) + 1) - gone
        is_full = (gone == room_rejected) | (stay == room_kept)
        end = start + int(np.argmax(is_full)) + 1 if is_full.any() else len(is_gone)
        yield start, end
        start, room_kept, room_rejected = end, RECORDS_PER_SHARD, RECORDS_PER_SHARD


def _refused(rows: pa.Table, removals: Sequence[Removal]) -> pa.Table:
    """Return rows with why each goes."""
    why = (
        [STAGE] * len(removals),
        [removal.reason for removal in removals],
        [removal.detail for removal in removals],
    )
    columns = [*rows.columns, *(pa.array(values, pa.string()) for values in why)]
    return pa.Table.from_arrays(columns, schema=REJECTED_SCHEMA)
