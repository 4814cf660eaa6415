"""Texts as vectors: the mean of a model's last hidden states, scaled to length 1 (phi-1, section 5).

A text longer than the model's context is read in windows side by side; every token counts once. What the vectors
mean is what the model learned: near ones are alike to it. Nothing is trained here.

Shape suffixes as in model.py; W windows of a batch.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch

from hornbook.errors import UsageError
from hornbook.lm.export import OtherModel, use_threads
from hornbook.lm.foreign import Reader, llama_reader
from hornbook.lm.transformers_reader import transformers_reader

_ROWS = 32
_TOKENS = 32_768
"""Of a batch, padding included, so that a long context does not take its square of memory 32 times."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Window:
    """A part of one text's tokens that fits the context, special tokens around it."""

    text: int
    ids: list[int]
    """The tokens alone."""


class Embedder:
    """A model, loaded once, that embeds texts."""

    def __init__(self, folder: Path) -> None:
        """Load a model and its tokenizer from a Hugging Face folder, ours or anybody's.

        Llamas need nothing more; any other causal model or encoder needs the extra `transformers`. Raises
        UsageError when the folder holds none, or one that takes too few tokens; TrainingUnavailable where the
        extra is missing.

        It computes in float32 with one thread: a distance must not depend on the machine's cores.
        """
        use_threads(1)
        self._reader = _reader(folder)
        if self._reader.context <= self._num_around:
            raise UsageError(
                f"{folder}: the model reads {self._reader.context} tokens at once, and {self._num_around} of them "
                "stand around a text; give one with a longer context"
            )

    def embed(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Return one row of length 1 per text, in order: N x D; the row of an empty text is 0."""
        windows = [window for number, text in enumerate(texts) for window in self._windows(number, text)]
        windows.sort(key=lambda window: len(window.ids))
        sums_ND = np.zeros((len(texts), self._reader.width), dtype=np.float64)
        for chosen in self._batches(windows):
            for window, sum_D in zip(chosen, self._sums(chosen), strict=True):
                sums_ND[window.text] += sum_D
        # The mean and the sum point the same way.
        lengths_N1 = np.linalg.norm(sums_ND, axis=1, keepdims=True)
        scaled: npt.NDArray[np.float32] = (sums_ND / np.maximum(lengths_N1, 1e-12)).astype(np.float32)
        return scaled

    def _windows(self, number: int, text: str) -> list[_Window]:
        ids = self._reader.encode(text)
        room = self._reader.context - self._num_around
        return [_Window(text=number, ids=ids[start : start + room]) for start in range(0, len(ids), room)]

    @property
    def _num_around(self) -> int:
        return len(self._reader.before) + len(self._reader.after)

    def _batches(self, windows: Sequence[_Window]) -> Iterator[Sequence[_Window]]:
        """Yield runs of windows, the shortest first, of at most 32 and, of more than one, `_TOKENS`."""
        start = 0
        while start < len(windows):
            stop = start + 1
            while (
                stop < min(len(windows), start + _ROWS)
                and (stop + 1 - start) * (len(windows[stop].ids) + self._num_around) <= _TOKENS
            ):
                stop += 1
            yield windows[start:stop]
            start = stop

    @torch.inference_mode()
    def _sums(self, windows: Sequence[_Window]) -> npt.NDArray[np.float64]:
        """Return the sum of the states of each window's own tokens (W x D); padding stands on the right."""
        reader = self._reader
        rows = [[*reader.before, *window.ids, *reader.after] for window in windows]
        longest = max(map(len, rows))
        ids_WT = torch.tensor([row + [reader.padding] * (longest - len(row)) for row in rows])
        mask_WT = torch.tensor([[1] * len(row) + [0] * (longest - len(row)) for row in rows])
        counts_WT = torch.zeros(len(windows), longest)
        for row, window in enumerate(windows):
            counts_WT[row, len(reader.before) : len(reader.before) + len(window.ids)] = 1
        states_WTD = reader.hidden(ids_WT, mask_WT)
        sums: npt.NDArray[np.float64] = (states_WTD * counts_WT[:, :, None]).sum(dim=1).double().numpy()
        return sums


def _reader(folder: Path) -> Reader:
    try:
        return llama_reader(folder)
    except OtherModel as other:
        return transformers_reader(folder, str(other))
