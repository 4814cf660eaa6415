"""Streaming, the life and death of the zygotes, and machines that give less: each test attacks one property."""

from __future__ import annotations

import os
import shutil
import signal
import struct
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from processes import descendants, wait_until_gone

from hornbook.errors import SandboxUnavailable
from hornbook.sandbox import Job, Sandbox, probe, seccomp

pytestmark = pytest.mark.skipif(not probe().level, reason="this machine cannot isolate untrusted code")

SOURCE = Path(__file__).resolve().parents[1] / "src"


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(workers=2) as opened:
        yield opened


# Streaming


def test_verdicts_come_in_the_order_of_the_jobs(sandbox: Sandbox) -> None:
    slow = "import time\ntime.sleep(0.2)"
    jobs = [
        Job(id=str(index), blocks=(slow if index % 10 == 0 else f"print({index})",)) for index in range(30)
    ]
    verdicts = list(sandbox.run(jobs))
    assert [verdict.id for verdict in verdicts] == [job.id for job in jobs]
    assert [v.outputs[0] for v in verdicts if int(v.id) % 10] == [f"{i}\n" for i in range(30) if i % 10]


def test_jobs_are_drawn_only_as_fast_as_verdicts_leave(sandbox: Sandbox) -> None:
    drawn = 0

    def endless() -> Iterator[Job]:
        nonlocal drawn
        while True:
            drawn += 1
            yield Job(id=str(drawn), blocks=("pass",))

    for taken, verdict in enumerate(sandbox.run(endless()), start=1):
        assert verdict.id == str(taken)
        assert drawn - taken <= 64
        if taken == 100:
            break


def test_large_jobs_and_large_outputs_do_not_jam(sandbox: Sandbox) -> None:
    padding = "#" * 400_000
    jobs = [Job(id=str(i), blocks=(f"{padding}\nprint('é' * 30000)",)) for i in range(12)]
    assert [(v.outcome, len(v.outputs[0])) for v in sandbox.run(jobs)] == [("pass", 30001)] * 12


def test_a_run_that_was_given_up_does_not_disturb_the_next(sandbox: Sandbox) -> None:
    first = sandbox.run(Job(id=f"old {i}", blocks=("print('old')",)) for i in range(50))
    next(first)
    first.close()  # type: ignore[attr-defined]
    (verdict,) = sandbox.run([Job(id="new", blocks=("print('new')",))])
    assert (verdict.id, verdict.outputs) == ("new", ("new\n",))


def test_two_runs_can_take_turns(sandbox: Sandbox) -> None:
    ours, theirs = ([Job(id=f"{name}{i}", blocks=("pass",)) for i in range(40)] for name in "ab")
    pairs = list(zip(sandbox.run(ours), sandbox.run(theirs), strict=True))
    assert [(a.id, b.id) for a, b in pairs] == [(f"a{i}", f"b{i}") for i in range(40)]


# Life and death of the processes


def test_nothing_is_left_after_close() -> None:
    before = descendants(os.getpid())
    open_files = len(list(Path("/proc/self/fd").iterdir()))
    with Sandbox(workers=2) as fresh:
        jobs = fresh.run(Job(id=str(i), blocks=("import time\ntime.sleep(60)",)) for i in range(8))
        with pytest.raises(StopIteration):
            started = time.monotonic()
            while time.monotonic() - started < 0.2:
                fresh._pump()
            jobs.close()  # type: ignore[attr-defined]
            next(jobs)
        during = descendants(os.getpid()) - before
    assert len(during) >= 4
    assert not wait_until_gone(during, seconds=0.1)
    assert len(list(Path("/proc/self/fd").iterdir())) == open_files
    with pytest.raises(RuntimeError, match="not open"):
        next(fresh.run([Job(id="late", blocks=())]))


def helpers(role: str, before: set[int]) -> list[int]:
    """The processes of zygotes or of the judge that were started since, oldest first."""
    found = []
    for pid in sorted(descendants(os.getpid()) - before):
        try:
            if (Path("/proc") / str(pid) / "cmdline").read_bytes().split(b"\0")[-2] == role.encode():
                found.append(pid)
        except (FileNotFoundError, ProcessLookupError, IndexError):
            continue
    return found


@pytest.mark.parametrize("half", [0, 1, -1])
def test_a_killed_judge_is_replaced_and_no_job_is_lost(half: int) -> None:
    before = descendants(os.getpid())
    with Sandbox(workers=1) as fresh:
        verdicts = []
        jobs = (
            Job(id=str(i), blocks=("def f(x): return x",), tests=f"assert f({i}) == {i}.0", entry_point="f")
            for i in range(200)
        )
        for verdict in fresh.run(jobs):
            verdicts.append(verdict)
            if len(verdicts) == 5:
                os.kill(helpers("judge", before)[half], signal.SIGKILL)
    assert [(v.id, v.outcome) for v in verdicts] == [(str(i), "pass") for i in range(200)]
    # The job that it was at goes another way: it may have been the reason.
    assert [v.lane for v in verdicts].count("split") <= 1


@pytest.mark.parametrize("half", [0, 1, 2])
def test_a_killed_zygote_is_replaced_and_no_job_is_lost(half: int) -> None:
    before = descendants(os.getpid())
    with Sandbox(workers=1) as fresh:
        verdicts = []
        for verdict in fresh.run(
            Job(id=str(i), blocks=("import time\ntime.sleep(0.01)",)) for i in range(40)
        ):
            verdicts.append(verdict)
            if len(verdicts) == 5:
                # Parents have lower numbers: the outer half, then the inner, then its forker.
                os.kill(helpers("zygote", before)[half], signal.SIGKILL)
    assert [(v.id, v.outcome) for v in verdicts] == [(str(i), "pass") for i in range(40)]


def test_a_job_that_loses_two_zygotes_is_our_error_and_the_next_one_passes() -> None:
    before = descendants(os.getpid())
    with Sandbox(workers=1) as fresh:
        slow, quick = Job(id="slow", blocks=("import time\ntime.sleep(5)",)), Job(id="quick", blocks=("1",))
        jobs = fresh.run([slow, quick])
        slots = []

        def kill_twice() -> None:
            while len(slots) < 2:
                time.sleep(0.05)
                zygotes = helpers("zygote", before)
                if len(zygotes) >= 4:  # outer, inner, forker and the program
                    slots.append(os.kill(zygotes[0], signal.SIGKILL))

        killer = threading.Thread(target=kill_twice)
        killer.start()
        verdicts = list(jobs)
        killer.join()
    assert [v.outcome for v in verdicts] == ["sandbox_error", "pass"]


SLEEPER = """
import sys
from hornbook.sandbox import Job, Limits, Sandbox
with Sandbox(workers=2) as sandbox:
    print("ready", flush=True)
    list(sandbox.run(Job(id=str(i), blocks=("import time\\ntime.sleep(60)",)) for i in range(4)))
"""


def start_sleeper() -> tuple[subprocess.Popen[str], set[int]]:
    process = subprocess.Popen(
        [sys.executable, "-c", SLEEPER],
        env={"PYTHONPATH": str(SOURCE)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    family: set[int] = set()
    deadline = time.monotonic() + 10
    # The judge: outer, inner and, where it has a namespace, itself; two zygotes: outer, inner, forker, program.
    expected = 11 if "namespaces" in probe().level else 10
    while len(family) < expected and time.monotonic() < deadline:
        time.sleep(0.02)
        family = descendants(process.pid)
    assert len(family) == expected
    return process, family


def test_everything_dies_with_a_killed_parent() -> None:
    process, family = start_sleeper()
    process.kill()
    process.communicate()
    assert not wait_until_gone(family)


def test_an_interrupt_ends_everything_cleanly() -> None:
    process, family = start_sleeper()
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=10)
    assert said.strip().splitlines()[-1] == "KeyboardInterrupt"
    assert not wait_until_gone(family, seconds=0.1)


# Where the machine gives less

DENY = """
import ctypes, struct, sys
libc = ctypes.CDLL(None, use_errno=True)
numbers = {numbers}
code = [(0x20, 0, 0, 0)]
code += [(0x15, len(numbers) - at, 0, number) for at, number in enumerate(numbers)]
code += [(0x06, 0, 0, 0x7FFF0000), (0x06, 0, 0, 0x00050001)]
raw = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *line) for line in code))
header = ctypes.create_string_buffer(struct.pack("@HP", len(code), ctypes.addressof(raw)))
assert libc.prctl(38, 1, 0, 0, 0) == 0
assert libc.prctl(22, 2, ctypes.byref(header), 0, 0) == 0
"""
CALLS = {
    "x86_64": {"unshare": 272, "landlock": 444, "seccomp": 157},
    "aarch64": {"unshare": 97, "landlock": 444},
}


def run_script(script: str, *, python: str = sys.executable, user: int | None = None) -> str:
    done = subprocess.run(
        [python, "-B", "-c", script],
        env={"PYTHONPATH": str(SOURCE)},
        cwd="/",
        capture_output=True,
        text=True,
        timeout=60,
        user=user,
        group=user,
        extra_groups=[] if user else None,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def without(*names: str) -> str:
    """A script's beginning that lives as in a container which denies these calls."""
    numbers = CALLS.get(os.uname().machine, {})
    if not all(name in numbers for name in names):
        pytest.skip("no call numbers for this machine")
    return DENY.format(numbers=[numbers[name] for name in names])


CHECKS = """
from hornbook.sandbox import Job, Limits, Sandbox
programs = [
    "import re\\nprint(1)", "open('/etc/passwd')", "import socket\\nsocket.socket()", "import os\\nos.fork()",
    "open({canary!r})", "open({canary!r}, 'w')", "import os\\nos.truncate({canary!r}, 0)",
    "import os\\nos.kill(os.getppid(), 9)", "import os\\nos.kill(-1, 9)", "import os\\nos.chmod({canary!r}, 0)",
    "import os\\nos.listdir('/proc')",
]
with Sandbox(workers=1) as sandbox:
    print(sandbox.level)
    for verdict in sandbox.run(Job(id="", blocks=(program,)) for program in programs):
        print(verdict.outcome)
    sleeper = Job(id="", blocks=("import time\\ntime.sleep(9)",), limits=Limits(cpu_seconds=0.1))
    for verdict in sandbox.run([sleeper]):
        print(verdict.outcome)
"""


def test_landlock_alone_still_holds_files_sockets_and_signals(tmp_path: Path) -> None:
    canary = tmp_path / "canary"
    canary.write_text("secret")
    if "landlock" not in probe().level:
        pytest.skip("this kernel has no Landlock")
    said = run_script(without("unshare") + CHECKS.format(canary=str(canary))).split()
    assert said == ["landlock+seccomp", "pass", *["error"] * 10, "timeout_wall"]
    assert canary.read_text() == "secret"


def test_namespaces_alone_hold_too(tmp_path: Path) -> None:
    if "namespaces" not in probe().level:
        pytest.skip("this machine has no namespaces")
    said = run_script(without("landlock") + CHECKS.format(canary=str(tmp_path / "canary"))).split()
    assert said == ["namespaces+seccomp", "pass", *["error"] * 10, "timeout_wall"]


def test_an_ordinary_user_is_isolated_as_well_as_root(tmp_path: Path) -> None:
    if os.getuid() != 0:
        pytest.skip("the other tests already run as an ordinary user")
    python = shutil.which("python3", path="/usr/bin:/usr/local/bin")
    current = "import sys; print(sys.version_info >= (3, 11))"
    if python is None or run_script(current, python=python).strip() != "True":
        pytest.skip("no Python that an ordinary user can start")
    said = run_script(CHECKS.format(canary=str(tmp_path / "canary")), python=python, user=65534).split()
    assert said[1:] == ["pass", *["error"] * 10, "timeout_wall"]


def test_with_neither_namespaces_nor_landlock_nothing_is_run() -> None:
    script = without("unshare", "landlock") + textwrap.dedent(
        """
        from hornbook.sandbox import Sandbox, probe
        from hornbook.errors import SandboxUnavailable
        try:
            Sandbox(workers=1).__enter__()
        except SandboxUnavailable as error:
            print(error)
        assert probe().level == ""
        """
    )
    said = run_script(script)
    assert "namespaces: " in said
    assert "landlock: landlock_create_ruleset: EPERM" in said
    assert "unshare(CLONE_NEWUSER" in said
    assert said.count("remedy: ") == 2


@pytest.mark.parametrize("system", ["darwin", "win32"])
def test_what_executes_nothing_works_on_other_systems(system: str) -> None:
    script = f"""
import select, socket, subprocess, sys
import hornbook.commands  # brings the packages of others, which know each system's modules themselves
for name in [name for name in sys.modules if name.startswith("hornbook")]:
    del sys.modules[name]
for name in ("fcntl", "resource", "pwd", "grp", "termios"):
    sys.modules[name] = None
del select.poll
import hornbook.sandbox, hornbook.quality.check, hornbook.rows.exec_check, hornbook.commands
sys.platform = {system!r}
isolation = hornbook.sandbox.probe()
assert isolation.level == "", isolation
print(isolation.reasons[0])
"""
    said = run_script(script)
    assert "docker run" in said
    assert ("WSL2" in said) == (system == "win32")


@pytest.mark.parametrize("system", ["darwin", "win32"])
def test_other_systems_are_refused_with_a_way_out(system: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", system)
    with pytest.raises(SandboxUnavailable, match="only on Linux"):
        Sandbox(workers=1).__enter__()
    assert probe().level == ""


@pytest.mark.parametrize("executable", ["/bin/false", "/nowhere/python"])
def test_a_zygote_that_cannot_start_says_why(executable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", executable)
    with pytest.raises(SandboxUnavailable, match="did not start"):
        Sandbox(workers=1).__enter__()


def test_call_numbers_agree_with_the_headers_of_this_machine() -> None:
    header = Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h")
    if os.uname().machine != "x86_64" or not header.exists():
        pytest.skip("no kernel headers")
    known = dict(
        line.split()[1:3] for line in header.read_text().splitlines() if line.startswith("#define __NR_")
    )
    for table in (seccomp._PLAIN, seccomp._CHECKED, seccomp._ZYGOTE_ONLY):
        for name, number in seccomp._numbers(table).items():
            assert known[f"__NR_{name}"] == str(number)


def test_the_tree_of_the_filter_decides_every_number_right() -> None:
    allowed = set(seccomp._numbers(f"{seccomp._PLAIN}, {seccomp._ZYGOTE_ONLY}").values())
    checked = set(seccomp._numbers(seccomp._CHECKED).values())
    code = seccomp.for_zygote().code
    program = [struct.unpack_from("=HBBI", code, at) for at in range(0, len(code), 8)]
    for number in [*range(600), 0x40000000, 0xFFFFFFFF]:
        at, action = 4, None
        while (
            action is None and program[at][0] != seccomp._LOAD
        ):  # an argument is looked at: not followed further
            operation, yes, no, value = program[at]
            if operation == seccomp._RETURN:
                action = value
            else:
                at += 1 + (yes if number >= value else no)
        if number not in checked:
            assert (action == seccomp._ALLOW) == (number in allowed), number
