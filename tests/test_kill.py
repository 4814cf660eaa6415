"""`kill -9` at random moments: the same command again loses nothing and repeats nothing that was finished."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import TESTS

NUM_KILLS = 22


def start(
    out: Path, errors: int = subprocess.DEVNULL, recipe: str = "data_recipe.py:data"
) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "hornbook", "run", str(TESTS / recipe), "--out", str(out)]
    return subprocess.Popen([*command, "--workers", "2"], stdout=subprocess.DEVNULL, stderr=errors)


def contents(root: Path) -> dict[str, bytes]:
    return {str(p.relative_to(root)): p.read_bytes() for p in sorted(root.glob("*/re*/*.parquet"))}


def finished_shards(root: Path) -> dict[tuple[str, str], int]:
    """Inodes of the shards whose marker exists; a shard that is written again gets another inode."""
    inodes = {}
    for marker in [*root.glob("*/counts/*.json"), *root.glob(".partial/*/counts/*.json")]:
        folder = marker.parent.parent
        step = folder.name.partition("-")[0]
        shard = folder / "records" / f"{marker.stem}.parquet"
        if shard.exists():
            inodes[step, marker.stem] = shard.stat().st_ino
    return inodes


def children_of(pid: int) -> list[int]:
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True)
    return [int(word) for word in listed.stdout.split()]


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"
    except FileNotFoundError:
        return False


def wait_for(condition: Callable[[], bool], seconds: float = 30.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.05)


def test_kill_at_random_moments_costs_only_the_shards_in_flight(tmp_path: Path) -> None:
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    assert start(whole).wait() == 0
    clock = random.Random(20)
    before: dict[tuple[str, str], int] = {}
    kills = 0
    while kills < NUM_KILLS:
        process = start(broken)
        # A start takes about a second; later kills are drawn so that the run cannot end before the last one.
        time.sleep(clock.uniform(0.2, 1.5))
        if process.poll() is not None:
            break
        workers = children_of(process.pid)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        kills += 1
        now = finished_shards(broken)
        assert {key: now[key] for key in before} == before, "a finished shard was done again"
        before = now
        wait_for(lambda pids=tuple(workers): not any(alive(pid) for pid in pids))  # type: ignore[misc]
    assert kills >= 20
    assert start(broken).wait() == 0
    assert finished_shards(broken).items() >= before.items()
    assert contents(broken) == contents(whole) != {}


def test_an_interrupted_run_exits_with_130_and_one_line(tmp_path: Path) -> None:
    process = start(tmp_path / "run", errors=subprocess.PIPE)
    wait_for(lambda: any((tmp_path / "run").glob(".partial/*/counts/*.json")))
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=30)
    assert process.returncode == 130
    assert (
        errors.decode()
        .strip()
        .splitlines()[-1]
        .startswith("hornbook: interrupted; everything finished is kept")
    )
    assert "Traceback" not in errors.decode()


def weights(root: Path) -> dict[str, bytes]:
    return {str(p.relative_to(root)): p.read_bytes() for p in root.glob("model_*/model/*.safetensors")}


def test_interrupted_training_saves_what_it_has_and_ends_with_the_same_weights(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    process = start(broken, subprocess.PIPE, "train_recipe.py:models")
    wait_for(lambda: len(list(broken.glob(".partial/model_*/moving"))) == 2, seconds=120)
    process.send_signal(signal.SIGINT)
    said = process.communicate(timeout=30)[1].decode()
    assert process.returncode == 130
    assert "hornbook: interrupted; everything finished is kept" in said and "Traceback" not in said
    assert len(list(broken.glob(".partial/model_*/resume/state.safetensors"))) == 2
    again = start(broken, subprocess.PIPE, "train_recipe.py:models")
    said = again.communicate(timeout=120)[1].decode()
    assert again.returncode == 0 and said.count("training goes on after update") == 2
    monkeypatch.setenv("HORNBOOK_TEST_NO_WAIT", "1")
    assert start(whole, recipe="train_recipe.py:models").wait(120) == 0
    assert weights(broken) == weights(whole) != {}
