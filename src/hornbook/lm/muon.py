"""Muon over stacks: matrices of one shape are orthogonalised together, as batched products.

A small model has many small matrices, and a product of each alone leaves the matrix units waiting. The update is
that of torch.optim.Muon ("original" rate adjustment), which tests/test_lm_optimizer.py holds it to; one matrix at
a time, that one took 4 times as long at "3M" (bench/learner.py). Method and constants:
https://kellerjordan.github.io/posts/muon/.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import torch
from torch import Tensor

_MOMENTUM = 0.95
_QUINTIC = (3.4445, -4.7750, 2.0315)
"""Coefficients that push singular values between 0.7 and 1.2 within five rounds."""
_ROUNDS = 5


class MatrixStack:
    """Float32 matrices of one shape (n, R, C) with their momentum; `weights[i]` and `momentum[i]` are views."""

    def __init__(self, weights: Sequence[Tensor]) -> None:
        """Copy the matrices (R, C) into the stack."""
        self.weights = torch.stack([weight.detach().float() for weight in weights])
        self.momentum = torch.zeros_like(self.weights)

    def step(self, gradients: Sequence[Tensor], rate: float, weight_decay: float) -> None:
        """Move every matrix by its orthogonalised Nesterov momentum; decay is decoupled."""
        gradient = torch.stack(list(gradients)).float()
        self.momentum.lerp_(gradient, 1 - _MOMENTUM)
        direction = orthogonalized(gradient.lerp_(self.momentum, _MOMENTUM))
        rows, columns = self.weights.shape[1:]
        self.weights.mul_(1 - rate * weight_decay)
        self.weights.add_(direction, alpha=-rate * math.sqrt(max(1.0, rows / columns)))


def orthogonalized(matrices: Tensor) -> Tensor:
    """Return, for each matrix of (n, R, C), about U V^T of its singular value decomposition, in bfloat16.

    Five rounds of a Newton-Schulz iteration: the singular values land near 1, not on it.
    """
    tall = matrices.size(1) > matrices.size(2)
    x = (matrices.transpose(1, 2) if tall else matrices).bfloat16()
    x = x / x.norm(dim=(1, 2), keepdim=True).clamp(min=1e-7)
    a, b, c = _QUINTIC
    for _ in range(_ROUNDS):
        gram = x @ x.transpose(1, 2)
        x = torch.baddbmm(x, torch.baddbmm(gram, gram, gram, beta=b, alpha=c), x, beta=a)
    return x.transpose(1, 2) if tall else x
