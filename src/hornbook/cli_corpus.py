"""The commands on corpora, as they are typed; `cli` puts them beside its own."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from hornbook.cli_options import Format, FormatOption, WorkersOption
from hornbook.cli_rows import ColumnOption

corpus = typer.Typer(
    no_args_is_help=True,
    help="Make a corpus of any code: read, screened, without secrets, every file accounted for.",
)


class Units(StrEnum):
    """What becomes a record."""

    files = "files"
    definitions = "definitions"
    both = "both"


class Lifting(StrEnum):
    """What comes with a function or class."""

    plain = "plain"
    self_contained = "self_contained"


SourcesArgument = Annotated[
    list[str],
    typer.Argument(
        metavar="SOURCE...",
        help="'python' (the standard library), installed:NAME (a distribution), a folder or git checkout, rows "
        "(.jsonl, .jsonl.gz, .jsonl.zst, .parquet), hub:OWNER/NAME (a data set of the Hugging Face hub), "
        "stackexchange:FILE or any Posts.xml. Several make one corpus.",
    ),
]
LicenseOption = Annotated[
    list[str] | None,
    typer.Option(
        "--license",
        metavar="SPDX",
        help="Keep only what may be used under these licences, once for each; 'unknown' for files without one.",
        show_default="all",
    ),
]

LiftingOption = Annotated[
    Lifting,
    typer.Option(
        help="Functions and classes with the imports they use; or self_contained, with the helpers and constants "
        "of their file too: what still lacks something, or imports a package, is rejected."
    ),
]


RunOption = Annotated[
    bool,
    typer.Option(
        "--run/--no-run",
        help="Run each self_contained function or class once in the sandbox, as an import would, and reject what "
        "fails.",
    ),
]


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    app.add_typer(corpus, name="corpus")


@corpus.command()
def add(
    sources: SourcesArgument,
    out: Annotated[
        Path, typer.Option(metavar="FOLDER", help="A new folder; an interrupted one is continued.")
    ],
    license_: LicenseOption = None,
    units: Annotated[
        Units,
        typer.Option(help="Whole files, their functions and classes, or both."),
    ] = Units.files,
    lifting: LiftingOption = Lifting.plain,
    run: RunOption = True,
    least_characters: Annotated[int, typer.Option(min=0, help="Shorter files are rejected.")] = 80,
    most_characters: Annotated[int, typer.Option(min=1, help="Longer files are rejected.")] = 100_000,
    column: ColumnOption = "",
    tag: Annotated[str, typer.Option(help="Of Stack Exchange: the tag of the questions.")] = "python",
    least_score: Annotated[
        int, typer.Option(help="Of Stack Exchange: accepted answers with a lower score are rejected.")
    ] = 0,
    workers: WorkersOption = None,
    format_: FormatOption = Format.human,
) -> None:
    """Read code from anywhere into a folder of records, for every other command to work on.

    Rejected, with a reason that stays beside the file: what is not Python, too
    short or long, generated, minified, vendored, or under another licence.

    Replaced by placeholders: keys, tokens, passwords, e-mail and IP addresses,
    phone numbers.

    A file's licence is what its header says (SPDX-License-Identifier), else the
    nearest licence file, else the project's metadata. Nothing is executed, but
    what was lifted self_contained: once, in the sandbox.

    [bold]hornbook corpus add ~/src/requests python --license Apache-2.0 --out corpus[/bold]
    """
    from hornbook.corpus_command import Adding, add_to_corpus

    asked = {
        "sources": tuple(sources),
        "licenses": tuple(license_ or ()),
        "units": units.value,
        "lifting": lifting.value,
        "least_characters": least_characters,
        "most_characters": most_characters,
        "column": column,
        "tag": tag,
        "least_score": least_score,
    }
    add_to_corpus(Adding.of(asked, out, runs=run), workers, format_.value)


@corpus.command()
def stats(
    folder: Annotated[Path, typer.Argument(help="What `corpus add` wrote, or a step's folder in a run.")],
    format_: FormatOption = Format.human,
) -> None:
    """Count what a corpus holds: sizes, licences, sources, what was replaced, and why files are not in it."""
    from hornbook.corpus_command import show_statistics

    show_statistics(folder, format_.value)
