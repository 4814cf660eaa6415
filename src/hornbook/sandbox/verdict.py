"""What goes into the sandbox and what comes out: Job, Limits, Verdict. Data only."""

from __future__ import annotations

from dataclasses import dataclass, replace

OUTCOMES = (
    "pass",
    "fail",
    "error",
    "syntax_error",
    "timeout_cpu",
    "timeout_wall",
    "memory",
    "crash",
    "exit",
    "forbidden",
    "output_limit",
    "tamper",
    "unsupported",
    "sandbox_error",
    "skipped",
)
"""Every outcome a verdict can have; only `pass` counts.

pass: every test held, or without tests the last line was reached · fail: an assert did not hold · error: another
exception · syntax_error: does not compile · timeout_cpu, timeout_wall: a limit of time · memory: MemoryError ·
crash: ended by a signal · exit: left without finishing (sys.exit, os._exit) · forbidden: killed for a system call
that only an attack makes · output_limit: printed or returned more than allowed · tamper: a report that no honest
program writes · unsupported: cannot be told without believing the program · sandbox_error: our fault, tried twice,
never held against a program · skipped: not run.
"""

LANES = ("run", "plan", "split")
"""run: no tests · plan: asserts compiled to calls, answers compared elsewhere · split: tests in a process of their
own."""

WALL_PER_CPU = 3.0
_MOST_SECONDS = 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one program may use."""

    cpu_seconds: float = 2.0
    """CPU time of the program, and of its tests; wall time may be three times as long."""
    mutant_cpu_seconds: float = 10.0
    """CPU time on top, for all mutants of a program that passes but leaves them too little of its own."""
    memory_megabytes: int = 512
    """Address space; enough for anything that does not import numpy."""
    output_bytes: int = 65536
    """Standard output of all blocks; a program that prints more ends as `output_limit`."""

    def __post_init__(self) -> None:
        """Raises ValueError for limits under which nothing could run, or the answer would not fit."""
        if not 0 < self.cpu_seconds <= _MOST_SECONDS:
            raise ValueError(f"cpu_seconds={self.cpu_seconds}: must be above 0 and at most {_MOST_SECONDS}")
        if not 0 <= self.mutant_cpu_seconds <= _MOST_SECONDS:
            wrong = f"mutant_cpu_seconds={self.mutant_cpu_seconds}"
            raise ValueError(f"{wrong}: must be between 0 (none) and {_MOST_SECONDS}")
        if self.memory_megabytes < 64:
            raise ValueError(f"memory_megabytes={self.memory_megabytes}: the interpreter itself needs 64")
        if not 0 <= self.output_bytes <= 1 << 20:
            raise ValueError(f"output_bytes={self.output_bytes}: must be between 0 and {1 << 20}")

    def with_mutants(self) -> Limits:
        """What a program and its mutants may use together."""
        return replace(self, cpu_seconds=min(self.cpu_seconds + self.mutant_cpu_seconds, _MOST_SECONDS))


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One program to run, with or without tests."""

    id: str
    blocks: tuple[str, ...]
    """Source texts, run in order in one namespace. A textbook page has several; an exercise has one."""
    tests: str | None = None
    """Asserts, or HumanEval's `check(candidate)` with a call of it. The program's process never sees them."""
    entry_point: str = ""
    """The function under test. It is the program's even where it has the name of a built-in."""
    setup: str = ""
    """Definitions that run with the tests, before them: what a prompt gives and a completion must not redefine."""
    limits: Limits | None = None
    """None: those of the sandbox."""
    stubs: bool = False
    """Whether to try the tests on trivial functions too: see `Verdict.weak`."""
    mutants: int = 0
    """How many programs with a small mistake each to try the tests on, at most: see `Verdict.mutants`."""
    inputs: int = 32
    """How many further inputs, like those of the tests, to try on mutants that answer as this program does."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """A program with one small mistake, and whether the tests noticed."""

    kind: str
    """operator, comparison, boundary, constant, condition, statement or argument."""
    line: int
    change: str
    """The place, as source on one line, and what was done to it."""
    outcome: str
    """`pass`: the tests let it pass. Else what became of it, as in OUTCOMES."""
    is_told: bool = False
    """Of one that passes: whether it gives another answer than the program somewhere, or none."""
    told_by: str = ""
    """Of one that is told: an assert that holds for the program and not for it; "" where none can be written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What happened to one job."""

    id: str
    outcome: str
    block: int = 0
    """Index of the block that ended the job; the last one for `pass`; the number of blocks for the tests."""
    detail: str = ""
    """Exception type and line, short and safe to print: never text that the program chose freely."""
    outputs: tuple[str, ...] = ()
    """Without tests: standard output (`sys.stdout`) of each block that began, the last one as far as it came.

    Empty when the program could not report any more: timeout, crash, os._exit.
    """
    seconds: float = 0.0
    """CPU seconds of the program. Measured, so not the same in two runs: keep it out of records."""
    level: str = ""
    """The barriers of the sandbox, as in `Isolation.level`."""
    lane: str = ""
    """Which of LANES; of what does not compile, `run` without tests and `plan` with them."""
    weak: tuple[str, ...] = ()
    """With `Job.stubs` and a pass: the names of trivial functions that pass these tests as well."""
    mutants: tuple[Mutant, ...] = ()
    """With `Job.mutants` and a pass in the lane `plan`. Empty also where one of them ended the process."""
    ungraded: str = ""
    """Why they are empty: none can be made, together they ended as timeout_cpu, memory..., a malformed report."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Isolation:
    """What this machine offers to keep programs in."""

    level: str
    """The barriers, strongest first: `namespaces+landlock+seccomp`; "" when they are too few to run anything."""
    reasons: tuple[str, ...] = ()
    """One line for each layer that does not work here: the call, its errno and the remedy."""
