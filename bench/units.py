"""How many definitions of installed code become self-contained units, how many of those run, and how fast.

    python bench/units.py [--files 400] [--run 600]

Shares are of all definitions of at least 80 characters in files drawn by seed, by kind. The floor for lifting is
`ast.parse` over the same files, the peer is plain lifting (the definition with the imports it uses); all three in
CPU seconds of this process, one after another. Units that are self-contained are then run in the sandbox.
"""

from __future__ import annotations

import argparse
import importlib.util
import random
import time
from collections import Counter
from collections.abc import Sequence

from judging.cost import cpu_seconds

from hornbook.corpus.importable import imported
from hornbook.corpus.manifest import PACKAGES, SourceFile, find_manifest
from hornbook.corpus.self_contained import Lifted, Lifter, NeedsTooMuch
from hornbook.corpus.units import Module, NotPython, parse
from hornbook.record import Record, Rejected
from hornbook.sandbox import Sandbox


def main() -> None:
    """Print the tables for the standard library and for the packages of the pinned environment."""
    options = argparse.ArgumentParser()
    options.add_argument("--files", type=int, default=400)
    options.add_argument("--run", type=int, default=600)
    args = options.parse_args()
    for title, packages in (("standard library", PACKAGES[:1]), ("packages", PACKAGES[1:])):
        files = list(find_manifest(packages).files)
        random.Random(0).shuffle(files)
        print(f"\n{title}")
        units = lift_all(files[: args.files])
        run_all(units[: args.run])


def lift_all(files: Sequence[SourceFile]) -> list[Lifted]:
    """Lift every definition both ways; print shares and speeds; return the self-contained units, shuffled."""
    texts = [(importlib.util.decode_source(file.path.read_bytes()), file.package) for file in files]
    start = time.process_time()
    for text, _ in texts:
        parse(text)
    parsed = time.process_time()
    modules = [Module(text, package) for text, package in texts]
    for module in modules:
        for candidate in module.candidates():
            module.lift(candidate)
    plain = time.process_time()
    found: list[Lifted] = []
    fates = Counter[tuple[str, str]]()
    for text, package in texts:
        module = Module(text, package)
        lifter = Lifter(module)
        for candidate in module.candidates():
            try:
                lifted = lifter.lift(candidate)
                fate = "self_contained" if lifted.is_self_contained else "not_self_contained"
            except NeedsTooMuch:
                fate = "needs_too_much"
            except NotPython:
                fate = "broken_by_lifting"
            fates[candidate.kind, fate] += 1
            if fate == "self_contained":
                found.append(lifted)
    seconds = {
        "ast.parse": parsed - start,
        "plain": plain - parsed,
        "self-contained": time.process_time() - plain,
    }
    print_fates(fates)
    for name, took in seconds.items():
        print(f"  {name:<15}{took:8.2f} CPU s {fates.total() / took:8,.0f} definitions/s")
    helpers = sorted(len(lifted.helpers) for lifted in found if lifted.helpers)
    print(
        f"  {len(helpers) / len(found):.1%} of the self-contained have helpers; of these 50, 90, 95 % at most"
    )
    print("  ", *(helpers[int(share * (len(helpers) - 1))] for share in (0.5, 0.9, 0.95)))
    random.Random(0).shuffle(found)
    return found


def print_fates(fates: Counter[tuple[str, str]]) -> None:
    """Print what became of each kind of definition."""
    names = ("self_contained", "not_self_contained", "needs_too_much", "broken_by_lifting")
    print(f"  {'kind':<10}{'number':>8}" + "".join(f"{name:>20}" for name in names))
    for kind in ("function", "class", "method", "all"):
        row = [sum(n for (k, f), n in fates.items() if f == name and kind in (k, "all")) for name in names]
        print(f"  {kind:<10}{sum(row):>8}" + "".join(f"{n / max(sum(row), 1):>20.1%}" for n in row))


def run_all(units: Sequence[Lifted]) -> None:
    """Run units in the sandbox; print how many run at import and how fast."""
    records = [Record(text=u.unit.text, kind="code", source=u.unit.name, license="unknown") for u in units]
    before = cpu_seconds()
    with Sandbox(workers=1) as sandbox:
        results = list(imported(records, sandbox, sandbox.level))
    took = cpu_seconds() - before
    reasons = Counter(result.reason for result in results if isinstance(result, Rejected))
    kept = len(results) - reasons.total()
    print(f"  {kept:,} of {len(results):,} run at import ({kept / len(results):.1%}); {dict(reasons)}")
    print(f"  {len(results) / took:,.0f} units/s of CPU time, sandbox included")


if __name__ == "__main__":
    main()
