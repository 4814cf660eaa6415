"""Servers, proxies and addresses that mean no good, or are broken beyond what a server may be."""

from __future__ import annotations

import gzip
import json
import math
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from raw_server import answering, response
from teaching import ask, requests

from hornbook.errors import TeacherUnavailable, UsageError
from hornbook.lessons.parts import bare, exercise_parts
from hornbook.teacher.endpoint import Endpoint
from hornbook.teacher.exchange import printable, read_reply, retry_after
from hornbook.teacher.journal import Journal
from hornbook.teacher.protocol import Completion

SECRET = "0123456789abcdef/+="
GOOD = json.dumps(
    {"model": "m", "choices": [{"message": {"content": "a test is EMPTY"}, "finish_reason": "stop"}]}
).encode()


def endpoint(port: int, **changes: Any) -> Endpoint:
    given: dict[str, Any] = {"url": f"http://127.0.0.1:{port}/v1", "model": "m", "attempts": 2}
    return Endpoint(**(given | {"patience_seconds": 20.0, "timeout_seconds": 10.0} | changes))


def asked(reply: bytes, folder: Path, **changes: Any) -> list[Completion]:
    with answering(reply) as port:
        return ask(endpoint(port, **changes), folder, requests(2))


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (b"", "Server disconnected"),
        (b"\x00\x01SSH-2.0-OpenSSH\r\n\r\n", "no HTTP"),
        (b"HTTP/1.1 \xff\xfe\r\n\r\n", "no HTTP"),
        (response(b"hello", "200 OK", b"X: " + b"a" * 100_000), "no HTTP: Got more than"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhello", "no HTTP"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello", "no HTTP"),
        (response(b"not zipped", "200 OK", b"Content-Encoding: gzip"), "content-encoding"),
        # What a header holds need not be text, and an error that no file can hold once hung the run.
        (response(b"hello", "200 OK", b"Content-Type: text/\xff\xfe"), "text/\ufffd\ufffd: not JSON"),
        (response(b"[" * 200_000), "depth limit"),
        (response(b'{"choices": [{"text": NaN}]}'), "not JSON"),
        (response(b'{"choices": [{"text": "\\ud800"}]}'), "not JSON"),
        (
            response(b'data: {"choices": []}\n\n' * 1000, "200 OK", b"Content-Type: text/event-stream"),
            "stream",
        ),
        (
            response(b'{"error": {"message": "\\u001b[2J\\u0007 no"}}', "400 Bad"),
            "HTTP 400: \ufffd[2J\ufffd no",
        ),
    ],
)
def test_garbage_is_a_failed_answer_that_says_in_one_line_what_came(
    reply: bytes, error: str, tmp_path: Path
) -> None:
    found = asked(reply, tmp_path)
    assert [each.finish for each in found] == ["error"] * 2
    assert error in found[0].error
    assert found[0].error.isprintable() and len(found[0].error) < 1000
    with Journal(tmp_path / "journal") as journal:
        assert [entry.answered for entry in journal.entries()] == [False] * 2


def test_a_zipped_answer_is_read(tmp_path: Path) -> None:
    found = asked(response(gzip.compress(GOOD), "200 OK", b"Content-Encoding: gzip"), tmp_path)
    assert [each.text for each in found] == ["a test is EMPTY"] * 2


def test_an_answer_without_end_does_not_fill_the_memory(tmp_path: Path) -> None:
    bomb = gzip.compress(b" " * (80 << 20))
    found = asked(response(bomb, "200 OK", b"Content-Encoding: gzip"), tmp_path, attempts=1)
    assert "more than 67,108,864 bytes" in found[0].error


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (response(b"", "301 Moved", b"Location: https://elsewhere/v1"), "redirects to https://elsewhere/v1"),
        (response(b"", "308 Moved"), "HTTP 308"),
        (response(b"who are you?", "407 Proxy Authentication Required"), "HTTP 407: who are you"),
    ],
)
def test_what_holds_for_every_request_ends_the_run_at_once(reply: bytes, said: str, tmp_path: Path) -> None:
    with pytest.raises(TeacherUnavailable, match=said):
        asked(reply, tmp_path)


def test_a_redirect_gets_no_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HORNBOOK_API_KEY", SECRET)
    heads: list[bytes] = []
    with answering(lambda head: heads.append(head) or response(GOOD)) as elsewhere:  # type: ignore[func-returns-value]
        moved = response(b"", "307 Moved", b"Location: http://127.0.0.1:%d/v1" % elsewhere)
        with pytest.raises(TeacherUnavailable):
            asked(moved, tmp_path)
    assert heads == []


def everything(folder: Path, error: BaseException | None, found: list[Completion]) -> str:
    written = [path.read_text() for path in folder.rglob("*") if path.is_file()]
    return "\n".join([*written, repr(error), str(error), *map(repr, found)])


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize(
    "reply",
    [
        response(b"denied: user:p@ss/word and p%40ss%2Fword", "407 user:p@ss/word"),
        response(b"denied: user:p@ss\\/word", "502 Bad"),
        b"\xff garbage",
        b"",
    ],
)
def test_a_proxys_password_is_in_nothing_that_is_written(
    scheme: str, reply: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    error, found = None, list[Completion]()
    with answering(reply) as port:
        monkeypatch.setenv(f"{scheme}_proxy", f"http://user:p%40ss%2Fword@127.0.0.1:{port}")
        monkeypatch.setenv("no_proxy", "")
        there = endpoint(0, url=f"{scheme}://10.1.2.3/v1", proxy="environment")
        try:
            ask(there, tmp_path, requests(2), into=found)
        except TeacherUnavailable as ended:
            error = ended
    text = everything(tmp_path, error, found)
    assert "10.1.2.3" in text
    for spelled in ("p@ss/word", "p%40ss%2Fword", "p%40ss/word", "p@ss\\/word"):
        assert spelled not in text


@pytest.mark.parametrize(
    "reply",
    [
        response(f'{{"error": {{"message": "bad key {SECRET}"}}}}'.encode(), "401 No"),
        response(f"<html>/v1/chat/completions?api-key={SECRET}</html>".encode(), "500 No"),
        b"\xff garbage",
    ],
)
def test_a_key_in_the_addresses_query_is_in_nothing_that_is_written(reply: bytes, tmp_path: Path) -> None:
    error, found = None, list[Completion]()
    with answering(reply) as port:
        there = endpoint(0, url=f"http://127.0.0.1:{port}/v1?api-key={SECRET}&api-version=2024-06-01")
        try:
            ask(there, tmp_path, requests(2), into=found)
        except TeacherUnavailable as ended:
            error = ended
    assert SECRET not in everything(tmp_path, error, found)


@pytest.mark.parametrize("word", ["EMPTY", "test", "a"])
def test_a_key_that_is_a_mere_word_leaves_answers_as_they_are(
    word: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HORNBOOK_API_KEY", word)
    assert asked(response(GOOD), tmp_path)[0].text == "a test is EMPTY"


def test_a_server_at_an_address_of_version_6_is_asked(tmp_path: Path) -> None:
    try:
        with answering(response(GOOD), "::1") as port:
            [found, _] = ask(endpoint(0, url=f"http://[::1]:{port}/v1"), tmp_path, requests(2))
    except OSError as error:
        pytest.skip(f"no IPv6 here: {error}")
    assert found.text == "a test is EMPTY"


@pytest.mark.parametrize(
    "url",
    [
        "http://ho st/v1",
        "http://host\n/v1",
        "http://host/v 1",
        "http://.../v1",
        f"http://{'a' * 70}/v1",
        "http://host:99999/v1",
        "htp://host/v1?key=secret",
        "http://host/v1/completions?key=secret",
    ],
)
def test_an_address_that_cannot_be_one_is_refused_and_its_query_not_shown(url: str) -> None:
    with pytest.raises(UsageError, match="no address|appends itself") as refused:
        Endpoint(url=url, model="m")
    assert "secret" not in str(refused.value)


def test_a_stored_answer_that_cannot_be_read_is_a_failed_one(tmp_path: Path) -> None:
    with answering(response(GOOD)) as port:
        ask(endpoint(port), tmp_path, requests(1))
        [path] = (tmp_path / "journal").glob("*.jsonl")
        path.write_text(path.read_text().replace("choices", "chances"))
        [found] = ask(endpoint(port), tmp_path, requests(1))
    assert (found.finish, found.replayed) == ("error", True)
    assert "the journal's answer cannot be read: no choice" in found.error


@given(st.text(), st.integers(100, 599), st.binary(max_size=300))
def test_no_response_is_too_odd_to_be_read(header: str, status: int, raw: bytes) -> None:
    headers = {"Retry-After": header, "Content-Type": header, "Location": header}
    reply = read_reply(status, headers, raw, prompt_bytes=10, max_tokens=10)
    assert reply.kind == "answer" or reply.error
    assert len(reply.error) < 1000 + len(header)
    assert printable(reply.error).isprintable()
    printable(reply.error).encode()


@given(
    st.text()
    | st.from_regex(r"(Mon, )?\d{1,2} Jan \d{1,5} \d\d:\d\d:\d\d ([+-]\d{4}|GMT|UTC)?", fullmatch=True)
)
def test_whatever_retry_after_says_is_seconds_or_nothing(header: str) -> None:
    wait = retry_after({"Retry-After": header})
    assert wait is None or (math.isfinite(wait) and wait >= 0)


@pytest.mark.parametrize(
    "text",
    [
        "*" * 100_000,
        "**Task**\n" * 20_000,
        "_" * 100_000 + "x",
        "`" * 100_000,
        "# " * 100_000,
        "<think>" * 50_000,
    ],
)
def test_a_model_that_repeats_itself_is_read_in_a_moment(text: str) -> None:
    begun = time.process_time()
    assert not exercise_parts(bare(text)).get("Solution", "").strip()
    assert time.process_time() - begun < 5.0  # a line of asterisks took 213
