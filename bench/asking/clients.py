"""One client that asks, as a process of its own: `python clients.py WHO URL FOLDER COUNT IN_FLIGHT`.

Prints one JSON line: seconds from the first question to the last answer, CPU seconds, most memory, rows that hold
their own answer. `bound` is a bare aiohttp loop: workers that take the next question as soon as they have
an answer; it writes nothing down.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import resource
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import orjson

Asked = tuple[float, float, int]
"""Seconds, CPU seconds, rows that are right."""


def question(number: int) -> str:
    return f"Write the page {number} of a textbook. " + "Explain with an example. " * 8


def belongs(text: str, number: int, seed: None = None) -> bool:
    """Whether an answer of the fake server is the one to this question."""
    asked = [[{"role": "user", "content": question(number)}], seed]
    return text.startswith(hashlib.blake2b(json.dumps(asked).encode(), digest_size=8).hexdigest())


def bound(url: str, folder: Path, count: int, in_flight: int) -> Asked:
    import aiohttp

    right = 0
    numbers = iter(range(count))

    async def work(session: aiohttp.ClientSession) -> None:
        nonlocal right
        for number in numbers:
            message = {"role": "user", "content": question(number)}
            body = orjson.dumps({"model": "m", "messages": [message], "max_tokens": 2048, "stream": False})
            async with session.post(f"{url}/chat/completions", data=body) as response:
                found = orjson.loads(await response.read())
            right += belongs(found["choices"][0]["message"]["content"], number)

    async def everything() -> None:
        connector = aiohttp.TCPConnector(limit=0)
        async with aiohttp.ClientSession(connector=connector) as session:
            await asyncio.gather(*(work(session) for _ in range(in_flight)))

    start, cpu = time.perf_counter(), time.process_time()
    asyncio.run(everything())
    return time.perf_counter() - start, time.process_time() - cpu, right


def hornbook(url: str, folder: Path, count: int, in_flight: int) -> Asked:
    import hornbook.teacher.scheduler  # noqa: F401  aiohttp, which the bound also has before its clock starts
    from hornbook.teacher.endpoint import Endpoint, EndpointTeacher
    from hornbook.teacher.journal import Journal
    from hornbook.teacher.protocol import Message, Request

    def requests() -> Iterator[Request]:
        for number in range(count):
            messages = (Message(role="user", content=question(number)),)
            yield Request(kind="textbook", seed=f"0/t/{number}", slots={}, messages=messages)

    right = 0
    with Journal(folder / "journal") as journal:
        endpoint = Endpoint(url=url, model="m", concurrency=in_flight)
        with EndpointTeacher(endpoint, journal=journal) as teacher:
            start, cpu = time.perf_counter(), time.process_time()
            with (folder / "rows.partial").open("w") as rows:
                for number, answer in enumerate(teacher.complete(requests())):
                    right += belongs(answer.text, number)
                    rows.write(f"{answer.journal_key} {answer.text}\n")
            seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
    (folder / "rows.partial").replace(folder / "rows")
    return seconds, cpu, right


def curator(url: str, folder: Path, count: int, in_flight: int) -> Asked:
    os.environ |= {
        "CURATOR_CACHE_DIR": str(folder),
        "CURATOR_DISABLE_RICH_DISPLAY": "1",
        "TELEMETRY_ENABLED": "false",
        "OPENAI_API_KEY": "none",
        "HF_DATASETS_OFFLINE": "1",
    }
    import litellm

    # Its tokenizer file, which tiktoken would download.
    os.environ["TIKTOKEN_CACHE_DIR"] = str(
        Path(litellm.__file__).parent / "litellm_core_utils" / "tokenizers"
    )
    from bespokelabs import curator as peer
    from datasets import Dataset

    limits = {
        "base_url": url,
        "max_requests_per_minute": 10_000_000,
        "max_tokens_per_minute": 1_000_000_000,
        "max_concurrent_requests": in_flight,
        "max_retries": 10,
    }

    class Asking(peer.LLM):  # type: ignore[misc]
        def prompt(self, row: dict[str, int]) -> str:
            return question(row["number"])

        def parse(self, row: dict[str, int], response: str) -> dict[str, object]:
            return {"number": row["number"], "text": response}

    asking = Asking(model_name="gpt-4o-mini", backend="openai", backend_params=limits)
    rows = Dataset.from_dict({"number": list(range(count))})
    start, cpu = time.perf_counter(), time.process_time()
    answers = asking(rows)
    answers = getattr(answers, "dataset", answers)
    right = sum(belongs(row["text"], row["number"]) for row in answers)
    return time.perf_counter() - start, time.process_time() - cpu, right


CLIENTS: dict[str, Callable[[str, Path, int, int], Asked]] = {
    "bound": bound,
    "hornbook": hornbook,
    "curator": curator,
}

if __name__ == "__main__":
    who, url, folder, count, in_flight = sys.argv[1:]
    began = time.perf_counter()
    seconds, cpu, right = CLIENTS[who](url, Path(folder), int(count), int(in_flight))
    print(
        json.dumps(
            {
                "seconds": seconds,
                "cpu": cpu,
                "right": right,
                "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
                "whole": time.perf_counter() - began,
            }
        )
    )
