"""Removes copies and near-copies, each with the record that stays and their exact Jaccard as evidence.

An exact pass (equal kind and text), then MinHash candidates, then exact verification, then a greedy keep:
best score first, a record goes only if a record that *stays* is at least `threshold` alike. So nothing is
lost through chains, and no removal rests on an estimate. Shingles are five tokens and keep operators.
Pages of one teacher share a frame, so shingles that many textbooks share do not count between textbooks, unless
two pages are all but equal as they stand.
It compares texts, not meanings; records of different kinds are never compared.
Shingles, bands and sketches are on disk, in memory stay about 60 bytes of a record.
Why verify: marin-community/marin issue 6854, where LSH clusters alone removed 743,779 documents on distinct
topics that shared a template.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import ClassVar

import numpy as np
from pydantic import Field

from hornbook.errors import UsageError
from hornbook.quality.dedup_decisions import Decisions
from hornbook.quality.dedup_index import DedupIndex, Kept
from hornbook.quality.dedup_output import write_rows
from hornbook.quality.dedup_units import READING, Units, gathered
from hornbook.quality.minhash import (
    LOWEST_JACCARD,
    NUM_PERMUTATIONS,
    U32,
    band_keys,
    estimated_jaccard,
    shared_keys,
    shortened,
    signatures,
)
from hornbook.quality.shingle_sets import exact_jaccard
from hornbook.quality.shingles import U64, batched_by_weight, mixed
from hornbook.record import KINDS, Record, count, read_records
from hornbook.step import RESUME, Config, Context, Metrics, Progress

_SHINGLES_PER_BLOCK = 250_000  # 2 MB, looked up on disk together
_FEWEST_DISTINCTIVE = 10
_FRAME_SAMPLE = 2000
_ESTIMATE_SLACK = 4 * (0.25 / NUM_PERMUTATIONS) ** 0.5 * 0.9  # four standard errors at J 0.7
_MOST_VERIFIED = 100  # candidates of one text: thousands that share a long header are 0.6 alike, all of them
_WHOLE = len(KINDS)
"""Stands for the kind of whole textbooks among those without their frame."""


class Dedup(Config):
    """What counts as a copy."""

    VERSION: ClassVar[int] = 3

    exercise_threshold: float = Field(default=0.8, ge=LOWEST_JACCARD, le=1)
    """Exact Jaccard of shingles at which an exercise goes; at 0.8 about one line in ten differs."""
    textbook_threshold: float = Field(default=0.7, ge=LOWEST_JACCARD, le=1)
    """The same for textbooks, after the shared frame is subtracted."""
    whole_textbook_threshold: float = Field(default=0.9, ge=LOWEST_JACCARD, le=1)
    """The same for textbooks as they stand. Pages of a teacher share up to 0.8 with others; without this, many
    copies of one page would vote their own content into the frame, and all would stay."""
    code_threshold: float = Field(default=0.7, ge=LOWEST_JACCARD, le=1)
    """The same for real code, where vendored copies differ by a few edits."""
    template_share: float = Field(default=0.02, gt=0, le=1)
    """Share of textbooks above which a shingle belongs to the frame; real content stays far below it."""
    template_count: int = Field(default=30, ge=2)
    """Number of textbooks below which no shingle is called a frame, whatever its share."""
    skeleton_cap: int = Field(default=0, ge=0)
    """Most records of a kind that may share one syntax tree, names and values aside (`quality.syntax`); 0: any
    number. The best scores stay. With an index, what was added to it under a cap counts too."""
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
    candidates given up (0, unless thousands of texts share most of their content), shingles of the frame, and the
    first 20 removals as evidence; every removal is evidence in `rejected`.
    """
    folders = [sources[name] for name in sorted(sources)]
    total = sum(count(folder) for folder in folders)

    def read() -> Iterator[Record]:
        for folder in folders:
            yield from read_records(folder)

    def seen(done: float) -> None:
        ctx.progress(Progress(done=done / 2, total=total, unit="records", note="comparing"))

    decisions = find_duplicates(cfg, read(), progress=seen, workspace=out / RESUME / "dedup")
    metrics = write_rows(decisions.removals, folders, out, ctx, total=total)
    return metrics | {
        "pairs_verified": decisions.num_compared,
        "candidates_given_up": decisions.num_given_up,
        "frame_shingles": decisions.num_frame_shingles,
        "evidence": [
            {"position": i, "reason": r.reason, "of": r.kept_id, "jaccard": round(r.jaccard, 4)}
            for i, r in decisions.removals.first(20)
        ],
    }


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
            if cfg.prefer and units.num_records and not units.num_scored:
                raise UsageError(f"dedup: prefer is {cfg.prefer!r}, and no record has a score of that name")
            if index is not None:
                return _decided(cfg, units, index, progress, lasts=True)
            with DedupIndex(folder / "kept") as scratch:
                return _decided(cfg, units, scratch, progress, lasts=False)


def _decided(
    cfg: Dedup, units: Units, index: DedupIndex, progress: Callable[[float], None], *, lasts: bool
) -> Decisions:
    frame = _frame(cfg, units, index)
    # Textbooks that come once there is a frame are compared with these as they stand.
    keeper = _Keeper(cfg, units, index, frame, whole_too=len(frame) > 0 or (lasts and index.frame is None))
    done = 0
    for block in batched_by_weight(units.best_first(), units.weight, _SHINGLES_PER_BLOCK):
        keeper.take(block)
        done += len(block)
        progress(units.num_records * (READING + (1 - READING) * done / len(units)))
    return keeper.decisions.finished(units)


class _Keeper:
    """Goes through distinct texts, best first, and keeps each that is not too like one that it kept."""

    def __init__(self, cfg: Dedup, units: Units, index: DedupIndex, frame: U64, *, whole_too: bool) -> None:
        self.decisions = Decisions(num_frame_shingles=len(frame))
        self._thresholds = [*(cfg.threshold(kind) for kind in KINDS), cfg.whole_textbook_threshold]
        self._cap = cfg.skeleton_cap
        self._units, self._index, self._frame = units, index, frame
        self._whole_too = whole_too
        self._of_skeleton = index.skeletons() if cfg.skeleton_cap else {}
        """By syntax tree: how many were kept, and the first one's id."""

    def take(self, block: Sequence[int]) -> None:
        """Decide about the units of a block, in order."""
        views = [(unit, kind, content) for unit in block for kind, content in self._views(unit)]
        signature = signatures([content for _, _, content in views])
        sketches = shortened(signature)
        kinds = mixed(np.array([kind for _, kind, _ in views], dtype=np.uint64))
        keys = band_keys(signature) ^ kinds[:, None]  # of different kinds, so never candidates
        on_disk, shared = self._index.candidates(keys), shared_keys(keys)
        rows = enumerate(views)
        for unit, group in groupby(rows, key=lambda row: row[1][0]):
            id_ = self._units.id(unit)
            self._decide(
                unit,
                [
                    _View(kind, Kept(id_, content, keys[row], sketches[row], shared[row]), on_disk[row])
                    for row, (_, kind, content) in group
                ],
            )
        self._index.flush()

    def _views(self, unit: int) -> Iterator[tuple[int, U64]]:
        """Yield what of a unit is compared, each with the kind that it is compared within.

        A textbook counts as it stands and, if it is more than frame, without the frame.
        """
        kind, shingles = self._units.kinds[unit], self._units.shingles(unit)
        if KINDS[kind] != "textbook" or not self._whole_too:
            yield kind, shingles
            return
        yield _WHOLE, shingles
        rest = without(shingles, self._frame)
        if len(rest) >= min(_FEWEST_DISTINCTIVE, len(shingles)):
            yield kind, rest

    def _decide(self, unit: int, views: Sequence[_View]) -> None:
        for view in views:
            match = self._closest(view)
            if match is not None:
                number, jaccard = match
                of = self._index.id(number)
                reason = "exact_duplicate" if of == view.kept.id else "near_duplicate"
                self.decisions.remove(unit, reason, of, jaccard)
                return
        if not self._is_over_cap(unit, views[0].kept.id):
            skeleton = self._units.skeletons[unit] if self._cap else 0
            for place, view in enumerate(views):
                self._index.add(
                    replace(view.kept, skeleton=skeleton) if skeleton and not place else view.kept
                )

    def _is_over_cap(self, unit: int, id_: str) -> bool:
        if not self._cap or not (skeleton := self._units.skeletons[unit]):
            return False
        num_kept, first = self._of_skeleton.get(skeleton, (0, id_))
        if num_kept >= self._cap:
            self.decisions.remove(unit, "skeleton_cap", first, 0.0)
            return True
        self._of_skeleton[skeleton] = num_kept + 1, first
        return False

    def _closest(self, view: _View) -> tuple[int, float] | None:
        """Return the first kept text, most alike by estimate first, that is truly alike, and its Jaccard."""
        fresh = self._index.fresh_candidates(view.kept.shared)
        if not fresh and not view.on_disk:
            return None
        candidates: U32 = np.unique(np.concatenate([*view.on_disk, np.array(fresh, dtype=np.uint32)]))
        threshold = self._thresholds[view.kind]
        estimates = estimated_jaccard(view.kept.sketch, self._index.sketches(candidates))
        likely = np.flatnonzero(estimates >= threshold - _ESTIMATE_SLACK)
        ordered = candidates[likely[np.argsort(-estimates[likely], kind="stable")]]
        for number in ordered[:_MOST_VERIFIED].tolist():
            self.decisions.num_compared += 1
            jaccard = exact_jaccard(view.kept.shingles, self._index.shingles(number))
            if jaccard >= threshold:
                return number, jaccard
        self.decisions.num_given_up += max(len(ordered) - _MOST_VERIFIED, 0)
        return None


@dataclass(frozen=True, slots=True)
class _View:
    """One way to look at a text, and what on disk shares a band with it."""

    kind: int
    kept: Kept
    on_disk: Sequence[U32]


def _frame(cfg: Dedup, units: Units, index: DedupIndex) -> U64:
    """Return the shingles that many textbooks share, sorted: the frame of their teacher, for good in an index.

    Too few textbooks to have one decide nothing: more may come. Raises UsageError when other settings decided the
    index's frame.
    """
    template = [cfg.template_share, float(cfg.template_count)]
    if index.frame is not None:
        if index.template != template:
            raise UsageError(
                f"dedup: template_share and template_count are {template}, the index's frame was decided by "
                f"{index.template}; give the same, or begin another index"
            )
        return index.frame
    textbooks = units.of_kind("textbook")
    frame = _shared(cfg, units, textbooks)
    if len(textbooks) > cfg.template_count:
        index.decide_frame(frame, template)
    return frame


def _shared(cfg: Dedup, units: Units, textbooks: Sequence[int]) -> U64:
    """Count shingles in 2,000 textbooks, those with the lowest ids, where there are more."""
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
    """Return the shingles that are not in `frame`; both sorted and distinct."""
    if not len(frame):
        return shingles
    places = np.minimum(np.searchsorted(frame, shingles), len(frame) - 1)
    rest: U64 = shingles[frame[places] != shingles]
    return rest
