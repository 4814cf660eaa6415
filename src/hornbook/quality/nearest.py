"""The problem that a record is most like: the two channels that measure likeness and find no copied span.

*Syntax trees*: phi-1's match rate (section 5, arXiv:2306.11644), 1 minus the edit distance between strings of
node types over the longer length. *Embeddings*: the L2 distance between normalised mean states of a model, also as
there. Both see rewritten code that the words and code channels cannot; both also call many short functions alike,
so that they annotate and remove only from a threshold on.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from hornbook.benchmarks.problem import Problem
from hornbook.quality.markdown import python_blocks
from hornbook.quality.syntax import (
    F32,
    ast_similarity,
    functions,
    highest_similarity,
    node_types,
    parsed,
    preorder,
)
from hornbook.record import Record

Embed = Callable[[Sequence[str]], F32]
"""Texts to their embeddings, one row of length 1 each, as `hornbook.lm.embed.Embedder` makes them."""

F64 = npt.NDArray[np.float64]

_LINE_END = re.compile(r"\r\n|\r|\n")  # as Python's parser counts lines
_MOST_NODES = 1000
_SHAPES_REMEMBERED = 200_000


@dataclass(frozen=True, slots=True)
class Nearest:
    """The problem that a record is most like."""

    value: float
    """Similarity (syntax trees) or distance (embeddings)."""
    problem: int
    """Its number."""
    excerpt: str = ""
    """First line of the record's function that is like it."""


class Shapes:
    """The shapes of the problems' solutions; remembers how near each shape seen is, since many are alike."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Read the solutions."""
        self.codes = [node_types(p.prompt + p.reference, p.entry_point)[:_MOST_NODES] for p in problems]
        self._similarity: dict[str, float] = {}

    def similarities(self, records: Sequence[Record], workers: int) -> list[float]:
        """Return for each record the highest similarity of its functions to a solution; below 0.5 it is 0."""
        with _without_collector():
            codes = [_codes(record) for record in records]
        if len(self._similarity) > _SHAPES_REMEMBERED:
            self._similarity.clear()
        # Exercises of one family share their shapes: each distinct shape is compared once.
        fresh = [c for c in dict.fromkeys(c for found in codes for c in found) if c not in self._similarity]
        best = highest_similarity(fresh, self.codes, workers=workers)
        self._similarity.update(zip(fresh, best.tolist(), strict=True))
        return [max((self._similarity[c] for c in found), default=0.0) for found in codes]

    def similarity(self, record: Record, problem: int) -> float:
        """Return how alike the record's most similar function and one solution are."""
        return max((ast_similarity(code, self.codes[problem]) for code in _codes(record)), default=0.0)

    def nearest(self, record: Record) -> Nearest:
        """Return the solution that a function of the record is most like; the first among equals."""
        best = Nearest(0.0, 0)
        for function in filter(lambda function: function.code, _functions(record)):
            found = process.extractOne(
                function.code, self.codes, scorer=Levenshtein.normalized_similarity, score_cutoff=best.value
            )
            if found is not None and found[1] > best.value:
                best = Nearest(found[1], found[2], function.line)
        return best


class Embeddings:
    """The problems' embeddings."""

    def __init__(self, problems: Sequence[Problem], embed: Embed) -> None:
        """Embed every problem: prompt and solution."""
        self._embed = embed
        self._known_PD = embed([p.prompt + p.reference for p in problems])

    def nearest(self, records: Sequence[Record]) -> list[Nearest]:
        """Return the nearest problem of each record; its distance is between 0 and 2."""
        distances_NP = self._distances(records)
        return [Nearest(float(row.min()), int(row.argmin())) for row in distances_NP]

    def distances(self, records: Sequence[Record], problems: Sequence[int]) -> list[float]:
        """Return the distance of each record to one problem of its own."""
        return [float(row[p]) for row, p in zip(self._distances(records), problems, strict=True)]

    def _distances(self, records: Sequence[Record]) -> F64:
        cosines_NP = self._embed([record.text for record in records]) @ self._known_PD.T
        # Rounded before the root, which would make a distance of 1e-3 out of an error of 1e-6.
        cosines_NP = np.minimum(cosines_NP.astype(np.float64).round(6), 1.0)
        distances_NP: F64 = np.sqrt(2.0 - 2.0 * cosines_NP)
        return distances_NP


@dataclass(frozen=True, slots=True)
class _Function:
    """A function of a record."""

    source: str
    """The program that it stands in."""
    number: int
    """Of its first line there, from 1."""
    code: str
    """Its node types."""

    @property
    def line(self) -> str:
        """Its first line."""
        return _LINE_END.split(self.source)[self.number - 1].strip()


def _functions(record: Record) -> list[_Function]:
    source, tree = record.text, parsed(record.text)
    if tree is None and "```" in source:
        source = "\n".join(python_blocks(source))
        tree = parsed(source)
    found = functions(tree) if tree else []
    if (exercise := record.exercise) is not None:
        found = [node for node in found if node.name == exercise.entry_point][-1:]
    return [_Function(source, node.lineno, preorder(node)[:_MOST_NODES]) for node in found]


def _codes(record: Record) -> list[str]:
    return [function.code for function in _functions(record)]


@contextmanager
def _without_collector() -> Iterator[None]:
    """Keep the cycle collector from walking trees that hold no cycles: parsing is twice as fast without it."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
