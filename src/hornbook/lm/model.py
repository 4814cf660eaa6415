"""The learner: a Llama-shaped decoder in plain torch, with the weight names of Hugging Face's LlamaForCausalLM.

RMSNorm before each half block, rotary positions in the rotate-half layout, SwiGLU, tied embeddings, no biases, so
that a checkpoint opens in every server that knows Llama. It does not train (train.py) or sample (generate.py).
Llama (arXiv:2302.13971 §2.2), rotary positions (arXiv:2104.09864), names after transformers' modeling_llama.py.

Shape suffixes: B rows of a batch, T time, N = B·T, D model width, H heads, C width of a head, V vocabulary.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import torch
from pydantic import BaseModel, ConfigDict, model_validator
from torch import Tensor, nn
from torch.nn import functional as F

from hornbook.errors import UsageError

Attend = Callable[[Tensor, Tensor, Tensor], Tensor]
"""Queries, keys and values, each (B, H, T, C), to the attended values of the queries."""
_BlockLoss = Callable[[Tensor, Tensor, Tensor], tuple[Tensor, Tensor]]


class ModelConfig(BaseModel):
    """Dimensions of the decoder, under the names of Hugging Face's LlamaConfig."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    vocab_size: int
    hidden_size: int
    """D."""
    intermediate_size: int
    """Width of the feed-forward: about 8/3 of D as in Llama, in multiples of 64 for the matrix units."""
    num_hidden_layers: int
    num_attention_heads: int
    """H."""
    max_position_embeddings: int
    """Longest context the model was trained on, in tokens."""
    rope_theta: float = 10_000.0
    """Base of the rotary frequencies (arXiv:2104.09864 §3.3)."""
    rms_norm_eps: float = 1e-5
    """Llama 2's value."""

    @model_validator(mode="after")
    def _heads_fit(self) -> ModelConfig:
        if self.hidden_size % (2 * self.num_attention_heads):
            raise ValueError(f"hidden_size {self.hidden_size} is not an even multiple of the heads")
        return self

    @property
    def head_dim(self) -> int:
        """C: width of one head."""
        return self.hidden_size // self.num_attention_heads


# A name counts the parameters beside the embedding, because the vocabulary is the data's choice.
# Heads are 64 wide: attention moves H·T² scores through memory, so on a CPU few wide heads are cheaper than
# many narrow ones (a step of "3M", 3 heads against 6: 1.2 times as fast with AMX, 1.02 without; bench/train.py).
# From "15M" on inner widths are multiples of 128, for the GPU's tiles.
# "350M" and "1.3B" have the layers, widths and heads of phi-1-small and phi-1 (arXiv:2306.11644 §2.3). Their inner
# widths, 4096 and 8192 in two matrices, would be 2/3 of that in SwiGLU's three at equal cost: 0.25B and 1.21B
# parameters here, for phi's names count two tables of 51,200 tokens. So the inner width is what fits the name.
_PRESETS = {
    "smoke": (64, 192, 2, 1),
    "1M": (128, 384, 4, 2),
    "3M": (192, 512, 6, 3),
    "8M": (320, 896, 6, 5),
    "15M": (384, 1024, 8, 6),
    "45M": (512, 1408, 14, 8),
    "125M": (768, 2048, 18, 12),
    "350M": (1024, 4096, 20, 16),
    "1.3B": (2048, 6144, 24, 32),
}
"""Name to width, inner width, layers and heads."""


def preset(name: str, vocab_size: int, context: int) -> ModelConfig:
    """Return the dimensions of a named size, "smoke" (0.1M parameters beside the embedding) to "1.3B".

    Raises UsageError for any other name.
    """
    if name not in _PRESETS:
        raise UsageError(f"model size {name!r} is unknown; choose one of {', '.join(_PRESETS)}")
    width, inner, layers, heads = _PRESETS[name]
    return ModelConfig(
        vocab_size=vocab_size,
        hidden_size=width,
        intermediate_size=inner,
        num_hidden_layers=layers,
        num_attention_heads=heads,
        max_position_embeddings=context,
    )


def products(cfg: ModelConfig, rows: int) -> Sequence[tuple[int, int, int]]:
    """Return the matrix products of one layer for a batch of `rows` tokens, as (M, K, N)."""
    width, inner = cfg.hidden_size, cfg.intermediate_size
    return [*[(rows, width, width)] * 4, *[(rows, width, inner)] * 2, (rows, inner, width)]


class Llama(nn.Module):
    """The decoder with its head, which is the embedding itself; weights drawn from `seed` in float32."""

    cos_TC: Tensor
    sin_TC: Tensor
    run_layer: Callable[[nn.Module, Tensor, Tensor, Tensor, Attend], Tensor]
    """Runs one layer; compiled.py puts a compiled one here."""
    block_loss: _BlockLoss
    """Losses and gradients of a block of rows; compiled likewise."""

    def __init__(self, cfg: ModelConfig, seed: int = 0) -> None:
        """Draw fresh weights."""
        super().__init__()
        self.cfg = cfg
        self.run_layer = _run_layer
        self.block_loss = _block_loss
        self.model = _Decoder(cfg)
        cos_TC, sin_TC = _rotary_table(cfg)
        self.register_buffer("cos_TC", cos_TC, persistent=False)
        self.register_buffer("sin_TC", sin_TC, persistent=False)
        _initialize(self, seed)

    def hidden(
        self, ids_BT: Tensor, *, positions: Tensor | None = None, attends: Sequence[Attend] | None = None
    ) -> Tensor:
        """Return the normalised states (B, T, D) of the tokens at `positions` (T or B x T; default 0..T-1).

        `attends` replaces causal attention layer by layer, for a decoder that keeps keys and values.
        """
        x_BTD = self.model.embed_tokens(ids_BT)
        chosen = slice(ids_BT.size(1)) if positions is None else positions
        cos, sin = self.cos_TC[chosen].unsqueeze(-2), self.sin_TC[chosen].unsqueeze(-2)
        for index, layer in enumerate(self.model.layers):
            attend = causal_attention if attends is None else attends[index]
            x_BTD = self.run_layer(layer, x_BTD, cos, sin, attend)
        normed: Tensor = self.model.norm(x_BTD)
        return normed

    def logits(self, x: Tensor) -> Tensor:
        """Return float32 logits (..., V) of states (..., D)."""
        return F.linear(x, self.model.embed_tokens.weight).float()

    def forward(self, ids_BT: Tensor, targets_BT: Tensor, weights_BT: Tensor) -> Tensor:
        """Return the cross-entropy in nats of the targets that follow each token, weighted and added up."""
        x_BTD = self.hidden(ids_BT)
        counts_BT = weights_BT > 0  # the head is a sixth of the work, and padding needs none
        loss: Tensor = _CrossEntropy.apply(  # type: ignore[no-untyped-call]
            x_BTD[counts_BT],
            self.model.embed_tokens.weight,
            targets_BT[counts_BT],
            weights_BT[counts_BT],
            self.block_loss,
        )
        return loss


class _Decoder(nn.Module):
    """The layers under Hugging Face's names; `Llama` runs them."""

    def __init__(self, cfg: ModelConfig) -> None:
        super().__init__()
        self.embed_tokens = nn.Embedding(cfg.vocab_size, cfg.hidden_size)
        self.layers = nn.ModuleList(_Block(cfg) for _ in range(cfg.num_hidden_layers))
        self.norm = _RMSNorm(cfg)


class _Block(nn.Module):
    """Attention and feed-forward, each added to its own normalised input."""

    def __init__(self, cfg: ModelConfig) -> None:
        super().__init__()
        self.self_attn = _Attention(cfg)
        self.mlp = _FeedForward(cfg)
        self.input_layernorm = _RMSNorm(cfg)
        self.post_attention_layernorm = _RMSNorm(cfg)

    def forward(self, x_BTD: Tensor, cos: Tensor, sin: Tensor, attend: Attend) -> Tensor:
        """Return the next layer's input, same shape."""
        x_BTD = x_BTD + self.self_attn(self.input_layernorm(x_BTD), cos, sin, attend)
        result: Tensor = x_BTD + self.mlp(self.post_attention_layernorm(x_BTD))
        return result


class _Attention(nn.Module):
    """Self-attention with rotary positions."""

    def __init__(self, cfg: ModelConfig) -> None:
        super().__init__()
        self.head_dim = cfg.head_dim
        self.q_proj = nn.Linear(cfg.hidden_size, cfg.hidden_size, bias=False)
        self.k_proj = nn.Linear(cfg.hidden_size, cfg.hidden_size, bias=False)
        self.v_proj = nn.Linear(cfg.hidden_size, cfg.hidden_size, bias=False)
        self.o_proj = nn.Linear(cfg.hidden_size, cfg.hidden_size, bias=False)

    def forward(self, x_BTD: Tensor, cos: Tensor, sin: Tensor, attend: Attend) -> Tensor:
        """Return the mixed values, same shape; `cos` and `sin` broadcast over (B, T, H, C)."""
        heads = (*x_BTD.shape[:2], -1, self.head_dim)
        q_BHTC = _rotated(self.q_proj(x_BTD).view(heads), cos, sin).transpose(1, 2)
        k_BHTC = _rotated(self.k_proj(x_BTD).view(heads), cos, sin).transpose(1, 2)
        v_BHTC = self.v_proj(x_BTD).view(heads).transpose(1, 2)
        y_BTD = attend(q_BHTC, k_BHTC, v_BHTC).transpose(1, 2).flatten(2)
        result: Tensor = self.o_proj(y_BTD)
        return result


class _FeedForward(nn.Module):
    """SwiGLU: down(silu(gate(x)) * up(x))."""

    def __init__(self, cfg: ModelConfig) -> None:
        super().__init__()
        self.gate_proj = nn.Linear(cfg.hidden_size, cfg.intermediate_size, bias=False)
        self.up_proj = nn.Linear(cfg.hidden_size, cfg.intermediate_size, bias=False)
        self.down_proj = nn.Linear(cfg.intermediate_size, cfg.hidden_size, bias=False)

    def forward(self, x_BTD: Tensor) -> Tensor:
        """Return the transformed states, same shape."""
        result: Tensor = self.down_proj(F.silu(self.gate_proj(x_BTD)) * self.up_proj(x_BTD))
        return result


class _RMSNorm(nn.Module):
    """x / rms(x) * weight."""

    def __init__(self, cfg: ModelConfig) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(cfg.hidden_size))
        self.eps = cfg.rms_norm_eps

    def forward(self, x: Tensor) -> Tensor:
        """Return the normalised input, same shape and type."""
        result: Tensor = _Normalize.apply(x, self.weight, self.eps)  # type: ignore[no-untyped-call]
        return result


def _run_layer(layer: nn.Module, x_BTD: Tensor, cos: Tensor, sin: Tensor, attend: Attend) -> Tensor:
    result: Tensor = layer(x_BTD, cos, sin, attend)
    return result


def causal_attention(q_BHTC: Tensor, k_BHTC: Tensor, v_BHTC: Tensor) -> Tensor:
    """Return softmax(q k^T / sqrt(C)) v with each token seeing itself and what came before."""
    if q_BHTC.device.type == "cpu" and q_BHTC.dtype is torch.bfloat16 and torch.is_grad_enabled():
        y_BHTC: Tensor = _CausalAttention.apply(q_BHTC, k_BHTC, v_BHTC)  # type: ignore[no-untyped-call]
        return y_BHTC
    return F.scaled_dot_product_attention(q_BHTC, k_BHTC, v_BHTC, is_causal=True)


class _CausalAttention(torch.autograd.Function):
    """torch's fused forward with a backward of plain batched products.

    The fused bfloat16 backward on a CPU misses the matrix units: it took 37 % of a training step at T = 256, and
    the T x T scores made again here take a third of that.
    """

    @staticmethod
    def forward(ctx: Any, q_BHTC: Tensor, k_BHTC: Tensor, v_BHTC: Tensor) -> Tensor:
        y_BHTC = F.scaled_dot_product_attention(q_BHTC, k_BHTC, v_BHTC, is_causal=True)
        ctx.save_for_backward(q_BHTC, k_BHTC, v_BHTC, y_BHTC)
        return y_BHTC

    @staticmethod
    def backward(ctx: Any, *grads: Any) -> tuple[Tensor, Tensor, Tensor]:
        shape = grads[0].shape
        time, scale = shape[2], shape[3] ** -0.5
        q, k, v, y, grad = (x.reshape(-1, *shape[2:]) for x in (*ctx.saved_tensors, grads[0]))
        later = torch.full((time, time), -math.inf, dtype=q.dtype, device=q.device).triu(1)
        weights = torch.softmax(
            torch.baddbmm(later.expand(len(q), -1, -1), q, k.transpose(1, 2), alpha=scale), -1
        )
        d_v = torch.bmm(weights.transpose(1, 2), grad)
        d_weights = torch.bmm(grad, v.transpose(1, 2))
        # Row sums of weights * d_weights equal those of y * grad (FlashAttention, arXiv:2205.14135 §B.4).
        d_scores = weights * (d_weights - (y * grad).sum(-1, keepdim=True)) * scale
        d_q, d_k = torch.bmm(d_scores, k), torch.bmm(d_scores.transpose(1, 2), q)
        return d_q.view(shape), d_k.view(shape), d_v.view(shape)


class _Normalize(torch.autograd.Function):
    """RMSNorm with a backward by hand: torch has no fused one on a CPU, and would keep four tensors for it."""

    @staticmethod
    def forward(ctx: Any, x: Tensor, weight: Tensor, eps: float) -> Tensor:
        x_float = x.float()
        scale = torch.rsqrt(x_float.square().mean(-1, keepdim=True) + eps)
        normed = (x_float * scale).to(x.dtype)
        ctx.save_for_backward(normed, scale.to(x.dtype), weight)
        return normed * weight

    @staticmethod
    def backward(ctx: Any, *grads: Any) -> tuple[Tensor, Tensor, None]:
        normed, scale, weight = ctx.saved_tensors
        d_weight = (grads[0] * normed).flatten(0, -2).sum(0)
        d_normed = grads[0] * weight
        inner = (d_normed * normed).mean(-1, keepdim=True)
        return (d_normed - normed * inner) * scale, d_weight, None


class _CrossEntropy(torch.autograd.Function):
    """Weighted cross-entropy of x @ weight^T, a block of rows at a time, with the gradients made on the way.

    A block's logits stay in the cache; the N x V ones (64 MB at 8,192 tokens and 2,048 words) do not.
    """

    @staticmethod
    def forward(
        ctx: Any,
        x_ND: Tensor,
        weight_VD: Tensor,
        targets_N: Tensor,
        weights_N: Tensor,
        block_loss: _BlockLoss,
    ) -> Tensor:
        d_x_ND = torch.empty_like(x_ND)
        d_weight_VD = torch.zeros_like(weight_VD, dtype=torch.float32)
        loss = torch.zeros((), dtype=torch.float64, device=x_ND.device)
        num_blocks = -(-len(x_ND) // 512)
        for block in range(num_blocks):  # of equal size: a last block of one row would be compiled anew
            rows = slice(block * len(x_ND) // num_blocks, (block + 1) * len(x_ND) // num_blocks)
            losses, d_logits = block_loss(x_ND[rows] @ weight_VD.t(), targets_N[rows], weights_N[rows])
            loss += losses
            if not ctx.needs_input_grad[0]:
                continue
            torch.mm(d_logits, weight_VD, out=d_x_ND[rows])
            d_weight_VD += d_logits.t() @ x_ND[rows]
        ctx.save_for_backward(d_x_ND, d_weight_VD.to(weight_VD.dtype))
        return loss.float()

    @staticmethod
    def backward(ctx: Any, *grads: Any) -> tuple[Tensor, Tensor, None, None, None]:
        d_x_ND, d_weight_VD = ctx.saved_tensors
        return d_x_ND * grads[0], d_weight_VD * grads[0], None, None, None


def _block_loss(logits: Tensor, targets: Tensor, weights: Tensor) -> tuple[Tensor, Tensor]:
    """Return the rows' weighted cross-entropy, added up, and its gradient by the logits in their own type."""
    precise = logits.float()
    log_total = torch.logsumexp(precise, -1, keepdim=True)
    chosen, weight = targets.unsqueeze(-1), weights.unsqueeze(-1)
    losses = ((log_total - precise.gather(-1, chosen)) * weight).sum()
    probabilities = (precise - log_total).exp_()
    probabilities.scatter_add_(-1, chosen, torch.full_like(chosen, -1, dtype=torch.float32))
    return losses, (probabilities * weight).to(logits.dtype)


def _rotary_table(cfg: ModelConfig) -> tuple[Tensor, Tensor]:
    """Return cosines and sines (T, C) of the rotary angles; both halves of a head hold the same ones."""
    exponent = torch.arange(0, cfg.head_dim, 2, dtype=torch.float32) / cfg.head_dim
    positions = torch.arange(cfg.max_position_embeddings, dtype=torch.float32)
    angle = torch.outer(positions, cfg.rope_theta**-exponent)
    angle = torch.cat((angle, angle), dim=-1)
    return angle.cos(), angle.sin()


def _rotated(x_BTHC: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    left, right = x_BTHC.chunk(2, dim=-1)
    return x_BTHC * cos + torch.cat((-right, left), dim=-1) * sin


def _initialize(model: Llama, seed: int) -> None:
    """Draw matrices from N(0, 0.02²), those that end a half block thinner by sqrt(2·layers) (GPT-2 §2.3)."""
    generator = torch.Generator().manual_seed(seed)
    thin = 0.02 / math.sqrt(2 * model.cfg.num_hidden_layers)
    for name, weight in model.named_parameters():
        if weight.ndim == 2:
            std = thin if name.endswith(("o_proj.weight", "down_proj.weight")) else 0.02
            nn.init.normal_(weight, std=std, generator=generator)
