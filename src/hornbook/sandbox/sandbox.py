"""The side of the sandbox that lives in the user's process: hands jobs to zygotes, yields verdicts in order.

Executes nothing untrusted and never forks this process. Each worker is one zygote (see zygote.py) behind a socket;
a few jobs are on their way to each so that it never waits. A zygote that dies is started again: the job it was
running gets a second try, then a `sandbox_error`; the jobs queued behind it lose nothing.
"""

from __future__ import annotations

import json
import os
import select
import selectors
import socket
import struct
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any

from hornbook.errors import SandboxUnavailable
from hornbook.sandbox.verdict import WALL_PER_CPU_STARVED, Isolation, Job, Verdict

_IN_FLIGHT = 4
_WINDOW_PER_WORKER = 32
_TRIES = 2
_START_SECONDS = 30.0
_GRACE_SECONDS = 20.0
_frame = struct.Struct(">I")

# The package's own __init__ files are not run: the zygote needs five files of this folder and a quick start.
_BOOTSTRAP = """
import sys, types
for name, path in (("hornbook", sys.argv[1]), ("hornbook.sandbox", sys.argv[2])):
    sys.modules[name] = types.ModuleType(name)
    sys.modules[name].__path__ = [path]
from hornbook.sandbox.zygote import main
main(int(sys.argv[3]), int(sys.argv[4]))
"""
_FLAGS = ("-s", "-S", "-P", "-W", "ignore", "-c", _BOOTSTRAP)
# Not -I: it would ignore PYTHONHASHSEED, and the order of a set would differ between runs.
_ENVIRONMENT = {"PYTHONHASHSEED": "0", "PYTHONUTF8": "1", "TZ": "UTC"}


class _ZygoteDied(Exception):
    """The socket to a zygote is closed or silent for too long."""


@dataclass(slots=True, eq=False)
class _Slot:
    """A job that somebody waits for."""

    job: Job
    tries: int = 0
    verdict: Verdict | None = None


class _Worker:
    """One zygote: its process, its socket, and the jobs on their way to it."""

    def __init__(self) -> None:
        ours, theirs = socket.socketpair()
        package = Path(__file__).resolve().parent
        fd = theirs.fileno()
        arguments = [str(package.parent), str(package), str(fd), str(os.getpid())]
        try:
            self.process = subprocess.Popen(
                [sys.executable, *_FLAGS, *arguments],
                env=_ENVIRONMENT,
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                pass_fds=(fd,),
                start_new_session=True,
            )
        except OSError as error:
            ours.close()
            raise SandboxUnavailable(f"the sandbox process did not start: {error}") from error
        finally:
            theirs.close()
        self.socket = ours
        self.pending: deque[_Slot] = deque()
        self.inbox = bytearray()
        self.outbox = bytearray()
        self.quiet_since = 0.0

    def greet(self) -> Isolation:
        """What the zygote says about its isolation once it is ready. Raises SandboxUnavailable if it does not."""
        self.socket.settimeout(_START_SECONDS)
        try:
            while (hello := self._next_message()) is None:
                self._receive_some()
        except (_ZygoteDied, OSError) as error:
            self.process.kill()
            assert self.process.stderr is not None
            said = self.process.stderr.read().decode(errors="replace").strip().splitlines()
            reason = said[-1] if said else f"no answer in {_START_SECONDS:.0f} seconds"
            raise SandboxUnavailable(f"the sandbox process did not start: {reason}") from error
        self.socket.setblocking(False)
        return Isolation(level=hello["level"], reasons=tuple(hello["reasons"]))

    def submit(self, slot: _Slot) -> None:
        """The job is on its way. Raises OSError when the zygote is gone."""
        limits = slot.job.limits
        message = {
            "blocks": slot.job.blocks,
            "cpu": limits.cpu_seconds,
            "memory": limits.memory_megabytes,
            "output": limits.output_bytes,
        }
        body = json.dumps(message).encode()
        if not self.pending:
            self.quiet_since = time.monotonic()
        self.pending.append(slot)
        self.outbox += _frame.pack(len(body)) + body
        self.flush()

    def flush(self) -> None:
        """Sends what the socket takes now. Raises OSError."""
        try:
            while self.outbox:
                del self.outbox[: self.socket.send(self.outbox)]
        except BlockingIOError:
            return

    def answers(self) -> Iterator[dict[str, Any]]:
        """The answers that have arrived. Raises OSError or _ZygoteDied."""
        self._receive_some()
        while (answer := self._next_message()) is not None:
            self.quiet_since = time.monotonic()
            yield answer

    def check_alive(self) -> None:
        """Raises _ZygoteDied when the running job is far over its wall limit: the zygote itself hangs."""
        if not self.pending:
            return
        allowed = WALL_PER_CPU_STARVED * self.pending[0].job.limits.cpu_seconds + _GRACE_SECONDS
        if time.monotonic() - self.quiet_since > allowed:
            raise _ZygoteDied("hangs")

    def stop(self) -> None:
        """Ends the zygote and everything in it, and waits until it is gone."""
        self.socket.close()
        # SIGTERM: the outer half kills the inner and reaps it before it goes, so nothing is left when we return.
        self.process.terminate()
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        if self.process.stderr is not None:
            self.process.stderr.close()

    def _receive_some(self) -> None:
        chunk = self.socket.recv(1 << 18)
        if not chunk:
            raise _ZygoteDied("closed its socket")
        self.inbox += chunk

    def _next_message(self) -> dict[str, Any] | None:
        if len(self.inbox) < _frame.size:
            return None
        end = _frame.size + _frame.unpack_from(self.inbox)[0]
        if len(self.inbox) < end:
            return None
        message: dict[str, Any] = json.loads(self.inbox[_frame.size : end])
        del self.inbox[:end]
        return message


@dataclass(slots=True)
class _State:
    """What a started sandbox holds."""

    workers: list[_Worker]
    isolation: Isolation
    queue: deque[_Slot] = field(default_factory=deque)
    selector: selectors.BaseSelector = field(default_factory=selectors.DefaultSelector)


class Sandbox:
    """Runs jobs in isolated processes; use it as a context manager, in one thread.

    `workers` is the number of zygotes, by default one for each usable core. Entering raises SandboxUnavailable
    (with every probe that failed, its errno and the remedy) when the machine cannot isolate.
    """

    def __init__(self, workers: int | None = None) -> None:
        """Nothing is started yet. Raises ValueError for fewer than 1 worker."""
        if workers is not None and workers < 1:
            raise ValueError(f"workers={workers}: a sandbox needs at least 1")
        self._num_workers = workers or _num_cores()
        self._state: _State | None = None
        self._owner = os.getpid()

    def __enter__(self) -> Sandbox:
        """The sandbox, its zygotes started."""
        self._owner = os.getpid()
        _refuse_other_systems()
        workers: list[_Worker] = []
        try:
            for _ in range(self._num_workers):
                workers.append(_Worker())
            isolations = [worker.greet() for worker in workers]
            for isolation in isolations:
                if not isolation.level:
                    raise SandboxUnavailable(_explain(isolation.reasons))
        except BaseException:
            _stop_all(workers)
            raise
        self._state = _State(workers=workers, isolation=isolations[0])
        for worker in workers:
            self._state.selector.register(worker.socket, selectors.EVENT_READ, worker)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Ends the zygotes and whatever runs in them."""
        self.close()

    @property
    def level(self) -> str:
        """The barriers that hold the programs, as in `Isolation.level`."""
        return self._started().isolation.level

    def run(self, jobs: Iterable[Job]) -> Iterator[Verdict]:
        """One verdict for each job, in the order of the jobs, as they become ready.

        Lazy: holds at most 32 jobs per worker, so `jobs` may be an endless generator. A bad program is a value.
        Raises SandboxUnavailable when a zygote dies and cannot be started again.
        """
        state = self._started()
        window: deque[_Slot] = deque()
        try:
            for job in jobs:
                slot = _Slot(job)
                window.append(slot)
                state.queue.append(slot)
                self._assign()
                while window and (window[0].verdict or len(window) >= _WINDOW_PER_WORKER * self._num_workers):
                    yield self._wait(window.popleft())
            while window:
                yield self._wait(window.popleft())
        finally:
            # A consumer that stops early: what no zygote has yet is dropped; the rest is answered to nobody.
            abandoned = set(map(id, window))
            kept = [slot for slot in state.queue if id(slot) not in abandoned]
            state.queue.clear()
            state.queue.extend(kept)

    def close(self) -> None:
        """Ends the zygotes; harmless when closed already, or in a fork of the process that opened the sandbox."""
        state, self._state = self._state, None
        if state is None or os.getpid() != self._owner:
            return
        state.selector.close()
        _stop_all(state.workers)

    def _started(self) -> _State:
        if self._state is None or os.getpid() != self._owner:
            raise RuntimeError("the sandbox is not open in this process: use `with Sandbox() as sandbox:`")
        return self._state

    def _wait(self, slot: _Slot) -> Verdict:
        while slot.verdict is None:
            self._pump()
        return slot.verdict

    def _assign(self) -> None:
        """Queued jobs go to the workers with the fewest on their way."""
        state = self._started()
        while state.queue:
            at = min(range(len(state.workers)), key=lambda index: len(state.workers[index].pending))
            worker = state.workers[at]
            if len(worker.pending) >= _IN_FLIGHT:
                return
            try:
                worker.submit(state.queue.popleft())
            except OSError:
                self._revive(worker)
            else:
                self._watch(worker)

    def _pump(self) -> None:
        """Takes in answers and sends out jobs, waiting up to a second for either."""
        self._assign()
        state = self._started()
        for key, events in state.selector.select(timeout=1.0):
            worker: _Worker = key.data
            try:
                if events & selectors.EVENT_WRITE:
                    worker.flush()
                if events & selectors.EVENT_READ:
                    for answer in worker.answers():
                        self._settle(worker.pending.popleft(), answer)
                self._watch(worker)
            except (OSError, _ZygoteDied):
                self._revive(worker)
        for worker in list(state.workers):
            try:
                worker.check_alive()
            except _ZygoteDied:
                self._revive(worker)

    def _watch(self, worker: _Worker) -> None:
        wanted = selectors.EVENT_READ | (selectors.EVENT_WRITE if worker.outbox else 0)
        selector = self._started().selector
        if selector.get_key(worker.socket).events != wanted:
            selector.modify(worker.socket, wanted, worker)

    def _settle(self, slot: _Slot, answer: dict[str, Any]) -> None:
        """The slot gets its verdict; an answer that is our fault is asked for once more."""
        slot.tries += 1
        if answer["outcome"] == "sandbox_error" and slot.tries < _TRIES:
            self._started().queue.appendleft(slot)
            return
        slot.verdict = Verdict(
            id=slot.job.id,
            outcome=answer["outcome"],
            block=answer["block"],
            detail=answer["detail"],
            outputs=tuple(answer["outputs"]),
            seconds=answer["seconds"],
        )

    def _revive(self, worker: _Worker) -> None:
        """A new zygote takes the place of a dead one. Raises SandboxUnavailable when it does not start."""
        state = self._started()
        state.selector.unregister(worker.socket)
        worker.stop()
        lost = worker.pending
        if lost:
            # Jobs are answered in order: the first one was running, the others had not begun.
            lost[0].tries += 1
            if lost[0].tries >= _TRIES:
                slot = lost.popleft()
                slot.verdict = Verdict(
                    id=slot.job.id, outcome="sandbox_error", detail="the zygote died twice"
                )
            state.queue.extendleft(reversed(lost))
        fresh = _Worker()
        state.workers[state.workers.index(worker)] = fresh
        isolation = fresh.greet()
        if isolation.level != state.isolation.level:
            raise SandboxUnavailable(_explain(isolation.reasons))
        state.selector.register(fresh.socket, selectors.EVENT_READ, fresh)


def probe() -> Isolation:
    """What this machine offers, found by starting one zygote and ending it; raises nothing."""
    try:
        _refuse_other_systems()
        worker = _Worker()
        try:
            return worker.greet()
        finally:
            worker.stop()
    except SandboxUnavailable as error:
        return Isolation(level="", reasons=(str(error),))


def _stop_all(workers: list[_Worker]) -> None:
    for worker in workers:
        worker.process.terminate()  # all at once, then wait for each
    for worker in workers:
        worker.stop()


def _refuse_other_systems() -> None:
    if sys.platform != "linux" or not hasattr(select, "poll"):
        raise SandboxUnavailable(
            f"untrusted code runs only on Linux, where the kernel can isolate it; this is {sys.platform}. "
            "Run hornbook in a Linux container or virtual machine."
        )


def _explain(reasons: tuple[str, ...]) -> str:
    lines = "\n".join(f"  - {reason}" for reason in reasons)
    return f"this machine cannot isolate untrusted code, so none is run:\n{lines}"


def _num_cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
