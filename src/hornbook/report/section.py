"""What the report page is made of: sections of exhibits, and how a section finds its steps in a run."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hornbook.record import Rejected
from hornbook.report.run_folder import Run
from hornbook.report.table import Table
from hornbook.step import StepRecord

# Functions that the page knows how to show; named and not imported, because torch comes with some of them.
COLLECT = "hornbook.corpus.installed.collect"
LABEL = "hornbook.value.labels.label"
LABEL_BY_TEACHER = "hornbook.lessons.endpoint_judge.label_by_teacher"
FIT = "hornbook.value.classifier.fit"
KEEP, CUT = "hornbook.value.keeping.keep", "hornbook.value.keeping.cut"
DEDUP = "hornbook.quality.dedup.dedup"
DECONTAMINATE = "hornbook.quality.decontaminate.decontaminate"
DIVERSITY = "hornbook.quality.diversity.measure"
TRAIN = "hornbook.lm.train.train"
SURVEY = "hornbook.value.survey.survey"
EFFECT = "hornbook.evaluate.effect.effect"
SIMILARITY = "hornbook.evaluate.similar.similarity"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One record, folded up until somebody wants to read it."""

    summary: str
    texts: Sequence[str]
    """The record's text; for a pair, both texts."""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit:
    """A picture, a table or some samples, and one plain sentence about it."""

    heading: str
    tells: str = ""
    """What it tells a teacher."""
    picture: str = ""
    """An `<svg>` element."""
    table: Table | None = None
    samples: Sequence[Sample] = ()
    wide: bool = False
    """Whether it takes the page's whole width."""
    folded: bool = False
    """Whether it stays closed until somebody wants to see it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One number that stands for much, and what it counts."""

    value: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One part of the page."""

    title: str
    says: str
    facts: Sequence[Fact] = ()
    exhibits: Sequence[Exhibit] = ()

    @property
    def anchor(self) -> str:
        """Name of the section in the page's address."""
        return self.title.lower().replace(" ", "-")


def made_by(run: Run, *functions: str) -> Mapping[str, StepRecord]:
    """Return the steps that one of the functions made, by name.

    By function and not by name, so that a recipe may name its steps as it likes.
    """
    return {name: record for name, record in run.steps.items() if record.identity["function"] in functions}


def executed(run: Run) -> Mapping[str, StepRecord]:
    """Return the steps that executed records, by name: checks, and steps that check what a teacher writes."""
    return {name: record for name, record in run.steps.items() if "outcomes" in record.metrics}


def shown_reason(rejected: Rejected) -> str:
    """Return reason and detail in one line, ids cut to the 12 digits that `hornbook why` needs."""
    return re.sub(r"\b([0-9a-f]{12})[0-9a-f]{20}\b", r"\1", f"{rejected.reason} {rejected.detail}".rstrip())


def percent_of(part: float, whole: float) -> str:
    """Write a share as "12.3 %"; "-" of nothing."""
    return f"{100 * part / whole:.1f} %" if whole else "-"
