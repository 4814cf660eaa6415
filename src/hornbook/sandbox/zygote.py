"""The small process that forks one child per program: confines itself, then answers jobs until its parent is gone.

Started by worker.py as a freshly executed interpreter, never as a fork of the user's process (32 MB of touched
heap cost a factor of ten in forks per second). Two halves: the outer waits for either end, the inner lives in
the sandbox (PID 1 of its own namespace) and holds nothing but the standard library. It serves as one of two: a
zygote proper, or the judge (see judge.py). A program's text enters a zygote only when the job before it is
over, and what its tests expect never does: the child that runs tests reads them from a socket of its own, after
the program was forked.
"""

from __future__ import annotations

import _socket  # not socket: it brings array, which wire.encode must tell from bytes, and much else
import ctypes
import fcntl
import gc
import importlib
import marshal
import os
import random
import select
import signal
import sys
import time
from pathlib import Path
from typing import Any, NoReturn

from hornbook.sandbox import (
    frames,
    judge,
    linux,
    namespaces,
    plan,
    policy,
    program,
    seccomp,
    supervise,
    tester,
    wire,
)
from hornbook.sandbox.namespaces import SCRATCH
from hornbook.sandbox.supervise import Child

# Imported once, shared by every child: what programs use most. Not threading: its hook after each fork costs 120
# page faults, half a millisecond, for every program. Not array: see wire.encode.
PRELOAD = """
re math collections collections.abc itertools functools heapq bisect string random typing json operator copy
datetime textwrap enum dataclasses abc contextlib io linecache numbers traceback types encodings.ascii
encodings.latin_1 encodings.utf_8 ast
"""
_JUDGE_MEGABYTES = 1024
_SECONDS_ON_A_CORE = 0.25
_SELF_TEST = """
import os
for forbidden in (os.fork, lambda: os.listdir("/proc"), lambda: open("/etc/passwd"), lambda: os.kill(1, 0)):
    try:
        forbidden()
    except OSError:
        continue
    raise SystemExit
"""
_WARM_UP = "def f(x):\n    '''Text.'''\n    return [y * 2 for y in x if y] or {1: (2.5, 'a')}\n"

# Where children find their descriptors: everything between them is closed in one call.
_CONTROL, _TESTS, _MARKS_READ, _FIRST_FREE, _MARKS_WRITE = 3, 4, 5, 6, 60
_scratch = Path(SCRATCH)
_Job = tuple[Any, ...]
# Not os.fork: what it does for threads and locks, of which there are none here, costs 60 page faults.
_fork = ctypes.PyDLL(None, use_errno=True).fork


def main(control: int, tests: int, parent: int, role: str) -> None:
    """Serves `role` (zygote or judge) on the socket `control` until it closes or the process `parent` ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for name in PRELOAD.split():
        importlib.import_module(name)
    layers = policy.choose()
    if not layers.level:
        frames.reply(control, _hello(layers))
        return
    _place(control, tests)
    if layers.namespaces:
        namespaces.enter(layers.libraries)
    inner = os.fork()
    if inner:
        os.closerange(_CONTROL, _MARKS_WRITE + 1)
        _watch(inner, parent)
    _become_inner(layers, role)


def _place(control: int, tests: int) -> None:
    """The sockets and the pipe of marks get their fixed numbers."""
    high = [os.dup(fd) for fd in (control, tests)]
    high = [_moved_up(fd) for fd in high]
    marks = [_moved_up(fd) for fd in os.pipe()]
    os.closerange(_CONTROL, 40)
    for fd, place in zip((*high, *marks), (_CONTROL, _TESTS, _MARKS_READ, _MARKS_WRITE), strict=True):
        os.dup2(fd, place)
        os.close(fd)
    os.set_blocking(_MARKS_READ, False)


def _moved_up(fd: int) -> int:
    moved = fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, 40)
    os.close(fd)
    return moved


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


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def _become_inner(layers: policy.Layers, role: str) -> None:
    os.setsid()
    policy.confine(layers)
    policy.die_with_parent()
    # The terminal's Ctrl-C does not reach this session; programs see the handler that Python gives them.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    _forget_origin()
    if role == "judge":
        _leave_first_place()
        policy.MemoryLimit().set(_JUDGE_MEGABYTES)
        seccomp.for_program().attach(os.getpid())
        frames.reply(_CONTROL, _hello(layers))
        judge.serve(_CONTROL)
        return
    zygote = _Zygote(seccomp.for_program(), has_scratch=layers.namespaces)
    _warm_up()
    zygote.runner.settle_in()
    random.seed(0)  # every program begins with the same randomness
    gc.collect()
    gc.freeze()
    if not zygote.passes_self_test():
        reason = "self-test: a program did what none may; remedy: report this with `uname -a`"
        frames.reply(_CONTROL, [b"", *(line.encode() for line in (*layers.reasons, reason))])
        return
    frames.reply(_CONTROL, _hello(layers))
    core = _Core()
    while (message := frames.receive(_CONTROL)) is not None:
        core.stay()
        frames.reply(_CONTROL, zygote.execute(*message))


class _Core:
    """The core on which the zygote and its children take turns.

    Only one of them has work at a time, so a second core would only be woken up for it, which takes longer than
    the work (measured: 40 % more jobs per second). Four times a second one job runs where the scheduler likes.
    """

    def __init__(self) -> None:
        self._all = os.sched_getaffinity(0)
        self._until = 0.0
        self._is_free = True

    def stay(self) -> None:
        """Before each job: holds the core, or lets go of it for one job."""
        now = time.monotonic()
        if self._is_free:
            os.sched_setaffinity(0, {linux.current_core()} & self._all or self._all)
            self._is_free, self._until = False, now + _SECONDS_ON_A_CORE
        elif now > self._until:
            os.sched_setaffinity(0, self._all)
            self._is_free = True


def _leave_first_place() -> None:
    """The kernel spares the first process of a namespace most signals; the judge must meet its deadline."""
    if os.getpid() == 1:
        pid = os.fork()
        if pid:
            os.closerange(_CONTROL, _MARKS_WRITE + 1)
            os.waitpid(pid, 0)
            os._exit(0)


def _hello(layers: policy.Layers) -> list[bytes]:
    return [layers.level.encode(), *(reason.encode() for reason in layers.reasons)]


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


def _warm_up() -> None:
    """What every child does, done once here: the memory it takes is then there, and the code is paged in."""
    for _ in range(3):
        code = marshal.loads(marshal.dumps(program.compiled(_WARM_UP, "<block 0>")))
        names: dict[str, Any] = {}
        exec(code, names)
        answers = [wire.encode(names["f"](value)) for value in ([1, 2], [])]
        program.pack(os.urandom(frames.SECRET_BYTES), "answers", "", 0, answers)


class _Zygote:
    """Forks, watches and buries the children of one job after another."""

    def __init__(self, calls: seccomp.Filter, *, has_scratch: bool) -> None:
        self.calls = calls
        self.has_scratch = has_scratch
        self.runner = program.Runner(_MARKS_WRITE)
        self.memory = policy.MemoryLimit()
        self.empty = os.statvfs(SCRATCH).f_ffree if has_scratch else 0

    def passes_self_test(self) -> bool:
        """Whether a program that tries what none may is told so each time, and reaches its end."""
        _, stopped, *_, said = self.execute("run", [_SELF_TEST], [], b"", True, 2.0, 512, 0)
        return stopped == b"report" and said[frames.SECRET_BYTES :].startswith(b"pass ")

    def execute(self, *job: Any) -> frames.Reply:
        """How many blocks began; then of each child why it stopped, wait status, CPU seconds and what it said.

        `job`: lane, blocks, their code, calls, whether marshal can read these, CPU seconds, megabytes, bytes of
        output. Raises OSError when the world around it is broken: then the zygote must end.
        """
        self.memory.set(job[6])
        try:
            said = self._split(job) if job[0] == "split" else self._single(job)
        except _NoFork as error:
            if job[0] == "split":
                raise OSError("no process for a job whose tests wait in the socket") from error
            return [b"0", b"ended", b"0", b"0", b""]
        if self.has_scratch and os.statvfs(SCRATCH).f_ffree != self.empty:
            _wipe_scratch()
        return [b"%d" % _marks(), *said]

    def _single(self, job: _Job) -> list[bytes]:
        started = time.monotonic()
        pid, pipe, secret = self._start(job, self._be_program, -1, -1)
        received = supervise.first_words(pipe, job[5])
        if not supervise.is_report(received, secret):
            child = Child(pid, pipe, secret, job[5], received)
            supervise.watch([child], started)
            return child.bury()
        # What Child.bury does, in fewer steps: most programs end here.
        os.kill(pid, signal.SIGKILL)
        _, status, usage = os.wait4(pid, 0)
        os.close(pipe)
        return [b"report", b"%d" % status, b"%.6f" % (usage.ru_utime + usage.ru_stime), received]

    def _split(self, job: _Job) -> list[bytes]:
        """The program in one child, its tests in another; the line between them is theirs alone."""
        ours, theirs = _socket.socketpair()
        candidate = Child(*self._start(job, self._be_program, ours.fileno(), theirs.fileno()), job[5])
        examiner = Child(*self._start(job, self._be_tests, theirs.fileno(), ours.fileno()), job[5])
        ours.close()
        theirs.close()
        # Tests that are still on their way cost the job no time.
        supervise.await_first_byte(examiner)
        started = time.monotonic()
        supervise.watch([candidate, examiner], started)
        # The other one notices at once that nobody answers any more.
        if candidate.stopped == frames.ENDED:
            supervise.watch([examiner], started)
        elif examiner.stopped == frames.REPORT:
            supervise.watch([candidate], started)
        said = [*candidate.bury(), *examiner.bury()]
        if not examiner.received:
            raise OSError("tests were left in the socket")
        return said

    def _start(self, job: _Job, be: Any, line: int, other: int) -> tuple[int, int, bytes]:
        """Process, pipe and secret of a new child that is what `be` makes of it."""
        secret = os.urandom(frames.SECRET_BYTES)
        read_fd, write_fd = os.pipe()
        pid = _fork()
        if pid == 0:
            try:
                os.close(read_fd)
                be(job, write_fd, secret, line, other)
            finally:
                os._exit(70)
        os.close(write_fd)
        if pid < 0:
            os.close(read_fd)
            raise _NoFork
        return pid, read_fd, secret

    def _confine(self) -> None:
        if not self.has_scratch:
            # PID 1 takes its namespace with it; without one the child must see to itself.
            policy.die_with_parent()
        self.calls.attach(os.getpid())

    def _be_program(self, job: _Job, report_fd: int, secret: bytes, line: int, other: int) -> NoReturn:
        os.closerange(_CONTROL, _FIRST_FREE)
        if other >= 0:
            os.close(other)
        self._confine()
        lane, blocks, codes, calls, is_plain, _, _, output_bytes = job
        runner = self.runner
        runner.define(blocks, codes, output_bytes, report_fd, secret)
        if lane == "plan":
            runner.answer(marshal.loads(calls) if is_plain else wire.decode(calls, plan.refuse))
        if lane == "split":
            runner.serve(line)
        runner.report("pass", "", 0)

    def _be_tests(self, job: _Job, report_fd: int, secret: bytes, line: int, other: int) -> NoReturn:
        os.close(other)
        os.close(_MARKS_WRITE)
        self._confine()
        asked = frames.receive(_TESTS)
        assert asked is not None, "the tests follow their job"
        # The beginning of the report says that the tests have been read.
        os.write(report_fd, secret)
        os.closerange(_CONTROL, _FIRST_FREE)
        outcome, name, where, weak = tester.run_tests(line, *asked)
        report = program.pack(secret, outcome, name, where, [stub.encode() for stub in weak])
        program.deliver(report_fd, report[len(secret) :])


class _NoFork(Exception):
    """The kernel gives no process now."""


def _marks() -> int:
    """How many blocks had begun: the marks that the children of this job left."""
    count = 0
    try:
        while (found := len(os.read(_MARKS_READ, 1 << 16))) == 1 << 16:
            count += found
    except BlockingIOError:
        return count
    return count + found


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
                if inner.is_dir() and not inner.is_symlink():
                    inner.chmod(0o700)  # or it could not be moved
                inner.rename(_scratch / f".{serial}-{os.urandom(8).hex()}")
            entry.rmdir()
