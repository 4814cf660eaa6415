"""The problem that a record is most like: the two channels that measure likeness and find no copied span.

*Syntax trees*: phi-1's match rate (section 5, arXiv:2306.11644), 1 minus the edit distance between strings of
node types over the longer length. A text that is not Python as a whole is read function by function, wherever they
stand; records with a function that is not Python even so are counted. *Embeddings*: the L2 distance between
normalised mean states of a model, also as there. Both see rewritten code that the words and code channels cannot;
both also call many short functions alike, so that they annotate and remove only from a threshold on.
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
    F64,
    MOST_NODES,
    ast_similarity,
    functions,
    highest_similarity,
    node_types,
    parsed,
    preorder,
)
from hornbook.record import Record

Embed = Callable[[Sequence[str]], npt.NDArray[np.float32]]
"""Texts to their embeddings, one row of length 1 each, as `hornbook.lm.embed.Embedder` makes them."""

_LINE_END = re.compile(r"\r\n|\r|\n")  # as Python's parser counts lines
_DEF = re.compile(r"([ \t]*)(?:async[ \t]+)?def[ \t]+\w+[ \t]*[(\[]")
_ENDS = re.compile(r"[ \t]*[^\s)\]}#]")  # a line with something that closes no bracket
_MARKED = re.compile(r"^[ \t]*>", re.MULTILINE)
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


def shape_of_solution(problem: Problem) -> str:
    """Return the node types of the function that solves a problem; "" when it cannot be read."""
    return node_types(problem.prompt + problem.reference, problem.entry_point)[:MOST_NODES]


class Shapes:
    """The shapes of the problems' solutions; remembers how near each shape seen is, since many are alike."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Read the solutions."""
        self.codes = [shape_of_solution(problem) for problem in problems]
        self._similarity: dict[str, float] = {}
        self.num_unread = 0
        """Records shown to `similarities` with a function that cannot be read, so that it was not compared."""

    def similarities(self, records: Sequence[Record], workers: int) -> list[float]:
        """Return for each record the highest similarity of its functions to a solution; below 0.5 it is 0."""
        with _without_collector():
            read = [_read(record) for record in records]
            codes = [[function.code for function in found] for found, _ in read]
        self.num_unread += sum(is_partial for _, is_partial in read)
        if len(self._similarity) > _SHAPES_REMEMBERED:
            self._similarity.clear()
        # Exercises of one family share their shapes: each distinct shape is compared once.
        fresh = [c for c in dict.fromkeys(c for found in codes for c in found) if c not in self._similarity]
        best = highest_similarity(fresh, self.codes, workers=workers)
        self._similarity.update(zip(fresh, best.tolist(), strict=True))
        return [max((self._similarity[c] for c in found), default=0.0) for found in codes]

    def similarity(self, record: Record, problem: int) -> float:
        """Return how alike the record's most similar function and one solution are."""
        codes = [function.code for function in _read(record)[0]]
        return max((ast_similarity(code, self.codes[problem]) for code in codes), default=0.0)

    def nearest(self, record: Record) -> Nearest:
        """Return the solution that a function of the record is most like; the first among equals."""
        best = Nearest(0.0, 0)
        for function in filter(lambda function: function.code, _read(record)[0]):
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

    name: str
    code: str
    """Its node types."""
    source: str
    """The program that it stands in."""
    number: int
    """Of its first line there, from 1."""

    @property
    def line(self) -> str:
        """Its first line."""
        return _LINE_END.split(self.source)[self.number - 1].strip()


def _functions(source: str) -> list[_Function] | None:
    """Return the functions of a program; None when it is not Python."""
    tree = parsed(source)
    if tree is None:
        return None
    return [_Function(f.name, preorder(f)[:MOST_NODES], source, f.lineno) for f in functions(tree)]


def _read(record: Record) -> tuple[list[_Function], bool]:
    """Return the functions of a record, and whether it holds one that cannot be read."""
    found, is_partial = _of_text(record.text.removeprefix("\ufeff"))
    if (exercise := record.exercise) is not None:
        found = [function for function in found if function.name == exercise.entry_point][-1:]
    return found, is_partial


def _of_text(text: str) -> tuple[list[_Function], bool]:
    found = _functions(text)
    if found is not None:
        return found, False
    # What stands behind prompts or marks of a quotation is code only as a block of its page.
    parts = (text, "\n".join(python_blocks(text))) if _MARKED.search(text) else (text,)
    read = [_each_by_itself(_LINE_END.split(part)) for part in parts]
    return [function for found, _ in read for function in found], any(is_partial for _, is_partial in read)


def _each_by_itself(lines: Sequence[str]) -> tuple[list[_Function], bool]:
    """Return the functions that parse by themselves, and whether others do not; nested ones stay inside."""
    found: list[_Function] = []
    is_partial, end = False, 0
    for number, line in enumerate(lines):
        if number >= end and _DEF.match(line):
            function, end = _function_at(lines, number)
            is_partial |= function is None
            found += [function] if function else []
    return found, is_partial


def _function_at(lines: Sequence[str], first: int) -> tuple[_Function | None, int]:
    """Return the function that begins in line `first`, and the number of the line after it.

    It ends before the first line that is indented no deeper and closes no bracket, or, when that is no function
    (its docstring has lines in column 0), before the next definition. When it is none, the next line follows: what
    is nested in it may be one.
    """
    indent = lines[first][: -len(lines[first].lstrip())]
    for ends in (_ENDS, _DEF):
        after = range(first + 1, len(lines))
        end = next((i for i in after if ends.match(lines[i]) and not _is_below(lines[i], indent)), len(lines))
        source = "\n".join(line.removeprefix(indent) for line in lines[first:end])
        if found := _functions(source):
            return found[0], end
    return None, first + 1


def _is_below(line: str, indent: str) -> bool:
    return line.startswith(indent) and line[len(indent) : len(indent) + 1].isspace()


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
