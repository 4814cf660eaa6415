"""The small process that forks one child per program: confines itself, then answers jobs until its parent is gone.

Started by sandbox.py as a freshly executed interpreter, never as a fork of the user's process (32 MB of touched
heap cost a factor of ten in forks per second). Two halves: the outer waits for either end, the inner lives in the
sandbox (PID 1 of its own namespace) and holds nothing but the standard library. Jobs and answers cross one socket
as length-prefixed JSON, one job at a time; a job's text enters this process only when the job before it is over.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import random
import select
import signal
import struct
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from hornbook.sandbox import namespaces, policy, program, seccomp
from hornbook.sandbox.namespaces import SCRATCH
from hornbook.sandbox.verdict import WALL_PER_CPU, WALL_PER_CPU_STARVED

# Imported once, shared by every child: what programs use most. Not threading: its hook after each fork costs 120
# page faults, half a millisecond, for every program.
_PRELOAD = """
re math cmath collections collections.abc itertools functools heapq bisect string random typing json operator copy
datetime decimal fractions statistics textwrap enum dataclasses abc array calendar contextlib io linecache numbers
pprint traceback types encodings.ascii encodings.latin_1 encodings.utf_8 encodings.idna
"""
_MOST_RESULT_BYTES = 2 << 20
_SELF_TEST = """
import os
for forbidden in (os.fork, lambda: os.listdir("/proc"), lambda: open("/etc/passwd"), lambda: os.kill(1, 0)):
    try:
        forbidden()
    except OSError:
        continue
    raise SystemExit
"""
_frame = struct.Struct(">I")
_scratch = Path(SCRATCH)


@dataclass(frozen=True, slots=True)
class _Ending:
    """What the supervisor saw of one child."""

    received: bytes
    stopped: str
    status: int
    seconds: float


def main(control: int, parent: int) -> None:
    """Serves jobs on the socket `control` until it closes or the process `parent` ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for name in _PRELOAD.split():
        importlib.import_module(name)
    layers = policy.choose()
    if not layers.level:
        _send(control, {"level": "", "reasons": layers.reasons})
        return
    if layers.namespaces:
        namespaces.enter(layers.libraries)
    inner = os.fork()
    if inner:
        os.close(control)
        _watch(inner, parent)
    _become_inner(control, layers)


def _watch(inner: int, parent: int) -> NoReturn:
    """The outer half: when the parent, the inner half or a SIGTERM says so, everything ends."""

    def stop(*_: object) -> None:
        _kill(inner)

    signal.signal(signal.SIGTERM, stop)
    try:
        # The process, not PR_SET_PDEATHSIG: that fires when the *thread* that started us ends.
        ends = [os.pidfd_open(parent), os.pidfd_open(inner)]
        if os.getppid() == parent:
            select.select(ends, [], [])
    except OSError:  # a kernel before 5.3, or a container that forbids pidfd_open
        while os.getppid() == parent and os.waitpid(inner, os.WNOHANG) == (0, 0):
            time.sleep(0.2)
    _kill(inner)
    try:
        os.waitpid(inner, 0)
    finally:
        os._exit(0)


def _become_inner(control: int, layers: policy.Layers) -> None:
    os.setsid()
    policy.confine(layers)
    policy.die_with_parent()
    # The terminal's Ctrl-C does not reach this session; programs see the handler that Python gives them.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    _forget_origin()
    zygote = _Zygote(control, seccomp.for_program(), has_scratch=layers.namespaces)
    gc.collect()
    gc.freeze()
    test = zygote.judge({"blocks": [_SELF_TEST], "cpu": 2.0, "memory": 512, "output": 0})
    if test["outcome"] != "pass":
        reason = f"self-test: {test['outcome']} {test['detail']}; remedy: report this with `uname -a`"
        _send(control, {"level": "", "reasons": [*layers.reasons, reason]})
        return
    _send(control, {"level": layers.level, "reasons": layers.reasons})
    while (job := _receive(control)) is not None:
        _send(control, zygote.judge(job))


def _forget_origin() -> None:
    """Programs see an empty environment, and neither our code by name nor the path it came from."""
    os.environ.clear()
    sys.dont_write_bytecode = True
    sys.argv = [""]
    sys.orig_argv = [""]
    for name in [name for name in sys.modules if name.partition(".")[0] == "hornbook"]:
        del sys.modules[name]
    devnull = os.open(os.devnull, os.O_RDWR)
    for fd in (0, 1, 2):
        os.dup2(devnull, fd)
    os.close(devnull)


class _Zygote:
    """Forks, watches and buries one child per job."""

    def __init__(self, control: int, calls: seccomp.Filter, *, has_scratch: bool) -> None:
        self.control = control
        self.calls = calls
        self.has_scratch = has_scratch
        self.runner = program.Runner()
        self.memory_ceiling = policy.memory_ceiling()

    def judge(self, job: dict[str, Any]) -> dict[str, Any]:
        """The answer to one job. Raises OSError when the world around it is broken: then the zygote must end."""
        secret = program.draw_secret()
        try:
            read_fd, write_fd = os.pipe()
            pid = os.fork()
        except OSError as error:
            return _answer("sandbox_error", detail=f"fork: {os.strerror(error.errno or 0)}")
        if pid == 0:
            os.close(read_fd)
            self._be_program(job, write_fd, secret)
        os.close(write_fd)
        try:
            ending = _supervise(pid, read_fd, job, secret)
        finally:
            os.close(read_fd)
        if os.getpid() == 1:
            _bury_everyone()
        if self.has_scratch:
            _wipe_scratch()
        return _verdict(job, ending, secret)

    def _be_program(self, job: dict[str, Any], write_fd: int, secret: bytes) -> NoReturn:
        try:
            os.close(self.control)
            if (
                not self.has_scratch
            ):  # PID 1 takes its namespace with it; without one the child must see to itself
                policy.die_with_parent()
            policy.limit_program(job["cpu"], min(job["memory"] << 20, self.memory_ceiling))
            random.seed(0)  # os.fork re-seeds it from the clock
            self.calls.attach(os.getpid())
            self.runner.run(job["blocks"], job["output"], write_fd, secret)
        finally:
            os._exit(70)


class _Clock:
    """The CPU and the wall limit of one child."""

    def __init__(self, pid: int, cpu_seconds: float) -> None:
        self.pid = pid
        self.cpu_seconds = cpu_seconds
        self.started = time.monotonic()
        self.seconds_left = cpu_seconds

    def over(self) -> str:
        """ "cpu" or "wall" when that limit is passed, else nothing; `seconds_left` says when to ask again."""
        # The process's CPU clock; its id is made as in <linux/posix-timers.h>.
        used = time.clock_gettime((~self.pid << 3) | 2)
        # What computes on a crowded machine gets more wall time than what sleeps: the verdict follows the work.
        starved = used >= self.cpu_seconds / 3
        wall = (WALL_PER_CPU_STARVED if starved else WALL_PER_CPU) * self.cpu_seconds
        cpu_left, wall_left = self.cpu_seconds - used, self.started + wall - time.monotonic()
        self.seconds_left = min(cpu_left, wall_left)
        if self.seconds_left > 0:
            return ""
        return "cpu" if cpu_left <= 0 else "wall"


def _supervise(pid: int, read_fd: int, job: dict[str, Any], secret: bytes) -> _Ending:
    """Reads the child's report against both clocks, then kills and reaps it whatever it says."""
    clock = _Clock(pid, job["cpu"])
    poller = select.poll()
    poller.register(read_fd, select.POLLIN)
    received, stopped = bytearray(), ""
    while not stopped:
        stopped = clock.over()
        if stopped or not poller.poll(1 + 1000 * clock.seconds_left):
            continue
        chunk = os.read(read_fd, 1 << 16)
        received += chunk
        stopped = _judge_stream(received, len(job["blocks"]), secret) if chunk else _await_end(clock)
    _kill(pid)
    _, status, usage = os.wait4(pid, 0)
    return _Ending(bytes(received), stopped, status, usage.ru_utime + usage.ru_stime)


def _judge_stream(received: bytearray, num_blocks: int, secret: bytes) -> str:
    """Nothing while more is expected, "report" when it is complete, "noise" when it never will be."""
    rest = received.lstrip(program.BLOCK_STARTED)
    if len(received) - len(rest) > num_blocks or len(rest) > _MOST_RESULT_BYTES:
        return "noise"
    try:
        return "report" if program.is_report(rest, secret) else ""
    except ValueError:
        return "noise"


def _await_end(clock: _Clock) -> str:
    """The result pipe is closed: the child is dead, or has closed it and goes on until a limit."""
    while os.waitid(os.P_PID, clock.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
        if stopped := clock.over():
            return stopped
        time.sleep(0.001)
    return "ended"


def _verdict(job: dict[str, Any], ending: _Ending, secret: bytes) -> dict[str, Any]:
    """First match: a report, a limit, a signal, an exit. Only a report can say `pass`."""
    rest = ending.received.lstrip(program.BLOCK_STARTED)
    num_begun = len(ending.received) - len(rest)
    block = min(max(num_begun - 1, 0), max(len(job["blocks"]) - 1, 0))
    if ending.stopped == "report":
        return _believe(rest, secret, job, block, ending.seconds)
    if num_begun == 0 and job["blocks"]:
        return _answer("sandbox_error", 0, "the child ended before the program began", seconds=ending.seconds)
    killed_by = os.WTERMSIG(ending.status) if os.WIFSIGNALED(ending.status) else 0
    if ending.stopped in ("cpu", "wall") or killed_by == signal.SIGXCPU:
        detail = ending.stopped if ending.stopped in ("cpu", "wall") else "cpu"
        return _answer("timeout", block, detail, seconds=ending.seconds)
    if ending.stopped == "noise":
        return _answer("exit", block, "not a report", seconds=ending.seconds)
    if killed_by:
        return _answer("crash", block, _signal_name(killed_by), seconds=ending.seconds)
    return _answer("exit", block, f"status {os.WEXITSTATUS(ending.status)}", seconds=ending.seconds)


def _believe(rest: bytes, secret: bytes, job: dict[str, Any], block: int, seconds: float) -> dict[str, Any]:
    """The child's report as an answer, if its form is right."""
    try:
        report = program.parse(rest, secret)
        if len(report.outputs) > len(job["blocks"]) or sum(map(len, report.outputs)) > job["output"]:
            raise ValueError("more output than blocks or room")
    except ValueError:
        return _answer("exit", block, "not a report", seconds=seconds)
    place = f" at line {report.line}" if report.line else ""
    return _answer(report.outcome, block, report.exception + place, report.outputs, seconds)


def _answer(
    outcome: str, block: int = 0, detail: str = "", outputs: tuple[str, ...] = (), seconds: float = 0.0
) -> dict[str, Any]:
    return {"outcome": outcome, "block": block, "detail": detail, "outputs": outputs, "seconds": seconds}


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def _bury_everyone() -> None:
    """Nothing but this process may be left in its pid namespace. Only PID 1 of a namespace may call this."""
    assert os.getpid() == 1, "kill(-1) outside a pid namespace would end the user's own processes"
    try:
        os.kill(-1, signal.SIGKILL)
        while True:
            os.waitpid(-1, 0)
    except (ProcessLookupError, ChildProcessError):
        return


def _wipe_scratch() -> None:
    """Empties the scratch directory. Raises OSError: what cannot be wiped must not meet the next program.

    Nested directories are moved up and emptied there, so depth and path length never matter.
    """
    serial = 0
    while entries := list(_scratch.iterdir()):
        for entry in entries:
            if entry.is_symlink() or not entry.is_dir():
                entry.unlink()
                continue
            entry.chmod(0o700)
            for inner in list(entry.iterdir()):
                serial += 1
                inner.rename(_scratch / f".{serial}-{os.urandom(8).hex()}")
            entry.rmdir()


def _receive(fd: int) -> dict[str, Any] | None:
    header = _read_exactly(fd, _frame.size)
    body = _read_exactly(fd, _frame.unpack(header)[0]) if header else b""
    return json.loads(body) if body else None


def _read_exactly(fd: int, size: int) -> bytes:
    """`size` bytes, or b"" at the end of the stream."""
    parts = bytearray()
    while len(parts) < size:
        chunk = os.read(fd, size - len(parts))
        if not chunk:
            return b""
        parts += chunk
    return bytes(parts)


def _send(fd: int, message: dict[str, Any]) -> None:
    body = json.dumps(message).encode()
    view = memoryview(_frame.pack(len(body)) + body)
    while view:
        view = view[os.write(fd, view) :]
