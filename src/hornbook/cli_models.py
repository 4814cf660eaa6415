"""The commands on models, as they are typed; `cli` puts them beside its own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hornbook.cli_options import Format, FormatOption, SeedOption, WorkersOption, pairs_of
from hornbook.errors import UsageError

DataArgument = Annotated[
    list[str],
    typer.Argument(
        metavar="[NAME=]PATH",
        help="Files of rows (.jsonl, .jsonl.gz, .parquet), or folders with records, as a step of a run is.",
    ),
]


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    app.command()(train)


def train(
    data: DataArgument,
    out: Annotated[Path, typer.Option(help="A run folder; the same command goes on with it.")],
    size: Annotated[str, typer.Option(help="1M, 3M, 8M, 15M, 45M, 125M, 350M or 1.3B.")] = "3M",
    tokens: Annotated[
        float, typer.Option(min=0.001, max=1e6, help="Millions of tokens to read, again and again.")
    ] = 1.5,
    context: Annotated[int, typer.Option(min=8, help="Longest row in tokens.")] = 256,
    vocabulary: Annotated[
        int, typer.Option(min=257, help="Tokens of the tokenizer made from the data.")
    ] = 2048,
    share: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=WEIGHT", help="How much is read of each source.", show_default="equal"),
    ] = None,
    dev: Annotated[
        Path | None, typer.Option(help="Held-out rows or records: the weights that foretell them best stay.")
    ] = None,
    tokenizer: Annotated[
        Path | None, typer.Option(help="A folder with a tokenizer.json, instead of a new tokenizer.")
    ] = None,
    column: Annotated[
        str, typer.Option(metavar="NAME", help="The column of the text.", show_default="told by the names")
    ] = "",
    spread: Annotated[
        bool, typer.Option("--spread", help="Under torchrun: spread the weights over the processes.")
    ] = False,
    set_: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="STEP.FIELD=VALUE", help="E.g. trained.learning_rate=0.01."),
    ] = None,
    seed: SeedOption = 0,
    workers: WorkersOption = None,
    format_: FormatOption = Format.human,
) -> None:
    """Train a model on your own data: rows to records, a tokenizer, tokens, weights.

    On several GPUs or machines with a shared disk the same command runs under torchrun:
    [bold]torchrun --nproc-per-node 8 -m hornbook train ...[/bold]
    """
    from hornbook.rows.training import OwnData
    from hornbook.rows.training_command import Asked, train_on_rows

    shares = {name: _weight(name, word) for name, word in pairs_of("--share", share).items()}
    cfg = OwnData(
        size=size,
        million_tokens=tokens,
        context=context,
        vocab_size=vocabulary,
        mix=shares,
        column=column,
        seed=seed,
    )
    asked = Asked(cfg=cfg, data=data, dev=dev, tokenizer=tokenizer, settings=pairs_of("--set", set_), out=out)
    train_on_rows(asked, spread=spread, workers=workers, form=format_.value)


def _weight(name: str, word: str) -> float:
    try:
        return float(word)
    except ValueError:
        raise UsageError(f"--share {name}={word}: a weight is a number, such as 0.5") from None
