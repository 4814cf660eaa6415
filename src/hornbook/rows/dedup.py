"""`hornbook dedup`: the rows of anybody's files without copies and near-copies, and those with their evidence."""

from __future__ import annotations

import contextlib
import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import numpy as np

from hornbook.errors import UsageError
from hornbook.quality.dedup import Dedup, find_duplicates
from hornbook.quality.dedup_decisions import Decisions
from hornbook.quality.dedup_index import DedupIndex
from hornbook.rows.outputs import Outputs
from hornbook.rows.records import RowReader
from hornbook.rows.split import Fate, Follow, RowRecords, Split, split_rows
from hornbook.run import hold
from hornbook.step import Progress


def dedup_files(
    sources: Sequence[Path],
    outputs: Outputs,
    reader: RowReader,
    cfg: Dedup,
    follow: Follow,
    *,
    index: Path | None = None,
) -> Split:
    """Write the rows of `sources` that stay, and those that go with what they are copies of.

    Of equal or alike rows the first one stays, or the one with the highest number in the column that the reader
    prefers. `index` is a folder with what stayed in earlier files, to which this adds what stays. Raises
    UsageError for files that cannot be read or written, with nothing written and nothing added.
    """
    if index is None:
        return _divide(sources, outputs, reader, cfg, follow, None)
    with _opened(index) as opened:
        return _finished(sources, outputs, opened) or _divide(sources, outputs, reader, cfg, follow, opened)


def _divide(
    sources: Sequence[Path],
    outputs: Outputs,
    reader: RowReader,
    cfg: Dedup,
    follow: Follow,
    index: DedupIndex | None,
) -> Split:
    with outputs.opened(sources) as files:
        records = RowRecords(sources, reader, follow, "dedup")
        decisions = _decide(cfg, records, outputs.workspace, index)
        if reader.prefer and not records.num_scored:
            raise UsageError(f"--prefer {reader.prefer}: no row has a number there; name a column of numbers")
        reasons = split_rows(records, _fates(records, decisions), files, outputs)
        if index is not None:
            batch = f"{len(index.batches) + 1}: {outputs.kept.name}"
            counts = {"num_rows": records.num_rows, "reasons": dict(reasons)}
            files.note = {"batch": batch, "sources": _names(sources), **counts}
            files.commit = partial(index.commit, batch)
    return Split(gate="dedup", num_rows=records.num_rows, reasons=reasons)


@contextlib.contextmanager
def _opened(folder: Path) -> Iterator[DedupIndex]:
    """Open an index for this process alone."""
    ids = folder / "ids.bin"
    with contextlib.ExitStack() as stack:
        if ids.exists():
            hold(stack.enter_context(ids.open("rb")), f"adding to {folder}")
        yield stack.enter_context(DedupIndex(folder))


def _finished(sources: Sequence[Path], outputs: Outputs, index: DedupIndex) -> Split | None:
    """Return what a command did that was killed after it had added its rows to the index, but for two names."""
    note = outputs.finish(index.batches)
    if note is None:
        return None
    if note["sources"] != _names(sources):
        raise UsageError(
            f"{outputs.kept} is there now, of {', '.join(note['sources'])}: a command that was killed had done "
            "all but name it. Give another --out for these files"
        )
    return Split(gate="dedup", num_rows=note["num_rows"], reasons=Counter(note["reasons"]))


def _names(sources: Sequence[Path]) -> list[str]:
    return [str(source.resolve()) for source in sources]


def _decide(cfg: Dedup, records: RowRecords, workspace: Path, index: DedupIndex | None) -> Decisions:
    def compared(done: float) -> None:
        if records.is_read:  # before, the files say how far it is
            records.follow(Progress(done=done, total=len(records.ids), unit="rows", step="comparing"))

    try:
        return find_duplicates(cfg, records.read(), progress=compared, workspace=workspace, index=index)
    finally:
        shutil.rmtree(workspace, ignore_errors=True)


def _fates(records: RowRecords, decisions: Decisions) -> Iterator[Fate | None]:
    places = _places(records, decisions)
    for number in range(len(records.ids)):
        removal = decisions.removals.get(number)
        if removal is None:
            yield None
            continue
        place = places.get(removal.kept_id, f"{removal.kept_id}, which an earlier file left in the index")
        yield Fate(removal.reason, removal.detail.replace(removal.kept_id, place))


def _places(records: RowRecords, decisions: Decisions) -> dict[str, str]:
    """Return where each record stands that others are copies of, by its id."""
    wanted = {int(removal.kept_id[:16], 16): removal.kept_id for removal in decisions.removals.values()}
    ids = np.frombuffer(records.ids, dtype=np.uint64) if records.ids else np.empty(0, dtype=np.uint64)
    maybe = np.flatnonzero(np.isin(ids, np.array(list(wanted), dtype=np.uint64))).tolist()
    stays = [number for number in maybe if number not in decisions.removals]
    return {wanted[records.ids[number]]: records.where(number) for number in stays}
