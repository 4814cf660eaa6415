"""The commands of the value filter, as they are typed; `cli` puts them beside its own."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from hornbook.cli_options import Format, FormatOption, begins_anew
from hornbook.cli_rows import ColumnOption

_PANEL = "Commands on any file of rows"


class Kind(StrEnum):
    """What a filter sees and learns with."""

    fast = "fast"
    forest = "forest"
    head = "head"


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    app.command(
        name="train-filter",
        epilog="Example: [bold]hornbook train-filter python --out filter[/bold]",
        rich_help_panel=_PANEL,
    )(begins_anew(train_filter))
    app.command(
        epilog="Example: [bold]hornbook score code.parquet --filter filter --out scored.parquet[/bold]",
        rich_help_panel=_PANEL,
    )(begins_anew(score))


def train_filter(
    labels: Annotated[
        str,
        typer.Argument(
            help="Labels of [bold]hornbook label[/bold], or 'python': installed code, labelled by a program."
        ),
    ],
    out: Annotated[Path, typer.Option(help="A new folder for the filter.")],
    kind: Annotated[
        Kind, typer.Option(help="fast: counts and n-grams; forest, head: over a transformer's hidden states.")
    ] = Kind.fast,
    model: Annotated[
        Path | None,
        typer.Option(
            help="The transformer's folder, in safetensors: a llama, as [bold]hornbook train[/bold] makes one, "
            "or, with the extra hornbook\\[transformers], any causal model or encoder that transformers loads."
        ),
    ] = None,
    column: ColumnOption = "",
    format_: FormatOption = Format.human,
) -> None:
    """Train a filter for educational value on labels from 0 to 5.

    A fifth of the files is held out, and says how well the labels were learnt.
    """
    from hornbook.rows.value_filter import train_filter as train
    from hornbook.value.classifier import Fit

    train(Fit(kind=kind.value), labels, out, model=model, column=column, form=format_.value)


def score(
    source: Annotated[
        Path, typer.Argument(help="Rows (.jsonl, .jsonl.gz, .parquet), or a folder with records of a run.")
    ],
    out: Annotated[Path, typer.Option(help="A new .jsonl or .parquet file, or a new folder of records.")],
    filter_: Annotated[
        Path | None,
        typer.Option("--filter", help="Folder of a trained filter; see [bold]hornbook train-filter[/bold]."),
    ] = None,
    column: ColumnOption = "",
    format_: FormatOption = Format.human,
) -> None:
    """Score code by its educational value: what a reader would label it, and the chance that it is good.

    Rows keep their columns and gain [bold]value[/bold] (0 to 5) and [bold]value_good[/bold] (0 to 1);
    nothing is dropped, so a threshold can be chosen afterwards. A row without a text has neither, and is counted.
    """
    from hornbook.rows.value_filter import score_rows

    score_rows(source, filter_, out, column=column, form=format_.value)
