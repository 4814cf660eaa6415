"""Code without its comments and docstrings: what a probe for a comment-loving classifier compares with.

Works on Python's own tokens, apart from `features.split`, so that the probe does not share its mistakes.
"""

from __future__ import annotations

import io
import tokenize
from collections.abc import Iterator, Sequence

from hornbook.corpus.units import NotPython

_LAYOUT = {tokenize.NL, tokenize.COMMENT}
_BEFORE_A_STATEMENT = {tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT}


def strip_comments(text: str) -> str:
    """Return the code without comments, docstrings and the blank lines they leave.

    Text without comments and docstrings comes back unchanged. Raises NotPython when it has no tokens.

    >>> strip_comments('def f():  # why\\n    "Say what."\\n    return 1\\n')
    'def f():\\n    return 1\\n'
    """
    tokens = tokens_of(text)
    cuts = [(token, "") for token in tokens if token.type == tokenize.COMMENT]
    return _cut(text, [*cuts, *_docstrings(tokens)])


def strip_docstrings(text: str) -> str:
    """Return the code without docstrings, its comments in place. Raises NotPython when it has no tokens.

    >>> strip_docstrings('def f():  # why\\n    "Say what."\\n    return 1\\n')
    'def f():  # why\\n    return 1\\n'
    """
    return _cut(text, list(_docstrings(tokens_of(text))))


def tokens_of(text: str) -> list[tokenize.TokenInfo]:
    """Return Python's tokens of a text. Raises NotPython when it has none."""
    try:
        return list(tokenize.generate_tokens(io.StringIO(text).readline))
    except (tokenize.TokenError, SyntaxError) as error:
        raise NotPython(f"{type(error).__name__}: {error}") from error


def _cut(text: str, cuts: Sequence[tuple[tokenize.TokenInfo, str]]) -> str:
    """Put something else, or nothing, in the place of some tokens; a line that is left blank goes."""
    lines: list[str | None] = list(text.split("\n"))
    for token, instead in sorted(cuts, key=lambda cut: cut[0].start, reverse=True):
        (first, start), (last, end) = token.start, token.end
        left = (lines[first - 1] or "")[:start] + instead + (lines[last - 1] or "")[end:]
        # Only the lines that were cut may vanish: a blank line in a string is part of the program.
        lines[first - 1 : last] = [left.rstrip() or None]
    return "\n".join(line for line in lines if line is not None)


def _docstrings(all_tokens: Sequence[tokenize.TokenInfo]) -> Iterator[tuple[tokenize.TokenInfo, str]]:
    """Yield strings that are statements, with what must stand in their place: `pass` in a body of its own."""
    tokens = [token for token in all_tokens if token.type not in _LAYOUT]
    for i, token in enumerate(tokens[:-2]):
        if token.type != tokenize.STRING or tokens[i + 1].type != tokenize.NEWLINE:
            continue
        if i and tokens[i - 1].type not in _BEFORE_A_STATEMENT:
            continue
        alone = i > 0 and tokens[i - 1].type == tokenize.INDENT and tokens[i + 2].type == tokenize.DEDENT
        yield token, "pass" if alone else ""
