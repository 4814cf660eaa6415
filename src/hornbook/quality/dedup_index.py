"""The texts that dedup keeps, on disk: found by band key, compared by sketch, verified by their shingles.

A folder, used in two ways. For one run it is scratch. With `commit(batch)` it lasts, and a later shard is compared
with everything that earlier ones kept. One process at a time has it open.
Memory: 16 bytes a text; what is looked up is mapped, and the system may take those pages back at any time.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

import numpy as np

from hornbook.quality.index_files import Manifest, ShingleStore, locked, opened, opened_runs
from hornbook.quality.minhash import NUM_PERMUTATIONS, U8, U32
from hornbook.quality.shingles import U64

_ID_BYTES = 16
_SKELETON_BYTES = 8


@dataclass(frozen=True, slots=True)
class Kept:
    """A text that stays, ready to be compared with others."""

    id: str
    shingles: U64
    keys: U64
    """One for each band, shape (28,)."""
    sketch: U8
    """The shortened signature, shape (112,)."""
    shared: Sequence[int] = ()
    """Those of the keys that another text of its block has, too: most have none."""
    skeleton: int = 0
    """Hash of its syntax tree; 0 where none was asked for, or it is noted under another number."""


class DedupIndex:
    """Texts that stay, by number in the order in which they were added; a context manager."""

    def __init__(self, folder: Path) -> None:
        """Open the folder, or begin one, for this process alone.

        Raises UsageError for a folder of something else, a damaged one, and while another process has it open.
        """
        self.folder = folder
        with contextlib.ExitStack() as stack:
            stack.enter_context(locked(folder))
            self._manifest = Manifest.read(folder)
            self._count = self._manifest.count
            self._runs = opened_runs(folder, self._manifest)
            store = ShingleStore(folder / "shingles.bin", self._count)
            self._store = stack.enter_context(contextlib.closing(store))
            self._ids, self._skeletons, self._sketches = (
                stack.enter_context(opened(folder / f"{name}.bin", size * self._count))
                for name, size in (
                    ("ids", _ID_BYTES),
                    ("skeletons", _SKELETON_BYTES),
                    ("sketches", NUM_PERMUTATIONS),
                )
            )
            self._files = stack.pop_all()
        self._old_sketches = self._mapped_sketches()
        self._fresh: list[Kept] = []
        self._buckets: dict[int, list[int]] = {}

    def __enter__(self) -> DedupIndex:
        """Return itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the files; what was not committed will not be there next time."""
        self._files.close()

    def __len__(self) -> int:
        """Number of texts that stay."""
        return self._count + len(self._fresh)

    @property
    def batches(self) -> list[str]:
        """Names of what was committed, in order."""
        return self._manifest.batches

    @property
    def frame(self) -> U64 | None:
        """Shingles that do not count in textbooks, sorted; None until enough textbooks have decided it."""
        return None if self._manifest.frame is None else np.array(self._manifest.frame, dtype=np.uint64)

    @property
    def template(self) -> list[float] | None:
        """The settings that decided the frame."""
        return self._manifest.template

    def decide_frame(self, frame: U64, template: list[float]) -> None:
        """Set the frame for good, and the settings that decided it."""
        self._manifest.frame, self._manifest.template = frame.tolist(), template

    def add(self, kept: Kept) -> None:
        """Remember one text."""
        number = len(self)
        for key in kept.shared:
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
        self._skeletons.write(np.array([kept.skeleton for kept in self._fresh], np.uint64).data)
        self._sketches.write(np.stack([kept.sketch for kept in self._fresh]).data)
        for file in (self._store, self._ids, self._skeletons, self._sketches):
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

    def fresh_candidates(self, shared: Sequence[int]) -> list[int]:
        """Return the numbers not yet on disk that share a band with one text, in order, by its shared keys."""
        numbers: set[int] = set()
        for key in shared:
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

    def skeletons(self) -> dict[int, tuple[int, str]]:
        """Return for every syntax tree noted on disk how many texts have it, and the first one's record id."""
        content = os.pread(self._skeletons.fileno(), _SKELETON_BYTES * self._count, 0)
        values, first, counts = np.unique(
            np.frombuffer(content, np.uint64), return_index=True, return_counts=True
        )
        noted = zip(values.tolist(), counts.tolist(), first.tolist(), strict=True)
        return {value: (count, self.id(number)) for value, count, number in noted if value}

    def _mapped_sketches(self) -> U8:
        if not self._count:
            return np.empty((0, NUM_PERMUTATIONS), dtype=np.uint8)
        shape = (self._count, NUM_PERMUTATIONS)
        return np.asarray(np.memmap(self.folder / "sketches.bin", np.uint8, "r", shape=shape))

    def commit(self, batch: str) -> None:
        """Make everything added since the last commit last, under a name; it is on the disk when this returns."""
        self.flush()
        self._runs.sync()
        self._store.sync()
        for file in (self._ids, self._skeletons, self._sketches):
            os.fsync(file.fileno())
        self._manifest.batches.append(batch)
        self._manifest.count, self._manifest.files = self._count, self._runs.files
        self._manifest.next_file = self._runs.next_file
        self._manifest.write(self.folder)
        self._runs.committed()
