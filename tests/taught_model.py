"""A model small enough to train in a test, and texts that its tokenizer must not trip over."""

from __future__ import annotations

from pathlib import Path

from hornbook.lm.tokens import TokenizeConfig, TokenizerConfig, tokenize, train_tokenizer
from hornbook.lm.train import Train, train
from hornbook.record import Record, write_shard
from hornbook.step import Context

TEXT = 'def add_{0}(number):\n    """Add {0} to a number."""\n    return number + {0}\n'
PROMPT = 'def add_7(number):\n    """Add 7 to a number."""\n    return'
ODD_TEXTS = (
    "",
    "def f(x):\n\treturn x\n\n\n\tif x:\n\t\t\tpass\n",
    "  a   b \t c  \n   \n",
    "x = 1234567890 + 0x1F - 3.14e-10, 2024-11-26",
    "it's we'll they're I'd 'sure' don't'll",
    "naïve Zürich – “quotes” … 中文字符 кириллица עברית",
    "🙂🎉 e\u0301 \u200b\ufeff \u00a0 \r\n ½ ² ٣ ₂",
    "<|endoftext| > <|endof text|> <| endoftext |>",
    "@#$%^&*()[]{};:'\",.<>/?\\|`~",
)


def teach(folder: Path) -> Path:
    """Train a model of size "smoke" on functions that add, in `folder`, and return its Hugging Face folder."""
    ctx = Context(workers=1)
    texts = [*(TEXT.format(n) for n in range(100)), *(text for text in ODD_TEXTS if text)]
    records = [Record(text=text, kind="code", source="test", license="CC0-1.0") for text in texts]
    write_shard(folder / "code" / "records" / "00000.parquet", records)
    for name in ("tokenizer", "tokens", "trained"):
        (folder / name).mkdir()
    train_tokenizer(TokenizerConfig(vocab_size=400), out=folder / "tokenizer", ctx=ctx, code=folder / "code")
    tokenizer, tokens = folder / "tokenizer", folder / "tokens"
    tokenize(TokenizeConfig(), tokenizer=tokenizer, records=folder / "code", out=tokens, ctx=ctx)
    cfg = Train(size="smoke", context=64, budget_tokens=30_000)
    train(cfg, tokenizer=tokenizer, code=tokens, out=folder / "trained", ctx=ctx)
    return folder / "trained" / "model"
