"""`kill -9` in the middle of rounds that ask a real server: no prompt changes, and little is paid for twice."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from asking_records import EXERCISE
from fake_server import Served, serving

from hornbook.record import read_records, read_rejected

COUNT, IN_FLIGHT = 260, 16
PER_FLUSH = 16
"""Most answers that wait for one flush of the journal, as in test_endpoint_kills."""
KILLS = 6

PROGRAM = f"""
import sys; sys.path.insert(0, {str(Path(__file__).parent)!r})
from pathlib import Path
from hornbook.lessons import rounds
from hornbook.lessons.answer import Asked
from hornbook.lessons.exercise import Exercises, exercises
from hornbook.quality.check import Check
from hornbook.run import run
from hornbook.step import Context, Step
from hornbook.teacher.access import Access
from hornbook.teacher.endpoint import Endpoint
rounds.ROUND = 50
folder, url, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
endpoint = Endpoint(url=url, model="m", concurrency={IN_FLIGHT})
access = Access(endpoint=endpoint, journal=folder / "journal")
cfg = Exercises(count=count, teacher=Asked.of(endpoint), check=Check(mutant_share=0), reasks=0)
run([Step("exercises", exercises, cfg)], folder / "run", Context(workers=1, engine="inline", access=access))
"""


def start(folder: Path, server: Served, count: int = COUNT) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", PROGRAM, str(folder), server.url, str(count)]
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True)


def finish(process: subprocess.Popen[str]) -> None:
    _, said = process.communicate(timeout=120)
    assert process.returncode == 0, said


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server that answers every prompt with another exercise; a quarter cannot be read, some do not pass."""
    path = tmp_path_factory.mktemp("rules") / "rules.json"
    wrong = EXERCISE.replace("return sum(xs)", "return max(xs)")
    rules = [
        ("solves puzzles", "I cannot do that."),
        ("numpy style", wrong),
        ("You write programming", EXERCISE),
    ]
    path.write_text(json.dumps(rules))
    with serving(latency=0.03, sigma=0.5, tokens=20, rules=str(path)) as served:
        yield served


def results(folder: Path) -> tuple[list[str], list[str], dict[str, bytes]]:
    """Keys of the journal of what was accepted and of what was rejected, and every file of the rounds."""
    step = folder / "run" / "exercises"
    kept = [record.origin.journal_key for record in read_records(step) if record.origin]
    refused = [one.record.origin.journal_key for one in read_rejected(step) if one.record.origin]
    return kept, refused, {path.name: path.read_bytes() for path in sorted((step / "steering").iterdir())}


def test_kills_in_the_middle_of_rounds_change_no_prompt_and_repeat_no_finished_call(
    server: Served, tmp_path: Path
) -> None:
    whole, killed = tmp_path / "whole", tmp_path / "killed"
    server.set()
    finish(start(whole, server))
    calls, draws = server.counts()["requests"], random.Random(3)
    kept, refused, steering = results(whole)
    assert len(kept) == COUNT and len(refused) > 50 and calls == COUNT + len(refused)
    assert any(json.loads(text)["banned"] for text in steering.values())
    server.set()
    kills = 0
    for _ in range(KILLS):
        process = start(killed, server)
        number = server.counts()["requests"] + draws.randint(20, calls // KILLS)
        while process.poll() is None and server.counts()["requests"] < number:
            time.sleep(0.002)
        if process.poll() is None:
            process.kill()
            kills += 1
        process.communicate(timeout=30)
    finish(start(killed, server))
    assert kills >= 4
    assert results(killed) == (kept, refused, steering)
    assert server.counts()["requests"] - calls <= kills * (IN_FLIGHT + PER_FLUSH)


def test_more_records_pay_for_nothing_again(server: Served, tmp_path: Path) -> None:
    server.set()
    finish(start(tmp_path, server, 150))
    before, (kept, _, _) = server.counts()["requests"], results(tmp_path)
    finish(start(tmp_path, server, 160))
    longer, refused, _ = results(tmp_path)
    assert longer[:150] == kept and len(longer) == 160
    assert server.counts()["requests"] == len(longer) + len(refused)
    assert 10 <= server.counts()["requests"] - before < 30
