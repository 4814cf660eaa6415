"""The same program laid out otherwise: another width of indentation, no blank lines, tight operators."""

from __future__ import annotations

import bisect
import tokenize
from collections.abc import Iterator, Sequence

from hornbook.value.comments import tokens_of

_ARITHMETIC = ("+", "-", "*", "/", "//", "%", "**", "@", "&", "|", "^", "<<", ">>")
_TIGHT = {*_ARITHMETIC, *(f"{sign}=" for sign in _ARITHMETIC), "->", ":="}
_TIGHT |= {"=", "==", "!=", "<", ">", "<=", ">="}
_LAYOUT = {tokenize.NL, tokenize.NEWLINE, tokenize.COMMENT, tokenize.INDENT, tokenize.DEDENT}
_LAYOUT |= {tokenize.ENDMARKER}


def respace(text: str) -> str:
    """Return the code indented by 2 (by 4 if it was 2), without blank lines or spaces around operators.

    Strings, and the lines inside of brackets that go over several, stay. Raises NotPython when the text has
    no tokens.

    >>> respace("def f(a):\\n    b = a + 1\\n\\n    return b\\n")
    'def f(a):\\n  b=a+1\\n  return b\\n'
    """
    tokens = tokens_of(text)
    lines: list[str | None] = list(text.split("\n"))
    for row, start, end in _blanks_at_operators(tokens):
        line = lines[row - 1] or ""
        lines[row - 1] = line[:start] + line[end:]
    for row, indentation in _indentations(tokens):
        lines[row - 1] = indentation + (lines[row - 1] or "").lstrip()
    for token in tokens:
        # A blank line inside of a string is no token, and part of the program.
        if token.type == tokenize.NL and not token.line.strip():
            lines[token.start[0] - 1] = None
    return "\n".join(line for line in lines if line is not None)


def _blanks_at_operators(tokens: Sequence[tokenize.TokenInfo]) -> Iterator[tuple[int, int, int]]:
    """Yield row and columns of the blanks beside operators, the last of a line first."""
    strings = 0
    for right, left in zip(tokens[::-1], tokens[-2::-1], strict=False):
        # From Python 3.12 on tokens show the fields of an f-string, in which a blank may be printed: f"{x = }".
        name = tokenize.tok_name[right.type]
        strings += name.endswith("STRING_END") - name.endswith("STRING_START")
        (row, start), (other_row, end) = left.end, right.start
        if strings or row != other_row or start == end or {left.type, right.type} & _LAYOUT:
            continue
        if left.string in _TIGHT or right.string in _TIGHT:
            yield row, start, end


def _indentations(tokens: Sequence[tokenize.TokenInfo]) -> Iterator[tuple[int, str]]:
    """Yield for each line with a statement or a comment of its own the row and the new indentation."""
    widths = [len(token.string) for token in tokens if token.type == tokenize.INDENT]
    one = "    " if min(widths, default=4) == 2 else "  "
    columns, starts_line = [0], True
    for token in tokens:
        if token.type == tokenize.INDENT:
            columns.append(len(token.string))
        elif token.type == tokenize.DEDENT:
            columns.pop()
        elif token.type == tokenize.COMMENT and starts_line:
            # The block that it opens or ends is not entered or left yet.
            column = token.start[1]
            depth = bisect.bisect_right(columns, column) - (column <= columns[-1])
            yield token.start[0], one * depth
        elif token.type not in _LAYOUT and starts_line:
            yield token.start[0], one * (len(columns) - 1)
            starts_line = False
        elif token.type == tokenize.NEWLINE:
            starts_line = True
