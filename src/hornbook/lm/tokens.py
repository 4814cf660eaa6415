"""Text to tokens and back: trains a byte-level BPE on the data at hand and encodes records into one flat array.

The vocabulary is small and our own: with a published one of 50,000 tokens a model of 3M parameters would be mostly
embedding. Pre-tokens are GPT-2's (Radford et al. 2019, via tokenizers' ByteLevel), so a token never crosses from a
word into punctuation. It does not pack or mix documents; train.py does.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

from hornbook.draw import rng
from hornbook.errors import QualityGate, UsageError
from hornbook.record import read_records
from hornbook.step import Config, Context, Metrics, Progress

END_OF_TEXT = "<|endoftext|>"
"""Stands between documents, in training and before every prompt."""
_BATCH = 512


class TokenizerConfig(Config):
    """Settings of `train_tokenizer`."""

    vocab_size: int = 2048
    """Tokens, the 256 bytes and the separator included; see LOG.md for why 2048."""
    megabytes_per_source: float = 2.0
    """Text read per source: merges of a small vocabulary settle long before, and training stays within seconds."""
    seed: int = 0
    """Draws which records are read when a source holds more."""


class TokenizeConfig(Config):
    """Settings of `tokenize`."""

    seed: int = 0
    """Shuffles the documents."""


def train_tokenizer(cfg: TokenizerConfig, *, out: Path, ctx: Context, **sources: Path) -> Metrics:
    """Train a byte-level BPE on the sources' records and write `out/tokenizer.json`.

    Raises UsageError for a vocabulary below 257 tokens (256 bytes + separator) or above 65,536 (uint16),
    QualityGate when the sources hold no text.
    """
    if not 257 <= cfg.vocab_size <= 65_536:
        raise UsageError(
            f"vocab_size {cfg.vocab_size} is outside 257..65536 (256 bytes and the separator; uint16)"
        )
    texts = [text for name in sorted(sources) for text in _sample(sources[name], cfg, name)]
    if not texts:
        raise QualityGate(f"no text to train a tokenizer on in {', '.join(sorted(sources)) or 'no sources'}")
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=cfg.vocab_size,
        special_tokens=[END_OF_TEXT],
        initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts, trainer)
    tokenizer.save(str(out / "tokenizer.json"))
    num_bytes = sum(len(text.encode()) for text in texts)
    ctx.log(f"tokenizer: {tokenizer.get_vocab_size():,} tokens from {num_bytes / 1e6:.1f} MB")
    return {"vocab_size": tokenizer.get_vocab_size(), "documents": len(texts), "bytes": num_bytes}


def load_tokenizer(folder: Path) -> Tokenizer:
    """Return the tokenizer of a step's or a model's folder; `<|endoftext|>` inside a text is ordinary text to it.

    Raises UsageError when `folder` holds no tokenizer.json.
    """
    path = folder / "tokenizer.json"
    if not path.is_file():
        raise UsageError(
            f"no tokenizer in {folder}: {path.name} is missing; give the folder of a tokenizer or a model"
        )
    tokenizer = Tokenizer.from_file(str(path))
    # Raw code may spell the separator out; it must not end the document there.
    tokenizer.encode_special_tokens = True
    return tokenizer


def tokenize(cfg: TokenizeConfig, *, tokenizer: Path, records: Path, out: Path, ctx: Context) -> Metrics:
    """Encode each record's text and a separator into `out/tokens.npy` (uint16), in an order drawn by the seed.

    `out/documents.npy` (int64) holds the offset of each document and, last, the number of tokens.
    Raises QualityGate when there are no records.
    """
    encoder = load_tokenizer(tokenizer)
    texts = [record.text for record in read_records(records)]
    if not texts:
        raise QualityGate(f"no records to tokenize in {records}")
    rng(cfg.seed, "tokenize").shuffle(texts)
    lengths, arrays = [0], []
    for ids in _encoded(encoder, texts, ctx):
        arrays.append(ids)
        lengths.append(len(ids))
    tokens, offsets = np.concatenate(arrays), np.cumsum(lengths, dtype=np.int64)
    np.save(out / "tokens.npy", tokens)
    np.save(out / "documents.npy", offsets)
    num_bytes = sum(len(text.encode()) for text in texts)
    return {
        "tokens": len(tokens),
        "bytes": num_bytes,
        "documents": len(texts),
        "bytes_per_token": num_bytes / len(tokens),
    }


def token_bytes(tokenizer: Tokenizer) -> list[bytes]:
    """Return each token's bytes by id; the separator's are empty, because it stands for no text.

    The byte-level alphabet of GPT-2 writes every byte as one printable character; this undoes it.
    """
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    hidden = [byte for byte in range(256) if byte not in printable]
    byte_of = {chr(byte): byte for byte in printable} | {chr(256 + i): byte for i, byte in enumerate(hidden)}
    texts = sorted((id, token) for token, id in tokenizer.get_vocab().items())
    return [b"" if token == END_OF_TEXT else bytes(byte_of[char] for char in token) for _, token in texts]


def end_of_text(tokenizer: Tokenizer) -> int:
    """Return the id of the separator."""
    id = tokenizer.token_to_id(END_OF_TEXT)
    assert isinstance(id, int), f"a tokenizer of ours has {END_OF_TEXT}"
    return id


def _sample(folder: Path, cfg: TokenizerConfig, name: str) -> Iterator[str]:
    """Yield texts in a drawn order until the source's share of bytes is read."""
    texts = [record.text for record in read_records(folder)]
    rng(cfg.seed, f"tokenizer/{name}").shuffle(texts)
    left = int(cfg.megabytes_per_source * 1e6)
    for text in texts:
        if left <= 0:
            return
        left -= len(text.encode())
        yield text


def _encoded(encoder: Tokenizer, texts: list[str], ctx: Context) -> Iterator[np.ndarray]:
    separator = np.array([end_of_text(encoder)], dtype=np.uint16)
    for start in range(0, len(texts), _BATCH):
        for encoding in encoder.encode_batch_fast(texts[start : start + _BATCH], add_special_tokens=False):
            yield np.concatenate((np.array(encoding.ids, dtype=np.uint16), separator))
        ctx.progress(Progress(done=min(start + _BATCH, len(texts)), total=len(texts), unit="documents"))
