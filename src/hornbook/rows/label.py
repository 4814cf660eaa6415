"""What `hornbook label` does: a sample of anybody's rows, or of a corpus, gets labels from 0 to 5 by the rubric.

A program labels, a teacher behind an endpoint, or people: for them a sheet is written first, and read when it is
filled in. Rows are written as they stood, with the label beside them; records of hornbook's own as records.
"""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import Any, Literal

from hornbook.commands import context_of, print_json, print_table, spending
from hornbook.errors import Interrupted, QualityGate, UsageError
from hornbook.generation import write_file
from hornbook.lessons.answer import Asked
from hornbook.lessons.endpoint_judge import EndpointJudge
from hornbook.lessons.judge import Judge
from hornbook.record import Record, Rejected, read_records, read_rejected
from hornbook.report.table import Table
from hornbook.row_files import Rows
from hornbook.rows.commands import outputs_of
from hornbook.rows.given import GivenRows, add_rejected, said_without_text, without_copies
from hornbook.rows.judged import NewColumn, names_of, write_judged
from hornbook.rows.outputs import Outputs
from hornbook.screen import Screen
from hornbook.step import Context, Metrics
from hornbook.teacher.access import Access
from hornbook.value.human import HumanJudge, Sheet, read_sheet, write_sheet
from hornbook.value.judges import BY, CHANCE_OF_GOOD, LABEL, REASON, Judges, label_with
from hornbook.value.labels import OfflineJudge
from hornbook.value.rubric import CRITERIA
from hornbook.value.sampling import CHANCE, NoStrata, Sample, draw_sample
from hornbook.writable import refuse_taken

By = Literal["offline", "csv", "endpoint"]
_FILES = (".jsonl", ".parquet")
_PASSES = tuple(NewColumn(f"{LABEL}_{number}") for number in (1, 2))
_SAID = (
    NewColumn(CHANCE_OF_GOOD),
    *(NewColumn(f"value_{name}", is_tag=True) for name in (*CRITERIA, "capped")),
)
_SHOWN = ("kappa", "passes_equal", "reasked", "reasked_read")


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelling:
    """What the command line says."""

    source: Path
    out: Path
    """A new folder, a .jsonl or .parquet file; a .csv file for a sheet to fill in."""
    rejected: Path | None
    """Where rows without a label go if `out` is a file; None for a name made of `out`'s."""
    by: By
    sample: Sample
    column: str = ""
    classifier: Path | None = None
    sheets: Sequence[Path] = ()
    resolved: Path | None = None
    passes: int = 1
    access: Access | None = None
    workers: int | None = None
    chosen: frozenset[str] = field(default_factory=frozenset)
    """Names of the options about the sample that say something of their own."""

    @property
    def writes_sheet(self) -> bool:
        """Whether a sheet is to be written, not labels."""
        return self.by == "csv" and not self.sheets

    @property
    def outputs(self) -> Outputs:
        """Both files, if `out` is one."""
        return outputs_of(self.out, self.rejected)

    @property
    def disagreements(self) -> Path:
        """Where the sheet of what two people disagree about goes."""
        return self.out.with_name(f"{self.out.stem}.disagreements.csv")

    @property
    def columns(self) -> list[NewColumn]:
        """What a row gains."""
        both = _PASSES if self.passes == 2 or len(self.sheets) == 2 else ()
        why = _SAID if self.by == "offline" else (NewColumn(REASON, is_tag=True),)
        return [NewColumn(LABEL), *both, NewColumn(CHANCE), NewColumn(BY, is_tag=True), *why]

    def refuse(self) -> None:
        """Raise UsageError for options that make no sense together, or files that are there already."""
        if self.by == "endpoint" and self.access is None:
            raise UsageError("--by endpoint asks a model: give --teacher URL and --model NAME")
        if self.by != "endpoint" and self.access is not None:
            raise UsageError(f"--teacher is for --by endpoint; this is --by {self.by}")
        if self.by != "csv" and (self.sheets or self.resolved):
            raise UsageError(
                f"--labels and --resolved are filled-in sheets: they need --by csv, not {self.by}"
            )
        if self.resolved and len(self.sheets) != 2:
            raise UsageError("--resolved settles what two people disagree about: give both with --labels")
        if self.sheets and self.chosen:
            raise UsageError(
                f"{', '.join(sorted(self.chosen))}: the sample was drawn when the sheet was written; leave it out"
            )
        if self.sample.sampling == "uncertain" and self.classifier is None:
            raise UsageError(
                "--sampling uncertain asks where a filter is unsure, and none is given: label some units without "
                "it, train one on them with `hornbook train-filter`, and give --filter FOLDER"
            )
        if self.passes == 2 and self.by != "endpoint":
            raise UsageError("--passes 2 is for --by endpoint; two people are two --labels")
        self._refuse_outputs()

    def _refuse_outputs(self) -> None:
        suffix = self.out.suffix
        if self.writes_sheet != (suffix == ".csv"):
            what = (
                "a sheet to fill in ends in .csv" if self.writes_sheet else "labels go into a folder or file"
            )
            raise UsageError(f"--out {self.out}: {what}, as {'sheet.csv' if self.writes_sheet else 'labels'}")
        if suffix not in ("", ".csv", *_FILES):
            raise UsageError(
                f"--out {self.out}: name a new folder, or a file that ends in .jsonl or .parquet"
            )
        if self.rejected is not None and suffix not in _FILES:
            raise UsageError(
                f"--rejected {self.rejected}: --out {self.out} is no file, and has its own place for them"
            )
        refuse_taken(self.out)
        if suffix in _FILES:
            refuse_taken(self.outputs.rejected, "--rejected")
        if len(self.sheets) == 2:
            refuse_taken(self.disagreements)


def label_rows(asked: Labelling, form: str) -> None:
    """Label, or write a sheet, and print what came of it.

    Raises UsageError for options, files and sheets that break a rule, QualityGate where nothing is labelled.
    """
    asked.refuse()
    rows = GivenRows(asked.source, asked.column, names_of(asked.columns))
    with tempfile.TemporaryDirectory(prefix="hornbook-") as name, _shown(asked) as ctx:
        corpus = rows.folder(Path(name) / "given")
        if asked.writes_sheet:
            corpus = without_copies(corpus, Path(name) / "distinct")
            drawn = _sample(asked, corpus, ctx)
            num = write_sheet(asked.out, _drawn(corpus, drawn))
            print(
                f"{num:,} units in {asked.out}: fill in the column label, 0 to 5, by what hornbook rubric prints"
            )
            if rows.without_text:
                print(said_without_text(rows, "are not in it"))
            return
        if asked.out.suffix:
            rows.refuse_unfit(asked.outputs)
        judge, chances = _judge(asked, corpus, ctx)
        labelled = Path(name) / "labelled"
        metrics = label_with(judge, chances, corpus=corpus, out=labelled, ctx=ctx)
        if isinstance(judge, HumanJudge):
            metrics |= _disagreements(asked, judge, _drawn(corpus, chances))
        if not metrics["num_kept"]:
            raise QualityGate(
                f"no unit got a label ({metrics['reasons']}); no labels were written to {asked.out}"
            )
        metrics |= _with_those_without_text(metrics, rows)
        _write(asked, rows, labelled, chances)
    if isinstance(judge, EndpointJudge):
        metrics |= judge.spent
    _say(asked, metrics, form)


@contextlib.contextmanager
def _shown(asked: Labelling) -> Iterator[Context]:
    """Show progress; after Ctrl-C everything begins again, but for the answers of an endpoint."""
    try:
        with Screen(1) as screen:
            ctx = context_of(asked.workers, screen, access=asked.access)
            yield replace(ctx, progress=screen.follow)
    except KeyboardInterrupt:
        if asked.access is not None:
            raise Interrupted(
                f"interrupted; every answer is kept in {asked.access.journal}, and the same command goes on"
            ) from None
        raise Interrupted("interrupted; nothing was written, and the same command begins again") from None


def _drawn(corpus: Path, chances: Mapping[int, float]) -> Iterator[tuple[Record, float]]:
    for place, record in enumerate(read_records(corpus)):
        if place in chances:
            yield record, chances[place]


def _judge(asked: Labelling, corpus: Path, ctx: Context) -> tuple[Judges, Mapping[int, float]]:
    """Return who judges, and which places with which chances."""
    if asked.by == "csv":
        return _people(asked, corpus)
    chances = _sample(asked, corpus, ctx)
    if asked.by == "offline":
        return OfflineJudge(), chances
    assert asked.access is not None, "refused before"
    cfg = Judge(teacher=Asked.of(asked.access.endpoint), seed=asked.sample.seed, passes=asked.passes)
    return EndpointJudge(cfg, ctx), chances


def _sample(asked: Labelling, corpus: Path, ctx: Context) -> Mapping[int, float]:
    try:
        return draw_sample(asked.sample, corpus, asked.classifier, ctx)
    except NoStrata as error:
        options = "--sampling stratified --stratify-by"
        raise UsageError(f"{options} {asked.sample.stratify_by}: {error}") from None


def _people(asked: Labelling, corpus: Path) -> tuple[HumanJudge, Mapping[int, float]]:
    sheets = [read_sheet(path) for path in asked.sheets]
    chance_of: dict[str, float] = {}
    for sheet in sheets:
        chance_of |= sheet.chances
    places, records = dict[int, float](), list[Record]()
    for place, record in enumerate(read_records(corpus)):
        if (chance := chance_of.pop(record.id, None)) is not None:  # of copies, a sheet has the first
            places[place] = chance
            records.append(record)
    resolved: Sheet | None = None if asked.resolved is None else read_sheet(asked.resolved)
    return HumanJudge(sheets, records, resolved), places


def _disagreements(asked: Labelling, judge: HumanJudge, drawn: Iterator[tuple[Record, float]]) -> Metrics:
    """Write the sheet of what two people disagree about, and return how far they agree."""
    if (found := judge.agreement) is None:
        return {}
    if found.disagreements and asked.resolved is None:
        units = {record.id: (record, chance) for record, chance in drawn}
        write_sheet(asked.disagreements, [units[id_] for id_ in found.disagreements], judge.said)
    return {
        "kappa": found.kappa,
        "passes_equal": found.share_equal,
        "num_both": found.num_both,
        "num_disagreements": len(found.disagreements),
    }


def _with_those_without_text(metrics: Metrics, rows: GivenRows) -> Metrics:
    reasons = metrics["reasons"] | rows.reasons
    return {
        "num_rejected": metrics["num_rejected"] + rows.reasons.total(),
        "reasons": dict(sorted(reasons.items())),
    }


def _write(asked: Labelling, rows: GivenRows, labelled: Path, drawn: Collection[int]) -> None:
    """Write the labelled records, of the places `drawn`, and those without a label, whole or not at all."""
    if asked.out.suffix not in _FILES:
        add_rejected(labelled, rows)
        move_folder(labelled, asked.out)
    elif rows.are_others:
        found, places = _Results(asked.source, labelled), count()

        def result_of(some: Rows, i: int, row: Any) -> Record | Rejected | None:
            one = rows.given(some, i, row)
            if isinstance(one, Rejected):
                return one
            return found.of(one) if next(places) in drawn else None

        write_judged(asked.source, asked.outputs, result_of, asked.columns)
    else:
        write_file(asked.outputs.rejected, read_rejected(labelled), rejected=True)
        write_file(asked.out, read_records(labelled))


class _Results:
    """What became of the drawn records, in their order."""

    def __init__(self, source: Path, labelled: Path) -> None:
        self._source = source
        self._kept, self._rejected = read_records(labelled), read_rejected(labelled)
        self._next = next(self._kept, None)

    def of(self, record: Record) -> Record | Rejected:
        """Return what became of `record`, the next one that was drawn. Raises UsageError where it was another."""
        kept = self._next
        if kept is not None and kept.id == record.id:
            self._next = next(self._kept, None)
            return kept
        refused = next(self._rejected, None)
        if refused is None or refused.record.id != record.id:
            raise UsageError(f"{self._source} has changed while it was read; run the command again")
        return refused


def move_folder(folder: Path, out: Path) -> None:
    """Give a folder its name; across file systems it is copied beside that name first."""
    partial = out.with_name(f".{out.name}.partial")
    partial.parent.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(partial, ignore_errors=True)
    shutil.move(folder, partial)
    partial.replace(out)


def _say(asked: Labelling, metrics: Metrics, form: str) -> None:
    if form == "json":
        print_json(metrics | {"out": str(asked.out)})
        return
    labels = metrics["label_histogram"]
    share = f"{100 * metrics['share_good_of_all']:.0f} %"
    notes = [f"{share} of all {metrics['num_available']:,} are good (3 or more), as those with a label tell"]
    notes += [f"{name}: {metrics[name]}" for name in _SHOWN if name in metrics]
    if metrics.get("num_disagreements") and asked.resolved is None:
        notes.append(
            f"{metrics['num_disagreements']:,} of {metrics['num_both']:,} labels differ: settle them in "
            f"{asked.disagreements}, and give it with --resolved and another --out"
        )
    if metrics["num_rejected"]:
        notes.append(f"{metrics['num_rejected']:,} without a label: {metrics['reasons']}")
    print_table(
        Table(
            headings=("label", "units"),
            rows=tuple((k, f"{n:,}") for k, n in labels.items()),
            notes=tuple(notes),
        )
    )
    print(f"{metrics['num_kept']:,} labels by {metrics['labelled_by']} in {asked.out}")
    if asked.access is not None:
        print(f"spent: {spending(asked.access.budget.spent, metrics['num_kept'])}")
