"""The step that makes a corpus of any code: sources are read, screened, and divided into units.

The sources are read front to back in their order, so that memory does not grow with them; files are screened in
worker processes. What became of every file is on disk: a record, its definitions, or rejected with a reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import ClassVar, Literal, Self

from pydantic import model_validator

from hornbook.batches import map_batches
from hornbook.corpus.screening import STAGE, Screening, screened
from hornbook.corpus.self_contained import Lifter, NeedsTooMuch
from hornbook.corpus.sources import Reading, Source, find_source
from hornbook.corpus.statistics import statistics_of
from hornbook.corpus.units import Candidate, Module, NotPython
from hornbook.errors import QualityGate, UsageError
from hornbook.pool import Stage
from hornbook.record import Record, Rejected
from hornbook.step import Context, Metrics


class Gather(Screening):
    """Which code becomes the corpus."""

    VERSION: ClassVar[int] = 3
    sources: tuple[str, ...] = ()
    """What `sources.find_source` knows: "python", distributions, folders, files. What they hold is no part of the
    step's identity; a recipe that must notice changed files gives their folder as an input, which is hashed."""
    units: Literal["files", "definitions", "both"] = "files"
    """Whole files, their top-level functions and classes, or both."""
    lifting: Literal["plain", "self_contained"] = "plain"
    """Of functions and classes, as in `Installed`. plain: with the imports that they use. self_contained: with the
    helpers and constants of their file that they need too; what still lacks something is rejected, as is what
    imports more than the standard library."""
    column: str = ""
    """Of rows: the one that holds the text; empty where its name tells (`rows.TEXTS`)."""
    tag: str = "python"
    """Of Stack Exchange: the tag of the questions that are read."""
    least_score: int = 0
    """Of Stack Exchange: answers with fewer votes are rejected; 0 rejects those that more people found wrong."""

    @model_validator(mode="after")
    def _lifts_something(self) -> Self:
        if self.lifting != "plain" and self.units == "files":
            raise ValueError("lifting is about definitions; units are files: take definitions, or both")
        return self

    @property
    def reading(self) -> Reading:
        """How the sources are read."""
        return Reading(column=self.column, tag=self.tag, least_score=self.least_score)


def gather(cfg: Gather, *, out: Path, ctx: Context, **inputs: Path) -> Metrics:
    """Read, screen and divide the sources into `out/records`; metrics count by reason, licence and source.

    Paths given as the step's inputs are sources too.
    Raises UsageError for a source that does not exist, before anything is read, and QualityGate when nothing is
    kept. An interrupted attempt is continued.
    """
    sources = [find_source(word, cfg.reading) for word in (*cfg.sources, *map(str, inputs.values()))]
    if not sources:
        raise UsageError("there is nothing to read: name a source, such as 'python' or a folder")
    counts = [source.count() for source in sources]
    total = sum(counts) if all(counts) else 0
    num_read: dict[str, int] = {}
    unit = "files" if total else "records"
    metrics = map_batches(make_stage, cfg, _read(sources, num_read), out, ctx, total=total, unit=unit)
    if not metrics["num_kept"]:
        reasons = ", ".join(f"{reason} {n:,}" for reason, n in metrics["reasons"].items())
        raise QualityGate(
            f"the corpus is empty: of {metrics['num_in']:,} {unit} none is kept ({reasons or 'there are none'})"
        )
    return (
        metrics
        | statistics_of(out).as_metrics()
        | {
            "num_read_by_source": num_read,
            "commits": {source.word: source.commit for source in sources if source.commit},
            "files_left_out": {source.word: dict(source.left_out) for source in sources if source.left_out},
        }
    )


def _read(sources: Sequence[Source], num_read: dict[str, int]) -> Iterator[Record | Rejected]:
    for source in sources:
        num_read[source.word] = 0
        for item in source.read():
            num_read[source.word] += 1
            yield item


def make_stage(cfg: Gather) -> Stage:
    """Return the stage that screens files and divides them."""

    def stage(items: Iterator[Record | Rejected]) -> Iterable[Record | Rejected]:
        for item in items:
            result = screened(item, cfg)
            if cfg.units == "files" or isinstance(result, Rejected) or result.kind != "code":
                yield result
            else:
                yield from _divided(result, cfg)

    return stage


def _divided(record: Record, cfg: Gather) -> Iterator[Record | Rejected]:
    """Yield a file's functions and classes, and the file where it is wanted or has none of them."""
    module = Module(record.text, record.tags.get("package", ""))
    candidates = [c for c in module.candidates() if c.kind != "method"]
    if cfg.units == "both":
        yield record
    elif not candidates:
        yield Rejected(
            record, STAGE, "no_definitions", "neither a function nor a class of its own at the top"
        )
    lifter = Lifter(module, most_characters=cfg.most_characters) if cfg.lifting == "self_contained" else None
    for candidate in candidates:
        blank = _blank(record, candidate)
        try:
            yield (
                _plain(module, candidate, blank, cfg) if lifter is None else _whole(lifter, candidate, blank)
            )
        except NotPython as error:
            text = module.source(candidate)
            yield Rejected(replace(blank, text=text), STAGE, "broken_by_lifting", str(error))
        except NeedsTooMuch as error:
            text = module.source(candidate)
            yield Rejected(replace(blank, text=text), STAGE, "needs_too_much", str(error))


def _blank(file: Record, candidate: Candidate) -> Record:
    """Return the record of a definition without its text."""
    return Record(
        text="",
        kind="code",
        source=f"{file.source}:{candidate.name}",
        license=file.license,
        # A file that was redacted has a parent itself, which is in no shard: the definition names both.
        parents=(*file.parents, file.id),
        tags=dict(file.tags) | {"unit": candidate.kind},
    )


def _plain(module: Module, candidate: Candidate, blank: Record, cfg: Gather) -> Record | Rejected:
    lifted = replace(blank, text=module.lift(candidate).text)
    if len(lifted.text) > cfg.most_characters:
        return Rejected(lifted, STAGE, "too_long", f"{len(lifted.text):,} characters")
    return lifted


def _whole(lifter: Lifter, candidate: Candidate, blank: Record) -> Record | Rejected:
    lifted = lifter.lift(candidate)
    helpers = {"helpers": " ".join(lifted.helpers)} if lifted.helpers else {}
    record = replace(blank, text=lifted.unit.text, tags=dict(blank.tags) | helpers)
    if not lifted.is_self_contained:
        return Rejected(record, STAGE, "not_self_contained", lifted.why_not)
    return record
