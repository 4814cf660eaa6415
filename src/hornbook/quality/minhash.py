"""MinHash signatures and their bands, in numpy; who is a duplicate of whom is decided in `dedup`.

112 permutations in 28 bands of 4 rows: a pair of Jaccard J becomes a candidate with probability
1 - (1 - J^4)^28, that is .84 at J 0.5, .9995 at J 0.7 and more than .9999 at J 0.8. Bands are tuned for recall,
since every candidate is verified exactly. Source: Broder 1997; Leskovec et al., Mining of Massive Datasets, ch. 3.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from hornbook.quality.shingles import U64, mixed, rolled

U8 = npt.NDArray[np.uint8]
U32 = npt.NDArray[np.uint32]

NUM_PERMUTATIONS = 112
NUM_BANDS = 28
LOWEST_JACCARD = 0.5
"""Below, too many pairs never become candidates."""
_ROWS = NUM_PERMUTATIONS // NUM_BANDS
_COLUMNS = 2048  # of the products, which then stay in the second-level cache
_UPPER_HALF = np.uint64(32)


def _multipliers() -> U32:
    # Odd multipliers from a fixed sequence, not from a seed: signatures mean the same in every run.
    return (mixed(np.arange(1, NUM_PERMUTATIONS + 1, dtype=np.uint64)) >> _UPPER_HALF).astype(
        np.uint32
    ) | np.uint32(1)


_MULTIPLIERS = _multipliers()[:, None]


def signatures(sets: Sequence[U64]) -> U32:
    """Return one row of 112 minima per set, shape (sets, 112); an empty set has all ones.

    A permutation is the upper half of a shingle times an odd number, modulo 2**32: arithmetic for which
    processors have instructions that take eight at once, unlike products of 64 bits.
    """
    found = np.full((len(sets), NUM_PERMUTATIONS), np.iinfo(np.uint32).max, dtype=np.uint32)
    products = np.empty((NUM_PERMUTATIONS, _COLUMNS), dtype=np.uint32)
    for row, shingles in zip(found, sets, strict=True):
        halves = (shingles >> _UPPER_HALF).astype(np.uint32)
        for start in range(0, len(halves), _COLUMNS):
            part = halves[start : start + _COLUMNS]
            np.multiply(_MULTIPLIERS, part, out=products[:, : len(part)])
            np.minimum(row, products[:, : len(part)].min(axis=1), out=row)
    return found


def band_keys(signature: U32) -> U64:
    """Return one 64-bit key per set and band, shape (sets, 28); the number of the band is in the key."""
    rows = signature.astype(np.uint64).reshape(len(signature), NUM_BANDS, _ROWS)
    bands = np.broadcast_to(np.arange(NUM_BANDS, dtype=np.uint64), rows.shape[:2])
    return rolled([bands, *(rows[:, :, i] for i in range(_ROWS))])


def shared_keys(keys: U64) -> list[list[int]]:
    """Return for each row of keys, shape (sets, 28), those that stand among all of them more than once."""
    every = keys.ravel()
    order = np.argsort(every)
    is_next = every[order[1:]] == every[order[:-1]]
    is_shared = np.zeros(len(every), dtype=np.bool_)
    is_shared[order[1:][is_next]] = is_shared[order[:-1][is_next]] = True
    rows = is_shared.reshape(keys.shape)
    found: list[list[int]] = [[] for _ in keys]
    for row in np.flatnonzero(rows.any(axis=1)).tolist():
        found[row] = keys[row, rows[row]].tolist()
    return found


def shortened(signature: U32) -> U8:
    """Return a quarter of a signature, one byte a minimum: enough to estimate with (b-bit minwise hashing).

    Source: Li and König 2010, https://doi.org/10.1145/1772690.1772759.
    """
    low: U8 = (signature * np.uint32(0x9E3779B1) >> np.uint32(24)).astype(np.uint8)
    return low


def estimated_jaccard(short: U8, others: U8) -> npt.NDArray[np.float64]:
    """Return the share of equal bytes of one shortened signature (112,) and each of `others` (sets, 112).

    One in 256 bytes is equal by chance, which the estimate does not subtract: it is a little high.
    """
    share: npt.NDArray[np.float64] = np.count_nonzero(others == short, axis=1) / NUM_PERMUTATIONS
    return share
