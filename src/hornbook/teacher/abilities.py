"""What a server can do, as its answers show: many take a field with status 200 and ignore it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson

from hornbook.teacher.caller import SHORT, Caller
from hornbook.teacher.exchange import Reply
from hornbook.teacher.profile import Ability

MOST_CALLS = 9
"""Of `abilities`, with the answer that it is given."""

COUNT = "Count from one to thirty in English words, separated by commas."
"""Its answer at temperature 0 is the same each time, and long enough to be stopped."""
_WORDS = "Write down ten random English words."
_PROSE = "Describe the sea in one plain sentence. Answer in prose, not in JSON."
_SCHEMA = {
    "type": "object",
    "properties": {"colour": {"type": "string"}},
    "required": ["colour"],
    "additionalProperties": False,
}
_FORMS: Mapping[str, Mapping[str, Any]] = {
    "JSON mode": {"type": "json_object"},
    "JSON schema": {"type": "json_schema", "json_schema": {"name": "sea", "strict": True, "schema": _SCHEMA}},
}
_STOP_CHARACTERS = 5
_SAME_LOGPROB = 1e-9


async def abilities(caller: Caller, first: Reply) -> tuple[Ability, ...]:
    """Return what a server can do; `first` is its answer to `COUNT` at temperature 0."""
    return (
        _usage(first),
        _max_tokens(first),
        await _n(caller),
        await _stop(caller, first),
        await _seed(caller),
        *[await _json(caller, name) for name in _FORMS],
        await _logprobs(caller),
    )


def _usage(reply: Reply) -> Ability:
    if reply.usage is None or reply.usage.estimated:
        return Ability(name="usage", found="ignored", detail="it counts no tokens, or impossible ones")
    counted = f"{reply.usage.tokens_in} tokens read, {reply.usage.tokens_out} written"
    return Ability(name="usage", found="works", detail=counted)


def _max_tokens(reply: Reply) -> Ability:
    name, written = "max_tokens", 0 if reply.usage is None else reply.usage.tokens_out
    # Half as much again: where the server counts nothing, characters were divided by four.
    if written > SHORT * 1.5:
        return Ability(name=name, found="ignored", detail=f"{written} tokens where {SHORT} were allowed")
    if reply.answer is not None and reply.answer.finish == "length":
        return Ability(name=name, found="works", detail=f"cut at {SHORT} tokens, and said so")
    return Ability(name=name, found="unclear", detail=f"the answer ended by itself after {written} tokens")


async def _n(caller: Caller) -> Ability:
    reply = await caller.ask(_WORDS, n=2)
    if reply.kind != "answer":
        return _refused("n", reply)
    number = len(_choices(reply))
    return Ability(
        name="n",
        found="works" if number == 2 else "ignored",
        detail=f"{number} choice{'s' * (number != 1)} for n=2",
    )


async def _stop(caller: Caller, first: Reply) -> Ability:
    """A piece from the middle of an answer at temperature 0 must end the same answer before it."""
    whole = _text(first)
    piece = whole[len(whole) // 2 :][:_STOP_CHARACTERS]
    if len(piece.strip()) < _STOP_CHARACTERS - 1:
        return Ability(name="stop", found="unclear", detail="the first answer has too little text to stop at")
    reply = await caller.ask(COUNT, temperature=0.0, stop=[piece])
    if reply.kind != "answer":
        return _refused("stop", reply)
    text = _text(reply)
    before = whole[: whole.index(piece)]
    if piece in text.removesuffix(piece):
        return Ability(name="stop", found="ignored", detail=f"the answer goes on after {piece!r}")
    if text.removesuffix(piece).strip() == before.strip():
        return Ability(name="stop", found="works", detail=f"the answer ends before {piece!r}")
    return Ability(name="stop", found="unclear", detail="temperature 0 gave another answer than before")


async def _seed(caller: Caller) -> Ability:
    """The same seed twice, then another: equal, equal, different."""
    replies = [await caller.ask(_WORDS, seed=1, sample=sample) for sample in (0, 0, 1)]
    if failed := next((reply for reply in replies if reply.kind != "answer"), None):
        return _refused("seed", failed)
    first, again, other = map(_text, replies)
    if not first:
        return Ability(name="seed", found="unclear", detail="the answers have no text")
    if first != again:
        return Ability(name="seed", found="ignored", detail="one seed gave two answers")
    if first == other:
        return Ability(name="seed", found="unclear", detail="all answers are equal, whatever the seed")
    return Ability(name="seed", found="works", detail="one seed one answer, another seed another")


async def _json(caller: Caller, name: str) -> Ability:
    """JSON comes although prose was asked for."""
    reply = await caller.ask(_PROSE, response_format=_FORMS[name])
    if reply.kind != "answer":
        return _refused(name, reply)
    text = _text(reply).strip()
    cut = reply.answer is not None and reply.answer.finish == "length"
    if not text:
        return Ability(name=name, found="unclear", detail="the answer has no text")
    if not text.startswith("{"):
        return Ability(name=name, found="ignored", detail="prose came")
    if not cut and not _fits(text, name):
        return Ability(name=name, found="ignored", detail="what came only looks like it")
    return Ability(name=name, found="works", detail="JSON came where prose was asked for" + ", cut" * cut)


def _fits(text: str, name: str) -> bool:
    try:
        found = orjson.loads(text)
    except orjson.JSONDecodeError:
        return False
    return name != "JSON schema" or (isinstance(found, dict) and list(found) == ["colour"])


async def _logprobs(caller: Caller) -> Ability:
    chat = caller.endpoint.api == "chat"
    fields: dict[str, Any] = {"logprobs": True, "top_logprobs": 2} if chat else {"logprobs": 2}
    reply = await caller.ask(_WORDS, **fields)
    if reply.kind != "answer":
        return _refused("logprobs", reply)
    numbers = _numbers(_choices(reply)[0].get("logprobs"))
    if not numbers:
        return Ability(name="logprobs", found="ignored", detail="the answer has none")
    if all(abs(number) < _SAME_LOGPROB for number in numbers) or max(numbers) > _SAME_LOGPROB:
        return Ability(
            name="logprobs", found="ignored", detail="the numbers are no logarithms of probabilities"
        )
    return Ability(name="logprobs", found="works", detail=f"of {len(numbers)} tokens")


def _numbers(found: Any) -> list[float]:
    """Return the log probability of each token, as chats and as plain completions have them."""
    if not isinstance(found, dict):
        return []
    content = found.get("content")
    given = found.get("token_logprobs")
    if isinstance(content, list):
        given = [token.get("logprob") for token in content if isinstance(token, dict)]
    # The first token of a plain completion has none.
    return [float(number) for number in given or () if isinstance(number, int | float)]


def _refused(name: str, reply: Reply) -> Ability:
    return Ability(name=name, found="refused", detail=reply.error)


def _text(reply: Reply) -> str:
    return "" if reply.answer is None else reply.answer.text


def _choices(reply: Reply) -> list[dict[str, Any]]:
    choices: list[dict[str, Any]] = orjson.loads(reply.body)["choices"]
    return choices
