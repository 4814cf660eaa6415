"""Completing prompts with a model: batched, with a key/value cache, and with the token boundary healed.

A prompt that ends in a newline tokenises differently from the same text followed by an indented body, because
byte-pair merges cross the boundary. So the tokens that a continuation could merge with are taken back, and the
first new ones are held to spell the same text (one 3M-parameter model on HumanEval: 0 of 164 without, 20 with).
Prompts of like length share a batch; rows that are done leave it.

Shape suffixes as in model.py, and S slots of the cache.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional as F

from hornbook.draw import rng
from hornbook.lm.device import working_dtype
from hornbook.lm.export import load_model, use_threads
from hornbook.lm.model import ModelConfig
from hornbook.lm.tokens import end_of_text, load_tokenizer, token_bytes

Stop = Literal["function", "end"]

_ROWS = 64
"""Rows decoded at once; more were no faster per token on two cores."""
_SORTED = 512
"""Prompts sorted by length at a time; answers come in the prompts' order, so this bounds the wait for one."""
_CONTRACTION = re.compile(r"'[rvl]$")
"""Two pre-tokens that become one when `e` or `l` follows: GPT-2's pattern knows 're, 've and 'll."""


@dataclass(slots=True)
class _Row:
    """One sample on its way."""

    prompt: int
    ids: list[int]
    """Tokens of the prompt that stay as they are, after a separator."""
    owed: bytes
    """Text of the prompt that the next tokens must spell."""
    draw: torch.Generator
    limit: int
    """New tokens allowed."""
    written: bytes = b""
    last: int = 0
    done: bool = False


@dataclass(frozen=True, slots=True)
class Boundary:
    """A prompt cut where every continuation tokenises alike: the tokens before, and the text after."""

    ids: list[int]
    owed: bytes


class Generator:
    """A model, loaded once, that completes prompts."""

    def __init__(self, folder: Path, *, threads: int) -> None:
        """Load the model and its tokenizer from a Hugging Face folder."""
        use_threads(threads)
        self._model = load_model(folder).to(working_dtype())
        self._tokenizer = load_tokenizer(folder)
        self._bytes = token_bytes(self._tokenizer)
        self._end = end_of_text(self._tokenizer)
        self._spelling: dict[bytes, Tensor] = {}

    def complete(
        self,
        prompts: Sequence[str],
        *,
        max_new_tokens: int = 200,
        temperature: float = 0.0,
        top_p: float = 1.0,
        num_samples: int = 1,
        seed: int = 0,
        stop: Stop = "function",
    ) -> Iterator[list[str]]:
        """Yield, prompt by prompt, `num_samples` completions: the text after the prompt.

        With `stop="function"` a completion ends before its first line that begins left of the body, with "end"
        only at the separator. A completion also ends where the model's context does; a prompt that leaves less
        than a quarter of it loses its beginning. Sample j of prompt i depends on the seed, i and j.
        """
        for first in range(0, len(prompts), _SORTED):
            chosen = range(first, min(first + _SORTED, len(prompts)))
            rows = [
                self._row(prompts[i], i, sample, seed, max_new_tokens)
                for i in chosen
                for sample in range(num_samples)
            ]
            by_length = sorted(rows, key=lambda row: len(row.ids))
            for start in range(0, len(rows), _ROWS):
                self._decode(by_length[start : start + _ROWS], temperature, top_p, stop)
            texts = [_text(row, stop) for row in rows]
            for start in range(0, len(rows), num_samples):
                yield texts[start : start + num_samples]

    def loses_beginning(self, prompt: str, max_new_tokens: int) -> bool:
        """Say whether the prompt is too long for the model's context and will be cut from the left."""
        return len(boundary(self._tokenizer, self._bytes, prompt).ids) > self._room(max_new_tokens)

    def _room(self, max_new_tokens: int) -> int:
        context = self._model.cfg.max_position_embeddings
        return context - min(max_new_tokens, context // 4) - 1

    def _row(self, prompt: str, number: int, sample: int, seed: int, max_new_tokens: int) -> _Row:
        cut = boundary(self._tokenizer, self._bytes, prompt)
        room = self._room(max_new_tokens)
        # A document begins after a separator in training, so a prompt does here.
        ids = [self._end, *cut.ids[-room:]]
        draw = torch.Generator().manual_seed(rng(seed, f"sample/{number}", sample).getrandbits(63))
        return _Row(number, ids, cut.owed, draw, max_new_tokens)

    @torch.inference_mode()
    def _decode(self, rows: Sequence[_Row], temperature: float, top_p: float, stop: Stop) -> None:
        """Write the rows' completions, until each is done or at the end of the context."""
        context = self._model.cfg.max_position_embeddings
        lengths = [len(row.ids) for row in rows]
        slots = min(context, max(n + row.limit + len(row.owed) for n, row in zip(lengths, rows, strict=True)))
        cache = _Cache(self._model.cfg, len(rows), slots)
        padded = [row.ids + [self._end] * (max(lengths) - len(row.ids)) for row in rows]
        hidden = self._model.hidden(torch.tensor(padded), attends=cache.read_prompts())
        positions_B = torch.tensor(lengths)
        hidden_BD = hidden[torch.arange(len(rows)), positions_B - 1]
        alive = list(rows)
        while True:
            self._extend(alive, self._model.logits(hidden_BD), temperature, top_p, stop)
            left = torch.tensor([not row.done for row in alive]) & (positions_B < slots)
            if not left.any():
                return
            if not left.all():
                keep = left.nonzero().squeeze(-1)
                alive = [alive[i] for i in keep.tolist()]
                positions_B = positions_B[keep]
                cache.keep(keep)
            ids_BT = torch.tensor([[row.last] for row in alive])
            attends = cache.read_next(positions_B)
            hidden_BD = self._model.hidden(ids_BT, positions=positions_B[:, None], attends=attends)[:, 0]
            positions_B = positions_B + 1

    def _extend(
        self, rows: Sequence[_Row], logits_BV: Tensor, temperature: float, top_p: float, stop: Stop
    ) -> None:
        """Choose the next token of every row and note what it writes."""
        for row, logits_V in zip(rows, logits_BV, strict=True):
            if row.owed:
                logits_V += self._held_to(row.owed)
        if temperature == 0.0:
            chosen = logits_BV.argmax(dim=-1).tolist()
        else:
            weights_BV = _nucleus(F.softmax(logits_BV / temperature, dim=-1), top_p)
            chosen = [
                int(torch.multinomial(w, 1, generator=row.draw))
                for w, row in zip(weights_BV, rows, strict=True)
            ]
        for row, choice in zip(rows, chosen, strict=True):
            self._take(row, choice, stop)

    def _take(self, row: _Row, choice: int, stop: Stop) -> None:
        text, owed = self._bytes[choice], row.owed
        row.last, row.owed, new = choice, owed[len(text) :], text[len(owed) :]
        row.written += new
        row.limit -= bool(new)
        row.done = choice == self._end or row.limit <= 0
        if stop == "function" and b"\n" in row.written[:-1]:
            row.done |= _dedent(row.written) is not None

    def _held_to(self, owed: bytes) -> Tensor:
        """Return 0 for tokens that spell a beginning of `owed`, or all of it and more, and -inf for the others."""
        if owed not in self._spelling:
            fits = [bool(t) and (owed.startswith(t) or t.startswith(owed)) for t in self._bytes]
            self._spelling[owed] = torch.where(torch.tensor(fits), 0.0, -torch.inf)
        return self._spelling[owed]


def boundary(tokenizer: Tokenizer, texts: Sequence[bytes], prompt: str) -> Boundary:
    """Cut a prompt before the pre-token that a continuation may grow; `texts` are the tokens' bytes.

    "return x" and a newline are cut into the tokens of "return x" and the owed text of a newline.
    """
    encoding = tokenizer.encode(prompt, add_special_tokens=False)
    ids, words = list(encoding.ids), list(encoding.word_ids)
    taken: list[int] = []
    for _ in range(2 if _CONTRACTION.search(prompt) else 1):
        last = words[-1] if words else None
        while words and words[-1] == last:
            words.pop()
            taken.append(ids.pop())
    return Boundary(ids, b"".join(texts[id] for id in reversed(taken)))


class _Cache:
    """Keys and values of every layer in buffers of fixed length; row b holds its own number of them."""

    def __init__(self, cfg: ModelConfig, rows: int, slots: int) -> None:
        shape_BHSC = (rows, cfg.num_attention_heads, slots, cfg.head_dim)
        layers = range(cfg.num_hidden_layers)
        self._keys = [torch.zeros(shape_BHSC, dtype=working_dtype()) for _ in layers]
        self._values = [torch.zeros(shape_BHSC, dtype=working_dtype()) for _ in layers]

    def read_prompts(self) -> list[functools.partial[Tensor]]:
        """Return one `Attend` per layer for whole prompts, padded on the right, where no token before looks."""
        return [functools.partial(self._attend_prompts, layer) for layer in range(len(self._keys))]

    def read_next(self, positions_B: Tensor) -> list[functools.partial[Tensor]]:
        """Return one `Attend` per layer for one token per row, at the row's own position."""
        slots = int(positions_B.max()) + 1
        seen_B11S = (torch.arange(slots) <= positions_B[:, None])[:, None, None]
        return [
            functools.partial(self._attend_next, layer, positions_B, seen_B11S)
            for layer in range(len(self._keys))
        ]

    def keep(self, rows: Tensor) -> None:
        """Drop the rows that are not listed."""
        self._keys = [keys.index_select(0, rows) for keys in self._keys]
        self._values = [values.index_select(0, rows) for values in self._values]

    def _attend_prompts(self, layer: int, q_BHTC: Tensor, k_BHTC: Tensor, v_BHTC: Tensor) -> Tensor:
        time = k_BHTC.size(2)
        self._keys[layer][:, :, :time] = k_BHTC
        self._values[layer][:, :, :time] = v_BHTC
        return F.scaled_dot_product_attention(q_BHTC, k_BHTC, v_BHTC, is_causal=True)

    def _attend_next(
        self, layer: int, at_B: Tensor, seen_B11S: Tensor, q_BHTC: Tensor, k_BHTC: Tensor, v_BHTC: Tensor
    ) -> Tensor:
        keys, values, rows = self._keys[layer], self._values[layer], torch.arange(len(at_B))
        keys[rows, :, at_B] = k_BHTC[:, :, 0]
        values[rows, :, at_B] = v_BHTC[:, :, 0]
        slots = seen_B11S.size(-1)
        return F.scaled_dot_product_attention(
            q_BHTC, keys[:, :, :slots], values[:, :, :slots], attn_mask=seen_B11S
        )


def _nucleus(weights_BV: Tensor, top_p: float) -> Tensor:
    """Return the probabilities with all but the smallest set of mass `top_p` set to 0."""
    if top_p >= 1.0:
        return weights_BV
    ordered, order = weights_BV.sort(dim=-1, descending=True)
    ordered[ordered.cumsum(dim=-1) - ordered >= top_p] = 0.0
    return torch.zeros_like(weights_BV).scatter(-1, order, ordered)


def _dedent(written: bytes) -> int | None:
    """Return where the first line after the first begins that stands left of the body; None while none does."""
    start = written.find(b"\n") + 1
    while start:
        if start < len(written) and written[start : start + 1] not in (b" ", b"\t", b"\n", b"\r"):
            return start
        start = written.find(b"\n", start) + 1
    return None


def _text(row: _Row, stop: Stop) -> str:
    cut = _dedent(row.written) if stop == "function" else None
    return row.written[:cut].decode(errors="replace")
