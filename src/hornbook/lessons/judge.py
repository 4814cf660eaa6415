"""A teacher as the judge: 0 to 5 points by an additive rubric, with the reasons before the score.

One point for each criterion that holds is FineWeb-Edu's form (arXiv 2406.17557). Evidence comes first, since a
model that has named its score defends it. Two passes give the agreement of the judge with itself, which bounds
what any agreement with others can be.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from statistics import fmean
from typing import Any, ClassVar

import orjson
import pyarrow.parquet as pq
from pydantic import Field

from hornbook.lessons.answer import Malformed
from hornbook.lessons.from_records import FromRecords, Work, ask_about
from hornbook.lessons.parts import bare, json_in
from hornbook.lessons.prompt import Slots
from hornbook.lessons.reasking import reasked_tag
from hornbook.record import Record, Rejected, shards
from hornbook.step import Context, Metrics
from hornbook.teacher.protocol import Completion
from hornbook.value.agreement import MOST_POINTS, kappa
from hornbook.value.rubric import GUIDE

SCORE = "judge"
_SCORES = ("score", "total score", "final score", "overall score", "points", "rating", "total")
_REASONS = ("reason", "reasons", "reasoning", "explanation", "justification", "evidence", "criteria")
_SCORE = re.compile(
    r"^[ \t>*_#-]*(?:(?:final|total|overall)[ \t]+)?(?:score|points|rating|total)[*_]*[ \t]*[:=][ \t*_<`]*"
    r"(-?\d+(?:\.\d+)?)(?:[ \t]*(?:/|out of)[ \t]*5)?(?:[ \t]*points?)?[ \t*_>`.]*$",
    re.M | re.I,
)
_OUT_OF = re.compile(r"(\d+) ?(?:/|out of) ?5")
_WHOLE = re.compile(r"\d+(?:\.0+)?")
_POINT = re.compile(r"=[ \t*_<]*([01])[ \t*_>.]*$", re.M)
_LONGEST_REASON = 2000
"""Characters; a reason is a tag of its record."""


class Judge(FromRecords):
    """How often a record is judged."""

    VERSION: ClassVar[int] = 2
    KIND: ClassVar[str] = "judge"
    passes: int = Field(1, ge=1, le=2)
    """Judgements of each record. A second costs as much again and measures the noise (`kappa`); it needs a
    temperature above zero, else it is the first one again."""
    most_characters: int = Field(12000, ge=1)
    """Texts that are longer are rejected: they would crowd out the rubric."""


def judge(cfg: Judge, *, records: Path, out: Path, ctx: Context) -> Metrics:
    """Have records judged: `scores["judge"]` is the mean of the passes, the tag `judge_reason` the first's reason.

    With two passes there are `scores["judge_1"]` and `scores["judge_2"]` too. The tags `judge_by` and `judge_key`
    say who judged and where the answer is. A record is rejected when a judgement of it cannot be read. Metrics and
    errors are those of `ask_about`; also `judge_mean`, `judge_histogram` (points -> records, of the first pass);
    with two passes `kappa` (quadratic weights; None where all points are the same) and `passes_equal` (a share).
    """
    work = Work(
        cfg=cfg,
        becomes=lambda slots: "textbook",  # prose; it is no record, and never becomes one
        draw=_draw,
        read=_read,
        unfit=lambda record: _unfit(cfg, record),
        answers=cfg.passes,
        finish=lambda record, found: [_joined(record, found)],
        adds=True,
    )
    return ask_about(work, records, out, ctx) | _agreement(out, cfg.passes)


def judgement_parts(text: str) -> tuple[int, str]:
    """Return the score, 0 to 5, and the reason that stands before it.

    Read are a line such as `Score: 3`, `**Total score:** 3/5`, the last one where there are several, and a JSON
    object. Raises Malformed without a score or a reason, for a score off the scale, and for one above the sum of
    the points that the lines before it give.
    """
    found = json_in(text)
    score, reason = _from_object(found) if isinstance(found, dict) else ("", "")
    if not score:
        score, reason = _from_lines(text)
    if not score:
        raise Malformed("no line `Score: <0 to 5>` at the end")
    if not reason.strip():
        raise Malformed("no reason before the score")
    if not _WHOLE.fullmatch(score) or int(float(score)) not in range(MOST_POINTS + 1):
        raise Malformed(f"the score is {score[:20]}; it must be a whole number from 0 to {MOST_POINTS}")
    points = [int(match[1]) for match in _POINT.finditer(reason)]
    if len(points) == MOST_POINTS and sum(points) < int(float(score)):
        raise Malformed(f"the score is {score}, but the criteria give {sum(points)}")
    return int(float(score)), reason.strip()[:_LONGEST_REASON]


def _from_lines(text: str) -> tuple[str, str]:
    matches = list(_SCORE.finditer(text))
    return (matches[-1][1], text[: matches[-1].start()]) if matches else ("", "")


def _from_object(found: Mapping[str, object]) -> tuple[str, str]:
    given = {re.sub(r"[\W_]+", " ", str(name)).strip().lower(): value for name, value in found.items()}
    score = next((str(given[name]) for name in _SCORES if name in given), "")
    reason = next((_prose(given[name]) for name in _REASONS if name in given), "")
    out_of = _OUT_OF.fullmatch(score)
    return (out_of[1] if out_of else score), reason


def _prose(value: object) -> str:
    """Return what a JSON value says, one line for each of its items; the decoder bounds how deep it is."""
    if isinstance(value, dict):
        return "\n".join(f"{name}: {_prose(inner)}" for name, inner in value.items())
    return "\n".join(map(_prose, value)) if isinstance(value, list) else str(value or "")


def _draw(record: Record, rng: Random) -> tuple[Slots, Mapping[str, Any]]:
    tests = record.exercise.tests if record.exercise is not None else ()
    return {"kind": record.kind}, {"text": record.text, "tests": tests, "rubric": GUIDE}


def _unfit(cfg: Judge, record: Record) -> tuple[str, str] | None:
    if len(record.text) <= cfg.most_characters:
        return None
    return "too_long", f"{len(record.text)} characters, more than most_characters={cfg.most_characters}"


def _read(record: Record, completion: Completion, teacher: str) -> Record:
    score, reason = judgement_parts(bare(completion.text))
    tags = {"judge_reason": reason, "judge_by": teacher, "judge_key": completion.journal_key}
    return replace(record, tags={**record.tags, **tags}, scores={**record.scores, SCORE: float(score)})


def _joined(record: Record, found: Sequence[Record | Rejected]) -> Record | Rejected:
    """Return the first pass's record with the mean; a judgement that cannot be read costs the record."""
    read = []
    for result in found:
        if isinstance(result, Rejected):
            return result
        read.append(result)
    points = [one.scores[SCORE] for one in read]
    each = {f"{SCORE}_{number}": value for number, value in enumerate(points, start=1)}
    scores = {name: value for name, value in record.scores.items() if not name.startswith(f"{SCORE}_")}
    scores |= {SCORE: fmean(points)} | (each if len(points) > 1 else {})
    tag = reasked_tag(Judge.KIND)
    times = sum(int(one.tags.get(tag, 0)) for one in read)
    return replace(read[0], scores=scores, tags={**read[0].tags, **({tag: str(times)} if times else {})})


def _agreement(out: Path, passes: int) -> Metrics:
    scores = list(_scores(out))
    firsts = Counter(int(one.get(f"{SCORE}_1", one[SCORE])) for one in scores)
    metrics: Metrics = {
        "judge_mean": round(fmean(one[SCORE] for one in scores), 4) if scores else None,
        "judge_histogram": {str(points): firsts[points] for points in range(MOST_POINTS + 1)},
    }
    if passes == 2:
        pairs = [(int(one[f"{SCORE}_1"]), int(one[f"{SCORE}_2"])) for one in scores]
        agreed = kappa(pairs)
        metrics["kappa"] = None if agreed is None else round(agreed, 4)
        metrics["passes_equal"] = round(sum(a == b for a, b in pairs) / len(pairs), 4) if pairs else None
    return metrics


def _scores(out: Path) -> Iterator[dict[str, float]]:
    for shard in shards(out):
        for text in pq.read_table(shard, columns=["scores"])["scores"].to_pylist():
            yield orjson.loads(text)
