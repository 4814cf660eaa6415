"""How many mutants a second the sandbox grades tests with, beside a job for each mutant: the floor.

Two sets: the ladder's problems with their references, and exercises of the offline teacher. In each round all get
the same ones: all mutants of a solution in one process (hornbook), and as many programs of the same size with the
same tests, one job each (what exec-check would cost). CPU is user + system time of this process and all its
descendants, the sandbox's start included; "more" is what mutants cost on top of judging the same solutions without
them. Below: how far the kill rate of a sample is from that of all. With files in HumanEval or MBPP format: what
their own tests kill.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from statistics import mean, median, pstdev

from judging.cost import cpu_seconds

from hornbook.benchmarks.ladder import Ladder, make_ladder
from hornbook.curriculum.offline import OfflineTeacher
from hornbook.lessons.answer import ask
from hornbook.lessons.exercise import read_exercise
from hornbook.lessons.plan import requests
from hornbook.quality.mutants import graded
from hornbook.record import Record
from hornbook.rows.grade_tests import Grading, grade_file
from hornbook.sandbox import Job, Limits, Sandbox, Verdict
from hornbook.step import Context

WORKERS = 2
MUTANTS = 200
INPUTS = (0, 32)
SHARES = (0.1, 0.3)
DRAWS = 1000
Counts = tuple[int, int]
"""How many mutants of a solution were killed, and how many survived."""


def ladder_jobs(count: int) -> list[Job]:
    problems = make_ladder(Ladder(per_rung=-(-count // 4))).problems
    return [
        Job(id=p.id, blocks=(p.prompt + p.reference,), tests=p.tests, entry_point=p.entry_point)
        for p in problems
    ]


def exercise_jobs(count: int) -> list[Job]:
    asked = requests("exercise", 0, range(count), programs=0.3)
    written = ask(OfflineTeacher(), asked, read_exercise, "exercises")
    return [as_job(record) for record in written if isinstance(record, Record)]


def as_job(record: Record) -> Job:
    exercise = record.exercise
    assert exercise is not None, "the teacher was asked for exercises"
    tests = "\n".join(exercise.tests) + "\n"
    blocks = (exercise.prompt + exercise.solution,)
    return Job(id=record.id, blocks=blocks, tests=tests, entry_point=exercise.entry_point)


def run(jobs: Sequence[Job]) -> tuple[list[Verdict], float]:
    """Return the verdicts, and the seconds of CPU time that all took."""
    before = cpu_seconds()
    with Sandbox(workers=WORKERS) as sandbox:
        verdicts = list(sandbox.run(jobs))
    return verdicts, cpu_seconds() - before


def compare(name: str, jobs: Sequence[Job], rounds: int) -> None:
    figures: dict[str, list[float]] = {}
    run(jobs[:20])  # what is loaded once
    for _ in range(rounds):
        _, bare = run(jobs)
        # As many jobs as there are mutants: each of the same size, with the same tests.
        each = len(jobs) * [0]
        for inputs in INPUTS:
            verdicts, spent = run([replace(job, mutants=MUTANTS, inputs=inputs) for job in jobs])
            each = [len(verdict.mutants) for verdict in verdicts]
            figures.setdefault(f"{inputs} inputs: mutants per CPU second", []).append(sum(each) / spent)
            figures.setdefault(f"{inputs} inputs: mutants per CPU second more", []).append(
                sum(each) / (spent - bare)
            )
        _, apart = run([job for job, count in zip(jobs, each, strict=True) for _ in range(count)])
        figures.setdefault("a job for each mutant: jobs per CPU second", []).append(sum(each) / apart)
        figures.setdefault(f"{INPUTS[-1]} inputs: times as many", []).append(apart / spent)
    print(f"{name}: {len(jobs)} solutions, {sum(each) / len(jobs):.0f} mutants each, {rounds} rounds")
    for title, found in figures.items():
        digits = 1 if max(found) < 100 else 0
        print(f"  {title}: median {median(found):,.{digits}f}, best {max(found):,.{digits}f}")
    grades = [graded(verdict.mutants) for verdict in verdicts]
    tell_samples([(len(grade.killed), len(grade.survived)) for grade in grades])


def tell_samples(counts: Sequence[Counts]) -> None:
    """Print the kill rate of all, and the standard error of the same of samples, as seen in many draws."""
    counts = [pair for pair in counts if sum(pair)]
    killed, told = sum(pair[0] for pair in counts), sum(map(sum, counts))
    rates = [pair[0] / sum(pair) for pair in counts]
    print(
        f"  kill rate: mean of {len(counts)} solutions {mean(rates):.2%}, of all mutants {killed / told:.2%}"
    )
    rng = random.Random(0)
    fates = [True] * killed + [False] * (told - killed)
    for share in SHARES:
        for name, population in (("solutions", rates), ("mutants", fates)):
            size = max(round(share * len(population)), 1)
            error = pstdev(mean(rng.sample(population, size)) for _ in range(DRAWS))
            print(f"  {share:.0%} of the {name} ({size}): standard error {100 * error:.2f} points")


def kill_rates(path: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        out, limits = Path(folder) / "graded.jsonl", Limits(cpu_seconds=10.0)
        grading = Grading(mutants=MUTANTS, inputs=64)
        summary = grade_file(path, out, limits, grading, ctx=Context(workers=WORKERS))
        rows = [json.loads(line) for line in out.read_text().splitlines()]
    print(f"{path.name}:")
    for name, value in summary.as_json().items():
        print(f"  {name}: {value}")
    tell_samples([(row["killed"], row["survived"]) for row in rows])


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--count", type=int, default=200, help="problems and exercises")
    parser.add_argument("--benchmarks", type=Path, nargs="+", metavar="PATH", default=[])
    options = parser.parse_args()
    for path in options.benchmarks:
        kill_rates(path)
    if not options.benchmarks:
        compare("ladder", ladder_jobs(options.count), options.rounds)
        compare("teacher's exercises", exercise_jobs(options.count), options.rounds)


if __name__ == "__main__":
    main()
