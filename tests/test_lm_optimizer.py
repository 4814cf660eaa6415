from __future__ import annotations

import torch

from hornbook.lm.model import Llama, preset
from hornbook.lm.optimizer import Optimizer


def test_what_an_optimizer_remembers_lies_where_its_weights_do() -> None:
    # A checkpoint is read into the CPU's memory, and on a GPU fused AdamW counts its steps there.
    model = Llama(preset("smoke", 300, 16))
    saved = Optimizer(model, 0.01, 0.1)
    for weight in model.parameters():
        weight.grad = torch.ones_like(weight)
    saved.step(1.0)
    with torch.device("meta"):  # stands for a GPU
        elsewhere = Optimizer(Llama(preset("smoke", 300, 16)), 0.01, 0.1)
    elsewhere.load(saved.weights(), saved.state())
    kept = elsewhere.state()
    assert kept.keys() == saved.state().keys()
    assert {tensor.device.type for tensor in kept.values()} == {"meta"}
