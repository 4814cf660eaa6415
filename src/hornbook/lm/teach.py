"""A model in a Hugging Face folder as the teacher: its answers are written here, with no server between.

Calls go through the journal as an endpoint's do, under a name made from the folder's content, so a run that goes
on writes nothing twice. An answer depends on its request, the seed and the sample alone, and is the one that
`hornbook serve` gives to an endpoint's client with that seed; only rounding depends on the batch.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import orjson

from hornbook.errors import UsageError
from hornbook.lm.chat_template import ChatTemplate, plain_text
from hornbook.lm.device import device
from hornbook.lm.export import load_config
from hornbook.lm.generate import Generator
from hornbook.lm.memory import available_bytes, num_parameters
from hornbook.lm.sampling import Sampling
from hornbook.lm.teach_engine import TeachEngine
from hornbook.step import Context
from hornbook.teacher.budget import Budget
from hornbook.teacher.exchange import sample_seed
from hornbook.teacher.in_order import InOrder
from hornbook.teacher.journal import Journal
from hornbook.teacher.protocol import Completion, Request

_SHARE_OF_MEMORY = 0.5
"""Of what is free once the model is loaded: for keys and values of what is written at once."""
_AHEAD = 1024
"""Requests drawn ahead of the one to be yielded, so that a long answer holds nobody up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """Which model in which folder, asked how; `teacher_name`, `api` and `parameters` are identity.

    Raises UsageError for a folder that holds no model of ours, and for values that make no sense.
    """

    folder: Path
    """A Hugging Face folder, as a training step leaves it in `model`."""
    api: Literal["chat", "completions"] = "chat"
    """`chat` makes the folder's chat template of the messages, where it has one; `completions`, or no template,
    joins their texts by blank lines."""
    temperature: float = 1.0
    top_p: float = 1.0
    max_tokens: int = 2048
    """Longest answer, in tokens; the model's context may end it sooner."""
    stop: tuple[str, ...] = ()
    """Texts before which an answer ends."""
    seed: int = 0
    """Each sample draws from a seed of its own, made from this one."""
    threads: int = 0
    """Of torch; 0 for one per core."""

    def __post_init__(self) -> None:
        """Refuse what cannot work, before anything is written."""
        for name, least in (("max_tokens", 1), ("threads", 0)):
            if getattr(self, name) < least:
                raise UsageError(f"{name} is {getattr(self, name)}; it must be {least} or more")
        self.sampling()
        self.template()
        load_config(self.folder)

    @property
    def teacher_name(self) -> str:
        """`checkpoint@` and 16 hex digits over dimensions, weights, tokenizer and chat template."""
        template = self.template()
        shape = f"{load_config(self.folder).model_dump_json()}{template.source if template else ''}"
        files = (self.folder / name for name in ("model.safetensors", "tokenizer.json"))
        return f"checkpoint@{_digest(shape, *map(_stamped, files))}"

    @property
    def address(self) -> str:
        """The folder, for people and for the journal."""
        return str(self.folder)

    @property
    def parameters(self) -> dict[str, Any]:
        """What shapes an answer besides the messages, as JSON values."""
        return {
            "temperature": float(self.temperature),
            "top_p": float(self.top_p),
            "max_tokens": self.max_tokens,
            "stop": list(self.stop),
            "seed": self.seed,
        }

    def sampling(self) -> Sampling:
        """Return how an answer is written."""
        return Sampling(
            max_new_tokens=self.max_tokens,
            temperature=self.temperature,
            top_p=self.top_p,
            stop="end",
            stop_strings=self.stop,
        )

    def template(self) -> ChatTemplate | None:
        """Return what makes a prompt of messages; None where their texts are joined."""
        return ChatTemplate.read(self.folder) if self.api == "chat" else None

    def teacher(
        self, *, journal: Journal, budget: Budget, say: Callable[[str], None] = lambda line: None
    ) -> CheckpointTeacher:
        """Return the teacher that writes with this model."""
        return CheckpointTeacher(self, journal=journal, budget=budget, say=say)


class CheckpointTeacher:
    """A `Teacher` that is a model in a folder; use it as a context manager, or call `close`.

    The model is loaded when something is asked that the journal lacks. `budget` counts calls, tokens and hours.
    """

    def __init__(
        self, model: Checkpoint, *, journal: Journal, budget: Budget, say: Callable[[str], None]
    ) -> None:
        self._model = model
        self._template = model.template()
        self._journal, self._budget, self._say = journal, budget, say
        self._engine: TeachEngine | None = None
        self.name = model.teacher_name
        """The checkpoint's `teacher_name`."""

    def complete(self, requests: Iterable[Request | None]) -> Iterator[Completion]:
        """Yield one completion per request, in order; each is in the journal before it is yielded.

        Requests are drawn lazily, some way ahead of what was yielded. A request whose prompt is too long for the
        model is a completion with `finish == "error"`. Raises BudgetExceeded when the next call could break a cap.
        """
        in_order = InOrder(
            self._model, self._journal, self._running, body=self._body, ahead=_AHEAD, first=_AHEAD
        )
        try:
            yield from in_order.completions(iter(requests))
        finally:
            if self._engine is not None:
                self._engine.drop(in_order.turn)

    def __enter__(self) -> CheckpointTeacher:
        """Return the teacher."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the teacher."""
        self.close()

    def close(self) -> None:
        """Give up what is being written, and store what was. The journal stays open."""
        if self._engine is not None:
            self._engine.close()
            self._engine = None

    def _running(self) -> TeachEngine:
        if self._engine is None:
            threads = self._model.threads or Context().workers
            cache = _cache_bytes(self._model.folder)
            generator = Generator(self._model.folder, threads=threads, cache_bytes=cache)
            self._engine = TeachEngine(self._model, generator, self._journal, self._budget)
            self._say(f"writes {generator.rows_at_once} answers at once on {device().type}")
        return self._engine

    def _body(self, request: Request) -> bytes:
        messages = request.messages
        prompt = self._template.text(messages) if self._template else plain_text(messages)
        return orjson.dumps({"prompt": prompt, "seed": sample_seed(self._model.seed, request.sample)})


def _cache_bytes(folder: Path) -> int:
    """Return the bytes that keys and values may take; the weights lie in memory twice, once in float32."""
    weights = 2 * 4 * num_parameters(load_config(folder))
    return int(_SHARE_OF_MEMORY * max(0, available_bytes(device()) - weights))


def _stamped(path: Path) -> tuple[Path, int, int]:
    """Return a file with its size and time, by which it is told from a later one of its name."""
    try:
        status = path.stat()
    except OSError as error:
        raise UsageError(f"{path.parent} is not a model's folder: {error}") from None
    return path, status.st_size, status.st_mtime_ns


@cache
def _digest(shape: str, *files: tuple[Path, int, int]) -> str:
    """Return 16 hex digits over a text and the content of files, each of which is read once a process."""
    digest = hashlib.blake2b(shape.encode(), digest_size=8)
    for path, _, _ in files:
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()
