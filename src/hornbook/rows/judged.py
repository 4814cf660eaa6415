"""Judged rows of anybody's file, written as they were: kept ones with their points, the others with the reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa

from hornbook.lessons.judge import SCORE
from hornbook.record import Record, Rejected
from hornbook.row_files import Rows, read_rows
from hornbook.rows.outputs import Outputs
from hornbook.rows.writer import row_writer

REASON = f"{SCORE}_reason"
_KEPT = (
    (SCORE, pa.float64()),
    (f"{SCORE}_1", pa.float64()),
    (f"{SCORE}_2", pa.float64()),
    (REASON, pa.string()),
)
_REJECTED = (("reason", pa.string()), ("detail", pa.string()))
NEW_COLUMNS = frozenset(name for name, _ in (*_KEPT, *_REJECTED))
"""What rows must not have yet."""


def write_judged(
    source: Path,
    outputs: Outputs,
    id_of: Callable[[Rows, int, Any], str],
    results: Mapping[str, Record | Rejected],
    passes: int,
) -> None:
    """Write every row of `source` into the file of its result, which `results` has by the record's id.

    Kept rows gain `judge`, with two passes `judge_1` and `judge_2`, and `judge_reason`; the others `reason` and
    `detail`. Both files are whole or not there. Raises UsageError for rows that do not fit into a Parquet file.
    """
    columns = [column for column in _KEPT if passes > 1 or column[0] in (SCORE, REASON)]
    with outputs.opened([source]) as files:
        kept = row_writer(outputs.kept, files.kept, files.schema, pa.schema(columns))
        rejected = row_writer(outputs.rejected, files.rejected, files.schema, pa.schema(_REJECTED))
        for rows in read_rows(source):
            found = [results[id_of(rows, i, row)] for i, row in enumerate(rows.values())]
            good = [i for i, result in enumerate(found) if isinstance(result, Record)]
            bad = [i for i, result in enumerate(found) if isinstance(result, Rejected)]
            kept.write(rows.take(good), [_points(found[i], columns) for i in good])
            rejected.write(rows.take(bad), [_why(found[i]) for i in bad])
        kept.close()
        rejected.close()


def _points(result: Record | Rejected, columns: list[tuple[str, Any]]) -> Mapping[str, Any]:
    assert isinstance(result, Record), "chosen before"
    return {name: result.tags[name] if name == REASON else result.scores[name] for name, _ in columns}


def _why(result: Record | Rejected) -> Mapping[str, Any]:
    assert isinstance(result, Rejected), "chosen before"
    return {"reason": result.reason, "detail": result.detail}
