"""A helper process as the user's process sees it: a zygote or the judge, its sockets, the jobs on their way."""

from __future__ import annotations

import os
import selectors
import socket
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Literal

from hornbook.errors import SandboxUnavailable
from hornbook.sandbox import frames
from hornbook.sandbox.verdict import Isolation

Role = Literal["zygote", "judge"]

_START_SECONDS = 30.0
# The package's own __init__ files are not run: a zygote needs the files of this folder and a quick start.
_BOOTSTRAP = """
import sys, types
for name, path in (("hornbook", sys.argv[1]), ("hornbook.sandbox", sys.argv[2])):
    sys.modules[name] = types.ModuleType(name)
    sys.modules[name].__path__ = [path]
import hornbook.sandbox.libraries
from hornbook.sandbox.zygote import main
main(*map(int, sys.argv[3:6]), list(map(int, sys.argv[6:-1])), sys.argv[-1])
"""
_FLAGS = ("-s", "-S", "-P", "-W", "ignore", "-c", _BOOTSTRAP)
# Not -I: it would ignore PYTHONHASHSEED, and the order of a set would differ between runs.
# LD_BIND_NOW: or each child would look up, anew, the functions of libc that only children call.
_ENVIRONMENT = {"LD_BIND_NOW": "1", "PYTHONHASHSEED": "0", "PYTHONUTF8": "1", "TZ": "UTC"}


class WorkerDied(Exception):
    """The socket to a helper is closed or silent for too long."""


class Worker:
    """One helper process. Its jobs are answered in the order in which they were sent."""

    def __init__(self, role: Role, cores: Sequence[int] = ()) -> None:
        """Started, not yet greeted; it runs on these cores only, if any are named. Raises SandboxUnavailable."""
        self.socket, control = socket.socketpair()
        self.tests, tests = socket.socketpair()
        package = Path(__file__).resolve().parent
        fds = (control.fileno(), tests.fileno())
        numbers = (*fds, os.getpid())
        arguments = [str(package.parent), str(package), *map(str, (*numbers, *cores)), role]
        try:
            self.process = subprocess.Popen(
                [sys.executable, *_FLAGS, *arguments],
                env=_ENVIRONMENT,
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                pass_fds=fds,
                start_new_session=True,
            )
        except OSError as error:
            self.socket.close()
            self.tests.close()
            raise SandboxUnavailable(f"the sandbox process did not start: {error}") from error
        finally:
            control.close()
            tests.close()
        self.role, self.cores = role, cores
        self.pending: deque[Any] = deque()
        self.unsent = 0
        """Jobs submitted since the last flush."""
        self.quiet_since = 0.0
        self.watched: dict[socket.socket, int] = {}
        """What the owner's selector waits for, by socket."""
        self._inbox = frames.Inbox()
        self._chunk = memoryview(bytearray(1 << 16))
        self._outboxes = {self.socket: bytearray(), self.tests: bytearray()}

    def greet(self) -> Isolation:
        """What the helper says about its isolation once it is ready. Raises SandboxUnavailable if it does not."""
        self.socket.settimeout(_START_SECONDS)
        try:
            while (message := self._inbox.take()) is None:
                self._receive_some()
        except (WorkerDied, OSError, frames.Garbled) as error:
            self.process.kill()
            assert self.process.stderr is not None
            said = self.process.stderr.read().decode(errors="replace").strip().splitlines()
            reason = said[-1] if said else f"no answer in {_START_SECONDS:.0f} seconds"
            raise SandboxUnavailable(f"the sandbox process did not start: {reason}") from error
        self.socket.setblocking(False)
        self.tests.setblocking(False)
        level, *reasons = (part.decode() for part in message)
        return Isolation(level=level, reasons=tuple(reasons))

    def submit(self, job: Any, sent: bytes, tests: bytes = b"") -> None:
        """What is sent waits for `flush`, as do `tests` for the socket that no program can reach."""
        if not self.pending:
            self.quiet_since = time.monotonic()
        self.pending.append(job)
        self.unsent += 1
        self._outboxes[self.socket] += sent
        self._outboxes[self.tests] += tests

    def is_silent(self, seconds: float) -> bool:
        """Whether it has owed an answer for longer than that."""
        owes = len(self.pending) > self.unsent
        return owes and time.monotonic() - self.quiet_since > seconds

    @property
    def is_loaded(self) -> bool:
        """Whether anything waits to be sent."""
        return any(self._outboxes.values())

    @property
    def is_stuck(self) -> bool:
        """Whether the owner's selector waits for a socket that was full."""
        return any(events & selectors.EVENT_WRITE for events in self.watched.values())

    def flush(self) -> dict[socket.socket, bool]:
        """Sends what the sockets take now; says which have more to send. Raises OSError."""
        if self.unsent == len(self.pending):
            self.quiet_since = time.monotonic()  # until now it had nothing to say
        self.unsent = 0
        for channel, outbox in self._outboxes.items():
            try:
                while outbox:
                    del outbox[: channel.send(outbox)]
            except BlockingIOError:
                continue
        return {channel: bool(outbox) for channel, outbox in self._outboxes.items()}

    def answers(self) -> Iterator[frames.Reply]:
        """The answers that have arrived. Raises OSError or WorkerDied."""
        self._receive_some()
        while (answer := self._next()) is not None:
            self.quiet_since = time.monotonic()
            yield answer

    def leave(self) -> None:
        """Tells the helper to end."""
        self.socket.close()
        self.tests.close()
        # SIGTERM: the outer half ends the inner and reaps it before it goes. With namespaces nothing is left then.
        self.process.terminate()

    def stop(self) -> None:
        """Ends the helper and everything in it, and waits until it is gone."""
        self.leave()
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        if self.process.stderr is not None:
            self.process.stderr.close()

    def _next(self) -> frames.Reply | None:
        try:
            return self._inbox.take()
        except frames.Garbled as error:
            raise WorkerDied("speaks nonsense") from error

    def _receive_some(self) -> None:
        size = self.socket.recv_into(self._chunk)
        if not size:
            raise WorkerDied("closed its socket")
        self._inbox.feed(self._chunk[:size])


def stop_all(workers: Sequence[Worker]) -> None:
    """Ends these helpers, all at once, and waits for each."""
    for worker in workers:
        worker.leave()
    for worker in workers:
        worker.stop()
