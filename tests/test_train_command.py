"""`hornbook train` as a person types it, alone and under a real torchrun."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import orjson
import pytest

from hornbook.lm.export import load_model

HORNBOOK = [sys.executable, "-m", "hornbook"]
SMALL = ["--size", "smoke", "--tokens", "0.004", "--context", "32", "--vocabulary", "300", "--workers", "2"]
SMALL += ["--set", "trained.batch_contexts=4"]


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    path = tmp_path / "code.jsonl"
    lines = [{"text": f"def add_{n}(x):\n    return x + {n}\n", "id": n} for n in range(60)]
    path.write_bytes(b"".join(orjson.dumps(line) + b"\n" for line in [*lines, {"text": None, "id": 60}]))
    return path


def train(*args: object, launcher: list[str] | None = None) -> subprocess.CompletedProcess[str]:
    command = [*(launcher or HORNBOOK), "train", *map(str, args)]
    return subprocess.run(command, capture_output=True, text=True, timeout=240, check=False)


def test_rows_become_a_model_and_the_same_command_has_nothing_left_to_do(rows: Path, tmp_path: Path) -> None:
    out = tmp_path / "run"
    done = train(rows, "--out", out, "--dev", rows, *SMALL)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == f"model: {out / 'trained' / 'model'}"
    assert load_model(out / "trained" / "model").cfg.vocab_size == 300
    assert "1 of 61 rows have no text" in done.stderr
    again = train(rows, "--out", out, "--dev", rows, *SMALL)
    assert again.stderr.count("up to date") == 6


def test_a_step_of_a_run_is_data_as_it_is(rows: Path, tmp_path: Path) -> None:
    assert train(rows, "--out", tmp_path / "one", *SMALL).returncode == 0
    records = tmp_path / "one" / "rows_code"
    done = train(f"mine={records}", f"other={rows}", "--share", "mine=0.9", "--share", "other=0.1",
                 "--out", tmp_path / "two", "--tokenizer", tmp_path / "one" / "tokenizer", *SMALL)  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "two" / "rows_mine").exists() and (tmp_path / "two" / "tokens_mine").exists()


def test_the_same_command_runs_under_torchrun(rows: Path, tmp_path: Path) -> None:
    torchrun = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2"]
    done = train(rows, "--out", tmp_path / "two", "--spread", *SMALL, launcher=[*torchrun, "-m", "hornbook"])
    assert done.returncode == 0, done.stderr
    assert train(rows, "--out", tmp_path / "one", *SMALL).returncode == 0
    ones, twos = (
        (tmp_path / n / "trained" / "losses.jsonl").read_bytes().splitlines() for n in ("one", "two")
    )
    for one, two in zip(ones, twos, strict=True):
        assert orjson.loads(two) == pytest.approx(orjson.loads(one), abs=1e-3)
    assert (
        orjson.loads((tmp_path / "two" / "trained" / "step.json").read_bytes())["metrics"]["processes"] == 2
    )


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["nowhere.jsonl"], "'nowhere.jsonl' does not exist"),
        (["init={rows}"], "'init' is taken"),
        (["{rows}", "{rows}"], "two sources are named 'code'"),
        (["{rows}", "--size", "7B"], "model size '7B' is unknown"),
        (["{rows}", "--share", "code=much"], "a weight is a number"),
        (["{rows}", "--share", "text=1"], "mix names text"),
        (["{rows}", "--share", "code=inf"], "needs weights of 0 or more and a positive sum"),
        (["{rows}", "--share", "code=nan"], "needs weights of 0 or more and a positive sum"),
        (["{rows}", "--set", "trained.size=7B"], "model size '7B' is unknown"),
        (["{folder}"], "has no texts"),
        (["{rows}", "--spread"], "start several: torchrun"),
    ],
)
def test_what_does_not_fit_is_said_in_one_line(
    rows: Path, tmp_path: Path, args: list[str], said: str
) -> None:
    filled = [arg.format(rows=rows, folder=tmp_path) for arg in args]
    done = train(*filled, "--out", tmp_path / "run", "--tokens", 0.004, "--vocabulary", 300)
    assert done.returncode == 2 and said in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "run").exists(), "it is said before anything is read"


def test_a_world_whose_first_process_refuses_says_why_and_ends(tmp_path: Path) -> None:
    torchrun = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2"]
    done = train("nowhere.jsonl", "--out", tmp_path, launcher=[*torchrun, "-m", "hornbook"])
    assert done.returncode != 0
    assert "hornbook: 'nowhere.jsonl' does not exist" in done.stderr
    assert "[rank1]: Traceback" not in done.stderr  # torchrun's own stays


@pytest.mark.parametrize("budget", ["0", "inf"])
def test_a_budget_of_nothing_or_without_end_is_refused(rows: Path, tmp_path: Path, budget: str) -> None:
    done = train(rows, "--out", tmp_path / "run", "--tokens", budget)
    assert done.returncode == 2 and "Invalid value for '--tokens'" in done.stderr
