"""What is sent, and how answers of odd servers are read: no network."""

import email.utils
import json
import time
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hornbook.teacher.exchange import Unreadable, body, read_answer, read_reply, retry_after, stops_of
from hornbook.teacher.protocol import Message, Usage

MESSAGES = (Message(role="system", content="Be brief."), Message(role="user", content="Hello?"))


def sent(api: str = "chat", sample: int = 0, field: str = "max_tokens", **parameters: Any) -> dict[str, Any]:
    raw = body(
        api=api,
        model="m",
        messages=MESSAGES,
        parameters={"max_tokens": 7} | parameters,
        max_tokens_field=field,
        sample=sample,
    )
    found: dict[str, Any] = json.loads(raw)
    return found


def answer(**choice: Any) -> dict[str, Any]:
    message = {"role": "assistant", "content": "hello"}
    return {"model": "m-1", "choices": [{"message": message, "finish_reason": "stop"} | choice]}


def read(found: Any, *, prompt_bytes: int = 100, max_tokens: int = 50) -> Any:
    raw = found if isinstance(found, str) else json.dumps(found)
    return read_answer(raw, prompt_bytes=prompt_bytes, max_tokens=max_tokens)


def test_a_chat_sends_its_messages_and_never_streams_nor_asks_for_several() -> None:
    found = sent(temperature=0.5, stop=["\n\n"])
    assert found == {
        "model": "m",
        "messages": [
            {"role": "system", "content": "Be brief."},
            {"role": "user", "content": "Hello?"},
        ],
        "max_tokens": 7,
        "temperature": 0.5,
        "stop": ["\n\n"],
        "stream": False,
    }


def test_a_plain_completion_sends_one_text() -> None:
    found = sent("completions")
    assert found["prompt"] == "Be brief.\n\nHello?"
    assert "messages" not in found


def test_the_longest_answer_is_sent_under_the_name_that_the_server_knows() -> None:
    found = sent(field="max_completion_tokens")
    assert (found["max_completion_tokens"], "max_tokens" in found) == (7, False)


def test_each_sample_has_a_seed_of_its_own() -> None:
    seeds = [sent(seed=seed, sample=sample)["seed"] for seed in (0, 1) for sample in range(50)]
    assert len(set(seeds)) == 100
    assert all(0 <= seed < 2**31 for seed in seeds)
    assert seeds[:50] == [sent(seed=0, sample=sample)["seed"] for sample in range(50)]
    assert "seed" not in sent()


@pytest.mark.parametrize(
    ("choice", "text", "finish"),
    [
        ({}, "hello", "stop"),
        ({"finish_reason": "length"}, "hello", "length"),
        ({"finish_reason": "max_tokens"}, "hello", "length"),
        ({"finish_reason": None}, "hello", "stop"),
        ({"finish_reason": 5}, "hello", "stop"),
        ({"finish_reason": "EOS"}, "hello", "stop"),
        ({"finish_reason": "content_filter"}, "hello", "error"),
        ({"finish_reason": "tool_calls", "message": {"content": None}}, "", "error"),
        ({"message": {"content": None}}, "", "error"),
        ({"message": {"content": "  \n"}}, "  \n", "error"),
        ({"message": {"content": [{"type": "text", "text": "a"}, {"text": "b"}, 5]}}, "ab", "stop"),
        ({"message": None, "text": "plain"}, "plain", "stop"),
    ],
)
def test_a_choice_is_read_as_it_was_meant(choice: dict[str, Any], text: str, finish: str) -> None:
    found = read(answer(**choice))
    assert (found.text, found.finish, bool(found.error)) == (text, finish, finish == "error")


@given(text=st.text(alphabet="ab\n "), stops=st.lists(st.text(alphabet="ab\n ", min_size=1), max_size=3))
def test_an_answer_ends_before_the_first_stop_text_whatever_the_server_left_in_it(
    text: str, stops: list[str]
) -> None:
    raw = orjson.dumps(answer(message={"content": text}, finish_reason="length"))
    found = read_answer(raw, prompt_bytes=100, max_tokens=50, stops=stops)
    ends = [text.index(stop) for stop in stops if stop in text]
    assert found.text == text[: min(ends, default=len(text))]
    if found.text.strip():
        assert found.finish == ("stop" if ends else "length")


@pytest.mark.parametrize(
    ("stop", "stops"), [(None, ()), ("x", ("x",)), (["a", ""], ("a",)), ([], ()), (["a", 5], ("a",))]
)
def test_stop_texts_are_those_that_are_sent(stop: Any, stops: tuple[str, ...]) -> None:
    assert stops_of({} if stop is None else {"stop": stop}) == stops


def test_of_several_choices_the_first_counts_and_all_are_paid() -> None:
    found = answer()
    found["choices"] *= 3
    assert read(found).text == "hello"
    assert read(found).usage == Usage(tokens_in=25, tokens_out=4, estimated=True)


@pytest.mark.parametrize(
    "raw", ["", "{", "[]", "5", "{}", '{"choices": []}', '{"choices": [null]}', "data: {}"]
)
def test_a_body_without_a_choice_is_unreadable(raw: str) -> None:
    with pytest.raises(Unreadable):
        read(raw)


@pytest.mark.parametrize(
    "usage",
    [
        None,
        "many",
        {},
        {"prompt_tokens": "20", "completion_tokens": 2},
        {"prompt_tokens": 20, "completion_tokens": None},
        {"prompt_tokens": 20, "completion_tokens": True},
        {"prompt_tokens": -20, "completion_tokens": 2},
        {"prompt_tokens": 20, "completion_tokens": 0},
        {"prompt_tokens": 0, "completion_tokens": 2},
        {"prompt_tokens": 20, "completion_tokens": 10**9},
        {"prompt_tokens": 10**9, "completion_tokens": 2},
    ],
)
def test_impossible_usage_is_estimated(usage: Any) -> None:
    assert read(answer() | {"usage": usage}).usage == Usage(tokens_in=25, tokens_out=2, estimated=True)


def test_possible_usage_is_believed() -> None:
    usage = {"prompt_tokens": 20, "completion_tokens": 50, "prompt_tokens_details": {"cached_tokens": 16}}
    assert read(answer() | {"usage": usage}).usage == Usage(tokens_in=20, tokens_out=50, tokens_cached=16)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["choices", "message", "content", "text", "usage", "error", "code", "prompt_tokens"]
            ),
            inner,
            max_size=4,
        )
    ),
)


@given(JSON | st.binary(), st.integers(100, 599))
def test_whatever_a_server_sends_is_read_or_is_a_failure(found: Any, status: int) -> None:
    raw = found if isinstance(found, bytes) else json.dumps(found).encode()
    reply = read_reply(status, {}, raw, prompt_bytes=10, max_tokens=10)
    assert reply.kind == "answer" or reply.error
    assert (reply.kind == "answer") <= (200 <= status < 300)


@pytest.mark.parametrize(
    ("status", "headers", "error", "kind"),
    [
        (429, {}, "slow down", "busy"),
        (429, {"Retry-After": "3"}, "slow down", "busy"),
        (429, {}, "insufficient_quota", "shut"),
        (503, {"Retry-After": "3"}, "overloaded", "busy"),
        (503, {}, "overloaded", "fault"),
        (529, {"Retry-After": "3"}, "overloaded", "busy"),
        (500, {}, "broke", "fault"),
        (408, {}, "late", "fault"),
        (400, {}, "too long", "unfit"),
        (422, {}, "odd", "unfit"),
        (403, {}, "flagged", "unfit"),
        (401, {}, "no key", "shut"),
        (402, {}, "no money", "shut"),
        (404, {}, "no model", "shut"),
        (307, {}, "elsewhere", "shut"),
    ],
)
def test_a_status_says_whom_it_concerns(status: int, headers: dict[str, str], error: str, kind: str) -> None:
    for raw in (json.dumps({"error": {"message": error}}), json.dumps({"error": error}), f"<p>{error}</p>"):
        reply = read_reply(status, headers, raw.encode(), prompt_bytes=10, max_tokens=10)
        assert (reply.kind, error in reply.error) == (kind, True)


def test_an_error_inside_a_200_counts_as_its_own_status() -> None:
    for code, kind in ((429, "busy"), (502, "fault"), (401, "shut"), ("odd", "fault")):
        raw = json.dumps({"error": {"message": "upstream", "code": code}}).encode()
        assert read_reply(200, {}, raw, prompt_bytes=10, max_tokens=10).kind == kind


def test_retry_after_is_a_number_or_a_date() -> None:
    assert retry_after({"Retry-After": "1.5"}) == 1.5
    assert retry_after({"retry-after-ms": "250", "Retry-After": "1"}) == 0.25
    assert retry_after({"Retry-After": "-4"}) == 0.0
    in_a_minute = email.utils.formatdate(time.time() + 60, usegmt=True)
    assert retry_after({"Retry-After": in_a_minute}) == pytest.approx(60, abs=3)
    for odd in ("", "soon", "nan", "inf"):
        assert retry_after({"Retry-After": odd}) is None
