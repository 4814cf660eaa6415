"""One program in its own forked child: runs its blocks in a fresh `__main__`, answers calls, writes one report.

Runs inside the sandbox, in the interpreter of the program, so nothing here is a barrier: the report tells what
happened to an honest program. It carries a secret of 16 bytes that the zygote drew, so printing something that
looks like a report is not enough; and where there are tests, no report can say `pass`: it carries answers.
Lean on purpose: after a fork every page that is written costs a page fault, and those are most of a job's time.
"""

from __future__ import annotations

import ast
import builtins
import io
import linecache
import marshal
import os
import sys
from collections.abc import Callable, Sequence
from types import CodeType, ModuleType
from typing import Any, NoReturn

from hornbook.sandbox import remote, wire

BLOCK_STARTED = b"+"
_MOST_RESULT_BYTES = 16 << 20
_MOST_SOURCES = 64
# Each name on the way to a function is another page that a child touches first.
_write, _exit, _loads = os.write, os._exit, marshal.loads
_OUT_OF_MEMORY = b"memory MemoryError 0\n"


class Output(io.BytesIO):
    """What a program printed; `overflow` is called, and does not return, when it is more than `room` bytes."""

    __slots__ = ("overflow", "room")
    room: int
    overflow: Callable[[], NoReturn]

    def write(self, data: bytes) -> int:  # type: ignore[override]
        """As any file does, until the room is used up."""
        self.room -= len(data)
        if self.room < 0:
            super().write(data[: self.room])
            self.overflow()
        return super().write(data)

    def close(self) -> None:
        """Nothing: a program that closes sys.stdout keeps what it printed before."""


class Nowhere(io.TextIOBase):
    """Standard output of what nobody reads: mutants, and tests."""

    def write(self, text: str) -> int:
        """Takes it and forgets it."""
        return len(text)


class Runner:
    """Runs one program in this process; made in the zygote, so that the child finds everything ready."""

    __slots__ = (
        "_answers",
        "_blocks",
        "_fd",
        "_main",
        "_marks_fd",
        "_names",
        "_output",
        "_secret",
        "_starts",
        "_stdout",
    )

    def __init__(self, marks_fd: int) -> None:
        """The streams, the module and the sources of the program; `marks_fd` gets a byte for each block begun."""
        self._marks_fd = marks_fd
        self._output = Output()
        self._output.overflow = self._too_much
        self._stdout = io.TextIOWrapper(self._output, encoding="utf-8", newline="\n", write_through=True)
        self._starts = [0]
        self._answers: list[bytes] | None = None
        self._blocks: Sequence[str] = ()
        # Programs see what `python file.py` shows: dataclasses, pickle and typing look their module up by name.
        self._main = ModuleType("__main__")
        self._names = self._main.__dict__
        self._names["__builtins__"] = builtins
        for index in range(_MOST_SOURCES):
            # For tracebacks that the program prints, and for inspect.getsource: read only when asked for.
            linecache.cache[block_name(index)] = (lambda index=index: self._blocks[index],)

    def settle_in(self) -> None:
        """The interpreter is the program's from now on: its `__main__`, its standard output."""
        sys.modules["__main__"] = self._main
        sys.stdout = self._stdout

    def define(
        self, blocks: Sequence[str], codes: Sequence[bytes], output_bytes: int, report_fd: int, secret: bytes
    ) -> None:
        """Runs the blocks in order; ends the process with a report where one fails. No `codes`: compiled here."""
        self._blocks, self._fd, self._secret = blocks, report_fd, secret
        self._output.room = output_bytes
        names = self._names
        for index in range(len(blocks)):  # not enumerate: one type more to touch
            if index:
                self._starts.append(self._output.tell())
            _write(self._marks_fd, BLOCK_STARTED)
            try:
                exec(_loads(codes[index]) if codes else compiled(blocks[index], block_name(index)), names)
            except BaseException as error:  # the border to foreign code: whatever it raises is a value here
                self._fail(error, type(error) is NotCompiled)

    def answers(self, calls: list[tuple[str, Any, Any]]) -> list[bytes]:
        """Makes the calls in order; what they return. Where one raises, that is reported and the process ends."""
        answers: list[bytes] = []
        self._answers = answers
        names = self._names
        room = _MOST_RESULT_BYTES
        _write(self._marks_fd, BLOCK_STARTED)
        try:
            for function, args, kwargs in calls:
                if function not in names:
                    raise NameError(function)
                answers.append(wire.encode(names[function](*args, **kwargs)))
                room -= len(answers[-1])
                if room < 0:
                    self._too_much()
        except BaseException as error:
            self._fail(error)
        return answers

    def serve(self, line: int) -> NoReturn:
        """Answers the tests at the other end of the socket `line` until they end."""
        os.write(self._marks_fd, BLOCK_STARTED)
        remote.ProgramSide(line, self._names).serve_forever()
        os._exit(0)

    def report(self, outcome: str, name: str, line: int) -> NoReturn:
        """Writes the report and ends the process."""
        try:
            message = pack(self._secret, outcome, name, line, self._parts())
        except MemoryError:
            say_out_of_memory(self._fd, self._secret)
        deliver(self._fd, message)

    def _parts(self) -> Sequence[bytes]:
        if self._answers is not None:
            return self._answers
        printed = self._output.getvalue()
        ends = [*self._starts[1:], len(printed)]
        return [printed[a:b] for a, b in zip(self._starts, ends, strict=True)][: len(self._blocks)]

    def _too_much(self) -> NoReturn:
        if self._answers is not None:
            self._answers.clear()
        self.report("output_limit", "", 0)

    def _fail(self, error: BaseException, is_syntax: bool = False) -> NoReturn:
        # Not isinstance: that asks the object for its __class__, which may lie or run code.
        outcome, name, line = describe(type(error), "block_")
        if is_syntax:
            outcome, name, line = "syntax_error", error.args[0], error.args[1]
        if outcome == "memory":
            self._names.clear()
        self.report(outcome, name, line)


def block_name(index: int) -> str:
    """The file name of a block. Not in angle brackets: linecache would not look for its lines."""
    return f"block_{index}.py"


class NotCompiled(Exception):
    """A source that is no program: the name of the exception and the line."""


def parsed(source: str, filename: str) -> ast.Module:
    """The source's tree. Raises NotCompiled (name, line)."""
    tree: ast.Module = _compiled(source, filename, ast.PyCF_ONLY_AST)
    return tree


def compiled(source: str | ast.Module, filename: str) -> CodeType:
    """The source's code. Raises NotCompiled (name, line)."""
    code: CodeType = _compiled(source, filename, 0)
    return code


def _compiled(source: str | ast.Module, filename: str, flags: int) -> Any:
    try:
        return compile(source, filename, "exec", flags, dont_inherit=True)
    except SyntaxError as error:
        raise NotCompiled(builtin_name(type(error)), error.lineno or 0) from None
    except (ValueError, RecursionError, OverflowError) as error:  # null bytes, lone surrogates, deep nesting
        raise NotCompiled(builtin_name(type(error)), 0) from None
    except MemoryError:
        # The parser's own stack is full: a nesting that nothing else would take either.
        raise NotCompiled("MemoryError", 0) from None


def report_answers(answers: list[bytes], fd: int, secret: bytes) -> NoReturn:
    """What `Runner.report` does, in fewer steps: most programs end here."""
    head = "answers - 0"
    for answer in answers:
        head += f" {len(answer)}"
    deliver(fd, b"".join((secret, head.encode(), b"\n", *answers, secret)))


def deliver(fd: int, message: bytes) -> NoReturn:
    """Writes the whole message and ends the process."""
    sent = _write(fd, message)
    while sent < len(message):
        sent += _write(fd, memoryview(message)[sent:])
    _exit(0)


def say_out_of_memory(fd: int, secret: bytes) -> NoReturn:
    """The report where there may be no room to build one; ends the process."""
    for piece in (secret, _OUT_OF_MEMORY, secret):
        os.write(fd, piece)
    os._exit(0)


def pack(secret: bytes, outcome: str, name: str, line: int, parts: Sequence[bytes]) -> bytes:
    """The secret, one line that says everything and the sizes of the parts, the parts, the secret again."""
    head = " ".join([outcome, name or "-", str(line), *[str(len(part)) for part in parts]])
    return b"".join((secret, head.encode(), b"\n", *parts, secret))


def describe(kind: type[BaseException], filename: str) -> tuple[str, str, int]:
    """Outcome, name and line of the exception being handled; the deepest line in files named like `filename`."""
    return outcome_of(kind), builtin_name(kind), _line(filename)


def outcome_of(kind: type[BaseException]) -> str:
    """The outcome of a program that raises this."""
    for known, outcome in ((AssertionError, "fail"), (SystemExit, "exit"), (MemoryError, "memory")):
        if issubclass(kind, known):
            return outcome
    return "error"


_NAMES = {id(kind): kind.__name__ for kind in remote.EXCEPTIONS.values()}


def builtin_name(kind: type[BaseException]) -> str:
    """The nearest built-in ancestor: the name of the program's own class is text that the program chose."""
    return next(_NAMES[id(base)] for base in wire.ancestors(kind) if id(base) in _NAMES)


def _line(filename: str) -> int:
    line, trace = 0, sys.exc_info()[2]
    while trace is not None:
        if trace.tb_frame.f_code.co_filename.startswith(filename):
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
