"""What ruff says of code, without executing it.

ruff is no dependency. It is called where it is installed, once for many texts, on files that hold nothing but
them; it executes nothing. What it says depends on its version, so it stands in metrics and never decides.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import orjson

from hornbook.quality.markdown import python_blocks
from hornbook.record import Record

_RULES = "E9,F"
"""Syntax errors and pyflakes: names that are undefined, never used or bound twice; nothing about style."""
_FILES_PER_CALL = 4000
_SECONDS = 300
_CHECK = (
    *("check", "--isolated", "--no-cache", "--ignore-noqa", "--exit-zero"),
    *("--select", _RULES, "--output-format", "json"),
)


class NotLinted(Exception):
    """ruff is missing or failed; the text says which."""


@dataclass(slots=True)
class Lint:
    """What ruff found in many texts."""

    tool: str
    """Name and version of what looked at them."""
    counts: list[int] = field(default_factory=list)
    """Number of findings of each text, in order."""
    findings: Counter[str] = field(default_factory=Counter)
    """How often each rule was broken, by its code."""


def code_in(record: Record) -> str:
    """Return the code of a record: of a page its blocks, one below the other."""
    return code_of(record.kind, record.text)


def code_of(kind: str, text: str) -> str:
    """Return the code in the text of a record of this kind, as `code_in`."""
    return "\n".join(python_blocks(text)) if kind == "textbook" else text


def linted(texts: Iterable[str], ruff: Path | None) -> Lint:
    """Let ruff look at every text. Raises NotLinted where it is None or does not do its work."""
    if ruff is None:
        raise NotLinted("ruff is not installed")
    total = Lint(_output_of([ruff, "--version"]).decode().strip())
    texts = iter(texts)
    while batch := list(islice(texts, _FILES_PER_CALL)):
        findings = _findings(ruff, batch)
        by_text = Counter(number for number, _ in findings)
        total.counts += [by_text[number] for number in range(len(batch))]
        total.findings.update(code for _, code in findings)
    return total


def find_ruff() -> Path | None:
    """Return the ruff of this interpreter's environment, else the one on the path; None where there is none."""
    beside = Path(sys.executable).with_name("ruff")
    found = str(beside) if beside.exists() else shutil.which("ruff")
    return Path(found) if found else None


def _findings(ruff: Path, texts: Sequence[str]) -> list[tuple[int, str]]:
    """Return the number of the text and the code of the rule for each finding."""
    with tempfile.TemporaryDirectory(prefix="hornbook-lint-") as folder:
        for number, text in enumerate(texts):
            (Path(folder) / f"{number}.py").write_text(text, encoding="utf-8", errors="replace")
        found = orjson.loads(_output_of([ruff, *_CHECK, folder]))
    # What is no Python has no rule: older versions give null for its code.
    return [(int(Path(one["filename"]).stem), one["code"] or "invalid-syntax") for one in found]


def _output_of(command: Sequence[str | Path]) -> bytes:
    try:
        done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=True)
    except (OSError, subprocess.SubprocessError) as error:
        raise NotLinted(f"ruff failed: {error}") from error
    return done.stdout
