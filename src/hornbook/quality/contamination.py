"""Finds benchmark problems inside records: the detector of the two channels that look for copies.

*Words*: n-grams of a problem's docstring, anywhere in a record's text; catches copied statements over other code.
10 words decide; 13, the rule of GPT-3 (arXiv:2005.14165, appendix C), are looked for beside them, so that results
can be compared with data cleaned by it (of 200 copied docstrings 10 words find 200, 13 find 153). *Code*: 16-token
windows of a problem's solution with names replaced by where they were last seen; catches renamed and reformatted
solutions. What counts is the share of the solution's windows: a single hit flags 12 of 1,000 clean files, 0.4 of
the windows none, so that windows need no filter by frequency as n-grams of words do. Figures:
bench/curation/decontamination.py.

What is too short for an n-gram is matched whole: a statement of 6 to 9 words as a phrase, a body of 10 to 15
tokens as the whole body of a function. Shorter ones (`return x + y`, "Sum a list.") say nothing about where
they come from and are listed as unguarded (BigCode keeps an allow-list of such solutions).
"""

from __future__ import annotations

import ast
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from hornbook.benchmarks.problem import Problem
from hornbook.quality.alpha_tokens import COLUMN_ZERO, AlphaTokens, alpha_tokens, token_hash, without_shadows
from hornbook.quality.byte_tokens import Mask
from hornbook.quality.gram_index import GramIndex
from hornbook.quality.markdown import python_blocks
from hornbook.quality.shingles import I64, inside, ngrams, rolling
from hornbook.quality.syntax import bound_names, parsed
from hornbook.quality.words import word_hashes, words_of
from hornbook.record import Record

NUM_WORDS = 10
LONG_WORDS = 13
FEWEST_WORDS = 6
NUM_TOKENS = 16
FEWEST_TOKENS = 10
_FEWEST_DISTINCT_WORDS = 6
_FEWEST_DISTINCT_TOKENS = 6
_TOKENS_PER_WORD = 5  # at most, names and keywords being words
_TOGETHER = 200
"""Problems indexed at a time."""
_EXCERPT = 160


@dataclass(frozen=True, slots=True)
class CodeHit:
    """What a record shares with one solution."""

    share: float
    """Of the solution's windows (1 for a short one, whole)."""
    excerpt: str
    """The record's code, from the first shared window on."""


@dataclass(frozen=True, slots=True)
class Hits:
    """What one record shares with the problems, before any rule is applied."""

    words: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    """Problem number -> hashes of the shared 10-word n-grams (or of a short statement), first found first."""
    long_words: frozenset[int] = frozenset()
    """Numbers of the problems of which a 13-word n-gram is shared."""
    code: Mapping[int, CodeHit] = field(default_factory=dict)
    """By problem number."""

    def only(self, number: int) -> Hits:
        """Return what is shared with one problem."""
        words = {p: grams for p, grams in self.words.items() if p == number}
        code = {p: hit for p, hit in self.code.items() if p == number}
        return Hits(words, self.long_words & {number}, code)


def code_of(text: str) -> tuple[str, ...]:
    """Return what of a text is searched for code: all of it, and once more by themselves the blocks of a page.

    All of it, because code stands in fences of any kind, open ones, or none; tokens of prose share no window
    with a solution. The blocks too, because a quote in prose hides what follows it, and prompts split a session.
    """
    if "```" not in text and "~~~" not in text:
        return (text,)
    return text, "\n".join(python_blocks(text))


def statement_of(problem: Problem) -> str:
    """Return the docstring of the function to complete; the whole prompt when it has none."""
    tree = parsed(problem.prompt + "    pass\n")
    for node in reversed(tree.body if tree else []):
        if isinstance(node, ast.FunctionDef) and node.name == problem.entry_point:
            return ast.get_docstring(node) or problem.prompt
    return problem.prompt


class Detector:
    """Holds the n-grams of `problems` and scans records for them, by words, by code or by both."""

    def __init__(self, problems: Sequence[Problem], *, words: bool = True, code: bool = True) -> None:
        """Index every problem for the channels asked for."""
        self.problems = problems
        self.statements = _Statements(problems if words else ())
        self.solutions = _Solutions(problems if code else ())

    def scan(self, records: Sequence[Record]) -> list[Hits]:
        """Return what each record shares with the problems."""
        words = self.statements.scan([record.text for record in records])
        code = self.solutions.scan([code_of(record.text) for record in records])
        return [Hits(*of_words, of_code) for of_words, of_code in zip(words, code, strict=True)]


class _Statements:
    """The words channel."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.num_grams: Counter[int] = Counter()
        """Problem number -> number of the n-grams that decide."""
        self.excerpts: dict[int, str] = {}
        """N-gram -> its words, for the evidence."""
        self._indexes: defaultdict[int, GramIndex] = defaultdict(GramIndex)
        """By length of the n-gram."""
        statements = [statement_of(problem) for problem in problems]
        self._add(statements, NUM_WORDS)
        self._add(statements, LONG_WORDS)
        self._add_short([statement.split(">>>")[0] for statement in statements])
        for index in self._indexes.values():
            index.freeze()

    def _add_short(self, statements: Sequence[str]) -> None:
        """Add what is shorter than an n-gram as one n-gram."""
        lengths = [len(words_of(statement)) for statement in statements]
        for n in range(FEWEST_WORDS, NUM_WORDS):
            self._add([s if length == n else "" for s, length in zip(statements, lengths, strict=True)], n)

    def _add(self, statements: Sequence[str], n: int) -> None:
        grams = ngrams(word_hashes(statements), n)
        for number, statement in enumerate(statements):
            words = words_of(statement) if len(grams.part(number)) else []
            for start, gram in enumerate(grams.part(number).tolist()):
                part = words[start : start + n]
                # "true false true false": an example's values, not a statement.
                if len(set(part)) >= min(_FEWEST_DISTINCT_WORDS, n - 1):
                    self._add_gram(number, gram, part)

    def _add_gram(self, number: int, gram: int, words: Sequence[str]) -> None:
        problems = self._indexes[len(words)].problems[gram]
        if len(words) != LONG_WORDS:
            self.num_grams[number] += number not in problems
            self.excerpts[gram] = " ".join(words)
        problems.add(number)

    def scan(self, texts: Sequence[str]) -> list[tuple[dict[int, tuple[int, ...]], frozenset[int]]]:
        """Return the shared n-grams by problem, and which problems share a long one, for every text."""
        if not self._indexes:
            return [({}, frozenset())] * len(texts)
        shared: list[defaultdict[int, dict[int, None]]] = [defaultdict(dict) for _ in texts]
        long: list[set[int]] = [set() for _ in texts]
        flat = word_hashes(texts)
        for n, grams in rolling(lambda j: flat.values[j:], sorted(self._indexes)):
            index = self._indexes[n]
            positions, numbers = inside(flat.offsets, index.positions(grams), n)
            for gram, text in zip(grams[positions].tolist(), numbers.tolist(), strict=True):
                if n == LONG_WORDS:
                    long[text] |= index.problems[gram]
                    continue
                for problem in index.problems[gram]:
                    shared[text][problem][gram] = None
        return [
            ({p: tuple(grams) for p, grams in sorted(found.items())}, frozenset(also))
            for found, also in zip(shared, long, strict=True)
        ]


class _Solutions:
    """The code channel."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.num_windows: Counter[int] = Counter()
        """Problem number -> number of its windows."""
        self._indexes: defaultdict[int, GramIndex] = defaultdict(GramIndex)
        """By length of the window."""
        for first in range(0, len(problems), _TOGETHER):
            self._add(range(first, min(first + _TOGETHER, len(problems))), problems)
        for index in self._indexes.values():
            index.freeze()

    def _add(self, numbers: range, problems: Sequence[Problem]) -> None:
        own = alpha_tokens([problems[number].reference for number in numbers])
        # `sum = 0` makes sum a variable: a copy may rename it, so both forms are known.
        renamed = alpha_tokens([_unshadowed(problems[number]) for number in numbers])
        sizes = np.minimum(np.diff(own.tokens.offsets), NUM_TOKENS)
        for number, size, *forms in zip(
            numbers, sizes.tolist(), _telling(own, sizes), _telling(renamed, sizes), strict=True
        ):
            self.num_windows[number] += len(forms[0])
            for window in set().union(*forms):
                self._indexes[size].problems[window].add(number)

    def scan(self, texts: Sequence[Sequence[str]]) -> list[dict[int, CodeHit]]:
        """Return what every text, given in parts, shares with the solutions, by problem."""
        if not self._indexes:
            return [{}] * len(texts)
        shared: list[defaultdict[int, set[int]]] = [defaultdict(set) for _ in texts]
        first: list[dict[int, int]] = [{} for _ in texts]
        tokens = alpha_tokens([part for parts in texts for part in parts])
        text_of_part = np.repeat(np.arange(len(texts)), [len(parts) for parts in texts])
        for n, windows in tokens.windows(sorted(self._indexes)):
            index = self._indexes[n]
            positions, numbers = inside(tokens.tokens.offsets, index.positions(windows), n)
            if n < NUM_TOKENS:
                whole = _are_bodies(tokens, positions, numbers, n)
                positions, numbers = positions[whole], numbers[whole]
            for at, window, text in zip(
                positions.tolist(),
                windows[positions].tolist(),
                text_of_part[numbers].tolist(),
                strict=True,
            ):
                for problem in index.problems[window]:
                    shared[text][problem].add(window)
                    first[text].setdefault(problem, at)
        return [
            {p: self._hit(tokens, p, len(found[p]), begun[p]) for p in sorted(found)}
            for found, begun in zip(shared, first, strict=True)
        ]

    def _hit(self, tokens: AlphaTokens, problem: int, num_shared: int, first: int) -> CodeHit:
        share = min(num_shared / self.num_windows[problem], 1.0)
        end = min(first + NUM_TOKENS, len(tokens.spans))
        return CodeHit(share, tokens.text(first, end)[:_EXCERPT])


def _unshadowed(problem: Problem) -> str:
    tree = parsed(problem.prompt + problem.reference)
    return without_shadows(problem.reference, bound_names(tree) if tree else set())


def _telling(tokens: AlphaTokens, sizes: I64) -> list[set[int]]:
    """Return the windows of every text that say something; none of a text too short.

    Not a few tokens over and over, and not a table of literals, which many programs have: `{1: "", 2: "", 3: ""`.
    """
    found: list[set[int]] = [set() for _ in sizes]
    offsets = tokens.tokens.offsets
    for n, windows in tokens.windows(sorted({size for size in sizes.tolist() if size >= FEWEST_TOKENS})):
        tells = (tokens.num_distinct(n) >= _FEWEST_DISTINCT_TOKENS) & (
            tokens.num_words(n) >= n // _TOKENS_PER_WORD
        )
        for i in np.flatnonzero(sizes == n).tolist():
            part = slice(offsets[i], offsets[i + 1] - n + 1)
            found[i] = set(windows[part][tells[part]].tolist())
    return found


_OPENS_BODY = np.array([token_hash(":")])
_ENDS_BODY = np.array([token_hash(token) for token in (COLUMN_ZERO, "def", "class")])


def _are_bodies(tokens: AlphaTokens, starts: I64, texts: I64, n: int) -> Mask:
    """Return which windows are the whole body of a function: after a colon, before what ends a body."""
    ends = starts + n
    offsets = tokens.tokens.offsets
    values = np.append(tokens.tokens.values, np.uint64(0))
    opened = (starts > offsets[texts]) & np.isin(values[starts - 1], _OPENS_BODY)
    closed = (ends == offsets[texts + 1]) | np.isin(values[ends], _ENDS_BODY)
    whole: Mask = opened & closed
    return whole
