"""Texts as flat arrays of token hashes, and their n-grams: the arithmetic under dedup and decontamination.

A batch of texts becomes one array of 64-bit token hashes with offsets, so that n-grams of thousands of texts
are computed by a handful of numpy calls. Hashes are blake2b, never Python's `hash`: equal on every machine.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

import numpy as np
import numpy.typing as npt

U64 = npt.NDArray[np.uint64]
I64 = npt.NDArray[np.int64]
_T = TypeVar("_T")

_MAX_TOKENS_REMEMBERED = 1_000_000
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, slots=True)
class Flat:
    """Arrays of several texts behind each other: text i is `values[offsets[i]:offsets[i + 1]]`."""

    values: U64
    offsets: I64

    def __len__(self) -> int:
        """Number of texts."""
        return len(self.offsets) - 1

    def part(self, i: int) -> U64:
        """Return the values of text i."""
        return self.values[self.offsets[i] : self.offsets[i + 1]]


class TokenHashes(dict[str, int]):
    """Remembers the 64-bit hash of every distinct token, so that each is hashed once."""

    def __missing__(self, token: str) -> int:
        """Hash a token that was not seen yet; raises nothing."""
        if len(self) >= _MAX_TOKENS_REMEMBERED:
            self.clear()  # memory stays flat on corpora of any size
        value = int.from_bytes(hashlib.blake2b(token.encode("utf-8", "replace"), digest_size=8).digest())
        self[token] = value
        return value


def flat_hashes(token_lists: Sequence[Sequence[str]], hashes: TokenHashes) -> Flat:
    """Return the token hashes of several texts as one flat array."""
    offsets = np.zeros(len(token_lists) + 1, dtype=np.int64)
    np.cumsum([len(tokens) for tokens in token_lists], out=offsets[1:])
    look_up = hashes.__getitem__
    values = [look_up(token) for tokens in token_lists for token in tokens]
    return Flat(np.array(values, dtype=np.uint64), offsets)


def mixed(values: U64) -> U64:
    """Return the values through splitmix64's finaliser: every output bit depends on every input bit."""
    values = values ^ (values >> np.uint64(30))
    values = values * np.uint64(0xBF58476D1CE4E5B9)
    values ^= values >> np.uint64(27)
    values *= np.uint64(0x94D049BB133111EB)
    values ^= values >> np.uint64(31)
    return values


def rolled(columns: Iterable[U64]) -> U64:
    """Return one hash per row of equally long columns, read from left to right."""
    total: U64 | None = None
    for column in columns:
        total = column.copy() if total is None else total * _MULTIPLIER + column
    assert total is not None, "an n-gram has at least one column"
    return mixed(total)


def rolling(columns: Callable[[int], U64], sizes: Sequence[int]) -> Iterator[tuple[int, U64]]:
    """Yield (n, one hash per window of n neighbours) for every n of `sizes`, smallest first.

    `columns(j)` is what position j of each window holds: an array of N - j values. One pass serves all sizes.
    Windows that cross from one text into the next are among them; `inside` tells.
    """
    total = columns(0)
    for j in range(max(sizes, default=0)):
        if j:
            column = columns(j)
            total = total[: len(column)] * _MULTIPLIER + column
        if j + 1 in sizes:
            yield j + 1, mixed(total)


def inside(offsets: I64, positions: I64, n: int) -> tuple[I64, I64]:
    """Return the positions whose window of n lies in one text, and the numbers of those texts."""
    texts = np.searchsorted(offsets, positions, side="right") - 1
    whole = positions + n <= offsets[texts + 1]
    return positions[whole], texts[whole]


def ngrams(flat: Flat, n: int, *, whole_if_short: bool = False) -> Flat:
    """Return the hashes of all n-grams of every text, in order; none crosses from one text into the next.

    A text of fewer than n tokens has none; with `whole_if_short` it has one, of all its tokens.
    """
    starts, offsets = _starts(flat.offsets, n)
    ((_, windows),) = rolling(lambda j: flat.values[j:], [n])
    grams = windows[starts]
    sizes = np.diff(flat.offsets)
    short = np.flatnonzero((sizes > 0) & (sizes < n)).tolist() if whole_if_short else []
    if not short:
        return Flat(grams, offsets)
    singles = [rolled(flat.part(i)[j : j + 1] for j in range(sizes[i]))[0] for i in short]
    grams = np.insert(grams, offsets[short], singles)
    counts = np.diff(offsets)
    counts[short] = 1
    return Flat(grams, np.concatenate([[0], np.cumsum(counts)]).astype(np.int64))


def _starts(offsets: I64, n: int) -> tuple[I64, I64]:
    """Return the positions where an n-gram starts, and the offsets of each text's n-grams among them."""
    sizes = np.diff(offsets)
    counts = np.maximum(sizes - (n - 1), 0)
    new_offsets = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    starts = np.arange(new_offsets[-1], dtype=np.int64)
    starts += np.repeat(offsets[:-1] - new_offsets[:-1], counts)
    return starts, new_offsets


def batched(items: Iterable[_T], size: int) -> Iterator[list[_T]]:
    """Yield lists of `size` items (the last may be shorter); `itertools.batched` needs Python 3.12."""
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch


def batched_by_weight(items: Iterable[_T], weight: Callable[[_T], int], most: int) -> Iterator[list[_T]]:
    """Yield lists of items whose weights sum to about `most`, so that arrays fit the processor's cache."""
    batch: list[_T] = []
    total = 0
    for item in items:
        batch.append(item)
        total += weight(item)
        if total >= most:
            yield batch
            batch, total = [], 0
    if batch:
        yield batch
