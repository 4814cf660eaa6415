"""How far two judges of the same units agree: Cohen's kappa with quadratic weights, and where they do not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

MOST_POINTS = 5
"""The best label of the rubric; the worst is 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Two judges on the units that both labelled."""

    num_both: int
    kappa: float | None
    """See `kappa`, rounded to 4 digits."""
    share_equal: float | None
    """Share of the units with equal labels; None where there are none."""
    disagreements: tuple[str, ...]
    """Ids of the units with different labels, the widest differences first, then in the first judge's order."""


def kappa(pairs: Sequence[tuple[int, int]]) -> float | None:
    """Return Cohen's kappa with quadratic weights of two judges on a scale of 0 to 5; None where it is undefined.

    1 is full agreement, 0 what chance would give: one less the mean squared difference, over the mean squared
    difference of points drawn from both judges' own distributions (Cohen 1968).

    >>> kappa([(0, 0), (5, 5), (3, 3)]), kappa([(0, 1), (1, 0)]), kappa([(2, 2), (2, 2)])
    (1.0, -1.0, None)
    """
    if not pairs:
        return None
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    seen = sum((a - b) ** 2 for a, b in pairs) / len(pairs)
    by_chance = sum(first[a] * second[b] * (a - b) ** 2 for a in first for b in second) / len(pairs) ** 2
    return 1 - seen / by_chance if by_chance else None


def agreement(first: Mapping[str, int], second: Mapping[str, int]) -> Agreement:
    """Compare two judges' labels by unit id; units that only one of them labelled do not count."""
    both = [id_ for id_ in first if id_ in second]
    pairs = [(first[id_], second[id_]) for id_ in both]
    found = kappa(pairs)
    apart = sorted(
        (id_ for id_ in both if first[id_] != second[id_]), key=lambda i: -abs(first[i] - second[i])
    )
    return Agreement(
        num_both=len(both),
        kappa=None if found is None else round(found, 4),
        share_equal=round(1 - len(apart) / len(both), 4) if both else None,
        disagreements=tuple(apart),
    )
