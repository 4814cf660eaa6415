"""`hornbook doctor`: what this machine can and cannot do, and what to do about it."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import platform
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from hornbook.sandbox import probe
from hornbook.step import Context


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at."""

    what: str
    verdict: Literal["ok", "note", "FAIL"]
    detail: str


def examine() -> Iterator[Finding]:
    """Yield findings; `FAIL` means that the recipe cannot run here until the detail is acted on."""
    yield Finding(what="python", verdict="ok", detail=f"{platform.python_version()} at {sys.executable}")
    yield Finding(what="cores", verdict="ok", detail=f"{Context().workers} usable")
    yield _memory()
    yield _disk(Path.cwd())
    yield _sandbox()
    yield from _training()


def _memory() -> Finding:
    if not hasattr(os, "sysconf") or "SC_PHYS_PAGES" not in os.sysconf_names:
        return Finding(what="memory", verdict="note", detail="size not known on this system")
    gigabytes = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    verdict: Literal["ok", "note"] = "ok" if gigabytes >= 4 else "note"
    return Finding(
        what="memory", verdict=verdict, detail=f"{gigabytes:.1f} GiB; the recipe laptop uses up to 3"
    )


def _disk(folder: Path) -> Finding:
    free = shutil.disk_usage(folder).free / 2**30
    verdict: Literal["ok", "FAIL"] = "ok" if free >= 1 else "FAIL"
    return Finding(
        what="disk", verdict=verdict, detail=f"{free:.1f} GiB free at {folder}; a run needs under 1"
    )


def _sandbox() -> Finding:
    isolation = probe()
    why = "; ".join(isolation.reasons)
    if not isolation.level:
        return Finding(what="sandbox", verdict="FAIL", detail=why)
    if why:
        return Finding(what="sandbox", verdict="note", detail=f"{isolation.level}, without {why}")
    return Finding(what="sandbox", verdict="ok", detail=isolation.level)


def _training() -> Iterator[Finding]:
    missing = [name for name in ("torch", "safetensors", "sklearn") if importlib.util.find_spec(name) is None]
    if missing:
        detail = f"missing {', '.join(missing)}: pip install 'hornbook[train]'"
        yield Finding(what="training", verdict="FAIL", detail=detail)
        return
    yield Finding(what="training", verdict="ok", detail=f"torch {importlib.metadata.version('torch')}")
    from hornbook.lm.train import compile_support

    yield Finding(what="compiler", verdict="note", detail=compile_support())
