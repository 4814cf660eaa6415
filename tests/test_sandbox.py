"""What a program can see, touch and use up: each test attacks one property, with real programs."""

from __future__ import annotations

import os
import socket
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from processes import descendants

from hornbook.sandbox import OUTCOMES, Job, Limits, Sandbox, Verdict, probe

pytestmark = pytest.mark.skipif(not probe().level, reason="this machine cannot isolate untrusted code")

SOURCE = Path(__file__).resolve().parents[1] / "src"
SHORT = Limits(cpu_seconds=0.2)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(workers=2) as opened:
        yield opened


def run(sandbox: Sandbox, *blocks: str, limits: Limits | None = None) -> Verdict:
    job = Job(id="one", blocks=tuple(map(textwrap.dedent, blocks)), limits=limits or Limits())
    (verdict,) = sandbox.run([job])
    assert verdict.outcome in OUTCOMES
    return verdict


def printed(sandbox: Sandbox, *blocks: str) -> str:
    verdict = run(sandbox, *blocks)
    assert verdict.outcome == "pass", verdict
    return "".join(verdict.outputs)


# What a program may see and touch


def test_a_listening_socket_on_loopback_hears_nothing(sandbox: Sandbox) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        verdict = run(sandbox, f"import socket\nsocket.create_connection(('127.0.0.1', {port}), 1)")
        server.setblocking(False)
        with pytest.raises(BlockingIOError):
            server.accept()
    assert verdict.outcome == "error"


def test_an_abstract_unix_socket_hears_nothing(sandbox: Sandbox) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as server:
        server.bind(f"\0hornbook-test-{os.getpid()}")
        server.setblocking(False)
        code = f"""
        import socket
        a, b = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
        a.sendto(b"hello", "\\0hornbook-test-{os.getpid()}")
        """
        assert run(sandbox, code).outcome == "error"
        with pytest.raises(BlockingIOError):
            server.recv(1)


def test_raw_system_calls_open_no_socket(sandbox: Sandbox) -> None:
    code = """
    import ctypes
    libc = ctypes.CDLL(None, use_errno=True)
    for family in (1, 2, 10, 16, 17):
        assert libc.socket(family, 2, 0) == -1, family
        assert ctypes.get_errno() == 1
    """
    assert run(sandbox, code).outcome == "pass"


def test_files_of_the_user_cannot_be_read(sandbox: Sandbox, tmp_path: Path) -> None:
    canary = tmp_path / "canary"
    canary.write_text("secret")
    at_home = [path for path in Path.home().iterdir() if path.is_file()][:3]
    for path in (canary, Path(__file__), SOURCE / "hornbook" / "errors.py", *at_home):
        verdict = run(sandbox, f"print(open({str(path)!r}, 'rb').read())")
        assert (verdict.outcome, verdict.outputs) == ("error", ("",)), path


def test_files_of_the_user_cannot_be_changed(sandbox: Sandbox, tmp_path: Path) -> None:
    canary = tmp_path / "canary"
    canary.write_text("secret")
    code = f"""
    import os
    path, folder = {str(canary)!r}, {str(tmp_path)!r}
    for attempt in (
        lambda: open(path, "w"), lambda: os.unlink(path), lambda: os.truncate(path, 0), lambda: os.chmod(path, 0),
        lambda: os.rename(path, path + "2"), lambda: os.utime(path), lambda: os.link(path, "/tmp/link"),
        lambda: os.mkdir(folder + "/new"), lambda: open(folder + "/new", "w"),
    ):
        try:
            attempt()
        except OSError:
            continue
        raise SystemExit
    """
    before = canary.stat()
    assert run(sandbox, code).outcome == "pass"
    after = canary.stat()
    assert (after.st_mtime_ns, after.st_mode, canary.read_text()) == (
        before.st_mtime_ns,
        before.st_mode,
        "secret",
    )
    assert list(tmp_path.iterdir()) == [canary]


@pytest.mark.parametrize(
    "path", ["/etc/passwd", "/proc/self/environ", "/sys/kernel", "/dev/mem", "/root", "/home"]
)
def test_system_files_cannot_be_read(sandbox: Sandbox, path: str) -> None:
    own_library = Path(os.__file__).is_relative_to(path)
    code = f"""
    import os
    found = os.listdir({path!r}) if os.path.isdir({path!r}) else open({path!r}, "rb").read(10)
    print(len(found))
    """
    verdict = run(sandbox, code)
    # A library that lives below /root shows the way to itself and nothing else.
    assert verdict.outcome == "error" or (own_library and verdict.outputs == ("1\n",)), verdict


def test_the_library_cannot_be_written(sandbox: Sandbox) -> None:
    code = "import os\nopen(os.path.dirname(os.__file__) + '/planted.py', 'w')"
    assert run(sandbox, code).outcome == "error"
    assert not (Path(os.__file__).parent / "planted.py").exists()


def test_the_environment_is_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HORNBOOK_CANARY", "secret")
    with Sandbox(workers=1) as fresh:
        code = "import os, sys\nprint(dict(os.environ), sys.argv, sys.orig_argv)"
        assert printed(fresh, code) == "{} [''] ['']\n"


def test_the_machine_is_anonymous(sandbox: Sandbox) -> None:
    code = "import os\nprint(os.uname().nodename, os.getppid(), os.getuid(), os.getgroups() in ([], [65534]))"
    name, parent, uid, _ = printed(sandbox, code).split()
    assert (name, parent) == ("sandbox", "1")
    assert uid != "0"


def test_the_project_cannot_be_imported(sandbox: Sandbox) -> None:
    assert run(sandbox, "import hornbook").detail == "ModuleNotFoundError at line 1"


def test_a_small_scratch_directory_can_be_used(sandbox: Sandbox) -> None:
    code = """
    from pathlib import Path
    Path("notes").mkdir()
    Path("notes/a.txt").write_text("hello")
    Path("notes/a.txt").rename("b.txt")
    print(Path("/tmp/b.txt").read_text(), [p.name for p in Path(".").iterdir() if p.is_file()])
    """
    assert printed(sandbox, code) == "hello ['b.txt']\n"


def test_scratch_is_wiped_between_jobs(sandbox: Sandbox) -> None:
    litter = """
    import os
    os.symlink("/tmp", "loop")
    for depth in range(300):
        os.mkdir("d" * 200, 0o700)
        os.chdir("d" * 200)
    open("deep", "w").write("x")
    os.umask(0o777)
    os.mkdir("/tmp/closed")
    """
    for _ in range(4):
        assert run(sandbox, litter).outcome == "pass"
    for _ in range(4):
        assert printed(sandbox, "import os\nprint(os.listdir('/tmp'))") == "[]\n"


def test_scratch_is_bounded(sandbox: Sandbox) -> None:
    code = """
    for index in range(64):
        with open(f"/tmp/{index}", "wb") as file:
            file.write(bytes(4 << 20))
    """
    assert run(sandbox, code).detail == "OSError at line 4"


# What a program may use up


def test_an_endless_loop_ends_at_its_cpu_limit(sandbox: Sandbox) -> None:
    verdict = run(sandbox, "x = 1", "while True: pass", limits=SHORT)
    assert (verdict.outcome, verdict.block) == ("timeout_cpu", 1)
    assert 0.19 < verdict.seconds < 1.0


def test_sleeping_ends_at_the_wall_limit(sandbox: Sandbox) -> None:
    started = time.monotonic()
    verdict = run(sandbox, "import time\ntime.sleep(1000)", limits=SHORT)
    assert verdict.outcome == "timeout_wall"
    assert time.monotonic() - started < 5


def test_nothing_can_be_caught_or_ignored_to_outlive_the_limit(sandbox: Sandbox) -> None:
    code = """
    import signal
    for number in range(1, 65):
        try:
            signal.signal(number, signal.SIG_IGN)
        except (OSError, ValueError):
            pass
    while True:
        try:
            while True: pass
        except BaseException:
            pass
    """
    assert run(sandbox, code, limits=SHORT).outcome == "timeout_cpu"


def test_a_loop_in_native_code_ends_too(sandbox: Sandbox) -> None:
    assert run(sandbox, "print(len(str(7 ** (7 ** 9))))", limits=SHORT).outcome == "timeout_cpu"


@pytest.mark.parametrize("code", ["x = [0] * 10**10", "x = []\nwhile True: x.append(bytes(1 << 20))"])
def test_a_memory_bomb_ends_as_memory(sandbox: Sandbox, code: str) -> None:
    verdict = run(sandbox, "print('before')", code, limits=Limits(memory_megabytes=128))
    assert (verdict.outcome, verdict.block, verdict.outputs) == ("memory", 1, ("before\n", ""))


def test_a_program_may_survive_its_own_memory_error(sandbox: Sandbox) -> None:
    assert printed(sandbox, "try:\n    x = [0] * 10**10\nexcept MemoryError:\n    print('ok')") == "ok\n"


def test_huge_output_ends_as_output_limit(sandbox: Sandbox) -> None:
    verdict = run(sandbox, "while True: print('x' * 1000)", limits=Limits(output_bytes=5000))
    assert verdict.outcome == "output_limit"
    assert len("".join(verdict.outputs)) == 5000


def test_a_fork_bomb_makes_no_process(sandbox: Sandbox) -> None:
    before = descendants(os.getpid())
    code = """
    import os
    while True:
        try:
            os.fork()
        except OSError:
            pass
    """
    assert run(sandbox, code, limits=SHORT).outcome == "timeout_cpu"
    assert run(sandbox, "import os\nos.fork()").detail == "PermissionError at line 2"
    assert descendants(os.getpid()) == before


def test_a_thread_bomb_harms_nobody(sandbox: Sandbox) -> None:
    code = """
    import threading, time
    threading.stack_size(32768)
    while True:
        threading.Thread(target=time.sleep, args=(1000,)).start()
    """
    assert run(sandbox, code, limits=SHORT).outcome in ("error", "memory", "timeout_cpu", "timeout_wall")
    assert run(sandbox, "1").outcome == "pass"


@pytest.mark.parametrize(
    "code",
    [
        "import os\nos.execv('/bin/sh', ['sh'])",
        "import subprocess\nsubprocess.run(['/bin/true'])",
        "import os\nos.posix_spawn('/bin/true', ['true'], {})",
        "import multiprocessing\nmultiprocessing.Process(target=print).start()",
    ],
)
def test_no_other_program_can_be_started(sandbox: Sandbox, code: str) -> None:
    assert run(sandbox, code).outcome == "error"


@pytest.mark.parametrize(
    "call",
    [
        "libc.ptrace(16, 1, 0, 0)",
        "libc.mount(b'none', b'/tmp', b'tmpfs', 0, None)",
        "libc.unshare(0x10000000)",
        "libc.sethostname(b'x', 1)",
        "time.clock_settime(0, 0)",
        "os.setuid(0)",
        "os.chroot('/tmp')",
    ],
)
def test_a_call_that_only_an_attack_makes_kills(sandbox: Sandbox, call: str) -> None:
    code = f"import ctypes, os, time\nlibc = ctypes.CDLL(None)\ntry: {call}\nexcept BaseException: pass"
    assert run(sandbox, code).outcome == "forbidden"


def test_privileged_calls_are_denied(sandbox: Sandbox) -> None:
    code = """
    import ctypes, os, resource
    libc = ctypes.CDLL(None, use_errno=True)
    assert libc.prctl(1, 0, 0, 0, 0) == -1
    for attempt in (
        lambda: resource.setrlimit(resource.RLIMIT_AS, (-1, -1)), lambda: os.mknod("/tmp/node"),
        lambda: os.memfd_create("x"), lambda: os.setsid(),
    ):
        try:
            attempt()
        except (OSError, ValueError):
            continue
        raise SystemExit
    """
    assert run(sandbox, code).outcome == "pass"


@pytest.mark.parametrize("target", ["1", "0", "-1", "os.getppid()", "this test"])
def test_no_other_process_can_be_signalled(sandbox: Sandbox, target: str) -> None:
    before = descendants(os.getpid())
    pid = str(os.getpid()) if target == "this test" else target
    assert run(sandbox, f"import os\nos.kill({pid}, 9)").detail == "PermissionError at line 2"
    assert descendants(os.getpid()) == before
