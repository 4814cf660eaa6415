"""The guard: stops a step whose teacher gives next to nothing that can be used, and shows what it gave."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from hornbook.errors import QualityGate
from hornbook.record import Record, Rejected

GUARDED = 60
"""Results after which a teacher that cannot be used is given up; some more are in flight by then."""
_NUM_SAMPLES = 3
_SHOWN = 400
"""Characters of a failing sample."""


@dataclass(slots=True, kw_only=True)
class Guard:
    """Looks at the first results of a step, and where it is told so at each later batch of them."""

    most: int
    """Results that it looks at together."""
    least_read: float
    """Share of them that must be records, 0 to 1; 0 never stops."""
    later: int = 0
    """Results after the first ones that it looks at together, again and again; 0 looks no more."""
    did: str = "could be read"
    """What a record did, and a rejected one did not."""
    _which: str = "first"
    _seen: int = 0
    _refused: list[Rejected] = field(default_factory=list)

    def look(self, result: Record | Rejected) -> None:
        """Take one result; raises QualityGate when there are enough to tell, and too few are records."""
        if not self.most:
            return
        self._seen += 1
        if isinstance(result, Rejected):
            self._refused.append(result)
        if self._seen < self.most:
            return
        if self._seen - len(self._refused) < self.least_read * self._seen:
            raise QualityGate(self._explain())
        self._which, self.most, self._seen, self._refused = "last", self.later, 0, []

    def _explain(self) -> str:
        reasons = Counter(refused.reason for refused in self._refused)
        return (
            f"of the {self._which} {self._seen} answers {self._seen - len(self._refused)} {self.did}"
            f"{explained(self._refused, reasons)}"
            f"stopped, since less than {100 * self.least_read:g} % {self.did}. Every answer is kept. "
            "Take another model, a larger --teacher-set max_tokens, or go on with --least-read 0"
        )


def explained(refused: Sequence[Rejected], reasons: Mapping[str, int]) -> str:
    """Return the reasons by number and three samples, as the middle of a message."""
    by_number = sorted(reasons.items(), key=lambda item: -item[1])
    samples = "".join(f"{_shown(one)}\n" for one in refused[:_NUM_SAMPLES])
    return f" ({', '.join(f'{number} {reason}' for reason, number in by_number)}):\n{samples}"


def _shown(refused: Rejected) -> str:
    text = refused.record.text
    more = "..." if len(text) > _SHOWN else ""
    return f"--- {refused.reason}: {refused.detail}\n{text[:_SHOWN].rstrip()}{more}"
