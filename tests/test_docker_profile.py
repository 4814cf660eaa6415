"""In a container as `docker run` makes it, programs are still judged, at the level that is left."""

from __future__ import annotations

import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import docker_profile
import pytest
from conftest import TESTS
from test_exec_check import BODY, HUMAN_EVAL, MBPP, read, write

from hornbook.sandbox import probe

ROOT = TESTS.parent
LAUNCHER = str(TESTS / "docker_profile.py")
LEVEL = "landlock+seccomp"
ORDINARY = 65534

pytestmark = [
    pytest.mark.skipif(
        "landlock" not in probe().level, reason="without Landlock a container's default denies all"
    ),
    pytest.mark.skipif(
        platform.machine() not in ("x86_64", "aarch64"), reason="no call numbers for this machine"
    ),
]

ASKS = """
import ctypes, os, pathlib
libc = ctypes.CDLL(None, use_errno=True)
new_user = 0x10000000
for name, *words in (
    ("unshare", new_user), ("mount", 0, 0, 0, 0, 0), ("setns", 0, 0), ("clone", new_user | 17, 0, 0, 0, 0),
    ("clone3", 0, 0), ("bpf", 0, 0, 0), ("landlock", 0, 0, 1),
):
    print(ctypes.get_errno() if libc.syscall({calls}[name], *words) < 0 else 0)
status = dict(line.split(":", 1) for line in pathlib.Path("/proc/self/status").read_text().splitlines())
print(int(status["CapEff"], 16))
if child := os.fork():
    print(os.waitpid(child, 0)[1])
else:
    os._exit(0)
"""


def run(
    *command: object, python: str = sys.executable, user: int | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    words = [] if user is None else ["--user", str(user)]
    return subprocess.run(
        [python, "-B", LAUNCHER, *words, python, "-B", *map(str, command)],
        env={"PYTHONPATH": str(ROOT / "src"), **environment},
        cwd="/",
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.fixture
def public_folder() -> Iterator[Path]:
    """A folder that any user may work in, as a volume is."""
    with tempfile.TemporaryDirectory(prefix="hornbook-test-") as folder:
        Path(folder).chmod(0o777)
        yield Path(folder)


def exec_check(folder: Path, **options: object) -> tuple[dict[str, object], list[dict[str, object]]]:
    rows = [
        HUMAN_EVAL | {"completion": BODY},
        HUMAN_EVAL | {"completion": "    return 1\n"},
        HUMAN_EVAL | {"completion": "    import os\n    os.fork()\n" + BODY},
        HUMAN_EVAL | {"completion": "    open('/etc/passwd').read()\n" + BODY},
        MBPP,
        MBPP | {"test_list": ["p = (1, 2)", "for n in range(3):\n    assert total((n, 1)) == n + 1"]},
    ]
    source = write(folder / "samples.jsonl", rows)
    source.chmod(0o644)
    words = ("exec-check", source, "--out", folder / "checked.jsonl", "--workers", 1, "--format", "json")
    done = run("-m", "hornbook", *words, **options)  # type: ignore[arg-type]
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout), read(folder / "checked.jsonl")


def held(summary: dict[str, object], rows: list[dict[str, object]]) -> None:
    assert summary["levels"] == {LEVEL: 6}
    assert [row["verdict"] for row in rows] == ["pass", "fail", "error", "error", "pass", "pass"]


def test_the_profile_denies_what_dockers_does_and_leaves_what_it_leaves() -> None:
    calls = docker_profile.numbers(
        f"{docker_profile._REFUSED}, {docker_profile._CHECKED}", platform.machine()
    )
    done = run("-c", ASKS.format(calls=calls | {"landlock": 444}))
    assert done.returncode == 0, done.stderr
    *denied, landlock, capabilities, forked = map(int, done.stdout.split())
    assert denied == [1, 1, 1, 1, 38, 1], "EPERM, for clone3 ENOSYS"
    assert landlock >= 0 == forked
    assert os.geteuid() != 0 or capabilities == sum(1 << bit for bit in docker_profile._CAPABILITIES)


def test_call_numbers_agree_with_the_headers_of_this_machine() -> None:
    header = Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h")
    if platform.machine() != "x86_64" or not header.exists():
        pytest.skip("no kernel headers")
    known = dict(re.findall(r"#define __NR_(\w+) (\d+)", header.read_text()))
    table = docker_profile.numbers(f"{docker_profile._REFUSED}, {docker_profile._CHECKED}", "x86_64")
    assert {
        name: number for name, number in table.items() if known.get(name, str(number)) != str(number)
    } == {}


def test_under_dockers_default_profile_a_file_is_checked_with_landlock_and_seccomp(
    public_folder: Path,
) -> None:
    held(*exec_check(public_folder))


def test_a_probe_names_the_level_that_a_container_has_and_what_would_give_more() -> None:
    done = run("-c", "from hornbook.sandbox import probe\nprint(probe())")
    assert f"level={LEVEL!r}" in done.stdout
    assert "seccomp=unconfined" in done.stdout


def test_an_ordinary_user_of_a_container_has_the_same_level(public_folder: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("the other tests already run as an ordinary user")
    python = shutil.which("python3", path="/usr/bin:/usr/local/bin")
    packages = Path(sys.executable).parents[1] / "lib" / f"python3.{sys.version_info.minor}" / "site-packages"
    path = os.pathsep.join([str(ROOT / "src"), str(packages)])
    if (
        python is None
        or run("-c", "import orjson, typer", python=python, user=ORDINARY, PYTHONPATH=path).returncode
    ):
        pytest.skip("no Python that an ordinary user can start, with what hornbook needs")
    held(*exec_check(public_folder, python=python, user=ORDINARY, PYTHONPATH=path))


def test_the_image_is_built_from_what_the_installation_needs_and_nothing_else() -> None:
    """No engine here to build it with: hold the parts that would break silently."""
    lines = (ROOT / "docker" / "Dockerfile").read_text().splitlines()
    assert [line for line in lines if line.startswith("USER")] == ["USER hornbook"]
    assert 'ENTRYPOINT ["hornbook"]' in lines
    sent = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    assert all((ROOT / name).exists() for name in sent)
    assert sent >= {"pyproject.toml", "constraints.txt", "README.md", "LICENSE", "src"}
