"""A tokenizer and two sources of tokens, small enough to learn in seconds."""

from __future__ import annotations

from pathlib import Path

from hornbook.lm.tokens import TokenizeConfig, TokenizerConfig, tokenize, train_tokenizer
from hornbook.record import Record, write_shard
from hornbook.step import Context

_TEXT = 'def add_{0}(number):\n    """Add {0} to a number."""\n    return number + {0}\n'
SOURCES = {"tens": range(10, 60), "hundreds": range(100, 150)}


def make_tokens(root: Path) -> Path:
    """Write `tokenizer`, and `tokens_NAME` of each source, below `root`."""
    ctx = Context(workers=1)
    for name, numbers in SOURCES.items():
        records = [
            Record(text=_TEXT.format(n), kind="code", source="test", license="CC0-1.0") for n in numbers
        ]
        write_shard(root / name / "records" / "00000.parquet", records)
    for folder in ("tokenizer", *(f"tokens_{name}" for name in SOURCES)):
        (root / folder).mkdir()
    cfg = TokenizerConfig(vocab_size=300)
    train_tokenizer(cfg, out=root / "tokenizer", ctx=ctx, **{name: root / name for name in SOURCES})
    for name in SOURCES:
        out = root / f"tokens_{name}"
        tokenize(TokenizeConfig(), tokenizer=root / "tokenizer", records=root / name, out=out, ctx=ctx)
    return root
