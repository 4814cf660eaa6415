"""The offline judge: static analysis, with its weights fitted to readings of real code by the rubric.

The rules of `labels.py` follow the rubric's words, and call three times as many units good as readers do. This
judge sees the same facts, what a unit leans on, and its words, and boosted trees weigh them as the readers of the
gold set's tuning part did (language models that followed `rubric.py`, not people). What it learnt ships with the
package as a small file without pickle; `fit_judge` makes it again from the tuning part, for which the
packages that the gold set names must be installed.
"""

from __future__ import annotations

import hashlib
import io
import re
import zlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from hornbook.corpus.units import parse
from hornbook.value.boosted import Boosted, Growth, fit_boosted
from hornbook.value.calibration import Curve, logistic, rising
from hornbook.value.facts import Facts, find_facts
from hornbook.value.features import NUM_HASHED, Features, Floats, features
from hornbook.value.strangers import find_strangers

_FILE = "judge.npz"
_FOLDS = 10
_SUBWORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_GROWTH = Growth(
    num_trees=120, learning_rate=0.05, num_leaves=8, least_in_leaf=15, l2=5.0, alpha=1.0, loss="log"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A unit that somebody read and labelled."""

    text: str
    file: str
    """Where it is from: no fold has units of a file that another has."""
    label: float
    reader: int
    """0: two readers who agreed or were reconciled; else the number of a single reader, with an own strictness."""


@dataclass(frozen=True, slots=True)
class FittedJudge:
    """Labels units as the readers of the tuning part would on average."""

    model: Boosted
    num_readers: int
    chance: Curve
    """From a sum to the chance that a unit is good."""
    label: Curve
    """From a sum to the mean label."""

    def judge(self, texts: Sequence[str]) -> tuple[Floats, Floats]:
        """Return mean labels (0 to 5) and chances of being good (label 3 or more), each of shape (texts,).

        Raises NotPython when a text does not parse.
        """
        if not texts:
            return np.zeros(0), np.zeros(0)
        sums = self.model.sums(_with_readers(judge_features(texts), np.zeros(len(texts)), self.num_readers))
        return self.label(sums).round(4), self.chance(sums).round(4)

    def to_bytes(self) -> bytes:
        """Return the shipped file's content."""
        curves = {f"{name}_{axis}": getattr(getattr(self, name), axis) for name in _CURVES for axis in "xy"}
        buffer = io.BytesIO()
        content: dict[str, Any] = {"num_readers": np.array(self.num_readers), **self.model.arrays(), **curves}
        np.savez_compressed(buffer, **content)
        return buffer.getvalue()


_CURVES = ("chance", "label")


@cache
def shipped_judge() -> FittedJudge:
    """Return the judge that comes with the package."""
    content = files("hornbook.value").joinpath(_FILE).read_bytes()
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        found = {name: arrays[name] for name in arrays.files}
    curves = {name: Curve(found[f"{name}_x"], found[f"{name}_y"]) for name in _CURVES}
    return FittedJudge(Boosted.of_arrays(found), int(found["num_readers"]), **curves)


def fit_judge(readings: Sequence[Reading]) -> tuple[FittedJudge, Floats]:
    """Fit a judge to readings; returns it, and for each reading the sum by a fit that did not see its file.

    The chances come from these sums, of the readings of reader 0 alone.
    """
    readers = np.array([reading.reader for reading in readings])
    labels = np.array([reading.label for reading in readings], dtype=np.float64)
    folds = np.array([_fold(reading.file) for reading in readings])
    good = (labels >= 3).astype(np.float64)
    num_readers = int(readers.max())
    found = judge_features([reading.text for reading in readings])
    model, sums = fit_boosted(_GROWTH, _with_readers(found, readers, num_readers), good, folds)
    sure = readers == 0
    chance = logistic(sums[sure], good[sure])
    return FittedJudge(model, num_readers, chance, rising(sums, labels)), sums


def judge_features(texts: Sequence[str]) -> Features:
    """Return facts and counts as columns, and the different words of names and comments as hashed columns."""
    facts = np.log1p(np.array([_facts(text) for text in texts], dtype=np.float64).reshape(len(texts), -1))
    words = [np.array(sorted(_words(text)), dtype=np.int32) for text in texts]
    ends = np.cumsum([len(of) for of in words], dtype=np.int64)
    return Features(
        np.column_stack([facts, features(texts).structure]),
        np.concatenate([np.zeros(0, np.int32), *words]),
        ends,
    )


def _with_readers(found: Features, readers: Floats, num_readers: int) -> Features:
    """Add a column for each single reader, so that his strictness is learnt apart from what he read."""
    columns = np.equal.outer(readers, np.arange(1, num_readers + 1)).astype(np.float64)
    return Features(np.column_stack([columns, found.structure]), found.ngrams, found.ends)


def _words(text: str) -> set[int]:
    return {zlib.crc32(word.lower().encode()) & (NUM_HASHED - 1) for word in _SUBWORD.findall(text)}


def _facts(text: str) -> list[float]:
    facts = find_facts(text)
    return [*_numbers(facts), *asdict(find_strangers(parse(text))).values()]


def _numbers(facts: Facts) -> list[float]:
    return [
        *(facts.num_code_lines, facts.num_long_lines, facts.num_statements, facts.num_inert),
        *(
            facts.num_statements - facts.num_inert,
            facts.num_loops,
            facts.num_active_loops,
            facts.num_branches,
        ),
        *(facts.num_operations, facts.num_results, facts.num_uses, facts.num_foreign, len(facts.outside)),
        *(
            facts.num_foreign / max(facts.num_uses, 1),
            facts.num_state,
            len(facts.bases & facts.outside.keys()),
        ),
        *(facts.num_documented, facts.num_doc_words, facts.num_comments, facts.num_examples),
        *(facts.max_nesting, facts.max_parameters, len(facts.functions), facts.num_recursions),
        max(facts.function_lines, default=facts.num_code_lines),
    ]


def _fold(file: str) -> int:
    return hashlib.blake2b(file.encode(), digest_size=4).digest()[0] % _FOLDS
