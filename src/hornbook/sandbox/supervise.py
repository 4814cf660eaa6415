"""Watching the children of one job against their clocks, and ending them.

Runs in the zygote, and only looks whether a report is whole and when a limit is reached: what the report says, and
what a death means, is worked out in the user's process (ending.py).
"""

from __future__ import annotations

import os
import select
import signal
import time
from collections.abc import Sequence

from hornbook.sandbox.frames import ENDED, FLOOD, NOISE, REPORT, SECRET_BYTES, TIMEOUT_CPU, TIMEOUT_WALL
from hornbook.sandbox.verdict import WALL_PER_CPU

_MOST_BYTES = 17 << 20


class Child:
    """A forked child with the pipe on which it reports, after a secret and before the same secret."""

    __slots__ = ("cpu_seconds", "pid", "pipe", "received", "secret", "stopped")

    def __init__(self, pid: int, pipe: int, secret: bytes, cpu_seconds: float) -> None:
        """Nothing was read from the pipe yet."""
        self.pid, self.pipe, self.secret, self.cpu_seconds = pid, pipe, secret, cpu_seconds
        self.received = bytearray()
        self.stopped = ""
        """Why it is to be ended, or has; "" while it runs."""

    def take_in(self, started: float) -> None:
        """Reads what it says; sets `stopped` when that is complete or can never be."""
        chunk = os.read(self.pipe, 1 << 16)
        if chunk:
            self._add(chunk)
        else:
            self.stopped = ENDED
            self._await_death(started)

    def _add(self, chunk: bytes) -> None:
        self.received += chunk
        if not self.secret.startswith(self.received[:SECRET_BYTES]):
            self.stopped = NOISE
        elif is_report(self.received, self.secret):
            self.stopped = REPORT
        elif len(self.received) > _MOST_BYTES:
            self.stopped = FLOOD

    def seconds_left(self, started: float) -> float:
        """Seconds until a limit could be reached; sets `stopped` when one is."""
        cpu = self.cpu_seconds - seconds_of(self.pid)
        wall = started + WALL_PER_CPU * self.cpu_seconds - time.monotonic()
        if cpu <= 0 or wall <= 0:
            self.stopped = TIMEOUT_CPU if cpu <= 0 else TIMEOUT_WALL
        return max(0.0, min(cpu, wall))

    def _await_death(self, started: float) -> None:
        """Its pipe is closed: it is dead, or has closed it and goes on until a limit."""
        while os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
            self.seconds_left(started)
            if self.stopped != ENDED:
                return
            time.sleep(0.001)

    def bury(self) -> list[bytes]:
        """Ends and reaps it, whatever it said; why it stopped, wait status, CPU seconds, all it said."""
        os.kill(self.pid, signal.SIGKILL)
        _, status, usage = os.wait4(self.pid, 0)
        os.close(self.pipe)
        seconds = usage.ru_utime + usage.ru_stime
        return [self.stopped.encode(), b"%d" % status, b"%.6f" % seconds, bytes(self.received)]


def is_report(received: bytes | bytearray, secret: bytes) -> bool:
    """Whether this is a whole report."""
    return received.startswith(secret) and received.endswith(secret) and len(received) > 2 * SECRET_BYTES


def seconds_of(pid: int) -> float:
    """CPU seconds of a process that is not yet reaped."""
    # Its CPU clock; the id is made as in <linux/posix-timers.h>.
    return time.clock_gettime((~pid << 3) | 2)


def await_any(*fds: int, milliseconds: int) -> bool:
    """Whether one can be read, or is closed at the other end, within that time."""
    poller = select.poll()
    for fd in fds:
        poller.register(fd, select.POLLIN)
    return bool(poller.poll(milliseconds))


def watch(children: Sequence[Child], started: float) -> None:
    """Waits until the first child has reported, ended, or used up a limit; `started`: monotonic seconds."""
    if any(child.stopped for child in children):
        return  # without a poller
    poller = select.poll()
    for child in children:
        poller.register(child.pipe, select.POLLIN)
    milliseconds = 0.0  # what has been said already counts, also behind a limit
    while not any(child.stopped for child in children):
        ready = dict(poller.poll(milliseconds))
        for child in children:
            if child.pipe in ready:
                child.take_in(started)
        if not any(child.stopped for child in children):
            # One millisecond more, or the last wait would be cut to nothing and spin.
            milliseconds = 1 + 1000 * min([child.seconds_left(started) for child in children])
