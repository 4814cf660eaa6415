"""Rounds: which items of a plan are asked for next, and which answers are accepted, until there are enough.

A round is 500 items of the plan, whatever the count. Acceptance goes by index: an answer is accepted when it could
be read, passed the check and copies no record accepted before it. What round r asks for depends on the accepted
records of rounds up to r - 2 alone, so two rounds are under way at once, and it is on disk before its first
request. Nothing is asked that could turn out to be more than enough. So a longer step begins with the requests and
records of a shorter one, and a killed one goes on with the same prompts.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from hornbook.errors import QualityGate
from hornbook.lessons.answer import Drafts
from hornbook.lessons.copies import Copies, exact
from hornbook.lessons.guard import Guard, explained
from hornbook.lessons.steering import UNSTEERED, Novelty, Steering
from hornbook.pool import finished_shards, summed, write_atomically, write_results
from hornbook.quality.outline import Outlines
from hornbook.record import Record, Rejected, read_records
from hornbook.step import Metrics

ROUND = 500
"""Items: small enough that little is lost when a run is killed, large enough that their novelty says something."""
_AHEAD = 2
"""Rounds under way at once: while the last answers of one come and are checked, the next is being asked for."""
_FIRST = 60
"""Answers examined together at first, so that a hopeless teacher is noticed early; then it is a round's rest."""
_FAILURES_ALLOWED = 20
"""What may be asked beyond the count in any case, so that no small count is stopped by bad luck."""

Result = Record | Rejected
Examine = Callable[[Sequence[Record]], Iterable[Result]]
"""Executes records and yields each, in order, or its rejection."""


@dataclass(frozen=True, slots=True)
class Item:
    """One item of the plan that is wanted now."""

    index: int
    steering: Steering


class Rounds:
    """The state of a step that accepts records: begun anew, or where an earlier attempt in `out` was killed."""

    def __init__(
        self,
        cfg: Drafts,
        stage: str,
        out: Path,
        log: Callable[[str], None],
        guard: Guard,
        outlines: Outlines | None = None,
    ) -> None:
        """Read what is there; `outlines` are of the drafts to come, where somebody has made them."""
        self._cfg, self._stage, self._out, self._log, self._guard = cfg, stage, out, log, guard
        self._most = max(math.ceil(cfg.most_asked * cfg.count), cfg.count + _FAILURES_ALLOWED)
        self._asked = self._decided = 0
        self.accepted = 0
        self._outlines = outlines or Outlines()
        self._copies = Copies()
        self._novelty = Novelty()
        self._steerings = [UNSTEERED] * _AHEAD
        self._novelties: list[float] = []
        self._results: list[Result] = []
        for number, counts in enumerate(finished_shards(out)):
            for record in read_records(out / "records" / f"{number:05d}.parquet"):
                self._accepted(record)
                self._outlines.forget(record)
            self._asked = self._decided = self._decided + counts.num_in
            self._learn()

    def wanted(self) -> Iterator[Item | None]:
        """Yield the items to ask for, in order; None as long as there is none until more is decided."""
        while self.accepted < self._cfg.count:
            item = self._next()
            if item is None and self._asked == self._decided:
                return
            yield item

    def _next(self) -> Item | None:
        number = self._asked // ROUND
        may_be_enough = self.accepted + self._asked - self._decided >= self._cfg.count
        if may_be_enough or self._asked >= self._most or number >= len(self._steerings):
            return None
        self._asked += 1
        return Item(self._asked - 1, self._steerings[number])

    def are_due(self, num_waiting: int) -> bool:
        """Say whether so many drafts should be decided now."""
        rest = ROUND - self._decided % ROUND
        batch = _FIRST if self._decided == 0 else rest
        return num_waiting >= min(batch, rest, self._asked - self._decided)

    def decide(self, drafts: Sequence[Result], examine: Examine) -> None:
        """Accept or reject the next drafts, by index; raises QualityGate when too few can be accepted."""
        first = [self._unless_known(draft) for draft in drafts]
        examined = iter(examine([one for one in first if isinstance(one, Record)]))
        for draft in first:
            result = self._accepted(next(examined)) if isinstance(draft, Record) else draft
            self._decided += 1
            self._results.append(result)
            self._guard.look(result)
            self._outlines.forget(result.record if isinstance(result, Rejected) else result)
        if len(self._results) == ROUND:
            self._end_round()

    def finish(self) -> Metrics:
        """Write the last round, which may be a short one, and return what was counted.

        Raises QualityGate when there are fewer accepted records than were wanted.
        """
        if self.accepted < self._cfg.count:
            raise QualityGate(self._ran_dry())
        if self._results:
            self._end_round()
        counts = finished_shards(self._out)
        rounds = [
            {"asked": one.num_in, "accepted": one.num_kept, "novelty": round(novelty, 4)}
            for one, novelty in zip(counts, self._novelties, strict=True)
        ]
        return summed(counts) | {"rounds": rounds}

    def _unless_known(self, draft: Result) -> Result:
        """A text that was accepted before need not be executed."""
        if isinstance(draft, Record) and draft in self._copies:
            return Rejected(draft, self._stage, *exact(draft))
        return draft

    def _accepted(self, result: Result) -> Result:
        """Accept a record that is none, or reject it."""
        if isinstance(result, Rejected):
            return result
        if (fault := self._copies.add(result)) is not None:
            return Rejected(result, self._stage, *fault)
        self.accepted += 1
        self._novelty.add(result, self._outlines.of)
        return result

    def _end_round(self) -> None:
        number = self._decided // ROUND - (self._decided % ROUND == 0)
        self._learn()
        write_results(number, len(self._results), self._results, self._out)
        self._results = []
        self._look_at_novelty(number)

    def _learn(self) -> None:
        """Fix what the round after next asks for, and keep it."""
        self._novelties.append(self._novelty.end_round())
        number = len(self._steerings)
        path = self._out / "steering" / f"{number:05d}.json"
        if self._cfg.diversity != "loop":
            self._steerings.append(UNSTEERED)
        elif path.exists():
            self._steerings.append(Steering.from_json(path.read_bytes()))
        else:
            self._steerings.append(self._novelty.steering())
            write_atomically(path, self._steerings[-1].to_json())

    def _look_at_novelty(self, number: int) -> None:
        novelty = self._novelties[number]
        if novelty >= self._cfg.least_novelty:
            return
        said = (
            f"round {number}: the novelty of the accepted records is {novelty:.3f}, less than "
            f"{self._cfg.least_novelty:g} (least_novelty): syntax trees and openings repeat"
        )
        if self._cfg.low_novelty == "stop":
            raise QualityGate(
                f"{said}; {self.accepted:,} are accepted. Ask for fewer, take another teacher, or set "
                "low_novelty=warn"
            )
        self._log(said)

    def _ran_dry(self) -> str:
        refused = [result for result in self._results if isinstance(result, Rejected)]
        reasons = Counter(result.reason for result in refused)
        reasons.update(summed(finished_shards(self._out))["reasons"])
        return (
            f"{self.accepted:,} of {self._cfg.count:,} records are accepted, and {self._asked:,} were asked for, "
            f"which is the most ({self._cfg.most_asked:g} for each: most_asked){explained(refused, reasons)}"
            "Every answer is kept. Ask for fewer, take another teacher, or set a higher most_asked"
        )
