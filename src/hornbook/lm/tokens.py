"""Text to tokens and back: trains a byte-level BPE on the data at hand and encodes records into documents.

The vocabulary is small and our own: with a published one of 50,000 tokens a model of 3M parameters would be mostly
embedding. Pre-tokens are GPT-2's (Radford et al. 2019, via tokenizers' ByteLevel), so a token never crosses from a
word into punctuation. It does not pack or mix documents; batches.py does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

from hornbook.draw import rng
from hornbook.errors import QualityGate, UsageError, as_os_error
from hornbook.record import Record, read_records
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

    VERSION: ClassVar[int] = 2

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
    save_tokenizer(tokenizer, out)
    num_bytes = sum(len(text.encode()) for text in texts)
    ctx.log(f"tokenizer: {tokenizer.get_vocab_size():,} tokens from {num_bytes / 1e6:.1f} MB")
    return {"vocab_size": tokenizer.get_vocab_size(), "documents": len(texts), "bytes": num_bytes}


def save_tokenizer(tokenizer: Tokenizer, folder: Path) -> None:
    """Write `folder/tokenizer.json`. Raises OSError when it cannot be written."""
    path = folder / "tokenizer.json"
    with as_os_error(path):
        tokenizer.save(str(path))


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


@dataclass(frozen=True, slots=True)
class Documents:
    """Tokens of many documents end to end, a separator before the first and after each."""

    ids: NDArray[np.uint16]
    starts: NDArray[np.int64]
    """Index of every document's first token and, last, the number of tokens."""
    prompts: NDArray[np.int32]
    """Tokens of each document that end within its prompt; 0 where there is none."""

    @property
    def num_tokens(self) -> int:
        """Tokens of all documents, the separators after them included."""
        return len(self.ids) - 1

    def spans(self) -> Iterator[tuple[int, int, int]]:
        """Yield (start, stop, tokens of the prompt) of every document."""
        yield from zip(
            self.starts[:-1].tolist(), self.starts[1:].tolist(), self.prompts.tolist(), strict=True
        )


def tokenize(cfg: TokenizeConfig, *, tokenizer: Path, records: Path, out: Path, ctx: Context) -> Metrics:
    """Encode each record's text and a separator into `Documents`, in an order drawn by the seed.

    Writes `ids.npy` (uint16), `starts.npy` (int64) and `prompts.npy` (int32); `read_tokens` reads them.
    Raises QualityGate when there are no records.
    """
    encoder = load_tokenizer(tokenizer)
    found = list(read_records(records))
    if not found:
        raise QualityGate(f"no records to tokenize in {records}")
    rng(cfg.seed, "tokenize").shuffle(found)
    separator = end_of_text(encoder)
    arrays, starts, prompts = [np.array([separator], dtype=np.uint16)], [1], []
    for ids, num_prompt in _encoded(encoder, found, ctx):
        arrays.append(np.array([*ids, separator], dtype=np.uint16))
        starts.append(starts[-1] + len(ids) + 1)
        prompts.append(num_prompt)
    np.save(out / "ids.npy", np.concatenate(arrays))
    np.save(out / "starts.npy", np.array(starts, dtype=np.int64))
    np.save(out / "prompts.npy", np.array(prompts, dtype=np.int32))
    num_bytes = sum(len(record.text.encode()) for record in found)
    return {
        "tokens": starts[-1] - 1,
        "prompt_tokens": sum(prompts),
        "bytes": num_bytes,
        "documents": len(found),
        "bytes_per_token": num_bytes / (starts[-1] - 1),
    }


def read_tokens(folder: Path) -> Documents:
    """Return what `tokenize` wrote, the ids mapped rather than read."""
    ids = np.load(folder / "ids.npy", mmap_mode="r")
    return Documents(ids, np.load(folder / "starts.npy"), np.load(folder / "prompts.npy"))


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


def _encoded(encoder: Tokenizer, records: Sequence[Record], ctx: Context) -> Iterator[tuple[list[int], int]]:
    """Yield each record's tokens and how many of them end within its prompt."""
    for start in range(0, len(records), _BATCH):
        chosen = records[start : start + _BATCH]
        encodings = encoder.encode_batch([record.text for record in chosen], add_special_tokens=False)
        for record, encoding in zip(chosen, encodings, strict=True):
            prompt = len(record.exercise.prompt) if record.exercise else 0
            yield encoding.ids, sum(end <= prompt for _, end in encoding.offsets) if prompt else 0
        ctx.progress(Progress(done=start + len(chosen), total=len(records), unit="documents"))
