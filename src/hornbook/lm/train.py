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
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import torch
from pydantic import Field, field_validator

from hornbook.errors import QualityGate, UsageError
from hornbook.lm import world as worlds
from hornbook.lm.attempt import Attempt
from hornbook.lm.batches import Batch, Batches, held_out
from hornbook.lm.checkpoint import memory_of, num_drawn_before, resume, save_checkpoint, save_learner
from hornbook.lm.compiled import compile_layers, compiler
from hornbook.lm.device import device, matmul_rate, working_dtype
from hornbook.lm.energy import EnergyMeter
from hornbook.lm.export import load_config, load_model, use_threads
from hornbook.lm.learner import Learner, Mode, counted_bytes
from hornbook.lm.memory import num_parameters, parts_that_fit
from hornbook.lm.model import Llama, preset, products
from hornbook.lm.optimizer import Optimizer, rate_at
from hornbook.lm.tokens import load_tokenizer, read_tokens, token_bytes
from hornbook.lm.world import World
from hornbook.processes import held_back
from hornbook.step import Config, Context, Metrics, hash_path

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
    batches = _batches(cfg, init, tokens)
    _say_longer(batches, ctx)
    attempt = _prepared(cfg, batches, tokenizer, init, dev, out, ctx)
    try:
        _loop(cfg, attempt, batches)
    except KeyboardInterrupt:
        if world.size == 1:  # the others may be in the middle of another update
            save_checkpoint(attempt.learner, attempt.asked, attempt.seconds, out)
        raise
    metrics = attempt.metrics(batches)
    save_learner(attempt.learner, batches.num_drawn, tokenizer, out)
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


def _batches(cfg: Train, init: Path | None, tokens: Mapping[str, Path]) -> Batches:
    """Return the batches of the sources, which go on where those of `init` ended."""
    return Batches(
        {name: read_tokens(path) for name, path in tokens.items()},
        cfg.mix,
        cfg.context,
        cfg.batch_tokens,
        cfg.seed,
        prompt_weight=cfg.prompt_weight,
        in_order=cfg.in_order,
        num_drawn=num_drawn_before(init) if init else Counter[str](),
    )


def _say_longer(batches: Batches, ctx: Context) -> None:
    """Say how many documents the context cuts, if it cuts any."""
    shares = [
        f"{share:.1%} of {name.removeprefix('tokens_')}"
        for name, share in batches.longer().items()
        if share > 0
    ]
    if shares:
        ctx.log(
            f"longer than the context of {batches.context:,} tokens, so read in pieces: {', '.join(shares)}"
        )


def _prepared(
    cfg: Train,
    batches: Batches,
    tokenizer: Path,
    init: Path | None,
    dev: Path | None,
    out: Path,
    ctx: Context,
) -> Attempt:
    """Return the attempt as it begins, or as its checkpoint left it."""
    world = worlds.current()
    sizes = [len(text) for text in token_bytes(load_tokenizer(tokenizer))]
    looked_at = _dev_batches(cfg, dev, sizes) if dev else []
    use_threads(ctx.workers // world.local_size)
    learner = _begin(cfg, tokenizer, init, ctx)
    rate = matmul_rate(products(learner.model.cfg, cfg.batch_tokens // learner.mode.parts))
    attempt = Attempt(
        span=cfg.span,
        batch_tokens=cfg.batch_tokens,
        learner=learner,
        asked=_asked(cfg, batches, tokenizer, init, dev),
        dev=looked_at,
        token_bytes=sizes,
        out=out,
        ctx=ctx,
        meter=EnergyMeter(counts_machine=world.first_here),
        matmul_rate=rate * world.size,
    )
    attempt.earlier = resume(learner, attempt.asked, out, ctx.log)
    return attempt


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


def _loop(cfg: Train, attempt: Attempt, batches: Batches) -> None:
    """Make the updates from the learner's step to the last, with checkpoints and progress on the way."""
    learner, (first, last) = attempt.learner, attempt.span
    looks = _looks(attempt)
    shown = saved = time.monotonic()
    for batch in batches.draw(first, last, skip=learner.step - first):
        _update(cfg, attempt, batch, look=learner.step + 1 in looks)
        now = time.monotonic()
        if now - shown >= 1.0 or learner.step == last:
            attempt.meter.sample()
            attempt.ctx.progress(attempt.progress())
            shown = now
        if learner.world.agreed(now - saved >= _CHECKPOINT_SECONDS) and learner.step < last:
            save_checkpoint(learner, attempt.asked, attempt.seconds, attempt.out)
            saved = now


def _update(cfg: Train, attempt: Attempt, batch: Batch, *, look: bool) -> None:
    """Train on one batch, and look at the dev set after it if told to."""
    learner = attempt.learner
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
            learner.look(attempt.dev, attempt.token_bytes, keep_best=cfg.stop == 1.0)


def _looks(attempt: Attempt) -> set[int]:
    """Return the updates after which the dev set is looked at: the last, and others as far as time allows."""
    if not attempt.dev:
        return set()
    first, last = attempt.span
    # Looking costs a third of training on as many tokens, which goes forward and twice backward.
    tokens = sum(batch.ids.size for batch in attempt.dev) / 3
    affordable = int(_DEV_SHARE * (last - first) * attempt.batch_tokens / tokens)
    number = max(1, min(_MOST_DEV_LOOKS, affordable))
    return {last - (last - first) * look // number for look in range(number)}
