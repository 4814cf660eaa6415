"""What every measure of diversity says of real code and of the offline teacher's writing, and what it costs.

Real code: documented functions of the standard library. Then pages and exercises of the offline teacher, all at
one number of texts. To read the numbers by: the same exercises, a share of them replaced by copies of others with
another name of the function. CPU seconds are of one core.
"""

from __future__ import annotations

import re
import time
from collections.abc import Mapping, Sequence

from teacher import exercises, library_functions, pages

from hornbook.draw import rng
from hornbook.quality.diversity import MEASURES, SAMPLE, diversity_of
from hornbook.record import Record
from hornbook.step import Metrics

SHARES_COPIED = (0.0, 0.1, 0.5)


def main() -> None:
    written = [record for record in exercises(0) if isinstance(record, Record)]
    sets: dict[str, Sequence[Record]] = {
        "library": [
            Record(text=text, kind="code", source="stdlib", license="PSF-2.0") for text in library_functions()
        ],
        "pages": [record for record in pages(0) if isinstance(record, Record)],
    }
    sets |= {f"exercises, {share:.0%} copies": with_copies(written, share) for share in SHARES_COPIED}
    found: dict[str, Metrics] = {}
    for name, records in sets.items():
        begun = time.process_time()
        found[name] = diversity_of(records)
        print(f"{name}: {SAMPLE:,} of {len(records):,} texts, {time.process_time() - begun:.1f} CPU seconds")
    show(found)


def with_copies(records: Sequence[Record], share: float) -> list[Record]:
    """Return as many records, a share of them copies of the others with another name of the function."""
    kept = list(records[: round(len(records) * (1 - share))])
    draws = rng(0, "bench diversity")
    copied = (draws.choice(kept) for _ in range(len(records) - len(kept)))
    return kept + [renamed(record, number) for number, record in enumerate(copied)]


def renamed(record: Record, number: int) -> Record:
    assert record.exercise is not None
    name = record.exercise.entry_point
    text = re.sub(rf"\b{name}\b", f"{name}_{number}", record.text)
    return Record(text=text, kind="code", source="copy", license=record.license, tags=record.tags)


def show(found: Mapping[str, Metrics]) -> None:
    print("\n" + " | ".join(["measure", *found]))
    for key, (heading, _) in MEASURES.items():
        cells = (f"{metrics[key]:.3f}" if key in metrics else "-" for metrics in found.values())
        print(" | ".join([heading, *cells]))


if __name__ == "__main__":
    main()
