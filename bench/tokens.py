"""Speed and memory of tokenisation, on the Python code of this interpreter and its packages.

Each case runs in a process of its own: a plain loop of the tokenizer's `encode` as the floor, its `encode_batch`
with one and two threads of its own, and the step `tokenize` with one and two workers, all on the same files. CPU
seconds count every process, so on a busy machine compare those; MB/s is by the clock. Peak memory adds up the
processes (Linux); the last cases show how it grows from a fifth of the text to twice the text. Two workers are
used where the text is worth their start.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import re
import resource
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from hornbook.lm.tokens import TokenizeConfig, TokenizerConfig, load_tokenizer, tokenize, train_tokenizer
from hornbook.record import Record, read_records, write_shard
from hornbook.step import Context

FLOOR_MEGABYTES = 10
"""The floor reads less of the text: it takes a second for 1.5 MB."""
BATCH = 512
FILES = 100
"""Files of a shard, about a megabyte: what a reader holds of one must not hide what grows."""


def files() -> Iterator[str]:
    """Yield the text of every Python file at hand, again and again."""
    for root in itertools.cycle((sysconfig.get_path("stdlib"), sysconfig.get_path("purelib"))):
        for path in sorted(Path(root).rglob("*.py")):
            text = path.read_bytes().decode(errors="ignore")
            if 0 < len(text) < 500_000:
                yield text


def prepare(root: Path, megabytes: int) -> None:
    """Write shards of `FILES` files each, and a tokenizer trained on them."""
    records, left, number = list[Record](), megabytes * 1e6, 0
    for text in files():
        records.append(Record(text=text, kind="code", source="bench", license="unknown"))
        left -= len(text.encode())
        if len(records) == FILES or left <= 0:
            write_shard(root / "records" / f"{number:05d}.parquet", records)
            records, number = [], number + 1
        if left <= 0:
            break
    train_tokenizer(TokenizerConfig(), out=root, ctx=Context(workers=1), code=root)


def loop(root: Path) -> int:
    encode = load_tokenizer(root).encode
    return sum(
        len(np.array(encode(record.text, add_special_tokens=False).ids, np.uint16))
        for record in read_records(root)
    )


def batches(root: Path) -> int:
    encode, records, found = load_tokenizer(root).encode_batch, read_records(root), 0
    while texts := [record.text for record in itertools.islice(records, BATCH)]:
        found += sum(len(np.array(e.ids, np.uint16)) for e in encode(texts, add_special_tokens=False))
    return found


def step(root: Path, workers: int) -> int:
    with tempfile.TemporaryDirectory(dir=root) as out:
        ctx = Context(workers=workers)
        metrics = tokenize(TokenizeConfig(), tokenizer=root, records=root, out=Path(out), ctx=ctx)
    return int(metrics["tokens"] - metrics["documents"])


CASES: dict[str, Callable[[Path], int]] = {
    "loop of encode()": loop,
    "encode_batch, 1 thread": batches,
    "encode_batch, 2 threads": batches,
    "tokenize, 1 worker": lambda root: step(root, 1),
    "tokenize, 2 workers": lambda root: step(root, 2),
}


def child(case: str, root: Path) -> None:
    """Run one case in this fresh process and print what it took."""
    begun = time.perf_counter()
    tokens = CASES[case](root)
    wall = time.perf_counter() - begun
    own, theirs = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = sum(used.ru_utime + used.ru_stime for used in (own, theirs))
    # Not our own ru_maxrss: it counts what the parent held before this program was loaded.
    [kilobytes] = re.findall(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())
    peak = (int(kilobytes) + 2 * theirs.ru_maxrss) / 1000
    print(json.dumps({"tokens": tokens, "cpu": cpu, "wall": wall, "peak": peak}))


def measured(case: str, root: Path) -> dict[str, float]:
    threads = "2" if case.endswith("2 threads") else "1"
    env = os.environ | {"RAYON_NUM_THREADS": threads, "OMP_NUM_THREADS": "1"}
    command = [sys.executable, __file__, "--child", case, "--root", str(root)]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def compare(cases: list[str], root: Path, megabytes: int) -> None:
    found = {case: measured(case, root) for case in cases}
    counts = {result["tokens"] for result in found.values()}
    assert len(counts) == 1, f"the cases disagree: {found}"
    first = found[cases[0]]["cpu"]
    for case, result in found.items():
        speed = f"{megabytes / result['wall']:6.2f} MB/s {megabytes / result['cpu']:6.2f} MB a CPU second"
        print(
            f"{megabytes:4} MB  {case:24} {speed} {first / result['cpu']:5.2f} x  {result['peak']:4.0f} MB peak"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=int, default=100)
    parser.add_argument("--child", choices=CASES, help=argparse.SUPPRESS)
    parser.add_argument("--root", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.child:
        child(args.child, args.root)
        return
    with tempfile.TemporaryDirectory() as name:
        steps = [case for case in CASES if case.startswith("tokenize")]
        sizes = (FLOOR_MEGABYTES, args.megabytes // 5, args.megabytes, 2 * args.megabytes)
        for megabytes, cases in zip(sizes, (list(CASES), steps, steps, steps), strict=True):
            root = Path(name) / str(megabytes)
            prepare(root, megabytes)
            compare(cases, root, megabytes)


if __name__ == "__main__":
    main()
