"""The commands on a journal of paid answers, as they are typed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hornbook.cli_options import Format, FormatOption

_DUCKDB = """select teacher, request ->> '$.messages[0].content', answer ->> '$.choices[0].message.content'
from read_json_auto('runs/.journal/*.jsonl') where answered"""
JournalArgument = Annotated[
    Path, typer.Argument(metavar="DIR", help="The folder: --journal, or .journal beside the run folder.")
]
journal = typer.Typer(
    no_args_is_help=True,
    help="Every answer that was paid for: what is there, and how to keep it small.\n\n"
    "It is a folder of JSON lines, one for each call, with request and answer as they were sent. "
    f"DuckDB reads it as it is:\n\n[dim]{_DUCKDB.replace('[0]', chr(92) + '[0]')}[/dim]",
)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(journal, name="journal")


@journal.command()
def stats(folder: JournalArgument, format_: FormatOption = Format.human) -> None:
    """Show how many answers there are, of which teachers, and what they cost in tokens."""
    from hornbook.journals import show_stats

    show_stats(folder, format_.value)


@journal.command()
def compact(folder: JournalArgument) -> None:
    """Make one file of many: each answer once, failures only where no answer came.

    Runs may go on meanwhile: a file that one of them writes to is left alone. A kill loses nothing.
    """
    from hornbook.journals import compact as make_one

    make_one(folder)
