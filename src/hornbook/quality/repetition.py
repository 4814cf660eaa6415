"""How much texts repeat each other: compression, distinct n-grams, self-BLEU, nearest neighbours.

Every measure takes texts and nothing else. Such measures depend on how long texts are and how many (PATTR,
arxiv.org/abs/2507.15092; Shaib et al., arxiv.org/abs/2403.00553), so each looks at a fixed length: gzip at the
first 400 characters of a text, distinct-n at segments of 5,000 n-grams, self-BLEU at the first 40 words; the
nearest neighbour looks at whole texts, as a share of both. The number of texts is the caller's to hold equal:
self-BLEU and the nearest neighbours depend on it.
"""

from __future__ import annotations

import hashlib
import math
import zlib
from collections import Counter
from collections.abc import Sequence
from itertools import combinations

import numpy as np
import numpy.typing as npt

from hornbook.quality.shingle_sets import shingle_sets
from hornbook.quality.shingles import I64, U64, Flat, TokenHashes, flat_hashes, ngrams

F32 = npt.NDArray[np.float32]
F64 = npt.NDArray[np.float64]

GZIP_TEXTS = 2000
GZIP_CHARACTERS = 400
_LEVEL = 6
SEGMENT = 5000
"""N-grams among which `distinct_n` counts the different ones."""
BLEU_WORDS = 40
BLEU_N = 4
_UNSEEN = 0.1
"""What an n-gram length without any match counts as, in n-grams (method 1 of Chen and Cherry 2014, W14-3346)."""
_FEW, _COLUMNS = 8, 512


def gzip_ratio(texts: Sequence[str], seed: int = 0) -> float:
    """Return plain over compressed size of the first 400 characters of at most 2,000 shuffled texts.

    1 and a little less for noise; the same text again and again gives up to about 1,000. gzip looks back 32 kB, so
    more texts of the same sort hardly change it. Raises ValueError without a text that is not empty.
    """
    starts = sorted((text[:GZIP_CHARACTERS] for text in texts), key=lambda start: shuffled(seed, start))
    plain = "".join(starts[:GZIP_TEXTS]).encode("utf-8", "replace")
    if not plain:
        raise ValueError("gzip_ratio needs at least one text that is not empty")
    compressor = zlib.compressobj(_LEVEL, wbits=31)  # 31: gzip's own header
    return len(plain) / len(compressor.compress(plain) + compressor.flush())


def shuffled(seed: int, text: str) -> bytes:
    """Return a key to sort by that puts texts in an order of chance, the same whatever other texts there are.

    With a shuffle by position, a data set that loses one text would be in quite another order.
    """
    return hashlib.blake2b(f"{seed} {text}".encode("utf-8", "replace"), digest_size=8).digest()


def distinct_n(texts: Sequence[Sequence[str]], n: int, segment: int = SEGMENT) -> float:
    """Return the share of n-grams of words that are different, 0 to 1; 0 when there is no n-gram.

    `texts` are lists of words. Li et al. 2016 (arxiv.org/abs/1510.03055). The share falls with the number of
    n-grams, so it is the mean over consecutive segments of `segment` n-grams, as MSTTR is for words; a rest that
    fills no segment counts only where it is all there is.

    >>> distinct_n([["the", "cat", "sat"], ["the", "cat", "ran"]], 2)
    0.75
    """
    grams = [gram for words in texts for gram in zip(*(words[i:] for i in range(n)), strict=False)]
    size = min(segment, len(grams))
    if not size:
        return 0.0
    starts = range(0, len(grams) - size + 1, size)
    return sum(len(set(grams[start : start + size])) for start in starts) / (size * len(starts))


def self_bleu(texts: Sequence[Sequence[str]]) -> float:
    """Return the mean BLEU-4 of the first 40 words of each text, with all other texts as its references, 0 to 1.

    `texts` are lists of words. Zhu et al. 2018 (Texygen, arxiv.org/abs/1802.01886); BLEU as in Papineni et al.
    2002: equal weights, counts clipped by the one reference that holds most of them, brevity against the reference
    of the nearest length (the shorter of two). Texts without a word are left out; 0 for fewer than two texts.
    """
    words = [text[:BLEU_WORDS] for text in texts if text]
    if len(words) < 2:
        return 0.0
    flat = flat_hashes(words, TokenHashes())
    log_precision = np.zeros(len(words))
    shares_a_word = np.ones(len(words), dtype=np.bool_)
    for n in range(1, BLEU_N + 1):
        grams = ngrams(flat, n)
        matched, total = _matches(grams), np.maximum(np.diff(grams.offsets), 1)
        shares_a_word &= (n > 1) | (matched > 0)
        log_precision += np.log(np.where(matched > 0, matched, _UNSEEN) / total) / BLEU_N
    bleu = np.exp(log_precision) * _brevity([len(text) for text in words])
    return float(np.where(shares_a_word, bleu, 0.0).mean())


def _matches(grams: Flat) -> F64:
    """Return for each text how many of its n-grams some other text holds, counted at most as often as that text.

    Each n-gram needs only the two texts that hold most of it: linear in the texts, where pairs would be quadratic.
    """
    gram, text, count = _counted(grams)
    order = np.lexsort((count, gram))
    gram, text, count = gram[order], text[order], count[order]
    first = _changes(gram)
    last = np.roll(first, -1)  # of each n-gram, the text that holds most
    second = np.where(first, 0, np.roll(count, 1))[last]
    group = np.cumsum(first) - 1
    others = np.where(last, second[group], count[last][group])
    return np.bincount(text, weights=np.minimum(count, others), minlength=len(grams)).astype(np.float64)


def _counted(grams: Flat) -> tuple[U64, I64, I64]:
    """Return n-gram, text and count of every n-gram in every text, sorted by n-gram."""
    texts = np.repeat(np.arange(len(grams)), np.diff(grams.offsets))
    order = np.lexsort((texts, grams.values))
    gram, text = grams.values[order], texts[order]
    starts = np.flatnonzero(_changes(gram, text))
    return gram[starts], text[starts], np.diff(starts, append=len(gram))


def _changes(*columns: U64 | I64) -> npt.NDArray[np.bool_]:
    """Return where a row of sorted columns differs from the row before it; the first one does."""
    new = np.zeros(len(columns[0]), dtype=np.bool_)
    new[:1] = True
    for column in columns:
        new[1:] |= column[1:] != column[:-1]
    return new


def _brevity(lengths: Sequence[int]) -> F64:
    """Return for each text what BLEU takes off for being shorter than the reference of the nearest length."""
    counts = Counter(lengths)

    def penalty(length: int) -> float:
        others = [other for other, number in counts.items() if other != length or number > 1]
        closest = min(others, key=lambda other: (abs(other - length), other))
        return min(1.0, math.exp(1 - closest / length))

    by_length = {length: penalty(length) for length in counts}
    return np.array([by_length[length] for length in lengths])


def nearest_similarity(texts: Sequence[str]) -> F64:
    """Return for each text the highest exact Jaccard of its 5-token shingles with any other text's, 0 to 1.

    The shingles are those of dedup: operators count, layout does not. Of one text: 0.
    All pairs are counted, so memory grows with the square of the number of texts (some 30 MB for 1,000).
    """
    text, column, sizes = _shared(shingle_sets(texts))
    common = _in_common(text, column, len(texts))
    union = sizes[:, None] + sizes[None, :] - common
    # Texts without a token are alike, as in dedup.
    jaccard: F64 = np.divide(common, union, out=np.ones(common.shape), where=union > 0)
    np.fill_diagonal(jaccard, 0.0)
    highest: F64 = jaccard.max(axis=1, initial=0.0)
    return highest


def _in_common(text: I64, column: I64, num_texts: int) -> F32:
    """Return how many shingles each two texts share; of a text with itself it says nothing.

    A shingle of few texts adds to each pair of them; those of many are counted as products of 0/1 matrices.
    Matrices alone cost 4 to 6 times as much on 1,000 pages, functions or exercises; pairs alone would be half a
    million for each shingle of a frame. float32 holds whole numbers below 2**24 exactly: threads change nothing.
    """
    holders = np.bincount(column)
    starts = np.cumsum(holders) - holders
    pairs = [np.empty(0, dtype=np.int64)]
    for k in range(2, _FEW + 1):
        held = text[starts[holders == k][:, None] + np.arange(k)]
        pairs += [held[:, a] * num_texts + held[:, b] for a, b in combinations(range(k), 2)]
    counted = np.bincount(np.concatenate(pairs), minlength=num_texts**2).reshape(num_texts, num_texts)
    common: F32 = (counted + counted.T).astype(np.float32)
    many = holders[column] > _FEW
    text, column = text[many], np.cumsum(_changes(column[many])) - 1
    for start in range(0, int(column.max(initial=-1)) + 1, _COLUMNS):
        inside = slice(*np.searchsorted(column, [start, start + _COLUMNS]))
        holds = np.zeros((num_texts, _COLUMNS), dtype=np.float32)
        holds[text[inside], column[inside] - start] = 1
        common += holds @ holds.T
    return common


def _shared(sets: Sequence[U64]) -> tuple[I64, I64, I64]:
    """Return text and column of every shingle that several texts hold, by column, and how many each text has."""
    sizes = np.array([len(shingles) for shingles in sets], dtype=np.int64)
    values = np.concatenate([np.empty(0, dtype=np.uint64), *sets])
    order = np.argsort(values, kind="stable")
    first = _changes(values[order])
    alone = first & np.roll(first, -1)
    text = np.repeat(np.arange(len(sets)), sizes)[order]
    return text[~alone], np.cumsum(first[~alone]) - 1, sizes
