"""The ladder: our own benchmark of executable problems, made from what the curriculum keeps out of training.

    rung 1   families seen in training, drawn anew
    rung 2   composed programs whose sequence of operations is reserved
    rung 3   families seen in training, in words that training never uses
    rung 4   families held out of training

Rungs 1 to 3 ask how far a model generalises from what it was taught; rung 4 asks for more than that.
Nothing here comes from HumanEval, MBPP or any other benchmark.
"""

from __future__ import annotations

import hashlib
import itertools
import random
import textwrap
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

import orjson
from pydantic import Field, field_validator

from hornbook.benchmarks.problem import Benchmark, Problem
from hornbook.curriculum.families import HELD_OUT, TAUGHT
from hornbook.curriculum.family import Family, Task, draw_task
from hornbook.curriculum.offline import OfflineTeacher
from hornbook.curriculum.page_blocks import assertion
from hornbook.curriculum.phrasing import write_prompt
from hornbook.curriculum.programs import draw_program
from hornbook.draw import rng
from hornbook.record import Exercise, Record, write_shard
from hornbook.step import Config, Context, Metrics, Progress

RUNGS: dict[str, Callable[[random.Random, Sequence[Family]], Task]] = {
    "1": lambda generator, seen: draw_task(generator.choice(seen), generator),
    "2": lambda generator, seen: draw_program(generator, reserved=True),
    "3": lambda generator, seen: draw_task(generator.choice(seen), generator, reserved_phrasing=True),
    "4": lambda generator, seen: draw_task(generator.choice(HELD_OUT), generator),
}


DEV_RUNGS = ("1", "2", "3")
"""Rungs that the dev set has, too: what is held out of training stays out of every choice."""


class Ladder(Config):
    """How many problems, and which."""

    per_rung: int = Field(default=300, ge=1)
    """Problems per rung; 300 give a pass@1 interval of at most +-5.7 points."""
    breadth: int = Field(default=0, ge=0)
    """Families that count as seen, as in `Exercises.breadth`: the first of the curriculum; 0 means all."""
    seed: int = 0
    curriculum: str = ""
    """Digest of the curriculum that the problems come from; filled in, never set."""

    @field_validator("curriculum")
    @classmethod
    def _of_this_curriculum(cls, value: str) -> str:
        return OfflineTeacher().name


class DevSet(Ladder):
    """Which problems a training step may look at to choose its weights."""

    per_rung: int = Field(default=34, ge=1)
    """Problems of each of `DEV_RUNGS`; a hundred cost a look at 1 % of a laptop's training."""
    after: int = Field(ge=0)
    """Problems of every rung that come before and belong to the exam: `per_rung` of its ladder."""


def ladder(cfg: Ladder, *, out: Path, ctx: Context) -> Metrics:
    """Write `ladder.jsonl`, one problem a line, and return the counts and the digest."""
    made = make_ladder(cfg, ctx)
    lines = [orjson.dumps(asdict(problem)) + b"\n" for problem in made.problems]
    (out / "ladder.jsonl").write_bytes(b"".join(lines))
    return {"num_problems": len(made.problems), "digest": made.digest}


def dev_set(cfg: DevSet, *, out: Path, ctx: Context) -> Metrics:
    """Write the problems that follow the exam's as records: other prompts, from the same families and programs."""
    records = [
        Record(
            text=problem.prompt + problem.reference,
            kind="exercise",
            source=cfg.curriculum,
            license="CC0-1.0",
            exercise=Exercise(
                prompt=problem.prompt,
                solution=problem.reference,
                entry_point=problem.entry_point,
                tests=tuple(problem.tests.splitlines()),
            ),
            tags={"rung": rung},
        )
        for rung in DEV_RUNGS
        for problem in itertools.islice(_rung(rung, cfg), cfg.after, cfg.after + cfg.per_rung)
    ]
    write_shard(out / "records" / "00000.parquet", records)
    return {"num_records": len(records)}


def read_ladder(folder: Path) -> Benchmark:
    """Read the benchmark that a finished `ladder` step wrote."""
    lines = (folder / "ladder.jsonl").read_bytes()
    problems = tuple(Problem(**orjson.loads(line)) for line in lines.splitlines())
    return Benchmark(name="ladder", problems=problems, digest=hashlib.sha256(lines).hexdigest())


def make_ladder(cfg: Ladder, ctx: Context | None = None) -> Benchmark:
    """Make the ladder in memory: the same problems for the same config, on every machine."""
    problems: list[Problem] = []
    for rung in RUNGS:
        for problem in itertools.islice(_rung(rung, cfg), cfg.per_rung):
            problems.append(problem)
            if ctx is not None and len(problems) % 100 == 0:
                ctx.progress(Progress(done=len(problems), total=4 * cfg.per_rung, unit="problems"))
    lines = b"".join(orjson.dumps(asdict(problem)) + b"\n" for problem in problems)
    return Benchmark(name="ladder", problems=tuple(problems), digest=hashlib.sha256(lines).hexdigest())


def _rung(rung: str, cfg: Ladder) -> Iterator[Problem]:
    """Yield problems with different prompts, without end."""
    prompts: set[str] = set()
    for index in itertools.count():
        generator = rng(cfg.seed, f"ladder {rung}", index)
        task = RUNGS[rung](generator, TAUGHT[: cfg.breadth or len(TAUGHT)])
        prompt = write_prompt(task, task.imports, generator)
        if prompt in prompts:
            continue
        prompts.add(prompt)
        yield Problem(
            id=f"{rung}/{len(prompts) - 1:04d}",
            prompt=prompt,
            entry_point=task.name,
            tests="".join(assertion(task.name, given, expected) + "\n" for given, expected in task.cases),
            reference=textwrap.indent(task.body, "    ") + "\n",
            rung=rung,
        )
