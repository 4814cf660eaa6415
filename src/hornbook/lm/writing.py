"""One sample on its way: what it has written, and whether it is done.

A sample ends at the separator, before a stop string, before the line that ends its function, at its limit of
tokens, or where the model's context does.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from torch import Tensor

from hornbook.lm.sampling import Choice, Sampling

Finish = Literal["stop", "length", "cancelled"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """One token of a sample; log probabilities in nats, given that the prompt is spelled as it stands."""

    text: bytes
    """What it wrote after the prompt; empty for the separator."""
    logprob: float
    top: tuple[tuple[bytes, float], ...]
    """The likeliest tokens with their log probabilities, likeliest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """What a model wrote after a prompt."""

    text: str
    finish: Finish
    """"stop" where the text ended itself or at a stop rule, "length" at the limit of tokens or of the context."""
    num_tokens: int
    """Tokens that wrote text after the prompt."""
    tokens: tuple[Token, ...]
    """The tokens that wrote the text, and the separator where it ended there; empty unless asked for."""


@dataclass(slots=True, eq=False)
class Prompt:
    """What every sample of one prompt begins with."""

    ids: list[int]
    """A separator, because a document begins after one in training, and the tokens before the boundary."""
    owed: bytes
    """Text of the prompt that the first new tokens must spell."""
    num_tokens: int
    """Tokens of the whole prompt."""
    logits_V: Tensor | None = None
    """What follows `ids`, once they have been read."""


@dataclass(slots=True, eq=False)
class Row:
    """One sample on its way."""

    prompt: Prompt
    sampling: Sampling
    draw: random.Random
    stops: tuple[bytes, ...]
    owed: bytes
    position: int
    """Tokens that have been read: where the last one chosen goes."""
    last: int = 0
    written: bytes = b""
    end: int = 0
    """Bytes of `written` that belong to the sample."""
    num_tokens: int = 0
    tokens: list[tuple[int, Token]] = field(default_factory=list)
    """Each with the number of bytes written before it."""
    finish: Finish | None = None

    def take(self, choice: Choice, texts: Sequence[bytes], separator: int) -> None:
        """Note the next token, and whether the sample ends with it; `texts` are the tokens' bytes."""
        text, owed = texts[choice.id], self.owed
        self.last, self.owed, new = choice.id, owed[len(text) :], text[len(owed) :]
        if choice.logprob is not None and (new or choice.id == separator):
            top = tuple((texts[id][len(owed) :], value) for id, value in choice.top)
            self.tokens.append((len(self.written), Token(text=new, logprob=choice.logprob, top=top)))
        before, self.written = len(self.written), self.written + new
        self.num_tokens += bool(new)
        self.end = len(self.written)
        if choice.id == separator or (new and self._stopped(before)):
            self.finish = "stop"
        elif self.num_tokens >= self.sampling.max_new_tokens:
            self.finish = "length"

    def settled(self) -> int:
        """Return how many bytes of `written` stay whatever is written next."""
        if self.finish:
            return self.end
        held = 0
        for stop in self.stops:
            sizes = range(min(len(stop) - 1, len(self.written)), 0, -1)
            held = max(held, next((n for n in sizes if self.written.endswith(stop[:n])), 0))
        return len(self.written) - held

    def sample(self) -> Sample:
        """Return the sample, which must be done."""
        assert self.finish is not None, "only a row that is done is a sample"
        return Sample(
            text=self.written[: self.end].decode(errors="replace"),
            finish=self.finish,
            num_tokens=self.num_tokens,
            # A token that began before a stop string counts, even where the string begins inside it.
            tokens=tuple(token for before, token in self.tokens if before < self.end or not token.text),
        )

    def _stopped(self, before: int) -> bool:
        """Cut the sample where a stop rule ends it, if one does; `before` bytes were looked at earlier."""
        ends = []
        for stop in self.stops:
            ends.append(self.written.find(stop, max(0, before - len(stop) + 1)))
        if self.sampling.stop == "function":
            ends.append(_dedent(self.written))
        found = [end for end in ends if end >= 0]
        self.end = min(found, default=self.end)
        return bool(found)


def _dedent(written: bytes) -> int:
    """Return where the first line after the first begins that stands left of the body; -1 while none does."""
    start = written.find(b"\n") + 1
    while start:
        if start < len(written) and written[start : start + 1] not in (b" ", b"\t", b"\n", b"\r"):
            return start
        start = written.find(b"\n", start) + 1
    return -1
