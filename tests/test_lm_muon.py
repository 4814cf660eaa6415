from __future__ import annotations

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from hornbook.lm.muon import Muon, orthogonal


@given(st.integers(1, 3), st.integers(2, 40), st.integers(2, 40), st.integers(0, 99))
def test_singular_values_come_near_one_and_their_vectors_stay(k: int, m: int, n: int, seed: int) -> None:
    x = torch.randn(k, m, n, generator=torch.Generator().manual_seed(seed))
    u, s, v = torch.linalg.svd(x, full_matrices=False)
    found = u.mT @ orthogonal(x) @ v.mT
    values = found.diagonal(dim1=1, dim2=2)
    far = s > 0.05 * s.amax(dim=1, keepdim=True)  # five iterations do not lift what is all but zero
    assert ((values > 0.4) & (values < 1.4))[far].all()
    assert (found - torch.diag_embed(values)).abs().max() < 1e-3


def test_a_matrix_without_a_gradient_direction_does_not_turn_into_nan() -> None:
    assert torch.equal(orthogonal(torch.zeros(1, 4, 6)), torch.zeros(1, 4, 6))


@pytest.mark.parametrize("shape", [(24, 8), (8, 24), (16, 16)])
def test_the_updates_are_those_of_torch(shape: tuple[int, int]) -> None:
    draw = torch.Generator().manual_seed(1)
    starts = [torch.randn(shape, generator=draw) for _ in range(3)]
    theirs = [torch.nn.Parameter(start.clone()) for start in starts]
    peer = torch.optim.Muon(theirs, lr=0.02, weight_decay=0.1)
    ours = Muon({str(i): start.clone() for i, start in enumerate(starts)}, 0.1, torch.bfloat16)
    for _ in range(4):
        gradients = [torch.randn(shape, generator=draw) for _ in starts]
        for weight, gradient in zip(theirs, gradients, strict=True):
            weight.grad = gradient.clone()
        peer.step()
        ours.step({str(i): gradient for i, gradient in enumerate(gradients)}, 0.02)
    moved = max((weight.detach() - start).abs().max() for weight, start in zip(theirs, starts, strict=True))
    for index, weight in enumerate(theirs):
        # bfloat16 keeps 8 bits, and a stack is multiplied in another order.
        assert (ours.weights[str(index)] - weight).abs().max() < 0.03 * moved
