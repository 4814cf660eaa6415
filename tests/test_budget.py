import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hornbook.errors import UsageError
from hornbook.teacher.budget import Budget
from hornbook.teacher.price import Price
from hornbook.teacher.protocol import Usage

CHEAP = Price(usd_per_million_in=0.15, usd_per_million_out=0.6)


class Clock:
    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def used(tokens_in: int, tokens_out: int) -> Usage:
    return Usage(tokens_in=tokens_in, tokens_out=tokens_out)


def test_dollars_are_tokens_times_price_by_hand() -> None:
    assert CHEAP.of(used(2_000_000, 500_000)) == pytest.approx(0.30 + 0.30)
    cached = Price(usd_per_million_in=1.0, usd_per_million_cached=0.1, usd_per_million_out=0.0)
    usage = Usage(tokens_in=1_000_000, tokens_out=5, tokens_cached=750_000)
    assert cached.of(usage) == pytest.approx(0.25 + 0.075)


@pytest.mark.parametrize("value", [-1.0, float("nan"), float("inf")])
def test_a_price_is_a_number_of_dollars(value: float) -> None:
    with pytest.raises(UsageError, match="usd_per_million_out"):
        Price(usd_per_million_out=value)


def test_a_price_of_nothing_is_refused() -> None:
    with pytest.raises(UsageError, match="give no price"):
        Price()


def test_a_cap_on_dollars_without_a_price_is_refused() -> None:
    with pytest.raises(UsageError, match="unknown is not zero"):
        Budget(max_usd=5.0)


def test_without_a_price_dollars_are_none_never_zero() -> None:
    budget = Budget(max_calls=5)
    reservation = budget.reserve(10, 100)
    assert reservation is not None
    budget.settle(reservation, used(10, 20))
    assert budget.spent.usd is None
    assert budget.spent.per(10) is None
    assert budget.spent.tokens_out == 20


@pytest.mark.parametrize("cap", [0, -1])
def test_a_cap_is_above_zero(cap: int) -> None:
    for make in (
        lambda: Budget(price=CHEAP, max_usd=cap),
        lambda: Budget(max_calls=cap),
        lambda: Budget(max_hours=cap),
    ):
        with pytest.raises(UsageError, match="above zero"):
            make()


def test_calls_in_flight_count_towards_the_cap() -> None:
    budget = Budget(max_calls=2)
    first, second = budget.reserve(1, 1), budget.reserve(1, 1)
    assert first is not None
    assert second is not None
    assert budget.reserve(1, 1) is None
    budget.refund(first, refused=True)
    assert budget.reserve(1, 1) is not None
    assert (budget.spent.calls, budget.spent.refused) == (0, 1)


def test_the_dearest_likely_call_is_reserved_before_it_is_sent() -> None:
    budget = Budget(price=Price(usd_per_million_out=1.0), max_usd=0.0025)
    flying = [budget.reserve(1, 1000) for _ in range(2)]
    assert None not in flying
    assert budget.reserve(1, 1000) is None
    for reservation in flying:
        assert reservation is not None
        budget.settle(reservation, used(1, 100))
    assert budget.spent.usd == pytest.approx(0.0002)
    assert budget.reserve(1, 1000) is not None


def test_after_twenty_answers_the_longest_of_them_says_what_is_likely() -> None:
    budget = Budget(price=Price(usd_per_million_out=1.0), max_usd=1.0)
    for tokens in range(1, 21):
        reservation = budget.reserve(1, 1000)
        assert reservation is not None
        assert reservation.tokens_out == 1000
        budget.settle(reservation, used(1, tokens))
    later = budget.reserve(1, 1000)
    assert later is not None
    assert later.tokens_out == 30


def test_a_failed_attempt_of_unknown_cost_is_counted_as_it_was_reserved() -> None:
    budget = Budget(price=Price(usd_per_million_out=1.0))
    reservation = budget.reserve(7, 1000)
    assert reservation is not None
    budget.settle(reservation, None, failed=True)
    spent = budget.spent
    assert (spent.calls, spent.failed, spent.tokens_in, spent.tokens_out) == (1, 1, 7, 1000)
    assert spent.usd == pytest.approx(0.001)


def test_hours_run_while_calls_are_in_flight_and_cost_what_the_machine_costs() -> None:
    clock = Clock()
    budget = Budget(price=Price(usd_per_hour=4.0), max_hours=2.0, clock=clock)
    for _ in range(2):
        clock.seconds += 100_000.0
        reservation = budget.reserve(1, 1)
        assert reservation is not None
        clock.seconds += 2700
        budget.settle(reservation, used(1, 1))
    assert budget.spent.hours == pytest.approx(1.5)
    assert budget.spent.usd == pytest.approx(6.0)
    assert budget.spent.per(3) == pytest.approx(2.0)
    assert budget.reserve(1, 1) is not None
    clock.seconds += 1800
    assert budget.reserve(1, 1) is None


def test_a_cap_on_dollars_holds_for_a_price_by_the_hour() -> None:
    clock = Clock()
    budget = Budget(price=Price(usd_per_hour=4.0), max_usd=1.0, clock=clock)
    assert budget.reserve(1, 1) is not None
    clock.seconds = 901
    assert budget.reserve(1, 1) is None


def test_time_is_counted_by_the_clock_and_once_for_each_call_in_flight(tmp_path: Path) -> None:
    clock, ledger = Clock(), tmp_path / "ledger.jsonl"
    budget = Budget(clock=clock, ledger=ledger)
    clock.seconds = 100  # nothing is in flight yet
    first = budget.reserve(1, 1)
    clock.seconds = 136
    second = budget.reserve(1, 1)
    clock.seconds = 172
    assert (budget.spent.hours, budget.spent.call_hours) == pytest.approx((0.02, 0.03))
    for reservation in (first, second):
        assert reservation is not None
        budget.settle(reservation, used(1, 1))
        budget.flush()
        clock.seconds += 36
    assert (budget.spent.hours, budget.spent.call_hours) == pytest.approx((0.03, 0.04))
    again = Budget(clock=clock, ledger=ledger).spent
    assert (again.hours, again.call_hours) == pytest.approx((0.03, 0.04))


def test_a_ledger_carries_what_was_spent_into_the_next_run(tmp_path: Path) -> None:
    ledger = tmp_path / "run" / "spent.jsonl"
    for expected in (1, 2):
        budget = Budget(price=CHEAP, max_calls=expected, ledger=ledger)
        reservation = budget.reserve(1_000_000, 1)
        assert reservation is not None
        assert budget.reserve(1, 1) is None
        budget.settle(reservation, used(1_000_000, 0))
        budget.flush()
        budget.flush()
        assert budget.spent.calls == expected
        assert budget.spent.usd == pytest.approx(0.15 * expected)
    with ledger.open("ab") as file:
        file.write(b'{"calls": 5')
    assert Budget(max_calls=9, ledger=ledger).spent.calls == 2
    assert Budget(max_calls=9, ledger=ledger).spent.calls == 2


def test_what_was_spent_before_a_price_was_known_is_priced_later_and_never_zero(tmp_path: Path) -> None:
    ledger = tmp_path / "spent.jsonl"
    for price in (None, CHEAP):
        budget = Budget(price=price, ledger=ledger)
        reservation = budget.reserve(1_000_000, 1)
        assert reservation is not None
        budget.settle(reservation, used(1_000_000, 0))
        budget.flush()
    for _ in range(2):
        assert Budget(price=CHEAP, ledger=ledger).spent.usd == pytest.approx(2 * 0.15)
    assert Budget(price=CHEAP, max_usd=0.31, ledger=ledger).reserve(1_000_000, 0) is None


@pytest.mark.parametrize("line", ["garbage", "[]", '{"calls": "5"}', '{"pounds": 5}', "5"])
def test_a_line_of_a_ledger_that_cannot_be_read_is_named_and_never_skipped(line: str, tmp_path: Path) -> None:
    ledger = tmp_path / "spent.jsonl"
    ledger.write_text(f'{{"calls": 1}}\n{line}\n')
    with pytest.raises(UsageError, match="line 2 of .*spent.jsonl"):
        Budget(ledger=ledger)


def test_a_full_disk_leaves_a_ledger_that_can_be_read_and_nothing_is_forgotten(tmp_path: Path) -> None:
    ledger = tmp_path / "spent.jsonl"
    budget = Budget(ledger=ledger)

    def spend() -> None:
        reservation = budget.reserve(1, 1)
        assert reservation is not None
        budget.settle(reservation, used(1, 2))
        budget.flush()

    spend()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (ledger.stat().st_size + 9, limits[1]))
    try:
        with pytest.raises(OSError):
            spend()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert Budget(ledger=ledger).spent.calls == 1
    spend()
    assert Budget(ledger=ledger).spent.calls == 3


def test_a_long_ledger_is_written_anew_and_says_the_same(tmp_path: Path) -> None:
    ledger = tmp_path / "spent.jsonl"
    budget = Budget(ledger=ledger)
    for _ in range(5000):
        reservation = budget.reserve(1, 1)
        assert reservation is not None
        budget.settle(reservation, used(1, 2))
        budget.flush()
    assert Budget(ledger=ledger).spent.calls == 5000
    assert len(ledger.read_text().splitlines()) == 1
    assert Budget(ledger=ledger).spent.tokens_out == 10_000


def test_the_message_says_cap_spending_and_the_way_out() -> None:
    budget = Budget(price=CHEAP, max_usd=0.5, max_calls=10)
    said = budget.explain()
    assert "--max-usd 0.5" in said
    assert "--max-calls 10" in said
    assert "$0.0000" in said
    assert "higher cap" in said


ACTIONS = st.lists(st.tuples(st.integers(0, 3), st.integers(1, 300)), max_size=60)


@given(ACTIONS, st.integers(1, 10))
def test_no_order_of_events_spends_more_than_the_cap(actions: list[tuple[int, int]], cap: int) -> None:
    budget = Budget(price=Price(usd_per_million_out=1.0), max_usd=cap / 10_000, max_calls=12)
    flying = []
    for action, tokens in actions:
        if action < 2:
            reservation = budget.reserve(0, 300)
            flying += [reservation] if reservation else []
        elif flying and action == 2:
            # Answers are never longer than was reserved here; only then is a cap a promise.
            reservation = flying.pop()
            budget.settle(reservation, used(0, min(tokens, reservation.tokens_out)))
        elif flying:
            budget.settle(flying.pop(), None, failed=True)
        spent = budget.spent
        assert spent.usd is not None
        assert spent.usd <= cap / 10_000 + 1e-12
        assert spent.calls + len(flying) <= 12


def in_fresh_interpreter(program: str, without: str = "") -> str:
    block = f"import sys; sys.modules[{without!r}] = None\n" if without else ""
    shown = subprocess.run(
        [sys.executable, "-c", block + program], capture_output=True, text=True, check=True
    )
    return shown.stdout.strip()


def test_a_price_by_name_without_the_package_says_how_to_get_it() -> None:
    program = """
from hornbook.teacher.budget import Price
from hornbook.errors import UsageError
try: Price.listed("gpt-4o-mini")
except UsageError as error: print(error)
"""
    assert "hornbook[prices]" in in_fresh_interpreter(program, without="genai_prices")


def test_a_listed_price_names_its_source_and_an_unlisted_one_is_an_error() -> None:
    pytest.importorskip("genai_prices")
    price = Price.listed("gpt-4o-mini", "openai")
    assert 0 < price.usd_per_million_in < price.usd_per_million_out
    assert price.usd_per_million_cached is not None
    assert price.usd_per_million_cached <= price.usd_per_million_in
    assert price.source.startswith("genai-prices ")
    with pytest.raises(UsageError, match="not zero"):
        Price.listed("my-own-model-of-yesterday")
    with pytest.raises(UsageError, match="not zero"):
        Price.listed("gpt-4o-mini", "nobody")


def test_prices_are_looked_up_without_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("genai_prices")

    def refuse(*_: object) -> Callable[..., None]:
        raise AssertionError("a price wanted the network")

    monkeypatch.setattr("socket.getaddrinfo", refuse)
    assert Price.listed("gpt-4o-mini").usd_per_million_in > 0


def test_a_cap_below_the_price_of_one_call_says_that_price() -> None:
    budget = Budget(price=Price(usd_per_million_out=10.0), max_usd=0.001)
    assert budget.reserve(10, 2048) is None
    assert "One call could cost $0.02048." in budget.explain()
