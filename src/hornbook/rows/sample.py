"""Some of the rows of a file, drawn by seed while it goes by once."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Generic, TypeVar

_T = TypeVar("_T")


@dataclass(slots=True)
class Reservoir(Generic[_T]):
    """Holds `size` of the items that it was given, each with the same chance (Vitter 1985, algorithm R)."""

    size: int
    random: random.Random
    items: list[_T] = field(default_factory=list)
    num_seen: int = 0

    def add(self, item: _T) -> None:
        """Take one more item, or leave it."""
        self.num_seen += 1
        if len(self.items) < self.size:
            self.items.append(item)
        elif (place := self.random.randrange(self.num_seen)) < self.size:
            self.items[place] = item
