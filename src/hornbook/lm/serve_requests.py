"""What a client may ask of the server: bodies of OpenAI's completions and chat completions, checked.

A parameter that would change an answer and is not supported is refused by name, never ignored. Reference:
platform.openai.com/docs/api-reference/completions and /chat.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, TypeVar

import orjson
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from hornbook.errors import UsageError
from hornbook.lm.sampling import Sampling

_HARMLESS = {
    "user",
    "metadata",
    "safety_identifier",
    "prompt_cache_key",
    "service_tier",
    "parallel_tool_calls",
}
"""Parameters that change nothing about an answer."""
_NEUTRAL: Mapping[str, tuple[Any, ...]] = {
    "best_of": (1,),
    "echo": (False,),
    "frequency_penalty": (0, 0.0),
    "presence_penalty": (0, 0.0),
    "logit_bias": ({},),
    "modalities": (["text"],),
    "response_format": ({"type": "text"},),
    "store": (False,),
    "suffix": ("",),
    "tool_choice": ("none", "auto"),
    "tools": ([],),
}
"""Parameters that are not supported, with the values that ask for nothing."""


class Refused(Exception):
    """A request that cannot be served as it stands; becomes an error object of OpenAI's form."""

    def __init__(
        self, message: str, *, param: str | None = None, code: str | None = None, status: int = 400
    ) -> None:
        super().__init__(message)
        self.param = param
        self.code = code
        self.status = status


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One request, as the generator understands it."""

    prompts: tuple[str, ...]
    sampling: Sampling
    num_samples: int
    seed: int
    stream: bool
    stream_usage: bool
    """Whether the counts come at the end of a stream."""
    chat: bool


class _Body(BaseModel):
    """A JSON object; types are taken as they stand, but for whole numbers where a fraction is allowed."""

    model_config = ConfigDict(extra="forbid", strict=True)


class _StreamOptions(_Body):
    include_usage: bool = False


_Stops = Annotated[list[Annotated[str, Field(min_length=1)]], Field(max_length=4)]


class _Shared(_Body):
    model: str | None = None
    n: Annotated[int, Field(ge=1, le=128)] = 1
    temperature: Annotated[float, Field(ge=0.0, le=2.0)] = 1.0
    top_p: Annotated[float, Field(gt=0.0, le=1.0)] = 1.0
    stop: Annotated[str, Field(min_length=1)] | _Stops = []
    seed: int | None = None
    stream: bool = False
    stream_options: _StreamOptions = _StreamOptions()


class _Completion(_Shared):
    prompt: str | Annotated[list[str], Field(min_length=1, max_length=128)]
    max_tokens: Annotated[int, Field(ge=1)] = 16
    logprobs: Annotated[int, Field(ge=0, le=5)] | None = None


class _Part(_Body):
    type: Literal["text"]
    text: str


class _Message(_Body):
    role: Literal["system", "developer", "user", "assistant"]
    content: str | Annotated[list[_Part], Field(fail_fast=True)]
    name: str | None = None


class _Chat(_Shared):
    messages: Annotated[list[_Message], Field(min_length=1, fail_fast=True)]
    """A million faulty ones took 27 seconds to list, in which nobody else was served."""
    max_tokens: Annotated[int, Field(ge=1)] | None = None
    max_completion_tokens: Annotated[int, Field(ge=1)] | None = None
    logprobs: bool = False
    top_logprobs: Annotated[int, Field(ge=0, le=20)] | None = None


def read_completion(body: bytes, served: str, context: int) -> Ask:
    """Read a body of /v1/completions for the model named `served`. Raises Refused."""
    asked = _read(_Completion, body, served)
    prompts = (asked.prompt,) if isinstance(asked.prompt, str) else tuple(asked.prompt)
    return _ask(asked, prompts, min(asked.max_tokens, context), asked.logprobs, chat=False)


def read_chat(body: bytes, served: str, context: int) -> Ask:
    """Read a body of /v1/chat/completions for the model named `served`. Raises Refused."""
    asked = _read(_Chat, body, served)
    limits = [n for n in (asked.max_tokens, asked.max_completion_tokens) if n is not None]
    if asked.top_logprobs is not None and not asked.logprobs:
        raise Refused("top_logprobs needs logprobs: true beside it", param="top_logprobs")
    logprobs = (asked.top_logprobs or 0) if asked.logprobs else None
    return _ask(asked, (chat_text(asked.messages),), min([*limits, context]), logprobs, chat=True)


def chat_text(messages: list[_Message]) -> str:
    """Return the text that a conversation is to our models: what was said, a blank line between two messages.

    They learned from pages and functions, not from conversations, so no role is marked; a lone message is the
    prompt itself, and a function's signature and docstring in it are answered with the body.
    """
    return "\n\n".join(
        message.content
        if isinstance(message.content, str)
        else "".join(part.text for part in message.content)
        for message in messages
    )


_Kind = TypeVar("_Kind", bound=_Shared)


def _read(kind: type[_Kind], body: bytes, served: str) -> _Kind:
    try:
        given = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise Refused(f"the body is not JSON: {error}") from error
    if not isinstance(given, dict):
        raise Refused("the body is not a JSON object")
    # A client library spells out what was not set as null.
    settings = {name: value for name, value in given.items() if value is not None and name not in _HARMLESS}
    for name in sorted(settings.keys() - kind.model_fields.keys()):
        if settings[name] not in _NEUTRAL.get(name, ()):
            raise Refused(f"parameter {name!r} is not supported; leave it out", param=name)
        del settings[name]
    try:
        asked = kind.model_validate(settings)
    except ValidationError as error:
        problems = error.errors()
        name = problems[0]["loc"][0]
        # A parameter of several forms fails once for each.
        found = dict.fromkeys(each["msg"] for each in problems if each["loc"][0] == name)
        raise Refused(f"{name}: {', or: '.join(found)}", param=str(name)) from error
    if asked.model not in (None, served):
        raise Refused(
            f"model {asked.model!r} is not served here; this server has {served!r}",
            param="model",
            code="model_not_found",
            status=404,
        )
    return asked


def _ask(asked: _Shared, prompts: tuple[str, ...], limit: int, logprobs: int | None, *, chat: bool) -> Ask:
    if asked.stream and logprobs is not None:
        raise Refused("logprobs are not sent in a stream; leave out one of the two", param="logprobs")
    try:
        sampling = Sampling(
            max_new_tokens=limit,
            temperature=asked.temperature,
            top_p=asked.top_p,
            stop="end",
            stop_strings=(asked.stop,) if isinstance(asked.stop, str) else tuple(asked.stop),
            logprobs=logprobs,
        )
    except UsageError as error:
        raise Refused(str(error)) from error
    return Ask(
        prompts=prompts,
        sampling=sampling,
        num_samples=asked.n,
        # Without a seed, asking twice gives two answers, as clients expect.
        seed=secrets.randbits(63) if asked.seed is None else asked.seed,
        stream=asked.stream,
        stream_usage=asked.stream_options.include_usage,
        chat=chat,
    )
