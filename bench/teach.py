"""What a model in a folder costs as the teacher, beside `hornbook serve` with the same model, asked over HTTP.

Both write answers to ladder problems with the same seed and one thread, and both keep a journal; every answer is
held against the other's. Printed are CPU seconds, of the client and the server together, because other load
stretches all else; they take turns, and a ratio is within one round. Loading the model counts for the folder;
the server has loaded it before it is asked.

    python bench/teach.py [--model FOLDER] [--answers 256] [--rounds 3]
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from decoding.checkpoint import trained

from hornbook.benchmarks.ladder import Ladder, make_ladder
from hornbook.step import Context
from hornbook.teacher.protocol import Completion, Message, Request

SHAPE: dict[str, Any] = {"temperature": 0.8, "max_tokens": 128, "seed": 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class Timed:
    """One way of asking for all answers."""

    cpu: float
    """Seconds, of all processes that worked."""
    wall: float
    found: list[Completion]


def requests(count: int) -> list[Request]:
    """Return ladder problems as requests: their prompts fit our models' contexts, as the lessons' own do not."""
    problems = make_ladder(Ladder(per_rung=-(-count // 4))).problems[:count]
    return [
        Request(
            kind="exercise",
            seed=f"0/e/{number}",
            slots={},
            messages=(Message(role="user", content=problem.prompt),),
            sample=number,
        )
        for number, problem in enumerate(problems)
    ]


def ask(model: Any, asked: list[Request]) -> Timed:
    """Ask in this process; the model's own threads are in its CPU seconds."""
    from hornbook.teacher.budget import Budget
    from hornbook.teacher.journal import Journal

    with tempfile.TemporaryDirectory(dir=Path(__file__).parent) as name, Journal(Path(name)) as journal:
        begun, clock = time.process_time(), time.perf_counter()
        with model.teacher(journal=journal, budget=Budget(), say=lambda line: None) as teacher:
            found = list(teacher.complete(asked))
        return Timed(cpu=time.process_time() - begun, wall=time.perf_counter() - clock, found=found)


@contextmanager
def server(folder: Path) -> Iterator[tuple[str, int]]:
    """Yield address and process id of `hornbook serve` with one thread."""
    words = ["serve", str(folder), "--name", "m", "--port", "0", "--threads", "1"]
    command = [sys.executable, "-m", "hornbook", *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None, "it was asked for a pipe"
            address = re.search(r"http://\S+", process.stdout.readline())
            assert address, "the server did not start"
            yield address[0], process.pid
        finally:
            process.send_signal(signal.SIGINT)


def cpu_of(pid: int) -> float:
    """Return the CPU seconds of a running process (proc(5), fields 14 and 15 of stat)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def served(folder: Path, asked: list[Request]) -> Timed:
    from hornbook.teacher.endpoint import Endpoint

    with server(folder) as (url, pid):
        before = cpu_of(pid)
        client = ask(Endpoint(url=url, model="m", **SHAPE), asked)
        return Timed(cpu=client.cpu + cpu_of(pid) - before, wall=client.wall, found=client.found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", type=Path, help="a model's folder; without it, one is trained in minutes")
    parser.add_argument("--answers", type=int, default=256)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    from hornbook.lm.teach import Checkpoint

    folder = given.model or trained(Path("runs/bench-generate"), Context(workers=1, log=print))
    asked, model = requests(given.answers), Checkpoint(folder=folder, threads=1, **SHAPE)
    ask(model, asked[:8])  # imports, and what torch sets up once
    ratios = []
    for _ in range(given.rounds):
        ours, theirs = ask(model, asked), served(folder, asked)
        alike = sum(a.text == b.text for a, b in zip(ours.found, theirs.found, strict=True))
        tokens = sum(each.usage.tokens_out for each in ours.found if each.usage)
        ratios.append(theirs.cpu / ours.cpu)
        print(
            f"{len(asked)} answers, {tokens:,} tokens: in this process {len(asked) / ours.cpu:.1f} answers per "
            f"CPU second ({ours.wall:.1f} s), over HTTP {len(asked) / theirs.cpu:.1f} ({theirs.wall:.1f} s), "
            f"ratio {ratios[-1]:.2f}; {alike} answers alike"
        )
    print(f"ratio {median(ratios):.2f} [{min(ratios):.2f}, {max(ratios):.2f}]")
    print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB at most in this process")


if __name__ == "__main__":
    main()
