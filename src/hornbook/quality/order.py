"""The order stage: records by the level of what they teach, so that nothing comes before what it builds on.

A level is the longest way to a concept in the curriculum's graph; within a level easy records come first, and
among equals the order stays. Records without a concept (code) come last, as they use everything. Whether a
training reads its data in this order is its own setting (`Train.in_order`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt
import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from hornbook.curriculum.graph import levels
from hornbook.record import SCHEMA, shards
from hornbook.step import Config, Context, Metrics, Progress

RECORDS_PER_SHARD = 5000
_SHARDS_AT_ONCE = 10
"""Shards that are gathered in one pass over the source: one by one, a million records would be read 200 times."""
_LAST = 255


class Order(Config):
    """No settings: the graph decides."""

    VERSION: ClassVar[int] = 1


def order(cfg: Order, *, records: Path, out: Path, ctx: Context) -> Metrics:
    """Write all records, ordered by level and difficulty.

    Held in memory: ten bytes for each record, one shard of the source, and ten shards. Metrics: `num_in`,
    `num_kept`, `num_rejected` (0), `reasons`, `levels` (level -> records; "none" for those that teach no concept),
    and `steps_back`: how many neighbours stood in the wrong order before.
    """
    sources = shards(records)
    keys = np.concatenate([np.zeros(0, np.uint16), *map(_keys, sources)])
    chosen = np.argsort(keys, kind="stable")
    starts = np.cumsum([0, *(pq.read_metadata(path).num_rows for path in sources)])
    for first in range(0, len(chosen), _SHARDS_AT_ONCE * RECORDS_PER_SHARD):
        table = _gathered(sources, starts, chosen[first : first + _SHARDS_AT_ONCE * RECORDS_PER_SHARD])
        for start in range(0, len(table), RECORDS_PER_SHARD):
            number = (first + start) // RECORDS_PER_SHARD
            _write(out / "records" / f"{number:05}.parquet", table[start : start + RECORDS_PER_SHARD])
        ctx.progress(Progress(done=first + len(table), total=len(keys), unit="records"))
    if not len(keys):
        _write(out / "records" / "00000.parquet", SCHEMA.empty_table())
    counts = Counter((keys >> 8).tolist())
    return {
        "num_in": len(keys),
        "num_kept": len(keys),
        "num_rejected": 0,
        "reasons": {},
        "levels": {_level_name(level): number for level, number in sorted(counts.items())},
        "steps_back": int(np.sum(keys[1:] < keys[:-1])),
    }


def _level_name(level: int) -> str:
    return "none" if level == _LAST else str(level)


def _keys(path: Path) -> npt.NDArray[np.uint16]:
    """Return level * 256 + difficulty of every record of a shard, from its tags and concepts alone."""
    table = pq.read_table(path, columns=["tags", "concepts", "difficulty"])
    found = [
        _key(orjson.loads(row["tags"] or b"{}"), row["concepts"] or (), row["difficulty"] or 0)
        for row in table.to_pylist()
    ]
    return np.array(found, dtype=np.uint16)


def _key(tags: Mapping[str, str], concepts: Sequence[str], difficulty: int) -> int:
    level = _levels()
    taught = [
        level[name] for name in ((tags["concept"],) if "concept" in tags else concepts) if name in level
    ]
    if not taught:
        return _LAST << 8
    told = tags.get("difficulty", "")  # of somebody else's records it may be any word
    return (max(taught) << 8) + min(int(told) if told.isdecimal() else difficulty, 255)


@cache
def _levels() -> dict[str, int]:
    return levels()


def _gathered(sources: list[Path], starts: npt.NDArray[Any], rows: npt.NDArray[Any]) -> pa.Table:
    """Return rows by their number in the whole data set, in the order given."""
    owners = np.searchsorted(starts, rows, side="right") - 1
    tables = [
        pq.read_table(sources[i], schema=SCHEMA).take(pa.array(rows[owners == i] - starts[i]))
        for i in np.unique(owners)
    ]
    place = np.argsort(np.concatenate([np.flatnonzero(owners == i) for i in np.unique(owners)]))
    return pa.concat_tables(tables).take(pa.array(place))


def _write(path: Path, table: pa.Table) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.partial")
    pq.write_table(table.cast(SCHEMA), partial, compression="zstd")
    partial.replace(path)
