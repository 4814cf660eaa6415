"""Completing prompts with a model: batched, with a key/value cache, and with the token boundary healed.

A prompt that ends in a newline tokenises differently from the same text followed by an indented body, because
byte-pair merges cross the boundary. So the prompt's last tokens are taken back, and the first new tokens are
held to those that spell the same text (measured on one 3M-parameter model: 0 of 164 without, 20 of 164 with).
Rows of one batch have prompts of one length, so nothing is padded; a finished row leaves the batch.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import torch
from torch import Tensor
from torch.nn import functional as F

from hornbook.draw import rng
from hornbook.lm.export import load_model, use_threads
from hornbook.lm.tokens import end_of_text, load_tokenizer, token_bytes

ROWS = 64
"""Sequences decoded at once: enough for the matrix units, few enough for the cache."""
_TAKEN_BACK = 3
"""Tokens of the prompt's end that are spelled again: a merge seldom reaches further back than its white space."""


@dataclass(slots=True)
class _Row:
    """One sample on its way."""

    index: int
    """Which prompt and which of its samples."""
    ids: list[int]
    """Tokens of the prompt, without those taken back."""
    owed: bytes
    """Text of the prompt that the next tokens must spell."""
    draw: torch.Generator
    written: bytes = b""
    done: bool = False
    new: list[int] = field(default_factory=list)


class Generator:
    """A model, loaded once, that completes prompts."""

    def __init__(self, folder: Path, *, threads: int) -> None:
        """Load the model and its tokenizer from a Hugging Face folder."""
        use_threads(threads)
        self._model = load_model(folder)
        self._tokenizer = load_tokenizer(folder)
        self._bytes = token_bytes(self._tokenizer)
        self._end = end_of_text(self._tokenizer)
        self._context = self._model.cfg.max_position_embeddings

    def complete(
        self,
        prompts: Sequence[str],
        *,
        max_new_tokens: int = 192,
        temperature: float = 0.0,
        top_p: float = 1.0,
        num_samples: int = 1,
        seed: int = 0,
        stop: Literal["function", "end"] = "function",
    ) -> Iterator[list[str]]:
        """Yield, prompt by prompt, `num_samples` completions: the text after the prompt.

        With `stop="function"` a completion ends before the first line that begins left of the body; with
        "end" only at the end-of-text token. A prompt is cut from the left if it and the completion do not fit
        the model's context. Sample j of prompt i depends on the seed, i and j, not on the batch.
        """
        rows = [
            self._row(prompt, number * num_samples + sample, seed, max_new_tokens)
            for number, prompt in enumerate(prompts)
            for sample in range(num_samples)
        ]
        texts: dict[int, str] = {}
        emitted = 0
        for batch in _batches(rows):
            self._decode(batch, max_new_tokens, temperature, top_p, stop)
            texts |= {row.index: _text(row, stop) for row in batch}
            while all(emitted * num_samples + j in texts for j in range(num_samples)) and emitted < len(
                prompts
            ):
                yield [texts.pop(emitted * num_samples + j) for j in range(num_samples)]
                emitted += 1

    def _row(self, prompt: str, index: int, seed: int, max_new_tokens: int) -> _Row:
        ids = self._tokenizer.encode(prompt, add_special_tokens=False).ids
        kept, taken = ids[:-_TAKEN_BACK], ids[-_TAKEN_BACK:]
        room = self._context - min(max_new_tokens, self._context // 2) - len(taken) - 1
        draw = torch.Generator().manual_seed(rng(seed, "sample", index).getrandbits(63))
        # A document begins after a separator in training, so a prompt does here.
        ids = [self._end, *kept][-room:]
        return _Row(index=index, ids=ids, owed=b"".join(self._bytes[i] for i in taken), draw=draw)

    @torch.inference_mode()
    def _decode(self, rows: list[_Row], max_new: int, temperature: float, top_p: float, stop: str) -> None:
        """Write the rows' completions; all rows have prompts of one length."""
        cache = _Cache(self._model.cfg.num_hidden_layers)
        ids = torch.tensor([row.ids for row in rows])
        alive = rows
        position = 0
        while alive:
            positions = torch.arange(position, position + ids.size(1))
            hidden = self._model.hidden(ids, positions=positions, attends=cache.attends)
            logits = self._model.logits(hidden[:, -1])
            position += ids.size(1)
            for row, choice in zip(alive, self._choose(alive, logits, temperature, top_p), strict=True):
                self._take(row, choice, max_new, stop)
            full = position + 1 >= self._context
            left = [i for i, row in enumerate(alive) if not row.done and not full]
            if len(left) < len(alive):
                cache.keep(torch.tensor(left, dtype=torch.long))
            alive = [alive[i] for i in left]
            ids = torch.tensor([[row.new[-1]] for row in alive])

    def _choose(self, rows: Sequence[_Row], logits: Tensor, temperature: float, top_p: float) -> list[int]:
        for i, row in enumerate(rows):
            if row.owed:
                allowed = self._spelling(row.owed)
                masked = torch.full_like(logits[i], float("-inf"))
                masked[allowed] = logits[i][allowed]
                logits[i] = masked
        if temperature == 0.0:
            return [int(choice) for choice in logits.argmax(dim=-1)]
        weights = _nucleus(F.softmax(logits / temperature, dim=-1), top_p)
        return [int(torch.multinomial(weights[i], 1, generator=row.draw)) for i, row in enumerate(rows)]

    def _spelling(self, owed: bytes) -> Tensor:
        """Return the tokens that spell a beginning of `owed`, or all of it and more."""
        fits = [
            i
            for i, text in enumerate(self._bytes)
            if text and (owed.startswith(text) or text.startswith(owed))
        ]
        return torch.tensor(fits)

    def _take(self, row: _Row, choice: int, max_new: int, stop: str) -> None:
        row.new.append(choice)
        text = self._bytes[choice]
        if row.owed:
            row.written += text[len(row.owed) :]
            row.owed = row.owed[len(text) :]
        else:
            row.written += text
        row.done = choice == self._end or len(row.new) >= max_new + _TAKEN_BACK
        row.done |= stop == "function" and _dedent(row.written) is not None


class _Cache:
    """Keys and values of every layer, for the rows that are still alive."""

    def __init__(self, num_layers: int) -> None:
        self._keys: list[Tensor | None] = [None] * num_layers
        self._values: list[Tensor | None] = [None] * num_layers
        self.attends = [self._attend(layer) for layer in range(num_layers)]

    def _attend(self, layer: int):  # type: ignore[no-untyped-def]  # a closure of the type lm.model.Attend
        def attend(q_BHTC: Tensor, k_BHTC: Tensor, v_BHTC: Tensor) -> Tensor:
            old_k, old_v = self._keys[layer], self._values[layer]
            if old_k is not None and old_v is not None:
                k_BHTC = torch.cat((old_k, k_BHTC), dim=2)
                v_BHTC = torch.cat((old_v, v_BHTC), dim=2)
            self._keys[layer], self._values[layer] = k_BHTC, v_BHTC
            return F.scaled_dot_product_attention(q_BHTC, k_BHTC, v_BHTC, is_causal=old_k is None)

        return attend

    def keep(self, rows: Tensor) -> None:
        """Drop the rows that are not listed."""
        self._keys = [None if k is None else k[rows] for k in self._keys]
        self._values = [None if v is None else v[rows] for v in self._values]


def _batches(rows: Sequence[_Row]) -> Iterator[list[_Row]]:
    """Group rows whose prompts have one length, at most `ROWS` at a time, short ones first."""
    by_length: dict[int, list[_Row]] = {}
    for row in rows:
        by_length.setdefault(len(row.ids), []).append(row)
    for length in sorted(by_length):
        group = by_length[length]
        for start in range(0, len(group), ROWS):
            yield group[start : start + ROWS]


def _nucleus(weights: Tensor, top_p: float) -> Tensor:
    """Return the probabilities with all but the smallest set of mass `top_p` set to 0."""
    if top_p >= 1.0:
        return weights
    ordered, order = weights.sort(dim=-1, descending=True)
    ordered[ordered.cumsum(dim=-1) - ordered > top_p] = 0.0
    return torch.zeros_like(weights).scatter(-1, order, ordered)


def _dedent(written: bytes) -> int | None:
    """Return where the first line begins that stands left of the body; None while there is none."""
    start = 0
    while (newline := written.find(b"\n", start)) >= 0:
        start = newline + 1
        if start < len(written) and written[start : start + 1] not in (b" ", b"\t", b"\n", b"\r", b"#"):
            return start
    return None


def _text(row: _Row, stop: str) -> str:
    cut = _dedent(row.written) if stop == "function" else None
    return row.written[:cut].decode(errors="replace")
