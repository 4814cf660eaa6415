"""The commands that label code by the rubric, as they are typed; `cli` puts them beside its own."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hornbook.cli_options import Format, FormatOption, SeedOption, WorkersOption, begins_anew, with_options
from hornbook.cli_rows import ColumnOption, RejectedOption
from hornbook.cli_teacher import JOURNAL, LeastReadOption, TeacherOptions

if TYPE_CHECKING:
    from hornbook.value.sampling import Sample

_PANEL = "Commands on any file of rows"
_SAMPLE = "Which units"
_PEOPLE = "People's sheets"


class By(StrEnum):
    """Who labels."""

    offline = "offline"
    csv = "csv"
    endpoint = "endpoint"


class Sampling(StrEnum):
    """Which units are labelled."""

    uniform = "uniform"
    uncertain = "uncertain"
    stratified = "stratified"


ByOption = Annotated[
    By,
    typer.Option(help="offline: a program; csv: people, with sheets; endpoint: a model, see --teacher."),
]
NumberOption = Annotated[
    int,
    typer.Option(
        "-n",
        min=1,
        rich_help_panel=_SAMPLE,
        help="How many rows, copies counted by themselves; a sheet has each text once. Of fewer, all.",
    ),
]
SamplingOption = Annotated[
    Sampling,
    typer.Option(
        rich_help_panel=_SAMPLE,
        help="uniform: all alike; uncertain: rather those near a classifier's threshold (--filter); "
        "stratified: as many of each stratum.",
    ),
]
StratifyOption = Annotated[
    str,
    typer.Option(
        metavar="source|SCORE",
        rich_help_panel=_SAMPLE,
        help="Strata: what units come from, or equal parts of a score's range; 'value' with --filter.",
    ),
]
StrataOption = Annotated[
    int, typer.Option(min=2, max=100, rich_help_panel=_SAMPLE, help="Strata of a score.")
]
FilterOption = Annotated[
    Path | None, typer.Option("--filter", rich_help_panel=_SAMPLE, help="Folder of a trained classifier.")
]
LabelsOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--labels", metavar="SHEET.csv", rich_help_panel=_PEOPLE, help="A filled-in sheet; one or two."
    ),
]
ResolvedOption = Annotated[
    Path | None,
    typer.Option(
        metavar="SHEET.csv", rich_help_panel=_PEOPLE, help="The filled-in sheet of what two disagreed about."
    ),
]


SourceArgument = Annotated[
    Path, typer.Argument(help="Rows (.jsonl, .jsonl.gz, .parquet), or a folder with records of a run.")
]
OutOption = Annotated[
    Path, typer.Option(help="A new folder of records, or a .jsonl or .parquet file; a .csv for a sheet.")
]
PassesOption = Annotated[
    int, typer.Option(min=1, max=2, help="Judgements of each unit by an endpoint; 2 give kappa.")
]


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleOptions:
    """What was typed about which units are labelled."""

    number: NumberOption = 1000
    sampling: SamplingOption = Sampling.uniform
    stratify_by: StratifyOption = "source"
    strata: StrataOption = 5
    filter_: FilterOption = None

    def sample(self, seed: int) -> Sample:
        """Return the sample that is asked for."""
        from hornbook.value.sampling import Sample

        return Sample(
            seed=seed,
            num_labels=self.number,
            sampling=self.sampling.value,
            stratify_by=self.stratify_by,
            num_strata=self.strata,
        )

    @property
    def chosen(self) -> frozenset[str]:
        """The options that are not as they are where nobody types them."""
        names = {"number": "-n", "stratify_by": "--stratify-by", "filter_": "--filter"}
        others = (field.name for field in fields(self) if getattr(self, field.name) != field.default)
        return frozenset(names.get(name, f"--{name}") for name in others)


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    app.command(
        epilog="Example: [bold]hornbook label code.parquet -n 500 --out labels.jsonl[/bold]",
        rich_help_panel=_PANEL,
    )(begins_anew(label))
    app.command(rich_help_panel=_PANEL)(rubric)


@with_options
def label(
    source: SourceArgument,
    out: OutOption,
    by: ByOption = By.offline,
    labels: LabelsOption = None,
    resolved: ResolvedOption = None,
    passes: PassesOption = 1,
    rejected: RejectedOption = None,
    column: ColumnOption = "",
    seed: SeedOption = 0,
    workers: WorkersOption = None,
    format_: FormatOption = Format.human,
    least_read: LeastReadOption = 0.2,
    *,
    drawn: SampleOptions,
    asked: TeacherOptions,
) -> None:
    """Label code 0 to 5 by its educational value: a program, a model or people judge.

    [bold]offline[/bold]   a program that follows the rubric: free, the same everywhere
    [bold]endpoint[/bold]  a model reads the rubric, gives reasons, then the score
    [bold]csv[/bold]       --out sheet.csv writes a sheet; people fill in its column label;
              --labels anna.csv [--labels ben.csv] --out labels reads it. Of two people kappa
              is told, and where they differ; a third fills in that sheet for --resolved.

    Rows keep their columns and gain [bold]value_label[/bold], [bold]value_by[/bold] (who judged), why, and
    [bold]label_chance[/bold]: the chance that a unit had to be drawn. Weighed by one over it, an
    uneven sample tells what holds for the whole. Others go elsewhere, with reason and detail.
    The text of a row is found as for dedup. [bold]hornbook rubric[/bold] prints what judges get.
    """
    from hornbook.generation import ledger_beside
    from hornbook.rows.label import Labelling, label_rows

    labelling = Labelling(
        source=source,
        out=out,
        rejected=rejected,
        by=by.value,
        sample=drawn.sample(seed),
        chosen=drawn.chosen,
        classifier=drawn.filter_,
        sheets=labels or (),
        resolved=resolved,
        passes=passes,
        column=column,
        access=asked.access(journal=JOURNAL, ledger=ledger_beside(out), least_read=least_read),
        workers=workers,
    )
    label_rows(labelling, format_.value)
    ledger_beside(out).unlink(missing_ok=True)


def rubric() -> None:
    """Print the rubric by which code is labelled, with an example of each label."""
    from hornbook.value.rubric import GUIDE

    typer.echo(GUIDE)
