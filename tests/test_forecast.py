"""What a run will cost, told from some answers: arithmetic by hand, and the command that shows it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import TESTS
from fake_server import Served, serving
from hypothesis import given
from hypothesis import strategies as st
from served_lessons import teach
from test_cli import fails, hornbook

from hornbook.teacher.forecast import Range, Seen, answers_for, forecast
from hornbook.teacher.price import Price
from hornbook.teacher.protocol import Usage

RECIPE = f"{TESTS / 'lessons_recipe.py'}:lessons"


def seen(tokens_out: int, seconds: float = 1.0) -> Seen:
    return Seen(usage=Usage(tokens_in=10, tokens_out=tokens_out), seconds=seconds)


def test_dollars_are_the_mean_give_or_take_two_standard_errors() -> None:
    # Costs 1, 2, 3 millionths: mean 2, standard deviation 1, standard error 1 / sqrt(3).
    price = Price(usd_per_million_out=1.0)
    found = forecast([seen(n) for n in (1, 2, 3)], Range.exactly(1_000_000), price=price, in_flight=1).usd
    assert found is not None
    assert found.likely == pytest.approx(2.0)
    assert found.low == pytest.approx(2.0 - 2 / 3**0.5)
    assert found.high == pytest.approx(2.0 + 2 / 3**0.5)


def test_hours_are_by_the_speed_or_by_the_calls_in_flight_and_may_cost_dollars() -> None:
    calls, price = Range.exactly(7200), Price(usd_per_hour=3.0)
    answers = [seen(100, 2.0), seen(100, 2.0)]
    by_calls = forecast(answers, calls, price=price, in_flight=4)
    assert by_calls.hours == Range.exactly(pytest.approx(1.0))
    assert by_calls.usd == Range.exactly(pytest.approx(3.0))
    by_speed = forecast(answers, calls, price=None, in_flight=4, tokens_per_second=400.0)
    assert by_speed.hours.likely == pytest.approx(0.5)
    assert (by_speed.usd, by_speed.tokens_in.likely) == (None, 72_000)


def test_answers_wanted_follow_wilsons_interval() -> None:
    # 8 of 20 with z = 2: 0.2160 to 0.6174.
    found = answers_for(100, 8, 20, most=500)
    assert (found.likely, found.low, found.high) == pytest.approx((250.0, 161.98, 463.02), abs=0.01)
    assert answers_for(100, 0, 20, most=500) == Range.exactly(500)


@given(st.integers(1, 10**6), st.integers(1, 500), st.integers(0, 500), st.floats(1.0, 20.0))
def test_low_is_likely_at_most_and_high_at_least(count: int, num: int, accepted: int, times: float) -> None:
    most = round(times * count)
    found = answers_for(count, min(accepted, num), num, most)
    assert count <= found.low + 1e-6 <= found.likely + 2e-6 <= found.high + 3e-6 <= most + 4e-6


@given(st.lists(st.tuples(st.integers(0, 5000), st.floats(0, 100)), min_size=1, max_size=30))
def test_a_forecast_holds_for_what_was_seen(answers: list[tuple[int, float]]) -> None:
    found = forecast([seen(*one) for one in answers], Range.exactly(len(answers)), price=None, in_flight=1)
    total = sum(tokens for tokens, _ in answers)
    assert found.tokens_out.likely == pytest.approx(total)
    assert 0 <= found.tokens_out.low <= total * (1 + 1e-9)
    assert found.tokens_out.high >= total * (1 - 1e-9)
    both = found + found
    assert both.calls == Range.exactly(2 * len(answers))


@pytest.fixture(scope="module")
def running() -> Iterator[Served]:
    with serving() as served:
        yield served


@pytest.fixture
def server(running: Served, tmp_path: Path) -> Served:
    teach(running, tmp_path, 60)
    return running


def plan(server: Served, folder: Path, *more: object) -> list[object]:
    return ["plan", RECIPE, "--out", folder / "runs" / "r", "--teacher", server.url, "--model", "m", *more]


def test_plan_spends_nothing_and_says_how_to_learn_the_cost(server: Served, tmp_path: Path) -> None:
    shown = hornbook(*plan(server, tmp_path, "--price", "1,2"))
    assert shown.returncode == 0, shown.stderr
    assert "the journal has no answer yet; --preview pays for 20" in shown.stdout
    assert server.counts()["requests"] == 0
    assert not (tmp_path / "runs").exists()


def test_a_preview_of_twenty_tells_the_cost_and_the_run_pays_for_the_rest(
    server: Served, tmp_path: Path
) -> None:
    price = ["--price", "1,2"]
    shown = hornbook(*plan(server, tmp_path, *price, "--preview"))
    assert shown.returncode == 0, shown.stderr
    assert server.counts()["requests"] == 20
    assert "spent: 20 calls" in shown.stdout
    # 20 more of 20 tokens at $1 and 100 at $2 a million; twenty of twenty accepted are 5 of 6 at the least.
    assert (
        "20 (20 to 28)  400 (400 to 560)  2,000 (2,000 to 2,800)  $0.0044 ($0.0044 to $0.0062)"
        in shown.stdout
    )
    assert "as 20 answers were, of which 20 are accepted" in shown.stdout
    again = hornbook(*plan(server, tmp_path, "--format", "json"))
    (step,) = json.loads(again.stdout)
    assert step["estimate"]["forecast"]["calls"] == {"low": 20, "likely": 20, "high": pytest.approx(28)}
    assert step["estimate"]["forecast"]["usd"] is None
    assert server.counts()["requests"] == 20
    done = hornbook("run", *plan(server, tmp_path, *price)[1:])
    assert "spent in this run folder: 40 calls" in done.stdout  # the preview's are the run's
    assert server.counts()["requests"] == 40
    assert "calls to pay" not in hornbook(*plan(server, tmp_path)).stdout


def test_the_cap_of_a_run_holds_for_its_preview(server: Served, tmp_path: Path) -> None:
    fails(hornbook(*plan(server, tmp_path, "--preview", "--max-calls", 5)), 4, "--max-calls 5")
    fails(hornbook("plan", RECIPE, "--preview"), 2, "give --teacher URL")


def test_hours_are_by_the_speed_that_doctor_measured(server: Served, tmp_path: Path) -> None:
    server.set(latency=0.02)
    journal = tmp_path / "runs" / ".journal"
    hornbook("doctor", "--teacher", server.url, "--model", "m", "--journal", journal)
    shown = hornbook(*plan(server, tmp_path, "--preview")).stdout
    assert "hours: at the speed that was measured just now" in shown
    assert "no price" in shown
