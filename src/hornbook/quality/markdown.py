"""Finds the Python blocks of a Markdown page and the output that each block states.

A page is prose with blocks. Python blocks are fences of backticks or tildes whose label says Python (`python`,
`py`, `pycon`, `{python}`, `python title="a.py"`), in list items and quotes too; and fences without a language, or
indented code, that hold a line of a session (`>>> `) or of output (`#> `).

A line of a block that starts with `#> ` states one line of the block's standard output. So does a fence of output:
one labelled `output`, or one without a language that follows a block directly or behind a line such as `Output:`;
its lines become `#> ` lines of the block. A block whose first statement begins with `>>>` is a session, as the
interpreter shows it: statements and, below each, its output. Other lines that look like a session or like output
cannot be checked: parse_page refuses the page.
"""

from __future__ import annotations

import io
import re
import tokenize
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

_PYTHON = frozenset({"python", "py", "python3", "py3", "pycon", "ipython", "ipython3", "doctest"})
_PAGE = frozenset({"markdown", "md"})
_OUTPUT = frozenset({"output", "stdout"})
_NO_LANGUAGE = _OUTPUT | {"", "text", "txt", "plain", "plaintext", "console", "none"}
_INTRODUCING = frozenset(
    ("output", "outputs", "print", "prints", "printed", "printing")
    + ("result", "results", "shows", "displays", "gives")
)
_MOST_WORDS = 12
"""Of a line that introduces output."""

# Everything repeated is possessive: a page of blanks or backticks takes linear time.
_QUOTE = re.compile(r" {0,3}>(?!>) ?")
_ITEM = r"(?:(?:[-*+]|[0-9]{1,9}[.)])[ \t]++)*+"
_FENCE = re.compile(rf"([ \t]*+{_ITEM})(`{{3,}}+|~{{3,}}+)(.*)", re.DOTALL)
_LABEL = re.compile(r"[\s{.]*+(?:code(?:-block|-cell)?\}\s*+)?+(\w*+)")
_LEAD = re.compile(r"[^\w`]*+(?:[0-9]{1,9}[.)][^\w`]*+)?+")
"""What stands before the first word of a line of prose: blanks, marks of quotes and list items, a prompt."""
_STATING = ("#> ", ">>>")
_COMMENT_OR_BLANK = re.compile(r"[ \t]*+(?:#(?!>).*)?$")
_FIRST, _ANY = re.compile(r" *>>>(?: |$)"), re.compile(r" *(?:>>>|\.\.\.)(?: |$)")
_INDENTATION = 4
"""Blanks before a line of code without a fence; also how much deeper than its fence a line of fences is code."""


class UnreadableBlock(ValueError):
    """Code or output that cannot be told from prose or has no place; its text says at which line."""


class UnclosedBlock(UnreadableBlock):
    """A fenced block that the page never closes; its text says at which line it opens."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page, split: `prose` is everything outside blocks, `blocks` the Python blocks in order, sessions too."""

    prose: str
    blocks: tuple[str, ...]


class _Line(NamedTuple):
    number: int
    text: str
    bare: str
    """Without the marks of quotes."""


@dataclass(slots=True)
class _Fence:
    opened: int
    mark: str
    label: str
    depth: int
    """Of quotes."""
    indent: int
    """Columns before it."""
    inside: list[str] = field(default_factory=list)

    def is_closed_by(self, line: str) -> bool:
        match = _FENCE.match(line) if self.mark in line else None
        return (
            match is not None
            and match[2].startswith(self.mark)
            and not match[3].strip()
            and not match[1].strip()
            and len(match[1].expandtabs(_INDENTATION)) < self.indent + _INDENTATION
        )


class _Reader:
    """Takes lines one after the other; what it could not read is in `faults`."""

    def __init__(self) -> None:
        self.prose: list[str] = []
        self.blocks: list[str] = []
        self.faults: list[UnreadableBlock] = []
        self._fence: _Fence | None = None
        self._outside: list[_Line] = []
        self._between: list[str] | None = None
        """Lines of prose behind the last block; None when something else came after it, or there is no block."""

    def take(self, lines: Sequence[str]) -> None:
        for number, text in enumerate(lines, start=1):
            if fence := self._fence:
                if not fence.depth and fence.mark not in text:  # most lines of code
                    fence.inside.append(_outdented(text, fence.indent) if fence.indent else text)
                    continue
            elif not (">" in text or "```" in text or "~~~" in text):  # most lines of prose
                self._outside.append(_Line(number, text, text))
                continue
            self._take(number, text)

    def _take(self, number: int, text: str) -> None:
        fence = self._fence
        depth, bare = _unquoted(text, fence.depth if fence else len(text))
        if fence and depth == fence.depth:
            if not fence.is_closed_by(bare):
                fence.inside.append(_outdented(bare, fence.indent))
                return
            self._close(fence)
            return
        if fence:  # the quote ended, and its fence with it
            self._close(fence)
            depth, bare = _unquoted(text, len(text))
        self._fence = _opened(number, depth, bare)
        if self._fence is None:
            self._outside.append(_Line(number, text, bare))
        else:
            self._leave_prose()

    def end(self) -> None:
        self._leave_prose()
        if self._fence:
            self.faults.append(
                UnclosedBlock(f"the block opened at line {self._fence.opened} is never closed")
            )

    def _close(self, fence: _Fence) -> None:
        self._fence = None
        inside, is_stating = fence.inside, any(map(_is_stating, fence.inside))
        if fence.label in _PYTHON:
            self._add(inside)
        elif fence.label in _NO_LANGUAGE and self._is_output(fence):
            self._state(fence)
        elif fence.label in _NO_LANGUAGE and is_stating:
            self._add(inside)
        else:
            self._between = None
            # In other languages "#> " may be a comment.
            if is_stating and (
                fence.label in _PAGE or any(line.lstrip().startswith(">>>") for line in inside)
            ):
                self._fault(fence.opened, f"Python in a block labelled {fence.label!r}; label it python")

    def _is_output(self, fence: _Fence) -> bool:
        if fence.label in _OUTPUT:
            return True
        if self._between is None:
            return False
        if not self._between:
            return not (any(map(_is_stating, fence.inside)) or self._is_stated())
        return len(self._between) == 1 and _introduces_output(self._between[0])

    def _is_stated(self) -> bool:
        return is_session(self.blocks[-1]) or bool(stated_lines(self.blocks[-1]))

    def _state(self, fence: _Fence) -> None:
        if self._between is None:
            self._fault(fence.opened, "output of no block; put it directly behind one")
        elif self._is_stated():
            self._fault(fence.opened, "output of a block that states its output itself; state it once")
        else:
            self.blocks[-1] += "".join(f"#> {line}\n" for line in fence.inside)
        self._between = None

    def _add(self, lines: Sequence[str]) -> None:
        self.blocks.append("\n".join(lines) + "\n")
        self._between = []

    def _leave_prose(self) -> None:
        for is_indented, lines in _runs(self._outside):
            if is_indented and any(_is_stating(line.bare) for line in lines):
                self._add(_dedented([line.bare for line in lines]))
                continue
            self.prose += [line.text for line in lines]
            for line in lines:
                if self._between is not None and line.bare.strip():
                    self._between.append(line.bare)
                if _states(line.text):
                    self._fault(
                        line.number, f"{line.text.strip()[:60]!r} stands outside of any block; fence it"
                    )
        self._outside = []

    def _fault(self, number: int, what: str) -> None:
        self.faults.append(UnreadableBlock(f"line {number}: {what}"))


def parse_page(text: str) -> Page:
    """Split a Markdown page into prose and Python blocks; blocks of other languages are neither.

    Raises UnclosedBlock when a fence is never closed, UnreadableBlock when code or output that states something
    would not be in a block.
    """
    read = _read(text)
    if read.faults:
        raise read.faults[-1] if isinstance(read.faults[-1], UnclosedBlock) else read.faults[0]
    return Page("\n".join(read.prose), tuple(read.blocks))


def python_blocks(text: str) -> tuple[str, ...]:
    """Return the code of the Python blocks of a page in order, of sessions the statements.

    Of a page that parse_page refuses, those that can be read: all but one that is never closed.
    """
    return tuple(map(code_of, _read(text).blocks))


def is_session(block: str) -> bool:
    """Say whether a block shows a session of the interpreter; comments may stand before it."""
    if ">>>" not in block:
        return False
    lines = (line for line in block.split("\n") if not _COMMENT_OR_BLANK.match(line))
    return next(lines, "").lstrip().startswith(">>>")


def code_of(block: str) -> str:
    """Return a block's code: all of it, or the statements of a session.

    >>> code_of(">>> x = 1\\n>>> x\\n1\\n")
    'x = 1\\nx\\n'
    """
    if not is_session(block):
        return block
    code, prompts = [], _FIRST
    for line in block.split("\n"):
        match = prompts.match(line)
        if match:
            code.append(f"{line[match.end() :]}\n")
        prompts = _ANY if match else _FIRST  # below output, dots are output too
    return "".join(code)


def stated_lines(block: str) -> list[str]:
    """Return the lines of output that a block states; lines inside of a text in quotes state nothing.

    >>> stated_lines("print(1 + 1)\\n#> 2\\n")
    ['2']
    """
    if "#>" not in block:
        return []
    lines = block.split("\n")
    if '"""' in block or "'''" in block:
        lines = _comments(block) or lines
    stripped = (line.lstrip() for line in lines if "#>" in line)
    return [line[3:] for line in stripped if line.startswith("#> ") or line.rstrip() == "#>"]


def _comments(block: str) -> list[str]:
    """Return the comments that have a line of their own; [""] for none, [] where the block is no Python."""
    try:
        tokens = [*tokenize.generate_tokens(io.StringIO(block).readline)]
    except (tokenize.TokenError, SyntaxError):
        return []
    alone = (t for t in tokens if t.type == tokenize.COMMENT and not t.line[: t.start[1]].strip())
    return [t.string for t in alone] or [""]


def _read(text: str) -> _Reader:
    reader = _Reader()
    if "\r" in text:  # ends a line, alone too
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    reader.take(text.split("\n"))
    reader.end()
    return reader


def _unquoted(line: str, most: int) -> tuple[int, str]:
    """Return how deep a line is quoted, at most so deep, and the rest of it; three marks together are a prompt."""
    if ">" not in line:
        return 0, line
    depth = end = 0
    while depth < most and (match := _QUOTE.match(line, end)):
        depth, end = depth + 1, match.end()
    return depth, line[end:]


def _opened(number: int, depth: int, line: str) -> _Fence | None:
    match = _FENCE.match(line) if "```" in line or "~~~" in line else None
    if match is None or (match[2][0] == "`" and "`" in match[3]):
        return None
    label = _LABEL.match(match[3])
    assert label is not None, "every part of the pattern may be empty"
    return _Fence(number, match[2], label[1].lower(), depth, len(match[1].expandtabs(_INDENTATION)))


def _outdented(line: str, columns: int) -> str:
    """Return a line without its first blanks, as many as the fence has, or all."""
    if not columns:
        return line
    code = line.lstrip(" \t")
    return line[: len(line) - len(code)].expandtabs(_INDENTATION)[columns:] + code


def _dedented(lines: Sequence[str]) -> list[str]:
    """Return indented code without the indentation of its first line, and without empty lines at its end."""
    first = next(line for line in lines if line.strip())
    columns = len(first[: len(first) - len(first.lstrip(" \t"))].expandtabs(_INDENTATION))
    return "\n".join(_outdented(line, columns) for line in lines).strip("\n").split("\n")


def _runs(lines: Sequence[_Line]) -> Iterator[tuple[bool, list[_Line]]]:
    """Cut lines into prose and code that is indented: it begins at the start or behind an empty line."""
    if not any(line.bare[:1].isspace() for line in lines):  # most prose
        yield False, [*lines]
        return
    run: list[_Line] = []
    is_code, may_begin = False, True
    for line in lines:
        is_blank = not line.bare.strip()
        before = line.bare[:_INDENTATION]
        is_deep = before[:1].isspace() and before.expandtabs(_INDENTATION)[:_INDENTATION].isspace()
        if not is_blank and is_deep != is_code and (is_code or may_begin):
            yield is_code, run
            run, is_code = [], is_deep
        run.append(line)
        may_begin = is_blank
    yield is_code, run


def _is_stating(line: str) -> bool:
    return line.lstrip().startswith(_STATING)


def _states(line: str) -> bool:
    """Say whether a line of prose looks like one of a session or of stated output."""
    if ">" not in line and "&gt;" not in line:  # most lines
        return False
    lead = _LEAD.match(line)
    return lead is not None and (">>>" in lead[0] or "#> " in lead[0] or "&gt;&gt;&gt;" in line)


def _introduces_output(line: str) -> bool:
    words = re.findall(r"[a-z]+", line.lower())
    is_open = line.rstrip(" *_").endswith(":") or len(words) <= 2
    return is_open and len(words) <= _MOST_WORDS and not _INTRODUCING.isdisjoint(words)
