"""What a hostile program is: its source, the tests it tries to fool, the verdicts that show it failed."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import dedent, indent

from hornbook.sandbox import OUTCOMES, Limits

LIMITS = Limits(cpu_seconds=0.5, memory_megabytes=256)
SHORT = Limits(cpu_seconds=0.15, memory_megabytes=256)

# A program can never earn `pass` for a lie, and never `sandbox_error` or `skipped`, whatever it does.
NO_PASS = frozenset(OUTCOMES) - {"pass", "sandbox_error", "skipped"}
CAUGHT = frozenset({"fail", "error", "unsupported"})
"""For an answer that lies about itself."""
HELD = frozenset({"pass", "forbidden"})
"""For a program that checks by itself that its attack failed, or that was killed at the attempt."""
ENDED = frozenset({"exit"})
OVERTIME = frozenset({"timeout_cpu", "timeout_wall"})
CPU = frozenset({"timeout_cpu", "timeout_wall"})
"""For a busy program: where the machine is crowded the wall limit comes first."""
WALL = frozenset({"timeout_wall"})
MEMORY = frozenset({"memory"})

NUMBERS = """
assert f(3) == 41
assert f(10) == 104
assert f(-2) == -27
"""


@dataclass(frozen=True, slots=True)
class Case:
    """One program that attacks one property."""

    id: str
    program: str
    accept: frozenset[str]
    tests: str | None = None
    """None: the program itself holds the asserts, and knows the facts below."""
    setup: str = ""
    entry_point: str = "f"
    limits: Limits = LIMITS
    needs_namespaces: bool = False
    """Where only Landlock holds, it may succeed: metadata of files can be seen, and the user's number."""


def attack(
    name: str,
    program: str,
    accept: frozenset[str] = HELD,
    *,
    limits: Limits = LIMITS,
    needs_namespaces: bool = False,
) -> Case:
    """An attack on the machine: it may use the facts and helpers below, and sees by itself that it failed."""
    return Case(name, dedent(program), accept, limits=limits, needs_namespaces=needs_namespaces)


def fake(
    name: str,
    program: str,
    tests: str = NUMBERS,
    accept: frozenset[str] = CAUGHT,
    *,
    setup: str = "",
    entry_point: str = "f",
    limits: Limits = LIMITS,
) -> Case:
    """An attack on a verdict: a wrong program that wants to pass these tests."""
    return Case(name, dedent(program), accept, dedent(tests), dedent(setup), entry_point, limits)


def in_both_lanes(case: Case) -> list[Case]:
    """The same attack on tests that compile to a plan, and on tests that do not."""
    assert case.tests is not None
    loop = "for _ in range(1):\n" + indent(case.tests.strip("\n"), "    ")
    return [
        Case(f"{case.id}-{lane}", case.program, case.accept, tests, case.setup, case.entry_point, case.limits)
        for lane, tests in (("plan", case.tests), ("split", f"rounds = lambda: 1\n{loop}\n"))
    ]


# What an attack on the machine is told, as a block before it: see World.facts for the names in capitals.
HELPERS = '''
def denied(*attempts):
    """Every attempt must raise OSError; one that goes through ends the program, and `exit` is no good."""
    import os
    for attempt in attempts:
        try:
            attempt()
        except OSError:
            continue
        os._exit(9)


def native():
    import ctypes
    libc = ctypes.CDLL(None, use_errno=True)
    libc.syscall.restype = ctypes.c_long
    return libc


def refused(number, *arguments):
    """A raw system call must be refused by a rule (EPERM, EACCES, ENOSYS), not for being called wrongly."""
    import ctypes, os
    words = [ctypes.c_long(word) if isinstance(word, int) else word for word in arguments]
    if native().syscall(ctypes.c_long(number), *words) != -1 or ctypes.get_errno() not in (1, 13, 38):
        os._exit(9)


def open_descriptors():
    import os
    found = []
    for number in range(1024):
        try:
            os.fstat(number)
        except OSError:
            continue
        found.append(number)
    return found
'''
