"""Texts with placeholders in the place of secrets and personal data.

In Python only strings and comments are touched, so a program still parses and still has the same tree but for
the values of some strings: `weights@inputs.T` is a product, not an address. In a text that is no Python (a page,
a broken file) everything counts. No line is added or lost, and redacting again changes nothing.
"""

from __future__ import annotations

import io
import tokenize
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from hornbook.corpus.secrets_found import PLACEHOLDERS, Found, find_secrets


@dataclass(frozen=True, slots=True, kw_only=True)
class Redacted:
    """A text without its secrets."""

    text: str
    counts: Mapping[str, int]
    """How many of each kind were replaced; empty when the text is as it was."""


def redact(text: str, *, is_python: bool) -> Redacted:
    """Return `text` with a placeholder for each secret; of a program that parses, only in strings and comments.

    >>> redact("# by ann@acme.io", is_python=True)
    Redacted(text='# by user@example.com', counts={'email': 1})
    """
    counts: Counter[str] = Counter()
    # A placeholder can join what stands beside it to a new finding; each round leaves fewer that can.
    while found := _touchable(text, find_secrets(text), is_python=is_python):
        counts.update(one.kind for one in found)
        text = _replaced(text, found)
    return Redacted(text=text, counts=dict(sorted(counts.items())))


def beginning(text: str, most: int) -> str:
    """Return the first `most` characters, without secrets if it is cut: half of one is not known for one."""
    return text if len(text) <= most else redact(text, is_python=False).text[:most]


def _replaced(text: str, found: list[Found]) -> str:
    parts = []
    end = 0
    for one in found:
        parts += [text[end : one.start], PLACEHOLDERS[one.kind]]
        end = one.end
    return "".join([*parts, text[end:]])


def _touchable(text: str, found: list[Found], *, is_python: bool) -> list[Found]:
    """Return the findings that lie within a string or a comment; all of them when the text is no Python."""
    if not found or not is_python:
        return found
    try:
        spans = _strings_and_comments(text)
    except (tokenize.TokenError, SyntaxError):
        return found  # rather a program that no longer parses than a key in the corpus
    starts = [start for start, _ in spans]
    inside = []
    for one in found:
        span = bisect_right(starts, one.start) - 1
        if span >= 0 and one.end <= spans[span][1]:
            inside.append(one)
    return inside


_BEGINNINGS = {getattr(tokenize, name, None) for name in ("FSTRING_START", "TSTRING_START")} - {None}
_ENDINGS = {getattr(tokenize, name, None) for name in ("FSTRING_END", "TSTRING_END")} - {None}


def _strings_and_comments(text: str) -> list[tuple[int, int]]:
    """Return where the strings and comments of a program are, in order; an f-string counts as one string."""
    offsets = _offsets(text)
    spans = []
    depth = 0
    begun = 0
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        start, end = (offsets[line - 1] + column for line, column in (token.start, token.end))
        if token.type in _BEGINNINGS:
            begun = begun if depth else start
            depth += 1
        elif token.type in _ENDINGS:
            depth -= 1
            spans += [] if depth else [(begun, end)]
        elif not depth and token.type in (tokenize.STRING, tokenize.COMMENT):
            spans.append((start, end))
    return spans


def _offsets(text: str) -> list[int]:
    offsets = [0]
    for line in io.StringIO(text):
        offsets.append(offsets[-1] + len(line))
    return [*offsets, offsets[-1]]
