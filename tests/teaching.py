"""What the tests of the endpoint teacher share: requests, and asking them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hornbook.teacher.budget import Budget
from hornbook.teacher.endpoint import Endpoint, EndpointTeacher
from hornbook.teacher.journal import Journal
from hornbook.teacher.protocol import Completion, Message, Request

if TYPE_CHECKING:
    from fake_server import Served

KEY = "sk-very/secret+key"


def endpoint(server: Served, **changes: Any) -> Endpoint:
    return Endpoint(**({"url": server.url, "model": "m", "concurrency": 16} | changes))


def request(number: int, *, sample: int = 0, about: object = "") -> Request:
    content = f"write {number}" + (f" about {about}" if about else "")
    messages = (Message(role="user", content=content),)
    return Request(kind="textbook", seed=f"0/t/{number}", slots={}, messages=messages, sample=sample)


def requests(count: int, about: object = "") -> Iterator[Request]:
    return (request(number, about=about) for number in range(count))


def digest_of(asked: Request) -> str:
    """What the fake server's answer to a request begins with."""
    messages = [{"role": m.role, "content": m.content} for m in asked.messages]
    return hashlib.blake2b(json.dumps([messages, None]).encode(), digest_size=8).hexdigest()


def ask(
    endpoint: Endpoint,
    folder: Path,
    requests: Iterable[Request],
    *,
    budget: Budget | None = None,
    say: Callable[[str], None] = lambda line: None,
    into: list[Completion] | None = None,
) -> list[Completion]:
    """Ask with the journal in `folder`; what came before an exception is in `into`."""
    found = [] if into is None else into
    with (
        Journal(folder / "journal", say=say) as journal,
        EndpointTeacher(endpoint, journal=journal, budget=budget, say=say) as teacher,
    ):
        for completion in teacher.complete(requests):
            found.append(completion)
    return found
