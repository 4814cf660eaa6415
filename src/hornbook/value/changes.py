"""Ways to write a program otherwise, by name: what probes compare with, and what a classifier is trained on too.

The program stays the same; only what is said about it, how its things are called, or its layout differs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from hornbook.corpus.units import NotPython
from hornbook.value.comments import strip_comments, strip_docstrings
from hornbook.value.names import anonymise
from hornbook.value.whitespace import respace

Change = Literal["comments_and_docstrings", "docstrings", "names", "whitespace"]
CHANGES: Mapping[Change, Callable[[str], str]] = {
    "comments_and_docstrings": strip_comments,
    "docstrings": strip_docstrings,
    "names": anonymise,
    "whitespace": respace,
}


def changed(change: Change, text: str) -> str | None:
    """Return a text changed; None when it does not parse or stays as it is.

    >>> changed("comments_and_docstrings", "x = 1  # one")
    'x = 1'
    >>> changed("docstrings", "x = 1  # one") is None
    True
    """
    try:
        new = CHANGES[change](text)
    except NotPython:
        return None
    return new if new != text else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Copies:
    """Changed copies of n texts."""

    texts: Sequence[str]
    of: npt.NDArray[np.int64]
    """Which of the n texts each is a copy of, shape (copies,)."""
    weights: npt.NDArray[np.float64]
    """How much each counts beside a text that counts 1, shape (copies,)."""


def copies(texts: Iterable[str], weights: Mapping[Change, float]) -> Copies:
    """Return a copy of each text by each change with a weight above 0; a change that does nothing gives none."""
    used = {change: weight for change, weight in weights.items() if weight > 0}
    found = [
        (new, i, weight)
        for i, text in enumerate(texts)
        for change, weight in used.items()
        if (new := changed(change, text)) is not None
    ]
    return Copies(
        texts=[new for new, _, _ in found],
        of=np.array([i for _, i, _ in found], dtype=np.int64),
        weights=np.array([weight for _, _, weight in found], dtype=np.float64),
    )
