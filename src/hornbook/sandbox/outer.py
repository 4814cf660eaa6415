"""The outer half of a helper: it waits until the user's process or its inner half ends, and ends the other.

Stays outside the sandbox, holds no job and reads nothing.
"""

from __future__ import annotations

import os
import select
import signal
import time
from typing import NoReturn

_SECONDS_TO_END = 0.1


def watch(inner: int, parent: int) -> NoReturn:
    """The outer half: when the parent, the inner half or a SIGTERM says so, everything ends."""

    def stop(*_: object) -> None:
        _end(inner)

    signal.signal(signal.SIGTERM, stop)
    try:
        # The process, not PR_SET_PDEATHSIG: that fires when the *thread* that started us ends.
        ends = [os.pidfd_open(parent), os.pidfd_open(inner)]
        if os.getppid() == parent:
            select.select(ends, [], [])
    except OSError:  # a kernel before 5.3, or a container that forbids pidfd_open
        while os.getppid() == parent and not _has_ended(inner):
            time.sleep(0.2)
    _end(inner)
    try:
        os.waitpid(inner, 0)
    finally:
        os._exit(0)


def _end(inner: int) -> None:
    """Kills it, unless it ends by itself: one that waits for jobs does, and has waited for its children then.

    That is how the CPU time of them all reaches whoever waits for us.
    """
    deadline = time.monotonic() + _SECONDS_TO_END
    while time.monotonic() < deadline:
        if _has_ended(inner):
            return
        time.sleep(0.002)
    os.kill(inner, signal.SIGKILL)


def _has_ended(pid: int) -> bool:
    """Whether a child has, which can be waited for afterwards all the same."""
    return os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
