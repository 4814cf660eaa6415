"""What a server says of itself beside the completions: its models, its context, how many calls it takes at once.

Each kind of server says it elsewhere, and a hosted one not at all. Sources: the servers' documentation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import orjson

from hornbook.teacher.client import Client
from hornbook.teacher.endpoint import Endpoint

_SAID = ("max_model_len", "context_length", "context_window", "max_context_length")
"""Fields of a model in the list: vLLM, OpenRouter and Together, Groq, Mistral."""
_REFUSAL = re.compile(
    r"(?:context[^.]{0,40}?(?:length|size|window)|n_ctx)[^.\d]{0,30}?(\d{3,8})|(\d{3,8}) tokens? context",
    re.I,
)
"""How servers name their context where they refuse a prompt for its length."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """What a server says of itself."""

    models: tuple[str, ...] | None = None
    """None where it gives no list."""
    error: str = ""
    """Why there is no list."""
    context: int | None = None
    context_source: str = ""
    at_once: int | None = None


async def find_served(client: Client, endpoint: Endpoint) -> Served:
    """Return what a server says of itself and of the endpoint's model."""
    reply = await client.look(_beside(endpoint.url, "models"))
    listed = list(_dicts(_json(reply.body), "data"))
    served = Served(error=reply.error or f"HTTP {reply.status}")
    if reply.kind == "answer" and listed:
        served = Served(models=tuple(str(model.get("id", "")) for model in listed))
    own = _of_model(listed, endpoint.model)
    if (size := _first_size(own, _SAID)) is not None:
        return replace(served, context=size, context_source="the list of models")
    return await _elsewhere(client, endpoint, served, _dict(own, "meta"))


def said_context(error: str) -> int | None:
    """Return the context that a refusal names; None where it names none.

    >>> said_context("This model's maximum context length is 4096 tokens. However, you requested 5000")
    4096
    """
    found = _REFUSAL.search(error)
    return int(found[1] or found[2]) if found else None


async def _elsewhere(client: Client, endpoint: Endpoint, served: Served, meta: Mapping[str, Any]) -> Served:
    """Look where llama.cpp, LM Studio and Ollama say it."""
    props = _json((await client.look(_beside(endpoint.url, "/props"))).body)
    if (size := _size(_dict(props, "default_generation_settings").get("n_ctx"))) is not None:
        at_once = _size(_dict(props, "").get("total_slots"))
        return replace(served, context=size, context_source="llama.cpp, for each call", at_once=at_once)
    if (size := _size(meta.get("n_ctx_train"))) is not None:
        return replace(served, context=size, context_source="llama.cpp, as trained; it may serve less")
    listed = _dicts(_json((await client.look(_beside(endpoint.url, "/api/v0/models"))).body), "data")
    own = _of_model(listed, endpoint.model)
    if (size := _size(own.get("loaded_context_length"))) is not None:
        return replace(served, context=size, context_source="LM Studio, as loaded")
    if (size := _size(own.get("max_context_length"))) is not None:
        return replace(served, context=size, context_source="LM Studio, at most; it may be loaded with less")
    return await _ollama(client, endpoint, served)


async def _ollama(client: Client, endpoint: Endpoint, served: Served) -> Served:
    running = _dicts(_json((await client.look(_beside(endpoint.url, "/api/ps"))).body), "models")
    own = _of_model(running, endpoint.model)
    if (size := _size(own.get("context_length"))) is not None:
        return replace(served, context=size, context_source="Ollama, as loaded")
    asked = orjson.dumps({"model": endpoint.model})
    shown = _json((await client.look(_beside(endpoint.url, "/api/show"), asked)).body)
    given = re.search(r"num_ctx\s+(\d+)", str(_dict(shown, "").get("parameters", "")))
    if given:
        return replace(served, context=int(given[1]), context_source="Ollama, the model's parameters")
    for name, value in _dict(shown, "model_info").items():
        if name.endswith(".context_length") and (size := _size(value)) is not None:
            source = "Ollama, as trained; it serves less unless num_ctx is set"
            return replace(served, context=size, context_source=source)
    return served


def _beside(url: str, page: str) -> str:
    """Return a page's address: one with a slash is the server's, `models` the interface's."""
    parts = urlsplit(url)
    base = parts.path.rstrip("/")
    path = base.removesuffix("/v1") + page if page.startswith("/") else f"{base}/{page}"
    return urlunsplit((parts.scheme, parts.netloc, path, parts.query, ""))


def _of_model(listed: Iterator[dict[str, Any]] | list[dict[str, Any]], model: str) -> dict[str, Any]:
    names = {model, f"{model}:latest"}
    own = (each for each in listed if names & {each.get("id"), each.get("name"), each.get("model")})
    return next(own, {})


def _first_size(found: Mapping[str, Any], names: tuple[str, ...]) -> int | None:
    return next((size for name in names if (size := _size(found.get(name))) is not None), None)


def _size(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else None


def _dict(found: Any, name: str) -> dict[str, Any]:
    """Return an object inside another, or with no name itself; empty where there is none."""
    inner = found.get(name) if name and isinstance(found, dict) else found
    return inner if isinstance(inner, dict) else {}


def _dicts(found: Any, name: str) -> Iterator[dict[str, Any]]:
    inner = _dict(found, "").get(name)
    yield from (each for each in inner if isinstance(each, dict)) if isinstance(inner, list) else ()


def _json(body: str) -> Any:
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        return None
