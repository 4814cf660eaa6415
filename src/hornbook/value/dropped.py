"""A draw from what a filter dropped, as large as what it kept: the counterpart that shows what was thrown away.

Equal in characters and not in units, because a filter keeps short units more often than long ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from hornbook.draw import rng
from hornbook.errors import QualityGate
from hornbook.pool import stream
from hornbook.record import Record, Rejected, count, read_records, read_rejected
from hornbook.step import Config, Context, Metrics

STAGE = "dropped"


class Dropped(Config):
    """Which of the dropped units are drawn."""

    seed: int = 0
    """Seed of the draw."""


def draw_dropped(cfg: Dropped, *, kept: Path, out: Path, ctx: Context) -> Metrics:
    """Write a seeded draw of the units that the `keep` step in `kept` rejected, as many characters as it kept.

    Units that were not drawn are rejected as `not_drawn`. All are taken when fewer were dropped than kept. Raises
    QualityGate when the filter dropped nothing.
    """
    sizes = [len(refused.record.text) for refused in read_rejected(kept)]
    if not sizes:
        raise QualityGate(f"the filter in {kept} dropped nothing; lower its keep_share")
    wanted = sum(len(record.text) for record in read_records(kept))
    drawn = _drawn(cfg, sizes, wanted)
    records = (refused.record for refused in read_rejected(kept))
    counts = stream(lambda given: _taken(given, drawn), records, out, ctx, total=count(kept, "rejected"))
    return counts | {"characters_wanted": wanted, "characters": sum(sizes[i] for i in drawn)}


def _drawn(cfg: Dropped, sizes: list[int], wanted: int) -> set[int]:
    order = rng(cfg.seed, STAGE).sample(range(len(sizes)), len(sizes))
    drawn: set[int] = set()
    for i in order:
        if wanted <= 0:
            break
        drawn.add(i)
        wanted -= sizes[i]
    return drawn


def _taken(records: Iterator[Record], drawn: set[int]) -> Iterable[Record | Rejected]:
    for i, record in enumerate(records):
        yield record if i in drawn else Rejected(record, STAGE, "not_drawn")
