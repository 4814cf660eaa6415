"""Request, Completion and Teacher: the one door between hornbook and whatever writes its texts.

A request carries the same wish twice: `slots` (data, read by the offline teacher) and `messages` (rendered
from the slots by a prompt template, read by an endpoint). Both answer in the same Markdown, which one parser
reads (`lessons/`), so a recipe changes its teacher by changing one argument.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol

import orjson


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One turn of a chat, as OpenAI-compatible endpoints take it."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One text that is wanted from a teacher."""

    kind: Literal["textbook", "exercise"]
    seed: str
    """Coordinates of the randomness, `run_seed/step/index`; the offline teacher draws from it."""
    slots: Mapping[str, Any]
    """JSON values only: concept, audience, form, difficulty, words that must occur, ..."""
    messages: tuple[Message, ...]
    sample: int = 0
    """Which of several answers to the same messages is wanted; part of the journal's key.

    A plan that may ask the same thing twice numbers its requests here: equal messages with equal samples are
    one call, and share its answer."""

    @property
    def prompt_hash(self) -> str:
        """32 hex digits over the rendered messages."""
        payload = orjson.dumps([(m.role, m.content) for m in self.messages])
        return hashlib.blake2b(payload, digest_size=16).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """What an answer cost, in tokens."""

    tokens_in: int
    tokens_out: int
    tokens_cached: int = 0
    """Those of `tokens_in` that the server had in its cache, which some sell for less."""
    estimated: bool = False
    """Counted by us, at four characters a token, since the server said nothing or something impossible."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion:
    """A teacher's answer; a failed answer is a value with `finish == "error"`, not an exception."""

    request: Request
    text: str
    finish: Literal["stop", "length", "error"]
    error: str = ""
    model: str = ""
    """Model as the server named it."""
    journal_key: str = ""
    """Key of the stored answer; empty where the answer is recomputed, not paid for."""
    usage: Usage | None = None
    """None where nothing was paid by the token."""
    replayed: bool = False
    """Taken from the journal: this run paid nothing for it."""


class Teacher(Protocol):
    """Whatever answers requests."""

    @property
    def name(self) -> str:
        """Identity for provenance and fingerprints; never an address or a key."""
        ...

    def complete(self, requests: Iterable[Request]) -> Iterator[Completion]:
        """Yield one completion per request, in order."""
        ...
