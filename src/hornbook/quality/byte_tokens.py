"""Texts as one array of bytes, and the tokens in it as spans with hashes: tokenising by numpy, not token by token.

A regular expression spends a tenth of a microsecond on each token; here a batch of texts is split by a handful of
array operations, ten times as fast. Texts are joined with a mark that no UTF-8 text holds, so that tokens know
their text. Hashes are made of the bytes alone: equal on every machine, whatever the batch.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hornbook.quality.shingles import I64, U64, mixed

U8 = npt.NDArray[np.uint8]
Mask = npt.NDArray[np.bool_]

MARK = 0xFF
"""Byte that stands between texts: UTF-8 never holds it."""
_MOST_BYTES = 64
_PADDING = bytes(8)
_LOW_BYTES = np.array([(1 << 8 * n) - 1 for n in range(9)], dtype=np.uint64)
_STEP = np.uint64(0x9E3779B97F4A7C15)


def joined(texts: Sequence[bytes]) -> U8:
    """Return the texts as one array: a mark in lines of its own before each text and after the last."""
    between = b"\n\xff\n"
    parts = [between, *(part for text in texts for part in (text, between)), _PADDING]
    return np.frombuffer(b"".join(parts), dtype=np.uint8)


@dataclass(frozen=True, slots=True)
class Spans:
    """Tokens as places in an array of bytes, in order."""

    starts: I64
    lengths: I64

    def __len__(self) -> int:
        """Number of tokens."""
        return len(self.starts)

    def where(self, kept: Mask) -> Spans:
        """Return the tokens of a mask."""
        return Spans(self.starts[kept], self.lengths[kept])


def hashes(data: U8, spans: Spans) -> U64:
    """Return a 64-bit hash of each token's bytes.

    Of a token longer than 64 bytes the first 64 and its length count, so that no text can make this slow.
    """
    # Eight bytes at a time, from any place: a view whose elements overlap.
    eights = np.ndarray((len(data) - 7,), dtype="<u8", buffer=data, strides=(1,))
    values: U64 = eights[spans.starts] & _LOW_BYTES[np.minimum(spans.lengths, 8)]
    long = np.flatnonzero(spans.lengths > 8)
    values[long] ^= spans.lengths[long].astype(np.uint64) << np.uint64(56)
    for first in range(8, _MOST_BYTES, 8):
        long = long[spans.lengths[long] > first]
        if not len(long):
            break
        part = eights[spans.starts[long] + first] & _LOW_BYTES[np.minimum(spans.lengths[long] - first, 8)]
        values[long] = mixed(values[long] * _STEP + part)
    return mixed(values * _STEP)


def hashes_of(tokens: Sequence[bytes]) -> U64:
    """Return the hash of each token given by itself, as `hashes` makes it."""
    lengths = np.array([len(token) for token in tokens], dtype=np.int64)
    data = np.frombuffer(b"".join([*tokens, _PADDING]), dtype=np.uint8)
    return hashes(data, Spans(np.cumsum(lengths) - lengths, lengths))


def offsets_of(is_mark: Mask) -> I64:
    """Return where each text begins among the tokens that are no marks, and where the last one ends."""
    marks = np.flatnonzero(is_mark)
    offsets: I64 = marks - np.arange(len(marks))
    return offsets
