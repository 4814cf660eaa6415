"""A model while it learns: one update after another, and how well it foretells a dev set.

What an update costs in memory is bounded by cutting its batch into parts whose gradients add up; the processes of
a world each take their rows of it. The loop, the checkpoints and the files are train.py and checkpoint.py.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from hornbook.lm.batches import Batch
from hornbook.lm.device import device
from hornbook.lm.model import Llama
from hornbook.lm.optimizer import Optimizer
from hornbook.lm.world import World

_FEWEST_COMPILED_ROWS = 2
"""torch.compile takes a size of 1 for a constant, and would compile anew for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mode:
    """What must be equal for a resumed run to be bit-identical."""

    threads: int
    compiled: bool
    precision: str
    device: str
    processes: int
    parts: int
    """Parts that every batch is cut into."""


@dataclass(slots=True, kw_only=True)
class Learner:
    """A model, its optimizer and all that changes from update to update."""

    model: Llama
    shared: nn.Module
    """The model as its world calls it."""
    optimizer: Optimizer
    world: World
    mode: Mode
    step: int
    """Updates of the whole budget that are made."""
    losses: list[dict[str, float]] = field(default_factory=list)
    """One entry per update made here, and the dev set's bits per byte where they were asked for."""
    best: dict[str, Tensor] = field(default_factory=dict)
    """The weights with the fewest bits per byte so far; empty when there is no dev set."""
    best_step: int = 0

    resumed: str = ""
    """How the mode changed at resumes, if it did."""

    def learn(self, batch: Batch) -> float:
        """Add up the gradients of a batch's weighted mean loss, and return the loss in nats per token."""
        total = float(batch.weights.sum())
        loss = torch.zeros((), device=device())
        for part in self._parts(batch):
            ids, weights = _on_device(part.ids), _on_device(part.weights) / total
            share = self.shared(ids[:, :-1], ids[:, 1:], weights)
            # A world of processes takes the mean of its gradients where the sum is wanted.
            (share * self.world.size).backward()
            loss += share.detach()
        return float(self.world.added_up(loss))

    def apply(self, rate: float, logged: Mapping[str, float]) -> None:
        """Make the update at `rate` of the peak learning rates, and note it."""
        self.optimizer.step(rate)
        self.losses.append(dict(logged))
        self.step += 1

    def look(self, dev: Sequence[Batch], token_bytes: Sequence[int], *, keep_best: bool) -> None:
        """Note the dev set's bits per byte; if told to, keep the weights when none before had fewer."""
        bits = self._bits_per_byte(dev, token_bytes)
        fewest = min(
            (e["dev_bits_per_byte"] for e in self.losses if "dev_bits_per_byte" in e), default=math.inf
        )
        self.losses[-1]["dev_bits_per_byte"] = bits
        if keep_best and bits < fewest:
            self.best = {name: weight.cpu().clone() for name, weight in self.optimizer.weights().items()}
            self.best_step = self.step

    @torch.no_grad()
    def _bits_per_byte(self, dev: Sequence[Batch], token_bytes: Sequence[int]) -> float:
        """Return the bits of what is no prompt by its bytes: the same in every process, which all look at all."""
        nats = torch.zeros((), device=device())
        for batch in dev:
            ids, weights = _on_device(batch.ids), _on_device(batch.weights)
            nats += self.shared(ids[:, :-1], ids[:, 1:], weights)
        bits = float(self.world.added_up(nats)) / self.world.size / math.log(2)
        return bits / counted_bytes(dev, token_bytes)

    def _parts(self, batch: Batch) -> list[Batch]:
        """Return this process's rows of a batch, in as many parts as the mode says."""
        fewest = _FEWEST_COMPILED_ROWS if self.mode.compiled else 1
        processes, parts = self.world.size, self.mode.parts
        return [
            batch.every(processes * parts, self.world.rank + processes * part, fewest)
            for part in range(parts)
        ]


def counted_bytes(batches: Sequence[Batch], token_bytes: Sequence[int]) -> int:
    """Return the bytes of text that the batches' targets spell, those that count nothing left out."""
    sizes = np.array(token_bytes)
    return sum(int(sizes[batch.ids[:, 1:][batch.weights > 0]].sum()) for batch in batches)


def _on_device(array: Any) -> Tensor:
    return torch.from_numpy(array).to(device())
