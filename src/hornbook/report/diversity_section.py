"""The section about diversity: every measure of every data set, before and after each gate."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from hornbook.quality.diversity import FEWEST, MEASURES
from hornbook.report import pictures
from hornbook.report.data_sections import chains
from hornbook.report.pictures import Journey
from hornbook.report.run_folder import Run
from hornbook.report.section import DIVERSITY, Exhibit, Section, made_by
from hornbook.report.table import Table

_ONLY_IN_THE_TABLE = {"nearest_median", "nearest_p90", "num_concepts", "concept_evenness"}


def diversity(run: Run) -> Section | None:
    """How much the records of each data set differ from each other, and what each gate did to that."""
    found = made_by(run, DIVERSITY)
    if not found:
        return None
    return Section(
        title="Diversity",
        says="Whether the records of a data set differ from each other. A thousand exercises that differ only in "
        "their names teach little more than one. Each picture goes through the gates of each data set: the ring "
        "is the data as it began, the dot what the last gate left. Such measures depend on how many texts there "
        "are and how long they are, so all data sets are measured at one number and one length of texts. The "
        "library functions are 1,000 documented ones of Python's standard library.",
        exhibits=[e for name in found for e in _exhibits(run, name)],
    )


def _exhibits(run: Run, step: str) -> Iterator[Exhibit]:
    paths = _paths(run, step)
    for key, (heading, says) in MEASURES.items():
        if key not in _ONLY_IN_THE_TABLE and (picture := _picture(paths, key, heading)):
            yield Exhibit(heading=heading[0].upper() + heading[1:], picture=picture, tells=says)
    yield Exhibit(heading="Every measure at every gate", table=_table(paths), wide=True)


def _paths(run: Run, step: str) -> list[dict[str, Mapping[str, Any]]]:
    """Return the measures of the data sets that follow from each other, in the order of the gates."""
    metrics = run.steps[step].metrics
    names = {made_by_step: name for name, made_by_step in run.inputs_of(step).items()}
    found = [[names[gate] for gate in gates if gate in names] for gates in chains(run).values()]
    known = {name for names_of_path in found for name in names_of_path}
    found += [[name] for name in names.values() if name not in known]
    return [{name: metrics[name] for name in path} for path in found if path]


def _picture(paths: Sequence[Mapping[str, Mapping[str, Any]]], key: str, heading: str) -> str:
    """Draw one measure; nothing where no data set has it."""
    journeys = []
    for path in paths:
        values = [found[key] for found in path.values() if key in found]
        if values:
            journeys.append(Journey(label=list(path)[-1], values=values))
    return pictures.journeys(journeys, title=heading, digits=_digits(key)) if journeys else ""


def _digits(key: str) -> int:
    """Return how many digits say what a gate changed: shares change by thousandths."""
    if key.startswith("num_"):
        return 0
    return 2 if key.endswith("_bits") or key == "gzip_ratio" else 3


def _table(paths: Sequence[Mapping[str, Mapping[str, Any]]]) -> Table:
    sets = {name: found for path in paths for name, found in path.items()}
    measured = [key for key in MEASURES if any(key in found for found in sets.values())]
    rows = tuple(
        (name, f"{found['num_records']:,}", *(_written(found, key) for key in measured))
        for name, found in sets.items()
    )
    sampled = {found["num_sampled"] for found in sets.values() if "num_sampled" in found}
    notes = [f"Each is measured on {number:,} texts." for number in sampled]
    if any(found["num_records"] < FEWEST for found in sets.values()):
        notes.append(f"A data set of fewer than {FEWEST} records is not measured.")
    notes += [f"{MEASURES[key][0]}: {MEASURES[key][1]}" for key in measured if key in _ONLY_IN_THE_TABLE]
    headings = ("data set", "records", *(MEASURES[key][0] for key in measured))
    return Table(headings=headings, rows=rows, notes=tuple(notes))


def _written(found: Mapping[str, float], key: str) -> str:
    """Write a measure; "-" where it does not apply, as concepts do not to raw code."""
    value = found.get(key)
    return "-" if value is None else f"{value:,.{_digits(key)}f}"
