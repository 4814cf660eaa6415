"""What goes into the sandbox and what comes out: Job, Limits, Verdict. Data only."""

from __future__ import annotations

from dataclasses import dataclass, field

OUTCOMES = (
    "pass",
    "fail",
    "error",
    "syntax_error",
    "timeout",
    "memory",
    "crash",
    "exit",
    "output_limit",
    "sandbox_error",
)
"""Every outcome a verdict can have; only `pass` counts.

pass: ran to its last line · fail: an assert was false · error: another exception · syntax_error: does not
compile · timeout: CPU or wall limit · memory: MemoryError or killed at the limit · crash: ended by a signal ·
exit: left without finishing (sys.exit, os._exit) · output_limit: printed more than allowed ·
sandbox_error: our fault, retried, never held against a program.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one program may use."""

    cpu_seconds: float = 2.0
    """CPU time of the program; wall time may be three times as long."""
    memory_megabytes: int = 512
    """Address space; enough for anything that does not import numpy."""
    output_bytes: int = 65536
    """Standard output kept; a program that prints more ends as `output_limit`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One program to run: its blocks share one namespace and run in order."""

    id: str
    blocks: tuple[str, ...]
    """Source texts. A textbook page has several; an exercise has (prompt + solution, tests)."""
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What happened to one job."""

    id: str
    outcome: str
    block: int = 0
    """Index of the block that ended the job; the last one for `pass`."""
    detail: str = ""
    """Exception type and line, short and safe to print: never text that the program chose freely."""
    outputs: tuple[str, ...] = ()
    """Standard output of each block that ran."""
    seconds: float = 0.0
    """CPU seconds of the program."""
