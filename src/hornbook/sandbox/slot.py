"""A job on its way through the sandbox, and what a started sandbox holds."""

from __future__ import annotations

import selectors
import time
from collections import deque
from dataclasses import dataclass, field, replace

from hornbook.sandbox.ending import Ending
from hornbook.sandbox.verdict import Isolation, Job, Limits, Mutant, Verdict
from hornbook.sandbox.worker import Worker

Trials = tuple[()] | tuple[bytes, int, bytes, int, bytes]

_RECENT = 8
_RESERVE = 3


@dataclass(slots=True, eq=False)
class Slot:
    """A job that somebody waits for, and how far it has come."""

    job: Job
    limits: Limits
    done: deque[Slot]
    """Where it goes when it has its verdict."""
    lane: str = ""
    codes: list[bytes] = field(default_factory=list)
    """The compiled blocks; empty: compile them in the child."""
    calls: bytes = b""
    is_plain: bool = True
    witness: bytes = b""
    weak: tuple[str, ...] = ()
    trials: Trials = ()
    """What Trials needs to know of the mutants; empty: there are none to try."""
    asks_mutants: bool = True
    """False once they were too much for a helper: the program is then judged without them."""
    labels: tuple[str, ...] = ()
    """Of the mutants, as the judge wrote them: kind, line and change."""
    mutants: tuple[Mutant, ...] = ()
    dropped: str = ""
    """Why the program is judged without its mutants, though there are some."""
    late: Trials = ()
    """Trials that took too long: to be run again, with time of their own, once the program has passed alone."""
    decided: Verdict | None = None
    """The verdict on the program, if what is going on is only about its mutants."""
    ending: Ending | None = None
    """What became of its processes, once it was run."""
    block: int = 0
    seconds: float = 0.0
    tries: int = 0
    is_wanted: bool = True
    verdict: Verdict | None = None

    @property
    def ungraded(self) -> str:
        """Why there are no mutants, of a job that asks for some and passes in the lane `plan`."""
        if self.mutants or not self.job.mutants or self.lane != "plan":
            return ""
        return self.dropped or ("their report is malformed" if self.labels else "none can be made")

    def judged(self, outcome: str, block: int, detail: str, outputs: tuple[str, ...], level: str) -> Verdict:
        """The verdict; if one is decided, that one with what is known of the mutants now."""
        if self.decided is not None:
            return replace(self.decided, mutants=self.mutants, ungraded=self.ungraded)
        return Verdict(
            id=self.job.id,
            outcome=outcome,
            block=block,
            detail=detail,
            outputs=outputs,
            seconds=self.seconds,
            level=level,
            lane=self.lane or ("run" if self.job.tests is None else "plan"),
            weak=tuple(self.weak) if outcome == "pass" else (),
            mutants=self.mutants,
            ungraded=self.ungraded if outcome == "pass" else "",
        )


@dataclass(slots=True)
class State:
    """What a started sandbox holds."""

    zygotes: list[Worker]
    judge: Worker
    isolation: Isolation
    queue: deque[Slot] = field(default_factory=deque)
    """Prepared, and waiting for a zygote."""
    heavy: deque[tuple[str | None, str, str]] = field(default_factory=lambda: deque(maxlen=16))
    """Tests (with setup and entry point) that were too much for the judge."""
    pumped: float = field(default_factory=time.monotonic)
    selector: selectors.BaseSelector = field(default_factory=selectors.DefaultSelector)
    recent: deque[float] = field(default_factory=lambda: deque([0.0], maxlen=_RECENT))
    """CPU seconds of the programs that ended last."""

    @property
    def workers(self) -> list[Worker]:
        """All helpers."""
        return [*self.zygotes, self.judge]

    def seconds_of_work(self) -> float:
        """How long no zygote should need another job; 0 where none is ready for them anyway.

        As if every program ended as soon as the quickest of late, with some jobs in reserve.
        """
        waiting = min(len(zygote.pending) for zygote in self.zygotes) - _RESERVE if self.queue else 0
        return waiting * min(self.recent)


def as_mutant(label: str, outcome: str, is_told: str, told_by: str) -> Mutant:
    """What the judge said of a mutant, first and last."""
    kind, line, change = label.split("\t")
    return Mutant(kind, int(line), change, outcome, is_told == "1", told_by)
