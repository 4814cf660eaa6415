"""Bits per byte of a dev set after equal CPU seconds of training: our recipe, nanoGPT's, ours with AdamW alone.

All read the same tokens with a model of the same size and context in one thread. Each contestant is tuned first,
on the dev set: peak rates a factor of two apart for a sixth of the seconds each, further while the best is at an
edge, then half the tokens per update while that helps. Every schedule wants to know its end, so the tokens of a
run are chosen beforehand from what the contestant's last run took; what it really took is printed. Compiling is
done before.
"""

from __future__ import annotations

import argparse
import contextlib
import copy
import math
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from unittest import mock

import numpy as np
import torch
from learning import gpt
from learning.data import SHARES, Data, make
from torch import nn

from hornbook.lm import optimizer, score
from hornbook.lm import train as trainer
from hornbook.lm.device import working_dtype
from hornbook.lm.export import load_model
from hornbook.lm.model import ModelConfig, preset
from hornbook.lm.tokens import load_tokenizer
from hornbook.step import Context

CONTEXT = 256
TUNING = 1 / 6
"""Part of the seconds that a run of the tuning gets."""
NAMES = "ours", "nanogpt", "adamw"
FEWEST_UPDATES = 8
TOKENS = 2048
"""Per update, to begin with."""


@dataclass(frozen=True, slots=True)
class Dial:
    """What is tuned."""

    rate: float
    tokens: int
    """Per update."""

    def __str__(self) -> str:
        return f"{self.rate:.4g},{self.tokens}"


Learn = Callable[[Dial, int, int], nn.Module]
"""Trains by a dial on so many tokens with a seed."""


def ours(data: Data, size: str, *, muon: bool) -> Learn:
    """Return hornbook's training step itself, with Muon or with its AdamW for all weights."""

    def learn(dial: Dial, tokens: int, seed: int) -> nn.Module:
        cfg = trainer.Train(
            size=size,
            context=CONTEXT,
            budget_tokens=tokens,
            mix=SHARES,
            learning_rate=dial.rate,
            batch_contexts=dial.tokens // CONTEXT,
            seed=seed,
        )
        with contextlib.ExitStack() as stack:
            out = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            stack.enter_context(mock.patch.object(trainer, "_COMPILE_FLOPS", 0))
            if not muon:
                stack.enter_context(mock.patch.object(optimizer, "_is_matrix", lambda name, weight: False))
            trainer.train(cfg, tokenizer=data.tokenizer, out=out, ctx=Context(workers=1), **data.paths())
            return load_model(out / "model")

    return learn


def nanogpt(data: Data, size: str) -> Learn:
    cfg = model_config(data, size)
    model = gpt.GPT(cfg)
    compiled = torch.compile(model, dynamic=False)
    dtype = working_dtype()

    def learn(dial: Dial, tokens: int, seed: int) -> nn.Module:
        model.load_state_dict(gpt.GPT(cfg, seed).state_dict())
        adamw, updates = gpt.adamw(model, dial.rate), tokens // dial.tokens
        for step, ids in zip(range(updates), windows(data, dial.tokens // CONTEXT, seed), strict=False):
            with torch.autocast("cpu", dtype, enabled=dtype is not torch.float32):
                loss = compiled(ids[:, :-1].contiguous(), ids[:, 1:].contiguous())
            gpt.update(model, adamw, loss, dial.rate * gpt.cosine(step, updates))
        return copy.deepcopy(model)  # the examiner may change its type

    return learn


def windows(data: Data, rows: int, seed: int) -> Iterator[torch.Tensor]:
    """Yield batches (rows, context + 1) from random places of the sources, each as often as its share says."""
    draw = np.random.default_rng(seed)
    arrays = [documents.ids for documents in data.documents().values()]
    while True:
        chosen = draw.choice(len(arrays), size=rows, p=list(SHARES.values()))
        starts = [int(draw.integers(len(arrays[source]) - CONTEXT)) for source in chosen]
        found = [arrays[source][a : a + CONTEXT + 1] for source, a in zip(chosen, starts, strict=True)]
        yield torch.from_numpy(np.stack(found).astype(np.int64))


def model_config(data: Data, size: str) -> ModelConfig:
    return preset(size, load_tokenizer(data.tokenizer).get_vocab_size(), CONTEXT)


@dataclass(slots=True)
class Contestant:
    name: str
    learn: Learn
    rates: tuple[float, ...]
    """Peak rates that are tried first."""
    data: Data
    speed: float = 0.0
    """Tokens per CPU second of its last run."""

    def warm_up(self, tokens: int) -> None:
        """Compile for updates of so many tokens, then see how fast they are."""
        dial = Dial(self.rates[0], tokens)
        self.learn(dial, 2 * tokens, 0)
        begun = time.process_time()
        self.learn(dial, FEWEST_UPDATES * tokens, 0)
        self.speed = FEWEST_UPDATES * tokens / (time.process_time() - begun)

    def bits(self, dial: Dial, seconds: float, seed: int) -> float:
        """Train for about so many seconds and return the bits per byte of the dev set; prints both."""
        tokens = dial.tokens * max(FEWEST_UPDATES, round(self.speed * seconds / dial.tokens))
        begun = time.process_time()
        model = self.learn(dial, tokens, seed)
        spent = time.process_time() - begun
        self.speed = tokens / spent
        found = bits_per_byte(model, self.data)
        found = math.inf if math.isnan(found) else found  # diverged
        took = f"{tokens / 1e6:.2f}M tokens in {spent:.0f} s"
        print(f"  {self.name}, {dial}, seed {seed}: {found:.4f} bits per byte, {took}", flush=True)
        return found

    def tuned(self, seconds: float, tokens: int, *, smaller: bool) -> Dial:
        """Return the best dial of runs of so many seconds, with updates of `tokens` or, if `smaller`, fewer."""
        found = {rate: self.bits(Dial(rate, tokens), seconds, 0) for rate in self.rates}
        while (best := min(found, key=found.__getitem__)) in (min(found), max(found)):
            further = best * 2 if best == max(found) else best / 2
            found[further] = self.bits(Dial(further, tokens), seconds, 0)
        fewest = found[best]
        while smaller and tokens > CONTEXT:
            self.warm_up(tokens // 2)
            bits = self.bits(Dial(best, tokens // 2), seconds, 0)
            if bits >= fewest:
                break
            tokens, fewest = tokens // 2, bits
        return Dial(best, tokens)


def bits_per_byte(model: nn.Module, data: Data) -> float:
    """Return what hornbook's own examiner finds of any model that has the `hidden` and `logits` of ours."""
    with mock.patch.object(score, "load_model", lambda folder: model):
        found = score.bits_per_byte(data.tokenizer, data.dev, threads=1)
    return sum(each.bits for each in found) / sum(each.num_bytes for each in found)


def run(options: argparse.Namespace) -> None:
    data = make(options.data, smoke=options.smoke)
    names = {name: documents.num_tokens for name, documents in data.documents().items()}
    shown = ", ".join(f"{SHARES[name]:.0%} {name} (of {tokens:,} tokens)" for name, tokens in names.items())
    print(f"{options.size}, {options.seconds:.0f} s, {shown}; dev set: {len(data.dev)} problems")
    contestants = {key: one for key, one in entered(data, options.size).items() if key in options.only}
    dials = dict(options.dial)
    for key, one in contestants.items():
        one.warm_up(dials[key].tokens if key in dials else TOKENS)
        if key not in dials:
            dials[key] = one.tuned(options.seconds * TUNING, TOKENS, smaller=not options.smoke)
            one.warm_up(dials[key].tokens)
    found: dict[str, list[float]] = {key: [] for key in contestants}
    for seed in options.seeds:
        for key, one in contestants.items():
            found[key].append(one.bits(dials[key], options.seconds, seed))
    for key, bits in found.items():
        line = f"{contestants[key].name} ({dials[key]}): {mean(bits):.4f} bits per byte"
        share = f"; hornbook needs {mean(found['ours']) / mean(bits):.3f} of that" if "ours" in found else ""
        print(line + share)


def entered(data: Data, size: str) -> dict[str, Contestant]:
    """Return the contestants by the names that the options know them by."""
    adam = (0.001, 0.002, 0.004, 0.008)
    return {
        "ours": Contestant("hornbook", ours(data, size, muon=True), (0.0075, 0.015, 0.03, 0.06), data),
        "nanogpt": Contestant("nanoGPT's loop", nanogpt(data, size), adam, data),
        "adamw": Contestant("hornbook with AdamW alone", ours(data, size, muon=False), adam, data),
    }


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--size", default="1M", help="preset that learns")
    parser.add_argument("--seconds", type=float, default=600, help="CPU seconds of a training")
    parser.add_argument("--seeds", type=int, nargs="+", default=[0, 1])
    parser.add_argument(
        "--data",
        type=Path,
        default=Path("runs/bench-train"),
        help="folder of the data, made there if missing",
    )
    parser.add_argument("--only", nargs="+", choices=NAMES, default=NAMES, help="who learns")
    parser.add_argument(
        "--dial",
        type=_dial,
        action="append",
        default=[],
        metavar="NAME=RATE,TOKENS",
        help="peak rate and tokens per update of one who is not tuned then",
    )


def _dial(text: str) -> tuple[str, Dial]:
    name, _, values = text.partition("=")
    rate, _, tokens = values.partition(",")
    if name not in NAMES:
        raise argparse.ArgumentTypeError(f"{name!r} is none of {', '.join(NAMES)}")
    return name, Dial(float(rate), int(tokens))
