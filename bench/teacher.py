"""How fast the offline teacher writes, against a floor, and how varied its writing is, against real code.

    python bench/teacher.py                     speed of writing, gzip ratio
    python bench/teacher.py variety --count N   near-copies, syntax trees, what two seeds share
    python bench/teacher.py path --count N      write, check and dedup with a recipe's own steps, on all cores

Speed: exercises and pages per CPU second of one core, from plan to parsed record, and the ratio to the cheapest
thing that could be called writing (formatting one fixed exercise into a record). Variety: gzip ratio of the first
400 characters of 2,000 shuffled exercises at level 6, beside the same of 2,000 documented standard-library
functions; near-copies are exercises whose Jaccard with another that stays is 0.8 or more, in their texts
(signature, docstring, body), and in their code alone with every name that it defines replaced by its place. The
first line names the interpreter: Debian's, which is optimised, is 1.18 to 1.25 times as fast as one that is not.
"""

from __future__ import annotations

import argparse
import ast
import hashlib
import json
import platform
import resource
import sysconfig
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TextIO

from hornbook.curriculum.families import TAUGHT, concepts_taught
from hornbook.curriculum.offline import OfflineTeacher
from hornbook.draw import rng
from hornbook.lessons.answer import ask
from hornbook.lessons.exercise import Exercises, read_exercise
from hornbook.lessons.exercise import exercises as write_exercises
from hornbook.lessons.plan import requests
from hornbook.lessons.textbook import read_page
from hornbook.quality.check import Check
from hornbook.quality.dedup import Dedup, dedup, find_duplicates
from hornbook.quality.repetition import gzip_ratio
from hornbook.quality.syntax import bound_names, node_types
from hornbook.record import Record, Rejected
from hornbook.run import run
from hornbook.step import Context, Step

COUNT = 3000
ROUNDS = 3
PROGRAMS = 0.3


def exercises(seed: int, count: int = COUNT, *, every: int = 1, deepen: float = 0.0) -> Iterator[Record]:
    asked = requests("exercise", seed, range(0, count, every), programs=PROGRAMS, deepen=deepen)
    return _kept(ask(OfflineTeacher(), asked, read_exercise, "exercises"))


def pages(seed: int) -> Iterator[Record]:
    asked = requests("textbook", seed, range(COUNT), programs=PROGRAMS)
    return _kept(ask(OfflineTeacher(), asked, read_page, "textbooks"))


def _kept(results: Iterable[Record | Rejected]) -> Iterator[Record]:
    return (result for result in results if isinstance(result, Record))


def floor(seed: int) -> Iterator[Record]:
    text = 'def add_{0}(x: int) -> int:\n    """Add {0} to x."""\n    return x + {0}\n'
    return (
        Record(text=text.format(seed + i), kind="code", source="floor", license="CC0-1.0")
        for i in range(COUNT)
    )


def per_cpu_second(write: Callable[[int], Iterator[Record]]) -> float:
    """Return the best of three rounds after a warm-up: other load on the machine only ever slows one down."""
    list(write(ROUNDS))
    rates = []
    for number in range(ROUNDS):
        begun = time.process_time()
        written = sum(1 for _ in write(number))
        rates.append(written / (time.process_time() - begun))
    return max(rates)


def library_functions() -> Iterator[str]:
    for path in sorted(Path(sysconfig.get_paths()["stdlib"]).glob("*.py")):
        source = path.read_text()
        lines = source.splitlines(keepends=True)
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.FunctionDef) and ast.get_docstring(node):
                yield "".join(lines[node.lineno - 1 : node.end_lineno])


def speed() -> None:
    cheapest = per_cpu_second(floor)
    for name, write in (("exercises", exercises), ("pages", pages)):
        rate = per_cpu_second(write)
        print(f"{name}: {rate:,.0f} per CPU second, {cheapest / rate:.1f} times the cost of the floor")
    real = list(library_functions())
    rng(0, "bench teacher").shuffle(real)
    written = [record.text for record in exercises(0)]
    rng(0, "bench teacher").shuffle(written)
    ours, theirs = gzip_ratio(written[:2000]), gzip_ratio(real[:2000])
    print(f"gzip ratio: exercises {ours:.2f}, {len(real[:2000]):,} library functions {theirs:.2f}")


class _Places(ast.NodeTransformer):
    """Replaces every name that a text binds by its place, and docstrings by nothing."""

    def __init__(self, names: Iterable[str]) -> None:
        self.places = {name: f"v{i}" for i, name in enumerate(names)}

    def visit_Name(self, node: ast.Name) -> ast.Name:
        return ast.Name(self.places.get(node.id, node.id), node.ctx)

    def visit_arg(self, node: ast.arg) -> ast.arg:
        return ast.arg(self.places.get(node.arg, node.arg))

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        self.generic_visit(node)
        body = node.body[1:] if ast.get_docstring(node) is not None else node.body
        name = self.places.get(node.name, node.name)
        return ast.FunctionDef(name, node.args, body or [ast.Pass()], [], None, None, lineno=1)


def renamed(record: Record) -> Record:
    """Return the code of an exercise alone, without docstring and annotations, its names replaced by places."""
    tree = ast.parse(record.text)
    functions = [n.name for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)]
    order = functions + [
        n.id if isinstance(n, ast.Name) else n.arg
        for n in ast.walk(tree)
        if isinstance(n, ast.Name | ast.arg)
    ]
    bound = {*bound_names(tree), *functions}
    tree = _Places(name for name in dict.fromkeys(order) if name in bound).visit(tree)
    return replace(record, text=ast.unparse(ast.fix_missing_locations(tree)))


_FRAME = Record(text="", kind="exercise", source="bench", license="CC0-1.0")


def variety(count: int, deepen: float) -> None:
    """Write a set once and measure it on the way; its renamed code waits in a file, not in memory."""
    shapes: Counter[bytes] = Counter()
    ids: set[str] = set()
    taught: Counter[str] = Counter()
    beginnings: list[str] = []

    def seen(store: TextIO) -> Iterator[Record]:
        for i, record in enumerate(exercises(1, count, deepen=deepen)):
            assert record.exercise is not None, "exercises have an entry point"
            shape = node_types(record.text, record.exercise.entry_point)
            shapes[hashlib.blake2b(shape.encode(), digest_size=12).digest()] += 1
            ids.add(record.id)
            taught[record.tags["family"]] += 1
            if i % max(count // 2000, 1) == 0:
                beginnings.append(record.text)
            store.write(json.dumps(renamed(record).text) + "\n")
            yield record

    with tempfile.TemporaryFile("w+") as store:
        texts = len(find_duplicates(Dedup(), seen(store)).removals)
        print(f"texts: {texts:,} of {count:,} near-copies, {texts / count:.2%}", flush=True)
        store.seek(0)
        codes = (replace(_FRAME, text=json.loads(line)) for line in store)
        code = len(find_duplicates(Dedup(), codes).removals)
        print(f"code, renamed: {code:,} near-copies, {code / count:.2%}", flush=True)
    print(f"syntax trees: {len(shapes):,}; the commonest {shapes.most_common(1)[0][1]:,} times")
    found = [family for family in TAUGHT if family.name in taught]
    concepts = {concept for family in found for concept in family.concepts}
    print(f"{len(found):,} of {len(TAUGHT):,} families, {len(concepts)} of {len(concepts_taught())} concepts")
    print(f"gzip ratio: {gzip_ratio(beginnings):.2f}", flush=True)
    tenth = [record.id in ids for record in exercises(2, count, every=10, deepen=deepen)]
    print(f"{sum(tenth):,} of every tenth text of seed 2 are in seed 1, {sum(tenth) / len(tenth):.2%}")
    print(f"{_cpu_seconds():,.0f} CPU seconds")


def path(count: int, deepen: float) -> None:
    """Write, check and dedup with the steps of a recipe."""
    graded = Check(mutant_share=0.05)
    accepted = Exercises(count=count, programs=PROGRAMS, deepen=deepen, check=graded)
    kept = Step("accepted", write_exercises, accepted)
    unique = Step("unique", dedup, Dedup(), {"records": kept})
    with tempfile.TemporaryDirectory(prefix="hornbook-") as folder:
        begun, used = time.perf_counter(), _cpu_seconds()
        steps = run([unique], Path(folder), Context())
        seconds, cpu = time.perf_counter() - begun, _cpu_seconds() - used
        left = steps["unique"].metrics["num_kept"]
        for step in steps.values():
            found = step.metrics
            print(f"{step.name}: {found['num_kept']:,} of {found['num_in']:,} {found['reasons']}")
        rates = steps["accepted"].metrics["mutants"]
    print(
        f"{left:,} of {count:,} exercises: {count / seconds:,.0f} a second; {count / cpu:,.0f} per CPU second, "
        f"{1000 * cpu / count:.2f} ms of CPU each"
    )
    print(f"kill rates: {rates}")


def interpreter() -> str:
    """Name the interpreter and what its configure line says: Debian's is optimised and does not say so there."""
    says = "--enable-optimizations" in (sysconfig.get_config_var("CONFIG_ARGS") or "")
    optimised = (
        "with --enable-optimizations" if says else "without --enable-optimizations, as far as that tells"
    )
    return f"{platform.python_implementation()} {platform.python_version()}, configured {optimised}"


def _cpu_seconds() -> float:
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", nargs="?", default="speed", choices=("speed", "variety", "path"))
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument(
        "--deepen",
        type=float,
        nargs="?",
        const=1.0,
        default=0.0,
        help="share whose later ones take more steps (1)",
    )
    given = parser.parse_args()
    print(interpreter(), flush=True)
    if given.what == "speed":
        speed()
    else:
        {"variety": variety, "path": path}[given.what](given.count, given.deepen)


if __name__ == "__main__":
    main()
