"""What data sets are made of: how long their units are, and how much of them is docstrings and whole files.

A filter by score changes these, too, and any of them can be why an arm learns more or less. Nothing is judged.
"""

from __future__ import annotations

import ast
import warnings
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from pydantic import Field

from hornbook.draw import rng
from hornbook.errors import QualityGate
from hornbook.record import read_records
from hornbook.step import Config, Context, Metrics

_DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


class Survey(Config):
    """How many units are looked into."""

    num_parsed: int = Field(default=2000, ge=1)
    """Units of each set that are parsed for their docstrings, drawn by seed; 2,000 take two seconds."""
    seed: int = 0


def survey(cfg: Survey, *, out: Path, ctx: Context, **data: Path) -> Metrics:
    """Return by data set: units, bytes, their mean and median, and shares of bytes in docstrings and whole files.

    Raises QualityGate when a set is empty.
    """
    return {name: _surveyed(cfg, name, folder) for name, folder in data.items()}


def _surveyed(cfg: Survey, name: str, folder: Path) -> Metrics:
    records = list(read_records(folder))
    if not records:
        raise QualityGate(f"{name} has no units; the step that made {folder} kept nothing")
    sizes = np.array([len(record.text.encode()) for record in records])
    whole = np.array([record.tags.get("unit") == "file" for record in records])
    chosen = rng(cfg.seed, f"survey/{name}").sample(range(len(records)), min(cfg.num_parsed, len(records)))
    return {
        "num_units": len(records),
        "bytes": int(sizes.sum()),
        "mean_bytes": round(float(sizes.mean()), 1),
        "median_bytes": float(np.median(sizes)),
        "share_in_whole_files": round(float(sizes[whole].sum() / sizes.sum()), 4),
        "share_in_docstrings": _share_in_docstrings([records[i].text for i in chosen]),
    }


def _share_in_docstrings(texts: Sequence[str]) -> float:
    """Return the docstrings' share of all bytes, quotes included; a text that does not parse has none."""
    total = sum(len(text.encode()) for text in texts)
    return round(sum(map(docstring_bytes, texts)) / total, 4) if total else 0.0


def docstring_bytes(text: str) -> int:
    """Count the bytes of a text's docstrings with their quotes; 0 for what is no Python.

    >>> docstring_bytes('def f():\\n    "Say what."\\n    return "so"\\n')
    11
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # other people's invalid escapes are not our user's concern
            tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError):
        return 0
    found = [
        node.body[0].value
        for node in ast.walk(tree)
        if isinstance(node, _DOCUMENTED)
        and node.body
        and isinstance(node.body[0], ast.Expr)
        and isinstance(node.body[0].value, ast.Constant)
        and isinstance(node.body[0].value.value, str)
    ]
    return sum(len((ast.get_source_segment(text, node) or "").encode()) for node in found)
