"""Python text as a row of numbers, by one regex: what every feature of the classifier is counted from.

A token becomes one 64-bit integer: what kind it is, a hash of what it says, how long it is, and a few flags.
Nothing is parsed, so text that is no Python is scanned as well. The codes of tokens seen before are looked up,
which is why this takes a tenth of `ast.parse`.
"""

from __future__ import annotations

import builtins
import keyword
import re
import sys
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

Integers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


class Kind(IntEnum):
    """What a token is; the kinds that are told apart are those that some feature counts."""

    LINE, COMMENT, STRING, NUMBER, NAME, BUILTIN, SELF = range(7)
    """LINE is a line's end, blank lines and the next line's indentation together."""
    DEF, CLASS, LAMBDA, FOR, WHILE, IN, IF, ELSE, TRY, WITH, AS = range(7, 18)
    RETURN, YIELD, IMPORT, FROM, PASS, BOOLEAN, KEYWORD = range(18, 25)
    PAREN, SQUARE, CURLY, CLOSE, DOT, COMMA, COLON = range(25, 32)
    ASSIGN, AUGMENTED, WALRUS, ARITHMETIC, STAR, COMPARE, AT, OTHER = range(32, 40)


class Mark(IntEnum):
    """What else is known of a name."""

    DUNDER, TEST, STANDARD, COLLECTS, SHIM, WINDOW, TESTING, OPTION, SHORT, CAPITAL = range(10)


_WORDS: dict[str, Kind] = {
    **dict.fromkeys(keyword.kwlist, Kind.KEYWORD),
    **dict.fromkeys([*dir(builtins), "match", "case", "__file__", "__name__"], Kind.BUILTIN),
    **dict.fromkeys(("self", "cls"), Kind.SELF),
    **dict.fromkeys(("if", "elif"), Kind.IF),
    **dict.fromkeys(("try", "except", "finally"), Kind.TRY),
    **dict.fromkeys(("and", "or", "not"), Kind.BOOLEAN),
    **{
        word: Kind[word.upper()]
        for word in ("def", "class", "lambda", "for", "while", "in", "else", "with", "as")
    },
    **{word: Kind[word.upper()] for word in ("return", "yield", "import", "from", "pass")},
    "is": Kind.COMPARE,
}
_SIGNS: dict[str, Kind] = {
    **{"(": Kind.PAREN, "[": Kind.SQUARE, "{": Kind.CURLY, ".": Kind.DOT, ",": Kind.COMMA, ":": Kind.COLON},
    **dict.fromkeys(")]}", Kind.CLOSE),
    **{"=": Kind.ASSIGN, ":=": Kind.WALRUS, "@": Kind.AT, "*": Kind.STAR, "**": Kind.STAR},
    **dict.fromkeys(["+", "-", "/", "%", "&", "|", "^", "~", "//", "<<", ">>"], Kind.ARITHMETIC),
    **dict.fromkeys(
        ["+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "@=", "**=", "//=", "<<=", ">>="], Kind.AUGMENTED
    ),
    **dict.fromkeys(["==", "!=", "<", ">", "<=", ">="], Kind.COMPARE),
}
_MARKED: dict[Mark, frozenset[str]] = {
    Mark.STANDARD: sys.stdlib_module_names,
    Mark.COLLECTS: frozenset(
        ["append", "add", "extend", "insert", "pop", "setdefault", "update", "appendleft", "popleft"]
    ),
    Mark.SHIM: frozenset(["property", "setter", "overload", "deprecated", "abstractmethod", "fixture"]),
    Mark.WINDOW: frozenset(
        ["tkinter", "turtle", "curses", "idlelib", "wx", "PyQt5", "PyQt6", "PySide2", "PySide6", "gi"]
    ),
    Mark.TESTING: frozenset(("unittest", "pytest", "doctest")),
    Mark.OPTION: frozenset(["argparse", "optparse", "getopt", "click", "typer"]),
}

# Possessive: a quote that never ends must not be tried in every way there is.
_QUOTED = (
    r"[rRbBuUfF]{0,2}(?:\"{3}(?:[^\"\\]++|\\.|\"(?!\"\"))*+\"{3}|'{3}(?:[^'\\]++|\\.|'(?!''))*+'{3}"
    r"|\"(?:\\.|[^\"\\\n])*+\"|'(?:\\.|[^'\\\n])*+')"
)
_TOKENS = re.compile(
    r"[^\W\d]\w*\b(?![\"'])|\\\n|(?:[ \t\f]*\n[ \t]*)+|[().,\[\]]"  # the most frequent first
    rf"|{_QUOTED}|\#[^\n]*|\d[\w.]*"
    r"|\*\*=?|//=?|->|<<=?|>>=?|[-+*/%&|^<>=!@:]=|[^\w\s]",
    re.DOTALL,
)
_KIND, _FLAGS, _LENGTH = 32, 38, 48
_MOST_LENGTH = (1 << 15) - 1
_LONGEST_KEPT = 40
_MOST_KEPT = 60_000
"""Codes kept for tokens seen before (about 10 MB): beyond, a corpus of any size would fill the memory."""


class _Codes(dict[str, int]):
    """The code of every token seen so far; a new one is found when it is asked for."""

    def __missing__(self, token: str) -> int:
        code = _code(token)
        if len(token) <= _LONGEST_KEPT:
            if len(self) >= _MOST_KEPT:
                self.clear()
            self[token] = code
        return code


_codes = _Codes()


@dataclass(frozen=True, slots=True)
class Scan:
    """The tokens of n texts, one after another; each text begins and ends with a LINE."""

    num_texts: int
    text: Integers
    """Number of the text that a token is of, shape (tokens,) as all below."""
    kind: Integers
    says: Integers
    """A 32-bit hash of the token; of a string, its characters (16 bits) and doctest lines above them."""
    length: Integers
    """Characters; of a LINE, the columns of indentation after it; of a string or comment, its words."""
    flags: Integers

    def take(self, chosen: Flags) -> Scan:
        """Return some of the tokens."""
        parts = (self.text, self.kind, self.says, self.length, self.flags)
        return Scan(self.num_texts, *(part[chosen] for part in parts))

    def has(self, mark: Mark) -> Flags:
        """Whether each token has a mark."""
        found: Flags = (self.flags >> mark) & 1 == 1
        return found


def scan(texts: Sequence[str]) -> Scan:
    """Return the tokens of texts."""
    codes: list[int] = []
    ends = [0]
    look_up, line = _codes.__getitem__, _code("\n")
    for text in texts:
        codes.append(line)
        codes += map(look_up, _TOKENS.findall(text))
        codes.append(line)
        ends.append(len(codes))
    packed = np.array(codes, dtype=np.int64)
    return Scan(
        num_texts=len(texts),
        text=np.repeat(np.arange(len(texts)), np.diff(ends)),
        kind=(packed >> _KIND) & 63,
        says=packed & 0xFFFFFFFF,
        length=packed >> _LENGTH,
        flags=(packed >> _FLAGS) & 0x3FF,
    )


def _code(token: str) -> int:
    kind, says, length, flags = _read(token)
    return says | kind << _KIND | flags << _FLAGS | min(length, _MOST_LENGTH) << _LENGTH


def _read(token: str) -> tuple[Kind, int, int, int]:
    """Return kind, hash, length and flags."""
    first, last = token[0], token[-1]
    if first.isidentifier() and last not in "\"'":
        kind = _WORDS.get(token, Kind.NAME)
        return kind, zlib.crc32(token.encode(errors="replace")), len(token), _flags_of(token)
    if last in "\"'" and len(token) > 1:
        words = len(token.split())
        return Kind.STRING, min(len(token), 0xFFFF) | min(token.count(">>>"), 0xFFFF) << 16, words, 0
    if first in " \t\f\n":
        return Kind.LINE, 0, len(token.rpartition("\n")[2].replace("\t", "    ")), 0
    if first == "#":
        return Kind.COMMENT, 0, len(_WORD.findall(token)), 0
    if first.isdigit():
        return Kind.NUMBER, 0, len(token), 0
    return _SIGNS.get(token, Kind.OTHER), zlib.crc32(token.encode(errors="replace")), len(token), 0


_WORD = re.compile(r"[A-Za-z]{2,}")


def _flags_of(name: str) -> int:
    flags = sum(1 << mark for mark, names in _MARKED.items() if name in names)
    flags |= (name.startswith("__") and name.endswith("__")) << Mark.DUNDER
    flags |= name.startswith("test") << Mark.TEST
    return flags | (len(name) == 1) << Mark.SHORT | name[0].isupper() << Mark.CAPITAL
