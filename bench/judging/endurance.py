"""One sandbox for many jobs: does anything grow, does anything stay behind, do time-outs slow what follows?"""

from __future__ import annotations

import contextlib
import os
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from judging.contestants import CORES, SAMPLES_PER_PROBLEM, as_job, insist, trivial

from hornbook.sandbox import Job, Limits, Sandbox

SETTLED_AFTER = 2000  # jobs until every cache is warm
RATE_JOBS = 1000


@dataclass(frozen=True, slots=True)
class Process:
    pid: int
    parent: int
    role: str
    resident_kb: int

    @staticmethod
    def read(status: Path) -> Process:
        fields = dict(line.split(":", 1) for line in status.read_text().splitlines())
        resident = int(fields.get("VmRSS", "0 kB").split()[0])
        words = status.with_name("cmdline").read_text(errors="replace").rstrip("\0").split("\0")
        return Process(int(fields["Pid"]), int(fields["PPid"]), words[-1], resident)


def our_processes() -> list[Process]:
    """This process and its descendants."""
    every: list[Process] = []
    for status in Path("/proc").glob("[0-9]*/status"):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):  # it has ended since
            every.append(Process.read(status))
    ours = [process for process in every if process.pid == os.getpid()]
    for parent in ours:  # grows while it is walked
        ours.extend(process for process in every if process.parent == parent.pid)
    return ours


def namespaces_of(pids: Iterable[int | str]) -> set[str]:
    seen = set()
    for pid in pids:
        with contextlib.suppress(OSError):  # ended, or another user's
            seen |= {str(link.readlink()) for link in Path(f"/proc/{pid}/ns").iterdir()}
    return seen


def open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def files() -> set[Path]:
    return {path for folder in {tempfile.gettempdir(), "/dev/shm"} for path in Path(folder).glob("*")}


def judge_many(sandbox: Sandbox, jobs: Iterable[Job], outcome: str = "pass") -> float:
    """Jobs per second; every outcome must begin as told, for which clock ends a program depends on free cores."""
    begun = time.perf_counter()
    done = sum(insist(v.outcome.startswith(outcome), f"hornbook: {v}") for v in sandbox.run(jobs))
    return done / (time.perf_counter() - begun)


def trivial_jobs(count: int) -> Iterator[Job]:
    return (as_job(str(i), trivial(SAMPLES_PER_PROBLEM, i)) for i in range(count))


def endless_jobs(count: int) -> Iterator[Job]:
    endless, limits = "def spin():\n    while True:\n        pass  # {}\n", Limits(cpu_seconds=0.05)
    tests = "assert spin() == 0"
    return (
        Job(id=str(i), blocks=(endless.format(i),), tests=tests, entry_point="spin", limits=limits)
        for i in range(count)
    )


def endure(count: int) -> None:
    own, before, files_before = namespaces_of(["self"]), open_files(), files()
    with Sandbox(workers=CORES) as sandbox:
        judge_many(sandbox, trivial_jobs(SETTLED_AFTER))
        settled = our_processes()
        rate = judge_many(sandbox, trivial_jobs(count - SETTLED_AFTER))
        print(f"{count:,} trivial jobs through one sandbox, {rate:,.0f}/s")
        used = namespaces_of(process.pid for process in settled) - own
        grow(settled, our_processes())
        outlast_timeouts(sandbox)
        inside = open_files()
    left = used & namespaces_of(path.name for path in Path("/proc").glob("[0-9]*"))
    print(f"open files: {before} before, {inside} inside, {open_files()} after")
    print(f"processes left: {len(our_processes()) - 1}; namespaces: {len(used)} seen, {len(left)} left")
    print(f"files left: {', '.join(map(str, sorted(files() - files_before))) or 'none'}")


def grow(settled: list[Process], ended: list[Process]) -> None:
    print(
        f"processes: {len(settled)} after {SETTLED_AFTER:,} jobs, {len(ended)} at the end. Resident memory:"
    )
    first = {process.pid: process.resident_kb for process in settled}
    for process in ended:
        half = "outside" if process.parent == os.getpid() else "inside"
        name = "this process" if process.pid == os.getpid() else f"{process.role}, {half}"
        print(f"  {name:18}{change(first.get(process.pid, 0), process.resident_kb)}")
    print(f"  {'all':18}{change(sum(first.values()), sum(process.resident_kb for process in ended))}")


def change(then: int, now: int) -> str:
    return f"{then:10,} kB{now:10,} kB  {f'{now / then - 1:+.1%}' if then else 'new'}"


def outlast_timeouts(sandbox: Sandbox) -> None:
    before = judge_many(sandbox, trivial_jobs(RATE_JOBS))
    between = judge_many(sandbox, endless_jobs(RATE_JOBS), "timeout")
    after = judge_many(sandbox, trivial_jobs(RATE_JOBS))
    print(
        f"{RATE_JOBS:,} trivial jobs at {before:,.0f}/s, {RATE_JOBS:,} endless ones at {between:,.0f}/s, and"
    )
    print(f"{RATE_JOBS:,} trivial ones again at {after:,.0f}/s: {after / before:.2f} of the first rate")
