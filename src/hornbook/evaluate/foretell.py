"""Bits that a model needs for every text of every exam. Nothing is written by the model and nothing executed.

Much cheaper than `score.py`, which also lets the model answer: for questions that bits per byte settle alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import orjson

from hornbook.benchmarks.ladder import read_ladder
from hornbook.benchmarks.problem import Benchmark
from hornbook.benchmarks.readers import read_benchmark
from hornbook.evaluate.aside import ExamText, read_exams
from hornbook.step import Config, Context, Metrics


class Foretell(Config):
    """`foretell` has no settings: the exams decide."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bits:
    """How surprised a model was by one text."""

    exam: str
    id: str
    group: str
    """As in `ExamText`: texts of one group are not independent."""
    bits: float
    num_bytes: int


def foretell(
    cfg: Foretell, *, model: Path, aside: Path, ladder: Path, out: Path, ctx: Context, **benchmarks: Path
) -> Metrics:
    """Weigh the texts of `put_aside`, and the reference solutions of ladder and benchmarks after their prompts.

    `model` is a training step. Writes `bits.jsonl`, one `Bits` a line; metrics hold bits per byte by exam. Raises
    QualityGate when a benchmark cannot be read.
    """
    from hornbook.lm.score import bits_per_byte

    chosen = [read_ladder(ladder), *(read_benchmark(name, path) for name, path in benchmarks.items())]
    texts = [*read_exams(aside), *(text for benchmark in chosen for text in _solutions(benchmark))]
    weights = bits_per_byte(model / "model", [(t.prompt, t.reference) for t in texts], threads=ctx.workers)
    rows = [
        Bits(exam=text.exam, id=text.id, group=text.group, bits=weight.bits, num_bytes=weight.num_bytes)
        for text, weight in zip(texts, weights, strict=True)
    ]
    (out / "bits.jsonl").write_bytes(b"".join(orjson.dumps(asdict(row)) + b"\n" for row in rows))
    return {"bits_per_byte": {exam: _per_byte(group) for exam, group in by_exam(rows).items()}}


def read_bits(folder: Path) -> list[Bits]:
    """Read what a finished `foretell` step wrote."""
    with (folder / "bits.jsonl").open("rb") as file:
        return [Bits(**orjson.loads(line)) for line in file]


def by_exam(rows: Iterable[Bits]) -> Mapping[str, list[Bits]]:
    """Group rows by exam, in the order in which exams first come."""
    exams: dict[str, list[Bits]] = {}
    for row in rows:
        exams.setdefault(row.exam, []).append(row)
    return exams


def _solutions(benchmark: Benchmark) -> list[ExamText]:
    return [
        ExamText(exam=benchmark.name, id=p.id, group=p.id, prompt=p.prompt, reference=p.reference)
        for p in benchmark.problems
    ]


def _per_byte(rows: Iterable[Bits]) -> float:
    rows = list(rows)
    return sum(row.bits for row in rows) / max(sum(row.num_bytes for row in rows), 1)
