"""`kill -9` while records are judged: the same command again writes the same bytes."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import leak_recipe
import pytest
from test_kill import start, wait_for

from hornbook.quality.decontaminate import EVIDENCE
from hornbook.record import count
from hornbook.step import read_step

RECIPE = "leak_recipe.py:clean"


def contents(step: Path) -> dict[str, bytes]:
    files = [*step.glob("records/*.parquet"), *step.glob("rejected/*.parquet"), step / EVIDENCE]
    return {str(path.relative_to(step)): path.read_bytes() for path in files}


def test_decontamination_that_was_killed_ends_with_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, whole = tmp_path / "broken", tmp_path / "whole"
    process = start(broken, recipe=RECIPE)
    wait_for(lambda: any(broken.glob(".partial/clean-*/halfway")), seconds=120)
    os.kill(process.pid, signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    assert not (broken / "clean").exists()
    assert list(broken.glob(".partial/clean-*/records/*.parquet")), "it was killed before it wrote anything"
    assert start(broken, recipe=RECIPE).wait(120) == 0
    monkeypatch.setenv("HORNBOOK_TEST_NO_WAIT", "1")
    assert start(whole, recipe=RECIPE).wait(120) == 0
    assert contents(broken / "clean") == contents(whole / "clean")
    steps = [read_step(root / "clean") for root in (broken, whole)]
    assert steps[0] and steps[1] and steps[0].metrics == steps[1].metrics
    num_kept, num_rejected = (count(whole / "clean", part) for part in ("records", "rejected"))
    assert num_kept + num_rejected == leak_recipe.COUNT
    assert 50 < num_rejected < 250
