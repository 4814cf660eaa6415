"""What a fixed prompt, the slots of a plan, and the closed loop make of the offline teacher, side by side.

Each asks until as many records are accepted. All measures are taken of one number of records, drawn by seed;
new shapes and openings are counted over all. Nothing is executed here: of the offline teacher's writing the check
accepts 99.5 %, and it does so whatever the plan. CPU seconds are of one core.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

from hornbook.lessons.exercise import Exercises, exercises
from hornbook.lessons.textbook import Textbooks, textbooks
from hornbook.quality.diversity import MEASURES, diversity_of, entropy
from hornbook.quality.outline import outline_of
from hornbook.record import Record, read_records
from hornbook.step import Context, Metrics

MODES: tuple[Literal["fixed", "slots", "loop"], ...] = ("fixed", "slots", "loop")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kinds", nargs="+", default=["exercise", "textbook"])
    parser.add_argument("--count", type=int, default=5000)
    parser.add_argument("--breadth", type=int, default=0)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    for kind in asked.kinds:
        show(kind, {mode: measured(kind, mode, asked) for mode in MODES})


def measured(kind: str, mode: Literal["fixed", "slots", "loop"], asked: argparse.Namespace) -> Metrics:
    given: dict[str, Any] = {name: getattr(asked, name) for name in ("count", "breadth", "seed")}
    given |= {"diversity": mode, "check": None, "least_novelty": 0.0}
    ctx = Context(workers=1, engine="inline")
    begun = time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        if kind == "exercise":
            metrics = exercises(Exercises(**given), out=out, ctx=ctx)
        else:
            metrics = textbooks(Textbooks(**given), out=out, ctx=ctx)
        seconds = time.process_time() - begun
        records = list(read_records(out))
    return {
        "answers asked for": metrics["num_in"],
        "CPU seconds": seconds,
        "novelty of the first round": metrics["rounds"][0]["novelty"],
        "novelty of the last whole round": metrics["rounds"][asked.count // 500 - 1]["novelty"],
        **over_all(records),
        **diversity_of(records),
    }


def over_all(records: Sequence[Record]) -> Metrics:
    outlines = [outline_of(record) for record in records]
    openings = Counter(outline.opening for outline in outlines)
    return {
        "different shapes in all": len({outline.shape for outline in outlines}),
        "different openings in all": len(openings),
        "openings in all, bits": entropy(openings),
        "share of the commonest opening": max(openings.values()) / len(records),
    }


def show(kind: str, found: dict[str, Metrics]) -> None:
    print("\n" + " | ".join([f"{kind}s", *found]))
    for key in found["loop"]:
        heading = MEASURES[key][0] if key in MEASURES else key
        cells = [metrics.get(key, "-") for metrics in found.values()]
        print(" | ".join([heading, *map(shown, cells)]))


def shown(cell: float | str) -> str:
    if isinstance(cell, str):
        return cell
    return f"{cell:,.4g}" if cell < 10 else f"{cell:,.0f}"


if __name__ == "__main__":
    main()
