"""Finding near-copies among the Python files of the installed interpreters: speed, memory and exactness.

Speed and memory: every contestant reads the same files in a process of its own, in turn, round after round; files
per CPU second (user + system), and the peak of resident memory with the interpreter in it.
Exactness, on a sample: all pairs' exact Jaccard by other code than hornbook's (a regular expression, Python's
hash, one sparse product). *Collateral*: removed files of which no kept file has J >= 0.7, so content that is lost.
*Leftover*: kept files of which an earlier kept file has J >= 0.7.
Growth: the peak at 20,000 and at 100,000 records, pieces of 40 lines of the same files.
"""

from __future__ import annotations

import argparse
import importlib.util
import itertools
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from curation.dedup_contestants import CONTESTANTS, peak_megabytes
from curation.files import python_files

HERE = Path(__file__)
THRESHOLD = 0.7
LINES_PER_PIECE = 40
# What hornbook calls a token, said once more as a pattern over bytes.
TOKEN = re.compile(rb"[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xff][\x80-\xbf]{3}|[\w\x80-\xdf]+|[^\x00-\x20\x7f]")


def installed(names: Sequence[str]) -> list[str]:
    """Return hornbook, which the others are compared with, and those named that can run here."""
    found = ["hornbook"]
    for name in names:
        if name in found:
            continue
        if importlib.util.find_spec(name.partition("_")[0]) is None:
            print(f"{name} is left out: pip install --target DIR -r bench/peers.txt, then PYTHONPATH=DIR")
        else:
            found.append(name)
    return found


def run_alone(name: str, paths: Sequence[Path]) -> dict[str, Any]:
    """Run one contestant in a new process and return what it says of itself."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as listing:
        listing.write("\n".join(map(str, paths)))
        listing.flush()
        script = HERE.with_name("dedup_contestants.py")
        ended = subprocess.run([sys.executable, script, name, listing.name], capture_output=True, text=True)
    if ended.returncode:
        sys.exit(f"{name} failed:\n{ended.stderr}")
    found: dict[str, Any] = json.loads(ended.stdout.splitlines()[-1])
    return found


def race(names: Sequence[str], paths: Sequence[Path], rounds: int) -> None:
    figures: dict[str, list[dict[str, Any]]] = {name: [] for name in names}
    for _ in range(rounds):
        for name in names:
            figures[name].append(run_alone(name, paths))
    megabytes = sum(path.stat().st_size for path in paths) / 1e6
    print(f"{len(paths):,} files, {megabytes:.0f} MB, {rounds} rounds in turn; medians")
    print(f"{'':<12} {'CPU s':>7} {'docs/CPU s':>11} {'peak MB':>8} {'removed':>8}  hornbook is faster by")
    for name, found in figures.items():
        seconds = [one["cpu_seconds"] for one in found]
        ratios = [
            theirs / ours["cpu_seconds"] for theirs, ours in zip(seconds, figures["hornbook"], strict=True)
        ]
        peak = max(one["peak_mb"] for one in found)
        by = f"{median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})" if name != "hornbook" else ""
        rate = len(paths) / median(seconds)
        print(
            f"{name:<12} {median(seconds):7.2f} {rate:11,.0f} {peak:8.0f} {len(found[-1]['removed']):8,}  {by}"
        )


def exactness(names: Sequence[str], paths: Sequence[Path]) -> None:
    similar = _similar_pairs(paths)
    print(f"\n{len(paths):,} files, {sum(map(len, similar.values())) // 2:,} pairs at J >= {THRESHOLD}")
    for name in names:
        removed = set(run_alone(name, paths)["removed"])
        collateral = sum(not (similar.get(i, set()) - removed) for i in removed)
        leftover = sum(
            any(j < i and j not in removed for j in others)
            for i, others in similar.items()
            if i not in removed
        )
        print(f"{name:<12} removed {len(removed):5,}, collateral {collateral:4,}, leftover {leftover:4,}")


def _similar_pairs(paths: Sequence[Path]) -> dict[int, set[int]]:
    """Return, for every file with a partner, all its partners at J >= 0.7."""
    import numpy as np
    from scipy.sparse import csr_matrix

    numbers: dict[int, int] = {}
    columns: list[int] = []
    ends = [0]
    for path in paths:
        tokens = TOKEN.findall(path.read_bytes())
        grams = {hash(tuple(tokens[i : i + 5])) for i in range(max(len(tokens) - 4, 1))}
        columns.extend(numbers.setdefault(gram, len(numbers)) for gram in grams)
        ends.append(len(columns))
    holds = csr_matrix((np.ones(len(columns), np.int32), columns, ends), shape=(len(paths), len(numbers)))
    common = (holds @ holds.T).tocoo()
    sizes = np.diff(ends)
    jaccard = common.data / (sizes[common.row] + sizes[common.col] - common.data)
    chosen = (jaccard >= THRESHOLD) & (common.row != common.col)
    similar: dict[int, set[int]] = {}
    for a, b in zip(common.row[chosen].tolist(), common.col[chosen].tolist(), strict=True):
        similar.setdefault(a, set()).add(b)
    return similar


def growth(sizes: Sequence[int]) -> None:
    peaks = []
    for size in sizes:
        command = [sys.executable, "-m", "curation.dedup", "--pieces", str(size)]
        ended = subprocess.run(command, capture_output=True, text=True, check=True, cwd=HERE.parents[1])
        peaks.append(json.loads(ended.stdout))
        print(f"{size:9,} records: peak {peaks[-1]['peak_mb']:.0f} MB, {peaks[-1]['removed']:,} removed")
    print(f"growth: {peaks[-1]['peak_mb'] / peaks[0]['peak_mb']:.2f} times")


def find_among_pieces(count: int) -> None:
    from hornbook.quality.dedup import Dedup, find_duplicates
    from hornbook.record import Record

    pieces = itertools.islice(_pieces(), count)
    records = (Record(text=text, kind="code", source="bench", license="unknown") for text in pieces)
    removals = find_duplicates(Dedup(), records).removals
    print(json.dumps({"peak_mb": peak_megabytes(), "removed": len(removals)}))


def _pieces() -> Iterator[str]:
    for path in python_files(sys.maxsize):
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        for start in range(0, len(lines), LINES_PER_PIECE):
            yield "".join(lines[start : start + LINES_PER_PIECE])


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(
        prog="bench/quality.py dedup",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--files", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--sample", type=int, default=3000, help="files of the exactness check")
    parser.add_argument("--only", nargs="+", choices=CONTESTANTS, default=list(CONTESTANTS))
    parser.add_argument("--pieces", type=int, help="only print the peak memory at so many records")
    options = parser.parse_args(arguments)
    if options.pieces:
        find_among_pieces(options.pieces)
        return
    paths = python_files(options.files)
    names = installed(options.only)
    race(names, paths, options.rounds)
    exactness(names, paths[: options.sample])
    growth([20_000, 100_000])


if __name__ == "__main__":
    main(sys.argv[1:])
