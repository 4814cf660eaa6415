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
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from hornbook.benchmarks.problem import Problem
from hornbook.quality.code_tokens import (
    COLUMN_ZERO,
    AlphaTokens,
    alpha_tokens,
    without_shadows,
)
from hornbook.quality.markdown import python_blocks
from hornbook.quality.shingles import I64, U64, Flat, TokenHashes, flat_hashes, inside, ngrams, rolling
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

    def collect(self, grams: U64, texts: I64, shared: Sequence[defaultdict[int, set[int]]]) -> None:
        """Note each n-gram found in a text under the problems that hold it."""
        for gram, text in zip(grams.tolist(), texts.tolist(), strict=True):
            for problem in self.problems[gram]:
                shared[text][problem].add(gram)


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
    _words: defaultdict[int, _Index] = field(default_factory=lambda: defaultdict(_Index))
    """By length of the n-gram."""
    _code: defaultdict[int, _Index] = field(default_factory=lambda: defaultdict(_Index))
    """By length of the window."""
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
            index = self._words[n]
            self.num_grams[number] += number not in index.problems[gram]
            index.problems[gram].add(number)
            self.excerpts[gram] = " ".join(part)

    def _add_code(self, number: int, problem: Problem) -> None:
        reference = problem.reference
        size = min(len(alpha_tokens(reference)), NUM_TOKENS)
        if size < FEWEST_TOKENS:
            return
        # `sum = 0` makes sum a variable: a copy may rename it, so both forms are known.
        tree = parsed(problem.prompt + reference)
        forms = [reference, without_shadows(reference, bound_names(tree) if tree else set())]
        windows = [
            set(hashes.tolist()) for form in forms for _, hashes in self._alpha.flat([form]).windows([size])
        ]
        self.num_windows[number] = len(windows[0])
        for window in windows[0] | windows[1]:
            self._code[size].problems[window].add(number)

    def scan(self, records: Sequence[Record]) -> list[Hits]:
        """Return what each record shares with the problems."""
        words = self._scan_words([record.text for record in records])
        code = self._scan_code([code_of(record) for record in records])
        return [Hits(*both) for both in zip(words, code, strict=True)]

    def _scan_words(self, texts: list[str]) -> list[dict[int, tuple[int, ...]]]:
        shared: list[defaultdict[int, set[int]]] = [defaultdict(set) for _ in texts]
        flat = flat_hashes([words_of(text) for text in texts], self._hashes)
        for n, grams in rolling(lambda j: flat.values[j:], sorted(self._words)):
            positions, numbers = inside(flat.offsets, self._words[n].positions(grams), n)
            self._words[n].collect(grams[positions], numbers, shared)
        return [{p: tuple(sorted(grams)) for p, grams in sorted(found.items())} for found in shared]

    def _scan_code(self, texts: list[str]) -> list[dict[int, float]]:
        shared: list[defaultdict[int, set[int]]] = [defaultdict(set) for _ in texts]
        alpha = self._alpha.flat(texts)
        for n, windows in alpha.windows(sorted(self._code)):
            positions, numbers = inside(alpha.tokens.offsets, self._code[n].positions(windows), n)
            if n < NUM_TOKENS:
                whole = self._is_body(alpha.tokens, positions, numbers, n)
                positions, numbers = positions[whole], numbers[whole]
            self._code[n].collect(windows[positions], numbers, shared)
        return [
            {p: min(len(windows) / self.num_windows[p], 1.0) for p, windows in sorted(found.items())}
            for found in shared
        ]

    def _is_body(self, tokens: Flat, starts: I64, texts: I64, n: int) -> npt.NDArray[np.bool_]:
        """Return which windows are the whole body of a function: after a colon, before what ends a body."""
        ends = starts + n
        values = np.append(tokens.values, np.uint64(0))
        before, after = self._alpha.hashes_of([":"]), self._alpha.hashes_of([COLUMN_ZERO, "def", "class"])
        opened = (starts > tokens.offsets[texts]) & np.isin(values[starts - 1], before)
        closed = (ends == tokens.offsets[texts + 1]) | np.isin(values[ends], after)
        whole: npt.NDArray[np.bool_] = opened & closed
        return whole
