"""The learner: a Llama-shaped decoder in plain torch, with the weight names of Hugging Face's LlamaForCausalLM.

RMSNorm before each block, rotary positions in the rotate-half layout, SwiGLU, tied embeddings, no biases: so a
saved checkpoint opens in every server that knows Llama. It does not train (train.py) or sample (generate.py).
Llama 2 (arXiv:2307.09288 §2.2); rotary embeddings (arXiv:2104.09864); shape names after transformers' modeling_llama.

Shape suffixes: B batch, T time, D model width, H query heads, K key/value heads, C width of a head, F width of the
feed-forward, V vocabulary, S slots of the key/value cache.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from pydantic import BaseModel, ConfigDict, model_validator
from torch import Tensor, nn
from torch.nn import functional as F

from hornbook.errors import UsageError


class ModelConfig(BaseModel):
    """Dimensions of the decoder, under the names of Hugging Face's LlamaConfig."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    vocab_size: int
    hidden_size: int
    """D."""
    intermediate_size: int
    """F: about 8/3 of D, as in Llama, rounded to 64 for the matrix units."""
    num_hidden_layers: int
    num_attention_heads: int
    """H."""
    num_key_value_heads: int
    """K: equal to H means that no heads are shared."""
    max_position_embeddings: int
    """Longest context the model is asked to read, in tokens."""
    rope_theta: float = 10_000.0
    """Base of the rotary frequencies (arXiv:2104.09864 §3.3)."""
    rms_norm_eps: float = 1e-5
    """Llama 2's value."""

    @model_validator(mode="after")
    def _heads_divide(self) -> ModelConfig:
        if self.hidden_size % (2 * self.num_attention_heads):
            raise ValueError(
                f"hidden_size {self.hidden_size} is not 2 x heads {self.num_attention_heads} x n"
            )
        if self.num_attention_heads % self.num_key_value_heads:
            raise ValueError("num_key_value_heads must divide num_attention_heads")
        return self

    @property
    def head_dim(self) -> int:
        """C: width of one head."""
        return self.hidden_size // self.num_attention_heads


# Depth and width by name; the measured reasons are in LOG.md. Heads are 32 to 64 wide (recipe: 32 below D = 256).
_PRESETS = {
    "smoke": {"hidden_size": 64, "intermediate_size": 192, "num_hidden_layers": 2, "num_attention_heads": 2},
    "1M": {"hidden_size": 128, "intermediate_size": 384, "num_hidden_layers": 4, "num_attention_heads": 4},
    "3M": {"hidden_size": 192, "intermediate_size": 512, "num_hidden_layers": 6, "num_attention_heads": 6},
    "8M": {"hidden_size": 256, "intermediate_size": 704, "num_hidden_layers": 10, "num_attention_heads": 4},
}


def preset(name: str, vocab_size: int, context: int) -> ModelConfig:
    """Return the dimensions of a named size: "smoke" (0.1M parameters without embeddings), "1M", "3M" or "8M".

    Raises UsageError for another name.
    """
    if name not in _PRESETS:
        raise UsageError(f"model size {name!r} is unknown; choose one of {', '.join(_PRESETS)}")
    dims = _PRESETS[name]
    return ModelConfig(
        vocab_size=vocab_size,
        max_position_embeddings=context,
        num_key_value_heads=dims["num_attention_heads"],
        **dims,
    )


@dataclass(slots=True)
class Cache:
    """Keys and values of one layer for incremental decoding, in a buffer of fixed length."""

    key_BKSC: Tensor
    value_BKSC: Tensor


class RMSNorm(nn.Module):
    """x / rms(x) * weight."""

    def __init__(self, width: int, eps: float) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))
        self.eps = eps

    def forward(self, x_BTD: Tensor) -> Tensor:
        """Return the normalised input, same shape and type."""
        return F.rms_norm(x_BTD, (x_BTD.size(-1),), self.weight, self.eps)


class Attention(nn.Module):
    """Causal self-attention with rotary positions."""

    def __init__(self, cfg: ModelConfig) -> None:
        super().__init__()
        self.head_dim = cfg.head_dim
        self.grouped = cfg.num_key_value_heads != cfg.num_attention_heads
        kv_width = cfg.num_key_value_heads * cfg.head_dim
        self.q_proj = nn.Linear(cfg.hidden_size, cfg.hidden_size, bias=False)
        self.k_proj = nn.Linear(cfg.hidden_size, kv_width, bias=False)
        self.v_proj = nn.Linear(cfg.hidden_size, kv_width, bias=False)
        self.o_proj = nn.Linear(cfg.hidden_size, cfg.hidden_size, bias=False)

    def forward(
        self,
        x_BTD: Tensor,
        rope: tuple[Tensor, Tensor],
        cache: Cache | None,
        mask: Tensor | None,
        at: Tensor | None,
    ) -> Tensor:
        """Mix over time. With a cache, row b's token t is written to slot `at[b, t]` and reads what `mask` allows."""
        batch, time, width = x_BTD.shape
        q_BHTC = self.q_proj(x_BTD).view(batch, time, -1, self.head_dim).transpose(1, 2)
        k_BKTC = self.k_proj(x_BTD).view(batch, time, -1, self.head_dim).transpose(1, 2)
        v_BKTC = self.v_proj(x_BTD).view(batch, time, -1, self.head_dim).transpose(1, 2)
        q_BHTC, k_BKTC = _rotate(q_BHTC, *rope), _rotate(k_BKTC, *rope)
        if cache is None:
            y_BHTC = F.scaled_dot_product_attention(
                q_BHTC, k_BKTC, v_BKTC, is_causal=True, enable_gqa=self.grouped
            )
        else:
            raise NotImplementedError
        return self.o_proj(y_BHTC.transpose(1, 2).reshape(batch, time, width))  # type: ignore[no-any-return]


class FeedForward(nn.Module):
    """SwiGLU: down(silu(gate(x)) * up(x))."""

    def __init__(self, cfg: ModelConfig) -> None:
        super().__init__()
        self.gate_proj = nn.Linear(cfg.hidden_size, cfg.intermediate_size, bias=False)
        self.up_proj = nn.Linear(cfg.hidden_size, cfg.intermediate_size, bias=False)
        self.down_proj = nn.Linear(cfg.intermediate_size, cfg.hidden_size, bias=False)

    def forward(self, x_BTD: Tensor) -> Tensor:
        return self.down_proj(F.silu(self.gate_proj(x_BTD)) * self.up_proj(x_BTD))


class Block(nn.Module):
    def __init__(self, cfg: ModelConfig) -> None:
        super().__init__()
        self.self_attn = Attention(cfg)
        self.mlp = FeedForward(cfg)
        self.input_layernorm = RMSNorm(cfg.hidden_size, cfg.rms_norm_eps)
        self.post_attention_layernorm = RMSNorm(cfg.hidden_size, cfg.rms_norm_eps)

    def forward(self, x_BTD, rope, cache=None, mask=None, at=None):
        x_BTD = x_BTD + self.self_attn(self.input_layernorm(x_BTD), rope, cache, mask, at)
        return x_BTD + self.mlp(self.post_attention_layernorm(x_BTD))


def rope_table(length, head_dim, theta):
    frequency = theta ** (-torch.arange(0, head_dim, 2, dtype=torch.float32) / head_dim)
    angle = torch.outer(torch.arange(length, dtype=torch.float32), frequency)
    angle = torch.cat((angle, angle), dim=-1)
    return angle.cos(), angle.sin()


def _rotate(x, cos, sin):
    half = x.size(-1) // 2
    rotated = torch.cat((-x[..., half:], x[..., :half]), dim=-1)
    return x * cos + rotated * sin


class Decoder(nn.Module):
    def __init__(self, cfg):
        super().__init__()
        self.embed_tokens = nn.Embedding(cfg.vocab_size, cfg.hidden_size)
        self.layers = nn.ModuleList(Block(cfg) for _ in range(cfg.num_hidden_layers))
        self.norm = RMSNorm(cfg.hidden_size, cfg.rms_norm_eps)


class Llama(nn.Module):
    def __init__(self, cfg, seed=0):
        super().__init__()
        self.cfg = cfg
        self.model = Decoder(cfg)
        g = torch.Generator().manual_seed(seed)
        for n, p in self.named_parameters():
            if p.ndim == 2:
                std = 0.02
                if n.endswith(("o_proj.weight", "down_proj.weight")):
                    std = 0.02 / math.sqrt(2 * cfg.num_hidden_layers)
                nn.init.normal_(p, 0, std, generator=g)
        cos, sin = rope_table(cfg.max_position_embeddings, cfg.head_dim, cfg.rope_theta)
        self.register_buffer("cos", cos, persistent=False)
        self.register_buffer("sin", sin, persistent=False)

    def hidden(self, ids):
        x = self.model.embed_tokens(ids)
        rope = (self.cos[: ids.size(1)].to(x.dtype), self.sin[: ids.size(1)].to(x.dtype))
        for layer in self.model.layers:
            x = layer(x, rope)
        return self.model.norm(x)

    def loss(self, ids, targets):
        x = self.hidden(ids)
        logits = F.linear(x, self.model.embed_tokens.weight)
        return F.cross_entropy(logits.float().view(-1, logits.size(-1)), targets.reshape(-1))
