"""How many mutants a second the sandbox grades tests with, beside a job for each mutant: the floor.

Solutions and tests are the offline teacher's exercises. In each round both get the same ones: all mutants of an
exercise in one process (hornbook), and as many programs of the same size with the same tests, one job each (what
exec-check would cost). CPU is user + system time of this process and all its descendants, less what the
same exercises cost without mutants. With files in HumanEval or MBPP format: the kill rates of their own tests.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median

from hornbook.curriculum.offline import OfflineTeacher
from hornbook.grade_tests import grade_file
from hornbook.lessons.answer import ask
from hornbook.lessons.exercise import read_exercise
from hornbook.lessons.plan import requests
from hornbook.record import Record
from hornbook.sandbox import Job, Limits, Sandbox
from hornbook.step import Context

WORKERS = 2
MUTANTS = 200


def exercises(count: int) -> list[Job]:
    asked = requests("exercise", 0, range(count), programs=0.3)
    written = ask(OfflineTeacher(), asked, read_exercise, "exercises")
    return [as_job(record) for record in written if isinstance(record, Record)]


def as_job(record: Record) -> Job:
    exercise = record.exercise
    assert exercise is not None, "the teacher was asked for exercises"
    tests = "\n".join(exercise.tests) + "\n"
    blocks = (exercise.prompt + exercise.solution,)
    return Job(id=record.id, blocks=blocks, tests=tests, entry_point=exercise.entry_point)


def run(jobs: Sequence[Job]) -> tuple[int, float, float]:
    """Return how many mutants were graded, and the seconds of wall and of CPU time that all took."""
    before = cpu_seconds()
    with Sandbox(workers=WORKERS) as sandbox:
        begun = time.perf_counter()
        graded = sum(len(verdict.mutants) for verdict in sandbox.run(jobs))
        wall = time.perf_counter() - begun
    return graded, wall, cpu_seconds() - before


def cpu_seconds() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


def compare(rounds: int, count: int) -> None:
    jobs = exercises(count)
    figures: dict[str, list[float]] = {}
    for _ in range(rounds):
        _, _, bare = run(jobs)
        for inputs in (0, 32):
            graded, wall, spent = run([replace(job, mutants=MUTANTS, inputs=inputs) for job in jobs])
            # As many jobs as there are mutants: each of the same size, with the same tests.
            each = graded // len(jobs)
            _, _, apart = run([job for job in jobs for _ in range(each)])
            rate = graded / (spent - bare)
            for name, figure in (
                ("mutants per CPU second", rate),
                ("mutants per second", graded / wall),
                ("a job for each costs so many times the CPU", rate / (each * len(jobs) / apart)),
            ):
                figures.setdefault(f"{inputs} further inputs: {name}", []).append(figure)
    print(
        f"{rounds} rounds of {count} exercises with {graded / len(jobs):.0f} mutants each, {WORKERS} workers"
    )
    for name, found in figures.items():
        print(f"{name}: {median(found):,.1f} ({min(found):,.1f}-{max(found):,.1f})")


def kill_rates(path: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        out, limits = Path(folder) / "graded.jsonl", Limits(cpu_seconds=10.0)
        summary = grade_file(path, out, limits, mutants=MUTANTS, inputs=64, ctx=Context(workers=WORKERS))
    print(f"{path.name}:")
    for name, value in summary.as_json().items():
        print(f"  {name}: {value}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--exercises", type=int, default=200)
    parser.add_argument("--benchmarks", type=Path, nargs="+", metavar="PATH", default=[])
    options = parser.parse_args()
    for path in options.benchmarks:
        kill_rates(path)
    if not options.benchmarks:
        compare(options.rounds, options.exercises)


if __name__ == "__main__":
    main()
