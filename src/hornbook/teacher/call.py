"""A call on its way: what crosses between the caller's thread and the scheduler's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from queue import SimpleQueue

from hornbook.teacher.exchange import Answer
from hornbook.teacher.journal import Entry


@dataclass(eq=False, slots=True)
class Turn:
    """One `complete`: where its answers go."""

    inbox: SimpleQueue[Delivery | BaseException] = field(default_factory=SimpleQueue)
    dropped: bool = False


@dataclass(eq=False, slots=True)
class Call:
    """One answer that is wanted."""

    turn: Turn
    key: str
    request: bytes
    """Canonical, for the journal."""
    body: Callable[[], bytes]
    """What is posted; made when it is."""
    number: int = 0
    """Order of asking, which the scheduler fills in."""
    sent: float = 0.0
    """When the last attempt was sent, by the scheduler's clock."""
    attempts: int = 0
    """Those that failed."""


Delivery = list[tuple[Call, Entry, Answer | None]]
"""What is handed on, once it is durable: an answer comes with what was read in it."""
