"""Removes copies and near-copies, each with the record that stays and their exact Jaccard as evidence.

An exact pass (equal kind and text), then MinHash candidates, then exact verification, then a greedy keep:
best score first, a record goes only if a record that *stays* is at least `threshold` alike. So nothing is
lost through chains, and no removal rests on an estimate. Shingles are five code tokens and keep operators.
Pages of one teacher share a frame, so shingles that many textbooks share do not count between textbooks.
It compares texts, not meanings; records of different kinds are never compared.
Why verify: marin-community/marin issue 6854, where LSH clusters alone removed 743,779 documents on distinct
topics that shared a template.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from pydantic import Field

from hornbook.pool import stream
from hornbook.quality.code_tokens import code_tokens
from hornbook.quality.minhash import NUM_PERMUTATIONS, U32, band_keys, estimated_jaccard, signatures
from hornbook.quality.shingles import U64, Flat, TokenHashes, batched_by_weight, flat_hashes, ngrams
from hornbook.record import Record, Rejected, count, read_records
from hornbook.step import Config, Context, Metrics, Progress

SHINGLE_TOKENS = 5
_CHARACTERS_PER_BATCH = 100_000  # the arrays of a batch then stay in the second-level cache
_FEWEST_DISTINCTIVE = 10
_ESTIMATE_SLACK = 4 * (0.25 / NUM_PERMUTATIONS) ** 0.5 * 0.8  # four standard errors at J 0.8


class Dedup(Config):
    """What counts as a copy."""

    exercise_threshold: float = Field(default=0.8, gt=0, le=1)
    """Exact Jaccard of shingles at which an exercise goes; at 0.8 about one line in ten differs."""
    textbook_threshold: float = Field(default=0.7, gt=0, le=1)
    """The same for textbooks, after the shared frame is subtracted."""
    code_threshold: float = Field(default=0.7, gt=0, le=1)
    """The same for real code, where vendored copies differ by a few edits."""
    template_share: float = Field(default=0.02, gt=0, le=1)
    """Share of textbooks above which a shingle belongs to the frame; real content stays far below it."""
    template_count: int = Field(default=30, ge=2)
    """Number of textbooks below which no shingle is called a frame, whatever its share."""
    prefer: str = ""
    """Score that decides which copy stays, highest first; empty: the first in order stays."""

    def threshold(self, kind: str) -> float:
        """Return the Jaccard at which a record of this kind goes."""
        return {"exercise": self.exercise_threshold, "textbook": self.textbook_threshold}.get(
            kind, self.code_threshold
        )


@dataclass(frozen=True, slots=True)
class Removal:
    """Why one record goes."""

    reason: str
    kept_id: str
    jaccard: float

    @property
    def detail(self) -> str:
        """The evidence in one line."""
        return f"of {self.kept_id}, jaccard {self.jaccard:.2f}"


@dataclass(slots=True)
class _Unit:
    """One distinct text: where it stands and what it is made of."""

    index: int
    id: str
    kind: str
    score: float
    shingles: U64 = field(repr=False)
    """Sorted and unique."""


@dataclass(slots=True)
class Decisions:
    """What dedup found, before anything is written."""

    removals: dict[int, Removal]
    """By position of the record in the input."""
    num_frame_shingles: int = 0
    num_compared: int = 0
    """Pairs that were verified exactly."""


def dedup(cfg: Dedup, *, out: Path, ctx: Context, **sources: Path) -> Metrics:
    """Write the records of all sources without copies; sources are read in the order of their names.

    Memory: two arrays per distinct text (its shingles, and 448 bytes of signature), never the texts. Metrics:
    what `stream` counts, pairs verified, shingles of the frame, and the first 20 removals as evidence.
    """
    folders = [sources[name] for name in sorted(sources)]
    total = sum(count(folder) for folder in folders)

    def read() -> Iterator[Record]:
        for folder in folders:
            yield from read_records(folder)

    def seen() -> Iterator[Record]:
        for done, record in enumerate(read()):
            if done % 500 == 0:
                ctx.progress(Progress(done=done / 2, total=total, unit="records", note="comparing"))
            yield record

    decisions = find_duplicates(cfg, seen())
    metrics = stream(
        lambda records: _apply(decisions, records), read(), out, ctx, total=total, second_half=True
    )
    return metrics | {
        "pairs_verified": decisions.num_compared,
        "frame_shingles": decisions.num_frame_shingles,
        "evidence": [
            {"position": i, "reason": r.reason, "of": r.kept_id, "jaccard": round(r.jaccard, 4)}
            for i, r in sorted(decisions.removals.items())[:20]
        ],
    }


def _apply(decisions: Decisions, records: Iterator[Record]) -> Iterator[Record | Rejected]:
    for i, record in enumerate(records):
        removal = decisions.removals.get(i)
        yield Rejected(record, "dedup", removal.reason, removal.detail) if removal else record


def find_duplicates(cfg: Dedup, records: Iterable[Record]) -> Decisions:
    """Decide which of `records` are copies. The same records in the same order give the same decisions."""
    decisions = Decisions({})
    units = _distinct(cfg, records, decisions)
    by_kind: defaultdict[str, list[_Unit]] = defaultdict(list)
    for unit in units:
        by_kind[unit.kind].append(unit)
    for kind, members in by_kind.items():
        if kind == "textbook":
            decisions.num_frame_shingles = _subtract_frame(cfg, members)
        members.sort(key=lambda unit: (-unit.score, unit.index))
        _keep_greedily(cfg.threshold(kind), members, decisions)
    _name_kept(units, decisions)
    return decisions


def _name_kept(units: Sequence[_Unit], decisions: Decisions) -> None:
    """Make the evidence of exact copies name a record that stays, where the copied text went as well."""
    gone = {unit.id: decisions.removals[unit.index] for unit in units if unit.index in decisions.removals}
    for i, removal in decisions.removals.items():
        if removal.kept_id in gone:
            decisions.removals[i] = gone[removal.kept_id]


def _distinct(cfg: Dedup, records: Iterable[Record], decisions: Decisions) -> list[_Unit]:
    """Return one unit per distinct text, and note the exact copies; of equal texts the best score stays."""
    hashes = TokenHashes()
    units: dict[str, _Unit] = {}
    numbered = enumerate(records)
    for batch in batched_by_weight(numbered, lambda item: len(item[1].text), _CHARACTERS_PER_BATCH):
        fresh: list[_Unit] = []
        texts: list[str] = []
        for i, record in batch:
            score = record.scores.get(cfg.prefer, 0.0)
            known = units.get(record.id)
            if known is None:
                unit = units[record.id] = _Unit(i, record.id, record.kind, score, np.empty(0, np.uint64))
                fresh.append(unit)
                texts.append(record.text)
            elif score > known.score:
                decisions.removals[known.index] = Removal("exact_duplicate", known.id, 1.0)
                known.index, known.score = i, score
            else:
                decisions.removals[i] = Removal("exact_duplicate", known.id, 1.0)
        for unit, shingles in zip(fresh, shingle_sets(texts, hashes), strict=True):
            unit.shingles = shingles
    return list(units.values())


def shingle_sets(texts: Sequence[str], hashes: TokenHashes) -> list[U64]:
    """Return the sorted distinct shingle hashes of each text; a text of fewer than five tokens has one."""
    flat = flat_hashes([code_tokens(text) for text in texts], hashes)
    grams = ngrams(flat, SHINGLE_TOKENS, whole_if_short=True)
    return [np.unique(grams.part(i)) for i in range(len(grams))]


def _subtract_frame(cfg: Dedup, units: Sequence[_Unit]) -> int:
    """Take the shingles that many units share out of every unit; returns how many shingles that were.

    A unit that has next to nothing else keeps all of its shingles: it is nothing but frame, and copies of it
    must still be found.
    """
    if not units:
        return 0
    values, counts = np.unique(np.concatenate([unit.shingles for unit in units]), return_counts=True)
    frame = values[counts > max(cfg.template_count, cfg.template_share * len(units))]
    for unit in units:
        rest = np.setdiff1d(unit.shingles, frame, assume_unique=True)
        if len(rest) >= _FEWEST_DISTINCTIVE:
            unit.shingles = rest
    return len(frame)


def _keep_greedily(threshold: float, units: Sequence[_Unit], decisions: Decisions) -> None:
    """Go through `units`, best first, and remove each that is too like one that was kept."""
    signature = _signatures(units)
    keys_of = band_keys(signature)
    buckets: dict[int, list[int]] = {}
    for i, unit in enumerate(units):
        keys = keys_of[i].tolist()
        candidates: set[int] = set()
        for key in keys:
            candidates.update(buckets.get(key, ()))
        match = _closest_kept(threshold, i, sorted(candidates), units, signature, decisions)
        if match is not None:
            kept, jaccard = match
            decisions.removals[unit.index] = Removal("near_duplicate", units[kept].id, jaccard)
            continue
        for key in keys:
            buckets.setdefault(key, []).append(i)


def _signatures(units: Sequence[_Unit]) -> U32:
    parts = []
    for batch in batched_by_weight(units, lambda unit: len(unit.shingles), 32_768):
        offsets = np.cumsum([0, *(len(unit.shingles) for unit in batch)], dtype=np.int64)
        parts.append(signatures(Flat(np.concatenate([unit.shingles for unit in batch]), offsets)))
    return np.concatenate(parts) if parts else np.empty((0, NUM_PERMUTATIONS), np.uint32)


def _closest_kept(
    threshold: float,
    i: int,
    candidates: list[int],
    units: Sequence[_Unit],
    signature: U32,
    decisions: Decisions,
) -> tuple[int, float] | None:
    """Return the first kept unit, most alike by estimate first, that is truly alike, and its Jaccard."""
    if not candidates:
        return None
    estimates = estimated_jaccard(signature[i], signature[candidates])
    for position in np.argsort(-estimates, kind="stable"):
        if estimates[position] < threshold - _ESTIMATE_SLACK:
            return None
        kept = candidates[position]
        decisions.num_compared += 1
        jaccard = exact_jaccard(units[i].shingles, units[kept].shingles)
        if jaccard >= threshold:
            return kept, jaccard
    return None


def exact_jaccard(a: U64, b: U64) -> float:
    """Return the share of shingles that two texts have in common; both arrays sorted and unique.

    Two texts without shingles are alike.
    """
    if not len(a) or not len(b):
        return float(len(a) == len(b))
    common = len(np.intersect1d(a, b, assume_unique=True))
    return common / (len(a) + len(b) - common)
