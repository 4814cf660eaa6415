"""What gathering a corpus costs: speed beside reading and parsing alone, memory at two sizes, secrets.

    python bench/corpus.py [--files 20000 60000]

The code is made up by seed: repositories of 2,000 modules of about 1.4 kB with licences, .gitignore files and a
few e-mail addresses. Seconds are CPU seconds of one core; each figure stands beside its floor from the same run.
detect-secrets is asked where it is installed (`pip install --target DIR detect-secrets`, PYTHONPATH=DIR).
"""

from __future__ import annotations

import argparse
import ast
import importlib.util
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import orjson

from hornbook.corpus.gather import Gather, gather
from hornbook.corpus.redaction import redact
from hornbook.step import Context

WORDS = (
    "alpha",
    "beta",
    "gamma",
    "delta",
    "count",
    "total",
    "index",
    "value",
    "node",
    "edge",
    "item",
    "result",
)
LICENSE = (
    "Permission is hereby granted, free of charge, to any person obtaining a copy, sublicense, and/or sell"
)
BODY = '''

def {a}_{b}_{k}({a}, {b}=1):
    """Return the {a} of each {b}, summed over the steps that fit."""
    {a}_sum = 0
    for step in range({n}):
        if {a} % (step + 1) == {b}:
            {a}_sum += step * {x:.3f}
    return math.sqrt({a}_sum)
'''


def write_tree(top: Path, num_files: int) -> None:
    rng = random.Random("bench/corpus")
    for i in range(num_files):
        repo = top / f"repo{i // 2000}"
        path = repo / f"pkg{i // 100}" / f"m{i}.py"
        if i % 2000 == 0:
            repo.mkdir(parents=True)
            (repo / "LICENSE").write_text(LICENSE)
            (repo / ".gitignore").write_text("build/\n*.log\n__pycache__/\n/dist\n")
        path.parent.mkdir(exist_ok=True)
        path.write_text(module(rng, i))


def module(rng: random.Random, number: int) -> str:
    parts = [f'"""Module {number}."""\n\nimport math\n']
    for k in range(rng.randint(3, 9)):
        a, b = rng.sample(WORDS, 2)
        parts.append(BODY.format(a=a, b=b, k=k, n=rng.randint(2, 99), x=rng.random()))
    if rng.random() < 0.02:
        parts.append(f"# by ann{number}@acme.io\n")
    return "".join(parts)


def floor(top: Path) -> float:
    """CPU seconds of reading and parsing every file, and nothing else."""
    start = time.process_time()
    for path in top.rglob("*.py"):
        ast.parse(path.read_bytes())
    return time.process_time() - start


def measured(top: Path) -> dict[str, float]:
    """Gather in a process of its own, so that its peak is nobody else's."""
    done = subprocess.run([sys.executable, __file__, "--gather", top], capture_output=True, check=True)
    return orjson.loads(done.stdout)  # type: ignore[no-any-return]


def gather_alone(top: Path) -> None:
    with tempfile.TemporaryDirectory() as out:
        start = time.process_time()
        ctx = Context(workers=1, engine="inline")
        metrics = gather(Gather(sources=(str(top),)), out=Path(out), ctx=ctx)
        seconds = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    told = {"seconds": seconds, "peak_megabytes": peak, "num_kept": metrics["num_kept"]}
    print(orjson.dumps(told | {"redacted": metrics["num_redacted"]}).decode())


def secrets(top: Path, num_files: int = 100) -> None:
    files = sorted(top.rglob("*.py"))[:num_files]
    megabytes = sum(path.stat().st_size for path in files) / 1e6
    start = time.process_time()
    for path in files:
        redact(path.read_text(), is_python=True)
    ours = time.process_time() - start
    print(f"secrets: {megabytes / ours:.1f} MB/s, reading and replacing included", end="")
    if importlib.util.find_spec("detect_secrets") is None:
        print("; detect-secrets is not installed")
        return
    from detect_secrets.core import scan
    from detect_secrets.settings import default_settings

    start = time.process_time()
    with default_settings():
        for path in files:
            list(scan.scan_file(str(path)))
    peer = time.process_time() - start
    print(f"; detect-secrets {megabytes / peer:.2f} MB/s, finding alone: ratio {peer / ours:.0f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, nargs="+", default=[20_000, 60_000])
    parser.add_argument("--gather", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.gather:
        gather_alone(args.gather)
        return
    for num_files in args.files:
        with tempfile.TemporaryDirectory() as name:
            top = Path(name)
            write_tree(top, num_files)
            least, got = floor(top), measured(top)
            print(
                f"{num_files:,} files: {num_files / got['seconds']:,.0f} files per CPU second, "
                f"{got['seconds'] / least:.2f} times reading and parsing alone ({num_files / least:,.0f}); "
                f"peak {got['peak_megabytes']:.0f} MB; {got['num_kept']:,} kept, {got['redacted']:,} redacted"
            )
            if num_files == args.files[0]:
                secrets(top)


if __name__ == "__main__":
    main()
