"""MinHash signatures and their bands, in numpy; who is a duplicate of whom is decided in `dedup`.

112 permutations in 28 bands of 4 rows: a pair of Jaccard J becomes a candidate with probability
1 - (1 - J^4)^28, that is .9995 at J 0.7 and more than .9999 at J 0.8. The bands are tuned for recall, since
every candidate is verified exactly. Source: Broder 1997; Leskovec et al., Mining of Massive Datasets, ch. 3.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from hornbook.quality.shingles import U64, Flat, mixed, rolled

U32 = npt.NDArray[np.uint32]

NUM_PERMUTATIONS = 112
NUM_BANDS = 28
_ROWS = NUM_PERMUTATIONS // NUM_BANDS


def _multipliers() -> U64:
    # Odd multipliers from a fixed sequence, not from a seed: signatures mean the same in every run.
    return mixed(np.arange(1, NUM_PERMUTATIONS + 1, dtype=np.uint64)) | np.uint64(1)


_MULTIPLIERS = _multipliers()


def signatures(shingles: Flat) -> U32:
    """Return one row of 112 minima per text, shape (texts, 112); a text without shingles has all ones.

    A permutation is multiply-shift: the upper 32 bits of the hash times an odd number.
    """
    found = np.full((len(shingles), NUM_PERMUTATIONS), np.iinfo(np.uint32).max, dtype=np.uint32)
    full = np.flatnonzero(np.diff(shingles.offsets))
    if not len(full):
        return found
    starts = shingles.offsets[full]
    columns = np.empty((NUM_PERMUTATIONS, len(full)), dtype=np.uint32)
    product = np.empty_like(shingles.values)
    for i, multiplier in enumerate(_MULTIPLIERS):
        np.multiply(shingles.values, multiplier, out=product)
        # Minimum before shift: the order of the upper halves is the order of the whole numbers.
        columns[i] = np.minimum.reduceat(product, starts) >> np.uint64(32)
    found[full] = columns.T
    return found


def band_keys(signature: U32) -> U64:
    """Return one 64-bit key per text and band, shape (texts, 28); the number of the band is in the key."""
    rows = signature.astype(np.uint64).reshape(len(signature), NUM_BANDS, _ROWS)
    bands = np.broadcast_to(np.arange(NUM_BANDS, dtype=np.uint64), rows.shape[:2])
    return rolled([bands, *(rows[:, :, i] for i in range(_ROWS))])


def estimated_jaccard(signature: U32, others: U32) -> npt.NDArray[np.float64]:
    """Return the share of equal minima of one signature (112,) and each of `others` (texts, 112)."""
    share: npt.NDArray[np.float64] = np.mean(others == signature, axis=1)
    return share
