"""Which model is asked where, and what may be spent on it: what a run is lent, never identity."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from hornbook.errors import UsageError
from hornbook.teacher.budget import Budget
from hornbook.teacher.journal import Journal
from hornbook.teacher.protocol import Model, Teacher


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """The model that the steps of a run ask, the journal of its answers, and the budget that they share."""

    endpoint: Model
    """A model behind a URL (`Endpoint`), or in a folder (`lm.teach.Checkpoint`)."""
    journal: Path
    """Folder of the journal; runs that share it never pay for the same answer twice."""
    budget: Budget = field(default_factory=Budget)
    measured: str = ""
    """How many calls it takes at once and when that was measured, where it was."""
    least_read: float = 0.2
    """A step stops when less than this share of its first answers could be read, or of its answers at any time was
    accepted; 0 never stops."""

    def __post_init__(self) -> None:
        """Refuse a share that is none."""
        if not 0 <= self.least_read <= 1:
            raise UsageError(f"least_read is {self.least_read}; a share is from 0 to 1")

    @contextlib.contextmanager
    def teacher(self, say: Callable[[str], None]) -> Iterator[Teacher]:
        """Open the journal and the teacher; `say` gets what the person who watches should know."""
        with (
            Journal(self.journal, say=say) as journal,
            self.endpoint.teacher(journal=journal, budget=self.budget, say=say) as teacher,
        ):
            measured = self.measured and f", {self.measured}"
            say(
                f"asks {teacher.name!r} at {self.endpoint.address}{measured}; "
                f"{len(journal):,} answers are in the journal {self.journal}"
            )
            yield teacher
