"""Bits per byte: how well a model foretells a reference text, comparable between tokenizers.

The prompt and the reference are tokenised as one text. A token counts when it ends after the prompt's last
byte; one that straddles the boundary counts whole, because its bits cannot be split.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch.nn import functional as F

from hornbook.lm.export import load_model, use_threads
from hornbook.lm.tokens import end_of_text, load_tokenizer, token_bytes

_ROWS = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class BitScore:
    """Bits that the model needs for one reference, and the reference's size."""

    bits: float
    num_bytes: int


@torch.inference_mode()
def bits_per_byte(folder: Path, pairs: Sequence[tuple[str, str]], *, threads: int) -> list[BitScore]:
    """Return the bits of every (prompt, reference) pair's reference given its prompt, in order.

    A text longer than the model's context loses the left of its prompt; a reference longer than that is
    weighed by its last tokens only, and its bytes are counted accordingly.
    """
    use_threads(threads)
    model, tokenizer = load_model(folder), load_tokenizer(folder)
    texts, end = token_bytes(tokenizer), end_of_text(tokenizer)
    rows = []
    for prompt, reference in pairs:
        ids = [end, *tokenizer.encode(prompt + reference, add_special_tokens=False).ids]
        sizes = [len(texts[i]) for i in ids]
        boundary, total = len(prompt.encode()), 0
        counted = []
        for size in sizes:
            total += size
            counted.append(total > boundary)
        first = max(0, len(ids) - model.cfg.max_position_embeddings)
        rows.append((ids[first:], counted[first:], sizes[first:]))
    order = sorted(range(len(rows)), key=lambda i: len(rows[i][0]))
    scores: dict[int, BitScore] = {}
    for start in range(0, len(order), _ROWS):
        chosen = order[start : start + _ROWS]
        longest = max(len(rows[i][0]) for i in chosen)
        # Padding stands on the right, where causal attention never looks from the left.
        padded = torch.tensor([rows[i][0] + [end] * (longest - len(rows[i][0])) for i in chosen])
        losses = F.cross_entropy(
            model.logits(model.hidden(padded))[:, :-1].transpose(1, 2), padded[:, 1:], reduction="none"
        )
        for row, i in enumerate(chosen):
            ids, counted, sizes = rows[i]
            wanted = [t for t in range(1, len(ids)) if counted[t]]
            bits = float(losses[row, [t - 1 for t in wanted]].sum()) / math.log(2) if wanted else 0.0
            num_bytes = min(sum(sizes[t] for t in wanted), len(pairs[i][1].encode()))
            scores[i] = BitScore(bits=bits, num_bytes=num_bytes)
    return [scores[i] for i in range(len(pairs))]
