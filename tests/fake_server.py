"""A teacher's endpoint that behaves as badly as it is told, in a process of its own.

Run as `python fake_server.py '{"latency": 0.1}'`; prints its port. Knobs may be changed while it runs by
posting them to `/knobs`; `/counts` tells what it saw. The answer begins with a digest of the messages, so
that a test can hold an answer against its question. A share is drawn per request, from the request's number.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
import math
import random
import ssl
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any


@dataclass
class Knobs:
    latency: float = 0.0
    """Seconds; fixed where `sigma` is zero, else the median of a lognormal distribution."""
    sigma: float = 0.0
    tokens: int = 100
    """Words of an answer."""
    table: str = ""
    """JSON file with the answers to some prompts, by the digest with which other answers begin."""
    rules: str = ""
    """JSON file with pairs: a text in the last message, and what is answered to it; `DIGEST` in an answer becomes
    the digest. The first that fits counts, before `table`."""
    rate: float = 0.0
    """Calls a second that are let in, 0 for all; more get 429."""
    burst: float = 10.0
    """Calls let in at once after a quiet time."""
    retry_after: str = "1"
    """As the 429 says it; empty for none."""
    most_in_flight: int = 0
    """Calls worked on at once, 0 for any number; more get 429."""
    busy_first: int = 0
    """The first calls that get 429 whatever else holds."""
    busy_seconds: float = 0.0
    """How long after a start every call gets 429."""
    share_busy: float = 0.0
    share_500: float = 0.0
    share_truncated: float = 0.0
    """Whole responses whose JSON ends in the middle."""
    share_cut: float = 0.0
    """Responses whose connection ends in the middle of the body."""
    share_reset: float = 0.0
    """Connections that end without a response."""
    share_hang: float = 0.0
    """Requests that get no response, ever."""
    share_html: float = 0.0
    """502s with a page of HTML."""
    share_error_in_200: float = 0.0
    share_stream: float = 0.0
    """Answers as events although `stream` is false."""
    status: int = 200
    """What every call gets, where it is not 200."""
    error: str = "no"
    usage: str = "right"
    """`right`, `none`, `null`, `text`, `zero`, `huge`."""
    choices: int = 1
    """Choices in an answer, whatever `n` says."""
    content: str = "text"
    """`text`, `parts`, `null`, `empty`."""
    finish: str | None = "stop"
    able: str = ""
    """What it can do, in words: `n`, `max_tokens`, `stop`, `seed`, `json_object`, `json_schema`, `logprobs`; with
    any of them its answers are words drawn anew each time, the same ones at temperature 0 unless `restless`."""
    refuses: str = ""
    """Fields of a request that it answers with 400, in words."""
    logprob: float = -0.5
    json: str = '{"colour": "blue"}'
    """What it writes where it is able to write JSON."""
    pages: dict[str, Any] = field(default_factory=dict)
    """What it answers beside the completions, by path."""
    context: int = 0
    """Words of the longest prompt, 0 for any; longer ones are refused, or `cut` without a word."""
    cut: bool = False
    lanes: int = 0
    """Calls that it works on at once, 0 for any number; others wait."""
    echo_key: bool = False
    """Put the Authorization header into errors and answers."""
    seed: int = 0
    certificate: str = ""
    """Files in PEM; with them the server speaks HTTPS."""
    key: str = ""


class FakeServer:
    def __init__(self, knobs: Knobs) -> None:
        self.knobs = knobs
        self.reset()

    def reset(self) -> None:
        self.seen: Counter[str] = Counter()
        self.counts: Counter[str] = Counter()
        self.in_flight = 0
        self.last_body: Any = None
        self.table = json.loads(Path(self.knobs.table).read_text()) if self.knobs.table else {}
        self.rules = json.loads(Path(self.knobs.rules).read_text()) if self.knobs.rules else []
        self.lanes = asyncio.Semaphore(self.knobs.lanes or 1 << 20)
        self.let_in = self.knobs.burst
        self.let_in_at = self.started = time.monotonic()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                lines = head.split("\r\n")
                method, path, _ = lines[0].split(" ", 2)
                headers = {k.lower(): v for k, _, v in (line.partition(": ") for line in lines[1:] if line)}
                body = await reader.readexactly(int(headers.get("content-length", 0)))
                if not await self.respond(method, path, headers, body, writer):
                    break
        writer.close()

    async def respond(
        self, method: str, path: str, headers: dict[str, str], body: bytes, writer: asyncio.StreamWriter
    ) -> bool:
        """Answer one request; False to end the connection."""
        path = path.partition("?")[0]
        if path == "/counts":
            shown = dict(self.counts) | {
                "distinct": len(self.seen),
                "repeated": self.seen.total() - len(self.seen),
                "last_body": self.last_body,
            }
            return await send(writer, 200, json.dumps(shown))
        if path == "/knobs":
            self.knobs = Knobs(**(asdict(self.knobs) | json.loads(body)))
            self.reset()
            return await send(writer, 200, "{}")
        if path in self.knobs.pages:
            return await send(writer, 200, json.dumps(self.knobs.pages[path]))
        if not path.endswith("/completions"):
            return await send(writer, 404, json.dumps({"error": {"message": f"no {path}"}}))
        self.in_flight += 1
        self.counts["most_in_flight"] = max(self.counts["most_in_flight"], self.in_flight)
        try:
            return await self.complete(path, headers, json.loads(body), writer)
        finally:
            self.in_flight -= 1

    async def complete(
        self, path: str, headers: dict[str, str], body: dict[str, Any], writer: asyncio.StreamWriter
    ) -> bool:
        knobs, number = self.knobs, self.counts["requests"]
        self.counts["requests"] += 1
        self.last_body = body | {"path": path, "authorization": headers.get("authorization", "")}
        if self.is_busy(number):
            self.counts["busy"] += 1
            more = f"Retry-After: {knobs.retry_after}\r\n" if knobs.retry_after else ""
            return await send(writer, 429, json.dumps({"error": {"message": "too many"}}), more=more)
        rng = random.Random(f"{knobs.seed}/{number}")
        async with self.lanes:
            await asyncio.sleep(
                knobs.latency * math.exp(knobs.sigma * rng.gauss(0, 1)) if knobs.latency else 0
            )
        key = headers.get("authorization", "") if knobs.echo_key else ""
        if knobs.status != 200:
            message = {"error": {"message": f"{knobs.error} {key}", "code": knobs.error}}
            return await send(writer, knobs.status, json.dumps(message))
        if refused := set(knobs.refuses.split()) & set(body):
            said = f"{', '.join(refused)}: not supported"
            return await send(writer, 400, json.dumps({"error": {"message": said}}))
        if knobs.context and words_of(body) > knobs.context and not knobs.cut:
            said = f"This model's maximum context length is {knobs.context} tokens."
            return await send(writer, 400, json.dumps({"error": {"message": said}}))
        draw = rng.random()
        for fault in FAULTS:
            draw -= getattr(knobs, f"share_{fault}")
            if draw < 0:
                self.counts[fault] += 1
                return await misbehave(fault, self.answer(path, body, key), writer)
        self.seen[digest(body)] += 1
        self.counts["answered"] += 1
        return await send(writer, 200, self.answer(path, body, key))

    def is_busy(self, number: int) -> bool:
        knobs, now = self.knobs, time.monotonic()
        if now - self.started < knobs.busy_seconds:
            return True
        if number < knobs.busy_first or (knobs.most_in_flight and self.in_flight > knobs.most_in_flight):
            return True
        if knobs.share_busy and random.Random(f"{knobs.seed}/busy/{number}").random() < knobs.share_busy:
            return True
        if knobs.rate:
            self.let_in = min(knobs.burst, self.let_in + (now - self.let_in_at) * knobs.rate)
            self.let_in_at = now
            if self.let_in < 1:
                return True
            self.let_in -= 1
        return False

    def answer(self, path: str, body: dict[str, Any], key: str) -> str:
        knobs = self.knobs
        said = f"{digest(body)} {key} " + "word " * knobs.tokens
        finish = knobs.finish
        if knobs.able:
            said, finish = self.drawn(body)
        said = self.table.get(digest(body), said)
        # A client may probe with no message at all (bespokelabs-curator does).
        messages = body.get("messages")
        asked = messages[-1]["content"] if messages else body.get("prompt", "")
        said = next((answer for text, answer in self.rules if text in asked), said)
        said = said.replace("DIGEST", digest(body))
        content: Any = {"text": said, "null": None, "empty": ""}.get(knobs.content)
        if knobs.content == "parts":
            content = [{"type": "text", "text": said[:10]}, {"type": "text", "text": said[10:]}]
        choice: dict[str, Any] = {"index": 0, "finish_reason": finish}
        if "logprobs" in knobs.able.split() and body.get("logprobs"):
            choice["logprobs"] = {"content": [{"token": "a", "logprob": knobs.logprob}] * 2}
        choice |= (
            {"message": {"role": "assistant", "content": content}} if "chat" in path else {"text": content}
        )
        found = {
            "id": "x",
            "object": "chat.completion",
            "model": "fake-1",
            "choices": [choice] * (body.get("n", 1) if "n" in knobs.able.split() else knobs.choices),
        }
        usage: Any = {
            "prompt_tokens": min(words_of(body), knobs.context or 1 << 20) if knobs.able else 20,
            "completion_tokens": len(said.split()) if knobs.able else knobs.tokens,
        }
        usage["total_tokens"] = usage["prompt_tokens"] + usage["completion_tokens"]
        match knobs.usage:
            case "null":
                usage = None
            case "text":
                usage = {"prompt_tokens": "20", "completion_tokens": -1}
            case "zero":
                usage = {"prompt_tokens": 0, "completion_tokens": 0}
            case "huge":
                usage = {"prompt_tokens": 20, "completion_tokens": 10**9}
        return json.dumps(found if knobs.usage == "none" else found | {"usage": usage})

    def drawn(self, body: dict[str, Any]) -> tuple[str, str]:
        """Text and finish of an answer by a server that is able to do something."""
        able = self.knobs.able.split()
        form = body.get("response_format", {}).get("type")
        if form in able:
            return self.knobs.json, "stop"
        seed = body.get("seed") if "seed" in able else None
        calm = body.get("temperature") == 0 and "restless" not in able
        which = self.counts["requests"] if seed is None and not calm else seed
        rng = random.Random(f"{digest(body | {'seed': None})}/{which}")
        most = body["max_tokens"] if "max_tokens" in able else self.knobs.tokens
        said = " ".join(rng.choices(WORDS, k=min(self.knobs.tokens, most)))
        finish = "length" if most < self.knobs.tokens else "stop"
        for stop in body.get("stop", ()) if "stop" in able else ():
            if stop in said:
                said, finish = said[: said.index(stop)], "stop"
        return said, finish


WORDS = (
    "apple",
    "birch",
    "cloud",
    "dune",
    "ember",
    "fern",
    "grove",
    "heath",
    "inlet",
    "jetty",
    "knoll",
    "lake",
)
FAULTS = [f.name.removeprefix("share_") for f in fields(Knobs) if f.name.startswith("share_")]
FAULTS.remove("busy")


def digest(body: dict[str, Any]) -> str:
    """What an answer begins with: a digest of the prompt and the seed."""
    asked = body.get("messages") or body.get("prompt")
    return hashlib.blake2b(json.dumps([asked, body.get("seed")]).encode(), digest_size=8).hexdigest()


def words_of(body: dict[str, Any]) -> int:
    """How long a prompt is."""
    return len(json.dumps(body.get("messages") or body.get("prompt")).split())


async def misbehave(fault: str, answer: str, writer: asyncio.StreamWriter) -> bool:
    match fault:
        case "500":
            return await send(writer, 500, json.dumps({"error": {"message": "it broke"}}))
        case "truncated":
            return await send(writer, 200, answer[: len(answer) // 2])
        case "cut":
            await send(writer, 200, answer[: len(answer) // 2], length=len(answer))
            return False
        case "hang":
            await asyncio.sleep(3600)
        case "html":
            return await send(writer, 502, "<html><h1>Bad gateway</h1></html>", kind="text/html")
        case "error_in_200":
            return await send(writer, 200, json.dumps({"error": {"message": "upstream", "code": 502}}))
        case "stream":
            return await send(writer, 200, f"data: {answer}\n\ndata: [DONE]\n\n", kind="text/event-stream")
    writer.transport.abort()
    return False


async def send(
    writer: asyncio.StreamWriter,
    status: int,
    body: str,
    *,
    kind: str = "application/json",
    more: str = "",
    length: int | None = None,
) -> bool:
    raw = body.encode()
    size = len(raw) if length is None else length
    head = f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\nContent-Length: {size}\r\n{more}\r\n"
    writer.write(head.encode() + raw)
    await writer.drain()
    return True


class Served:
    """A running fake server, as a test sees it."""

    def __init__(self, port: int) -> None:
        self.root = f"http://127.0.0.1:{port}"
        self.url = f"{self.root}/v1"

    def set(self, **knobs: Any) -> None:
        """Change knobs, and begin to count anew."""
        self._call("/knobs", json.dumps(knobs).encode())

    def counts(self) -> Any:
        return Counter(self._call("/counts", b"{}"))

    def _call(self, path: str, data: bytes) -> Any:
        with urllib.request.urlopen(f"{self.root}{path}", data, timeout=30) as response:
            return json.load(response)


@contextlib.contextmanager
def serving(**knobs: Any) -> Iterator[Served]:
    """Run a fake server in a process of its own."""
    command = [sys.executable, str(Path(__file__)), json.dumps(knobs)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        try:
            assert process.stdout is not None
            yield Served(int(process.stdout.readline()))
        finally:
            process.kill()


async def main() -> None:
    server = FakeServer(Knobs(**json.loads(sys.argv[1])))
    context = None
    if server.knobs.certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(server.knobs.certificate, server.knobs.key)
    listening = await asyncio.start_server(server.serve, "127.0.0.1", 0, backlog=1024, ssl=context)
    print(listening.sockets[0].getsockname()[1], flush=True)
    await listening.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
