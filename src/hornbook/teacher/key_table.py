"""Where each key's line stands, at 23 to 46 bytes a key: a third of what a dictionary needs."""

from __future__ import annotations

from array import array
from collections.abc import Iterator

_FULLEST = 0.7
"""Share of taken slots at which the table doubles."""


class KeyTable:
    """A hash table from 64-bit keys to places (integers from 0 to 2**64 - 2); a key may have several places.

    >>> table = KeyTable()
    >>> table.add(7, 100)
    >>> table.add(7, 200)
    >>> list(table.find(7)), list(table.find(8)), len(table)
    ([100, 200], [], 2)
    """

    def __init__(self, slots: int = 1 << 10) -> None:
        """Begin with that many slots, a power of two."""
        self._count = 0
        self._clear(slots)

    def __len__(self) -> int:
        """Return the number of places."""
        return self._count

    def add(self, key: int, place: int) -> None:
        """Add a place to a key's."""
        if self._count >= self._most:
            self._double()
        self._put(key, place + 1)
        self._count += 1

    def find(self, key: int) -> Iterator[int]:
        """Yield the key's places in the order in which they were added."""
        slot = key & self._mask
        while taken := self._places[slot]:
            if self._keys[slot] == key:
                yield taken - 1
            slot = (slot + 1) & self._mask

    def _clear(self, slots: int) -> None:
        self._mask = slots - 1
        self._most = int(slots * _FULLEST)
        self._keys = array("Q", bytes(8 * slots))
        # One more than the place, so that zero is a free slot.
        self._places = array("Q", bytes(8 * slots))

    def _put(self, key: int, taken: int) -> None:
        slot = key & self._mask
        while self._places[slot]:
            slot = (slot + 1) & self._mask
        self._keys[slot] = key
        self._places[slot] = taken

    def _double(self) -> None:
        keys, places, start = self._keys, self._places, 0
        while places[start]:  # from behind a gap on, so that a key's places keep their order
            start += 1
        self._clear(2 * len(keys))
        for slot in (*range(start, len(keys)), *range(start)):
            if places[slot]:
                self._put(keys[slot], places[slot])
