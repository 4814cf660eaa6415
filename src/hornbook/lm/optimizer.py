"""Muon for the matrices, AdamW for the embedding and the norms, over float32 weights behind a model of any type.

The learning rate's shape over time is here too; the loop around it is train.py.
"""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor

from hornbook.lm.device import working_dtype
from hornbook.lm.model import Llama
from hornbook.lm.muon import Muon
from hornbook.lm.world import cut_like, own_part, whole

_WARMUP = 0.02
"""Share of the whole budget."""


class Optimizer:
    """Updates a model from its gradients; remembers everything a later step needs."""

    def __init__(self, model: Llama, learning_rate: float, weight_decay: float) -> None:
        """Take the model's float32 weights as the master copies; the model itself may change type afterwards.

        A model that keeps its type shares its memory with them.
        """
        self._model = model
        self._rate = learning_rate
        self._masters = {name: weight.detach() for name, weight in model.named_parameters()}
        matrices = {name: w for name, w in self._masters.items() if _is_matrix(name, w)}
        tables = [w for name, w in self._masters.items() if w.ndim == 2 and not _is_matrix(name, w)]
        vectors = [w for w in self._masters.values() if w.ndim < 2]
        self._muon = Muon(matrices, weight_decay, working_dtype())
        self._adam = torch.optim.AdamW(
            [{"params": tables, "weight_decay": weight_decay}, {"params": vectors, "weight_decay": 0.0}],
            lr=learning_rate,
            betas=(0.9, 0.95),
            fused=True,
        )

    @torch.no_grad()
    def step(self, rate: float) -> None:
        """Apply the model's gradients at `rate` (0 to 1) of the peak learning rates, and clear them."""
        # One rate for both: with Muon at 0.02, held-out bits per byte of "3M" on library code after 0.3M tokens
        # were 2.12, 2.01 and 1.96 with AdamW at 0.003, 0.01 and 0.03.
        matrices = {}
        for name, weight in self._model.named_parameters():
            assert weight.grad is not None, f"{name} has no gradient"
            if name in self._muon.momentum:
                matrices[name] = weight.grad.float()
            else:
                self._masters[name].grad = weight.grad.float()
            weight.grad = None
        self._muon.step(matrices, self._rate * rate)
        for group in self._adam.param_groups:
            group["lr"] = self._rate * rate
        self._adam.step()
        self._show_model()

    def weights(self) -> dict[str, Tensor]:
        """Return the float32 weights by name, whole; all processes of a world must ask."""
        return {name: whole(weight) for name, weight in self._masters.items()}

    def state(self) -> dict[str, Tensor]:
        """Return what the optimizers remember, as `kind/weight name`, whole; all processes must ask."""
        kept = {f"momentum/{name}": whole(tensor) for name, tensor in self._muon.momentum.items()}
        for name, weight in self._masters.items():
            memory: dict[str, Tensor] = self._adam.state.get(weight, {})
            kept |= {f"{kind}/{name}": whole(tensor) for kind, tensor in memory.items()}
        return kept

    @torch.no_grad()
    def load(self, weights: Mapping[str, Tensor], state: Mapping[str, Tensor]) -> None:
        """Go on from another optimizer's `weights()` and `state()`; the model takes the weights too."""
        for name, master in self._masters.items():
            own_part(master).copy_(cut_like(weights[name], master))
        for key, tensor in state.items():
            kind, name = key.split("/", 1)
            master = self._masters[name]
            if kind == "momentum":
                own_part(self._muon.momentum[name]).copy_(cut_like(tensor, master))
            elif tensor.ndim == 0:  # the number of steps, which AdamW keeps as a tensor
                self._adam.state[master][kind] = tensor.to(master.device, copy=True)
            else:
                kept = torch.empty_like(master)
                own_part(kept).copy_(cut_like(tensor, master))
                self._adam.state[master][kind] = kept
        self._show_model()

    def _show_model(self) -> None:
        """Copy the masters into a model of another type; one of the same type shares their memory."""
        for name, weight in self._model.named_parameters():
            if weight.dtype != torch.float32:
                weight.copy_(self._masters[name])


def rate_at(step: int, steps: int, decay: float) -> float:
    """Return the part of the peak learning rate at `step` of `steps`: up, flat, then straight down to zero.

    `decay` is the share of the steps that the way down takes.
    """
    up = (step + 1) / max(1.0, _WARMUP * steps)
    down = (steps - step) / max(1.0, decay * steps)
    return min(1.0, up, down)


def _is_matrix(name: str, weight: Tensor) -> bool:
    return weight.ndim == 2 and "embed_tokens" not in name
