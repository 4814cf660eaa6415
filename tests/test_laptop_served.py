"""The whole recipe with its teacher behind an address, which says what the offline teacher would say."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from hornbook.curriculum.offline import OfflineTeacher
from hornbook.lessons.answer import Asked
from hornbook.lessons.asking import EndpointDrafts
from hornbook.lessons.rounds import Item
from hornbook.recipes.laptop import laptop
from hornbook.record import read_records
from hornbook.run import run
from hornbook.settings import override
from hornbook.step import Context
from hornbook.teacher.access import Access
from hornbook.teacher.endpoint import Endpoint
from hornbook.teacher.protocol import Request

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

ACCEPTED = {"textbooks_accepted": 40, "exercises_accepted": 150}
SMALL = {"corpus.num_records": "900", "labels.num_labels": "700"}
SMALL |= {f"{name}.count": str(count) for name, count in ACCEPTED.items()}


class Answers(BaseHTTPRequestHandler):
    """Says what `table` has for the messages asked."""

    protocol_version = "HTTP/1.1"
    table: dict[str, str]
    num_asked = 0

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        type(self).num_asked += 1
        message = {"role": "assistant", "content": self.table[json.dumps(asked["messages"])]}
        usage = {"prompt_tokens": 50, "completion_tokens": 100}
        choice = {"index": 0, "message": message, "finish_reason": "stop"}
        answer = json.dumps({"model": "fake-1", "choices": [choice], "usage": usage}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_: Any) -> None:
        """Stay silent."""


@contextmanager
def answering() -> Iterator[tuple[str, type[Answers]]]:
    handler = type("Handler", (Answers,), {"table": {}})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/v1", handler
        finally:
            server.shutdown()
            thread.join()


def test_the_whole_recipe_runs_with_a_teacher_behind_an_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offline, plain = OfflineTeacher(), EndpointDrafts.request
    with answering() as (url, answers):

        def request(drafts: EndpointDrafts, item: Item) -> Request:
            made = plain(drafts, item)
            (completion,) = offline.complete([made])
            words = [{"role": m.role, "content": m.content} for m in made.messages]
            # Of two that ask in the same words the first one's answer is known.
            answers.table.setdefault(json.dumps(words), completion.text)
            return made

        monkeypatch.setattr(EndpointDrafts, "request", request)
        endpoint = Endpoint(url=url, model="m", concurrency=16)
        steps = override(laptop(size="smoke", teacher=Asked.of(endpoint)), SMALL)
        access = Access(endpoint=endpoint, journal=tmp_path / "journal")
        records = run(steps, tmp_path / "run", Context(workers=2, access=access))
        num_asked = answers.num_asked
        for name, wanted in ACCEPTED.items():
            made = list(read_records(tmp_path / "run" / name))
            assert len(made) == wanted
            assert {one.origin.model for one in made if one.origin} == {"fake-1"}
        assert num_asked == sum(records[name].metrics["calls"] for name in ACCEPTED)
        assert {"raw", "filtered", "textbooks", "exercises"} <= set(records["table"].metrics["arms"])
        again = run(steps, tmp_path / "run", Context(workers=2, access=access))
        assert again["table"] == records["table"] and answers.num_asked == num_asked
