"""What a page or a docstring states of its code, as sources for the sandbox and what each must print or raise.

A claim is a piece of code with the output or the exception that is stated of it. Three places make claims:

- a block of a page: its lines that begin with `#> ` are its whole standard output. The last ones may state an
  exception: `Traceback (most recent call last):` with the line `Name: message` at its end, or that line alone.
  The block must then raise it, and the page goes on: names bound before it stay. Of exceptions that led to it, the
  stack and the tracebacks may be shown; they are not compared.
- a session: a block made of `>>>` lines. Each example is a claim.
- an example in a docstring of the code. It runs with names of its own, as under doctest, behind the block.

Nothing is executed here. What has to be caught, or shown as in a session, is wrapped in source that the sandbox
runs; what was raised is printed by a block of its own, so that no output can be taken for it. The text of a block
is compiled under a name of its own with its own line numbers, so a message names the line of the page's block.
Page and wrapping share an interpreter: a page that replaces `exec` or `sys.displayhook` to show something false is
believed, as its reader would believe it.
"""

from __future__ import annotations

import ast
import builtins
import doctest
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import dropwhile

from hornbook.quality.markdown import is_session, stated_lines
from hornbook.quality.syntax import parsed, statements

_TRACEBACK = "Traceback (most recent call last):"
_CHAINING = (
    "The above exception was the direct cause of the following exception:",
    "During handling of the above exception, another exception occurred:",
)
_BLANK_LINE = re.compile(r"^[ \t]*+<BLANKLINE>[ \t]*+$", re.MULTILINE)
_COMMENT = re.compile(r"\s*(?:#.*)?$")
_EXCEPTION = re.compile(r"([A-Za-z_][\w.]*)(?:: .*)?")
_EXCEPTION_NAME = re.compile(r"(?:\w+\.)*\w*(?:Error|Exception|Warning)")
_BUILT_IN = frozenset(
    name
    for name, value in vars(builtins).items()
    if isinstance(value, type) and issubclass(value, BaseException)
)
_HONOURED = (doctest.ELLIPSIS, doctest.NORMALIZE_WHITESPACE)
"""Directives that change what is compared. Not SKIP: what is shown is checked. Not IGNORE_EXCEPTION_DETAIL."""

NOTES = "\0"
"""Stands between a raised exception and each of its notes."""
_SYS = '__import__("sys")'
_HERE = "__builtins__.globals()"
_OWN = f"{_SYS}.names_of_docstring"
# What the code itself leaves in sys.last_value is overwritten either way.
_CATCHING = f"""try:
    {{call}}
except __builtins__.BaseException:
    {_SYS}.last_value = {_SYS}.exception()
else:
    {_SYS}.last_value = None
"""
# From the first line without indentation: a SyntaxError comes with its source before it. Notes follow a mark.
_RAISED = f"""if {_SYS}.last_value is not None:
    {_SYS}.stdout.write({NOTES!r}.join(__import__("itertools").dropwhile(
        lambda line: line[:1] == " ", __import__("traceback").format_exception_only({_SYS}.last_value))))
"""


class MalformedExample(ValueError):
    """Lines that look like an example and are none; its text says where."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A piece of code, and what is stated of it."""

    kind: str
    """block, example (of a session), docstring (an example there) or program (of an exercise; states nothing)."""
    block: int
    """Number of the block of the page, from 1."""
    where: str
    """The place, for people: `block 2, line 3`."""
    code: str
    """As it is written."""
    sources: tuple[str, ...]
    """What the sandbox runs, each as one block; the second, if any, prints what the first one raised."""
    output: str = ""
    """Standard output as it is stated."""
    exception: str = ""
    """`Name: message`; "" where none is stated."""
    is_traceback: bool = False
    """Whether the exception is stated as one. A bare line `Name: message` may be printed as well as raised."""
    flags: int = 0
    """Directives of doctest that hold for the output."""


def page_claims(blocks: tuple[str, ...]) -> tuple[Claim, ...]:
    """Return the claims of a page's blocks, in the order in which they run.

    Raises MalformedExample where a session holds something else than examples.
    """
    return tuple(claim for number, block in enumerate(blocks, start=1) for claim in _claims(block, number))


def with_docstrings(claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """Return claims with those of the docstrings in their code behind each; () when no docstring holds an example.

    They are for a process of their own: an example may change what later blocks find. Raises MalformedExample.
    """
    mixed: list[Claim] = []
    for claim in claims:
        mixed.append(claim)
        mixed += docstring_claims(claim)
    return tuple(mixed) if len(mixed) > len(claims) else ()


def docstring_claims(claim: Claim) -> Iterator[Claim]:
    """Yield the claims of the docstrings in a claim's code; none where it is no Python.

    Raises MalformedExample.
    """
    tree = parsed(claim.code) if ">>>" in claim.code else None
    for node in statements(tree) if tree else ():
        if not isinstance(node, ast.Module | ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            continue
        where = f"{claim.where}, docstring of {getattr(node, 'name', 'the block')}"
        before = f"{_OWN} = __builtins__.dict({_HERE})\n"
        for example in _examples(ast.get_docstring(node) or "", where):
            if isinstance(example, doctest.Example):
                yield _example_claim("docstring", claim.block, where, example, before, _OWN)
                before = ""


def _claims(block: str, number: int) -> Iterator[Claim]:
    where = f"block {number}"
    if not is_session(block):
        yield _block_claim(block, number, where)
        return
    for example in _examples(block, where):
        if isinstance(example, doctest.Example):
            yield _example_claim("example", number, where, example)
        elif stray := [line.strip() for line in example.split("\n") if not _COMMENT.match(line)]:
            raise MalformedExample(f"{where}: {stray[0]!r} is neither an example nor its output")


def _block_claim(block: str, number: int, where: str) -> Claim:
    output, exception, is_traceback = split_exception(stated_lines(block))
    caught = (_CATCHING.format(call=_run(block, number, "exec", _HERE)), _RAISED)
    return Claim(
        kind="block",
        block=number,
        where=where,
        code=block,
        sources=caught if exception else (block,),
        output=output,
        exception=exception,
        is_traceback=is_traceback,
    )


def _example_claim(
    kind: str, block: int, where: str, example: doctest.Example, before: str = "", names: str = _HERE
) -> Claim:
    output, exception, is_traceback = split_exception(example.want.split("\n")[:-1])
    if not is_traceback:
        output, exception = example.want, ""
    call = _run(example.source, block, "single", names, example.lineno)
    return Claim(
        kind=kind,
        block=block,
        where=f"{where}, line {example.lineno + 1}",
        code=example.source,
        sources=(before + _CATCHING.format(call=call), _RAISED) if exception else (f"{before}{call}\n",),
        output=_BLANK_LINE.sub("", output),
        exception=exception,
        is_traceback=is_traceback,
        flags=sum(flag for flag in _HONOURED if example.options.get(flag)),
    )


def _examples(text: str, where: str) -> list[str | doctest.Example]:
    """Return examples and the text between them."""
    if ">>>" not in text:
        return []
    try:
        return doctest.DocTestParser().parse(text)
    except ValueError as error:
        # "line 2 of the docstring for <string> has inconsistent leading whitespace: ..."
        raise MalformedExample(
            f"{where}: {str(error).replace(' of the docstring for <string>', '')}"
        ) from None


def split_exception(lines: list[str]) -> tuple[str, str, bool]:
    """Split stated lines into output, exception ("" for none), and whether a traceback states it.

    >>> split_exception(["1", "ZeroDivisionError: division by zero"])
    ('1\\n', 'ZeroDivisionError: division by zero', False)
    """
    lines = [*lines]
    while lines and not lines[-1].strip():
        lines.pop()
    if _TRACEBACK in map(str.strip, lines):
        first, last = _chain(lines)
        # Behind the stack, which is indented or left out as "...", comes the exception, of one line or more.
        rest = [*dropwhile(lambda line: line.startswith((" ", "\t")) or line == "...", lines[last + 1 :])]
        if rest:
            return _joined(lines[:first]), "\n".join(rest), True
    for at in reversed(range(len(lines))):  # its message may have several lines
        if _is_exception(lines[at]):
            return _joined(lines[:at]), "\n".join(line.rstrip() for line in lines[at:]), False
    return _joined(lines), "", False


def _chain(lines: list[str]) -> tuple[int, int]:
    """Return where the last traceback begins, and before it the first of those that led to it."""
    starts = [at for at, line in enumerate(lines) if line.strip() == _TRACEBACK]
    first = last = starts.pop()
    while starts and next(filter(None, map(str.strip, reversed(lines[:first]))), "") in _CHAINING:
        first = starts.pop()
    return first, last


def _is_exception(line: str) -> bool:
    match = _EXCEPTION.fullmatch(line.rstrip())
    return bool(match and (match[1] in _BUILT_IN or _EXCEPTION_NAME.fullmatch(match[1])))


def _joined(lines: list[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _run(source: str, block: int, mode: str, names: str, above: int = 0) -> str:
    """Return the call that runs a source under its own name, as the sandbox runs a block, or as a session does.

    The lines above it are counted and not written: a page of 16,000 examples would need 280 MB.
    """
    text = f"'\\n' * {above} + {source!r}" if above else repr(source)
    # Names that begin as the sandbox's names of blocks do are those whose lines it reports.
    code = f"__builtins__.compile({text}, 'block_{block}_of_page.py', {mode!r}, dont_inherit=True)"
    return f"__builtins__.exec({code}, {names})"
