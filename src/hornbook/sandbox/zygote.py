"""The small process that has a child forked for each program: confines itself, then answers until its parent ends.

Started by worker.py as a freshly executed interpreter, never as a fork of the user's process (32 MB of touched
heap cost a factor of ten in forks per second). Two halves: the outer waits for either end (see outer.py); the
inner lives in the sandbox (PID 1 of its own namespace) and holds nothing but the standard library. It serves as
one of two: a zygote proper, or the judge (see judge.py). A zygote decodes no program's text and no tests: each
child reads its own part of the job, the tests from a socket that no program's child has.
"""

from __future__ import annotations

import _socket  # not socket: it brings array, which wire.encode must tell from bytes, and much else
import contextlib
import fcntl
import gc
import importlib
import marshal
import os
import random
import signal
import sys
import time
from collections.abc import Sequence

from hornbook.sandbox import (
    frames,
    inputs,
    judge,
    linux,
    mappings,
    mutation,
    namespaces,
    outer,
    policy,
    program,
    seccomp,
    supervise,
    trials,
)
from hornbook.sandbox.forker import (
    CONTROL,
    MARKS_READ,
    MARKS_WRITE,
    ORDERS_READ,
    ORDERS_WRITE,
    PROGRAM_CHILD,
    TESTS,
    TESTS_CHILD,
    Forker,
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
_MILLISECONDS = 200
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

_REHEARSALS = 20


def main(control: int, tests: int, parent: int, cores: Sequence[int], role: str) -> None:
    """Serves `role` (zygote or judge) on the socket `control` until it closes or the process `parent` ends.

    With everything that it forks it keeps to the `cores`, if any are named.
    """
    if cores:
        os.sched_setaffinity(0, cores)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for name in PRELOAD.split():
        importlib.import_module(name)
    if role == "zygote":
        mappings.arrange()
    layers = policy.choose()
    if not layers.level:
        frames.reply(control, _hello(layers))
        return
    _place(control, tests)
    proc = os.open("/proc", os.O_PATH | os.O_CLOEXEC)
    if layers.namespaces:
        namespaces.enter(layers.libraries)
    inner = os.fork()
    if inner:
        os.closerange(CONTROL, MARKS_WRITE + 1)
        outer.watch(inner, parent)
    _become_inner(layers, role, proc)


def _place(control: int, tests: int) -> None:
    """The sockets and the two pipes get their fixed numbers."""
    high = [_moved_up(fd) for fd in (control, tests, *os.pipe(), *os.pipe())]
    os.closerange(CONTROL, 40)
    places = (CONTROL, TESTS, MARKS_READ, MARKS_WRITE, ORDERS_READ, ORDERS_WRITE)
    for fd, place in zip(high, places, strict=True):
        os.dup2(fd, place)
        os.close(fd)
    os.set_blocking(MARKS_READ, False)
    os.fchmod(
        MARKS_WRITE, 0o200
    )  # or, where /proc is in reach, a program could open it to read its marks away


def _moved_up(fd: int) -> int:
    moved = fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, 40)
    os.close(fd)
    return moved


def _become_inner(layers: policy.Layers, role: str, proc: int) -> None:
    if role == "zygote":
        mappings.gather(proc)
    os.close(proc)
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
        gc.freeze()
        frames.reply(CONTROL, _hello(layers))
        judge.serve(CONTROL)
        return
    calls = seccomp.for_program()
    _rehearse()
    runner = program.Runner(MARKS_WRITE)
    runner.settle_in()
    random.seed(0)  # every program begins with the same randomness
    gc.collect()
    gc.freeze()
    _pools = mappings.begin_pools()
    forker = Forker(runner, calls, has_scratch=layers.namespaces)
    zygote = _Zygote(forker, has_scratch=layers.namespaces)
    if not zygote.passes_self_test():
        reason = "self-test: a program did what none may; remedy: report this with `uname -a`"
        frames.reply(CONTROL, [b"", *(line.encode() for line in (*layers.reasons, reason))])
        return
    frames.reply(CONTROL, _hello(layers))
    while (message := frames.receive(CONTROL)) is not None:
        frames.reply(CONTROL, zygote.execute(*message))
    forker.stop()
    os._exit(0)


class _Core:
    """The core on which the zygote, the forker and their children take turns.

    Only one of them has work at a time, so a second core would only be woken up for it, which takes longer than
    the work (measured: 40 % more jobs per second). Four times a second one job runs where the scheduler likes,
    among the cores that the zygote was given.
    """

    def __init__(self, forker: int) -> None:
        self._forker = forker
        self._all = os.sched_getaffinity(0)
        self._until = 0.0
        self._is_free = True

    def stay(self) -> None:
        """Before each job: holds the core, or lets go of it for one job."""
        now = time.monotonic()
        if self._is_free:
            self._run_on({linux.current_core()} & self._all or self._all)
            self._is_free, self._until = False, now + _SECONDS_ON_A_CORE
        elif now > self._until:
            self._run_on(self._all)
            self._is_free = True

    def _run_on(self, cores: set[int]) -> None:
        for pid in (0, self._forker):
            os.sched_setaffinity(pid, cores)


def _leave_first_place() -> None:
    """The kernel spares the first process of a namespace most signals; the judge must meet its deadline."""
    if os.getpid() == 1:
        pid = os.fork()
        if pid:
            os.closerange(CONTROL, MARKS_WRITE + 1)
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


def _rehearse() -> None:
    """What every child does, done here: the memory is there then, and the interpreter has adapted to the code."""
    nobody = os.open(os.devnull, os.O_WRONLY)
    runner = program.Runner(nobody)
    calls: list[inputs.Asked] = [("f", [[1, 2]], {}), ("f", [[]], {})]
    mutable, mutants, near = mutation.mutations(_WARM_UP, 9)
    told = (marshal.dumps(mutable), len(mutants), b"\1\1", 8, marshal.dumps(near))
    for _ in range(_REHEARSALS):
        code = marshal.dumps(program.compiled(_WARM_UP, program.block_name(0)))
        secret = os.urandom(frames.SECRET_BYTES)
        runner.define([_WARM_UP], [code], 1 << 16, nobody, secret)
        runner.answers(calls)
        trials.Trials(marshal.loads, marshal.dumps(calls, 2), *told).run()
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    os.close(nobody)


class _Zygote:
    """Orders, watches and buries the children of one job after another."""

    def __init__(self, forker: Forker, *, has_scratch: bool) -> None:
        self.forker = forker
        self.has_scratch = has_scratch
        self.core = _Core(forker.pid)
        self.memory = policy.MemoryLimit(forker.pid)
        self.empty = os.statvfs(SCRATCH).f_ffree if has_scratch else 0

    def passes_self_test(self) -> bool:
        """Whether a program that tries what none may is told so each time, and reaches its end."""
        ours, theirs = _socket.socketpair()
        control = os.dup(CONTROL)
        os.dup2(theirs.fileno(), CONTROL)
        sent, _ = frames.job(("run", 2.0, 512), ("run", [_SELF_TEST], [], b"", True, 0, ()))
        ours.send(sent)
        asked = frames.receive(CONTROL)
        assert asked is not None, "it was just sent"
        try:
            _, stopped, *_, said = self.execute(*asked)
        except OSError:
            return False
        finally:
            os.dup2(control, CONTROL)
            os.close(control)
            ours.close()
            theirs.close()
        return stopped == b"report" and said[frames.SECRET_BYTES :].startswith(b"pass ")

    def execute(
        self, lane: str, cpu_seconds: float, megabytes: int, size: int, tests_size: int
    ) -> frames.Reply:
        """How many blocks began; then of each child why it stopped, wait status, CPU seconds and what it said.

        `size`, `tests_size`: the parts of the job that the children read. Raises OSError when the world around is
        broken, or nobody knows how much of the job was read: then the zygote must end.
        """
        self.core.stay()
        self.memory.set(megabytes)
        try:
            if lane == "split":
                said = self._split(cpu_seconds, size, tests_size)
            else:
                said = self._single(cpu_seconds, size)
        except _NoChild:
            if lane == "split":
                raise OSError("no process for a job whose tests may have been read") from None
            frames.skip(CONTROL, size)
            return [b"0", b"ended", b"0", b"0", b""]
        if self.has_scratch and os.statvfs(SCRATCH).f_ffree != self.empty:
            namespaces.wipe_scratch()
        begun = _marks()
        if not begun and said[0] != b"report":
            raise OSError("a program was left in the socket")
        return [b"%d" % begun, *said]

    def _single(self, cpu_seconds: float, size: int) -> list[bytes]:
        started = time.monotonic()
        pipe, secret = self.forker.order(PROGRAM_CHILD, size)
        is_quick = supervise.await_any(pipe, milliseconds=_MILLISECONDS)
        if not is_quick:
            started = self._begin(pipe, started)
        child = self._born(PROGRAM_CHILD, pipe, secret, cpu_seconds)
        if is_quick:
            child.take_in(started)
        supervise.watch([child], started)
        return child.bury()

    def _split(self, cpu_seconds: float, size: int, tests_size: int) -> list[bytes]:
        """The program in one child, its tests in another; the line between them is theirs alone."""
        ours, theirs = _socket.socketpair()
        # The tests first: once they are read, nothing is left that a program's end could leave in their socket.
        pipe, secret = self.forker.order(TESTS_CHILD, tests_size, theirs.fileno())
        self._await(pipe)
        examiner = self._born(TESTS_CHILD, pipe, secret, cpu_seconds)
        examiner.take_in(time.monotonic())
        if not examiner.received:
            raise OSError("tests were left in the socket")
        pipe, secret = self.forker.order(PROGRAM_CHILD, size, ours.fileno())
        started = self._begin(pipe, time.monotonic())
        ours.close()
        theirs.close()
        candidate = self._born(PROGRAM_CHILD, pipe, secret, cpu_seconds)
        supervise.watch([candidate, examiner], started)
        # The other one notices at once that nobody answers any more.
        if candidate.stopped == frames.ENDED:
            supervise.watch([examiner], started)
        elif examiner.stopped == frames.REPORT:
            supervise.watch([candidate], started)
        return [*candidate.bury(), *examiner.bury()]

    def _begin(self, pipe: int, started: float) -> float:
        """When a program began: `started`, if it has by now. Sources on their way to it cost the job no time."""
        if supervise.await_any(pipe, MARKS_READ, milliseconds=0):
            return started
        self._await(pipe, MARKS_READ)
        return time.monotonic()

    def _await(self, *fds: int) -> None:
        """Waits until one can be read or is closed. Raises OSError when there is no forker any more."""
        while not supervise.await_any(*fds, milliseconds=_MILLISECONDS):
            self.forker.check()

    def _born(self, kind: int, pipe: int, secret: bytes, cpu_seconds: float) -> Child:
        """The child that has begun. Raises _NoChild where there is none, and its pipe is closed for that."""
        pid = self.forker.child(kind)
        if not pid:
            os.close(pipe)
            raise _NoChild
        return Child(pid, pipe, secret, cpu_seconds)


class _NoChild(Exception):
    """The kernel gave no process."""


def _marks() -> int:
    """How many blocks had begun: the marks that the children of this job left. None is left for the next job."""
    count = 0
    # Until there is none: a short read is not the last one where a program has made packets of its marks.
    with contextlib.suppress(BlockingIOError):
        while True:
            count += len(os.read(MARKS_READ, 1 << 16))
    # All children write through one description, whose flags a program may have changed for those to come.
    fcntl.fcntl(MARKS_WRITE, fcntl.F_SETFL, os.O_WRONLY)
    for fd in (0, MARKS_WRITE):
        fcntl.flock(fd, fcntl.LOCK_UN)
    return count
