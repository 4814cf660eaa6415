"""Several processes train as one does. They are real: torchrun starts them, and gloo joins them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import orjson
import pytest
from safetensors.torch import load_file
from small_tokens import make_tokens
from world_recipe import main as train_alone

RECIPE = Path(__file__).parent / "world_recipe.py"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_tokens(tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="module")
def alone(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What one process makes of the same batches."""
    out = tmp_path_factory.mktemp("alone")
    train_alone(data, out, "whole")
    return out


def together(*args: object) -> subprocess.CompletedProcess[str]:
    torchrun = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2"]
    command = [*torchrun, str(RECIPE), *map(str, args)]
    return subprocess.run(command, capture_output=True, text=True, timeout=240, check=False)


def losses(out: Path) -> list[dict[str, float]]:
    return [orjson.loads(line) for line in (out / "losses.jsonl").read_bytes().splitlines()]


def assert_alike(one: Path, two: Path) -> None:
    """The same curves and weights within float noise."""
    for ours, theirs in zip(losses(one), losses(two), strict=True):
        assert ours == pytest.approx(theirs, abs=1e-3)
    ours, theirs = (load_file(out / "model" / "model.safetensors") for out in (one, two))
    for name, weight in ours.items():
        assert (weight - theirs[name]).abs().max() < 0.01 * weight.abs().max(), name


@pytest.mark.parametrize("weights", ["whole", "spread", "uneven"])
def test_two_processes_learn_what_one_does(data: Path, alone: Path, tmp_path: Path, weights: str) -> None:
    done = together(data, tmp_path, weights)
    assert done.returncode == 0, done.stderr
    assert "Warning" not in done.stderr
    assert_alike(tmp_path, alone)


def test_a_world_killed_in_one_process_goes_on_from_its_checkpoint(
    data: Path, alone: Path, tmp_path: Path
) -> None:
    killed = together(data, tmp_path, "spread", 9)
    assert killed.returncode != 0 and not (tmp_path / "model").exists()
    done = together(data, tmp_path, "spread")
    assert done.returncode == 0, done.stderr
    assert "training goes on after update" in done.stdout
    assert_alike(tmp_path, alone)


def test_what_two_processes_began_one_can_finish(
    data: Path, alone: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    together(data, tmp_path, "whole", 9)
    train_alone(data, tmp_path, "whole")
    assert "not bit-identical to an uninterrupted run: processes 2 -> 1" in capsys.readouterr().out
    assert_alike(tmp_path, alone)
