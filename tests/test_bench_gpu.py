"""That bench/gpu.py works as a script, tried tiny on a CPU: on a GPU there is no time to mend it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from conftest import TESTS

SCRIPT = TESTS.parent / "bench" / "gpu.py"


def gpu(*words: object) -> list[str]:
    """The lines that the script prints, with no GPU to be seen."""
    env = os.environ | {"CUDA_VISIBLE_DEVICES": "", "OMP_NUM_THREADS": "1"}
    command = [sys.executable, str(SCRIPT), *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=280, env=env)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.mark.slow
def test_the_whole_script_runs_on_a_cpu_and_goes_on_where_it_was(tmp_path: Path) -> None:
    lines = gpu("--cpu-smoke", "--out", tmp_path / "run")
    assert lines[0].startswith("CPU, ") and lines[0].endswith(torch.__version__)
    [timed] = [line for line in lines if line.startswith("smoke: ")]
    assert "tokens/s" in timed and "that plain products reach" in timed
    assert any(line.startswith("  model: ") for line in lines)
    assert sum(": pass@1 " in line and "bits/byte" in line for line in lines) == 4  # rungs
    again = gpu("--cpu-smoke", "--out", tmp_path / "run")
    assert not any(line.startswith("  ") for line in again)
    assert [line for line in again if "pass@1" in line] == [line for line in lines if "pass@1" in line]


@pytest.mark.slow
def test_without_a_gpu_it_says_so_in_one_line(tmp_path: Path) -> None:
    [line] = gpu("--minutes", 25, "--out", tmp_path / "run")
    assert line.startswith("no GPU here: nothing was measured")
    assert not (tmp_path / "run").exists()
