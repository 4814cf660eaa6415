"""Running a model on benchmarks: complete every prompt, judge every completion in the sandbox, weigh every
reference in bits. The step writes one row per problem; `compare.py` makes a table of several models' rows.

pass@1 is greedy (one sample, temperature 0); pass@k for larger k needs `num_samples` and a temperature.
Bits per byte of the reference solution move even where pass@1 is 0, so small differences between arms show.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import orjson
from pydantic import Field, model_validator

from hornbook.benchmarks.ladder import read_ladder
from hornbook.benchmarks.problem import Benchmark, Problem, setup_of
from hornbook.benchmarks.readers import read_benchmark
from hornbook.errors import HornbookError
from hornbook.evaluate.pass_at_k import estimate, pass_at_k
from hornbook.sandbox import Job, Limits, Sandbox, Verdict
from hornbook.step import Config, Context, Metrics, Progress

if TYPE_CHECKING:
    from hornbook.lm.generate import Generator


class Evaluate(Config):
    """How a model is examined."""

    VERSION: ClassVar[int] = 2

    ks: tuple[int, ...] = (1,)
    """The k of pass@k; each at most `num_samples`."""
    num_samples: int = Field(default=1, ge=1)
    """Completions per problem; 1 means greedy."""
    temperature: float = Field(default=0.8, ge=0.0)
    """Used when `num_samples` > 1: 0.2 favours pass@1, 0.8 pass@10 and more (arXiv 2107.03374, figure 5)."""
    max_new_tokens: int = Field(default=128, ge=1)
    """Longest completion in tokens; 99 of 100 ladder references have fewer than 117 (vocabulary 2,048)."""
    per_rung: int | None = Field(default=None, ge=1)
    """First problems of every rung only, to save time; None takes all."""
    seed: int = 0

    @model_validator(mode="after")
    def _enough_samples(self) -> Evaluate:
        if max(self.ks) > self.num_samples:
            raise ValueError(f"pass@{max(self.ks)} needs num_samples of {max(self.ks)} or more")
        return self


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What happened on one problem."""

    benchmark: str
    id: str
    rung: str
    num_samples: int
    num_correct: int
    outcome: str
    """The sandbox's outcome for the first sample."""
    completion: str
    """The first sample."""
    bits: float
    """Bits of the reference solution, given the prompt."""
    num_bytes: int
    """Bytes of the reference solution."""
    shortened: bool
    """Whether the prompt was too long for the model's context and lost its beginning."""


def evaluate(
    cfg: Evaluate, *, model: Path, ladder: Path, out: Path, ctx: Context, **benchmarks: Path
) -> Metrics:
    """Examine the model of a training step on the ladder and on every benchmark file given by name.

    Writes `results.jsonl`, one `Row` per problem. Raises QualityGate when a benchmark cannot be read.
    """
    chosen = [read_ladder(ladder), *(read_benchmark(name, path) for name, path in benchmarks.items())]
    rows = list(score(model / "model", [first_of_each_rung(b, cfg.per_rung) for b in chosen], cfg, ctx))
    with (out / "results.jsonl").open("wb") as file:
        file.writelines(orjson.dumps(asdict(row)) + b"\n" for row in rows)
    return summary(rows, cfg)


def score(model: Path, benchmarks: Sequence[Benchmark], cfg: Evaluate, ctx: Context) -> Iterator[Row]:
    """Yield one row per problem of all benchmarks, for the model in a Hugging Face folder."""
    from hornbook.lm.generate import Generator
    from hornbook.lm.score import bits_per_byte

    named = [(benchmark.name, problem) for benchmark in benchmarks for problem in benchmark.problems]
    problems = [problem for _, problem in named]
    generator = Generator(model, threads=ctx.workers)
    samples = list(_samples(generator, problems, cfg, ctx))
    bits = bits_per_byte(model, [(p.prompt, p.reference) for p in problems], threads=ctx.workers)
    verdicts = _outcomes(problems, samples, ctx)
    for (name, problem), completions, outcomes, weight in zip(named, samples, verdicts, bits, strict=True):
        yield Row(
            benchmark=name,
            id=problem.id,
            rung=problem.rung,
            num_samples=len(outcomes),
            num_correct=outcomes.count("pass"),
            outcome=outcomes[0],
            completion=completions[0],
            bits=weight.bits,
            num_bytes=weight.num_bytes,
            shortened=generator.loses_beginning(problem.prompt, cfg.max_new_tokens),
        )


def first_of_each_rung(benchmark: Benchmark, per_rung: int | None) -> Benchmark:
    """Return the benchmark with at most `per_rung` problems of every rung."""
    if per_rung is None:
        return benchmark
    taken: dict[str, list[Problem]] = {}
    for problem in benchmark.problems:
        taken.setdefault(problem.rung, []).append(problem)
    problems = tuple(problem for rung in taken.values() for problem in rung[:per_rung])
    return Benchmark(name=benchmark.name, problems=problems, digest=benchmark.digest)


def read_rows(folder: Path) -> list[Row]:
    """Read the rows of a finished `evaluate` step."""
    with (folder / "results.jsonl").open("rb") as file:
        return [Row(**orjson.loads(line)) for line in file]


def summary(rows: Iterable[Row], cfg: Evaluate) -> Metrics:
    """Return pass@k with intervals and bits per byte, per benchmark and rung."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(f"{row.benchmark} rung {row.rung}" if row.rung else row.benchmark, []).append(row)
    return {name: _group(group, cfg) for name, group in groups.items()}


def _group(rows: Sequence[Row], cfg: Evaluate) -> Metrics:
    passes = {
        f"pass@{k}": asdict(
            estimate([pass_at_k(r.num_samples, r.num_correct, k) for r in rows], seed=cfg.seed)
        )
        for k in cfg.ks
    }
    bits = sum(row.bits for row in rows) / max(sum(row.num_bytes for row in rows), 1)
    shortened = sum(row.shortened for row in rows)
    return {"num_problems": len(rows), "num_shortened": shortened, "bits_per_byte": bits, **passes}


def _samples(
    generator: Generator, problems: Sequence[Problem], cfg: Evaluate, ctx: Context
) -> Iterator[Sequence[str]]:
    completions = generator.complete(
        [problem.prompt for problem in problems],
        max_new_tokens=cfg.max_new_tokens,
        temperature=cfg.temperature if cfg.num_samples > 1 else 0.0,
        num_samples=cfg.num_samples,
        seed=cfg.seed,
    )
    for done, samples in enumerate(completions, start=1):
        ctx.progress(Progress(done=done, total=len(problems), unit="problems"))
        yield samples


def _outcomes(
    problems: Sequence[Problem], samples: Sequence[Sequence[str]], ctx: Context
) -> Iterator[list[str]]:
    jobs = (
        Job(
            id=problem.id,
            blocks=(problem.prompt + completion,),
            tests=problem.tests,
            entry_point=problem.entry_point,
            setup=setup_of(problem.prompt, problem.entry_point),
        )
        for problem, completions in zip(problems, samples, strict=True)
        for completion in completions
    )
    with Sandbox(workers=ctx.workers, limits=Limits(cpu_seconds=3.0)) as sandbox:
        outcomes = (_judged(verdict) for verdict in sandbox.run(jobs))
        for completions in samples:
            yield [next(outcomes) for _ in completions]


def _judged(verdict: Verdict) -> str:
    """Return the outcome; an error of the sandbox, which has tried twice, is nothing to score."""
    if verdict.outcome == "sandbox_error":
        raise HornbookError(
            f"a sample of problem {verdict.id} could not be judged ({verdict.detail}); "
            "this says nothing about the sample, and the same command tries again"
        )
    return verdict.outcome
