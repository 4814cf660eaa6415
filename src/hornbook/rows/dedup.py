"""`hornbook dedup`: the rows of anybody's files without copies and near-copies, and those with their evidence."""

from __future__ import annotations

import hashlib
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
from hornbook.record import Record
from hornbook.row_files import file_size
from hornbook.rows.outputs import Outputs
from hornbook.rows.records import RowReader
from hornbook.rows.split import Fate, Follow, RowRecords, Split, split_rows
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
    UsageError for files that cannot be read or written, with nothing written and nothing added, and while another
    process adds to `index`.
    """
    if index is None:
        return _divide(sources, outputs, reader, cfg, follow)
    with DedupIndex(index) as opened:
        token = _token(sources, outputs, reader, cfg)
        done = _finished(outputs, opened, token)
        return done or _divide(sources, outputs, reader, cfg, follow, opened, token)


def _divide(
    sources: Sequence[Path],
    outputs: Outputs,
    reader: RowReader,
    cfg: Dedup,
    follow: Follow,
    index: DedupIndex | None = None,
    token: str = "",
) -> Split:
    with outputs.opened(sources) as files:
        records = RowRecords(sources, reader, follow, "dedup")
        decisions = _decide(cfg, records, outputs.workspace, index)
        reasons = split_rows(records, _fates(records, decisions), files, outputs)
        if index is not None:
            batch = f"{len(index.batches) + 1}: {outputs.kept.name} {token}"
            counts = {"num_rows": records.num_rows, "reasons": dict(reasons)}
            where = {"index": str(index.folder.resolve()), "sources": list(map(str, sources))}
            files.note = {"batch": batch, "token": token, **where, **counts}
            files.commit = partial(index.commit, batch)
    return Split(gate="dedup", num_rows=records.num_rows, reasons=reasons)


def _token(sources: Sequence[Path], outputs: Outputs, reader: RowReader, cfg: Dedup) -> str:
    """Return a digest of all that decides what a command writes and where, the contents of its files with it."""
    paths = [path.resolve() for path in (outputs.kept, outputs.rejected, *sources)]
    digest = hashlib.blake2b(repr([*map(str, paths), reader, cfg]).encode(), digest_size=16)
    for source in sources:
        file_size(source)  # says so where there is none
        with source.open("rb") as file:
            digest.update(hashlib.file_digest(file, "blake2b").digest())
    return digest.hexdigest()


def _finished(outputs: Outputs, index: DedupIndex, token: str) -> Split | None:
    """Return what a command did that was killed after it had added its rows to the index, but for two names.

    Raises UsageError, the names given, when it was another command than this one.
    """
    note = outputs.finish(index.folder, index.batches)
    if note is None:
        return None
    if note["token"] != token:
        raise UsageError(
            f"{outputs.kept} is there now, of {', '.join(note['sources'])}: a killed command with other files or "
            "settings had done all but name it. Give another --out for this one"
        )
    return Split(gate="dedup", num_rows=note["num_rows"], reasons=Counter(note["reasons"]))


def _decide(cfg: Dedup, records: RowRecords, workspace: Path, index: DedupIndex | None) -> Decisions:
    def compared(done: float) -> None:
        if records.is_read:  # before, the files say how far it is
            records.follow(Progress(done=done, total=len(records.ids), unit="rows", step="comparing"))

    try:
        return find_duplicates(cfg, _scored(records), progress=compared, workspace=workspace, index=index)
    finally:
        shutil.rmtree(workspace, ignore_errors=True)


def _scored(records: RowRecords) -> Iterator[Record]:
    yield from records.read()
    if records.reader.prefer and not records.num_scored:
        raise UsageError(
            f"--prefer {records.reader.prefer}: no row has a number there; name a column of numbers"
        )


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
