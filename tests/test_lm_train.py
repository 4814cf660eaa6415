from __future__ import annotations

import itertools
import math
import time
from pathlib import Path
from typing import Any

import numpy as np
import orjson
import pytest
import torch
from safetensors.torch import load_file
from small_tokens import make_tokens

from hornbook.errors import QualityGate, UsageError
from hornbook.lm import train as training
from hornbook.lm.batches import held_out
from hornbook.lm.device import matmul_rate
from hornbook.lm.export import load_model
from hornbook.lm.learner import Learner
from hornbook.lm.optimizer import rate_at
from hornbook.lm.tokens import TokenizeConfig, load_tokenizer, read_tokens, token_bytes, tokenize
from hornbook.lm.train import Train, compile_support, train
from hornbook.record import Exercise, Record, write_shard
from hornbook.step import RESUME, Context, Metrics, Progress

CFG = Train(size="smoke", context=32, budget_tokens=1024, learning_rate=0.02)


class Killed(BaseException):
    """Stands for a kill: nothing in the code under test may catch it."""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_tokens(tmp_path_factory.mktemp("data"))


def trained(
    cfg: Train,
    data: Path,
    out: Path,
    ctx: Context | None = None,
    init: Path | None = None,
    dev: Path | None = None,
) -> Metrics:
    out.mkdir(exist_ok=True)
    inputs = {"tens": data / "tokens_tens", "hundreds": data / "tokens_hundreds"}
    ctx = ctx or Context(workers=1)
    return train(cfg, tokenizer=data / "tokenizer", init=init, dev=dev, out=out, ctx=ctx, **inputs)


def losses(out: Path) -> list[dict[str, float]]:
    return [orjson.loads(line) for line in (out / "losses.jsonl").read_bytes().splitlines()]


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
    checkpoint = training.save_checkpoint
    seen = []

    def counted(learner: Learner, asked: dict[str, Any], seconds: float, out: Path) -> None:
        checkpoint(learner, asked, seconds, out)
        seen.append(learner.step)
        if len(seen) == update:
            raise kill

    monkeypatch.setattr(training, "save_checkpoint", counted)
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
    assert [loss["step"] for loss in losses(tmp_path)] == list(range(metrics["updates"]))


def test_how_many_documents_the_context_cuts_is_said_at_the_start_and_noted(
    data: Path, tmp_path: Path
) -> None:
    lines: list[str] = []
    lengths = np.diff(read_tokens(data / "tokens_hundreds").starts)
    context = int(lengths.max()) - 1
    share = float((lengths > context).mean())
    cfg = CFG.model_copy(update={"context": context, "budget_tokens": 10 * context})
    sources = {f"tokens_{name}": data / f"tokens_{name}" for name in ("tens", "hundreds")}
    ctx = Context(workers=1, log=lines.append)
    metrics = train(cfg, tokenizer=data / "tokenizer", out=tmp_path, ctx=ctx, **sources)
    assert metrics["longer_than_context"]["tokens_hundreds"] == share > 0
    assert f"longer than the context of {context} tokens, so read in pieces: " in lines[0]
    assert f"{share:.1%} of hundreds" in lines[0]


def test_no_document_is_said_to_be_cut_where_none_is(data: Path, tmp_path: Path) -> None:
    lines: list[str] = []
    cfg = CFG.model_copy(update={"context": 200, "budget_tokens": 2_000})
    metrics = trained(cfg, data, tmp_path, Context(workers=1, log=lines.append))
    assert metrics["longer_than_context"] == {"tens": 0.0, "hundreds": 0.0}
    assert not any("longer than" in line for line in lines)


def test_the_rate_of_products_is_what_they_reach_undisturbed(monkeypatch: pytest.MonkeyPatch) -> None:
    calls, plain = itertools.count(), torch.mm

    def disturbed(left: torch.Tensor, right: torch.Tensor) -> torch.Tensor:
        if next(calls) == 1:
            time.sleep(0.3)
        return plain(left, right)

    monkeypatch.setattr(torch, "mm", disturbed)
    assert matmul_rate([(64, 64, 64)], seconds=0.5) > 2 * 64**3 / 0.01


def test_the_weights_that_foretell_the_dev_set_best_are_kept(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(training, "_DEV_SHARE", 1.0)
    # Only tens are learned, and less and less is left of what foretells hundreds.
    cfg = CFG.model_copy(update={"budget_tokens": 16_384, "mix": {"tens": 1.0, "hundreds": 0.0}})
    metrics = trained(cfg, data, tmp_path, dev=data / "tokens_hundreds")
    looks = {e["step"] + 1: e["dev_bits_per_byte"] for e in losses(tmp_path) if "dev_bits_per_byte" in e}
    assert len(looks) > 1 and max(looks) == metrics["updates"]
    assert metrics["dev_bits_per_byte"] == min(looks.values()) == looks[metrics["chosen_update"]]
    assert metrics["chosen_update"] < metrics["updates"]
    assert bits_of(tmp_path / "model", data / "tokens_hundreds") == pytest.approx(
        min(looks.values()), rel=1e-3
    )


@torch.no_grad()
def bits_of(model: Path, tokens: Path) -> float:
    """Bits per byte of the source's pieces, computed from the logits."""
    learned = load_model(model)
    sizes = torch.tensor([len(text) for text in token_bytes(load_tokenizer(model))])
    nats, num_bytes = 0.0, 0
    for batch in held_out(read_tokens(tokens), CFG.context, 1):
        ids = torch.from_numpy(batch.ids[0])
        logits = learned.logits(learned.hidden(ids[None, :-1]))[0]
        nats += float(torch.nn.functional.cross_entropy(logits, ids[1:], reduction="sum"))
        num_bytes += int(sizes[ids[1:]].sum())
    return nats / math.log(2) / num_bytes


def test_a_killed_run_with_a_dev_set_keeps_its_best_weights(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cfg = CFG.model_copy(update={"budget_tokens": 16_384, "mix": {"tens": 1.0, "hundreds": 0.0}})
    dev = data / "tokens_hundreds"
    monkeypatch.setattr(training, "_DEV_SHARE", 1.0)
    one = trained(cfg, data, tmp_path / "one", dev=dev)
    with monkeypatch.context() as patch:
        ctx = killed_at(one["chosen_update"] + 1, patch, Killed())
        with pytest.raises(Killed):
            trained(cfg, data, tmp_path / "two", ctx, dev=dev)
    two = trained(cfg, data, tmp_path / "two", dev=dev)
    assert two["chosen_update"] == one["chosen_update"]
    assert files(tmp_path / "one") == files(tmp_path / "two")


@pytest.mark.parametrize("record", ["", "only a prompt"])
def test_a_dev_set_without_a_text_to_foretell_is_refused(data: Path, tmp_path: Path, record: str) -> None:
    exercise = Exercise(prompt=record, solution="", entry_point="f", tests=()) if record else None
    empty = Record(text=record, kind="exercise", source="test", license="CC0-1.0", exercise=exercise)
    write_shard(tmp_path / "records" / "00000.parquet", [empty])
    ctx = Context(workers=1)
    tokenize(TokenizeConfig(), tokenizer=data / "tokenizer", records=tmp_path, out=tmp_path, ctx=ctx)
    with pytest.raises(QualityGate, match="no text beside prompts"):
        trained(CFG, data, tmp_path / "out", dev=tmp_path)


def test_a_batch_in_parts_teaches_what_the_whole_one_does(
    data: Path, whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cfg = CFG.model_copy(update={"batch_contexts": 4})
    trained(cfg, data, tmp_path / "one")
    monkeypatch.setattr(training, "parts_that_fit", lambda *args: 3)
    metrics = trained(cfg, data, tmp_path / "parts")
    assert metrics["parts"] == 3
    for one, parts in zip(losses(tmp_path / "one"), losses(tmp_path / "parts"), strict=True):
        assert parts["loss"] == pytest.approx(one["loss"], abs=1e-4)


def test_another_seed_gives_another_model(data: Path, whole: Path, tmp_path: Path) -> None:
    trained(CFG.model_copy(update={"seed": 1}), data, tmp_path)
    one, two = (load_file(out / "model" / "model.safetensors") for out in (whole, tmp_path))
    assert any(not torch.equal(one[name], two[name]) for name in one)


def test_the_rate_rises_stays_and_falls_to_nothing() -> None:
    rates = [rate_at(step, 1000, 0.4) for step in range(1000)]
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
    assert "no C++ compiler" in "\n".join(lines)
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
    compiled, eager = ([entry["loss"] for entry in losses(out)] for out in (tmp_path / "one", whole))
    assert compiled == pytest.approx(eager, abs=0.1)
