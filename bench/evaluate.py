"""How long 1,000 ladder problems take a 3M model: completed, weighed in bits and judged in the sandbox.

The aim is 60 seconds on two cores. It is measured on one, as a recipe's `evaluate` step runs, and in CPU seconds
beside, for a machine that has other work: their sum is what one idle core needs.

    python bench/evaluate.py [--model FOLDER] [--problems 1000]
"""

from __future__ import annotations

import argparse
import resource
import time
from pathlib import Path

from decoding.checkpoint import trained

from hornbook.benchmarks.ladder import Ladder, make_ladder
from hornbook.evaluate.score import Evaluate, score
from hornbook.step import Context

AIM_SECONDS = 60


def cpu_seconds(who: int) -> float:
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", type=Path, help="a model's folder; without it, one is trained in minutes")
    parser.add_argument("--problems", type=int, default=1000)
    asked = parser.parse_args()
    folder = asked.model or trained(Path("runs/bench-generate"), Context(workers=1, log=print))
    exam = make_ladder(Ladder(per_rung=asked.problems // 4))
    before = {who: cpu_seconds(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)}
    begun = time.perf_counter()
    rows = list(score(folder, [exam], Evaluate(), Context(workers=1)))
    seconds = time.perf_counter() - begun
    model, sandbox = (cpu_seconds(who) - spent for who, spent in before.items())
    solved = sum(row.num_correct for row in rows)
    print(f"{len(rows)} problems, {solved} solved, {seconds:.1f} s by the clock (aim: {AIM_SECONDS})")
    print(
        f"CPU seconds: {model:.1f} of this process, {sandbox:.1f} of the sandbox, {model + sandbox:.1f} in all"
    )
    outcomes = [row.outcome for row in rows]
    print(", ".join(f"{outcomes.count(name)} {name}" for name in sorted(set(outcomes))))


if __name__ == "__main__":
    main()
