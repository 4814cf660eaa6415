"""The process that the children are copies of: it forks when it is told to, and does nothing else.

After a fork every page of memory that either side writes costs a fault, so whoever forks should write little. The
zygote reads orders, watches, buries and answers, which writes 126 pages for each child; this loop writes 30. It
shares the zygote's table of open files, so that a pipe which the zygote has just opened is there for the next
child, and makes the zygote the parent of its children. No program's text ever comes here: a child reads its own.
"""

from __future__ import annotations

import marshal
import os
import signal
from collections.abc import Callable
from typing import Any, NoReturn

from hornbook.sandbox import frames, linux, plan, policy, program, seccomp, tester, wire
from hornbook.sandbox.trials import Trials

# Where the zygote, the forker and the children find their descriptors; the marks are above all that come and go.
CONTROL, TESTS, MARKS_READ, ORDERS_READ, ORDERS_WRITE, MARKS_WRITE = 3, 4, 5, 6, 7, 60
PROGRAM_CHILD, TESTS_CHILD = 0, 1
_ORDER_BYTES = 64
_ONE_READ = 1 << 16
_tid_address = linux.tid_address()  # asked now: the zygote's filter refuses it


class Forker:
    """The zygote's end of it. Make it last: the children have what the zygote has at this moment."""

    def __init__(self, runner: program.Runner, calls: seccomp.Filter, *, has_scratch: bool) -> None:
        """Starts it, with the `runner` and the filter of its children. Raises OSError."""
        self._runner, self._calls, self._has_scratch = runner, calls, has_scratch
        page, self._zygote = linux.shared_page(), os.getpid()
        self._pids = linux.ints_at(page, 2)
        self.pid = linux.cloning(linux.CLONE_FILES)()
        if self.pid < 0:
            raise OSError("no process for the forker")
        if self.pid == 0:
            try:
                policy.die_with_parent()
                if os.getppid() == self._zygote:  # else it ended before that
                    self._serve(page)
            finally:
                os._exit(70)

    def order(self, kind: int, size: int, line: int = 0) -> tuple[int, bytes]:
        """The pipe and the secret of a child to come.

        `size`: bytes of its job, which it reads itself; `line`: the descriptor of its socket to the other child.
        """
        secret = os.urandom(frames.SECRET_BYTES)
        read_fd, write_fd = os.pipe()
        self._pids[kind] = 0
        order = marshal.dumps((kind, line, write_fd, secret, size))
        assert len(order) <= _ORDER_BYTES, "orders have one length: one is one read"
        os.write(ORDERS_WRITE, order.ljust(_ORDER_BYTES, b"\0"))
        return read_fd, secret

    def child(self, kind: int) -> int:
        """The last child of that kind, or 0: it is not there yet or, when its pipe is closed, will never be."""
        return self._pids[kind]

    def check(self) -> None:
        """Raises OSError when it has ended."""
        if os.waitpid(self.pid, os.WNOHANG) != (0, 0):
            raise OSError("the forker ended")

    def stop(self) -> None:
        """Ends it and waits for it."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)

    # From here on: in the forker and its children

    def _serve(self, page: int) -> None:
        linux.keep_from_children(page)  # or a program could say which process is to be killed
        flags = linux.CLONE_PARENT | linux.CLONE_PARENT_SETTID
        clones = [linux.cloning(flags, at, _tid_address) for at in linux.addresses_of_ints(page, 2)]
        children = (self._program_child(), self._be_tests)
        read, loads, close = os.read, marshal.loads, os.close
        while True:
            kind, line, report_fd, secret, size = loads(read(ORDERS_READ, _ORDER_BYTES))
            if clones[kind]() == 0:
                children[kind](line, report_fd, secret, size)
            close(report_fd)

    def _program_child(self) -> Callable[[int, int, bytes, int], NoReturn]:
        """What a copy does that is to be a program's process.

        All it needs it holds already, and its usual way takes few steps: each module, name, function or object
        that is touched first after the fork is a page fault, 2 microseconds and more.
        """
        read, loads, closerange, getpid = os.read, marshal.loads, os.closerange, os.getpid
        runner, attach, has_scratch = self._runner, self._calls.attach, self._has_scratch
        define, answer, report_answers = runner.define, runner.answers, program.report_answers

        def be_program(line: int, report_fd: int, secret: bytes, size: int) -> NoReturn:
            sent = b""
            try:
                if size <= _ONE_READ:
                    sent = read(CONTROL, size)
                job = loads(sent) if len(sent) == size else _read(CONTROL, size - len(sent), sent)
            except MemoryError:
                frames.skip(CONTROL, size - len(sent))
                job = None
            if job is None:
                program.say_out_of_memory(report_fd, secret)
            if line:
                _keep(*sorted((line, report_fd)))
            else:
                closerange(CONTROL, report_fd)
                closerange(report_fd + 1, MARKS_WRITE)
            if not has_scratch:
                self._die_with_zygote()
            attach(getpid())
            lane, blocks, codes, calls, is_plain, output_bytes, mutants = job
            define(blocks, codes, output_bytes, report_fd, secret)
            if lane == "plan":
                load = loads if is_plain else _decode
                answers = answer(load(calls))
                if mutants:
                    answers += Trials(load, calls, *mutants).run()
                report_answers(answers, report_fd, secret)
            if lane == "split":
                runner.serve(line)
            runner.report("pass", "", 0)

        return be_program

    def _be_tests(self, line: int, report_fd: int, secret: bytes, size: int) -> NoReturn:
        os.close(MARKS_WRITE)
        _keep(*sorted((TESTS, line, report_fd)))
        if not self._has_scratch:
            self._die_with_zygote()
        self._calls.attach(os.getpid())
        asked = _read(TESTS, size)
        if asked is None:
            program.say_out_of_memory(report_fd, secret)
        # The beginning of the report says that the tests have been read.
        os.write(report_fd, secret)
        os.close(TESTS)
        outcome, name, where, weak = tester.run_tests(line, *asked)
        report = program.pack(secret, outcome, name, where, [stub.encode() for stub in weak])
        program.deliver(report_fd, report[len(secret) :])

    def _die_with_zygote(self) -> None:
        """PID 1 takes its namespace with it; without one the child must see to itself."""
        policy.die_with_parent()
        if os.getppid() != self._zygote:  # it ended before that
            os._exit(70)


def _read(fd: int, size: int, begun: bytes = b"") -> Any:
    """A child's part of the job, or None where there is no memory for it; nothing of it is left in the socket."""
    try:
        sent = frames.exactly(fd, size)
    except MemoryError:
        frames.skip(fd, size)
        return None
    try:
        return marshal.loads(begun + sent if begun else sent)
    except MemoryError:
        return None


def _decode(calls: bytes) -> Any:
    return wire.decode(calls, plan.refuse)


def _keep(*kept: int) -> None:
    """Closes all descriptors but the standard three, the marks and these, which are in ascending order."""
    first = CONTROL
    for fd in kept:
        os.closerange(first, fd)
        first = fd + 1
    os.closerange(first, MARKS_WRITE)
