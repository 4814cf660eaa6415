"""Numbers by 64-bit key, on disk: what dedup remembers without holding it in memory.

Every `add` writes a run, a file of sorted keys and their numbers; runs of like size are merged, up to a bound, so
that there are few of them. A look-up takes many keys at once and binary-searches the mapped files. What becomes
of the files after a crash is decided by who owns the folder: a run is named once and never changed.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from hornbook.quality.minhash import U32
from hornbook.quality.shingles import I64, U64

_MOST_IN_A_RUN = 1 << 19  # 6 MB: what merging needs in memory is a small multiple of that
PAIR_BYTES = 12
"""Of a key 8, of its number 4."""


@dataclass(frozen=True, slots=True)
class _Run:
    path: Path
    keys: U64
    """Sorted; mapped from the file."""
    numbers: U32

    @staticmethod
    def open(path: Path) -> _Run:
        content = np.asarray(np.memmap(path, dtype=np.uint8, mode="r"))
        size = len(content) // PAIR_BYTES
        return _Run(path, content[: 8 * size].view(np.uint64), content[8 * size :].view(np.uint32))

    @staticmethod
    def write(path: Path, keys: U64, numbers: U32) -> _Run:
        order = np.argsort(keys, kind="stable")
        with path.open("wb") as file:
            file.write(keys[order].data)
            file.write(numbers[order].data)
        return _Run.open(path)


class SortedRuns:
    """A multimap from 64-bit keys to 32-bit numbers in files `NAME-00000.run` of a folder."""

    def __init__(self, folder: Path, name: str, files: Sequence[str] = (), next_file: int = 0) -> None:
        """Open the named files of the folder; new ones are numbered from `next_file`."""
        self._folder, self._name = folder, name
        self._runs = [_Run.open(folder / file) for file in files]
        self.next_file = next_file
        self._committed = frozenset(files)

    @property
    def files(self) -> list[str]:
        """Names of the files that hold everything added so far."""
        return [run.path.name for run in self._runs]

    def add(self, keys: U64, numbers: U32) -> None:
        """Add keys with their numbers; raises OSError when the disk is full."""
        if not len(keys):
            return
        self._runs.append(self._written(keys, numbers))
        while self._should_merge():
            second, first = self._runs.pop(), self._runs.pop()
            merged = self._written(
                np.concatenate([first.keys, second.keys]), np.concatenate([first.numbers, second.numbers])
            )
            self._runs.append(merged)
            for run in (first, second):
                if run.path.name not in self._committed:  # a crash brings those back
                    run.path.unlink()

    def sync(self) -> None:
        """Wait until all files are on the disk."""
        for run in self._runs:
            with run.path.open("rb") as file:
                os.fsync(file.fileno())

    def committed(self) -> None:
        """Let go of the files that were merged since the last commit, now that nothing brings them back."""
        for name in self._committed.difference(self.files):
            (self._folder / name).unlink()
        self._committed = frozenset(self.files)

    def _should_merge(self) -> bool:
        if len(self._runs) < 2:
            return False
        first, second = len(self._runs[-2].keys), len(self._runs[-1].keys)
        return second * 2 >= first and first + second <= _MOST_IN_A_RUN

    def _written(self, keys: U64, numbers: U32) -> _Run:
        path = self._folder / f"{self._name}-{self.next_file:05d}.run"
        self.next_file += 1
        return _Run.write(path, keys, numbers)

    def find(self, keys: U64) -> Iterator[tuple[int, U32]]:
        """Yield (position in `keys`, the numbers stored under that key) for every run that holds the key."""
        order = np.argsort(keys)
        wanted = keys[order]
        for run in self._runs:
            starts = np.searchsorted(run.keys, wanted)
            inside: I64 = np.flatnonzero(starts < len(run.keys))
            hits = inside[run.keys[starts[inside]] == wanted[inside]]
            ends = np.searchsorted(run.keys, wanted[hits], side="right")
            for position, start, end in zip(
                order[hits].tolist(), starts[hits].tolist(), ends.tolist(), strict=True
            ):
                yield position, run.numbers[start:end]
