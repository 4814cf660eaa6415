"""The endpoint teacher against a real HTTP server in another process: order, replay, money, secrets."""

import itertools
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from fake_server import Served, serving
from teaching import KEY, ask, digest_of, endpoint, request, requests

from hornbook.errors import BudgetExceeded, TeacherUnavailable
from hornbook.teacher.budget import Budget
from hornbook.teacher.endpoint import EndpointTeacher
from hornbook.teacher.journal import Journal
from hornbook.teacher.price import Price
from hornbook.teacher.protocol import Message, Request


@pytest.fixture(scope="module")
def running() -> Iterator[Served]:
    with serving() as served:
        yield served


@pytest.fixture
def server(running: Served) -> Served:
    running.set(latency=0.0, tokens=3, status=200, usage="right", choices=1, echo_key=False)
    return running


def test_answers_come_in_order_and_belong_to_their_questions(server: Served, tmp_path: Path) -> None:
    server.set(latency=0.005, sigma=1.0)
    found = ask(endpoint(server), tmp_path, requests(300))
    assert [one.request for one in found] == list(requests(300))
    assert all(one.text.startswith(digest_of(one.request)) for one in found)
    assert {one.finish for one in found} == {"stop"}
    assert (found[0].model, found[0].replayed) == ("fake-1", False)
    assert found[0].usage is not None
    assert (found[0].usage.tokens_in, found[0].usage.tokens_out) == (20, 3)


def test_an_address_may_have_a_query(server: Served, tmp_path: Path) -> None:
    there = endpoint(server, url=f"{server.url}?api-version=2024-06-01")
    assert [one.finish for one in ask(there, tmp_path, requests(3))] == ["stop"] * 3


def test_pythons_own_event_loop_does_where_there_is_no_uvloop(
    server: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_it = ask(endpoint(server), tmp_path / "with", requests(20))
    monkeypatch.setitem(sys.modules, "uvloop", None)
    without = ask(endpoint(server), tmp_path / "without", requests(20))
    assert [one.text for one in without] == [one.text for one in with_it]


def test_the_same_again_calls_nobody_and_says_the_same(server: Served, tmp_path: Path) -> None:
    first = ask(endpoint(server), tmp_path, requests(50))
    second = ask(endpoint(server), tmp_path, requests(50))
    assert server.counts()["requests"] == 50
    assert [one.text for one in second] == [one.text for one in first]
    assert [one.journal_key for one in second] == [one.journal_key for one in first]
    assert [one.usage for one in second] == [one.usage for one in first]
    assert all(one.replayed for one in second)


def test_a_caller_may_have_nothing_to_ask_for_until_something_came(server: Served, tmp_path: Path) -> None:
    come = 0

    def asked() -> Iterator[Request | None]:
        for number in range(9):
            while number >= come + 3:
                yield None
            yield request(number)

    with Journal(tmp_path) as journal, EndpointTeacher(endpoint(server), journal=journal) as teacher:
        found = []
        for completion in teacher.complete(asked()):
            assert server.counts()["requests"] <= come + 3
            come += 1
            found.append(completion.request)
        assert found == list(requests(9))
        assert list(teacher.complete(iter([None, request(0)]))) == [], (
            "nothing is under way, so this is the end"
        )


def test_ten_more_requests_are_ten_calls(server: Served, tmp_path: Path) -> None:
    ask(endpoint(server), tmp_path, requests(50))
    assert len(ask(endpoint(server), tmp_path, requests(60))) == 60
    assert server.counts()["requests"] == 60


def test_a_replay_needs_neither_aiohttp_nor_a_server(server: Served, tmp_path: Path) -> None:
    ask(endpoint(server), tmp_path, requests(5))
    program = f"""
import sys; sys.modules["aiohttp"] = None; sys.path.insert(0, {str(Path(__file__).parent)!r})
from pathlib import Path
from hornbook.errors import TeacherUnavailable
from teaching import Endpoint, ask, requests
nowhere = Endpoint(url="http://127.0.0.1:1/v1", model="m")
print(len(ask(nowhere, Path({str(tmp_path)!r}), requests(5))))
try: ask(nowhere, Path({str(tmp_path)!r}), requests(6))
except TeacherUnavailable as error: print(error)
"""
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert shown.stdout.splitlines() == ["5", "a teacher behind a URL needs aiohttp: pip install aiohttp"]


def test_importing_the_teacher_imports_nothing_heavy_and_no_network(tmp_path: Path) -> None:
    heavy = "('pyarrow', 'torch', 'numpy', 'aiohttp', 'pydantic', 'genai_prices')"
    program = "import sys, hornbook.teacher.endpoint, hornbook.teacher.budget; "
    program += f"print([m for m in {heavy} if m in sys.modules])"
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"


def test_asking_imports_nothing_heavy(server: Served, tmp_path: Path) -> None:
    program = f"""
import sys; sys.path.insert(0, {str(Path(__file__).parent)!r})
from pathlib import Path
from teaching import Endpoint, ask, requests
print(len(ask(Endpoint(url={server.url!r}, model="m"), Path({str(tmp_path)!r}), requests(5))))
print([m for m in ("pyarrow", "torch", "numpy") if m in sys.modules])
"""
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert shown.stdout.split("\n")[:2] == ["5", "[]"]


@pytest.mark.parametrize(
    "change",
    [
        {"temperature": 0.5},
        {"temperature": None},
        {"top_p": 0.9},
        {"max_tokens": 100},
        {"stop": ("\n",)},
        {"seed": 1},
        {"extra": {"response_format": {"type": "json_object"}}},
        {"api": "completions"},
        {"model": "m2"},
        {"revision": "2026-05"},
        {"name": "another"},
    ],
)
def test_a_change_of_what_shapes_an_answer_is_asked_anew(
    server: Served, tmp_path: Path, change: dict[str, Any]
) -> None:
    ask(endpoint(server), tmp_path, requests(3))
    ask(endpoint(server, **change), tmp_path, requests(3))
    assert server.counts()["requests"] == 6


def test_a_change_of_message_role_or_sample_is_asked_anew(server: Served, tmp_path: Path) -> None:
    asked = [
        request(0),
        request(0, sample=1),
        Request(kind="textbook", seed="", slots={}, messages=(Message(role="system", content="write 0"),)),
        Request(kind="textbook", seed="", slots={}, messages=(*request(0).messages, *request(0).messages)),
    ]
    ask(endpoint(server), tmp_path, asked)
    assert server.counts()["requests"] == 4


@pytest.mark.parametrize(
    "change",
    [
        {"concurrency": 3},
        {"timeout_seconds": 9.0},
        {"attempts": 2},
        {"max_tokens_field": "max_completion_tokens"},
    ],
)
def test_a_change_of_where_and_how_fast_costs_nothing(
    server: Served, tmp_path: Path, change: dict[str, Any]
) -> None:
    ask(endpoint(server), tmp_path, requests(3))
    ask(endpoint(server, **change), tmp_path, requests(3))
    assert server.counts()["requests"] == 3


@pytest.mark.parametrize("count", [3, 4])
def test_a_moved_server_costs_nothing_and_is_said_also_where_nothing_is_asked(
    server: Served, tmp_path: Path, count: int
) -> None:
    ask(endpoint(server), tmp_path, requests(3))
    said: list[str] = []
    ask(endpoint(server, url=f"{server.root}/other/v1"), tmp_path, requests(count), say=said.append)
    assert server.counts()["requests"] == count
    assert ["/other/v1" in line for line in said] == [True]


def test_an_address_that_never_answered_is_not_one_that_a_teacher_had(server: Served, tmp_path: Path) -> None:
    said: list[str] = []
    server.set(status=404)
    with pytest.raises(TeacherUnavailable):
        ask(endpoint(server, url=f"{server.root}/slip/v1"), tmp_path, requests(1))
    server.set(status=200)
    for slash in ("", "/"):
        ask(endpoint(server, url=server.url + slash), tmp_path, requests(3 + len(slash)), say=said.append)
    assert said == []


def test_equal_requests_are_one_call(server: Served, tmp_path: Path) -> None:
    found = ask(endpoint(server), tmp_path, [request(n % 3) for n in range(30)])
    assert server.counts()["requests"] == 3
    assert [one.replayed for one in found].count(False) == 3
    assert all(one.text.startswith(digest_of(one.request)) for one in found)


def test_requests_are_drawn_lazily_and_not_far_ahead(server: Served, tmp_path: Path) -> None:
    drawn = itertools.count()
    endless = (request(next(drawn)) for _ in itertools.count())
    with Journal(tmp_path) as journal, EndpointTeacher(endpoint(server), journal=journal) as teacher:
        for _ in itertools.islice(teacher.complete(endless), 400):
            pass
    assert next(drawn) <= 400 + 1024
    assert server.counts()["requests"] <= 400 + 1024


def test_until_the_first_answer_twice_as_many_requests_are_drawn_as_fly(
    server: Served, tmp_path: Path
) -> None:
    server.set(latency=1.0, sigma=0.0)
    drawn: list[int] = []

    def endless() -> Iterator[Request]:
        for number in itertools.count():
            drawn.append(number)
            yield request(number)

    many = endpoint(server, concurrency=50)
    with Journal(tmp_path) as journal, EndpointTeacher(many, journal=journal) as teacher:
        answers = teacher.complete(endless())
        first = Thread(target=next, args=(answers,))
        first.start()
        while server.counts()["requests"] < 50:
            time.sleep(0.01)
        time.sleep(0.2)
        assert len(drawn) == 100
        first.join()
        answers.close()


def test_an_error_of_the_caller_s_generator_reaches_the_caller(server: Served, tmp_path: Path) -> None:
    def breaking() -> Iterator[Request]:
        yield request(0)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        ask(endpoint(server), tmp_path, breaking())


def test_what_json_cannot_say_is_a_failed_answer(server: Served, tmp_path: Path) -> None:
    odd = Request(kind="textbook", seed="", slots={}, messages=(Message(role="user", content="\ud800"),))
    found = ask(endpoint(server), tmp_path, [request(0), odd, request(1)])
    assert [one.finish for one in found] == ["stop", "error", "stop"]


def test_a_cap_on_calls_is_kept_exactly_and_a_higher_one_goes_on(server: Served, tmp_path: Path) -> None:
    server.set(latency=0.01)
    found = []
    for cap in (37, 50):
        budget = Budget(max_calls=cap, ledger=tmp_path / "spent.jsonl")
        with pytest.raises(BudgetExceeded, match="higher cap"):
            ask(endpoint(server), tmp_path, requests(60), budget=budget, into=found)
        assert server.counts()["requests"] == cap
    found.clear()
    ask(endpoint(server), tmp_path, requests(60), budget=Budget(max_calls=60), into=found)
    assert (len(found), server.counts()["requests"]) == (60, 60)


def test_a_cap_on_dollars_is_not_passed(server: Served, tmp_path: Path) -> None:
    server.set(latency=0.01, tokens=100)
    budget = Budget(price=Price(usd_per_million_out=10.0), max_usd=0.1)
    with pytest.raises(BudgetExceeded, match=r"--max-usd 0\.1"):
        ask(endpoint(server, max_tokens=200), tmp_path, requests(300), budget=budget)
    spent = budget.spent.usd
    assert spent is not None
    # An answer costs 0.001, and a call that may cost half as much again is not sent.
    assert 0.097 <= spent <= 0.1


@pytest.mark.parametrize("usage", ["none", "null", "text", "zero", "huge"])
def test_a_server_that_counts_wrongly_is_estimated(server: Served, tmp_path: Path, usage: str) -> None:
    server.set(usage=usage, tokens=100)
    budget = Budget(price=Price(usd_per_million_out=1.0))
    [one] = ask(endpoint(server), tmp_path, requests(1), budget=budget)
    assert one.usage is not None
    assert one.usage.estimated
    assert one.usage.tokens_out == pytest.approx(130, abs=5)
    assert budget.spent.tokens_out == one.usage.tokens_out


@pytest.mark.parametrize("content", ["parts", "null", "empty"])
def test_odd_contents_are_read_or_are_failed_answers_that_are_paid_once(
    server: Served, tmp_path: Path, content: str
) -> None:
    server.set(content=content)
    for _ in range(2):
        [one] = ask(endpoint(server), tmp_path, requests(1))
        assert one.finish == ("stop" if content == "parts" else "error")
    assert server.counts()["requests"] == 1
    server.set(content="text")


def test_a_server_that_gives_more_choices_than_asked_gives_one_answer(server: Served, tmp_path: Path) -> None:
    server.set(choices=4)
    [one] = ask(endpoint(server), tmp_path, requests(1))
    assert one.text.startswith(digest_of(one.request))


def test_a_body_says_that_nothing_streams_and_the_seed_of_its_sample(server: Served, tmp_path: Path) -> None:
    ask(endpoint(server, seed=5, api="completions"), tmp_path, [request(0, sample=3)])
    body = server.counts()["last_body"]
    assert (body["stream"], body["prompt"], body["path"]) == (False, "write 0", "/v1/completions")
    assert "n" not in body
    assert body["seed"] > 1000


def test_a_proxy_gets_the_request(server: Served, tmp_path: Path) -> None:
    elsewhere = endpoint(server, url="http://models.invalid/v1", proxy=server.root)
    [one] = ask(elsewhere, tmp_path, requests(1))
    assert one.finish == "stop"
    assert server.counts()["last_body"]["path"] == "http://models.invalid/v1/chat/completions"


def test_the_environment_s_proxy_is_used_only_when_asked_for(
    server: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", server.root)
    ask(endpoint(server), tmp_path, requests(1))
    assert server.counts()["last_body"]["path"] == "/v1/chat/completions"
    ask(endpoint(server, url="http://models.invalid/v1", proxy="environment"), tmp_path, requests(2))
    assert server.counts()["last_body"]["path"].startswith("http://models.invalid/")


def test_the_key_is_sent_and_is_in_nothing_that_is_written(
    server: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HORNBOOK_API_KEY", KEY)
    said: list[str] = []
    shown = [repr(endpoint(server))]
    for knobs in ({"echo_key": True}, {"status": 400}, {"status": 500}, {"status": 401}):
        server.set(**knobs)
        budget = Budget(ledger=tmp_path / "spent.jsonl")
        try:
            found = ask(
                endpoint(server, attempts=2), tmp_path, requests(2, knobs), budget=budget, say=said.append
            )
        except Exception as error:
            shown.append(f"{error!r} {error}")
        else:
            shown += [repr(one) for one in found]
        assert server.counts()["last_body"]["authorization"] == f"Bearer {KEY}"
    written = [path.read_text() for path in tmp_path.rglob("*") if path.is_file()]
    assert len(shown) >= 6
    assert "[key]" in "".join(written)
    for text in (*written, *said, *shown, *capfd.readouterr()):
        assert KEY not in text


def test_without_a_key_no_authorization_is_sent(
    server: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HORNBOOK_API_KEY", raising=False)
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    ask(endpoint(server), tmp_path, requests(1))
    assert server.counts()["last_body"]["authorization"] == ""
