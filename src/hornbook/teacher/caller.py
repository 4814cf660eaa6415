"""Asking an endpoint outside the journal, for measuring it: an answer of yesterday measures nothing.

Each call is counted in the budget, as the scheduler's are.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

from hornbook.errors import BudgetExceeded
from hornbook.teacher import exchange
from hornbook.teacher.budget import Budget
from hornbook.teacher.client import Client
from hornbook.teacher.endpoint import Endpoint
from hornbook.teacher.exchange import Reply
from hornbook.teacher.protocol import Message

SHORT = 64
"""Most tokens of an answer that is to show an ability."""
_TRIES = 3
_LONGEST_PAUSE = 5.0


@dataclass(frozen=True, slots=True)
class Caller:
    """Asks one endpoint, within a budget."""

    endpoint: Endpoint
    client: Client
    budget: Budget

    async def ask(self, prompt: str, *, max_tokens: int = SHORT, sample: int = 0, **fields: Any) -> Reply:
        """Ask, again where the server has no room or fails by chance. Raises BudgetExceeded.

        `fields` are further ones of the body; of a `seed` each `sample` is sent one of its own.
        """
        for attempt in range(_TRIES):
            reply = await self.once(prompt, max_tokens=max_tokens, sample=sample, **fields)
            if reply.kind not in ("busy", "fault"):
                break
            if attempt < _TRIES - 1:
                wait = 2.0**attempt / 4 if reply.wait is None else reply.wait
                await asyncio.sleep(min(wait, _LONGEST_PAUSE))
        return reply

    async def once(self, prompt: str, *, max_tokens: int, sample: int = 0, **fields: Any) -> Reply:
        """Ask once. Raises BudgetExceeded."""
        body = exchange.body(
            api=self.endpoint.api,
            model=self.endpoint.model,
            messages=(Message(role="user", content=prompt),),
            parameters={"temperature": 1.0, **self.endpoint.extra, "max_tokens": max_tokens, **fields},
            max_tokens_field=self.endpoint.max_tokens_field,
            sample=sample,
        )
        reservation = self.budget.reserve(len(body) // exchange.BYTES_PER_TOKEN + 1, max_tokens)
        if reservation is None:
            raise BudgetExceeded(self.budget.explain())
        reply = Reply(kind="fault", error="interrupted")
        try:
            reply = await self.client.ask(body, len(body))
        finally:
            self.budget.close(reservation, reply)
        return reply
