"""One loop for pretraining and finetuning: tokens in, a Hugging Face folder out, resumable at any kill.

An arm is one budget and one learning-rate schedule, trained by one step or by several that follow each other
(`start`, `stop`); a later step takes over weights, optimizer and the place in every source of tokens, so two
halves on equal data equal the whole.
A resumed run is bit-identical for the same machine, threads and compile mode, which the checkpoint records.
It does not choose data (batches.py) or judge the model (score.py). After phi-1 (arXiv:2306.11644 §2.3).
"""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import orjson
import torch
from pydantic import Field
from safetensors import safe_open
from safetensors.torch import load_file
from torch import Tensor

from hornbook.errors import UsageError
from hornbook.lm.batches import Batch, Batches
from hornbook.lm.compiled import compile_layers, compiler
from hornbook.lm.device import working_dtype
from hornbook.lm.export import load_model, save_model, save_tensors, use_threads
from hornbook.lm.model import Llama, preset
from hornbook.lm.optimizer import Optimizer, rate_at
from hornbook.lm.tokens import load_tokenizer, read_tokens
from hornbook.processes import held_back
from hornbook.step import RESUME, Config, Context, Metrics, Progress, hash_path

_CHECKPOINT_SECONDS = 20.0
_COMPILE_FLOPS = 6e12
"""Work of a step from which compiling pays: two minutes of one core, a fifth of which it saves, for 25 s once."""
_DRAWN = "drawn.json"
_FEWEST_COMPILED_ROWS = 2
"""torch.compile takes a size of 1 for a constant, and would compile anew for it."""


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
    learning_rate: float = Field(default=0.015, gt=0.0)
    """Peak rate of Muon and AdamW alike; see LOG.md for the sweep."""
    weight_decay: float = Field(default=0.1, ge=0.0)
    """phi-1's; decoupled."""
    seed: int = 0
    """Draws the first weights and the order of the batches."""

    @property
    def batch_tokens(self) -> int:
        """Tokens per update, padding included: as many contexts as leave 90 updates in the budget, 8 at most."""
        wanted = self.budget_tokens / 90 / self.context
        return self.context * int(2 ** max(0, min(3, np.floor(np.log2(max(wanted, 1))))))

    @property
    def num_updates(self) -> int:
        """Updates of the whole budget."""
        return max(1, self.budget_tokens // self.batch_tokens)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mode:
    """What must be equal for a resumed run to be bit-identical."""

    threads: int
    compiled: bool
    precision: str


@dataclass(slots=True, kw_only=True)
class _Run:
    """What changes from update to update."""

    model: Llama
    optimizer: Optimizer
    mode: Mode
    asked: dict[str, Any]
    """Settings and inputs, which a checkpoint must share."""
    step: int
    losses: list[dict[str, float]]
    seconds: float = 0.0
    resumed: str = ""
    """How the mode changed at resumes, if it did."""


def train(
    cfg: Train, *, tokenizer: Path, init: Path | None = None, out: Path, ctx: Context, **tokens: Path
) -> Metrics:
    """Train on the sources of tokens and write `model`, `optimizer`, `losses.jsonl` and `drawn.json`.

    Running again with the same `out` goes on from the checkpoint in `out/resume`, which `run` drops in the end.
    Raises UsageError when `start` > 0 and `init` do not come together, when `init` has another vocabulary or the
    checkpoint is of other settings or inputs; QualityGate when a source is empty.
    """
    if (init is None) != (cfg.start == 0.0):
        raise UsageError(
            f"start {cfg.start} and init {init} do not fit: a later part of a budget needs a model"
        )
    if cfg.stop <= cfg.start:
        raise UsageError(f"stop {cfg.stop} is not after start {cfg.start}")
    first, last = round(cfg.start * cfg.num_updates), round(cfg.stop * cfg.num_updates)
    if first == last:
        raise UsageError(
            f"budget_tokens {cfg.budget_tokens} leaves no update between start and stop; raise it"
        )
    sources = {name: read_tokens(path) for name, path in tokens.items()}
    num_drawn = _num_drawn(init) if init else Counter[str]()
    batches = Batches(sources, cfg.mix, cfg.context, cfg.batch_tokens, cfg.seed, cfg.prompt_weight, num_drawn)
    use_threads(ctx.workers)
    asked = {
        "version": cfg.VERSION,
        "config": cfg.model_dump(mode="json"),
        "streams": batches.streams,
        "tokenizer": hash_path(tokenizer / "tokenizer.json"),
        "init": hash_path(init / "model") if init else "",
    }
    run = _begin(cfg, asked, tokenizer, init, first, last, ctx)
    _resume(run, out, ctx)
    try:
        _loop(cfg, run, batches, (first, last), out, ctx)
        _finish(run, batches, tokenizer, out)
    except KeyboardInterrupt:
        _checkpoint(run, out)
        raise
    return _metrics(cfg, run, batches, first, last)


def compile_support() -> str:
    """Say in one line whether long training steps are compiled on this machine, and why not."""
    found = compiler()
    if found is None:
        return "no C++ compiler (CXX, else g++): training runs uncompiled, at about 0.7 of the speed"
    return f"long training steps are compiled with {found}"


def _begin(
    cfg: Train,
    asked: dict[str, Any],
    tokenizer: Path,
    init: Path | None,
    first: int,
    last: int,
    ctx: Context,
) -> _Run:
    """Return the run before its first update: fresh weights, or those of `init` with its optimizer's memory."""
    vocab_size = load_tokenizer(tokenizer).get_vocab_size()
    if init is None:
        model = Llama(preset(cfg.size, vocab_size, cfg.context), cfg.seed)
    else:
        model = load_model(init / "model")
    if model.cfg.vocab_size != vocab_size:
        raise UsageError(f"{init} has {model.cfg.vocab_size} tokens, but {tokenizer} has {vocab_size}")
    optimizer = Optimizer(model, cfg.learning_rate, cfg.weight_decay)
    if init is not None:
        optimizer.load(optimizer.weights(), load_file(init / "optimizer" / "state.safetensors"))
    model.to(working_dtype())
    flops = 6 * _num_parameters(model) * (last - first) * cfg.batch_tokens
    # No size of the example is one of the model's: torch.compile would take the two for one, and compile anew.
    example = 7, cfg.context - 3
    compiled = flops >= _COMPILE_FLOPS and compile_layers(model, example, ctx.log)
    mode = Mode(
        threads=torch.get_num_threads(),
        compiled=compiled,
        precision=str(working_dtype()).removeprefix("torch."),
    )
    return _Run(model=model, optimizer=optimizer, mode=mode, asked=asked, step=first, losses=[])


def _loop(cfg: Train, run: _Run, batches: Batches, span: tuple[int, int], out: Path, ctx: Context) -> None:
    """Apply the updates from the run's step to the last, with checkpoints and progress on the way."""
    first, last = span
    begun = shown = saved = time.monotonic()
    earlier = run.seconds
    for batch in batches.draw(first, last, skip=run.step - first):
        loss = _update(cfg, run, batch)
        now = time.monotonic()
        run.seconds = earlier + now - begun
        if now - shown >= 1.0 or run.step == last:
            done = (run.step - first) * cfg.batch_tokens
            ctx.progress(
                Progress(
                    done=done, total=(last - first) * cfg.batch_tokens, unit="tokens", note=f"loss {loss:.3f}"
                )
            )
            shown = now
        if now - saved >= _CHECKPOINT_SECONDS and run.step < last:
            _checkpoint(run, out)
            saved = now


def _update(cfg: Train, run: _Run, batch: Batch) -> float:
    """Train on one batch and return its weighted loss, nats per token."""
    run.model.zero_grad()
    ids, weights = torch.from_numpy(batch.ids), torch.from_numpy(batch.weights)
    if run.mode.compiled and len(ids) < _FEWEST_COMPILED_ROWS:
        ids, weights = torch.cat((ids, ids)), torch.cat((weights, torch.zeros_like(weights)))
    loss = run.model.loss(ids[:, :-1], ids[:, 1:], weights)
    loss.backward()  # type: ignore[no-untyped-call]
    rate = rate_at(run.step, cfg.num_updates)
    logged = {
        "step": run.step,
        "tokens": (run.step + 1) * cfg.batch_tokens,
        "loss": loss.item(),
        "learning_rate": rate * cfg.learning_rate,
    }
    with held_back():  # half an update would be no state to go on from
        run.optimizer.step(rate)
        run.losses.append(logged)
        run.step += 1
    return logged["loss"]


def _checkpoint(run: _Run, out: Path) -> None:
    """Write the whole state as one file, so that no kill leaves halves of two checkpoints."""
    folder = out / RESUME
    folder.mkdir(exist_ok=True)
    tensors = {f"weight/{name}": weight for name, weight in run.optimizer.weights().items()}
    tensors |= {f"memory/{key}": tensor for key, tensor in run.optimizer.state().items()}
    header = {"step": run.step, "seconds": run.seconds, "losses": run.losses}
    header |= {"mode": asdict(run.mode), "asked": run.asked, "resumed": run.resumed}
    save_tensors(tensors, folder / "state.safetensors", {"run": orjson.dumps(header).decode()})


def _resume(run: _Run, out: Path, ctx: Context) -> None:
    """Take over the checkpoint in `out`, if there is one; say so when it was made in another mode."""
    path = out / RESUME / "state.safetensors"
    if not path.exists():
        return
    with safe_open(path, framework="pt") as file:
        header: dict[str, Any] = orjson.loads(file.metadata()["run"])
    if header.get("asked") != run.asked:
        raise UsageError(f"{path} was made with other settings or inputs; delete it, or use another folder")
    tensors = load_file(path)
    parts: dict[str, dict[str, Tensor]] = {"weight": {}, "memory": {}}
    for key, tensor in tensors.items():
        part, name = key.split("/", 1)
        parts[part][name] = tensor
    run.optimizer.load(parts["weight"], parts["memory"])
    run.step, run.seconds, run.losses = header["step"], header["seconds"], header["losses"]
    now = asdict(run.mode)
    changed = [f"{key} {was} -> {now[key]}" for key, was in header["mode"].items() if was != now[key]]
    run.resumed = ", ".join(filter(None, [header["resumed"], *changed]))
    ctx.log(f"training goes on after update {run.step}")
    if changed:
        ctx.log(f"not bit-identical to an uninterrupted run: {', '.join(changed)}")


def _num_drawn(init: Path) -> Counter[str]:
    """Return how many batches the parts of the budget up to `init` drew, by stream."""
    return Counter(orjson.loads((init / _DRAWN).read_bytes()))


def _finish(run: _Run, batches: Batches, tokenizer: Path, out: Path) -> None:
    """Write what later steps read."""
    model = Llama(run.model.cfg)
    model.load_state_dict(run.optimizer.weights())
    save_model(model, load_tokenizer(tokenizer), out / "model")
    (out / "optimizer").mkdir(exist_ok=True)
    save_tensors(run.optimizer.state(), out / "optimizer" / "state.safetensors")
    (out / "losses.jsonl").write_bytes(b"".join(orjson.dumps(loss) + b"\n" for loss in run.losses))
    (out / _DRAWN).write_bytes(orjson.dumps(batches.num_drawn, option=orjson.OPT_SORT_KEYS))


def _metrics(cfg: Train, run: _Run, batches: Batches, first: int, last: int) -> Metrics:
    tokens = (last - first) * cfg.batch_tokens
    parameters = _num_parameters(run.model)
    tail = [loss["loss"] for loss in run.losses[-max(1, len(run.losses) // 20) :]]
    return {
        "tokens": tokens,
        "updates": last - first,
        "tokens_per_update": cfg.batch_tokens,
        "tokens_read": batches.read.total(),
        "padding": 1 - batches.read.total() / tokens,
        "seconds": run.seconds,
        "tokens_per_second": tokens / max(run.seconds, 1e-9),
        "first_loss": run.losses[0]["loss"],
        "final_loss": sum(tail) / len(tail),
        "parameters": parameters,
        "flops": 6 * parameters * tokens,
        "epochs": batches.epochs(),
        **asdict(run.mode),
        "mode_changed_on_resume": run.resumed,
    }


def _num_parameters(model: Llama) -> int:
    return sum(weight.numel() for weight in model.parameters())
