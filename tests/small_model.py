"""A tokenizer and a model of two layers that was never trained, as a training step leaves them."""

from __future__ import annotations

from pathlib import Path

import torch

from hornbook.lm.export import save_model
from hornbook.lm.model import Llama, ModelConfig
from hornbook.lm.tokens import TokenizerConfig, load_tokenizer, train_tokenizer
from hornbook.record import Record, write_shard
from hornbook.step import Context


def save_small_model(root: Path, text: str, *, sharpness: float = 1.0, context: int = 48) -> Path:
    """Save both in `root / "model"`, which is returned; the tokenizer's words are those of `text`.

    Embeddings are multiplied by `sharpness`: the higher, the less alike the model finds all tokens.
    """
    record = Record(text=text * 9, kind="code", source="test", license="CC0-1.0")
    write_shard(root / "records" / "00000.parquet", [record])
    train_tokenizer(TokenizerConfig(vocab_size=300), out=root, ctx=Context(workers=1), code=root)
    cfg = ModelConfig(
        vocab_size=300,
        hidden_size=32,
        intermediate_size=64,
        num_hidden_layers=2,
        num_attention_heads=2,
        max_position_embeddings=context,
    )
    model = Llama(cfg, seed=3)
    with torch.no_grad():
        model.model.embed_tokens.weight.mul_(sharpness)
    save_model(model, load_tokenizer(root), root / "model")
    return root / "model"
