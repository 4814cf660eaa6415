"""The texts that dedup keeps, on disk: found by band key, compared by sketch, verified by their shingles.

A folder, used in two ways. For one run it is scratch. With `DedupIndex.open(folder)` and `commit(batch)` it lasts,
and a later shard is compared with everything that earlier ones kept: `index.json` is written last, by rename, and
says how much of each file counts, so what a killed run had added is gone when the folder is opened again.
Memory: 16 bytes a text; what is looked up is mapped, and the system may take those pages back at any time.
"""

from __future__ import annotations

import os
from array import array
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO

import numpy as np
import orjson

from hornbook.errors import UsageError
from hornbook.quality.minhash import NUM_PERMUTATIONS, U8
from hornbook.quality.shingle_sets import SHINGLE_TOKENS
from hornbook.quality.shingles import U64
from hornbook.quality.sorted_runs import U32, SortedRuns

_FORMAT = {"format": 1, "shingle_tokens": SHINGLE_TOKENS, "permutations": NUM_PERMUTATIONS}
_ID_BYTES = 16


class ShingleStore:
    """Arrays of shingles behind each other in one file, by number; a second file says where each ends."""

    def __init__(self, path: Path, count: int = 0) -> None:
        """Open the file at `path`, of which the first `count` arrays count."""
        self._end_file = opened(path.with_suffix(".ends"), 8 * count)
        self._ends = array("Q")
        self._end_file.seek(0)
        self._ends.frombytes(self._end_file.read())
        self._file = opened(path, 8 * self._length)

    @property
    def _length(self) -> int:
        return self._ends[-1] if self._ends else 0

    def __len__(self) -> int:
        """Number of arrays."""
        return len(self._ends)

    def add(self, shingles: U64) -> None:
        """Write one more array; raises OSError when the disk is full."""
        self._file.write(shingles.data)
        self._ends.append(self._length + len(shingles))
        self._end_file.write(self._ends[-1:].tobytes())

    def size(self, number: int) -> int:
        """Return how many shingles an array has."""
        return self._ends[number] - (self._ends[number - 1] if number else 0)

    def get(self, number: int) -> U64:
        """Read one array that was flushed."""
        size = self.size(number)
        content = os.pread(self._file.fileno(), 8 * size, 8 * (self._ends[number] - size))
        return np.frombuffer(content, dtype=np.uint64)

    def flush(self) -> None:
        """Hand everything written to the system, where `get` finds it."""
        self._file.flush()
        self._end_file.flush()

    def close(self) -> None:
        """Close the files; everything written is in them."""
        self._file.close()
        self._end_file.close()


def opened(path: Path, size: int) -> BinaryIO:
    """Open a file for reading and appending, cut to its first `size` bytes."""
    file = path.open("a+b")
    file.truncate(size)
    return file


@dataclass(frozen=True, slots=True)
class Kept:
    """A text that stays, ready to be compared with others."""

    id: str
    shingles: U64
    keys: U64
    """One for each band, shape (28,)."""
    sketch: U8
    """The shortened signature, shape (112,)."""


class DedupIndex:
    """Texts that stay, by number in the order in which they were added; a context manager."""

    def __init__(self, folder: Path) -> None:
        """Open the folder, or begin one; raises UsageError for a folder of another format."""
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        state = _read_state(folder)
        self.batches: list[str] = state["batches"]
        """Names of what was committed, in order."""
        self.frame: U64 | None = None if state["frame"] is None else np.array(state["frame"], dtype=np.uint64)
        """Shingles that do not count in textbooks; None until the first batch has decided it."""
        for path in set(folder.glob("*.run")) - {folder / name for name in state["files"]}:
            path.unlink()
        self._runs = SortedRuns(folder, "bands", state["files"], state["next_file"])
        self._count: int = state["count"]
        self._store = ShingleStore(folder / "shingles.bin", self._count)
        self._ids = opened(folder / "ids.bin", _ID_BYTES * self._count)
        self._sketches = opened(folder / "sketches.bin", NUM_PERMUTATIONS * self._count)
        self._old_sketches = self._mapped_sketches()
        self._fresh: list[Kept] = []
        self._buckets: dict[int, list[int]] = {}

    @classmethod
    def open(cls, folder: Path) -> DedupIndex:
        """Return the index in `folder`, which may be new."""
        return cls(folder)

    def __enter__(self) -> DedupIndex:
        """Return itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the files; what was not committed will not be there next time."""
        for file in (self._store, self._ids, self._sketches):
            file.close()

    def __len__(self) -> int:
        """Number of texts that stay."""
        return self._count + len(self._fresh)

    def add(self, kept: Kept) -> None:
        """Remember one text."""
        number = len(self)
        for key in kept.keys.tolist():
            self._buckets.setdefault(key, []).append(number)
        self._fresh.append(kept)

    def flush(self) -> None:
        """Move what was added to disk; look-ups of `candidates` see it there."""
        if not self._fresh:
            return
        numbers = np.arange(self._count, len(self), dtype=np.uint32)
        keys = np.stack([kept.keys for kept in self._fresh])
        self._runs.add(keys.ravel(), np.repeat(numbers, keys.shape[1]))
        for kept in self._fresh:
            self._store.add(kept.shingles)
        self._ids.write(b"".join(bytes.fromhex(kept.id) for kept in self._fresh))
        self._sketches.write(np.stack([kept.sketch for kept in self._fresh]).data)
        for file in (self._store, self._ids, self._sketches):
            file.flush()
        self._count = len(self)
        self._old_sketches = self._mapped_sketches()
        self._fresh.clear()
        self._buckets.clear()

    def candidates(self, keys: U64) -> list[list[U32]]:
        """Return for each row of `keys`, shape (texts, bands), the numbers on disk that share a band with it."""
        found: list[list[U32]] = [[] for _ in keys]
        bands = keys.shape[1]
        for position, numbers in self._runs.find(keys.ravel()):
            found[position // bands].append(numbers)
        return found

    def fresh_candidates(self, keys: U64) -> list[int]:
        """Return the numbers not yet on disk that share a band with one text, in order."""
        numbers: set[int] = set()
        for key in keys.tolist():
            numbers.update(self._buckets.get(key, ()))
        return sorted(numbers)

    def sketches(self, numbers: U32) -> U8:
        """Return the shortened signatures of texts, by ascending number, shape (numbers, 112)."""
        split = int(np.searchsorted(numbers, self._count))
        fresh = [self._fresh[number - self._count].sketch for number in numbers[split:].tolist()]
        if not fresh:
            return self._old_sketches[numbers]
        return np.concatenate([self._old_sketches[numbers[:split]], np.stack(fresh)])

    def shingles(self, number: int) -> U64:
        """Return the shingles of a text."""
        if number >= self._count:
            return self._fresh[number - self._count].shingles
        return self._store.get(number)

    def id(self, number: int) -> str:
        """Return the record id of a text."""
        if number >= self._count:
            return self._fresh[number - self._count].id
        return os.pread(self._ids.fileno(), _ID_BYTES, _ID_BYTES * number).hex()

    def _mapped_sketches(self) -> U8:
        if not self._count:
            return np.empty((0, NUM_PERMUTATIONS), dtype=np.uint8)
        content = np.memmap(
            self.folder / "sketches.bin", np.uint8, "r", shape=(self._count, NUM_PERMUTATIONS)
        )
        return np.asarray(content)

    def commit(self, batch: str) -> None:
        """Make everything added since the last commit last, under a name for it."""
        self.flush()
        self.batches.append(batch)
        state = _FORMAT | {
            "batches": self.batches,
            "count": self._count,
            "files": self._runs.files,
            "next_file": self._runs.next_file,
            "frame": None if self.frame is None else self.frame.tolist(),
        }
        partial = self.folder / ".index.json.partial"
        partial.write_bytes(orjson.dumps(state))
        partial.replace(self.folder / "index.json")


def _read_state(folder: Path) -> dict[str, Any]:
    path = folder / "index.json"
    if not path.exists():
        strangers = [other.name for other in folder.iterdir() if not _is_ours(other)]
        if strangers:
            raise UsageError(
                f"{folder} holds {strangers[0]!r} and no index of dedup: name a new or empty folder for the index"
            )
        return {"batches": [], "count": 0, "files": [], "next_file": 0, "frame": None}
    state: dict[str, Any] = orjson.loads(path.read_bytes())
    found = {key: state.get(key) for key in _FORMAT}
    if found != _FORMAT:
        raise UsageError(
            f"{path} was made with {found}, this version needs {_FORMAT}: build the index anew from its files"
        )
    return state


def _is_ours(path: Path) -> bool:
    return path.suffix in (".run", ".bin", ".ends") or path.name == ".index.json.partial"
