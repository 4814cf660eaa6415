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


WALL_PER_CPU = 3.0
WALL_PER_CPU_STARVED = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one program may use."""

    cpu_seconds: float = 2.0
    """CPU time of the program; wall time may be three times as long, or ten times for a program that has used a
    third of its CPU time by then, because such a program computes and the machine is crowded."""
    memory_megabytes: int = 512
    """Address space; enough for anything that does not import numpy."""
    output_bytes: int = 65536
    """Standard output kept, over all blocks; a program that prints more ends as `output_limit`."""

    def __post_init__(self) -> None:
        """Raises ValueError for limits under which nothing could run, or the answer would not fit."""
        if not 0 < self.cpu_seconds <= 3600:
            raise ValueError(f"cpu_seconds={self.cpu_seconds}: must be above 0 and at most 3600")
        if self.memory_megabytes < 64:
            raise ValueError(f"memory_megabytes={self.memory_megabytes}: the interpreter itself needs 64")
        if not 0 <= self.output_bytes <= 1 << 20:
            raise ValueError(f"output_bytes={self.output_bytes}: must be between 0 and {1 << 20}")


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
    """Standard output (`sys.stdout`) of each block that began, the last one as far as it came.

    Empty when the program could not report any more: timeout, crash, os._exit.
    """
    seconds: float = 0.0
    """CPU seconds of the program. Measured, so not the same in two runs: keep it out of records."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Isolation:
    """What this machine offers to keep programs in."""

    level: str
    """The barriers, strongest first: `namespaces+landlock+seccomp`; "" when they are too few to run anything."""
    reasons: tuple[str, ...] = ()
    """One line for each layer that does not work here: the call, its errno and the remedy."""
