"""HTTP: one attempt at one call, whose every outcome is a value. The key lives here and nowhere else."""

from __future__ import annotations

import os
import ssl
import urllib.request
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, unquote_plus, urlsplit, urlunsplit

import aiohttp

from hornbook.errors import UsageError
from hornbook.teacher.exchange import Reply, printable, read_reply, stops_of

if TYPE_CHECKING:
    from hornbook.teacher.endpoint import Endpoint

_CONNECT_SECONDS = 30.0
_PAGE_TIMEOUT = aiohttp.ClientTimeout(total=10.0)
_LARGEST_BODY = 64 << 20
"""Bytes; an answer is a few thousand, and a server gone mad must not fill the memory."""
_SHORTEST_KEY = 16
"""Characters of a real key at least. A shorter one (EMPTY, test: what local servers are given) is a word that an
answer may hold; a value of the address's query that is as long may be a key."""


class Client:
    """Posts to one endpoint; made and used inside a running event loop."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._url = completions_url(endpoint.url, endpoint.api)
        self._max_tokens = endpoint.max_tokens
        self._stops = stops_of(endpoint.parameters)
        key = os.environ.get(endpoint.key_variable, "") if endpoint.key_variable else ""
        self._proxy = _proxy(endpoint.proxy, self._url)
        self._secrets = _spellings(key, urlsplit(self._proxy or "").password or "", *_long_values(self._url))
        self._session = aiohttp.ClientSession(
            headers=_headers(key, endpoint.key_variable),
            timeout=aiohttp.ClientTimeout(total=endpoint.timeout_seconds, sock_connect=_CONNECT_SECONDS),
            # No limit: the scheduler's seats are the limit.
            connector=aiohttp.TCPConnector(limit=0, ssl=_trust(endpoint)),
            cookie_jar=aiohttp.DummyCookieJar(),
        )

    async def ask(self, body: bytes, prompt_bytes: int) -> Reply:
        """Post a body; every failure is a Reply."""
        try:
            async with self._session.post(
                self._url, data=body, proxy=self._proxy, allow_redirects=False
            ) as response:
                raw = await _read(response)
            reply = read_reply(
                response.status,
                response.headers,
                raw,
                prompt_bytes=prompt_bytes,
                max_tokens=self._max_tokens,
                stops=self._stops,
            )
        except (aiohttp.ClientError, OSError) as error:  # TimeoutError is an OSError
            reply = _failed(error)
        return self._without_secrets(replace(reply, error=printable(reply.error)) if reply.error else reply)

    async def look(self, url: str, body: bytes | None = None) -> Reply:
        """Return a page beside the completions, by GET or, with a body, by POST; it is no answer of a model."""
        try:
            async with self._session.request(
                "GET" if body is None else "POST",
                url,
                data=body,
                proxy=self._proxy,
                allow_redirects=False,
                timeout=_PAGE_TIMEOUT,
            ) as response:
                text = (await _read(response)).decode(errors="replace")
            fine = 200 <= response.status < 300
            reply = Reply(kind="answer" if fine else "fault", status=response.status, body=text)
        except (TimeoutError, aiohttp.ClientError, OSError) as error:
            reply = Reply(kind="fault", error=f"{type(error).__name__}: {error}", reached=False)
        return self._without_secrets(reply) if self._secrets else reply

    async def close(self) -> None:
        """Close all connections."""
        await self._session.close()

    def _without_secrets(self, reply: Reply) -> Reply:
        body, error = reply.body, reply.error
        for secret in self._secrets:
            if reply.kind == "answer" and len(secret) < _SHORTEST_KEY:
                continue
            # Servers quote keys in their errors.
            body, error = body.replace(secret, "[key]"), error.replace(secret, "[key]")
        if (body, error) == (reply.body, reply.error):
            return reply
        # What was read in the body is read again, from what is stored.
        return replace(reply, body=body, error=error, answer=None)


def completions_url(base: str, api: str) -> str:
    """Return where to post, for a base address as in `http://localhost:8000/v1`; a query stays at the end."""
    parts = urlsplit(base)
    path = parts.path.rstrip("/") + ("/chat/completions" if api == "chat" else "/completions")
    return urlunsplit((parts.scheme, parts.netloc, path, parts.query, ""))


def _failed(error: Exception) -> Reply:
    """Say what an attempt without a response means."""
    match error:
        case aiohttp.ConnectionTimeoutError():
            return Reply(kind="fault", error=f"no connection: {error}", reached=False)
        case aiohttp.ClientConnectorCertificateError():
            return Reply(kind="shut", error=f"its certificate is not trusted: {error}", reached=False)
        case TimeoutError():
            return Reply(kind="slow", error="no answer in time")
        case aiohttp.ClientConnectorError():
            return Reply(kind="fault", error=f"no connection: {error}", reached=False)
        case aiohttp.ClientHttpProxyError():  # its own text holds the proxy's address, user and password
            refusal = f"the proxy refuses: HTTP {error.status} {error.message}"
            return Reply(kind="fault" if error.status >= 500 else "shut", error=refusal, reached=False)
        case aiohttp.ClientResponseError():  # its own text holds the whole address
            return Reply(kind="fault", error=f"no HTTP: {error.message}")
    return Reply(kind="fault", error=f"{type(error).__name__}: {error}")


async def _read(response: aiohttp.ClientResponse) -> bytes:
    chunks, size = [], 0
    async for chunk in response.content.iter_any():
        chunks.append(chunk)
        size += len(chunk)
        if size > _LARGEST_BODY:
            raise aiohttp.ClientPayloadError(f"an answer of more than {_LARGEST_BODY:,} bytes")
    return b"".join(chunks)


def _headers(key: str, variable: str) -> Mapping[str, str]:
    headers = {"Content-Type": "application/json"}
    if key:
        if not (key.isascii() and key.isprintable()):
            raise UsageError(
                f"the key in ${variable} has a line break or a character that no header can carry"
            )
        headers["Authorization"] = f"Bearer {key}"
    return headers


def _trust(endpoint: Endpoint) -> ssl.SSLContext | bool:
    if endpoint.ca_file is None:
        return True
    context = ssl.create_default_context()
    try:
        context.load_verify_locations(cafile=endpoint.ca_file)
    except OSError as error:  # ssl.SSLError is one
        raise UsageError(
            f"ca_file {str(endpoint.ca_file)!r} cannot be read as certificates: {error}"
        ) from None
    return context


def _proxy(setting: str, url: str) -> str | None:
    if setting != "environment":
        return setting or None
    parts = urlsplit(url)
    if urllib.request.proxy_bypass(parts.netloc):
        return None
    return urllib.request.getproxies().get(parts.scheme)


def _spellings(*secrets: str) -> tuple[str, ...]:
    """Return secrets as they are and as JSON and addresses may write them, the longest first."""
    given = {way for secret in secrets if secret for way in (secret, unquote(secret), unquote_plus(secret))}
    ways = ((secret, secret.replace("/", "\\/"), quote(secret), quote(secret, safe="")) for secret in given)
    return tuple(sorted({spelled for way in ways for spelled in way}, key=len, reverse=True))


def _long_values(url: str) -> list[str]:
    """Return what may be keys in an address's query, as it is spelled there."""
    values = (field.partition("=")[2] for field in urlsplit(url).query.split("&"))
    return [value for value in values if len(value) >= _SHORTEST_KEY]
