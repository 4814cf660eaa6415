"""The whole story of one record: where it came from, what every step decided, what was made from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from hornbook.errors import UsageError
from hornbook.record import Record, Rejected, read_records, read_rejected
from hornbook.report.run_folder import Run


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """One step in whose output the record, or a record made from it, stands."""

    step: str
    record: Record
    rejected: Rejected | None


def sightings(run: Run, id_prefix: str) -> list[Sighting]:
    """Return every sighting of the record whose id starts with `id_prefix`, in the order of the steps.

    Raises UsageError when no record has that id, or when several do.
    """
    if len(id_prefix) < 4:
        raise UsageError(f"{id_prefix!r} is too short for a record id; give at least 4 of its 32 hex digits")
    found = list(_search(run, lambda record: record.id.startswith(id_prefix)))
    ids = sorted({sighting.record.id for sighting in found})
    if not ids:
        raise UsageError(f"no record's id starts with {id_prefix!r}; `hornbook show RUN STEP` lists ids")
    if len(ids) > 1:
        raise UsageError(f"{len(ids)} records' ids start with {id_prefix!r}: {', '.join(ids[:4])}")
    return found


def story(run: Run, id_prefix: str) -> str:
    """Tell what is known of one record, as text for a terminal."""
    seen = sightings(run, id_prefix)
    kept = [sighting for sighting in seen if sighting.rejected is None]
    record = (kept or seen)[-1].record
    lines = [f"record   {record.id}", f"kind     {record.kind}"]
    lines += dict.fromkeys(f"source   {s.record.source}, license {s.record.license}" for s in seen)
    if (origin := record.origin) is not None:
        lines.append(f"teacher  {origin.teacher}, prompt {origin.prompt_hash}, seed {origin.seed}")
        lines.append("slots    " + ", ".join(f"{key}={value}" for key, value in sorted(origin.slots.items())))
    parents = dict.fromkeys(parent for sighting in seen for parent in sighting.record.parents)
    lines += [f"parent   {_ancestor(run, parent)}" for parent in parents]
    lines.append("")
    lines += [_decision(sighting) for sighting in seen]
    children = list(_search(run, lambda other: record.id in other.parents))
    lines += [f"  {s.step}: became {s.record.id}" for s in children]
    if kept:
        lines.append("used by  " + (", ".join(run.uses_of(kept[-1].step)) or "nothing yet"))
    return "\n".join([*lines, "", record.text])


def _decision(sighting: Sighting) -> str:
    refused, record = sighting.rejected, sighting.record
    if refused is not None:
        return f"  {sighting.step}: REJECTED by {refused.stage}: {refused.reason}  {refused.detail}".rstrip()
    scores = ", ".join(f"{name} {value:.4g}" for name, value in sorted(record.scores.items()))
    return f"  {sighting.step}: kept  {scores}".rstrip()


def _ancestor(run: Run, id_: str) -> str:
    first = next(_search(run, lambda record: record.id == id_), None)
    return f"{id_} from {first.record.source}" if first else f"{id_}, made outside this run"


def _search(run: Run, wanted: Callable[[Record], bool]) -> Iterator[Sighting]:
    for step in run.steps:
        folder = run.root / step
        for record in read_records(folder):
            if wanted(record):
                yield Sighting(step=step, record=record, rejected=None)
        for refused in read_rejected(folder):
            if wanted(refused.record):
                yield Sighting(step=step, record=refused.record, rejected=refused)
