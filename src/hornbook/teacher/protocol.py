"""Request, Completion and Teacher: the one door between hornbook and whatever writes its texts.

A request carries the same wish twice: `slots` (data, read by the offline teacher) and `messages` (rendered
from the slots by a prompt template, read by an endpoint). Both answer in the same Markdown, which one parser
reads (`lessons/`), so a recipe changes its teacher by changing one argument.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, Protocol

import orjson

if TYPE_CHECKING:
    from hornbook.teacher.budget import Budget
    from hornbook.teacher.journal import Journal


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


class Model(Protocol):
    """A model that is asked in calls, which the journal keeps: behind an endpoint, or in a folder (lm/teach.py).

    `teacher_name`, `api` and `parameters` are identity.
    """

    @property
    def teacher_name(self) -> str:
        """Identity; never an address or a key."""
        ...

    @property
    def address(self) -> str:
        """Where it is, for people; no identity."""
        ...

    @property
    def api(self) -> Literal["chat", "completions"]:
        """Whether the messages are a chat, or one text that goes on."""
        ...

    @property
    def parameters(self) -> dict[str, Any]:
        """What shapes an answer besides the messages, as JSON values."""
        ...

    @property
    def max_tokens(self) -> int:
        """Longest answer, in tokens."""
        ...

    def teacher(
        self, *, journal: Journal, budget: Budget, say: Callable[[str], None]
    ) -> AbstractContextManager[Teacher]:
        """Return what asks it; to be closed."""
        ...
