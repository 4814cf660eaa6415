"""Completing prompts with a model: batched, with a key/value cache, and with the token boundary healed.

Prompts are worked on in an order of length, so that what is written together is about as long. decoder.py
computes, in_flight.py keeps the batch full, healing.py cuts prompts, sampling.py chooses tokens, and writing.py
ends samples.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path

from hornbook.draw import rng
from hornbook.lm.decoder import Decoder
from hornbook.lm.device import device, working_dtype
from hornbook.lm.export import load_model, use_threads
from hornbook.lm.healing import boundary
from hornbook.lm.in_flight import InFlight
from hornbook.lm.model import ModelConfig
from hornbook.lm.sampling import Sampling, Stop
from hornbook.lm.tokens import end_of_text, load_tokenizer, token_bytes
from hornbook.lm.writing import Prompt, Row, Sample

_ROWS, _ROWS_ON_A_GPU = 64, 512
"""Rows written at once; more were no faster per token on two cores. What a GPU gains is not measured yet."""
_CACHE_BYTES = 2**30
"""Keys and values of all rows at most, unless told otherwise: a large model writes fewer at once."""
_SORTED = 512
"""Prompts sorted by length at a time; answers come in the prompts' order, so this bounds the wait for one."""


class Generator:
    """A model, loaded once, that completes prompts."""

    def __init__(self, folder: Path, *, threads: int, cache_bytes: int = _CACHE_BYTES) -> None:
        """Load the model and its tokenizer from a Hugging Face folder; `cache_bytes` bounds keys and values."""
        use_threads(threads)
        model, dtype = load_model(folder).to(device()), working_dtype()
        self._decoder = Decoder(model, _rows(model.cfg, dtype.itemsize, cache_bytes), dtype)
        self._tokenizer = load_tokenizer(folder)
        self._texts = token_bytes(self._tokenizer)
        self._longest = max(map(len, self._texts))
        self._separator = end_of_text(self._tokenizer)

    @property
    def context(self) -> int:
        """Tokens of a prompt and what follows it, a separator before them included."""
        return self._decoder.cfg.max_position_embeddings

    @property
    def rows_at_once(self) -> int:
        """How many samples are written at once."""
        return self._decoder.rows

    def fewest_tokens(self, prompt: str) -> int:
        """Return how many tokens a prompt has at least, told by its bytes alone."""
        return -(-len(prompt.encode()) // self._longest)

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
        """Yield, prompt by prompt, the texts of `samples` with these settings."""
        sampling = Sampling(max_new_tokens=max_new_tokens, temperature=temperature, top_p=top_p, stop=stop)
        for samples in self.samples(prompts, sampling, num_samples=num_samples, seed=seed):
            yield [sample.text for sample in samples]

    def samples(
        self, prompts: Sequence[str], sampling: Sampling, *, num_samples: int = 1, seed: int = 0
    ) -> Iterator[list[Sample]]:
        """Yield, prompt by prompt, `num_samples` samples.

        A prompt that leaves less than a quarter of the model's context loses its beginning. Sample j of prompt i
        depends on the seed, i and j, not on what else is asked for.
        """
        flight, waiting = self.in_flight(), deque[Row]()
        made = deque[list[Row]]()
        num_made = num_given = 0
        while num_given < len(prompts):
            if len(waiting) < self._decoder.rows and num_made < len(prompts):
                chosen = range(num_made, min(num_made + _SORTED, len(prompts)))
                room = self._room(sampling.max_new_tokens)
                window = [
                    self.rows(prompts[i], sampling, num_samples=num_samples, seed=seed, number=i, room=room)
                    for i in chosen
                ]
                num_made += len(window)
                made.extend(window)
                for rows in sorted(window, key=lambda rows: rows[0].position):
                    waiting.extend(rows)
            flight.advance(waiting)
            while made and all(row.finish for row in made[0]):
                num_given += 1
                yield [row.sample() for row in made.popleft()]

    def rows(
        self,
        prompt: str,
        sampling: Sampling,
        *,
        num_samples: int = 1,
        seed: int = 0,
        number: int = 0,
        room: int | None = None,
    ) -> list[Row]:
        """Return the beginnings of a prompt's samples, for `InFlight.advance`; `number` is the prompt's own.

        Of the tokens before the boundary only the last `room` are kept.
        """
        cut = boundary(self._tokenizer, self._texts, prompt)
        kept = cut.ids if room is None else cut.ids[-room:]
        begun = Prompt([self._separator, *kept], cut.owed, cut.num_tokens)
        stops = tuple(stop.encode() for stop in sampling.stop_strings)
        return [
            Row(begun, sampling, rng(seed, f"sample/{number}", j), stops, cut.owed, len(begun.ids))
            for j in range(num_samples)
        ]

    def in_flight(self) -> InFlight:
        """Return an empty batch; the model has room for one at a time."""
        return InFlight(self._decoder, self._texts, self._separator)

    def loses_beginning(self, prompt: str, max_new_tokens: int) -> bool:
        """Say whether the prompt is too long for the model's context and will be cut from the left."""
        return len(boundary(self._tokenizer, self._texts, prompt).ids) > self._room(max_new_tokens)

    def _room(self, max_new_tokens: int) -> int:
        return self.context - min(max_new_tokens, self.context // 4) - 1


def _rows(cfg: ModelConfig, bytes_per_number: int, cache_bytes: int) -> int:
    """Return how many rows a decoder of this model may have."""
    numbers = 2 * cfg.num_hidden_layers * cfg.hidden_size * cfg.max_position_embeddings
    most = _ROWS if device().type == "cpu" else _ROWS_ON_A_GPU
    return max(1, min(most, cache_bytes // (numbers * bytes_per_number)))
