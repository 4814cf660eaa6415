"""One attempt at a training step: what it works on, what it has cost, and what is told of it while and after.

train.py makes the updates; a later attempt goes on from an earlier one's checkpoint.
"""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import torch

from hornbook.lm.batches import Batch, Batches
from hornbook.lm.device import device
from hornbook.lm.energy import EnergyMeter
from hornbook.lm.learner import Learner
from hornbook.lm.memory import num_parameters
from hornbook.step import Context, Metrics, Progress


@dataclass(slots=True, kw_only=True)
class Attempt:
    """One attempt at the step: what it works on, and what it has cost so far."""

    span: tuple[int, int]
    """The first update of the step, and the first after it."""
    batch_tokens: int
    """Tokens per update, padding included."""
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
        """Seconds that the step has taken so far, in all attempts."""
        return self.earlier + time.monotonic() - self.begun

    def progress(self) -> Progress:
        """Return how far it is."""
        learner, (first, last) = self.learner, self.span
        made = (learner.step - first) * self.batch_tokens
        rate = made / max(self.seconds, 1e-9)
        note = f"loss {learner.losses[-1]['loss']:.3f}, {rate:,.0f} tokens/s"
        note += f", {self._utilization(rate):.0%} of the matrix rate"
        looks = [entry["dev_bits_per_byte"] for entry in learner.losses if "dev_bits_per_byte" in entry]
        note += f", dev {looks[-1]:.3f} bits/byte" if looks else ""
        return Progress(done=made, total=(last - first) * self.batch_tokens, unit="tokens", note=note)

    def metrics(self, batches: Batches) -> Metrics:
        """Return what is noted of it once it is done; `batches` are those that it read."""
        learner, (first, last) = self.learner, self.span
        tokens = (last - first) * self.batch_tokens
        parameters = num_parameters(learner.model.cfg)
        tail = [entry["loss"] for entry in learner.losses[-max(1, len(learner.losses) // 20) :]]
        rate = tokens / max(self.seconds, 1e-9)
        metrics: Metrics = {
            "tokens": tokens,
            "updates": last - first,
            "tokens_per_update": self.batch_tokens,
            "tokens_read": batches.read.total(),
            "padding": 1 - batches.read.total() / tokens,
            "seconds": self.seconds,
            "tokens_per_second": rate,
            "first_loss": learner.losses[0]["loss"],
            "final_loss": sum(tail) / len(tail),
            "parameters": parameters,
            "flops": 6 * parameters * tokens,
            "matmul_flops_per_second": self.matmul_rate,
            "utilization": self._utilization(rate),
            "energy_kwh": self._kwh(),
            "energy_method": self.meter.method(),
            "epochs": batches.epochs(),
            "longer_than_context": batches.longer(),
            **asdict(learner.mode),
            "mode_changed_on_resume": learner.resumed,
        }
        looks = {e["step"] + 1: e["dev_bits_per_byte"] for e in learner.losses if "dev_bits_per_byte" in e}
        if looks:
            chosen = learner.best_step or last
            metrics |= {"dev_bits_per_byte": looks[chosen], "chosen_update": chosen, "last_update": last}
        return metrics

    def _utilization(self, tokens_per_second: float) -> float:
        """Return 6·N·tokens/s (Kaplan et al., arXiv:2001.08361 §2.1) as a share of plain products' rate."""
        return 6 * num_parameters(self.learner.model.cfg) * tokens_per_second / self.matmul_rate

    def _kwh(self) -> float:
        """Return what all processes took; attempts before this one are taken to have drawn as much a second."""
        here = torch.tensor(self.meter.kwh(), dtype=torch.float64, device=device())
        return (
            float(self.learner.world.added_up(here)) * self.seconds / max(self.seconds - self.earlier, 1e-9)
        )
