"""Removes copies and near-copies, each with the record that stays and their exact Jaccard as evidence.

An exact pass (equal kind and text), then MinHash candidates, then exact verification, then a greedy keep:
best score first, a record goes only if a record that *stays* is at least `threshold` alike. So nothing is
lost through chains, and no removal rests on an estimate. Shingles are five tokens and keep operators.
Pages of one teacher share a frame, so shingles that many textbooks share do not count between textbooks.
It compares texts, not meanings; records of different kinds are never compared.
Shingles, bands and sketches are on disk, in memory stay about 60 bytes of a record.
Why verify: marin-community/marin issue 6854, where LSH clusters alone removed 743,779 documents on distinct
topics that shared a template.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import ClassVar

import numpy as np
from pydantic import Field

from hornbook.pool import stream
from hornbook.quality.dedup_decisions import Decisions, Removals
from hornbook.quality.dedup_index import DedupIndex, Kept
from hornbook.quality.dedup_units import Units, gathered
from hornbook.quality.minhash import (
    LOWEST_JACCARD,
    NUM_PERMUTATIONS,
    band_keys,
    estimated_jaccard,
    shortened,
    signatures,
)
from hornbook.quality.shingle_sets import exact_jaccard
from hornbook.quality.shingles import U64, batched_by_weight, mixed
from hornbook.quality.sorted_runs import U32
from hornbook.record import KINDS, Record, Rejected, count, read_records
from hornbook.step import RESUME, Config, Context, Metrics, Progress

_SHINGLES_PER_BLOCK = 250_000  # 2 MB, looked up on disk together
_FEWEST_DISTINCTIVE = 10
_FRAME_SAMPLE = 2000
_ESTIMATE_SLACK = 4 * (0.25 / NUM_PERMUTATIONS) ** 0.5 * 0.9  # four standard errors at J 0.7
_READING = 0.6
"""Share of the work that is done when every record has been read."""


class Dedup(Config):
    """What counts as a copy."""

    VERSION: ClassVar[int] = 2

    exercise_threshold: float = Field(default=0.8, ge=LOWEST_JACCARD, le=1)
    """Exact Jaccard of shingles at which an exercise goes; at 0.8 about one line in ten differs."""
    textbook_threshold: float = Field(default=0.7, ge=LOWEST_JACCARD, le=1)
    """The same for textbooks, after the shared frame is subtracted."""
    code_threshold: float = Field(default=0.7, ge=LOWEST_JACCARD, le=1)
    """The same for real code, where vendored copies differ by a few edits."""
    template_share: float = Field(default=0.02, gt=0, le=1)
    """Share of textbooks above which a shingle belongs to the frame; real content stays far below it."""
    template_count: int = Field(default=30, ge=2)
    """Number of textbooks below which no shingle is called a frame, whatever its share."""
    skeleton_cap: int = Field(default=0, ge=0)
    """Most records that may share one syntax tree, names and values aside (`quality.syntax`); 0: any number.
    The first ones in order of score stay."""
    prefer: str = ""
    """Score that decides which copy stays, highest first; empty: the first in order stays."""

    def threshold(self, kind: str) -> float:
        """Return the Jaccard at which a record of this kind goes."""
        return {"exercise": self.exercise_threshold, "textbook": self.textbook_threshold}.get(
            kind, self.code_threshold
        )


def dedup(cfg: Dedup, *, out: Path, ctx: Context, **sources: Path) -> Metrics:
    """Write the records of all sources without copies; sources are read in the order of their names.

    Needs about twice the size of the texts on disk while it runs. Metrics: what `stream` counts, pairs verified,
    shingles of the frame, and the first 20 removals as evidence; every removal is evidence in `rejected`.
    """
    folders = [sources[name] for name in sorted(sources)]
    total = sum(count(folder) for folder in folders)

    def read() -> Iterator[Record]:
        for folder in folders:
            yield from read_records(folder)

    def seen(done: float) -> None:
        ctx.progress(Progress(done=done / 2, total=total, unit="records", note="comparing"))

    decisions = find_duplicates(cfg, read(), progress=seen, workspace=out / RESUME / "dedup")
    metrics = stream(
        lambda records: applied(decisions.removals, records), read(), out, ctx, total=total, second_half=True
    )
    return metrics | {
        "pairs_verified": decisions.num_compared,
        "frame_shingles": decisions.num_frame_shingles,
        "evidence": [
            {"position": i, "reason": r.reason, "of": r.kept_id, "jaccard": round(r.jaccard, 4)}
            for i, r in decisions.removals.first(20)
        ],
    }


def applied(removals: Removals, records: Iterable[Record]) -> Iterator[Record | Rejected]:
    """Yield every record, in the order in which `find_duplicates` saw them, or its rejection with evidence."""
    for i, record in enumerate(records):
        removal = removals.get(i)
        yield Rejected(record, "dedup", removal.reason, removal.detail) if removal else record


def find_duplicates(
    cfg: Dedup,
    records: Iterable[Record],
    *,
    progress: Callable[[float], None] = lambda done: None,
    workspace: Path | None = None,
    index: DedupIndex | None = None,
) -> Decisions:
    """Decide which of `records` are copies. The same records in the same order give the same decisions.

    `progress` is told how much is done, of as many as there are records. `workspace` is a folder that is emptied
    and filled (a temporary one by default): about twice the size of the texts. With `index`, records are also
    copies of what it holds, which stays whatever its score; what is kept is added, and lasts once it is committed.
    """
    with tempfile.TemporaryDirectory(prefix="hornbook-dedup-") as temporary:
        folder = workspace or Path(temporary)
        shutil.rmtree(folder, ignore_errors=True)
        with gathered(cfg.prefer, bool(cfg.skeleton_cap), records, folder, progress) as units:
            if index is not None:
                return _decided(cfg, units, index, progress)
            with DedupIndex(folder / "kept") as scratch:
                return _decided(cfg, units, scratch, progress)


def _decided(cfg: Dedup, units: Units, index: DedupIndex, progress: Callable[[float], None]) -> Decisions:
    if index.frame is None:
        index.frame = _frame(cfg, units)
    keeper = _Keeper(cfg, units, index)
    done = 0
    for block in batched_by_weight(units.best_first(), units.weight, _SHINGLES_PER_BLOCK):
        keeper.take(block)
        done += len(block)
        progress(units.num_records * (_READING + (1 - _READING) * done / len(units)))
    return keeper.decisions.finished(units)


class _Keeper:
    """Goes through distinct texts, best first, and keeps each that is not too like one that it kept."""

    def __init__(self, cfg: Dedup, units: Units, index: DedupIndex) -> None:
        assert index.frame is not None, "the frame is decided before the first text"
        self.decisions = Decisions(num_frame_shingles=len(index.frame))
        self._thresholds = [cfg.threshold(kind) for kind in KINDS]
        self._cap = cfg.skeleton_cap
        self._units, self._index, self._frame = units, index, index.frame
        self._of_shape: dict[int, tuple[int, str]] = {}
        """By skeleton: how many were kept, and the first one's id."""

    def take(self, block: list[int]) -> None:
        """Decide about the units of a block, in order."""
        sets = [self._content(unit) for unit in block]
        signature = signatures(sets)
        sketches = shortened(signature)
        kinds = mixed(np.array([self._units.kinds[unit] for unit in block], dtype=np.uint64))
        keys = band_keys(signature) ^ kinds[:, None]  # of different kinds, so never candidates
        on_disk = self._index.candidates(keys)
        for row, unit in enumerate(block):
            kept = Kept(self._units.id(unit), sets[row], keys[row], sketches[row])
            fresh = np.array(self._index.fresh_candidates(keys[row]), dtype=np.uint32)
            self._decide(unit, kept, np.unique(np.concatenate([*on_disk[row], fresh])))
        self._index.flush()

    def _content(self, unit: int) -> U64:
        shingles = self._units.shingles(unit)
        return without(shingles, self._frame) if KINDS[self._units.kinds[unit]] == "textbook" else shingles

    def _decide(self, unit: int, kept: Kept, candidates: U32) -> None:
        match = self._closest(self._thresholds[self._units.kinds[unit]], kept, candidates)
        if match is not None:
            number, jaccard = match
            of = self._index.id(number)
            reason = "exact_duplicate" if of == kept.id else "near_duplicate"
            self.decisions.remove(unit, reason, of, jaccard)
        elif not self._is_over_cap(unit, kept):
            self._index.add(kept)

    def _is_over_cap(self, unit: int, kept: Kept) -> bool:
        if not self._cap or not (skeleton := self._units.skeletons[unit]):
            return False
        num_kept, first = self._of_shape.get(skeleton, (0, kept.id))
        if num_kept == self._cap:
            self.decisions.remove(unit, "skeleton_cap", first, 0.0)
            return True
        self._of_shape[skeleton] = num_kept + 1, first
        return False

    def _closest(self, threshold: float, text: Kept, candidates: U32) -> tuple[int, float] | None:
        """Return the first kept text, most alike by estimate first, that is truly alike, and its Jaccard."""
        if not len(candidates):
            return None
        estimates = estimated_jaccard(text.sketch, self._index.sketches(candidates))
        for position in np.argsort(-estimates, kind="stable"):
            if estimates[position] < threshold - _ESTIMATE_SLACK:
                return None
            number = int(candidates[position])
            self.decisions.num_compared += 1
            jaccard = exact_jaccard(text.shingles, self._index.shingles(number))
            if jaccard >= threshold:
                return number, jaccard
        return None


def _frame(cfg: Dedup, units: Units) -> U64:
    """Return the shingles that many textbooks share, sorted: the frame of their teacher.

    Counted in 2,000 textbooks, those with the lowest ids, where there are more.
    """
    textbooks = units.of_kind("textbook")
    sample = textbooks[:_FRAME_SAMPLE]
    if not sample:
        return np.empty(0, dtype=np.uint64)
    every = np.concatenate([units.shingles(unit) for unit in sample])
    every.sort()
    first = np.flatnonzero(np.append(True, every[1:] != every[:-1]))
    counts = np.diff(first, append=len(every))
    most = max(cfg.template_count, cfg.template_share * len(textbooks)) * len(sample) / len(textbooks)
    frame: U64 = every[first[counts > most]]
    return frame


def without(shingles: U64, frame: U64) -> U64:
    """Return the shingles that are not in `frame`, both sorted; all of them when next to none would be left.

    A text that is nothing but frame keeps its shingles, so that copies of it are still found.
    """
    if not len(frame):
        return shingles
    places = np.minimum(np.searchsorted(frame, shingles), len(frame) - 1)
    rest = shingles[frame[places] != shingles]
    return rest if len(rest) >= _FEWEST_DISTINCTIVE else shingles
