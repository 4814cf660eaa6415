"""A trained model as an OpenAI-compatible server: /v1/models, /v1/completions, /v1/chat/completions, /health.

All requests are written in one batch (serve_loop.py); an answer to a request with a seed is the one that
`Generator.samples` gives for that seed. There is no authentication, hence loopback unless told otherwise.
"""

from __future__ import annotations

import asyncio
import codecs
import contextlib
import errno
import ipaddress
import socket
import sys
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import orjson
import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from hornbook.errors import UsageError
from hornbook.lm.generate import Generator
from hornbook.lm.serve_answers import Answer, Json, begin
from hornbook.lm.serve_loop import LoopEnded, ServeLoop
from hornbook.lm.serve_requests import Ask, Refused, read_chat, read_completion
from hornbook.lm.writing import Row, Sample

_MOST_BYTES = 4 * 2**20
"""Largest body that is read; the longest context of our models is some kilobytes."""
_MOST_WAITING = 4096
"""Samples that may wait; a request that would make them more is told to come later."""
_RESERVED = 2
"""Tokens of the context that no prompt has: the separator before it, and one to answer with."""
_LOOK_SECONDS = 0.5
"""How often a request that waits is looked at: whether its client is still there."""
_GRACE_SECONDS = 2
"""How long open requests may take when the server stops."""


def serve(model: Path, *, name: str, host: str, port: int, threads: int) -> None:
    """Serve the model in a Hugging Face folder until Ctrl-C; port 0 takes a free one, and a line says which.

    Raises UsageError when the address cannot be used.
    """
    with _listening(host, port) as listener:
        generator = Generator(model, threads=threads)
        with ServeLoop(generator) as loop:
            settings = uvicorn.Config(
                _app(generator, loop, name),
                log_level="warning",
                access_log=False,
                lifespan="off",
                timeout_graceful_shutdown=_GRACE_SECONDS,
            )
            _announce(listener, name)
            # uvicorn ends in order at Ctrl-C and then raises it again.
            with contextlib.suppress(KeyboardInterrupt):
                _Server(settings, loop).run(sockets=[listener])
    print("stopped", file=sys.stderr)


class _Server(uvicorn.Server):
    """Ends open requests when it is told to stop, rather than wait for them."""

    def __init__(self, settings: uvicorn.Config, loop: ServeLoop) -> None:
        super().__init__(settings)
        self._loop = loop

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._loop.stop()
        await super().shutdown(sockets)


def _listening(host: str, port: int) -> socket.socket:
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family)
    except OSError as error:
        way = "; another --port may be free" if error.errno == errno.EADDRINUSE else ""
        raise UsageError(f"cannot listen on {host}, port {port}: {error.strerror or error}{way}") from error
    except OverflowError as error:
        raise UsageError(f"port {port} is outside 0..65535") from error


def _announce(listener: socket.socket, name: str) -> None:
    address, port = listener.getsockname()[:2]
    host = f"[{address}]" if ":" in address else address
    if not ipaddress.ip_address(address).is_loopback:
        print(
            f"warning: {address} can be reached from other machines, and there is no password",
            file=sys.stderr,
        )
    print(f"serving {name} at http://{host}:{port}/v1 (Ctrl-C stops)", flush=True)


def _app(generator: Generator, loop: ServeLoop, name: str) -> Starlette:
    async def models(request: Request) -> Response:
        entry = {"id": name, "object": "model", "created": 0, "owned_by": "hornbook"}
        # As vLLM names it; `hornbook doctor` and other clients look for it there.
        return _json({"object": "list", "data": [entry | {"max_model_len": generator.context}]})

    async def health(request: Request) -> Response:
        return _json({"status": "ok" if loop.alive else "failed"}, 200 if loop.alive else 503)

    async def completions(request: Request) -> Response:
        ask = read_completion(await _body(request), name, generator.context)
        return await _answered(request, ask, generator, loop, name)

    async def chat(request: Request) -> Response:
        ask = read_chat(await _body(request), name, generator.context)
        return await _answered(request, ask, generator, loop, name)

    return Starlette(
        routes=[
            Route("/health", health),
            Route("/v1/models", models),
            Route("/v1/completions", completions, methods=["POST"]),
            Route("/v1/chat/completions", chat, methods=["POST"]),
        ],
        exception_handlers={
            Refused: _refused,
            HTTPException: _no_such,
            LoopEnded: _failed,
            ClientDisconnect: _gone,
        },
    )


async def _body(request: Request) -> bytes:
    """Read the body. Raises Refused when it is too large or not called JSON.

    A web page elsewhere may send plain text to this machine unasked, but no JSON.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise Refused("send the header Content-Type: application/json", status=415)
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > _MOST_BYTES:
            raise Refused(f"the body is larger than {_MOST_BYTES:,} bytes", status=413)
    return body


async def _answered(request: Request, ask: Ask, generator: Generator, loop: ServeLoop, name: str) -> Response:
    _require_room(len(ask.prompts) * ask.num_samples, loop.num_waiting)
    rows = _rows(ask, generator)
    prompt_tokens = sum(row.prompt.num_tokens for row in rows[:: ask.num_samples])
    answer = begin(ask, name)
    if ask.stream:
        events = _events(answer, loop, rows, prompt_tokens)
        return StreamingResponse(events, media_type="text/event-stream")
    samples = await _whole(request, loop, rows)
    return _json(answer.whole(samples, prompt_tokens))


def _require_room(num_samples: int, num_waiting: int) -> None:
    """Raise Refused for more samples than may wait, now or ever."""
    if num_samples > _MOST_WAITING:
        raise Refused(f"{num_samples:,} samples are asked for; one request may ask for {_MOST_WAITING:,}")
    if num_samples + num_waiting > _MOST_WAITING:
        raise Refused(
            f"{num_waiting:,} samples are waiting, and {_MOST_WAITING:,} may; try later", status=429
        )


def _rows(ask: Ask, generator: Generator) -> list[Row]:
    """Return the beginnings of all samples. Raises Refused for a prompt that the context does not hold."""
    rows: list[Row] = []
    for number, prompt in enumerate(ask.prompts):
        # Four megabytes of prompt take ten seconds to read, in which nobody else is served.
        if (fewest := generator.fewest_tokens(prompt)) > generator.context:
            raise _too_long(ask, f"at least {fewest:,}", generator.context)
        begun = generator.rows(
            prompt, ask.sampling, num_samples=ask.num_samples, seed=ask.seed, number=number
        )
        if (found := begun[0].prompt.num_tokens) > generator.context - _RESERVED:
            raise _too_long(ask, f"{found:,}", generator.context)
        rows.extend(begun)
    return rows


def _too_long(ask: Ask, found: str, context: int) -> Refused:
    return Refused(
        f"the prompt has {found} tokens, and this model's context of {context:,} leaves room for "
        f"{context - _RESERVED:,}; shorten the prompt",
        param="messages" if ask.chat else "prompt",
        code="context_length_exceeded",
    )


async def _whole(request: Request, loop: ServeLoop, rows: Sequence[Row]) -> list[Sample]:
    """Return all samples. Raises ClientDisconnect, and stops writing them, when nobody waits any more."""
    writing = asyncio.ensure_future(_collected(loop, rows))
    while not (await asyncio.wait({writing}, timeout=_LOOK_SECONDS))[0]:
        if await request.is_disconnected():
            writing.cancel()
            raise ClientDisconnect
    return writing.result()


async def _collected(loop: ServeLoop, rows: Sequence[Row]) -> list[Sample]:
    samples: dict[int, Sample] = {}
    async with contextlib.aclosing(loop.write(rows, piecewise=False)) as pieces:
        async for piece in pieces:
            if piece.sample is not None:
                samples[piece.index] = piece.sample
    return [samples[index] for index in range(len(rows))]


async def _events(
    answer: Answer, loop: ServeLoop, rows: Sequence[Row], prompt_tokens: int
) -> AsyncIterator[bytes]:
    """Yield the answer as server-sent events, a part for each piece of text."""
    # A piece may end within a character, which then waits for its other bytes.
    decoders = [codecs.getincrementaldecoder("utf-8")("replace") for _ in rows]
    begun, samples = set[int](), list[Sample]()
    try:
        async with contextlib.aclosing(loop.write(rows, piecewise=True)) as pieces:
            async for piece in pieces:
                text = decoders[piece.index].decode(piece.new, final=piece.sample is not None)
                first = piece.index not in begun
                begun.add(piece.index)
                if text or first:
                    yield _event(answer.part(piece.index, text, None, first=first))
                if piece.sample is not None:
                    samples.append(piece.sample)
                    yield _event(answer.part(piece.index, "", piece.sample.finish, first=False))
    except LoopEnded as error:  # the status was sent long ago, so the stream itself has to say it
        yield _event(_error_object(str(error), "server_error"))
        return
    if answer.ask.stream_usage:
        yield _event(answer.count(samples, prompt_tokens))
    yield b"data: [DONE]\n\n"


def _event(part: Json) -> bytes:
    return b"data: " + orjson.dumps(part) + b"\n\n"


def _json(value: Json, status: int = 200) -> Response:
    return Response(orjson.dumps(value), status, media_type="application/json")


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refused), "Starlette hands over what it was told to"
    kind = "rate_limit_error" if error.status == 429 else "invalid_request_error"
    return _error(error.status, str(error), kind, error.param, error.code)


async def _failed(request: Request, error: Exception) -> Response:
    return _error(503, f"{error}; if nobody stopped it, its own output says why", "server_error")


async def _gone(request: Request, error: Exception) -> Response:
    return Response(status_code=499)  # nobody reads it; nginx's number for it


async def _no_such(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException), "Starlette hands over what it was told to"
    message = f"{request.method} {request.url.path}: {error.detail}; see /v1/models, /v1/completions, "
    return _error(error.status_code, message + "/v1/chat/completions and /health", "invalid_request_error")


def _error(
    status: int, message: str, kind: str, param: str | None = None, code: str | None = None
) -> Response:
    return _json(_error_object(message, kind, param, code), status)


def _error_object(message: str, kind: str, param: str | None = None, code: str | None = None) -> Json:
    return {"error": {"message": message, "type": kind, "param": param, "code": code}}
