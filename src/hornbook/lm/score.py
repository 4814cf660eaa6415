"""Bits per byte: how well a model foretells a reference text, comparable between tokenizers.

The prompt and the reference are tokenised as one text. A token counts when it ends after the prompt's last
byte; one that straddles the boundary counts whole, because its bits cannot be split. This scores given texts
and writes none (generate.py).
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch.nn import functional as F

from hornbook.lm.device import device, working_dtype
from hornbook.lm.export import load_model, use_threads
from hornbook.lm.model import Llama
from hornbook.lm.tokens import end_of_text, load_tokenizer, token_bytes

_ROWS = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class BitScore:
    """Bits that the model needs for one reference, and the reference's size."""

    bits: float
    num_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Window:
    """A part of one pair's tokens that fits the context; targets from `first` on count."""

    pair: int
    ids: list[int]
    first: int


def bits_per_byte(folder: Path, pairs: Sequence[tuple[str, str]], *, threads: int) -> list[BitScore]:
    """Return the bits of every (prompt, reference) pair's reference given its prompt, in order.

    A text longer than the model's context is read in windows that overlap by half, so that every token of the
    reference is counted once, with at least half a context before it where there is so much.
    """
    use_threads(threads)
    model, tokenizer = load_model(folder).to(device(), working_dtype()), load_tokenizer(folder)
    texts, end = token_bytes(tokenizer), end_of_text(tokenizer)
    windows: list[_Window] = []
    for pair, (prompt, reference) in enumerate(pairs):
        ids = [end, *tokenizer.encode(prompt + reference, add_special_tokens=False).ids]
        ends = itertools.accumulate(len(texts[id]) for id in ids)
        before = sum(1 for byte in ends if byte <= len(prompt.encode()))
        windows.extend(_windows(pair, ids, before, model.cfg.max_position_embeddings))
    bits = [0.0] * len(pairs)
    windows.sort(key=lambda window: len(window.ids))
    for start in range(0, len(windows), _ROWS):
        chosen = windows[start : start + _ROWS]
        for window, amount in zip(chosen, _bits(model, chosen, end), strict=True):
            bits[window.pair] += amount
    return [
        BitScore(bits=bits[pair], num_bytes=len(reference.encode()))
        for pair, (_, reference) in enumerate(pairs)
    ]


def _windows(pair: int, ids: list[int], before: int, context: int) -> Iterator[_Window]:
    """Yield windows of at most `context` tokens that count each token after the first `before` once."""
    counted = before
    while counted < len(ids):
        end = len(ids) if len(ids) <= context else min(len(ids), max(counted + context // 2, context))
        begin = max(0, end - context)
        yield _Window(pair=pair, ids=ids[begin:end], first=counted - begin)
        counted = end


@torch.inference_mode()
def _bits(model: Llama, windows: Sequence[_Window], padding: int) -> list[float]:
    """Return each window's bits; padding stands on the right, where causal attention never looks."""
    longest = max(len(window.ids) for window in windows)
    padded = [window.ids + [padding] * (longest - len(window.ids)) for window in windows]
    ids_BT = torch.tensor(padded, device=device())
    counts_BT = torch.zeros(len(windows), longest - 1, dtype=torch.bool, device=device())
    for row, window in enumerate(windows):
        counts_BT[row, window.first - 1 : len(window.ids) - 1] = True
    # Logits are a fourth of the work, and most tokens belong to prompts.
    logits_NV = model.logits(model.hidden(ids_BT[:, :-1])[counts_BT])
    losses_N = F.cross_entropy(logits_NV, ids_BT[:, 1:][counts_BT], reduction="none").double()
    by_window = torch.split(losses_N, counts_BT.sum(dim=1).tolist())
    return [float(losses.sum()) / math.log(2) for losses in by_window]
