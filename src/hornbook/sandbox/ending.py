"""What a child's report and death mean. Reads what strangers wrote, in the user's process: bounded, and no values.

A report is one line of words and sizes, then the parts. Its child may claim only what its lane allows: where there
are tests, no program can say `pass`.
"""

from __future__ import annotations

import builtins
import os
import re
import signal
from collections.abc import Sequence
from dataclasses import dataclass, replace

from hornbook.sandbox import frames

CLAIMS = {
    "run": ("pass", "fail", "error", "syntax_error", "exit", "memory", "output_limit"),
    "plan": ("answers", "fail", "error", "syntax_error", "exit", "memory", "output_limit"),
    "split": ("fail", "error", "syntax_error", "exit", "memory", "output_limit"),
    "tests": ("pass", "fail", "error", "syntax_error", "exit", "memory", "unsupported", "tamper", "lost"),
}
"""What the report of each lane's child may say; "tests" is the child that runs the tests of the split lane."""
_LONGEST_HEAD = 1 << 18
_HEAD = re.compile(rb"([a-z_]+) ([A-Za-z]+|-) ([0-9]{1,9})((?: [0-9]{1,9})*)\n")
_NAMES = {"-"} | {
    name
    for name, value in vars(builtins).items()
    if isinstance(value, type) and issubclass(value, BaseException)
}
_STOPPED = {
    frames.TIMEOUT_CPU: "timeout_cpu",
    frames.TIMEOUT_WALL: "timeout_wall",
    frames.NOISE: "tamper",
    frames.FLOOD: "output_limit",
}


@dataclass(frozen=True, slots=True)
class Ending:
    """How a child ended."""

    outcome: str
    """One of OUTCOMES, or `answers` (of a plan), or `lost` (tests whose program is gone)."""
    detail: str = ""
    parts: tuple[bytes, ...] = ()
    """Outputs of the blocks, answers, or names of stubs."""


@dataclass(frozen=True, slots=True)
class Buried:
    """What a zygote says of a child."""

    stopped: str
    status: int
    seconds: float
    received: bytes

    def ending(self, lane: str, begun: int) -> Ending:
        """First match: a report, a limit, the kernel's filter, a signal, an exit.

        `begun`: how many blocks had begun; with none the fault is ours.
        """
        if self.stopped == frames.REPORT:
            try:
                return _parsed(self.received[frames.SECRET_BYTES : -frames.SECRET_BYTES], lane)
            except ValueError:
                return Ending("tamper", "not a report")
        killed_by = os.WTERMSIG(self.status) if os.WIFSIGNALED(self.status) else 0
        if self.stopped in _STOPPED:
            return Ending(_STOPPED[self.stopped])
        if killed_by == signal.SIGXCPU:
            return Ending("timeout_cpu")
        if killed_by == signal.SIGSYS:
            return Ending("forbidden", "a system call that no lesson needs")
        if not begun:
            return Ending("sandbox_error", "the child ended before the program began")
        if killed_by:
            return Ending("crash", _signal_name(killed_by))
        return Ending("exit", f"status {os.WEXITSTATUS(self.status)}")


def ended(reply: Sequence[bytes], lane: str, num_blocks: int) -> tuple[int, float, Ending]:
    """Which block a job ended in, its program's CPU seconds and its ending, out of a zygote's reply.

    The reply: how many blocks began, then four parts for the program and, in the split lane, four for its tests.
    """
    begun = int(reply[0])
    program, *tests = [
        Buried(reply[at].decode(), int(reply[at + 1]), float(reply[at + 2]), reply[at + 3])
        for at in range(1, len(reply), 4)
    ]
    if tests and tests[0].stopped:
        verdict = tests[0].ending("tests", 1)
        if verdict.outcome != "lost":
            detail = verdict.detail and f"tests: {verdict.detail}"
            return num_blocks, program.seconds, replace(verdict, detail=detail)
    ending = program.ending(lane, begun)
    if lane == "run" and ending.outcome == "pass" and min(begun, len(ending.parts)) < num_blocks:
        ending = Ending("tamper", "a report before its time")
    return min(max(begun - 1, 0), num_blocks), program.seconds, ending


def _parsed(message: bytes, lane: str) -> Ending:
    """The report, believed only as far as its form is right; raises ValueError where it is not."""
    head = _HEAD.match(message, 0, _LONGEST_HEAD)
    outcome, name = (head[1].decode(), head[2].decode()) if head else ("", "")
    if not head or outcome not in CLAIMS[lane] or name not in _NAMES:
        raise ValueError("not a report")
    body, sizes = message[head.end() :], [int(size) for size in head[4].split()]
    if sum(sizes) != len(body):
        raise ValueError("not a report")
    place = f" at line {int(head[3])}" if int(head[3]) else ""
    detail = f"{name}{place}" if name != "-" else ""
    return Ending(outcome, detail, tuple(frames.cut(body, sizes)))


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
