"""A server that answers a plan's prompts as the offline teacher does, and the access to it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal

from fake_server import Served
from teaching import digest_of

from hornbook.curriculum.offline import OfflineTeacher
from hornbook.lessons import plan
from hornbook.teacher.access import Access
from hornbook.teacher.budget import Budget
from hornbook.teacher.endpoint import Endpoint


def teach(server: Served, folder: Path, count: int, seed: int = 0) -> None:
    """Make the server know the answers to the first prompts of both plans; it counts anew.

    Of items that ask in the same words it knows the first one's answer.
    """
    kinds: tuple[Literal["exercise", "textbook"], ...] = ("exercise", "textbook")
    asked = [request for kind in kinds for request in plan.requests(kind, seed, range(count))]
    answers = OfflineTeacher().complete(reversed(asked))
    table = {digest_of(completion.request): completion.text for completion in answers}
    path = folder / "table.json"
    path.write_text(json.dumps(table))
    server.set(table=str(path), latency=0.0, status=200, tokens=100)


def access(server: Served, folder: Path, budget: Budget | None = None, *, least_read: float = 0.2) -> Access:
    endpoint = Endpoint(url=server.url, model="m", concurrency=16)
    journal = folder / "journal"
    return Access(endpoint=endpoint, journal=journal, budget=budget or Budget(), least_read=least_read)
