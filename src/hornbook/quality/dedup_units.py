"""The distinct texts of a data set, gathered in one pass: a few numbers in memory, their shingles on disk."""

from __future__ import annotations

import contextlib
import hashlib
import math
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np

from hornbook.quality.index_files import ShingleStore
from hornbook.quality.shingle_sets import shingle_sets
from hornbook.quality.shingles import batched_by_weight
from hornbook.quality.sorted_runs import SortedRuns
from hornbook.quality.syntax import function_codes, node_types
from hornbook.record import KINDS, Record

READING = 0.6
"""Share of the work that is done when every record has been read."""
_CHARACTERS_PER_BATCH = 1_000_000
_ID_BYTES = 16


class Units:
    """One unit for each distinct text, by number in the order of first appearance."""

    def __init__(self, folder: Path) -> None:
        """Begin with none; shingles and ids go to files in `folder`."""
        folder.mkdir(parents=True)
        self.num_records = 0
        self.num_scored = 0
        """Records that have the preferred score."""
        self.kinds = array("B")
        """Places in KINDS."""
        self.skeletons = array("Q")
        """Hashes of syntax trees, 0 where there is none; empty unless they were asked for."""
        self.copies = (array("Q"), array("Q"))
        """Positions of records that are not a unit's own, and the units whose text they repeat."""
        self.positions = array("Q")
        self._scores = array("d")
        self._ids = bytearray()
        self._store = ShingleStore(folder / "all.bin")
        self._known = SortedRuns(folder, "ids")

    def __len__(self) -> int:
        """Number of distinct texts."""
        return len(self.kinds)

    def id(self, unit: int) -> str:
        """Return the record id."""
        return self._ids[_ID_BYTES * unit : _ID_BYTES * (unit + 1)].hex()

    def ids(self) -> np.ndarray[tuple[int], np.dtype[np.void]]:
        """Return all record ids, 16 bytes each."""
        return np.frombuffer(bytes(self._ids), dtype="V16")

    def shingles(self, unit: int) -> np.ndarray[tuple[int], np.dtype[np.uint64]]:
        """Read the shingles, sorted and distinct."""
        return self._store.get(unit)

    def weight(self, unit: int) -> int:
        """Return the number of shingles and 100: what a unit costs, roughly."""
        return self._store.size(unit) + 100

    def best_first(self) -> list[int]:
        """Return all units, highest score first, in the order of the input where scores are equal."""
        order: list[int] = np.lexsort((np.array(self.positions), -np.array(self._scores))).tolist()
        return order

    def of_kind(self, kind: str) -> list[int]:
        """Return the units of a kind in the order of their ids, which is as good as drawn by chance."""
        chosen = np.flatnonzero(np.array(self.kinds) == KINDS.index(kind))
        starts = np.frombuffer(bytes(self._ids), dtype=">u8")[::2]
        ordered: list[int] = chosen[np.argsort(starts[chosen], kind="stable")].tolist()
        return ordered

    def take(self, batch: Sequence[tuple[int, Record]], prefer: str, with_skeletons: bool) -> None:
        """Add the distinct texts of a batch of numbered records, and note the copies."""
        ids = [record.id for _, record in batch]
        keys = np.array([int(id_[:16], 16) for id_ in ids], dtype=np.uint64)
        known = {self.id(n): n for _, found in self._known.find(keys) for n in found.tolist()}
        fresh: list[int] = []
        for row, (position, record) in enumerate(batch):
            unit = known.get(ids[row])
            score = _score(record, prefer)
            self.num_scored += score > -math.inf
            if unit is not None:
                self._copy(unit, position, score)
                continue
            known[ids[row]] = self._add(position, record, ids[row], score)
            fresh.append(row)
            if with_skeletons:
                self.skeletons.append(_skeleton(record))
        for shingles in shingle_sets([batch[row][1].text for row in fresh]):
            self._store.add(shingles)
        first = len(self) - len(fresh)
        self._known.add(keys[fresh], np.arange(first, len(self), dtype=np.uint32))
        self.num_records += len(batch)

    def _add(self, position: int, record: Record, id_: str, score: float) -> int:
        self.positions.append(position)
        self.kinds.append(KINDS.index(record.kind))
        self._scores.append(score)
        self._ids += bytes.fromhex(id_)
        return len(self) - 1

    def _copy(self, unit: int, position: int, score: float) -> None:
        """Note a copy; of equal texts the best score stays, and the first of those."""
        if score > self._scores[unit]:
            position, self.positions[unit] = self.positions[unit], position
            self._scores[unit] = score
        self.copies[0].append(position)
        self.copies[1].append(unit)

    def close(self) -> None:
        """Close the files."""
        self._store.close()

    def flush(self) -> None:
        """Make everything readable that was added."""
        self._store.flush()


@contextlib.contextmanager
def gathered(
    prefer: str,
    with_skeletons: bool,
    records: Iterable[Record],
    folder: Path,
    progress: Callable[[float], None],
) -> Iterator[Units]:
    """Read all records once and give their units; the files are closed afterwards."""
    units = Units(folder)
    try:
        for batch in batched_by_weight(
            enumerate(records), lambda item: len(item[1].text), _CHARACTERS_PER_BATCH
        ):
            units.take(batch, prefer, with_skeletons)
            progress(READING * units.num_records)
        units.flush()
        yield units
    finally:
        units.close()


def _score(record: Record, prefer: str) -> float:
    """Return the preferred score; less than any number where there is none, or what is none."""
    score = record.scores.get(prefer)
    return -math.inf if score is None or math.isnan(score) else score


def _skeleton(record: Record) -> int:
    """Return a hash of the kind and of the whole syntax tree, names and values aside; 0 where there is no code."""
    tree = node_types(record.text) or "\n".join(function_codes(record.text))
    if not tree:
        return 0
    digest = hashlib.blake2b(f"{record.kind}\0{tree}".encode(), digest_size=8).digest()
    return int.from_bytes(digest) or 1
