"""`hornbook train`: a model from anybody's files of rows, or from the records of a run's steps.

Under torchrun the first process of the world builds every step; the others wait, and join in training.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pydantic import Field

from hornbook.errors import UsageError
from hornbook.pool import stream
from hornbook.record import shards
from hornbook.rows.records import RowReader
from hornbook.rows.split import RowRecords
from hornbook.step import Config, Context, Metrics, Step


class TakeRows(Config):
    """Where the texts of a file's rows are."""

    column: str = ""
    """The column of the text; empty: told by the columns' names, as in every command on rows."""


def take_rows(cfg: TakeRows, *, file: Path, out: Path, ctx: Context) -> Metrics:
    """Write the rows of a file as records; equal texts are one. Raises UsageError for a file without texts."""
    rows = RowRecords([file], RowReader(column=cfg.column), ctx.progress, "train")
    metrics = stream(lambda records: records, rows.read(), out, ctx)
    if rows.no_text:
        ctx.log(f"{file}: {len(rows.no_text):,} of {rows.num_rows:,} rows have no text and are left out")
    return metrics | {"num_rows": rows.num_rows, "num_without_text": len(rows.no_text)}


class OwnData(Config):
    """What `hornbook train` asks for; every other setting is a step's own."""

    size: str = "3M"
    """Preset of `lm.model`."""
    million_tokens: float = Field(default=1.5, gt=0.0)
    """Training budget; reading the same text up to four times is nearly as good as new text (arXiv:2305.16264)."""
    context: int = Field(default=256, ge=8)
    """Longest row in tokens."""
    vocab_size: int = 2048
    """Of a tokenizer that is trained on the data."""
    mix: dict[str, float] = Field(default_factory=dict)
    """Weight of each source; empty for equal weights."""
    column: str = ""
    """As in `TakeRows`."""
    seed: int = 0


def own_data(
    cfg: OwnData, sources: Mapping[str, Path], *, dev: Path | None = None, tokenizer: Path | None = None
) -> list[Step]:
    """Return the steps from files of rows, or folders with records, to a model; the last one trains it.

    `tokenizer` is a folder with a tokenizer.json to use instead of a new one. Raises UsageError for a source
    without texts, and for a size or a mix that does not fit, before anything is read.
    """
    from hornbook.lm.batches import check_mix
    from hornbook.lm.tokens import TokenizeConfig, TokenizerConfig, tokenize, train_tokenizer
    from hornbook.lm.train import Train, train

    check_mix(cfg.mix, sources)
    taken = {name: _records(name, path, cfg) for name, path in sources.items()}
    vocabulary: Step | Path = tokenizer or Step(
        "tokenizer", train_tokenizer, TokenizerConfig(vocab_size=cfg.vocab_size, seed=cfg.seed), taken
    )

    def tokens(name: str, records: Step | Path) -> Step:
        inputs = {"tokenizer": vocabulary, "records": records}
        return Step(f"tokens_{name}", tokenize, TokenizeConfig(), inputs)

    inputs: dict[str, Step | Path] = {"tokenizer": vocabulary}
    inputs |= {name: tokens(name, records) for name, records in taken.items()}
    if dev is not None:
        inputs["dev"] = tokens("dev", _records("dev", dev, cfg))
    settings = Train(
        size=cfg.size,
        context=cfg.context,
        budget_tokens=round(1e6 * cfg.million_tokens),
        mix=cfg.mix,
        seed=cfg.seed,
    )
    return [Step("trained", train, settings, inputs)]


def _records(name: str, path: Path, cfg: OwnData) -> Step | Path:
    """Return a folder of records as it is, and a file as the step that makes records of its rows."""
    if path.is_file():
        return Step(f"rows_{name}", take_rows, TakeRows(column=cfg.column), {"file": path})
    if not shards(path):
        raise UsageError(
            f"{path} has no texts: give a .jsonl or .parquet file, or a folder with records/*.parquet"
        )
    return path
