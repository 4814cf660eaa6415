"""Whether a program's output is the one that was stated, and where they differ.

Floats are compared by value: the last digits of a sum differ between machines and say nothing about the lesson. A
float is a number written as `repr` writes it: `0.3` is `0.30000000000000004`. One that somebody formatted is not,
and may be no number at all: `12.30` is not `12.3`, `Python 3.10` not `Python 3.1`, `1e0` not `1.0`.

Everything else is compared as it is written: integers, an integer against a float (`4` is not `4.0`), texts in
quotes whatever they hold (one that is never closed, to the end of the line), names, indentation. Blanks that a
reader does not see, or that do not matter, are forgiven: those at the end of a line, empty lines at the end, and
how many stand between two words of a line.
"""

from __future__ import annotations

import math
import re
from itertools import zip_longest

RELATIVE_TOLERANCE = 1e-9
"""Of floats, one to the other; the default of `math.isclose`. Relative alone: nothing but 0.0 is 0.0."""

_FLOAT = r"[0-9]++\.[0-9]++(?:[eE][-+]?[0-9]++)?+|[0-9]++[eE][-+]?[0-9]++"
_PIECE = re.compile(
    # An apostrophe inside a word opens no text: it's. What opens one always matches: nothing is read twice.
    r"""(?<!\w)[bB]?(?:'(?:[^'\\]|\\.?)*+'?|"(?:[^"\\]|\\.?)*+"?)"""
    # Of 1.2.3 or v1.5 no part is a number.
    rf"|(?<![\w.])(?:{_FLOAT})(?!\w|\.\w)"
    r"|[ \t]+"
)
_NUMBER = re.compile(_FLOAT)
_SHOWN = 60


def output_difference(stated: str, real: str) -> str:
    """Say where two outputs differ, line by line; "" when they do not.

    >>> output_difference("1\\n2\\n", "1\\n3\\n")
    "line 2: stated '2', real '3'"
    >>> output_difference("total:  0.3\\n", "total: 0.30000000000000004 \\n")
    ''
    """
    for number, (a, b) in enumerate(zip_longest(_lines(stated), _lines(real)), start=1):
        if a is None or b is None or not _is_same(a, b):
            return f"line {number}: stated {shown(a)}, real {shown(b)}"
    return ""


def shown(line: str | None) -> str:
    """Return a line as a person may see it: in quotes, cut where it is long; None is "nothing"."""
    if line is None:
        return "nothing"
    return repr(line if len(line) <= _SHOWN else line[:_SHOWN] + "...")


def _lines(output: str) -> list[str]:
    output = output.rstrip()
    return [line.rstrip() for line in output.split("\n")] if output else []


def _is_same(a: str, b: str) -> bool:
    if a == b:
        return True
    ours, theirs = _pieces(a), _pieces(b)
    return len(ours) == len(theirs) and all(map(_is_same_piece, ours, theirs))


def _pieces(line: str) -> list[str]:
    """Cut a line into texts in quotes, floats, single blanks and what is between them; indentation as it is."""
    pieces: list[str] = []
    end = 0
    for match in _PIECE.finditer(line):
        if match.start() > end:
            pieces.append(line[end : match.start()])
        end = match.end()
        pieces.append(" " if match[0].isspace() and match.start() else match[0])
    return [*pieces, line[end:]]


def _is_same_piece(a: str, b: str) -> bool:
    if a == b:
        return True
    if not _is_float(a) or not _is_float(b):
        return False
    x, y = float(a), float(b)
    # Two different whole numbers are two numbers, however large.
    is_whole = x.is_integer() and y.is_integer()
    return x == y if is_whole else math.isclose(x, y, rel_tol=RELATIVE_TOLERANCE)


def _is_float(text: str) -> bool:
    """Say whether a text is a float as `repr` writes it; infinity is none, nor is what overflows to it."""
    return _NUMBER.fullmatch(text) is not None and repr(float(text)) == text
