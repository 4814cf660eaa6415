"""What one program leaves behind, or its end, must not reach the next one: descriptors, marks, half-read jobs."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

import pytest
from processes import descendants

from hornbook.sandbox import Job, Limits, Sandbox, Verdict, probe

pytestmark = pytest.mark.skipif(not probe().level, reason="this machine cannot isolate programs")

SOCKETS = """
import os, stat
def sockets():
    found = []
    for fd in range(4096):
        try:
            found.append(stat.S_ISSOCK(os.fstat(fd).st_mode))
        except OSError:
            pass
    return [found.count(True), len(found)]
class Program:
    def sockets(self):
        return sockets()
"""
HONEST = [
    Job(id="two blocks", blocks=("x = 1", "print(x)")),
    Job(id="plan", blocks=("def f(x): return x",), tests="assert f(1) == 1", entry_point="f"),
    Job(id="wrong", blocks=("def f(x): return 0",), tests="assert f(1) == 1", entry_point="f"),
    Job(id="many blocks", blocks=("x = 1",) * 30),
    Job(
        id="split",
        blocks=("class C:\n    def f(self): return 1",),
        tests="c = C()\nassert c.f() == 1",
        entry_point="C",
    ),
]
OUTCOMES_OF_HONEST = ["pass", "pass", "fail", "pass", "pass"]


@pytest.fixture
def many_open_files() -> Iterator[None]:
    fds = [os.open(os.devnull, os.O_RDONLY) for _ in range(120)]
    yield
    for fd in fds:
        os.close(fd)


def judged(sandbox: Sandbox, *jobs: Job) -> list[Verdict]:
    return list(sandbox.run(jobs))


@pytest.mark.usefixtures("many_open_files")
def test_a_program_has_no_socket_however_many_files_its_user_has_open() -> None:
    tests = "p = Program()\nassert p.sockets() == [1, 6]"
    with Sandbox(workers=1) as sandbox:
        # Input, output, errors, the report and the marks; in the split lane the line to the tests as well.
        (plain, split) = judged(
            sandbox,
            Job(id="", blocks=(SOCKETS + "print(sockets())",)),
            Job(id="", blocks=(SOCKETS,), tests=tests, entry_point="Program"),
        )
    assert plain.outputs == ("[0, 5]\n",)
    assert (split.lane, split.outcome, split.detail) == ("split", "pass", "")


@pytest.mark.parametrize("flags", ["O_DIRECT", "O_NONBLOCK", "O_APPEND | os.O_NONBLOCK | os.O_DIRECT"])
def test_flags_that_a_program_sets_on_the_marks_are_gone_with_it(flags: str) -> None:
    evil = f"""
    import fcntl, os
    for fd in range(3, 64):
        try:
            fcntl.fcntl(fd, fcntl.F_SETFL, os.{flags})
        except OSError:
            pass
    """
    with Sandbox(workers=1) as sandbox:
        _, *rest = judged(sandbox, Job(id="", blocks=(dedent(evil),)), *HONEST)
    assert [verdict.outcome for verdict in rest] == OUTCOMES_OF_HONEST


def test_marks_that_fill_their_pipe_harm_nobody_else() -> None:
    evil = """
    import os
    for fd in range(3, 64):
        try:
            os.write(fd, b'+' * 70000)
        except OSError:
            pass
    """
    limits = Limits(cpu_seconds=0.2)
    with Sandbox(workers=1) as sandbox:
        first, *rest = judged(sandbox, Job(id="", blocks=(dedent(evil),), limits=limits), *HONEST)
    assert first.outcome in ("timeout_wall", "tamper")
    assert [verdict.outcome for verdict in rest] == OUTCOMES_OF_HONEST


def test_marks_that_can_only_be_read_one_by_one_are_gone_with_their_program() -> None:
    # A page that is full takes no more; what comes behind it are packets, of which a read returns one.
    evil = """
    import fcntl, os
    for fd in range(63, 2, -1):
        try:
            os.write(fd, b'+' * 4095)
            fcntl.fcntl(fd, fcntl.F_SETFL, os.O_WRONLY | os.O_DIRECT)
            for _ in range(8):
                os.write(fd, b'+')
        except OSError:
            pass
    """
    stops = Job(id="", blocks=("x = 1", "x = 2", "1 / 0", "x = 3"))
    with Sandbox(workers=1) as sandbox:
        _, *rest = judged(sandbox, Job(id="", blocks=(dedent(evil),)), stops, stops)
    assert [(verdict.outcome, verdict.block) for verdict in rest] == [("error", 2)] * 2


@pytest.mark.parametrize("megabytes", [16, 40, 100])
def test_a_program_larger_than_its_memory_is_not_our_fault(
    megabytes: int, caplog: pytest.LogCaptureFixture
) -> None:
    large = Job(id="", blocks=(f"x = '{'x' * (megabytes << 20)}'",), limits=Limits(memory_megabytes=64))
    with Sandbox(workers=1) as sandbox:
        first, *rest = judged(sandbox, large, *HONEST)
    assert first.outcome in ("pass", "memory", "error", "syntax_error")
    assert [verdict.outcome for verdict in rest] == OUTCOMES_OF_HONEST
    assert not caplog.records


def test_a_forker_killed_between_two_jobs_is_noticed_soon() -> None:
    before = descendants(os.getpid())
    with Sandbox(workers=1, limits=Limits(cpu_seconds=60)) as sandbox:
        judged(sandbox, *HONEST)
        named = {pid for pid in descendants(os.getpid()) - before if is_zygote(pid)}
        os.kill(max(named), signal.SIGKILL)
        begun = time.monotonic()
        assert [verdict.outcome for verdict in judged(sandbox, *HONEST)] == OUTCOMES_OF_HONEST
        assert time.monotonic() - begun < 10


def is_zygote(pid: int) -> bool:
    return Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")[-2] == b"zygote"


def test_a_limit_reached_before_the_tests_speak_is_the_programs() -> None:
    endless = Job(
        id="",
        blocks=("while True: pass",),
        tests="class T:\n    pass\nt = T()\nassert f(t) == t",
        entry_point="f",
        limits=Limits(cpu_seconds=0.2),
    )
    with Sandbox(workers=1) as sandbox:
        first, *rest = judged(sandbox, endless, *HONEST)
    assert (first.lane, first.outcome) == ("split", "timeout_cpu")
    assert [verdict.outcome for verdict in rest] == OUTCOMES_OF_HONEST


@pytest.mark.parametrize("characters", [40_000, 70_000, 300_000])
def test_programs_that_reach_their_processes_in_pieces_are_whole(characters: int) -> None:
    filler = "#" * characters
    jobs = [
        Job(
            id=str(n), blocks=(f"{filler}\ndef f(): return {n}",), tests=f"assert f() == {n}", entry_point="f"
        )
        for n in range(40)
    ]
    with Sandbox(workers=1) as sandbox:
        assert {verdict.outcome for verdict in sandbox.run(jobs)} == {"pass"}
