"""The commands on the offline teacher's curriculum, as they are typed; `cli` puts them beside its own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hornbook.cli_options import SeedOption
from hornbook.errors import UsageError
from hornbook.writable import refuse_unwritable


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    app.command()(gallery)


def gallery(
    out: Annotated[
        Path | None, typer.Option(help="A Markdown file to write.", show_default="the terminal")
    ] = None,
    count: Annotated[int, typer.Option(min=2, max=1000, help="Samples, a third of them or more pages.")] = 40,
    seed: SeedOption = 0,
) -> None:
    """Show what the offline teacher writes: pages of every form, exercises of many concepts.

    Nothing is picked by hand: the samples follow from the seed, and every one was executed.
    """
    from hornbook.lessons.gallery import gallery as written
    from hornbook.pool import write_atomically
    from hornbook.sandbox import Sandbox

    if out is not None and out.is_dir():
        raise UsageError(f"--out {out} is a folder; name a file")
    if out is not None:
        refuse_unwritable(out.parent)
    with Sandbox(workers=1) as sandbox:
        text = written(count, seed, sandbox)
    if out is None:
        print(text)
        return
    write_atomically(out, text.encode())
    print(f"{count} samples in {out}")
