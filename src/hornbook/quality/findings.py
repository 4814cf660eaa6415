"""What decontamination says about a record: which problem it holds, by which channel, and what shows it."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Literal

from hornbook.quality.targets import LADDER
from hornbook.record import Record, Rejected
from hornbook.step import Metrics

Channel = Literal["words", "code", "ast", "embedding"]

Seen = Mapping[Channel, Set[int]]
"""By channel, the numbers of the problems that are long enough for it to see."""

_REASON = {
    "identical": "benchmark_identical",
    "words": "benchmark_prompt",
    "code": "benchmark_solution",
    "ast": "ast_similar",
    "embedding": "embedding_near",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem found in one record by one channel."""

    channel: str
    """A channel, or "identical": prompt and solution as they stand."""
    benchmark: str
    problem: str
    overlap: float
    """Share of the problem that the record holds; for likeness the similarity (syntax trees) or the cosine."""
    measure: str
    """What the overlap counts: "of its 10-word n-grams"."""
    excerpt: str
    """The words or the code that gave it away."""
    long_words: bool = False
    """Whether a 13-word n-gram of the statement is shared too (GPT-3's rule)."""

    @property
    def reason(self) -> str:
        """Name of the rejection."""
        if self.channel == "identical" and self.benchmark == LADDER:
            return "ladder_identical"
        return _REASON[self.channel]

    def rejects(self, record: Record) -> Rejected:
        """Return the record as rejected for this."""
        shown = f": {self.excerpt}" if self.excerpt else ""
        detail = f"{self.problem}: {self.overlap:.3g} {self.measure}{shown}"
        return Rejected(record, "decontaminate", self.reason, detail)

    def row(self, record: Record) -> Metrics:
        """Return the line of evidence."""
        return {
            "record": record.id,
            "source": record.source,
            "benchmark": self.benchmark,
            "problem": self.problem,
            "channel": self.channel,
            "overlap": round(self.overlap, 4),
            "long_words": self.long_words,
            "excerpt": self.excerpt,
        }
