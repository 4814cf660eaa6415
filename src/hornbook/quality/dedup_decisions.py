"""Which records dedup removes and why: 40 bytes a removal, read as `Removal` by position in the input."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from hornbook.quality.dedup_units import Units

REASONS = ("exact_duplicate", "near_duplicate", "skeleton_cap")
_EXACT = 0


@dataclass(frozen=True, slots=True)
class Removal:
    """Why one record goes."""

    reason: str
    kept_id: str
    """Id of the record that stays."""
    jaccard: float

    @property
    def detail(self) -> str:
        """The evidence in one line."""
        if self.reason == "skeleton_cap":
            return f"of {self.kept_id}, the first of as many as may have this syntax tree"
        return f"of {self.kept_id}, jaccard {self.jaccard:.3f} of their shingles"


_ROW = np.dtype([("position", "u8"), ("reason", "u1"), ("kept", "V16"), ("jaccard", "f4")])
_Rows = np.ndarray[tuple[int], np.dtype[np.void]]


class Removals(Mapping[int, Removal]):
    """Removals by position of the record in the input, in that order."""

    def __init__(self, rows: _Rows) -> None:
        """Hold rows of positions, reasons, kept ids and Jaccards, sorted by position."""
        self._rows = rows

    def __len__(self) -> int:
        """Number of removals."""
        return len(self._rows)

    def __iter__(self) -> Iterator[int]:
        """Yield the positions, ascending."""
        yield from self._rows["position"].tolist()

    def __getitem__(self, position: int) -> Removal:
        """Return why the record at `position` goes; raises KeyError when it stays."""
        place = int(np.searchsorted(self._rows["position"], position))
        if place == len(self) or self._rows["position"][place] != position:
            raise KeyError(position)
        row = self._rows[place]
        return Removal(REASONS[row["reason"]], row["kept"].tobytes().hex(), float(row["jaccard"]))

    def between(self, first: int, end: int) -> dict[int, Removal]:
        """Return the removals from position `first` to before `end`."""
        start, stop = np.searchsorted(self._rows["position"], (first, end)).tolist()
        return {position: self[position] for position in self._rows["position"][start:stop].tolist()}

    def first(self, count: int) -> Iterator[tuple[int, Removal]]:
        """Yield the first removals with their positions."""
        return ((position, self[position]) for position in islice(self, count))


@dataclass(slots=True)
class Decisions:
    """What dedup found, before anything is written."""

    num_frame_shingles: int = 0
    num_compared: int = 0
    """Pairs that were verified exactly."""
    num_given_up: int = 0
    """Candidates that were not, because a hundred likelier ones were no match for the same text."""
    removals: Removals = field(default_factory=lambda: Removals(np.empty(0, dtype=_ROW)))
    """Empty until `finished`."""
    _units: array[int] = field(default_factory=lambda: array("Q"))
    _reasons: array[int] = field(default_factory=lambda: array("B"))
    _kept: bytearray = field(default_factory=bytearray)
    _jaccards: array[float] = field(default_factory=lambda: array("f"))

    def remove(self, unit: int, reason: str, kept_id: str, jaccard: float) -> None:
        """Note that a distinct text goes."""
        self._units.append(unit)
        self._reasons.append(REASONS.index(reason))
        self._kept += bytes.fromhex(kept_id)
        self._jaccards.append(jaccard)

    def finished(self, units: Units) -> Decisions:
        """Work out the removals of all records, exact copies among them, and return itself.

        A copy of a text that goes is a copy of what that text was too like: evidence names what stays.
        """
        gone = _rows(len(self._units))
        gone["position"], gone["reason"], gone["jaccard"] = self._units, self._reasons, self._jaccards
        gone["kept"] = np.frombuffer(bytes(self._kept), dtype="V16")
        gone.sort(order="position")
        copies = _rows(len(units.copies[0]))
        copies["reason"], copies["jaccard"] = _EXACT, 1.0
        copies["position"] = units.copies[0]
        of = np.array(units.copies[1], dtype=np.uint64)
        copies["kept"] = units.ids()[of]
        places = np.minimum(np.searchsorted(gone["position"], of), max(len(gone) - 1, 0))
        if len(gone):
            is_gone = gone["position"][places] == of
            for column in ("reason", "kept", "jaccard"):
                copies[column][is_gone] = gone[column][places[is_gone]]
        gone["position"] = np.array(units.positions, dtype=np.uint64)[gone["position"]]
        every = np.concatenate([gone, copies])
        self.removals = Removals(every[np.argsort(every["position"], kind="stable")])
        return self


def _rows(count: int) -> _Rows:
    return np.empty(count, dtype=_ROW)
