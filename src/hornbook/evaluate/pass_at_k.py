"""pass@k, its bootstrap interval, and paired differences between two models on the same problems.

The estimator is the unbiased one of the Codex paper (arXiv 2107.03374, section 2.1):
1 - C(n-c, k) / C(n, k), computed as a product so that it is exact for large n.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

REPEATS = 2000
"""Bootstrap resamples; the interval's ends then move by about 2 % of its width between seeds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A mean over problems with its 95 % bootstrap interval."""

    mean: float
    low: float
    high: float
    num_problems: int


def pass_at_k(num_samples: int, num_correct: int, k: int) -> float:
    """Return the unbiased chance that at least one of `k` samples is right.

    Raises ValueError when fewer than `k` samples were drawn: the estimate would be biased.

    >>> round(pass_at_k(num_samples=5, num_correct=2, k=1), 3)
    0.4
    """
    if not 0 <= num_correct <= num_samples:
        raise ValueError(f"{num_correct} of {num_samples} samples cannot be correct")
    if k > num_samples:
        raise ValueError(f"pass@{k} needs at least {k} samples per problem, not {num_samples}")
    if num_samples - num_correct < k:
        return 1.0
    misses = 1.0
    for i in range(num_samples - num_correct + 1, num_samples + 1):
        misses *= 1.0 - k / i
    return 1.0 - misses


def estimate(values: Sequence[float], *, seed: int = 0) -> Estimate:
    """Return the mean of per-problem values with the 2.5 % and 97.5 % points of its bootstrap distribution.

    Where all values are equal the bootstrap knows nothing, so the interval is widened by the rule of three:
    with 0 of n problems solved, up to 3/n is compatible with chance at 95 %.
    """
    array = np.asarray(values, dtype=np.float64)
    if array.size == 0:
        return Estimate(mean=0.0, low=0.0, high=1.0, num_problems=0)
    low, high = np.quantile(_resampled_means(array, seed), [0.025, 0.975])
    if array.max() == 0.0:
        high = min(1.0, 3.0 / array.size)
    if array.min() == 1.0:
        low = max(0.0, 1.0 - 3.0 / array.size)
    return Estimate(mean=float(array.mean()), low=float(low), high=float(high), num_problems=int(array.size))


def paired_difference(ours: Sequence[float], theirs: Sequence[float], *, seed: int = 0) -> Estimate:
    """Return mean(ours - theirs) over the same problems in the same order, with its bootstrap interval."""
    if len(ours) != len(theirs):
        raise ValueError(f"paired values need the same problems: {len(ours)} against {len(theirs)}")
    array = np.asarray(ours, dtype=np.float64) - np.asarray(theirs, dtype=np.float64)
    if array.size == 0:
        return Estimate(mean=0.0, low=-1.0, high=1.0, num_problems=0)
    low, high = np.quantile(_resampled_means(array, seed), [0.025, 0.975])
    if array.min() == array.max():
        # No pair differs in the sample: the rule of three again, in both directions.
        low, high = array.mean() - 3.0 / array.size, array.mean() + 3.0 / array.size
    return Estimate(mean=float(array.mean()), low=float(low), high=float(high), num_problems=int(array.size))


def ratio_difference(
    ours: Sequence[float], theirs: Sequence[float], weights: Sequence[float], *, seed: int = 0
) -> Estimate:
    """Return (sum(ours) - sum(theirs)) / sum(weights) with its interval: paired bits per byte.

    Problems are resampled, so a long reference counts by its bytes, as in the ratio itself.
    """
    difference = np.asarray(ours, dtype=np.float64) - np.asarray(theirs, dtype=np.float64)
    sizes = np.asarray(weights, dtype=np.float64)
    picks = _picks(difference.size, seed)
    ratios = difference[picks].sum(axis=1) / sizes[picks].sum(axis=1)
    low, high = np.quantile(ratios, [0.025, 0.975])
    mean = float(difference.sum() / sizes.sum())
    return Estimate(mean=mean, low=float(low), high=float(high), num_problems=int(difference.size))


def _picks(size: int, seed: int) -> npt.NDArray[np.int64]:
    generator = np.random.Generator(np.random.PCG64(seed))
    return generator.integers(0, size, size=(REPEATS, size))


def _resampled_means(array: npt.NDArray[np.float64], seed: int) -> npt.NDArray[np.float64]:
    means: npt.NDArray[np.float64] = array[_picks(array.size, seed)].mean(axis=1)
    return means
