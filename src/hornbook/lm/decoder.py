"""A model laid out for writing one token at a time: few, wide products, and keys and values kept in place.

The same function as `Llama.hidden` and `Llama.logits` (model.py) within rounding: the three projections of
attention are one product, the two of the feed-forward another, and the weights of a norm are part of the product
behind it. One prompt is read at a time, so nothing is padded. Small models spend a tenth of a step and more on
calling operations at all, so there are as few as can be.

Shape suffixes as in model.py, and R rows of the cache, S slots of a row, I inner width of the feed-forward.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F

from hornbook.lm.model import Llama


@dataclass(frozen=True, slots=True)
class _Layer:
    """Weights of one layer, and the keys and values (R, H, S, C) that it has seen."""

    qkv: Tensor
    """(D, 3D), its norm multiplied in; o is (D, D), gate_up (D, 2I) with its norm, down (I, D)."""
    o: Tensor
    gate_up: Tensor
    down: Tensor
    keys: Tensor
    values: Tensor


class Decoder:
    """The weights of a model and a cache of `rows` texts, each as long as the context at most."""

    def __init__(self, model: Llama, rows: int, dtype: torch.dtype) -> None:
        """Lay out a model whose weights are in float32, for computing in `dtype` where the model lies."""
        self.cfg = model.cfg
        # x / sqrt(mean(x²) + eps) is sqrt(D)·x / hypot(|x|, sqrt(D·eps)); sqrt(D) goes into the weights.
        width = model.cfg.hidden_size
        self._smallest = torch.tensor((width * model.cfg.rms_norm_eps) ** 0.5, device=model.cos_TC.device)
        self._embed = model.model.embed_tokens.weight.detach().to(dtype)
        self._norm = (model.model.norm.weight.detach() * width**0.5).to(dtype)
        # (T, 1, 2, C/2): the halves of a head side by side, the sine of the first one negative.
        halves = (-1, 1, 2, model.cfg.head_dim // 2)
        self._cos = model.cos_TC.view(halves).to(dtype)
        signs = torch.tensor([[-1.0], [1.0]], device=model.sin_TC.device)
        self._sin = (model.sin_TC.view(halves) * signs).to(dtype)
        self._layers = [_layer(block, model, rows, dtype) for block in model.model.layers]

    @property
    def rows(self) -> int:
        """How many texts the cache holds."""
        return self._layers[0].keys.size(0)

    @property
    def device(self) -> torch.device:
        """Where it computes."""
        return self._embed.device

    @torch.inference_mode()
    def read(self, row: int, ids: Sequence[int]) -> Tensor:
        """Put a whole text into a row of the cache and return the logits (V) of what follows it, in float32."""
        x_TD = self._embed[torch.tensor(ids, device=self.device)]
        time = len(ids)
        cos, sin = self._cos[:time], self._sin[:time]
        for layer in self._layers:
            q_THC, k_THC, v_THC = self._projected(layer, x_TD, cos, sin)
            layer.keys[row, :, :time] = k_THC.transpose(0, 1)
            layer.values[row, :, :time] = v_THC.transpose(0, 1)
            q_HTC, k_HTC, v_HTC = (x.transpose(0, 1).unsqueeze(0) for x in (q_THC, k_THC, v_THC))
            if layer is self._layers[-1]:  # only the last token's state is asked for, and it sees all others
                y_HTC = F.scaled_dot_product_attention(q_HTC[:, :, -1:], k_HTC, v_HTC)
                x_TD = x_TD[-1:]
            else:
                y_HTC = F.scaled_dot_product_attention(q_HTC, k_HTC, v_HTC, is_causal=True)
            x_TD = self._mixed(layer, x_TD, y_HTC[0].transpose(0, 1).flatten(1))
        return self._logits(x_TD)[0]

    @torch.inference_mode()
    def step(self, ids: Sequence[int], positions: Sequence[int]) -> Tensor:
        """Add one token to each of the first B rows, at its position, and return the logits (B, V) of the next."""
        device = self.device
        at_B = torch.tensor(positions, device=device)
        rows_B = torch.arange(len(ids), device=device)
        slots = max(positions) + 1
        seen_BS = torch.arange(slots, device=device) <= at_B[:, None]
        mask_B11S = torch.zeros(seen_BS.shape, dtype=self._embed.dtype, device=device)
        mask_B11S = mask_B11S.masked_fill_(~seen_BS, -torch.inf)[:, None, None]
        x_BD = self._embed[torch.tensor(ids, device=device)]
        cos, sin = self._cos[at_B], self._sin[at_B]
        for layer in self._layers:
            q_BHC, k_BHC, v_BHC = self._projected(layer, x_BD, cos, sin)
            layer.keys[rows_B, :, at_B] = k_BHC
            layer.values[rows_B, :, at_B] = v_BHC
            keys, values = (kept[: len(ids), :, :slots] for kept in (layer.keys, layer.values))
            y_BHC = F.scaled_dot_product_attention(q_BHC.unsqueeze(2), keys, values, attn_mask=mask_B11S)
            x_BD = self._mixed(layer, x_BD, y_BHC.flatten(1))
        return self._logits(x_BD)

    @torch.inference_mode()
    def copy(self, source: int, target: int, length: int) -> None:
        """Copy the first `length` tokens of one row to another."""
        for layer in self._layers:
            for kept in (layer.keys, layer.values):
                kept[target, :, :length] = kept[source, :, :length]

    def _projected(
        self, layer: _Layer, x_ND: Tensor, cos: Tensor, sin: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Return queries, keys and values, each (N, H, C), the first two rotated."""
        heads = self.cfg.num_attention_heads
        qkv = torch.mm(self._normalized(x_ND), layer.qkv).view(-1, 3 * heads, 2, self.cfg.head_dim // 2)
        qk = qkv[:, : 2 * heads]
        rotated = torch.addcmul(qk * cos, qk.flip(-2), sin).flatten(2)
        return rotated[:, :heads], rotated[:, heads:], qkv[:, 2 * heads :].flatten(2)

    def _mixed(self, layer: _Layer, x_ND: Tensor, y_ND: Tensor) -> Tensor:
        """Return the next layer's input: the attended values and the feed-forward, each added."""
        x_ND = torch.addmm(x_ND, y_ND, layer.o)
        gate_NI, up_NI = torch.mm(self._normalized(x_ND), layer.gate_up).chunk(2, dim=-1)
        return torch.addmm(x_ND, F.silu(gate_NI).mul_(up_NI), layer.down)

    def _logits(self, x_ND: Tensor) -> Tensor:
        return F.linear(self._normalized(x_ND) * self._norm, self._embed).float()

    def _normalized(self, x_ND: Tensor) -> Tensor:
        """Return x / rms(x) / sqrt(D), computed in float32."""
        precise = x_ND.float()
        length_N1 = torch.linalg.vector_norm(precise, dim=-1, keepdim=True)
        return (precise / torch.hypot(length_N1, self._smallest)).to(x_ND.dtype)


def _layer(block: torch.nn.Module, model: Llama, rows: int, dtype: torch.dtype) -> _Layer:
    """Lay out one block's weights and make room for what it will have seen."""
    weights = {name: weight.detach() for name, weight in block.named_parameters()}
    before, behind = weights["input_layernorm.weight"], weights["post_attention_layernorm.weight"]
    qkv = torch.cat([weights[f"self_attn.{name}_proj.weight"] for name in "qkv"])
    gate_up = torch.cat([weights[f"mlp.{name}_proj.weight"] for name in ("gate", "up")])
    cfg = model.cfg
    root = cfg.hidden_size**0.5
    shape = (rows, cfg.num_attention_heads, cfg.max_position_embeddings, cfg.head_dim)
    # Zeros, because a slot that no one sees is multiplied by 0, and what lies in fresh memory may be NaN.
    keys, values = (torch.zeros(shape, dtype=dtype, device=qkv.device) for _ in range(2))
    return _Layer(
        qkv=(qkv * (before * root)).to(dtype).t(),
        o=weights["self_attn.o_proj.weight"].to(dtype).t(),
        gate_up=(gate_up * (behind * root)).to(dtype).t(),
        down=weights["mlp.down_proj.weight"].to(dtype).t(),
        keys=keys,
        values=values,
    )
