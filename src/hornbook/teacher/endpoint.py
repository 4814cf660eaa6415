"""An LLM behind an OpenAI-compatible URL as the teacher: each answer paid once, stored before it is used.

vLLM, llama.cpp, Ollama, LM Studio, OpenAI, OpenRouter and their like. What is sent and what an answer says is
exchange.py, when a call is sent is scheduler.py, HTTP is client.py; here requests go in and completions come
out in order. Neither aiohttp nor the network is touched before something is asked that the journal lacks.
"""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Callable, Coroutine, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar
from urllib.parse import urlsplit, urlunsplit

import orjson

from hornbook.errors import TeacherUnavailable, UsageError
from hornbook.teacher import exchange
from hornbook.teacher.budget import Budget
from hornbook.teacher.call import Call, Turn
from hornbook.teacher.in_order import InOrder
from hornbook.teacher.journal import Journal
from hornbook.teacher.protocol import Completion, Request

if TYPE_CHECKING:
    from hornbook.teacher.scheduler import Scheduler

T = TypeVar("T")
KEY_VARIABLE = "HORNBOOK_API_KEY"
_AHEAD = 8
"""Times the concurrency: requests drawn ahead of the one to be yielded, so that a slow answer stalls nobody."""
_LEAST_AHEAD = 1024
_FIRST, _LEAST_FIRST = 2, 64
"""The same until the first answer has come: the calls in flight, and those that follow them."""
_GRACE_SECONDS = 2.0
"""What calls in flight are given when nobody wants their answers any more: they are paid for."""
_OWN_FIELDS = {"messages", "prompt", "model", "stream", "n", "max_tokens", "max_completion_tokens"}
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """Which model, asked how, at which address.

    `teacher_name`, `api` and `parameters` are identity: they enter the journal's key, and belong into a step's
    config. Everything else is where and how fast, and may change without a paid answer being lost.
    Raises UsageError for values that make no sense.
    """

    url: str
    """Base address, as in `http://localhost:8000/v1`; `/chat/completions` or `/completions` is appended."""
    model: str
    """Model as the server calls it."""
    revision: str = ""
    """Which weights: a commit, a date. A server seldom says; give it where a name may change its meaning."""
    name: str = ""
    """Identity of the teacher where it is not `model@revision`: one model under several servers' names."""
    api: Literal["chat", "completions"] = "chat"
    """`completions` sends the messages' texts, joined by blank lines, as one prompt."""
    temperature: float | None = 1.0
    """None leaves it to the server, whose default differs by server and model."""
    top_p: float | None = None
    max_tokens: int = 2048
    """Longest answer, in tokens; also what the budget expects of an answer until it has seen some."""
    stop: tuple[str, ...] = ()
    seed: int | None = None
    """Each sample is sent a seed of its own, drawn from this one; many servers ignore it."""
    extra: Mapping[str, Any] = field(default_factory=dict)
    """Further fields of the body: `response_format`, `chat_template_kwargs`, ...; JSON values only."""
    max_tokens_field: Literal["max_tokens", "max_completion_tokens"] = "max_tokens"
    """What the server calls the longest answer; OpenAI's reasoning models want the second."""
    key_variable: str = KEY_VARIABLE
    """Environment variable that holds the key; without one nothing is sent. The key itself is nowhere else.

    A variable of its own by default, so that one provider's key never travels to another. Another one that is
    not set is a UsageError."""
    concurrency: int = 64
    """Most calls in flight; fewer are when the server says 429."""
    timeout_seconds: float = 300.0
    """For one attempt, waiting in the server's queue included."""
    attempts: int = 8
    """Most attempts at one answer; a 429 is none."""
    patience_seconds: float = 900.0
    """How long not one call may succeed before the run ends with TeacherUnavailable."""
    proxy: str = ""
    """URL of a proxy, or `environment` for HTTPS_PROXY and NO_PROXY, which may hold credentials; this may not."""
    ca_file: Path | None = None
    """Certificates to trust besides the system's: a company's own."""

    def __post_init__(self) -> None:
        """Refuse what cannot work, before anything is spent."""
        _check_address("url", self.url)
        if self.url.partition("?")[0].rstrip("/").endswith("/completions"):
            raise UsageError(
                f"url {self.address!r} should end before /completions, which hornbook appends itself"
            )
        if self.proxy not in ("", "environment"):
            _check_address("proxy", self.proxy)
        if not self.model:
            raise UsageError("the model is empty; give the name under which the server knows it")
        for name in ("max_tokens", "concurrency", "attempts", "timeout_seconds", "patience_seconds"):
            if not getattr(self, name) > 0:
                raise UsageError(f"{name} is {getattr(self, name)}; it must be above zero")
        if own := sorted(_OWN_FIELDS & set(self.extra)):
            raise UsageError(f"extra sets {', '.join(own)}, which hornbook sends itself")
        try:
            orjson.dumps(self.parameters)
        except TypeError as error:
            raise UsageError(f"extra holds what JSON cannot say: {error}") from None
        if self.key_variable not in ("", KEY_VARIABLE) and not os.environ.get(self.key_variable):
            raise UsageError(f"the key should be in ${self.key_variable}, which is not set")

    @property
    def teacher_name(self) -> str:
        """`name`, or `model@revision`; never an address or a key."""
        return self.name or (f"{self.model}@{self.revision}" if self.revision else self.model)

    @property
    def parameters(self) -> dict[str, Any]:
        """What shapes an answer besides the messages, as JSON values; what is not given is left out."""
        given = {
            "temperature": None if self.temperature is None else float(self.temperature),
            "top_p": None if self.top_p is None else float(self.top_p),
            "max_tokens": self.max_tokens,
            "stop": list(self.stop) or None,
            "seed": self.seed,
        }
        return {name: value for name, value in given.items() if value is not None} | dict(self.extra)

    @property
    def address(self) -> str:
        """`url` without its query and last slash, for people and for the journal."""
        parts = urlsplit(self.url)
        return urlunsplit((parts.scheme, parts.netloc, parts.path.rstrip("/"), "", ""))

    def teacher(
        self, *, journal: Journal, budget: Budget, say: Callable[[str], None] = lambda line: None
    ) -> EndpointTeacher:
        """Return the teacher that asks here."""
        return EndpointTeacher(self, journal=journal, budget=budget, say=say)


class EndpointTeacher:
    """A `Teacher` that asks an endpoint; use it as a context manager, or call `close`.

    `journal` keeps each answer, `budget` says when to stop, `say` gets one line for the person who watches
    whenever something is out of the ordinary, and may be called from another thread.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        *,
        journal: Journal,
        budget: Budget | None = None,
        say: Callable[[str], None] = lambda line: None,
    ) -> None:
        self._endpoint = endpoint
        self._journal = journal
        self._budget = Budget() if budget is None else budget
        self._say = say
        self._engine: _Engine | None = None
        self._starting = threading.Lock()
        self._parameters = endpoint.parameters
        self._who = (endpoint.teacher_name, endpoint.address, endpoint.model)
        self._remembered = False
        # Also where the journal has every answer: they may be another model's.
        journal.introduce(*self._who)

    @property
    def name(self) -> str:
        """The endpoint's `teacher_name`."""
        return self._endpoint.teacher_name

    def complete(self, requests: Iterable[Request | None]) -> Iterator[Completion]:
        """Yield one completion per request, in order; each is in the journal before it is yielded.

        Requests are drawn lazily, some way ahead of what was yielded. None among them means that there is none
        for now: more is asked for after the next completion, and where nothing is under way this ends. A request
        that fails is a completion with `finish == "error"`. Raises BudgetExceeded when the next call could break
        a cap and TeacherUnavailable when the endpoint gives nothing more; either way what was answered is kept,
        and the same call goes on from there.
        """
        ahead = max(_AHEAD * self._endpoint.concurrency, _LEAST_AHEAD)
        first = max(_FIRST * self._endpoint.concurrency, _LEAST_FIRST)
        in_order = InOrder(
            self._endpoint, self._journal, self._running, body=self._body, ahead=ahead, first=first
        )
        try:
            for completion in in_order.completions(iter(requests)):
                self._remember(completion)
                yield completion
        finally:
            if self._engine is not None:
                self._engine.drop(in_order.turn)

    def __enter__(self) -> EndpointTeacher:
        """Return the teacher."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the teacher."""
        self.close()

    def close(self) -> None:
        """Drop what is in flight, and store what was answered. The journal stays open."""
        if self._engine is not None:
            self._engine.close()
            self._engine = None

    def _body(self, request: Request) -> bytes:
        return exchange.body(
            api=self._endpoint.api,
            model=self._endpoint.model,
            messages=request.messages,
            parameters=self._parameters,
            max_tokens_field=self._endpoint.max_tokens_field,
            sample=request.sample,
        )

    def _remember(self, completion: Completion) -> None:
        """Note where this teacher is once it has answered: an address with a slip in it is none of its places."""
        if not (self._remembered or completion.replayed or completion.finish == "error"):
            self._journal.remember(*self._who)
            self._remembered = True

    def _running(self) -> _Engine:
        with self._starting:
            if self._engine is None:
                self._warn()
                self._engine = _Engine(self._endpoint, self._journal, self._budget, self._say)
            return self._engine

    def _warn(self) -> None:
        parts = urlsplit(self._endpoint.url)
        has_key = bool(os.environ.get(self._endpoint.key_variable or KEY_VARIABLE))
        if (
            has_key
            and self._endpoint.key_variable
            and parts.scheme == "http"
            and parts.hostname not in _LOOPBACK
        ):
            self._say(f"the key travels unencrypted to {self._endpoint.address}; https would hide it")


class _Engine:
    """The event loop in a thread of its own, and the scheduler in it."""

    def __init__(
        self, endpoint: Endpoint, journal: Journal, budget: Budget, say: Callable[[str], None]
    ) -> None:
        try:
            from hornbook.teacher.client import Client
            from hornbook.teacher.scheduler import Scheduler
        except ModuleNotFoundError as error:
            if error.name != "aiohttp":
                raise
            raise TeacherUnavailable("a teacher behind a URL needs aiohttp: pip install aiohttp") from None
        self._loop = _event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="hornbook-teacher", daemon=True)
        self._thread.start()

        async def start() -> Scheduler:
            return Scheduler(endpoint, Client(endpoint), journal=journal, budget=budget, say=say)

        try:
            self._scheduler = self._run(start())
        except BaseException:
            self._stop()
            raise

    def add(self, calls: list[Call]) -> None:
        """Send calls, when there is room."""
        self._loop.call_soon_threadsafe(self._scheduler.add, calls)

    def drop(self, turn: Turn) -> None:
        """Forget a turn's calls, and store what was answered."""
        self._run(self._scheduler.drop(turn, _GRACE_SECONDS))

    def close(self) -> None:
        """Close connections, loop and thread."""
        try:
            self._run(self._scheduler.close())
        finally:
            self._stop()

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    def _stop(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.run_until_complete(self._loop.shutdown_default_executor())
        self._loop.close()


def _event_loop() -> asyncio.AbstractEventLoop:
    """Return uvloop's loop, which takes less CPU per call, or Python's own where there is none (Windows, PyPy)."""
    try:
        import uvloop
    except ModuleNotFoundError:
        return asyncio.new_event_loop()
    return uvloop.new_event_loop()


def _check_address(name: str, url: str) -> None:
    """Refuse what is no address, or holds credentials: these are written down with it."""
    if "@" in url.partition("?")[0]:
        raise UsageError(
            f"{name} holds credentials; a key belongs into an environment variable (key_variable), "
            "a proxy's password into HTTPS_PROXY with proxy='environment'"
        )
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna")
        whole = parts.scheme in ("http", "https") and host and parts.port != 0
    except ValueError:  # UnicodeError is one
        whole = False
    if not whole or any(sign.isspace() or not sign.isprintable() for sign in url):
        # A query may hold a key.
        shown = url.partition("?")[0]
        raise UsageError(f"{name} {shown!r} is no address; give one such as http://localhost:8000/v1")
