"""The Python files of the installed interpreters and packages, drawn by seed: what curation is measured on."""

from __future__ import annotations

import random
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

SMALLEST, LARGEST = 200, 40_000  # bytes


def python_files(count: int, seed: int = 0) -> list[Path]:
    """Return `count` files that are UTF-8, in an order drawn by seed; fewer where there are fewer."""
    found = sorted(_every_file())
    random.Random(f"{seed}/curation").shuffle(found)
    chosen: list[Path] = []
    for path in found:
        if len(chosen) == count:
            break
        if is_text(path):
            chosen.append(path)
    return chosen


def is_text(path: Path) -> bool:
    try:
        path.read_text(encoding="utf-8")
    except (UnicodeDecodeError, OSError):
        return False
    return True


def _every_file() -> set[Path]:
    return {
        path
        for root in roots()
        for path in root.rglob("*.py")
        if not path.is_symlink() and path.is_file() and SMALLEST <= path.stat().st_size <= LARGEST
    }


def roots() -> Iterator[Path]:
    """Yield the libraries of this interpreter, of those installed beside it, and of the system."""
    yield from {Path(sysconfig.get_paths()[name]).resolve() for name in ("stdlib", "purelib", "platlib")}
    yield from sorted(Path(sys.base_prefix).parent.glob("*/lib/python*"))
    for prefix in ("/usr", "/usr/local"):
        yield from sorted(Path(prefix, "lib").glob("python3*"))
