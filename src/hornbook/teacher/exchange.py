"""What is sent and what its answer says, as pure functions: the oddities of servers end here.

Servers answer 200 with an error inside, count tokens wrongly or not at all, give no choice or one too many,
give content as parts, leave the stop text in the answer, cut JSON short, send HTML, or stream although told not
to. `n` is never sent: some servers ignore it, and a sample is a call of its own. Sources: the servers'
documentation and measurements.
"""

from __future__ import annotations

import email.utils
import hashlib
import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeGuard

import orjson

from hornbook.teacher.protocol import Message, Usage

BYTES_PER_TOKEN = 4
"""English and code, roughly; used where a server counts nothing, and for what is not sent yet."""
_MOST_ADDED = 10_000
"""Tokens that a server may add to a prompt: chat templates, system prompts of its own."""
_SHOWN = 300
"""Characters of a server's error that are shown and stored."""
_FINISHES: Mapping[str, Literal["stop", "length"]] = {
    "stop": "stop",
    "eos": "stop",
    "eos_token": "stop",
    "stop_sequence": "stop",
    "end_turn": "stop",
    "": "stop",
    "length": "length",
    "max_tokens": "length",
}
_SHUT = {401, 402, 404, 405, 407}
"""Key, money, address, proxy: the next request fares no better."""
_AGAIN = {408, 409, 425}

Kind = Literal["answer", "busy", "slow", "fault", "unfit", "shut"]
"""An answer · no room now · no answer in time · try again · this request never will · no request will."""


class Unreadable(ValueError):
    """A response without an answer in it; its message says what it is instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a model said."""

    text: str
    finish: Literal["stop", "length", "error"]
    error: str
    model: str
    usage: Usage


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What came of one attempt."""

    kind: Kind
    status: int = 0
    """HTTP status; 0 where no response came."""
    body: str = ""
    error: str = ""
    answer: Answer | None = None
    wait: float | None = None
    """Seconds that the server wants to be left alone."""
    usage: Usage | None = None
    """What was billed; None where nobody knows."""
    reached: bool = True
    """Whether a server may have begun to work."""


def body(
    *,
    api: str,
    model: str,
    messages: Sequence[Message],
    parameters: Mapping[str, Any],
    max_tokens_field: str,
    sample: int,
) -> bytes:
    """Return the JSON to post."""
    sent = {key: value for key, value in parameters.items() if key not in ("max_tokens", "seed")}
    sent |= {"model": model, "stream": False, max_tokens_field: parameters["max_tokens"]}
    if (seed := parameters.get("seed")) is not None:
        sent["seed"] = sample_seed(seed, sample)
    if api == "chat":
        sent["messages"] = [{"role": m.role, "content": m.content} for m in messages]
    else:
        # A string: some servers refuse the list that the interface allows.
        sent["prompt"] = "\n\n".join(m.content for m in messages)
    return orjson.dumps(sent)


def sample_seed(seed: int, sample: int) -> int:
    """Return a sample's own seed, of 31 bits: llama.cpp and vLLM refuse larger ones."""
    digest = hashlib.blake2b(f"{seed}/{sample}".encode(), digest_size=4).digest()
    return int.from_bytes(digest) >> 1


def stops_of(parameters: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the texts before which an answer ends."""
    stop = parameters.get("stop") or ()
    given = (stop,) if isinstance(stop, str) else stop
    return tuple(text for text in given if isinstance(text, str) and text)


def read_answer(raw: str | bytes, *, prompt_bytes: int, max_tokens: int, stops: Sequence[str] = ()) -> Answer:
    """Read the body of a response; raises Unreadable where there is no answer in it.

    The text is cut before the first of `stops`, which some servers leave in it.
    """
    try:
        found = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise Unreadable(f"not JSON ({error}): {_short(raw)}") from None
    if not isinstance(found, dict):
        raise Unreadable(f"no JSON object: {_short(raw)}")
    choices = found.get("choices")
    if not isinstance(choices, list) or not choices or not isinstance(choices[0], dict):
        raise Unreadable(f"no choice: {_short(raw)}")
    text, finish, wrong = _choice(choices[0], stops)
    usage = _usage(found.get("usage"), prompt_bytes, max_tokens, sum(_length(c) for c in choices))
    model = found.get("model")
    return Answer(
        text=text,
        finish=finish,
        error=wrong,
        model=_short(model) if isinstance(model, str) else "",
        usage=usage,
    )


def read_reply(
    status: int,
    headers: Mapping[str, str],
    raw: bytes,
    *,
    prompt_bytes: int,
    max_tokens: int,
    stops: Sequence[str] = (),
) -> Reply:
    """Say what a response means for the request that it answers, and for the ones to come."""
    text = raw.decode(errors="replace")
    unreadable = ""
    if 200 <= status < 300:
        try:
            answer = read_answer(text, prompt_bytes=prompt_bytes, max_tokens=max_tokens, stops=stops)
            return Reply(kind="answer", status=status, body=text, answer=answer, usage=answer.usage)
        except Unreadable as error:
            unreadable = f"{headers.get('Content-Type', 'no type')}: {error}"
    wait = retry_after(headers)
    if unreadable:
        inner = _error_status(raw)
        if inner is None:
            return Reply(kind="fault", status=status, body=text, error=unreadable, wait=wait)
        status = inner
    away = headers.get("Location") if 300 <= status < 400 else None
    return Reply(
        kind=_kind(status, text, wait),
        status=status,
        body=text,
        error=f"HTTP {status}: {_short(f'it redirects to {away}') if away else _reason(raw)}",
        wait=wait,
        usage=Usage(tokens_in=0, tokens_out=0),
    )


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Return the seconds that `Retry-After` asks for, as a number or a date; None where it asks nothing."""
    for name, unit in (("retry-after-ms", 1000), ("Retry-After", 1)):
        try:
            seconds = float(headers.get(name, "")) / unit
        except ValueError:
            continue
        if math.isfinite(seconds):
            return max(seconds, 0.0)
    try:
        date = email.utils.parsedate_to_datetime(headers.get("Retry-After", ""))
    except (TypeError, ValueError):
        return None
    return max(date.timestamp() - time.time(), 0.0)


def _kind(status: int, text: str, wait: float | None) -> Kind:
    if status == 429:
        # OpenAI says 429 also where the money is gone, which no waiting mends.
        return "shut" if "insufficient_quota" in text else "busy"
    if status in (503, 529) and wait is not None:
        return "busy"
    if status >= 500 or status in _AGAIN:
        return "fault"
    return "shut" if status in _SHUT or status < 400 else "unfit"


def _choice(
    choice: Mapping[str, Any], stops: Sequence[str]
) -> tuple[str, Literal["stop", "length", "error"], str]:
    """Return text, finish and error of a choice."""
    text, reason = _text(choice), choice.get("finish_reason")
    if ends := [text.index(stop) for stop in stops if stop in text]:
        text, reason = text[: min(ends)], "stop"
    name = reason.lower() if isinstance(reason, str) else ""
    finish = _FINISHES.get(name)
    if finish is None:
        return text, "error", f"the server ended the answer with {_short(name)!r}"
    if not text.strip():
        return text, "error", f"the answer has no text (finish_reason {name!r})"
    return text, finish, ""


def _text(choice: Mapping[str, Any]) -> str:
    message = choice.get("message")
    content = message.get("content") if isinstance(message, dict) else choice.get("text")
    if isinstance(content, list):
        parts = [part.get("text") for part in content if isinstance(part, dict)]
        return "".join(part for part in parts if isinstance(part, str))
    return content if isinstance(content, str) else ""


def _length(choice: Any) -> int:
    return len(_text(choice).encode()) if isinstance(choice, dict) else 0


def _usage(given: Any, prompt_bytes: int, max_tokens: int, text_bytes: int) -> Usage:
    """Return what the server counted where it is possible, else our estimate: a token is a byte at least."""
    estimate = Usage(
        tokens_in=math.ceil(prompt_bytes / BYTES_PER_TOKEN),
        tokens_out=math.ceil(text_bytes / BYTES_PER_TOKEN),
        estimated=True,
    )
    if not isinstance(given, dict):
        return estimate
    tokens_in, tokens_out = given.get("prompt_tokens"), given.get("completion_tokens")
    if not (_count(tokens_in) and _count(tokens_out)):
        return estimate
    possible_in = 0 < tokens_in <= prompt_bytes + _MOST_ADDED
    possible_out = (tokens_out > 0 or not text_bytes) and tokens_out <= max(max_tokens, text_bytes) + 1
    if not (possible_in and possible_out):
        return estimate
    details = given.get("prompt_tokens_details")
    cached = details.get("cached_tokens") if isinstance(details, dict) else 0
    return Usage(tokens_in=tokens_in, tokens_out=tokens_out, tokens_cached=cached if _count(cached) else 0)


def _count(value: Any) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _error_status(raw: bytes) -> int | None:
    """Return the status inside a 200 that carries an error, as OpenRouter sends it; None where there is none."""
    error = _error(raw)
    if error is None:
        return None
    code = error.get("code")
    return code if _count(code) and 400 <= code < 600 else 500


def _error(raw: bytes) -> Mapping[str, Any] | None:
    try:
        found = orjson.loads(raw)
    except orjson.JSONDecodeError:
        return None
    error = found.get("error") if isinstance(found, dict) else None
    return {"message": error} if isinstance(error, str) else error if isinstance(error, dict) else None


def _reason(raw: bytes) -> str:
    error = _error(raw)
    message = error.get("message") if error else None
    return _short(message if isinstance(message, str) else raw)


def printable(text: str) -> str:
    """Return a text in one line, without what moves a terminal's cursor or no file can hold."""
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in " ".join(text.split()))


def _short(raw: str | bytes) -> str:
    # A server gone mad may have sent 64 MB.
    text = raw[: 8 * _SHOWN].decode(errors="replace") if isinstance(raw, bytes) else raw[: 8 * _SHOWN]
    text = printable(text)
    return f"{text[:_SHOWN]}..." if len(text) > _SHOWN else text or "nothing"
