"""`hornbook dedup`: the rows of anybody's files without copies and near-copies, and those with their evidence."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from hornbook.quality.dedup import Dedup, find_duplicates
from hornbook.quality.dedup_decisions import Decisions
from hornbook.row_record import RowReader
from hornbook.row_split import Fate, Follow, Outputs, RowRecords, Split, split_rows
from hornbook.step import Progress


def dedup_files(
    sources: Sequence[Path], outputs: Outputs, reader: RowReader, cfg: Dedup, follow: Follow
) -> Split:
    """Write the rows of `sources` that stay, and those that go with what they are copies of.

    Of equal or alike rows the first one stays, or the one with the highest number in the column that the reader
    prefers. Raises UsageError for files that cannot be read or written, with nothing written.
    """
    with outputs.opened() as files:
        records = RowRecords(sources, reader, follow, "dedup")
        decisions = _decide(cfg, records, outputs.workspace, follow)
        reasons = split_rows(records, _fates(records, decisions), files, outputs)
    return Split(gate="dedup", num_rows=records.num_rows, reasons=reasons)


def _decide(cfg: Dedup, records: RowRecords, workspace: Path, follow: Follow) -> Decisions:
    def compared(done: float) -> None:
        if records.is_read:  # before, the files say how far it is
            follow(Progress(done=done, total=len(records.ids), unit="rows", step="comparing"))

    try:
        return find_duplicates(cfg, records.read(), progress=compared, workspace=workspace)
    finally:
        shutil.rmtree(workspace, ignore_errors=True)


def _fates(records: RowRecords, decisions: Decisions) -> Iterator[Fate | None]:
    places = _places(records, decisions)
    for number in range(len(records.ids)):
        removal = decisions.removals.get(number)
        if removal is None:
            yield None
            continue
        # What stays may stand in no file here: then it keeps its id.
        place = places.get(removal.kept_id, removal.kept_id)
        yield Fate(removal.reason, removal.detail.replace(removal.kept_id, place))


def _places(records: RowRecords, decisions: Decisions) -> dict[str, str]:
    """Return where each record stands that others are copies of, by its id."""
    wanted = {int(removal.kept_id[:16], 16): removal.kept_id for removal in decisions.removals.values()}
    ids = np.frombuffer(records.ids, dtype=np.uint64) if records.ids else np.empty(0, dtype=np.uint64)
    maybe = np.flatnonzero(np.isin(ids, np.array(list(wanted), dtype=np.uint64))).tolist()
    stays = [number for number in maybe if number not in decisions.removals]
    return {wanted[records.ids[number]]: records.where(number) for number in stays}
