"""Measuring an endpoint: what it says of itself, what its answers show that it can do, and how fast it answers."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass

from hornbook.errors import TeacherUnavailable
from hornbook.teacher import abilities
from hornbook.teacher.budget import Budget
from hornbook.teacher.caller import SHORT, Caller
from hornbook.teacher.client import Client
from hornbook.teacher.endpoint import Endpoint
from hornbook.teacher.exchange import Reply
from hornbook.teacher.profile import Profile, Rate
from hornbook.teacher.protocol import Usage
from hornbook.teacher.served import Served, find_served, said_context

LEVELS = (1, 4, 16)
"""Calls in flight at which speed is measured."""
_LONG = 128
"""Most tokens of an answer that shows speed."""
_CONTEXTS = (4096, 16_384)
"""Words of the prompts that are tried where a server says nothing of its context; each is a token at least."""
_SLOW_PROMPT = 20.0
"""Seconds that one of these prompts takes from which on no longer one is tried."""
_LONGEST_LEVEL = 180.0
"""Seconds that a measurement of speed may be expected to take: so slow a server is not asked for more at once."""
_CUT = 0.5
"""A server that read less than this share of a prompt has cut it."""
_PROMPT = 40
"""Tokens of the other prompts, at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """What a measurement costs at most, where no call must be repeated."""

    calls: int
    usage: Usage


def ahead() -> Ahead:
    """Return what `measure` costs at most."""
    calls = abilities.MOST_CALLS + sum(LEVELS)
    usage = Usage(
        tokens_in=_PROMPT * calls + sum(_CONTEXTS),
        tokens_out=SHORT * (abilities.MOST_CALLS + 1) + _LONG * sum(LEVELS) + len(_CONTEXTS),
    )
    return Ahead(calls=calls + len(_CONTEXTS), usage=usage)


def measure(endpoint: Endpoint, budget: Budget, say: Callable[[str], None] = lambda line: None) -> Profile:
    """Ask an endpoint some thirty times and return what its answers show; `say` gets a line before each part.

    Raises TeacherUnavailable where it answers nothing, and BudgetExceeded.
    """
    return asyncio.run(_measure(endpoint, budget, say))


def look(endpoint: Endpoint) -> Served:
    """Return what a server says of itself, without asking the model anything."""

    async def looked() -> Served:
        client = Client(endpoint)
        try:
            return await find_served(client, endpoint)
        finally:
            await client.close()

    return asyncio.run(looked())


async def _measure(endpoint: Endpoint, budget: Budget, say: Callable[[str], None]) -> Profile:
    client = Client(endpoint)
    caller = Caller(endpoint, client, budget)
    try:
        served = await find_served(client, endpoint)
        say("asks what it can do")
        first = await caller.ask(abilities.COUNT, temperature=0.0)
        if first.kind != "answer":
            raise TeacherUnavailable(
                f"teacher {endpoint.teacher_name!r} at {endpoint.address} gives no answer: {first.error}. "
                "Check address, model and key"
            )
        able = await abilities.abilities(caller, first)
        context, source = served.context, served.context_source
        if context is None:
            say("looks how long a prompt may be")
            context, source = await _context(caller, first)
        say(f"measures its speed with {', '.join(map(str, LEVELS))} calls in flight")
        rates = await _rates(caller)
    finally:
        await client.close()
    return Profile(
        teacher=endpoint.teacher_name,
        model=endpoint.model,
        address=endpoint.address,
        api=endpoint.api,
        measured=round(time.time(), 3),
        models=served.models,
        no_models=served.error,
        context=context,
        context_source=source,
        at_once=served.at_once,
        abilities=able,
        rates=rates,
    )


async def _context(caller: Caller, first: Reply) -> tuple[int | None, str]:
    """Return the context and how it was found, by prompts of growing length; `first` answered a short one."""
    fits, counts = 0, False
    for words in _CONTEXTS:
        start = time.monotonic()
        reply = await caller.ask("word " * words, max_tokens=1)
        if reply.kind == "unfit":
            if (said := said_context(reply.error)) is not None:
                return said, "its refusal of a longer prompt"
            return fits or None, f"a prompt of {words:,} words was refused: {reply.error}"
        if reply.kind != "answer":
            return fits or None, f"a prompt of {words:,} words got no answer: {reply.error}"
        read, counts = _tokens_read(reply), _tokens_read(reply) > _tokens_read(first)
        if counts and read < _CUT * words:
            return read, f"it read {read:,} tokens of {words:,} words, and did not say so"
        fits = words
        if time.monotonic() - start > _SLOW_PROMPT:
            break
    if not counts:
        return None, f"a prompt of {fits:,} words was taken, but not counted, so it may have been cut"
    return fits, f"a prompt of {fits:,} words was taken; it may be more"


def _tokens_read(reply: Reply) -> int:
    """Return what the server counted; 0 where it did not."""
    return 0 if reply.usage is None or reply.usage.estimated else reply.usage.tokens_in


async def _rates(caller: Caller) -> tuple[Rate, ...]:
    rates: list[Rate] = []
    for level in LEVELS:
        if rates and level * _LONG > _LONGEST_LEVEL * rates[-1].tokens_per_second:
            break
        rates.append(await _rate(caller, level))
    return tuple(rates)


async def _rate(caller: Caller, level: int) -> Rate:
    start = time.monotonic()
    asked = (
        caller.once(f"Write a long story about the number {100 * level + i}.", max_tokens=_LONG)
        for i in range(level)
    )
    replies = await asyncio.gather(*asked)
    seconds = max(time.monotonic() - start, 1e-6)
    answers = [reply for reply in replies if reply.kind == "answer"]
    tokens = sum(reply.usage.tokens_out for reply in answers if reply.usage is not None)
    return Rate(
        in_flight=level,
        answered=len(answers),
        refused=sum(reply.kind in ("busy", "slow") for reply in replies),
        seconds=round(seconds, 3),
        tokens_per_second=round(tokens / seconds, 1),
    )
