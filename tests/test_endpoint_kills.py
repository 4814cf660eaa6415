"""Kills and interrupts of a run of 300 calls: what was paid for is kept, and the rows are the same in the end."""

import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest
from fake_server import Served, serving

from hornbook.teacher.journal import Journal

NUM_CALLS = 300
IN_FLIGHT = 16
PER_FLUSH = 16
"""Most answers that wait for one flush: it comes every 20 ms and an answer takes as long, so one for each seat."""

PROGRAM = f"""
import sys; sys.path.insert(0, {str(Path(__file__).parent)!r})
from pathlib import Path
from hornbook.teacher.endpoint import Endpoint, EndpointTeacher
from hornbook.teacher.journal import Journal
from teaching import requests
folder, url = Path(sys.argv[1]), sys.argv[2]
with Journal(folder / "journal", say=lambda line: print(line, file=sys.stderr)) as journal:
    endpoint = Endpoint(url=url, model="m", concurrency={IN_FLIGHT})
    with EndpointTeacher(endpoint, journal=journal) as teacher:
        partial = folder / "rows.partial"
        with partial.open("w") as rows:
            for answer in teacher.complete(requests({NUM_CALLS})):
                rows.write(answer.journal_key + " " + answer.text + "\\n")
        partial.replace(folder / "rows")
"""


def start(folder: Path, server: Served) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", PROGRAM, str(folder), server.url]
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True)


def finish(process: subprocess.Popen[str]) -> int:
    process.communicate(timeout=120)
    return process.returncode


@pytest.fixture(scope="module")
def running() -> Iterator[Served]:
    with serving(latency=0.02, sigma=0.5, tokens=20) as served:
        yield served


@pytest.fixture
def server(running: Served) -> Served:
    running.set(latency=0.02)
    return running


def answers(folder: Path) -> list[str]:
    with Journal(folder / "journal") as journal:
        return [one.key for one in journal.entries() if one.answered]


def wait_for_calls(server: Served, number: int) -> None:
    deadline = time.monotonic() + 60
    while server.counts()["requests"] < number:
        assert time.monotonic() < deadline, "the run never got that far"
        time.sleep(0.005)


def test_kills_at_random_moments_repeat_no_more_than_was_in_flight_and_one_flush(
    server: Served, tmp_path: Path
) -> None:
    rng = random.Random(7)
    whole = tmp_path / "whole"
    whole.mkdir()
    assert finish(start(whole, server)) == 0
    server.set()
    killed, kills = tmp_path / "killed", 0
    killed.mkdir()
    while True:
        process = start(killed, server)
        number = server.counts()["requests"] + rng.randint(30, 90)
        while process.poll() is None and server.counts()["requests"] < number:
            time.sleep(0.002)
        if process.poll() is not None:
            break
        process.kill()
        finish(process)
        kills += 1
    assert finish(process) == 0
    assert kills >= 3
    assert server.counts()["requests"] - NUM_CALLS <= kills * (IN_FLIGHT + PER_FLUSH)
    assert (killed / "rows").read_bytes() == (whole / "rows").read_bytes()
    assert len(set(answers(killed))) == len(answers(killed)) == NUM_CALLS


def test_ctrl_c_keeps_every_answer_that_came(server: Served, tmp_path: Path) -> None:
    process = start(tmp_path, server)
    wait_for_calls(server, 60)
    process.send_signal(signal.SIGINT)
    started = time.monotonic()
    _, errors = process.communicate(timeout=30)
    assert time.monotonic() - started < 10
    assert "KeyboardInterrupt" in errors
    assert "never retrieved" not in errors
    # Calls in flight were given a moment, so that nothing that the server answered is missing.
    assert len(answers(tmp_path)) == server.counts()["answered"] == server.counts()["requests"]
    assert finish(start(tmp_path, server)) == 0
    assert server.counts()["requests"] == NUM_CALLS


def test_ctrl_c_does_not_wait_for_a_server_that_hangs(server: Served, tmp_path: Path) -> None:
    server.set(latency=60.0)
    process = start(tmp_path, server)
    wait_for_calls(server, IN_FLIGHT)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=20)
    assert "KeyboardInterrupt" in errors


def test_two_runs_at_once_share_a_journal_and_lose_nothing(server: Served, tmp_path: Path) -> None:
    folders = [tmp_path / name for name in ("one", "other")]
    (tmp_path / "journal").mkdir()
    for folder in folders:
        folder.mkdir()
        (folder / "journal").symlink_to(tmp_path / "journal")
    processes = [start(folder, server) for folder in folders]
    assert [finish(process) for process in processes] == [0, 0]
    keys = [[line.split()[0] for line in (folder / "rows").read_text().splitlines()] for folder in folders]
    assert keys[0] == keys[1]
    assert set(answers(tmp_path)) == set(keys[0])


def test_every_line_of_a_killed_run_s_journal_is_whole_after_the_next_start(
    server: Served, tmp_path: Path
) -> None:
    process = start(tmp_path, server)
    wait_for_calls(server, 50)
    process.kill()
    process.communicate()
    [path] = (tmp_path / "journal").glob("*.jsonl")
    with path.open("ab") as file:
        file.write(b'{"key":"torn')
    process = start(tmp_path, server)
    _, said = process.communicate()
    assert "cut 12 bytes of a line that an interrupted run left unfinished" in said
    for line in path.read_bytes().splitlines():
        assert orjson.loads(line)["key"]
