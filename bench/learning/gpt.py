"""The peer: GPT-2 and the loop of nanoGPT, written anew from what their authors say of them.

GPT-2 (Radford et al. 2019, Language Models are Unsupervised Multitask Learners, §2.3): LayerNorm before each
half block and at the end, GELU, learned positions, a head tied to the embedding, weights from N(0, 0.02²), those
that end a half block thinner by sqrt(2·layers). nanoGPT: no biases, fused AdamW (0.9, 0.95) with decay 0.1 on
matrices alone, gradients clipped to norm 1, a linear warm-up, a cosine down to a tenth of the peak rate, windows
at random places of an array of tokens, torch.compile of the whole model. The feed-forward's two matrices are half
as wide again as our three, which makes the parameters of a block equal.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from hornbook.lm.model import ModelConfig

WARMUP, FLOOR = 0.05, 0.1
"""Part of the updates that the rate rises, and part of the peak at which it ends."""


class GPT(nn.Module):
    """GPT-2 with as many parameters beside the embeddings as a `Llama` of the same config has."""

    def __init__(self, cfg: ModelConfig, seed: int = 0) -> None:
        super().__init__()
        self.cfg = cfg
        self.tokens = nn.Embedding(cfg.vocab_size, cfg.hidden_size)
        self.places = nn.Embedding(cfg.max_position_embeddings, cfg.hidden_size)
        self.blocks = nn.ModuleList(Block(cfg) for _ in range(cfg.num_hidden_layers))
        self.norm = nn.LayerNorm(cfg.hidden_size, bias=False)
        draw = torch.Generator().manual_seed(seed)
        for name, weight in self.named_parameters():
            if weight.ndim == 2:
                thinner = math.sqrt(2 * cfg.num_hidden_layers) if name.endswith("out.weight") else 1.0
                nn.init.normal_(weight, std=0.02 / thinner, generator=draw)

    def hidden(self, ids: Tensor) -> Tensor:
        x = self.tokens(ids) + self.places.weight[: ids.size(1)]
        for block in self.blocks:
            x = block(x)
        normed: Tensor = self.norm(x)
        return normed

    def logits(self, x: Tensor) -> Tensor:
        return F.linear(x, self.tokens.weight)

    def forward(self, ids: Tensor, targets: Tensor) -> Tensor:
        """Return the mean cross-entropy, nats per token."""
        logits = self.logits(self.hidden(ids))
        return F.cross_entropy(logits.flatten(0, 1).float(), targets.flatten())


class Block(nn.Module):
    def __init__(self, cfg: ModelConfig) -> None:
        super().__init__()
        width = cfg.hidden_size
        self.attention_norm = nn.LayerNorm(width, bias=False)
        self.attention = Attention(width, cfg.num_attention_heads)
        self.inner_norm = nn.LayerNorm(width, bias=False)
        self.inner = nn.Linear(width, cfg.intermediate_size * 3 // 2, bias=False)
        self.inner_out = nn.Linear(cfg.intermediate_size * 3 // 2, width, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        x = x + self.attention(self.attention_norm(x))
        result: Tensor = x + self.inner_out(F.gelu(self.inner(self.inner_norm(x))))
        return result


class Attention(nn.Module):
    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width, bias=False)
        self.out = nn.Linear(width, width, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        q, k, v = self.qkv(x).unflatten(-1, (3, self.heads, -1)).permute(2, 0, 3, 1, 4)
        mixed = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        result: Tensor = self.out(mixed.transpose(1, 2).flatten(2))
        return result


def adamw(model: nn.Module, rate: float) -> torch.optim.AdamW:
    """Return the optimizer of nanoGPT, for any model."""
    weights = list(model.parameters())
    groups = [
        {"params": [weight for weight in weights if weight.ndim >= 2], "weight_decay": 0.1},
        {"params": [weight for weight in weights if weight.ndim < 2], "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, lr=rate, betas=(0.9, 0.95), fused=True)


def update(model: nn.Module, optimizer: torch.optim.AdamW, loss: Tensor, rate: float) -> None:
    """Apply one update by the gradients of `loss`, at a rate of learning."""
    loss.backward()  # type: ignore[no-untyped-call]
    nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    for group in optimizer.param_groups:
        group["lr"] = rate
    optimizer.step()
    optimizer.zero_grad(set_to_none=True)


def cosine(step: int, steps: int) -> float:
    """Return the part of the peak rate at `step` of `steps`."""
    warmup = max(1, round(WARMUP * steps))
    if step < warmup:
        return (step + 1) / warmup
    return FLOOR + (1 - FLOOR) * (1 + math.cos(math.pi * (step - warmup) / max(1, steps - warmup))) / 2
