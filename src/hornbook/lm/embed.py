"""Texts as vectors: the mean of a model's last hidden states, scaled to length 1 (phi-1, section 5).

A text longer than the model's context is read in windows side by side; every token counts once. What the vectors
mean is what the model learned: near ones are alike to it. Nothing is trained here.

Shape suffixes as in model.py; W windows of a batch.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch

from hornbook.lm.export import use_threads
from hornbook.lm.foreign import load_for_states, load_reader

_ROWS = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class _Window:
    """A part of one text's tokens that fits the context, after a separator."""

    text: int
    ids: list[int]


class Embedder:
    """A model, loaded once, that embeds texts."""

    def __init__(self, folder: Path) -> None:
        """Load a llama and its tokenizer from a Hugging Face folder, ours or anybody's.

        Raises UsageError when it is none, or one that `foreign` refuses.

        It computes in float32 with one thread: a distance must not depend on the machine's cores.
        """
        use_threads(1)
        self._model = load_for_states(folder)
        self._tokenizer, self._first = load_reader(folder)

    def embed(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Return one row of length 1 per text, in order: N x D; the row of an empty text is 0."""
        windows = [window for number, text in enumerate(texts) for window in self._windows(number, text)]
        windows.sort(key=lambda window: len(window.ids))
        sums_ND = np.zeros((len(texts), self._model.cfg.hidden_size), dtype=np.float64)
        for start in range(0, len(windows), _ROWS):
            chosen = windows[start : start + _ROWS]
            for window, sum_D in zip(chosen, self._sums(chosen), strict=True):
                sums_ND[window.text] += sum_D
        # The mean and the sum point the same way.
        lengths_N1 = np.linalg.norm(sums_ND, axis=1, keepdims=True)
        scaled: npt.NDArray[np.float32] = (sums_ND / np.maximum(lengths_N1, 1e-12)).astype(np.float32)
        return scaled

    def _windows(self, number: int, text: str) -> list[_Window]:
        ids = self._tokenizer.encode(text, add_special_tokens=False).ids
        room = self._model.cfg.max_position_embeddings - 1
        starts = range(0, len(ids), room)
        return [_Window(text=number, ids=[self._first, *ids[start : start + room]]) for start in starts]

    @torch.inference_mode()
    def _sums(self, windows: Sequence[_Window]) -> npt.NDArray[np.float64]:
        """Return the sum of each window's states (W x D), the separator's left out.

        Padding stands on the right, where causal attention never looks.
        """
        longest = max(len(window.ids) for window in windows)
        ids_WT = torch.tensor([w.ids + [self._first] * (longest - len(w.ids)) for w in windows])
        counts_WT = torch.zeros(len(windows), longest)
        for row, window in enumerate(windows):
            counts_WT[row, 1 : len(window.ids)] = 1
        states_WTD = self._model.hidden(ids_WT)
        sums: npt.NDArray[np.float64] = (states_WTD * counts_WT[:, :, None]).sum(dim=1).double().numpy()
        return sums
