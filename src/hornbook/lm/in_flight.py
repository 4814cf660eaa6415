"""Samples that are written together: one that is done makes room for the next at once, so the batch stays full.

After Orca's iteration-level scheduling (Yu et al., OSDI 2022 §3.1). A prompt is read alone and once for all of its
samples. What a sample says depends on no other one, but for rounding: a product of more rows may round otherwise.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

import torch
from torch import Tensor

from hornbook.lm.decoder import Decoder
from hornbook.lm.healing import Spelling
from hornbook.lm.sampling import choose
from hornbook.lm.writing import Row


class InFlight:
    """The rows of one decoder."""

    def __init__(self, decoder: Decoder, texts: Sequence[bytes], separator: int) -> None:
        """Begin with no rows; `texts` are the tokens' bytes."""
        self._decoder = decoder
        self._texts = texts
        self._separator = separator
        self._spelling = Spelling(texts, decoder.device)
        self._rows: list[Row | None] = []
        """Where each row of the cache is used; None for a place that became free."""

    @property
    def num_free(self) -> int:
        """How many samples may begin."""
        return self._decoder.rows - sum(row is not None for row in self._rows)

    @torch.inference_mode()
    def advance(self, waiting: deque[Row]) -> None:
        """Let in as many waiting rows as there is room for, and write one token of every row.

        A row that is done has a `finish`; one that someone else has given it is dropped.
        """
        self._admit(waiting)
        rows = self._compacted()
        if rows:
            logits_BV = self._decoder.step([row.last for row in rows], [row.position for row in rows])
            for row in rows:
                row.position += 1
            self._extend(rows, logits_BV)
        self._rows = [None if row.finish else row for row in rows]

    def _admit(self, waiting: deque[Row]) -> None:
        """Put waiting rows into free places, their first token chosen."""
        self._rows = [None if row is None or row.finish else row for row in self._rows]
        while waiting and self.num_free:
            row = waiting.popleft()
            if row.finish is None:
                place = self._rows.index(None) if None in self._rows else len(self._rows)
                self._extend([row], self._read(row, place)[None])
                self._rows[place : place + 1] = [None if row.finish else row]

    def _read(self, row: Row, place: int) -> Tensor:
        """Put a row's prompt into a place of the cache and return the logits (V) of what follows."""
        prompt = row.prompt
        beside = (n for n, other in enumerate(self._rows) if other is not None and other.prompt is prompt)
        source = next(beside, None)
        if source is None or prompt.logits_V is None:
            prompt.logits_V = self._decoder.read(place, prompt.ids)
        else:
            self._decoder.copy(source, place, len(prompt.ids))
        return prompt.logits_V.clone()

    def _compacted(self) -> list[Row]:
        """Move rows from the end into free places, so that the first ones of the cache are used."""
        rows: list[Row] = []
        left = deque(enumerate(self._rows))
        while left:
            place, row = left.popleft()
            while row is None and left:
                source, row = left.pop()
                if row is not None:
                    self._decoder.copy(source, place, row.position)
            if row is not None:
                rows.append(row)
        return rows

    def _extend(self, rows: Sequence[Row], logits_BV: Tensor) -> None:
        """Choose the next token of every row and note what it writes."""
        logits_BV = logits_BV[
            :, : len(self._texts)
        ]  # a model may have room for more tokens than its tokenizer
        for index, row in enumerate(rows):
            if row.owed:
                logits_BV[index] += self._spelling.mask(row.owed)
        draws = [row.draw.random() for row in rows]
        choices = choose(logits_BV, [row.sampling for row in rows], draws)
        for row, choice in zip(rows, choices, strict=True):
            row.take(choice, self._texts, self._separator)
            if row.finish is None and row.position >= self._decoder.cfg.max_position_embeddings:
                row.finish = "length"
