"""What the classifier sees of a unit: hashed 1- and 2-grams of its code tokens, and counts over its tokens.

Cheap on purpose: one regex and array arithmetic over many units at once, no ast. Comments and docstrings are
taken out first, because a classifier of code is known to fall for comments (the card of Stack-Edu warns of it);
they reach it only through the columns `SAID`. The counts overlap with what the judge looks at, but know neither
its syntax tree nor its thresholds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hornbook.value.scan import Integers, Kind, Scan, scan
from hornbook.value.structure import SAID, Floats, after, structure, take_said

__all__ = ["COLUMNS", "NUM_HASHED", "NUM_STRUCTURE", "SAID", "Features", "Floats", "features"]

NUM_HASHED = 2**16
"""Columns of the hashed n-grams: 10,000 units have about 90,000 different ones, most of them once."""
_BATCH = 64
"""Texts whose tokens are counted together: enough to spread the cost of a call, small enough for the caches."""


@dataclass(frozen=True, slots=True)
class Features:
    """Features of n texts."""

    structure: Floats
    """Shape (n, NUM_STRUCTURE)."""
    ngrams: npt.NDArray[np.int32]
    """Columns of all n-grams, text after text; each counts once, divided by the root of the text's number."""
    ends: Integers
    """Where each text's n-grams end, shape (n,)."""

    def __len__(self) -> int:
        """Return n."""
        return len(self.ends)

    def rows(self, index: Integers) -> Features:
        """Return the features of some of the texts."""
        starts = np.concatenate([[0], self.ends[:-1]])
        chosen = [self.ngrams[starts[i] : self.ends[i]] for i in index]
        return Features(self.structure[index], _joined(chosen), _ends([len(part) for part in chosen]))

    def ngram_sums(self, weights: Floats) -> Floats:
        """Return the product of each text's n-grams with weights of shape (NUM_HASHED,); shape (n,)."""
        counts = np.diff(self.ends, prepend=0)
        text = np.repeat(np.arange(len(self)), counts)
        # bincount adds in the order of the text, so that a sum does not depend on the batch it is in.
        sums = np.bincount(text, weights[self.ngrams], minlength=len(self))
        products: Floats = sums / np.sqrt(np.maximum(counts, 1))
        return products


def features(texts: Sequence[str]) -> Features:
    """Return the features of texts."""
    parts = [_features(scan(texts[i : i + _BATCH])) for i in range(0, len(texts), _BATCH)]
    counts = [np.diff(part.ends, prepend=0) for part in parts]
    return Features(
        np.concatenate([np.zeros((0, NUM_STRUCTURE)), *(part.structure for part in parts)]),
        _joined([part.ngrams for part in parts]),
        _ends([number for part in counts for number in part]),
    )


def _joined(parts: Sequence[npt.NDArray[np.int32]]) -> npt.NDArray[np.int32]:
    return np.concatenate([np.zeros(0, np.int32), *parts])


def _ends(counts: Sequence[int]) -> Integers:
    return np.cumsum(np.array(counts, np.int64))


def _features(tokens: Scan) -> Features:
    code, said = take_said(tokens)
    columns = structure(code, said)
    ngrams, ends = _ngrams(code)
    return Features(np.stack(list(columns.values()), axis=1), ngrams, ends)


def _ngrams(code: Scan) -> tuple[npt.NDArray[np.int32], Integers]:
    """Return the columns of every token and of every two neighbours, by text, and where each text's end."""
    words = code.take(code.kind != Kind.LINE)
    says = np.where(words.kind == Kind.STRING, 1, words.says)
    pairs = (says * 0x9E3779B1 + after(says, 0) * 0x85EBCA77) >> 15
    columns = np.stack([says, pairs], axis=1).ravel() & (NUM_HASHED - 1)
    is_pair = after(words.text, -1) == words.text
    counted = np.stack([np.ones_like(is_pair), is_pair], axis=1).ravel()
    text = np.repeat(words.text, 2)[counted]
    return columns[counted].astype(np.int32), np.cumsum(np.bincount(text, minlength=code.num_texts))


def _columns() -> tuple[str, ...]:
    code, said = take_said(scan([""]))
    return tuple(structure(code, said))


COLUMNS = _columns()
"""Names of the counts, in order."""
NUM_STRUCTURE = len(COLUMNS)
