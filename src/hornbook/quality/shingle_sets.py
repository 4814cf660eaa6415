"""The shingles of texts, code or prose: sets of 64-bit hashes of five neighbouring tokens, by numpy over bytes.

A token is a word (letters, digits, `_`), a single other character, or one character of a script without blanks
between words; ASCII's white space only separates. So operators count (`a + b` is not `a - b`) and layout does not.
All steps work on a whole batch of bytes: the hash of a token is the difference of two prefix sums of
`byte * POWER[position]`, shifted back by the inverse power (odd numbers have inverses modulo 2**64), and the hash
of a shingle is the same over token hashes. Source of the rolling form: Karp and Rabin 1987,
https://doi.org/10.1147/rd.312.0249. Long words, for which such sums can be made to collide, are hashed by blake2b.
Hashes are equal on every machine and in every process.
"""

from __future__ import annotations

import hashlib
import re
import string
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from hornbook.quality.shingles import I64, U64, Flat, batched_by_weight, mixed

SHINGLE_TOKENS = 5
_BYTES_PER_BATCH = 60_000  # the arrays of a batch then stay in the second-level cache
_BYTES_AT_ONCE = 1_000_000  # of one text: its arrays need 40 times that
_LONG_WORD = 256
_BLANKS = bytes([*range(33), 127])
_BLANK, _WORD, _SIGN, _LETTER = range(4)


def _classes() -> np.ndarray[tuple[int], np.dtype[np.uint8]]:
    classes = np.full(256, _SIGN, dtype=np.uint8)
    classes[list(_BLANKS)] = _BLANK
    classes[list((string.ascii_letters + string.digits + "_").encode())] = _WORD
    classes[0x80:0xE0] = (
        _WORD  # what continues a character, and the first bytes of Latin, Greek, Cyrillic ones
    )
    classes[0xE0:] = _LETTER  # first bytes of longer characters: Chinese, Japanese, emoji
    return classes


_CLASS = _classes()
_BYTE = np.where(_CLASS == _BLANK, np.uint64(0), mixed(np.arange(1, 257, dtype=np.uint64)))
_BYTE_BASE = 0x9E3779B97F4A7C15
_TOKEN_BASE = 0xD1342543DE82EF95
_NO_WORD = re.compile(b"[^0-9A-Za-z_\x80-\xdf]")  # a blank, or the first byte of a sign or of a letter


class _Powers:
    """The powers of an odd number modulo 2**64 and their inverses, as many as were ever asked for."""

    def __init__(self, base: int) -> None:
        self._bases = (base, pow(base, -1, 1 << 64))
        self._tables: tuple[U64, U64] = (np.ones(1, np.uint64), np.ones(1, np.uint64))

    def first(self, n: int) -> tuple[U64, U64]:
        """Return base**0 to base**(n - 1) and their inverses."""
        if len(self._tables[0]) < n:
            length = max(n, 2 * _BYTES_PER_BATCH)
            up, down = (
                np.multiply.accumulate(np.array([1] + [base] * (length - 1), dtype=np.uint64))
                for base in self._bases
            )
            self._tables = up, down
        return self._tables[0][:n], self._tables[1][:n]


_BYTE_POWERS = _Powers(_BYTE_BASE)
_TOKEN_POWERS = _Powers(_TOKEN_BASE)


def shingle_sets(texts: Sequence[str]) -> list[U64]:
    """Return the sorted distinct shingles of each text; a text of fewer than five tokens has one, or none.

    >>> spaced, close, other = shingle_sets(["a + b == c", "a+b==c", "a - b == c"])
    >>> list(spaced) == list(close), list(spaced) == list(other)
    (True, False)
    """
    encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
    return [found for batch in batched_by_weight(encoded, len, _BYTES_PER_BATCH) for found in _sets_of(batch)]


def _sets_of(texts: Sequence[bytes]) -> list[U64]:
    if len(texts[-1]) > _BYTES_AT_ONCE:  # a batch ends with the text that fills it
        return [*(_sets_of(texts[:-1]) if texts[1:] else []), _set_of_long(texts[-1])]
    tokens = _tokens_of(texts)
    grams = _windows(tokens.values)
    bounds = tokens.offsets.tolist()
    return [
        _distinct(grams[start : end - SHINGLE_TOKENS + 1])
        if end - start >= SHINGLE_TOKENS
        else _whole(tokens.values[start:end])
        for start, end in zip(bounds, bounds[1:], strict=False)
    ]


def _set_of_long(text: bytes) -> U64:
    """Return the shingles of one long text, piece by piece, as they would be at once."""
    parts: list[U64] = []
    before = np.empty(0, dtype=np.uint64)
    for piece in _pieces(text):
        tokens = np.concatenate([before, _tokens_of([piece]).values])
        parts.append(_distinct(_windows(tokens)))
        before = tokens[-SHINGLE_TOKENS + 1 :]
    return _distinct(np.concatenate(parts)) if len(parts[-1]) else _whole(before)


def _pieces(text: bytes) -> Iterator[bytes]:
    """Cut a text before blanks, signs and letters, so that no token is cut, into pieces of about 1 MB."""
    start = 0
    while start < len(text):
        cut = _NO_WORD.search(text, start + _BYTES_AT_ONCE)
        end = cut.start() if cut else len(text)
        yield text[start:end]
        start = end


def _tokens_of(texts: Sequence[bytes]) -> Flat:
    """Hash the tokens of all texts at once; blanks between texts keep a token from crossing into the next."""
    data = np.frombuffer(b"\n".join([b"", *texts, b""]), dtype=np.uint8)
    starts = _starts_of(data)
    powers, inverses = _BYTE_POWERS.first(len(data))
    sums = np.zeros(len(data) + 1, dtype=np.uint64)
    np.cumsum(_BYTE[data] * powers, out=sums[1:])
    # Blanks add nothing, so a token's sum may run on to the start of the next one.
    hashes = np.diff(sums[starts], append=sums[-1:]) * inverses[starts]
    hashes ^= hashes >> np.uint64(32)
    hashes *= np.uint64(0xBF58476D1CE4E5B9)
    _hash_long_words(data, starts, hashes)
    borders = np.cumsum([1, *(len(text) + 1 for text in texts)])
    return Flat(hashes, np.searchsorted(starts, borders))


def _starts_of(data: npt.NDArray[np.uint8]) -> I64:
    """Return where tokens begin in bytes of which the first and the last are blanks."""
    classes = _CLASS[data]
    begins = classes > _WORD
    begins[1:] |= (classes[1:] == _WORD) & (classes[:-1] & 1 == 0)
    letters = np.flatnonzero(classes == _LETTER)
    after = np.minimum(letters + np.where(data[letters] < 0xF0, 3, 4), len(data) - 1)
    begins[after] |= classes[after] == _WORD
    return np.flatnonzero(begins)


def _hash_long_words(data: npt.NDArray[np.uint8], starts: I64, hashes: U64) -> None:
    """Give words of more than 256 bytes another hash; sums of powers collide for words made to."""
    for token in np.flatnonzero(np.diff(starts, append=len(data)) > _LONG_WORD).tolist():
        end = starts[token + 1] if token + 1 < len(starts) else len(data)
        word = data[starts[token] : end].tobytes().rstrip(_BLANKS)
        if len(word) > _LONG_WORD:
            hashes[token] = int.from_bytes(hashlib.blake2b(word, digest_size=8).digest())


def _windows(hashes: U64) -> U64:
    """Return one hash for every five neighbours; those that cross from text to text are among them."""
    count = len(hashes) - SHINGLE_TOKENS + 1
    if count <= 0:
        return np.empty(0, dtype=np.uint64)
    powers, inverses = _TOKEN_POWERS.first(len(hashes))
    sums = np.zeros(len(hashes) + 1, dtype=np.uint64)
    np.cumsum(hashes * powers, out=sums[1:])
    return _scrambled((sums[SHINGLE_TOKENS:] - sums[:-SHINGLE_TOKENS]) * inverses[:count])


def _scrambled(values: U64) -> U64:
    values ^= values >> np.uint64(29)
    values *= np.uint64(0x94D049BB133111EB)
    values ^= values >> np.uint64(32)
    return values


def _whole(hashes: U64) -> U64:
    """Return one shingle of all tokens of a short text."""
    if not len(hashes):
        return hashes
    powers, _ = _TOKEN_POWERS.first(len(hashes))
    total: U64 = np.sum(hashes * powers, keepdims=True)
    return _scrambled(total)


def _distinct(values: U64) -> U64:
    # np.unique does the same, but costs several times as much on short arrays.
    values = np.sort(values)
    different = np.empty(len(values), dtype=np.bool_)
    different[:1] = True
    np.not_equal(values[1:], values[:-1], out=different[1:])
    return values[different]


def exact_jaccard(a: U64, b: U64) -> float:
    """Return the share of shingles that two texts have in common; both arrays sorted and distinct.

    Two texts without shingles are alike.
    """
    if not len(a) or not len(b):
        return float(len(a) == len(b))
    both = np.concatenate([a, b])
    both.sort()
    common = int(np.count_nonzero(both[1:] == both[:-1]))
    return common / (len(a) + len(b) - common)
