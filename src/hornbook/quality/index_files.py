"""The files of a dedup index: which folder is one, what counts of each file, arrays behind each other.

A folder becomes an index by the lock file that the first process to open it writes; where it is missing and other
files are there, nothing is touched. `index.json` is written last, by rename, after all other files have reached
the disk, and says how much of each counts: what a killed run had added is cut off when the folder is opened again.
"""

from __future__ import annotations

import os
import re
from array import array
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import orjson

from hornbook.errors import UsageError
from hornbook.quality.minhash import NUM_BANDS, NUM_PERMUTATIONS
from hornbook.quality.shingle_sets import SHINGLE_TOKENS
from hornbook.quality.shingles import U64
from hornbook.quality.sorted_runs import PAIR_BYTES, SortedRuns
from hornbook.run import hold

_FORMAT = {"format": 2, "shingle_tokens": SHINGLE_TOKENS, "permutations": NUM_PERMUTATIONS}
_LOCK = "hornbook-dedup.lock"
_RUN = re.compile(r"bands-\d{5,}\.run")


@dataclass(slots=True)
class Manifest:
    """What `index.json` says."""

    batches: list[str] = field(default_factory=list)
    """Names of what was committed, in order."""
    count: int = 0
    """Number of texts."""
    files: list[str] = field(default_factory=list)
    """Names of the sorted runs."""
    next_file: int = 0
    frame: list[int] | None = None
    template: list[float] | None = None
    """The settings that decided the frame."""

    @staticmethod
    def read(folder: Path) -> Manifest:
        """Return what was committed. Raises UsageError when it cannot be read, or was made by another version."""
        path = folder / "index.json"
        if not path.exists():
            return Manifest()
        try:
            state: dict[str, Any] = orjson.loads(path.read_bytes())
            found = {key: state.pop(key, None) for key in _FORMAT}
            if found == _FORMAT:
                return Manifest(**state)
        except (orjson.JSONDecodeError, AttributeError, TypeError) as error:
            raise UsageError(f"{path} is damaged ({error}): build the index anew from its files") from error
        raise UsageError(
            f"{path} was made with {found}, this version needs {_FORMAT}: build the index anew from its files"
        )

    def write(self, folder: Path) -> None:
        """Make it what counts from now on; every other file must be on the disk."""
        partial = folder / ".index.json.partial"
        with partial.open("wb") as file:
            file.write(orjson.dumps(_FORMAT | asdict(self)))
            file.flush()
            os.fsync(file.fileno())
        partial.replace(folder / "index.json")


def locked(folder: Path) -> BinaryIO:
    """Make `folder` an index, if it is none, and hold it until the file returned is closed.

    Raises UsageError for a folder with files of something else, for a file, and while another process holds it.
    """
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file: name a new or empty folder for the index")
    folder.mkdir(parents=True, exist_ok=True)
    lock = folder / _LOCK
    strangers = sorted(path.name for path in folder.iterdir())
    if strangers and not lock.exists():
        raise UsageError(
            f"{folder} holds {strangers[0]!r} and no index of dedup: name a new or empty folder for the index"
        )
    file = lock.open("ab")
    try:
        hold(file, f"adding to {folder}", otherwise="")
    except UsageError:
        file.close()
        raise
    return file


def opened_runs(folder: Path, manifest: Manifest) -> SortedRuns:
    """Open the sorted runs that count and delete those of an attempt that was killed.

    Raises UsageError unless they hold a key for every band of every text.
    """
    for path in folder.iterdir():
        if _RUN.fullmatch(path.name) and path.name not in manifest.files:
            path.unlink()
    paths = [folder / name for name in manifest.files]
    there = sum(path.stat().st_size for path in paths if path.is_file())
    if there != (wanted := manifest.count * NUM_BANDS * PAIR_BYTES):
        raise UsageError(
            f"the files bands-*.run of {folder} have {there:,} of {wanted:,} bytes: build the index anew from its "
            "files"
        )
    return SortedRuns(folder, "bands", manifest.files, manifest.next_file)


def opened(path: Path, size: int) -> BinaryIO:
    """Open a file to read and append, cut to its first `size` bytes. Raises UsageError when it has fewer."""
    file = path.open("a+b")
    there = os.fstat(file.fileno()).st_size
    if there < size:
        file.close()
        raise UsageError(f"{path} has {there:,} of {size:,} bytes: build the index anew from its files")
    file.truncate(size)
    return file


class ShingleStore:
    """Arrays of shingles behind each other in one file, by number; a second file says where each ends."""

    def __init__(self, path: Path, count: int = 0) -> None:
        """Open the file at `path`, of which the first `count` arrays count. Raises UsageError as `opened`."""
        self._ends = array("Q")
        self._end_file = opened(path.with_suffix(".ends"), 8 * count)
        try:
            self._end_file.seek(0)
            self._ends.frombytes(self._end_file.read())
            self._file = opened(path, 8 * self._length)
        except UsageError:
            self._end_file.close()
            raise

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

    def sync(self) -> None:
        """Wait until everything flushed is on the disk."""
        os.fsync(self._file.fileno())
        os.fsync(self._end_file.fileno())

    def close(self) -> None:
        """Close the files; everything written is in them."""
        self._file.close()
        self._end_file.close()
