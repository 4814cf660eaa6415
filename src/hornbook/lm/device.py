"""Where torch computes here, and in which number type: a GPU when there is one, else the CPU.

One device per process. With several GPUs the launcher's LOCAL_RANK chooses (torchrun sets it).
"""

from __future__ import annotations

import math
import os
import time
from collections.abc import Sequence
from functools import partial

import torch


def device() -> torch.device:
    """Return the GPU of this process, or the CPU."""
    if torch.cuda.is_available():
        return torch.device("cuda", int(os.environ.get("LOCAL_RANK", "0")))
    return torch.device("cpu")


def working_dtype() -> torch.dtype:
    """Return bfloat16 where the device multiplies matrices in it (a GPU, AMX, AVX512-BF16), else float32.

    Matrix products of a training step: with AMX 8 to 10 times as fast as in float32; on a CPU that has neither
    30 times as slow (LOG.md).
    """
    if torch.cuda.is_available():
        return torch.bfloat16 if torch.cuda.is_bf16_supported() else torch.float32
    found = torch.cpu.get_capabilities()
    return torch.bfloat16 if found.get("amx_bf16") or found.get("avx512_bf16") else torch.float32


def matmul_rate(shapes: Sequence[tuple[int, int, int]], seconds: float = 0.1) -> float:
    """Return the floating-point operations per second of plain matrix products at their best.

    `shapes` are (M, K, N) of (M x K) @ (K x N); they take turns, measured now, for about `seconds`.
    """
    # Not of zeros or ones, which a GPU multiplies with less power and so faster.
    draw = partial(torch.randn, device=device(), dtype=working_dtype())
    pairs = [(draw(m, k), draw(k, n)) for m, k, n in shapes]
    flops = sum(2 * m * k * n for m, k, n in shapes)
    for left, right in pairs:  # sets up what later rounds find ready
        torch.mm(left, right)
    # The fastest round: other work on the machine only ever slows one down, once to a hundredth.
    fastest, begun = math.inf, time.perf_counter()
    while fastest == math.inf or time.perf_counter() - begun < seconds:
        started = time.perf_counter()
        for left, right in pairs:
            torch.mm(left, right)
        if torch.cuda.is_available():
            torch.cuda.synchronize()
        fastest = min(fastest, time.perf_counter() - started)
    return flops / fastest
