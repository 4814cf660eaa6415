"""One loop for pretraining and finetuning: tokens in, a Hugging Face folder out, resumable at any kill.

An arm is one budget and one learning-rate schedule, trained by one step or by several that follow each other
(`start`, `stop`); a later step takes over weights, optimizer and the place in every source of tokens, so two
halves on equal data equal the whole. With a dev set, the last step keeps the weights that foretold it best.
A resumed run is bit-identical for the same mode (learner.py), which the checkpoint records.
It does not choose data (batches.py) or judge the model (score.py). After phi-1 (arXiv:2306.11644 §2.3).
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import torch
from pydantic import Field, field_validator

from hornbook.errors import QualityGate, UsageError
from hornbook.lm import world as worlds
from hornbook.lm.batches import Batch, Batches, held_out
from hornbook.lm.checkpoint import memory_of, num_drawn_before, resume, save_checkpoint, save_learner
from hornbook.lm.compiled import compile_layers, compiler
from hornbook.lm.device import device, matmul_rate, working_dtype
from hornbook.lm.energy import EnergyMeter
from hornbook.lm.export import load_config, load_model, use_threads
from hornbook.lm.learner import Learner, Mode, counted_bytes
from hornbook.lm.memory import num_parameters, parts_that_fit
from hornbook.lm.model import Llama, ModelConfig, preset
from hornbook.lm.optimizer import Optimizer, rate_at
from hornbook.lm.tokens import load_tokenizer, read_tokens, token_bytes
from hornbook.lm.world import World
from hornbook.processes import held_back
from hornbook.step import Config, Context, Metrics, Progress, hash_path

_CHECKPOINT_SECONDS = 20.0
_COMPILE_FLOPS = 6e12
"""Work of a step from which compiling pays: two minutes of one core, a fifth of which it saves, for 25 s once."""
_MOST_DEV_LOOKS = 8
_DEV_SHARE = 0.03
"""Share of a step's computing that looking at the dev set may take; the last look is always taken."""


class Train(Config):
    """Settings of `train`."""

    VERSION: ClassVar[int] = 5

    size: str = "3M"
    """Preset of `lm.model`; a step with `init` keeps that model's dimensions."""
    context: int = Field(default=256, ge=8)
    """Longest row in tokens; an exercise has about 160, and 95 of 100 fit."""
    budget_tokens: int = Field(default=1_500_000, ge=1)
    """Tokens of the whole schedule, all steps of an arm together."""
    start: float = Field(default=0.0, ge=0.0, lt=1.0)
    """Where in the budget this step begins; above 0 it needs `init`."""
    stop: float = Field(default=1.0, gt=0.0, le=1.0)
    """Where in the budget this step ends."""
    mix: dict[str, float] = Field(default_factory=dict)
    """Weight of each source of tokens by input name; empty for equal weights."""
    prompt_weight: float = Field(default=0.2, gt=0.0, le=1.0)
    """What a token of an exercise's prompt counts where one of its solution counts 1; see LOG.md."""
    in_order: bool = False
    """Whether documents are read as they stand, as the order stage left them (easy first), and not shuffled."""
    learning_rate: float = Field(default=0.015, gt=0.0)
    """Peak rate of Muon and AdamW alike; see LOG.md for the sweep."""
    decay: float = Field(default=0.4, gt=0.0, le=1.0)
    """Share of the budget in which the rate falls to zero, after a warm-up of 0.02 and a flat part.

    A trapezoid ends as low as a cosine and lets arms share their trunk (arXiv:2405.18392)."""
    batch_contexts: int = Field(default=0, ge=0)
    """Contexts that an update reads; 0 for as many as leave 90 updates in the budget, 8 at most (see LOG.md)."""
    weight_decay: float = Field(default=0.1, ge=0.0)
    """phi-1's; decoupled."""
    seed: int = 0
    """Draws the first weights and the order of the batches."""

    @field_validator("size")
    @classmethod
    def _is_known(cls, value: str) -> str:
        preset(value, vocab_size=1, context=1)
        return value

    @property
    def batch_tokens(self) -> int:
        """Tokens per update, padding included."""
        if self.batch_contexts:
            return self.batch_contexts * self.context
        wanted = self.budget_tokens / 90 / self.context
        return self.context * int(2 ** max(0, min(3, np.floor(np.log2(max(wanted, 1))))))

    @property
    def num_updates(self) -> int:
        """Updates of the whole budget."""
        return max(1, self.budget_tokens // self.batch_tokens)

    @property
    def span(self) -> tuple[int, int]:
        """The first update of this step, and the first after it."""
        return round(self.start * self.num_updates), round(self.stop * self.num_updates)


@dataclass(slots=True, kw_only=True)
class _Run:
    """One attempt at the step: what it works on, and what it has cost so far."""

    cfg: Train
    learner: Learner
    asked: dict[str, Any]
    """Settings and inputs, which a checkpoint must share."""
    dev: list[Batch]
    token_bytes: list[int]
    out: Path
    ctx: Context
    meter: EnergyMeter
    matmul_rate: float
    """Operations per second that plain products at the model's shapes reach in all processes together."""
    earlier: float = 0.0
    """Seconds of the attempts before."""
    begun: float = field(default_factory=time.monotonic)

    @property
    def seconds(self) -> float:
        return self.earlier + time.monotonic() - self.begun


def train(
    cfg: Train,
    *,
    tokenizer: Path,
    init: Path | None = None,
    dev: Path | None = None,
    out: Path,
    ctx: Context,
    **tokens: Path,
) -> Metrics:
    """Train on the sources of tokens and write `model`, `optimizer`, `losses.jsonl` and `drawn.json`.

    Running again with the same `out` goes on from the checkpoint in `out/resume`, which `run` drops in the end.
    Raises UsageError when `start` > 0 and `init` do not come together, when `init` has another vocabulary or the
    checkpoint is of other settings or inputs; QualityGate when a source is empty, or the dev set has no text.
    """
    _check(cfg, init)
    world = worlds.current()
    if world.first:
        inputs = {"tokenizer": tokenizer, "init": init, "dev": dev, "out": out, **tokens}
        world.tell((cfg, inputs, ctx.workers))
    sources = {name: read_tokens(path) for name, path in tokens.items()}
    num_drawn = num_drawn_before(init) if init else Counter[str]()
    batches = Batches(
        sources,
        cfg.mix,
        cfg.context,
        cfg.batch_tokens,
        cfg.seed,
        prompt_weight=cfg.prompt_weight,
        in_order=cfg.in_order,
        num_drawn=num_drawn,
    )
    sizes = [len(text) for text in token_bytes(load_tokenizer(tokenizer))]
    looked_at = _dev_batches(cfg, dev, sizes) if dev else []
    use_threads(ctx.workers // world.local_size)
    learner = _begin(cfg, tokenizer, init, ctx)
    rate = matmul_rate(_shapes(learner.model.cfg, cfg.batch_tokens // learner.mode.parts))
    run = _Run(
        cfg=cfg,
        learner=learner,
        asked=_asked(cfg, batches, tokenizer, init, dev),
        dev=looked_at,
        token_bytes=sizes,
        out=out,
        ctx=ctx,
        meter=EnergyMeter(counts_machine=world.first_here),
        matmul_rate=rate * world.size,
    )
    run.earlier = resume(learner, run.asked, out, ctx.log)
    try:
        _loop(run, batches)
    except KeyboardInterrupt:
        if world.size == 1:  # the others may be in the middle of another update
            save_checkpoint(learner, run.asked, run.seconds, out)
        raise
    metrics = _metrics(run, batches)
    save_learner(learner, batches.num_drawn, tokenizer, out)
    return metrics


def follow(world: World) -> None:
    """Join in every training that the first process of the world begins, until it tells that there is no more."""
    while (told := world.tell(None)) is not None:
        cfg, inputs, workers = told
        train(cfg, **inputs, ctx=Context(workers=workers))


def compile_support() -> str:
    """Say in one line whether long training steps are compiled on this machine, and why not."""
    found = compiler()
    if found is None:
        return "no C++ compiler (CXX, else g++): training runs uncompiled, at about 0.7 of the speed"
    return f"long training steps are compiled with {found}"


def _check(cfg: Train, init: Path | None) -> None:
    if (init is None) != (cfg.start == 0.0):
        raise UsageError(
            f"start {cfg.start} and init {init} do not fit: a later part of a budget needs a model"
        )
    if cfg.stop <= cfg.start:
        raise UsageError(f"stop {cfg.stop} is not after start {cfg.start}")
    if cfg.span[0] == cfg.span[1]:
        raise UsageError(
            f"budget_tokens {cfg.budget_tokens} leaves no update between start and stop; raise it"
        )


def _asked(
    cfg: Train, batches: Batches, tokenizer: Path, init: Path | None, dev: Path | None
) -> dict[str, Any]:
    return {
        "version": cfg.VERSION,
        "config": cfg.model_dump(mode="json"),
        "streams": batches.streams,
        "tokenizer": hash_path(tokenizer / "tokenizer.json"),
        "init": hash_path(init / "model") if init else "",
        "dev": hash_path(dev / "ids.npy") if dev else "",
    }


def _dev_batches(cfg: Train, dev: Path, token_bytes: list[int]) -> list[Batch]:
    """Return the dev set. Raises QualityGate when it has no text beside prompts, and so no bits per byte."""
    batches = held_out(read_tokens(dev), cfg.context, cfg.batch_tokens)
    if not counted_bytes(batches, token_bytes):
        raise QualityGate(f"the dev set in {dev} has no text beside prompts; give one that has, or none")
    return batches


def _begin(cfg: Train, tokenizer: Path, init: Path | None, ctx: Context) -> Learner:
    """Return the learner before its first update: fresh, or with the weights and the memory of `init`."""
    vocab_size = load_tokenizer(tokenizer).get_vocab_size()
    shape = preset(cfg.size, vocab_size, cfg.context) if init is None else load_config(init / "model")
    if shape.vocab_size != vocab_size:
        raise UsageError(f"{init} has {shape.vocab_size} tokens, but {tokenizer} has {vocab_size}")
    world = worlds.current()
    sharers = world.size if world.spread else 1
    fitting = parts_that_fit(shape, cfg.batch_tokens // world.size, sharers, device(), world.local_size)
    parts = world.most(fitting)  # a process with other parts than the rest would wait for them for ever
    if parts > 1:
        ctx.log(f"memory is short: every batch is read in {parts} parts")
    model = Llama(shape, cfg.seed) if init is None else load_model(init / "model")
    before = {name: weight.detach().clone() for name, weight in model.named_parameters()}
    model.to(device())
    world.spread_weights(model)
    optimizer = Optimizer(model, cfg.learning_rate, cfg.weight_decay)
    if not world.spread:
        model.to(working_dtype())
    if init is not None:
        optimizer.load(before, memory_of(init))
    mode = Mode(
        threads=torch.get_num_threads(),
        compiled=_compiled(cfg, model, ctx),
        precision=str(working_dtype()).removeprefix("torch."),
        device=device().type,
        processes=world.size,
        parts=parts,
    )
    return Learner(
        model=model,
        shared=world.shared(model),
        optimizer=optimizer,
        world=world,
        mode=mode,
        step=cfg.span[0],
    )


def _compiled(cfg: Train, model: Llama, ctx: Context) -> bool:
    """Compile the model if the step is long enough for it to pay, and say whether it is compiled."""
    first, last = cfg.span
    flops = 6 * num_parameters(model.cfg) * (last - first) * cfg.batch_tokens
    # No size of the example is one of the model's: torch.compile would take the two for one, and compile anew.
    example = 7, cfg.context - 3
    return flops >= _COMPILE_FLOPS and compile_layers(model, example, ctx.log)


def _loop(run: _Run, batches: Batches) -> None:
    """Make the updates from the learner's step to the last, with checkpoints and progress on the way."""
    learner, (first, last) = run.learner, run.cfg.span
    looks = _looks(run)
    shown = saved = time.monotonic()
    for batch in batches.draw(first, last, skip=learner.step - first):
        _update(run, batch, look=learner.step + 1 in looks)
        now = time.monotonic()
        if now - shown >= 1.0 or learner.step == last:
            run.meter.sample()
            run.ctx.progress(_progress(run))
            shown = now
        if learner.world.agreed(now - saved >= _CHECKPOINT_SECONDS) and learner.step < last:
            save_checkpoint(learner, run.asked, run.seconds, run.out)
            saved = now


def _update(run: _Run, batch: Batch, *, look: bool) -> None:
    """Train on one batch, and look at the dev set after it if told to."""
    cfg, learner = run.cfg, run.learner
    rate = rate_at(learner.step, cfg.num_updates, cfg.decay)
    loss = learner.learn(batch)
    logged = {
        "step": learner.step,
        "tokens": (learner.step + 1) * cfg.batch_tokens,
        "loss": loss,
        "learning_rate": rate * cfg.learning_rate,
    }
    with held_back():  # half an update would be no state to go on from
        learner.apply(rate, logged)
        if look:
            learner.look(run.dev, run.token_bytes, keep_best=cfg.stop == 1.0)


def _looks(run: _Run) -> set[int]:
    """Return the updates after which the dev set is looked at: the last, and others as far as time allows."""
    if not run.dev:
        return set()
    first, last = run.cfg.span
    # Looking costs a third of training on as many tokens, which goes forward and twice backward.
    tokens = sum(batch.ids.size for batch in run.dev) / 3
    affordable = int(_DEV_SHARE * (last - first) * run.cfg.batch_tokens / tokens)
    number = max(1, min(_MOST_DEV_LOOKS, affordable))
    return {last - (last - first) * look // number for look in range(number)}


def _progress(run: _Run) -> Progress:
    learner, (first, last) = run.learner, run.cfg.span
    made = (learner.step - first) * run.cfg.batch_tokens
    rate = made / max(run.seconds, 1e-9)
    note = f"loss {learner.losses[-1]['loss']:.3f}, {rate:,.0f} tokens/s"
    note += f", {_utilization(run, rate):.0%} of the matrix rate"
    looks = [entry["dev_bits_per_byte"] for entry in learner.losses if "dev_bits_per_byte" in entry]
    note += f", dev {looks[-1]:.3f} bits/byte" if looks else ""
    return Progress(done=made, total=(last - first) * run.cfg.batch_tokens, unit="tokens", note=note)


def _shapes(cfg: ModelConfig, rows: int) -> Sequence[tuple[int, int, int]]:
    """Return the products of one layer, as (M, K, N)."""
    width, inner = cfg.hidden_size, cfg.intermediate_size
    return [*[(rows, width, width)] * 4, *[(rows, width, inner)] * 2, (rows, inner, width)]


def _utilization(run: _Run, tokens_per_second: float) -> float:
    """Return 6·N·tokens/s (Kaplan et al., arXiv:2001.08361 §2.1) as a share of plain products' rate."""
    return 6 * num_parameters(run.learner.model.cfg) * tokens_per_second / run.matmul_rate


def _kwh(run: _Run) -> float:
    """Return what all processes took; attempts before this one are taken to have drawn as much a second."""
    here = torch.tensor(run.meter.kwh(), dtype=torch.float64, device=device())
    return float(run.learner.world.added_up(here)) * run.seconds / max(run.seconds - run.earlier, 1e-9)


def _metrics(run: _Run, batches: Batches) -> Metrics:
    cfg, learner, (first, last) = run.cfg, run.learner, run.cfg.span
    tokens = (last - first) * cfg.batch_tokens
    parameters = num_parameters(learner.model.cfg)
    tail = [entry["loss"] for entry in learner.losses[-max(1, len(learner.losses) // 20) :]]
    rate = tokens / max(run.seconds, 1e-9)
    metrics: Metrics = {
        "tokens": tokens,
        "updates": last - first,
        "tokens_per_update": cfg.batch_tokens,
        "tokens_read": batches.read.total(),
        "padding": 1 - batches.read.total() / tokens,
        "seconds": run.seconds,
        "tokens_per_second": rate,
        "first_loss": learner.losses[0]["loss"],
        "final_loss": sum(tail) / len(tail),
        "parameters": parameters,
        "flops": 6 * parameters * tokens,
        "matmul_flops_per_second": run.matmul_rate,
        "utilization": _utilization(run, rate),
        "energy_kwh": _kwh(run),
        "energy_method": run.meter.method(),
        "epochs": batches.epochs(),
        **asdict(learner.mode),
        "mode_changed_on_resume": learner.resumed,
    }
    looks = {e["step"] + 1: e["dev_bits_per_byte"] for e in learner.losses if "dev_bits_per_byte" in e}
    if looks:
        chosen = learner.best_step or last
        metrics |= {"dev_bits_per_byte": looks[chosen], "chosen_update": chosen, "last_update": last}
    return metrics
