"""How samples are asked for, and the choice of the next token of many texts at once.

A row's draw comes in as one number in [0, 1) and is looked up in the distribution's running sum, so what a row
draws never depends on which others are chosen beside it. Shape suffixes: B rows, V vocabulary, K tokens listed.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import torch
from torch import Tensor

from hornbook.errors import UsageError

Stop = Literal["function", "end"]

_LIKELY = 128
"""Tokens among which a nucleus is looked for before all are sorted, which takes five times as long."""
_COLDEST = 1e-4
"""Temperatures below take the likeliest token: a logit divided by them says nothing else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sampling:
    """How one sample is written. Raises UsageError for a number outside its range."""

    max_new_tokens: int = 200
    """Tokens after the prompt; the model's context may end it sooner."""
    temperature: float = 0.0
    """0 takes the likeliest token."""
    top_p: float = 1.0
    """Draws from the smallest set of tokens with this mass (arXiv:1904.09751)."""
    stop: Stop = "function"
    """"function" also ends before the first line that begins left of the body; "end" only at the separator."""
    stop_strings: tuple[str, ...] = ()
    """A sample also ends before the first of these texts."""
    logprobs: int | None = None
    """Note each token's log probability, and those of so many likeliest tokens; None notes nothing."""

    def __post_init__(self) -> None:
        """Check the numbers."""
        rules = {
            "max_new_tokens": (self.max_new_tokens >= 1, "1 or more"),
            "temperature": (0.0 <= self.temperature < math.inf, "0 or more, and finite"),
            "top_p": (0.0 < self.top_p <= 1.0, "above 0 and at most 1"),
            "logprobs": (self.logprobs is None or self.logprobs >= 0, "0 or more"),
        }
        for name, (fits, rule) in rules.items():
            if not fits:
                raise UsageError(f"{name} is {getattr(self, name)}; it must be {rule}")
        if not all(self.stop_strings):
            raise UsageError("a stop string is empty, and would end every sample before its first token")


@dataclass(frozen=True, slots=True)
class Choice:
    """The chosen token of one row; log probabilities in nats where they were asked for."""

    id: int
    logprob: float | None
    top: tuple[tuple[int, float], ...]
    """The likeliest tokens with their log probabilities, likeliest first."""


def choose(logits_BV: Tensor, settings: Sequence[Sampling], draws: Sequence[float]) -> list[Choice]:
    """Return the next token of every row; `draws` are numbers in [0, 1), of which greedy rows use none.

    Log probabilities are those of `logits_BV`, whatever the temperature.
    """
    ids = logits_BV.argmax(dim=-1).tolist()
    drawn = [row for row, chosen in enumerate(settings) if chosen.temperature >= _COLDEST]
    if drawn:
        found = _drawn(logits_BV[drawn], [settings[row] for row in drawn], [draws[row] for row in drawn])
        for row, id in zip(drawn, found, strict=True):
            ids[row] = id
    if all(chosen.logprobs is None for chosen in settings):
        return [Choice(id, None, ()) for id in ids]
    return _with_logprobs(logits_BV, ids, settings)


def _drawn(logits_BV: Tensor, settings: Sequence[Sampling], draws: Sequence[float]) -> list[int]:
    device = logits_BV.device
    # In float64, so that the last token's running sum is 1 within 1e-12.
    temperature_B1 = torch.tensor([[s.temperature] for s in settings], dtype=torch.float64, device=device)
    weights_BV = torch.softmax(logits_BV.double() / temperature_B1, dim=-1)
    cut = [row for row, chosen in enumerate(settings) if chosen.top_p < 1.0]
    if cut:
        top_p_B1 = torch.tensor([[settings[row].top_p] for row in cut], dtype=torch.float64, device=device)
        weights_BV[cut] = _nucleus(weights_BV[cut], top_p_B1)
    running_BV = weights_BV.cumsum(dim=-1)
    draw_B1 = torch.tensor([[draw] for draw in draws], dtype=torch.float64, device=device)
    found_B1 = torch.searchsorted(running_BV, draw_B1 * running_BV[:, -1:], right=True)
    # A product may round up to the whole sum, behind the last token that has any weight.
    last_B1 = (weights_BV > 0).cumsum(dim=-1).argmax(dim=-1, keepdim=True)
    ids: list[int] = torch.minimum(found_B1, last_B1).squeeze(-1).tolist()
    return ids


def _nucleus(weights_BV: Tensor, top_p_B1: Tensor) -> Tensor:
    """Return the probabilities with all but the smallest set of mass `top_p` set to 0."""
    ordered_BK, order_BK = weights_BV.topk(min(_LIKELY, weights_BV.size(-1)), dim=-1)
    if bool((ordered_BK.sum(dim=-1, keepdim=True) < top_p_B1).any()):
        ordered_BK, order_BK = weights_BV.sort(dim=-1, descending=True)
    ordered_BK[ordered_BK.cumsum(dim=-1) - ordered_BK >= top_p_B1] = 0.0
    return torch.zeros_like(weights_BV).scatter(-1, order_BK, ordered_BK)


def _with_logprobs(logits_BV: Tensor, ids: Sequence[int], settings: Sequence[Sampling]) -> list[Choice]:
    logprobs_BV = torch.log_softmax(logits_BV, dim=-1)
    most = min(max(chosen.logprobs or 0 for chosen in settings), logits_BV.size(-1))
    values_BK, order_BK = logprobs_BV.topk(most, dim=-1)
    chosen_B = logprobs_BV.gather(-1, torch.tensor(ids, device=logits_BV.device)[:, None])[:, 0].tolist()
    choices = []
    for row, (values, order) in enumerate(zip(values_BK.tolist(), order_BK.tolist(), strict=True)):
        asked = settings[row].logprobs
        possible = (pair for pair in zip(order, values, strict=True) if pair[1] > -math.inf)
        top = tuple(possible)[: asked or 0]
        choices.append(Choice(ids[row], None if asked is None else chosen_B[row], top))
    return choices
