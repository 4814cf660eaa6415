from __future__ import annotations

from pathlib import Path

import orjson
import pytest
import torch
from safetensors.torch import load_file

from hornbook.errors import UsageError
from hornbook.lm import train as training
from hornbook.lm.optimizer import rate_at
from hornbook.lm.tokens import TokenizeConfig, TokenizerConfig, read_tokens, tokenize, train_tokenizer
from hornbook.lm.train import Train, compile_support, train
from hornbook.record import Record, write_shard
from hornbook.step import RESUME, Context, Progress

TEXT = 'def add_{0}(number):\n    """Add {0} to a number."""\n    return number + {0}\n'
CFG = Train(size="smoke", context=32, budget_tokens=1024, learning_rate=0.02)


class Killed(BaseException):
    """Stands for a kill: nothing in the code under test may catch it."""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tokenizer and two sources of tokens."""
    root = tmp_path_factory.mktemp("data")
    ctx = Context(workers=1)
    for name, numbers in (("tens", range(10, 60)), ("hundreds", range(100, 150))):
        records = [
            Record(text=TEXT.format(n), kind="code", source="test", license="CC0-1.0") for n in numbers
        ]
        write_shard(root / name / "records" / "00000.parquet", records)
    for folder in ("tokenizer", "tokens_tens", "tokens_hundreds"):
        (root / folder).mkdir()
    cfg = TokenizerConfig(vocab_size=300)
    train_tokenizer(cfg, out=root / "tokenizer", ctx=ctx, tens=root / "tens", hundreds=root / "hundreds")
    for name in ("tens", "hundreds"):
        tokenize(
            TokenizeConfig(),
            tokenizer=root / "tokenizer",
            records=root / name,
            out=root / f"tokens_{name}",
            ctx=ctx,
        )
    return root


def trained(cfg: Train, data: Path, out: Path, ctx: Context | None = None, init: Path | None = None):
    out.mkdir(exist_ok=True)
    inputs = {"tens": data / "tokens_tens", "hundreds": data / "tokens_hundreds"}
    return train(
        cfg, tokenizer=data / "tokenizer", init=init, out=out, ctx=ctx or Context(workers=1), **inputs
    )


def files(out: Path) -> dict[str, bytes]:
    """What a run leaves of a step's folder."""
    kept = [path for path in sorted(out.rglob("*")) if path.is_file() and RESUME not in path.parts]
    return {str(path.relative_to(out)): path.read_bytes() for path in kept}


@pytest.fixture(scope="module")
def whole(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output of one uninterrupted run."""
    out = tmp_path_factory.mktemp("whole")
    trained(CFG, data, out)
    return out


def killed_at(update: int, monkeypatch: pytest.MonkeyPatch, kill: BaseException) -> Context:
    """A context in which training checkpoints after every update and dies after the given one."""
    monkeypatch.setattr(training, "_CHECKPOINT_SECONDS", 0.0)
    checkpoint = training._checkpoint
    seen = []

    def counted(run: training._Run, out: Path) -> None:
        checkpoint(run, out)
        seen.append(run.step)
        if len(seen) == update:
            raise kill

    monkeypatch.setattr(training, "_checkpoint", counted)
    return Context(workers=1)


@pytest.mark.parametrize("kill", [Killed(), KeyboardInterrupt()])
@pytest.mark.parametrize("update", [1, 17])
def test_a_killed_run_goes_on_to_the_same_bytes(
    data: Path, whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kill: BaseException, update: int
) -> None:
    with monkeypatch.context() as patch:
        ctx = killed_at(update, patch, kill)
        with pytest.raises(type(kill)):
            trained(CFG, data, tmp_path, ctx)
    assert not (tmp_path / "model").exists()
    lines: list[str] = []
    trained(CFG, data, tmp_path, Context(workers=1, log=lines.append))
    assert f"training goes on after update {update}" in lines
    assert files(tmp_path) == files(whole)


def test_an_interrupt_keeps_the_updates_made_so_far(data: Path, whole: Path, tmp_path: Path) -> None:
    def interrupt(progress: Progress) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):  # the last update shows progress, so all of them are made
        trained(CFG, data, tmp_path, Context(workers=1, progress=interrupt))
    assert (tmp_path / "resume" / "state.safetensors").exists()
    trained(CFG, data, tmp_path)
    assert files(tmp_path) == files(whole)


def test_a_checkpoint_of_other_settings_is_refused(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        ctx = killed_at(3, patch, Killed())
        with pytest.raises(Killed):
            trained(CFG, data, tmp_path, ctx)
    with pytest.raises(UsageError, match="other settings or inputs"):
        trained(CFG.model_copy(update={"seed": 1}), data, tmp_path)


def test_another_mode_than_the_checkpoints_is_said(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        ctx = killed_at(30, patch, Killed())
        with pytest.raises(Killed):
            trained(CFG, data, tmp_path, ctx)
    lines: list[str] = []
    try:
        metrics = trained(CFG, data, tmp_path, Context(workers=2, log=lines.append))
    finally:
        torch.set_num_threads(1)
    assert metrics["mode_changed_on_resume"] == "threads 1 -> 2"
    assert any("not bit-identical" in line and "threads 1 -> 2" in line for line in lines)


def test_trunk_and_finish_on_equal_data_equal_one_run(data: Path, whole: Path, tmp_path: Path) -> None:
    trunk = trained(CFG.model_copy(update={"stop": 0.5}), data, tmp_path / "trunk")
    finish = CFG.model_copy(update={"start": 0.5})
    metrics = trained(finish, data, tmp_path / "finish", init=tmp_path / "trunk")
    assert trunk["tokens"] + metrics["tokens"] == CFG.budget_tokens
    one, two = files(whole), files(tmp_path / "finish")
    assert two["model/model.safetensors"] == one["model/model.safetensors"]
    assert one["losses.jsonl"] == files(tmp_path / "trunk")["losses.jsonl"] + two["losses.jsonl"]


def test_training_learns_and_counts(data: Path, tmp_path: Path) -> None:
    shown: list[Progress] = []
    cfg = CFG.model_copy(update={"budget_tokens": 4_096})
    metrics = trained(cfg, data, tmp_path, Context(workers=1, progress=shown.append))
    assert metrics["final_loss"] < 0.5 * metrics["first_loss"]
    assert metrics["flops"] == 6 * metrics["parameters"] * metrics["tokens"]
    assert shown[-1].done == shown[-1].total == metrics["tokens"] == 4_096
    sources = {name: read_tokens(data / f"tokens_{name}") for name in ("tens", "hundreds")}
    read = sum(metrics["epochs"][name] * source.num_tokens for name, source in sources.items())
    assert read == pytest.approx(metrics["tokens"] * (1 - metrics["padding"]))
    losses = [orjson.loads(line) for line in (tmp_path / "losses.jsonl").read_bytes().splitlines()]
    assert [loss["step"] for loss in losses] == list(range(metrics["updates"]))


def test_another_seed_gives_another_model(data: Path, whole: Path, tmp_path: Path) -> None:
    trained(CFG.model_copy(update={"seed": 1}), data, tmp_path)
    one, two = (load_file(out / "model" / "model.safetensors") for out in (whole, tmp_path))
    assert any(not torch.equal(one[name], two[name]) for name in one)


def test_the_rate_rises_stays_and_falls_to_nothing() -> None:
    rates = [rate_at(step, 1000) for step in range(1000)]
    assert rates[0] < 0.1 and max(rates) == 1.0 and rates[-1] < 0.01
    assert rates[300] == rates[500] == 1.0
    assert rates == sorted(rates[:500]) + sorted(rates[500:], reverse=True)


def test_a_small_budget_still_gets_a_hundred_updates() -> None:
    assert Train(budget_tokens=100_000).num_updates >= 90
    assert Train(budget_tokens=6_000_000).batch_tokens == 2048


def test_settings_that_do_not_fit_are_refused(data: Path, tmp_path: Path, whole: Path) -> None:
    with pytest.raises(UsageError, match=r"start 0\.5 and init None"):
        trained(CFG.model_copy(update={"start": 0.5}), data, tmp_path)
    with pytest.raises(UsageError, match="'7B' is unknown; choose one of smoke, 1M"):
        trained(CFG.model_copy(update={"size": "7B"}), data, tmp_path)
    with pytest.raises(UsageError, match="mix names fives"):
        trained(CFG.model_copy(update={"mix": {"fives": 1.0}}), data, tmp_path)


def test_without_a_compiler_training_says_so_and_stays_eager(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(training, "_COMPILE_FLOPS", 0.0)
    lines: list[str] = []
    metrics = trained(CFG, data, tmp_path, Context(workers=1, log=lines.append))
    assert not metrics["compiled"]
    assert "no C++ compiler" in lines[0]
    assert "no C++ compiler" in compile_support()


@pytest.mark.slow
def test_a_compiled_run_resumes_to_the_same_bytes_and_learns_like_an_eager_one(
    data: Path, whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(training, "_COMPILE_FLOPS", 0.0)
    metrics = trained(CFG, data, tmp_path / "one")
    assert metrics["compiled"]
    with monkeypatch.context() as patch:
        ctx = killed_at(5, patch, Killed())
        with pytest.raises(Killed):
            trained(CFG, data, tmp_path / "two", ctx)
    trained(CFG, data, tmp_path / "two")
    assert files(tmp_path / "one") == files(tmp_path / "two")
    compiled, eager = (
        [orjson.loads(line)["loss"] for line in (out / "losses.jsonl").read_bytes().splitlines()]
        for out in (tmp_path / "one", whole)
    )
    assert compiled == pytest.approx(eager, abs=0.1)
