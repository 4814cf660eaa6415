"""How fast the offline teacher writes, against a floor, and how varied its writing is against real code.

Speed: exercises and pages per CPU second of one core, from plan to parsed record, and the ratio to the cheapest
thing that could be called writing (formatting one fixed exercise into a record). Variety: gzip ratio of the first
400 characters of 2,000 shuffled exercises at level 6, and the same of 2,000 documented standard-library functions.
"""

from __future__ import annotations

import ast
import sysconfig
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from hornbook.curriculum.offline import OfflineTeacher
from hornbook.draw import rng
from hornbook.lessons.answer import ask
from hornbook.lessons.exercise import read_exercise
from hornbook.lessons.plan import requests
from hornbook.lessons.textbook import read_page
from hornbook.quality.repetition import gzip_ratio
from hornbook.record import Record, Rejected

COUNT = 3000
ROUNDS = 3


def exercises(seed: int) -> list[Record | Rejected]:
    asked = requests("exercise", seed, range(COUNT), programs=0.3)
    return list(ask(OfflineTeacher(), asked, read_exercise, "exercises"))


def pages(seed: int) -> list[Record | Rejected]:
    asked = requests("textbook", seed, range(COUNT), programs=0.3)
    return list(ask(OfflineTeacher(), asked, read_page, "textbooks"))


def floor(seed: int) -> list[Record | Rejected]:
    text = 'def add_{0}(x: int) -> int:\n    """Add {0} to x."""\n    return x + {0}\n'
    return [
        Record(text=text.format(seed + i), kind="code", source="floor", license="CC0-1.0")
        for i in range(COUNT)
    ]


def per_cpu_second(write: Callable[[int], list[Record | Rejected]]) -> float:
    """Return the best of three rounds after a warm-up: other load on the machine only ever slows one down."""
    write(ROUNDS)
    rates = []
    for number in range(ROUNDS):
        begun = time.process_time()
        written = write(number)
        rates.append(len(written) / (time.process_time() - begun))
    return max(rates)


def library_functions() -> Iterator[str]:
    for path in sorted(Path(sysconfig.get_paths()["stdlib"]).glob("*.py")):
        source = path.read_text()
        lines = source.splitlines(keepends=True)
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.FunctionDef) and ast.get_docstring(node):
                yield "".join(lines[node.lineno - 1 : node.end_lineno])


def main() -> None:
    cheapest = per_cpu_second(floor)
    for name, write in (("exercises", exercises), ("pages", pages)):
        rate = per_cpu_second(write)
        print(f"{name}: {rate:,.0f} per CPU second, {cheapest / rate:.1f} times the cost of the floor")
    real = list(library_functions())
    rng(0, "bench teacher").shuffle(real)
    written = [record.text for record in exercises(0) if isinstance(record, Record)]
    ours, theirs = gzip_ratio(written[:2000]), gzip_ratio(real[:2000])
    print(f"gzip ratio: exercises {ours:.2f}, {len(real[:2000]):,} library functions {theirs:.2f}")


if __name__ == "__main__":
    main()
