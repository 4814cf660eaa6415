"""Finds the Python blocks of a Markdown page and the output that each block states.

A page is prose with fenced blocks: a line of three backticks and `python`, the code, a line of three
backticks. A line of a block that starts with `#> ` states one line of the block's standard output. A block whose
first line begins with `>>>` is a session, as the interpreter shows it: statements and, below each, its output.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_FENCE = re.compile(r"^ {0,3}(`{3,})[ \t]*(\w*)[^\n`]*$")
_PYTHON = frozenset({"python", "py", "python3", "pycon"})
_FIRST, _ANY = re.compile(r" *>>>(?: |$)"), re.compile(r" *(?:>>>|\.\.\.)(?: |$)")


class UnclosedBlock(ValueError):
    """A fenced block that the page never closes; its text says at which line it opens."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page, split: `prose` is everything outside fences, `blocks` the Python blocks in order, sessions too."""

    prose: str
    blocks: tuple[str, ...]


def parse_page(text: str) -> Page:
    """Split a Markdown page into prose and Python blocks; blocks of other languages are neither.

    Raises UnclosedBlock when a fence is never closed.
    """
    prose: list[str] = []
    blocks: list[str] = []
    fence, language, opened = "", "", 0
    inside: list[str] = []
    for number, line in enumerate(text.split("\n"), start=1):
        match = _FENCE.match(line) if "```" in line else None
        if not fence:
            if match:
                fence, language, opened, inside = match[1], match[2].lower(), number, []
            else:
                prose.append(line)
        elif match and not match[2] and len(match[1]) >= len(fence):
            if language in _PYTHON:
                blocks.append("\n".join(inside) + "\n")
            fence = ""
        else:
            inside.append(line)
    if fence:
        raise UnclosedBlock(f"the block opened at line {opened} is never closed")
    return Page("\n".join(prose), tuple(blocks))


def python_blocks(text: str) -> tuple[str, ...]:
    """Return the code of the Python blocks of a page in order, of sessions the statements.

    None when a fence is never closed.
    """
    try:
        return tuple(code_of(block) for block in parse_page(text).blocks)
    except UnclosedBlock:
        return ()


def is_session(block: str) -> bool:
    """Say whether a block shows a session of the interpreter."""
    return block.lstrip().startswith(">>>")


def code_of(block: str) -> str:
    """Return a block's code: all of it, or the statements of a session.

    >>> code_of(">>> x = 1\\n>>> x\\n1\\n")
    'x = 1\\nx\\n'
    """
    if not is_session(block):
        return block
    code, prompts = "", _FIRST
    for line in block.split("\n"):
        match = prompts.match(line)
        code += f"{line[match.end() :]}\n" if match else ""
        prompts = _ANY if match else _FIRST  # below output, dots are output too
    return code


def stated_lines(block: str) -> list[str]:
    """Return the lines of output that a block states.

    >>> stated_lines("print(1 + 1)\\n#> 2\\n")
    ['2']
    """
    stripped = (line.lstrip() for line in block.split("\n") if "#>" in line)
    return [line[3:] for line in stripped if line.startswith("#> ") or line.rstrip() == "#>"]
