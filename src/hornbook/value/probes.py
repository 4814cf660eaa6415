"""Probes for what a score of code should not depend on: the same program said, named or laid out otherwise.

Any function from texts to scores can be probed: a classifier, or the judge that it learnt from. The rubric
itself pays for docstrings, so the judge's own change stands beside the classifier's: only what goes beyond it
was learnt amiss.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from hornbook.corpus.units import NotPython, parse
from hornbook.step import Metrics
from hornbook.value.changes import CHANGES, Change, changed
from hornbook.value.fitted_judge import shipped_judge

Floats = npt.NDArray[np.float64]
_REPEATS = 1000


class Probed(Protocol):
    """What can be probed: a classifier or a judge."""

    @property
    def threshold(self) -> float:
        """Score from which a text is called good."""

    def scores(self, texts: Sequence[str], /) -> Floats:
        """Return one score for each text, shape (texts,)."""


@dataclass(frozen=True, slots=True)
class OfflineJudge:
    """The offline judge as a scorer: its mean labels; raises NotPython for a text that does not parse."""

    @property
    def threshold(self) -> float:
        """The label of a unit that is as likely good as not."""
        judge = shipped_judge()
        even = np.interp([0.5], judge.chance.y, judge.chance.x)
        return float(judge.label(even)[0])

    def scores(self, texts: Sequence[str], /) -> Floats:
        """Return the label of each text."""
        return shipped_judge().judge(texts)[0]


JUDGE = OfflineJudge()


def probe(scorer: Probed, texts: Sequence[str], *, beside: Probed = JUDGE) -> dict[Change, Metrics]:
    """Say for each of CHANGES how it moves the scores of the texts that it reaches.

    For a change: `num_probed`, and of scorer and `beside` alike `mean_change` (after minus before),
    `mean_absolute_change` and `share_flipped` (decisions at the threshold that are others afterwards), each with
    its 95 % bootstrap interval over texts: `{"mean": -0.2, "low": -0.24, "high": -0.16}`. Texts that do not
    parse are left out.
    """
    readable = [text for text in texts if _parses(text)]
    return {change: _probe(change, scorer, readable, beside) for change in CHANGES}


def _parses(text: str) -> bool:
    try:
        parse(text)
    except NotPython:
        return False
    return True


def _probe(change: Change, scorer: Probed, texts: Sequence[str], beside: Probed) -> Metrics:
    pairs = [(text, new) for text in texts if (new := changed(change, text)) is not None]
    if not pairs:
        return {"num_probed": 0}
    before, after = [text for text, _ in pairs], [new for _, new in pairs]
    return {
        "num_probed": len(pairs),
        **_moves(scorer, before, after),
        "beside": _moves(beside, before, after),
    }


def _moves(scorer: Probed, before: Sequence[str], after: Sequence[str]) -> Metrics:
    old, new = scorer.scores(before), scorer.scores(after)
    flips = (old >= scorer.threshold) != (new >= scorer.threshold)
    return {
        "mean_change": _interval(new - old),
        "mean_absolute_change": _interval(np.abs(new - old)),
        "share_flipped": _interval(flips.astype(np.float64)),
    }


def _interval(values: Floats) -> dict[str, float]:
    """Return the mean with the 2.5 % and 97.5 % points of its bootstrap distribution."""
    picks = np.random.Generator(np.random.PCG64(0)).integers(0, len(values), size=(_REPEATS, len(values)))
    low, high = np.quantile(values[picks].mean(axis=1), [0.025, 0.975]).tolist()
    return {"mean": round(float(values.mean()), 4), "low": round(low, 4), "high": round(high, 4)}
