"""Whether this machine can isolate untrusted code, and what to do where it cannot."""

from __future__ import annotations

import os
import select
import sys
from collections.abc import Sequence

from hornbook.errors import SandboxUnavailable
from hornbook.sandbox.verdict import Isolation
from hornbook.sandbox.worker import Worker

_CONTAINER = "docker build -t hornbook -f docker/Dockerfile . && docker run --rm -it -v {here}:/data hornbook"


def probe() -> Isolation:
    """What this machine offers, found by starting one zygote and ending it; raises nothing."""
    try:
        refuse_other_systems()
        worker = Worker("zygote")
        try:
            return worker.greet()
        finally:
            worker.stop()
    except SandboxUnavailable as error:
        return Isolation(level="", reasons=(str(error),))


def refuse_other_systems() -> None:
    """Raises SandboxUnavailable where the kernel is not Linux, with the command that helps."""
    if sys.platform == "linux" and hasattr(select, "poll"):
        return
    if sys.platform == "win32":
        way_out = (
            "install it in WSL2 (`wsl --install`, then as on Linux), or use Docker: "
            + _CONTAINER.format(here='"%cd%"')
        )
    else:
        way_out = "use Docker: " + _CONTAINER.format(here='"$PWD"')
    raise SandboxUnavailable(
        f"untrusted code runs only on Linux, where the kernel can isolate it; this is {sys.platform}. "
        f"What executes nothing works here; for the rest {way_out}"
    )


def explain(reasons: Sequence[str]) -> str:
    """The message of a machine that cannot isolate: every probe that failed, its errno and the remedy."""
    lines = "\n".join(f"  - {reason}" for reason in reasons)
    return f"this machine cannot isolate untrusted code, so none is run:\n{lines}"


def num_cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def share_of_cores(number: int, num_workers: int) -> list[int]:
    """The usable cores of worker `number`: no other worker's, as long as there are as many cores as workers.

    A zygote stays on one core. Left to choose it freely, two would often choose the same while another is idle.
    """
    cores = sorted(os.sched_getaffinity(0))
    return cores[number % len(cores) :: num_workers]
