"""Reading a run folder: its finished steps in the order of the data, and how they hang together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from hornbook.errors import UsageError
from hornbook.step import StepRecord, read_step


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A run folder as its readers see it."""

    root: Path
    about: Mapping[str, Any]
    """What `run.json` says: recipe, size, seed, overrides, benchmarks."""
    steps: Mapping[str, StepRecord]
    """Finished steps by name, inputs before what is made from them."""
    stale: tuple[str, ...] = ()
    """Steps left out, because something they were made from has been rebuilt since."""

    def inputs_of(self, name: str) -> dict[str, str]:
        """Return the steps that `name` was made from, by the name of the input."""
        by_fingerprint = {record.fingerprint: record.name for record in self.steps.values()}
        inputs = self.steps[name].identity["inputs"]
        return {key: by_fingerprint[value] for key, value in inputs.items() if value in by_fingerprint}

    def uses_of(self, name: str) -> list[str]:
        """Return every step that was made from `name`, directly or through others."""
        used = {name}
        for step in self.steps:
            if used & set(self.inputs_of(step).values()):
                used.add(step)
        return [step for step in self.steps if step in used and step != name]


def open_run(root: Path) -> Run:
    """Read a run folder. Raises UsageError when there is none, or nothing in it has finished."""
    if not root.is_dir():
        raise UsageError(f"no run folder at {str(root)!r}; `hornbook run` makes one")
    found = [read_step(folder) for folder in sorted(root.iterdir()) if folder.is_dir()]
    finished = [record for record in found if record is not None]
    records = _current(finished)
    if not records:
        raise UsageError(f"{str(root)!r} holds no finished step; `hornbook run` continues an interrupted run")
    about = root / "run.json"
    return Run(
        root=root,
        about=orjson.loads(about.read_bytes()) if about.exists() else {},
        steps={record.name: record for record in _inputs_first(records)},
        stale=tuple(sorted({r.name for r in finished} - {r.name for r in records})),
    )


def _current(records: list[StepRecord]) -> list[StepRecord]:
    """Drop every step whose inputs are not the ones in the folder now: a reader never mixes two runs."""
    while True:
        standing = {record.fingerprint for record in records}
        current = [
            record
            for record in records
            if all(v in standing or v.startswith("sha256:") for v in record.identity["inputs"].values())
        ]
        if len(current) == len(records):
            return current
        records = current


def _inputs_first(records: list[StepRecord]) -> list[StepRecord]:
    by_fingerprint = {record.fingerprint: record for record in records}
    ordered: list[StepRecord] = []

    def visit(record: StepRecord) -> None:
        if record in ordered:
            return
        for value in record.identity["inputs"].values():
            if value in by_fingerprint:
                visit(by_fingerprint[value])
        ordered.append(record)

    for record in records:
        visit(record)
    return ordered
