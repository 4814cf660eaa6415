"""Puts source files aside before any filter learns anything, and makes an exam of their functions.

A file is put aside by a hash of its name, with all units from it, so nothing that was taught had a say in what
is asked. Its functions are told apart by the rubric's rules (`labels.points_of`), not by the classifier nor by the
judge that it learns from. Three exams come of them: the functions that the rules call good, the same without
comments and docstrings, since a filter that only likes words would do well on words, and the other functions,
which show what a filter costs. What holds much of an exam's function is not taught either. No model is run here;
`foretell.py` does.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import orjson
from pydantic import Field

from hornbook.corpus.units import NotPython
from hornbook.draw import rng
from hornbook.errors import QualityGate
from hornbook.pool import stream, write_atomically
from hornbook.quality.shingle_sets import shingle_sets
from hornbook.quality.shingles import batched
from hornbook.record import Record, Rejected, count, read_records
from hornbook.step import Config, Context, Metrics
from hornbook.value.comments import strip_comments
from hornbook.value.labels import points_of
from hornbook.value.rubric import GOOD

STAGE = "aside"
CURATED, CURATED_CODE, UNCURATED = "curated", "curated_code", "uncurated"
EXAMS = (CURATED, CURATED_CODE, UNCURATED)
_FEWEST = 5
"""Curated functions below which there is no exam."""
_PARTS = 10_000
_BATCH = 500


class Aside(Config):
    """Which files are put aside, and how much of them is asked."""

    share_files: float = Field(default=0.08, gt=0.0, lt=1.0)
    """Share of the source files that are never taught; of 23,000 units this puts 1,840 aside, among them 667
    functions, 210 of which are good."""
    num_texts: int = Field(default=300, ge=1)
    """Most functions of each exam, drawn by seed."""
    containment: float = Field(default=0.5, gt=0.0, le=1.0)
    """Share of an exam function's five-token shingles in a record from which on the record is not taught."""
    seed: int = 0
    """Decides which files are put aside, and which of their functions are asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamText:
    """One text to foretell."""

    exam: str
    id: str
    group: str
    """Texts that share one are not independent of each other: for code, the source file."""
    prompt: str
    """What stands before it and is not counted; may be empty."""
    reference: str


def put_aside(cfg: Aside, *, records: Path, out: Path, ctx: Context) -> Metrics:
    """Write what may be taught into `out/records`, and the exams into `out/exams.jsonl`, one `ExamText` a line.

    Units of the files put aside are rejected as `held_out`, records that hold much of an exam's function as
    `like_held_out`. Raises QualityGate when too few good functions are put aside to make an exam of.
    """
    held_out = [record for record in read_records(records) if is_aside(cfg, record)]
    good, poor = _told_apart(record for record in held_out if record.tags.get("unit") == "function")
    if len(good) < _FEWEST:
        raise QualityGate(
            f"only {len(good)} of {len(held_out)} units put aside are functions that the judge calls good, fewer "
            f"than {_FEWEST}; put more files aside (`share_files`) or take a larger corpus"
        )
    curated, uncurated = _drawn(cfg, CURATED, good), _drawn(cfg, UNCURATED, poor)
    texts = [*_exam(CURATED, curated), *_without_words(curated), *_exam(UNCURATED, uncurated)]
    copies = _Copies([*curated, *uncurated], cfg.containment)
    given = read_records(records)
    counts = stream(lambda records: _split(cfg, records, copies), given, out, ctx, total=count(records))
    write_atomically(out / "exams.jsonl", b"".join(orjson.dumps(asdict(text)) + b"\n" for text in texts))
    return counts | {
        "chosen_by": "the rubric's judge, a program",
        "num_functions_judged": len(good) + len(poor),
        "num_good": len(good),
        "num_texts": {exam: sum(text.exam == exam for text in texts) for exam in EXAMS},
        "bytes": {exam: sum(len(t.reference.encode()) for t in texts if t.exam == exam) for exam in EXAMS},
    }


def read_exams(folder: Path) -> list[ExamText]:
    """Read the exams that a finished `put_aside` step wrote."""
    with (folder / "exams.jsonl").open("rb") as file:
        return [ExamText(**orjson.loads(line)) for line in file]


def file_of(record: Record) -> str:
    """Return the source file of a unit: its source up to the name within the file."""
    return record.source.partition(":")[0]


def is_aside(cfg: Aside, record: Record) -> bool:
    """Say whether the record's file is put aside, by a hash that no other step uses."""
    digest = hashlib.blake2b(f"{STAGE} {cfg.seed} {file_of(record)}".encode(), digest_size=8).digest()
    return int.from_bytes(digest) % _PARTS < cfg.share_files * _PARTS


def _told_apart(records: Iterable[Record]) -> tuple[list[Record], list[Record]]:
    """Return the records that the rules call good, and the others; what is no Python is neither.

    Not the fitted judge: the filter learns its labels, and would be asked about its own taste.
    """
    good: list[Record] = []
    poor: list[Record] = []
    for record in records:
        try:
            (good if points_of(record.text).label >= GOOD else poor).append(record)
        except NotPython:
            continue
    return good, poor


def _drawn(cfg: Aside, exam: str, records: Sequence[Record]) -> list[Record]:
    chosen = rng(cfg.seed, f"{STAGE}/{exam}").sample(range(len(records)), min(cfg.num_texts, len(records)))
    return [records[i] for i in sorted(chosen)]


def _exam(exam: str, records: Iterable[Record]) -> Iterator[ExamText]:
    for record in records:
        yield ExamText(exam=exam, id=record.id, group=file_of(record), prompt="", reference=record.text)


def _without_words(records: Iterable[Record]) -> Iterator[ExamText]:
    for record in records:
        code = strip_comments(record.text)
        yield ExamText(exam=CURATED_CODE, id=record.id, group=file_of(record), prompt="", reference=code)


@dataclass(frozen=True, slots=True)
class _Copied:
    id: str
    share: float


class _Copies:
    """Finds records that hold much of one of the given functions."""

    def __init__(self, records: Sequence[Record], at_least: float) -> None:
        sets = shingle_sets([record.text for record in records])
        self._ids = [record.id for record in records]
        self._sizes = np.array([max(len(found), 1) for found in sets])
        self._at_least = at_least
        owners = np.repeat(np.arange(len(sets)), [len(found) for found in sets])
        values = np.concatenate(sets)
        order = np.argsort(values, kind="stable")
        self._values, self._owners = values[order], owners[order]

    def find(self, texts: Sequence[str]) -> list[_Copied | None]:
        """Return for each text the function of which it holds the largest share, if that is large enough."""
        return [self._of(shingles) for shingles in shingle_sets(texts)]

    def _of(self, shingles: npt.NDArray[np.uint64]) -> _Copied | None:
        first = np.searchsorted(self._values, shingles, side="left")
        last = np.searchsorted(self._values, shingles, side="right")
        found = np.flatnonzero(last > first)
        owners = [self._owners[a:b] for a, b in zip(first[found], last[found], strict=True)]
        if not owners:
            return None
        shares = np.bincount(np.concatenate(owners), minlength=len(self._sizes)) / self._sizes
        best = int(shares.argmax())
        return _Copied(self._ids[best], float(shares[best])) if shares[best] >= self._at_least else None


def _split(cfg: Aside, records: Iterator[Record], copies: _Copies) -> Iterable[Record | Rejected]:
    for batch in batched(records, _BATCH):
        for record, copied in zip(batch, copies.find([record.text for record in batch]), strict=True):
            if is_aside(cfg, record):
                yield Rejected(record, STAGE, "held_out", f"{file_of(record)} is put aside")
            elif copied is not None:
                detail = f"holds {copied.share:.2f} of {copied.id}"
                yield Rejected(record, STAGE, "like_held_out", detail)
            else:
                yield record
