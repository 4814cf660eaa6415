"""What `doctor` measures of an endpoint: servers that ignore what they take, say nothing, or have little room."""

from __future__ import annotations

import asyncio
import json
import os
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fake_server import Served, serving
from hypothesis import given
from hypothesis import strategies as st
from teaching import KEY, endpoint
from test_cli import fails, hornbook

from hornbook.errors import BudgetExceeded, TeacherUnavailable
from hornbook.teacher.budget import Budget
from hornbook.teacher.exchange import Reply
from hornbook.teacher.price import Price
from hornbook.teacher.probe import LEVELS, ahead, measure
from hornbook.teacher.profile import Ability, Profile, Rate, load_profile, save_profile
from hornbook.teacher.served import find_served, said_context

EVERYTHING = "n max_tokens stop seed json_object json_schema logprobs"
FIELDS = ["data", "models", "id", "name", "meta", "n_ctx", "n_ctx_train", "max_model_len", "context_length"]
FIELDS += ["default_generation_settings", "total_slots", "model_info", "llama.context_length", "parameters"]
LIST = {"/v1/models": {"data": [{"id": "m"}]}}
PLAIN: dict[str, Any] = {
    "able": EVERYTHING,
    "pages": LIST,
    "latency": 0.0,
    "tokens": 100,
    "status": 200,
    "usage": "right",
    "context": 0,
    "cut": False,
    "lanes": 0,
    "most_in_flight": 0,
    "choices": 1,
    "content": "text",
    "error": "no",
    "refuses": "",
    "logprob": -0.5,
    "json": '{"colour": "blue"}',
}


@pytest.fixture(scope="module")
def running() -> Iterator[Served]:
    with serving() as served:
        yield served


@pytest.fixture
def server(running: Served) -> Served:
    running.set(**PLAIN)
    return running


def found(profile: Profile) -> dict[str, str]:
    return {ability.name: ability.found for ability in profile.abilities}


def test_a_server_that_can_do_everything_is_found_to(server: Served) -> None:
    profile = measure(endpoint(server), Budget())
    assert set(found(profile).values()) == {"works"}
    assert (profile.models, profile.model) == (("m",), "m")
    assert [rate.answered for rate in profile.rates] == list(LEVELS)


@pytest.mark.parametrize(
    ("field", "name"),
    [
        *(("n", "n"), ("max_tokens", "max_tokens"), ("stop", "stop"), ("seed", "seed")),
        *(("json_object", "JSON mode"), ("json_schema", "JSON schema"), ("logprobs", "logprobs")),
    ],
)
def test_a_field_that_is_taken_and_ignored_is_told_by_the_answers(
    server: Served, field: str, name: str
) -> None:
    server.set(able=" ".join(word for word in EVERYTHING.split() if word != field))
    abilities = found(measure(endpoint(server), Budget()))
    assert {ability for ability, seen in abilities.items() if seen != "works"} == {name}
    assert abilities[name] == "ignored"


def test_a_refusal_is_told_in_the_servers_words(server: Served) -> None:
    server.set(refuses="response_format logprobs seed n stop")
    profile = measure(endpoint(server), Budget())
    refused = {ability.name: ability.detail for ability in profile.abilities if ability.found == "refused"}
    assert set(refused) == {"n", "stop", "seed", "JSON mode", "JSON schema", "logprobs"}
    assert refused["n"] == "HTTP 400: n: not supported"


@pytest.mark.parametrize(
    ("knobs", "name", "seen"),
    [
        (
            {"able": f"{EVERYTHING} restless"},
            "stop",
            "unclear",
        ),  # temperature 0 gives another answer each time
        ({"tokens": 10}, "max_tokens", "unclear"),  # the answer was short by itself
        ({"logprob": 0.0}, "logprobs", "ignored"),  # each token certain
        ({"logprob": 0.7}, "logprobs", "ignored"),  # more than certain
        ({"json": "{colour: blue}"}, "JSON mode", "ignored"),
        ({"json": '{"color": "blue"}'}, "JSON schema", "ignored"),
        ({"content": "empty"}, "JSON mode", "unclear"),
        ({"content": "empty"}, "stop", "unclear"),
    ],
)
def test_what_only_looks_like_an_ability_is_not_taken_for_it(
    server: Served, knobs: dict[str, Any], name: str, seen: str
) -> None:
    server.set(**knobs)
    assert found(measure(endpoint(server), Budget()))[name] == seen


def test_a_server_too_slow_to_measure_is_not_asked_for_more_at_once(server: Served) -> None:
    server.set(able="seed max_tokens", tokens=0)
    assert [rate.in_flight for rate in measure(endpoint(server), Budget()).rates] == [1]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.just("m"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(FIELDS), inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(["models", "props", "ps", "show"]), JSON))
def test_whatever_pages_say_is_read_or_left_aside(pages: dict[str, Any]) -> None:
    class Scripted:
        async def look(self, url: str, body: bytes | None = None) -> Reply:
            page = pages.get(url.rpartition("/")[2])
            return Reply(kind="answer", status=200, body=json.dumps(page))

    asked = endpoint(Served(1), url="http://h/v1")
    served = asyncio.run(find_served(Scripted(), asked))  # type: ignore[arg-type]
    assert served.context is None or served.context > 0
    assert (served.context is None) == (served.context_source == "")


def test_one_answer_to_every_seed_is_no_proof_of_seeds(server: Served) -> None:
    server.set(able="stop max_tokens seed", tokens=0)
    assert found(measure(endpoint(server, max_tokens=100), Budget()))["seed"] == "unclear"


@pytest.mark.parametrize("usage", ["none", "null", "text", "zero", "huge"])
def test_tokens_that_nobody_counted_are_no_usage(server: Served, usage: str) -> None:
    server.set(usage=usage)
    profile = measure(endpoint(server), Budget())
    assert found(profile)["usage"] == "ignored"
    assert profile.rates[0].tokens_per_second > 0  # estimated from the text


def test_without_a_list_of_models_the_rest_is_measured(server: Served) -> None:
    server.set(pages={})
    profile = measure(endpoint(server), Budget())
    assert profile.models is None
    assert "404" in profile.no_models
    assert set(found(profile).values()) == {"works"}


PAGES = [
    ({"/v1/models": {"data": [{"id": "m", "max_model_len": 4096}]}}, 4096, None),
    ({"/v1/models": {"data": [{"id": "m", "meta": {"n_ctx_train": 8192}}]}}, 8192, None),
    ({**LIST, "/props": {"default_generation_settings": {"n_ctx": 2048}, "total_slots": 4}}, 2048, 4),
    ({**LIST, "/api/v0/models": {"data": [{"id": "m", "loaded_context_length": 512}]}}, 512, None),
    ({**LIST, "/api/v0/models": {"data": [{"id": "m", "max_context_length": 700}]}}, 700, None),
    ({**LIST, "/api/ps": {"models": [{"name": "m:latest", "context_length": 1024}]}}, 1024, None),
    ({**LIST, "/api/show": {"model_info": {"llama.context_length": 32768}}}, 32768, None),
    ({**LIST, "/api/show": {"parameters": "stop x\nnum_ctx    6000", "model_info": {}}}, 6000, None),
]


@pytest.mark.parametrize(("pages", "context", "at_once"), PAGES)
def test_context_and_room_are_found_where_each_kind_of_server_says_them(
    server: Served, pages: dict[str, Any], context: int, at_once: int | None
) -> None:
    server.set(pages=pages)
    profile = measure(endpoint(server), Budget())
    assert (profile.context, profile.at_once) == (context, at_once)
    if at_once:
        assert profile.concurrency == at_once


def test_a_context_that_nobody_says_is_found_by_longer_prompts(server: Served) -> None:
    server.set(context=6000)
    assert measure(endpoint(server), Budget()).context == 6000  # the refusal names it
    server.set(context=6000, cut=True)
    cut = measure(endpoint(server), Budget())
    assert (cut.context, "did not say so" in cut.context_source) == (6000, True)
    server.set(context=0, cut=False)
    long = measure(endpoint(server), Budget())
    assert (long.context, "it may be more" in long.context_source) == (16384, True)
    server.set(usage="none")
    unknown = measure(endpoint(server), Budget())
    assert (unknown.context, "not counted" in unknown.context_source) == (None, True)


@pytest.mark.parametrize(
    ("said", "context"),
    [
        ("This model's maximum context length is 8192 tokens. However, you requested 9000", 8192),
        (
            "'max_tokens' is too large: 8000. This model's maximum context length is 4096 tokens and your request "
            "has 2778 input tokens (8000 > 4096 - 2778)",
            4096,
        ),
        ("the request exceeds the available context size (4096 tokens), try increasing it", 4096),
        ("Requested tokens (600) exceed context window of 512", 512),
        ("prompt too long", None),
    ],
)
def test_refusals_name_the_context_in_their_own_words(said: str, context: int | None) -> None:
    assert said_context(said) == context


def test_what_is_measured_is_paid_and_no_more_than_was_said(server: Served) -> None:
    price = Price(usd_per_million_in=1.0, usd_per_million_out=2.0)
    budget = Budget(price=price)
    measure(endpoint(server), budget)
    spent = budget.spent
    assert spent.calls == server.counts()["requests"] <= ahead().calls
    assert spent.tokens_out <= ahead().usage.tokens_out
    assert spent.usd is not None
    assert 0 < spent.usd <= price.of(ahead().usage)


def test_a_cap_ends_the_measurement(server: Served) -> None:
    with pytest.raises(BudgetExceeded, match="max-calls 5"):
        measure(endpoint(server), Budget(max_calls=5))
    assert server.counts()["requests"] == 5


def test_a_server_that_refuses_everything_is_unavailable(server: Served) -> None:
    server.set(status=401)
    with pytest.raises(TeacherUnavailable, match="401.*Check address, model and key"):
        measure(endpoint(server), Budget())


def test_more_calls_than_a_server_has_room_for_are_not_suggested(server: Served) -> None:
    server.set(most_in_flight=6, latency=0.02)
    profile = measure(endpoint(server), Budget())
    assert profile.rates[-1].refused == 10
    assert profile.concurrency == 6


def test_calls_that_only_wait_are_not_suggested(server: Served) -> None:
    server.set(lanes=4, latency=0.1)
    assert measure(endpoint(server), Budget()).concurrency == 4


def rate(in_flight: int, tokens_per_second: float) -> Rate:
    return Rate(
        in_flight=in_flight,
        answered=in_flight,
        refused=0,
        seconds=1.0,
        tokens_per_second=tokens_per_second,
    )


def profile_of(*rates: Rate, at_once: int | None = None) -> Profile:
    return Profile(
        teacher="m",
        model="m",
        address="http://h/v1",
        api="chat",
        measured=time.time() - 7300,
        models=("m", "o"),
        no_models="",
        context=4096,
        context_source="the list of models",
        at_once=at_once,
        abilities=(Ability(name="n", found="works"),),
        rates=rates,
    )


@given(st.lists(st.floats(0.0, 1e6), min_size=1, max_size=3), st.floats(0.1, 100.0))
def test_the_suggestion_is_no_matter_of_units(speeds: list[float], factor: float) -> None:
    levels = LEVELS[: len(speeds)]
    as_is = profile_of(*map(rate, levels, speeds)).concurrency
    assert as_is in (*levels, 64)
    if all(speed > 1e-3 for speed in speeds):
        assert profile_of(*map(rate, levels, [factor * speed for speed in speeds])).concurrency == as_is


@pytest.mark.parametrize(
    ("speeds", "calls"), [((80, 81, 80), 1), ((80, 300, 310), 4), ((80, 200, 390), 16), ((80, 320, 1200), 64)]
)
def test_as_many_calls_are_suggested_as_still_bring_something(speeds: tuple[float, ...], calls: int) -> None:
    assert profile_of(*map(rate, LEVELS, speeds)).concurrency == calls


def test_a_profile_is_kept_by_teacher_address_and_interface(tmp_path: Path) -> None:
    profile = profile_of(rate(1, 5.0), at_once=3)
    save_profile(tmp_path, profile)
    save_profile(tmp_path, replace(profile, teacher="other"))
    asked = endpoint(Served(1), url="http://h/v1?v=2")
    assert load_profile(tmp_path, asked) == profile
    for change in ({"url": "http://g/v1"}, {"revision": "2"}, {"api": "completions"}):
        assert load_profile(tmp_path, replace(asked, **change)) is None  # type: ignore[arg-type]
    assert profile.age == "2 hours ago"


def test_a_profile_of_another_version_is_measured_again(tmp_path: Path) -> None:
    save_profile(tmp_path, profile_of(rate(1, 5.0)))
    path = tmp_path / "profiles.json"
    stored = {name: found | {"new": 1} for name, found in json.loads(path.read_text()).items()}
    path.write_text(json.dumps(stored))
    assert load_profile(tmp_path, endpoint(Served(1), url="http://h/v1")) is None


@pytest.mark.parametrize("content", ["", "{", "[]", '{"m at http://h/v1 (chat)": 5}'])
def test_a_damaged_profile_is_measured_again(content: str, tmp_path: Path) -> None:
    (tmp_path / "profiles.json").write_text(content)
    asked = endpoint(Served(1), url="http://h/v1")
    assert load_profile(tmp_path, asked) is None
    profile = profile_of(rate(1, 5.0))
    save_profile(tmp_path, profile)
    assert load_profile(tmp_path, asked) == profile


def test_doctor_says_what_it_will_spend_measures_once_and_run_keeps_to_it(
    server: Served, tmp_path: Path
) -> None:
    server.set(pages={**LIST, "/props": {"default_generation_settings": {"n_ctx": 2048}, "total_slots": 3}})
    words = ["--teacher", server.url, "--journal", tmp_path / "j"]
    done = hornbook("doctor", *words, "--price", "1,2", env=os.environ | {"HORNBOOK_API_KEY": KEY})
    assert done.returncode == 0, done.stderr
    asks, *_, spent = done.stderr.splitlines()
    assert "at most about 32 calls" in asks
    assert ": $0.0" in asks
    assert "spent: 30 calls" in spent
    assert "2,048 tokens" in done.stdout
    assert "3 calls at once are worth while" in done.stdout
    assert "set max_tokens lower" in done.stdout
    again = hornbook("doctor", *words, "--model", "m", "--format", "json")
    assert json.loads(again.stdout)["concurrency"] == 3
    assert "measured just now" in again.stderr
    assert server.counts()["requests"] == 30
    assert KEY.encode() not in (tmp_path / "j" / "profiles.json").read_bytes()
    server.set(latency=0.01, able="", tokens=5)
    generate = ["generate", "exercises", "-n", 30, "--out", tmp_path / "a.jsonl", "--model", "m", *words]
    assert "3 calls at once, as measured just now" in hornbook(*generate).stderr
    assert server.counts()["most_in_flight"] == 3
    hornbook(*generate, "--seed", 2, "--teacher-set", "concurrency=5")
    assert server.counts()["most_in_flight"] == 5
    hornbook("doctor", *words, "--model", "m", "--refresh")
    assert server.counts()["requests"] > 60


def test_doctor_without_a_model_takes_the_only_one_or_lists_them(server: Served, tmp_path: Path) -> None:
    words = ["doctor", "--teacher", server.url, "--journal", tmp_path]
    server.set(pages={"/v1/models": {"data": [{"id": "a"}, {"id": "b"}]}})
    fails(hornbook(*words), 2, "has 2 models; give --model, one of: a, b")
    server.set(pages={})
    fails(hornbook(*words), 2, "gives no list of models (HTTP 404); give --model")
    server.set(status=404, error="no such model")
    fails(hornbook(*words, "--model", "x"), 1, "no such model")
    fails(hornbook(*words, "--model", "x", "--max-usd", "1"), 2, "needs a price")
    server.set(status=200)
    fails(hornbook(*words, "--model", "x", "--max-calls", "3"), 4, "--max-calls 3")


@pytest.mark.parametrize(
    ("teacher", "says"),
    [(".", "is a model's folder, which is asked without a server"), ("nowhere", "is no address; give one")],
)
def test_doctor_asks_no_folder(teacher: str, says: str, tmp_path: Path) -> None:
    fails(hornbook("doctor", "--teacher", teacher, cwd=tmp_path), 2, f"--teacher {teacher} {says}")


def test_doctor_without_a_teacher_looks_at_the_machine() -> None:
    shown = hornbook("doctor", "--format", "json")
    assert {finding["what"] for finding in json.loads(shown.stdout)} >= {"python", "sandbox", "disk"}
