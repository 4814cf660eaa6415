"""Whether two passes over records saw the same ones: a count and a sum that no order changes."""

from __future__ import annotations

from dataclasses import dataclass

from hornbook.record import Record


@dataclass(slots=True)
class Tally:
    """How many records a pass saw, and the sum of their ids' first 64 bits; 16 bytes however many they are."""

    count: int = 0
    total: int = 0

    def add(self, record: Record) -> None:
        """Note a record: its kind and text, by its id."""
        self.count += 1
        self.total = (self.total + int(record.id[:16], 16)) % 2**64
