"""Finds benchmark problems inside records: the detector that `decontaminate` drives.

Two channels, because each sees what the other cannot. *Words*: 10-word n-grams of a problem's docstring,
found anywhere in a record's text; catches copied statements over other code. *Code*: 16-token windows of a
problem's solution with names replaced by where they were last seen; catches renamed and reformatted
solutions. Measured on 164 planted functions: a single code hit flags 41 of 1,000 clean files, a containment
of 0.4 flags none and finds .975 of renamed and reformatted copies; 10 words find .87 of copied docstrings.

What is too short for an n-gram is matched whole: a statement of 6 to 9 words as a phrase, a body of 10 to 15
tokens as the whole body of a function. Shorter ones (`return x + y`, "Sum a list.") say nothing about where
they come from and are listed as unguarded (BigCode keeps an allow-list of such solutions).
"""

from __future__ import annotations

import ast
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from hornbook.benchmarks.problem import Problem
from hornbook.quality.code_tokens import (
    COLUMN_ZERO,
    AlphaFlat,
    AlphaTokens,
    alpha_tokens,
    without_shadows,
)
from hornbook.quality.markdown import python_blocks
from hornbook.quality.shingles import I64, U64, Flat, TokenHashes, flat_hashes, ngrams
from hornbook.quality.syntax import bound_names, parsed
from hornbook.record import Record

NUM_WORDS = 10
FEWEST_WORDS = 6
NUM_TOKENS = 16
FEWEST_TOKENS = 10
_FEWEST_DISTINCT_WORDS = 6
_PREFILTER = np.uint64((1 << 20) - 1)
_NUMBERS = re.compile(r"\d[\d\W_]*")
_WORD = re.compile(r"[^\W\d_]+|0")


@dataclass(frozen=True, slots=True)
class Hits:
    """What one record shares with the problems, before any rule is applied."""

    words: Mapping[int, tuple[int, ...]]
    """Problem number -> hashes of the shared word n-grams."""
    code: Mapping[int, float]
    """Problem number -> share of its solution's windows that the record holds (1 for a short one, whole)."""


def words_of(text: str) -> list[str]:
    """Return lower-case words; punctuation is dropped and a run of numbers becomes one 0.

    >>> words_of("Return max_value of [1.5, 2, 3].")
    ['return', 'max', 'value', 'of', '0']
    """
    return _WORD.findall(_NUMBERS.sub(" 0 ", text.lower()))


def code_of(record: Record) -> str:
    """Return the code of a record: the Python blocks of a textbook, the text of everything else."""
    return "\n".join(python_blocks(record.text)) if record.kind == "textbook" else record.text


def statement_of(problem: Problem) -> str:
    """Return the docstring of the function to complete; the whole prompt when it has none."""
    tree = parsed(problem.prompt + "    pass\n")
    for node in reversed(tree.body if tree else []):
        if isinstance(node, ast.FunctionDef) and node.name == problem.entry_point:
            return ast.get_docstring(node) or problem.prompt
    return problem.prompt


class _Index:
    """Which problems hold an n-gram, with a bit table in front: most n-grams of a record hit nothing."""

    def __init__(self) -> None:
        self.problems: defaultdict[int, set[int]] = defaultdict(set)
        self._table = np.zeros(int(_PREFILTER) + 1, dtype=np.bool_)
        self._sorted: U64 = np.empty(0, dtype=np.uint64)

    def add(self, gram: int, problem: int) -> None:
        self.problems[gram].add(problem)

    def freeze(self) -> None:
        self._sorted = np.array(sorted(self.problems), dtype=np.uint64)
        self._table[self._sorted & _PREFILTER] = True

    def positions(self, grams: U64) -> I64:
        """Return where in `grams` a known n-gram stands."""
        maybe = np.flatnonzero(self._table[grams & _PREFILTER])
        if not len(maybe):
            return maybe
        found = np.searchsorted(self._sorted, grams[maybe])
        found[found == len(self._sorted)] = 0
        hits: I64 = maybe[self._sorted[found] == grams[maybe]]
        return hits


@dataclass(slots=True)
class Detector:
    """Holds the n-grams of `problems` and scans records for them."""

    problems: Sequence[Problem]
    num_grams: Counter[int] = field(default_factory=Counter)
    """Problem number -> number of its word n-grams."""
    num_windows: Counter[int] = field(default_factory=Counter)
    """Problem number -> number of its code windows."""
    excerpts: dict[int, str] = field(default_factory=dict)
    """Word n-gram -> its words, for the evidence."""
    _words: dict[int, _Index] = field(default_factory=dict)
    _code: dict[int, _Index] = field(default_factory=dict)
    _hashes: TokenHashes = field(default_factory=TokenHashes)
    _alpha: AlphaTokens = field(default_factory=AlphaTokens)

    def __post_init__(self) -> None:
        """Index every problem."""
        for number, problem in enumerate(self.problems):
            self._add_words(number, statement_of(problem))
            self._add_code(number, problem)
        for index in (*self._words.values(), *self._code.values()):
            index.freeze()

    def unguarded(self) -> list[str]:
        """Return the ids of problems too short for either channel."""
        return [
            p.id for i, p in enumerate(self.problems) if not self.num_grams[i] and not self.num_windows[i]
        ]

    def _add_words(self, number: int, statement: str) -> None:
        self._add_grams(number, words_of(statement), NUM_WORDS)
        prose = words_of(statement.split(">>>")[0])
        if FEWEST_WORDS <= len(prose) < NUM_WORDS:
            self._add_grams(number, prose, len(prose))

    def _add_grams(self, number: int, words: list[str], n: int) -> None:
        grams = ngrams(flat_hashes([words], self._hashes), n).values.tolist()
        for start, gram in enumerate(grams):
            part = words[start : start + n]
            if len(set(part)) < min(_FEWEST_DISTINCT_WORDS, n - 1):
                continue  # "true false true false": an example's values, not a statement
            index = self._words.setdefault(n, _Index())
            self.num_grams[number] += number not in index.problems[gram]
            index.add(gram, number)
            self.excerpts[gram] = " ".join(part)

    def _add_code(self, number: int, problem: Problem) -> None:
        reference = problem.reference
        size = min(len(alpha_tokens(reference)), NUM_TOKENS)
        if size < FEWEST_TOKENS:
            return
        # `sum = 0` makes sum a variable: a copy may rename it, so both forms are known.
        tree = parsed(problem.prompt + reference)
        unshadowed = without_shadows(reference, bound_names(tree) if tree else set())
        windows = self._alpha.flat([reference, unshadowed]).windows(size)
        self.num_windows[number] = len(set(windows.part(0).tolist()))
        for window in set(windows.values.tolist()):
            self._code.setdefault(size, _Index()).add(window, number)

    def scan(self, records: Sequence[Record]) -> list[Hits]:
        """Return what each record shares with the problems."""
        words: list[defaultdict[int, set[int]]] = [defaultdict(set) for _ in records]
        flat = flat_hashes([words_of(record.text) for record in records], self._hashes)
        for n, index in self._words.items():
            grams = ngrams(flat, n)
            for record, gram in _located(grams, index.positions(grams.values)):
                for problem in index.problems[gram]:
                    words[record][problem].add(gram)
        code = self._scan_code([code_of(record) for record in records])
        return [
            Hits({p: tuple(sorted(grams)) for p, grams in sorted(words[i].items())}, code[i])
            for i in range(len(records))
        ]

    def _scan_code(self, texts: list[str]) -> list[dict[int, float]]:
        shared: list[defaultdict[int, set[int]]] = [defaultdict(set) for _ in texts]
        alpha = self._alpha.flat(texts)
        for n, index in sorted(self._code.items()):
            windows = alpha.windows(n)
            positions = index.positions(windows.values)
            if n < NUM_TOKENS:
                positions = positions[self._whole_bodies(alpha, windows, positions, n)]
            for record, window in _located(windows, positions):
                for problem in index.problems[window]:
                    shared[record][problem].add(window)
        return [
            {p: min(len(windows) / self.num_windows[p], 1.0) for p, windows in sorted(found.items())}
            for found in shared
        ]

    def _whole_bodies(self, alpha: AlphaFlat, windows: Flat, positions: I64, n: int) -> npt.NDArray[np.bool_]:
        """Return which windows are the whole body of a function: after a colon, before what ends a body."""
        text = np.searchsorted(windows.offsets, positions, side="right") - 1
        starts = positions - windows.offsets[text] + alpha.flat.offsets[text]
        ends = starts + n
        values = np.append(alpha.flat.values, np.uint64(0))
        before, after = self._alpha.hashes_of([":"]), self._alpha.hashes_of([COLUMN_ZERO, "def", "class"])
        opened = (starts > alpha.flat.offsets[text]) & np.isin(values[starts - 1], before)
        closed = (ends == alpha.flat.offsets[text + 1]) | np.isin(values[ends], after)
        whole: npt.NDArray[np.bool_] = opened & closed
        return whole


def _located(grams: Flat, positions: I64) -> Iterable[tuple[int, int]]:
    """Return (number of the text, hash) for every position."""
    texts = np.searchsorted(grams.offsets, positions, side="right") - 1
    return zip(texts.tolist(), grams.values[positions].tolist(), strict=True)
