"""What a folder of records holds: counts, sizes, licences, sources, what was replaced, why others are not there.

Reads shard by shard, as a command on any step's folder too. Names of sources are the first part of their paths;
beyond 100,000 of them the rarest are forgotten, so that memory stays flat.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from hornbook.corpus.origin import origin_of
from hornbook.corpus.screening import REDACTED
from hornbook.errors import UsageError
from hornbook.record import read_records, read_rejected, shards
from hornbook.step import Metrics

_MOST_SOURCES = 100_000
_SHOWN_SOURCES = 20


@dataclass(slots=True)
class Statistics:
    """Counts over a folder."""

    num_records: int = 0
    num_rejected: int = 0
    num_bytes: int = 0
    """Of the kept texts in UTF-8."""
    licenses: Counter[str] = field(default_factory=Counter)
    """Kept records by SPDX expression."""
    bytes_by_license: Counter[str] = field(default_factory=Counter)
    units: Counter[str] = field(default_factory=Counter)
    """Kept records by `unit` ("file", "function", "class"), by kind where that is not said."""
    reasons: Counter[str] = field(default_factory=Counter)
    """Rejected records."""
    redactions: Counter[str] = field(default_factory=Counter)
    """Places replaced in kept texts, by kind."""
    num_redacted: int = 0
    """Kept records in which something was replaced."""
    encodings: Counter[str] = field(default_factory=Counter)
    """Kept records that were not UTF-8."""
    sources: Counter[str] = field(default_factory=Counter)
    """Kept records by the first part of their source."""

    def as_metrics(self) -> Metrics:
        """Return the counts for `step.json` and for programs; of the sources the 20 that give most."""
        return {
            "num_records": self.num_records,
            "num_rejected": self.num_rejected,
            "megabytes": round(self.num_bytes / 1e6, 3),
            "licenses": _sorted(self.licenses),
            "bytes_by_license": _sorted(self.bytes_by_license),
            "units": _sorted(self.units),
            "reasons": _sorted(self.reasons),
            "num_redacted": self.num_redacted,
            "redactions": _sorted(self.redactions),
            "encodings": _sorted(self.encodings),
            "top_sources": dict(list(_sorted(self.sources).items())[:_SHOWN_SOURCES]),
        }


def statistics_of(folder: Path) -> Statistics:
    """Count what `folder/records` and `folder/rejected` hold. Raises UsageError when there are no shards."""
    if not folder.is_dir() or not shards(folder):
        raise UsageError(
            f"{folder}: no records/*.parquet in it; give what `hornbook corpus add` wrote, or a step's folder"
        )
    found = Statistics()
    for record in read_records(folder):
        size = len(record.text.encode())
        found.num_records += 1
        found.num_bytes += size
        found.licenses[record.license] += 1
        found.bytes_by_license[record.license] += size
        found.units[record.tags.get("unit", record.kind)] += 1
        found.sources[origin_of(record.source)] += 1
        if "encoding" in record.tags:
            found.encodings[record.tags["encoding"]] += 1
        replaced = {k: int(n) for k, n in record.scores.items() if k.startswith(REDACTED)}
        found.num_redacted += bool(replaced)
        found.redactions.update({kind.removeprefix(REDACTED): n for kind, n in replaced.items()})
        if len(found.sources) > _MOST_SOURCES:
            found.sources = Counter(dict(found.sources.most_common(_MOST_SOURCES // 2)))
    for rejected in read_rejected(folder):
        found.num_rejected += 1
        found.reasons[rejected.reason] += 1
    return found


def _sorted(counts: Counter[str]) -> dict[str, int]:
    """Return counts from the most to the least, equal ones by name."""
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
