"""Text to tokens and back: trains a byte-level BPE on the data at hand and encodes records into documents.

The vocabulary is small and our own: with a published one of 50,000 tokens a model of 3M parameters would be mostly
embedding. Pre-tokens are GPT-2's (Radford et al. 2019, via tokenizers' ByteLevel), so a token never crosses from a
word into punctuation. Documents are encoded (encoder.py) and written batch by batch, so their number is bounded by
the disk alone. It does not shuffle, pack or mix documents; batches.py does.
"""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from pydantic import Field
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

from hornbook.draw import rng
from hornbook.errors import QualityGate, UsageError, as_os_error
from hornbook.lm.encoder import Encoder, Ids
from hornbook.lm.growing import GrowingArray
from hornbook.processes import SPAWN, deaf_to_interrupts, killed, stay_with_parent
from hornbook.record import Record, count, read_records, shards
from hornbook.step import Config, Context, Metrics, Progress

END_OF_TEXT = "<|endoftext|>"
"""Stands between documents, in training and before every prompt."""
_BATCH_CHARS = 1_000_000
"""Text encoded at a time; memory holds a few times as much, or the longest text."""
_BYTES_PER_WORKER = 4_000_000
"""Least size of a worker process's shards: about 16 MB of code, two seconds; it starts in half a second."""


class TokenizerConfig(Config):
    """Settings of `train_tokenizer`."""

    VERSION: ClassVar[int] = 2

    vocab_size: int = 2048
    """Tokens, the 256 bytes and the separator included; see LOG.md for 1,024 and 4,096."""
    megabytes_per_source: float = Field(default=2.0, gt=0.0)
    """Text read per source: merges of a small vocabulary settle long before, and training stays within seconds."""
    seed: int = 0
    """Draws which records are read when a source holds more."""


class TokenizeConfig(Config):
    """`tokenize` has no settings: the tokenizer decides."""

    VERSION: ClassVar[int] = 3


def train_tokenizer(cfg: TokenizerConfig, *, out: Path, ctx: Context, **sources: Path) -> Metrics:
    """Train a byte-level BPE on the sources' records and write `out/tokenizer.json`.

    Raises UsageError for a vocabulary below 257 tokens (256 bytes + separator), QualityGate when the sources
    hold no text.
    """
    if cfg.vocab_size < 257:
        raise UsageError(
            f"vocab_size {cfg.vocab_size} is below 257, the 256 bytes and the separator; ask for more"
        )
    texts = [text for name in sorted(sources) for text in _sample(sources[name], cfg, name)]
    if not texts:
        raise QualityGate(f"no text to train a tokenizer on in {', '.join(sorted(sources)) or 'no sources'}")
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)
    tokenizer.decoder = decoders.ByteLevel()
    num_bytes = sum(len(text.encode()) for text in texts)
    trainer = trainers.BpeTrainer(
        # The library makes room for all first, and aborts for want of it; no text has more merges than bytes.
        vocab_size=min(cfg.vocab_size, 257 + num_bytes),
        special_tokens=[END_OF_TEXT],
        initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts, trainer)
    save_tokenizer(tokenizer, out)
    ctx.log(f"tokenizer: {tokenizer.get_vocab_size():,} tokens from {num_bytes / 1e6:.1f} MB")
    return {"vocab_size": tokenizer.get_vocab_size(), "documents": len(texts), "bytes": num_bytes}


def save_tokenizer(tokenizer: Tokenizer, folder: Path) -> None:
    """Write `folder/tokenizer.json`. Raises OSError when it cannot be written."""
    path = folder / "tokenizer.json"
    with as_os_error(path):
        tokenizer.save(str(path))


def load_tokenizer(folder: Path) -> Tokenizer:
    """Return the tokenizer of a step's or a model's folder.

    `<|endoftext|>` inside a text is ordinary text to it, and it neither cuts texts off nor pads them.
    Raises UsageError when `folder` holds no tokenizer.json, or one that we cannot train with.
    """
    path = folder / "tokenizer.json"
    if not path.is_file():
        raise UsageError(
            f"no tokenizer in {folder}: {path.name} is missing; give the folder of a tokenizer or a model"
        )
    try:
        tokenizer = Tokenizer.from_file(str(path))
    except Exception as error:  # the library raises nothing more exact
        raise UsageError(f"{path} is not a tokenizer: {error}") from error
    alphabet, vocabulary = set(pre_tokenizers.ByteLevel.alphabet()), tokenizer.get_vocab()
    if END_OF_TEXT not in vocabulary or any(
        set(token) - alphabet for token in vocabulary.keys() - {END_OF_TEXT}
    ):
        raise UsageError(
            f"{path} is not a tokenizer of bytes with {END_OF_TEXT}, as GPT-2's is; "
            "without --tokenizer one is made of the data"
        )
    # Raw code may spell the separator out; it must not end the document there.
    tokenizer.encode_special_tokens = True
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


@dataclass(frozen=True, slots=True)
class Documents:
    """Tokens of many documents end to end, a separator before the first and after each."""

    ids: Ids
    starts: NDArray[np.int64]
    """Index of every document's first token and, last, the number of tokens."""
    prompts: NDArray[np.int32]
    """Tokens of each document that end within its prompt; 0 where there is none."""

    @property
    def num_tokens(self) -> int:
        """Tokens of all documents, the separators after them included."""
        return len(self.ids) - 1

    def share_longer(self, context: int) -> float:
        """Return the share of documents that have more than `context` tokens, their separator included."""
        return float(np.mean(np.diff(self.starts) > context)) if len(self.starts) > 1 else 0.0

    def spans(self) -> Iterator[tuple[int, int, int]]:
        """Yield (start, stop, tokens of the prompt) of every document."""
        yield from zip(
            self.starts[:-1].tolist(), self.starts[1:].tolist(), self.prompts.tolist(), strict=True
        )


def tokenize(cfg: TokenizeConfig, *, tokenizer: Path, records: Path, out: Path, ctx: Context) -> Metrics:
    """Encode each record's text and a separator into `Documents`, in the order of the records.

    Memory does not grow with their number. No shuffle is needed: batches.py draws in an order of its own.
    Writes `ids.npy` (uint16, uint32 above 65,536 tokens), `starts.npy` (int64) and `prompts.npy` (int32), which
    `read_tokens` reads. Raises QualityGate when there are no records.
    """
    total = count(records)
    if total == 0:
        raise QualityGate(f"no records to tokenize in {records}")
    encoder = _BatchEncoder(tokenizer)
    num_tokens = num_prompt = num_bytes = done = 0
    with (
        GrowingArray(out / "ids.npy", encoder.dtype) as ids,
        GrowingArray(out / "starts.npy", np.dtype(np.int64)) as starts,
        GrowingArray(out / "prompts.npy", np.dtype(np.int32)) as prompts,
    ):
        ids.append([encoder.separator])
        starts.append([1])
        for batch in _encoded(encoder, _batches(read_records(records)), _num_workers(records, ctx)):
            ids.append(batch.ids)
            starts.append(1 + num_tokens + np.cumsum(batch.lengths))
            prompts.append(batch.prompts)
            num_tokens += len(batch.ids)
            num_prompt += sum(batch.prompts)
            num_bytes += batch.num_bytes
            done += len(batch.lengths)
            ctx.progress(Progress(done=done, total=total, unit="documents"))
    return {
        "tokens": num_tokens,
        "prompt_tokens": num_prompt,
        "bytes": num_bytes,
        "documents": done,
        "bytes_per_token": num_bytes / num_tokens,
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


def _sample(folder: Path, cfg: TokenizerConfig, name: str) -> list[str]:
    """Return texts in a drawn order, as many as hold the source's share of bytes; no more stay in memory."""
    draws, wanted = rng(cfg.seed, f"tokenizer/{name}"), int(cfg.megabytes_per_source * 1e6)
    kept: list[tuple[float, int, int, str]] = []
    held = 0
    for number, record in enumerate(read_records(folder)):
        size = len(record.text.encode())
        heapq.heappush(kept, (-draws.random(), number, size, record.text))
        held += size
        while kept and held - kept[0][2] >= wanted:
            held -= heapq.heappop(kept)[2]
    return [text for _, _, _, text in sorted(kept, reverse=True)]


@dataclass(frozen=True, slots=True)
class _Text:
    """What is encoded of a record."""

    text: str
    prompt_bytes: int
    """Bytes of the exercise's prompt, with which the text begins; 0 where there is none."""


@dataclass(frozen=True, slots=True)
class _Encoded:
    """A batch of texts as tokens, a separator after each."""

    ids: Ids
    lengths: list[int]
    """Tokens of each text, its separator included."""
    prompts: list[int]
    num_bytes: int


class _BatchEncoder:
    """Encodes batches, here or in a worker process."""

    def __init__(self, folder: Path) -> None:
        tokenizer = load_tokenizer(folder)
        self.folder = folder
        self.separator = end_of_text(tokenizer)
        self._encoder = Encoder(tokenizer)
        self.dtype = self._encoder.dtype
        self._sizes = np.array([len(text) for text in token_bytes(tokenizer)])

    def encode(self, batch: Sequence[_Text]) -> _Encoded:
        found = [self._encoder.encode(text.text) for text in batch]
        separator = np.array([self.separator], self.dtype)
        return _Encoded(
            ids=np.concatenate([part for ids in found for part in (ids, separator)]),
            lengths=[len(ids) + 1 for ids in found],
            prompts=[
                self._num_within(ids, text.prompt_bytes) for ids, text in zip(found, batch, strict=True)
            ],
            num_bytes=sum(int(self._sizes[ids].sum()) for ids in found),
        )

    def _num_within(self, ids: Ids, num_bytes: int) -> int:
        """Count the tokens that end within the first bytes of their text."""
        return int(np.searchsorted(np.cumsum(self._sizes[ids]), num_bytes, side="right")) if num_bytes else 0


def _batches(records: Iterable[Record]) -> Iterator[list[_Text]]:
    """Yield what is encoded of the records, `_BATCH_CHARS` or one text more at a time."""
    batch, chars = [], 0
    for record in records:
        prompt = record.exercise.prompt if record.exercise else ""
        batch.append(_Text(record.text, len(prompt.encode())))
        chars += len(record.text)
        if chars >= _BATCH_CHARS:
            yield batch
            batch, chars = [], 0
    if batch:
        yield batch


def _num_workers(records: Path, ctx: Context) -> int:
    if ctx.engine == "inline":
        return 1
    size = sum(path.stat().st_size for path in shards(records))
    return max(1, min(ctx.workers, size // _BYTES_PER_WORKER))


def _encoded(encoder: _BatchEncoder, batches: Iterator[list[_Text]], workers: int) -> Iterator[_Encoded]:
    """Yield the encoded batches in order; only a few are on their way at a time."""
    if workers == 1:
        yield from map(encoder.encode, batches)
        return
    pool = ProcessPoolExecutor(
        workers, mp_context=SPAWN, initializer=_start_worker, initargs=(encoder.folder,)
    )
    waiting: deque[Future[_Encoded]] = deque()
    try:
        for batch in batches:
            with deaf_to_interrupts():
                waiting.append(pool.submit(_encode_in_worker, batch))
            if len(waiting) > 2 * workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except BrokenProcessPool:
        raise killed() from None
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


_worker: _BatchEncoder  # one per worker process, built by _start_worker


def _start_worker(folder: Path) -> None:
    global _worker
    stay_with_parent()
    _worker = _BatchEncoder(folder)


def _encode_in_worker(batch: Sequence[_Text]) -> _Encoded:
    return _worker.encode(batch)
