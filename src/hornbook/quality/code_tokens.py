"""Python code as tokens, fast: by one regular expression, not by `tokenize`, so broken code has tokens too.

`code_tokens` keeps everything that carries meaning, operators above all (with word tokens `a + b` and `a - b`
are one text). `AlphaTokens` is for decontamination: strings are one symbol, comments, docstrings and layout
are gone, and a name counts only by where it was last seen, so renaming and reformatting change nothing
(the "previous occurrence" encoding of parameterized matching, Baker 1993, doi.org/10.1145/167088.167115).
"""

from __future__ import annotations

import builtins
import keyword
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hornbook.quality.shingles import I64, U64, Flat, TokenHashes, rolling

_STRING = (
    r"[rbfuRBFU]{0,2}(?:\"\"\"(?:[^\\]|\\.)*?\"\"\"|'''(?:[^\\]|\\.)*?'''"
    r"|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*')"
)
_NUMBER = r"(?:0[xXbBoO][\da-fA-F_]+|\d[\d_]*\.?[\d_]*(?:[eE][+-]?\d+)?|\.\d[\d_]*(?:[eE][+-]?\d+)?)[jJ]?"
_OPERATOR = r"\*\*=?|//=?|>>=?|<<=?|->|:=|[-+*/%&|^@<>=!]=|[^\s\w]"
_TOKEN = re.compile(rf"#[^\n]*|{_STRING}|[^\W\d]\w*|{_NUMBER}|{_OPERATOR}", re.DOTALL)
# What matches before the group is dropped: a string that is a whole statement (a docstring), comments, and
# parentheses, semicolons and backslashes, since formatters add and remove them (`(a, b) = b, a`). A line that
# starts in column 0 leaves a mark, by which the end of a function is known without parsing.
_ALPHA_TOKEN = re.compile(
    rf"(?:^[ \t]*{_STRING}[ \t]*(?:#[^\n]*)?$|#[^\n]*|[();\\])"
    rf"|(\n(?=[^\s#)\]}}\"'])|{_STRING}|\.[ \t]*[^\W\d]\w*|[^\W\d]\w*|{_NUMBER}|{_OPERATOR})",
    re.DOTALL | re.MULTILINE,
)
COLUMN_ZERO = "\n"
"""The token that stands before every line that starts in column 0."""

_KEPT_NAMES = frozenset(keyword.kwlist) | frozenset(dir(builtins))
_STRING_START = re.compile(r"[rbfuRBFU]{0,2}[\"']")


def code_tokens(text: str) -> list[str]:
    """Return the tokens of Python, or of prose around it: names, numbers, strings, operators, comments.

    >>> code_tokens("x = a+b  # sum")
    ['x', '=', 'a', '+', 'b', '# sum']
    """
    return _TOKEN.findall(text)


@dataclass(frozen=True, slots=True)
class AlphaFlat:
    """Tokens of several texts, ready to be compared whatever their names are."""

    tokens: Flat
    """Token hashes as they stand in the text."""
    codes: U64
    """For a name: how many tokens ago it was seen (a huge number when never); else the token's hash."""
    since: I64
    """For a name the same; else -1."""

    def windows(self, sizes: Sequence[int]) -> Iterator[tuple[int, U64]]:
        """Yield (n, hashes of all windows of n tokens), as `rolling` does; names count by last occurrence."""
        return rolling(self._column, sizes)

    def _column(self, j: int) -> U64:
        # A name last seen before its window began is new in this window: 0.
        return np.where(self.since[j:] <= j, self.codes[j:], np.uint64(0))


class AlphaTokens:
    """Makes alpha-ready tokens from code; remembers the hashes of tokens."""

    def __init__(self) -> None:
        """Start with nothing remembered."""
        self._hashes = _AlphaHashes()

    def flat(self, texts: list[str]) -> AlphaFlat:
        """Return the tokens of several texts."""
        token_lists = [alpha_tokens(text) for text in texts]
        offsets = np.zeros(len(texts) + 1, dtype=np.int64)
        np.cumsum([len(tokens) for tokens in token_lists], out=offsets[1:])
        look_up = self._hashes.__getitem__
        values = np.array([look_up(t) for tokens in token_lists for t in tokens], dtype=np.uint64)
        is_name = (values & np.uint64(1)).astype(np.bool_)
        since = _last_seen(values, is_name)
        codes = np.where(is_name, since.astype(np.uint64), values)
        return AlphaFlat(Flat(values, offsets), codes, since)

    def hashes_of(self, tokens: list[str]) -> U64:
        """Return the hashes of single tokens, as they stand in `AlphaFlat.tokens`."""
        return np.array([self._hashes[token] for token in tokens], dtype=np.uint64)


class _AlphaHashes(TokenHashes):
    """Token hashes whose lowest bit says "this is a name that may be renamed"."""

    def __missing__(self, token: str) -> int:
        if _STRING_START.match(token):
            value = super().__missing__('""') & ~1
        elif token[0] == ".":
            value = super().__missing__("." + token[1:].strip()) & ~1
        elif token in _KEPT_NAMES or not (token[0].isalpha() or token[0] == "_"):
            value = super().__missing__(token) & ~1
        else:
            value = super().__missing__(token) | 1
        self[token] = value
        return value


def without_shadows(code: str, bound: set[str]) -> str:
    """Return the code with those names of `bound` that hide a built-in (`sum = 0`) made ordinary names."""
    for name in sorted(bound & _KEPT_NAMES):
        code = re.sub(rf"(?<![.\w]){name}\b", f"own_{name}", code)
    return code


def _last_seen(values: U64, is_name: npt.NDArray[np.bool_]) -> I64:
    """Return for every name how many tokens ago the same name stood; beyond a text's start nobody looks."""
    positions = np.flatnonzero(is_name)
    order = positions[np.argsort(values[positions], kind="stable")]
    distance = np.diff(order)
    distance[values[order[1:]] != values[order[:-1]]] = np.iinfo(np.int64).max
    last_seen = np.full(len(values), -1, dtype=np.int64)
    last_seen[order[:1]] = np.iinfo(np.int64).max
    last_seen[order[1:]] = distance
    return last_seen


def alpha_tokens(text: str) -> list[str]:
    """Return the tokens without comments, docstrings and layout; an attribute, `.name`, is one token.

    >>> alpha_tokens("    return xs.pop()  # last")
    ['return', 'xs', '.pop']
    """
    return [token for token in _ALPHA_TOKEN.findall(text) if token]
