"""One program in its own forked child: its blocks run in order in a fresh `__main__`, then one report is written.

Runs inside the sandbox, in the interpreter of the program, so nothing here is a barrier: the report tells what
happened to an honest program. It carries a secret of 16 bytes that the zygote drew, so printing something that
looks like a report is not enough; reading this module's frames is (see the package docstring).
Lean on purpose: after a fork every page that is written costs a page fault, and those are half of a job's time.
"""

from __future__ import annotations

import builtins
import io
import linecache
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType
from typing import NoReturn

BLOCK_STARTED = b"+"
_CLAIMS = ("pass", "fail", "error", "syntax_error", "exit", "memory", "output_limit")

EXCEPTIONS = {
    name: value
    for name, value in vars(builtins).items()
    if isinstance(value, type) and issubclass(value, BaseException)
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a child says about its program; `outputs` is the standard output of each block that began."""

    outcome: str
    exception: str
    line: int
    outputs: tuple[str, ...]


class Output(io.BytesIO):
    """What a program printed; `overflow` is called, and does not return, when it is more than `room` bytes."""

    room = 0
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


class Runner:
    """Runs one program in this process; made in the zygote, so that the child finds it ready."""

    def __init__(self) -> None:
        """An empty output and a text stream on it, which becomes the program's sys.stdout."""
        self._output = Output()
        self._output.overflow = self._too_much
        self._stdout = io.TextIOWrapper(self._output, encoding="utf-8", newline="\n", write_through=True)
        self._starts: list[int] = []

    def run(self, blocks: list[str], output_bytes: int, fd: int, secret: bytes) -> NoReturn:
        """Writes a mark to `fd` as each block begins and a report at the end, then ends the process."""
        self._fd, self._secret = fd, secret
        self._output.room = output_bytes
        # Built now: when memory is gone there may be none left to build it.
        self._out_of_memory = _encode(secret, "memory", "MemoryError", 0, [], b"")
        # Programs see what `python file.py` shows: dataclasses, pickle and typing look their module up by name.
        main = ModuleType("__main__")
        main.__dict__["__builtins__"] = builtins
        sys.modules["__main__"] = main
        sys.stdout = self._stdout
        for index, source in enumerate(blocks):
            self._starts.append(self._output.tell())
            os.write(fd, BLOCK_STARTED)
            outcome, name, line = _run_block(source, f"<block {index}>", main.__dict__)
            if outcome == "memory":
                main.__dict__.clear()
            if outcome != "pass":
                self._report(outcome, name, line)
        self._report("pass", "", 0)

    def _too_much(self) -> NoReturn:
        self._report("output_limit", "", 0)

    def _report(self, outcome: str, name: str, line: int) -> NoReturn:
        try:
            printed = self._output.getvalue()
            ends = [*self._starts[1:], len(printed)][: len(self._starts)]
            message = _encode(self._secret, outcome, name, line, ends, printed)
        except MemoryError:
            message = self._out_of_memory
        while message:
            message = message[os.write(self._fd, message) :]
        os._exit(0)


def _encode(secret: bytes, outcome: str, name: str, line: int, ends: list[int], printed: bytes) -> bytes:
    """The secret, one line that says everything, what was printed, and the secret again as the end mark."""
    head = " ".join([outcome, name or "-", str(line), *map(str, ends)])
    return b"%b%b\n%b%b" % (secret, head.encode(), printed, secret)


def draw_secret() -> bytes:
    """What only this child's report begins and ends with; the first byte keeps it apart from the marks."""
    return b"=" + os.urandom(16)


def is_report(rest: bytes | bytearray, secret: bytes) -> bool:
    """Whether `rest` is a whole report; false while it may become one. Raises ValueError when it never will."""
    if not secret.startswith(rest[: len(secret)]):
        raise ValueError("not a report")
    return len(rest) > 2 * len(secret) and rest.endswith(secret)


def parse(rest: bytes, secret: bytes) -> Report:
    """The report in `rest`, believed only as far as its form is right; raises ValueError where it is not."""
    head, _, printed = rest[len(secret) : -len(secret)].partition(b"\n")
    words = head.decode("ascii").split(" ")
    if len(words) < 3 or words[0] not in _CLAIMS or words[1] not in {"-", *EXCEPTIONS}:
        raise ValueError("not a report")
    line, *ends = (int(word) for word in words[2:])
    starts = [0, *ends][: len(ends)]
    if not 0 <= line < 10**9 or ends != sorted(ends) or [0, *ends][-1] != len(printed):
        raise ValueError("not a report")
    outputs = tuple(printed[a:b].decode("utf-8", "replace") for a, b in zip(starts, ends, strict=True))
    return Report(outcome=words[0], exception=words[1].removeprefix("-"), line=line, outputs=outputs)


def _run_block(source: str, filename: str, namespace: dict[str, object]) -> tuple[str, str, int]:
    """Outcome, name of the exception and line in the block; ("pass", "", 0) when the last line was reached."""
    try:
        code = compile(source, filename, "exec", dont_inherit=True)
    except SyntaxError as error:
        return "syntax_error", _builtin_name(type(error)), error.lineno or 0
    except (ValueError, RecursionError, OverflowError) as error:  # null bytes, lone surrogates, deep nesting
        return "syntax_error", _builtin_name(type(error)), 0
    except MemoryError:
        return "memory", "MemoryError", 0
    # For tracebacks that the program prints, and for inspect.getsource.
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
    try:
        exec(code, namespace)
    except BaseException as error:  # the border to foreign code: whatever it raises is a value here
        # Not isinstance: that asks the object for its __class__, which may lie or run code.
        return _outcome(type(error)), _builtin_name(type(error)), _line(filename)
    return "pass", "", 0


def _outcome(kind: type[BaseException]) -> str:
    for known, outcome in ((AssertionError, "fail"), (SystemExit, "exit"), (MemoryError, "memory")):
        if issubclass(kind, known):
            return outcome
    return "error"


def _builtin_name(kind: type[BaseException]) -> str:
    """The nearest built-in ancestor: the name of the program's own class is text that the program chose."""
    return next(base.__name__ for base in kind.__mro__ if EXCEPTIONS.get(base.__name__) is base)


def _line(filename: str) -> int:
    """The deepest line of the block in the traceback of the exception being handled, 0 if none."""
    line, trace = 0, sys.exc_info()[2]
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == filename:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
