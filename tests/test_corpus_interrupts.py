"""Ctrl-C while `corpus add` runs what it lifted: 130, nobody left behind, and the same corpus afterwards."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from hornbook.record import shards

NUM_FILES = 1300
DEFINITIONS = '''\
SCALE = {i}


def scaled(length):
    """Return the length, scaled as all lengths of this file are, and never less than nothing."""
    return max(0, SCALE * length)


def inverse(length=1 / (SCALE % 50)):
    """Return one over a scaled length; every fiftieth file fails here when it is imported."""
    return 1 / scaled(length)
'''


@pytest.fixture(scope="module")
def code(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("interrupts") / "code"
    folder.mkdir()
    for i in range(NUM_FILES):
        (folder / f"m{i:04d}.py").write_text(DEFINITIONS.format(i=i))
    return folder


def command(code: Path, out: Path) -> list[str]:
    words = ["corpus", "add", code, "--units", "definitions", "--lifting", "self_contained", "--workers", 2]
    return [sys.executable, "-m", "hornbook", *map(str, words), "--out", str(out)]


def of_session(leader: int) -> list[int]:
    """Return the processes that still live in a session."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            status = (path / "stat").read_text().rpartition(")")[2].split()
            found += [int(path.name)] if int(status[3]) == leader and status[0] != "Z" else []
    return found


def interrupt(code: Path, out: Path, seen: str, temporary: Path) -> str:
    """Send Ctrl-C, as a terminal does, to the whole group once there is a file `seen`; return the last line."""
    environment = os.environ | {"TMPDIR": str(temporary)}
    with subprocess.Popen(
        command(code, out), stderr=subprocess.PIPE, text=True, env=environment, start_new_session=True
    ) as process:
        while not list(out.parent.glob(seen)) and process.poll() is None:
            time.sleep(0.005)
        os.killpg(process.pid, signal.SIGINT)
        _, said = process.communicate(timeout=100)
    assert process.returncode == 128 + signal.SIGINT and "Traceback" not in said, said
    until = time.monotonic() + 10  # multiprocessing's resource tracker ends when it sees that its parent did
    while (left := of_session(process.pid)) and time.monotonic() < until:
        time.sleep(0.05)
    assert not left
    return said.strip().splitlines()[-1]


def test_after_ctrl_c_while_lifted_units_are_run_the_same_command_goes_on(code: Path, tmp_path: Path) -> None:
    temporary, out = tmp_path / "tmp", tmp_path / "corpus"
    temporary.mkdir()
    for seen in (".corpus.partial/imported", ".corpus.partial/imported/counts/00000.json"):
        said = interrupt(code, out, seen, temporary)
        assert said == (
            f"hornbook: interrupted; what was read is kept in {tmp_path / '.corpus.partial'}, and the same "
            "command goes on with it"
        )
        assert not out.exists() and not list(temporary.iterdir())
    first = (tmp_path / ".corpus.partial" / "imported" / "counts" / "00000.json").stat().st_mtime_ns
    for name in ("corpus", "anew"):
        done = subprocess.run(command(code, tmp_path / name), capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    assert (out / "counts" / "00000.json").stat().st_mtime_ns == first
    for part in ("records", "rejected", "counts"):
        ours, anew = (sorted((tmp_path / name / part).iterdir()) for name in ("corpus", "anew"))
        assert [path.read_bytes() for path in ours] == [path.read_bytes() for path in anew] and ours
    assert len(shards(out)) > 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["anew", "corpus", "tmp"]
