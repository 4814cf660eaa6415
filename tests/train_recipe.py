"""A recipe of two models that train side by side for some seconds."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from pathlib import Path

from hornbook.lm.tokens import TokenizeConfig, TokenizerConfig, tokenize, train_tokenizer
from hornbook.lm.train import Train, train
from hornbook.record import Record, write_shard
from hornbook.step import Config, Context, Metrics, Progress, Step

TEXT = 'def add_{0}(number):\n    """Add {0} to a number."""\n    return number + {0}\n'


class Sums(Config):
    count: int = 400


def sums(cfg: Sums, *, out: Path, ctx: Context) -> Metrics:
    texts = (TEXT.format(number) for number in range(cfg.count))
    records = [Record(text=text, kind="code", source="test", license="CC0-1.0") for text in texts]
    write_shard(out / "records" / "00000.parquet", records)
    return {"num_kept": len(records)}


def watched(cfg: Train, *, tokenizer: Path, tokens: Path, out: Path, ctx: Context) -> Metrics:
    """Train for as long as it takes to be interrupted, the first time."""

    def progress(progress: Progress) -> None:
        (out / "moving").touch()
        ctx.progress(progress)
        while not resumed:
            time.sleep(0.05)

    resumed = (out / "moving").exists() or "HORNBOOK_TEST_NO_WAIT" in os.environ
    return train(cfg, tokenizer=tokenizer, out=out, ctx=replace(ctx, progress=progress), tokens=tokens)


def models(*, seed: int = 0) -> list[Step]:
    data = Step("sums", sums, Sums())
    tokenizer = Step("tokenizer", train_tokenizer, TokenizerConfig(vocab_size=300), {"sums": data})
    tokens = Step("tokens", tokenize, TokenizeConfig(), {"tokenizer": tokenizer, "records": data})
    inputs = {"tokenizer": tokenizer, "tokens": tokens}
    settings = {"size": "smoke", "context": 64, "budget_tokens": 15_000}
    return [
        Step(f"model_{i}", watched, Train(**settings, seed=seed + i), inputs, one_core=True) for i in (0, 1)
    ]
