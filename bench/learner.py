"""Training speed of the learner at size "3M": each choice beside what it replaced, in one run.

Prints tokens per second of forward and backward (best of `ROUNDS`, interleaved, so that a busy machine slows all
alike) and the ratio to plain bfloat16. Compiling comes last, because it also warms the cache.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import torch
from torch.nn import functional as F

from hornbook.lm import model as lm_model
from hornbook.lm.compiled import compile_layers
from hornbook.lm.model import Llama, preset

ROWS, CONTEXT, VOCABULARY, ROUNDS = 16, 256, 2048, 5


def learner(dtype: torch.dtype, heads: int = 3) -> Llama:
    cfg = preset("3M", VOCABULARY, CONTEXT).model_copy(update={"num_attention_heads": heads})
    return Llama(cfg).to(dtype)


def seconds(model: Llama, ids: torch.Tensor) -> float:
    model.zero_grad()
    begun = time.perf_counter()
    model.loss(ids[:, :-1], ids[:, 1:], torch.ones(ids[:, 1:].shape)).backward()
    return time.perf_counter() - begun


def with_torchs_attention(model: Llama, ids: torch.Tensor) -> float:
    ours = lm_model.causal_attention
    lm_model.causal_attention = lambda q, k, v: F.scaled_dot_product_attention(q, k, v, is_causal=True)
    try:
        return seconds(model, ids)
    finally:
        lm_model.causal_attention = ours


def with_one_thread(model: Llama, ids: torch.Tensor) -> float:
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        return seconds(model, ids)
    finally:
        torch.set_num_threads(threads)


def main() -> None:
    ids = torch.randint(0, VOCABULARY, (ROWS, CONTEXT + 1))
    plain, compiled = learner(torch.bfloat16), learner(torch.bfloat16)
    begun = time.perf_counter()
    done = compile_layers(compiled, (ROWS, CONTEXT), print)
    compiling = time.perf_counter() - begun
    cases: dict[str, Callable[[], float]] = {
        "bfloat16": lambda: seconds(plain, ids),
        "bfloat16, one thread": lambda: with_one_thread(plain, ids),
        "bfloat16, torch's attention backward": lambda: with_torchs_attention(plain, ids),
    }
    narrow, exact = learner(torch.bfloat16, heads=6), learner(torch.float32)
    cases["bfloat16, 6 heads of 32"] = lambda: seconds(narrow, ids)
    cases["float32"] = lambda: seconds(exact, ids)
    if done:
        cases[f"bfloat16, compiled in {compiling:.0f} s"] = lambda: seconds(compiled, ids)
    best = dict.fromkeys(cases, float("inf"))
    for _ in range(ROUNDS):
        for name, case in cases.items():
            best[name] = min(best[name], case())
    print(f"{torch.get_num_threads()} threads, {ROWS} x {CONTEXT} tokens")
    for name, spent in best.items():
        print(f"{name:40} {ROWS * CONTEXT / spent:8,.0f} tokens/s  {best['bfloat16'] / spent:5.2f} x")


if __name__ == "__main__":
    main()
